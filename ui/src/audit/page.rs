//! The page of the audit log.

use super::PATH;
use super::filters::{self, AuditFilters};
use super::words::{deed_name, kind_name};
use crate::Locale;
use crate::components::{
    Choice, Empty, Paging, Tone, Value, details_menu, empty, icon, page_head, pager, tag,
};
use crate::messages::t;
use crate::{Nav, Page, Shell, format, settings};
use maud::{Markup, html};
use model::jiff::Timestamp;
use model::{Deed, FieldErrors, Kind};

/// Fields of one change that stand open; the others are behind a line to press.
const FIELDS_OPEN: usize = 6;

/// One field of a change, in words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AuditChange {
    pub field: String,
    pub before: String,
    pub after: String,
    pub is_secret: bool,
}

/// One change, in words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AuditEntry {
    pub seq: u64,
    pub at: Timestamp,
    pub who: String,
    pub way: String,
    pub address: Option<String>,
    pub kind: Kind,
    pub title: String,
    pub href: Option<String>,
    /// Its slice of the log.
    pub record: String,
    pub deed: Deed,
    pub changes: Vec<AuditChange>,
}

/// `GET /audit`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AuditPage {
    pub filters: AuditFilters,
    /// What was wrong with the filters.
    pub errors: FieldErrors,
    pub entries: Vec<AuditEntry>,
    /// Whether this is the first page.
    pub is_first: bool,
    pub next: Option<u64>,
    /// There may be more: enough was looked through for one page.
    pub is_cut: bool,
    /// People and keys that can be looked for; empty for those who see slices alone.
    pub actors: Vec<Choice>,
    pub kinds: Vec<Kind>,
    pub sees_all: bool,
    pub may_export: bool,
    /// For how long addresses are shown.
    pub address_days: i64,
}

pub fn page(shell: &Shell, view: &AuditPage) -> Markup {
    let l = shell.locale();
    let title =
        if view.filters.record.is_empty() { t!(l, "audit-title") } else { t!(l, "audit-slice-title") };
    shell.page(
        &Page::new(&title, Nav::Settings).errors(&view.errors),
        html! {
            @if view.sees_all { (settings::back_link(l)) }
            (crate::components::error_summary(l, &view.errors))
            (page_head(&title, Some(&intro(l, view)), export_menu(l, view)))
            (filters::bar(shell, view))
            @if view.entries.is_empty() {
                (nothing(l, view))
            } @else {
                section.panel aria-label=(title) {
                    div.body { ol.timeline { @for entry in &view.entries { (line(shell, entry)) } } }
                }
            }
            (paging(l, view))
        },
    )
}

fn intro(l: Locale<'_>, view: &AuditPage) -> String {
    match view.sees_all {
        true => t!(l, "audit-intro", days = view.address_days),
        false => t!(l, "audit-intro-slice"),
    }
}

fn export_menu(l: Locale<'_>, view: &AuditPage) -> Markup {
    if !view.may_export || view.entries.is_empty() {
        return html! {};
    }
    let address = |format| view.filters.address("/audit/export").with("format", format).to_string();
    details_menu(
        html! { (icon("download")) (t!(l, "audit-export")) },
        html! {
            a href=(address("csv")) { (icon("file-text")) "CSV" }
            a href=(address("xlsx")) { (icon("file-spreadsheet")) "XLSX" }
        },
    )
}

fn nothing(l: Locale<'_>, view: &AuditPage) -> Markup {
    let (title, text) = match (view.is_cut, view.filters.is_empty()) {
        (true, _) => (t!(l, "audit-cut-title"), t!(l, "audit-cut-text")),
        (false, true) => (t!(l, "audit-empty-title"), t!(l, "audit-empty-text")),
        (false, false) => (t!(l, "audit-none-title"), t!(l, "audit-none-text")),
    };
    empty(&Empty { icon: "history", title, text, actions: html! {} })
}

fn paging(l: Locale<'_>, view: &AuditPage) -> Markup {
    let words = match (view.is_cut, view.next) {
        (true, _) => t!(l, "audit-words-cut", count = view.entries.len()),
        (false, Some(_)) => t!(l, "audit-words-more", count = view.entries.len()),
        (false, None) => t!(l, "audit-words-end", count = view.entries.len()),
    };
    let at = |before: Option<u64>| {
        let before = before.map(|before| before.to_string()).unwrap_or_default();
        view.filters.address(PATH).with("before", &before).to_string()
    };
    pager(
        l,
        &Paging {
            first_href: (!view.is_first).then(|| at(None)),
            next_href: view.next.map(|next| at(Some(next))),
            words,
        },
    )
}

fn line(shell: &Shell, entry: &AuditEntry) -> Markup {
    let l = shell.locale();
    let (name, tone) = match entry.deed {
        Deed::Created => ("plus", Tone::Ok),
        Deed::Updated => ("pencil", Tone::Accent),
        Deed::Deleted => ("trash-2", Tone::Danger),
    };
    let title = if entry.title.is_empty() { t!(l, "audit-untitled") } else { entry.title.clone() };
    html! {
        li {
            span class=(format!("dot {}", tone.class())) { (icon(name)) }
            article {
                h2 {
                    (kind_name(l, entry.kind)) " "
                    @if let Some(href) = &entry.href { a href=(href) { (title) } } @else { (title) }
                    " " (tag(tone.class(), name, &deed_name(l, entry.deed)))
                }
                (changes(l, &entry.changes))
                p.when {
                    strong { (entry.who) } " · " (entry.way)
                    @if let Some(address) = &entry.address { " · " (t!(l, "audit-address", address = address.as_str())) }
                    br;
                    time datetime=(entry.at.to_string()) { (format::twice(&format::relative(l, entry.at, shell.now, &shell.zone), &format::date_time(l, entry.at, &shell.zone))) }
                    " · " a href=(format!("{PATH}?record={}", entry.record)) { (t!(l, "audit-number", number = entry.seq)) span.sr { " " (t!(l, "audit-of-record")) } }
                }
            }
        }
    }
}

fn changes(l: Locale<'_>, changes: &[AuditChange]) -> Markup {
    let (open, more) = changes.split_at(changes.len().min(FIELDS_OPEN));
    html! {
        @if !open.is_empty() { (list(l, open)) }
        @if !more.is_empty() {
            details { summary { (t!(l, "audit-more-fields", count = more.len())) } (list(l, more)) }
        }
    }
}

fn list(l: Locale<'_>, changes: &[AuditChange]) -> Markup {
    html! {
        dl {
            @for change in changes {
                dt { (change.field) }
                dd {
                    @if change.is_secret {
                        (t!(l, "audit-secret"))
                    } @else {
                        @if !change.before.is_empty() {
                            del { span.sr { (t!(l, "common-before")) " " } (change.before) } " → "
                        }
                        ins { span.sr { (t!(l, "common-after")) " " } (Value::text(&change.after).markup(l)) }
                    }
                }
            }
        }
    }
}
