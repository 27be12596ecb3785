//! Days off: those of a calendar that is known by rule are added together.

use crate::{App, Ctx, Error, permissions};
use model::{Action, Configured, HOLIDAYS_YEAR_MAX, HOLIDAYS_YEAR_MIN, Holiday, HolidayCalendar, Kind, Meta};

/// Adds the national holidays of a year that are not there yet, in one commit; gives how many they were.
pub fn add_year(app: &App, ctx: &Ctx, calendar: &str, year: &str) -> Result<usize, Error> {
    permissions::require_all(ctx, Kind::Settings, Action::Change)?;
    let mut errors = model::FieldErrors::default();
    let chosen = HolidayCalendar::from_code(calendar);
    if chosen.is_none() {
        errors.add("calendar", "choice", calendar);
    }
    let number =
        year.trim().parse().ok().filter(|year| (HOLIDAYS_YEAR_MIN..=HOLIDAYS_YEAR_MAX).contains(year));
    if number.is_none() {
        errors.add("year", "year-range", format!("{HOLIDAYS_YEAR_MIN}–{HOLIDAYS_YEAR_MAX}"));
    }
    let (Some(calendar), Some(year)) = (chosen, number) else {
        return Err(Error::Invalid(errors));
    };
    let frame = app.frame();
    let mut write = ctx.write();
    let mut added = 0;
    let first = frame.holidays.all().iter().map(|holiday| holiday.order + 1).max().unwrap_or_default();
    for (order, (day, label)) in (first..).zip(calendar.of_year(year)) {
        let key = day.to_string();
        if frame.holidays.get(&key).is_none() {
            let meta = Meta::new(ctx.new_id(), ctx.at, ctx.actor());
            write.create(Configured { meta, key, order, piece: Holiday { label } });
            added += 1;
        }
    }
    if added > 0 {
        app.commit_configuration(write)?;
    }
    Ok(added)
}
