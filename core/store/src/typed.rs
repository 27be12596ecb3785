//! From stored bytes to what their entity says of them.

use model::json::{self, Value};
use model::{
    Activity, ApiKey, Import, ImportProblems, IndexEntry, Kind, Lead, Meta, Plugin, Record, Session,
    Settings, Team, User,
};

/// What is derived from a record.
pub(crate) struct Derived {
    pub(crate) meta: Meta,
    pub(crate) journaled: bool,
    pub(crate) indexes: Vec<IndexEntry>,
    /// As this version of Tracte writes it.
    pub(crate) value: Value,
}

pub(crate) fn derive(kind: Kind, bytes: &[u8]) -> Result<Derived, json::Error> {
    match kind {
        Kind::Settings => typed::<Settings>(bytes),
        Kind::User => typed::<User>(bytes),
        Kind::Team => typed::<Team>(bytes),
        Kind::Session => typed::<Session>(bytes),
        Kind::ApiKey => typed::<ApiKey>(bytes),
        Kind::Lead => typed::<Lead>(bytes),
        Kind::Activity => typed::<Activity>(bytes),
        Kind::Import => typed::<Import>(bytes),
        Kind::Plugin => typed::<Plugin>(bytes),
        Kind::ImportProblems => typed::<ImportProblems>(bytes),
    }
}

/// Whether changes of this entity go into the journal.
pub(crate) fn is_journaled(kind: Kind) -> bool {
    match kind {
        Kind::Settings => Settings::JOURNALED,
        Kind::User => User::JOURNALED,
        Kind::Team => Team::JOURNALED,
        Kind::Session => Session::JOURNALED,
        Kind::ApiKey => ApiKey::JOURNALED,
        Kind::Lead => Lead::JOURNALED,
        Kind::Activity => Activity::JOURNALED,
        Kind::Import => Import::JOURNALED,
        Kind::Plugin => Plugin::JOURNALED,
        Kind::ImportProblems => ImportProblems::JOURNALED,
    }
}

fn typed<R: Record>(bytes: &[u8]) -> Result<Derived, json::Error> {
    let record: R = json::from_slice(bytes)?;
    Ok(Derived {
        meta: record.meta().clone(),
        journaled: R::JOURNALED,
        indexes: record.indexes(),
        value: json::to_value(&record)?,
    })
}

/// The version of a stored record of any entity.
pub(crate) fn version(bytes: &[u8]) -> Option<u64> {
    #[derive(model::serde::Deserialize)]
    #[serde(crate = "model::serde")]
    struct Versioned {
        meta: Version,
    }
    #[derive(model::serde::Deserialize)]
    #[serde(crate = "model::serde")]
    struct Version {
        version: u64,
    }
    json::from_slice::<Versioned>(bytes).ok().map(|record| record.meta.version)
}
