//! That somebody was erased: when, by whom and how far it is. Nothing that says who it was.

use crate::record::meta_field;
use crate::{IndexEntry, Kind, Meta, Record};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

/// What stands where something was erased.
pub const ERASED: &str = "[esborrat]";

/// What says who somebody is in the records of one entity.
struct Personal {
    /// Names and texts: something must stand in their place.
    replaced: &'static [&'static str],
    /// What is looked for, called or visited: better nothing than something that looks like it.
    emptied: &'static [&'static str],
}

const OF_LEAD: Personal = Personal {
    replaced: &["name", "company", "description", "interest", "discard_reason"],
    emptied: &["email", "phone", "tax_id", "address", "website", "external_key"],
};
const OF_CONTACT: Personal = Personal {
    replaced: &["given_name", "family_name", "description"],
    emptied: &[
        "job_title",
        "email",
        "phone",
        "mobile",
        "address",
        "birthday",
        "external_key",
        "positions",
        "phones",
        "emails",
    ],
};
const OF_COMPANY: Personal = Personal {
    replaced: &["name", "description"],
    emptied: &[
        "legal_name",
        "email",
        "phone",
        "tax_id",
        "address",
        // Of changes that were written when it was a text.
        "delivery_address",
        "addresses",
        "phones",
        "emails",
        "website",
        "external_key",
    ],
};
const OF_OPPORTUNITY: Personal =
    Personal { replaced: &["name", "description"], emptied: &["competitor", "external_key"] };
const OF_ACTIVITY: Personal =
    Personal { replaced: &["subject", "text", "outcome"], emptied: &["external_key"] };
const OF_DOCUMENT: Personal =
    Personal { replaced: &["title", "file_name"], emptied: &["url", "change_note", "external_key"] };
const OF_CONSENT: Personal = Personal { replaced: &["evidence"], emptied: &[] };
/// The books keep what was offered and accepted; the paper itself is kept as long as they are.
const OF_QUOTE: Personal = Personal { replaced: &["answer"], emptied: &["contact"] };
/// A simulation is called after whom it is for, and so may be what came of it.
const NAME_OF_QUOTE: &str = "subject";
const OF_QUOTE_STATE: Personal = Personal { replaced: &[], emptied: &["sent_to", "copies", "message"] };
/// Keys in other systems.
const OF_MERGE: Personal = Personal { replaced: &[], emptied: &["keys"] };

/// How what says who somebody is goes out of a record of an entity, or out of the part of one that a change keeps; nothing
/// for entities that are about nobody. What the books need stays: states, dates, amounts, sources, who was responsible,
/// postcodes and towns, what belongs to what.
pub fn scrub_of(kind: Kind) -> Option<fn(&mut Map<String, Value>)> {
    Some(match kind {
        Kind::Lead => |record| scrub(record, &OF_LEAD),
        Kind::Contact => |record| scrub(record, &OF_CONTACT),
        Kind::Company => |record| scrub(record, &OF_COMPANY),
        Kind::Opportunity => |record| scrub(record, &OF_OPPORTUNITY),
        Kind::Activity => |record| scrub(record, &OF_ACTIVITY),
        Kind::Quote => scrub_of_quote(OfQuote::Everything),
        Kind::Document => |record| scrub(record, &OF_DOCUMENT),
        Kind::Consent => |record| scrub(record, &OF_CONSENT),
        Kind::Merge => |record| scrub(record, &OF_MERGE),
        _ => return None,
    })
}

/// What of a quote says who somebody is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OfQuote {
    /// It is for them alone.
    Everything,
    /// It is for the company that they were written to at: what it is called is the company's.
    Client,
    /// It is for somebody else, and still called after them.
    Name,
}

/// How what says who somebody is goes out of a quote that is not theirs alone.
pub fn scrub_of_quote(part: OfQuote) -> fn(&mut Map<String, Value>) {
    match part {
        OfQuote::Everything => |record| {
            scrub_name_of_quote(record);
            scrub_client_of_quote(record);
        },
        OfQuote::Client => scrub_client_of_quote,
        OfQuote::Name => scrub_name_of_quote,
    }
}

fn scrub_client_of_quote(record: &mut Map<String, Value>) {
    scrub(record, &OF_QUOTE);
    if let Some(Value::Object(state)) = record.get_mut("state") {
        scrub(state, &OF_QUOTE_STATE);
        // That it was accepted, when and as what, stays.
        if let Some(Value::Object(acceptance)) = state.get_mut("acceptance") {
            replace(acceptance, &["name"]);
            acceptance.remove("address");
            acceptance.remove("agent");
            acceptance.remove("signature");
        }
    }
}

fn scrub_name_of_quote(record: &mut Map<String, Value>) {
    replace(record, &[NAME_OF_QUOTE]);
}

fn replace(record: &mut Map<String, Value>, fields: &[&str]) {
    for field in fields {
        if let Some(value) = record.get_mut(*field).filter(|value| !value.is_null()) {
            *value = Value::String(ERASED.to_owned());
        }
    }
}

fn scrub(record: &mut Map<String, Value>, personal: &Personal) {
    replace(record, personal.replaced);
    for field in personal.emptied {
        match record.get_mut(*field) {
            Some(Value::Array(values)) => values.clear(),
            Some(value) => *value = Value::Null,
            None => {}
        }
    }
    // What a company's own fields hold is not known; the reasons of plugins and people are free texts.
    if let Some(Value::Object(custom)) = record.get_mut("custom") {
        custom.clear();
    }
    // Nobody is left who could be written to.
    for list in ["unique_fields", "consents"] {
        if let Some(Value::Array(values)) = record.get_mut(list) {
            values.clear();
        }
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
    /// The entity of the record.
    #[serde(default = "lead", skip_serializing_if = "is_lead")]
    pub kind: Kind,
    /// The record, which stays without saying who it was. Only leads could be erased when it got the name it is kept under.
    #[serde(rename = "lead")]
    pub record: Uuid,
    /// How many notes about it there were.
    pub notes: u32,
    /// Uploaded files that were deleted with it.
    pub files: u32,
    /// Whether the journal holds nothing any more. Until then whoever starts Tracte goes on.
    pub is_done: bool,
}

fn lead() -> Kind {
    Kind::Lead
}

#[allow(clippy::trivially_copy_pass_by_ref)] // As serde asks.
fn is_lead(kind: &Kind) -> bool {
    *kind == Kind::Lead
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
        vec![self.meta.id, self.record]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Actor, Company, Contact, Entity, Lead, Quote};
    use serde::de::DeserializeOwned;

    fn left<R: Record + DeserializeOwned>(record: &R) -> (R, String) {
        let Ok(Value::Object(mut fields)) = serde_json::to_value(record) else { panic!() };
        let scrub = scrub_of(R::KIND).unwrap();
        scrub(&mut fields);
        let once = fields.clone();
        scrub(&mut fields);
        assert_eq!(fields, once);
        let said = format!("{once:?}");
        (serde_json::from_value(Value::Object(fields)).unwrap(), said)
    }

    fn meta() -> Meta {
        Meta::new(Uuid::from_u128(1), jiff::Timestamp::UNIX_EPOCH, Actor::SYSTEM)
    }

    #[test]
    fn what_is_left_of_a_lead_is_a_lead_and_says_nobody() {
        let mut lead = Lead::new(meta());
        for field in [&mut lead.name, &mut lead.company, &mut lead.email, &mut lead.phone, &mut lead.address]
        {
            *field = Some("Marta Puig".to_owned());
        }
        lead.town = Some("Olot".to_owned());
        let (left, said) = left(&lead);
        assert_eq!((left.title(), left.email.as_deref(), left.town.as_deref()), (ERASED, None, Some("Olot")));
        assert!(!said.contains("Marta"));
    }

    #[test]
    fn what_is_left_of_others_is_what_they_belong_to() {
        let mut contact = Contact::begin(meta());
        for field in [&mut contact.given_name, &mut contact.family_name, &mut contact.mobile] {
            *field = Some("Marta Puig".to_owned());
        }
        contact.company = Some(Uuid::from_u128(7));
        let (kept, said) = left(&contact);
        assert_eq!((kept.given_name.as_deref(), kept.company), (Some(ERASED), contact.company));
        assert!(!said.contains("Marta"));
        let mut company = Company::begin(meta());
        for field in [&mut company.name, &mut company.legal_name] {
            *field = Some("Marta Puig".to_owned());
        }
        let street = Some("Casa de la Marta Puig".to_owned());
        company.addresses = vec![crate::PostalAddress { street, ..crate::PostalAddress::default() }];
        let address = "Marta@puig.cat".to_owned();
        company.emails = vec![crate::EmailAddress { label: "work".to_owned(), address }];
        let (kept, said) = left(&company);
        assert_eq!((kept.title().as_str(), kept.kind.as_deref()), (ERASED, Some("prospect")));
        assert!(!said.contains("Marta"));
    }

    #[test]
    fn what_is_left_of_a_quote_is_what_was_offered() {
        let mut quote = Quote::begin(meta());
        for field in
            [&mut quote.subject, &mut quote.answer, &mut quote.state.sent_to, &mut quote.state.message]
        {
            *field = Some("Marta Puig".to_owned());
        }
        quote.state.copies = vec!["Marta@puig.cat".to_owned()];
        quote.state.acceptance = Some(crate::QuoteAcceptance {
            name: "Marta Puig".to_owned(),
            at: jiff::Timestamp::UNIX_EPOCH,
            address: Some("Marta".to_owned()),
            agent: "Marta".to_owned(),
            pdf: "ab".to_owned(),
            signature: Some("Marta".to_owned()),
            alternative: None,
            ticked: Vec::new(),
        });
        (quote.lead, quote.contact) = (Some(Uuid::from_u128(7)), Some(Uuid::from_u128(8)));
        quote.number = Some("P2026-0001".to_owned());
        let (kept, said) = left(&quote);
        assert_eq!((kept.subject.as_deref(), kept.contact, kept.lead), (Some(ERASED), None, quote.lead));
        assert_eq!(kept.state.acceptance.unwrap().pdf, "ab");
        assert_eq!((kept.number.clone(), kept.state.sent_to.as_deref()), (quote.number.clone(), None));
        assert!(!said.contains("Marta"));
        // A company's, and one that is only called after them.
        let Ok(Value::Object(mut fields)) = serde_json::to_value(&quote) else { panic!() };
        scrub_of_quote(OfQuote::Client)(&mut fields);
        let kept: Quote = serde_json::from_value(Value::Object(fields)).unwrap();
        assert_eq!((kept.subject.clone(), kept.contact), (quote.subject.clone(), None));
        let Ok(Value::Object(mut fields)) = serde_json::to_value(&quote) else { panic!() };
        scrub_of_quote(OfQuote::Name)(&mut fields);
        let kept: Quote = serde_json::from_value(Value::Object(fields)).unwrap();
        let rest = (kept.subject.as_deref(), kept.contact, kept.answer.as_deref());
        assert_eq!(rest, (Some(ERASED), quote.contact, quote.answer.as_deref()));
    }

    #[test]
    fn an_erasure_that_was_kept_before_there_were_others_is_one_of_a_lead() {
        let erasure = Erasure {
            meta: meta(),
            kind: Kind::Lead,
            record: Uuid::from_u128(3),
            notes: 1,
            files: 0,
            is_done: true,
        };
        let kept = serde_json::to_value(&erasure).unwrap();
        assert!(kept.get("kind").is_none());
        assert_eq!(serde_json::from_value::<Erasure>(kept).unwrap(), erasure);
    }
}
