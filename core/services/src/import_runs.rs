//! The work of an import: every row once, in portions, each portion with its progress in one transaction. After a
//! crash or a restart the next portion begins where the last one ended.

use crate::assignment::Round;
use crate::imports::{problems_prefix, sheet_of};
use crate::leads::checked;
use crate::own_values::{Making, text_of};
use crate::{App, Ctx, Error, LeadDraft, parametrization, settings};
use model::{
    FieldKind, Import, ImportCounts, ImportId, ImportProblems, ImportState, ImportTarget, Lead, Meta,
    Problem, RowProblems, Settings, fold, own_key,
};
use sheets::{Row, Sheet};
use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use store::{Direction, Scan};

/// Leads of one transaction: with their counters well below the store's limit of operations.
const PORTION: usize = 200;
/// Rows of one portion of a dry run.
const CHECK_PORTION: usize = 1_000;
/// What one record of problems may hold, in bytes of its JSON.
const PROBLEM_BYTES_MAX: usize = 3_000;
/// The value of a cell quoted in a problem.
const DETAIL_CHARACTERS_MAX: usize = 60;
/// A row can be wrong in a few fields; more say nothing new.
const PROBLEMS_A_ROW_MAX: usize = 8;
/// Records of problems deleted in one transaction.
const DELETED_AT_ONCE: usize = 200;
/// Looking for work, and for the order to stop.
const WAIT: Duration = Duration::from_millis(250);
/// While others write without end, this often is enough: an import that was just started does not mind.
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// Works on imports until told to stop. `ctx_for` makes the circumstances of the import's owner; failures of the
/// machine go to `report`.
pub fn run_worker(
    app: &App,
    ctx_for: &dyn Fn(&Import) -> Result<Ctx, Error>,
    stop: &AtomicBool,
    report: &dyn Fn(&Error),
) {
    while !stop.load(Ordering::Acquire) {
        let head = app.head();
        let waiting: Vec<Import> = match app.store.members(Import::WORKING, 10) {
            Ok(imports) => imports,
            Err(error) => {
                report(&error.into());
                Vec::new()
            }
        };
        if waiting.is_empty() {
            if app.store.wait_past(head, WAIT) > head {
                app.store.wait_past(u64::MAX, LOOK_AGAIN);
            }
            continue;
        }
        for import in waiting {
            let outcome = ctx_for(&import).and_then(|ctx| work(app, &ctx, &import, ctx_for, stop));
            if let Err(error) = outcome {
                report(&error);
                give_up(app, ctx_for, &import, report);
            }
        }
    }
}

/// Works on one import until it is done, stopped or cancelled.
fn work(
    app: &App,
    ctx: &Ctx,
    import: &Import,
    ctx_for: &dyn Fn(&Import) -> Result<Ctx, Error>,
    stop: &AtomicBool,
) -> Result<(), Error> {
    let mut job = Job::open(app, ctx, import)?;
    while job.import.state.is_working() && !stop.load(Ordering::Acquire) {
        let ctx = ctx_for(&job.import)?;
        job.portion(app, &ctx)?;
    }
    Ok(())
}

/// The machine failed, not the file: say so on the import instead of trying for ever.
fn give_up(
    app: &App,
    ctx_for: &dyn Fn(&Import) -> Result<Ctx, Error>,
    import: &Import,
    report: &dyn Fn(&Error),
) {
    let outcome = ctx_for(import).and_then(|ctx| {
        let Some(before) = app.store.get::<Import>(import.meta.id)? else {
            return Ok(());
        };
        let after = Import {
            state: ImportState::Failed,
            failure: Some("import-failed".to_owned()),
            finished_at: Some(ctx.at),
            ..before.clone()
        };
        let mut write = ctx.write();
        write.update(&before, after);
        app.commit(write).map(|_| ())
    });
    if let Err(error) = outcome {
        report(&error);
    }
}

struct Job {
    import: Import,
    sheet: Sheet,
    settings: Settings,
    /// Keys of rows already looked at: a second row with the same key is a problem of the file.
    keys: HashSet<String>,
    /// Data rows already looked at, and the number of the last one.
    done: u64,
    last_number: usize,
}

/// A row and what is wrong with it.
struct Judged {
    number: u64,
    lead: Option<Lead>,
    problems: Vec<Problem>,
}

impl Job {
    fn open(app: &App, ctx: &Ctx, import: &Import) -> Result<Job, Error> {
        let import = app.store.get::<Import>(import.meta.id)?.ok_or(Error::NotFound)?;
        let sheet = sheet_of(app, &import)?;
        let counts = if import.state == ImportState::Checking { import.checked } else { import.imported };
        let settings = settings::get(app, ctx)?;
        let mut job =
            Job { import, sheet, settings, keys: HashSet::new(), done: counts.done, last_number: 0 };
        if counts.done == 0 {
            forget_problems(app, ctx, job.import.id())?;
        } else {
            job.skip_done(counts.done);
        }
        Ok(job)
    }

    fn skip_done(&mut self, done: u64) {
        let rows = usize::try_from(done).unwrap_or(usize::MAX);
        let mut keys = HashSet::new();
        let mut last_number = 0;
        for row in self.sheet.rows().take(rows) {
            let draft = draft_of(&row, &self.import.mapping, &self.sheet.headers);
            keys.extend(Some(draft.external_key).filter(|key| !key.is_empty()));
            last_number = row.number;
        }
        self.keys = keys;
        self.last_number = last_number;
    }

    /// The next rows; or the end.
    fn portion(&mut self, app: &App, ctx: &Ctx) -> Result<(), Error> {
        let checking = self.import.state == ImportState::Checking;
        let size = if checking { CHECK_PORTION } else { PORTION };
        let rows: Vec<Row> = self.sheet.rows_from(self.last_number + 1).take(size).collect();
        let Some(last) = rows.last() else {
            return self.end(app, ctx);
        };
        let last_number = last.number;
        let amount = rows.len() as u64;
        let judged = self.judge(app, ctx, &rows)?;
        let written = if checking {
            self.save(app, ctx, &judged, Vec::new(), amount)
        } else {
            self.import_rows(app, ctx, judged, amount)
        };
        match written {
            Ok(()) => {
                self.done += amount;
                self.last_number = last_number;
                Ok(())
            }
            // Somebody cancelled, or changed the columns: look again.
            Err(Error::Conflict(_)) => self.look_again(app, ctx),
            Err(error) => Err(error),
        }
    }

    fn look_again(&mut self, app: &App, ctx: &Ctx) -> Result<(), Error> {
        *self = Job::open(app, ctx, &self.import)?;
        Ok(())
    }

    fn judge(&mut self, app: &App, ctx: &Ctx, rows: &[Row]) -> Result<Vec<Judged>, Error> {
        rows.iter().map(|row| self.judge_row(app, ctx, row)).collect()
    }

    fn judge_row(&mut self, app: &App, ctx: &Ctx, row: &Row) -> Result<Judged, Error> {
        let draft = draft_of(row, &self.import.mapping, &self.sheet.headers);
        let mut lead = Lead::new(Meta::new(ctx.new_id(), ctx.at, ctx.actor()));
        let mut errors = checked(app, ctx, &draft, &mut lead, &self.settings, Making::New)?;
        if let Some(key) = &lead.external_key
            && !self.keys.insert(key.clone())
        {
            errors.add("external_key", "twice-in-file", key);
        }
        for name in &lead.unique_fields {
            let value = lead.custom.get(name).map(|value| text_of(FieldKind::Text, value).join(" "));
            let (field, value) = (own_key(name), value.unwrap_or_default());
            if !self.keys.insert(format!("{field} {}", fold(&value))) {
                errors.add(&field, "twice-in-file", value);
            }
        }
        for problem in &row.problems {
            let column = self.sheet.headers.get(problem.column).map_or("", String::as_str);
            errors.add(column, &format!("row-{}", problem.code.code()), problem.text.clone());
        }
        let mut problems = errors.0;
        problems.truncate(PROBLEMS_A_ROW_MAX);
        for problem in &mut problems {
            problem.detail = problem.detail.chars().take(DETAIL_CHARACTERS_MAX).collect();
        }
        let lead = problems.is_empty().then_some(lead);
        Ok(Judged { number: row.number as u64, lead, problems })
    }

    /// All rows of the portion in one transaction. When the store refuses a value that somebody else took in this
    /// very moment, row by row, so that one row does not cost the others.
    fn import_rows(&mut self, app: &App, ctx: &Ctx, judged: Vec<Judged>, amount: u64) -> Result<(), Error> {
        let leads = judged.iter().filter_map(|row| row.lead.clone()).collect();
        match self.save(app, ctx, &judged, leads, amount) {
            Err(Error::Invalid(_)) if judged.len() > 1 => {
                for row in judged {
                    self.import_rows(app, ctx, vec![row], 1)?;
                }
                Ok(())
            }
            Err(Error::Invalid(errors)) => {
                let failed: Vec<Judged> = judged
                    .into_iter()
                    .map(|row| Judged { lead: None, problems: errors.0.clone(), ..row })
                    .collect();
                self.save(app, ctx, &failed, Vec::new(), amount)
            }
            outcome => outcome,
        }
    }

    fn save(
        &mut self,
        app: &App,
        ctx: &Ctx,
        judged: &[Judged],
        leads: Vec<Lead>,
        amount: u64,
    ) -> Result<(), Error> {
        let bad = judged.iter().filter(|row| row.lead.is_none()).count() as u64;
        let add = |counts: ImportCounts| ImportCounts {
            done: counts.done + amount,
            good: counts.good + amount - bad,
            bad: counts.bad + bad,
        };
        let mut after = self.import.clone();
        if after.state == ImportState::Checking {
            after.checked = add(after.checked);
        } else {
            after.imported = add(after.imported);
        }
        let mut write = ctx.write();
        write.update(&self.import, after);
        for record in problem_records(ctx, self.import.id(), judged) {
            write.create(record);
        }
        let round = if leads.is_empty() {
            None
        } else {
            let round = Round::prepare(app, ctx, self.settings.clone())?;
            let chosen = leads.into_iter().map(|lead| {
                let choice = round.choose(app, ctx, &lead)?;
                Ok((lead, choice))
            });
            let chosen = chosen.collect::<Result<_, Error>>()?;
            round.place(ctx, &mut write, chosen);
            Some(round)
        };
        app.commit(write)?;
        if let Some(round) = round {
            round.settle(app, ctx);
        }
        self.import = app.store.get::<Import>(self.import.meta.id)?.ok_or(Error::NotFound)?;
        Ok(())
    }

    fn end(&mut self, app: &App, ctx: &Ctx) -> Result<(), Error> {
        let mut after = self.import.clone();
        if after.state == ImportState::Checking {
            after.state = ImportState::Checked;
        } else {
            after.state = ImportState::Done;
            after.finished_at = Some(ctx.at);
        }
        let mut write = ctx.write();
        if let Some(entry) = parametrization::of_import(ctx, &after, &self.settings) {
            write.create(entry);
        }
        write.update(&self.import, after);
        match app.commit(write) {
            Ok(_) => {
                self.import = app.store.get::<Import>(self.import.meta.id)?.ok_or(Error::NotFound)?;
                Ok(())
            }
            Err(Error::Conflict(_)) => self.look_again(app, ctx),
            Err(error) => Err(error),
        }
    }
}

/// The cells of a row in the places their columns go to.
fn draft_of(row: &Row, mapping: &[Option<ImportTarget>], headers: &[String]) -> LeadDraft {
    let mut draft = LeadDraft::default();
    let several = mapping.iter().filter(|target| **target == Some(ImportTarget::Description)).count() > 1;
    for ((cell, target), header) in row.cells.iter().zip(mapping).zip(headers) {
        let (Some(target), cell) = (target, cell.trim()) else {
            continue;
        };
        if cell.is_empty() {
            continue;
        }
        let place = draft.field_mut(target.clone());
        if *target == ImportTarget::Description && several {
            if !place.is_empty() {
                place.push('\n');
            }
            place.push_str(&format!("{header}: {cell}"));
        } else {
            *place = cell.to_owned();
        }
    }
    draft
}

fn problem_records(ctx: &Ctx, import: ImportId, judged: &[Judged]) -> Vec<ImportProblems> {
    let mut records: Vec<ImportProblems> = Vec::new();
    let mut room = 0;
    for row in judged.iter().filter(|row| row.lead.is_none()) {
        let row = RowProblems { row: row.number, problems: row.problems.clone() };
        let bytes = model::json::to_vec(&row).map_or(PROBLEM_BYTES_MAX, |bytes| bytes.len());
        match records.last_mut() {
            Some(record) if bytes <= room => {
                room -= bytes;
                record.rows.push(row);
            }
            _ => {
                room = PROBLEM_BYTES_MAX.saturating_sub(bytes);
                let meta = Meta::new(ctx.new_id(), ctx.at, ctx.actor());
                records.push(ImportProblems { meta, import, rows: vec![row] });
            }
        }
    }
    records
}

/// All rows with problems, in order.
pub(crate) fn all_problems(app: &App, import: ImportId) -> Result<Vec<RowProblems>, Error> {
    let mut rows = Vec::new();
    for record in problem_records_of(app, import, usize::MAX)? {
        rows.extend(record.rows);
    }
    rows.sort_by_key(|row| row.row);
    Ok(rows)
}

fn problem_records_of(app: &App, import: ImportId, most: usize) -> Result<Vec<ImportProblems>, Error> {
    /// Entries read from the index at a time.
    const CHUNK: usize = 500;
    let prefix = problems_prefix(import);
    let mut records = Vec::new();
    let mut after = None;
    loop {
        let scan = Scan { prefix: prefix.clone(), after, direction: Direction::Forward, limit: CHUNK };
        let entries = app.store.scan(&scan)?;
        for entry in &entries {
            let id = model::uuid::Uuid::from_slice(&entry.key[prefix.len()..]).unwrap_or_default();
            records.extend(app.store.get::<ImportProblems>(id)?);
        }
        after = entries.last().map(|entry| entry.key.clone());
        if entries.len() < CHUNK || records.len() >= most {
            return Ok(records);
        }
    }
}

/// Before a run begins anew, what the former one found goes away.
fn forget_problems(app: &App, ctx: &Ctx, import: ImportId) -> Result<(), Error> {
    loop {
        let records = problem_records_of(app, import, DELETED_AT_ONCE)?;
        if records.is_empty() {
            return Ok(());
        }
        for some in records.chunks(DELETED_AT_ONCE) {
            let mut write = ctx.write();
            for record in some {
                write.delete(record);
            }
            match app.commit(write) {
                Ok(_) | Err(Error::Conflict(_) | Error::NotFound) => {}
                Err(error) => return Err(error),
            }
        }
    }
}
