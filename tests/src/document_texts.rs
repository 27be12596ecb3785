//! Documents are found by what is inside their files.

use crate::test_app::TestApp;
use crate::{printing, process};
use model::uuid::Uuid;
use model::{Kind, RoleKey};
use services::documents::{self, Upload};
use services::projectors::Reading;
use services::records::{self, Draft};
use services::{Ctx, Options, maintenance, search};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

fn letter(text: &str) -> Upload {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("word/document.xml", SimpleFileOptions::default()).unwrap();
    write!(writer, "<w:document><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:document>").unwrap();
    Upload { name: "carta.docx".to_owned(), bytes: writer.finish().unwrap().into_inner() }
}

fn text(text: &str) -> Upload {
    Upload { name: "nota.txt".to_owned(), bytes: text.as_bytes().to_vec() }
}

fn draft(fields: &[(&str, &str)]) -> Draft {
    let mut draft = Draft::default();
    for (key, text) in fields {
        draft.put(key, *text);
    }
    draft
}

/// Ids, and the pieces of the snippets that are marked.
fn found(test: &TestApp, ctx: &Ctx, words: &str) -> Vec<(Uuid, String)> {
    let found = search::everything(&test.app, ctx, words, &[Kind::Document], 0, 10).unwrap().found;
    let marked = |found: search::FoundRecord| {
        let pieces = found.snippet.into_iter().flat_map(|snippet| snippet.pieces);
        let marked: Vec<String> = pieces.filter(|piece| piece.marked).map(|piece| piece.text).collect();
        (found.record.about().id, marked.join(" "))
    };
    found.into_iter().map(marked).collect()
}

#[test]
fn a_document_is_found_by_the_text_of_its_newest_version_by_those_who_see_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(folder.path());
    let [rep, other] = ["Raül", "Olga"].map(|name| test.at_work(test.hire(name, RoleKey::REP).id()));
    let company = draft(&[("name", "Fusteria Puig")]);
    let company = records::create(&test.app, &rep, Kind::Company, &company, None).unwrap().about().id;
    let here = draft(&[("company", &company.to_string())]);
    let sent = [letter("Clàusula de penalització"), text("Lliurament a Vic")];
    let made = documents::add(&test.app, &rep, &here, &sent, None).unwrap();
    let [contract, note] = [made[0].meta.id, made[1].meta.id];
    test.settle();
    assert_eq!(found(&test, &rep, "penalitzacio"), [(contract, "penalització".to_owned())]);
    assert_eq!(found(&test, &rep, "lliurament"), [(note, "Lliurament".to_owned())]);
    assert_eq!(found(&test, &other, "penalitzacio"), []);

    // Another title leaves the text; another version brings its own.
    let renamed = draft(&[("title", "Acord")]);
    records::update(&test.app, &rep, Kind::Document, contract, 1, &renamed).unwrap();
    test.settle();
    assert_eq!(found(&test, &rep, "acord penalització").len(), 1);
    documents::add_version(&test.app, &rep, contract, 2, &letter("Sense recàrrecs"), "").unwrap();
    documents::add_version(&test.app, &rep, note, 1, &text("Recollida a Manlleu"), "").unwrap();
    test.settle();
    assert_eq!(found(&test, &rep, "penalitzacio"), []);
    assert_eq!(found(&test, &rep, "recarrecs"), [(contract, "recàrrecs".to_owned())]);
    let stored = documents::get(&test.app, &rep, note).unwrap();
    records::delete(&test.app, &rep, Kind::Document, note, stored.meta.version).unwrap();
    test.settle();
    assert_eq!(found(&test, &rep, "manlleu"), []);
    test.verify();
    // Made anew it finds the same.
    test.close_and_compare();
}

#[test]
fn a_pdf_is_found_by_its_words_also_one_from_before_they_were_read() {
    let folder = tempfile::tempdir().unwrap();
    let options = || Options { pdf_reader: Some(process::program()), ..Options::default() };
    let pdf = |name: &str, bytes: Vec<u8>| Upload { name: format!("{name}.pdf"), bytes };
    let mut test = TestApp::company(folder.path());
    let admin = test.admin();
    let company = draft(&[("name", "Fusteria Puig")]);
    let company = records::create(&test.app, &admin, Kind::Company, &company, None).unwrap().about().id;
    let here = draft(&[("company", &company.to_string())]);
    let paper = [pdf("oferta", printing::page_saying("Un llorer i dues sureres"))];
    let offer = documents::add(&test.app, &admin, &here, &paper, None).unwrap()[0].meta.id;
    test.settle();
    assert_eq!(found(&test, &admin, "sureres"), [], "nobody read it");
    drop(test);

    maintenance::rebuild(folder.path(), Reading::Search, options()).unwrap();
    let mut test = TestApp::open(folder.path(), options());
    let admin = test.admin();
    test.settle();
    assert_eq!(found(&test, &admin, "llorer sureres"), [(offer, "llorer sureres".to_owned())]);
    // One that is broken is kept, and keeps the others from nothing.
    let more = [
        pdf("trencat", b"%PDF-1.7\n1 0 obj\n<< /Length 1".to_vec()),
        pdf("plec", printing::page_saying("Plec de condicions")),
    ];
    let made = documents::add(&test.app, &admin, &here, &more, None).unwrap();
    test.settle();
    assert!(found(&test, &admin, "trencat").iter().any(|(id, _)| *id == made[0].meta.id));
    assert_eq!(found(&test, &admin, "condicions"), [(made[1].meta.id, "condicions".to_owned())]);
    test.verify();
}
