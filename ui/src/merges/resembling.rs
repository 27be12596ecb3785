//! Records that may be the same as what is being typed: beside the form while it is typed, and above it when it came back
//! because of them.

use crate::Locale;
use crate::components::{icon, submit};
use crate::conversion::{Candidate, candidate_below};
use crate::messages::t;
use crate::records::{icon_of, kind_name};
use maud::{Markup, html};
use model::Kind;

/// What was found for a form.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Resembling {
    pub found: Vec<Candidate>,
    /// Whether the form came back because of them: saved only if the reader says so.
    pub is_refused: bool,
}

/// The part of the form that asks again while somebody types. `id` is the record that is changed.
pub(crate) fn region(l: Locale<'_>, kind: Kind, id: Option<&str>, view: &Resembling) -> Markup {
    let path = model::path_of(kind).unwrap_or_default();
    html! {
        @if model::MATCHED.contains(&kind) {
            @if let Some(id) = id { input type="hidden" name="edited" value=(id); }
            div #resembling role="status" data-hx-post=(format!("{path}/resembling")) data-hx-trigger="input delay:400ms from:<closest form/>"
                data-hx-include="closest form" data-hx-target="this" data-hx-swap="innerHTML" {
                @if view.is_refused { (refused(l, &view.found)) } @else { (fragment(l, &view.found)) }
            }
        }
    }
}

/// What the region holds while somebody types; nothing where there is none.
pub fn fragment<'l>(l: impl Into<Locale<'l>>, found: &[Candidate]) -> Markup {
    let l: Locale<'_> = l.into();
    html! {
        @if !found.is_empty() {
            section.panel {
                header { h2 { (icon("copy")) " " (t!(l, "duplicates-title")) } }
                div.body { (list(l, found)) }
            }
        }
    }
}

fn refused(l: Locale<'_>, found: &[Candidate]) -> Markup {
    html! {
        section.panel {
            header { h2 { (icon("triangle-alert")) " " (t!(l, "merges-known-title", count = found.len())) } }
            div.body.stack-s {
                p { (t!(l, "merges-known-text")) }
                (list(l, found))
            }
        }
    }
}

fn list(l: Locale<'_>, found: &[Candidate]) -> Markup {
    html! {
        ul.plain.stack-s {
            @for one in found {
                li {
                    (icon(icon_of(one.kind))) " " (kind_name(l, one.kind)) ": "
                    a href=(format!("{}/{}", model::path_of(one.kind).unwrap_or_default(), one.id)) target="_blank" {
                        (one.title) span.sr { " " (t!(l, "merges-new-tab")) }
                    }
                    br;
                    (candidate_below(l, one))
                }
            }
        }
    }
}

/// The foot of the form: save, save anyway where it came back because of what was found, and cancel.
pub(crate) fn actions(
    view: &Resembling,
    save: &str,
    anyway: &str,
    cancel_href: &str,
    cancel: &str,
) -> Markup {
    html! {
        div.form-actions {
            (submit(save))
            @if view.is_refused { button.btn type="submit" name="duplicates" value="allow" { (anyway) } }
            a.btn.quiet href=(cancel_href) { (cancel) }
        }
    }
}
