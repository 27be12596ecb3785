//! Files for the tests, made byte by byte, and the helpers that open them.

use flate2::{Compression, Crc, write::DeflateEncoder};
use std::io::Write;
use tracte_sheets::{Limits, Row, Sheet, open};

pub(crate) fn sheet(bytes: &[u8]) -> Sheet {
    open(bytes, "list", &Limits::default()).unwrap_or_else(|error| panic!("{}: {error}", error.code()))
}

pub(crate) fn rows(sheet: &Sheet) -> Vec<Row> {
    let rows: Vec<Row> = sheet.rows().collect();
    assert_eq!(rows.len(), sheet.rows, "the count is that of the rows");
    for row in &rows {
        assert_eq!(row.cells.len(), sheet.headers.len(), "row {}", row.number);
        assert_eq!(sheet.rows_from(row.number).next().as_ref(), Some(row), "resumed at row {}", row.number);
    }
    rows
}

/// `number: cell|cell !code@column`, a line each.
pub(crate) fn shown(sheet: &Sheet) -> Vec<String> {
    let line = |row: Row| {
        let problems: String = row
            .problems
            .iter()
            .map(|problem| format!(" !{}@{}", problem.code.code(), problem.column))
            .collect();
        format!("{}: {}{problems}", row.number, row.cells.join("|"))
    };
    rows(sheet).into_iter().map(line).collect()
}

/// A zip file with parts packed by deflate; what is needed of the format and no more.
pub(crate) fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in parts {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(content).unwrap();
        let packed = encoder.finish().unwrap();
        let mut crc = Crc::new();
        crc.update(content);
        let mut fields = vec![20, 0, 0, 0, 8, 0, 0, 0, 0, 0];
        fields.extend(crc.sum().to_le_bytes());
        fields.extend(u32::try_from(packed.len()).unwrap().to_le_bytes());
        fields.extend(u32::try_from(content.len()).unwrap().to_le_bytes());
        fields.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
        fields.extend([0, 0]);
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&fields);
        directory.extend([0; 10]);
        directory.extend(u32::try_from(out.len()).unwrap().to_le_bytes());
        directory.extend(name.as_bytes());
        out.extend(b"PK\x03\x04");
        out.extend(&fields);
        out.extend(name.as_bytes());
        out.extend(packed);
    }
    let count = u16::try_from(parts.len()).unwrap().to_le_bytes();
    let start = u32::try_from(out.len()).unwrap().to_le_bytes();
    let size = u32::try_from(directory.len()).unwrap().to_le_bytes();
    out.extend(directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(count);
    out.extend(count);
    out.extend(size);
    out.extend(start);
    out.extend([0, 0]);
    out
}

/// An ODS whose one table has these rows (`<table:table-row>…`).
pub(crate) fn ods(rows: &str) -> Vec<u8> {
    ods_content(&format!("<table:table table:name=\"Leads\">{rows}</table:table>"))
}

pub(crate) fn ods_content(tables: &str) -> Vec<u8> {
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content xmlns:office=\"o\" xmlns:table=\"t\" \
         xmlns:text=\"x\"><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>\
         </office:document-content>"
    );
    zip(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", b"<manifest:manifest xmlns:manifest=\"m\"></manifest:manifest>"),
        ("content.xml", content.as_bytes()),
    ])
}

/// An XLSX with the given sheet data and shared strings, as small as calamine takes it.
pub(crate) fn xlsx(sheet_data: &str, shared_strings: &str) -> Vec<u8> {
    const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let workbook = format!(
        "<workbook xmlns:r=\"{RELATIONS}\"><sheets><sheet name=\"Leads\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
    );
    let relations = format!(
        "<Relationships><Relationship Id=\"rId1\" Type=\"{RELATIONS}/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
         </Relationships>"
    );
    let package = format!(
        "<Relationships><Relationship Id=\"rId1\" Type=\"{RELATIONS}/officeDocument\" Target=\"xl/workbook.xml\"/>\
         </Relationships>"
    );
    let sheet = format!("<worksheet><sheetData>{sheet_data}</sheetData></worksheet>");
    zip(&[
        ("_rels/.rels", package.as_bytes()),
        ("xl/workbook.xml", workbook.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
        ("xl/sharedStrings.xml", shared_strings.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}
