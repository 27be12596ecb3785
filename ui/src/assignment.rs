//! Assignment rules: the list in order, one rule, the simulation, and why a lead is whose it is.

mod explained;
mod form;
mod simulation;
mod words;

pub(crate) use explained::explained;
pub use explained::{Explained, TriedRule};
pub use form::{PersonRow, RuleForm, TRIED, form};
pub use simulation::{
    EditedRule, MOST, PERIODS, Period, ShareRow, SimulatedRow, SimulationPage, SimulationRule, simulation,
};
pub(crate) use words::which_leads;
pub use words::{
    PoolWords, RuleWords, fallback_name, left_out_why, outcome, pool_name, sentence, strategy_name, way_name,
};

use crate::Locale;
use crate::components::{
    Choice, Column, Empty, Field, empty, error_summary, icon, page_head, panel, post_button, table, tag,
};
use crate::messages::t;
use crate::pieces::{PieceFrame, moves};
use crate::settings::back_link;
use crate::shell::{Nav, Page, Shell};
use maud::{Markup, html};
use model::FieldErrors;

pub const PATH: &str = "/settings/assignment";
pub const DEFAULT_PATH: &str = "/settings/assignment-default";
pub const REASSIGN_PATH: &str = "/settings/assignment-reassign";
pub const SIMULATION_PATH: &str = "/settings/assignment-simulation";

/// Whether a rule is in force.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RuleState {
    InForce,
    NotYet,
    Over,
    Archived,
}

/// A rule in the list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RuleRow {
    pub key: String,
    pub label: String,
    pub sentence: String,
    pub state: RuleState,
    /// The rule that keeps every lead from it.
    pub behind: Option<Behind>,
}

/// A rule above another one that takes every lead.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Behind {
    /// From 0.
    pub place: usize,
    pub label: String,
    /// Whether it leaves none at all, not even those that nobody of its people can get.
    pub is_never: bool,
}

/// `GET /settings/assignment`. `POST /settings/assignment/{key}/move` sends `step`: `up` or `down`, or
/// `to`: a place from 0; `POST /settings/assignment-reassign` sends `version`, `reassign_after_hours`, `reassign_times`;
/// `POST /settings/assignment-default` sends `version` and `default_owner`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RuleList {
    pub rows: Vec<RuleRow>,
    /// Whether the reader may change them.
    pub may_change: bool,
    pub people: Vec<Choice>,
    pub default_owner: String,
    pub default_team: String,
    /// Empty: leads that nobody answers stay where they are.
    pub reassign_after_hours: String,
    pub reassign_times: String,
    /// Whether the company has a first-response target.
    pub has_target: bool,
    /// Of the company's settings.
    pub version: u64,
    pub errors: FieldErrors,
}

pub fn list(shell: &Shell, view: &RuleList) -> Markup {
    let l = shell.locale();
    let title = t!(l, "assignment-title");
    let actions = html! {
        a.btn href=(SIMULATION_PATH) { (icon("chart-column")) (t!(l, "assignment-simulate")) }
        @if view.may_change {
            a.btn.primary href=(format!("{PATH}/new")) { (icon("plus")) (t!(l, "assignment-new")) }
        }
    };
    let page = Page::new(&title, Nav::Settings).errors(&view.errors);
    shell.page(
        &page,
        html! {
            (back_link(l))
            (error_summary(l, &view.errors))
            (page_head(&title, Some(&t!(l, "assignment-intro")), actions))
            @if view.rows.is_empty() {
                (empty(&Empty { icon: "user-check", title: t!(l, "assignment-none"), text: t!(l, "assignment-none-text"), actions: html! {} }))
            } @else { (rows(l, view)) }
            (last_resort(l, view))
            (reassignment(l, view))
        },
    )
}

fn rows(l: Locale<'_>, view: &RuleList) -> Markup {
    let columns = [
        Column::text(t!(l, "assignment-order")),
        Column::text(t!(l, "pieces-name")),
        Column::text(t!(l, "assignment-what")),
        Column::text(t!(l, "pieces-state")),
    ];
    let current = view.rows.iter().filter(|row| row.state != RuleState::Archived).count();
    let body = html! {
        @for (place, row) in view.rows.iter().enumerate() {
            @let can_drag = view.may_change && row.state != RuleState::Archived;
            tr draggable=[can_drag.then_some("true")] data-place=[can_drag.then_some(place)] {
                td data-l=(columns[0].label) {
                    @if row.state != RuleState::Archived {
                        div.actions.order {
                            span.num { (place + 1) "." }
                            @if view.may_change { (moves(l, PATH, &row.key, &row.label, place, current)) }
                        }
                    }
                }
                th scope="row" { a href=(format!("{PATH}/{}", row.key)) { (row.label) } }
                td data-l=(columns[2].label) {
                    div.stack-s {
                        p { (row.sentence) }
                        @if let Some(behind) = &row.behind { (not_reached(l, view, row, behind)) }
                    }
                }
                td data-l=(columns[3].label) { (state(l, row.state)) }
            }
        }
    };
    table(&t!(l, "assignment-title"), &columns, body)
}

/// That a rule has no leads to decide, and the way to give it some.
fn not_reached(l: Locale<'_>, view: &RuleList, row: &RuleRow, behind: &Behind) -> Markup {
    let number = behind.place + 1;
    html! {
        p { (tag("warn", "triangle-alert", &t!(l, "assignment-not-reached"))) " " (kept_by(l, behind)) }
        @if view.may_change {
            (post_button(&format!("{PATH}/{}/move", row.key), &[("to", &behind.place.to_string())], "", html! {
                (icon("arrow-up")) (t!(l, "assignment-move-before", number = number)) span.sr { ": " (row.label) }
            }))
        }
    }
}

/// What a rule before another one keeps from it.
fn kept_by(l: Locale<'_>, behind: &Behind) -> String {
    let (number, name) = (behind.place + 1, behind.label.as_str());
    if behind.is_never {
        t!(l, "assignment-never-reached", number = number, name = name)
    } else {
        t!(l, "assignment-hardly-reached", number = number, name = name)
    }
}

pub(crate) fn state(l: Locale<'_>, state: RuleState) -> Markup {
    match state {
        RuleState::InForce => tag("ok", "circle-check", &t!(l, "assignment-in-force")),
        RuleState::NotYet => tag("info", "clock", &t!(l, "assignment-not-yet")),
        RuleState::Over => tag("", "clock", &t!(l, "assignment-over")),
        RuleState::Archived => tag("", "archive", &t!(l, "pieces-archived")),
    }
}

/// What happens with leads that nobody answers in time.
fn reassignment(l: Locale<'_>, view: &RuleList) -> Markup {
    let hours = view.reassign_after_hours.as_str();
    panel(
        &t!(l, "inbox-reassign"),
        html! {},
        html! {
            div.body {
                p.hint-text { (t!(l, "inbox-reassign-text")) }
                @if !view.has_target {
                    p { (t!(l, "inbox-reassign-no-target")) " " a href="/settings/company" { (t!(l, "inbox-reassign-to-company")) } }
                }
                @if view.may_change {
                    form.form method="post" action=(REASSIGN_PATH) novalidate {
                        input type="hidden" name="version" value=(view.version);
                        (Field::whole_number("reassign_after_hours", t!(l, "inbox-reassign-hours"))
                            .value(hours).hint(t!(l, "inbox-reassign-hours-hint")).problems(l, &view.errors))
                        (Field::whole_number("reassign_times", t!(l, "inbox-reassign-times"))
                            .value(&view.reassign_times).problems(l, &view.errors))
                        div.form-actions { button.btn type="submit" { (t!(l, "common-save")) } }
                    }
                } @else if hours.is_empty() { p { (t!(l, "inbox-reassign-off")) } }
                @else {
                    @let times = view.reassign_times.parse::<u64>().unwrap_or(1);
                    p { (t!(l, "inbox-reassign-on", hours = hours, times = times)) }
                }
            }
        },
    )
}

/// Where leads go that no rule placed.
fn last_resort(l: Locale<'_>, view: &RuleList) -> Markup {
    let mut choices =
        vec![Choice::new("", t!(l, "assignment-default-turns", team = view.default_team.as_str()))];
    choices.extend(view.people.iter().cloned());
    panel(
        &t!(l, "assignment-default"),
        html! {},
        html! {
            @if view.may_change {
                form.form.body method="post" action=(DEFAULT_PATH) novalidate {
                    input type="hidden" name="version" value=(view.version);
                    (Field::select("default_owner", t!(l, "assignment-default-owner"), &choices)
                        .value(&view.default_owner).hint(t!(l, "assignment-default-text")).problems(l, &view.errors))
                    div.form-actions { button.btn type="submit" { (t!(l, "common-save")) } }
                }
            } @else {
                @let chosen = choices.iter().find(|choice| choice.value == view.default_owner);
                div.body { p { (chosen.map_or("", |choice| choice.label.as_str())) } }
            }
        },
    )
}

/// What the column of sentences is called.
pub fn what<'l>(l: impl Into<Locale<'l>>) -> String {
    let l: Locale<'_> = l.into();
    t!(l, "assignment-what")
}

pub fn no_rule<'l>(l: impl Into<Locale<'l>>) -> String {
    let l: Locale<'_> = l.into();
    t!(l, "assignment-no-rule")
}

pub fn deleted_rule<'l>(l: impl Into<Locale<'l>>, key: &str) -> String {
    let l: Locale<'_> = l.into();
    t!(l, "assignment-deleted-rule", key = key)
}

pub fn weighed_open<'l>(l: impl Into<Locale<'l>>, count: u64) -> String {
    let l: Locale<'_> = l.into();
    t!(l, "assignment-weighed-open", count = count)
}

/// The turns that somebody has had, and how often it is theirs where not all have as many.
pub fn weighed_turns<'l>(l: impl Into<Locale<'l>>, count: u64, weight: Option<u16>) -> String {
    let l: Locale<'_> = l.into();
    match weight {
        Some(weight) => t!(l, "assignment-weighed-weight", count = count, weight = weight),
        None => t!(l, "assignment-weighed-turns", count = count),
    }
}

pub fn simulation_title<'l>(l: impl Into<Locale<'l>>) -> String {
    let l: Locale<'_> = l.into();
    t!(l, "assignment-simulation")
}

/// The address of a rule's form.
pub(crate) fn action_of(frame: &PieceFrame) -> String {
    match &frame.key {
        Some(key) => format!("{PATH}/{key}"),
        None => format!("{PATH}/new"),
    }
}
