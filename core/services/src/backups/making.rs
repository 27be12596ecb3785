//! The work of a backup, its end, and the way back.

use super::{Backup, BackupState, CONTENT, LAST, ORDER, Order, log_command, partial_of, read};
use crate::{App, Error, Folders};
use model::jiff::Timestamp;
use model::json;
use std::cell::Cell;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write as _};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use store::{ImportError, ImportReport};

/// What a backup is made of.
const RECORDS: &str = "records.jsonl";
const DOCUMENTS: &str = "documents";
const TEMPLATES: &str = "templates";
const SETTINGS: &str = "config.toml";
/// Looking for work, and for the order to stop.
const WAIT: Duration = Duration::from_millis(500);

/// Makes what is ordered until told to stop; failures of the machine go to `report`.
pub fn run_worker(app: &App, now: &dyn Fn() -> Timestamp, stop: &AtomicBool, report: &dyn Fn(&Error)) {
    if let Err(error) = settle(app, now()) {
        report(&error);
    }
    while !stop.load(Ordering::Acquire) {
        match step(app, now, stop) {
            Ok(true) => {}
            Ok(false) => {
                app.store.wait_past(u64::MAX, WAIT);
            }
            Err(error) => {
                report(&error);
                app.store.wait_past(u64::MAX, WAIT);
            }
        }
    }
}

/// What was being made when Tracte ended: its half is removed, and it is said to be interrupted. Before anything is made.
pub fn settle(app: &App, at: Timestamp) -> Result<(), Error> {
    let Some(order) = read::<Order>(&app.folders.backups.join(ORDER))? else { return Ok(()) };
    if !partial_of(&order.folder).exists() {
        return Ok(());
    }
    remove(&partial_of(&order.folder)).map_err(Error::internal)?;
    finish(app, ended(order, at, BackupState::Interrupted, String::new()))
}

/// What is ordered, whole. Whether there was anything.
pub fn step(app: &App, now: &dyn Fn() -> Timestamp, stop: &AtomicBool) -> Result<bool, Error> {
    let order = match read::<Order>(&app.folders.backups.join(ORDER)) {
        Ok(Some(order)) => order,
        Ok(None) => return Ok(false),
        Err(error) => {
            // Nobody can make what cannot be read.
            fs::remove_file(app.folders.backups.join(ORDER)).map_err(Error::internal)?;
            return Err(error);
        }
    };
    // It got its name, and then Tracte ended.
    if let Some(whole) = read::<Backup>(&order.folder.join(CONTENT))?.filter(|whole| whole.order == order) {
        finish(app, whole)?;
        return Ok(true);
    }
    finish(app, make(app, order, now, stop))?;
    Ok(true)
}

/// Makes a backup in this thread: for the command line, where no server runs.
pub fn make_now(app: &App, order: Order, now: &dyn Fn() -> Timestamp) -> Backup {
    make(app, order, now, &AtomicBool::new(false))
}

fn make(app: &App, order: Order, now: &dyn Fn() -> Timestamp, stop: &AtomicBool) -> Backup {
    app.backup_progress.begin(&order.folder);
    // No backup is made of which the audit log does not know.
    if let Err(error) = log_command(app, &order, now()) {
        return ended(order, now(), BackupState::Failed, error.to_string());
    }
    let watch = Watch { app, stop, order: &order, ended: Cell::new(None) };
    let made = fill(app, &order, now, &watch);
    let why = watch.ended.get();
    match made {
        Ok(backup) => backup,
        Err(error) => {
            let left = remove(&partial_of(&order.folder));
            let failure = match (why, left) {
                // Who looks after the machine has to remove it.
                (_, Err(left)) => format!("{error}; {}: {left}", partial_of(&order.folder).display()),
                (Some(_), Ok(())) => String::new(),
                (None, Ok(())) => error.to_string(),
            };
            ended(order, now(), why.unwrap_or(BackupState::Failed), failure)
        }
    }
}

fn ended(order: Order, at: Timestamp, state: BackupState, failure: String) -> Backup {
    Backup { order, finished_at: at, state, records: 0, changes: 0, documents: 0, size_bytes: 0, failure }
}

/// Says what came of it; the next one may be ordered.
fn finish(app: &App, backup: Backup) -> Result<(), Error> {
    write_whole(&app.folders.backups.join(LAST), &backup).map_err(Error::internal)?;
    match fs::remove_file(app.folders.backups.join(ORDER)) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(Error::internal(error)),
        _ => Ok(()),
    }
}

fn fill(app: &App, order: &Order, now: &dyn Fn() -> Timestamp, watch: &Watch<'_>) -> Result<Backup, Error> {
    let partial = partial_of(&order.folder);
    if order.folder.exists() {
        return Err(Error::internal(format!("{} exists already", order.folder.display())));
    }
    remove(&partial).map_err(Error::internal)?;
    fs::create_dir_all(&partial).map_err(Error::internal)?;
    watch.look(0).map_err(Error::internal)?;
    let documents = partial.join(DOCUMENTS);
    let copy = || {
        documents::copy(&app.folders.documents, &documents, &mut |bytes| {
            app.backup_progress.documents.fetch_add(1, Ordering::Relaxed);
            watch.look(bytes)
        })
        .map_err(Error::internal)
    };
    // Before the records, those that are deleted meanwhile; after them, those that came.
    let mut copied = copy()?;
    let records =
        app.store.backup(&partial.join(RECORDS), &mut |bytes| watch.look(bytes)).map_err(Error::internal)?;
    copied += copy()?;
    let templates = &app.folders.templates;
    if templates.is_dir() {
        copy_folder(templates, &partial.join(TEMPLATES)).map_err(Error::internal)?;
    }
    put_file(&partial.join(SETTINGS), app.settings_text.as_bytes()).map_err(Error::internal)?;
    let backup = Backup {
        order: order.clone(),
        finished_at: now(),
        state: BackupState::Done,
        records: records.records,
        changes: records.changes,
        documents: copied,
        size_bytes: app.backup_progress.written_bytes.load(Ordering::Relaxed),
        failure: String::new(),
    };
    write_whole(&partial.join(CONTENT), &backup).map_err(Error::internal)?;
    fs::rename(&partial, &order.folder).map_err(Error::internal)?;
    let parent = order.folder.parent().unwrap_or(Path::new("."));
    sync_folder(parent).map_err(Error::internal)?;
    Ok(backup)
}

/// Looks after a backup while it is made: counts, and ends it where it is not wanted or there is no room.
struct Watch<'a> {
    app: &'a App,
    stop: &'a AtomicBool,
    order: &'a Order,
    ended: Cell<Option<BackupState>>,
}

impl Watch<'_> {
    fn look(&self, bytes: u64) -> io::Result<()> {
        self.app.backup_progress.written_bytes.fetch_add(bytes, Ordering::Relaxed);
        let why = if self.app.backup_progress.is_cancelled(&self.order.folder) {
            BackupState::Cancelled
        } else if self.stop.load(Ordering::Acquire) {
            BackupState::Interrupted
        } else if self.app.is_disk_low().map_err(io::Error::other)? {
            // A full disk would stop all writing.
            BackupState::DiskFull
        } else {
            return Ok(());
        };
        self.ended.set(Some(why));
        Err(io::Error::other(why.as_str()))
    }
}

/// Fills an empty data folder from a backup: records, documents and templates. The technical settings stay in it, for
/// whoever wants them. A file is one of records alone, as backups were before.
pub fn restore(from: &Path, data: &Path) -> Result<ImportReport, ImportError> {
    let folders = Folders::in_data(data);
    if !from.is_dir() {
        return store::restore(from, &folders.store);
    }
    let whole = from.join(CONTENT);
    if !whole.is_file() {
        let why = format!("{} is no backup: it has no {CONTENT}", from.display());
        return Err(ImportError::File(io::Error::new(ErrorKind::InvalidInput, why)));
    }
    // First what can be put there again, so that records never come without their documents.
    let is_empty = fs::read_dir(&folders.store).is_ok_and(|mut entries| entries.next().is_none());
    if is_empty || !folders.store.exists() {
        documents::copy(&from.join(DOCUMENTS), &folders.documents, &mut |_| Ok(()))
            .map_err(|error| ImportError::File(io::Error::other(error)))?;
        if from.join(TEMPLATES).is_dir() {
            copy_folder(&from.join(TEMPLATES), &folders.templates).map_err(ImportError::File)?;
        }
    }
    store::restore(&from.join(RECORDS), &folders.store)
}

/// Files and folders below a folder; no links.
fn copy_folder(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (kind, place) = (entry.file_type()?, to.join(entry.file_name()));
        if kind.is_dir() {
            copy_folder(&entry.path(), &place)?;
        } else if kind.is_file() {
            fs::copy(entry.path(), &place)?;
            File::open(&place)?.sync_all()?;
        }
    }
    sync_folder(to)
}

fn put_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// There whole or as it was.
fn write_whole(path: &Path, backup: &Backup) -> io::Result<()> {
    let unfinished = path.with_extension("unfinished");
    put_file(&unfinished, &json::to_vec_pretty(backup)?)?;
    fs::rename(&unfinished, path)?;
    path.parent().map_or(Ok(()), sync_folder)
}

fn sync_folder(folder: &Path) -> io::Result<()> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    File::open(folder)?.sync_all()
}

fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
