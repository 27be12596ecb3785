//! The work of bulk jobs: portions of records, each with its rows and the job's counts in one transaction. After a crash
//! or a restart the next portion begins where the last one ended, in the run and in undoing it.

use crate::bulk::{Bulk, Plan, caller, for_entity, judged, short};
use crate::{App, Ctx, Error, leads};
use model::jiff::SignedDuration;
use model::json::{self, Value};
use model::uuid::Uuid;
use model::{
    Action, BULK_ROWS_KEPT_DAYS, BulkAction, BulkJob, BulkJobId, BulkOutcome, BulkRows, BulkState, Change,
    Deed, IndexKey, Kind, Record,
};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use store::{Direction, Scan};

/// Jobs that are worked on in turn.
const AT_WORK_MAX: usize = 10;
/// Records of rows read at a time.
const CHUNK: usize = 1_000;
/// A portion ends here, well below the store's limit: a deletion takes all notes with it.
const OPERATIONS_ENOUGH: usize = 300;
/// Changes of one record read at a time, looking for what the job did.
const CHANGES: usize = 100;
/// Looking for rows that nobody needs any more.
const TIDY_EVERY: Duration = Duration::from_secs(6 * 3_600);
/// Looking for work, and for the order to stop.
const WAIT: Duration = Duration::from_millis(250);
/// After a failure of the machine.
const PAUSE: Duration = Duration::from_secs(1);

/// Works on jobs until told to stop. `ctx_for` makes the circumstances of a portion, without anybody in them; failures of
/// the machine go to `report`.
pub fn run_worker(app: &App, ctx_for: &dyn Fn(&BulkJob) -> Ctx, stop: &AtomicBool, report: &dyn Fn(&Error)) {
    let mut tidied: Option<Instant> = None;
    while !stop.load(Ordering::Acquire) {
        let head = app.head();
        match round(app, ctx_for, stop) {
            Ok(true) => {}
            Ok(false) if tidied.is_none_or(|at| at.elapsed() >= TIDY_EVERY) => {
                tidied = Some(Instant::now());
                if let Err(error) = forget_rows(app, ctx_for) {
                    report(&error);
                }
            }
            Ok(false) => {
                app.store.wait_past(head, WAIT);
            }
            Err(error) => {
                report(&error);
                app.store.wait_past(u64::MAX, PAUSE);
            }
        }
    }
}

/// Takes away the rows of jobs that ended long ago: what came of each record is of no use once nothing can be undone, and
/// the counts stay on the job. How many went.
pub fn forget_rows(app: &App, ctx_for: &dyn Fn(&BulkJob) -> Ctx) -> Result<usize, Error> {
    let mut gone = 0;
    app.store.each_record::<BulkRows, Error>(&mut |rows| {
        let Some(job) = app.store.get::<BulkJob>(rows.job.0)? else { return Ok(true) };
        let ctx = ctx_for(&job);
        let kept = SignedDuration::from_hours(24 * BULK_ROWS_KEPT_DAYS);
        if job.state.is_working() || job.finished_at.is_none_or(|at| ctx.at < at + kept) {
            return Ok(true);
        }
        let mut write = ctx.write();
        write.delete(&rows);
        app.commit(write)?;
        gone += 1;
        Ok(true)
    })?;
    Ok(gone)
}

/// One portion of each job. Whether there was anything to do.
fn round(app: &App, ctx_for: &dyn Fn(&BulkJob) -> Ctx, stop: &AtomicBool) -> Result<bool, Error> {
    let jobs: Vec<BulkJob> = app.store.members(BulkJob::WORKING, AT_WORK_MAX)?;
    for job in &jobs {
        if stop.load(Ordering::Acquire) {
            break;
        }
        let ctx = ctx_for(job);
        let worked = caller(app, job).and_then(|(caller, via)| {
            let mut ctx = ctx.clone().with_caller(caller, via);
            ctx.request = request_of(job);
            for_entity!(job.entity, R => portion::<R>(app, &ctx, job))
        });
        match worked {
            Ok(()) => {}
            // Somebody changed one of the records or the job meanwhile: the next round reads them again.
            Err(Error::Conflict(_)) => {}
            Err(error) => {
                give_up(app, &ctx, job)?;
                if !matches!(error, Error::Denied) {
                    return Err(error);
                }
            }
        }
    }
    Ok(!jobs.is_empty())
}

/// What the job writes is found by this in the journal.
fn request_of(job: &BulkJob) -> String {
    let deed = if job.state == BulkState::Undoing { "undo-bulk" } else { "bulk" };
    format!("{deed}-{}", job.meta.id)
}

/// Whoever began it may not go on, or the machine failed: say so on the job instead of trying for ever. What undoing has
/// not come to can be undone later.
fn give_up(app: &App, ctx: &Ctx, job: &BulkJob) -> Result<(), Error> {
    let Some(before) = app.store.get::<BulkJob>(job.meta.id)?.filter(|job| job.state.is_working()) else {
        return Ok(());
    };
    let after = BulkJob {
        state: BulkState::Failed,
        failure: Some("bulk-failed".to_owned()),
        finished_at: before.finished_at.or(Some(ctx.at)),
        undone_by: None,
        ..before.clone()
    };
    let mut write = ctx.write();
    write.update(&before, after);
    match app.commit(write) {
        Ok(_) | Err(Error::Conflict(_)) => Ok(()),
        Err(error) => Err(error),
    }
}

/// The next records; or the end.
fn portion<R: Bulk>(app: &App, ctx: &Ctx, job: &BulkJob) -> Result<(), Error> {
    let wanted = match job.state {
        BulkState::Undoing => BulkOutcome::Changed,
        _ => BulkOutcome::Waiting,
    };
    let done = match job.state {
        BulkState::Undoing => job.counts.taken_back(),
        _ => job.counts.done(),
    };
    let all = ids_of(app, job.id())?;
    // So many records are finished at least: each has its share of what was done, or less.
    let finished = usize::try_from(done).unwrap_or(usize::MAX) / model::BULK_ROWS_A_RECORD;
    for id in all.iter().skip(finished) {
        let Some(rows) = app.store.get::<BulkRows>(*id)? else { continue };
        if rows.rows.iter().any(|row| row.outcome == wanted) {
            return work_on::<R>(app, ctx, job, &rows, usize::MAX);
        }
    }
    end(app, ctx, job)
}

fn end(app: &App, ctx: &Ctx, job: &BulkJob) -> Result<(), Error> {
    let after = match job.state {
        BulkState::Undoing => BulkJob { state: BulkState::Undone, undone_at: Some(ctx.at), ..job.clone() },
        _ => BulkJob { state: BulkState::Done, finished_at: Some(ctx.at), ..job.clone() },
    };
    let mut write = ctx.write();
    write.update(job, after);
    app.commit(write).map(|_| ())
}

/// As many of the rows as a transaction takes; one by one where the store refuses a value that somebody else took in this
/// very moment, so that one record does not cost the others.
fn work_on<R: Bulk>(app: &App, ctx: &Ctx, job: &BulkJob, rows: &BulkRows, most: usize) -> Result<(), Error> {
    let worked = match job.state {
        BulkState::Undoing => undo_some::<R>(app, ctx, job, rows, most),
        _ => run_some::<R>(app, ctx, job, rows, most),
    };
    match worked {
        Err(Error::Invalid(_)) if most > 1 => work_on::<R>(app, ctx, job, rows, 1),
        Err(Error::Invalid(errors)) => {
            let code = errors.0.first().map_or("taken", |problem| problem.code.as_str());
            refuse(app, ctx, job, rows, code)
        }
        // A record that is gone is read as gone in the next round.
        Err(Error::NotFound) => Ok(()),
        worked => worked,
    }
}

fn run_some<R: Bulk>(app: &App, ctx: &Ctx, job: &BulkJob, rows: &BulkRows, most: usize) -> Result<(), Error> {
    let mut write = ctx.write();
    let (mut after, mut counts, mut taken) = (rows.clone(), job.counts, 0);
    let tools = match R::tools(app, ctx, &job.action) {
        Ok(tools) => tools,
        // The person or the value that was meant is not there any more.
        Err(Error::Invalid(errors)) => {
            let why = errors.0.first().map_or("choice", |problem| problem.code.as_str());
            for row in after.rows.iter_mut().filter(|row| row.outcome == BulkOutcome::Waiting) {
                (row.outcome, row.why) = (BulkOutcome::Refused, short(why));
                counts.add(row.outcome);
            }
            write.update(rows, after);
            write.update(job, BulkJob { counts, ..job.clone() });
            return app.commit(write).map(|_| ());
        }
        Err(error) => return Err(error),
    };
    let mut plans: Vec<(R, Plan<R>)> = Vec::new();
    for row in after.rows.iter_mut().filter(|row| row.outcome == BulkOutcome::Waiting) {
        // Deletions take notes with them: how many is known once they are in the write.
        if taken >= most || write.operations() >= OPERATIONS_ENOUGH {
            break;
        }
        taken += 1;
        let record = app.store.get::<R>(row.id)?;
        let (judged, plan) = judged(app, ctx, &tools, &job.action, row.id, record.as_ref())?;
        *row = judged;
        counts.add(row.outcome);
        match record.zip(plan) {
            Some((record, Plan::AssignedAgain)) => plans.push((record, Plan::AssignedAgain)),
            Some(planned) => R::put(app, ctx, &tools, &mut write, vec![planned])?,
            None => {}
        }
    }
    if !plans.is_empty() {
        R::put(app, ctx, &tools, &mut write, plans)?;
    }
    leads::follow_answers(app, &mut write)?;
    write.update(rows, after);
    write.update(job, BulkJob { counts, ..job.clone() });
    app.commit(write)?;
    R::settle(app, ctx, tools);
    Ok(())
}

/// The first row that is still to be done cannot be done.
fn refuse(app: &App, ctx: &Ctx, job: &BulkJob, rows: &BulkRows, code: &str) -> Result<(), Error> {
    let (wanted, outcome) = match job.state {
        BulkState::Undoing => (BulkOutcome::Changed, BulkOutcome::Kept),
        _ => (BulkOutcome::Waiting, BulkOutcome::Refused),
    };
    let (mut after, mut counts) = (rows.clone(), job.counts);
    if let Some(row) = after.rows.iter_mut().find(|row| row.outcome == wanted) {
        (row.outcome, row.version, row.why) = (outcome, 0, short(code));
        counts.add(outcome);
    }
    let mut write = ctx.write();
    write.update(rows, after);
    write.update(job, BulkJob { counts, ..job.clone() });
    app.commit(write).map(|_| ())
}

fn undo_some<R: Bulk>(
    app: &App,
    ctx: &Ctx,
    job: &BulkJob,
    rows: &BulkRows,
    most: usize,
) -> Result<(), Error> {
    let mut write = ctx.write();
    let (mut after, mut counts, mut taken) = (rows.clone(), job.counts, 0);
    for row in after.rows.iter_mut().filter(|row| row.outcome == BulkOutcome::Changed) {
        if taken >= most || write.operations() >= OPERATIONS_ENOUGH {
            break;
        }
        taken += 1;
        let now = app.store.get::<R>(row.id)?;
        row.outcome = match former::<R>(app, job, row.id, row.version, now.as_ref())? {
            // What somebody may not do, they may not undo either.
            Some(former) if R::require(app, ctx, &former, needed(&job.action)).is_ok() => {
                R::take_back(app, &mut write, now.as_ref(), former, &format!("bulk-{}", job.meta.id))?;
                BulkOutcome::Undone
            }
            Some(_) => {
                row.why = "denied".to_owned();
                BulkOutcome::Kept
            }
            None => BulkOutcome::Kept,
        };
        counts.add(row.outcome);
    }
    leads::follow_answers(app, &mut write)?;
    write.update(rows, after);
    write.update(job, BulkJob { counts, ..job.clone() });
    app.commit(write).map(|_| ())
}

fn needed(action: &BulkAction) -> Action {
    if *action == BulkAction::Delete { Action::Delete } else { Action::Change }
}

/// The record as it was before the job, if it is still as the job left it.
fn former<R: Record>(
    app: &App,
    job: &BulkJob,
    id: Uuid,
    version: u64,
    now: Option<&R>,
) -> Result<Option<R>, Error> {
    let is_as_left = match (&job.action, now) {
        (BulkAction::Delete, None) => true,
        (BulkAction::Delete, Some(_)) | (_, None) => false,
        (_, Some(now)) => now.meta().version == version,
    };
    if !is_as_left {
        return Ok(None);
    }
    let Some(change) = change_of(app, R::KIND, id, version)? else { return Ok(None) };
    let mut fields = match change.deed {
        Deed::Deleted => change.before.clone(),
        _ => match now.map(json::to_value).transpose().map_err(Error::internal)? {
            Some(Value::Object(fields)) => fields,
            _ => return Ok(None),
        },
    };
    if change.deed == Deed::Deleted {
        // Everything but its bookkeeping is in the change. Its versions go on from the one that deleted it.
        let meta = model::Meta { version, ..meta_of(app, R::KIND, id, &change)? };
        fields.insert("meta".to_owned(), json::to_value(meta).map_err(Error::internal)?);
    } else {
        for (name, value) in change.before {
            // A field that was not there has no value of its own kind, not even «nothing».
            if value.is_null() {
                fields.remove(&name)
            } else {
                fields.insert(name, value)
            };
        }
    }
    Ok(json::from_value(Value::Object(fields)).ok())
}

/// When and by whom a deleted record was made, from its last change but one.
pub(crate) fn meta_of(app: &App, kind: Kind, id: Uuid, deleted: &Change) -> Result<model::Meta, Error> {
    let before = change_of(app, kind, id, deleted.version - 1)?;
    let meta = before.and_then(|change| change.after?.get("meta").cloned());
    let known = meta.and_then(|meta| json::from_value(meta).ok());
    Ok(known.unwrap_or_else(|| model::Meta::new(id, deleted.at, deleted.by.clone())))
}

/// What made this version of a record.
pub(crate) fn change_of(app: &App, kind: Kind, id: Uuid, version: u64) -> Result<Option<Change>, Error> {
    let mut before = None;
    loop {
        let changes = app.store.timeline(id, before, CHANGES)?;
        let is_it = |change: &&Change| change.kind == kind && change.id == id && change.version == version;
        if let Some(change) = changes.iter().find(is_it) {
            return Ok(Some(change.clone()));
        }
        before = changes.last().map(|change| change.seq);
        if changes.len() < CHANGES {
            return Ok(None);
        }
    }
}

/// All rows of a job, in order.
pub(crate) fn rows_of(app: &App, job: BulkJobId) -> Result<Vec<BulkRows>, Error> {
    let mut all = Vec::new();
    for id in ids_of(app, job)? {
        all.extend(app.store.get::<BulkRows>(id)?);
    }
    all.sort_by_key(|rows| rows.place);
    Ok(all)
}

/// The ids of a job's records of rows. They were made at once, so that their order is any, and always the same.
fn ids_of(app: &App, job: BulkJobId) -> Result<Vec<Uuid>, Error> {
    let prefix = IndexKey::members(Kind::BulkRows, job.0).bytes();
    let scan = Scan { prefix, after: None, direction: Direction::Forward, limit: CHUNK };
    let entries = app.store.scan(&scan)?;
    Ok(entries.iter().filter_map(|entry| IndexKey::record_at_end(&entry.key)).collect())
}
