//! The fonts of a PDF: which letters its codes are, and how far each moves the pen.

use super::STREAM_BYTES_MAX;
use lopdf::{Dictionary, Document, Encoding, Object};
use std::collections::BTreeMap;

/// Of a letter whose width the file does not say.
const USUAL_WIDTH: f64 = 0.5;
/// Widths of most fonts are thousandths of their size.
const THOUSANDTH: f64 = 0.001;
/// Entries of a table of widths; codes are no more.
const WIDTHS_MAX: usize = 65_536;

pub(super) struct Font<'a> {
    encoding: Option<Encoding<'a>>,
    /// By the first code of a range: its last one, and the width of each, for a font of size 1.
    widths: BTreeMap<u32, (u32, f64)>,
    usual_width: f64,
    /// Codes have two bytes, not one.
    is_wide: bool,
}

/// What moves the pen besides the letters.
#[derive(Clone, Copy)]
pub(super) struct Spacing {
    pub(super) size: f64,
    pub(super) of_letters: f64,
    pub(super) of_words: f64,
    /// 1 as the font is.
    pub(super) stretch: f64,
}

impl<'a> Font<'a> {
    pub(super) fn new(document: &'a Document, font: &'a Dictionary) -> Font<'a> {
        let inner = font
            .get_deref(b"DescendantFonts", document)
            .and_then(Object::as_array)
            .ok()
            .and_then(|inner| document.dereference(inner.first()?).ok()?.1.as_dict().ok());
        let (widths, usual_width) = match inner {
            Some(inner) => wide_widths(document, inner),
            None => (widths(document, font), USUAL_WIDTH),
        };
        Font { encoding: encoding(document, font), widths, usual_width, is_wide: inner.is_some() }
    }

    /// The letters, as far as they are known.
    pub(super) fn letters(&self, codes: &[u8]) -> String {
        let mut letters = String::new();
        if let Some(encoding) = &self.encoding {
            // What was read before a mistake counts.
            let _ = encoding.write_to_string(codes, &mut letters);
        }
        letters.retain(|letter| letter != '\u{fffd}');
        letters
    }

    /// How far the pen is after these codes.
    pub(super) fn advance(&self, codes: &[u8], spacing: Spacing) -> f64 {
        let one = |code: &[u8]| {
            let number = code.iter().fold(0, |number: u32, byte| (number << 8) | u32::from(*byte));
            let is_space = code == b" ";
            let apart = spacing.of_letters + if is_space { spacing.of_words } else { 0.0 };
            (self.width(number) * spacing.size + apart) * spacing.stretch
        };
        codes.chunks(if self.is_wide { 2 } else { 1 }).map(one).sum()
    }

    fn width(&self, code: u32) -> f64 {
        let range = self.widths.range(..=code).next_back();
        range.filter(|(_, (last, _))| code <= *last).map_or(self.usual_width, |(_, (_, width))| *width)
    }
}

/// The table from codes to letters that comes with a font says more than names of its own letters do.
fn encoding<'a>(document: &'a Document, font: &'a Dictionary) -> Option<Encoding<'a>> {
    const KNOWN: [&[u8]; 3] = [b"WinAnsiEncoding", b"MacRomanEncoding", b"StandardEncoding"];
    let named = font.get_deref(b"Encoding", document).and_then(Object::as_name);
    if font.has(b"ToUnicode") && !named.is_ok_and(|name| KNOWN.contains(&name)) {
        let mut table_alone = font.clone();
        table_alone.remove(b"Encoding");
        if let Ok(Encoding::UnicodeMapEncoding(table)) =
            table_alone.get_font_encoding_with_limit(document, STREAM_BYTES_MAX)
        {
            return Some(Encoding::UnicodeMapEncoding(table));
        }
    }
    font.get_font_encoding_with_limit(document, STREAM_BYTES_MAX).ok()
}

fn widths(document: &Document, font: &Dictionary) -> BTreeMap<u32, (u32, f64)> {
    let scale = scale(document, font);
    let first = font.get_deref(b"FirstChar", document).ok().and_then(code).unwrap_or(0);
    let listed = font.get_deref(b"Widths", document).and_then(Object::as_array);
    let listed = listed.map(Vec::as_slice).unwrap_or_default();
    let width = |(code, width): (u32, &Object)| Some((code, (code, number(document, width)? * scale)));
    (first..).zip(listed.iter().take(WIDTHS_MAX)).filter_map(width).collect()
}

/// Fonts whose letters are drawings say how large theirs are.
fn scale(document: &Document, font: &Dictionary) -> f64 {
    let matrix = font.get_deref(b"FontMatrix", document).and_then(Object::as_array);
    matrix.ok().and_then(|matrix| number(document, matrix.first()?)).unwrap_or(THOUSANDTH).abs()
}

/// `[code [width width…] first last width …]`, and the width of what is not in it.
fn wide_widths(document: &Document, font: &Dictionary) -> (BTreeMap<u32, (u32, f64)>, f64) {
    let usual = font.get_deref(b"DW", document).ok().and_then(|width| number(document, width));
    let mut widths = BTreeMap::new();
    let listed = font.get_deref(b"W", document).and_then(Object::as_array);
    let mut parts = listed.map(Vec::as_slice).unwrap_or_default().iter();
    let plain = |part: &'_ Object| document.dereference(part).ok().map(|(_, part)| part.clone());
    while let (Some(first), Some(second)) = (parts.next().and_then(plain), parts.next().and_then(plain)) {
        let Some(first) = code(&first) else { break };
        if let Object::Array(each) = &second {
            for (code, width) in (first..).zip(each.iter().take(WIDTHS_MAX)) {
                if let Some(width) = number(document, width) {
                    widths.insert(code, (code, width * THOUSANDTH));
                }
            }
        } else if let (Some(last), Some(width)) =
            (code(&second), parts.next().and_then(|width| number(document, width)))
        {
            widths.insert(first, (last, width * THOUSANDTH));
        } else {
            break;
        }
        if widths.len() > WIDTHS_MAX {
            break;
        }
    }
    (widths, usual.map_or(1.0, |width| width * THOUSANDTH))
}

fn code(object: &Object) -> Option<u32> {
    object.as_i64().ok().and_then(|code| u32::try_from(code).ok())
}

fn number(document: &Document, object: &Object) -> Option<f64> {
    document.dereference(object).ok()?.1.as_float().ok().map(f64::from)
}
