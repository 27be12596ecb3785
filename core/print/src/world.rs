//! What a template can reach while it is printed: its own files, the data and the pictures, all in memory.

use crate::{Picture, Problem, Template, fonts};
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::LazyLock;
use typst::diag::{FileError, FileResult, PackageError};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

/// Made once: it takes some milliseconds.
static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

/// The file that a template begins with.
pub(crate) const MAIN: &str = "main.typ";
const DATA: &str = "data.json";
const PICTURES: &str = "files";

pub(crate) struct Paper {
    main: FileId,
    sources: HashMap<FileId, Source>,
    files: HashMap<FileId, Bytes>,
    today: Option<Datetime>,
}

impl Paper {
    pub(crate) fn new(
        template: &Template,
        data: Vec<u8>,
        pictures: &[Picture],
        today: Option<Datetime>,
    ) -> Result<Paper, Vec<Problem>> {
        let main = id_of(MAIN)?;
        let mut paper = Paper { main, sources: HashMap::new(), files: HashMap::new(), today };
        for (name, text) in &template.files {
            let id = id_of(name)?;
            paper.sources.insert(id, Source::new(id, text.clone()));
        }
        paper.files.insert(id_of(DATA)?, Bytes::new(data));
        for picture in pictures {
            let id = id_of(&format!("{PICTURES}/{}", picture.name))?;
            paper.files.insert(id, Bytes::new(picture.bytes.clone()));
        }
        Ok(paper)
    }
}

impl World for Paper {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        fonts::book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.sources.get(&id).cloned().ok_or_else(|| missing(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if let Some(bytes) = self.files.get(&id) {
            return Ok(bytes.clone());
        }
        self.source(id).map(|source| Bytes::from_string(source.text().to_owned()))
    }

    fn font(&self, index: usize) -> Option<Font> {
        fonts::font(index)
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        self.today
    }
}

fn id_of(name: &str) -> Result<FileId, Vec<Problem>> {
    let path =
        VirtualPath::new(name).map_err(|_| vec![Problem::general(format!("no name of a file: {name}"))])?;
    Ok(FileId::new(RootedPath::new(VirtualRoot::Project, path)))
}

fn missing(id: FileId) -> FileError {
    match id.get().root() {
        VirtualRoot::Package(package) => FileError::Package(PackageError::NotFound(package.clone())),
        VirtualRoot::Project => FileError::NotFound(PathBuf::from(id.get().vpath().get_without_slash())),
    }
}
