//! Templates: those that come with the program, and the files of a company that stand in for theirs.

use crate::Problem;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// What everything printed looks like; every template has it beside its own files.
const HOUSE: (&str, &str) = ("house.typ", include_str!("../templates/house.typ"));
/// The templates that come with the program.
const SHIPPED: [(&str, &str); 3] = [
    ("evidence", include_str!("../templates/evidence/main.typ")),
    ("person", include_str!("../templates/person/main.typ")),
    ("quote", include_str!("../templates/quote/main.typ")),
];
/// Files of one template, and how big each may be: it is a page of text with a logo drawn in it at most.
const FILES_MAX: usize = 30;
const FILE_BYTES_MAX: u64 = 1024 * 1024;

/// The sources of one template, by their names.
#[derive(Clone, Debug)]
pub struct Template {
    pub(crate) files: BTreeMap<String, String>,
}

impl Template {
    /// One that is nothing but its first file.
    pub(crate) fn of(main: &str) -> Template {
        Template { files: BTreeMap::from([(crate::world::MAIN.to_owned(), main.to_owned())]) }
    }
}

/// All templates.
#[derive(Clone, Debug)]
pub struct Templates {
    folder: PathBuf,
}

impl Templates {
    /// `folder` need not exist: then all templates are those that come with the program.
    pub fn new(folder: impl AsRef<Path>) -> Templates {
        Templates { folder: folder.as_ref().to_path_buf() }
    }

    /// The names of those that come with the program.
    pub fn names() -> impl Iterator<Item = &'static str> {
        SHIPPED.into_iter().map(|(name, _)| name)
    }

    /// A template, read anew each time: who changes a file prints with it at once.
    pub fn get(&self, name: &str) -> Result<Template, Vec<Problem>> {
        let Some((name, main)) = SHIPPED.into_iter().find(|(known, _)| *known == name) else {
            return Err(vec![Problem::general(format!("there is no template {name}"))]);
        };
        let mut files = BTreeMap::from([
            (HOUSE.0.to_owned(), HOUSE.1.to_owned()),
            (crate::world::MAIN.to_owned(), main.to_owned()),
        ]);
        self.read_over(&self.folder.join(name), &mut files)?;
        Ok(Template { files })
    }

    /// The one that comes with the program, whatever the company changed.
    pub fn shipped(name: &str) -> Result<Template, Vec<Problem>> {
        Templates::new("").get(name)
    }

    fn read_over(&self, folder: &Path, files: &mut BTreeMap<String, String>) -> Result<(), Vec<Problem>> {
        let told = |path: &Path, text: String| {
            let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            vec![Problem { file, line: 0, message: text }]
        };
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(told(folder, error.to_string())),
        };
        for entry in entries {
            let path = entry.map_err(|error| told(folder, error.to_string()))?.path();
            if path.extension().is_none_or(|ending| ending != "typ") {
                continue;
            }
            let size_bytes = path.metadata().map_err(|error| told(&path, error.to_string()))?.len();
            if size_bytes > FILE_BYTES_MAX {
                return Err(told(&path, format!("more than {FILE_BYTES_MAX} bytes")));
            }
            let text = fs::read_to_string(&path).map_err(|error| told(&path, error.to_string()))?;
            files.insert(path.file_name().unwrap_or_default().to_string_lossy().into_owned(), text);
            if files.len() > FILES_MAX {
                return Err(told(folder, format!("more than {FILES_MAX} files")));
            }
        }
        Ok(())
    }
}
