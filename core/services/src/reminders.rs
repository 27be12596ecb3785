//! Reminders: what somebody asked to be reminded of, from its day on, as long as it is to be done and they have not put the
//! reminder off or away. The days are those of the company's calendar: a reminder comes with the day, and stays in its list
//! until somebody does something about it.

use crate::{App, Ctx, Error, activities, permissions, records};
use model::jiff::ToSpan;
use model::jiff::civil::Date;
use model::uuid::Uuid;
use model::{Action, Activity, IndexKey, Kind, SNOOZE_DAYS_MAX};
use store::{Direction, Scan};

/// What the page shows at most.
pub const SHOWN_MAX: usize = 100;
/// The number at the bell counts so far; above, «more than».
pub const COUNTED_MAX: usize = 99;

/// What the caller is to be reminded of by now, the earliest first; up to `limit`.
pub fn list(app: &App, ctx: &Ctx, limit: usize) -> Result<Vec<Activity>, Error> {
    permissions::require(ctx, Kind::Activity, Action::See)?;
    let mut come = Vec::new();
    for id in ids(app, ctx, limit)? {
        // The entry may be older than the record: the record decides.
        come.extend(
            app.store.get::<Activity>(id)?.filter(|found| found.is_todo() && found.reminder.is_some()),
        );
    }
    Ok(come)
}

/// How many there are, up to [`COUNTED_MAX`] and one more; none for whoever sees no activities.
pub fn count(app: &App, ctx: &Ctx) -> Result<usize, Error> {
    Ok(ids(app, ctx, COUNTED_MAX + 1)?.len())
}

fn ids(app: &App, ctx: &Ctx, limit: usize) -> Result<Vec<Uuid>, Error> {
    let Some(user) = ctx.user_id().filter(|_| permissions::may(ctx, Kind::Activity, Action::See)) else {
        return Ok(Vec::new());
    };
    let today = activities::today(app, ctx)?;
    let scan = Scan {
        prefix: Activity::reminders_of(user).bytes(),
        after: None,
        direction: Direction::Forward,
        limit,
    };
    let entries = app.store.scan(&scan)?;
    let has_come = |key: &[u8]| {
        Activity::order_of_entry(key).is_some_and(|order| Activity::has_reminder_come(order, today))
    };
    let come = entries.iter().take_while(|entry| has_come(&entry.key));
    Ok(come.filter_map(|entry| IndexKey::record_at_end(&entry.key)).collect())
}

/// The day until which a reminder is put off, as people say it: `tomorrow`, `monday` or `week`.
pub fn day(app: &App, ctx: &Ctx, choice: &str) -> Result<Date, Error> {
    let today = activities::today(app, ctx)?;
    let days = match choice {
        "tomorrow" => 1,
        "monday" => 7 - i64::from(today.weekday().to_monday_zero_offset()),
        "week" => 7,
        other => return Err(Error::invalid("until", "choice", other)),
    };
    today.checked_add(days.days()).map_err(Error::internal)
}

/// Whether a reminder may come after the day on which the activity is due: one that has come is put off as far as whoever it
/// reminds says, and one that was put off stays so, whatever else is changed. A new one comes before.
pub(crate) fn may_be_late(before: Option<&Activity>, after: &Activity, today: Date) -> bool {
    let Some((before, reminder)) = before.and_then(|before| Some((before, before.reminder?))) else {
        return false;
    };
    let is_late = before.due.is_some_and(|due| reminder > due);
    reminder <= today || is_late && after.reminder == Some(reminder)
}

/// Puts the reminder of an activity off; also past the day on which it is due, as whoever is late says when they will get
/// round to it. Problem code besides those of the day: `reminder-over`.
pub fn snooze(app: &App, ctx: &Ctx, id: Uuid, version: u64, until: Date) -> Result<Activity, Error> {
    let today = activities::today(app, ctx)?;
    let farthest = today.checked_add(SNOOZE_DAYS_MAX.days()).map_err(Error::internal)?;
    if until <= today {
        return Err(Error::invalid("until", "snooze-past", ""));
    }
    if until > farthest {
        return Err(Error::invalid("until", "snooze-far", SNOOZE_DAYS_MAX.to_string()));
    }
    set(app, ctx, id, version, Some(until))
}

/// Nobody is reminded of it any more; it is still to be done. Problem code: `reminder-over`.
pub fn dismiss(app: &App, ctx: &Ctx, id: Uuid, version: u64) -> Result<Activity, Error> {
    set(app, ctx, id, version, None)
}

fn set(app: &App, ctx: &Ctx, id: Uuid, version: u64, reminder: Option<Date>) -> Result<Activity, Error> {
    let before = records::reachable::<Activity>(app, ctx, id, Action::Change)?;
    if !before.is_todo() {
        return Err(Error::invalid("", "reminder-over", ""));
    }
    let after = Activity { reminder, ..before.clone() };
    records::save(app, ctx, &before, version, after)
}
