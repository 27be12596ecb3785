//! The pages: forms and lists for people, each a few lines over one service function.

use crate::routes::Entry;

/// Every page with its method and who may open it.
pub(crate) fn entries() -> Vec<Entry> {
    Vec::new()
}
