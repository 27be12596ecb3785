//! Export and backup: the whole truth as JSON lines, while others go on writing.

use crate::engine::{Engine, Entry, Tree, for_each};
use crate::error::{ExportError, ReadError};
use crate::format::FORMAT;
use crate::open::Store;
use crate::reads::{damaged, decode_change};
use crate::stream::{CounterLine, End, Header, Line, OnceLine, RecordLine, TITLE, Tally};
use crate::{keys, typed};
use model::{Kind, json};
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::PoisonError;

/// What an export or a backup holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct BackupReport {
    pub records: u64,
    pub changes: u64,
    /// The state it adds up to: that after this change.
    pub head: u64,
    pub bytes: u64,
}

/// Told how many bytes more were written; an error ends the writing.
pub type Watch<'a> = &'a mut dyn FnMut(u64) -> std::io::Result<()>;

/// Often enough for whoever cancels, seldom enough to cost nothing.
const WATCHED_BYTES: usize = 1024 * 1024;

/// A file somebody looks after while it is written.
struct Watched<'a> {
    file: File,
    watch: Watch<'a>,
}

impl Write for Watched<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.file.write(bytes)?;
        (self.watch)(written as u64)?;
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}

impl Store {
    /// Writes records, journal, counters and idempotency keys as lines. Others may go on writing: the result is
    /// the state after the head that is given back.
    pub fn export(&self, out: &mut dyn Write) -> Result<BackupReport, ExportError> {
        let _same_past = self.shared.past.read().unwrap_or_else(PoisonError::into_inner);
        let mut lines = Lines { out, tally: Tally::default(), bytes: 0 };
        lines.put(&Line::Tracte(Header { content: TITLE.to_owned(), format: FORMAT, head: self.head() }))?;
        for kind in Kind::ALL.iter().copied().filter(|kind| typed::is_journaled(*kind)) {
            for_each(self.shared.engine.as_ref(), Tree::Records, &[kind.tag()], |entry| {
                lines.put(&record_line(&entry)?)
            })?;
        }
        // Between two transactions: what the copy of the records has seen is in the journal up to here.
        // What no journal can bring up to date, and of which there is little, is read in this moment.
        let (head, unjournaled, counters) =
            self.hold(|engine, head| (head, unjournaled(engine), counters(engine)))?;
        for record in unjournaled? {
            lines.put(&record)?;
        }
        self.export_journal(&mut lines, head)?;
        for counter in counters? {
            lines.put(&Line::Counter(counter))?;
        }
        self.export_once(&mut lines, head)?;
        let sections = lines.tally.sections();
        lines.put(&Line::End(End { head, sections }))?;
        lines.out.flush()?;
        Ok(BackupReport {
            records: sections.records.lines,
            changes: sections.changes.lines,
            head,
            bytes: lines.bytes,
        })
    }

    /// An export into a file that is there whole, and on the disk, or not at all. `watch` is told from time to time how
    /// many bytes more were written; its error ends it.
    pub fn backup(&self, out: &Path, watch: Watch<'_>) -> Result<BackupReport, ExportError> {
        let mut partial = out.as_os_str().to_owned();
        partial.push(".partial");
        let partial = PathBuf::from(partial);
        let result = self.backup_to(&partial, watch).and_then(|report| {
            fs::rename(&partial, out)?;
            sync_folder_of(out)?;
            Ok(report)
        });
        if result.is_err() {
            // What is left of a failed backup must not look like one; that it failed is said anyway.
            let _ = fs::remove_file(&partial);
        }
        result
    }

    fn backup_to(&self, path: &Path, watch: Watch<'_>) -> Result<BackupReport, ExportError> {
        let watched = Watched { file: File::create(path)?, watch };
        let mut out = BufWriter::with_capacity(WATCHED_BYTES, watched);
        let report = self.export(&mut out)?;
        // The export has flushed it.
        out.get_ref().file.sync_all()?;
        Ok(report)
    }

    fn export_journal(&self, lines: &mut Lines<'_>, head: u64) -> Result<(), ExportError> {
        for_each(self.shared.engine.as_ref(), Tree::Journal, &[], |entry| {
            let change = decode_change(&entry.key, &entry.value)?;
            if change.seq <= head { lines.put(&Line::Change(Box::new(change))) } else { Ok(()) }
        })
    }

    /// Keys of later writes are left out, for those writes are not in the export and may be repeated.
    fn export_once(&self, lines: &mut Lines<'_>, head: u64) -> Result<(), ExportError> {
        let engine = self.shared.engine.as_ref();
        for_each(engine, Tree::Meta, keys::ONCE_PREFIX, |entry| {
            let key = name_of(&entry.key, keys::ONCE_PREFIX)?;
            let parts = keys::once_parts(&entry.value);
            let (id, seq) = parts.ok_or_else(|| damaged(format!("the key {key} has no record")))?;
            if seq <= head { lines.put(&Line::Once(OnceLine { key, id, seq })) } else { Ok(()) }
        })
    }
}

fn record_line(entry: &Entry) -> Result<Line, ReadError> {
    let key = || damaged("a record has a key that is none".to_owned());
    let (kind, id) = keys::record_parts(&entry.key).ok_or_else(key)?;
    let value = json::from_slice(&entry.value).map_err(|error| damaged(format!("{kind} {id}: {error}")))?;
    Ok(Line::Record(RecordLine { kind, value }))
}

/// Sessions and the like.
fn unjournaled(engine: &dyn Engine) -> Result<Vec<Line>, ReadError> {
    let mut records = Vec::new();
    let wanted = |kind: &Kind| !typed::is_journaled(*kind) && typed::is_exported(*kind);
    for kind in Kind::ALL.iter().copied().filter(wanted) {
        for_each(engine, Tree::Records, &[kind.tag()], |entry| {
            records.push(record_line(&entry)?);
            Ok::<(), ReadError>(())
        })?;
    }
    Ok(records)
}

fn counters(engine: &dyn Engine) -> Result<Vec<CounterLine>, ReadError> {
    let mut counters = Vec::new();
    for_each(engine, Tree::Meta, keys::COUNTER_PREFIX, |entry| {
        let name = name_of(&entry.key, keys::COUNTER_PREFIX)?;
        let taken = keys::number(&entry.value);
        let taken = taken.ok_or_else(|| damaged(format!("counter {name} is no number")))?;
        counters.push(CounterLine { name, taken });
        Ok::<(), ReadError>(())
    })?;
    Ok(counters)
}

fn name_of(key: &[u8], prefix: &[u8]) -> Result<String, ReadError> {
    let name = key.strip_prefix(prefix).unwrap_or(key).to_vec();
    String::from_utf8(name).map_err(|_| damaged("a key is not text".to_owned()))
}

/// Counts lines while they are written.
struct Lines<'a> {
    out: &'a mut dyn Write,
    tally: Tally,
    bytes: u64,
}

impl Lines<'_> {
    fn put(&mut self, line: &Line) -> Result<(), ExportError> {
        let mut bytes = json::to_vec(line).map_err(std::io::Error::from)?;
        bytes.push(b'\n');
        self.tally.add(line, &bytes);
        self.bytes += bytes.len() as u64;
        self.out.write_all(&bytes)?;
        Ok(())
    }
}

fn sync_folder_of(path: &Path) -> std::io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}
