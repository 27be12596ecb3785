//! Files of documents in what is handed out about a person: which ones are enclosed, where, and why others are not.

use super::{Gathered, papers};
use crate::{App, Error};
use documents::{Content, ZipEntry};
use model::json::{Map, Value, json};
use model::uuid::Uuid;
use model::{Document, DocumentVersion};
use std::collections::{BTreeMap, BTreeSet};

/// Bytes of files in one export: who has more is given each record by itself.
const FILES_BYTES_MAX: u64 = 500_000_000;

/// The versions of each document as they are told of, the newest first.
pub(super) type Versions = BTreeMap<Uuid, Vec<Value>>;

/// Where a version is, or why it is not there.
enum Place {
    /// It is not asked for.
    Elsewhere,
    Enclosed(String),
    LeftOut(&'static str),
}

/// The versions without their bytes.
pub(super) fn listed(app: &App, gathered: &Gathered) -> Result<Versions, Error> {
    each(app, gathered, &mut |_, _, _| Place::Elsewhere)
}

/// The same with the bytes of documents that belong to nobody else. Until they are packed, nobody may remove bytes.
pub(super) fn enclosed(app: &App, gathered: &Gathered) -> Result<(Versions, Vec<ZipEntry>), Error> {
    let theirs = theirs(gathered);
    let (mut entries, mut left_bytes) = (Vec::new(), FILES_BYTES_MAX);
    let versions = each(app, gathered, &mut |number, document, version| {
        if !papers::is_theirs(&theirs, document) {
            return Place::LeftOut("shared");
        }
        let Some(left) = left_bytes.checked_sub(version.size_bytes) else {
            return Place::LeftOut("too-many-bytes");
        };
        // Read whole, so that what has rotted is not handed out as theirs.
        if app.documents.get(&version.sha256).is_err() {
            return Place::LeftOut("missing");
        }
        left_bytes = left;
        let path = format!("documents/{number}-v{}-{}", version.number, version.file_name);
        entries.push(ZipEntry { path: path.clone(), content: Content::Document(version.sha256.clone()) });
        Place::Enclosed(path)
    })?;
    Ok((versions, entries))
}

/// The records of the person, and what may be sold to nobody but them.
fn theirs(gathered: &Gathered) -> BTreeSet<Uuid> {
    let mut theirs = BTreeSet::new();
    for about in gathered.records.iter().map(|record| &record.about) {
        theirs.insert(about.subject.id());
        theirs.extend(about.opportunities.iter().map(|deal| deal.meta.id));
    }
    theirs
}

/// Asks where each version of each document is, with the document's number from 1 on.
fn each(
    app: &App,
    gathered: &Gathered,
    place: &mut dyn FnMut(usize, &Document, &DocumentVersion) -> Place,
) -> Result<Versions, Error> {
    let mut told = Versions::new();
    for document in gathered.records.iter().flat_map(|record| &record.about.documents) {
        let id = document.meta.id;
        if told.contains_key(&id) {
            continue;
        }
        let mut versions = crate::documents::versions_of(app, id)?;
        versions.sort_by_key(|version| std::cmp::Reverse(version.number));
        let number = told.len() + 1;
        let values = versions.iter().map(|version| value(version, place(number, document, version)));
        told.insert(id, values.collect());
    }
    Ok(told)
}

fn value(version: &DocumentVersion, place: Place) -> Value {
    let mut fields = Map::new();
    let mut say = |name: &str, value: Value| fields.insert(name.to_owned(), value);
    say("number", json!(version.number));
    say("file_name", json!(version.file_name));
    say("media_type", json!(version.media_type));
    say("size_bytes", json!(version.size_bytes));
    say("note", json!(version.note));
    say("at", json!(version.meta.created_at.to_string()));
    match place {
        Place::Elsewhere => {}
        Place::Enclosed(path) => {
            say("enclosed", json!(path));
        }
        Place::LeftOut(reason) => {
            say("left_out", json!(reason));
        }
    }
    Value::Object(fields)
}
