//! Looking for changes in a long journal: the same as going through all of it, with little work.

use crate::common::{TestStore, assert_clean, at, id, lead, user};
use model::jiff::Timestamp;
use model::{Actor, ApiKeyId, Change, Kind, UserId, Via};
use std::net::IpAddr;
use std::sync::Arc;
use store::engine::{Batch, Engine, Scan, SledEngine, Tree};
use store::{Direction, Look, Options, STRETCH_CHANGES, Store, Write, import};

const PEOPLE: u128 = 3;

/// By one of three people, by a key for one of them, or by Tracte itself.
fn by(number: u128) -> Actor {
    let user = UserId(id(1_000 + number % PEOPLE));
    match number % 7 {
        0 => Actor::SYSTEM,
        1 => Actor { user: Some(user), via: Via::Api(ApiKeyId(id(2_000))) },
        _ => Actor { user: Some(user), via: Via::Page },
    }
}

/// Leads, and now and then a user; the first stretch holds the only two of a kind. Times go up and down.
fn filled(changes: u128) -> TestStore {
    let test = TestStore::new();
    for number in 0..changes {
        let second = i64::try_from((number * 37) % 1_000).unwrap();
        let mut write = Write::new(at(second), by(number), "request").from_address(address(number));
        match number % 97 {
            5 => write.create(user(number + 1, &format!("{number}@x.cat"))),
            _ => write.create(lead(number + 1, "Fusteria")),
        }
        test.store.commit(write).unwrap();
    }
    test
}

fn address(number: u128) -> Option<IpAddr> {
    number.is_multiple_of(2).then(|| IpAddr::from([192, 168, 1, 7]))
}

fn all(store: &Store) -> Vec<Change> {
    let mut changes = Vec::new();
    while let page = store.journal(changes.len() as u64, 1_000).unwrap()
        && !page.is_empty()
    {
        changes.extend(page);
    }
    changes.reverse();
    changes
}

/// Page by page, with little work each, until the beginning.
fn looked(store: &Store, look: &Look, limit: usize) -> Vec<u64> {
    let mut look = look.clone();
    let mut seqs = Vec::new();
    loop {
        let mut left = limit;
        let ended = store
            .look(&look, &mut |change| {
                seqs.push(change.seq);
                left -= 1;
                left > 0
            })
            .unwrap();
        assert!(ended.examined <= look.examined_max + usize::try_from(STRETCH_CHANGES).unwrap());
        let Some(next) = ended.next else { return seqs };
        assert!(look.before.is_none_or(|before| next < before), "it goes on");
        look.before = Some(next);
    }
}

#[test]
fn what_is_found_is_what_is_there() {
    let test = filled(700);
    let all = all(&test.store);
    let kinds = [None, Some(Kind::Lead), Some(Kind::User), Some(Kind::Team)];
    let actors = [None, Some(id(1_001)), Some(id(2_000)), Some(id(0)), Some(id(9))];
    let times: [(Option<Timestamp>, Option<Timestamp>); 3] =
        [(None, None), (Some(at(100)), Some(at(130))), (Some(at(2_000)), None)];
    for kind in kinds {
        for actor in actors {
            for (from, until) in times {
                let look = Look { kind, actor, from, until, before: None, examined_max: 300 };
                let expected: Vec<u64> =
                    all.iter().filter(|change| look.matches(change)).map(|change| change.seq).collect();
                for limit in [1, 7, 1_000] {
                    assert_eq!(looked(&test.store, &look, limit), expected, "{look:?}");
                }
            }
        }
    }
    assert_eq!(all.last().unwrap().address, address(0));
    assert_eq!(all[all.len() - 2].address, None);
}

#[test]
fn what_is_rare_is_found_without_reading_the_rest() {
    let test = filled(300);
    for number in 1_000..2_500 {
        let mut write = Write::new(at(5), by(2), "request");
        write.create(lead(number, "Fusteria"));
        test.store.commit(write).unwrap();
    }
    let look = Look { kind: Some(Kind::User), examined_max: 10_000, ..Look::default() };
    let mut found = 0;
    let ended = test.store.look(&look, &mut |_| {
        found += 1;
        true
    });
    let stretch = usize::try_from(STRETCH_CHANGES).unwrap();
    assert_eq!((found, ended.as_ref().unwrap().next), (4, None));
    assert!(ended.unwrap().examined <= 2 * stretch);
}

#[test]
fn export_and_older_formats_get_their_stretches() {
    let test = filled(600);
    test.verify();
    let mut export = Vec::new();
    test.store.export(&mut export).unwrap();
    let dir = tempfile::tempdir().unwrap();
    import(dir.path(), &mut export.as_slice()).unwrap();
    assert_clean(&Store::open(dir.path(), Options::default()).unwrap());

    // As a Tracte wrote it that knew nothing of stretches.
    let expected: Vec<u64> = looked(&test.store, &Look { examined_max: 300, ..Look::default() }, 50);
    let TestStore { store, dir } = test;
    store.close();
    let engine = Arc::new(SledEngine::open(dir.path(), 1 << 20).unwrap());
    let scan = Scan {
        prefix: vec![model::space::STRETCH],
        limit: 10_000,
        direction: Direction::Forward,
        after: None,
    };
    let mut batch = Batch::default();
    for entry in engine.scan(Tree::Index, &scan).unwrap() {
        batch.delete(Tree::Index, entry.key);
    }
    batch.put(Tree::Meta, b"format".as_slice(), 2_u64.to_be_bytes());
    assert!(batch.len() > 10);
    engine.apply(&batch).unwrap();
    engine.flush().unwrap();
    drop(engine);
    let store = Store::open(dir.path(), Options::default()).unwrap();
    assert_clean(&store);
    assert_eq!(looked(&store, &Look { examined_max: 300, ..Look::default() }, 50), expected);
}
