//! What the dry run found, and what the run did.

use super::page::{ImportPage, cancel_button};
use crate::Locale;
use crate::components::{Column, Kpi, icon, kpis, link_button, panel, post_button, primary_link, table};
use crate::leads::field_label;
use crate::messages::{find, t};
use crate::{Notice, NoticeKind, components, format, problems};
use maud::{Markup, html};
use model::{ImportCounts, ImportState, Problem, RowProblems, TARGETS};

/// After the dry run: how many rows can go in, what is wrong with the others, and what to do now.
pub(super) fn checked<'l>(l: impl Into<Locale<'l>>, view: &ImportPage) -> Markup {
    let l: Locale<'_> = l.into();
    let counts = view.checked;
    let version = view.version.to_string();
    let start = post_button(
        &format!("/imports/{}/start", view.id),
        &[("version", &version)],
        "primary",
        html! { (icon("play")) (t!(l, "imports-start", count = counts.good)) },
    );
    html! {
        (figures(l, view.sheet.rows, counts))
        @if counts.good == 0 {
            (components::notice(&Notice { kind: NoticeKind::Warn, text: t!(l, "imports-none-good") }))
        } @else {
            p { (t!(l, "imports-checked-text", count = counts.bad)) }
        }
        div.actions {
            @if counts.good > 0 { (start) }
            (link_button(&format!("/imports/{}?step=columns", view.id), "sliders-horizontal", &t!(l, "imports-change-columns")))
            @if counts.bad > 0 { (failed_rows_link(l, view)) }
            (cancel_button(l, view))
        }
        (problem_table(l, view, counts.bad))
    }
}

/// After the run, however it ended.
pub(super) fn result<'l>(l: impl Into<Locale<'l>>, view: &ImportPage) -> Markup {
    let l: Locale<'_> = l.into();
    let counts = view.imported;
    let (kind, text) = match view.state {
        ImportState::Failed => (NoticeKind::Danger, failure(l, view)),
        ImportState::Cancelled if counts.done == 0 => (NoticeKind::Info, t!(l, "imports-cancelled-before")),
        ImportState::Cancelled => (NoticeKind::Info, t!(l, "imports-cancelled-after", count = counts.good)),
        _ if counts.bad > 0 => (NoticeKind::Warn, t!(l, "imports-done-with-errors", count = counts.bad)),
        _ => (NoticeKind::Ok, t!(l, "imports-done", count = counts.good)),
    };
    html! {
        (components::notice(&Notice { kind, text }))
        @if counts.done > 0 { (figures(l, view.sheet.rows, counts)) }
        div.actions {
            @if counts.good > 0 { (primary_link("/leads", "inbox", &t!(l, "imports-to-leads"))) }
            @if counts.bad > 0 { (failed_rows_link(l, view)) }
            (link_button("/imports/new", "upload", &t!(l, "imports-again")))
        }
        (problem_table(l, view, counts.bad))
    }
}

/// The code of a failure is a problem’s; an unknown one is said as it is.
fn failure(l: Locale<'_>, view: &ImportPage) -> String {
    let code = view.failure.as_deref().unwrap_or("import-failed");
    find(l, &format!("problem-{code}"), &[]).unwrap_or_else(|| t!(l, "imports-failed", code = code))
}

fn figures(l: Locale<'_>, rows: u64, counts: ImportCounts) -> Markup {
    let share = |part: u64| {
        let per_mille = part.saturating_mul(1_000).checked_div(counts.done).unwrap_or(0);
        format::percent(l, i64::try_from(per_mille).unwrap_or(0))
    };
    let tile = |label: String, number: u64, note: Option<String>| Kpi {
        label,
        figure: format::count(l, number),
        href: None,
        trend: None,
        note,
    };
    kpis(
        l,
        &[
            tile(t!(l, "imports-rows"), rows, None),
            tile(t!(l, "imports-good"), counts.good, Some(share(counts.good))),
            tile(t!(l, "imports-bad"), counts.bad, Some(share(counts.bad))),
        ],
    )
}

fn failed_rows_link(l: Locale<'_>, view: &ImportPage) -> Markup {
    link_button(&format!("/imports/{}/failed-rows", view.id), "download", &t!(l, "imports-failed-rows"))
}

fn problem_table(l: Locale<'_>, view: &ImportPage, bad: u64) -> Markup {
    let title = t!(l, "imports-problems-title");
    let shown = view.problem_rows.len() as u64;
    html! {
        @if !view.problem_rows.is_empty() {
            (panel(&title, html! {
                @if shown < bad { span.hint-text { (t!(l, "imports-problems-shown", shown = shown, total = bad)) } }
            }, table(&title, &[
                Column::text(t!(l, "imports-row")),
                Column::text(t!(l, "imports-problems")),
            ], html! { @for row in &view.problem_rows { (problem_row(l, row)) } })))
        }
    }
}

fn problem_row(l: Locale<'_>, row: &RowProblems) -> Markup {
    html! {
        tr {
            th.row-number scope="row" { span.stack-only { (t!(l, "imports-row")) " " } (format::count(l, row.row)) }
            td {
                ul.problems {
                    @for problem in &row.problems { li { strong { (place(l, problem)) } " " (problems::text(l, problem)) } }
                }
            }
        }
    }
}

/// The field’s name as people know it; a header of the file as it is.
fn place(l: Locale<'_>, problem: &Problem) -> String {
    let field = problem.field.as_str();
    let known = TARGETS.iter().any(|(_, code)| *code == field) || model::own_name(field).is_some();
    match (field.is_empty(), known) {
        (true, _) => String::new(),
        (_, true) => format!("{}:", field_label(l, field)),
        (_, false) => format!("{field}:"),
    }
}
