//! VAT numbers of the member states of the European Union other than Spain: their form, and their checksum where one is
//! known.
//!
//! Source of the forms: Council Directive 2006/112/EC art. 214–215 and the structures that the Commission lists for VIES
//! (ec.europa.eu/taxation_customs/vies, «VAT identification numbers»). The checksums are those that the member states'
//! administrations publish. Only the form is checked where there is none or it is not public: Czech numbers of nine
//! digits, Latvian ones of natural persons, French ones whose key has letters (of these the SIREN is checked), and the
//! last two digits of Swedish ones. Greece has the prefix `EL`.

/// Whether a text begins as the VAT number of another member state.
pub(crate) fn is_prefixed(id: &str) -> bool {
    id.get(..2).is_some_and(|prefix| PREFIXES.contains(&prefix))
}

const PREFIXES: [&str; 26] = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "EL", "FI", "FR", "HR", "HU", "IE", "IT", "LT", "LU",
    "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
];

/// The number with its prefix as it is kept; or a problem code as for other tax ids.
pub(crate) fn normalize(id: &str) -> Result<String, &'static str> {
    let (prefix, rest) = id.split_at_checked(2).ok_or(FORM)?;
    // Belgium and Greece once had a digit less.
    let rest = match (prefix, rest.len()) {
        ("BE", 9) | ("EL", 8) => format!("0{rest}"),
        _ => rest.to_owned(),
    };
    let checked =
        if is_digits(&rest) { by_digits(prefix, &digits(&rest)) } else { with_letters(prefix, &rest) };
    if checked? { Ok(format!("{prefix}{rest}")) } else { Err("tax-id-checksum") }
}

const FORM: &str = "tax-id-form";

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn digits(text: &str) -> Vec<u32> {
    text.chars().filter_map(|character| character.to_digit(10)).collect()
}

/// Whether the checksum is right; an error where the form is not.
fn by_digits(prefix: &str, number: &[u32]) -> Result<bool, &'static str> {
    let last = number.last().copied().unwrap_or_default();
    let value = number.iter().fold(0_u64, |value, digit| value * 10 + u64::from(*digit));
    Ok(match (prefix, number.len()) {
        ("BE", 10) => number[0] <= 1 && 97 - (value / 100) % 97 == value % 100,
        ("BG", 9) => bulgarian(number) == last,
        ("BG", 10) => bulgarian_person(number),
        ("CZ", 8) => {
            let rest = (11 - weighted(number, &[8, 7, 6, 5, 4, 3, 2]) % 11) % 11;
            number[0] != 9 && (if rest == 0 { 1 } else { rest % 10 }) == last
        }
        // Numbers of people born before 1954 have no check digit.
        ("CZ", 9) => true,
        ("CZ", 10) => value % 11 == 0 || (value / 10 % 11 == 10 && last == 0),
        ("DE", 9) => number[0] != 0 && mod_11_10(number),
        ("DK", 8) => number[0] != 0 && weighted(number, &[2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11),
        ("EE", 9) => weighted(number, &[3, 7, 1, 3, 7, 1, 3, 7, 1]).is_multiple_of(10),
        ("EL", 9) => weighted(number, &[256, 128, 64, 32, 16, 8, 4, 2]) % 11 % 10 == last,
        ("FI", 8) => weighted(number, &[7, 9, 10, 5, 8, 4, 2, 1]).is_multiple_of(11),
        ("FR", 11) => {
            let (key, siren) = (value / 1_000_000_000, value % 1_000_000_000);
            french_siren(&number[2..]) && (12 + 3 * (siren % 97)) % 97 == key
        }
        ("HR", 11) => mod_11_10(number),
        ("HU", 8) => weighted(number, &[9, 7, 3, 1, 9, 7, 3, 1]).is_multiple_of(10),
        ("IT", 11) => luhn(number),
        ("LT", 9) => number[7] == 1 && lithuanian(number) == last,
        ("LT", 12) => number[10] == 1 && lithuanian(number) == last,
        ("LU", 8) => value / 100 % 89 == value % 100,
        ("LV", 11) if number[0] > 3 => weighted(number, &[9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1]) % 11 == 3,
        ("LV", 11) => true,
        ("MT", 8) => weighted(number, &[3, 4, 6, 7, 8, 9, 10, 1]).is_multiple_of(37),
        ("PL", 10) => weighted(number, &[6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 == last,
        ("PT", 9) => {
            let rest = 11 - weighted(number, &[9, 8, 7, 6, 5, 4, 3, 2]) % 11;
            number[0] != 0 && (if rest > 9 { 0 } else { rest }) == last
        }
        ("RO", 2..=10) => {
            let mut padded = vec![0; 10 - number.len()];
            padded.extend_from_slice(number);
            number[0] != 0 && weighted(&padded, &[7, 5, 3, 2, 1, 7, 5, 3, 2]) * 10 % 11 % 10 == last
        }
        ("SE", 12) => luhn(&number[..10]) && (1..=94).contains(&(number[10] * 10 + number[11])),
        ("SI", 8) => {
            let rest = 11 - weighted(number, &[8, 7, 6, 5, 4, 3, 2]) % 11;
            number[0] != 0 && rest != 11 && rest % 10 == last
        }
        ("SK", 10) => number[0] != 0 && [2, 3, 4, 7, 8, 9].contains(&number[2]) && value % 11 == 0,
        _ => return Err(FORM),
    })
}

fn with_letters(prefix: &str, rest: &str) -> Result<bool, &'static str> {
    let bytes = rest.as_bytes();
    match (prefix, bytes) {
        ("AT", [b'U', number @ ..]) if number.len() == 8 && number.iter().all(u8::is_ascii_digit) => {
            let number = digits(&rest[1..]);
            let doubled = |place: usize, digit: u32| {
                if place % 2 == 1 { digit * 2 / 10 + digit * 2 % 10 } else { digit }
            };
            let sum: u32 = number[..7].iter().enumerate().map(|(place, digit)| doubled(place, *digit)).sum();
            Ok((10 - (sum + 4) % 10) % 10 == number[7])
        }
        ("CY", [number @ .., letter]) if number.len() == 8 && number.iter().all(u8::is_ascii_digit) => {
            const ODD: [u32; 10] = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21];
            let number = digits(&rest[..8]);
            let value = |(place, digit): (usize, &u32)| {
                if place % 2 == 0 { ODD.get(*digit as usize).copied().unwrap_or_default() } else { *digit }
            };
            let sum: u32 = number.iter().enumerate().map(value).sum();
            is_letter(*letter).then(|| letter_at(sum % 26) == *letter).ok_or(FORM)
        }
        ("FR", [one, two, siren @ ..])
            if siren.len() == 9
                && siren.iter().all(u8::is_ascii_digit)
                && [one, two].into_iter().all(|key| key.is_ascii_digit() || is_letter(*key)) =>
        {
            Ok(french_siren(&digits(&rest[2..])))
        }
        ("IE", _) => irish(bytes),
        ("NL", [number @ .., b'B', one, two])
            if number.len() == 9 && number.iter().chain([one, two]).all(u8::is_ascii_digit) =>
        {
            Ok(dutch(&digits(&rest[..9]), rest))
        }
        _ => Err(FORM),
    }
}

fn is_letter(byte: u8) -> bool {
    byte.is_ascii_uppercase()
}

fn letter_at(place: u32) -> u8 {
    u8::try_from(place).map_or(0, |place| b'A' + place)
}

/// Each digit times its weight; digits beyond the weights do not count.
fn weighted(number: &[u32], weights: &[u32]) -> u32 {
    number.iter().zip(weights).map(|(digit, weight)| digit * weight).sum()
}

/// ISO 7064, MOD 11,10.
fn mod_11_10(number: &[u32]) -> bool {
    let Some((last, others)) = number.split_last() else { return false };
    let product = others.iter().fold(10, |product, digit| {
        let sum = (digit + product) % 10;
        (if sum == 0 { 10 } else { sum }) * 2 % 11
    });
    (11 - product) % 10 == *last
}

fn luhn(number: &[u32]) -> bool {
    let value = |(place, digit): (usize, &u32)| {
        if place % 2 == 1 { digit * 2 / 10 + digit * 2 % 10 } else { *digit }
    };
    number.iter().rev().enumerate().map(value).sum::<u32>() % 10 == 0
}

/// Numbers of Monaco begin with three zeros and have no checksum of their own.
fn french_siren(siren: &[u32]) -> bool {
    siren.starts_with(&[0, 0, 0]) || luhn(siren)
}

fn bulgarian(number: &[u32]) -> u32 {
    match weighted(number, &[1, 2, 3, 4, 5, 6, 7, 8]) % 11 {
        10 => weighted(number, &[3, 4, 5, 6, 7, 8, 9, 10]) % 11 % 10,
        rest => rest,
    }
}

/// A person of the country, a foreigner, or anybody else.
fn bulgarian_person(number: &[u32]) -> bool {
    let last = number[9];
    weighted(number, &[2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11 % 10 == last
        || weighted(number, &[21, 19, 17, 13, 11, 9, 7, 3, 1]) % 10 == last
        || (11 - weighted(number, &[4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 11 == last
}

fn lithuanian(number: &[u32]) -> u32 {
    let body = &number[..number.len() - 1];
    let sum = |from: usize| -> u32 {
        let weight = |place: usize| u32::try_from((place + from) % 9 + 1).unwrap_or_default();
        body.iter().enumerate().map(|(place, digit)| weight(place) * digit).sum()
    };
    match sum(0) % 11 {
        10 => sum(2) % 11 % 10,
        rest => rest,
    }
}

/// `1234567WA`, or `1X23456W` of before 2013.
fn irish(bytes: &[u8]) -> Result<bool, &'static str> {
    const LETTERS: &[u8; 23] = b"WABCDEFGHIJKLMNOPQRSTUV";
    let all_digits = |bytes: &[u8]| bytes.iter().all(u8::is_ascii_digit);
    let digit = |byte: u8| u32::from(byte.wrapping_sub(b'0'));
    let (number, check, second): (Vec<u32>, u8, u32) = match *bytes {
        [ref number @ .., check] if number.len() == 7 && all_digits(number) => {
            (number.iter().map(|byte| digit(*byte)).collect(), check, 0)
        }
        [ref number @ .., check, second]
            if number.len() == 7 && all_digits(number) && (is_letter(second)) =>
        {
            let worth = if second == b'W' { 0 } else { u32::from(second - b'A') + 1 };
            (number.iter().map(|byte| digit(*byte)).collect(), check, worth)
        }
        [first, sign, ref rest @ .., check]
            if rest.len() == 5
                && first.is_ascii_digit()
                && (is_letter(sign) || b"+*".contains(&sign))
                && all_digits(rest) =>
        {
            let middle = rest.iter().map(|byte| digit(*byte));
            (std::iter::once(0).chain(middle).chain([digit(first)]).collect(), check, 0)
        }
        _ => return Err(FORM),
    };
    if !is_letter(check) {
        return Err(FORM);
    }
    let sum = weighted(&number, &[8, 7, 6, 5, 4, 3, 2]) + 9 * second;
    Ok(LETTERS.get(usize::try_from(sum % 23).unwrap_or_default()) == Some(&check))
}

/// Of companies the eleven test; of sole traders, since 2020, ISO 7064 MOD 97-10 over the whole with its prefix.
fn dutch(number: &[u32], rest: &str) -> bool {
    let eleven = weighted(number, &[9, 8, 7, 6, 5, 4, 3, 2]) % 11 == number[8];
    let value = |character: char| match character.to_digit(36) {
        Some(value) if value > 9 => (value, 100),
        value => (value.unwrap_or_default(), 10),
    };
    let rest = format!("NL{rest}").chars().fold(0, |rest, character| {
        let (value, factor) = value(character);
        (rest * factor + value) % 97
    });
    eleven || rest == 1
}

#[cfg(test)]
mod tests {
    use super::{PREFIXES, is_prefixed};
    use crate::normalize_tax_id;

    /// Examples of the administrations and of companies that print theirs.
    const GOOD: [&str; 34] = [
        "ATU13585627",
        "BE0428759497",
        "BE0403170701",
        "BG175074752",
        "CY10259033P",
        "CZ25123891",
        "CZ7103192745",
        "DE136695976",
        "DE129273398",
        "DK13585628",
        "EE100931558",
        "EL094259216",
        "FI20774740",
        "FR40303265045",
        "FR83404833048",
        "HR33392005961",
        "HU12892312",
        "IE6433435F",
        "IE6433435OA",
        "IE8D79739I",
        "IT00743110157",
        "LT119511515",
        "LT100001919017",
        "LU15027442",
        "LV40003521600",
        "MT11679112",
        "NL004495445B01",
        "NL002455799B11",
        "PL8567346215",
        "PT501964843",
        "RO18547290",
        "SE123456789701",
        "SI50223054",
        "SK2022749619",
    ];

    #[test]
    fn numbers_of_every_member_state_are_known_by_form_and_checksum() {
        let mut seen: Vec<&str> = Vec::new();
        for number in &GOOD {
            assert_eq!(normalize_tax_id(number).as_deref(), Ok(*number), "{number}");
            seen.push(&number[..2]);
        }
        for prefix in PREFIXES {
            assert!(seen.contains(&prefix), "no example of {prefix}");
            assert_eq!(normalize_tax_id(&format!("{prefix}1")), Err("tax-id-form"), "{prefix}");
            assert_eq!(normalize_tax_id(&format!("{prefix}ÀÀ")), Err("tax-id-form"), "{prefix}");
        }
        assert!(!is_prefixed("ES") && !is_prefixed("E") && !is_prefixed(""));
    }

    #[test]
    fn a_digit_that_is_mistaken_is_told() {
        // Only numbers whose last character is a check; the others end with a branch or have none.
        let checked = [
            "AT", "BE", "CY", "DE", "DK", "EE", "EL", "FI", "HR", "HU", "IT", "LT", "LU", "MT", "PL", "PT",
            "RO", "SI", "SK",
        ];
        for number in GOOD.iter().filter(|number| checked.contains(&&number[..2])) {
            let last = number.chars().last().unwrap_or_default();
            let other = if last.is_ascii_digit() {
                char::from_digit((last.to_digit(10).unwrap_or_default() + 1) % 10, 10).unwrap_or_default()
            } else {
                'Z'
            };
            let wrong = format!("{}{other}", &number[..number.len() - 1]);
            assert_eq!(normalize_tax_id(&wrong), Err("tax-id-checksum"), "{wrong}");
        }
    }

    #[test]
    fn they_are_written_in_many_ways_and_old_ones_get_their_zero() {
        for (text, expected) in [
            ("be 428.759.497", Ok("BE0428759497")),
            ("EL 94259216", Ok("EL094259216")),
            ("nl-0044.95.445.b01", Ok("NL004495445B01")),
            ("de 136 695 977", Err("tax-id-checksum")),
            ("GB999999973", Err("tax-id-form")),
            ("GR094259216", Err("tax-id-form")),
        ] {
            assert_eq!(normalize_tax_id(text), expected.map(str::to_owned), "{text}");
        }
    }
}
