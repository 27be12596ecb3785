//! A small journal to feed the projector with.

use crate::{Query, Search};
use model::jiff::Timestamp;
use model::json::{self, Map, Value};
use model::uuid::Uuid;
use model::{
    Activity, ActivityKind, Actor, Change, Deed, Kind, Lead, Meta, Projection, Record, Scope, TeamId, UserId,
};
use std::path::Path;

pub(super) const MARTA: UserId = UserId(Uuid::from_u128(0xa1));
pub(super) const PERE: UserId = UserId(Uuid::from_u128(0xa2));
pub(super) const NORTH: TeamId = TeamId(Uuid::from_u128(0xb1));
pub(super) const SOUTH: TeamId = TeamId(Uuid::from_u128(0xb2));

/// Changes as the store would write them.
#[derive(Default)]
pub(super) struct Journal {
    pub(super) changes: Vec<Change>,
}

impl Journal {
    pub(super) fn put<R: Record>(&mut self, record: &R, before: Option<&R>) {
        let after = json::to_value(record).unwrap();
        let deed = if before.is_none() { Deed::Created } else { Deed::Updated };
        let before = before.map_or_else(Map::new, |before| {
            let Value::Object(mut fields) = json::to_value(before).unwrap() else { panic!() };
            fields.retain(|field, value| after.get(field) != Some(value));
            fields
        });
        self.push::<R>(record.meta().id, deed, before, Some(after));
    }

    pub(super) fn delete<R: Record>(&mut self, record: &R) {
        let Value::Object(before) = json::to_value(record).unwrap() else { panic!() };
        self.push::<R>(record.meta().id, Deed::Deleted, before, None);
    }

    fn push<R: Record>(&mut self, id: Uuid, deed: Deed, before: Map<String, Value>, after: Option<Value>) {
        self.changes.push(Change {
            seq: self.changes.len() as u64 + 1,
            at: Timestamp::UNIX_EPOCH,
            by: Actor::SYSTEM,
            request: String::new(),
            kind: R::KIND,
            id,
            version: 1,
            deed,
            about: vec![id],
            before,
            after,
        });
    }
}

pub(super) fn lead(number: u128) -> Lead {
    Lead::new(Meta::new(Uuid::from_u128(number), Timestamp::UNIX_EPOCH, Actor::SYSTEM))
}

pub(super) fn note(number: u128, about: u128, text: &str) -> Activity {
    Activity {
        meta: Meta::new(Uuid::from_u128(number), Timestamp::UNIX_EPOCH, Actor::SYSTEM),
        kind: ActivityKind::Note,
        about_kind: Kind::Lead,
        about: Uuid::from_u128(about),
        text: text.to_owned(),
    }
}

/// An index that has taken everything in one batch.
pub(super) fn filled(folder: &Path, journal: &Journal) -> Search {
    let search = Search::open(folder).unwrap();
    search.projector().unwrap().apply(&journal.changes).unwrap();
    search
}

/// The numbers of the leads found, best first.
pub(super) fn find(search: &Search, scope: Scope, text: &str) -> Vec<u128> {
    let query = Query { text: text.to_owned(), scope, limit: 50, skip: 0 };
    search.query(&query).unwrap().hits.iter().map(|hit| hit.lead.as_u128()).collect()
}
