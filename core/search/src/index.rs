//! Opening the index: the folder for this schema, what to do with damaged and older ones, and the handle to read it.

use crate::schema::Fields;
use crate::{SearchError, SearchProjector};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tantivy::directory::MmapDirectory;
use tantivy::{Index, IndexReader, ReloadPolicy, TantivyError};

/// Where a damaged index is put aside, for whoever wants to know why. Only the last one is kept.
const DAMAGED_FOLDER: &str = "damaged";

/// A handle to search with: cheap to clone, shared by all threads.
#[derive(Clone)]
pub struct Search {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) index: Index,
    pub(crate) reader: IndexReader,
    pub(crate) fields: Fields,
    /// What the last commit took; written by the projector alone.
    pub(crate) cursor: AtomicU64,
}

impl Search {
    /// Opens the index in `folder`, or begins one. A damaged index is put aside and begun anew with cursor 0;
    /// indexes of other versions are removed.
    pub fn open(folder: &Path) -> Result<Search, SearchError> {
        let fields = Fields::new();
        let name = fields.folder_name();
        let path = folder.join(&name);
        let search = match open_checked(&path, &fields) {
            Ok(search) => search,
            Err(SearchError::Folder { path, source }) => return Err(SearchError::Folder { path, source }),
            Err(_damaged) => {
                put_aside(folder, &path)?;
                open_checked(&path, &fields)?
            }
        };
        remove_others(folder, &name)?;
        Ok(search)
    }

    /// The one that follows the journal. There is one at a time.
    pub fn projector(&self) -> Result<SearchProjector, SearchError> {
        SearchProjector::new(self)
    }

    /// The sequence number of the last change that searches see.
    pub fn cursor(&self) -> u64 {
        self.inner.cursor.load(Ordering::Acquire)
    }
}

/// Removes everything, so that the next `open` begins anew. For a folder that nobody has open.
pub fn rebuild(folder: &Path) -> Result<(), SearchError> {
    ignore_missing(fs::remove_dir_all(folder)).map_err(|source| in_folder(folder, source))
}

fn open_checked(path: &Path, fields: &Fields) -> Result<Search, SearchError> {
    fs::create_dir_all(path).map_err(|source| in_folder(path, source))?;
    let directory = MmapDirectory::open(path).map_err(TantivyError::from)?;
    let index = Index::open_or_create(directory, fields.schema.clone())?;
    if !index.validate_checksum()?.is_empty() {
        return Err(SearchError::Damaged("a file does not have its checksum"));
    }
    let cursor = match index.load_metas()?.payload {
        None => 0,
        Some(payload) => payload.parse().map_err(|_| SearchError::Damaged("the cursor is no number"))?,
    };
    // The projector reloads after each of its commits: nothing watches files.
    let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
    let cursor = AtomicU64::new(cursor);
    Ok(Search { inner: Arc::new(Inner { index, reader, fields: fields.clone(), cursor }) })
}

fn put_aside(folder: &Path, path: &Path) -> Result<(), SearchError> {
    let aside = folder.join(DAMAGED_FOLDER);
    ignore_missing(fs::remove_dir_all(&aside)).map_err(|source| in_folder(&aside, source))?;
    fs::rename(path, &aside).map_err(|source| in_folder(path, source))
}

fn remove_others(folder: &Path, keep: &str) -> Result<(), SearchError> {
    let entries = fs::read_dir(folder).map_err(|source| in_folder(folder, source))?;
    for entry in entries {
        let entry = entry.map_err(|source| in_folder(folder, source))?;
        let name = entry.file_name();
        let is_index = name.to_str().is_some_and(|name| name.starts_with('v') && name != keep);
        if is_index {
            let path = entry.path();
            ignore_missing(fs::remove_dir_all(&path)).map_err(|source| in_folder(&path, source))?;
        }
    }
    Ok(())
}

fn ignore_missing(result: std::io::Result<()>) -> std::io::Result<()> {
    match result {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

fn in_folder(path: &Path, source: std::io::Error) -> SearchError {
    SearchError::Folder { path: PathBuf::from(path), source }
}
