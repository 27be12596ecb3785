//! Ids of records: UUID version 7 behind one newtype per entity.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

/// What all ids have in common.
pub trait Id: Copy + Ord + fmt::Display {
    fn uuid(self) -> Uuid;
}

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl Id for $name {
            fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )*};
}

id!(
    /// A potential client.
    LeadId,
    /// A note, call, task… about a record.
    ActivityId,
    /// Somebody who signs in.
    UserId,
    /// A group of users.
    TeamId,
    /// A signed-in browser.
    SessionId,
    /// A key another system calls the API with.
    ApiKeyId,
    /// A file being imported.
    ImportId,
    /// An installed plugin.
    PluginId,
    /// A list with a name.
    SavedViewId,
    /// A letter on its way.
    LetterId,
    /// One deed on many records.
    BulkJobId,
    /// Something that was sent by a web form and waits to be confirmed.
    FormSubmissionId,
);
