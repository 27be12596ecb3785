//! A record as it was typed, whichever way it came: by form, API or file. Texts by the keys of fields; read by what the
//! field holds, all problems at once.

use super::choice_words;
use super::rows;
use super::rules::Around;
use crate::Error;
use crate::fields::{self, FieldChoices};
use crate::lead_drafts::{TAGS_MAX, country_code, in_order};
use crate::links::{self, Found};
use crate::own_values::{self, Making, Reader, TypedValues, claims};
use crate::reports;
use model::{
    AnyRecord, Decimal, Entity, FieldErrors, FieldKind, FieldSpec, FieldValue, Frame, Kind,
    NOTE_CHARACTERS_MAX, Settings, StageKind, Tax, TaxKind, choice_meant, fold, normalize_tax_id, own_key,
    own_name,
};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// One line of a form.
const LINE_CHARACTERS_MAX: usize = 200;
/// What somebody writes about what they did; other long texts are shorter.
const TEXT: &str = "text";
/// No postcode of the world is longer.
const POSTCODE_CHARACTERS_MAX: usize = 12;

/// What somebody typed, by the keys of fields; own ones begin with `custom.`. A field that is not there was not asked: it
/// keeps its value. One without text is emptied. A field that leads to a record may have a second text: the id of the one
/// that was picked, or [`super::NEW`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft(pub BTreeMap<String, Vec<String>>);

impl Draft {
    /// What the form of a record shows.
    pub fn of(frame: &Frame, record: &dyn AnyRecord) -> Draft {
        let mut draft = Draft::default();
        for spec in model::specs_of(record.entity()).iter().filter(|spec| spec.typed) {
            draft.0.insert(spec.key.to_owned(), texts_of(spec.kind, &record.built_in(spec.key)));
        }
        for list in model::rows_of(record.entity()) {
            for (place, row) in record.listed(list.key).iter().enumerate() {
                for (part, value) in list.parts.iter().zip(row) {
                    draft.0.insert(list.name(place, part.key), texts_of(part.kind, value));
                }
            }
        }
        let owner = record.responsible().0.map(|owner| owner.to_string());
        draft.0.insert("owner".to_owned(), owner.into_iter().collect());
        draft.with_own(own_values::typed_of(frame, record.entity(), record.own()))
    }

    /// The same with what was typed into own fields.
    #[must_use]
    pub fn with_own(mut self, own: TypedValues) -> Draft {
        self.0.extend(own.into_iter().map(|(name, texts)| (own_key(&name), texts)));
        self
    }

    /// The one text of a field, where it was asked.
    pub fn one(&self, key: &str) -> Option<&str> {
        self.0.get(key).map(|texts| texts.first().map_or("", String::as_str))
    }

    pub fn put(&mut self, key: &str, text: impl Into<String>) {
        self.0.insert(key.to_owned(), vec![text.into()]);
    }

    /// What was typed into the company's own fields.
    pub fn own(&self) -> TypedValues {
        let own = |(key, texts): (&String, &Vec<String>)| Some((own_name(key)?.to_owned(), texts.clone()));
        self.0.iter().filter_map(own).collect()
    }

    /// Writes what was typed into a record. Fields with problems keep their former value and are reported.
    pub(super) fn apply<E: Entity>(
        &self,
        around: &Around<'_>,
        is_new: bool,
        record: &mut E,
    ) -> Result<FieldErrors, Error> {
        let mut errors = FieldErrors::default();
        let country = self.country(around, record);
        // An amount stays in the currency it came in, whatever the company reckons in by now.
        let settings = settings_of(around, record);
        let in_currency = around.with(&settings);
        for spec in E::SPECS.iter().filter(|spec| spec.typed) {
            let Some(texts) = self.0.get(spec.key) else {
                continue;
            };
            let kept = record.value(spec.key);
            if spec.kind == FieldKind::Choices {
                match several(around.frame, spec, texts, &kept) {
                    Ok(codes) => record.put(spec.key, FieldValue::Codes(codes), settings.currency),
                    Err((code, detail)) => errors.add(spec.key, code, detail),
                }
                continue;
            }
            let text = texts.first().map_or("", |text| text.trim()).replace("\r\n", "\n").replace('\0', "");
            let value = if texts_of(spec.kind, &kept).first().map_or("", String::as_str) == text {
                // What stays as it was is not asked again: a choice may be archived by now.
                Ok(kept)
            } else if text.is_empty() {
                Ok(FieldValue::Nothing)
            } else {
                read(&in_currency, spec, &country, (&text, texts.get(1)), &kept)?
            };
            match value {
                Ok(value) => record.put(spec.key, value, settings.currency),
                Err((code, detail)) => errors.add(spec.key, code, detail),
            }
        }
        for list in E::ROWS {
            rows::apply(self, around, list, &country, record, &mut errors)?;
        }
        for spec in E::SPECS.iter().filter(|spec| spec.required) {
            if record.value(spec.key).is_nothing() && errors.of(spec.key).is_none() {
                errors.add(spec.key, "required", "");
            }
        }
        let known = |key: &str| {
            own_name(key).is_some()
                || key == "owner"
                || E::SPECS.iter().any(|spec| spec.typed && spec.key == key)
                || E::ROWS.iter().any(|list| rows::is_of(list, key))
        };
        for key in self.0.keys().filter(|key| !known(key)) {
            errors.add(key, "field-unknown", key.chars().take(LINE_CHARACTERS_MAX).collect::<String>());
        }
        self.apply_own(around, is_new, &country, record, &mut errors)?;
        Ok(errors)
    }

    fn apply_own<E: Entity>(
        &self,
        around: &Around<'_>,
        is_new: bool,
        country: &str,
        record: &mut E,
        errors: &mut FieldErrors,
    ) -> Result<(), Error> {
        let reader = reader::<E>(around, record.meta().id, country);
        let making = if is_new { Making::New } else { Making::Changed };
        let common = record.common_mut();
        reader.apply(making, &self.own(), &mut common.custom, errors)?;
        common.unique_fields = claims(around.frame, E::KIND, &common.custom);
        Ok(())
    }

    /// Of phone numbers without a prefix.
    fn country<E: Entity>(&self, around: &Around<'_>, record: &E) -> String {
        let typed = self.one("country").and_then(|text| country_code(text.trim()).ok());
        let kept = || match record.value("country") {
            FieldValue::Text(code) => Some(code),
            _ => None,
        };
        typed.or_else(kept).unwrap_or_else(|| around.settings.country.clone())
    }

    /// The same with what is understood written as [`Draft::of`] does, so that two drafts compare.
    pub(super) fn plain<E: Entity>(&self, around: &Around<'_>, stored: &E) -> Result<Draft, Error> {
        let mut plain = Draft::default();
        let country = self.country(around, stored);
        let settings = settings_of(around, stored);
        let in_currency = around.with(&settings);
        for (key, texts) in self.0.iter().filter(|(key, _)| own_name(key).is_none()) {
            let part = E::ROWS.iter().find_map(|list| list.part(list.place_of(key)?.1));
            let spec = part.or_else(|| E::SPECS.iter().find(|spec| spec.key == key.as_str()));
            if let Some(spec) = spec.filter(|spec| spec.kind == FieldKind::Choices) {
                let codes = several(around.frame, spec, texts, &stored.value(key));
                plain.0.insert(key.clone(), codes.map(in_order).unwrap_or_else(|_| texts.clone()));
                continue;
            }
            let text = texts.first().map_or("", |text| text.trim()).replace("\r\n", "\n");
            let understood = match spec {
                Some(spec) if !text.is_empty() => {
                    let value =
                        read(&in_currency, spec, &country, (&text, texts.get(1)), &stored.value(key))?;
                    value.ok().map(|value| texts_of(spec.kind, &value))
                }
                _ => None,
            };
            let same = if text.is_empty() { Vec::new() } else { vec![text] };
            plain.0.insert(key.clone(), understood.unwrap_or(same));
        }
        let own = reader::<E>(around, stored.meta().id, &country).plain(&self.own())?;
        Ok(plain.with_own(own))
    }
}

/// The company's settings, with the currency that the record's amounts came in, where it has one.
fn settings_of<'a, E: Entity>(around: &Around<'a>, record: &E) -> Cow<'a, Settings> {
    match record.currency().filter(|own| *own != around.settings.currency) {
        Some(currency) => Cow::Owned(Settings { currency, ..around.settings.clone() }),
        None => Cow::Borrowed(around.settings),
    }
}

fn reader<'a, E: Entity>(around: &Around<'a>, record: model::uuid::Uuid, country: &'a str) -> Reader<'a> {
    Reader {
        app: around.app,
        ctx: around.ctx,
        frame: around.frame,
        settings: around.settings,
        entity: E::KIND,
        record,
        country,
    }
}

/// A problem code and what helps to understand it.
pub(super) type Problem = (&'static str, String);

/// A value out of what was typed; the text is not empty.
pub(super) fn read(
    around: &Around<'_>,
    spec: &FieldSpec,
    country: &str,
    (text, pick): (&str, Option<&String>),
    kept: &FieldValue,
) -> Result<Result<FieldValue, Problem>, Error> {
    let quoted = || text.chars().take(LINE_CHARACTERS_MAX).collect::<String>();
    let said = |code: &'static str| (code, quoted());
    Ok(match (spec.kind, spec.key) {
        (FieldKind::Link, _) => link(around, spec, (text, pick.map(String::as_str)), kept)?,
        (FieldKind::Choice, _) => choice(around.frame, spec, text)
            .or_else(|code| tax_otherwise(around, spec, text, kept).unwrap_or(Err(code)))
            .map_err(said),
        (FieldKind::LongText, TEXT) if text.chars().count() <= NOTE_CHARACTERS_MAX => {
            Ok(FieldValue::Text(text.to_owned()))
        }
        (FieldKind::LongText, TEXT) => Err(("too-long", NOTE_CHARACTERS_MAX.to_string())),
        (_, "tax_id") => normalize_tax_id(text).map(FieldValue::Text).map_err(said),
        (_, "country") => country_code(text).map(FieldValue::Text).map_err(said),
        (_, "postcode") if text.chars().count() > POSTCODE_CHARACTERS_MAX => {
            Err(("too-long", POSTCODE_CHARACTERS_MAX.to_string()))
        }
        (kind, _) => {
            let texts = [text.to_owned()];
            own_values::read(around.frame, around.settings, country, "", kind, &texts)
                .map(|value| value.as_kind(kind))
        }
    })
}

/// The record that is meant; what stays need not be visible to whoever changes something else.
fn link(
    around: &Around<'_>,
    spec: &FieldSpec,
    (text, pick): (&str, Option<&str>),
    kept: &FieldValue,
) -> Result<Result<FieldValue, Problem>, Error> {
    let target = fields::spec_target(spec).unwrap_or(Kind::Company);
    if let Some(id) = around.made.iter().find(|id| id.to_string() == text) {
        return Ok(Ok(FieldValue::Record(*id)));
    }
    let is_picked = pick.is_some_and(|pick| pick.parse::<model::uuid::Uuid>().is_ok());
    if let FieldValue::Record(id) = kept
        && !is_picked
        && links::name(around.app, around.ctx, target, *id)?.is_some_and(|name| fold(&name) == fold(text))
    {
        return Ok(Ok(kept.clone()));
    }
    Ok(match links::meant(around.app, around.ctx, target, text, pick)? {
        Found::One(id) => Ok(FieldValue::Record(id)),
        Found::Nothing => Err(("link-unknown", text.chars().take(LINE_CHARACTERS_MAX).collect())),
        Found::Several => Err(("link-several", text.chars().take(LINE_CHARACTERS_MAX).collect())),
    })
}

/// Several codes, each as for one; in one text there are commas between them. Those that the record has stay possible.
fn several(
    frame: &Frame,
    spec: &FieldSpec,
    texts: &[String],
    kept: &FieldValue,
) -> Result<Vec<String>, Problem> {
    let mut codes = Vec::new();
    for text in texts.iter().flat_map(|text| text.split([',', ';', '|'])).map(str::trim) {
        if text.is_empty() {
            continue;
        }
        if matches!(kept, FieldValue::Codes(kept) if kept.iter().any(|code| code == text)) {
            codes.push(text.to_owned());
        } else if let Ok(FieldValue::Codes(meant)) = choice(frame, spec, text) {
            codes.extend(meant);
        } else {
            return Err(("tag-unknown", text.chars().take(LINE_CHARACTERS_MAX).collect()));
        }
    }
    let codes = in_order(codes);
    if codes.len() > TAGS_MAX { Err(("too-many", TAGS_MAX.to_string())) } else { Ok(codes) }
}

/// A code by itself or by what it is called in any language.
fn choice(frame: &Frame, spec: &FieldSpec, text: &str) -> Result<FieldValue, &'static str> {
    let folded = fold(text);
    let found = match fields::choices_of_spec(spec) {
        FieldChoices::List(list) => choice_meant(frame, &list, text).map(str::to_owned),
        FieldChoices::Stages => stage_meant(frame, text),
        FieldChoices::Taxes => {
            let taxes = || frame.taxes.current().filter(|tax| tax.piece.is_of_products());
            let called = |tax: &&model::Configured<model::Tax>| is_called(&tax.piece.label, &folded);
            let by_key = taxes().find(|tax| tax.key == text);
            by_key.or_else(|| taxes().find(called)).map(|tax| tax.key.clone())
        }
        FieldChoices::PriceBooks => {
            let books = || frame.price_books.current();
            let by_key = books().find(|book| book.key == text);
            let called = || books().find(|book| is_called(&book.piece.label, &folded));
            by_key.or_else(called).map(|book| book.key.clone())
        }
        FieldChoices::Fixed(codes) => codes
            .iter()
            .find(|code| **code == folded)
            .copied()
            .or_else(|| choice_words::meant(spec.key, &folded).filter(|code| codes.contains(code)))
            .map(str::to_owned),
        FieldChoices::Own => None,
    };
    found.map(|code| FieldValue::Codes(vec![code])).ok_or("choice")
}

/// A tax that is not offered under this text: the one that has this rate; the one that the record has, whatever it is; or that
/// it is one that no product can have.
fn tax_otherwise(
    around: &Around<'_>,
    spec: &FieldSpec,
    text: &str,
    kept: &FieldValue,
) -> Option<Result<FieldValue, &'static str>> {
    if fields::choices_of_spec(spec) != FieldChoices::Taxes {
        return None;
    }
    if let Some(found) = tax_of_rate(around, text) {
        return Some(Ok(found));
    }
    let (taxes, folded) = (&around.frame.taxes, fold(text));
    let is_meant = |tax: &model::Configured<Tax>| tax.key == text || is_called(&tax.piece.label, &folded);
    if let FieldValue::Codes(codes) = kept
        && codes.iter().filter_map(|code| taxes.get(code)).any(is_meant)
    {
        return Some(Ok(kept.clone()));
    }
    let is_withheld = taxes.all().iter().any(|tax| !tax.piece.is_of_products() && is_meant(tax))
        || is_tax_word(TaxKind::Withholding, &first_word(text));
    is_withheld.then_some(Err("tax-withheld"))
}

/// What is written before a rate, folded.
fn first_word(text: &str) -> String {
    let words: String = text.chars().map(|sign| if sign.is_alphabetic() { sign } else { ' ' }).collect();
    fold(words.trim()).split(' ').next().unwrap_or_default().to_owned()
}

/// `21`, `21 %`, `IVA 21 %`: the tax that has this rate today, where there is but one.
fn tax_of_rate(around: &Around<'_>, text: &str) -> Option<FieldValue> {
    let is_digit = |character: char| character.is_ascii_digit();
    let (first, last) = (text.find(is_digit)?, text.rfind(is_digit)?);
    let percent: Decimal = text.get(first..=last)?.replace(',', ".").parse().ok()?;
    let word = first_word(text);
    let today = reports::today(around.ctx, around.settings);
    let has_rate = |tax: &&model::Configured<Tax>| {
        let rate = tax.piece.on(today).map(|rate| rate.percent);
        !tax.piece.exempt && is_tax_word(tax.piece.kind, &word) && rate == Some(percent)
    };
    let mut found = around.frame.taxes.current().filter(|tax| tax.piece.is_of_products()).filter(has_rate);
    let only = found.next()?;
    found.next().is_none().then(|| FieldValue::Codes(vec![only.key.clone()]))
}

/// What people write before a rate; a bare number is no withholding.
fn is_tax_word(kind: TaxKind, word: &str) -> bool {
    match kind {
        TaxKind::Vat => ["", "iva", "vat", "tva"].contains(&word),
        TaxKind::Igi => ["", "igi"].contains(&word),
        TaxKind::Withholding => ["irpf", "retencio", "retencion", "withholding"].contains(&word),
    }
}

fn is_called(label: &model::Label, folded: &str) -> bool {
    model::Language::ALL.into_iter().any(|language| {
        let own = label.own(language);
        !own.is_empty() && fold(own) == *folded
    })
}

/// `<pipeline>.<stage>`; or the name or key of a stage, in the first pipeline that has one; or another word for it.
fn stage_meant(frame: &Frame, text: &str) -> Option<String> {
    let folded = fold(text);
    let offered = || model::stages_of(frame).filter(|(_, pipeline, _)| !pipeline.archived);
    offered()
        .find(|(code, _, _)| code == text)
        .or_else(|| offered().find(|(_, _, stage)| stage.key == folded || is_called(&stage.label, &folded)))
        .or_else(|| {
            let key = choice_words::stage_meant(&folded)?;
            offered().find(|(_, _, stage)| stage.key == key && stage.kind == StageKind::Open)
        })
        .map(|(code, _, _)| code)
}

/// A value as forms show it: numbers and amounts with a comma and without signs of thousands, days in ISO order, records
/// by their ids.
pub(super) fn texts_of(kind: FieldKind, value: &FieldValue) -> Vec<String> {
    let text = match value {
        FieldValue::Nothing => return Vec::new(),
        FieldValue::Text(text) if kind == FieldKind::Phone => model::display_phone(text),
        FieldValue::Text(text) => text.clone(),
        FieldValue::Number(number) => number.normalize().to_string().replace('.', ","),
        FieldValue::Amount(cents) => {
            let sign = if *cents < 0 { "-" } else { "" };
            let cents = cents.unsigned_abs();
            format!("{sign}{},{:02}", cents / 100, cents % 100)
        }
        FieldValue::Day(day) => day.to_string(),
        FieldValue::Instant(at) => at.to_string(),
        FieldValue::Flag(flag) => if *flag { "yes" } else { "no" }.to_owned(),
        FieldValue::Codes(codes) => return codes.clone(),
        FieldValue::User(user) => user.to_string(),
        FieldValue::Team(team) => team.to_string(),
        FieldValue::Record(id) => id.to_string(),
        FieldValue::Texts(texts) => return texts.clone(),
        FieldValue::Records(ids) => return ids.iter().map(ToString::to_string).collect(),
    };
    vec![text]
}
