//! What is done about a record. Notes for now; calls, tasks and visits come with their issue.

use crate::record::meta_field;
use crate::{IndexEntry, Kind, Meta, Record};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// 1,500 characters of two bytes each stay under the 3,900 bytes of a record.
pub const NOTE_CHARACTERS_MAX: usize = 1_500;

/// What kind of activity it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActivityKind {
    Note,
}

/// A note about a record.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Activity {
    pub meta: Meta,
    pub kind: ActivityKind,
    pub about_kind: Kind,
    pub about: Uuid,
    pub text: String,
}

impl Record for Activity {
    const KIND: Kind = Kind::Activity;

    meta_field!();

    fn indexes(&self) -> Vec<IndexEntry> {
        vec![IndexEntry::member(Kind::Activity, self.about, self.meta.id)]
    }

    fn about(&self) -> Vec<Uuid> {
        vec![self.meta.id, self.about]
    }
}
