//! Many writers at once, readers beside them, and those who wait for the journal.

use crate::common::{TestStore, id, lead, user, write};
use model::{Lead, User};
use std::collections::BTreeSet;
use std::time::Duration;
use store::CommitError;

const THREADS: u128 = 16;
const WRITES_EACH: u128 = 50;

#[test]
fn sixteen_threads_lose_nothing_and_see_a_gapless_journal() {
    let test = TestStore::new();
    std::thread::scope(|scope| {
        for thread in 0..THREADS {
            let store = test.store.clone();
            scope.spawn(move || {
                for number in 0..WRITES_EACH {
                    let number = thread * WRITES_EACH + number + 1;
                    let mut write = write();
                    write.create(lead(number, "A"));
                    let seq = store.commit(write).unwrap().seq;
                    assert!(store.head() >= seq);
                    assert!(store.get::<Lead>(id(number)).unwrap().is_some());
                }
            });
        }
        let store = test.store.clone();
        scope.spawn(move || {
            let all = u64::try_from(THREADS * WRITES_EACH).unwrap();
            let mut cursor = 0;
            while cursor < all {
                store.wait_past(cursor, Duration::from_secs(60));
                for change in store.journal(cursor, 100).unwrap() {
                    assert_eq!(change.seq, cursor + 1);
                    cursor = change.seq;
                }
            }
        });
    });
    assert_eq!(u128::from(test.store.head()), THREADS * WRITES_EACH);
    test.verify();
}

#[test]
fn of_many_updates_of_one_version_one_is_done() {
    let test = TestStore::new();
    let mut first = write();
    let before = lead(1, "before");
    first.create(before.clone());
    test.store.commit(first).unwrap();
    let outcomes = at_once(|thread| {
        let mut write = write();
        write.update(&before, lead(1, &format!("thread {thread}")));
        test.store.commit(write)
    });
    let refused =
        |outcome: &Result<_, CommitError>| matches!(outcome, Err(CommitError::Stale { stored: Some(2), .. }));
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    assert_eq!(outcomes.iter().filter(|outcome| refused(outcome)).count(), 15);
    test.verify();
}

#[test]
fn of_many_that_want_a_unique_value_one_gets_it() {
    let test = TestStore::new();
    let outcomes = at_once(|thread| {
        let mut write = write();
        write.create(user(thread, "a@x.cat"));
        test.store.commit(write)
    });
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    assert_eq!(test.store.records::<User>(None, 100).unwrap().len(), 1);
    test.verify();
}

#[test]
fn each_turn_is_taken_once() {
    let test = TestStore::new();
    at_once(|_| {
        for _ in 0..20 {
            let mut write = write();
            let take = vec![("turns".to_owned(), 1)];
            write.take_numbers(take, Box::new(|first, write| write.create(lead(u128::from(first[0]), "A"))));
            test.store.commit(write).unwrap();
        }
    });
    let leads = test.store.records::<Lead>(None, 1_000).unwrap();
    let turns: BTreeSet<_> = leads.iter().map(|lead| lead.meta.id.as_u128()).collect();
    assert_eq!(turns, (1..=320).collect());
    test.verify();
}

#[test]
fn waiting_for_the_journal_ends_in_time() {
    let test = TestStore::new();
    assert_eq!(test.store.wait_past(0, Duration::from_millis(1)), 0);
    let waiting = test.store.clone();
    let waiter = std::thread::spawn(move || waiting.wait_past(0, Duration::from_secs(60)));
    let mut write = write();
    write.create(lead(1, "A"));
    test.store.commit(write).unwrap();
    assert_eq!(waiter.join().unwrap(), 1);
}

/// Does something in each of the threads and gives back what came of it.
fn at_once<T: Send>(work: impl Fn(u128) -> T + Sync) -> Vec<T> {
    std::thread::scope(|scope| {
        let work = &work;
        let threads: Vec<_> = (0..THREADS).map(|thread| scope.spawn(move || work(thread))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    })
}
