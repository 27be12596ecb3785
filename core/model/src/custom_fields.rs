//! Fields of a company's own, and their values in records.

use crate::LABEL_CHARACTERS_MAX;
use crate::{
    Configured, FieldErrors, FieldKind, FieldValue, Frame, IndexEntry, IndexKey, Kind, Label, Piece,
    configured, fold,
};
use rust_decimal::Decimal;
use serde::de::value::SeqAccessDeserializer;
use serde::de::{self, Deserializer, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use uuid::Uuid;

/// More fields than a form can hold; also what the benchmark of lists is made with.
pub const CUSTOM_FIELDS_MAX: usize = 60;
/// A sentence below the field.
pub const HELP_CHARACTERS_MAX: usize = 200;
/// Values of text fields.
pub const CUSTOM_TEXT_CHARACTERS_MAX: usize = 200;
pub const CUSTOM_LONG_TEXT_CHARACTERS_MAX: usize = 1_000;

/// Before the name of an own field where built-in fields stand beside it: forms, problems, filters, columns.
pub const OWN_PREFIX: &str = "custom.";

/// Where a field is shown besides the record's page.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// In the form in which a record is made or changed.
    Form,
    /// As a column of lists.
    List,
    /// Among the filters.
    Filter,
}

impl Shown {
    pub const ALL: [Shown; 3] = [Shown::Form, Shown::List, Shown::Filter];

    pub fn as_str(self) -> &'static str {
        match self {
            Shown::Form => "form",
            Shown::List => "list",
            Shown::Filter => "filter",
        }
    }

    pub fn from_code(code: &str) -> Option<Shown> {
        Shown::ALL.into_iter().find(|shown| shown.as_str() == code)
    }
}

/// A field of the company's own. Its key is `<entity>.<name>`; records keep its values under the name.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct CustomField {
    pub label: Label,
    #[serde(default, skip_serializing_if = "Label::is_empty")]
    pub help: Label,
    pub kind: FieldKind,
    #[serde(default)]
    pub required: bool,
    /// No two records have the same value.
    #[serde(default)]
    pub unique: bool,
    /// What a new record has when nothing is typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<CustomValue>,
    /// The entity that a link leads to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Kind>,
    #[serde(default)]
    pub shown: Vec<Shown>,
    #[serde(default)]
    pub archived: bool,
}

/// A value as a record keeps it; what it means is told by the field's kind.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(untagged)]
pub enum CustomValue {
    /// Yes or no.
    Flag(bool),
    /// Hundredths of the company's currency.
    Amount(i64),
    /// Keys of choices, in the list's order.
    Codes(Vec<String>),
    /// Everything else: text, a decimal number, an ISO date, the key of one choice, the id of a record.
    Text(String),
}

/// By what stands there: to try each variant in turn, as serde does by itself, costs more than all the rest of a record.
impl<'de> Deserialize<'de> for CustomValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<CustomValue, D::Error> {
        struct Stored;

        impl<'de> Visitor<'de> for Stored {
            type Value = CustomValue;

            fn expecting(&self, text: &mut fmt::Formatter<'_>) -> fmt::Result {
                text.write_str("yes or no, a whole number, a text or a list of texts")
            }

            fn visit_bool<E: de::Error>(self, flag: bool) -> Result<CustomValue, E> {
                Ok(CustomValue::Flag(flag))
            }

            fn visit_i64<E: de::Error>(self, cents: i64) -> Result<CustomValue, E> {
                Ok(CustomValue::Amount(cents))
            }

            fn visit_u64<E: de::Error>(self, cents: u64) -> Result<CustomValue, E> {
                i64::try_from(cents).map(CustomValue::Amount).map_err(E::custom)
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<CustomValue, E> {
                Ok(CustomValue::Text(text.to_owned()))
            }

            fn visit_string<E: de::Error>(self, text: String) -> Result<CustomValue, E> {
                Ok(CustomValue::Text(text))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, codes: A) -> Result<CustomValue, A::Error> {
                Vec::deserialize(SeqAccessDeserializer::new(codes)).map(CustomValue::Codes)
            }
        }

        deserializer.deserialize_any(Stored)
    }
}

/// The values of a record's own fields by their names. Fields without a value are not there.
pub type CustomValues = BTreeMap<String, CustomValue>;

/// The entries that keep other records from having the same values in these fields.
pub(crate) fn unique_entries(
    kind: Kind,
    values: &CustomValues,
    names: &[String],
    id: Uuid,
) -> Vec<IndexEntry> {
    let value = |name: &String| match values.get(name) {
        Some(CustomValue::Text(text)) => Some((own_key(name), fold(text))),
        _ => None,
    };
    let entry = |(field, value): (String, String)| IndexEntry::unique(kind, &field, &value, id);
    names.iter().filter_map(value).map(entry).collect()
}

/// The index key that a record with this value in a unique own field is found by.
pub fn unique_own(kind: Kind, name: &str, value: &str) -> Vec<u8> {
    IndexKey::unique(kind, &own_key(name), &fold(value))
}

/// The key of an own field where built-in fields stand beside it.
pub fn own_key(name: &str) -> String {
    format!("{OWN_PREFIX}{name}")
}

/// The name of an own field out of such a key.
pub fn own_name(key: &str) -> Option<&str> {
    key.strip_prefix(OWN_PREFIX)
}

impl Piece for CustomField {
    const KIND: Kind = Kind::CustomField;
    const SECTION: &'static str = "fields";

    fn label(&self) -> &Label {
        &self.label
    }

    fn is_archived(&self) -> bool {
        self.archived
    }

    fn check(&self, errors: &mut FieldErrors) {
        self.label.check("label", LABEL_CHARACTERS_MAX, errors);
        self.help.check_lengths("help", HELP_CHARACTERS_MAX, errors);
        if FieldKind::from_code(self.kind.as_str()).is_none() {
            errors.add("kind", "choice", self.kind.as_str());
        }
        match (self.kind, self.target) {
            (FieldKind::Link, None) => errors.add("target", "required", ""),
            (FieldKind::Link, Some(_)) | (_, None) => {}
            (_, Some(target)) => errors.add("target", "choice", target.as_str()),
        }
        let can_be_unique = matches!(
            self.kind,
            FieldKind::Text | FieldKind::Number | FieldKind::Email | FieldKind::Phone | FieldKind::Url
        );
        if self.unique && !can_be_unique {
            errors.add("unique", "field-not-unique", self.kind.as_str());
        }
        if self.unique && self.default.is_some() {
            errors.add("default", "field-unique-default", "");
        }
    }

    fn check_key(key: &str, errors: &mut FieldErrors) {
        configured::check_pair(key, errors);
    }
}

impl CustomField {
    /// The list that a choice field's values are in.
    pub fn list(entity: Kind, name: &str) -> String {
        format!("{}_{name}", entity.as_str())
    }

    /// A kept value as filters, lists and exports see it.
    pub fn value_of(&self, kept: Option<&CustomValue>) -> FieldValue {
        kept.map_or(FieldValue::Nothing, |kept| kept.as_kind(self.kind))
    }
}

impl CustomValue {
    /// The value as one of this kind. What does not fit the kind any more is shown as text.
    pub fn as_kind(&self, kind: FieldKind) -> FieldValue {
        match (kind, self) {
            (_, CustomValue::Flag(flag)) => FieldValue::Flag(*flag),
            (_, CustomValue::Amount(amount)) => FieldValue::Amount(*amount),
            (_, CustomValue::Codes(codes)) => FieldValue::Codes(codes.clone()),
            (FieldKind::Choice, CustomValue::Text(code)) => FieldValue::Codes(vec![code.clone()]),
            (FieldKind::Number, CustomValue::Text(text)) => {
                text.parse::<Decimal>().map_or_else(|_| FieldValue::Text(text.clone()), FieldValue::Number)
            }
            (FieldKind::Date, CustomValue::Text(text)) => {
                text.parse().map_or_else(|_| FieldValue::Text(text.clone()), FieldValue::Day)
            }
            (FieldKind::Link, CustomValue::Text(text)) => {
                text.parse().map_or_else(|_| FieldValue::Text(text.clone()), FieldValue::Record)
            }
            (_, CustomValue::Text(text)) => FieldValue::Text(text.clone()),
        }
    }
}

impl Frame {
    /// The own fields of an entity in their order, also archived ones: the name, and the field.
    pub fn fields_of(&self, entity: Kind) -> impl Iterator<Item = (&str, &Configured<CustomField>)> {
        self.custom_fields.all().iter().filter_map(move |field| {
            let (of, name) = field.key.split_once('.')?;
            (of == entity.as_str()).then_some((name, field))
        })
    }

    /// One own field of an entity.
    pub fn field(&self, entity: Kind, name: &str) -> Option<&CustomField> {
        self.custom_fields.get(&format!("{}.{name}", entity.as_str())).map(|field| &field.piece)
    }

    /// The value of an own field of a record, by the field's name.
    pub fn own_value(&self, entity: Kind, values: &CustomValues, name: &str) -> FieldValue {
        self.field(entity, name).map_or(FieldValue::Nothing, |field| field.value_of(values.get(name)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(kind: FieldKind) -> CustomField {
        CustomField {
            label: Label::new("Superfície", "", ""),
            help: Label::default(),
            kind,
            required: false,
            unique: false,
            default: None,
            target: None,
            shown: vec![Shown::Form],
            archived: false,
        }
    }

    #[test]
    fn kept_values_come_back_typed() {
        let text = |text: &str| Some(CustomValue::Text(text.to_owned()));
        let value = |kind, kept: Option<CustomValue>| field(kind).value_of(kept.as_ref());
        assert_eq!(value(FieldKind::Number, text("12.50")), FieldValue::Number(Decimal::new(1250, 2)));
        assert_eq!(value(FieldKind::Number, text("a dozen")), FieldValue::Text("a dozen".into()));
        assert_eq!(
            value(FieldKind::Date, text("2026-11-23")),
            FieldValue::Day(jiff::civil::date(2026, 11, 23))
        );
        assert_eq!(value(FieldKind::Choice, text("flat")), FieldValue::Codes(vec!["flat".into()]));
        assert_eq!(value(FieldKind::Text, None), FieldValue::Nothing);
        assert_eq!(value(FieldKind::YesNo, Some(CustomValue::Flag(false))), FieldValue::Flag(false));
    }

    #[test]
    fn values_survive_json_with_their_types() {
        let values = [
            CustomValue::Flag(true),
            CustomValue::Amount(-150),
            CustomValue::Codes(vec!["a".into()]),
            CustomValue::Text("7".into()),
        ];
        let json = serde_json::to_string(&values).unwrap();
        assert_eq!(json, r#"[true,-150,["a"],"7"]"#);
        assert_eq!(serde_json::from_str::<[CustomValue; 4]>(&json).unwrap(), values);
    }

    #[test]
    fn a_field_says_all_that_is_wrong() {
        let mut wrong = field(FieldKind::Link);
        wrong.unique = true;
        wrong.label = Label::default();
        let mut errors = FieldErrors::default();
        wrong.check(&mut errors);
        let codes: Vec<_> = errors.0.iter().map(|problem| problem.code.as_str()).collect();
        assert_eq!(codes, ["required", "required", "field-not-unique"]);
    }
}
