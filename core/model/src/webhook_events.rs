//! What other systems are told of: events, worked out from the journal's changes.

use crate::quote_status::{ACCEPTED, EXPIRED, REJECTED, SENT, VIEWED};
use crate::{Change, Deed, Frame, Kind, LeadStatus, StageKind, stages_of};
use serde_json::Value;
use uuid::Uuid;

/// The events of each entity, in the order of the page: first the three that all have, then what is telling.
pub const WEBHOOK_EVENTS: &[(Kind, &[&str])] = &[
    (Kind::Lead, &["created", "changed", "deleted", "converted"]),
    (Kind::Company, &["created", "changed", "deleted"]),
    (Kind::Contact, &["created", "changed", "deleted"]),
    (Kind::Opportunity, &["created", "changed", "deleted", "stage_changed", "won", "lost"]),
    (Kind::Product, &["created", "changed", "deleted"]),
    (Kind::Activity, &["created", "changed", "deleted"]),
    (Kind::Document, &["created", "changed", "deleted"]),
    (Kind::Quote, &["created", "changed", "deleted", SENT, VIEWED, ACCEPTED, REJECTED, EXPIRED]),
];

/// What a quote becomes that others wait for.
const OF_QUOTES: &[&str] = &[SENT, VIEWED, ACCEPTED, REJECTED, EXPIRED];

/// Instead of the name of an event: all of its entity.
const ALL: &str = "*";

/// Something that happened to a record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WebhookEvent {
    pub kind: Kind,
    pub id: Uuid,
    /// One of [`WEBHOOK_EVENTS`].
    pub name: &'static str,
}

impl WebhookEvent {
    /// `quote.accepted`.
    pub fn code(&self) -> String {
        format!("{}.{}", self.kind, self.name)
    }

    /// Whether somebody asked for it: by its code, or for all of its entity.
    pub fn is_among(&self, wanted: &[String]) -> bool {
        let (all, own) = (all_of(self.kind), self.code());
        wanted.iter().any(|code| *code == all || *code == own)
    }
}

/// `quote.*`.
pub fn all_of(kind: Kind) -> String {
    format!("{kind}.{ALL}")
}

/// Every code that can be asked for, those for all of an entity before its events.
pub fn webhook_codes() -> Vec<String> {
    let codes_of = |(kind, names): &(Kind, &[&str])| {
        let own = names.iter().map(|name| format!("{kind}.{name}"));
        std::iter::once(all_of(*kind)).chain(own).collect::<Vec<_>>()
    };
    WEBHOOK_EVENTS.iter().flat_map(codes_of).collect()
}

/// What a change means, the plainest first; nothing for what is no entity of the business. What an opportunity's stage
/// means is looked up in the frame as it is now.
pub fn webhook_events(change: &Change, frame: &Frame) -> Vec<WebhookEvent> {
    let (kind, id) = match (change.kind, sheet_of(change)) {
        (_, Some(quote)) => (Kind::Quote, quote),
        (kind, None) => (kind, change.id),
    };
    let plain = match change.deed {
        _ if change.kind == Kind::QuoteSheet => "changed",
        Deed::Created => "created",
        Deed::Updated => "changed",
        Deed::Deleted => "deleted",
    };
    let telling: &[&str] = match change.kind {
        // One that an import makes was converted long ago, and elsewhere.
        Kind::Lead
            if change.deed == Deed::Updated && became(change, "status", LeadStatus::Converted.as_str()) =>
        {
            &["converted"]
        }
        Kind::Quote => {
            OF_QUOTES.iter().find(|status| became(change, "status", status)).map_or(&[], std::slice::from_ref)
        }
        Kind::Opportunity => of_opportunity(change, frame),
        _ => &[],
    };
    let names = std::iter::once(plain).chain(telling.iter().copied());
    let known =
        WEBHOOK_EVENTS.iter().find(|(entity, _)| *entity == kind).map_or(&[][..], |(_, names)| *names);
    names
        .filter_map(|name| known.iter().find(|known| **known == name))
        .map(|name| WebhookEvent { kind, id, name })
        .collect()
}

/// Whether a change only repeats what another one of the same write says: lines of a quote that is written with them.
pub fn is_echo(change: &Change, among: &[Change]) -> bool {
    sheet_of(change).is_some_and(|quote| {
        among.iter().any(|other| {
            (other.kind, other.id) == (Kind::Quote, quote)
                && (other.at, &other.request) == (change.at, &change.request)
        })
    })
}

/// The quote that lines are of.
fn sheet_of(change: &Change) -> Option<Uuid> {
    let is_sheet = change.kind == Kind::QuoteSheet;
    let of = is_sheet.then(|| now(change, "of").or_else(|| text(change.before.get("of"))))??;
    of.parse().ok()
}

fn of_opportunity(change: &Change, frame: &Frame) -> &'static [&'static str] {
    let (was, is) = (was(change, "stage"), now(change, "stage"));
    let meaning = |stage: Option<&str>| {
        stage
            .and_then(|stage| stages_of(frame).find(|(code, _, _)| code == stage))
            .map(|(_, _, stage)| stage.kind)
    };
    let is_moved = change.deed == Deed::Updated && was != is;
    match (meaning(is).filter(|kind| Some(*kind) != meaning(was)), is_moved) {
        (Some(StageKind::Won), true) => &["stage_changed", "won"],
        (Some(StageKind::Won), false) => &["won"],
        (Some(StageKind::Lost), true) => &["stage_changed", "lost"],
        (Some(StageKind::Lost), false) => &["lost"],
        (_, true) => &["stage_changed"],
        (_, false) => &[],
    }
}

/// Whether a field has this value since the change, and had not before.
fn became(change: &Change, field: &str, value: &str) -> bool {
    now(change, field) == Some(value) && was(change, field) != Some(value)
}

fn now<'c>(change: &'c Change, field: &str) -> Option<&'c str> {
    text(change.after.as_ref().and_then(|record| record.get(field)))
}

fn was<'c>(change: &'c Change, field: &str) -> Option<&'c str> {
    match change.before.get(field) {
        Some(before) => before.as_str(),
        None if change.deed == Deed::Created => None,
        None => now(change, field),
    }
}

fn text(value: Option<&Value>) -> Option<&str> {
    value.and_then(Value::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Actor;
    use jiff::Timestamp;
    use serde_json::json;

    fn change(kind: Kind, deed: Deed, before: Value, after: Value) -> Change {
        let Value::Object(before) = before else { panic!() };
        Change {
            seq: 7,
            at: Timestamp::UNIX_EPOCH,
            by: Actor::SYSTEM,
            request: "r".to_owned(),
            address: None,
            kind,
            id: Uuid::from_u128(1),
            version: 2,
            deed,
            about: Vec::new(),
            before,
            after: Some(after).filter(|after| !after.is_null()),
        }
    }

    #[track_caller]
    fn check(kind: Kind, deed: Deed, before: Value, after: Value, expected: &[&str]) {
        let found = webhook_events(&change(kind, deed, before, after), &Frame::default());
        assert_eq!(found.iter().map(WebhookEvent::code).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn every_entity_says_that_it_came_changed_and_went() {
        for (kind, names) in WEBHOOK_EVENTS {
            assert_eq!(names[..3], ["created", "changed", "deleted"], "{kind}");
            let code = |name: &str| format!("{kind}.{name}");
            check(*kind, Deed::Created, json!({}), json!({ "tags": [] }), &[&code("created")]);
            check(
                *kind,
                Deed::Updated,
                json!({ "archived": false }),
                json!({ "archived": true }),
                &[&code("changed")],
            );
            check(
                *kind,
                Deed::Deleted,
                json!({ "status": "sent", "stage": "sales.won" }),
                Value::Null,
                &[&code("deleted")],
            );
        }
        for kind in [Kind::User, Kind::Webhook, Kind::Settings, Kind::Letter] {
            check(kind, Deed::Created, json!({}), json!({ "status": "sent" }), &[]);
        }
    }

    #[test]
    fn what_a_quote_became_is_told_once() {
        for status in OF_QUOTES {
            let own = format!("quote.{status}");
            let after = json!({ "status": status, "subject": "Cuina" });
            check(
                Kind::Quote,
                Deed::Updated,
                json!({ "status": "draft" }),
                after.clone(),
                &["quote.changed", &own],
            );
            check(
                Kind::Quote,
                Deed::Updated,
                json!({ "subject": "Bany" }),
                after.clone(),
                &["quote.changed"],
            );
            check(Kind::Quote, Deed::Created, json!({}), after, &["quote.created", &own]);
        }
        let after = json!({ "status": "superseded" });
        check(Kind::Quote, Deed::Updated, json!({ "status": "sent" }), after, &["quote.changed"]);
    }

    #[test]
    fn stages_say_what_they_mean() {
        let moved = |from: &str, to: &str, expected: &[&str]| {
            let expected: Vec<String> = std::iter::once("changed")
                .chain(expected.iter().copied())
                .map(|name| format!("opportunity.{name}"))
                .collect();
            let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
            check(
                Kind::Opportunity,
                Deed::Updated,
                json!({ "stage": from }),
                json!({ "stage": to }),
                &expected,
            );
        };
        moved("sales.new", "sales.offer", &["stage_changed"]);
        moved("sales.offer", "sales.won", &["stage_changed", "won"]);
        moved("sales.won", "sales.lost", &["stage_changed", "lost"]);
        moved("sales.lost", "sales.new", &["stage_changed"]);
        moved("sales.new", "sales.gone", &["stage_changed"]);
        let won = json!({ "stage": "sales.won" });
        check(
            Kind::Opportunity,
            Deed::Created,
            json!({}),
            won.clone(),
            &["opportunity.created", "opportunity.won"],
        );
        check(Kind::Opportunity, Deed::Updated, json!({ "name": "x" }), won, &["opportunity.changed"]);
    }

    #[test]
    fn a_lead_is_converted_once() {
        let after = json!({ "status": "converted" });
        check(
            Kind::Lead,
            Deed::Updated,
            json!({ "status": "new" }),
            after.clone(),
            &["lead.changed", "lead.converted"],
        );
        check(Kind::Lead, Deed::Updated, json!({ "town": null }), after, &["lead.changed"]);
        let undone = json!({ "status": "new" });
        check(Kind::Lead, Deed::Updated, json!({ "status": "converted" }), undone, &["lead.changed"]);
    }

    #[test]
    fn lines_change_their_quote_unless_it_says_so_itself() {
        let quote = Uuid::from_u128(9);
        let sheet = change(
            Kind::QuoteSheet,
            Deed::Updated,
            json!({ "lines": [] }),
            json!({ "of": quote, "lines": [1] }),
        );
        let event = WebhookEvent { kind: Kind::Quote, id: quote, name: "changed" };
        assert_eq!(webhook_events(&sheet, &Frame::default()), [event]);
        let gone = change(Kind::QuoteSheet, Deed::Deleted, json!({ "of": quote }), Value::Null);
        assert_eq!(webhook_events(&gone, &Frame::default())[0].id, quote);
        assert!(!is_echo(&sheet, std::slice::from_ref(&sheet)));
        let beside = |request: &str| Change {
            id: quote,
            request: request.to_owned(),
            ..change(Kind::Quote, Deed::Updated, json!({ "total": null }), json!({}))
        };
        assert!(is_echo(&sheet, &[beside("r")]) && !is_echo(&sheet, &[beside("another")]));
    }

    #[test]
    fn who_asks_for_all_of_an_entity_gets_all_of_it() {
        let event = WebhookEvent { kind: Kind::Quote, id: Uuid::nil(), name: ACCEPTED };
        let among = |wanted: &[&str]| {
            event.is_among(&wanted.iter().map(|code| (*code).to_owned()).collect::<Vec<_>>())
        };
        assert!(among(&["lead.*", "quote.*"]) && among(&["quote.accepted"]));
        assert!(!among(&["quote.sent", "lead.*"]) && !among(&[]));
        let codes = webhook_codes();
        assert!(codes.contains(&"quote.*".to_owned()) && codes.contains(&event.code()));
        assert_eq!(codes.len(), WEBHOOK_EVENTS.iter().map(|(_, names)| names.len() + 1).sum::<usize>());
    }
}
