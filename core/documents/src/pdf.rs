//! The text of a PDF, as the process reads it that does nothing else: its own limits bound the time and the memory that a
//! file can cost, whatever it holds.

mod fonts;
mod walk;

use crate::text::{TEXT_CHARACTERS_MAX, single_spaced};
use lopdf::{Document, LoadOptions};
use model::DOCUMENT_BYTES_MAX;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use std::io::{self, Read, Write};
use std::time::{Duration, Instant};

/// The program and its libraries take some of it; a file of the largest size needs a tenth.
const ADDRESS_SPACE_BYTES_MAX: u64 = 1 << 30;
/// The system ends a process that works longer.
const CPU_SECONDS_MAX: u64 = 8;
/// After this, what was read is the text.
const READING_MAX: Duration = Duration::from_secs(4);
/// What one stream of the file may unpack to.
const STREAM_BYTES_MAX: usize = 50_000_000;

/// Bounds this process for good, then reads a PDF and writes its words, up to [`TEXT_CHARACTERS_MAX`]: nothing of what
/// is no PDF, needs a password or has pictures of pages only.
pub fn read_pdf(input: impl Read, mut output: impl Write) -> io::Result<()> {
    limit(Resource::As, ADDRESS_SPACE_BYTES_MAX)?;
    limit(Resource::Cpu, CPU_SECONDS_MAX)?;
    // A process that ends for want of memory leaves no file of it behind.
    limit(Resource::Core, 0)?;
    let mut bytes = Vec::new();
    input.take(DOCUMENT_BYTES_MAX).read_to_end(&mut bytes)?;
    output.write_all(text_of_pdf(&bytes).as_bytes())?;
    output.flush()
}

fn limit(resource: Resource, most: u64) -> io::Result<()> {
    // Whoever started this process may allow less.
    let most = getrlimit(resource).maximum.map_or(most, |allowed| allowed.min(most));
    setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) })?;
    Ok(())
}

fn text_of_pdf(bytes: &[u8]) -> String {
    let options = LoadOptions::with_max_decompressed_size(STREAM_BYTES_MAX);
    let Ok(document) = Document::load_mem_with_options(bytes, options) else { return String::new() };
    let mut reader = walk::Reader::new(&document, Instant::now() + READING_MAX);
    for page in document.page_iter() {
        if reader.is_done() {
            break;
        }
        reader.read_page(page);
    }
    single_spaced(&reader.text())
}

/// No character has more than four bytes.
fn is_full(text: &str) -> bool {
    text.len() >= 4 * TEXT_CHARACTERS_MAX
}

#[cfg(test)]
mod tests {
    use super::*;
    use lopdf::{Dictionary, EncryptionState, EncryptionVersion, Object, Permissions, Stream, dictionary};

    /// One page with this content, and fonts by name.
    fn pdf(content: &str, fonts: Vec<(&str, Dictionary)>, form: Option<&str>) -> Document {
        let mut document = Document::with_version("1.5");
        let pages = document.new_object_id();
        let mut by_name = Dictionary::new();
        for (name, font) in fonts {
            by_name.set(name, document.add_object(font));
        }
        let mut resources = dictionary! { "Font" => by_name };
        if let Some(form) = form {
            let stream = Stream::new(dictionary! { "Subtype" => "Form" }, form.as_bytes().to_vec());
            resources.set("XObject", dictionary! { "Fm0" => document.add_object(stream) });
        }
        let content = document.add_object(Stream::new(Dictionary::new(), content.as_bytes().to_vec()));
        let page = document.add_object(dictionary! {
            "Type" => "Page", "Parent" => pages, "Contents" => content, "Resources" => resources,
        });
        let tree = dictionary! { "Type" => "Pages", "Kids" => vec![Object::from(page)], "Count" => 1 };
        document.objects.insert(pages, Object::Dictionary(tree));
        let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
        document.trailer.set("Root", catalog);
        document
    }

    fn bytes_of(mut document: Document) -> Vec<u8> {
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).unwrap();
        bytes
    }

    /// Letters half as wide as they are high.
    fn plain() -> Dictionary {
        let widths: Vec<Object> = (32..=255).map(|_| Object::Integer(500)).collect();
        dictionary! {
            "Type" => "Font", "Subtype" => "TrueType", "BaseFont" => "Prova", "Encoding" => "WinAnsiEncoding",
            "FirstChar" => 32, "LastChar" => 255, "Widths" => widths,
        }
    }

    #[track_caller]
    fn check(content: &str, expected: &str) {
        let bytes = bytes_of(pdf(content, vec![("F1", plain())], None));
        assert_eq!(text_of_pdf(&bytes), expected);
    }

    #[test]
    fn words_are_told_apart_by_where_they_stand() {
        check("BT /F1 10 Tf 50 700 Td (Bon dia) Tj ET", "Bon dia");
        // Pieces of a word, set one after the other.
        check("BT /F1 10 Tf 50 700 Td (Cl\\340u) Tj 20 0 Td (sula) Tj ET", "Clàusula");
        check("BT /F1 10 Tf 1 0 0 1 50 700 Tm (Clau) Tj ET BT /F1 10 Tf 70 700 Td (sula) Tj ET", "Clausula");
        check("BT /F1 10 Tf [(Cl) 20 (au) -30 (sula)] TJ ET", "Clausula");
        // A space that is no letter, another column, another line.
        check("BT /F1 10 Tf [(Bon) -300 (dia)] TJ ET", "Bon dia");
        check("BT /F1 10 Tf 50 700 Td (Preu) Tj 40 0 Td (12,50) Tj ET", "Preu 12,50");
        check("BT /F1 10 Tf 50 700 Td (Acord) Tj 0 -12 Td (marc) Tj ET", "Acord marc");
        check("BT /F1 10 Tf 12 TL 50 700 Td (Acord) Tj T* (marc) Tj (fi) ' ET", "Acord marc fi");
        check(
            "q 1 0 0 1 0 700 cm BT /F1 10 Tf (Acord) Tj ET Q q 1 0 0 1 0 600 cm BT /F1 10 Tf (marc) Tj ET Q",
            "Acord marc",
        );
    }

    #[test]
    fn letters_of_subset_fonts_are_those_of_their_table() {
        let table = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n\
            1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n\
            2 beginbfchar\n<0001> <00E0>\n<0002> <006C>\nendbfchar\n\
            endcmap CMapName currentdict /CMap defineresource pop end end";
        let mut document = pdf("BT /F1 10 Tf <000100020001> Tj ET", vec![("F1", Dictionary::new())], None);
        let table = document.add_object(Stream::new(Dictionary::new(), table.as_bytes().to_vec()));
        let inner = dictionary! { "Type" => "Font", "Subtype" => "CIDFontType2", "DW" => 500 };
        let inner = document.add_object(inner);
        let font = dictionary! {
            "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "AAAAAA+Prova", "Encoding" => "Identity-H",
            "DescendantFonts" => vec![Object::from(inner)], "ToUnicode" => table,
        };
        let is_font = |object: &Object| object.as_dict().is_ok_and(Dictionary::is_empty);
        let place = document.objects.iter().find(|(_, object)| is_font(object)).map(|(id, _)| *id).unwrap();
        document.objects.insert(place, Object::Dictionary(font));
        assert_eq!(text_of_pdf(&bytes_of(document)), "àlà");
    }

    #[test]
    fn text_of_forms_on_a_page_counts_and_ends_also_where_one_shows_itself() {
        let form = "BT /F1 10 Tf 0 0 Td (segell) Tj ET /Fm0 Do";
        let content = "BT /F1 10 Tf 50 700 Td (Acord) Tj ET q /Fm0 Do Q";
        let bytes = bytes_of(pdf(content, vec![("F1", plain())], Some(form)));
        let text = text_of_pdf(&bytes);
        assert!(text.starts_with("Acord segell"), "{text}");
        assert!(text.len() < 200, "{text}");
    }

    #[test]
    fn what_has_no_text_gives_none() {
        check("0 0 100 100 re f", "");
        for bytes in [&b""[..], &b"%PDF-1.7"[..], &b"%PDF-1.7\n1 0 obj\n<<"[..]] {
            assert_eq!(text_of_pdf(bytes), "");
        }
        let mut closed = pdf("BT /F1 10 Tf 50 700 Td (secret) Tj ET", vec![("F1", plain())], None);
        let id = || Object::string_literal("0123456789abcdef");
        closed.trailer.set("ID", vec![id(), id()]);
        let version = EncryptionVersion::V2 {
            document: &closed,
            owner_password: "propietari",
            user_password: "lector",
            key_length: 128,
            permissions: Permissions::all(),
        };
        let state = EncryptionState::try_from(version).unwrap();
        closed.encrypt(&state).unwrap();
        assert_eq!(text_of_pdf(&bytes_of(closed)), "");
    }

    #[test]
    fn a_long_text_is_cut() {
        let content = format!("BT /F1 10 Tf {} ET", "(paraula ) Tj ".repeat(TEXT_CHARACTERS_MAX / 2));
        let text = text_of_pdf(&bytes_of(pdf(&content, vec![("F1", plain())], None)));
        assert!(text.starts_with("paraula paraula") && text.chars().count() <= TEXT_CHARACTERS_MAX);
    }
}
