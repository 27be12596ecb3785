//! What can go wrong, in plain words for the operator; `services` finds the words for the user.

use crate::engine::EngineError;
use model::Kind;
use model::uuid::Uuid;
use std::path::PathBuf;

/// Why the store does not open.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("{} is being used by another Tracte. Stop that one first.", dir.display())]
    Locked { dir: PathBuf },
    #[error("{} cannot be used: {source}. Check that the folder exists and that Tracte may write in it.", path.display())]
    Folder {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error(
        "The data in {} cannot be read: {message}. Keep a copy of the folder and restore the last backup into an empty one.",
        dir.display()
    )]
    Damaged { dir: PathBuf, message: String },
    #[error(
        "The data in {} has format {found}, and this Tracte knows formats up to {known}. Start it with a newer Tracte.",
        dir.display()
    )]
    TooNew { dir: PathBuf, found: u64, known: u64 },
    #[error(
        "The data in {} has format {found}, which this Tracte (format {known}) can no longer migrate. \
         Start it once with an older Tracte, or export it there and import it here.",
        dir.display()
    )]
    TooOld { dir: PathBuf, found: u64, known: u64 },
    #[error("{} holds an import that did not finish. Empty the folder and import again.", dir.display())]
    Unfinished { dir: PathBuf },
    #[error("The data in {} could not be migrated from format {from}: {source}", dir.display())]
    Migration {
        dir: PathBuf,
        from: u64,
        #[source]
        source: EngineError,
    },
    #[error("The store could not start: {0}")]
    Engine(#[from] EngineError),
}

/// Why a read failed. Never because something is not there.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    #[error("the store could not be read: {0}")]
    Storage(#[from] EngineError),
    #[error("damaged data: {what}. Run `tracte verify`, and restore the last backup if it finds faults")]
    Damaged { what: String },
}

/// Why a write was not done. Nothing of it was.
#[derive(Debug, thiserror::Error)]
pub enum CommitError {
    #[error("{kind} {id} is not as it was read")]
    Stale {
        kind: Kind,
        id: Uuid,
        /// The version that is there now; `None` when the record is gone.
        stored: Option<u64>,
    },
    #[error("{kind} {id} is there already")]
    Exists { kind: Kind, id: Uuid },
    #[error("the value of a unique index is taken by {by}")]
    Taken { key: Vec<u8>, by: Uuid },
    #[error("{key} was done before")]
    Repeated { key: String },
    #[error("{kind} {id} has {bytes} bytes, more than {limit}")]
    TooBig { kind: Kind, id: Uuid, bytes: usize, limit: usize },
    #[error("a write of {ops} operations, more than {limit}")]
    TooMany { ops: usize, limit: usize },
    #[error("the store is closed")]
    Closed,
    /// The disk or the engine failed. The store takes no more writes until it is opened again.
    #[error("the store cannot write: {0}")]
    Storage(#[source] EngineError),
}

/// Why an export or a backup was not made.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    #[error(transparent)]
    Read(#[from] ReadError),
    #[error("the export could not wait for the writes before it: {0}")]
    Commit(#[from] CommitError),
    #[error("the export could not be written: {0}")]
    Write(#[from] std::io::Error),
}

impl From<EngineError> for ExportError {
    fn from(error: EngineError) -> ExportError {
        ExportError::Read(ReadError::Storage(error))
    }
}

/// Something wrong in a file to import.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LineProblem {
    /// From 1; `None` when it is about the file as a whole.
    pub line: Option<u64>,
    pub message: String,
}

impl std::fmt::Display for LineProblem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.line {
            Some(line) => write!(f, "line {line}: {}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

/// Why nothing was imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error("{} is not empty. Import into an empty folder.", dir.display())]
    NotEmpty { dir: PathBuf },
    #[error("the file has {} problems; the first: {}", problems.len(), problems.first().map(ToString::to_string).unwrap_or_default())]
    Invalid { problems: Vec<LineProblem> },
    #[error("the file cannot be read: {0}")]
    File(#[source] std::io::Error),
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error(transparent)]
    Read(#[from] ReadError),
}

impl From<EngineError> for ImportError {
    fn from(error: EngineError) -> ImportError {
        ImportError::Read(ReadError::Storage(error))
    }
}
