//! What the dry run of an import found and what became of its rows, as it goes over the wire.

use super::duplicates::MatchBy;
use super::import_wire::{RowOutcome, UndoOutcome};
use super::problem::ProblemField;
use model::json::Value;
use model::own_key;
use poem_openapi::Object;
use poem_openapi::types::Any;
use services::imports::{self, Findings, OutOfReach, ProblemPage, RowPage, SameAs};
use ui::Locale;

/// What the dry run found of values and fields.
#[derive(Object)]
pub(crate) struct ImportFindings {
    /// Rows with a problem, by field, the most first.
    fields: Vec<ImportFieldFound>,
    /// Values that cannot go in as they are, the most frequent first; at most 200.
    values: Vec<ImportValueFound>,
    /// Records that the run will make on the way.
    new: Vec<ImportNewFound>,
    /// New rows that resemble a record that is there or a row before, by the surest of what they share.
    alike: Vec<ImportAlikeFound>,
    /// The first 50 of them.
    alike_rows: Vec<ImportAlikeRow>,
    /// The first 50 rows that stay out as duplicates.
    doubles: Vec<ImportDoubleRow>,
    /// The first 50 rows that would change a record, and what of it.
    changes: Vec<ImportChangedRow>,
    /// Rows with a cell that holds several phones or e-mail addresses, or words beside one: the first one is the record's,
    /// further ones go into its lists or, with the words, into its notes.
    taken_apart: u64,
    /// The first such cell, under its header.
    first_taken_apart: Option<String>,
    /// Rows whose postcode of Spain gets back the zero that a spreadsheet took: `8301` becomes `08301`.
    postcodes: u64,
    /// The first of them, as it stands in the file.
    first_postcode: Option<String>,
    /// Leads that go in as converted without a record that they became: no file says which one that is.
    converted: u64,
    /// New rows that nobody will be responsible for; leads and products are not counted.
    without_owner: u64,
    /// New open leads without an owner: the rules of assignment say whose they are.
    handed_out: u64,
    /// Rows of leads whose owner by the file does not count: who may not assign them names nobody but themselves.
    owners_passed_over: u64,
    /// The first such owner, as the file names them.
    first_owner_passed_over: Option<String>,
    /// Columns that go nowhere though something is in them.
    left_out: Vec<ImportColumnLeftOut>,
}

/// A column that goes nowhere though something is in it.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
struct ImportColumnLeftOut {
    /// Its place, from 1.
    column: u64,
    /// Absent where it has no name.
    header: Option<String>,
}

/// A row that stays out, and the record or the row before that it is the same as.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
struct ImportDoubleRow {
    row: u64,
    /// What the row is called, by its own cells.
    name: Option<String>,
    /// Of the record.
    id: Option<String>,
    /// Absent where you do not see it.
    title: Option<String>,
    /// The record is somebody else's that you do not see: nothing more is told of it.
    of_others: bool,
    /// A row of the file.
    same_as_row: Option<u64>,
    /// Absent where it is the field that the plan recognises rows by.
    by: Option<MatchBy>,
}

/// A row that would change a record.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
struct ImportChangedRow {
    row: u64,
    id: String,
    /// Absent where you do not see it.
    title: Option<String>,
    /// At most 12.
    fields: Vec<ImportChangedField>,
}

/// What a row would change in a field; long texts and lists are cut.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
struct ImportChangedField {
    /// `custom.surface` for one of the company's own.
    field: String,
    /// Absent where it was empty.
    before: Option<Any<Value>>,
    /// Absent where it becomes empty.
    after: Option<Any<Value>>,
}

/// How many new rows share something with records that are there.
#[derive(Object)]
struct ImportAlikeFound {
    by: MatchBy,
    rows: u64,
}

/// A new row, and the record or the row before that it resembles.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
struct ImportAlikeRow {
    row: u64,
    /// What the row is called, by its own cells.
    name: Option<String>,
    entity: String,
    /// Of the record.
    id: Option<String>,
    /// Absent where you do not see it.
    title: Option<String>,
    /// A row of the file.
    same_as_row: Option<u64>,
    by: MatchBy,
}

/// How many rows have a problem with a field.
#[derive(Object)]
struct ImportFieldFound {
    field: String,
    rows: u64,
}

/// A value that cannot go in as it is.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
struct ImportValueFound {
    field: String,
    /// The code of its problem.
    code: String,
    /// Empty where the field needs a value and rows have none: mended, it is what they get.
    value: String,
    /// What the problem quotes, where that is not the value as it stands in the file.
    detail: Option<String>,
    rows: u64,
    /// What it may have meant.
    suggestion: Option<String>,
    /// Of a link: a record of this entity can be made.
    makes: Option<String>,
    /// It can become one of the company's options: mended by `create`, it is added to their list at once.
    can_be_added: bool,
}

/// How many records of an entity will be made.
#[derive(Object)]
struct ImportNewFound {
    entity: String,
    records: u64,
}

impl From<Findings> for ImportFindings {
    fn from(found: Findings) -> ImportFindings {
        let value = |found: imports::FoundValue| ImportValueFound {
            field: found.field,
            code: found.code,
            value: found.value,
            detail: found.detail,
            rows: found.rows,
            suggestion: found.suggestion,
            makes: found.makes.map(|kind| kind.as_str().to_owned()),
            can_be_added: found.adding == imports::Adding::ByCaller,
        };
        ImportFindings {
            fields: found
                .problems
                .into_iter()
                .map(|(field, rows)| ImportFieldFound { field, rows })
                .collect(),
            values: found.values.into_iter().map(value).collect(),
            new: found
                .new
                .into_iter()
                .map(|(kind, records)| ImportNewFound { entity: kind.as_str().to_owned(), records })
                .collect(),
            alike: found
                .alike
                .into_iter()
                .map(|(by, rows)| ImportAlikeFound { by: by.into(), rows })
                .collect(),
            alike_rows: found.alike_rows.into_iter().map(alike_row).collect(),
            doubles: found.doubles.into_iter().map(double_row).collect(),
            changes: found.changes.into_iter().map(changed_row).collect(),
            taken_apart: found.taken_apart.as_ref().map_or(0, |(rows, _)| *rows),
            first_taken_apart: found.taken_apart.map(|(_, first)| first),
            postcodes: found.postcodes,
            first_postcode: Some(found.first_postcode).filter(|postcode| !postcode.is_empty()),
            converted: found.converted,
            without_owner: found.without_owner,
            handed_out: found.handed_out,
            owners_passed_over: found.passed_over.as_ref().map_or(0, |(rows, _)| *rows),
            first_owner_passed_over: found.passed_over.map(|(_, first)| first),
            left_out: found.left_out.into_iter().map(left_out).collect(),
        }
    }
}

fn left_out(column: imports::LeftOut) -> ImportColumnLeftOut {
    ImportColumnLeftOut { column: column.column, header: called(column.header) }
}

/// The id and the name of a record, or the number of a row; nothing of a record that is somebody else's.
fn parts_of(same_as: SameAs) -> (Option<String>, Option<String>, Option<u64>) {
    match same_as {
        SameAs::Row(first) => (None, None, Some(first)),
        SameAs::Record(id, title) => (Some(id.to_string()), title, None),
        SameAs::OfOthers => (None, None, None),
    }
}

fn alike_row(row: imports::AlikeRow) -> ImportAlikeRow {
    let (id, title, same_as_row) = parts_of(row.same_as);
    ImportAlikeRow {
        row: row.row,
        name: called(row.name),
        entity: row.entity.as_str().to_owned(),
        id,
        title,
        same_as_row,
        by: row.by.into(),
    }
}

fn double_row(row: imports::DoubleRow) -> ImportDoubleRow {
    let of_others = row.same_as == SameAs::OfOthers;
    let (id, title, same_as_row) = parts_of(row.same_as);
    let (name, by) = (called(row.name), row.by.map(MatchBy::from));
    ImportDoubleRow { row: row.row, name, id, title, of_others, same_as_row, by }
}

fn called(name: String) -> Option<String> {
    Some(name).filter(|name| !name.is_empty())
}

fn changed_row(row: imports::ChangedRow) -> ImportChangedRow {
    let value = |value: Value| (!value.is_null()).then(|| Any(value));
    let field = |field: imports::ChangedField| ImportChangedField {
        field: field.part.map_or(field.name, |part| own_key(&part)),
        before: value(field.before),
        after: value(field.after),
    };
    ImportChangedRow {
        row: row.row,
        id: row.id.to_string(),
        title: row.title,
        fields: row.fields.into_iter().map(field).collect(),
    }
}

/// A record that an import made, changed or met.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct ImportRow {
    /// As in the spreadsheet program.
    row: u64,
    entity: String,
    /// Absent of a row that is the same as one before it, and of a record of somebody else's.
    id: Option<String>,
    /// Absent where you do not see it, and where it is gone.
    title: Option<String>,
    /// It is there, and you do not see it.
    out_of_reach: bool,
    /// Of what the import made and you do not see: the name of whom it was given to.
    given_to: Option<String>,
    /// The row before that it is the same as, where both stood in the file.
    same_as_row: Option<u64>,
    outcome: RowOutcome,
    undo: Option<UndoOutcome>,
    /// Why it was not taken back whole: a code; or the keys of the fields that stay, with commas. Of a duplicate what it was
    /// recognised by, where that is not the field of the plan.
    why: Option<String>,
}

/// About 100 records, in the order of the file.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct ImportRowList {
    items: Vec<ImportRow>,
    /// Where there are more: the `cursor` of the next page.
    next: Option<String>,
}

impl From<RowPage> for ImportRowList {
    fn from(page: RowPage) -> ImportRowList {
        let row = |row: imports::RowRecord| ImportRow {
            row: row.row,
            entity: row.entity.as_str().to_owned(),
            id: row.id.map(|id| id.to_string()),
            title: row.title,
            out_of_reach: row.out_of_reach.is_some(),
            given_to: match row.out_of_reach {
                Some(OutOfReach::GivenTo(owner)) => owner,
                Some(OutOfReach::OfOthers) | None => None,
            },
            same_as_row: row.same_as,
            outcome: row.outcome.into(),
            undo: row.undo.map(UndoOutcome::from),
            why: Some(row.why).filter(|why| !why.is_empty()),
        };
        ImportRowList { items: page.rows.into_iter().map(row).collect(), next: page.next }
    }
}

/// A row that stays out.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct ImportBadRow {
    /// As in the spreadsheet program.
    row: u64,
    /// What it is called, by its own cells.
    name: Option<String>,
    problems: Vec<ProblemField>,
}

/// 100 rows at most, in the order of the file.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct ImportBadRowList {
    items: Vec<ImportBadRow>,
    /// Where there are more: the `after` of the next page.
    next: Option<u64>,
}

impl ImportBadRowList {
    pub(super) fn of(locale: Locale<'_>, page: ProblemPage) -> ImportBadRowList {
        let row = |row: model::RowProblems| ImportBadRow {
            row: row.row,
            name: called(row.name),
            problems: row.problems.iter().map(|problem| ProblemField::of(locale, problem)).collect(),
        };
        ImportBadRowList { items: page.rows.into_iter().map(row).collect(), next: page.next }
    }
}
