//! The first-response clock of a lead in words: what is left, or how long it is over.

use crate::components::{icon, tag};
use crate::messages::t;
use crate::{Locale, Shell, format};
use maud::{Markup, html};
use model::ResponseStanding;
use model::jiff::SignedDuration;

/// From here on minutes tell nobody anything.
const HOURS_ALONE: i64 = 10;
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
        ResponseStanding::Late(late) => tag("danger", "triangle-alert", &said_late(l, late)),
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

fn said_late(l: Locale<'_>, late: SignedDuration) -> String {
    match late.as_mins() {
        0 => t!(l, "inbox-clock-late-now"),
        _ => t!(l, "inbox-clock-late", time = span(late)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_short() {
        let cases =
            [(0, "0 min"), (59, "59 min"), (60, "1 h"), (135, "2 h 15 min"), (615, "10 h"), (3_000, "50 h")];
        for (minutes, expected) in cases {
            assert_eq!(span(SignedDuration::from_mins(minutes)).replace(SPACE, " "), expected);
        }
    }
}
