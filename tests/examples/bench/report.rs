//! Samples in, a Markdown table out.

use anyhow::{Context as _, Result};
use std::time::Duration;

/// How long each of many deeds took, and all of them together.
pub(crate) struct Timings {
    sorted: Vec<Duration>,
    wall: Duration,
}

impl Timings {
    pub(crate) fn new(mut each: Vec<Duration>, wall: Duration) -> Timings {
        each.sort_unstable();
        Timings { sorted: each, wall }
    }

    pub(crate) fn p50(&self) -> Duration {
        self.percentile(50)
    }

    pub(crate) fn p99(&self) -> Duration {
        self.percentile(99)
    }

    fn percentile(&self, percent: usize) -> Duration {
        let last = self.sorted.len().saturating_sub(1);
        self.sorted.get((self.sorted.len() * percent / 100).min(last)).copied().unwrap_or_default()
    }

    pub(crate) fn per_second(&self) -> f64 {
        self.sorted.len() as f64 / self.wall.as_secs_f64().max(f64::MIN_POSITIVE)
    }
}

/// Other work on the machine only ever adds time: the best of so many tries is nearest to what the code takes.
const TRIES: usize = 3;

/// The shortest of some tries of something that is done once.
pub(crate) fn best(mut attempt: impl FnMut() -> Result<Duration>) -> Result<Duration> {
    let tries = (0..TRIES).map(|_| attempt()).collect::<Result<Vec<Duration>>>()?;
    Ok(tries.into_iter().min().unwrap_or_default())
}

/// The fastest of some tries of something that is done many times.
pub(crate) fn fastest(mut attempt: impl FnMut(usize) -> Result<Timings>) -> Result<Timings> {
    let tries = (0..TRIES).map(&mut attempt).collect::<Result<Vec<Timings>>>()?;
    tries.into_iter().min_by_key(|timings| timings.wall).context("at least one try")
}

/// One line: what it is, ours, the engine's limit, how many times the engine's time ours is, and how it was measured.
struct Row {
    what: String,
    ours: String,
    limit: String,
    ratio: String,
    how: String,
}

/// What the run prints.
pub(crate) struct Table {
    rows: Vec<Row>,
    notes: Vec<String>,
    load_before: String,
}

impl Table {
    pub(crate) fn new() -> Table {
        Table { rows: Vec::new(), notes: Vec::new(), load_before: load() }
    }

    /// Deeds one after the other: typical times beside each other.
    pub(crate) fn times(&mut self, what: &str, ours: &Timings, limit: (&str, &Timings), how: &str) {
        let (name, engine) = limit;
        self.push(
            what,
            format!("p50 {}, p99 {}", time(ours.p50()), time(ours.p99())),
            format!("{name}: {}", time(engine.p50())),
            ratio(ours.p50().as_secs_f64(), engine.p50().as_secs_f64()),
            how,
        );
    }

    /// Deeds at the same time: how many a second, and how long each waits. The engine's limit is a rate.
    pub(crate) fn rates(&mut self, what: &str, ours: &Timings, limit: (&str, f64), how: &str) {
        let (name, engine) = limit;
        let mine = ours.per_second();
        self.push(
            what,
            format!("{}/s, p50 {}, p99 {}", rate(mine), time(ours.p50()), time(ours.p99())),
            format!("{name}: {}/s", rate(engine)),
            ratio(engine, mine),
            how,
        );
    }

    /// Something done once.
    pub(crate) fn whole(&mut self, what: &str, ours: Duration, limit: (&str, Duration), how: &str) {
        let (name, engine) = limit;
        let factor = ratio(ours.as_secs_f64(), engine.as_secs_f64());
        self.push(what, time(ours), format!("{name}: {}", time(engine)), factor, how);
    }

    /// Megabytes.
    pub(crate) fn memory(&mut self, what: &str, ours_kb: u64, limit: (&str, u64), how: &str) {
        let (name, engine_kb) = limit;
        let megabytes = |kilobytes: u64| format!("{} MB", kilobytes / 1024);
        let factor = ratio(ours_kb as f64, engine_kb as f64);
        self.push(what, megabytes(ours_kb), format!("{name}: {}", megabytes(engine_kb)), factor, how);
    }

    /// A sentence below the table.
    pub(crate) fn note(&mut self, note: String) {
        eprintln!("  {note}");
        self.notes.push(note);
    }

    fn push(&mut self, what: &str, ours: String, limit: String, ratio: String, how: &str) {
        eprintln!("  {what}: {ours} | {limit} | {ratio}");
        self.rows.push(Row { what: what.to_owned(), ours, limit, ratio, how: how.to_owned() });
    }

    /// To standard output, with what the machine was doing besides.
    pub(crate) fn print(&self, command: &str) {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        println!(
            "`{command}`, {cores} cores, load average {} before and {} after.",
            self.load_before,
            load()
        );
        println!("The ratio is our time divided by the engine's: 1.0 is as fast as the engine.\n");
        println!("| what | ours | engine limit | ratio | measured by |");
        println!("| --- | --- | --- | --- | --- |");
        for Row { what, ours, limit, ratio, how } in &self.rows {
            println!("| {what} | {ours} | {limit} | {ratio} | {how} |");
        }
        println!();
        for note in &self.notes {
            println!("- {note}");
        }
    }
}

/// The load of the last minute, as Linux counts it.
fn load() -> String {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().filter(|load| !load.is_empty()).unwrap_or("unknown").to_owned()
}

fn ratio(ours: f64, engine: f64) -> String {
    if engine <= 0.0 {
        return "–".to_owned();
    }
    let factor = ours / engine;
    if factor < 10.0 { format!("{factor:.2}") } else { format!("{factor:.0}") }
}

fn time(time: Duration) -> String {
    let microseconds = time.as_secs_f64() * 1e6;
    match microseconds {
        few if few < 1e3 => format!("{few:.0} µs"),
        more if more < 1e5 => format!("{:.1} ms", more / 1e3),
        more if more < 1e6 => format!("{:.0} ms", more / 1e3),
        many => format!("{:.1} s", many / 1e6),
    }
}

fn rate(rate: f64) -> String {
    format!("{rate:.0}")
}
