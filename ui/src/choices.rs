//! The company's choice lists: all of them, the values of one, and one value.

mod value;

pub use value::{ChoiceForm, ValuePage, value_page};

use crate::Locale;
use crate::components::{Empty, empty, error_summary, icon, page_head, panel, submit};
use crate::messages::t;
use crate::settings::back_link;
use crate::shell::{Nav, Page, Shell};
use maud::{Markup, html};
use model::{FieldErrors, Label, Language, lists};
use value::form_fields;

const PATH: &str = "/settings/lists";
/// Values named in the list of lists.
const NAMED_MAX: usize = 5;

/// A list among all of them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ListRow {
    pub key: String,
    /// What the field is called, where it is the list of an own one.
    pub field: Option<Label>,
    pub offered: Vec<Label>,
    pub archived: u64,
}

/// A value in its list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ValueRow {
    pub key: String,
    pub version: u64,
    pub label: Label,
    pub color: u8,
    pub archived: bool,
    pub postcodes: Vec<String>,
}

/// `GET /settings/lists/{list}`, and what comes back when a new value is refused (422). `POST` to the same address
/// sends a [`ChoiceForm`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ListPage {
    pub key: String,
    pub field: Option<Label>,
    /// In their order.
    pub values: Vec<ValueRow>,
    /// The new value.
    pub form: ChoiceForm,
    pub errors: FieldErrors,
}

/// What a list is called: a built-in one by the product, that of an own field by the field.
pub fn list_name<'l>(l: impl Into<Locale<'l>>, key: &str, field: Option<&Label>) -> String {
    let l: Locale<'_> = l.into();
    match (key, field) {
        (lists::SOURCES, _) => t!(l, "choices-list-sources"),
        (lists::INDUSTRIES, _) => t!(l, "choices-list-industries"),
        (lists::DISCARD_REASONS, _) => t!(l, "choices-list-discard-reasons"),
        (lists::LOST_REASONS, _) => t!(l, "choices-list-lost-reasons"),
        (lists::ACTIVITY_TYPES, _) => t!(l, "choices-list-activity-types"),
        (lists::DOCUMENT_CATEGORIES, _) => t!(l, "choices-list-document-categories"),
        (lists::ZONES, _) => t!(l, "choices-list-zones"),
        (lists::PRODUCT_FAMILIES, _) => t!(l, "choices-list-product-families"),
        (lists::TAGS, _) => t!(l, "choices-list-tags"),
        (lists::CONSENT_PURPOSES, _) => t!(l, "choices-list-consent-purposes"),
        (_, Some(field)) => field.get(l.language).to_owned(),
        (other, None) => other.to_owned(),
    }
}

fn list_text(l: Locale<'_>, key: &str) -> String {
    match key {
        lists::SOURCES => t!(l, "choices-text-sources"),
        lists::INDUSTRIES => t!(l, "choices-text-industries"),
        lists::DISCARD_REASONS => t!(l, "choices-text-discard-reasons"),
        lists::LOST_REASONS => t!(l, "choices-text-lost-reasons"),
        lists::ACTIVITY_TYPES => t!(l, "choices-text-activity-types"),
        lists::DOCUMENT_CATEGORIES => t!(l, "choices-text-document-categories"),
        lists::CONSENT_PURPOSES => t!(l, "choices-text-consent-purposes"),
        lists::ZONES => t!(l, "choices-text-zones"),
        lists::PRODUCT_FAMILIES => t!(l, "choices-text-product-families"),
        lists::TAGS => t!(l, "choices-text-tags"),
        _ => t!(l, "choices-text-own"),
    }
}

/// A value's label in its colour: the colour is never alone.
pub fn choice_tag(color: u8, label: &str) -> Markup {
    html! { span class=(format!("tag t{color}")) { (label) } }
}

/// `GET /settings/lists`
pub fn lists_page(shell: &Shell, rows: &[ListRow]) -> Markup {
    let l = shell.locale();
    let title = t!(l, "choices-title");
    let (own, built_in): (Vec<&ListRow>, Vec<&ListRow>) = rows.iter().partition(|row| row.field.is_some());
    shell.page(
        &Page::new(&title, Nav::Settings),
        html! {
            (back_link(l))
            (page_head(&title, Some(&t!(l, "choices-intro")), html! {}))
            ul.panel.rows { @for row in built_in { (list_row(l, row)) } }
            @if !own.is_empty() {
                (panel(&t!(l, "choices-own-fields"), html! {}, html! { ul.rows { @for row in own { (list_row(l, row)) } } }))
            }
        },
    )
}

fn list_row(l: Locale<'_>, row: &ListRow) -> Markup {
    let mut named: Vec<&str> =
        row.offered.iter().take(NAMED_MAX).map(|label| label.get(l.language)).collect();
    if row.offered.len() > NAMED_MAX {
        named.push("…");
    }
    html! {
        li {
            div.grow {
                a href=(format!("{PATH}/{}", row.key)) { (list_name(l, &row.key, row.field.as_ref())) }
                span.sub { (list_text(l, &row.key)) }
                @if !named.is_empty() { span.hint-text { (named.join(", ")) } }
            }
            span.hint-text {
                (t!(l, "choices-count", count = row.offered.len()))
                @if row.archived > 0 { " · " (t!(l, "choices-archived-count", count = row.archived)) }
            }
        }
    }
}

/// `GET /settings/lists/{list}`
pub fn list_page(shell: &Shell, view: &ListPage) -> Markup {
    let l = shell.locale();
    let title = list_name(l, &view.key, view.field.as_ref());
    let (archived, offered): (Vec<&ValueRow>, Vec<&ValueRow>) =
        view.values.iter().partition(|value| value.archived);
    shell.page(
        &Page::new(&title, Nav::Settings).errors(&view.errors),
        html! {
            p { a.btn.quiet href=(PATH) { (icon("arrow-left")) (t!(l, "choices-title")) } }
            (error_summary(l, &view.errors))
            (page_head(&title, Some(&list_text(l, &view.key)), html! {}))
            div.cols {
                div.stack-m {
                    (offered_values(l, view, &offered))
                    @if !archived.is_empty() { (archived_values(l, view, &archived)) }
                }
                div { (new_value(l, view)) }
            }
        },
    )
}

fn offered_values(l: Locale<'_>, view: &ListPage, values: &[&ValueRow]) -> Markup {
    panel(
        &t!(l, "choices-values"),
        html! {},
        html! {
            @if values.is_empty() {
                (empty(&Empty { icon: "list", title: t!(l, "choices-none"), text: t!(l, "choices-none-text"), actions: html! {} }))
            } @else {
                ol.rows {
                    @for (place, value) in values.iter().enumerate() {
                        li {
                            (value_words(l, view, value))
                            div.actions {
                                @if place > 0 { (step(l, view, value, "up")) }
                                @if place + 1 < values.len() { (step(l, view, value, "down")) }
                            }
                        }
                    }
                }
            }
        },
    )
}

fn archived_values(l: Locale<'_>, view: &ListPage, values: &[&ValueRow]) -> Markup {
    panel(
        &t!(l, "choices-archived"),
        html! {},
        html! { ul.rows { @for value in values { li { (value_words(l, view, value)) } } } },
    )
}

fn value_words(l: Locale<'_>, view: &ListPage, value: &ValueRow) -> Markup {
    let label = value.label.get(l.language);
    let others = Language::ALL
        .into_iter()
        .filter(|language| *language != l.language)
        .map(|language| value.label.own(language))
        .filter(|text| !text.is_empty() && *text != label);
    let others: Vec<&str> = others.collect();
    html! {
        div.grow {
            a href=(format!("{PATH}/{}/{}", view.key, value.key)) { (choice_tag(value.color, label)) }
            @if !others.is_empty() { span.sub { (others.join(" · ")) } }
            @if !value.postcodes.is_empty() { span.sub { (t!(l, "choices-postcodes")) ": " (value.postcodes.join(", ")) } }
        }
        code.hint-text { (value.key) }
    }
}

fn step(l: Locale<'_>, view: &ListPage, value: &ValueRow, step: &str) -> Markup {
    let label = value.label.get(l.language);
    let (icon_name, words) = match step {
        "up" => ("arrow-up", t!(l, "choices-up", value = label)),
        _ => ("arrow-down", t!(l, "choices-down", value = label)),
    };
    html! {
        form method="post" action=(format!("{PATH}/{}/{}/move", view.key, value.key)) {
            button.btn.quiet.icon-only type="submit" name="step" value=(step) title=(words) { (icon(icon_name)) span.sr { (words) } }
        }
    }
}

fn new_value(l: Locale<'_>, view: &ListPage) -> Markup {
    panel(
        &t!(l, "choices-new"),
        html! {},
        html! {
            form.form.body method="post" action=(format!("{PATH}/{}", view.key)) novalidate {
                (form_fields(l, &view.key, &view.form, &view.errors))
                details.fold open[!view.form.key.is_empty() || view.errors.of("key").is_some()] {
                    summary { (icon("key-round")) (t!(l, "choices-key")) }
                    (value::key_field(l, &view.form, &view.errors))
                }
                div.actions { (submit(&t!(l, "choices-add"))) }
            }
        },
    )
}
