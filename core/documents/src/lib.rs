#![doc = include_str!("../README.md")]

mod cells;
mod copy;
mod error;
mod hash;
mod pdf;
mod pdf_process;
mod text;
mod verify;
mod zip_out;

pub use copy::{Watch, copy};
pub use error::Error;
pub use pdf::read_pdf;
pub use pdf_process::{PDF, PdfReader};
pub use text::{TEXT_CHARACTERS_MAX, has_text, text_of};
pub use verify::Report;
pub use zip_out::{Content, ZipEntry};

use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

pub type Result<T> = std::result::Result<T, Error>;

/// Read and written in pieces of this size: big enough for a disk, small enough for many uploads at once.
const PIECE_BYTES: usize = 64 * 1024;
/// `get` holds the whole file in memory; bigger ones are read through `open`.
pub const GET_BYTES_MAX: u64 = 256 * 1024 * 1024;
/// Where files are while they are written. On the same file system as their place, so that moving them is one step.
const UNFINISHED: &str = "unfinished";
/// The program that has this file locked owns the folder.
const LOCK: &str = "lock";

/// A folder of files by their hash.
///
/// Invariant: a file under its hash is whole and was flushed to disk before it got that name.
#[derive(Debug)]
pub struct Documents {
    folder: PathBuf,
    next_unfinished: AtomicU64,
    /// Locked while open, so that a second process does not clear away what this one is writing.
    _lock: File,
}

/// What `put` tells about the bytes it took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// 64 lower-case hexadecimal digits.
    pub sha256: String,
    pub size_bytes: u64,
}

impl Documents {
    /// Opens the folder, makes it if need be, and clears away what a crash left unfinished.
    pub fn open(folder: impl AsRef<Path>) -> Result<Documents> {
        let folder = folder.as_ref().to_path_buf();
        let unfinished = folder.join(UNFINISHED);
        fs::create_dir_all(&unfinished)
            .map_err(|source| Error::io("make the folder", &unfinished, source))?;
        let lock = lock(&folder.join(LOCK))?;
        let entries = fs::read_dir(&unfinished).map_err(|source| Error::io("list", &unfinished, source))?;
        for entry in entries {
            let path = entry.map_err(|source| Error::io("list", &unfinished, source))?.path();
            fs::remove_file(&path).map_err(|source| Error::io("clear away", &path, source))?;
        }
        sync_folder(&folder)?;
        Ok(Documents { folder, next_unfinished: AtomicU64::new(0), _lock: lock })
    }

    /// Takes all bytes of the reader, `max_bytes` at most. When it returns they are on disk.
    ///
    /// The same bytes twice are kept once. More than `max_bytes` is `Error::TooBig`, and nothing is kept.
    pub fn put(&self, mut reader: impl Read, max_bytes: u64) -> Result<Stored> {
        let number = self.next_unfinished.fetch_add(1, Ordering::Relaxed);
        let unfinished = Unfinished { path: self.folder.join(UNFINISHED).join(number.to_string()) };
        let stored = unfinished.fill(&mut reader, max_bytes)?;
        let place = self.place(&stored.sha256)?;
        // What stands there is replaced even if it has the name: it may have rotted, and these bytes are known good.
        self.make_parents(&place)?;
        fs::rename(&unfinished.path, &place).map_err(|source| Error::io("name", &place, source))?;
        if let Some(parent) = place.parent() {
            sync_folder(parent)?;
        }
        Ok(stored)
    }

    /// The bytes, after their hash has been checked again.
    pub fn get(&self, sha256: &str) -> Result<Vec<u8>> {
        let mut file = self.open_file(sha256)?;
        let size_bytes = file.metadata().map_err(|source| self.io_at("read", sha256, source))?.len();
        if size_bytes > GET_BYTES_MAX {
            return Err(Error::TooBig { max_bytes: GET_BYTES_MAX });
        }
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(|source| self.io_at("read", sha256, source))?;
        if sha256_of(&bytes) != sha256 {
            return Err(Error::Damaged { sha256: sha256.to_owned() });
        }
        Ok(bytes)
    }

    /// A reader for big files. It does not check the hash: `verify` does.
    pub fn open_file(&self, sha256: &str) -> Result<File> {
        let place = self.place(sha256)?;
        File::open(&place).map_err(|source| match source.kind() {
            io::ErrorKind::NotFound => Error::NotFound { sha256: sha256.to_owned() },
            _ => Error::io("open", &place, source),
        })
    }

    /// Whether there is a file of that hash.
    pub fn contains(&self, sha256: &str) -> Result<bool> {
        let place = self.place(sha256)?;
        place.try_exists().map_err(|source| Error::io("look for", &place, source))
    }

    /// Deletes the bytes. Whether a record still names them is for the caller to know; absent ones are no error.
    pub fn remove(&self, sha256: &str) -> Result<()> {
        let place = self.place(sha256)?;
        match fs::remove_file(&place) {
            Ok(()) => place.parent().map_or(Ok(()), sync_folder),
            Err(source) if source.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(source) => Err(Error::io("delete", &place, source)),
        }
    }

    /// Bytes that may still be written where the files are.
    pub fn free_bytes(&self) -> Result<u64> {
        fs4::available_space(&self.folder).map_err(|source| Error::io("measure", &self.folder, source))
    }

    /// Reads every file and compares it with its name.
    pub fn verify(&self) -> Result<Report> {
        verify::verify(&self.folder)
    }

    /// `ab/cd/abcd…`: at most 256 entries in a folder until there are millions of files.
    fn place(&self, sha256: &str) -> Result<PathBuf> {
        let (first, rest) = hash::parts(sha256)
            .ok_or_else(|| Error::NotAHash { given: sha256.chars().take(80).collect() })?;
        Ok(self.folder.join(first).join(rest).join(sha256))
    }

    /// Makes the two folders of a place, each entry flushed into its own folder.
    fn make_parents(&self, place: &Path) -> Result<()> {
        let folders: Vec<&Path> = place.ancestors().skip(1).take(2).collect();
        for folder in folders.into_iter().rev() {
            match fs::create_dir(folder) {
                Ok(()) => folder.parent().map_or(Ok(()), sync_folder)?,
                // Another upload may have made it a moment ago and not flushed it yet.
                Err(source) if source.kind() == io::ErrorKind::AlreadyExists => {
                    folder.parent().map_or(Ok(()), sync_folder)?;
                }
                Err(source) => return Err(Error::io("make the folder", folder, source)),
            }
        }
        Ok(())
    }

    fn io_at(&self, deed: &'static str, sha256: &str, source: io::Error) -> Error {
        Error::io(deed, &self.folder.join(sha256), source)
    }
}

/// What bytes are called here, before they are kept.
pub fn sha256_of(bytes: &[u8]) -> String {
    hash::to_hex(&Sha256::digest(bytes))
}

/// A file on its way; deleted if it does not get there.
struct Unfinished {
    path: PathBuf,
}

impl Unfinished {
    fn fill(&self, reader: &mut impl Read, max_bytes: u64) -> Result<Stored> {
        let mut file =
            File::create_new(&self.path).map_err(|source| Error::io("make", &self.path, source))?;
        let mut hasher = Sha256::new();
        let mut size_bytes: u64 = 0;
        let mut piece = vec![0; PIECE_BYTES];
        loop {
            let read = match reader.read(&mut piece) {
                Ok(0) => break,
                Ok(read) => read,
                Err(source) if source.kind() == io::ErrorKind::Interrupted => continue,
                Err(source) => return Err(Error::Source { source }),
            };
            size_bytes += read as u64;
            if size_bytes > max_bytes {
                return Err(Error::TooBig { max_bytes });
            }
            hasher.update(&piece[..read]);
            file.write_all(&piece[..read]).map_err(|source| Error::io("write", &self.path, source))?;
        }
        file.sync_all().map_err(|source| Error::io("flush", &self.path, source))?;
        Ok(Stored { sha256: hash::to_hex(&hasher.finalize()), size_bytes })
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        // After the rename there is nothing left to delete; a failure here is mended by the next `open`.
        let _ = fs::remove_file(&self.path);
    }
}

fn lock(path: &Path) -> Result<File> {
    let file = File::create(path).map_err(|source| Error::io("make", path, source))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => Err(Error::InUse { folder: path.with_file_name("") }),
        Err(fs::TryLockError::Error(source)) => Err(Error::io("lock", path, source)),
    }
}

/// A new name is on disk only once its folder is.
fn sync_folder(folder: &Path) -> Result<()> {
    let file = File::open(folder).map_err(|source| Error::io("open the folder", folder, source))?;
    file.sync_all().map_err(|source| Error::io("flush the folder", folder, source))
}
