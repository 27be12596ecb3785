//! Documents of somebody who is erased: which ones go with them.

use super::erasing::for_each_change;
use crate::{App, Error};
use model::json::{self, Map, Value};
use model::uuid::Uuid;
use model::{DOCUMENT_ABOUT, Document};
use std::collections::BTreeSet;

/// Whether a document belongs to these records alone, or did when it was deleted.
pub(super) fn is_of(app: &App, theirs: &BTreeSet<Uuid>, id: Uuid) -> Result<bool, Error> {
    let stored = app.store.get::<Document>(id)?.map(json::to_value).transpose().map_err(Error::internal)?;
    let fields = match stored {
        Some(Value::Object(fields)) => fields,
        _ => last_known(app, id)?,
    };
    let link = |name: &str| fields.get(name)?.as_str()?.parse::<Uuid>().ok();
    let mut links = DOCUMENT_ABOUT.into_iter().filter_map(|kind| link(kind.as_str()));
    Ok(links.all(|id| theirs.contains(&id)))
}

/// What the journal says of it last.
fn last_known(app: &App, id: Uuid) -> Result<Map<String, Value>, Error> {
    let mut last = None;
    for_each_change(app, id, &mut |change| {
        let after = change.after.as_ref().and_then(Value::as_object);
        last.get_or_insert_with(|| after.unwrap_or(&change.before).clone());
    })?;
    Ok(last.unwrap_or_default())
}
