//! Whoever is named for what nobody else can have is passed over while they are away, as long as somebody else can have it.

use super::{company, create, draft, put, rule, tried};
use crate::test_app::TestApp;
use model::jiff::Timestamp;
use model::{
    AssignmentRule, Decision, Explanation, Fallback, Lead, LeadId, LeftOut, LeftOutWhy, RoleKey, UserId,
};
use services::settings::{self, CompanyDraft};
use services::users::{self, UserDraft};
use services::{assignment_rules, configuration, leads, unanswered};

/// Monday to Friday from 9 to 18, and so many hours to answer.
fn target(test: &TestApp, hours: &str) {
    let company = settings::get(&test.app, &test.admin()).unwrap();
    let mut typed = CompanyDraft { first_response_hours: hours.to_owned(), ..CompanyDraft::of(&company) };
    for day in
        [&mut typed.monday, &mut typed.tuesday, &mut typed.wednesday, &mut typed.thursday, &mut typed.friday]
    {
        "9-18".clone_into(day);
    }
    settings::update(&test.app, &test.admin(), company.meta.version, &typed).unwrap();
}

fn default_owner(test: &TestApp, user: UserId) {
    let version = settings::get(&test.app, &test.admin()).unwrap().meta.version;
    assignment_rules::set_default_owner(&test.app, &test.admin(), version, &user.to_string()).unwrap();
}

fn change(test: &TestApp, user: UserId, change: impl FnOnce(UserDraft) -> UserDraft) {
    let stored = users::get(&test.app, &test.admin(), user).unwrap();
    let typed = UserDraft {
        name: stored.name.clone(),
        email: stored.email.clone(),
        role: stored.role.to_string(),
        teams: stored.teams.iter().map(ToString::to_string).collect(),
        language: "ca".to_owned(),
        takes_leads: stored.takes_leads,
        active: true,
        ..UserDraft::default()
    };
    users::update(&test.app, &test.admin(), user, stored.meta.version, &change(typed)).unwrap();
}

/// On holiday this week.
fn goes_away(test: &TestApp, user: UserId) {
    let absences = vec![("2026-11-23".to_owned(), "2026-11-29".to_owned())];
    change(test, user, |typed| UserDraft { absences, ..typed });
}

fn takes_leads(test: &TestApp, user: UserId, takes_leads: bool) {
    change(test, user, |typed| UserDraft { takes_leads, ..typed });
}

fn why(test: &TestApp, lead: &Lead) -> Explanation {
    assignment_rules::explanations(&test.app, &test.admin(), LeadId(lead.meta.id)).unwrap().remove(0)
}

fn decision(lead: &Lead) -> Decision {
    lead.assignment.clone().unwrap().decision
}

fn due(test: &TestApp, lead: &Lead) -> Timestamp {
    leads::get(&test.app, &test.admin(), LeadId(lead.meta.id)).unwrap().response.unwrap().due
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[test]
fn a_default_owner_who_is_away_is_passed_over() {
    let folder = tempfile::tempdir().unwrap();
    let test = company(&folder);
    target(&test, "2");
    let admin = test.admin().user_id().unwrap();
    let ada = test.hire("Ada", RoleKey::REP).id();
    default_owner(&test, ada);
    let before = create(&test, &draft("Abans"));
    assert_eq!((before.owner, why(&test, &before).default_away), (Some(ada), None));
    goes_away(&test, ada);
    // Whoever else is in the default team has turns.
    let during = create(&test, &draft("Durant"));
    assert!(matches!(decision(&during), Decision::RoundRobin { .. }), "{during:?}");
    assert_eq!((during.owner, why(&test, &during).default_away), (Some(admin), Some(ada)));
    // Nobody else takes leads: it is hers, and the client does not wait for the end of her holiday.
    takes_leads(&test, admin, false);
    let alone = create(&test, &draft("Només ella"));
    assert_eq!((alone.owner, decision(&alone)), (Some(ada), Decision::DefaultOwner));
    let explained = why(&test, &alone);
    assert_eq!(
        (explained.winner, explained.default_away, explained.candidates_count),
        (Some(ada), Some(ada), 1)
    );
    assert_eq!(due(&test, &alone), at("2026-11-23T11:00:00Z"));
    // Nor where the company has another target.
    target(&test, "4");
    let mut place = unanswered::Place::default();
    while unanswered::work(&test.app, &test.ctx(), &mut place).unwrap() {}
    assert_eq!(due(&test, &alone), at("2026-11-23T13:00:00Z"));
    test.verify();
    test.leave();
}

#[test]
fn a_person_whom_a_rule_names_is_passed_over_while_away() {
    let folder = tempfile::tempdir().unwrap();
    let test = company(&folder);
    target(&test, "2");
    let admin = test.admin().user_id().unwrap();
    let [ada, biel] = ["Ada", "Biel"].map(|name| test.hire(name, RoleKey::REP));
    let full = AssignmentRule {
        day_max: Some(1),
        fallback: Fallback::Person,
        fallback_person: Some(ada.id().to_string()),
        ..rule(&[&biel])
    };
    put(&test, "full", full);
    assert_eq!(create(&test, &draft("Primera")).owner, Some(biel.id()));
    let lead = create(&test, &draft("Segona"));
    assert_eq!((lead.owner, tried(&test, &lead)), (Some(ada.id()), vec!["full won_by_fallback".to_owned()]));
    goes_away(&test, ada.id());
    let lead = create(&test, &draft("Tercera"));
    assert!(matches!(decision(&lead), Decision::RoundRobin { .. }), "{lead:?}");
    assert_ne!(lead.owner, Some(ada.id()));
    assert_eq!(tried(&test, &lead), ["full nobody"]);
    let left_out = why(&test, &lead).rules[0].left_out.clone();
    assert!(left_out.contains(&LeftOut { user: ada.id(), why: LeftOutWhy::Away }), "{left_out:?}");
    // Nobody else takes leads.
    takes_leads(&test, admin, false);
    takes_leads(&test, biel.id(), false);
    let lead = create(&test, &draft("Quarta"));
    assert_eq!((lead.owner, tried(&test, &lead)), (Some(ada.id()), vec!["full won_by_fallback".to_owned()]));
    assert_eq!(decision(&lead), Decision::RuleFallback { rule: "full".to_owned() });
    assert_eq!(due(&test, &lead), at("2026-11-23T11:00:00Z"));
    // A rule for which absences do not count names her all the same.
    takes_leads(&test, admin, true);
    let piece = configuration::get::<AssignmentRule>(&test.app, &test.admin(), "full").unwrap();
    let too = AssignmentRule { absent_too: true, ..piece.piece };
    configuration::update(&test.app, &test.admin(), "full", piece.meta.version, too).unwrap();
    assert_eq!(create(&test, &draft("Cinquena")).owner, Some(ada.id()));
    test.verify();
    test.leave();
}

/// What waits with somebody for an answer does not go to somebody who is away.
#[test]
fn what_nobody_answers_does_not_go_to_who_is_away() {
    let folder = tempfile::tempdir().unwrap();
    let test = company(&folder);
    target(&test, "2");
    let [ada, biel] = ["Ada", "Biel"].map(|name| test.hire(name, RoleKey::REP));
    default_owner(&test, ada.id());
    let version = settings::get(&test.app, &test.admin()).unwrap().meta.version;
    assignment_rules::set_reassignment(&test.app, &test.admin(), version, "1", "1").unwrap();
    put(&test, "biel", rule(&[&biel]));
    goes_away(&test, ada.id());
    takes_leads(&test, test.admin().user_id().unwrap(), false);
    let lead = create(&test, &draft("Fusteria Puig"));
    assert_eq!(lead.owner, Some(biel.id()));
    test.advance(24 * 3_600);
    let mut place = unanswered::Place::default();
    while unanswered::work(&test.app, &test.ctx(), &mut place).unwrap() {}
    assert_eq!(leads::get(&test.app, &test.admin(), LeadId(lead.meta.id)).unwrap(), lead);
    test.leave();
}
