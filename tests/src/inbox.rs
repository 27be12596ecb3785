//! The inbox of leads: what is in it and in which order, the decisions and the way back, and what happens with leads that
//! nobody answers in time.

mod pages;

use crate::assignment::{put_rule, rule_for};
use crate::test_app::TestApp;
use model::jiff::SignedDuration;
use model::{
    AssignmentRule, Kind, Lead, LeadId, LeadStatus, LeftOutWhy, Occasion, RoleKey, Strategy, User, UserId,
};
use services::inbox::{self, InboxQuery, Whose};
use services::merges::{self, MergeDraft};
use services::settings::{self, CompanyDraft};
use services::{Ctx, Error, Options, assignment_rules, config_file, leads, unanswered};
use std::collections::BTreeSet;

const HOUR: i64 = 3_600;

/// A company with a target of two working hours, from 9 to 18.
fn company(folder: &tempfile::TempDir) -> TestApp {
    let test = TestApp::company(&folder.path().join("data"));
    target(&test, "2");
    test
}

fn target(test: &TestApp, hours: &str) {
    let settings = settings::get(&test.app, &test.admin()).unwrap();
    let mut draft = CompanyDraft { first_response_hours: hours.to_owned(), ..CompanyDraft::of(&settings) };
    for day in
        [&mut draft.monday, &mut draft.tuesday, &mut draft.wednesday, &mut draft.thursday, &mut draft.friday]
    {
        "9-18".clone_into(day);
    }
    settings::update(&test.app, &test.admin(), settings.meta.version, &draft).unwrap();
}

fn titles(test: &TestApp, ctx: &Ctx, whose: Whose) -> Vec<String> {
    let query = InboxQuery { whose, ..InboxQuery::default() };
    inbox::list(&test.app, ctx, &query).unwrap().leads.iter().map(|lead| lead.title().to_owned()).collect()
}

fn id(lead: &Lead) -> LeadId {
    LeadId(lead.meta.id)
}

fn now(test: &TestApp, lead: &Lead) -> Lead {
    leads::get(&test.app, &test.admin(), id(lead)).unwrap()
}

fn give(test: &TestApp, lead: &Lead, user: &User) -> Lead {
    leads::assign(&test.app, &test.admin(), id(lead), now(test, lead).meta.version, user.id()).unwrap()
}

fn work(test: &TestApp, place: &mut unanswered::Place) {
    while unanswered::work(&test.app, &test.ctx(), place).unwrap() {}
}

/// A new lead for each name, an hour apart, all of them Ada's.
fn leads_of(test: &TestApp, user: &User, names: &[&str]) -> Vec<Lead> {
    let made = names.iter().map(|name| {
        let lead = give(test, &test.create(name), user);
        test.advance(60);
        lead
    });
    made.collect()
}

#[test]
fn the_most_urgent_come_first_page_by_page_and_only_within_reach() {
    let folder = tempfile::tempdir().unwrap();
    let test = company(&folder);
    let (ada, biel) = (test.hire("Ada", RoleKey::REP), test.hire("Biel", RoleKey::REP));
    leads_of(&test, &ada, &["U", "Dos", "Tres"]);
    leads_of(&test, &biel, &["Quatre"]);
    let (of_ada, of_biel) = (test.at_work(ada.id()), test.at_work(biel.id()));
    assert_eq!(titles(&test, &of_ada, Whose::Mine), ["U", "Dos", "Tres"]);
    assert_eq!(titles(&test, &of_biel, Whose::Mine), ["Quatre"]);
    // Whoever reaches only their own gets no more by asking for more.
    assert_eq!(inbox::choices(&of_ada), [Whose::Mine]);
    assert_eq!(titles(&test, &of_ada, Whose::All), ["U", "Dos", "Tres"]);
    assert_eq!(titles(&test, &test.admin(), Whose::All), ["U", "Dos", "Tres", "Quatre"]);
    // Page by page it is the same list.
    let mut query = InboxQuery { whose: Whose::All, cursor: None, limit: 1 };
    let mut found = Vec::new();
    loop {
        let page = inbox::list(&test.app, &test.admin(), &query).unwrap();
        found.extend(page.leads.iter().map(|lead| lead.title().to_owned()));
        query.cursor = page.next;
        if query.cursor.is_none() {
            break;
        }
    }
    assert_eq!(found, ["U", "Dos", "Tres", "Quatre"]);
    // Three hours on all of them are late; without a target the newest comes first.
    test.advance(3 * HOUR);
    let count = inbox::count(&test.app, &test.admin(), Whose::All).unwrap();
    assert_eq!((count.count, count.late, count.has_more), (4, 4, false));
    target(&test, "");
    work(&test, &mut unanswered::Place::default());
    assert_eq!(titles(&test, &test.admin(), Whose::All), ["Quatre", "Tres", "Dos", "U"]);
    target(&test, "8");
    work(&test, &mut unanswered::Place::default());
    let count = inbox::count(&test.app, &test.admin(), Whose::All).unwrap();
    assert_eq!((count.count, count.late), (4, 0), "the target is another one for those that wait, too");
    let reader = test.hire("Rita", RoleKey::READ_ONLY);
    let refused = inbox::list(&test.app, &test.at_work(reader.id()), &InboxQuery::default());
    assert!(matches!(refused, Err(Error::Denied)), "{refused:?}");
    test.verify();
    test.leave();
}

#[test]
fn every_decision_can_be_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let test = company(&folder);
    let ada = test.hire("Ada", RoleKey::REP);
    let ctx = test.at_work(ada.id());
    let lead = leads_of(&test, &ada, &["Fusteria Puig"]).remove(0);
    let other = leads_of(&test, &ada, &["Fusteria Puig i fills"]).remove(0);
    let before = now(&test, &lead);
    let is_in = || titles(&test, &ctx, Whose::Mine).contains(&"Fusteria Puig".to_owned());
    let version = || now(&test, &lead).meta.version;
    let (app, lead_id) = (&test.app, id(&lead));
    let until = ctx.at + SignedDuration::from_hours(1);
    type Deed<'a> = (&'a str, Box<dyn Fn(u64) -> Result<Lead, Error> + 'a>);
    let deeds: [Deed<'_>; 5] = [
        ("accept", Box::new(|version| inbox::accept(app, &ctx, lead_id, version))),
        ("contacted", Box::new(|version| inbox::contacted(app, &ctx, lead_id, version))),
        ("discard", Box::new(|version| inbox::discard(app, &ctx, lead_id, version, "spam"))),
        ("snooze", Box::new(|version| inbox::snooze(app, &ctx, lead_id, version, until))),
        (
            "duplicate",
            Box::new(|version| {
                inbox::discard_as_duplicate(app, &ctx, lead_id, version, "Fusteria Puig i fills")
            }),
        ),
    ];
    for (name, deed) in deeds {
        assert!(is_in(), "{name}");
        let done = deed(version()).unwrap();
        assert!(!is_in(), "{name}");
        assert!(inbox::can_undo(app, &ctx, &done).unwrap(), "{name}");
        // Not somebody else's decision, and not twice.
        assert!(inbox::undo(app, &test.admin(), lead_id, version()).is_err(), "{name}");
        if name == "duplicate" {
            assert_eq!((done.duplicate_of, done.status), (Some(other.meta.id), LeadStatus::Discarded));
        }
        let back = inbox::undo(app, &ctx, lead_id, version()).unwrap();
        assert_eq!(Lead { meta: before.meta.clone(), ..back }, before, "{name}");
    }
    // What was put off comes back by itself, and what has passed or is far away is refused.
    inbox::snooze(app, &ctx, lead_id, version(), until).unwrap();
    assert!(!is_in());
    test.advance(HOUR);
    let later = test.at_work(ada.id());
    assert!(titles(&test, &later, Whose::Mine).contains(&"Fusteria Puig".to_owned()));
    for wrong in [later.at, later.at + SignedDuration::from_hours(24 * 200)] {
        assert!(matches!(inbox::snooze(app, &later, lead_id, version(), wrong), Err(Error::Invalid(_))));
    }
    // Nobody decides twice, and a change since is not undone.
    inbox::contacted(app, &later, lead_id, version()).unwrap();
    assert!(matches!(inbox::accept(app, &later, lead_id, version()), Err(Error::Invalid(_))));
    let itself = inbox::discard_as_duplicate(
        app,
        &later,
        id(&other),
        now(&test, &other).meta.version,
        "Fusteria Puig i fills",
    );
    assert!(matches!(itself, Err(Error::Invalid(_))), "a lead is no duplicate of itself");
    test.verify();
    test.leave();
}

/// What a lead is a duplicate of goes with the reason for which it was discarded, and follows that record where it became
/// a part of another.
#[test]
fn a_lead_is_a_duplicate_as_long_as_it_is_discarded_for_that() {
    let folder = tempfile::tempdir().unwrap();
    let test = company(&folder);
    let (app, admin) = (&test.app, test.admin());
    let [lead, other, third] = ["Fusteria Puig", "Puig i fills", "Puig"].map(|name| test.create(name));
    let discarded = || {
        let version = now(&test, &lead).meta.version;
        inbox::discard_as_duplicate(app, &admin, id(&lead), version, &other.meta.id.to_string()).unwrap()
    };
    let set = |status, reason| {
        let version = now(&test, &lead).meta.version;
        leads::set_status(app, &admin, id(&lead), version, status, reason).unwrap().duplicate_of
    };
    assert_eq!(discarded().duplicate_of, Some(other.meta.id));
    assert_eq!(set(LeadStatus::Discarded, "duplicate"), Some(other.meta.id), "the same again");
    assert_eq!(set(LeadStatus::Discarded, "no_budget"), None);
    assert_eq!(set(LeadStatus::New, ""), None);
    assert_eq!(discarded().duplicate_of, Some(other.meta.id));
    assert_eq!(set(LeadStatus::New, ""), None);
    // The other one becomes a part of a third.
    let done = discarded();
    let told = || inbox::duplicate_of(app, &admin, &done).unwrap();
    assert_eq!(told(), Some((Kind::Lead, other.meta.id, "Puig i fills".to_owned())));
    let draft = MergeDraft { survivor: third.meta.id, others: vec![other.meta.id], ..MergeDraft::default() };
    merges::merge(app, &admin, Kind::Lead, &draft).unwrap();
    let title = now(&test, &third).title().to_owned();
    assert_eq!(told(), Some((Kind::Lead, third.meta.id, title)));
    test.verify();
    test.leave();
}

#[test]
fn accepting_what_is_nobodys_makes_it_ones_own_and_the_clock_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let test = company(&folder);
    let lead = test.create("De ningú");
    let admin = test.admin();
    let done = inbox::accept(&test.app, &admin, id(&lead), now(&test, &lead).meta.version).unwrap();
    assert_eq!(done.owner, admin.user_id());
    assert!(done.accepted.is_some() && done.first_response_at.is_none() && done.response.is_some());
    test.leave();
}

/// To somebody else once the hours are over, once and no more, also over a stop; with why, and not where there is nobody.
#[test]
fn what_nobody_answers_goes_to_somebody_else() {
    let folder = tempfile::tempdir().unwrap();
    let test = company(&folder);
    let (ada, biel) = (test.hire("Ada", RoleKey::REP), test.hire("Biel", RoleKey::REP));
    put_rule(&test, "turns", AssignmentRule { strategy: Strategy::Turns, ..rule_for(&[&ada, &biel]) });
    let version = settings::get(&test.app, &test.admin()).unwrap().meta.version;
    assignment_rules::set_reassignment(&test.app, &test.admin(), version, "1", "1").unwrap();
    let lead = test.create("Fusteria Puig");
    let first = lead.owner.unwrap();
    let second = if first == ada.id() { biel.id() } else { ada.id() };
    let mut place = unanswered::Place::default();
    // Two hours of the target and half an hour: not yet.
    test.advance(2 * HOUR + HOUR / 2);
    work(&test, &mut place);
    assert_eq!(now(&test, &lead).owner, Some(first));
    // Put off: somebody has looked at it.
    let ctx = test.at_work(first);
    let snoozed =
        inbox::snooze(&test.app, &ctx, id(&lead), lead.meta.version, ctx.at + SignedDuration::from_hours(1))
            .unwrap();
    test.advance(HOUR - 60);
    work(&test, &mut place);
    assert_eq!(now(&test, &lead).meta.version, snoozed.meta.version);
    test.advance(120);
    work(&test, &mut place);
    let moved = now(&test, &lead);
    assert_eq!(moved.owner, Some(second));
    assert_eq!(moved.response.unwrap().moved, 1);
    assert!(moved.response.unwrap().due > test.ctx().at && moved.snooze.is_none());
    let why = assignment_rules::explanations(&test.app, &test.admin(), id(&lead)).unwrap();
    assert_eq!((why[0].occasion, why[0].winner), (Occasion::Unanswered, Some(second)));
    // Over a stop, and long after: it goes on once, as the company wants it.
    test.verify();
    let data = test.data.clone();
    test.leave();
    let test = TestApp::open(&data, Options::default());
    test.advance(24 * HOUR);
    work(&test, &mut unanswered::Place::default());
    assert_eq!(now(&test, &lead).meta.version, moved.meta.version);
    test.verify();
    test.leave();
}

/// Nobody gets it twice while somebody has not had it: those of the rule first, then the default team, then it begins again.
#[test]
fn everybody_has_it_once_before_it_begins_again() {
    let folder = tempfile::tempdir().unwrap();
    let test = company(&folder);
    let people = ["Ada", "Biel", "Carla"].map(|name| test.hire(name, RoleKey::REP));
    put_rule(&test, "turns", rule_for(&people.iter().collect::<Vec<_>>()));
    let version = settings::get(&test.app, &test.admin()).unwrap().meta.version;
    assignment_rules::set_reassignment(&test.app, &test.admin(), version, "1", "5").unwrap();
    let lead = test.create("Fusteria Puig");
    let mut owners = vec![lead.owner.unwrap()];
    let mut place = unanswered::Place::default();
    for _ in 0..5 {
        test.advance(24 * HOUR);
        if test.ctx().at.to_string().starts_with("2026-11-28") {
            // Nobody works on Saturday and Sunday.
            test.advance(48 * HOUR);
        }
        work(&test, &mut place);
        owners.push(now(&test, &lead).owner.unwrap());
    }
    let all: BTreeSet<UserId> = people.iter().map(User::id).chain(test.admin().user_id()).collect();
    let of_rule: BTreeSet<UserId> = owners[..3].iter().copied().collect();
    assert_eq!(of_rule, people.iter().map(User::id).collect(), "those of the rule come first");
    assert_eq!(owners[..4].iter().copied().collect::<BTreeSet<_>>(), all);
    assert!(owners[4] != owners[3] && owners[5] != owners[4] && all.contains(&owners[4]), "{owners:?}");
    let why = assignment_rules::explanations(&test.app, &test.admin(), id(&lead)).unwrap();
    let from: Vec<UserId> = why.iter().rev().filter_map(|one| one.from).collect();
    assert_eq!(from, owners[..5]);
    // The second time it went on, two of three had had it.
    let out = &why[why.len() - 3].rules[0].left_out;
    assert!(out.iter().all(|out| out.why == LeftOutWhy::DidNotAnswer));
    assert_eq!(
        out.iter().map(|out| out.user).collect::<BTreeSet<_>>(),
        owners[..2].iter().copied().collect()
    );
    test.verify();
    test.leave();
}

/// The administrator is the only one who takes leads: nothing is written, however late it is.
#[test]
fn what_nobody_else_can_have_stays() {
    let folder = tempfile::tempdir().unwrap();
    let test = company(&folder);
    let version = settings::get(&test.app, &test.admin()).unwrap().meta.version;
    assignment_rules::set_reassignment(&test.app, &test.admin(), version, "1", "5").unwrap();
    let lead = test.create("Fusteria Puig");
    assert_eq!(lead.owner, test.admin().user_id());
    test.advance(24 * HOUR);
    work(&test, &mut unanswered::Place::default());
    assert_eq!(now(&test, &lead), lead);
    let late = inbox::count(&test.app, &test.admin(), Whose::Mine).unwrap().late;
    assert_eq!(late, 1);
    test.leave();
}

/// The default owner and the reassignment go with the configuration to another company, people by their e-mails.
#[test]
fn what_happens_without_an_answer_is_part_of_the_configuration_file() {
    let folder = tempfile::tempdir().unwrap();
    let test = company(&folder);
    let ada = test.hire("Ada", RoleKey::REP);
    let text = config_file::export(&test.app, &test.admin()).unwrap();
    let changed = text
        .replace("default_owner = \"\"", &format!("default_owner = \"{}\"", ada.email))
        .replace("reassign_after_hours = \"\"", "reassign_after_hours = 4")
        .replace("reassign_times = \"\"", "reassign_times = 2");
    let review = config_file::review(&test.app, &test.admin(), &changed).unwrap();
    assert!(review.problems.is_empty(), "{:?}", review.problems);
    config_file::apply(&test.app, &test.admin(), &changed, &review.against).unwrap();
    let settings = settings::get(&test.app, &test.admin()).unwrap();
    assert_eq!(settings.default_owner, Some(ada.id()));
    assert_eq!(settings.reassignment.map(|rule| (rule.late_hours, rule.times)), Some((4, 2)));
    assert_eq!(config_file::export(&test.app, &test.admin()).unwrap(), changed);
    let wrong = changed.replace("reassign_after_hours = 4", "reassign_after_hours = 400");
    let review = config_file::review(&test.app, &test.admin(), &wrong).unwrap();
    assert_eq!(review.problems.len(), 1);
    test.leave();
}
