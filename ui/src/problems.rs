//! Problems of a form in the reader's words: code and detail in, sentence out.

use crate::labels;
use crate::messages::{find, t};
use model::{FieldErrors, Language, Problem};

/// The message `problem-<code>`; a code that has none still says which one it was.
pub fn text(language: Language, problem: &Problem) -> String {
    find(language, &format!("problem-{}", problem.code), &[("detail", problem.detail.as_str().into())])
        .unwrap_or_else(|| t!(language, "common-problem-unknown", code = problem.code.as_str()))
}

/// The same with the field's name before it, where the sentence alone does not tell which field it is about.
pub fn named(language: Language, problem: &Problem) -> String {
    let sentence = text(language, problem);
    let says_nothing_of_the_field = matches!(
        problem.code.as_str(),
        "required" | "too-long" | "too-short" | "taken" | "choice" | "number-form"
    );
    match labels::field(language, &problem.field) {
        Some(label) if says_nothing_of_the_field => {
            t!(language, "common-problem-named", field = label, problem = sentence)
        }
        _ => sentence,
    }
}

/// The problem of one field, if it has one.
pub fn of(language: Language, errors: &FieldErrors, field: &str) -> Option<String> {
    errors.of(field).map(|problem| text(language, problem))
}
