//! Connections for reading: a bounded number, each report with a time limit.

use crate::AnalyticsError;
use duckdb::Connection;
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
        let borrowed = self.borrow()?;
        within(borrowed.connection(), self.time, read)
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
}

impl Drop for Borrowed<'_> {
    fn drop(&mut self) {
        self.connections.lock().idle.extend(self.connection.take());
        self.connections.returned.notify_one();
    }
}

fn within<T>(
    connection: Option<&Connection>,
    time: Duration,
    read: impl FnOnce(&Connection) -> Result<T, AnalyticsError>,
) -> Result<T, AnalyticsError> {
    let connection = connection.ok_or(AnalyticsError::Busy)?;
    let handle = connection.interrupt_handle();
    let (done, is_done) = mpsc::channel::<()>();
    thread::scope(|scope| {
        scope.spawn(move || {
            let mut wait = time;
            while is_done.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                handle.interrupt();
                wait = INTERRUPT_AGAIN;
            }
        });
        let result = read(connection);
        drop(done);
        result
    })
}
