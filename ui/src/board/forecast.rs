//! The forecast: months, and in each what is won, committed, probable and possible.

use super::{BOARD_PATH, amounts, filter_bar};
use crate::components::{Column, Tab, error_summary, link_button, page_head, table, tabs};
use crate::filters::FilterFieldView;
use crate::messages::{find, t};
use crate::records::ListFilters;
use crate::saved_views::{ViewBar, view_bar};
use crate::{Locale, Nav, Page, Shell, format};
use maud::{Markup, html};
use model::jiff::civil::Date;
use model::{Condition, Currency, FieldErrors, Filter, Money, Operator};

pub const FORECAST_PATH: &str = "/opportunities/forecast";

/// What adds up under one head.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ForecastAmounts {
    pub count: u64,
    pub sums: Vec<Money>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ForecastMonthView {
    pub from: Date,
    pub to: Date,
    /// In the order of the columns.
    pub amounts: Vec<ForecastAmounts>,
    pub weighted: Vec<Money>,
}

/// `GET /opportunities/forecast?pipeline=…&filter=…`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ForecastView {
    pub filters: ListFilters,
    pub errors: FieldErrors,
    pub views: ViewBar,
    pub fields: Vec<FilterFieldView>,
    pub currency: Currency,
    pub pipeline: String,
    pub pipelines: Vec<(String, String)>,
    /// Codes of the columns: `won`, `committed`, `probable`, `possible`.
    pub likelihoods: Vec<&'static str>,
    pub months: Vec<ForecastMonthView>,
    pub overdue: ForecastAmounts,
    pub undated: ForecastAmounts,
    pub later: ForecastAmounts,
    pub is_whole: bool,
    pub sees_others: bool,
}

pub fn forecast_page(shell: &Shell, view: &ForecastView) -> Markup {
    let l = shell.locale();
    let title = t!(l, "forecast-title");
    let page = Page::new(title.as_str(), Nav::Board).errors(&view.errors);
    let board = view.filters.address_at(BOARD_PATH).with("pipeline", &view.pipeline);
    let actions = html! {
        (link_button(&String::from(board), "kanban", &t!(l, "board-title")))
        (link_button(&String::from(view.filters.address_at(super::CALENDAR_PATH).with("pipeline", &view.pipeline)), "calendar", &t!(l, "calendar-title")))
        (link_button(&String::from(view.filters.address("")), "list", &t!(l, "board-to-list")))
    };
    shell.page(
        &page,
        html! {
            (error_summary(l, &view.errors))
            (page_head(&title, None, actions))
            (ways(l, view))
            (table(&title, &columns(l, view), months(l, view)))
            (rest(l, view))
            p.hint-text { (t!(l, "forecast-definition")) }
            @if !view.is_whole { p.hint-text { (t!(l, "board-partly")) } }
        },
    )
}

fn ways(l: Locale<'_>, view: &ForecastView) -> Markup {
    let tab = |(key, label): &(String, String)| Tab {
        label: label.clone(),
        href: view.filters.address_at(FORECAST_PATH).with("pipeline", key).into(),
        current: *key == view.pipeline,
    };
    let pipelines: Vec<Tab> = view.pipelines.iter().map(tab).collect();
    html! {
        @if pipelines.len() > 1 { (tabs(&t!(l, "board-pipelines"), &pipelines)) }
        (view_bar(l, &view.views))
        (filter_bar(l, &view.filters, &view.fields, view.currency, view.sees_others, &|path, filters| {
            let (path, name) = path.map_or((FORECAST_PATH, "pipeline"), |path| (path, "forecast"));
            filters.address_at(path).with(name, &view.pipeline).into()
        }))
    }
}

fn columns(l: Locale<'_>, view: &ForecastView) -> Vec<Column> {
    let head = |code: &&str| {
        let label = find(l, &format!("forecast-likely-{code}"), &[]);
        Column::number(label.unwrap_or_else(|| (*code).to_owned()))
    };
    let first = Column::text(t!(l, "forecast-month"));
    let last = Column::number(t!(l, "forecast-weighted"));
    std::iter::once(first).chain(view.likelihoods.iter().map(head)).chain([last]).collect()
}

fn months(l: Locale<'_>, view: &ForecastView) -> Markup {
    let labels = columns(l, view);
    let label = |place: usize| labels.get(place).map(|column| column.label.clone()).unwrap_or_default();
    html! {
        @for month in &view.months {
            tr {
                th scope="row" {
                    a href=(of_month(view, month)) { (format::month_name(l, month.from.month())) " " (month.from.year()) }
                }
                @for (place, sum) in month.amounts.iter().enumerate() {
                    td.num data-l=(label(place + 1)) { (figure(l, sum)) }
                }
                td.num data-l=(label(view.likelihoods.len() + 1)) { strong { (amounts(l, &month.weighted)) } }
            }
        }
    }
}

/// The amount, and how many it comes from.
fn figure(l: Locale<'_>, sum: &ForecastAmounts) -> Markup {
    html! {
        (amounts(l, &sum.sums))
        @if sum.count > 0 { " " span.muted { "(" (format::count(l, sum.count)) span.sr { " " (t!(l, "forecast-count", count = sum.count)) } ")" } }
    }
}

/// The list of those that are expected in a month.
fn of_month(view: &ForecastView, month: &ForecastMonthView) -> String {
    let days = [month.from.to_string(), month.to.to_string()];
    list_of(view, Condition::new("expected_close", Operator::Between, days))
}

fn list_of(view: &ForecastView, condition: Condition) -> String {
    let filter: Filter = view.filters.filter.clone().and(condition);
    ListFilters { filter, ..view.filters.clone() }.address("").into()
}

/// What is in no month: said, not hidden.
fn rest(l: Locale<'_>, view: &ForecastView) -> Markup {
    let parts = [
        (t!(l, "forecast-overdue"), &view.overdue),
        (t!(l, "forecast-undated"), &view.undated),
        (t!(l, "forecast-later"), &view.later),
    ];
    html! {
        dl.kpis {
            @for (label, sum) in parts {
                div.kpi {
                    dt { (label) }
                    dd.figure { (amounts(l, &sum.sums)) }
                    dd.delta { (t!(l, "forecast-opportunities", count = sum.count)) }
                }
            }
        }
    }
}
