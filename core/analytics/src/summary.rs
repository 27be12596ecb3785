//! The figures of the home page.

use crate::dates::{day, years_before};
use crate::scope::Condition;
use crate::{Analytics, AnalyticsError, Comparison, Figures, LeadFilter, tables};
use duckdb::params_from_iter;
use duckdb::types::Value;
use model::jiff::civil::Date;
use model::{LeadStatus, Scope};

/// What to count.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LeadsSummary {
    /// Whose leads.
    pub scope: Scope,
    /// In the company's time zone.
    pub today: Date,
}

/// Leads as they are, and how many came this month; without archived ones, as lists of leads.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Summary {
    /// Every status, in order.
    pub by_status: Vec<(LeadStatus, i64)>,
    /// Created from the first of this month to today.
    pub this_month: i64,
    /// The same days of a year ago; 29 February becomes 28.
    pub same_days_last_year: i64,
    /// This month against a year ago; leads only.
    pub against_last_year: Comparison,
    /// The last change it knows of.
    pub as_of_seq: u64,
}

impl Analytics {
    pub fn leads_summary(&self, definition: &LeadsSummary) -> Result<Summary, AnalyticsError> {
        let today = definition.today;
        let a_year_ago = years_before(today, 1)?;
        let condition = Condition::new(&definition.scope, &LeadFilter::default());
        let mut by_status = LeadStatus::ALL.map(|status| (status, 0)).to_vec();
        let (mut this_month, mut same_days_last_year) = (0, 0);
        let as_of_seq = self.read(|connection| {
            if let Some(condition) = condition {
                let sql = format!(
                    "SELECT status, count(*), count(*) FILTER (WHERE created_on BETWEEN ? AND ?),
                        count(*) FILTER (WHERE created_on BETWEEN ? AND ?)
                    FROM lead WHERE NOT archived AND {} GROUP BY status",
                    condition.sql
                );
                let days = [today.first_of_month(), today, a_year_ago.first_of_month(), a_year_ago];
                let mut values: Vec<Value> = days.into_iter().map(day).collect::<Result<_, _>>()?;
                values.extend(condition.values);
                let mut statement = connection.prepare(&sql)?;
                let mut rows = statement.query(params_from_iter(values))?;
                while let Some(row) = rows.next()? {
                    let (code, leads): (String, i64) = (row.get(0)?, row.get(1)?);
                    let status = LeadStatus::from_code(&code).ok_or(AnalyticsError::Damaged("a status"))?;
                    by_status.iter_mut().filter(|(other, _)| *other == status).for_each(|row| row.1 = leads);
                    this_month += row.get::<_, i64>(2)?;
                    same_days_last_year += row.get::<_, i64>(3)?;
                }
            }
            Ok(tables::cursor(connection)?)
        })?;
        let figures = |leads| Figures { leads, amount_minor: 0 };
        let against_last_year = Comparison::new(figures(this_month), figures(same_days_last_year));
        Ok(Summary { by_status, this_month, same_days_last_year, against_last_year, as_of_seq })
    }
}
