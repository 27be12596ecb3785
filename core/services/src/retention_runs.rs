//! The work of retention: record by record, each with the run's counts and place in one transaction, so that a run that was
//! killed goes on where it was.

use crate::retention::{begin, candidates, cut, due, kept, latest, previewed};
use crate::{App, Ctx, Error, documents, leads, notes, privacy, records, users};
use model::jiff::civil::Date;
use model::uuid::Uuid;
use model::{Company, Contact, Kind, Lead, RetentionDeed, RetentionRun, RetentionState, Via};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use store::Write;

/// Records of one round: in between the worker looks whether it is to stop.
const PORTION: usize = 50;
/// The hour of the company's clock from which the night's run begins.
const NIGHT_HOUR: i8 = 3;
/// Looking for work, and for the order to stop.
const WAIT: Duration = Duration::from_millis(500);
/// After a failure of the machine.
const PAUSE: Duration = Duration::from_secs(2);

/// Works on runs until told to stop, and begins that of the night. `ctx_now` makes the circumstances, without anybody in
/// them; failures of the machine go to `report`.
pub fn run_worker(app: &App, ctx_now: &dyn Fn() -> Ctx, stop: &AtomicBool, report: &dyn Fn(&Error)) {
    let mut looked_on = None;
    while !stop.load(Ordering::Acquire) {
        let head = app.head();
        let ctx = ctx_now();
        let worked = nightly(app, &ctx, &mut looked_on).and_then(|()| work(app, &ctx));
        match worked {
            Ok(true) => {}
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

/// Begins the run of the night once a day, where the company wants it and something would go. `looked_on` is the day of
/// the last look.
pub fn nightly(app: &App, ctx: &Ctx, looked_on: &mut Option<Date>) -> Result<(), Error> {
    let Some(settings) = app.frame().settings.clone() else { return Ok(()) };
    let now = ctx.at.to_zoned_datetime(settings.zone());
    if now.hour() < NIGHT_HOUR || *looked_on == Some(now.date()) {
        return Ok(());
    }
    *looked_on = Some(now.date());
    let retention = kept(app)?;
    let is_of_today = |run: &RetentionRun| {
        run.owner.is_none() && run.meta.created_at.to_zoned_datetime(settings.zone()).date() == now.date()
    };
    let runs = latest(app, PORTION)?;
    let is_running = runs.iter().any(|run| run.state == RetentionState::Running);
    if !retention.nightly || is_running || runs.iter().any(is_of_today) {
        return Ok(());
    }
    for rule in &retention.rules {
        if previewed(app, ctx, *rule)?.count > 0 {
            return begin(app, ctx, retention.rules).map(|_| ());
        }
    }
    Ok(())
}

/// One portion of each run. Whether there was anything to do.
pub fn work(app: &App, ctx: &Ctx) -> Result<bool, Error> {
    let runs: Vec<RetentionRun> = app.store.members(RetentionRun::WORKING, PORTION)?;
    for run in &runs {
        let mut ctx = ctx.clone();
        ctx.request = format!("retention-{}", run.meta.id);
        if let Some(owner) = run.owner {
            let caller = users::caller(app, owner).ok().filter(|caller| caller.is_administrator);
            let Some(caller) = caller else {
                end(app, &ctx, run, RetentionState::Failed)?;
                continue;
            };
            ctx = ctx.with_caller(caller, Via::System);
        }
        match portion(app, &ctx, run.clone()) {
            // Somebody changed the record, or stopped the run: the next round reads them again.
            Ok(()) | Err(Error::Conflict(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(!runs.is_empty())
}

fn end(app: &App, ctx: &Ctx, run: &RetentionRun, state: RetentionState) -> Result<(), Error> {
    let after = RetentionRun { state, finished_at: Some(ctx.at), after: None, ..run.clone() };
    let mut write = ctx.write();
    write.update(run, after);
    app.commit(write).map(|_| ())
}

fn portion(app: &App, ctx: &Ctx, mut run: RetentionRun) -> Result<(), Error> {
    let Some(rule) = usize::try_from(run.rule).ok().and_then(|place| run.rules.get(place).copied()) else {
        return end(app, ctx, &run, RetentionState::Done);
    };
    // As of when it was ordered: what becomes due meanwhile is the next run's.
    let before = cut(app, &ctx.at(run.meta.created_at), rule)?;
    let mut after = run.after.as_deref().map(leads::parse_cursor).transpose()?;
    let mut done = 0;
    loop {
        let page = candidates(app, rule, before, after.take())?;
        for (key, id) in page.found {
            if due(app, rule, before, id)?.is_none() {
                continue;
            }
            let place = Some(crate::ctx::hex(&key));
            run = match rule.deed {
                RetentionDeed::Erase => erase(app, ctx, &run, place, rule.what.entity(), id)?,
                RetentionDeed::Delete => delete(app, ctx, &run, place, rule.what.entity(), id)?,
            };
            done += 1;
            if done >= PORTION {
                return Ok(());
            }
        }
        match page.after {
            Some(next) => after = Some(next),
            None => break,
        }
    }
    let next = RetentionRun { rule: run.rule + 1, after: None, ..run.clone() };
    let mut write = ctx.write();
    write.update(&run, next);
    app.commit(write).map(|_| ())
}

/// Which count goes up.
#[derive(Clone, Copy)]
enum Outcome {
    Erased,
    Deleted,
    Kept,
}

fn advanced(run: &RetentionRun, place: Option<String>, outcome: Outcome) -> RetentionRun {
    let mut after = RetentionRun { after: place, ..run.clone() };
    match outcome {
        Outcome::Erased => after.counts.erased += 1,
        Outcome::Deleted => after.counts.deleted += 1,
        Outcome::Kept => after.counts.kept += 1,
    }
    after
}

/// The run as it is stored after a commit.
fn stored(app: &App, run: &RetentionRun) -> Result<RetentionRun, Error> {
    app.store.get::<RetentionRun>(run.meta.id)?.ok_or(Error::NotFound)
}

fn erase(
    app: &App,
    ctx: &Ctx,
    run: &RetentionRun,
    place: Option<String>,
    kind: Kind,
    id: Uuid,
) -> Result<RetentionRun, Error> {
    let Some(about) = privacy::about_of(app, kind, id)? else { return keep(app, ctx, run, place) };
    let after = advanced(run, place.clone(), Outcome::Erased);
    match privacy::begin(app, ctx, about, |write| write.update(run, after)) {
        Ok(_) => stored(app, run),
        Err(Error::Invalid(_)) => keep(app, ctx, run, place),
        Err(error) => Err(error),
    }
}

fn delete(
    app: &App,
    ctx: &Ctx,
    run: &RetentionRun,
    place: Option<String>,
    kind: Kind,
    id: Uuid,
) -> Result<RetentionRun, Error> {
    if records::has_belongings(app, id)? {
        return keep(app, ctx, run, place);
    }
    let mut write = ctx.write();
    let files = documents::delete_of(app, &mut write, id)?;
    match kind {
        Kind::Lead => {
            let Some(lead) = app.store.get::<Lead>(id)? else { return keep(app, ctx, run, place) };
            leads::delete_with_notes(app, &mut write, &lead)?;
        }
        Kind::Contact => delete_in::<Contact>(app, &mut write, id)?,
        _ => delete_in::<Company>(app, &mut write, id)?,
    }
    write.update(run, advanced(run, place.clone(), Outcome::Deleted));
    match app.commit(write) {
        Ok(_) => {
            documents::release(app, &files)?;
            stored(app, run)
        }
        Err(Error::Invalid(_)) => keep(app, ctx, run, place),
        Err(error) => Err(error),
    }
}

fn delete_in<R: model::Record>(app: &App, write: &mut Write, id: Uuid) -> Result<(), Error> {
    notes::delete_all(app, write, id)?;
    if let Some(record) = app.store.get::<R>(id)? {
        write.delete(&record);
    }
    Ok(())
}

/// Left alone, and counted.
fn keep(app: &App, ctx: &Ctx, run: &RetentionRun, place: Option<String>) -> Result<RetentionRun, Error> {
    let mut write = ctx.write();
    write.update(run, advanced(run, place, Outcome::Kept));
    app.commit(write)?;
    stored(app, run)
}
