//! The inbox of leads: those that want a decision, the most urgent first, and the decisions.
//!
//! A lead is in it while nobody has answered it (new or assigned, no first response), nobody has accepted it, and nobody
//! has put it off. First come those whose first-response clock has run out, then those with the least time left: the
//! order of their deadlines. Leads without a deadline follow, the newest first. What somebody put off comes back by
//! itself: the moment stands in the entry of the list.

use crate::clock::Clock;
use crate::error::none_of;
use crate::leads::{given_by, parse_cursor, reachable, save, with_status};
use crate::merged_lists::Merge;
use crate::{App, Ctx, Error, links, merges, past, permissions, records, settings};
use model::jiff::civil::{Date, Time};
use model::jiff::{SignedDuration, Timestamp, ToSpan};
use model::uuid::Uuid;
use model::{
    Acceptance, Action, Change, Deed, FieldErrors, InboxFacet, IndexKey, Kind, Lead, LeadId, LeadStatus,
    Level, MATCHED, SNOOZE_DAYS_MAX, Scope, Snooze, Via, parse_date,
};
use store::Direction;

/// What one page may hold.
pub const PAGE_MAX: usize = 100;
/// What a page holds if nobody says.
pub const PAGE_USUAL: usize = 25;
/// Entries looked at for one page: accepted and put off ones lie between.
const REACH: usize = 5_000;
/// More than this says «99+»: nobody decides about more today.
pub const COUNTED_MAX: usize = 99;
/// What somebody did can be undone for a day, as long as nothing else was done since.
pub const UNDO_HOURS: i64 = 24;
/// When what was put off to a day comes back.
const MORNING_HOUR: i8 = 9;
/// The key of the list of reasons that means a duplicate.
const DUPLICATE: &str = "duplicate";

/// Whose leads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Whose {
    #[default]
    Mine,
    /// Those of the teams somebody is in or manages, with their own.
    Team,
    All,
}

impl Whose {
    pub const ALL: [Whose; 3] = [Whose::Mine, Whose::Team, Whose::All];

    pub fn as_str(self) -> &'static str {
        match self {
            Whose::Mine => "mine",
            Whose::Team => "team",
            Whose::All => "all",
        }
    }

    pub fn from_code(code: &str) -> Option<Whose> {
        Whose::ALL.into_iter().find(|whose| whose.as_str() == code)
    }
}

/// Which part of an inbox.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InboxQuery {
    pub whose: Whose,
    /// The `next` of the page before.
    pub cursor: Option<String>,
    /// 0: as many as usual.
    pub limit: usize,
}

/// One page of an inbox.
#[derive(Clone, Debug, Default)]
pub struct InboxPage {
    pub leads: Vec<Lead>,
    /// Where the next page begins; absent on the last one.
    pub next: Option<String>,
}

/// How many there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct InboxCount {
    /// At most [`COUNTED_MAX`].
    pub count: usize,
    /// Of those the ones whose clock has run out.
    pub late: usize,
    pub has_more: bool,
}

/// What somebody can look at: whoever reaches only their own has no team's.
pub fn choices(ctx: &Ctx) -> Vec<Whose> {
    match permissions::level(ctx, Kind::Lead, Action::Change) {
        Level::None => Vec::new(),
        Level::Own => vec![Whose::Mine],
        Level::Team => vec![Whose::Mine, Whose::Team],
        Level::All => Whose::ALL.to_vec(),
    }
}

/// The leads that the caller may change and that want a decision.
pub fn list(app: &App, ctx: &Ctx, query: &InboxQuery) -> Result<InboxPage, Error> {
    let limit = if query.limit == 0 { PAGE_USUAL } else { query.limit.min(PAGE_MAX) };
    let after = query.cursor.as_deref().map(parse_cursor).transpose()?;
    let mut leads = Vec::with_capacity(limit);
    let end = walk(app, ctx, query.whose, after, &mut |suffix, _| {
        let lead = IndexKey::record_at_end(suffix).map(|id| app.store.get::<Lead>(id)).transpose()?.flatten();
        // The entry may be older than the record: the record decides.
        leads.extend(lead.filter(|lead| lead.is_in_inbox(ctx.at)));
        Ok(leads.len() < limit)
    })?;
    Ok(InboxPage { leads, next: end.map(|suffix| crate::ctx::hex(&suffix)) })
}

/// How many want a decision, as far as it is counted.
pub fn count(app: &App, ctx: &Ctx, whose: Whose) -> Result<InboxCount, Error> {
    let mut found = InboxCount::default();
    let now_ms = ctx.at.as_millisecond();
    let end = walk(app, ctx, whose, None, &mut |suffix, _| {
        found.count += 1;
        found.late += usize::from(due_ms(suffix).is_some_and(|due| due <= now_ms));
        Ok(found.count < COUNTED_MAX)
    })?;
    found.has_more = end.is_some();
    Ok(found)
}

/// Takes an entry behind its key, and says whether to go on.
type Take<'a> = dyn FnMut(&[u8], &InboxFacet) -> Result<bool, Error> + 'a;

/// Shows each entry that is to be shown to `take` until it says `false`. Returns the last one, if more follow.
fn walk(
    app: &App,
    ctx: &Ctx,
    whose: Whose,
    after: Option<Vec<u8>>,
    take: &mut Take<'_>,
) -> Result<Option<Vec<u8>>, Error> {
    let scope = scope(ctx, whose)?;
    let keys: Vec<IndexKey> = match &scope {
        Scope::Nothing => Vec::new(),
        Scope::Own(user) => vec![Lead::unanswered_of_owner(*user)],
        Scope::Everything => vec![Lead::unanswered_of_all()],
        Scope::Teams(teams, user) => {
            let of_teams = teams.iter().map(|team| Lead::unanswered_of_team(*team));
            of_teams.chain([Lead::unanswered_of_owner(*user)]).collect()
        }
    };
    let prefixes = keys.into_iter().map(IndexKey::bytes).collect();
    let mut merge = Merge::new(app, prefixes, after, Direction::Forward);
    let mut seen = 0;
    while let Some((suffix, value)) = merge.next()? {
        seen += 1;
        let facet = InboxFacet::from_bytes(&value).filter(|facet| is_shown(&scope, facet, ctx.at));
        let goes_on = facet.map_or(Ok(true), |facet| take(&suffix, &facet))?;
        if !goes_on || seen >= REACH {
            return Ok(merge.has_more()?.then_some(suffix));
        }
    }
    Ok(None)
}

fn is_shown(scope: &Scope, facet: &InboxFacet, at: Timestamp) -> bool {
    let is_snoozed = facet.snoozed_until_ms.is_some_and(|until| at.as_millisecond() < until);
    !facet.is_accepted && !is_snoozed && scope.contains(facet.owner, facet.team)
}

/// Until when a lead should be answered, as its entry says it.
pub(crate) fn due_ms(suffix: &[u8]) -> Option<i64> {
    let (first, _) = suffix.split_first_chunk::<8>()?;
    let due = (u64::from_be_bytes(*first) ^ (1 << 63)).cast_signed();
    (due != i64::MAX).then_some(due)
}

/// Whose leads those are, within what the caller may change.
fn scope(ctx: &Ctx, whose: Whose) -> Result<Scope, Error> {
    let reach = permissions::require(ctx, Kind::Lead, Action::Change)?;
    let caller = ctx.caller()?;
    let me = caller.user.id();
    Ok(match (whose, reach) {
        (Whose::Mine, _) => Scope::Own(me),
        (Whose::Team, Scope::Everything) => {
            let mut teams = caller.reach.to_vec();
            teams.extend(caller.user.teams.iter().filter(|team| !caller.reach.contains(team)));
            Scope::Teams(teams, me)
        }
        (_, reach) => reach,
    })
}

/// Whether the caller may decide about it: for buttons. The deeds ask again.
pub fn may_decide(ctx: &Ctx, lead: &Lead) -> bool {
    permissions::require_lead(ctx, lead, Action::Change).is_ok()
}

/// The caller takes care of it: what was nobody's is theirs. The clock runs on until somebody has talked to them.
pub fn accept(app: &App, ctx: &Ctx, id: LeadId, version: u64) -> Result<Lead, Error> {
    let before = waiting(app, ctx, id)?;
    let caller = ctx.caller()?;
    let mut after = match before.owner {
        Some(_) => before.clone(),
        None => given_by(ctx, &before, &caller.user, &Clock::now(app, ctx)?)?,
    };
    after.accepted = Some(Acceptance { at: ctx.at, by: ctx.user_id() });
    after.snooze = None;
    save(app, ctx, &before, version, after)
}

/// Somebody has talked to them: the clock stops.
pub fn contacted(app: &App, ctx: &Ctx, id: LeadId, version: u64) -> Result<Lead, Error> {
    let before = waiting(app, ctx, id)?;
    let mut after = with_status(app, ctx, &before, LeadStatus::Contacted, "")?;
    after.snooze = None;
    save(app, ctx, &before, version, after)
}

/// Will not become a client, for a reason: the key or label of one of the list, or one in somebody's own words.
pub fn discard(app: &App, ctx: &Ctx, id: LeadId, version: u64, reason: &str) -> Result<Lead, Error> {
    let before = waiting(app, ctx, id)?;
    let after = with_status(app, ctx, &before, LeadStatus::Discarded, reason)?;
    save(app, ctx, &before, version, after)
}

/// Out of the inbox until a moment. The clock runs on; nobody else gets the lead meanwhile.
pub fn snooze(app: &App, ctx: &Ctx, id: LeadId, version: u64, until: Timestamp) -> Result<Lead, Error> {
    let before = waiting(app, ctx, id)?;
    let mut errors = FieldErrors::default();
    let farthest = SignedDuration::from_hours(24 * SNOOZE_DAYS_MAX);
    if until <= ctx.at {
        errors.add("until", "snooze-past", "");
    } else if until.duration_since(ctx.at) > farthest {
        errors.add("until", "snooze-far", SNOOZE_DAYS_MAX.to_string());
    }
    none_of(errors)?;
    let after = Lead { snooze: Some(Snooze { until, by: ctx.user_id() }), ..before.clone() };
    save(app, ctx, &before, version, after)
}

/// Back into the inbox before its time; also what was accepted.
pub fn wake(app: &App, ctx: &Ctx, id: LeadId, version: u64) -> Result<Lead, Error> {
    let before = waiting(app, ctx, id)?;
    let after = Lead { snooze: None, accepted: None, ..before.clone() };
    save(app, ctx, &before, version, after)
}

/// When a lead that is put off comes back, as people say it: `hour`, `tomorrow`, `monday`, or `day` with a date. Days
/// begin at nine, where the caller is.
pub fn moment(app: &App, ctx: &Ctx, choice: &str, day: &str) -> Result<Timestamp, Error> {
    let zone = ctx.caller()?.user.zone(&settings::get(app, ctx)?.zone());
    let today = ctx.at.to_zoned_datetime(zone.clone()).date();
    let morning = |day: Date| {
        let time = Time::constant(MORNING_HOUR, 0, 0, 0);
        let zoned = day.to_datetime(time).to_zoned_datetime(zone.clone());
        zoned.map(|zoned| zoned.timestamp()).map_err(Error::internal)
    };
    let days_to_monday = 7 - i64::from(today.weekday().to_monday_zero_offset());
    match choice {
        "hour" => Ok(ctx.at + SignedDuration::from_hours(1)),
        "tomorrow" => morning(today.checked_add(1.day()).map_err(Error::internal)?),
        "monday" => morning(today.checked_add(days_to_monday.days()).map_err(Error::internal)?),
        "day" if day.trim().is_empty() => Err(Error::invalid("until", "required", "")),
        "day" => morning(parse_date(day).map_err(|code| Error::invalid("until", code, day))?),
        other => Err(Error::invalid("until", "choice", other)),
    }
}

/// It is the same as another record: discarded as its duplicate, with a link to it. `of` is the id of that record, its
/// address, its key or its name.
pub fn discard_as_duplicate(app: &App, ctx: &Ctx, id: LeadId, version: u64, of: &str) -> Result<Lead, Error> {
    let before = waiting(app, ctx, id)?;
    let original = original(app, ctx, before.meta.id, of)?;
    let mut after = with_status(app, ctx, &before, LeadStatus::Discarded, DUPLICATE)?;
    after.duplicate_of = Some(original);
    save(app, ctx, &before, version, after)
}

/// The record that is meant: a lead first, then a company, then a contact.
fn original(app: &App, ctx: &Ctx, duplicate: Uuid, text: &str) -> Result<Uuid, Error> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Error::invalid("duplicate_of", "required", ""));
    }
    let kinds = [Kind::Lead].into_iter().chain(MATCHED.into_iter().filter(|kind| *kind != Kind::Lead));
    for kind in kinds {
        match links::find(app, ctx, kind, text)? {
            links::Found::One(id) if id == duplicate => {}
            links::Found::One(id) => return Ok(id),
            links::Found::Several => return Err(Error::invalid("duplicate_of", "link-several", text)),
            links::Found::Nothing => {}
        }
    }
    Err(Error::invalid("duplicate_of", "link-unknown", text))
}

/// The record that a lead is a duplicate of, and what it is called; where it became a part of another, that one. Nothing
/// where the caller may not see it.
pub fn duplicate_of(app: &App, ctx: &Ctx, lead: &Lead) -> Result<Option<(Kind, Uuid, String)>, Error> {
    let Some(id) = lead.duplicate_of else { return Ok(None) };
    let id = merges::answering(app, id)?.unwrap_or(id);
    if id == lead.meta.id {
        return Ok(None);
    }
    for kind in MATCHED {
        if let Some(record) = records::visible(app, ctx, kind, id)? {
            return Ok(Some((kind, id, record.name())));
        }
    }
    Ok(None)
}

/// What decisions change: nothing else is undone with them.
const DECIDED: [&str; 11] = [
    "status",
    "discard_reason",
    "owner",
    "team",
    "assigned_at",
    "assignment",
    "response",
    "snooze",
    "accepted",
    "duplicate_of",
    "first_response_at",
];

/// Takes back the caller's last decision about a lead, as long as nothing has happened with it since. Problem codes:
/// `inbox-undo`; `inbox-undo-import` where an import, or one that was taken back, changed it last.
pub fn undo(app: &App, ctx: &Ctx, id: LeadId, version: u64) -> Result<Lead, Error> {
    let now = reachable(app, ctx, id, Action::Change)?;
    if now.meta.version != version {
        return Err(app.conflict(&now, &now));
    }
    let cannot = || Error::invalid("", "inbox-undo", "");
    let last = last_change(app, &now)?.ok_or_else(cannot)?;
    if matches!(last.by.via, Via::Import(_)) {
        return Err(Error::invalid("", "inbox-undo-import", ""));
    }
    if !may_undo(ctx, &last) {
        return Err(cannot());
    }
    let former = past::as_it_was(app, &now, last.version.saturating_sub(1))?.ok_or_else(cannot)?;
    save(app, ctx, &now, version, Lead { meta: now.meta.clone(), ..former })
}

/// Whether the caller could do that now: for pages.
pub fn can_undo(app: &App, ctx: &Ctx, lead: &Lead) -> Result<bool, Error> {
    if permissions::require_lead(ctx, lead, Action::Change).is_err() {
        return Ok(false);
    }
    Ok(last_change(app, lead)?.is_some_and(|change| may_undo(ctx, &change)))
}

/// The change that made the lead what it is now.
fn last_change(app: &App, lead: &Lead) -> Result<Option<Change>, Error> {
    const LOOKED_AT_MAX: usize = 20;
    let changes = app.store.timeline(lead.meta.id, None, LOOKED_AT_MAX)?;
    let is_it = |change: &Change| {
        change.kind == Kind::Lead && change.id == lead.meta.id && change.version == lead.meta.version
    };
    Ok(changes.into_iter().find(is_it))
}

fn may_undo(ctx: &Ctx, change: &Change) -> bool {
    let is_fresh = ctx.at.duration_since(change.at) <= SignedDuration::from_hours(UNDO_HOURS);
    let is_decision = change.changed_fields().all(|(field, ..)| DECIDED.contains(&field));
    // What an import did in somebody's name is no decision of theirs, nor is what taking it back did.
    let is_theirs = change.by.user == ctx.user_id() && matches!(change.by.via, Via::Page | Via::Api(_));
    change.deed == Deed::Updated && is_theirs && is_fresh && is_decision
}

/// A lead about which something can be decided here. Problem code: `inbox-decided`.
fn waiting(app: &App, ctx: &Ctx, id: LeadId) -> Result<Lead, Error> {
    let lead = reachable(app, ctx, id, Action::Change)?;
    if lead.is_unanswered() { Ok(lead) } else { Err(Error::invalid("", "inbox-decided", "")) }
}
