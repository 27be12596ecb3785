//! What a version says otherwise than the one before it.

use super::at;
use crate::components::{Column, icon, link_button, page_head, table, tag};
use crate::messages::t;
use crate::prices::{money, number};
use crate::shell::{Nav, Page, Shell};
use crate::{Locale, format};
use maud::{Markup, html};
use model::{Currency, Money, QuoteLine};

/// One difference.
#[derive(Clone, PartialEq, Debug)]
pub enum DifferenceView {
    /// What the field is called, and what it said before and says now.
    Field(String, String, String),
    Added(QuoteLine),
    Removed(QuoteLine),
    Changed(Box<(QuoteLine, QuoteLine)>),
}

/// `GET /quotes/{id}/differences`.
#[derive(Clone, PartialEq, Debug)]
pub struct DifferencesPage {
    pub id: String,
    pub before: String,
    pub after: String,
    pub currency: Currency,
    pub totals: (Option<Money>, Option<Money>),
    pub found: Vec<DifferenceView>,
}

pub fn differences_page(shell: &Shell, view: &DifferencesPage) -> Markup {
    let l = shell.locale();
    let title = t!(l, "quotes-differences-of", before = view.before.as_str(), after = view.after.as_str());
    let columns = [
        Column::text(t!(l, "quotes-difference-what")),
        Column::text(view.before.as_str()),
        Column::text(view.after.as_str()),
    ];
    let total = |money: Option<Money>| {
        money.map(|money| format::money(l.language, money)).unwrap_or_else(|| "—".to_owned())
    };
    let rows = html! {
        @for one in &view.found { (row(l, view, &columns, one)) }
        tr {
            th scope="row" { strong { (t!(l, "quotes-total")) } }
            td data-l=(columns[1].label) { (total(view.totals.0)) }
            td data-l=(columns[2].label) { strong { (total(view.totals.1)) } }
        }
    };
    shell.page(
        &Page::new(title.as_str(), Nav::Quotes),
        html! {
            (page_head(&title, None, link_button(&at(&view.id, ""), "chevron-left", &t!(l, "quotes-back"))))
            @if view.found.is_empty() { p { (t!(l, "quotes-differences-none")) } }
            (table(&title, &columns, rows))
        },
    )
}

fn row(l: Locale<'_>, view: &DifferencesPage, columns: &[Column], one: &DifferenceView) -> Markup {
    let [_, before, after] = columns else { return html! {} };
    let line = |line: &QuoteLine| {
        format!("{} × {}", number(l, line.quantity), money(l, line.unit_price, view.currency))
            + &if line.discount.is_zero() {
                String::new()
            } else {
                format!(" − {}\u{a0}%", number(l, line.discount))
            }
    };
    let (what, mark, old, new) = match one {
        DifferenceView::Field(name, old, new) => (name.clone(), None, old.clone(), new.clone()),
        DifferenceView::Added(added) => (
            added.text.clone(),
            Some(tag("ok", "plus", &t!(l, "quotes-difference-added"))),
            String::new(),
            line(added),
        ),
        DifferenceView::Removed(gone) => (
            gone.text.clone(),
            Some(tag("danger", "minus", &t!(l, "quotes-difference-removed"))),
            line(gone),
            String::new(),
        ),
        DifferenceView::Changed(both) => (both.1.text.clone(), None, line(&both.0), line(&both.1)),
    };
    html! {
        tr {
            th scope="row" { (what) @if let Some(mark) = mark { " " (mark) } }
            td data-l=(before.label) { @if old.is_empty() { "—" } @else { del { (old) } } }
            td data-l=(after.label) { @if new.is_empty() { "—" } @else { (icon("arrow-right")) " " (new) } }
        }
    }
}
