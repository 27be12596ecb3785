//! Copies the files of one folder into another one, also while documents come and go.

use crate::verify::entries;
use crate::{Error, LOCK, Result, UNFINISHED, hash, sync_folder};
use std::fs::{self, File};
use std::io;
use std::path::Path;

/// Told the bytes of each file that was copied; an error ends the copying.
pub type Watch<'a> = &'a mut dyn FnMut(u64) -> io::Result<()>;

/// Copies every document of a folder that the other one has not yet; gives back how many. What is no document is left
/// out, and one that is deleted meanwhile, too.
pub fn copy(from: &Path, to: &Path, watch: Watch<'_>) -> Result<u64> {
    fs::create_dir_all(to).map_err(|source| Error::io("make the folder", to, source))?;
    let mut copied = 0;
    for first in entries(from)? {
        if first.file_name().is_none_or(|name| name == UNFINISHED || name == LOCK) || !first.is_dir() {
            continue;
        }
        for second in entries(&first)?.iter().filter(|path| path.is_dir()) {
            copied += copy_last(from, second, to, watch)?;
        }
    }
    sync_folder(to)?;
    Ok(copied)
}

/// The documents of a folder that has no folders in it.
fn copy_last(from: &Path, folder: &Path, to: &Path, watch: Watch<'_>) -> Result<u64> {
    let mut copied = 0;
    for path in entries(folder)? {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let Some((first, second)) = hash::parts(name) else { continue };
        let place = to.join(first).join(second).join(name);
        if path != from.join(first).join(second).join(name) || place.exists() {
            continue;
        }
        if let Some(size_bytes) = copy_file(&path, &place)? {
            copied += 1;
            watch(size_bytes).map_err(|source| Error::Source { source })?;
        }
    }
    // The names are on disk once their folders are.
    if copied > 0 {
        let below = folder.strip_prefix(from).unwrap_or(folder);
        let last = to.join(below);
        sync_folder(&last)?;
        last.parent().map_or(Ok(()), sync_folder)?;
    }
    Ok(copied)
}

/// A file is there whole or not at all; nothing where there is none any more.
fn copy_file(path: &Path, place: &Path) -> Result<Option<u64>> {
    let parent = place.parent().unwrap_or(place);
    fs::create_dir_all(parent).map_err(|source| Error::io("make the folder", parent, source))?;
    let unfinished = place.with_extension("part");
    let copied = fs::copy(path, &unfinished);
    let size_bytes = match copied {
        Ok(size_bytes) => size_bytes,
        Err(source) if source.kind() == io::ErrorKind::NotFound && !path.exists() => return Ok(None),
        Err(source) => return Err(Error::io("copy", path, source)),
    };
    File::open(&unfinished)
        .and_then(|file| file.sync_all())
        .and_then(|()| fs::rename(&unfinished, place))
        .map_err(|source| Error::io("write", place, source))?;
    Ok(Some(size_bytes))
}
