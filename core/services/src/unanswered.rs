//! Leads that nobody answers in time: the worker that gives them to somebody else, and that sets clocks anew when the
//! company changes its target or its hours.
//!
//! It walks the index of unanswered leads by what is due first, in portions, and no further than now: what is not late is
//! never looked at. Each lead goes over in one write with its explanation and the letters about it, which holds that the
//! lead is as it was read; its new clock begins with it. So a worker that was stopped anywhere goes on without doing
//! anything twice.

use crate::assignment::Round;
use crate::clock::Clock;
use crate::inbox::due_ms;
use crate::leads::clock_owner;
use crate::{App, Ctx, Error, people};
use model::jiff::{SignedDuration, Timestamp};
use model::{InboxFacet, IndexKey, Lead, Reassignment, ResponseStanding, Settings, User};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use store::{Direction, Scan};

/// Entries of the index looked at in one portion.
const PORTION: usize = 500;
/// Leads that go to somebody else in one portion: each is a transaction.
const MOVED_MAX: usize = 20;
/// Leads whose clocks are set in one transaction.
const CLOCKS_MAX: usize = 100;
/// Whoever has not answered for so long is not helped by another person, and nobody wants the leads of years at once on
/// the day this is turned on.
const REACH_DAYS: i64 = 30;
/// Between two walks: a minute more or less changes nothing in hours.
const REST: SignedDuration = SignedDuration::from_secs(60);
/// Looking for work, and for the order to stop.
const WAIT: Duration = Duration::from_millis(500);
/// The counter that says with which target and hours the clocks were set.
const CLOCKS_SET: &str = "clocks/set";

/// Where the worker is. Nothing of it need survive a stop: a walk begins again.
#[derive(Debug, Default)]
pub struct Place {
    after: Option<Vec<u8>>,
    rests_until: Option<Timestamp>,
    clocks: Option<Vec<u8>>,
}

/// Works until told to stop. `ctx_now` makes the circumstances, without anybody in them; failures of the machine go to
/// `report`.
pub fn run_worker(app: &App, ctx_now: &dyn Fn() -> Ctx, stop: &AtomicBool, report: &dyn Fn(&Error)) {
    let mut place = Place::default();
    while !stop.load(Ordering::Acquire) {
        let head = app.head();
        match work(app, &ctx_now(), &mut place) {
            Ok(true) => {}
            Ok(false) => {
                app.store.wait_past(head, WAIT);
            }
            Err(error) => {
                report(&error);
                app.store.wait_past(u64::MAX, WAIT);
            }
        }
    }
}

/// One portion. Whether there is more to do at once.
pub fn work(app: &App, ctx: &Ctx, place: &mut Place) -> Result<bool, Error> {
    let Some(settings) = app.frame().settings.clone() else { return Ok(false) };
    if set_clocks(app, ctx, &settings, place)? {
        return Ok(true);
    }
    let Some(rule) = settings.reassignment.filter(|_| settings.first_response_hours.is_some()) else {
        return Ok(false);
    };
    if place.rests_until.is_some_and(|until| ctx.at < until) {
        return Ok(false);
    }
    walk(app, ctx, settings, rule, place)
}

/// Goes on from where the walk is; at its end it rests.
fn walk(
    app: &App,
    ctx: &Ctx,
    settings: Settings,
    rule: Reassignment,
    place: &mut Place,
) -> Result<bool, Error> {
    let oldest = ctx.at - SignedDuration::from_hours(24 * REACH_DAYS);
    let prefix = Lead::unanswered_of_all().bytes();
    let from = || Lead::unanswered_of_all().signed(oldest.as_millisecond()).bytes();
    let after = Some(place.after.take().unwrap_or_else(from));
    let scan = Scan { prefix: prefix.clone(), after, direction: Direction::Forward, limit: PORTION };
    let entries = app.store.scan(&scan)?;
    let is_last = entries.len() < PORTION;
    let clock = Clock::of(&settings, &app.frame());
    let mut round = None;
    let mut moved = 0;
    for entry in entries {
        if due_ms(&entry.key[prefix.len()..]).is_none_or(|due| due > ctx.at.as_millisecond()) {
            place.rests_until = Some(ctx.at + REST);
            settle(app, ctx, round);
            return Ok(false);
        }
        place.after = Some(entry.key.clone());
        if let Some(before) = late(app, ctx, &clock, rule, &entry)? {
            let round = match &mut round {
                Some(round) => round,
                none => none.insert(Round::prepare_unanswered(app, ctx, settings.clone())?),
            };
            move_on(app, ctx, round, before)?;
            moved += 1;
            if moved == MOVED_MAX {
                break;
            }
        }
    }
    settle(app, ctx, round);
    if is_last && moved < MOVED_MAX {
        place.after = None;
        place.rests_until = Some(ctx.at + REST);
        return Ok(false);
    }
    Ok(true)
}

fn settle(app: &App, ctx: &Ctx, round: Option<Round>) {
    if let Some(round) = round {
        round.settle(app, ctx);
    }
}

/// The lead of an entry, where it is so late that it goes to somebody else. One that was put off waits until it is back.
fn late(
    app: &App,
    ctx: &Ctx,
    clock: &Clock,
    rule: Reassignment,
    entry: &store::Entry,
) -> Result<Option<Lead>, Error> {
    let is_out = |facet: &InboxFacet| {
        facet.owner.is_none()
            || facet.moved >= rule.times
            || facet.snoozed_until_ms.is_some_and(|until| ctx.at.as_millisecond() < until)
    };
    if InboxFacet::from_bytes(&entry.value).is_none_or(|facet| is_out(&facet)) {
        return Ok(None);
    }
    let id = IndexKey::record_at_end(&entry.key);
    let Some(lead) = id.map(|id| app.store.get::<Lead>(id)).transpose()?.flatten() else { return Ok(None) };
    let owner = lead.owner.map(|owner| app.store.get::<User>(owner.0)).transpose()?.flatten();
    let patience = SignedDuration::from_hours(i64::from(rule.late_hours));
    let is_late = match lead.standing(&clock.time_of(owner.as_ref()), ctx.at) {
        // Whoever is away does not get round to it: what counts then is the time of the company.
        ResponseStanding::Late(..) if is_away(clock, owner.as_ref(), ctx.at) => {
            let company = lead.standing(&clock.time_of(None), ctx.at);
            matches!(company, ResponseStanding::Late(late, _) if late >= patience)
        }
        ResponseStanding::Late(late, _) => late >= patience,
        _ => false,
    };
    let may_go = lead.is_unanswered() && lead.owner.is_some() && !lead.is_snoozed(ctx.at);
    Ok(Some(lead).filter(|_| is_late && may_go))
}

fn is_away(clock: &Clock, owner: Option<&User>, at: Timestamp) -> bool {
    owner.is_some_and(|owner| {
        let time = clock.time_of(Some(owner));
        time.is_away(time.day(at))
    })
}

/// To somebody else, by the rules anew; where there is nobody it stays, and nothing is written.
fn move_on(app: &App, ctx: &Ctx, round: &Round, before: Lead) -> Result<(), Error> {
    let choice = round.choose(app, ctx, &before)?;
    let mut write = ctx.write();
    round.place_again(ctx, &mut write, vec![(before, choice)]);
    match app.commit(write) {
        // Somebody may have been quicker: they have talked to them, or given it away.
        Ok(_) | Err(Error::Conflict(_) | Error::NotFound) => Ok(()),
        Err(error) => Err(error),
    }
}

/// Sets clocks anew where the company has changed what they run by, portion by portion. Whether there is more to do.
fn set_clocks(app: &App, ctx: &Ctx, settings: &Settings, place: &mut Place) -> Result<bool, Error> {
    let (wanted, held) = (fingerprint(app, settings), app.store.counter(CLOCKS_SET)?);
    if wanted == held {
        place.clocks = None;
        return Ok(false);
    }
    let prefix = Lead::unanswered_of_all().bytes();
    let scan = Scan { prefix, after: place.clocks.clone(), direction: Direction::Forward, limit: CLOCKS_MAX };
    let entries = app.store.scan(&scan)?;
    let (clock, people) = (Clock::of(settings, &app.frame()), people::now(app)?);
    let mut write = ctx.write();
    for entry in &entries {
        let id = IndexKey::record_at_end(&entry.key);
        let Some(lead) = id.map(|id| app.store.get::<Lead>(id)).transpose()?.flatten() else { continue };
        let owner = lead.owner.and_then(|owner| people.users.iter().find(|user| user.id() == owner));
        let owner = match &lead.assignment {
            Some(assignment) => owner.and_then(|owner| clock_owner(owner, assignment, &clock)),
            None => owner,
        };
        let response = clock.renewed(&lead, owner);
        if lead.is_unanswered() && lead.response != response {
            write.update(&lead, Lead { response, ..lead.clone() });
        }
    }
    if entries.len() < CLOCKS_MAX {
        let difference = i128::from(wanted) - i128::from(held);
        write.add_to_counter(CLOCKS_SET, i64::try_from(difference).unwrap_or_default());
    }
    match app.commit(write) {
        Ok(_) => place.clocks = entries.last().map(|entry| entry.key.clone()),
        // Somebody changed one of them: the next round reads them again.
        Err(Error::Conflict(_) | Error::NotFound) => {}
        Err(error) => return Err(error),
    }
    Ok(true)
}

/// What clocks depend on, as a number: the target, the hours, the zone and the holidays of the company.
fn fingerprint(app: &App, settings: &Settings) -> u64 {
    let frame = app.frame();
    let holidays: Vec<&str> = frame.holidays.current().map(|holiday| holiday.key.as_str()).collect();
    let facts = (settings.first_response_hours, &settings.working_week, &settings.time_zone, holidays);
    let text = model::json::to_vec(&facts).unwrap_or_default();
    // FNV-1a, shortened so that it is a counter, and never 0, which is that of a new folder.
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
    (text.iter().fold(0xcbf2_9ce4_8422_2325, step) >> 16).max(1)
}
