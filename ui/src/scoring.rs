//! Points and probability of leads: the rules, one rule and what it would do, the card on a lead's page, and what was
//! learned.

mod card;
mod form;
mod learned;
mod preview;

pub(crate) use card::card;
pub use card::{ChanceView, FactorRow, LeadScore, LearnedBy, ScoreView};
pub use form::{PREVIEW_LEADS, ScoringForm, form};
pub use learned::{BandRow, KnowledgeView, LearnedPage, MeasureView, learned};
pub use preview::{PreviewPage, PreviewedRow, preview};

use crate::assignment::{RuleState, state};
use crate::components::{Column, Empty, empty, icon, link_button, notice, page_head, primary_link, table};
use crate::messages::t;
use crate::pieces::{PieceFrame, moves};
use crate::settings::back_link;
use crate::shell::{Nav, Notice, NoticeKind, Page, Shell};
use crate::{Locale, format, labels, leads, own_fields};
use maud::{Markup, html};
use model::{CustomField, FieldKind, Kind, lists, own_name};

pub const PATH: &str = "/settings/scoring";
pub const LEARNED_PATH: &str = "/reports/lead-probability";

/// A rule in the list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ScoringRow {
    pub key: String,
    pub label: String,
    pub sentence: String,
    pub points: i16,
    pub state: RuleState,
}

/// How far an order is that is being made anew.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MakingView {
    pub done: u64,
    /// 0 where nobody knows.
    pub expected: u64,
}

/// `GET /settings/scoring`. `POST /settings/scoring/{key}/move` sends `step`: `up` or `down`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ScoringList {
    pub rows: Vec<ScoringRow>,
    /// Whether the reader may change them.
    pub may_change: bool,
    /// Whether the reader may open the page of what was learned.
    pub may_see_learned: bool,
    pub making: Option<MakingView>,
}

pub fn list(shell: &Shell, view: &ScoringList) -> Markup {
    let l = shell.locale();
    let title = t!(l, "scoring-title");
    let actions = html! {
        @if view.may_see_learned { (link_button(LEARNED_PATH, "chart-line", &t!(l, "scoring-learned-link"))) }
        @if view.may_change { (primary_link(&format!("{PATH}/new"), "plus", &t!(l, "scoring-new"))) }
    };
    shell.page(
        &Page::new(&title, Nav::Settings),
        html! {
            (back_link(l))
            (page_head(&title, Some(&t!(l, "scoring-intro")), actions))
            @if let Some(making) = view.making { (being_made(l, making)) }
            @if view.rows.is_empty() {
                (empty(&Empty { icon: "target", title: t!(l, "scoring-none"), text: t!(l, "scoring-none-text"), actions: html! {} }))
            } @else {
                (rows(l, view))
                p.hint-text { (t!(l, "scoring-how")) }
            }
        },
    )
}

/// Says that the order of before is still shown.
pub(crate) fn being_made(l: Locale<'_>, making: MakingView) -> Markup {
    let text = if making.expected == 0 {
        t!(l, "scoring-making-first", done = making.done)
    } else {
        t!(l, "scoring-making", done = making.done, expected = making.expected)
    };
    notice(&Notice { kind: NoticeKind::Info, text })
}

fn rows(l: Locale<'_>, view: &ScoringList) -> Markup {
    let columns = [
        Column::text(t!(l, "assignment-order")),
        Column::text(t!(l, "pieces-name")),
        Column::text(t!(l, "scoring-what")),
        Column::number(t!(l, "scoring-points")),
        Column::text(t!(l, "pieces-state")),
    ];
    let current = view.rows.iter().filter(|row| row.state != RuleState::Archived).count();
    let body = html! {
        @for (place, row) in view.rows.iter().enumerate() {
            tr {
                td data-l=(columns[0].label) {
                    @if row.state != RuleState::Archived {
                        div.actions.order {
                            span.num { (place + 1) "." }
                            @if view.may_change { (moves(l, PATH, &row.key, &row.label, place, current)) }
                        }
                    }
                }
                th scope="row" { a href=(format!("{PATH}/{}", row.key)) { (row.label) } }
                td data-l=(columns[2].label) { (row.sentence) }
                td.num data-l=(columns[3].label) { (points(l, row.points.into())) }
                td data-l=(columns[4].label) { (state(l, row.state)) }
            }
        }
    };
    table(&t!(l, "scoring-title"), &columns, body)
}

/// «+20», «−10».
pub(crate) fn points(l: Locale<'_>, points: i64) -> String {
    let number = format::count(l, points.unsigned_abs());
    match points {
        0 => number,
        1.. => format!("+{number}"),
        _ => format!("−{number}"),
    }
}

/// Which leads a rule is for, in words: its groups of conditions, each as a sentence.
pub fn sentence<'l>(l: impl Into<Locale<'l>>, conditions: &[String]) -> String {
    crate::assignment::which_leads(l.into(), conditions)
}

/// What the column of sentences is called.
pub fn what<'l>(l: impl Into<Locale<'l>>) -> String {
    let l: Locale<'_> = l.into();
    t!(l, "scoring-what")
}

/// What the points of a rule are called.
pub fn points_label<'l>(l: impl Into<Locale<'l>>) -> String {
    let l: Locale<'_> = l.into();
    t!(l, "scoring-points")
}

/// The address of a rule's form.
fn action_of(frame: &PieceFrame) -> String {
    match &frame.key {
        Some(key) => format!("{PATH}/{key}"),
        None => format!("{PATH}/new"),
    }
}

fn arrow_back(href: &str, label: &str) -> Markup {
    html! { p { a.btn.quiet href=(href) { (icon("arrow-left")) (label) } } }
}

/// What a field that is learned from is called.
pub fn factor_name<'l>(l: impl Into<Locale<'l>>, field: &str) -> String {
    let l: Locale<'_> = l.into();
    match own_name(field).and_then(|name| l.frame().field(Kind::Lead, name)) {
        Some(own) => own.label.get(l.language).to_owned(),
        None => leads::field_label(l, field),
    }
}

/// What a category is called: its code, and how it was written where it is no code.
pub fn category_name<'l>(l: impl Into<Locale<'l>>, field: &str, code: &str, text: &str) -> String {
    let l: Locale<'_> = l.into();
    if let Some(name) = own_name(field) {
        return match l.frame().field(Kind::Lead, name).map(|own| own.kind) {
            Some(FieldKind::YesNo) => own_fields::yes_no(l, code == "yes"),
            _ => labels::choice(l, &CustomField::list(Kind::Lead, name), code),
        };
    }
    match (field, code) {
        ("source", _) => labels::choice(l, lists::SOURCES, code),
        ("country", _) => labels::country(l, text),
        ("phone" | "email" | "tax_id" | "website", _) => own_fields::yes_no(l, code == "yes"),
        ("amount", "to-1000") => t!(l, "scoring-band-amount-to-1000"),
        ("amount", "to-5000") => t!(l, "scoring-band-amount-to-5000"),
        ("amount", "to-20000") => t!(l, "scoring-band-amount-to-20000"),
        ("amount", _) => t!(l, "scoring-band-amount-above"),
        ("first_response_at", "hour") => t!(l, "scoring-band-response-hour"),
        ("first_response_at", "four-hours") => t!(l, "scoring-band-response-four-hours"),
        ("first_response_at", "day") => t!(l, "scoring-band-response-day"),
        ("first_response_at", "three-days") => t!(l, "scoring-band-response-three-days"),
        ("first_response_at", _) => t!(l, "scoring-band-response-later"),
        _ => text.to_owned(),
    }
}
