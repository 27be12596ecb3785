//! Titles above the headers.

use rust_xlsxwriter::Workbook;
use tracte_sheets::{Limits, ReadAs, Sheet, open, open_as};

fn looked(bytes: &[u8]) -> Sheet {
    open_as(bytes, "list", &ReadAs { passes_titles: true, ..ReadAs::default() }, &Limits::default()).unwrap()
}

fn check(text: &str, header_row: usize, titles: usize, headers: &[&str]) {
    let sheet = looked(text.as_bytes());
    assert_eq!((sheet.header_row, sheet.titles), (header_row, titles), "{text}");
    assert_eq!(sheet.headers, headers, "{text}");
}

#[test]
fn titles_are_passed_over_and_headers_are_not() {
    let table = "Nom;NIF;Població\nPuig;B17000019;Olot\nOna;B17000027;Roses\n";
    check(table, 1, 0, &["Nom", "NIF", "Població"]);
    check(&format!("LLISTAT 2024\n\n{table}"), 3, 1, &["Nom", "NIF", "Població"]);
    check(&format!("LLISTAT 2024;;\nData;1/1/2024;\n{table}"), 3, 2, &["Nom", "NIF", "Població"]);
    check("Llista\n\nNom,Població\nPuig,Olot\nOna,Roses\n", 3, 1, &["Nom", "Població"]);
    // Two columns without an empty row above them may be one with stray cells.
    check("Nom\nPuig;Olot\nOna;Roses\n", 1, 0, &["Nom"]);
    // Data are no headers, and prose has no columns.
    check("Nom\nPuig;Olot;972203040\nOna;Roses;972203041\n", 1, 0, &["Nom"]);
    check("Notes\nUn, dos, tres\nQuatre\nCinc, sis\nSet, vuit, nou, deu\n", 1, 0, &["Notes"]);
}

#[test]
fn columns_behind_the_last_header_are_counted() {
    let mut workbook = Workbook::new();
    let out = workbook.add_worksheet();
    out.write_string(0, 0, "LLISTAT DE CLIENTS").unwrap();
    for (row, cells) in
        [(2, ["Nom", "NIF", "Població"]), (3, ["Puig", "B1", "Olot"]), (4, ["Ona", "B2", "Roses"])]
    {
        for (column, cell) in (0..).zip(cells) {
            out.write_string(row, column, cell).unwrap();
        }
    }
    let bytes = workbook.save_to_buffer().unwrap();
    let first = open(&bytes, "list", &Limits::default()).unwrap();
    assert_eq!((first.header_row, first.headers.len(), first.columns_beyond), (1, 1, 2));
    let sheet = looked(&bytes);
    assert_eq!((sheet.header_row, sheet.headers.len(), sheet.columns_beyond), (3, 3, 0));
}
