//! Fields as data: what a list can filter, sort, show, change and export, built in or made by the company.

use crate::{Kind, TeamId, UserId};
use jiff::Timestamp;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What a field holds. The names are those of configuration files and the API.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    Text,
    LongText,
    /// A decimal number.
    Number,
    /// An amount in the company's currency.
    Money,
    Date,
    YesNo,
    /// One of a list.
    Choice,
    /// Some of a list.
    Choices,
    Email,
    Phone,
    Url,
    /// Another record.
    Link,
    /// A point in time: only built-in fields.
    Instant,
    /// Somebody who works here: only built-in fields.
    User,
    /// One of the teams: only built-in fields.
    Team,
}

impl FieldKind {
    /// What a company can make a field of, in the order of the form.
    pub const CUSTOM: [FieldKind; 12] = [
        FieldKind::Text,
        FieldKind::LongText,
        FieldKind::Number,
        FieldKind::Money,
        FieldKind::Date,
        FieldKind::YesNo,
        FieldKind::Choice,
        FieldKind::Choices,
        FieldKind::Email,
        FieldKind::Phone,
        FieldKind::Url,
        FieldKind::Link,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            FieldKind::Text => "text",
            FieldKind::LongText => "long_text",
            FieldKind::Number => "number",
            FieldKind::Money => "money",
            FieldKind::Date => "date",
            FieldKind::YesNo => "yes_no",
            FieldKind::Choice => "choice",
            FieldKind::Choices => "choices",
            FieldKind::Email => "email",
            FieldKind::Phone => "phone",
            FieldKind::Url => "url",
            FieldKind::Link => "link",
            FieldKind::Instant => "instant",
            FieldKind::User => "user",
            FieldKind::Team => "team",
        }
    }

    /// A kind a company can choose.
    pub fn from_code(code: &str) -> Option<FieldKind> {
        FieldKind::CUSTOM.into_iter().find(|kind| kind.as_str() == code)
    }
}

/// The value of any field of any record, as filters, lists and exports see it.
#[derive(Clone, PartialEq, Debug, Default)]
pub enum FieldValue {
    #[default]
    Nothing,
    Text(String),
    Number(Decimal),
    /// Hundredths of the company's currency.
    Amount(i64),
    Day(Date),
    Instant(Timestamp),
    Flag(bool),
    /// Keys of choices.
    Codes(Vec<String>),
    User(UserId),
    Team(TeamId),
    Record(Uuid),
    /// Several texts of one kind: all phones, all e-mail addresses.
    Texts(Vec<String>),
    /// Several records of one entity.
    Records(Vec<Uuid>),
}

impl FieldValue {
    pub fn is_nothing(&self) -> bool {
        match self {
            FieldValue::Nothing => true,
            FieldValue::Text(text) => text.is_empty(),
            FieldValue::Codes(codes) => codes.is_empty(),
            FieldValue::Texts(texts) => texts.is_empty(),
            FieldValue::Records(ids) => ids.is_empty(),
            _ => false,
        }
    }

    pub(crate) fn text(text: &Option<String>) -> FieldValue {
        text.clone().map_or(FieldValue::Nothing, FieldValue::Text)
    }

    /// All that are there, each once.
    pub(crate) fn texts<'t>(texts: impl IntoIterator<Item = &'t String>) -> FieldValue {
        let mut all: Vec<String> = Vec::new();
        for text in texts {
            if !all.contains(text) {
                all.push(text.clone());
            }
        }
        FieldValue::Texts(all)
    }

    pub(crate) fn code(code: Option<&str>) -> FieldValue {
        code.map_or(FieldValue::Nothing, |code| FieldValue::Codes(vec![code.to_owned()]))
    }
}

/// A field every record of an entity has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FieldSpec {
    /// As in forms and the API.
    pub key: &'static str,
    pub kind: FieldKind,
    /// Where the values of a choice come from.
    pub values: Values,
    /// Whether people type it; the others come about.
    pub typed: bool,
    /// Whether a record without it is refused.
    pub required: bool,
    /// Whether it is nothing of its own: it says together what other fields and lists within the record hold.
    pub gathered: bool,
}

/// Where the values of a choice come from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Values {
    /// No choice, or one whose values the kind gives.
    Own,
    /// Fixed by the product: these codes.
    Fixed(&'static [&'static str]),
    /// The company's choice list of this key.
    List(&'static str),
    /// The stages of all pipelines, as `<pipeline>.<stage>`.
    Stages,
    /// The keys of the company's taxes.
    Taxes,
    /// The keys of the company's price books.
    PriceBooks,
    /// Records of this entity.
    Records(Kind),
}

impl FieldSpec {
    pub const fn typed(key: &'static str, kind: FieldKind) -> FieldSpec {
        FieldSpec { key, kind, values: Values::Own, typed: true, required: false, gathered: false }
    }

    pub const fn kept(key: &'static str, kind: FieldKind) -> FieldSpec {
        FieldSpec { key, kind, values: Values::Own, typed: false, required: false, gathered: false }
    }

    pub const fn with(self, values: Values) -> FieldSpec {
        FieldSpec { values, ..self }
    }
}

/// A record whose fields can be asked for by key.
pub trait Fields {
    const ENTITY: Kind;
    const SPECS: &'static [FieldSpec];

    /// The value of a built-in field; nothing for keys that are none.
    fn value(&self, key: &str) -> FieldValue;
}
