//! Who gets which lead: turns that are fair under load, and every fault that others had.

mod as_they_came;
mod asked;
mod away;
mod pages;
mod weighed;

use crate::test_app::TestApp;
use model::{
    AssignmentRule, Attendance, Decision, Fallback, Filter, Label, Lead, LeadId, LeadStatus, LeftOutWhy,
    Occasion, Pool, PoolMember, RoleKey, RuleOutcome, Strategy, User, UserId, Way,
};
use services::assignment::{SimulationQuery, simulate};
use services::users::{self, UserDraft};
use services::{Error, LeadDraft, assignment_rules, config_file, configuration, leads};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

fn company(folder: &tempfile::TempDir) -> TestApp {
    TestApp::company(&folder.path().join("data"))
}

fn members(users: &[&User]) -> Vec<PoolMember> {
    users.iter().map(|user| PoolMember { user: user.id().to_string(), weight: 1 }).collect()
}

pub(crate) fn rule_for(users: &[&User]) -> AssignmentRule {
    rule(users)
}

pub(crate) fn put_rule(test: &TestApp, key: &str, rule: AssignmentRule) {
    put(test, key, rule);
}

fn rule(users: &[&User]) -> AssignmentRule {
    let label = Label::new("Regla", "Regla", "Rule");
    AssignmentRule { label, people: members(users), ..AssignmentRule::default() }
}

/// A rule that nobody follows: for tests of pages.
pub(crate) fn archived_rule(app: &services::App, ctx: &services::Ctx, key: &str, user: &User) {
    configuration::create(app, ctx, key, AssignmentRule { archived: true, ..rule(&[user]) }).unwrap();
}

fn put(test: &TestApp, key: &str, rule: AssignmentRule) {
    configuration::create(&test.app, &test.admin(), key, rule).unwrap();
}

fn draft(company: &str) -> LeadDraft {
    LeadDraft { company: company.to_owned(), ..LeadDraft::default() }
}

fn create(test: &TestApp, draft: &LeadDraft) -> Lead {
    leads::create(&test.app, &test.admin(), draft, None).unwrap()
}

fn tried(test: &TestApp, lead: &Lead) -> Vec<String> {
    let found = assignment_rules::explanations(&test.app, &test.admin(), LeadId(lead.meta.id)).unwrap();
    found[0].rules.iter().map(|tried| format!("{} {}", tried.rule, tried.outcome.as_str())).collect()
}

/// Ten thousand leads from eight threads at once: each person's count is within one of the ideal, weighted or not, and
/// no two leads had the same turn.
#[test]
fn ten_thousand_leads_at_once_are_shared_out_fairly() {
    const LEADS: usize = 10_000;
    const THREADS: usize = 8;
    let folder = tempfile::tempdir().unwrap();
    let test = company(&folder);
    let people: Vec<User> = ["Ada", "Biel", "Clara", "Dídac", "Emma", "Fèlix", "Gala"]
        .map(|name| test.hire(name, RoleKey::REP))
        .into();
    let all: Vec<&User> = people.iter().collect();
    let conditions: Filter = "town:is:Olot".parse().unwrap();
    let mut weighted = rule(&all[..3]);
    for (member, weight) in weighted.people.iter_mut().zip([1, 2, 5]) {
        member.weight = weight;
    }
    put(&test, "olot", AssignmentRule { strategy: Strategy::WeightedTurns, conditions, ..weighted });
    put(&test, "all", rule(&all));
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            let (app, ctx, next) = (test.app.clone(), test.admin(), &next);
            scope.spawn(move || {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= LEADS {
                        break;
                    }
                    let town = if number.is_multiple_of(5) { "Olot" } else { "Vic" };
                    let lead = LeadDraft { town: town.to_owned(), ..draft(&format!("Empresa {number}")) };
                    leads::create(&app, &ctx, &lead, None).unwrap();
                }
            });
        }
    });
    let (mut olot, mut vic) = (BTreeMap::<UserId, usize>::new(), BTreeMap::<UserId, usize>::new());
    for lead in test.all_leads() {
        let counts = if lead.town.as_deref() == Some("Olot") { &mut olot } else { &mut vic };
        *counts.entry(lead.owner.unwrap()).or_default() += 1;
    }
    let within_one = |count: usize, weight: usize, of: usize, all: usize| {
        let ideal = count_of(weight, of, all);
        assert!((count as f64 - ideal).abs() <= 1.0, "{count} instead of {ideal}");
    };
    for person in &people {
        within_one(vic[&person.id()], 1, 7, LEADS / 5 * 4);
    }
    for (person, weight) in people.iter().zip([1, 2, 5]) {
        within_one(olot[&person.id()], weight, 8, LEADS / 5);
    }
    test.leave();
}

fn count_of(weight: usize, of: usize, all: usize) -> f64 {
    all as f64 * weight as f64 / of as f64
}

/// The faults others had: a turn taken from the last created lead or kept in a session, closed leads counted as load,
/// ties that go to the oldest member, duplicates merged without a word.
#[test]
fn the_faults_that_others_had_are_not_here() {
    let folder = tempfile::tempdir().unwrap();
    let test = company(&folder);
    let people: Vec<User> = ["Ada", "Biel", "Clara"].map(|name| test.hire(name, RoleKey::REP)).into();
    let all: Vec<&User> = people.iter().collect();
    put(&test, "turns", rule(&all));
    // A lead that somebody else made and that went to one by hand in between does not move the turns.
    let first: Vec<UserId> = (0..3).map(|_| create(&test, &draft("Fusteria Puig")).owner.unwrap()).collect();
    let odd = create(&test, &draft("A mà"));
    leads::assign(&test.app, &test.admin(), LeadId(odd.meta.id), 1, people[0].id()).unwrap();
    let then: Vec<UserId> = (0..2).map(|_| create(&test, &draft("Fusteria Puig")).owner.unwrap()).collect();
    assert_eq!([odd.owner.unwrap(), then[0], then[1]].to_vec(), first, "the order of turns stays");
    // Six leads of one name are six leads.
    assert_eq!(test.all_leads().iter().filter(|lead| lead.title() == "Fusteria Puig").count(), 5);
    // Turns survive a restart.
    let data = test.data.clone();
    let next = first[0];
    test.leave();
    let test = TestApp::open(&data, services::Options::default());
    assert_eq!(create(&test, &draft("Després")).owner, Some(next));
    test.leave();
}

#[test]
fn closed_leads_are_no_load_and_ties_do_not_go_to_the_oldest() {
    let folder = tempfile::tempdir().unwrap();
    let test = company(&folder);
    let people: Vec<User> = ["Ada", "Biel", "Clara"].map(|name| test.hire(name, RoleKey::REP)).into();
    let all: Vec<&User> = people.iter().collect();
    put(&test, "fewest", AssignmentRule { strategy: Strategy::FewestOpen, ..rule(&all) });
    let mut winners = Vec::new();
    // Each lead is closed at once: everybody always has none, and still all of them get the same number.
    for number in 0..9 {
        let lead = create(&test, &draft(&format!("Empresa {number}")));
        winners.push(lead.owner.unwrap());
        let id = LeadId(lead.meta.id);
        leads::set_status(&test.app, &test.admin(), id, 1, LeadStatus::Discarded, "Preu").unwrap();
    }
    for person in &people {
        assert_eq!(winners.iter().filter(|winner| **winner == person.id()).count(), 3);
    }
    // Over many rules the first turn goes now to one, now to another.
    let mut firsts = BTreeMap::<UserId, usize>::new();
    for number in 0..12 {
        let conditions = format!("town:is:Poble {number}").parse().unwrap();
        let key = format!("rule_{number}");
        put(&test, &key, AssignmentRule { conditions, ..rule(&all) });
    }
    configuration::reorder::<AssignmentRule>(
        &test.app,
        &test.admin(),
        &(0..12).map(|number| format!("rule_{number}")).chain(["fewest".to_owned()]).collect::<Vec<_>>(),
    )
    .unwrap();
    for number in 0..12 {
        let lead = create(&test, &LeadDraft { town: format!("Poble {number}"), ..draft("Nova") });
        *firsts.entry(lead.owner.unwrap()).or_default() += 1;
    }
    assert!(firsts.len() > 1, "{firsts:?}");
    test.leave();
}

#[test]
fn the_least_value_counts_what_is_open() {
    let folder = tempfile::tempdir().unwrap();
    let test = company(&folder);
    let people: Vec<User> = ["Ada", "Biel"].map(|name| test.hire(name, RoleKey::REP)).into();
    let all: Vec<&User> = people.iter().collect();
    put(&test, "value", AssignmentRule { strategy: Strategy::LeastValue, ..rule(&all) });
    let worth = |amount: &str| LeadDraft { amount: amount.to_owned(), ..draft("Obra") };
    let big = create(&test, &worth("9000"));
    let small = [create(&test, &worth("1000")), create(&test, &worth("2000")), create(&test, &worth("3000"))];
    assert!(small.iter().all(|lead| lead.owner != big.owner), "one has 9,000, the other 6,000");
    // The big one is won or lost: it weighs nothing any more.
    leads::set_status(&test.app, &test.admin(), LeadId(big.meta.id), 1, LeadStatus::Discarded, "Preu")
        .unwrap();
    assert_eq!(create(&test, &worth("100")).owner, big.owner);
    test.leave();
}

#[test]
fn rules_are_tried_in_order_and_say_why_not() {
    let folder = tempfile::tempdir().unwrap();
    let test = company(&folder);
    let (ada, biel) = (test.hire("Ada", RoleKey::REP), test.hire("Biel", RoleKey::REP));
    let day = |text: &str| text.parse().ok();
    put(&test, "later", AssignmentRule { from: day("2027-01-01"), ..rule(&[&ada]) });
    put(&test, "files", AssignmentRule { ways: vec![Way::Import], ..rule(&[&ada]) });
    let conditions = "amount:at-least:5000;town:is:Olot|town:is:Vic".parse().unwrap();
    put(&test, "big", AssignmentRule { conditions, ..rule(&[&ada]) });
    let full = AssignmentRule { day_max: Some(1), fallback: Fallback::Next, ..rule(&[&biel]) };
    put(&test, "one_a_day", full);
    let person = Some(ada.id().to_string());
    let away = AssignmentRule {
        pool: Pool::CompanyOwner,
        people: Vec::new(),
        fallback: Fallback::Person,
        fallback_person: person,
        ..rule(&[])
    };
    put(&test, "company", away);
    let first = create(&test, &draft("Primera"));
    assert_eq!(
        tried(&test, &first),
        ["later not_in_force", "files other_way", "big condition", "one_a_day won"]
    );
    let decision = Decision::Rule { rule: "one_a_day".to_owned(), strategy: Strategy::Turns };
    assert_eq!((first.owner, first.assignment.unwrap().decision), (Some(biel.id()), decision));
    let found = assignment_rules::explanations(&test.app, &test.admin(), LeadId(first.meta.id)).unwrap();
    let RuleOutcome::Condition { group, conditions } = &found[0].rules[2].outcome else {
        panic!("{found:?}")
    };
    assert_eq!((*group, conditions.to_string().as_str()), (0, "amount:at-least:5000"));
    let second = create(&test, &LeadDraft { amount: "6000".to_owned(), ..draft("Segona") });
    assert_eq!(second.owner, Some(ada.id()));
    let found = assignment_rules::explanations(&test.app, &test.admin(), LeadId(second.meta.id)).unwrap();
    assert_eq!(found[0].occasion, Occasion::New);
    let RuleOutcome::Condition { group, .. } = found[0].rules[2].outcome else { panic!("{found:?}") };
    assert_eq!((group, found[0].rules[3].left_out[0].why), (1, LeftOutWhy::DayFull));
    assert_eq!(found[0].rules[4].outcome, RuleOutcome::WonByFallback);
    // Tomorrow there is room again.
    test.advance(24 * 3_600);
    assert_eq!(create(&test, &draft("Tercera")).owner, Some(biel.id()));
    // With the lead goes its explanation.
    leads::delete(&test.app, &test.admin(), LeadId(first.meta.id), 1).unwrap();
    test.verify();
    test.leave();
}

#[test]
fn thirty_days_are_thirty_days() {
    let folder = tempfile::tempdir().unwrap();
    let test = company(&folder);
    let (ada, biel) = (test.hire("Ada", RoleKey::REP), test.hire("Biel", RoleKey::REP));
    put(&test, "month", AssignmentRule { month_max: Some(2), ..rule(&[&ada]) });
    put(&test, "rest", rule(&[&biel]));
    let mut got = Vec::new();
    for _ in 0..4 {
        got.push(create(&test, &draft("Empresa")).owner == Some(ada.id()));
        test.advance(10 * 24 * 3_600);
    }
    // On days 0, 10, 20 and 30: the first one is out of the window on the last.
    assert_eq!(got, [true, true, false, true]);
    test.leave();
}

#[test]
fn hours_days_and_absences_are_respected_where_a_rule_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let test = company(&folder);
    let (ada, biel) = (test.hire("Ada", RoleKey::REP), test.hire("Biel", RoleKey::REP));
    put(&test, "hours", AssignmentRule { attendance: Attendance::Hours, ..rule(&[&ada]) });
    put(&test, "rest", rule(&[&biel]));
    let gets = |expected: &User| {
        let lead = create(&test, &draft("Empresa"));
        assert_eq!(lead.owner, Some(expected.id()));
        lead
    };
    // Monday, 10 in the morning.
    gets(&ada);
    test.advance(10 * 3_600);
    gets(&biel);
    test.advance(14 * 3_600);
    gets(&ada);
    let today = assignment_rules::today(&test.app, &test.admin()).unwrap();
    let stored = users::get(&test.app, &test.admin(), ada.id()).unwrap();
    let draft = UserDraft {
        name: stored.name.clone(),
        email: stored.email.clone(),
        role: stored.role.to_string(),
        teams: stored.teams.iter().map(ToString::to_string).collect(),
        language: "ca".to_owned(),
        takes_leads: true,
        active: true,
        absences: vec![(today.to_string(), today.to_string())],
        ..UserDraft::default()
    };
    users::update(&test.app, &test.admin(), ada.id(), stored.meta.version, &draft).unwrap();
    let lead = gets(&biel);
    let found = assignment_rules::explanations(&test.app, &test.admin(), LeadId(lead.meta.id)).unwrap();
    assert_eq!(found[0].rules[0].left_out[0].why, LeftOutWhy::Away);
    let piece = configuration::get::<AssignmentRule>(&test.app, &test.admin(), "hours").unwrap();
    let too = AssignmentRule { absent_too: true, ..piece.piece };
    configuration::update(&test.app, &test.admin(), "hours", piece.meta.version, too).unwrap();
    gets(&ada);
    test.leave();
}

/// What nothing placed goes to the default owner, where there is one; else by turns as before there were rules.
#[test]
fn the_default_comes_last() {
    let folder = tempfile::tempdir().unwrap();
    let test = company(&folder);
    let ada = test.hire("Ada", RoleKey::REP);
    put(&test, "none", AssignmentRule { conditions: "town:is:Lluny".parse().unwrap(), ..rule(&[&ada]) });
    let by_turns = create(&test, &draft("Empresa"));
    assert!(matches!(by_turns.assignment.unwrap().decision, Decision::RoundRobin { turn: 1, .. }));
    let version = services::settings::get(&test.app, &test.admin()).unwrap().meta.version;
    assignment_rules::set_default_owner(&test.app, &test.admin(), version, &ada.id().to_string()).unwrap();
    let lead = create(&test, &draft("Una altra"));
    assert_eq!((lead.owner, lead.assignment.unwrap().decision), (Some(ada.id()), Decision::DefaultOwner));
    test.leave();
}

/// The simulation writes nothing, and says of leads that come in afterwards what then happens.
#[test]
fn a_simulation_tells_what_would_happen_and_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let test = company(&folder);
    let people: Vec<User> = ["Ada", "Biel", "Clara"].map(|name| test.hire(name, RoleKey::REP)).into();
    let all: Vec<&User> = people.iter().collect();
    for number in 0..30 {
        create(&test, &draft(&format!("Empresa {number}")));
        test.advance(60);
    }
    let head = test.app.head();
    let edited = Some((None, rule(&all)));
    let query = SimulationQuery { edited: edited.clone(), ..SimulationQuery::default() };
    let found = simulate(&test.app, &test.admin(), query.clone()).unwrap();
    assert_eq!(test.app.head(), head, "nothing is written");
    assert_eq!(found.rows, simulate(&test.app, &test.admin(), query).unwrap().rows, "twice the same");
    assert_eq!((found.count, found.rows.len()), (30, 30));
    for person in &people {
        let share = found.shares.iter().find(|share| share.user == Some(person.id())).unwrap();
        assert_eq!(share.as_it_would_be, 10);
    }
    assert_eq!(found.by_rule, [(Some("new_rule".to_owned()), 30)]);
    let few = SimulationQuery {
        limit: 4,
        filter: "company:contains:2".parse().unwrap(),
        edited,
        ..Default::default()
    };
    assert_eq!(simulate(&test.app, &test.admin(), few).unwrap().count, 4);
    let wrong = SimulationQuery { edited: Some((None, rule(&[]))), ..SimulationQuery::default() };
    assert!(matches!(simulate(&test.app, &test.admin(), wrong), Err(Error::Invalid(_))));
    assert!(matches!(
        simulate(&test.app, &test.at_work(people[0].id()), SimulationQuery::default()),
        Err(Error::Denied)
    ));
    // The rule is saved as it was tried, and the leads come in anew in the same order: the same people get them.
    put(&test, "new_rule", rule(&all));
    let expected: Vec<_> = found.rows.iter().rev().map(|row| row.winner).collect();
    let got: Vec<_> = (0..30).map(|number| create(&test, &draft(&format!("Nova {number}"))).owner).collect();
    assert_eq!(got, expected);
    test.leave();
}

/// In a file people stand by their e-mails; what a rule uses cannot be taken away under it.
#[test]
fn rules_travel_in_a_file_and_protect_what_they_use() {
    let folder = tempfile::tempdir().unwrap();
    let test = company(&folder);
    let ada = test.hire("Ada", RoleKey::REP);
    let team = test.default_team().to_string();
    put(&test, "people", rule(&[&ada]));
    let role = Some("read_only".to_owned());
    put(&test, "role", AssignmentRule { pool: Pool::Role, role, people: Vec::new(), ..rule(&[]) });
    put(
        &test,
        "team",
        AssignmentRule { pool: Pool::Team, team: Some(team.clone()), people: Vec::new(), ..rule(&[]) },
    );
    let text = config_file::export(&test.app, &test.admin()).unwrap();
    assert!(text.contains(&ada.email) && !text.contains(&team), "{text}");
    let review = config_file::review(&test.app, &test.admin(), &text).unwrap();
    assert!(review.problems.is_empty() && review.changes.is_empty(), "{review:?}");
    let strange = text.replace(&ada.email, "ningu@exemple.cat");
    let review = config_file::review(&test.app, &test.admin(), &strange).unwrap();
    assert_eq!(
        review.problems.iter().map(|found| found.place.as_str()).collect::<Vec<_>>(),
        ["assignment_rules.people"]
    );
    let uses = configuration::uses::<model::Role>(&test.app, &test.admin(), "read_only").unwrap();
    assert_eq!(uses.iter().map(|used| used.key.as_str()).collect::<Vec<_>>(), ["role"]);
    let uses = services::teams::uses(&test.app, &test.admin(), test.default_team()).unwrap();
    assert!(uses.iter().any(|used| used.key == "team"));
    for wrong in ["owner:any:me", "nothing:is:x"] {
        let conditions: Filter = wrong.parse().unwrap();
        let refused = AssignmentRule { conditions, ..rule(&[&ada]) };
        let outcome = configuration::create(&test.app, &test.admin(), "wrong", refused);
        assert!(matches!(outcome, Err(Error::Invalid(_))), "{wrong}");
    }
    test.leave();
}
