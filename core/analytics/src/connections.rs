//! Connections for reading: a bounded number, each report with a time limit.

use crate::AnalyticsError;
use duckdb::Connection;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// DuckDB forgets an interrupt that comes while it prepares a statement: it is said again until it is heard.
const INTERRUPT_AGAIN: Duration = Duration::from_millis(20);

pub(crate) struct Connections {
    pool: Mutex<Pool>,
    returned: Condvar,
    time: Duration,
}

struct Pool {
    /// Never runs a query; others are cloned from it.
    root: Connection,
    idle: Vec<Connection>,
    /// How many more may be made.
    spare: usize,
}

impl Connections {
    pub(crate) fn new(root: Connection, most: usize, time: Duration) -> Connections {
        let pool = Pool { root, idle: Vec::new(), spare: most.max(1) };
        Connections { pool: Mutex::new(pool), returned: Condvar::new(), time }
    }

    /// One for the projector, outside of the bound and the time limit.
    pub(crate) fn dedicated(&self) -> Result<Connection, duckdb::Error> {
        self.lock().root.try_clone()
    }

    pub(crate) fn read<T>(
        &self,
        read: impl FnOnce(&Connection) -> Result<T, AnalyticsError>,
    ) -> Result<T, AnalyticsError> {
        self.read_without_transaction(|connection| {
            // One transaction: figures and «as of» are of the same moment. Rolled back, there is nothing to keep.
            let transaction = connection.unchecked_transaction()?;
            read(&transaction)
        })
    }

    /// For statements that may fail: a failed one ends a transaction.
    pub(crate) fn read_without_transaction<T>(
        &self,
        read: impl FnOnce(&Connection) -> Result<T, AnalyticsError>,
    ) -> Result<T, AnalyticsError> {
        let mut borrowed = self.borrow()?;
        let connection = borrowed.connection().ok_or(AnalyticsError::Busy)?;
        let (result, is_late) = within(connection, self.time, read);
        if is_late || result.is_err() {
            // An interrupt may have hit the rollback too: better a new one than one in an unknown state.
            borrowed.discard();
        }
        match result {
            // Between two statements an interrupt says nothing and leaves the next one a dead transaction.
            Err(AnalyticsError::Engine(_)) if is_late => Err(AnalyticsError::TooLong),
            other => other,
        }
    }

    fn borrow(&self) -> Result<Borrowed<'_>, AnalyticsError> {
        let is_taken = |pool: &mut Pool| pool.idle.is_empty() && pool.spare == 0;
        let (mut pool, waited) = self
            .returned
            .wait_timeout_while(self.lock(), self.time, is_taken)
            .unwrap_or_else(PoisonError::into_inner);
        if waited.timed_out() && is_taken(&mut pool) {
            return Err(AnalyticsError::Busy);
        }
        let connection = match pool.idle.pop() {
            Some(connection) => connection,
            None => {
                let connection = pool.root.try_clone()?;
                pool.spare -= 1;
                connection
            }
        };
        Ok(Borrowed { connections: self, connection: Some(connection) })
    }

    fn lock(&self) -> MutexGuard<'_, Pool> {
        // Nothing is left half done under this lock.
        self.pool.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Goes back when dropped.
struct Borrowed<'a> {
    connections: &'a Connections,
    connection: Option<Connection>,
}

impl Borrowed<'_> {
    fn connection(&self) -> Option<&Connection> {
        self.connection.as_ref()
    }

    fn discard(&mut self) {
        self.connection = None;
    }
}

impl Drop for Borrowed<'_> {
    fn drop(&mut self) {
        let mut pool = self.connections.lock();
        match self.connection.take() {
            Some(connection) => pool.idle.push(connection),
            None => pool.spare += 1,
        }
        drop(pool);
        self.connections.returned.notify_one();
    }
}

/// What was read, and whether it was interrupted.
fn within<T>(
    connection: &Connection,
    time: Duration,
    read: impl FnOnce(&Connection) -> Result<T, AnalyticsError>,
) -> (Result<T, AnalyticsError>, bool) {
    let handle = connection.interrupt_handle();
    let is_late = AtomicBool::new(false);
    let (done, is_done) = mpsc::channel::<()>();
    let result = thread::scope(|scope| {
        scope.spawn(|| {
            let mut wait = time;
            // The receiver moves in, so that nothing else listens.
            let is_done = is_done;
            while is_done.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                is_late.store(true, Ordering::Release);
                handle.interrupt();
                wait = INTERRUPT_AGAIN;
            }
        });
        let result = read(connection);
        drop(done);
        result
    });
    (result, is_late.into_inner())
}
