//! One write against the state it meets: either everything it changes, or why not.

use crate::batch::{Batch, View};
use crate::engine::{Engine, EngineError, KEY_BYTES_MAX, Tree, VALUE_BYTES_MAX, panic_text};
use crate::error::CommitError;
use crate::stretches::{self, Span};
use crate::write::{Operation, RecordOperation, Write};
use crate::{keys, typed};
use model::jiff::Timestamp;
use model::json;
use model::uuid::Uuid;
use model::{Actor, Change, IndexEntry, Kind};
use std::collections::{HashMap, VecDeque};
use std::net::IpAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What an accepted write changes, and the end of the journal after it.
pub(crate) struct Staged {
    pub(crate) batch: Batch,
    pub(crate) seq: u64,
}

/// Checks every condition of the write against what is stored and pending.
pub(crate) fn stage(
    engine: &dyn Engine,
    pending: &Batch,
    head: u64,
    write: Write,
) -> Result<Staged, CommitError> {
    if let Some(failure) = write.failure {
        return Err(failure);
    }
    let mut stage = Stage {
        view: View { engine, pending, own: Batch::default() },
        seq: head,
        at: write.at,
        by: write.by,
        request: write.request,
        address: write.address,
        records: Vec::new(),
        places: HashMap::new(),
        once: Vec::new(),
        operations: 0,
        operations_max: write.operations_max,
    };
    stage.run(write.operations)?;
    stage.write_indexes()?;
    for (key, id) in std::mem::take(&mut stage.once) {
        stage.view.own.put(Tree::Meta, keys::once(&key), keys::once_value(id, stage.seq));
    }
    Ok(Staged { batch: stage.view.own, seq: stage.seq })
}

struct Stage<'a> {
    view: View<'a>,
    seq: u64,
    at: Timestamp,
    by: Actor,
    request: String,
    address: Option<IpAddr>,
    /// The index entries of each record before and after the whole write.
    records: Vec<Touched>,
    /// Where each of them is.
    places: HashMap<(Kind, Uuid), usize>,
    once: Vec<(String, Uuid)>,
    operations: usize,
    operations_max: usize,
}

struct Touched {
    kind: Kind,
    id: Uuid,
    before: Vec<IndexEntry>,
    after: Vec<IndexEntry>,
}

impl Stage<'_> {
    fn run(&mut self, operations: Vec<Operation>) -> Result<(), CommitError> {
        let mut waiting = VecDeque::from(operations);
        while let Some(operation) = waiting.pop_front() {
            self.operations += 1;
            let ops = self.operations + waiting.len();
            if ops > self.operations_max {
                return Err(CommitError::TooMany { ops, limit: self.operations_max });
            }
            match operation {
                Operation::Record(operation) => self.record(*operation)?,
                Operation::Assert { kind, id, version } => self.assert(kind, id, version)?,
                Operation::Once { key, id } => self.once(key, id)?,
                Operation::Add { counter, amount } => self.add(&counter, amount)?,
                Operation::Take { takes, build } => {
                    let first = self.take(&takes)?;
                    self.build(&first, build)?.into_iter().rev().for_each(|next| waiting.push_front(next));
                }
                Operation::Look { counters, build } => {
                    let held = counters.iter().map(|name| self.held(name)).collect::<Result<Vec<_>, _>>()?;
                    self.build(&held, build)?.into_iter().rev().for_each(|next| waiting.push_front(next));
                }
            }
        }
        Ok(())
    }

    fn record(&mut self, operation: RecordOperation) -> Result<(), CommitError> {
        let (kind, id) = (operation.kind, operation.id);
        let key = keys::record(kind, id);
        let stored = self.get(Tree::Records, &key)?;
        match (&stored, &operation.expected) {
            (None, None) => {}
            (Some(_), None) => return Err(CommitError::Exists { kind, id }),
            (None, Some(_)) => return Err(CommitError::Stale { kind, id, stored: None }),
            (Some(stored), Some((version, bytes))) => {
                let found = typed::version(stored);
                if found != Some(*version) || !is_same(kind, stored, bytes) {
                    return Err(CommitError::Stale { kind, id, stored: found });
                }
            }
        }
        match operation.bytes {
            Some(bytes) => self.view.own.put(Tree::Records, key, bytes),
            None => self.view.own.delete(Tree::Records, key),
        }
        let known = self.places.get(&(kind, id)).and_then(|place| self.records.get_mut(*place));
        if let Some(touched) = known {
            touched.after = operation.indexes_after;
        } else {
            self.places.insert((kind, id), self.records.len());
            let (before, after) = (operation.indexes_before, operation.indexes_after);
            self.records.push(Touched { kind, id, before, after });
        }
        let Some(entry) = operation.entry else { return Ok(()) };
        self.seq += 1;
        self.journal(Change {
            seq: self.seq,
            at: self.at,
            by: self.by.clone(),
            request: self.request.clone(),
            address: self.address,
            kind,
            id,
            version: entry.version,
            deed: entry.deed,
            about: entry.about,
            before: entry.before,
            after: entry.after,
        })
    }

    fn journal(&mut self, change: Change) -> Result<(), CommitError> {
        let bytes = json::to_vec(&change).map_err(|error| storage(EngineError(Box::new(error))))?;
        if bytes.len() > VALUE_BYTES_MAX {
            let (kind, id, limit) = (change.kind, change.id, VALUE_BYTES_MAX);
            return Err(CommitError::TooBig { kind, id, bytes: bytes.len(), limit });
        }
        self.view.own.put(Tree::Journal, change.seq.to_be_bytes(), bytes);
        for (key, at) in stretches::entries(&change) {
            let known = self.get(Tree::Index, &key)?.as_deref().and_then(Span::from_bytes);
            let span = known.map_or(at, |known| known.with(at));
            if known != Some(span) {
                self.view.own.put(Tree::Index, key, span.bytes());
            }
        }
        for about in change.about {
            self.view.own.put(Tree::Index, keys::timeline(about, change.seq), Vec::new());
        }
        Ok(())
    }

    fn assert(&self, kind: Kind, id: Uuid, version: u64) -> Result<(), CommitError> {
        let stored = self.get(Tree::Records, &keys::record(kind, id))?;
        let stored = stored.as_deref().and_then(typed::version);
        if stored == Some(version) { Ok(()) } else { Err(CommitError::Stale { kind, id, stored }) }
    }

    fn once(&mut self, key: String, id: Uuid) -> Result<(), CommitError> {
        let seen = self.once.iter().any(|(other, _)| *other == key);
        if seen || self.get(Tree::Meta, &keys::once(&key))?.is_some() {
            return Err(CommitError::Repeated { key });
        }
        self.once.push((key, id));
        Ok(())
    }

    fn add(&mut self, counter: &str, amount: i64) -> Result<(), CommitError> {
        let number = self.held(counter)?.saturating_add_signed(amount);
        self.view.own.put(Tree::Meta, keys::counter(counter), number.to_be_bytes());
        Ok(())
    }

    /// What a counter holds now.
    fn held(&self, counter: &str) -> Result<u64, CommitError> {
        let value = self.get(Tree::Meta, &keys::counter(counter))?;
        Ok(value.as_deref().and_then(keys::number).unwrap_or(0))
    }

    /// The first number of each take.
    fn take(&mut self, takes: &[(String, u64)]) -> Result<Vec<u64>, CommitError> {
        let mut first = Vec::with_capacity(takes.len());
        for (name, amount) in takes {
            let taken = self.held(name)?;
            self.view.own.put(Tree::Meta, keys::counter(name), (taken + amount).to_be_bytes());
            first.push(taken + 1);
        }
        Ok(first)
    }

    /// What depends on these numbers.
    fn build(&self, numbers: &[u64], build: crate::write::Build) -> Result<Vec<Operation>, CommitError> {
        let mut built = Write::new(self.at, self.by.clone(), &self.request);
        catch_unwind(AssertUnwindSafe(|| build(numbers, &mut built))).map_err(|panic| {
            let text = format!("what depends on numbers could not be built: {}", panic_text(panic.as_ref()));
            storage(EngineError(text.into()))
        })?;
        match built.failure {
            Some(failure) => Err(failure),
            None => Ok(built.operations),
        }
    }

    /// First what is given up, then what is taken: a unique value may change hands within a write.
    fn write_indexes(&mut self) -> Result<(), CommitError> {
        let records = std::mem::take(&mut self.records);
        for record in &records {
            for entry in &record.before {
                // A record may hold a unique value for another one: whose it is changes with it.
                let stays = |other: &IndexEntry| {
                    other.key == entry.key && (!entry.unique || other.value == entry.value)
                };
                if !record.after.iter().any(stays) {
                    self.view.own.delete(Tree::Index, entry.key.clone());
                }
            }
        }
        for record in records {
            for entry in record.after {
                if !record.before.contains(&entry) {
                    self.put_index(record.kind, record.id, entry)?;
                }
            }
        }
        Ok(())
    }

    fn put_index(&mut self, kind: Kind, id: Uuid, entry: IndexEntry) -> Result<(), CommitError> {
        let (bytes, limit) = (entry.key.len(), KEY_BYTES_MAX);
        if bytes > limit {
            return Err(CommitError::TooBig { kind, id, bytes, limit });
        }
        let (bytes, limit) = (entry.value.len(), VALUE_BYTES_MAX);
        if bytes > limit {
            return Err(CommitError::TooBig { kind, id, bytes, limit });
        }
        if entry.unique
            && let Some(holder) = self.get(Tree::Index, &entry.key)?
            && holder != entry.value
        {
            let by = Uuid::from_slice(&holder).unwrap_or_default();
            return Err(CommitError::Taken { key: entry.key, by });
        }
        self.view.own.put(Tree::Index, entry.key, entry.value);
        Ok(())
    }

    fn get(&self, tree: Tree, key: &[u8]) -> Result<Option<Vec<u8>>, CommitError> {
        self.view.get(tree, key).map_err(storage)
    }
}

/// Whether the caller's record is the stored one. Bytes from an older Tracte may lack newer fields.
fn is_same(kind: Kind, stored: &[u8], expected: &[u8]) -> bool {
    stored == expected
        || typed::derive(kind, stored)
            .is_ok_and(|derived| json::to_vec(&derived.value).is_ok_and(|bytes| bytes == expected))
}

fn storage(error: EngineError) -> CommitError {
    CommitError::Storage(error)
}
