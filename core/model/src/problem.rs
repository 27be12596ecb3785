//! What is wrong with what somebody wrote: data, not an error path.

use serde::{Deserialize, Serialize};

/// One problem with one field. The text for the reader is the message `problem-<code>` of `ui`, with the value in it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct Problem {
    /// The field's name as in forms and the API; empty for the whole.
    pub field: String,
    /// Stable, kebab-case: `required`, `too-long`, `tax-id-checksum`…
    pub code: String,
    /// What helps to understand it: the value, the limit, the name of the other record.
    pub detail: String,
}

impl Problem {
    pub fn new(field: &str, code: &str, detail: impl Into<String>) -> Problem {
        Problem { field: field.to_owned(), code: code.to_owned(), detail: detail.into() }
    }
}

/// All problems of one form, at once.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct FieldErrors(pub Vec<Problem>);

impl FieldErrors {
    pub fn add(&mut self, field: &str, code: &str, detail: impl Into<String>) {
        self.0.push(Problem::new(field, code, detail));
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn of(&self, field: &str) -> Option<&Problem> {
        self.0.iter().find(|problem| problem.field == field)
    }
}
