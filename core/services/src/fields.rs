//! Fields as data: what an entity has, built in and of the company's own, and the value of any of them.

use crate::App;
use crate::lead_readings::{Basis, LeadReadings};
use model::jiff::Timestamp;
use model::{
    AnyRecord, CustomField, FieldKind, FieldSpec, FieldValue, Frame, Kind, Label, PROBABILITY, SCORE, Shown,
    Values, own_key, own_name,
};
use std::sync::Arc;

/// Where the values of a choice come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldChoices {
    /// No choice, or one whose values the kind gives.
    Own,
    /// Fixed by the product: these codes.
    Fixed(&'static [&'static str]),
    /// The company's choice list of this key: `frame.choices_of(list)`.
    List(String),
    /// The stages of all pipelines: `model::stages_of(frame)`.
    Stages,
    /// The company's taxes: `frame.taxes`.
    Taxes,
    /// The company's price books: `frame.price_books`.
    PriceBooks,
}

impl FieldChoices {
    /// The codes that are offered, in order, or may still stand in records.
    pub fn codes(&self, frame: &Frame) -> Option<Vec<String>> {
        Some(match self {
            FieldChoices::Own => return None,
            FieldChoices::Fixed(codes) => codes.iter().map(|code| (*code).to_owned()).collect(),
            FieldChoices::List(list) => frame.choices_of(list).map(|(code, _)| code.to_owned()).collect(),
            FieldChoices::Stages => model::stages_of(frame).map(|(code, _, _)| code).collect(),
            FieldChoices::Taxes => frame.taxes.all().iter().map(|tax| tax.key.clone()).collect(),
            FieldChoices::PriceBooks => frame.price_books.all().iter().map(|book| book.key.clone()).collect(),
        })
    }
}

/// One field of an entity.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// As in forms, filters and addresses: `amount`; `custom.surface` for an own one.
    pub key: String,
    pub kind: FieldKind,
    pub choices: FieldChoices,
    /// Whether people type it; the others come about.
    pub typed: bool,
    /// Whether a record without it is refused.
    pub required: bool,
    /// What an own field is called; built-in ones have their words in `ui`.
    pub label: Option<Label>,
    /// The entity that a link leads to.
    pub target: Option<Kind>,
    /// Where an own field is shown; everywhere for built-in ones.
    pub shown: Vec<Shown>,
}

impl Field {
    pub fn is_own(&self) -> bool {
        self.label.is_some()
    }
}

/// The fields of an entity: built-in ones, then the company's own in their order, without archived ones.
pub fn specs_of(frame: &Frame, entity: Kind) -> Vec<Field> {
    let own = frame.fields_of(entity).filter(|(_, field)| !field.piece.archived);
    model::specs_of(entity)
        .iter()
        .map(of_spec)
        .chain(own.map(|(name, field)| of_own(entity, name, &field.piece)))
        .collect()
}

/// One field by its key, also an archived one.
pub fn spec_of(frame: &Frame, entity: Kind, key: &str) -> Option<Field> {
    match own_name(key) {
        Some(name) => frame.field(entity, name).map(|field| of_own(entity, name, field)),
        None => model::specs_of(entity).iter().find(|spec| spec.key == key).map(of_spec),
    }
}

/// The value of any field of a record; nothing for keys that are none.
pub fn value_of(frame: &Frame, record: &dyn AnyRecord, key: &str) -> FieldValue {
    match own_name(key) {
        Some(name) => frame.own_value(record.entity(), record.own(), name),
        None => record.built_in(key),
    }
}

/// Values of fields at one moment: those of records, and for leads also what is reckoned when it is asked for.
#[derive(Clone)]
pub struct ReadValues {
    frame: Arc<Frame>,
    basis: Basis,
    readings: Arc<LeadReadings>,
}

impl ReadValues {
    pub fn now(app: &App, at: Timestamp) -> ReadValues {
        ReadValues {
            frame: app.frame(),
            basis: Basis::now(app, at),
            readings: Arc::clone(&app.lead_readings),
        }
    }

    /// The value of any field; nothing for keys that are none.
    pub fn of(&self, record: &dyn AnyRecord, key: &str) -> FieldValue {
        match key {
            SCORE if record.entity() == Kind::Lead => self.basis.scorer.value(record),
            PROBABILITY if record.entity() == Kind::Lead => {
                self.percent(record).map_or(FieldValue::Nothing, |percent| FieldValue::Number(percent.into()))
            }
            _ => value_of(&self.frame, record, key),
        }
    }

    /// The points of a lead, where there is a rule in force.
    pub fn score(&self, lead: &dyn AnyRecord) -> Option<u8> {
        self.basis.scorer.has_rules().then(|| self.basis.scorer.points(lead))
    }

    /// The probability of an open lead in percent, where enough is known.
    pub fn percent(&self, lead: &dyn AnyRecord) -> Option<u8> {
        self.readings.percent(&self.basis.features, lead)
    }
}

/// The entities that can have fields of the company's own.
pub const ENTITIES: [Kind; 8] = model::WORKED_WITH;

fn of_spec(spec: &FieldSpec) -> Field {
    Field {
        key: spec.key.to_owned(),
        kind: spec.kind,
        choices: choices_of_spec(spec),
        typed: spec.typed,
        required: spec.required,
        label: None,
        target: spec_target(spec),
        shown: Shown::ALL.to_vec(),
    }
}

pub(crate) fn choices_of_spec(spec: &FieldSpec) -> FieldChoices {
    match spec.values {
        Values::Own | Values::Records(_) => FieldChoices::Own,
        Values::Fixed(codes) => FieldChoices::Fixed(codes),
        Values::List(list) => FieldChoices::List(list.to_owned()),
        Values::Stages => FieldChoices::Stages,
        Values::Taxes => FieldChoices::Taxes,
        Values::PriceBooks => FieldChoices::PriceBooks,
    }
}

/// The entity that a built-in field links to.
pub(crate) fn spec_target(spec: &FieldSpec) -> Option<Kind> {
    match spec.values {
        Values::Records(target) => Some(target),
        _ => None,
    }
}

fn of_own(entity: Kind, name: &str, field: &CustomField) -> Field {
    Field {
        key: own_key(name),
        kind: field.kind,
        choices: match field.kind {
            FieldKind::Choice | FieldKind::Choices => FieldChoices::List(CustomField::list(entity, name)),
            _ => FieldChoices::Own,
        },
        typed: true,
        required: field.required,
        label: Some(field.label.clone()),
        target: field.target,
        shown: field.shown.clone(),
    }
}
