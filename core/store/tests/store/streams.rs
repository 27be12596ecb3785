//! Export, import, backup, restore.

use crate::common::{TestStore, assert_clean, id, lead, session, user, write};
use model::{Lead, Session, User};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use store::{ImportError, Options, Store, Write, import, restore};

fn commit(test: &TestStore, fill: impl FnOnce(&mut Write)) {
    let mut write = write();
    fill(&mut write);
    test.store.commit(write).unwrap();
}

fn filled() -> TestStore {
    let test = TestStore::new();
    let first = lead(1, "Àrtic «S.L.»\n");
    commit(&test, |write| write.create(first.clone()));
    commit(&test, |write| write.update(&first, lead(1, "Bosc")));
    commit(&test, |write| write.create(user(2, "a@x.cat")));
    commit(&test, |write| write.create(session(3, "secret")));
    commit(&test, |write| write.put_once("row/1", id(1)));
    let gone = lead(4, "gone");
    commit(&test, |write| write.create(gone.clone()));
    commit(&test, |write| write.delete(&gone));
    let take = Box::new(|_: &[u64], write: &mut Write| write.create(lead(5, "numbered")));
    commit(&test, |write| write.take_numbers(vec![("turns".to_owned(), 3)], take));
    test
}

fn exported(store: &Store) -> String {
    let mut bytes = Vec::new();
    store.export(&mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

#[test]
fn an_import_of_an_export_is_the_same_store() {
    let test = filled();
    let text = exported(&test.store);
    let dir = tempfile::tempdir().unwrap();
    let report = import(dir.path(), &mut text.as_bytes()).unwrap();
    assert_eq!((report.records, report.changes, report.head), (4, 6, 6));
    let store = Store::open(dir.path(), Options::default()).unwrap();
    assert_clean(&store);
    assert_eq!(exported(&store), text);
    assert_eq!(store.journal(0, 100).unwrap(), test.store.journal(0, 100).unwrap());
    assert_eq!(store.get::<User>(id(2)).unwrap(), test.store.get::<User>(id(2)).unwrap());
    assert!(store.get::<Session>(id(3)).unwrap().is_some());
    assert_eq!(store.once("row/1").unwrap(), Some(id(1)));
    assert_eq!(store.counter("turns").unwrap(), 3);
    // It goes on where the other stopped.
    let mut write = write();
    write.create(lead(9, "next"));
    assert_eq!(store.commit(write).unwrap().seq, 7);
}

/// Imports a changed export; gives back problems as text.
fn problems(text: &str) -> Vec<String> {
    let dir = tempfile::tempdir().unwrap();
    let problems = match import(dir.path(), &mut text.as_bytes()) {
        Err(ImportError::Invalid { problems }) => problems,
        other => panic!("{other:?}"),
    };
    // Nothing is left but the lock: the next attempt finds it empty.
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
    problems.iter().map(ToString::to_string).collect()
}

#[test]
fn every_problem_of_a_file_is_named_with_its_line() {
    let text = exported(&filled().store);
    let check = |changed: &str, expected: &[&str]| {
        let problems = problems(changed);
        for part in expected {
            assert!(problems.iter().any(|problem| problem.contains(part)), "{part}: {problems:#?}");
        }
    };
    let lines: Vec<&str> = text.lines().collect();
    let without = |skipped: &str| -> String {
        lines.iter().filter(|line| !line.contains(skipped)).map(|line| format!("{line}\n")).collect()
    };
    check("", &["the closing line is missing"]);
    check("rubbish\n", &["line 1: not a line of an export"]);
    let format = format!("\"format\":{}", store::FORMAT);
    check(&text.replace(&format, "\"format\":99"), &["line 1", "format 99"]);
    check(&without("{\"end\""), &["the closing line is missing"]);
    check(&without("\"seq\":2,"), &["line 7: change 3 comes after change 1", "counts or checksums"]);
    check(
        &text.replace("\"status\":\"new\"", "\"status\":\"odd\""),
        &["line 3: not a lead", "line 4: not a lead", "counts or checksums"],
    );
    check(&text.replace("Bosc", "Bosk"), &["counts or checksums"]);
    let doubled: String = lines
        .iter()
        .flat_map(|line| {
            [*line, "\n", if line.contains("{\"record\":{\"kind\":\"user\"") { line } else { "" }, ""]
        })
        .collect();
    assert!(!problems(&doubled).is_empty());
    let mut swapped = lines.clone();
    swapped.swap(1, 6);
    check(&swapped.join("\n"), &["not in its place"]);
    check(&format!("{}{}\n", text, "x".repeat(20_000)), &["longer than"]);
}

#[test]
fn only_an_empty_folder_is_imported_into() {
    let test = filled();
    let text = exported(&test.store);
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("letter.txt"), b"mine").unwrap();
    let error = import(dir.path(), &mut text.as_bytes()).unwrap_err();
    assert!(matches!(error, ImportError::NotEmpty { .. }), "{error}");
    assert!(dir.path().join("letter.txt").exists());
    assert!(import(test.dir.path(), &mut text.as_bytes()).is_err());
}

#[test]
fn a_backup_under_load_restores_to_a_consistent_state() {
    let test = TestStore::new();
    for number in 0..200 {
        commit(&test, |write| write.create(lead(number, "before")));
    }
    let folder = tempfile::tempdir().unwrap();
    let done = AtomicBool::new(false);
    let backups: Vec<_> = std::thread::scope(|scope| {
        for thread in 1..=4u128 {
            let (store, done) = (test.store.clone(), &done);
            scope.spawn(move || churn(&store, thread * 1_000_000, done));
        }
        let backups = (0..4)
            .map(|number| {
                let path = folder.path().join(format!("{number}.jsonl"));
                (test.store.backup(&path, &mut |_| Ok(())).unwrap(), path)
            })
            .collect();
        done.store(true, Ordering::SeqCst);
        backups
    });
    for (report, path) in backups {
        check_backup(&test.store, report.head, &path);
    }
    test.verify();
}

/// Creates, updates and deletes leads until told to stop.
fn churn(store: &Store, base: u128, done: &AtomicBool) {
    for number in base.. {
        if done.load(Ordering::SeqCst) {
            return;
        }
        let mut first = write();
        first.put_once(&format!("once/{number}"), id(number));
        first.create(lead(number, "during"));
        first.create(session(number, &format!("secret {number}")));
        first.add_to_counter("during", 1);
        store.commit(first).unwrap();
        let old: Lead = store.get(id(number % 200)).unwrap().unwrap();
        let mut second = write();
        second.update(&old, Lead { town: Some(format!("town {number}")), ..old.clone() });
        // Another thread may have been faster.
        let _ = store.commit(second);
        if number % 3 == 0 {
            let mut third = write();
            third.delete(&store.get::<Lead>(id(number)).unwrap().unwrap());
            third.add_to_counter("during", -1);
            store.commit(third).unwrap();
        }
    }
}

fn check_backup(original: &Store, head: u64, path: &Path) {
    let dir = tempfile::tempdir().unwrap();
    assert_eq!(restore(path, dir.path()).unwrap().head, head);
    let store = Store::open(dir.path(), Options::default()).unwrap();
    assert_clean(&store);
    assert_eq!(store.counter("during").unwrap(), leads_from(&store, 1_000_000));
    let mut after = 0;
    while after < head {
        let limit = usize::try_from(head - after).unwrap();
        let page = store.journal(after, limit).unwrap();
        assert_eq!(page, original.journal(after, limit).unwrap());
        for change in &page {
            // Each idempotency key of a write that is in the backup is in it too.
            if change.version == 1 && change.id.as_u128() >= 1_000_000 {
                let key = format!("once/{}", change.id.as_u128());
                assert_eq!(store.once(&key).unwrap(), Some(change.id));
                // So is what the same write did outside the journal.
                assert!(store.get::<Session>(change.id).unwrap().is_some());
            }
        }
        after += page.len() as u64;
    }
}

fn leads_from(store: &Store, first: u128) -> u64 {
    let (mut count, mut after) = (0, Some(id(first - 1)));
    loop {
        let page = store.records::<Lead>(after, 1_000).unwrap();
        let Some(last) = page.last() else { return count };
        after = Some(last.meta.id);
        count += page.len() as u64;
    }
}
