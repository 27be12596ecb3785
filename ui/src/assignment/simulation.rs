//! The simulation: who would have got which lead, beside who has it, and how much each person would have got.

use super::{PATH, SIMULATION_PATH};
use crate::Locale;
use crate::components::{Choice, Column, Empty, Field, empty, icon, page_head, panel, table};
use crate::format;
use crate::messages::t;
use crate::shell::{Nav, Page, Shell};
use maud::{Markup, html};
use model::jiff::Timestamp;

/// Which leads a simulation goes through.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Period {
    pub code: &'static str,
    /// The newest so many.
    pub leads: usize,
    /// Of the last so many days; all where there is no number.
    pub days: Option<u16>,
}

pub const PERIODS: [Period; 5] = [
    Period { code: "days-30", leads: 10_000, days: Some(30) },
    Period { code: "days-90", leads: 10_000, days: Some(90) },
    Period { code: "last-100", leads: 100, days: None },
    Period { code: "last-1000", leads: 1_000, days: None },
    Period { code: "last-10000", leads: 10_000, days: None },
];

pub(super) fn period_choices(l: Locale<'_>) -> Vec<Choice> {
    let name = |period: &Period| match period.days {
        Some(days) => t!(l, "assignment-period-days", count = days),
        None => t!(l, "assignment-period-last", count = period.leads),
    };
    PERIODS.iter().map(|period| Choice::new(period.code, name(period))).collect()
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
    pub owner: Option<String>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ShareRow {
    pub name: Option<String>,
    pub as_it_is: u64,
    pub as_it_would_be: u64,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SimulationRule {
    pub label: String,
    pub count: u64,
}

/// `GET /settings/assignment-simulation?period=…&filter=…`; the same after a rule's form was sent, with its fields kept.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SimulationPage {
    pub period: String,
    /// The filter as a sentence; the address where it is chosen.
    pub filter: String,
    pub filter_text: String,
    pub filter_href: String,
    pub count: u64,
    pub changed: u64,
    pub rows: Vec<SimulatedRow>,
    pub shares: Vec<ShareRow>,
    pub by_rule: Vec<SimulationRule>,
    /// The rule that is being edited.
    pub edited: Option<EditedRule>,
}

/// A rule that is being edited: where its form is sent, what it is called, and all its fields.
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
        &Page::new(&title, Nav::Settings),
        html! {
            @if view.edited.is_none() { p { a.btn.quiet href=(PATH) { (icon("arrow-left")) (t!(l, "assignment-title")) } } }
            (page_head(&title, Some(&intro), html! {}))
            @match &view.edited {
                Some(rule) => { (edited(l, rule)) }
                None => { (choices(l, view)) }
            }
            @if view.count == 0 {
                (empty(&Empty { icon: "inbox", title: t!(l, "assignment-simulation-none"), text: t!(l, "assignment-simulation-none-text"), actions: html! {} }))
            } @else {
                p role="status" { strong { (t!(l, "assignment-simulation-sum", count = view.count, changed = view.changed)) } }
                (shares(l, view))
                (rules(l, view))
                (leads(shell, view))
            }
            p.hint-text { (t!(l, "assignment-simulation-how")) }
        },
    )
}

/// Back to the form with everything that was typed, or save it.
fn edited(l: Locale<'_>, rule: &EditedRule) -> Markup {
    html! {
        form method="post" action=(rule.action) {
            @for (name, value) in &rule.fields { input type="hidden" name=(name) value=(value); }
            div.form-actions {
                button.btn.primary type="submit" name="deed" value="save" { (t!(l, "assignment-save-rule")) }
                button.btn type="submit" name="deed" value="again" { (icon("pencil")) (t!(l, "assignment-edit-on")) }
            }
        }
    }
}

fn choices(l: Locale<'_>, view: &SimulationPage) -> Markup {
    let periods = period_choices(l);
    html! {
        form.form.panel method="get" action=(SIMULATION_PATH) {
            div.body.stack-m {
                (Field::select("period", t!(l, "assignment-period"), &periods).value(&view.period))
                @if !view.filter_text.is_empty() { input type="hidden" name="filter" value=(view.filter_text); }
                p {
                    @if !view.filter.is_empty() { strong { (view.filter) } " " }
                    a href=(view.filter_href) { (icon("funnel")) (t!(l, "filters-advanced")) }
                }
                div.actions { button.btn.primary type="submit" { (t!(l, "assignment-simulate")) } }
            }
        }
    }
}

fn shares(l: Locale<'_>, view: &SimulationPage) -> Markup {
    let columns = [
        Column::text(t!(l, "assignment-person")),
        Column::number(t!(l, "assignment-would-get")),
        Column::number(t!(l, "assignment-has")),
    ];
    let rows = html! {
        @for share in &view.shares {
            tr {
                th scope="row" { (share.name.clone().unwrap_or_else(|| t!(l, "assignment-nobody"))) }
                td.num data-l=(columns[1].label) {
                    (format::count(l, share.as_it_would_be)) " "
                    meter min="0" max=(view.count.max(1)) value=(share.as_it_would_be) aria-hidden="true" {}
                }
                td.num data-l=(columns[2].label) { (format::count(l, share.as_it_is)) }
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
                th scope="row" { (rule.label) }
                td.num data-l=(columns[1].label) { (format::count(l, rule.count)) }
            }
        }
    };
    panel(&t!(l, "assignment-by-rule"), html! {}, table(&t!(l, "assignment-by-rule"), &columns, rows))
}

fn leads(shell: &Shell, view: &SimulationPage) -> Markup {
    let l = shell.locale();
    let columns = [
        Column::text(t!(l, "assignment-lead")),
        Column::text(t!(l, "assignment-decides")),
        Column::text(t!(l, "assignment-would-get-who")),
        Column::text(t!(l, "assignment-has-who")),
    ];
    let name = |person: &Option<String>| person.clone().unwrap_or_else(|| t!(l, "assignment-nobody"));
    let rows = html! {
        @for row in &view.rows {
            tr {
                th scope="row" {
                    a href=(format!("/leads/{}", row.id)) { (row.title) }
                    span.sub { (format::date_time(l, row.created_at, &shell.zone)) }
                }
                td data-l=(columns[1].label) {
                    (row.decided)
                    @for (rule, why) in &row.tried { span.sub { (rule) ": " (why) } }
                }
                td data-l=(columns[2].label) {
                    @if row.winner == row.owner { (name(&row.winner)) } @else { strong { (name(&row.winner)) } }
                }
                td data-l=(columns[3].label) { (name(&row.owner)) }
            }
        }
    };
    let title = t!(l, "assignment-one-by-one", count = view.rows.len());
    panel(&title, html! {}, table(&title, &columns, rows))
}
