//! Notes about a record of any entity.

use crate::bulk_runs::meta_of;
use crate::error::none_of;
use crate::{App, Ctx, Error, consents, merges, permissions};
use model::json;
use model::uuid::Uuid;
use model::{
    Action, Activity, ActivityKind, AnyRecord, Change, Consent, Deed, Distinct, FieldErrors, Kind, Merge,
    Meta, NOTE_CHARACTERS_MAX, RECORD_BYTES_MAX, Record,
};

/// More notes than anybody reads; a record with more is archived by hand.
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
    permissions::require_about(ctx, &record, Kind::Activity, Action::Create)?;
    let text = text.trim().replace("\r\n", "\n").replace('\0', "");
    let mut errors = FieldErrors::default();
    if text.is_empty() {
        errors.add("text", "required", "");
    } else if text.chars().count() > NOTE_CHARACTERS_MAX {
        errors.add("text", "too-long", NOTE_CHARACTERS_MAX.to_string());
    }
    none_of(errors)?;
    let note = Activity {
        meta: Meta::new(ctx.new_id(), ctx.at, ctx.actor()),
        kind: ActivityKind::Note,
        about_kind: R::KIND,
        about: record.meta().id,
        text,
    };
    if bytes_of(&note) > RECORD_BYTES_MAX {
        return Err(Error::invalid("text", "too-long", (NOTE_CHARACTERS_MAX / 2).to_string()));
    }
    let mut write = ctx.write();
    // The record cannot vanish between looking and writing.
    write.assert_version(&record);
    write.create(note.clone());
    match app.commit(write) {
        // Changed in the meantime, which a note does not mind.
        Err(Error::Conflict(_)) => add(app, ctx, read, &note.text),
        Err(error) => Err(error),
        Ok(_) => Ok(note),
    }
}

/// Every note about a record.
pub(crate) fn of(app: &App, record: Uuid) -> Result<Vec<Activity>, Error> {
    Ok(app.store.members::<Activity>(record, NOTES_MAX)?)
}

/// Deletes everything that is written about a record, in this write: notes, what its person said about their data, which
/// records became a part of it.
pub(crate) fn delete_all(app: &App, write: &mut store::Write, record: Uuid) -> Result<(), Error> {
    for note in of(app, record)? {
        write.delete(&note);
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
        if change.deed == Deed::Deleted && change.request == request {
            match change.kind {
                Kind::Activity => make_again::<Activity>(app, write, change)?,
                Kind::Consent => make_again::<Consent>(app, write, change)?,
                Kind::Merge => make_again::<Merge>(app, write, change)?,
                Kind::Distinct => make_again::<Distinct>(app, write, change)?,
                _ => {}
            }
        }
    }
    Ok(())
}

fn make_again<R: Record>(app: &App, write: &mut store::Write, change: Change) -> Result<(), Error> {
    let meta = meta_of(app, R::KIND, change.id, &change)?;
    let mut fields = change.before;
    fields.insert("meta".to_owned(), json::to_value(meta).map_err(Error::internal)?);
    if let Ok(record) = json::from_value::<R>(json::Value::Object(fields)) {
        write.create(record);
    }
    Ok(())
}

/// What a record takes in the store.
pub(crate) fn bytes_of<R: Record>(record: &R) -> usize {
    model::json::to_vec(record).map_or(usize::MAX, |bytes| bytes.len())
}
