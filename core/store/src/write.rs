//! A write: a value that says what shall change and under which conditions.

use crate::error::CommitError;
use model::jiff::Timestamp;
use model::json::{self, Map, Value};
use model::uuid::Uuid;
use model::{Actor, Deed, IndexEntry, Kind, RECORD_BYTES_MAX, Record};
use std::collections::HashMap;
use std::net::IpAddr;

/// A write stays short: the longest are an import's portions. Everybody else waits for it.
pub const WRITE_OPS_MAX: usize = 1_000;
/// A whole configuration at once, which is all or nothing: everybody waits for it, some tenths of a second.
pub const WRITE_OPS_LONG_MAX: usize = 10_000;

/// What a commit gives back.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Committed {
    /// The end of the journal after this write.
    pub seq: u64,
}

/// Adds what depends on numbers that are taken inside the writer. Pure and short; everybody waits for it.
pub type Build = Box<dyn FnOnce(&[u64], &mut Write) + Send>;

/// Everything in it is done, or nothing.
pub struct Write {
    pub(crate) at: Timestamp,
    pub(crate) by: Actor,
    pub(crate) request: String,
    pub(crate) address: Option<IpAddr>,
    pub(crate) operations: Vec<Operation>,
    pub(crate) operations_max: usize,
    /// Where what is added to a counter stands among the operations, until counters are taken or looked at.
    tallies: HashMap<String, usize>,
    /// What made it impossible already while it was put together.
    pub(crate) failure: Option<CommitError>,
}

pub(crate) enum Operation {
    Record(Box<RecordOperation>),
    Assert { kind: Kind, id: Uuid, version: u64 },
    Once { key: String, id: Uuid },
    Take { takes: Vec<(String, u64)>, build: Build },
    Add { counter: String, amount: i64 },
    Look { counters: Vec<String>, build: Build },
}

/// One record from one version to the next, with all that follows from it.
pub(crate) struct RecordOperation {
    pub(crate) kind: Kind,
    pub(crate) id: Uuid,
    /// The version and the bytes that must be stored; `None`: the record must be absent.
    pub(crate) expected: Option<(u64, Vec<u8>)>,
    /// The new bytes; `None` deletes.
    pub(crate) bytes: Option<Vec<u8>>,
    pub(crate) indexes_before: Vec<IndexEntry>,
    pub(crate) indexes_after: Vec<IndexEntry>,
    /// `None` for entities that are not journaled.
    pub(crate) entry: Option<JournalEntry>,
}

/// A `Change` without what the writer knows: its sequence number; and who, when and why.
pub(crate) struct JournalEntry {
    pub(crate) version: u64,
    pub(crate) deed: Deed,
    pub(crate) about: Vec<Uuid>,
    pub(crate) before: Map<String, Value>,
    pub(crate) after: Option<Value>,
}

impl Write {
    pub fn new(at: Timestamp, by: Actor, request: &str) -> Write {
        Write {
            at,
            by,
            request: request.to_owned(),
            address: None,
            operations: Vec::new(),
            operations_max: WRITE_OPS_MAX,
            tallies: HashMap::new(),
            failure: None,
        }
    }

    /// The same with room for what cannot be done in portions: a whole configuration.
    #[must_use]
    pub fn long(mut self) -> Write {
        self.operations_max = WRITE_OPS_LONG_MAX;
        self
    }

    /// The address of the client whose request it is.
    #[must_use]
    pub fn from_address(mut self, address: Option<IpAddr>) -> Write {
        self.address = address;
        self
    }

    /// The record must not be there yet. Its version becomes 1.
    pub fn create<R: Record>(&mut self, record: R) {
        self.create_at(record, 1);
    }

    /// One that was deleted is there again. Its versions go on from the one that deleted it, so that nothing that was read
    /// before fits by chance.
    pub fn create_again<R: Record>(&mut self, record: R, deleted_at_version: u64) {
        self.create_at(record, deleted_at_version + 1);
    }

    fn create_at<R: Record>(&mut self, mut record: R, version: u64) {
        record.meta_mut().version = version;
        let Some((value, bytes)) = self.encode(&record) else { return };
        let entry = R::JOURNALED.then(|| JournalEntry {
            version,
            deed: Deed::Created,
            about: record.about(),
            before: Map::new(),
            after: Some(value),
        });
        self.push(RecordOperation {
            kind: R::KIND,
            id: record.meta().id,
            expected: None,
            bytes: Some(bytes),
            indexes_before: Vec::new(),
            indexes_after: record.indexes(),
            entry,
        });
    }

    /// The record must be as it was read: `before`. Of `after`, id and making stay those of `before`,
    /// the version becomes one more, and time and author those of this write.
    /// When nothing but bookkeeping differs, nothing is written and the version stays.
    pub fn update<R: Record>(&mut self, before: &R, after: R) {
        self.update_on(before, after, &[]);
    }

    /// The same; the change appears on these timelines, too.
    pub fn update_on<R: Record>(&mut self, before: &R, after: R, also_about: &[Uuid]) {
        let after = self.next(before, after);
        let old = before.meta();
        let version = after.meta().version;
        let Some((value_before, bytes_before)) = self.encode(before) else { return };
        let Some((value, bytes)) = self.encode(&after) else { return };
        let former = differences(&value_before, &value);
        if former.is_empty() {
            self.assert_version(before);
            return;
        }
        let mut about = after.about();
        for id in before.about().into_iter().chain(also_about.iter().copied()) {
            if !about.contains(&id) {
                about.push(id);
            }
        }
        let entry = R::JOURNALED.then(|| JournalEntry {
            version,
            deed: Deed::Updated,
            about,
            before: former,
            after: Some(value),
        });
        self.push(RecordOperation {
            kind: R::KIND,
            id: old.id,
            expected: Some((old.version, bytes_before)),
            bytes: Some(bytes),
            indexes_before: before.indexes(),
            indexes_after: after.indexes(),
            entry,
        });
    }

    /// What is stored once [`Write::update`] with these two is done, where more than bookkeeping differs. For whoever
    /// prepares the write after it while it is under way.
    pub fn next<R: Record>(&self, before: &R, mut after: R) -> R {
        let old = before.meta();
        let meta = after.meta_mut();
        meta.id = old.id;
        meta.created_at = old.created_at;
        meta.created_by = old.created_by.clone();
        meta.version = old.version + 1;
        meta.updated_at = self.at;
        meta.updated_by = self.by.clone();
        after
    }

    /// The record must be as it was read.
    pub fn delete<R: Record>(&mut self, before: &R) {
        let old = before.meta();
        let Some((value, bytes)) = self.encode(before) else { return };
        let entry = R::JOURNALED.then(|| JournalEntry {
            version: old.version + 1,
            deed: Deed::Deleted,
            about: before.about(),
            before: differences(&value, &Value::Null),
            after: None,
        });
        self.push(RecordOperation {
            kind: R::KIND,
            id: old.id,
            expected: Some((old.version, bytes)),
            bytes: None,
            indexes_before: before.indexes(),
            indexes_after: Vec::new(),
            entry,
        });
    }

    /// Whether a record of this kind is written; not of those that are made in the writer out of counters.
    pub fn is_about(&self, kind: Kind) -> bool {
        self.operations
            .iter()
            .any(|operation| matches!(operation, Operation::Record(record) if record.kind == kind))
    }

    /// What it makes of the records of an entity, as they were and as they will be; without those that are made in the
    /// writer out of counters.
    pub fn changes_of<R: Record>(&self) -> Vec<(Option<R>, Option<R>)> {
        let read = |bytes: &Vec<u8>| json::from_slice::<R>(bytes).ok();
        let both = |operation: &Operation| match operation {
            Operation::Record(record) if record.kind == R::KIND => {
                let before = record.expected.as_ref().and_then(|(_, bytes)| read(bytes));
                Some((before, record.bytes.as_ref().and_then(read)))
            }
            _ => None,
        };
        self.operations.iter().filter_map(both).collect()
    }

    /// Whether this very record is written.
    pub fn is_of(&self, kind: Kind, id: Uuid) -> bool {
        let is_it = |operation: &Operation| matches!(operation, Operation::Record(record) if record.kind == kind && record.id == id);
        self.operations.iter().any(is_it)
    }

    /// The rest is done only if the record still has this version.
    pub fn assert_version<R: Record>(&mut self, record: &R) {
        let meta = record.meta();
        self.operations.push(Operation::Assert { kind: R::KIND, id: meta.id, version: meta.version });
    }

    /// Takes numbers of counters inside the writer, in the order of commits. `build` gets the first number of
    /// each take, and adds what depends on them; it must be pure and short, and has no access to the store.
    /// A new counter begins at 1. Numbers of a write that is refused are not used up.
    pub fn take_numbers(&mut self, takes: Vec<(String, u64)>, build: Build) {
        self.tallies.clear();
        self.operations.push(Operation::Take { takes, build });
    }

    /// Looks at counters inside the writer without changing them: `build` gets what each holds at that moment, also what
    /// this very write added before, and adds what follows. As with [`Write::take_numbers`], it must be pure and short.
    pub fn look_at_counters(&mut self, counters: Vec<String>, build: Build) {
        self.tallies.clear();
        self.operations.push(Operation::Look { counters, build });
    }

    /// Adds to a counter, or takes away from it; below zero it stays at zero.
    pub fn add_to_counter(&mut self, counter: &str, amount: i64) {
        self.operations.push(Operation::Add { counter: counter.to_owned(), amount });
    }

    /// The same for a tally that follows records: all that is added to it, or taken away, is one operation.
    pub fn add_to_tally(&mut self, counter: &str, amount: i64) {
        let known = self.tallies.get(counter).and_then(|place| self.operations.get_mut(*place));
        if let Some(Operation::Add { amount: sum, .. }) = known {
            *sum = sum.saturating_add(amount);
            return;
        }
        self.tallies.insert(counter.to_owned(), self.operations.len());
        self.operations.push(Operation::Add { counter: counter.to_owned(), amount });
    }

    /// An idempotency key: a second write with this key is refused. [`crate::Store::once`] gives the id back.
    pub fn put_once(&mut self, key: &str, id: Uuid) {
        self.operations.push(Operation::Once { key: key.to_owned(), id });
    }

    /// How many operations it holds so far; the writer adds those that depend on numbers.
    pub fn operations(&self) -> usize {
        self.operations.len()
    }

    pub fn is_empty(&self) -> bool {
        self.operations.is_empty() && self.failure.is_none()
    }

    fn push(&mut self, operation: RecordOperation) {
        self.operations.push(Operation::Record(Box::new(operation)));
    }

    fn encode<R: Record>(&mut self, record: &R) -> Option<(Value, Vec<u8>)> {
        let (kind, id) = (R::KIND, record.meta().id);
        let encoded = json::to_value(record).and_then(|value| {
            let bytes = json::to_vec(&value)?;
            Ok((value, bytes))
        });
        match encoded {
            Ok((_, bytes)) if bytes.len() > RECORD_BYTES_MAX => {
                let (bytes, limit) = (bytes.len(), RECORD_BYTES_MAX);
                self.fail(CommitError::TooBig { kind, id, bytes, limit });
                None
            }
            Ok(encoded) => Some(encoded),
            Err(error) => {
                self.fail(CommitError::Storage(crate::engine::EngineError(Box::new(error))));
                None
            }
        }
    }

    fn fail(&mut self, failure: CommitError) {
        self.failure.get_or_insert(failure);
    }
}

/// The field that every record has and that changes with each write: no news.
const BOOKKEEPING: &str = "meta";

/// Former values of the top-level fields that differ.
fn differences(before: &Value, after: &Value) -> Map<String, Value> {
    let nothing = Map::new();
    let before = before.as_object().unwrap_or(&nothing);
    let after = after.as_object().unwrap_or(&nothing);
    let mut former = Map::new();
    for (field, value) in before {
        if field != BOOKKEEPING && after.get(field) != Some(value) {
            former.insert(field.clone(), value.clone());
        }
    }
    for field in after.keys() {
        if field != BOOKKEEPING && !before.contains_key(field) {
            former.insert(field.clone(), Value::Null);
        }
    }
    former
}
