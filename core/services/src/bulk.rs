//! Bulk actions on a list: what would happen to how many, the job that does it, and undoing it. The work itself is in
//! `bulk_runs.rs`; what an entity brings is [`Bulk`].

use crate::error::none_of;
use crate::fields::Field;
use crate::{App, Caller, Ctx, Error, bulk_runs, permissions, users};
use model::jiff::Timestamp;
use model::uuid::Uuid;
use model::{
    Action, Actor, ApiKey, BULK_ROWS_A_RECORD, BULK_ROWS_MAX, BULK_WHY_CHARACTERS_MAX, BulkAction,
    BulkCounts, BulkJob, BulkJobId, BulkOutcome, BulkRow, BulkRows, BulkState, FieldErrors, Kind, Meta,
    Record, Via,
};
use std::collections::BTreeSet;

pub use bulk_runs::{forget_rows, run_worker};

/// What the list of jobs shows.
const JOBS_MAX: usize = 100;
/// Records that a plan or a result names.
pub const NAMED_MAX: usize = 100;

/// An entity whose lists have bulk actions.
pub(crate) trait Bulk: Record {
    /// What a portion needs, looked up once.
    type Tools;

    fn tools(app: &App, ctx: &Ctx, action: &BulkAction) -> Result<Self::Tools, Error>;

    /// Fields that can be changed in bulk.
    fn fields(app: &App, ctx: &Ctx) -> Vec<Field>;

    /// Whether the caller may do an action of this sort at all; a record is asked about one by one.
    fn may(ctx: &Ctx, action: &BulkAction) -> bool;

    /// As in `permissions`: not found for what the caller does not see, denied for what they see only.
    fn require(app: &App, ctx: &Ctx, record: &Self, action: Action) -> Result<(), Error>;

    /// What the action makes of a record. Problems of the value are `Invalid`.
    fn plan(
        app: &App,
        ctx: &Ctx,
        tools: &Self::Tools,
        action: &BulkAction,
        record: &Self,
    ) -> Result<Plan<Self>, Error>;

    /// Adds what was planned to a write, with all that goes with it: counters, what is about the record.
    fn put(
        app: &App,
        ctx: &Ctx,
        tools: &Self::Tools,
        write: &mut store::Write,
        plans: Vec<(Self, Plan<Self>)>,
    ) -> Result<(), Error>;

    /// After the commit.
    fn settle(app: &App, ctx: &Ctx, tools: Self::Tools);

    /// Adds a former state of a record to a write; of one that was deleted with what went with it. Its version is then
    /// the one that deleted it.
    fn take_back(
        app: &App,
        write: &mut store::Write,
        now: Option<&Self>,
        former: Self,
        request: &str,
    ) -> Result<(), Error>;

    fn title(record: &Self) -> String;
}

/// What an action makes of a record.
pub(crate) enum Plan<R> {
    Changed(Box<R>),
    Deleted,
    /// To whom it goes is decided when it is done.
    AssignedAgain,
    Already,
}

/// Calls a generic function for the entity of a job: a new one is one line.
macro_rules! for_entity {
    ($entity:expr, $R:ident => $call:expr) => {
        match $entity {
            model::Kind::Lead => {
                type $R = model::Lead;
                $call
            }
            model::Kind::Company => {
                type $R = model::Company;
                $call
            }
            model::Kind::Contact => {
                type $R = model::Contact;
                $call
            }
            model::Kind::Opportunity => {
                type $R = model::Opportunity;
                $call
            }
            model::Kind::Product => {
                type $R = model::Product;
                $call
            }
            model::Kind::Activity => {
                type $R = model::Activity;
                $call
            }
            _ => Err($crate::Error::NotFound),
        }
    };
}
pub(crate) use for_entity;

/// What would happen, before anything does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BulkPlan {
    pub total: u64,
    pub counts: BulkCounts,
    /// The first ones that stay as they are against what was asked.
    pub named: Vec<Named>,
}

/// A record of a plan or a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub id: Uuid,
    /// Absent where the caller does not see it, and where it is gone.
    pub title: Option<String>,
    pub outcome: BulkOutcome,
    /// A problem code.
    pub why: String,
    /// Who changed it since, where undoing left it alone.
    pub by: Option<Actor>,
}

/// Fields that can be changed in bulk.
pub fn fields(app: &App, ctx: &Ctx, entity: Kind) -> Result<Vec<Field>, Error> {
    permissions::require(ctx, entity, Action::Change)?;
    for_entity!(entity, R => Ok(R::fields(app, ctx)))
}

/// Whether the caller may do an action of this sort to any record.
pub fn may(ctx: &Ctx, entity: Kind, action: &BulkAction) -> bool {
    let may = for_entity!(entity, R => Ok(R::may(ctx, action)));
    may.unwrap_or_default()
}

/// What the action would do to these records, record by record.
pub fn plan(
    app: &App,
    ctx: &Ctx,
    entity: Kind,
    ids: &[Uuid],
    action: &BulkAction,
) -> Result<BulkPlan, Error> {
    for_entity!(entity, R => plan_of::<R>(app, ctx, &chosen(ids)?, action))
}

fn plan_of<R: Bulk>(app: &App, ctx: &Ctx, ids: &[Uuid], action: &BulkAction) -> Result<BulkPlan, Error> {
    if !R::may(ctx, action) {
        return Err(Error::Denied);
    }
    let tools = R::tools(app, ctx, action)?;
    let mut plan = BulkPlan { total: ids.len() as u64, ..BulkPlan::default() };
    for id in ids {
        let record = app.store.get::<R>(*id)?;
        let (row, _) = judged(app, ctx, &tools, action, *id, record.as_ref())?;
        plan.counts.add(row.outcome);
        let is_told = matches!(row.outcome, BulkOutcome::Denied | BulkOutcome::Refused | BulkOutcome::Gone);
        if is_told && plan.named.len() < NAMED_MAX {
            plan.named.push(named(app, ctx, row, record.as_ref()));
        }
    }
    Ok(plan)
}

/// The row of a record as it would be, and what is to be done for it.
pub(crate) fn judged<R: Bulk>(
    app: &App,
    ctx: &Ctx,
    tools: &R::Tools,
    action: &BulkAction,
    id: Uuid,
    record: Option<&R>,
) -> Result<(BulkRow, Option<Plan<R>>), Error> {
    let row = |outcome, why: &str| BulkRow { id, outcome, version: 0, why: short(why) };
    let Some(record) = record else { return Ok((row(BulkOutcome::Gone, ""), None)) };
    let needed = if *action == BulkAction::Delete { Action::Delete } else { Action::Change };
    match R::require(app, ctx, record, needed) {
        Ok(()) => {}
        Err(Error::NotFound) => return Ok((row(BulkOutcome::Gone, ""), None)),
        Err(Error::Denied) => return Ok((row(BulkOutcome::Denied, ""), None)),
        Err(error) => return Err(error),
    }
    match R::plan(app, ctx, tools, action, record) {
        Ok(Plan::Already) => Ok((row(BulkOutcome::Already, ""), None)),
        Ok(plan) => {
            let version = record.meta().version + 1;
            Ok((BulkRow { version, ..row(BulkOutcome::Changed, "") }, Some(plan)))
        }
        Err(Error::Invalid(errors)) => {
            let why = errors.0.first().map_or("", |problem| problem.code.as_str());
            Ok((row(BulkOutcome::Refused, why), None))
        }
        Err(error) => Err(error),
    }
}

pub(crate) fn short(code: &str) -> String {
    code.chars().take(BULK_WHY_CHARACTERS_MAX).collect()
}

fn named<R: Bulk>(app: &App, ctx: &Ctx, row: BulkRow, record: Option<&R>) -> Named {
    let seen = record.filter(|record| R::require(app, ctx, record, Action::See).is_ok());
    Named {
        id: row.id,
        title: seen.map(R::title),
        outcome: row.outcome,
        why: row.why,
        by: seen.filter(|_| row.outcome == BulkOutcome::Kept).map(|record| record.meta().updated_by.clone()),
    }
}

/// Each once, in their order; some, and not too many.
fn chosen(ids: &[Uuid]) -> Result<Vec<Uuid>, Error> {
    let mut seen = BTreeSet::new();
    let ids: Vec<Uuid> = ids.iter().copied().filter(|id| seen.insert(*id)).collect();
    if ids.is_empty() {
        return Err(Error::invalid("", "bulk-none", ""));
    }
    if ids.len() > BULK_ROWS_MAX {
        return Err(Error::invalid("", "bulk-too-many", BULK_ROWS_MAX.to_string()));
    }
    Ok(ids)
}

/// Begins a job on these records: they and the job are written in one transaction. With an idempotency key, the second
/// call with the same key answers with the job of the first.
pub fn start(
    app: &App,
    ctx: &Ctx,
    entity: Kind,
    ids: &[Uuid],
    action: BulkAction,
    idempotency_key: Option<&str>,
) -> Result<BulkJob, Error> {
    let owner = ctx.caller()?.user.id();
    let once = idempotency_key.map(|key| format!("{}/bulk/{key}", ctx.actor_name()));
    let former = || once.as_deref().map(|key| app.store.once(key)).transpose().map(Option::flatten);
    if let Some(id) = former()? {
        return get(app, ctx, BulkJobId(id));
    }
    for_entity!(entity, R => check::<R>(app, ctx, &action))?;
    let ids = chosen(ids)?;
    let meta = || Meta::new(ctx.new_id(), ctx.at, ctx.actor());
    let job = BulkJob {
        meta: meta(),
        owner,
        entity,
        action,
        state: BulkState::Running,
        total: ids.len() as u64,
        counts: BulkCounts::default(),
        finished_at: None,
        undone_by: None,
        undone_at: None,
        failure: None,
    };
    let mut write = ctx.write();
    if let Some(key) = &once {
        write.put_once(key, job.meta.id);
    }
    for (place, ids) in (0..).zip(ids.chunks(BULK_ROWS_A_RECORD)) {
        let row =
            |id: &Uuid| BulkRow { id: *id, outcome: BulkOutcome::Waiting, version: 0, why: String::new() };
        let rows = ids.iter().map(row).collect();
        write.create(BulkRows { meta: meta(), job: job.id(), place, rows });
    }
    let id = job.meta.id;
    write.create(job);
    app.commit_once(write)?;
    // Another call with the same key may have been quicker.
    get(app, ctx, BulkJobId(former()?.unwrap_or(id)))
}

/// Whether the caller may do this at all and the value is one. Making the tools finds what is wrong.
fn check<R: Bulk>(app: &App, ctx: &Ctx, action: &BulkAction) -> Result<(), Error> {
    if R::may(ctx, action) { R::tools(app, ctx, action).map(|_| ()) } else { Err(Error::Denied) }
}

/// Jobs the caller may see, newest first: their own; administrators all.
pub fn list(app: &App, ctx: &Ctx) -> Result<Vec<BulkJob>, Error> {
    ctx.caller()?;
    let mut jobs: Vec<BulkJob> = Vec::new();
    // The newest are at the end of the group.
    let scan = store::Scan {
        prefix: model::IndexKey::members(Kind::BulkJob, Uuid::nil()).bytes(),
        after: None,
        direction: store::Direction::Backward,
        limit: JOBS_MAX,
    };
    for entry in app.store.scan(&scan)? {
        let Some(id) = model::IndexKey::record_at_end(&entry.key) else { continue };
        let job = app.store.get::<BulkJob>(id)?;
        jobs.extend(job.filter(|job| is_for(ctx, job)));
    }
    Ok(jobs)
}

pub fn get(app: &App, ctx: &Ctx, id: BulkJobId) -> Result<BulkJob, Error> {
    ctx.caller()?;
    let job = app.store.get::<BulkJob>(id.0)?.ok_or(Error::NotFound)?;
    if is_for(ctx, &job) { Ok(job) } else { Err(Error::NotFound) }
}

fn is_for(ctx: &Ctx, job: &BulkJob) -> bool {
    ctx.user_id() == Some(job.owner) || permissions::require_administrator(ctx).is_ok()
}

/// The first records that are not as was asked: denied, refused, gone; after undoing those that were left alone.
pub fn named_rows(app: &App, ctx: &Ctx, id: BulkJobId) -> Result<Vec<Named>, Error> {
    let job = get(app, ctx, id)?;
    for_entity!(job.entity, R => named_of::<R>(app, ctx, &job))
}

fn named_of<R: Bulk>(app: &App, ctx: &Ctx, job: &BulkJob) -> Result<Vec<Named>, Error> {
    let mut found = Vec::new();
    for rows in bulk_runs::rows_of(app, job.id())? {
        for row in rows.rows {
            let is_told = matches!(
                row.outcome,
                BulkOutcome::Denied | BulkOutcome::Refused | BulkOutcome::Gone | BulkOutcome::Kept
            );
            if is_told {
                let record = app.store.get::<R>(row.id)?;
                found.push(named(app, ctx, row, record.as_ref()));
            }
        }
        if found.len() >= NAMED_MAX {
            found.truncate(NAMED_MAX);
            break;
        }
    }
    Ok(found)
}

/// Stops a job where it stands, or its undoing; what was done stays. Stopping what has ended is no error. What undoing
/// has not come to can be undone later.
pub fn cancel(app: &App, ctx: &Ctx, id: BulkJobId) -> Result<BulkJob, Error> {
    loop {
        let before = get(app, ctx, id)?;
        let finished_at = match before.state {
            BulkState::Running => Some(ctx.at),
            BulkState::Undoing => before.finished_at,
            _ => return Ok(before),
        };
        let after = BulkJob { state: BulkState::Cancelled, finished_at, undone_by: None, ..before.clone() };
        match save(app, ctx, &before, after) {
            // The worker counted on; the next look has its new version.
            Err(Error::Conflict(_)) => {}
            outcome => return outcome,
        }
    }
}

/// Begins to put everything back as it was before the job, for a day after its end.
pub fn undo(app: &App, ctx: &Ctx, id: BulkJobId) -> Result<BulkJob, Error> {
    let before = get(app, ctx, id)?;
    if matches!(before.state, BulkState::Undoing | BulkState::Undone) {
        return Ok(before);
    }
    none_of(undo_errors(&before, ctx.at))?;
    let undone_by = Some(ctx.actor());
    let after = BulkJob { state: BulkState::Undoing, undone_by, failure: None, ..before.clone() };
    match save(app, ctx, &before, after) {
        Err(Error::Conflict(_)) => undo(app, ctx, id),
        outcome => outcome,
    }
}

fn undo_errors(job: &BulkJob, at: Timestamp) -> FieldErrors {
    let mut errors = FieldErrors::default();
    match job.undo_until() {
        Some(until) if at <= until => {}
        Some(_) => errors.add("", "bulk-undo-late", model::BULK_UNDO_HOURS.to_string()),
        None => errors.add("", "bulk-undo-nothing", ""),
    }
    errors
}

fn save(app: &App, ctx: &Ctx, before: &BulkJob, after: BulkJob) -> Result<BulkJob, Error> {
    let mut write = ctx.write();
    write.update(before, after);
    app.commit(write)?;
    app.store.get::<BulkJob>(before.meta.id)?.ok_or(Error::NotFound)
}

/// In whose name a job works, with what they may do as of now: whoever began it, or undoes it; through the key that
/// they did it with. Whoever has left, and a key that was revoked, may do nothing.
pub(crate) fn caller(app: &App, job: &BulkJob) -> Result<(Caller, Via), Error> {
    let actor = match (&job.state, &job.undone_by) {
        (BulkState::Undoing, Some(by)) => by,
        _ => &job.meta.created_by,
    };
    let id = actor.user.unwrap_or(job.owner);
    let caller = users::caller(app, id)?;
    if !caller.user.active {
        return Err(Error::Denied);
    }
    let caller = match actor.via {
        Via::Api(key) => {
            let key = app.store.get::<ApiKey>(key.0)?.filter(|key| key.revoked_at.is_none());
            permissions::caller_with_key(app, caller.user, &key.ok_or(Error::Denied)?)?
        }
        Via::Page | Via::Import(_) | Via::Form | Via::System => caller,
    };
    Ok((caller, actor.via.clone()))
}
