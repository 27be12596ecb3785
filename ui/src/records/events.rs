//! What happened to a record and to those that belong to it, from the journal, in words.

use super::page::Event;
use super::words::kind_name;
use crate::Locale;
use crate::activities::{ActivityDeed, ActivityEvent};
use crate::audit::{Words, is_by_client};
use crate::components::Tone;
use crate::consents::{event_title, evidence_words};
use crate::documents::DocumentEvent;
use crate::imports::ImportWay;
use crate::merges;
use crate::messages::t;
use crate::prices;
use model::json::Value;
use model::uuid::Uuid;
use model::{Change, Consent, Deed, Kind};
use std::collections::BTreeSet;

/// Bookkeeping: no news for anybody.
const UNSAID: [&str; 6] =
    ["meta", "unique_fields", "stage_since", "consents", "conversion", "first_response_at"];

impl Event {
    /// The entry for a change on the timeline of the record `of`; none for a change that says nothing to a reader.
    pub fn of<'l>(l: impl Into<Locale<'l>>, change: &Change, of: Uuid, words: &Words<'_>) -> Option<Event> {
        let l: Locale<'_> = l.into();
        let client = is_by_client(change.kind, &change.by).then(|| t!(l, "audit-client-on-quote"));
        let user = change.by.user.and_then(|user| words.names.get(&user.0));
        let who = client.as_ref().or(user).map_or("", String::as_str);
        let import = ImportWay::of(change);
        let event = |icon, tone, title, said, changes| {
            let import = import.clone();
            Some(Event { icon, tone, title, at: change.at, import, href: None, said, changes })
        };
        if let Some(done) = ActivityEvent::of(change) {
            let changes = if done.deed == ActivityDeed::Changed || change.id == of {
                fields_of(change, words)
            } else {
                Vec::new()
            };
            return Some(Event {
                icon: done.icon(),
                tone: done.tone(),
                title: done.words(l, who),
                at: change.at,
                import: import.clone(),
                href: done.href().filter(|_| change.id != of),
                said: done.said,
                changes,
            });
        }
        if let Some(done) = DocumentEvent::of(change).filter(|_| change.id != of) {
            let is_said = done.is_change_of_fields();
            return Some(Event {
                icon: done.icon(),
                tone: done.tone(),
                title: done.words(l, who),
                at: change.at,
                import: import.clone(),
                href: done.href(),
                said: done.said.clone(),
                changes: if is_said { fields_of(change, words) } else { Vec::new() },
            });
        }
        if change.kind == Kind::Consent {
            let consent = change.record::<Consent>()?;
            let title = event_title(l, who, consent.state, &consent.purpose);
            let evidence = consent.evidence.map(|text| evidence_words(l.language, &text));
            return event("shield-check", Tone::Violet, title, evidence, Vec::new());
        }
        if matches!(change.kind, Kind::Merge | Kind::Distinct) {
            let title = merges::event_title(l, change, of, who, &|id| words.names.get(&id).cloned())?;
            return event("copy", Tone::Violet, title, None, Vec::new());
        }
        if change.kind == Kind::Price {
            return event("tag", Tone::Plain, prices::event_title(l, change, who)?, None, Vec::new());
        }
        let changes = fields_of(change, words);
        if change.deed == Deed::Updated && changes.is_empty() {
            return None;
        }
        let (icon, tone) = match change.deed {
            Deed::Created => ("plus", Tone::Accent),
            Deed::Updated => ("pencil", Tone::Plain),
            Deed::Deleted => ("trash-2", Tone::Danger),
        };
        let title =
            if change.id == of { own_title(l, change.deed, who) } else { related_title(l, change, who) };
        event(icon, tone, title, None, changes)
    }
}

fn fields_of(change: &Change, words: &Words<'_>) -> Vec<(String, String, String)> {
    if change.deed == Deed::Updated { fields(change, words) } else { Vec::new() }
}

fn by(who: &str) -> &'static str {
    if who.is_empty() { "nobody" } else { "person" }
}

fn own_title(l: Locale<'_>, deed: Deed, who: &str) -> String {
    let by = by(who);
    match deed {
        Deed::Created => t!(l, "records-event-created", by = by, who = who),
        Deed::Updated | Deed::Deleted => t!(l, "records-event-changed", by = by, who = who),
    }
}

fn related_title(l: Locale<'_>, change: &Change, who: &str) -> String {
    let by = by(who);
    let title = model::title_in(change).unwrap_or_default();
    let what = format!("«{title}» ({})", kind_name(l, change.kind));
    match change.deed {
        Deed::Created => t!(l, "records-event-related-created", by = by, who = who, what = what),
        Deed::Updated => t!(l, "records-event-related-changed", by = by, who = who, what = what),
        Deed::Deleted => t!(l, "records-event-related-deleted", by = by, who = who, what = what),
    }
}

/// What changed, field by field, the company's own one by one.
fn fields(change: &Change, words: &Words<'_>) -> Vec<(String, String, String)> {
    let mut said = Vec::new();
    for (name, before, after) in change.changed_fields().filter(|(name, ..)| is_said(change.kind, name)) {
        for part in parts(name, before, after) {
            let inner = |value: &Value| match &part {
                Some(part) => value.get(part).cloned().unwrap_or(Value::Null),
                None => value.clone(),
            };
            let (before, after) = (inner(before), inner(after));
            if before != after {
                let part = part.as_deref();
                let value = |value: &Value| words.value(change.kind, name, part, value);
                said.push((words.field(change.kind, name, part), value(&before), value(&after)));
            }
        }
    }
    said
}

fn is_said(kind: Kind, name: &str) -> bool {
    // How a quote is kept is told by its status and by the evidence on its page.
    !(UNSAID.contains(&name) || kind == Kind::Quote && name == "state")
}

/// The names of own fields that either side has; any other field is one.
fn parts(name: &str, before: &Value, after: &Value) -> Vec<Option<String>> {
    if name != "custom" {
        return vec![None];
    }
    let maps = [before, after].into_iter().filter_map(Value::as_object);
    let names: BTreeSet<&String> = maps.flat_map(|map| map.keys()).collect();
    names.into_iter().map(|name| Some(name.clone())).collect()
}
