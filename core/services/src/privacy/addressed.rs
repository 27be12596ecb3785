//! Quotes that say who somebody is and hang on no record of theirs: to whose address they went, and who accepted them.

use super::erasing::scrubbed;
use super::{FOUND_MAX, Identity, require, words};
use crate::{App, Ctx, Error, costs};
use model::uuid::Uuid;
use model::{Action, ERASED, Entity, Erasure, Kind, Meta, OfQuote, Quote, normalize_email, scrub_of_quote};
use store::Scrub;

/// What goes of a quote whose addressee is erased; what was offered stays.
pub(super) fn scrub() -> Scrub {
    scrub_of_quote(OfQuote::Client)
}

/// The quotes that went to this e-mail address, or that somebody of this name accepted. All quotes are read.
pub fn find_quotes(app: &App, ctx: &Ctx, text: &str) -> Result<Vec<Quote>, Error> {
    require(ctx, Action::See)?;
    let identity = Identity::of(app, ctx, text)?;
    let mut found = Vec::new();
    app.store.each_record::<Quote, Error>(&mut |quote| {
        if identity.is_in(&quote) {
            found.push(costs::without_margin(quote));
        }
        Ok(found.len() < FOUND_MAX)
    })?;
    Ok(found)
}

/// The quote, for the question before its addressee goes.
pub fn about_to_forget(app: &App, ctx: &Ctx, id: Uuid) -> Result<Quote, Error> {
    require(ctx, Action::Delete)?;
    app.store.get::<Quote>(id)?.map(costs::without_margin).ok_or(Error::NotFound)
}

/// Erases to whom a quote went, who accepted it, and what was written and answered; in the journal, the worker does.
/// `typed` must be what the quote is called.
pub fn forget_in_quote(app: &App, ctx: &Ctx, id: Uuid, version: u64, typed: &str) -> Result<Erasure, Error> {
    require(ctx, Action::Delete)?;
    let quote = app.store.get::<Quote>(id)?.ok_or(Error::NotFound)?;
    let title = quote.title();
    if typed.trim() != title.trim() {
        return Err(Error::invalid("typed", "erase-name", title));
    }
    if quote.meta.version != version {
        return Err(app.conflict(&quote, &quote));
    }
    let meta = Meta::new(ctx.new_id(), ctx.at, ctx.actor());
    let erasure = Erasure { meta, kind: Kind::Quote, record: id, notes: 0, files: 0, is_done: false };
    let mut write = ctx.write();
    write.update(&quote, scrubbed(&quote, scrub())?);
    write.create(erasure.clone());
    app.commit(write)?;
    Ok(erasure)
}

impl Identity {
    fn is_in(&self, quote: &Quote) -> bool {
        let state = &quote.state;
        if !self.name.is_empty() {
            let signed = state.acceptance.as_ref().filter(|acceptance| acceptance.name != ERASED);
            let named = words(signed.map_or("", |acceptance| acceptance.name.as_str()));
            return self.name.iter().all(|word| named.contains(word));
        }
        let mut addresses = state.sent_to.iter().chain(&state.copies);
        self.email.is_some() && addresses.any(|address| normalize_email(address).ok() == self.email)
    }
}
