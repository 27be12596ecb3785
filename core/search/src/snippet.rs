//! A short piece of text around the words that were found, with these marked.

use crate::words::{Word, words_with_initials};

/// About two lines beside a hit.
pub const SNIPPET_CHARACTERS: usize = 160;
/// Context before the first word found.
const LEAD_IN_CHARACTERS: usize = 40;

/// Text to show beside a hit. Not escaped: it is text, not HTML.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Snippet {
    /// In order; joined they are the piece of text.
    pub pieces: Vec<Piece>,
    /// Whether the text goes on before and after.
    pub cut_before: bool,
    pub cut_after: bool,
}

/// A stretch of a snippet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Piece {
    pub text: String,
    /// Whether it is a word that was looked for.
    pub marked: bool,
}

/// From the passage in which most of the wanted words stand; the first of those that have as many.
pub(crate) fn snippet<'a>(passages: impl Iterator<Item = &'a str>, wanted: &[Word]) -> Option<Snippet> {
    let initials: Vec<char> = wanted.iter().filter_map(|word| word.folded.chars().next()).collect();
    let wanted: Vec<Wanted> = wanted.iter().map(Wanted::new).collect();
    let mut best: Option<(usize, &str, Vec<Word>)> = None;
    for passage in passages {
        let mut found = vec![false; wanted.len()];
        let mut places = words_with_initials(passage, &initials);
        places.retain(|word| {
            let matches: Vec<bool> = wanted.iter().map(|wanted| wanted.matches(word)).collect();
            found.iter_mut().zip(&matches).for_each(|(found, matches)| *found |= matches);
            matches.contains(&true)
        });
        let count = found.into_iter().filter(|found| *found).count();
        if count > best.as_ref().map_or(0, |(count, ..)| *count) {
            best = Some((count, passage, places));
        }
        if count == wanted.len() {
            // None of those that follow can have more.
            break;
        }
    }
    best.map(|(_, passage, places)| cut(passage, &places))
}

struct Wanted<'a> {
    folded: &'a str,
    stems: Vec<String>,
}

impl Wanted<'_> {
    fn new(word: &Word) -> Wanted<'_> {
        Wanted { folded: &word.folded, stems: word.stems() }
    }

    fn matches(&self, word: &Word) -> bool {
        if word.folded.starts_with(self.folded) {
            return true;
        }
        word.folded.chars().next() == self.folded.chars().next()
            && word.stems().iter().any(|stem| self.stems.contains(stem))
    }
}

fn cut(passage: &str, places: &[Word]) -> Snippet {
    let first = places.first().map_or(0, |word| word.start);
    let start = back(passage, first, LEAD_IN_CHARACTERS);
    let end = forth(passage, start, SNIPPET_CHARACTERS);
    let mut pieces = Vec::new();
    let mut push = |from: usize, to: usize, marked: bool| {
        if from < to {
            pieces.push(Piece { text: passage[from..to].to_owned(), marked });
        }
    };
    let mut at = start;
    for word in places.iter().filter(|word| word.end <= end) {
        push(at, word.start, false);
        push(word.start, word.end, true);
        at = word.end;
    }
    push(at, end, false);
    Snippet { pieces, cut_before: start > 0, cut_after: end < passage.len() }
}

/// So many characters before, and on to the beginning of a word.
fn back(passage: &str, from: usize, characters: usize) -> usize {
    let Some((start, _)) = passage[..from].char_indices().rev().nth(characters) else {
        return 0;
    };
    passage[start..from].find(char::is_whitespace).map_or(start, |space| {
        let after = start + space;
        after + passage[after..].chars().next().map_or(0, char::len_utf8)
    })
}

/// So many characters on, and back to the end of a word.
fn forth(passage: &str, from: usize, characters: usize) -> usize {
    let Some((end, _)) = passage[from..].char_indices().nth(characters) else {
        return passage.len();
    };
    let end = from + end;
    passage[from..end]
        .rfind(char::is_whitespace)
        .filter(|space| *space > characters / 2)
        .map_or(end, |space| from + space)
}
