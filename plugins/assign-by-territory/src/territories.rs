//! The territories' text, read into prefixes.

use std::collections::BTreeMap;

/// Spain has 11,000 postcodes in 52 provinces; who needs more lines than this has mistaken the field for another.
pub(crate) const LINES_MAX: usize = 2_000;
/// So that the list of bad lines can be read, and stays far below what the host accepts.
const PROBLEMS_SHOWN_MAX: usize = 20;

/// Which prefix belongs to whom. Invariant: prefixes are normalised and not empty.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Territories(BTreeMap<String, String>);

impl Territories {
    /// Reads one territory a line; what cannot be read comes back as one sentence for each bad line.
    pub(crate) fn parse(text: &str) -> Result<Self, Vec<String>> {
        let mut territories = BTreeMap::new();
        let mut problems = Vec::new();
        for (index, line) in text.lines().enumerate() {
            let number = index + 1;
            if number > LINES_MAX {
                problems.push(format!("there are more than {LINES_MAX} lines"));
                break;
            }
            if let Err(problem) = read_line(line.trim(), &mut territories) {
                problems.push(format!("line {number}: {problem}"));
            }
        }
        if territories.is_empty() && problems.is_empty() {
            problems.push("there is no territory yet".to_owned());
        }
        if problems.is_empty() { Ok(Self(territories)) } else { Err(shorten(problems)) }
    }

    /// The longest prefix that this postcode begins with, and whose it is.
    pub(crate) fn find(&self, postcode: &str) -> Option<(&str, &str)> {
        let postcode = normalise(postcode);
        postcode
            .char_indices()
            .map(|(start, character)| start + character.len_utf8())
            .rev()
            .find_map(|end| self.0.get_key_value(&postcode[..end]))
            .map(|(prefix, person)| (prefix.as_str(), person.as_str()))
    }
}

/// Takes one line in; says what is wrong with it.
fn read_line(line: &str, territories: &mut BTreeMap<String, String>) -> Result<(), String> {
    if line.is_empty() || line.starts_with('#') {
        return Ok(());
    }
    let Some((prefixes, person)) = line.split_once(':') else {
        return Err(format!("«{line}» has no colon between the prefixes and the person"));
    };
    let person = person.trim();
    if person.is_empty() {
        return Err(format!("«{line}» names nobody after the colon"));
    }
    for written in prefixes.split(',') {
        let prefix = normalise(written);
        if prefix.is_empty() {
            return Err(format!("«{line}» has an empty prefix"));
        }
        if let Some(wrong) = prefix.chars().find(|character| !character.is_alphanumeric()) {
            return Err(format!("«{}» is not the beginning of a postcode: «{wrong}»", written.trim()));
        }
        match territories.get(&prefix) {
            Some(other) if other != person => {
                return Err(format!("{prefix} is given to {person}, and before to {other}"));
            }
            _ => territories.insert(prefix, person.to_owned()),
        };
    }
    Ok(())
}

/// Postcodes as people type them: `AD 500`, `4000-123`, `sw1a 1aa`.
fn normalise(postcode: &str) -> String {
    let meaning = postcode.chars().filter(|character| !character.is_whitespace() && *character != '-');
    meaning.flat_map(char::to_uppercase).collect()
}

/// Keeps the first problems and counts the rest.
fn shorten(mut problems: Vec<String>) -> Vec<String> {
    let more = problems.len().saturating_sub(PROBLEMS_SHOWN_MAX);
    if more > 0 {
        problems.truncate(PROBLEMS_SHOWN_MAX);
        problems.push(format!("and {more} more"));
    }
    problems
}
