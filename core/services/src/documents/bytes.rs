//! Bytes that several records may name: they go with the last one.

use crate::{App, Error};
use model::json;
use model::uuid::Uuid;
use model::{DocumentVersion, EvidencePack, Import, Plugin, Quote, Record, Screen, Settings};
use std::collections::BTreeSet;
use std::sync::{PoisonError, RwLockReadGuard};

/// SHA-256 of files.
pub(crate) type Hashes = BTreeSet<String>;

impl App {
    /// Held from keeping bytes until a record names them: meanwhile nobody finds that no record does.
    pub(crate) fn naming_bytes(&self) -> RwLockReadGuard<'_, ()> {
        self.bytes.read().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Removes the bytes of what was deleted that no record names.
pub(crate) fn release(app: &App, hashes: &Hashes) -> Result<(), Error> {
    release_but_of(app, hashes, None)
}

/// The same, as if this document were gone already.
pub(super) fn release_but_of(app: &App, hashes: &Hashes, gone: Option<Uuid>) -> Result<(), Error> {
    if hashes.is_empty() {
        return Ok(());
    }
    let _removing = app.bytes.write().unwrap_or_else(PoisonError::into_inner);
    let mut left = Hashes::new();
    for sha256 in hashes {
        if !is_version(app, sha256, gone)? {
            left.insert(sha256.clone());
        }
    }
    // Whatever else keeps bytes: few of each, but for quotes.
    keep_named::<Settings>(app, &mut left)?;
    keep_named::<Plugin>(app, &mut left)?;
    keep_named::<Screen>(app, &mut left)?;
    keep_named::<EvidencePack>(app, &mut left)?;
    keep_named::<Import>(app, &mut left)?;
    keep_named::<Quote>(app, &mut left)?;
    left.iter().try_for_each(|sha256| app.documents.remove(sha256).map_err(Error::internal))
}

/// Removes bytes that another kind of record named alone, unless they are those of a document.
pub(crate) fn remove_bytes(app: &App, sha256: &str) -> Result<(), Error> {
    let _removing = app.bytes.write().unwrap_or_else(PoisonError::into_inner);
    if is_version(app, sha256, None)? {
        return Ok(());
    }
    app.documents.remove(sha256).map_err(Error::internal)
}

fn is_version(app: &App, sha256: &str, gone: Option<Uuid>) -> Result<bool, Error> {
    let group = DocumentVersion::group_of_bytes(sha256);
    let names = |version: &DocumentVersion| version.sha256 == sha256 && Some(version.document) != gone;
    Ok(app.store.members::<DocumentVersion>(group, store::MEMBERS_MAX)?.iter().any(names))
}

/// Takes out the hashes that records of this entity name, in whichever field.
fn keep_named<R: Record>(app: &App, hashes: &mut Hashes) -> Result<(), Error> {
    if hashes.is_empty() {
        return Ok(());
    }
    app.store.each_record::<R, Error>(&mut |record| {
        let said = json::to_string(&record).map_err(Error::internal)?;
        hashes.retain(|sha256| !said.contains(sha256.as_str()));
        Ok(!hashes.is_empty())
    })
}
