//! Reading everything back, to compare two files.

use crate::{Analytics, AnalyticsError};

const TABLES: [(&str, &str); 7] = [
    ("cursor", "ALL"),
    ("company", "ALL"),
    ("person", "id"),
    ("team", "id"),
    ("lead", "id"),
    ("lead_own", "id, field"),
    ("lead_event", "seq, field"),
];

impl Analytics {
    /// Every row of every table as a line of text. Two files with equal contents give the same reports.
    pub fn contents(&self) -> Result<Vec<String>, AnalyticsError> {
        self.read(|connection| {
            let mut lines = Vec::new();
            for (table, order) in TABLES {
                let sql =
                    format!("SELECT '{table} ' || CAST({table} AS VARCHAR) FROM {table} ORDER BY {order}");
                let mut statement = connection.prepare(&sql)?;
                let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
                for row in rows {
                    lines.push(row?);
                }
            }
            Ok(lines)
        })
    }
}
