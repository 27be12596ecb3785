//! Working time: what of the clock counts for a company or a person, between two instants and from one instant on.

use crate::{Absence, Frame, Settings, User, WorkingWeek};
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Days that are looked at for the end of a stretch of working time: who does not work for a year has no end in sight.
const DAYS_MAX: usize = 400;
/// Days between two instants that are counted: ten years, as far as filters reach.
const DAYS_COUNTED_MAX: usize = 3_660;
const MINUTES_PER_HOUR: u16 = 60;
const HOURS_PER_DAY: u16 = 24;

/// When somebody works: the hours of the week, less holidays and days away.
#[derive(Clone, Debug)]
pub struct WorkingTime {
    week: WorkingWeek,
    zone: TimeZone,
    holidays: Arc<BTreeSet<Date>>,
    absences: Vec<Absence>,
}

impl WorkingTime {
    /// When the company works.
    pub fn of_company(settings: &Settings, frame: &Frame) -> WorkingTime {
        let holidays = frame.holidays.current().filter_map(|holiday| holiday.key.parse().ok());
        WorkingTime {
            week: settings.working_week.clone(),
            zone: settings.zone(),
            holidays: Arc::new(holidays.collect()),
            absences: Vec::new(),
        }
    }

    /// When somebody works: their own hours and zone where they have them, else the company's.
    pub fn of_person(user: &User, settings: &Settings, frame: &Frame) -> WorkingTime {
        WorkingTime::of_company(settings, frame).for_person(user)
    }

    /// The same, from when the company works: for many people at once.
    #[must_use]
    pub fn for_person(&self, user: &User) -> WorkingTime {
        WorkingTime {
            week: user.working_week.clone().unwrap_or_else(|| self.week.clone()),
            zone: user.zone(&self.zone),
            absences: user.absences.clone(),
            holidays: Arc::clone(&self.holidays),
        }
    }

    /// The day it is for them.
    pub fn day(&self, at: Timestamp) -> Date {
        at.to_zoned_datetime(self.zone.clone()).date()
    }

    /// Noted as away on that day.
    pub fn is_away(&self, day: Date) -> bool {
        self.absences.iter().any(|absence| (absence.from..=absence.to).contains(&day))
    }

    /// The last day of the absence that this day is in, and of those that follow without a day between; nothing where they
    /// are not away.
    pub fn away_until(&self, day: Date) -> Option<Date> {
        let mut until = None;
        let mut next = Some(day);
        while let Some(day) = next {
            let absence = self.absences.iter().find(|absence| (absence.from..=absence.to).contains(&day));
            until = absence.map(|absence| absence.to).or(until);
            next = absence.and_then(|absence| absence.to.tomorrow().ok());
        }
        until
    }

    /// A day of the week on which they work, and no holiday.
    pub fn is_working_day(&self, day: Date) -> bool {
        !self.shifts(day).is_empty()
    }

    /// Within their hours, and not away.
    pub fn is_working(&self, at: Timestamp) -> bool {
        self.is_in_hours(at) && !self.is_away(self.day(at))
    }

    /// Within their hours, whether they are noted as away or not.
    pub fn is_in_hours(&self, at: Timestamp) -> bool {
        let local = at.to_zoned_datetime(self.zone.clone());
        let hour = u16::try_from(local.hour()).unwrap_or_default();
        let minute = hour * MINUTES_PER_HOUR + u16::try_from(local.minute()).unwrap_or_default();
        self.shifts(local.date()).iter().any(|shift| (shift.from_minute..shift.to_minute).contains(&minute))
    }

    /// The working time between two instants; nothing where the second is not later.
    pub fn between(&self, from: Timestamp, to: Timestamp) -> SignedDuration {
        let mut sum = SignedDuration::ZERO;
        for (begin, end) in self.stretches(from, DAYS_COUNTED_MAX).take_while(|(begin, _)| *begin < to) {
            sum += end.min(to).duration_since(begin);
        }
        sum
    }

    /// The instant at which so much working time has passed; `None` where that is more than a year away.
    pub fn after(&self, from: Timestamp, amount: SignedDuration) -> Option<Timestamp> {
        let mut left = amount;
        for (begin, end) in self.stretches(from, DAYS_MAX) {
            let length = end.duration_since(begin);
            if left <= length {
                return begin.checked_add(left).ok();
            }
            left -= length;
        }
        None
    }

    /// The stretches of work from an instant on, in order.
    fn stretches(&self, from: Timestamp, days: usize) -> impl Iterator<Item = (Timestamp, Timestamp)> + '_ {
        let first = self.day(from);
        let days = first.series(1.day()).take(days).filter(|day| !self.is_away(*day));
        days.flat_map(move |day| {
            self.shifts(day)
                .iter()
                .filter_map(move |shift| {
                    Some((self.instant(day, shift.from_minute)?, self.instant(day, shift.to_minute)?))
                })
                .filter(move |(_, end)| *end > from)
                .map(move |(begin, end)| (begin.max(from), end))
        })
    }

    fn shifts(&self, day: Date) -> &[crate::Shift] {
        if self.holidays.contains(&day) {
            return &[];
        }
        usize::try_from(day.weekday().to_monday_zero_offset())
            .ok()
            .and_then(|place| self.week.0.get(place))
            .map_or(&[], Vec::as_slice)
    }

    fn instant(&self, day: Date, minute: u16) -> Option<Timestamp> {
        let (hour, minute) = (minute / MINUTES_PER_HOUR, minute % MINUTES_PER_HOUR);
        // Midnight at the end of a day is the beginning of the next.
        let (day, hour) = if hour == HOURS_PER_DAY { (day.tomorrow().ok()?, 0) } else { (day, hour) };
        let time = Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, 0, 0).ok()?;
        day.to_datetime(time).to_zoned_datetime(self.zone.clone()).ok().map(|zoned| zoned.timestamp())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Actor, Configured, Holiday, Label, Meta, Pieces, TeamId, parse_shifts};
    use uuid::Uuid;

    fn company(hours: &str) -> (Settings, Frame) {
        let meta = Meta::new(Settings::ID, Timestamp::UNIX_EPOCH, Actor::SYSTEM);
        let mut settings = Settings::new(meta, "Exemple", TeamId(Uuid::nil()));
        let day = parse_shifts(hours).unwrap();
        settings.working_week =
            WorkingWeek([day.clone(), day.clone(), day.clone(), day.clone(), day, Vec::new(), Vec::new()]);
        let holiday = Holiday { label: Label::new("Nadal", "Navidad", "Christmas") };
        let holidays = Pieces::new(vec![Configured::untouched("2026-12-25", 0, holiday)]);
        (settings, Frame { holidays, ..Frame::default() })
    }

    fn check(hours: &str, from: &str, to: &str, minutes: i64) {
        let (settings, frame) = company(hours);
        let time = WorkingTime::of_company(&settings, &frame);
        let [from, to] = [from, to].map(|text| text.parse::<Timestamp>().unwrap());
        assert_eq!(time.between(from, to).as_mins(), minutes, "{from} to {to}");
        if minutes > 0 {
            let end = time.after(from, SignedDuration::from_mins(minutes)).unwrap();
            assert_eq!(time.between(from, end).as_mins(), minutes);
            assert!(end <= to);
        }
    }

    #[test]
    fn only_working_hours_count() {
        // Winter: Madrid is an hour ahead of UTC.
        check("9-14 15:30-18", "2026-11-23T08:30:00Z", "2026-11-23T10:30:00Z", 120);
        check("9-14 15:30-18", "2026-11-23T12:00:00Z", "2026-11-23T15:00:00Z", 90);
        // Friday evening to Monday morning.
        check("9-14 15:30-18", "2026-11-27T16:30:00Z", "2026-11-30T09:00:00Z", 90);
        // Over Christmas, a Friday.
        check("9-14 15:30-18", "2026-12-24T16:00:00Z", "2026-12-28T08:30:00Z", 90);
        // The night in which the clocks go back has an hour more.
        check("0-24", "2026-10-23T22:00:00Z", "2026-10-26T22:00:00Z", 24 * 60 - 60);
        check("9-14", "2026-11-23T10:00:00Z", "2026-11-23T09:00:00Z", 0);
        check("", "2026-11-23T10:00:00Z", "2027-11-23T09:00:00Z", 0);
    }

    #[test]
    fn people_have_their_own_hours_zone_and_absences() {
        let (settings, frame) = company("9-14");
        let mut user = User::new(Meta::new(Uuid::nil(), Timestamp::UNIX_EPOCH, Actor::SYSTEM));
        user.time_zone = Some("Atlantic/Canary".to_owned());
        let day: Date = "2026-11-24".parse().unwrap();
        let tomorrow = day.tomorrow().unwrap();
        let later = tomorrow.tomorrow().unwrap();
        user.absences = vec![Absence { from: tomorrow, to: later }, Absence { from: day, to: day }];
        let time = WorkingTime::of_person(&user, &settings, &frame);
        assert_eq!([day, tomorrow].map(|day| time.away_until(day)), [Some(later); 2]);
        assert_eq!(time.away_until(later.tomorrow().unwrap()), None);
        user.absences = vec![Absence { from: day, to: day }];
        let time = WorkingTime::of_person(&user, &settings, &frame);
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        assert!(!time.is_working(at("2026-11-23T08:30:00Z")));
        assert!(time.is_working(at("2026-11-23T09:00:00Z")));
        assert!(!time.is_working(at("2026-11-24T09:00:00Z")));
        assert!(time.is_working_day(day) && time.is_away(day));
        let end = time.after(at("2026-11-23T13:00:00Z"), SignedDuration::from_hours(2));
        assert_eq!(end, Some(at("2026-11-25T10:00:00Z")));
        user.working_week = Some(WorkingWeek(Default::default()));
        let never = WorkingTime::of_person(&user, &settings, &frame);
        assert_eq!(never.after(at("2026-11-23T13:00:00Z"), SignedDuration::from_mins(1)), None);
    }
}
