//! A small journal to feed the projector with.

use analytics::{Analytics, Limits};
use model::jiff::Timestamp;
use model::json::{self, Map, Value};
use model::uuid::Uuid;
use model::{
    Actor, Change, Currency, Deed, Language, Lead, Meta, Money, Projection, Record, Role, Settings, TeamId,
    User, UserId,
};
use std::path::Path;
use tempfile::TempDir;
use tracte_analytics as analytics;

pub(crate) const MARTA: UserId = UserId(Uuid::from_u128(0xa1));
pub(crate) const PERE: UserId = UserId(Uuid::from_u128(0xa2));
pub(crate) const NORTH: TeamId = TeamId(Uuid::from_u128(0xb1));
pub(crate) const SOUTH: TeamId = TeamId(Uuid::from_u128(0xb2));

/// Changes as the store would write them.
#[derive(Default, Clone)]
pub(crate) struct Journal {
    pub(crate) changes: Vec<Change>,
}

impl Journal {
    pub(crate) fn put<R: Record>(&mut self, record: &R, before: Option<&R>) {
        let after = json::to_value(record).unwrap();
        let deed = if before.is_none() { Deed::Created } else { Deed::Updated };
        let before = before.map_or_else(Map::new, |before| {
            let Value::Object(mut fields) = json::to_value(before).unwrap() else { panic!() };
            fields.retain(|field, value| after.get(field) != Some(value));
            fields
        });
        self.push::<R>(record.meta().id, deed, before, Some(after));
    }

    pub(crate) fn delete<R: Record>(&mut self, record: &R) {
        let Value::Object(before) = json::to_value(record).unwrap() else { panic!() };
        self.push::<R>(record.meta().id, Deed::Deleted, before, None);
    }

    fn push<R: Record>(&mut self, id: Uuid, deed: Deed, before: Map<String, Value>, after: Option<Value>) {
        let seq = self.changes.len() as u64 + 1;
        self.changes.push(Change {
            seq,
            at: Timestamp::from_second(1_700_000_000 + seq as i64 * 3_600).unwrap(),
            by: Actor::SYSTEM,
            request: String::new(),
            kind: R::KIND,
            id,
            version: 1,
            deed,
            about: vec![id],
            before,
            after,
        });
    }
}

pub(crate) fn lead(number: u128, created_at: &str) -> Lead {
    let at = created_at.parse().unwrap();
    Lead::new(Meta::new(Uuid::from_u128(number), at, Actor::SYSTEM))
}

pub(crate) fn euros(euros: i64) -> Option<Money> {
    Some(Money { minor_units: euros * 100, currency: Currency::Eur })
}

pub(crate) fn user(id: UserId, name: &str) -> User {
    User {
        meta: Meta::new(id.0, Timestamp::UNIX_EPOCH, Actor::SYSTEM),
        name: name.to_owned(),
        email: format!("{id}@example.cat"),
        password_hash: String::new(),
        role: Role::Rep,
        teams: Vec::new(),
        language: Language::Ca,
        takes_leads: true,
        active: true,
    }
}

pub(crate) fn company(time_zone: &str) -> Settings {
    Settings {
        meta: Meta::new(Settings::ID, Timestamp::UNIX_EPOCH, Actor::SYSTEM),
        company_name: "Proves".to_owned(),
        language: Language::Ca,
        currency: Currency::Eur,
        fiscal_year_start_month: 1,
        time_zone: time_zone.to_owned(),
        default_team: NORTH,
        country: "ES".to_owned(),
    }
}

/// Facts that have taken everything in one batch.
pub(crate) fn filled(folder: &Path, journal: &Journal) -> Analytics {
    let analytics = Analytics::open(folder, Limits::default()).unwrap();
    analytics.projector().unwrap().apply(&journal.changes).unwrap();
    analytics
}

pub(crate) fn rebuilt(journal: &Journal) -> (TempDir, Analytics) {
    let folder = tempfile::tempdir().unwrap();
    let analytics = filled(folder.path(), journal);
    (folder, analytics)
}
