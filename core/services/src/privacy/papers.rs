//! Documents of somebody: which ones are told of, and which go with them when they are erased.

use super::erasing::for_each_change;
use crate::{App, Error, documents};
use model::json::{Map, Value};
use model::uuid::Uuid;
use model::{DOCUMENT_ABOUT, Document, Opportunity};
use std::collections::BTreeSet;

/// Those that belong to a record, or to what may be sold to nobody else.
pub(super) fn of(app: &App, record: Uuid, deals: &[Opportunity]) -> Result<Vec<Document>, Error> {
    let (mut found, mut seen) = (Vec::new(), BTreeSet::new());
    for id in deals.iter().map(|deal| deal.meta.id).chain([record]) {
        found
            .extend(documents::all_of(app, id)?.into_iter().filter(|document| seen.insert(document.meta.id)));
    }
    Ok(found)
}

/// Whether a document belongs to these records alone.
pub(super) fn is_theirs(theirs: &BTreeSet<Uuid>, document: &Document) -> bool {
    document.links().all(|(_, id)| theirs.contains(&id))
}

/// The same of one that may have been deleted: as it was then.
pub(super) fn is_of(app: &App, theirs: &BTreeSet<Uuid>, id: Uuid) -> Result<bool, Error> {
    if let Some(document) = app.store.get::<Document>(id)? {
        return Ok(is_theirs(theirs, &document));
    }
    let fields = last_known(app, id)?;
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
