//! The page of the log: sum, what is not logged yet, entries.

use super::{PATH, changed_text, duration, function_name, segment_name};
use crate::Locale;
use crate::address::Address;
use crate::components::{
    Choice, Column, Empty, Field, details_menu, empty, error_summary, icon, link_button, page_head, panel,
    primary_link, table,
};
use crate::messages::t;
use crate::{Nav, Page, Shell, format, settings};
use maud::{Markup, html};
use model::jiff::civil::Date;
use model::{FieldErrors, Kind, ProgramFunction, Segment};

/// One line of the log.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EntryRow {
    pub id: String,
    pub date: Date,
    pub consultant: String,
    pub minutes: u64,
    pub function: ProgramFunction,
    pub text: String,
    /// How it came about, in words.
    pub origin: String,
    /// The import it is about.
    pub import: Option<String>,
}

/// A day on which somebody changed the configuration and nobody logged it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnloggedRow {
    pub day: Date,
    pub user_id: String,
    pub user: String,
    pub changed: Vec<(Kind, usize)>,
}

/// `GET /settings/parametrisation`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LogPage {
    pub entries: Vec<EntryRow>,
    pub minutes: u64,
    pub segment: Segment,
    pub by_function: Vec<(ProgramFunction, u64)>,
    pub unlogged: Vec<UnloggedRow>,
    pub may_change: bool,
    pub may_export: bool,
    pub errors: FieldErrors,
}

pub fn list(shell: &Shell, view: &LogPage) -> Markup {
    let l = shell.locale();
    let title = t!(l, "parametrisation-title");
    let new = primary_link(&format!("{PATH}/new"), "plus", &t!(l, "parametrisation-new"));
    shell.page(
        &Page::new(&title, Nav::Settings).errors(&view.errors),
        html! {
            (settings::back_link(l))
            (error_summary(l, &view.errors))
            (page_head(&title, Some(&t!(l, "parametrisation-intro")), html! { (link_button(super::EVIDENCE, "archive", &t!(l, "evidence-title"))) (export_menu(l, view)) @if view.may_change { (new) } }))
            div.cols {
                div.stack-m {
                    @if view.may_change { @for row in &view.unlogged { (unlogged(l, row)) } }
                    (entries(l, view))
                }
                div.stack-m {
                    (panel(&t!(l, "parametrisation-hours"), html! {}, hours(l, view)))
                    (panel(&t!(l, "parametrisation-by-function"), html! {}, functions(l, view)))
                }
            }
        },
    )
}

fn export_menu(l: Locale<'_>, view: &LogPage) -> Markup {
    if !view.may_export || view.entries.is_empty() {
        return html! {};
    }
    details_menu(
        html! { (icon("download")) (t!(l, "audit-export")) },
        html! {
            a href=(format!("{PATH}/export?format=csv")) { (icon("file-text")) "CSV" }
            a href=(format!("{PATH}/export?format=xlsx")) { (icon("file-spreadsheet")) "XLSX" }
        },
    )
}

fn hours(l: Locale<'_>, view: &LogPage) -> Markup {
    let paid = u64::from(view.segment.hours()) * 60;
    let words = t!(l, "parametrisation-sum", done = duration(l, view.minutes), hours = view.segment.hours());
    let rest = if view.minutes < paid {
        t!(l, "parametrisation-left", rest = duration(l, paid - view.minutes))
    } else {
        t!(l, "parametrisation-reached")
    };
    let segments: Vec<Choice> = Segment::ALL
        .into_iter()
        .map(|segment| Choice::new(segment.as_str(), segment_name(l, segment)))
        .collect();
    html! {
        div.body.stack-m {
            div.progress {
                div.words { span { (words) } strong { (rest) } }
                progress value=(view.minutes.min(paid)) max=(paid) aria-label=(t!(l, "parametrisation-hours")) { (words) }
            }
            @if view.may_change {
                form.stack-s method="post" action=(format!("{PATH}/segment")) {
                    (Field::select("segment", t!(l, "parametrisation-segment"), &segments).value(view.segment.as_str()).hint(t!(l, "parametrisation-segment-hint")).problems(l, &view.errors))
                    div { button.btn type="submit" { (t!(l, "parametrisation-segment-save")) } }
                }
            } @else {
                p.hint-text { (segment_name(l, view.segment)) }
            }
        }
    }
}

fn functions(l: Locale<'_>, view: &LogPage) -> Markup {
    html! {
        ul.rows {
            @for (function, minutes) in &view.by_function {
                li { span.grow { (function_name(l, *function)) } span.num { (duration(l, *minutes)) } }
            }
        }
    }
}

/// «El 23/11 vau canviar…: anoteu-ho».
fn unlogged(l: Locale<'_>, row: &UnloggedRow) -> Markup {
    let changed = changed_text(l, &row.changed);
    let href = Address::new(&format!("{PATH}/new"))
        .with("date", &row.day.to_string())
        .with("consultant", &row.user)
        .with("text", &changed)
        .with("configuration", &format!("{}/{}", row.day, row.user_id));
    html! {
        div.notice.plain {
            (icon("info"))
            div.words { (t!(l, "parametrisation-unlogged", day = format::date_short(row.day), who = row.user.as_str(), changed = changed)) }
            (link_button(&href.to_string(), "notebook-pen", &t!(l, "parametrisation-log-it")))
        }
    }
}

fn entries(l: Locale<'_>, view: &LogPage) -> Markup {
    if view.entries.is_empty() {
        return empty(&Empty {
            icon: "notebook-pen",
            title: t!(l, "parametrisation-none-title"),
            text: t!(l, "parametrisation-none-text"),
            actions: html! {},
        });
    }
    let columns = [
        Column::text(t!(l, "parametrisation-date")),
        Column::text(t!(l, "parametrisation-text")),
        Column::text(t!(l, "parametrisation-function")),
        Column::text(t!(l, "parametrisation-consultant")),
        Column::number(t!(l, "parametrisation-time")),
    ];
    table(
        &t!(l, "parametrisation-title"),
        &columns,
        html! { @for entry in &view.entries { (row(l, view.may_change, entry)) } },
    )
}

fn row(l: Locale<'_>, may_change: bool, entry: &EntryRow) -> Markup {
    let day = format::date_short(entry.date);
    html! {
        tr {
            th scope="row" {
                @if may_change { a href=(format!("{PATH}/{}", entry.id)) { (day) span.sr { ": " (t!(l, "parametrisation-edit")) } } } @else { (day) }
            }
            td data-l=(t!(l, "parametrisation-text")) {
                span {
                    (entry.text)
                    @if !entry.origin.is_empty() {
                        span.sub {
                            @if let Some(import) = &entry.import { a href=(format!("/imports/{import}")) { (entry.origin) } } @else { (entry.origin) }
                        }
                    }
                }
            }
            td data-l=(t!(l, "parametrisation-function")) { (function_name(l, entry.function)) }
            td data-l=(t!(l, "parametrisation-consultant")) { (entry.consultant) }
            td.num data-l=(t!(l, "parametrisation-time")) { (duration(l, entry.minutes)) }
        }
    }
}
