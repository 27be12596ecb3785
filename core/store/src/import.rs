//! Import and restore: an export into an empty folder, every line checked, all of it or nothing.

use crate::batch::Batch;
use crate::engine::{Engine, SledEngine, Tree, for_each};
use crate::error::{ImportError, LineProblem, OpenError};
use crate::format::{self, EXPORT_FORMAT_MIN, FORMAT};
use crate::open::{LOCK_FILE, Options, lock};
use crate::stream::{CounterLine, LINE_BYTES_MAX, Line, OnceLine, RecordLine, TITLE, Tally};
use crate::stretches::{Span, Stretches};
use crate::verify::{self, Report};
use crate::{keys, typed};
use model::uuid::Uuid;
use model::{Change, Kind, RECORD_BYTES_MAX, json};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

/// Whoever mends a file by hand mends the first hundreds at once.
const PROBLEMS_MAX: usize = 1_000;

/// Large enough that transactions cost little, small enough for memory.
const BATCH_OPS: usize = 2_000;

/// What was imported.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct ImportReport {
    pub records: u64,
    pub changes: u64,
    pub head: u64,
}

/// Makes a store in an empty folder from a backup.
pub fn restore(backup: &Path, dir: &Path) -> Result<ImportReport, ImportError> {
    import(dir, &mut BufReader::new(File::open(backup).map_err(ImportError::File)?))
}

/// Makes a store in an empty folder from an export. When there is any problem the folder is empty again.
pub fn import(dir: &Path, input: &mut dyn BufRead) -> Result<ImportReport, ImportError> {
    let lock = lock(dir)?;
    let folder = |source| OpenError::Folder { path: dir.to_owned(), source };
    for entry in fs::read_dir(dir).map_err(folder)? {
        if entry.map_err(folder)?.file_name() != LOCK_FILE {
            return Err(ImportError::NotEmpty { dir: dir.to_owned() });
        }
    }
    let result = SledEngine::open(dir, Options::default().cache_bytes)
        .map_err(ImportError::from)
        .and_then(|engine| import_into(&engine, input));
    match &result {
        // What the folder held before, of which the lock may still tell, is not what it has to hold from now on.
        Ok(report) => lock.note(report.head).map_err(folder)?,
        Err(_) => clear(dir).map_err(folder)?,
    }
    drop(lock);
    result
}

fn clear(dir: &Path) -> std::io::Result<()> {
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            fs::remove_dir_all(entry.path())?;
        } else if entry.file_name() != LOCK_FILE {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

fn import_into(engine: &dyn Engine, input: &mut dyn BufRead) -> Result<ImportReport, ImportError> {
    let mut import = Import {
        engine,
        batch: Batch::default(),
        problems: Vec::new(),
        line: 0,
        stage: Stage::Header,
        tally: Tally::default(),
        copied_head: 0,
        seq: 0,
        stretches: Stretches::default(),
    };
    import.read(input)?;
    let rest = import.stretches.rest();
    import.put_stretches(rest);
    import.apply()?;
    if import.problems.is_empty() {
        import.build_indexes()?;
    }
    if import.problems.is_empty() {
        import.batch.put(Tree::Meta, keys::HEAD, import.seq.to_be_bytes());
        import.apply()?;
        return import.finish();
    }
    Err(ImportError::Invalid { problems: import.problems })
}

/// Which lines may come next: none of an earlier section.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Debug)]
enum Stage {
    Header,
    Records,
    Changes,
    Counters,
    Once,
    End,
}

struct Import<'a> {
    engine: &'a dyn Engine,
    batch: Batch,
    problems: Vec<LineProblem>,
    line: u64,
    stage: Stage,
    tally: Tally,
    /// Later changes have to be done again to the records.
    copied_head: u64,
    seq: u64,
    stretches: Stretches,
}

impl Import<'_> {
    fn read(&mut self, input: &mut dyn BufRead) -> Result<(), ImportError> {
        let mut bytes = Vec::new();
        loop {
            bytes.clear();
            let limit = LINE_BYTES_MAX as u64 + 1;
            let mut limited = (&mut *input).take(limit);
            let read = limited.read_until(b'\n', &mut bytes).map_err(ImportError::File)?;
            if read == 0 {
                break;
            }
            self.line += 1;
            if bytes.len() > LINE_BYTES_MAX {
                self.problem(format!("longer than {LINE_BYTES_MAX} bytes; nothing after it was read"));
                return Ok(());
            }
            match json::from_slice::<Line>(&bytes) {
                Ok(line) => {
                    self.tally.add(&line, &bytes);
                    self.take(line)?;
                }
                Err(error) => self.problem(format!("not a line of an export: {error}")),
            }
            if self.stage == Stage::Header || self.problems.len() >= PROBLEMS_MAX {
                return Ok(());
            }
            if self.batch.len() >= BATCH_OPS {
                self.apply()?;
            }
        }
        if self.stage != Stage::End {
            self.whole("the closing line is missing: the file was cut off".to_owned());
        }
        Ok(())
    }

    fn take(&mut self, line: Line) -> Result<(), ImportError> {
        let stage = match &line {
            Line::Tracte(_) => Stage::Header,
            Line::Record(_) => Stage::Records,
            Line::Change(_) => Stage::Changes,
            Line::Counter(_) => Stage::Counters,
            Line::Once(_) => Stage::Once,
            Line::End(_) => Stage::End,
        };
        let is_first = self.line == 1;
        if is_first != (stage == Stage::Header) || stage < self.stage || self.stage == Stage::End {
            self.problem("not in its place: header, records, changes, counters, keys, end".to_owned());
            return Ok(());
        }
        self.stage = stage;
        match line {
            Line::Tracte(header) => {
                if header.content != TITLE || !(EXPORT_FORMAT_MIN..=FORMAT).contains(&header.format) {
                    self.problem(format!(
                        "an export of {} in format {}; this Tracte reads {TITLE} in format \
                         {EXPORT_FORMAT_MIN} to {FORMAT}",
                        header.content, header.format
                    ));
                } else {
                    self.copied_head = header.head;
                    self.stage = Stage::Records;
                }
                Ok(())
            }
            Line::Record(line) => self.record(&line),
            Line::Change(change) => {
                self.change(&change);
                Ok(())
            }
            Line::Counter(CounterLine { name, taken }) => {
                self.batch.put(Tree::Meta, keys::counter(&name), taken.to_be_bytes());
                Ok(())
            }
            Line::Once(OnceLine { key, id, seq }) => {
                self.batch.put(Tree::Meta, keys::once(&key), keys::once_value(id, seq));
                Ok(())
            }
            Line::End(end) => {
                if end.head != self.seq {
                    let text = format!("the changes go up to {}, this line says {}", self.seq, end.head);
                    self.problem(text);
                }
                if end.sections != self.tally.sections() {
                    self.problem("counts or checksums are not those of the lines before".to_owned());
                }
                Ok(())
            }
        }
    }

    fn record(&mut self, line: &RecordLine) -> Result<(), ImportError> {
        let Some((id, bytes)) = self.checked(line.kind, &line.value) else { return Ok(()) };
        let key = keys::record(line.kind, id);
        // A file put together by hand may name a record twice.
        if self.is_there(Tree::Records, &key)? {
            self.problem(format!("{} {id} was there before", line.kind));
        } else {
            self.batch.put(Tree::Records, key, bytes);
        }
        Ok(())
    }

    fn change(&mut self, change: &Change) {
        if change.seq != self.seq + 1 {
            self.problem(format!("change {} comes after change {}", change.seq, self.seq));
        }
        self.seq = change.seq;
        let key = keys::record(change.kind, change.id);
        match &change.after {
            Some(value) => {
                let Some((id, bytes)) = self.checked(change.kind, value) else { return };
                if id != change.id {
                    self.problem(format!("the change is of {}, its record is {id}", change.id));
                }
                if change.seq > self.copied_head {
                    self.batch.put(Tree::Records, key, bytes);
                }
            }
            None if change.seq > self.copied_head => self.batch.delete(Tree::Records, key),
            None => {}
        }
        match json::to_vec(change) {
            Ok(bytes) if bytes.len() <= crate::VALUE_BYTES_MAX => {
                self.batch.put(Tree::Journal, change.seq.to_be_bytes(), bytes);
            }
            Ok(bytes) => self.problem(format!("a change of {} bytes is too long", bytes.len())),
            Err(error) => self.problem(error.to_string()),
        }
        for about in &change.about {
            self.batch.put(Tree::Index, keys::timeline(*about, change.seq), Vec::new());
        }
        let over = self.stretches.take(change);
        self.put_stretches(over);
    }

    fn put_stretches(&mut self, spans: BTreeMap<Vec<u8>, Span>) {
        for (key, span) in spans {
            self.batch.put(Tree::Index, key, span.bytes());
        }
    }

    /// The record's id and bytes, if it is one of its entity.
    fn checked(&mut self, kind: Kind, value: &json::Value) -> Option<(Uuid, Vec<u8>)> {
        let checked = json::to_vec(value).and_then(|bytes| {
            let derived = typed::derive(kind, &bytes)?;
            Ok((derived.meta.id, bytes))
        });
        match checked {
            Ok((_, bytes)) if bytes.len() > RECORD_BYTES_MAX => {
                let text = format!("a {kind} of {} bytes, more than {RECORD_BYTES_MAX}", bytes.len());
                self.problem(text);
                None
            }
            Ok(checked) => Some(checked),
            Err(error) => {
                self.problem(format!("not a {kind}: {error}"));
                None
            }
        }
    }

    /// From the records as they are after the last change.
    fn build_indexes(&mut self) -> Result<(), ImportError> {
        let engine = self.engine;
        for_each(engine, Tree::Records, &[], |entry| {
            let derived = keys::record_parts(&entry.key)
                .and_then(|(kind, id)| Some((kind, id, typed::derive(kind, &entry.value).ok()?)));
            let Some((kind, id, derived)) = derived else { return Ok(()) };
            for index in derived.indexes {
                if index.key.len() > crate::engine::KEY_BYTES_MAX {
                    self.whole(format!("{kind} {id}: a value of a unique index is too long"));
                } else if index.unique && self.is_there(Tree::Index, &index.key)? {
                    self.whole(format!("{kind} {id}: {} is taken", index.key.escape_ascii()));
                } else {
                    self.batch.put(Tree::Index, index.key, index.value);
                }
            }
            if self.batch.len() >= BATCH_OPS { self.apply() } else { Ok(()) }
        })
    }

    fn is_there(&self, tree: Tree, key: &[u8]) -> Result<bool, ImportError> {
        Ok(self.batch.puts(tree, key) || self.engine.get(tree, key)?.is_some())
    }

    /// The last word: what was made is checked like any store.
    fn finish(mut self) -> Result<ImportReport, ImportError> {
        let Report { records, changes, faults, .. } = verify::check(self.engine, self.seq)?;
        for fault in faults {
            self.whole(fault.message);
        }
        if !self.problems.is_empty() {
            return Err(ImportError::Invalid { problems: self.problems });
        }
        format::mark(self.engine, FORMAT)?;
        Ok(ImportReport { records, changes, head: self.seq })
    }

    fn apply(&mut self) -> Result<(), ImportError> {
        if !self.batch.is_empty() {
            self.engine.apply(&std::mem::take(&mut self.batch))?;
        }
        Ok(())
    }

    fn problem(&mut self, message: String) {
        let line = Some(self.line);
        if self.problems.len() < PROBLEMS_MAX {
            self.problems.push(LineProblem { line, message });
        }
    }

    fn whole(&mut self, message: String) {
        if self.problems.len() < PROBLEMS_MAX {
            self.problems.push(LineProblem { line: None, message });
        }
    }
}
