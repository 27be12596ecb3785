//! What is expected to be sold, month by month: what is won already, and what is open by how likely it is.
//!
//! An open opportunity counts in the month of its expected close, by its probability: from 75 % on it is committed, from
//! 50 % on probable, below that possible. One without a day, or whose day is over, is told apart and added to no month.

use super::reading::{self, Deal};
use super::{Tally, chance, pipeline_of, visit};
use crate::records::{Query, Selection};
use crate::{App, Ctx, Error, reports, settings};
use model::jiff::ToSpan;
use model::jiff::civil::Date;
use model::{Action, Filter, Kind, Money, StageKind};

/// Months that are shown, this one first.
const MONTHS: usize = 12;
/// Hundredths of a percent from which on an open one is committed, and probable.
const COMMITTED: i16 = 7_500;
const PROBABLE: i16 = 5_000;

/// How sure it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Likelihood {
    /// Closed in that month.
    Won,
    Committed,
    Probable,
    Possible,
}

impl Likelihood {
    pub const ALL: [Likelihood; 4] =
        [Likelihood::Won, Likelihood::Committed, Likelihood::Probable, Likelihood::Possible];

    pub fn as_str(self) -> &'static str {
        match self {
            Likelihood::Won => "won",
            Likelihood::Committed => "committed",
            Likelihood::Probable => "probable",
            Likelihood::Possible => "possible",
        }
    }

    /// Of an open one, by hundredths of a percent.
    pub fn of(chance: i16) -> Likelihood {
        match chance {
            chance if chance >= COMMITTED => Likelihood::Committed,
            chance if chance >= PROBABLE => Likelihood::Probable,
            _ => Likelihood::Possible,
        }
    }
}

/// What adds up under one head.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Amounts {
    pub count: usize,
    pub sums: Vec<Money>,
}

/// One month.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ForecastMonth {
    /// Its first day.
    pub from: Date,
    pub to: Date,
    /// In the order of [`Likelihood::ALL`].
    pub amounts: [Amounts; 4],
    /// What is won, and the open ones by their probability.
    pub weighted: Vec<Money>,
}

/// The months, and what is in none of them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Forecast {
    pub pipeline: String,
    pub months: Vec<ForecastMonth>,
    /// Open, and its expected close is over.
    pub overdue: Amounts,
    /// Open without an expected close.
    pub undated: Amounts,
    /// Open, to be closed after the last month.
    pub later: Amounts,
    /// Whether all were looked at.
    pub is_whole: bool,
}

#[derive(Default)]
pub(super) struct Sum {
    count: usize,
    tally: Tally,
}

impl Sum {
    pub(super) fn add(&mut self, deal: &Deal) {
        self.count += 1;
        if let Some(amount) = deal.amount {
            self.tally.add_amount(amount, 0);
        }
    }

    pub(super) fn amounts(&self) -> Amounts {
        Amounts { count: self.count, sums: self.tally.sums() }
    }
}

#[derive(Default)]
struct Month {
    sums: [Sum; 4],
    weighted: Tally,
}

#[derive(Default)]
struct Rest {
    overdue: Sum,
    undated: Sum,
    later: Sum,
}

/// What is expected of the opportunities of a pipeline that the caller may see and that match.
pub fn forecast(app: &App, ctx: &Ctx, pipeline: Option<&str>, filter: &Filter) -> Result<Forecast, Error> {
    let list = Query { filter: filter.clone(), ..Query::default() };
    let selection = Selection::new(app, ctx, Kind::Opportunity, Action::See, &list)?;
    let frame = selection.frame.clone();
    let pipeline = pipeline_of(&frame, pipeline)?;
    let settings = settings::get(app, ctx)?;
    let (zone, today) = (settings.zone(), reports::today(ctx, &settings));
    let first = today.first_of_month();
    let begin = crate::leads::start_of_day(first, &zone);
    let mut months: Vec<Month> = (0..MONTHS).map(|_| Month::default()).collect();
    let mut rest = Rest::default();
    let is_whole = reading::look(app, |deals| {
        let mut is_whole = true;
        for (code, _, stage) in model::stages_of(&frame).filter(|(code, ..)| super::is_of(code, &pipeline)) {
            if matches!(stage.kind, StageKind::Lost | StageKind::Cancelled) {
                continue;
            }
            let is_won = stage.kind == StageKind::Won;
            is_whole &= visit(app, &selection, deals, &code, is_won.then_some(begin), &mut |deal| {
                let chance = chance(deal, stage);
                let closed_on = || deal.closed_at.map(|at| at.to_zoned_datetime(zone.clone()).date());
                let day = if is_won { closed_on() } else { deal.expected_close };
                let likelihood = if is_won { Likelihood::Won } else { Likelihood::of(chance) };
                match day {
                    None => rest.undated.add(deal),
                    Some(day) if !is_won && day < today => rest.overdue.add(deal),
                    Some(day) => match months.get_mut(months_between(first, day)) {
                        Some(month) => month.add(deal, likelihood, chance),
                        None => rest.later.add(deal),
                    },
                }
            })?;
        }
        Ok(is_whole)
    })?;
    let months = months.iter().enumerate().map(|(place, month)| month.shown(first, place)).collect();
    let (overdue, undated, later) = (rest.overdue.amounts(), rest.undated.amounts(), rest.later.amounts());
    Ok(Forecast { pipeline, months, overdue, undated, later, is_whole })
}

impl Month {
    fn add(&mut self, deal: &Deal, likelihood: Likelihood, chance: i16) {
        if let Some(place) = Likelihood::ALL.iter().position(|one| *one == likelihood)
            && let Some(sum) = self.sums.get_mut(place)
        {
            sum.add(deal);
        }
        if let Some(amount) = deal.amount {
            self.weighted.add_amount(amount, chance);
        }
    }

    fn shown(&self, first: Date, place: usize) -> ForecastMonth {
        let from = i64::try_from(place).ok().and_then(|place| first.checked_add(place.months()).ok());
        let from = from.unwrap_or(first);
        ForecastMonth {
            from,
            to: from.last_of_month(),
            amounts: self.sums.each_ref().map(Sum::amounts),
            weighted: self.weighted.weighted(),
        }
    }
}

/// How many months after the first one a day is; those before it count as the first.
fn months_between(first: Date, day: Date) -> usize {
    let months = |day: Date| i32::from(day.year()) * 12 + i32::from(day.month());
    usize::try_from(months(day) - months(first)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::jiff::civil::date;

    #[test]
    fn months_and_likelihoods_have_their_borders() {
        let first = date(2026, 11, 1);
        for (day, expected) in [(date(2026, 11, 30), 0), (date(2026, 12, 1), 1), (date(2027, 11, 1), 12)] {
            assert_eq!(months_between(first, day), expected, "{day}");
        }
        for (chance, expected) in [
            (10_000, Likelihood::Committed),
            (7_500, Likelihood::Committed),
            (7_499, Likelihood::Probable),
            (5_000, Likelihood::Probable),
            (4_999, Likelihood::Possible),
        ] {
            assert_eq!(Likelihood::of(chance), expected, "{chance}");
        }
    }
}
