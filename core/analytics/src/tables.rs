//! The tables. No keys and no indexes: they make each batch of changes tens of times slower.

use duckdb::Connection;

/// Raise it when the tables or what stands in them change: older files are begun anew.
pub(crate) const VERSION: i32 = 4;

pub(crate) const CREATE: &str = "
BEGIN;
CREATE TABLE schema_version (version INTEGER NOT NULL);
CREATE TABLE cursor (seq UBIGINT NOT NULL);
CREATE TABLE company (
    name VARCHAR NOT NULL, currency VARCHAR NOT NULL, fiscal_year_start_month TINYINT NOT NULL,
    time_zone VARCHAR NOT NULL
);
CREATE TABLE person (id VARCHAR NOT NULL, name VARCHAR NOT NULL, active BOOLEAN NOT NULL);
CREATE TABLE team (id VARCHAR NOT NULL, name VARCHAR NOT NULL);
CREATE TABLE lead (
    id VARCHAR NOT NULL, version UBIGINT NOT NULL, seq UBIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL, created_on DATE NOT NULL,
    status VARCHAR NOT NULL, source VARCHAR, owner VARCHAR, team VARCHAR,
    amount_minor BIGINT, currency VARCHAR, campaign VARCHAR, country VARCHAR,
    first_response_at TIMESTAMP, first_response_on DATE, archived BOOLEAN NOT NULL
);
CREATE TABLE lead_own (id VARCHAR NOT NULL, field VARCHAR NOT NULL, value VARCHAR NOT NULL);
CREATE TABLE lead_event (
    seq UBIGINT NOT NULL, lead VARCHAR NOT NULL, happened_at TIMESTAMP NOT NULL, day DATE NOT NULL,
    field VARCHAR NOT NULL, before VARCHAR, after VARCHAR
);
INSERT INTO cursor VALUES (0);
INSERT INTO schema_version VALUES (4);
COMMIT;
";

/// Where a batch lies before it is merged. Each connection has its own.
const STAGING: &str = "
CREATE TEMP TABLE staged_lead AS SELECT * FROM lead LIMIT 0;
CREATE TEMP TABLE staged_lead_own AS SELECT * FROM lead_own LIMIT 0;
CREATE TEMP TABLE staged_person AS SELECT * FROM person LIMIT 0;
CREATE TEMP TABLE staged_team AS SELECT * FROM team LIMIT 0;
CREATE TEMP TABLE gone (id VARCHAR NOT NULL);
CREATE TEMP TABLE instant_day (instant TIMESTAMP NOT NULL, day DATE NOT NULL);
";

pub(crate) fn create_staging(connection: &Connection) -> Result<(), duckdb::Error> {
    connection.execute_batch(STAGING)
}

pub(crate) fn cursor(connection: &Connection) -> Result<u64, duckdb::Error> {
    connection.query_row("SELECT seq FROM cursor", [], |row| row.get(0))
}
