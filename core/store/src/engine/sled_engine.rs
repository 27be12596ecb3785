//! sled 0.34.7 behind the contract, opened with care for its known faults.

use super::{Direction, Engine, EngineError, Entry, SCAN_ENTRIES_MAX, Scan, Tree};
use crate::batch::Batch;
use crate::error::OpenError;
use crate::keys;
use sled::transaction::{ConflictableTransactionError, TransactionError, TransactionalTree};
use sled::{IVec, Transactional};
use std::fs::{self, File};
use std::ops::Bound;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

/// Where the four key spaces lie.
enum Spaces {
    /// In one tree, each behind a byte of its own: sled applies a batch of one tree without reading first what it is about
    /// to overwrite, which is a third of the time of a transaction.
    Together(sled::Tree),
    /// In a tree each, as folders were begun before: they stay so until they are exported and imported.
    Apart([sled::Tree; 4]),
}

/// Said in the tree `meta` of folders whose spaces are together; nobody but a Tracte of format 9 and before reads it.
const FORMAT_TOGETHER: u64 = 10;

/// sled's own thread collects garbage in its file at this pace.
const FLUSH_EVERY_MS: u64 = 500;

/// A database in a folder.
pub struct SledEngine {
    db: sled::Db,
    spaces: Spaces,
    /// sled's own file: its `flush` does not wait for the disk, ours does.
    file: File,
}

impl SledEngine {
    /// Opens or creates. The folder must exist and be locked by the caller.
    pub fn open(dir: &Path, cache_bytes: u64) -> Result<SledEngine, OpenError> {
        for path in snapshots(dir)? {
            if path.extension().is_some_and(|end| end == "generating") {
                fs::remove_file(&path).map_err(|source| OpenError::Folder { path, source })?;
            }
        }
        let first = match open_guarded(dir, cache_bytes) {
            Ok(db) => return SledEngine::with(db, dir),
            Err(failure) => failure,
        };
        let snapshots = snapshots(dir)?;
        if first.is_access || snapshots.is_empty() {
            return Err(first.into_error(dir));
        }
        // A snapshot only saves replaying the whole log.
        for path in snapshots {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let aside = dir.join(format!("unreadable-{name}"));
            fs::rename(&path, aside).map_err(|source| OpenError::Folder { path: path.clone(), source })?;
        }
        match open_guarded(dir, cache_bytes) {
            Ok(db) => SledEngine::with(db, dir),
            Err(failure) => Err(failure.into_error(dir)),
        }
    }

    /// With a tree for each key space, as folders were begun before: for tests.
    pub fn open_apart(dir: &Path, cache_bytes: u64) -> Result<SledEngine, OpenError> {
        let db = open_guarded(dir, cache_bytes).map_err(|failure| failure.into_error(dir))?;
        db.open_tree(Tree::Records.name()).map_err(EngineError::from)?;
        SledEngine::with(db, dir)
    }

    fn with(db: sled::Db, dir: &Path) -> Result<SledEngine, OpenError> {
        let open = |tree: Tree| db.open_tree(tree.name()).map_err(EngineError::from);
        // An older Tracte that is started on a new folder makes its four trees before it looks: what is in the tree of all
        // counts more than their names.
        let is_apart =
            db.is_empty() && db.tree_names().iter().any(|name| name == Tree::Records.name().as_bytes());
        let spaces = if is_apart {
            Spaces::Apart([open(Tree::Records)?, open(Tree::Index)?, open(Tree::Journal)?, open(Tree::Meta)?])
        } else {
            tell_older(&open(Tree::Meta)?)?;
            Spaces::Together((*db).clone())
        };
        let path = dir.join("db");
        let file = File::open(&path).map_err(|source| OpenError::Folder { path, source })?;
        // The names of new files are on the disk too.
        File::open(dir)
            .and_then(|folder| folder.sync_all())
            .map_err(|source| OpenError::Folder { path: dir.to_owned(), source })?;
        Ok(SledEngine { db, spaces, file })
    }
}

impl Engine for SledEngine {
    fn get(&self, tree: Tree, key: &[u8]) -> Result<Option<Vec<u8>>, EngineError> {
        let found = match &self.spaces {
            Spaces::Together(all) => all.get(within(tree, key))?,
            Spaces::Apart(trees) => trees[tree.position()].get(key)?,
        };
        Ok(found.map(|value| value.to_vec()))
    }

    fn scan(&self, tree: Tree, scan: &Scan) -> Result<Vec<Entry>, EngineError> {
        let limit = scan.limit.min(SCAN_ENTRIES_MAX);
        let (all, before_key) = match &self.spaces {
            Spaces::Together(all) => (all, Some(tree)),
            Spaces::Apart(trees) => (&trees[tree.position()], None),
        };
        let placed = |key: &[u8]| before_key.map_or_else(|| key.to_vec(), |tree| within(tree, key));
        let (from, to) = bounds(placed(&scan.prefix), scan.after.as_deref().map(placed), scan.direction);
        if is_empty(&from, &to) {
            return Ok(Vec::new());
        }
        let pairs = all.range::<Vec<u8>, _>((from, to));
        let skip = usize::from(before_key.is_some());
        match scan.direction {
            Direction::Forward => collect(pairs.take(limit), skip),
            Direction::Backward => collect(pairs.rev().take(limit), skip),
        }
    }

    fn apply(&self, batch: &Batch) -> Result<(), EngineError> {
        let [records, index, journal, meta] = match &self.spaces {
            Spaces::Together(all) => return Ok(all.apply_batch(together(batch))?),
            Spaces::Apart(trees) => trees,
        };
        let done = (records, index, journal, meta).transaction(|(records, index, journal, meta)| {
            for (tree, view) in Tree::ALL.into_iter().zip([records, index, journal, meta]) {
                write(view, batch, tree)?;
            }
            Ok::<(), ConflictableTransactionError<()>>(())
        });
        match done {
            Ok(()) => Ok(()),
            Err(TransactionError::Storage(error)) => Err(error.into()),
            Err(TransactionError::Abort(())) => Err(EngineError("the transaction was aborted".into())),
        }
    }

    fn flush(&self) -> Result<(), EngineError> {
        self.db.flush()?;
        Ok(())
    }

    fn sync(&self) -> Result<(), EngineError> {
        self.file.sync_data().map_err(|error| EngineError(Box::new(error)))
    }

    fn disk_bytes(&self) -> Result<u64, EngineError> {
        Ok(self.db.size_on_disk()?)
    }
}

impl From<sled::Error> for EngineError {
    fn from(error: sled::Error) -> EngineError {
        EngineError(Box::new(error))
    }
}

fn write(
    view: &TransactionalTree,
    batch: &Batch,
    tree: Tree,
) -> Result<(), ConflictableTransactionError<()>> {
    for (key, value) in batch.operations(tree) {
        match value {
            Some(value) => view.insert(key, value)?,
            None => view.remove(key)?,
        };
    }
    Ok(())
}

/// What an older Tracte finds where it looks: a journal that is not shorter than it was, and a format that it does not know.
/// So it says that a newer one is needed, instead of beginning an empty company.
fn tell_older(meta: &sled::Tree) -> Result<(), EngineError> {
    for (key, number) in [(keys::FORMAT, FORMAT_TOGETHER), (keys::HEAD, u64::MAX)] {
        let value = number.to_be_bytes();
        if meta.get(key)?.is_none_or(|known| known != value) {
            meta.insert(key, &value)?;
        }
    }
    Ok(())
}

/// The key of a space in the tree of all.
fn within(tree: Tree, key: &[u8]) -> Vec<u8> {
    let mut placed = Vec::with_capacity(key.len() + 1);
    placed.push(tree.tag());
    placed.extend_from_slice(key);
    placed
}

fn together(batch: &Batch) -> sled::Batch {
    let mut all = sled::Batch::default();
    for tree in Tree::ALL {
        for (key, value) in batch.operations(tree) {
            let key = within(tree, key);
            match value {
                Some(value) => all.insert(key, value),
                None => all.remove(key),
            }
        }
    }
    all
}

/// The entries without the first bytes of their keys, which say the space.
fn collect(
    pairs: impl Iterator<Item = sled::Result<(IVec, IVec)>>,
    skip: usize,
) -> Result<Vec<Entry>, EngineError> {
    pairs
        .map(|pair| {
            let (key, value) = pair?;
            Ok(Entry { key: key.get(skip..).unwrap_or_default().to_vec(), value: value.to_vec() })
        })
        .collect()
}

type Bounds = (Bound<Vec<u8>>, Bound<Vec<u8>>);

fn bounds(prefix: Vec<u8>, after: Option<Vec<u8>>, direction: Direction) -> Bounds {
    let end = match end_of_prefix(&prefix) {
        Some(end) => Bound::Excluded(end),
        None => Bound::Unbounded,
    };
    match (after, direction) {
        (Some(key), Direction::Forward) if key >= prefix => (Bound::Excluded(key), end),
        (Some(key), Direction::Backward) if !is_past(&key, &end) => {
            (Bound::Included(prefix), Bound::Excluded(key))
        }
        _ => (Bound::Included(prefix), end),
    }
}

fn is_past(key: &[u8], end: &Bound<Vec<u8>>) -> bool {
    matches!(end, Bound::Excluded(end) if key >= end.as_slice())
}

/// sled panics on ranges that end before they begin.
fn is_empty(from: &Bound<Vec<u8>>, to: &Bound<Vec<u8>>) -> bool {
    match (from, to) {
        (Bound::Included(from) | Bound::Excluded(from), Bound::Excluded(to)) => from >= to,
        _ => false,
    }
}

/// The first key after all those that begin with the prefix; none if there is no such key.
fn end_of_prefix(prefix: &[u8]) -> Option<Vec<u8>> {
    let last = prefix.iter().rposition(|byte| *byte != u8::MAX)?;
    let mut end = prefix[..=last].to_vec();
    end[last] += 1;
    Some(end)
}

fn snapshots(dir: &Path) -> Result<Vec<PathBuf>, OpenError> {
    let problem = |source| OpenError::Folder { path: dir.to_owned(), source };
    let mut paths = Vec::new();
    for entry in fs::read_dir(dir).map_err(problem)? {
        let entry = entry.map_err(problem)?;
        if entry.file_name().to_string_lossy().starts_with("snap.") {
            paths.push(entry.path());
        }
    }
    Ok(paths)
}

struct OpenFailure {
    message: String,
    /// Rights, space, another process: nothing is wrong with the data.
    is_access: bool,
}

impl OpenFailure {
    fn into_error(self, dir: &Path) -> OpenError {
        if self.is_access {
            let source = std::io::Error::other(self.message);
            OpenError::Folder { path: dir.to_owned(), source }
        } else {
            OpenError::Damaged { dir: dir.to_owned(), message: self.message }
        }
    }
}

/// sled 0.34 meets some damage with a panic instead of an error.
/// Two seconds in all: four times the flusher's rhythm.
const LOCK_ATTEMPTS_MAX: u32 = 40;
const LOCK_WAIT: std::time::Duration = std::time::Duration::from_millis(50);

/// sled's own lock may still be held by the former handle of this process: its flusher thread lets go a moment after the
/// handle is dropped. Nobody else can hold it, since the folder's own lock is ours.
fn open_guarded(dir: &Path, cache_bytes: u64) -> Result<sled::Db, OpenFailure> {
    let mut attempts = LOCK_ATTEMPTS_MAX;
    loop {
        match open_once(dir, cache_bytes) {
            Err(failure) if failure.message.contains("could not acquire lock") && attempts > 1 => {
                attempts -= 1;
                std::thread::park_timeout(LOCK_WAIT);
            }
            outcome => return outcome,
        }
    }
}

fn open_once(dir: &Path, cache_bytes: u64) -> Result<sled::Db, OpenFailure> {
    let config = sled::Config::new()
        .path(dir)
        .cache_capacity(cache_bytes)
        .flush_every_ms(Some(FLUSH_EVERY_MS))
        .mode(sled::Mode::LowSpace);
    match catch_unwind(AssertUnwindSafe(|| config.open())) {
        Ok(Ok(db)) => Ok(db),
        Ok(Err(error)) => {
            let is_access = matches!(&error, sled::Error::Io(cause)
                if cause.kind() != std::io::ErrorKind::UnexpectedEof && cause.kind() != std::io::ErrorKind::InvalidData);
            Err(OpenFailure { message: error.to_string(), is_access })
        }
        Err(panic) => Err(OpenFailure { message: panic_text(panic.as_ref()), is_access: false }),
    }
}

/// What a panic said.
pub(crate) fn panic_text(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(ToString::to_string);
    text.or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "the engine stopped".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As Tracte opened folders until their spaces were together.
    fn older_start(dir: &Path) -> (Option<IVec>, Option<IVec>) {
        let db = open_guarded(dir, 1 << 20).unwrap_or_else(|failure| panic!("{}", failure.message));
        let trees = Tree::ALL.map(|tree| db.open_tree(tree.name()).unwrap());
        let meta = &trees[Tree::Meta.position()];
        (meta.get(keys::HEAD).unwrap(), meta.get(keys::FORMAT).unwrap())
    }

    #[test]
    fn an_older_start_on_a_new_folder_is_refused_and_harms_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let engine = SledEngine::open(dir.path(), 1 << 20).unwrap();
        let mut batch = Batch::default();
        batch.put(Tree::Records, b"k".as_slice(), b"v".as_slice());
        engine.apply(&batch).unwrap();
        engine.flush().unwrap();
        drop(engine);
        let (head, format) = older_start(dir.path());
        assert_eq!(head.as_deref(), Some(u64::MAX.to_be_bytes().as_slice()), "no shorter than it was");
        assert_eq!(format.as_deref(), Some(FORMAT_TOGETHER.to_be_bytes().as_slice()), "too new for it");
        let engine = SledEngine::open(dir.path(), 1 << 20).unwrap();
        assert!(matches!(engine.spaces, Spaces::Together(_)));
        assert_eq!(engine.get(Tree::Records, b"k").unwrap(), Some(b"v".to_vec()));
        assert_eq!(engine.get(Tree::Meta, keys::FORMAT).unwrap(), None, "none of it is ours");
    }
}
