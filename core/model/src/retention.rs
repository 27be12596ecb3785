//! How long data about people is kept: periods by entity and state, and the runs that erase or delete what is older.

use crate::codes::coded;
use crate::record::meta_field;
use crate::{IndexEntry, Kind, Meta, Record, UserId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Ten years: no law asks for longer, and none of these records is an invoice.
pub const RETENTION_MONTHS_MAX: u16 = 120;

coded! {
    /// Which records a period is about. What counts is the last thing that happened to one, notes and the like included.
    Retained {
        /// Leads that were discarded.
        DiscardedLeads = "discarded_leads",
        /// Leads that became clients: what they became stays.
        ConvertedLeads = "converted_leads",
        /// Leads that are still open, but nobody does anything about.
        QuietLeads = "quiet_leads",
        /// Contacts.
        Contacts = "contacts",
        /// Companies that never became clients, partners or suppliers.
        Prospects = "prospects",
    }
}

coded! {
    /// What is done with them.
    RetentionDeed {
        /// Names and texts go, figures stay; the journal is cleaned too.
        Erase = "erase",
        /// The record goes; the journal keeps what it was.
        Delete = "delete",
    }
}

coded! {
    /// Where a run stands.
    RetentionState {
        Running = "running",
        Done = "done",
        /// Stopped in the middle; what was done stays done.
        Cancelled = "cancelled",
        /// Whoever began it may not go on.
        Failed = "failed",
    }
}

impl Retained {
    pub fn entity(self) -> Kind {
        match self {
            Retained::DiscardedLeads | Retained::ConvertedLeads | Retained::QuietLeads => Kind::Lead,
            Retained::Contacts => Kind::Contact,
            Retained::Prospects => Kind::Company,
        }
    }
}

/// One period.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RetentionRule {
    pub what: Retained,
    /// 1 to [`RETENTION_MONTHS_MAX`] since the last thing that happened.
    pub months: u16,
    pub deed: RetentionDeed,
}

/// The periods of the company. There is one such record, with the nil id; without it nothing ever goes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Retention {
    pub meta: Meta,
    /// At most one of each sort.
    pub rules: Vec<RetentionRule>,
    /// Whether it is done every night.
    pub nightly: bool,
}

impl Record for Retention {
    const KIND: Kind = Kind::Retention;

    meta_field!();
}

/// How many records a run has come to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct RetentionCounts {
    pub erased: u64,
    pub deleted: u64,
    /// Something still belongs to them, or they are too much for one transaction.
    pub kept: u64,
}

impl RetentionCounts {
    pub fn done(self) -> u64 {
        self.erased + self.deleted + self.kept
    }
}

/// One run over everything, by somebody's order or at night.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RetentionRun {
    pub meta: Meta,
    /// Who ordered it; absent for that of the night.
    pub owner: Option<UserId>,
    /// As they were when it began.
    pub rules: Vec<RetentionRule>,
    pub state: RetentionState,
    /// As many as the preview counted: for the bar.
    pub expected: u64,
    pub counts: RetentionCounts,
    /// Which rule it is at, and after which entry of its list: where it goes on.
    pub rule: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finished_at: Option<Timestamp>,
}

impl RetentionRun {
    /// The group of those that are not at their end.
    pub const WORKING: Uuid = Uuid::max();
}

impl Record for RetentionRun {
    const KIND: Kind = Kind::RetentionRun;

    meta_field!();

    fn indexes(&self) -> Vec<IndexEntry> {
        let id = self.meta.id;
        let mut entries = vec![IndexEntry::member(Kind::RetentionRun, Uuid::nil(), id)];
        if self.state == RetentionState::Running {
            entries.push(IndexEntry::member(Kind::RetentionRun, RetentionRun::WORKING, id));
        }
        entries
    }
}
