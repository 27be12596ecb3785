//! Store commits at several numbers of waiting writers, beside bare sled with the same keys and values.

use crate::bench::data::{self, Company};
use crate::bench::report::{Table, Timings};
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
        let (timings, batches) = ours(&place.folder.join(format!("commits-{writers}")), writers, writes)?;
        let transactions = batches.len();
        let bare = replay(&place.folder.join(format!("bare-{writers}")), &batches)?;
        table.rates(
            &format!("store commit, {writers} waiting writers"),
            &timings,
            ("sled: same transactions + flush + sync_data", writes as f64 / bare.as_secs_f64()),
            &format!("`Store::commit` of {writes} leads, which became {transactions} transactions"),
        );
    }
    Ok(())
}

/// Writes a second of bare sled, with the transactions that so many writers give.
pub(crate) fn bare_rate(folder: &Path, writers: usize, writes: usize) -> Result<f64> {
    let (_, batches) = ours(&folder.join(format!("recorded-{writers}")), writers, writes)?;
    let bare = replay(&folder.join(format!("replayed-{writers}")), &batches)?;
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
