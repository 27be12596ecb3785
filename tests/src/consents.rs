//! Consents: the newest counts, the record says so, everybody sees what their role lets them, and it goes with the person.

use crate::http_kit::Kit;
use crate::test_app::TestApp;
use model::uuid::Uuid;
use model::{ConsentState, Kind, LeadId, RoleKey};
use poem::http::{Method, StatusCode};
use services::consents::{self, ConsentDraft};
use services::leads::LeadQuery;
use services::records::{self, Draft, Query};
use services::{Error, choices, leads, privacy};

fn draft(purpose: &str, state: &str, said_on: &str) -> ConsentDraft {
    ConsentDraft {
        purpose: purpose.to_owned(),
        basis: "consent".to_owned(),
        state: state.to_owned(),
        said_on: said_on.to_owned(),
        way: "paper".to_owned(),
        evidence: "Carpeta de Pere Amagat".to_owned(),
    }
}

fn contact(test: &TestApp) -> Uuid {
    let mut typed = Draft::default();
    typed.put("given_name", "Pere");
    typed.put("email", "pere@exemple.cat");
    records::create(&test.app, &test.admin(), Kind::Contact, &typed, None).unwrap().about().id
}

#[test]
fn the_newest_counts_and_lists_filter_by_it() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let (app, admin) = (test.app.clone(), test.admin());
    let id = contact(&test);
    let state = |purpose: &str, state: &str, day: &str| {
        consents::state(&app, &admin, Kind::Contact, id, &draft(purpose, state, day)).unwrap()
    };
    let filter = "consents:any:marketing_email".parse().unwrap();
    let query = Query { filter, ..Query::default() };
    let found = || records::list(&app, &admin, Kind::Contact, &query).unwrap().records.len();
    assert_eq!(found(), 0);
    state("marketing_email", "given", "2026-11-20");
    assert_eq!(found(), 1);
    state("marketing_email", "withdrawn", "2026-11-22");
    assert_eq!(found(), 0);
    // Written down later, said before.
    state("marketing_email", "given", "2026-11-21");
    assert_eq!(found(), 0);
    state("Ús de la imatge", "given", "");
    let said = consents::of(&app, &admin, Kind::Contact, id).unwrap();
    let days: Vec<String> = said.iter().map(|consent| consent.said_on.to_string()).collect();
    assert_eq!(days, ["2026-11-23", "2026-11-22", "2026-11-21", "2026-11-20"]);
    let standing = model::standing(&said);
    assert_eq!(standing["marketing_email"].state, ConsentState::Withdrawn);
    assert_eq!(standing["image"].state, ConsentState::Given);
    // Who agreed to a purpose keeps it from vanishing or becoming another.
    let purpose = choices::get(&app, &admin, "consent_purposes", "image").unwrap();
    let uses = choices::uses(&app, &admin, "consent_purposes", "image").unwrap();
    assert_eq!((uses.len(), uses[0].kind, uses[0].count), (1, Kind::Consent, 1));
    let replaced = choices::replace(&app, &admin, "consent_purposes", "image", "profiling");
    assert!(matches!(replaced, Err(Error::Invalid(_))));
    choices::archive(&app, &admin, "consent_purposes", "image", purpose.meta.version).unwrap();
    let refused = consents::state(&app, &admin, Kind::Contact, id, &draft("image", "given", ""));
    assert!(matches!(refused, Err(Error::Invalid(_))));
    state("image", "withdrawn", "");
    test.verify();
    test.settle();
    let record = records::get(&app, &admin, Kind::Contact, id).unwrap();
    records::delete(&app, &admin, Kind::Contact, id, record.about().version).unwrap();
    test.verify();
    test.settle();
    drop((app, admin));
    test.close_and_compare();
}

#[test]
fn everything_wrong_is_said_at_once() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let id = contact(&test);
    let wrong = ConsentDraft {
        purpose: "res".to_owned(),
        basis: String::new(),
        state: "maybe".to_owned(),
        said_on: "2027-01-01".to_owned(),
        way: String::new(),
        evidence: "x".repeat(1_001),
    };
    let refused = consents::state(&test.app, &test.admin(), Kind::Contact, id, &wrong);
    let Err(Error::Invalid(errors)) = refused else { panic!("taken") };
    let said: Vec<(&str, &str)> =
        errors.0.iter().map(|problem| (problem.field.as_str(), problem.code.as_str())).collect();
    let expected = [
        ("state", "choice"),
        ("basis", "required"),
        ("way", "required"),
        ("purpose", "choice"),
        ("said_on", "date-future"),
        ("evidence", "too-long"),
    ];
    assert_eq!(said, expected);
    let none = consents::state(&test.app, &test.admin(), Kind::Company, id, &draft("image", "given", ""));
    assert!(matches!(none, Err(Error::NotFound)));
    test.settle();
}

#[test]
fn who_sees_the_record_sees_it_and_who_changes_it_writes_it_down() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let lead = test.create("Fusteria Puig");
    let id = lead.meta.id;
    let reader = test.hire("Lectora", RoleKey::READ_ONLY);
    let reader = test.at_work(reader.id());
    let stranger = test.hire("Estranya", RoleKey::REP);
    let stranger = test.at_work(stranger.id());
    let said = draft("image", "given", "");
    let state = |ctx| consents::state(&test.app, ctx, Kind::Lead, id, &said);
    assert!(matches!(state(&reader), Err(Error::Denied)));
    assert!(matches!(state(&stranger), Err(Error::NotFound)));
    state(&test.admin()).unwrap();
    assert_eq!(consents::of(&test.app, &reader, Kind::Lead, id).unwrap().len(), 1);
    assert!(matches!(consents::of(&test.app, &stranger, Kind::Lead, id), Err(Error::NotFound)));
    let query = LeadQuery { filter: "consents:any:image".parse().unwrap(), ..LeadQuery::default() };
    assert_eq!(leads::list(&test.app, &reader, &query).unwrap().leads.len(), 1);
    test.settle();
}

#[test]
fn it_is_part_of_what_is_kept_about_a_person_and_of_their_erasure() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let admin = test.admin();
    let typed = services::LeadDraft {
        name: "Pere Amagat".to_owned(),
        email: "pere@amagat.cat".to_owned(),
        ..services::LeadDraft::default()
    };
    let lead = leads::create(&test.app, &admin, &typed, None).unwrap();
    let id = lead.meta.id;
    consents::state(&test.app, &admin, Kind::Lead, id, &draft("image", "given", "")).unwrap();
    test.settle();
    let file = privacy::report(&test.app, &admin, "pere@amagat.cat").unwrap();
    let told: model::json::Value = model::json::from_slice(&file.bytes).unwrap();
    assert_eq!(told["records"][0]["consents"][0]["evidence"], "Carpeta de Pere Amagat");
    let lead = leads::get(&test.app, &admin, LeadId(id)).unwrap();
    privacy::erase(&test.app, &admin, Kind::Lead, id, lead.meta.version, "Pere Amagat").unwrap();
    privacy::finish_pending(&test.app).unwrap();
    let left = consents::of(&test.app, &admin, Kind::Lead, id).unwrap();
    assert_eq!((left.len(), left[0].purpose.as_str(), left[0].state), (1, "image", ConsentState::Given));
    assert_eq!(leads::get(&test.app, &admin, LeadId(id)).unwrap().consents, [""; 0]);
    let mut export = Vec::new();
    services::maintenance::export(&test.app, &mut export).unwrap();
    assert!(!String::from_utf8(export).unwrap().contains("Amagat"));
    test.verify();
    test.settle();
    test.close_and_compare();
}

#[tokio::test]
async fn the_page_and_the_api_write_it_down() {
    let kit = Kit::company();
    let key = kit.key("administrator");
    let body = r#"{"given_name": "Pere", "family_name": "Vila"}"#;
    let made = kit.api(Method::POST, "/contacts", &key, &[], body).await.json();
    let id = made["id"].as_str().unwrap();
    let path = format!("/contacts/{id}/consents");
    let said = r#"{"purpose": "image", "basis": "consent", "state": "given", "way": "web_form", "said_on": "2026-11-20"}"#;
    let kept = kit.api(Method::POST, &path, &key, &[], said).await;
    assert_eq!((kept.status, kept.json()["counts"].as_bool()), (StatusCode::CREATED, Some(true)));
    let shown = kit.api(Method::GET, &format!("/contacts/{id}"), &key, &[], "").await.json();
    assert_eq!(shown["consents"][0], "image");
    let none = kit.api(Method::GET, &format!("/companies/{id}/consents"), &key, &[], "").await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);

    let cookie = format!("{}={}", server::SESSION, kit.session());
    let send = async |body: &str| {
        let form = ("content-type", "application/x-www-form-urlencoded");
        let headers = [("cookie", cookie.as_str()), ("sec-fetch-site", "same-origin"), form];
        kit.ask(Method::POST, &path, &headers, body).await
    };
    let refused = send("purpose=image&basis=consent&state=withdrawn&evidence=Ho+ha+dit").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("Ho ha dit") && refused.text().contains("f-way"));
    let done = send("purpose=image&basis=consent&state=withdrawn&way=phone&evidence=Ho+ha+dit").await;
    assert_eq!(done.header("location"), format!("/contacts/{id}?notice=consent-kept"));
    let page = kit.get(&format!("/contacts/{id}"), &[("cookie", &cookie)]).await.text();
    assert!(
        page.contains("ha anotat que ho retira: Ús de la imatge") && page.contains("Una anotació anterior")
    );
    let list = kit.api(Method::GET, &path, &key, &[], "").await.json();
    assert_eq!(
        (list["items"][0]["state"].as_str(), list["items"][1]["counts"].as_bool()),
        (Some("withdrawn"), Some(false))
    );
}
