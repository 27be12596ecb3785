//! Random writes, by several threads' worth of merging, against a model that is a page long.

use crate::common::{TestStore, assert_clean, at, id, user};
use crate::memory::MemoryEngine;
use model::{Actor, Change, Deed, IndexKey, Kind, User};
use proptest::collection::vec;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use store::{CommitError, Options, Store, Write};

/// One operation; ids and e-mail addresses from so few that they collide.
#[derive(Clone, Debug)]
enum Operation {
    Create { number: u128, email: u8 },
    Update { number: u128, email: u8, stale: bool },
    Delete { number: u128 },
}

fn operation() -> impl Strategy<Value = Operation> {
    prop_oneof![
        3 => (0u128..6, 0u8..5).prop_map(|(number, email)| Operation::Create { number, email }),
        4 => (0u128..6, 0u8..5, prop::bool::weighted(0.2))
            .prop_map(|(number, email, stale)| Operation::Update { number, email, stale }),
        1 => (0u128..6).prop_map(|number| Operation::Delete { number }),
    ]
}

/// What the store must say and hold.
#[derive(Clone, Default)]
struct Model {
    users: BTreeMap<u128, User>,
    journal: Vec<(u128, u64, Deed)>,
}

impl Model {
    /// Puts the operation into the write and does it here too; `false` when the store must refuse.
    fn run(&mut self, operation: &Operation, write: &mut Write) -> bool {
        match operation {
            Operation::Create { number, email } => {
                let user = user(*number, &address(*email));
                write.create(user.clone());
                let is_new = !self.users.contains_key(number);
                if is_new {
                    self.journal.push((*number, 1, Deed::Created));
                    self.users.insert(*number, user);
                }
                is_new
            }
            Operation::Update { number, email, stale } => {
                let Some(before) = self.users.get(number).cloned() else {
                    write.update(&user(*number, "nobody"), user(*number, &address(*email)));
                    return false;
                };
                let mut read = before.clone();
                read.meta.version -= u64::from(*stale);
                let mut after = User { email: address(*email), ..before.clone() };
                write.update(&read, after.clone());
                if !stale && after.email != before.email {
                    after.meta.version += 1;
                    after.meta.updated_at = at(7);
                    self.journal.push((*number, after.meta.version, Deed::Updated));
                    self.users.insert(*number, after);
                }
                !stale
            }
            Operation::Delete { number } => {
                let Some(before) = self.users.remove(number) else {
                    write.delete(&user(*number, "nobody"));
                    return false;
                };
                write.delete(&before);
                self.journal.push((*number, before.meta.version + 1, Deed::Deleted));
                true
            }
        }
    }

    fn has_each_email_once(&self) -> bool {
        let mut emails: Vec<_> = self.users.values().map(|user| &user.email).collect();
        emails.sort();
        emails.windows(2).all(|pair| pair[0] != pair[1])
    }
}

fn address(number: u8) -> String {
    format!("{number}@x.cat")
}

/// Commits each list of operations as one write and compares all that can be read.
fn check(store: &Store, writes: &[Vec<Operation>]) -> Result<(), TestCaseError> {
    let mut model = Model::default();
    for operations in writes {
        let mut write = Write::new(at(7), Actor::SYSTEM, "request");
        let mut next = model.clone();
        let mut is_good = true;
        for operation in operations {
            is_good &= next.run(operation, &mut write);
        }
        is_good &= next.has_each_email_once();
        let result = store.commit(write);
        match result {
            Ok(committed) => {
                prop_assert!(is_good, "{operations:?} was done");
                prop_assert_eq!(committed.seq, next.journal.len() as u64);
                model = next;
            }
            Err(CommitError::Stale { .. } | CommitError::Exists { .. } | CommitError::Taken { .. }) => {
                prop_assert!(!is_good, "{operations:?} was refused");
            }
            Err(error) => return Err(TestCaseError::fail(error.to_string())),
        }
    }
    compare(store, &model)
}

fn compare(store: &Store, model: &Model) -> Result<(), TestCaseError> {
    let users = store.records::<User>(None, 100).unwrap();
    prop_assert_eq!(&users, &model.users.values().cloned().collect::<Vec<_>>());
    prop_assert_eq!(&store.members::<User>(model::uuid::Uuid::nil(), 100).unwrap(), &users);
    for email in 0..5 {
        let key = IndexKey::unique(Kind::User, "email", &address(email));
        let holder = users.iter().find(|user| user.email == address(email)).map(|user| user.meta.id);
        prop_assert_eq!(store.find(&key).unwrap(), holder);
    }
    let said = |change: &Change| (change.id.as_u128(), change.version, change.deed);
    let journal: Vec<_> = store.journal(0, 1_000).unwrap().iter().map(said).collect();
    prop_assert_eq!(&journal, &model.journal);
    for number in 0..6 {
        let mut timeline: Vec<_> =
            store.timeline(id(number), None, 1_000).unwrap().iter().map(said).collect();
        timeline.reverse();
        let of_it: Vec<_> = journal.iter().filter(|change| change.0 == number).copied().collect();
        prop_assert_eq!(timeline, of_it);
    }
    assert_clean(store);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_writes_do_what_the_model_does(writes in vec(vec(operation(), 1..4), 1..40)) {
        let test = TestStore::new();
        check(&test.store, &writes)?;
        test.reopen().verify();
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_store_does_not_depend_on_its_engine(writes in vec(vec(operation(), 1..4), 1..40)) {
        let engine = Arc::new(MemoryEngine::default());
        let store = Store::open_over(engine, Path::new("memory"), Options::default()).unwrap();
        check(&store, &writes)?;
    }
}
