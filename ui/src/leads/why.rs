//! «Per què ella?»: who decided on an assignment, what was tried before, and out of how many.

use crate::Locale;
use crate::assignment::{Explained, explained};
use crate::components::{avatar, icon, panel};
use crate::messages::t;
use crate::{Shell, format};
use maud::{Markup, html};
use model::jiff::Timestamp;

/// Who decided.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Decided {
    Plugin {
        name: String,
        version: String,
    },
    Turn {
        team: String,
        turn: u64,
    },
    /// A rule: what it is called, and how it chooses, in words.
    Rule {
        rule: String,
        strategy: String,
    },
    RuleFallback {
        rule: String,
    },
    DefaultOwner,
    /// Somebody chose; the name is not known any more where the user is gone.
    Person {
        by: Option<String>,
    },
    /// The file of an import said so.
    Import,
    Nobody,
}

/// What was asked before and did not decide.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tried {
    /// The plugin’s name.
    pub asked: String,
    /// `skipped`, or the class of the failure: `fuel`, `timeout`, `memory`, `trap`; `paused`, `off`, `gone`…
    pub outcome: String,
    /// In its own words.
    pub text: String,
}

/// The last assignment of a lead.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Why {
    pub at: Timestamp,
    pub decided: Decided,
    /// The words of the plugin or the person; empty for turns.
    pub reason: String,
    /// How many people could have got it; says nothing where somebody chose.
    pub candidates: u32,
    pub tried: Vec<Tried>,
    /// The decisions of the rules, the latest first.
    pub explained: Vec<Explained>,
}

pub(crate) fn card(shell: &Shell, why: &Why, owner: Option<&str>) -> Markup {
    let l = shell.locale();
    let title = match owner {
        Some(owner) => t!(l, "leads-why-title", owner = owner),
        None => t!(l, "leads-why-nobody-title"),
    };
    panel(
        &title,
        html! {},
        html! {
            div.body.why {
                p.decided {
                    @match owner {
                        Some(owner) => { (avatar(owner)) }
                        None => { (icon("user-x")) }
                    }
                    span { (decided(l, why)) }
                }
                @if !why.reason.is_empty() { blockquote { (why.reason) } }
                @if !why.tried.is_empty() { (tried(l, &why.tried)) }
                p.hint-text {
                    // Who chooses by hand, or in a file, chooses among all: how many were available decided nothing.
                    @if !matches!(why.decided, Decided::Person { .. } | Decided::Import) {
                        (t!(l, "leads-why-candidates", count = why.candidates)) " "
                    }
                    time datetime=(why.at) { (format::date_time(l, why.at, &shell.zone)) }
                }
                (explained(shell, &why.explained))
            }
        },
    )
}

pub(super) fn decided<'l>(l: impl Into<Locale<'l>>, why: &Why) -> String {
    let l: Locale<'_> = l.into();
    match &why.decided {
        Decided::Plugin { name, version } => {
            t!(l, "leads-why-plugin", name = name.as_str(), version = version.as_str())
        }
        Decided::Turn { team, turn } => t!(l, "leads-why-turn", team = team.as_str(), turn = *turn),
        Decided::Rule { rule, strategy } => {
            t!(l, "leads-why-rule", rule = rule.as_str(), strategy = strategy.as_str())
        }
        Decided::RuleFallback { rule } => t!(l, "leads-why-rule-fallback", rule = rule.as_str()),
        Decided::DefaultOwner => t!(l, "leads-why-default-owner"),
        Decided::Person { by: Some(by) } => t!(l, "leads-why-person", by = by.as_str()),
        Decided::Person { by: None } => t!(l, "leads-why-somebody"),
        Decided::Import => t!(l, "leads-why-import"),
        Decided::Nobody => t!(l, "leads-why-nobody"),
    }
}

fn tried(l: Locale<'_>, tried: &[Tried]) -> Markup {
    html! {
        div.stack-s {
            h3 { (t!(l, "leads-why-tried")) }
            ul.tried {
                @for one in tried {
                    li {
                        (icon(if one.outcome == "skipped" { "minus" } else { "triangle-alert" }))
                        span {
                            strong { (one.asked) } ": " (outcome(l, &one.outcome))
                            @if !one.text.is_empty() { span.hint-text { " " (one.text) } }
                        }
                    }
                }
            }
        }
    }
}

/// What became of asking; failures may come with or without `failed-` before their class.
pub(crate) fn outcome(l: Locale<'_>, code: &str) -> String {
    match code.trim_start_matches("failed-") {
        "skipped" => t!(l, "leads-outcome-skipped"),
        "queued" => t!(l, "leads-outcome-queued"),
        "off" => t!(l, "leads-outcome-off"),
        "gone" => t!(l, "leads-outcome-gone"),
        "paused" => t!(l, "leads-outcome-paused"),
        "fuel" | "timeout" => t!(l, "leads-outcome-timeout"),
        "memory" => t!(l, "leads-outcome-memory"),
        "trap" => t!(l, "leads-outcome-trap"),
        "assigned" | "unknown-person" => t!(l, "leads-outcome-unknown-person"),
        "plugin" => t!(l, "leads-outcome-plugin"),
        "bad-output" => t!(l, "leads-outcome-bad-output"),
        "denied" => t!(l, "leads-outcome-denied"),
        other => t!(l, "leads-outcome-other", code = other),
    }
}
