//! Which column goes where, told from its header in the three languages, from the company's own labels, and from what
//! its cells look like.

use super::formats::{Formats, Told};
use super::header_words::{EVERYDAY, GIVEN_NAMES, HEADERS, NAMES, SHOWN_NAMES, TITLES, WHOLE_NAMES};
use super::plans;
use crate::fields::Field;
use model::{
    DateOrder, FieldKind, Frame, Kind, Language, NumberForm, fold, normalize_email, normalize_phone,
    normalize_tax_id, normalize_url,
};

/// What a column is told by.
pub(crate) struct Seen<'a> {
    pub(crate) header: &'a str,
    /// Some of its values, none of them empty.
    pub(crate) values: &'a [String],
}

/// So many values of ten must look like the field.
const ALIKE_OF_TEN: usize = 8;
/// Fewer values say nothing of a column.
const VALUES_MIN: usize = 3;

/// Each column to the first field that is free of those whose names its header has, else to the one its values look like; every field once. What the
/// company calls a field of its own comes first.
pub(crate) fn matched(
    columns: &[Seen<'_>],
    frame: &Frame,
    entity: Kind,
    language: Language,
    country: &str,
) -> Vec<Option<String>> {
    let targets = plans::targets(frame, entity);
    let mut found: Vec<Option<String>> = Vec::with_capacity(columns.len());
    let headers: Vec<&str> = columns.iter().map(|column| column.header).collect();
    let whole = whole_names(&headers, entity);
    for (place, column) in columns.iter().enumerate() {
        if whole.contains(&place) {
            found.push(None);
            continue;
        }
        let keys = by_header(&bare(column.header), frame, entity, language, &targets);
        let is_free = |key: &String| {
            // Two columns of stages are one program’s way, no one else’s.
            (can_share(entity, key, &targets) && key != plans::STAGE)
                || !found.iter().flatten().any(|other| other == key)
        };
        found.push(keys.into_iter().find(is_free));
    }
    // Without family names, what is called a name is a whole one.
    if entity == Kind::Contact && !found.iter().flatten().any(|key| key == "family_name") {
        for key in found.iter_mut().flatten().filter(|key| *key == "given_name") {
            *key = plans::FULL_NAME.to_owned();
        }
    }
    for place in 0..columns.len() {
        if found[place].is_none() {
            let key = by_content(&columns[place], &targets, country);
            found[place] = key.filter(|key| !found.iter().flatten().any(|other| other == key));
        }
    }
    found
}

/// The places of columns with whole names where others have their parts: nobody is called twice.
pub(crate) fn whole_names(headers: &[&str], entity: Kind) -> Vec<usize> {
    if !matches!(entity, Kind::Lead | Kind::Contact | Kind::Company) {
        return Vec::new();
    }
    let bares: Vec<String> = headers.iter().map(|header| bare(header)).collect();
    let has = |words: &[&str]| bares.iter().any(|header| words.contains(&header.as_str()));
    let has_parts = entity != Kind::Company && has(words_of("family_name")) && has(words_of("given_name"));
    let (has_given, has_name) = (has(&GIVEN_NAMES), has(&NAMES));
    let is_whole = |header: &str| {
        (has_parts && (WHOLE_NAMES.contains(&header) || (has_given && NAMES.contains(&header))))
            || ((has_parts || has_name) && SHOWN_NAMES.contains(&header))
    };
    (0..bares.len()).filter(|place| is_whole(&bares[*place])).collect()
}

/// Whether a column is of the name that stands before the family’s.
pub(crate) fn is_given_name(header: &str) -> bool {
    words_of("given_name").contains(&bare(header).as_str())
}

fn words_of(field: &str) -> &'static [&'static str] {
    HEADERS.iter().find(|(key, _)| *key == field).map_or(&[][..], |(_, words)| *words)
}

/// Several columns may go there.
pub(crate) fn can_share(entity: Kind, key: &str, targets: &[Field]) -> bool {
    let is_long = targets.iter().any(|field| field.key == key && field.kind == FieldKind::LongText);
    is_long
        || plans::list_of(entity, key).is_some()
        || (entity == Kind::Lead && key == "name")
        || (entity == Kind::Opportunity && key == plans::STAGE)
        || matches!(key, plans::CLOSED_AT | plans::DONE_AT)
}

/// The fields that a header may mean, the likeliest first.
fn by_header(bare: &str, frame: &Frame, entity: Kind, language: Language, targets: &[Field]) -> Vec<String> {
    if bare.is_empty() {
        return Vec::new();
    }
    if let Some((_, key)) = own_headers(frame, entity).into_iter().find(|(name, _)| name == bare) {
        return vec![key];
    }
    let titles = TITLES.iter().find(|(kind, _)| *kind == entity).map_or(&[][..], |(_, titles)| titles);
    let named = titles.iter().chain(HEADERS).filter(|(_, names)| names.contains(&bare)).map(|(key, _)| *key);
    let everyday = EVERYDAY.iter().filter(|(of, _, names)| {
        of.is_none_or(|kind| kind == entity) && names.split(' ').any(|name| name == bare)
    });
    let key = |key: &str| match (key, entity) {
        ("name", Kind::Product) => format!("name_{}", language.code()),
        ("given_name" | "family_name", Kind::Lead) => "name".to_owned(),
        (key, _) => key.to_owned(),
    };
    named
        .chain(everyday.map(|(_, key, _)| *key))
        .map(key)
        .filter(|key| targets.iter().any(|field| field.key == *key))
        .collect()
}

/// The company's own fields by their names and labels.
fn own_headers(frame: &Frame, entity: Kind) -> Vec<(String, String)> {
    let mut headers = Vec::new();
    for (name, field) in frame.fields_of(entity).filter(|(_, field)| !field.piece.archived) {
        let labels = Language::ALL.into_iter().map(|language| field.piece.label.own(language));
        for header in std::iter::once(name).chain(labels).map(bare).filter(|header| !header.is_empty()) {
            headers.push((header, model::own_key(name)));
        }
    }
    headers
}

/// What most of the values are, where that says enough.
fn by_content(column: &Seen<'_>, targets: &[Field], country: &str) -> Option<String> {
    if column.values.len() < VALUES_MIN {
        return None;
    }
    let most = |is_it: &dyn Fn(&str) -> bool| {
        let alike = column.values.iter().filter(|value| is_it(value)).count();
        alike * 10 >= column.values.len() * ALIKE_OF_TEN
    };
    let key = if most(&|text| normalize_email(text).is_ok()) {
        "email"
    } else if most(&|text| normalize_tax_id(text).is_ok()) {
        "tax_id"
    } else if most(&|text| {
        text.contains('.') && !text.contains(' ') && text.starts_with("http") && normalize_url(text).is_ok()
    }) {
        "website"
    } else if most(&|text| looks_like_phone(text, country)) {
        "phone"
    } else {
        return None;
    };
    targets.iter().any(|field| field.key == key).then(|| key.to_owned())
}

/// Nine digits or more; a column of numbers has fewer, or decimals.
fn looks_like_phone(text: &str, country: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let is_written_so = text.chars().all(|letter| letter.is_ascii_digit() || " +-()./".contains(letter));
    digits >= 9 && is_written_so && normalize_phone(text, country).is_ok()
}

/// How dates and numbers of a column are read, where it goes to a field that has them.
pub(crate) fn forms(formats: &Formats, kind: Option<FieldKind>, usual: NumberForm) -> Forms {
    match kind {
        Some(FieldKind::Date | FieldKind::Instant) => {
            Forms { dates: formats.dates(DateOrder::DayFirst), numbers: None }
        }
        Some(kind @ (FieldKind::Number | FieldKind::Money)) => {
            Forms { dates: None, numbers: formats.numbers(usual, kind == FieldKind::Money) }
        }
        _ => Forms::default(),
    }
}

/// How a column is written, as far as that matters to its field.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Forms {
    pub(crate) dates: Option<Told<DateOrder>>,
    pub(crate) numbers: Option<Told<NumberForm>>,
}

/// A header without anything but letters and digits, folded.
pub(crate) fn bare(header: &str) -> String {
    fold(header).chars().filter(|character| character.is_alphanumeric() || *character == '~').collect()
}
