//! XLSX, ODS and XLS in: one sheet's cells as texts, packed in memory.

use crate::cell_text::{self, CellText};
use crate::error::{OpenError, Problem, ProblemCode};
use crate::limits::{Limits, ODS_CONTENT_BYTES_MAX, SHEET_TEXT_BYTES_MAX};
use crate::ods_guard;
use crate::sheet::{RawRow, used_columns};
use crate::titles;
use crate::zip_guard::Package;
use calamine::{Data, Ods, OdsError, Range, Reader, SheetType, SheetVisible, Xls, XlsError, Xlsx, XlsxError};
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Cells kept of one sheet, four bytes each beside their text: ten columns for every row of the longest sheet, and more.
const GRID_CELLS_MAX: usize = 64 * 1024 * 1024;
/// Cells with an error that are remembered: a sheet with more is broken as a whole, and each costs about 100 bytes.
const GRID_PROBLEMS_MAX: usize = 1_000_000;
/// The widest and longest sheet of an XLS.
const XLS_ROWS_MAX: usize = 65_536;
const XLS_COLUMNS_MAX: usize = 256;

/// One character past the limit is kept, so that the row is reported.
fn characters_kept(limits: &Limits) -> usize {
    limits.cell_characters.saturating_add(1)
}

/// In the end of a cell's text: the file holds a number there. Ends are below `SHEET_TEXT_BYTES_MAX` and a row beyond it.
const IS_NUMBER: u32 = 1 << 31;

type Bytes<'a> = Cursor<&'a [u8]>;

/// A workbook's sheets by name, and the cells of one.
pub(crate) struct Workbook {
    pub(crate) sheet_names: Vec<String>,
    pub(crate) sheet_name: String,
    pub(crate) grid: Grid,
}

pub(crate) fn read_xlsx(bytes: &[u8], wanted: Option<&str>, limits: &Limits) -> Result<Workbook, OpenError> {
    caught(|| {
        let mut workbook: Xlsx<Bytes<'_>> = Xlsx::new(Cursor::new(bytes)).map_err(xlsx_error)?;
        let sheets = visible_sheets(workbook.sheets_metadata());
        choose(sheets, wanted, |name| read_xlsx_sheet(&mut workbook, name, limits))
    })
}

pub(crate) fn read_ods(
    bytes: &[u8],
    package: &Package<'_>,
    wanted: Option<&str>,
    limits: &Limits,
) -> Result<Workbook, OpenError> {
    let limit = ODS_CONTENT_BYTES_MAX;
    let content = package
        .read_part("content.xml", limit as u64)
        .map_err(|bytes| OpenError::TooBig { bytes: usize::try_from(bytes).unwrap_or(usize::MAX), limit })?
        .ok_or_else(|| OpenError::damaged("its content is missing"))?;
    // In a file with a password the content is not XML; the reader sees that in the manifest before the content.
    let is_plain = content.trim_ascii_start().first() == Some(&b'<') || content.starts_with(b"\xEF\xBB\xBF");
    if is_plain {
        ods_guard::refuse_traps(&content)?;
    }
    drop(content);
    caught(|| {
        let mut workbook: Ods<Bytes<'_>> = Ods::new(Cursor::new(bytes)).map_err(ods_error)?;
        let sheets = visible_sheets(workbook.sheets_metadata());
        choose(sheets, wanted, |name| grid_of(&workbook.worksheet_range(name).map_err(ods_error)?, limits))
    })
}

pub(crate) fn read_xls(bytes: &[u8], wanted: Option<&str>, limits: &Limits) -> Result<Workbook, OpenError> {
    refuse_xls_traps(bytes)?;
    caught(|| {
        let mut workbook: Xls<Bytes<'_>> = Xls::new(Cursor::new(bytes)).map_err(xls_error)?;
        let sheets = visible_sheets(workbook.sheets_metadata());
        choose(sheets, wanted, |name| grid_of(&workbook.worksheet_range(name).map_err(xls_error)?, limits))
    })
}

/// The reader panics on some broken files (numbers that do not fit, parts that end early).
fn caught<T>(read: impl FnOnce() -> Result<T, OpenError>) -> Result<T, OpenError> {
    catch_unwind(AssertUnwindSafe(read))
        .unwrap_or_else(|_| Err(OpenError::damaged("its inner order is broken")))
}

/// Names of the sheets with cells (not charts), each with whether it is shown.
fn visible_sheets(sheets: &[calamine::Sheet]) -> Vec<(String, SheetVisible)> {
    let sheets = sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    sheets.map(|sheet| (sheet.name.clone(), sheet.visible)).collect()
}

/// The sheet asked for, else the first visible one with a cell in it.
fn choose(
    sheets: Vec<(String, SheetVisible)>,
    wanted: Option<&str>,
    mut read: impl FnMut(&str) -> Result<Grid, OpenError>,
) -> Result<Workbook, OpenError> {
    let sheet_names: Vec<String> = sheets.iter().map(|(name, _)| name.clone()).collect();
    if let Some(name) = wanted {
        if !sheet_names.iter().any(|known| known == name) {
            return Err(OpenError::NoSuchSheet { name: name.to_owned() });
        }
        let grid = read(name)?;
        return Ok(Workbook { sheet_names, sheet_name: name.to_owned(), grid });
    }
    for (name, visible) in sheets {
        if visible == SheetVisible::Visible {
            let grid = read(&name)?;
            if !grid.rows.is_empty() {
                return Ok(Workbook { sheet_names, sheet_name: name, grid });
            }
        }
    }
    Err(OpenError::Empty)
}

fn read_xlsx_sheet(workbook: &mut Xlsx<Bytes<'_>>, name: &str, limits: &Limits) -> Result<Grid, OpenError> {
    let mut cells = workbook.worksheet_cells_reader(name).map_err(xlsx_error)?;
    let mut builder = GridBuilder::new(limits);
    while let Some((cell, style_id)) = cells.next_cell_with_style_id().map_err(xlsx_error)? {
        let format = cells.styles().get(style_id).and_then(|style| style.number_format.as_ref());
        let code = format.map(|format| format.format_code.as_str());
        let text = cell_text::of_data_ref(cell.get_value(), code, characters_kept(limits));
        builder.put(cell.get_position(), text)?;
    }
    builder.finish()
}

fn grid_of(range: &Range<Data>, limits: &Limits) -> Result<Grid, OpenError> {
    let mut builder = GridBuilder::new(limits);
    let (first_row, first_column) = range.start().unwrap_or_default();
    for (row, cells) in (first_row..).zip(range.rows()) {
        for (column, cell) in (first_column..).zip(cells) {
            if *cell != Data::Empty {
                builder.put((row, column), cell_text::of_data(cell, characters_kept(limits)))?;
            }
        }
    }
    builder.finish()
}

/// Texts of a sheet in one string, so that a million rows do not cost a million small pieces of memory.
#[derive(Default)]
pub(crate) struct Grid {
    text: String,
    /// Where each cell's text ends, with `IS_NUMBER` for numbers.
    cell_ends: Vec<u32>,
    rows: Vec<GridRow>,
    /// In the order of rows.
    problems: Vec<Problem>,
    used_columns: usize,
}

#[derive(Clone, Copy)]
struct GridRow {
    number: usize,
    first_cell: usize,
}

impl Grid {
    pub(crate) fn rows(&self) -> usize {
        self.rows.len().saturating_sub(1)
    }

    /// Columns used by the data rows.
    pub(crate) fn used_columns(&self) -> usize {
        self.used_columns
    }

    /// Leaves out what stands above this row.
    pub(crate) fn begin_at(&mut self, number: usize) {
        self.rows.drain(..self.index_of(number));
    }

    /// Leaves out titles above the headers; how many rows of them there are.
    pub(crate) fn pass_titles(&mut self) -> usize {
        let rows: Vec<RawRow> = (0..titles::ROWS_LOOKED_AT).map_while(|index| self.row(index)).collect();
        let Some(number) = titles::header_below(&rows) else { return 0 };
        let above = self.index_of(number);
        self.begin_at(number);
        above
    }

    /// The first row. It stays in place as row 0, and `Rows` passes over it by its number.
    pub(crate) fn take_header(&mut self) -> Option<RawRow> {
        let header = self.row(0)?;
        self.used_columns = (1..self.rows.len()).map(|index| self.cells_of(index).len()).max().unwrap_or(0);
        Some(header)
    }

    /// Where the first row with that number or a higher one is.
    pub(crate) fn index_of(&self, number: usize) -> usize {
        self.rows.partition_point(|row| row.number < number)
    }

    pub(crate) fn row(&self, index: usize) -> Option<RawRow> {
        let number = self.rows.get(index)?.number;
        let cells = self.cells_of(index).map(|cell| self.cell(cell).to_owned()).collect();
        let numbers = self.cells_of(index).map(|cell| self.cell_ends[cell] & IS_NUMBER != 0).collect();
        let first = self.problems.partition_point(|problem| problem.row < number);
        let problems =
            self.problems[first..].iter().take_while(|problem| problem.row == number).cloned().collect();
        Some(RawRow { number, cells, numbers, problems })
    }

    fn cells_of(&self, index: usize) -> std::ops::Range<usize> {
        let end = self.rows.get(index + 1).map_or(self.cell_ends.len(), |next| next.first_cell);
        self.rows[index].first_cell..end
    }

    fn cell(&self, index: usize) -> &str {
        let end = |index: usize| usize::try_from(self.cell_ends[index] & !IS_NUMBER).unwrap_or_default();
        let start = if index == 0 { 0 } else { end(index - 1) };
        &self.text[start..end(index)]
    }
}

/// Takes cells in the order of rows and drops rows without text.
pub(crate) struct GridBuilder<'a> {
    limits: &'a Limits,
    grid: Grid,
    row: RawRow,
}

impl GridBuilder<'_> {
    pub(crate) fn new(limits: &Limits) -> GridBuilder<'_> {
        GridBuilder { limits, grid: Grid::default(), row: RawRow::default() }
    }

    /// `position` is (row, column) from 0, as calamine gives it.
    fn put(&mut self, position: (u32, u32), text: CellText) -> Result<(), OpenError> {
        let number = usize::try_from(position.0).unwrap_or(usize::MAX).saturating_add(1);
        let column = usize::try_from(position.1).unwrap_or(usize::MAX);
        if number < self.row.number {
            return Err(OpenError::damaged("its rows are not in order"));
        }
        if number > self.row.number {
            self.end_row()?;
            self.row.number = number;
        }
        let (text, is_number) = match text {
            CellText::Text(text) => (text, false),
            CellText::Number(text) => (text, true),
            CellText::Error(error) => {
                let text = error.to_string();
                self.row.problems.push(Problem { row: number, column, code: ProblemCode::ErrorCell, text });
                (String::new(), false)
            }
        };
        if text.is_empty() {
            return Ok(());
        }
        if self.grid.rows.is_empty() && column >= self.limits.columns && !text.trim().is_empty() {
            return Err(OpenError::TooManyColumns { columns: column + 1, limit: self.limits.columns });
        }
        // One cell past the limit is kept, so that the row is reported as too long.
        let column = column.min(self.limits.columns);
        if self.row.cells.len() <= column {
            self.row.cells.resize(column + 1, String::new());
            self.row.numbers.resize(column + 1, false);
        }
        self.row.cells[column] = text;
        self.row.numbers[column] = is_number;
        Ok(())
    }

    /// A whole row by its number; rows come in order.
    pub(crate) fn put_row(
        &mut self,
        number: usize,
        cells: Vec<String>,
        problems: Vec<Problem>,
    ) -> Result<(), OpenError> {
        self.row = RawRow { number, cells, numbers: Vec::new(), problems };
        self.end_row()
    }

    fn end_row(&mut self) -> Result<(), OpenError> {
        let row = std::mem::take(&mut self.row);
        let columns = used_columns(&row.cells);
        if columns == 0 {
            return Ok(());
        }
        if self.grid.rows.len() > self.limits.rows {
            return Err(OpenError::TooManyRows { limit: self.limits.rows });
        }
        self.grid.rows.push(GridRow { number: row.number, first_cell: self.grid.cell_ends.len() });
        let numbers = row.numbers.iter().copied().chain(std::iter::repeat(false));
        for (cell, is_number) in row.cells.iter().take(columns).zip(numbers) {
            self.grid.text.push_str(cell);
            let end = u32::try_from(self.grid.text.len()).unwrap_or(u32::MAX) & !IS_NUMBER;
            self.grid.cell_ends.push(if is_number { end | IS_NUMBER } else { end });
        }
        let (bytes, cells) = (self.grid.text.len(), self.grid.cell_ends.len());
        if bytes > SHEET_TEXT_BYTES_MAX || cells > GRID_CELLS_MAX {
            return Err(OpenError::TooBig { bytes, limit: SHEET_TEXT_BYTES_MAX });
        }
        self.grid.problems.extend(row.problems);
        if self.grid.problems.len() > GRID_PROBLEMS_MAX {
            return Err(OpenError::damaged("nearly all its cells show errors"));
        }
        Ok(())
    }

    pub(crate) fn finish(mut self) -> Result<Grid, OpenError> {
        self.end_row()?;
        // They grew by doubling, and stay for as long as the job takes.
        self.grid.text.shrink_to_fit();
        self.grid.cell_ends.shrink_to_fit();
        self.grid.rows.shrink_to_fit();
        Ok(self.grid)
    }
}

/// The reader sets memory aside for the size a sheet claims in its Dimensions record (MS-XLS 2.4.90) without a look.
///
/// Found by its bytes anywhere in the file; a record cut in two by a sector's end is missed.
fn refuse_xls_traps(bytes: &[u8]) -> Result<(), OpenError> {
    const RECORD: &[u8] = b"\x00\x02\x0e\x00";
    let u16_at =
        |at: usize| bytes.get(at..at + 2).map_or(0, |two| usize::from(two[0]) | usize::from(two[1]) << 8);
    let mut at = 0;
    while let Some(found) = bytes[at..].windows(RECORD.len()).position(|window| window == RECORD) {
        at += found + RECORD.len();
        let end_row = u16_at(at + 4) | u16_at(at + 6) << 16;
        let end_column = u16_at(at + 10);
        let is_record = u16_at(at + 12) == 0;
        if is_record && (end_row > XLS_ROWS_MAX || end_column > XLS_COLUMNS_MAX) {
            return Err(OpenError::damaged("it claims more rows than such a file can hold"));
        }
    }
    Ok(())
}

fn xlsx_error(error: XlsxError) -> OpenError {
    match error {
        XlsxError::Password => OpenError::Password,
        other => OpenError::damaged(other),
    }
}

fn ods_error(error: OdsError) -> OpenError {
    match error {
        OdsError::Password => OpenError::Password,
        OdsError::CellLimitExceeded { requested, .. } => OpenError::ZipBomb { bytes: requested as u64 },
        other => OpenError::damaged(other),
    }
}

fn xls_error(error: XlsError) -> OpenError {
    match error {
        XlsError::Password => OpenError::Password,
        other => OpenError::damaged(other),
    }
}
