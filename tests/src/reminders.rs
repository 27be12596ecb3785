//! Reminders: they come with their day, at the bell of every page, and go when they are put off or away, or it is done.

use crate::http_kit::Kit;
use crate::test_app::{TestApp, problems};
use model::uuid::Uuid;
use model::{Kind, RoleKey};
use poem::http::{Method, StatusCode};
use services::activities::{self, StateDeed};
use services::records::{self, Draft};
use services::{App, Ctx, Error, reminders};

const DAY: i64 = 24 * 3_600;

fn draft(fields: &[(&str, &str)]) -> Draft {
    let mut draft = Draft::default();
    for (key, text) in fields {
        draft.put(key, *text);
    }
    draft
}

fn make(app: &App, ctx: &Ctx, subject: &str, reminder: &str, due: &str) -> Uuid {
    let draft = draft(&[("subject", subject), ("reminder", reminder), ("due", due)]);
    records::create(app, ctx, Kind::Activity, &draft, None).unwrap().about().id
}

#[test]
fn a_reminder_comes_with_its_day_and_goes_when_something_is_done_about_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(folder.path());
    let (app, rep) = (test.app.clone(), test.hire("Raül", RoleKey::REP));
    let check = |test: &TestApp, expected: &[&str]| {
        let ctx = test.at_work(rep.id());
        let come = reminders::list(&app, &ctx, reminders::SHOWN_MAX).unwrap();
        let subjects: Vec<_> = come.iter().map(|activity| activity.subject.clone().unwrap()).collect();
        assert_eq!(subjects, expected);
        assert_eq!(reminders::count(&app, &ctx).unwrap(), expected.len());
        assert_eq!(reminders::count(&app, &test.admin()).unwrap(), 0, "they are of whoever is to do it");
    };
    let ctx = test.at_work(rep.id());
    let call = make(&app, &ctx, "Trucar", "2026-11-24", "2026-11-25");
    let visit = make(&app, &ctx, "Visitar", "2026-11-23", "");
    make(&app, &ctx, "Algun dia", "", "2026-11-23");
    check(&test, &["Visitar"]);
    test.advance(DAY);
    check(&test, &["Visitar", "Trucar"]);

    let ctx = test.at_work(rep.id());
    let day = |choice: &str| reminders::day(&app, &ctx, choice).map(|day| day.to_string());
    assert_eq!(
        ["tomorrow", "monday", "week"].map(|choice| day(choice).unwrap()),
        ["2026-11-25", "2026-11-30", "2026-12-01"]
    );
    assert_eq!(problems(day("demà")), ["until choice"]);
    let snooze = |id, version, until: &str| {
        reminders::snooze(&app, &ctx, id, version, until.parse().unwrap()).map(|found| found.reminder)
    };
    assert_eq!(problems(snooze(visit, 1, "2026-11-24")), ["until snooze-past"]);
    assert_eq!(problems(snooze(visit, 1, "2028-11-24")), ["until snooze-far"]);
    assert_eq!(problems(snooze(visit, 7, "2026-11-25")), ["conflict"]);
    snooze(visit, 1, "2026-11-25").unwrap();
    check(&test, &["Trucar"]);
    let kept = reminders::dismiss(&app, &ctx, call, 1).unwrap();
    assert!(kept.is_todo() && kept.reminder.is_none() && kept.due.is_some());
    check(&test, &[]);

    test.advance(DAY);
    check(&test, &["Visitar"]);
    let ctx = test.at_work(rep.id());
    activities::set_state(&app, &ctx, visit, 2, StateDeed::Done, None).unwrap();
    check(&test, &[]);
    assert_eq!(problems(reminders::dismiss(&app, &ctx, visit, 3)), [" reminder-over"]);
    let stranger = test.hire("Olga", RoleKey::REP);
    let denied = reminders::dismiss(&app, &test.at_work(stranger.id()), call, 2);
    assert!(matches!(denied, Err(Error::NotFound)), "{denied:?}");
    assert!(matches!(reminders::list(&app, &test.ctx(), 1), Err(Error::Unauthenticated)));
    test.verify();
    test.settle();
}

/// One that has come may be put off past the day on which it was due; else a reminder comes before.
#[test]
fn what_was_put_off_past_its_day_is_changed_otherwise_as_before() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(folder.path());
    let (app, admin) = (test.app.clone(), test.admin());
    let id = make(&app, &admin, "Escriure", "2026-11-23", "2026-11-23");
    reminders::snooze(&app, &admin, id, 1, "2026-11-25".parse().unwrap()).unwrap();
    let change = |version, fields: &[(&str, &str)]| {
        problems(records::update(&app, &admin, Kind::Activity, id, version, &draft(fields)))
    };
    assert_eq!(change(2, &[("subject", "Escriure-li")]), [""; 0]);
    assert_eq!(change(3, &[("due", "2026-11-22")]), [""; 0]);
    assert_eq!(change(4, &[("reminder", "2026-11-26")]), ["reminder reminder-late"]);
    // One that has come is put off there as well as at the bell.
    let come = make(&app, &admin, "Trucar", "2026-11-23", "2026-11-24");
    let put_off = |day: &str| draft(&[("reminder", day)]);
    let late = put_off("2026-11-30");
    assert_eq!(problems(records::update(&app, &admin, Kind::Activity, come, 1, &late)), [""; 0]);
    let later = put_off("2026-12-01");
    let refused = records::update(&app, &admin, Kind::Activity, come, 2, &later);
    assert_eq!(problems(refused), ["reminder reminder-late"]);
    test.settle();
}

#[tokio::test]
async fn the_bell_is_on_every_page_and_its_list_works_without_a_script() {
    let kit = Kit::company();
    let id = make(&kit.state.app, &kit.admin(), "Trucar a Puig", "2026-11-23", "2026-11-24");
    let key = kit.key("administrator");
    let cookie = format!("{}={}", server::SESSION, kit.session());
    let get = async |path: &str| kit.get(path, &[("cookie", cookie.as_str())]).await.text();
    let page = get("/leads").await;
    assert!(page.contains("Recordatoris: 1") && page.contains("/reminders/latest"), "{page}");
    let look = get("/reminders/latest").await;
    assert!(look.contains("Trucar a Puig") && !look.contains("<html"), "{look}");
    let list = get("/reminders").await;
    assert!(list.contains("Trucar a Puig") && list.contains("Recordatori del 23/11/2026"), "{list}");

    let post = async |deed: &str, body: &str| {
        let headers = [
            ("cookie", cookie.as_str()),
            ("content-type", "application/x-www-form-urlencoded"),
            ("sec-fetch-site", "same-origin"),
        ];
        let path = format!("/activities/{id}/reminder/{deed}");
        kit.ask(Method::POST, &path, &headers, body).await.header("location").to_owned()
    };
    assert_eq!(
        post("snooze", "version=1&until=tomorrow").await,
        "/reminders?notice=reminder-snoozed-2026-11-24"
    );
    assert_eq!(post("snooze", "version=1&until=week").await, "/reminders?notice=reminder-not-changed");
    let none = get("/reminders?notice=reminder-snoozed-2026-11-24").await;
    assert!(none.contains("posposat fins al 24/11/2026"), "{none}");
    assert!(none.contains("No hi ha res per recordar") && none.contains("Recordatoris: 0"), "{none}");
    assert_eq!(post("dismiss", "version=2").await, "/reminders?notice=reminder-dismissed");

    let other = make(&kit.state.app, &kit.admin(), "Visitar Soler", "2026-11-23", "");
    let listed = kit.api(Method::GET, "/reminders", &key, &[], "").await.json();
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);
    assert_eq!(listed["items"][0]["title"], "Visitar Soler");
    let path = format!("/activities/{other}/reminder");
    let wrong = kit.api(Method::PUT, &path, &key, &[], r#"{"version": 1, "until": "demà"}"#).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let put = kit.api(Method::PUT, &path, &key, &[], r#"{"version": 1, "until": "2026-11-30"}"#).await;
    assert_eq!((put.status, put.header("etag")), (StatusCode::OK, "\"2\""), "{}", put.text());
    assert_eq!(put.json()["reminder"], "2026-11-30");
    let gone = kit.api(Method::DELETE, &path, &key, &[("if-match", "\"2\"")], "").await;
    assert_eq!(gone.status, StatusCode::OK, "{}", gone.text());
    assert!(gone.json().get("reminder").is_none());
}
