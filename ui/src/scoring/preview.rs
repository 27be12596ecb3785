//! What a rule would do that is not saved yet: the points of the newest leads before and after.

use super::points;
use crate::Locale;
use crate::assignment::EditedRule;
use crate::components::{Column, Empty, empty, icon, page_head, panel, table};
use crate::format;
use crate::messages::t;
use crate::shell::{Nav, Page, Shell};
use maud::{Markup, html};

/// One lead.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PreviewedRow {
    pub id: String,
    pub title: String,
    pub before: u8,
    pub after: u8,
    /// The rules that give points: name and points.
    pub reasons: Vec<(String, i16)>,
}

/// After a rule's form was sent with `deed=preview`, with its fields kept.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PreviewPage {
    pub edited: EditedRule,
    pub count: u64,
    pub fitting: u64,
    pub changed: u64,
    /// The means of the scores, in tenths.
    pub mean_before: u64,
    pub mean_after: u64,
    /// For each band of ten points, leads before and after.
    pub bands: Vec<(u64, u64)>,
    pub rows: Vec<PreviewedRow>,
}

pub fn preview(shell: &Shell, view: &PreviewPage) -> Markup {
    let l = shell.locale();
    let title = t!(l, "scoring-preview");
    let intro = t!(l, "assignment-simulation-edited", name = view.edited.name.as_str());
    shell.page(
        &Page::new(&title, Nav::Settings),
        html! {
            (page_head(&title, Some(&intro), html! {}))
            (edited(l, &view.edited))
            @if view.count == 0 {
                (empty(&Empty { icon: "inbox", title: t!(l, "assignment-simulation-none"), text: t!(l, "scoring-preview-none-text"), actions: html! {} }))
            } @else {
                p role="status" { strong { (t!(l, "scoring-preview-sum", count = view.count, fitting = view.fitting, changed = view.changed)) } }
                p { (t!(l, "scoring-preview-mean", before = tenths(l, view.mean_before), after = tenths(l, view.mean_after))) }
                (bands(l, view))
                @if !view.rows.is_empty() { (leads(l, view)) }
            }
            p.hint-text { (t!(l, "scoring-preview-how")) }
        },
    )
}

fn tenths(l: Locale<'_>, number: u64) -> String {
    let text = format!("{}.{}", number / 10, number % 10);
    format::decimal(l, &text)
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

fn bands(l: Locale<'_>, view: &PreviewPage) -> Markup {
    let columns = [
        Column::text(t!(l, "scoring-points")),
        Column::number(t!(l, "scoring-before")),
        Column::number(t!(l, "scoring-after")),
    ];
    let last = view.bands.len().saturating_sub(1);
    let name = |place: usize| format!("{}–{}", place * 10, if place == last { 100 } else { place * 10 + 9 });
    let cell = |leads: u64| {
        html! { (format::count(l, leads)) " " meter min="0" max=(view.count.max(1)) value=(leads) aria-hidden="true" {} }
    };
    let rows = html! {
        @for (place, (before, after)) in view.bands.iter().enumerate() {
            tr {
                th scope="row" { (name(place)) }
                td.num data-l=(columns[1].label) { (cell(*before)) }
                td.num data-l=(columns[2].label) { (cell(*after)) }
            }
        }
    };
    let title = t!(l, "scoring-bands");
    panel(&title, html! {}, table(&title, &columns, rows))
}

fn leads(l: Locale<'_>, view: &PreviewPage) -> Markup {
    let columns = [
        Column::text(t!(l, "assignment-lead")),
        Column::number(t!(l, "scoring-before")),
        Column::number(t!(l, "scoring-after")),
        Column::text(t!(l, "scoring-why")),
    ];
    let rows = html! {
        @for row in &view.rows {
            tr {
                th scope="row" { a href=(format!("/leads/{}", row.id)) { (row.title) } }
                td.num data-l=(columns[1].label) { (row.before) }
                td.num data-l=(columns[2].label) { @if row.after == row.before { (row.after) } @else { strong { (row.after) } } }
                td data-l=(columns[3].label) { (reasons(l, &row.reasons)) }
            }
        }
    };
    let title = t!(l, "scoring-examples", count = view.rows.len());
    panel(&title, html! {}, table(&title, &columns, rows))
}

/// «+20 Zona Girona; −10 Sense telèfon».
fn reasons(l: Locale<'_>, reasons: &[(String, i16)]) -> String {
    let said: Vec<String> =
        reasons.iter().map(|(name, given)| format!("{} {name}", points(l, (*given).into()))).collect();
    said.join("; ")
}
