//! Days and instants between jiff and DuckDB.

use duckdb::types::{TimeUnit, Value};
use model::jiff::civil::Date;
use model::jiff::tz::TimeZone;
use model::jiff::{Error, Timestamp, ToSpan};

const EPOCH: Date = Date::constant(1970, 1, 1);

/// A UTC `TIMESTAMP`.
pub(crate) fn instant(at: Timestamp) -> Value {
    Value::Timestamp(TimeUnit::Microsecond, at.as_microsecond())
}

/// The `DATE` it was in the zone.
pub(crate) fn day_of(at: Timestamp, zone: &TimeZone) -> Result<Value, Error> {
    day(zone.to_datetime(at).date())
}

pub(crate) fn day(date: Date) -> Result<Value, Error> {
    Ok(Value::Date32(date.since(EPOCH)?.get_days()))
}

/// The same day so many years before; 29 February becomes 28.
pub(crate) fn years_before(date: Date, years: i16) -> Result<Date, Error> {
    date.checked_sub(i64::from(years).years())
}
