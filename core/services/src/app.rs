//! The rooms that deeds work with, opened on one data folder.

use crate::{Conflict, ConflictField, Ctx, Error};
use model::json::Value;
use model::uuid::Uuid;
use model::{FieldErrors, Kind, Record, Wording, space};
use plugin_host::Limits;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicUsize;
use std::sync::{Arc, RwLock};
use store::CommitError;

use crate::board::BoardReading;
use crate::frame::FrameCell;
use crate::lead_readings::{BasisCell, LeadReadings};
use crate::people::PeopleCell;
use crate::plugins::Loaded;
use crate::projectors::{self, Progress, Reading};

/// Somebody pressed a button while a worker was at it.
const SETTLE_ATTEMPTS: usize = 5;

/// Where the rooms keep their files below the data folder.
#[derive(Clone, Debug)]
pub struct Folders {
    pub store: PathBuf,
    pub search: PathBuf,
    pub analytics: PathBuf,
    pub documents: PathBuf,
    pub compiled_plugins: PathBuf,
    pub templates: PathBuf,
    /// Unless the settings name another one.
    pub backups: PathBuf,
}

impl Folders {
    pub fn in_data(data: &Path) -> Folders {
        Folders {
            store: data.join("records"),
            search: data.join("search"),
            analytics: data.join("analytics"),
            documents: data.join("documents"),
            compiled_plugins: data.join("plugins"),
            templates: data.join("templates"),
            backups: data.join("backups"),
        }
    }
}

/// What may be set from outside.
#[derive(Clone, Debug, Default)]
pub struct Options {
    pub store: store::Options,
    pub analytics: analytics::Limits,
    pub plugins: Limits,
    /// The program that compiles plugins in a process of its own; in this one where absent.
    pub plugin_compiler: Option<PathBuf>,
    /// The program that reads PDF in a process of its own; where absent, nothing finds what is inside them.
    pub pdf_reader: Option<PathBuf>,
    /// A folder of components (`*.wasm`) that the plugins page offers.
    pub available_plugins: Option<PathBuf>,
    /// Whether a company's own text fits its message: `ui` knows, whom this room cannot name.
    pub check_wording: Option<WordingCheck>,
    /// With less room than this on the disk nothing large is begun, and what goes on by itself waits; 0 asks nobody.
    pub free_disk_bytes: u64,
    /// Whether webhooks may lead to this machine and those around it, and not only to the open internet.
    pub private_webhooks: bool,
    /// Where backups are made; in the data folder where absent.
    pub backups: Option<PathBuf>,
    /// The technical settings as they would stand in a file: backups hold them.
    pub settings_text: String,
}

/// Adds what is wrong with a text for a message.
pub type WordingCheck = fn(&str, &Wording, &mut FieldErrors);

/// The rooms, open. Cheap to clone.
#[derive(Clone)]
pub struct App {
    pub(crate) store: store::Store,
    pub(crate) search: search::Search,
    pub(crate) analytics: analytics::Analytics,
    pub(crate) documents: Arc<documents::Documents>,
    pub(crate) pdf_reader: Option<Arc<documents::PdfReader>>,
    /// Who keeps bytes holds it for reading until a record names them, who removes them for writing.
    pub(crate) bytes: Arc<RwLock<()>>,
    pub(crate) templates: Arc<print::Templates>,
    pub(crate) plugin_host: Arc<plugin_host::Host>,
    pub(crate) plugins: Arc<Loaded>,
    pub(crate) progress: Arc<Progress>,
    pub(crate) frame: Arc<FrameCell>,
    pub(crate) people: Arc<PeopleCell>,
    pub(crate) basis: Arc<BasisCell>,
    pub(crate) lead_readings: Arc<LeadReadings>,
    pub(crate) board_reading: Arc<BoardReading>,
    /// How many wait to stop, pause or resume an import: its worker does not run ahead of them.
    pub(crate) import_orders: Arc<AtomicUsize>,
    pub(crate) available_plugins: Option<PathBuf>,
    pub(crate) check_wording: Option<WordingCheck>,
    pub(crate) private_webhooks: bool,
    pub(crate) folders: Arc<Folders>,
    pub(crate) backups: Arc<Path>,
    pub(crate) backup_progress: Arc<crate::backups::Progress>,
    pub(crate) settings_text: Arc<str>,
    free_disk_bytes: u64,
}

impl App {
    /// Opens every room. The store first: it holds the truth and the lock of the data folder.
    pub fn open(data: &Path, options: Options) -> Result<App, Error> {
        App::open_without(data, options, None)
    }

    /// The same, with a reading deleted once the folder is locked, so that it begins anew.
    pub(crate) fn open_without(
        data: &Path,
        options: Options,
        forgotten: Option<Reading>,
    ) -> Result<App, Error> {
        let folders = Folders::in_data(data);
        let store = store::Store::open(&folders.store, options.store).map_err(Error::internal)?;
        if let Some(reading) = forgotten {
            projectors::forget(&folders, reading)?;
        }
        crate::leads::count_values(&store)?;
        let frame = FrameCell::default();
        frame.read(&store)?;
        let (search, analytics) = open_readings(&folders, options.analytics, store.head())?;
        let documents = documents::Documents::open(&folders.documents).map_err(Error::internal)?;
        let host =
            plugin_host::Host::open(&folders.compiled_plugins, options.plugins, options.plugin_compiler)
                .map_err(Error::internal)?;
        let backups = options.backups.unwrap_or_else(|| folders.backups.clone());
        let app = App {
            store,
            search,
            analytics,
            documents: Arc::new(documents),
            pdf_reader: options.pdf_reader.map(|program| Arc::new(documents::PdfReader::new(&program))),
            bytes: Arc::default(),
            templates: Arc::new(print::Templates::new(&folders.templates)),
            plugin_host: Arc::new(host),
            plugins: Arc::default(),
            progress: Arc::default(),
            frame: Arc::new(frame),
            people: Arc::default(),
            basis: Arc::default(),
            lead_readings: Arc::default(),
            board_reading: Arc::default(),
            import_orders: Arc::default(),
            available_plugins: options.available_plugins,
            check_wording: options.check_wording,
            private_webhooks: options.private_webhooks,
            backups: std::path::absolute(&backups).unwrap_or(backups).into(),
            backup_progress: Arc::default(),
            settings_text: options.settings_text.into(),
            folders: Arc::new(folders),
            free_disk_bytes: options.free_disk_bytes,
        };
        Ok(app)
    }

    /// Commits, and says in the deeds' words why not.
    pub(crate) fn commit(&self, write: store::Write) -> Result<u64, Error> {
        match self.written(write) {
            Ok(committed) => Ok(committed.seq),
            Err(error) => Err(explain(error)),
        }
    }

    /// Changes a record as it is now, also when a worker or somebody else changes it at the same time; nothing where it is
    /// gone.
    pub(crate) fn settle<R: Record + Clone>(
        &self,
        ctx: &Ctx,
        id: Uuid,
        deed: impl Fn(&mut R),
    ) -> Result<Option<R>, Error> {
        for _ in 0..SETTLE_ATTEMPTS {
            let Some(before) = self.store.get::<R>(id)? else {
                return Ok(None);
            };
            let mut after = before.clone();
            deed(&mut after);
            let mut write = ctx.write();
            write.update(&before, after.clone());
            match self.commit(write) {
                Ok(_) => return Ok(Some(after)),
                Err(Error::Conflict(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Err(Error::Busy { retry_after_s: 1 })
    }

    /// Hands a write of an import's rows over without waiting for it; [`App::end`] says what came of it.
    pub(crate) fn begin(&self, write: store::Write) -> Result<store::Begun, Error> {
        self.store.begin(write).map_err(explain)
    }

    /// Waits for a write that was handed over, and says in the deeds' words why it was not done.
    pub(crate) fn end(&self, begun: store::Begun) -> Result<(), Error> {
        begun.wait().map(|_| ()).map_err(explain)
    }

    /// Commits; a write whose idempotency key was used before counts as done.
    pub(crate) fn commit_once(&self, write: store::Write) -> Result<(), Error> {
        match self.written(write) {
            Ok(_) | Err(CommitError::Repeated { .. }) => Ok(()),
            Err(error) => Err(explain(error)),
        }
    }

    /// Whoever asks for people after this returned gets them as they are now.
    fn written(&self, write: store::Write) -> Result<store::Committed, CommitError> {
        let is_about_people = write.is_about(Kind::User) || write.is_about(Kind::Team);
        let committed = self.store.commit(write);
        if is_about_people {
            self.people.forget();
        }
        committed
    }

    /// Both values of each field in which what somebody wanted to write differs from what is stored now.
    pub(crate) fn conflict<R: Record>(&self, stored: &R, wanted: &R) -> Error {
        let fields = differences(stored, wanted);
        Error::Conflict(Box::new(Conflict {
            kind: R::KIND,
            id: stored.meta().id,
            version: stored.meta().version,
            fields,
        }))
    }

    /// Whether there is less room on the disk than is kept free: a store that ran out of it writes nothing more until it is
    /// opened again.
    pub(crate) fn is_disk_low(&self) -> Result<bool, Error> {
        if self.free_disk_bytes == 0 {
            return Ok(false);
        }
        Ok(self.documents.free_bytes().map_err(Error::internal)? < self.free_disk_bytes)
    }

    /// The journal's durable head.
    pub fn head(&self) -> u64 {
        self.store.head()
    }
}

/// Opens the readings of the journal. One that knows more changes than there are belongs to another journal, from
/// before a restore: it begins anew.
fn open_readings(
    folders: &Folders,
    limits: analytics::Limits,
    head: u64,
) -> Result<(search::Search, analytics::Analytics), Error> {
    let mut search = search::Search::open(&folders.search).map_err(Error::internal)?;
    if search.cursor() > head {
        drop(search);
        projectors::forget(folders, Reading::Search)?;
        search = search::Search::open(&folders.search).map_err(Error::internal)?;
    }
    let mut analytics =
        analytics::Analytics::open(&folders.analytics, limits.clone()).map_err(Error::internal)?;
    if analytics.cursor() > head {
        drop(analytics);
        projectors::forget(folders, Reading::Analytics)?;
        analytics =
            analytics::Analytics::open(&folders.analytics, limits.clone()).map_err(Error::internal)?;
    }
    Ok((search, analytics))
}

/// The fields people edit that differ, as text.
pub(crate) fn differences<R: Record>(stored: &R, wanted: &R) -> Vec<ConflictField> {
    let fields = |record: &R| match model::json::to_value(record) {
        Ok(Value::Object(fields)) => fields,
        _ => model::json::Map::new(),
    };
    let (theirs, yours) = (fields(stored), fields(wanted));
    yours
        .iter()
        .filter(|(name, _)| !BOOKKEEPING.contains(&name.as_str()))
        .filter(|(name, value)| theirs.get(*name) != Some(value))
        .map(|(name, value)| ConflictField {
            field: name.clone(),
            yours: text_of(value),
            theirs: theirs.get(name).map(text_of).unwrap_or_default(),
        })
        .chain(own_differences(theirs.get(OWN), yours.get(OWN)))
        .collect()
}

/// Where a record keeps the values of the company's own fields.
const OWN: &str = "custom";
/// Fields that follow from others, say nothing to a reader, or have differences of their own.
const BOOKKEEPING: [&str; 6] = ["meta", "password_hash", "assignment", "assigned_at", "unique_fields", OWN];

/// The same field by field for the company's own.
fn own_differences(theirs: Option<&Value>, yours: Option<&Value>) -> Vec<ConflictField> {
    let nothing = model::json::Map::new();
    let [theirs, yours] = [theirs, yours].map(|values| values.and_then(Value::as_object).unwrap_or(&nothing));
    let mut names: Vec<&String> = theirs.keys().chain(yours.keys()).collect();
    names.sort();
    names.dedup();
    names
        .into_iter()
        .filter(|name| theirs.get(*name) != yours.get(*name))
        .map(|name| ConflictField {
            field: model::own_key(name),
            yours: yours.get(name).map(text_of).unwrap_or_default(),
            theirs: theirs.get(name).map(text_of).unwrap_or_default(),
        })
        .collect()
}

/// A value of a record as people read it in a comparison.
pub(crate) fn text_of(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Object(fields) if fields.contains_key("minor_units") => {
            let cents = fields.get("minor_units").and_then(Value::as_i64).unwrap_or_default();
            format!("{}.{:02}", cents / 100, (cents % 100).abs())
        }
        other => other.to_string(),
    }
}

fn explain(error: CommitError) -> Error {
    match error {
        CommitError::Stale { kind, id, stored } => match stored {
            Some(version) => Error::Conflict(Box::new(Conflict { kind, id, version, fields: Vec::new() })),
            None => Error::NotFound,
        },
        CommitError::Exists { kind, id } => {
            Error::Conflict(Box::new(Conflict { kind, id, version: 1, fields: Vec::new() }))
        }
        CommitError::Taken { key, .. } => {
            let (field, value) = unique_field(&key);
            Error::invalid(&field, "taken", value)
        }
        CommitError::TooBig { limit, .. } => Error::invalid("", "record-too-big", limit.to_string()),
        CommitError::Closed => Error::Busy { retry_after_s: 5 },
        other => Error::internal(other),
    }
}

/// The field and value of a unique index key: space, kind, field, 0, value.
fn unique_field(key: &[u8]) -> (String, String) {
    let named = match key {
        [space::UNIQUE, _, rest @ ..] => rest,
        _ => key,
    };
    let mut parts = named.splitn(2, |byte| *byte == 0);
    let mut text = || String::from_utf8_lossy(parts.next().unwrap_or_default()).into_owned();
    (text(), text())
}
