//! How plugins fare: failures in a row, and the pause after too many of them.
//!
//! Both are counters of the store beside the plugin's record, not fields of it: a plugin that fails does not change its
//! record's version, so that whoever saves its configuration meets no conflict with nobody.

use crate::{App, Ctx, Error};
use model::PluginId;
use model::jiff::{SignedDuration, Timestamp};
use store::Write;

/// Envoy's lesson: after so many failures in a row it is not asked for a while.
const FAILURES_BEFORE_PAUSE: u32 = 5;
const PAUSE_FIRST_S: i64 = 60;
const PAUSE_MAX_S: i64 = 3_600;

/// How an installed plugin fares.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Health {
    /// Since the last success.
    pub failures_in_a_row: u32,
    /// Not asked until then, after too many failures.
    pub paused_until: Option<Timestamp>,
}

impl Health {
    /// Whether it is resting after failures.
    pub fn is_paused(self, at: Timestamp) -> bool {
        self.paused_until.is_some_and(|until| until > at)
    }

    /// Whether so many more failures are too many.
    pub(super) fn tires_after(self, failed: u32) -> bool {
        self.failures_in_a_row.saturating_add(failed) >= FAILURES_BEFORE_PAUSE
    }
}

pub(super) fn of(app: &App, id: PluginId) -> Result<Health, Error> {
    let failures = app.store.counter(&failures_counter(id))?;
    let until_ms = i64::try_from(app.store.counter(&pause_counter(id))?).unwrap_or_default();
    let until = Timestamp::from_millisecond(until_ms).ok();
    Ok(Health {
        failures_in_a_row: u32::try_from(failures).unwrap_or(u32::MAX),
        paused_until: until.filter(|_| until_ms > 0),
    })
}

/// It begins anew: somebody looked after it, or it did well, or it is gone.
pub(super) fn forget(write: &mut Write, id: PluginId) {
    for counter in [failures_counter(id), pause_counter(id)] {
        to_zero(write, &counter);
    }
}

/// Notes what came of the latest calls: failures since the last success among them, and whether there was one.
pub(super) fn note(app: &App, ctx: &Ctx, id: PluginId, failed: u32, succeeded: bool) -> Result<(), Error> {
    if failed == 0 && of(app, id)? == Health::default() {
        return Ok(());
    }
    let mut write = ctx.write();
    if succeeded {
        forget(&mut write, id);
    }
    if failed > 0 {
        let (at, pause_counter) = (ctx.at, pause_counter(id));
        // Counted inside the writer: of two leads at the same moment each failure counts.
        let build = move |first: &[u64], write: &mut Write| {
            let last = first.first().map_or(0, |first| first - 1).saturating_add(u64::from(failed));
            let failures = u32::try_from(last).unwrap_or(u32::MAX);
            if failures >= FAILURES_BEFORE_PAUSE {
                to_zero(write, &pause_counter);
                write.add_to_counter(&pause_counter, (at + pause(failures)).as_millisecond());
            }
        };
        write.take_numbers(vec![(failures_counter(id), u64::from(failed))], Box::new(build));
    }
    app.commit(write).map(|_| ())
}

/// A minute, doubled with each further failure, at most an hour.
fn pause(failures: u32) -> SignedDuration {
    let doublings = failures.saturating_sub(FAILURES_BEFORE_PAUSE).min(10);
    SignedDuration::from_secs((PAUSE_FIRST_S << doublings).min(PAUSE_MAX_S))
}

/// Counters stay at zero when more is taken away.
fn to_zero(write: &mut Write, counter: &str) {
    write.add_to_counter(counter, i64::MIN);
}

fn failures_counter(id: PluginId) -> String {
    format!("plugin-failures/{id}")
}

/// Milliseconds since 1970.
fn pause_counter(id: PluginId) -> String {
    format!("plugin-paused-until/{id}")
}
