//! Data protection: all of a person is found, and nothing of them is left once they are erased.

use crate::http_kit::Kit;
use crate::test_app::TestApp;
use model::json::Value;
use model::uuid::Uuid;
use model::{ERASED, Entity as _, Kind, Lead, LeadId, RoleKey};
use poem::http::{Method, StatusCode};
use services::quotes::{self, LineDraft, Sending};
use services::records::{self, Draft};
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
        assert_eq!((found[0].subject.id(), found[0].notes.len()), (lead.meta.id, 1));
    }
    assert_eq!(privacy::find(&test.app, &admin, "ningu@exemple.cat").unwrap(), []);
    for (asked, code) in [("", "required"), ("Ma", "person-form"), ("marta@", "person-form")] {
        let Err(Error::Invalid(errors)) = privacy::find(&test.app, &admin, asked) else { panic!("{asked}") };
        assert_eq!(errors.0[0].code, code);
    }
    let file = privacy::report(&test.app, &admin, EMAIL).unwrap();
    let told: model::json::Value = model::json::from_slice(&file.bytes).unwrap();
    assert_eq!(told["records"][0]["record"]["name"], NAME);
    assert_eq!(told["records"][0]["changes"].as_array().unwrap().len(), 3);
    assert!(told["records"][0]["notes"][0]["text"].as_str().unwrap().contains(EMAIL));
    for role in [RoleKey::REP, RoleKey::MANAGER] {
        let other = test.hire(&format!("Algu-{role}"), role);
        let other = test.at_work(other.id());
        assert!(matches!(privacy::find(&test.app, &other, EMAIL), Err(Error::Denied)));
        assert!(matches!(privacy::report(&test.app, &other, EMAIL), Err(Error::Denied)));
        let erased = privacy::erase(&test.app, &other, Kind::Lead, lead.meta.id, lead.meta.version, NAME);
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
    let wrong = privacy::erase(&test.app, &admin, Kind::Lead, id.0, version, "Marta");
    assert!(matches!(wrong, Err(Error::Invalid(_))));
    assert!(matches!(
        privacy::erase(&test.app, &admin, Kind::Lead, id.0, version - 1, NAME),
        Err(Error::Conflict(_))
    ));
    let erased = privacy::erase(&test.app, &admin, Kind::Lead, id.0, version, &format!(" {NAME} ")).unwrap();
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
    let scrub = model::scrub_of(Kind::Lead).unwrap();
    scrub(&mut fields);
    let left: Lead = model::json::from_value(Value::Object(fields)).unwrap();
    let mut write = store::Write::new(admin.at, admin.actor(), "erasure");
    write.update(&lead, left);
    let meta = model::Meta::new(admin.new_id(), admin.at, admin.actor());
    write.create(model::Erasure {
        meta,
        kind: Kind::Lead,
        record: lead.meta.id,
        notes: 1,
        files: 0,
        is_done: false,
    });
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
    assert_eq!((gone.len(), gone[0].id, gone[0].title.as_str()), (1, id.0, NAME));
    assert_eq!(privacy::find_deleted(&test.app, &admin, "ningu@exemple.cat").unwrap(), []);
    let wrong = privacy::erase(&test.app, &admin, Kind::Lead, id.0, version, "Marta");
    assert!(matches!(wrong, Err(Error::Invalid(_))));
    privacy::erase(&test.app, &admin, Kind::Lead, id.0, version, NAME).unwrap();
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
    let order = |name: &str| {
        format!(r#"{{"entity": "lead", "record": {}, "version": 1, "name": "{name}"}}"#, made["id"])
    };
    let refused = kit.api(Method::POST, "/privacy/erasures", &key, &[], &order("Marta")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let erased = kit.api(Method::POST, "/privacy/erasures", &key, &[], &order(NAME)).await;
    assert_eq!((erased.status, erased.json()["done"].as_bool()), (StatusCode::ACCEPTED, Some(false)));
    privacy::finish_pending(&kit.state.app).unwrap();
    let list = kit.api(Method::GET, "/privacy/erasures", &key, &[], "").await.json();
    assert_eq!(list["items"][0]["done"], true);
    let report = kit.api(Method::GET, "/privacy/report?q=Ma", &key, &[], "").await;
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
    let erased =
        privacy::erase(&test.app, &test.admin(), Kind::Lead, lead.meta.id, lead.meta.version, NAME).unwrap();
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
    assert_eq!(page("/privacy?q=Ma".to_owned()).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let asked = page(format!("/privacy/leads/{id}/erase")).await.text();
    assert!(asked.contains(NAME) && asked.contains("No es pot desfer"));
    let erase = async |typed: &str| {
        let body = format!("version=1&typed={typed}");
        let form = ("content-type", "application/x-www-form-urlencoded");
        let headers = [("cookie", cookie.as_str()), ("sec-fetch-site", "same-origin"), form];
        kit.ask(Method::POST, &format!("/privacy/leads/{id}/erase"), &headers, &body).await
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

/// A client who is a person: a contact, with what may be sold to nobody else, and the company of one.
fn client(test: &TestApp) -> (Uuid, Uuid, Uuid) {
    let (app, admin) = (&test.app, test.admin());
    let make = |kind, fields: &[(&str, &str)]| {
        let mut draft = Draft::default();
        for (key, text) in fields {
            draft.put(key, *text);
        }
        records::create(app, &admin, kind, &draft, None).unwrap().about().id
    };
    let contact = make(
        Kind::Contact,
        &[("given_name", "Marta"), ("family_name", "Puig Vila"), ("email", EMAIL), ("mobile", "612 345 678")],
    );
    let company = make(Kind::Company, &[("name", NAME), ("email", EMAIL), ("address", "Carrer Amagat, 7")]);
    let of_contact = contact.to_string();
    let own = make(
        Kind::Opportunity,
        &[("name", "Cuina de Marta Puig Vila"), ("contact", &of_contact), ("amount", "900")],
    );
    let other = make(Kind::Company, &[("name", "Llibreria Ona")]);
    make(
        Kind::Opportunity,
        &[("name", "Prestatges"), ("company", &other.to_string()), ("contact", &of_contact)],
    );
    records::add_note(app, &admin, Kind::Contact, contact, &format!("{NAME} demana pressupost")).unwrap();
    records::add_note(app, &admin, Kind::Opportunity, own, &format!("{NAME} hi pensa")).unwrap();
    (contact, company, own)
}

#[test]
fn contacts_and_companies_are_found_handed_out_and_erased_with_what_is_theirs() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let (contact, company, own) = client(&test);
    test.settle();
    let (app, admin) = (test.app.clone(), test.admin());
    let found = privacy::find(&app, &admin, EMAIL).unwrap();
    let mut kinds: Vec<Kind> = found.iter().map(|about| about.subject.kind()).collect();
    kinds.sort();
    assert_eq!(kinds, [Kind::Company, Kind::Contact]);
    // By mobile phone, and by name in any order of the words.
    assert_eq!(privacy::find(&app, &admin, "612345678").unwrap().len(), 1);
    assert_eq!(privacy::find(&app, &admin, "puig marta").unwrap().len(), 2);
    let refused = privacy::report(&app, &admin, "Marta Puig");
    assert!(matches!(refused, Err(Error::Invalid(errors)) if errors.0[0].code == "person-only-name"));
    let file = privacy::report_of(&app, &admin, "Marta Puig", Some(contact)).unwrap();
    let told: Value = model::json::from_slice(&file.bytes).unwrap();
    assert_eq!(told["records"].as_array().unwrap().len(), 1);
    // The deal with the bookshop is the bookshop's.
    assert_eq!(told["records"][0]["opportunities"].as_array().unwrap().len(), 1);
    for (kind, id) in [(Kind::Contact, contact), (Kind::Company, company)] {
        let version = records::get(&app, &admin, kind, id).unwrap().about().version;
        privacy::erase(&app, &admin, kind, id, version, NAME).unwrap();
    }
    while privacy::finish_pending(&app).unwrap() {}
    let kept = records::get(&app, &admin, Kind::Opportunity, own).unwrap();
    assert_eq!((kept.name().as_str(), kept.built_in("amount")), (ERASED, model::FieldValue::Amount(90_000)));
    test.verify();
    test.settle();
    assert_eq!(privacy::find(&app, &admin, EMAIL).unwrap(), []);
    let mut export = Vec::new();
    maintenance::export(&app, &mut export).unwrap();
    let text = String::from_utf8(export).unwrap();
    for trace in [EMAIL, "Marta", "612345678", "Carrer Amagat"] {
        assert!(!text.contains(trace), "{trace}");
    }
    assert!(text.contains("Prestatges"));
    drop((app, admin));
    test.close_and_compare();
}

#[test]
fn a_deleted_contact_is_erased_from_the_journal() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let (contact, _, own) = client(&test);
    let (app, admin) = (test.app.clone(), test.admin());
    for (kind, id) in linked_first(&app, &admin, contact, own) {
        let version = records::get(&app, &admin, kind, id).unwrap().about().version;
        records::delete(&app, &admin, kind, id, version).unwrap();
    }
    test.settle();
    let gone = privacy::find_deleted(&app, &admin, "612 345 678").unwrap();
    assert_eq!((gone.len(), gone[0].kind, gone[0].id), (1, Kind::Contact, contact));
    let version = privacy::about_to_erase(&app, &admin, Kind::Contact, contact).unwrap().subject.version();
    privacy::erase(&app, &admin, Kind::Contact, contact, version, NAME).unwrap();
    while privacy::finish_pending(&app).unwrap() {}
    assert_eq!(privacy::find_deleted(&app, &admin, "612 345 678").unwrap(), []);
    let timeline = model::json::to_string(
        &services::audit::list(
            &app,
            &admin,
            &services::audit::AuditQuery { record: Some(contact), ..Default::default() },
        )
        .unwrap()
        .entries
        .iter()
        .map(|entry| format!("{entry:?}"))
        .collect::<Vec<_>>(),
    )
    .unwrap();
    assert!(!timeline.contains("Marta"), "{timeline}");
    test.verify();
    test.settle();
    drop((app, admin));
    test.close_and_compare();
}

/// What belongs to a contact goes before the contact.
fn linked_first(app: &services::App, admin: &services::Ctx, contact: Uuid, own: Uuid) -> Vec<(Kind, Uuid)> {
    let (linked, _) = records::related(app, admin, contact, Kind::Opportunity).unwrap();
    assert!(linked.iter().any(|deal| deal.about().id == own));
    let mut order: Vec<(Kind, Uuid)> =
        linked.iter().map(|deal| (Kind::Opportunity, deal.about().id)).collect();
    order.push((Kind::Contact, contact));
    order
}

fn made(test: &TestApp, kind: Kind, fields: &[(&str, &str)]) -> Uuid {
    let mut draft = Draft::default();
    for (key, text) in fields {
        draft.put(key, *text);
    }
    records::create(&test.app, &test.admin(), kind, &draft, None).unwrap().about().id
}

fn erase(test: &TestApp, kind: Kind, id: Uuid) {
    let version = privacy::about_to_erase(&test.app, &test.admin(), kind, id).unwrap().subject.version();
    privacy::erase(&test.app, &test.admin(), kind, id, version, NAME).unwrap();
    while privacy::finish_pending(&test.app).unwrap() {}
}

#[test]
fn quotes_keep_what_was_offered_and_not_to_whom() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let (app, admin) = (test.app.clone(), test.admin());
    let lead = with_a_past(&test);
    let tried = quotes::simulate(&app, &admin, Kind::Lead, lead.meta.id).unwrap();
    assert_eq!(tried.subject.as_deref(), Some(NAME));
    let (contact, company, _) = client(&test);
    let bookshop = made(&test, Kind::Company, &[("name", "Llibreria Pons")]).to_string();
    let of_contact = contact.to_string();
    let fields = [("subject", "Prestatges nous"), ("company", &bookshop), ("contact", &of_contact)];
    let id = made(&test, Kind::Quote, &fields);
    let line = LineDraft {
        text: "Prestatge".to_owned(),
        quantity: "2".to_owned(),
        unit_price: "150".to_owned(),
        ..LineDraft::default()
    };
    let quote = quotes::save_lines(&app, &admin, id, 1, &[line]).unwrap();
    let sending = Sending { message: format!("Per a {NAME}"), ..Sending::default() };
    let quote = quotes::send(&app, &admin, id, quote.meta.version, &sending).unwrap();
    let said = format!("{NAME} s’ho ha repensat");
    let quote = quotes::mark_rejected(&app, &admin, id, quote.meta.version, &said).unwrap();
    test.settle();
    let file = privacy::report_of(&app, &admin, EMAIL, Some(contact)).unwrap();
    let told: Value = model::json::from_slice(&file.bytes).unwrap();
    assert_eq!(told["records"][0]["quotes"][0]["answer"], said.as_str());
    let of_lead = privacy::about_to_erase(&app, &admin, Kind::Lead, lead.meta.id).unwrap();
    assert_eq!(of_lead.quotes.iter().map(|quote| quote.meta.id).collect::<Vec<_>>(), [tried.meta.id]);
    for (kind, id) in [(Kind::Lead, lead.meta.id), (Kind::Contact, contact), (Kind::Company, company)] {
        erase(&test, kind, id);
    }
    let tried = quotes::get(&app, &admin, tried.meta.id).unwrap();
    assert_eq!((tried.subject.as_deref(), tried.lead), (Some(ERASED), Some(lead.meta.id)));
    let left = quotes::get(&app, &admin, id).unwrap();
    // What the bookshop was offered is the bookshop's.
    assert_eq!((left.subject.as_deref(), left.company), (Some("Prestatges nous"), quote.company));
    assert_eq!((left.contact, left.answer.as_deref(), &left.state.message), (None, Some(ERASED), &None));
    assert_eq!((left.status(), left.amount, left.total), (quote.status(), quote.amount, quote.total));
    let mut export = Vec::new();
    maintenance::export(&app, &mut export).unwrap();
    let text = String::from_utf8(export).unwrap();
    for trace in [EMAIL, NAME] {
        assert!(!text.contains(trace), "{trace}");
    }
    test.verify();
    test.settle();
    drop((app, admin));
    test.close_and_compare();
}

#[tokio::test]
async fn whoever_got_or_accepted_a_quote_is_found_without_a_record_and_erased() {
    let kit = Kit::company();
    let (app, admin) = (kit.state.app.clone(), kit.admin());
    let draft = |fields: &[(&str, &str)]| {
        let mut draft = services::records::Draft::default();
        fields.iter().for_each(|(key, text)| draft.put(key, *text));
        draft
    };
    let make = |kind, fields: &[(&str, &str)]| {
        services::records::create(&app, &admin, kind, &draft(fields), None).unwrap().about().id
    };
    let _mail = crate::web_forms::mail_for(&app, &admin);
    let company = make(Kind::Company, &[("name", "Fusteria Puig")]).to_string();
    let id = make(Kind::Quote, &[("subject", "Cuina"), ("company", &company)]);
    let (text, quantity) = ("Cuina".to_owned(), "1".to_owned());
    let line = LineDraft { text, quantity, unit_price: "150".to_owned(), ..LineDraft::default() };
    let quote = quotes::save_lines(&app, &admin, id, 1, &[line]).unwrap();
    let sending = Sending { email: "marc@vila.cat".to_owned(), ..Sending::default() };
    let quote = quotes::send(&app, &admin, id, quote.meta.version, &sending).unwrap();
    let path = quotes::address_of(&app, &admin, &quote).unwrap().unwrap();
    let answer = quotes::Answer {
        name: "Marc Vila".to_owned(),
        agrees: true,
        pdf: quote.state.pdf.clone().unwrap(),
        ..quotes::Answer::default()
    };
    let token = path.strip_prefix("/q/").unwrap();
    let quote = quotes::accept(&app, &kit.ctx(), token, &answer).unwrap();
    let cookie = format!("{}={}", server::SESSION, kit.session());
    let erase = format!("/privacy/quotes/{id}/erase");
    for q in ["marc%40vila.cat", "Marc+Vila"] {
        let page = kit.get(&format!("/privacy?q={q}"), &[("cookie", &cookie)]).await.text();
        assert!(page.contains(&erase), "{q}: {page}");
    }
    let file = privacy::report(&app, &admin, "marc@vila.cat").unwrap();
    let told: Value = model::json::from_slice(&file.bytes).unwrap();
    assert_eq!(told["quotes"][0]["state"]["acceptance"]["name"], "Marc Vila");
    let asked = kit.get(&erase, &[("cookie", &cookie)]).await;
    assert_eq!(asked.status, StatusCode::OK);
    let title = quote.title();
    let wrong = privacy::forget_in_quote(&app, &admin, id, quote.meta.version, "Cuina");
    assert!(matches!(wrong, Err(Error::Invalid(_))));
    privacy::forget_in_quote(&app, &admin, id, quote.meta.version, &title).unwrap();
    while privacy::finish_pending(&app).unwrap() {}
    for q in ["marc@vila.cat", "Marc Vila"] {
        assert!(privacy::find_quotes(&app, &admin, q).unwrap().is_empty(), "{q}");
    }
    let left = quotes::get(&app, &admin, id).unwrap();
    assert_eq!(
        (left.status(), left.total, left.subject.clone()),
        (quote.status(), quote.total, quote.subject.clone())
    );
    let mut export = Vec::new();
    maintenance::export(&app, &mut export).unwrap();
    let text = String::from_utf8(export).unwrap();
    assert!(!text.contains("Marc Vila") && !text.contains("marc@vila.cat"));
}

#[test]
fn quotes_that_are_somebody_elses_by_now_lose_only_the_name() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let (app, admin) = (test.app.clone(), test.admin());
    let lead = with_a_past(&test);
    let (contact, ..) = client(&test);
    let other = made(&test, Kind::Contact, &[("given_name", "Pere"), ("family_name", "Pons")]);
    let bookshop = made(&test, Kind::Company, &[("name", "Llibreria Pons")]);
    let tried = quotes::simulate(&app, &admin, Kind::Lead, lead.meta.id).unwrap().meta.id;
    let mut draft = Draft::default();
    draft.put("company", bookshop.to_string());
    draft.put("contact", other.to_string());
    records::update(&app, &admin, Kind::Quote, tried, 1, &draft).unwrap();
    let of_contact = contact.to_string();
    let drafted = made(&test, Kind::Quote, &[("subject", "Prestatges nous"), ("contact", &of_contact)]);
    records::update(&app, &admin, Kind::Quote, drafted, 1, &draft).unwrap();
    for (kind, id) in [(Kind::Lead, lead.meta.id), (Kind::Contact, contact)] {
        erase(&test, kind, id);
    }
    let tried = quotes::get(&app, &admin, tried).unwrap();
    assert_eq!((tried.subject.as_deref(), tried.contact), (Some(ERASED), Some(other)));
    let drafted = quotes::get(&app, &admin, drafted).unwrap();
    assert_eq!((drafted.subject.as_deref(), drafted.contact), (Some("Prestatges nous"), Some(other)));
    test.verify();
    test.settle();
    drop((app, admin));
    test.close_and_compare();
}
