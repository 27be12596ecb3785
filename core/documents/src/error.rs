//! What can go wrong with a file of bytes; the texts are the operator's.

use std::io;
use std::path::{Path, PathBuf};

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("no document has the hash {sha256}")]
    NotFound { sha256: String },
    #[error("«{given}» is not a SHA-256 in lower-case hexadecimal digits")]
    NotAHash { given: String },
    #[error("the document has more than {max_bytes} bytes")]
    TooBig { max_bytes: u64 },
    #[error("the document {sha256} is not what it was when it was stored: restore it from a backup")]
    Damaged { sha256: String },
    #[error("{} is open in another process", folder.display())]
    InUse { folder: PathBuf },
    /// The reader given to `put` failed: an upload that broke off.
    #[error("the bytes could not be read from where they come")]
    Source {
        #[source]
        source: io::Error,
    },
    #[error("could not {deed} {}", path.display())]
    Io {
        deed: &'static str,
        path: PathBuf,
        #[source]
        source: io::Error,
    },
}

impl Error {
    /// Stable, kebab-case.
    pub fn code(&self) -> &'static str {
        match self {
            Error::NotFound { .. } => "not-found",
            Error::NotAHash { .. } => "not-a-hash",
            Error::TooBig { .. } => "too-big",
            Error::Damaged { .. } => "damaged",
            Error::InUse { .. } => "in-use",
            Error::Source { .. } => "source",
            Error::Io { .. } => "io",
        }
    }

    pub(crate) fn io(deed: &'static str, path: &Path, source: io::Error) -> Error {
        Error::Io { deed, path: path.to_path_buf(), source }
    }
}
