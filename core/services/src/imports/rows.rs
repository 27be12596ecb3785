//! What became of the rows of an import, as people look at it: by outcome, with their problems, and as a file of those
//! that stayed out.

use super::judging::row_name;
use super::reading::{DETAIL_CHARACTERS_MAX, Reading};
use super::{ENTITIES, get, kept, plans, sheet_of, unnamed};
use crate::{App, Ctx, Error, people, records, settings};
use model::uuid::Uuid;
use model::{
    Import, ImportId, ImportedRow, IndexKey, Kind, Language, Mending, Problem, RowOutcome, RowProblems,
    UndoOutcome, single_spaced,
};
use sheets::{Cell, Format, Row, Separator};
use std::collections::{BTreeMap, HashMap};
use store::Direction;

/// Rows with problems shown on the page; all of them are in the file of failed rows.
pub const PROBLEM_ROWS_SHOWN: usize = 100;
/// Records of one outcome shown on the page, and those of one page of the API, up to the end of their portion.
pub const ROWS_SHOWN: usize = 100;
/// A place among the rows and an id, as they end the key of an index entry.
const CURSOR_BYTES: usize = 24;

/// A record that an import made, changed or met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowRecord {
    pub row: u64,
    pub entity: Kind,
    /// Absent of a row that is no record, and of what others have.
    pub id: Option<Uuid>,
    /// Absent where it is gone. Of a row whose record is none or out of the caller's reach, what its cells call it.
    pub title: Option<String>,
    /// Where it is there and the caller may not open it.
    pub out_of_reach: Option<OutOfReach>,
    pub outcome: RowOutcome,
    pub undo: Option<UndoOutcome>,
    pub why: String,
    /// The row before that it is the same as: then it is no record, and `why` is what they share.
    pub same_as: Option<u64>,
}

/// What is told of a record that is there and that the caller may not open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutOfReach {
    /// The import made it and it was given to somebody, or to nobody.
    GivenTo(Option<String>),
    /// Others have it: nothing more is told.
    OfOthers,
}

impl RowRecord {
    /// Only its cells say what it is called.
    fn is_unnamed(&self, of: Kind) -> bool {
        self.title.is_none() && self.entity == of && (self.same_as.is_some() || self.out_of_reach.is_some())
    }
}

/// Which records of an import are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    Outcome(RowOutcome),
    /// What was taken back only in part, or left alone.
    NotTakenBack,
}

/// Some records, and where the next ones are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowPage {
    pub rows: Vec<RowRecord>,
    pub next: Option<String>,
}

/// Some rows with problems, and the number of the last one, where there are more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProblemPage {
    pub rows: Vec<RowProblems>,
    pub next: Option<u64>,
}

/// A file for somebody to keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    pub name: String,
    pub content_type: &'static str,
    pub bytes: Vec<u8>,
}

pub const CSV_TYPE: &str = "text/csv; charset=utf-8";
pub const XLSX_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The first records of an import with an outcome, in the order of the file.
pub fn rows(app: &App, ctx: &Ctx, id: ImportId, asked: Asked) -> Result<Vec<RowRecord>, Error> {
    let mut page = rows_page(app, ctx, id, asked, None)?;
    page.rows.truncate(ROWS_SHOWN);
    let import = get(app, ctx, id)?;
    if page.rows.iter().any(|row| row.is_unnamed(import.entity)) {
        name_rows(app, ctx, &import, &mut page.rows)?;
    }
    Ok(page.rows)
}

/// Gives rows without a record that the caller sees what their cells call them, as long as the file is there.
fn name_rows(app: &App, ctx: &Ctx, import: &Import, rows: &mut [RowRecord]) -> Result<(), Error> {
    if import.forgotten_at.is_some() {
        return Ok(());
    }
    let sheet = match sheet_of(app, import) {
        Ok(sheet) => sheet,
        // Erased together with somebody who was in it.
        Err(Error::NotFound) => return Ok(()),
        Err(error) => return Err(error),
    };
    let plan = plans::of_import(app, import)?;
    let reading =
        Reading::new(&plan, &sheet.headers, &app.frame(), import, settings::get(app, ctx)?.currency);
    let last = rows.iter().map(|row| row.row).max().unwrap_or_default();
    let mut unnamed: BTreeMap<u64, &mut RowRecord> =
        rows.iter_mut().filter(|row| row.is_unnamed(import.entity)).map(|row| (row.row, row)).collect();
    for cells in sheet.rows().take_while(|row| row.number as u64 <= last) {
        if let Some(row) = unnamed.get_mut(&(cells.number as u64)) {
            let name = row_name(import.entity, &reading.read(&cells));
            row.title = Some(name).filter(|name| !name.is_empty());
        }
    }
    Ok(())
}

/// A page of them; `cursor` is the `next` of the page before.
pub fn rows_page(
    app: &App,
    ctx: &Ctx,
    id: ImportId,
    asked: Asked,
    cursor: Option<&str>,
) -> Result<RowPage, Error> {
    let import = get(app, ctx, id)?;
    let is_asked = |row: &ImportedRow| match asked {
        Asked::Outcome(outcome) => row.outcome == outcome,
        Asked::NotTakenBack => {
            matches!(row.undo, Some(UndoOutcome::Kept | UndoOutcome::Partly))
                || (row.undo == Some(UndoOutcome::Undone) && !row.why.is_empty())
        }
    };
    let prefix = IndexKey::members(Kind::ImportedRows, id.0).bytes();
    let after = match cursor {
        Some(text) => Some(key_of(&prefix, text).ok_or_else(|| Error::invalid("cursor", "cursor", text))?),
        None => None,
    };
    let mut page = RowPage::default();
    kept::each_rows(app, id, Direction::Forward, after, &mut |key, record| {
        for row in record.rows.into_iter().filter(|row| is_asked(row)) {
            let entity = row.entity.unwrap_or(import.entity);
            let (title, out_of_reach) = told(app, ctx, entity, &row)?;
            let (same_as, why) = match row.first_row() {
                Some((first, by)) => (Some(first), by.as_str().to_owned()),
                None => (None, row.why),
            };
            let is_told = same_as.is_none() && out_of_reach != Some(OutOfReach::OfOthers);
            let id = is_told.then_some(row.id);
            let (row, outcome, undo) = (row.row, row.outcome, row.undo);
            page.rows.push(RowRecord { row, entity, id, title, out_of_reach, outcome, undo, why, same_as });
        }
        let is_full = page.rows.len() >= ROWS_SHOWN;
        if is_full {
            page.next = key.get(prefix.len()..).map(crate::ctx::hex);
        }
        Ok(!is_full)
    })?;
    Ok(page)
}

/// The key that a cursor stands for.
fn key_of(prefix: &[u8], cursor: &str) -> Option<Vec<u8>> {
    if cursor.len() != CURSOR_BYTES * 2 || !cursor.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let byte = |place: usize| u8::from_str_radix(cursor.get(place..place + 2)?, 16).ok();
    let end: Vec<u8> = (0..cursor.len()).step_by(2).map(byte).collect::<Option<_>>()?;
    Some([prefix, &end].concat())
}

/// What the record of a row is called; where the caller may not open it, what is told instead.
fn told(
    app: &App,
    ctx: &Ctx,
    entity: Kind,
    row: &ImportedRow,
) -> Result<(Option<String>, Option<OutOfReach>), Error> {
    if !ENTITIES.contains(&entity) {
        return Ok((None, None));
    }
    if let Some(record) = records::visible(app, ctx, entity, row.id)? {
        return Ok((Some(record.name()), None));
    }
    let Some(record) = records::any(app, entity, row.id)? else {
        return Ok((None, None));
    };
    if row.outcome != RowOutcome::Created {
        return Ok((None, Some(OutOfReach::OfOthers)));
    }
    let (owner, _) = record.responsible();
    let people = people::now(app)?;
    let name = owner.and_then(|owner| people.name(owner.0)).map(str::to_owned);
    Ok((None, Some(OutOfReach::GivenTo(name))))
}

/// The first rows that have problems, in order.
pub fn problem_rows(app: &App, ctx: &Ctx, id: ImportId) -> Result<Vec<RowProblems>, Error> {
    Ok(problem_page(app, ctx, id, 0)?.rows)
}

/// Rows with problems behind this one, in order.
pub fn problem_page(app: &App, ctx: &Ctx, id: ImportId, after: u64) -> Result<ProblemPage, Error> {
    let import = get(app, ctx, id)?;
    // As many as a page has and one more: of a million bad rows the others are not kept.
    let mut first: BTreeMap<u64, RowProblems> = BTreeMap::new();
    kept::each_problem(app, import.id(), &mut |row| {
        if row.row > after {
            first.insert(row.row, row);
            if first.len() > PROBLEM_ROWS_SHOWN + 1 {
                first.pop_last();
            }
        }
        Ok(())
    })?;
    let mut page = ProblemPage { rows: first.into_values().collect(), next: None };
    if page.rows.len() > PROBLEM_ROWS_SHOWN {
        page.rows.truncate(PROBLEM_ROWS_SHOWN);
        page.next = page.rows.last().map(|row| row.row);
    }
    Ok(page)
}

/// The rows that did not go in, as they were, with a column that says why. `explain` knows the reader's language.
pub fn failed_rows(
    app: &App,
    ctx: &Ctx,
    id: ImportId,
    reason_title: &str,
    explain: &dyn Fn(&Problem) -> String,
) -> Result<File, Error> {
    let import = get(app, ctx, id)?;
    let sheet = sheet_of(app, &import)?;
    let mended: HashMap<(String, String), Mending> = plans::of_import(app, &import)?
        .mended
        .into_iter()
        .map(|value| ((value.target, value.value), value.mending))
        .collect();
    let mut reasons: BTreeMap<u64, String> = BTreeMap::new();
    kept::each_problem(app, import.id(), &mut |row| {
        let said = row.problems.iter().map(|problem| explain(&as_in_the_file(&mended, &row, problem)));
        let texts: Vec<String> = said.collect();
        reasons.insert(row.row, texts.join(" · "));
        Ok(())
    })?;
    let unnamed = unnamed(&sheet);
    let header = |(place, header): (usize, &String)| {
        // As they were: who sends the file again gets the same columns.
        if unnamed.contains(&place) { String::new() } else { header.clone() }
    };
    let headers = sheet.headers.iter().enumerate().map(header).chain([reason_title.to_owned()]);
    let headers: Vec<String> = headers.collect();
    let rows = sheet.rows().filter_map(|row| {
        let reason = reasons.get(&(row.number as u64))?;
        Some((row, reason.clone()))
    });
    let stem = import.file_name.rsplit_once('.').map_or(import.file_name.as_str(), |(stem, _)| stem);
    let texts = |(row, reason): (Row, String)| row.cells.into_iter().chain([reason]).collect::<Vec<String>>();
    match sheet.format {
        // Cards come back as a table: nobody mends them by hand.
        Format::Csv | Format::Vcard => Ok(File {
            name: format!("{stem}-errors.csv"),
            content_type: CSV_TYPE,
            bytes: sheets::write_csv(&headers, rows.map(texts), separator(sheet.separator, ctx.language)),
        }),
        Format::Xlsx | Format::Ods | Format::Xls => {
            let columns: Vec<sheets::Column> = headers
                .into_iter()
                .map(|title| sheets::Column { title, kind: sheets::Kind::Text, width: 20 })
                .collect();
            let rows = rows.map(|(row, reason)| {
                let cells = row.cells.iter().enumerate().map(|(place, cell)| as_it_was(&row, place, cell));
                cells.chain([Cell::Text(reason)]).collect()
            });
            Ok(File {
                name: format!("{stem}-errors.xlsx"),
                content_type: XLSX_TYPE,
                bytes: sheets::write_xlsx("Errors", &columns, rows).map_err(Error::internal)?,
            })
        }
    }
}

/// Numbers come back as numbers, unless their format gave them another look: `08001`, `21%`.
fn as_it_was(row: &Row, place: usize, cell: &str) -> Cell {
    let number = cell.parse::<f64>().ok().filter(|number| row.is_number(place) && number.to_string() == cell);
    number.map_or_else(|| Cell::Text(cell.to_owned()), Cell::Number)
}

/// A problem of what a value was replaced by, said of the value that stands in the file beside it.
fn as_in_the_file(
    mended: &HashMap<(String, String), Mending>,
    row: &RowProblems,
    problem: &Problem,
) -> Problem {
    let cell = row.cells.iter().find(|(field, _)| *field == problem.field);
    let replaced = cell.and_then(|place| match mended.get(place) {
        Some(Mending::Replace(by)) => Some((place, single_spaced(by))),
        _ => None,
    });
    match replaced {
        Some(((_, cell), by)) if cut(&by) == problem.detail => {
            Problem { detail: cell.clone(), ..problem.clone() }
        }
        _ => problem.clone(),
    }
}

fn cut(text: &str) -> String {
    text.chars().take(DETAIL_CHARACTERS_MAX).collect()
}

fn separator(of_file: Option<char>, language: Language) -> Separator {
    match of_file {
        Some(',') => Separator::Comma,
        Some(_) => Separator::Semicolon,
        None => Separator::for_language(language),
    }
}
