//! Backups: made while everybody goes on working, whole or not there, and enough to begin anew from.

use crate::evidence::{png, screen};
use crate::http_kit::Kit;
use crate::test_app::TestApp;
use model::{Deed, Kind, RoleKey};
use poem::http::{Method, StatusCode};
use services::audit::{self, AuditQuery};
use services::backups::{self, BackupState, Backups, Order};
use services::{Error, Options, evidence, maintenance};
use std::sync::atomic::AtomicBool;

fn work(test: &TestApp) -> Backups {
    let admin = test.admin();
    let now = || admin.at;
    assert!(backups::step(&test.app, &now, &AtomicBool::new(false)).unwrap());
    backups::list(&test.app, &admin).unwrap()
}

fn state(backups: &Backups) -> BackupState {
    backups.last.as_ref().unwrap().state
}

#[test]
fn a_backup_holds_all_that_there_is_and_restores() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let admin = test.admin();
    test.create("Fusteria Puig");
    let kept_screen = screen(&test.app, &admin);
    std::fs::create_dir_all(data.path().join("templates/quote")).unwrap();
    std::fs::write(data.path().join("templates/quote/template.typ"), "= Pressupost").unwrap();

    backups::start(&test.app, &admin).unwrap();
    assert!(backups::list(&test.app, &admin).unwrap().at_work.is_some());
    let again = backups::start(&test.app, &admin.at(admin.at + model::jiff::SignedDuration::from_secs(5)));
    assert!(matches!(again, Err(Error::Invalid(_))), "{again:?}");
    let made = work(&test);
    assert_eq!((state(&made), made.at_work.is_none(), made.kept.len()), (BackupState::Done, true, 1));
    assert_eq!((made.kept[0].documents, made.kept[0].order.by.as_str()), (1, "Aina Admin"));
    assert!(!backups::step(&test.app, &|| admin.at, &AtomicBool::new(false)).unwrap());
    test.create("Després");
    test.settle();

    let folder = tempfile::tempdir().unwrap();
    let other = folder.path().join("data");
    maintenance::restore(&made.kept[0].order.folder, &other).unwrap();
    let mut restored = TestApp::open(&other, Options::default());
    let names: Vec<_> = restored.all_leads().into_iter().filter_map(|lead| lead.company).collect();
    assert_eq!(names, ["Fusteria Puig"]);
    assert_eq!(evidence::screen(&restored.app, &restored.admin(), kept_screen.meta.id).unwrap().1, png());
    assert!(other.join("templates/quote/template.typ").is_file());
    restored.verify();
    restored.settle();
    let again = maintenance::restore(&made.kept[0].order.folder, &other);
    assert!(again.is_err(), "only an empty folder is filled");
}

#[test]
fn what_is_cancelled_or_cut_short_leaves_nothing_and_is_said() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let admin = test.admin();
    assert!(matches!(backups::cancel(&test.app, &admin), Err(Error::NotFound)));
    let rep = test.at_work(test.hire("Raul", RoleKey::REP).id());
    assert!(matches!(backups::start(&test.app, &rep), Err(Error::Denied)));
    assert!(matches!(backups::list(&test.app, &rep), Err(Error::Denied)));

    backups::start(&test.app, &admin).unwrap();
    backups::cancel(&test.app, &admin).unwrap();
    let cancelled = work(&test);
    assert_eq!((state(&cancelled), cancelled.kept.len()), (BackupState::Cancelled, 0));

    // A stop in the middle of it.
    test.advance(5);
    let admin = test.admin();
    let folder = backups::start(&test.app, &admin).unwrap().order.folder;
    assert!(backups::step(&test.app, &|| admin.at, &AtomicBool::new(true)).unwrap());
    assert_eq!(state(&backups::list(&test.app, &admin).unwrap()), BackupState::Interrupted);

    // The end of the process in the middle of it.
    backups::start(&test.app, &admin).unwrap();
    let half = folder.with_extension("partial");
    std::fs::create_dir_all(&half).unwrap();
    std::fs::write(half.join("records.jsonl"), "{").unwrap();
    backups::settle(&test.app, admin.at).unwrap();
    let interrupted = backups::list(&test.app, &admin).unwrap();
    assert_eq!((state(&interrupted), interrupted.at_work), (BackupState::Interrupted, None));
    assert!(!half.exists() && !folder.exists());
    test.settle();
}

/// Who ordered a backup and who cancelled it stands in the audit log, as other administration does.
#[test]
fn orders_and_cancelling_are_in_the_audit_log() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let told = |test: &TestApp| {
        let query = AuditQuery { kind: Some(Kind::BackupOrder), ..AuditQuery::default() };
        let entries = audit::list(&test.app, &test.admin(), &query).unwrap().entries;
        assert!(entries.iter().all(|entry| entry.by.user == test.admin().user_id()));
        entries.into_iter().map(|entry| (entry.deed, entry.title)).collect::<Vec<_>>()
    };
    backups::start(&test.app, &test.admin()).unwrap();
    let name = "2026-11-23T09-00-00Z".to_owned();
    assert_eq!(told(&test), [(Deed::Created, name.clone())]);
    test.advance(5);
    assert!(backups::start(&test.app, &test.admin()).is_err(), "one is at work: nothing is ordered");
    backups::cancel(&test.app, &test.admin()).unwrap();
    backups::cancel(&test.app, &test.admin()).unwrap();
    assert_eq!(told(&test), [(Deed::Updated, name.clone()), (Deed::Created, name.clone())], "once");
    work(&test);
    // One that was ordered beside the server is cancelled at work.
    let elsewhere = tempfile::tempdir().unwrap();
    let folder = elsewhere.path().join("copy");
    let order = Order::by_command(folder, test.admin().at);
    backups::put_order(&data.path().join("backups"), &order).unwrap();
    backups::cancel(&test.app, &test.admin()).unwrap();
    assert_eq!(told(&test)[0], (Deed::Created, "copy".to_owned()));
    for language in model::Language::ALL {
        for field in ["name", "ordered_at", "cancelled_at"] {
            assert!(ui::audit::is_known_field(language, Kind::BackupOrder, field));
        }
        assert!(!ui::audit::kind_name(language, Kind::BackupOrder).contains("order"), "in their words");
    }
    test.verify();
    test.settle();
}

#[test]
fn an_order_from_the_command_line_goes_where_it_says() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let orders = data.path().join("backups");
    let elsewhere = tempfile::tempdir().unwrap();
    let folder = elsewhere.path().join("copy");
    let order = Order::by_command(folder.clone(), test.admin().at);
    backups::put_order(&orders, &order).unwrap();
    let twice = backups::put_order(&orders, &order).unwrap_err();
    assert_eq!(twice.kind(), std::io::ErrorKind::AlreadyExists);
    assert!(backups::is_ordered(&orders, &order));
    work(&test);
    assert!(!backups::is_ordered(&orders, &order) && folder.join("backup.json").is_file());
    assert_eq!(backups::outcome(&orders, &order).unwrap().unwrap().state, BackupState::Done);
    // The same where no server runs; and what is made of an order that was taken up before is no other one.
    test.advance(5);
    let other = Order::by_command(elsewhere.path().join("other"), test.admin().at);
    let now = || test.admin().at;
    assert_eq!(backups::make_now(&test.app, other.clone(), &now).state, BackupState::Done);
    assert_eq!(backups::make_now(&test.app, other, &now).state, BackupState::Failed, "it is there");
    let query = AuditQuery { kind: Some(Kind::BackupOrder), ..AuditQuery::default() };
    let entries = audit::list(&test.app, &test.admin(), &query).unwrap().entries;
    let told: Vec<_> = entries.iter().map(|entry| (entry.deed, entry.title.as_str())).collect();
    assert_eq!(told, [(Deed::Created, "other"), (Deed::Created, "copy")]);
    let names = std::collections::BTreeMap::new();
    let who = ui::audit::who(model::Language::Ca, Kind::BackupOrder, &entries[0].by, &names);
    assert_eq!(who, ("Tracte".to_owned(), "des de la línia d’ordres".to_owned()));
    test.settle();
}

#[tokio::test]
async fn page_and_api_order_follow_and_cancel() {
    let kit = Kit::company();
    let session = format!("{}={}", server::SESSION, kit.session());
    let signed_in = [("cookie", session.as_str()), ("sec-fetch-site", "same-origin")];
    let key = kit.key("administrator");
    let none = kit.api(Method::POST, "/backups/cancel", &key, &[], "").await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
    let ordered = kit.ask(Method::POST, "/settings/backups", &signed_in, "").await;
    assert_eq!(ordered.header("location"), "/settings/backups?followed=true");
    let page = kit.get("/settings/backups?followed=true", &signed_in).await.text();
    assert!(
        page.contains("/settings/backups/progress") && page.contains("/settings/backups/cancel"),
        "{page}"
    );
    kit.advance(5);
    let refused = kit.api(Method::POST, "/backups", &key, &[], "").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused.json()["errors"][0]["code"], "backup-at-work");
    let cancelled = kit.api(Method::POST, "/backups/cancel", &key, &[], "").await;
    assert_eq!(cancelled.status, StatusCode::ACCEPTED);
    let now = || kit.ctx().at;
    backups::step(&kit.state.app, &now, &AtomicBool::new(false)).unwrap();
    let listed = kit.api(Method::GET, "/backups", &key, &[], "").await.json();
    assert_eq!(listed["last"]["state"], "cancelled");
    assert!(listed["items"].as_array().unwrap().is_empty() && listed.get("at_work").is_none());
    let rep = kit.key("rep");
    assert_eq!(kit.api(Method::GET, "/backups", &rep, &[], "").await.status, StatusCode::FORBIDDEN);
}

/// The second one begins at nothing, and whoever waits for one is told when it is done.
#[tokio::test]
async fn whoever_waits_for_a_backup_sees_its_own_numbers_and_its_end() {
    let kit = Kit::company();
    let session = format!("{}={}", server::SESSION, kit.session());
    let signed_in = [("cookie", session.as_str()), ("sec-fetch-site", "same-origin")];
    let (app, now) = (&kit.state.app, || kit.ctx().at);
    screen(app, &kit.admin());
    for name in ["2026-11-23T09-00-00Z", "2026-11-23T09-00-05Z"] {
        kit.ask(Method::POST, "/settings/backups", &signed_in, "").await;
        let at_work = backups::list(app, &kit.admin()).unwrap().at_work.unwrap();
        assert_eq!((at_work.documents, at_work.written_bytes), (0, 0), "{name}");
        let page = kit.get("/settings/backups?followed=true", &signed_in).await.text();
        assert!(!page.contains("La còpia està feta"), "{page}");
        backups::step(app, &now, &AtomicBool::new(false)).unwrap();
        let progress = kit.get("/settings/backups/progress", &signed_in).await.text();
        assert!(progress.contains(&format!("La còpia està feta: {name}")), "{progress}");
        kit.advance(5);
    }
    // Who only comes by is told of none.
    let page = kit.get("/settings/backups", &signed_in).await.text();
    assert!(!page.contains("La còpia està feta") && page.contains("els segons factors"), "{page}");
}

#[test]
fn a_document_that_is_named_and_not_there_is_missed() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let kept = screen(&test.app, &test.admin());
    test.verify();
    let (first, second) = (&kept.sha256[..2], &kept.sha256[2..4]);
    std::fs::remove_file(data.path().join("documents").join(first).join(second).join(&kept.sha256)).unwrap();
    let missing = maintenance::missing_documents(&test.app).unwrap();
    let found: Vec<_> = missing.iter().map(|missed| (missed.kind, missed.id, &missed.sha256)).collect();
    assert_eq!(found, [(Kind::Screen, kept.meta.id, &kept.sha256)]);
    test.settle();
}
