//! Somebody leaves: their leads and other records go to a colleague, in portions that survive a crash. What is still to be done stands
//! with the one who left; each portion moves leads and counts them in one transaction.

use crate::clock::Clock;
use crate::error::none_of;
use crate::leads::{count_open, give, open_counter};
use crate::users::keep_an_administrator;
use crate::{App, Ctx, Error, permissions, records, sessions};
use model::jiff::Timestamp;
use model::{
    Action, Actor, Assignment, Decision, FieldErrors, HandOver, Kind, Lead, LeadSort, User, UserId, Via,
};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use store::{Direction, Scan};

/// Leads of one transaction: with their counters well below the store's limit of operations.
const PORTION: usize = 100;
/// Leads that are looked at to say how many there are.
const COUNTED_MAX: usize = 10_000;
/// A reason is a phrase.
pub const REASON_CHARACTERS_MAX: usize = 200;
/// People whose leads are on their way at once: there are no more users.
const AT_WORK_MAX: usize = 50;
/// Looking for work, and for the order to stop.
const WAIT: Duration = Duration::from_millis(500);

/// What the page of somebody who leaves says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Estate {
    pub user: User,
    /// Leads that are being worked on.
    pub open: u64,
    /// All of theirs, closed ones too; at most `COUNTED_MAX`.
    pub all: u64,
}

/// What is to be done with what somebody leaves, as typed. Without anybody to take them, leads stay where they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeaveDraft {
    pub to: String,
    pub closed_too: bool,
    /// Kept with each lead as the reason why it is somebody else's now.
    pub reason: String,
}

pub fn estate(app: &App, ctx: &Ctx, id: UserId) -> Result<Estate, Error> {
    let user = manageable(app, ctx, id)?;
    let all = app.store.scan(&of_owner(id, None, COUNTED_MAX))?.len() as u64;
    Ok(Estate { user, open: app.store.counter(&open_counter(id))?, all })
}

/// Nobody enters as this person any more; their leads begin to go over. The last administrator stays.
pub fn leave(app: &App, ctx: &Ctx, id: UserId, version: u64, draft: &LeaveDraft) -> Result<User, Error> {
    let before = manageable(app, ctx, id)?;
    let by = ctx.caller()?.user.id();
    let mut errors = FieldErrors::default();
    let mut write = ctx.write();
    keep_an_administrator(app, &mut write, &before, "", &mut errors)?;
    let reason = draft.reason.trim();
    if reason.chars().count() > REASON_CHARACTERS_MAX {
        errors.add("reason", "too-long", REASON_CHARACTERS_MAX.to_string());
    }
    let heir = match draft.to.parse::<UserId>() {
        Ok(to) if to != id => app.store.get::<User>(to.0)?.filter(|user| user.active),
        _ => None,
    };
    if !draft.to.is_empty() && heir.is_none() {
        errors.add("to", "choice", &draft.to);
    }
    none_of(errors)?;
    let hand_over = heir.map(|heir| HandOver {
        to: heir.id(),
        by,
        reason: reason.to_owned(),
        closed_too: draft.closed_too,
        done: 0,
    });
    let after = User { active: false, hand_over, ..before.clone() };
    if before.meta.version != version {
        return Err(app.conflict(&before, &after));
    }
    write.update(&before, after);
    app.commit(write)?;
    sessions::end_all(app, ctx, id)?;
    app.store.get::<User>(id.0)?.ok_or(Error::NotFound)
}

/// Moves leads until told to stop. `now` tells the time; failures of the machine go to `report`.
pub fn run_worker(app: &App, now: &dyn Fn() -> Timestamp, stop: &AtomicBool, report: &dyn Fn(&Error)) {
    while !stop.load(Ordering::Acquire) {
        let head = app.head();
        match portion(app, now()) {
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

/// One portion for each of those who left. Whether there was anything to do.
pub fn portion(app: &App, at: Timestamp) -> Result<bool, Error> {
    let leaving: Vec<User> = app.store.members(User::LEAVING, AT_WORK_MAX)?;
    for user in &leaving {
        match move_some(app, at, user) {
            // Somebody changed one of the leads or the person meanwhile: the next round reads them again.
            Ok(()) | Err(Error::Conflict(_) | Error::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(!leaving.is_empty())
}

fn move_some(app: &App, at: Timestamp, user: &User) -> Result<(), Error> {
    let Some(hand_over) = &user.hand_over else {
        return Ok(());
    };
    // Whoever should have got them may have left meanwhile: then the rest stays, and the page of the person says so.
    let heir = app.store.get::<User>(hand_over.to.0)?.filter(|heir| heir.active);
    let leads = match &heir {
        Some(_) => some_of(app, user.id(), hand_over.closed_too)?,
        None => Vec::new(),
    };
    let actor = Actor { user: Some(hand_over.by), via: Via::System };
    let mut write = store::Write::new(at, actor, &format!("hand-over-{}", user.id()));
    let room = PORTION - leads.len();
    let moved = match &heir {
        Some(heir) => records::move_some(app, &mut write, user.id(), heir, hand_over.closed_too, room)?,
        None => 0,
    };
    let done = hand_over.done + (leads.len() + moved) as u64;
    let goes_on = leads.len() + moved == PORTION;
    let frame = app.frame();
    let clock = frame.settings.as_ref().map(|settings| Clock::of(settings, &frame));
    for before in leads {
        let mut after = before.clone();
        if let (Some(heir), Some(clock)) = (&heir, &clock) {
            let assignment = Assignment {
                at,
                decision: Decision::Person { user: hand_over.by },
                reason: hand_over.reason.clone(),
                candidates: 1,
                tried: Vec::new(),
            };
            give(&mut after, heir, assignment, clock);
        }
        count_open(&mut write, Some(&before), Some(&after));
        write.update(&before, after);
    }
    let hand_over = goes_on.then(|| HandOver { done, ..hand_over.clone() });
    write.update(user, User { hand_over, ..user.clone() });
    app.commit(write).map(|_| ())
}

/// The next leads that go over: those that went are not in the list any more.
fn some_of(app: &App, owner: UserId, closed_too: bool) -> Result<Vec<Lead>, Error> {
    let mut found = Vec::new();
    let mut after = None;
    loop {
        let entries = app.store.scan(&of_owner(owner, after, PORTION))?;
        let is_last = entries.len() < PORTION;
        after = entries.last().map(|entry| entry.key.clone());
        for entry in entries {
            let id = model::IndexKey::record_at_end(&entry.key);
            let lead = id.map(|id| app.store.get::<Lead>(id)).transpose()?.flatten();
            found.extend(
                lead.filter(|lead| lead.owner == Some(owner) && (closed_too || lead.status.is_open())),
            );
            if found.len() == PORTION {
                return Ok(found);
            }
        }
        if is_last {
            return Ok(found);
        }
    }
}

fn of_owner(owner: UserId, after: Option<Vec<u8>>, limit: usize) -> Scan {
    let prefix = Lead::list_of_owner(owner, LeadSort::Created).bytes();
    Scan { prefix, after, direction: Direction::Forward, limit }
}

/// Somebody whom the caller may manage.
fn manageable(app: &App, ctx: &Ctx, id: UserId) -> Result<User, Error> {
    permissions::require_all(ctx, Kind::User, Action::Change)?;
    let user = app.store.get::<User>(id.0)?.ok_or(Error::NotFound)?;
    if permissions::may_give(app, ctx, &user.role) { Ok(user) } else { Err(Error::Denied) }
}
