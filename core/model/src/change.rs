//! What happened: journal entries, and those who read them.

use crate::{Actor, AnyRecord, Kind, Meta, Record, record_in};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::net::IpAddr;
use uuid::Uuid;

/// What was done to a record.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    Created,
    Updated,
    Deleted,
}

/// One journal entry: one record, one version.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Change {
    /// Gapless, from 1, in the order of commits.
    pub seq: u64,
    pub at: Timestamp,
    pub by: Actor,
    /// The request that caused it.
    pub request: String,
    /// The client's address, where a request caused it. Personal data: shown to administrators for a while, then
    /// forgotten.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<IpAddr>,
    pub kind: Kind,
    pub id: Uuid,
    /// The record's version after the change.
    pub version: u64,
    pub deed: Deed,
    /// Records on whose timeline it appears.
    pub about: Vec<Uuid>,
    /// Former values of the fields that changed (`null` where there was none); everything when deleted.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub before: Map<String, Value>,
    /// The whole record after the change; absent when deleted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Value>,
}

impl Change {
    /// The record after the change, if it is one of this entity.
    pub fn record<R: Record>(&self) -> Option<R> {
        if self.kind != R::KIND {
            return None;
        }
        self.after.as_ref().and_then(|value| R::deserialize(value).ok())
    }

    /// The names of the fields that differ, without the bookkeeping ones.
    pub fn changed_fields(&self) -> impl Iterator<Item = (&str, &Value, &Value)> {
        const NOTHING: &Value = &Value::Null;
        self.before.iter().map(move |(field, before)| {
            let after = self.after.as_ref().and_then(|record| record.get(field)).unwrap_or(NOTHING);
            (field.as_str(), before, after)
        })
    }
}

/// The record of a change, as of that change: what was deleted as it was last. Nothing of what is no entity of the business.
pub fn record_of(change: &Change) -> Option<Box<dyn AnyRecord>> {
    match &change.after {
        Some(after) => record_in(change.kind, after),
        None => {
            // What was deleted is kept without its bookkeeping.
            let meta = Meta::new(change.id, change.at, change.by.clone());
            let mut before = change.before.clone();
            before.insert("meta".to_owned(), serde_json::to_value(meta).ok()?);
            record_in(change.kind, &Value::Object(before))
        }
    }
}

/// What the record of a change is called, as of that change.
pub fn title_in(change: &Change) -> Option<String> {
    Some(record_of(change)?.name())
}

/// Why a projection could not take changes.
#[derive(Debug, thiserror::Error)]
#[error("{projection}: {message}")]
pub struct ProjectionError {
    pub projection: &'static str,
    pub message: String,
}

/// A reading of the journal that keeps its cursor inside its own commit.
pub trait Projection: Send {
    fn name(&self) -> &'static str;
    /// The sequence number of the last change taken and committed.
    fn cursor(&self) -> u64;
    /// Takes the changes after the cursor, in order, and commits them with the new cursor, all or nothing.
    fn apply(&mut self, changes: &[Change]) -> Result<(), ProjectionError>;
}
