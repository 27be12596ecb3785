//! What a file is: by its first bytes, never by what the sender says; and what it is called here.

use model::FILE_NAME_CHARACTERS_MAX;

const PDF: &str = "application/pdf";
const PNG: &str = "image/png";
const JPEG: &str = "image/jpeg";
const WEBP: &str = "image/webp";
const GIF: &str = "image/gif";
const ZIP: &str = "application/zip";
const UNKNOWN: &str = "application/octet-stream";

/// Where a page or a program shows itself; a comment before it is no longer.
const LOOKED_AT_BYTES: usize = 1_024;
/// Files that a computer runs, or a browser opens as a page, whatever is in them.
const REFUSED_ENDINGS: [&str; 20] = [
    "exe", "dll", "com", "scr", "msi", "bat", "cmd", "ps1", "vbs", "js", "jse", "wsf", "hta", "jar", "lnk",
    "html", "htm", "xhtml", "svg", "svgz",
];
/// Endings that promise what a browser may show.
const PROMISES: [(&str, &str); 6] =
    [("pdf", PDF), ("png", PNG), ("jpg", JPEG), ("jpeg", JPEG), ("webp", WEBP), ("gif", GIF)];
/// What packed files of office programs are.
const PACKED: [(&str, &str); 6] = [
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ("odt", "application/vnd.oasis.opendocument.text"),
    ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
    ("odp", "application/vnd.oasis.opendocument.presentation"),
];
/// Those of before 2007, and messages.
const COMPOUND: [(&str, &str); 4] = [
    ("doc", "application/msword"),
    ("xls", "application/vnd.ms-excel"),
    ("ppt", "application/vnd.ms-powerpoint"),
    ("msg", "application/vnd.ms-outlook"),
];
const TEXTS: [(&str, &str); 4] =
    [("csv", "text/csv"), ("vcf", "text/vcard"), ("ics", "text/calendar"), ("eml", "message/rfc822")];

/// What the file is, or a problem code: `document-program`, `document-page`, or `document-other` where its name promises
/// something else.
pub(super) fn media_type(name: &str, bytes: &[u8]) -> Result<&'static str, &'static str> {
    let ending = ending_of(name);
    if is_program(bytes) {
        return Err("document-program");
    }
    if is_page(bytes) {
        return Err("document-page");
    }
    if REFUSED_ENDINGS.contains(&ending.as_str()) {
        return Err("document-program");
    }
    let of = |known: &[(&str, &'static str)], other| {
        known.iter().find(|(known, _)| *known == ending).map_or(other, |(_, media_type)| *media_type)
    };
    let found = match bytes {
        [b'%', b'P', b'D', b'F', b'-', ..] => PDF,
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => PNG,
        [0xff, 0xd8, 0xff, ..] => JPEG,
        [b'G', b'I', b'F', b'8', ..] => GIF,
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => WEBP,
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => of(&PACKED, ZIP),
        [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ..] => of(&COMPOUND, UNKNOWN),
        [_, _, _, _, b'f', b't', b'y', b'p', b'h' | b'm', b'e' | b'i', ..] => "image/heic",
        _ if !bytes.contains(&0) && std::str::from_utf8(bytes).is_ok() => of(&TEXTS, "text/plain"),
        _ => UNKNOWN,
    };
    match PROMISES.iter().find(|(known, _)| *known == ending) {
        Some((_, promised)) if *promised != found => Err("document-other"),
        _ => Ok(found),
    }
}

/// Windows, Linux, macOS, Java, and scripts that say what runs them.
fn is_program(bytes: &[u8]) -> bool {
    const BEGINNINGS: [&[u8]; 7] = [
        b"MZ",
        b"\x7fELF",
        b"\xfe\xed\xfa\xce",
        b"\xfe\xed\xfa\xcf",
        b"\xcf\xfa\xed\xfe",
        b"\xca\xfe\xba\xbe",
        b"#!",
    ];
    BEGINNINGS.iter().any(|beginning| bytes.starts_with(beginning))
}

/// What a browser could take for a page or a drawing that runs something.
fn is_page(bytes: &[u8]) -> bool {
    let head = bytes.get(..LOOKED_AT_BYTES).unwrap_or(bytes);
    let head = String::from_utf8_lossy(head).to_lowercase();
    let head =
        head.trim_start_matches(|character: char| character.is_whitespace() || character == '\u{feff}');
    let tags = ["<!doctype html", "<html", "<svg", "<script", "<iframe", "<body", "<head"];
    head.starts_with('<') && tags.iter().any(|tag| head.contains(tag))
}

/// `contracte.pdf`: without folders and signs that no file system takes, cut before its ending where it is too long.
pub(super) fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last
        .chars()
        .map(|character| if "<>:\"|?*".contains(character) { '-' } else { character })
        .filter(|character| !character.is_control() && !is_direction(*character))
        .collect();
    let kept = model::single_spaced(&kept);
    let kept = kept.trim_matches(['.', ' ']);
    if kept.is_empty() {
        return "document".to_owned();
    }
    let ending = ending_of(kept);
    let room = FILE_NAME_CHARACTERS_MAX;
    if kept.chars().count() <= room {
        return kept.to_owned();
    }
    if ending.is_empty() {
        return kept.chars().take(room).collect();
    }
    let begin: String = stem(kept).chars().take(room - 1 - ending.chars().count()).collect();
    format!("{}.{ending}", begin.trim_end())
}

/// Signs that turn the direction of writing: with them `exe.pdf` is read as something else.
fn is_direction(character: char) -> bool {
    matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The name without its ending.
pub(super) fn stem(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((stem, _)) if !ending_of(name).is_empty() => stem,
        _ => name,
    }
}

/// In small letters, without the dot; nothing where what follows the dot is none.
fn ending_of(name: &str) -> String {
    /// Longer ones are words of the name.
    const ENDING_CHARACTERS_MAX: usize = 8;
    match name.rsplit_once('.') {
        Some((stem, ending))
            if !stem.is_empty()
                && !ending.is_empty()
                && ending.len() <= ENDING_CHARACTERS_MAX
                && ending.chars().all(|character| character.is_ascii_alphanumeric()) =>
        {
            ending.to_ascii_lowercase()
        }
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_it_holds() {
        let check = |name: &str, bytes: &[u8], expected: Result<&str, &str>| {
            assert_eq!(media_type(name, bytes), expected, "{name}");
        };
        check("a.pdf", b"%PDF-1.7 ...", Ok(PDF));
        check("a", b"%PDF-1.7 ...", Ok(PDF));
        check("a.png", b"\x89PNG\r\n\x1a\n....", Ok(PNG));
        check("A.JPG", b"\xff\xd8\xff\xe0", Ok(JPEG));
        check("a.webp", b"RIFF\x01\x02\x03\x04WEBPVP8 ", Ok(WEBP));
        check("a.docx", b"PK\x03\x04rest", Ok(PACKED[0].1));
        check("a.zip", b"PK\x03\x04rest", Ok(ZIP));
        check("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Ok("application/vnd.ms-excel"));
        check("a.txt", "Bon dia, què tal".as_bytes(), Ok("text/plain"));
        check("a.csv", b"a;b", Ok("text/csv"));
        check("a.xyz", b"\x00\x01", Ok(UNKNOWN));
        check("a.pdf", b"<html><script>alert(1)</script>", Err("document-page"));
        check("a.txt", b"\xef\xbb\xbf \n<!-- x --><svg onload=alert(1)>", Err("document-page"));
        check("a.pdf", b"just text", Err("document-other"));
        check("a.jpg", b"\x89PNG\r\n\x1a\n....", Err("document-other"));
        check("a.pdf", b"MZ\x90\x00", Err("document-program"));
        check("a", b"#!/bin/sh\nrm", Err("document-program"));
        check("a.js", b"alert(1)", Err("document-program"));
    }

    #[test]
    fn names_are_those_of_files() {
        let check = |name: &str, expected: &str| assert_eq!(plain_name(name), expected, "{name}");
        check("contracte.pdf", "contracte.pdf");
        check("../../etc/passwd", "passwd");
        check("C:\\Documents\\Factura nº 1.PDF", "Factura nº 1.PDF");
        check("a\u{202e}fdp.exe", "afdp.exe");
        check("a\r\nb: \"c\".pdf", "ab- -c-.pdf");
        check("..", "document");
        check("", "document");
        let long = plain_name(&format!("{}.pdf", "à".repeat(300)));
        assert_eq!((long.chars().count(), long.ends_with("à.pdf")), (FILE_NAME_CHARACTERS_MAX, true));
        assert_eq!(stem("Factura nº 1.PDF"), "Factura nº 1");
        assert_eq!(stem("versió 2. Definitiva"), "versió 2. Definitiva");
    }
}
