//! The lines of an export: what `export` writes and `import` reads.
//!
//! A header, then records, changes, counters and idempotency keys in that order, then a closing line.
//! Records are copied while others write; the changes after the header's head bring them to the closing line's.

use model::json::Value;
use model::serde::{Deserialize, Serialize};
use model::uuid::Uuid;
use model::{Change, Kind};

/// A change of 8 KB is the longest line; escapes in JSON are already counted in it.
pub(crate) const LINE_BYTES_MAX: usize = 16 * 1024;

/// What the header's first field says.
pub(crate) const TITLE: &str = "store";

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(crate = "model::serde", rename_all = "snake_case")]
pub(crate) enum Line {
    Tracte(Header),
    Record(RecordLine),
    Change(Box<Change>),
    Counter(CounterLine),
    Once(OnceLine),
    End(End),
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(crate = "model::serde")]
pub(crate) struct Header {
    pub(crate) content: String,
    pub(crate) format: u64,
    /// Changes up to this one are in the records that follow; later ones may be.
    pub(crate) head: u64,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(crate = "model::serde")]
pub(crate) struct RecordLine {
    pub(crate) kind: Kind,
    pub(crate) value: Value,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(crate = "model::serde")]
pub(crate) struct CounterLine {
    pub(crate) name: String,
    pub(crate) taken: u64,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(crate = "model::serde")]
pub(crate) struct OnceLine {
    pub(crate) key: String,
    pub(crate) id: Uuid,
    pub(crate) seq: u64,
}

/// The lines of each section: how many, and the CRC-32 of their bytes with line ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(crate = "model::serde")]
pub(crate) struct Section {
    pub(crate) lines: u64,
    pub(crate) crc32: u32,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(crate = "model::serde")]
pub(crate) struct Sections {
    pub(crate) records: Section,
    pub(crate) changes: Section,
    pub(crate) counters: Section,
    pub(crate) once: Section,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(crate = "model::serde")]
pub(crate) struct End {
    /// The last change, and the state that the whole adds up to.
    pub(crate) head: u64,
    #[serde(flatten)]
    pub(crate) sections: Sections,
}

/// Counts lines as they go by.
#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) records: Running,
    pub(crate) changes: Running,
    pub(crate) counters: Running,
    pub(crate) once: Running,
}

#[derive(Default)]
pub(crate) struct Running {
    lines: u64,
    crc32: crc32fast::Hasher,
}

impl Running {
    fn add(&mut self, line: &[u8]) {
        self.lines += 1;
        self.crc32.update(line);
    }

    fn section(&self) -> Section {
        Section { lines: self.lines, crc32: self.crc32.clone().finalize() }
    }
}

impl Tally {
    /// The line's bytes with its line end.
    pub(crate) fn add(&mut self, line: &Line, bytes: &[u8]) {
        match line {
            Line::Record(_) => self.records.add(bytes),
            Line::Change(_) => self.changes.add(bytes),
            Line::Counter(_) => self.counters.add(bytes),
            Line::Once(_) => self.once.add(bytes),
            Line::Tracte(_) | Line::End(_) => {}
        }
    }

    pub(crate) fn sections(&self) -> Sections {
        Sections {
            records: self.records.section(),
            changes: self.changes.section(),
            counters: self.counters.section(),
            once: self.once.section(),
        }
    }
}
