//! The contract of an engine. Another back end adds a line to `on_every_engine` and has to pass.

use crate::memory::MemoryEngine;
use proptest::collection::vec;
use proptest::prelude::*;
use std::sync::Arc;
use store::Direction;
use store::engine::{Batch, Engine, Entry, Scan, SledEngine, Tree};
use tempfile::TempDir;

const CACHE_BYTES: u64 = 8 << 20;

fn on_every_engine(check: impl Fn(Arc<dyn Engine>)) {
    let dir = tempfile::tempdir().unwrap();
    check(Arc::new(SledEngine::open(dir.path(), CACHE_BYTES).unwrap()));
    let dir = tempfile::tempdir().unwrap();
    check(Arc::new(SledEngine::open_apart(dir.path(), CACHE_BYTES).unwrap()));
    check(Arc::new(MemoryEngine::default()));
}

fn sled() -> (SledEngine, TempDir) {
    let dir = tempfile::tempdir().unwrap();
    (SledEngine::open(dir.path(), CACHE_BYTES).unwrap(), dir)
}

fn put(engine: &dyn Engine, tree: Tree, pairs: &[(&[u8], &[u8])]) {
    let mut batch = Batch::default();
    for (key, value) in pairs {
        batch.put(tree, *key, *value);
    }
    engine.apply(&batch).unwrap();
}

fn keys(entries: Vec<Entry>) -> Vec<Vec<u8>> {
    entries.into_iter().map(|entry| entry.key).collect()
}

#[test]
fn a_batch_is_seen_by_the_next_read_in_its_tree_alone() {
    on_every_engine(|engine| {
        let mut batch = Batch::default();
        batch.put(Tree::Records, b"k".as_slice(), b"1".as_slice());
        batch.put(Tree::Index, b"k".as_slice(), b"".as_slice());
        batch.put(Tree::Journal, b"gone".as_slice(), b"2".as_slice());
        batch.delete(Tree::Journal, b"gone".as_slice());
        engine.apply(&batch).unwrap();
        assert_eq!(engine.get(Tree::Records, b"k").unwrap(), Some(b"1".to_vec()));
        assert_eq!(engine.get(Tree::Index, b"k").unwrap(), Some(Vec::new()));
        assert_eq!(engine.get(Tree::Journal, b"gone").unwrap(), None);
        assert_eq!(engine.get(Tree::Meta, b"k").unwrap(), None);
        engine.flush().unwrap();
        engine.sync().unwrap();
    });
}

#[test]
fn a_scan_keeps_to_its_prefix_also_at_the_ends_of_the_key_space() {
    on_every_engine(|engine| {
        let all: [&[u8]; 8] = [b"", b"\x00", b"a", b"a\x00", b"a\xff", b"b", b"\xff", b"\xff\xff\x01"];
        let pairs: Vec<(&[u8], &[u8])> = all.iter().map(|key| (*key, b"v".as_slice())).collect();
        put(engine.as_ref(), Tree::Index, &pairs);
        let check = |prefix: &[u8], after: Option<&[u8]>, direction, expected: &[&[u8]]| {
            let scan =
                Scan { prefix: prefix.to_vec(), after: after.map(<[u8]>::to_vec), direction, limit: 100 };
            assert_eq!(keys(engine.scan(Tree::Index, &scan).unwrap()), expected, "{scan:?}");
        };
        use Direction::{Backward, Forward};
        check(b"", None, Forward, &all);
        check(b"a", None, Forward, &[b"a", b"a\x00", b"a\xff"]);
        check(b"a", Some(b"a"), Forward, &[b"a\x00", b"a\xff"]);
        check(b"a", Some(b"a\xff"), Backward, &[b"a\x00", b"a"]);
        check(b"\xff", None, Backward, &[b"\xff\xff\x01", b"\xff"]);
        // `after` need not exist, nor lie within the prefix.
        check(b"a", Some(b"a\x50"), Forward, &[b"a\xff"]);
        check(b"a", Some(b"0"), Forward, &[b"a", b"a\x00", b"a\xff"]);
        check(b"a", Some(b"z"), Forward, &[]);
        check(b"a", Some(b"z"), Backward, &[b"a\xff", b"a\x00", b"a"]);
        check(b"a", Some(b"0"), Backward, &[]);
        check(b"a", Some(b"a"), Backward, &[]);
        check(b"nothing", None, Forward, &[]);
        let none = Scan { limit: 0, ..Scan::default() };
        assert!(engine.scan(Tree::Index, &none).unwrap().is_empty());
    });
}

#[test]
fn what_was_synced_is_there_when_opened_again() {
    let (engine, dir) = sled();
    put(&engine, Tree::Records, &[(b"k", b"v")]);
    engine.flush().unwrap();
    engine.sync().unwrap();
    assert!(engine.disk_bytes().unwrap() > 0);
    drop(engine);
    let engine = SledEngine::open(dir.path(), CACHE_BYTES).unwrap();
    assert_eq!(engine.get(Tree::Records, b"k").unwrap(), Some(b"v".to_vec()));
}

#[derive(Clone, Debug)]
enum Step {
    Apply(Vec<(u8, Vec<u8>, Option<Vec<u8>>)>),
    Scan { tree: u8, prefix: Vec<u8>, after: Option<Vec<u8>>, backwards: bool, limit: usize },
}

fn key() -> impl Strategy<Value = Vec<u8>> {
    vec(prop_oneof![Just(0u8), Just(1), Just(b'a'), Just(254), Just(255)], 0..4)
}

fn step() -> impl Strategy<Value = Step> {
    let word = (0u8..4, key(), proptest::option::of(vec(any::<u8>(), 0..40)));
    prop_oneof![
        vec(word, 0..20).prop_map(Step::Apply),
        (0u8..4, key(), proptest::option::of(key()), any::<bool>(), 0usize..12).prop_map(
            |(tree, prefix, after, backwards, limit)| Step::Scan { tree, prefix, after, backwards, limit }
        ),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn sled_does_what_sorted_maps_do(steps in vec(step(), 1..40)) {
        let (together, _dir) = sled();
        let older_dir = tempfile::tempdir().unwrap();
        let apart = SledEngine::open_apart(older_dir.path(), CACHE_BYTES).unwrap();
        let memory = MemoryEngine::default();
        for step in steps {
            match step {
                Step::Apply(words) => {
                    let mut batch = Batch::default();
                    for (tree, key, value) in words {
                        match value {
                            Some(value) => batch.put(Tree::ALL[usize::from(tree)], key, value),
                            None => batch.delete(Tree::ALL[usize::from(tree)], key),
                        }
                    }
                    for engine in [&together, &apart] {
                        engine.apply(&batch).unwrap();
                    }
                    memory.apply(&batch).unwrap();
                }
                Step::Scan { tree, prefix, after, backwards, limit } => {
                    let direction = if backwards { Direction::Backward } else { Direction::Forward };
                    let scan = Scan { prefix, after, direction, limit };
                    let tree = Tree::ALL[usize::from(tree)];
                    for engine in [&together, &apart] {
                        prop_assert_eq!(engine.scan(tree, &scan).unwrap(), memory.scan(tree, &scan).unwrap());
                    }
                }
            }
        }
    }
}
