//! What tells that two records are about the same company or person: tax id, e-mail, phone, name and postcode. Index
//! entries find those that share one; who of them is meant, `services` says.

use crate::{AnyRecord, FieldValue, IndexEntry, IndexKey, Kind, fold, space};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What two records have in common, the surest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MatchBy {
    TaxId,
    Email,
    Phone,
    /// The same name, but for case, accents and legal form.
    Name,
    /// Nearly the same name, at the same postcode.
    NearName,
}

impl MatchBy {
    pub const ALL: [MatchBy; 5] =
        [MatchBy::TaxId, MatchBy::Email, MatchBy::Phone, MatchBy::Name, MatchBy::NearName];

    pub fn from_code(code: &str) -> Option<MatchBy> {
        MatchBy::ALL.into_iter().find(|by| by.as_str() == code)
    }

    pub fn as_str(self) -> &'static str {
        match self {
            MatchBy::TaxId => "tax_id",
            MatchBy::Email => "email",
            MatchBy::Phone => "phone",
            MatchBy::Name => "name",
            MatchBy::NearName => "near_name",
        }
    }

    /// Whether it is reason enough to ask before a second record is made.
    pub fn is_sure(self) -> bool {
        matches!(self, MatchBy::TaxId | MatchBy::Email | MatchBy::Phone)
    }

    /// In the index; never another meaning.
    fn tag(self) -> u8 {
        match self {
            MatchBy::TaxId => 1,
            MatchBy::Email => 2,
            MatchBy::Phone => 3,
            MatchBy::Name => 4,
            MatchBy::NearName => 5,
        }
    }
}

/// A name of a company is no name of a person.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NameOf {
    Company,
    Person,
}

impl NameOf {
    fn tag(self) -> u8 {
        match self {
            NameOf::Company => 1,
            NameOf::Person => 2,
        }
    }
}

/// What a record may be recognised by.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Likeness {
    /// Normalised, as records keep them.
    pub tax_id: Option<String>,
    pub email: Option<String>,
    /// Besides it, as normalised.
    pub further_emails: Vec<String>,
    /// E.164.
    pub phones: Vec<String>,
    pub company: Option<String>,
    pub person: Option<String>,
    pub postcode: Option<String>,
}

/// The entities that are compared.
pub const MATCHED: [Kind; 3] = [Kind::Lead, Kind::Company, Kind::Contact];

/// Whether records of these two entities can be the same one. A contact shares much with its company and is not it.
pub fn can_match(one: Kind, other: Kind) -> bool {
    let both = |kind| MATCHED.contains(&kind);
    both(one) && both(other) && (one == other || one == Kind::Lead || other == Kind::Lead)
}

impl Likeness {
    pub fn of(record: &dyn AnyRecord) -> Likeness {
        let kind = record.entity();
        if !MATCHED.contains(&kind) {
            return Likeness::default();
        }
        let text = |key: &str| match record.built_in(key) {
            FieldValue::Text(text) => Some(text),
            _ => None,
        };
        Likeness {
            tax_id: text("tax_id"),
            email: text("email"),
            further_emails: column(record, "emails", 1),
            phones: ["phone", "mobile"]
                .into_iter()
                .filter_map(text)
                .chain(column(record, "phones", 1))
                .collect(),
            company: match kind {
                Kind::Company => text("name"),
                Kind::Lead => text("company"),
                _ => None,
            },
            person: match kind {
                Kind::Contact => Some(record.name()).filter(|name| !name.is_empty()),
                Kind::Lead => text("name"),
                _ => None,
            },
            postcode: text("postcode"),
        }
    }

    /// The names as they are compared.
    pub fn names(&self) -> Vec<(NameOf, String)> {
        let company = self.company.as_deref().map(|name| (NameOf::Company, name_key(name)));
        let person = self.person.as_deref().map(|name| (NameOf::Person, name_key(name)));
        company.into_iter().chain(person).filter(|(_, key)| !key.is_empty()).collect()
    }

    /// Everything that the same one would share exactly, with the prefix of its index entries.
    pub fn keys(&self) -> Vec<(MatchBy, IndexKey)> {
        let one =
            |by: MatchBy, value: &Option<String>| value.as_deref().map(|value| (by, matching(by, value)));
        let phones = self.phones.iter().map(|phone| (MatchBy::Phone, matching(MatchBy::Phone, phone)));
        let names = self.names().into_iter().map(|(of, key)| (MatchBy::Name, named(of, &key)));
        let found = one(MatchBy::TaxId, &self.tax_id).into_iter().chain(one(MatchBy::Email, &self.email));
        let emails =
            self.further_emails.iter().map(|email| (MatchBy::Email, matching(MatchBy::Email, email)));
        found.chain(emails).chain(phones).chain(names).collect()
    }

    /// Where names are that only resemble one of these: the prefix, the name as it is compared, at the postcode.
    pub fn near(&self) -> Vec<(IndexKey, String)> {
        let Some(postcode) = self.postcode.as_deref().filter(|code| !code.is_empty()) else {
            return Vec::new();
        };
        self.names().into_iter().map(|(of, key)| (near(of, postcode), key)).collect()
    }
}

/// The texts at one place of the rows of a list.
fn column(record: &dyn AnyRecord, key: &str, place: usize) -> Vec<String> {
    let text = |row: crate::Row| match row.into_iter().nth(place) {
        Some(FieldValue::Text(text)) => Some(text),
        _ => None,
    };
    record.listed(key).into_iter().filter_map(text).collect()
}

/// The entries of a record by what it may be recognised by.
pub(crate) fn match_entries(record: &dyn AnyRecord) -> Vec<IndexEntry> {
    let (kind, id) = (record.entity(), record.about().id);
    let likeness = Likeness::of(record);
    let entry = |prefix: IndexKey, value: Vec<u8>| IndexEntry {
        key: prefix.byte(kind.tag()).id(id).bytes(),
        value,
        unique: false,
    };
    let mut entries: Vec<IndexEntry> =
        likeness.keys().into_iter().map(|(_, prefix)| entry(prefix, Vec::new())).collect();
    entries.extend(likeness.near().into_iter().map(|(prefix, name)| entry(prefix, name.into_bytes())));
    entries.sort();
    entries.dedup();
    entries
}

/// The record that an entry is about: its entity's tag and its id end the key.
pub fn match_at_end(key: &[u8]) -> Option<(Kind, Uuid)> {
    let (rest, id) = key.split_last_chunk::<16>()?;
    let kind = MATCHED.into_iter().find(|kind| Some(&kind.tag()) == rest.last())?;
    Some((kind, Uuid::from_bytes(*id)))
}

/// The prefix of all entries by which records match in one way, in the order of what they share.
pub fn matches_by(by: MatchBy) -> IndexKey {
    IndexKey::new(space::MATCH).byte(by.tag())
}

/// What the keys of those that share something begin with.
pub fn match_group(key: &[u8]) -> Option<&[u8]> {
    key.split_last_chunk::<17>().map(|(group, _)| group)
}

fn matching(by: MatchBy, value: &str) -> IndexKey {
    IndexKey::new(space::MATCH).byte(by.tag()).text(value)
}

fn named(of: NameOf, key: &str) -> IndexKey {
    IndexKey::new(space::MATCH).byte(MatchBy::Name.tag()).byte(of.tag()).text(key)
}

fn near(of: NameOf, postcode: &str) -> IndexKey {
    IndexKey::new(space::MATCH).byte(MatchBy::NearName.tag()).byte(of.tag()).text(postcode)
}

/// Words of a company's name that say its legal form, in Spain, Andorra and around (Real Decreto 1784/1996, art. 398 and
/// following; Llei 20/2007 of Andorra), and small words that people leave out.
const SAYING_LITTLE: [&str; 33] = [
    "sl", "slu", "slp", "slne", "sll", "sa", "sau", "sal", "scp", "sccl", "scoop", "coop", "cb", "sc", "slm",
    "sociedad", "societat", "limitada", "anonima", "ltd", "gmbh", "sarl", "sas", "the", "el", "la", "els",
    "les", "los", "las", "de", "i", "y",
];

/// A name as it is compared: folded, without signs, legal form and small words. Where nothing else is left, they stay.
pub fn name_key(name: &str) -> String {
    let folded = fold(name);
    let plain: String = folded
        .chars()
        .filter(|character| !matches!(character, '.' | '\'' | '’' | '·'))
        .map(|character| if character.is_alphanumeric() { character } else { ' ' })
        .collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    let telling: Vec<&str> = words.iter().copied().filter(|word| !SAYING_LITTLE.contains(word)).collect();
    if telling.is_empty() { words.join(" ") } else { telling.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_without_what_says_little() {
        let check = |one: &str, expected: &str| assert_eq!(name_key(one), expected, "{one}");
        check("Fusteria Puig, S.L.", "fusteria puig");
        check("FUSTERIA PUIG SLU", "fusteria puig");
        check("La Fusteria d’en Puig", "fusteria den puig");
        check("Soler i Fills, S.C.P.", "soler fills");
        check("Marcel·lí Güell", "marcelli guell");
        check("S.L.", "sl");
        check("  ", "");
    }

    #[test]
    fn a_lead_is_compared_as_company_and_as_person() {
        let meta = crate::Meta::new(Uuid::from_u128(5), jiff::Timestamp::UNIX_EPOCH, crate::Actor::SYSTEM);
        let mut lead = crate::Lead::new(meta);
        lead.company = Some("Fusteria Puig, SL".into());
        lead.name = Some("Marta Puig".into());
        lead.email = Some("info@puig.cat".into());
        lead.postcode = Some("17001".into());
        let entries = match_entries(&lead);
        // The e-mail, two names, and both again at the postcode.
        assert_eq!(entries.len(), 5);
        for entry in entries {
            assert_eq!(match_at_end(&entry.key), Some((Kind::Lead, lead.meta.id)));
        }
        assert!(can_match(Kind::Lead, Kind::Contact) && can_match(Kind::Company, Kind::Company));
        assert!(!can_match(Kind::Company, Kind::Contact) && !can_match(Kind::Lead, Kind::Product));
    }
}
