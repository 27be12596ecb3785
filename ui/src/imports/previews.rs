//! What the dry run tells of single rows: which stay out as duplicates, and what known records would change.

use super::page::ImportPage;
use super::words;
use crate::Locale;
use crate::components::{Column, icon, table};
use crate::format;
use crate::messages::t;
use maud::{Markup, html};
use model::MatchBy;

/// A row that stays out, and what it is the same as.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DoubleLine {
    pub row: u64,
    /// What the row is called.
    pub name: String,
    pub same_as: SameAs,
    /// Absent where it is the key of the plan.
    pub by: Option<MatchBy>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SameAs {
    /// A row of the file before it.
    Row(u64),
    /// Where it is, and its name; without one where it is gone or not for the reader.
    Record(String, Option<String>),
    /// Somebody else's that the reader may not open.
    OfOthers,
}

/// A row that changes a record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ChangedLine {
    pub row: u64,
    pub href: String,
    /// Absent where it is gone or not for the reader.
    pub title: Option<String>,
    /// Field, before, after: in the reader's words.
    pub fields: Vec<(String, String, String)>,
}

/// What does not go in, and whose new records will be where the file does not say it.
pub(super) fn unsaid(l: Locale<'_>, view: &ImportPage) -> Markup {
    let name = |(column, header): &(u64, String)| match header.as_str() {
        "" => t!(l, "imports-column-unnamed", number = *column),
        header => format!("«{header}»"),
    };
    let columns = view.left_out.iter().map(name).collect::<Vec<_>>().join(", ");
    html! {
        @if view.are_importers && view.checked.created > 0 {
            p.with-icon { (icon("user")) (t!(l, "imports-are-importers")) }
        }
        @if view.without_owner > 0 {
            p.with-icon { (icon("user")) (t!(l, "imports-without-owner", count = view.without_owner)) }
        }
        @if let Some((rows, first)) = &view.passed_over {
            p.with-icon { (icon("user")) (t!(l, "imports-passed-over", count = *rows, first = first.as_str())) }
        }
        @if view.handed_out > 0 {
            p.with-icon { (icon("user")) (t!(l, "imports-handed-out", count = view.handed_out)) }
        }
        @if !view.left_out.is_empty() {
            p.with-icon { (icon("eye-off")) span { (t!(l, "imports-left-out", count = view.left_out.len(), columns = columns)) } }
        }
    }
}

/// Rows that stay out as duplicates.
pub(super) fn doubles(l: Locale<'_>, view: &ImportPage) -> Markup {
    let title = t!(l, "imports-doubles-title");
    let shown = view.doubles.len();
    let columns = [
        Column::text(t!(l, "imports-row")),
        Column::text(t!(l, "imports-row-name")),
        Column::text(t!(l, "imports-doubles-of")),
        Column::text(t!(l, "imports-alike-why")),
    ];
    html! {
        @if shown > 0 {
            details.panel {
                summary { (t!(l, "imports-doubles", count = view.checked.duplicates)) }
                div.body.stack-m {
                    p.hint-text { (t!(l, "imports-doubles-text")) }
                    @if (shown as u64) < view.checked.duplicates { p.hint-text { (t!(l, "imports-records-first", count = shown)) } }
                    (table(&title, &columns, html! { @for line in &view.doubles { (double_row(l, view, line)) } }))
                }
            }
        }
    }
}

fn double_row(l: Locale<'_>, view: &ImportPage, line: &DoubleLine) -> Markup {
    let by_key = || match view.match_by.as_deref() {
        Some(key) => words::field(l, view.entity, key),
        None => String::new(),
    };
    html! {
        tr {
            (row_number(l, line.row))
            td data-l=(t!(l, "imports-row-name")) { (line.name) }
            td data-l=(t!(l, "imports-doubles-of")) {
                @match &line.same_as {
                    SameAs::Row(first) => (t!(l, "imports-same-as-row", row = *first)),
                    SameAs::Record(href, title) => (record(l, href, title.as_deref())),
                    SameAs::OfOthers => (t!(l, "imports-record-others")),
                }
            }
            td data-l=(t!(l, "imports-alike-why")) { (line.by.map_or_else(by_key, |by| crate::conversion::reason(l, by))) }
        }
    }
}

/// What rows would change in records that are there.
pub(super) fn changes(l: Locale<'_>, view: &ImportPage) -> Markup {
    let title = t!(l, "imports-changes-title");
    let shown = view.changes.len();
    let columns = [
        Column::text(t!(l, "imports-row")),
        Column::text(t!(l, "imports-record")),
        Column::text(t!(l, "imports-changes-fields")),
    ];
    html! {
        @if shown > 0 {
            details.panel {
                summary { (t!(l, "imports-changes", count = view.checked.updated)) }
                div.body.stack-m {
                    @if (shown as u64) < view.checked.updated { p.hint-text { (t!(l, "imports-records-first", count = shown)) } }
                    (table(&title, &columns, html! { @for line in &view.changes { (changed_row(l, line)) } }))
                }
            }
        }
    }
}

fn changed_row(l: Locale<'_>, line: &ChangedLine) -> Markup {
    html! {
        tr {
            (row_number(l, line.row))
            td data-l=(t!(l, "imports-record")) { (record(l, &line.href, line.title.as_deref())) }
            td data-l=(t!(l, "imports-changes-fields")) {
                ul.plain.changed {
                    @for (field, before, after) in &line.fields {
                        li {
                            (field) ": "
                            @if !before.is_empty() { del { span.sr { (t!(l, "common-before")) " " } (before) } " → " }
                            @if after.is_empty() { (t!(l, "imports-changes-empty")) } @else { ins { (after) } }
                        }
                    }
                }
            }
        }
    }
}

fn row_number(l: Locale<'_>, row: u64) -> Markup {
    html! { th.row-number scope="row" { span.stack-only { (t!(l, "imports-row")) " " } (format::count(l, row)) } }
}

pub(super) fn record(l: Locale<'_>, href: &str, title: Option<&str>) -> Markup {
    html! {
        @match title {
            Some(title) => a href=(href) { (title) },
            None => span.hint-text { (t!(l, "imports-record-unseen")) },
        }
    }
}
