//! The pages: forms and lists for people, each a few lines over one service function.

mod account;
mod api_keys;
mod fields;
mod home;
mod imports;
mod leads;
mod plugins;
mod reports;
mod search;
mod session;
mod setup;
mod users;

use crate::routes::Entry;

/// Every page with its method and who may open it.
pub(crate) fn entries() -> Vec<Entry> {
    [
        setup::entries(),
        session::entries(),
        home::entries(),
        leads::entries(),
        imports::entries(),
        search::entries(),
        reports::entries(),
        users::entries(),
        plugins::entries(),
        api_keys::entries(),
        account::entries(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
