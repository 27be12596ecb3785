//! How long data about people is kept: the periods, what would go, and the runs.

use crate::Locale;
use crate::components::{
    Choice, Field, error_summary, icon, page_head, panel, post_button, progress, refresh_link, submit, tag,
};
use crate::messages::{find, t};
use crate::settings::back_link;
use crate::{Nav, Page, Shell, format};
use maud::{Markup, html};
use model::jiff::Timestamp;
use model::{FieldErrors, Kind, Retained, RetentionCounts, RetentionDeed, RetentionState};

/// Where it is.
pub const PATH: &str = "/settings/retention";

/// One period, as typed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RuleForm {
    pub what: Retained,
    pub months: String,
    pub deed: String,
}

/// A record that would go.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DueRow {
    pub kind: Kind,
    pub id: String,
    pub title: String,
    pub since: Timestamp,
}

/// What one period would take.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PreviewView {
    pub what: Retained,
    pub deed: RetentionDeed,
    pub months: u16,
    pub count: u64,
    pub is_whole: bool,
    pub rows: Vec<DueRow>,
}

/// One run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RunRow {
    pub id: String,
    pub at: Timestamp,
    /// Nobody: that of the night.
    pub by: Option<String>,
    pub state: RetentionState,
    pub expected: u64,
    pub counts: RetentionCounts,
}

/// `GET /settings/retention`, and again (422) when something is wrong.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RetentionPage {
    pub version: u64,
    pub rules: Vec<RuleForm>,
    pub nightly: bool,
    pub previews: Vec<PreviewView>,
    pub runs: Vec<RunRow>,
    pub errors: FieldErrors,
}

/// «Clients potencials descartats».
pub fn retained_name<'l>(l: impl Into<Locale<'l>>, what: Retained) -> String {
    coded(l.into(), "what", what.as_str())
}

fn coded(l: Locale<'_>, field: &str, code: &str) -> String {
    find(l, &format!("audit-value-retention-{field}-{}", code.replace('_', "-")), &[])
        .unwrap_or_else(|| code.to_owned())
}

pub fn page(shell: &Shell, view: &RetentionPage) -> Markup {
    let l = shell.locale();
    let title = t!(l, "retention-title");
    let is_running = view.runs.iter().any(|run| run.state == RetentionState::Running);
    shell.page(
        &Page::new(&title, Nav::Settings).errors(&view.errors),
        html! {
            (back_link(l))
            (error_summary(l, &view.errors))
            (page_head(&title, Some(&t!(l, "retention-intro")), html! {}))
            (panel(&t!(l, "retention-periods"), html! {}, form(l, view)))
            @if view.previews.is_empty() { p.muted { (t!(l, "retention-none-set")) } }
            @else { (panel(&t!(l, "retention-preview"), html! {}, previews(shell, view, is_running))) }
            (panel(&t!(l, "retention-runs"), html! {}, runs(shell, view)))
        },
    )
}

fn form(l: Locale<'_>, view: &RetentionPage) -> Markup {
    let deeds: Vec<Choice> = RetentionDeed::ALL
        .iter()
        .map(|deed| Choice::new(deed.as_str(), coded(l, "deed", deed.as_str())))
        .collect();
    html! {
        form.body.form method="post" action=(PATH) novalidate {
            input type="hidden" name="version" value=(view.version);
            @for rule in &view.rules {
                @let (months, deed) = (format!("months_{}", rule.what.as_str()), format!("deed_{}", rule.what.as_str()));
                fieldset.full {
                    legend { (retained_name(l, rule.what)) }
                    p.hint-text { (coded(l, "help", rule.what.as_str())) }
                    div.row {
                        (Field::whole_number(&months, t!(l, "retention-months")).value(&rule.months).hint(t!(l, "retention-months-hint")).problems(l, &view.errors))
                        (Field::select(&deed, t!(l, "retention-deed"), &deeds).value(&rule.deed).problems(l, &view.errors))
                    }
                }
            }
            (Field::checkbox("nightly", t!(l, "retention-nightly"), view.nightly).hint(t!(l, "retention-nightly-hint")))
            div.form-actions { (submit(&t!(l, "retention-save"))) }
        }
    }
}

fn previews(shell: &Shell, view: &RetentionPage, is_running: bool) -> Markup {
    let l = shell.locale();
    let any = view.previews.iter().any(|preview| preview.count > 0);
    html! {
        div.body.stack-m {
            @for preview in &view.previews { (previewed(shell, preview)) }
            @if any && !is_running {
                details.confirm {
                    summary.btn.danger { (icon("trash-2")) (t!(l, "retention-run")) }
                    p { (t!(l, "retention-run-sure")) }
                    (post_button(&format!("{PATH}/run"), &[], "danger", html! { (t!(l, "retention-run-now")) }))
                }
            }
        }
    }
}

fn previewed(shell: &Shell, preview: &PreviewView) -> Markup {
    let l = shell.locale();
    let (what, deed) = (retained_name(l, preview.what), coded(l, "deed", preview.deed.as_str()));
    let more = preview.count.saturating_sub(preview.rows.len() as u64);
    html! {
        section.stack-s {
            h3 { (what) }
            p {
                strong { @if !preview.is_whole { (t!(l, "retention-at-least")) " " } (t!(l, "retention-count", count = preview.count)) }
                " · " (deed) " · " (t!(l, "retention-after", months = preview.months))
            }
            @if !preview.rows.is_empty() {
                ul.rows {
                    @for row in &preview.rows {
                        li {
                            a.grow href=(format!("{}/{}", model::path_of(row.kind).unwrap_or_default(), row.id)) { (row.title) }
                            span.muted { (t!(l, "retention-since", when = format::date_time(l, row.since, &shell.zone))) }
                        }
                    }
                }
            }
            @if more > 0 { p.muted { (t!(l, "retention-more", count = more)) } }
        }
    }
}

fn runs(shell: &Shell, view: &RetentionPage) -> Markup {
    let l = shell.locale();
    html! {
        @if view.runs.is_empty() {
            div.body { p.muted { (t!(l, "retention-runs-none")) } }
        } @else {
            ul.rows { @for run in &view.runs { (run_row(shell, run)) } }
        }
    }
}

/// The bar of a run, fetched again every second; when the run is at its end, the same fragment sends the browser to the
/// page. No control is in it: what has the focus is never replaced.
pub fn progress_bar(shell: &Shell, run: &RunRow) -> Markup {
    let l = shell.locale();
    if run.state != RetentionState::Running {
        return html! { div #retention-progress data-progress-done=(PATH) { (coded(l, "state", run.state.as_str())) } };
    }
    html! {
        div #retention-progress data-hx-get=(format!("{PATH}/runs/{}/progress", run.id)) data-hx-trigger="every 1s" data-hx-swap="outerHTML" {
            (progress(l, &coded(l, "state", run.state.as_str()), run.counts.done(), run.expected))
        }
    }
}

fn run_row(shell: &Shell, run: &RunRow) -> Markup {
    let l = shell.locale();
    let when = format::date_time(l, run.at, &shell.zone);
    let title = match &run.by {
        Some(by) => t!(l, "retention-run-by", when = when, by = by.as_str()),
        None => t!(l, "retention-run-night", when = when),
    };
    let tone = match run.state {
        RetentionState::Running => "info",
        RetentionState::Done => "ok",
        RetentionState::Cancelled => "",
        RetentionState::Failed => "warn",
    };
    let mark = if run.state == RetentionState::Done { "circle-check" } else { "clock" };
    let counts = run.counts;
    html! {
        li {
            div.grow.stack-s {
                span { (title) }
                span.sub { (t!(l, "retention-run-counts", erased = counts.erased, deleted = counts.deleted, kept = counts.kept)) }
                @if run.state == RetentionState::Running {
                    (progress_bar(shell, run))
                    div.actions {
                        (refresh_link(l, PATH))
                        (post_button(&format!("{PATH}/runs/{}/cancel", run.id), &[], "quiet", html! { (icon("x")) (t!(l, "retention-cancel")) }))
                    }
                }
            }
            (tag(tone, mark, &coded(l, "state", run.state.as_str())))
        }
    }
}
