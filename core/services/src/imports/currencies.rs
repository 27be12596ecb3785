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

/// The code of the currency that a text names first.
fn named(text: &str) -> Option<&'static str> {
    let is_of_word = |character: char| character.is_alphabetic() || "€$£¥".contains(character);
    text.split(|character: char| !is_of_word(character)).filter(|word| !word.is_empty()).find_map(|word| {
        let folded = fold(word);
        let by_code = || CODES.into_iter().find(|code| code.eq_ignore_ascii_case(word));
        let by_word = WORDS.iter().find(|(known, _)| *known == folded || *known == word);
        by_word.map(|(_, code)| *code).or_else(by_code)
    })
}
