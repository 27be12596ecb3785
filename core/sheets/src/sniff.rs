//! What a file truly is, from its first bytes and inner parts; its name is only a hint and never believed.

use crate::error::{FileKind, OpenError};
use crate::zip_guard::Package;

/// The four kinds of file that hold a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Container {
    Text,
    Xlsx,
    Ods,
    Xls,
}

const OLE_MAGIC: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
const ZIP_MAGIC: &[u8] = b"PK\x03\x04";

/// Magic numbers of what people upload by mistake.
const MAGICS: [(&[u8], FileKind); 14] = [
    (b"%PDF-", FileKind::Pdf),
    (b"\x89PNG\r\n\x1a\n", FileKind::Image),
    (b"\xFF\xD8\xFF", FileKind::Image),
    (b"GIF87a", FileKind::Image),
    (b"GIF89a", FileKind::Image),
    (b"II*\0", FileKind::Image),
    (b"MM\0*", FileKind::Image),
    (b"{\\rtf", FileKind::Rtf),
    (b"\x1f\x8b", FileKind::Archive),
    (b"7z\xBC\xAF\x27\x1C", FileKind::Archive),
    (b"Rar!\x1a\x07", FileKind::Archive),
    (b"BZh", FileKind::Archive),
    (b"\xFD7zXZ\0", FileKind::Archive),
    (b"\x28\xB5\x2F\xFD", FileKind::Archive),
];

/// Control characters a text may hold: tab, line feed, vertical tab, form feed, carriage return, DOS's end of
/// file, escape.
const TEXT_CONTROLS: [u8; 7] = [b'\t', b'\n', 0x0b, 0x0c, b'\r', 0x1a, 0x1b];

pub(crate) fn container(bytes: &[u8]) -> Result<Container, OpenError> {
    if bytes.starts_with(OLE_MAGIC) {
        return ole(bytes);
    }
    if bytes.starts_with(ZIP_MAGIC) {
        return Ok(Container::Xlsx); // Which package it is `package` says, once its list of parts is read.
    }
    if bytes.starts_with(b"PK\x05\x06") {
        return Err(OpenError::NotASpreadsheet { what: FileKind::Archive });
    }
    match MAGICS.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        Some((_, what)) => Err(OpenError::NotASpreadsheet { what: *what }),
        None => text(bytes),
    }
}

/// Tells a workbook from the other packages that are zip files.
pub(crate) fn package(package: &Package<'_>) -> Result<Container, OpenError> {
    let has = |name: &str| package.parts.iter().any(|part| part.name.eq_ignore_ascii_case(name));
    let has_folder = |folder: &str| package.parts.iter().any(|part| part.name.starts_with(folder));
    let media_type = package.read_small("mimetype").unwrap_or_default();
    if has("encrypted-package") {
        return Err(OpenError::Password);
    }
    if media_type.starts_with(b"application/vnd.oasis.opendocument.spreadsheet") {
        return Ok(Container::Ods);
    }
    if has("xl/workbook.bin") {
        return Err(OpenError::NotASpreadsheet { what: FileKind::Xlsb });
    }
    if has_folder("xl/") || has_folder("XL/") {
        return Ok(Container::Xlsx);
    }
    let what = if has_folder("word/") || media_type.ends_with(b"opendocument.text") {
        FileKind::Word
    } else if has_folder("ppt/") || media_type.ends_with(b"opendocument.presentation") {
        FileKind::Presentation
    } else if has_folder("Index/") || has("Index.zip") {
        FileKind::Numbers
    } else {
        FileKind::Archive
    };
    Err(OpenError::NotASpreadsheet { what })
}

/// An XLSX with a password is an OLE file with a stream of this name.
fn ole(bytes: &[u8]) -> Result<Container, OpenError> {
    let stream_name = utf16("EncryptedPackage");
    if contains(bytes, &stream_name) {
        return Err(OpenError::Password);
    }
    if contains(bytes, &utf16("Workbook")) || contains(bytes, &utf16("Book")) {
        return Ok(Container::Xls);
    }
    let what = if contains(bytes, &utf16("WordDocument")) { FileKind::Word } else { FileKind::OldOffice };
    Err(OpenError::NotASpreadsheet { what })
}

fn text(bytes: &[u8]) -> Result<Container, OpenError> {
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return Ok(Container::Text);
    }
    let is_binary = bytes.iter().any(|byte| *byte < 0x20 && !TEXT_CONTROLS.contains(byte));
    if is_binary {
        return Err(OpenError::NotASpreadsheet { what: FileKind::Binary });
    }
    let head = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    let head: Vec<u8> = head.iter().take(64).map(u8::to_ascii_lowercase).collect();
    let starts = |texts: &[&[u8]]| texts.iter().any(|text| head.starts_with(text));
    let what = if starts(&[b"<!doctype html", b"<html", b"<table", b"<head", b"<meta", b"<body"]) {
        FileKind::Html
    } else if starts(&[b"<?xml", b"<svg"]) {
        FileKind::Xml
    } else if starts(&[b"{\"", b"[{", b"{\n", b"{\r\n", b"[\n", b"[\r\n"]) {
        FileKind::Json
    } else {
        return Ok(Container::Text);
    };
    Err(OpenError::NotASpreadsheet { what })
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn contains(bytes: &[u8], sought: &[u8]) -> bool {
    bytes.windows(sought.len()).any(|window| window == sought)
}
