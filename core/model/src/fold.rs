//! Folding of text for sorting and searching: no case, no accents, `l·l` as `ll`.

use std::borrow::Cow;

/// What nobody sees and web pages and word processors leave behind: soft hyphen, space without width, word joiner, byte order
/// mark. Joiners of letters stay: in some scripts they make another word.
const INVISIBLE: [char; 4] = ['\u{ad}', '\u{200b}', '\u{2060}', '\u{feff}'];

/// Without signs that nobody sees.
pub fn without_invisible(text: &str) -> Cow<'_, str> {
    if text.contains(INVISIBLE) { Cow::Owned(text.replace(INVISIBLE, "")) } else { Cow::Borrowed(text) }
}

/// Without spaces at the ends, and with single ones within, and without signs that nobody sees: as records keep names and
/// short texts.
pub fn single_spaced(text: &str) -> String {
    without_invisible(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Lower case, accents removed, `l·l`, `l.l` and `l-l` between letters as `ll`; `ñ` sorts after `n`, `ç` with `c`.
pub fn fold(text: &str) -> String {
    if text.is_ascii() && !text.contains(['.', '-']) {
        // Most words: there is nothing to fold but case.
        return text.to_ascii_lowercase();
    }
    let characters: Vec<char> = text.chars().flat_map(char::to_lowercase).collect();
    let mut folded = String::with_capacity(text.len());
    for (position, character) in characters.iter().copied().enumerate() {
        match character {
            '·' | '.' | '-' if is_geminate(&characters, position) => {}
            'ŀ' => folded.push('l'),
            // A dotless combining mark left by a decomposed letter.
            '\u{300}'..='\u{36f}' => {}
            _ => fold_letter(character, &mut folded),
        }
    }
    folded
}

fn is_geminate(characters: &[char], position: usize) -> bool {
    let before = position.checked_sub(1).and_then(|index| characters.get(index));
    let after = characters.get(position + 1);
    let letter_on = position
        .checked_sub(2)
        .and_then(|index| characters.get(index))
        .is_some_and(|letter| letter.is_alphabetic())
        && characters.get(position + 2).is_some_and(|letter| letter.is_alphabetic());
    before == Some(&'l') && after == Some(&'l') && (characters[position] == '·' || letter_on)
}

fn fold_letter(character: char, folded: &mut String) {
    let plain = match character {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' | 'ª' => "a",
        'ç' | 'ć' | 'č' => "c",
        'ď' | 'đ' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' => "e",
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'į' | 'ı' => "i",
        'ł' | 'ľ' => "l",
        // After every other n, before o.
        'ñ' => "n~",
        'ń' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ő' | 'º' => "o",
        'ř' => "r",
        'ś' | 'š' | 'ş' | 'ș' => "s",
        'ß' => "ss",
        'ť' | 'ţ' | 'ț' => "t",
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        'æ' => "ae",
        'œ' => "oe",
        '’' | 'ʼ' => "'",
        other => {
            folded.push(other);
            return;
        }
    };
    folded.push_str(plain);
}

#[cfg(test)]
mod tests {
    use super::{fold, single_spaced};

    #[test]
    fn what_nobody_sees_is_no_part_of_a_name() {
        assert_eq!(single_spaced(" Fusteria\u{200b}  Pu\u{ad}ig\u{feff} "), "Fusteria Puig");
        assert_eq!(single_spaced("\u{2060}"), "");
        assert_eq!(single_spaced("می\u{200c}خواهم"), "می\u{200c}خواهم", "a joiner of letters is seen");
    }

    #[test]
    fn folds_as_catalan_people_search() {
        for (text, expected) in [
            ("Instal·lacions Peñalver", "installacions pen~alver"),
            ("INSTAL.LACIONS", "installacions"),
            ("col-legi", "collegi"),
            ("Forn d’en Nöé S.L.", "forn d'en noe s.l."),
            ("Çeràmica", "ceramica"),
            ("www.l.lu", "www.l.lu"),
        ] {
            assert_eq!(fold(text), expected, "{text}");
        }
    }
}
