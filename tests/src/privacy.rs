//! Data protection: all of a person is found, and nothing of them is left once they are erased.

use crate::http_kit::Kit;
use crate::test_app::TestApp;
use model::json::Value;
use model::{ERASED, Lead, LeadId, RoleKey};
use poem::http::{Method, StatusCode};
use services::{Error, LeadDraft, imports, leads, maintenance, privacy};
use std::path::Path;

const EMAIL: &str = "marta.puig.vila@exemple-privat.cat";
const NAME: &str = "Marta Puig Vila";

fn draft() -> LeadDraft {
    LeadDraft {
        name: NAME.to_owned(),
        email: EMAIL.to_owned(),
        phone: "612 345 678".to_owned(),
        address: "Carrer Amagat, 7".to_owned(),
        town: "Olot".to_owned(),
        amount: "1.200".to_owned(),
        description: format!("Trucar a {NAME} al matí"),
        ..LeadDraft::default()
    }
}

fn id_of(lead: &Lead) -> LeadId {
    LeadId(lead.meta.id)
}

/// A lead with a note, a note that was deleted with another lead's past, and changes.
fn with_a_past(test: &TestApp) -> Lead {
    let (app, admin) = (&test.app, test.admin());
    let lead = leads::create(app, &admin, &draft(), None).unwrap();
    leads::add_note(app, &admin, id_of(&lead), &format!("{NAME} demana que li escriguem a {EMAIL}")).unwrap();
    let changed = LeadDraft { interest: format!("El que digui {NAME}"), ..draft() };
    leads::update(app, &admin, id_of(&lead), lead.meta.version, &changed).unwrap()
}

/// Files below a folder that hold a text.
pub(crate) fn holding(folder: &Path, text: &str, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            holding(&path, text, found);
        } else if std::fs::read(&path).unwrap().windows(text.len()).any(|window| window == text.as_bytes()) {
            found.push(path.display().to_string());
        }
    }
}

#[test]
fn a_person_is_found_by_what_they_are_known_by() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let lead = with_a_past(&test);
    test.create("Fusteria Puig");
    test.settle();
    let admin = test.admin();
    for asked in [EMAIL, "MARTA.puig.vila@Exemple-Privat.cat ", "612345678", "+34 612 345 678"] {
        let found = privacy::find(&test.app, &admin, asked).unwrap();
        assert_eq!(found.len(), 1, "{asked}");
        assert_eq!((found[0].lead.meta.id, found[0].notes.len()), (lead.meta.id, 1));
    }
    assert_eq!(privacy::find(&test.app, &admin, "ningu@exemple.cat").unwrap(), []);
    for (asked, code) in [("", "required"), ("Marta", "person-form")] {
        let Err(Error::Invalid(errors)) = privacy::find(&test.app, &admin, asked) else { panic!("{asked}") };
        assert_eq!(errors.0[0].code, code);
    }
    let file = privacy::report(&test.app, &admin, EMAIL).unwrap();
    let told: model::json::Value = model::json::from_slice(&file.bytes).unwrap();
    assert_eq!(told["leads"][0]["lead"]["name"], NAME);
    assert_eq!(told["leads"][0]["changes"].as_array().unwrap().len(), 3);
    assert!(told["leads"][0]["notes"][0]["text"].as_str().unwrap().contains(EMAIL));
    for role in [RoleKey::REP, RoleKey::MANAGER] {
        let other = test.hire(&format!("Algu-{role}"), role);
        let other = test.at_work(other.id());
        assert!(matches!(privacy::find(&test.app, &other, EMAIL), Err(Error::Denied)));
        assert!(matches!(privacy::report(&test.app, &other, EMAIL), Err(Error::Denied)));
        let erased = privacy::erase(&test.app, &other, id_of(&lead), lead.meta.version, NAME);
        assert!(matches!(erased, Err(Error::Denied)));
    }
    test.settle();
}

#[test]
fn who_is_erased_is_gone_and_the_books_stay() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let lead = with_a_past(&test);
    test.settle();
    let admin = test.admin();
    let (id, version) = (id_of(&lead), lead.meta.version);
    let wrong = privacy::erase(&test.app, &admin, id, version, "Marta");
    assert!(matches!(wrong, Err(Error::Invalid(_))));
    assert!(matches!(privacy::erase(&test.app, &admin, id, version - 1, NAME), Err(Error::Conflict(_))));
    let erased = privacy::erase(&test.app, &admin, id, version, &format!(" {NAME} ")).unwrap();
    assert_eq!((erased.is_done, erased.notes, erased.files), (false, 1, 0));
    assert!(privacy::finish_pending(&test.app).unwrap());
    assert!(!privacy::finish_pending(&test.app).unwrap());
    let left = leads::get(&test.app, &admin, id).unwrap();
    assert_eq!((left.title(), left.email.as_deref(), left.phone.as_deref()), (ERASED, None, None));
    assert_eq!((left.amount, left.owner, left.town), (lead.amount, lead.owner, lead.town));
    test.verify();
    test.settle();
    assert_eq!(privacy::find(&test.app, &admin, EMAIL).unwrap(), []);
    let logged = privacy::erasures(&test.app, &admin).unwrap();
    assert_eq!((logged.len(), logged[0].meta.created_by.user), (1, admin.user_id()));

    // Nothing that is kept or can be taken along says it.
    let mut export = Vec::new();
    maintenance::export(&test.app, &mut export).unwrap();
    let text = String::from_utf8(export.clone()).unwrap();
    for trace in [EMAIL, NAME, "612345678", "Carrer Amagat"] {
        assert!(!text.contains(trace), "{trace}");
    }
    // Made anew from it, no file of any room holds it.
    let anew = tempfile::tempdir().unwrap();
    maintenance::import(anew.path(), &mut export.as_slice()).unwrap();
    let mut copy = TestApp::open(anew.path(), services::Options::default());
    copy.settle();
    copy.verify();
    drop(copy);
    let mut found = Vec::new();
    for trace in [EMAIL, NAME] {
        holding(anew.path(), trace, &mut found);
    }
    assert!(found.is_empty(), "{found:?}");
    // And the readings are what a rebuild makes of the shortened journal.
    test.close_and_compare();
}

/// The machine stopped right after the first write, which emptied the lead alone.
#[test]
fn what_was_cut_short_is_finished_at_the_next_start() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let lead = with_a_past(&test);
    let admin = test.admin();
    test.settle();
    drop(test);
    let records = services::Folders::in_data(data.path()).store;
    let store = store::Store::open(&records, store::Options::default()).unwrap();
    let Ok(Value::Object(mut fields)) = model::json::to_value(&lead) else { panic!() };
    model::scrub_personal(&mut fields);
    let left: Lead = model::json::from_value(Value::Object(fields)).unwrap();
    let mut write = store::Write::new(admin.at, admin.actor(), "erasure");
    write.update(&lead, left);
    let meta = model::Meta::new(admin.new_id(), admin.at, admin.actor());
    write.create(model::Erasure { meta, lead: id_of(&lead), notes: 1, files: 0, is_done: false });
    store.commit(write).unwrap();
    store.close();

    let mut test = TestApp::open(data.path(), services::Options::default());
    assert!(privacy::finish_pending(&test.app).unwrap());
    let erasures = privacy::erasures(&test.app, &test.admin()).unwrap();
    assert_eq!((erasures.len(), erasures[0].is_done), (1, true));
    test.verify();
    let mut export = Vec::new();
    maintenance::export(&test.app, &mut export).unwrap();
    let text = String::from_utf8(export).unwrap();
    assert!(!text.contains(EMAIL) && !text.contains(NAME));
    test.settle();
}

#[test]
fn who_was_deleted_is_found_and_erased_from_the_journal() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let lead = with_a_past(&test);
    let admin = test.admin();
    let (id, version) = (id_of(&lead), lead.meta.version);
    leads::delete(&test.app, &admin, id, version).unwrap();
    test.settle();
    assert_eq!(privacy::find(&test.app, &admin, EMAIL).unwrap(), []);
    let gone = privacy::find_deleted(&test.app, &admin, EMAIL).unwrap();
    assert_eq!((gone.len(), gone[0].id, gone[0].title.as_str()), (1, id, NAME));
    assert_eq!(privacy::find_deleted(&test.app, &admin, "ningu@exemple.cat").unwrap(), []);
    let wrong = privacy::erase(&test.app, &admin, id, version, "Marta");
    assert!(matches!(wrong, Err(Error::Invalid(_))));
    privacy::erase(&test.app, &admin, id, version, NAME).unwrap();
    privacy::finish_pending(&test.app).unwrap();
    assert_eq!(privacy::find_deleted(&test.app, &admin, EMAIL).unwrap(), []);
    let mut export = Vec::new();
    maintenance::export(&test.app, &mut export).unwrap();
    let text = String::from_utf8(export).unwrap();
    for trace in [EMAIL, NAME, "612345678", "Carrer Amagat"] {
        assert!(!text.contains(trace), "{trace}");
    }
    test.verify();
    test.settle();
    test.close_and_compare();
}

#[tokio::test]
async fn the_api_erases_and_says_how_far_it_is() {
    let kit = Kit::company();
    let key = kit.key("administrator");
    let body = format!(r#"{{"name": "{NAME}", "email": "{EMAIL}"}}"#);
    let made = kit.api(Method::POST, "/leads", &key, &[], &body).await.json();
    let order = |name: &str| format!(r#"{{"lead": {}, "version": 1, "name": "{name}"}}"#, made["id"]);
    let refused = kit.api(Method::POST, "/privacy/erasures", &key, &[], &order("Marta")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let erased = kit.api(Method::POST, "/privacy/erasures", &key, &[], &order(NAME)).await;
    assert_eq!((erased.status, erased.json()["done"].as_bool()), (StatusCode::ACCEPTED, Some(false)));
    privacy::finish_pending(&kit.state.app).unwrap();
    let list = kit.api(Method::GET, "/privacy/erasures", &key, &[], "").await.json();
    assert_eq!(list["items"][0]["done"], true);
    let report = kit.api(Method::GET, "/privacy/report?q=Marta", &key, &[], "").await;
    assert_eq!(report.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[test]
fn the_uploaded_file_goes_too() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let admin = test.admin();
    let file = format!("Nom;Correu\n{NAME};{EMAIL}\nDolent;no és cap correu\n");
    let import = test.started_import(&admin, "clients.csv", file.as_bytes());
    test.work_to_the_end();
    let lead = test.all_leads().pop().unwrap();
    let erased = privacy::erase(&test.app, &test.admin(), id_of(&lead), lead.meta.version, NAME).unwrap();
    assert_eq!(erased.files, 1);
    privacy::finish_pending(&test.app).unwrap();
    let failed = imports::failed_rows(&test.app, &test.admin(), import, "Motiu", &|_| String::new());
    assert!(matches!(failed, Err(Error::NotFound)));
    assert!(imports::get(&test.app, &test.admin(), import).is_ok());
    let mut found = Vec::new();
    holding(&data.path().join("documents"), EMAIL, &mut found);
    assert!(found.is_empty(), "{found:?}");
    test.verify();
    test.settle();
}

#[tokio::test]
async fn pages_ask_before_they_erase() {
    let kit = Kit::company();
    let key = kit.key("administrator");
    let body = format!(r#"{{"name": "{NAME}", "email": "{EMAIL}"}}"#);
    let made = kit.api(Method::POST, "/leads", &key, &[], &body).await.json();
    let id = made["id"].as_str().unwrap();
    let cookie = format!("{}={}", server::SESSION, kit.session());
    let page = async |path: String| kit.get(&path, &[("cookie", &cookie)]).await;
    assert_eq!(page("/privacy".to_owned()).await.status, StatusCode::OK);
    assert_eq!(page("/privacy?q=Marta".to_owned()).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let asked = page(format!("/privacy/{id}/erase")).await.text();
    assert!(asked.contains(NAME) && asked.contains("No es pot desfer"));
    let erase = async |typed: &str| {
        let body = format!("version=1&typed={typed}");
        let form = ("content-type", "application/x-www-form-urlencoded");
        let headers = [("cookie", cookie.as_str()), ("sec-fetch-site", "same-origin"), form];
        kit.ask(Method::POST, &format!("/privacy/{id}/erase"), &headers, &body).await
    };
    let refused = erase("Marta").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("value=\"Marta\""));
    let done = erase("Marta+Puig+Vila").await;
    assert_eq!(done.header("location"), "/privacy?notice=erased");
    let pending = page("/privacy".to_owned()).await.text();
    assert!(pending.contains("netejant en segon pla"));
    privacy::finish_pending(&kit.state.app).unwrap();
    let audit = page(format!("/audit?record={id}")).await.text();
    assert!(audit.contains("[esborrat]") && !audit.contains(NAME) && !audit.contains(EMAIL));
    let log = page("/privacy".to_owned()).await.text();
    assert!(log.contains("Aina Admin va esborrar una persona"));
}
