//! Following the journal: whatever the batches and the accidents, the index is the fold of the journal.

use super::journal::{Journal, filled, find, lead, note};
use crate::{NOTES_PER_LEAD_MAX, Search, SearchError, rebuild};
use model::{Activity, Lead, Projection, Scope};
use proptest::collection::vec;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

fn is_found(search: &Search, text: &str) -> bool {
    !find(search, Scope::Everything, text).is_empty()
}

#[test]
fn notes_come_and_go_with_their_lead() {
    let folder = tempfile::tempdir().unwrap();
    let search = Search::open(folder.path()).unwrap();
    let mut projector = search.projector().unwrap();
    let mut journal = Journal::default();
    let mut follow = |journal: &Journal| {
        let from = usize::try_from(projector.cursor()).unwrap();
        projector.apply(&journal.changes[from..]).unwrap();
        assert_eq!(search.cursor(), journal.changes.len() as u64);
    };
    let mut first = lead(1);
    first.company = Some("Forn Vell".into());
    journal.put(&first, None);
    follow(&journal);
    journal.put(&note(11, 1, "vol farina ecològica"), None);
    journal.put(&note(12, 1, "paga a trenta dies"), None);
    follow(&journal);
    assert!(is_found(&search, "forn farina") && is_found(&search, "trenta"));

    // The lead changes, its notes stay; a note changes, the lead stays.
    let mut renamed = first.clone();
    renamed.company = Some("Fleca Nova".into());
    journal.put(&renamed, Some(&first));
    journal.put(&note(11, 1, "vol sègol"), Some(&note(11, 1, "vol farina ecològica")));
    follow(&journal);
    assert!(is_found(&search, "fleca segol trenta"));
    assert!(!is_found(&search, "forn") && !is_found(&search, "farina"));

    journal.delete(&note(12, 1, "paga a trenta dies"));
    follow(&journal);
    assert!(!is_found(&search, "trenta") && is_found(&search, "segol"));

    // Deleted with its notes; notes about what is gone are nothing.
    journal.delete(&renamed);
    journal.put(&note(13, 1, "massa tard"), None);
    follow(&journal);
    assert_eq!(search.contents().unwrap().len(), 0);
}

#[test]
fn searches_and_commits_do_not_wait_for_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let search = Search::open(folder.path()).unwrap();
    let mut projector = search.projector().unwrap();
    let mut journal = Journal::default();
    for number in 1..=40 {
        let mut lead = lead(number);
        lead.name = Some(format!("Client {number}"));
        journal.put(&lead, None);
    }
    std::thread::scope(|scope| {
        for _ in 0..3 {
            let search = search.clone();
            scope.spawn(move || {
                let mut before = 0;
                while before < 40 {
                    let found = find(&search, Scope::Everything, "client").len();
                    assert!(found >= before, "what was found once is not lost");
                    before = found;
                }
            });
        }
        for batch in journal.changes.chunks(8) {
            projector.apply(batch).unwrap();
        }
    });
}

#[test]
fn only_the_newest_notes_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let mut journal = Journal::default();
    journal.put(&lead(1), None);
    for number in 0..=NOTES_PER_LEAD_MAX as u128 {
        journal.put(&note(100 + number, 1, &format!("paraula{number}x")), None);
    }
    let search = filled(folder.path(), &journal);
    assert!(!is_found(&search, "paraula0x") && is_found(&search, "paraula1x"));
}

#[test]
fn what_was_not_committed_is_taken_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut journal = Journal::default();
    for number in 1..=20 {
        let mut lead = lead(number);
        lead.name = Some(format!("Client {number}"));
        journal.put(&lead, None);
    }
    let search = Search::open(folder.path()).unwrap();
    let mut projector = search.projector().unwrap();
    projector.apply(&journal.changes[..10]).unwrap();
    // The second half is written but never committed, as when the process dies.
    projector.write_without_commit(&journal.changes[10..]);
    drop(projector);
    drop(search);

    let search = Search::open(folder.path()).unwrap();
    assert_eq!((search.cursor(), search.contents().unwrap().len()), (10, 10));
    let mut projector = search.projector().unwrap();
    // From before the cursor: what is known is skipped.
    projector.apply(&journal.changes[5..]).unwrap();
    let rebuilt = tempfile::tempdir().unwrap();
    assert_eq!(search.contents().unwrap(), filled(rebuilt.path(), &journal).contents().unwrap());
}

#[test]
fn a_refused_batch_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let search = Search::open(folder.path()).unwrap();
    let mut projector = search.projector().unwrap();
    let mut journal = Journal::default();
    for number in 1..=3 {
        journal.put(&lead(number), None);
    }
    let mut broken = journal.changes.clone();
    broken[2].after = Some("no lead".into());
    assert!(projector.apply(&broken).unwrap_err().message.contains("change 3"));
    let gap = [journal.changes[0].clone(), journal.changes[2].clone()];
    assert!(projector.apply(&gap).unwrap_err().message.contains("gap"));
    assert_eq!((search.cursor(), search.contents().unwrap().len()), (0, 0));
    // Documents of a batch that failed later stay out of the next commit.
    projector.write_without_commit(&journal.changes[..2]);
    assert!(projector.apply(&gap).is_err());
    projector.apply(&journal.changes[..1]).unwrap();
    assert_eq!(search.contents().unwrap().len(), 1);
    projector.apply(&journal.changes).unwrap();
    assert_eq!((search.cursor(), search.contents().unwrap().len()), (3, 3));
    assert!(matches!(search.projector(), Err(SearchError::SecondProjector)));
}

#[test]
fn damaged_and_older_indexes_make_room() {
    let folder = tempfile::tempdir().unwrap();
    let mut journal = Journal::default();
    journal.put(&lead(1), None);
    drop(filled(folder.path(), &journal));
    let index = fs::read_dir(folder.path()).unwrap().next().unwrap().unwrap().path();
    fs::create_dir(folder.path().join("v0-0123")).unwrap();
    fs::write(folder.path().join("v0-0123/meta.json"), "old").unwrap();

    let reopened = Search::open(folder.path()).unwrap();
    assert_eq!(reopened.cursor(), 1, "an intact index is kept");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "the older one is gone");
    drop(reopened);

    let damage: [&dyn Fn(); 3] = [
        &|| fs::write(index.join("meta.json"), "{").unwrap(),
        &|| fs::remove_file(index.join("meta.json")).unwrap(),
        &|| {
            let is_store = |path: &PathBuf| path.extension().is_some_and(|end| end == "store");
            let store =
                fs::read_dir(&index).unwrap().map(|file| file.unwrap().path()).find(is_store).unwrap();
            let mut bytes = fs::read(&store).unwrap();
            bytes[0] ^= 0xff;
            fs::write(store, bytes).unwrap();
        },
    ];
    for damage in damage {
        damage();
        let search = Search::open(folder.path()).unwrap();
        assert_eq!((search.cursor(), search.contents().unwrap().len()), (0, 0));
        search.projector().unwrap().apply(&journal.changes).unwrap();
        assert_eq!(search.contents().unwrap().len(), 1);
    }
    rebuild(folder.path()).unwrap();
    rebuild(folder.path()).unwrap();
    assert_eq!(Search::open(folder.path()).unwrap().cursor(), 0);
}

/// Something done to one of few leads and notes, so that deeds meet.
#[derive(Clone, Debug)]
enum Step {
    PutLead { lead: u8, word: u8 },
    DeleteLead { lead: u8 },
    PutNote { note: u8, lead: u8, word: u8 },
    DeleteNote { note: u8 },
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        (0..6u8, 0..9u8).prop_map(|(lead, word)| Step::PutLead { lead, word }),
        (0..6u8).prop_map(|lead| Step::DeleteLead { lead }),
        (0..9u8, 0..6u8, 0..9u8).prop_map(|(note, lead, word)| Step::PutNote { note, lead, word }),
        (0..9u8).prop_map(|note| Step::DeleteNote { note }),
    ]
}

/// The journal of these steps, and the leads and notes there are after them.
fn play(steps: &[Step]) -> (Journal, BTreeMap<u8, Lead>, BTreeMap<u8, Activity>) {
    let (mut journal, mut leads, mut notes) = (Journal::default(), BTreeMap::new(), BTreeMap::new());
    for step in steps {
        match *step {
            Step::PutLead { lead: number, word } => {
                let mut after = lead(u128::from(number) + 1);
                after.name = Some(format!("paraula{word}"));
                journal.put(&after, leads.insert(number, after.clone()).as_ref());
            }
            Step::DeleteLead { lead } => {
                if let Some(lead) = leads.remove(&lead) {
                    journal.delete(&lead);
                    notes.retain(|_, note: &mut Activity| note.lead != Some(lead.meta.id));
                }
            }
            Step::PutNote { note: number, lead, word } => {
                if leads.contains_key(&lead) {
                    let after = note(u128::from(number) + 100, u128::from(lead) + 1, &format!("nota{word}"));
                    journal.put(&after, notes.insert(number, after.clone()).as_ref());
                }
            }
            Step::DeleteNote { note } => {
                if let Some(note) = notes.remove(&note) {
                    journal.delete(&note);
                }
            }
        }
    }
    (journal, leads, notes)
}

proptest! {
    // Each case makes two indexes on disk.
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn batches_make_no_difference(steps in vec(step(), 1..60), sizes in vec(1..15usize, 1..8)) {
        let (journal, leads, notes) = play(&steps);
        let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let search = Search::open(folder.path()).unwrap();
        let mut projector = search.projector().unwrap();
        let (mut rest, mut sizes) = (journal.changes.as_slice(), sizes.iter().cycle());
        while !rest.is_empty() {
            let (batch, after) = rest.split_at((*sizes.next().unwrap()).min(rest.len()));
            projector.apply(batch).unwrap();
            rest = after;
        }
        let contents = search.contents().unwrap();
        prop_assert_eq!(&contents, &filled(other.path(), &journal).contents().unwrap());
        prop_assert_eq!(contents.len(), leads.len());
        for lead in leads.values() {
            let of_lead = |note: &&Activity| note.lead == Some(lead.meta.id);
            let expected = notes.values().filter(of_lead).map(|note| (note.meta.id, note.text.clone().unwrap_or_default())).collect();
            prop_assert_eq!(&contents[&lead.meta.id].notes, &expected);
            let found = find(&search, Scope::Everything, lead.name.as_ref().unwrap());
            prop_assert!(found.contains(&lead.meta.id.as_u128()));
        }
    }
}
