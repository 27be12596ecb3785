//! What goes into a plugin and what comes out, in the host's own types.

use model::serde::{Deserialize, Serialize};

use crate::bindings::{assigner, log, types};

/// A lead as a plugin sees it. In JSON (fixtures, recordings) everything but the id and the source may be left out.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
#[serde(crate = "model::serde", deny_unknown_fields)]
pub struct LeadView {
    pub id: String,
    pub source: String,
    /// ISO 3166-1 alpha-2, in capitals.
    #[serde(default)]
    pub country: Option<String>,
    #[serde(default)]
    pub postcode: Option<String>,
    #[serde(default)]
    pub town: Option<String>,
    #[serde(default)]
    pub zone: Option<String>,
    #[serde(default)]
    pub company: Option<String>,
    #[serde(default)]
    pub industry: Option<String>,
    #[serde(default)]
    pub amount: Option<Amount>,
    #[serde(default)]
    pub tags: Vec<String>,
    #[serde(default)]
    pub custom: Vec<CustomField>,
}

/// Somebody who may receive the lead. In JSON only id, name and e-mail address are needed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(crate = "model::serde", deny_unknown_fields)]
pub struct Candidate {
    pub id: String,
    pub name: String,
    /// In small letters.
    pub email: String,
    #[serde(default)]
    pub teams: Vec<String>,
    #[serde(default)]
    pub skills: Vec<String>,
    #[serde(default)]
    pub open_leads: u32,
    /// None: no limit.
    #[serde(default)]
    pub capacity: Option<u32>,
    #[serde(default = "yes")]
    pub available: bool,
    #[serde(default)]
    pub custom: Vec<CustomField>,
}

/// An amount in the currency's smallest unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(crate = "model::serde", deny_unknown_fields)]
pub struct Amount {
    pub minor: i64,
    /// ISO 4217, in capitals.
    pub currency: String,
}

/// One of the company's own fields.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(crate = "model::serde", deny_unknown_fields)]
pub struct CustomField {
    pub key: String,
    pub value: FieldValue,
}

/// The value of a field of the company's own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(crate = "model::serde", rename_all = "snake_case")]
pub enum FieldValue {
    Null,
    Bool(bool),
    Integer(i64),
    Number(f64),
    Text(String),
    /// Milliseconds since 1970-01-01T00:00:00Z.
    Timestamp(i64),
}

/// What a plugin decided. The host has checked it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(crate = "model::serde", rename_all = "snake_case")]
pub enum Decision {
    /// The user is one of the candidates.
    Assign { user_id: String, reason: String },
    /// The queue of this name.
    Queue(String),
    /// No opinion: the next rule decides.
    Skip,
}

/// How much a line of the log matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(crate = "model::serde", rename_all = "snake_case")]
pub enum Level {
    Debug,
    Info,
    Warn,
    Error,
}

fn yes() -> bool {
    true
}

impl From<&LeadView> for types::Lead {
    fn from(lead: &LeadView) -> Self {
        let LeadView { id, source, country, postcode, town, zone, company, industry, amount, tags, custom } =
            lead.clone();
        let amount = amount.map(|Amount { minor, currency }| types::Money { minor, currency });
        let custom = custom.into_iter().map(Into::into).collect();
        Self { id, source, country, postcode, town, zone, company, industry, amount, tags, custom }
    }
}

impl From<&Candidate> for types::User {
    fn from(candidate: &Candidate) -> Self {
        let Candidate { id, name, email, teams, skills, open_leads, capacity, available, custom } =
            candidate.clone();
        let custom = custom.into_iter().map(Into::into).collect();
        Self { id, name, email, teams, skills, open_leads, capacity, available, custom }
    }
}

impl From<CustomField> for types::Field {
    fn from(field: CustomField) -> Self {
        let val = match field.value {
            FieldValue::Null => types::Value::Null,
            FieldValue::Bool(value) => types::Value::Bool(value),
            FieldValue::Integer(value) => types::Value::Integer(value),
            FieldValue::Number(value) => types::Value::Number(value),
            FieldValue::Text(value) => types::Value::Text(value),
            FieldValue::Timestamp(value) => types::Value::Timestamp(value),
        };
        Self { key: field.key, val }
    }
}

impl From<assigner::Decision> for Decision {
    fn from(decision: assigner::Decision) -> Self {
        match decision {
            assigner::Decision::Assign(choice) => {
                Self::Assign { user_id: choice.user_id, reason: choice.reason }
            }
            assigner::Decision::Queue(name) => Self::Queue(name),
            assigner::Decision::Skip => Self::Skip,
        }
    }
}

impl From<log::Level> for Level {
    fn from(level: log::Level) -> Self {
        match level {
            log::Level::Debug => Self::Debug,
            log::Level::Info => Self::Info,
            log::Level::Warn => Self::Warn,
            log::Level::Error => Self::Error,
        }
    }
}
