//! Paper: tagged, in the reader's language, with whatever people typed as text and never as markup.

use crate::http_kit::Kit;
use lopdf::{Document, Object};
use model::json::{Value, json};
use poem::http::{Method, StatusCode};
use print::{Problem, Templates};
use services::projectors::{self, Reading};
use std::fs;

/// Letters of our languages, signs of typst's, and what looks like orders to it.
const TYPED: &str = "Col·legi «Núñez & Cia» #panic(1) *no* $x$ \\ [a] @b <c>";

fn data() -> Value {
    json!({
        "language": "ca", "title": "Prova", "company": "Exemple, SL", "made": "avui", "intro": [TYPED], "contents": "Índex",
        "parts": [
            {
                "heading": TYPED, "level": 1, "text": ["Un text"], "facts": [{ "name": "Nom", "value": TYPED }],
                "tables": [{ "columns": ["Quan", "Què"], "rows": [["23/11/2026", TYPED]] }], "pictures": [],
            },
            {
                "heading": "Pantalla", "level": 2, "text": [], "facts": [], "tables": [],
                "pictures": [{ "file": "leads-1.png", "alt": "Una llista" }],
            },
        ],
    })
}

/// A grey picture of 8 × 8, written by hand.
pub(crate) fn png() -> Vec<u8> {
    let hex = "89504e470d0a1a0a0000000d4948445200000008000000080800000000e164e1570000000e49444154789c6368800206ca1800808420010d8024610000000049454e44ae426082";
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}

fn print(folder: &std::path::Path, data: &Value) -> Result<print::Pdf, Vec<Problem>> {
    let template = Templates::new(folder).get("person")?;
    let picture = print::Picture { name: "leads-1.png".to_owned(), bytes: png() };
    print::print(&template, data, &[picture], "2026-11-23T09:00:00Z".parse().unwrap())
}

/// A page that says this.
pub(crate) fn page_saying(text: &str) -> Vec<u8> {
    let nowhere = tempfile::tempdir().unwrap();
    let mut data = data();
    data["intro"] = json!([text]);
    print(nowhere.path(), &data).unwrap().bytes
}

/// The structure tags of a document, each once.
fn tags(document: &Document) -> Vec<String> {
    let mut tags: Vec<String> = document
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok())
        .filter(|dict| dict.has(b"P") && dict.has(b"S"))
        .filter_map(|dict| dict.get(b"S").ok()?.as_name().ok())
        .map(|name| String::from_utf8_lossy(name).into_owned())
        .collect();
    tags.sort();
    tags.dedup();
    tags
}

pub(crate) fn text_of(bytes: &[u8]) -> String {
    let document = Document::load_mem(bytes).unwrap();
    let pages: Vec<u32> = document.get_pages().into_keys().collect();
    document.extract_text(&pages).unwrap()
}

#[track_caller]
pub(crate) fn is_tagged(bytes: &[u8], language: &str) {
    let document = Document::load_mem(bytes).unwrap();
    let catalog = document.catalog().unwrap();
    let told = |name: &[u8]| match catalog.get(name).unwrap() {
        Object::String(text, _) => String::from_utf8_lossy(text).into_owned(),
        other => format!("{other:?}"),
    };
    assert_eq!(told(b"Lang"), language);
    let marked = document.dereference(catalog.get(b"MarkInfo").unwrap()).unwrap().1;
    assert!(marked.as_dict().unwrap().get(b"Marked").unwrap().as_bool().unwrap());
    assert!(catalog.has(b"StructTreeRoot"));
    let metadata = document.dereference(catalog.get(b"Metadata").unwrap()).unwrap().1;
    let xmp = String::from_utf8_lossy(&metadata.as_stream().unwrap().content).into_owned();
    assert!(xmp.contains("pdfuaid:part") && xmp.contains("dc:title"), "{xmp}");
}

#[test]
fn paper_is_tagged_and_says_what_was_typed() {
    let nowhere = tempfile::tempdir().unwrap();
    let pdf = print(nowhere.path(), &data()).unwrap();
    assert!(pdf.is_accessible);
    assert_eq!(pdf.pages, 1);
    is_tagged(&pdf.bytes, "ca");
    let document = Document::load_mem(&pdf.bytes).unwrap();
    let tags = tags(&document);
    for tag in ["Figure", "H1", "H2", "L", "LI", "P", "TD", "TH", "TR", "Table"] {
        assert!(tags.iter().any(|known| known == tag), "{tag} is not in {tags:?}");
    }
    let text = text_of(&pdf.bytes).replace('\n', " ");
    for part in ["Col·legi", "«Núñez & Cia»", "#panic(1)", "*no*", "$x$", "@b <c>", "Exemple, SL"] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    // The same data make the same document.
    assert_eq!(print(nowhere.path(), &data()).unwrap().bytes, pdf.bytes);
}

#[test]
fn a_letter_without_font_costs_the_claim_and_not_the_document() {
    let nowhere = tempfile::tempdir().unwrap();
    let mut data = data();
    data["intro"] = json!(["Marta 🦀"]);
    let pdf = print(nowhere.path(), &data).unwrap();
    assert!(!pdf.is_accessible);
    assert!(Document::load_mem(&pdf.bytes).unwrap().catalog().unwrap().has(b"StructTreeRoot"));
}

#[test]
fn a_company_changes_a_template_and_reads_what_is_wrong_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let own = folder.path().join("person");
    fs::create_dir_all(&own).unwrap();
    let write = |text: &str| fs::write(own.join("main.typ"), text).unwrap();
    write(
        "#set document(title: \"Nostre\")\n#let data = json(\"data.json\")\nLa nostra carta: #data.title\n",
    );
    assert!(text_of(&print(folder.path(), &data()).unwrap().bytes).contains("La nostra carta: Prova"));
    for (text, line, said) in [
        ("Bé\n\n#nothing\n", 3, "unknown variable"),
        ("#read(\"/etc/passwd\")", 1, "not found"),
        ("#read(\"../../secret\")", 1, ""),
        ("#import \"@preview/cetz:0.3.0\": *", 1, "package"),
        ("\n#let f(x) = f(x + 1)\n#f(1)", 2, "depth"),
        ("#while true { 1 }", 1, "always true"),
    ] {
        write(text);
        let problems = print(folder.path(), &data()).unwrap_err();
        assert_eq!(problems[0].line, line, "{text}: {problems:?}");
        assert!(problems[0].message.contains(said), "{text}: {problems:?}");
    }
    fs::write(own.join("main.typ"), [0xFF, 0xFE]).unwrap();
    assert_eq!(print(folder.path(), &data()).unwrap_err()[0].file, "main.typ");
    fs::remove_file(own.join("main.typ")).unwrap();
    assert!(print(folder.path(), &data()).is_ok());
    assert!(Templates::new(folder.path()).get("../person").is_err());
}

#[test]
fn limits_are_told_before_the_work() {
    let nowhere = tempfile::tempdir().unwrap();
    let mut big = data();
    big["made"] = json!("a".repeat(print::DATA_BYTES_MAX));
    assert!(print(nowhere.path(), &big).unwrap_err()[0].message.contains("bytes of data"));
    assert!(print::is_picture(&png()));
    assert!(!print::is_picture(&png()[..40]));
}

#[tokio::test]
async fn everything_about_a_person_is_there_on_paper() {
    let kit = Kit::company();
    let key = kit.key("administrator");
    let body = r#"{"name": "Marta Puig", "email": "marta@exemple.cat", "town": "Olot", "description": "Vol «més» *llum*"}"#;
    let made = kit.api(Method::POST, "/leads", &key, &[], body).await.json();
    let id: model::LeadId = made["id"].as_str().unwrap().parse().unwrap();
    let note = "Demana que li escriguem. ".repeat(30);
    services::leads::add_note(&kit.state.app, &kit.admin(), id, &note).unwrap();
    let mut projector = projectors::projector(&kit.state.app, Reading::Search).unwrap();
    projectors::catch_up(&kit.state.app, Reading::Search, projector.as_mut()).unwrap();
    let cookie = format!("{}={}", server::SESSION, kit.session());
    let page = kit.get("/privacy?q=marta%40exemple.cat", &[("cookie", &cookie)]).await.text();
    assert!(page.contains("/privacy/report.pdf?q=marta%40exemple.cat"), "{page}");
    let file = kit.get("/privacy/report.pdf?q=marta%40exemple.cat", &[("cookie", &cookie)]).await;
    assert_eq!((file.status, file.header("content-type")), (StatusCode::OK, "application/pdf"));
    assert!(file.header("content-disposition").contains("person.pdf"));
    is_tagged(&file.body, "ca");
    let text = text_of(&file.body).split_whitespace().collect::<Vec<_>>().join(" ");
    for part in ["Marta Puig", "marta@exemple.cat", "Olot", "*llum*", "Què ha passat"] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    // Whole, not cut like a cell of a page.
    assert!(text.matches("Demana que li").count() >= 60, "{text}");
    let odd = kit.get("/privacy/report.pdf?q=Marta", &[("cookie", &cookie)]).await;
    assert_eq!(odd.status, StatusCode::UNPROCESSABLE_ENTITY);
}
