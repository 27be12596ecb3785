//! Jobs that are killed at the store's named points until they have come to their end: a bulk action and undoing it, the
//! hand-over of somebody's leads, the erasure of a person, a run of retention periods.

use super::{FOLDER, compare_with_rebuilt, die_at_point, start_with};
use crate::test_app::TestApp;
use model::jiff::SignedDuration;
use model::uuid::Uuid;
use model::{
    BulkAction, BulkJob, BulkState, Kind, Lead, LeadId, LeadStatus, Retained, RetentionState, RoleKey, UserId,
};
use services::consents::{self, ConsentDraft};
use services::hand_overs::{self, LeaveDraft};
use services::records::{self, Draft};
use services::retention::{self, RetentionDraft};
use services::{LeadDraft, Options, bulk, leads, maintenance, privacy, timelines};
use std::collections::BTreeMap;
use std::path::Path;

/// Four portions of a bulk action, three of a hand-over.
const LEADS: u64 = 110;
const OWNED: u64 = 250;
/// A child that is killed at its first commit again and again would never come to the end.
const KILLS_MAX: u64 = 60;
/// Half of them erased, half deleted, one a transaction.
const RETAINED: u64 = 20;
const NAME: &str = "Montserrat Esborrable";

/// Commits at which a child dies, one after the other.
const COMMITS: [u64; 3] = [1, 2, 3];

/// Kills children that do one deed, at each point of each commit in turn, until `is_done`; looks at everything after
/// each. Gives back how often it killed.
pub(super) fn kill_until(
    data: &Path,
    deed: &str,
    examine: &dyn Fn(&TestApp),
    is_done: &dyn Fn(&TestApp) -> bool,
) -> u64 {
    let mut kills = 0;
    for commit in COMMITS.into_iter().cycle() {
        for point in ["before", "between", "after"] {
            let death = format!("{point}:{commit}");
            let mut child = start_with(data, &death, 0, deed);
            let died = !child.wait().unwrap().success();
            kills += u64::from(died);
            let mut test = TestApp::open_for_real(data, Options::default());
            test.verify();
            examine(&test);
            let done = is_done(&test);
            test.settle();
            test.leave();
            if done {
                compare_with_rebuilt(data);
                return kills;
            }
            assert!(kills < KILLS_MAX, "{deed}: it does not come to its end");
        }
    }
    kills
}

/// What the child does: see `the_one_that_dies`.
pub(super) fn work(data: &Path, deed: &str) {
    let options = Options {
        store: store::Options { on_point: Some(die_at_point), ..Default::default() },
        ..Default::default()
    };
    let test = TestApp::open_for_real(data, options);
    match deed {
        "bulk" => test.finish_bulk(),
        "import" => test.work_to_the_end(),
        "convert" => super::imports::convert(&test, false),
        "unconvert" => super::imports::convert(&test, true),
        "hand-over" => while hand_overs::portion(&test.app, test.ctx().at).unwrap() {},
        "erase" => {
            let pending = privacy::erasures(&test.app, &test.admin()).unwrap();
            if pending.is_empty() {
                let (kind, id, version) = erasable(&test);
                privacy::erase(&test.app, &test.admin(), kind, id, version, NAME).unwrap();
            }
            while privacy::finish_pending(&test.app).unwrap() {}
        }
        "accept" => super::quotes::work(&test),
        "unanswered" => super::unanswered::work(&test),
        "retention" => while retention::work(&test.app, &test.ctx()).unwrap() {},
        other => panic!("no such deed: {other}"),
    }
    test.leave();
}

pub(super) fn is_child() -> bool {
    std::env::var_os(FOLDER).is_some()
}

#[test]
fn a_bulk_action_is_killed_in_run_and_undo() {
    if is_child() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let test = TestApp::company_for_real(&data);
    let all: Vec<Lead> = (0..LEADS).map(|number| test.create(&format!("Empresa {number}"))).collect();
    let before: BTreeMap<_, _> = all.iter().map(|lead| (lead.meta.id, lead.meta.version)).collect();
    let job = test.bulk(&test.admin(), &all, BulkAction::AddTag { tag: "vip".to_owned() });
    test.leave();
    // In every instant the counts of the job are those of the leads, and no lead was changed twice.
    let changed = |test: &TestApp, most: u64| {
        let there = test.all_leads();
        assert_eq!(there.len() as u64, LEADS);
        assert!(there.iter().all(|lead| lead.meta.version <= before[&lead.meta.id] + most));
        there.iter().filter(|lead| lead.tags == ["vip"]).count() as u64
    };
    let run = kill_until(
        &data,
        "bulk",
        &|test| assert_eq!(changed(test, 1), test.bulk_job(&job).counts.changed),
        &|test| test.bulk_job(&job).state == BulkState::Done,
    );
    let test = TestApp::open_for_real(&data, Options::default());
    assert_eq!(test.bulk_job(&job).counts.changed, LEADS);
    bulk::undo(&test.app, &test.admin(), job.id()).unwrap();
    test.leave();
    let left = |job: &BulkJob| job.counts.changed - job.counts.taken_back();
    let undone = kill_until(
        &data,
        "bulk",
        &|test| assert_eq!(changed(test, 2), left(&test.bulk_job(&job))),
        &|test| test.bulk_job(&job).state == BulkState::Undone,
    );
    let test = TestApp::open_for_real(&data, Options::default());
    let counts = test.bulk_job(&job).counts;
    assert_eq!((counts.undone, counts.kept, changed(&test, 2)), (LEADS, 0, 0));
    test.leave();
    assert!(run >= 5 && undone >= 5, "{run} and {undone} kills");
    println!("bulk action: {run} kills in the run, {undone} in undoing it, {LEADS} leads, lost 0, doubled 0");
}

#[test]
fn a_hand_over_is_killed_on_its_way() {
    if is_child() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let test = TestApp::company_for_real(&data);
    let (berta, carles) = (test.hire("Berta", RoleKey::REP).id(), test.hire("Carles", RoleKey::REP).id());
    for number in 0..OWNED {
        let lead = test.create(&format!("Empresa {number}"));
        if lead.owner != Some(berta) {
            leads::assign(&test.app, &test.admin(), LeadId(lead.meta.id), lead.meta.version, berta).unwrap();
        }
    }
    let version = services::users::get(&test.app, &test.admin(), berta).unwrap().meta.version;
    let draft = LeaveDraft { to: carles.to_string(), closed_too: true, reason: "Plega".to_owned() };
    hand_overs::leave(&test.app, &test.admin(), berta, version, &draft).unwrap();
    test.leave();
    let owned = |test: &TestApp, by: UserId| {
        test.all_leads().iter().filter(|lead| lead.owner == Some(by)).count() as u64
    };
    let examine = |test: &TestApp| {
        let (left, come) = (owned(test, berta), owned(test, carles));
        assert_eq!(left + come, OWNED, "every lead is one of theirs");
        let user = services::users::get(&test.app, &test.admin(), berta).unwrap();
        assert_eq!(user.hand_over.map_or(OWNED, |hand_over| hand_over.done), come, "the count is the leads");
        // What assignment weighs follows the leads.
        for (person, count) in [(berta, left), (carles, come)] {
            let estate = hand_overs::estate(&test.app, &test.admin(), person).unwrap();
            assert_eq!(estate.open, count);
        }
    };
    let kills = kill_until(&data, "hand-over", &examine, &|test| owned(test, carles) == OWNED);
    assert!(kills >= 3, "{kills} kills");
    println!("hand-over: {kills} kills, {OWNED} leads, lost 0, doubled 0");
}

#[test]
fn a_run_of_retention_is_killed_on_its_way() {
    if is_child() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let test = TestApp::company_for_real(&data);
    for number in 0..RETAINED {
        let draft = LeadDraft { name: format!("Antiga {number}"), ..LeadDraft::default() };
        let lead = leads::create(&test.app, &test.admin(), &draft, None).unwrap();
        if number % 2 == 0 {
            let (id, version) = (LeadId(lead.meta.id), lead.meta.version);
            leads::set_status(&test.app, &test.admin(), id, version, LeadStatus::Discarded, "price").unwrap();
        }
    }
    let period = |what, deed: &str| (what, "1".to_owned(), deed.to_owned());
    let rules = vec![period(Retained::DiscardedLeads, "erase"), period(Retained::QuietLeads, "delete")];
    retention::update(&test.app, &test.admin(), 0, &RetentionDraft { rules, nightly: false }).unwrap();
    let later = test.ctx().at + SignedDuration::from_hours(24 * 40);
    let run = retention::start(&test.app, &test.admin().at(later)).unwrap();
    assert_eq!(run.expected, RETAINED);
    test.leave();
    let run_of = |test: &TestApp| retention::runs(&test.app, &test.admin()).unwrap().remove(0);
    // In every instant the counts of the run are those of the leads.
    let examine = |test: &TestApp| {
        let (counts, there) = (run_of(test).counts, test.all_leads());
        let erased = there.iter().filter(|lead| lead.name.as_deref() == Some(model::ERASED)).count() as u64;
        let expected = (erased, RETAINED - there.len() as u64, 0);
        assert_eq!((counts.erased, counts.deleted, counts.kept), expected);
    };
    let is_done = |test: &TestApp| run_of(test).state == RetentionState::Done;
    let kills = kill_until(&data, "retention", &examine, &is_done);
    let test = TestApp::open_for_real(&data, Options::default());
    while privacy::finish_pending(&test.app).unwrap() {}
    let counts = run_of(&test).counts;
    assert_eq!((counts.erased, counts.deleted), (RETAINED / 2, RETAINED / 2));
    let mut export = Vec::new();
    maintenance::export(&test.app, &mut export).unwrap();
    let export = String::from_utf8(export).unwrap();
    for number in (0..RETAINED).step_by(2) {
        assert!(!export.contains(&format!("\"Antiga {number}\"")), "the journal still says number {number}");
    }
    test.leave();
    assert!(kills >= 5, "{kills} kills");
    println!("retention: {kills} kills, {RETAINED} leads, each once");
}

fn erasable(test: &TestApp) -> (Kind, Uuid, u64) {
    let lead = test.all_leads().into_iter().find(|lead| lead.name.as_deref() == Some(NAME));
    if let Some(lead) = lead {
        return (Kind::Lead, lead.meta.id, lead.meta.version);
    }
    let query = records::Query::default();
    let contacts = records::list(&test.app, &test.admin(), Kind::Contact, &query).unwrap().records;
    let contact = contacts.iter().find(|contact| contact.name() == NAME).unwrap().about();
    (Kind::Contact, contact.id, contact.version)
}

#[test]
fn an_erasure_is_killed_on_its_way() {
    if is_child() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let test = TestApp::company_for_real(&data);
    let mut draft = LeadDraft { name: NAME.to_owned(), ..LeadDraft::default() };
    let lead = leads::create(&test.app, &test.admin(), &draft, None).unwrap();
    let id = LeadId(lead.meta.id);
    // Many changes and notes: the journal is rewritten in more than one commit.
    for number in 0..210 {
        let version = leads::get(&test.app, &test.admin(), id).unwrap().meta.version;
        draft.address = format!("Carrer Major, {number}");
        leads::update(&test.app, &test.admin(), id, version, &draft).unwrap();
    }
    for number in 0..3 {
        leads::add_note(&test.app, &test.admin(), id, &format!("{NAME} ha trucat {number}")).unwrap();
    }
    test.leave();
    let is_done = |test: &TestApp| {
        let erasures = privacy::erasures(&test.app, &test.admin()).unwrap();
        erasures.first().is_some_and(|erasure| erasure.is_done)
    };
    let says = |test: &TestApp| {
        let mut before = None;
        let mut said = 0;
        loop {
            let everything = timelines::Sort::Everything;
            let page =
                timelines::page(&test.app, &test.admin(), Kind::Lead, id.0, before, everything).unwrap();
            said += page.changes.iter().filter(|change| format!("{change:?}").contains(NAME)).count();
            before = page.next;
            if before.is_none() {
                return said;
            }
        }
    };
    // The worker of whoever opens the folder goes on with an erasure that was begun: then nothing says the name any more.
    let examine = |test: &TestApp| {
        let begun = !privacy::erasures(&test.app, &test.admin()).unwrap().is_empty();
        while privacy::finish_pending(&test.app).unwrap() {}
        assert_eq!(begun, is_done(test), "begun is done once the worker went on");
        assert_eq!(says(test) == 0, begun);
    };
    kill_erasure(folder.path(), &data, &examine);
}

#[test]
fn the_erasure_of_a_contact_is_killed_on_its_way() {
    if is_child() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let test = TestApp::company_for_real(&data);
    let (app, admin) = (test.app.clone(), test.admin());
    let make = |kind, fields: &[(&str, &str)]| {
        let mut draft = Draft::default();
        for (key, text) in fields {
            draft.put(key, *text);
        }
        records::create(&app, &admin, kind, &draft, None).unwrap().about().id
    };
    let (given, family) = NAME.split_once(' ').unwrap();
    let contact = make(Kind::Contact, &[("given_name", given), ("family_name", family)]);
    let name = format!("Cuina de {NAME}");
    let deal = make(Kind::Opportunity, &[("name", &name), ("contact", &contact.to_string())]);
    for number in 0..3 {
        let said = format!("{NAME} ha trucat {number}");
        records::add_note(&app, &admin, Kind::Contact, contact, &said).unwrap();
        records::add_note(&app, &admin, Kind::Opportunity, deal, &said).unwrap();
    }
    let consent = ConsentDraft {
        purpose: "image".to_owned(),
        basis: "consent".to_owned(),
        state: "given".to_owned(),
        way: "paper".to_owned(),
        evidence: format!("Carpeta de {NAME}"),
        ..ConsentDraft::default()
    };
    consents::state(&app, &admin, Kind::Contact, contact, &consent).unwrap();
    drop((app, admin));
    test.leave();
    kill_erasure(folder.path(), &data, &|test| {
        let begun = !privacy::erasures(&test.app, &test.admin()).unwrap().is_empty();
        while privacy::finish_pending(&test.app).unwrap() {}
        let mut export = Vec::new();
        maintenance::export(&test.app, &mut export).unwrap();
        assert_eq!(String::from_utf8(export).unwrap().contains(family), !begun);
    });
}

/// Kills a child that erases, at each point of its first commits; then looks at what whoever opens the folder makes of it.
fn kill_erasure(folder: &Path, data: &Path, examine: &dyn Fn(&TestApp)) {
    let mut kills = 0;
    // Going on finishes what the dead began: so each point gets a fresh folder.
    for point in ["before", "between", "after"] {
        for commit in [1, 2, 3, 4, 5] {
            let copy = folder.join(format!("{point}-{commit}"));
            copy_folder(data, &copy);
            let mut child = start_with(&copy, &format!("{point}:{commit}"), 0, "erase");
            kills += u64::from(!child.wait().unwrap().success());
            let mut test = TestApp::open_for_real(&copy, Options::default());
            test.verify();
            examine(&test);
            test.settle();
            test.leave();
            compare_with_rebuilt(&copy);
        }
    }
    assert!(kills >= 12, "{kills} kills");
    println!("erasure: {kills} kills, nothing half");
}

pub(super) fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}
