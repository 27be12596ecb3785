//! The opportunities of a month day by day: open ones on the day of their expected close, won ones on the day they were won.

use super::forecast::{Amounts, Sum};
use super::{Tally, chance, pipeline_of, reading, visit};
use crate::records::{Query, Selection};
use crate::{App, Ctx, Error, links, reports, settings};
use model::jiff::civil::Date;
use model::uuid::Uuid;
use model::{Action, Filter, Kind, Money, Opportunity, StageKind};
use std::collections::BTreeMap;

/// Opportunities of one day that are shown; all of them are in the list.
pub const SHOWN_OF_DAY: usize = 5;

/// An opportunity on its day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CalendarEntry {
    pub id: Uuid,
    pub name: String,
    /// The name of its company, where there is one that the caller may see.
    pub company: Option<String>,
    pub amount: Option<Money>,
    /// `<pipeline>.<stage>`.
    pub stage: String,
    pub is_won: bool,
    /// Open, and the day is over.
    pub is_overdue: bool,
}

/// A day on which there are some.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CalendarDay {
    pub day: Date,
    pub amounts: Amounts,
    /// The largest ones.
    pub shown: Vec<CalendarEntry>,
}

/// A month.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Calendar {
    pub pipeline: String,
    /// Its first day.
    pub month: Date,
    pub today: Date,
    /// In their order; days without any are left out.
    pub days: Vec<CalendarDay>,
    pub amounts: Amounts,
    /// What is won, and the open ones by their probability.
    pub weighted: Vec<Money>,
    /// Whether all were looked at.
    pub is_whole: bool,
}

/// What an entry of a day is before its record is read.
struct Found {
    id: Uuid,
    cents: i64,
    stage: usize,
    is_won: bool,
}

#[derive(Default)]
struct Day {
    sum: Sum,
    found: Vec<Found>,
}

/// A month of the opportunities of a pipeline that the caller may see and that match; without a day of it, this month.
pub fn calendar(
    app: &App,
    ctx: &Ctx,
    pipeline: Option<&str>,
    filter: &Filter,
    month: Option<Date>,
) -> Result<Calendar, Error> {
    let list = Query { filter: filter.clone(), ..Query::default() };
    let selection = Selection::new(app, ctx, Kind::Opportunity, Action::See, &list)?;
    let frame = selection.frame.clone();
    let pipeline = pipeline_of(&frame, pipeline)?;
    let settings = settings::get(app, ctx)?;
    let (zone, today) = (settings.zone(), reports::today(ctx, &settings));
    let first = month.unwrap_or(today).first_of_month();
    let days = first..=first.last_of_month();
    let begin = crate::leads::start_of_day(first, &zone);
    let stages: Vec<_> =
        model::stages_of(&frame).filter(|(code, ..)| super::is_of(code, &pipeline)).collect();
    let (mut by_day, mut all, mut weighted) =
        (BTreeMap::<Date, Day>::new(), Sum::default(), Tally::default());
    let is_whole = reading::look(app, |deals| {
        let mut is_whole = true;
        for (place, (code, _, stage)) in stages.iter().enumerate() {
            if matches!(stage.kind, StageKind::Lost | StageKind::Cancelled) {
                continue;
            }
            let is_won = stage.kind == StageKind::Won;
            is_whole &= visit(app, &selection, deals, code, is_won.then_some(begin), &mut |deal| {
                let closed_on = || deal.closed_at.map(|at| at.to_zoned_datetime(zone.clone()).date());
                let day = if is_won { closed_on() } else { deal.expected_close };
                let Some(day) = day.filter(|day| days.contains(day)) else { return };
                let of_day = by_day.entry(day).or_default();
                of_day.sum.add(deal);
                all.add(deal);
                if let Some(amount) = deal.amount {
                    weighted.add_amount(amount, chance(deal, stage));
                }
                let cents = deal.amount.map_or(0, |amount| amount.minor_units);
                of_day.found.push(Found { id: deal.id, cents, stage: place, is_won });
            })?;
        }
        Ok(is_whole)
    })?;
    let code_of = |place: usize| stages.get(place).map(|(code, ..)| code.clone()).unwrap_or_default();
    let mut shown_days = Vec::with_capacity(by_day.len());
    for (day, mut of_day) in by_day {
        of_day.found.sort_by_key(|found| (std::cmp::Reverse(found.cents), found.id));
        let mut shown = Vec::new();
        for found in of_day.found.iter().take(SHOWN_OF_DAY) {
            let is_overdue = !found.is_won && day < today;
            shown.extend(entry_of(app, ctx, found, code_of(found.stage), is_overdue)?);
        }
        shown_days.push(CalendarDay { day, amounts: of_day.sum.amounts(), shown });
    }
    Ok(Calendar {
        pipeline,
        month: first,
        today,
        days: shown_days,
        amounts: all.amounts(),
        weighted: weighted.weighted(),
        is_whole,
    })
}

/// Nothing where the record went away in this moment.
fn entry_of(
    app: &App,
    ctx: &Ctx,
    found: &Found,
    stage: String,
    is_overdue: bool,
) -> Result<Option<CalendarEntry>, Error> {
    let Some(opportunity) = app.store.get::<Opportunity>(found.id)? else { return Ok(None) };
    let company =
        opportunity.company.map(|company| links::name(app, ctx, Kind::Company, company)).transpose()?;
    Ok(Some(CalendarEntry {
        id: found.id,
        company: company.flatten(),
        amount: opportunity.amount,
        name: opportunity.name.unwrap_or_default(),
        stage,
        is_won: found.is_won,
        is_overdue,
    }))
}
