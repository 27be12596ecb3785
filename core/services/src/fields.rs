//! Fields as data: what an entity has, built in and of the company's own, and the value of any of them.

use model::{
    CustomField, FieldKind, FieldSpec, FieldValue, Fields, Frame, Kind, Label, Lead, Shown, Values, own_key,
    own_name,
};

/// Where the values of a choice come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldChoices {
    /// No choice, or one whose values the kind gives.
    Own,
    /// Fixed by the product: these codes.
    Fixed(&'static [&'static str]),
    /// The company's choice list of this key: `frame.choices_of(list)`.
    List(String),
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
    built_in(entity)
        .iter()
        .map(of_spec)
        .chain(own.map(|(name, field)| of_own(entity, name, &field.piece)))
        .collect()
}

/// One field by its key, also an archived one.
pub fn spec_of(frame: &Frame, entity: Kind, key: &str) -> Option<Field> {
    match own_name(key) {
        Some(name) => frame.field(entity, name).map(|field| of_own(entity, name, field)),
        None => built_in(entity).iter().find(|spec| spec.key == key).map(of_spec),
    }
}

/// The value of any field of a lead; nothing for keys that are none.
pub fn value_of(frame: &Frame, lead: &Lead, key: &str) -> FieldValue {
    match own_name(key) {
        Some(name) => frame.own_value(Kind::Lead, &lead.custom, name),
        None => lead.value(key),
    }
}

/// The entities that can have fields of the company's own.
pub const ENTITIES: [Kind; 1] = [Kind::Lead];

fn built_in(entity: Kind) -> &'static [FieldSpec] {
    match entity {
        Kind::Lead => Lead::SPECS,
        _ => &[],
    }
}

fn of_spec(spec: &FieldSpec) -> Field {
    Field {
        key: spec.key.to_owned(),
        kind: spec.kind,
        choices: match spec.values {
            Values::Own => FieldChoices::Own,
            Values::Fixed(codes) => FieldChoices::Fixed(codes),
            Values::List(list) => FieldChoices::List(list.to_owned()),
        },
        typed: spec.typed,
        label: None,
        target: None,
        shown: Shown::ALL.to_vec(),
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
        label: Some(field.label.clone()),
        target: field.target,
        shown: field.shown.clone(),
    }
}
