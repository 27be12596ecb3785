//! Pairs of which somebody said that they are not the same one: remembered, and never offered again until it is taken back.

use crate::records::{self, Record};
use crate::{App, Ctx, Error, permissions};
use model::uuid::Uuid;
use model::{Action, Distinct, IndexKey, Kind, Meta, can_match};
use std::collections::BTreeSet;
use store::{Direction, Scan};

/// What is remembered of one record; more pairs are work for one who tidies up.
const OF_ONE_MAX: usize = 500;
/// Pairs that the page lists.
pub const LISTED_MAX: usize = 100;

/// A pair that was said not to be the same one.
pub struct Apart {
    pub id: Uuid,
    pub one: Record,
    pub other: Record,
    pub said: Meta,
}

/// Remembers that two records are not the same one, for those who may change both. Saying it twice is no error.
pub fn set_apart(app: &App, ctx: &Ctx, one: (Kind, Uuid), other: (Kind, Uuid)) -> Result<(), Error> {
    for (kind, id) in [one, other] {
        let record = records::visible(app, ctx, kind, id)?.ok_or(Error::NotFound)?;
        permissions::require_record(ctx, record.as_ref(), Action::Change)?;
    }
    if one.1 == other.1 || !can_match(one.0, other.0) {
        return Err(Error::invalid("other", "choice", ""));
    }
    if app.store.find(&Distinct::key(one.1, other.1))?.is_some() {
        return Ok(());
    }
    let mut write = ctx.write();
    write.create(Distinct::new(Meta::new(ctx.new_id(), ctx.at, ctx.actor()), one, other));
    match app.commit(write) {
        // Somebody said it in the same moment.
        Ok(_) | Err(Error::Invalid(_)) => Ok(()),
        Err(error) => Err(error),
    }
}

/// Takes it back: they are offered again.
pub fn compare_again(app: &App, ctx: &Ctx, id: Uuid) -> Result<(), Error> {
    ctx.caller()?;
    let pair = app.store.get::<Distinct>(id)?.ok_or(Error::NotFound)?;
    for (kind, id) in [(pair.one_kind, pair.one), (pair.other_kind, pair.other)] {
        let record = records::visible(app, ctx, kind, id)?.ok_or(Error::NotFound)?;
        permissions::require_record(ctx, record.as_ref(), Action::Change)?;
    }
    let mut write = ctx.write();
    write.delete(&pair);
    match app.commit(write) {
        Ok(_) | Err(Error::NotFound) => Ok(()),
        Err(error) => Err(error),
    }
}

/// Those of an entity that the caller sees, the latest first.
pub fn set_apart_of(app: &App, ctx: &Ctx, kind: Kind) -> Result<Vec<Apart>, Error> {
    permissions::require(ctx, kind, Action::See)?;
    let prefix = IndexKey::members(Kind::Distinct, Uuid::nil()).bytes();
    let scan = Scan { prefix, after: None, direction: Direction::Backward, limit: store::SCAN_ENTRIES_MAX };
    let mut found = Vec::new();
    for entry in app.store.scan(&scan)? {
        let Some(id) = IndexKey::record_at_end(&entry.key) else { continue };
        let Some(pair) = app.store.get::<Distinct>(id)? else { continue };
        if pair.one_kind != kind && pair.other_kind != kind {
            continue;
        }
        let one = records::visible(app, ctx, pair.one_kind, pair.one)?;
        let other = records::visible(app, ctx, pair.other_kind, pair.other)?;
        if let (Some(one), Some(other)) = (one, other) {
            found.push(Apart { id, one, other, said: pair.meta });
        }
        if found.len() == LISTED_MAX {
            break;
        }
    }
    Ok(found)
}

/// Records of which somebody said that they are not the same as this one.
pub(super) fn apart_from(app: &App, id: Uuid) -> Result<BTreeSet<Uuid>, Error> {
    let pairs = app.store.members::<Distinct>(id, OF_ONE_MAX)?;
    Ok(pairs.iter().map(|pair| pair.beside(id).1).collect())
}
