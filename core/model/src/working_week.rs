//! When somebody works: the hours of each day of a week, as people write them.

use serde::{Deserialize, Serialize};
use std::fmt::Write as _;

/// Morning, afternoon, evening, and one more.
pub const SHIFTS_MAX: usize = 4;

const MINUTES_PER_DAY: u16 = 24 * 60;

/// From one minute of the day to another, in local time; the end is not part of it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Shift {
    pub from_minute: u16,
    pub to_minute: u16,
}

/// The shifts of each day, Monday first. Written as seven texts: `9:00-14:00 15:30-18:00`, or nothing.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(try_from = "Vec<String>", into = "Vec<String>")]
pub struct WorkingWeek(pub [Vec<Shift>; 7]);

impl Default for WorkingWeek {
    /// Monday to Friday, 9 to 18.
    fn default() -> WorkingWeek {
        let day = vec![Shift { from_minute: 9 * 60, to_minute: 18 * 60 }];
        WorkingWeek([day.clone(), day.clone(), day.clone(), day.clone(), day, Vec::new(), Vec::new()])
    }
}

impl WorkingWeek {
    /// Hours of a whole week, in minutes.
    pub fn minutes(&self) -> u32 {
        self.0.iter().flatten().map(|shift| u32::from(shift.to_minute - shift.from_minute)).sum()
    }
}

/// `9-14`, `9:00–14:00, 15:30-18:00`, `9 a 14 i 16 a 19` or nothing. Problem code: `hours-form`.
pub fn parse_shifts(text: &str) -> Result<Vec<Shift>, &'static str> {
    let joined = text.to_lowercase().replace(['–', '—'], "-");
    let words: Vec<&str> = joined
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '-'))
        .filter(|word| !matches!(*word, "" | "a" | "i" | "y" | "and" | "to" | "h"))
        .collect();
    if words.len() % 2 == 1 || words.len() > SHIFTS_MAX * 2 {
        return Err("hours-form");
    }
    let mut shifts = Vec::new();
    let mut free_from = 0;
    for pair in words.chunks(2) {
        let [from, to] = pair else {
            return Err("hours-form");
        };
        let shift = Shift { from_minute: minute_of(from)?, to_minute: minute_of(to)? };
        if shift.from_minute < free_from || shift.to_minute <= shift.from_minute {
            return Err("hours-form");
        }
        free_from = shift.to_minute;
        shifts.push(shift);
    }
    Ok(shifts)
}

/// `9`, `9:30`, `09.30`, `9h`.
fn minute_of(word: &str) -> Result<u16, &'static str> {
    let word = word.trim_end_matches('h');
    let (hours, minutes) = word.split_once([':', '.', 'h']).unwrap_or((word, "0"));
    let number = |text: &str| match text.len() {
        1 | 2 if text.bytes().all(|byte| byte.is_ascii_digit()) => text.parse().map_err(|_| "hours-form"),
        _ => Err("hours-form"),
    };
    let (hours, minutes): (u16, u16) = (number(hours)?, number(minutes)?);
    let minute = hours * 60 + minutes;
    if minutes < 60 && minute <= MINUTES_PER_DAY { Ok(minute) } else { Err("hours-form") }
}

/// `9:00-14:00 15:30-18:00`; nothing for a free day.
pub fn written_shifts(shifts: &[Shift]) -> String {
    let mut text = String::new();
    for shift in shifts {
        if !text.is_empty() {
            text.push(' ');
        }
        let (from, to) = (shift.from_minute, shift.to_minute);
        let _ = write!(text, "{}:{:02}-{}:{:02}", from / 60, from % 60, to / 60, to % 60);
    }
    text
}

impl From<WorkingWeek> for Vec<String> {
    fn from(week: WorkingWeek) -> Vec<String> {
        week.0.iter().map(|shifts| written_shifts(shifts)).collect()
    }
}

impl TryFrom<Vec<String>> for WorkingWeek {
    type Error = String;

    fn try_from(days: Vec<String>) -> Result<WorkingWeek, String> {
        let days: [String; 7] =
            days.try_into().map_err(|days: Vec<String>| format!("a week has 7 days, not {}", days.len()))?;
        let mut week = WorkingWeek(Default::default());
        for (place, text) in week.0.iter_mut().zip(&days) {
            *place = parse_shifts(text)
                .map_err(|_| format!("\"{text}\" are no hours such as 9:00-14:00 15:30-18:00"))?;
        }
        Ok(week)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_understood_as_people_write_them() {
        let cases = [
            ("", Some("")),
            ("9-14", Some("9:00-14:00")),
            ("9:00–14:00, 15.30-18h", Some("9:00-14:00 15:30-18:00")),
            ("De 9 a 14", None),
            ("9 a 14 i 16 a 19", Some("9:00-14:00 16:00-19:00")),
            ("0-24", Some("0:00-24:00")),
            ("14-9", None),
            ("9-14 13-18", None),
            ("9-25", None),
            ("9:75-10", None),
            ("9", None),
            ("1-2 3-4 5-6 7-8 9-10", None),
        ];
        for (typed, written) in cases {
            assert_eq!(
                parse_shifts(typed).ok().map(|shifts| written_shifts(&shifts)).as_deref(),
                written,
                "{typed}"
            );
        }
    }

    #[test]
    fn a_week_is_seven_texts() {
        let week = WorkingWeek::default();
        assert_eq!(week.minutes(), 45 * 60);
        let value = serde_json::to_value(&week).unwrap();
        assert_eq!(value[0], "9:00-18:00");
        assert_eq!(serde_json::from_value::<WorkingWeek>(value).unwrap(), week);
        for wrong in [serde_json::json!([]), serde_json::json!(["9", "", "", "", "", "", ""])] {
            assert!(serde_json::from_value::<WorkingWeek>(wrong).is_err());
        }
    }
}
