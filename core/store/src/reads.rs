//! Reading: records, lists, counters, the journal.

use crate::engine::{Direction, Entry, SCAN_ENTRIES_MAX, Scan, Tree};
use crate::error::ReadError;
use crate::keys;
use crate::open::Store;
use model::json;
use model::uuid::Uuid;
use model::{Change, IndexKey, Record};

/// What one reading of the journal gives back at most: with changes of 8 KB, 8 MB.
pub const JOURNAL_PAGE_MAX: usize = 1_000;

/// What one reading of a group gives back at most.
pub const MEMBERS_MAX: usize = 1_000;

/// How big the store is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Size {
    /// In files. The engine uses space again but never gives it back; export and import do.
    pub disk_bytes: u64,
    /// Changes in the journal.
    pub changes: u64,
}

/// Takes a record and its key in the index, and says whether to go on.
pub type TakeMember<'a, R, E> = dyn FnMut(&[u8], R) -> Result<bool, E> + 'a;

impl Store {
    pub fn get<R: Record>(&self, id: Uuid) -> Result<Option<R>, ReadError> {
        let Some(bytes) = self.shared.engine.get(Tree::Records, &keys::record(R::KIND, id))? else {
            return Ok(None);
        };
        json::from_slice(&bytes).map(Some).map_err(|error| damaged(format!("{} {id}: {error}", R::KIND)))
    }

    /// The record that holds a unique value; the key is from [`IndexKey::unique`].
    pub fn find(&self, unique_key: &[u8]) -> Result<Option<Uuid>, ReadError> {
        let Some(value) = self.shared.engine.get(Tree::Index, unique_key)? else { return Ok(None) };
        let id = Uuid::from_slice(&value);
        id.map(Some).map_err(|_| damaged("an entry of a unique index holds no id".to_owned()))
    }

    /// A page of index entries, at most [`SCAN_ENTRIES_MAX`].
    pub fn scan(&self, scan: &Scan) -> Result<Vec<Entry>, ReadError> {
        Ok(self.shared.engine.scan(Tree::Index, scan)?)
    }

    /// The records of a group, in the order of their ids, at most [`MEMBERS_MAX`].
    pub fn members<R: Record>(&self, group: Uuid, limit: usize) -> Result<Vec<R>, ReadError> {
        self.members_in(group, limit, Direction::Forward)
    }

    /// The same from the other end: ids begin with the time, so these are the newest, newest first.
    pub fn newest_members<R: Record>(&self, group: Uuid, limit: usize) -> Result<Vec<R>, ReadError> {
        self.members_in(group, limit, Direction::Backward)
    }

    /// Shows the records of a group with their keys in the index, from one end and behind a key, until `take` says `false`;
    /// so many are read at a time, so that a group may have any number.
    pub fn each_member<R: Record, E: From<ReadError>>(
        &self,
        group: Uuid,
        from: (Direction, Option<Vec<u8>>),
        at_once: usize,
        take: &mut TakeMember<'_, R, E>,
    ) -> Result<(), E> {
        let prefix = IndexKey::members(R::KIND, group).bytes();
        let (direction, mut after) = from;
        // A page that is shorter than what was asked for is the last one.
        let at_once = at_once.clamp(1, SCAN_ENTRIES_MAX);
        loop {
            let scan = Scan { prefix: prefix.clone(), after, direction, limit: at_once };
            let entries = self.scan(&scan)?;
            for entry in &entries {
                let Some(id) = IndexKey::record_at_end(&entry.key) else { continue };
                // Gone between the two reads: it is no member any more.
                let Some(record) = self.get::<R>(id)? else { continue };
                if !take(&entry.key, record)? {
                    return Ok(());
                }
            }
            if entries.len() < at_once {
                return Ok(());
            }
            after = entries.last().map(|entry| entry.key.clone());
        }
    }

    fn members_in<R: Record>(
        &self,
        group: Uuid,
        limit: usize,
        direction: Direction,
    ) -> Result<Vec<R>, ReadError> {
        let prefix = IndexKey::members(R::KIND, group).bytes();
        let scan = Scan { prefix, after: None, direction, limit: limit.min(MEMBERS_MAX) };
        let mut records = Vec::new();
        for entry in self.scan(&scan)? {
            let id = IndexKey::record_at_end(&entry.key)
                .ok_or_else(|| damaged("a member without id".to_owned()))?;
            // Gone between the two reads: it is no member any more.
            records.extend(self.get::<R>(id)?);
        }
        Ok(records)
    }

    /// Records of one entity in the order of their ids, after a given one; at most [`MEMBERS_MAX`].
    /// For work that goes through all of them; lists have indexes.
    pub fn records<R: Record>(&self, after: Option<Uuid>, limit: usize) -> Result<Vec<R>, ReadError> {
        let scan = Scan {
            prefix: vec![R::KIND.tag()],
            after: after.map(|id| keys::record(R::KIND, id)),
            limit: limit.min(MEMBERS_MAX),
            ..Scan::default()
        };
        let page = self.shared.engine.scan(Tree::Records, &scan)?;
        page.iter()
            .map(|entry| {
                json::from_slice(&entry.value).map_err(|error| damaged(format!("a {}: {error}", R::KIND)))
            })
            .collect()
    }

    /// Shows every record of an entity in the order of ids until `take` says `false`; a page of them is held at a time.
    pub fn each_record<R: Record, E: From<ReadError>>(
        &self,
        take: &mut dyn FnMut(R) -> Result<bool, E>,
    ) -> Result<(), E> {
        let mut after = None;
        loop {
            let page = self.records::<R>(after, MEMBERS_MAX)?;
            let is_last = page.len() < MEMBERS_MAX;
            after = page.last().map(|record| record.meta().id);
            for record in page {
                if !take(record)? {
                    return Ok(());
                }
            }
            if is_last {
                return Ok(());
            }
        }
    }

    /// The last number taken of a counter; 0 when none was.
    pub fn counter(&self, name: &str) -> Result<u64, ReadError> {
        let value = self.shared.engine.get(Tree::Meta, &keys::counter(name))?;
        Ok(value.as_deref().and_then(keys::number).unwrap_or(0))
    }

    /// The record made under an idempotency key.
    pub fn once(&self, key: &str) -> Result<Option<Uuid>, ReadError> {
        let value = self.shared.engine.get(Tree::Meta, &keys::once(key))?;
        Ok(value.as_deref().and_then(keys::once_parts).map(|(id, _)| id))
    }

    /// Changes after a sequence number, oldest first, up to the durable head; at most [`JOURNAL_PAGE_MAX`].
    pub fn journal(&self, after: u64, limit: usize) -> Result<Vec<Change>, ReadError> {
        let head = self.head();
        let left = usize::try_from(head.saturating_sub(after)).unwrap_or(usize::MAX);
        let scan = Scan {
            after: Some(after.to_be_bytes().to_vec()),
            limit: limit.min(JOURNAL_PAGE_MAX).min(left),
            ..Scan::default()
        };
        let page = self.shared.engine.scan(Tree::Journal, &scan)?;
        page.iter().map(|entry| decode_change(&entry.key, &entry.value)).collect()
    }

    /// Changes on a record's timeline, newest first, before a sequence number; at most [`JOURNAL_PAGE_MAX`].
    pub fn timeline(
        &self,
        record: Uuid,
        before: Option<u64>,
        limit: usize,
    ) -> Result<Vec<Change>, ReadError> {
        let durable = self.head() + 1;
        let before = before.map_or(durable, |before| before.min(durable));
        let scan = Scan {
            prefix: IndexKey::timeline(record).bytes(),
            after: Some(keys::timeline(record, before)),
            direction: crate::Direction::Backward,
            limit: limit.min(JOURNAL_PAGE_MAX),
        };
        let mut changes = Vec::new();
        for entry in self.scan(&scan)? {
            let seq = entry.key.get(entry.key.len().saturating_sub(8)..).unwrap_or_default();
            let value = self.shared.engine.get(Tree::Journal, seq)?;
            let value = value.ok_or_else(|| damaged(format!("the timeline of {record} has a hole")))?;
            changes.push(decode_change(seq, &value)?);
        }
        Ok(changes)
    }

    pub fn size(&self) -> Result<Size, ReadError> {
        Ok(Size { disk_bytes: self.shared.engine.disk_bytes()?, changes: self.head() })
    }
}

pub(crate) fn decode_change(key: &[u8], value: &[u8]) -> Result<Change, ReadError> {
    let seq = keys::number(key).unwrap_or(0);
    json::from_slice(value).map_err(|error| damaged(format!("change {seq}: {error}")))
}

pub(crate) fn damaged(what: String) -> ReadError {
    ReadError::Damaged { what }
}

const _: () = assert!(MEMBERS_MAX <= SCAN_ENTRIES_MAX && JOURNAL_PAGE_MAX <= SCAN_ENTRIES_MAX);
