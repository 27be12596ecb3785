//! Documents on records: files brought in, their versions, addresses of what lies elsewhere; and the bytes, which go when
//! nobody names them any more.

mod bytes;
mod expiring;
mod kinds;
mod rules;
pub(crate) mod texts;

pub(crate) use bytes::{Hashes, each_naming, release, remove_bytes};
pub use expiring::{EXPIRING_MAX, expiring, expiring_filter};

/// What `tracte read-pdf` does.
pub use ::documents::read_pdf;

use crate::error::none_of;
use crate::{App, Ctx, Error, permissions, records};
use kinds::{media_type, plain_name, stem};
use model::uuid::Uuid;
use model::{
    Action, CHANGE_NOTE_CHARACTERS_MAX, DOCUMENT_BYTES_MAX, DOCUMENT_VERSIONS_MAX, Document, DocumentVersion,
    FieldErrors, Kind, Meta,
};
use records::Draft;
use store::Write;

/// Files that come with one form.
pub const FILES_AT_ONCE_MAX: usize = 10;
/// Documents of one record that are looked through when it goes.
const OF_RECORD_MAX: usize = 400;

/// A file as it was sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Upload {
    /// As the sender calls it.
    pub name: String,
    pub bytes: Vec<u8>,
}

/// A version as it is given out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    pub version: DocumentVersion,
    pub bytes: Vec<u8>,
}

/// Makes a document of each file, in one write: with the title, category and links of the draft. Several files are called
/// after their names. With an idempotency key, the second call with the same key answers with the first document of the
/// first.
pub fn add(
    app: &App,
    ctx: &Ctx,
    draft: &Draft,
    files: &[Upload],
    idempotency_key: Option<&str>,
) -> Result<Vec<Document>, Error> {
    permissions::require(ctx, Kind::Document, Action::Create)?;
    let once = idempotency_key.map(|key| format!("{}/{}/{key}", Kind::Document, ctx.actor_name()));
    let of_key = |app: &App| once.as_deref().map(|key| app.store.once(key)).transpose().map(Option::flatten);
    if let Some(id) = of_key(app)? {
        return Ok(vec![app.store.get::<Document>(id)?.ok_or(Error::NotFound)?]);
    }
    if files.is_empty() {
        return Err(Error::invalid("file", "file-missing", ""));
    }
    if files.len() > FILES_AT_ONCE_MAX {
        return Err(Error::invalid("file", "too-many", FILES_AT_ONCE_MAX.to_string()));
    }
    let mut made = Vec::with_capacity(files.len());
    for file in files {
        let mut draft = draft.clone();
        if files.len() > 1 || draft.one("title").is_none_or(|title| title.trim().is_empty()) {
            draft.put("title", stem(&plain_name(&file.name)));
        }
        made.push(begun(app, ctx, &draft, file)?);
    }
    // Nobody takes away bytes that this write is about to name.
    let _naming = app.naming_bytes();
    let mut write = ctx.write();
    let mut ids = Vec::with_capacity(made.len());
    for ((document, version), file) in made.into_iter().zip(files) {
        if let (Some(key), true) = (&once, ids.is_empty()) {
            write.put_once(key, document.meta.id);
        }
        ids.push(document.meta.id);
        write.create(kept(app, version, file)?);
        write.create(document);
    }
    app.commit_once(write)?;
    // Another call with the same key may have been quicker.
    if let Some(id) = of_key(app)? {
        ids = if ids.first() == Some(&id) { ids } else { vec![id] };
    }
    ids.into_iter().map(|id| app.store.get::<Document>(id)?.ok_or(Error::NotFound)).collect()
}

/// A document of a file with its first version, before the bytes are kept.
fn begun(app: &App, ctx: &Ctx, draft: &Draft, file: &Upload) -> Result<(Document, DocumentVersion), Error> {
    let mut document = records::begun::<Document>(ctx);
    let (version, mut errors) = version_of(ctx, document.meta.id, 1, file, "");
    document.show_version(&version);
    errors.0.extend(records::checked::<Document>(app, ctx, None, &mut document, draft)?.0);
    none_of(errors)?;
    Ok((document, version))
}

/// A version without the hash of its bytes, and what is wrong with the file.
fn version_of(
    ctx: &Ctx,
    document: Uuid,
    number: u32,
    file: &Upload,
    note: &str,
) -> (DocumentVersion, FieldErrors) {
    let mut errors = FieldErrors::default();
    let size_bytes = u64::try_from(file.bytes.len()).unwrap_or(u64::MAX);
    let file_name = plain_name(&file.name);
    let mut found = "application/octet-stream";
    if file.bytes.is_empty() && file.name.trim().is_empty() {
        errors.add("file", "file-missing", "");
    } else if file.bytes.is_empty() {
        errors.add("file", "document-empty", file_name.as_str());
    } else if size_bytes > DOCUMENT_BYTES_MAX {
        errors.add("file", "file-too-large", format!("{} MB", DOCUMENT_BYTES_MAX / 1_000_000));
    } else {
        match media_type(&file_name, &file.bytes) {
            Ok(media_type) => found = media_type,
            Err(code) => errors.add("file", code, file_name.as_str()),
        }
    }
    let note = model::single_spaced(note);
    if note.chars().count() > CHANGE_NOTE_CHARACTERS_MAX {
        errors.add("note", "too-long", CHANGE_NOTE_CHARACTERS_MAX.to_string());
    }
    let version = DocumentVersion {
        meta: Meta::new(ctx.new_id(), ctx.at, ctx.actor()),
        document,
        number,
        file_name,
        media_type: found.to_owned(),
        size_bytes,
        sha256: String::new(),
        note: (!note.is_empty()).then_some(note),
    };
    (version, errors)
}

/// The version, after its bytes are on the disk.
fn kept(app: &App, version: DocumentVersion, file: &Upload) -> Result<DocumentVersion, Error> {
    let stored = app.documents.put(file.bytes.as_slice(), DOCUMENT_BYTES_MAX).map_err(Error::internal)?;
    Ok(DocumentVersion { sha256: stored.sha256, ..version })
}

/// Puts another file in the place of the newest one, which stays among the versions. A stale version of the record is
/// refused. What is linked has no versions: `document-linked`. The bytes of the newest version are no other: `document-same`.
pub fn add_version(
    app: &App,
    ctx: &Ctx,
    id: Uuid,
    version: u64,
    file: &Upload,
    note: &str,
) -> Result<Document, Error> {
    let before = records::reachable::<Document>(app, ctx, id, Action::Change)?;
    if !before.is_file() {
        return Err(Error::invalid("file", "document-linked", ""));
    }
    let number = before.version_number().saturating_add(1);
    let (added, mut errors) = version_of(ctx, id, number, file, note);
    if usize::try_from(number).is_ok_and(|number| number > DOCUMENT_VERSIONS_MAX) {
        errors.add("file", "document-versions", DOCUMENT_VERSIONS_MAX.to_string());
    }
    let newest = versions_of(app, id)?.into_iter().find(|version| version.number == before.version_number());
    if newest.is_some_and(|newest| newest.sha256 == ::documents::sha256_of(&file.bytes)) {
        errors.add("file", "document-same", before.version_number().to_string());
    }
    none_of(errors)?;
    let mut after = before.clone();
    after.show_version(&added);
    if before.meta.version != version {
        return Err(app.conflict(&before, &after));
    }
    let _naming = app.naming_bytes();
    let mut write = ctx.write();
    write.create(kept(app, added, file)?);
    write.update(&before, after.clone());
    match app.commit(write) {
        Ok(_) => app.store.get::<Document>(id)?.ok_or(Error::NotFound),
        Err(Error::Conflict(_)) => {
            let stored = app.store.get::<Document>(id)?.ok_or(Error::NotFound)?;
            Err(app.conflict(&stored, &after))
        }
        Err(error) => Err(error),
    }
}

/// A document the caller may see.
pub fn get(app: &App, ctx: &Ctx, id: Uuid) -> Result<Document, Error> {
    records::reachable::<Document>(app, ctx, id, Action::See)
}

/// Its versions, the newest first; none of what is linked.
pub fn versions(app: &App, ctx: &Ctx, id: Uuid) -> Result<Vec<DocumentVersion>, Error> {
    get(app, ctx, id)?;
    let mut found = versions_of(app, id)?;
    found.sort_by_key(|version| std::cmp::Reverse(version.number));
    Ok(found)
}

pub(crate) fn versions_of(app: &App, id: Uuid) -> Result<Vec<DocumentVersion>, Error> {
    Ok(app.store.members::<DocumentVersion>(id, DOCUMENT_VERSIONS_MAX)?)
}

/// The bytes of a version, of the newest one where none is named; «not found» for what has none.
pub fn content(app: &App, ctx: &Ctx, id: Uuid, number: Option<u32>) -> Result<Content, Error> {
    let wanted = number.unwrap_or(get(app, ctx, id)?.version_number());
    let version = versions(app, ctx, id)?.into_iter().find(|version| version.number == wanted);
    let version = version.ok_or(Error::NotFound)?;
    let bytes = app.documents.get(&version.sha256).map_err(Error::internal)?;
    Ok(Content { version, bytes })
}

/// Documents of a record that the caller sees, the newest first, whosever they are; whether there are more.
pub fn of_record(app: &App, ctx: &Ctx, record: Uuid, limit: usize) -> Result<(Vec<Document>, bool), Error> {
    let mut found = Vec::new();
    for id in records::linked_ids(app, record, Kind::Document, limit + 1)? {
        let document = app.store.get::<Document>(id)?.filter(|document| !document.common.archived);
        if let Some(document) = document
            && permissions::require_with_links(app, ctx, &document, Action::See).is_ok()
        {
            found.push(document);
        }
    }
    let has_more = found.len() > limit;
    found.truncate(limit);
    Ok((found, has_more))
}

/// Those that belong to a record, whoever may see them.
pub(crate) fn all_of(app: &App, record: Uuid) -> Result<Vec<Document>, Error> {
    let mut found = Vec::new();
    for id in records::linked_ids(app, record, Kind::Document, OF_RECORD_MAX)? {
        found.extend(app.store.get::<Document>(id)?);
    }
    Ok(found)
}

/// Whoever deletes a record deletes its documents first, or takes them away from it.
pub(crate) fn require_none(app: &App, record: Uuid) -> Result<(), Error> {
    match records::linked_ids(app, record, Kind::Document, OF_RECORD_MAX)?.len() {
        0 => Ok(()),
        count => Err(Error::invalid("", "in-use", count.to_string())),
    }
}

/// Takes away from a record what belongs to it and to others, and deletes what is its alone, in this write. Afterwards the
/// bytes are to be released.
pub(crate) fn delete_of(app: &App, write: &mut Write, record: Uuid) -> Result<Hashes, Error> {
    let mut hashes = Hashes::default();
    for document in all_of(app, record)? {
        let mut left = document.clone();
        for (kind, _) in document.links().filter(|(_, id)| *id == record) {
            if let Some(link) = left.link_mut(kind) {
                *link = None;
            }
        }
        if left.links().next().is_some() {
            write.update(&document, left);
        } else {
            hashes.extend(delete_versions(app, write, document.meta.id)?);
            write.delete(&document);
        }
    }
    Ok(hashes)
}

/// Deletes the versions of a document in this write.
pub(crate) fn delete_versions(app: &App, write: &mut Write, id: Uuid) -> Result<Hashes, Error> {
    let mut hashes = Hashes::default();
    for version in versions_of(app, id)? {
        write.delete(&version);
        hashes.insert(version.sha256);
    }
    Ok(hashes)
}

/// Deletes a document for good, because whom it is about is erased: the bytes first, so that none are left if the machine
/// stops between.
pub(crate) fn erase(app: &App, mut write: Write, id: Uuid) -> Result<(), Error> {
    let Some(document) = app.store.get::<Document>(id)? else { return Ok(()) };
    let hashes = delete_versions(app, &mut write, id)?;
    bytes::release_but_of(app, &hashes, Some(id))?;
    write.delete(&document);
    app.commit(write).map(|_| ())
}
