//! The simulation: who would have got which lead, beside who has it, and how much each person would have got.

use super::{Behind, PATH, SIMULATION_PATH, kept_by};
use crate::Locale;
use crate::components::{Choice, Column, Empty, Field, empty, error_summary, icon, page_head, panel, table};
use crate::format;
use crate::messages::t;
use crate::shell::{Nav, Page, Shell};
use maud::{Markup, html};
use model::FieldErrors;
use model::jiff::Timestamp;

/// When the leads came in that a simulation goes through.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Period {
    pub code: &'static str,
    /// Of the last so many days; all where there is no number.
    pub days: Option<u16>,
}

pub const PERIODS: [Period; 4] = [
    Period { code: "any", days: None },
    Period { code: "days-30", days: Some(30) },
    Period { code: "days-90", days: Some(90) },
    Period { code: "days-365", days: Some(365) },
];

/// How many of the newest leads are tried where nobody says.
pub const MOST: &str = "1000";

/// When they came in and how many of the newest: sends `period` and `most`.
pub(super) fn which(l: Locale<'_>, period: &str, most: &str, errors: &FieldErrors) -> Markup {
    let name = |period: &Period| match period.days {
        Some(days) => t!(l, "assignment-period-days", count = days),
        None => t!(l, "assignment-period-any"),
    };
    let periods = PERIODS.map(|period| Choice::new(period.code, name(&period)));
    html! {
        div.form-grid {
            (Field::select("period", t!(l, "assignment-period"), &periods).value(period).problems(l, errors))
            (Field::whole_number("most", t!(l, "assignment-most")).value(most)
                .hint(t!(l, "assignment-most-hint")).problems(l, errors).maximum_characters(5))
        }
    }
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SimulatedRow {
    pub id: String,
    pub title: String,
    pub created_at: Timestamp,
    /// The rule that decides, or what decides where none does.
    pub decided: String,
    /// What the rules before it lacked: name and outcome.
    pub tried: Vec<(String, String)>,
    /// Nobody where it is empty.
    pub winner: Option<String>,
    /// By the rules that are saved.
    pub winner_now: Option<String>,
    pub owner: Option<String>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ShareRow {
    pub name: Option<String>,
    pub as_it_is: u64,
    /// By the rules that are saved.
    pub by_rules_now: u64,
    pub as_it_would_be: u64,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SimulationRule {
    pub label: String,
    pub count: u64,
    /// The rule that keeps leads from it, where it is the one that is edited.
    pub behind: Option<Behind>,
}

/// `GET /settings/assignment-simulation?period=…&most=…&filter=…`; the same after a rule's form was sent, with its fields kept.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SimulationPage {
    pub period: String,
    /// The newest so many, as typed.
    pub most: String,
    pub errors: FieldErrors,
    /// The filter as a sentence; the address where it is chosen.
    pub filter: String,
    pub filter_text: String,
    pub filter_href: String,
    pub count: u64,
    /// Whether older leads that match may be there, which were not looked at.
    pub is_partial: bool,
    /// Whether it is compared with the rules that are saved; else with whose the leads are.
    pub is_compared: bool,
    pub changed: u64,
    pub rows: Vec<SimulatedRow>,
    pub shares: Vec<ShareRow>,
    pub by_rule: Vec<SimulationRule>,
    /// The rule that is being edited.
    pub edited: Option<EditedRule>,
}

/// A rule that is being edited: where its form is sent, what it is called, and all its fields besides those of the page.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct EditedRule {
    pub action: String,
    pub name: String,
    pub fields: Vec<(String, String)>,
}

pub fn simulation(shell: &Shell, view: &SimulationPage) -> Markup {
    let l = shell.locale();
    let title = t!(l, "assignment-simulation");
    let intro = match &view.edited {
        Some(rule) => t!(l, "assignment-simulation-edited", name = rule.name.as_str()),
        None => t!(l, "assignment-simulation-text"),
    };
    shell.page(
        &Page::new(&title, Nav::Settings).errors(&view.errors),
        html! {
            @if view.edited.is_none() { p { a.btn.quiet href=(PATH) { (icon("arrow-left")) (t!(l, "assignment-title")) } } }
            (error_summary(l, &view.errors))
            (page_head(&title, Some(&intro), html! {}))
            @match &view.edited {
                Some(rule) => { (edited(l, view, rule)) }
                None => { (choices(l, view)) }
            }
            @if !view.errors.is_empty() {}
            @else if view.count == 0 {
                (empty(&Empty { icon: "inbox", title: t!(l, "assignment-simulation-none"), text: t!(l, "assignment-simulation-none-text"), actions: html! {} }))
            } @else {
                p role="status" { strong { (sum(l, view)) } }
                @if view.is_partial { p { (t!(l, "assignment-simulation-partial")) } }
                (shares(l, view))
                (rules(l, view))
                (leads(shell, view))
            }
            p.hint-text { (t!(l, "assignment-simulation-how")) }
        },
    )
}

fn sum(l: Locale<'_>, view: &SimulationPage) -> String {
    if view.is_compared {
        t!(l, "assignment-simulation-compared", count = view.count, changed = view.changed)
    } else {
        t!(l, "assignment-simulation-sum", count = view.count, changed = view.changed)
    }
}

/// Other leads for the same rule, back to its form with everything that was typed, or save it.
fn edited(l: Locale<'_>, view: &SimulationPage, rule: &EditedRule) -> Markup {
    html! {
        form.form.panel method="post" action=(rule.action) novalidate {
            div.body.stack-m {
                // What the return key does: the first button of a form.
                button.sr type="submit" name="deed" value="simulate" tabindex="-1" { (t!(l, "assignment-simulate")) }
                @for (name, value) in &rule.fields { input type="hidden" name=(name) value=(value); }
                (which(l, &view.period, &view.most, &view.errors))
                @if !view.filter.is_empty() { p { (t!(l, "assignment-tried-only")) " " strong { (view.filter) } } }
                div.form-actions {
                    button.btn.primary type="submit" name="deed" value="save" { (t!(l, "assignment-save-rule")) }
                    button.btn type="submit" name="deed" value="simulate" { (icon("chart-column")) (t!(l, "assignment-simulate")) }
                    button.btn type="submit" name="deed" value="again" { (icon("pencil")) (t!(l, "assignment-edit-on")) }
                }
            }
        }
    }
}

fn choices(l: Locale<'_>, view: &SimulationPage) -> Markup {
    html! {
        form.form.panel method="get" action=(SIMULATION_PATH) novalidate {
            div.body.stack-m {
                (which(l, &view.period, &view.most, &view.errors))
                @if !view.filter_text.is_empty() { input type="hidden" name="filter" value=(view.filter_text); }
                p {
                    @if !view.filter.is_empty() { (t!(l, "assignment-tried-only")) " " strong { (view.filter) } " " }
                    a href=(view.filter_href) { (icon("funnel")) (t!(l, "filters-advanced")) }
                }
                div.actions { button.btn.primary type="submit" { (t!(l, "assignment-simulate")) } }
            }
        }
    }
}

fn shares(l: Locale<'_>, view: &SimulationPage) -> Markup {
    let mut columns =
        vec![Column::text(t!(l, "assignment-person")), Column::number(t!(l, "assignment-would-get"))];
    if view.is_compared {
        columns.push(Column::number(t!(l, "assignment-would-get-now")));
    }
    columns.push(Column::number(t!(l, "assignment-has")));
    let rows = html! {
        @for share in &view.shares {
            tr {
                th scope="row" { (share.name.clone().unwrap_or_else(|| t!(l, "assignment-nobody"))) }
                td.num data-l=(t!(l, "assignment-would-get")) {
                    span {
                        (format::count(l, share.as_it_would_be)) " "
                        meter min="0" max=(view.count.max(1)) value=(share.as_it_would_be) aria-hidden="true" {}
                    }
                }
                @if view.is_compared {
                    td.num data-l=(t!(l, "assignment-would-get-now")) { (format::count(l, share.by_rules_now)) }
                }
                td.num data-l=(t!(l, "assignment-has")) { (format::count(l, share.as_it_is)) }
            }
        }
    };
    panel(&t!(l, "assignment-shares"), html! {}, table(&t!(l, "assignment-shares"), &columns, rows))
}

fn rules(l: Locale<'_>, view: &SimulationPage) -> Markup {
    let columns = [Column::text(t!(l, "assignment-rule")), Column::number(t!(l, "assignment-leads"))];
    let rows = html! {
        @for rule in &view.by_rule {
            tr {
                th scope="row" {
                    (rule.label)
                    @if let Some(behind) = &rule.behind {
                        span.sub { (t!(l, "assignment-not-reached")) ". " (kept_by(l, behind)) }
                    }
                }
                td.num data-l=(columns[1].label) { (format::count(l, rule.count)) }
            }
        }
    };
    panel(&t!(l, "assignment-by-rule"), html! {}, table(&t!(l, "assignment-by-rule"), &columns, rows))
}

fn leads(shell: &Shell, view: &SimulationPage) -> Markup {
    let l = shell.locale();
    let mut columns = vec![
        Column::text(t!(l, "assignment-lead")),
        Column::text(t!(l, "assignment-decides")),
        Column::text(t!(l, "assignment-would-get-who")),
    ];
    if view.is_compared {
        columns.push(Column::text(t!(l, "assignment-would-get-now")));
    }
    columns.push(Column::text(t!(l, "assignment-has-who")));
    let name = |person: &Option<String>| person.clone().unwrap_or_else(|| t!(l, "assignment-nobody"));
    let rows = html! {
        @for row in &view.rows {
            @let before = if view.is_compared { &row.winner_now } else { &row.owner };
            tr {
                th scope="row" {
                    a href=(format!("/leads/{}", row.id)) { (row.title) }
                    span.sub { (format::date_time(l, row.created_at, &shell.zone)) }
                }
                td data-l=(t!(l, "assignment-decides")) {
                    div {
                        (row.decided)
                        @for (rule, why) in &row.tried { span.sub { (rule) ": " (why) } }
                    }
                }
                td data-l=(t!(l, "assignment-would-get-who")) {
                    @if row.winner == *before { (name(&row.winner)) } @else { strong { (name(&row.winner)) } }
                }
                @if view.is_compared {
                    td data-l=(t!(l, "assignment-would-get-now")) { (name(&row.winner_now)) }
                }
                td data-l=(t!(l, "assignment-has-who")) { (name(&row.owner)) }
            }
        }
    };
    let title = t!(l, "assignment-one-by-one", count = view.rows.len());
    panel(&title, html! {}, table(&title, &columns, rows))
}
