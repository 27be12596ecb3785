//! The audit log over the wire: the journal, newest first, without secrets.

use super::Topic;
use super::timeline::{Channel, Done};
use crate::errors::Fault;
use crate::here::Here;
use model::jiff::civil::Date;
use model::uuid::Uuid;
use model::{Kind, Via};
use poem_openapi::param::Query;
use poem_openapi::payload::Json;
use poem_openapi::types::Any;
use poem_openapi::{Object, OpenApi};
use services::Error;
use services::audit::{self, AuditQuery};

/// The operations on the audit log.
pub(crate) struct Audit;

/// A page of changes, newest first.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct AuditPage {
    items: Vec<AuditEntry>,
    /// To be sent back as `before` for older changes; absent when there are none. A page may be short, or empty, and
    /// have one: one call looks through a part of a long log.
    next: Option<u64>,
}

/// One change of one record.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct AuditEntry {
    /// Its place in the journal.
    number: u64,
    at: String,
    /// The id of the user who did it; absent for Tracte itself.
    user: Option<String>,
    channel: Channel,
    /// The id of the key or the import through which it came.
    through: Option<String>,
    /// The client's address, for some months.
    address: Option<String>,
    /// The id of the request, as answers carry it.
    request: String,
    kind: String,
    id: String,
    /// What the record is called.
    title: String,
    version: u64,
    done: Done,
    fields: Vec<AuditField>,
}

/// Both values of one field that changed.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct AuditField {
    field: String,
    /// Which of the values that the field holds by name.
    part: Option<String>,
    before: Option<Any<model::json::Value>>,
    after: Option<Any<model::json::Value>>,
    /// It changed; its values are not shown.
    secret: bool,
}

#[OpenApi(tag = "Topic::Audit")]
impl Audit {
    /// Read the audit log
    ///
    /// Who did what to which record, the newest first. Keys that may see the settings see all of it; others only what
    /// happened to one `record` they may see.
    #[oai(path = "/audit", method = "get", operation_id = "list_audit")]
    #[allow(clippy::too_many_arguments)] // One argument a query parameter is how the document is made.
    async fn list(
        &self,
        here: Here,
        /// A day (`2026-11-23`) in the company's time zone; then or later.
        from: Query<Option<String>>,
        /// A day; then or earlier.
        to: Query<Option<String>>,
        /// The id of a user, a key or an import; `system` for what Tracte does by itself.
        by: Query<Option<String>>,
        /// The entity: `lead`, `user`, `settings`…
        kind: Query<Option<String>>,
        deed: Query<Option<Done>>,
        /// The id of a record: what happened to it and to what is about it.
        record: Query<Option<String>>,
        /// The `next` of the page before.
        before: Query<Option<u64>>,
        #[oai(validator(minimum(value = "1"), maximum(value = "100")))] limit: Query<Option<u64>>,
    ) -> Result<Json<AuditPage>, Fault> {
        let by = by.0.map(|by| if by == "system" { Uuid::nil().to_string() } else { by });
        let query = AuditQuery {
            from: from.0.as_deref().map(|day| date("from", day)).transpose()?,
            to: to.0.as_deref().map(|day| date("to", day)).transpose()?,
            by: by.as_deref().map(|text| id("by", text)).transpose()?,
            kind: kind.0.as_deref().map(kind_of).transpose()?,
            deed: deed.0.map(Into::into),
            record: record.0.as_deref().map(|text| id("record", text)).transpose()?,
            before: before.0,
            limit: limit
                .0
                .and_then(|limit| usize::try_from(limit).ok())
                .unwrap_or(AuditQuery::default().limit),
        };
        here.deed(move |app, ctx| audit::list(app, ctx, &query)).await.map(|page| Json(page.into()))
    }
}

fn date(name: &str, text: &str) -> Result<Date, Error> {
    text.parse().map_err(|_| Error::invalid(name, "date-form", text))
}

fn id(name: &str, text: &str) -> Result<Uuid, Error> {
    text.parse().map_err(|_| Error::invalid(name, "unknown", text))
}

fn kind_of(text: &str) -> Result<Kind, Error> {
    text.parse().map_err(|()| Error::invalid("kind", "choice", text))
}

impl From<audit::AuditPage> for AuditPage {
    fn from(page: audit::AuditPage) -> AuditPage {
        AuditPage { items: page.entries.into_iter().map(AuditEntry::from).collect(), next: page.next }
    }
}

impl From<audit::AuditEntry> for AuditEntry {
    fn from(entry: audit::AuditEntry) -> AuditEntry {
        let through = match &entry.by.via {
            Via::Api(key) => Some(key.to_string()),
            Via::Import(import) => Some(import.to_string()),
            Via::Page | Via::Form | Via::System => None,
        };
        AuditEntry {
            number: entry.seq,
            at: entry.at.to_string(),
            user: entry.by.user.map(|user| user.to_string()),
            channel: entry.by.via.into(),
            through,
            address: entry.address.map(|address| address.to_string()),
            request: entry.request,
            kind: entry.kind.as_str().to_owned(),
            id: entry.id.to_string(),
            title: entry.title,
            version: entry.version,
            done: entry.deed.into(),
            fields: entry.fields.into_iter().map(AuditField::from).collect(),
        }
    }
}

impl From<audit::AuditField> for AuditField {
    fn from(field: audit::AuditField) -> AuditField {
        let value = |value: model::json::Value| (!value.is_null()).then(|| Any(value));
        AuditField {
            field: field.name,
            part: field.part,
            before: value(field.before),
            after: value(field.after),
            secret: field.is_secret,
        }
    }
}
