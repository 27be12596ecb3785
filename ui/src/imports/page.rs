//! One import: the page shows the step it stands at.

use super::{ImportColumn, columns, outcome, state_tag};
use crate::Locale;
use crate::components::{self, post_button, refresh_link, stepper};
use crate::messages::t;
use crate::{Nav, Page, Shell, format};
use maud::{Markup, html};
use model::{FieldErrors, ImportCounts, ImportState, RowProblems};

/// What was seen of the file.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SheetView {
    /// `csv`, `xlsx`, `ods`…
    pub format: String,
    /// `utf-8`, `windows-1252`; empty for spreadsheets.
    pub encoding: String,
    /// Empty for spreadsheets.
    pub separator: String,
    pub rows: u64,
    pub bytes: u64,
}

/// `GET /imports/{id}`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ImportPage {
    pub id: String,
    pub version: u64,
    pub file_name: String,
    pub sheet: SheetView,
    pub state: ImportState,
    /// `?step=columns`: back to the columns after the dry run, or problems with them came back (422).
    pub shows_columns: bool,
    /// Needed where the columns are shown.
    pub columns: Vec<ImportColumn>,
    /// The dry run.
    pub checked: ImportCounts,
    /// The run.
    pub imported: ImportCounts,
    /// The first rows with problems.
    pub problem_rows: Vec<RowProblems>,
    /// Why it could not go on: a code.
    pub failure: Option<String>,
    /// Of the mapping.
    pub errors: FieldErrors,
}

pub fn page(shell: &Shell, view: &ImportPage) -> Markup {
    let l = shell.locale();
    let (step, asks_columns) = step(view);
    let page = Page::new(t!(l, "imports-page-title", file = view.file_name.as_str()), Nav::Imports)
        .errors(&view.errors);
    let is_working = view.state.is_working() && !asks_columns;
    shell.page(
        &page,
        html! {
            (head(l, view))
            (steps(l, step))
            @if asks_columns { (columns::form(l, view)) }
            @else if is_working { (working(shell, view)) }
            @else if view.state == ImportState::Checked { (outcome::checked(l, view)) }
            @else { (outcome::result(l, view)) }
        },
    )
}

/// The step that an import stands at, and whether its columns are asked for.
fn step(view: &ImportPage) -> (usize, bool) {
    match view.state {
        ImportState::Uploaded => (2, true),
        ImportState::Checking | ImportState::Checked if view.shows_columns => (2, true),
        ImportState::Checking | ImportState::Checked => (3, false),
        ImportState::Running => (4, false),
        ImportState::Done | ImportState::Cancelled | ImportState::Failed => (5, false),
    }
}

/// The way of every import.
pub(super) fn steps<'l>(l: impl Into<Locale<'l>>, current: usize) -> Markup {
    let l: Locale<'_> = l.into();
    let names = [
        t!(l, "imports-step-file"),
        t!(l, "imports-step-columns"),
        t!(l, "imports-step-check"),
        t!(l, "imports-step-run"),
        t!(l, "imports-step-result"),
    ];
    stepper(l, &names, current)
}

fn head(l: Locale<'_>, view: &ImportPage) -> Markup {
    html! {
        div.page-head {
            div.titles {
                a.crumb href="/imports" { (components::icon("chevron-left")) (t!(l, "imports-title")) }
                h1 { (view.file_name) }
                p.sub { (sheet(l, &view.sheet)) }
            }
            div.actions { (state_tag(l, view.state, view.imported.bad)) (crate::audit::link(l.language, &view.id)) }
        }
    }
}

/// «CSV · 1.234 files · 82 kB · windows-1252 · separador ;»
fn sheet(l: Locale<'_>, sheet: &SheetView) -> String {
    let mut parts = vec![
        sheet.format.to_uppercase(),
        t!(l, "imports-rows-count", count = sheet.rows),
        format::size(l, sheet.bytes),
    ];
    if !sheet.encoding.is_empty() {
        parts.push(sheet.encoding.to_uppercase());
    }
    if !sheet.separator.is_empty() {
        let separator = if sheet.separator == "\t" { t!(l, "imports-tab") } else { sheet.separator.clone() };
        parts.push(t!(l, "imports-separator", separator = separator));
    }
    parts.join(" · ")
}

/// A running job: its bar, and around it what stays the same while the bar is fetched anew.
fn working(shell: &Shell, view: &ImportPage) -> Markup {
    let l = shell.locale();
    let hint = match view.state {
        ImportState::Running => t!(l, "imports-running-hint"),
        _ => t!(l, "imports-checking-hint"),
    };
    html! {
        div.panel {
            div.body {
                (progress(shell, view))
                p.hint-text { (hint) }
                div.actions {
                    (refresh_link(l, &format!("/imports/{}", view.id)))
                    (cancel_button(l, view))
                }
            }
        }
    }
}

/// The bar of a running job, fetched again every second from `GET /imports/{id}/progress`; when the job is done, the
/// same fragment sends the browser to the page. No control is in it: what has the focus is never replaced.
pub fn progress(shell: &Shell, view: &ImportPage) -> Markup {
    let l = shell.locale();
    let at = format!("/imports/{}", view.id);
    if !view.state.is_working() {
        return html! { div #import-progress data-progress-done=(at) { a.btn href=(at) { (t!(l, "imports-see-result")) } } };
    }
    let (label, counts) = match view.state {
        ImportState::Running => (t!(l, "imports-running"), view.imported),
        _ => (t!(l, "imports-checking"), view.checked),
    };
    html! {
        div #import-progress.stack-m data-hx-get=(format!("{at}/progress")) data-hx-trigger="every 1s" data-hx-swap="outerHTML" {
            (components::progress(l, &label, counts.done, view.sheet.rows))
            dl.counts {
                div.ok { dt { (t!(l, "imports-good")) } dd { (format::count(l, counts.good)) } }
                div.bad { dt { (t!(l, "imports-bad")) } dd { (format::count(l, counts.bad)) } }
            }
        }
    }
}

/// `POST /imports/{id}/cancel`.
pub(super) fn cancel_button<'l>(l: impl Into<Locale<'l>>, view: &ImportPage) -> Markup {
    let l: Locale<'_> = l.into();
    let label = match view.state {
        ImportState::Running => t!(l, "imports-stop"),
        _ => t!(l, "imports-cancel"),
    };
    post_button(
        &format!("/imports/{}/cancel", view.id),
        &[],
        "danger",
        html! { (components::icon("x")) (label) },
    )
}
