//! The text inside files: plain text, and the zipped XML of office programs. Whatever a file holds, this ends soon, takes
//! little memory and does not fail.

use crate::cells::Formats;
use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::Event;
use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use zip::ZipArchive;

/// Some hundred pages: whoever looks for a document remembers words of its beginning.
pub const TEXT_CHARACTERS_MAX: usize = 200_000;
/// What the parts of one file may unpack to, together.
const UNPACKED_BYTES_MAX: u64 = 20_000_000;
/// Slides, sheets: more are not looked into.
const PARTS_MAX: usize = 200;

/// Where the words of a packed file are.
struct Packed {
    media_type: &'static str,
    /// Beginnings of the names of parts with text.
    parts: &'static [&'static str],
    /// The element, without its prefix, that text is in.
    inside: &'static str,
}

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// Where its sheets are.
const SHEETS: &str = "xl/worksheets/sheet";

static PACKED: [Packed; 6] = [
    Packed {
        media_type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        parts: &["word/document.xml", "word/footnotes.xml", "word/header", "word/footer"],
        inside: "t",
    },
    Packed { media_type: XLSX, parts: &["xl/sharedStrings.xml", SHEETS], inside: "t" },
    Packed {
        media_type: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        parts: &["ppt/slides/slide"],
        inside: "t",
    },
    Packed { media_type: "application/vnd.oasis.opendocument.text", parts: ODF, inside: ODF_INSIDE },
    Packed { media_type: "application/vnd.oasis.opendocument.spreadsheet", parts: ODF, inside: ODF_INSIDE },
    Packed { media_type: "application/vnd.oasis.opendocument.presentation", parts: ODF, inside: ODF_INSIDE },
];
const ODF: &[&str] = &["content.xml"];
const ODF_INSIDE: &str = "body";

/// Whether a file of this type may hold text that is found here; that of PDF is read by [`crate::PdfReader`].
pub fn has_text(media_type: &str) -> bool {
    media_type.starts_with("text/") || packed(media_type).is_some()
}

/// The words of a file with single spaces between, up to [`TEXT_CHARACTERS_MAX`]; nothing where none can be read.
pub fn text_of(media_type: &str, bytes: &[u8]) -> String {
    let text = match packed(media_type) {
        // A mistake of a reader costs the words of one file.
        Some(packed) => catch_unwind(AssertUnwindSafe(|| unpacked(packed, bytes))).unwrap_or_default(),
        None if media_type.starts_with("text/") => beginning(bytes),
        None => String::new(),
    };
    single_spaced(&text)
}

fn packed(media_type: &str) -> Option<&'static Packed> {
    PACKED.iter().find(|packed| packed.media_type == media_type)
}

/// No character has more than four bytes.
fn beginning(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes.get(..4 * TEXT_CHARACTERS_MAX).unwrap_or(bytes)).into_owned()
}

fn unpacked(packed: &Packed, bytes: &[u8]) -> String {
    let mut text = String::new();
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return text };
    let is_wanted = |name: &String| {
        name.ends_with(".xml") && packed.parts.iter().any(|beginning| name.starts_with(beginning))
    };
    let mut names: Vec<String> =
        archive.file_names().filter_map(|name| Some(name.ok()?.into_owned())).filter(is_wanted).collect();
    // `sheet2` before `sheet10`.
    names.sort_by_key(|name| (name.len(), name.clone()));
    let mut left_bytes = UNPACKED_BYTES_MAX;
    let mut part = |name: &str| {
        let part = archive.by_name(name).ok()?;
        let mut xml = Vec::new();
        // What was read before a mistake counts.
        let _ = part.take(left_bytes).read_to_end(&mut xml);
        left_bytes = left_bytes.saturating_sub(xml.len() as u64);
        Some((String::from_utf8_lossy(&xml).into_owned(), left_bytes))
    };
    let mut xml_of = |name: &str| part(name).map(|(xml, _)| xml).unwrap_or_default();
    let formats = match packed.media_type {
        XLSX => Formats::read(&xml_of("xl/styles.xml"), &xml_of("xl/workbook.xml")),
        _ => Formats::default(),
    };
    for name in names.iter().take(PARTS_MAX) {
        let Some((xml, left_bytes)) = part(name) else { continue };
        if name.starts_with(SHEETS) {
            formats.gather(&xml, &mut text, is_full);
        } else {
            gather(&xml, packed.inside, &mut text);
        }
        if left_bytes == 0 || is_full(&text) {
            break;
        }
    }
    text
}

fn is_full(text: &str) -> bool {
    text.len() >= 4 * TEXT_CHARACTERS_MAX
}

/// Adds what stands inside elements of this name, with a space after each paragraph, cell or tab.
fn gather(xml: &str, inside: &str, text: &mut String) {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    let mut depth = 0_usize;
    while !is_full(text) {
        let Ok(event) = reader.read_event() else { return };
        match event {
            Event::Start(start) if start.local_name().into_inner() == inside => depth += 1,
            Event::End(end) => {
                let name = end.local_name().into_inner();
                if name == inside {
                    depth = depth.saturating_sub(1);
                }
                if ends_a_word(name) {
                    text.push(' ');
                }
            }
            Event::Empty(empty) if ends_a_word(empty.local_name().into_inner()) => text.push(' '),
            Event::Text(said) if depth > 0 => text.push_str(&said),
            Event::CData(said) if depth > 0 => text.push_str(&said),
            Event::GeneralRef(sign) if depth > 0 => match sign.resolve_char_ref() {
                Ok(Some(character)) => text.push(character),
                _ => text.push_str(resolve_xml_entity(&sign).unwrap_or(" ")),
            },
            Event::Eof => return,
            _ => {}
        }
    }
}

/// Paragraphs, headings, cells, breaks and tabs; what is left runs on, as the parts of a word do that differ in style.
fn ends_a_word(name: &str) -> bool {
    matches!(name, "p" | "h" | "si" | "is" | "table-cell" | "br" | "cr" | "tab" | "s" | "line-break")
}

/// Cut after [`TEXT_CHARACTERS_MAX`].
pub(crate) fn single_spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len().min(4 * TEXT_CHARACTERS_MAX));
    let mut characters = 0;
    for word in text.split(|character: char| character.is_whitespace() || character.is_control()) {
        if word.is_empty() {
            continue;
        }
        let between = usize::from(!spaced.is_empty());
        characters += between + word.chars().count();
        if characters > TEXT_CHARACTERS_MAX {
            break;
        }
        if between > 0 {
            spaced.push(' ');
        }
        spaced.push_str(word);
    }
    spaced
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::write::{SimpleFileOptions, ZipWriter};

    const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    const ODT: &str = "application/vnd.oasis.opendocument.text";

    fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, xml) in parts {
            let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
            writer.start_file(*name, options).unwrap();
            writer.write_all(xml.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn words_are_read_out_of_texts_and_office_files() {
        let check = |media_type: &str, bytes: &[u8], expected: &str| {
            assert!(has_text(media_type), "{media_type}");
            assert_eq!(text_of(media_type, bytes), expected, "{media_type}");
        };
        check("text/plain", "Bon dia,\r\n\tquè tal\u{0}".as_bytes(), "Bon dia, què tal");
        check("text/csv", b"a;b\n1;2", "a;b 1;2");
        let letter = r#"<?xml version="1.0"?><w:document><w:body><w:p><w:r><w:t>Clàu</w:t></w:r><w:r><w:rPr><w:b/></w:rPr>
        <w:t>sula</w:t></w:r><w:r><w:tab/><w:t>A &amp; B&#33;</w:t></w:r></w:p><w:p><w:r><w:t>Fi</w:t></w:r></w:p></w:body></w:document>"#;
        let other = "<w:styles><w:t>res</w:t></w:styles>";
        check(
            DOCX,
            &zipped(&[("word/document.xml", letter), ("word/styles.xml", other)]),
            "Clàusula A & B! Fi",
        );
        let strings = "<sst><si><t>Preu</t></si><si><r><t>Quan</t></r><r><t>titat</t></r></si></sst>";
        let sheet = r#"<worksheet><row><c t="s"><v>0</v></c><c><is><t>Total</t></is></c></row></worksheet>"#;
        let sheets = [("xl/worksheets/sheet1.xml", sheet), ("xl/sharedStrings.xml", strings)];
        check(XLSX, &zipped(&sheets), "Preu Quantitat Total");
        let open = "<office:document-content><office:automatic-styles><number:text>€</number:text></office:automatic-styles>\
        <office:body><office:text><text:h>Acord</text:h><text:p>marc<text:s/>de <text:span>dos</text:span></text:p></office:text>\
        </office:body></office:document-content>";
        check(ODT, &zipped(&[("content.xml", open)]), "Acord marc de dos");
    }

    #[test]
    fn numbers_and_days_of_cells_are_there_as_typed_and_as_shown() {
        let styles = r##"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="#,##0.00\ &quot;€&quot;"/>
        <numFmt numFmtId="165" formatCode="dd\-mm\-yyyy"/><numFmt numFmtId="166" formatCode="00000"/></numFmts>
        <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/>
        <xf numFmtId="166"/><xf numFmtId="9"/><xf numFmtId="22"/></cellXfs></styleSheet>"##;
        let read = |cells: &str, workbook: &str| {
            let sheet = format!("<worksheet><sheetData><row>{cells}</row></sheetData></worksheet>");
            let parts = [
                ("xl/worksheets/sheet1.xml", sheet.as_str()),
                ("xl/styles.xml", styles),
                ("xl/workbook.xml", workbook),
            ];
            text_of(XLSX, &zipped(&parts))
        };
        let check = |cells: &str, expected: &str| assert_eq!(read(cells, "<workbook/>"), expected, "{cells}");
        check(r#"<c r="A1"><v>1234.5</v></c><c><v>-7</v></c>"#, "1234.5 -7");
        check("<c><v>0.30000000000000004</v></c><c><v>1E+300</v></c>", "0.3 1E+300");
        check(r#"<c s="1"><v>1234.5</v></c><c s="1"><v>12.25</v></c>"#, "1234.5 1.234,50 12.25 12,25");
        check(r#"<c s="2"><v>46349</v></c><c s="2"><v>59</v></c>"#, "23/11/2026 28/02/1900");
        check(r#"<c s="3"><v>8001</v></c><c s="4"><v>0.21</v></c>"#, "08001 21%");
        check(r#"<c s="5"><v>46349.395833333336</v></c>"#, "23/11/2026 09:30");
        check(r#"<c t="str"><f>A1&amp;B1</f><v>Vic &amp; Olot</v></c>"#, "Vic & Olot");
        check(
            r#"<c t="s"><v>0</v></c><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c><c s="9"><v>x</v></c>"#,
            "",
        );
        // More than a day can be.
        check(r#"<c s="2"><v>99999999</v></c>"#, "99999999");
        let from_1904 = r#"<workbook><workbookPr date1904="1"/></workbook>"#;
        assert_eq!(read(r#"<c s="2"><v>44887</v></c>"#, from_1904), "23/11/2026");
        let many = "<c><v>1234567</v></c>".repeat(TEXT_CHARACTERS_MAX / 4);
        assert!(read(&many, "").chars().count() <= TEXT_CHARACTERS_MAX);
    }

    #[test]
    fn whatever_a_file_holds_its_text_is_bounded_and_no_failure() {
        let letter = |xml: &str| zipped(&[("word/document.xml", xml)]);
        // What was read before the mistake counts.
        assert_eq!(text_of(DOCX, &letter("<w:t>abans</w:t><w:p <<")), "abans");
        for bytes in
            [&b""[..], &b"PK\x03\x04rest"[..], &letter("")[..20], &letter("<w:t>&nothing;&#0;</w:t>")[..]]
        {
            assert_eq!(text_of(DOCX, bytes), "");
        }
        let much = "paraula ".repeat(TEXT_CHARACTERS_MAX);
        for (media_type, bytes) in
            [("text/plain", much.clone().into_bytes()), (DOCX, letter(&format!("<w:t>{much}</w:t>")))]
        {
            let text = text_of(media_type, &bytes);
            assert!(text.ends_with("paraula") && text.chars().count() <= TEXT_CHARACTERS_MAX, "{media_type}");
        }
        // Forty megabytes in some kilobytes.
        let bomb = letter(&format!("<w:t>{}</w:t><w:t>fi</w:t>", " ".repeat(40_000_000)));
        assert!(bomb.len() < 1_000_000);
        assert_eq!(text_of(DOCX, &bomb), "");
        assert!(!has_text("image/png") && text_of("image/png", b"text").is_empty());
    }
}
