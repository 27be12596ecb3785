//! Data protection on screen: finding a person, taking everything along, erasing, and what was erased.

mod paper;

pub use paper::{PersonPart, paper};

use crate::Locale;
use crate::address::Address;
use crate::audit::kind_name;
use crate::components::{
    Column, Empty, Field, empty, error_summary, icon, link_button, page_head, panel, post_button, table,
};
use crate::messages::t;
use crate::{Nav, Page, Shell, format, settings};
use maud::{Markup, html};
use model::jiff::Timestamp;
use model::{FieldErrors, Kind};

/// Where it is.
pub const PATH: &str = "/privacy";
/// Everything about somebody: as data, on paper, and with the files of their documents.
const REPORTS: [&str; 3] = ["/privacy/report", "/privacy/report.pdf", "/privacy/report.zip"];

/// A record that is about the person.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PersonRow {
    pub kind: Kind,
    pub id: String,
    pub title: String,
    pub created_at: Timestamp,
    pub notes: u64,
    /// What tells apart people of one name: e-mail, phone, town.
    pub below: Vec<String>,
    /// The uploaded file it came with.
    pub file: Option<String>,
}

/// A record that was deleted and that the journal still knows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GoneRow {
    pub kind: Kind,
    pub id: String,
    pub title: String,
    pub at: Timestamp,
}

/// What was sent by a web form and waits to be confirmed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnconfirmedRow {
    pub id: String,
    pub title: String,
    pub email: String,
    /// The key of the form.
    pub form: String,
    pub at: Timestamp,
}

/// A quote that went to the person or that they accepted, or what they asked about one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct QuoteRow {
    pub id: String,
    pub title: String,
    /// Who accepted it, and the addresses that got it; or the question.
    pub below: Vec<String>,
}

/// One erasure.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ErasureRow {
    pub kind: Kind,
    pub record: String,
    pub at: Timestamp,
    pub by: String,
    pub notes: u64,
    pub files: u64,
    pub is_done: bool,
}

/// `GET /privacy`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PrivacyPage {
    /// What was looked for, as typed.
    pub q: String,
    /// Absent before anything was looked for.
    pub found: Option<Vec<PersonRow>>,
    pub unconfirmed: Vec<UnconfirmedRow>,
    pub quotes: Vec<QuoteRow>,
    pub questions: Vec<QuoteRow>,
    /// A name was looked for: who has it may be somebody else.
    pub is_name: bool,
    /// Absent unless they were looked for: it takes some seconds.
    pub deleted: Option<Vec<GoneRow>>,
    pub erasures: Vec<ErasureRow>,
    pub errors: FieldErrors,
}

pub fn page(shell: &Shell, view: &PrivacyPage) -> Markup {
    let l = shell.locale();
    let title = t!(l, "privacy-title");
    shell.page(
        &Page::new(&title, Nav::Settings).errors(&view.errors),
        html! {
            (settings::back_link(l))
            (error_summary(l, &view.errors))
            (page_head(&title, Some(&t!(l, "privacy-intro")), html! {}))
            section.panel { div.body {
                search {
                    form.stack-s action=(PATH) method="get" {
                        (Field::search("q", t!(l, "privacy-q")).value(&view.q).hint(t!(l, "privacy-q-hint")).problems(l, &view.errors).required().maximum_characters(200))
                        div { button.btn.primary type="submit" { (icon("search")) (t!(l, "privacy-find")) } }
                    }
                }
            } }
            @if let Some(found) = &view.found {
                @if !found.is_empty() || (view.quotes.is_empty() && view.questions.is_empty()) { (results(shell, view, found)) }
                @if !view.quotes.is_empty() { (rows(shell, view, Kind::Quote)) }
                @if !view.questions.is_empty() { (rows(shell, view, Kind::Activity)) }
                @if !view.unconfirmed.is_empty() { (unconfirmed(shell, view)) }
                (deleted(shell, view))
            }
            (panel(&t!(l, "privacy-erasures"), html! {}, erasures(shell, view)))
        },
    )
}

fn results(shell: &Shell, view: &PrivacyPage, found: &[PersonRow]) -> Markup {
    let l = shell.locale();
    if found.is_empty() {
        return empty(&Empty {
            icon: "search",
            title: t!(l, "privacy-none-title"),
            text: t!(l, "privacy-none-text"),
            actions: html! {},
        });
    }
    let [json, pdf, zip] = REPORTS.map(|path| Address::new(path).with("q", &view.q).to_string());
    let columns = [
        Column::text(t!(l, "privacy-record")),
        Column::text(t!(l, "privacy-since")),
        Column::number(t!(l, "privacy-notes")),
        Column::text(t!(l, "privacy-file")),
        Column::text(t!(l, "privacy-actions")),
    ];
    html! {
        section.stack-s {
            div.row {
                h2 { (t!(l, "privacy-found", count = found.len())) }
                @if !view.is_name {
                    (link_button(&pdf, "download", &t!(l, "privacy-download-pdf")))
                    (link_button(&zip, "download", &t!(l, "privacy-download-zip")))
                    (link_button(&json, "download", &t!(l, "privacy-download")))
                }
            }
            @if view.is_name { p.muted { (t!(l, "privacy-same-name")) } }
            (table(&t!(l, "privacy-results"), &columns, html! { @for row in found { (person(shell, &view.q, row)) } }))
        }
    }
}

/// Quotes, or questions about them, that hang on no record of the person.
fn rows(shell: &Shell, view: &PrivacyPage, kind: Kind) -> Markup {
    let l = shell.locale();
    let json = Address::new(REPORTS[0]).with("q", &view.q).to_string();
    let path = model::path_of(kind).unwrap_or_default();
    let (title, text, rows) = match kind {
        Kind::Activity => (t!(l, "privacy-questions"), t!(l, "privacy-questions-text"), &view.questions),
        _ => (t!(l, "privacy-quotes"), t!(l, "privacy-quotes-text"), &view.quotes),
    };
    panel(
        &title,
        html! { @if !view.is_name { a href=(json) { (t!(l, "privacy-download")) } } },
        html! {
            div.body { p.muted { (text) } }
            ul.rows {
                @for row in rows {
                    li {
                        span.grow {
                            a href=(format!("{path}/{}", row.id)) { (row.title) }
                            span.sub { (row.below.join(" · ")) }
                        }
                        a.btn href=(erase_path(kind, &row.id)) { (icon("trash-2")) (t!(l, "privacy-erase")) span.sr { " " (row.title) } }
                    }
                }
            }
        },
    )
}

/// What is no record yet, and goes by itself after some days.
fn unconfirmed(shell: &Shell, view: &PrivacyPage) -> Markup {
    let l = shell.locale();
    panel(
        &t!(l, "privacy-unconfirmed"),
        html! {},
        html! {
            div.body { p.muted { (t!(l, "privacy-unconfirmed-text")) } }
            ul.rows {
                @for row in &view.unconfirmed {
                    li {
                        span.grow {
                            (row.title)
                            span.sub { (row.email) " · /f/" (row.form) " · " (format::date_time(l, row.at, &shell.zone)) }
                        }
                        (post_button(&format!("{PATH}/unconfirmed/{}/forget", row.id), &[], "", html! {
                            (icon("trash-2")) (t!(l, "privacy-unconfirmed-forget")) span.sr { " " (row.title) }
                        }))
                    }
                }
            }
        },
    )
}

/// Records that were deleted, or the way to look for them.
fn deleted(shell: &Shell, view: &PrivacyPage) -> Markup {
    let l = shell.locale();
    let look = Address::new(PATH).with("q", &view.q).with("deleted", "yes").to_string();
    let Some(gone) = &view.deleted else {
        return html! { p { (link_button(&look, "search", &t!(l, "privacy-look-deleted"))) } };
    };
    panel(
        &t!(l, "privacy-deleted"),
        html! {},
        html! {
            @if gone.is_empty() {
                div.body { p.muted { (t!(l, "privacy-deleted-none")) } }
            } @else {
                ul.rows {
                    @for row in gone {
                        li {
                            span.grow { (row.title) " · " (kind_name(l, row.kind)) span.sub { (t!(l, "privacy-deleted-at", when = format::date_time(l, row.at, &shell.zone))) } }
                            a.btn href=(erase_path(row.kind, &row.id)) { (icon("trash-2")) (t!(l, "privacy-erase")) span.sr { " " (row.title) } }
                        }
                    }
                }
            }
        },
    )
}

/// Where a record is erased.
fn erase_path(kind: Kind, id: &str) -> String {
    format!("{PATH}{}/{id}/erase", model::path_of(kind).unwrap_or_default())
}

fn person(shell: &Shell, q: &str, row: &PersonRow) -> Markup {
    let l = shell.locale();
    let [json, pdf, zip] =
        REPORTS.map(|path| Address::new(path).with("q", q).with("only", &row.id).to_string());
    html! {
        tr {
            th scope="row" {
                a href=(format!("{}/{}", model::path_of(row.kind).unwrap_or_default(), row.id)) { (row.title) }
                span.sub { (kind_name(l, row.kind)) @for text in &row.below { " · " (text) } }
            }
            td data-l=(t!(l, "privacy-since")) { (format::date_time(l, row.created_at, &shell.zone)) }
            td.num data-l=(t!(l, "privacy-notes")) { (format::count(l, row.notes)) }
            td data-l=(t!(l, "privacy-file")) { (row.file.as_deref().unwrap_or_default()) }
            td data-l=(t!(l, "privacy-actions")) {
                div.actions {
                    a href=(pdf) { "PDF" span.sr { " " (row.title) } }
                    a href=(zip) { "ZIP" span.sr { " " (row.title) } }
                    a href=(json) { "JSON" span.sr { " " (row.title) } }
                    a.btn href=(erase_path(row.kind, &row.id)) { (icon("trash-2")) (t!(l, "privacy-erase")) span.sr { " " (row.title) } }
                }
            }
        }
    }
}

fn erasures(shell: &Shell, view: &PrivacyPage) -> Markup {
    let l = shell.locale();
    html! {
        @if view.erasures.is_empty() {
            div.body { p.muted { (t!(l, "privacy-erasures-none")) } }
        } @else {
            ul.rows {
                @for row in &view.erasures {
                    li {
                        span.grow {
                            (t!(l, "privacy-erasure", who = row.by.as_str(), when = format::date_time(l, row.at, &shell.zone)))
                            span.sub { (kind_name(l, row.kind)) " · " (t!(l, "privacy-erasure-of", notes = row.notes, files = row.files)) }
                            @if !row.is_done { span.sub { (t!(l, "privacy-erasure-pending")) } }
                        }
                        a href=(format!("/audit?record={}", row.record)) { (t!(l, "audit-of-record")) }
                    }
                }
            }
        }
    }
}

/// `GET /privacy/:entity/:id/erase`, and again when the name was not typed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ErasePage {
    pub kind: Kind,
    pub id: String,
    pub version: u64,
    pub title: String,
    pub notes: u64,
    /// What may be sold to nobody but them.
    pub opportunities: u64,
    /// To them, or tried out for them.
    pub quotes: u64,
    /// Those that belong to others, too, stay.
    pub documents: u64,
    pub file: Option<String>,
    pub typed: String,
    pub errors: FieldErrors,
}

pub fn erase_page(shell: &Shell, view: &ErasePage) -> Markup {
    let l = shell.locale();
    let title = t!(l, "privacy-erase-title", name = view.title.as_str());
    shell.page(
        &Page::new(&title, Nav::Settings).errors(&view.errors),
        html! {
            div.narrow.stack-m {
                (error_summary(l, &view.errors))
                (page_head(&title, Some(&t!(l, "privacy-erase-intro")), html! {}))
                (panel(&t!(l, "privacy-goes"), html! {}, goes(l, view)))
                (panel(&t!(l, "privacy-stays"), html! {}, stays(l)))
                form.form method="post" action=(erase_path(view.kind, &view.id)) novalidate {
                    input type="hidden" name="version" value=(view.version);
                    (Field::text("typed", t!(l, "privacy-typed", name = view.title.as_str())).value(&view.typed).problems(l, &view.errors).required().autocomplete("off"))
                    div.form-actions {
                        button.btn.danger type="submit" { (icon("trash-2")) (t!(l, "privacy-erase-now")) }
                        a.btn.quiet href=(format!("{}/{}", model::path_of(view.kind).unwrap_or_default(), view.id)) { (t!(l, "privacy-cancel")) }
                    }
                }
            }
        },
    )
}

fn goes(l: Locale<'_>, view: &ErasePage) -> Markup {
    html! {
        div.body { div.prose { ul {
            @if view.kind == Kind::Activity {
                li { (t!(l, "privacy-goes-question")) }
            } @else if view.kind != Kind::Quote {
                li { (t!(l, "privacy-goes-fields")) }
                li { (t!(l, "privacy-goes-notes", count = view.notes)) }
            }
            @if view.opportunities > 0 { li { (t!(l, "privacy-goes-opportunities", count = view.opportunities)) } }
            @if view.quotes > 0 { li { (t!(l, "privacy-goes-quotes", count = view.quotes)) } }
            @if view.documents > 0 { li { (t!(l, "privacy-goes-documents", count = view.documents)) } }
            li { (t!(l, "privacy-goes-journal")) }
            @if let Some(file) = &view.file { li { (t!(l, "privacy-goes-file", file = file.as_str())) } }
        } } }
    }
}

fn stays(l: Locale<'_>) -> Markup {
    html! {
        div.body { div.prose { ul {
            li { (t!(l, "privacy-stays-books")) }
            li { (t!(l, "privacy-stays-log")) }
            li { (t!(l, "privacy-stays-search")) }
            li { (t!(l, "privacy-stays-backups")) }
        } } }
    }
}
