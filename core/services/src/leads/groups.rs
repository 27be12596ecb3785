//! A list of leads put together by the value of a field: how many each value has, and the first ones.

use super::list::{GROUPS_REACH, LeadQuery, Selection, facet_value, lead_of};
use crate::{App, Ctx, Error, fields};
use model::{Action, FieldKind, FieldValue, Kind, Lead};
use std::collections::BTreeMap;

/// What is shown of a group before somebody opens it.
pub const GROUP_LEADS: usize = 5;
/// More groups are no overview.
pub const GROUPS_MAX: usize = 100;

/// Leads with the same value.
#[derive(Clone, Debug)]
pub struct LeadGroup {
    /// The code of a choice, the id of a person or a team; empty: no value.
    pub code: String,
    pub count: usize,
    /// The first ones, in the order of the list.
    pub leads: Vec<Lead>,
}

/// All groups of a list, as far as it was looked through.
#[derive(Clone, Debug)]
pub struct LeadGroups {
    pub groups: Vec<LeadGroup>,
    /// Whether the whole list was counted.
    pub is_whole: bool,
}

/// Puts the leads that the caller may see and that match together by a choice, a person or a team.
pub fn groups(app: &App, ctx: &Ctx, query: &LeadQuery, field: &str) -> Result<LeadGroups, Error> {
    let selection = Selection::new(app, ctx, Action::See, query)?;
    let can_group = |kind| matches!(kind, FieldKind::Choice | FieldKind::User | FieldKind::Team);
    let known = fields::spec_of(&app.frame(), Kind::Lead, field);
    if !known.is_some_and(|known| can_group(known.kind)) {
        return Err(Error::invalid("group", "choice", field));
    }
    let mut found: BTreeMap<String, LeadGroup> = BTreeMap::new();
    let (mut records, mut is_full) = (0, false);
    let end = selection.visit(app, None, GROUPS_REACH, &mut |seen| {
        if !seen.is_match {
            return Ok(true);
        }
        let mut lead = seen.lead;
        let value = match facet_value(seen.facet, field) {
            Some(value) => value,
            None => {
                if lead.is_none() {
                    records += 1;
                    lead = lead_of(app, seen.suffix)?;
                }
                let Some(lead) = &lead else { return Ok(true) };
                selection.values.of(lead, field)
            }
        };
        let code = code_of(&value);
        if !found.contains_key(&code) && found.len() >= GROUPS_MAX {
            is_full = true;
            return Ok(true);
        }
        let empty = || LeadGroup { code: code.clone(), count: 0, leads: Vec::new() };
        let group = found.entry(code.clone()).or_insert_with(empty);
        group.count += 1;
        if group.leads.len() < GROUP_LEADS {
            let lead = if lead.is_some() { lead } else { lead_of(app, seen.suffix)? };
            group.leads.extend(lead.filter(|lead| selection.reaches(lead)));
        }
        Ok(records < GROUPS_REACH.records)
    })?;
    Ok(LeadGroups { groups: found.into_values().collect(), is_whole: end.is_none() && !is_full })
}

/// The code that a group is called by.
pub(crate) fn code_of(value: &FieldValue) -> String {
    match value {
        FieldValue::Codes(codes) => codes.first().cloned().unwrap_or_default(),
        FieldValue::User(user) => user.to_string(),
        FieldValue::Team(team) => team.to_string(),
        _ => String::new(),
    }
}
