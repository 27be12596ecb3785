//! On the page of a product: its prices in all books, and what is in a bundle.

use super::{money, number, path, percent};
use crate::components::{Fact, Value, facts, panel};
use crate::messages::t;
use crate::{Locale, price_books};
use maud::{Markup, html};
use model::jiff::civil::Date;
use model::{Currency, Decimal};

/// One price.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TierLine {
    pub from_quantity: Decimal,
    pub unit_price: Decimal,
    pub from: Option<Date>,
    pub until: Option<Date>,
}

/// The prices of one book.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BookTiers {
    pub key: String,
    pub label: String,
    pub currency: Currency,
    pub archived: bool,
    pub tiers: Vec<TierLine>,
}

/// A component of a bundle.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BundleLine {
    pub id: String,
    pub name: String,
    pub quantity: Decimal,
    pub unit_price: Option<Decimal>,
}

/// What is in a bundle, and what it costs apart beside its own price.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BundleView {
    pub lines: Vec<BundleLine>,
    pub apart: Option<Decimal>,
    pub cost: Option<Decimal>,
    pub sees_cost: bool,
    pub own: Option<Decimal>,
}

/// What the page of a product has besides its fields.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ProductPrices {
    pub product: String,
    /// Of the product's own price.
    pub currency: Currency,
    pub books: Vec<BookTiers>,
    /// Whether there are books at all.
    pub has_books: bool,
    pub bundle: Option<BundleView>,
}

pub(crate) fn card(l: Locale<'_>, view: &ProductPrices) -> Markup {
    if !view.has_books {
        return html! {};
    }
    panel(
        &t!(l, "prices-card"),
        html! { a href=(super::PATH) { (t!(l, "books-title")) } },
        html! {
            div.body.stack-m {
                @if view.books.is_empty() { p.muted { (t!(l, "prices-card-none")) } }
                @for book in &view.books { (book_tiers(l, view, book)) }
            }
        },
    )
}

fn book_tiers(l: Locale<'_>, view: &ProductPrices, book: &BookTiers) -> Markup {
    let fact = |tier: &TierLine| {
        let days = match (tier.from, tier.until) {
            (None, None) => String::new(),
            (from, until) => format!(" · {}", price_books::days(l, from, until)),
        };
        let label = t!(l, "prices-card-from", quantity = number(l, tier.from_quantity));
        Fact::new(label, Value::Text(format!("{}{days}", money(l, tier.unit_price, book.currency))))
    };
    let entries: Vec<Fact> = book.tiers.iter().map(fact).collect();
    html! {
        div {
            h3 {
                a.target href=(format!("{}?product={}", path(&book.key, ""), view.product)) { (book.label) }
                @if book.archived { span.muted { " · " (t!(l, "pieces-archived")) } }
            }
            (facts(l, &entries))
        }
    }
}

/// The components of a bundle with their sums.
pub(crate) fn bundle_card(l: Locale<'_>, view: &ProductPrices) -> Markup {
    let Some(bundle) = &view.bundle else { return html! {} };
    let amount = |sum: Option<Decimal>| {
        Value::Text(match sum {
            Some(sum) => money(l, sum, view.currency),
            None => t!(l, "bundles-unknown"),
        })
    };
    let mut sums = vec![Fact::new(t!(l, "bundles-apart"), amount(bundle.apart))];
    if let Some(own) = bundle.own {
        sums.push(Fact::new(t!(l, "bundles-own"), amount(Some(own))));
        if let Some(apart) = bundle.apart {
            let far = super::difference(own, apart).map(|far| format!(" ({})", percent(l, far)));
            let text = money(l, own - apart, view.currency) + &far.unwrap_or_default();
            sums.push(Fact::new(t!(l, "bundles-difference"), Value::Text(text)));
        }
    }
    if bundle.sees_cost {
        sums.push(Fact::new(t!(l, "bundles-cost"), amount(bundle.cost)));
    }
    panel(
        &t!(l, "bundles-title"),
        html! {},
        html! {
            div.body.stack-m {
                ul.plain.stack-s {
                    @for line in &bundle.lines {
                        li {
                            a.target href=(format!("/products/{}", line.id)) {
                                (t!(l, "bundles-part", quantity = number(l, line.quantity), name = line.name.as_str()))
                            }
                            @if let Some(price) = line.unit_price { span.muted { " · " (money(l, price, view.currency)) } }
                        }
                    }
                }
                (facts(l, &sums))
            }
        },
    )
}
