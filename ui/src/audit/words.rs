//! What the journal holds in the reader's words: entities, deeds, fields and values, labels instead of codes.

use crate::Locale;
use crate::messages::{find, t};
use crate::{format, labels, leads, records, shell};
use model::jiff::Timestamp;
use model::jiff::civil::Date;
use model::jiff::tz::TimeZone;
use model::json::Value;
use model::uuid::Uuid;
use model::{
    Actor, CustomField, Deed, FieldKind, FieldValue, Frame, Kind, Label, Language, LeadStatus, Money, Values,
    Via, lists,
};
use std::collections::BTreeMap;

/// Values inside a value, such as the stages of a pipeline: more are counted.
const VALUES_SHOWN: usize = 20;
/// What a cell of the log shows of a long text.
const TEXT_CHARACTERS_MAX: usize = 300;

/// All that is needed to put values into words.
pub struct Words<'a> {
    pub language: Language,
    pub zone: &'a TimeZone,
    pub frame: &'a Frame,
    /// People, teams, keys and files by their ids.
    pub names: &'a BTreeMap<Uuid, String>,
}

/// What an entity is called: «Client potencial».
pub fn kind_name<'l>(l: impl Into<Locale<'l>>, kind: Kind) -> String {
    let l: Locale<'_> = l.into();
    find(l, &format!("audit-kind-{}", dashed(kind.as_str())), &[])
        .or_else(|| find(l, &format!("entity-{}-one", kind.as_str()), &[]))
        .unwrap_or_else(|| spaced(kind.as_str()))
}

pub fn deed_name<'l>(l: impl Into<Locale<'l>>, deed: Deed) -> String {
    let l: Locale<'_> = l.into();
    match deed {
        Deed::Created => t!(l, "audit-deed-created"),
        Deed::Updated => t!(l, "audit-deed-updated"),
        Deed::Deleted => t!(l, "audit-deed-deleted"),
    }
}

/// Who did it, and which way it came: «Aina Admin», «per l’API, clau Botiga».
pub fn who<'l>(l: impl Into<Locale<'l>>, by: &Actor, names: &BTreeMap<Uuid, String>) -> (String, String) {
    let l: Locale<'_> = l.into();
    let name = |id: Uuid| names.get(&id).cloned().unwrap_or_else(|| short(id));
    let person = by.user.map_or_else(|| "Tracte".to_owned(), |user| name(user.0));
    let way = match &by.via {
        Via::Page => t!(l, "audit-via-page"),
        Via::Api(key) => t!(l, "audit-via-api", key = name(key.0)),
        Via::Import(import) => t!(l, "audit-via-import", file = name(import.0)),
        Via::Form => t!(l, "audit-via-form"),
        Via::System => t!(l, "audit-via-system"),
    };
    (person, way)
}

/// The page of a record, where it has one; `about` is what a note is about, `key` that of a piece of configuration. What
/// was taken away has no page any more: then it is the list that it was in.
pub fn href(
    kind: Kind,
    deed: Deed,
    id: Uuid,
    about: Option<(Kind, Uuid)>,
    key: Option<&str>,
) -> Option<String> {
    if let Some((section, is_listed)) = section(kind) {
        let path = format!("/settings/{section}");
        let key = key.filter(|_| deed != Deed::Deleted && is_listed);
        return Some(match (kind, key) {
            (Kind::Choice, Some(key)) => format!("{path}/{}", key.replace('.', "/")),
            (_, Some(key)) => format!("{path}/{key}"),
            (_, None) => path,
        });
    }
    Some(match kind {
        Kind::Activity if deed == Deed::Deleted => {
            let (kind, about) = about?;
            format!("{}/{about}", model::path_of(kind)?)
        }
        kind if model::path_of(kind).is_some() => format!("{}/{id}", model::path_of(kind)?),
        Kind::Consent => {
            let (kind, about) = about?;
            format!("{}/{about}", model::path_of(kind)?)
        }
        Kind::Merge if deed != Deed::Deleted => format!("/merges/{id}"),
        Kind::User => format!("/users/{id}"),
        Kind::Import => format!("/imports/{id}"),
        Kind::BulkJob => format!("/bulk/{id}"),
        Kind::Plugin => format!("/plugins/{id}"),
        Kind::ApiKey => "/api-keys".to_owned(),
        Kind::Webhook if deed == Deed::Deleted => crate::webhooks::PATH.to_owned(),
        Kind::Webhook => format!("{}/{id}", crate::webhooks::PATH),
        Kind::Settings => "/settings/company".to_owned(),
        Kind::BackupOrder => crate::backups::PATH.to_owned(),
        Kind::Team if deed != Deed::Deleted => format!("/teams/{id}"),
        Kind::Team => "/users".to_owned(),
        Kind::SavedView if deed != Deed::Deleted => format!("/views/{id}"),
        Kind::Parametrization if deed != Deed::Deleted => format!("/settings/parametrisation/{id}"),
        _ => {
            key?;
            "/settings".to_owned()
        }
    })
}

/// Where pieces of this kind are set up, and whether each has a page of its own there.
fn section(kind: Kind) -> Option<(&'static str, bool)> {
    Some(match kind {
        Kind::Pipeline => ("pipelines", true),
        Kind::Choice => ("lists", true),
        Kind::CustomField => ("fields", true),
        Kind::Wording => ("words", true),
        Kind::Role => ("roles", true),
        Kind::Tax => ("taxes", true),
        Kind::PriceBook => ("price-books", true),
        Kind::NumberSeries => ("number-series", true),
        Kind::Holiday => ("holidays", false),
        Kind::AssignmentRule => ("assignment", true),
        Kind::ScoringRule => ("scoring", true),
        Kind::WebForm => ("forms", true),
        _ => return None,
    })
}

/// Whether a field's name has words of its own, so that nobody reads a code.
pub fn is_known_field<'l>(l: impl Into<Locale<'l>>, kind: Kind, name: &str) -> bool {
    let l: Locale<'_> = l.into();
    known_field(l, kind, name).is_some()
}

fn known_field(l: Locale<'_>, kind: Kind, name: &str) -> Option<String> {
    let own = format!("audit-field-{}-{}", dashed(kind.as_str()), dashed(name));
    find(l, &own, &[])
        .or_else(|| find(l, &format!("audit-field-{}", dashed(name)), &[]))
        .or_else(|| (kind == Kind::Lead && name == "name").then(|| leads::field_label(l, name)))
        .or_else(|| {
            let label = records::field_label(l, kind, name);
            (label != name).then_some(label)
        })
}

impl Words<'_> {
    /// What a field is called, with the part of it that changed.
    pub fn field(&self, kind: Kind, name: &str, part: Option<&str>) -> String {
        let l = self.language;
        if name == "custom"
            && let Some(part) = part
        {
            return self
                .own_field(kind, part)
                .map_or_else(|| spaced(part), |own| own.label.get(l).to_owned());
        }
        let field = known_field(l.into(), kind, name).unwrap_or_else(|| spaced(name));
        match part {
            Some(part) => format!("{field} · {}", self.part(kind, name, part)),
            None => field,
        }
    }

    fn part(&self, kind: Kind, name: &str, part: &str) -> String {
        let l = self.language;
        if let Some(language) = Language::from_code(part) {
            return shell::language_name(language).to_owned();
        }
        if name == "levels" {
            return find(l, &format!("audit-kind-{}", dashed(part)), &[]).unwrap_or_else(|| spaced(part));
        }
        // Settings of a plugin have the names that the plugin gave them.
        match kind {
            Kind::Plugin => part.to_owned(),
            _ => known_field(l.into(), kind, part).unwrap_or_else(|| spaced(part)),
        }
    }

    fn own_field(&self, kind: Kind, part: &str) -> Option<&CustomField> {
        self.frame.field(kind, part)
    }

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
        match own {
            Some((part, field)) => self.own_value(kind, part, field, value),
            None => self.known(kind, name, value).unwrap_or_else(|| self.any(part.unwrap_or(name), value)),
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
            (FieldKind::Money, Value::Number(cents)) => {
                let minor_units = cents.as_i64().unwrap_or_default();
                let currency = self.frame.settings.as_ref().map(|settings| settings.currency);
                format::money(self.language, Money { minor_units, currency: currency.unwrap_or_default() })
            }
            _ => self.any(name, value),
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
            (name @ ("basis" | "state" | "way"), Some(code)) if kind == Kind::Consent => {
                self.code(&format!("consent-{name}"), code)
            }
            ("country", Some(code)) => Some(labels::country(l, code)),
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
                    Values::Fixed(_) if kind != Kind::Lead => Some(records::code_name(l, kind, name, code)),
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

    fn code(&self, name: &str, code: &str) -> Option<String> {
        find(self.language, &format!("audit-value-{}-{}", dashed(name), dashed(code)), &[])
    }

    /// Values that say themselves what they are.
    fn any(&self, name: &str, value: &Value) -> String {
        let l = self.language;
        match value {
            Value::Null => String::new(),
            Value::Bool(true) => t!(l, "audit-yes"),
            Value::Bool(false) => t!(l, "audit-no"),
            Value::Number(number) => {
                number.as_i64().map_or_else(|| number.to_string(), |whole| format::integer(l, whole))
            }
            Value::String(text) => self.text(name, text),
            Value::Array(values) => self.values(name, values),
            Value::Object(fields) => match model::json::from_value::<Money>(value.clone()) {
                Ok(money) => format::money(l, money),
                Err(_) => self.label_of(value).unwrap_or_else(|| self.fields(fields)),
            },
        }
    }

    fn text(&self, name: &str, text: &str) -> String {
        let l = self.language;
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
        let known = is_code.then(|| self.code(name, text).or_else(|| self.code("any", text))).flatten();
        known.unwrap_or_else(|| text.to_owned())
    }

    fn values(&self, name: &str, values: &[Value]) -> String {
        let shown = values.iter().take(VALUES_SHOWN).map(|value| self.any(name, value));
        let mut text = shown.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ");
        if values.len() > VALUES_SHOWN {
            text.push_str(&format!(" +{}", values.len() - VALUES_SHOWN));
        }
        text
    }

    /// What an object inside a value is called, else its texts.
    fn fields(&self, fields: &model::json::Map<String, Value>) -> String {
        if let Some(label) = fields.get("label").and_then(|label| self.label_of(label)) {
            return label;
        }
        let parts = fields.iter().map(|(name, value)| (name, self.any(name, value)));
        let parts = parts.filter(|(_, text)| !text.is_empty());
        let named = |name: &str| {
            let known = find(self.language, &format!("audit-field-{}", dashed(name)), &[]);
            known.or_else(|| labels::field(self.language, name)).unwrap_or_else(|| spaced(name))
        };
        parts.map(|(name, text)| format!("{}: {text}", named(name))).collect::<Vec<_>>().join(" · ")
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

/// What the columns of a file are called.
pub fn export_titles<'l>(l: impl Into<Locale<'l>>) -> Vec<String> {
    let l: Locale<'_> = l.into();
    vec![
        t!(l, "audit-column-number"),
        t!(l, "audit-column-when"),
        t!(l, "audit-column-who"),
        t!(l, "audit-column-way"),
        t!(l, "audit-column-address"),
        t!(l, "audit-column-kind"),
        t!(l, "audit-column-record"),
        t!(l, "audit-column-id"),
        t!(l, "audit-column-deed"),
        t!(l, "audit-column-field"),
        t!(l, "audit-column-before"),
        t!(l, "audit-column-after"),
    ]
}

fn dashed(code: &str) -> String {
    code.replace('_', "-")
}

fn spaced(code: &str) -> String {
    code.replace('_', " ")
}

/// Enough of an id to tell two apart.
fn short(id: Uuid) -> String {
    const SHOWN: usize = 8;
    let text = id.simple().to_string();
    text.get(text.len().saturating_sub(SHOWN)..).unwrap_or_default().to_owned()
}
