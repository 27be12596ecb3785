//! XLSX out: real numbers, dates and amounts in typed columns, written row by row.

use model::Currency;
use model::jiff::civil::Date;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

/// A column's title, what its cells are, and its width in characters.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    pub title: String,
    pub kind: Kind,
    pub width: u16,
}

/// What the cells of a column are; it decides their number format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    Integer,
    /// Decimals as many as there are.
    Number,
    Money {
        currency: Currency,
    },
    Date,
    Percent,
}

/// One cell. It may differ from its column's kind (a word in a column of amounts) and is then written as what it is.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Empty,
    Text(String),
    Integer(i64),
    Number(f64),
    /// Hundredths of the column's currency.
    Money(i64),
    /// Hundredths of another currency than the column's.
    MoneyIn(i64, Currency),
    Date(Date),
    /// 0.215 is 21.5 %.
    Percent(f64),
}

/// The file cannot be made: a title or name the format does not allow, or the temporary file could not be written.
#[derive(Debug, thiserror::Error)]
#[error("the XLSX file cannot be written")]
pub struct WriteError {
    #[from]
    source: XlsxError,
}

/// Numbers beyond 2⁵³ lose digits in a spreadsheet program and are written as text.
const EXACT_INTEGER_MAX: u64 = 1 << 53;
/// A spreadsheet program's limits for one sheet and one cell; what is longer is cut.
const CELL_CHARACTERS_MAX: usize = 32_767;
const SHEET_NAME_CHARACTERS_MAX: usize = 31;
/// Characters a sheet's name may not hold.
const SHEET_NAME_FORBIDDEN: [char; 7] = ['[', ']', ':', '*', '?', '/', '\\'];
/// The first date a spreadsheet program knows.
const FIRST_YEAR: i16 = 1900;

/// Writes a workbook with one sheet: bold header that stays in view, with filters.
///
/// Rows go to a temporary file as they come, so the memory needed does not grow with them; the packed file is returned
/// in memory.
pub fn write_xlsx(
    sheet_name: &str,
    columns: &[Column],
    rows: impl IntoIterator<Item = Vec<Cell>>,
) -> Result<Vec<u8>, WriteError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet_with_constant_memory()?;
    sheet.set_name(allowed_sheet_name(sheet_name))?;
    let bold = Format::new().set_bold();
    let formats: Vec<Format> = columns.iter().map(|column| format_of(column.kind)).collect();
    for (index, column) in (0_u16..).zip(columns) {
        sheet.set_column_width(index, f64::from(column.width))?;
        sheet.write_string_with_format(0, index, &column.title, &bold)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    let mut last_row = 0;
    for (row, cells) in (1_u32..).zip(rows) {
        for (index, (cell, format)) in (0_u16..).zip(cells.iter().zip(&formats)) {
            write_cell(sheet, row, index, cell, format)?;
        }
        last_row = row;
    }
    if let Some(last_column) = u16::try_from(columns.len()).ok().and_then(|count| count.checked_sub(1)) {
        sheet.autofilter(0, 0, last_row, last_column)?;
    }
    Ok(workbook.save_to_buffer()?)
}

fn write_cell(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell,
    format: &Format,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => (),
        Cell::Text(text) if text.chars().count() > CELL_CHARACTERS_MAX => {
            let text: String = text.chars().take(CELL_CHARACTERS_MAX).collect();
            sheet.write_string(row, column, text)?;
        }
        Cell::Text(text) => {
            sheet.write_string(row, column, text)?;
        }
        Cell::Integer(number) | Cell::Money(number) | Cell::MoneyIn(number, _)
            if number.unsigned_abs() > EXACT_INTEGER_MAX =>
        {
            sheet.write_string(row, column, number.to_string())?;
        }
        Cell::Integer(number) => {
            sheet.write_number_with_format(row, column, *number as f64, format)?;
        }
        Cell::Money(minor_units) => {
            sheet.write_number_with_format(row, column, *minor_units as f64 / 100.0, format)?;
        }
        Cell::MoneyIn(minor_units, currency) => {
            let format = format_of(Kind::Money { currency: *currency });
            sheet.write_number_with_format(row, column, *minor_units as f64 / 100.0, &format)?;
        }
        Cell::Number(number) | Cell::Percent(number) => {
            sheet.write_number_with_format(row, column, *number, format)?;
        }
        Cell::Date(date) => write_date(sheet, row, column, *date, format)?,
    }
    Ok(())
}

/// Dates a spreadsheet program does not know are written as text.
fn write_date(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    date: Date,
    format: &Format,
) -> Result<(), XlsxError> {
    let parts = (u16::try_from(date.year()), u8::try_from(date.month()), u8::try_from(date.day()));
    match parts {
        (Ok(year), Ok(month), Ok(day)) if date.year() >= FIRST_YEAR => {
            let value = ExcelDateTime::from_ymd(year, month, day)?;
            sheet.write_datetime_with_format(row, column, &value, format)?;
        }
        _ => {
            sheet.write_string(row, column, date.to_string())?;
        }
    }
    Ok(())
}

fn format_of(kind: Kind) -> Format {
    match kind {
        Kind::Text => Format::new(),
        Kind::Integer => Format::new().set_num_format("#,##0"),
        Kind::Number => Format::new().set_num_format("#,##0.######"),
        Kind::Money { currency } => {
            Format::new().set_num_format(format!("#,##0.00 \"{}\"", currency.symbol()))
        }
        // Format 14 is shown in the order of day and month of the reader's own settings.
        Kind::Date => Format::new().set_num_format_index(14),
        Kind::Percent => Format::new().set_num_format("0.0%"),
    }
}

fn allowed_sheet_name(name: &str) -> String {
    let allowed: String = name
        .chars()
        .map(
            |character| {
                if SHEET_NAME_FORBIDDEN.contains(&character) || character < ' ' { ' ' } else { character }
            },
        )
        .take(SHEET_NAME_CHARACTERS_MAX)
        .collect();
    let allowed = allowed.trim().trim_matches('\'');
    if allowed.is_empty() { "Sheet1".to_owned() } else { allowed.to_owned() }
}
