//! CSV out, for spreadsheet programs: a byte order mark so that Excel reads UTF-8, and no cell that runs as a formula.

use std::borrow::Cow;

/// What stands between two cells. Excel opens a CSV by the regional settings of its user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Separator {
    /// Where the comma is the decimal sign: Catalan, Spanish.
    Semicolon,
    /// English.
    Comma,
}

impl Separator {
    pub fn for_language(language: model::Language) -> Separator {
        match language {
            model::Language::En => Separator::Comma,
            _ => Separator::Semicolon,
        }
    }

    fn byte(self) -> u8 {
        match self {
            Separator::Semicolon => b';',
            Separator::Comma => b',',
        }
    }
}

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";
/// What starts a formula, or becomes one when the program trims the cell (OWASP, CSV Injection).
const FORMULA_STARTS: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\n'];

/// Headers and rows as UTF-8 with a byte order mark, lines ended by CR LF (RFC 4180).
///
/// A cell that a program would run gets an apostrophe in front, unless it is a number or a phone number; `open` takes
/// it away again.
pub fn write_csv<Row, Text>(
    headers: &[String],
    rows: impl IntoIterator<Item = Row>,
    separator: Separator,
) -> Vec<u8>
where
    Row: IntoIterator<Item = Text>,
    Text: AsRef<str>,
{
    let mut out = BYTE_ORDER_MARK.to_vec();
    write_line(&mut out, headers, separator);
    for row in rows {
        write_line(&mut out, row, separator);
    }
    out
}

fn write_line<Text: AsRef<str>>(
    out: &mut Vec<u8>,
    cells: impl IntoIterator<Item = Text>,
    separator: Separator,
) {
    let line_start = out.len();
    for (column, cell) in cells.into_iter().enumerate() {
        if column > 0 {
            out.push(separator.byte());
        }
        write_cell(out, &guarded(cell.as_ref()), column);
    }
    if out.len() == line_start {
        out.extend_from_slice(b"\"\""); // A line without anything would not be a row.
    }
    out.extend_from_slice(b"\r\n");
}

/// Quotes what a reader could take for something else: separators of any kind, quotes, line ends, outer spaces, `sep=`.
fn write_cell(out: &mut Vec<u8>, cell: &str, column: usize) {
    let is_special = |byte: u8| matches!(byte, b';' | b',' | b'|' | b'\t' | b'"' | b'\r' | b'\n');
    let looks_declared = column == 0 && cell.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("sep="));
    if cell.bytes().any(is_special) || cell.trim() != cell || looks_declared {
        out.push(b'"');
        out.extend_from_slice(cell.replace('"', "\"\"").as_bytes());
        out.push(b'"');
    } else {
        out.extend_from_slice(cell.as_bytes());
    }
}

/// Control characters that no spreadsheet can hold are dropped; an apostrophe disarms formulas.
fn guarded(cell: &str) -> Cow<'_, str> {
    let is_lost = |character: char| character < ' ' && !matches!(character, '\t' | '\n' | '\r');
    let cell: Cow<'_, str> =
        if cell.contains(is_lost) { Cow::Owned(cell.replace(is_lost, "")) } else { Cow::Borrowed(cell) };
    let has_apostrophe = cell.starts_with('\'');
    if is_armed(&cell) && (has_apostrophe || !is_number(&cell)) {
        Cow::Owned(format!("'{cell}"))
    } else {
        cell
    }
}

/// The inverse of the guard: one apostrophe before a formula's start goes.
pub(crate) fn without_guard(cell: &str) -> String {
    match cell.strip_prefix('\'') {
        Some(rest) if is_armed(rest) => rest.to_owned(),
        _ => cell.to_owned(),
    }
}

/// Starts a formula, be it after apostrophes.
fn is_armed(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(FORMULA_STARTS)
}

/// `-12,50`, `+34 600 123 456`: a sign and then nothing but digits and what groups them.
fn is_number(cell: &str) -> bool {
    let digits = cell.strip_prefix(['+', '-']).unwrap_or(cell);
    digits.starts_with(|character: char| character.is_ascii_digit())
        && digits.chars().all(|character| {
            character.is_ascii_digit() || matches!(character, '.' | ',' | ' ' | '\u{a0}' | '%')
        })
}
