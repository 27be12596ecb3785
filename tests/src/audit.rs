//! The audit log and the log of parametrisation: what they say, to whom, and what they never say.

use crate::http_kit::{Answer, Kit, PASSWORD};
use crate::test_app::TestApp;
use model::json::Value;
use model::{Deed, Kind, Language, LogOrigin, ProgramFunction, RoleKey, Segment, Via};
use poem::http::{Method, StatusCode};
use services::audit::{self, AuditEntry, AuditQuery};
use services::parametrization::{self, EntryDraft};
use services::records::{self, Draft};
use services::{Ctx, Error, LeadDraft, leads, users};

/// Every change that matches, page by page.
fn all(test: &TestApp, ctx: &Ctx, query: &AuditQuery) -> Vec<AuditEntry> {
    let mut query = query.clone();
    let mut found = Vec::new();
    loop {
        let page = audit::list(&test.app, ctx, &query).unwrap();
        found.extend(page.entries);
        match page.next {
            Some(next) => query.before = Some(next),
            None => return found,
        }
    }
}

fn company(data: &std::path::Path) -> TestApp {
    let test = TestApp::company(data);
    test.hire("Raül", "rep");
    let lead = test.create("Fusteria Puig");
    let admin = test.admin();
    let draft = LeadDraft { company: "Fusteria Soler".to_owned(), ..LeadDraft::default() };
    test.advance(3 * 24 * 3_600);
    leads::update(&test.app, &test.admin(), lead_id(&lead), lead.meta.version, &draft).unwrap();
    leads::add_note(&test.app, &test.admin(), lead_id(&lead), "Ha trucat.").unwrap();
    assert!(admin.at < test.admin().at);
    test
}

fn lead_id(lead: &model::Lead) -> model::LeadId {
    model::LeadId(lead.meta.id)
}

#[test]
fn filters_find_what_they_say() {
    let data = tempfile::tempdir().unwrap();
    let mut test = company(data.path());
    let admin = test.admin();
    let everything = all(&test, &admin, &AuditQuery::default());
    assert_eq!(everything.len() as u64, test.app.head());
    let check = |query: AuditQuery, is_meant: &dyn Fn(&AuditEntry) -> bool, at_least: usize| {
        for limit in [1, 3, 100] {
            let found = all(&test, &admin, &AuditQuery { limit, ..query.clone() });
            let expected: Vec<&AuditEntry> = everything.iter().filter(|entry| is_meant(entry)).collect();
            assert_eq!(found.iter().collect::<Vec<_>>(), expected, "{query:?}");
            assert!(found.len() >= at_least, "{query:?}");
        }
    };
    let query = AuditQuery::default;
    check(AuditQuery { kind: Some(Kind::Lead), ..query() }, &|entry| entry.kind == Kind::Lead, 2);
    check(AuditQuery { deed: Some(Deed::Updated), ..query() }, &|entry| entry.deed == Deed::Updated, 1);
    let me = admin.user_id().unwrap();
    check(AuditQuery { by: Some(me.0), ..query() }, &|entry| entry.by.user == Some(me), 3);
    let nobody = model::uuid::Uuid::nil();
    check(AuditQuery { by: Some(nobody), ..query() }, &|entry| entry.by.user.is_none(), 1);
    let day = "2026-11-26".parse().unwrap();
    check(
        AuditQuery { from: Some(day), ..query() },
        &|entry| entry.at.to_string().as_str() >= "2026-11-25T23",
        2,
    );
    let before = "2026-11-25".parse().unwrap();
    check(
        AuditQuery { to: Some(before), ..query() },
        &|entry| entry.at.to_string().as_str() < "2026-11-25T23",
        3,
    );
    let lead = everything.iter().find(|entry| entry.kind == Kind::Lead).unwrap().id;
    check(
        AuditQuery { record: Some(lead), ..query() },
        &|entry| entry.id == lead || entry.about == Some(lead),
        3,
    );
    test.settle();
}

#[test]
fn a_change_shows_both_values_and_no_secret() {
    let data = tempfile::tempdir().unwrap();
    let mut test = company(data.path());
    let admin = test.admin();
    users::update_own(&test.app, &admin, Language::Es, PASSWORD, "una altra contrasenya").unwrap();
    let everything = all(&test, &test.admin(), &AuditQuery::default());
    let own = &everything[0];
    assert_eq!((own.kind, own.deed, own.title.as_str()), (Kind::User, Deed::Updated, "Aina Admin"));
    let told: Vec<(&str, &Value, &Value, bool)> = own
        .fields
        .iter()
        .map(|field| (field.name.as_str(), &field.before, &field.after, field.is_secret))
        .collect();
    let (ca, es) = (Value::from("ca"), Value::from("es"));
    assert_eq!(told, [("password_hash", &Value::Null, &Value::Null, true), ("language", &ca, &es, false)]);
    let renamed =
        everything.iter().find(|entry| entry.kind == Kind::Lead && entry.deed == Deed::Updated).unwrap();
    assert_eq!(renamed.title, "Fusteria Soler");
    let field = &renamed.fields[0];
    assert_eq!((field.name.as_str(), &field.before), ("company", &Value::from("Fusteria Puig")));
    // Neither here nor anywhere else.
    let text = format!("{everything:?}");
    assert!(!text.contains("argon2") && !text.contains(PASSWORD));
    // Every field has a name that people read.
    for entry in &everything {
        for field in entry.fields.iter().filter(|field| field.name != "custom") {
            for language in Language::ALL {
                let is_known = ui::audit::is_known_field(language, entry.kind, &field.name);
                assert!(is_known, "{} of {} in {}", field.name, entry.kind, language.code());
            }
        }
    }
    test.settle();
}

#[test]
fn others_see_the_slices_of_what_they_see() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let (rep, other) = (test.hire("Raül", "rep"), test.hire("Olga", "rep"));
    let lead = test.create("Fusteria Puig");
    let lead = leads::assign(&test.app, &test.admin(), lead_id(&lead), lead.meta.version, rep.id()).unwrap();
    let asked = |ctx: &Ctx, record| {
        let query = AuditQuery { record, ..AuditQuery::default() };
        audit::list(&test.app, ctx, &query).map(|page| page.entries)
    };
    let (rep, other) = (test.at_work(rep.id()), test.at_work(other.id()));
    let mut seen = asked(&rep, Some(lead.meta.id)).unwrap();
    assert!(seen.len() >= 2 && seen.iter().all(|entry| entry.address.is_none()));
    assert!(matches!(asked(&rep, None), Err(Error::Denied)));
    assert!(matches!(asked(&other, Some(lead.meta.id)), Err(Error::NotFound)));
    assert!(matches!(asked(&other, Some(rep.user_id().unwrap().0)), Err(Error::NotFound)));
    assert!(matches!(asked(&test.ctx(), Some(lead.meta.id)), Err(Error::Unauthenticated)));
    // Once it is gone, only who sees everything finds what it was.
    leads::delete(&test.app, &test.admin(), lead_id(&lead), lead.meta.version).unwrap();
    assert!(matches!(asked(&rep, Some(lead.meta.id)), Err(Error::NotFound)));
    seen = asked(&test.admin(), Some(lead.meta.id)).unwrap();
    assert_eq!((seen[0].deed, seen[0].title.as_str()), (Deed::Deleted, "Fusteria Puig"));
    test.settle();
}

/// Who may see what happened to a record and not export it gets no file of it.
#[test]
fn a_slice_is_a_file_for_those_who_may_export_its_record() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let (rep, reader) = (test.hire("Raül", RoleKey::REP), test.hire("Olga", RoleKey::READ_ONLY));
    let lead = test.create("Fusteria Puig");
    let lead = leads::assign(&test.app, &test.admin(), lead_id(&lead), lead.meta.version, rep.id()).unwrap();
    let record = Some(lead.meta.id);
    let row = |entry: &AuditEntry, _: &std::collections::BTreeMap<_, _>| vec![vec![entry.title.clone()]];
    let words = audit::Words { titles: vec!["title".to_owned()], rows: &row };
    let file = |ctx: &Ctx, record| {
        let query = AuditQuery { record, ..AuditQuery::default() };
        let file = audit::export(&test.app, ctx, &query, services::reports::FileFormat::Csv, &words);
        file.map(|file| String::from_utf8(file.bytes).unwrap())
    };
    let (rep, reader, admin) = (test.at_work(rep.id()), test.at_work(reader.id()), test.admin());
    for (ctx, record, may) in [
        (&admin, None, true),
        (&admin, record, true),
        (&rep, None, false),
        (&rep, record, true),
        (&reader, None, false),
        (&reader, record, false),
    ] {
        assert_eq!(audit::may_export(&test.app, ctx, record).unwrap(), may);
        match file(ctx, record) {
            Ok(text) => assert!(may && text.contains("Fusteria Puig"), "{text}"),
            Err(Error::Denied) => assert!(!may),
            Err(error) => panic!("{error}"),
        }
    }
    let query = AuditQuery { record, ..AuditQuery::default() };
    assert!(!audit::list(&test.app, &reader, &query).unwrap().entries.is_empty(), "they see it");
    assert!(matches!(file(&test.ctx(), record), Err(Error::Unauthenticated)));
    test.settle();
}

#[test]
fn where_it_came_from_is_shown_for_a_while() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let mut admin = test.admin();
    admin.client = Some("192.168.1.7".parse().unwrap());
    let draft = LeadDraft { company: "Fusteria Puig".to_owned(), ..LeadDraft::default() };
    leads::create(&test.app, &admin, &draft, None).unwrap();
    let newest = |test: &TestApp| all(test, &test.admin(), &AuditQuery::default())[0].clone();
    assert_eq!(newest(&test).address, admin.client);
    test.advance(audit::ADDRESS_DAYS * 24 * 3_600 + 1);
    assert_eq!(newest(&test).address, None);
    // It is not only hidden: it is nowhere any more.
    let exported = |test: &TestApp| {
        let mut bytes = Vec::new();
        services::maintenance::export(&test.app, &mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    };
    assert!(exported(&test).contains("192.168.1.7"));
    let past = audit::forget_addresses(&test.app, test.ctx().at).unwrap();
    assert!(past > 0 && !exported(&test).contains("192.168.1.7"));
    assert_eq!(audit::forget_addresses(&test.app, test.ctx().at).unwrap(), 0);
    test.verify();
    test.settle();
}

fn entry(date: &str, minutes: &str) -> EntryDraft {
    EntryDraft {
        date: date.to_owned(),
        consultant: "Ona Consultora".to_owned(),
        minutes: minutes.to_owned(),
        text: "Camps i embuts".to_owned(),
        function: "opportunities".to_owned(),
        configuration: String::new(),
    }
}

#[test]
fn hours_are_summed_and_checked() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let (app, admin) = (&test.app, test.admin());
    for (typed, minutes) in [("90", 90), ("1:30", 90), ("1 h 30 min", 90), ("2h", 120), ("45 min", 45)] {
        let made = parametrization::create(app, &admin, &entry("2026-11-20", typed)).unwrap();
        assert_eq!(made.minutes, minutes, "{typed}");
        assert_eq!(made.function, ProgramFunction::Opportunities);
    }
    let refused = |draft: EntryDraft| match parametrization::create(app, &admin, &draft) {
        Err(Error::Invalid(errors)) => errors
            .0
            .into_iter()
            .map(|problem| format!("{} {}", problem.field, problem.code))
            .collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    assert_eq!(refused(entry("2026-11-24", "1:75")), ["date date-future", "minutes minutes-form"]);
    assert_eq!(refused(entry("ahir", "0")), ["date date-form", "minutes minutes-range"]);
    assert_eq!(
        refused(EntryDraft::default()),
        ["date required", "minutes required", "consultant required", "text required", "function choice"]
    );
    parametrization::set_segment(app, &admin, "one").unwrap();
    let log = parametrization::list(app, &admin).unwrap();
    assert_eq!((log.minutes, log.segment, log.segment.hours()), (435, Segment::One, 40));
    let first = &log.entries[0];
    let (id, version) = (first.meta.id, first.meta.version);
    let changed = parametrization::update(app, &admin, id, version, &entry("2026-11-22", "10")).unwrap();
    assert!(matches!(
        parametrization::update(app, &admin, id, version, &entry("2026-11-22", "20")),
        Err(Error::Conflict(_))
    ));
    parametrization::delete(app, &admin, id, changed.meta.version).unwrap();
    assert_eq!(parametrization::list(app, &admin).unwrap().entries.len(), 4);
    let rep = test.hire("Raül", RoleKey::REP);
    assert!(matches!(parametrization::list(app, &test.at_work(rep.id())), Err(Error::Denied)));
    test.settle();
}

#[test]
fn imports_log_themselves_and_configuration_is_offered() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let admin = test.admin();
    let file = "Empresa;Correu\nFusteria Puig;info@puig.cat\nForn Soler;no és cap correu\n";
    test.started_import(&admin, "clients.csv", file.as_bytes());
    test.work_to_the_end();
    let log = parametrization::list(&test.app, &admin).unwrap();
    let [loaded] = log.entries.as_slice() else { panic!("{:?}", log.entries) };
    let LogOrigin::Import { file, rows_in, rows_failed, .. } = &loaded.origin else { panic!("{loaded:?}") };
    assert_eq!((file.as_str(), *rows_in, *rows_failed, loaded.minutes), ("clients.csv", 1, 1, 1));
    assert_eq!(
        loaded.meta.created_by.via,
        Via::Import(match &loaded.origin {
            LogOrigin::Import { import, .. } => *import,
            _ => unreachable!(),
        })
    );

    parametrization::set_segment(&test.app, &test.admin(), "two").unwrap();
    let offered = parametrization::unlogged(&test.app, &test.admin()).unwrap();
    let me = admin.user_id().unwrap();
    let mine = offered.iter().find(|draft| draft.user == me).unwrap();
    assert!(mine.changed.contains(&(Kind::Settings, 1)), "{mine:?}");
    let draft = EntryDraft { configuration: format!("{}/{me}", mine.day), ..entry("2026-11-23", "30") };
    parametrization::create(&test.app, &test.admin(), &draft).unwrap();
    let offered = parametrization::unlogged(&test.app, &test.admin()).unwrap();
    assert!(offered.iter().all(|draft| draft.user != me), "{offered:?}");
    test.settle();
}

async fn page(kit: &Kit, path: &str) -> Answer {
    let cookie = format!("{}={}", server::SESSION, kit.session());
    kit.get(path, &[("cookie", &cookie)]).await
}

#[tokio::test]
async fn pages_files_and_the_api_say_the_same() {
    let kit = Kit::company();
    let key = kit.key("administrator");
    let body = r#"{"company": "Fusteria <Puig>", "email": "info@puig.cat"}"#;
    let made = kit.api(Method::POST, "/leads", &key, &[], body).await.json();
    let id = made["id"].as_str().unwrap();
    let answer = page(&kit, "/audit?kind=lead").await;
    assert_eq!(answer.status, StatusCode::OK);
    let text = answer.text();
    assert!(text.contains("Fusteria &lt;Puig&gt;") && text.contains("info@puig.cat"));
    assert!(text.contains("per l’API, clau «administrator key»"), "{text}");
    assert!(!page(&kit, "/audit?kind=user").await.text().contains("Fusteria"));
    assert!(page(&kit, &format!("/leads/{id}")).await.text().contains(&format!("/audit?record={id}")));
    let wrong = page(&kit, "/audit?from=ahir&by=ningú").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let file = page(&kit, &format!("/audit/export?format=csv&record={id}")).await.text();
    assert!(
        file.lines().any(|line| line.contains("Correu electrònic") && line.contains("info@puig.cat")),
        "{file}"
    );
    let workbook = page(&kit, "/audit/export?format=xlsx").await;
    assert!(workbook.body.starts_with(b"PK"));

    let list = kit.api(Method::GET, "/audit?limit=1&kind=lead", &key, &[], "").await.json();
    let item = &list["items"][0];
    assert_eq!((item["channel"].as_str(), item["title"].as_str()), (Some("api"), Some("Fusteria <Puig>")));
    let rep = kit.key("rep");
    assert_eq!(kit.api(Method::GET, "/audit", &rep, &[], "").await.status, StatusCode::FORBIDDEN);

    let draft =
        r#"{"date": "2026-11-20", "consultant": "Ona", "minutes": 90, "function": "leads", "text": "Camps"}"#;
    assert_eq!(kit.api(Method::POST, "/parametrisation", &key, &[], draft).await.status, StatusCode::CREATED);
    let log = kit.api(Method::GET, "/parametrisation", &key, &[], "").await.json();
    assert_eq!((&log["minutes"], &log["minutes_paid"]), (&Value::from(90), &Value::from(1_800)));
    let shown = page(&kit, "/settings/parametrisation").await.text();
    assert!(shown.contains("1 h 30 min") && shown.contains("Camps"));
    let file = page(&kit, "/settings/parametrisation/export?format=csv").await.text();
    assert!(file.contains("2026-11-20;Ona;90;Gestió de clients potencials;Camps"), "{file}");
}

/// Records that belong to another are on its timeline; in its slice of the log they are for those who see them.
#[test]
fn a_slice_tells_nobody_of_records_that_they_do_not_see() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(folder.path());
    let rep = test.hire("Raül", RoleKey::REP);
    let make = |ctx: &Ctx, kind: Kind, fields: &[(&str, &str)]| {
        let mut draft = Draft::default();
        fields.iter().for_each(|(key, text)| draft.put(key, *text));
        records::create(&test.app, ctx, kind, &draft, None).unwrap().about().id
    };
    let theirs = test.at_work(rep.id());
    let company = make(&theirs, Kind::Company, &[("name", "Fusteria Puig")]);
    make(&test.admin(), Kind::Opportunity, &[("name", "Cuina secreta"), ("company", &company.to_string())]);
    make(&theirs, Kind::Opportunity, &[("name", "Porta"), ("company", &company.to_string())]);
    let query = AuditQuery { record: Some(company), ..AuditQuery::default() };
    let kinds = |ctx: &Ctx| all(&test, ctx, &query).iter().map(|entry| entry.kind).collect::<Vec<_>>();
    assert_eq!(kinds(&test.admin()), [Kind::Opportunity, Kind::Opportunity, Kind::Company]);
    assert_eq!(kinds(&theirs), [Kind::Opportunity, Kind::Company], "their own one alone");
    test.settle();
}

/// A file of the log is whole, however many changes there are.
#[test]
fn a_file_of_the_log_holds_every_change_once() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let rows: String = (0..1_100).map(|number| format!("Empresa {number}\n")).collect();
    test.started_import(&test.admin(), "clients.csv", format!("Empresa\n{rows}").as_bytes());
    test.work_to_the_end();
    let row = |entry: &services::audit::AuditEntry, _: &std::collections::BTreeMap<_, _>| {
        vec![vec![entry.seq.to_string()]]
    };
    let words = services::audit::Words { titles: vec!["seq".to_owned()], rows: &row };
    let query = services::audit::AuditQuery::default();
    let format = services::reports::FileFormat::Csv;
    let file = services::audit::export(&test.app, &test.admin(), &query, format, &words).unwrap();
    let text = String::from_utf8(file.bytes).unwrap();
    let told: Vec<u64> = text.lines().skip(1).map(|line| line.parse().unwrap()).collect();
    assert!(test.app.head() > 1_100);
    assert_eq!(told, (1..=test.app.head()).rev().collect::<Vec<_>>());
    test.settle();
}
