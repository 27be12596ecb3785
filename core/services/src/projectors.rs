//! The loops that keep the readings of the journal up to date, and how far they are.

use crate::App;
use model::Projection;
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Changes taken in one commit of a reading: DuckDB and tantivy both want hundreds to thousands.
const BATCH: usize = 5_000;
/// How long a loop sleeps before it looks whether it should stop.
const WAIT: Duration = Duration::from_millis(250);
/// After a failure; the reading repairs itself or the operator sees it in the log.
const WAIT_AFTER_FAILURE: Duration = Duration::from_secs(2);

/// The readings of the journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reading {
    Search,
    Analytics,
}

impl Reading {
    pub const ALL: [Reading; 2] = [Reading::Search, Reading::Analytics];

    pub fn as_str(self) -> &'static str {
        match self {
            Reading::Search => "search",
            Reading::Analytics => "analytics",
        }
    }
}

/// How far the readings are.
#[derive(Default)]
pub(crate) struct Progress {
    search: AtomicU64,
    analytics: AtomicU64,
    behind_since: Mutex<BTreeMap<Reading, Instant>>,
}

impl Progress {
    fn cursor(&self, reading: Reading) -> &AtomicU64 {
        match reading {
            Reading::Search => &self.search,
            Reading::Analytics => &self.analytics,
        }
    }
}

/// How far one reading is behind the journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lag {
    pub cursor: u64,
    pub head: u64,
    pub behind_for: Duration,
}

/// How far a reading is; pages say so when it is behind for more than two seconds.
pub fn lag(app: &App, reading: Reading) -> Lag {
    let cursor = app.progress.cursor(reading).load(Ordering::Acquire);
    let head = app.head();
    let behind_for = match app.progress.behind_since.lock() {
        Ok(mut since) if cursor < head => since.entry(reading).or_insert_with(Instant::now).elapsed(),
        Ok(mut since) => {
            since.remove(&reading);
            Duration::ZERO
        }
        Err(_) => Duration::ZERO,
    };
    Lag { cursor, head, behind_for }
}

/// The projector of a reading. One at a time.
pub fn projector(app: &App, reading: Reading) -> Result<Box<dyn Projection>, crate::Error> {
    let projector: Box<dyn Projection> = match reading {
        Reading::Search => Box::new(app.search.projector().map_err(crate::Error::internal)?),
        Reading::Analytics => Box::new(app.analytics.projector().map_err(crate::Error::internal)?),
    };
    app.progress.cursor(reading).store(projector.cursor(), Ordering::Release);
    Ok(projector)
}

/// Takes what is waiting, up to the journal's head. Returns how many changes it took.
pub fn catch_up(app: &App, reading: Reading, projector: &mut dyn Projection) -> Result<u64, crate::Error> {
    let mut taken = 0;
    loop {
        let changes = app.store.journal(projector.cursor(), BATCH)?;
        if changes.is_empty() {
            app.progress.cursor(reading).store(projector.cursor(), Ordering::Release);
            if let Ok(mut since) = app.progress.behind_since.lock() {
                since.remove(&reading);
            }
            return Ok(taken);
        }
        projector.apply(&changes).map_err(crate::Error::internal)?;
        app.progress.cursor(reading).store(projector.cursor(), Ordering::Release);
        taken += changes.len() as u64;
    }
}

/// Follows the journal until told to stop. Failures go to `report` and are tried again.
pub fn run(app: &App, reading: Reading, stop: &AtomicBool, report: &dyn Fn(&crate::Error)) {
    let mut current: Option<Box<dyn Projection>> = None;
    while !stop.load(Ordering::Acquire) {
        let outcome = match &mut current {
            Some(projector) => catch_up(app, reading, projector.as_mut()).map(|_| projector.cursor()),
            None => projector(app, reading).map(|projector| {
                let cursor = projector.cursor();
                current = Some(projector);
                cursor
            }),
        };
        match outcome {
            Ok(cursor) => {
                app.store.wait_past(cursor, WAIT);
            }
            Err(error) => {
                report(&error);
                current = None;
                app.store.wait_past(u64::MAX, WAIT_AFTER_FAILURE);
            }
        }
    }
}
