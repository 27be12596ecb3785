//! One import: the page shows the step it stands at.

use super::columns::{ImportField, TemplateView};
use super::given::GivenOptions;
use super::mending::{MendedLine, Offered, Options};
use super::outcome::{AlikeLine, OutcomeRow};
use super::previews::{ChangedLine, DoubleLine};
use super::reading::ReadView;
use super::{ImportColumn, columns, outcome, state_tag, words};
use crate::Locale;
use crate::components::{self, post_button, refresh_link, stepper};
use crate::messages::t;
use crate::{Nav, Page, Shell, format};
use maud::{Markup, html};
use model::{
    FieldErrors, GivenValue, ImportCounts, ImportMode, ImportState, Kind, MatchBy, MendedValue, OnDouble,
    RowProblems, UndoCounts,
};
use std::collections::BTreeMap;

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

/// How long the file of an import is kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FileKept {
    /// For so many days after the last work on it.
    Days(u64),
    Forgotten,
}

/// `GET /imports/{id}`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ImportPage {
    pub id: String,
    pub version: u64,
    /// What the rows are.
    pub entity: Kind,
    /// The program the file comes from, where it was recognised.
    pub program: Option<String>,
    pub file_name: String,
    pub sheet: SheetView,
    pub state: ImportState,
    /// `?step=columns`: back to the columns after the dry run, or problems with them came back (422).
    pub shows_columns: bool,
    /// Needed where the columns are shown.
    pub columns: Vec<ImportColumn>,
    pub read: ReadView,
    pub fields: Vec<ImportField>,
    pub match_keys: Vec<String>,
    pub templates: Vec<TemplateView>,
    /// The name of the template that the plan was begun with.
    pub template: Option<String>,
    pub mode: ImportMode,
    pub match_by: Option<String>,
    pub on_double: OnDouble,
    pub given: Vec<GivenValue>,
    /// Of those of them that have options, by their fields.
    pub given_options: BTreeMap<String, GivenOptions>,
    pub mended: Vec<MendedValue>,
    /// Found by the dry run: values to mend, rows with problems by field, records that links will make.
    pub values: Vec<MendedLine>,
    pub offered: Offered,
    pub options: Options,
    /// Said of all people of whom nothing else is said, by field: `empty`, or `to:` and a name.
    pub said_of_all: BTreeMap<String, String>,
    /// What the reader is called.
    pub me: String,
    pub problems_by_field: Vec<(String, u64)>,
    pub new: Vec<(Kind, u64)>,
    /// New rows that resemble a record that is there or a row before, by the surest of what they share; and the first of
    /// them.
    pub alike: Vec<(MatchBy, u64)>,
    pub alike_rows: Vec<AlikeLine>,
    /// The first rows that stay out as duplicates, and the first that change records.
    pub doubles: Vec<DoubleLine>,
    pub changes: Vec<ChangedLine>,
    /// Rows with a cell that holds several phones or addresses, or words beside one, and the first such cell.
    pub taken_apart: Option<(u64, String)>,
    /// Rows whose postcode gets back a zero that a spreadsheet took.
    pub postcodes: u64,
    /// Leads that go in as converted without a record that they became.
    pub converted: u64,
    /// The first of them, as it stands in the file.
    pub first_postcode: String,
    /// New rows that nobody will be responsible for.
    pub without_owner: u64,
    /// New leads that the rules of assignment hand out.
    pub handed_out: u64,
    /// Rows whose owner by the file does not count, as the reader may not assign, and the first such owner.
    pub passed_over: Option<(u64, String)>,
    /// Nothing says whose new records are: they are those of whoever imports.
    pub are_importers: bool,
    /// Columns that go nowhere though something is in them: places from 1, and names where they have one.
    pub left_out: Vec<(u64, String)>,
    /// The dry run.
    pub checked: ImportCounts,
    /// The run.
    pub imported: ImportCounts,
    /// Records made besides those of the rows.
    pub also_made: u64,
    pub undo: UndoCounts,
    /// How many records taking back has to do with.
    pub to_undo: u64,
    pub can_undo: bool,
    /// It was never started.
    pub can_delete: bool,
    /// The tab of the result: the code of an outcome, or `undo`.
    pub tab: String,
    pub rows: Vec<OutcomeRow>,
    /// The first rows with problems.
    pub problem_rows: Vec<RowProblems>,
    /// Why it could not go on, or why it waits: a code.
    pub failure: Option<String>,
    /// Whether its file is still there, with what was found wrong in it.
    pub file: FileKept,
    /// Of the mapping.
    pub errors: FieldErrors,
}

pub fn page(shell: &Shell, view: &ImportPage) -> Markup {
    let l = shell.locale();
    let (step, asks_columns) = step(view);
    let page = Page::new(t!(l, "imports-page-title", file = view.file_name.as_str()), Nav::Imports)
        .errors(&view.errors);
    let is_working = (view.state.is_working() || view.state == ImportState::Paused) && !asks_columns;
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
        ImportState::Running | ImportState::Paused => (4, false),
        ImportState::Done
        | ImportState::Cancelled
        | ImportState::Failed
        | ImportState::Undoing
        | ImportState::Undone => (5, false),
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
                p.sub { (words::entities(l, view.entity)) " · " (sheet(l, &view.sheet)) }
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
        ImportState::Paused => t!(l, "imports-paused-hint"),
        ImportState::Undoing => t!(l, "imports-undoing-hint"),
        _ => t!(l, "imports-checking-hint"),
    };
    html! {
        div.panel {
            div.body {
                (progress(shell, view))
                p.hint-text { (hint) }
                div.actions {
                    @if view.state.is_working() { (refresh_link(l, &format!("/imports/{}", view.id))) }
                    @if view.state == ImportState::Running { (switch_button(view, "pause", "pause", &t!(l, "imports-pause"))) }
                    @if view.state == ImportState::Paused { (switch_button(view, "resume", "play", &t!(l, "imports-resume"))) }
                    @if view.state != ImportState::Undoing { (cancel_button(l, view)) }
                }
            }
        }
    }
}

/// `POST /imports/{id}/pause`, `POST /imports/{id}/resume`.
fn switch_button(view: &ImportPage, deed: &str, icon: &str, label: &str) -> Markup {
    post_button(&format!("/imports/{}/{deed}", view.id), &[], "", html! { (components::icon(icon)) (label) })
}

/// The bar of a running job, fetched again every second from `GET /imports/{id}/progress`; when the job is done, the
/// same fragment sends the browser to the page. No control is in it: what has the focus is never replaced.
pub fn progress(shell: &Shell, view: &ImportPage) -> Markup {
    let l = shell.locale();
    let at = format!("/imports/{}", view.id);
    if view.state == ImportState::Paused {
        return html! {
            div #import-progress .stack-m {
                (components::progress(l, &t!(l, "imports-paused"), view.imported.done, view.sheet.rows))
                (counts_of(l, view.imported.good, view.imported.bad))
            }
        };
    }
    if !view.state.is_working() {
        return html! { div #import-progress data-progress-done=(at) { a.btn href=(at) { (t!(l, "imports-see-result")) } } };
    }
    let (label, done, total, good, bad) = match view.state {
        ImportState::Undoing => {
            let undo = view.undo;
            (t!(l, "imports-undoing"), undo.done, view.to_undo, undo.undone, undo.kept + undo.partly)
        }
        ImportState::Running => {
            let counts = view.imported;
            (t!(l, "imports-running"), counts.done, view.sheet.rows, counts.good, counts.bad)
        }
        _ => {
            let counts = view.checked;
            (t!(l, "imports-checking"), counts.done, view.sheet.rows, counts.good, counts.bad)
        }
    };
    html! {
        div #import-progress.stack-m data-hx-get=(format!("{at}/progress")) data-hx-trigger="every 1s" data-hx-swap="outerHTML" {
            (components::progress(l, &label, done, total))
            @if view.failure.as_deref() == Some("disk-full") {
                (components::notice(&crate::Notice { kind: crate::NoticeKind::Warn, text: t!(l, "imports-waits-for-room") }))
            }
            @if view.state == ImportState::Undoing { (undo_counts(l, good, bad)) } @else { (counts_of(l, good, bad)) }
        }
    }
}

fn counts_of(l: Locale<'_>, good: u64, bad: u64) -> Markup {
    html! {
        dl.counts {
            div.ok { dt { (t!(l, "imports-good")) } dd { (format::count(l, good)) } }
            div.bad { dt { (t!(l, "imports-bad")) } dd { (format::count(l, bad)) } }
        }
    }
}

fn undo_counts(l: Locale<'_>, undone: u64, kept: u64) -> Markup {
    html! {
        dl.counts {
            div.ok { dt { (t!(l, "imports-undone-count")) } dd { (format::count(l, undone)) } }
            div.bad { dt { (t!(l, "imports-not-undone")) } dd { (format::count(l, kept)) } }
        }
    }
}

/// `POST /imports/{id}/cancel`.
pub(super) fn cancel_button<'l>(l: impl Into<Locale<'l>>, view: &ImportPage) -> Markup {
    let l: Locale<'_> = l.into();
    let label = match view.state {
        ImportState::Running | ImportState::Paused => t!(l, "imports-stop"),
        _ => t!(l, "imports-cancel"),
    };
    post_button(
        &format!("/imports/{}/cancel", view.id),
        &[],
        "danger",
        html! { (components::icon("x")) (label) },
    )
}

/// `POST /imports/{id}/delete`, once asked.
pub(super) fn removal(l: Locale<'_>, id: &str, label: &str) -> Markup {
    html! {
        details.confirm {
            summary.btn.quiet { (components::icon("trash-2")) (label) }
            p { (t!(l, "imports-delete-text")) }
            (post_button(&format!("/imports/{id}/delete"), &[], "danger", html! { (t!(l, "imports-delete")) }))
        }
    }
}
