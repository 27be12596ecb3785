//! The durable end of the journal, and waiting for it to move.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The sequence number of the last change that is on the disk.
#[derive(Default)]
pub(crate) struct Head {
    durable: Mutex<Durable>,
    moved: Condvar,
}

#[derive(Default)]
struct Durable {
    seq: u64,
    /// What those who wait want to see passed: nobody is woken for less. There is one a reading of the journal.
    awaited: Vec<u64>,
}

impl Head {
    pub(crate) fn new(seq: u64) -> Head {
        Head { durable: Mutex::new(Durable { seq, awaited: Vec::new() }), moved: Condvar::new() }
    }

    pub(crate) fn get(&self) -> u64 {
        self.lock().seq
    }

    pub(crate) fn publish(&self, seq: u64) {
        let mut durable = self.lock();
        durable.seq = seq;
        let is_awaited = durable.awaited.iter().any(|awaited| seq > *awaited);
        drop(durable);
        if is_awaited {
            self.moved.notify_all();
        }
    }

    pub(crate) fn wait_past(&self, seq: u64, timeout: Duration) -> u64 {
        let mut durable = self.lock();
        if durable.seq > seq {
            return durable.seq;
        }
        durable.awaited.push(seq);
        let waited = self.moved.wait_timeout_while(durable, timeout, |durable| durable.seq <= seq);
        let mut durable = waited.unwrap_or_else(PoisonError::into_inner).0;
        if let Some(place) = durable.awaited.iter().position(|awaited| *awaited == seq) {
            durable.awaited.swap_remove(place);
        }
        durable.seq
    }

    fn lock(&self) -> MutexGuard<'_, Durable> {
        // Nothing is left half done under this lock.
        self.durable.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
