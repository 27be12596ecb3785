//! Contacts (contactes): the people one talks to.

use crate::entity::{entity_fields, entity_parts};
use crate::rows::{EMAILS, PHONES, POSITIONS, entity_rows};
use crate::{
    Common, ERASED, EmailAddress, Entity, FieldKind, FieldSpec, FieldValue, Kind, Language, Meta,
    PhoneNumber, Position, TITLE, Values, lists,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A person. A given or a family name is always there.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Contact {
    pub meta: Meta,
    #[serde(flatten)]
    pub common: Common,
    pub given_name: Option<String>,
    pub family_name: Option<String>,
    /// The company they are met at first.
    pub company: Option<Uuid>,
    pub job_title: Option<String>,
    /// Further companies, each with what they do there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub positions: Vec<Position>,
    pub phone: Option<String>,
    pub mobile: Option<String>,
    pub email: Option<String>,
    /// Besides the main phone and the mobile one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub phones: Vec<PhoneNumber>,
    /// Besides the main e-mail address.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub emails: Vec<EmailAddress>,
    pub address: Option<String>,
    pub postcode: Option<String>,
    pub town: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// `ca`, `es`, `en`.
    pub language: Option<String>,
    pub birthday: Option<Date>,
    pub source: Option<String>,
    /// Purposes that they have agreed to and not taken back, by what counts of all that was said ([`crate::Consent`]).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub consents: Vec<String>,
    pub description: Option<String>,
}

entity_fields!(Contact + positions + phones + emails {
    given_name: FieldSpec::of(FieldKind::Text);
    family_name: FieldSpec::of(FieldKind::Text);
    company: FieldSpec::link(Kind::Company);
    job_title: FieldSpec::of(FieldKind::Text);
    phone: FieldSpec::of(FieldKind::Phone);
    mobile: FieldSpec::of(FieldKind::Phone);
    email: FieldSpec::of(FieldKind::Email);
    address: FieldSpec::of(FieldKind::Text);
    postcode: FieldSpec::of(FieldKind::Text);
    town: FieldSpec::of(FieldKind::Text);
    country: FieldSpec::of(FieldKind::Text);
    language: FieldSpec::one_of(Language::CODES);
    birthday: FieldSpec::of(FieldKind::Date);
    source: FieldSpec::from_list(lists::SOURCES);
    description: FieldSpec::of(FieldKind::LongText);
    consents: FieldSpec::of(FieldKind::Choices).with(Values::List(lists::CONSENT_PURPOSES)).comes_about();
} gathered {
    "any_phone": FieldSpec::of(FieldKind::Phone) => |contact| {
        let further = contact.phones.iter().map(|phone| &phone.number);
        FieldValue::texts(contact.phone.iter().chain(&contact.mobile).chain(further))
    };
    "any_email": FieldSpec::of(FieldKind::Email) => |contact| {
        let further = contact.emails.iter().map(|email| &email.address);
        FieldValue::texts(contact.email.iter().chain(further))
    };
    "any_company": FieldSpec::link(Kind::Company) => |contact| {
        FieldValue::Records(contact.companies())
    };
});

impl Contact {
    /// Every company that the person works at or worked at, the first one first, each once.
    pub fn companies(&self) -> Vec<Uuid> {
        let mut all: Vec<Uuid> = Vec::new();
        for company in self.company.into_iter().chain(self.positions.iter().map(|position| position.company))
        {
            if !all.contains(&company) {
                all.push(company);
            }
        }
        all
    }
}

impl Entity for Contact {
    const PLURAL: &'static str = "contacts";
    const SORTS: &'static [&'static str] = &[TITLE, "family_name"];
    const FACETS: &'static [&'static str] = &["source", "language"];

    fn begin(meta: Meta) -> Contact {
        Contact::blank(meta)
    }

    fn title(&self) -> String {
        let names = [&self.given_name, &self.family_name].into_iter().flatten();
        let mut names: Vec<&str> = names.map(String::as_str).collect();
        // Of somebody who was erased both say the same.
        names.dedup_by(|later, earlier| later == earlier && *later == ERASED);
        names.join(" ")
    }

    /// One position a company: the first that says what somebody does there, at work if any was.
    fn tidy_links(&mut self) {
        let mut kept: Vec<Position> = Vec::with_capacity(self.positions.len());
        for position in std::mem::take(&mut self.positions) {
            match kept.iter_mut().find(|other| other.company == position.company) {
                Some(other) => {
                    other.active |= position.active;
                    if other.role.is_empty() {
                        other.role = position.role;
                    }
                }
                None => kept.push(position),
            }
        }
        self.positions = kept;
    }

    fn further_links(&self) -> Vec<Uuid> {
        self.positions.iter().map(|position| position.company).collect()
    }

    entity_parts!();

    entity_rows! {
        positions: POSITIONS;
        phones: PHONES;
        emails: EMAILS;
    }
}
