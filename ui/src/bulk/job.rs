//! A bulk job: how far it is, what came of it, and undoing it.

use super::{BulkDeed, deed_words, review};
use crate::Locale;
use crate::components::{
    self, Column, Empty, empty, icon, link_button, page_head, panel, post_button, refresh_link, table, tag,
};
use crate::messages::{find, t};
use crate::records::{icon_of, list_title};
use crate::{Nav, Notice, NoticeKind, Page, Shell, format};
use maud::{Markup, html};
use model::jiff::Timestamp;
use model::{BULK_ROWS_KEPT_DAYS, BulkCounts, BulkOutcome, BulkState, Kind};

/// A record that is not as was asked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct JobRow {
    pub href: String,
    /// Absent where the reader does not see it, and where it is gone.
    pub title: Option<String>,
    pub outcome: BulkOutcome,
    /// A problem code.
    pub why: String,
    /// Who changed it since.
    pub by: Option<String>,
}

/// `GET /bulk/{id}`
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct JobPage {
    pub id: String,
    /// What the records are.
    pub kind: Kind,
    /// The list that the records were chosen from.
    pub list_href: String,
    pub deed: BulkDeed,
    pub state: BulkState,
    pub total: u64,
    pub counts: BulkCounts,
    pub started_at: Timestamp,
    pub by: Option<String>,
    /// Until when it can be undone.
    pub undo_until: Option<Timestamp>,
    pub rows: Vec<JobRow>,
}

pub fn job_page(shell: &Shell, view: &JobPage) -> Markup {
    let l = shell.locale();
    let title = deed_words(l, &view.deed);
    let when = format::date_time(l, view.started_at, &shell.zone);
    let below = match &view.by {
        Some(by) => t!(l, "bulk-begun-by", when = when, by = by.as_str()),
        None => when,
    };
    shell.page(
        &Page::new(&title, Nav::of(view.kind)),
        html! {
            div.page-head {
                div.titles {
                    a.crumb href="/bulk" { (icon("chevron-left")) (t!(l, "bulk-jobs-title")) }
                    h1 { (title) }
                    p.sub { (below) }
                }
                div.actions { (state_tag(l, view.state)) (crate::audit::link(l.language, &view.id)) }
            }
            @if view.state.is_working() { (working(shell, view)) } @else { (result(shell, view)) }
        },
    )
}

fn state_tag(l: Locale<'_>, state: BulkState) -> Markup {
    let (tone, icon_name) = match state {
        BulkState::Running | BulkState::Undoing => ("info", "clock"),
        BulkState::Done => ("ok", "circle-check"),
        BulkState::Cancelled | BulkState::Undone => ("", "x"),
        BulkState::Failed => ("danger", "circle-alert"),
    };
    tag(tone, icon_name, &state_name(l, state))
}

fn state_name(l: Locale<'_>, state: BulkState) -> String {
    match state {
        BulkState::Running => t!(l, "bulk-state-running"),
        BulkState::Done => t!(l, "bulk-state-done"),
        BulkState::Cancelled => t!(l, "bulk-state-cancelled"),
        BulkState::Undoing => t!(l, "bulk-state-undoing"),
        BulkState::Undone => t!(l, "bulk-state-undone"),
        BulkState::Failed => t!(l, "bulk-state-failed"),
    }
}

fn working(shell: &Shell, view: &JobPage) -> Markup {
    let l = shell.locale();
    html! {
        div.panel { div.body {
            (progress(shell, view))
            p.hint-text { (t!(l, "bulk-running-hint")) }
            div.actions {
                (refresh_link(l, &format!("/bulk/{}", view.id)))
                (post_button(&format!("/bulk/{}/cancel", view.id), &[], "danger", html! { (icon("x")) (t!(l, "bulk-stop")) }))
            }
        } }
    }
}

/// The bar of a running job, fetched again every second from `GET /bulk/{id}/progress`; when the job is done, the same
/// fragment sends the browser to the page. No control is in it: what has the focus is never replaced.
pub fn progress(shell: &Shell, view: &JobPage) -> Markup {
    let l = shell.locale();
    let at = format!("/bulk/{}", view.id);
    if !view.state.is_working() {
        return html! { div #bulk-progress data-progress-done=(at) { a.btn href=(at) { (t!(l, "bulk-see-result")) } } };
    }
    let (label, done, total) = match view.state {
        BulkState::Undoing => (t!(l, "bulk-state-undoing"), view.counts.taken_back(), view.counts.changed),
        _ => (t!(l, "bulk-state-running"), view.counts.done(), view.total),
    };
    html! {
        div #bulk-progress.stack-m data-hx-get=(format!("{at}/progress")) data-hx-trigger="every 1s" data-hx-swap="outerHTML" {
            (components::progress(l, &label, done, total))
        }
    }
}

fn result(shell: &Shell, view: &JobPage) -> Markup {
    let l = shell.locale();
    let counts = view.counts;
    let (kind, text) = match view.state {
        BulkState::Failed => (NoticeKind::Danger, t!(l, "bulk-result-failed", count = counts.changed)),
        BulkState::Cancelled if counts.taken_back() > 0 => {
            let left = counts.changed.saturating_sub(counts.taken_back());
            (NoticeKind::Info, t!(l, "bulk-result-undo-stopped", count = counts.undone, left = left))
        }
        BulkState::Cancelled => (NoticeKind::Info, t!(l, "bulk-result-cancelled", count = counts.changed)),
        BulkState::Undone if counts.kept > 0 => {
            (NoticeKind::Warn, t!(l, "bulk-result-undone-some", count = counts.undone, kept = counts.kept))
        }
        BulkState::Undone => (NoticeKind::Ok, t!(l, "bulk-result-undone", count = counts.undone)),
        _ => (NoticeKind::Ok, t!(l, "bulk-result-done", count = counts.changed)),
    };
    let left_alone = counts.denied + counts.refused + counts.kept;
    let undo = view.undo_until.filter(|until| shell.now <= *until);
    html! {
        (components::notice(&Notice { kind, text }))
        (review::figures(l, counts))
        div.actions {
            @if undo.is_some() {
                (post_button(&format!("/bulk/{}/undo", view.id), &[], "", html! { (icon("undo-2")) (t!(l, "bulk-undo")) }))
            }
            (link_button(&view.list_href, icon_of(view.kind), &list_title(l, view.kind)))
        }
        @if let Some(until) = undo {
            p.hint-text { (t!(l, "bulk-undo-until", when = format::date_time(l, until, &shell.zone))) }
        }
        @if view.rows.is_empty() && left_alone > 0 {
            p.hint-text { (t!(l, "bulk-rows-forgotten", days = BULK_ROWS_KEPT_DAYS)) }
        }
        (rows_panel(l, &view.rows, left_alone))
    }
}

/// The first that are not as was asked, each with its reason.
pub(super) fn rows_panel(l: Locale<'_>, rows: &[JobRow], total: u64) -> Markup {
    let title = t!(l, "bulk-left-alone");
    let shown = rows.len() as u64;
    html! {
        @if !rows.is_empty() {
            (panel(&title, html! {
                @if shown < total { span.hint-text { (t!(l, "bulk-rows-shown", shown = shown, total = total)) } }
            }, table(&title, &[
                Column::text(t!(l, "bulk-row")),
                Column::text(t!(l, "bulk-why")),
            ], html! {
                @for row in rows {
                    tr {
                        th scope="row" {
                            @match &row.title {
                                Some(title) => { a href=(row.href) { (title) } }
                                None => { span.muted { (t!(l, "bulk-row-gone")) } }
                            }
                        }
                        td data-l=(t!(l, "bulk-why")) { (why(l, row)) }
                    }
                }
            })))
        }
    }
}

fn why(l: Locale<'_>, row: &JobRow) -> String {
    match (row.outcome, &row.by) {
        (BulkOutcome::Denied, _) => t!(l, "bulk-why-denied"),
        (BulkOutcome::Gone, _) => t!(l, "bulk-why-gone"),
        (BulkOutcome::Kept, _) if row.why == "denied" => t!(l, "bulk-why-denied"),
        (BulkOutcome::Kept, Some(by)) => t!(l, "bulk-why-kept-by", by = by.as_str()),
        (BulkOutcome::Kept, None) => t!(l, "bulk-why-kept"),
        _ => find(l, &format!("problem-{}", row.why), &[("detail", "".into()), ("allowed", "".into())])
            .unwrap_or_else(|| t!(l, "bulk-why-refused")),
    }
}

/// One job of the list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct JobLine {
    pub id: String,
    /// What the records are.
    pub kind: Kind,
    pub deed: BulkDeed,
    pub state: BulkState,
    pub counts: BulkCounts,
    pub started_at: Timestamp,
    pub by: Option<String>,
}

/// `GET /bulk`
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct JobsPage {
    pub lines: Vec<JobLine>,
}

pub fn jobs_page(shell: &Shell, view: &JobsPage) -> Markup {
    let l = shell.locale();
    let title = t!(l, "bulk-jobs-title");
    shell.page(
        &Page::new(&title, Nav::Nowhere),
        html! {
            (page_head(&title, Some(&t!(l, "bulk-jobs-text")), html! {}))
            @if view.lines.is_empty() {
                (empty(&Empty {
                    icon: "check-check",
                    title: t!(l, "bulk-jobs-none-title"),
                    text: t!(l, "bulk-jobs-none-text"),
                    actions: html! {},
                }))
            } @else {
                (table(&title, &[
                    Column::text(t!(l, "bulk-what-was-done")),
                    Column::text(t!(l, "bulk-of-what")),
                    Column::text(t!(l, "bulk-state")),
                    Column::number(t!(l, "bulk-change")),
                    Column::text(t!(l, "bulk-by")),
                    Column::number(t!(l, "bulk-when")),
                ], html! { @for line in &view.lines { (job_line(shell, line)) } }))
            }
        },
    )
}

fn job_line(shell: &Shell, line: &JobLine) -> Markup {
    let l = shell.locale();
    html! {
        tr {
            th scope="row" { a href=(format!("/bulk/{}", line.id)) { (deed_words(l, &line.deed)) } }
            td data-l=(t!(l, "bulk-of-what")) { (list_title(l, line.kind)) }
            td data-l=(t!(l, "bulk-state")) { (state_tag(l, line.state)) }
            td.num data-l=(t!(l, "bulk-change")) { (format::count(l, line.counts.changed)) }
            td data-l=(t!(l, "bulk-by")) { @if let Some(by) = &line.by { (by) } }
            td.num data-l=(t!(l, "bulk-when")) { (format::date_time(l, line.started_at, &shell.zone)) }
        }
    }
}
