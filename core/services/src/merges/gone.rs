//! Records that became a part of another: who answers for them, what happened to them, and the end of it when that one is
//! deleted.

use crate::records::{self};
use crate::{App, Ctx, Error};
use model::uuid::Uuid;
use model::{Change, Deed, Distinct, Explanation, Kind, Merge};
use store::Write;

/// Merges that one record came out of: more are nobody's tidying up.
const MERGES_MAX: usize = 200;

/// The merges that a record came out of or went into, the latest first; for those who see it.
pub fn of(app: &App, ctx: &Ctx, kind: Kind, id: Uuid) -> Result<Vec<Merge>, Error> {
    records::visible(app, ctx, kind, id)?.ok_or(Error::NotFound)?;
    let mut merges = about(app, id)?;
    merges.sort_by_key(|merge| std::cmp::Reverse((merge.meta.created_at, merge.meta.id)));
    Ok(merges)
}

fn about(app: &App, id: Uuid) -> Result<Vec<Merge>, Error> {
    Ok(app.store.members::<Merge>(id, MERGES_MAX)?)
}

/// The record that answers for one that is no more; nothing where it became a part of none.
pub fn answers(app: &App, kind: Kind, id: Uuid) -> Result<Option<Uuid>, Error> {
    Ok(that_took(app, id)?.filter(|merge| merge.entity == kind).map(|merge| merge.answers))
}

/// The record that answers for one that became a part of it, of whatever entity.
pub(crate) fn answering(app: &App, id: Uuid) -> Result<Option<Uuid>, Error> {
    Ok(that_took(app, id)?.map(|merge| merge.answers))
}

/// The merge in force by which a record became a part of another.
fn that_took(app: &App, id: Uuid) -> Result<Option<Merge>, Error> {
    let took = |merge: &Merge| merge.is_in_force() && merge.absorbed.contains(&id);
    Ok(about(app, id)?.into_iter().find(took))
}

/// Why a record is not there: it became a part of another, which the caller may see, or it is not found.
pub(crate) fn instead(app: &App, ctx: &Ctx, kind: Kind, id: Uuid) -> Result<Error, Error> {
    let Some(into) = answers(app, kind, id)? else { return Ok(Error::NotFound) };
    let seen = records::visible(app, ctx, kind, into)?;
    Ok(seen.map_or(Error::NotFound, |_| Error::Merged { kind, into }))
}

/// The records that became a part of this one, also by way of others.
pub(crate) fn absorbed_by(app: &App, id: Uuid) -> Result<Vec<Uuid>, Error> {
    let merges = about(app, id)?.into_iter().filter(|merge| merge.is_in_force() && merge.answers == id);
    Ok(merges.flat_map(|merge| merge.absorbed).collect())
}

/// Whether this key in another system is one that a record has by way of those that became a part of it.
pub(crate) fn is_own_key(app: &App, id: Uuid, key: &str) -> Result<bool, Error> {
    let has = |merge: &Merge| merge.answers == id && merge.keys.iter().any(|own| own == key);
    Ok(about(app, id)?.iter().filter(|merge| merge.is_in_force()).any(has))
}

/// What happened to a record and to those that became a part of it, newest first, before a sequence number. What a merge
/// itself moved is told by the merge.
pub(crate) fn changes(app: &App, id: Uuid, before: Option<u64>, limit: usize) -> Result<Vec<Change>, Error> {
    let ids: Vec<Uuid> = [id].into_iter().chain(absorbed_by(app, id)?).collect();
    let (mut found, mut before) = (Vec::new(), before);
    loop {
        let mut page: Vec<Change> = Vec::new();
        for id in &ids {
            page.extend(app.store.timeline(*id, before, limit)?);
        }
        page.sort_by_key(|change| std::cmp::Reverse(change.seq));
        page.dedup_by_key(|change| change.seq);
        let is_last = page.len() < limit;
        page.truncate(limit);
        before = page.last().map(|change| change.seq);
        found.extend(page.into_iter().filter(|change| is_told(change, id)));
        if is_last || found.len() >= limit {
            found.truncate(limit);
            return Ok(found);
        }
    }
}

fn is_told(change: &Change, of: Uuid) -> bool {
    if !Merge::is_request(&change.request) {
        return true;
    }
    match change.kind {
        Kind::Merge => change.deed == Deed::Created || change.before.contains_key("undone"),
        Kind::Distinct => false,
        _ => change.id == of && change.deed == Deed::Updated,
    }
}

/// What records that became a part of another were called, as the journal knows; erased ones are called so.
pub fn former_titles(app: &App, merge: &Merge) -> Result<Vec<(Uuid, String)>, Error> {
    let mut titles = Vec::new();
    for id in &merge.absorbed {
        let title = match records::any(app, merge.entity, *id)? {
            Some(record) => Some(record.name()),
            None => super::undo::former_title(app, merge, *id)?,
        };
        titles.extend(title.map(|title| (*id, title)));
    }
    Ok(titles)
}

/// Forgets what a record came out of, as it goes itself: nobody answers for the others any more, and their keys are free.
pub(crate) fn delete_of(app: &App, write: &mut Write, id: Uuid) -> Result<(), Error> {
    let merges = about(app, id)?.into_iter();
    for merge in merges.filter(|merge| !write.is_of(Kind::Merge, merge.meta.id)).collect::<Vec<_>>() {
        for gone in merge.absorbed.iter().filter(|_| merge.is_in_force()) {
            for explanation in app.store.members::<Explanation>(*gone, store::MEMBERS_MAX)? {
                write.delete(&explanation);
            }
        }
        write.delete(&merge);
    }
    // The other one of the pair may go in the same write.
    for pair in app.store.members::<Distinct>(id, store::MEMBERS_MAX)? {
        if !write.is_of(Kind::Distinct, pair.meta.id) {
            write.delete(&pair);
        }
    }
    Ok(())
}
