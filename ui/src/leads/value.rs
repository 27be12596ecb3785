//! The fields of a lead on screen: their names and values.

use crate::Locale;
use crate::components::{Value, error_lines};
use crate::messages::t;
use crate::{format, labels, own_fields, problems};
use maud::Markup;
use model::json::Value as Json;
use model::serde::Deserialize;
use model::uuid::Uuid;
use model::{CustomValue, FieldErrors, Kind, LeadStatus, Money, Problem, Source, lists};

/// The name of a field, as in the form. Unknown ones keep the name that the API gives them.
pub fn field_label<'l>(l: impl Into<Locale<'l>>, field: &str) -> String {
    let l: Locale<'_> = l.into();
    match field {
        "name" => t!(l, "leads-field-name"),
        "archived" => t!(l, "leads-field-archived"),
        model::SCORE => t!(l, "scoring-field-score"),
        model::PROBABILITY => t!(l, "scoring-field-probability"),
        "created_at" => t!(l, "leads-created-at"),
        "assigned_at" => t!(l, "leads-assigned-at"),
        "converted_at" => t!(l, "conversion-field-at"),
        "first_response_at" => t!(l, "leads-first-response"),
        "respond_by" => t!(l, "inbox-field-respond-by"),
        "answered_late" => t!(l, "inbox-field-answered-late"),
        "accepted_at" => t!(l, "inbox-field-accepted-at"),
        "snoozed_until" => t!(l, "inbox-field-snoozed-until"),
        "updated_at" => t!(l, "leads-updated-at"),
        _ => labels::field(l, field).unwrap_or_else(|| field.to_owned()),
    }
}

/// All problems of a form with the fields of a lead, called as they are there.
pub(crate) fn error_summary(l: Locale<'_>, errors: &FieldErrors) -> Markup {
    let line = |problem: &Problem| {
        let own_label = (problem.field == "name").then(|| field_label(l, "name"));
        (problem.field.clone(), problems::named_as(l, problem, own_label))
    };
    error_lines(l, &errors.0.iter().map(line).collect::<Vec<_>>())
}

/// What a field held, before it is put into words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum LeadValue {
    Nothing,
    Text(String),
    Phone(String),
    Status(LeadStatus),
    Source(Source),
    /// The code of two letters.
    Country(String),
    Money(Money),
    /// Keys of the company’s list of tags.
    Tags(Vec<String>),
    Flag(bool),
    /// Of one of the company’s own fields, with the name of the record that it links to.
    Own {
        name: String,
        value: CustomValue,
        linked: Option<String>,
    },
}

impl LeadValue {
    /// From the stored record; `name_of` knows people and teams. A value of another shape is shown as it is stored.
    pub fn from_json(field: &str, value: &Json, name_of: &dyn Fn(Uuid) -> Option<String>) -> LeadValue {
        let known = match (field, value) {
            (_, Json::Null) => Some(LeadValue::Nothing),
            ("status", Json::String(code)) => LeadStatus::from_code(code).map(LeadValue::Status),
            ("source", Json::String(code)) => Source::from_code(code).map(LeadValue::Source),
            ("country", Json::String(code)) => Some(LeadValue::Country(code.clone())),
            ("tags", tags) => model::json::from_value(tags.clone()).ok().map(LeadValue::Tags),
            ("archived", Json::Bool(flag)) => Some(LeadValue::Flag(*flag)),
            ("amount", money) => model::json::from_value(money.clone()).ok().map(LeadValue::Money),
            ("phone", Json::String(phone)) => Some(LeadValue::Phone(phone.clone())),
            ("owner" | "team", Json::String(id)) => id.parse().ok().and_then(name_of).map(LeadValue::Text),
            _ => None,
        };
        known.unwrap_or_else(|| match value {
            Json::String(text) => LeadValue::Text(text.clone()),
            other => LeadValue::Text(other.to_string()),
        })
    }

    /// The value of an own field out of the stored record.
    pub(super) fn own(
        name: &str,
        value: Option<&Json>,
        name_of: &dyn Fn(Uuid) -> Option<String>,
    ) -> LeadValue {
        let Some(value) = value.and_then(|value| CustomValue::deserialize(value).ok()) else {
            return LeadValue::Nothing;
        };
        let linked = match &value {
            CustomValue::Text(text) => text.parse().ok().and_then(name_of),
            _ => None,
        };
        LeadValue::Own { name: name.to_owned(), value, linked }
    }

    pub(crate) fn shown<'l>(&self, l: impl Into<Locale<'l>>) -> Value {
        let l: Locale<'_> = l.into();
        match self {
            LeadValue::Nothing => Value::Nothing,
            LeadValue::Text(text) => Value::text(text),
            LeadValue::Phone(number) => Value::Text(format::phone(number)),
            LeadValue::Status(status) => Value::Text(labels::lead_status(l, *status)),
            LeadValue::Source(source) => Value::Text(labels::source(l, *source)),
            LeadValue::Country(code) => Value::Text(labels::country(l, code)),
            LeadValue::Tags(tags) => {
                let labels = tags.iter().map(|tag| labels::choice(l, lists::TAGS, tag));
                Value::text(labels.collect::<Vec<_>>().join(", "))
            }
            LeadValue::Flag(flag) => Value::Text(crate::filters::yes_or_no(l, *flag)),
            LeadValue::Money(money) => Value::Text(format::money(l, *money)),
            LeadValue::Own { name, value, linked } => {
                own_fields::value(l, Kind::Lead, name, Some(value), &|_| linked.clone())
            }
        }
    }
}

/// One field of a change.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FieldChange {
    /// The field's name as in forms and the API.
    pub field: String,
    pub before: LeadValue,
    pub after: LeadValue,
}
