//! Files out: what is written comes back the same, and nothing in it runs.

use crate::files::{rows, sheet, shown};
use model::jiff::civil::date;
use model::{Currency, Language};
use proptest::prelude::*;
use tracte_sheets::{Cell, Column, Kind, Separator, write_csv, write_xlsx};

fn headers(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn csv_is_for_the_spreadsheet_program_of_the_reader() {
    let names = headers(&["Nom", "Import"]);
    let written = write_csv(&names, [["Anna; Pi", "1,5"]], Separator::for_language(Language::Ca));
    assert_eq!(written, b"\xEF\xBB\xBFNom;Import\r\n\"Anna; Pi\";\"1,5\"\r\n");
    let written = write_csv(&names, [["Anna \"Pi\"", "1.5"]], Separator::for_language(Language::En));
    assert_eq!(written, b"\xEF\xBB\xBFNom,Import\r\n\"Anna \"\"Pi\"\"\",1.5\r\n");
}

#[test]
fn no_cell_runs_as_a_formula() {
    for (cell, written) in [
        ("=1+1", "'=1+1"),
        ("+cmd", "'+cmd"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "\"'\t=1\""),
        ("'=1", "''=1"),
        ("-12,50", "\"-12,50\""),
        ("+34 600 123 456", "+34 600 123 456"),
        ("+34600123456", "+34600123456"),
        ("-", "'-"),
        ("'t Hof", "'t Hof"),
        ("a=b", "a=b"),
    ] {
        let bytes = write_csv(&headers(&["h"]), [[cell]], Separator::Semicolon);
        assert_eq!(String::from_utf8_lossy(&bytes[3..]), format!("h\r\n{written}\r\n"));
        assert_eq!(rows(&sheet(&bytes))[0].cells, [cell], "and it comes back as it was");
    }
}

#[test]
fn xlsx_cells_have_their_types() {
    let column = |title: &str, kind| Column { title: title.to_owned(), kind, width: 20 };
    let columns = [
        column("Nom", Kind::Text),
        column("Leads", Kind::Integer),
        column("Import", Kind::Money { currency: Currency::Eur }),
        column("Data", Kind::Date),
        column("Quota", Kind::Percent),
    ];
    let lines = vec![
        vec![
            Cell::Text("=1+1".to_owned()),
            Cell::Integer(1_234),
            Cell::Money(123_450),
            Cell::Date(date(2026, 1, 31)),
            Cell::Percent(0.215),
        ],
        vec![
            Cell::Text("l·l".to_owned()),
            Cell::Integer(i64::MAX),
            Cell::MoneyIn(5_050, Currency::Chf),
            Cell::Date(date(1714, 9, 11)),
        ],
    ];
    let bytes = write_xlsx("Leads / 2026: [tots]", &columns, lines).unwrap();
    let sheet = sheet(&bytes);
    assert_eq!(sheet.sheet_name.as_deref(), Some("Leads   2026   tots"));
    assert_eq!(sheet.headers, ["Nom", "Leads", "Import", "Data", "Quota"]);
    let expected = ["2: =1+1|1234|1234.5|2026-01-31|21.5%", "3: l·l|9223372036854775807|50.5|1714-09-11|"];
    assert_eq!(shown(&sheet), expected);
    let empty = write_xlsx("", &columns, Vec::new()).unwrap();
    assert_eq!(crate::files::sheet(&empty).rows, 0);
}

/// Texts as people write them, with all that CSV must quote; no control characters, and something in the first cell.
fn cell() -> impl Strategy<Value = String> {
    let special = prop::sample::select(vec![
        "=1", "+", "-5", "-5,2", "@x", "'", "'=", "\"", "\"\"", ";", ",", "\t", "|", "\r\n", "\n", "à·l",
        "€", " ", "sep=;",
    ]);
    prop_oneof!["[ -~à-ÿ€\n]{0,12}", prop::collection::vec(special, 0..4).prop_map(|parts| parts.concat()),]
}

proptest! {
    #[test]
    fn what_is_written_comes_back(lines in prop::collection::vec(prop::collection::vec(cell(), 3), 0..20), comma: bool) {
        let separator = if comma { Separator::Comma } else { Separator::Semicolon };
        let lines: Vec<Vec<String>> =
            lines.into_iter().map(|cells| [vec!["x".to_owned()], cells].concat()).collect();
        let bytes = write_csv(&headers(&["first", "a", "b", "c"]), &lines, separator);
        let read: Vec<Vec<String>> = rows(&sheet(&bytes)).into_iter().map(|row| row.cells).collect();
        prop_assert_eq!(read, lines);
    }

    #[test]
    fn no_bytes_kill_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..300), text in "[a-z;,\"\n\r\t|=@. ]{0,80}") {
        let limits = tracte_sheets::Limits::default();
        for input in [&bytes[..], text.as_bytes()] {
            if let Ok(sheet) = tracte_sheets::open(input, "x", &limits) {
                prop_assert_eq!(sheet.rows().count(), sheet.rows);
                let numbers: Vec<usize> = sheet.rows().map(|row| row.number).collect();
                prop_assert!(numbers.is_sorted());
            }
        }
    }
}
