//! What was learned from closed leads, and how good it is.

use super::card::times;
use super::{FactorRow, LEARNED_PATH, LearnedBy, PATH, arrow_back};
use crate::components::{Column, Empty, Fact, Value, empty, facts, notice, page_head, panel, table};
use crate::messages::t;
use crate::shell::{Nav, Notice, NoticeKind, Page, Shell};
use crate::{Locale, format};
use maud::{Markup, html};

/// Leads that were told a probability in one band: 0–20 %, 20–40 %…
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct BandRow {
    pub leads: u32,
    pub won: u32,
    /// The mean of what was told, per mille.
    pub told: i64,
}

/// How good it is. Shares are per mille, distances and surprises in thousandths.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MeasureView {
    pub leads: u32,
    pub brier: u64,
    pub base_brier: u64,
    pub log_loss: u64,
    pub base_log_loss: u64,
    pub auc: Option<u64>,
    pub is_better: bool,
    pub bands: Vec<BandRow>,
}

/// What was learned from the leads of a team or the company.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KnowledgeView {
    pub by: LearnedBy,
    pub won: u32,
    pub lost: u32,
    /// What weighs most and how good it is; nothing where there is too little.
    pub enough: Option<(Vec<FactorRow>, MeasureView)>,
}

/// `GET /reports/lead-probability`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LearnedPage {
    /// Nothing while the leads are being gone through.
    pub known: Option<Vec<KnowledgeView>>,
    pub needed: u32,
    pub of_each: u32,
    pub category_min: u32,
    pub may_set_up: bool,
}

pub fn learned(shell: &Shell, view: &LearnedPage) -> Markup {
    let l = shell.locale();
    let title = t!(l, "scoring-learned-title");
    let rules = html! { @if view.may_set_up { a.btn href=(PATH) { (t!(l, "scoring-title")) } } };
    shell.page(
        &Page::new(&title, Nav::Reports),
        html! {
            (arrow_back("/reports", &t!(l, "reports-leads-title")))
            (page_head(&title, Some(&t!(l, "scoring-learned-intro")), rules))
            @match &view.known {
                None => {
                    (empty(&Empty {
                        icon: "clock", title: t!(l, "scoring-not-yet"), text: t!(l, "scoring-not-yet-text"),
                        actions: html! { a.btn href=(LEARNED_PATH) { (t!(l, "scoring-look-again")) } },
                    }))
                }
                Some(known) => { @for knowledge in known { (one(l, view, knowledge)) } }
            }
            (definitions(l, view))
        },
    )
}

fn one(l: Locale<'_>, view: &LearnedPage, knowledge: &KnowledgeView) -> Markup {
    let title = match &knowledge.by {
        LearnedBy::Company => t!(l, "scoring-learned-company"),
        LearnedBy::Team(name) => t!(l, "scoring-learned-team", name = name.as_str()),
    };
    let closed = knowledge.won + knowledge.lost;
    let share = |part: u32| i64::from(part) * 1_000 / i64::from(closed.max(1));
    let figures = [
        Fact::new(t!(l, "scoring-closed"), Value::text(format::count(l, closed.into()))),
        Fact::new(
            t!(l, "scoring-won"),
            Value::text(format!(
                "{} ({})",
                format::count(l, knowledge.won.into()),
                format::percent(l, share(knowledge.won))
            )),
        ),
        Fact::new(t!(l, "scoring-lost"), Value::text(format::count(l, knowledge.lost.into()))),
    ];
    panel(
        &title,
        html! {},
        html! {
            div.body.stack-m {
                (facts(l, &figures))
                @match &knowledge.enough {
                    None => { p.muted { (too_few(l, view, knowledge)) } }
                    Some((factors, measure)) => {
                        (quality(l, measure))
                        (bands(l, &title, measure))
                        @if !factors.is_empty() { (strongest(l, &title, factors)) }
                    }
                }
            }
        },
    )
}

fn too_few(l: Locale<'_>, view: &LearnedPage, knowledge: &KnowledgeView) -> String {
    let (won, lost) = (knowledge.won, knowledge.lost);
    let closed = won + lost;
    match &knowledge.by {
        LearnedBy::Company => {
            t!(l, "scoring-too-few-each", closed = closed, needed = view.needed, each = view.of_each)
        }
        LearnedBy::Team(_) if closed < view.needed => {
            t!(l, "scoring-too-few-team", closed = closed, needed = view.needed)
        }
        LearnedBy::Team(_) => {
            t!(l, "scoring-too-few-team-of-each", won = won, lost = lost, each = view.of_each)
        }
    }
}

fn thousandths(l: Locale<'_>, number: u64) -> String {
    let text = format!("{}.{:03}", number / 1_000, number % 1_000);
    format::decimal(l, &text)
}

fn quality(l: Locale<'_>, measure: &MeasureView) -> Markup {
    let beside = |of: u64, base: u64| {
        Value::text(t!(l, "scoring-beside", figure = thousandths(l, of), base = thousandths(l, base)))
    };
    let auc = measure.auc.map_or(Value::Nothing, |auc| Value::text(thousandths(l, auc)));
    let entries = [
        Fact::new(t!(l, "scoring-brier"), beside(measure.brier, measure.base_brier)),
        Fact::new(t!(l, "scoring-log-loss"), beside(measure.log_loss, measure.base_log_loss)),
        Fact::new(t!(l, "scoring-auc"), auc),
    ];
    html! {
        @if !measure.is_better {
            (notice(&Notice { kind: NoticeKind::Warn, text: t!(l, "scoring-not-better") }))
        }
        div.stack-s {
            h3 { (t!(l, "scoring-quality")) }
            p.hint-text { (t!(l, "scoring-quality-text", count = measure.leads)) }
            (facts(l, &entries))
        }
    }
}

fn bands(l: Locale<'_>, whose: &str, measure: &MeasureView) -> Markup {
    let columns = [
        Column::text(t!(l, "scoring-told")),
        Column::number(t!(l, "assignment-leads")),
        Column::number(t!(l, "scoring-told-mean")),
        Column::number(t!(l, "scoring-really-won")),
    ];
    let step = 100 / measure.bands.len().max(1);
    let rows = html! {
        @for (place, band) in measure.bands.iter().enumerate() {
            tr {
                th scope="row" { (place * step) "–" (format::percent(l, i64::try_from((place + 1) * step * 10).unwrap_or_default())) }
                td.num data-l=(columns[1].label) { (format::count(l, band.leads.into())) }
                td.num data-l=(columns[2].label) { @if band.leads > 0 { (format::percent(l, band.told)) } @else { "—" } }
                td.num data-l=(columns[3].label) {
                    @if band.leads > 0 { (format::percent(l, i64::from(band.won) * 1_000 / i64::from(band.leads))) } @else { "—" }
                }
            }
        }
    };
    table(&t!(l, "scoring-told-caption", whose = whose), &columns, rows)
}

fn strongest(l: Locale<'_>, whose: &str, factors: &[FactorRow]) -> Markup {
    let columns = [
        Column::text(t!(l, "scoring-factor")),
        Column::number(t!(l, "scoring-times")),
        Column::number(t!(l, "scoring-won")),
        Column::number(t!(l, "scoring-lost")),
    ];
    let rows = html! {
        @for factor in factors {
            tr {
                th scope="row" { (factor.field) ": " (factor.value) }
                td.num data-l=(columns[1].label) { (times(l, factor.times)) }
                td.num data-l=(columns[2].label) { (format::count(l, factor.won.into())) }
                td.num data-l=(columns[3].label) { (format::count(l, factor.lost.into())) }
            }
        }
    };
    table(&t!(l, "scoring-strongest", whose = whose), &columns, rows)
}

/// What the words mean, below every figure.
fn definitions(l: Locale<'_>, view: &LearnedPage) -> Markup {
    html! {
        section.stack-s {
            h2 { (t!(l, "scoring-means") ) }
            p.hint-text { (t!(l, "scoring-means-won")) }
            p.hint-text { (t!(l, "scoring-means-left-out")) }
            p.hint-text { (t!(l, "scoring-means-fields")) }
            p.hint-text { (t!(l, "scoring-means-method", minimum = view.category_min, needed = view.needed, each = view.of_each)) }
            p.hint-text { (t!(l, "scoring-means-data")) }
        }
    }
}
