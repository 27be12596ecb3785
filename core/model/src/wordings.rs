//! Texts of the pages that a company says in its own words.

use crate::{FieldErrors, Kind, Label, Piece};
use serde::{Deserialize, Serialize};

/// A sentence of the pages, or a paragraph of a letter.
pub const WORDING_CHARACTERS_MAX: usize = 500;

/// Another text for a message of the pages. Its key is the message's: `common-nav-leads`. A language without a text
/// keeps the product's.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Wording {
    pub text: Label,
}

impl Piece for Wording {
    const KIND: Kind = Kind::Wording;
    const SECTION: &'static str = "words";

    fn label(&self) -> &Label {
        &self.text
    }

    /// A wording that is not wanted is removed.
    fn is_archived(&self) -> bool {
        false
    }

    fn check(&self, errors: &mut FieldErrors) {
        self.text.check("text", WORDING_CHARACTERS_MAX, errors);
    }

    /// The key of a message; whether there is such a message, only `ui` knows.
    fn check_key(key: &str, errors: &mut FieldErrors) {
        let is_part = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if key.is_empty() || key.len() > 80 || !key.bytes().all(is_part) {
            errors.add("key", "key-form", key);
        }
    }
}
