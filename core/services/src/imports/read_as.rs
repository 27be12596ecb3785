//! How a file is read: as it looks, or as somebody says who sees that it looks wrong.

use super::starting::{BeginWith, Beginning};
use super::{NO_ROWS, commit_state, file_of, get, limits, plans, starting};
use crate::error::none_of;
use crate::{App, Ctx, Error, permissions};
use model::{
    Action, FieldErrors, Import, ImportCounts, ImportId, ImportPiece, ImportPlan, ImportState, Kind,
    MendedValue, PieceOf, SheetAsked, SheetFacts, TITLE,
};
use sheets::{ENCODINGS, Format, OpenError, ReadAs, Sheet};
use std::collections::BTreeSet;

/// How a file was read, and what it can be read as.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadFile {
    /// Of a CSV, and which others there are.
    pub encoding: Option<String>,
    pub encodings: Vec<String>,
    /// Of a workbook, and all that it has.
    pub sheet: Option<String>,
    pub sheets: Vec<String>,
    /// From 1; none for cards, which have no headers.
    pub header_row: Option<u64>,
    /// Columns of the data behind the last header: nothing of them goes in.
    pub columns_beyond: u64,
}

impl ReadFile {
    pub(super) fn of(sheet: &Sheet) -> ReadFile {
        let is_csv = sheet.format == Format::Csv;
        let encoding = sheet.encoding.filter(|_| is_csv).map(str::to_owned);
        let mut encodings: Vec<String> = Vec::new();
        if let Some(told) = &encoding {
            encodings.extend(ENCODINGS.map(str::to_owned));
            if !encodings.contains(told) {
                encodings.push(told.clone());
            }
        }
        ReadFile {
            encoding,
            encodings,
            sheet: sheet.sheet_name.clone(),
            sheets: sheet.sheet_names.clone(),
            header_row: (sheet.format != Format::Vcard).then_some(sheet.header_row as u64),
            columns_beyond: sheet.columns_beyond as u64,
        }
    }
}

/// Reads the file anew as somebody says. Where its columns are the same ones, they go where they went; else they are matched
/// anew, and the answer says so. What somebody chose of the rows stays either way.
pub fn read_as(
    app: &App,
    ctx: &Ctx,
    id: ImportId,
    version: u64,
    asked: SheetAsked,
) -> Result<(Import, bool), Error> {
    read_as_keeping(app, ctx, id, version, asked, &ImportPlan::default())
}

/// The same, where somebody chose something on the page without sending it.
pub fn read_as_keeping(
    app: &App,
    ctx: &Ctx,
    id: ImportId,
    version: u64,
    mut asked: SheetAsked,
    typed: &ImportPlan,
) -> Result<(Import, bool), Error> {
    permissions::require(ctx, Kind::Import, Action::Create)?;
    let before = get(app, ctx, id)?;
    let may = matches!(before.state, ImportState::Uploaded | ImportState::Checked);
    if !may || before.meta.version != version {
        let after = Import { state: ImportState::Uploaded, ..before.clone() };
        return Err(app.conflict(&before, &after));
    }
    let bytes = file_of(app, &before)?;
    none_of(wrong(&bytes, &before.file_name, &asked))?;
    if is_row_of_other_sheet(&bytes, &before, &asked) {
        asked.header_row = None;
    }
    let sheet = open_passing_titles(&bytes, &before.file_name, &asked).map_err(|error| {
        if error == OpenError::Empty && asked.header_row.is_some() {
            return no_such_row(&bytes, &before.file_name, &asked);
        }
        let field = if matches!(error, OpenError::NoSuchSheet { .. }) { "sheet" } else { "header_row" };
        Error::invalid(field, &format!("file-{}", error.code()), error.to_string())
    })?;
    if sheet.rows == 0 {
        let field = if asked.sheet == before.sheet.asked.sheet { "header_row" } else { "sheet" };
        return Err(Error::invalid(field, NO_ROWS, sheet.header_row.to_string()));
    }
    asked.header_row = asked.header_row.or(row_below_titles(&sheet));
    let stored = plans::of_import(app, &before)?;
    let former = as_left(&stored, typed);
    let is_same = former
        .columns
        .iter()
        .map(|column| column.header.clone())
        .eq(sheet.headers.iter().map(|header| starting::cut(header)));
    let with = if is_same { BeginWith::Plan(&former) } else { BeginWith::Template };
    let Beginning { mut plan, program, template } = starting::plan(app, ctx, before.entity, &sheet, with)?;
    let mut chosen = chosen_before(app, &before)?;
    if !is_same {
        let usual = usual(app, ctx, &before, &bytes)?;
        let shown = usual.iter().flat_map(|usual| [usual, &stored]).collect::<Vec<_>>();
        chosen = keep_choices(&mut plan, &former, &shown, &chosen);
    }
    let mut pieces = plan.pieces();
    pieces.extend(chosen.into_iter().map(|what| ImportPiece::Chosen { what }));
    let after = Import {
        sheet: facts(&sheet, asked),
        program: program.map(str::to_owned),
        template: if is_same { before.template } else { template },
        state: ImportState::Uploaded,
        checked: ImportCounts::default(),
        mapping: Vec::new(),
        ..before.clone()
    };
    let mut write = ctx.write();
    plans::forget(app, &mut write, before.meta.id, None)?;
    plans::put(ctx, &mut write, before.meta.id, PieceOf::Plan, pieces);
    Ok((commit_state(app, write, &before, after)?, !is_same))
}

/// The plan as the page was left: as it was typed there, under the headers of the file.
fn as_left(stored: &ImportPlan, typed: &ImportPlan) -> ImportPlan {
    if typed.columns.len() != stored.columns.len() {
        return stored.clone();
    }
    let mut plan = ImportPlan { mended: stored.mended.clone(), ..typed.clone() };
    for (column, known) in plan.columns.iter_mut().zip(&stored.columns) {
        column.header.clone_from(&known.header);
    }
    plan
}

/// The plan that the file as it was read before begins with: what differs from it, somebody chose. Nothing where somebody
/// sent the plan, and with it chose all of it.
fn usual(app: &App, ctx: &Ctx, before: &Import, bytes: &[u8]) -> Result<Option<ImportPlan>, Error> {
    if before.state == ImportState::Checked {
        return Ok(None);
    }
    let Ok(sheet) = open(bytes, &before.file_name, &before.sheet.asked) else {
        return Ok(None);
    };
    let beginning = starting::plan(app, ctx, before.entity, &sheet, BeginWith::Template)?;
    Ok(Some(beginning.plan))
}

/// What somebody chose in readings before, as keys of [`keep_choices`].
fn chosen_before(app: &App, before: &Import) -> Result<BTreeSet<String>, Error> {
    let pieces = plans::pieces(app, before.meta.id, PieceOf::Plan)?;
    let chosen = pieces.into_iter().filter_map(|piece| match piece {
        ImportPiece::Chosen { what } => Some(what),
        _ => None,
    });
    Ok(chosen.collect())
}

/// What somebody chose of rows that are there already, what they gave to silent rows and what they mended stays, as far as the
/// columns allow; the rest follows the columns. Chosen is what was before, and what differs from one of the plans that nobody
/// chose; without any, all of it. Returns what was chosen of what stays.
fn keep_choices(
    plan: &mut ImportPlan,
    former: &ImportPlan,
    shown: &[&ImportPlan],
    before: &BTreeSet<String>,
) -> BTreeSet<String> {
    let mut chosen = BTreeSet::new();
    let mut is_chosen = |what: &str, is_it: &dyn Fn(&ImportPlan) -> bool| {
        let is_chosen = shown.is_empty() || before.contains(what) || !shown.iter().all(|plan| is_it(plan));
        if is_chosen {
            chosen.insert(what.to_owned());
        }
        is_chosen
    };
    if is_chosen("mode", &|shown| shown.mode == former.mode) {
        plan.mode = former.mode;
    }
    if is_chosen("on_double", &|shown| shown.on_double == former.on_double) {
        plan.on_double = former.on_double;
    }
    let is_there = former.match_by.as_deref().is_none_or(|key| key == TITLE || plan.goes_to(key));
    if is_there && is_chosen("match_by", &|shown| shown.match_by == former.match_by) {
        plan.match_by.clone_from(&former.match_by);
    }
    for given in &former.given {
        // What quotes a column is of the columns that were.
        let can_stay = !given.text.contains('{') && !plan.goes_to(&given.target);
        let is_free = plan.given.iter().all(|known| known.target != given.target);
        let what = format!("given {}", given.target);
        if can_stay && is_free && is_chosen(&what, &|shown| shown.given.contains(given)) {
            plan.given.push(given.clone());
        }
    }
    for value in &former.mended {
        let is_it = |known: &MendedValue| known.target == value.target && known.value == value.value;
        if (value.value.is_empty() || plan.goes_to(&value.target)) && !plan.mended.iter().any(is_it) {
            plan.mended.push(value.clone());
        }
    }
    chosen
}

fn wrong(bytes: &[u8], file_name: &str, asked: &SheetAsked) -> FieldErrors {
    let mut errors = FieldErrors::default();
    if let Some(encoding) = &asked.encoding
        && sheets::encoding_named(encoding).is_none()
    {
        errors.add("encoding", "choice", encoding);
    }
    if asked.header_row == Some(0) {
        errors.add("header_row", NO_SUCH_ROW, last_row(bytes, file_name, asked).to_string());
    }
    errors
}

/// The problem of a row of headers that the file does not have, or that has nothing below; the detail is the last row.
const NO_SUCH_ROW: &str = "header-row";

fn no_such_row(bytes: &[u8], file_name: &str, asked: &SheetAsked) -> Error {
    Error::invalid("header_row", NO_SUCH_ROW, last_row(bytes, file_name, asked).to_string())
}

/// The number of the last row with something in it, wherever the headers are.
fn last_row(bytes: &[u8], file_name: &str, asked: &SheetAsked) -> usize {
    let whole = SheetAsked { header_row: None, ..asked.clone() };
    let last = |sheet: Sheet| sheet.rows().last().map_or(sheet.header_row, |row| row.number);
    open(bytes, file_name, &whole).map_or(1, last)
}

/// Whoever chose another sheet and left the row of the headers as it was said nothing of the one they chose.
fn is_row_of_other_sheet(bytes: &[u8], before: &Import, asked: &SheetAsked) -> bool {
    if asked.sheet.is_none() || asked.sheet == before.sheet.asked.sheet {
        return false;
    }
    open(bytes, &before.file_name, &before.sheet.asked).is_ok_and(|former| {
        former.sheet_name != asked.sheet
            && asked.header_row.is_some_and(|row| usize::try_from(row) == Ok(former.header_row))
    })
}

pub(super) fn open(bytes: &[u8], file_name: &str, asked: &SheetAsked) -> Result<Sheet, OpenError> {
    sheets::open_as(bytes, file_name, &asked_as(asked), &limits())
}

/// As somebody sees it first: where nobody said which row has the headers, it is looked for.
pub(super) fn open_passing_titles(
    bytes: &[u8],
    file_name: &str,
    asked: &SheetAsked,
) -> Result<Sheet, OpenError> {
    let read_as = ReadAs { passes_titles: true, ..asked_as(asked) };
    sheets::open_as(bytes, file_name, &read_as, &limits())
}

fn asked_as(asked: &SheetAsked) -> ReadAs {
    ReadAs {
        encoding: asked.encoding.clone(),
        sheet: asked.sheet.clone(),
        header_row: asked.header_row.and_then(|row| usize::try_from(row).ok()),
        passes_titles: false,
    }
}

/// The row of headers that was found below titles: kept, so that the file is read so for ever.
pub(super) fn row_below_titles(sheet: &Sheet) -> Option<u32> {
    u32::try_from(sheet.header_row).ok().filter(|_| sheet.titles > 0)
}

pub(super) fn facts(sheet: &Sheet, asked: SheetAsked) -> SheetFacts {
    SheetFacts {
        format: sheet.format.code().to_owned(),
        encoding: sheet.encoding.unwrap_or_default().to_owned(),
        separator: sheet.separator.map(String::from).unwrap_or_default(),
        rows: sheet.rows as u64,
        asked,
    }
}
