//! Currencies that a file names, in a column of their own or within its amounts: nothing is converted, so an amount in
//! another currency than the company's stays out.

use super::reading::ReadRow;
use model::{Currency, FieldErrors, fold};

/// Where a column that says the currency of a row's amounts goes. It is no field of the record.
pub(super) const CURRENCY: &str = "currency";
const OTHER: &str = "amount-currency";
/// Signs and words that people write for a currency.
const WORDS: [(&str, &str); 12] = [
    ("€", "EUR"),
    ("euro", "EUR"),
    ("euros", "EUR"),
    ("$", "USD"),
    ("us$", "USD"),
    ("dollar", "USD"),
    ("dollars", "USD"),
    ("£", "GBP"),
    ("pound", "GBP"),
    ("pounds", "GBP"),
    ("¥", "JPY"),
    ("zł", "PLN"),
];
/// Codes of ISO 4217 that stand beside amounts; not all, so that three letters that are no currency are none.
const CODES: [&str; 34] = [
    "EUR", "USD", "GBP", "CHF", "JPY", "CNY", "SEK", "NOK", "DKK", "ISK", "PLN", "CZK", "HUF", "RON", "BGN",
    "CAD", "AUD", "NZD", "MXN", "BRL", "ARS", "CLP", "COP", "PEN", "UYU", "MAD", "TRY", "INR", "HKD", "SGD",
    "ILS", "AED", "ZAR", "UAH",
];

/// Says which amounts of a row are in another currency than the company's. Problem code: `amount-currency`.
pub(super) fn check(read: &ReadRow, own: Currency, errors: &mut FieldErrors) {
    for (field, text) in &read.amounts {
        if let Some(code) = named(text).filter(|code| *code != own.code()) {
            errors.add(field, OTHER, code);
        }
    }
    if let Some(text) = read.currency.as_deref().filter(|_| !read.amounts.is_empty())
        && named(text) != Some(own.code())
    {
        errors.add(CURRENCY, OTHER, text);
    }
}

/// An amount of money with the code of the currency where it names the company's: `12 euros` as `12 EUR`.
pub(super) fn with_code(text: &str, own: Currency) -> String {
    reworded(text, &|code| (code == own.code()).then_some(code))
}

/// A number without what names the company's currency: `1.234,50 €` as `1.234,50`. In another one it stays as it is, to be
/// told of.
pub(super) fn without(text: &str, own: Currency) -> String {
    reworded(text, &|code| (code == own.code()).then_some(""))
}

/// A number without what names a currency, whichever that is.
pub(super) fn without_any(text: &str) -> String {
    reworded(text, &|_| Some(""))
}

/// The text with other words in place of those that name currencies; where there is nothing but words, as it is.
fn reworded(text: &str, by: &dyn Fn(&'static str) -> Option<&'static str>) -> String {
    if !text.contains(|character: char| character.is_ascii_digit()) {
        return text.to_owned();
    }
    let mut whole = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(is_of_word) {
        let (before, word) = rest.split_at(start);
        let (word, behind) = word.split_at(word.find(|sign| !is_of_word(sign)).unwrap_or(word.len()));
        whole.push_str(before);
        whole.push_str(meant(word).and_then(by).unwrap_or(word));
        rest = behind;
    }
    whole.push_str(rest);
    whole.trim().to_owned()
}

/// The code of the currency that a text names first.
fn named(text: &str) -> Option<&'static str> {
    text.split(|sign| !is_of_word(sign)).filter(|word| !word.is_empty()).find_map(meant)
}

fn is_of_word(character: char) -> bool {
    character.is_alphabetic() || "€$£¥".contains(character)
}

/// The code of the currency that a word is.
fn meant(word: &str) -> Option<&'static str> {
    let folded = fold(word);
    let by_code = || CODES.into_iter().find(|code| code.eq_ignore_ascii_case(word));
    let by_word = WORDS.iter().find(|(known, _)| *known == folded || *known == word);
    by_word.map(|(_, code)| *code).or_else(by_code)
}
