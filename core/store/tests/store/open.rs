//! Opening: another process, torn snapshots, other formats, damage.

use crate::common::{TestStore, id, lead, write};
use crate::memory::MemoryEngine;
use model::{
    Activity, Actor, Entity as _, Facet, IndexEntry, IndexKey, Kind, Lead, LeadFacet, LeadSort, Meta,
    Opportunity, Product, Record, Source, TeamId, UserId, space,
};
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use store::engine::{Batch, Engine, Scan, SledEngine, Tree};
use store::{CommitError, OpenError, Options, Store};

fn with_a_lead() -> TestStore {
    holding_a_lead(TestStore::new())
}

fn holding_a_lead(test: TestStore) -> TestStore {
    let mut write = write();
    write.create(lead(1, "Àrtic"));
    test.store.commit(write).unwrap();
    test
}

#[track_caller]
fn refused(dir: &Path, expected: &str) -> OpenError {
    let error = Store::open(dir, Options::default()).unwrap_err();
    assert!(error.to_string().contains(expected), "{error}");
    error
}

#[test]
fn a_folder_in_use_is_refused_and_free_again_afterwards() {
    let test = with_a_lead();
    refused(test.dir.path(), "is being used by another Tracte");
    test.reopen().verify();
}

#[test]
fn a_folder_begun_with_a_tree_for_each_key_space_goes_on_so() {
    let test = holding_a_lead(TestStore::older()).reopen();
    let before = test.store.get::<Lead>(id(1)).unwrap().unwrap();
    let mut write = write();
    write.update(&before, Lead { company: Some("Àrtic Nord".to_owned()), ..before.clone() });
    write.create(lead(2, "Bosc"));
    test.store.commit(write).unwrap();
    let test = test.reopen();
    test.verify();
    let TestStore { store, dir } = test;
    assert_eq!(store.timeline(id(1), None, 10).unwrap().len(), 2);
    drop(store);
    let engine = SledEngine::open_apart(dir.path(), 1 << 20).unwrap();
    assert_eq!(engine.scan(Tree::Records, &Scan { limit: 10, ..Scan::default() }).unwrap().len(), 2);
}

#[test]
fn torn_snapshots_do_not_matter() {
    for name in ["snap.00000000000000FF.generating", "snap.FFFFFFFFFFFFFFFF"] {
        let TestStore { store, dir } = with_a_lead();
        drop(store);
        fs::write(dir.path().join(name), b"torn").unwrap();
        let store = Store::open(dir.path(), Options::default()).unwrap();
        assert!(store.get::<Lead>(id(1)).unwrap().is_some(), "{name}");
        assert!(store.verify().unwrap().faults.is_empty());
    }
}

#[test]
fn other_formats_and_unfinished_imports_are_refused_in_plain_words() {
    let TestStore { store, dir } = with_a_lead();
    drop(store);
    let set = |change: &dyn Fn(&mut Batch)| {
        let engine = SledEngine::open(dir.path(), 1 << 20).unwrap();
        let mut batch = Batch::default();
        change(&mut batch);
        engine.apply(&batch).unwrap();
    };
    set(&|batch| batch.put(Tree::Meta, b"format".as_slice(), 99u64.to_be_bytes()));
    let error = refused(dir.path(), "Start it with a newer Tracte");
    assert!(matches!(error, OpenError::TooNew { found: 99, .. }));
    set(&|batch| batch.delete(Tree::Meta, b"format".as_slice()));
    refused(dir.path(), "import that did not finish");
    set(&|batch| batch.put(Tree::Meta, b"format".as_slice(), 1u64.to_be_bytes()));
    assert_eq!(Store::open(dir.path(), Options::default()).unwrap().head(), 1);
}

/// The same folder opened again, once it holds what an older format had: migrated, and whole.
fn migrated(test: TestStore, older: impl FnOnce(&dyn Engine) -> Batch) -> TestStore {
    let TestStore { store, dir } = test;
    drop(store);
    let engine = SledEngine::open(dir.path(), 1 << 20).unwrap();
    engine.apply(&older(&engine)).unwrap();
    engine.flush().unwrap();
    drop(engine);
    let store = Store::open(dir.path(), Options::default()).unwrap();
    let report = store.verify().unwrap();
    assert!(report.faults.is_empty(), "{:?}", report.faults);
    TestStore { store, dir }
}

/// Entries of lists as format 1 wrote them: after the status a number for the source, and 42 bytes in all.
fn with_numbers_for_sources(engine: &dyn Engine) -> Batch {
    let mut batch = Batch::default();
    let prefix = IndexKey::new(space::LEAD_LIST).bytes();
    for entry in engine.scan(Tree::Index, &Scan { prefix, limit: 100, ..Scan::default() }).unwrap() {
        let facet = LeadFacet::from_bytes(&entry.value).unwrap();
        let number = match facet.source {
            None => 0,
            Some(source) => 1 + Source::READY.iter().position(|ready| *ready == source).unwrap(),
        };
        let rest = &LeadFacet { source: None, ..facet }.bytes()[1..];
        let value = [&entry.value[..1], &[u8::try_from(number).unwrap()], rest].concat();
        assert_eq!(value.len(), 42);
        batch.put(Tree::Index, entry.key, value);
    }
    batch.put(Tree::Meta, b"format".as_slice(), 1u64.to_be_bytes());
    batch
}

#[test]
fn a_folder_with_numbers_for_sources_is_migrated() {
    let TestStore { store, dir } = TestStore::older();
    for (number, source) in [(1, None), (2, Some(Source::WEB)), (3, Some(Source::OTHER))] {
        let mut lead = lead(number, "Obres Puig");
        (lead.source, lead.owner, lead.team) = (source, Some(UserId(id(8))), Some(TeamId(id(9))));
        let mut write = write();
        write.create(lead);
        store.commit(write).unwrap();
    }
    let TestStore { store, dir: _dir } = migrated(TestStore { store, dir }, with_numbers_for_sources);
    let prefix = Lead::list_of_all(LeadSort::Created).bytes();
    let entries = store.scan(&Scan { prefix, limit: 10, ..Scan::default() }).unwrap();
    let sources = entries.iter().map(|entry| LeadFacet::from_bytes(&entry.value).unwrap().source);
    assert_eq!(sources.collect::<Vec<_>>(), [None, Some(Source::WEB), Some(Source::OTHER)]);
}

/// Entries as format 8 had them: of boards, and of lists of opportunities with the stage before the source.
fn with_boards_and_stages(engine: &dyn Engine) -> Batch {
    let mut batch = Batch::default();
    let prefix = IndexKey::new(space::RECORD_LIST).byte(Kind::Opportunity.tag()).bytes();
    for entry in engine.scan(Tree::Index, &Scan { prefix, limit: 100, ..Scan::default() }).unwrap() {
        let mut facet = Facet::from_bytes(&entry.value).unwrap();
        facet.codes.insert(0, "sales.new".to_owned());
        batch.put(Tree::Index, entry.key, facet.bytes());
    }
    for scope in [1, 3] {
        let key = IndexKey::new(16).byte(scope).code("sales.new").signed(0).id(id(1));
        batch.put(Tree::Index, key.bytes(), b"what a card weighs".to_vec());
    }
    batch.put(Tree::Meta, b"format".as_slice(), 8u64.to_be_bytes());
    batch
}

#[test]
fn entries_of_boards_go_and_those_of_lists_say_no_stage() {
    let TestStore { store, dir } = TestStore::older();
    let meta = Meta::new(id(1), model::jiff::Timestamp::UNIX_EPOCH, Actor::SYSTEM);
    let mut deal = Opportunity::begin(meta);
    (deal.name, deal.stage) = (Some("Cuina".to_owned()), Some("sales.new".to_owned()));
    (deal.source, deal.common.owner) = (Some("web".to_owned()), Some(UserId(id(8))));
    let mut write = write();
    write.create(deal);
    store.commit(write).unwrap();
    let TestStore { store, dir: _dir } = migrated(TestStore { store, dir }, with_boards_and_stages);
    let prefix = IndexKey::new(16).bytes();
    assert_eq!(store.scan(&Scan { prefix, limit: 10, ..Scan::default() }).unwrap(), []);
    let prefix = model::list_of_all(Kind::Opportunity, 0).bytes();
    let entries = store.scan(&Scan { prefix, limit: 10, ..Scan::default() }).unwrap();
    let codes = entries.iter().map(|entry| Facet::from_bytes(&entry.value).unwrap().codes);
    assert_eq!(codes.collect::<Vec<_>>(), [["web"]]);
}

/// As format 9 had them: none of reminders.
fn without_reminders(engine: &dyn Engine) -> Batch {
    let mut batch = Batch::default();
    let prefix = IndexKey::new(space::REMINDER).bytes();
    for entry in engine.scan(Tree::Index, &Scan { prefix, limit: 100, ..Scan::default() }).unwrap() {
        batch.delete(Tree::Index, entry.key);
    }
    batch.put(Tree::Meta, b"format".as_slice(), 9u64.to_be_bytes());
    batch
}

#[test]
fn reminders_of_before_are_found_by_their_day() {
    let TestStore { store, dir } = TestStore::older();
    let meta = Meta::new(id(1), model::jiff::Timestamp::UNIX_EPOCH, Actor::SYSTEM);
    let mut call = Activity::begin(meta);
    call.subject = Some("Trucar".to_owned());
    (call.reminder, call.common.owner) = (Some(model::jiff::civil::date(2026, 11, 24)), Some(UserId(id(8))));
    let mut write = write();
    write.create(call);
    store.commit(write).unwrap();
    let TestStore { store, dir: _dir } = migrated(TestStore { store, dir }, without_reminders);
    let prefix = Activity::reminders_of(UserId(id(8))).bytes();
    let entries = store.scan(&Scan { prefix, limit: 10, ..Scan::default() }).unwrap();
    let found = entries.iter().map(|entry| IndexKey::record_at_end(&entry.key));
    assert_eq!(found.collect::<Vec<_>>(), [Some(id(1))]);
}

/// As format 10 had them: lists of products by hundredths of their prices.
fn with_hundredths_of_prices(engine: &dyn Engine) -> Batch {
    let mut batch = Batch::default();
    let by_price = model::list_of_all(Kind::Product, BY_PRICE);
    let prefix = by_price.clone().bytes();
    for entry in engine.scan(Tree::Index, &Scan { prefix, limit: 100, ..Scan::default() }).unwrap() {
        let id = IndexKey::record_at_end(&entry.key).unwrap();
        batch.put(Tree::Index, by_price.clone().signed(12).id(id).bytes(), entry.value);
        batch.delete(Tree::Index, entry.key);
    }
    batch.put(Tree::Meta, b"format".as_slice(), 10u64.to_be_bytes());
    batch
}

/// The place of that order among those of products.
const BY_PRICE: u8 = 3;

#[test]
fn products_stand_by_their_exact_prices() {
    let TestStore { store, dir } = TestStore::older();
    let mut write = write();
    for (number, price) in [(1, "0.125"), (2, "0.1201"), (3, "0.12")] {
        let meta = Meta::new(id(number), model::jiff::Timestamp::UNIX_EPOCH, Actor::SYSTEM);
        let mut product = Product::begin(meta);
        product.name_ca = Some("Cargol".to_owned());
        product.unit_price = Some(price.parse().unwrap());
        write.create(product);
    }
    store.commit(write).unwrap();
    let TestStore { store, dir: _dir } = migrated(TestStore { store, dir }, with_hundredths_of_prices);
    let prefix = model::list_of_all(Kind::Product, BY_PRICE).bytes();
    let entries = store.scan(&Scan { prefix, limit: 10, ..Scan::default() }).unwrap();
    let found = entries.iter().map(|entry| IndexKey::record_at_end(&entry.key));
    assert_eq!(found.collect::<Vec<_>>(), [3, 2, 1].map(|number| Some(id(number))));
}

/// A note as format 4 kept it, in its record, in the journal and in the group of the lead.
fn with_a_note_as_it_was(engine: &dyn Engine) -> Batch {
    let mut batch = Batch::default();
    let all = |tree| engine.scan(tree, &Scan { limit: 100, ..Scan::default() }).unwrap();
    let old = |note: &mut model::json::Value| {
        let fields = note.as_object_mut().unwrap();
        let about = fields.remove("lead").unwrap();
        fields.retain(|name, _| ["meta", "kind", "text"].contains(&name.as_str()));
        fields.insert("about_kind".to_owned(), "lead".into());
        fields.insert("about".to_owned(), about);
    };
    for entry in all(Tree::Records).into_iter().filter(|entry| entry.key[0] == Kind::Activity.tag()) {
        let mut note = model::json::from_slice(&entry.value).unwrap();
        old(&mut note);
        batch.put(Tree::Records, entry.key, model::json::to_vec(&note).unwrap());
    }
    for entry in all(Tree::Journal) {
        let mut change: model::json::Value = model::json::from_slice(&entry.value).unwrap();
        if change["kind"] == "activity" {
            old(&mut change["after"]);
            batch.put(Tree::Journal, entry.key, model::json::to_vec(&change).unwrap());
        }
    }
    let note: Activity = Activity::note(
        Meta::new(id(2), model::jiff::Timestamp::UNIX_EPOCH, Actor::SYSTEM),
        Kind::Lead,
        id(1),
        "Ha trucat.".to_owned(),
    );
    for entry in note.indexes() {
        batch.delete(Tree::Index, entry.key);
    }
    for entry in all(Tree::Index).into_iter().filter(|entry| entry.key.ends_with(id(2).as_bytes())) {
        batch.delete(Tree::Index, entry.key);
    }
    batch.put(Tree::Index, IndexEntry::member(Kind::Activity, id(1), id(2)).key, Vec::new());
    batch.put(Tree::Meta, b"format".as_slice(), 4u64.to_be_bytes());
    batch
}

#[test]
fn notes_become_activities_and_none_is_lost() {
    let TestStore { store, dir } = holding_a_lead(TestStore::older());
    let mut write = write();
    let meta = Meta::new(id(2), model::jiff::Timestamp::UNIX_EPOCH, Actor::SYSTEM);
    write.create(Activity::note(meta, Kind::Lead, id(1), "Ha trucat.".to_owned()));
    store.commit(write).unwrap();
    let TestStore { store, dir: _dir } = migrated(TestStore { store, dir }, with_a_note_as_it_was);
    let prefix = model::linking(id(1), Kind::Activity).bytes();
    let entries = store.scan(&Scan { prefix, limit: 10, ..Scan::default() }).unwrap();
    assert_eq!(entries.len(), 1);
    let note = store.get::<Activity>(id(2)).unwrap().unwrap();
    assert_eq!((note.text.as_deref(), note.lead, note.is_done()), (Some("Ha trucat."), Some(id(1)), true));
    // It is changed and deleted as any other.
    let mut write = crate::common::write();
    write.update(&note, Activity { text: Some("Ha tornat a trucar.".to_owned()), ..note.clone() });
    store.commit(write).unwrap();
    let told = store.timeline(id(1), None, 10).unwrap();
    assert_eq!(told.iter().filter_map(|change| change.record::<Activity>()).count(), 2);
    let report = store.verify().unwrap();
    assert!(report.faults.is_empty(), "{:?}", report.faults);
}

#[test]
fn damage_is_said_plainly_and_never_taken_for_an_empty_store() {
    let check = |damage: &dyn Fn(Vec<u8>) -> Vec<u8>| {
        let TestStore { store, dir } = with_a_lead();
        drop(store);
        let file = dir.path().join("db");
        let bytes = damage(fs::read(&file).unwrap());
        fs::write(&file, &bytes).unwrap();
        refused(dir.path(), "restore the last backup");
        refused(dir.path(), "restore the last backup");
    };
    check(&|_| Vec::new());
    check(&|bytes| vec![0; bytes.len()]);
    check(&|bytes| vec![0xA5; bytes.len()]);
    check(&|bytes| bytes[..100].to_vec());
}

#[test]
fn a_path_that_is_no_folder_is_said_plainly() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("file");
    fs::write(&file, b"").unwrap();
    refused(&file, "Tracte may write in it");
}

#[test]
fn after_a_failed_sync_nothing_is_acknowledged_any_more() {
    let engine = Arc::new(MemoryEngine::default());
    let fails = Arc::clone(&engine.sync_fails);
    let store = Store::open_over(engine, Path::new("memory"), Options::default()).unwrap();
    let commit = |number| {
        let mut write = write();
        write.create(lead(number, "A"));
        store.commit(write)
    };
    assert_eq!(commit(1).unwrap().seq, 1);
    fails.store(true, Ordering::SeqCst);
    let error = commit(2).unwrap_err();
    assert!(
        matches!(error, CommitError::Storage(_)) && error.to_string().contains("no space left"),
        "{error}"
    );
    // The disk works again, but nobody knows what of the failed write is on it.
    fails.store(false, Ordering::SeqCst);
    assert!(matches!(commit(3).unwrap_err(), CommitError::Storage(_)));
    assert_eq!(store.head(), 1);
    assert_eq!(store.journal(0, 10).unwrap().len(), 1);
}

#[test]
fn verify_finds_every_sort_of_fault() {
    let check = |change: &dyn Fn(&mut Batch, &dyn Engine), expected: &str| {
        let TestStore { store, dir } = with_a_lead();
        drop(store);
        let engine = Arc::new(SledEngine::open(dir.path(), 1 << 20).unwrap());
        let mut batch = Batch::default();
        change(&mut batch, engine.as_ref());
        engine.apply(&batch).unwrap();
        let store = Store::open_over(engine, dir.path(), Options::default()).unwrap();
        let faults = store.verify().unwrap().faults;
        assert!(faults.iter().any(|fault| fault.message.contains(expected)), "{expected}: {faults:?}");
    };
    let record = [&[6], id(1).as_bytes().as_slice()].concat();
    let first = |engine: &dyn Engine, tree| {
        let scan = store::Scan { limit: 1, ..Default::default() };
        engine.scan(tree, &scan).unwrap().remove(0)
    };
    let change_one = 1u64.to_be_bytes();
    check(
        &|batch, engine| batch.delete(Tree::Index, first(engine, Tree::Index).key),
        "is missing or different",
    );
    check(&|batch, _| batch.put(Tree::Index, [3, 2].as_slice(), [].as_slice()), "belongs to no record");
    check(&|batch, _| batch.put(Tree::Index, [4, 2].as_slice(), [].as_slice()), "the journal asks for 1");
    check(&|batch, _| batch.delete(Tree::Records, record.as_slice()), "is missing, though change 1");
    check(&|batch, _| batch.put(Tree::Records, record.as_slice(), b"{}".as_slice()), "cannot be read");
    check(&|batch, _| batch.delete(Tree::Journal, change_one), "is in no change of the journal");
    check(&|batch, _| batch.delete(Tree::Journal, change_one), "the journal ends with change 0");
    check(
        &|batch, engine| {
            let text = String::from_utf8(first(engine, Tree::Records).value).unwrap();
            batch.put(Tree::Records, record.as_slice(), text.replace("Àrtic", "Bosc"));
        },
        "is not what change 1 made it",
    );
    check(
        &|batch, engine| {
            let text = String::from_utf8(first(engine, Tree::Records).value).unwrap();
            batch.put(Tree::Records, record.as_slice(), text.replace("\"version\":1", "\"version\":3"));
        },
        "has version 3, change 1 says 1",
    );
    check(
        &|batch, engine| {
            let text = String::from_utf8(first(engine, Tree::Journal).value).unwrap();
            batch.put(Tree::Journal, 3u64.to_be_bytes(), text);
        },
        "the journal goes from change 1 to 3",
    );
}
