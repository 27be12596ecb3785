//! What the dry run tells of single rows, in the reader's words.

use model::Kind;
use model::uuid::Uuid;
use services::{App, Ctx, Error, imports, settings};
use ui::audit::Words;
use ui::imports::{ChangedLine, DoubleLine, SameAs};

pub(super) fn record_href(entity: Kind, id: Uuid) -> String {
    format!("{}/{id}", model::path_of(entity).unwrap_or_default())
}

pub(super) fn double_line(entity: Kind, row: imports::DoubleRow) -> DoubleLine {
    DoubleLine { row: row.row, name: row.name, same_as: same_as(entity, row.same_as), by: row.by }
}

pub(super) fn same_as(entity: Kind, found: imports::SameAs) -> SameAs {
    match found {
        imports::SameAs::Row(first) => SameAs::Row(first),
        imports::SameAs::Record(id, title) => SameAs::Record(record_href(entity, id), title),
        imports::SameAs::OfOthers => SameAs::OfOthers,
    }
}

/// What rows would change, in the reader's words.
pub(super) fn changed_lines(
    app: &App,
    ctx: &Ctx,
    entity: Kind,
    rows: &[imports::ChangedRow],
) -> Result<Vec<ChangedLine>, Error> {
    let (frame, zone) = (app.frame(), settings::get(app, ctx)?.zone());
    let names = imports::names_in(app, ctx, rows)?;
    let words = Words { language: ctx.language, zone: &zone, frame: &frame, names: &names };
    let field = |field: &imports::ChangedField| {
        let (name, part) = (field.name.as_str(), field.part.as_deref());
        let value = |value| words.value(entity, name, part, value);
        (words.field(entity, name, part), value(&field.before), value(&field.after))
    };
    let line = |row: &imports::ChangedRow| ChangedLine {
        row: row.row,
        href: record_href(entity, row.id),
        title: row.title.clone(),
        fields: row.fields.iter().map(field).collect(),
    };
    Ok(rows.iter().map(line).collect())
}
