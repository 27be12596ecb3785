//! What can go wrong in this room. None of it touches the truth: the remedy is always a rebuild.

use std::path::PathBuf;

/// An error of the index; the text is for the operator.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    #[error("the folder of the index cannot be used: {path}")]
    Folder {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error("the search engine refused: {0}")]
    Engine(#[from] tantivy::TantivyError),
    #[error("the index has a projector already; there is one at a time")]
    SecondProjector,
    #[error("the index is damaged ({0}); `tracte rebuild search` makes it anew")]
    Damaged(&'static str),
}
