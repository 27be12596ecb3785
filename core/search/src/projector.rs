//! Follows the journal: each batch becomes one commit that carries the cursor.

use crate::source::KINDS;
use crate::{Search, SearchError, Source};
use model::uuid::Uuid;
use model::{Activity, Change, Deed, Kind, Lead, Projection, ProjectionError, json};
use std::collections::BTreeMap;
use std::sync::atomic::Ordering;
use tantivy::{IndexWriter, Searcher, TantivyDocument, TantivyError};

/// Memory for documents not yet in a segment. More segments than this makes are merged in the background.
const WRITER_BYTES: usize = 50_000_000;
/// Commits come one after the other from one thread: a second would only halve the memory of each.
const WRITER_THREADS: usize = 1;
/// Good to feed at once: with more, a commit holds more memory and gains little. `apply` takes any.
pub const BATCH_CHANGES_MAX: usize = 5_000;
const NAME: &str = "search";

/// The one writer of the index. Keep it as long as the index is open: dropping it stops merges.
pub struct SearchProjector {
    search: Search,
    writer: IndexWriter,
}

impl SearchProjector {
    pub(crate) fn new(search: &Search) -> Result<SearchProjector, SearchError> {
        let writer = match search.inner.index.writer_with_num_threads(WRITER_THREADS, WRITER_BYTES) {
            Err(TantivyError::LockFailure(..)) => return Err(SearchError::SecondProjector),
            other => other?,
        };
        Ok(SearchProjector { search: search.clone(), writer })
    }

    fn commit(&mut self, changes: &[Change]) -> Result<(), ApplyError> {
        let cursor = self.write(changes)?;
        let mut commit = self.writer.prepare_commit()?;
        commit.set_payload(&cursor.to_string());
        commit.commit()?;
        self.search.inner.reader.reload()?;
        self.search.inner.cursor.store(cursor, Ordering::Release);
        Ok(())
    }

    /// Hands the changes to the writer and says where the cursor comes to stand.
    fn write(&self, changes: &[Change]) -> Result<u64, ApplyError> {
        let searcher = self.search.inner.reader.searcher();
        let mut batch = Batch { search: &self.search, searcher: &searcher, leads: BTreeMap::new() };
        let mut cursor = self.search.cursor();
        for change in changes {
            if change.seq <= cursor {
                continue;
            }
            if change.seq != cursor + 1 {
                return Err(ApplyError::Gap { cursor, seq: change.seq });
            }
            cursor = change.seq;
            batch.take(change)?;
        }
        self.write_leads(batch.leads)?;
        Ok(cursor)
    }

    fn write_leads(&self, leads: BTreeMap<Uuid, Option<Source>>) -> Result<(), ApplyError> {
        let fields = &self.search.inner.fields;
        for (lead, source) in leads {
            self.writer.delete_term(fields.lead_term(lead));
            if let Some(source) = source {
                let stored = json::to_string(&source).map_err(ApplyError::Source)?;
                let document: TantivyDocument = fields.document(lead, &source, &stored);
                self.writer.add_document(document)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
impl SearchProjector {
    /// As far as a process comes that dies before the commit.
    pub(crate) fn write_without_commit(&self, changes: &[Change]) {
        self.write(changes).unwrap();
    }
}

impl Projection for SearchProjector {
    fn name(&self) -> &'static str {
        NAME
    }

    fn cursor(&self) -> u64 {
        self.search.cursor()
    }

    fn apply(&mut self, changes: &[Change]) -> Result<(), ProjectionError> {
        if changes.last().is_none_or(|last| last.seq <= self.cursor()) {
            return Ok(());
        }
        self.commit(changes).map_err(|error| {
            // Whatever was added stays out of the next commit. If even this fails, so will that.
            let undone = self.writer.rollback().err().map(|error| format!("; rollback: {error}"));
            ProjectionError { projection: NAME, message: format!("{error}{}", undone.unwrap_or_default()) }
        })
    }
}

/// The leads that a batch touches, as they are after the changes taken so far; `None` is deleted.
struct Batch<'a> {
    search: &'a Search,
    searcher: &'a Searcher,
    leads: BTreeMap<Uuid, Option<Source>>,
}

impl Batch<'_> {
    fn take(&mut self, change: &Change) -> Result<(), ApplyError> {
        match (change.kind, change.deed) {
            (Kind::Activity, deed) => self.take_activity(change, deed)?,
            (kind, Deed::Deleted) if KINDS.contains(&kind) => {
                self.leads.insert(change.id, None);
            }
            (kind, deed) if KINDS.contains(&kind) => {
                let unreadable = || ApplyError::Unreadable { seq: change.seq };
                if deed == Deed::Created {
                    // Nothing is known of it yet: an import need not look for each.
                    self.leads.insert(change.id, None);
                }
                let source = self.lead(change.id)?;
                let known = source.take().unwrap_or_default();
                *source = Some(match change.record::<Lead>() {
                    Some(lead) => known.with_lead(lead),
                    None => {
                        let after = change.after.as_ref().ok_or_else(unreadable)?;
                        let record = model::record_in(kind, after).ok_or_else(unreadable)?;
                        known.with_record(record.as_ref()).with_file(change)
                    }
                });
            }
            _ => {}
        }
        Ok(())
    }

    /// A note is found with what it is about; whatever else is done has a document of its own.
    fn take_activity(&mut self, change: &Change, deed: Deed) -> Result<(), ApplyError> {
        // One that was about another record leaves that one. `before` is everything when it was deleted; a note was about
        // one record, named `about`, before it could be about several.
        let names = model::ABOUT.into_iter().map(Kind::as_str).chain(["about"]);
        for name in names {
            let former = change.before.get(name).and_then(|about| Uuid::parse_str(about.as_str()?).ok());
            if let Some(former) = former
                && let Some(source) = self.lead(former)?
            {
                source.notes.remove(&change.id);
            }
        }
        self.leads.insert(change.id, None);
        if deed == Deed::Deleted {
            return Ok(());
        }
        let activity: Activity = change.record().ok_or(ApplyError::Unreadable { seq: change.seq })?;
        let links: Vec<Uuid> = activity.links().map(|(_, id)| id).collect();
        if !activity.is_note() || links.is_empty() {
            self.leads.insert(change.id, Some(Source::default().with_record(&activity)));
        }
        for link in links {
            // A note about a lead that is gone goes with it.
            let Some(source) = self.lead(link)? else { continue };
            match &activity.text {
                Some(text) if activity.is_note() => source.put_note(change.id, text.clone()),
                _ => {
                    source.notes.remove(&change.id);
                }
            }
        }
        Ok(())
    }

    fn lead(&mut self, lead: Uuid) -> Result<&mut Option<Source>, SearchError> {
        use std::collections::btree_map::Entry;
        Ok(match self.leads.entry(lead) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => entry.insert(self.search.find(self.searcher, lead)?),
        })
    }
}

#[derive(Debug, thiserror::Error)]
enum ApplyError {
    #[error("change {seq} came after change {cursor}: the journal has a gap")]
    Gap { cursor: u64, seq: u64 },
    #[error("the record of change {seq} cannot be read")]
    Unreadable { seq: u64 },
    #[error("a document cannot be written: {0}")]
    Source(json::Error),
    #[error("{0}")]
    Search(#[from] SearchError),
    #[error("the search engine refused: {0}")]
    Engine(#[from] TantivyError),
}
