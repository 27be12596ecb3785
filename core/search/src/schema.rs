//! The fields of the index, and how a source becomes a document.

use crate::source::Source;
use crate::words::{Word, words};
use model::Kind;
use model::uuid::Uuid;
use std::hash::{DefaultHasher, Hash, Hasher};
use tantivy::schema::{
    Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::{PreTokenizedString, Token};
use tantivy::{TantivyDocument, Term};

/// Raise it when the fields mean something else, or the text of files is read that was not.
const VERSION: u32 = 5;
/// Raise it when `words` cuts, folds or stems differently, or frostem does.
const ANALYSERS: u32 = 1;
/// Between two texts of one field, so that no phrase runs across them.
const POSITION_GAP: usize = 10;
/// Country codes have one to three digits (ITU-T E.164).
const COUNTRY_DIGITS_MAX: usize = 3;
/// No national number is shorter.
const NATIONAL_DIGITS_MIN: usize = 6;

/// Handles of the fields.
#[derive(Clone)]
pub(crate) struct Fields {
    pub(crate) schema: Schema,
    /// The lead's id: what documents are deleted by.
    pub(crate) lead: Field,
    /// The source as JSON, stored only.
    pub(crate) source: Field,
    pub(crate) names_fold: Field,
    pub(crate) names_stem: Field,
    pub(crate) names_prefix: Field,
    pub(crate) text_fold: Field,
    pub(crate) text_stem: Field,
    /// E-mail, phone, tax id and external key, each marked with a letter.
    pub(crate) exact: Field,
    /// The entity; and owner and team with it, each marked with a letter.
    pub(crate) acl: Field,
}

impl Fields {
    pub(crate) fn new() -> Fields {
        let with = |record| {
            let indexing = TextFieldIndexing::default().set_tokenizer("raw").set_index_option(record);
            TextOptions::default().set_indexing_options(indexing)
        };
        let mut schema = Schema::builder();
        let mut text = |name: &str, record| schema.add_text_field(name, with(record));
        let names_fold = text("names_fold", IndexRecordOption::WithFreqsAndPositions);
        let names_stem = text("names_stem", IndexRecordOption::WithFreqs);
        let names_prefix = text("names_prefix", IndexRecordOption::Basic);
        let text_fold = text("text_fold", IndexRecordOption::WithFreqsAndPositions);
        let text_stem = text("text_stem", IndexRecordOption::WithFreqs);
        let lead = schema.add_bytes_field("lead", INDEXED | STORED);
        let source = schema.add_text_field("source", STORED);
        let exact = schema.add_text_field("exact", STRING);
        let acl = schema.add_text_field("acl", STRING);
        let schema = schema.build();
        Fields {
            schema,
            lead,
            source,
            names_fold,
            names_stem,
            names_prefix,
            text_fold,
            text_stem,
            exact,
            acl,
        }
    }

    /// The name of the folder of an index with these fields and analysers.
    pub(crate) fn folder_name(&self) -> String {
        let mut hasher = DefaultHasher::new();
        (ANALYSERS, tantivy::version_string()).hash(&mut hasher);
        for (_, entry) in self.schema.fields() {
            format!("{entry:?}").hash(&mut hasher);
        }
        format!("v{VERSION}-{:016x}", hasher.finish())
    }

    pub(crate) fn lead_term(&self, lead: Uuid) -> Term {
        Term::from_field_bytes(self.lead, lead.as_bytes())
    }

    pub(crate) fn document(&self, lead: Uuid, source: &Source, stored: &str) -> TantivyDocument {
        let mut document = TantivyDocument::new();
        document.add_bytes(self.lead, lead.as_bytes());
        document.add_text(self.source, stored);
        let names: Vec<Vec<Word>> = source.names().map(words).collect();
        let texts: Vec<Vec<Word>> = source.texts().map(words).collect();
        let folded = |word: &Word| vec![word.folded.clone()];
        let beginnings = |word: &Word| word.beginnings().map(str::to_owned).collect();
        for (field, words, terms) in [
            (self.names_fold, &names, &folded as &dyn Fn(&Word) -> Vec<String>),
            (self.names_stem, &names, &Word::stems),
            (self.names_prefix, &names, &beginnings),
            (self.text_fold, &texts, &folded),
            (self.text_stem, &texts, &Word::stems),
        ] {
            document.add_pre_tokenized_text(field, tokens(words, terms));
        }
        for key in exact_keys(source) {
            document.add_text(self.exact, key);
        }
        let kind = source.kind.unwrap_or(Kind::Lead);
        document.add_text(self.acl, kind_key(kind));
        if let Some(owner) = source.owner {
            document.add_text(self.acl, owner_key(kind, owner.0));
        }
        if let Some(team) = source.team {
            document.add_text(self.acl, team_key(kind, team.0));
        }
        document
    }
}

fn tokens(texts: &[Vec<Word>], terms: &dyn Fn(&Word) -> Vec<String>) -> PreTokenizedString {
    let mut tokens = Vec::new();
    let mut position = 0;
    for words in texts {
        for word in words {
            for text in terms(word) {
                let (offset_from, offset_to) = (word.start, word.end);
                tokens.push(Token { offset_from, offset_to, position, text, position_length: 1 });
            }
            position += 1;
        }
        position += POSITION_GAP;
    }
    PreTokenizedString { text: String::new(), tokens }
}

pub(crate) fn kind_key(kind: Kind) -> String {
    kind.as_str().to_owned()
}

pub(crate) fn owner_key(kind: Kind, owner: Uuid) -> String {
    format!("{kind}/o{owner}")
}

pub(crate) fn team_key(kind: Kind, team: Uuid) -> String {
    format!("{kind}/t{team}")
}

fn exact_keys(source: &Source) -> Vec<String> {
    let mut keys = Vec::new();
    keys.extend(source.email.as_deref().map(email_key));
    keys.extend(source.tax_id.as_deref().map(tax_id_key));
    keys.extend(source.external_key.as_deref().map(external_key));
    keys.extend(source.own.iter().filter(|text| text.contains('@')).map(|email| email_key(email)));
    let own_phones = source.own.iter().filter(|text| text.starts_with('+'));
    for phone in source.phone.iter().chain(own_phones) {
        let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
        // Which part is the country's is not worth knowing: a national number typed finds one of the tails.
        keys.extend((0..=COUNTRY_DIGITS_MAX).filter_map(|country| {
            digits.get(country..).filter(|national| national.len() >= NATIONAL_DIGITS_MIN).map(phone_key)
        }));
    }
    keys
}

pub(crate) fn email_key(email: &str) -> String {
    format!("e{}", email.to_lowercase())
}

pub(crate) fn phone_key(digits: &str) -> String {
    format!("p{digits}")
}

pub(crate) fn tax_id_key(tax_id: &str) -> String {
    format!("n{}", tax_id.to_uppercase())
}

pub(crate) fn external_key(key: &str) -> String {
    format!("k{}", key.trim().to_lowercase())
}
