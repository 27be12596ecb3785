//! The numbers that decisions weigh: turns, open leads, their value, and how many somebody got of late. They are read and
//! written inside the writer, in the lead's own transaction.

use super::ground::Ground;
use crate::leads::{open_counter, value_counter};
use model::jiff::Timestamp;
use model::jiff::civil::Date;
use model::jiff::tz::TimeZone;
use model::{CAPACITY_DAYS, Lead, UserId};
use std::collections::{BTreeMap, BTreeSet};

/// What one turn of somebody of weight 1 takes. Divided by weights up to a hundred it loses nothing that counts.
const TURN: u64 = 1_000_000_000;
/// Days are kept in a ring: one more than a capacity looks back.
const RING_DAYS: u32 = CAPACITY_DAYS + 1;
/// Of a ring's number: how many leads on that day; the day stands above it.
const COUNT_BITS: u32 = 20;

/// Whose turns: those of a rule, by its place, or of the default team.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Turns {
    Rule(usize),
    Team,
}

/// One number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Count {
    /// Open leads of somebody.
    Open(UserId),
    /// Their value, in hundredths.
    Value(UserId),
    /// Leads given to somebody on the day of this place in the ring.
    Given(UserId, u32),
    /// How far somebody's turns have come.
    Of(Turns, UserId),
    /// How far all of them have come: who was not there meanwhile has nothing to make up for.
    All(Turns),
    /// Turns of the default team so far, as leads tell them.
    Number,
}

/// Numbers as they were found, and what was added since.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    held: BTreeMap<Count, u64>,
    added: BTreeMap<Count, i64>,
}

impl Tally {
    pub(crate) fn new(held: impl Iterator<Item = (Count, u64)>) -> Tally {
        Tally { held: held.collect(), added: BTreeMap::new() }
    }

    pub(crate) fn get(&self, count: Count) -> u64 {
        let held = self.held.get(&count).copied().unwrap_or_default();
        held.saturating_add_signed(self.added.get(&count).copied().unwrap_or_default())
    }

    pub(crate) fn add(&mut self, count: Count, amount: i64) {
        let added = self.added.entry(count).or_default();
        *added = added.saturating_add(amount);
    }

    fn set(&mut self, count: Count, value: u64) {
        let difference = i128::from(value) - i128::from(self.get(count));
        self.add(count, i64::try_from(difference).unwrap_or_default());
    }

    /// What is to be written.
    pub(crate) fn changes(self) -> impl Iterator<Item = (Count, i64)> {
        self.added.into_iter().filter(|(_, amount)| *amount != 0)
    }

    /// A lead becomes part of its owner's load, or stops being it: with a sign of 1 or -1.
    pub(crate) fn load(&mut self, lead: &Lead, sign: i64) {
        if let Some(owner) = lead.owner.filter(|_| lead.is_load()) {
            self.add(Count::Open(owner), sign);
            self.add(Count::Value(owner), sign * value_of(lead));
        }
    }

    /// How far somebody's turns have come, at least as far as everybody's.
    pub(crate) fn reached(&self, turns: Turns, user: UserId) -> u64 {
        self.get(Count::Of(turns, user)).max(self.get(Count::All(turns)))
    }

    /// How many turns somebody of this weight has had, those among them that went by while they were not there.
    pub(crate) fn turns_had(&self, turns: Turns, user: UserId, weight: u16) -> u64 {
        let reached = self.reached(turns, user).saturating_mul(u64::from(weight.max(1)));
        reached.saturating_add(TURN / 2) / TURN
    }

    /// It was somebody's turn, out of all of these.
    pub(crate) fn serve(&mut self, turns: Turns, all: &[(UserId, u16)], user: UserId, weight: u16) {
        let least = all.iter().map(|(user, _)| self.reached(turns, *user)).min().unwrap_or_default();
        let reached = self.reached(turns, user);
        self.set(Count::Of(turns, user), reached.saturating_add(TURN / u64::from(weight.max(1))));
        self.set(Count::All(turns), least);
    }

    /// Somebody was given a lead on a day.
    pub(crate) fn give(&mut self, user: UserId, day: u32) {
        let count = Count::Given(user, day % RING_DAYS);
        let given = self.given_on(user, day).saturating_add(1);
        self.set(count, (u64::from(day) << COUNT_BITS) | given.min((1 << COUNT_BITS) - 1));
    }

    pub(crate) fn given_on(&self, user: UserId, day: u32) -> u64 {
        let value = self.get(Count::Given(user, day % RING_DAYS));
        if value >> COUNT_BITS == u64::from(day) { value & ((1 << COUNT_BITS) - 1) } else { 0 }
    }

    /// In the days that end with this one.
    pub(crate) fn given_lately(&self, user: UserId, day: u32) -> u64 {
        (0..CAPACITY_DAYS).map(|back| self.given_on(user, day.saturating_sub(back))).sum()
    }
}

/// The numbers of all days that a capacity looks at.
pub(crate) fn ring_of(user: UserId) -> impl Iterator<Item = Count> {
    (0..RING_DAYS).map(move |place| Count::Given(user, place))
}

pub(crate) fn today_of(user: UserId, day: u32) -> Count {
    Count::Given(user, day % RING_DAYS)
}

/// Days since 1970, in the company's zone.
pub(crate) fn day_number(at: Timestamp, zone: &TimeZone) -> u32 {
    let day = at.to_zoned_datetime(zone.clone()).date();
    let first = Date::constant(1970, 1, 1);
    u32::try_from(day.duration_since(first).as_hours() / 24).unwrap_or_default()
}

/// What a lead adds to the value of its owner's open leads.
pub(crate) fn value_of(lead: &Lead) -> i64 {
    lead.amount.map_or(0, |amount| amount.minor_units.max(0))
}

/// The names of these numbers in the store.
pub(crate) fn names(ground: &Ground, counts: &BTreeSet<Count>) -> Vec<String> {
    counts.iter().map(|count| name(ground, *count)).collect()
}

pub(crate) fn name(ground: &Ground, count: Count) -> String {
    let turns = |turns| match turns {
        Turns::Rule(place) => ground.rules.get(place).map_or("?", |ruled| ruled.key.as_str()).to_owned(),
        Turns::Team => format!("team-{}", team_of(ground)),
    };
    match count {
        Count::Open(user) => open_counter(user),
        Count::Value(user) => value_counter(user),
        Count::Given(user, place) => format!("given/{user}/{place}"),
        Count::Of(of, user) => format!("turns/{}/{user}", turns(of)),
        Count::All(of) => format!("turns/{}", turns(of)),
        Count::Number => format!("turn/{}", team_of(ground)),
    }
}

fn team_of(ground: &Ground) -> String {
    ground.team.as_ref().map(|team| team.id().to_string()).unwrap_or_default()
}
