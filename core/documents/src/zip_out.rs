//! One file out of several: a ZIP that is written on disk, not in memory.

use crate::{Documents, Error, Result, Stored, Unfinished};
use std::fs::File;
use std::io::{self, Write};
use std::sync::atomic::Ordering;
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

/// A file inside: its path, and where its bytes are.
#[derive(Clone, Debug)]
pub struct ZipEntry {
    pub path: String,
    pub content: Content,
}

#[derive(Clone, Debug)]
pub enum Content {
    /// Texts: made smaller.
    Bytes(Vec<u8>),
    /// Pictures and PDF, by their hash: as they are, they are compressed already.
    Document(String),
}

impl Documents {
    /// Packs files into one and keeps it like any other. When it returns the bytes are on disk.
    pub fn put_zip(&self, entries: &[ZipEntry], max_bytes: u64) -> Result<Stored> {
        let packed = self.packed(entries)?;
        self.put(packed.open()?, max_bytes)
    }

    /// Packs files into one that nobody keeps: it can be read as long as it is open, and has no name any more.
    pub fn pack(&self, entries: &[ZipEntry]) -> Result<File> {
        self.packed(entries)?.open()
    }

    fn packed(&self, entries: &[ZipEntry]) -> Result<Unfinished> {
        let number = self.next_unfinished.fetch_add(1, Ordering::Relaxed);
        let unfinished =
            Unfinished { path: self.folder.join(crate::UNFINISHED).join(format!("{number}.zip")) };
        let file = File::create_new(&unfinished.path)
            .map_err(|source| Error::io("make", &unfinished.path, source))?;
        let written = |source: io::Error| Error::io("write", &unfinished.path, source);
        let mut archive = ZipWriter::new(file);
        for entry in entries {
            let method = match &entry.content {
                Content::Bytes(_) => CompressionMethod::Deflated,
                Content::Document(_) => CompressionMethod::Stored,
            };
            let options = SimpleFileOptions::default().compression_method(method);
            archive.start_file(entry.path.as_str(), options).map_err(|error| written(error.into()))?;
            match &entry.content {
                Content::Bytes(bytes) => archive.write_all(bytes).map_err(written)?,
                Content::Document(sha256) => {
                    io::copy(&mut self.open_file(sha256)?, &mut archive).map_err(written)?;
                }
            }
        }
        archive.finish().map_err(|error| written(error.into()))?;
        Ok(unfinished)
    }
}

impl Unfinished {
    fn open(&self) -> Result<File> {
        File::open(&self.path).map_err(|source| Error::io("open", &self.path, source))
    }
}
