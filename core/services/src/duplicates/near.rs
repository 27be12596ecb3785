//! Whether two names as they are compared are nearly the same: what they do not share word by word must itself be near, so
//! that a trade or a given name that many have makes nobody alike.

/// So many words in common carry one more: «fusteria puig» and «fusteria puig girona».
const CARRYING_WORDS: usize = 2;
/// Words of fewer letters are the same or another one.
const COMPARED_LETTERS_MIN: usize = 4;
/// From here on a word may have two slips, and one at its beginning.
const LONG_LETTERS_MIN: usize = 8;

/// Slips of the finger, words in another order, in one or in two, and one word more.
pub(super) fn is_near(one: &str, other: &str) -> bool {
    let (shorter, longer) = (one.len().min(other.len()), one.len().max(other.len()));
    if shorter * 5 < longer * 3 {
        return false;
    }
    let mut ours: Vec<&str> = one.split(' ').collect();
    let mut theirs: Vec<&str> = Vec::new();
    let mut shared = 0;
    for word in other.split(' ') {
        match ours.iter().position(|ours| *ours == word) {
            Some(place) => {
                ours.remove(place);
                shared += 1;
            }
            None => theirs.push(word),
        }
    }
    match (ours.len(), theirs.len()) {
        (0, 0) => true,
        (0, 1) | (1, 0) => shared >= CARRYING_WORDS,
        (0, _) | (_, 0) => false,
        (us, them) if us == them => ours.iter().all(|word| {
            let found = theirs.iter().position(|theirs| is_near_word(word, theirs));
            found.map(|place| theirs.swap_remove(place)).is_some()
        }),
        _ => is_near_word(&ours.concat(), &theirs.concat()),
    }
}

fn is_near_word(one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    // 12 is not nearly 13.
    let has_number = |word: &str| word.contains(char::is_numeric);
    if has_number(one) || has_number(other) {
        return false;
    }
    let (ours, theirs) = (one.chars().count(), other.chars().count());
    let slips = match ours.max(theirs) {
        ..COMPARED_LETTERS_MIN => return false,
        COMPARED_LETTERS_MIN..LONG_LETTERS_MIN if one.chars().next() != other.chars().next() => return false,
        COMPARED_LETTERS_MIN..LONG_LETTERS_MIN => 1,
        LONG_LETTERS_MIN.. => 2,
    };
    ours.abs_diff(theirs) <= slips && strsim::osa_distance(one, other) <= slips
}
