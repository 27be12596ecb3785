//! The card on a lead's page: its points and what they are for, and how probable it is that it becomes a client.

use super::{LEARNED_PATH, PATH, points};
use crate::Locale;
use crate::components::{icon, panel};
use crate::format;
use crate::messages::t;
use maud::{Markup, html};

/// Points with their reasons.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ScoreView {
    pub points: u8,
    pub sum: i32,
    /// Name of the rule and its points.
    pub reasons: Vec<(String, i16)>,
}

/// What a probability was learned from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum LearnedBy {
    Company,
    /// The name of the team.
    Team(String),
}

/// One reason of a probability.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FactorRow {
    pub field: String,
    pub value: String,
    /// What it multiplies the odds with, in hundredths.
    pub times: u64,
    pub won: u32,
    pub lost: u32,
}

/// What can be said of a lead's probability.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum ChanceView {
    /// It ended: nothing.
    #[default]
    Closed,
    NotYet,
    /// So many closed leads has the company; it needs so many in all, and so many of each end.
    TooFew {
        won: u32,
        lost: u32,
        needed: u32,
        of_each: u32,
    },
    Known {
        percent: u8,
        /// Whether it is better than always telling the mean.
        is_reliable: bool,
        by: LearnedBy,
        closed: u32,
        /// The share that was won, in percent.
        base: u8,
        /// The strongest first.
        factors: Vec<FactorRow>,
    },
}

/// Of a lead's page.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LeadScore {
    /// Nothing where no rule is in force.
    pub score: Option<ScoreView>,
    pub chance: ChanceView,
    /// Whether the reader may set up rules.
    pub may_set_up: bool,
    /// Whether the reader may open the page of what was learned.
    pub may_see_learned: bool,
}

/// Factors that are shown before somebody asks for the others.
const FACTORS_SHOWN: usize = 5;

pub(crate) fn card(l: Locale<'_>, view: &LeadScore) -> Markup {
    if view.score.is_none() && !view.may_set_up && view.chance == ChanceView::Closed {
        return html! {};
    }
    panel(
        &t!(l, "scoring-card"),
        html! {
            @if view.may_set_up { a href=(PATH) { (t!(l, "scoring-rules-link")) } }
            @if view.may_see_learned { a href=(LEARNED_PATH) { (t!(l, "scoring-learned-link")) } }
        },
        html! {
            div.body.stack-m {
                @match &view.score {
                    Some(score) => { (score_part(l, score)) }
                    None => { p.muted { (t!(l, "scoring-no-rules")) } }
                }
                (chance_part(l, view))
            }
        },
    )
}

fn score_part(l: Locale<'_>, score: &ScoreView) -> Markup {
    html! {
        div.stack-s {
            p {
                (t!(l, "scoring-score")) " " strong { (t!(l, "scoring-of-hundred", points = score.points)) } " "
                meter min="0" max="100" value=(score.points) aria-hidden="true" {}
            }
            @if score.reasons.is_empty() { p.muted { (t!(l, "scoring-nothing-fits")) } }
            @else {
                ul.tried {
                    @for (name, given) in &score.reasons {
                        li { (icon(if *given > 0 { "plus" } else { "minus" })) span { strong { (points(l, (*given).into())) } " " (name) } }
                    }
                }
            }
            @if score.sum != i32::from(score.points) { p.hint-text { (t!(l, "scoring-cut", sum = i64::from(score.sum))) } }
        }
    }
}

fn chance_part(l: Locale<'_>, view: &LeadScore) -> Markup {
    html! {
        @match &view.chance {
            ChanceView::Closed => {}
            ChanceView::NotYet => { p.muted { (t!(l, "scoring-not-yet")) } }
            ChanceView::TooFew { won, lost, needed, of_each } => {
                @let closed = won + lost;
                p.muted {
                    @if closed < *needed { (t!(l, "scoring-too-few", closed = closed, needed = *needed)) }
                    @else { (t!(l, "scoring-too-few-of-each", won = *won, lost = *lost, each = *of_each)) }
                }
            }
            ChanceView::Known { percent, is_reliable, by, closed, base, factors } => {
                div.stack-s {
                    p {
                        (t!(l, "scoring-probability")) " " strong { (format::percent(l, i64::from(*percent) * 10)) } " "
                        @if *is_reliable { meter min="0" max="100" value=(percent) aria-hidden="true" {} }
                    }
                    @if !is_reliable {
                        p {
                            (icon("triangle-alert")) " " (t!(l, "scoring-unreliable")) " "
                            @if view.may_see_learned { a href=(LEARNED_PATH) { (t!(l, "scoring-quality")) } }
                        }
                    }
                    p.hint-text { (learned_from(l, by, *closed, *base)) }
                    (factor_list(l, factors))
                }
            }
        }
    }
}

fn learned_from(l: Locale<'_>, by: &LearnedBy, closed: u32, base: u8) -> String {
    let base = format::percent(l, i64::from(base) * 10);
    match by {
        LearnedBy::Company => t!(l, "scoring-by-company", closed = closed, base = base),
        LearnedBy::Team(name) => t!(l, "scoring-by-team", name = name.as_str(), closed = closed, base = base),
    }
}

fn factor_list(l: Locale<'_>, factors: &[FactorRow]) -> Markup {
    let (first, rest) = factors.split_at(factors.len().min(FACTORS_SHOWN));
    html! {
        @if !first.is_empty() {
            ul.tried { @for factor in first { (factor_line(l, factor)) } }
        }
        @if !rest.is_empty() {
            details.fold {
                summary { (icon("chevron-down")) (t!(l, "scoring-more-factors", count = rest.len())) }
                ul.tried { @for factor in rest { (factor_line(l, factor)) } }
            }
        }
    }
}

fn factor_line(l: Locale<'_>, factor: &FactorRow) -> Markup {
    html! {
        li {
            (icon(direction(factor.times)))
            span {
                (factor.field) ": " (factor.value) " " strong { (times(l, factor.times)) }
                span.hint-text { " (" (t!(l, "scoring-of-these", won = factor.won, all = factor.won + factor.lost)) ")" }
            }
        }
    }
}

/// Of what is said as ×1,00 no arrow says that it changes anything.
fn direction(hundredths: u64) -> &'static str {
    match hundredths {
        100 => "minus",
        101.. => "trending-up",
        _ => "trending-down",
    }
}

/// «×1,8».
pub(super) fn times(l: Locale<'_>, hundredths: u64) -> String {
    let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    format!("×{}", format::decimal(l, &text))
}
