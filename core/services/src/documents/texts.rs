//! The text inside files, which search is given along with the changes of documents. It is read from the bytes each time:
//! the journal says which version is the newest, and a version never changes.

use crate::{App, Error};
use model::json::Value;
use model::{Change, Deed, Document, DocumentVersion, Kind};
use std::time::{Duration, Instant};

/// Texts of changes that search takes at once: more wait for the next round.
const ROUND_BYTES_MAX: usize = 20_000_000;
/// How long the texts of a round are read: whoever stops the server waits for no more, and what was read is found soon.
const ROUND_TIME_MAX: Duration = Duration::from_secs(2);

/// Adds their text to changes that bring the version a document has now. Of the changes, only those that fit into a round
/// are left: at least one.
pub(crate) fn add(app: &App, changes: &mut Vec<Change>) -> Result<(), Error> {
    let begin = Instant::now();
    let mut bytes = 0;
    let mut taken = 0;
    for change in changes.iter_mut() {
        if taken > 0 && (bytes >= ROUND_BYTES_MAX || begin.elapsed() >= ROUND_TIME_MAX) {
            break;
        }
        taken += 1;
        let Some(text) = brought(app, change)? else { continue };
        bytes += text.len();
        if let Some(Value::Object(after)) = &mut change.after {
            after.insert(search::FILE_TEXT.to_owned(), Value::String(text));
        }
    }
    changes.truncate(taken);
    Ok(())
}

/// Nothing where another version came since: its own change brings that text.
fn brought(app: &App, change: &Change) -> Result<Option<String>, Error> {
    let is_new = change.deed == Deed::Created || change.before.contains_key("revision");
    if change.kind != Kind::Document || !is_new {
        return Ok(None);
    }
    let Some(then) = change.record::<Document>() else { return Ok(None) };
    let number = then.version_number();
    let is_newest = |now: &Document| now.version_number() == number;
    if number == 0 || !app.store.get::<Document>(change.id)?.as_ref().is_some_and(is_newest) {
        return Ok(None);
    }
    let version = super::versions_of(app, change.id)?.into_iter().find(|version| version.number == number);
    Ok(version.and_then(|version| read(app, &version)))
}

/// Bytes that are gone or have rotted are for `verify` to find.
fn read(app: &App, version: &DocumentVersion) -> Option<String> {
    let (media_type, sha256) = (version.media_type.as_str(), version.sha256.as_str());
    if media_type == documents::PDF {
        let reader = app.pdf_reader.as_ref()?;
        return Some(reader.text_of(app.documents.open_file(sha256).ok()?));
    }
    if !documents::has_text(media_type) {
        return None;
    }
    Some(documents::text_of(media_type, &app.documents.get(sha256).ok()?))
}
