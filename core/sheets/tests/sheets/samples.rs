//! The samples in `data/samples` stay readable, with as many mistakes in them as their README says.

use crate::files::{rows, sheet};
use tracte_sheets::Sheet;

fn sample(name: &str) -> Sheet {
    let path = format!("{}/../../data/samples/{name}", env!("CARGO_MANIFEST_DIR"));
    sheet(&std::fs::read(path).unwrap())
}

/// Row numbers with an e-mail, phone (the column after it), tax id or amount that `model` refuses.
fn mistaken(sheet: &Sheet, email: usize, tax_id: usize, amount: usize) -> Vec<usize> {
    let is_wrong = |cells: &[String]| {
        let filled = |column: usize| Some(cells[column].as_str()).filter(|cell| !cell.is_empty());
        filled(email).is_some_and(|cell| model::normalize_email(cell).is_err())
            || filled(tax_id).is_some_and(|cell| model::normalize_tax_id(cell).is_err())
            || filled(email + 1).is_some_and(|cell| model::normalize_phone(cell, "ES").is_err())
            || filled(amount).is_some_and(|cell| model::parse_amount(cell, model::Currency::Eur).is_err())
    };
    rows(sheet).into_iter().filter(|row| is_wrong(&row.cells)).map(|row| row.number).collect()
}

#[test]
fn catalan() {
    let sheet = sample("leads-ca.csv");
    assert_eq!((sheet.encoding, sheet.separator, sheet.rows), (Some("UTF-8"), Some(';'), 25));
    assert_eq!(sheet.headers[3], "Correu electrònic");
    // The cell of two lines in the fifth row moves the numbers below it by one.
    assert_eq!(mistaken(&sheet, 3, 2, 7), [16, 21, 24]);
}

#[test]
fn spanish() {
    let sheet = sample("leads-es-windows1252.csv");
    assert_eq!((sheet.encoding, sheet.separator, sheet.rows), (Some("windows-1252"), Some(';'), 10));
    assert_eq!(sheet.headers[4], "Teléfono");
    assert_eq!(mistaken(&sheet, 3, 2, 7), [9]);
}

#[test]
fn english() {
    let sheet = sample("leads-en.xlsx");
    assert_eq!(sheet.rows, 12);
    assert_eq!(mistaken(&sheet, 3, 2, 7), [6, 10]);
    let moraira = rows(&sheet).remove(6).cells;
    assert_eq!((moraira[5].as_str(), moraira[9].as_str()), ("03724", "2026-07-15"));
}
