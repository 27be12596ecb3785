//! Erasure: values go out of the journal, everything else stays, and the store still verifies.

use crate::common::{TestStore, assert_clean, at, id, lead, write};
use model::{Actor, Change, Kind, Lead, scrub_of};
use store::{CommitError, Options, Store, Write, import};

const NAME: &str = "Marta Puig Vila";

fn commit(store: &Store, fill: impl FnOnce(&mut Write)) {
    let mut write = write();
    fill(&mut write);
    store.commit(write).unwrap();
}

/// A lead with a past, one that has nothing to do with it, and the first emptied as an erasure does.
fn emptied() -> TestStore {
    let test = TestStore::new();
    let store = &test.store;
    commit(store, |write| write.create(lead(1, NAME)));
    commit(store, |write| write.create(lead(2, "Forn Soler")));
    for number in 0..450 {
        let now = store.get::<Lead>(id(1)).unwrap().unwrap();
        let mut next = now.clone();
        next.description = Some(format!("{NAME} ha trucat {number} cops"));
        commit(store, |write| write.update(&now, next));
    }
    test
}

fn empty(store: &Store) {
    let now = store.get::<Lead>(id(1)).unwrap().unwrap();
    let next = Lead {
        company: Some(model::ERASED.to_owned()),
        description: Some(model::ERASED.to_owned()),
        ..now.clone()
    };
    commit(store, |write| write.update(&now, next));
}

fn journal(store: &Store) -> Vec<Change> {
    store.journal(0, 1_000).unwrap()
}

fn exported(store: &Store) -> Vec<u8> {
    let mut bytes = Vec::new();
    store.export(&mut bytes).unwrap();
    bytes
}

fn holds_name(bytes: &[u8]) -> bool {
    bytes.windows(NAME.len()).any(|window| window == NAME.as_bytes())
}

#[test]
fn values_go_and_the_rest_stays() {
    let test = emptied();
    let refused = test.store.redact(Kind::Lead, id(1), scrub_of(Kind::Lead).unwrap());
    assert!(matches!(refused, Err(CommitError::Stale { .. })), "{refused:?}");
    empty(&test.store);
    let before = journal(&test.store);
    assert!(holds_name(&exported(&test.store)));
    assert!(test.store.redact(Kind::Lead, id(1), scrub_of(Kind::Lead).unwrap()).unwrap() >= 451);
    // Done again, there is nothing left to do.
    assert_eq!(test.store.redact(Kind::Lead, id(1), scrub_of(Kind::Lead).unwrap()).unwrap(), 0);
    assert_eq!(test.store.redact(Kind::Lead, id(9), scrub_of(Kind::Lead).unwrap()).unwrap(), 0);
    let after = journal(&test.store);
    assert_eq!(before.len(), after.len());
    for (before, after) in before.iter().zip(&after) {
        if before.id == id(2) {
            assert_eq!(before, after);
        }
        let rest = |change: &Change| Change { before: Default::default(), after: None, ..change.clone() };
        assert_eq!(rest(before), rest(after));
        assert_eq!(before.before.keys().collect::<Vec<_>>(), after.before.keys().collect::<Vec<_>>());
    }
    test.verify();
    assert!(!holds_name(&exported(&test.store)));
    let test = test.reopen();
    test.verify();
    assert_eq!(journal(&test.store), after);
    // What is imported anew has no trace of it in any file.
    let dir = tempfile::tempdir().unwrap();
    import(dir.path(), &mut exported(&test.store).as_slice()).unwrap();
    let store = Store::open(dir.path(), Options::default()).unwrap();
    assert_clean(&store);
    store.close();
    for file in std::fs::read_dir(dir.path()).unwrap() {
        let path = file.unwrap().path();
        if path.is_file() {
            assert!(!holds_name(&std::fs::read(&path).unwrap()), "{}", path.display());
        }
    }
    assert_eq!(after[0].by, Actor::SYSTEM);
}

#[test]
fn addresses_are_forgotten_up_to_the_first_that_is_young() {
    let test = TestStore::new();
    let address = Some("192.0.2.7".parse().unwrap());
    for second in [0, 1, 5, 2, 9] {
        let mut write = Write::new(at(second), Actor::SYSTEM, "request").from_address(address);
        write.create(lead(100 + u128::from(test.store.head()), "Fusteria"));
        test.store.commit(write).unwrap();
    }
    let kept = |store: &Store| -> Vec<bool> {
        journal(store).iter().map(|change| change.address.is_some()).collect()
    };
    assert_eq!(test.store.forget_addresses(at(0)).unwrap(), 0);
    assert_eq!(test.store.forget_addresses(at(3)).unwrap(), 2);
    // A change that was late waits for the one before it.
    assert_eq!(kept(&test.store), [false, false, true, true, true]);
    assert_eq!(test.store.forget_addresses(at(9)).unwrap(), 2);
    assert_eq!(kept(&test.store), [false, false, false, false, true]);
    let test = test.reopen();
    assert_eq!(test.store.forget_addresses(at(9)).unwrap(), 0);
    assert_eq!(test.store.forget_addresses(at(10)).unwrap(), 1);
    test.verify();
    assert!(!String::from_utf8(exported(&test.store)).unwrap().contains("192.0.2.7"));
}

#[test]
fn others_write_while_it_goes_on() {
    let test = emptied();
    empty(&test.store);
    std::thread::scope(|scope| {
        let store = &test.store;
        scope.spawn(move || {
            for number in 100..200 {
                commit(store, |write| write.create(lead(number, "Fusteria")));
            }
        });
        store.redact(Kind::Lead, id(1), scrub_of(Kind::Lead).unwrap()).unwrap();
    });
    test.verify();
    assert!(!holds_name(&exported(&test.store)));
    assert_eq!(test.store.head(), 553);
}
