//! Leads per month: tiles, charts, tables and the definitions of their figures.

use super::{By, line, tables};
use crate::Locale;
use crate::address::Address;
use crate::components::{
    ColumnChart, Kpi, Series, Tab, Trend, column_chart, details_menu, icon, kpis, page_head, panel, tabs,
};
use crate::messages::t;
use crate::scoring::LEARNED_PATH;
use crate::{Nav, Page, Shell, format};
use maud::{Markup, html};
use model::jiff::civil::Date;
use model::{Currency, LeadStatus, Money, Source};

/// Leads and the sum of their estimated amounts, in cents.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Figures {
    pub leads: i64,
    pub amount_minor: i64,
}

/// One calendar month of a fiscal year.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MonthView {
    pub first_day: Date,
    /// Absent for months after today.
    pub figures: Option<Figures>,
}

/// One fiscal year.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct YearView {
    /// The year it begins in.
    pub year: i16,
    /// Twelve.
    pub months: Vec<MonthView>,
    /// Of the whole year; of this one up to today.
    pub total: Figures,
    /// From its first day to `to_date_until`.
    pub to_date: Figures,
    /// The day of today in that year.
    pub to_date_until: Date,
}

/// What the leads of a group have in common.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum GroupKey {
    Source(Source),
    Status(LeadStatus),
    Owner {
        id: String,
        name: String,
    },
    /// A value of an own field.
    Own {
        code: String,
        label: String,
    },
    /// The field is empty.
    Nothing,
    /// Smaller groups together.
    Others,
}

/// One group: its leads to date, this year first, as many as the page has years.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GroupView {
    pub key: GroupKey,
    pub to_date: Vec<Figures>,
}

/// Whose leads are counted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Whose {
    Everybody,
    /// The names of the teams.
    Teams(Vec<String>),
    Own,
}

/// `GET /reports/leads-by-month?by=…&year=…`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LeadsByMonthPage {
    pub whose: Whose,
    pub by: By,
    /// The company's own fields that can be told apart.
    pub own: Vec<By>,
    /// Fiscal years that can be chosen, the newest first.
    pub year_choices: Vec<i16>,
    /// 1 to 12.
    pub start_month: i8,
    pub currency: Currency,
    /// The chosen year first, then the two before. Never empty.
    pub years: Vec<YearView>,
    /// The largest first; empty without grouping.
    pub groups: Vec<GroupView>,
    /// They count, but without their amount.
    pub leads_in_other_currencies: u64,
    pub may_export: bool,
    /// Whether the reader may open the page of what was learned from closed leads.
    pub may_see_learned: bool,
}

pub(super) const PATH: &str = "/reports/leads-by-month";

impl LeadsByMonthPage {
    fn year(&self) -> i16 {
        self.years.first().map_or(0, |year| year.year)
    }

    fn address(&self, path: &str, by: &By) -> Address {
        let newest = self.year_choices.first().copied().unwrap_or_default();
        let year = if self.year() == newest { String::new() } else { self.year().to_string() };
        let by = if *by == By::Nothing { "" } else { by.code() };
        Address::new(path).with("by", by).with("year", &year)
    }

    /// «2026», or «2026-27» where the year does not begin in January.
    pub(super) fn year_label(&self, year: &YearView) -> String {
        format::fiscal_year(year.year, self.start_month)
    }

    fn money(&self, l: Locale<'_>, minor_units: i64) -> String {
        format::money_whole(l, Money { minor_units, currency: self.currency })
    }
}

/// The page. Where reports lag, the shell says up to which change they know.
pub fn page(shell: &Shell, view: &LeadsByMonthPage) -> Markup {
    let l = shell.locale();
    let title = t!(l, "reports-leads-title");
    shell.page(
        &Page::new(title.as_str(), Nav::Reports),
        html! {
            (page_head(&title, Some(&whose(l, &view.whose)), actions(l, view)))
            (tabs(&t!(l, "reports-by"), &by_tabs(l, view)))
            (tiles(l, view))
            @if view.by != By::Nothing { (tables::groups(l, view)) }
            (columns(l, view))
            (line::chart(l, view))
            (tables::months(l, view))
            (definitions(l, view))
        },
    )
}

/// The heading says whose leads the figures are of.
fn whose(l: Locale<'_>, whose: &Whose) -> String {
    match whose {
        Whose::Everybody => t!(l, "reports-whose-everybody"),
        Whose::Teams(teams) => {
            t!(l, "reports-whose-teams", count = teams.len(), teams = format::list(l, teams))
        }
        Whose::Own => t!(l, "reports-whose-own"),
    }
}

fn actions(l: Locale<'_>, view: &LeadsByMonthPage) -> Markup {
    let export = |format| view.address(&format!("{PATH}/export"), &view.by).with("format", format);
    html! {
        @if view.may_see_learned { a.btn href=(LEARNED_PATH) { (icon("chart-line")) (t!(l, "scoring-learned-title")) } }
        form.year-choice action=(PATH) method="get" data-autosubmit {
            @if view.by != By::Nothing { input type="hidden" name="by" value=(view.by.code()); }
            div.field.inline {
                label for="f-year" { (t!(l, "reports-year")) }
                select id="f-year" name="year" {
                    @for year in &view.year_choices {
                        option value=(year) selected[*year == view.year()] { (format::fiscal_year(*year, view.start_month)) }
                    }
                }
            }
            button.btn.no-js-only type="submit" { (t!(l, "reports-show")) }
        }
        @if view.may_export {
            (details_menu(html! { (icon("download")) (t!(l, "reports-export")) }, html! {
                a href=(export("csv")) { (icon("file-text")) "CSV" }
                a href=(export("xlsx")) { (icon("file-spreadsheet")) "XLSX (Excel)" }
            }))
        }
    }
}

fn by_tabs(l: Locale<'_>, view: &LeadsByMonthPage) -> Vec<Tab> {
    By::BUILT_IN
        .iter()
        .chain(&view.own)
        .map(|by| Tab { label: by.label(l), href: view.address(PATH, by).into(), current: *by == view.by })
        .collect()
}

/// This year to date, each earlier year to the same day with the difference, and the amount.
fn tiles(l: Locale<'_>, view: &LeadsByMonthPage) -> Markup {
    let Some((this, before)) = view.years.split_first() else {
        return html! {};
    };
    let label = |year: &YearView| {
        t!(l, "reports-to-date", year = view.year_label(year), day = format::date_short(year.to_date_until))
    };
    let trend = |now: i64, then: i64| {
        format::change_per_mille(now, then)
            .map(|per_mille| Trend { per_mille, compared_with: t!(l, "reports-this-year") })
    };
    let mut tiles = vec![Kpi {
        label: label(this),
        figure: format::integer(l, this.to_date.leads),
        href: Some(
            tables::leads_of(this.months.first().map(|month| month.first_day), this.to_date_until).into(),
        ),
        trend: None,
        note: Some(t!(l, "reports-leads-unit")),
    }];
    tiles.extend(before.iter().map(|year| Kpi {
        label: label(year),
        figure: format::integer(l, year.to_date.leads),
        href: Some(
            tables::leads_of(year.months.first().map(|month| month.first_day), year.to_date_until).into(),
        ),
        trend: trend(this.to_date.leads, year.to_date.leads),
        note: Some(t!(l, "reports-no-comparison")),
    }));
    let last_amount = before.first().map_or(0, |year| year.to_date.amount_minor);
    tiles.push(Kpi {
        label: t!(l, "reports-amount", year = view.year_label(this)),
        figure: view.money(l, this.to_date.amount_minor),
        href: None,
        trend: format::change_per_mille(this.to_date.amount_minor, last_amount).zip(before.first()).map(
            |(per_mille, year)| Trend {
                per_mille,
                compared_with: t!(l, "reports-than-year", year = view.year_label(year)),
            },
        ),
        note: Some(t!(l, "reports-no-comparison")),
    });
    kpis(l, &tiles)
}

fn columns(l: Locale<'_>, view: &LeadsByMonthPage) -> Markup {
    let series: Vec<Series> = view
        .years
        .iter()
        .map(|year| Series {
            label: view.year_label(year),
            values: year.months.iter().map(|month| Some(month.figures?.leads)).collect(),
        })
        .collect();
    let show = |value: i64| format::integer(l, value);
    column_chart(
        l,
        &ColumnChart {
            title: &t!(l, "reports-chart-months"),
            subtitle: &whose(l, &view.whose),
            sentence: &sentence(l, view),
            category_label: &t!(l, "reports-month"),
            categories: &months(l, view),
            series: &series,
            format: &show,
        },
    )
}

/// The fiscal months in short, in their order.
pub(super) fn months<'l>(l: impl Into<Locale<'l>>, view: &LeadsByMonthPage) -> Vec<String> {
    let l: Locale<'_> = l.into();
    let this = view.years.first().map(|year| year.months.as_slice()).unwrap_or_default();
    this.iter().map(|month| format::month_short(l, month.first_day.month()).to_owned()).collect()
}

/// The finding in words.
pub(super) fn sentence<'l>(l: impl Into<Locale<'l>>, view: &LeadsByMonthPage) -> String {
    let l: Locale<'_> = l.into();
    let (Some(this), before) = (view.years.first(), view.years.get(1)) else {
        return String::new();
    };
    let day = format::date_short(this.to_date_until);
    let year = view.year_label(this);
    let (count, then) = (this.to_date.leads, before.map_or(0, |before| before.to_date.leads));
    let Some((change, before)) = format::change_per_mille(count, then).zip(before) else {
        return t!(l, "reports-sentence-alone", year = year, count = count, day = day);
    };
    let trend = match change {
        0 => "same",
        1.. => "more",
        _ => "less",
    };
    let percent = format::percent(l, change.abs());
    let last = view.year_label(before);
    t!(
        l,
        "reports-sentence",
        year = year,
        count = count,
        day = day,
        trend = trend,
        percent = percent,
        last = last,
        then = then
    )
}

/// What is counted, under the figures.
fn definitions(l: Locale<'_>, view: &LeadsByMonthPage) -> Markup {
    panel(
        &t!(l, "reports-definitions"),
        html! {},
        html! {
            div.body {
                ul.prose {
                    li { (t!(l, "reports-definition-lead")) }
                    @if let Some((year, first)) = view.years.first().and_then(|year| Some((year, year.months.first()?))) {
                        li { (t!(l, "reports-definition-year", year = view.year_label(year), day = format::date_long(l, first.first_day))) }
                    }
                    li { (t!(l, "reports-definition-to-date")) }
                    @if view.by != By::Nothing { li { (t!(l, "reports-definition-group")) } }
                    li { (t!(l, "reports-definition-amount", currency = view.currency.code())) }
                    @if view.leads_in_other_currencies > 0 {
                        li { (t!(l, "reports-definition-currencies", count = view.leads_in_other_currencies)) }
                    }
                }
            }
        },
    )
}
