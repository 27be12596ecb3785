//! Opening the file: sealed, checked, and begun anew when anything about it is wrong.

use crate::connections::Connections;
use crate::{AnalyticsError, AnalyticsProjector, seal, tables};
use duckdb::{Config, Connection};
use std::fs::{self, File, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

const FILE: &str = "facts.duckdb";
/// What DuckDB puts beside its file.
const COMPANIONS: [&str; 2] = ["facts.duckdb.wal", "facts.duckdb.tmp"];
/// Stands beside a file that DuckDB gave up while it was open.
const INVALID_MARK: &str = "facts.invalid";
const LOCK: &str = "facts.lock";
/// Spilled while sorting; more is a report that should not run.
const SPILL_MAX: &str = "1GB";

/// How much of the machine reports may take.
#[derive(Clone, Debug)]
pub struct Limits {
    pub memory_mb: u32,
    pub threads: u8,
    /// Of one report, waiting for a connection not counted.
    pub query_ms: u64,
    /// Reports at once; one more waits as long as a report may take.
    pub connections: usize,
}

impl Default for Limits {
    /// For a company of fifty on two cores: counting 200,000 leads takes tens of milliseconds.
    fn default() -> Limits {
        Limits { memory_mb: 256, threads: 2, query_ms: 10_000, connections: 4 }
    }
}

/// A handle to ask for reports: cheap to clone, shared by all threads.
#[derive(Clone)]
pub struct Analytics {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) connections: Connections,
    folder: PathBuf,
    /// What the last commit took; written by the projector alone.
    pub(crate) cursor: AtomicU64,
    pub(crate) has_projector: AtomicBool,
    /// Let go last, when no connection is left.
    _lock: File,
}

impl Analytics {
    /// Opens the facts in `folder`, or begins them. A file that is damaged, of another version, or that was given up
    /// is removed and begun anew with cursor 0.
    pub fn open(folder: &Path, limits: Limits) -> Result<Analytics, AnalyticsError> {
        fs::create_dir_all(folder).map_err(|source| in_folder(folder, source))?;
        let lock = lock(folder)?;
        if folder.join(INVALID_MARK).exists() {
            remove(folder)?;
        }
        let connection = open_checked(folder, &limits).or_else(|_damaged| {
            remove(folder)?;
            open_checked(folder, &limits)
        })?;
        let cursor = AtomicU64::new(tables::cursor(&connection)?);
        let time = Duration::from_millis(limits.query_ms);
        let connections = Connections::new(connection, limits.connections, time);
        let has_projector = AtomicBool::new(false);
        let folder = folder.to_owned();
        Ok(Analytics { inner: Arc::new(Inner { connections, folder, cursor, has_projector, _lock: lock }) })
    }

    /// The one that follows the journal. There is one at a time.
    pub fn projector(&self) -> Result<AnalyticsProjector, AnalyticsError> {
        AnalyticsProjector::new(self)
    }

    /// The sequence number of the last change that reports see.
    pub fn cursor(&self) -> u64 {
        self.inner.cursor.load(Ordering::Acquire)
    }

    /// Runs `read` on a connection of its own, inside one transaction, up to the time limit.
    pub(crate) fn read<T>(
        &self,
        read: impl FnOnce(&Connection) -> Result<T, AnalyticsError>,
    ) -> Result<T, AnalyticsError> {
        self.note(self.inner.connections.read(read))
    }

    /// Remembers on disk that the file has to be begun anew.
    pub(crate) fn note<T>(&self, result: Result<T, AnalyticsError>) -> Result<T, AnalyticsError> {
        if let Err(AnalyticsError::Invalidated(_)) = &result {
            let mark = self.inner.folder.join(INVALID_MARK);
            fs::write(&mark, []).map_err(|source| in_folder(&mark, source))?;
        }
        result
    }
}

/// Removes everything, so that the next `open` begins anew. Refused while somebody has it open.
pub fn rebuild(folder: &Path) -> Result<(), AnalyticsError> {
    if !folder.exists() {
        return Ok(());
    }
    let _lock = lock(folder)?;
    remove(folder)
}

fn open_checked(folder: &Path, limits: &Limits) -> Result<Connection, AnalyticsError> {
    let path = folder.join(FILE);
    let is_new = !path.exists();
    let connection = Connection::open_with_flags(&path, config(limits)?)?;
    if is_new {
        connection.execute_batch(tables::CREATE)?;
    }
    let version: i32 = connection.query_row("SELECT version FROM schema_version", [], |row| row.get(0))?;
    if version != tables::VERSION {
        return Err(AnalyticsError::Damaged("another version"));
    }
    if let Some(_statement) = seal::unsealed(&connection) {
        return Err(AnalyticsError::Damaged("the database reaches outside its file"));
    }
    tables::cursor(&connection)?;
    Ok(connection)
}

/// Only who holds it may open, or remove. DuckDB's own lock does not keep out a second one in the same process.
fn lock(folder: &Path) -> Result<File, AnalyticsError> {
    let path = folder.join(LOCK);
    let file = File::create(&path).map_err(|source| in_folder(&path, source))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(AnalyticsError::InUse),
        Err(TryLockError::Error(source)) => Err(in_folder(&path, source)),
    }
}

/// No file but its own, no extension, no network; and no statement can change that.
fn config(limits: &Limits) -> Result<Config, duckdb::Error> {
    Config::default()
        .enable_external_access(false)?
        .enable_autoload_extension(false)?
        .with("allow_community_extensions", "false")?
        .with("max_temp_directory_size", SPILL_MAX)?
        .max_memory(&format!("{}MB", limits.memory_mb))?
        .threads(i64::from(limits.threads))?
        .with("lock_configuration", "true")
}

fn remove(folder: &Path) -> Result<(), AnalyticsError> {
    // The mark goes last: a crash in between begins anew once more.
    for name in [FILE].into_iter().chain(COMPANIONS).chain([INVALID_MARK]) {
        let path = folder.join(name);
        let removed = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
        match removed {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(in_folder(&path, error)),
            _ => {}
        }
    }
    Ok(())
}

fn in_folder(path: &Path, source: std::io::Error) -> AnalyticsError {
    AnalyticsError::Folder { path: path.to_owned(), source }
}
