//! A batch of changes as rows: only the last state of each record, and every event.

use crate::dates::{day_of, instant};
use duckdb::types::Value;
use model::jiff::tz::TimeZone;
use model::jiff::{self, Timestamp};
use model::json;
use model::uuid::Uuid;
use model::{Change, CustomValue, Deed, Kind, Lead, Record, Settings, Team, User};
use std::collections::BTreeMap;

/// Fields whose values are text and whose history is kept.
const TEXT_FIELDS: [&str; 4] = ["status", "source", "owner", "team"];

/// Keys of choices are shorter; a longer text is nothing that several leads have in common.
const OWN_BYTES_MAX: usize = 100;

/// What a batch comes to. `None` is deleted.
#[derive(Default)]
pub(crate) struct Batch {
    pub(crate) leads: BTreeMap<Uuid, Option<(u64, Box<Lead>)>>,
    pub(crate) persons: BTreeMap<Uuid, Option<User>>,
    pub(crate) teams: BTreeMap<Uuid, Option<Team>>,
    pub(crate) company: Option<Settings>,
    pub(crate) events: Vec<Event>,
}

/// Something that happened to a lead.
pub(crate) struct Event {
    seq: u64,
    lead: Uuid,
    at: Timestamp,
    field: &'static str,
    before: Option<String>,
    after: Option<String>,
}

/// The record of this change is not what its kind says.
pub(crate) struct Unreadable;

impl Batch {
    pub(crate) fn take(&mut self, change: &Change) -> Result<(), Unreadable> {
        match change.kind {
            Kind::Lead => {
                let lead: Option<Lead> = after(change)?;
                self.take_events(change);
                self.leads.insert(change.id, lead.map(|lead| (change.seq, Box::new(lead))));
            }
            Kind::User => {
                self.persons.insert(change.id, after(change)?);
            }
            Kind::Team => {
                self.teams.insert(change.id, after(change)?);
            }
            Kind::Settings => self.company = after(change)?.or(self.company.take()),
            _ => {}
        }
        Ok(())
    }

    fn take_events(&mut self, change: &Change) {
        let mut push = |field, before: Option<String>, after: Option<String>| {
            let (seq, lead, at) = (change.seq, change.id, change.at);
            self.events.push(Event { seq, lead, at, field, before, after });
        };
        match change.deed {
            Deed::Created => push("created", None, None),
            Deed::Deleted => return push("deleted", None, None),
            Deed::Updated => {}
        }
        let (mut before, mut after) = (json::Value::Null, json::Value::Null);
        if let Some(record) = &change.after {
            after = record.clone();
            before = match change.deed {
                Deed::Created => json::Value::Null,
                // What is not in `before` did not change.
                _ => record.clone(),
            };
        }
        if let Some(fields) = before.as_object_mut() {
            fields.extend(change.before.clone());
        }
        let parts = TEXT_FIELDS
            .map(|field| (field, field, None))
            .into_iter()
            .chain([("amount", "amount", Some("minor_units")), ("currency", "amount", Some("currency"))]);
        for (name, field, part) in parts {
            let (before, after) = (text(&before, field, part), text(&after, field, part));
            if before != after {
                push(name, before, after);
            }
        }
    }
}

fn after<R: Record>(change: &Change) -> Result<Option<R>, Unreadable> {
    match (change.deed, change.record()) {
        (Deed::Deleted, _) => Ok(None),
        (_, Some(record)) => Ok(Some(record)),
        (_, None) => Err(Unreadable),
    }
}

fn text(record: &json::Value, field: &str, part: Option<&str>) -> Option<String> {
    let value = record.get(field)?;
    match part.map_or(Some(value), |part| value.get(part))? {
        json::Value::Null => None,
        json::Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

impl Event {
    /// In the order of the columns of `lead_event`.
    pub(crate) fn row(self, zone: &TimeZone) -> Result<[Value; 7], jiff::Error> {
        Ok([
            Value::UBigInt(self.seq),
            Value::Text(self.lead.to_string()),
            instant(self.at),
            day_of(self.at, zone)?,
            Value::Text(self.field.to_owned()),
            optional(self.before),
            optional(self.after),
        ])
    }
}

/// In the order of the columns of `lead`.
pub(crate) fn lead_row(seq: u64, lead: Lead, zone: &TimeZone) -> Result<[Value; 16], jiff::Error> {
    Ok([
        Value::Text(lead.meta.id.to_string()),
        Value::UBigInt(lead.meta.version),
        Value::UBigInt(seq),
        instant(lead.meta.created_at),
        day_of(lead.meta.created_at, zone)?,
        Value::Text(lead.status.as_str().to_owned()),
        optional(lead.source.map(|source| source.as_str().to_owned())),
        optional(lead.owner.map(|owner| owner.to_string())),
        optional(lead.team.map(|team| team.to_string())),
        lead.amount.map_or(Value::Null, |amount| Value::BigInt(amount.minor_units)),
        optional(lead.amount.map(|amount| amount.currency.code().to_owned())),
        optional(lead.campaign),
        optional(lead.country),
        lead.first_response_at.map_or(Value::Null, instant),
        lead.first_response_at.map_or(Ok(Value::Null), |at| day_of(at, zone))?,
        Value::Boolean(lead.archived),
    ])
}

/// In the order of the columns of `lead_own`: values that leads can be put together by.
pub(crate) fn own_rows(lead: &Lead) -> Vec<[Value; 3]> {
    let value = |value: &CustomValue| match value {
        CustomValue::Flag(flag) => Some(if *flag { "yes" } else { "no" }.to_owned()),
        CustomValue::Text(text) if text.len() <= OWN_BYTES_MAX => Some(text.clone()),
        CustomValue::Text(_) | CustomValue::Amount(_) | CustomValue::Codes(_) => None,
    };
    let row = |(name, kept): (&String, &CustomValue)| {
        let id = Value::Text(lead.meta.id.to_string());
        Some([id, Value::Text(name.clone()), Value::Text(value(kept)?)])
    };
    lead.custom.iter().filter_map(row).collect()
}

fn optional(text: Option<String>) -> Value {
    text.map_or(Value::Null, Value::Text)
}
