//! Telephone numbers.

use phonenumber::Mode;
use phonenumber::country::Id as Country;
use std::str::FromStr;

/// The number in E.164 form, read as one of `country` (ISO 3166-1 alpha-2) when it has no prefix;
/// or the problem code `phone-form`.
pub fn normalize_phone(text: &str, country: &str) -> Result<String, &'static str> {
    let text = crate::without_invisible(text).trim().replace('\u{a0}', " ");
    let text = match text.strip_prefix("00") {
        Some(rest) => format!("+{rest}"),
        None => text,
    };
    let strange = |character: char| !character.is_ascii_digit() && !" +-().·/".contains(character);
    if text.contains(strange) {
        return Err("phone-form");
    }
    let country = Country::from_str(country).map_err(|_| "phone-form")?;
    let number = phonenumber::parse(Some(country), &text).map_err(|_| "phone-form")?;
    if phonenumber::is_valid(&number) {
        Ok(number.format().mode(Mode::E164).to_string())
    } else {
        Err("phone-form")
    }
}

/// As people of the same country write it: «972 12 34 56»; numbers of other countries with their prefix.
pub fn display_phone(e164: &str) -> String {
    let grouped = |digits: &str, sizes: &[usize]| {
        let mut rest = digits;
        let mut groups = Vec::with_capacity(sizes.len());
        for size in sizes {
            let (group, remaining) = rest.split_at((*size).min(rest.len()));
            groups.push(group);
            rest = remaining;
        }
        groups.join(" ")
    };
    match (e164.strip_prefix("+34"), e164.strip_prefix("+376")) {
        (Some(national), _) if national.len() == 9 && national.is_ascii() => grouped(national, &[3, 2, 2, 2]),
        (_, Some(national)) if national.len() == 6 && national.is_ascii() => {
            format!("+376 {}", grouped(national, &[3, 3]))
        }
        _ => phonenumber::parse(None, e164)
            .map(|number| number.format().mode(Mode::International).to_string())
            .unwrap_or_else(|_| e164.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::{display_phone, normalize_phone};

    #[test]
    fn reads_numbers_as_people_write_them() {
        for (text, country, expected) in [
            ("972 12 34 56", "ES", Ok("+34972123456")),
            ("(972) 12-34-56", "ES", Ok("+34972123456")),
            ("0034 612345678", "ES", Ok("+34612345678")),
            ("+376 812 345", "ES", Ok("+376812345")),
            ("812345", "AD", Ok("+376812345")),
            ("12345", "ES", Err("phone-form")),
            ("truqueu al matí", "ES", Err("phone-form")),
            ("972123456 ext 2", "ES", Err("phone-form")),
            ("", "ES", Err("phone-form")),
        ] {
            assert_eq!(normalize_phone(text, country), expected.map(str::to_owned), "{text}");
        }
    }

    #[test]
    fn shows_numbers_as_people_read_them() {
        for (number, expected) in [
            ("+34972123456", "972 12 34 56"),
            ("+376812345", "+376 812 345"),
            ("+33142685300", "+33 1 42 68 53 00"),
            ("strange", "strange"),
        ] {
            assert_eq!(display_phone(number), expected);
        }
    }
}
