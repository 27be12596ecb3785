//! Amounts and dates as people type them.

use crate::{Currency, Money};
use jiff::civil::Date;
use rust_decimal::Decimal;

/// Ten thousand million: more is a slip of the keyboard.
const MINOR_UNITS_MAX: i64 = 1_000_000_000_000;

/// An amount in local notation: `1.234,5`, `1234,5`, `1234.50`, `1 234,50 €`. A single point or comma followed by
/// exactly three digits separates thousands when it is a point, decimals never have three digits.
/// Problem codes: `amount-form`, `amount-range`.
pub fn parse_amount(text: &str, currency: Currency) -> Result<Money, &'static str> {
    let bare: String = text
        .replace(currency.code(), "")
        .replace(currency.symbol(), "")
        .chars()
        .filter(|character| !character.is_whitespace() && *character != '\'')
        .map(|character| if character == '−' { '-' } else { character })
        .collect();
    let (negative, digits) = match bare.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, bare.as_str()),
    };
    let (whole, decimals) = split_decimals(digits)?;
    let whole = join_thousands(whole)?;
    let cents = match decimals.len() {
        0 => 0,
        1 => digit_value(decimals)? * 10,
        2 => digit_value(decimals)?,
        _ => return Err("amount-form"),
    };
    let minor_units = digit_value(&whole)?
        .checked_mul(100)
        .and_then(|hundreds| hundreds.checked_add(cents))
        .filter(|minor_units| *minor_units <= MINOR_UNITS_MAX)
        .ok_or("amount-range")?;
    Ok(Money { minor_units: if negative { -minor_units } else { minor_units }, currency })
}

/// As many digits before the sign of decimals as amounts have, and after it as quantities need.
const NUMBER_MAX: i64 = 1_000_000_000_000;
const DECIMALS_MAX: u32 = 6;

/// A decimal number in local notation: `1.234,5`, `12,125`, `12.5`, `0.125`, `-3`. A single comma begins decimals; a
/// single point followed by exactly three digits separates thousands, unless a zero stands before it.
/// Problem codes: `decimal-form`, `decimal-range`.
pub fn parse_number(text: &str) -> Result<Decimal, &'static str> {
    let bare: String = text
        .chars()
        .filter(|character| !character.is_whitespace() && *character != '\'')
        .map(|character| if character == '−' { '-' } else { character })
        .collect();
    let (sign, digits) = match bare.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", bare.as_str()),
    };
    let count = |sign: char| digits.matches(sign).count();
    let is_decimal = (count(',') == 1 && count('.') == 0) || (count('.') == 1 && digits.starts_with("0."));
    let (whole, decimals) = if is_decimal {
        digits.split_once([',', '.']).unwrap_or((digits, ""))
    } else {
        split_decimals(digits).map_err(|_| "decimal-form")?
    };
    let whole = join_thousands(whole).map_err(|_| "decimal-form")?;
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !is_digits(&whole) || !is_digits(decimals) {
        return Err("decimal-form");
    }
    if whole.len() > 20 || decimals.len() > 20 {
        return Err("decimal-range");
    }
    let number: Decimal =
        format!("{sign}{whole}.{decimals}0").parse().map_err(|_: rust_decimal::Error| "decimal-form")?;
    let number = number.normalize();
    if number.abs() > Decimal::from(NUMBER_MAX) || number.scale() > DECIMALS_MAX {
        return Err("decimal-range");
    }
    Ok(number)
}

fn digit_value(digits: &str) -> Result<i64, &'static str> {
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err("amount-form");
    }
    digits.parse().map_err(|_| "amount-range")
}

/// The last separator begins the decimals, unless it can only be one of thousands.
fn split_decimals(digits: &str) -> Result<(&str, &str), &'static str> {
    let separators: Vec<(usize, char)> =
        digits.char_indices().filter(|(_, character)| matches!(character, '.' | ',')).collect();
    let Some(&(place, last)) = separators.last() else {
        return Ok((digits, ""));
    };
    let repeated = separators.iter().filter(|(_, character)| *character == last).count() > 1;
    let after = &digits[place + 1..];
    let mixed = separators.iter().any(|(_, character)| *character != last);
    if repeated && mixed {
        return Err("amount-form");
    }
    let thousands = repeated || (!mixed && after.len() == 3);
    if thousands { Ok((digits, "")) } else { Ok((&digits[..place], after)) }
}

fn join_thousands(whole: &str) -> Result<String, &'static str> {
    let groups: Vec<&str> = whole.split(['.', ',']).collect();
    let well_grouped = groups.len() == 1
        || (groups.iter().skip(1).all(|group| group.len() == 3)
            && groups.first().is_some_and(|group| (1..=3).contains(&group.len())));
    if well_grouped { Ok(groups.concat()) } else { Err("amount-form") }
}

/// A date as European people write it (`23/11/2026`, `23-11-26`, `23.11.2026`) or in ISO order. Problem code `date-form`.
pub fn parse_date(text: &str) -> Result<Date, &'static str> {
    let text = text.trim();
    if let Ok(date) = text.parse::<Date>() {
        return Ok(date);
    }
    let parts: Vec<i16> = text
        .split(['/', '-', '.'])
        .map(|part| part.parse().map_err(|_| "date-form"))
        .collect::<Result<_, _>>()?;
    let [day, month, year] = parts[..] else {
        return Err("date-form");
    };
    let year = if (0..100).contains(&year) { 2000 + year } else { year };
    let small = |number: i16| i8::try_from(number).map_err(|_| "date-form");
    Date::new(year, small(month)?, small(day)?).map_err(|_| "date-form")
}

/// The first day of a month: `2026-11`.
pub fn parse_month(text: &str) -> Option<Date> {
    let (year, month) = text.split_once('-')?;
    Date::new(year.parse().ok()?, month.parse().ok()?, 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_amounts_in_every_notation() {
        for (text, expected) in [
            ("1.234,5", Ok(123_450)),
            ("1234,5", Ok(123_450)),
            ("1234.50", Ok(123_450)),
            ("1 234,50 €", Ok(123_450)),
            ("1\u{a0}234,50\u{a0}EUR", Ok(123_450)),
            ("1.234", Ok(123_400)),
            ("1,234", Ok(123_400)),
            ("1.234.567", Ok(123_456_700)),
            ("1,234.56", Ok(123_456)),
            ("-12", Ok(-1_200)),
            ("−12,3", Ok(-1_230)),
            ("0", Ok(0)),
            ("12,", Ok(1_200)),
            ("1.23.456", Err("amount-form")),
            ("1.2,3.4", Err("amount-form")),
            ("12,3456", Err("amount-form")),
            ("uns 3000", Err("amount-form")),
            ("", Err("amount-form")),
            ("99999999999999999999", Err("amount-range")),
            ("20000000000", Err("amount-range")),
        ] {
            let parsed = parse_amount(text, Currency::Eur).map(|money| money.minor_units);
            assert_eq!(parsed, expected, "{text}");
        }
    }

    #[test]
    fn reads_numbers_in_every_notation() {
        for (text, expected) in [
            ("12", Ok("12")),
            ("12,5", Ok("12.5")),
            ("12.50", Ok("12.5")),
            ("12,125", Ok("12.125")),
            ("1.234", Ok("1234")),
            ("0.125", Ok("0.125")),
            ("1.234.567,5", Ok("1234567.5")),
            ("1,234.5", Ok("1234.5")),
            ("1,234,567", Ok("1234567")),
            ("-3", Ok("-3")),
            ("−0,0", Ok("0")),
            ("1 000", Ok("1000")),
            ("0,0000001", Err("decimal-range")),
            ("1000000000001", Err("decimal-range")),
            ("99999999999999999999999999", Err("decimal-range")),
            ("1e5", Err("decimal-form")),
            ("12 m2", Err("decimal-form")),
            ("1.2.3", Err("decimal-form")),
            ("", Err("decimal-form")),
            ("-", Err("decimal-form")),
            ("NaN", Err("decimal-form")),
        ] {
            let parsed = parse_number(text).map(|number| number.to_string());
            assert_eq!(parsed, expected.map(str::to_owned), "{text}");
        }
    }

    #[test]
    fn reads_dates() {
        for (text, expected) in [
            ("23/11/2026", Ok("2026-11-23")),
            ("3-2-26", Ok("2026-02-03")),
            ("2026-11-23", Ok("2026-11-23")),
            ("11/23/2026", Err("date-form")),
            ("demà", Err("date-form")),
        ] {
            assert_eq!(parse_date(text).map(|date| date.to_string()), expected.map(str::to_owned), "{text}");
        }
    }
}
