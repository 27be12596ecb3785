//! Numbers of documents: what comes next, and what must not come again.

use crate::{App, Ctx, Error, permissions};
use model::jiff::civil::Date;
use model::{Action, FieldErrors, Kind, NumberSeries, Settings};

/// How many numbers a preview shows.
pub const PREVIEW: u64 = 3;
/// Before the first company kept its numbers here, and after anybody will.
const YEARS: std::ops::RangeInclusive<i16> = 2020..=2120;

/// The next numbers of a series as it stands in a form, as of a day.
pub fn preview(
    app: &App,
    ctx: &Ctx,
    key: &str,
    series: &NumberSeries,
    day: Date,
) -> Result<Vec<String>, Error> {
    permissions::require_all(ctx, Kind::Settings, Action::See)?;
    let year = fiscal_year(app, day);
    let given = given_in(app, key, series.yearly, year)?;
    Ok((given..given + PREVIEW).map(|nth| series.written(year, nth)).collect())
}

/// The last number that a series gave, as it was written; none while nobody asked for one.
pub fn last_given(app: &App, key: &str, series: &NumberSeries) -> Result<Option<String>, Error> {
    if !series.yearly {
        let given = given_in(app, key, false, 0)?;
        return Ok(given.checked_sub(1).map(|nth| series.written(*YEARS.start(), nth)));
    }
    for year in YEARS.rev() {
        if let Some(nth) = given_in(app, key, true, year)?.checked_sub(1) {
            return Ok(Some(series.written(year, nth)));
        }
    }
    Ok(None)
}

/// The counter that the next number of a series for a document of this day is taken of, and how what it says is written: for
/// who takes a number in the same write as the document.
pub(crate) fn next(
    app: &App,
    key: &str,
    day: Date,
) -> Result<(String, impl FnOnce(u64) -> String + Send + 'static), Error> {
    let frame = app.frame();
    let series = frame.number_series.get(key).ok_or(Error::NotFound)?.piece.clone();
    let year = fiscal_year(app, day);
    let counter = counter(key, series.yearly, year);
    Ok((counter, move |taken: u64| series.written(year, taken.saturating_sub(1))))
}

/// Takes the next number of a series for a document of this day. A number is given once, whatever happens to the
/// document; quotes take theirs with it.
pub fn take(app: &App, ctx: &Ctx, key: &str, day: Date) -> Result<String, Error> {
    ctx.caller()?;
    let frame = app.frame();
    let series = &frame.number_series.get(key).ok_or(Error::NotFound)?.piece;
    let year = fiscal_year(app, day);
    let counter = counter(key, series.yearly, year);
    let taken = std::sync::Arc::new(std::sync::atomic::AtomicU64::new(0));
    let put = std::sync::Arc::clone(&taken);
    let mut write = ctx.write();
    write.take_numbers(
        vec![(counter, 1)],
        Box::new(move |first: &[u64], _: &mut store::Write| {
            put.store(first.first().copied().unwrap_or_default(), std::sync::atomic::Ordering::Relaxed);
        }),
    );
    app.commit(write)?;
    let nth = taken.load(std::sync::atomic::Ordering::Relaxed).saturating_sub(1);
    Ok(series.written(year, nth))
}

/// A series that gave numbers must not give one of them again: its first number cannot go back, nor can its years be
/// counted otherwise.
pub(crate) fn check_change(
    app: &App,
    key: &str,
    before: &NumberSeries,
    after: &NumberSeries,
    errors: &mut FieldErrors,
) -> Result<(), Error> {
    let Some(last) = last_given(app, key, before)? else {
        return Ok(());
    };
    if after.first < before.first {
        errors.add("first", "series-back", last.as_str());
    }
    if after.yearly != before.yearly {
        errors.add("yearly", "series-used", last.as_str());
    }
    Ok(())
}

/// The numbers of years that a series counts by: those of the company's fiscal years.
fn fiscal_year(app: &App, day: Date) -> i16 {
    let begins =
        app.frame().settings.as_ref().map_or(1, |settings: &Settings| settings.fiscal_year_start_month);
    if day.month() < begins { day.year() - 1 } else { day.year() }
}

fn given_in(app: &App, key: &str, yearly: bool, year: i16) -> Result<u64, Error> {
    Ok(app.store.counter(&counter(key, yearly, year))?)
}

/// `series/quotes/2026`; `series/quotes` where all years count together.
fn counter(key: &str, yearly: bool, year: i16) -> String {
    if yearly { format!("series/{key}/{year}") } else { format!("series/{key}") }
}
