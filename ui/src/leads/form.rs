//! The form of a lead, new or edited; after a conflict it shows both values and keeps what was typed.

use super::{error_summary, field_label};
use crate::Locale;
use crate::components::{Choice, Field, Value, icon, page_head};
use crate::merges::{self, Resembling};
use crate::messages::t;
use crate::own_fields::{self, OwnInputs, inputs};
use crate::{Nav, Notice, NoticeKind, Page, Shell, components, format, labels};
use maud::{Markup, html};
use model::{Currency, FieldErrors, Kind, LeadStatus, OWN_PREFIX, lists};

/// What stands in the form, as typed. The names of the inputs are those of the API.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LeadForm {
    pub name: String,
    pub company: String,
    pub tax_id: String,
    pub email: String,
    pub phone: String,
    pub address: String,
    pub postcode: String,
    pub town: String,
    pub zone: String,
    pub country: String,
    pub website: String,
    pub industry: String,
    pub source: String,
    pub campaign: String,
    pub interest: String,
    pub amount: String,
    /// Keys of the company’s list.
    pub tags: Vec<String>,
    pub description: String,
    pub external_key: String,
}

/// Which lead the form is for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum FormOf {
    /// `POST /leads`. The key, made anew for each empty form, keeps a form sent twice from making two leads.
    New { idempotency_key: String },
    /// `POST /leads/{id}`, with the version that was read. After a conflict it is the stored one.
    Edited { id: String, title: String, version: u64 },
}

/// One field that somebody else changed in the meantime; values as `services` gives them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ConflictField {
    pub field: String,
    pub yours: String,
    pub theirs: String,
}

/// The form with all around it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FormPage {
    pub of: FormOf,
    pub form: LeadForm,
    /// The company’s own fields.
    pub own: OwnInputs,
    pub errors: FieldErrors,
    /// The company’s, for amounts.
    pub currency: Currency,
    /// Not empty after a conflict (409): what differs. The form then holds what was typed.
    pub conflict: Vec<ConflictField>,
    /// Records that may be the same one.
    pub resembling: Resembling,
}

/// One line of a form, as in `services`.
const LINE_CHARACTERS_MAX: u32 = 200;
const DESCRIPTION_CHARACTERS_MAX: u32 = 1_000;
const POSTCODE_CHARACTERS_MAX: u32 = 12;

/// `GET /leads/new`, `GET /leads/{id}/edit`, and both again with problems (422) or after a conflict (409).
pub fn form_page(shell: &Shell, view: &FormPage) -> Markup {
    let l = shell.locale();
    let (title, action, back) = match &view.of {
        FormOf::New { .. } => (t!(l, "leads-new-title"), "/leads".to_owned(), "/leads".to_owned()),
        FormOf::Edited { id, title, .. } => {
            let at = format!("/leads/{id}");
            (t!(l, "leads-edit-title", title = title.as_str()), at.clone(), at)
        }
    };
    let page = Page::new(title.as_str(), Nav::Leads).errors(&view.errors);
    let resembling = merges::region(l, Kind::Lead, edited(&view.of), &view.resembling);
    shell.page(
        &page,
        html! {
            (error_summary(l, &view.errors))
            (page_head(&title, None, html! {}))
            @if !view.conflict.is_empty() { (conflict(l, view)) }
            form.form.narrow method="post" action=(action) novalidate {
                @match &view.of {
                    FormOf::New { idempotency_key } => { input type="hidden" name="idempotency_key" value=(idempotency_key); }
                    FormOf::Edited { version, .. } => { input type="hidden" name="version" value=(version); }
                }
                @if view.resembling.is_refused { (resembling) }
                (who(l, view))
                @if !view.resembling.is_refused { (resembling) }
                (contact(l, view))
                (place(l, view))
                (interest(l, view))
                @if let Some(inputs) = inputs(l, Kind::Lead, &view.own, &view.errors) {
                    (group(&t!(l, "fields-on-page"), None, inputs))
                }
                (notes(l, view))
                (merges::actions(&view.resembling, &save_label(l, view), &anyway_label(l, view), &back, &t!(l, "leads-cancel")))
            }
        },
    )
}

/// The lead that is edited.
fn edited(of: &FormOf) -> Option<&str> {
    match of {
        FormOf::New { .. } => None,
        FormOf::Edited { id, .. } => Some(id),
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

fn group(legend: &str, hint: Option<&str>, fields: Markup) -> Markup {
    html! {
        fieldset.panel {
            legend.sr { (legend) }
            header aria-hidden="true" { h2 { (legend) } }
            div.body {
                @if let Some(hint) = hint { p.hint-text { (hint) } }
                div.form-grid { (fields) }
            }
        }
    }
}

/// A line of text with the field’s own name, limit and problem.
fn line<'a>(l: Locale<'_>, view: &FormPage, name: &'a str, value: &'a str) -> Field<'a> {
    let field = Field::text(name, field_label(l, name));
    dressed(l, view, field, value).maximum_characters(LINE_CHARACTERS_MAX)
}

/// The data are somebody else’s: the browser must not offer the reader’s own.
fn dressed<'a>(l: Locale<'_>, view: &FormPage, field: Field<'a>, value: &'a str) -> Field<'a> {
    field.value(value).problems(l, &view.errors).autocomplete("off")
}

fn who(l: Locale<'_>, view: &FormPage) -> Markup {
    let form = &view.form;
    group(
        &t!(l, "leads-group-who"),
        Some(&t!(l, "leads-group-who-hint")),
        html! {
            (line(l, view, "name", &form.name))
            (line(l, view, "company", &form.company))
            (line(l, view, "tax_id", &form.tax_id).hint(t!(l, "leads-hint-tax-id")))
            (line(l, view, "industry", &form.industry).suggestions(industries(l)))
        },
    )
}

/// The company's industries; any other can be typed.
pub(crate) fn industries(l: Locale<'_>) -> Vec<String> {
    labels::choices(l, lists::INDUSTRIES, "").into_iter().map(|choice| choice.label).collect()
}

/// The company's zones; any other can be typed.
pub(crate) fn zones(l: Locale<'_>) -> Vec<String> {
    labels::choices(l, lists::ZONES, "").into_iter().map(|choice| choice.label).collect()
}

fn contact(l: Locale<'_>, view: &FormPage) -> Markup {
    let form = &view.form;
    let label = |name| field_label(l, name);
    group(
        &t!(l, "leads-group-contact"),
        None,
        html! {
            (dressed(l, view, Field::phone("phone", label("phone")), &form.phone).hint(t!(l, "leads-hint-phone")))
            (dressed(l, view, Field::email("email", label("email")), &form.email).hint(t!(l, "leads-hint-email")))
            (dressed(l, view, Field::url("website", label("website")), &form.website).full().maximum_characters(LINE_CHARACTERS_MAX))
        },
    )
}

fn place(l: Locale<'_>, view: &FormPage) -> Markup {
    let form = &view.form;
    let postcode = Field::whole_number("postcode", field_label(l, "postcode"));
    group(
        &t!(l, "leads-group-address"),
        None,
        html! {
            (line(l, view, "address", &form.address).full())
            (dressed(l, view, postcode, &form.postcode).maximum_characters(POSTCODE_CHARACTERS_MAX))
            (line(l, view, "town", &form.town))
            (line(l, view, "zone", &form.zone).suggestions(zones(l)).hint(t!(l, "leads-hint-zone")))
            (line(l, view, "country", &form.country).hint(t!(l, "leads-hint-country")))
        },
    )
}

fn interest(l: Locale<'_>, view: &FormPage) -> Markup {
    let form = &view.form;
    let amount = Field::money("amount", field_label(l, "amount"), view.currency.symbol());
    let amount_shown = shown_amount(l, view.currency, &form.amount);
    let sources: Vec<Choice> = std::iter::once(Choice::new("", t!(l, "leads-source-unknown")))
        .chain(labels::choices(l, lists::SOURCES, &form.source))
        .collect();
    let tags = tag_choices(l, &form.tags);
    group(
        &t!(l, "leads-group-interest"),
        None,
        html! {
            (line(l, view, "interest", &form.interest).full().hint(t!(l, "leads-hint-interest")))
            (dressed(l, view, amount, &amount_shown).hint(t!(l, "leads-hint-amount")))
            (dressed(l, view, Field::select("source", field_label(l, "source"), &sources), &form.source))
            (line(l, view, "campaign", &form.campaign))
            @if !tags.is_empty() {
                (Field::checkboxes("tags", field_label(l, "tags"), &tags, &form.tags).problems(l, &view.errors).full())
            }
            (line(l, view, "external_key", &form.external_key).hint(t!(l, "leads-hint-external-key")))
        },
    )
}

/// The tags that are offered, and archived ones that the lead has.
fn tag_choices(l: Locale<'_>, chosen: &[String]) -> Vec<Choice> {
    let mut choices = labels::choices(l, lists::TAGS, "");
    for tag in chosen {
        if !choices.iter().any(|choice| choice.value == *tag) {
            choices.push(Choice::new(tag.as_str(), labels::choice(l, lists::TAGS, tag)));
        }
    }
    choices
}

/// An amount that is understood stands as the reader’s language writes it; any other as it was typed.
fn shown_amount(l: Locale<'_>, currency: Currency, typed: &str) -> String {
    model::parse_amount(typed, currency)
        .map_or_else(|_| typed.to_owned(), |amount| format::hundredths(l, amount.minor_units))
}

fn notes(l: Locale<'_>, view: &FormPage) -> Markup {
    let field = Field::textarea("description", field_label(l, "description"), 5);
    group(
        &t!(l, "leads-group-notes"),
        None,
        html! {
            (dressed(l, view, field, &view.form.description)
                .full()
                .hint(t!(l, "leads-hint-description"))
                .maximum_characters(DESCRIPTION_CHARACTERS_MAX))
        },
    )
}

/// Both values of what differs, above the form.
fn conflict(l: Locale<'_>, view: &FormPage) -> Markup {
    let value = |field: &str, text: &str| conflict_value(l, view.currency, field, text);
    conflict_table(l, &view.conflict, &|field| field_label(l, field), &value)
}

/// What differs in words: what a field is called, what others saved, what the reader typed. For any record.
pub(crate) fn conflict_table(
    l: Locale<'_>,
    fields: &[ConflictField],
    label: &dyn Fn(&str) -> String,
    value: &dyn Fn(&str, &str) -> Value,
) -> Markup {
    let said = Notice { kind: NoticeKind::Warn, text: t!(l, "leads-conflict-text") };
    let caption = t!(l, "leads-conflict-title");
    html! {
        (components::notice(&said))
        section.panel {
            header { h2 { (icon("triangle-alert")) " " (caption) } }
            div.table-wrap role="region" aria-label=(caption) tabindex="0" {
                table.stack {
                    caption.sr { (caption) }
                    thead { tr {
                        th scope="col" { (t!(l, "leads-conflict-field")) }
                        th scope="col" { (t!(l, "leads-conflict-theirs")) }
                        th scope="col" { (t!(l, "leads-conflict-yours")) }
                    } }
                    tbody {
                        @for field in fields {
                            tr {
                                th scope="row" { (label(&field.field)) }
                                td data-l=(t!(l, "leads-conflict-theirs")) { (value(&field.field, &field.theirs).markup(l)) }
                                td data-l=(t!(l, "leads-conflict-yours")) { (value(&field.field, &field.yours).markup(l)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Values of a conflict are text as stored: codes become words, numbers as people read them.
fn conflict_value(l: Locale<'_>, currency: Currency, field: &str, value: &str) -> Value {
    let words = match field {
        own if own.starts_with(OWN_PREFIX) => {
            model::own_name(own).map(|name| own_fields::typed(l, Kind::Lead, name, value))
        }
        "status" => LeadStatus::from_code(value).map(|status| labels::lead_status(l, status)),
        "source" => Some(labels::choice(l, lists::SOURCES, value)),
        "amount" => model::parse_amount(value, currency).ok().map(|amount| format::money(l, amount)),
        "country" => Some(labels::country(l, value)),
        "phone" if !value.is_empty() => Some(format::phone(value)),
        _ => None,
    };
    Value::text(words.unwrap_or_else(|| value.to_owned()))
}
