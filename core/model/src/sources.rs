//! Where a lead came from: the key of one of the company's sources.

use crate::{FieldErrors, Frame, KEY_CHARACTERS_MAX, check_key, choice_meant, fold, lists};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// The key of a value of the list `sources`. It stands in every entry of every list of leads, so it is copied and never
/// allocated. Whether the company has such a source is asked of its `Frame`.
///
/// Invariant: the form of a key, filled up with zeros.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Source {
    bytes: [u8; KEY_CHARACTERS_MAX],
}

impl Source {
    pub const WEB: Source = Source::ready("web");
    pub const PHONE: Source = Source::ready("phone");
    pub const EMAIL: Source = Source::ready("email");
    pub const REFERRAL: Source = Source::ready("referral");
    pub const FAIR: Source = Source::ready("fair");
    pub const SOCIAL_MEDIA: Source = Source::ready("social_media");
    pub const ADVERTISING: Source = Source::ready("advertising");
    pub const PARTNER: Source = Source::ready("partner");
    pub const OTHER: Source = Source::ready("other");

    /// What every company begins with.
    pub const READY: [Source; 9] = [
        Source::WEB,
        Source::PHONE,
        Source::EMAIL,
        Source::REFERRAL,
        Source::FAIR,
        Source::SOCIAL_MEDIA,
        Source::ADVERTISING,
        Source::PARTNER,
        Source::OTHER,
    ];

    const fn ready(key: &str) -> Source {
        let mut bytes = [0; KEY_CHARACTERS_MAX];
        let mut place = 0;
        while place < key.len() {
            bytes[place] = key.as_bytes()[place];
            place += 1;
        }
        Source { bytes }
    }

    /// Anything of the form of a key.
    pub fn from_code(code: &str) -> Option<Source> {
        let mut errors = FieldErrors::default();
        check_key("source", code, &mut errors);
        errors.is_empty().then(|| Source::ready(code))
    }

    pub fn as_str(&self) -> &str {
        let length = self.bytes.iter().position(|byte| *byte == 0).unwrap_or(KEY_CHARACTERS_MAX);
        std::str::from_utf8(&self.bytes[..length]).unwrap_or_default()
    }
}

impl Source {
    /// The source that somebody means by a key of the company's list, a label in any language, or a usual word for one
    /// that every company begins with. One that is archived, or not in the list any more, is understood only where the
    /// lead has it already.
    pub fn meant(typed: &str, current: Option<Source>, frame: &Frame) -> Option<Source> {
        if let Some(current) = current.filter(|current| current.as_str() == typed) {
            return Some(current);
        }
        let found = choice_meant(frame, lists::SOURCES, typed).or_else(|| {
            let folded = fold(typed);
            let (_, usual) = USUAL_WORDS.iter().find(|(word, _)| *word == folded)?;
            frame.choice(lists::SOURCES, usual.as_str()).filter(|choice| !choice.archived)?;
            Some(usual.as_str())
        });
        found.and_then(Source::from_code)
    }
}

/// What people and their spreadsheets call the ready sources.
const USUAL_WORDS: [(&str, Source); 36] = [
    ("pagina web", Source::WEB),
    ("lloc web", Source::WEB),
    ("sitio web", Source::WEB),
    ("website", Source::WEB),
    ("formulari", Source::WEB),
    ("formulario", Source::WEB),
    ("telefon", Source::PHONE),
    ("telefono", Source::PHONE),
    ("trucada", Source::PHONE),
    ("llamada", Source::PHONE),
    ("call", Source::PHONE),
    ("correu", Source::EMAIL),
    ("correu electronic", Source::EMAIL),
    ("correo", Source::EMAIL),
    ("correo electronico", Source::EMAIL),
    ("e-mail", Source::EMAIL),
    ("recomanacio", Source::REFERRAL),
    ("recomendacion", Source::REFERRAL),
    ("referencia", Source::REFERRAL),
    ("fira", Source::FAIR),
    ("feria", Source::FAIR),
    ("trade fair", Source::FAIR),
    ("xarxes socials", Source::SOCIAL_MEDIA),
    ("redes sociales", Source::SOCIAL_MEDIA),
    ("social media", Source::SOCIAL_MEDIA),
    ("instagram", Source::SOCIAL_MEDIA),
    ("linkedin", Source::SOCIAL_MEDIA),
    ("facebook", Source::SOCIAL_MEDIA),
    ("publicitat", Source::ADVERTISING),
    ("publicidad", Source::ADVERTISING),
    ("anunci", Source::ADVERTISING),
    ("ads", Source::ADVERTISING),
    ("soci", Source::PARTNER),
    ("collaborador", Source::PARTNER),
    ("altres", Source::OTHER),
    ("otros", Source::OTHER),
];

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Source({})", self.as_str())
    }
}

impl Serialize for Source {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Source {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Source, D::Error> {
        let code = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Source::from_code(&code).ok_or_else(|| D::Error::custom(format!("{code:?} is no key of a source")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Choice, Configured, Label, Meta, Pieces};

    #[test]
    fn sources_are_kept_as_their_keys() {
        let longest = "a".repeat(KEY_CHARACTERS_MAX);
        for code in ["web", "social_media", "fira_de_girona", &longest] {
            let source = Source::from_code(code).unwrap();
            assert_eq!(source.as_str(), code);
            let json = serde_json::to_string(&source).unwrap();
            assert_eq!(json, format!("\"{code}\""));
            assert_eq!(serde_json::from_str::<Source>(&json).unwrap(), source);
        }
        for code in ["", "Web", "a b", "é", &"a".repeat(KEY_CHARACTERS_MAX + 1)] {
            assert_eq!(Source::from_code(code), None, "{code}");
            assert!(serde_json::from_str::<Source>(&format!("\"{code}\"")).is_err());
        }
    }

    #[test]
    fn the_ready_sources_are_those_of_the_list() {
        let frame = Frame::default();
        let listed: Vec<&str> = frame.choices_of(lists::SOURCES).map(|(key, _)| key).collect();
        assert_eq!(Source::READY.map(|source| source.as_str().to_owned()).to_vec(), listed);
    }

    /// The ready sources, one of them archived and one renamed, and one of the company's own.
    fn frame() -> Frame {
        let stored = [
            ("sources.partner", Choice { archived: true, ..Choice::default() }),
            ("sources.fair", Choice { label: Label::new("Mostra", "Muestra", ""), ..Choice::default() }),
            ("sources.radio", Choice { label: Label::new("Ràdio", "", "Radio ads"), ..Choice::default() }),
        ];
        let stored = stored.map(|(key, piece)| {
            let meta = Meta::new(uuid::Uuid::nil(), Default::default(), crate::Actor::SYSTEM);
            Configured { meta, key: key.to_owned(), order: 0, piece }
        });
        Frame { choices: Pieces::new(stored.to_vec()), ..Frame::default() }
    }

    #[test]
    fn sources_are_understood_as_people_write_them() {
        let frame = frame();
        let cases = [
            ("web", Some("web")),
            ("Pàgina web", Some("web")),
            ("RÀDIO", Some("radio")),
            ("radio ads", Some("radio")),
            ("Mostra", Some("fair")),
            ("Feria", Some("fair")),
            ("Instagram", Some("social_media")),
            ("partner", None),
            ("Soci", None),
            ("Tele", None),
            ("web.", None),
        ];
        for (typed, expected) in cases {
            let meant = Source::meant(typed, None, &frame);
            assert_eq!(meant.as_ref().map(Source::as_str), expected, "{typed}");
        }
        assert_eq!(Source::meant("partner", Some(Source::PARTNER), &frame), Some(Source::PARTNER));
    }
}
