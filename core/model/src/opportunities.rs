//! Opportunities (oportunitats): something that may be sold to somebody, on its way through a pipeline.

use crate::entity::{entity_fields, entity_parts};
use crate::{
    Common, Currency, Entity, FieldKind, FieldSpec, Frame, IndexEntry, Kind, Meta, Money, Pipeline, Stage,
    TITLE, Values, lists,
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
    /// `<pipeline>.<stage>`.
    pub stage: Option<String>,
    /// When it came to that stage.
    pub stage_since: Option<Timestamp>,
    /// Without tax.
    pub amount: Option<Money>,
    /// Percent; absent: that of the stage.
    pub probability: Option<Decimal>,
    pub expected_close: Option<Date>,
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

entity_fields!(Opportunity {
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
});

impl Opportunity {
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
    const FACETS: &'static [&'static str] = &["stage", "source"];

    fn begin(meta: Meta) -> Opportunity {
        Opportunity::blank(meta)
    }

    fn title(&self) -> String {
        self.name.clone().unwrap_or_default()
    }

    fn currency(&self) -> Option<Currency> {
        self.amount.map(|amount| amount.currency)
    }

    fn further_entries(&self) -> Vec<IndexEntry> {
        self.board_entries()
    }

    entity_parts!();
}
