//! The full check: every index entry, record and change agree.

use crate::engine::{Engine, Tree, for_each};
use crate::error::ReadError;
use crate::open::Store;
use crate::reads::decode_change;
use crate::stretches::{Span, Stretches};
use crate::{keys, typed};
use model::uuid::Uuid;
use model::{Change, Deed, Kind, space};
use std::collections::{BTreeMap, HashMap, HashSet};

/// More say nothing new, and a store that is thoroughly broken has millions.
const FAULTS_MAX: usize = 1_000;

/// What was looked at and what was found.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Report {
    pub records: u64,
    pub indexes: u64,
    pub changes: u64,
    /// At most 1,000 are kept.
    pub faults: Vec<Fault>,
}

/// Something that does not fit, in plain words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    pub message: String,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl Store {
    /// Checks everything. Writers wait meanwhile: some ten seconds for 200,000 leads.
    pub fn verify(&self) -> Result<Report, ReadError> {
        self.hold(check)?
    }
}

pub(crate) fn check(engine: &dyn Engine, head: u64) -> Result<Report, ReadError> {
    let mut check = Check {
        engine,
        report: Report::default(),
        last: HashMap::new(),
        timeline: 0,
        stretches: 0,
        entries: 0,
    };
    check.journal(head)?;
    check.records()?;
    check.indexes()?;
    Ok(check.report)
}

struct Check<'a> {
    engine: &'a dyn Engine,
    report: Report,
    /// The last change of each journaled record: sequence number, version, whether it deleted.
    last: HashMap<(Kind, Uuid), (u64, u64, Deed)>,
    /// Timeline entries that the journal asks for.
    timeline: u64,
    /// Entries of stretches that the journal asks for.
    stretches: u64,
    /// Other index entries that records ask for.
    entries: u64,
}

impl Check<'_> {
    fn fault(&mut self, message: String) {
        if self.report.faults.len() < FAULTS_MAX {
            self.report.faults.push(Fault { message });
        }
    }

    fn journal(&mut self, head: u64) -> Result<(), ReadError> {
        let engine = self.engine;
        let mut next = 1;
        let mut stretches = Stretches::default();
        for_each(engine, Tree::Journal, &[], |entry| {
            let seq = keys::number(&entry.key).unwrap_or(0);
            if seq != next {
                self.fault(format!("the journal goes from change {} to {seq}", next - 1));
            }
            next = seq + 1;
            self.report.changes += 1;
            match decode_change(&entry.key, &entry.value) {
                Ok(change) => {
                    let over = stretches.take(&change);
                    self.stretches(over)?;
                    self.change(seq, &change)
                }
                Err(error) => {
                    self.fault(error.to_string());
                    Ok(())
                }
            }
        })?;
        if next - 1 != head {
            self.fault(format!("the journal ends with change {}, its head says {head}", next - 1));
        }
        self.stretches(stretches.rest())
    }

    fn stretches(&mut self, spans: BTreeMap<Vec<u8>, Span>) -> Result<(), ReadError> {
        for (key, span) in spans {
            self.stretches += 1;
            if self.engine.get(Tree::Index, &key)?.as_deref().and_then(Span::from_bytes) != Some(span) {
                self.fault(format!("the journal's stretch {} is missing or different", show(&key)));
            }
        }
        Ok(())
    }

    fn change(&mut self, seq: u64, change: &Change) -> Result<(), ReadError> {
        let (kind, id) = (change.kind, change.id);
        if change.seq != seq {
            self.fault(format!("change {seq} calls itself {}", change.seq));
        }
        let last = self.last.insert((kind, id), (seq, change.version, change.deed));
        let fits = match (last, change.deed) {
            (None, Deed::Created) => change.version == 1,
            (Some((_, version, Deed::Deleted)), Deed::Created) => {
                change.version == 1 || change.version == version + 1
            }
            (Some((_, version, Deed::Created | Deed::Updated)), Deed::Updated | Deed::Deleted) => {
                change.version == version + 1
            }
            _ => false,
        };
        if !fits {
            self.fault(format!("change {seq} does not follow from the change of {kind} {id} before it"));
        }
        for about in change.about.iter().collect::<HashSet<_>>() {
            self.timeline += 1;
            if self.engine.get(Tree::Index, &keys::timeline(*about, seq))?.is_none() {
                self.fault(format!("change {seq} is missing on the timeline of {about}"));
            }
        }
        Ok(())
    }

    fn records(&mut self) -> Result<(), ReadError> {
        for_each(self.engine, Tree::Records, &[], |entry| {
            self.report.records += 1;
            match keys::record_parts(&entry.key) {
                Some((kind, id)) => self.record(kind, id, &entry.value),
                None => {
                    self.fault(format!("a record with the key {:?}", entry.key));
                    Ok(())
                }
            }
        })?;
        let gone: Vec<_> = self.last.drain().filter(|(_, (_, _, deed))| *deed != Deed::Deleted).collect();
        for ((kind, id), (seq, ..)) in gone {
            self.fault(format!("{kind} {id} is missing, though change {seq} says that it is there"));
        }
        Ok(())
    }

    fn record(&mut self, kind: Kind, id: Uuid, bytes: &[u8]) -> Result<(), ReadError> {
        let derived = match typed::derive(kind, bytes) {
            Ok(derived) => derived,
            Err(error) => {
                self.last.remove(&(kind, id));
                self.fault(format!("{kind} {id} cannot be read: {error}"));
                return Ok(());
            }
        };
        if derived.meta.id != id {
            self.fault(format!("{kind} {id} calls itself {}", derived.meta.id));
        }
        for entry in derived.indexes {
            self.entries += 1;
            if self.engine.get(Tree::Index, &entry.key)?.as_ref() != Some(&entry.value) {
                self.fault(format!("{kind} {id}: index entry {} is missing or different", show(&entry.key)));
            }
        }
        match self.last.remove(&(kind, id)) {
            Some((seq, version, deed)) => {
                self.against_journal(kind, id, bytes, (seq, version, deed), derived.meta.version)?;
            }
            None if derived.journaled => self.fault(format!("{kind} {id} is in no change of the journal")),
            None => {}
        }
        Ok(())
    }

    fn against_journal(
        &mut self,
        kind: Kind,
        id: Uuid,
        bytes: &[u8],
        (seq, version, deed): (u64, u64, Deed),
        stored_version: u64,
    ) -> Result<(), ReadError> {
        if deed == Deed::Deleted {
            self.fault(format!("{kind} {id} is there, though change {seq} deleted it"));
            return Ok(());
        }
        if version != stored_version {
            self.fault(format!("{kind} {id} has version {stored_version}, change {seq} says {version}"));
            return Ok(());
        }
        let key = seq.to_be_bytes();
        let change = self.engine.get(Tree::Journal, &key)?.unwrap_or_default();
        let after = decode_change(&key, &change).ok().and_then(|change| change.after);
        if after != model::json::from_slice(bytes).ok() {
            self.fault(format!("{kind} {id} is not what change {seq} made it"));
        }
        Ok(())
    }

    /// All that must be there was found above; so whatever is over the count is too much.
    fn indexes(&mut self) -> Result<(), ReadError> {
        let (mut timeline, mut stretches, mut entries) = (0, 0, 0);
        for_each::<ReadError>(self.engine, Tree::Index, &[], |entry| {
            match entry.key.first() {
                Some(&space::TIMELINE) => timeline += 1,
                Some(&space::STRETCH) => stretches += 1,
                _ => entries += 1,
            }
            Ok(())
        })?;
        self.report.indexes = timeline + stretches + entries;
        if stretches != self.stretches {
            self.fault(format!("{stretches} entries of stretches, the journal asks for {}", self.stretches));
        }
        if timeline != self.timeline {
            self.fault(format!("{timeline} timeline entries, the journal asks for {}", self.timeline));
        }
        if entries != self.entries {
            self.fault(format!("{entries} index entries, the records ask for {}", self.entries));
            self.strays()?;
        }
        Ok(())
    }

    /// Names the entries that no record asks for. Needs memory for all keys, so only when the count is wrong.
    fn strays(&mut self) -> Result<(), ReadError> {
        let mut asked = HashSet::new();
        for_each::<ReadError>(self.engine, Tree::Records, &[], |entry| {
            if let Some((kind, _)) = keys::record_parts(&entry.key)
                && let Ok(derived) = typed::derive(kind, &entry.value)
            {
                asked.extend(derived.indexes.into_iter().map(|entry| entry.key));
            }
            Ok(())
        })?;
        for_each(self.engine, Tree::Index, &[], |entry| {
            let of_journal = matches!(entry.key.first(), Some(&space::TIMELINE | &space::STRETCH));
            if !of_journal && !asked.contains(&entry.key) {
                self.fault(format!("index entry {} belongs to no record", show(&entry.key)));
            }
            Ok(())
        })
    }
}

fn show(key: &[u8]) -> String {
    key.escape_ascii().to_string()
}
