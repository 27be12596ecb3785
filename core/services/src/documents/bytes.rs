//! Bytes that several records may name: they go with the last one.

use crate::{App, Error};
use model::uuid::Uuid;
use model::{DocumentVersion, EvidencePack, Import, Kind, Plugin, Quote, Record, Screen, Settings};
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
    each_other(app, &mut |_, _, named| {
        left.retain(|sha256| !named.contains(&sha256.as_str()));
        Ok(!left.is_empty())
    })?;
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

/// Told the entity and the id of a record, and the bytes it names; whether to go on with this entity.
type Take<'a> = &'a mut dyn FnMut(Kind, Uuid, &[&str]) -> Result<bool, Error>;

/// A record that names bytes by their hash.
trait NamesBytes: Record {
    /// Each once.
    fn named(&self) -> Vec<&str>;
}

/// Every record that names bytes.
pub(crate) fn each_naming(app: &App, take: Take<'_>) -> Result<(), Error> {
    each_of::<DocumentVersion>(app, take)?;
    each_other(app, take)
}

/// The same but for versions, which an index finds: few of each entity, but for quotes.
fn each_other(app: &App, take: Take<'_>) -> Result<(), Error> {
    each_of::<Settings>(app, take)?;
    each_of::<Plugin>(app, take)?;
    each_of::<Screen>(app, take)?;
    each_of::<EvidencePack>(app, take)?;
    each_of::<Import>(app, take)?;
    each_of::<Quote>(app, take)
}

fn each_of<R: NamesBytes>(app: &App, take: Take<'_>) -> Result<(), Error> {
    app.store.each_record::<R, Error>(&mut |record| take(R::KIND, record.meta().id, &record.named()))
}

impl NamesBytes for DocumentVersion {
    fn named(&self) -> Vec<&str> {
        vec![self.sha256.as_str()]
    }
}

impl NamesBytes for Settings {
    fn named(&self) -> Vec<&str> {
        self.logo.iter().map(|logo| logo.sha256.as_str()).collect()
    }
}

impl NamesBytes for Plugin {
    fn named(&self) -> Vec<&str> {
        vec![self.component_sha256.as_str()]
    }
}

impl NamesBytes for Screen {
    fn named(&self) -> Vec<&str> {
        vec![self.sha256.as_str()]
    }
}

impl NamesBytes for EvidencePack {
    fn named(&self) -> Vec<&str> {
        self.sha256.as_deref().into_iter().collect()
    }
}

impl NamesBytes for Import {
    fn named(&self) -> Vec<&str> {
        vec![self.file_sha256.as_str()]
    }
}

impl NamesBytes for Quote {
    fn named(&self) -> Vec<&str> {
        let acceptance = self.state.acceptance.as_ref();
        let signature = acceptance.and_then(|acceptance| acceptance.signature.as_deref());
        let accepted = acceptance.map(|acceptance| acceptance.pdf.as_str());
        let sent = self.state.pdf.as_deref().filter(|sent| Some(*sent) != accepted);
        [sent, accepted, signature].into_iter().flatten().collect()
    }
}
