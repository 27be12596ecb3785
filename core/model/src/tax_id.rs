//! Tax ids: NIF, NIE and CIF of Spain, NRT of Andorra, and VAT numbers of the other member states of the European Union.
//!
//! Sources: Real Decreto 1065/2007 art. 18–22 and Orden EHA/451/2008 (letters and control digits of Spain);
//! Reglament del NRT of Andorra (letter, six digits, letter; its control letter is not public, only the form is checked).

/// Control letters of NIF and NIE: the number modulo 23 picks one.
const NIF_LETTERS: &[u8; 23] = b"TRWAGMYFPDXBNJZSQVHLCKE";
/// Control letters of CIF: the control digit picks one.
const CIF_LETTERS: &[u8; 10] = b"JABCDEFGHI";

/// The id without spaces, dots and hyphens, in upper case; or a problem code:
/// `tax-id-form` (no known form) or `tax-id-checksum` (the form is right, the control letter or digit is not).
pub fn normalize_tax_id(text: &str) -> Result<String, &'static str> {
    let id: String = crate::without_invisible(text)
        .chars()
        .filter(|character| !character.is_whitespace() && !"-./".contains(*character))
        .flat_map(char::to_uppercase)
        .collect();
    if crate::eu_vat::is_prefixed(&id) {
        return crate::eu_vat::normalize(&id);
    }
    let national = id.strip_prefix("ES").filter(|rest| rest.len() == 9).unwrap_or(&id);
    check(national.as_bytes())?;
    Ok(national.to_owned())
}

fn check(id: &[u8]) -> Result<(), &'static str> {
    match *id {
        [first, ref digits @ .., last] if digits.len() == 7 && all_digits(digits) => match first {
            b'0'..=b'9' => check_nif(number(&id[..8]), last),
            b'X' | b'Y' | b'Z' => check_nif(u64::from(first - b'X') * 10_000_000 + number(digits), last),
            b'K' | b'L' | b'M' => check_nif(number(digits), last),
            b'A'..=b'H' | b'J' | b'N' | b'P'..=b'S' | b'U' | b'V' | b'W' => check_cif(first, digits, last),
            _ => Err("tax-id-form"),
        },
        // Andorra: letter of the kind of taxpayer, six digits, control letter.
        [first, ref digits @ .., last]
            if digits.len() == 6
                && all_digits(digits)
                && b"ACDEFGLOPU".contains(&first)
                && last.is_ascii_uppercase() =>
        {
            Ok(())
        }
        _ => Err("tax-id-form"),
    }
}

fn check_nif(number: u64, letter: u8) -> Result<(), &'static str> {
    let expected = usize::try_from(number % 23).ok().and_then(|place| NIF_LETTERS.get(place));
    if !letter.is_ascii_uppercase() {
        return Err("tax-id-form");
    }
    if expected == Some(&letter) { Ok(()) } else { Err("tax-id-checksum") }
}

fn check_cif(kind: u8, digits: &[u8], control: u8) -> Result<(), &'static str> {
    let sum: u8 = digits
        .iter()
        .enumerate()
        .map(|(place, digit)| {
            let value = digit - b'0';
            // Odd places, counted from 1, are doubled and their digits added.
            if place % 2 == 0 { (value * 2) / 10 + (value * 2) % 10 } else { value }
        })
        .sum();
    let digit = (10 - sum % 10) % 10;
    let letter = CIF_LETTERS[usize::from(digit)];
    let right = match kind {
        // These have a letter.
        b'P' | b'Q' | b'R' | b'S' | b'N' | b'W' => control == letter,
        // These have a digit.
        b'A' | b'B' | b'E' | b'H' => control == b'0' + digit,
        _ => control == letter || control == b'0' + digit,
    };
    if right { Ok(()) } else { Err("tax-id-checksum") }
}

fn all_digits(bytes: &[u8]) -> bool {
    bytes.iter().all(u8::is_ascii_digit)
}

fn number(digits: &[u8]) -> u64 {
    digits.iter().fold(0, |number, digit| number * 10 + u64::from(digit.wrapping_sub(b'0')))
}

#[cfg(test)]
mod tests {
    use super::normalize_tax_id;

    #[test]
    fn knows_the_forms_and_their_checksums() {
        for (text, expected) in [
            ("12345678Z", Ok("12345678Z")),
            ("12.345.678-z", Ok("12345678Z")),
            ("12345678A", Err("tax-id-checksum")),
            ("X1234567L", Ok("X1234567L")),
            ("X1234567T", Err("tax-id-checksum")),
            ("A58818501", Ok("A58818501")),
            ("ES A58818501", Ok("A58818501")),
            ("A58818502", Err("tax-id-checksum")),
            ("Q2826000H", Ok("Q2826000H")),
            ("P0801900B", Ok("P0801900B")),
            ("P08019002", Err("tax-id-checksum")),
            ("L-123456-Z", Ok("L123456Z")),
            ("123", Err("tax-id-form")),
            ("", Err("tax-id-form")),
            ("I1234567L", Err("tax-id-form")),
            ("ñandú", Err("tax-id-form")),
        ] {
            assert_eq!(normalize_tax_id(text), expected.map(str::to_owned), "{text}");
        }
    }
}
