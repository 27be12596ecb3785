//! A query: what somebody typed, within what they may see.

use crate::schema::{Fields, email_key, external_key, kind_key, owner_key, phone_key, tax_id_key, team_key};
use crate::snippet::{Snippet, snippet};
use crate::source::KINDS;
use crate::words::{PREFIX_CHARACTERS_MAX, Word, words};
use crate::{Search, SearchError};
use model::uuid::Uuid;
use model::{Kind, Scope};
use std::ops::Bound;
use tantivy::Term;
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, Occur, PhraseQuery, Query as Clause,
    RangeQuery, TermQuery, TermSetQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

/// One page of hits at most; a snippet is cut for each.
pub const HITS_MAX: usize = 100;
/// Whoever reads that far is better served by the list with its filters.
pub const SKIP_MAX: usize = 1_000;
/// From here on `Hits::total` means «or more».
pub const TOTAL_MAX: usize = 10_000;
/// What follows is not read: nobody types that much, machines paste it.
pub const QUERY_BYTES_MAX: usize = 1_000;
/// Each word is a handful of lookups. What follows is ignored.
pub const QUERY_WORDS_MAX: usize = 16;

/// The longest e-mail address (RFC 5321) and by far the longest key of another system.
const EXACT_BYTES_MAX: usize = 254;
/// Fewer digits are a year or a house number.
const PHONE_DIGITS_MIN: usize = 6;
/// A phone being typed is looked for from here on.
const PHONE_PREFIX_DIGITS_MIN: usize = 4;

/// Above any sum of the scores of words.
const SCORE_EXACT: f32 = 10_000.0;
const SCORE_EXACT_BEGINNING: f32 = 1_000.0;
const BOOST_NAME_PHRASE: f32 = 4.0;
const BOOST_NAME: f32 = 8.0;
const BOOST_NAME_BEGINNING: f32 = 4.0;
const BOOST_NAME_STEM: f32 = 3.0;
const BOOST_TEXT: f32 = 2.0;
const BOOST_TEXT_STEM: f32 = 1.0;
const SCORE_TEXT_BEGINNING: f32 = 0.5;
/// How much a word found in several ways gains over one found in the best way alone.
const TIE_BREAKER: f32 = 0.1;

/// What to look for.
#[derive(Clone, Debug)]
pub struct Query {
    /// As typed; anything at all.
    pub text: String,
    /// Whose records of which entities.
    pub scopes: Vec<(Kind, Scope)>,
    /// Up to [`HITS_MAX`].
    pub limit: usize,
    /// How many hits came on the pages before, up to [`SKIP_MAX`].
    pub skip: usize,
}

/// One page, best hits first.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Hits {
    pub hits: Vec<Hit>,
    /// On all pages; [`TOTAL_MAX`] means that many or more.
    pub total: usize,
}

/// A record that was found. The index lags behind the truth: read the record from the store before showing it.
#[derive(Clone, PartialEq, Debug)]
pub struct Hit {
    pub kind: Kind,
    pub id: Uuid,
    pub score: f32,
    /// Where the words stand in the lead's texts and notes; absent when they stand in names and numbers only.
    pub snippet: Option<Snippet>,
}

impl Search {
    /// Records in which every word is found: as it is, in another form, or as a beginning. A whole e-mail address,
    /// phone, tax id or external key comes first. Nothing that can be typed is an error.
    pub fn query(&self, query: &Query) -> Result<Hits, SearchError> {
        let text = beginning(&query.text);
        let mut words = words(text);
        words.truncate(QUERY_WORDS_MAX);
        let builder = Builder { fields: &self.inner.fields };
        let Some(clause) = builder.query(text, &words, &query.scopes) else {
            return Ok(Hits::default());
        };
        let page = TopDocs::with_limit(query.limit.clamp(1, HITS_MAX)).and_offset(query.skip.min(SKIP_MAX));
        let searcher = self.inner.reader.searcher();
        let (found, total) = searcher.search(&*clause, &(page.order_by_score(), Count))?;
        let hits = found
            .into_iter()
            .map(|(score, address)| {
                let (id, source) = self.read(&searcher, address)?;
                let kind = source.kind.unwrap_or(Kind::Lead);
                Ok(Hit { kind, id, score, snippet: snippet(source.passages(), &words) })
            })
            .collect::<Result<_, SearchError>>()?;
        Ok(Hits { hits, total: total.min(TOTAL_MAX) })
    }
}

/// What documents of an entity within a scope are marked with: one of these.
fn keys_of(kind: Kind, scope: &Scope) -> Vec<String> {
    match scope {
        Scope::Nothing => Vec::new(),
        Scope::Everything => vec![kind_key(kind)],
        Scope::Own(user) => vec![owner_key(kind, user.0)],
        Scope::Teams(teams, user) => {
            let teams = teams.iter().map(|team| team_key(kind, team.0));
            teams.chain([owner_key(kind, user.0)]).collect()
        }
    }
}

fn beginning(text: &str) -> &str {
    let mut end = text.len().min(QUERY_BYTES_MAX);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

type Boxed = Box<dyn Clause>;

struct Builder<'a> {
    fields: &'a Fields,
}

impl Builder<'_> {
    /// `None` finds nothing.
    fn query(&self, text: &str, words: &[Word], scopes: &[(Kind, Scope)]) -> Option<Boxed> {
        let keys = exact_keys(text);
        if keys.is_empty() && words.is_empty() {
            return None;
        }
        let mut ways: Vec<Boxed> = vec![self.exact(keys, SCORE_EXACT)];
        if !words.is_empty() {
            ways.push(self.all(words));
        }
        if let Some(email) = compact(text).filter(|email| email.contains('@')) {
            ways.push(self.beginning(self.fields.exact, &email_key(&email), SCORE_EXACT_BEGINNING));
        }
        let found: Boxed = Box::new(BooleanQuery::union(ways));
        let is_whole =
            |kind: &Kind| scopes.iter().any(|(of, scope)| of == kind && *scope == Scope::Everything);
        if KINDS.iter().all(is_whole) {
            return Some(found);
        }
        let keys: Vec<String> = scopes.iter().flat_map(|(kind, scope)| keys_of(*kind, scope)).collect();
        if keys.is_empty() {
            return None;
        }
        let allowed = TermSetQuery::new(keys.iter().map(|key| Term::from_field_text(self.fields.acl, key)));
        let allowed: Boxed = Box::new(ConstScoreQuery::new(Box::new(allowed), 0.0));
        Some(Box::new(BooleanQuery::intersection(vec![allowed, found])))
    }

    /// Every word, or the digits of a phone written in groups; names in the order typed come first.
    fn all(&self, words: &[Word]) -> Boxed {
        let mut clauses: Vec<(Occur, Boxed)> = Vec::new();
        let mut rest = words;
        while let Some(first) = rest.first() {
            let digits = rest.iter().take_while(|word| is_digits(word)).count();
            let (group, after) = rest.split_at(digits.max(1));
            let clause = if group.len() > 1 {
                self.digits(group, after.is_empty())
            } else {
                self.word(first, after.is_empty())
            };
            clauses.push((Occur::Must, clause));
            rest = after;
        }
        if words.len() > 1 {
            let terms = words.iter().map(|word| Term::from_field_text(self.fields.names_fold, &word.folded));
            let phrase = Box::new(PhraseQuery::new(terms.collect()));
            clauses.push((Occur::Should, Box::new(BoostQuery::new(phrase, BOOST_NAME_PHRASE))));
        }
        Box::new(BooleanQuery::new(clauses))
    }

    /// Numbers beside each other: a phone in groups, or just numbers.
    fn digits(&self, group: &[Word], is_last: bool) -> Boxed {
        let (last, others) = match group.split_last() {
            Some((last, others)) => (Some(last), others),
            None => (None, group),
        };
        let mut each: Vec<Boxed> = others.iter().map(|word| self.word(word, false)).collect();
        each.extend(last.map(|word| self.word(word, is_last)));
        let joined: String = group.iter().map(|word| word.folded.as_str()).collect();
        let mut ways: Vec<Boxed> = vec![Box::new(BooleanQuery::intersection(each))];
        ways.extend(self.phone(&joined, is_last));
        Box::new(DisjunctionMaxQuery::new(ways))
    }

    fn word(&self, word: &Word, is_last: bool) -> Boxed {
        let fields = self.fields;
        let mut ways = vec![
            self.term(fields.names_fold, &word.folded, BOOST_NAME),
            self.term(fields.text_fold, &word.folded, BOOST_TEXT),
            self.exact(exact_keys(&word.folded), SCORE_EXACT_BEGINNING),
        ];
        for stem in word.stems() {
            ways.push(self.term(fields.names_stem, &stem, BOOST_NAME_STEM));
            ways.push(self.term(fields.text_stem, &stem, BOOST_TEXT_STEM));
        }
        if word.folded.chars().count() <= PREFIX_CHARACTERS_MAX {
            ways.push(self.term(fields.names_prefix, &word.folded, BOOST_NAME_BEGINNING));
        } else {
            ways.push(self.beginning(fields.names_fold, &word.folded, BOOST_NAME_BEGINNING));
        }
        if is_last {
            ways.push(self.beginning(fields.text_fold, &word.folded, SCORE_TEXT_BEGINNING));
        }
        if is_digits(word) {
            ways.extend(self.phone(&word.folded, is_last));
        }
        Box::new(DisjunctionMaxQuery::with_tie_breaker(ways, TIE_BREAKER))
    }

    fn phone(&self, digits: &str, is_last: bool) -> Vec<Boxed> {
        let mut ways = Vec::new();
        if digits.len() >= PHONE_DIGITS_MIN {
            ways.push(self.exact(phone_keys(digits), SCORE_EXACT_BEGINNING));
        }
        if is_last && digits.len() >= PHONE_PREFIX_DIGITS_MIN {
            ways.push(self.beginning(self.fields.exact, &phone_key(digits), SCORE_TEXT_BEGINNING));
        }
        ways
    }

    fn exact(&self, keys: Vec<String>, score: f32) -> Boxed {
        // A handful of lookups. A set of terms would be an automaton that walks the whole dictionary.
        let ways = keys.iter().map(|key| {
            let term = Term::from_field_text(self.fields.exact, key);
            Box::new(TermQuery::new(term, IndexRecordOption::Basic)) as Boxed
        });
        Box::new(ConstScoreQuery::new(Box::new(BooleanQuery::union(ways.collect())), score))
    }

    fn term(&self, field: Field, text: &str, boost: f32) -> Boxed {
        let term = Term::from_field_text(field, text);
        Box::new(BoostQuery::new(Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)), boost))
    }

    fn beginning(&self, field: Field, text: &str, score: f32) -> Boxed {
        // In the order of the dictionary: no term has this character, which is after all others.
        let end = format!("{text}{}", char::MAX);
        let first = Bound::Included(Term::from_field_text(field, text));
        let query = RangeQuery::new(first, Bound::Excluded(Term::from_field_text(field, &end)));
        Box::new(ConstScoreQuery::new(Box::new(query), score))
    }
}

fn is_digits(word: &Word) -> bool {
    word.folded.bytes().all(|byte| byte.is_ascii_digit())
}

/// What the whole text may be, however it is spaced: an address, a phone, a tax id, the key of another system.
fn exact_keys(text: &str) -> Vec<String> {
    let Some(compact) = compact(text) else {
        return Vec::new();
    };
    let mut keys = vec![external_key(text)];
    if compact.contains('@') {
        keys.push(email_key(compact.trim_start_matches("mailto:")));
    }
    let digits: String = compact.chars().filter(char::is_ascii_digit).collect();
    if digits.len() >= PHONE_DIGITS_MIN && !compact.contains(char::is_alphabetic) {
        keys.extend(phone_keys(&digits));
    }
    let tax_id: String = compact
        .chars()
        .filter(|character| character.is_alphanumeric())
        .flat_map(char::to_uppercase)
        .collect();
    keys.extend(tax_id.strip_prefix("ES").map(tax_id_key));
    keys.push(tax_id_key(&tax_id));
    keys
}

fn compact(text: &str) -> Option<String> {
    let compact: String = text.chars().filter(|character| !character.is_whitespace()).collect();
    (!compact.is_empty() && compact.len() <= EXACT_BYTES_MAX).then_some(compact)
}

/// With the digits that lead out of the country or the area taken off.
fn phone_keys(digits: &str) -> Vec<String> {
    let digits = digits.strip_prefix("00").unwrap_or(digits);
    let national = digits.strip_prefix('0');
    [Some(digits), national].into_iter().flatten().map(phone_key).collect()
}
