//! Text into words as Catalan, Spanish and English people search them. Index and queries share it.

use frostem::{Algorithm, Stemmer};
use model::fold;

/// Longer words are cut, in the index and in queries alike, so that they still find each other.
const WORD_CHARACTERS_MAX: usize = 60;
/// The longest beginning that the prefix field holds; longer ones are looked up among whole words.
pub(crate) const PREFIX_CHARACTERS_MAX: usize = 12;

/// Each language marks its stems, so that one field holds all three without mixing them.
const LANGUAGES: [(char, Algorithm); 3] =
    [('c', Algorithm::Catalan), ('s', Algorithm::Spanish), ('e', Algorithm::English)];
/// Marks the spelling with one l of a word with l·l, the commonest misspelling in Catalan.
const SINGLE_L: char = 'l';

/// One word and where it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Word {
    /// Lower case, `l·l` written with the middle dot: what stemmers read.
    lower: String,
    /// No case, no accents, `l·l` as `ll`, `ñ` as `n`.
    pub(crate) folded: String,
    /// Bytes in the text.
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl Word {
    fn new(text: &str, start: usize, end: usize) -> Word {
        let lower: String = text[start..end]
            .chars()
            .flat_map(char::to_lowercase)
            .map(middle_dot)
            .take(WORD_CHARACTERS_MAX)
            .collect();
        let lower = if is_acronym(&lower) { lower.replace('.', "") } else { lower };
        let folded = folded(&lower);
        let lower = if lower.contains(['.', '-']) {
            lower.replace("l.l", "l·l").replace("l-l", "l·l")
        } else {
            lower
        };
        Word { lower, folded, start, end }
    }

    /// The stems in the three languages, and the spelling with one l, each marked.
    pub(crate) fn stems(&self) -> Vec<String> {
        let mut stems: Vec<String> = LANGUAGES
            .iter()
            .map(|(mark, algorithm)| {
                let stem = Stemmer::new(*algorithm).stem(&self.lower);
                format!("{mark}{}", folded(&stem))
            })
            .collect();
        let single = self.lower.replace("l·l", "l");
        stems.push(format!("{SINGLE_L}{}", folded(&single)));
        stems
    }

    /// The beginnings, from one letter to twelve.
    pub(crate) fn beginnings(&self) -> impl Iterator<Item = &str> {
        self.folded
            .char_indices()
            .map(|(at, character)| &self.folded[..at + character.len_utf8()])
            .take(PREFIX_CHARACTERS_MAX)
    }
}

/// The words of a text. Elided articles (`l'`, `d'`, `s'`, `n'`, `m'`, `t'`) are left out; `l·l` and its common
/// misspellings stay inside their word; `S.L.` is one word.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let words = places(text).into_iter().map(|(start, end)| Word::new(text, start, end));
    words.filter(|word| !word.folded.is_empty()).collect()
}

/// Only the words whose folded spelling begins with one of these letters. No beginning, form or misspelling of a word
/// has another first letter: whoever looks for some words need not fold and stem all of a text.
pub(crate) fn words_with_initials(text: &str, initials: &[char]) -> Vec<Word> {
    let words = places(text).into_iter().filter_map(|(start, end)| {
        let is_wanted = initial(&text[start..end]).is_none_or(|initial| initials.contains(&initial));
        is_wanted.then(|| Word::new(text, start, end))
    });
    words.filter(|word| !word.folded.is_empty()).collect()
}

/// The first letter of the folded spelling; `None` when more than the first character must be read to know.
fn initial(word: &str) -> Option<char> {
    let first = word.chars().next()?;
    if first.is_ascii() {
        return Some(first.to_ascii_lowercase());
    }
    fold(first.encode_utf8(&mut [0; 4])).chars().next()
}

/// Without case and accents, and without what only sorting needs: it keeps ñ apart from n, people who search without
/// an ñ on their keyboard do not.
fn folded(text: &str) -> String {
    let mut folded = fold(text);
    folded.retain(|character| character != '~');
    folded
}

/// Where the words stand, in bytes.
fn places(text: &str) -> Vec<(usize, usize)> {
    let characters: Vec<(usize, char)> = text.char_indices().collect();
    let byte_of = |place: usize| characters.get(place).map_or(text.len(), |(at, _)| *at);
    let mut places = Vec::new();
    let mut place = 0;
    while place < characters.len() {
        if !is_word_part(characters[place].1) {
            place += 1;
            continue;
        }
        let start = place;
        while place < characters.len()
            && (is_word_part(characters[place].1) || joins(&characters, start, place))
        {
            place += 1;
        }
        if !is_elided_article(&characters, start, place) {
            places.push((byte_of(start), byte_of(place)));
        }
    }
    places
}

fn is_word_part(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '\u{300}'..='\u{36f}')
}

/// The dots people type for the one of `l·l`.
fn middle_dot(character: char) -> char {
    if matches!(character, '‧' | '•' | '∙' | '⋅' | '・') { '·' } else { character }
}

/// Whether the character at `place` stands inside the word begun at `start`: the dot of `l·l`, or of `S.L.`.
fn joins(characters: &[(usize, char)], start: usize, place: usize) -> bool {
    let at = |place: usize| characters.get(place).map(|(_, character)| *character);
    let is_l = |character: Option<char>| matches!(character, Some('l' | 'L'));
    let is_letter = |character: Option<char>| character.is_some_and(char::is_alphabetic);
    let (before, after) = (at(place - 1), at(place + 1));
    match middle_dot(characters[place].1) {
        '·' => (is_l(before) || before == Some('ŀ') || before == Some('Ŀ')) && is_l(after),
        '-' => is_l(before) && is_l(after) && place > start + 1 && is_letter(at(place + 2)),
        '.' => {
            let geminate = is_l(before) && is_l(after) && place > start + 1 && is_letter(at(place - 2));
            let letter_alone = place == start + 1 || at(place - 2) == Some('.');
            let acronym = letter_alone && is_letter(before) && is_letter(after);
            (geminate && is_letter(at(place + 2)))
                || (acronym && !at(place + 2).is_some_and(char::is_alphanumeric))
        }
        _ => false,
    }
}

/// Single letters with dots between them.
fn is_acronym(lower: &str) -> bool {
    lower.contains('.') && lower.split('.').all(|letter| letter.chars().count() == 1)
}

fn is_elided_article(characters: &[(usize, char)], start: usize, end: usize) -> bool {
    let at = |place: usize| characters.get(place).map(|(_, character)| *character);
    end == start + 1
        && "ldsnmtLDSNMT".contains(characters[start].1)
        && matches!(at(end), Some('\'' | '’' | 'ʼ' | '´' | '`'))
        && at(end + 1).is_some_and(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::{initial, words};
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let words = words(text);
        let folded: Vec<&str> = words.iter().map(|word| word.folded.as_str()).collect();
        assert_eq!(folded, expected, "{text}");
    }

    #[test]
    fn words_as_people_search_them() {
        check(
            "Instal·lacions INSTAL.LACIONS instal-lacions instaŀlacions instal•lacions",
            &["installacions"; 5],
        );
        check("l’Hospitalet d'en Peñalver, L'OBRA", &["hospitalet", "en", "penalver", "obra"]);
        check("Fusteria Puig, S.L.", &["fusteria", "puig", "sl"]);
        check("S.A.U. i J.Puig", &["sau", "i", "j", "puig"]);
        check("nuria@puig.cat 972-12-34", &["nuria", "puig", "cat", "972", "12", "34"]);
        check("cafe\u{301} col.legi www.l.lu", &["cafe", "collegi", "www", "l", "lu"]);
        check("🙂 \"'()[]{}:*?~^ -- ··· ...", &[]);
        check("rock'n'roll d'", &["rock", "roll", "d"]);
        check("", &[]);
    }

    #[test]
    fn places_point_into_the_text() {
        let text = "a l’Àngel·la, ñ";
        for word in words(text) {
            assert!(text.get(word.start..word.end).is_some());
        }
        assert_eq!(
            words(text).iter().map(|word| &text[word.start..word.end]).collect::<Vec<_>>(),
            ["a", "Àngel·la", "ñ"]
        );
    }

    proptest! {
        /// What `words_with_initials` relies on.
        #[test]
        fn stems_keep_the_first_letter(text in "[a-zA-ZàéíïòúüçñÑŀ·.'’ßœİ\u{301}-]{1,40}|\\PC{0,40}") {
            for word in words(&text) {
                let first = word.folded.chars().next();
                let guess = initial(&text[word.start..word.end]);
                prop_assert!(guess.is_none() || guess == first, "{guess:?} {word:?}");
                for stem in word.stems() {
                    prop_assert_eq!(stem.chars().nth(1), first, "{} of {:?}", stem, word);
                }
            }
        }
    }

    /// Changing these means raising `schema::ANALYSERS`.
    #[test]
    fn stems_and_beginnings() {
        let stems = |text: &str| words(text)[0].stems();
        assert_eq!(stems("facturació")[0], stems("facturacions")[0]);
        assert_eq!(stems("contratos")[1], stems("contrato")[1]);
        assert_eq!(stems("connections")[2], stems("connected")[2]);
        assert_eq!(stems("instal·lacions")[3], stems("instalacions")[3]);
        let word = &words("Peñíscola-sud")[0];
        assert_eq!(
            word.beginnings().collect::<Vec<_>>(),
            ["p", "pe", "pen", "peni", "penis", "penisc", "penisco", "peniscol", "peniscola"]
        );
        assert_eq!(words("otorrinolaringologia")[0].beginnings().count(), 12);
    }
}
