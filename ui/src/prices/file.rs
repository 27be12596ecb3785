//! A price list as a file: chosen, looked through, taken in.

use super::path;
use crate::components::{
    Column, Fact, Field, Value, error_summary, facts, icon, link_button, notice, page_head, panel, table,
};
use crate::messages::t;
use crate::shell::{Nav, Notice, NoticeKind, Page, Shell};
use crate::{Locale, format, problems};
use maud::{Markup, html};
use model::{FieldErrors, Problem};

/// A row with something wrong.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RowProblemLine {
    pub row: u64,
    pub code: String,
    pub problems: Vec<Problem>,
}

/// What a file would do, or did.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct FileReview {
    pub file_name: String,
    /// Whether it was taken in; else nothing was written yet.
    pub is_done: bool,
    pub rows: u64,
    pub new: u64,
    pub changed: u64,
    pub unchanged: u64,
    pub problems: Vec<RowProblemLine>,
    /// The rows as they are sent with the order to take them in.
    pub sent: String,
}

/// `GET /price-books/{key}/import`; `POST` there (`multipart/form-data`) with `file`; `POST …/import/run` with `file_name`
/// and `rows`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct FilePage {
    pub key: String,
    pub label: String,
    pub review: Option<FileReview>,
    pub errors: FieldErrors,
}

/// What kinds of file are taken.
const ACCEPT: &str = ".csv,.txt,.xlsx,.ods,.xls";
/// Rows with problems on the page: whoever has more mends the file first.
const PROBLEMS_SHOWN: usize = 500;

/// The headers of a file in the reader's words: code, name, from quantity, price, from, until, currency.
pub fn titles<'l>(l: impl Into<Locale<'l>>) -> [String; 7] {
    let l: Locale<'_> = l.into();
    [
        t!(l, "prices-column-code"),
        t!(l, "prices-column-name"),
        t!(l, "prices-column-quantity"),
        t!(l, "prices-column-price"),
        t!(l, "prices-column-from"),
        t!(l, "prices-column-until"),
        t!(l, "prices-column-currency"),
    ]
}

pub fn file_page(shell: &Shell, view: &FilePage) -> Markup {
    let l = shell.locale();
    let title = match &view.review {
        None => t!(l, "prices-import-title", book = view.label.as_str()),
        Some(review) if review.is_done => t!(l, "prices-import-done"),
        Some(review) => t!(l, "prices-import-checked", file = review.file_name.as_str()),
    };
    shell.page(
        &Page::new(&title, Nav::Products).errors(&view.errors),
        html! {
            p { a.btn.quiet href=(path(&view.key, "")) { (icon("arrow-left")) (view.label) } }
            (error_summary(l, &view.errors))
            (page_head(&title, None, html! {}))
            @match &view.review {
                None => { (upload(l, view)) }
                Some(review) => { (reviewed(l, view, review)) }
            }
        },
    )
}

fn upload(l: Locale<'_>, view: &FilePage) -> Markup {
    html! {
        form.form.narrow method="post" action=(path(&view.key, "/import")) enctype="multipart/form-data" novalidate {
            p.muted { (t!(l, "prices-import-intro")) }
            (Field::file("file", t!(l, "prices-import-file"), ACCEPT).problems(l, &view.errors).required())
            div.form-actions { button.btn.primary type="submit" { (icon("upload")) (t!(l, "prices-import-check")) } }
        }
    }
}

fn reviewed(l: Locale<'_>, view: &FilePage, review: &FileReview) -> Markup {
    let fact = |label, count: u64| Fact::new(label, Value::Text(format::count(l, count)));
    let counts = [
        fact(t!(l, "prices-import-rows"), review.rows),
        fact(t!(l, "prices-import-new"), review.new),
        fact(t!(l, "prices-import-changed"), review.changed),
        fact(t!(l, "prices-import-same"), review.unchanged),
        fact(t!(l, "prices-import-bad"), review.problems.len() as u64),
    ];
    let to_write = review.new + review.changed;
    let again = path(&view.key, "/import");
    html! {
        div.stack-m {
            @if review.is_done {
                (notice(&Notice { kind: NoticeKind::Ok, text: t!(l, "prices-import-done") }))
            } @else {
                (notice(&Notice { kind: NoticeKind::Info, text: t!(l, "prices-import-checked-text") }))
            }
            section.panel { div.body { (facts(l, &counts)) } }
            @if !review.problems.is_empty() { (bad_rows(l, review)) }
            @if review.is_done {
                div.actions {
                    (link_button(&path(&view.key, ""), "arrow-left", &t!(l, "prices-to-book")))
                    (link_button(&again, "upload", &t!(l, "prices-import-other")))
                }
            } @else {
                @if to_write == 0 { p { (t!(l, "prices-import-nothing")) } }
                form method="post" action=(format!("{again}/run")) {
                    input type="hidden" name="file_name" value=(review.file_name);
                    input type="hidden" name="rows" value=(review.sent);
                    div.form-actions {
                        @if to_write > 0 { button.btn.primary type="submit" { (icon("check")) (t!(l, "prices-import-do", count = to_write)) } }
                        (link_button(&again, "upload", &t!(l, "prices-import-other")))
                    }
                }
            }
        }
    }
}

fn bad_rows(l: Locale<'_>, review: &FileReview) -> Markup {
    let columns = [
        Column::text(t!(l, "prices-import-row")),
        Column::text(t!(l, "prices-column-code")),
        Column::text(t!(l, "prices-import-problem")),
    ];
    let body = html! {
        @for line in review.problems.iter().take(PROBLEMS_SHOWN) {
            tr {
                th scope="row" { (line.row) }
                td data-l=(columns[1].label) { (line.code) }
                td data-l=(columns[2].label) {
                    ul.plain { @for problem in &line.problems { li { (said(l, problem)) } } }
                }
            }
        }
    };
    let more = review.problems.len().saturating_sub(PROBLEMS_SHOWN);
    panel(
        &t!(l, "prices-import-bad"),
        html! {},
        html! {
            div.body { p.muted { (t!(l, "prices-import-bad-text")) } }
            (table(&t!(l, "prices-import-bad"), &columns, body))
            @if more > 0 { div.body { p { (t!(l, "prices-import-bad-more", count = more)) } } }
        },
    )
}

/// The column and what is wrong in it.
fn said(l: Locale<'_>, problem: &Problem) -> String {
    let column = match problem.field.as_str() {
        "code" => t!(l, "prices-column-code"),
        "from_quantity" => t!(l, "prices-column-quantity"),
        "unit_price" => t!(l, "prices-column-price"),
        "from" => t!(l, "prices-column-from"),
        "until" => t!(l, "prices-column-until"),
        "currency" => t!(l, "prices-column-currency"),
        _ => return problems::text(l, problem),
    };
    t!(l, "common-problem-named", field = column, problem = problems::text(l, problem))
}
