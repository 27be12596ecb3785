//! A small journal as the store would write one, for the tests of every room that follows it. They include this file
//! by its path, since a room may not depend on another's tests.

use model::jiff::Timestamp;
use model::json::{self, Map, Value};
use model::uuid::Uuid;
use model::{Actor, Change, Deed, Record, TeamId, UserId};

pub(crate) const MARTA: UserId = UserId(Uuid::from_u128(0xa1));
pub(crate) const PERE: UserId = UserId(Uuid::from_u128(0xa2));
pub(crate) const NORTH: TeamId = TeamId(Uuid::from_u128(0xb1));
pub(crate) const SOUTH: TeamId = TeamId(Uuid::from_u128(0xb2));

/// Changes as the store would write them, one an hour.
#[derive(Default, Clone)]
pub(crate) struct Journal {
    pub(crate) changes: Vec<Change>,
}

impl Journal {
    pub(crate) fn put<R: Record>(&mut self, record: &R, before: Option<&R>) {
        let after = json::to_value(record).unwrap();
        let deed = if before.is_none() { Deed::Created } else { Deed::Updated };
        let before = before.map_or_else(Map::new, |before| {
            let Value::Object(mut fields) = json::to_value(before).unwrap() else { panic!() };
            fields.retain(|field, value| after.get(field) != Some(value));
            fields
        });
        self.push::<R>(record.meta().id, deed, before, Some(after));
    }

    pub(crate) fn delete<R: Record>(&mut self, record: &R) {
        let Value::Object(before) = json::to_value(record).unwrap() else { panic!() };
        self.push::<R>(record.meta().id, Deed::Deleted, before, None);
    }

    fn push<R: Record>(&mut self, id: Uuid, deed: Deed, before: Map<String, Value>, after: Option<Value>) {
        let seq = self.changes.len() as u64 + 1;
        self.changes.push(Change {
            seq,
            at: Timestamp::from_second(1_700_000_000 + seq as i64 * 3_600).unwrap(),
            by: Actor::SYSTEM,
            request: String::new(),
            address: None,
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
