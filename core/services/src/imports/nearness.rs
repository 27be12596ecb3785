//! What a value that is unknown may have meant: names that differ in signs, in a slip of the finger, or that hold it.

use super::headers::bare;
use model::fold;

/// Names offered for one value.
const NEAR_MAX: usize = 5;
/// Shorter words are in too many names.
const WORD_CHARACTERS_MIN: usize = 3;

/// How near a name is, the nearest first: by its signs, by slips of the finger, by its words.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Nearness {
    Same,
    Slips(usize),
    Words,
}

/// The names that are near, the nearest first.
pub(super) fn near<'n>(value: &str, names: &'n [String]) -> Vec<(Nearness, &'n String)> {
    let told = bare(value);
    if told.is_empty() {
        return Vec::new();
    }
    let slips = (told.chars().count() / 5).min(2);
    let said = words(value);
    let nearness = |name: &String| {
        let other = bare(name);
        if other == told {
            return Some(Nearness::Same);
        }
        let count = slips_between(&told, &other);
        if count <= slips {
            return Some(Nearness::Slips(count));
        }
        shares_words(&said, &words(name)).then_some(Nearness::Words)
    };
    let others = names.iter().filter(|name| fold(name) != fold(value));
    let mut found: Vec<_> = others.filter_map(|name| Some((nearness(name)?, name))).collect();
    found.sort_by_key(|(nearness, _)| *nearness);
    found.truncate(NEAR_MAX);
    found
}

/// The name that a value surely meant. `by_words`: also the only one that holds it, as a given name tells a colleague.
pub(super) fn meant(near: &[(Nearness, &String)], by_words: bool) -> Option<String> {
    let (nearness, name) = near.first()?;
    let is_meant = *nearness != Nearness::Words || (by_words && near.len() == 1);
    is_meant.then(|| (*name).clone())
}

fn words(text: &str) -> Vec<String> {
    let folded = fold(text);
    let parts = folded.split(|character: char| !character.is_alphanumeric());
    parts.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// All words of one are in the other: «Jordi» in «Jordi Mir», «Mir, Jordi» in it, and it in «Jordi Mir Pou».
fn shares_words(one: &[String], other: &[String]) -> bool {
    let are_in = |some: &[String], all: &[String]| some.iter().all(|word| all.contains(word));
    let tells = |some: &[String]| some.iter().any(|word| word.chars().count() >= WORD_CHARACTERS_MIN);
    (tells(one) && are_in(one, other)) || (other.len() > 1 && tells(other) && are_in(other, one))
}

/// Letters put in, left out, changed or swapped (the optimal string alignment distance).
fn slips_between(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if one.len().abs_diff(other.len()) > 2 {
        return usize::MAX;
    }
    let mut rows: Vec<Vec<usize>> = vec![(0..=other.len()).collect()];
    for (place, letter) in one.iter().enumerate() {
        let mut row = vec![place + 1];
        for (at, its) in other.iter().enumerate() {
            let above = rows[place][at + 1] + 1;
            let left = row[at] + 1;
            let aside = rows[place][at] + usize::from(letter != its);
            let swapped = place > 0 && at > 0 && *letter == other[at - 1] && one[place - 1] == *its;
            let crossed = if swapped { rows[place - 1][at - 1] + 1 } else { usize::MAX };
            row.push(above.min(left).min(aside).min(crossed));
        }
        rows.push(row);
    }
    rows[one.len()][other.len()]
}
