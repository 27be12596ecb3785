//! Values of own fields in words, and what the kinds of fields are called.

use crate::components::Value;
use crate::messages::t;
use crate::{Locale, format, labels};
use model::uuid::Uuid;
use model::{CustomField, CustomValue, FieldKind, FieldValue, Kind, Money};

/// One value of a record; `name_of` knows linked records that the reader may see.
pub fn value<'l>(
    l: impl Into<Locale<'l>>,
    entity: Kind,
    name: &str,
    kept: Option<&CustomValue>,
    name_of: &dyn Fn(Uuid) -> Option<String>,
) -> Value {
    let l: Locale<'_> = l.into();
    let Some(field) = l.frame().field(entity, name) else {
        return Value::Nothing;
    };
    match field.value_of(kept) {
        // No own field holds several texts or records.
        FieldValue::Nothing | FieldValue::Texts(_) | FieldValue::Records(_) => Value::Nothing,
        FieldValue::Text(text) => link_of(field.kind, &text).unwrap_or_else(|| Value::text(text)),
        FieldValue::Number(number) => Value::Text(format::decimal(l, &number.to_string())),
        FieldValue::Amount(minor_units) => {
            Value::Text(format::money(l, Money { minor_units, currency: currency(l) }))
        }
        FieldValue::Day(day) => Value::Text(format::date_short(day)),
        FieldValue::Instant(at) => Value::Text(at.to_string()),
        FieldValue::Flag(flag) => Value::Text(yes_no(l, flag)),
        FieldValue::Codes(codes) => {
            let list = CustomField::list(entity, name);
            let words: Vec<String> = codes.iter().map(|code| labels::choice(l, &list, code)).collect();
            Value::text(words.join(", "))
        }
        FieldValue::Record(id) => linked(l, field.target, id, name_of),
        FieldValue::User(id) => linked(l, Some(Kind::User), id.0, name_of),
        FieldValue::Team(id) => linked(l, Some(Kind::Team), id.0, name_of),
    }
}

/// What was typed, as far as it can be said in words: for both sides of a conflict.
pub fn typed<'l>(l: impl Into<Locale<'l>>, entity: Kind, name: &str, text: &str) -> String {
    let l: Locale<'_> = l.into();
    let list = CustomField::list(entity, name);
    match l.frame().field(entity, name).map(|field| field.kind) {
        Some(FieldKind::Choice | FieldKind::Choices) => {
            let words: Vec<String> = text.split(", ").map(|code| labels::choice(l, &list, code)).collect();
            words.join(", ")
        }
        Some(FieldKind::YesNo) if text == "yes" => yes_no(l, true),
        Some(FieldKind::YesNo) if text == "no" => yes_no(l, false),
        Some(FieldKind::Date) => text.parse().map_or_else(|_| text.to_owned(), format::date_short),
        _ => text.to_owned(),
    }
}

pub fn yes_no<'l>(l: impl Into<Locale<'l>>, flag: bool) -> String {
    let l: Locale<'_> = l.into();
    if flag { t!(l, "fields-yes") } else { t!(l, "fields-no") }
}

/// The company's; euros as long as there is no company.
pub(super) fn currency(l: Locale<'_>) -> model::Currency {
    l.frame().settings.as_ref().map(|settings| settings.currency).unwrap_or_default()
}

/// Texts that one touch can use. Addresses were checked to be pages when they came in.
fn link_of(kind: FieldKind, text: &str) -> Option<Value> {
    let link = |href: String, text: String| Some(Value::Link { href, text });
    match kind {
        FieldKind::Email if text.contains('@') => link(format!("mailto:{text}"), text.to_owned()),
        FieldKind::Phone if text.starts_with('+') => link(format!("tel:{text}"), format::phone(text)),
        FieldKind::Url if text.starts_with("https://") || text.starts_with("http://") => {
            link(text.to_owned(), text.to_owned())
        }
        _ => None,
    }
}

fn linked(l: Locale<'_>, target: Option<Kind>, id: Uuid, name_of: &dyn Fn(Uuid) -> Option<String>) -> Value {
    match (name_of(id), target) {
        (None, _) => Value::Text(t!(l, "fields-link-hidden")),
        (Some(text), Some(target)) => match model::path_of(target) {
            Some(path) => Value::Link { href: format!("{path}/{id}"), text },
            None => Value::Text(text),
        },
        (Some(text), None) => Value::Text(text),
    }
}

/// What a kind of field is called.
pub fn kind_name<'l>(l: impl Into<Locale<'l>>, kind: FieldKind) -> String {
    let l: Locale<'_> = l.into();
    match kind {
        FieldKind::Text => t!(l, "fields-kind-text"),
        FieldKind::LongText => t!(l, "fields-kind-long-text"),
        FieldKind::Number => t!(l, "fields-kind-number"),
        FieldKind::Money => t!(l, "fields-kind-money"),
        FieldKind::Date => t!(l, "fields-kind-date"),
        FieldKind::YesNo => t!(l, "fields-kind-yes-no"),
        FieldKind::Choice => t!(l, "fields-kind-choice"),
        FieldKind::Choices => t!(l, "fields-kind-choices"),
        FieldKind::Email => t!(l, "fields-kind-email"),
        FieldKind::Phone => t!(l, "fields-kind-phone"),
        FieldKind::Url => t!(l, "fields-kind-url"),
        FieldKind::Link => t!(l, "fields-kind-link"),
        FieldKind::Instant | FieldKind::User | FieldKind::Team => kind.as_str().to_owned(),
    }
}

/// The records of an entity, as people call them.
pub fn entity_name<'l>(l: impl Into<Locale<'l>>, entity: Kind) -> String {
    let l: Locale<'_> = l.into();
    match entity {
        Kind::Lead => t!(l, "fields-entity-lead"),
        Kind::User => t!(l, "fields-entity-user"),
        Kind::Team => t!(l, "fields-entity-team"),
        other => crate::records::kind_name(l, other),
    }
}
