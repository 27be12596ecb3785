//! Pieces of a company's configuration: each is a record, found by its key, and carried from company to company as a
//! table of one file.

use crate::{Actor, FieldErrors, IndexEntry, IndexKey, Kind, Label, Meta, Record};
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::fmt::Debug;
use uuid::Uuid;

/// Keys stand in addresses, files, the API and in index keys.
pub const KEY_CHARACTERS_MAX: usize = 40;

/// What one kind of configuration is made of. The key and the order are not part of it.
pub trait Piece: Clone + PartialEq + Debug + Serialize + DeserializeOwned + Send + Sync + 'static {
    const KIND: Kind;
    /// The name of its table in a configuration file: `pipelines`.
    const SECTION: &'static str;

    /// What a company has before it sets up anything, with their keys in order. One that is changed becomes a record; one
    /// that is not wanted is archived.
    fn ready() -> Vec<(&'static str, Self)> {
        Vec::new()
    }

    /// What people call it.
    fn label(&self) -> &Label;

    /// Not offered any more; records that have it keep it.
    fn is_archived(&self) -> bool;

    /// All that is wrong with it by itself. What it refers to is checked by `services`.
    fn check(&self, errors: &mut FieldErrors);

    /// What is wrong with a key: see [`check_key`].
    fn check_key(key: &str, errors: &mut FieldErrors) {
        check_key("key", key, errors);
    }
}

/// A piece as it is kept.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Configured<P> {
    pub meta: Meta,
    /// Unique among its kind, and never changed: records, files and the API refer to it.
    pub key: String,
    /// Its place among the others of its kind, from 0.
    pub order: u32,
    #[serde(flatten)]
    pub piece: P,
}

impl<P: Piece> Configured<P> {
    /// One that the company has without having touched it: no record, version 0.
    pub(crate) fn untouched(key: &str, order: u32, piece: P) -> Configured<P> {
        let meta = Meta { version: 0, ..Meta::new(Uuid::nil(), Timestamp::UNIX_EPOCH, Actor::SYSTEM) };
        Configured { meta, key: key.to_owned(), order, piece }
    }

    /// Whether there is a record, so that it differs from what everybody begins with.
    pub fn is_stored(&self) -> bool {
        self.meta.version > 0
    }

    pub fn label(&self) -> &Label {
        self.piece.label()
    }

    /// The index key a piece is found by.
    pub fn index_of(key: &str) -> Vec<u8> {
        IndexKey::unique(P::KIND, "key", key)
    }
}

impl<P: Piece> Record for Configured<P> {
    const KIND: Kind = P::KIND;

    fn meta(&self) -> &Meta {
        &self.meta
    }

    fn meta_mut(&mut self) -> &mut Meta {
        &mut self.meta
    }

    fn indexes(&self) -> Vec<IndexEntry> {
        let id = self.meta.id;
        vec![IndexEntry::unique(P::KIND, "key", &self.key, id), IndexEntry::member(P::KIND, Uuid::nil(), id)]
    }
}

/// Lower-case letters without accents, digits and `_`, beginning with a letter. Problem codes: `required`, `too-long`,
/// `key-form`.
pub fn check_key(field: &str, key: &str, errors: &mut FieldErrors) {
    let is_part = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    if key.is_empty() {
        errors.add(field, "required", "");
    } else if key.len() > KEY_CHARACTERS_MAX {
        errors.add(field, "too-long", KEY_CHARACTERS_MAX.to_string());
    } else if !key.bytes().all(is_part) || !key.starts_with(|first: char| first.is_ascii_lowercase()) {
        errors.add(field, "key-form", key);
    }
}

/// Two keys with a dot between: `lead.surface`, `sources.web`.
pub fn check_pair(key: &str, errors: &mut FieldErrors) {
    match key.split_once('.') {
        Some((group, name)) => {
            check_key("key", group, errors);
            check_key("key", name, errors);
        }
        None => errors.add("key", "key-form", key),
    }
}

/// A key made of what people call something: `Data d'obra` → `data_d_obra`.
pub fn key_of(label: &str) -> String {
    let mut key = String::new();
    for character in crate::fold(label).chars() {
        if character.is_ascii_alphanumeric() {
            key.push(character);
        } else if character != '~' && !key.is_empty() && !key.ends_with('_') {
            // `fold` writes ñ as n~.
            key.push('_');
        }
        if key.len() >= KEY_CHARACTERS_MAX {
            break;
        }
    }
    let key = key.trim_end_matches('_');
    if key.starts_with(|first: char| first.is_ascii_digit()) {
        format!("n{key}").chars().take(KEY_CHARACTERS_MAX).collect()
    } else {
        key.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_made_of_words() {
        let cases = [
            ("Data d'obra", "data_d_obra"),
            ("  Núm. d’operaris (2026) ", "num_d_operaris_2026"),
            ("3 fases", "n3_fases"),
            ("Año de construcción", "ano_de_construccion"),
            ("¿?", ""),
        ];
        for (label, key) in cases {
            assert_eq!(key_of(label), key);
            let mut errors = FieldErrors::default();
            check_key("key", key, &mut errors);
            assert_eq!(errors.is_empty(), !key.is_empty(), "{key}: {errors:?}");
        }
    }

    #[test]
    fn other_keys_are_refused() {
        for key in ["", "Àrea", "a b", "1a", "_a", "a.b", &"a".repeat(KEY_CHARACTERS_MAX + 1)] {
            let mut errors = FieldErrors::default();
            check_key("key", key, &mut errors);
            assert!(!errors.is_empty(), "{key}");
        }
    }
}
