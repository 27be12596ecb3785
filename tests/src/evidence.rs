//! Evidence packs: one file with a tagged report and what is behind it, made by a job, kept for a while.

use crate::http_kit::Kit;
use crate::printing::{is_tagged, text_of};
use crate::test_app::TestApp;
use model::json::json;
use model::{
    EvidencePack, PackState, ProgramFunction, RoleKey, SCREEN_BYTES_MAX, SCREENS_A_FUNCTION_MAX, Screen,
};
use poem::http::{Method, StatusCode};
use services::evidence::{self, Composed, KEPT_DAYS};
use services::parametrization::{self, EntryDraft};
use services::{App, Ctx, Error, leads};
use std::io::Read;

pub(crate) fn png() -> Vec<u8> {
    crate::printing::png()
}

/// A screen for whoever tests what may be done with one.
pub(crate) fn screen(app: &App, admin: &Ctx) -> Screen {
    for screen in evidence::screens(app, admin).unwrap() {
        evidence::remove_screen(app, admin, screen.meta.id, screen.meta.version).unwrap();
    }
    evidence::add_screen(app, admin, "leads", "La llista", &png()).unwrap()
}

/// None is being made: the next one may be ordered.
pub(crate) fn clear(app: &App, admin: &Ctx) {
    for pack in evidence::packs(app, admin).unwrap() {
        evidence::remove(app, admin, pack.meta.id).unwrap();
    }
}

/// A pack that is done.
pub(crate) fn pack(app: &App, admin: &Ctx) -> EvidencePack {
    clear(app, admin);
    let pack = evidence::start(app, admin, "ca").unwrap();
    let compose = |_: &App, _: &Ctx, _: &evidence::Evidence| Composed { paper: data(), sheets: Vec::new() };
    evidence::step(app, &|_| Ok(admin.clone()), &compose, admin.at).unwrap();
    pack
}

fn data() -> model::json::Value {
    json!({ "language": "ca", "title": "Prova", "company": "", "made": "", "intro": [], "contents": "", "parts": [] })
}

fn work(test: &TestApp, by: &Ctx) {
    let ctx_for = |pack: &EvidencePack| {
        let mut ctx = by.clone();
        ctx.language = pack.language;
        Ok(ctx)
    };
    evidence::step(&test.app, &ctx_for, &server::compose_evidence, by.at).unwrap();
}

fn log(test: &TestApp, function: &str, text: &str) {
    let draft = EntryDraft {
        date: "2026-11-20".to_owned(),
        consultant: "Ona Consultora".to_owned(),
        minutes: "90".to_owned(),
        text: text.to_owned(),
        function: function.to_owned(),
        configuration: String::new(),
    };
    parametrization::create(&test.app, &test.admin(), &draft).unwrap();
}

#[test]
fn a_pack_proves_what_is_set_up_and_used() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let admin = test.admin();
    let lead = test.create("Fusteria Puig");
    leads::add_note(&test.app, &admin, model::LeadId(lead.meta.id), "Trucat").unwrap();
    test.started_import(&admin, "clients.csv", b"Nom;Correu\nAnna;anna@exemple.cat\nDolent;no\n");
    test.work_to_the_end();
    log(&test, "leads", "Camps i orígens");
    evidence::add_screen(&test.app, &admin, "leads", "La llista de clients potencials", &png()).unwrap();
    let ordered = evidence::start(&test.app, &admin, "es").unwrap();
    assert!(matches!(evidence::start(&test.app, &admin, "es"), Err(Error::Invalid(_))));
    assert!(matches!(evidence::download(&test.app, &admin, ordered.meta.id), Err(Error::NotFound)));
    work(&test, &admin);
    let made = evidence::packs(&test.app, &admin).unwrap().pop().unwrap();
    assert_eq!((made.state, made.failure.as_deref()), (PackState::Done, None));
    assert_eq!(made.without_screen.len(), ProgramFunction::ALL.len() - 1);
    let file = evidence::download(&test.app, &admin, made.meta.id).unwrap();
    assert_eq!(file.name, "tracte-2026-11-23.zip");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(file.bytes)).unwrap();
    let mut names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    names.sort();
    let expected =
        ["configuration.toml", "counts.csv", "evidence.pdf", "hours.csv", "loads.csv", "screens/leads-1.png"];
    assert_eq!(names, expected);
    let mut read = |name: &str| {
        let mut bytes = Vec::new();
        archive.by_name(name).unwrap().read_to_end(&mut bytes).unwrap();
        bytes
    };
    assert_eq!(read("screens/leads-1.png"), png());
    assert!(String::from_utf8(read("hours.csv")).unwrap().contains("Ona Consultora"));
    assert!(String::from_utf8(read("loads.csv")).unwrap().contains("clients.csv"));
    assert!(String::from_utf8(read("configuration.toml")).unwrap().contains("[company]"));
    let pdf = read("evidence.pdf");
    is_tagged(&pdf, "es");
    let text = text_of(&pdf).split_whitespace().collect::<Vec<_>>().join(" ");
    for part in [
        "Evidencias de parametrización y uso",
        "Exemple, SL",
        "Fase dos",
        "Camps i orígens",
        "clients.csv",
        "1 h 30 min",
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    assert!(text.contains("Aún no hay ninguna pantalla adjunta"));
    test.verify();
    test.settle();
}

#[test]
fn packs_go_when_their_time_is_over_and_screens_when_nobody_names_them() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let admin = test.admin();
    let one = evidence::add_screen(&test.app, &admin, "leads", "Una", &png()).unwrap();
    let other = evidence::add_screen(&test.app, &admin, "clients", "La mateixa", &png()).unwrap();
    evidence::remove_screen(&test.app, &admin, one.meta.id, 1).unwrap();
    assert_eq!(evidence::screen(&test.app, &admin, other.meta.id).unwrap().1, png());
    evidence::start(&test.app, &admin, "ca").unwrap();
    work(&test, &admin);
    let made = evidence::packs(&test.app, &admin).unwrap().pop().unwrap();
    test.advance((KEPT_DAYS - 1) * 86_400);
    work(&test, &test.admin());
    assert!(evidence::download(&test.app, &test.admin(), made.meta.id).is_ok());
    test.advance(86_400);
    work(&test, &test.admin());
    assert_eq!(evidence::packs(&test.app, &test.admin()).unwrap(), []);
    evidence::remove_screen(&test.app, &test.admin(), other.meta.id, 1).unwrap();
    let mut kept = Vec::new();
    crate::privacy::holding(&data.path().join("documents"), "PNG", &mut kept);
    assert_eq!(kept, Vec::<String>::new());
    test.verify();
    test.settle();
}

/// The process ended between two steps: the next start makes the pack from the beginning, and once.
#[test]
fn a_pack_that_was_cut_short_is_made_again() {
    let data = tempfile::tempdir().unwrap();
    let test = TestApp::company(data.path());
    evidence::start(&test.app, &test.admin(), "ca").unwrap();
    let admin = test.admin();
    let died = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let compose = |_: &App, _: &Ctx, _: &evidence::Evidence| panic!("killed");
        evidence::step(&test.app, &|_| Ok(admin.clone()), &compose, admin.at)
    }));
    assert!(died.is_err());
    let mut test = test;
    test.settle();
    drop(test);
    let mut test = TestApp::open(data.path(), services::Options::default());
    let admin = test.admin();
    assert_eq!(evidence::packs(&test.app, &admin).unwrap()[0].state, PackState::Printing);
    work(&test, &admin);
    let packs = evidence::packs(&test.app, &admin).unwrap();
    assert_eq!((packs.len(), packs[0].state), (1, PackState::Done));
    test.verify();
    test.settle();
}

#[test]
fn a_broken_template_is_told_on_the_pack() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let own = data.path().join("templates/evidence");
    std::fs::create_dir_all(&own).unwrap();
    std::fs::write(own.join("main.typ"), "\n#nothing").unwrap();
    let admin = test.admin();
    evidence::start(&test.app, &admin, "ca").unwrap();
    work(&test, &admin);
    let failed = evidence::packs(&test.app, &admin).unwrap().pop().unwrap();
    assert_eq!(failed.state, PackState::Failed);
    assert!(failed.failure.unwrap().starts_with("templates/evidence/main.typ:2: unknown variable"));
    // It is not in the way of the next one.
    std::fs::remove_file(own.join("main.typ")).unwrap();
    evidence::start(&test.app, &admin, "ca").unwrap();
    work(&test, &admin);
    assert_eq!(evidence::packs(&test.app, &admin).unwrap().len(), 2);
    test.settle();
}

#[test]
fn only_pictures_that_can_be_printed_are_attached() {
    let data = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(data.path());
    let admin = test.admin();
    let mut wide = png();
    wide[16..24].copy_from_slice(&[0, 0, 0x40, 0, 0, 0, 0x40, 0]);
    let mut torn = png();
    torn.truncate(40);
    let codes = |function: &str, caption: &str, bytes: &[u8]| match evidence::add_screen(
        &test.app, &admin, function, caption, bytes,
    ) {
        Err(Error::Invalid(errors)) => errors
            .0
            .into_iter()
            .map(|problem| format!("{} {}", problem.field, problem.code))
            .collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    assert_eq!(codes("", "", b""), ["function choice", "caption required", "file file-missing"]);
    assert_eq!(codes("leads", "Una", b"<svg/>"), ["file screen-kind"]);
    assert_eq!(codes("leads", "Una", b"RIFF\0\0\0\0WEBP"), ["file screen-kind"]);
    assert_eq!(codes("leads", "Una", &wide), ["file screen-pixels"]);
    assert_eq!(codes("leads", "Una", &torn), ["file screen-broken"]);
    let mut big = png();
    big.resize(SCREEN_BYTES_MAX + 1, 0);
    assert_eq!(codes("leads", "Una", &big), ["file screen-size"]);
    for _ in 0..SCREENS_A_FUNCTION_MAX {
        evidence::add_screen(&test.app, &admin, "leads", "Una", &png()).unwrap();
    }
    assert_eq!(codes("leads", "Una", &png()), ["function too-many-screens"]);
    let rep = test.hire("Raul", RoleKey::REP);
    let rep = test.at_work(rep.id());
    assert!(matches!(evidence::start(&test.app, &rep, "ca"), Err(Error::Denied)));
    assert!(matches!(evidence::add_screen(&test.app, &rep, "leads", "Una", &png()), Err(Error::Denied)));
    test.settle();
}

#[tokio::test]
async fn the_page_and_the_api_order_and_show_packs() {
    let kit = Kit::company();
    let cookie = format!("{}={}", server::SESSION, kit.session());
    let path = "/settings/parametrisation/evidence";
    let form = ("content-type", "application/x-www-form-urlencoded");
    let headers = [("cookie", cookie.as_str()), ("sec-fetch-site", "same-origin"), form];
    let ordered = kit.ask(Method::POST, path, &headers, "language=en").await;
    assert_eq!(ordered.header("location"), format!("{path}?notice=pack-ordered"));
    let again = kit.ask(Method::POST, path, &headers, "language=en").await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.text().contains("S’està fent el paquet") && again.text().contains("every 1s"));
    let admin = kit.admin();
    evidence::step(&kit.state.app, &|_| Ok(admin.clone()), &server::compose_evidence, admin.at).unwrap();
    let page = kit.get(path, &[("cookie", &cookie)]).await.text();
    assert!(page.contains("Baixa (ZIP)") && page.contains("Encara no hi ha cap pantalla adjunta"));
    let key = kit.key("administrator");
    let list = kit.api(Method::GET, "/parametrisation/evidence", &key, &[], "").await.json();
    assert_eq!(list["items"][0]["state"], "done");
    let id = list["items"][0]["id"].as_str().unwrap();
    let file = kit.api(Method::GET, &format!("/parametrisation/evidence/{id}/file"), &key, &[], "").await;
    assert_eq!((file.status, &file.body[..2]), (StatusCode::OK, b"PK".as_slice()));
    let body = r#"{"language": "fr"}"#;
    let refused = kit.api(Method::POST, "/parametrisation/evidence", &key, &[], body).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
}

/// A screen is attached, listed, taken and taken away over the wire; what is no picture is refused with its reason, and a
/// body longer than files may be never comes in.
#[tokio::test]
async fn screens_come_and_go_over_the_wire() {
    let kit = Kit::company();
    let bearer = format!("Bearer {}", kit.key("administrator"));
    let path = "/api/v1/parametrisation/screens";
    let headers = [("authorization", bearer.as_str()), ("content-type", "application/octet-stream")];
    let send = async |query: &str, bytes: &[u8]| {
        kit.ask(Method::POST, &format!("{path}?{query}"), &headers, bytes).await
    };
    let made = send("function=leads&caption=La%20llista", &png()).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
    let made = made.json();
    assert_eq!((&made["media_type"], &made["caption"]), (&json!("image/png"), &json!("La llista")));
    // Longer than a form, shorter than a file: the reason is the picture's.
    let wrong = send("function=moon&caption=", &vec![0; SCREEN_BYTES_MAX - 1]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", wrong.text());
    let codes: Vec<String> =
        wrong.json()["errors"].as_array().unwrap().iter().map(|error| error["code"].to_string()).collect();
    assert_eq!(codes, ["\"choice\"", "\"required\"", "\"screen-kind\""]);

    let bearer = [("authorization", bearer.as_str())];
    let list = kit.get(path, &bearer).await.json();
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
    let one = format!("{path}/{}", made["id"].as_str().unwrap());
    assert_eq!(kit.get(&format!("{one}/file"), &bearer).await.body, png());
    let stale = kit.ask(Method::DELETE, &format!("{one}?version=7"), &bearer, "").await;
    assert_eq!(stale.status, StatusCode::CONFLICT, "{}", stale.text());
    let gone = kit.ask(Method::DELETE, &format!("{one}?version=1"), &bearer, "").await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT, "{}", gone.text());
    assert_eq!(kit.get(&format!("{one}/file"), &bearer).await.status, StatusCode::NOT_FOUND);
}
