//! Writes: conditions, versions, unique values, numbers, the journal.

use crate::common::{TestStore, id, lead, session, user, write};
use model::json::Value;
use model::uuid::Uuid;
use model::{Deed, IndexKey, Kind, Lead, LeadSort, Session, User};
use store::{CommitError, Direction, ReadError, Scan, Write};

/// Commits what `fill` puts in and says in short how it went.
fn check(test: &TestStore, fill: impl FnOnce(&mut Write), expected: &str) {
    let mut write = write();
    fill(&mut write);
    let outcome = match test.store.commit(write) {
        Ok(committed) => format!("seq {}", committed.seq),
        Err(CommitError::Stale { id, stored, .. }) => format!("stale {} {stored:?}", id.as_u128()),
        Err(CommitError::Exists { id, .. }) => format!("exists {}", id.as_u128()),
        Err(CommitError::Taken { by, .. }) => format!("taken by {}", by.as_u128()),
        Err(CommitError::Repeated { key }) => format!("repeated {key}"),
        Err(CommitError::TooBig { id, .. }) => format!("too big {}", id.as_u128()),
        Err(CommitError::TooMany { ops, limit }) => format!("{ops} of {limit}"),
        Err(error) => error.to_string(),
    };
    assert_eq!(outcome, expected);
}

#[test]
fn a_record_goes_through_its_life() {
    let test = TestStore::new();
    let first = lead(1, "Àrtic");
    check(&test, |write| write.create(first.clone()), "seq 1");
    check(&test, |write| write.create(first.clone()), "exists 1");

    let mut second = first.clone();
    second.company = Some("Bosc".to_owned());
    check(&test, |write| write.update(&first, second.clone()), "seq 2");
    check(&test, |write| write.update(&first, second.clone()), "stale 1 Some(2)");
    let second: Lead = test.store.get(id(1)).unwrap().unwrap();
    assert_eq!(second.meta.version, 2);

    check(&test, |write| write.update(&second, second.clone()), "seq 2");
    check(&test, |write| write.delete(&first), "stale 1 Some(2)");
    check(&test, |write| write.delete(&second), "seq 3");
    check(&test, |write| write.delete(&second), "stale 1 None");
    assert_eq!(test.store.get::<Lead>(id(1)).unwrap(), None);

    let changes = test.store.journal(0, 10).unwrap();
    let deeds: Vec<_> = changes.iter().map(|change| (change.seq, change.version, change.deed)).collect();
    assert_eq!(deeds, [(1, 1, Deed::Created), (2, 2, Deed::Updated), (3, 3, Deed::Deleted)]);
    let fields: Vec<_> = changes[1].changed_fields().collect();
    let (before, after) = (Value::from("Àrtic"), Value::from("Bosc"));
    assert_eq!(fields, [("company", &before, &after)]);
    assert_eq!(changes[1].record::<Lead>(), Some(second));
    assert!(changes[2].after.is_none() && changes[2].before.contains_key("status"));

    check(&test, |write| write.create(first.clone()), "seq 4");
    test.verify();
    test.reopen().verify();
}

#[test]
fn unique_values_are_kept_given_up_and_handed_over() {
    let test = TestStore::new();
    let (anna, bru) = (user(1, "a@x.cat"), user(2, "b@x.cat"));
    check(&test, |write| write.create(anna.clone()), "seq 1");
    check(&test, |write| write.create(user(3, "a@x.cat")), "taken by 1");
    check(&test, |write| write.create(bru.clone()), "seq 2");
    let rename = |user: &User, email: &str| User { email: email.to_owned(), ..user.clone() };
    check(&test, |write| write.update(&bru, rename(&bru, "a@x.cat")), "taken by 1");
    // They swap, in one write.
    let swap = |write: &mut Write| {
        write.update(&anna, rename(&anna, "b@x.cat"));
        write.update(&bru, rename(&bru, "a@x.cat"));
    };
    check(&test, swap, "seq 4");
    let key = IndexKey::unique(Kind::User, "email", "a@x.cat");
    assert_eq!(test.store.find(&key).unwrap(), Some(id(2)));
    // Two in one write want the same.
    let both = |write: &mut Write| {
        write.create(user(5, "c@x.cat"));
        write.create(user(6, "c@x.cat"));
    };
    check(&test, both, "taken by 5");
    assert_eq!(test.store.get::<User>(id(5)).unwrap(), None);
    test.verify();
}

#[test]
fn one_write_may_take_a_record_through_several_versions() {
    let test = TestStore::new();
    let several = |write: &mut Write| {
        let first = user(1, "a@x.cat");
        let mut second = User { email: "b@x.cat".to_owned(), ..first.clone() };
        write.create(first.clone());
        write.update(&first, second.clone());
        second.meta.version = 2;
        second.meta.updated_at = crate::common::at(0);
        write.delete(&second);
        write.create(user(1, "c@x.cat"));
    };
    check(&test, several, "seq 4");
    test.verify();
    assert_eq!(test.store.timeline(id(1), None, 10).unwrap().len(), 4);
}

#[test]
fn a_record_must_be_as_it_was_read() {
    let test = TestStore::new();
    check(&test, |write| write.create(user(1, "a@x.cat")), "seq 1");
    let invented = user(1, "invented@x.cat");
    check(&test, |write| write.update(&invented, user(1, "b@x.cat")), "stale 1 Some(1)");
    check(&test, |write| write.assert_version(&invented), "seq 1");
    check(&test, |write| write.assert_version(&user(9, "")), "stale 9 None");
    test.verify();
}

#[test]
fn sessions_are_stored_but_not_journaled() {
    let test = TestStore::new();
    check(&test, |write| write.create(session(1, "s")), "seq 0");
    assert!(test.store.get::<Session>(id(1)).unwrap().is_some());
    let test = test.reopen();
    test.verify();
    let stored: Session = test.store.get(id(1)).unwrap().unwrap();
    check(&test, |write| write.delete(&stored), "seq 0");
    assert_eq!(test.store.members::<Session>(id(1), 10).unwrap(), []);
    test.verify();
}

#[test]
fn numbers_are_taken_in_order_and_not_by_refused_writes() {
    let test = TestStore::new();
    let take = |write: &mut Write| {
        write.take_numbers(
            vec![("turns".to_owned(), 2), ("quotes".to_owned(), 1)],
            Box::new(|first, write| write.create(lead(u128::from(first[0]), &format!("Q{}", first[1])))),
        );
    };
    check(&test, take, "seq 1");
    check(&test, take, "seq 2");
    assert_eq!(test.store.get::<Lead>(id(3)).unwrap().unwrap().company.as_deref(), Some("Q2"));
    let refused = |write: &mut Write| {
        take(write);
        write.assert_version(&lead(99, ""));
    };
    check(&test, refused, "stale 99 None");
    assert_eq!(test.store.counter("turns").unwrap(), 4);
    assert_eq!(test.store.counter("quotes").unwrap(), 2);
    assert_eq!(test.store.counter("nothing").unwrap(), 0);
    test.verify();
}

#[test]
fn tallies_follow_records_and_never_go_below_zero() {
    let test = TestStore::new();
    let add = |amount| move |write: &mut Write| write.add_to_counter("open", amount);
    check(&test, add(5), "seq 0");
    check(&test, add(-2), "seq 0");
    assert_eq!(test.store.counter("open").unwrap(), 3);
    check(&test, add(-9), "seq 0");
    assert_eq!(test.store.counter("open").unwrap(), 0);
    // However many records a write counts, a tally is one operation of it.
    let many = |write: &mut Write| (0..2_000).for_each(|number| write.add_to_tally("open", number % 3 - 1));
    check(&test, many, "seq 0");
    let both = |write: &mut Write| {
        write.add_to_tally("open", 2);
        write.take_numbers(vec![("turns".to_owned(), 1)], Box::new(|_, write| write.add_to_tally("open", 3)));
        write.add_to_tally("open", -1);
    };
    let before = test.store.counter("open").unwrap();
    check(&test, both, "seq 0");
    assert_eq!(test.store.counter("open").unwrap(), before + 4);
}

#[test]
fn a_builder_that_panics_harms_nobody_else() {
    let test = TestStore::new();
    let panics = |write: &mut Write| {
        write.take_numbers(vec![("n".to_owned(), 1)], Box::new(|_, _| panic!("a fault in the caller")));
    };
    check(
        &test,
        panics,
        "the store cannot write: what depends on numbers could not be built: a fault in the caller",
    );
    check(&test, |write| write.create(lead(1, "A")), "seq 1");
    assert_eq!(test.store.counter("n").unwrap(), 0);
}

#[test]
fn an_idempotency_key_is_used_once() {
    let test = TestStore::new();
    let once = |number: u128| {
        move |write: &mut Write| {
            write.put_once("row/7", id(number));
            write.create(lead(number, "A"));
        }
    };
    check(&test, once(1), "seq 1");
    check(&test, once(2), "repeated row/7");
    assert_eq!(test.store.once("row/7").unwrap(), Some(id(1)));
    assert_eq!(test.store.once("row/8").unwrap(), None);
    assert_eq!(test.store.get::<Lead>(id(2)).unwrap(), None);
}

#[test]
fn limits_are_refused_before_anything_is_written() {
    let test = TestStore::new();
    check(&test, |write| write.create(lead(1, &"x".repeat(4_000))), "too big 1");
    let mut long = lead(2, "A");
    long.external_key = Some("k".repeat(1_100));
    check(&test, |write| write.create(long), "too big 2");
    let many = |write: &mut Write| (0..1_001).for_each(|number| write.create(lead(number, "A")));
    check(&test, many, "1001 of 1000");
    assert_eq!(test.store.head(), 0);
    // The biggest change: all of a big record replaced.
    let first = lead(3, &"x".repeat(3_000));
    check(&test, |write| write.create(first.clone()), "seq 1");
    check(&test, |write| write.update(&first, lead(3, &"y".repeat(3_000))), "seq 2");
    test.verify();
}

#[test]
fn lists_are_read_in_pages_both_ways() {
    let test = TestStore::new();
    let names = ["Àrtic", "bosc", "Cim", "drac", "Èter"];
    let all = |write: &mut Write| {
        for (number, name) in (1..).zip(names) {
            write.create(lead(number, name));
        }
    };
    check(&test, all, "seq 5");
    let prefix = Lead::list_of_all(LeadSort::Name).bytes();
    for (direction, expected) in
        [(Direction::Forward, [1, 2, 3, 4, 5]), (Direction::Backward, [5, 4, 3, 2, 1])]
    {
        let mut scan = Scan { prefix: prefix.clone(), after: None, direction, limit: 2 };
        let mut seen = Vec::new();
        loop {
            let page = test.store.scan(&scan).unwrap();
            let Some(last) = page.last() else { break };
            scan.after = Some(last.key.clone());
            seen.extend(
                page.iter()
                    .map(|entry| Uuid::from_slice(&entry.key[entry.key.len() - 16..]).unwrap().as_u128()),
            );
        }
        assert_eq!(seen, expected);
    }
}

#[test]
fn a_timeline_is_read_from_its_end() {
    let test = TestStore::new();
    let mut current = lead(1, "v1");
    check(&test, |write| write.create(current.clone()), "seq 1");
    for version in 2..=5 {
        let next = Lead { company: Some(format!("v{version}")), ..current.clone() };
        check(&test, |write| write.update(&current, next), &format!("seq {version}"));
        current = test.store.get(id(1)).unwrap().unwrap();
    }
    let seqs = |before, limit| -> Vec<u64> {
        let changes = test.store.timeline(id(1), before, limit).unwrap();
        changes.iter().map(|change| change.seq).collect()
    };
    assert_eq!(seqs(None, 2), [5, 4]);
    assert_eq!(seqs(Some(4), 10), [3, 2, 1]);
    assert!(seqs(Some(1), 10).is_empty());
    assert_eq!(seqs(Some(u64::MAX), 1), [5]);
}

#[test]
fn a_closed_store_takes_no_writes() {
    let test = TestStore::new();
    test.store.clone().close();
    check(&test, |write| write.create(lead(1, "A")), "the store is closed");
    assert_eq!(test.store.get::<Lead>(id(1)).unwrap(), None);
}

#[test]
fn a_group_of_any_number_is_shown_from_either_end_until_there_is_enough() {
    let test = TestStore::new();
    let mut write = write();
    (1..=7).for_each(|number| write.create(session(number, &format!("secret {number}"))));
    test.store.commit(write).unwrap();
    let shown = |from, at_once, enough| {
        let (mut ids, mut last) = (Vec::new(), None);
        let mut take = |key: &[u8], session: Session| {
            ids.push(session.meta.id.as_u128());
            last = Some(key.to_vec());
            Ok::<_, ReadError>(ids.len() < enough)
        };
        test.store.each_member(id(1), from, at_once, &mut take).unwrap();
        (ids, last)
    };
    for at_once in [0, 1, 3, 7, usize::MAX] {
        assert_eq!(shown((Direction::Forward, None), at_once, 100).0, [1, 2, 3, 4, 5, 6, 7], "{at_once}");
        assert_eq!(shown((Direction::Backward, None), at_once, 100).0, [7, 6, 5, 4, 3, 2, 1], "{at_once}");
    }
    let (ids, last) = shown((Direction::Forward, None), 3, 4);
    assert_eq!(ids, [1, 2, 3, 4]);
    assert_eq!(shown((Direction::Forward, last), 3, 100).0, [5, 6, 7], "behind the key where it stopped");
    let newest: Vec<Session> = test.store.newest_members(id(1), 2).unwrap();
    assert_eq!(newest.iter().map(|session| session.meta.id.as_u128()).collect::<Vec<_>>(), [7, 6]);
}
