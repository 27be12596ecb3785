//! How long data about people is kept: the periods, what would go, and the runs that erase or delete it. For
//! administrators alone: nothing of it can be undone.

use crate::error::none_of;
use crate::{App, Ctx, Error, permissions, records, retention_runs, settings};
use model::jiff::{Timestamp, ToSpan};
use model::uuid::Uuid;
use model::{
    Company, Contact, ERASED, FieldErrors, IndexKey, Kind, Lead, LeadFacet, LeadSort, LeadStatus, Meta,
    RETENTION_MONTHS_MAX, Retained, Retention, RetentionCounts, RetentionDeed, RetentionRule, RetentionRun,
    RetentionState, list_of_all,
};
use store::{Direction, Scan};

pub use retention_runs::{nightly, run_worker, work};

/// Records of each period that the preview names.
pub const SHOWN_MAX: usize = 20;
/// Entries of a list that the preview looks at, a second or two: from there on it says «at least».
const EXAMINED_MAX: usize = 20_000;
/// Entries read at a time.
const CHUNK: usize = 200;
/// Runs that the page lists.
const RUNS_MAX: usize = 30;
/// The list by the time of creation.
const BY_CREATION: u8 = 0;

/// What the form holds, as typed: by the code of each sort, months and what is done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RetentionDraft {
    /// Months empty: never.
    pub rules: Vec<(Retained, String, String)>,
    pub nightly: bool,
}

/// What one period would take.
pub struct Preview {
    pub rule: RetentionRule,
    /// Everything about it happened before this moment.
    pub before: Timestamp,
    pub count: u64,
    /// Whether all of the list was looked at.
    pub is_whole: bool,
    /// The oldest of them.
    pub shown: Vec<records::Record>,
}

/// The periods that are kept; an empty record before there are any.
pub fn get(app: &App, ctx: &Ctx) -> Result<Retention, Error> {
    permissions::require_administrator(ctx)?;
    kept(app)
}

pub(crate) fn kept(app: &App) -> Result<Retention, Error> {
    let none = || {
        let meta = Meta { version: 0, ..Meta::new(Uuid::nil(), Timestamp::UNIX_EPOCH, model::Actor::SYSTEM) };
        Retention { meta, rules: Vec::new(), nightly: false }
    };
    Ok(app.store.get::<Retention>(Uuid::nil())?.unwrap_or_else(none))
}

/// Keeps other periods. Problems stand at `months_<sort>` and `deed_<sort>`.
pub fn update(app: &App, ctx: &Ctx, version: u64, draft: &RetentionDraft) -> Result<Retention, Error> {
    permissions::require_administrator(ctx)?;
    let mut errors = FieldErrors::default();
    let mut rules = Vec::new();
    for (what, months, deed) in draft.rules.iter().filter(|(_, months, _)| !months.trim().is_empty()) {
        let code = what.as_str();
        let read =
            months.trim().parse::<u16>().ok().filter(|months| (1..=RETENTION_MONTHS_MAX).contains(months));
        if read.is_none() {
            errors.add(&format!("months_{code}"), "number-between", format!("1–{RETENTION_MONTHS_MAX}"));
        }
        let done = RetentionDeed::from_code(deed.trim());
        if done.is_none() {
            errors.add(&format!("deed_{code}"), if deed.is_empty() { "required" } else { "choice" }, deed);
        }
        if let (Some(months), Some(deed)) = (read, done) {
            rules.push(RetentionRule { what: *what, months, deed });
        }
    }
    none_of(errors)?;
    rules.sort_by_key(|rule| rule.what);
    rules.dedup_by_key(|rule| rule.what);
    let before = kept(app)?;
    let after = Retention { rules, nightly: draft.nightly, ..before.clone() };
    if before.meta.version != version {
        return Err(app.conflict(&before, &after));
    }
    let mut write = ctx.write();
    if version == 0 {
        write.create(Retention { meta: Meta::new(Uuid::nil(), ctx.at, ctx.actor()), ..after });
    } else {
        write.update(&before, after);
    }
    app.commit(write)?;
    kept(app)
}

/// What the kept periods would take now.
pub fn preview(app: &App, ctx: &Ctx) -> Result<Vec<Preview>, Error> {
    permissions::require_administrator(ctx)?;
    let rules = kept(app)?.rules;
    rules.into_iter().map(|rule| previewed(app, ctx, rule)).collect()
}

pub(crate) fn previewed(app: &App, ctx: &Ctx, rule: RetentionRule) -> Result<Preview, Error> {
    let before = cut(app, ctx, rule)?;
    let mut preview = Preview { rule, before, count: 0, is_whole: false, shown: Vec::new() };
    let (mut after, mut examined) = (None, 0);
    while examined < EXAMINED_MAX {
        let page = candidates(app, rule, before, after.take())?;
        examined += page.examined;
        for (_, id) in page.found {
            if let Some(record) = due(app, rule, before, id)? {
                preview.count += 1;
                if preview.shown.len() < SHOWN_MAX {
                    preview.shown.push(record);
                }
            }
        }
        match page.after {
            Some(next) => after = Some(next),
            None => {
                preview.is_whole = true;
                break;
            }
        }
    }
    Ok(preview)
}

/// Whatever happened last must have been before this.
pub(crate) fn cut(app: &App, ctx: &Ctx, rule: RetentionRule) -> Result<Timestamp, Error> {
    let zone = settings::get(app, ctx)?.zone();
    let months = i64::from(rule.months);
    let cut = ctx.at.to_zoned_datetime(zone).checked_sub(months.months()).map_err(Error::internal)?;
    Ok(cut.timestamp())
}

/// A page of a list: entries that may be due, each with its key.
pub(crate) struct Candidates {
    pub(crate) found: Vec<(Vec<u8>, Uuid)>,
    /// Where to go on; absent at the end.
    pub(crate) after: Option<Vec<u8>>,
    examined: usize,
}

/// The next entries, the oldest first. What was made after the cut cannot be due: the list ends there.
pub(crate) fn candidates(
    app: &App,
    rule: RetentionRule,
    before: Timestamp,
    after: Option<Vec<u8>>,
) -> Result<Candidates, Error> {
    let kind = rule.what.entity();
    let prefix = match kind {
        Kind::Lead => Lead::list_of_all(LeadSort::Created).bytes(),
        kind => list_of_all(kind, BY_CREATION).bytes(),
    };
    let scan = Scan { prefix, after, direction: Direction::Forward, limit: CHUNK };
    let entries = app.store.scan(&scan)?;
    let mut page = Candidates { found: Vec::new(), after: None, examined: entries.len() };
    for entry in &entries {
        let (created_at_ms, may_be) = match kind {
            Kind::Lead => LeadFacet::from_bytes(&entry.value)
                .map_or((i64::MIN, true), |facet| (facet.created_at_ms, is_of(rule.what, facet.status))),
            _ => model::Facet::from_bytes(&entry.value)
                .map_or((i64::MIN, true), |facet| (facet.created_at_ms, true)),
        };
        if created_at_ms >= before.as_millisecond() {
            return Ok(page);
        }
        if may_be {
            page.found.extend(IndexKey::record_at_end(&entry.key).map(|id| (entry.key.clone(), id)));
        }
    }
    if entries.len() == CHUNK {
        page.after = entries.last().map(|entry| entry.key.clone());
    }
    Ok(page)
}

fn is_of(what: Retained, status: LeadStatus) -> bool {
    match what {
        Retained::DiscardedLeads => status == LeadStatus::Discarded,
        Retained::ConvertedLeads => status == LeadStatus::Converted,
        _ => status.is_open(),
    }
}

/// The record, if nothing happened to it since; one that was erased says nobody any more.
pub(crate) fn due(
    app: &App,
    rule: RetentionRule,
    before: Timestamp,
    id: Uuid,
) -> Result<Option<records::Record>, Error> {
    let record: Option<records::Record> = match rule.what.entity() {
        Kind::Lead => app
            .store
            .get::<Lead>(id)?
            .filter(|lead| is_of(rule.what, lead.status))
            .map(|lead| Box::new(lead) as records::Record),
        Kind::Contact => app.store.get::<Contact>(id)?.map(|contact| Box::new(contact) as records::Record),
        _ => app
            .store
            .get::<Company>(id)?
            .filter(|company| company.kind.as_deref() == Some("prospect"))
            .map(|company| Box::new(company) as records::Record),
    };
    let Some(record) = record.filter(|record| record.about().updated_at < before) else { return Ok(None) };
    if rule.deed == RetentionDeed::Erase && record.name().starts_with(ERASED) {
        return Ok(None);
    }
    // Notes, and what belongs to it, are on its timeline too.
    let last = app.store.timeline(id, None, 1)?;
    Ok(last.first().is_none_or(|change| change.at < before).then_some(record))
}

pub fn run(app: &App, ctx: &Ctx, id: Uuid) -> Result<RetentionRun, Error> {
    permissions::require_administrator(ctx)?;
    app.store.get::<RetentionRun>(id)?.ok_or(Error::NotFound)
}

/// Orders a run of the kept periods. One at a time.
pub fn start(app: &App, ctx: &Ctx) -> Result<RetentionRun, Error> {
    permissions::require_administrator(ctx)?;
    let rules = kept(app)?.rules;
    if rules.is_empty() {
        return Err(Error::invalid("", "retention-none", ""));
    }
    if !app.store.members::<RetentionRun>(RetentionRun::WORKING, 1)?.is_empty() {
        return Err(Error::invalid("", "retention-running", ""));
    }
    begin(app, ctx, rules)
}

pub(crate) fn begin(app: &App, ctx: &Ctx, rules: Vec<RetentionRule>) -> Result<RetentionRun, Error> {
    let mut expected = 0;
    for rule in &rules {
        expected += previewed(app, ctx, *rule)?.count;
    }
    let run = RetentionRun {
        meta: Meta::new(ctx.new_id(), ctx.at, ctx.actor()),
        owner: ctx.user_id(),
        rules,
        state: RetentionState::Running,
        expected,
        counts: RetentionCounts::default(),
        rule: 0,
        after: None,
        finished_at: None,
    };
    let mut write = ctx.write();
    write.create(run.clone());
    app.commit(write)?;
    Ok(run)
}

/// Stops a run; what was done stays done.
pub fn cancel(app: &App, ctx: &Ctx, id: Uuid) -> Result<(), Error> {
    permissions::require_administrator(ctx)?;
    loop {
        let before = app.store.get::<RetentionRun>(id)?.ok_or(Error::NotFound)?;
        if before.state != RetentionState::Running {
            return Ok(());
        }
        let after =
            RetentionRun { state: RetentionState::Cancelled, finished_at: Some(ctx.at), ..before.clone() };
        let mut write = ctx.write();
        write.update(&before, after);
        match app.commit(write) {
            // The worker finished a portion in this moment.
            Err(Error::Conflict(_)) => {}
            other => return other.map(|_| ()),
        }
    }
}

/// The latest runs, newest first.
pub fn runs(app: &App, ctx: &Ctx) -> Result<Vec<RetentionRun>, Error> {
    permissions::require_administrator(ctx)?;
    latest(app, RUNS_MAX)
}

/// Ids are in the order of time.
pub(crate) fn latest(app: &App, limit: usize) -> Result<Vec<RetentionRun>, Error> {
    let prefix = IndexKey::members(Kind::RetentionRun, Uuid::nil()).bytes();
    let entries = app.store.scan(&Scan { prefix, after: None, direction: Direction::Backward, limit })?;
    let mut runs = Vec::new();
    for id in entries.iter().filter_map(|entry| IndexKey::record_at_end(&entry.key)) {
        runs.extend(app.store.get::<RetentionRun>(id)?);
    }
    Ok(runs)
}
