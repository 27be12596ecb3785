//! Where an opportunity has been and for how long, on its page.

use crate::Locale;
use crate::components::{icon, tag};
use crate::messages::t;
use crate::records::stage_label;
use crate::{Shell, components, format};
use maud::{Markup, html};
use model::jiff::Timestamp;

/// A time at one stage.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StayView {
    /// `<pipeline>.<stage>`, as it was called then.
    pub stage: String,
    pub since: Timestamp,
    /// Absent while it is there.
    pub until: Option<Timestamp>,
    /// Whole days.
    pub days: i64,
    pub by: Option<String>,
}

/// Nothing where nothing is known.
pub(crate) fn panel(shell: &Shell, stays: &[StayView], is_whole: bool) -> Markup {
    let l = shell.locale();
    if stays.is_empty() {
        return html! {};
    }
    components::panel(
        &t!(l, "board-history"),
        html! {},
        html! {
            ol.rows.stays {
                @for stay in stays.iter().rev() { (row(shell, stay)) }
            }
            @if !is_whole { footer { (t!(l, "board-history-partly")) } }
        },
    )
}

fn row(shell: &Shell, stay: &StayView) -> Markup {
    let l = shell.locale();
    let day = |at: Timestamp| format::date_short(at.to_zoned_datetime(shell.zone.clone()).date());
    html! {
        li {
            div.grow {
                span { strong { (stage_label(l.frame(), l.language, &stay.stage)) } @if stay.until.is_none() { " " (now(l)) } }
                span.sub {
                    time datetime=(stay.since) { (day(stay.since)) }
                    @if let Some(until) = stay.until { " – " time datetime=(until) { (day(until)) } }
                    @if let Some(by) = &stay.by { " · " (by) }
                }
            }
            span.num { (icon("clock")) " " (t!(l, "board-days", days = stay.days)) }
        }
    }
}

fn now(l: Locale<'_>) -> Markup {
    tag("accent", "circle-dot", &t!(l, "board-now"))
}
