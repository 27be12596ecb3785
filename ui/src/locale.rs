//! In which words a page speaks: a language, and what the company calls things.

use crate::messages::{self, Bundle};
use model::{Frame, Language, Wording};
use std::sync::{Arc, LazyLock};

/// What a company says in its own words, ready to be looked up. Made once for each state of its configuration.
pub struct Words {
    frame: Arc<Frame>,
    /// In the order of [`Language::ALL`]; nothing where the company says all as the product does.
    bundles: [Option<Bundle>; 3],
}

impl Words {
    pub fn of(frame: Arc<Frame>) -> Words {
        let bundles = Language::ALL.map(|language| {
            let own: Vec<(&str, &str)> = frame
                .wordings
                .all()
                .iter()
                .map(|wording| (wording.key.as_str(), wording.piece.text.own(language)))
                .filter(|(_, text)| !text.is_empty())
                .collect();
            (!own.is_empty()).then(|| messages::bundle_with(language, &own))
        });
        Words { frame, bundles }
    }

    pub fn frame(&self) -> &Arc<Frame> {
        &self.frame
    }

    /// The reader's language over these words.
    pub fn locale(&self, language: Language) -> Locale<'_> {
        Locale { language, words: Some(self) }
    }
}

impl Default for Words {
    /// The product's own.
    fn default() -> Words {
        Words::of(Arc::default())
    }
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let changed = self.frame.wordings.all().len();
        f.debug_struct("Words").field("wordings", &changed).finish_non_exhaustive()
    }
}

/// A language, and the words of the company whose page it is. A [`Language`] alone stands for the product's words.
#[derive(Clone, Copy, Debug)]
pub struct Locale<'a> {
    pub language: Language,
    words: Option<&'a Words>,
}

/// What a page goes by that belongs to no company.
static UNTOUCHED: LazyLock<Frame> = LazyLock::new(Frame::default);

impl<'a> Locale<'a> {
    /// The value of the `lang` attribute.
    pub fn code(self) -> &'static str {
        self.language.code()
    }

    /// What the company has set up.
    pub fn frame(self) -> &'a Frame {
        self.words.map_or_else(|| &*UNTOUCHED, |words| &*words.frame)
    }

    /// The company's messages over the product's, where there are some in this language.
    pub(crate) fn bundle(self) -> Option<&'a Bundle> {
        let place = Language::ALL.iter().position(|language| *language == self.language)?;
        self.words?.bundles.get(place)?.as_ref()
    }
}

impl From<Language> for Locale<'static> {
    fn from(language: Language) -> Locale<'static> {
        Locale { language, words: None }
    }
}

impl From<Locale<'_>> for Language {
    fn from(locale: Locale<'_>) -> Language {
        locale.language
    }
}

/// Whether a text can stand for the message `key`: it has the form of a message, and names no argument that the message
/// is not given. Problem codes: `wording-key`, `wording-form`, `wording-argument` with the arguments that there are.
pub fn check_wording(key: &str, wording: &Wording, errors: &mut model::FieldErrors) {
    for language in Language::ALL {
        let text = wording.text.own(language);
        if text.is_empty() {
            continue;
        }
        let field = format!("text_{}", language.code());
        match messages::check_own(language, key, text) {
            Ok(()) => {}
            Err(messages::OwnTextError::NoSuchMessage) => errors.add(&field, "wording-key", key),
            Err(messages::OwnTextError::Form) => errors.add(&field, "wording-form", text),
            Err(messages::OwnTextError::Argument { allowed }) => {
                errors.add(&field, "wording-argument", allowed.join(", "));
            }
        }
    }
}
