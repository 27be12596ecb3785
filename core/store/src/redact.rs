//! Erasure: one of the two operations that rewrite what the journal says (`forget.rs` is the other). It takes values out of the changes of one record and
//! leaves everything else as it was: numbers, times, authors, entities, versions, what else was on whose timeline.
//!
//! For people who ask to be forgotten. The record itself must have been emptied before, by an ordinary change; so the
//! journal's last word on it stays what is stored, and `verify` finds nothing. It may be cut short at any moment and done
//! again: what was taken out is not there the second time.

use crate::batch::Batch;
use crate::engine::{Engine, EngineError, Tree, VALUE_BYTES_MAX};
use crate::error::CommitError;
use crate::open::Store;
use crate::{Direction, Scan, keys};
use model::json::{self, Map, Value};
use model::uuid::Uuid;
use model::{IndexKey, Kind};
use std::sync::PoisonError;

/// Changes rewritten between two commits of others: everybody waits for them.
const CHANGES_AT_ONCE: usize = 200;

/// Takes values out of a record, or of the part of one that a change keeps. What is gone already stays as it is.
pub type Scrub = fn(&mut Map<String, Value>);

impl Store {
    /// Takes values out of every change of a record; gives back how many changes held some. Refused as stale while the
    /// record itself still holds what would be taken out.
    pub fn redact(&self, kind: Kind, id: Uuid, scrub: Scrub) -> Result<u64, CommitError> {
        let _no_export = self.shared.past.write().unwrap_or_else(PoisonError::into_inner);
        // Nothing is touched while the record itself says it.
        let stored =
            self.shared.engine.get(Tree::Records, &keys::record(kind, id)).map_err(CommitError::Storage)?;
        if let Some(Value::Object(stored)) =
            stored.map(|bytes| json::from_slice(&bytes)).transpose().map_err(unreadable)?
        {
            let mut left = stored.clone();
            scrub(&mut left);
            if left != stored {
                return Err(CommitError::Stale { kind, id, stored: None });
            }
        }
        let (mut after, mut rewritten) = (None, 0);
        loop {
            let scan = Scan {
                prefix: IndexKey::timeline(id).bytes(),
                after,
                direction: Direction::Forward,
                limit: CHANGES_AT_ONCE,
            };
            let entries = self.shared.engine.scan(Tree::Index, &scan).map_err(CommitError::Storage)?;
            let Some(last) = entries.last() else { return Ok(rewritten) };
            after = Some(last.key.clone());
            let numbers = entries.iter().filter_map(|entry| {
                keys::number(entry.key.get(entry.key.len().saturating_sub(8)..).unwrap_or_default())
            });
            let numbers: Vec<u64> = numbers.collect();
            rewritten += self.rewrite(move |engine| rewritten_changes(engine, kind, id, &numbers, scrub))?;
        }
    }
}

/// The changes among these that are of the record and hold what must go, without it.
fn rewritten_changes(
    engine: &dyn Engine,
    kind: Kind,
    id: Uuid,
    numbers: &[u64],
    scrub: Scrub,
) -> Result<Batch, CommitError> {
    let stored = engine.get(Tree::Records, &keys::record(kind, id)).map_err(CommitError::Storage)?;
    let stored: Option<Value> =
        stored.map(|bytes| json::from_slice(&bytes)).transpose().map_err(unreadable)?;
    let mut batch = Batch::default();
    for number in numbers {
        let key = number.to_be_bytes();
        let Some(bytes) = engine.get(Tree::Journal, &key).map_err(CommitError::Storage)? else { continue };
        let before: Value = json::from_slice(&bytes).map_err(unreadable)?;
        let of = |name: &str| before.get(name).and_then(Value::as_str);
        if of("kind") != Some(kind.as_str()) || of("id") != Some(id.to_string().as_str()) {
            // A change of something that is about the record.
            continue;
        }
        let mut after = before.clone();
        for part in ["before", "after"] {
            if let Some(Value::Object(values)) = after.get_mut(part) {
                scrub(values);
            }
        }
        if after == before {
            continue;
        }
        if stored.is_some() && before.get("after") == stored.as_ref() && after.get("after") != stored.as_ref()
        {
            return Err(CommitError::Stale {
                kind,
                id,
                stored: before.get("version").and_then(Value::as_u64),
            });
        }
        let bytes = json::to_vec(&after).map_err(unreadable)?;
        if bytes.len() > VALUE_BYTES_MAX {
            return Err(CommitError::TooBig { kind, id, bytes: bytes.len(), limit: VALUE_BYTES_MAX });
        }
        batch.put(Tree::Journal, key, bytes);
    }
    Ok(batch)
}

fn unreadable(error: json::Error) -> CommitError {
    CommitError::Storage(EngineError(Box::new(error)))
}
