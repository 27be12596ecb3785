//! The store's handle: opening, committing, closing.

use crate::batch::Batch;
use crate::engine::{Engine, EngineError, SledEngine, Tree};
use crate::error::{CommitError, OpenError, ReadError};
use crate::head::Head;
use crate::write::{Committed, Write};
use crate::writer::{Answer, Job, Point, Writer};
use crate::{format, keys};
use std::fs::{self, File, TryLockError};
use std::io::{Read, Seek, Write as _};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::thread::JoinHandle;
use std::time::Duration;

/// Enough for the indexes of some fifty thousand leads; with more of them, pages that are asked for seldom are read from the
/// file. The process takes up to twice as much.
const CACHE_BYTES: u64 = 64 * 1024 * 1024;

/// Each waiting write is a waiting thread of the server, and of those there are fewer.
const QUEUE_WRITES_MAX: usize = 1_024;

/// The file whose lock says that a Tracte uses the folder, and which says how far the journal went.
pub(crate) const LOCK_FILE: &str = "lock";

/// How a store is opened.
#[derive(Clone, Debug)]
pub struct Options {
    /// Memory for what was read and written last.
    pub cache_bytes: u64,
    /// Called by the writer at each named point. For crash tests.
    pub on_point: Option<fn(Point)>,
}

impl Default for Options {
    fn default() -> Options {
        Options { cache_bytes: CACHE_BYTES, on_point: None }
    }
}

/// The truth. Clones are handles of the same store; it closes with the last of them.
#[derive(Clone)]
pub struct Store {
    pub(crate) shared: Arc<Shared>,
}

pub(crate) struct Shared {
    /// Invariant: declared, and so dropped, before the lock.
    pub(crate) engine: Arc<dyn Engine>,
    pub(crate) head: Arc<Head>,
    /// `None` once closed.
    jobs: RwLock<Option<SyncSender<Job>>>,
    writer: Mutex<Option<JoinHandle<()>>>,
    /// Read while an export goes on, written while the journal's past is changed: no export holds one half of each.
    pub(crate) past: RwLock<()>,
    lock: Option<FolderLock>,
}

/// A folder that nobody else may use.
pub(crate) struct FolderLock {
    file: Mutex<File>,
    /// The end of the journal when the store was last opened or closed. The engine takes some damage for an
    /// empty or shorter log; whoever has less than this has lost something.
    known_head: u64,
}

impl Store {
    /// Opens the folder or begins a new store in it.
    pub fn open(dir: &Path, options: Options) -> Result<Store, OpenError> {
        let lock = lock(dir)?;
        let engine = Arc::new(SledEngine::open(dir, options.cache_bytes)?);
        Store::start(engine, dir, &options, Some(lock))
    }

    /// A store over another engine; the caller sees to it that nobody else uses it. `dir` is for messages.
    pub fn open_over(engine: Arc<dyn Engine>, dir: &Path, options: Options) -> Result<Store, OpenError> {
        Store::start(engine, dir, &options, None)
    }

    fn start(
        engine: Arc<dyn Engine>,
        dir: &Path,
        options: &Options,
        lock: Option<FolderLock>,
    ) -> Result<Store, OpenError> {
        let seq = stored_head(engine.as_ref())?;
        let known = lock.as_ref().map_or(0, |lock| lock.known_head);
        if seq < known {
            let message = format!("it had {known} changes, and {seq} are left");
            return Err(OpenError::Damaged { dir: dir.to_owned(), message });
        }
        format::prepare(engine.as_ref(), dir)?;
        // What a crash left in the system's memory is on the disk before it is shown as durable.
        engine.flush()?;
        engine.sync()?;
        if let Some(lock) = &lock {
            lock.note(seq).map_err(|source| OpenError::Folder { path: dir.join(LOCK_FILE), source })?;
        }
        let head = Arc::new(Head::new(seq));
        let (sender, jobs) = sync_channel(QUEUE_WRITES_MAX);
        let writer = Writer {
            engine: Arc::clone(&engine),
            head: Arc::clone(&head),
            seq,
            on_point: options.on_point,
            broken: None,
        };
        let writer = std::thread::Builder::new()
            .name("store-writer".to_owned())
            .spawn(move || writer.run(&jobs))
            .map_err(|error| EngineError(Box::new(error)))?;
        let shared = Shared {
            engine,
            head,
            jobs: RwLock::new(Some(sender)),
            writer: Mutex::new(Some(writer)),
            past: RwLock::new(()),
            lock,
        };
        Ok(Store { shared: Arc::new(shared) })
    }

    /// Does all of the write, or nothing. `Ok` means that it is on the disk.
    pub fn commit(&self, write: Write) -> Result<Committed, CommitError> {
        self.begin(write)?.wait()
    }

    /// Hands the write over without waiting for it, so that the next one can be prepared meanwhile. Writes are done in the
    /// order in which they were handed over, also where nobody waits.
    pub fn begin(&self, write: Write) -> Result<Begun, CommitError> {
        let (sender, answer) = sync_channel(1);
        self.shared.send(Job::Write(Box::new(write), sender))?;
        Ok(Begun { answer })
    }

    /// The sequence number of the last change that is on the disk.
    pub fn head(&self) -> u64 {
        self.shared.head.get()
    }

    /// Waits until the head is past `seq`, or for so long; gives back the head.
    pub fn wait_past(&self, seq: u64, timeout: Duration) -> u64 {
        self.shared.head.wait_past(seq, timeout)
    }

    /// Takes no more writes, finishes those that wait, and flushes. The files are closed with the last handle.
    pub fn close(self) {
        self.shared.close();
    }

    /// Writes parts of the journal again, between two transactions; gives back how many.
    pub(crate) fn rewrite(
        &self,
        work: impl FnOnce(&dyn Engine) -> Result<Batch, CommitError> + Send + 'static,
    ) -> Result<u64, CommitError> {
        let (sender, answer) = sync_channel(1);
        self.shared.send(Job::Rewrite(Box::new(work), sender))?;
        answer.recv().map_err(|_| writer_stopped())?
    }

    /// Runs between two transactions, while nothing is written.
    pub(crate) fn hold<T: Send + 'static>(
        &self,
        work: impl FnOnce(&dyn Engine, u64) -> T + Send + 'static,
    ) -> Result<T, CommitError> {
        let (sender, answer) = sync_channel(1);
        let engine = Arc::clone(&self.shared.engine);
        let head = Arc::clone(&self.shared.head);
        self.shared.send(Job::Hold(Box::new(move || {
            let _ = sender.send(work(engine.as_ref(), head.get()));
        })))?;
        answer.recv().map_err(|_| writer_stopped())
    }
}

/// A write that was handed over, and that is not done yet or whose outcome was not looked at.
pub struct Begun {
    answer: Receiver<Answer>,
}

impl Begun {
    /// Waits until it is on the disk, or refused.
    pub fn wait(self) -> Result<Committed, CommitError> {
        self.answer.recv().map_err(|_| writer_stopped())?
    }
}

impl Shared {
    fn send(&self, job: Job) -> Result<(), CommitError> {
        let jobs = self.jobs.read().unwrap_or_else(PoisonError::into_inner);
        let jobs = jobs.as_ref().ok_or(CommitError::Closed)?;
        jobs.send(job).map_err(|_| CommitError::Closed)
    }

    fn close(&self) {
        self.jobs.write().unwrap_or_else(PoisonError::into_inner).take();
        let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(writer) = writer {
            // It catches its own panics.
            let _ = writer.join();
            if let Some(lock) = &self.lock {
                // Only a help for the next opening, which goes by what was noted at this one's opening else.
                let _ = lock.note(self.head.get());
            }
        }
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        self.close();
    }
}

pub(crate) fn stored_head(engine: &dyn Engine) -> Result<u64, EngineError> {
    Ok(engine.get(Tree::Meta, keys::HEAD)?.as_deref().and_then(keys::number).unwrap_or(0))
}

/// Makes the folder if need be, and keeps others out of it.
pub(crate) fn lock(dir: &Path) -> Result<FolderLock, OpenError> {
    let problem = |path: PathBuf| move |source| OpenError::Folder { path, source };
    fs::create_dir_all(dir).map_err(problem(dir.to_owned()))?;
    let path = dir.join(LOCK_FILE);
    let mut file = File::options()
        .create(true)
        .truncate(false)
        .read(true)
        .write(true)
        .open(&path)
        .map_err(problem(path.clone()))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Err(OpenError::Locked { dir: dir.to_owned() }),
        Err(TryLockError::Error(source)) => return Err(OpenError::Folder { path, source }),
    }
    let mut note = Vec::new();
    (&mut file).take(NOTE_BYTES_MAX).read_to_end(&mut note).map_err(problem(path))?;
    let note = String::from_utf8_lossy(&note);
    let known_head = note.trim().strip_prefix(NOTE).and_then(|number| number.parse().ok()).unwrap_or(0);
    Ok(FolderLock { file: Mutex::new(file), known_head })
}

/// Whether a process has the store in this folder open. Makes nothing.
pub fn is_in_use(dir: &Path) -> bool {
    let file = File::options().read(true).write(true).open(dir.join(LOCK_FILE));
    file.is_ok_and(|file| matches!(file.try_lock(), Err(TryLockError::WouldBlock)))
}

/// What stands in the lock file before the number of changes.
const NOTE: &str = "changes: ";
const NOTE_BYTES_MAX: u64 = 64;

impl FolderLock {
    /// Always of the same length, so that it is never half an old and half a new one.
    pub(crate) fn note(&self, head: u64) -> std::io::Result<()> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.rewind()?;
        file.write_all(format!("{NOTE}{head:020}\n").as_bytes())?;
        file.sync_data()
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").field("head", &self.head()).finish_non_exhaustive()
    }
}

fn writer_stopped() -> CommitError {
    CommitError::Storage(EngineError("the writer stopped; start Tracte again".into()))
}

impl From<CommitError> for ReadError {
    fn from(error: CommitError) -> ReadError {
        ReadError::Storage(EngineError(Box::new(error)))
    }
}
