//! A list of records as a file with the columns that somebody chose.

use super::list::{Query, walk};
use super::shape_of;
use crate::fields::Field;
use crate::imports::File;
use crate::leads::{FileColumn, column_kinds, export_cell};
use crate::reports::{EXPORT_REACH, EXPORT_ROWS_MAX, FileFormat, file};
use crate::{App, Ctx, Error, settings};
use model::{Action, FieldValue, Kind};
use sheets::Cell;

/// The records that match, in order. `name` says what codes, people, teams and linked records are called.
pub fn export_columns(
    app: &App,
    ctx: &Ctx,
    kind: Kind,
    query: &Query,
    columns: &[FileColumn],
    format: FileFormat,
    name: &dyn Fn(&Field, &FieldValue) -> String,
) -> Result<File, Error> {
    let settings = settings::get(app, ctx)?;
    let (frame, zone) = (app.frame(), settings.zone());
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    walk(app, ctx, kind, Action::Export, query, EXPORT_REACH, &mut |record| {
        let cell = |column: &FileColumn| export_cell(&frame, &zone, record.as_ref(), &column.field, name);
        rows.push(columns.iter().map(cell).collect());
        rows.len() < EXPORT_ROWS_MAX
    })?;
    let titles: Vec<String> = columns.iter().map(|column| column.title.clone()).collect();
    let kinds = column_kinds(columns, settings.currency);
    file(shape_of(kind)?.plural, ctx, format, &titles, &kinds, rows.into_iter())
}
