//! XLSX and ODS in: what a person sees in the cells.

use crate::files::{ods, ods_content, sheet, shown, xlsx};
use rust_xlsxwriter::{ExcelDateTime, Format as CellFormat, Formula, Workbook};
use tracte_sheets::{Format, Limits, open_sheet};

#[test]
fn xlsx_cells_are_what_a_person_sees() {
    let mut workbook = Workbook::new();
    let sheet_out = workbook.add_worksheet();
    for (column, title) in (0..).zip(["number", "date", "other"]) {
        sheet_out.write_string(2, column, title).unwrap();
    }
    let date = |code: &str| CellFormat::new().set_num_format(code);
    let day = ExcelDateTime::parse_from_str("2026-01-31").unwrap();
    let moment = ExcelDateTime::parse_from_str("2026-01-31T09:30:15").unwrap();
    for (row, number) in (3..).zip([1234.5, 1234.0, 34_600_123_456.0, 0.1 + 0.2, -0.0, 1e21, 0.000_001]) {
        sheet_out.write_number(row, 0, number).unwrap();
    }
    sheet_out.write_datetime_with_format(3, 1, &day, &date("dd/mm/yyyy")).unwrap();
    sheet_out.write_datetime_with_format(4, 1, &moment, &date("dd/mm/yyyy hh:mm")).unwrap();
    sheet_out.write_number_with_format(5, 1, 0.5, &date("hh:mm")).unwrap();
    sheet_out.write_number_with_format(6, 1, 1.25, &date("[h]:mm:ss")).unwrap();
    sheet_out.write_boolean(3, 2, true).unwrap();
    sheet_out.write_formula(4, 2, Formula::new("=1+1").set_result("2")).unwrap();
    sheet_out.write_formula(5, 2, Formula::new("=NA()").set_result("#N/A")).unwrap();
    sheet_out.write_number_with_format(6, 2, 8_001, &date("00000")).unwrap();
    sheet_out.write_number_with_format(7, 2, 0.215, &date("0.0%")).unwrap();
    sheet_out.write_string(8, 2, "two\nlines").unwrap();
    let sheet = sheet(&workbook.save_to_buffer().unwrap());
    assert_eq!((sheet.format, sheet.header_row), (Format::Xlsx, 3));
    assert_eq!(sheet.headers, ["number", "date", "other"]);
    let expected = [
        "4: 1234.5|2026-01-31|true",
        "5: 1234|2026-01-31T09:30:15|2",
        "6: 34600123456|12:00:00| !error-cell@2",
        "7: 0.3|30:00:00|08001",
        "8: 0||21.5%",
        "9: 1000000000000000000000||two\nlines",
        "10: 0.000001||",
    ];
    assert_eq!(shown(&sheet), expected);
}

#[test]
fn the_first_visible_sheet_with_cells_is_read_or_the_one_asked_for() {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().set_name("Empty").unwrap();
    let hidden = workbook.add_worksheet();
    hidden.set_name("Hidden").unwrap().set_hidden(true).write_string(0, 0, "secret").unwrap();
    workbook.add_worksheet().set_name("Leads").unwrap().write_string(0, 0, "Nom").unwrap();
    workbook.add_worksheet().set_name("Other").unwrap().write_string(0, 0, "Altre").unwrap();
    let bytes = workbook.save_to_buffer().unwrap();
    let first = sheet(&bytes);
    assert_eq!(first.sheet_names, ["Empty", "Hidden", "Leads", "Other"]);
    assert_eq!(
        (first.sheet_name.as_deref(), first.headers.as_slice()),
        (Some("Leads"), &["Nom".to_owned()][..])
    );
    let limits = Limits::default();
    assert_eq!(open_sheet(&bytes, "list", "Other", &limits).unwrap().headers, ["Altre"]);
    let error = open_sheet(&bytes, "list", "None", &limits).err().unwrap();
    assert_eq!(error.code(), "no-such-sheet");
    assert_eq!(open_sheet(&bytes, "list", "Empty", &limits).err().unwrap().code(), "empty");
}

#[test]
fn rows_and_cells_far_apart_keep_their_numbers_and_cost_nothing() {
    let cell = |at: &str, text: &str| format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let data = format!(
        "<row r=\"1\">{}{}</row><row r=\"7\">{}</row><row r=\"1048576\">{}{}</row>",
        cell("A1", "a"),
        cell("C1", "c"),
        cell("C7", "x"),
        cell("A1048576", "last"),
        cell("XFD1048576", "far"),
    );
    let sheet = sheet(&xlsx(&data, "<sst></sst>"));
    assert_eq!(sheet.headers, ["a", "Column 2", "c"]);
    assert_eq!(shown(&sheet), ["7: ||x", "1048576: last|| !too-many-cells@3"]);
}

#[test]
fn ods_cells_are_what_a_person_sees() {
    let text = |text: &str| {
        format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
    };
    let value = |kind: &str, attribute: &str| {
        format!(
            "<table:table-cell office:value-type=\"{kind}\" office:{attribute}><text:p>x</text:p></table:table-cell>"
        )
    };
    let row = |cells: &[String]| format!("<table:table-row>{}</table:table-row>", cells.concat());
    let rows = [
        "<table:table-row table:number-rows-repeated=\"2\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>"
            .to_owned(),
        row(&[text("Nom"), text("Valor")]),
        row(&[text("Agència &amp; Fills"), value("float", "value=\"1234.5\"")]),
        row(&[text("dia"), value("date", "date-value=\"2026-01-31\"")]),
        row(&[text("moment"), value("date", "date-value=\"2026-01-31T09:30:15.123\"")]),
        row(&[text("durada"), value("time", "time-value=\"PT26H30M00S\"")]),
        row(&[text("sí"), value("boolean", "boolean-value=\"true\"")]),
        "<table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>"
            .to_owned(),
    ];
    let sheet = sheet(&ods(&rows.concat()));
    assert_eq!((sheet.format, sheet.header_row), (Format::Ods, 3));
    assert_eq!(sheet.headers, ["Nom", "Valor"]);
    let expected = [
        "4: Agència & Fills|1234.5",
        "5: dia|2026-01-31",
        "6: moment|2026-01-31T09:30:15",
        "7: durada|26:30:00",
        "8: sí|true",
    ];
    assert_eq!(shown(&sheet), expected);
    let two = ods_content(
        "<table:table table:name=\"A\"></table:table><table:table table:name=\"B\"><table:table-row>\
         <table:table-cell office:value-type=\"string\"><text:p>Nom</text:p></table:table-cell></table:table-row></table:table>",
    );
    assert_eq!(crate::files::sheet(&two).sheet_name.as_deref(), Some("B"));
}

#[test]
fn ten_thousand_rows_keep_their_order() {
    let mut workbook = Workbook::new();
    let sheet_out = workbook.add_worksheet();
    sheet_out.write_string(0, 0, "Nom").unwrap();
    for row in 1..=10_000 {
        sheet_out.write_string(row, 0, format!("lead {row}")).unwrap();
    }
    let sheet = sheet(&workbook.save_to_buffer().unwrap());
    assert_eq!(sheet.rows, 10_000);
    for (expected, row) in (2..).zip(sheet.rows()) {
        assert_eq!(
            (row.number, row.cells[0].as_str()),
            (expected, format!("lead {}", expected - 1).as_str())
        );
    }
    assert_eq!(sheet.rows_from(9_999).count(), 3);
}

/// Made with other programs than ours: xlwt (XLS) and odfpy (ODS).
#[test]
fn files_of_other_programs_are_read() {
    let xls = sheet(include_bytes!("leads.xls"));
    assert_eq!((xls.format, xls.sheet_name.as_deref()), (Format::Xls, Some("Leads")));
    assert_eq!(xls.headers, ["Nom", "Import", "Data", "Notes"]);
    assert_eq!(shown(&xls), ["3: Agència Núñez|1234.5|2026-01-31|l·l €", "5: Can Pi|34600123456||true"]);
    let ods = sheet(include_bytes!("leads.ods"));
    assert_eq!((ods.format, ods.sheet_name.as_deref()), (Format::Ods, Some("Leads")));
    assert_eq!(shown(&ods), ["2: Agència Núñez|1234.5|2026-01-31|l·l €", "4: Can Pi|34600123456||true"]);
}

#[test]
fn numbers_are_told_from_texts_of_the_same_look() {
    let mut workbook = Workbook::new();
    let sheet_out = workbook.add_worksheet();
    for (column, title) in (0..).zip(["name", "amount"]) {
        sheet_out.write_string(0, column, title).unwrap();
    }
    sheet_out.write_string(1, 0, "a").unwrap();
    sheet_out.write_number(1, 1, 1234.5).unwrap();
    sheet_out.write_string(2, 0, "b").unwrap();
    sheet_out.write_string(2, 1, "1234.5").unwrap();
    let told = |sheet: &tracte_sheets::Sheet| -> Vec<(String, bool, bool)> {
        sheet.rows().map(|row| (row.cells.join("|"), row.is_number(0), row.is_number(1))).collect()
    };
    let sheet = sheet(&workbook.save_to_buffer().unwrap());
    assert_eq!(told(&sheet), [("a|1234.5".into(), false, true), ("b|1234.5".into(), false, false)]);
    let csv = crate::files::sheet(b"name;amount\na;1234.5\n");
    assert_eq!(told(&csv), [("a|1234.5".into(), false, false)], "a text has no other cells");
}
