//! Days as people plan them: what is overdue, of today, tomorrow, this week or later.

use model::jiff::ToSpan;
use model::jiff::civil::{Date, Weekday};

/// The buckets in their order; a day that was not said is in none of them.
pub const AGENDA: [&str; 5] = ["overdue", "today", "tomorrow", "week", "later"];

/// The bucket of a day. A week ends with Sunday.
pub fn bucket_of(day: Date, today: Date) -> &'static str {
    let in_days = |days: i64| today.checked_add(days.days()).unwrap_or(today);
    let sunday = in_days(6 - i64::from(today.weekday().since(Weekday::Monday)));
    match day {
        day if day < today => AGENDA[0],
        day if day == today => AGENDA[1],
        day if day == in_days(1) => AGENDA[2],
        day if day <= sunday => AGENDA[3],
        _ => AGENDA[4],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::jiff::civil::date;

    #[test]
    fn a_week_ends_with_sunday() {
        // The 26th of November 2026 is a Thursday.
        let today = date(2026, 11, 26);
        let check = |day: i8, expected| assert_eq!(bucket_of(date(2026, 11, day), today), expected, "{day}");
        for (day, bucket) in
            [(25, "overdue"), (26, "today"), (27, "tomorrow"), (28, "week"), (29, "week"), (30, "later")]
        {
            check(day, bucket);
        }
        assert_eq!(bucket_of(date(2026, 11, 30), date(2026, 11, 29)), "tomorrow");
    }
}
