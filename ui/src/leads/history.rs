//! What happened to a lead, from the journal: who, what, when and which way.

use super::{FieldChange, LeadValue, field_label};
use crate::Locale;
use crate::activities::ActivityEvent;
use crate::components::{TimelineEntry, Tone, Value};
use crate::consents::{event_title, evidence_words};
use crate::documents::DocumentEvent;
use crate::imports::ImportWay;
use crate::merges;
use crate::messages::t;
use crate::{Shell, format, labels};
use model::uuid::Uuid;
use model::{Change, Consent, ConsentState, Deed, Kind, LeadStatus, Via, own_key};
use std::collections::BTreeSet;

/// Which way a change came in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Way {
    Page,
    Api,
    Import,
    Form,
    /// Tracte by itself.
    System,
}

/// What was done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum What {
    /// With the owner it got at once.
    Created {
        owner: Option<String>,
    },
    StatusChanged {
        from: LeadStatus,
        to: LeadStatus,
        reason: Option<String>,
    },
    OwnerChanged {
        owner: Option<String>,
    },
    /// Nobody had answered in time: it went to somebody else.
    MovedOn {
        owner: Option<String>,
    },
    /// Somebody takes care of it; where it was nobody’s, it is theirs.
    Accepted,
    /// Out of the inbox until a moment.
    Snoozed(model::jiff::Timestamp),
    /// Back in the inbox before its time, or after it was accepted.
    BackInInbox,
    Changed,
    /// Something was done or planned, or a note was written.
    Activity(ActivityEvent),
    Consent {
        state: ConsentState,
        purpose: String,
        evidence: Option<String>,
    },
    Deleted,
    /// Merged with others, or said not to be the same as another: in words.
    Alike(String),
    Document(DocumentEvent),
}

/// One entry of the history.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Event {
    /// The journal’s number.
    pub seq: u64,
    pub at: model::jiff::Timestamp,
    /// Who; none where nobody did it or the user is not known any more.
    pub by: Option<String>,
    pub way: Way,
    /// The one that it came with.
    pub import: Option<ImportWay>,
    pub what: What,
    /// Fields with both values, besides what the words say already.
    pub changes: Vec<FieldChange>,
}

/// Fields worth showing, in the order of the form; the rest is bookkeeping.
const SHOWN: [&str; 24] = [
    "status",
    "discard_reason",
    "owner",
    "team",
    "name",
    "company",
    "tax_id",
    "industry",
    "phone",
    "email",
    "website",
    "address",
    "postcode",
    "town",
    "zone",
    "country",
    "interest",
    "amount",
    "source",
    "campaign",
    "tags",
    "archived",
    "external_key",
    "description",
];

impl Event {
    /// The entry for a change of the journal; none for a change that says nothing to a reader. `name_of` knows
    /// users and teams.
    pub fn of<'l>(
        l: impl Into<Locale<'l>>,
        change: &Change,
        of: Uuid,
        name_of: &dyn Fn(Uuid) -> Option<String>,
    ) -> Option<Event> {
        let l: Locale<'_> = l.into();
        let way = match change.by.via {
            Via::Page => Way::Page,
            Via::Api(_) => Way::Api,
            Via::Import(_) => Way::Import,
            Via::Form => Way::Form,
            Via::System => Way::System,
        };
        let by = change.by.user.and_then(|user| name_of(user.0));
        let event = |what, changes| {
            let (by, import) = (by.clone(), ImportWay::of(change));
            Event { seq: change.seq, at: change.at, by, way, import, what, changes }
        };
        match (change.kind, change.deed) {
            (Kind::Lead, Deed::Created) => {
                let owner = change.after.as_ref().and_then(|record| record.get("owner"));
                let owner = owner.and_then(|id| id.as_str()?.parse().ok()).and_then(name_of);
                Some(event(What::Created { owner }, Vec::new()))
            }
            (Kind::Lead, Deed::Deleted) => Some(event(What::Deleted, Vec::new())),
            (Kind::Lead, Deed::Updated) => {
                let (what, changes) = match decided(change, name_of) {
                    Some(what) => (what, Vec::new()),
                    None => told(fields(change, name_of))?,
                };
                Some(event(what, changes))
            }
            (Kind::Merge | Kind::Distinct, _) => {
                let who = by.clone().unwrap_or_default();
                let title = merges::event_title(l, change, of, &who, name_of)?;
                Some(event(What::Alike(title), Vec::new()))
            }
            (Kind::Consent, _) => {
                let Consent { state, purpose, evidence, .. } = change.record()?;
                Some(event(What::Consent { state, purpose, evidence }, Vec::new()))
            }
            (Kind::Document, _) => Some(event(What::Document(DocumentEvent::of(change)?), Vec::new())),
            (Kind::Activity, _) => Some(event(What::Activity(ActivityEvent::of(change)?), Vec::new())),
            _ => None,
        }
    }
}

/// A decision of the inbox, or that nobody decided in time.
fn decided(change: &Change, name_of: &dyn Fn(Uuid) -> Option<String>) -> Option<What> {
    let field = |name: &str| change.changed_fields().find(|(field, ..)| *field == name);
    if let Some((_, before, after)) = field("response") {
        let moved = |clock: &model::json::Value| clock.get("moved").and_then(model::json::Value::as_u64);
        if field("owner").is_some() && moved(after) > moved(before) {
            let owner = change.after.as_ref().and_then(|record| record.get("owner"));
            let owner = owner.and_then(|id| id.as_str()?.parse().ok()).and_then(name_of);
            return Some(What::MovedOn { owner });
        }
    }
    if field("status").is_some_and(|(_, _, after)| after != "assigned" && after != "new") {
        return None;
    }
    let (accepted, snooze) = (field("accepted"), field("snooze"));
    if accepted.is_some_and(|(_, _, after)| !after.is_null()) {
        return Some(What::Accepted);
    }
    if let Some((_, _, after)) = snooze.filter(|(_, _, after)| !after.is_null()) {
        return Some(What::Snoozed(after.get("until")?.as_str()?.parse().ok()?));
    }
    let is_given = field("owner").is_some_and(|(_, _, after)| !after.is_null());
    (!is_given && (accepted.is_some() || snooze.is_some())).then_some(What::BackInInbox)
}

/// What changed in the fields that are shown.
fn fields(change: &Change, name_of: &dyn Fn(Uuid) -> Option<String>) -> Vec<FieldChange> {
    let mut changes: Vec<FieldChange> = change
        .changed_fields()
        .filter(|(field, ..)| SHOWN.contains(field))
        .map(|(field, before, after)| FieldChange {
            field: field.to_owned(),
            before: LeadValue::from_json(field, before, name_of),
            after: LeadValue::from_json(field, after, name_of),
        })
        .collect();
    changes.sort_by_key(|change| SHOWN.iter().position(|shown| *shown == change.field));
    changes.extend(own_fields(change, name_of));
    changes
}

/// What changed in the company’s own fields, one by one.
fn own_fields(change: &Change, name_of: &dyn Fn(Uuid) -> Option<String>) -> Vec<FieldChange> {
    let Some((_, before, after)) = change.changed_fields().find(|(field, ..)| *field == "custom") else {
        return Vec::new();
    };
    let names: BTreeSet<&String> = [before, after]
        .into_iter()
        .filter_map(|values| values.as_object())
        .flat_map(|map| map.keys())
        .collect();
    names
        .into_iter()
        .filter(|name| before.get(name.as_str()) != after.get(name.as_str()))
        .map(|name| FieldChange {
            field: own_key(name),
            before: LeadValue::own(name, before.get(name.as_str()), name_of),
            after: LeadValue::own(name, after.get(name.as_str()), name_of),
        })
        .collect()
}

/// The main thing that changed, and the fields that its words leave out.
fn told(mut changes: Vec<FieldChange>) -> Option<(What, Vec<FieldChange>)> {
    let take = |changes: &mut Vec<FieldChange>, field: &str| {
        let place = changes.iter().position(|change| change.field == field)?;
        Some(changes.remove(place))
    };
    if let Some(change) = take(&mut changes, "owner") {
        // The team goes with the person, and a new lead becomes an assigned one: no news of their own.
        changes.retain(|change| !["team", "status"].contains(&change.field.as_str()));
        let owner = match change.after {
            LeadValue::Text(name) => Some(name),
            _ => None,
        };
        return Some((What::OwnerChanged { owner }, changes));
    }
    if let Some(change) = take(&mut changes, "status")
        && let (LeadValue::Status(from), LeadValue::Status(to)) = (change.before, change.after)
    {
        let reason = take(&mut changes, "discard_reason").and_then(|change| match change.after {
            LeadValue::Text(text) => Some(text),
            _ => None,
        });
        return Some((What::StatusChanged { from, to, reason }, changes));
    }
    (!changes.is_empty()).then_some((What::Changed, changes))
}

/// The entry as the timeline shows it.
pub(crate) fn entry(shell: &Shell, event: &Event) -> TimelineEntry {
    let l = shell.locale();
    let (icon, tone) = mark(&event.what);
    let when = format::relative(l, event.at, shell.now, &shell.zone);
    TimelineEntry {
        icon,
        tone,
        title: title(shell, event),
        href: match &event.what {
            What::Activity(done) => done.href(),
            What::Document(done) => done.href(),
            _ => None,
        },
        instant: event.at.to_string(),
        when,
        when_exactly: exactly(shell, event),
        way: event.import.as_ref().map(|import| import.shown(l)),
        said: match &event.what {
            What::Activity(done) => done.said.clone(),
            What::Document(done) => done.said.clone(),
            What::Consent { evidence, .. } => {
                evidence.as_deref().map(|text| evidence_words(l.language, text))
            }
            What::StatusChanged { reason, .. } => {
                reason.as_deref().map(|reason| labels::discard_reason(shell.locale(), reason))
            }
            _ => None,
        },
        changes: event
            .changes
            .iter()
            .map(|change| (field_label(l, &change.field), before(l, change), change.after.shown(l)))
            .collect(),
    }
}

fn before(l: Locale<'_>, change: &FieldChange) -> Value {
    change.before.shown(l)
}

/// Date and time, with the way where it is not a page.
fn exactly(shell: &Shell, event: &Event) -> String {
    let l = shell.locale();
    let time = format::date_time(l, event.at, &shell.zone);
    match event.way {
        // An import is said beside it, with its page.
        Way::Page | Way::Import => time,
        Way::Api => t!(l, "leads-way-api", time = time),
        Way::Form => t!(l, "leads-way-form", time = time),
        Way::System => t!(l, "leads-way-system", time = time),
    }
}

fn mark(what: &What) -> (&'static str, Tone) {
    match what {
        What::Created { .. } => ("plus", Tone::Accent),
        What::StatusChanged { to: LeadStatus::Discarded, .. } => ("x", Tone::Danger),
        What::StatusChanged { to: LeadStatus::Converted, .. } => ("circle-check", Tone::Ok),
        What::StatusChanged { .. } => ("target", Tone::Ok),
        What::OwnerChanged { .. } => ("user-check", Tone::Violet),
        What::MovedOn { .. } => ("refresh-cw", Tone::Warn),
        What::Accepted => ("check", Tone::Ok),
        What::Snoozed(_) => ("clock", Tone::Plain),
        What::BackInInbox => ("inbox", Tone::Plain),
        What::Changed => ("pencil", Tone::Plain),
        What::Activity(done) => (done.icon(), done.tone()),
        What::Document(done) => (done.icon(), done.tone()),
        What::Consent { .. } => ("shield-check", Tone::Violet),
        What::Deleted => ("trash-2", Tone::Danger),
        What::Alike(_) => ("copy", Tone::Violet),
    }
}

/// Whole sentences, with and without somebody who did it.
fn title(shell: &Shell, event: &Event) -> String {
    let l = shell.locale();
    let by = if event.by.is_some() { "person" } else { "nobody" };
    let who = event.by.as_deref().unwrap_or_default();
    match &event.what {
        What::Created { owner: Some(owner) } => {
            t!(l, "leads-event-created-for", by = by, who = who, owner = owner.as_str())
        }
        What::Created { owner: None } => t!(l, "leads-event-created", by = by, who = who),
        What::StatusChanged { from, to, .. } => {
            let (from, to) = (labels::lead_status(l, *from), labels::lead_status(l, *to));
            t!(l, "leads-event-status", by = by, who = who, from = from, to = to)
        }
        What::OwnerChanged { owner: Some(owner) } => {
            t!(l, "leads-event-owner", by = by, who = who, owner = owner.as_str())
        }
        What::OwnerChanged { owner: None } => t!(l, "leads-event-no-owner", by = by, who = who),
        What::MovedOn { owner } => {
            t!(l, "inbox-event-moved", owner = owner.as_deref().unwrap_or("–"))
        }
        What::Accepted => t!(l, "inbox-event-accepted", by = by, who = who),
        What::Snoozed(until) => {
            let until = format::date_time(l, *until, &shell.zone);
            t!(l, "inbox-event-snoozed", by = by, who = who, until = until)
        }
        What::BackInInbox => t!(l, "inbox-event-back", by = by, who = who),
        What::Changed => t!(l, "leads-event-changed", by = by, who = who),
        What::Consent { state, purpose, .. } => event_title(l, who, *state, purpose),
        What::Activity(done) => done.words(l, who),
        What::Document(done) => done.words(l, who),
        What::Deleted => t!(l, "leads-event-deleted", by = by, who = who),
        What::Alike(title) => title.clone(),
    }
}
