//! What a dry run shows of single rows: those that stay out as duplicates, with what they are the same as, and what those
//! that are known would change.

use super::entities::Importable;
use super::judging::{Judged, What};
use super::reading::DETAIL_CHARACTERS_MAX;
use super::unsaid::has_owner;
use crate::{App, Ctx, Error, records, users};
use model::json::{self, Map, Value};
use model::uuid::Uuid;
use model::{FieldValue, ImportPiece, Kind, LeadStatus, MatchBy};
use std::collections::BTreeMap;

/// Rows shown of each kind; all are counted.
pub const PREVIEWED_ROWS: usize = 50;
/// Fields shown of one row.
const FIELDS_MAX: usize = 12;
/// Of one value; with both values of a field a piece stays far below the limit of a record.
const TEXT_CHARACTERS_MAX: usize = 200;
const VALUE_BYTES_MAX: usize = 900;
/// What follows from other fields.
const BOOKKEEPING: [&str; 10] = [
    "meta",
    "unique_fields",
    "assignment",
    "assigned_at",
    "consents",
    "first_response_at",
    "response",
    "accepted",
    "snooze",
    "duplicate_of",
];
/// The fields of the company's own, within a record.
const OWN: &str = "custom";

/// A row that stays out, and what it is the same as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DoubleRow {
    pub row: u64,
    /// What the row is called, by its own cells.
    pub name: String,
    pub same_as: SameAs,
    /// Absent where it is the key of the plan.
    pub by: Option<MatchBy>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SameAs {
    /// A row of the file before it.
    Row(u64),
    /// A record of the import's entity; without a title where the caller does not see it any more.
    Record(Uuid, Option<String>),
    /// A record of somebody else's that the caller may not see: nothing more is told of it.
    OfOthers,
}

/// A row that changes a record, and what it changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedRow {
    pub row: u64,
    pub id: Uuid,
    /// Absent where the caller does not see it any more.
    pub title: Option<String>,
    pub fields: Vec<ChangedField>,
}

/// As in the journal; long texts are cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedField {
    pub name: String,
    /// The name of a field of the company's own.
    pub part: Option<String>,
    pub before: Value,
    pub after: Value,
}

/// The first rows of each kind, as the dry run meets them.
#[derive(Default)]
pub(crate) struct Previews {
    doubles: Vec<ImportPiece>,
    changes: Vec<ImportPiece>,
    changed_rows: usize,
    taken_apart: u64,
    first_taken_apart: String,
    postcodes: u64,
    converted: u64,
    first_postcode: String,
    without_owner: u64,
    handed_out: u64,
    passed_over: u64,
    first_passed_over: String,
}

impl Previews {
    pub(crate) fn note<R: Importable>(&mut self, judged: &Judged<R>) {
        let row = judged.number;
        if let Some(postcode) = judged.mended_postcode.as_ref().filter(|_| judged.goes_in()) {
            self.postcodes += 1;
            if self.first_postcode.is_empty() {
                self.first_postcode.clone_from(postcode);
            }
        }
        let becomes_converted = match &judged.what {
            What::New(record) => is_converted(record.as_ref()),
            What::Changed(both) => is_converted(&both.1) && !is_converted(&both.0),
            _ => false,
        };
        self.converted += u64::from(becomes_converted);
        if let What::New(record) = &judged.what
            && record.responsible().0.is_none()
        {
            self.without_owner += u64::from(has_owner(R::KIND));
            self.handed_out += u64::from(is_handed_out(record.as_ref()));
        }
        if let Some(cell) = judged.taken_apart.as_ref().filter(|_| judged.goes_in()) {
            self.taken_apart += 1;
            if self.first_taken_apart.is_empty() {
                self.first_taken_apart.clone_from(cell);
            }
        }
        if let Some(owner) = judged.passed_over.as_ref().filter(|_| judged.goes_in()) {
            self.passed_over += 1;
            if self.first_passed_over.is_empty() {
                self.first_passed_over = short_text(owner);
            }
        }
        match &judged.what {
            What::Duplicate(id, _, by) if self.doubles.len() < PREVIEWED_ROWS => {
                let called = judged.name.clone();
                self.doubles.push(ImportPiece::DoubleRow {
                    row,
                    called,
                    id: Some(*id),
                    of_row: None,
                    by: *by,
                });
            }
            What::Double(of_row, by) if self.doubles.len() < PREVIEWED_ROWS => {
                let (called, of_row, by) = (judged.name.clone(), Some(*of_row), Some(*by));
                self.doubles.push(ImportPiece::DoubleRow { row, called, id: None, of_row, by });
            }
            What::Changed(both) if self.changed_rows < PREVIEWED_ROWS => {
                self.changed_rows += 1;
                let id = both.0.meta().id;
                let piece = |ChangedField { name, part, before, after }| ImportPiece::Change {
                    row,
                    id,
                    name,
                    part,
                    before,
                    after,
                };
                self.changes.extend(differences(&both.0, &both.1).into_iter().map(piece));
            }
            _ => {}
        }
    }

    pub(crate) fn pieces(&self) -> impl Iterator<Item = ImportPiece> {
        let first = || self.first_postcode.clone();
        let postcodes =
            (self.postcodes > 0).then(|| ImportPiece::Postcodes { rows: self.postcodes, first: first() });
        let converted = (self.converted > 0).then_some(ImportPiece::Converted { rows: self.converted });
        let without_owner =
            (self.without_owner > 0).then_some(ImportPiece::WithoutOwner { rows: self.without_owner });
        let handed_out = (self.handed_out > 0).then_some(ImportPiece::HandedOut { rows: self.handed_out });
        let passed_over = (self.passed_over > 0).then(|| ImportPiece::OwnersPassedOver {
            rows: self.passed_over,
            first: self.first_passed_over.clone(),
        });
        let first = self.first_taken_apart.clone();
        let apart = (self.taken_apart > 0).then(|| ImportPiece::TakenApart { rows: self.taken_apart, first });
        let told = postcodes
            .into_iter()
            .chain(apart)
            .chain(converted)
            .chain(without_owner)
            .chain(handed_out)
            .chain(passed_over);
        told.chain(self.doubles.iter().chain(&self.changes).cloned())
    }
}

/// A lead that leads to nothing that it became.
fn is_converted<R: Importable>(record: &R) -> bool {
    R::KIND == Kind::Lead
        && record.built_in("status") == FieldValue::Codes(vec![LeadStatus::Converted.as_str().to_owned()])
        && record.built_in("converted_at").is_nothing()
}

/// A lead that is open and nobody's when it goes in.
fn is_handed_out<R: Importable>(record: &R) -> bool {
    let is_of = |status: &LeadStatus| {
        record.built_in("status") == FieldValue::Codes(vec![status.as_str().to_owned()])
    };
    R::KIND == Kind::Lead
        && LeadStatus::ALL.iter().find(|status| is_of(status)).is_some_and(|it| it.is_open())
}

fn differences<R: Importable>(before: &R, after: &R) -> Vec<ChangedField> {
    let fields = |record: &R| match json::to_value(record) {
        Ok(Value::Object(fields)) => fields,
        // What cannot be written down is refused when it is saved.
        _ => Map::new(),
    };
    let (before, after) = (fields(before), fields(after));
    let mut found = Vec::new();
    each_difference(&before, &after, &mut |name, was, is| {
        if BOOKKEEPING.contains(&name) {
            return;
        }
        if name == OWN {
            let none = Map::new();
            let (was, is) = (was.as_object().unwrap_or(&none), is.as_object().unwrap_or(&none));
            each_difference(was, is, &mut |part, was, is| found.push(changed(OWN, Some(part), was, is)));
        } else {
            found.push(changed(name, None, was, is));
        }
    });
    found.truncate(FIELDS_MAX);
    found
}

/// Shows each field that differs, with both its values.
fn each_difference(
    before: &Map<String, Value>,
    after: &Map<String, Value>,
    take: &mut dyn FnMut(&str, &Value, &Value),
) {
    for (name, is) in after {
        let was = before.get(name).unwrap_or(&Value::Null);
        if was != is {
            take(name, was, is);
        }
    }
    for (name, was) in before.iter().filter(|(name, _)| !after.contains_key(*name)) {
        take(name, was, &Value::Null);
    }
}

fn changed(name: &str, part: Option<&str>, before: &Value, after: &Value) -> ChangedField {
    let (before, after) = (short(before), short(after));
    ChangedField { name: name.to_owned(), part: part.map(str::to_owned), before, after }
}

fn short_text(text: &str) -> String {
    text.chars().take(DETAIL_CHARACTERS_MAX).collect()
}

/// As much of a value as is shown.
fn short(value: &Value) -> Value {
    match value {
        Value::String(text) if text.chars().count() > TEXT_CHARACTERS_MAX => {
            let start: String = text.chars().take(TEXT_CHARACTERS_MAX).collect();
            Value::String(format!("{start}…"))
        }
        Value::Array(values) => {
            let mut values = values.clone();
            while json::to_vec(&values).map_or(0, |bytes| bytes.len()) > VALUE_BYTES_MAX {
                values.pop();
            }
            Value::Array(values)
        }
        value => value.clone(),
    }
}

/// What people, and records that the caller sees, are called that stand in changed fields.
pub fn names_in(app: &App, ctx: &Ctx, rows: &[ChangedRow]) -> Result<BTreeMap<Uuid, String>, Error> {
    let mut names: BTreeMap<Uuid, String> =
        users::names(app, ctx)?.into_iter().map(|(id, name)| (id.0, name)).collect();
    let values = rows.iter().flat_map(|row| &row.fields).flat_map(|field| [&field.before, &field.after]);
    let mut ids = Vec::new();
    values.for_each(|value| put_ids(value, &mut ids));
    for id in ids {
        if names.contains_key(&id) {
            continue;
        }
        let kind = records::find(app, id)?.map(|record| record.entity());
        if let Some(record) = kind.map(|kind| records::visible(app, ctx, kind, id)).transpose()?.flatten() {
            names.insert(id, record.name());
        }
    }
    Ok(names)
}

/// The ids that stand in a value, also within lists.
fn put_ids(value: &Value, ids: &mut Vec<Uuid>) {
    match value {
        Value::String(text) => ids.extend(text.parse::<Uuid>().ok()),
        Value::Array(values) => values.iter().for_each(|value| put_ids(value, ids)),
        Value::Object(fields) => fields.values().for_each(|value| put_ids(value, ids)),
        _ => {}
    }
}
