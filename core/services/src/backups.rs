//! Backups: a folder with all records, documents, templates and technical settings, made while everybody goes on working.
//!
//! A backup is ordered by a file in the folder `backups` of the data folder, so that the page, the API and `tracte backup` beside a running
//! server all do the same; one worker makes it. It has its name once it is whole and on the disk, and not before. What people
//! order and cancel, by page, API and command line, is in the audit log.

mod making;

pub use making::{make_now, restore, run_worker, settle, step};

use crate::{App, Ctx, Error, permissions};
use model::jiff::Timestamp;
use model::json;
use model::serde::{Deserialize, Serialize};
use model::uuid::{Builder, Uuid};
use model::{Actor, BackupOrder, Meta};
use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use store::Write;

/// More than anybody looks through; the others are in the folder all the same.
pub const SHOWN_MAX: usize = 100;
/// In `backups` of the data folder: what is to be made, and what came of the last one.
const ORDER: &str = "order.json";
const LAST: &str = "last.json";
/// In each backup: that it is whole, and what it holds.
const CONTENT: &str = "backup.json";
/// By whom an order is that came from the command line.
const COMMAND: &str = "tracte backup";

/// What came of a backup.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(crate = "model::serde", rename_all = "snake_case")]
pub enum BackupState {
    Done,
    Cancelled,
    /// Tracte ended meanwhile; its half is gone.
    Interrupted,
    /// There was less room on the disk than is kept free.
    DiskFull,
    Failed,
}

impl BackupState {
    /// Stable; part of the API.
    pub fn as_str(self) -> &'static str {
        match self {
            BackupState::Done => "done",
            BackupState::Cancelled => "cancelled",
            BackupState::Interrupted => "interrupted",
            BackupState::DiskFull => "disk_full",
            BackupState::Failed => "failed",
        }
    }
}

/// A backup that is wanted.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(crate = "model::serde")]
pub struct Order {
    /// Where it is made.
    pub folder: PathBuf,
    pub ordered_at: Timestamp,
    /// The name of whoever ordered it.
    pub by: String,
}

impl Order {
    /// One from the command line.
    pub fn by_command(folder: PathBuf, ordered_at: Timestamp) -> Order {
        Order { folder, ordered_at, by: COMMAND.to_owned() }
    }
}

/// A backup that is over, one way or another.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(crate = "model::serde")]
pub struct Backup {
    pub order: Order,
    pub finished_at: Timestamp,
    pub state: BackupState,
    pub records: u64,
    pub changes: u64,
    pub documents: u64,
    pub size_bytes: u64,
    /// For the operator, where it failed.
    #[serde(default)]
    pub failure: String,
}

/// How far the one at work is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AtWork {
    pub order: Order,
    pub documents: u64,
    pub written_bytes: u64,
}

/// All that is known of backups.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Backups {
    pub folder: PathBuf,
    pub at_work: Option<AtWork>,
    /// What came of the last one.
    pub last: Option<Backup>,
    /// Those that are whole in the folder, the latest first; up to [`SHOWN_MAX`].
    pub kept: Vec<Backup>,
}

/// How far the worker is, and what it is told meanwhile.
#[derive(Default)]
pub(crate) struct Progress {
    /// The folder of the one that the numbers are of.
    making: Mutex<Option<PathBuf>>,
    documents: AtomicU64,
    written_bytes: AtomicU64,
    /// The folder of the one that is not wanted any more.
    cancelled: Mutex<Option<PathBuf>>,
}

impl Progress {
    fn begin(&self, folder: &Path) {
        let mut making = self.making.lock().unwrap_or_else(PoisonError::into_inner);
        self.documents.store(0, Ordering::Relaxed);
        self.written_bytes.store(0, Ordering::Relaxed);
        *making = Some(folder.to_owned());
    }

    /// Documents and bytes of this one so far; nothing yet of one that waits for its turn.
    fn of(&self, folder: &Path) -> (u64, u64) {
        let making = self.making.lock().unwrap_or_else(PoisonError::into_inner);
        if making.as_deref() != Some(folder) {
            return (0, 0);
        }
        (self.documents.load(Ordering::Relaxed), self.written_bytes.load(Ordering::Relaxed))
    }

    fn is_cancelled(&self, folder: &Path) -> bool {
        let cancelled = self.cancelled.lock().unwrap_or_else(PoisonError::into_inner);
        cancelled.as_deref() == Some(folder)
    }
}

/// What there is; for administrators.
pub fn list(app: &App, ctx: &Ctx) -> Result<Backups, Error> {
    permissions::require_administrator(ctx)?;
    let (folder, orders) = (app.backups.to_path_buf(), &app.folders.backups);
    let at_work = read::<Order>(&orders.join(ORDER))?.map(|order| {
        let (documents, written_bytes) = app.backup_progress.of(&order.folder);
        AtWork { order, documents, written_bytes }
    });
    Ok(Backups { last: read(&orders.join(LAST))?, kept: kept(&folder)?, at_work, folder })
}

/// Orders a backup; the worker makes it. `backup-at-work` where one is being made.
pub fn start(app: &App, ctx: &Ctx) -> Result<AtWork, Error> {
    permissions::require_administrator(ctx)?;
    let folder = app.backups.join(name_of(ctx.at));
    if folder.exists() {
        // Somebody else made one within this second.
        return Err(Error::Busy { retry_after_s: 1 });
    }
    let order = Order { folder, ordered_at: ctx.at, by: ctx.caller()?.user.name.clone() };
    match put_order(&app.folders.backups, &order) {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            return Err(Error::invalid("", "backup-at-work", ""));
        }
        Err(error) => return Err(Error::internal(error)),
    }
    let mut write = ctx.write();
    write.create(logged(Meta::new(ctx.new_id(), ctx.at, ctx.actor()), &order));
    if let Err(error) = app.commit(write) {
        // No backup is made of which the audit log does not know.
        take_back(&app.folders.backups, &order).map_err(Error::internal)?;
        stop_making(app, order.folder);
        return Err(error);
    }
    Ok(AtWork { order, documents: 0, written_bytes: 0 })
}

/// An order as the audit log has it.
fn logged(meta: Meta, order: &Order) -> BackupOrder {
    BackupOrder {
        meta,
        name: order.folder.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        ordered_at: order.ordered_at,
        cancelled_at: None,
    }
}

/// What the audit log has of an order.
fn known(app: &App, order: &Order) -> Result<Option<BackupOrder>, Error> {
    let newest = app.store.newest_members::<BackupOrder>(Uuid::nil(), 1)?.pop();
    let name = order.folder.file_name().unwrap_or_default().to_string_lossy();
    Ok(newest.filter(|known| known.name == name && known.ordered_at == order.ordered_at))
}

/// Says in the audit log, once, that a backup was ordered from the command line.
fn log_command(app: &App, order: &Order, at: Timestamp) -> Result<(), Error> {
    if order.by != COMMAND || known(app, order)?.is_some() {
        return Ok(());
    }
    let [_, _, _, _, _, _, ordered @ ..] = order.ordered_at.as_nanosecond().to_be_bytes();
    let milliseconds = u64::try_from(at.as_millisecond()).unwrap_or_default();
    let id = Builder::from_unix_timestamp_millis(milliseconds, &ordered).into_uuid();
    let mut write = Write::new(at, Actor::SYSTEM, COMMAND);
    write.create(logged(Meta::new(id, at, Actor::SYSTEM), order));
    app.commit(write).map(|_| ())
}

/// The one at work is not wanted any more: it ends within moments. «Not found» where there is none.
pub fn cancel(app: &App, ctx: &Ctx) -> Result<(), Error> {
    permissions::require_administrator(ctx)?;
    let order = read::<Order>(&app.folders.backups.join(ORDER))?.ok_or(Error::NotFound)?;
    // First of all: it may be what fills the disk.
    stop_making(app, order.folder.clone());
    let fresh = logged(Meta::new(ctx.new_id(), ctx.at, ctx.actor()), &order);
    let mut write = ctx.write();
    match known(app, &order)? {
        Some(known) if known.cancelled_at.is_some() => return Ok(()),
        Some(known) => write.update(&known, BackupOrder { cancelled_at: Some(ctx.at), ..known.clone() }),
        // It was ordered from the command line, and nobody has begun it.
        None => write.create(BackupOrder { cancelled_at: Some(ctx.at), ..fresh }),
    }
    match app.commit(write) {
        // Somebody else cancelled it at the same moment.
        Ok(_) | Err(Error::Conflict(_)) => Ok(()),
        Err(error) => Err(error),
    }
}

fn stop_making(app: &App, folder: PathBuf) {
    *app.backup_progress.cancelled.lock().unwrap_or_else(PoisonError::into_inner) = Some(folder);
}

/// `2026-11-23T09-00-00Z`: sorts by time and is a name everywhere.
fn name_of(at: Timestamp) -> String {
    let second = Timestamp::from_second(at.as_second()).unwrap_or(at);
    second.to_string().replace(':', "-")
}

/// Orders a backup through `backups` of the data folder; for those who may write there. An error of the kind `AlreadyExists` says that
/// one is being made.
pub fn put_order(orders: &Path, order: &Order) -> std::io::Result<()> {
    fs::create_dir_all(orders)?;
    let text = json::to_vec_pretty(order)?;
    // It gets its name once it is whole, and only where there is none: the worker never reads half of one.
    let fresh = orders.join(format!("{ORDER}.{}", name_of(order.ordered_at)));
    let mut file = fs::File::create(&fresh)?;
    file.write_all(&text)?;
    file.sync_all()?;
    let placed = fs::hard_link(&fresh, orders.join(ORDER));
    fs::remove_file(&fresh)?;
    placed
}

/// Whether what was ordered is still to be made, or being made.
pub fn is_ordered(orders: &Path, order: &Order) -> bool {
    read::<Order>(&orders.join(ORDER)).ok().flatten().as_ref() == Some(order)
}

/// Whether the worker is at it.
pub fn is_begun(order: &Order) -> bool {
    partial_of(&order.folder).exists()
}

/// Takes an order back that nobody took up.
pub fn take_back(orders: &Path, order: &Order) -> std::io::Result<()> {
    if is_ordered(orders, order) { fs::remove_file(orders.join(ORDER)) } else { Ok(()) }
}

/// What came of an order that is there no more.
pub fn outcome(orders: &Path, order: &Order) -> Result<Option<Backup>, Error> {
    Ok(read::<Backup>(&orders.join(LAST))?.filter(|last| last.order == *order))
}

/// Where a backup is before it is whole.
fn partial_of(folder: &Path) -> PathBuf {
    let mut name = folder.as_os_str().to_owned();
    name.push(".partial");
    PathBuf::from(name)
}

fn kept(folder: &Path) -> Result<Vec<Backup>, Error> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(Error::internal(error)),
    };
    let mut folders = Vec::new();
    for entry in entries {
        let path = entry.map_err(Error::internal)?.path();
        let is_partial = path.extension().is_some_and(|extension| extension == "partial");
        if path.join(CONTENT).is_file() && !is_partial {
            folders.push(path);
        }
    }
    folders.sort_by(|one, other| other.cmp(one));
    let mut kept = Vec::new();
    for folder in folders.into_iter().take(SHOWN_MAX) {
        // One that cannot be read is none; and it may have been moved here from elsewhere.
        if let Ok(Some(backup)) = read::<Backup>(&folder.join(CONTENT)) {
            let order = Order { folder, ..backup.order.clone() };
            kept.push(Backup { order, ..backup });
        }
    }
    Ok(kept)
}

fn read<T: for<'a> Deserialize<'a>>(path: &Path) -> Result<Option<T>, Error> {
    let unreadable = |error: &dyn std::fmt::Display| Error::internal(format!("{}: {error}", path.display()));
    match fs::read(path) {
        Ok(bytes) => json::from_slice(&bytes).map(Some).map_err(|error| unreadable(&error)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(unreadable(&error)),
    }
}
