//! CSV in: encodings, separators, line numbers and what is odd in a row.

use crate::files::{rows, sheet, shown};
use tracte_sheets::{Format, Limits, ReadAs, open_as};

fn check(bytes: &[u8], encoding: &str, separator: Option<char>, headers: &[&str], expected: &[&str]) {
    let sheet = sheet(bytes);
    assert_eq!(sheet.format, Format::Csv);
    assert_eq!(sheet.encoding, Some(encoding));
    assert_eq!(sheet.separator, separator);
    assert_eq!(sheet.headers, headers);
    assert_eq!(shown(&sheet), expected);
}

#[test]
fn encodings_are_told_by_content() {
    let text = "Nom;Població\nAgència Núñez;l·l€\n";
    let expected = ["2: Agència Núñez|l·l€"];
    let headers = ["Nom", "Població"];
    let with_mark = format!("\u{feff}{text}");
    let utf16 = |bytes: fn(u16) -> [u8; 2]| with_mark.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    check(text.as_bytes(), "UTF-8", Some(';'), &headers, &expected);
    check(with_mark.as_bytes(), "UTF-8", Some(';'), &headers, &expected);
    check(&utf16(u16::to_le_bytes), "UTF-16LE", Some(';'), &headers, &expected);
    check(&utf16(u16::to_be_bytes), "UTF-16BE", Some(';'), &headers, &expected);
    let windows = b"Nom;Poblaci\xF3\nAg\xE8ncia N\xFA\xF1ez;l\xB7l\x80\n";
    check(windows, "windows-1252", Some(';'), &headers, &expected);
}

#[test]
fn a_few_broken_bytes_do_not_make_a_utf8_file_windows() {
    let mut bytes = "Nom;Població\nÀngel Òrrius;Mataró\nJosé;Calella\n".as_bytes().to_vec();
    bytes.extend(b"Jos\xE9;Blanes\n");
    let expected = ["2: Àngel Òrrius|Mataró", "3: José|Calella", "4: Jos\u{fffd}|Blanes !lost-characters@0"];
    check(&bytes, "UTF-8", Some(';'), &["Nom", "Població"], &expected);
}

#[test]
fn separators_are_told_by_consistency() {
    for (bytes, separator) in [
        ("a;b;c\n1,5;2,5;3,5\n1,5;2;3\n", Some(';')),
        ("a,b,c\n1.5,2;3,x\n1,2,3\n", Some(',')),
        ("a\tb\tc\n1,5\t2;2\t3\n", Some('\t')),
        ("a|b|c\n1,5|2|3\n", Some('|')),
        ("\"last, first\";b;c\n\"Pi, Anna\";\"x;y;z;w\";2\n\"Mas, Pau\";\"x\";2\n", Some(';')),
        ("Notes; i més,b\nx,y\nx,y\nx,y\n", Some(',')),
        ("E-mail\nanna\npau\n", None),
        ("sep=,\na;b,c\n1;2,3\n", Some(',')),
        ("SEP=|\r\na;b|c\r\n1;2|3\r\n", Some('|')),
    ] {
        assert_eq!(sheet(bytes.as_bytes()).separator, separator, "{bytes}");
    }
}

#[test]
fn decimal_commas_stay_as_written() {
    let bytes = b"Empresa;Import previst\nCan Pi;1.234,50\n\"Mas; Fills\";-12,5\n";
    let expected = ["2: Can Pi|1.234,50", "3: Mas; Fills|-12,5"];
    check(bytes, "UTF-8", Some(';'), &["Empresa", "Import previst"], &expected);
}

#[test]
fn numbers_are_the_lines_where_records_begin() {
    let text = "\n\nNom;Notes\nAnna;\"una\ndues\n\ntres\"\n\n;;\nPau;x\n\"Mar\n\";y\nLia;z";
    let expected = ["4: Anna|una\ndues\n\ntres", "10: Pau|x", "11: Mar\n|y", "13: Lia|z"];
    check(text.as_bytes(), "UTF-8", Some(';'), &["Nom", "Notes"], &expected);
    let windows = text.replace('\n', "\r\n");
    let expected: Vec<String> = expected.iter().map(|line| line.replace('\n', "\r\n")).collect();
    assert_eq!(shown(&sheet(windows.as_bytes())), expected);
    let old_mac = "Nom;Notes\rAnna;x\r\rPau;y\r";
    assert_eq!(shown(&sheet(old_mac.as_bytes())), ["2: Anna|x", "4: Pau|y"]);
    let declared = "sep=;\r\nNom;Notes\r\nAnna;x\r\n";
    assert_eq!(shown(&sheet(declared.as_bytes())), ["3: Anna|x"]);
}

#[test]
fn headers_become_unique_and_are_reported() {
    let sheet = sheet(b" Nom ;Tel\n;;\nNom;Tel;;tel;Tel;;\nAnna;1;x;2;3;;\n");
    assert_eq!(sheet.headers, ["Nom", "Tel"], "the first row with text is the header");
    let sheet = crate::files::sheet(b" Nom  i\tcognoms;Tel;;tel;Tel;;\nAnna;1;x;2;3;;\n");
    assert_eq!(sheet.headers, ["Nom i cognoms", "Tel", "Column 3", "tel (2)", "Tel (3)"]);
    let reported: Vec<_> =
        sheet.problems.iter().map(|problem| (problem.column, problem.code.code())).collect();
    assert_eq!(reported, [(2, "header-empty"), (3, "header-repeated"), (4, "header-repeated")]);
}

#[test]
fn ragged_rows_are_fitted_and_only_the_long_ones_reported() {
    let bytes = b"a;b;c\n1\n1;2;3;4;5\n1;2;3;;\n1;2\n";
    let expected = ["2: 1||", "3: 1|2|3 !too-many-cells@3", "4: 1|2|3", "5: 1|2|"];
    check(bytes, "UTF-8", Some(';'), &["a", "b", "c"], &expected);
}

#[test]
fn a_cell_longer_than_a_cell_can_be_is_cut_and_reported() {
    let text = format!("a;b\n1;\"{}\"\n", "x;y\n".repeat(20_000));
    let sheet = sheet(text.as_bytes());
    let rows = rows(&sheet);
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].cells[1].chars().count(), tracte_sheets::CELL_CHARACTERS_MAX);
    assert_eq!(rows[0].problems[0].code.code(), "cell-too-long");
}

/// Each such line is a row of its own, and those behind it are read as if it were not there.
#[test]
fn quotes_that_are_not_in_order_swallow_nothing() {
    let headers = ["Nom", "Correu"];
    let check = |text: &str, expected: &[&str]| {
        let bytes = format!("Nom,Correu\n{text}");
        check(bytes.as_bytes(), "UTF-8", Some(','), &headers, expected);
        let windows = bytes.replace('\n', "\r\n");
        let expected: Vec<String> = expected.iter().map(|line| line.replace('\n', "\r\n")).collect();
        assert_eq!(shown(&sheet(windows.as_bytes())), expected);
    };
    check(
        "\"Pep,pep@x.example\n\"Mar,mar@x.example\nLia,lia@x.example\n",
        &[
            "2: \"Pep|pep@x.example !broken-quote@0",
            "3: \"Mar|mar@x.example !broken-quote@0",
            "4: Lia|lia@x.example",
        ],
    );
    check(
        "Pep,\"pep@x.example\n\n\"Mas, Mar\",\"una\ndues\"\nLia,x\"y\"z",
        &["2: Pep|\"pep@x.example !broken-quote@1", "4: Mas, Mar|una\ndues", "6: Lia|x\"y\"z"],
    );
    check("\"Hotel \"Ona\"\",a\nLia,b\n", &["2: \"Hotel \"Ona\"\"|a !broken-quote@0", "3: Lia|b"]);
    check("\"Hotel \"\"Ona\"\"\" ,\"\"\nLia,b", &["2: Hotel \"Ona\" |", "3: Lia|b"]);
    check("Lia,\"b", &["2: Lia|\"b !broken-quote@1"]);
}

#[test]
fn reading_goes_on_behind_quotes_that_are_not_in_order() {
    let lines =
        (0..3_000).map(|number| format!("{number};{}one\r\n", if number % 3 == 0 { "\"" } else { "" }));
    let sheet = sheet(format!("number;text\r\n{}", lines.collect::<String>()).as_bytes());
    let all = rows(&sheet);
    assert_eq!((sheet.rows, all.len()), (3_000, 3_000));
    assert_eq!(all.iter().filter(|row| !row.problems.is_empty()).count(), 1_000);
    for from in [1, 2, 3, 1_023, 1_024, 1_025, 2_999] {
        let rest: Vec<_> = sheet.rows_from(all[from].number).collect();
        assert_eq!(rest, all[from..], "from row {}", all[from].number);
    }
}

#[test]
fn reading_goes_on_from_any_row() {
    let mut text = String::from("number;text\r\n");
    for number in 0..5_000 {
        let text_cell = if number % 7 == 0 { "\"two\r\nlines\"" } else { "one" };
        text.push_str(&format!("{number};{text_cell}\r\n"));
    }
    let sheet = sheet(text.as_bytes());
    let all: Vec<_> = sheet.rows().collect();
    assert_eq!((sheet.rows, all.len()), (5_000, 5_000));
    for from in (0..all.len()).step_by(97).chain([1_023, 1_024, 1_025, 2_048, 4_999]) {
        let rest: Vec<_> = sheet.rows_from(all[from].number).take(3).collect();
        assert_eq!(rest, all[from..(from + 3).min(all.len())], "from row {}", all[from].number);
        let after: Option<_> = sheet.rows_from(all[from].number + 1).next();
        assert_eq!(after.as_ref(), all.get(from + 1));
    }
    assert_eq!(sheet.rows_from(usize::MAX).next(), None);
}

#[test]
fn five_hundred_columns_are_read() {
    let line =
        |prefix: &str| (0..500).map(|column| format!("{prefix}{column}")).collect::<Vec<_>>().join(";");
    let sheet = sheet(format!("{}\n{}\n", line("h"), line("v")).as_bytes());
    assert_eq!(sheet.headers.len(), 500);
    assert_eq!(rows(&sheet)[0].cells[499], "v499");
}

#[test]
fn a_header_alone_is_a_sheet_without_rows() {
    check(b"Nom;Tel\r\n", "UTF-8", Some(';'), &["Nom", "Tel"], &[]);
}

/// The data set of the project's customers, where somebody has put it beside the repository.
#[test]
fn the_crm_data_set_is_read_where_it_is() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/maven-crm/accounts.csv");
    if let Ok(bytes) = std::fs::read(path) {
        let sheet = sheet(&bytes);
        assert_eq!(sheet.separator, Some(','));
        assert_eq!(sheet.headers[0], "account");
        assert_eq!(sheet.rows, 85);
        assert!(rows(&sheet).iter().all(|row| row.problems.is_empty() && !row.cells[0].is_empty()));
    }
}

/// Titles above the headers have no separators, and what encoding a few letters are in nobody can tell for sure.
#[test]
fn a_file_is_read_as_somebody_says() {
    let bytes = b"Clients de 2026\r\n\r\nNom;Poblaci\x97\r\nAnna;Matar\x97\r\nPau;Vic\r\n";
    let read_as = ReadAs { encoding: Some("macintosh".into()), header_row: Some(3), ..ReadAs::default() };
    let sheet = open_as(bytes, "list", &read_as, &Limits::default()).unwrap();
    assert_eq!((sheet.encoding, sheet.separator, sheet.header_row), (Some("macintosh"), Some(';'), 3));
    assert_eq!(sheet.headers, ["Nom", "Població"]);
    assert_eq!(shown(&sheet), ["4: Anna|Mataró", "5: Pau|Vic"]);
    let past = ReadAs { header_row: Some(9), ..ReadAs::default() };
    assert_eq!(open_as(bytes, "list", &past, &Limits::default()).unwrap_err().code(), "empty");
}
