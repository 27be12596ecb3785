//! Documents: files and links on records, their versions, who sees them, and when their bytes go.

mod versions;

use crate::http_kit::{Kit, PASSWORD};
use crate::test_app::{TestApp, problems};
use model::json::Value;
use model::uuid::Uuid;
use model::{DOCUMENT_BYTES_MAX, Document, Kind, Lead, RoleKey};
use poem::http::{Method, StatusCode};
use services::documents::{self, Upload};
use services::merges::{self, MergeDraft};
use services::records::{self, Draft, Query};
use services::timelines::{self, Sort};
use services::{Ctx, Error, LeadDraft, leads, privacy, search};
use std::io::Read;

const PDF: &[u8] = b"%PDF-1.7 contracte";

fn test() -> (tempfile::TempDir, TestApp) {
    let folder = tempfile::tempdir().unwrap();
    let test = TestApp::company(folder.path());
    (folder, test)
}

fn draft(fields: &[(&str, &str)]) -> Draft {
    let mut draft = Draft::default();
    for (key, text) in fields {
        draft.put(key, *text);
    }
    draft
}

fn made(test: &TestApp, ctx: &Ctx, kind: Kind, fields: &[(&str, &str)]) -> Uuid {
    records::create(&test.app, ctx, kind, &draft(fields), None).unwrap().about().id
}

fn file(name: &str, bytes: &[u8]) -> Upload {
    Upload { name: name.to_owned(), bytes: bytes.to_vec() }
}

fn add(test: &TestApp, ctx: &Ctx, fields: &[(&str, &str)], file: Upload) -> Result<Document, Error> {
    documents::add(&test.app, ctx, &draft(fields), &[file], None).map(|mut made| made.remove(0))
}

/// Files below the folder of documents that hold these bytes.
fn kept(folder: &tempfile::TempDir, bytes: &[u8]) -> usize {
    fn count(path: &std::path::Path, bytes: &[u8]) -> usize {
        let entries = std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path());
        entries
            .map(|path| match path.is_dir() {
                true => count(&path, bytes),
                false => usize::from(std::fs::read(&path).unwrap_or_default() == bytes),
            })
            .sum()
    }
    count(&folder.path().join("documents"), bytes)
}

#[test]
fn a_version_whose_bytes_are_gone_is_missed() {
    let (folder, mut test) = test();
    let company = made(&test, &test.admin(), Kind::Company, &[("name", "Mas Riera")]);
    let fields = [("company", company.to_string())];
    let fields = fields.each_ref().map(|(key, text)| (*key, text.as_str()));
    let document = add(&test, &test.admin(), &fields, file("contracte.pdf", PDF)).unwrap();
    test.verify();
    let version = documents::versions(&test.app, &test.admin(), document.meta.id).unwrap().remove(0);
    let (first, second) = (&version.sha256[..2], &version.sha256[2..4]);
    std::fs::remove_file(folder.path().join("documents").join(first).join(second).join(&version.sha256))
        .unwrap();
    let missing = services::maintenance::missing_documents(&test.app).unwrap();
    let found: Vec<_> = missing.iter().map(|missed| (missed.kind, missed.id)).collect();
    assert_eq!(found, [(Kind::DocumentVersion, version.meta.id)]);
    test.settle();
}

fn delete(test: &TestApp, ctx: &Ctx, document: &Document) -> Result<(), Error> {
    records::delete(&test.app, ctx, Kind::Document, document.meta.id, document.meta.version)
}

fn shown(test: &TestApp, kind: Kind, id: Uuid) -> Vec<(Kind, model::Deed)> {
    let page = timelines::page(&test.app, &test.admin(), kind, id, None, Sort::Files).unwrap();
    page.changes.iter().map(|change| (change.kind, change.deed)).collect()
}

#[test]
fn what_is_no_document_is_refused_with_the_reason() {
    let (folder, test) = test();
    let admin = test.admin();
    let company = made(&test, &admin, Kind::Company, &[("name", "Fusteria Puig")]).to_string();
    let check = |fields: &[(&str, &str)], sent: Upload, expected: &[&str]| {
        let name = sent.name.clone();
        assert_eq!(problems(add(&test, &admin, fields, sent)), expected, "{name}");
    };
    let here = [("company", company.as_str())];
    check(&here, file("", b""), &["file file-missing"]);
    check(&here, file("buit.pdf", b""), &["file document-empty"]);
    check(&here, file("contracte.pdf", b"<html><script>alert(1)</script></html>"), &["file document-page"]);
    check(&here, file("contracte.pdf", b"MZ\x90\x00"), &["file document-program"]);
    check(&here, file("contracte.pdf", b"text"), &["file document-other"]);
    check(&[], file("contracte.pdf", PDF), &["company document-about"]);
    check(&[("company", "ningú")], file("contracte.pdf", PDF), &["company link-unknown"]);
    let with = |more: (&'static str, &'static str)| [here[0], more];
    check(&with(("category", "cap")), file("contracte.pdf", PDF), &["category choice"]);
    check(&with(("url", "https://exemple.cat")), file("contracte.pdf", PDF), &["url document-file"]);
    let big = vec![b'a'; usize::try_from(DOCUMENT_BYTES_MAX).unwrap() + 1];
    check(&here, file("gran.txt", &big), &["file file-too-large"]);
    let many: Vec<Upload> = (0..=documents::FILES_AT_ONCE_MAX).map(|_| file("a.pdf", PDF)).collect();
    let outcome = documents::add(&test.app, &admin, &draft(&here), &many, None);
    assert_eq!(problems(outcome), ["file too-many"]);
    assert_eq!(problems(documents::add(&test.app, &admin, &draft(&here), &[], None)), ["file file-missing"]);
    // One that is wrong keeps the others out, too.
    let two = [file("bo.pdf", PDF), file("buit.pdf", b"")];
    let outcome = documents::add(&test.app, &admin, &draft(&here), &two, None);
    assert_eq!(problems(outcome), ["file document-empty"]);
    assert_eq!(kept(&folder, PDF), 0);

    let named = add(&test, &admin, &here, file("../../etc/contracte 2026.PDF", PDF)).unwrap();
    assert_eq!(named.file_name.as_deref(), Some("contracte 2026.PDF"));
    assert_eq!((named.title.as_deref(), named.version_number()), (Some("contracte 2026"), 1));
    assert_eq!(named.media_type.as_deref(), Some("application/pdf"));
    let long = add(&test, &admin, &here, file(&format!("{}.pdf", "a".repeat(300)), PDF)).unwrap();
    assert!(long.file_name.unwrap().ends_with("a.pdf"));

    let link = |url: &str| {
        let fields = [here[0], ("title", "Carpeta"), ("url", url)];
        records::create(&test.app, &admin, Kind::Document, &draft(&fields), None)
    };
    assert_eq!(problems(link("javascript:alert(1)")), ["url url-form"]);
    assert_eq!(problems(link("")), ["url required"]);
    let linked = link("exemple.cat/carpeta").unwrap().about().id;
    let linked = documents::get(&test.app, &admin, linked).unwrap();
    assert_eq!((linked.url.as_deref(), linked.is_file()), (Some("https://exemple.cat/carpeta"), false));
    let renewed = documents::add_version(&test.app, &admin, linked.meta.id, 1, &file("a.pdf", PDF), "");
    assert_eq!(problems(renewed), ["file document-linked"]);
    assert!(matches!(documents::content(&test.app, &admin, linked.meta.id, None), Err(Error::NotFound)));
    test.verify();
    test.leave();
}

#[test]
fn versions_stay_and_the_history_tells_of_them() {
    let (folder, mut test) = test();
    let admin = test.admin();
    let company = made(&test, &admin, Kind::Company, &[("name", "Fusteria Puig")]);
    let contact = made(&test, &admin, Kind::Contact, &[("given_name", "Marta")]);
    let id_of = company.to_string();
    let first = add(&test, &admin, &[("company", &id_of)], file("contracte.pdf", PDF)).unwrap();
    let id = first.meta.id;
    let second = documents::add_version(&test.app, &admin, id, 1, &file("c2.txt", b"dos"), " Preus nous ");
    let second = second.unwrap();
    assert_eq!((second.version_number(), second.change_note.as_deref()), (2, Some("Preus nous")));
    let stale = documents::add_version(&test.app, &admin, id, 1, &file("c3.txt", b"tres"), "");
    assert_eq!(problems(stale), ["conflict"]);
    let versions = documents::versions(&test.app, &admin, id).unwrap();
    assert_eq!(versions.iter().map(|version| version.number).collect::<Vec<_>>(), [2, 1]);
    let bytes = |number| documents::content(&test.app, &admin, id, number).unwrap().bytes;
    assert_eq!((bytes(None), bytes(Some(1))), (b"dos".to_vec(), PDF.to_vec()));

    // It belongs to the contact, too, and no more to the company.
    let of_contact = contact.to_string();
    let moved = draft(&[("contact", &of_contact), ("company", ""), ("title", "Contracte marc")]);
    let moved = records::update(&test.app, &admin, Kind::Document, id, 2, &moved).unwrap();
    let none = draft(&[("contact", "")]);
    let none = records::update(&test.app, &admin, Kind::Document, id, moved.about().version, &none);
    assert_eq!(problems(none), ["company document-about"]);
    let (left, _) = documents::of_record(&test.app, &admin, company, 20).unwrap();
    assert!(left.is_empty());
    use model::Deed::{Created, Updated};
    let of = |deed| (Kind::Document, deed);
    assert_eq!(shown(&test, Kind::Company, company), [of(Updated), of(Updated), of(Created)]);
    assert_eq!(shown(&test, Kind::Contact, contact), [of(Updated)]);

    // Whoever goes to delete the contact is told of it first.
    let kept_from = records::delete(&test.app, &admin, Kind::Contact, contact, 1);
    assert_eq!(problems(kept_from), [" in-use"]);
    test.settle();
    let found = search::everything(&test.app, &admin, "marc", &search::KINDS, 0, 10).unwrap();
    assert_eq!(found.found.iter().map(|found| found.record.about().id).collect::<Vec<_>>(), [id]);
    let stored = documents::get(&test.app, &admin, id).unwrap();
    delete(&test, &admin, &stored).unwrap();
    assert_eq!((kept(&folder, PDF), kept(&folder, b"dos")), (0, 0));
    records::delete(&test.app, &admin, Kind::Contact, contact, 1).unwrap();
    test.verify();
    test.leave();
}

#[test]
fn bytes_go_with_the_last_that_names_them() {
    let (folder, test) = test();
    let admin = test.admin();
    let company = made(&test, &admin, Kind::Company, &[("name", "Fusteria Puig")]).to_string();
    let here = [("company", company.as_str())];
    let [one, other] =
        ["un.txt", "dos.txt"].map(|name| add(&test, &admin, &here, file(name, b"iguals")).unwrap());
    delete(&test, &admin, &one).unwrap();
    assert_eq!(kept(&folder, b"iguals"), 1);
    delete(&test, &admin, &other).unwrap();
    assert_eq!(kept(&folder, b"iguals"), 0);
    // An import has the same bytes.
    let sheet = b"Empresa;Codi\nFusteria Puig;1\n";
    services::imports::upload(&test.app, &admin, Kind::Lead, "clients.csv", sheet).unwrap();
    let copy = add(&test, &admin, &here, file("clients.csv", sheet)).unwrap();
    delete(&test, &admin, &copy).unwrap();
    assert_eq!(kept(&folder, sheet), 1);
    // So has the company's logo.
    let logo = b"\x89PNG\r\n\x1a\n logo";
    let settings = services::settings::get(&test.app, &admin).unwrap();
    services::settings::set_logo(&test.app, &admin, settings.meta.version, logo).unwrap();
    let copy = add(&test, &admin, &here, file("logo.png", logo)).unwrap();
    delete(&test, &admin, &copy).unwrap();
    assert_eq!(kept(&folder, logo), 1);
    test.work_to_the_end();
    test.verify();
    test.leave();
}

#[test]
fn a_document_is_seen_with_its_records_and_changed_by_whom_it_is_of() {
    let (_folder, test) = test();
    let rep = test.at_work(test.hire("Raül", RoleKey::REP).id());
    let other = test.at_work(test.hire("Olga", RoleKey::REP).id());
    let reader = test.at_work(test.hire("Rita", RoleKey::READ_ONLY).id());
    let company = made(&test, &rep, Kind::Company, &[("name", "Fusteria Puig")]).to_string();
    let here = [("company", company.as_str())];
    let document = add(&test, &rep, &here, file("contracte.pdf", PDF)).unwrap();
    let id = document.meta.id;
    assert!(matches!(documents::get(&test.app, &other, id), Err(Error::NotFound)));
    assert!(matches!(documents::content(&test.app, &other, id, None), Err(Error::NotFound)));
    assert_eq!(problems(add(&test, &other, &here, file("a.pdf", PDF))), ["company link-unknown"]);
    assert_eq!(documents::content(&test.app, &reader, id, None).unwrap().bytes, PDF);
    assert_eq!(problems(add(&test, &reader, &here, file("a.pdf", PDF))), ["denied"]);
    let renew = |ctx: &Ctx| documents::add_version(&test.app, ctx, id, 1, &file("a.txt", b"a"), "");
    assert_eq!(problems(renew(&reader)), ["denied"]);
    assert_eq!(problems(delete(&test, &reader, &document)), ["denied"]);

    // The administrator's on the rep's company: seen with it, and not the rep's to change or delete.
    let of_admin = add(&test, &test.admin(), &here, file("nota.txt", b"nota")).unwrap();
    assert!(documents::get(&test.app, &rep, of_admin.meta.id).is_ok());
    assert_eq!(problems(delete(&test, &rep, &of_admin)), ["denied"]);
    // A rep deletes nothing but documents of their own.
    delete(&test, &rep, &document).unwrap();
    let list = records::list(&test.app, &test.admin(), Kind::Document, &Query::default()).unwrap();
    assert_eq!(list.records.len(), 1);
    test.leave();
}

#[test]
fn documents_move_with_a_merge_and_come_back() {
    let (_folder, test) = test();
    let admin = test.admin();
    let [stays, goes] = ["Fusteria Puig", "Fusteria Puig, SL"]
        .map(|name| made(&test, &admin, Kind::Company, &[("name", name)]));
    let of = goes.to_string();
    let document = add(&test, &admin, &[("company", &of)], file("contracte.pdf", PDF)).unwrap();
    let merge = MergeDraft { survivor: stays, others: vec![goes], ..MergeDraft::default() };
    let merge = merges::merge(&test.app, &admin, Kind::Company, &merge).unwrap();
    let company = || documents::get(&test.app, &admin, document.meta.id).unwrap().company;
    assert_eq!(company(), Some(stays));
    merges::undo(&test.app, &admin, merge.meta.id).unwrap();
    assert_eq!(company(), Some(goes));
    test.verify();
    test.leave();
}

#[test]
fn whoever_is_erased_takes_along_what_is_theirs_alone() {
    const NAME: &str = "Marta Puig Vila";
    let (folder, test) = test();
    let admin = test.admin();
    let lead = LeadDraft { name: NAME.to_owned(), ..LeadDraft::default() };
    let lead: Lead = leads::create(&test.app, &admin, &lead, None).unwrap();
    let company = made(&test, &admin, Kind::Company, &[("name", "Fusteria Puig")]).to_string();
    let of_lead = lead.meta.id.to_string();
    let own = add(&test, &admin, &[("lead", &of_lead)], file(&format!("DNI {NAME}.txt"), b"dni")).unwrap();
    let both = [("lead", of_lead.as_str()), ("company", company.as_str())];
    let shared = add(&test, &admin, &both, file("obra.txt", b"obra")).unwrap();
    let about = privacy::about_to_erase(&test.app, &admin, Kind::Lead, lead.meta.id).unwrap();
    assert_eq!(about.documents.len(), 2);
    let deleted = leads::delete(&test.app, &admin, model::LeadId(lead.meta.id), lead.meta.version);
    assert_eq!(problems(deleted), [" in-use"]);
    privacy::erase(&test.app, &admin, Kind::Lead, lead.meta.id, lead.meta.version, NAME).unwrap();
    while privacy::finish_pending(&test.app).unwrap() {}
    assert!(matches!(documents::get(&test.app, &admin, own.meta.id), Err(Error::NotFound)));
    assert!(documents::get(&test.app, &admin, shared.meta.id).is_ok());
    assert_eq!((kept(&folder, b"dni"), kept(&folder, b"obra")), (0, 1));
    let mut export = Vec::new();
    services::maintenance::export(&test.app, &mut export).unwrap();
    assert!(!String::from_utf8(export).unwrap().contains(NAME));
    test.verify();
    test.leave();
}

#[test]
fn what_is_handed_out_about_a_person_has_the_files_that_are_theirs_alone() {
    const EMAIL: &str = "marta@exemple.cat";
    let (folder, mut test) = test();
    let admin = test.admin();
    let contact = [("given_name", "Marta"), ("email", EMAIL)];
    let contact = made(&test, &admin, Kind::Contact, &contact).to_string();
    let own = [("name", "Cuina"), ("contact", contact.as_str())];
    let deal = made(&test, &admin, Kind::Opportunity, &own).to_string();
    let company = made(&test, &admin, Kind::Company, &[("name", "Fusteria Puig")]).to_string();
    let here = [("contact", contact.as_str())];
    let contract = add(&test, &admin, &here, file("contracte.pdf", PDF)).unwrap().meta.id;
    documents::add_version(&test.app, &admin, contract, 1, &file("c2.txt", b"dos"), "").unwrap();
    add(&test, &admin, &[("opportunity", &deal)], file("oferta.txt", b"oferta")).unwrap();
    add(&test, &admin, &[here[0], ("company", &company)], file("obra.txt", b"obra")).unwrap();
    let lost = add(&test, &admin, &here, file("perdut.txt", b"perdut")).unwrap().meta.id;
    let sha256 = documents::versions(&test.app, &admin, lost).unwrap().remove(0).sha256;
    let place = folder.path().join("documents").join(&sha256[..2]).join(&sha256[2..4]).join(&sha256);
    std::fs::remove_file(place).unwrap();
    test.settle();
    let pack = privacy::report_zip(&test.app, &admin, EMAIL, None).unwrap();
    assert_eq!(pack.name, "person.zip");
    let mut archive = zip::ZipArchive::new(pack.file).unwrap();
    assert_eq!(archive.len(), 4);
    let mut read = |name: &str| {
        let mut bytes = Vec::new();
        archive.by_name(name).unwrap().read_to_end(&mut bytes).unwrap();
        bytes
    };
    let told: Value = model::json::from_slice(&read("person.json")).unwrap();
    let listed = told["records"][0]["documents"].as_array().unwrap();
    let mut of = |title: &str, version: usize| {
        let version =
            &listed.iter().find(|document| document["title"] == title).unwrap()["versions"][version];
        match version["enclosed"].as_str() {
            Some(path) => (version["file_name"].as_str().unwrap(), read(path)),
            None => (version["left_out"].as_str().unwrap(), Vec::new()),
        }
    };
    assert_eq!(of("contracte", 0), ("c2.txt", b"dos".to_vec()));
    assert_eq!(of("contracte", 1), ("contracte.pdf", PDF.to_vec()));
    assert_eq!(of("oferta", 0), ("oferta.txt", b"oferta".to_vec()));
    assert_eq!(of("obra", 0), ("shared", Vec::new()));
    assert_eq!(of("perdut", 0), ("missing", Vec::new()));
    // As JSON alone it says what there is.
    let report = privacy::report(&test.app, &admin, EMAIL).unwrap();
    let told: Value = model::json::from_slice(&report.bytes).unwrap();
    let listed = told["records"][0]["documents"].as_array().unwrap();
    assert!(listed.iter().all(|document| document["versions"][0]["file_name"].is_string()));
    let rep = test.at_work(test.hire("Raül", RoleKey::REP).id());
    assert!(matches!(privacy::report_zip(&test.app, &rep, EMAIL, None), Err(Error::Denied)));
    test.settle();
}

#[tokio::test]
async fn the_page_and_the_api_give_out_files_about_a_person() {
    let kit = Kit::company();
    let (app, admin) = (&kit.state.app, kit.admin());
    let contact = draft(&[("given_name", "Marta"), ("email", "marta@exemple.cat")]);
    let contact = records::create(app, &admin, Kind::Contact, &contact, None).unwrap().about().id;
    let here = draft(&[("contact", &contact.to_string())]);
    documents::add(app, &admin, &here, &[file("contracte.pdf", PDF)], None).unwrap();
    kit.follow();
    let cookie = format!("{}={}", server::SESSION, kit.session());
    let address = "/privacy/report.zip?q=marta%40exemple.cat";
    let page = kit.get("/privacy?q=marta%40exemple.cat", &[("cookie", &cookie)]).await.text();
    assert!(page.contains(address), "{page}");
    let bearer = format!("Bearer {}", kit.key("administrator"));
    let sent = [
        kit.get(address, &[("cookie", &cookie)]).await,
        kit.get(&format!("/api/v1{address}"), &[("authorization", &bearer)]).await,
    ];
    for answer in sent {
        assert_eq!(answer.status, StatusCode::OK);
        assert!(answer.header("content-disposition").contains("person.zip"));
        let archive = zip::ZipArchive::new(std::io::Cursor::new(answer.body)).unwrap();
        assert_eq!(archive.len(), 2);
    }
    let nobody = kit.get("/privacy/report.zip?q=Marta", &[("cookie", &cookie)]).await;
    assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY);
}

/// Titles and last days; today is the 23rd of November.
const ENDING: [(&str, &str); 5] = [
    ("Lloguer", "2026-12-24"),
    ("Garantia", "2026-11-23"),
    ("Estatuts", ""),
    ("Assegurança", "2026-12-23"),
    ("Certificat", "2025-01-31"),
];

#[tokio::test]
async fn documents_that_end_soon_have_a_list_and_are_counted_on_the_first_page() {
    let kit = Kit::company();
    let (app, admin) = (&kit.state.app, kit.admin());
    let company = records::create(app, &admin, Kind::Company, &draft(&[("name", "Puig")]), None);
    let company = company.unwrap().about().id.to_string();
    let cookie = format!("{}={}", server::SESSION, kit.session());
    let page = async |path: &str| kit.get(path, &[("cookie", &cookie)]).await.text();
    assert!(!page("/").await.contains("caducat"));
    for (title, day) in ENDING {
        let fields = draft(&[("title", title), ("valid_until", day), ("company", &company)]);
        documents::add(app, &admin, &fields, &[file("a.pdf", PDF)], None).unwrap();
    }
    let query = Query {
        filter: documents::expiring_filter(),
        sort: "valid_until".to_owned(),
        direction: services::leads::Direction::Forward,
        ..Query::default()
    };
    let found = records::list(app, &admin, Kind::Document, &query).unwrap();
    let titles: Vec<String> = found.records.iter().map(|record| record.name()).collect();
    assert_eq!(titles, ["Certificat", "Garantia", "Assegurança"]);
    // In another order, too, where entries of the list do not say the day.
    let counted = |query: &Query| records::count(app, &admin, Kind::Document, query).unwrap();
    let newest = Query { filter: query.filter.clone(), ..Query::default() };
    assert_eq!(counted(&query), services::leads::LeadCount::Exactly(3));
    assert_eq!(counted(&newest), services::leads::LeadCount::Exactly(3));

    let home = page("/").await;
    assert!(home.contains("3 documents han caducat"), "{home}");
    let href = home.split("href=\"/documents?").nth(1).unwrap().split('"').next().unwrap();
    let list = page(&format!("/documents?{}", href.replace("&amp;", "&"))).await;
    assert!(list.contains("Caducats o a punt") && list.contains("Assegurança"), "{list}");
    assert!(!list.contains("Lloguer") && !list.contains("Estatuts"));
    let all = page("/documents").await;
    assert!(all.contains("Caducats o a punt"));
    // In the list it is said what is over and what will soon be; each day has the name of its column.
    assert!(all.contains("31/01/2025 · caducat") && all.contains("23/12/2026 · a punt de caducar"), "{all}");
    assert!(all.contains("24/12/2026") && !all.contains("24/12/2026 ·"), "{all}");
    let cell = all.split("31/01/2025").next().and_then(|before| before.rsplit("<td").next()).unwrap();
    assert!(cell.contains("data-l=\"") && !cell.contains("data-l=\"\""), "{cell}");
}

/// A file that is refused has to be chosen again; nothing else.
#[tokio::test]
async fn what_was_typed_about_a_refused_file_is_there_again() {
    let kit = Kit::company();
    let (app, admin) = (&kit.state.app, kit.admin());
    let company = records::create(app, &admin, Kind::Company, &draft(&[("name", "Puig")]), None);
    let company = company.unwrap().about().id.to_string();
    let fields = draft(&[("company", &company)]);
    let document = documents::add(app, &admin, &fields, &[file("a.pdf", PDF)], None).unwrap().remove(0);
    let cookie = format!("{}={}", server::SESSION, kit.session());
    let send = async |path: String, fields: &[(&str, &str)]| {
        let mut body = String::new();
        for (name, text) in fields {
            body += &format!("--b\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n");
        }
        let part = "--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n";
        body += &format!("{part}<html></html>\r\n--b--\r\n");
        let headers = [
            ("cookie", cookie.as_str()),
            ("sec-fetch-site", "same-origin"),
            ("content-type", "multipart/form-data; boundary=b"),
        ];
        kit.ask(Method::POST, &path, &headers, &body).await
    };
    let path = format!("/documents/{}/versions", document.meta.id);
    let renewed = send(path, &[("version", "1"), ("note", "Preus del 2027")]).await;
    assert_eq!(renewed.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(renewed.text().contains("value=\"Preus del 2027\""), "{}", renewed.text());
    let typed = [("title", "Contracte marc"), ("category", "contract"), ("valid_until", "2027-01-31")];
    let added = send(format!("/companies/{company}/documents"), &typed).await;
    assert_eq!(added.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = added.text();
    assert!(text.contains("value=\"Contracte marc\"") && text.contains("value=\"2027-01-31\""), "{text}");
}

#[tokio::test]
async fn the_list_offers_no_import_that_there_is_not() {
    let kit = Kit::company();
    let cookie = format!("{}={}", server::SESSION, kit.session());
    for (path, is_offered) in [("/documents", false), ("/companies", true), ("/contacts", true)] {
        let text = kit.get(path, &[("cookie", &cookie)]).await.text();
        assert_eq!(text.contains("/imports/new?entity="), is_offered, "{path}");
    }
}

#[test]
fn nobody_is_told_of_documents_that_they_do_not_see() {
    let (_folder, test) = test();
    let [rep, other] = ["Raül", "Olga"].map(|name| test.at_work(test.hire(name, RoleKey::REP).id()));
    let company = made(&test, &rep, Kind::Company, &[("name", "Fusteria Puig")]).to_string();
    let fields = [("company", company.as_str()), ("valid_until", "2026-11-30")];
    add(&test, &rep, &fields, file("a.pdf", PDF)).unwrap();
    let count = |ctx: &Ctx| documents::expiring(&test.app, ctx).unwrap();
    assert_eq!((count(&rep), count(&other), count(&test.admin())), (1, 0, 1));
    test.leave();
}

#[tokio::test]
async fn what_may_be_opened_is_listed_counted_found_and_exported() {
    let kit = Kit::company();
    let hire = |kit: &Kit, name: &str| {
        let new = services::users::UserDraft {
            name: name.to_owned(),
            email: format!("{}@exemple.cat", model::fold(name)),
            role: RoleKey::REP.to_owned(),
            teams: vec![kit.admin().caller().unwrap().user.teams[0].to_string()],
            language: "ca".to_owned(),
            takes_leads: true,
            active: true,
            password: PASSWORD.to_owned(),
            ..services::users::UserDraft::default()
        };
        let user = services::users::create(&kit.state.app, &kit.admin(), &new).unwrap();
        let caller = services::users::caller(&kit.state.app, user.id()).unwrap();
        (user.email, kit.ctx().with_caller(caller, model::Via::Page))
    };
    let ((email, rep), (_, other)) = (hire(&kit, "Laia"), hire(&kit, "Olga"));
    let owner = rep.user_id().unwrap().to_string();
    let app = &kit.state.app;
    let company = draft(&[("name", "Fusteria Puig"), ("owner", &owner)]);
    let company = records::create(app, &kit.admin(), Kind::Company, &company, None).unwrap().about().id;
    let elsewhere = records::create(app, &kit.admin(), Kind::Company, &draft(&[("name", "Mas")]), None);
    for (company, name) in
        [(company, "conveni laia.txt"), (elsewhere.unwrap().about().id, "conveni amagat.txt")]
    {
        let here = draft(&[("company", &company.to_string())]);
        documents::add(app, &kit.admin(), &here, &[file(name, b"text")], None).unwrap();
    }
    kit.follow();
    let app = &kit.state.app;
    let titles = |records: Vec<records::Record>| -> Vec<String> {
        let mut titles: Vec<String> = records.iter().map(|record| record.name()).collect();
        titles.sort_unstable();
        titles
    };
    let (laia, amagat) = ("conveni laia", "conveni amagat");
    let admin = kit.admin();
    for (ctx, expected) in [(&rep, vec![laia]), (&other, vec![]), (&admin, vec![amagat, laia])] {
        let listed = records::list(app, ctx, Kind::Document, &Query::default()).unwrap();
        assert_eq!(titles(listed.records), expected);
        let count = records::count(app, ctx, Kind::Document, &Query::default()).unwrap();
        assert_eq!(count, services::leads::LeadCount::Exactly(expected.len()));
        let found = search::everything(app, ctx, "conveni", &search::KINDS, 0, 10).unwrap();
        assert_eq!((found.found.len(), found.total), (expected.len(), expected.len()));
        let second = search::everything(app, ctx, "conveni", &search::KINDS, 1, 10).unwrap();
        assert_eq!(second.found.len(), expected.len().saturating_sub(1));
    }
    let session = services::sessions::sign_in(app, &kit.ctx(), &email, PASSWORD).unwrap().secret;
    let cookie = format!("{}={session}", server::SESSION);
    for path in ["/documents", "/documents/export?format=csv", "/search?q=conveni"] {
        let text = kit.get(path, &[("cookie", &cookie)]).await.text();
        assert!(text.contains("conveni laia") && !text.contains("amagat"), "{path}: {text}");
    }
    // A key with the role of a rep: what is on a company of whom it acts for, and somebody else's.
    let admin = kit.admin().user_id().unwrap().to_string();
    let (app, key) = (&kit.state.app, kit.key(RoleKey::REP));
    let change = |kind, id, version, owner: &str| {
        records::update(app, &kit.admin(), kind, id, version, &draft(&[("owner", owner)])).unwrap();
    };
    let listed = records::list(app, &rep, Kind::Document, &Query::default()).unwrap().records;
    change(Kind::Company, company, 1, &admin);
    change(Kind::Document, listed[0].about().id, listed[0].about().version, &owner);
    let listed = kit.api(Method::GET, "/documents", &key, &[], "").await.json();
    let mut titles: Vec<&str> =
        listed["items"].as_array().unwrap().iter().filter_map(|item| item["title"].as_str()).collect();
    titles.sort_unstable();
    assert_eq!(titles, [amagat, laia]);
}

#[tokio::test]
async fn another_system_brings_renews_and_fetches_a_document() {
    let kit = Kit::company();
    let bearer = format!("Bearer {}", kit.key("administrator"));
    let app = &kit.state.app;
    let company = records::create(app, &kit.admin(), Kind::Company, &draft(&[("name", "Puig")]), None);
    let company = company.unwrap().about().id;
    let post = async |path: String, tag: Option<&str>, bytes: &str| {
        let mut headers =
            vec![("authorization", bearer.as_str()), ("content-type", "application/octet-stream")];
        headers.extend(tag.map(|tag| ("if-match", tag)));
        kit.ask(Method::POST, &path, &headers, bytes).await
    };
    let path = format!("/api/v1/documents/files?file_name=contracte.txt&category=contract&company={company}");
    let made = post(path, None, "u").await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
    let id = made.json()["id"].as_str().unwrap().to_owned();
    assert_eq!(made.header("location"), format!("/api/v1/documents/{id}"));
    let path = format!("/api/v1/documents/{id}/versions?file_name=contracte.txt&note=Preus");
    let renewed = post(path.clone(), Some("\"1\""), "dos").await;
    assert_eq!((renewed.status, renewed.json()["revision"].as_u64()), (StatusCode::OK, Some(2)));
    assert_eq!(post(path, Some("\"1\""), "tres").await.status, StatusCode::PRECONDITION_FAILED);
    let headers = [("authorization", bearer.as_str())];
    let versions = kit.get(&format!("/api/v1/documents/{id}/versions"), &headers).await.json();
    assert_eq!(versions["items"][0]["note"].as_str(), Some("Preus"));
    let content = kit.get(&format!("/api/v1/documents/{id}/content?number=1"), &headers).await;
    assert_eq!((content.text().as_str(), content.header("x-content-type-options")), ("u", "nosniff"));
    assert!(content.header("content-disposition").starts_with("attachment"));
    let read = kit.get(&format!("/api/v1/documents/{id}"), &headers).await.json();
    assert_eq!((read["category"].as_str(), read["title"].as_str()), (Some("contract"), Some("contracte")));
    let page = format!("/api/v1/documents/files?file_name=a.pdf&company={company}");
    assert_eq!(post(page, None, "<html></html>").await.status, StatusCode::UNPROCESSABLE_ENTITY);
}
