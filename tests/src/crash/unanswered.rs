//! The worker that gives leads nobody answers to somebody else is killed at the store's named points.

use super::jobs::{is_child, kill_until};
use crate::test_app::TestApp;
use model::jiff::SignedDuration;
use model::uuid::Uuid;
use model::{Lead, LeadId, Occasion, RoleKey, UserId};
use services::settings::CompanyDraft;
use services::{assignment_rules, hand_overs, unanswered};
use std::collections::BTreeMap;

/// One a transaction.
const UNANSWERED: u64 = 30;

/// A week on, everything is late; what has gone to somebody else is not yet.
pub(super) fn work(test: &TestApp) {
    let later = test.ctx().at + SignedDuration::from_hours(24 * 7);
    let mut place = unanswered::Place::default();
    while unanswered::work(&test.app, &test.ctx().at(later), &mut place).unwrap() {}
}

/// Each lead goes to somebody else once, with its explanation, its letters and what assignment weighs, or not at all.
#[test]
fn what_nobody_answers_is_killed_on_its_way_to_somebody_else() {
    if is_child() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let test = TestApp::company_for_real(&data);
    crate::mail::take_letters(&test);
    let people = ["Berta", "Carles", "Dora"].map(|name| test.hire(name, RoleKey::REP));
    crate::assignment::put_rule(&test, "turns", crate::assignment::rule_for(&people.each_ref()));
    let settings = services::settings::get(&test.app, &test.admin()).unwrap();
    let draft = CompanyDraft { first_response_hours: "2".to_owned(), ..CompanyDraft::of(&settings) };
    let version = settings.meta.version;
    let settings = services::settings::update(&test.app, &test.admin(), version, &draft).unwrap();
    let version = settings.meta.version;
    assignment_rules::set_reassignment(&test.app, &test.admin(), version, "1", "5").unwrap();
    let first: BTreeMap<Uuid, UserId> = (0..UNANSWERED)
        .map(|number| test.create(&format!("Empresa {number}")))
        .map(|lead| (lead.meta.id, lead.owner.unwrap()))
        .collect();
    test.leave();
    let moved = |lead: &Lead| lead.response.map_or(0, |clock| u64::from(clock.moved));
    let count = |test: &TestApp| test.all_leads().iter().map(moved).sum::<u64>();
    let examine = |test: &TestApp| {
        let leads = test.all_leads();
        assert_eq!(leads.len(), first.len());
        for lead in &leads {
            let has_gone = lead.owner != Some(first[&lead.meta.id]);
            assert_eq!(moved(lead), u64::from(has_gone), "to somebody else and once, or not at all");
            let id = LeadId(lead.meta.id);
            let why = assignment_rules::explanations(&test.app, &test.admin(), id).unwrap();
            let gone: Vec<_> = why.iter().filter(|one| one.occasion == Occasion::Unanswered).collect();
            assert_eq!(gone.len(), usize::from(has_gone));
            assert!(gone.iter().all(|one| one.winner == lead.owner));
        }
        for person in &people {
            let owned = leads.iter().filter(|lead| lead.owner == Some(person.id())).count() as u64;
            let estate = hand_overs::estate(&test.app, &test.admin(), person.id()).unwrap();
            assert_eq!(estate.open, owned);
        }
        assert_eq!(
            crate::mail::letters_of_moves(test) as u64,
            2 * count(test),
            "whoever had it, and whoever has it"
        );
    };
    let kills = kill_until(&data, "unanswered", &examine, &|test| count(test) == UNANSWERED);
    assert!(kills >= 5, "{kills} kills");
    println!("unanswered: {kills} kills, {UNANSWERED} leads, lost 0, doubled 0");
}
