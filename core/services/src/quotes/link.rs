//! The client's link: it is worked out of a key that only this company has, so that it is kept nowhere; another generation
//! is another link.

use crate::ctx::hex;
use crate::{App, Ctx, Error, mail_settings};
use hmac::{Hmac, Mac as _};
use model::quote_status::{ACCEPTED, REJECTED, SUPERSEDED, VOID};
use model::uuid::Uuid;
use model::{Credential, Quote};
use sha2::Sha256;

/// Twenty bytes cannot be guessed, and an address of sixty characters can be read out.
const SIGNATURE_BYTES: usize = 20;

/// Where the client finds the quote: `/q/…`; nothing while there is no link.
pub fn address_of(app: &App, ctx: &Ctx, quote: &Quote) -> Result<Option<String>, Error> {
    if !quote.state.link_open {
        return Ok(None);
    }
    let id = quote.meta.id.simple().to_string();
    Ok(Some(format!("/q/{id}{}", signature(app, ctx, quote)?)))
}

/// The quote that a token opens; «not found» for any other text, also for one that was withdrawn. What was superseded, taken
/// back or answered on paper can still be looked at: it says that it came to its end, where an error would leave a client
/// with a dead link in the letter.
pub(super) fn quote_of(app: &App, ctx: &Ctx, token: &str) -> Result<Quote, Error> {
    const ID_DIGITS: usize = 32;
    let (id, sign) = token.split_at_checked(ID_DIGITS).ok_or(Error::NotFound)?;
    let id = Uuid::try_parse(id).map_err(|_| Error::NotFound)?;
    let quote = app.store.get::<Quote>(id)?.filter(opens).ok_or(Error::NotFound)?;
    let expected = signature(app, ctx, &quote)?;
    // Compared in a time that says nothing about where they differ.
    let differing = expected.bytes().zip(sign.bytes()).fold(0, |sum, (one, other)| sum | (one ^ other));
    if differing == 0 && expected.len() == sign.len() { Ok(quote) } else { Err(Error::NotFound) }
}

/// A link that was withdrawn is followed by another number, which nobody was given.
fn opens(quote: &Quote) -> bool {
    let has_ended = matches!(quote.status(), SUPERSEDED | VOID | REJECTED | ACCEPTED);
    quote.state.link > 0 && (quote.state.link_open || has_ended)
}

fn signature(app: &App, ctx: &Ctx, quote: &Quote) -> Result<String, Error> {
    let key = mail_settings::own_secret(app, ctx, Credential::QUOTES)?;
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).map_err(Error::internal)?;
    mac.update(format!("quote/{}/{}", quote.meta.id, quote.state.link).as_bytes());
    let bytes = mac.finalize().into_bytes();
    Ok(hex(bytes.get(..SIGNATURE_BYTES).unwrap_or_default()))
}
