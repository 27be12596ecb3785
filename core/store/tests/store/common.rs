//! Records to write and a store to write them into.

use model::jiff::Timestamp;
use model::uuid::Uuid;
use model::{Actor, Lead, Meta, RoleKey, Session, User, UserId};
use store::engine::SledEngine;
use store::{Options, Store, Write};
use tempfile::TempDir;

pub(crate) fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + second).unwrap()
}

pub(crate) fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

pub(crate) fn write() -> Write {
    Write::new(at(0), Actor::SYSTEM, "request")
}

pub(crate) fn meta(number: u128) -> Meta {
    Meta::new(id(number), at(0), Actor::SYSTEM)
}

pub(crate) fn lead(number: u128, company: &str) -> Lead {
    let mut lead = Lead::new(meta(number));
    lead.company = Some(company.to_owned());
    lead
}

pub(crate) fn user(number: u128, email: &str) -> User {
    User {
        name: format!("Persona {number}"),
        email: email.to_owned(),
        password_hash: String::new(),
        role: RoleKey::new(RoleKey::REP),
        teams: Vec::new(),
        language: Default::default(),
        takes_leads: true,
        active: true,
        ..User::new(meta(number))
    }
}

pub(crate) fn session(number: u128, secret: &str) -> Session {
    Session {
        meta: meta(number),
        secret_sha256: secret.to_owned(),
        user: UserId(id(1)),
        expires_at: at(3_600),
        agent: String::new(),
        address: None,
        seen_at: None,
        awaits_code: false,
        by_provider: false,
        tries: 0,
    }
}

pub(crate) struct TestStore {
    pub(crate) store: Store,
    pub(crate) dir: TempDir,
}

impl TestStore {
    pub(crate) fn new() -> TestStore {
        let dir = tempfile::tempdir().unwrap();
        TestStore { store: Store::open(dir.path(), Options::default()).unwrap(), dir }
    }

    /// In a folder as they were begun before: with a tree for each key space.
    pub(crate) fn older() -> TestStore {
        let dir = tempfile::tempdir().unwrap();
        drop(SledEngine::open_apart(dir.path(), 1 << 20).unwrap());
        TestStore { store: Store::open(dir.path(), Options::default()).unwrap(), dir }
    }

    pub(crate) fn reopen(self) -> TestStore {
        let TestStore { store, dir } = self;
        store.close();
        TestStore { store: Store::open(dir.path(), Options::default()).unwrap(), dir }
    }

    pub(crate) fn verify(&self) {
        assert_clean(&self.store);
    }
}

#[track_caller]
pub(crate) fn assert_clean(store: &Store) {
    let faults = store.verify().unwrap().faults;
    assert!(faults.is_empty(), "{faults:#?}");
}
