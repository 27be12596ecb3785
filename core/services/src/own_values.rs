//! Values of a company's own fields as they are typed, by form, API or file: read and checked by what is set up, all
//! problems at once.

use crate::links::{self, Found};
use crate::{App, Ctx, Error};
use model::uuid::Uuid;
use model::{
    CUSTOM_LONG_TEXT_CHARACTERS_MAX, CUSTOM_TEXT_CHARACTERS_MAX, CustomField, CustomValue, CustomValues,
    FieldErrors, FieldKind, Frame, Kind, Settings, fold, normalize_email, normalize_phone, normalize_url,
    own_key, parse_amount, parse_date, parse_number, unique_own,
};
use std::collections::BTreeMap;

/// What was typed into own fields, by their names; several texts for several choices. A field that is not there was not
/// asked: it keeps its value, or gets its default in a new record. One without text is emptied.
pub type TypedValues = BTreeMap<String, Vec<String>>;

/// What a problem quotes of a value.
const QUOTED_CHARACTERS_MAX: usize = 200;
/// Texts of one field: lists have fewer values.
const TEXTS_MAX: usize = 200;

/// Whether a record is being made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Making {
    New,
    Changed,
}

/// A problem code and what helps to understand it.
type Problem = (&'static str, String);

/// All that is needed to read values of one record.
pub(crate) struct Reader<'a> {
    pub(crate) app: &'a App,
    pub(crate) ctx: &'a Ctx,
    pub(crate) frame: &'a Frame,
    pub(crate) settings: &'a Settings,
    pub(crate) entity: Kind,
    /// The record that is made or changed.
    pub(crate) record: Uuid,
    /// Of phone numbers without a prefix.
    pub(crate) country: &'a str,
}

impl Reader<'_> {
    /// Writes what was typed into the values of a record. Fields with problems keep their former value.
    pub(crate) fn apply(
        &self,
        making: Making,
        typed: &TypedValues,
        kept: &mut CustomValues,
        errors: &mut FieldErrors,
    ) -> Result<(), Error> {
        for (name, field) in self.frame.fields_of(self.entity) {
            let field = &field.piece;
            if field.archived {
                continue;
            }
            let key = own_key(name);
            match typed.get(name).map(|texts| trimmed(texts)) {
                None if making == Making::New => {
                    if let Some(value) = &field.default {
                        kept.insert(name.to_owned(), value.clone());
                    } else if field.required {
                        errors.add(&key, "required", "");
                    }
                }
                None => {}
                Some(texts) if texts.is_empty() && field.required => errors.add(&key, "required", ""),
                Some(texts) if texts.is_empty() => {
                    kept.remove(name);
                }
                Some(texts) => match self.value(name, field, &texts, kept.get(name))? {
                    Ok(value) => {
                        kept.insert(name.to_owned(), value);
                    }
                    Err((code, detail)) => errors.add(&key, code, detail),
                },
            }
        }
        for name in typed.keys() {
            if self.frame.field(self.entity, name).is_none_or(|field| field.archived) {
                errors.add(&own_key(name), "field-unknown", quoted(name));
            }
        }
        Ok(())
    }

    /// What stays as it was is not asked again: a choice may be archived by now, a linked record somebody else's.
    fn value(
        &self,
        name: &str,
        field: &CustomField,
        texts: &[String],
        kept: Option<&CustomValue>,
    ) -> Result<Result<CustomValue, Problem>, Error> {
        if let Some(kept) = kept
            && text_of(field.kind, kept) == texts
        {
            return Ok(Ok(kept.clone()));
        }
        let value = match (field.kind, texts) {
            (FieldKind::Link, [text, rest @ ..]) => self.link(field, text, rest.first())?,
            (FieldKind::Choices, _) => several(self.frame, &self.list(name), texts, kept),
            _ => read(self.frame, self.settings, self.country, &self.list(name), field.kind, texts),
        };
        if let Ok(CustomValue::Text(text)) = &value
            && field.unique
        {
            let other = self.app.store.find(&unique_own(self.entity, name, text))?;
            if other.is_some_and(|other| other != self.record) {
                return Ok(Err(("taken", quoted(text))));
            }
        }
        Ok(value)
    }

    /// The second text is the id of the record that was picked, if one was.
    fn link(
        &self,
        field: &CustomField,
        text: &str,
        pick: Option<&String>,
    ) -> Result<Result<CustomValue, Problem>, Error> {
        let target = field.target.unwrap_or(Kind::Lead);
        Ok(match links::meant(self.app, self.ctx, target, text, pick.map(String::as_str))? {
            Found::One(id) => Ok(CustomValue::Text(id.to_string())),
            Found::Nothing => Err(("link-unknown", quoted(text))),
            Found::Several => Err(("link-several", quoted(text))),
        })
    }

    fn list(&self, name: &str) -> String {
        CustomField::list(self.entity, name)
    }

    /// The same with what is understood written as [`typed_of`] does, so that the two compare.
    pub(crate) fn plain(&self, typed: &TypedValues) -> Result<TypedValues, Error> {
        let mut plain = TypedValues::new();
        for (name, texts) in typed {
            let texts = trimmed(texts);
            let understood = match self.frame.field(self.entity, name) {
                Some(field) if !texts.is_empty() => {
                    let value = match (field.kind, texts.as_slice()) {
                        (FieldKind::Link, [text, rest @ ..]) => self.link(field, text, rest.first())?,
                        (kind, texts) => {
                            read(self.frame, self.settings, self.country, &self.list(name), kind, texts)
                        }
                    };
                    value.ok().map(|value| text_of(field.kind, &value))
                }
                _ => None,
            };
            plain.insert(name.clone(), understood.unwrap_or(texts));
        }
        Ok(plain)
    }
}

/// Own fields whose value no other record may have.
pub(crate) fn claims(frame: &Frame, entity: Kind, values: &CustomValues) -> Vec<String> {
    frame
        .fields_of(entity)
        .filter(|(name, field)| field.piece.unique && values.contains_key(*name))
        .map(|(name, _)| name.to_owned())
        .collect()
}

/// The values of a record as forms show them: what [`Reader::apply`] understands as the same values.
pub fn typed_of(frame: &Frame, entity: Kind, values: &CustomValues) -> TypedValues {
    frame
        .fields_of(entity)
        .filter(|(_, field)| !field.piece.archived)
        .map(|(name, field)| {
            let texts = values.get(name).map(|value| text_of(field.piece.kind, value));
            (name.to_owned(), texts.unwrap_or_default())
        })
        .collect()
}

/// What a new record's form begins with.
pub fn defaults(frame: &Frame, entity: Kind) -> TypedValues {
    let values = frame
        .fields_of(entity)
        .filter_map(|(name, field)| Some((name.to_owned(), field.piece.default.clone()?)))
        .collect();
    typed_of(frame, entity, &values)
}

/// One value as forms show it: numbers and amounts with a comma and without signs of thousands, days in ISO order.
pub fn text_of(kind: FieldKind, value: &CustomValue) -> Vec<String> {
    match (kind, value) {
        (_, CustomValue::Flag(true)) => vec!["yes".to_owned()],
        (_, CustomValue::Flag(false)) => vec!["no".to_owned()],
        (_, CustomValue::Amount(cents)) => {
            let sign = if *cents < 0 { "-" } else { "" };
            let cents = cents.unsigned_abs();
            vec![format!("{sign}{},{:02}", cents / 100, cents % 100)]
        }
        (_, CustomValue::Codes(codes)) => codes.clone(),
        (FieldKind::Number, CustomValue::Text(text)) => vec![text.replace('.', ",")],
        (FieldKind::Phone, CustomValue::Text(text)) => vec![model::display_phone(text)],
        (_, CustomValue::Text(text)) => vec![text.clone()],
    }
}

/// Whether a kept value is one that this kind can have: for defaults that come in a file.
pub(crate) fn fits(frame: &Frame, list: &str, kind: FieldKind, value: &CustomValue) -> bool {
    let knows = |code: &str| frame.choice(list, code).is_some_and(|choice| !choice.archived);
    match (kind, value) {
        (FieldKind::YesNo, CustomValue::Flag(_)) | (FieldKind::Money, CustomValue::Amount(_)) => true,
        (FieldKind::Choices, CustomValue::Codes(codes)) => codes.iter().all(|code| knows(code)),
        (FieldKind::Choice, CustomValue::Text(code)) => knows(code),
        (FieldKind::Text | FieldKind::LongText, CustomValue::Text(_)) => true,
        (FieldKind::Number, CustomValue::Text(text)) => text.parse::<model::Decimal>().is_ok(),
        (FieldKind::Date, CustomValue::Text(text)) => text.parse::<model::jiff::civil::Date>().is_ok(),
        (FieldKind::Email, CustomValue::Text(text)) => normalize_email(text).as_ref() == Ok(text),
        (FieldKind::Url, CustomValue::Text(text)) => normalize_url(text).as_ref() == Ok(text),
        (FieldKind::Phone, CustomValue::Text(text)) => text.starts_with('+'),
        _ => false,
    }
}

/// A value of any kind but links out of what was typed; there is at least one text.
pub(crate) fn read(
    frame: &Frame,
    settings: &Settings,
    country: &str,
    list: &str,
    kind: FieldKind,
    texts: &[String],
) -> Result<CustomValue, Problem> {
    if kind == FieldKind::Choices {
        return several(frame, list, texts, None);
    }
    let [text] = texts else {
        return Err(("field-one-value", texts.len().to_string()));
    };
    let said = |code: &'static str| (code, quoted(text));
    let kept = |text: Result<String, &'static str>| text.map(CustomValue::Text).map_err(said);
    match kind {
        FieldKind::LongText => limited(text.clone(), CUSTOM_LONG_TEXT_CHARACTERS_MAX),
        FieldKind::Number => kept(parse_number(text).map(|number| number.to_string())),
        FieldKind::Money => parse_amount(text, settings.currency)
            .map(|money| CustomValue::Amount(money.minor_units))
            .map_err(said),
        FieldKind::Date => kept(day(text)),
        FieldKind::YesNo => yes_no(text).map(CustomValue::Flag).ok_or_else(|| said("yes-no-form")),
        FieldKind::Choice => code(frame, list, text).map(CustomValue::Text).ok_or_else(|| said("choice")),
        FieldKind::Email => kept(normalize_email(text)),
        FieldKind::Phone => {
            kept(normalize_phone(text, country).or_else(|_| normalize_phone(text, &settings.country)))
        }
        FieldKind::Url => kept(normalize_url(text)),
        _ => limited(model::single_spaced(text), CUSTOM_TEXT_CHARACTERS_MAX),
    }
}

fn limited(text: String, characters_max: usize) -> Result<CustomValue, Problem> {
    if text.chars().count() > characters_max {
        Err(("too-long", characters_max.to_string()))
    } else {
        Ok(CustomValue::Text(text))
    }
}

/// Years of four digits: what sorts as text, and what people mean.
fn day(text: &str) -> Result<String, &'static str> {
    let date = parse_date(text)?;
    if (1000..=9999).contains(&date.year()) { Ok(date.to_string()) } else { Err("date-form") }
}

/// In the three languages, and as spreadsheets and programs write it.
fn yes_no(text: &str) -> Option<bool> {
    match fold(text).as_str() {
        "yes" | "si" | "y" | "s" | "true" | "1" | "x" | "on" | "cert" | "verdader" | "verdadero" => {
            Some(true)
        }
        "no" | "n" | "false" | "0" | "off" | "fals" | "falso" => Some(false),
        _ => None,
    }
}

/// The key of a value of a list, by its key or by what it is called in any language.
fn code(frame: &Frame, list: &str, text: &str) -> Option<String> {
    let folded = fold(text);
    let offered = || frame.choices_of(list).filter(|(_, choice)| !choice.archived);
    let named = |choice: &model::Choice| {
        model::Language::ALL.into_iter().any(|language| {
            let label = choice.label.own(language);
            !label.is_empty() && fold(label) == folded
        })
    };
    offered()
        .find(|(code, _)| *code == text)
        .or_else(|| offered().find(|(_, choice)| named(choice)))
        .map(|(code, _)| code.to_owned())
}

/// A cell of a file may hold several: separated by `;`, `|`, new lines, and commas where no value has one in it. What
/// was chosen before may stay, though it is not offered any more.
fn several(
    frame: &Frame,
    list: &str,
    texts: &[String],
    kept: Option<&CustomValue>,
) -> Result<CustomValue, Problem> {
    let former = match kept {
        Some(CustomValue::Codes(codes)) => codes.as_slice(),
        _ => &[],
    };
    let mut chosen = Vec::new();
    let mut unknown = Vec::new();
    for text in texts.iter().flat_map(|text| text.split([';', '|', '\n'])) {
        let text = text.trim();
        if text.is_empty() {
            continue;
        }
        if former.iter().any(|code| code == text) {
            chosen.push(text.to_owned());
            continue;
        }
        if let Some(code) = code(frame, list, text) {
            chosen.push(code);
            continue;
        }
        for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            match code(frame, list, part) {
                Some(code) => chosen.push(code),
                None => unknown.push(part),
            }
        }
    }
    if !unknown.is_empty() {
        return Err(("choice", quoted(&unknown.join(", "))));
    }
    // In the list's order, each once.
    let codes = frame.choices_of(list).map(|(code, _)| code.to_owned()).filter(|code| chosen.contains(code));
    Ok(CustomValue::Codes(codes.collect()))
}

/// Without spaces around and without empty ones.
fn trimmed(texts: &[String]) -> Vec<String> {
    texts
        .iter()
        .take(TEXTS_MAX)
        .map(|text| text.trim().replace("\r\n", "\n").replace('\0', ""))
        .filter(|text| !text.is_empty())
        .collect()
}

fn quoted(text: &str) -> String {
    text.chars().take(QUOTED_CHARACTERS_MAX).collect()
}
