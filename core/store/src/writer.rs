//! The one thread that writes: it merges the writes that wait, makes them durable with one flush, then answers.

use crate::batch::Batch;
use crate::engine::{Engine, EngineError, Tree, panic_text};
use crate::error::CommitError;
use crate::head::Head;
use crate::keys;
use crate::stage::stage;
use crate::write::{Committed, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender};

/// With 128 writers waiting, more than this was never seen; a merged transaction holds up all readers for a while.
const MERGED_WRITES_MAX: usize = 512;

/// The same for writes of many operations each, such as an import's: some 10 MB of log at most.
const MERGED_OPS_MAX: usize = 2_000;

/// A commit's named points, where tests kill the process.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Point {
    BeforeCommit,
    AfterFlushBeforeSync,
    AfterSyncBeforeAnswer,
}

pub(crate) type Answer = Result<Committed, CommitError>;

/// Works out what of the journal is written again.
pub(crate) type Rewriting = Box<dyn FnOnce(&dyn Engine) -> Result<Batch, CommitError> + Send>;

pub(crate) enum Job {
    Write(Box<Write>, SyncSender<Answer>),
    /// Runs between two transactions, with nothing pending.
    Hold(Box<dyn FnOnce() + Send>),
    /// Writes parts of the journal again; gives back how many.
    Rewrite(Rewriting, SyncSender<Result<u64, CommitError>>),
}

pub(crate) struct Writer {
    pub(crate) engine: Arc<dyn Engine>,
    pub(crate) head: Arc<Head>,
    /// The end of the journal, durable or not; they differ only within a commit.
    pub(crate) seq: u64,
    pub(crate) on_point: Option<fn(Point)>,
    /// After a failed flush nobody knows what is on the disk: no more writes.
    pub(crate) broken: Option<String>,
}

impl Writer {
    /// Ends when the store is closed and the queue is empty.
    pub(crate) fn run(mut self, jobs: &Receiver<Job>) {
        while let Ok(first) = jobs.recv() {
            let mut writes = Vec::new();
            let mut operations = 0;
            let mut next = Some(first);
            let mut hold = None;
            let mut rewrite = None;
            while let Some(job) = next.take() {
                match job {
                    Job::Write(write, answer) => {
                        operations += write.operations.len();
                        writes.push((*write, answer));
                    }
                    Job::Hold(work) => hold = Some(work),
                    Job::Rewrite(work, answer) => rewrite = Some((work, answer)),
                }
                if hold.is_none()
                    && rewrite.is_none()
                    && writes.len() < MERGED_WRITES_MAX
                    && operations < MERGED_OPS_MAX
                {
                    next = jobs.try_recv().ok();
                }
            }
            // Those whose answer is lost in a panic are told that the writer stopped.
            let done = catch_unwind(AssertUnwindSafe(|| {
                self.commit(writes);
                if let Some(work) = hold {
                    work();
                }
                if let Some((work, answer)) = rewrite {
                    let outcome = self.rewrite(work);
                    // Who asked may be gone; what was written stands.
                    let _ = answer.send(outcome);
                }
            }));
            if let Err(panic) = done {
                self.broken = Some(panic_text(panic.as_ref()));
            }
        }
    }

    fn commit(&mut self, writes: Vec<(Write, SyncSender<Answer>)>) {
        let mut merged = Batch::default();
        let mut seq = self.seq;
        let mut outcomes = Vec::with_capacity(writes.len());
        for (write, answer) in writes {
            let outcome = if self.broken.is_some() {
                Err(self.refusal())
            } else {
                stage(self.engine.as_ref(), &merged, seq, write).map(|staged| {
                    merged.absorb(staged.batch);
                    seq = staged.seq;
                    Committed { seq }
                })
            };
            outcomes.push((answer, outcome));
        }
        if !merged.is_empty() {
            merged.put(Tree::Meta, keys::HEAD, seq.to_be_bytes());
            match self.make_durable(&merged) {
                Ok(()) => self.seq = seq,
                Err(error) => self.broken = Some(error.to_string()),
            }
        }
        // Whoever has an answer sees the journal up to it.
        if self.broken.is_none() {
            self.head.publish(self.seq);
        }
        for (answer, outcome) in outcomes {
            let outcome =
                if self.broken.is_some() && outcome.is_ok() { Err(self.refusal()) } else { outcome };
            // Who asked may be gone; the write stands.
            let _ = answer.send(outcome);
        }
    }

    fn rewrite(&mut self, work: Rewriting) -> Result<u64, CommitError> {
        if self.broken.is_some() {
            return Err(self.refusal());
        }
        let batch = work(self.engine.as_ref())?;
        if batch.is_empty() {
            return Ok(0);
        }
        match self.make_durable(&batch) {
            Ok(()) => Ok(batch.len() as u64),
            Err(error) => {
                self.broken = Some(error.to_string());
                Err(self.refusal())
            }
        }
    }

    fn make_durable(&self, batch: &Batch) -> Result<(), EngineError> {
        self.reach(Point::BeforeCommit);
        self.engine.apply(batch)?;
        self.engine.flush()?;
        self.reach(Point::AfterFlushBeforeSync);
        self.engine.sync()?;
        self.reach(Point::AfterSyncBeforeAnswer);
        Ok(())
    }

    fn reach(&self, point: Point) {
        if let Some(on_point) = self.on_point {
            on_point(point);
        }
    }

    fn refusal(&self) -> CommitError {
        let cause = self.broken.as_deref().unwrap_or_default();
        let text = format!(
            "an earlier write failed ({cause}); check the disk and its free space, then start Tracte again"
        );
        CommitError::Storage(EngineError(text.into()))
    }
}
