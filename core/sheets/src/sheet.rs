//! A sheet: the names of its columns, and its rows one after the other with their numbers and problems.

use crate::cards;
use crate::csv_in::{CsvRecords, CsvText};
use crate::error::{OpenError, Problem, ProblemCode};
use crate::limits::Limits;
use crate::sniff::{self, Container};
use crate::workbook::{self, Grid, Workbook};
use crate::zip_guard::Package;
use encoding_rs::Encoding;
use std::collections::HashSet;
use std::fmt;

/// The kind of file a sheet came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    Csv,
    Xlsx,
    Ods,
    Xls,
    /// Cards of people and companies; a row is a card, its number the card's.
    Vcard,
}

impl Format {
    /// Stable, lower case.
    pub fn code(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Xlsx => "xlsx",
            Format::Ods => "ods",
            Format::Xls => "xls",
            Format::Vcard => "vcf",
        }
    }
}

/// An opened file. Its rows are read anew by every call of `rows`.
pub struct Sheet {
    pub format: Format,
    /// The name of a CSV's encoding, as in the Encoding Standard (`UTF-8`, `windows-1252`, `UTF-16LE`).
    pub encoding: Option<&'static str>,
    /// What parts a CSV's cells; none if there is one column only.
    pub separator: Option<char>,
    /// All sheets of a workbook in its own order; empty for a CSV.
    pub sheet_names: Vec<String>,
    /// The one that was read: the first visible one with a cell in it, or the one asked for.
    pub sheet_name: Option<String>,
    /// Unique, trimmed, never empty.
    pub headers: Vec<String>,
    /// The number of the row with the headers, as `Row::number`.
    pub header_row: usize,
    /// How many rows above it were taken for titles.
    pub titles: usize,
    /// How many columns the data have behind the last one with a header: their cells are left out, each with a problem.
    pub columns_beyond: usize,
    /// Data rows: those below the header with text in at least one cell.
    pub rows: usize,
    /// What is odd in the header.
    pub problems: Vec<Problem>,
    cell_characters_max: usize,
    source: Source,
}

/// Facts alone: cells are personal data and do not belong into a log.
impl fmt::Debug for Sheet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut facts = f.debug_struct("Sheet");
        facts
            .field("format", &self.format)
            .field("encoding", &self.encoding)
            .field("separator", &self.separator);
        facts.field("columns", &self.headers.len()).field("rows", &self.rows).finish_non_exhaustive()
    }
}

enum Source {
    Csv(CsvText),
    Grid(Grid),
}

/// One data row. `cells` is as long as `Sheet::headers`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// As the person sees it: the row's number in the spreadsheet program, the line where the record begins in a CSV.
    pub number: usize,
    pub cells: Vec<String>,
    /// Of a workbook: which of its cells hold a number and no text; of other files none does, and it is empty.
    pub numbers: Vec<bool>,
    pub problems: Vec<Problem>,
}

impl Row {
    /// Whether the file holds a number there, whose text has a point before its decimals whatever the column looks like.
    pub fn is_number(&self, column: usize) -> bool {
        self.numbers.get(column).copied().unwrap_or_default()
    }
}

/// A row as it stands in the file, before it is fitted to the header.
#[derive(Default)]
pub(crate) struct RawRow {
    pub(crate) number: usize,
    pub(crate) cells: Vec<String>,
    pub(crate) numbers: Vec<bool>,
    pub(crate) problems: Vec<Problem>,
}

/// How a file is to be read, where what it looks like is not what it is. Empty: as it looks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadAs {
    /// Of a CSV: a name or label of the Encoding Standard; unknown ones change nothing.
    pub encoding: Option<String>,
    /// Of a workbook: the name of a sheet.
    pub sheet: Option<String>,
    /// The number of the row with the headers, as `Row::number`; what stands above it is left out.
    pub header_row: Option<usize>,
    /// Without a number: whether titles above the headers are passed over; else the first row is that of the headers.
    pub passes_titles: bool,
}

/// Encodings that people choose among where it was told wrongly, by their names in the Encoding Standard.
pub const ENCODINGS: [&str; 4] = ["UTF-8", "windows-1252", "ISO-8859-15", "macintosh"];

/// The name of the encoding that is meant; nothing where there is none of that name.
pub fn encoding_named(label: &str) -> Option<&'static str> {
    Encoding::for_label(label.as_bytes()).map(Encoding::name)
}

/// Opens a file by what it is, whatever its name. `file_name` is for the operator's text alone.
pub fn open(bytes: &[u8], file_name: &str, limits: &Limits) -> Result<Sheet, OpenError> {
    open_as(bytes, file_name, &ReadAs::default(), limits)
}

/// As `open`, for one named sheet of a workbook. A CSV has no names, so any is refused.
pub fn open_sheet(
    bytes: &[u8],
    file_name: &str,
    sheet_name: &str,
    limits: &Limits,
) -> Result<Sheet, OpenError> {
    let read_as = ReadAs { sheet: Some(sheet_name.to_owned()), ..ReadAs::default() };
    open_as(bytes, file_name, &read_as, limits)
}

/// As `open`, read as somebody says. Cards are cards whatever is said.
pub fn open_as(bytes: &[u8], file_name: &str, read_as: &ReadAs, limits: &Limits) -> Result<Sheet, OpenError> {
    let wanted = read_as.sheet.as_deref();
    if bytes.len() > limits.file_bytes {
        return Err(OpenError::TooBig { bytes: bytes.len(), limit: limits.file_bytes });
    }
    if bytes.is_empty() {
        return Err(OpenError::Empty);
    }
    let sheet = match sniff::container(bytes)? {
        Container::Text if wanted.is_none() && cards::are_cards(bytes) => open_cards(bytes, limits),
        Container::Text => match wanted {
            Some(name) => Err(OpenError::NoSuchSheet { name: name.to_owned() }),
            None => open_csv(bytes, read_as, limits),
        },
        Container::Xls => {
            open_workbook(workbook::read_xls(bytes, wanted, limits)?, Format::Xls, read_as, limits)
        }
        Container::Xlsx | Container::Ods => open_package(bytes, read_as, limits),
    };
    sheet.map_err(|error| match error {
        OpenError::Damaged { reason } => OpenError::Damaged { reason: format!("{reason} («{file_name}»)") },
        other => other,
    })
}

fn open_package(bytes: &[u8], read_as: &ReadAs, limits: &Limits) -> Result<Sheet, OpenError> {
    let wanted = read_as.sheet.as_deref();
    let package = Package::read(bytes)?;
    let container = sniff::package(&package)?;
    package.refuse_bombs(limits)?;
    match container {
        Container::Ods => {
            let workbook = workbook::read_ods(bytes, &package, wanted, limits)?;
            open_workbook(workbook, Format::Ods, read_as, limits)
        }
        _ => open_workbook(workbook::read_xlsx(bytes, wanted, limits)?, Format::Xlsx, read_as, limits),
    }
}

fn open_csv(bytes: &[u8], read_as: &ReadAs, limits: &Limits) -> Result<Sheet, OpenError> {
    let chosen = read_as.encoding.as_deref().and_then(|label| Encoding::for_label(label.as_bytes()));
    let (mut text, encoding) = match chosen {
        Some(encoding) => CsvText::decode_as(bytes, encoding),
        None => CsvText::decode(bytes),
    };
    if let Some(line) = read_as.header_row {
        text.begin_at(line);
    }
    text.find_separator();
    let titles = if passes_titles(read_as) { text.pass_titles() } else { 0 };
    let summary = text.survey(limits)?;
    let (headers, problems) = name_headers(&summary.header, summary.used_columns);
    Ok(Sheet {
        format: Format::Csv,
        encoding: Some(encoding),
        separator: text.separator(),
        sheet_names: Vec::new(),
        sheet_name: None,
        columns_beyond: summary.used_columns.saturating_sub(headers.len()),
        headers,
        header_row: summary.header.number,
        titles,
        rows: summary.rows,
        problems,
        cell_characters_max: limits.cell_characters,
        source: Source::Csv(text),
    })
}

fn open_cards(bytes: &[u8], limits: &Limits) -> Result<Sheet, OpenError> {
    let (mut grid, encoding) = cards::read(bytes, limits)?;
    let header = grid.take_header().ok_or(OpenError::Empty)?;
    if grid.rows() == 0 {
        return Err(OpenError::Empty);
    }
    let (headers, problems) = name_headers(&header, grid.used_columns());
    Ok(Sheet {
        format: Format::Vcard,
        encoding: Some(encoding),
        separator: None,
        sheet_names: Vec::new(),
        sheet_name: None,
        headers,
        header_row: header.number,
        titles: 0,
        columns_beyond: 0,
        rows: grid.rows(),
        problems,
        cell_characters_max: limits.cell_characters,
        source: Source::Grid(grid),
    })
}

fn open_workbook(
    workbook: Workbook,
    format: Format,
    read_as: &ReadAs,
    limits: &Limits,
) -> Result<Sheet, OpenError> {
    let Workbook { sheet_names, sheet_name, mut grid } = workbook;
    if let Some(number) = read_as.header_row {
        grid.begin_at(number);
    }
    let titles = if passes_titles(read_as) { grid.pass_titles() } else { 0 };
    let header = grid.take_header().ok_or(OpenError::Empty)?;
    check_header(&header, limits)?;
    let (headers, problems) = name_headers(&header, grid.used_columns());
    Ok(Sheet {
        format,
        encoding: None,
        separator: None,
        sheet_names,
        sheet_name: Some(sheet_name),
        columns_beyond: grid.used_columns().saturating_sub(headers.len()),
        headers,
        header_row: header.number,
        titles,
        rows: grid.rows(),
        problems,
        cell_characters_max: limits.cell_characters,
        source: Source::Grid(grid),
    })
}

fn passes_titles(read_as: &ReadAs) -> bool {
    read_as.passes_titles && read_as.header_row.is_none()
}

impl Sheet {
    /// All data rows.
    pub fn rows(&self) -> Rows<'_> {
        self.rows_from(0)
    }

    /// The data rows whose `number` is `first_number` or more: after the last row done, ask for its number plus one.
    pub fn rows_from(&self, first_number: usize) -> Rows<'_> {
        let source = match &self.source {
            Source::Csv(text) => RowSource::Csv(text.records_from(first_number)),
            Source::Grid(grid) => RowSource::Grid { grid, next: grid.index_of(first_number) },
        };
        Rows { sheet: self, source, first_number }
    }
}

/// The iterator over a sheet's data rows.
pub struct Rows<'a> {
    sheet: &'a Sheet,
    source: RowSource<'a>,
    first_number: usize,
}

enum RowSource<'a> {
    Csv(CsvRecords<'a>),
    Grid { grid: &'a Grid, next: usize },
}

impl Iterator for Rows<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        loop {
            let raw = match &mut self.source {
                RowSource::Csv(records) => records.next()?,
                RowSource::Grid { grid, next } => {
                    *next += 1;
                    grid.row(*next - 1)?
                }
            };
            if raw.number >= self.first_number && raw.number > self.sheet.header_row {
                return Some(fit(raw, self.sheet));
            }
        }
    }
}

/// Makes a row as long as the header and notes what is odd in it.
///
/// A row that is too short is not odd: Excel leaves out the separators of empty cells at the end of a line.
fn fit(raw: RawRow, sheet: &Sheet) -> Row {
    let RawRow { number, mut cells, numbers, mut problems } = raw;
    let columns = sheet.headers.len();
    let left_out = cells.iter().skip(columns).filter(|cell| !cell.is_empty()).count();
    if left_out > 0 {
        let text = format!("{left_out}");
        problems.push(Problem { row: number, column: columns, code: ProblemCode::TooManyCells, text });
    }
    cells.resize(columns, String::new());
    for (column, cell) in cells.iter_mut().enumerate() {
        if cell.len() > sheet.cell_characters_max {
            shorten(cell, sheet.cell_characters_max, number, column, &mut problems);
        }
        if cell.contains(char::REPLACEMENT_CHARACTER) {
            let text = cell.chars().take(80).collect();
            problems.push(Problem { row: number, column, code: ProblemCode::LostCharacters, text });
        }
    }
    Row { number, cells, numbers, problems }
}

fn shorten(cell: &mut String, characters_max: usize, row: usize, column: usize, problems: &mut Vec<Problem>) {
    if let Some((end, _)) = cell.char_indices().nth(characters_max) {
        let text = format!("{}", cell.chars().count());
        problems.push(Problem { row, column, code: ProblemCode::CellTooLong, text });
        cell.truncate(end);
    }
}

/// Refuses a first row that is too wide or that is data: a number in every cell, or an e-mail address in one.
pub(crate) fn check_header(header: &RawRow, limits: &Limits) -> Result<(), OpenError> {
    let columns = used_columns(&header.cells);
    if columns > limits.columns {
        return Err(OpenError::TooManyColumns { columns, limit: limits.columns });
    }
    let filled = || header.cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty());
    let is_address =
        |cell: &str| cell.split_once('@').is_some_and(|(user, host)| !user.is_empty() && host.contains('.'));
    if filled().all(is_number) || filled().any(is_address) {
        return Err(OpenError::NoHeader { row: header.number });
    }
    Ok(())
}

/// Up to and including the last cell with text.
pub(crate) fn used_columns(cells: &[String]) -> usize {
    cells.iter().rposition(|cell| !cell.trim().is_empty()).map_or(0, |last| last + 1)
}

fn is_number(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b'-' | b'+' | b' ' | b'%'))
}

/// Gives every column within the header's row a unique name; columns without a name and without data are dropped.
fn name_headers(header: &RawRow, used_by_rows: usize) -> (Vec<String>, Vec<Problem>) {
    let columns = used_columns(&header.cells).max(used_by_rows.min(header.cells.len()));
    let mut taken: HashSet<String> = HashSet::new();
    let mut names = Vec::with_capacity(columns);
    let mut problems = Vec::new();
    for (column, cell) in header.cells.iter().take(columns).enumerate() {
        let written = cell.split_whitespace().collect::<Vec<_>>().join(" ");
        let wanted = if written.is_empty() { format!("Column {}", column + 1) } else { written.clone() };
        let mut name = wanted.clone();
        let mut number = 2;
        while !taken.insert(name.to_lowercase()) {
            name = format!("{wanted} ({number})");
            number += 1;
        }
        if name != written {
            let code =
                if written.is_empty() { ProblemCode::HeaderEmpty } else { ProblemCode::HeaderRepeated };
            problems.push(Problem { row: header.number, column, code, text: name.clone() });
        }
        names.push(name);
    }
    (names, problems)
}
