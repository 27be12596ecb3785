//! How a decision came about: the rules that were tried, who could get the lead, and who was left out.

use super::words::left_out_why;
use crate::Shell;
use crate::components::icon;
use crate::messages::t;
use crate::{Locale, format};
use maud::{Markup, html};
use model::jiff::Timestamp;
use model::{LeftOutWhy, Occasion};

/// A rule and what came of it, in the reader's words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TriedRule {
    pub name: String,
    pub outcome: String,
    /// Whether it decided.
    pub won: bool,
    /// Names, and why they could not get it.
    pub left_out: Vec<(String, LeftOutWhy)>,
    pub left_out_more: u32,
}

/// One decision about a lead.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Explained {
    pub at: Timestamp,
    /// What the lead was called that it was about, where that became a part of this one.
    pub merged: Option<String>,
    pub occasion: Occasion,
    /// Who did not answer in time.
    pub from: Option<String>,
    pub rules: Vec<TriedRule>,
    /// Who could get it in the end, with what was weighed.
    pub candidates: Vec<(String, Option<String>)>,
    pub candidates_count: u32,
    /// Whether turns were compared by the weight of each.
    pub is_by_weight: bool,
    /// Whoever gets what nothing else placed, where they were away.
    pub default_away: Option<String>,
    pub winner: Option<String>,
}

/// The decision that made the lead whose it is, those before it, and those about leads that became a part of it.
pub(crate) fn explained(shell: &Shell, decisions: &[Explained]) -> Markup {
    let l = shell.locale();
    html! {
        @for (place, decision) in decisions.iter().enumerate() {
            details.fold {
                summary {
                    (icon("chevron-down"))
                    (heading(shell, place, decision))
                }
                div.stack-s { (one(l, decision)) }
            }
        }
    }
}

fn heading(shell: &Shell, place: usize, decision: &Explained) -> String {
    let l = shell.locale();
    let when = format::date_time(l, decision.at, &shell.zone);
    match &decision.merged {
        Some(title) => t!(l, "assignment-decided-merged", title = title.as_str(), when = when),
        None if place == 0 => t!(l, "assignment-how-decided"),
        None => t!(l, "assignment-decided-before", when = when),
    }
}

fn one(l: Locale<'_>, decision: &Explained) -> Markup {
    html! {
        p { (occasion(l, decision)) }
        @if decision.rules.is_empty() { p.muted { (t!(l, "assignment-no-rules")) } }
        @else {
            ol.tried {
                @for rule in &decision.rules {
                    li {
                        (icon(if rule.won { "circle-check" } else { "minus" }))
                        span {
                            strong { (rule.name) } ": " (rule.outcome)
                            @for (name, why) in &rule.left_out { span.sub { (name) ": " (left_out_why(l, *why)) } }
                            @if rule.left_out_more > 0 { span.sub { (t!(l, "assignment-left-out-more", count = rule.left_out_more)) } }
                        }
                    }
                }
            }
        }
        @if let Some(name) = &decision.default_away { p { (t!(l, "assignment-default-away", name = name.as_str())) } }
        @if !decision.candidates.is_empty() {
            p {
                (t!(l, "assignment-candidates")) " "
                @for (place, (name, weighed)) in decision.candidates.iter().enumerate() {
                    @if place > 0 { ", " }
                    (name) @if let Some(weighed) = weighed { " (" (weighed) ")" }
                }
                @let named = u32::try_from(decision.candidates.len()).unwrap_or(u32::MAX);
                @if decision.candidates_count > named {
                    " " (t!(l, "assignment-left-out-more", count = decision.candidates_count - named))
                }
            }
            @if decision.is_by_weight { p.hint-text { (t!(l, "assignment-by-weight")) } }
        }
    }
}

fn occasion(l: Locale<'_>, decision: &Explained) -> String {
    match (decision.occasion, decision.winner.as_deref()) {
        (Occasion::New, Some(winner)) => t!(l, "assignment-occasion-new", name = winner),
        (Occasion::Again, Some(winner)) => t!(l, "assignment-occasion-again", name = winner),
        (Occasion::Unanswered, Some(winner)) if decision.from.is_some() => {
            let from = decision.from.as_deref().unwrap_or_default();
            t!(l, "assignment-occasion-passed-on", from = from, name = winner)
        }
        (Occasion::Unanswered, Some(winner)) => t!(l, "assignment-occasion-unanswered", name = winner),
        (_, None) => t!(l, "assignment-occasion-nobody"),
    }
}
