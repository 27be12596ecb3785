//! What is kept in memory about all leads: their order by points, and what was learned from those that are closed. Both
//! are readings of the store like search and reports: made from the records at the start, following the journal, and
//! made anew where the rules or fields they stand on are others. Nothing of them is written anywhere.

use crate::probability::Learned;
use crate::probability::features::Features;
use crate::scoring::Scorer;
use crate::{App, Ctx, Error, filters};
use model::jiff::Timestamp;
use model::uuid::Uuid;
use model::{AnyRecord, IndexKey, Kind, Lead, linking};
use order::Order;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use store::{Direction, Scan};

mod order;
pub(crate) use order::ByScore;

/// Changes that are taken in at once: whoever asks meanwhile waits some hundredths of a second.
const CHANGES_AT_ONCE: usize = 500;
/// So many leads are put in order while somebody waits for a page: some tenths of a second. For more, a page shows the
/// order of before until the worker has made the new one.
const AT_ONCE_MAX: usize = 5_000;
/// How long a page waits where there is no order at all yet; then it says «busy».
const WAIT_MAX: Duration = Duration::from_secs(5);
/// Leads that one opportunity can be of.
const LEADS_OF_ONE_MAX: usize = 100;
/// Looking for changes, and for the order to stop.
const WAIT: Duration = Duration::from_millis(500);
/// After a failure of the machine.
const PAUSE: Duration = Duration::from_secs(2);

/// What both stand on.
#[derive(Clone)]
pub(crate) struct Basis {
    pub(crate) scorer: Arc<Scorer>,
    pub(crate) features: Arc<Features>,
}

/// What they stand on at this moment, kept until the day or the configuration is another one.
#[derive(Default)]
pub(crate) struct BasisCell(Mutex<Option<Basis>>);

impl Basis {
    pub(crate) fn now(app: &App, at: Timestamp) -> Basis {
        let frame = app.frame();
        let day = filters::day_in(&frame, at);
        let mut known = app.basis.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(basis) = known.as_ref().filter(|known| known.scorer.is_of(&frame, day)) {
            return basis.clone();
        }
        let features = Arc::new(Features::of(Arc::clone(&frame)));
        let basis = Basis { scorer: Arc::new(Scorer::new(frame, day)), features };
        *known = Some(basis.clone());
        basis
    }

    fn is_same_as(&self, other: &Basis) -> bool {
        self.scorer.is_same_as(&other.scorer) && self.features.is_same_as(&other.features)
    }
}

/// The readings as they stand.
struct Held {
    basis: Basis,
    /// The last change that they know.
    cursor: u64,
    order: Order,
    learned: Learned,
}

/// The cell of the readings.
#[derive(Default)]
pub(crate) struct LeadReadings {
    held: Mutex<Option<Held>>,
    /// Held by the one who makes them anew.
    maker: Mutex<()>,
    is_making: AtomicBool,
    done: AtomicU64,
    expected: AtomicU64,
}

/// How far the order is that is being made anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Making {
    pub done: u64,
    /// As many as there were in the order of before; 0 where there was none.
    pub expected: u64,
}

impl LeadReadings {
    fn held(&self) -> MutexGuard<'_, Option<Held>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks at the readings, where there are any.
    pub(crate) fn look<T>(&self, look: impl FnOnce(&Order, &Learned) -> T) -> Option<T> {
        self.held().as_ref().map(|held| look(&held.order, &held.learned))
    }

    /// The probability of an open lead in percent, where enough is known.
    pub(crate) fn percent(&self, features: &Features, lead: &dyn AnyRecord) -> Option<u8> {
        self.look(|_, learned| learned.percent(features, lead)).flatten()
    }

    fn is_current(&self, basis: &Basis) -> bool {
        let mut held = self.held();
        let Some(held) = held.as_mut().filter(|held| held.basis.is_same_as(basis)) else { return false };
        // The next look compares with the configuration of now, which is quick.
        held.basis = basis.clone();
        true
    }
}

/// Whether the order is being made anew, for pages that show the one of before.
pub fn making(app: &App) -> Option<Making> {
    let readings = &app.lead_readings;
    readings.is_making.load(Ordering::Acquire).then(|| Making {
        done: readings.done.load(Ordering::Relaxed),
        expected: readings.expected.load(Ordering::Relaxed),
    })
}

/// Brings the readings up to date, whatever it takes: makes them anew where they stand on something else than what is
/// set up now, and takes in all changes.
pub fn work(app: &App, at: Timestamp) -> Result<(), Error> {
    let basis = Basis::now(app, at);
    if !app.lead_readings.is_current(&basis) {
        let _one_at_a_time = app.lead_readings.maker.lock().unwrap_or_else(PoisonError::into_inner);
        if !app.lead_readings.is_current(&basis) {
            make(app, basis)?;
        }
    }
    while follow(app)? > 0 {}
    Ok(())
}

/// Keeps the readings up to date until told to stop. `ctx_now` makes the circumstances; failures go to `report`.
pub fn run_worker(app: &App, ctx_now: &dyn Fn() -> Ctx, stop: &AtomicBool, report: &dyn Fn(&Error)) {
    keep_up(app, &|| work(app, ctx_now().at), stop, report);
}

/// Brings a reading in memory up to date after every change until told to stop; failures go to `report`.
pub(crate) fn keep_up(
    app: &App,
    work: &dyn Fn() -> Result<(), Error>,
    stop: &AtomicBool,
    report: &dyn Fn(&Error),
) {
    while !stop.load(Ordering::Acquire) {
        let head = app.head();
        match work() {
            Ok(()) => {
                app.store.wait_past(head, WAIT);
            }
            Err(error) => {
                report(&error);
                app.store.wait_past(u64::MAX, PAUSE);
            }
        }
    }
}

/// Sees to it that there is an order to page through, with the caller's own changes in it. Where the rules are others and
/// there are many leads, the order of before will do.
fn ready(app: &App, at: Timestamp) -> Result<(), Error> {
    let basis = Basis::now(app, at);
    let mut waited = Duration::ZERO;
    while !app.lead_readings.is_current(&basis) {
        let leads = app.lead_readings.look(|order, _| order.len());
        if leads.is_some_and(|leads| leads > AT_ONCE_MAX) {
            break;
        }
        if let Ok(_one_at_a_time) = app.lead_readings.maker.try_lock() {
            if !app.lead_readings.is_current(&basis) {
                make(app, basis.clone())?;
            }
            break;
        }
        if waited >= WAIT_MAX {
            return Err(Error::Busy { retry_after_s: 5 });
        }
        app.store.wait_past(u64::MAX, WAIT / 5);
        waited += WAIT / 5;
    }
    while follow(app)? > 0 {}
    Ok(())
}

/// Goes through all leads. What changes meanwhile is taken in afterwards, so that the place in the journal is the one of
/// before. For whoever holds the maker's lock.
fn make(app: &App, basis: Basis) -> Result<(), Error> {
    let readings = &app.lead_readings;
    let expected = readings.look(|order, _| order.len()).unwrap_or_default();
    readings.expected.store(expected as u64, Ordering::Relaxed);
    readings.done.store(0, Ordering::Relaxed);
    readings.is_making.store(true, Ordering::Release);
    let made = gone_through(app, basis);
    readings.is_making.store(false, Ordering::Release);
    *readings.held() = Some(made?);
    Ok(())
}

fn gone_through(app: &App, basis: Basis) -> Result<Held, Error> {
    let cursor = app.head();
    let mut held = Held { basis, cursor, order: Order::default(), learned: Learned::default() };
    app.store.each_record::<Lead, Error>(&mut |lead| {
        held.take(app, &lead)?;
        app.lead_readings.done.fetch_add(1, Ordering::Relaxed);
        Ok(true)
    })?;
    Ok(held)
}

/// Takes in some of the changes that are not known yet. Returns how many there were.
fn follow(app: &App) -> Result<usize, Error> {
    let mut held = app.lead_readings.held();
    let Some(held) = held.as_mut() else { return Ok(0) };
    if held.cursor >= app.head() {
        return Ok(0);
    }
    let changes = app.store.journal(held.cursor, CHANGES_AT_ONCE)?;
    let mut touched = BTreeSet::new();
    for change in &changes {
        match change.kind {
            Kind::Lead => {
                touched.insert(change.id);
            }
            // What became of a lead is told by the opportunity that it became.
            Kind::Opportunity => touched.extend(leads_of(app, change.id)?),
            _ => {}
        }
    }
    // As they are now, not as they were then: later changes of the same lead do no harm.
    for id in touched {
        match app.store.get::<Lead>(id)? {
            Some(lead) => held.take(app, &lead)?,
            None => held.forget(id),
        }
    }
    held.cursor = changes.last().map_or(held.cursor, |change| change.seq);
    Ok(changes.len())
}

fn leads_of(app: &App, opportunity: Uuid) -> Result<Vec<Uuid>, Error> {
    let prefix = linking(opportunity, Kind::Lead).bytes();
    let scan = Scan { prefix, after: None, direction: Direction::Forward, limit: LEADS_OF_ONE_MAX };
    Ok(app.store.scan(&scan)?.iter().filter_map(|entry| IndexKey::record_at_end(&entry.key)).collect())
}

impl Held {
    fn take(&mut self, app: &App, lead: &Lead) -> Result<(), Error> {
        self.order.put(lead, self.basis.scorer.points(lead));
        let example = self.basis.features.example(app, lead)?;
        self.learned.put(lead.meta.id, example);
        Ok(())
    }

    fn forget(&mut self, id: Uuid) {
        self.order.forget(id);
        self.learned.put(id, None);
    }
}

/// All that the readings hold, in words: for tests that compare them with ones made anew.
pub fn contents(app: &App) -> Vec<String> {
    let told = |order: &Order, learned: &Learned| {
        let mut lines = order.contents();
        lines.extend(learned.contents());
        lines
    };
    app.lead_readings.look(told).unwrap_or_default()
}

/// Forgets the readings, so that they are made anew from the records.
pub fn forget(app: &App) {
    *app.lead_readings.held() = None;
}
