//! The list of imports and the page that takes a file.

use super::{state_tag, words};
use crate::Locale;
use crate::components::{
    Choice, Column, Empty, Field, empty, error_summary, form_actions, page_head, panel, primary_link,
    refresh_link, table,
};
use crate::messages::t;
use crate::{Nav, Page, Shell, format};
use maud::{Markup, html};
use model::jiff::Timestamp;
use model::{FieldErrors, ImportCounts, ImportState, Kind, UndoCounts};

/// One import of the list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ImportLine {
    pub id: String,
    pub file_name: String,
    /// What its rows are.
    pub entity: Kind,
    /// Rows of the file.
    pub rows: u64,
    pub state: ImportState,
    /// Of the run; of the dry run before it.
    pub counts: ImportCounts,
    /// How far it was taken back.
    pub undo: UndoCounts,
    /// Who uploaded it.
    pub owner: Option<String>,
    pub created_at: Timestamp,
    /// It was never started.
    pub can_delete: bool,
}

/// `GET /imports`, newest first.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ListPage {
    pub lines: Vec<ImportLine>,
}

pub fn list_page(shell: &Shell, view: &ListPage) -> Markup {
    let l = shell.locale();
    let title = t!(l, "imports-title");
    let new = primary_link("/imports/new", "upload", &t!(l, "imports-new"));
    let working = view.lines.iter().any(|line| line.state.is_working());
    let actions = html! {
        @if working { (refresh_link(l, "/imports")) }
        @if !view.lines.is_empty() { (new) }
    };
    // Whoever has imported before knows it.
    let order = view.lines.is_empty().then(|| t!(l, "imports-order"));
    shell.page(
        &Page::new(title.as_str(), Nav::Imports),
        html! {
            (page_head(&title, order.as_deref(), actions))
            @if view.lines.is_empty() {
                (empty(&Empty { icon: "upload", title: t!(l, "imports-none-title"), text: t!(l, "imports-none-text"), actions: new }))
            } @else {
                (table(&title, &columns(l), html! { @for line in &view.lines { (row(shell, line)) } }))
            }
        },
    )
}

fn columns(l: Locale<'_>) -> Vec<Column> {
    vec![
        Column::text(t!(l, "imports-file")),
        Column::text(t!(l, "imports-entity")),
        Column::text(t!(l, "imports-state")),
        Column::number(t!(l, "imports-rows")),
        Column::number(t!(l, "imports-good")),
        Column::number(t!(l, "imports-duplicates")),
        Column::number(t!(l, "imports-bad")),
        Column::text(t!(l, "imports-by")),
        Column::number(t!(l, "imports-when")),
        Column::text(t!(l, "imports-actions")),
    ]
}

fn row(shell: &Shell, line: &ImportLine) -> Markup {
    let l = shell.locale();
    let counts = line.counts;
    html! {
        tr {
            th scope="row" { a href=(format!("/imports/{}", line.id)) { (line.file_name) } }
            td data-l=(t!(l, "imports-entity")) { (words::entities(l, line.entity)) }
            td data-l=(t!(l, "imports-state")) {
                span.state {
                    (state_tag(l, line.state, counts.bad))
                    @if line.state.is_working() {
                        progress value=(counts.done) max=(line.rows.max(1)) aria-label=(t!(l, "imports-progress")) { (format::count(l, counts.done)) }
                    }
                }
            }
            td.num data-l=(t!(l, "imports-rows")) { (format::count(l, line.rows)) }
            td.num data-l=(t!(l, "imports-good")) { (good(l, line)) }
            td.num data-l=(t!(l, "imports-duplicates")) { @if counts.done > 0 { (format::count(l, counts.duplicates)) } }
            td.num data-l=(t!(l, "imports-bad")) { @if counts.done > 0 { (format::count(l, counts.bad)) } }
            td data-l=(t!(l, "imports-by")) { (line.owner.as_deref().unwrap_or_default()) }
            td.num data-l=(t!(l, "imports-when")) { (format::relative(l, line.created_at, shell.now, &shell.zone)) }
            td data-l=(t!(l, "imports-actions")) { @if line.can_delete { (super::page::removal(l, &line.id, &t!(l, "imports-delete"))) } }
        }
    }
}

/// Rows that go in or are in; what is so by now where it did not come to its end, or was taken back.
fn good(l: Locale<'_>, line: &ImportLine) -> String {
    let (good, undo) = (line.counts.good, line.undo);
    match line.state {
        ImportState::Cancelled | ImportState::Failed => {
            t!(l, "imports-list-in", count = if line.can_delete { 0_u64 } else { good })
        }
        ImportState::Undoing | ImportState::Undone => {
            let left = undo.kept + undo.partly;
            let undone = t!(l, "imports-list-undone", count = undo.undone);
            if left == 0 {
                undone
            } else {
                format!("{undone} · {}", t!(l, "imports-list-left", count = left))
            }
        }
        _ if line.counts.done > 0 => format::count(l, good),
        _ => String::new(),
    }
}

/// `GET /imports/new`, and again when the file was refused.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct UploadPage {
    /// Of the field `file`.
    pub errors: FieldErrors,
    /// What rows can be: where the caller makes or changes records.
    pub entities: Vec<Kind>,
    /// The one that is chosen first.
    pub entity: Option<Kind>,
    /// Another import whose mapping this file gets.
    pub like: Option<LikeView>,
    /// What a file may have.
    pub file_bytes_max: u64,
    pub rows_max: u64,
    pub columns_max: u64,
}

/// An import whose mapping is used again.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LikeView {
    pub id: String,
    pub file_name: String,
}

/// What the browser offers to choose.
const ACCEPTED: &str = ".csv,.tsv,.txt,.xlsx,.ods,.xls,.vcf,text/csv,text/vcard";

/// The form is `POST /imports` (multipart) with `like` or `entity`, and last the field `file`.
pub fn upload_page(shell: &Shell, view: &UploadPage) -> Markup {
    let l = shell.locale();
    let title = t!(l, "imports-new-title");
    let limits = t!(
        l,
        "imports-limits",
        size = format::size(l, view.file_bytes_max),
        rows = view.rows_max,
        columns = view.columns_max
    );
    shell.page(
        &Page::new(title.as_str(), Nav::Imports).errors(&view.errors),
        html! {
            (error_summary(l, &view.errors))
            (page_head(&title, Some(&t!(l, "imports-order")), html! {}))
            (super::page::steps(l, 1))
            div.cols {
                div {
                    form.panel method="post" action="/imports" enctype="multipart/form-data" novalidate {
                        div.body {
                            @match &view.like {
                                Some(like) => {
                                    input type="hidden" name="like" value=(like.id);
                                    p { (t!(l, "imports-like", file = like.file_name.as_str())) }
                                },
                                None => (entities(l, view)),
                            }
                            (Field::file("file", t!(l, "imports-file"), ACCEPTED).hint(t!(l, "imports-file-hint")).problems(l, &view.errors).required())
                            p.hint-text { (limits) }
                            (form_actions(&t!(l, "imports-upload"), "/imports", &t!(l, "imports-back")))
                        }
                    }
                }
                div { (panel(&t!(l, "imports-next-title"), html! {}, next_steps(l))) }
            }
        },
    )
}

/// What the rows of the file are.
fn entities(l: Locale<'_>, view: &UploadPage) -> Markup {
    let choices: Vec<Choice> = view
        .entities
        .iter()
        .map(|entity| Choice::new(entity.as_str(), words::entities(l, *entity)))
        .collect();
    let chosen = view.entity.or(view.entities.first().copied()).map_or("", Kind::as_str);
    html! { (Field::radios("entity", t!(l, "imports-entity"), &choices).value(chosen).problems(l, &view.errors)) }
}

fn next_steps(l: Locale<'_>) -> Markup {
    html! {
        div.body {
            div.prose {
                ul {
                    li { (t!(l, "imports-next-columns")) }
                    li { (t!(l, "imports-next-check")) }
                    li { (t!(l, "imports-next-run")) }
                    li { (t!(l, "imports-next-result")) }
                }
            }
        }
    }
}
