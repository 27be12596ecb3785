//! Records that were deleted: the journal says who they were until they are erased.

use super::subject::Subject;
use super::{Identity, require};
use crate::{App, Ctx, Error};
use model::jiff::Timestamp;
use model::json::{self, Value};
use model::uuid::Uuid;
use model::{Action, Change, Deed, Kind, Meta};
use store::Look;

/// Changes of an entity that are read, newest first: some seconds. What was deleted longer ago is not looked for.
const EXAMINED_MAX: usize = 200_000;
/// Deleted records of one person: more are not one person.
const FOUND_MAX: usize = 200;
/// Changes on the timeline of a record that are looked through for the end of it.
const TIMELINE_MAX: usize = 1_000;

/// A record that was deleted and still says who somebody is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gone {
    pub kind: Kind,
    pub id: Uuid,
    pub title: String,
    pub at: Timestamp,
}

/// The deleted leads, contacts and companies with this e-mail address, phone, tax id or name.
pub fn find_deleted(app: &App, ctx: &Ctx, text: &str) -> Result<Vec<Gone>, Error> {
    require(ctx, Action::See)?;
    let identity = Identity::of(app, ctx, text)?;
    let mut found = Vec::new();
    for kind in Subject::KINDS {
        let look = Look { kind: Some(kind), examined_max: EXAMINED_MAX, ..Look::default() };
        app.store.look(&look, &mut |change| {
            let at = change.at;
            if let Some(gone) = gone_of(kind, change).filter(|gone| identity.is_of(gone.record())) {
                found.push(Gone { kind, id: gone.id(), title: gone.title(), at });
            }
            found.len() < FOUND_MAX
        })?;
    }
    Ok(found)
}

/// The record as it is, or as it was when it was deleted.
pub(super) fn ever(app: &App, kind: Kind, id: Uuid) -> Result<Option<Subject>, Error> {
    if let Some(subject) = Subject::read(app, kind, id)? {
        return Ok(Some(subject));
    }
    let mut changes = app.store.timeline(id, None, TIMELINE_MAX)?;
    changes.retain(|change| change.id == id);
    // Who made it, and with which import, stands at its beginning.
    let made = changes
        .iter()
        .find(|change| change.deed == Deed::Created)
        .map(|change| (change.at, change.by.clone()));
    let mut subject = changes.into_iter().find_map(|change| gone_of(kind, change));
    if let (Some(subject), Some((at, by))) = (&mut subject, made) {
        let meta = match subject {
            Subject::Lead(lead) => &mut lead.meta,
            Subject::Contact(contact) => &mut contact.meta,
            Subject::Company(company) => &mut company.meta,
        };
        (meta.created_at, meta.created_by) = (at, by);
    }
    Ok(subject)
}

/// What a deletion deleted, with the version it had. The journal keeps no bookkeeping of records: it is put back.
fn gone_of(kind: Kind, change: Change) -> Option<Subject> {
    if change.deed != Deed::Deleted || change.kind != kind {
        return None;
    }
    let mut meta = Meta::new(change.id, change.at, change.by);
    meta.version = change.version.saturating_sub(1);
    let mut record = change.before;
    record.insert("meta".to_owned(), json::to_value(meta).ok()?);
    Subject::from_value(kind, Value::Object(record))
}
