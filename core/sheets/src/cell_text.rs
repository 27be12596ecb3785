//! What a person sees in a cell, as text that does not depend on the reader's language.

use calamine::{CellErrorType, Data, DataRef, ExcelDateTime};

/// A cell's text, or the error it shows.
pub(crate) enum CellText {
    Text(String),
    /// Of a number, which the file holds as one.
    Number(String),
    Error(CellErrorType),
}

pub(crate) fn of_data(data: &Data, characters_max: usize) -> CellText {
    CellText::Text(match data {
        Data::Empty => String::new(),
        Data::String(text) => cut(text, characters_max).to_owned(),
        Data::Int(number) => return CellText::Number(number.to_string()),
        Data::Float(number) => return CellText::Number(of_number(*number)),
        Data::Bool(value) => value.to_string(),
        Data::DateTime(value) => of_date_time(value),
        Data::DateTimeIso(text) => of_iso_date_time(text),
        Data::DurationIso(text) => of_iso_duration(text),
        Data::Error(error) => return CellText::Error(error.clone()),
    })
}

/// `format_code` is the number format of the cell's style, where the file tells it. Texts are cut to `characters_max`
/// before they are copied: a million cells may point at one long text.
pub(crate) fn of_data_ref(data: &DataRef<'_>, format_code: Option<&str>, characters_max: usize) -> CellText {
    CellText::Text(match data {
        DataRef::Empty => String::new(),
        DataRef::String(text) => cut(text, characters_max).to_owned(),
        DataRef::SharedString(text) => cut(text, characters_max).to_owned(),
        DataRef::Int(number) => return CellText::Number(number.to_string()),
        DataRef::Float(number) => return CellText::Number(of_formatted_number(*number, format_code)),
        DataRef::Bool(value) => value.to_string(),
        DataRef::DateTime(value) => of_date_time(value),
        DataRef::DateTimeIso(text) => of_iso_date_time(text),
        DataRef::DurationIso(text) => of_iso_duration(text),
        DataRef::Error(error) => return CellText::Error(error.clone()),
    })
}

fn cut(text: &str, characters_max: usize) -> &str {
    if text.len() <= characters_max {
        return text;
    }
    text.char_indices().nth(characters_max).map_or(text, |(end, _)| &text[..end])
}

/// Digits as a spreadsheet program shows them: 15 significant ones, never an exponent, no `.0`.
pub(crate) fn of_number(number: f64) -> String {
    if !number.is_finite() {
        return String::new();
    }
    let rounded = format!("{number:.14e}").parse::<f64>().unwrap_or(number);
    if rounded == 0.0 { "0".to_owned() } else { rounded.to_string() }
}

/// Two formats change what the number means to a person: `00000` (the postcode 08001 is stored as 8001) and percent.
fn of_formatted_number(number: f64, format_code: Option<&str>) -> String {
    let code = format_code.unwrap_or_default();
    if code.len() > 1 && code.bytes().all(|byte| byte == b'0') && number >= 0.0 && number.fract() == 0.0 {
        let digits = of_number(number);
        return format!("{digits:0>width$}", width = code.len());
    }
    let shown = code.split(';').next().unwrap_or_default();
    if shown.trim_end().ends_with('%') && !shown.contains('"') {
        return format!("{}%", of_number(number * 100.0));
    }
    of_number(number)
}

/// `2026-01-31`, `2026-01-31T09:30:00`, a time alone `09:30:00`, or a length of time `26:30:00`.
fn of_date_time(value: &ExcelDateTime) -> String {
    let serial = value.as_f64();
    if !serial.is_finite() {
        return String::new();
    }
    if value.is_duration() {
        return of_duration_days(serial);
    }
    let (year, month, day, hour, minute, second, _) = value.to_ymd_hms_milli();
    let time = format!("{hour:02}:{minute:02}:{second:02}");
    if (0.0..1.0).contains(&serial) {
        return time;
    }
    let date = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second) == (0, 0, 0) { date } else { format!("{date}T{time}") }
}

fn of_duration_days(days: f64) -> String {
    let sign = if days < 0.0 { "-" } else { "" };
    let seconds = (days.abs() * 86_400.0).round();
    let hours = (seconds / 3_600.0).floor();
    let minutes = ((seconds - hours * 3_600.0) / 60.0).floor();
    let rest = seconds - hours * 3_600.0 - minutes * 60.0;
    format!("{sign}{hours:02.0}:{minutes:02.0}:{rest:02.0}")
}

/// ODS writes `2026-01-31T00:00:00` for a date at midnight and fractions of a second after a dot.
fn of_iso_date_time(text: &str) -> String {
    let text = text.split('.').next().unwrap_or_default();
    text.strip_suffix("T00:00:00").unwrap_or(text).to_owned()
}

/// ODS writes `PT09H30M00S`; anything else is passed on as it is.
fn of_iso_duration(text: &str) -> String {
    let parts = || {
        let (hours, rest) = text.strip_prefix("PT")?.split_once('H')?;
        let (minutes, rest) = rest.split_once('M')?;
        let seconds = rest.strip_suffix('S')?.split(['.', ',']).next()?;
        Some((hours.parse::<u32>().ok()?, minutes.parse::<u32>().ok()?, seconds.parse::<u32>().ok()?))
    };
    match parts() {
        Some((hours, minutes, seconds)) => format!("{hours:02}:{minutes:02}:{seconds:02}"),
        None => text.to_owned(),
    }
}
