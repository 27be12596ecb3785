//! What an operator does with a data folder: check, export, import, back up, restore, rebuild.

use crate::projectors::Reading;
use crate::{App, Error, Folders, backups, privacy, projectors};
use model::uuid::Uuid;
use model::{Import, Kind};
use std::collections::BTreeSet;
use std::io::{BufRead, Write};
use std::path::Path;

pub use store::{Fault, ImportReport, LineProblem, OpenError, Report};

/// Every index entry against its record, every record against the journal; and every document against its hash.
pub fn verify(app: &App) -> Result<(Report, documents::Report), Error> {
    let records = app.store.verify()?;
    let files = app.documents.verify().map_err(Error::internal)?;
    Ok((records, files))
}

/// A document that is not in the folder, and the record that names it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Missing {
    pub kind: Kind,
    pub id: Uuid,
    pub sha256: String,
}

/// Every document that a record names and that is not there. Files of imports that were forgotten, or that an erasure
/// took, are not missed.
pub fn missing_documents(app: &App) -> Result<Vec<Missing>, Error> {
    let erased = privacy::imports_of_erased(app)?;
    let mut gone = BTreeSet::new();
    app.store.each_record::<Import, Error>(&mut |import| {
        if import.forgotten_at.is_some() || erased.contains(&import.meta.id) {
            gone.insert(import.file_sha256);
        }
        Ok(true)
    })?;
    let mut missing = Vec::new();
    crate::documents::each_naming(app, &mut |kind, id, named| {
        for sha256 in named {
            let is_missed = kind != Kind::Import || !gone.contains(*sha256);
            if is_missed && !app.documents.contains(sha256).map_err(Error::internal)? {
                missing.push(Missing { kind, id, sha256: (*sha256).to_owned() });
            }
        }
        Ok(true)
    })?;
    Ok(missing)
}

/// All records and the journal as JSON lines.
pub fn export(app: &App, out: &mut dyn Write) -> Result<(), Error> {
    app.store.export(out).map_err(Error::internal)?;
    out.flush().map_err(Error::internal)
}

/// Fills an empty data folder from an export. All problems of the file at once.
pub fn import(data: &Path, input: &mut dyn BufRead) -> Result<ImportReport, store::ImportError> {
    let report = store::import(&Folders::in_data(data).store, input)?;
    forget_readings(data)?;
    Ok(report)
}

/// Fills an empty data folder from a backup.
pub fn restore(from: &Path, data: &Path) -> Result<ImportReport, store::ImportError> {
    let report = backups::restore(from, data)?;
    forget_readings(data)?;
    Ok(report)
}

/// Whether a process, such as a server, has the data folder open.
pub fn is_in_use(data: &Path) -> bool {
    store::is_in_use(&Folders::in_data(data).store)
}

/// What was read from another journal is worth nothing; the next start reads this one.
fn forget_readings(data: &Path) -> Result<(), store::ImportError> {
    let folders = Folders::in_data(data);
    for reading in Reading::ALL {
        projectors::forget(&folders, reading)
            .map_err(|error| store::ImportError::File(std::io::Error::other(error)))?;
    }
    Ok(())
}

/// Deletes a reading and makes it again from the journal. Returns how many changes it took. Refused while a server
/// has the folder: nothing is deleted then.
pub fn rebuild(data: &Path, reading: Reading, options: crate::Options) -> Result<u64, Error> {
    let app = App::open_without(data, options, Some(reading))?;
    let mut projector = projectors::projector(&app, reading)?;
    projectors::catch_up(&app, reading, projector.as_mut())
}
