//! Leads, people, a company and facts to feed with a small journal.

use analytics::{Analytics, Limits};
use model::jiff::Timestamp;
use model::uuid::Uuid;
use model::{Actor, Currency, Language, Lead, Meta, Money, Projection, RoleKey, Settings, User, UserId};
use std::path::Path;
use tempfile::TempDir;
use tracte_analytics as analytics;

#[path = "../../../model/tests/support/journal.rs"]
mod shared;
pub(crate) use shared::{Journal, MARTA, NORTH, PERE, SOUTH};

pub(crate) fn lead(number: u128, created_at: &str) -> Lead {
    let at = created_at.parse().unwrap();
    Lead::new(Meta::new(Uuid::from_u128(number), at, Actor::SYSTEM))
}

pub(crate) fn euros(euros: i64) -> Option<Money> {
    Some(Money { minor_units: euros * 100, currency: Currency::Eur })
}

pub(crate) fn user(id: UserId, name: &str) -> User {
    User {
        name: name.to_owned(),
        email: format!("{id}@example.cat"),
        password_hash: String::new(),
        role: RoleKey::new(RoleKey::REP),
        teams: Vec::new(),
        language: Language::Ca,
        takes_leads: true,
        active: true,
        ..User::new(Meta::new(id.0, Timestamp::UNIX_EPOCH, Actor::SYSTEM))
    }
}

pub(crate) fn company(time_zone: &str) -> Settings {
    let meta = Meta::new(Settings::ID, Timestamp::UNIX_EPOCH, Actor::SYSTEM);
    Settings { time_zone: time_zone.to_owned(), ..Settings::new(meta, "Proves", NORTH) }
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
