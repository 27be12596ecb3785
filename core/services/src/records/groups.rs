//! A list of records put together by the value of a field: how many each value has, and the first ones.

use super::Record;
use super::agenda::bucket_of;
use super::list::{Query, Selection, get_to_know, record_of};
use crate::leads::{GROUP_LEADS, GROUPS_MAX, GROUPS_REACH, code_of};
use crate::{App, Ctx, Error, costs, fields, reports, settings};
use model::{Action, FieldKind, FieldValue, Kind};
use std::collections::BTreeMap;

/// Records with the same value.
pub struct Group {
    /// The code of a choice, the id of a person or a team; empty: no value.
    pub code: String,
    pub count: usize,
    /// The first ones, in the order of the list.
    pub records: Vec<Record>,
}

/// All groups of a list, as far as it was looked through.
pub struct Groups {
    pub groups: Vec<Group>,
    /// Whether the whole list was counted.
    pub is_whole: bool,
}

/// Whether records can be put together by a field: by what has few values, and by the day something is due.
pub fn can_group(key: &str, kind: FieldKind) -> bool {
    matches!(kind, FieldKind::Choice | FieldKind::User | FieldKind::Team) || key == DUE
}

/// The field whose days are put together as people plan them.
pub const DUE: &str = "due";

/// Puts the records that the caller may see and that match together by a choice, a person or a team.
pub fn groups(app: &App, ctx: &Ctx, kind: Kind, query: &Query, field: &str) -> Result<Groups, Error> {
    let selection = Selection::new(app, ctx, kind, Action::See, query)?;
    let known = fields::spec_of(&selection.frame, kind, field);
    if !known.is_some_and(|known| can_group(&known.key, known.kind)) {
        return Err(Error::invalid("group", "choice", field));
    }
    get_to_know(app, kind)?;
    let today = reports::today(ctx, &settings::get(app, ctx)?);
    let mut found: BTreeMap<String, Group> = BTreeMap::new();
    let (mut read, mut is_full) = (0, false);
    let end = selection.visit(app, None, GROUPS_REACH, &mut |seen| {
        if !seen.is_match {
            return Ok(true);
        }
        let known = selection.seen_value(app, &seen, field);
        let mut record = seen.record;
        let value = match known {
            Some(value) => value,
            None => {
                if record.is_none() {
                    read += 1;
                    record = record_of(app, kind, seen.suffix)?;
                }
                let Some(record) = &record else { return Ok(true) };
                fields::value_of(&selection.frame, record.as_ref(), field)
            }
        };
        let code = match &value {
            FieldValue::Day(day) => bucket_of(*day, today).to_owned(),
            value => code_of(value),
        };
        if !found.contains_key(&code) && found.len() >= GROUPS_MAX {
            is_full = true;
            return Ok(true);
        }
        let empty = || Group { code: code.clone(), count: 0, records: Vec::new() };
        let group = found.entry(code.clone()).or_insert_with(empty);
        group.count += 1;
        if group.records.len() < GROUP_LEADS {
            let record = if record.is_some() { record } else { record_of(app, kind, seen.suffix)? };
            let seen = record.filter(|record| selection.reaches(record.as_ref()));
            group.records.extend(seen.map(|record| costs::for_reader(ctx, record)));
        }
        Ok(read < GROUPS_REACH.records)
    })?;
    Ok(Groups { groups: found.into_values().collect(), is_whole: end.is_none() && !is_full })
}
