//! Store commits at several numbers of waiting writers, beside bare sled with the same keys and values.

use crate::bench::data::{self, Company};
use crate::bench::report::{self, Table, Timings};
use crate::{Place, Sizes};
use anyhow::{Context as _, Result};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};
use store::engine::{Batch, Engine, EngineError, Entry, Scan, SledEngine, Tree};
use store::{Options, Store, Write};

/// A row for each number of writers. Each write is one lead with its list entries, its counter and its change.
pub(crate) fn measure(place: &Place, sizes: &Sizes, table: &mut Table) -> Result<()> {
    for (writers, writes) in sizes.commits {
        let folder = place.folder.join(format!("commits-{writers}"));
        let mut batches = Vec::new();
        let timings = report::fastest(|attempt| {
            let (timings, those) = ours(&folder.join(format!("ours-{attempt}")), writers, writes)?;
            batches = those;
            Ok(timings)
        })?;
        let bare = bare_rate(&folder, &batches, writes)?;
        table.rates(
            &format!("store commit, {writers} waiting writers"),
            &timings,
            ("sled: same transactions + flush + sync_data", bare),
            &format!("`Store::commit` of {writes} leads in {} transactions", batches.len()),
        );
        std::fs::remove_dir_all(&folder)?;
    }
    Ok(())
}

/// Writes a second of bare sled, with the transactions that leads from so many writers become.
pub(crate) fn bare_rate_of(folder: &Path, writers: usize, writes: usize) -> Result<f64> {
    let folder = folder.join(format!("create-{writers}"));
    let (_, batches) = ours(&folder.join("ours"), writers, writes)?;
    bare_rate(&folder, &batches, writes)
}

/// How long bare sled takes for so many leads with their list entries and changes, in transactions of a portion each.
pub(crate) fn bare_leads(folder: &Path, company: &Company, leads: usize, portion: usize) -> Result<Duration> {
    let options = Options::default();
    let recorded = folder.join("recorded");
    std::fs::create_dir_all(&recorded)?;
    let engine = Arc::new(Recorder {
        sled: SledEngine::open(&recorded, options.cache_bytes)?,
        batches: Mutex::default(),
    });
    let store = Store::open_over(engine.clone(), &recorded, options)?;
    for first in (0..leads).step_by(portion) {
        let of_portion: Vec<_> =
            (first..leads.min(first + portion)).map(|number| data::lead(company, number)).collect();
        let Some(lead) = of_portion.first() else { break };
        let mut write = Write::new(lead.meta.created_at, lead.meta.created_by.clone(), "bench");
        of_portion.into_iter().for_each(|lead| write.create(lead));
        store.commit(write)?;
    }
    store.close();
    let batches = engine.batches.lock().map(|mut batches| std::mem::take(&mut *batches)).unwrap_or_default();
    replay(&folder.join("replayed"), &batches)
}

fn bare_rate(folder: &Path, batches: &[Batch], writes: usize) -> Result<f64> {
    let mut attempt = 0;
    let bare = report::best(|| {
        attempt += 1;
        replay(&folder.join(format!("bare-{attempt}")), batches)
    })?;
    Ok(writes as f64 / bare.as_secs_f64())
}

/// Commits by as many threads as there are writers; also what reached the engine.
fn ours(folder: &Path, writers: usize, writes: usize) -> Result<(Timings, Vec<Batch>)> {
    std::fs::create_dir_all(folder)?;
    let options = Options::default();
    let engine = Arc::new(Recorder {
        sled: SledEngine::open(folder, options.cache_bytes)?,
        batches: Mutex::default(),
    });
    let store = Store::open_over(engine.clone(), folder, options)?;
    let company = Company::imagined();
    let begin = Instant::now();
    let each = thread::scope(|scope| {
        let threads: Vec<_> = (0..writers)
            .map(|writer| {
                let (store, company) = (&store, &company);
                scope.spawn(move || commit_all(store, company, writer, writes / writers))
            })
            .collect();
        let mut each = Vec::with_capacity(writes);
        for thread in threads {
            each.extend(thread.join().ok().context("a writer ended in a panic")??);
        }
        Ok::<_, anyhow::Error>(each)
    })?;
    let timings = Timings::new(each, begin.elapsed());
    store.close();
    let batches = engine.batches.lock().map(|mut batches| std::mem::take(&mut *batches)).unwrap_or_default();
    Ok((timings, batches))
}

fn commit_all(store: &Store, company: &Company, writer: usize, writes: usize) -> Result<Vec<Duration>> {
    let mut each = Vec::with_capacity(writes);
    for number in 0..writes {
        let lead = data::lead(company, writer * writes + number);
        let counter = lead.owner.map(data::open_counter).unwrap_or_default();
        let begin = Instant::now();
        let mut write = Write::new(lead.meta.created_at, lead.meta.created_by.clone(), "bench");
        write.add_to_counter(&counter, 1);
        write.create(lead);
        store.commit(write)?;
        each.push(begin.elapsed());
    }
    Ok(each)
}

/// The same transactions, one after the other, on a fresh sled.
fn replay(folder: &Path, batches: &[Batch]) -> Result<Duration> {
    std::fs::create_dir_all(folder)?;
    let engine = SledEngine::open(folder, Options::default().cache_bytes)?;
    let begin = Instant::now();
    for batch in batches {
        engine.apply(batch)?;
        engine.flush()?;
        engine.sync()?;
    }
    Ok(begin.elapsed())
}

/// sled, and what it was given. Keeping a copy of a batch costs some microseconds, which count as ours.
struct Recorder {
    sled: SledEngine,
    batches: Mutex<Vec<Batch>>,
}

impl Engine for Recorder {
    fn get(&self, tree: Tree, key: &[u8]) -> Result<Option<Vec<u8>>, EngineError> {
        self.sled.get(tree, key)
    }

    fn scan(&self, tree: Tree, scan: &Scan) -> Result<Vec<Entry>, EngineError> {
        self.sled.scan(tree, scan)
    }

    fn apply(&self, batch: &Batch) -> Result<(), EngineError> {
        if let Ok(mut batches) = self.batches.lock() {
            batches.push(batch.clone());
        }
        self.sled.apply(batch)
    }

    fn flush(&self) -> Result<(), EngineError> {
        self.sled.flush()
    }

    fn sync(&self) -> Result<(), EngineError> {
        self.sled.sync()
    }

    fn disk_bytes(&self) -> Result<u64, EngineError> {
        self.sled.disk_bytes()
    }
}
