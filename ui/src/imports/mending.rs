//! Values that cannot go in as they are, each once with how many rows have it: mended here instead of in the file.

use super::page::ImportPage;
use super::words;
use crate::Locale;
use crate::components::{self, Choice, Column, Field, panel, table};
use crate::messages::t;
use crate::{format, problems};
use maud::{Markup, html};
use model::{Kind, MendedValue, Mending, Problem};
use std::collections::BTreeMap;

/// A value that the dry run stumbled over.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MendedLine {
    pub field: String,
    pub code: String,
    pub value: String,
    /// What the problem quotes, where that is not the value itself.
    pub detail: Option<String>,
    pub rows: u64,
    /// What it may have meant.
    pub suggestion: Option<String>,
    /// Of a link: a record of this entity can be made of it.
    pub makes: Option<Kind>,
}

/// What fields can be, for suggestions while typing.
pub type Offered = BTreeMap<String, Vec<String>>;

/// Suggestions of one field in the page; more make it heavy.
const OFFERED_MAX: usize = 300;

/// `POST /imports/{id}/values`: `version`, and for each value `field-0`, `value-0`, `do-0` (`replace`, `empty`, `create`
/// or nothing), `to-0`; and `all-owner`.
pub(super) fn form(l: Locale<'_>, view: &ImportPage) -> Markup {
    let title = t!(l, "imports-values-title");
    let columns = [
        Column::text(t!(l, "imports-values-value")),
        Column::number(t!(l, "imports-rows")),
        Column::text(t!(l, "imports-values-deed")),
        Column::text(t!(l, "imports-values-to")),
    ];
    html! {
        form #values .form method="post" action=(format!("/imports/{}/values", view.id)) {
            input type="hidden" name="version" value=(view.version);
            (panel(&title, html! { span.hint-text { (t!(l, "imports-values-hint")) } }, table(&title, &columns, html! {
                @for (place, line) in view.values.iter().enumerate() { (row(l, view, place, line)) }
            })))
            (all_owners(l, view))
            @for (field, names) in &view.offered {
                datalist id=(list_id(field)) {
                    @for name in names.iter().take(OFFERED_MAX) { option value=(name) {} }
                }
            }
            div.actions { button.btn type="submit" { (t!(l, "imports-values-save")) } }
        }
    }
}

/// The field of whose a record is.
const OWNER: &str = "owner";

/// `all-owner`: what is done with all owners above of whom nothing is said: `empty`, or `to:` and a name.
fn all_owners(l: Locale<'_>, view: &ImportPage) -> Markup {
    let unknown = view.values.iter().filter(|line| line.field == OWNER).count();
    let mut choices = vec![
        Choice::new("", t!(l, "imports-owners-each")),
        Choice::new("empty", t!(l, "imports-owners-nobody")),
    ];
    let people = view.offered.get(OWNER).map_or(&[][..], Vec::as_slice);
    let is_there = people.contains(&view.me);
    if is_there {
        let label = t!(l, "imports-owners-me", name = view.me.as_str());
        choices.push(Choice::new(format!("to:{}", view.me), label));
    }
    let others = people.iter().filter(|name| **name != view.me).take(OFFERED_MAX);
    choices.extend(others.map(|name| Choice::new(format!("to:{name}"), name.as_str())));
    html! {
        @if unknown > 1 {
            (Field::select("all-owner", t!(l, "imports-owners-all"), &choices).hint(t!(l, "imports-owners-hint")))
        }
    }
}

fn list_id(field: &str) -> String {
    format!("offered-{}", field.replace('.', "-"))
}

fn row(l: Locale<'_>, view: &ImportPage, place: usize, line: &MendedLine) -> Markup {
    let (deed, to) = (t!(l, "imports-values-deed"), t!(l, "imports-values-to"));
    let chosen = if line.suggestion.is_some() { "replace" } else { "" };
    let of = |label: &str| format!("{label}: {}", line.value);
    let problem = Problem::new(&line.field, &line.code, line.detail.as_ref().unwrap_or(&line.value));
    let list = view.offered.contains_key(&line.field).then(|| list_id(&line.field));
    html! {
        tr {
            th scope="row" {
                input type="hidden" name=(format!("field-{place}")) value=(line.field);
                input type="hidden" name=(format!("value-{place}")) value=(line.value);
                strong { (line.value) }
                p.hint-text { (words::place(l, view.entity, &problem)) " " (problems::text(l, &problem)) }
            }
            td.num data-l=(t!(l, "imports-rows")) { (format::count(l, line.rows)) }
            td data-l=(deed) {
                div.field { select name=(format!("do-{place}")) aria-label=(of(&deed)) {
                    option value="" selected[chosen.is_empty()] { (t!(l, "imports-values-leave")) }
                    option value="replace" selected[chosen == "replace"] { (t!(l, "imports-values-replace")) }
                    option value="empty" { (t!(l, "imports-values-empty")) }
                    @if let Some(made) = line.makes {
                        option value="create" { (t!(l, "imports-values-create", entity = words::entity(l, made))) }
                    }
                } }
            }
            td data-l=(to) {
                div.field { input type="text" name=(format!("to-{place}")) maxlength="200" list=[list] aria-label=(of(&to))
                    value=(line.suggestion.as_deref().unwrap_or_default()); }
            }
        }
    }
}

/// What was mended so far, in words.
pub(super) fn mended(l: Locale<'_>, view: &ImportPage) -> Markup {
    html! {
        @if !view.mended.is_empty() {
            details.panel {
                summary { (t!(l, "imports-mended", count = view.mended.len())) }
                div.body {
                    ul.plain {
                        @for value in &view.mended {
                            li {
                                (words::field(l, view.entity, &value.target)) ": "
                                strong { (value.value) } " → "
                                @match &value.mending {
                                    Mending::Replace(text) => strong { (text) },
                                    Mending::Empty => (t!(l, "imports-values-empty")),
                                    Mending::Create => (t!(l, "imports-mended-created")),
                                }
                                " " (as_in_the_file(l, view, value))
                            }
                        }
                    }
                }
            }
        }
    }
}

/// `POST /imports/{id}/values`: takes back what is done with one value.
fn as_in_the_file(l: Locale<'_>, view: &ImportPage, value: &MendedValue) -> Markup {
    let version = view.version.to_string();
    let fields = [
        ("version", version.as_str()),
        ("field-0", value.target.as_str()),
        ("value-0", value.value.as_str()),
        ("do-0", "undo"),
    ];
    let label = t!(l, "imports-mended-undo");
    components::post_button(
        &format!("/imports/{}/values", view.id),
        &fields,
        "quiet",
        html! { (label) span.sr { ": " (value.value) } },
    )
}
