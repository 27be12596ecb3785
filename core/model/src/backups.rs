//! That a backup was ordered by somebody at work, and cancelled: for the audit log. What came of it stands beside the backups.

use crate::record::meta_field;
use crate::{IndexEntry, Kind, Meta, Record};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// One order.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct BackupOrder {
    pub meta: Meta,
    /// What the folder of the backup is called.
    pub name: String,
    pub ordered_at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cancelled_at: Option<Timestamp>,
}

impl Record for BackupOrder {
    const KIND: Kind = Kind::BackupOrder;

    meta_field!();

    fn indexes(&self) -> Vec<IndexEntry> {
        vec![IndexEntry::member(Kind::BackupOrder, Uuid::nil(), self.meta.id)]
    }
}
