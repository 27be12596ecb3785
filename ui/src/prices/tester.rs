//! What would a company pay: the question and its answer, with the reason.

use super::page::BookPage;
use super::{book_name, money, number, path};
use crate::components::{Column, Field, Picker, icon, table, tag};
use crate::messages::t;
use crate::{Locale, format, price_books};
use maud::{Markup, html};
use model::jiff::civil::Date;
use model::{Currency, Decimal, FieldErrors};

/// Why the price is not from the book.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Why {
    NoBook,
    Unknown,
    Archived,
    NotYet(Date),
    Over(Date),
    NotInBook,
    BelowFirst(Decimal),
    NotThatDay,
}

/// What one price of the book is to the question.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TierState {
    Counts,
    MoreNeeded,
    NotYet,
    Over,
    Beaten,
    BookAside,
}

/// One price of the product in the book.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TesterTier {
    pub from_quantity: Decimal,
    pub unit_price: Decimal,
    pub from: Option<Date>,
    pub until: Option<Date>,
    pub state: TierState,
}

/// The answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Answer {
    /// The key of the book that was looked in.
    pub book: Option<String>,
    pub price: Option<(Decimal, Currency)>,
    /// Of the price of the book.
    pub from_quantity: Decimal,
    pub why: Option<Why>,
    pub tiers: Vec<TesterTier>,
}

/// Sends `test_company`, `test_product` (each with `.pick`), `test_quantity`, `test_day` by GET.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct TesterForm {
    pub company: String,
    pub company_picker: Option<Picker>,
    pub product: String,
    pub product_picker: Option<Picker>,
    pub quantity: String,
    pub day: String,
    /// Whether somebody asked.
    pub is_asked: bool,
    pub errors: FieldErrors,
    pub answer: Option<Answer>,
}

const NUMBER_CHARACTERS_MAX: u32 = 24;
const NAME_CHARACTERS_MAX: u32 = 200;

pub(super) fn tester(l: Locale<'_>, view: &BookPage) -> Markup {
    let form = &view.tester;
    let errors = &form.errors;
    let search = |name, label, value, picker: &Option<Picker>| {
        let field = Field::text(name, label).value(value).problems(l, errors);
        let field = field.maximum_characters(NAME_CHARACTERS_MAX);
        match picker {
            Some(picker) => field.picker(l, picker.clone()),
            None => field,
        }
    };
    let company = search("test_company", t!(l, "prices-test-company"), &form.company, &form.company_picker);
    let product = search("test_product", t!(l, "prices-test-product"), &form.product, &form.product_picker);
    html! {
        details.panel.drawer #test open[form.is_asked] {
            summary { (icon("search")) (t!(l, "prices-test")) (icon("chevron-down")) }
            div.body {
                form.form method="get" action=(format!("{}#test", path(&view.key, ""))) {
                    p.muted { (t!(l, "prices-test-text")) }
                    div.form-grid {
                        (company.optional(l))
                        (product.hint(t!(l, "prices-product-hint")).required())
                        (Field::decimal("test_quantity", t!(l, "prices-test-quantity")).value(&form.quantity).problems(l, errors).maximum_characters(NUMBER_CHARACTERS_MAX))
                        (Field::date("test_day", t!(l, "prices-test-day")).value(&form.day).problems(l, errors))
                    }
                    div.form-actions { button.btn.primary type="submit" { (t!(l, "prices-test-ask")) } }
                }
                @if let Some(told) = &form.answer { (answer(l, told)) }
            }
        }
    }
}

fn answer(l: Locale<'_>, told: &Answer) -> Markup {
    let book = told.book.as_deref().map(|key| book_name(l, key)).unwrap_or_default();
    html! {
        div.stack-m role="status" {
            p.figure {
                @match told.price {
                    Some((price, currency)) => { strong { (money(l, price, currency)) } }
                    None => { strong { (t!(l, "prices-test-nothing")) } }
                }
            }
            p {
                @match &told.why {
                    None => { (t!(l, "prices-test-from-book", book = book.as_str(), quantity = number(l, told.from_quantity))) }
                    Some(why) => {
                        @if told.price.is_some() { (t!(l, "prices-test-own")) } @else { (t!(l, "prices-test-nothing-text")) }
                        " " (reason(l, why, &book))
                    }
                }
            }
            @if !told.tiers.is_empty() { (tiers(l, told)) }
        }
    }
}

fn reason(l: Locale<'_>, why: &Why, book: &str) -> String {
    match why {
        Why::NoBook => t!(l, "prices-why-no-book"),
        Why::Unknown => t!(l, "prices-why-unknown"),
        Why::Archived => t!(l, "prices-why-archived", book = book),
        Why::NotYet(day) => t!(l, "prices-why-not-yet", book = book, day = format::date_short(*day)),
        Why::Over(day) => t!(l, "prices-why-over", book = book, day = format::date_short(*day)),
        Why::NotInBook => t!(l, "prices-why-not-in-book", book = book),
        Why::BelowFirst(from) => t!(l, "prices-why-below", book = book, quantity = number(l, *from)),
        Why::NotThatDay => t!(l, "prices-why-that-day", book = book),
    }
}

fn tiers(l: Locale<'_>, told: &Answer) -> Markup {
    let caption = t!(l, "prices-test-tiers");
    let book = told.book.as_deref().and_then(|key| l.frame().price_books.get(key));
    let currency = book.map(|book| book.piece.currency).unwrap_or_default();
    let columns = [
        Column::text(t!(l, "prices-column-quantity")),
        Column::number(t!(l, "prices-column-price")),
        Column::text(t!(l, "books-days")),
        Column::text(t!(l, "pieces-state")),
    ];
    let body = html! {
        @for tier in &told.tiers {
            tr {
                th scope="row" { (number(l, tier.from_quantity)) }
                td.num data-l=(columns[1].label) { (money(l, tier.unit_price, currency)) }
                td data-l=(columns[2].label) { (price_books::days(l, tier.from, tier.until)) }
                td data-l=(columns[3].label) { (state(l, tier.state)) }
            }
        }
    };
    table(&caption, &columns, body)
}

fn state(l: Locale<'_>, state: TierState) -> Markup {
    match state {
        TierState::Counts => tag("ok", "circle-check", &t!(l, "prices-tier-counts")),
        TierState::MoreNeeded => tag("", "minus", &t!(l, "prices-tier-more")),
        TierState::NotYet => tag("", "clock", &t!(l, "prices-tier-not-yet")),
        TierState::Over => tag("", "clock", &t!(l, "prices-tier-over")),
        TierState::Beaten => tag("", "minus", &t!(l, "prices-tier-beaten")),
        TierState::BookAside => tag("", "x", &t!(l, "prices-tier-aside")),
    }
}
