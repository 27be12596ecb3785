//! Pages of setup.

use crate::routes::Entry;

pub(crate) fn entries() -> Vec<Entry> {
    Vec::new()
}
