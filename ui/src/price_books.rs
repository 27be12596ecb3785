//! Price books as they are set up: the list, and one with its currency and days.

use crate::Locale;
use crate::components::{Field, link_button};
use crate::messages::t;
use crate::pieces::{self, PieceFrame, PieceList, PieceRow, label_fields};
use crate::setup::currencies;
use crate::shell::Shell;
use crate::{format, prices};
use maud::{Markup, html};
use model::jiff::civil::Date;
use model::{Label, PriceBook};

pub const PATH: &str = "/settings/price-books";

/// Sends `label_ca`…, `currency`, `from`, `until`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PriceBookForm {
    pub frame: PieceFrame,
    pub label: Label,
    pub currency: String,
    pub from: String,
    pub until: String,
}

/// The days on which something counts, in words.
pub fn days<'l>(l: impl Into<Locale<'l>>, from: Option<Date>, until: Option<Date>) -> String {
    let l: Locale<'_> = l.into();
    let [from, until] = [from, until].map(|day| day.map(format::date_short));
    match (from, until) {
        (None, None) => t!(l, "books-always"),
        (Some(from), None) => t!(l, "books-days-from", from = from),
        (None, Some(until)) => t!(l, "books-days-until", until = until),
        (Some(from), Some(until)) => t!(l, "books-days-between", from = from, until = until),
    }
}

/// A book in a few words, for the list: «EUR · Sempre».
pub fn detail<'l>(l: impl Into<Locale<'l>>, book: &PriceBook) -> String {
    format!("{} · {}", book.currency, days(l, book.from, book.until))
}

/// What a field of the form is called.
pub fn field_name<'l>(l: impl Into<Locale<'l>>, name: &str) -> String {
    let l: Locale<'_> = l.into();
    match name {
        "currency" => t!(l, "books-currency"),
        "days" => t!(l, "books-days"),
        other => pieces::field_name(l, other),
    }
}

pub fn list(shell: &Shell, rows: &[PieceRow]) -> Markup {
    let l = shell.locale();
    let (title, intro, new) = (t!(l, "books-title"), t!(l, "books-intro"), t!(l, "books-new"));
    pieces::list(shell, &PieceList { title, intro, path: PATH, icon: "tag", new, rows })
}

pub fn form(shell: &Shell, view: &PriceBookForm) -> Markup {
    let l = shell.locale();
    let errors = &view.frame.errors;
    let title = if view.frame.key.is_some() { t!(l, "books-edit") } else { t!(l, "books-new") };
    let body = html! {
        @if let Some(key) = &view.frame.key {
            p { (link_button(&prices::path(key, ""), "tag", &t!(l, "books-see-prices"))) }
        }
        section.panel { div.body {
            div.form-grid {
                (label_fields(l, "label", &t!(l, "pieces-name"), &view.label, errors))
                (Field::select("currency", t!(l, "books-currency"), &currencies()).value(&view.currency).problems(l, errors))
                (Field::date("from", t!(l, "books-from")).value(&view.from).problems(l, errors).hint(t!(l, "books-days-hint")).optional(l))
                (Field::date("until", t!(l, "books-until")).value(&view.until).problems(l, errors).optional(l))
            }
        } }
    };
    pieces::form(shell, PATH, &title, &view.frame, body)
}
