//! The first-response clock of a lead in words: what is left, or how long it is over.

use crate::components::{icon, tag};
use crate::messages::t;
use crate::{Locale, Shell, format};
use maud::{Markup, html};
use model::ResponseStanding;
use model::jiff::SignedDuration;

/// From here on minutes tell nobody anything.
const HOURS_ALONE: i64 = 10;
/// Days of the calendar from which days, weeks and years say more than hours.
const DAYS_FROM: i64 = 2;
const WEEKS_FROM: i64 = 14;
const YEARS_FROM: i64 = 2 * YEAR_DAYS;
const YEAR_DAYS: i64 = 365;
/// A space that does not break.
const SPACE: char = '\u{a0}';

/// «2 h 15 min»: working time, so that there are no days in it.
pub(crate) fn span(time: SignedDuration) -> String {
    let (hours, minutes) = (time.as_mins() / 60, time.as_mins() % 60);
    match (hours, minutes) {
        (0, minutes) => format!("{minutes}{SPACE}min"),
        (hours, 0) => format!("{hours}{SPACE}h"),
        (hours, _) if hours >= HOURS_ALONE => format!("{hours}{SPACE}h"),
        (hours, minutes) => format!("{hours}{SPACE}h{SPACE}{minutes}{SPACE}min"),
    }
}

/// The clock with its icon; colour never says it alone.
pub(crate) fn standing(shell: &Shell, standing: ResponseStanding) -> Markup {
    let l = shell.locale();
    match standing {
        ResponseStanding::Left(left) => {
            let is_soon = left < SignedDuration::from_hours(1);
            tag(if is_soon { "warn" } else { "info" }, "clock", &t!(l, "inbox-clock-left", time = span(left)))
        }
        ResponseStanding::Late(late, since) => {
            tag("danger", "triangle-alert", &said_late(l, late, shell.now.duration_since(since)))
        }
        ResponseStanding::Waiting(since) => html! {
            span.waiting {
                (icon("clock"))
                (t!(l, "leads-waiting-since", when = format::relative(l, since, shell.now, &shell.zone)))
            }
        },
        ResponseStanding::Answered { at, was_late } => html! {
            time datetime=(at) title=(format::date_time(l, at, &shell.zone)) {
                (format::relative(l, at, shell.now, &shell.zone))
            }
            @match was_late {
                Some(true) => { " " (tag("warn", "triangle-alert", &t!(l, "inbox-clock-was-late"))) }
                Some(false) => { " " (tag("ok", "check", &t!(l, "inbox-clock-in-time"))) }
                None => {}
            }
        },
        ResponseStanding::Over => crate::components::Value::Nothing.markup(l),
    }
}

/// Working time as long as it is short; then days, weeks and years of the calendar, as nobody reckons in thousands of
/// hours.
fn said_late(l: Locale<'_>, late: SignedDuration, since: SignedDuration) -> String {
    let days = since.as_hours() / 24;
    match (days, late.as_mins()) {
        (YEARS_FROM.., _) => t!(l, "inbox-clock-late-years", count = days / YEAR_DAYS),
        (WEEKS_FROM.., _) => t!(l, "inbox-clock-late-weeks", count = days / 7),
        (DAYS_FROM.., _) => t!(l, "inbox-clock-late-days", count = days),
        (_, 0) => t!(l, "inbox-clock-late-now"),
        _ => t!(l, "inbox-clock-late", time = span(late)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_long_over_is_said_in_days_and_weeks() {
        let said = |minutes, hours| {
            let (late, since) = (SignedDuration::from_mins(minutes), SignedDuration::from_hours(hours));
            said_late(model::Language::Ca.into(), late, since).replace(SPACE, " ")
        };
        assert_eq!(said(0, 0), "acaba de vèncer");
        assert_eq!(said(135, 20), "passen 2 h 15 min del termini");
        assert_eq!(said(1_440, 72), "passen 3 dies del termini");
        assert_eq!(said(398_820, 6_647), "passen 39 setmanes del termini");
        assert_eq!(said(1_482_180, 24_703), "passen 2 anys del termini");
    }

    #[test]
    fn spans_are_short() {
        let cases =
            [(0, "0 min"), (59, "59 min"), (60, "1 h"), (135, "2 h 15 min"), (615, "10 h"), (3_000, "50 h")];
        for (minutes, expected) in cases {
            assert_eq!(span(SignedDuration::from_mins(minutes)).replace(SPACE, " "), expected);
        }
    }
}
