//! That somebody was erased: when, by whom and how far it is. Nothing that says who it was.

use crate::record::meta_field;
use crate::{IndexEntry, Kind, LeadId, Meta, Record};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

/// What stands where something was erased.
pub const ERASED: &str = "[esborrat]";

/// Names and texts: something must stand in their place.
const REPLACED: [&str; 6] = ["name", "company", "description", "interest", "discard_reason", "text"];
/// What is looked for, called or visited: better nothing than something that looks like it.
const EMPTIED: [&str; 6] = ["email", "phone", "tax_id", "address", "website", "external_key"];

/// Takes what says who somebody is out of a lead or a note, or out of the part of one that a change keeps. What the books
/// need stays: status, dates, amounts, source, owner, team, postcode and town.
pub fn scrub_personal(record: &mut Map<String, Value>) {
    for field in REPLACED {
        if let Some(value) = record.get_mut(field).filter(|value| !value.is_null()) {
            *value = Value::String(ERASED.to_owned());
        }
    }
    for field in EMPTIED {
        if let Some(value) = record.get_mut(field) {
            *value = Value::Null;
        }
    }
    // What a company's own fields hold is not known; the reasons of plugins and people are free texts.
    if let Some(Value::Object(custom)) = record.get_mut("custom") {
        custom.clear();
    }
    if let Some(Value::Array(unique)) = record.get_mut("unique_fields") {
        unique.clear();
    }
    if let Some(Value::Object(assignment)) = record.get_mut("assignment") {
        assignment.remove("tried");
        if let Some(reason) = assignment.get_mut("reason") {
            *reason = Value::String(String::new());
        }
    }
}

/// One erasure.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Erasure {
    pub meta: Meta,
    /// The lead, which stays without saying who it was.
    pub lead: LeadId,
    /// How many notes about it there were.
    pub notes: u32,
    /// Uploaded files that were deleted with it.
    pub files: u32,
    /// Whether the journal holds nothing any more. Until then whoever starts Tracte goes on.
    pub is_done: bool,
}

impl Erasure {
    /// The group of those that are not done.
    pub const PENDING: Uuid = Uuid::max();
}

impl Record for Erasure {
    const KIND: Kind = Kind::Erasure;

    meta_field!();

    fn indexes(&self) -> Vec<IndexEntry> {
        let id = self.meta.id;
        let mut entries = vec![IndexEntry::member(Kind::Erasure, Uuid::nil(), id)];
        if !self.is_done {
            entries.push(IndexEntry::member(Kind::Erasure, Erasure::PENDING, id));
        }
        entries
    }

    fn about(&self) -> Vec<Uuid> {
        vec![self.meta.id, self.lead.0]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Actor, Lead};

    #[test]
    fn what_is_left_of_a_lead_is_a_lead_and_says_nobody() {
        let mut lead = Lead::new(Meta::new(Uuid::from_u128(1), jiff::Timestamp::UNIX_EPOCH, Actor::SYSTEM));
        for field in [&mut lead.name, &mut lead.company, &mut lead.email, &mut lead.phone, &mut lead.address]
        {
            *field = Some("Marta Puig".to_owned());
        }
        lead.town = Some("Olot".to_owned());
        let Ok(Value::Object(mut record)) = serde_json::to_value(&lead) else { panic!() };
        scrub_personal(&mut record);
        let once = record.clone();
        scrub_personal(&mut record);
        assert_eq!(record, once);
        let left: Lead = serde_json::from_value(Value::Object(record)).unwrap();
        assert_eq!((left.title(), left.email.as_deref(), left.town.as_deref()), (ERASED, None, Some("Olot")));
        assert!(!format!("{once:?}").contains("Marta"));
    }
}
