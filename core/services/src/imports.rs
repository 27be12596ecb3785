//! Records from a file: upload, plan, dry run, mending, run, result, and taking it back. The runs themselves are in
//! `import_runs.rs` and `import_undo.rs`.

use crate::error::none_of;
use crate::{App, Ctx, Error, import_runs, permissions, records};
use model::uuid::Uuid;
use model::{
    Action, ChangedSince, Import, ImportCounts, ImportId, ImportMode, ImportPlan, ImportState, IndexKey,
    Kind, Language, MendedValue, Meta, PieceOf, PlannedColumn, Problem, RowOutcome, RowProblems, SheetFacts,
    UndoOutcome,
};
use sheets::{Format, Limits, Separator, Sheet};
use std::collections::BTreeMap;
use store::Direction;

pub(crate) mod entities;
pub(crate) mod findings;
mod formats;
mod header_words;
mod headers;
pub(crate) mod judging;
pub(crate) mod links;
pub(crate) mod plans;
mod programs;
pub(crate) mod reading;
mod starting;
mod templates;

pub use entities::ENTITIES;
pub use findings::{Findings, FoundValue, VALUES_MAX, findings, offered};
pub use import_runs::run_worker;
pub use plans::{CLOSED_AT, FULL_NAME, GIVEN_MAX, MENDED_MAX, OWNER, match_keys, targets};
pub use reading::can_be_made;
pub use templates::{
    TEMPLATE_NAME_CHARACTERS_MAX, TEMPLATES_MAX, delete_template, may_delete_template, save_template,
    templates, use_template,
};

/// Sheets of people have fewer columns than this.
pub const COLUMNS_MAX: usize = 150;
/// Uploads are held in memory while they are looked at.
pub const FILE_BYTES_MAX: usize = sheets::FILE_BYTES_MAX;
pub use sheets::ROWS_MAX;
/// What the list of imports shows.
const IMPORTS_MAX: usize = 200;
/// Values shown beside each column.
const SAMPLES: usize = 3;
const SAMPLE_CHARACTERS_MAX: usize = 60;
/// Rows with problems shown on the page; all of them are in the file of failed rows.
pub const PROBLEM_ROWS_SHOWN: usize = 100;
/// Records of one outcome shown on the page.
pub const ROWS_SHOWN: usize = 100;
const FILE_NAME_CHARACTERS_MAX: usize = 150;

/// A column of the file, for the page that matches columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub samples: Vec<String>,
    pub planned: PlannedColumn,
}

/// A record that an import made, changed or met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowRecord {
    pub row: u64,
    pub entity: Kind,
    pub id: Uuid,
    /// Absent where the caller does not see it, and where it is gone.
    pub title: Option<String>,
    pub outcome: RowOutcome,
    pub undo: Option<UndoOutcome>,
    pub why: String,
}

/// Which records of an import are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    Outcome(RowOutcome),
    /// What was taken back only in part, or left alone.
    NotTakenBack,
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

/// Takes a file in, if it is a sheet with rows, and matches its columns: by a template for such files, by the program it
/// comes from, by its headers and by what its cells look like.
pub fn upload(app: &App, ctx: &Ctx, entity: Kind, file_name: &str, bytes: &[u8]) -> Result<Import, Error> {
    take_in(app, ctx, entity, file_name, bytes, None)
}

/// The same with the plan of another import: «again with the same mapping».
pub fn upload_like(
    app: &App,
    ctx: &Ctx,
    like: ImportId,
    file_name: &str,
    bytes: &[u8],
) -> Result<Import, Error> {
    let former = get(app, ctx, like)?;
    let plan = plans::of_import(app, &former)?;
    take_in(app, ctx, former.entity, file_name, bytes, Some(&plan))
}

fn take_in(
    app: &App,
    ctx: &Ctx,
    entity: Kind,
    file_name: &str,
    bytes: &[u8],
    like: Option<&ImportPlan>,
) -> Result<Import, Error> {
    permissions::require(ctx, Kind::Import, Action::Create)?;
    require_entity(ctx, entity)?;
    let caller = ctx.caller()?;
    let limits = Limits { columns: COLUMNS_MAX, ..Limits::default() };
    let sheet = sheets::open(bytes, file_name, &limits)
        .map_err(|error| Error::invalid("file", &format!("file-{}", error.code()), error.to_string()))?;
    let (plan, program) = starting::plan(app, ctx, entity, &sheet, like)?;
    let stored = app.documents.put(bytes, FILE_BYTES_MAX as u64).map_err(not_stored)?;
    let import = Import {
        meta: Meta::new(ctx.new_id(), ctx.at, ctx.actor()),
        owner: caller.user.id(),
        team: caller.user.teams.first().copied(),
        file_name: file_name.chars().take(FILE_NAME_CHARACTERS_MAX).collect(),
        file_sha256: stored.sha256,
        file_bytes: stored.size_bytes,
        sheet: SheetFacts {
            format: sheet.format.code().to_owned(),
            encoding: sheet.encoding.unwrap_or_default().to_owned(),
            separator: sheet.separator.map(String::from).unwrap_or_default(),
            rows: sheet.rows as u64,
        },
        entity,
        program: program.map(str::to_owned),
        mapping: Vec::new(),
        state: ImportState::Uploaded,
        checked: ImportCounts::default(),
        imported: ImportCounts::default(),
        started_at: None,
        finished_at: None,
        failure: None,
        also_made: 0,
        undo: model::UndoCounts::default(),
        changed_since: ChangedSince::default(),
        undone_at: None,
    };
    let mut write = ctx.write();
    write.create(import.clone());
    plans::put(ctx, &mut write, import.meta.id, PieceOf::Plan, plan.pieces());
    app.commit(write)?;
    Ok(import)
}

/// A full disk is something the person can be told.
fn not_stored(error: documents::Error) -> Error {
    match &error {
        documents::Error::Io { source, .. } if source.kind() == std::io::ErrorKind::StorageFull => {
            Error::invalid("file", "disk-full", "")
        }
        _ => Error::internal(error),
    }
}

/// Who imports makes records or changes them.
fn require_entity(ctx: &Ctx, entity: Kind) -> Result<(), Error> {
    if !ENTITIES.contains(&entity) {
        return Err(Error::invalid("entity", "choice", entity.as_str()));
    }
    let may = |action| permissions::may(ctx, entity, action);
    if may(Action::Create) || may(Action::Change) { Ok(()) } else { Err(Error::Denied) }
}

/// What a plan does, somebody must be allowed to.
fn require_mode(ctx: &Ctx, entity: Kind, mode: ImportMode) -> Result<(), Error> {
    if mode != ImportMode::Update {
        permissions::require(ctx, entity, Action::Create)?;
    }
    if mode != ImportMode::Create {
        permissions::require(ctx, entity, Action::Change)?;
    }
    Ok(())
}

/// Imports the caller may see, newest first.
pub fn list(app: &App, ctx: &Ctx) -> Result<Vec<Import>, Error> {
    let scope = permissions::require(ctx, Kind::Import, Action::See)?;
    let mut imports: Vec<Import> = app.store.members(Uuid::nil(), IMPORTS_MAX)?;
    imports.retain(|import| scope.contains(Some(import.owner), None));
    imports.sort_by_key(|import| std::cmp::Reverse(import.meta.created_at));
    Ok(imports)
}

pub fn get(app: &App, ctx: &Ctx, id: ImportId) -> Result<Import, Error> {
    let scope = permissions::require(ctx, Kind::Import, Action::See)?;
    let import = app.store.get::<Import>(id.0)?.ok_or(Error::NotFound)?;
    if scope.contains(Some(import.owner), None) { Ok(import) } else { Err(Error::NotFound) }
}

/// What is decided about a file.
pub fn plan(app: &App, ctx: &Ctx, id: ImportId) -> Result<ImportPlan, Error> {
    plans::of_import(app, &get(app, ctx, id)?)
}

/// The columns of the file with sample values and where they go.
pub fn columns(app: &App, ctx: &Ctx, id: ImportId) -> Result<Vec<Column>, Error> {
    let import = get(app, ctx, id)?;
    let plan = plans::of_import(app, &import)?;
    let sheet = sheet_of(app, &import)?;
    let mut samples = vec![Vec::new(); sheet.headers.len()];
    // Many columns are empty at first: look a little further.
    for row in sheet.rows().take(50) {
        for (cell, samples) in row.cells.iter().zip(&mut samples) {
            let cell = cell.trim();
            if !cell.is_empty() && samples.len() < SAMPLES {
                samples.push(cell.chars().take(SAMPLE_CHARACTERS_MAX).collect());
            }
        }
    }
    let planned = plan.columns.into_iter().chain(std::iter::repeat(PlannedColumn::default()));
    Ok(sheet
        .headers
        .iter()
        .zip(samples)
        .zip(planned)
        .map(|((header, samples), planned)| Column {
            samples,
            planned: PlannedColumn { header: starting::cut(header), ..planned },
        })
        .collect())
}

/// Sets what is done with the file and begins the dry run. Values mended before stay mended.
pub fn set_plan(
    app: &App,
    ctx: &Ctx,
    id: ImportId,
    version: u64,
    mut plan: ImportPlan,
) -> Result<Import, Error> {
    let before = get(app, ctx, id)?;
    let former = plans::of_import(app, &before)?;
    for (column, known) in plan.columns.iter_mut().zip(&former.columns) {
        column.header = known.header.clone();
    }
    if plan.mended.is_empty() {
        plan.mended = former.mended;
        plan.mended
            .retain(|value| plan.columns.iter().any(|column| column.target.as_ref() == Some(&value.target)));
    }
    require_mode(ctx, before.entity, plan.mode)?;
    none_of(plans::errors(&plan, former.columns.len(), &app.frame(), before.entity))?;
    check(app, ctx, &before, version, &plan)
}

/// Mends values and begins the dry run anew. A value that was mended before is mended as it is said now.
pub fn mend(
    app: &App,
    ctx: &Ctx,
    id: ImportId,
    version: u64,
    mended: Vec<MendedValue>,
) -> Result<Import, Error> {
    let before = get(app, ctx, id)?;
    let mut plan = plans::of_import(app, &before)?;
    let is_new = |value: &MendedValue| {
        !mended.iter().any(|new| new.target == value.target && new.value == value.value)
    };
    plan.mended.retain(is_new);
    plan.mended.extend(mended);
    none_of(plans::errors(&plan, plan.columns.len(), &app.frame(), before.entity))?;
    check(app, ctx, &before, version, &plan)
}

fn check(app: &App, ctx: &Ctx, before: &Import, version: u64, plan: &ImportPlan) -> Result<Import, Error> {
    let may = matches!(before.state, ImportState::Uploaded | ImportState::Checking | ImportState::Checked);
    let after = Import {
        state: ImportState::Checking,
        checked: ImportCounts::default(),
        failure: None,
        mapping: Vec::new(),
        ..before.clone()
    };
    if !may || before.meta.version != version {
        return Err(app.conflict(before, &after));
    }
    let mut write = ctx.write();
    plans::forget(app, &mut write, before.meta.id, None)?;
    plans::put(ctx, &mut write, before.meta.id, PieceOf::Plan, plan.pieces());
    commit_state(app, write, before, after)
}

/// Begins the run, after the dry run.
pub fn start(app: &App, ctx: &Ctx, id: ImportId, version: u64) -> Result<Import, Error> {
    let before = get(app, ctx, id)?;
    require_mode(ctx, before.entity, plans::of_import(app, &before)?.mode)?;
    let after = Import { state: ImportState::Running, started_at: Some(ctx.at), ..before.clone() };
    if before.state != ImportState::Checked || before.meta.version != version {
        return Err(app.conflict(&before, &after));
    }
    commit_state(app, ctx.write(), &before, after)
}

/// Stops a run for a while: what went in stays, and it goes on where it stood. Pausing what does not run is no error.
pub fn pause(app: &App, ctx: &Ctx, id: ImportId) -> Result<Import, Error> {
    switch(app, ctx, id, &|import| match import.state {
        ImportState::Running => Some(Import { state: ImportState::Paused, ..import.clone() }),
        _ => None,
    })
}

pub fn resume(app: &App, ctx: &Ctx, id: ImportId) -> Result<Import, Error> {
    switch(app, ctx, id, &|import| match import.state {
        ImportState::Paused => Some(Import { state: ImportState::Running, ..import.clone() }),
        _ => None,
    })
}

/// Stops an import where it stands; what went in stays. Stopping what has ended is no error.
pub fn cancel(app: &App, ctx: &Ctx, id: ImportId) -> Result<Import, Error> {
    switch(app, ctx, id, &|import| {
        let can_end = !import.state.has_ended() && import.state != ImportState::Undoing;
        let after = || Import { state: ImportState::Cancelled, finished_at: Some(ctx.at), ..import.clone() };
        can_end.then(after)
    })
}

/// Begins to take back all that an import made and changed.
pub fn undo(
    app: &App,
    ctx: &Ctx,
    id: ImportId,
    version: u64,
    changed_since: ChangedSince,
) -> Result<Import, Error> {
    let before = get(app, ctx, id)?;
    require_mode(ctx, before.entity, plans::of_import(app, &before)?.mode)?;
    let after = Import { state: ImportState::Undoing, changed_since, failure: None, ..before.clone() };
    if !before.can_be_undone() || before.meta.version != version {
        return Err(app.conflict(&before, &after));
    }
    commit_state(app, ctx.write(), &before, after)
}

fn switch(
    app: &App,
    ctx: &Ctx,
    id: ImportId,
    wanted: &dyn Fn(&Import) -> Option<Import>,
) -> Result<Import, Error> {
    loop {
        let before = get(app, ctx, id)?;
        let Some(after) = wanted(&before) else {
            return Ok(before);
        };
        match commit_state(app, ctx.write(), &before, after) {
            // The worker counted on; the next look has its new version.
            Err(Error::Conflict(_)) => {}
            outcome => return outcome,
        }
    }
}

fn commit_state(app: &App, mut write: store::Write, before: &Import, after: Import) -> Result<Import, Error> {
    write.update(before, after);
    app.commit(write)?;
    app.store.get::<Import>(before.meta.id)?.ok_or(Error::NotFound)
}

/// The first records of an import with an outcome, in the order of the file.
pub fn rows(app: &App, ctx: &Ctx, id: ImportId, asked: Asked) -> Result<Vec<RowRecord>, Error> {
    let import = get(app, ctx, id)?;
    let mut found = Vec::new();
    let is_asked = |row: &model::ImportedRow| match asked {
        Asked::Outcome(outcome) => row.outcome == outcome,
        Asked::NotTakenBack => {
            matches!(row.undo, Some(UndoOutcome::Kept | UndoOutcome::Partly))
                || (row.undo == Some(UndoOutcome::Undone) && !row.why.is_empty())
        }
    };
    import_runs::each_rows(app, id, Direction::Forward, &mut |record| {
        for row in record.rows.into_iter().filter(|row| is_asked(row)) {
            if found.len() == ROWS_SHOWN {
                return Ok(false);
            }
            let entity = row.entity.unwrap_or(import.entity);
            let title = title(app, ctx, entity, row.id)?;
            let (row, outcome, undo, why, id) = (row.row, row.outcome, row.undo, row.why, row.id);
            found.push(RowRecord { row, entity, id, title, outcome, undo, why });
        }
        Ok(true)
    })?;
    Ok(found)
}

fn title(app: &App, ctx: &Ctx, entity: Kind, id: Uuid) -> Result<Option<String>, Error> {
    let record = entities::for_importable!(entity, R => {
        let record = app.store.get::<R>(id)?;
        Ok(record.map(|record| Box::new(record) as records::Record))
    })?;
    let seen =
        |record: &records::Record| permissions::require_record(ctx, record.as_ref(), Action::See).is_ok();
    Ok(record.filter(seen).map(|record| record.name()))
}

/// The first rows that have problems, in order.
pub fn problem_rows(app: &App, ctx: &Ctx, id: ImportId) -> Result<Vec<RowProblems>, Error> {
    let import = get(app, ctx, id)?;
    let mut rows = import_runs::all_problems(app, import.id())?;
    rows.truncate(PROBLEM_ROWS_SHOWN);
    Ok(rows)
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
    let problems = import_runs::all_problems(app, import.id())?;
    let reasons: BTreeMap<u64, String> = problems
        .iter()
        .map(|row| {
            let texts: Vec<String> = row.problems.iter().map(explain).collect();
            (row.row, texts.join(" · "))
        })
        .collect();
    let sheet = sheet_of(app, &import)?;
    let headers: Vec<String> = sheet.headers.iter().cloned().chain([reason_title.to_owned()]).collect();
    let rows = sheet.rows().filter_map(|row| {
        let reason = reasons.get(&(row.number as u64))?;
        Some(row.cells.into_iter().chain([reason.clone()]).collect::<Vec<String>>())
    });
    let stem = import.file_name.rsplit_once('.').map_or(import.file_name.as_str(), |(stem, _)| stem);
    match sheet.format {
        // Cards come back as a table: nobody mends them by hand.
        Format::Csv | Format::Vcard => Ok(File {
            name: format!("{stem}-errors.csv"),
            content_type: CSV_TYPE,
            bytes: sheets::write_csv(&headers, rows, separator(sheet.separator, ctx.language)),
        }),
        Format::Xlsx | Format::Ods | Format::Xls => {
            let columns: Vec<sheets::Column> = headers
                .into_iter()
                .map(|title| sheets::Column { title, kind: sheets::Kind::Text, width: 20 })
                .collect();
            let rows = rows.map(|row| row.into_iter().map(sheets::Cell::Text).collect());
            Ok(File {
                name: format!("{stem}-errors.xlsx"),
                content_type: XLSX_TYPE,
                bytes: sheets::write_xlsx("Errors", &columns, rows).map_err(Error::internal)?,
            })
        }
    }
}

fn separator(of_file: Option<char>, language: Language) -> Separator {
    match of_file {
        Some(',') => Separator::Comma,
        Some(_) => Separator::Semicolon,
        None => Separator::for_language(language),
    }
}

pub(crate) fn sheet_of(app: &App, import: &Import) -> Result<Sheet, Error> {
    let bytes = app.documents.get(&import.file_sha256).map_err(|error| match error {
        // Erased together with somebody who was in it.
        documents::Error::NotFound { .. } => Error::NotFound,
        error => Error::internal(error),
    })?;
    let limits = Limits { columns: COLUMNS_MAX, ..Limits::default() };
    sheets::open(&bytes, &import.file_name, &limits).map_err(Error::internal)
}

/// The group of an import's problem records.
pub(crate) fn problems_prefix(id: ImportId) -> Vec<u8> {
    IndexKey::members(Kind::ImportProblems, id.0).bytes()
}
