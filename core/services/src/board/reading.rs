//! What boards, calendars, forecasts and filters of lists know of all opportunities without reading one: a reading of the
//! journal in memory, made from the records at the first look and following every change since, so that whoever looks sees
//! all that is done. Nothing of it is written anywhere, so that a move on the board writes the record and its change alone.

use crate::lead_readings::keep_up;
use crate::{App, Error};
use model::jiff::Timestamp;
use model::jiff::civil::Date;
use model::uuid::Uuid;
use model::{Activity, Decimal, Entity as _, Facet, FieldValue, IndexKey, Kind, Money, Opportunity};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use store::{Direction, Scan};

/// Changes that are taken in at once: whoever looks meanwhile waits some hundredths of a second.
const CHANGES_AT_ONCE: usize = 500;
/// Entries of what is to be done that are read at a time.
const TODO_AT_ONCE: usize = 1_000;

/// An opportunity as the columns of a board know it.
pub(super) struct Deal {
    pub(super) id: Uuid,
    pub(super) facet: Facet,
    /// `<pipeline>.<stage>`; empty where it has none.
    stage: Arc<str>,
    pub(super) amount: Option<Money>,
    /// Percent, where it was set by hand.
    pub(super) probability: Option<Decimal>,
    pub(super) expected_close: Option<Date>,
    pub(super) stage_since_ms: i64,
    /// Absent while it is open.
    pub(super) closed_at: Option<Timestamp>,
    /// What is to be done about it first.
    pub(super) next: Option<Arc<NextActivity>>,
}

/// An activity that is to be done, as a card shows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NextActivity {
    pub id: Uuid,
    /// The sort of activity.
    pub kind: String,
    pub title: String,
    pub due: Option<Date>,
    /// `09:30`.
    pub due_time: Option<String>,
    /// Among others about the same record.
    pub(super) order: i64,
}

impl NextActivity {
    /// Nothing where it went away in this moment: its change is still to come.
    fn of_entry(app: &App, key: &[u8]) -> Result<Option<Arc<NextActivity>>, Error> {
        let (Some(order), Some(id)) = (Activity::order_of_entry(key), IndexKey::record_at_end(key)) else {
            return Ok(None);
        };
        Ok(app.store.get::<Activity>(id)?.map(|activity| {
            Arc::new(NextActivity {
                id,
                title: activity.title(),
                kind: activity.kind.unwrap_or_default(),
                due: activity.due,
                due_time: activity.due_time,
                order,
            })
        }))
    }
}

impl Deal {
    fn of(record: &Opportunity, stage: Arc<str>, next: Option<Arc<NextActivity>>) -> Deal {
        Deal {
            id: record.meta.id,
            facet: Facet::of(record),
            stage,
            amount: record.amount,
            probability: record.probability,
            expected_close: record.expected_close,
            stage_since_ms: record.stage_since.unwrap_or(record.meta.created_at).as_millisecond(),
            closed_at: record.closed_at,
            next,
        }
    }

    /// The value of a field that entries of lists do not say; nothing for the others.
    pub(super) fn value(&self, key: &str) -> Option<FieldValue> {
        Some(match key {
            "stage" if self.stage.is_empty() => FieldValue::Nothing,
            "stage" => FieldValue::Codes(vec![self.stage.as_ref().to_owned()]),
            "amount" => {
                self.amount.map_or(FieldValue::Nothing, |amount| FieldValue::Amount(amount.minor_units))
            }
            "probability" => self.probability.map_or(FieldValue::Nothing, FieldValue::Number),
            "expected_close" => self.expected_close.map_or(FieldValue::Nothing, FieldValue::Day),
            "closed_at" => self.closed_at.map_or(FieldValue::Nothing, FieldValue::Instant),
            _ => return None,
        })
    }

    fn line(&self) -> String {
        let Deal { id, facet, stage, amount, probability, expected_close, stage_since_ms, closed_at, next } =
            self;
        format!(
            "{stage} {id} {facet:?} {amount:?} {probability:?} {expected_close:?} {stage_since_ms} {closed_at:?} {next:?}"
        )
    }
}

/// Where a deal stands: at its stage, by when it was closed.
type Place = (Arc<str>, i64);

/// All of them, stage by stage.
#[derive(Default)]
pub(super) struct Deals {
    stages: BTreeMap<Arc<str>, BTreeMap<(i64, Uuid), Deal>>,
    places: HashMap<Uuid, Place>,
}

impl Deals {
    /// Those at a stage that are not put away; of closed ones alone, where `closed_since` says so: those closed since then,
    /// the latest first.
    pub(super) fn at(&self, code: &str, closed_since: Option<Timestamp>) -> impl Iterator<Item = &Deal> {
        // Open ones stand at 0.
        let from = closed_since.map_or(i64::MIN, |since| since.as_millisecond().max(1));
        let deals =
            self.stages.get(code).into_iter().flat_map(move |deals| deals.range((from, Uuid::nil())..).rev());
        deals.map(|(_, deal)| deal).filter(|deal| !deal.facet.archived)
    }

    /// Also those that are put away.
    pub(super) fn all(&self) -> impl Iterator<Item = &Deal> {
        self.stages.values().flat_map(BTreeMap::values)
    }

    fn put(&mut self, record: &Opportunity, next: Option<Arc<NextActivity>>) {
        self.forget(record.meta.id);
        let stage = record.stage.as_deref().unwrap_or_default();
        let known = self.stages.get_key_value(stage).map(|(known, _)| known.clone());
        let stage = known.unwrap_or_else(|| Arc::from(stage));
        let closed_ms = record.closed_at.map_or(0, Timestamp::as_millisecond);
        self.places.insert(record.meta.id, (stage.clone(), closed_ms));
        let deals = self.stages.entry(stage.clone()).or_default();
        deals.insert((closed_ms, record.meta.id), Deal::of(record, stage, next));
    }

    fn forget(&mut self, id: Uuid) {
        let Some((code, closed_ms)) = self.places.remove(&id) else { return };
        if let Some(deals) = self.stages.get_mut(&code) {
            deals.remove(&(closed_ms, id));
        }
    }

    fn get(&self, id: Uuid) -> Option<&Deal> {
        let (code, closed_ms) = self.places.get(&id)?;
        self.stages.get(code)?.get(&(*closed_ms, id))
    }

    fn get_mut(&mut self, id: Uuid) -> Option<&mut Deal> {
        let (code, closed_ms) = self.places.get(&id)?;
        self.stages.get_mut(code)?.get_mut(&(*closed_ms, id))
    }
}

struct Held {
    /// The last change that it knows.
    cursor: u64,
    deals: Deals,
}

/// The cell of the reading.
#[derive(Default)]
pub(crate) struct BoardReading {
    held: RwLock<Option<Held>>,
    /// Held by the one who makes it.
    maker: Mutex<()>,
}

impl BoardReading {
    fn cursor(&self) -> Option<u64> {
        let held = self.held.read().unwrap_or_else(PoisonError::into_inner);
        held.as_ref().map(|held| held.cursor)
    }
}

/// Looks at all deals as they are now, with the caller's own changes.
pub(super) fn look<T>(app: &App, look: impl FnOnce(&Deals) -> Result<T, Error>) -> Result<T, Error> {
    loop {
        bring_up_to_date(app)?;
        let held = app.board_reading.held.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(held) = held.as_ref() {
            return look(&held.deals);
        }
    }
}

/// The value of a field of an opportunity, where the reading knows it. For whoever brought it up to date before, and has not
/// begun to look.
pub(crate) fn known(app: &App, id: Uuid, key: &str) -> Option<FieldValue> {
    let held = app.board_reading.held.read().unwrap_or_else(PoisonError::into_inner);
    held.as_ref()?.deals.get(id)?.value(key)
}

/// Makes the reading where there is none, and takes in all changes.
pub(crate) fn bring_up_to_date(app: &App) -> Result<(), Error> {
    if app.board_reading.cursor().is_none() {
        let _one_at_a_time = app.board_reading.maker.lock().unwrap_or_else(PoisonError::into_inner);
        if app.board_reading.cursor().is_none() {
            let made = made(app)?;
            *app.board_reading.held.write().unwrap_or_else(PoisonError::into_inner) = Some(made);
        }
    }
    while app.board_reading.cursor().is_some_and(|cursor| cursor < app.head()) {
        follow(app)?;
    }
    Ok(())
}

/// From the records. What changes meanwhile is taken in afterwards: the place in the journal is the one of before.
fn made(app: &App) -> Result<Held, Error> {
    let (cursor, mut deals) = (app.head(), Deals::default());
    app.store.each_record::<Opportunity, Error>(&mut |record| {
        deals.put(&record, None);
        Ok(true)
    })?;
    let (mut after, mut last) = (None, None);
    loop {
        let scan = Scan {
            prefix: Activity::TODO_ALL.to_vec(),
            after,
            direction: Direction::Forward,
            limit: TODO_AT_ONCE,
        };
        let entries = app.store.scan(&scan)?;
        for entry in &entries {
            let subject = Activity::subject_of_entry(&entry.key);
            // The first of each counts.
            if subject == last {
                continue;
            }
            last = subject;
            if let Some(deal) = subject.and_then(|subject| deals.get_mut(subject)) {
                deal.next = NextActivity::of_entry(app, &entry.key)?;
            }
        }
        if entries.len() < TODO_AT_ONCE {
            return Ok(Held { cursor, deals });
        }
        after = entries.last().map(|entry| entry.key.clone());
    }
}

/// Takes in some of the changes that are not known yet.
fn follow(app: &App) -> Result<(), Error> {
    let mut held = app.board_reading.held.write().unwrap_or_else(PoisonError::into_inner);
    let Some(Held { cursor, deals }) = held.as_mut() else { return Ok(()) };
    let changes = app.store.journal(*cursor, CHANGES_AT_ONCE)?;
    let (mut records, mut subjects) = (BTreeSet::new(), BTreeSet::new());
    for change in &changes {
        match change.kind {
            Kind::Opportunity => {
                records.insert(change.id);
            }
            Kind::Activity => subjects.extend(change.about.iter().copied()),
            _ => {}
        }
    }
    // As they are now, not as they were then: later changes of the same ones do no harm.
    for id in records {
        match app.store.get::<Opportunity>(id)? {
            Some(record) => deals.put(&record, next_of(app, id)?),
            None => deals.forget(id),
        }
    }
    for id in subjects {
        if let Some(deal) = deals.get_mut(id) {
            deal.next = next_of(app, id)?;
        }
    }
    *cursor = changes.last().map_or(*cursor, |change| change.seq);
    Ok(())
}

fn next_of(app: &App, id: Uuid) -> Result<Option<Arc<NextActivity>>, Error> {
    let prefix = Activity::todo_of(id).bytes();
    let scan = Scan { prefix, after: None, direction: Direction::Forward, limit: 1 };
    app.store.scan(&scan)?.first().map_or(Ok(None), |entry| NextActivity::of_entry(app, &entry.key))
}

/// Keeps the reading up to date until told to stop, so that nobody waits for it who looks; failures go to `report`.
pub fn run_worker(app: &App, stop: &AtomicBool, report: &dyn Fn(&Error)) {
    keep_up(app, &|| bring_up_to_date(app), stop, report);
}

/// All that is known, in words: for tests that compare it with what is made anew.
pub fn contents(app: &App) -> Result<Vec<String>, Error> {
    look(app, |deals| Ok(deals.stages.values().flat_map(|deals| deals.values().map(Deal::line)).collect()))
}

/// Forgets it, so that it is made anew from the records.
pub fn forget(app: &App) {
    *app.board_reading.held.write().unwrap_or_else(PoisonError::into_inner) = None;
}
