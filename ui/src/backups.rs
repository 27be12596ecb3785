//! Backups: make one, see how far it is, and which there are.

use crate::Locale;
use crate::components::{Column, error_summary, icon, page_head, panel, post_button, refresh_link, table};
use crate::format;
use crate::messages::t;
use crate::settings::back_link;
use crate::shell::{Nav, Page, Shell};
use maud::{Markup, html};
use model::FieldErrors;
use model::jiff::Timestamp;

pub const PATH: &str = "/settings/backups";
/// In the address of the page of whoever waits for one: it says when that is done.
pub const FOLLOWED: &str = "followed";

/// The page for whoever waits for one.
pub fn followed() -> String {
    format!("{PATH}?{FOLLOWED}=true")
}

/// `GET /settings/backups`. `POST` to it orders one, `…/cancel` ends the one at work; both send nothing.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct BackupsPage {
    /// On the server's machine.
    pub folder: String,
    pub at_work: Option<AtWorkView>,
    /// The last one, where it came to nothing, or the reader waited for it.
    pub last: Option<BackupRow>,
    /// The latest first.
    pub kept: Vec<BackupRow>,
    pub errors: FieldErrors,
}

/// The one that is being made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AtWorkView {
    pub ordered_at: Timestamp,
    pub by: String,
    pub documents: u64,
    pub written_bytes: u64,
}

/// What came of one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    Done,
    Cancelled,
    Interrupted,
    DiskFull,
    Failed,
}

/// One that is over.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BackupRow {
    pub folder: String,
    pub ordered_at: Timestamp,
    pub by: String,
    pub outcome: Outcome,
    pub failure: String,
    pub records: u64,
    pub documents: u64,
    pub size_bytes: u64,
}

pub fn page(shell: &Shell, view: &BackupsPage) -> Markup {
    let l = shell.locale();
    let title = t!(l, "backups-title");
    shell.page(
        &Page::new(&title, Nav::Settings).errors(&view.errors),
        html! {
            (back_link(l))
            (error_summary(l, &view.errors))
            (page_head(&title, Some(&t!(l, "backups-intro")), html! {}))
            (progress(shell, view))
            p.muted { (t!(l, "backups-restore")) }
        },
    )
}

/// All that changes while one is being made; then the browser asks for it again.
pub fn progress(shell: &Shell, view: &BackupsPage) -> Markup {
    let l = shell.locale();
    html! {
        @if let Some(at_work) = &view.at_work {
            div.stack-m #backups data-hx-get=(format!("{PATH}/progress")) data-hx-trigger="every 1s" data-hx-swap="outerHTML" {
                (panel(&t!(l, "backups-at-work"), html! {}, working(shell, at_work)))
                (kept(shell, view))
                (refresh_link(l, &followed()))
            }
        } @else {
            div.stack-m #backups {
                @if let Some(last) = &view.last { (over(shell, last)) }
                (post_button(PATH, &[], "primary", html! { (icon("archive")) (t!(l, "backups-make")) }))
                (kept(shell, view))
            }
        }
    }
}

fn working(shell: &Shell, at_work: &AtWorkView) -> Markup {
    let l = shell.locale();
    let when = format::date_time(l, at_work.ordered_at, &shell.zone);
    let size = format::size(l, at_work.written_bytes);
    html! {
        div.body.stack-s {
            p { (t!(l, "backups-ordered", when = when, who = at_work.by.as_str())) }
            p role="status" { (t!(l, "backups-so-far", documents = at_work.documents, size = size)) }
            (post_button(&format!("{PATH}/cancel"), &[], "", html! { (icon("x")) (t!(l, "backups-cancel")) }))
        }
    }
}

fn over(shell: &Shell, last: &BackupRow) -> Markup {
    let l = shell.locale();
    let when = format::date_time(l, last.ordered_at, &shell.zone);
    let name = last.folder.rsplit(['/', '\\']).next().unwrap_or_default();
    let (class, sign, text) = match last.outcome {
        Outcome::Done => ("ok", "circle-check", t!(l, "backups-done", name = name)),
        Outcome::Cancelled => ("", "triangle-alert", t!(l, "backups-cancelled", when = when)),
        Outcome::Interrupted => ("warn", "triangle-alert", t!(l, "backups-interrupted", when = when)),
        Outcome::DiskFull => ("danger", "triangle-alert", t!(l, "backups-disk-full", when = when)),
        Outcome::Failed => ("danger", "triangle-alert", t!(l, "backups-failed", when = when)),
    };
    html! {
        div class=(format!("notice {class}")) role="status" {
            (icon(sign))
            div.words.stack-s {
                p { (text) }
                @if !last.failure.is_empty() { p { code { (last.failure) } } }
            }
        }
    }
}

fn kept(shell: &Shell, view: &BackupsPage) -> Markup {
    let l = shell.locale();
    let body = if view.kept.is_empty() {
        html! { div.body { p.muted { (t!(l, "backups-none")) } } }
    } else {
        table(
            &t!(l, "backups-kept"),
            &columns(l),
            html! { @for row in &view.kept { (kept_row(shell, row)) } },
        )
    };
    html! {
        (panel(&t!(l, "backups-kept"), html! {}, body))
        p.muted { (t!(l, "backups-folder")) " " code { (view.folder) } }
    }
}

fn columns(l: Locale<'_>) -> [Column; 6] {
    [
        Column::text(t!(l, "backups-when")),
        Column::text(t!(l, "backups-who")),
        Column::number(t!(l, "backups-records")),
        Column::number(t!(l, "backups-documents")),
        Column::number(t!(l, "backups-size")),
        Column::text(t!(l, "backups-where")),
    ]
}

fn kept_row(shell: &Shell, row: &BackupRow) -> Markup {
    let l = shell.locale();
    html! {
        tr {
            th scope="row" { (format::date_time(l, row.ordered_at, &shell.zone)) }
            td data-l=(t!(l, "backups-who")) { (row.by) }
            td.num data-l=(t!(l, "backups-records")) { (format::count(l, row.records)) }
            td.num data-l=(t!(l, "backups-documents")) { (format::count(l, row.documents)) }
            td.num data-l=(t!(l, "backups-size")) { (format::size(l, row.size_bytes)) }
            td data-l=(t!(l, "backups-where")) { code { (row.folder) } }
        }
    }
}
