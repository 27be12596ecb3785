//! Index entries: keys whose byte order is the order of a list.
//!
//! | space | key after the space byte | value | written for |
//! | --- | --- | --- | --- |
//! | 1 `UNIQUE` | kind, field, 0, value | record id | anything that may exist once |
//! | 2 `LEAD_LIST` | scope byte, (team or owner id), sort byte, sort key, lead id | [`crate::LeadFacet`] | lead lists |
//! | 3 `MEMBERS` | kind, group id, record id | empty | users of a team, all users… |
//! | 4 `TIMELINE` | record id, journal sequence (8 bytes) | empty | the store itself, from `Record::about` |
//! | 6 `RECORD_LIST` | kind, scope byte, (team or owner id), sort byte, sort key, record id | [`crate::Facet`] | lists of every other entity |
//! | 7 `LINKS` | linked record id, kind of the linking record, its id | empty | «contacts of this company»… |
//! | 9 `CONSENT_PURPOSE` | purpose, 0, consent id | empty | what was said about a purpose |
//! | 14 `OWN_LINKS` | linked record id, kind of the linking record, its id | empty | records that lead to another by a field of the company's own |
//! | 12 `MATCH` | what matches, its value, kind, record id | empty, or the name as it is compared | finding duplicates |
//! | 13 `TODO` | user or record id, order of the day and time it is due (8 bytes), activity id | empty | what is to be done by somebody, or about a record |
//! | 15 `UNANSWERED` | scope byte, (team or owner id), due, newest first, lead id | [`crate::InboxFacet`] | the inbox of leads, and those that nobody answered in time |
//! | 17 `REMINDER` | user id, day of the reminder (8 bytes), activity id | empty | what somebody is reminded of |
//! | 60 `PRICES` | price book, 0, product id, from which quantity (8 bytes), from which day (8 bytes), price id | empty | prices of a book, and of a product in it |
//! | 5 `STRETCH` | facet, (entity or actor), stretch of the journal (8 bytes) | first and last time in it | the store itself |
//!
//! 16 was columns of boards until format 9, and is nothing else.

use crate::{Kind, fold};
use uuid::Uuid;

/// The first byte of an index key.
pub mod space {
    pub const UNIQUE: u8 = 1;
    pub const LEAD_LIST: u8 = 2;
    pub const MEMBERS: u8 = 3;
    pub const TIMELINE: u8 = 4;
    pub const STRETCH: u8 = 5;
    pub const RECORD_LIST: u8 = 6;
    pub const LINKS: u8 = 7;
    pub const CONSENT_PURPOSE: u8 = 9;
    pub const MATCH: u8 = 12;
    pub const TODO: u8 = 13;
    pub const OWN_LINKS: u8 = 14;
    pub const UNANSWERED: u8 = 15;
    pub const REMINDER: u8 = 17;
    pub const PRICES: u8 = 60;
}

/// Long names sort by their beginning: keys stay short.
const TEXT_BYTES_MAX: usize = 48;

/// One entry derived from a record.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct IndexEntry {
    pub key: Vec<u8>,
    pub value: Vec<u8>,
    /// A second record with this key is refused.
    pub unique: bool,
}

impl IndexEntry {
    /// At most one record of this kind may have this value in this field. The value of the entry is the record's id.
    pub fn unique(kind: Kind, field: &str, value: &str, id: Uuid) -> IndexEntry {
        IndexEntry { key: IndexKey::unique(kind, field, value), value: id.as_bytes().to_vec(), unique: true }
    }

    /// The record belongs to a group; `Uuid::nil()` is the group of all.
    pub fn member(kind: Kind, group: Uuid, id: Uuid) -> IndexEntry {
        let key = IndexKey::members(kind, group).id(id).bytes();
        IndexEntry { key, value: Vec::new(), unique: false }
    }
}

/// Builds an index key; parts are appended in order.
#[derive(Clone, Debug)]
pub struct IndexKey(Vec<u8>);

impl IndexKey {
    pub fn new(space: u8) -> IndexKey {
        IndexKey(vec![space])
    }

    pub fn unique(kind: Kind, field: &str, value: &str) -> Vec<u8> {
        let mut key = vec![space::UNIQUE, kind.tag()];
        key.extend_from_slice(field.as_bytes());
        key.push(0);
        key.extend_from_slice(value.as_bytes());
        key
    }

    /// The field whose value a unique entry holds.
    pub fn unique_field(key: &[u8]) -> Option<&str> {
        let field =
            key.get(2..).filter(|_| key.first() == Some(&space::UNIQUE))?.split(|byte| *byte == 0).next()?;
        std::str::from_utf8(field).ok()
    }

    /// The record that an entry is about: its id is the end of the key of every list, group and link.
    pub fn record_at_end(key: &[u8]) -> Option<Uuid> {
        let (_, id) = key.split_last_chunk::<16>()?;
        Some(Uuid::from_bytes(*id))
    }

    /// The prefix of a group's members.
    pub fn members(kind: Kind, group: Uuid) -> IndexKey {
        IndexKey::new(space::MEMBERS).byte(kind.tag()).id(group)
    }

    /// The prefix of a record's timeline.
    pub fn timeline(record: Uuid) -> IndexKey {
        IndexKey::new(space::TIMELINE).id(record)
    }

    #[must_use]
    pub fn byte(mut self, byte: u8) -> IndexKey {
        self.0.push(byte);
        self
    }

    #[must_use]
    pub fn id(mut self, id: Uuid) -> IndexKey {
        self.0.extend_from_slice(id.as_bytes());
        self
    }

    /// Big-endian, so that byte order is number order.
    #[must_use]
    pub fn unsigned(mut self, number: u64) -> IndexKey {
        self.0.extend_from_slice(&number.to_be_bytes());
        self
    }

    /// Shifted by 2⁶³, so that negative numbers come first.
    #[must_use]
    pub fn signed(self, number: i64) -> IndexKey {
        self.unsigned(number.cast_unsigned() ^ (1 << 63))
    }

    /// A key of the company's set-up, whole and as it is; a zero byte ends it.
    #[must_use]
    pub fn code(mut self, code: &str) -> IndexKey {
        self.0.extend_from_slice(code.as_bytes());
        self.0.push(0);
        self
    }

    /// Folded as people sort: no case, no accents; ends with a zero byte so that prefixes come first.
    #[must_use]
    pub fn text(mut self, text: &str) -> IndexKey {
        let folded = fold(text);
        let mut end = folded.len().min(TEXT_BYTES_MAX);
        while !folded.is_char_boundary(end) {
            end -= 1;
        }
        self.0.extend_from_slice(&folded.as_bytes()[..end]);
        self.0.push(0);
        self
    }

    pub fn bytes(self) -> Vec<u8> {
        self.0
    }
}
