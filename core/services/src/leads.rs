//! Leads: by hand, changed, listed, and what happened to them.

use crate::assignment::Round;
use crate::assignment::tally::value_of;
use crate::clock::Clock;
use crate::duplicates::OnDuplicate;
use crate::error::none_of;
use crate::notes::bytes_of;
use crate::own_values::{Making, Reader, claims};
use crate::{
    App, Ctx, Error, LeadDraft, documents, duplicates, merges, notes, people, permissions, settings,
};
use model::jiff::Timestamp;
use model::jiff::civil::Date;
use model::uuid::Uuid;
use model::{
    Action, Activity, Assignment, Decision, FieldErrors, Kind, Lead, LeadId, LeadStatus, Level, Meta,
    RECORD_BYTES_MAX, User, UserId, choice_meant, lists,
};
use std::collections::BTreeMap;

mod bulk;
mod columns;
mod groups;
mod imported;
mod list;
mod merge;
mod response;
mod status_words;
pub use columns::{FileColumn, export_columns};
pub(crate) use columns::{amount_cell, written};
pub(crate) use groups::code_of;
pub use groups::{GROUP_LEADS, GROUPS_MAX, LeadGroup, LeadGroups, groups};
pub use list::{
    COUNTED_MAX, Direction, LeadCount, LeadPage, LeadQuery, OwnerFilter, PAGE_MAX, count, ids, list,
};
pub(crate) use list::{GROUPS_REACH, Reach, count_for, parse_cursor, walk};
pub use merge::{Merged, merge};
pub(crate) use response::{answer, follow_answers, was_answered};

/// A reason is a phrase.
const REASON_CHARACTERS_MAX: usize = 200;

/// Creates a lead and assigns it. With an idempotency key, the second call with the same key answers with the lead
/// of the first.
pub fn create(app: &App, ctx: &Ctx, draft: &LeadDraft, idempotency_key: Option<&str>) -> Result<Lead, Error> {
    create_unless(app, ctx, draft, idempotency_key, OnDuplicate::Allow)
}

/// The same, where `on` says so only if nothing is there that is surely the same.
pub fn create_unless(
    app: &App,
    ctx: &Ctx,
    draft: &LeadDraft,
    idempotency_key: Option<&str>,
    on: OnDuplicate,
) -> Result<Lead, Error> {
    permissions::require(ctx, Kind::Lead, Action::Create)?;
    let once = idempotency_key.map(|key| format!("{}/{key}", ctx.actor_name()));
    if let Some(id) = once.as_deref().map(|key| app.store.once(key)).transpose()?.flatten() {
        return app.store.get::<Lead>(id)?.ok_or(Error::NotFound);
    }
    let settings = settings::get(app, ctx)?;
    let mut lead = Lead::new(Meta::new(ctx.new_id(), ctx.at, ctx.actor()));
    let errors = checked(app, ctx, draft, &mut lead, &settings, Making::New)?;
    none_of(errors)?;
    duplicates::require_new(app, ctx, on, None, &lead)?;
    let id = lead.meta.id;
    let round = Round::prepare(app, ctx, settings)?;
    let choice = round.choose(app, ctx, &lead)?;
    let mut write = ctx.write();
    if let Some(key) = &once {
        write.put_once(key, id);
    }
    round.place(ctx, &mut write, vec![(lead, choice)]);
    app.commit_once(write)?;
    round.settle(app, ctx);
    // Another call with the same key may have been quicker.
    let id = once.as_deref().map(|key| app.store.once(key)).transpose()?.flatten().unwrap_or(id);
    app.store.get::<Lead>(id)?.ok_or(Error::NotFound)
}

pub fn get(app: &App, ctx: &Ctx, id: LeadId) -> Result<Lead, Error> {
    reachable(app, ctx, id, Action::See)
}

/// Changes what a form holds. A stale version is refused with both values.
pub fn update(app: &App, ctx: &Ctx, id: LeadId, version: u64, draft: &LeadDraft) -> Result<Lead, Error> {
    update_unless(app, ctx, id, version, draft, OnDuplicate::Allow)
}

/// The same, where `on` says so only if it does not become surely the same as another.
pub fn update_unless(
    app: &App,
    ctx: &Ctx,
    id: LeadId,
    version: u64,
    draft: &LeadDraft,
    on: OnDuplicate,
) -> Result<Lead, Error> {
    let before = reachable(app, ctx, id, Action::Change)?;
    let mut after = before.clone();
    let errors = checked(app, ctx, draft, &mut after, &settings::get(app, ctx)?, Making::Changed)?;
    none_of(errors)?;
    duplicates::require_new(app, ctx, on, Some(&before), &after)?;
    save(app, ctx, &before, version, after)
}

/// Records that may be the same as what is being typed, whatever else is still wrong with it; `id` is the lead that is
/// changed.
pub fn resembling(
    app: &App,
    ctx: &Ctx,
    id: Option<LeadId>,
    draft: &LeadDraft,
) -> Result<Vec<duplicates::Duplicate>, Error> {
    let mut lead = match id {
        Some(id) => reachable(app, ctx, id, Action::Change)?,
        None => {
            permissions::require(ctx, Kind::Lead, Action::Create)?;
            Lead::new(Meta::new(ctx.new_id(), ctx.at, ctx.actor()))
        }
    };
    draft.apply(&mut lead, &settings::get(app, ctx)?, &app.frame());
    duplicates::of_record(app, ctx, &lead)
}

/// Moves a lead along. Discarding asks for a reason; conversion has a deed of its own and is not a status to choose.
pub fn set_status(
    app: &App,
    ctx: &Ctx,
    id: LeadId,
    version: u64,
    status: LeadStatus,
    reason: &str,
) -> Result<Lead, Error> {
    let before = reachable(app, ctx, id, Action::Change)?;
    let after = with_status(app, ctx, &before, status, reason)?;
    save(app, ctx, &before, version, after)
}

/// The same with a note about it: both are written, or neither.
pub fn set_status_with_note(
    app: &App,
    ctx: &Ctx,
    id: LeadId,
    version: u64,
    status: LeadStatus,
    reason: &str,
    note: &str,
) -> Result<Lead, Error> {
    let before = reachable(app, ctx, id, Action::Change)?;
    let after = with_status(app, ctx, &before, status, reason)?;
    let mut write = ctx.write();
    write.create(notes::drafted(ctx, &before, note)?);
    save_in(app, write, &before, version, after)
}

/// The lead moved along.
pub(crate) fn with_status(
    app: &App,
    ctx: &Ctx,
    before: &Lead,
    status: LeadStatus,
    reason: &str,
) -> Result<Lead, Error> {
    let reason = reason.trim();
    let mut errors = FieldErrors::default();
    match status {
        _ if before.conversion.is_some() => errors.add("status", "lead-converted", ""),
        LeadStatus::Converted => errors.add("status", "choice", status.as_str()),
        LeadStatus::Discarded if reason.is_empty() => errors.add("reason", "required", ""),
        _ if reason.chars().count() > REASON_CHARACTERS_MAX => {
            errors.add("reason", "too-long", REASON_CHARACTERS_MAX.to_string());
        }
        _ => {}
    }
    none_of(errors)?;
    let mut after = before.clone();
    after.status = match (status, before.owner) {
        (LeadStatus::New, Some(_)) => LeadStatus::Assigned,
        (LeadStatus::Assigned, None) => LeadStatus::New,
        (status, _) => status,
    };
    after.discard_reason = (status == LeadStatus::Discarded).then(|| reason_of(app, reason));
    // It is the same as another one as long as it is discarded for that.
    let is_same = after.discard_reason.is_some() && after.discard_reason == before.discard_reason;
    after.duplicate_of = before.duplicate_of.filter(|_| is_same);
    let answered = matches!(status, LeadStatus::Contacted | LeadStatus::Nurturing | LeadStatus::Qualified);
    if answered && !was_answered(before) {
        answer(&mut after, ctx.at);
    }
    Ok(after)
}

/// The value of the company's list that is meant, by key or label; else the reason as it was written.
fn reason_of(app: &App, typed: &str) -> String {
    let frame = app.frame();
    choice_meant(&frame, lists::DISCARD_REASONS, typed).unwrap_or(typed).to_owned()
}

/// Gives a lead to somebody: for managers and administrators.
pub fn assign(app: &App, ctx: &Ctx, id: LeadId, version: u64, owner: UserId) -> Result<Lead, Error> {
    let before = reachable(app, ctx, id, Action::Change)?;
    if !may_assign(ctx) {
        return Err(Error::Denied);
    }
    let Some(user) = app.store.get::<User>(owner.0)?.filter(|user| user.active) else {
        return Err(Error::invalid("owner", "choice", owner.to_string()));
    };
    let after = given_by(ctx, &before, &user, &Clock::now(app, ctx)?)?;
    save(app, ctx, &before, version, after)
}

/// Who of those who work here is away now, and until when: for whoever may choose whose a lead is.
pub fn away_until(app: &App, ctx: &Ctx) -> Result<BTreeMap<UserId, Date>, Error> {
    if !may_assign(ctx) {
        return Ok(BTreeMap::new());
    }
    let clock = Clock::now(app, ctx)?;
    let away = |user: &User| {
        let time = clock.time_of(Some(user));
        Some((user.id(), time.away_until(time.day(ctx.at))?))
    };
    Ok(people::all(app, ctx)?.active().filter_map(away).collect())
}

/// The lead as whoever asks gives it to somebody.
pub(crate) fn given_by(ctx: &Ctx, before: &Lead, user: &User, clock: &Clock) -> Result<Lead, Error> {
    let mut after = before.clone();
    let by = ctx.caller()?.user.id();
    let assignment = Assignment {
        at: ctx.at,
        decision: Decision::Person { user: by },
        reason: String::new(),
        candidates: 1,
        tried: Vec::new(),
    };
    give(&mut after, user, assignment, clock);
    Ok(after)
}

/// Puts a lead away, or takes it back: nothing else about it changes.
pub fn set_archived(app: &App, ctx: &Ctx, id: LeadId, version: u64, archived: bool) -> Result<Lead, Error> {
    let before = reachable(app, ctx, id, Action::Change)?;
    let after = Lead { archived, ..before.clone() };
    save(app, ctx, &before, version, after)
}

/// Whether the caller may choose whose a lead is.
pub fn may_assign(ctx: &Ctx) -> bool {
    permissions::level(ctx, Kind::Lead, Action::Change) >= Level::Team
}

/// Deletes a lead with its notes; refused with `in-use` while documents belong to it. The journal keeps what it was.
pub fn delete(app: &App, ctx: &Ctx, id: LeadId, version: u64) -> Result<(), Error> {
    let lead = reachable(app, ctx, id, Action::Delete)?;
    if lead.meta.version != version {
        return Err(app.conflict(&lead, &lead));
    }
    documents::require_none(app, id.0)?;
    let mut write = ctx.write();
    delete_with_notes(app, &mut write, &lead)?;
    app.commit(write).map(|_| ())
}

pub(crate) fn delete_with_notes(app: &App, write: &mut store::Write, lead: &Lead) -> Result<(), Error> {
    notes::delete_all(app, write, lead.meta.id)?;
    for explanation in app.store.members::<model::Explanation>(lead.meta.id, store::MEMBERS_MAX)? {
        write.delete(&explanation);
    }
    count_open(write, Some(lead), None);
    write.delete(lead);
    Ok(())
}

/// The lead and how many notes would go with it, for the question before deleting.
pub fn about_to_delete(app: &App, ctx: &Ctx, id: LeadId) -> Result<(Lead, usize), Error> {
    let lead = reachable(app, ctx, id, Action::Delete)?;
    let notes = notes::of(app, id.0)?.len();
    Ok((lead, notes))
}

/// Adds a note to a lead.
pub fn add_note(app: &App, ctx: &Ctx, id: LeadId, text: &str) -> Result<Activity, Error> {
    notes::add(app, ctx, &|| reachable(app, ctx, id, Action::See), text)
}

/// A lead the caller may do this to.
pub(crate) fn reachable(app: &App, ctx: &Ctx, id: LeadId, action: Action) -> Result<Lead, Error> {
    ctx.caller()?;
    let Some(lead) = app.store.get::<Lead>(id.0)? else {
        return Err(merges::instead(app, ctx, Kind::Lead, id.0)?);
    };
    permissions::require_lead(ctx, &lead, action)?;
    Ok(lead)
}

/// Writes the draft into the lead and says all that is wrong with it.
pub(crate) fn checked(
    app: &App,
    ctx: &Ctx,
    draft: &LeadDraft,
    lead: &mut Lead,
    settings: &model::Settings,
    making: Making,
) -> Result<FieldErrors, Error> {
    let frame = app.frame();
    let former_key = lead.external_key.clone();
    let mut errors = draft.apply(lead, settings, &frame);
    let country = lead.country.clone().unwrap_or_else(|| settings.country.clone());
    let reader = Reader {
        app,
        ctx,
        frame: &frame,
        settings,
        entity: Kind::Lead,
        record: lead.meta.id,
        country: &country,
    };
    reader.apply(making, &draft.custom, &mut lead.custom, &mut errors)?;
    lead.unique_fields = claims(&frame, Kind::Lead, &lead.custom);
    if let Some(key) = &lead.external_key {
        let other = app.store.find(&model::IndexKey::unique(Kind::Lead, "external_key", key))?;
        if other.is_some_and(|other| other != lead.meta.id) {
            errors.add("external_key", "taken", key);
        } else if other.is_some() && merges::is_own_key(app, lead.meta.id, key)? {
            // One of its keys already, by way of a lead that became a part of it: the first one stays.
            lead.external_key = former_key;
        }
    }
    // Room for the assignment, which comes after.
    if errors.is_empty() && bytes_of(lead) + ASSIGNMENT_BYTES_MAX + DECISIONS_BYTES_MAX > RECORD_BYTES_MAX {
        errors.add("description", "record-too-big", RECORD_BYTES_MAX.to_string());
    }
    Ok(errors)
}

/// The longest assignment with its reasons; `assignment.rs` cuts longer ones.
pub(crate) const ASSIGNMENT_BYTES_MAX: usize = 900;

/// The clock, and what is decided in the inbox.
const DECISIONS_BYTES_MAX: usize = 500;

/// Makes somebody responsible. Somebody else has their own time to answer, and decides anew.
pub(crate) fn give(lead: &mut Lead, user: &User, assignment: Assignment, clock: &Clock) {
    if lead.is_unanswered() && (lead.owner != Some(user.id()) || lead.response.is_none()) {
        lead.response = clock.start(clock_owner(user, &assignment, clock), assignment.at);
        (lead.accepted, lead.snooze) = (None, None);
    }
    lead.assigned_at = Some(assignment.at);
    lead.owner = Some(user.id());
    // The lead stays in its team when the person is in it, else it goes with the person.
    if !lead.team.is_some_and(|team| user.teams.contains(&team)) {
        lead.team = user.teams.first().copied().or(lead.team);
    }
    lead.assignment = Some(assignment);
    if lead.status == LeadStatus::New {
        lead.status = LeadStatus::Assigned;
    }
}

/// By whose time the clock of a lead runs. Whoever is named for what nobody else can have does not get round to it while
/// they are away, and the client waits all the same: then it is the company's.
pub(crate) fn clock_owner<'a>(user: &'a User, assignment: &Assignment, clock: &Clock) -> Option<&'a User> {
    let is_last = matches!(assignment.decision, Decision::DefaultOwner | Decision::RuleFallback { .. });
    let is_away = || {
        let time = clock.time_of(Some(user));
        time.is_away(time.day(assignment.at))
    };
    (!is_last || !is_away()).then_some(user)
}

pub(crate) fn save(app: &App, ctx: &Ctx, before: &Lead, version: u64, after: Lead) -> Result<Lead, Error> {
    save_in(app, ctx.write(), before, version, after)
}

/// The same together with what the write holds already.
fn save_in(
    app: &App,
    mut write: store::Write,
    before: &Lead,
    version: u64,
    after: Lead,
) -> Result<Lead, Error> {
    if before.meta.version != version {
        return Err(app.conflict(before, &after));
    }
    count_open(&mut write, Some(before), Some(&after));
    write.update(before, after.clone());
    match app.commit(write) {
        Ok(_) => app.store.get::<Lead>(before.meta.id)?.ok_or(Error::NotFound),
        // Somebody was quicker by an instant: show both values.
        Err(Error::Conflict(_)) => {
            let stored = app.store.get::<Lead>(before.meta.id)?.ok_or(Error::NotFound)?;
            Err(app.conflict(&stored, &after))
        }
        Err(error) => Err(error),
    }
}

/// Keeps the number of open leads of each person and their value, which assignment weighs, in the lead's own transaction.
pub(crate) fn count_open(write: &mut store::Write, before: Option<&Lead>, after: Option<&Lead>) {
    let load = |lead: Option<&Lead>| {
        let lead = lead.filter(|lead| lead.is_load())?;
        Some((lead.owner?, value_of(lead)))
    };
    let (before, after) = (load(before), load(after));
    if before == after {
        return;
    }
    for (sign, load) in [(-1, before), (1, after)] {
        let Some((owner, value)) = load else { continue };
        write.add_to_tally(&open_counter(owner), sign);
        if value != 0 {
            write.add_to_tally(&value_counter(owner), sign * value);
        }
    }
}

pub(crate) fn open_counter(owner: UserId) -> String {
    format!("open-leads/{owner}")
}

pub(crate) fn value_counter(owner: UserId) -> String {
    format!("open-value/{owner}")
}

/// Counts the value of everybody's open leads once, where a folder is older than this number.
pub(crate) fn count_values(app_store: &store::Store) -> Result<(), Error> {
    const COUNTED: &str = "open-value/counted";
    if app_store.counter(COUNTED).map_err(Error::internal)? > 0 {
        return Ok(());
    }
    let mut values: BTreeMap<UserId, i64> = BTreeMap::new();
    app_store.each_record::<Lead, Error>(&mut |lead| {
        if let Some(owner) = lead.owner.filter(|_| lead.is_load()) {
            *values.entry(owner).or_default() += value_of(&lead);
        }
        Ok(true)
    })?;
    let mut write = store::Write::new(Timestamp::UNIX_EPOCH, model::Actor::SYSTEM, "open-value");
    for (owner, value) in values {
        write.add_to_counter(&value_counter(owner), value);
    }
    write.add_to_counter(COUNTED, 1);
    app_store.commit(write).map(|_| ()).map_err(Error::internal)
}

/// The first moment of a day, in the company's zone: for filters by day.
pub(crate) fn start_of_day(day: model::jiff::civil::Date, zone: &model::jiff::tz::TimeZone) -> Timestamp {
    day.to_zoned_datetime(zone.clone()).map_or(Timestamp::MIN, |zoned| zoned.timestamp())
}

/// Ids as they come from outside.
pub fn parse_id(text: &str) -> Result<LeadId, Error> {
    text.parse::<Uuid>().map(LeadId).map_err(|_| Error::NotFound)
}
