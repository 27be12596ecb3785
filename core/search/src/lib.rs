#![doc = include_str!("../README.md")]

mod contents;
mod error;
mod index;
mod projector;
mod query;
mod schema;
mod snippet;
mod source;
mod words;

pub use error::SearchError;
pub use index::{Search, rebuild};
pub use projector::{BATCH_CHANGES_MAX, SearchProjector};
pub use query::{HITS_MAX, Hit, Hits, QUERY_BYTES_MAX, QUERY_WORDS_MAX, Query, SKIP_MAX, TOTAL_MAX};
pub use snippet::{Piece, SNIPPET_CHARACTERS, Snippet};
pub use source::{FILE_TEXT, KINDS, NOTES_PER_LEAD_MAX, Source};

#[cfg(test)]
mod tests;
