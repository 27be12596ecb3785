//! One rule: a plain form in which buttons add and drop conditions, with the rule as a sentence above.

use super::words::{attendance_name, fallback_name, pool_name, strategy_hint, strategy_name, way_name};
use super::{PATH, action_of};
use crate::Locale;
use crate::components::{Choice, Field, icon};
use crate::filters::{Conditions, FilterFieldView, FilterRow, conditions, named};
use crate::messages::t;
use crate::pieces::{self, PieceFrame, label_fields};
use crate::shell::Shell;
use maud::{Markup, html};
use model::{Attendance, Fallback, Label, Pool, RULE_WEIGHT_MAX, Strategy, Way};

/// Somebody who can be in the pool.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PersonRow {
    pub id: String,
    pub name: String,
    /// What keeps them from getting any now: takes no leads.
    pub takes_leads: bool,
    pub chosen: bool,
    pub weight: String,
}

/// Sends `label_ca`…, the rows of conditions, `ways`, `from`, `to`, `pool`, `person` (once for each) with
/// `weight.<id>`, `team`, `role`, `strategy`, `plugin`, `day_max`, `month_max`, `attendance`, `absent_too`, `fallback`,
/// `fallback_person`; what it is tried on: `period`, `most`, and rows of conditions with [`TRIED`] before their names; and `deed`: `save`, `simulate`, or anything else for the form again.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RuleForm {
    pub frame: PieceFrame,
    pub label: Label,
    pub fields: Vec<FilterFieldView>,
    pub rows: Vec<FilterRow>,
    pub ways: Vec<String>,
    pub from: String,
    pub to: String,
    pub pool: String,
    pub people: Vec<PersonRow>,
    pub team: String,
    pub teams: Vec<Choice>,
    pub role: String,
    pub roles: Vec<Choice>,
    pub strategy: String,
    pub plugin: String,
    pub plugins: Vec<Choice>,
    pub day_max: String,
    pub month_max: String,
    pub attendance: String,
    pub absent_too: bool,
    pub fallback: String,
    pub fallback_person: String,
    /// When the leads came in that it is tried on, how many of the newest, and which.
    pub period: String,
    pub most: String,
    pub tried: Vec<FilterRow>,
    /// The rule in words, where it can be read.
    pub sentence: Option<String>,
}

const CONDITIONS: &str = "rule-conditions";
const TRIED_CONDITIONS: &str = "tried-conditions";

/// Tells conditions on the leads that a rule is tried on from its own.
pub const TRIED: &str = "tried-";

pub fn form(shell: &Shell, view: &RuleForm) -> Markup {
    let l = shell.locale();
    let errors = named(&view.frame.errors, "", &view.rows, &view.fields);
    let errors = named(&errors, TRIED, &view.tried, &view.fields);
    let view = &RuleForm { frame: PieceFrame { errors, ..view.frame.clone() }, ..view.clone() };
    let errors = &view.frame.errors;
    let title = match &view.frame.key {
        Some(_) => view.label.get(l.language).to_owned(),
        None => t!(l, "assignment-new"),
    };
    let body = html! {
        @if let Some(sentence) = &view.sentence {
            div.notice.info { (icon("user-check")) div.words { (sentence) } }
        }
        section.panel {
            div.body {
                div.form-grid { (label_fields(l, "label", &t!(l, "pieces-name"), &view.label, errors)) }
                (validity(l, view))
            }
        }
        (which(l, view))
        (who(l, view))
        (how(l, view))
        (limits(l, view))
        (otherwise(l, view))
        (trying(l, view))
    };
    pieces::form(shell, PATH, &title, &view.frame, body)
}

fn validity(l: Locale<'_>, view: &RuleForm) -> Markup {
    let errors = &view.frame.errors;
    html! {
        details open[!view.from.is_empty() || !view.to.is_empty() || errors.of("from").is_some()] {
            summary { (t!(l, "assignment-dates")) }
            div.form-grid {
                (Field::date("from", t!(l, "assignment-from")).value(&view.from).problems(l, errors).optional(l))
                (Field::date("to", t!(l, "assignment-to")).value(&view.to).problems(l, errors).optional(l))
            }
        }
    }
}

fn which(l: Locale<'_>, view: &RuleForm) -> Markup {
    let ways: Vec<Choice> = Way::ALL.iter().map(|way| Choice::new(way.as_str(), way_name(l, *way))).collect();
    let action = action_of(&view.frame);
    let rows = Conditions {
        fields: &view.fields,
        rows: &view.rows,
        prefix: "",
        errors: &view.frame.errors,
        action: &action,
        posts: true,
        target: CONDITIONS,
    };
    html! {
        section.panel {
            header { h2 { (t!(l, "assignment-which")) } }
            div.body.stack-m {
                p.muted { (t!(l, "assignment-which-text")) }
                div.stack-m.conditions id=(CONDITIONS) { (conditions(l, &rows)) }
                (Field::checkboxes("ways", t!(l, "assignment-ways"), &ways, &view.ways).hint(t!(l, "assignment-ways-text")).problems(l, &view.frame.errors))
            }
        }
    }
}

fn who(l: Locale<'_>, view: &RuleForm) -> Markup {
    let errors = &view.frame.errors;
    let pools: Vec<Choice> =
        Pool::ALL.iter().map(|pool| Choice::new(pool.as_str(), pool_name(l, *pool))).collect();
    html! {
        section.panel {
            header { h2 { (t!(l, "assignment-who")) } }
            div.body.stack-m {
                (Field::radios("pool", t!(l, "assignment-pool"), &pools).value(&view.pool).problems(l, errors))
                (people(l, view))
                div data-only=(only("pool", Pool::Team.as_str())) {
                    (Field::select("team", t!(l, "assignment-team"), &with_none(l, &view.teams)).value(&view.team)
                        .hint(only_with(l, &pool_name(l, Pool::Team))).problems(l, errors))
                }
                div data-only=(only("pool", Pool::Role.as_str())) {
                    (Field::select("role", t!(l, "assignment-role"), &with_none(l, &view.roles)).value(&view.role)
                        .hint(only_with(l, &pool_name(l, Pool::Role))).problems(l, errors))
                }
            }
        }
    }
}

/// Everybody, with a tick and how often.
fn people(l: Locale<'_>, view: &RuleForm) -> Markup {
    let errors = &view.frame.errors;
    let problem = crate::problems::of(l, errors, "people");
    let maximum = RULE_WEIGHT_MAX.to_string();
    let chosen: Vec<&PersonRow> = view.people.iter().filter(|person| person.chosen).collect();
    let wrong = |person: &PersonRow| {
        let place = chosen.iter().position(|other| other.id == person.id)?;
        crate::problems::of(l, errors, &format!("people.{place}.weight"))
    };
    html! {
        fieldset.stack-s data-only=(only("pool", Pool::People.as_str())) aria-describedby=[problem.is_some().then_some("f-people-error")] {
            legend { (t!(l, "assignment-people")) }
            span.hint { (only_with(l, &pool_name(l, Pool::People))) " " (t!(l, "assignment-people-text", maximum = maximum.as_str())) }
            @if let Some(problem) = &problem { p.error id="f-people-error" { (icon("circle-alert")) span { (problem) } } }
            ul.choices.weights {
                @for (place, person) in view.people.iter().enumerate() {
                    @let wrong = wrong(person);
                    li.actions {
                        label.check {
                            input type="checkbox" name="person" value=(person.id) checked[person.chosen]
                                id=(if place == 0 { "f-people".to_owned() } else { format!("f-people-{place}") });
                            span { (person.name) @if !person.takes_leads { span.hint { (t!(l, "assignment-takes-none")) } } }
                        }
                        label data-only=(only("strategy", Strategy::WeightedTurns.as_str())) {
                            span.sr { (t!(l, "assignment-weight-of", name = person.name.as_str())) }
                            input.short name=(format!("weight.{}", person.id)) value=(person.weight) inputmode="numeric" maxlength="3" size="3"
                                aria-invalid=[wrong.as_ref().map(|_| "true")];
                        }
                        @if let Some(wrong) = wrong { p.error { (icon("circle-alert")) span { (wrong) } } }
                    }
                }
            }
        }
    }
}

fn how(l: Locale<'_>, view: &RuleForm) -> Markup {
    let errors = &view.frame.errors;
    let strategies: Vec<Choice> = Strategy::ALL
        .iter()
        .filter(|strategy| **strategy != Strategy::Plugin || !view.plugins.is_empty())
        .map(|strategy| {
            Choice::new(strategy.as_str(), strategy_name(l, *strategy)).hint(strategy_hint(l, *strategy))
        })
        .collect();
    html! {
        section.panel {
            header { h2 { (t!(l, "assignment-how")) } }
            div.body.stack-m {
                (Field::radios("strategy", t!(l, "assignment-strategy"), &strategies).value(&view.strategy).problems(l, errors))
                @if !view.plugins.is_empty() {
                    div data-only=(only("strategy", Strategy::Plugin.as_str())) {
                        (Field::select("plugin", t!(l, "assignment-plugin"), &with_none(l, &view.plugins)).value(&view.plugin)
                            .hint(only_with(l, &strategy_name(l, Strategy::Plugin))).problems(l, errors))
                    }
                }
            }
        }
    }
}

fn limits(l: Locale<'_>, view: &RuleForm) -> Markup {
    let errors = &view.frame.errors;
    let attendances: Vec<Choice> = Attendance::ALL
        .iter()
        .map(|attendance| Choice::new(attendance.as_str(), attendance_name(l, *attendance)))
        .collect();
    html! {
        section.panel {
            header { h2 { (t!(l, "assignment-limits")) } }
            div.body.stack-m {
                div.form-grid {
                    (Field::whole_number("day_max", t!(l, "assignment-day-max")).value(&view.day_max).problems(l, errors).optional(l).maximum_characters(5))
                    (Field::whole_number("month_max", t!(l, "assignment-month-max")).value(&view.month_max).hint(t!(l, "assignment-max-text")).problems(l, errors).optional(l).maximum_characters(5))
                }
                (Field::select("attendance", t!(l, "assignment-attendance"), &attendances).value(&view.attendance).problems(l, errors))
                (Field::checkbox("absent_too", t!(l, "assignment-absent-too"), view.absent_too))
            }
        }
    }
}

fn otherwise(l: Locale<'_>, view: &RuleForm) -> Markup {
    let errors = &view.frame.errors;
    let fallbacks: Vec<Choice> = Fallback::ALL
        .iter()
        .map(|fallback| Choice::new(fallback.as_str(), fallback_name(l, *fallback)))
        .collect();
    let people: Vec<Choice> =
        view.people.iter().map(|person| Choice::new(person.id.as_str(), person.name.as_str())).collect();
    html! {
        section.panel {
            header { h2 { (t!(l, "assignment-otherwise")) } }
            div.body.stack-m {
                (Field::radios("fallback", t!(l, "assignment-fallback"), &fallbacks).value(&view.fallback).problems(l, errors))
                div data-only=(only("fallback", Fallback::Person.as_str())) {
                    (Field::select("fallback_person", t!(l, "assignment-fallback-who"), &with_none(l, &people)).value(&view.fallback_person)
                        .hint(only_with(l, &fallback_name(l, Fallback::Person))).problems(l, errors))
                }
            }
        }
    }
}

/// Before it is saved: what it would have done, on which leads.
fn trying(l: Locale<'_>, view: &RuleForm) -> Markup {
    let errors = &view.frame.errors;
    let action = action_of(&view.frame);
    let rows = Conditions {
        fields: &view.fields,
        rows: &view.tried,
        prefix: TRIED,
        errors,
        action: &action,
        posts: true,
        target: TRIED_CONDITIONS,
    };
    html! {
        section.panel {
            header { h2 { (t!(l, "assignment-try")) } }
            div.body.stack-m {
                p.muted { (t!(l, "assignment-try-text")) }
                (super::simulation::which(l, &view.period, &view.most, errors))
                details open[!view.tried.is_empty()] {
                    summary { (t!(l, "assignment-tried-which")) }
                    div.stack-m.conditions id=(TRIED_CONDITIONS) { (conditions(l, &rows)) }
                }
                div.actions {
                    button.btn type="submit" name="deed" value="simulate" { (icon("chart-column")) (t!(l, "assignment-simulate")) }
                    button.btn.quiet type="submit" name="deed" value="again" { (icon("refresh-cw")) (t!(l, "assignment-say-it")) }
                }
            }
        }
    }
}

/// The choice that a part of the form belongs to: with the script it is out of sight where another one is made.
fn only(name: &str, value: &str) -> String {
    format!("{name} {value}")
}

/// The same in words, for everybody.
fn only_with(l: Locale<'_>, choice: &str) -> String {
    t!(l, "assignment-only-with", choice = choice)
}

fn with_none(l: Locale<'_>, choices: &[Choice]) -> Vec<Choice> {
    let mut all = vec![Choice::new("", t!(l, "assignment-choose"))];
    all.extend(choices.iter().cloned());
    all
}
