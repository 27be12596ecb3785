//! Where an opportunity has been and for how long, read from the journal: nothing of it is kept twice, and it reaches as far
//! back as the journal does.

use super::whole_days;
use crate::{App, Ctx, Error, merges, records};
use model::jiff::Timestamp;
use model::uuid::Uuid;
use model::{Action, Actor, Change, Deed, Kind, Opportunity};

/// Changes looked through: notes and calls about it lie between.
const EXAMINED_MAX: usize = 2_000;
/// Changes read at a time.
const CHUNK: usize = 200;

/// A time at one stage.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stay {
    /// `<pipeline>.<stage>`, as it was called then.
    pub stage: String,
    pub since: Timestamp,
    /// Absent while it is there.
    pub until: Option<Timestamp>,
    /// Whole days.
    pub days: i64,
    /// Who brought it there.
    pub by: Actor,
}

/// All of them, the first one first.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Stays {
    pub stays: Vec<Stay>,
    /// Whether they begin with its making; else the journal does not reach so far, or is too long to look through.
    pub is_whole: bool,
}

/// The stays of an opportunity that the caller may see. A move that was taken back leaves none.
pub fn stays(app: &App, ctx: &Ctx, id: Uuid) -> Result<Stays, Error> {
    records::reachable::<Opportunity>(app, ctx, id, Action::See)?;
    let (mut moves, mut before, mut examined, mut is_whole) = (Vec::new(), None, 0, false);
    while examined < EXAMINED_MAX && !is_whole {
        let changes = merges::changes(app, id, before, CHUNK)?;
        examined += changes.len();
        before = changes.last().map(|change| change.seq);
        let is_last = changes.len() < CHUNK;
        let own = changes.into_iter().filter(|change| change.kind == Kind::Opportunity && change.id == id);
        for change in own {
            is_whole = change.deed == Deed::Created;
            moves.extend(Move::of(&change));
        }
        if is_last {
            break;
        }
    }
    moves.reverse();
    let mut stays: Vec<Stay> = Vec::new();
    for change in moves {
        change.follow(&mut stays);
    }
    for stay in &mut stays {
        stay.days = whole_days(stay.since, stay.until.unwrap_or(ctx.at));
    }
    Ok(Stays { stays, is_whole })
}

/// A change of the stage.
struct Move {
    at: Timestamp,
    by: Actor,
    to: String,
    since: Timestamp,
}

impl Move {
    fn of(change: &Change) -> Option<Move> {
        if change.deed == Deed::Updated && !change.before.contains_key("stage") {
            return None;
        }
        let after: Opportunity = change.record()?;
        let since = after.stage_since.unwrap_or(change.at);
        Some(Move { at: change.at, by: change.by.clone(), to: after.stage?, since })
    }

    /// What was taken back is where it was before, since when it was there.
    fn follow(self, stays: &mut Vec<Stay>) {
        let is_it = |stay: &Stay| stay.stage == self.to && stay.since == self.since;
        if let Some(place) = stays.iter().rposition(is_it).filter(|_| self.since < self.at) {
            stays.truncate(place + 1);
            if let Some(stay) = stays.last_mut() {
                stay.until = None;
            }
            return;
        }
        if let Some(last) = stays.last_mut() {
            last.until = Some(self.at);
        }
        stays.push(Stay { stage: self.to, since: self.since, until: None, days: 0, by: self.by });
    }
}
