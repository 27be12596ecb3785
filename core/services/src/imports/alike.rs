//! What makes a record that is there one that a row of a file may be about, and which of them is surely the same.

use model::uuid::Uuid;
use model::{AnyRecord, FieldValue, Kind, LeadStatus, MatchBy};

/// A record that is there and that a row may be about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Alike {
    pub(crate) kind: Kind,
    pub(crate) id: Uuid,
    pub(crate) version: u64,
    pub(crate) by: MatchBy,
    /// It is surely the same one: see [`model::OnDouble`].
    pub(super) is_double: bool,
}

impl Alike {
    /// A record that a new one of an entity shares this with, the surest first.
    pub(super) fn of(entity: Kind, record: &dyn AnyRecord, by: &[MatchBy]) -> Option<Alike> {
        let kind = record.entity();
        let is_double = kind == entity
            && by.iter().any(|by| is_sure(entity, *by))
            && (entity != Kind::Lead || is_open_lead(record));
        let (id, version) = (record.about().id, record.about().version);
        Some(Alike { kind, id, version, by: *by.first()?, is_double })
    }
}

/// Whether two records of an entity that share this are the same one: offices share an e-mail address, colleagues a phone.
pub(super) fn is_sure(entity: Kind, by: MatchBy) -> bool {
    by == MatchBy::TaxId || (by == MatchBy::Email && entity != Kind::Company)
}

/// A lead that is closed says nothing against another one of the same person.
fn is_open_lead(record: &dyn AnyRecord) -> bool {
    match record.built_in("status") {
        FieldValue::Codes(codes) => {
            codes.first().and_then(|code| LeadStatus::from_code(code)).is_some_and(LeadStatus::is_open)
        }
        _ => false,
    }
}
