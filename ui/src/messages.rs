//! The texts of the pages: Fluent messages in three languages, inside the binary.

use crate::{Locale, format as numbers};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use model::Language;
use std::sync::LazyLock;
use unic_langid::LanguageIdentifier;

mod own;

pub use fluent_bundle::FluentValue as Value;
pub(crate) use own::{OwnTextError, arguments, bundle_with, check_own, product_text, product_texts};

/// The message `key`, as the company says it; a key that does not exist gives the key itself (a test sees to it that
/// all exist).
pub fn text<'a>(locale: impl Into<Locale<'a>>, key: &str, args: &[(&str, Value<'_>)]) -> String {
    find(locale, key, args).unwrap_or_else(|| key.to_owned())
}

/// The message, if there is one: for keys that come from data, such as the code of a problem.
pub fn find<'a>(locale: impl Into<Locale<'a>>, key: &str, args: &[(&str, Value<'_>)]) -> Option<String> {
    let locale = locale.into();
    let product = product(locale.language);
    let own = locale.bundle().and_then(|bundle| format(bundle, key, args));
    own.or_else(|| format(product, key, args))
}

fn format(bundle: &Bundle, key: &str, args: &[(&str, Value<'_>)]) -> Option<String> {
    let pattern = bundle.get_message(key)?.value()?;
    let mut arguments = FluentArgs::with_capacity(args.len());
    for (name, value) in args {
        arguments.set(*name, value.clone());
    }
    let mut errors = Vec::new();
    Some(bundle.format_pattern(pattern, Some(&arguments), &mut errors).into_owned())
}

/// `t!(language, "users-title")`, `t!(language, "leads-count", count = 3)`. The key is a literal, so that a test can find it.
macro_rules! t {
    ($language:expr, $key:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::messages::text(
            $language,
            $key,
            &[$((stringify!($name), $crate::messages::Value::from($value))),*],
        )
    };
}
pub(crate) use t;

/// One file a family of pages and language.
macro_rules! families {
    ($language:literal: $($family:literal)*) => {
        &[$((concat!($language, "/", $family, ".ftl"),
            include_str!(concat!("../messages/", $language, "/", $family, ".ftl")))),*]
    };
}

type Files = &'static [(&'static str, &'static str)];

const CA: Files = families!("ca": "common" "setup" "session" "home" "users" "plugins" "api_keys" "errors" "account" "api_docs" "leads" "assignment" "records" "activities" "documents" "imports" "bulk" "search" "reminders" "reports" "roles" "teams" "invitations" "leaving" "audit" "parametrisation" "privacy" "settings" "company" "pieces" "config_file" "backups" "filters" "saved_views" "choices" "fields" "wordings" "mail" "letters" "second_factor" "identity" "consents" "conversion" "retention" "web_forms" "picker" "scoring" "merges" "inbox" "board" "prices" "quotes" "quotes_client" "webhooks");
const ES: Files = families!("es": "common" "setup" "session" "home" "users" "plugins" "api_keys" "errors" "account" "api_docs" "leads" "assignment" "records" "activities" "documents" "imports" "bulk" "search" "reminders" "reports" "roles" "teams" "invitations" "leaving" "audit" "parametrisation" "privacy" "settings" "company" "pieces" "config_file" "backups" "filters" "saved_views" "choices" "fields" "wordings" "mail" "letters" "second_factor" "identity" "consents" "conversion" "retention" "web_forms" "picker" "scoring" "merges" "inbox" "board" "prices" "quotes" "quotes_client" "webhooks");
const EN: Files = families!("en": "common" "setup" "session" "home" "users" "plugins" "api_keys" "errors" "account" "api_docs" "leads" "assignment" "records" "activities" "documents" "imports" "bulk" "search" "reminders" "reports" "roles" "teams" "invitations" "leaving" "audit" "parametrisation" "privacy" "settings" "company" "pieces" "config_file" "backups" "filters" "saved_views" "choices" "fields" "wordings" "mail" "letters" "second_factor" "identity" "consents" "conversion" "retention" "web_forms" "picker" "scoring" "merges" "inbox" "board" "prices" "quotes" "quotes_client" "webhooks");

fn files(language: Language) -> Files {
    match language {
        Language::Ca => CA,
        Language::Es => ES,
        Language::En => EN,
    }
}

pub(crate) type Bundle = FluentBundle<FluentResource>;

static CATALAN: LazyLock<Bundle> = LazyLock::new(|| build(Language::Ca));
static SPANISH: LazyLock<Bundle> = LazyLock::new(|| build(Language::Es));
static ENGLISH: LazyLock<Bundle> = LazyLock::new(|| build(Language::En));

fn product(language: Language) -> &'static Bundle {
    match language {
        Language::Ca => &CATALAN,
        Language::Es => &SPANISH,
        Language::En => &ENGLISH,
    }
}

fn build(language: Language) -> Bundle {
    let mut bundle = empty(language);
    for (_, source) in files(language) {
        bundle.add_resource_overriding(resource(source));
    }
    bundle
}

fn empty(language: Language) -> Bundle {
    let locale: LanguageIdentifier = language.code().parse().unwrap_or_default();
    let mut bundle = Bundle::new_concurrent(vec![locale]);
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match language {
        Language::Ca => |value, _| number(Language::Ca, value),
        Language::Es => |value, _| number(Language::Es, value),
        Language::En => |value, _| number(Language::En, value),
    }));
    bundle
}

/// What is wrong in it is left out.
fn resource(source: &str) -> FluentResource {
    match FluentResource::try_new(source.to_owned()) {
        Ok(resource) | Err((resource, _)) => resource,
    }
}

/// Whole numbers inside messages are grouped as in the rest of the page.
fn number(language: Language, value: &FluentValue<'_>) -> Option<String> {
    let FluentValue::Number(number) = value else {
        return None;
    };
    let whole = number.as_string().parse().ok()?;
    Some(numbers::integer(language, whole))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use std::collections::{BTreeMap, BTreeSet};
    use std::path::Path;

    /// Every Rust file of this crate with its text.
    pub(crate) fn sources() -> Vec<(String, String)> {
        fn collect(folder: &Path, into: &mut Vec<(String, String)>) {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    collect(&path, into);
                } else if path.extension().is_some_and(|end| end == "rs") {
                    let text = std::fs::read_to_string(&path).unwrap();
                    into.push((path.display().to_string(), text));
                }
            }
        }
        let mut found = Vec::new();
        collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
        found
    }

    /// Key and the names of the arguments that its text uses, with a note of doubles.
    fn keys(language: Language) -> BTreeMap<String, BTreeSet<String>> {
        let mut found = BTreeMap::new();
        for (file, source) in files(language) {
            let mut key = String::new();
            if let Err((_, errors)) = FluentResource::try_new((*source).to_owned()) {
                panic!("{file}: {errors:?}");
            }
            for line in source.lines() {
                if let Some((name, _)) = line.split_once(" =")
                    && !line.starts_with([' ', '#', '}', '['])
                {
                    key = name.to_owned();
                    let before = found.insert(key.clone(), BTreeSet::new());
                    assert!(before.is_none(), "{file}: {key} is there twice");
                }
                for piece in line.split('$').skip(1) {
                    let name: String =
                        piece.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                    found.entry(key.clone()).or_default().insert(name);
                }
            }
        }
        found
    }

    #[test]
    fn every_key_is_in_every_language_with_the_same_arguments() {
        let catalan = keys(Language::Ca);
        for language in [Language::Es, Language::En] {
            let other = keys(language);
            for (key, arguments) in &catalan {
                match other.get(key) {
                    None => panic!("{key} is missing in {}", language.code()),
                    Some(found) => {
                        assert_eq!(found, arguments, "arguments of {key} in {}", language.code());
                    }
                }
            }
            for key in other.keys() {
                assert!(catalan.contains_key(key), "{key} is missing in ca");
            }
        }
    }

    /// Messages that are looked up by a code that comes with the data.
    const BY_DATA: &[&str] = &[
        "problem-",
        "audit-kind-",
        "audit-field-",
        "audit-value-",
        "entity-",
        "activities-bucket-",
        "activities-compose-",
        "activities-event-",
        "activities-show-",
        "activities-view-",
        "inbox-done-",
        "inbox-whose-",
        "board-move-hint-",
        "forecast-likely-",
        "webhooks-event-",
    ];

    /// Keys after `t!(…, "` in a source text.
    fn used_keys(source: &str) -> Vec<String> {
        source
            .match_indices("t!(")
            .filter(|(at, _)| !source[..*at].ends_with(char::is_alphanumeric))
            .filter_map(|(at, _)| source[at..].split('"').nth(1))
            .map(str::to_owned)
            .collect()
    }

    #[test]
    fn used_keys_exist_and_no_key_is_unused() {
        let known = keys(Language::Ca);
        let mut used = BTreeSet::new();
        for (file, source) in sources() {
            if file.ends_with("messages.rs") || file.ends_with("messages/own.rs") {
                continue;
            }
            for key in used_keys(&source) {
                assert!(known.contains_key(&key), "{file}: {key} has no message");
                used.insert(key);
            }
        }
        // Problems are looked up by the code that comes with the data.
        let unused: Vec<_> = known
            .keys()
            .filter(|key| !BY_DATA.iter().any(|start| key.starts_with(start)) && !used.contains(*key))
            .collect();
        assert!(unused.is_empty(), "messages nobody uses: {unused:#?}");
    }

    #[test]
    fn numbers_are_grouped_and_plurals_agree() {
        let count = |language, n: i64| text(language, "common-results", &[("count", n.into())]);
        assert_eq!(count(Language::Ca, 1), "1 resultat");
        assert_eq!(count(Language::Ca, 12_345), "12.345 resultats");
        assert_eq!(count(Language::En, 12_345), "12,345 results");
    }
}
