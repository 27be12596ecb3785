//! The work of an import: every row once, in portions, each portion with its progress in one transaction. After a
//! crash or a restart the next portion begins where the last one ended.

use crate::assignment::Round;
use crate::imports::entities::{Importable, for_importable};
use crate::imports::findings::Alikes;
use crate::imports::judging::{Judge, Judged, Prepared, Resembling, What};
use crate::imports::kept::{forget_problems, rows_done};
use crate::imports::links::LinkBook;
use crate::imports::order::{Order, Stand};
use crate::imports::reading::Reading;
use crate::imports::{DISK_FULL, findings, has_order, plans, sheet_of};
use crate::{App, Ctx, Error, import_undo, leads, parametrization, settings};
use model::uuid::Uuid;
use model::{
    FieldErrors, IMPORTED_ROWS_A_RECORD, Import, ImportCounts, ImportId, ImportProblems, ImportState,
    ImportedRow, ImportedRows, Kind, Meta, PieceOf, RowOutcome, fold,
};
use sheets::{Row, Sheet};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::marker::PhantomData;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use store::{Begun, Write};

/// Rows of one transaction: a lead with its explanation, and counters, stay below the store's limit of operations. Each
/// transaction waits for the disk once, and until it is done the engine keeps every leaf that it replaced: some 30 MB
/// for a hundred rows.
const PORTION: usize = 100;
/// Of activities: each may be an answer to a lead of its own, which is written along.
const PORTION_OF_ACTIVITIES: usize = 200;
/// Records that rows lead to and that are made in one transaction.
const MADE_AT_ONCE: usize = 300;
/// Files up to so many rows are compared by names that are nearly the same, too, which takes a thousandth of a second a row
/// where many names stand at one postcode.
const NEAR_ROWS_MAX: usize = 5_000;
/// Rows of one portion of a dry run.
const CHECK_PORTION: usize = 1_000;
/// What one record of problems may hold, in bytes of its JSON.
const PROBLEM_BYTES_MAX: usize = 3_000;
/// So often a portion is read again because somebody changed its records in that very moment.
const TRIES_MAX: usize = 50;
/// Looking for work, and for the order to stop.
const WAIT: Duration = Duration::from_millis(250);
/// Before it is tried again what the machine could not do.
const WAIT_AFTER_FAILURE: Duration = Duration::from_secs(1);
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
            if let Err(error) = outcome
                && !is_gone(app, &import)
            {
                report(&error);
                give_up(app, ctx_for, &import, report);
                app.store.wait_past(u64::MAX, WAIT_AFTER_FAILURE);
            }
        }
    }
}

/// Somebody deleted it in this very moment.
fn is_gone(app: &App, import: &Import) -> bool {
    matches!(app.store.get::<Import>(import.meta.id), Ok(None))
}

/// Works on one import until it is done, stopped or cancelled.
fn work(
    app: &App,
    ctx: &Ctx,
    import: &Import,
    ctx_for: &dyn Fn(&Import) -> Result<Ctx, Error>,
    stop: &AtomicBool,
) -> Result<(), Error> {
    if import.state == ImportState::Undoing {
        return import_undo::work(app, import, ctx_for, stop);
    }
    for_importable!(import.entity, R => {
        let mut job = Job::<R>::open(app, ctx, import)?;
        let worked = job.until_told(app, ctx_for, stop);
        // What is under way is done whatever happens here; somebody may have stopped the import before it.
        match job.settle(app) {
            Err(Error::Conflict(_)) => worked,
            settled => worked.and(settled),
        }
    })
}

/// The disk is nearly full: says so on the import, which goes on by itself once there is room.
pub(crate) fn wait_for_room(app: &App, ctx: &Ctx, import: &Import) -> Result<(), Error> {
    if import.failure.as_deref() != Some(DISK_FULL) {
        let mut write = ctx.write();
        write.update(import, Import { failure: Some(DISK_FULL.to_owned()), ..import.clone() });
        match app.commit(write) {
            // Somebody stopped it in this very moment.
            Ok(_) | Err(Error::Conflict(_)) => {}
            Err(error) => return Err(error),
        }
    }
    app.store.wait_past(u64::MAX, WAIT_AFTER_FAILURE);
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

struct Job<R> {
    /// As it is once everything that is under way is done.
    import: Import,
    sheet: Sheet,
    judge: Judge,
    /// What the dry run found so far.
    alikes: Alikes,
    order: Order,
    /// How far the rows were looked at.
    stand: Stand,
    /// A portion whose write was handed over: the next one is prepared while the disk has this one.
    under_way: Option<UnderWay>,
    /// The last portion that was under way was refused: the next one is waited for, and done row by row if need be.
    is_careful: bool,
    /// How often this portion was read again.
    tries: usize,
    entity: PhantomData<R>,
}

struct UnderWay {
    begun: Begun,
    round: Option<Round>,
    ctx: Ctx,
}

impl<R: Importable> Job<R> {
    fn open(app: &App, ctx: &Ctx, import: &Import) -> Result<Job<R>, Error> {
        let import = app.store.get::<Import>(import.meta.id)?.ok_or(Error::NotFound)?;
        let sheet = sheet_of(app, &import)?;
        let plan = plans::of_import(app, &import)?;
        let settings = settings::get(app, ctx)?;
        let judge = Judge {
            import: import.id(),
            entity: import.entity,
            program: import.program.clone(),
            headers: sheet.headers.clone(),
            reading: Reading::new(&plan, &sheet.headers, &app.frame(), &import, settings.currency),
            settings,
            plan,
            links: LinkBook::new(import.program.clone()),
            keys: HashSet::new(),
            signs: HashMap::new(),
            met: HashMap::new(),
            met_values: BTreeSet::new(),
            left_out: BTreeSet::new(),
            resembling: match import.state {
                ImportState::Checking if sheet.rows <= NEAR_ROWS_MAX => Resembling::Near,
                ImportState::Checking => Resembling::Exact,
                _ => Resembling::Deciding,
            },
        };
        let order = Order::of(&judge.reading, import.entity, import.program.as_deref(), &sheet);
        let mut job = Job {
            judge,
            alikes: Alikes::default(),
            order,
            stand: Stand::default(),
            under_way: None,
            is_careful: false,
            tries: 0,
            entity: PhantomData,
            import,
            sheet,
        };
        let done = if job.is_checking() { job.import.checked.done } else { job.import.imported.done };
        if done > 0 {
            job.skip_done(app, ctx, done)?;
        } else if job.import.state.is_working() {
            forget_problems(app, &|| ctx.write(), job.import.id())?;
        }
        Ok(job)
    }

    fn until_told(
        &mut self,
        app: &App,
        ctx_for: &dyn Fn(&Import) -> Result<Ctx, Error>,
        stop: &AtomicBool,
    ) -> Result<(), Error> {
        while matches!(self.import.state, ImportState::Checking | ImportState::Running)
            && !stop.load(Ordering::Acquire)
        {
            let ctx = ctx_for(&self.import)?;
            if app.is_disk_low()? {
                self.settle(app)?;
                return wait_for_room(app, &ctx, &self.import);
            }
            self.portion(app, &ctx)?;
        }
        Ok(())
    }

    /// Waits for the portion that is under way.
    fn settle(&mut self, app: &App) -> Result<(), Error> {
        let Some(UnderWay { begun, round, ctx }) = self.under_way.take() else {
            return Ok(());
        };
        match app.end(begun) {
            Ok(()) => {
                if let Some(round) = round {
                    round.settle(app, &ctx);
                }
                Ok(())
            }
            // Somebody took a value of one row in this very moment: its portion is done anew, and waited for.
            Err(Error::Invalid(_)) => {
                self.is_careful = true;
                Err(app.conflict(&self.import, &self.import))
            }
            Err(error) => Err(error),
        }
    }

    fn is_checking(&self) -> bool {
        self.import.state == ImportState::Checking
    }

    /// Looks at the rows that were done for what later rows must know.
    fn skip_done(&mut self, app: &App, ctx: &Ctx, done: u64) -> Result<(), Error> {
        if !self.is_checking() {
            let kept = rows_done(app, self.import.id())?;
            // Of a run that an earlier version began, not all of them were kept.
            if kept.len() as u64 == done {
                self.order.leave_out(kept);
                return self.meet_done(app, ctx);
            }
        }
        let mut left = usize::try_from(done).unwrap_or(usize::MAX);
        while left > 0 {
            let rows = self.order.rows(&self.sheet, self.stand, left.min(CHECK_PORTION));
            if rows.is_empty() {
                break;
            }
            for row in &rows {
                let prepared = self.judge.prepare(app, row);
                if self.is_checking() {
                    let judged = self.judge.judge::<R>(app, ctx, &prepared)?;
                    self.note(&prepared, &judged);
                } else {
                    self.judge.meet_again::<R>(app, ctx, &prepared)?;
                }
            }
            self.stand = self.stand.after(&self.order, &rows);
            left -= rows.len();
        }
        Ok(())
    }

    fn meet_done(&mut self, app: &App, ctx: &Ctx) -> Result<(), Error> {
        for row in self.sheet.rows().filter(|row| self.order.is_done(row.number)) {
            let prepared = self.judge.prepare(app, &row);
            self.judge.meet_again::<R>(app, ctx, &prepared)?;
        }
        Ok(())
    }

    /// What the dry run tells about a row that goes in.
    fn note(&mut self, prepared: &Prepared, judged: &Judged<R>) {
        self.alikes.previews.note(judged);
        if judged.goes_in() {
            self.judge.links.note_new(&judged.missing);
            self.alikes.note(judged, self.judge.entity);
        }
        let is_there = judged.goes_in() || matches!(judged.what, What::Unchanged(..));
        if is_there && self.order.is_ahead(judged.number) {
            self.judge.foretell(prepared);
        }
    }

    /// The next rows; or the end.
    fn portion(&mut self, app: &App, ctx: &Ctx) -> Result<(), Error> {
        let size = match self.judge.entity {
            _ if self.is_checking() => CHECK_PORTION,
            Kind::Activity => PORTION_OF_ACTIVITIES,
            _ => PORTION,
        };
        let rows = self.order.rows(&self.sheet, self.stand, size);
        let worked = if rows.is_empty() {
            self.settle(app).and_then(|()| self.end(app, ctx))
        } else {
            self.work_on(app, ctx, &rows)
        };
        match worked {
            Ok(()) => (self.stand, self.tries) = (self.stand.after(&self.order, &rows), 0),
            // Somebody stopped it, changed the columns, or changed one of the records: look again.
            Err(Error::Conflict(_)) if self.tries < TRIES_MAX => {
                // Nothing is under way when the import is read: what was is done or refused by now.
                if let Err(error) = self.settle(app)
                    && !matches!(error, Error::Conflict(_))
                {
                    return Err(error);
                }
                let (is_careful, tries) = (self.is_careful, self.tries + 1);
                if tries > 1 {
                    app.store.wait_past(u64::MAX, LOOK_AGAIN);
                }
                *self = Job { is_careful, tries, ..Job::open(app, ctx, &self.import)? };
            }
            Err(error) => return Err(error),
        }
        Ok(())
    }

    /// Whether rows can be judged while those before them are still being written: nothing of theirs leads to records of
    /// the file itself, and nothing of it changes other records, as answers to leads do. Two rows of one key are told apart
    /// without the store.
    fn may_run_ahead(&self, app: &App, prepared: &[Prepared]) -> bool {
        let entity = self.judge.entity;
        let stands_alone = entity != Kind::Activity && !prepared.iter().any(|row| row.leads_to(entity));
        !self.is_careful && !has_order(app) && stands_alone
    }

    fn work_on(&mut self, app: &App, ctx: &Ctx, rows: &[Row]) -> Result<(), Error> {
        self.judge.links.forget_unknown();
        let prepared: Vec<Prepared> = rows.iter().map(|row| self.judge.prepare(app, row)).collect();
        let runs_ahead = self.may_run_ahead(app, &prepared);
        if !runs_ahead {
            self.settle(app)?;
        }
        let mut judged: Vec<Judged<R>> = Vec::with_capacity(prepared.len());
        for row in &prepared {
            judged.push(self.judge.judge(app, ctx, row)?);
        }
        if self.is_checking() {
            judged.iter().zip(&prepared).for_each(|(row, prepared)| self.note(prepared, row));
            return self.save(app, ctx, &judged);
        }
        // What is made for one row may be what another row is.
        let makes = self.make_missing(app, ctx, &judged)?;
        for (row, prepared) in judged.iter_mut().zip(&prepared).filter(|_| makes) {
            *row = self.judge.judge(app, ctx, prepared)?;
            if let Some((_, name)) = row.missing.first().filter(|_| row.goes_in()) {
                let mut errors = FieldErrors::default();
                errors.add("", "link-not-made", name);
                *row = Judged::bad(row.number, errors);
            }
        }
        if runs_ahead {
            return self.hand_over(app, ctx, &judged);
        }
        self.import_rows(app, ctx, judged)?;
        self.is_careful = false;
        Ok(())
    }

    /// Makes what good rows lead to and is not there, in a transaction before theirs: after a crash it is found by its
    /// name.
    fn make_missing(&mut self, app: &App, ctx: &Ctx, judged: &[Judged<R>]) -> Result<bool, Error> {
        let good = judged.iter().filter(|row| row.goes_in());
        let mut wanted: Vec<(Kind, String)> = good.flat_map(|row| row.missing.iter().cloned()).collect();
        wanted.sort_by_cached_key(|(kind, name)| (*kind, fold(name)));
        wanted.dedup_by_key(|(kind, name)| (*kind, fold(name)));
        let Some(first) = judged.first().filter(|_| !wanted.is_empty()) else {
            return Ok(false);
        };
        for some in wanted.chunks(MADE_AT_ONCE) {
            self.make(app, ctx, first.number, some)?;
        }
        Ok(true)
    }

    fn make(&mut self, app: &App, ctx: &Ctx, number: u64, wanted: &[(Kind, String)]) -> Result<(), Error> {
        let mut write = ctx.write();
        let made = self.judge.links.make(app, ctx, &mut write, wanted)?;
        let row = |(entity, id): (Kind, Uuid)| ImportedRow {
            row: number,
            entity: Some(entity),
            id,
            outcome: RowOutcome::Created,
            version: 1,
            undo: None,
            why: String::new(),
        };
        let rows: Vec<ImportedRow> = made.into_iter().map(row).collect();
        let also_made = self.import.also_made + rows.len() as u64;
        let after = Import { also_made, failure: None, ..self.import.clone() };
        put_rows(ctx, &mut write, self.import.id(), self.import.imported.done, &rows);
        let after = write.next(&self.import, after);
        write.update(&self.import, after.clone());
        match app.commit(write) {
            // Somebody else made one of them in this very moment: it is found when the rows are read again.
            Err(Error::Invalid(_)) => return Err(app.conflict(&self.import, &self.import)),
            committed => committed?,
        };
        self.import = after;
        Ok(())
    }

    /// All rows of the portion in one transaction. When the store refuses a value that somebody else took in this
    /// very moment, row by row, so that one row does not cost the others.
    fn import_rows(&mut self, app: &App, ctx: &Ctx, judged: Vec<Judged<R>>) -> Result<(), Error> {
        match self.save(app, ctx, &judged) {
            Err(Error::Invalid(_)) if judged.len() > 1 => {
                for row in judged {
                    self.import_rows(app, ctx, vec![row])?;
                }
                Ok(())
            }
            Err(Error::Invalid(errors)) => {
                let failed: Vec<Judged<R>> =
                    judged.into_iter().map(|row| Judged::bad(row.number, errors.clone())).collect();
                self.save(app, ctx, &failed)
            }
            outcome => outcome,
        }
    }

    fn save(&mut self, app: &App, ctx: &Ctx, judged: &[Judged<R>]) -> Result<(), Error> {
        let (write, round, import) = self.written(app, ctx, judged)?;
        app.commit(write)?;
        if let Some(round) = round {
            round.settle(app, ctx);
        }
        // Not read again: whoever ordered something else in this very moment meets the next write, and all is read anew.
        self.import = import;
        Ok(())
    }

    /// The same without waiting for it, but for the portion before.
    fn hand_over(&mut self, app: &App, ctx: &Ctx, judged: &[Judged<R>]) -> Result<(), Error> {
        let (write, round, import) = self.written(app, ctx, judged)?;
        self.settle(app)?;
        let begun = app.begin(write)?;
        self.under_way = Some(UnderWay { begun, round, ctx: ctx.clone() });
        self.import = import;
        Ok(())
    }

    /// What is written for the rows of a portion, and the import as it is after that.
    fn written(
        &self,
        app: &App,
        ctx: &Ctx,
        judged: &[Judged<R>],
    ) -> Result<(Write, Option<Round>, Import), Error> {
        let mut after = Import { failure: None, ..self.import.clone() };
        let checking = self.is_checking();
        let counts: &mut ImportCounts = if checking { &mut after.checked } else { &mut after.imported };
        for row in judged {
            counts.add(row.outcome());
        }
        let mut write = ctx.write();
        let after = write.next(&self.import, after);
        write.update(&self.import, after.clone());
        for record in problem_records(ctx, self.import.id(), judged) {
            write.create(record);
        }
        let mut round = None;
        if !checking {
            let mut new = Vec::new();
            for row in judged {
                match &row.what {
                    What::New(record) => new.push(R::clone(record)),
                    What::Changed(both) => R::change(&mut write, &both.0, both.1.clone()),
                    What::Unchanged(..) | What::Duplicate(..) | What::Double(..) | What::Bad(_) => {}
                }
            }
            round = R::create_all(app, ctx, &self.judge.settings, &mut write, new)?;
            leads::follow_answers(app, &mut write)?;
            let kept: Vec<ImportedRow> = judged.iter().filter_map(Judged::kept).collect();
            put_rows(ctx, &mut write, self.import.id(), self.import.imported.done, &kept);
        }
        Ok((write, round, after))
    }

    fn end(&mut self, app: &App, ctx: &Ctx) -> Result<(), Error> {
        let mut after = Import { failure: None, ..self.import.clone() };
        let mut write = ctx.write();
        if self.is_checking() {
            after.state = ImportState::Checked;
            let of = self.import.meta.id;
            plans::forget(app, &mut write, of, Some(PieceOf::Findings))?;
            let found = findings::of_check(app, &self.import, &self.sheet, &self.judge, &self.alikes)?;
            plans::put(ctx, &mut write, of, PieceOf::Findings, found);
        } else {
            after.state = ImportState::Done;
            after.finished_at = Some(ctx.at);
        }
        if let Some(entry) = parametrization::of_import(ctx, &after, &self.judge.settings) {
            write.create(entry);
        }
        let after = write.next(&self.import, after);
        write.update(&self.import, after.clone());
        app.commit(write)?;
        // This work ends here, also where somebody started the run in this very moment: that begins with the first row.
        self.import = after;
        Ok(())
    }
}

/// Adds what became of rows to a write, behind the rows that were done before. What was made for a row stands before it:
/// taking back goes from the end.
fn put_rows(ctx: &Ctx, write: &mut Write, import: ImportId, done: u64, rows: &[ImportedRow]) {
    for (chunk, some) in rows.chunks(IMPORTED_ROWS_A_RECORD).enumerate() {
        let is_row = some.first().is_some_and(|row| row.entity.is_none());
        // What is made for rows depends on nothing else that is.
        let behind = if is_row { done + (chunk * IMPORTED_ROWS_A_RECORD) as u64 } else { done };
        let place = behind * 2 + u64::from(is_row);
        let meta = Meta::new(ctx.new_id(), ctx.at, ctx.actor());
        write.create(ImportedRows { meta, import, place, rows: some.to_vec() });
    }
}

fn problem_records<R: Importable>(ctx: &Ctx, import: ImportId, judged: &[Judged<R>]) -> Vec<ImportProblems> {
    let mut records: Vec<ImportProblems> = Vec::new();
    let mut room = 0;
    for row in judged {
        let What::Bad(row) = &row.what else { continue };
        let bytes = model::json::to_vec(row).map_or(PROBLEM_BYTES_MAX, |bytes| bytes.len());
        match records.last_mut() {
            Some(record) if bytes <= room => {
                room -= bytes;
                record.rows.push(row.clone());
            }
            _ => {
                room = PROBLEM_BYTES_MAX.saturating_sub(bytes);
                let meta = Meta::new(ctx.new_id(), ctx.at, ctx.actor());
                records.push(ImportProblems { meta, import, rows: vec![row.clone()] });
            }
        }
    }
    records
}
