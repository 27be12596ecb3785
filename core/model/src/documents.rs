//! Documents: files that belong to records, or addresses of what lies elsewhere; and the versions of a file.

use crate::entity::{entity_fields, entity_parts};
use crate::record::meta_field;
use crate::{Common, Entity, FieldKind, FieldSpec, FieldValue, IndexEntry, Kind, Meta, Record, TITLE, lists};
use jiff::civil::Date;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Bytes of one file: what is sent by mail goes in, films do not.
pub const DOCUMENT_BYTES_MAX: u64 = 25_000_000;
/// Versions of one document: they are listed on its page, and go with it in one transaction.
pub const DOCUMENT_VERSIONS_MAX: usize = 100;
/// Longer names of files are cut before their ending.
pub const FILE_NAME_CHARACTERS_MAX: usize = 120;
/// What a new version changes, in one line.
pub const CHANGE_NOTE_CHARACTERS_MAX: usize = 200;
/// From so many days before its last day on, a document is shown as one that soon is valid no more.
pub const EXPIRING_DAYS: i64 = 30;
/// The field of the last day; lists of documents are sorted by it, too.
pub const VALID_UNTIL: &str = "valid_until";

const ORIGINS: &[&str] = &[INSERTED, LINKED];
const INSERTED: &str = "inserted";
const LINKED: &str = "linked";

/// What a document can belong to, the most particular first; the fields have the names of the entities.
pub const DOCUMENT_ABOUT: [Kind; 4] = [Kind::Opportunity, Kind::Lead, Kind::Contact, Kind::Company];

/// A file, or the address of one, that belongs to at least one record. Of a file, it says what its newest version is; all
/// of them are [`DocumentVersion`]s.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Document {
    pub meta: Meta,
    #[serde(flatten)]
    pub common: Common,
    pub title: Option<String>,
    /// A key of the company's list `document_categories`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company: Option<Uuid>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<Uuid>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opportunity: Option<Uuid>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead: Option<Uuid>,
    /// The last day on which it is valid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Date>,
    /// `inserted`: a file that is kept here; `linked`: `url` says where it is.
    pub origin: Option<String>,
    /// `http` or `https`; only of what is linked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The number of the newest version: 1, 2, 3…
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<Decimal>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size_bytes: Option<Decimal>,
    /// What the newest version changed, in the words of whoever brought it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change_note: Option<String>,
}

entity_fields!(Document {
    title: FieldSpec::of(FieldKind::Text).needed();
    category: FieldSpec::from_list(lists::DOCUMENT_CATEGORIES);
    valid_until: FieldSpec::of(FieldKind::Date);
    company: FieldSpec::link(Kind::Company);
    contact: FieldSpec::link(Kind::Contact);
    opportunity: FieldSpec::link(Kind::Opportunity);
    lead: FieldSpec::link(Kind::Lead);
    url: FieldSpec::of(FieldKind::Url);
    origin: FieldSpec::one_of(ORIGINS).comes_about();
    revision: FieldSpec::of(FieldKind::Number).comes_about();
    file_name: FieldSpec::of(FieldKind::Text).comes_about();
    media_type: FieldSpec::of(FieldKind::Text).comes_about();
    size_bytes: FieldSpec::of(FieldKind::Number).comes_about();
    change_note: FieldSpec::of(FieldKind::Text).comes_about();
});

impl Document {
    /// The link to a record of this entity.
    pub fn link_mut(&mut self, kind: Kind) -> Option<&mut Option<Uuid>> {
        Some(match kind {
            Kind::Lead => &mut self.lead,
            Kind::Company => &mut self.company,
            Kind::Contact => &mut self.contact,
            Kind::Opportunity => &mut self.opportunity,
            _ => return None,
        })
    }

    /// What it belongs to, in the order of [`DOCUMENT_ABOUT`].
    pub fn links(&self) -> impl Iterator<Item = (Kind, Uuid)> {
        let links = [self.opportunity, self.lead, self.contact, self.company];
        DOCUMENT_ABOUT.into_iter().zip(links).filter_map(|(kind, id)| Some((kind, id?)))
    }

    /// Whether it is a file that is kept here.
    pub fn is_file(&self) -> bool {
        self.origin.as_deref() == Some(INSERTED)
    }

    /// The number of its newest version; 0 for what has none.
    pub fn version_number(&self) -> u32 {
        self.revision.and_then(|revision| revision.to_u32()).unwrap_or_default()
    }

    /// Where, in a list by the last day, those that have one begin: what follows the list's prefix.
    pub fn first_dated() -> Vec<u8> {
        1_u64.to_be_bytes().to_vec()
    }

    /// The last day that an entry of such a list says, by what follows the list's prefix.
    pub fn last_day_of_entry(suffix: &[u8]) -> Option<FieldValue> {
        let (order, _) = suffix.split_first_chunk::<8>()?;
        let number = (u64::from_be_bytes(*order) ^ (1 << 63)).cast_signed();
        if number == i64::MIN {
            return Some(FieldValue::Nothing);
        }
        let part = |number: i64| i8::try_from(number % 100).ok();
        let year = i16::try_from(number / 10_000).ok()?;
        Date::new(year, part(number / 100)?, part(number)?).ok().map(FieldValue::Day)
    }

    /// Says what its newest version is.
    pub fn show_version(&mut self, version: &DocumentVersion) {
        self.origin = Some(INSERTED.to_owned());
        self.url = None;
        self.revision = Some(version.number.into());
        self.file_name = Some(version.file_name.clone());
        self.media_type = Some(version.media_type.clone());
        self.size_bytes = Some(version.size_bytes.into());
        self.change_note.clone_from(&version.note);
    }

    /// Makes it a link, which has no file.
    pub fn show_link(&mut self) {
        self.origin = Some(LINKED.to_owned());
    }
}

impl Entity for Document {
    const PLURAL: &'static str = "documents";
    const SORTS: &'static [&'static str] = &[TITLE, VALID_UNTIL];
    const FACETS: &'static [&'static str] = &["category"];

    fn begin(meta: Meta) -> Document {
        Document::blank(meta)
    }

    fn title(&self) -> String {
        self.title.clone().unwrap_or_default()
    }

    entity_parts!();
}

/// The bytes that a document had from a moment on. Not journaled: the document's own changes tell of each.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct DocumentVersion {
    /// Who brought it, and when.
    pub meta: Meta,
    pub document: Uuid,
    /// 1, 2, 3…
    pub number: u32,
    pub file_name: String,
    /// By its content, not as the sender called it.
    pub media_type: String,
    pub size_bytes: u64,
    /// 64 lower-case hexadecimal digits.
    pub sha256: String,
    /// What it changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl DocumentVersion {
    /// The group of all versions whose bytes have this hash.
    pub fn group_of_bytes(sha256: &str) -> Uuid {
        let digits = sha256.get(..32).and_then(|digits| u128::from_str_radix(digits, 16).ok());
        Uuid::from_u128(digits.unwrap_or_default())
    }
}

impl Record for DocumentVersion {
    const KIND: Kind = Kind::DocumentVersion;
    const JOURNALED: bool = false;

    meta_field!();

    fn indexes(&self) -> Vec<IndexEntry> {
        let (kind, id) = (Kind::DocumentVersion, self.meta.id);
        let number = format!("{}/{}", self.document.simple(), self.number);
        vec![
            IndexEntry::member(kind, self.document, id),
            IndexEntry::member(kind, DocumentVersion::group_of_bytes(&self.sha256), id),
            IndexEntry::unique(kind, "number", &number, id),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Actor, RECORD_BYTES_MAX};

    fn meta() -> Meta {
        Meta::new(Uuid::from_u128(1), jiff::Timestamp::UNIX_EPOCH, Actor::SYSTEM)
    }

    fn version() -> DocumentVersion {
        DocumentVersion {
            meta: meta(),
            document: Uuid::from_u128(2),
            number: 3,
            file_name: "à".repeat(FILE_NAME_CHARACTERS_MAX),
            media_type: "application/pdf".to_owned(),
            size_bytes: DOCUMENT_BYTES_MAX,
            sha256: "0a".repeat(32),
            note: Some("à".repeat(CHANGE_NOTE_CHARACTERS_MAX)),
        }
    }

    #[test]
    fn a_document_says_what_its_newest_version_is() {
        let mut document = Document { title: Some("à".repeat(200)), ..Document::begin(meta()) };
        document.company = Some(Uuid::from_u128(7));
        document.show_version(&version());
        assert!(document.is_file());
        assert_eq!((document.version_number(), document.links().count()), (3, 1));
        assert_eq!(Record::about(&document), [Uuid::from_u128(1), Uuid::from_u128(7)]);
        let bytes = serde_json::to_vec(&document).unwrap();
        assert!(bytes.len() < RECORD_BYTES_MAX, "{}", bytes.len());
        assert_eq!(serde_json::from_slice::<Document>(&bytes).unwrap(), document);
    }

    #[test]
    fn an_entry_of_the_list_by_last_day_says_the_day() {
        let mut document = Document { title: Some("Contracte".to_owned()), ..Document::begin(meta()) };
        let place = Document::SORTS.iter().position(|sort| *sort == VALID_UNTIL).unwrap() + 1;
        let prefix = crate::list_of_all(Kind::Document, u8::try_from(place).unwrap()).bytes();
        let suffix = |document: &Document| {
            let entries = document.indexes();
            let entry = entries.iter().find(|entry| entry.key.starts_with(&prefix)).unwrap();
            entry.key[prefix.len()..].to_vec()
        };
        let undated = suffix(&document);
        assert_eq!(Document::last_day_of_entry(&undated), Some(FieldValue::Nothing));
        let day = jiff::civil::date(2026, 12, 31);
        document.valid_until = Some(day);
        let dated = suffix(&document);
        assert_eq!(Document::last_day_of_entry(&dated), Some(FieldValue::Day(day)));
        assert!(undated < Document::first_dated() && Document::first_dated() < dated);
    }

    #[test]
    fn versions_are_found_by_their_document_and_by_their_bytes() {
        let version = version();
        let keys: Vec<Vec<u8>> = version.indexes().into_iter().map(|entry| entry.key).collect();
        for group in [version.document, DocumentVersion::group_of_bytes(&version.sha256)] {
            assert!(keys.contains(&IndexEntry::member(Kind::DocumentVersion, group, version.meta.id).key));
        }
        assert_ne!(
            DocumentVersion::group_of_bytes(&"0a".repeat(32)),
            DocumentVersion::group_of_bytes(&"0b".repeat(32))
        );
    }
}
