//! Pages of api_keys.

use crate::routes::Entry;

pub(crate) fn entries() -> Vec<Entry> {
    Vec::new()
}
