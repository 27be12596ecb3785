//! A list of leads as a file with the columns that somebody chose.

use super::list::{LeadQuery, walk};
use crate::fields::{Field, ReadValues};
use crate::imports::File;
use crate::reports::{EXPORT_REACH, FileFormat, streamed, whole};
use crate::{App, Ctx, Error, scoring, settings};
use model::jiff::tz::TimeZone;
use model::{Action, AnyRecord, Currency, FieldKind, FieldValue, Money};
use sheets::Cell;

/// One column of the file.
pub struct FileColumn {
    pub field: Field,
    pub title: String,
}

/// The leads that match, in order. `name` says what codes, people, teams and linked records are called.
pub fn export_columns(
    app: &App,
    ctx: &Ctx,
    query: &LeadQuery,
    columns: &[FileColumn],
    format: FileFormat,
    name: &dyn Fn(&Field, &FieldValue) -> String,
) -> Result<File, Error> {
    written(app, ctx, "leads", columns, format, name, |put| {
        whole(walk(app, ctx, Action::Export, query, EXPORT_REACH, &mut |lead| put(&lead))?)
    })
}

/// Takes a record for a file; `false`: no more of them.
pub(crate) type PutRecord<'a> = &'a mut dyn FnMut(&dyn AnyRecord) -> bool;

/// Records of one entity as a file of this name, written while they come.
pub(crate) fn written(
    app: &App,
    ctx: &Ctx,
    plural: &str,
    columns: &[FileColumn],
    format: FileFormat,
    name: &dyn Fn(&Field, &FieldValue) -> String,
    fill: impl FnOnce(PutRecord<'_>) -> Result<(), Error>,
) -> Result<File, Error> {
    let settings = settings::get(app, ctx)?;
    let (values, zone) = (ReadValues::now(app, ctx.at), settings.zone());
    let kinds = column_kinds(columns, settings.currency);
    let titles: Vec<String> = columns.iter().map(|column| column.title.clone()).collect();
    streamed(plural, ctx, format, &titles, &kinds, |put| {
        fill(&mut |record| {
            let cell = |column: &FileColumn| {
                export_cell(&values, &zone, settings.currency, record, &column.field, name)
            };
            put(columns.iter().map(cell).collect())
        })
    })
}

/// The value of a field as a cell of a file; `currency` is that of its column.
pub(crate) fn export_cell(
    values: &ReadValues,
    zone: &TimeZone,
    currency: Currency,
    record: &dyn AnyRecord,
    field: &Field,
    name: &dyn Fn(&Field, &FieldValue) -> String,
) -> Cell {
    match values.of(record, &field.key) {
        FieldValue::Nothing => Cell::Empty,
        FieldValue::Text(text) => Cell::Text(text),
        FieldValue::Amount(minor_units) => {
            // A record keeps the currency that its amount came in.
            let own = record.amounts_in().filter(|_| !field.is_own());
            amount_cell(Money { minor_units, currency: own.unwrap_or(currency) }, currency)
        }
        FieldValue::Number(number) if scoring::is_reckoned(&field.key) => {
            i64::try_from(number).map_or(Cell::Empty, Cell::Integer)
        }
        FieldValue::Day(day) => Cell::Date(day),
        FieldValue::Instant(instant) => Cell::Date(instant.to_zoned_datetime(zone.clone()).date()),
        other => Cell::Text(name(field, &other)),
    }
}

/// An amount in a column of this currency.
pub(crate) fn amount_cell(amount: Money, of_column: Currency) -> Cell {
    if amount.currency == of_column {
        Cell::Money(amount.minor_units)
    } else {
        Cell::MoneyIn(amount.minor_units, amount.currency)
    }
}

/// How the columns of a file are written.
pub(crate) fn column_kinds(columns: &[FileColumn], currency: Currency) -> Vec<sheets::Kind> {
    let kind = |column: &FileColumn| match column.field.kind {
        FieldKind::Money => sheets::Kind::Money { currency },
        _ if scoring::is_reckoned(&column.field.key) => sheets::Kind::Integer,
        FieldKind::Date | FieldKind::Instant => sheets::Kind::Date,
        _ => sheets::Kind::Text,
    };
    columns.iter().map(kind).collect()
}
