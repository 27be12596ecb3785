//! The ticket in each form that is shown: when that was, and that it was us. It tells robots, which send at once, from
//! people, who type; and it is good for one lead.

use crate::ctx::hex;
use crate::leads::parse_cursor;
use crate::{App, Ctx, Error, mail_settings};
use hmac::{Hmac, Mac};
use model::Credential;
use sha2::Sha256;

/// Nobody reads a form and fills it in any faster.
const SECONDS_MIN: i64 = 2;
/// Somebody leaves the page open over night; later the form is shown again, with what was typed.
pub const TICKET_HOURS: i64 = 24;

/// A ticket that holds.
pub(super) struct Good {
    /// No other ticket has it.
    pub(super) nonce: String,
}

/// A fresh ticket for a form that is about to be shown: `<moment>.<nonce>.<signature>`.
pub fn issue(app: &App, ctx: &Ctx, form: &str) -> Result<String, Error> {
    let (moment, nonce) = (ctx.at.as_second(), ctx.new_id().simple().to_string());
    let signature = mac(&mail_settings::own_secret(app, ctx, Credential::FORMS)?, form, moment, &nonce)?
        .finalize()
        .into_bytes();
    Ok(format!("{moment}.{nonce}.{}", hex(&signature)))
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
    let sign = parse_cursor(sign).unwrap_or_default();
    let is_ours = mac(&mail_settings::own_secret(app, ctx, Credential::FORMS)?, form, moment, nonce)?
        .verify_slice(&sign)
        .is_ok();
    let age_s = ctx.at.as_second().saturating_sub(moment);
    Ok(match age_s {
        _ if !is_ours => Err("form-expired"),
        age if age > TICKET_HOURS * 3_600 => Err("form-expired"),
        age if age < SECONDS_MIN => Err("form-quick"),
        _ => Ok(Good { nonce: nonce.to_owned() }),
    })
}

fn mac(key: &str, form: &str, moment: i64, nonce: &str) -> Result<Hmac<Sha256>, Error> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).map_err(Error::internal)?;
    mac.update(format!("{form}/{moment}/{nonce}").as_bytes());
    Ok(mac)
}
