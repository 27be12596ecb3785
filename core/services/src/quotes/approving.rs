//! Quotes that give more than their maker may give: they wait for somebody who may.

use super::{at_version, save};
use crate::{App, Ctx, Error};
use model::quote_status::{APPROVED, DRAFT, PENDING};
use model::uuid::Uuid;
use model::{Approval, Quote, Role};

/// Which of somebody's limits a quote passes: `discount`, `margin`, with the limit in percent.
pub fn limits_passed(role: &Role, quote: &Quote) -> Vec<(&'static str, String)> {
    let mut passed = Vec::new();
    if let (Some(limit), Some(discount)) = (role.discount_max, quote.discounted)
        && discount > limit
    {
        passed.push(("discount", limit.normalize().to_string()));
    }
    if let (Some(limit), Some(margin)) = (role.margin_min, quote.margin)
        && margin < limit
    {
        passed.push(("margin", limit.normalize().to_string()));
    }
    passed
}

/// Whether it needs somebody else before the caller may send it.
pub(super) fn needs_approval(ctx: &Ctx, quote: &Quote) -> Result<bool, Error> {
    Ok(quote.state.approval.is_none() && !limits_passed(&ctx.caller()?.role, quote).is_empty())
}

/// Lets a quote pass that waits for it. Problem codes: `quote-state` where it does not wait, `quote-limit` where it is
/// beyond what the caller may give, too.
pub fn approve(app: &App, ctx: &Ctx, id: Uuid, version: u64) -> Result<Quote, Error> {
    let before = at_version(app, ctx, id, version)?;
    if before.status() != PENDING {
        return Err(Error::invalid("", "quote-state", ""));
    }
    let caller = ctx.caller()?;
    if let Some((_, limit)) = limits_passed(&caller.role, &before).into_iter().next() {
        return Err(Error::invalid("", "quote-limit", limit));
    }
    let mut after = before.clone();
    after.put_status(APPROVED);
    after.state.approval = Some(Approval { by: caller.user.id(), at: ctx.at });
    save(app, ctx, &before, after)
}

/// Back to whoever wrote it, to be changed.
pub fn send_back(app: &App, ctx: &Ctx, id: Uuid, version: u64) -> Result<Quote, Error> {
    let before = at_version(app, ctx, id, version)?;
    if !matches!(before.status(), PENDING | APPROVED) {
        return Err(Error::invalid("", "quote-state", ""));
    }
    let mut after = before.clone();
    after.put_status(DRAFT);
    after.state.approval = None;
    save(app, ctx, &before, after)
}
