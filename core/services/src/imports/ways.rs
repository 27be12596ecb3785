//! Cells that hold more than one phone or e-mail address, or words beside it: the first one is the record's, further ones go
//! where it has room for them, and what has no other place stays in its notes.

use crate::records::Draft;
use model::{AnyRecord, FieldValue, normalize_email};

/// The field that takes what has no other place.
const NOTES: &str = "description";
/// Of the shortest phone numbers (Andorra), and of those in most of Europe.
const SHORT_DIGITS: usize = 6;
const LONG_DIGITS: usize = 9;

/// What a cell says, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Ways {
    /// Phones or addresses, at least one.
    pub(super) texts: Vec<String>,
    /// There is more in the cell: what it is for, an extension.
    pub(super) has_words: bool,
}

impl Ways {
    pub(super) fn are_apart(&self) -> bool {
        self.texts.len() > 1 || self.has_words
    }
}

/// What a cell for that field holds; nothing for other fields, and where nothing in it looks like what it should be.
pub(super) fn of(key: &str, text: &str) -> Option<Ways> {
    let ways = match key {
        "phone" | "mobile" => phones(text),
        "email" => emails(text),
        _ => return None,
    };
    (!ways.texts.is_empty()).then_some(ways)
}

fn phones(text: &str) -> Ways {
    let is_of_phone = |sign: char| sign.is_ascii_digit() || " \u{a0}+-().·/".contains(sign);
    let mut ways = Ways { texts: Vec::new(), has_words: text.contains(char::is_alphabetic) };
    for part in text.split(|sign| !is_of_phone(sign)) {
        for phone in parted(part) {
            match digits(phone) {
                0 => {}
                count if count < SHORT_DIGITS => ways.has_words = true,
                _ => ways.texts.push(phone.to_owned()),
            }
        }
    }
    ways
}

/// Strokes part phones where all that is between them is long enough to be one; others are within a phone.
fn parted(text: &str) -> Vec<&str> {
    let ends = [' ', '\u{a0}', '-', '.', '·', '/'];
    for (stroke, least) in [(" / ", SHORT_DIGITS), ("/", LONG_DIGITS), (" - ", LONG_DIGITS)] {
        let parts: Vec<&str> = text.split(stroke).map(|part| part.trim_matches(ends)).collect();
        if parts.len() > 1 && parts.iter().all(|part| digits(part) >= least) {
            return parts;
        }
    }
    vec![text.trim_matches(ends)]
}

fn digits(text: &str) -> usize {
    text.chars().filter(char::is_ascii_digit).count()
}

fn emails(text: &str) -> Ways {
    let mut ways = Ways::default();
    let parts = text.split(|sign: char| sign.is_whitespace() || ";,|<>()/".contains(sign));
    for part in parts.filter(|part| !part.is_empty()) {
        if normalize_email(part).is_ok() {
            ways.texts.push(part.to_owned());
        } else {
            ways.has_words = true;
        }
    }
    ways
}

/// Puts what has no other place into the notes, behind what is there already and once.
pub(super) fn put_notes(draft: &mut Draft, notes: &[String], before: Option<&dyn AnyRecord>) {
    let stored = || match before.map(|record| record.built_in(NOTES)) {
        Some(FieldValue::Text(text)) => text,
        _ => String::new(),
    };
    let there = draft.one(NOTES).map_or_else(stored, str::to_owned);
    let mut whole = there.clone();
    for note in notes.iter().filter(|note| !there.contains(note.as_str())) {
        if !whole.is_empty() {
            whole.push('\n');
        }
        whole.push_str(note);
    }
    if whole != there {
        draft.put(NOTES, whole);
    }
}
