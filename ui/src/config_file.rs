//! The configuration as a file: taken away, brought in, looked at line by line, applied as one change.

use crate::Locale;
use crate::components::{Column, Field, error_summary, icon, link_button, page_head, panel, table, tag};
use crate::messages::t;
use crate::settings::back_link;
use crate::shell::{Nav, Page, Shell};
use crate::{format, problems};
use maud::{Markup, html};
use model::{FieldErrors, Problem};

/// `GET /settings/file`. `POST /settings/file` sends `text` (or a file, `multipart/form-data`, in the field `file`);
/// `POST /settings/file/apply` sends `text` and `against`. `GET /settings/file/export` is the file itself.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct FilePage {
    pub text: String,
    pub errors: FieldErrors,
}

pub fn page(shell: &Shell, view: &FilePage) -> Markup {
    let l = shell.locale();
    let title = t!(l, "file-title");
    shell.page(
        &Page::new(&title, Nav::Settings).errors(&view.errors),
        html! {
            (back_link(l))
            (error_summary(l, &view.errors))
            (page_head(&title, Some(&t!(l, "file-intro")), link_button("/settings/file/export", "download", &t!(l, "file-export"))))
            (panel(&t!(l, "file-bring"), html! {}, html! {
                form.form.body method="post" action="/settings/file" enctype="multipart/form-data" novalidate {
                    p.muted { (t!(l, "file-bring-text")) }
                    (Field::file("file", t!(l, "file-file"), ".toml,application/toml,text/plain").problems(l, &view.errors))
                    (Field::code("text", t!(l, "file-text"), 8).value(&view.text).optional(l))
                    button.btn.primary type="submit" { (t!(l, "file-review")) }
                }
            }))
        },
    )
}

/// What happens to one piece.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ChangeRow {
    /// `added`, `changed` or `removed`.
    pub deed: String,
    /// `pipelines.sales`.
    pub place: String,
    /// Field, as it is, as it will be.
    pub fields: Vec<(String, String, String)>,
}

/// A problem with its line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ProblemRow {
    pub line: Option<usize>,
    pub place: String,
    pub problem: Problem,
}

/// What comes after a file was sent: its problems, or what it would do.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ReviewPage {
    pub text: String,
    pub against: String,
    pub changes: Vec<ChangeRow>,
    pub problems: Vec<ProblemRow>,
    pub unchanged: u64,
    /// Why it was not applied, if somebody tried.
    pub errors: FieldErrors,
}

pub fn review(shell: &Shell, view: &ReviewPage) -> Markup {
    let l = shell.locale();
    let title = t!(l, "file-review-title");
    shell.page(
        &Page::new(&title, Nav::Settings).problems(view.problems.len() + view.errors.0.len()),
        html! {
            p { a.btn.quiet href="/settings/file" { (icon("arrow-left")) (t!(l, "file-title")) } }
            (error_summary(l, &view.errors))
            (page_head(&title, Some(&t!(l, "file-unchanged", count = view.unchanged)), html! {}))
            @if !view.problems.is_empty() { (problem_table(l, &view.problems)) (again(l, view)) }
            @else if view.changes.is_empty() { div.notice role="status" { (icon("circle-check")) div.words { (t!(l, "file-nothing")) } } }
            @else { (changes(l, &view.changes)) (apply(l, view)) }
        },
    )
}

fn problem_table(l: Locale<'_>, rows: &[ProblemRow]) -> Markup {
    let columns = [
        Column::text(t!(l, "file-line")),
        Column::text(t!(l, "file-place")),
        Column::text(t!(l, "file-problem")),
    ];
    let body = html! {
        @for row in rows {
            tr {
                th scope="row" { @if let Some(line) = row.line { (line) } @else { "–" } }
                td data-l=(columns[1].label) { (row.place) @if !row.problem.field.is_empty() { " · " (row.problem.field) } }
                td data-l=(columns[2].label) { (problems::text(l, &row.problem)) }
            }
        }
    };
    html! {
        div.notice.danger role="alert" { (icon("octagon-alert")) div.words { (t!(l, "file-problems", count = rows.len())) } }
        (table(&t!(l, "file-problem"), &columns, body))
    }
}

/// The text again, to be mended where it is.
fn again(l: Locale<'_>, view: &ReviewPage) -> Markup {
    html! {
        form.form method="post" action="/settings/file" enctype="multipart/form-data" novalidate {
            (Field::code("text", t!(l, "file-text"), 16).value(&view.text))
            button.btn.primary type="submit" { (t!(l, "file-review")) }
        }
    }
}

fn changes(l: Locale<'_>, rows: &[ChangeRow]) -> Markup {
    let columns = [
        Column::text(t!(l, "file-place")),
        Column::text(t!(l, "file-deed")),
        Column::text(t!(l, "file-field")),
        Column::text(t!(l, "file-now")),
        Column::text(t!(l, "file-then")),
    ];
    let body = html! {
        @for row in rows {
            @for (place, (field, before, after)) in row.fields.iter().enumerate() {
                tr {
                    th scope="row" { (row.place) }
                    td data-l=(columns[1].label) { @if place == 0 { (deed_tag(l, &row.deed)) } }
                    td data-l=(columns[2].label) { code { (field) } }
                    td data-l=(columns[3].label) { (before) }
                    td data-l=(columns[4].label) { (after) }
                }
            }
        }
    };
    html! {
        p { (t!(l, "file-changes", count = format::count(l, u64::try_from(rows.len()).unwrap_or_default()))) }
        (table(&t!(l, "file-review-title"), &columns, body))
    }
}

fn deed_tag(l: Locale<'_>, deed: &str) -> Markup {
    match deed {
        "added" => tag("ok", "plus", &t!(l, "file-added")),
        "removed" => tag("danger", "minus", &t!(l, "file-removed")),
        _ => tag("info", "pencil", &t!(l, "file-changed")),
    }
}

fn apply(l: Locale<'_>, view: &ReviewPage) -> Markup {
    html! {
        form method="post" action="/settings/file/apply" {
            input type="hidden" name="text" value=(view.text);
            input type="hidden" name="against" value=(view.against);
            div.form-actions {
                button.btn.primary type="submit" { (icon("check")) (t!(l, "file-apply")) }
                a.btn.quiet href="/settings/file" { (t!(l, "common-cancel")) }
            }
        }
    }
}
