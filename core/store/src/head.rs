//! The durable end of the journal, and waiting for it to move.

use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

/// The sequence number of the last change that is on the disk.
#[derive(Default)]
pub(crate) struct Head {
    seq: Mutex<u64>,
    moved: Condvar,
}

impl Head {
    pub(crate) fn new(seq: u64) -> Head {
        Head { seq: Mutex::new(seq), moved: Condvar::new() }
    }

    pub(crate) fn get(&self) -> u64 {
        *self.seq.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn publish(&self, seq: u64) {
        *self.seq.lock().unwrap_or_else(PoisonError::into_inner) = seq;
        self.moved.notify_all();
    }

    pub(crate) fn wait_past(&self, seq: u64, timeout: Duration) -> u64 {
        let guard = self.seq.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.moved.wait_timeout_while(guard, timeout, |head| *head <= seq);
        *waited.unwrap_or_else(PoisonError::into_inner).0
    }
}
