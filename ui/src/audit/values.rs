//! Values that the journal holds in the reader's words: labels instead of codes, names instead of ids.

use super::words::{Words, dashed, kind_name, known_part, short, spaced};
use crate::components::Choice;
use crate::consents::evidence_words;
use crate::filters::{FilterFieldView, FilterWords, filter_sentence};
use crate::messages::{find, t};
use crate::{format, labels, parametrisation, prices, records, shell, webhooks};
use model::jiff::Timestamp;
use model::jiff::civil::Date;
use model::json::Value;
use model::uuid::Uuid;
use model::{
    Condition, CustomField, FieldKind, FieldValue, Filter, Kind, Label, Language, LeadStatus, Money,
    ProgramFunction, Values, WORKED_WITH, lists,
};

/// Values inside a value, such as the stages of a pipeline: more are counted.
const VALUES_SHOWN: usize = 20;
/// What a cell of the log shows of a long text.
const TEXT_CHARACTERS_MAX: usize = 300;

/// Where a value stands: of which entity, in which field, and within which other one that is.
#[derive(Clone, Copy)]
struct Place<'p> {
    kind: Kind,
    within: &'p str,
    name: &'p str,
}

impl Words<'_> {
    /// A value as people read it, cut to what a cell shows; empty for nothing.
    pub fn value(&self, kind: Kind, name: &str, part: Option<&str>, value: &Value) -> String {
        let text = self.whole_value(kind, name, part, value);
        match text.char_indices().nth(TEXT_CHARACTERS_MAX) {
            Some((end, _)) => format!("{}…", &text[..end]),
            None => text,
        }
    }

    /// The same however long it is, for paper.
    pub fn whole_value(&self, kind: Kind, name: &str, part: Option<&str>, value: &Value) -> String {
        let own =
            part.filter(|_| name == "custom").and_then(|part| Some((part, self.own_field(kind, part)?)));
        match (own, part) {
            (Some((part, field)), _) => self.own_value(kind, part, field, value),
            (None, Some(part)) => self.any(Place { kind, within: name, name: part }, value),
            (None, None) => self
                .known(kind, name, value)
                .unwrap_or_else(|| self.any(Place { kind, within: "", name }, value)),
        }
    }

    fn own_value(&self, kind: Kind, name: &str, field: &CustomField, value: &Value) -> String {
        let list = CustomField::list(kind, name);
        match (field.kind, value) {
            (FieldKind::Choice, Value::String(code)) => self.choice(&list, code),
            (FieldKind::Choices, Value::Array(codes)) => {
                let codes = codes.iter().filter_map(Value::as_str);
                codes.map(|code| self.choice(&list, code)).collect::<Vec<_>>().join(", ")
            }
            (FieldKind::Phone, Value::String(number)) => format::phone(number),
            (FieldKind::Number, Value::String(number)) => format::decimal(self.language, number),
            (FieldKind::Money, Value::Number(cents)) => {
                let minor_units = cents.as_i64().unwrap_or_default();
                let currency = self.frame.settings.as_ref().map(|settings| settings.currency);
                format::money(self.language, Money { minor_units, currency: currency.unwrap_or_default() })
            }
            _ => self.any(Place { kind, within: "custom", name }, value),
        }
    }

    /// What a value of one of the company's lists is called.
    pub fn choice(&self, list: &str, code: &str) -> String {
        let label = self.frame.choice(list, code).map(|choice| choice.label.get(self.language).to_owned());
        label.filter(|label| !label.is_empty()).unwrap_or_else(|| code.to_owned())
    }

    /// Values whose field says what they are.
    fn known(&self, kind: Kind, name: &str, value: &Value) -> Option<String> {
        let l = self.language;
        let code = value.as_str();
        match (name, code) {
            ("status", Some(code)) if kind != Kind::Quote => {
                LeadStatus::from_code(code).map(|status| labels::lead_status(l, status))
            }
            ("purpose", Some(code)) if kind == Kind::Consent => {
                Some(self.choice(lists::CONSENT_PURPOSES, code))
            }
            ("evidence", Some(text)) if kind == Kind::Consent => Some(evidence_words(l, text)),
            (name @ ("basis" | "state" | "way"), Some(code)) if kind == Kind::Consent => {
                self.code(&format!("consent-{name}"), code)
            }
            ("country" | "rule" | "media_type", Some(text)) => records::text_name(l, name, text),
            ("color", None) if kind == Kind::Choice => {
                find(l, &format!("choices-color-{}", value.as_u64()?), &[])
            }
            ("phone", Some(number)) => Some(format::phone(number)),
            ("language", Some(code)) => {
                Language::from_code(code).map(|other| shell::language_name(other).to_owned())
            }
            ("book", Some(code)) if kind == Kind::Price => self.book(code),
            ("role", Some(key)) => self.frame.roles.get(key).map(|role| role.label().get(l).to_owned()),
            ("kind", Some(code)) if model::specs_of(kind).is_empty() => {
                self.code(&format!("{}-kind", kind.as_str()), code).or_else(|| self.code("kind", code))
            }
            (name, Some(code)) => {
                let spec = model::specs_of(kind).iter().find(|spec| spec.key == name)?;
                match spec.values {
                    Values::List(list) => Some(self.choice(list, code)),
                    Values::Stages => Some(records::stage_label(self.frame, l, code)),
                    Values::PriceBooks => self.book(code),
                    Values::Taxes => self.tax(code),
                    Values::Fixed(_) if kind != Kind::Lead => Some(records::code_name(l, kind, name, code)),
                    _ if records::is_price(kind, name) => {
                        let currency = self.frame.settings.as_ref().map(|settings| settings.currency);
                        Some(prices::money(l, code.parse().ok()?, currency.unwrap_or_default()))
                    }
                    _ if spec.kind == FieldKind::Number => Some(format::decimal(l, code)),
                    _ => None,
                }
            }
            (name, None) => self.listed(kind, name, value.as_array()?),
        }
    }

    /// Several values of one of the company's lists, or the rows of a list within the record.
    fn listed(&self, kind: Kind, name: &str, codes: &[Value]) -> Option<String> {
        if let Some(list) = model::rows_of(kind).iter().find(|list| list.key == name) {
            let row =
                |value: &Value| records::row_line(self.language, list, &row_in(list, value), self.names);
            return Some(codes.iter().map(row).collect::<Vec<_>>().join("; "));
        }
        let spec = model::specs_of(kind).iter().find(|spec| spec.key == name)?;
        let Values::List(list) = spec.values else { return None };
        let codes = codes.iter().filter_map(Value::as_str);
        Some(codes.map(|code| self.choice(list, code)).collect::<Vec<_>>().join(", "))
    }

    fn book(&self, key: &str) -> Option<String> {
        let book = self.frame.price_books.get(key)?;
        Some(book.piece.label.get(self.language).to_owned())
    }

    fn tax(&self, key: &str) -> Option<String> {
        let tax = self.frame.taxes.get(key)?;
        Some(tax.piece.label.get(self.language).to_owned())
    }

    fn code(&self, name: &str, code: &str) -> Option<String> {
        find(self.language, &format!("audit-value-{}-{}", dashed(name), dashed(code)), &[])
    }

    /// Values that say themselves what they are.
    fn any(&self, place: Place<'_>, value: &Value) -> String {
        let l = self.language;
        match value {
            Value::Null => String::new(),
            Value::Bool(true) => t!(l, "audit-yes"),
            Value::Bool(false) => t!(l, "audit-no"),
            Value::Number(number) => number
                .as_i64()
                .map_or_else(|| format::decimal(l, &number.to_string()), |whole| format::integer(l, whole)),
            Value::String(text) => self.text(place, text),
            Value::Array(values) => self.values(place, values),
            Value::Object(fields) => match model::json::from_value::<Money>(value.clone()) {
                Ok(money) => format::money(l, money),
                Err(_) => self.label_of(value).unwrap_or_else(|| self.fields(place, fields)),
            },
        }
    }

    fn text(&self, place: Place<'_>, text: &str) -> String {
        let l = self.language;
        if let Some(said) = self.said(place, text) {
            return said;
        }
        if let Ok(id) = text.parse::<Uuid>() {
            return self.names.get(&id).cloned().unwrap_or_else(|| short(id));
        }
        if let Some(at) = text.contains('T').then(|| text.parse::<Timestamp>().ok()).flatten() {
            return format::date_time(l, at, self.zone);
        }
        if let Some(day) = (text.len() == 10).then(|| text.parse::<Date>().ok()).flatten() {
            return format::date_short(day);
        }
        let is_code = text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_' || byte == b'-');
        let known = is_code.then(|| self.coded(place, text)).flatten();
        known.unwrap_or_else(|| text.to_owned())
    }

    /// Values that stand for something else that has a name: an entity, a field, a condition, a value of a list.
    fn said(&self, place: Place<'_>, text: &str) -> Option<String> {
        let l = self.language;
        match (place.kind, place.within, place.name) {
            (_, _, "entity" | "target" | "about_kind" | "one_kind" | "other_kind")
            | (Kind::Erasure, _, "kind") => text.parse::<Kind>().ok().map(|kind| kind_name(l, kind)),
            (Kind::WebForm | Kind::Merge | Kind::BulkJob, _, "field")
            | (Kind::Merge, _, "taken")
            | (Kind::Pipeline, _, "required")
            | (Kind::SavedView, _, "columns" | "sort" | "group")
            | (Kind::Import, _, "mapping") => Some(self.field_named(text)),
            (Kind::Import, "mapping", "own") => Some(self.field_named(&model::own_key(text))),
            (Kind::AssignmentRule | Kind::ScoringRule, _, "conditions") | (Kind::SavedView, _, "filter") => {
                self.conditions(text)
            }
            (Kind::Lead, "conversion", "from") => {
                LeadStatus::from_code(text).map(|status| labels::lead_status(l, status))
            }
            (Kind::WebForm, _, "purpose") => Some(self.choice(lists::CONSENT_PURPOSES, text)),
            (Kind::WebForm, _, "source") => Some(self.choice(lists::SOURCES, text)),
            (Kind::Settings, "plan", "kind") => Some(self.choice(lists::ACTIVITY_TYPES, text)),
            (Kind::QuoteSheet, _, "tax") => self.tax(text),
            (Kind::BulkJob, _, "tag") => Some(self.choice(lists::TAGS, text)),
            (Kind::Webhook, _, "events") => Some(webhooks::event_name(l, text)),
            (Kind::Retention | Kind::RetentionRun, _, name @ ("what" | "deed" | "state")) => {
                self.code(&format!("retention-{name}"), text)
            }
            (_, _, "function" | "without_screen") => {
                ProgramFunction::from_code(text).map(|function| parametrisation::function_name(l, function))
            }
            (_, _, "default_for") => self.frame.roles.get(text).map(|role| role.label().get(l).to_owned()),
            _ => None,
        }
    }

    /// The words for a code, in its entity or in all of them.
    fn coded(&self, place: Place<'_>, code: &str) -> Option<String> {
        let level = || (place.kind == Kind::Role).then(|| self.code("any", code)).flatten();
        self.code(&format!("{}-{}", place.kind.as_str(), place.name), code)
            .or_else(|| self.code(place.name, code))
            .or_else(level)
    }

    /// The conditions of a rule or a view as a sentence.
    fn conditions(&self, text: &str) -> Option<String> {
        let filter: Filter = text.parse().ok()?;
        let mut fields: Vec<FilterFieldView> = Vec::new();
        for condition in filter.groups.iter().flat_map(|group| &group.conditions) {
            let field = self.condition_field(condition);
            match fields.iter_mut().find(|other| other.key == field.key) {
                Some(other) => other.choices.extend(field.choices),
                None => fields.push(field),
            }
        }
        let currency = self.frame.settings.as_ref().map(|settings| settings.currency).unwrap_or_default();
        Some(filter_sentence(self.language, &filter, FilterWords { fields: &fields, currency }))
    }

    /// The field of a condition, with the names of the values that the condition asks for.
    fn condition_field(&self, condition: &Condition) -> FilterFieldView {
        let key = condition.field.as_str();
        let own = model::own_name(key);
        let kind_in = |entity: Kind| match own {
            Some(own) => self.own_field(entity, own).map(|field| field.kind),
            None => model::specs_of(entity).iter().find(|spec| spec.key == key).map(|spec| spec.kind),
        };
        let found = WORKED_WITH.into_iter().find_map(|entity| Some((entity, kind_in(entity)?)));
        let (entity, kind) = found.unwrap_or((Kind::Lead, FieldKind::Text));
        let named = |code: &String| {
            let value = Value::from(code.as_str());
            let name = match own {
                Some(own) => self.whole_value(entity, "custom", Some(own), &value),
                None => self.whole_value(entity, key, None, &value),
            };
            Choice::new(code.as_str(), name)
        };
        FilterFieldView {
            key: key.to_owned(),
            label: self.field_named(key),
            kind,
            choices: condition.values.iter().map(named).collect(),
            target: None,
        }
    }

    fn values(&self, place: Place<'_>, values: &[Value]) -> String {
        let shown = values.iter().take(VALUES_SHOWN).map(|value| self.any(place, value));
        let mut text = shown.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ");
        if values.len() > VALUES_SHOWN {
            text.push_str(&format!(" +{}", values.len() - VALUES_SHOWN));
        }
        text
    }

    /// What an object inside a value is called, else its texts.
    fn fields(&self, place: Place<'_>, fields: &model::json::Map<String, Value>) -> String {
        if let Some(label) = fields.get("label").and_then(|label| self.label_of(label)) {
            return label;
        }
        let said = |(name, value): (&String, &Value)| {
            let text = self.any(Place { kind: place.kind, within: place.name, name }, value);
            let label = known_part(self.language.into(), place.kind, place.name, name);
            (!text.is_empty()).then(|| format!("{}: {text}", label.unwrap_or_else(|| spaced(name))))
        };
        fields.iter().filter_map(said).collect::<Vec<_>>().join(" · ")
    }

    fn label_of(&self, value: &Value) -> Option<String> {
        let label: Label = model::json::from_value(value.clone()).ok()?;
        (!label.is_empty()).then(|| label.get(self.language).to_owned())
    }
}

/// A row of a list within a record, as the journal keeps it.
fn row_in(list: &model::RowsSpec, value: &Value) -> model::Row {
    let of = |part: &model::FieldSpec| match (part.kind, value.get(part.key)) {
        (FieldKind::Choice, Some(Value::String(code))) => FieldValue::Codes(vec![code.clone()]),
        (FieldKind::Link, Some(Value::String(id))) => {
            id.parse().map_or(FieldValue::Nothing, FieldValue::Record)
        }
        (FieldKind::Number, Some(Value::String(number))) => {
            number.parse().map_or(FieldValue::Nothing, FieldValue::Number)
        }
        (FieldKind::YesNo, Some(Value::Bool(flag))) => FieldValue::Flag(*flag),
        (_, Some(Value::String(text))) => FieldValue::Text(text.clone()),
        _ => FieldValue::Nothing,
    };
    list.parts.iter().map(of).collect()
}
