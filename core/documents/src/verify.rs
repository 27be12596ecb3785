//! Reads every file of the folder and compares it with its name.

use crate::{Error, LOCK, PIECE_BYTES, Result, UNFINISHED, hash};
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

/// What `verify` found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Files that are what their name says.
    pub good: u64,
    pub good_bytes: u64,
    /// Hashes whose bytes have changed, in order.
    pub damaged: Vec<String>,
    /// Files that are not ours: a name that is no hash, or a hash in the wrong folder; in order.
    pub strange: Vec<PathBuf>,
}

impl Report {
    pub fn is_clean(&self) -> bool {
        self.damaged.is_empty() && self.strange.is_empty()
    }
}

pub(crate) fn verify(folder: &Path) -> Result<Report> {
    let mut report = Report::default();
    for path in entries(folder)? {
        let is_own = path.file_name().is_some_and(|name| name == UNFINISHED || name == LOCK);
        if !is_own {
            visit(folder, &path, &mut report)?;
        }
    }
    report.damaged.sort();
    report.strange.sort();
    Ok(report)
}

fn visit(root: &Path, path: &Path, report: &mut Report) -> Result<()> {
    let kind = fs::symlink_metadata(path).map_err(|source| Error::io("look at", path, source))?;
    if kind.is_dir() {
        for inner in entries(path)? {
            visit(root, &inner, report)?;
        }
        return Ok(());
    }
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let is_in_place =
        hash::parts(name).is_some_and(|(first, second)| root.join(first).join(second).join(name) == path);
    if !kind.is_file() || !is_in_place {
        report.strange.push(path.to_path_buf());
        return Ok(());
    }
    let (sha256, size_bytes) = hash_of(path)?;
    if sha256 == name {
        report.good += 1;
        report.good_bytes += size_bytes;
    } else {
        report.damaged.push(name.to_owned());
    }
    Ok(())
}

fn hash_of(path: &Path) -> Result<(String, u64)> {
    let mut file = File::open(path).map_err(|source| Error::io("open", path, source))?;
    let mut hasher = Sha256::new();
    let mut size_bytes: u64 = 0;
    let mut piece = vec![0; PIECE_BYTES];
    loop {
        let read = file.read(&mut piece).map_err(|source| Error::io("read", path, source))?;
        if read == 0 {
            return Ok((hash::to_hex(&hasher.finalize()), size_bytes));
        }
        size_bytes += read as u64;
        hasher.update(&piece[..read]);
    }
}

pub(crate) fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let list = fs::read_dir(folder).map_err(|source| Error::io("list", folder, source))?;
    list.map(|entry| entry.map(|entry| entry.path()).map_err(|source| Error::io("list", folder, source)))
        .collect()
}
