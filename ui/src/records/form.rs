//! The form of a record, new or edited; after a conflict it shows both values and keeps what was typed.

use super::rows;
use super::words::{choices, field_label, is_wide, word};
use crate::Locale;
use crate::components::{Choice, Field, Picker, Value, error_summary, page_head};
use crate::leads::{ConflictField, Person, conflict_table, industries, zones};
use crate::merges::{self, Resembling};
use crate::messages::t;
use crate::own_fields::{OwnInputs, inputs, yes_no};
use crate::{Nav, Page, Shell, format};
use maud::{Markup, Render, html};
use model::{Currency, FieldErrors, FieldKind, FieldSpec, Kind, Values};
use std::collections::BTreeMap;

/// Which record the form is for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum FormOf {
    /// `POST /companies`. The key, made anew for each empty form, keeps a form sent twice from making two records.
    New { idempotency_key: String },
    /// `POST /companies/{id}`, with the version that was read. After a conflict it is the stored one.
    Edited { id: String, title: String, version: u64 },
}

impl FormOf {
    /// The same with the version that somebody began with.
    #[must_use]
    pub fn of_version(self, version: u64) -> FormOf {
        match self {
            FormOf::Edited { id, title, .. } => FormOf::Edited { id, title, version },
            new @ FormOf::New { .. } => new,
        }
    }

    /// The record that is edited.
    fn id(&self) -> Option<&str> {
        match self {
            FormOf::New { .. } => None,
            FormOf::Edited { id, .. } => Some(id),
        }
    }
}

/// The form with all around it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FormPage {
    pub kind: Kind,
    /// Before the names of all inputs, where several records share a form: `company.`.
    pub prefix: String,
    pub of: FormOf,
    /// What stands in the inputs of built-in fields, as typed, by their keys.
    pub typed: BTreeMap<String, Vec<String>>,
    /// What linked records are called, by id: shown instead of it.
    pub linked: BTreeMap<String, String>,
    /// Of fields that lead to a record, by their keys: what is searched while somebody types.
    pub pickers: BTreeMap<String, Picker>,
    /// Who can be responsible; none where the reader may not choose.
    pub people: Vec<Person>,
    /// The company’s own fields.
    pub own: OwnInputs,
    pub errors: FieldErrors,
    /// The list within the record that one more row was asked for.
    pub more: Option<String>,
    /// The company’s, for amounts.
    pub currency: Currency,
    /// Of a quote: the keys of the price books that it can be made with.
    pub price_books: Vec<String>,
    /// Not empty after a conflict (409): what differs. The form then holds what was typed.
    pub conflict: Vec<ConflictField>,
    /// Records that may be the same one.
    pub resembling: Resembling,
}

/// The inputs of an entity's form in groups: the group's name, and the keys of its fields.
type Groups = &'static [(&'static str, &'static [&'static str])];

/// Where the choice of who is responsible stands.
const OWNER: &str = "owner";

const COMPANY: Groups = &[
    ("who", &["name", "legal_name", "tax_id", "kind", "industry", "employees", "parent"]),
    ("contact", &["phone", "email", "website", "phones", "emails"]),
    ("address", &["address", "postcode", "town", "zone", "country", "addresses"]),
    (
        "business",
        &[
            "owner",
            "source",
            "language",
            "price_book",
            "tax_regime",
            "withholding",
            "client_since",
            "tags",
            "external_key",
        ],
    ),
    ("notes", &["description"]),
];
const CONTACT: Groups = &[
    ("who", &["given_name", "family_name", "company", "job_title", "positions"]),
    ("contact", &["phone", "mobile", "email", "phones", "emails"]),
    ("address", &["address", "postcode", "town", "country"]),
    ("business", &["owner", "source", "language", "birthday", "tags", "external_key"]),
    ("notes", &["description"]),
];
const OPPORTUNITY: Groups = &[
    ("one", &["name", "company", "contact", "owner"]),
    ("sale", &["stage", "amount", "probability", "expected_close", "lost_reason", "competitor"]),
    ("wanted", &["products"]),
    ("deciding", &["contacts"]),
    ("business", &["source", "campaign", "tags", "external_key"]),
    ("notes", &["description"]),
];
const PRODUCT: Groups = &[
    ("names", &["name_ca", "name_es", "name_en", "code", "kind", "family"]),
    ("bundle", &["components"]),
    ("price", &["unit", "unit_price", "cost", "tax", "billing", "minimum_term", "tags", "external_key"]),
    ("notes", &["description"]),
];

const ACTIVITY: Groups = &[
    ("what", &["kind", "subject", "state", "owner"]),
    ("when", &["due", "due_time", "reminder", "duration"]),
    ("about", &["company", "contact", "opportunity", "lead", "product"]),
    ("said", &["text", "outcome"]),
    ("business", &["tags", "external_key"]),
];

const QUOTE: Groups = &[
    ("one", &["subject", "company", "contact", "opportunity", "lead", "owner"]),
    ("terms", &["valid_until", "price_book", "discount", "term_months", "payment_terms", "conditions"]),
    ("taxes", &["tax_regime", "withholding", "language", "tags", "external_key"]),
];

const DOCUMENT: Groups = &[
    ("one", &["title", "url", "category", "valid_until", "owner"]),
    ("about", &["company", "contact", "opportunity", "lead"]),
    ("business", &["tags", "external_key"]),
];

pub(super) fn groups_of(kind: Kind) -> Groups {
    match kind {
        Kind::Company => COMPANY,
        Kind::Contact => CONTACT,
        Kind::Opportunity => OPPORTUNITY,
        Kind::Product => PRODUCT,
        Kind::Activity => ACTIVITY,
        Kind::Quote => QUOTE,
        Kind::Document => DOCUMENT,
        _ => &[],
    }
}

/// What a group of fields is called.
pub(super) fn group_label(l: Locale<'_>, kind: Kind, group: &str) -> String {
    match group {
        "one" => word(l, kind, "one"),
        "who" => t!(l, "leads-group-who"),
        "contact" => t!(l, "leads-group-contact"),
        "address" => t!(l, "leads-group-address"),
        "business" => t!(l, "records-group-business"),
        "sale" => t!(l, "records-group-sale"),
        "what" => t!(l, "activities-group-what"),
        "when" => t!(l, "activities-group-when"),
        "about" => t!(l, "activities-group-about"),
        "said" => t!(l, "activities-group-said"),
        "names" => t!(l, "records-group-names"),
        "price" => t!(l, "records-group-price"),
        "terms" => t!(l, "quotes-group-terms"),
        "taxes" => t!(l, "quotes-group-taxes"),
        "wanted" => t!(l, "records-group-wanted"),
        "deciding" => t!(l, "records-group-deciding"),
        "bundle" => t!(l, "records-group-bundle"),
        _ => t!(l, "leads-group-notes"),
    }
}

const LINE_CHARACTERS_MAX: u32 = 200;
const DESCRIPTION_CHARACTERS_MAX: u32 = 1_000;
/// As in `model::NOTE_CHARACTERS_MAX`.
const NOTE_CHARACTERS_MAX: u32 = 1_500;
const POSTCODE_CHARACTERS_MAX: u32 = 12;
const DESCRIPTION_ROWS: u32 = 4;

/// `GET /companies/new`, `GET /companies/{id}/edit`, and both again with problems (422) or after a conflict (409).
pub fn form_page(shell: &Shell, view: &FormPage) -> Markup {
    let l = shell.locale();
    let action = action_of(view);
    let title = match &view.of {
        FormOf::New { .. } => word(l, view.kind, "new"),
        FormOf::Edited { title, .. } => t!(l, "leads-edit-title", title = title.as_str()),
    };
    let page = Page::new(title.as_str(), Nav::of(view.kind)).errors(&view.errors);
    let resembling = merges::region(l, view.kind, view.of.id(), &view.resembling);
    shell.page(
        &page,
        html! {
            (error_summary(l, &view.errors))
            (page_head(&title, None, html! {}))
            @if !view.conflict.is_empty() { (conflict(l, view)) }
            form.form.narrow method="post" action=(action) novalidate {
                // The first button of a form is the one that Enter presses.
                button.sr type="submit" tabindex="-1" { (save_label(l, view)) }
                @match &view.of {
                    FormOf::New { idempotency_key } => { input type="hidden" name="idempotency_key" value=(idempotency_key); }
                    FormOf::Edited { version, .. } => { input type="hidden" name="version" value=(version); }
                }
                @if view.resembling.is_refused { (resembling) }
                @for (place, (name, keys)) in groups_of(view.kind).iter().enumerate() {
                    (group(l, view, name, keys))
                    @if place == 0 && !view.resembling.is_refused { (resembling) }
                }
                @if let Some(inputs) = inputs(l, view.kind, &view.own, &view.errors) {
                    (panel(&t!(l, "fields-on-page"), inputs))
                }
                (merges::actions(&view.resembling, &save_label(l, view), &anyway_label(l, view), &action, &t!(l, "leads-cancel")))
            }
        },
    )
}

/// Where the form is sent.
fn action_of(view: &FormPage) -> String {
    let path = model::path_of(view.kind).unwrap_or_default();
    match &view.of {
        FormOf::New { .. } => path.to_owned(),
        FormOf::Edited { id, .. } => format!("{path}/{id}"),
    }
}

fn anyway_label(l: Locale<'_>, view: &FormPage) -> String {
    match &view.of {
        FormOf::New { .. } => t!(l, "merges-known-create"),
        FormOf::Edited { .. } => t!(l, "merges-known-save"),
    }
}

fn save_label(l: Locale<'_>, view: &FormPage) -> String {
    match (&view.of, view.conflict.is_empty()) {
        (FormOf::New { .. }, _) => t!(l, "leads-create"),
        (FormOf::Edited { .. }, true) => t!(l, "leads-save"),
        (FormOf::Edited { .. }, false) => t!(l, "leads-save-mine"),
    }
}

fn panel(legend: &str, fields: Markup) -> Markup {
    html! {
        fieldset.panel {
            legend.sr { (legend) }
            header aria-hidden="true" { h2 { (legend) } }
            div.body { div.form-grid { (fields) } }
        }
    }
}

fn group(l: Locale<'_>, view: &FormPage, name: &str, keys: &[&str]) -> Markup {
    let fields: Vec<Markup> = keys.iter().filter_map(|key| input(l, view, key)).collect();
    panel(&group_label(l, view.kind, name), html! { @for field in fields { (field) } })
}

/// The input of one field; none where there is nothing to choose.
pub(crate) fn input(l: Locale<'_>, view: &FormPage, key: &str) -> Option<Markup> {
    let text = view.typed.get(key).and_then(|texts| texts.first()).map_or("", String::as_str);
    if key == OWNER {
        return owner(l, view, text);
    }
    // A file has no address, and what is linked always has one.
    if (view.kind, key) == (Kind::Document, "url")
        && view.of.id().is_some()
        && text.is_empty()
        && view.errors.of(key).is_none()
    {
        return None;
    }
    if let Some(list) = model::rows_of(view.kind).iter().find(|list| list.key == key) {
        return Some(rows::inputs(l, view, list, &action_of(view)));
    }
    let spec = model::specs_of(view.kind).iter().find(|spec| spec.key == key)?;
    if spec.kind == FieldKind::Choices {
        return several(l, view, spec);
    }
    Some(of_kind(l, view, (key, field_label(l, view.kind, key)), spec, text))
}

/// The input of a built-in field by another name than its usual one.
pub(crate) fn input_called(l: Locale<'_>, view: &FormPage, key: &str, label: String) -> Option<Markup> {
    let text = view.typed.get(key).and_then(|texts| texts.first()).map_or("", String::as_str);
    let spec = model::specs_of(view.kind).iter().find(|spec| spec.key == key)?;
    Some(of_kind(l, view, (key, label), spec, text))
}

/// What an input is called in the form.
fn name_of(view: &FormPage, key: &str) -> String {
    format!("{}{key}", view.prefix)
}

/// The input of a field of the record, or of a field of one of its rows: by its name in the form and what it is called.
pub(super) fn of_kind(
    l: Locale<'_>,
    view: &FormPage,
    (field, label): (&str, String),
    spec: &FieldSpec,
    text: &str,
) -> Markup {
    let name = name_of(view, field);
    let (key, name) = (spec.key, name.as_str());
    let dressed = |field: Field<'_>| dressed(l, view, spec, field).render();
    match spec.kind {
        FieldKind::LongText => {
            dressed(Field::textarea(name, label, DESCRIPTION_ROWS).value(text).maximum_characters(
                if key == "text" { NOTE_CHARACTERS_MAX } else { DESCRIPTION_CHARACTERS_MAX },
            ))
        }
        FieldKind::Number => dressed(Field::decimal(name, label).value(text)),
        FieldKind::Money => {
            let shown = model::parse_amount(text, view.currency)
                .map_or_else(|_| text.to_owned(), |money| format::hundredths(l, money.minor_units));
            dressed(Field::money(name, label, view.currency.symbol()).value(&shown))
        }
        // A browser drops what is no date from an input for dates: a wrong one stays to be seen.
        FieldKind::Date if text.is_empty() || text.parse::<model::jiff::civil::Date>().is_ok() => {
            dressed(Field::date(name, label).value(text))
        }
        FieldKind::YesNo => {
            let choices = [Choice::new("no", yes_no(l, false)), Choice::new("yes", yes_no(l, true))];
            dressed(Field::select(name, label, &choices).value(text))
        }
        FieldKind::Choice => {
            if let Some(choices) = rows::choices_of(l, view.kind, field, spec.values) {
                return dressed(Field::select(name, label, &choices).value(text));
            }
            let mut choices = choices(l, view.kind, key, text);
            let is_book = view.kind == Kind::Quote && matches!(spec.values, Values::PriceBooks);
            if is_book {
                choices.retain(|choice| choice.value == text || view.price_books.contains(&choice.value));
            }
            if !spec.required {
                let nothing = if is_book { t!(l, "quotes-book-of-client") } else { t!(l, "fields-not-said") };
                choices.insert(0, Choice::new("", nothing));
            }
            dressed(Field::select(name, label, &choices).value(text))
        }
        FieldKind::Email => dressed(Field::email(name, label).value(text)),
        FieldKind::Phone => dressed(Field::phone(name, label).value(text)),
        FieldKind::Url => dressed(Field::url(name, label).value(text)),
        FieldKind::Link => {
            let shown = view.linked.get(text).map_or(text, String::as_str);
            let input = Field::text(name, label).value(shown).maximum_characters(LINE_CHARACTERS_MAX);
            // Below each row of a list the same hint would only be in the way.
            let input = if field == key { input.hint(t!(l, "records-hint-link")) } else { input };
            // An empty row has the search of its list.
            let of_list = || view.pickers.get(field.split('.').next().unwrap_or_default());
            dressed(match view.pickers.get(field).or_else(of_list) {
                Some(picker) => input.picker(l, picker.clone()),
                None => input,
            })
        }
        _ if key == "postcode" => {
            dressed(Field::whole_number(name, label).value(text).maximum_characters(POSTCODE_CHARACTERS_MAX))
        }
        _ => {
            let suggestions = match key {
                "industry" => industries(l),
                "zone" => zones(l),
                _ => Vec::new(),
            };
            let field = Field::text(name, label).value(text).suggestions(suggestions);
            dressed(field.maximum_characters(LINE_CHARACTERS_MAX))
        }
    }
}

/// Boxes to tick; nothing where the company has nothing to tick. None ticked sends nothing: the empty text says that the
/// field was asked.
fn several(l: Locale<'_>, view: &FormPage, spec: &FieldSpec) -> Option<Markup> {
    let chosen = view.typed.get(spec.key).map_or(&[][..], Vec::as_slice);
    let mut choices = choices(l, view.kind, spec.key, "");
    for code in chosen.iter().filter(|code| !code.is_empty()) {
        if !choices.iter().any(|choice| choice.value == *code) {
            choices.push(Choice::new(code.as_str(), super::code_name(l, view.kind, spec.key, code)));
        }
    }
    let name = name_of(view, spec.key);
    let field = Field::checkboxes(&name, field_label(l, view.kind, spec.key), &choices, chosen);
    (!choices.is_empty()).then(|| {
        html! {
            input type="hidden" name=(name) value="";
            (field.problems(l, &view.errors))
        }
    })
}

/// The data are somebody else’s: the browser must not offer the reader’s own.
fn dressed<'a>(l: Locale<'_>, view: &FormPage, spec: &FieldSpec, field: Field<'a>) -> Field<'a> {
    let field = field.problems(l, &view.errors).autocomplete("off");
    let field = if spec.required { field.required() } else { field };
    let field = if is_wide(spec.kind) { field.full() } else { field };
    let hint = match spec.key {
        "tax_id" => t!(l, "leads-hint-tax-id"),
        "country" => t!(l, "leads-hint-country"),
        "zone" => t!(l, "leads-hint-zone"),
        "probability" => t!(l, "records-hint-probability"),
        "external_key" => t!(l, "records-hint-external-key"),
        "due_time" => t!(l, "activities-hint-time"),
        "reminder" => t!(l, "activities-hint-reminder"),
        _ => return field,
    };
    field.hint(hint)
}

fn owner(l: Locale<'_>, view: &FormPage, text: &str) -> Option<Markup> {
    if view.people.is_empty() {
        return None;
    }
    let nobody = Choice::new("", t!(l, "leads-owner-nobody"));
    let people = view.people.iter().map(|person| Choice::new(person.id.as_str(), person.name.as_str()));
    let choices: Vec<Choice> = std::iter::once(nobody).chain(people).collect();
    let field = Field::select(OWNER, field_label(l, view.kind, OWNER), &choices).value(text);
    Some(field.problems(l, &view.errors).render())
}

/// Both values of what differs, above the form.
fn conflict(l: Locale<'_>, view: &FormPage) -> Markup {
    let value = |field: &str, text: &str| Value::text(conflict_value(l, view, field, text));
    conflict_table(l, &view.conflict, &|field| rows::label_of(l, view.kind, field), &value)
}

/// Values of a conflict are text as forms send it: codes become words, ids names.
fn conflict_value(l: Locale<'_>, view: &FormPage, field: &str, value: &str) -> String {
    if let Some(name) = model::own_name(field) {
        return crate::own_fields::typed(l, view.kind, name, value);
    }
    if let Some(text) = rows::conflict_text(l, view, field, value) {
        return text;
    }
    let spec = model::specs_of(view.kind).iter().find(|spec| spec.key == field);
    match spec.map(|spec| spec.kind) {
        Some(FieldKind::Choice) => super::code_name(l, view.kind, field, value),
        Some(FieldKind::Choices) => {
            let codes = value.split(',').map(str::trim).filter(|code| !code.is_empty());
            codes.map(|code| super::code_name(l, view.kind, field, code)).collect::<Vec<_>>().join(", ")
        }
        Some(FieldKind::YesNo) => yes_no(l, value == "yes"),
        Some(FieldKind::Date) => value.parse().map_or_else(|_| value.to_owned(), format::date_short),
        Some(FieldKind::Money) => model::parse_amount(value, view.currency)
            .map_or_else(|_| value.to_owned(), |money| format::money(l, money)),
        Some(FieldKind::Link) => view.linked.get(value).cloned().unwrap_or_else(|| value.to_owned()),
        Some(FieldKind::User) => {
            let person = view.people.iter().find(|person| person.id == value);
            person.map_or_else(|| value.to_owned(), |person| person.name.clone())
        }
        _ => value.to_owned(),
    }
}
