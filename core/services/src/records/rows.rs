//! Lists within a record as they were typed: each row by its place, `phones.0.number`; or texts that are added to what is
//! there, as files have them.

use super::draft::{Draft, read, texts_of};
use super::rules::Around;
use crate::Error;
use model::{Entity, FieldErrors, FieldKind, FieldSpec, FieldValue, Row, RowsSpec};
use std::collections::BTreeMap;

/// Rows of one form beyond what a record may have: all of them are looked at, so that all problems are said.
const ROWS_BEYOND_MAX: usize = 10;

/// Begins the key under which texts are added to a list instead of standing in its place.
const ADDED: char = '+';

impl Draft {
    /// Adds a text to a list of the record, where it does not stand there or in the main field.
    pub(crate) fn add_to_list(&mut self, list: &str, text: impl Into<String>) {
        self.0.entry(format!("{ADDED}{list}")).or_default().push(text.into());
    }

    /// Whether something is added to a list of the record.
    pub(crate) fn adds_to_list(&self, list: &str) -> bool {
        self.0.contains_key(&format!("{ADDED}{list}"))
    }

    /// Nothing is added to a list of the record after all.
    pub(crate) fn leave_list(&mut self, list: &str) {
        self.0.remove(&format!("{ADDED}{list}"));
    }

    /// Says that a list was asked: without rows it is emptied.
    pub fn ask_list(&mut self, list: &str) {
        self.0.insert(list.to_owned(), Vec::new());
    }
}

/// A file never takes a person out of a company: another one becomes a further position, with what they do there.
pub(super) fn keep_company<E: Entity>(before: &E, draft: &mut Draft) {
    let Some(list) = E::ROWS.iter().find(|list| list.key == "positions") else { return };
    let wanted = draft.one("company").and_then(|id| id.parse::<model::uuid::Uuid>().ok());
    let (FieldValue::Record(kept), Some(wanted)) = (before.value("company"), wanted) else { return };
    if kept == wanted {
        return;
    }
    draft.0.remove("company");
    let role = draft.0.remove("job_title").unwrap_or_default();
    let rows = before.rows(list.key);
    if rows.iter().any(|row| list.value(row, "company") == Some(&FieldValue::Record(wanted))) {
        return;
    }
    for (place, row) in rows.iter().enumerate() {
        for (part, value) in list.parts.iter().zip(row) {
            draft.0.insert(list.name(place, part.key), texts_of(part.kind, value));
        }
    }
    draft.put(&list.name(rows.len(), "company"), wanted.to_string());
    draft.0.insert(list.name(rows.len(), "role"), role);
}

/// Whether a key of a draft is about this list.
pub(super) fn is_of(list: &RowsSpec, key: &str) -> bool {
    key == list.key
        || key.strip_prefix(ADDED) == Some(list.key)
        || list.place_of(key).is_some_and(|(_, part)| list.part(part).is_some())
}

/// Writes what was typed of a list into a record. A list with problems stays as it was.
pub(super) fn apply<E: Entity>(
    draft: &Draft,
    around: &Around<'_>,
    list: &RowsSpec,
    country: &str,
    record: &mut E,
    errors: &mut FieldErrors,
) -> Result<(), Error> {
    let kept = record.rows(list.key);
    let mut rows = match typed(draft, list) {
        Some(typed) => {
            let before = errors.0.len();
            let rows = rows_of(around, list, country, &typed, &kept, errors)?;
            if errors.0.len() > before {
                return Ok(());
            }
            rows
        }
        None => kept,
    };
    for text in draft.0.get(&format!("{ADDED}{}", list.key)).into_iter().flatten() {
        add(around, list, country, text.trim(), record, &mut rows, errors)?;
    }
    if rows.len() > list.rows_max {
        errors.add(list.key, "too-many", list.rows_max.to_string());
        return Ok(());
    }
    record.put_rows(list.key, &rows);
    Ok(())
}

/// Texts of a row by its parts.
type TypedRow<'d> = BTreeMap<&'d str, &'d Vec<String>>;

/// The rows that were typed, by their places; nothing where the list was not asked.
fn typed<'d>(draft: &'d Draft, list: &RowsSpec) -> Option<BTreeMap<usize, TypedRow<'d>>> {
    let mut rows: BTreeMap<usize, TypedRow<'d>> = BTreeMap::new();
    for (key, texts) in &draft.0 {
        if let Some((place, part)) = list.place_of(key)
            && (rows.len() < list.rows_max + ROWS_BEYOND_MAX || rows.contains_key(&place))
        {
            rows.entry(place).or_default().insert(part, texts);
        }
    }
    (!rows.is_empty() || draft.0.contains_key(list.key)).then_some(rows)
}

fn rows_of(
    around: &Around<'_>,
    list: &RowsSpec,
    country: &str,
    typed: &BTreeMap<usize, TypedRow<'_>>,
    kept: &[Row],
    errors: &mut FieldErrors,
) -> Result<Vec<Row>, Error> {
    let mut rows = Vec::new();
    for (place, texts) in typed {
        let text = |part: &FieldSpec| {
            texts.get(part.key).and_then(|texts| texts.first()).map_or("", |text| text.trim())
        };
        let says = |part: &&FieldSpec| !is_mark(part.kind) && !text(part).is_empty();
        if !list.parts.iter().any(|part| says(&part)) {
            continue;
        }
        let mut row = Row::new();
        for (number, part) in list.parts.iter().enumerate() {
            let name = list.name(*place, part.key);
            let kept = kept.get(*place).and_then(|row| row.get(number)).cloned().unwrap_or_default();
            let value = match text(part) {
                "" if part.required && !is_mark(part.kind) => Err(("required", String::new())),
                "" => Ok(usual(part)),
                text if texts_of(part.kind, &kept).first().is_some_and(|kept| kept == text) => Ok(kept),
                text => {
                    let pick = texts.get(part.key).and_then(|texts| texts.get(1));
                    read(around, part, country, (text, pick), &kept)?
                }
            };
            match value {
                Ok(value) => row.push(value),
                Err((code, detail)) => {
                    errors.add(&name, code, detail);
                    row.push(FieldValue::Nothing);
                }
            }
        }
        rows.push(row);
    }
    Ok(rows)
}

/// What only says something about the rest of a row.
fn is_mark(kind: FieldKind) -> bool {
    matches!(kind, FieldKind::Choice | FieldKind::YesNo)
}

/// What a mark is where nobody says.
fn usual(part: &FieldSpec) -> FieldValue {
    match (part.kind, part.values) {
        (FieldKind::Choice, model::Values::Fixed(codes)) => {
            FieldValue::Codes(codes.iter().take(1).map(|code| (*code).to_owned()).collect())
        }
        (FieldKind::YesNo, _) => FieldValue::Flag(true),
        _ => FieldValue::Nothing,
    }
}

/// Adds a row that says one thing alone, unless the record has it already. What it is for may stand before it:
/// `fax: 972 26 26 27`.
fn add<E: Entity>(
    around: &Around<'_>,
    list: &RowsSpec,
    country: &str,
    text: &str,
    record: &E,
    rows: &mut Vec<Row>,
    errors: &mut FieldErrors,
) -> Result<(), Error> {
    let Some(part) = list.parts.iter().find(|part| !is_mark(part.kind)) else { return Ok(()) };
    let (label, text) = with_label(list, text);
    if text.is_empty() {
        return Ok(());
    }
    let value = match read(around, part, country, (text, None), &FieldValue::Nothing)? {
        Ok(value) => value,
        Err((code, detail)) => {
            errors.add(list.key, code, detail);
            return Ok(());
        }
    };
    let is_same = |spec: &&FieldSpec| spec.kind == part.kind && spec.typed;
    let is_main = E::SPECS.iter().filter(is_same).any(|spec| record.value(spec.key) == value);
    if !is_main && !rows.iter().any(|row| row.contains(&value)) {
        let of_part = |other: &FieldSpec| match label {
            _ if other.key == part.key => value.clone(),
            Some(label) if other.kind == FieldKind::Choice => FieldValue::Codes(vec![label.to_owned()]),
            _ => usual(other),
        };
        rows.push(list.parts.iter().map(of_part).collect());
    }
    Ok(())
}

/// A text and the code that stands before it, where it is one of the list.
fn with_label<'t>(list: &RowsSpec, text: &'t str) -> (Option<&'static str>, &'t str) {
    let split = text.split_once(':').and_then(|(label, rest)| {
        let codes = list.parts.iter().find_map(|part| match part.values {
            model::Values::Fixed(codes) => Some(codes),
            _ => None,
        })?;
        let label = codes.iter().find(|code| label.trim().eq_ignore_ascii_case(code))?;
        Some((Some(*label), rest.trim()))
    });
    split.unwrap_or((None, text))
}
