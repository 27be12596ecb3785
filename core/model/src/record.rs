//! What every record has: identity, version, who and when; and how it is indexed.

use crate::{ApiKeyId, ImportId, IndexEntry, UserId};
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

/// A journal entry holds a record and the former values of what changed, and must stay under the store's 8 KB.
pub const RECORD_BYTES_MAX: usize = 3_900;

/// The entities. The number is part of every storage key and never changes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Settings,
    User,
    Team,
    Session,
    ApiKey,
    Lead,
    Activity,
    Import,
    Plugin,
    ImportProblems,
}

impl Kind {
    pub const ALL: [Kind; 10] = [
        Kind::Settings,
        Kind::User,
        Kind::Team,
        Kind::Session,
        Kind::ApiKey,
        Kind::Lead,
        Kind::Activity,
        Kind::Import,
        Kind::Plugin,
        Kind::ImportProblems,
    ];

    /// The byte that begins this entity's storage keys.
    pub fn tag(self) -> u8 {
        match self {
            Kind::Settings => 1,
            Kind::User => 2,
            Kind::Team => 3,
            Kind::Session => 4,
            Kind::ApiKey => 5,
            Kind::Lead => 6,
            Kind::Activity => 7,
            Kind::Import => 8,
            Kind::Plugin => 9,
            Kind::ImportProblems => 10,
        }
    }

    pub fn from_tag(tag: u8) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.tag() == tag)
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Settings => "settings",
            Kind::User => "user",
            Kind::Team => "team",
            Kind::Session => "session",
            Kind::ApiKey => "api_key",
            Kind::Lead => "lead",
            Kind::Activity => "activity",
            Kind::Import => "import",
            Kind::Plugin => "plugin",
            Kind::ImportProblems => "import_problems",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Kind {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Kind::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or(())
    }
}

/// Which way a change came in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Via {
    Page,
    Api(ApiKeyId),
    Import(ImportId),
    System,
}

/// Who made a change, and which way.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Actor {
    /// Absent for what the system does by itself.
    pub user: Option<UserId>,
    pub via: Via,
}

impl Actor {
    pub const SYSTEM: Actor = Actor { user: None, via: Via::System };
}

/// The part that every record has.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Meta {
    pub id: Uuid,
    /// 1 when created, +1 with each change; the store sets it.
    pub version: u64,
    pub created_at: Timestamp,
    pub created_by: Actor,
    pub updated_at: Timestamp,
    pub updated_by: Actor,
}

impl Meta {
    /// For a record about to be created.
    pub fn new(id: Uuid, at: Timestamp, by: Actor) -> Meta {
        Meta { id, version: 1, created_at: at, created_by: by.clone(), updated_at: at, updated_by: by }
    }
}

/// A stored record. Pure: what is derived from it depends on nothing else, so that `verify` can derive it again.
pub trait Record: Clone + PartialEq + Serialize + DeserializeOwned {
    const KIND: Kind;
    /// Whether changes go into the journal. Sessions do not: they are no fact of the business.
    const JOURNALED: bool = true;

    fn meta(&self) -> &Meta;
    fn meta_mut(&mut self) -> &mut Meta;

    /// Entries of the `idx` tree derived from this record.
    fn indexes(&self) -> Vec<IndexEntry> {
        Vec::new()
    }

    /// The records on whose timeline a change of this one appears.
    fn about(&self) -> Vec<Uuid> {
        vec![self.meta().id]
    }
}

/// The two ways to the part that every record has, where it is the field `meta`.
macro_rules! meta_field {
    () => {
        fn meta(&self) -> &$crate::Meta {
            &self.meta
        }

        fn meta_mut(&mut self) -> &mut $crate::Meta {
            &mut self.meta
        }
    };
}
pub(crate) use meta_field;
