//! What is written about a record of any entity and goes with it: notes and other activities, and what its person said.

use crate::bulk_runs::meta_of;
use crate::error::none_of;
use crate::{App, Ctx, Error, consents, merges, permissions, records};
use model::json;
use model::uuid::Uuid;
use model::{
    Action, Activity, AnyRecord, Change, Consent, Deed, Distinct, FieldErrors, Kind, Merge, Meta,
    NOTE_CHARACTERS_MAX, RECORD_BYTES_MAX, Record,
};

/// More activities than one transaction takes with their record, which is then archived instead of deleted.
const NOTES_MAX: usize = 400;
/// Notes of a record come back from this many changes of it at most.
const CHANGES_MAX: usize = 500;

/// Adds a note to the record that `read` gives.
pub(crate) fn add<R: Record + AnyRecord>(
    app: &App,
    ctx: &Ctx,
    read: &dyn Fn() -> Result<R, Error>,
    text: &str,
) -> Result<Activity, Error> {
    let record = read()?;
    let note = drafted(ctx, &record, text)?;
    let mut write = ctx.write();
    // The record cannot vanish between looking and writing.
    write.assert_version(&record);
    write.create(note.clone());
    match app.commit(write) {
        // Changed in the meantime, which a note does not mind.
        Err(Error::Conflict(_)) => add(app, ctx, read, note.text.as_deref().unwrap_or_default()),
        Err(error) => Err(error),
        Ok(_) => Ok(note),
    }
}

/// The note as it will be, for a write that says that its record is still there.
pub(crate) fn drafted<R: Record + AnyRecord>(ctx: &Ctx, record: &R, text: &str) -> Result<Activity, Error> {
    permissions::require_about(ctx, record, Kind::Activity, Action::Create)?;
    let text = text.trim().replace("\r\n", "\n").replace('\0', "");
    let mut errors = FieldErrors::default();
    if text.is_empty() {
        errors.add("text", "required", "");
    } else if text.chars().count() > NOTE_CHARACTERS_MAX {
        errors.add("text", "too-long", NOTE_CHARACTERS_MAX.to_string());
    }
    none_of(errors)?;
    let mut note =
        Activity::note(Meta::new(ctx.new_id(), ctx.at, ctx.actor()), R::KIND, record.meta().id, text);
    note.common.team = ctx.teams().first().copied();
    if bytes_of(&note) > RECORD_BYTES_MAX {
        return Err(Error::invalid("text", "too-long", (NOTE_CHARACTERS_MAX / 2).to_string()));
    }
    Ok(note)
}

/// Everything that is written about a record, the oldest first.
pub(crate) fn of(app: &App, record: Uuid) -> Result<Vec<Activity>, Error> {
    let mut found = Vec::new();
    for id in records::linked_ids(app, record, Kind::Activity, NOTES_MAX)? {
        found.extend(app.store.get::<Activity>(id)?);
    }
    found.reverse();
    Ok(found)
}

/// Deletes everything that is written about a record, in this write: notes and other activities, what its person said about
/// their data, and which records became a part of it. An activity that is about other records, too, stays with those.
pub(crate) fn delete_all(app: &App, write: &mut store::Write, record: Uuid) -> Result<(), Error> {
    let activities = of(app, record)?;
    if activities.len() >= NOTES_MAX {
        return Err(Error::invalid("", "in-use", activities.len().to_string()));
    }
    for activity in activities {
        let mut left = activity.clone();
        for (kind, _) in activity.links().filter(|(_, id)| *id == record) {
            if let Some(link) = left.link_mut(kind) {
                *link = None;
            }
        }
        if left.links().next().is_some() {
            write.update(&activity, left);
        } else {
            write.delete(&activity);
        }
    }
    merges::delete_of(app, write, record)?;
    consents::delete_of(app, write, record)
}

/// Makes again what was deleted with its record in this request.
pub(crate) fn bring_back(
    app: &App,
    write: &mut store::Write,
    record: Uuid,
    request: &str,
) -> Result<(), Error> {
    for change in app.store.timeline(record, None, CHANGES_MAX)? {
        if change.request != request || change.id == record {
            continue;
        }
        match (change.kind, change.deed) {
            (Kind::Activity, Deed::Deleted) => make_again::<Activity>(app, write, change)?,
            (Kind::Activity, Deed::Updated) => link_again(app, write, record, &change)?,
            (Kind::Consent, Deed::Deleted) => make_again::<Consent>(app, write, change)?,
            (Kind::Merge, Deed::Deleted) => make_again::<Merge>(app, write, change)?,
            (Kind::Distinct, Deed::Deleted) => make_again::<Distinct>(app, write, change)?,
            _ => {}
        }
    }
    Ok(())
}

fn make_again<R: Record>(app: &App, write: &mut store::Write, change: Change) -> Result<(), Error> {
    // It came back with another record that it is about, perhaps.
    if write.is_of(R::KIND, change.id) || app.store.get::<R>(change.id)?.is_some() {
        return Ok(());
    }
    let (meta, version) = (meta_of(app, R::KIND, change.id, &change)?, change.version);
    let mut fields = change.before;
    fields.insert("meta".to_owned(), json::to_value(meta).map_err(Error::internal)?);
    if let Ok(record) = json::from_value::<R>(json::Value::Object(fields)) {
        write.create_again(record, version);
    }
    Ok(())
}

/// An activity that stayed with the other records it is about is about this one again, unless it is about another by now.
fn link_again(app: &App, write: &mut store::Write, record: Uuid, change: &Change) -> Result<(), Error> {
    let Some(activity) = app.store.get::<Activity>(change.id)? else { return Ok(()) };
    let mut again = activity.clone();
    for kind in model::ABOUT {
        let former = change.before.get(kind.as_str()).and_then(|id| id.as_str()?.parse::<Uuid>().ok());
        if let Some(link) = again.link_mut(kind).filter(|link| link.is_none() && former == Some(record)) {
            *link = Some(record);
        }
    }
    write.update(&activity, again);
    Ok(())
}

/// What a record takes in the store.
pub(crate) fn bytes_of<R: Record>(record: &R) -> usize {
    model::json::to_vec(record).map_or(usize::MAX, |bytes| bytes.len())
}
