//! Rules that ask a plugin: what it answers decides; where it answers nothing that can be used, the rule goes on as it says,
//! and the lead tells why.

use super::{create, draft, put, rule, tried};
use crate::test_app::{TestApp, misbehaving, territories};
use model::{
    AssignmentRule, Decision, Fallback, Lead, LeadId, LeftOutWhy, Occasion, Plugin, Reason, RoleKey,
    RuleOutcome, Strategy, User, UserId,
};
use services::assignment::{SimulationQuery, simulate};
use services::plugins::{self, Health};
use services::{LeadDraft, Options, assignment_rules, leads};
use std::collections::BTreeMap;

const TERRITORIES: &str = "tracte.assign-by-territory";
const MISBEHAVE: &str = "tracte.misbehave";

/// Little fuel, so that what never ends ends soon.
fn company(folder: &tempfile::TempDir) -> TestApp {
    let mut options = Options::default();
    options.plugins.fuel = 5_000_000;
    let test = TestApp::open(&folder.path().join("data"), options);
    test.set_up();
    test
}

fn installed(test: &TestApp, component: &[u8], key: &str, value: &str) -> Plugin {
    let plugin = plugins::install(&test.app, &test.admin(), component).unwrap();
    configured(test, &plugin, key, value, true)
}

fn configured(test: &TestApp, plugin: &Plugin, key: &str, value: &str, enabled: bool) -> Plugin {
    let now = plugins::get(&test.app, &test.admin(), plugin.id()).unwrap().record;
    let config = BTreeMap::from([(key.to_owned(), value.to_owned())]);
    plugins::configure(&test.app, &test.admin(), now.id(), now.meta.version, &config, enabled).unwrap()
}

fn asking(plugin: &str, people: &[&User]) -> AssignmentRule {
    AssignmentRule { strategy: Strategy::Plugin, plugin: Some(plugin.to_owned()), ..rule(people) }
}

fn of(postcode: &str) -> LeadDraft {
    LeadDraft { postcode: postcode.to_owned(), ..draft("Forn Soler") }
}

fn why(lead: &Lead) -> (Option<UserId>, Decision, Vec<Reason>) {
    let assignment = lead.assignment.clone().unwrap();
    (lead.owner, assignment.decision, assignment.tried)
}

fn by(rule: &str, strategy: Strategy) -> Decision {
    Decision::Rule { rule: rule.to_owned(), strategy }
}

#[test]
fn a_rule_gives_leads_to_whom_its_plugin_names() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company(&folder);
    let [ada, biel, carla] = ["Ada", "Biel", "Carla"].map(|name| test.hire(name, RoleKey::REP));
    let text = format!("17: {}\n08: {}\n25: {}", ada.email, biel.email, carla.email);
    installed(&test, &territories(), "territories", &text);
    put(&test, "territory", asking(TERRITORIES, &[&ada, &biel]));
    put(&test, "rest", rule(&[&carla]));
    for (postcode, person) in [("17800", &ada), ("08470", &biel), ("17001", &ada)] {
        let lead = create(&test, &of(postcode));
        assert_eq!(why(&lead), (Some(person.id()), by("territory", Strategy::Plugin), Vec::new()));
        assert!(lead.assignment.unwrap().reason.contains(postcode), "in the plugin's own words");
        assert_eq!(tried(&test, &create(&test, &of(postcode))), ["territory won"]);
    }
    // Nothing to say: of no territory, and of that of somebody whom the rule does not name.
    for postcode in ["43001", "25001"] {
        let lead = create(&test, &of(postcode));
        let (owner, decision, asked) = why(&lead);
        assert_eq!((owner, decision), (Some(carla.id()), by("rest", Strategy::Turns)));
        assert_eq!((asked[0].asked.as_str(), asked[0].outcome.as_str()), (TERRITORIES, "skipped"));
        assert_eq!(tried(&test, &lead), ["territory plugin_passed", "rest won"]);
    }
    // Whoever is full is chosen in vain.
    let limited = AssignmentRule { day_max: Some(3), ..asking(TERRITORIES, &[&biel, &ada]) };
    put(&test, "limited", limited);
    let order = ["limited", "territory", "rest"].map(str::to_owned);
    services::configuration::reorder::<AssignmentRule>(&test.app, &test.admin(), &order).unwrap();
    let lead = create(&test, &of("17800"));
    assert_eq!(lead.owner, Some(ada.id()));
    assert_eq!(tried(&test, &lead), ["limited plugin_passed", "territory won"]);
    test.verify();
    test.settle();
}

/// A trap, what never ends, what takes all the memory, rubbish and errors of its own: the next rule, the named person or the
/// default owner gets the lead, and the lead says what the plugin did.
#[test]
fn a_plugin_that_fails_falls_back_and_the_lead_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company(&folder);
    let [ada, biel, carla] = ["Ada", "Biel", "Carla"].map(|name| test.hire(name, RoleKey::REP));
    let plugin = installed(&test, &misbehaving(), "deed", "nothing");
    put(&test, "asks", asking(MISBEHAVE, &[&ada, &biel]));
    put(&test, "rest", rule(&[&carla]));
    let outcome = |deed: &str| {
        configured(&test, &plugin, "deed", deed, true);
        let lead = create(&test, &draft(deed));
        let (owner, decision, asked) = why(&lead);
        assert_eq!((owner, decision), (Some(carla.id()), by("rest", Strategy::Turns)), "{deed}");
        let found = assignment_rules::explanations(&test.app, &test.admin(), LeadId(lead.meta.id)).unwrap();
        let RuleOutcome::PluginPassed { outcome } = &found[0].rules[0].outcome else { panic!("{found:?}") };
        assert_eq!(*outcome, asked[0].outcome, "{deed}");
        outcome.clone()
    };
    let cases: [(&str, &[&str]); 9] = [
        ("panic", &["failed-trap"]),
        ("recurse", &["failed-trap"]),
        // Which limit it meets first is the machine's affair.
        ("loop", &["failed-fuel", "failed-timeout"]),
        ("eat", &["failed-memory", "failed-fuel"]),
        ("stranger", &["failed-bad-output"]),
        ("nameless-queue", &["failed-bad-output"]),
        ("error", &["failed-plugin"]),
        ("remember", &["queued"]),
        ("nothing", &["skipped"]),
    ];
    for (deed, expected) in cases {
        let outcome = outcome(deed);
        assert!(expected.contains(&outcome.as_str()), "{deed}: {outcome}");
    }
    // Five failures in a row: a pause; and one that is switched off is not asked.
    configured(&test, &plugin, "deed", "panic", true);
    let last = |test: &TestApp| why(&create(test, &draft("Empresa"))).2.remove(0).outcome;
    let outcomes: Vec<String> = (0..6).map(|_| last(&test)).collect();
    assert_eq!(outcomes[4..], ["failed-trap", "paused"]);
    configured(&test, &plugin, "deed", "panic", false);
    assert_eq!(last(&test), "off");
    // By the named person, and as if no rule had fitted.
    configured(&test, &plugin, "deed", "panic", true);
    let rules = |fallback, person: Option<&User>| {
        let piece = services::configuration::get::<AssignmentRule>(&test.app, &test.admin(), "asks").unwrap();
        let fallback_person = person.map(|person| person.id().to_string());
        let changed = AssignmentRule { fallback, fallback_person, ..piece.piece };
        let version = piece.meta.version;
        services::configuration::update(&test.app, &test.admin(), "asks", version, changed).unwrap();
        create(&test, &draft("Empresa"))
    };
    let lead = rules(Fallback::Person, Some(&biel));
    let (owner, decision, asked) = why(&lead);
    assert_eq!((owner, decision), (Some(biel.id()), Decision::RuleFallback { rule: "asks".to_owned() }));
    assert_eq!((asked.len(), asked[0].outcome.as_str()), (1, "failed-trap"));
    assert_eq!(tried(&test, &lead), ["asks won_by_fallback"]);
    let (_, decision, asked) = why(&rules(Fallback::Default, None));
    assert!(matches!(decision, Decision::RoundRobin { .. }), "{decision:?}");
    assert_eq!(asked[0].outcome, "failed-trap");
    test.verify();
    test.settle();
}

/// The simulation asks it, at the time of each lead, and neither the calls nor the failures are noted anywhere.
#[test]
fn a_simulation_asks_the_plugin_and_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company(&folder);
    let [ada, biel] = ["Ada", "Biel"].map(|name| test.hire(name, RoleKey::REP));
    let made: Vec<Lead> = ["17001", "08001", "17002", "43001"]
        .map(|postcode| {
            test.advance(3_600);
            create(&test, &of(postcode))
        })
        .into();
    let text = format!("17: {}\n08: {}", ada.email, biel.email);
    let plugin = installed(&test, &territories(), "territories", &text);
    let head = test.app.head();
    let query = |plugin| SimulationQuery {
        edited: Some((None, asking(plugin, &[&ada, &biel]))),
        ..SimulationQuery::default()
    };
    let found = simulate(&test.app, &test.admin(), query(TERRITORIES)).unwrap();
    let winners: Vec<_> = found.rows.iter().rev().map(|row| (row.rule.as_deref(), row.winner)).collect();
    let rule = Some("new_rule");
    assert_eq!(winners[..3], [(rule, Some(ada.id())), (rule, Some(biel.id())), (rule, Some(ada.id()))]);
    assert_eq!(winners[3].0, None, "of no territory");
    assert_eq!(found.by_rule, [(Some("new_rule".to_owned()), 3), (None, 1)]);
    let passed = &found.rows[0].tried[0].outcome;
    assert_eq!(*passed, RuleOutcome::PluginPassed { outcome: "skipped".to_owned() });
    assert_eq!(test.app.head(), head, "nothing is written");
    assert!(plugins::calls(&test.app, &test.admin(), plugin.id()).unwrap().is_empty());
    // What it finds out of the time is that of the lead.
    let other = installed(&test, &misbehaving(), "deed", "chance");
    let head = test.app.head();
    let found = simulate(&test.app, &test.admin(), query(MISBEHAVE)).unwrap();
    assert_eq!(found.by_rule, [(Some("new_rule".to_owned()), 4)]);
    // One that fails is soon left in peace, and has no failures afterwards.
    configured(&test, &other, "deed", "loop", true);
    let before = test.app.head();
    let found = simulate(&test.app, &test.admin(), query(MISBEHAVE)).unwrap();
    assert_eq!(found.by_rule, [(Some("new_rule".to_owned()), 0), (None, 4)]);
    let health = plugins::get(&test.app, &test.admin(), other.id()).unwrap().health;
    assert_eq!((test.app.head(), health), (before, Health::default()));
    assert!(before > head && plugins::calls(&test.app, &test.admin(), other.id()).unwrap().is_empty());
    let unchanged =
        |lead: &Lead| leads::get(&test.app, &test.admin(), LeadId(lead.meta.id)).unwrap() == *lead;
    assert!(made.iter().all(unchanged));
    test.settle();
}

/// Whoever did not answer is not offered to the plugin again.
#[test]
fn whoever_did_not_answer_is_no_candidate_of_the_plugin() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = company(&folder);
    let [ada, biel] = ["Ada", "Biel"].map(|name| test.hire(name, RoleKey::REP));
    let settings = services::settings::get(&test.app, &test.admin()).unwrap();
    let draft = services::settings::CompanyDraft {
        first_response_hours: "2".to_owned(),
        ..services::settings::CompanyDraft::of(&settings)
    };
    let version = settings.meta.version;
    let version = services::settings::update(&test.app, &test.admin(), version, &draft).unwrap().meta.version;
    assignment_rules::set_reassignment(&test.app, &test.admin(), version, "1", "1").unwrap();
    // It chooses the first of those it is told.
    installed(&test, &misbehaving(), "deed", "chance");
    put(&test, "asks", asking(MISBEHAVE, &[&ada, &biel]));
    let lead = test.create("Forn Soler");
    assert_eq!(lead.owner, Some(ada.id()));
    test.advance(24 * 3_600);
    let mut place = services::unanswered::Place::default();
    while services::unanswered::work(&test.app, &test.ctx(), &mut place).unwrap() {}
    let now = leads::get(&test.app, &test.admin(), LeadId(lead.meta.id)).unwrap();
    assert_eq!(why(&now), (Some(biel.id()), by("asks", Strategy::Plugin), Vec::new()));
    let found = assignment_rules::explanations(&test.app, &test.admin(), LeadId(lead.meta.id)).unwrap();
    assert_eq!((found[0].occasion, found[0].from), (Occasion::Unanswered, Some(ada.id())));
    let out = found[0].rules[0].left_out[0];
    assert_eq!((out.user, out.why), (ada.id(), LeftOutWhy::DidNotAnswer));
    test.settle();
}
