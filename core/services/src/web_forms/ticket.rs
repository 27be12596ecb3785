//! The ticket in each form that is shown: when that was, and that it was us. It tells robots, which send at once, from
//! people, who type; and it is good for one lead.

use crate::ctx::hex;
use crate::{App, Ctx, Error, mail_settings};
use model::Credential;
use sha2::{Digest, Sha256};

/// Nobody reads a form and fills it in any faster.
const SECONDS_MIN: i64 = 2;
/// Somebody leaves the page open over night; later the form is shown again, with what was typed.
pub const TICKET_HOURS: i64 = 24;
/// Two requests may make the key at the same time: so often it is read again.
const TRIES_MAX: u32 = 3;

/// A ticket that holds.
pub(super) struct Good {
    /// No other ticket has it.
    pub(super) nonce: String,
}

/// A fresh ticket for a form that is about to be shown: `<moment>.<nonce>.<signature>`.
pub fn issue(app: &App, ctx: &Ctx, form: &str) -> Result<String, Error> {
    let (moment, nonce) = (ctx.at.as_second(), ctx.new_id().simple().to_string());
    Ok(format!("{moment}.{nonce}.{}", signature(&key(app, ctx)?, form, moment, &nonce)))
}

/// Why a ticket does not hold: `form-expired`, also for one that nobody gave; `form-quick`.
pub(super) fn check(
    app: &App,
    ctx: &Ctx,
    form: &str,
    ticket: &str,
) -> Result<Result<Good, &'static str>, Error> {
    let mut parts = ticket.splitn(3, '.');
    let mut part = || parts.next().unwrap_or_default();
    let (moment, nonce, sign) = (part().parse::<i64>().unwrap_or_default(), part(), part());
    let is_ours = is_same(&signature(&key(app, ctx)?, form, moment, nonce), sign);
    let age_s = ctx.at.as_second().saturating_sub(moment);
    Ok(match age_s {
        _ if !is_ours => Err("form-expired"),
        age if age > TICKET_HOURS * 3_600 => Err("form-expired"),
        age if age < SECONDS_MIN => Err("form-quick"),
        _ => Ok(Good { nonce: nonce.to_owned() }),
    })
}

/// Twice around the key, so that nothing can be appended: RFC 2104 with the key in both places.
fn signature(key: &str, form: &str, moment: i64, nonce: &str) -> String {
    let inner = Sha256::digest(format!("{key}/{form}/{moment}/{nonce}"));
    let outer = Sha256::new().chain_update(key).chain_update(b"/").chain_update(inner).finalize();
    hex(&outer)
}

/// Compared whole, so that the time it takes says nothing.
fn is_same(one: &str, other: &str) -> bool {
    one.len() == other.len() && one.bytes().zip(other.bytes()).fold(0, |all, (a, b)| all | (a ^ b)) == 0
}

fn key(app: &App, ctx: &Ctx) -> Result<String, Error> {
    for _ in 0..TRIES_MAX {
        if let Some(kept) = app.store.get::<Credential>(Credential::FORMS)? {
            return Ok(kept.secret);
        }
        let mut write = ctx.write();
        mail_settings::put_credential(app, ctx, &mut write, Credential::FORMS, &ctx.new_secret())?;
        match app.commit(write) {
            Ok(_) | Err(Error::Conflict(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Err(Error::Busy { retry_after_s: 1 })
}
