//! Versions of a quote: the next one is a draft with all that the former says; and what makes one differ from another.

use super::{Content, content, content_for, lines, put_sums};
use crate::{App, Ctx, Error, costs, permissions, records, reports, settings};
use model::jiff::ToSpan;
use model::quote_status::{DRAFT, SUPERSEDED};
use model::uuid::Uuid;
use model::{Action, Decimal, Fields, Kind, Meta, Quote, QuoteLine, QuoteState};
use store::Write;

/// Versions of one quote that are listed; nobody haggles longer.
const VERSIONS_MAX: usize = 100;

/// All versions of the quote that this one is of, the newest first.
pub fn versions(app: &App, ctx: &Ctx, id: Uuid) -> Result<Vec<Quote>, Error> {
    let quote = records::reachable::<Quote>(app, ctx, id, Action::See)?;
    let all = of_first(app, quote.first_version())?.into_iter();
    Ok(all.map(|quote| costs::quote_for_reader(ctx, quote)).collect())
}

pub(super) fn of_first(app: &App, first: Uuid) -> Result<Vec<Quote>, Error> {
    let mut versions: Vec<Quote> = app.store.members(first, VERSIONS_MAX)?;
    versions.sort_by_key(|quote| std::cmp::Reverse(quote.version_number()));
    Ok(versions)
}

/// A version comes to its end because of another one.
pub(super) fn supersede(write: &mut Write, version: &Quote) {
    let mut over = version.clone();
    over.put_status(SUPERSEDED);
    over.state.link_open = false;
    write.update(version, over);
}

/// What was agreed upon has no further version. Problem code: `quote-accepted`.
pub(super) fn require_none_accepted(all: &[Quote]) -> Result<(), Error> {
    let is_accepted = all.iter().any(|quote| quote.state.acceptance.is_some());
    if is_accepted { Err(Error::invalid("", "quote-accepted", "")) } else { Ok(()) }
}

/// A draft with all that a version says, to follow it. That one stays as it is until this one is sent. Problem codes:
/// `quote-state`; `quote-accepted` where one of them was accepted: what comes on top is another quote; `quote-draft-there`
/// where there is such a draft already.
pub fn new_version(app: &App, ctx: &Ctx, id: Uuid) -> Result<Quote, Error> {
    permissions::require(ctx, Kind::Quote, Action::Create)?;
    let former = records::reachable::<Quote>(app, ctx, id, Action::Change)?;
    let all = of_first(app, former.first_version())?;
    require_none_accepted(&all)?;
    if !former.can_be_followed() {
        return Err(Error::invalid("", "quote-state", ""));
    }
    let newest = all.iter().map(Quote::version_number).max().unwrap_or(1);
    if all.iter().any(Quote::is_draft) || former.version_number() != newest {
        return Err(Error::invalid("", "quote-draft-there", ""));
    }
    let lines = lines::read(app, id, former.state.sheets)?;
    let settings = settings::get(app, ctx)?;
    let today = reports::today(ctx, &settings);
    let mut next = Quote { meta: Meta::new(ctx.new_id(), ctx.at, ctx.actor()), ..former.clone() };
    next.common.external_key = None;
    next.revision = Some(Decimal::from(newest + 1));
    next.follows = Some(id);
    next.put_status(DRAFT);
    if next.is_over(today) {
        next.valid_until = today.checked_add(i64::from(settings.quotes.valid_days).days()).ok();
    }
    (next.sent_at, next.viewed_at, next.answered_at, next.answer) = (None, None, None, None);
    next.state = QuoteState {
        currency: former.state.currency,
        first_version: Some(former.first_version()),
        ..QuoteState::default()
    };
    let mut write = ctx.write().long();
    next.state.sheets = lines::put(app, ctx, &mut write, next.meta.id, 0, &lines)?;
    put_sums(&mut next, &lines)?;
    let id = next.meta.id;
    // Not accepted at this very moment.
    write.assert_version(&former);
    write.create(next);
    app.commit(write)?;
    app.store.get::<Quote>(id)?.ok_or(Error::NotFound)
}

/// What a version says otherwise than another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// A field of the quote, by its key.
    Field(&'static str),
    Added(QuoteLine),
    Removed(QuoteLine),
    /// The line as it was and as it is.
    Changed(Box<(QuoteLine, QuoteLine)>),
}

/// What makes a version differ from the one before it; nothing for the first.
pub fn differences(
    app: &App,
    ctx: &Ctx,
    id: Uuid,
) -> Result<Option<(Content, Content, Vec<Difference>)>, Error> {
    let after = content(app, ctx, id)?;
    let Some(former) =
        after.quote.follows.map(|former| app.store.get::<Quote>(former)).transpose()?.flatten()
    else {
        return Ok(None);
    };
    let before = content_for(app, ctx, former)?;
    let mut found: Vec<Difference> =
        offered_otherwise(&before.quote, &after.quote).map(Difference::Field).collect();
    found.extend(of_lines(&before.lines, &after.lines));
    Ok(Some((before, after, found)))
}

/// The fields of the offer itself in which two quotes differ; tags and keys are ours alone.
pub(super) fn offered_otherwise<'q>(
    one: &'q Quote,
    other: &'q Quote,
) -> impl Iterator<Item = &'static str> + 'q {
    let offered =
        Quote::SPECS.iter().filter(|spec| spec.typed && !matches!(spec.key, "tags" | "external_key"));
    offered.map(|spec| spec.key).filter(|key| one.value(key) != other.value(key))
}

/// Lines are the same one where they are of the same product and alternative, or say the same.
fn of_lines(before: &[QuoteLine], after: &[QuoteLine]) -> Vec<Difference> {
    let is_same = |one: &QuoteLine, other: &QuoteLine| {
        one.kind == other.kind
            && one.alternative == other.alternative
            && if one.product.is_some() { one.product == other.product } else { one.text == other.text }
    };
    let mut left: Vec<&QuoteLine> = before.iter().collect();
    let mut found = Vec::new();
    for line in after {
        // Two lines of one product: the one that did not change is meant first.
        let place = left
            .iter()
            .position(|other| *other == line)
            .or_else(|| left.iter().position(|other| is_same(other, line)));
        match place.map(|place| left.remove(place)) {
            Some(other) if other == line => {}
            Some(other) => found.push(Difference::Changed(Box::new((other.clone(), line.clone())))),
            None => found.push(Difference::Added(line.clone())),
        }
    }
    found.extend(left.into_iter().map(|line| Difference::Removed(line.clone())));
    found
}
