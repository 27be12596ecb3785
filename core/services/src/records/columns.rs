//! Records of any entity as a file with the columns that somebody chose.

use super::list::{Query, walk};
use super::{Record, any, shape_of};
use crate::fields::Field;
use crate::imports::File;
use crate::leads::{FileColumn, written};
use crate::reports::{EXPORT_REACH, FileFormat, whole};
use crate::{App, Ctx, Error, costs, permissions};
use model::uuid::Uuid;
use model::{Action, BULK_ROWS_MAX, FieldValue, Kind};

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
    written(app, ctx, shape_of(kind)?.plural, columns, format, name, |put| {
        let take = &mut |record: Record| put(record.as_ref());
        whole(walk(app, ctx, kind, Action::Export, query, EXPORT_REACH, take)?)
    })
}

/// The same of chosen ones, in their order; those that the caller may not export are left out.
pub fn export_some(
    app: &App,
    ctx: &Ctx,
    kind: Kind,
    ids: &[Uuid],
    columns: &[FileColumn],
    format: FileFormat,
    name: &dyn Fn(&Field, &FieldValue) -> String,
) -> Result<File, Error> {
    permissions::require(ctx, kind, Action::Export)?;
    let plural = model::path_of(kind).unwrap_or_default().trim_start_matches('/');
    written(app, ctx, plural, columns, format, name, |put| {
        for id in ids.iter().take(BULK_ROWS_MAX) {
            let record = any(app, kind, *id)?;
            let record = match record {
                Some(record) if permissions::is_listed(app, ctx, record.as_ref(), Action::Export)? => record,
                _ => continue,
            };
            let record = costs::for_reader(ctx, record);
            if !put(record.as_ref()) {
                break;
            }
        }
        Ok(())
    })
}
