//! Leads that were deleted: the journal says who they were until they are erased.

use super::{Identity, require};
use crate::{App, Ctx, Error};
use model::jiff::Timestamp;
use model::json::{self, Value};
use model::{Action, Change, Deed, Kind, Lead, LeadId, Meta};
use store::Look;

/// Changes of leads that are read, newest first: some seconds. What was deleted longer ago is not looked for.
const EXAMINED_MAX: usize = 200_000;
/// Deleted leads of one person: more are not one person.
const FOUND_MAX: usize = 200;
/// Changes on the timeline of a lead that are looked through for the end of it.
const TIMELINE_MAX: usize = 1_000;

/// A lead that was deleted and still says who somebody is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gone {
    pub id: LeadId,
    pub title: String,
    pub at: Timestamp,
}

/// The deleted leads with this e-mail address, phone or tax id.
pub fn find_deleted(app: &App, ctx: &Ctx, text: &str) -> Result<Vec<Gone>, Error> {
    require(ctx, Action::See)?;
    let identity = Identity::of(app, ctx, text.trim())?;
    let look = Look { kind: Some(Kind::Lead), examined_max: EXAMINED_MAX, ..Look::default() };
    let mut found = Vec::new();
    app.store.look(&look, &mut |change| {
        let at = change.at;
        if let Some(lead) = lead_of(change).filter(|lead| identity.is_of(lead)) {
            found.push(Gone { id: LeadId(lead.meta.id), title: lead.title().to_owned(), at });
        }
        found.len() < FOUND_MAX
    })?;
    Ok(found)
}

/// The lead as it is, or as it was when it was deleted.
pub(super) fn lead_ever(app: &App, id: LeadId) -> Result<Option<Lead>, Error> {
    if let Some(lead) = app.store.get::<Lead>(id.0)? {
        return Ok(Some(lead));
    }
    let mut changes = app.store.timeline(id.0, None, TIMELINE_MAX)?;
    changes.retain(|change| change.id == id.0);
    // Who made it, and with which import, stands at its beginning.
    let made = changes
        .iter()
        .find(|change| change.deed == Deed::Created)
        .map(|change| (change.at, change.by.clone()));
    let mut lead = changes.into_iter().find_map(lead_of);
    if let (Some(lead), Some((at, by))) = (&mut lead, made) {
        (lead.meta.created_at, lead.meta.created_by) = (at, by);
    }
    Ok(lead)
}

/// What a deletion deleted, with the version it had. The journal keeps no bookkeeping of records: it is put back.
fn lead_of(change: Change) -> Option<Lead> {
    if change.deed != Deed::Deleted || change.kind != Kind::Lead {
        return None;
    }
    let mut meta = Meta::new(change.id, change.at, change.by);
    meta.version = change.version.saturating_sub(1);
    let mut record = change.before;
    record.insert("meta".to_owned(), json::to_value(meta).ok()?);
    json::from_value(Value::Object(record)).ok()
}
