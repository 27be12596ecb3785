//! The loops that keep the readings of the journal up to date, and how far they are.

use crate::documents::texts;
use crate::{App, Error, Folders};
use model::{Change, Projection};
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// How long a loop sleeps before it looks whether it should stop.
const WAIT: Duration = Duration::from_millis(250);
/// After the first new change, how long others may join its commit. A commit of tantivy takes some 70 ms and several
/// waits for the disk, whatever it holds: one after every change would slow down those who write. Pages say «as of»
/// from two seconds on, so that nobody sees this.
const GATHER: Duration = Duration::from_millis(200);
/// So many changes are worth a commit of their own at once.
const GATHERED_CHANGES: u64 = 1_000;
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

    /// Changes that one commit takes at most.
    fn batch_changes_max(self) -> usize {
        match self {
            Reading::Search => search::BATCH_CHANGES_MAX,
            Reading::Analytics => analytics::BATCH_CHANGES_MAX,
        }
    }
}

/// How far the readings are.
#[derive(Default)]
pub(crate) struct Progress {
    search: AtomicU64,
    analytics: AtomicU64,
    behind: Mutex<BTreeMap<Reading, Behind>>,
}

/// A head that a reading has not reached yet, and when it was first seen.
struct Behind {
    head: u64,
    since: Instant,
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
    let head = app.head();
    let cursor = app.progress.cursor(reading).load(Ordering::Acquire);
    Lag { cursor, head, behind_for: app.progress.behind_for(reading, cursor, head) }
}

impl Progress {
    /// How long the reading has been missing the oldest head that it was seen to miss. While changes come without end
    /// it is always behind the newest one, and yet up to date as pages understand it.
    fn behind_for(&self, reading: Reading, cursor: u64, head: u64) -> Duration {
        let Ok(mut behind) = self.behind.lock() else {
            return Duration::ZERO;
        };
        if behind.get(&reading).is_some_and(|behind| behind.head <= cursor) {
            behind.remove(&reading);
        }
        if head <= cursor {
            return Duration::ZERO;
        }
        behind.entry(reading).or_insert_with(|| Behind { head, since: Instant::now() }).since.elapsed()
    }
}

/// The projector of a reading. One at a time.
pub fn projector(app: &App, reading: Reading) -> Result<Box<dyn Projection>, Error> {
    let projector: Box<dyn Projection> = match reading {
        Reading::Search => Box::new(app.search.projector().map_err(Error::internal)?),
        Reading::Analytics => Box::new(app.analytics.projector().map_err(Error::internal)?),
    };
    app.progress.cursor(reading).store(projector.cursor(), Ordering::Release);
    Ok(projector)
}

/// Takes what is waiting, up to the journal's head. Returns how many changes it took.
pub fn catch_up(app: &App, reading: Reading, projector: &mut dyn Projection) -> Result<u64, Error> {
    let mut taken = 0;
    loop {
        match take(app, reading, projector)? {
            0 => return Ok(taken),
            changes => taken += changes,
        }
    }
}

/// One commit of what is waiting. Returns how many changes it took.
fn take(app: &App, reading: Reading, projector: &mut dyn Projection) -> Result<u64, Error> {
    let mut changes = waiting(app, projector.cursor(), reading.batch_changes_max())?;
    if reading == Reading::Search {
        texts::add(app, &mut changes)?;
    }
    if !changes.is_empty() {
        projector.apply(&changes).map_err(Error::internal)?;
    }
    app.progress.cursor(reading).store(projector.cursor(), Ordering::Release);
    Ok(changes.len() as u64)
}

/// The changes after a sequence number, up to a number of them: the journal gives them by the page.
fn waiting(app: &App, after: u64, most: usize) -> Result<Vec<Change>, Error> {
    let mut changes = app.store.journal(after, most)?;
    while let Some(last) = changes.last().map(|change| change.seq) {
        let page = app.store.journal(last, most - changes.len())?;
        if page.is_empty() {
            break;
        }
        changes.extend(page);
    }
    Ok(changes)
}

/// Follows the journal until told to stop. Failures go to `report` and are tried again.
pub fn run(app: &App, reading: Reading, stop: &AtomicBool, report: &dyn Fn(&Error)) {
    let mut current: Option<Box<dyn Projection>> = None;
    while !stop.load(Ordering::Acquire) {
        let outcome = match &mut current {
            Some(projector) => follow(app, reading, projector.as_mut(), stop),
            None => projector(app, reading).map(|projector| current = Some(projector)),
        };
        if let Err(error) = outcome {
            report(&error);
            current = None;
            rest(app, stop);
        }
    }
}

/// Waits for a change, and for those that come close behind it, and takes them together. Without a change it only
/// looks up from time to time, so that whoever calls can stop.
fn follow(
    app: &App,
    reading: Reading,
    projector: &mut dyn Projection,
    stop: &AtomicBool,
) -> Result<(), Error> {
    let cursor = projector.cursor();
    if app.store.wait_past(cursor, WAIT) <= cursor {
        return Ok(());
    }
    // Also when nobody looks at a page: how long it is behind counts from here.
    lag(app, reading);
    app.store.wait_past(cursor + GATHERED_CHANGES - 1, GATHER);
    if stop.load(Ordering::Acquire) {
        // The next start finds them in the journal.
        return Ok(());
    }
    take(app, reading, projector).map(|_| ())
}

fn rest(app: &App, stop: &AtomicBool) {
    let begin = Instant::now();
    while begin.elapsed() < WAIT_AFTER_FAILURE && !stop.load(Ordering::Acquire) {
        app.store.wait_past(u64::MAX, WAIT);
    }
}

/// Removes what a reading keeps, so that it is made again from the journal. For whoever holds the store's lock: the
/// reading must not be open.
pub(crate) fn forget(folders: &Folders, reading: Reading) -> Result<(), Error> {
    match reading {
        Reading::Search => search::rebuild(&folders.search).map_err(Error::internal),
        Reading::Analytics => analytics::rebuild(&folders.analytics).map_err(Error::internal),
    }
}
