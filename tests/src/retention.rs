//! Retention periods: what would go is told before, what goes is that and nothing else, and a run can be cut short.

use crate::http_kit::Kit;
use crate::test_app::TestApp;
use model::{ERASED, Kind, Lead, LeadId, LeadStatus, Retained, RetentionRun, RetentionState, RoleKey};
use poem::http::{Method, StatusCode};
use services::records::{self, Draft};
use services::retention::{self, RetentionDraft};
use services::{Error, LeadDraft, leads, privacy};

/// Seconds of forty days.
const FORTY_DAYS: i64 = 40 * 24 * 3_600;

fn periods(rules: &[(Retained, &str, &str)], nightly: bool) -> RetentionDraft {
    let rules = rules.iter().map(|(what, months, deed)| (*what, (*months).to_owned(), (*deed).to_owned()));
    RetentionDraft { rules: rules.collect(), nightly }
}

fn discarded(test: &TestApp, name: &str) -> Lead {
    let draft = LeadDraft { name: name.to_owned(), ..LeadDraft::default() };
    let lead = leads::create(&test.app, &test.admin(), &draft, None).unwrap();
    let id = LeadId(lead.meta.id);
    leads::set_status(&test.app, &test.admin(), id, lead.meta.version, LeadStatus::Discarded, "price")
        .unwrap()
}

fn set(test: &TestApp, draft: &RetentionDraft) {
    let version = retention::get(&test.app, &test.admin()).unwrap().meta.version;
    retention::update(&test.app, &test.admin(), version, draft).unwrap();
}

/// Works until every run is at its end.
fn work(test: &TestApp) {
    while retention::work(&test.app, &test.ctx()).unwrap() {}
    while privacy::finish_pending(&test.app).unwrap() {}
}

fn counts(test: &TestApp) -> Vec<u64> {
    retention::preview(&test.app, &test.admin()).unwrap().iter().map(|preview| preview.count).collect()
}

/// A run that has not ended.
pub(crate) fn at_work(app: &services::App, admin: &services::Ctx) -> RetentionRun {
    let is_working = |run: &RetentionRun| run.state == RetentionState::Running;
    if let Some(run) = retention::runs(app, admin).unwrap().into_iter().find(is_working) {
        return run;
    }
    let version = retention::get(app, admin).unwrap().meta.version;
    let draft = periods(&[(Retained::DiscardedLeads, "1", "erase")], false);
    retention::update(app, admin, version, &draft).unwrap();
    retention::start(app, admin).unwrap()
}

#[test]
fn what_is_previewed_goes_and_nothing_else() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let old: Vec<Lead> = (0..3).map(|number| discarded(&test, &format!("Antiga {number}"))).collect();
    let noted = discarded(&test, "Amb nota");
    let open = test.create("Oberta");
    test.advance(FORTY_DAYS);
    // Something happened to this one since.
    leads::add_note(&test.app, &test.admin(), LeadId(noted.meta.id), "Ha tornat a trucar").unwrap();
    let new = discarded(&test, "Nova");
    assert_eq!(counts(&test), [0; 0]);
    assert!(matches!(retention::start(&test.app, &test.admin()), Err(Error::Invalid(_))));
    set(&test, &periods(&[(Retained::DiscardedLeads, "1", "erase")], false));
    let preview = retention::preview(&test.app, &test.admin()).unwrap();
    assert_eq!((preview[0].count, preview[0].is_whole), (3, true));
    let mut shown: Vec<String> = preview[0].shown.iter().map(|record| record.name()).collect();
    shown.sort();
    assert_eq!(shown, ["Antiga 0", "Antiga 1", "Antiga 2"]);
    let run = retention::start(&test.app, &test.admin()).unwrap();
    assert_eq!(run.expected, 3);
    assert!(matches!(retention::start(&test.app, &test.admin()), Err(Error::Invalid(_))));
    work(&test);
    let run: RetentionRun = retention::runs(&test.app, &test.admin()).unwrap().remove(0);
    assert_eq!((run.state, run.counts.erased, run.counts.done()), (RetentionState::Done, 3, 3));
    let title = |lead: &Lead| {
        let lead = leads::get(&test.app, &test.admin(), LeadId(lead.meta.id)).unwrap();
        lead.title().to_owned()
    };
    assert!(old.iter().all(|lead| title(lead) == ERASED));
    assert_eq!([title(&noted), title(&open), title(&new)], ["Amb nota", "Oberta", "Nova"]);
    // What was erased is not erased again, and can still be deleted.
    test.advance(FORTY_DAYS);
    assert_eq!(counts(&test), [2]);
    set(
        &test,
        &periods(&[(Retained::DiscardedLeads, "1", "delete"), (Retained::QuietLeads, "2", "delete")], false),
    );
    assert_eq!(counts(&test), [5, 1]);
    retention::start(&test.app, &test.admin()).unwrap();
    work(&test);
    assert_eq!(test.all_leads().len(), 0);
    test.verify();
    test.settle();
    test.close_and_compare();
}

#[test]
fn who_has_business_stays_and_what_others_belong_to_is_left_alone() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let make = |kind, fields: &[(&str, &str)]| {
        let mut draft = Draft::default();
        for (key, text) in fields {
            draft.put(key, *text);
        }
        records::create(&test.app, &test.admin(), kind, &draft, None).unwrap().about().id
    };
    let client = make(Kind::Company, &[("name", "Client"), ("kind", "client")]);
    let prospect = make(Kind::Company, &[("name", "Possible")]);
    let parent = make(Kind::Company, &[("name", "Mare")]);
    make(Kind::Company, &[("name", "Filla"), ("kind", "client"), ("parent", &parent.to_string())]);
    test.advance(FORTY_DAYS);
    set(&test, &periods(&[(Retained::Prospects, "1", "delete")], false));
    assert_eq!(counts(&test), [2]);
    retention::start(&test.app, &test.admin()).unwrap();
    work(&test);
    let run = retention::runs(&test.app, &test.admin()).unwrap().remove(0);
    assert_eq!((run.counts.deleted, run.counts.kept, run.state), (1, 1, RetentionState::Done));
    let is_there = |id| records::get(&test.app, &test.admin(), Kind::Company, id).is_ok();
    assert_eq!([is_there(client), is_there(prospect), is_there(parent)], [true, false, true]);
    test.verify();
    test.settle();
}

#[test]
fn a_run_is_stopped_and_the_night_goes_on_by_itself() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    for number in 0..60 {
        discarded(&test, &format!("Antiga {number}"));
    }
    test.advance(FORTY_DAYS);
    set(&test, &periods(&[(Retained::DiscardedLeads, "1", "delete")], true));
    let run = retention::start(&test.app, &test.admin()).unwrap();
    assert!(retention::work(&test.app, &test.ctx()).unwrap());
    retention::cancel(&test.app, &test.admin(), run.meta.id).unwrap();
    assert!(!retention::work(&test.app, &test.ctx()).unwrap());
    let left = test.all_leads().len() as u64;
    let stopped = retention::runs(&test.app, &test.admin()).unwrap().remove(0);
    assert_eq!((stopped.state, 60 - stopped.counts.deleted), (RetentionState::Cancelled, left));
    assert!((1..60).contains(&left), "{left}");

    // Ten in the morning is past the hour: the night's run begins once that day, and not again.
    test.advance(1);
    let mut looked_on = None;
    retention::nightly(&test.app, &test.ctx(), &mut looked_on).unwrap();
    work(&test);
    assert_eq!(test.all_leads().len(), 0);
    let runs = retention::runs(&test.app, &test.admin()).unwrap();
    assert_eq!((runs.len(), runs[0].owner), (2, None));
    discarded(&test, "Nova");
    looked_on = None;
    retention::nightly(&test.app, &test.ctx(), &mut looked_on).unwrap();
    assert_eq!(retention::runs(&test.app, &test.admin()).unwrap().len(), 2);
    test.verify();
    test.settle();
}

#[test]
fn only_administrators_and_only_what_can_be() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let manager = test.hire("Cap", RoleKey::MANAGER);
    let manager = test.at_work(manager.id());
    assert!(matches!(retention::get(&test.app, &manager), Err(Error::Denied)));
    assert!(matches!(retention::preview(&test.app, &manager), Err(Error::Denied)));
    assert!(matches!(retention::start(&test.app, &manager), Err(Error::Denied)));
    let wrong = periods(&[(Retained::Contacts, "0", "erase"), (Retained::Prospects, "sis", "burn")], false);
    let refused = retention::update(&test.app, &test.admin(), 0, &wrong);
    let Err(Error::Invalid(errors)) = refused else { panic!("taken") };
    let fields: Vec<&str> = errors.0.iter().map(|problem| problem.field.as_str()).collect();
    assert_eq!(fields, ["months_contacts", "months_prospects", "deed_prospects"]);
    set(&test, &periods(&[(Retained::Contacts, "12", "erase")], false));
    let stale = retention::update(&test.app, &test.admin(), 0, &periods(&[], false));
    assert!(matches!(stale, Err(Error::Conflict(_))));
    test.settle();
}

#[tokio::test]
async fn the_page_and_the_api_say_what_would_go() {
    let kit = Kit::company();
    let key = kit.key("administrator");
    let sent = r#"{"version": 0, "rules": [{"what": "quiet_leads", "months": 1, "deed": "delete"}], "nightly": false}"#;
    let kept = kit.api(Method::PUT, "/retention", &key, &[], sent).await;
    assert_eq!((kept.status, kept.json()["version"].as_u64()), (StatusCode::OK, Some(1)));
    let again = kit.api(Method::PUT, "/retention", &key, &[], sent).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    kit.api(Method::POST, "/leads", &key, &[], r#"{"name": "Marta Puig"}"#).await;
    kit.advance(FORTY_DAYS);
    let preview = kit.api(Method::GET, "/retention/preview", &key, &[], "").await.json();
    assert_eq!(preview["items"][0]["records"][0]["title"], "Marta Puig");
    let cookie = format!("{}={}", server::SESSION, kit.session());
    let page = kit.get("/settings/retention", &[("cookie", &cookie)]).await.text();
    assert!(page.contains("Marta Puig") && page.contains("No es pot desfer"));
    let run = kit.api(Method::POST, "/retention/runs", &key, &[], "").await;
    assert_eq!((run.status, run.json()["expected"].as_u64()), (StatusCode::ACCEPTED, Some(1)));
    while retention::work(&kit.state.app, &kit.ctx()).unwrap() {}
    let runs = kit.api(Method::GET, "/retention/runs", &key, &[], "").await.json();
    assert_eq!(
        (runs["items"][0]["state"].as_str(), runs["items"][0]["deleted"].as_u64()),
        (Some("done"), Some(1))
    );
}
