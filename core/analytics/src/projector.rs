//! Follows the journal: each batch is one transaction that carries the cursor.

use crate::batch::{Batch, lead_row, own_rows};
use crate::dates::day_of;
use crate::{Analytics, AnalyticsError, tables};
use duckdb::types::{TimeUnit, Value};
use duckdb::{Connection, Transaction, appender_params_from_iter, params};
use model::jiff::Timestamp;
use model::jiff::tz::TimeZone;
use model::{Change, Projection, ProjectionError, Settings};
use std::sync::atomic::Ordering;

/// Good to feed at once: a larger batch gains nothing and holds more memory. `apply` takes any.
pub const BATCH_CHANGES_MAX: usize = 10_000;
const NAME: &str = "analytics";

/// The one writer of the facts.
pub struct AnalyticsProjector {
    analytics: Analytics,
    connection: Connection,
}

impl AnalyticsProjector {
    pub(crate) fn new(analytics: &Analytics) -> Result<AnalyticsProjector, AnalyticsError> {
        let connection = analytics.inner.connections.dedicated()?;
        tables::create_staging(&connection)?;
        if analytics.inner.has_projector.swap(true, Ordering::AcqRel) {
            return Err(AnalyticsError::SecondProjector);
        }
        Ok(AnalyticsProjector { analytics: analytics.clone(), connection })
    }

    fn commit(&mut self, changes: &[Change]) -> Result<(), ApplyError> {
        let mut batch = Batch::default();
        let mut cursor = self.analytics.cursor();
        for change in changes {
            if change.seq <= cursor {
                continue;
            }
            if change.seq != cursor + 1 {
                return Err(ApplyError::Gap { cursor, seq: change.seq });
            }
            batch.take(change).map_err(|_| ApplyError::Unreadable { seq: change.seq })?;
            cursor = change.seq;
        }
        let written = write(&mut self.connection, batch, cursor);
        self.analytics.note(written)?;
        self.analytics.inner.cursor.store(cursor, Ordering::Release);
        Ok(())
    }
}

impl Drop for AnalyticsProjector {
    fn drop(&mut self) {
        self.analytics.inner.has_projector.store(false, Ordering::Release);
    }
}

impl Projection for AnalyticsProjector {
    fn name(&self) -> &'static str {
        NAME
    }

    fn cursor(&self) -> u64 {
        self.analytics.cursor()
    }

    fn apply(&mut self, changes: &[Change]) -> Result<(), ProjectionError> {
        if changes.last().is_none_or(|last| last.seq <= self.cursor()) {
            return Ok(());
        }
        self.commit(changes).map_err(|error| ProjectionError { projection: NAME, message: error.to_string() })
    }
}

fn write(connection: &mut Connection, batch: Batch, cursor: u64) -> Result<(), AnalyticsError> {
    // Rolled back when dropped.
    let transaction = connection.transaction()?;
    if let Some(company) = &batch.company {
        write_company(&transaction, company)?;
    }
    let zone = zone(&transaction)?;
    write_persons_and_teams(&transaction, &batch)?;
    write_leads(&transaction, batch, &zone)?;
    transaction.execute("UPDATE cursor SET seq = ?", params![cursor])?;
    Ok(transaction.commit()?)
}

/// The company's zone. UTC as long as there is no company.
fn zone(transaction: &Transaction<'_>) -> Result<TimeZone, AnalyticsError> {
    let name: String =
        transaction.query_row("SELECT coalesce(max(time_zone), 'UTC') FROM company", [], |row| row.get(0))?;
    // As `Settings::zone` does with names it does not know.
    Ok(TimeZone::get(&name).unwrap_or(TimeZone::UTC))
}

fn write_company(transaction: &Transaction<'_>, company: &Settings) -> Result<(), AnalyticsError> {
    let before = zone(transaction)?;
    transaction.execute("DELETE FROM company", [])?;
    transaction.execute(
        "INSERT INTO company (name, currency, fiscal_year_start_month, time_zone) VALUES (?, ?, ?, ?)",
        params![
            company.company_name,
            company.currency.code(),
            company.fiscal_year_start_month,
            company.time_zone
        ],
    )?;
    let after = zone(transaction)?;
    if before != after { move_days(transaction, &after) } else { Ok(()) }
}

/// Days are days in the company's zone as it is now, also those of the past: so says a rebuild.
fn move_days(transaction: &Transaction<'_>, zone: &TimeZone) -> Result<(), AnalyticsError> {
    transaction.execute("DELETE FROM instant_day", [])?;
    let mut statement = transaction.prepare(
        "SELECT DISTINCT epoch_us(instant) FROM
            (SELECT created_at AS instant FROM lead UNION ALL SELECT first_response_at FROM lead
            UNION ALL SELECT happened_at FROM lead_event) WHERE instant IS NOT NULL",
    )?;
    let instants: Vec<i64> =
        statement.query_map([], |row| row.get(0))?.collect::<Result<_, duckdb::Error>>()?;
    let mut appender = transaction.appender_to_catalog_and_db("instant_day", "temp", "main")?;
    for microseconds in instants {
        let day = day_of(Timestamp::from_microsecond(microseconds)?, zone)?;
        appender.append_row([Value::Timestamp(TimeUnit::Microsecond, microseconds), day])?;
    }
    appender.flush()?;
    drop(appender);
    transaction.execute_batch(
        "UPDATE lead SET created_on = i.day FROM instant_day i WHERE i.instant = lead.created_at;
         UPDATE lead SET first_response_on = i.day FROM instant_day i WHERE i.instant = lead.first_response_at;
         UPDATE lead_event SET day = i.day FROM instant_day i WHERE i.instant = lead_event.happened_at;
         DELETE FROM instant_day;",
    )?;
    Ok(())
}

fn write_persons_and_teams(transaction: &Transaction<'_>, batch: &Batch) -> Result<(), AnalyticsError> {
    let persons = batch.persons.iter().map(|(id, user)| {
        let row = user
            .as_ref()
            .map(|user| [id.to_string().into(), user.name.clone().into(), Value::Boolean(user.active)]);
        (id.to_string(), row)
    });
    replace(transaction, "person", persons)?;
    let teams = batch.teams.iter().map(|(id, team)| {
        let row = team.as_ref().map(|team| [id.to_string().into(), team.name.clone().into()]);
        (id.to_string(), row)
    });
    replace(transaction, "team", teams)
}

fn write_leads(transaction: &Transaction<'_>, batch: Batch, zone: &TimeZone) -> Result<(), AnalyticsError> {
    let mut rows = Vec::with_capacity(batch.leads.len());
    let mut own = Vec::with_capacity(batch.leads.len());
    for (id, lead) in batch.leads {
        own.push((id.to_string(), lead.as_ref().map(|(_, lead)| own_rows(lead)).unwrap_or_default()));
        let row = lead.map(|(seq, lead)| lead_row(seq, *lead, zone)).transpose()?;
        rows.push((id.to_string(), row));
    }
    replace(transaction, "lead", rows.into_iter())?;
    replace(transaction, "lead_own", own.into_iter())?;
    let mut appender = transaction.appender("lead_event")?;
    for event in batch.events {
        appender.append_row(appender_params_from_iter(event.row(zone)?))?;
    }
    Ok(appender.flush()?)
}

/// Puts these rows in the place of those with the same ids; without rows there is only the removal.
fn replace<const COLUMNS: usize>(
    transaction: &Transaction<'_>,
    table: &'static str,
    rows: impl Iterator<Item = (String, impl IntoIterator<Item = [Value; COLUMNS]>)>,
) -> Result<(), AnalyticsError> {
    let mut rows = rows.peekable();
    if rows.peek().is_none() {
        // Most batches are about leads alone.
        return Ok(());
    }
    let staged = format!("staged_{table}");
    transaction.execute_batch(&format!("DELETE FROM gone; DELETE FROM {staged};"))?;
    let mut gone = transaction.appender_to_catalog_and_db("gone", "temp", "main")?;
    let mut appender = transaction.appender_to_catalog_and_db(&staged, "temp", "main")?;
    for (id, rows) in rows {
        gone.append_row([id])?;
        for row in rows {
            appender.append_row(appender_params_from_iter(row))?;
        }
    }
    gone.flush()?;
    appender.flush()?;
    drop((gone, appender));
    transaction.execute_batch(&format!(
        "DELETE FROM {table} USING gone WHERE {table}.id = gone.id;
         INSERT INTO {table} SELECT * FROM {staged};
         DELETE FROM gone; DELETE FROM {staged};"
    ))?;
    Ok(())
}

#[derive(Debug, thiserror::Error)]
enum ApplyError {
    #[error("change {seq} came after change {cursor}: the journal has a gap")]
    Gap { cursor: u64, seq: u64 },
    #[error("the record of change {seq} cannot be read")]
    Unreadable { seq: u64 },
    #[error("{0}")]
    Analytics(#[from] AnalyticsError),
}
