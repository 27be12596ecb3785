//! Charts as SVG from the server: themed by classes, described in a sentence, with their data in a table.

use super::icon;
use crate::Locale;
use crate::messages::t;
use maud::{Markup, html};

/// The figures of one year, one a category; nothing where the year has not come that far.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Series {
    pub label: String,
    pub values: Vec<Option<i64>>,
}

/// Columns of this year before the pale columns of the last one and ticks of the one before.
pub struct ColumnChart<'a> {
    pub title: &'a str,
    /// Definition and scope of the figures.
    pub subtitle: &'a str,
    /// The finding in one sentence.
    pub sentence: &'a str,
    /// Head of the first column of the table: «Mes».
    pub category_label: &'a str,
    pub categories: &'a [String],
    /// This year first; up to three are drawn, all are in the table.
    pub series: &'a [Series],
    pub format: &'a dyn Fn(i64) -> String,
}

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 250.0;
const LEFT: f64 = 46.0;
const RIGHT: f64 = 6.0;
const TOP: f64 = 18.0;
const BOTTOM: f64 = 24.0;
const PLOT: f64 = HEIGHT - TOP - BOTTOM;
/// Four lines are enough to read a height; more are noise.
const GRID_LINES: i64 = 4;

pub fn column_chart<'l>(l: impl Into<Locale<'l>>, chart: &ColumnChart<'_>) -> Markup {
    let l: Locale<'_> = l.into();
    html! {
        figure.chart {
            figcaption { strong { (chart.title) } span { (chart.subtitle) } }
            (key(chart.series))
            div.plot role="group" aria-label=(chart.title) tabindex="0" { (columns(chart)) }
            p.hint-text { (chart.sentence) }
            (data_table(l, chart))
        }
    }
}

/// How each year is drawn.
fn key(series: &[Series]) -> Markup {
    html! {
        ul.key {
            @for (position, one) in series.iter().take(3).enumerate() {
                li {
                    svg viewBox="0 0 14 14" aria-hidden="true" {
                        @match position {
                            0 => { rect.f1 x="3" y="1" width="8" height="13" rx="1.5" {} }
                            1 => { rect.back x="0" y="3" width="14" height="11" rx="1.5" {} }
                            _ => { path.older d="M0 7H14" {} }
                        }
                    }
                    (one.label)
                }
            }
        }
    }
}

fn columns(chart: &ColumnChart<'_>) -> Markup {
    let top = scale_top(chart.series);
    let y = |value: i64| TOP + PLOT - PLOT * real(value) / real(top);
    let slot = (WIDTH - LEFT - RIGHT) / real_count(chart.categories.len().max(1));
    let middle = |position: usize| LEFT + slot * (real_count(position) + 0.5);
    let value =
        |which: usize, position: usize| -> Option<i64> { *chart.series.get(which)?.values.get(position)? };
    html! {
        svg viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) role="img" aria-label=(format!("{}. {}", chart.title, chart.sentence)) {
            @for line in 0..=GRID_LINES {
                @let at = top / GRID_LINES * line;
                line class=(if line == 0 { "axis" } else { "grid" }) x1=(LEFT) x2=(WIDTH - RIGHT) y1=(px(y(at))) y2=(px(y(at))) {}
                text.end x=(LEFT - 6.0) y=(px(y(at) + 4.0)) { ((chart.format)(at)) }
            }
            @for (position, category) in chart.categories.iter().enumerate() {
                @let x = middle(position);
                @if let Some(before) = value(1, position) { (column("back", x, slot * 0.78, y(before))) }
                @if let Some(now) = value(0, position) {
                    (column("f1", x, slot * 0.42, y(now)))
                    @if now > 0 {
                        @let highest = now.max(value(1, position).unwrap_or(0)).max(value(2, position).unwrap_or(0));
                        text.middle.strong x=(px(x)) y=(px(y(highest) - 5.0)) { ((chart.format)(now)) }
                    }
                }
                @if let Some(older) = value(2, position) {
                    path.older d=(format!("M{} {}h{}", px(x - slot * 0.39), px(y(older)), px(slot * 0.78))) {}
                }
                text.middle.month.second[position % 2 == 1] x=(px(x)) y=(HEIGHT - 8.0) { (category) }
            }
        }
    }
}

fn column(class: &str, middle: f64, width: f64, top: f64) -> Markup {
    let height = TOP + PLOT - top;
    html! {
        @if height > 0.05 {
            rect class=(class) x=(px(middle - width / 2.0)) y=(px(top)) width=(px(width)) height=(px(height)) rx="2" {}
        }
    }
}

fn data_table(l: Locale<'_>, chart: &ColumnChart<'_>) -> Markup {
    let show = |value: Option<i64>| value.map_or_else(|| "—".to_owned(), |value| (chart.format)(value));
    let total = |series: &Series| series.values.iter().flatten().sum::<i64>();
    html! {
        details {
            summary { (icon("list")) (t!(l, "common-chart-data")) }
            div.table-wrap role="region" aria-label=(t!(l, "common-chart-data")) tabindex="0" {
                table {
                    caption.sr { (chart.title) }
                    thead { tr { th scope="col" { (chart.category_label) } @for series in chart.series { th.num scope="col" { (series.label) } } } }
                    tbody {
                        @for (position, category) in chart.categories.iter().enumerate() {
                            tr {
                                th scope="row" { (category) }
                                @for series in chart.series { td.num { (show(series.values.get(position).copied().flatten())) } }
                            }
                        }
                    }
                    tfoot { tr { th scope="row" { (t!(l, "common-total")) } @for series in chart.series { td.num { ((chart.format)(total(series))) } } } }
                }
            }
        }
    }
}

/// One horizontal bar, with the list behind it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bar {
    pub label: String,
    pub value: i64,
    /// The value as people read it.
    pub shown: String,
    pub href: Option<String>,
}

/// Horizontal bars: a list whose words are all there, so that the bars themselves are only decoration.
pub struct BarList<'a> {
    pub bars: &'a [Bar],
}

pub fn bar_list(list: &BarList<'_>) -> Markup {
    let most = list.bars.iter().map(|bar| bar.value).max().unwrap_or(0);
    html! {
        ul.sharebars {
            @for bar in list.bars {
                li {
                    @if let Some(href) = &bar.href { a href=(href) { (bar_line(bar, most)) } }
                    @else { span.plain { (bar_line(bar, most)) } }
                }
            }
        }
    }
}

fn bar_line(bar: &Bar, most: i64) -> Markup {
    let percent = (bar.value.max(0) * 100).checked_div(most).unwrap_or(0);
    html! {
        span { (bar.label) }
        svg aria-hidden="true" { rect.track width="100%" height="100%" {} rect.value width=(format!("{percent}%")) height="100%" {} }
        span.num { (bar.shown) }
    }
}

/// The height of the plot: the next round number that four equal parts divide.
fn scale_top(series: &[Series]) -> i64 {
    let most =
        series.iter().take(3).flat_map(|one| one.values.iter().flatten()).copied().max().unwrap_or(0).max(1);
    let mut magnitude: i64 = 1;
    while let Some(next) = magnitude.checked_mul(10) {
        if next.saturating_mul(GRID_LINES * 10) > most {
            break;
        }
        magnitude = next;
    }
    [1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 25, 30, 40, 50, 60, 80, 100]
        .into_iter()
        .map(|step| step * magnitude * GRID_LINES)
        .find(|top| *top >= most)
        .unwrap_or(most)
}

fn px(length: f64) -> String {
    format!("{length:.1}")
}

#[expect(clippy::cast_precision_loss, reason = "a figure becomes a length in pixels")]
fn real(value: i64) -> f64 {
    value as f64
}

#[expect(clippy::cast_precision_loss, reason = "a dozen categories")]
fn real_count(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_is_round_and_holds_everything() {
        for (most, expected) in [(0, 4), (3, 4), (5, 8), (37, 40), (41, 60), (399, 400), (1_234, 1_600)] {
            let series = [Series { label: String::new(), values: vec![Some(most), None] }];
            assert_eq!(scale_top(&series), expected, "{most}");
        }
    }
}
