//! What a version says otherwise than the one before it.

use super::{at, per};
use crate::components::{Column, icon, link_button, page_head, table, tag};
use crate::messages::t;
use crate::prices::{money, number, share};
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
    /// Without tax, of both.
    pub amounts: (Option<Money>, Option<Money>),
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
            th scope="row" { (t!(l, "quotes-base")) }
            td data-l=(columns[1].label) { (total(view.amounts.0)) }
            td data-l=(columns[2].label) { (total(view.amounts.1)) }
        }
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
    let said = |parts: Vec<String>| parts.join(" · ");
    let whole =
        |line: &QuoteLine| said(parts(l, view, line).into_iter().filter(|part| !part.is_empty()).collect());
    let (what, mark, old, new) = match one {
        DifferenceView::Field(name, old, new) => (name.clone(), None, old.clone(), new.clone()),
        DifferenceView::Added(added) => (
            added.text.clone(),
            Some(tag("ok", "plus", &t!(l, "quotes-difference-added"))),
            String::new(),
            whole(added),
        ),
        DifferenceView::Removed(gone) => (
            gone.text.clone(),
            Some(tag("danger", "minus", &t!(l, "quotes-difference-removed"))),
            whole(gone),
            String::new(),
        ),
        DifferenceView::Changed(both) => {
            let (old, new) = changed(l, view, &both.0, &both.1);
            (both.1.text.clone(), None, said(old), said(new))
        }
    };
    html! {
        tr {
            th scope="row" { (what) @if let Some(mark) = mark { " " (mark) } }
            td data-l=(before.label) { @if old.is_empty() { "—" } @else { del { (old) } } }
            td data-l=(after.label) { @if new.is_empty() { "—" } @else { (icon("arrow-right")) " " (new) } }
        }
    }
}

/// What a line says besides its text: how many at which price, how often, the tax, for how long, and whether it is in. Each has
/// its place; what there is nothing to say of is empty.
fn parts(l: Locale<'_>, view: &DifferencesPage, line: &QuoteLine) -> [String; 6] {
    if !line.is_priced() {
        return Default::default();
    }
    let mut price = format!("{} × {}", number(l, line.quantity), money(l, line.unit_price, view.currency));
    if !line.discount.is_zero() {
        price += &format!(" − {}", share(l, line.discount));
    }
    let optional = match (line.optional, line.ticked) {
        (false, _) => String::new(),
        (true, true) => t!(l, "quotes-optional-in"),
        (true, false) => t!(l, "quotes-optional-out"),
    };
    [
        price,
        per(l, line.billing).unwrap_or_default(),
        if line.exempt { t!(l, "quotes-exempt") } else { share(l, line.percent) },
        line.minimum().map(|months| t!(l, "quotes-minimum", months = months)).unwrap_or_default(),
        optional,
        line.alternative
            .as_ref()
            .map(|name| t!(l, "quotes-alternative", name = name.as_str()))
            .unwrap_or_default(),
    ]
}

/// The price of both, and of the rest what differs; of texts, the texts.
fn changed(
    l: Locale<'_>,
    view: &DifferencesPage,
    before: &QuoteLine,
    after: &QuoteLine,
) -> (Vec<String>, Vec<String>) {
    let (mut old, mut new) = (Vec::new(), Vec::new());
    if before.text != after.text {
        old.push(before.text.clone());
        new.push(after.text.clone());
    }
    let both = parts(l, view, before).into_iter().zip(parts(l, view, after));
    for (place, (one, other)) in both.enumerate() {
        if place == 0 || one != other {
            old.extend(Some(one).filter(|part| !part.is_empty()));
            new.extend(Some(other).filter(|part| !part.is_empty()));
        }
    }
    (old, new)
}
