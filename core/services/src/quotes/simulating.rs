//! Trying out what a purchase or a contract would cost, before any quote: scenarios side by side, kept with whom they are for,
//! until one of them becomes a quote.

use super::{at_version, content_of, lines, put_sums, save};
use crate::records::Draft;
use crate::{App, Ctx, Error, costs, permissions, records};
use model::quote_status::{DRAFT, SIMULATION};
use model::uuid::Uuid;
use model::{Action, Kind, Quote, QuoteState, alternatives_of};

/// A simulation for a lead, company, contact or opportunity, without lines yet. It is called what it is for.
pub fn simulate(app: &App, ctx: &Ctx, of: Kind, id: Uuid) -> Result<Quote, Error> {
    permissions::require(ctx, Kind::Quote, Action::Create)?;
    let about = records::visible(app, ctx, of, id)?.ok_or(Error::NotFound)?;
    let mut asked = Draft::default();
    asked.put(of.as_str(), id.to_string());
    asked.put("subject", about.name());
    let draft = super::proposed(app, ctx, &asked)?;
    let mut quote = records::begun::<Quote>(ctx);
    crate::error::none_of(records::checked(app, ctx, None, &mut quote, &draft)?)?;
    quote.put_status(SIMULATION);
    let id = quote.meta.id;
    let mut write = ctx.write();
    write.create(quote);
    app.commit(write)?;
    app.store.get::<Quote>(id)?.ok_or(Error::NotFound)
}

/// A draft with the lines of one scenario; the simulation stays. Problem codes: `quote-state`, `choice`.
pub fn quote_of(app: &App, ctx: &Ctx, id: Uuid, scenario: &str) -> Result<Quote, Error> {
    permissions::require(ctx, Kind::Quote, Action::Create)?;
    let simulation = records::reachable::<Quote>(app, ctx, id, Action::See)?;
    if !simulation.is_simulation() {
        return Err(Error::invalid("", "quote-state", ""));
    }
    let content = content_of(app, simulation)?;
    let offered = alternatives_of(&content.lines);
    let is_there =
        if offered.is_empty() { scenario.is_empty() } else { offered.iter().any(|name| name == scenario) };
    if !is_there {
        return Err(Error::invalid("scenario", "choice", scenario));
    }
    let chosen = Some(scenario).filter(|name| !name.is_empty());
    let kept = content.lines.iter().filter(|line| line.is_of(chosen));
    let kept: Vec<_> = kept.map(|line| model::QuoteLine { alternative: None, ..line.clone() }).collect();
    let mut quote = Quote { meta: records::begun::<Quote>(ctx).meta, ..content.quote.clone() };
    quote.put_status(DRAFT);
    quote.common.external_key = None;
    quote.state = QuoteState { currency: content.quote.state.currency, ..QuoteState::default() };
    put_sums(&mut quote, &kept)?;
    let new = quote.meta.id;
    let mut write = ctx.write().long();
    quote.state.sheets = lines::put(app, ctx, &mut write, new, 0, &kept)?;
    super::with_number(app, ctx, &mut write, quote, |quote, write| write.create(quote))?;
    app.commit(write)?;
    Ok(costs::quote_for_reader(ctx, app.store.get::<Quote>(new)?.ok_or(Error::NotFound)?))
}

/// Opens a simulation to whoever has its link, to be looked at.
pub fn share(app: &App, ctx: &Ctx, id: Uuid, version: u64) -> Result<Quote, Error> {
    let before = at_version(app, ctx, id, version)?;
    if !before.is_simulation() {
        return Err(Error::invalid("", "quote-state", ""));
    }
    let mut after = before.clone();
    (after.state.link, after.state.link_open) = (before.state.link + 1, true);
    save(app, ctx, &before, after)
}
