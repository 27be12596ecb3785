//! The pages: forms and lists for people, each a few lines over one service function.

mod account;
mod activities;
mod api_keys;
mod assignment;
mod audit;
mod backups;
mod board;
mod bulk;
mod choices;
mod company;
mod config_file;
mod consents;
mod conversion;
mod documents;
mod evidence;
mod fields;
mod forgotten;
mod home;
mod identity_provider;
mod imports;
mod invitations;
mod leads;
mod leaving;
mod mail;
mod merges;
mod number_series;
mod own_fields;
mod parametrisation;
mod picker;
mod pieces;
mod pipelines;
mod plugins;
mod price_books;
mod prices;
mod privacy;
mod quotes;
mod quotes_client;
mod records;
mod reminders;
mod reports;
mod retention;
mod roles;
mod saved_views;
mod scoring;
mod search;
mod second_factor;
mod session;
mod settings;
mod setup;
mod taxes;
mod teams;
mod users;
mod web_forms;
mod webhooks;
mod wordings;

use crate::routes::Entry;

/// Every page with its method and who may open it.
pub(crate) fn entries() -> Vec<Entry> {
    [
        setup::entries(),
        session::entries(),
        forgotten::entries(),
        identity_provider::entries(),
        second_factor::entries(),
        home::entries(),
        leads::entries(),
        saved_views::entries(),
        bulk::entries(),
        imports::entries(),
        search::entries(),
        picker::entries(),
        records::entries(),
        board::entries(),
        quotes::entries(),
        activities::entries(),
        reminders::entries(),
        documents::entries(),
        consents::entries(),
        conversion::entries(),
        merges::entries(),
        reports::entries(),
        settings::entries(),
        company::entries(),
        mail::entries(),
        config_file::entries(),
        backups::entries(),
        taxes::entries(),
        price_books::entries(),
        prices::entries(),
        number_series::entries(),
        pipelines::entries(),
        assignment::entries(),
        scoring::entries(),
        web_forms::entries(),
        quotes_client::entries(),
        users::entries(),
        invitations::entries(),
        leaving::entries(),
        roles::entries(),
        teams::entries(),
        plugins::entries(),
        api_keys::entries(),
        webhooks::entries(),
        account::entries(),
        choices::entries(),
        wordings::entries(),
        own_fields::entries(),
        audit::entries(),
        privacy::entries(),
        retention::entries(),
        parametrisation::entries(),
        evidence::entries(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
