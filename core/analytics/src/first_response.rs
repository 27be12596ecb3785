//! How long leads waited for the first answer.

use crate::dates::day;
use crate::scope::Condition;
use crate::{Analytics, AnalyticsError, LeadFilter, tables};
use duckdb::params_from_iter;
use duckdb::types::Value;
use model::Scope;
use model::jiff::civil::Date;

/// What to measure.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FirstResponse {
    /// Whose leads.
    pub scope: Scope,
    /// In the company's time zone.
    pub today: Date,
}

/// Leads that were answered for the first time in some days; without archived ones, as lists of leads.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Answered {
    pub leads: i64,
    /// From their creation to the first contact, by the clock on the wall; absent without leads.
    pub median_minutes: Option<i64>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct FirstResponses {
    /// From the first of this month to today.
    pub this_month: Answered,
    /// All of the month before.
    pub month_before: Answered,
    /// The last change it knows of.
    pub as_of_seq: u64,
}

impl Analytics {
    pub fn first_responses(&self, definition: &FirstResponse) -> Result<FirstResponses, AnalyticsError> {
        let first = definition.today.first_of_month();
        let last_before = first.yesterday()?;
        let condition = Condition::new(&definition.scope, &LeadFilter::default());
        self.read(|connection| {
            let mut found = FirstResponses { as_of_seq: tables::cursor(connection)?, ..Default::default() };
            let Some(condition) = condition else { return Ok(found) };
            let sql = format!(
                "SELECT count(*), CAST(round(median(minutes)) AS BIGINT) FROM (
                    SELECT greatest(0, (epoch_us(first_response_at) - epoch_us(created_at)) / 60000000) AS minutes
                    FROM lead WHERE NOT archived AND first_response_on BETWEEN ? AND ? AND {}
                )",
                condition.sql
            );
            let mut statement = connection.prepare(&sql)?;
            let days = [(first, definition.today), (last_before.first_of_month(), last_before)];
            for ((from, to), answered) in
                days.into_iter().zip([&mut found.this_month, &mut found.month_before])
            {
                let mut values: Vec<Value> = vec![day(from)?, day(to)?];
                values.extend(condition.values.iter().cloned());
                *answered = statement.query_row(params_from_iter(values), |row| {
                    Ok(Answered { leads: row.get(0)?, median_minutes: row.get(1)? })
                })?;
            }
            Ok(found)
        })
    }
}
