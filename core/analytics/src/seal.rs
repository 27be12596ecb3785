//! That SQL cannot leave the file: asked of the engine at each opening, because an update could forget it.

use crate::{Analytics, AnalyticsError};
use duckdb::Connection;

/// Statements that must fail on every connection. Each is harmless if it does not.
pub const FORBIDDEN_STATEMENTS: [&str; 8] = [
    "SELECT count(*) FROM read_text('/etc/passwd')",
    "SELECT count(*) FROM glob('/*')",
    "COPY (SELECT 1) TO '/dev/null' (FORMAT csv)",
    "SELECT count(*) FROM read_csv('/etc/passwd', header = false, sep = ':')",
    "SET threads = 64",
    "SET autoload_known_extensions = true",
    "SET memory_limit = '100GB'",
    "SET lock_configuration = false",
];

impl Analytics {
    /// The forbidden statements that a connection for reports lets through: none.
    pub fn unsealed_statements(&self) -> Result<Vec<&'static str>, AnalyticsError> {
        self.inner
            .connections
            .read_without_transaction(|connection| Ok(unsealed(connection).into_iter().collect()))
    }
}

/// The first statement that should have failed and did not.
pub(crate) fn unsealed(connection: &Connection) -> Option<&'static str> {
    FORBIDDEN_STATEMENTS.into_iter().find(|statement| connection.execute_batch(statement).is_ok())
}
