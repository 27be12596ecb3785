//! What is particular to activities: when they are due, when they were done, about whose records they may be.

use super::rules::{Around, Rules, not_negative};
use crate::{Error, permissions, records, reminders, reports};
use model::jiff::civil::{Date, Time};
use model::{Action, Activity, DURATION_MINUTES_MAX, Decimal, Entity, FieldErrors, Kind};

impl Rules for Activity {
    fn is_open(&self) -> bool {
        self.is_todo()
    }

    fn settle(
        &mut self,
        around: &Around<'_>,
        before: Option<&Activity>,
        errors: &mut FieldErrors,
    ) -> Result<(), Error> {
        let is_said = |field| errors.of(field).is_some();
        if self.title().is_empty() && !["subject", "text", "outcome"].into_iter().any(is_said) {
            errors.add("subject", "subject-or-text", "");
        }
        self.settle_days(before, reports::today(around.ctx, around.settings), errors);
        not_negative("duration", self.duration, errors);
        if self.duration.is_some_and(|minutes| !minutes.is_integer()) {
            errors.add("duration", "number-whole", "");
        } else if self.duration.is_some_and(|minutes| minutes > Decimal::from(DURATION_MINUTES_MAX)) {
            errors.add("duration", "number-between", format!("0–{DURATION_MINUTES_MAX}"));
        }
        // Nobody has a note still to do.
        if self.is_note() && self.is_todo() {
            self.state = Some("done".to_owned());
        }
        self.done_at = if self.is_done() { self.done_at.or(Some(around.ctx.at)) } else { None };
        for (kind, id) in self.links() {
            let is_new = before.is_none_or(|before| before.links().all(|link| link != (kind, id)));
            if is_new && !may_be_about(around, kind, id)? {
                errors.add(kind.as_str(), "activity-denied", "");
            }
        }
        Ok(())
    }
}

trait Days {
    fn settle_days(&mut self, before: Option<&Activity>, today: Date, errors: &mut FieldErrors);
}

impl Days for Activity {
    fn settle_days(&mut self, before: Option<&Activity>, today: Date, errors: &mut FieldErrors) {
        if let Some(typed) = &self.due_time {
            match time_of(typed) {
                Some(time) => self.due_time = Some(format!("{:02}:{:02}", time.hour(), time.minute())),
                None => errors.add("due_time", "time-form", typed),
            }
        }
        if self.due_time.is_some() && self.due.is_none() && errors.of("due").is_none() {
            errors.add("due", "due-of-time", "");
        }
        if let (Some(due), Some(reminder)) = (self.due, self.reminder)
            && reminder > due
            && !reminders::may_be_late(before, self, today)
        {
            errors.add("reminder", "reminder-late", "");
        }
    }
}

/// `9:30`, `09:30:00`, `9.30`, `9h30`, `9h`.
fn time_of(typed: &str) -> Option<Time> {
    let plain = typed.trim().trim_end_matches('h').replace(['.', 'h'], ":");
    let mut parts = plain.split(':').map(str::parse::<i8>);
    let hour = parts.next()?.ok()?;
    let minute = parts.next().unwrap_or(Ok(0)).ok()?;
    Time::new(hour, minute, 0, 0).ok()
}

/// Whether the caller may write about this record.
fn may_be_about(around: &Around<'_>, kind: Kind, id: model::uuid::Uuid) -> Result<bool, Error> {
    let Some(record) = records::any(around.app, kind, id)? else { return Ok(false) };
    Ok(permissions::require_about(around.ctx, record.as_ref(), Kind::Activity, Action::Create).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_people_write_them() {
        let check = |typed: &str, expected: Option<(i8, i8)>| {
            assert_eq!(time_of(typed).map(|time| (time.hour(), time.minute())), expected, "{typed}");
        };
        check("9:30", Some((9, 30)));
        check("09:30:00", Some((9, 30)));
        check(" 17.05 ", Some((17, 5)));
        check("9h", Some((9, 0)));
        check("9h30", Some((9, 30)));
        check("24:00", None);
        check("demà", None);
    }
}
