//! A card of the board: what it is, how much it wants somebody, and the form that moves it.

use super::{BoardView, is_moved};
use crate::activities;
use crate::components::{avatar, icon, tag};
use crate::messages::t;
use crate::{Locale, Shell, format};
use maud::{Markup, html};
use model::Money;
use model::jiff::civil::Date;

/// What is to be done first about an opportunity.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CardNext {
    /// The sort of activity.
    pub kind: String,
    pub title: String,
    pub day: Option<Date>,
    /// `09:30`.
    pub time: Option<String>,
}

/// An opportunity on the board.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CardView {
    pub id: String,
    pub version: u64,
    pub title: String,
    pub company: Option<String>,
    pub owner: Option<String>,
    pub amount: Option<Money>,
    pub expected_close: Option<Date>,
    /// The day on which it was closed.
    pub closed_on: Option<Date>,
    /// `overdue`, `today`, `unplanned`, `planned`, `closed`.
    pub urgency: String,
    pub next: Option<CardNext>,
    /// Whole days at its stage.
    pub days: i64,
    pub is_stale: bool,
    pub may_change: bool,
}

/// The stages that a card of this column can be moved to; the first one offered is the next one.
pub(super) fn elsewhere(view: &BoardView, code: &str) -> Markup {
    let here = view.stages.iter().position(|(stage, _)| stage == code);
    let next = here.and_then(|here| view.stages.get(here + 1)).map(|(code, _)| code);
    html! {
        @for (stage, label) in view.stages.iter().filter(|(stage, _)| stage != code) {
            option value=(stage) selected[next == Some(stage)] { (label) }
        }
    }
}

/// `elsewhere`: where it can go; `focus`: the first of those that were added, or the one that was moved.
pub(super) fn card(
    shell: &Shell,
    view: &BoardView,
    card: &CardView,
    elsewhere: &Markup,
    focus: bool,
) -> Markup {
    let l = shell.locale();
    html! {
        li.card id=(format!("card-{}", card.id)) data-card[card.may_change] data-moved[is_moved(view, card)] {
            h3 { a href=(format!("/opportunities/{}", card.id)) data-focus-next[focus] { (card.title) } }
            @if let Some(company) = &card.company { p.sub { (company) } }
            (figures(shell, card))
            (urgency(l, card))
            @if card.is_stale { p { (tag("warn", "history", &t!(l, "board-stale", days = card.days))) } }
            div.foot {
                @match &card.owner {
                    Some(owner) => { span.person title=(owner) { (avatar(owner)) span.who { (owner) } } }
                    None => { span.sub { (t!(l, "leads-owner-nobody")) } }
                }
                @if card.may_change { (move_form(l, view, card, elsewhere)) }
            }
        }
    }
}

fn figures(shell: &Shell, card: &CardView) -> Markup {
    let l = shell.locale();
    let is_late = card.closed_on.is_none() && card.expected_close.is_some_and(|day| day < shell.today());
    html! {
        p.figures {
            @match card.amount {
                Some(amount) => { strong { (format::money(l, amount)) } }
                None => { span.sub { (t!(l, "board-no-amount")) } }
            }
            @if let Some(day) = card.closed_on {
                span.sub { (t!(l, "board-closed-on")) " " time datetime=(day) { (format::date_short(day)) } }
            } @else if let Some(day) = card.expected_close {
                span.sub {
                    @if is_late { (icon("triangle-alert")) (t!(l, "board-close-late")) } @else { (t!(l, "board-close")) }
                    " " time datetime=(day) { (format::date_short(day)) }
                }
            }
        }
    }
}

/// With an icon and words; the colour says it once more.
fn urgency(l: Locale<'_>, card: &CardView) -> Markup {
    let (tone, icon_name, label) = match card.urgency.as_str() {
        "overdue" => ("danger", "triangle-alert", t!(l, "activities-overdue")),
        "today" => ("ok", "clock", t!(l, "activities-today")),
        "planned" => ("", "calendar", t!(l, "board-planned")),
        "unplanned" => ("warn", "bell", t!(l, "board-unplanned")),
        _ => return html! {},
    };
    html! {
        div.urgency {
            (tag(tone, icon_name, &label))
            @if let Some(next) = &card.next {
                span.what {
                    (icon(activities::icon_of(&next.kind))) " " (next.title)
                    @if let Some(day) = next.day {
                        " · " time datetime=(day) { (format::date_short(day)) @if let Some(time) = &next.time { " " (time) } }
                    }
                }
            }
        }
    }
}

/// One form for pointer, keyboard and dragging.
fn move_form(l: Locale<'_>, view: &BoardView, card: &CardView, elsewhere: &Markup) -> Markup {
    let action = String::from(view.address_at(&format!("/opportunities/{}/move", card.id)));
    let field = format!("move-{}", card.id);
    html! {
        details.move {
            summary.btn.quiet { (icon("arrow-right")) (t!(l, "board-move")) span.sr { ": " (card.title) } }
            form method="post" action=(action) data-move-card
                data-hx-post=(action) data-hx-target="#board" data-hx-swap="outerHTML" {
                input type="hidden" name="version" value=(card.version);
                label.sr for=(field) { (t!(l, "board-move-to")) }
                select id=(field) name="stage" { (elsewhere) }
                button.btn.primary type="submit" { (t!(l, "board-move-do")) }
            }
        }
    }
}
