//! Quotes that give more than their maker may give: they wait for somebody who may.

use super::{Content, at_version, content_of, percent, save, sums_of};
use crate::records::{self, Query};
use crate::{App, Ctx, Error, permissions, users};
use model::quote_status::{APPROVED, DRAFT, PENDING};
use model::uuid::Uuid;
use model::{
    Action, Approval, Condition, Decimal, Filter, Kind, LineSum, Operator, PricedLine, Quote, QuoteLine,
    QuoteSums, Role, SumTerms, UserId,
};

/// Quotes that wait are counted up to so many, and one more.
pub const WAITING_MAX: usize = 99;

/// Limits are compared with tenths of a percent: so much is lost in rounding.
const ROUNDED_PERCENT: Decimal = Decimal::from_parts(5, 0, 0, false, 2);

/// What [`limits_passed`] says of a margin that nobody knows.
const UNKNOWN: &str = "margin_unknown";

/// Which of somebody's limits a quote passes: `discount`, `margin`, with the limit in percent; `margin_unknown` where a line
/// that can be chosen has no cost, as it may be below any limit. It passes one where the client can choose so that it does: any
/// of the alternatives, with any of the optional lines.
pub fn limits_passed(role: &Role, content: &Content) -> Vec<(&'static str, String)> {
    let mut passed = Vec::new();
    if let Some(limit) = role.discount_max
        && gives_more(content, limit)
    {
        passed.push(("discount", limit.normalize().to_string()));
    }
    if let Some(limit) = role.margin_min
        && keeps_less(content, limit)
    {
        passed.push(("margin", limit.normalize().to_string()));
    }
    if let Some(limit) = role.margin_min
        && content.lines.iter().any(|line| line.is_priced() && line.cost.is_none())
    {
        passed.push((UNKNOWN, limit.normalize().to_string()));
    }
    passed
}

fn gives_more(content: &Content, limit: Decimal) -> bool {
    let terms = content.quote.terms(&content.lines);
    let left = Decimal::ONE_HUNDRED - terms.discount;
    let is_worse = |line: &QuoteLine, sum: &LineSum| {
        let off = Decimal::ONE_HUNDRED - (Decimal::ONE_HUNDRED - line.discount) * left / Decimal::ONE_HUNDRED;
        // What is taken back counts the other way round.
        (off > limit + ROUNDED_PERCENT) == (sum.gross.minor_units >= 0)
    };
    can_come_to(content, &terms, &is_worse, &|sums, lines| {
        sums.discount_per_mille(lines, terms.months).is_some_and(|discount| percent(discount) > limit)
    })
}

fn keeps_less(content: &Content, limit: Decimal) -> bool {
    let terms = content.quote.terms(&content.lines);
    let left = Decimal::ONE_HUNDRED - terms.discount;
    let spent = Decimal::ONE_HUNDRED - limit + ROUNDED_PERCENT;
    let is_worse = |line: &QuoteLine, sum: &LineSum| {
        let base = Decimal::from(sum.net.minor_units) * left / Decimal::ONE_HUNDRED;
        let cost = line.cost.map(|cost| line.quantity.checked_mul(cost)?.checked_mul(Decimal::ONE_HUNDRED));
        cost.is_some_and(|cents| cents.is_none_or(|cents| cents > base * spent / Decimal::ONE_HUNDRED))
    };
    can_come_to(content, &terms, &is_worse, &|sums, _| match (sums.margin_per_mille(), sums.cost) {
        (Some(margin), _) => percent(margin) < limit,
        // Given away: what it costs is lost.
        (None, Some(cost)) => cost.minor_units > sums.term.base.minor_units,
        (None, None) => false,
    })
}

/// Whether an alternative comes to something with those optional lines in it that make it worse, each by itself: no other
/// choice of them makes it worse than that.
fn can_come_to(
    content: &Content,
    terms: &SumTerms,
    is_worse: &dyn Fn(&QuoteLine, &LineSum) -> bool,
    is_passed: &dyn Fn(&QuoteSums, &[PricedLine]) -> bool,
) -> bool {
    content.sums.iter().any(|(name, sums)| {
        let chosen = content.lines.iter().zip(&sums.lines).map(|(line, sum)| {
            let line = QuoteLine { ticked: line.optional && is_worse(line, sum), ..line.clone() };
            line.priced(name.as_deref())
        });
        let lines: Vec<PricedLine> = chosen.collect();
        // What is beyond any amount is beyond any limit.
        sums_of(&lines, terms).ok().is_none_or(|sums| is_passed(&sums, &lines))
    })
}

/// Whether it needs somebody else before the caller may send it.
pub(super) fn needs_approval(ctx: &Ctx, content: &Content) -> Result<bool, Error> {
    let is_approved = content.quote.state.approval.is_some();
    Ok(!is_approved && !limits_passed(&ctx.caller()?.role, content).is_empty())
}

/// Who asked for an approval, and what of their limits the quote passes, as [`limits_passed`] says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asking {
    pub by: UserId,
    pub passed: Vec<(&'static str, String)>,
}

/// Who asked for the approval of a quote that waits for it: whoever wrote last, as what waits is not changed otherwise; else
/// whoever is responsible for it.
pub fn asking(app: &App, content: &Content) -> Result<Option<Asking>, Error> {
    let quote = &content.quote;
    for user in [quote.meta.updated_by.user, quote.common.owner].into_iter().flatten() {
        let caller = match users::caller(app, user) {
            Err(Error::NotFound) => continue,
            caller => caller?,
        };
        let passed = limits_passed(&caller.role, content);
        if !passed.is_empty() {
            return Ok(Some(Asking { by: user, passed }));
        }
    }
    Ok(None)
}

/// Those that wait.
pub fn waiting_filter() -> Filter {
    Filter::one(Condition::new("status", Operator::AnyOf, [PENDING]))
}

/// How many of them are on the caller's list, up to [`WAITING_MAX`] and one more; none where the caller may let none pass.
pub fn waiting(app: &App, ctx: &Ctx) -> Result<usize, Error> {
    if !permissions::may(ctx, Kind::Quote, Action::Change) {
        return Ok(0);
    }
    let query = Query { filter: waiting_filter(), limit: WAITING_MAX + 1, ..Query::default() };
    let found = records::list(app, ctx, Kind::Quote, &query)?.records;
    for record in &found {
        if may_approve(app, ctx, record.about().id)? {
            return Ok(found.len());
        }
    }
    Ok(0)
}

fn may_approve(app: &App, ctx: &Ctx, id: Uuid) -> Result<bool, Error> {
    let Some(quote) = app.store.get::<Quote>(id)? else { return Ok(false) };
    if permissions::require_record(ctx, &quote, Action::Change).is_err() {
        return Ok(false);
    }
    let role = &ctx.caller()?.role;
    if role.discount_max.is_none() && role.margin_min.is_none() {
        return Ok(true);
    }
    // What the quote keeps of its sums is one of the client's choices: beyond a limit, its lines need not be read.
    let is_above = |limit: Decimal| quote.discounted.is_some_and(|discounted| discounted > limit);
    let is_below = |limit: Decimal| quote.margin.is_some_and(|margin| margin < limit);
    if role.discount_max.is_some_and(is_above) || role.margin_min.is_some_and(is_below) {
        return Ok(false);
    }
    Ok(limits_passed(role, &content_of(app, quote)?).is_empty())
}

/// Lets a quote pass that waits for it. Problem codes: `quote-state` where it does not wait, `quote-limit` where it is
/// beyond what the caller may give, too, `quote-margin-unknown` where nobody can tell.
pub fn approve(app: &App, ctx: &Ctx, id: Uuid, version: u64) -> Result<Quote, Error> {
    let before = at_version(app, ctx, id, version)?;
    if before.status() != PENDING {
        return Err(Error::invalid("", "quote-state", ""));
    }
    let caller = ctx.caller()?;
    let content = content_of(app, before.clone())?;
    if let Some((what, limit)) = limits_passed(&caller.role, &content).into_iter().next() {
        let code = if what == UNKNOWN { "quote-margin-unknown" } else { "quote-limit" };
        return Err(Error::invalid("", code, limit));
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
