//! The figures of reports over the wire.

use super::Topic;
use super::lead_wire::decimal;
use crate::errors::Fault;
use crate::here::Here;
use model::{Currency, Money};
use poem_openapi::param::Query;
use poem_openapi::payload::Json;
use poem_openapi::{Enum, Object, OpenApi};
use services::Error;
use services::reports::{self, Answered, Comparison, Figures, Group, GroupKey, Month, Report, Year};

/// The operations on reports.
pub(crate) struct Reports;

/// Leads per month of this fiscal year beside the years before, of what the key may see.
#[derive(Object)]
pub(crate) struct LeadsByMonthReport {
    /// The last change that is counted; the figures may be some seconds behind.
    as_of: u64,
    /// ISO 4217: of all amounts.
    currency: String,
    /// Leads in other currencies count without their amount.
    leads_in_other_currencies: i64,
    /// This fiscal year first.
    years: Vec<ReportYear>,
    /// The same by group; empty without `by`.
    groups: Vec<ReportGroup>,
}

/// One fiscal year, named by the year it begins in.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct ReportYear {
    year: i16,
    months: Vec<ReportMonth>,
    /// Of the whole year; of this one up to today.
    total: ReportFigures,
    /// From its first day to `to_date_until`.
    to_date: ReportFigures,
    /// The day that is today in this year.
    to_date_until: String,
    /// This year to date against that year to the same day; absent for this year itself.
    this_year_against_it: Option<ReportComparison>,
}

/// One calendar month.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct ReportMonth {
    /// `2026-11`.
    month: String,
    /// Absent for months to come.
    figures: Option<ReportFigures>,
}

/// How many, and the sum of their amounts.
#[derive(Object)]
pub(crate) struct ReportFigures {
    leads: i64,
    /// Decimal with a point, two decimals.
    amount: String,
}

/// How much more, or less, than before.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct ReportComparison {
    leads: i64,
    /// Thousandths; absent where there was nothing before.
    leads_permille: Option<i64>,
    amount: String,
    amount_permille: Option<i64>,
}

/// Leads that have something in common.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct ReportGroup {
    kind: GroupKind,
    /// The code of a source, a status or a value of an own field, or the id of a person or team.
    key: Option<String>,
    /// Of the person or team.
    name: Option<String>,
    years: Vec<ReportYear>,
}

/// What a group is.
#[derive(Enum, Clone, Copy)]
#[oai(rename_all = "snake_case")]
pub(crate) enum GroupKind {
    /// A source, a status, or a value of an own field: the key of its choice, `yes` or `no`.
    Code,
    /// A person or a team.
    Id,
    /// The field is empty.
    Nothing,
    /// Smaller groups together.
    Others,
}

/// How long leads waited for the first answer, of what the key may see.
#[derive(Object)]
pub(crate) struct FirstResponseReport {
    /// The last change that is counted; the figures may be some seconds behind.
    as_of: u64,
    /// From the first of this month to today.
    this_month: AnsweredLeads,
    /// All of the month before.
    month_before: AnsweredLeads,
}

/// Leads whose first contact was in those days.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct AnsweredLeads {
    leads: i64,
    /// The median time from their creation to the first contact, by the clock on the wall; absent without leads.
    median_minutes: Option<i64>,
}

#[OpenApi(tag = "Topic::Reports")]
impl Reports {
    /// Leads by month
    #[oai(path = "/reports/leads-by-month", method = "get", operation_id = "report_leads_by_month")]
    async fn leads_by_month(
        &self,
        here: Here,
        /// What is told apart: `none`, `source`, `owner`, `team`, `status`, or the key of one of the company's own choice
        /// or yes-or-no fields (`custom.surface`). What is none of these is refused with `choice`.
        by: Query<Option<String>>,
        /// The fiscal year that is compared with the two before, named by the year it begins in; this one without it.
        year: Query<Option<i16>>,
    ) -> Result<Json<LeadsByMonthReport>, Fault> {
        let by = by.0.unwrap_or_default();
        let report = here
            .deed(move |app, ctx| {
                let known = reports::group_by(&app.frame(), &by);
                let by = known.ok_or_else(|| Error::invalid("by", "choice", by))?;
                reports::leads_by_month(app, ctx, by, year.0)
            })
            .await?;
        Ok(Json(report.into()))
    }

    /// First response
    ///
    /// The median time until leads were contacted for the first time: those contacted this month and those of the month
    /// before.
    #[oai(path = "/reports/first-response", method = "get", operation_id = "report_first_response")]
    async fn first_response(&self, here: Here) -> Result<Json<FirstResponseReport>, Fault> {
        let found = here.deed(reports::first_response).await?;
        Ok(Json(FirstResponseReport {
            as_of: found.as_of_seq,
            this_month: found.this_month.into(),
            month_before: found.month_before.into(),
        }))
    }
}

impl From<Answered> for AnsweredLeads {
    fn from(answered: Answered) -> AnsweredLeads {
        AnsweredLeads { leads: answered.leads, median_minutes: answered.median_minutes }
    }
}

impl From<Report> for LeadsByMonthReport {
    fn from(report: Report) -> LeadsByMonthReport {
        let currency = report.currency;
        LeadsByMonthReport {
            as_of: report.as_of_seq,
            currency: currency.code().to_owned(),
            leads_in_other_currencies: report.leads_in_other_currencies,
            years: years(report.years, currency),
            groups: report.groups.into_iter().map(|group| ReportGroup::of(group, currency)).collect(),
        }
    }
}

fn years(years: Vec<Year>, currency: Currency) -> Vec<ReportYear> {
    years.into_iter().map(|year| ReportYear::of(year, currency)).collect()
}

fn amount(minor_units: i64, currency: Currency) -> String {
    decimal(Money { minor_units, currency })
}

impl ReportYear {
    fn of(year: Year, currency: Currency) -> ReportYear {
        ReportYear {
            year: year.year,
            months: year.months.into_iter().map(|month| ReportMonth::of(month, currency)).collect(),
            total: ReportFigures::of(year.total, currency),
            to_date: ReportFigures::of(year.to_date, currency),
            to_date_until: year.to_date_until.to_string(),
            this_year_against_it: year
                .this_year_against_it
                .map(|against| ReportComparison::of(against, currency)),
        }
    }
}

impl ReportMonth {
    fn of(month: Month, currency: Currency) -> ReportMonth {
        let day = month.first_day;
        ReportMonth {
            month: format!("{:04}-{:02}", day.year(), day.month()),
            figures: month.figures.map(|figures| ReportFigures::of(figures, currency)),
        }
    }
}

impl ReportFigures {
    fn of(figures: Figures, currency: Currency) -> ReportFigures {
        ReportFigures { leads: figures.leads, amount: amount(figures.amount_minor, currency) }
    }
}

impl ReportComparison {
    fn of(against: Comparison, currency: Currency) -> ReportComparison {
        ReportComparison {
            leads: against.leads,
            leads_permille: against.leads_permille,
            amount: amount(against.amount_minor, currency),
            amount_permille: against.amount_permille,
        }
    }
}

impl ReportGroup {
    fn of(group: Group, currency: Currency) -> ReportGroup {
        let (kind, key) = match group.key {
            GroupKey::Code(code) => (GroupKind::Code, Some(code)),
            GroupKey::Id(id) => (GroupKind::Id, Some(id.to_string())),
            GroupKey::Nothing => (GroupKind::Nothing, None),
            GroupKey::Others => (GroupKind::Others, None),
        };
        ReportGroup { kind, key, name: group.name, years: years(group.years, currency) }
    }
}
