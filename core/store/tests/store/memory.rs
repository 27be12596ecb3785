//! An engine of sorted maps: the simplest thing that keeps the contract, to compare others with.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use store::Direction;
use store::engine::{Batch, Engine, EngineError, Entry, SCAN_ENTRIES_MAX, Scan, Tree};

/// What a disk that is full says.
const FAILURE: &str = "no space left";

#[derive(Default)]
pub(crate) struct MemoryEngine {
    trees: Mutex<[BTreeMap<Vec<u8>, Vec<u8>>; 4]>,
    /// Once set, nothing reaches the disk.
    pub(crate) sync_fails: Arc<AtomicBool>,
}

fn position(tree: Tree) -> usize {
    Tree::ALL.iter().position(|other| *other == tree).unwrap()
}

impl Engine for MemoryEngine {
    fn get(&self, tree: Tree, key: &[u8]) -> Result<Option<Vec<u8>>, EngineError> {
        Ok(self.trees.lock().unwrap()[position(tree)].get(key).cloned())
    }

    fn scan(&self, tree: Tree, scan: &Scan) -> Result<Vec<Entry>, EngineError> {
        let trees = self.trees.lock().unwrap();
        let mut entries: Vec<Entry> = trees[position(tree)]
            .iter()
            .filter(|(key, _)| key.starts_with(&scan.prefix))
            .filter(|(key, _)| match (&scan.after, scan.direction) {
                (None, _) => true,
                (Some(after), Direction::Forward) => *key > after,
                (Some(after), Direction::Backward) => *key < after,
            })
            .map(|(key, value)| Entry { key: key.clone(), value: value.clone() })
            .collect();
        if scan.direction == Direction::Backward {
            entries.reverse();
        }
        entries.truncate(scan.limit.min(SCAN_ENTRIES_MAX));
        Ok(entries)
    }

    fn apply(&self, batch: &Batch) -> Result<(), EngineError> {
        let mut trees = self.trees.lock().unwrap();
        for tree in Tree::ALL {
            for (key, value) in batch.operations(tree) {
                let map = &mut trees[position(tree)];
                match value {
                    Some(value) => map.insert(key.to_vec(), value.to_vec()),
                    None => map.remove(key),
                };
            }
        }
        Ok(())
    }

    fn flush(&self) -> Result<(), EngineError> {
        Ok(())
    }

    fn sync(&self) -> Result<(), EngineError> {
        if self.sync_fails.load(Ordering::SeqCst) { Err(EngineError(FAILURE.into())) } else { Ok(()) }
    }

    fn disk_bytes(&self) -> Result<u64, EngineError> {
        Ok(0)
    }
}
