//! Documents that soon are valid no more, or are so already: the same in their list and on the first page.

use crate::records::{self, Query};
use crate::reports::today;
use crate::{App, Ctx, Error, permissions, settings};
use model::jiff::ToSpan;
use model::{
    Action, Condition, Document, EXPIRING_DAYS, FieldValue, Filter, Group, Kind, Operator, VALID_UNTIL,
};
use store::Direction;

/// Counted up to so many, and one more.
pub const EXPIRING_MAX: usize = 99;

/// Those whose last day is over, or is one of the next [`EXPIRING_DAYS`].
pub fn expiring_filter() -> Filter {
    let over = Condition::new(VALID_UNTIL, Operator::OverDaysAgo, ["0"]);
    // Today is the first of them.
    let soon = Condition::new(VALID_UNTIL, Operator::NextDays, [(EXPIRING_DAYS + 1).to_string()]);
    Filter { groups: vec![Group { conditions: vec![over, soon] }] }
}

/// How many of them are on the caller's list, up to [`EXPIRING_MAX`] and one more.
pub fn expiring(app: &App, ctx: &Ctx) -> Result<usize, Error> {
    if !permissions::may(ctx, Kind::Document, Action::See) {
        return Ok(0);
    }
    let today = today(ctx, &settings::get(app, ctx)?);
    let last = today.checked_add(EXPIRING_DAYS.days()).unwrap_or(today);
    let query = Query {
        sort: VALID_UNTIL.to_owned(),
        direction: Direction::Forward,
        cursor: Some(crate::ctx::hex(&Document::first_dated())),
        limit: EXPIRING_MAX + 1,
        ..Query::default()
    };
    let page = records::list(app, ctx, Kind::Document, &query)?;
    let days = page.records.iter().map(|record| record.built_in(VALID_UNTIL));
    Ok(days.take_while(|day| matches!(day, FieldValue::Day(day) if *day <= last)).count())
}
