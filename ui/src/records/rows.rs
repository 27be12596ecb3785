//! Lists within a record: the rows of the form, one more of them than there are, and what is shown of them.

use super::form::{FormPage, of_kind};
use super::words::field_label;
use crate::components::{Value, icon};
use crate::messages::{find, t};
use crate::{Locale, format, labels, problems};
use maud::{Markup, html};
use model::uuid::Uuid;
use model::{FieldKind, FieldSpec, FieldValue, Kind, RowsSpec, Values, rows_of};
use std::collections::BTreeMap;

/// Sent by the button that asks for one more row of a list: `more:phones`.
pub const MORE: &str = "more:";

/// The lists that begin without a main one outside them: the main contact may be among those who decide.
const COMPONENTS: &str = "components";
const WANTED: &str = "products";
const PARTICIPANTS: &str = "contacts";

/// What a list is called: «Altres telèfons».
pub(super) fn list_label(l: Locale<'_>, key: &str) -> String {
    find(l, &format!("entity-list-{key}"), &[]).unwrap_or_else(|| key.to_owned())
}

/// What a field of a row is called: «Telèfon».
pub(super) fn part_label(l: Locale<'_>, list: &str, part: &str) -> String {
    find(l, &format!("entity-list-{list}-{part}"), &[]).unwrap_or_else(|| part.to_owned())
}

/// What a code in a row is called: «mòbil».
pub(crate) fn label_name(l: Locale<'_>, list: &str, code: &str) -> String {
    find(l, &format!("entity-list-{list}-label-{}", code.replace('_', "-")), &[])
        .unwrap_or_else(|| code.to_owned())
}

/// What the field of a row of any entity is called in its form, with its place: where there is a main one, it is the first.
pub(crate) fn numbered_label(l: Locale<'_>, name: &str) -> Option<String> {
    let lists =
        [Kind::Company, Kind::Contact, Kind::Product, Kind::Opportunity].into_iter().flat_map(rows_of);
    let (list, place, part) = lists
        .filter_map(|list| list.place_of(name).map(|(place, part)| (list, place, part)))
        .find(|(list, _, part)| list.part(part).is_some())?;
    let first = if [COMPONENTS, WANTED, PARTICIPANTS].contains(&list.key) { 1 } else { 2 };
    let number = i64::try_from(place).unwrap_or_default() + first;
    Some(format!("{} {number}", part_label(l, list.key, part)))
}

/// The inputs of a list: its rows and an empty one.
pub(super) fn inputs(l: Locale<'_>, view: &FormPage, list: &RowsSpec, action: &str) -> Markup {
    let name = format!("{}{}", view.prefix, list.key);
    let id = format!("list-{}", name.replace('.', "-"));
    let label = list_label(l, list.key);
    let more = format!("{MORE}{}", list.key);
    let target = format!("#{id}");
    let count = shown_rows(view, list);
    html! {
        fieldset.list.full id=(id) {
            legend { (label) }
            // Says that the list was asked: without rows it is emptied.
            input type="hidden" name=(name) value="";
            @if let Some(problem) = problems::of(l, &view.errors, &name) {
                p.error id=(format!("f-{}", name.replace('.', "-"))) tabindex="-1" { (icon("circle-alert")) span { (problem) } }
            }
            @for place in 0..count {
                @let is_last = view.more.as_deref() == Some(list.key) && place + 1 == count;
                div.row data-focus-first[is_last] { @for part in list.parts { (input(l, view, list, place, part)) } }
            }
            @if count < list.rows_max {
                div.actions {
                    button.btn.quiet type="submit" name="do" value=(more) data-hx-post=(action) data-hx-include="closest form"
                        data-hx-target=(target) data-hx-select=(target) data-hx-swap="outerHTML" {
                        (icon("plus")) (t!(l, "records-row-more")) span.sr { " " (label) }
                    }
                }
            }
        }
    }
}

fn input(l: Locale<'_>, view: &FormPage, list: &RowsSpec, place: usize, part: &FieldSpec) -> Markup {
    let name = list.name(place, part.key);
    let text = text_of(view, &name);
    let usual = match (part.kind, part.values) {
        (FieldKind::Choice, Values::Fixed(codes)) => codes.first().copied().unwrap_or_default(),
        (FieldKind::YesNo, _) => "yes",
        _ => "",
    };
    let label = numbered_label(l, &name).unwrap_or_default();
    // In a row that stays empty nothing is needed.
    let spec = FieldSpec { required: false, ..*part };
    of_kind(l, view, (&name, label), &spec, if text.is_empty() { usual } else { text })
}

fn text_of<'v>(view: &'v FormPage, name: &str) -> &'v str {
    view.typed.get(name).and_then(|texts| texts.first()).map_or("", String::as_str)
}

/// The typed rows and an empty one after them, and another where that was asked for.
fn shown_rows(view: &FormPage, list: &RowsSpec) -> usize {
    let places = view.typed.keys().filter_map(|name| list.place_of(name).map(|(place, _)| place));
    let typed = places.max().map_or(0, |last| last + 1);
    let says = |part: &FieldSpec| {
        !matches!(part.kind, FieldKind::Choice | FieldKind::YesNo)
            && typed.checked_sub(1).is_some_and(|last| !text_of(view, &list.name(last, part.key)).is_empty())
    };
    let is_full = typed == 0 || list.parts.iter().any(says);
    let wanted = view.more.as_deref() == Some(list.key);
    let count = typed + usize::from(is_full || wanted);
    count.clamp(1, list.rows_max.max(typed))
}

/// A row as it is read: what it is about, and what it says of that.
pub(super) fn shown(
    l: Locale<'_>,
    list: &RowsSpec,
    row: &[FieldValue],
    names: &BTreeMap<Uuid, String>,
) -> (String, Value) {
    let text = |key: &str| match list.value(row, key) {
        Some(FieldValue::Text(text)) => text.as_str(),
        _ => "",
    };
    let label = match list.value(row, "label") {
        Some(FieldValue::Codes(codes)) => {
            codes.first().map(|code| label_name(l, list.key, code)).unwrap_or_default()
        }
        _ => String::new(),
    };
    let link = |href: String, text: &str| Value::Link { href, text: text.to_owned() };
    match list.key {
        "phones" => {
            let number = text("number");
            (label, link(format!("tel:{number}"), &format::phone(number)))
        }
        "emails" => (label, link(format!("mailto:{}", text("address")), text("address"))),
        "addresses" => {
            let country = text("country");
            let country = if country.is_empty() { String::new() } else { labels::country(l, country) };
            let town = [text("postcode"), text("town")].join(" ");
            let parts = [text("street"), town.trim(), country.as_str()];
            let line = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
            (label, link(super::page::map_of(&line), &line))
        }
        COMPONENTS | WANTED => component(l, list, row, names),
        PARTICIPANTS => participant(l, list, row, names),
        _ => position(l, list, row, names, text("role")),
    }
}

fn position(
    l: Locale<'_>,
    list: &RowsSpec,
    row: &[FieldValue],
    names: &BTreeMap<Uuid, String>,
    role: &str,
) -> (String, Value) {
    let label = match list.value(row, "active") {
        Some(FieldValue::Flag(false)) => t!(l, "records-position-former", role = role, has = has(role)),
        _ => t!(l, "records-position", role = role, has = has(role)),
    };
    (label, linked(l, list.value(row, "company"), "/companies", names))
}

/// «Decideix» and who.
fn participant(
    l: Locale<'_>,
    list: &RowsSpec,
    row: &[FieldValue],
    names: &BTreeMap<Uuid, String>,
) -> (String, Value) {
    let role = match list.value(row, "role") {
        Some(FieldValue::Codes(codes)) => codes.first().map(|code| label_name(l, list.key, code)),
        _ => None,
    };
    (role.unwrap_or_default(), linked(l, list.value(row, "contact"), "/contacts", names))
}

/// A record that a row leads to, by its name.
fn linked(l: Locale<'_>, value: Option<&FieldValue>, path: &str, names: &BTreeMap<Uuid, String>) -> Value {
    match value {
        Some(FieldValue::Record(id)) => match names.get(id) {
            Some(name) => Value::Link { href: format!("{path}/{id}"), text: name.clone() },
            None => Value::Text(t!(l, "fields-link-hidden")),
        },
        _ => Value::Nothing,
    }
}

/// «2» and the product.
fn component(
    l: Locale<'_>,
    list: &RowsSpec,
    row: &[FieldValue],
    names: &BTreeMap<Uuid, String>,
) -> (String, Value) {
    let quantity = match list.value(row, "quantity") {
        Some(FieldValue::Number(quantity)) => crate::prices::number(l, *quantity),
        _ => String::new(),
    };
    (quantity, linked(l, list.value(row, "product"), "/products", names))
}

fn has(role: &str) -> &'static str {
    if role.is_empty() { "no" } else { "yes" }
}

/// A row in one line, for histories and files: «mòbil: 600 11 22 33».
pub fn line<'l>(
    l: impl Into<Locale<'l>>,
    list: &RowsSpec,
    row: &[FieldValue],
    names: &BTreeMap<Uuid, String>,
) -> String {
    let l: Locale<'_> = l.into();
    let (label, value) = shown(l, list, row, names);
    let text = match value {
        Value::Text(text) | Value::Link { text, .. } => text,
        Value::Nothing => String::new(),
    };
    if label.is_empty() { text } else { format!("{label}: {text}") }
}

/// What an input is called, and the codes of a choice with their names: of a field of the record or of one of its rows.
pub(super) fn choices_of(
    l: Locale<'_>,
    kind: Kind,
    name: &str,
    values: Values,
) -> Option<Vec<crate::components::Choice>> {
    let list = rows_of(kind).iter().find(|list| list.place_of(name).is_some())?;
    let Values::Fixed(codes) = values else { return None };
    let named = |code: &&str| crate::components::Choice::new(*code, label_name(l, list.key, code));
    Some(codes.iter().map(named).collect())
}

/// The typed value of a row's field in words, for both values of a conflict.
pub(super) fn conflict_text(l: Locale<'_>, view: &FormPage, name: &str, text: &str) -> Option<String> {
    let (list, part) =
        rows_of(view.kind).iter().find_map(|list| Some((list, list.part(list.place_of(name)?.1)?)))?;
    Some(match part.kind {
        FieldKind::Choice => label_name(l, list.key, text),
        FieldKind::YesNo => crate::own_fields::yes_no(l, text == "yes"),
        FieldKind::Link => view.linked.get(text).cloned().unwrap_or_else(|| text.to_owned()),
        _ => text.to_owned(),
    })
}

/// What a field of the record or of one of its rows is called.
pub(super) fn label_of(l: Locale<'_>, kind: Kind, name: &str) -> String {
    numbered_label(l, name).unwrap_or_else(|| field_label(l, kind, name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::Language;

    #[test]
    fn rows_are_counted_from_the_main_one_where_there_is_one() {
        let check = |name: &str, expected: Option<&str>| {
            assert_eq!(numbered_label(Language::Ca.into(), name).as_deref(), expected, "{name}");
        };
        check("contacts.0.contact", Some("Contacte 1"));
        check("products.0.product", Some("Producte o servei 1"));
        check("phones.0.number", Some("Telèfon 2"));
        check("positions.1.company", Some("Empresa 3"));
        check("company", None);
    }
}
