//! What a client's page needs besides the answer: the sums of what they choose, and when an offer came to its end.

use super::{Content, all_sums, lines, link, versions};
use crate::{App, Ctx, Error};
use model::Quote;
use model::jiff::Timestamp;
use model::quote_status::{ACCEPTED, EXPIRED, REJECTED, SUPERSEDED, VOID};

/// The same content with these optional lines in and the others out; all sums follow. Nothing is written. Problem code:
/// `quote-too-large`.
pub fn with_ticked(content: &Content, ticked: &[u16]) -> Result<Content, Error> {
    let lines = lines::with_ticked(content.lines.clone(), ticked);
    let sums = all_sums(&content.quote, &lines)?;
    Ok(Content { quote: content.quote.clone(), lines, sums })
}

/// When it was answered, superseded or taken back; nothing while none of this happened.
pub(super) fn ended_at(app: &App, quote: &Quote) -> Result<Option<Timestamp>, Error> {
    Ok(match quote.status() {
        ACCEPTED | REJECTED => quote.answered_at,
        SUPERSEDED => superseded_at(app, quote)?,
        // Nothing that keeps its own day changes a quote that was taken back.
        VOID => Some(quote.meta.updated_at),
        _ => None,
    })
}

/// When the version after it went out, or another one was accepted.
fn superseded_at(app: &App, quote: &Quote) -> Result<Option<Timestamp>, Error> {
    let all = versions::of_first(app, quote.first_version())?;
    let later = all.iter().filter(|other| other.version_number() > quote.version_number());
    let sent = later.filter_map(|other| other.sent_at).min();
    let accepted = all.iter().find_map(|other| other.state.acceptance.as_ref()).map(|accepted| accepted.at);
    Ok(sent.or(accepted).or(Some(quote.meta.updated_at)))
}

/// Path of a later version that can be answered, of one that ended without a yes. Only whoever got both by letter at the same
/// address is led there: to anybody else the link of one version says nothing of the other.
pub(super) fn newer(app: &App, ctx: &Ctx, quote: &Quote) -> Result<Option<String>, Error> {
    if !matches!(quote.status(), SUPERSEDED | REJECTED | EXPIRED) || quote.state.sent_to.is_none() {
        return Ok(None);
    }
    let all = versions::of_first(app, quote.first_version())?;
    let is_next = |other: &&Quote| {
        other.version_number() > quote.version_number()
            && other.is_open()
            && other.state.sent_to == quote.state.sent_to
    };
    match all.iter().find(is_next) {
        Some(next) => link::address_of(app, ctx, next),
        None => Ok(None),
    }
}
