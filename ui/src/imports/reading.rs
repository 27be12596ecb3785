//! How the file was read, and how else it can be: encoding, sheet, row of the headers.

use super::page::ImportPage;
use crate::Locale;
use crate::components::{self, Choice, Field, icon};
use crate::messages::t;
use crate::{Notice, NoticeKind, format};
use maud::{Markup, html};

/// How a file was read, and what it can be read as.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ReadView {
    /// Of a CSV, and which others there are.
    pub encoding: Option<String>,
    pub encodings: Vec<String>,
    /// Of a workbook, and all that it has.
    pub sheet: Option<String>,
    pub sheets: Vec<String>,
    /// From 1; none for cards.
    pub header_row: Option<u64>,
    /// Columns of the data that have no header.
    pub columns_beyond: u64,
    /// As it was typed with a mistake.
    pub typed_row: Option<String>,
    /// What the form sends as it was read: who sends something else wants it read anew.
    pub as_read: String,
}

/// `POST /imports/{id}/reading`, as a part of the form of columns, so that nothing chosen there is lost: `encoding`, `sheet`,
/// `header_row`, and `as_read` with what they were.
pub(super) fn part(l: Locale<'_>, view: &ImportPage) -> Markup {
    let read = &view.read;
    let names = |names: &[String]| -> Vec<Choice> {
        names.iter().map(|name| Choice::new(name.as_str(), name.as_str())).collect()
    };
    let (encodings, sheets) = (names(&read.encodings), names(&read.sheets));
    let is_wrong = ["encoding", "sheet", "header_row"].iter().any(|field| view.errors.of(field).is_some());
    let as_read = || read.header_row.map(|row| row.to_string()).unwrap_or_default();
    let header_row = read.typed_row.clone().unwrap_or_else(as_read);
    html! {
        @if read.columns_beyond > 0 {
            (components::notice(&Notice {
                kind: NoticeKind::Warn,
                text: t!(l, "imports-columns-beyond", count = read.columns_beyond),
            }))
        }
        @if read.header_row.is_some() {
            details.panel open[is_wrong || read.sheets.len() > 1 || read.columns_beyond > 0] {
                summary { (icon("sliders-horizontal")) (said(l, view)) }
                div.form.body {
                    input type="hidden" name="as_read" value=(read.as_read);
                    p.hint-text { (t!(l, "imports-read-hint")) }
                    @if let Some(encoding) = &read.encoding {
                        (Field::select("encoding", t!(l, "imports-read-encoding"), &encodings)
                            .value(encoding).problems(l, &view.errors))
                    }
                    @if let Some(sheet) = read.sheet.as_ref().filter(|_| read.sheets.len() > 1) {
                        (Field::select("sheet", t!(l, "imports-read-sheet"), &sheets)
                            .value(sheet).problems(l, &view.errors))
                    }
                    (Field::whole_number("header_row", t!(l, "imports-read-header-row"))
                        .value(&header_row).problems(l, &view.errors))
                    div.actions { button.btn type="submit" formaction=(format!("/imports/{}/reading", view.id)) { (icon("refresh-cw")) (t!(l, "imports-read-again")) } }
                }
            }
        }
    }
}

/// «El fitxer s’ha llegit així: UTF-8 · full “Clients” · capçaleres a la fila 3. Canvia-ho»
fn said(l: Locale<'_>, view: &ImportPage) -> String {
    let read = &view.read;
    let sheet = read.sheet.as_ref().filter(|_| read.sheets.len() > 1);
    let parts = [
        read.encoding.clone(),
        sheet.map(|sheet| {
            let names = format::list(l, &read.sheets);
            t!(l, "imports-read-of-sheet", sheet = sheet.as_str(), count = read.sheets.len(), names = names)
        }),
        read.header_row.map(|row| t!(l, "imports-read-of-row", row = row)),
    ];
    let how = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    t!(l, "imports-read-as", how = how)
}
