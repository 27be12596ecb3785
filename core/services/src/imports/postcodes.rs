//! Postcodes of Spain that lost their zero: spreadsheets take `08301` for a number.

use crate::lead_drafts::country_code;
use crate::records::Draft;
use model::FieldValue;

const POSTCODE: &str = "postcode";
const COUNTRY: &str = "country";
const SPAIN: &str = "ES";
/// One less than a postcode of Spain has.
const DIGITS: usize = 4;

/// Gives a postcode of four digits its zero back, where the row, the record that is there or else the company is of Spain.
/// Says what it was, if so.
pub(super) fn mend(draft: &mut Draft, stored: Option<FieldValue>, usual: &str) -> Option<String> {
    let postcode = draft.one(POSTCODE).map(str::trim).filter(|code| has_lost_zero(code))?.to_owned();
    let stored = match stored {
        Some(FieldValue::Text(code)) => Some(code),
        _ => None,
    };
    let country = match draft.one(COUNTRY).map(str::trim).filter(|text| !text.is_empty()) {
        // A country that nobody knows is told of by itself.
        Some(text) => country_code(text).unwrap_or_default(),
        None => stored.unwrap_or_else(|| usual.to_owned()),
    };
    if country != SPAIN {
        return None;
    }
    draft.put(POSTCODE, format!("0{postcode}"));
    Some(postcode)
}

/// Provinces 01 to 09.
fn has_lost_zero(code: &str) -> bool {
    code.len() == DIGITS && code.bytes().all(|byte| byte.is_ascii_digit()) && !code.starts_with('0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_postcodes_of_spain_get_a_zero() {
        let check = |postcode: &str, country: &str, stored: Option<&str>, expected: &str| {
            let mut draft = Draft::default();
            draft.put(POSTCODE, postcode);
            if !country.is_empty() {
                draft.put(COUNTRY, country);
            }
            let stored = stored.map(|code| FieldValue::Text(code.to_owned()));
            let mended = mend(&mut draft, stored, "ES");
            assert_eq!(draft.one(POSTCODE), Some(expected), "{postcode} {country}");
            assert_eq!(mended.as_deref(), (postcode != expected).then_some(postcode));
        };
        check("8301", "", None, "08301");
        check("8301", "ES", Some("BE"), "08301");
        check("8301", "BE", None, "8301");
        check("8301", "", Some("BE"), "8301");
        check("0830", "", None, "0830");
        check("17001", "", None, "17001");
        check("AD50", "", None, "AD50");
    }
}
