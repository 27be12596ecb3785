//! The board of a pipeline: a column a stage, its cards in the order in which they want somebody, and what they add up to.
//!
//! What is needed to filter, add up and put in order, the next activity of each too, is kept in memory. Records are read for
//! the cards that are shown, and for a filter by something else.

mod calendar;
mod forecast;
mod history;
mod moving;
mod reading;

pub use calendar::{Calendar, CalendarDay, CalendarEntry, SHOWN_OF_DAY, calendar};
pub use forecast::{Amounts, Forecast, ForecastMonth, Likelihood, forecast};
pub use history::{Stay, Stays, stays};
pub use moving::{Asked, CLOSED_ON, Move, UNDO_HOURS, asked, can_undo, move_to, undo};
pub(crate) use reading::{BoardReading, bring_up_to_date, known};
pub use reading::{NextActivity, contents, forget, run_worker};

use crate::leads::{COUNTED_MAX, LeadCount, parse_cursor};
use crate::records::{Query, Selection};
use crate::{App, Ctx, Error, activities, links, permissions, records};
use model::jiff::civil::Date;
use model::jiff::{SignedDuration, Timestamp};
use model::uuid::Uuid;
use model::{
    Action, Activity, AnyRecord, Currency, Decimal, Filter, Frame, Kind, Money, Opportunity, Stage, StageKind,
};
use reading::{Deal, Deals};
use std::sync::Arc;

/// Cards of a column if nobody says how many: two screens of them; whoever wants more asks for the next ones.
pub const CARDS_USUAL: usize = 16;
/// What one page of a column may hold.
pub const CARDS_MAX: usize = 100;
/// What was closed stays on the board for so long; older ones are in the list.
pub const CLOSED_DAYS: i64 = 30;
/// Opportunities of one column that are looked at: more at one stage nobody works with on a board.
const LOOKED_AT_MAX: usize = 100_000;
/// Records of one column that are read for a filter by something that is not kept in memory.
const RECORDS_MAX: usize = 5_000;
const HUNDRED_PERCENT: i128 = 10_000;

/// Which board, and which part of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BoardQuery {
    /// The key of a pipeline; absent: the first one.
    pub pipeline: Option<String>,
    pub filter: Filter,
    /// `<pipeline>.<stage>`: this column alone.
    pub stage: Option<String>,
    /// The `next` of that column.
    pub cursor: Option<String>,
    /// Cards of a column; 0: as many as usual.
    pub limit: usize,
}

/// A pipeline with its opportunities.
pub struct Board {
    /// The key of the pipeline.
    pub pipeline: String,
    pub columns: Vec<BoardColumn>,
}

/// One stage.
pub struct BoardColumn {
    /// `<pipeline>.<stage>`.
    pub code: String,
    pub stage: Stage,
    pub count: usize,
    /// Amounts, one for each currency that there is.
    pub sums: Vec<Money>,
    /// The same, each amount by its probability.
    pub weighted: Vec<Money>,
    /// Whether all were looked at.
    pub is_whole: bool,
    pub cards: Vec<BoardCard>,
    /// Where the column goes on; absent at its end.
    pub next: Option<String>,
}

/// An opportunity on the board.
pub struct BoardCard {
    pub opportunity: Opportunity,
    /// The name of its company, where there is one that the caller may see.
    pub company: Option<String>,
    pub urgency: Urgency,
    /// What is to be done about it first.
    pub next: Option<Arc<NextActivity>>,
    /// Whole days at this stage.
    pub days: i64,
    pub is_stale: bool,
    pub may_change: bool,
}

/// How much an opportunity wants somebody, most first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Urgency {
    Overdue,
    Today,
    /// Nothing is planned: it would be forgotten.
    Unplanned,
    Planned,
    /// It is won, lost or cancelled.
    Closed,
}

impl Urgency {
    pub const ALL: [Urgency; 5] =
        [Urgency::Overdue, Urgency::Today, Urgency::Unplanned, Urgency::Planned, Urgency::Closed];

    pub fn as_str(self) -> &'static str {
        match self {
            Urgency::Overdue => "overdue",
            Urgency::Today => "today",
            Urgency::Unplanned => "unplanned",
            Urgency::Planned => "planned",
            Urgency::Closed => "closed",
        }
    }
}

/// The columns of a board, as the caller may see them.
pub fn board(app: &App, ctx: &Ctx, query: &BoardQuery) -> Result<Board, Error> {
    let list = Query { filter: query.filter.clone(), ..Query::default() };
    let selection = Selection::new(app, ctx, Kind::Opportunity, Action::See, &list)?;
    let frame = selection.frame.clone();
    let wanted = query.stage.as_deref().and_then(|stage| stage.split_once('.')).map(|(pipeline, _)| pipeline);
    let pipeline = pipeline_of(&frame, wanted.or(query.pipeline.as_deref()))?;
    let today = activities::today(app, ctx)?;
    let reading = Reading { app, ctx, selection: &selection, today };
    let stages = model::stages_of(&frame).filter(|(code, ..)| is_of(code, &pipeline));
    let stages = stages.filter(|(code, ..)| query.stage.as_ref().is_none_or(|wanted| wanted == code));
    // Of all columns at one moment: a card that is moved meanwhile is in one of them.
    let found = reading::look(app, |deals| {
        let found = stages.map(|(code, _, stage)| reading.spots(deals, code, stage));
        found.collect::<Result<Vec<_>, _>>()
    })?;
    if found.is_empty() {
        return Err(Error::NotFound);
    }
    let columns = found.into_iter().map(|spots| reading.column(query, spots));
    Ok(Board { pipeline, columns: columns.collect::<Result<_, _>>()? })
}

/// The key of the pipeline that is meant: the one asked for, else the first that is worked with.
fn pipeline_of(frame: &Frame, wanted: Option<&str>) -> Result<String, Error> {
    let all = frame.pipelines.all();
    let found = match wanted.filter(|wanted| !wanted.is_empty()) {
        Some(wanted) => all.iter().find(|pipeline| pipeline.key == wanted),
        None => all.iter().find(|pipeline| !pipeline.piece.archived).or_else(|| all.first()),
    };
    found.map(|pipeline| pipeline.key.clone()).ok_or(Error::NotFound)
}

fn is_of(code: &str, pipeline: &str) -> bool {
    code.split_once('.').is_some_and(|(of, _)| of == pipeline)
}

/// Shows each deal of a stage that matches to `take`, of closed ones those since then, the latest first. Whether all were
/// looked at.
fn visit(
    app: &App,
    selection: &Selection<'_>,
    deals: &Deals,
    code: &str,
    closed_since: Option<Timestamp>,
    take: &mut dyn FnMut(&Deal),
) -> Result<bool, Error> {
    look_through(app, selection, deals.at(code, closed_since), RECORDS_MAX, take)
}

/// How many of all opportunities match, for the number above their list: in memory, and so exactly wherever the filter asks
/// for nothing else.
pub(crate) fn count(app: &App, selection: &Selection<'_>) -> Result<LeadCount, Error> {
    let mut matched = 0;
    let is_whole = reading::look(app, |deals| {
        look_through(app, selection, deals.all(), COUNTED_MAX, &mut |_| matched += 1)
    })?;
    Ok(if is_whole { LeadCount::Exactly(matched) } else { LeadCount::AtLeast(matched) })
}

fn look_through<'d>(
    app: &App,
    selection: &Selection<'_>,
    deals: impl Iterator<Item = &'d Deal>,
    records_max: usize,
    take: &mut dyn FnMut(&Deal),
) -> Result<bool, Error> {
    let mut read = 0;
    for (looked_at, deal) in deals.enumerate() {
        if looked_at >= LOOKED_AT_MAX || read > records_max {
            return Ok(false);
        }
        let is_match = match selection.decides_with(&deal.facet, &|key| deal.value(key)) {
            Some(decided) => decided,
            None => {
                read += 1;
                let record = app.store.get::<Opportunity>(deal.id)?;
                record.is_some_and(|record| selection.holds(&record))
            }
        };
        if is_match {
            take(deal);
        }
    }
    Ok(true)
}

/// What a stage has on the board.
struct Spots<'s> {
    code: String,
    stage: &'s Stage,
    spots: Vec<Spot>,
    tally: Tally,
    is_whole: bool,
}

/// Where a card stands in its column: urgency, then what comes first, then the record itself.
type Place = (Urgency, i64, Uuid);

/// A card before its record is read.
struct Spot {
    place: Place,
    next: Option<Arc<NextActivity>>,
}

struct Reading<'a> {
    app: &'a App,
    ctx: &'a Ctx,
    selection: &'a Selection<'a>,
    /// On the company's clock.
    today: Date,
}

impl Reading<'_> {
    fn spots<'s>(&self, deals: &Deals, code: String, stage: &'s Stage) -> Result<Spots<'s>, Error> {
        let is_open = stage.kind == StageKind::Open;
        let since = (!is_open).then(|| self.ctx.at - SignedDuration::from_hours(24 * CLOSED_DAYS));
        let (mut spots, mut tally) = (Vec::new(), Tally::default());
        let is_whole = visit(self.app, self.selection, deals, &code, since, &mut |deal| {
            tally.add(deal, stage);
            spots.push(Spot { place: self.place(deal), next: deal.next.clone() });
        })?;
        Ok(Spots { code, stage, spots, tally, is_whole })
    }

    fn column(&self, query: &BoardQuery, found: Spots<'_>) -> Result<BoardColumn, Error> {
        let Spots { code, stage, mut spots, tally, is_whole } = found;
        let (count, sums, weighted) = (spots.len(), tally.sums(), tally.weighted());
        if let Some(after) = query.cursor.as_deref().map(place_of).transpose()? {
            spots.retain(|spot| spot.place > after);
        }
        let limit = if query.limit == 0 { CARDS_USUAL } else { query.limit.min(CARDS_MAX) };
        let has_more = spots.len() > limit;
        if has_more {
            spots.select_nth_unstable_by_key(limit, |spot| spot.place);
            spots.truncate(limit);
        }
        spots.sort_unstable_by_key(|spot| spot.place);
        let next = spots.last().filter(|_| has_more).map(|last| cursor_of(last.place));
        let cards = spots.into_iter().filter_map(|spot| self.card(spot, &code, stage).transpose());
        let cards = cards.collect::<Result<_, _>>()?;
        Ok(BoardColumn { code, stage: stage.clone(), count, sums, weighted, is_whole, cards, next })
    }

    fn place(&self, deal: &Deal) -> Place {
        if let Some(at) = deal.closed_at {
            return (Urgency::Closed, -at.as_millisecond(), deal.id);
        }
        let Some(next) = &deal.next else {
            // What has been there longest comes first.
            return (Urgency::Unplanned, deal.stage_since_ms, deal.id);
        };
        let urgency = match () {
            () if Activity::is_order_overdue(next.order, self.today) => Urgency::Overdue,
            () if Activity::is_order_of(next.order, self.today) => Urgency::Today,
            () => Urgency::Planned,
        };
        (urgency, next.order, deal.id)
    }

    /// Nothing where the record has gone elsewhere in this moment.
    fn card(&self, spot: Spot, code: &str, stage: &Stage) -> Result<Option<BoardCard>, Error> {
        let (urgency, _, id) = spot.place;
        let found = self.app.store.get::<Opportunity>(id)?;
        let is_here =
            |deal: &Opportunity| deal.stage.as_deref() == Some(code) && self.selection.reaches(deal);
        let Some(opportunity) = found.filter(is_here) else { return Ok(None) };
        let company = match opportunity.company {
            Some(company) => links::name(self.app, self.ctx, Kind::Company, company)?,
            None => None,
        };
        let since = opportunity.stage_since.unwrap_or(opportunity.meta.created_at);
        let days = whole_days(since, self.ctx.at);
        let stale_after = stage.stale_days.filter(|_| stage.kind == StageKind::Open).map(i64::from);
        Ok(Some(BoardCard {
            company,
            urgency,
            next: spot.next,
            days,
            is_stale: stale_after.is_some_and(|limit| days >= limit),
            may_change: may_change(self.app, self.ctx, &opportunity),
            opportunity,
        }))
    }
}

/// Whether the caller may move it: for buttons. The deeds ask again.
pub fn may_change(app: &App, ctx: &Ctx, record: &dyn AnyRecord) -> bool {
    permissions::require_with_links(app, ctx, record, Action::Change).is_ok()
}

/// The opportunity, for somebody who may see it.
pub fn get(app: &App, ctx: &Ctx, id: Uuid) -> Result<Opportunity, Error> {
    records::reachable(app, ctx, id, Action::See)
}

/// The same for somebody who may move it.
fn movable(app: &App, ctx: &Ctx, id: Uuid) -> Result<Opportunity, Error> {
    records::reachable(app, ctx, id, Action::Change)
}

fn whole_days(from: Timestamp, to: Timestamp) -> i64 {
    to.duration_since(from).as_hours() / 24
}

fn cursor_of((urgency, order, id): Place) -> String {
    let rank = Urgency::ALL.iter().position(|one| *one == urgency).and_then(|rank| u8::try_from(rank).ok());
    let mut bytes = vec![rank.unwrap_or_default()];
    bytes.extend_from_slice(&order.to_be_bytes());
    bytes.extend_from_slice(id.as_bytes());
    crate::ctx::hex(&bytes)
}

fn place_of(cursor: &str) -> Result<Place, Error> {
    let bytes = parse_cursor(cursor)?;
    let place = || {
        let (rank, bytes) = bytes.split_first()?;
        let (order, id) = bytes.split_first_chunk::<8>()?;
        let urgency = Urgency::ALL.get(usize::from(*rank))?;
        Some((*urgency, i64::from_be_bytes(*order), Uuid::from_slice(id).ok()?))
    };
    place().ok_or_else(|| Error::invalid("cursor", "choice", cursor))
}

/// What amounts add up to, currency by currency; the weighted ones in hundredths of a percent of cents, rounded at the end.
#[derive(Default)]
struct Tally(Vec<(Currency, i128, i128)>);

impl Tally {
    fn add(&mut self, deal: &Deal, stage: &Stage) {
        let Some(amount) = deal.amount else { return };
        self.add_amount(amount, chance(deal, stage));
    }

    /// `chance` is in hundredths of a percent.
    fn add_amount(&mut self, amount: Money, chance: i16) {
        let cents = i128::from(amount.minor_units);
        let weighted = cents * i128::from(chance);
        match self.0.iter_mut().find(|(currency, ..)| *currency == amount.currency) {
            Some((_, sum, weights)) => {
                *sum += cents;
                *weights += weighted;
            }
            None => self.0.push((amount.currency, cents, weighted)),
        }
    }

    fn sums(&self) -> Vec<Money> {
        self.0.iter().map(|(currency, sum, _)| money(*sum, *currency)).collect()
    }

    fn weighted(&self) -> Vec<Money> {
        let rounded = |weights: i128| (weights + HUNDRED_PERCENT / 2).div_euclid(HUNDRED_PERCENT);
        self.0.iter().map(|(currency, _, weights)| money(rounded(*weights), *currency)).collect()
    }
}

fn money(cents: i128, currency: Currency) -> Money {
    Money { minor_units: i64::try_from(cents).unwrap_or(i64::MAX), currency }
}

/// Hundredths of a percent: as set by hand, else that of the stage.
fn chance(deal: &Deal, stage: &Stage) -> i16 {
    let hundredths = |percent: Decimal| i16::try_from((percent * Decimal::ONE_HUNDRED).trunc()).ok();
    deal.probability.and_then(hundredths).unwrap_or(i16::from(stage.probability) * 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_back() {
        let id = Uuid::from_u128(7);
        for urgency in Urgency::ALL {
            for order in [i64::MIN, -1, 0, 202_611_280_930, i64::MAX] {
                assert_eq!(place_of(&cursor_of((urgency, order, id))).unwrap(), (urgency, order, id));
            }
        }
        assert!(place_of("zz").is_err() && place_of("00").is_err());
    }

    #[test]
    fn weighted_amounts_are_rounded_once() {
        let mut tally = Tally::default();
        let euros = |minor_units| Money { minor_units, currency: Currency::Eur };
        for _ in 0..3 {
            tally.add_amount(euros(101), 5_000);
        }
        tally.add_amount(Money { minor_units: 100, currency: Currency::Usd }, 1_000);
        assert_eq!(tally.sums(), [euros(303), Money { minor_units: 100, currency: Currency::Usd }]);
        assert_eq!(tally.weighted(), [euros(152), Money { minor_units: 10, currency: Currency::Usd }]);
    }
}
