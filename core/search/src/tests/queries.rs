//! What people type and what they find.

use super::journal::{Journal, MARTA, NORTH, PERE, SOUTH, filled, find, lead, note};
use crate::{HITS_MAX, Piece, Query, Search};
use model::{Kind, Lead, Scope};
use tempfile::TempDir;

fn leads() -> Vec<Lead> {
    let some = |text: &str| Some(text.to_owned());
    let mut leads: Vec<Lead> = (1..=8).map(lead).collect();
    let fill = |lead: &mut Lead, company: &str, name: &str, description: &str| {
        lead.company = some(company);
        lead.name = some(name);
        lead.description = some(description);
    };
    fill(
        &mut leads[0],
        "Instal·lacions Peñalver, S.L.",
        "Núria Puig",
        "Volen un pressupost de plaques solars.",
    );
    leads[0].email = some("nuria.puig@penalver.cat");
    leads[0].phone = some("+34972123456");
    leads[0].tax_id = some("A58818501");
    leads[0].town = some("Girona");
    leads[0].owner = Some(MARTA);
    leads[0].team = Some(NORTH);
    fill(&mut leads[1], "Fusteria l’Àngel", "Àngel Solà", "Li interessa la facturació electrònica.");
    leads[1].phone = some("+34612345678");
    leads[1].tax_id = some("12345678Z");
    leads[1].external_key = some("ERP-00042");
    leads[1].owner = Some(PERE);
    leads[1].team = Some(NORTH);
    fill(&mut leads[2], "Contratas del Sur", "José Muñoz", "Quiere renovar los contratos de mantenimiento.");
    leads[2].town = some("L'Hospitalet de Llobregat");
    leads[2].owner = Some(PERE);
    leads[2].team = Some(SOUTH);
    fill(&mut leads[3], "Northwind Traders", "Anna O'Brien", "Needs integrations with their warehouse.");
    leads[3].phone = some("+442079460958");
    leads[3].website = some("https://northwind.example");
    fill(&mut leads[4], "Puig i Fills", "Jordi Serra", "Col·legi amb 300 alumnes. Facturacions mensuals.");
    fill(&mut leads[5], "Electrodomèstics Girona", "Pere Puig", "Botiga al carrer Nou 12.");
    fill(&mut leads[6], "INSTALACIONES RUIZ", "Rosa Ruiz", "");
    fill(&mut leads[7], "Otorrinolaringologia Vidal", "", "🙂 client de tota la vida");
    leads
}

fn small_company() -> (TempDir, Search) {
    let folder = tempfile::tempdir().unwrap();
    let mut journal = Journal::default();
    for lead in leads() {
        journal.put(&lead, None);
    }
    journal.put(&note(101, 4, "Trucar dijous: vol veure el catàleg de cadires."), None);
    let search = filled(folder.path(), &journal);
    (folder, search)
}

/// Typed text and the leads it finds, in the order of the leads; the order of hits is another test's.
const TABLE: &[(&str, &[u128])] = &[
    ("Peñalver", &[1]),
    ("penalver", &[1]),
    ("instal·lacions", &[1]),
    ("instal.lacions", &[1]),
    ("INSTAL-LACIONS", &[1]),
    ("installacions", &[1]),
    ("instalacions", &[1, 7]),
    ("instal·lació", &[1]),
    ("instalaciones", &[7]),
    ("instal", &[1, 7]),
    ("peñ", &[1]),
    ("penalver sl", &[1]),
    ("penalver s.l.", &[1]),
    ("puig nuria", &[1]),
    ("puig", &[1, 5, 6]),
    ("pui nur", &[1]),
    ("facturació", &[2, 5]),
    ("facturacio", &[2, 5]),
    ("facturacions", &[2, 5]),
    ("factura", &[2, 5]),
    ("l'àngel", &[2]),
    ("angel", &[2]),
    ("fusteria de l’àngel", &[]),
    ("contrato", &[3]),
    ("munoz", &[3]),
    ("hospitalet", &[3]),
    ("l'hospitalet", &[3]),
    ("integration", &[4]),
    ("o'brien", &[4]),
    ("northwind.example", &[4]),
    ("cadira", &[4]),
    ("catàleg de cad", &[4]),
    ("col.legi", &[5]),
    ("collegi", &[5]),
    ("girona", &[1, 6]),
    ("otorrinolaringo", &[8]),
    ("otorrinolaringologia vid", &[8]),
    // E-mail, phone, tax id and key in any spelling.
    ("nuria.puig@penalver.cat", &[1]),
    (" Nuria.Puig@Penalver.CAT ", &[1]),
    ("mailto:nuria.puig@penalver.cat", &[1]),
    ("nuria.puig@", &[1]),
    ("972123456", &[1]),
    ("972 12 34 56", &[1]),
    ("(972) 12-34-56", &[1]),
    ("+34 972.123.456", &[1]),
    ("0034972123456", &[1]),
    ("puig 972 12 34 56", &[1]),
    ("972 12 34 56 puig", &[1]),
    ("serra 972 12 34 56", &[]),
    ("97212", &[1]),
    ("020 7946 0958", &[4]),
    ("A58818501", &[1]),
    ("a-58818501", &[1]),
    ("ES A58818501", &[1]),
    ("12.345.678-z", &[2]),
    ("angel 12345678Z", &[2]),
    ("erp-00042", &[2]),
    ("carrer nou 12", &[6]),
    // Nothing, and nonsense.
    ("puig ruiz", &[]),
    ("", &[]),
    ("   ", &[]),
    ("🙂", &[]),
    ("\"puig", &[1, 5, 6]),
    ("(puig] OR [* AND", &[]),
    ("puig:*^~", &[1, 5, 6]),
    ("\\", &[]),
    ("\0", &[]),
];

#[test]
fn finds_what_people_type() {
    let (_folder, search) = small_company();
    let mut wrong = Vec::new();
    for (text, expected) in TABLE {
        let mut found = find(&search, Scope::Everything, text);
        found.sort_unstable();
        if found != *expected {
            wrong.push(format!("{text:?}: {found:?}, not {expected:?}"));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn the_best_comes_first() {
    let (_folder, search) = small_company();
    let first = |text: &str| find(&search, Scope::Everything, text)[0];
    // Names before texts, whole words before beginnings, the e-mail before those with its words.
    assert_eq!(first("girona"), 6);
    assert_eq!(first("puig i fills"), 5);
    assert_eq!(first("nuria.puig@penalver.cat"), 1);
}

#[test]
fn anything_can_be_typed() {
    let (_folder, search) = small_company();
    let long = "puig ".repeat(2_000);
    assert_eq!(find(&search, Scope::Everything, &long).len(), 3);
    for text in ["a".repeat(10_000), "🙂".repeat(5_000), "(".repeat(10_000), "1 ".repeat(5_000)] {
        assert_eq!(find(&search, Scope::Everything, &text), Vec::<u128>::new());
    }
    for strange in "\"'`()[]{}<>:;,.*?!~^+-|&\\/@#$%=_\u{200d}\u{202e}\u{0301}".chars() {
        for text in [format!("{strange}"), format!("{strange}puig{strange}"), format!("puig{strange}x")] {
            find(&search, Scope::Everything, &text);
        }
    }
}

#[test]
fn nobody_finds_what_they_may_not_see() {
    let (_folder, search) = small_company();
    for (scope, expected) in [
        (Scope::Nothing, vec![]),
        (Scope::Own(MARTA), vec![1]),
        (Scope::Own(PERE), vec![2, 3]),
        (Scope::Teams(vec![NORTH], MARTA), vec![1, 2]),
        (Scope::Teams(vec![NORTH], PERE), vec![1, 2, 3]),
        (Scope::Teams(vec![], MARTA), vec![1]),
        (Scope::Teams(vec![NORTH, SOUTH], MARTA), vec![1, 2, 3]),
        (Scope::Everything, vec![1, 2, 3]),
    ] {
        let texts = ["nuria", "angel", "jose"];
        let mut found: Vec<u128> = texts.iter().flat_map(|text| find(&search, scope.clone(), text)).collect();
        found.sort_unstable();
        assert_eq!(found, expected, "{scope:?}");
    }
    // Not even with the whole address.
    assert_eq!(find(&search, Scope::Own(PERE), "nuria.puig@penalver.cat"), Vec::<u128>::new());
}

#[test]
fn pages_follow_each_other() {
    let (_folder, search) = small_company();
    let page = |skip, limit| {
        let query = Query { text: "puig".into(), scopes: vec![(Kind::Lead, Scope::Everything)], limit, skip };
        search.query(&query).unwrap()
    };
    let all = page(0, HITS_MAX * 10);
    assert_eq!((all.hits.len(), all.total), (3, 3));
    for (place, hit) in all.hits.iter().enumerate() {
        assert_eq!(page(place, 1).hits, std::slice::from_ref(hit));
    }
    assert_eq!(page(1_000_000, 0).hits, []);
}

#[test]
fn snippets_mark_the_words() {
    let (_folder, search) = small_company();
    let snippet = |text: &str| {
        let query =
            Query { text: text.into(), scopes: vec![(Kind::Lead, Scope::Everything)], limit: 1, skip: 0 };
        let snippet = search.query(&query).unwrap().hits.remove(0).snippet?;
        let mark =
            |piece: &Piece| if piece.marked { format!("[{}]", piece.text) } else { piece.text.clone() };
        Some(snippet.pieces.iter().map(mark).collect::<String>())
    };
    for (text, expected) in [
        ("cadira", Some("Trucar dijous: vol veure el catàleg de [cadires].")),
        ("facturacio electr", Some("Li interessa la [facturació] [electrònica].")),
        ("penalver sol", Some("Volen un pressupost de plaques [solars].")),
        ("ruiz", None),
    ] {
        assert_eq!(snippet(text).as_deref(), expected, "{text}");
    }
}
