//! A company's own texts for messages: what they are checked against, and how they become messages.

use super::{Bundle, Value, empty, files, format, resource};
use fluent_bundle::FluentResource;
use model::Language;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// Why a text cannot stand for a message.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum OwnTextError {
    NoSuchMessage,
    /// Not the form of a message: a brace without its other one, a plural without its last case…
    Form,
    /// An argument that the message is not given; these are.
    Argument {
        allowed: Vec<String>,
    },
}

/// The messages with these texts, over nothing: whoever looks up goes on in the product's.
pub(crate) fn bundle_with(language: Language, own: &[(&str, &str)]) -> Bundle {
    let mut bundle = empty(language);
    for (key, text) in own {
        bundle.add_resource_overriding(resource(&message(key, text)));
    }
    bundle
}

/// Whether the text can stand for the message in that language.
pub(crate) fn check_own(language: Language, key: &str, text: &str) -> Result<(), OwnTextError> {
    let product = product_text(language, key).ok_or(OwnTextError::NoSuchMessage)?;
    let allowed = arguments(product);
    let resource = FluentResource::try_new(message(key, text)).map_err(|_| OwnTextError::Form)?;
    if resource.entries().count() != 1 || !placeables_are_plain(text) {
        return Err(OwnTextError::Form);
    }
    if !arguments(text).is_subset(&allowed) {
        let allowed = allowed.iter().map(|name| format!("{{ ${name} }}")).collect();
        return Err(OwnTextError::Argument { allowed });
    }
    let mut bundle = empty(language);
    bundle.add_resource_overriding(resource);
    let samples: Vec<(&str, Value<'_>)> = allowed.iter().map(|name| (name.as_str(), 2.into())).collect();
    match format(&bundle, key, &samples) {
        Some(said) if !said.trim().is_empty() => Ok(()),
        _ => Err(OwnTextError::Form),
    }
}

/// The text as a file of messages has it.
fn message(key: &str, text: &str) -> String {
    let mut source = format!("{key} =");
    for (place, line) in text.lines().enumerate() {
        source.push_str(if place == 0 { " " } else { "\n    " });
        source.push_str(line);
    }
    source.push('\n');
    source
}

/// Names after `$` inside braces.
pub(crate) fn arguments(text: &str) -> BTreeSet<String> {
    let is_part = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let after = inside_braces(text).filter_map(|rest| rest.strip_prefix('$'));
    after.map(|rest| rest.chars().take_while(is_part).collect()).collect()
}

/// The rest of the text from each character that stands between braces and in no literal (`"{"`); a brace that opens is
/// among them.
fn inside_braces(text: &str) -> impl Iterator<Item = &str> {
    let (mut depth, mut is_literal) = (0_usize, false);
    text.char_indices().filter_map(move |(at, character)| {
        match character {
            '"' if depth > 0 => is_literal = !is_literal,
            '{' if !is_literal => depth += 1,
            '}' if !is_literal => depth = depth.saturating_sub(1),
            _ => {}
        }
        (depth > 0 && !is_literal).then(|| &text[at..])
    })
}

/// Own texts name arguments, numbers and literals; they do not refer to other messages, which may change.
fn placeables_are_plain(text: &str) -> bool {
    inside_braces(text).filter_map(|rest| rest.strip_prefix('{')).all(|inside| {
        let inside = inside.trim_start();
        inside.starts_with(['$', '"', '-', '{']) && !is_term(inside)
            || inside.starts_with(|first: char| first.is_ascii_digit())
            || inside.starts_with("NUMBER(")
    })
}

/// `-name`, where a negative number has a digit.
fn is_term(inside: &str) -> bool {
    inside.strip_prefix('-').is_some_and(|rest| !rest.starts_with(|next: char| next.is_ascii_digit()))
}

/// What the product says, as its file has it; nothing for a key that is none.
pub(crate) fn product_text(language: Language, key: &str) -> Option<&'static str> {
    product_texts(language).get(key).map(String::as_str)
}

/// All messages by their keys, as the product's files have them.
pub(crate) fn product_texts(language: Language) -> &'static BTreeMap<&'static str, String> {
    static TEXTS: LazyLock<[BTreeMap<&'static str, String>; 3]> = LazyLock::new(|| Language::ALL.map(read));
    let place = Language::ALL.iter().position(|other| *other == language).unwrap_or_default();
    &TEXTS[place]
}

/// A message begins at the first character of a line and goes on in lines that do not.
fn read(language: Language) -> BTreeMap<&'static str, String> {
    let mut texts: BTreeMap<&'static str, String> = BTreeMap::new();
    let mut key = "";
    for line in files(language).iter().flat_map(|(_, source)| source.lines()) {
        let is_further = line.starts_with([' ', '}']);
        if let Some((name, text)) = line.split_once(" =").filter(|_| !is_further && !line.starts_with('#')) {
            key = name;
            texts.insert(key, text.trim().to_owned());
        } else if is_further && let Some(text) = texts.get_mut(key) {
            text.push('\n');
            text.push_str(line.strip_prefix("    ").unwrap_or(line));
        } else {
            key = "";
        }
    }
    for text in texts.values_mut() {
        *text = text.trim().to_owned();
    }
    texts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Words;
    use model::{Configured, Frame, Label, Piece, Pieces, Wording};
    use std::sync::Arc;

    #[test]
    fn every_text_of_the_product_could_be_a_companys_own() {
        for language in Language::ALL {
            let texts = product_texts(language);
            assert!(texts.len() > 300, "{} messages", texts.len());
            for (key, text) in texts {
                let checked = check_own(language, key, text);
                assert_eq!(checked, Ok(()), "{key} in {}: {text}", language.code());
            }
        }
    }

    #[test]
    fn texts_that_cannot_stand_for_a_message_are_refused() {
        let check = |key: &str, text: &str| check_own(Language::En, key, text);
        let plural = "{ $count ->\n    [one] one case\n   *[other] { $count } cases\n}";
        assert_eq!(check("common-results", plural), Ok(()));
        assert_eq!(check("common-results", "cases: {$count} for $5"), Ok(()));
        assert_eq!(check("common-nav-leads", ".NET cases"), Ok(()));
        assert_eq!(check("common-nav-leads", "Cases {\"{x}\"}"), Ok(()));
        assert_eq!(check("no-such-message", "x"), Err(OwnTextError::NoSuchMessage));
        for form in
            ["{ $count", "{ $count -> [one] a }", "{ common-nav-leads }", "{ -brand }", "{}", " ", "}"]
        {
            assert_eq!(check("common-results", form), Err(OwnTextError::Form), "{form}");
        }
        let argument = OwnTextError::Argument { allowed: vec!["{ $count }".to_owned()] };
        assert_eq!(check("common-results", "{ $name } cases"), Err(argument));
        let injected = "Cases\nother-key = more";
        assert_eq!(check("common-nav-leads", injected), Ok(()), "it is one text of two lines");
    }

    fn words(own: &[(&str, Label)]) -> Words {
        let stored = own.iter().map(|(key, text)| {
            let meta = model::Meta::new(model::uuid::Uuid::nil(), Default::default(), model::Actor::SYSTEM);
            Configured { meta, key: (*key).to_owned(), order: 0, piece: Wording { text: text.clone() } }
        });
        let frame = Frame { wordings: Pieces::new(stored.collect()), ..Frame::default() };
        Words::of(Arc::new(frame))
    }

    #[test]
    fn own_texts_are_said_where_there_are_some() {
        let plural = "{ $count ->\n    [one] 1 obra\n   *[other] { $count } obres\n}";
        let words = words(&[
            ("common-nav-leads", Label::new("Obres", "", "")),
            ("common-results", Label::new(plural, "", "")),
            ("common-nav-home", Label::new("{ broken", "", "")),
        ]);
        let say = |language: Language, key: &str| {
            crate::messages::text(words.locale(language), key, &[("count", 12_345.into())])
        };
        assert_eq!(say(Language::Ca, "common-nav-leads"), "Obres");
        assert_eq!(say(Language::Ca, "common-results"), "12.345 obres");
        assert_eq!(say(Language::En, "common-results"), "12,345 results");
        let product = crate::messages::text(Language::Ca, "common-nav-home", &[]);
        assert_eq!(say(Language::Ca, "common-nav-home"), product);
        assert_eq!(Wording::SECTION, "words");
    }
}
