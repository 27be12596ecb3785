//! What the cells of a packed workbook show besides its shared texts: numbers and days, as they were typed and as their
//! format shows them, so that either finds them.

use model::jiff::ToSpan;
use model::jiff::civil::{Date, date};
use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};
use std::collections::BTreeMap;

/// Longer ones are nobody's to look for: they stay as the file writes them.
const TYPED_CHARACTERS_MAX: usize = 24;
/// A number has no more digits that mean something.
const DECIMALS_MAX: usize = 15;
/// 31 December 9999.
const LAST_DAY: f64 = 2_958_465.0;
const SECONDS_OF_DAY: f64 = 86_400.0;

/// What a number in a cell is to a person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Format {
    #[default]
    AsTyped,
    Number {
        decimals: usize,
        is_grouped: bool,
    },
    Percent,
    /// `00000`: the postcode 08001 is the number 8001.
    Digits(usize),
    Day,
    DayAndTime,
    Time,
    /// Hours that go on after 24.
    Duration,
}

/// How a workbook shows its numbers.
#[derive(Default)]
pub(crate) struct Formats {
    by_style: Vec<Format>,
    /// Days are counted from 1904, as some programs did.
    is_from_1904: bool,
}

impl Formats {
    /// Of the parts `xl/styles.xml` and `xl/workbook.xml`.
    pub(crate) fn read(styles: &str, workbook: &str) -> Formats {
        let mut formats = Formats::default();
        let (mut codes, mut ids, mut is_of_cells) = (BTreeMap::new(), Vec::new(), false);
        each_element(styles, &mut |name, element| match (name, element) {
            ("cellXfs", Element::End) => is_of_cells = false,
            ("cellXfs", _) => is_of_cells = true,
            ("numFmt", Element::Start(start)) => {
                if let (Some(id), Some(code)) = (number_in(start, "numFmtId"), text_in(start, "formatCode")) {
                    codes.entry(id).or_insert(code);
                }
            }
            ("xf", Element::Start(start)) if is_of_cells => ids.push(number_in(start, "numFmtId")),
            _ => {}
        });
        let format =
            |id: Option<u32>| id.map(|id| codes.get(&id).map_or_else(|| built_in(id), |code| of_code(code)));
        formats.by_style = ids.into_iter().map(|id| format(id).unwrap_or_default()).collect();
        each_element(workbook, &mut |name, element| {
            if let ("workbookPr", Element::Start(start)) = (name, element) {
                let is_said = text_in(start, "date1904").is_some_and(|said| said == "1" || said == "true");
                formats.is_from_1904 |= is_said;
            }
        });
        formats
    }

    /// Adds what stands in the cells of a sheet, until `is_full`.
    pub(crate) fn gather(&self, sheet: &str, text: &mut String, is_full: fn(&str) -> bool) {
        let mut reader = Reader::from_str(sheet);
        reader.config_mut().check_end_names = false;
        let (mut style, mut sort) = (0, String::new());
        let (mut value, mut is_value, mut is_text) = (String::new(), false, false);
        while !is_full(text) {
            let Ok(event) = reader.read_event() else { return };
            let mut say = |said: &str| {
                if is_value {
                    value.push_str(said);
                } else if is_text {
                    text.push_str(said);
                }
            };
            match event {
                Event::Start(start) => match start.local_name().into_inner() {
                    "c" => {
                        style =
                            number_in(&start, "s").and_then(|style| usize::try_from(style).ok()).unwrap_or(0);
                        sort = text_in(&start, "t").unwrap_or_default();
                        value.clear();
                    }
                    "v" => is_value = true,
                    "t" => is_text = true,
                    _ => {}
                },
                Event::End(end) => match end.local_name().into_inner() {
                    "c" => {
                        text.push_str(&self.shown(&value, &sort, style));
                        text.push(' ');
                    }
                    "v" => is_value = false,
                    "t" => is_text = false,
                    _ => {}
                },
                Event::Text(said) => say(&said),
                Event::CData(said) => say(&said),
                Event::GeneralRef(sign) => match sign.resolve_char_ref() {
                    Ok(Some(character)) => say(character.encode_utf8(&mut [0; 4])),
                    _ => say(resolve_xml_entity(&sign).unwrap_or(" ")),
                },
                Event::Eof => return,
                _ => {}
            }
        }
    }

    /// Nothing of places in the shared texts, of yes and no, and of mistakes.
    fn shown(&self, value: &str, sort: &str, style: usize) -> String {
        match sort {
            "" | "n" => {}
            "str" | "d" => return value.to_owned(),
            _ => return String::new(),
        }
        let value = value.trim();
        let Some(number) = value.parse::<f64>().ok().filter(|number| number.is_finite()) else {
            return String::new();
        };
        let typed = typed(number);
        if typed.len() > TYPED_CHARACTERS_MAX {
            return value.to_owned();
        }
        let shown = match self.by_style.get(style).copied().unwrap_or_default() {
            Format::AsTyped => None,
            Format::Number { decimals, is_grouped } => {
                let shown = fixed(number, decimals, is_grouped);
                Some(if shown == typed { shown } else { format!("{typed} {shown}") })
            }
            Format::Percent => Some(format!("{}%", self::typed(number * 100.0))),
            Format::Digits(digits) => {
                (number >= 0.0 && number.fract() == 0.0).then(|| format!("{typed:0>digits$}"))
            }
            Format::Day => self.day(number),
            Format::DayAndTime => {
                self.day(number).map(|day| format!("{day} {}", time(number.fract()).unwrap_or_default()))
            }
            Format::Time => time(number.fract()),
            Format::Duration => time(number),
        };
        shown.unwrap_or(typed)
    }

    /// `23/11/2026`.
    fn day(&self, serial: f64) -> Option<String> {
        if !(0.0..=LAST_DAY).contains(&serial) {
            return None;
        }
        let days = whole(serial.floor())?;
        // Spreadsheets count a 29 February 1900 that never was.
        let first: Date = match (self.is_from_1904, days) {
            (true, _) => date(1904, 1, 1),
            (false, ..60) => date(1899, 12, 31),
            (false, _) => date(1899, 12, 30),
        };
        let day = first.checked_add(days.days()).ok()?;
        Some(format!("{:02}/{:02}/{:04}", day.day(), day.month(), day.year()))
    }
}

/// `09:30`, of a part of a day.
fn time(days: f64) -> Option<String> {
    let seconds = whole((days.abs() * SECONDS_OF_DAY).round())?;
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    let rest = if seconds == 0 { String::new() } else { format!(":{seconds:02}") };
    Some(format!("{hours:02}:{minutes:02}{rest}"))
}

fn whole(number: f64) -> Option<i64> {
    format!("{number:.0}").parse().ok()
}

/// Digits as a spreadsheet program has them: 15 significant ones, never an exponent.
fn typed(number: f64) -> String {
    let rounded = format!("{number:.14e}").parse::<f64>().unwrap_or(number);
    if rounded == 0.0 { "0".to_owned() } else { rounded.to_string() }
}

/// `1234.50`, or `1.234,50`: signs between digits are all the same to search.
fn fixed(number: f64, decimals: usize, is_grouped: bool) -> String {
    let digits = format!("{:.decimals$}", number.abs());
    let sign = if number < 0.0 { "-" } else { "" };
    if !is_grouped {
        return format!("{sign}{digits}");
    }
    let (whole, rest) = digits.split_once('.').unwrap_or((&digits, ""));
    let mut grouped = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    let comma = if rest.is_empty() { "" } else { "," };
    format!("{sign}{grouped}{comma}{rest}")
}

/// ECMA-376, part 1, 18.8.30.
fn built_in(id: u32) -> Format {
    match id {
        1 => Format::Number { decimals: 0, is_grouped: false },
        2 => Format::Number { decimals: 2, is_grouped: false },
        3 | 5 | 6 | 37 | 38 | 41 | 42 => Format::Number { decimals: 0, is_grouped: true },
        4 | 7 | 8 | 39 | 40 | 43 | 44 => Format::Number { decimals: 2, is_grouped: true },
        9 | 10 => Format::Percent,
        14..=17 | 27..=31 | 34..=36 | 50..=54 | 57 | 58 => Format::Day,
        22 => Format::DayAndTime,
        18..=21 | 32 | 33 | 45 | 47 | 55 | 56 => Format::Time,
        46 => Format::Duration,
        _ => Format::AsTyped,
    }
}

fn of_code(code: &str) -> Format {
    let shown = skeleton(code);
    let has = |signs: &str| shown.chars().any(|sign| signs.contains(sign));
    let is_time = has("hs");
    let is_day = has("yd") || (has("m") && !is_time);
    if shown.contains('[') {
        return Format::Duration;
    }
    match (is_day, is_time) {
        (true, true) => return Format::DayAndTime,
        (true, false) => return Format::Day,
        (false, true) => return Format::Time,
        (false, false) => {}
    }
    if has("%") {
        return Format::Percent;
    }
    if shown.len() > 1 && shown.bytes().all(|sign| sign == b'0') {
        return Format::Digits(shown.len().min(TYPED_CHARACTERS_MAX));
    }
    // Exponents and fractions.
    if has("e/") || !has("0#?") {
        return Format::AsTyped;
    }
    let (whole, rest) = shown.split_once('.').unwrap_or((&shown, ""));
    let decimals = rest.chars().take_while(|sign| "0#?".contains(*sign)).count();
    let is_grouped = whole.contains(",0") || whole.contains(",#");
    Format::Number { decimals: decimals.min(DECIMALS_MAX), is_grouped }
}

/// The part of a format for positive numbers, in small letters, without colours and what it shows as it stands; of hours
/// that go on after 24 the bracket is left.
fn skeleton(code: &str) -> String {
    let mut kept = String::new();
    let mut signs = code.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '"' => {
                signs.by_ref().find(|sign| *sign == '"');
            }
            '\\' | '_' | '*' => {
                signs.next();
            }
            '[' => {
                let inside: String = signs.by_ref().take_while(|sign| *sign != ']').collect();
                let inside = inside.to_ascii_lowercase();
                if !inside.is_empty() && inside.chars().all(|sign| "hms".contains(sign)) {
                    kept.push('[');
                    kept.push_str(&inside);
                }
            }
            ';' => break,
            ' ' => {}
            _ => kept.push(sign.to_ascii_lowercase()),
        }
    }
    kept
}

enum Element<'e> {
    Start(&'e BytesStart<'e>),
    End,
}

/// Each element as it begins and ends, by its name without prefix.
fn each_element(xml: &str, take: &mut dyn FnMut(&str, Element<'_>)) {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(start) | Event::Empty(start) => {
                take(start.local_name().into_inner(), Element::Start(&start));
            }
            Event::End(end) => take(end.local_name().into_inner(), Element::End),
            Event::Eof => return,
            _ => {}
        }
    }
}

fn text_in(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = start.try_get_attribute(name).ok().flatten()?;
    Some(found.value.replace("&quot;", "\"").replace("&amp;", "&"))
}

fn number_in(start: &BytesStart<'_>, name: &str) -> Option<u32> {
    text_in(start, name)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_known_by_their_code() {
        let check = |code: &str, expected: Format| assert_eq!(of_code(code), expected, "{code}");
        let number = |decimals, is_grouped| Format::Number { decimals, is_grouped };
        check("General", Format::AsTyped);
        check("@", Format::AsTyped);
        check("0.00E+00", Format::AsTyped);
        check("# ?/?", Format::AsTyped);
        check("0.0", number(1, false));
        check("#,##0.00\\ \"€\";[Red]-#,##0.00\\ \"€\"", number(2, true));
        check("_-* #,##0\\ [$€-403]_-", number(0, true));
        check("0.0%", Format::Percent);
        check("00000", Format::Digits(5));
        check("dd/mm/yyyy", Format::Day);
        check("mmm", Format::Day);
        check("[$-403]d\\ mmmm", Format::Day);
        check("dd/mm/yyyy hh:mm", Format::DayAndTime);
        check("h:mm AM/PM", Format::Time);
        check("[h]:mm", Format::Duration);
    }
}
