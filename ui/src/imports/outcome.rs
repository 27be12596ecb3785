//! What the dry run found, what the run did, and what taking it back left.

use super::page::{FileKept, ImportPage, cancel_button, removal};
use super::previews::SameAs;
use super::{mending, previews, words};
use crate::Locale;
use crate::components::{
    Choice, Column, Field, Kpi, Tab, icon, kpis, link_button, panel, post_button, primary_link, table, tabs,
};
use crate::messages::{find, t};
use crate::{Notice, NoticeKind, components, format};
use maud::{Markup, html};
use model::{ImportCounts, ImportState, Kind, MatchBy, Problem, RowOutcome, RowProblems, UndoOutcome};

/// A record of a tab of the result.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OutcomeRow {
    pub row: u64,
    pub entity: Kind,
    /// Absent where it is gone. Of what is out of the reader's reach, what the row's cells call it.
    pub title: Option<String>,
    pub href: String,
    /// Where it is there and the reader may not open it.
    pub out_of_reach: Option<OutOfReach>,
    pub undo: Option<UndoOutcome>,
    /// A problem code; or keys of fields with commas, where some stayed as somebody changed them.
    pub why: String,
    /// The row before that it is the same as: then it is no record, and the title is what its cells call it.
    pub same_as: Option<u64>,
}

/// What is told of a record that the reader may not open.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum OutOfReach {
    /// The import made it, and it was given to them; or to nobody.
    GivenTo(Option<String>),
    OfOthers,
}

/// A new row that resembles a record or a row before it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AlikeLine {
    pub row: u64,
    /// What the row is called.
    pub name: String,
    pub entity: Kind,
    pub same_as: SameAs,
    pub by: MatchBy,
}

/// After the dry run: how many rows can go in, what is wrong with the others, and what to do now.
pub(super) fn checked<'l>(l: impl Into<Locale<'l>>, view: &ImportPage) -> Markup {
    let l: Locale<'_> = l.into();
    let counts = view.checked;
    let version = view.version.to_string();
    let goes_in = counts.created + counts.updated;
    let start = post_button(
        &format!("/imports/{}/start", view.id),
        &[("version", &version)],
        "primary",
        html! { (icon("play")) (t!(l, "imports-start", count = goes_in)) },
    );
    html! {
        (components::error_summary(l, &view.errors))
        (figures(l, view.sheet.rows, counts))
        @if goes_in == 0 {
            (components::notice(&none_goes_in(l, view)))
        } @else {
            p {
                @if counts.bad == 0 && counts.duplicates > 0 { (t!(l, "imports-checked-no-errors")) }
                @else { (t!(l, "imports-checked-text", count = counts.bad)) }
                @if counts.duplicates > 0 { " " (t!(l, "imports-checked-duplicates", count = counts.duplicates)) }
            }
        }
        @for (entity, records) in &view.new {
            p.with-icon { (icon("circle-dot")) (t!(l, "imports-new-records", count = *records, entity = words::entities(l, *entity))) }
        }
        @if let Some((rows, first)) = &view.taken_apart {
            p.with-icon { (icon("circle-check")) (t!(l, "imports-taken-apart", count = *rows, first = first.as_str())) }
        }
        @if view.postcodes > 0 {
            p.with-icon {
                (icon("circle-check")) (t!(l, "imports-postcodes", count = view.postcodes))
                @if !view.first_postcode.is_empty() {
                    " " (t!(l, "imports-postcodes-first", postcode = view.first_postcode.as_str()))
                }
            }
        }
        @if view.converted > 0 {
            p.with-icon { (icon("circle-check")) (t!(l, "imports-converted", count = view.converted)) }
        }
        (previews::unsaid(l, view))
        div.actions {
            @if goes_in > 0 { (start) }
            (link_button(&format!("/imports/{}?step=columns", view.id), "sliders-horizontal", &t!(l, "imports-change-columns")))
            @if counts.bad > 0 { (failed_rows_link(l, view)) }
            (cancel_button(l, view))
        }
        (alike(l, view))
        (previews::doubles(l, view))
        (previews::changes(l, view))
        @if !view.values.is_empty() { (mending::form(l, view)) }
        (mending::mended(l, view))
        (by_field(l, view))
        (problem_table(l, view, counts.bad))
        (save_template(l, view))
    }
}

/// Why no row goes in: all are there already, or what is wrong with them.
fn none_goes_in(l: Locale<'_>, view: &ImportPage) -> Notice {
    let counts = view.checked;
    let (kind, text) = if counts.bad == 0 && counts.duplicates + counts.unchanged > 0 {
        (NoticeKind::Info, t!(l, "imports-none-new"))
    } else if view.values.is_empty() {
        (NoticeKind::Warn, t!(l, "imports-none-good"))
    } else {
        (NoticeKind::Warn, t!(l, "imports-none-good-values"))
    };
    Notice { kind, text }
}

/// New rows that may be about somebody who is there already: they go in.
fn alike(l: Locale<'_>, view: &ImportPage) -> Markup {
    let title = t!(l, "imports-alike-title");
    let count: u64 = view.alike.iter().map(|(_, rows)| rows).sum();
    let shown = view.alike_rows.len();
    let columns = [
        Column::text(t!(l, "imports-row")),
        Column::text(t!(l, "imports-row-name")),
        Column::text(t!(l, "imports-alike-record")),
        Column::text(t!(l, "imports-alike-why")),
    ];
    html! {
        @if count > 0 {
            details.panel {
                summary { (t!(l, "imports-alike", count = count)) }
                div.body.stack-m {
                    p.hint-text { (t!(l, "imports-alike-text")) }
                    ul.plain {
                        @for (by, rows) in &view.alike { li { (crate::conversion::reason(l, *by)) ": " strong { (format::count(l, *rows)) } } }
                    }
                    @if (shown as u64) < count { p.hint-text { (t!(l, "imports-records-first", count = shown)) } }
                    (table(&title, &columns, html! { @for line in &view.alike_rows { (alike_row(l, line)) } }))
                }
            }
        }
    }
}

fn alike_row(l: Locale<'_>, line: &AlikeLine) -> Markup {
    html! {
        tr {
            th.row-number scope="row" { span.stack-only { (t!(l, "imports-row")) " " } (format::count(l, line.row)) }
            td data-l=(t!(l, "imports-row-name")) { (line.name) }
            td data-l=(t!(l, "imports-alike-record")) {
                @match &line.same_as {
                    SameAs::Row(first) => (t!(l, "imports-same-as-row", row = *first)),
                    SameAs::Record(href, title) => span {
                        (previews::record(l, href, title.as_deref())) " " span.hint-text { (words::entity(l, line.entity)) }
                    },
                    SameAs::OfOthers => (t!(l, "imports-record-others")),
                }
            }
            td data-l=(t!(l, "imports-alike-why")) { (crate::conversion::reason(l, line.by)) }
        }
    }
}

/// After the run, however it ended.
pub(super) fn result<'l>(l: impl Into<Locale<'l>>, view: &ImportPage) -> Markup {
    let l: Locale<'_> = l.into();
    let counts = view.imported;
    html! {
        (components::notice(&said(l, view)))
        @if view.state == ImportState::Undone { (undone_figures(l, view)) }
        @else if counts.done > 0 { (figures(l, view.sheet.rows, counts)) }
        @if view.also_made > 0 && view.state != ImportState::Undone { p { (t!(l, "imports-also-made", count = view.also_made)) } }
        div.actions {
            @if counts.good > 0 {
                (primary_link(model::path_of(view.entity).unwrap_or("/"), "inbox", &t!(l, "imports-to-records", entity = words::entities(l, view.entity))))
            }
            @if counts.bad > 0 && view.file != FileKept::Forgotten { (failed_rows_link(l, view)) }
            (link_button(&format!("/imports/new?like={}", view.id), "refresh-cw", &t!(l, "imports-again-same")))
            (link_button("/imports/new", "upload", &t!(l, "imports-again")))
        }
        @if view.state != ImportState::Undoing { (tabs_of(l, view)) }
        @if view.tab.is_empty() || view.tab == RowOutcome::Bad.as_str() { (problem_table(l, view, counts.bad)) }
        @else { (rows(l, view)) }
        @if view.can_undo { (undo_form(l, view)) }
        @if view.can_delete { (removal(l, &view.id, &t!(l, "imports-delete"))) }
        (save_template(l, view))
        p.hint-text {
            @match view.file {
                FileKept::Days(days) => (t!(l, "imports-file-kept", days = days)),
                FileKept::Forgotten => (t!(l, "imports-file-forgotten")),
            }
        }
    }
}

fn said(l: Locale<'_>, view: &ImportPage) -> Notice {
    let counts = view.imported;
    let (kind, text) = match view.state {
        ImportState::Failed => (NoticeKind::Danger, failure(l, view)),
        ImportState::Undone if view.undo.kept + view.undo.partly > 0 => {
            let (undone, kept) = (view.undo.undone, view.undo.kept + view.undo.partly);
            (NoticeKind::Warn, t!(l, "imports-undone-but", undone = undone, kept = kept))
        }
        ImportState::Undone if view.undo.overruled > 0 => (
            NoticeKind::Warn,
            t!(l, "imports-undone-overruled", count = view.undo.undone, changed = view.undo.overruled),
        ),
        // Nothing that was there before had been changed.
        ImportState::Undone if counts.updated == 0 => {
            (NoticeKind::Ok, t!(l, "imports-undone-deleted", count = view.undo.undone))
        }
        ImportState::Undone => (NoticeKind::Ok, t!(l, "imports-undone", count = view.undo.undone)),
        ImportState::Cancelled if counts.done == 0 => (NoticeKind::Info, t!(l, "imports-cancelled-before")),
        ImportState::Cancelled => (NoticeKind::Info, t!(l, "imports-cancelled-after", count = counts.good)),
        _ if counts.bad > 0 && counts.duplicates > 0 => (
            NoticeKind::Warn,
            t!(
                l,
                "imports-done-left-out",
                count = counts.bad + counts.duplicates,
                bad = counts.bad,
                duplicates = counts.duplicates
            ),
        ),
        _ if counts.bad > 0 => (NoticeKind::Warn, t!(l, "imports-done-with-errors", count = counts.bad)),
        _ if counts.duplicates > 0 => (
            NoticeKind::Ok,
            t!(l, "imports-done-duplicates", count = counts.good, duplicates = counts.duplicates),
        ),
        _ => (NoticeKind::Ok, t!(l, "imports-done", count = counts.good)),
    };
    Notice { kind, text }
}

/// The code of a failure is a problem’s; an unknown one is said as it is.
fn failure(l: Locale<'_>, view: &ImportPage) -> String {
    let code = view.failure.as_deref().unwrap_or("import-failed");
    find(l, &format!("problem-{code}"), &[]).unwrap_or_else(|| t!(l, "imports-failed", code = code))
}

/// After it was taken back: how many records are as before, and how many are not.
fn undone_figures(l: Locale<'_>, view: &ImportPage) -> Markup {
    let left = view.undo.kept + view.undo.partly;
    let tile = |label: String, number: u64| Kpi {
        label,
        figure: format::count(l, number),
        href: None,
        trend: None,
        note: None,
    };
    let mut tiles = vec![
        tile(t!(l, "imports-rows"), view.sheet.rows),
        tile(t!(l, "imports-undone-count"), view.undo.undone),
    ];
    if left > 0 {
        tiles.push(tile(t!(l, "imports-not-undone"), left));
    }
    kpis(l, &tiles)
}

fn figures(l: Locale<'_>, rows: u64, counts: ImportCounts) -> Markup {
    let share = |part: u64| {
        // Half of one counts as one.
        let doubled = part.saturating_mul(2_000).saturating_add(counts.done);
        let per_mille = doubled.checked_div(counts.done.saturating_mul(2)).unwrap_or(0);
        format::percent(l, i64::try_from(per_mille).unwrap_or(0))
    };
    let tile = |label: String, number: u64, note: Option<String>| Kpi {
        label,
        figure: format::count(l, number),
        href: None,
        trend: None,
        note,
    };
    let mut tiles = vec![tile(t!(l, "imports-rows"), rows, None)];
    tiles.push(tile(t!(l, "imports-created"), counts.created, Some(share(counts.created))));
    if counts.updated + counts.unchanged > 0 {
        tiles.push(tile(t!(l, "imports-updated"), counts.updated, Some(share(counts.updated))));
        tiles.push(tile(t!(l, "imports-unchanged"), counts.unchanged, Some(share(counts.unchanged))));
    }
    if counts.duplicates > 0 {
        tiles.push(tile(t!(l, "imports-duplicates"), counts.duplicates, Some(share(counts.duplicates))));
    }
    tiles.push(tile(t!(l, "imports-bad"), counts.bad, Some(share(counts.bad))));
    kpis(l, &tiles)
}

fn failed_rows_link(l: Locale<'_>, view: &ImportPage) -> Markup {
    link_button(&format!("/imports/{}/failed-rows", view.id), "download", &t!(l, "imports-failed-rows"))
}

/// The tabs of a result; those without rows are left out.
fn tabs_of(l: Locale<'_>, view: &ImportPage) -> Markup {
    let counts = view.imported;
    let kept = view.undo.kept + view.undo.partly + view.undo.overruled;
    let entries = [
        (RowOutcome::Bad.as_str(), t!(l, "imports-bad"), counts.bad),
        (RowOutcome::Created.as_str(), t!(l, "imports-created"), counts.created + view.also_made),
        (RowOutcome::Updated.as_str(), t!(l, "imports-updated"), counts.updated),
        (RowOutcome::Unchanged.as_str(), t!(l, "imports-unchanged"), counts.unchanged),
        (RowOutcome::Duplicate.as_str(), t!(l, "imports-duplicates"), counts.duplicates),
        ("undo", t!(l, "imports-not-undone"), if view.state == ImportState::Undone { kept } else { 0 }),
    ];
    let shown: Vec<Tab> = entries
        .into_iter()
        .filter(|(_, _, count)| *count > 0)
        .map(|(code, label, count)| Tab {
            label: format!("{label} · {}", format::count(l, count)),
            href: format!("/imports/{}?tab={code}", view.id),
            current: view.tab == code || (view.tab.is_empty() && code == RowOutcome::Bad.as_str()),
        })
        .collect();
    html! { @if !shown.is_empty() { (tabs(&t!(l, "imports-tabs"), &shown)) } }
}

fn rows(l: Locale<'_>, view: &ImportPage) -> Markup {
    let title = t!(l, "imports-records-title");
    let with_why = view.rows.iter().any(|row| !row.why.is_empty() || row.undo.is_some());
    let mut columns = vec![Column::text(t!(l, "imports-row")), Column::text(t!(l, "imports-record"))];
    if with_why {
        columns.push(Column::text(t!(l, "imports-undo-why")));
    }
    html! {
        @if view.rows.is_empty() {
            p.hint-text { (t!(l, "imports-records-none")) }
        } @else {
            (panel(&title, html! { span.hint-text { (t!(l, "imports-records-first", count = view.rows.len())) } },
                table(&title, &columns, html! { @for row in &view.rows { (outcome_row(l, row, with_why)) } })))
        }
    }
}

fn outcome_row(l: Locale<'_>, row: &OutcomeRow, with_why: bool) -> Markup {
    let gone = t!(l, "imports-record-gone");
    html! {
        tr {
            th.row-number scope="row" { span.stack-only { (t!(l, "imports-row")) " " } (format::count(l, row.row)) }
            td data-l=(t!(l, "imports-record")) {
                @if let Some(first) = row.same_as {
                    @if let Some(name) = &row.title { (name) " = " }
                    (t!(l, "imports-same-as-row", row = first))
                } @else if let Some(why) = &row.out_of_reach {
                    @if let Some(name) = &row.title { (name) ": " }
                    (out_of_reach(l, why))
                } @else {
                    @match &row.title {
                        Some(title) => a href=(row.href) { (title) },
                        None => span.hint-text { (gone) },
                    }
                    " " span.hint-text { (words::entity(l, row.entity)) }
                }
            }
            @if with_why { td data-l=(t!(l, "imports-undo-why")) { (why(l, row)) } }
        }
    }
}

fn out_of_reach(l: Locale<'_>, why: &OutOfReach) -> String {
    match why {
        OutOfReach::GivenTo(Some(owner)) => t!(l, "imports-record-given", owner = owner.as_str()),
        OutOfReach::GivenTo(None) => t!(l, "imports-record-nobodys"),
        OutOfReach::OfOthers => t!(l, "imports-record-others"),
    }
}

/// Why a record is not as before the import, and what was done about it.
fn why(l: Locale<'_>, row: &OutcomeRow) -> String {
    let fields = || {
        let names = row.why.split(',').map(|key| words::field(l, row.entity, key));
        names.collect::<Vec<_>>().join(", ")
    };
    match (row.undo, row.why.as_str()) {
        (Some(UndoOutcome::Undone), "undo-changed") => t!(l, "imports-undo-changed-gone"),
        (None, code) => {
            MatchBy::from_code(code).map_or_else(String::new, |by| crate::conversion::reason(l, by))
        }
        (Some(UndoOutcome::Undone), _) => String::new(),
        (_, "undo-changed") => t!(l, "imports-undo-changed"),
        (_, "undo-gone") => t!(l, "imports-undo-gone"),
        (_, "undo-unknown") => t!(l, "imports-undo-unknown"),
        (_, "in-use") => t!(l, "imports-undo-in-use"),
        (Some(UndoOutcome::Partly), _) => t!(l, "imports-undo-partly", fields = fields()),
        (Some(UndoOutcome::Kept), _) => t!(l, "imports-undo-fields", fields = fields()),
    }
}

/// `POST /imports/{id}/undo`.
fn undo_form(l: Locale<'_>, view: &ImportPage) -> Markup {
    let choices = [
        Choice::new("keep", t!(l, "imports-undo-keep")),
        Choice::new("take_back", t!(l, "imports-undo-take-back")),
    ];
    let title = t!(l, "imports-undo-title");
    html! {
        (panel(&title, html! {}, html! {
            form.form.body method="post" action=(format!("/imports/{}/undo", view.id)) {
                input type="hidden" name="version" value=(view.version);
                p { (t!(l, "imports-undo-text")) }
                (Field::radios("changed_since", t!(l, "imports-undo-changed-since"), &choices).value("keep"))
                div.actions { button.btn.danger type="submit" { (icon("x")) (t!(l, "imports-undo")) } }
            }
        }))
    }
}

/// `POST /imports/{id}/save-template`.
fn save_template(l: Locale<'_>, view: &ImportPage) -> Markup {
    let is_wrong = view.errors.of("name").is_some();
    html! {
        details.panel open[is_wrong] {
            summary { (t!(l, "imports-template-save-title")) }
            form.form.body method="post" action=(format!("/imports/{}/save-template", view.id)) {
                (Field::text("name", t!(l, "imports-template-name")).hint(t!(l, "imports-template-hint"))
                    .problems(l, &view.errors).maximum_characters(60).required())
                div.actions { button.btn type="submit" { (t!(l, "imports-template-save")) } }
            }
        }
    }
}

/// Rows with a problem, by field.
fn by_field(l: Locale<'_>, view: &ImportPage) -> Markup {
    let title = t!(l, "imports-by-field");
    html! {
        @if view.problems_by_field.len() > 1 {
            (panel(&title, html! {}, table(&title, &[
                Column::text(t!(l, "imports-column-target")),
                Column::number(t!(l, "imports-bad")),
            ], html! {
                @for (field, rows) in &view.problems_by_field {
                    tr {
                        th scope="row" { @if field.is_empty() { (t!(l, "imports-whole-row")) } @else { (words::field(l, view.entity, field)) } }
                        td.num data-l=(t!(l, "imports-bad")) { (format::count(l, *rows)) }
                    }
                }
            })))
        }
    }
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
                Column::text(t!(l, "imports-row-name")),
                Column::text(t!(l, "imports-problems")),
            ], html! { @for row in &view.problem_rows { (problem_row(l, view, row)) } })))
        }
    }
}

fn problem_row(l: Locale<'_>, view: &ImportPage, row: &RowProblems) -> Markup {
    html! {
        tr {
            th.row-number scope="row" { span.stack-only { (t!(l, "imports-row")) " " } (format::count(l, row.row)) }
            td data-l=(t!(l, "imports-row-name")) { (row.name) }
            td {
                ul.problems {
                    @for problem in &row.problems { li { strong { (place(l, view, problem)) } " " (words::problem(l, problem)) } }
                }
            }
        }
    }
}

fn place(l: Locale<'_>, view: &ImportPage, problem: &Problem) -> String {
    words::place(l, view.entity, problem)
}
