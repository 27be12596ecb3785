//! The three languages of the product.

use serde::{Deserialize, Serialize};

/// A language of pages, mails and messages.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    #[default]
    Ca,
    Es,
    En,
}

impl Language {
    pub const ALL: [Language; 3] = [Language::Ca, Language::Es, Language::En];
    /// As choices of a field.
    pub const CODES: &'static [&'static str] = &["ca", "es", "en"];

    /// The value of the `lang` attribute.
    pub fn code(self) -> &'static str {
        match self {
            Language::Ca => "ca",
            Language::Es => "es",
            Language::En => "en",
        }
    }

    pub fn from_code(code: &str) -> Option<Language> {
        Language::ALL.into_iter().find(|language| language.code() == code)
    }

    /// The best language for an `Accept-Language` header.
    pub fn from_accept_header(header: &str) -> Option<Language> {
        header
            .split(',')
            .filter_map(|part| {
                let mut pieces = part.trim().split(';');
                let code = pieces.next()?.split('-').next()?;
                let quality = pieces
                    .find_map(|piece| piece.trim().strip_prefix("q="))
                    .map_or(Some(1.0), |quality| quality.parse::<f32>().ok())?;
                Language::from_code(&code.to_ascii_lowercase()).map(|language| (language, quality))
            })
            .reduce(|best, next| if next.1 > best.1 { next } else { best })
            .map(|(language, _)| language)
    }
}
