//! Days on which nobody works, and the national ones of a year.

use crate::LABEL_CHARACTERS_MAX;
use crate::{FieldErrors, Kind, Label, Piece};
use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday, date};
use serde::{Deserialize, Serialize};

/// A day off. Its key is the date: `2026-12-25`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Holiday {
    pub label: Label,
}

impl Piece for Holiday {
    const KIND: Kind = Kind::Holiday;
    const SECTION: &'static str = "holidays";

    fn label(&self) -> &Label {
        &self.label
    }

    /// A holiday that is none is removed.
    fn is_archived(&self) -> bool {
        false
    }

    fn check(&self, errors: &mut FieldErrors) {
        self.label.check("label", LABEL_CHARACTERS_MAX, errors);
    }

    /// An ISO date.
    fn check_key(key: &str, errors: &mut FieldErrors) {
        if key.is_empty() {
            errors.add("key", "required", "");
        } else if key.len() != 10 || key.parse::<Date>().is_err() {
            errors.add("key", "date-form", key);
        }
    }
}

/// Whose holidays are known by rule.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum HolidayCalendar {
    /// Spain: Real Decreto 2001/1983, art. 45, those that no region replaces.
    Spain,
    /// Catalonia: those of Spain, and the ones the Generalitat adds each year (Ordre del calendari de festes laborals).
    Catalonia,
    /// Andorra: the yearly Decret del calendari laboral.
    Andorra,
}

/// The first year of the present holidays of all three.
pub const HOLIDAYS_YEAR_MIN: i16 = 2020;
/// Nobody plans that far.
pub const HOLIDAYS_YEAR_MAX: i16 = 2099;

impl HolidayCalendar {
    pub const ALL: [HolidayCalendar; 3] =
        [HolidayCalendar::Spain, HolidayCalendar::Catalonia, HolidayCalendar::Andorra];

    pub fn as_str(self) -> &'static str {
        match self {
            HolidayCalendar::Spain => "spain",
            HolidayCalendar::Catalonia => "catalonia",
            HolidayCalendar::Andorra => "andorra",
        }
    }

    pub fn from_code(code: &str) -> Option<HolidayCalendar> {
        HolidayCalendar::ALL.into_iter().find(|calendar| calendar.as_str() == code)
    }

    /// The holidays of a year in order. In Spain and Catalonia those that fall on a Sunday are left out: the yearly
    /// order replaces them by others, which no rule knows. Local ones are never in it.
    pub fn of_year(self, year: i16) -> Vec<(Date, Label)> {
        let easter = easter_sunday(year);
        let mut days: Vec<(Date, Label)> = DAYS
            .iter()
            .filter(|day| day.calendars.contains(&self))
            .filter_map(|day| Some((day.when.in_year(year, easter)?, Label::new(day.ca, day.es, day.en))))
            .filter(|(day, _)| self == HolidayCalendar::Andorra || day.weekday() != Weekday::Sunday)
            .collect();
        days.sort_by_key(|(day, _)| *day);
        days
    }
}

enum When {
    Fixed(i8, i8),
    /// Days after Easter Sunday.
    Easter(i32),
}

impl When {
    fn in_year(&self, year: i16, easter: Date) -> Option<Date> {
        match self {
            When::Fixed(month, day) => Date::new(year, *month, *day).ok(),
            When::Easter(days) => easter.checked_add(days.days()).ok(),
        }
    }
}

struct Day {
    when: When,
    calendars: &'static [HolidayCalendar],
    ca: &'static str,
    es: &'static str,
    en: &'static str,
}

const fn day(when: When, calendars: &'static [HolidayCalendar], [ca, es, en]: [&'static str; 3]) -> Day {
    Day { when, calendars, ca, es, en }
}

use HolidayCalendar::{Andorra, Catalonia, Spain};

const EVERYWHERE: &[HolidayCalendar] = &[Spain, Catalonia, Andorra];
const SPANISH: &[HolidayCalendar] = &[Spain, Catalonia];
const BOTH: &[HolidayCalendar] = &[Catalonia, Andorra];

const DAYS: [Day; 18] = [
    day(When::Fixed(1, 1), EVERYWHERE, ["Cap d’Any", "Año Nuevo", "New Year’s Day"]),
    day(When::Fixed(1, 6), EVERYWHERE, ["Reis", "Epifanía del Señor", "Epiphany"]),
    day(When::Easter(-48), &[Andorra], ["Dilluns de Carnaval", "Lunes de Carnaval", "Carnival Monday"]),
    day(
        When::Fixed(3, 14),
        &[Andorra],
        ["Dia de la Constitució", "Día de la Constitución", "Constitution Day"],
    ),
    day(When::Easter(-2), EVERYWHERE, ["Divendres Sant", "Viernes Santo", "Good Friday"]),
    day(When::Easter(1), BOTH, ["Dilluns de Pasqua", "Lunes de Pascua", "Easter Monday"]),
    day(When::Fixed(5, 1), EVERYWHERE, ["Festa del Treball", "Fiesta del Trabajo", "Labour Day"]),
    day(When::Easter(50), &[Andorra], ["Dilluns de Pentecosta", "Lunes de Pentecostés", "Whit Monday"]),
    day(When::Fixed(6, 24), &[Catalonia], ["Sant Joan", "San Juan", "Saint John’s Day"]),
    day(When::Fixed(8, 15), EVERYWHERE, ["L’Assumpció", "Asunción de la Virgen", "Assumption Day"]),
    day(
        When::Fixed(9, 8),
        &[Andorra],
        ["Mare de Déu de Meritxell", "Nuestra Señora de Meritxell", "Our Lady of Meritxell"],
    ),
    day(
        When::Fixed(9, 11),
        &[Catalonia],
        ["Diada Nacional de Catalunya", "Fiesta Nacional de Cataluña", "National Day of Catalonia"],
    ),
    day(
        When::Fixed(10, 12),
        SPANISH,
        ["Festa Nacional d’Espanya", "Fiesta Nacional de España", "National Day of Spain"],
    ),
    day(When::Fixed(11, 1), EVERYWHERE, ["Tots Sants", "Todos los Santos", "All Saints’ Day"]),
    day(When::Fixed(12, 6), SPANISH, ["Dia de la Constitució", "Día de la Constitución", "Constitution Day"]),
    day(When::Fixed(12, 8), EVERYWHERE, ["La Immaculada", "Inmaculada Concepción", "Immaculate Conception"]),
    day(When::Fixed(12, 25), EVERYWHERE, ["Nadal", "Navidad", "Christmas Day"]),
    day(When::Fixed(12, 26), BOTH, ["Sant Esteve", "San Esteban", "Saint Stephen’s Day"]),
];

/// Easter Sunday of the Gregorian calendar: the anonymous algorithm (Nature, 20 April 1876; Meeus, Astronomical
/// Algorithms, chapter 8).
fn easter_sunday(year: i16) -> Date {
    let year = i32::from(year);
    let a = year % 19;
    let (b, c) = (year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let f = (b + 8) / 25;
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let sum = h + l - 7 * m + 114;
    let small = |number: i32| i8::try_from(number).unwrap_or(1);
    let year = i16::try_from(year).unwrap_or(HOLIDAYS_YEAR_MIN);
    Date::new(year, small(sum / 31), small(sum % 31 + 1)).unwrap_or(date(HOLIDAYS_YEAR_MIN, 4, 12))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_is_when_the_church_says() {
        let cases = [
            (2020, "2020-04-12"),
            (2024, "2024-03-31"),
            (2025, "2025-04-20"),
            (2026, "2026-04-05"),
            (2027, "2027-03-28"),
            (2038, "2038-04-25"),
        ];
        for (year, day) in cases {
            assert_eq!(easter_sunday(year).to_string(), day);
        }
    }

    /// As published: BOE (2026), DOGC (2026) and BOPA (2026).
    #[test]
    fn the_holidays_of_2026() {
        let days = |calendar: HolidayCalendar| {
            let days = calendar.of_year(2026);
            days.iter().map(|(day, _)| day.strftime("%m-%d").to_string()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(days(Spain), "01-01 01-06 04-03 05-01 08-15 10-12 12-08 12-25");
        assert_eq!(
            days(Catalonia),
            "01-01 01-06 04-03 04-06 05-01 06-24 08-15 09-11 10-12 12-08 12-25 12-26"
        );
        assert_eq!(
            days(Andorra),
            "01-01 01-06 02-16 03-14 04-03 04-06 05-01 05-25 08-15 09-08 11-01 12-08 12-25 12-26"
        );
    }

    #[test]
    fn keys_are_dates() {
        for (key, code) in
            [("2026-12-25", ""), ("25-12-2026", "date-form"), ("2026-02-30", "date-form"), ("", "required")]
        {
            let mut errors = FieldErrors::default();
            Holiday::check_key(key, &mut errors);
            assert_eq!(errors.of("key").map_or("", |problem| problem.code.as_str()), code, "{key}");
        }
    }
}
