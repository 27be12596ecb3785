//! Opportunities (oportunitats): something that may be sold to somebody, on its way through a pipeline.

use crate::entity::{entity_fields, entity_parts};
use crate::rows::{DECISION_ROLES, PARTICIPANTS, WANTED, entity_rows};
use crate::{
    Common, Component, Currency, Entity, FieldKind, FieldSpec, FieldValue, Frame, Kind, Meta, Money,
    Participant, Pipeline, Stage, TITLE, Values, lists,
};
use jiff::Timestamp;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// An opportunity. What happened to its stage is in the journal.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Opportunity {
    pub meta: Meta,
    #[serde(flatten)]
    pub common: Common,
    pub name: Option<String>,
    pub company: Option<Uuid>,
    pub contact: Option<Uuid>,
    /// The part that people have in the decision; the main contact may be among them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contacts: Vec<Participant>,
    /// `<pipeline>.<stage>`.
    pub stage: Option<String>,
    /// When it came to that stage.
    pub stage_since: Option<Timestamp>,
    /// Without tax.
    pub amount: Option<Money>,
    /// Percent; absent: that of the stage.
    pub probability: Option<Decimal>,
    pub expected_close: Option<Date>,
    /// What would be sold, and how many of each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub products: Vec<Component>,
    /// When it was won, lost or cancelled.
    pub closed_at: Option<Timestamp>,
    pub lost_reason: Option<String>,
    pub source: Option<String>,
    pub campaign: Option<String>,
    pub competitor: Option<String>,
    /// The lead it came from.
    pub lead: Option<Uuid>,
    pub description: Option<String>,
}

entity_fields!(Opportunity + contacts + products {
    name: FieldSpec::of(FieldKind::Text).needed();
    company: FieldSpec::link(Kind::Company);
    contact: FieldSpec::link(Kind::Contact);
    stage: FieldSpec::of(FieldKind::Choice).with(Values::Stages).needed();
    amount: FieldSpec::of(FieldKind::Money);
    probability: FieldSpec::of(FieldKind::Number);
    expected_close: FieldSpec::of(FieldKind::Date);
    lost_reason: FieldSpec::from_list(lists::LOST_REASONS);
    source: FieldSpec::from_list(lists::SOURCES);
    campaign: FieldSpec::of(FieldKind::Text);
    competitor: FieldSpec::of(FieldKind::Text);
    description: FieldSpec::of(FieldKind::LongText);
    lead: FieldSpec::link(Kind::Lead).comes_about();
    stage_since: FieldSpec::of(FieldKind::Instant).comes_about();
    closed_at: FieldSpec::of(FieldKind::Instant).comes_about();
} gathered {
    "any_contact": FieldSpec::link(Kind::Contact) => |opportunity| FieldValue::Records(opportunity.people());
    "any_product": FieldSpec::link(Kind::Product) => |opportunity| {
        FieldValue::Records(opportunity.products.iter().map(|wanted| wanted.product).collect())
    };
});

impl Opportunity {
    /// Everybody on the other side, the main contact first, each once.
    pub fn people(&self) -> Vec<Uuid> {
        let mut people: Vec<Uuid> = self.contact.into_iter().collect();
        for participant in &self.contacts {
            if !people.contains(&participant.contact) {
                people.push(participant.contact);
            }
        }
        people
    }

    /// The pipeline and the stage it is at, as the company has set them up.
    pub fn place<'a>(&self, frame: &'a Frame) -> Option<(&'a Pipeline, &'a Stage)> {
        stage_of(frame, self.stage.as_deref()?)
    }

    /// Percent: set by hand, else that of the stage.
    pub fn chance(&self, frame: &Frame) -> Decimal {
        let of_stage = || self.place(frame).map_or(Decimal::ZERO, |(_, stage)| stage.probability.into());
        self.probability.unwrap_or_else(of_stage)
    }
}

/// What `<pipeline>.<stage>` means.
pub fn stage_of<'a>(frame: &'a Frame, code: &str) -> Option<(&'a Pipeline, &'a Stage)> {
    let (pipeline, stage) = code.split_once('.')?;
    let pipeline = &frame.pipelines.get(pipeline)?.piece;
    Some((pipeline, pipeline.stage(stage)?))
}

/// The codes of all stages in order; those of archived pipelines where records may still be there.
pub fn stages_of(frame: &Frame) -> impl Iterator<Item = (String, &Pipeline, &Stage)> {
    frame.pipelines.all().iter().flat_map(|pipeline| {
        let code = |stage: &Stage| format!("{}.{}", pipeline.key, stage.key);
        pipeline.piece.stages.iter().map(move |stage| (code(stage), &pipeline.piece, stage))
    })
}

impl Entity for Opportunity {
    const PLURAL: &'static str = "opportunities";
    const SORTS: &'static [&'static str] = &[TITLE, "amount", "expected_close"];
    /// What changes often, its stage before all, is no part of every entry.
    const FACETS: &'static [&'static str] = &["source"];

    fn begin(meta: Meta) -> Opportunity {
        Opportunity::blank(meta)
    }

    fn title(&self) -> String {
        self.name.clone().unwrap_or_default()
    }

    fn currency(&self) -> Option<Currency> {
        self.amount.map(|amount| amount.currency)
    }

    /// Once each: the first that says more than that somebody takes part.
    fn tidy_links(&mut self) {
        let mut people: Vec<Participant> = Vec::with_capacity(self.contacts.len());
        for participant in std::mem::take(&mut self.contacts) {
            match people.iter_mut().find(|other| other.contact == participant.contact) {
                Some(other) if DECISION_ROLES.first() == Some(&other.role.as_str()) => {
                    other.role = participant.role;
                }
                Some(_) => {}
                None => people.push(participant),
            }
        }
        self.contacts = people;
    }

    fn further_links(&self) -> Vec<Uuid> {
        let people = self.contacts.iter().map(|participant| participant.contact);
        people.chain(self.products.iter().map(|wanted| wanted.product)).collect()
    }

    entity_parts!();

    entity_rows! {
        contacts: PARTICIPANTS;
        products: WANTED;
    }
}
