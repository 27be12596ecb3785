//! The opportunities of a month, day by day: weeks side by side where there is room, a list of days on a phone.

use super::forecast::ForecastAmounts;
use super::{BOARD_PATH, amounts, filter_bar};
use crate::components::{Tab, error_summary, icon, link_button, page_head, tabs};
use crate::filters::FilterFieldView;
use crate::messages::t;
use crate::records::ListFilters;
use crate::saved_views::{ViewBar, view_bar};
use crate::{Locale, Nav, Page, Shell, format};
use maud::{Markup, html};
use model::jiff::ToSpan;
use model::jiff::civil::{Date, Weekday};
use model::{Condition, Currency, FieldErrors, Money, Operator};

pub const CALENDAR_PATH: &str = "/opportunities/calendar";

/// An opportunity on its day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CalendarEntryView {
    pub id: String,
    pub name: String,
    pub company: Option<String>,
    pub amount: Option<Money>,
    /// What its stage is called.
    pub stage: String,
    pub is_won: bool,
    /// Open, and the day is over.
    pub is_overdue: bool,
}

/// A day on which there are some.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CalendarDayView {
    pub day: Date,
    pub amounts: ForecastAmounts,
    pub shown: Vec<CalendarEntryView>,
}

/// `GET /opportunities/calendar?pipeline=…&filter=…&month=YYYY-MM`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CalendarView {
    pub filters: ListFilters,
    pub errors: FieldErrors,
    pub views: ViewBar,
    pub fields: Vec<FilterFieldView>,
    pub currency: Currency,
    pub pipeline: String,
    pub pipelines: Vec<(String, String)>,
    /// Its first day.
    pub month: Date,
    pub today: Date,
    /// In their order; days without any are left out.
    pub days: Vec<CalendarDayView>,
    pub amounts: ForecastAmounts,
    pub weighted: Vec<Money>,
    pub is_whole: bool,
    pub sees_others: bool,
}

impl CalendarView {
    fn at(&self, filters: &ListFilters, pipeline: &str, month: Date) -> String {
        let address = filters.address_at(CALENDAR_PATH).with("pipeline", pipeline);
        address.with("month", &month_code(month)).into()
    }

    fn of_month(&self, months: i64) -> String {
        let month = self.month.checked_add(months.months()).unwrap_or(self.month);
        self.at(&self.filters, &self.pipeline, month)
    }

    /// The list of those that are expected on a day.
    fn list_of(&self, day: Date) -> String {
        let day = day.to_string();
        let condition = Condition::new("expected_close", Operator::Between, [day.clone(), day]);
        let filter = self.filters.filter.clone().and(condition);
        ListFilters { filter, ..self.filters.clone() }.address("").into()
    }
}

fn month_code(month: Date) -> String {
    format!("{:04}-{:02}", month.year(), month.month())
}

pub fn calendar_page(shell: &Shell, view: &CalendarView) -> Markup {
    let l = shell.locale();
    let title = t!(l, "calendar-title");
    let page = Page::new(title.as_str(), Nav::Board).errors(&view.errors);
    let board = view.filters.address_at(BOARD_PATH).with("pipeline", &view.pipeline);
    let forecast = view.filters.address_at(super::FORECAST_PATH).with("pipeline", &view.pipeline);
    let actions = html! {
        (link_button(&String::from(board), "kanban", &t!(l, "board-title")))
        (link_button(&String::from(view.filters.address("")), "list", &t!(l, "board-to-list")))
        (link_button(&String::from(forecast), "trending-up", &t!(l, "forecast-title")))
    };
    shell.page(
        &page,
        html! {
            (error_summary(l, &view.errors))
            (page_head(&title, None, actions))
            (ways(l, view))
            (month_bar(l, view))
            (sums(l, view))
            (days(l, view))
            p.hint-text { (t!(l, "calendar-definition")) }
            @if !view.is_whole { p.hint-text { (t!(l, "board-partly")) } }
        },
    )
}

fn ways(l: Locale<'_>, view: &CalendarView) -> Markup {
    let tab = |(key, label): &(String, String)| Tab {
        label: label.clone(),
        href: view.at(&view.filters, key, view.month),
        current: *key == view.pipeline,
    };
    let pipelines: Vec<Tab> = view.pipelines.iter().map(tab).collect();
    html! {
        @if pipelines.len() > 1 { (tabs(&t!(l, "board-pipelines"), &pipelines)) }
        (view_bar(l, &view.views))
        (filter_bar(l, &view.filters, &view.fields, view.currency, view.sees_others, &|path, filters| match path {
            Some(path) => filters.address_at(path).with("calendar", &view.pipeline).into(),
            None => view.at(filters, &view.pipeline, view.month),
        }))
    }
}

/// The month, and the ones before and after it.
fn month_bar(l: Locale<'_>, view: &CalendarView) -> Markup {
    let name = format!("{} {}", format::month_name(l, view.month.month()), view.month.year());
    let is_now = view.today.first_of_month() == view.month;
    html! {
        nav.month-bar aria-label=(t!(l, "calendar-months")) {
            a.btn.quiet href=(view.of_month(-1)) rel="prev" { (icon("chevron-left")) span.sr { (t!(l, "calendar-before")) } }
            h2 { (name) }
            a.btn.quiet href=(view.of_month(1)) rel="next" { (icon("chevron-right")) span.sr { (t!(l, "calendar-after")) } }
            @if !is_now { a.btn.quiet href=(view.at(&view.filters, &view.pipeline, view.today)) { (t!(l, "calendar-now")) } }
        }
    }
}

fn sums(l: Locale<'_>, view: &CalendarView) -> Markup {
    html! {
        dl.kpis {
            div.kpi {
                dt { (t!(l, "board-sum")) }
                dd.figure { (amounts(l, &view.amounts.sums)) }
                dd.delta { (t!(l, "forecast-opportunities", count = view.amounts.count)) }
            }
            div.kpi { dt { (t!(l, "forecast-weighted")) } dd.figure { (amounts(l, &view.weighted)) } }
        }
    }
}

/// Days of the month in weeks that begin on Monday.
fn days(l: Locale<'_>, view: &CalendarView) -> Markup {
    let before = usize::try_from(view.month.weekday().to_monday_zero_offset()).unwrap_or_default();
    let all =
        (0..i64::from(view.month.days_in_month())).filter_map(|day| view.month.checked_add(day.days()).ok());
    html! {
        @if view.days.is_empty() { p.muted { (t!(l, "calendar-none")) } }
        div.calendar {
            div.weekdays aria-hidden="true" {
                @for offset in 0..7_i8 {
                    span { (weekday(l, offset)) }
                }
            }
            ol {
                @for _ in 0..before { li.outside aria-hidden="true" {} }
                @for day in all { (cell(l, view, day)) }
            }
        }
    }
}

fn weekday(l: Locale<'_>, offset: i8) -> &'static str {
    Weekday::from_monday_zero_offset(offset).map_or("", |day| format::weekday_short(l, day))
}

fn cell(l: Locale<'_>, view: &CalendarView, day: Date) -> Markup {
    let found = view.days.iter().find(|found| found.day == day);
    let is_today = day == view.today;
    html! {
        li.blank[found.is_none()] aria-current=[is_today.then_some("date")] {
            div.day {
                time datetime=(day) {
                    span.name { (format::weekday_short(l, day.weekday())) " " }
                    (day.day())
                }
                @if let Some(found) = found { span.sub { (amounts(l, &found.amounts.sums)) } }
            }
            @if let Some(found) = found {
                ul {
                    @for entry in &found.shown { (card(l, entry)) }
                }
                @let further = found.amounts.count.saturating_sub(found.shown.len() as u64);
                @if further > 0 { a.target.sub href=(view.list_of(day)) { (t!(l, "calendar-more", count = further)) } }
            }
        }
    }
}

fn card(l: Locale<'_>, entry: &CalendarEntryView) -> Markup {
    let (mark, words) = match (entry.is_won, entry.is_overdue) {
        (true, _) => ("circle-check", t!(l, "calendar-won")),
        (false, true) => ("circle-alert", t!(l, "calendar-overdue")),
        (false, false) => ("circle-dot", entry.stage.clone()),
    };
    html! {
        li.won[entry.is_won].late[entry.is_overdue] {
            a href=(format!("/opportunities/{}", entry.id)) { (icon(mark)) span.sr { (words) ": " } (entry.name) }
            @if let Some(company) = &entry.company { span.sub { (company) } }
            @if let Some(amount) = entry.amount { span.num { (format::money_whole(l, amount)) } }
        }
    }
}
