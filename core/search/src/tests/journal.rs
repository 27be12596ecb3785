//! Leads, notes and an index to feed with a small journal.

use crate::{Query, Search};
use model::jiff::Timestamp;
use model::uuid::Uuid;
use model::{Activity, Actor, Kind, Lead, Meta, Projection, Scope};
use std::path::Path;

#[path = "../../../model/tests/support/journal.rs"]
mod shared;
pub(super) use shared::{Journal, MARTA, NORTH, PERE, SOUTH};

pub(super) fn lead(number: u128) -> Lead {
    Lead::new(Meta::new(Uuid::from_u128(number), Timestamp::UNIX_EPOCH, Actor::SYSTEM))
}

pub(super) fn note(number: u128, about: u128, text: &str) -> Activity {
    let meta = Meta::new(Uuid::from_u128(number), Timestamp::UNIX_EPOCH, Actor::SYSTEM);
    Activity::note(meta, Kind::Lead, Uuid::from_u128(about), text.to_owned())
}

/// An index that has taken everything in one batch.
pub(super) fn filled(folder: &Path, journal: &Journal) -> Search {
    let search = Search::open(folder).unwrap();
    search.projector().unwrap().apply(&journal.changes).unwrap();
    search
}

/// The numbers of the leads found, best first.
pub(super) fn find(search: &Search, scope: Scope, text: &str) -> Vec<u128> {
    let query = Query { text: text.to_owned(), scopes: vec![(Kind::Lead, scope)], limit: 50, skip: 0 };
    search.query(&query).unwrap().hits.iter().map(|hit| hit.id.as_u128()).collect()
}
