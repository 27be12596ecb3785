//! A company's own words for something, in the three languages of the product.

use crate::{FieldErrors, Language};
use serde::{Deserialize, Serialize};

/// What a label may hold: it stands in buttons, columns and menus.
pub const LABEL_CHARACTERS_MAX: usize = 60;

/// One text in three languages. At least one is there; the others fall back on it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub ca: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub es: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub en: String,
}

impl Label {
    pub fn new(ca: &str, es: &str, en: &str) -> Label {
        Label { ca: ca.to_owned(), es: es.to_owned(), en: en.to_owned() }
    }

    /// As typed in one language.
    pub fn own(&self, language: Language) -> &str {
        match language {
            Language::Ca => &self.ca,
            Language::Es => &self.es,
            Language::En => &self.en,
        }
    }

    pub fn own_mut(&mut self, language: Language) -> &mut String {
        match language {
            Language::Ca => &mut self.ca,
            Language::Es => &mut self.es,
            Language::En => &mut self.en,
        }
    }

    /// In this language, else in the first one that has it.
    pub fn get(&self, language: Language) -> &str {
        self.own(self.found_in(language))
    }

    /// The language of what [`Label::get`] gives.
    pub fn found_in(&self, language: Language) -> Language {
        let has = |other: &Language| !self.own(*other).is_empty();
        if has(&language) { language } else { Language::ALL.into_iter().find(has).unwrap_or(language) }
    }

    pub fn is_empty(&self) -> bool {
        Language::ALL.into_iter().all(|language| self.own(language).is_empty())
    }

    /// Without the spaces around what was typed.
    #[must_use]
    pub fn trimmed(mut self) -> Label {
        for language in Language::ALL {
            let text = self.own_mut(language);
            *text = text.trim().to_owned();
        }
        self
    }

    /// Some language must be there, and none too long. Problems stand at `<field>_<language>`, the missing label at the
    /// first language.
    pub fn check(&self, field: &str, characters_max: usize, errors: &mut FieldErrors) {
        if self.is_empty() {
            errors.add(&format!("{field}_ca"), "required", "");
        }
        self.check_lengths(field, characters_max, errors);
    }

    /// For texts that may be missing altogether.
    pub fn check_lengths(&self, field: &str, characters_max: usize, errors: &mut FieldErrors) {
        for language in Language::ALL {
            if self.own(language).chars().count() > characters_max {
                errors.add(&format!("{field}_{}", language.code()), "too-long", characters_max.to_string());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_language_falls_back_on_the_first_that_is_there() {
        let label = Label::new("", "Obra", "Site");
        assert_eq!(Language::ALL.map(|language| label.get(language)), ["Obra", "Obra", "Site"]);
        assert_eq!(label.found_in(Language::Ca), Language::Es);
        assert_eq!(Label::default().get(Language::En), "");
        assert_eq!(Label::default().found_in(Language::En), Language::En);
    }

    #[test]
    fn problems_stand_at_the_language() {
        let problems = |label: Label| {
            let mut errors = FieldErrors::default();
            label.check("label", 5, &mut errors);
            errors.0.into_iter().map(|problem| (problem.field, problem.code)).collect::<Vec<_>>()
        };
        assert_eq!(problems(Label::new("Obra", "", "")), []);
        assert_eq!(problems(Label::new(" ", "", "").trimmed()), [("label_ca".into(), "required".into())]);
        assert_eq!(problems(Label::new("", "Instalación", "")), [("label_es".into(), "too-long".into())]);
    }
}
