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

#[cfg(test)]
mod tests {
    use super::*;

    /// Every code that `services`, `model` and `sheets` give.
    const CODES: [&str; 56] = [
        "amount-form",
        "amount-range",
        "boolean",
        "choice",
        "country-form",
        "credentials",
        "cursor",
        "date-form",
        "email-form",
        "file-damaged",
        "file-empty",
        "file-kind",
        "file-missing",
        "file-no-header",
        "file-no-such-sheet",
        "file-not-a-spreadsheet",
        "file-password",
        "file-too-big",
        "file-too-large",
        "file-too-many-columns",
        "file-too-many-rows",
        "file-zip-bomb",
        "import-failed",
        "integer",
        "last-administrator",
        "mapping-length",
        "mapping-twice",
        "name-or-company",
        "number-form",
        "one-line",
        "password-short",
        "password-wrong",
        "phone-form",
        "plugin-invalid",
        "plugin-refused",
        "plugin-says",
        "range",
        "record-too-big",
        "required",
        "role-above-user",
        "row-cell-too-long",
        "row-error-cell",
        "row-header-empty",
        "row-header-repeated",
        "row-lost-characters",
        "row-too-many-cells",
        "stale",
        "syntax",
        "taken",
        "tax-id-checksum",
        "tax-id-form",
        "time-zone",
        "too-long",
        "too-short",
        "twice-in-file",
        "unknown",
    ];

    #[test]
    fn every_code_has_a_text_in_every_language() {
        for language in Language::ALL {
            for code in CODES {
                let problem = Problem::new("name", code, "42");
                let unknown = t!(language, "common-problem-unknown", code = code);
                assert_ne!(text(language, &problem), unknown, "{code} in {}", language.code());
            }
        }
    }
}
