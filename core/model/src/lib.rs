#![doc = include_str!("../README.md")]

mod activities;
mod amount;
mod api_keys;
mod change;
mod email;
mod fold;
mod ids;
mod imports;
mod index;
mod language;
mod leads;
mod money;
mod permission;
mod phone;
mod plugins;
mod problem;
mod record;
mod settings;
mod tax_id;
mod users;

pub use activities::{Activity, ActivityKind, NOTE_CHARACTERS_MAX};
pub use amount::{parse_amount, parse_date};
pub use api_keys::ApiKey;
pub use change::{Change, Deed, Projection, ProjectionError};
pub use email::normalize_email;
pub use fold::fold;
pub use ids::{ActivityId, ApiKeyId, Id, ImportId, LeadId, PluginId, SessionId, TeamId, UserId};
pub use imports::{
    Import, ImportCounts, ImportProblems, ImportState, ImportTarget, RowProblems, SheetFacts, TARGETS,
};
pub use index::{IndexEntry, IndexKey, space};
pub use language::Language;
pub use leads::{Assignment, Decision, Lead, LeadFacet, LeadSort, LeadStatus, Reason, Source};
pub use money::{Currency, Money};
pub use permission::{Action, Level, Scope};
pub use phone::{display_phone, normalize_phone};
pub use plugins::{Plugin, PluginCall};
pub use problem::{FieldErrors, Problem};
pub use record::{Actor, Kind, Meta, RECORD_BYTES_MAX, Record, Via};
pub use settings::Settings;
pub use tax_id::normalize_tax_id;
pub use users::{Role, Session, Team, User};

pub use jiff;
pub use serde;
pub use serde_json as json;
pub use uuid;
