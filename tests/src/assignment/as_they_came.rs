//! Rules are asked of a lead as it came in, whatever became of it since: in a simulation, where nobody answered it, and where
//! it is assigned anew in bulk.

use super::{company, create, draft, put, rule, tried};
use crate::test_app::TestApp;
use model::{
    AssignmentRule, BulkAction, Decision, Fallback, Lead, LeadId, LeadStatus, RoleKey, Strategy, User,
};
use services::assignment::{Share, SimulationQuery, simulate};
use services::assignment_rules::Behind;
use services::settings::{self, CompanyDraft};
use services::{assignment_rules, leads, unanswered};

/// What holds of every lead when it comes in, and of hardly any later.
const NEW: &str = "status:any:new;owner:any:nobody;team:any:nobody;first_response_at:empty";

fn for_new_ones(people: &[&User]) -> AssignmentRule {
    AssignmentRule { conditions: NEW.parse().unwrap(), ..rule(people) }
}

fn now(test: &TestApp, lead: &Lead) -> Lead {
    leads::get(&test.app, &test.admin(), LeadId(lead.meta.id)).unwrap()
}

fn decision(lead: &Lead) -> Decision {
    lead.assignment.clone().unwrap().decision
}

fn by_new() -> Decision {
    Decision::Rule { rule: "new".to_owned(), strategy: Strategy::Turns }
}

#[test]
fn a_simulation_asks_of_leads_as_they_came_in() {
    let folder = tempfile::tempdir().unwrap();
    let test = company(&folder);
    let ada = test.hire("Ada", RoleKey::REP);
    let became = [LeadStatus::Assigned, LeadStatus::Contacted, LeadStatus::Qualified, LeadStatus::Discarded];
    for status in became {
        let lead = create(&test, &draft(status.as_str()));
        let (id, version) = (LeadId(lead.meta.id), lead.meta.version);
        leads::set_status(&test.app, &test.admin(), id, version, status, "Preu").unwrap();
        test.advance(60);
    }
    let edited = Some((None, for_new_ones(&[&ada])));
    let query = SimulationQuery { edited, ..SimulationQuery::default() };
    let found = simulate(&test.app, &test.admin(), query).unwrap();
    assert_eq!(found.by_rule, [(Some("new_rule".to_owned()), 4)]);
    assert!(found.rows.iter().all(|row| row.winner == Some(ada.id())), "{:?}", found.rows);
    // The rows tell of the leads as they are.
    let discarded = found.rows.iter().filter(|row| row.lead.status == LeadStatus::Discarded);
    assert_eq!(discarded.count(), 1);
    test.leave();
}

#[test]
fn the_rule_that_placed_a_lead_places_it_anew() {
    let folder = tempfile::tempdir().unwrap();
    let test = company(&folder);
    let [ada, biel] = ["Ada", "Biel"].map(|name| test.hire(name, RoleKey::REP));
    let company = settings::get(&test.app, &test.admin()).unwrap();
    let typed = CompanyDraft { first_response_hours: "2".to_owned(), ..CompanyDraft::of(&company) };
    let company = settings::update(&test.app, &test.admin(), company.meta.version, &typed).unwrap();
    assignment_rules::set_reassignment(&test.app, &test.admin(), company.meta.version, "1", "1").unwrap();
    put(&test, "new", for_new_ones(&[&ada, &biel]));
    let (late, other) = (create(&test, &draft("Tard")), create(&test, &draft("Una altra")));
    assert_eq!((decision(&late), decision(&other)), (by_new(), by_new()));
    // Answered, it stays where it is until somebody has it assigned anew.
    let id = LeadId(other.meta.id);
    leads::set_status(&test.app, &test.admin(), id, other.meta.version, LeadStatus::Contacted, "").unwrap();
    test.advance(24 * 3_600);
    let mut place = unanswered::Place::default();
    while unanswered::work(&test.app, &test.ctx(), &mut place).unwrap() {}
    let moved = now(&test, &late);
    assert_eq!((decision(&moved), tried(&test, &moved)), (by_new(), vec!["new won".to_owned()]));
    assert!(moved.owner != late.owner && [ada.id(), biel.id()].contains(&moved.owner.unwrap()));
    test.bulk(&test.admin(), &[now(&test, &other)], BulkAction::AssignAgain);
    test.finish_bulk();
    let again = now(&test, &other);
    assert!(again.meta.version > other.meta.version + 1, "it was assigned anew");
    assert_eq!((decision(&again), tried(&test, &again)), (by_new(), vec!["new won".to_owned()]));
    assert_eq!(again.status, LeadStatus::Contacted, "what became of it stays");
    test.verify();
    test.leave();
}

/// What turns that begin elsewhere change is not blamed on a rule that nothing reaches; and by which one it is not is said.
#[test]
fn a_rule_behind_one_that_takes_everything_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let test = company(&folder);
    let [ada, biel, clara] = ["Ada", "Biel", "Clara"].map(|name| test.hire(name, RoleKey::REP));
    put(&test, "all", AssignmentRule { fallback: Fallback::Default, ..rule(&[&ada, &biel, &clara]) });
    for number in 0..7 {
        create(&test, &draft(&format!("Empresa {number}")));
        test.advance(60);
    }
    let tried = |rule: AssignmentRule, order: &[&str]| {
        let order = order.iter().map(|key| (*key).to_owned()).collect();
        let query = SimulationQuery { edited: Some((None, rule)), order, limit: 4, ..Default::default() };
        simulate(&test.app, &test.admin(), query).unwrap()
    };
    let all = |leads| (Some("all".to_owned()), leads);
    let new = |leads| (Some("new_rule".to_owned()), leads);
    let last = tried(rule(&[&ada]), &[]);
    assert!(last.rows.iter().any(|row| row.winner != row.lead.owner), "the turns are elsewhere by now");
    assert_eq!((last.changed, &last.by_rule), (0, &vec![all(4), new(0)]));
    assert_eq!(last.behind, Some(Behind { place: 0, is_never: true }));
    let first = tried(rule(&[&ada]), &["new_rule", "all"]);
    let others = first.rows.iter().filter(|row| row.winner_now != Some(ada.id())).count() as u64;
    assert!(others > 0);
    assert_eq!((first.changed, &first.by_rule, first.behind), (others, &vec![new(4), all(0)], None));
    let shares = |of: fn(&Share) -> u64| first.shares.iter().map(of).sum::<u64>();
    assert_eq!([shares(|share| share.by_rules_now), shares(|share| share.as_it_would_be)], [4, 4]);
    // Nothing is edited: beside who has them.
    let as_they_are = simulate(&test.app, &test.admin(), SimulationQuery::default()).unwrap();
    assert!(!as_they_are.is_compared && as_they_are.rows.iter().all(|row| row.winner == row.winner_now));
    // Every rule is told of, in its order, also those that decide nothing.
    put(&test, "never", rule(&[&biel]));
    let as_they_are = simulate(&test.app, &test.admin(), SimulationQuery::default()).unwrap();
    assert_eq!(as_they_are.by_rule, [all(7), (Some("never".to_owned()), 0)]);
    test.leave();
}
