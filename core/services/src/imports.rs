//! Records from a file: upload, plan, dry run, mending, run, result, and taking it back. The runs themselves are in
//! `import_runs.rs` and `import_undo.rs`.

use crate::error::none_of;
use crate::fields::Field;
use crate::{App, Ctx, Error, import_runs, permissions, settings};
use formats::{plain_number, typed_numbers};
use model::uuid::Uuid;
use model::{
    Action, ChangedSince, FieldKind, Import, ImportCounts, ImportId, ImportMode, ImportPlan, ImportState,
    IndexKey, Kind, Language, MendedValue, Mending, Meta, PieceOf, PlannedColumn, SheetAsked,
};
use sheets::{Limits, ProblemCode, Sheet};
use starting::{BeginWith, Beginning};
use std::sync::atomic::{AtomicUsize, Ordering};
use store::{Direction, Scan};

mod alike;
mod currencies;
pub(crate) mod entities;
pub(crate) mod findings;
pub(crate) mod forgetting;
pub(crate) mod formats;
mod header_words;
pub(crate) mod headers;
mod html;
pub(crate) mod judging;
pub(crate) mod kept;
pub(crate) mod keys;
pub(crate) mod links;
mod nearness;
mod options;
pub(crate) mod order;
pub(crate) mod plans;
mod postcodes;
pub(crate) mod previews;
mod programs;
mod read_as;
pub(crate) mod reading;
mod rows;
mod starting;
mod templates;
mod unsaid;
mod ways;

pub use entities::ENTITIES;
pub use findings::{Adding, AlikeRow, Findings, FoundValue, VALUES_MAX, findings, offered};
pub use forgetting::{KEPT_DAYS, delete, forget_old};
pub use import_runs::run_worker;
pub use plans::{CLOSED_AT, FULL_NAME, GIVEN_MAX, MENDED_MAX, OWNER, match_keys, targets};
pub use previews::{ChangedField, ChangedRow, DoubleRow, PREVIEWED_ROWS, SameAs, names_in};
pub use read_as::{ReadFile, read_as, read_as_keeping};
pub use reading::can_be_made;
pub use rows::{
    Asked, CSV_TYPE, File, OutOfReach, PROBLEM_ROWS_SHOWN, ProblemPage, ROWS_SHOWN, RowPage, RowRecord,
    XLSX_TYPE, failed_rows, problem_page, problem_rows, rows, rows_page,
};
pub use templates::{
    TEMPLATE_NAME_CHARACTERS_MAX, TEMPLATES_MAX, delete_template, keep_columns, may_delete_template,
    save_template, template_of, templates, use_template, use_template_keeping,
};
pub use unsaid::{LeftOut, are_importers};

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
const FILE_NAME_CHARACTERS_MAX: usize = 150;
/// The problem of a disk without room: of an upload, and of an import that waits.
pub(crate) const DISK_FULL: &str = "disk-full";
/// The problem of a file with nothing below its headers.
const NO_ROWS: &str = "file-no-rows";

/// A column of the file, for the page that matches columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub samples: Vec<String>,
    pub planned: PlannedColumn,
    /// It has no name in the file; the one in the plan is made up.
    pub is_unnamed: bool,
}

/// A file that somebody sends.
#[derive(Clone, Copy, Debug)]
pub struct Upload<'a> {
    /// What its rows are to become; of the import that it is like, where absent.
    pub entity: Option<Kind>,
    pub file_name: &'a str,
    pub bytes: &'a [u8],
    /// An import whose plan it takes: «again with the same mapping».
    pub like: Option<ImportId>,
    /// A second call with the same key answers with the import of the first.
    pub idempotency_key: Option<&'a str>,
}

/// Takes a file in, if it is a sheet with rows, and matches its columns: by a template for such files, by the program it
/// comes from, by its headers and by what its cells look like.
pub fn upload(app: &App, ctx: &Ctx, entity: Kind, file_name: &str, bytes: &[u8]) -> Result<Import, Error> {
    let entity = Some(entity);
    take_in(app, ctx, &Upload { entity, file_name, bytes, like: None, idempotency_key: None })
}

/// The same with the plan of another import: «again with the same mapping».
pub fn upload_like(
    app: &App,
    ctx: &Ctx,
    like: ImportId,
    file_name: &str,
    bytes: &[u8],
) -> Result<Import, Error> {
    let like = Some(like);
    take_in(app, ctx, &Upload { entity: None, file_name, bytes, like, idempotency_key: None })
}

/// The same with all that may be said of a file.
pub fn take_in(app: &App, ctx: &Ctx, sent: &Upload<'_>) -> Result<Import, Error> {
    permissions::require(ctx, Kind::Import, Action::Create)?;
    let caller = ctx.caller()?;
    let once = sent.idempotency_key.map(|key| format!("{}/import/{key}", ctx.actor_name()));
    let known = || once.as_deref().map(|key| app.store.once(key)).transpose().map(Option::flatten);
    if let Some(id) = known()? {
        return get(app, ctx, ImportId(id));
    }
    let like = sent.like.map(|like| get(app, ctx, like)).transpose()?;
    let entity = like.as_ref().map(|former| former.entity).or(sent.entity);
    let entity = entity.ok_or_else(|| Error::invalid("entity", "required", ""))?;
    require_entity(ctx, entity)?;
    if app.is_disk_low()? {
        return Err(Error::invalid("file", DISK_FULL, ""));
    }
    let like = like.map(|former| plans::of_import(app, &former)).transpose()?;
    let mut asked = SheetAsked::default();
    let sheet = read_as::open_passing_titles(sent.bytes, sent.file_name, &asked)
        .map_err(|error| Error::invalid("file", &format!("file-{}", error.code()), error.to_string()))?;
    // Of a workbook another sheet may be meant: its page offers them.
    if sheet.rows == 0 && sheet.sheet_names.len() < 2 {
        return Err(Error::invalid("file", NO_ROWS, sheet.header_row.to_string()));
    }
    asked.header_row = read_as::row_below_titles(&sheet);
    let with = like.as_ref().map_or(BeginWith::Template, BeginWith::Plan);
    let Beginning { plan, program, template } = starting::plan(app, ctx, entity, &sheet, with)?;
    let stored = app.documents.put(sent.bytes, FILE_BYTES_MAX as u64).map_err(not_stored)?;
    let import = Import {
        meta: Meta::new(ctx.new_id(), ctx.at, ctx.actor()),
        owner: caller.user.id(),
        team: caller.user.teams.first().copied(),
        file_name: sent.file_name.chars().take(FILE_NAME_CHARACTERS_MAX).collect(),
        file_sha256: stored.sha256,
        file_bytes: stored.size_bytes,
        sheet: read_as::facts(&sheet, asked),
        entity,
        program: program.map(str::to_owned),
        template,
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
        forgotten_at: None,
    };
    let mut write = ctx.write();
    if let Some(key) = &once {
        write.put_once(key, import.meta.id);
    }
    write.create(import.clone());
    plans::put(ctx, &mut write, import.meta.id, PieceOf::Plan, plan.pieces());
    app.commit_once(write)?;
    // Another call with the same key may have been quicker.
    get(app, ctx, ImportId(known()?.unwrap_or(import.meta.id)))
}

/// What a file may have.
fn limits() -> Limits {
    Limits { columns: COLUMNS_MAX, ..Limits::default() }
}

/// A full disk is something the person can be told.
fn not_stored(error: documents::Error) -> Error {
    match &error {
        documents::Error::Io { source, .. } if source.kind() == std::io::ErrorKind::StorageFull => {
            Error::invalid("file", DISK_FULL, "")
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
    // The newest are at the end of the group.
    let scan = Scan {
        prefix: IndexKey::members(Kind::Import, Uuid::nil()).bytes(),
        after: None,
        direction: Direction::Backward,
        limit: IMPORTS_MAX,
    };
    let mut imports = Vec::new();
    for entry in app.store.scan(&scan)? {
        let Some(id) = IndexKey::record_at_end(&entry.key) else { continue };
        imports.extend(app.store.get::<Import>(id)?);
    }
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

/// The columns of the file with sample values and where they go, and how the file was read.
pub fn columns(app: &App, ctx: &Ctx, id: ImportId) -> Result<(Vec<Column>, ReadFile), Error> {
    let import = get(app, ctx, id)?;
    let plan = plans::of_import(app, &import)?;
    let sheet = sheet_of(app, &import)?;
    Ok((columns_of(&sheet, plan), ReadFile::of(&sheet)))
}

fn columns_of(sheet: &Sheet, plan: ImportPlan) -> Vec<Column> {
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
    let unnamed = unnamed(sheet);
    let planned = plan.columns.into_iter().chain(std::iter::repeat(PlannedColumn::default()));
    sheet
        .headers
        .iter()
        .zip(samples)
        .zip(planned)
        .enumerate()
        .map(|(place, ((header, samples), planned))| Column {
            samples,
            planned: PlannedColumn { header: starting::cut(header), ..planned },
            is_unnamed: unnamed.contains(&place),
        })
        .collect()
}

/// The places of columns that have no name in the file.
fn unnamed(sheet: &Sheet) -> Vec<usize> {
    let problems = sheet.problems.iter().filter(|problem| problem.code == ProblemCode::HeaderEmpty);
    problems.map(|problem| problem.column).collect()
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
    if plan.mended.is_empty() {
        plan.mended.clone_from(&former.mended);
        let goes_to = |value: &MendedValue| {
            plan.columns.iter().any(|column| column.target.as_ref() == Some(&value.target))
        };
        plan.mended.retain(|value| value.value.is_empty() || goes_to(value));
    }
    replace_plan_of(app, ctx, &before, version, &former, plan)
}

/// The same, also which values are mended.
pub fn replace_plan(
    app: &App,
    ctx: &Ctx,
    id: ImportId,
    version: u64,
    plan: ImportPlan,
) -> Result<Import, Error> {
    let before = get(app, ctx, id)?;
    let former = plans::of_import(app, &before)?;
    replace_plan_of(app, ctx, &before, version, &former, plan)
}

fn replace_plan_of(
    app: &App,
    ctx: &Ctx,
    before: &Import,
    version: u64,
    former: &ImportPlan,
    mut plan: ImportPlan,
) -> Result<Import, Error> {
    for (column, known) in plan.columns.iter_mut().zip(&former.columns) {
        column.header = known.header.clone();
    }
    require_mode(ctx, before.entity, plan.mode)?;
    let frame = app.frame();
    none_of(plans::errors(&plan, former.columns.len(), &frame, before.entity))?;
    let fields = plans::targets(&frame, before.entity);
    if plan.columns.iter().any(|column| starting::lacks_form(column, &fields)) {
        let country = settings::get(app, ctx)?.country;
        starting::tell_forms(&mut plan, &sheet_of(app, before)?, &frame, before.entity, &country);
    }
    check(app, ctx, before, version, plan)
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
    // What is replaced by itself is as it is in the file.
    let mended = mended.into_iter().filter(|new| new.mending != Mending::Replace(new.value.clone()));
    let fields = plans::targets(&app.frame(), before.entity);
    plan.mended.extend(mended.map(|value| as_typed(value, &fields, ctx.language)));
    none_of(plans::errors(&plan, plan.columns.len(), &app.frame(), before.entity))?;
    check(app, ctx, &before, version, plan)
}

/// A number that somebody types is written as in their language, whatever the file's numbers look like.
fn as_typed(value: MendedValue, fields: &[Field], language: Language) -> MendedValue {
    let is_number = |field: &Field| {
        field.key == value.target && matches!(field.kind, FieldKind::Number | FieldKind::Money)
    };
    match value.mending {
        Mending::Replace(text) if fields.iter().any(is_number) => {
            let text = plain_number(&text, Some(typed_numbers(language)));
            MendedValue { mending: Mending::Replace(text), ..value }
        }
        _ => value,
    }
}

fn check(app: &App, ctx: &Ctx, before: &Import, version: u64, mut plan: ImportPlan) -> Result<Import, Error> {
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
    options::add(app, ctx, before.entity, &mut plan)?;
    let mut write = ctx.write();
    plans::forget(app, &mut write, before.meta.id, None)?;
    plans::put(ctx, &mut write, before.meta.id, PieceOf::Plan, plan.pieces());
    commit_state(app, write, before, after)
}

/// Begins the run, after the dry run. One that was begun is as it is: who asks twice gets one run.
pub fn start(app: &App, ctx: &Ctx, id: ImportId, version: u64) -> Result<Import, Error> {
    let before = get(app, ctx, id)?;
    if before.started_at.is_some() {
        return Ok(before);
    }
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
    let _order = Order::give(app);
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

/// As long as it lives, the worker waits for each of its portions: else the next one would always be on its way already,
/// and what somebody read of the import always old.
struct Order<'a>(&'a AtomicUsize);

impl<'a> Order<'a> {
    fn give(app: &'a App) -> Order<'a> {
        app.import_orders.fetch_add(1, Ordering::AcqRel);
        Order(&app.import_orders)
    }
}

impl Drop for Order<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

/// Whether somebody wants to stop, pause or resume an import at this very moment.
pub(crate) fn has_order(app: &App) -> bool {
    app.import_orders.load(Ordering::Acquire) > 0
}

fn commit_state(app: &App, mut write: store::Write, before: &Import, after: Import) -> Result<Import, Error> {
    write.update(before, after);
    app.commit(write)?;
    app.store.get::<Import>(before.meta.id)?.ok_or(Error::NotFound)
}

pub(crate) fn sheet_of(app: &App, import: &Import) -> Result<Sheet, Error> {
    read_as::open(&file_of(app, import)?, &import.file_name, &import.sheet.asked).map_err(Error::internal)
}

fn file_of(app: &App, import: &Import) -> Result<Vec<u8>, Error> {
    app.documents.get(&import.file_sha256).map_err(|error| match error {
        // Erased together with somebody who was in it.
        documents::Error::NotFound { .. } => Error::NotFound,
        error => Error::internal(error),
    })
}
