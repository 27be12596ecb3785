//! Problems of a form in the reader's words: code and detail in, sentence out.

use crate::messages::{find, t};
use model::{FieldErrors, Language, Problem};

/// The message `problem-<code>`; a code that has none still says which one it was.
pub fn text(language: Language, problem: &Problem) -> String {
    find(language, &format!("problem-{}", problem.code), &[("detail", problem.detail.as_str().into())])
        .unwrap_or_else(|| t!(language, "common-problem-unknown", code = problem.code.as_str()))
}

/// The problem of one field, if it has one.
pub fn of(language: Language, errors: &FieldErrors, field: &str) -> Option<String> {
    errors.of(field).map(|problem| text(language, problem))
}
