//! The demonstration company: the same on the same day, and its pages have something to show.

use crate::test_app::{TestApp, territories};
use model::{AssignmentRule, Decision, FieldValue, Kind, Lead, RoleKey, Strategy};
use services::leads::Direction;
use services::records::{self, Query};
use services::{Options, assignment_rules, configuration, demo, users};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

fn loaded(data: &Path, available_plugins: Option<PathBuf>) -> TestApp {
    let test = TestApp::open(data, Options { available_plugins, ..Options::default() });
    demo::load(&test.app, &test.ctx()).unwrap();
    test
}

/// How many leads each rule placed first; `` stands for no rule.
fn by_rule(leads: &[Lead]) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for lead in leads {
        let rule = match &lead.assignment.as_ref().unwrap().decision {
            Decision::Rule { rule, .. } | Decision::RuleFallback { rule } => rule.clone(),
            _ => String::new(),
        };
        *counts.entry(rule).or_default() += 1;
    }
    counts
}

/// Owners and what decided, lead by lead.
fn told(test: &TestApp) -> BTreeSet<String> {
    let leads = test.all_leads();
    leads.iter().map(|lead| format!("{} {:?} {:?}", lead.title(), lead.owner, lead.assignment)).collect()
}

#[test]
fn rules_share_out_its_leads_the_same_way_each_time() {
    let folder = tempfile::tempdir().unwrap();
    let plugins = folder.path().join("plugins");
    std::fs::create_dir(&plugins).unwrap();
    std::fs::write(plugins.join("assign-by-territory.wasm"), territories()).unwrap();
    let test = loaded(&folder.path().join("one"), Some(plugins.clone()));
    let leads = test.all_leads();
    let counts = by_rule(&leads);
    for rule in ["big", "girona", "others"] {
        assert!(counts[rule] > 20, "{counts:?}");
    }
    let manager = users::list(&test.app, &test.admin()).unwrap();
    let manager = manager.iter().find(|user| user.role == RoleKey::new(RoleKey::MANAGER)).unwrap().id();
    for lead in &leads {
        let is_big = lead.amount.is_some_and(|amount| amount.minor_units >= 1_500_000);
        assert!(!is_big || lead.owner == Some(manager), "{}", lead.title());
    }
    // The last one asks the plugin of territories; a lead says why the others did not fit.
    let asks = configuration::get::<AssignmentRule>(&test.app, &test.admin(), "others").unwrap().piece;
    assert_eq!(asks.strategy, Strategy::Plugin);
    let is_other = |lead: &&Lead| {
        let decision = &lead.assignment.as_ref().unwrap().decision;
        let is_last = matches!(decision, Decision::Rule { rule, .. } if rule == "others");
        is_last && !lead.postcode.as_ref().unwrap().starts_with("17")
    };
    let other = leads.iter().find(is_other);
    let id = model::LeadId(other.unwrap().meta.id);
    let why = assignment_rules::explanations(&test.app, &test.admin(), id).unwrap();
    let outcomes: Vec<&str> = why[0].rules.iter().map(|tried| tried.outcome.as_str()).collect();
    assert_eq!(outcomes, ["condition", "condition", "won"]);
    let again = loaded(&folder.path().join("other"), Some(plugins));
    assert_eq!(told(&test), told(&again));
    assert_eq!(documents(&test), documents(&again));
    test.verify();
    test.leave();
    again.leave();
}

#[test]
fn without_the_plugin_the_last_rule_looks_at_what_each_has_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let test = loaded(&folder.path().join("data"), None);
    let asks = configuration::get::<AssignmentRule>(&test.app, &test.admin(), "others").unwrap().piece;
    assert_eq!((asks.strategy, asks.plugin), (Strategy::FewestOpen, None));
    let counts = by_rule(&test.all_leads());
    assert!(counts.values().all(|count| *count > 20) && counts.len() == 3, "{counts:?}");
    offers(&test);
    assert_eq!(
        documents(&test),
        [
            "Assegurança de l’obra: asseguranca.txt 1",
            "Contracte de manteniment: manteniment.txt 1",
            "Contracte marc: contracte-marc-2.txt 2",
            "Fotografies de les cobertes: linked",
            "Mides de les cobertes: mides.csv 1",
        ]
    );
    assert_eq!(services::documents::expiring(&test.app, &test.admin()).unwrap(), 2);
    test.leave();
}

/// Titles of its documents, each with its file and the number of its versions.
fn documents(test: &TestApp) -> Vec<String> {
    let (app, admin) = (&test.app, test.admin());
    let query = Query { sort: model::TITLE.to_owned(), direction: Direction::Forward, ..Query::default() };
    let found = records::list(app, &admin, Kind::Document, &query).unwrap().records;
    let told = |record: &records::Record| {
        let document = services::documents::get(app, &admin, record.about().id).unwrap();
        let versions = services::documents::versions(app, &admin, document.meta.id).unwrap();
        match document.file_name {
            Some(file_name) => format!("{}: {file_name} {}", record.name(), versions.len()),
            None => format!("{}: linked", record.name()),
        }
    };
    found.iter().map(told).collect()
}

/// Quotes at several stages, a simulation of two scenarios, prices of a book, and what deals are about.
fn offers(test: &TestApp) {
    let (app, admin) = (&test.app, test.admin());
    let query = Query { limit: 100, ..Query::default() };
    let quotes = records::list(app, &admin, Kind::Quote, &query).unwrap().records;
    let mut statuses: BTreeMap<String, usize> = BTreeMap::new();
    for quote in &quotes {
        let FieldValue::Codes(codes) = quote.built_in("status") else { panic!("a quote has a status") };
        *statuses.entry(codes[0].clone()).or_default() += 1;
        let content = services::quotes::content(app, &admin, quote.about().id).unwrap();
        assert!(!content.lines.is_empty() && content.quote.total.is_some(), "{}", quote.name());
    }
    let has = |status: &str| statuses.contains_key(status);
    assert!(has("simulation") && has("draft") && has("sent") && has("accepted"), "{statuses:?}");
    let prices = services::prices::list(app, &admin, "installers", None, None, 100).unwrap();
    assert!(prices.rows.len() > 8);
    let deals = records::list(app, &admin, Kind::Opportunity, &query).unwrap().records;
    assert!(deals.iter().filter(|deal| !deal.listed("products").is_empty()).count() > 5);
}
