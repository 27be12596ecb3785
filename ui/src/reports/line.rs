//! The year as it adds up: one line a year, the present one up to today.

use super::leads_by_month::{LeadsByMonthPage, YearView, months, sentence};
use crate::Locale;
use crate::format;
use crate::messages::t;
use maud::{Markup, html};

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 250.0;
const LEFT: f64 = 46.0;
/// Room for the year at the end of each line.
const RIGHT: f64 = 88.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = 24.0;
const PLOT: f64 = HEIGHT - TOP - BOTTOM;
const GRID_LINES: i64 = 4;
/// The height of a label: ends of lines that are nearer are told apart.
const LABEL: f64 = 13.0;

/// One line: where it goes and what stands at its end.
struct Line {
    class: &'static str,
    points: Vec<(f64, f64)>,
    label: String,
}

pub(super) fn chart<'l>(l: impl Into<Locale<'l>>, view: &LeadsByMonthPage) -> Markup {
    let l: Locale<'_> = l.into();
    let title = t!(l, "reports-chart-total");
    let finding = sentence(l, view);
    html! {
        figure.chart {
            figcaption { strong { (title) } span { (t!(l, "reports-chart-total-text")) } }
            div.plot role="group" aria-label=(title) tabindex="0" { (plot(l, view, &format!("{title}. {finding}"))) }
        }
    }
}

fn plot(l: Locale<'_>, view: &LeadsByMonthPage, words: &str) -> Markup {
    let top = scale_top(view.years.iter().map(|year| year.total.leads).max().unwrap_or(0));
    let y = |value: i64| TOP + PLOT - PLOT * real(value) / real(top);
    let names = months(l, view);
    let slot = (WIDTH - LEFT - RIGHT) / 12.0;
    let lines = lines(view, slot, &y);
    let ends = label_heights(&lines);
    html! {
        svg viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) role="img" aria-label=(words) {
            @for step in 0..=GRID_LINES {
                @let at = top / GRID_LINES * step;
                line class=(if step == 0 { "axis" } else { "grid" }) x1=(LEFT) x2=(WIDTH - RIGHT) y1=(px(y(at))) y2=(px(y(at))) {}
                text.end x=(LEFT - 6.0) y=(px(y(at) + 4.0)) { (format::integer(l, at)) }
            }
            @for (name, place) in names.iter().zip(0_i32..) {
                text.middle.month.second[place % 2 == 1] x=(px(LEFT + slot * (f64::from(place) + 0.5))) y=(HEIGHT - 8.0) { (name) }
            }
            @for (line, end) in lines.iter().zip(ends).rev() {
                path class=(format!("line {}", line.class)) d=(path(&line.points)) {}
                @if let Some((x, y)) = line.points.last() {
                    circle class=(format!("end-dot {}", line.class)) cx=(px(*x)) cy=(px(*y)) r="3.5" {}
                    text.halo.strong[line.class == "l1"] x=(px(x + 8.0)) y=(px(end + 4.0)) { (line.label) }
                }
            }
        }
    }
}

/// Totals at the end of each month; the present year stops at today, not at the end of its month.
fn lines(view: &LeadsByMonthPage, slot: f64, y: &dyn Fn(i64) -> f64) -> Vec<Line> {
    view.years
        .iter()
        .zip(["l1", "l2", "l3"])
        .map(|(year, class)| {
            let mut total = 0;
            let mut points = vec![(LEFT, y(0))];
            for (month, place) in year.months.iter().zip(0_i32..) {
                let Some(figures) = month.figures else {
                    break;
                };
                total += figures.leads;
                let part = if class == "l1" { part_of_month(year, month.first_day) } else { 1.0 };
                points.push((LEFT + slot * (f64::from(place) + part), y(total)));
            }
            Line { class, points, label: view.year_label(year) }
        })
        .collect()
}

/// How much of a month is over on the last day counted.
fn part_of_month(year: &YearView, first_day: model::jiff::civil::Date) -> f64 {
    let last = year.to_date_until;
    if (last.year(), last.month()) == (first_day.year(), first_day.month()) {
        f64::from(last.day()) / f64::from(first_day.days_in_month())
    } else {
        1.0
    }
}

/// Labels where their lines end, moved apart where they would stand over each other.
fn label_heights(lines: &[Line]) -> Vec<f64> {
    let mut heights: Vec<f64> =
        lines.iter().map(|line| line.points.last().map_or(0.0, |(_, y)| *y)).collect();
    let ends: Vec<f64> = lines.iter().map(|line| line.points.last().map_or(0.0, |(x, _)| *x)).collect();
    let mut order: Vec<usize> = (0..lines.len()).collect();
    order.sort_by(|a, b| heights[*a].total_cmp(&heights[*b]));
    for pair in order.windows(2) {
        let (above, below) = (pair[0], pair[1]);
        let side_by_side = (ends[above] - ends[below]).abs() > RIGHT / 2.0;
        if !side_by_side && heights[below] - heights[above] < LABEL {
            heights[below] = heights[above] + LABEL;
        }
    }
    heights
}

fn path(points: &[(f64, f64)]) -> String {
    let mut text = String::new();
    for (place, (x, y)) in points.iter().enumerate() {
        text.push(if place == 0 { 'M' } else { 'L' });
        text.push_str(&format!("{} {}", px(*x), px(*y)));
    }
    text
}

/// The next round number that four equal parts divide.
fn scale_top(most: i64) -> i64 {
    let mut step: i64 = 1;
    loop {
        for round in [1, 2, 5] {
            let top = step.saturating_mul(round).saturating_mul(GRID_LINES);
            if top >= most {
                return top;
            }
        }
        step = step.saturating_mul(10);
    }
}

fn px(length: f64) -> String {
    format!("{length:.1}")
}

#[expect(clippy::cast_precision_loss, reason = "a figure becomes a length in pixels")]
fn real(value: i64) -> f64 {
    value as f64
}
