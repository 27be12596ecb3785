//! A record as it was at an earlier version: the journal's changes undone, newest first.

use crate::{App, Error};
use model::Record;
use model::json::{self, Map, Value};

/// Changes looked through for the version that somebody began with. A page left open for longer asks about every field.
const CHANGES_MAX: usize = 200;

/// The record at a version; nothing where the journal does not reach that far.
pub(crate) fn as_it_was<R: Record>(app: &App, stored: &R, version: u64) -> Result<Option<R>, Error> {
    let Ok(Value::Object(mut fields)) = json::to_value(stored) else {
        return Ok(None);
    };
    let id = stored.meta().id;
    let changes = app.store.timeline(id, None, CHANGES_MAX)?;
    let own = changes.iter().filter(|change| change.kind == R::KIND && change.id == id);
    let mut reached = stored.meta().version;
    for change in own {
        if change.version <= version {
            break;
        }
        undo(&mut fields, &change.before);
        reached = change.version - 1;
    }
    let record = json::from_value(Value::Object(fields)).ok();
    Ok(record.filter(|_| reached == version))
}

fn undo(fields: &mut Map<String, Value>, before: &Map<String, Value>) {
    for (name, value) in before {
        // A field that was not there has no value of its own kind, not even «nothing».
        if value.is_null() {
            fields.remove(name);
        } else {
            fields.insert(name.clone(), value.clone());
        }
    }
}
