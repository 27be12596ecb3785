//! Consents: what a person said about the use of their data, by purpose: on which legal ground, when, how, and whether
//! they gave it or took it back.

use crate::codes::coded;
use crate::record::meta_field;
use crate::{Contact, IndexEntry, IndexKey, Kind, Lead, Meta, Record, space};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// A link, a sentence, the name of a file: 1,000 characters of two bytes each stay under the 3,900 bytes of a record.
pub const EVIDENCE_CHARACTERS_MAX: usize = 1_000;

coded! {
    /// Why data may be used: article 6(1) of the GDPR, (EU) 2016/679.
    LawfulBasis {
        /// Point (a).
        Consent = "consent",
        /// Point (b).
        Contract = "contract",
        /// Point (c).
        LegalObligation = "legal_obligation",
        /// Point (d).
        VitalInterests = "vital_interests",
        /// Point (e).
        PublicTask = "public_task",
        /// Point (f): whoever objects under article 21 takes it back.
        LegitimateInterests = "legitimate_interests",
    }
}

coded! {
    /// What was said.
    ConsentState {
        Given = "given",
        Withdrawn = "withdrawn",
    }
}

coded! {
    /// How it was said.
    ConsentWay {
        WebForm = "web_form",
        Email = "email",
        Phone = "phone",
        InPerson = "in_person",
        Paper = "paper",
        Import = "import",
        Other = "other",
    }
}

/// Something that was said once. Nothing of it changes: what is said later is another record, and the newest counts.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Consent {
    pub meta: Meta,
    pub about_kind: Kind,
    /// The lead or contact who said it.
    pub about: Uuid,
    /// The key of a value of the company's list of purposes.
    pub purpose: String,
    pub basis: LawfulBasis,
    pub state: ConsentState,
    /// The day it was said, in the company's zone.
    pub said_on: Date,
    pub way: ConsentWay,
    /// What shows it: the text of the form, a link, where the paper is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<String>,
}

impl Consent {
    /// The prefix of everything said about a purpose.
    pub fn of_purpose(purpose: &str) -> IndexKey {
        IndexKey::new(space::CONSENT_PURPOSE).text(purpose)
    }

    /// What decides which of two counts: the day, then the moment it was written down.
    fn recency(&self) -> (Date, jiff::Timestamp, Uuid) {
        (self.said_on, self.meta.created_at, self.meta.id)
    }
}

impl Record for Consent {
    const KIND: Kind = Kind::Consent;

    meta_field!();

    fn indexes(&self) -> Vec<IndexEntry> {
        let key = Consent::of_purpose(&self.purpose).id(self.meta.id).bytes();
        vec![
            IndexEntry::member(Kind::Consent, self.about, self.meta.id),
            IndexEntry { key, value: Vec::new(), unique: false },
        ]
    }

    fn about(&self) -> Vec<Uuid> {
        vec![self.meta.id, self.about]
    }
}

/// The newest first.
pub fn newest_first(consents: &mut [Consent]) {
    consents.sort_by_cached_key(|consent| std::cmp::Reverse(consent.recency()));
}

/// What counts of each purpose.
pub fn standing(consents: &[Consent]) -> BTreeMap<&str, &Consent> {
    let mut standing: BTreeMap<&str, &Consent> = BTreeMap::new();
    for consent in consents {
        let counts = standing.entry(&consent.purpose).or_insert(consent);
        if consent.recency() > counts.recency() {
            *counts = consent;
        }
    }
    standing
}

/// Somebody who can say it. The purposes that are given stand in the record itself, so that lists filter by them.
pub trait Consenting: Record {
    fn consents_mut(&mut self) -> &mut Vec<String>;

    /// Makes the record say what counts of all that was said.
    fn settle_consents(&mut self, consents: &[Consent]) {
        let given = standing(consents).into_values().filter(|consent| consent.state == ConsentState::Given);
        *self.consents_mut() = given.map(|consent| consent.purpose.clone()).collect();
    }
}

impl Consenting for Lead {
    fn consents_mut(&mut self) -> &mut Vec<String> {
        &mut self.consents
    }
}

impl Consenting for Contact {
    fn consents_mut(&mut self) -> &mut Vec<String> {
        &mut self.consents
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Actor;
    use jiff::Timestamp;
    use jiff::civil::date;

    fn said(id: u128, day: i8, purpose: &str, state: ConsentState) -> Consent {
        let at = Timestamp::UNIX_EPOCH + jiff::SignedDuration::from_secs(i64::try_from(id).unwrap());
        Consent {
            meta: Meta::new(Uuid::from_u128(id), at, Actor::SYSTEM),
            about_kind: Kind::Lead,
            about: Uuid::from_u128(99),
            purpose: purpose.to_owned(),
            basis: LawfulBasis::Consent,
            state,
            said_on: date(2026, 11, day),
            way: ConsentWay::Paper,
            evidence: None,
        }
    }

    #[test]
    fn the_newest_counts_however_late_the_older_is_written_down() {
        use ConsentState::{Given, Withdrawn};
        let all = [
            said(1, 10, "email", Given),
            said(2, 12, "email", Withdrawn),
            said(3, 11, "email", Given),
            said(4, 5, "phone", Withdrawn),
            said(5, 5, "phone", Given),
        ];
        let mut lead = Lead::new(Meta::new(Uuid::from_u128(99), Timestamp::UNIX_EPOCH, Actor::SYSTEM));
        lead.settle_consents(&all);
        assert_eq!(lead.consents, ["phone"]);
        lead.settle_consents(&all[..1]);
        assert_eq!(lead.consents, ["email"]);
        let mut sorted = all.to_vec();
        newest_first(&mut sorted);
        assert_eq!(
            sorted.iter().map(|consent| consent.meta.id.as_u128()).collect::<Vec<_>>(),
            [2, 3, 1, 5, 4]
        );
    }

    #[test]
    fn codes_are_those_that_are_stored() {
        for basis in LawfulBasis::ALL {
            assert_eq!(serde_json::to_value(basis).unwrap(), basis.as_str());
            assert_eq!(LawfulBasis::from_code(basis.as_str()), Some(*basis));
        }
        for way in ConsentWay::ALL {
            assert_eq!(serde_json::to_value(way).unwrap(), way.as_str());
        }
    }
}
