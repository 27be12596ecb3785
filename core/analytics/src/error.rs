//! What can go wrong in this room. None of it touches the truth: the remedy is always a rebuild.

use std::path::PathBuf;

/// An error of the facts; the text is for the operator.
#[derive(Debug, thiserror::Error)]
pub enum AnalyticsError {
    #[error("the folder of the facts cannot be used: {path}")]
    Folder {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error("somebody else has the facts open")]
    InUse,
    #[error("the database refused: {0}")]
    Engine(#[source] duckdb::Error),
    /// Close everything and open again: the file is begun anew.
    #[error("the facts are damaged and will be made anew when opened next: {0}")]
    Invalidated(#[source] duckdb::Error),
    /// Somebody asked for more than one machine can count in that time.
    #[error("the report took longer than its limit")]
    TooLong,
    /// All connections are counting for others.
    #[error("too many reports at once")]
    Busy,
    #[error("the facts have a projector already; there is one at a time")]
    SecondProjector,
    #[error("the facts do not say what they should: {0}")]
    Damaged(&'static str),
    #[error("the day is outside of the calendar")]
    Calendar(#[from] model::jiff::Error),
}

impl From<duckdb::Error> for AnalyticsError {
    fn from(error: duckdb::Error) -> AnalyticsError {
        let text = error.to_string();
        if text.contains("INTERRUPT") || text.contains("Interrupted") {
            AnalyticsError::TooLong
        } else if text.contains("has been invalidated") {
            AnalyticsError::Invalidated(error)
        } else {
            AnalyticsError::Engine(error)
        }
    }
}
