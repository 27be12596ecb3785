//! Forgetting: the addresses of clients go out of the journal when they are old enough; nothing else changes.
//!
//! How far this has come is a counter that is written together with the changes: whoever is cut short goes on there, and
//! an export takes it along.

use crate::batch::Batch;
use crate::engine::{Engine, EngineError, Scan, Tree};
use crate::error::CommitError;
use crate::keys;
use crate::open::Store;
use model::jiff::Timestamp;
use model::json::{self, Value};
use std::sync::PoisonError;

/// The sequence number up to which there are no addresses any more.
pub const FORGOTTEN: &str = "journal/addresses-forgotten";
/// Changes rewritten between two commits of others: everybody waits for them.
const CHANGES_AT_ONCE: usize = 200;

impl Store {
    /// Takes the addresses out of the changes before this time, from where it ended the last time to the first that is
    /// younger; gives back how many changes it passed. Cheap where there is nothing to do.
    pub fn forget_addresses(&self, before: Timestamp) -> Result<u64, CommitError> {
        let _no_export = self.shared.past.write().unwrap_or_else(PoisonError::into_inner);
        let start = passed(self.shared.engine.as_ref())?;
        let mut from = start;
        while self.is_next_older(from, before)? {
            // What is not durable yet is not old either.
            let head = self.head();
            self.rewrite(move |engine| forgotten(engine, before, head))?;
            let now = passed(self.shared.engine.as_ref())?;
            if now == from {
                break;
            }
            from = now;
        }
        Ok(from - start)
    }

    fn is_next_older(&self, after: u64, before: Timestamp) -> Result<bool, CommitError> {
        let next =
            self.journal(after, 1).map_err(|error| CommitError::Storage(EngineError(Box::new(error))))?;
        Ok(next.first().is_some_and(|change| change.at < before))
    }
}

fn passed(engine: &dyn Engine) -> Result<u64, CommitError> {
    let value = engine.get(Tree::Meta, &keys::counter(FORGOTTEN)).map_err(CommitError::Storage)?;
    Ok(value.as_deref().and_then(keys::number).unwrap_or_default())
}

/// The next changes without addresses, and how far that is.
fn forgotten(engine: &dyn Engine, before: Timestamp, head: u64) -> Result<Batch, CommitError> {
    let start = passed(engine)?;
    let scan = Scan { after: Some(start.to_be_bytes().to_vec()), limit: CHANGES_AT_ONCE, ..Scan::default() };
    let entries = engine.scan(Tree::Journal, &scan).map_err(CommitError::Storage)?;
    let (mut batch, mut end) = (Batch::default(), start);
    for entry in entries {
        let Some(seq) = keys::number(&entry.key).filter(|seq| *seq <= head) else { break };
        let mut change: Value = json::from_slice(&entry.value).map_err(unreadable)?;
        let at = change.get("at").and_then(Value::as_str).and_then(|at| at.parse::<Timestamp>().ok());
        if at.is_none_or(|at| at >= before) {
            break;
        }
        end = seq;
        if change.as_object_mut().and_then(|change| change.shift_remove("address")).is_some() {
            batch.put(Tree::Journal, entry.key, json::to_vec(&change).map_err(unreadable)?);
        }
    }
    if end > start {
        batch.put(Tree::Meta, keys::counter(FORGOTTEN), end.to_be_bytes());
    }
    Ok(batch)
}

fn unreadable(error: json::Error) -> CommitError {
    CommitError::Storage(EngineError(Box::new(error)))
}
