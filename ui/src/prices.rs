//! Prices: the books with how many each has, the prices of one, what somebody would pay, mass changes, and lists as files.

mod card;
mod change;
mod file;
mod form;
mod page;
mod tester;

pub use card::{BookTiers, BundleLine, BundleView, ProductPrices, TierLine};
pub(crate) use card::{bundle_card, card};
pub use change::{ChangeDone, ChangePage, ChangePreview, ChangeRow, change_page, changed_page};
pub use file::{FilePage, FileReview, RowProblemLine, file_page, titles};
pub use form::{PriceForm, edit_page};
pub use page::{BookLine, BookPage, BooksPage, PriceLine, book_page, books_page};
pub use tester::{Answer, TesterForm, TesterTier, TierState, Why};

use crate::messages::t;
use crate::{Locale, format, price_books};
use model::jiff::civil::Date;
use model::{Change, Currency, Decimal, Deed, Money, Price};

/// The books for those who see products.
pub const PATH: &str = "/price-books";

/// A page of a book: `path("wholesale", "/change")`.
pub fn path(book: &str, rest: &str) -> String {
    format!("{PATH}/{book}{rest}")
}

/// «9,50 €»; prices of a part of a cent with all their decimals.
pub fn money<'l>(l: impl Into<Locale<'l>>, price: Decimal, currency: Currency) -> String {
    let l: Locale<'_> = l.into();
    let price = price.normalize();
    let cents = (price.scale() <= 2).then(|| price.checked_mul(Decimal::ONE_HUNDRED)).flatten();
    match cents.and_then(|cents| i64::try_from(cents).ok()) {
        Some(minor_units) => format::money(l, Money { minor_units, currency }),
        None if l.language == model::Language::En => format!("{}{}", currency.symbol(), number(l, price)),
        None => format!("{}\u{a0}{}", number(l, price), currency.symbol()),
    }
}

/// «1.234,5».
pub fn number<'l>(l: impl Into<Locale<'l>>, number: Decimal) -> String {
    let l: Locale<'_> = l.into();
    format::decimal(l, &number.normalize().to_string())
}

/// A number as forms show it: with a comma, without signs of thousands.
pub fn typed_number(number: Decimal) -> String {
    number.normalize().to_string().replace('.', ",")
}

/// «3,5 %».
pub fn share<'l>(l: impl Into<Locale<'l>>, percent: Decimal) -> String {
    let l: Locale<'_> = l.into();
    let space = if l.language == model::Language::En { "" } else { "\u{a0}" };
    format!("{}{space}%", number(l, percent))
}

/// «+3,5 %», «−5 %».
pub fn percent<'l>(l: impl Into<Locale<'l>>, percent: Decimal) -> String {
    let l: Locale<'_> = l.into();
    let sign = match percent {
        zero if zero.is_zero() => "",
        below if below < Decimal::ZERO => "−",
        _ => "+",
    };
    format!("{sign}{}", share(l, percent.abs()))
}

/// How far a price is from another, in percent with one decimal; nothing where there is nothing to compare with.
pub fn difference(price: Decimal, list: Decimal) -> Option<Decimal> {
    if list.is_zero() {
        return None;
    }
    let percent = (price - list).checked_mul(Decimal::ONE_HUNDRED)? / list;
    Some(percent.round_dp_with_strategy(1, model::RoundingStrategy::MidpointAwayFromZero))
}

/// «9,50 € des de 10 · Sempre».
pub fn said<'l>(
    l: impl Into<Locale<'l>>,
    price: (Decimal, Currency),
    from_quantity: Decimal,
    days: (Option<Date>, Option<Date>),
) -> String {
    let l: Locale<'_> = l.into();
    t!(
        l,
        "prices-said",
        price = money(l, price.0, price.1),
        quantity = number(l, from_quantity),
        days = price_books::days(l, days.0, days.1)
    )
}

/// What a book is called; its key where it is not there any more.
pub fn book_name<'l>(l: impl Into<Locale<'l>>, key: &str) -> String {
    let l: Locale<'_> = l.into();
    let book = l.frame().price_books.get(key);
    book.map_or_else(|| key.to_owned(), |book| book.piece.label.get(l.language).to_owned())
}

/// A change of a price on the timeline of its product.
pub(crate) fn event_title(l: Locale<'_>, change: &Change, who: &str) -> Option<String> {
    let by = if who.is_empty() { "nobody" } else { "person" };
    let Some(price) = change.record::<Price>() else {
        let book = book_name(l, change.before.get("book")?.as_str()?);
        return Some(t!(l, "prices-event-removed", by = by, who = who, book = book));
    };
    let currency = l.frame().price_books.get(&price.book).map(|book| book.piece.currency).unwrap_or_default();
    let words = said(l, (price.unit_price, currency), price.from_quantity, (price.from, price.until));
    let book = book_name(l, &price.book);
    Some(match change.deed {
        Deed::Created => t!(l, "prices-event-created", by = by, who = who, book = book, price = words),
        _ => t!(l, "prices-event-changed", by = by, who = who, book = book, price = words),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::Language;

    #[test]
    fn prices_are_written_with_the_decimals_they_have() {
        let price = |text: &str| money(Language::Ca, text.parse().unwrap(), Currency::Eur);
        assert_eq!(price("1234.5"), "1.234,50\u{a0}€");
        assert_eq!(price("0.1250"), "0,125\u{a0}€");
        assert_eq!(percent(Language::Ca, "-2.5".parse().unwrap()), "−2,5\u{a0}%");
        assert_eq!(percent(Language::En, "3".parse().unwrap()), "+3%");
        assert_eq!(difference(Decimal::from(9), Decimal::from(7)), "28.6".parse().ok());
        assert_eq!(difference(Decimal::ONE, Decimal::ZERO), None);
    }
}
