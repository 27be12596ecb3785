//! What is no sheet is refused with a stable code, and what is made to hurt does not.

use crate::files::{ods, ods_content, xlsx, zip};
use rust_xlsxwriter::Workbook;
use tracte_sheets::{Limits, OpenError, open};

fn check(bytes: &[u8], expected: &str) {
    let error = open(bytes, "leads.csv", &Limits::default()).err().unwrap();
    let shown = match &error {
        OpenError::NotASpreadsheet { what } => format!("{}: {what}", error.code()),
        _ => error.code().to_owned(),
    };
    assert_eq!(shown, expected, "{error}");
}

fn small_xlsx() -> Vec<u8> {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().write_string(0, 0, "Nom").unwrap();
    workbook.save_to_buffer().unwrap()
}

fn ole(name: &str) -> Vec<u8> {
    let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    bytes.resize(512, 0);
    bytes.extend(name.encode_utf16().flat_map(u16::to_le_bytes));
    bytes.resize(4_096, 0);
    bytes
}

#[test]
fn what_is_not_a_sheet_is_named() {
    check(b"%PDF-1.7\n%\xE2\xE3", "not-a-spreadsheet: pdf");
    check(b"\x89PNG\r\n\x1a\n\0\0\0", "not-a-spreadsheet: image");
    check(b"\xFF\xD8\xFF\xE0", "not-a-spreadsheet: image");
    check(b"{\\rtf1 x}", "not-a-spreadsheet: rtf");
    check(b"\x1f\x8b\x08\0", "not-a-spreadsheet: archive");
    check(b"\n <!DOCTYPE html><table><tr><td>", "not-a-spreadsheet: html");
    check(b"\xEF\xBB\xBF<?xml version=\"1.0\"?>", "not-a-spreadsheet: xml");
    check(b"[{\"name\": 1}]", "not-a-spreadsheet: json");
    check(b"a;b\n\0\x01;c", "not-a-spreadsheet: binary");
    check(&zip(&[("word/document.xml", b"<w/>")]), "not-a-spreadsheet: word");
    check(&zip(&[("ppt/presentation.xml", b"<p/>")]), "not-a-spreadsheet: presentation");
    check(&zip(&[("xl/workbook.bin", b"x")]), "not-a-spreadsheet: xlsb");
    check(&zip(&[("Index/Document.iwa", b"x")]), "not-a-spreadsheet: numbers");
    check(&zip(&[("notes.txt", b"x")]), "not-a-spreadsheet: archive");
    check(&zip(&[]), "not-a-spreadsheet: archive");
    check(&ole("WordDocument"), "not-a-spreadsheet: word");
    check(&ole("Nothing"), "not-a-spreadsheet: old-office");
}

#[test]
fn what_has_no_names_of_columns_is_refused() {
    check(b"", "empty");
    check(b"\xEF\xBB\xBF", "empty");
    check(b" \r\n;;;\r\n\r\n", "empty");
    check(b"sep=;\n", "empty");
    check(b"1;2;3\n4;5;6\n", "no-header");
    check(b"Anna;anna@example.cat\nPau;pau@example.cat\n", "no-header");
    check(&ods(""), "empty");
}

#[test]
fn what_is_too_much_is_refused() {
    let limits = Limits { file_bytes: 100, columns: 3, rows: 2, ..Limits::default() };
    let code = |bytes: &[u8]| open(bytes, "list", &limits).err().map(|error| error.code());
    assert_eq!(code(&[b'x'; 101]), Some("too-big"));
    assert_eq!(code(b"a;b;c\n1\n2\n"), None);
    assert_eq!(code(b"a;b;c\n1\n2\n3\n"), Some("too-many-rows"));
    assert_eq!(code(b"a;b;c;d\n1\n"), Some("too-many-columns"));
    assert_eq!(code(b"a;b;c;;;\n1;2;3;;;\n"), None, "columns without name and data do not count");
    let limits = Limits { columns: 3, rows: 2, ..Limits::default() };
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for row in 0..4 {
        sheet.write_string(row, 2, "x").unwrap();
    }
    let bytes = workbook.save_to_buffer().unwrap();
    assert_eq!(open(&bytes, "list", &limits).err().unwrap().code(), "too-many-rows");
    let limits = Limits { columns: 2, ..limits };
    assert_eq!(open(&bytes, "list", &limits).err().unwrap().code(), "too-many-columns");
}

#[test]
fn passwords_are_recognised() {
    check(&ole("EncryptedPackage"), "password");
    check(
        &zip(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("encrypted-package", b"x")]),
        "password",
    );
    let manifest = b"<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>";
    let encrypted = zip(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", manifest),
        ("content.xml", b"\x8f\x02\x03"),
    ]);
    check(&encrypted, "password");
}

#[test]
fn a_workbook_cut_or_changed_anywhere_is_refused_or_read_but_never_kills() {
    let whole = small_xlsx();
    for length in (30..whole.len()).step_by(41) {
        check(&whole[..length], "damaged");
    }
    for at in (4..whole.len()).step_by(13) {
        let mut changed = whole.clone();
        changed[at] ^= 0xFF;
        let _ = open(&changed, "list", &Limits::default());
    }
    let xls = include_bytes!("leads.xls");
    for at in (8..xls.len()).step_by(7) {
        let mut changed = xls.to_vec();
        changed[at] ^= 0xFF;
        let _ = open(&changed, "list", &Limits::default());
        let _ = open(&xls[..at], "list", &Limits::default());
    }
    check(&ole("Workbook"), "damaged");
    check(&xlsx("<row r=\"1\"><c r=\"A99999999999\"><v>1</v></c></row>", "<sst/>"), "damaged");
    check(
        &xlsx(
            "<row r=\"2\"><c r=\"A2\"><v>1</v></c></row><row r=\"1\"><c r=\"A1\"><v>1</v></c></row>",
            "<sst/>",
        ),
        "damaged",
    );
    check(&xlsx("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>7</v></c></row>", "<sst/>"), "damaged");
}

#[test]
fn a_file_that_unpacks_out_of_proportion_is_refused_whatever_it_claims() {
    let zeros = vec![b' '; 40 * 1024 * 1024];
    let mut bomb = zip(&[("xl/workbook.xml", b"<workbook/>"), ("xl/worksheets/sheet1.xml", &zeros)]);
    check(&bomb, "zip-bomb");
    let claimed = u32::try_from(zeros.len()).unwrap().to_le_bytes();
    while let Some(at) = bomb.windows(4).position(|window| window == claimed) {
        bomb[at..at + 4].copy_from_slice(&100_u32.to_le_bytes());
    }
    check(&bomb, "zip-bomb");
    for attribute in [
        "uniqueCount=\"999999999999\"",
        "uniqueCount = '999999999999'",
        "uniqueCount=\"99999999999999999999\"",
    ] {
        check(&xlsx("", &format!("<sst {attribute}></sst>")), "damaged");
        for before in [65_511, 65_520, 65_530, 65_536] {
            check(&xlsx("", &format!("<sst{}{attribute}></sst>", " ".repeat(before))), "damaged");
        }
    }
}

#[test]
fn an_ods_made_to_hurt_is_refused() {
    let cell = "<table:table-cell office:value=\"1\" table:number-columns-repeated=\"16384\"/>";
    let row = format!("<table:table-row>{cell}</table:table-row>");
    check(&ods(&row.repeat(1_000)), "zip-bomb");
    let rows = "<table:table-row table:number-rows-repeated=\"1048576\">\
                <table:table-cell office:value=\"1\" table:number-columns-repeated=\"100\"/></table:table-row>";
    check(&ods(rows), "zip-bomb");
    check(&ods_content("<table:table table:name=\"A\">"), "damaged");
    let spaces = "<table:table-row><table:table-cell office:value-type=\"string\">\
                  <text:p><text:s text:c=\"4000000000\"/></text:p></table:table-cell></table:table-row>";
    check(&ods(spaces), "damaged");
    let note = "<table:table-row><table:table-cell office:value-type=\"string\"><office:annotation></table:table-cell></table:table-row>";
    check(&ods(note), "damaged");
}

/// One long text that every cell points at: each is cut before they are gathered.
#[test]
fn a_long_text_shared_by_many_cells_is_cut() {
    let cells = |row: usize| format!("<row r=\"{row}\">{}</row>", "<c t=\"s\"><v>1</v></c>".repeat(500));
    let header: String = (0..500).map(|_| "<c t=\"s\"><v>0</v></c>").collect();
    let strings = format!("<sst><si><t>a</t></si><si><t>{}</t></si></sst>", "é".repeat(500_000));
    let data = format!("<row r=\"1\">{header}</row>{}", cells(2));
    let sheet = open(&xlsx(&data, &strings), "list", &Limits::default()).unwrap();
    let row = sheet.rows().next().unwrap();
    assert_eq!(row.problems.len(), 500);
    assert!(row.cells.iter().all(|cell| cell.chars().count() == tracte_sheets::CELL_CHARACTERS_MAX));
}

/// The Dimensions record of a true XLS, changed to claim four thousand million rows.
#[test]
fn an_xls_that_claims_too_much_is_refused() {
    let mut xls = include_bytes!("leads.xls").to_vec();
    let at = xls.windows(4).position(|window| window == b"\x00\x02\x0e\x00").unwrap();
    xls[at + 8..at + 12].copy_from_slice(&[0xFF; 4]);
    check(&xls, "damaged");
}
