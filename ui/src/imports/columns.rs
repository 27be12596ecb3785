//! Which column of the file goes to which field.

use super::page::ImportPage;
use crate::Locale;
use crate::components::{form_actions, panel};
use crate::leads::field_label;
use crate::messages::t;
use crate::{Notice, NoticeKind, components, problems};
use maud::{Markup, html};
use model::{ImportTarget, Kind, Problem, TARGETS, own_key};

/// A column of the file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ImportColumn {
    pub header: String,
    /// The first values that are not empty.
    pub samples: Vec<String>,
    pub target: Option<ImportTarget>,
}

/// The value of a select whose column is left out.
pub const SKIPPED_COLUMN: &str = "";

/// `POST /imports/{id}/mapping`: `version` and `column-0`… with the name of a field or nothing.
pub(super) fn form<'l>(l: impl Into<Locale<'l>>, view: &ImportPage) -> Markup {
    let l: Locale<'_> = l.into();
    let matched = view.columns.iter().filter(|column| column.target.is_some()).count();
    let said = t!(l, "imports-columns-matched", matched = matched, total = view.columns.len());
    let title = t!(l, "imports-columns-title");
    html! {
        @for problem in &view.errors.0 {
            (components::notice(&Notice { kind: NoticeKind::Danger, text: words(l, problem) }))
        }
        form.form method="post" action=(format!("/imports/{}/mapping", view.id)) {
            input type="hidden" name="version" value=(view.version);
            (panel(&title, html! { span.hint-text { (said) } }, html! {
                div.table-wrap role="region" aria-label=(title) tabindex="0" {
                    table.stack.mapping {
                        caption.sr { (title) }
                        thead { tr {
                            th scope="col" { (t!(l, "imports-column-header")) }
                            th scope="col" { (t!(l, "imports-column-samples")) }
                            th scope="col" { (t!(l, "imports-column-target")) }
                        } }
                        tbody { @for (place, column) in view.columns.iter().enumerate() { (row(l, view, place, column)) } }
                    }
                }
            }))
            p.hint-text { (t!(l, "imports-columns-hint")) }
            (form_actions(&t!(l, "imports-check"), "/imports", &t!(l, "imports-back")))
        }
    }
}

/// The field of a mapping problem is a target’s name: say it as people do.
fn words(l: Locale<'_>, problem: &Problem) -> String {
    if problem.code != "mapping-twice" {
        return problems::text(l, problem);
    }
    problems::text(l, &Problem { detail: field_label(l, &problem.detail), ..problem.clone() })
}

fn row(l: Locale<'_>, view: &ImportPage, place: usize, column: &ImportColumn) -> Markup {
    let name = format!("column-{place}");
    let chosen = column.target.as_ref().map_or_else(|| SKIPPED_COLUMN.to_owned(), ImportTarget::code);
    let own = l.frame().fields_of(Kind::Lead).filter(|(_, field)| !field.piece.archived);
    let twice =
        view.errors.0.iter().any(|problem| problem.code == "mapping-twice" && problem.detail == chosen);
    html! {
        tr {
            th scope="row" { label for=(name) { (column.header) } }
            td data-l=(t!(l, "imports-column-samples")) {
                span.samples {
                    @for sample in &column.samples { span { (sample) } }
                    @if column.samples.is_empty() { span.hint-text { (t!(l, "imports-column-empty")) } }
                }
            }
            td data-l=(t!(l, "imports-column-target")) {
                div.field {
                    select id=(name) name=(name) aria-invalid=[twice.then_some("true")] {
                        option value=(SKIPPED_COLUMN) selected[column.target.is_none()] { (t!(l, "imports-column-skip")) }
                        @for (target, code) in TARGETS {
                            option value=(code) selected[column.target.as_ref() == Some(&target)] { (field_label(l, code)) }
                        }
                        @for (name, field) in own {
                            @let code = own_key(name);
                            option value=(code) selected[chosen == code] { (field.piece.label.get(l.language)) }
                        }
                    }
                }
            }
        }
    }
}
