//! What belongs to a record, and keeps it from being deleted.

use super::linked_ids;
use crate::{App, Error};
use model::uuid::Uuid;
use model::{Kind, linking_at_end, own_linking};
use std::collections::{BTreeMap, BTreeSet};
use store::{Direction, Scan};

/// Entities whose records keep a record they belong to from being deleted: activities go with it.
const HOLDING: [Kind; 7] = [
    Kind::Company,
    Kind::Contact,
    Kind::Opportunity,
    Kind::Product,
    Kind::Price,
    Kind::Quote,
    Kind::Document,
];

/// So many are counted; above, «more than».
pub(super) const USERS_COUNTED_MAX: usize = 1_000;

/// How many records of which entity belong to this one, became it, or lead to it by a field of the company's own.
pub(crate) fn used_by(app: &App, id: Uuid) -> Result<Vec<(Kind, usize)>, Error> {
    let mut counts = BTreeMap::new();
    for (kind, _) in who_uses(app, id, USERS_COUNTED_MAX)? {
        *counts.entry(kind).or_insert(0) += 1;
    }
    Ok(counts.into_iter().collect())
}

/// The same one by one; up to `limit` of an entity, and of those that lead to it by own fields.
pub(crate) fn who_uses(app: &App, id: Uuid, limit: usize) -> Result<BTreeSet<(Kind, Uuid)>, Error> {
    let mut found = BTreeSet::new();
    for kind in HOLDING.into_iter().chain([Kind::Lead]) {
        found.extend(linked_ids(app, id, kind, limit)?.into_iter().map(|user| (kind, user)));
    }
    let prefix = own_linking(id).bytes();
    let scan = Scan { prefix, after: None, direction: Direction::Forward, limit };
    found.extend(app.store.scan(&scan)?.iter().filter_map(|entry| linking_at_end(&entry.key)));
    Ok(found)
}

/// Whether records belong to this one by a field of their own entity: what came of a lead, and a link that somebody added,
/// keeps nobody's data longer than its time, and documents go with whom they are about.
pub(crate) fn has_belongings(app: &App, id: Uuid) -> Result<bool, Error> {
    for kind in HOLDING.into_iter().filter(|kind| *kind != Kind::Document) {
        if !linked_ids(app, id, kind, 1)?.is_empty() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// How many records belong to this one.
pub(crate) fn users_of(app: &App, id: Uuid) -> Result<usize, Error> {
    Ok(used_by(app, id)?.iter().map(|(_, count)| count).sum())
}
