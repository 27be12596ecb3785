//! The log of parametrisation over the wire.

use super::Topic;
use crate::errors::Fault;
use crate::here::Here;
use model::uuid::Uuid;
use model::{LogOrigin, ProgramFunction};
use poem_openapi::param::{Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, Enum, Object, OpenApi};
use services::parametrization::{self, EntryDraft};

/// The operations on the log.
pub(crate) struct Parametrisation;

/// The functions of the programme.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[oai(rename_all = "snake_case")]
pub(crate) enum Function {
    Clients,
    Leads,
    Opportunities,
    Activities,
    Reporting,
    Alerts,
    Documents,
    Responsive,
    Integration,
}

/// The whole log, the latest day first.
#[derive(Object)]
pub(crate) struct ParametrisationLog {
    items: Vec<ParametrisationEntry>,
    /// The sum of the minutes.
    minutes: u64,
    /// The minutes that the programme pays.
    minutes_paid: u64,
}

/// One entry.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct ParametrisationEntry {
    id: String,
    version: u64,
    /// A day (`2026-11-23`).
    date: String,
    consultant: String,
    minutes: u32,
    function: Function,
    text: String,
    /// The import that logged itself.
    import: Option<String>,
    rows_in: Option<u64>,
    rows_failed: Option<u64>,
}

/// What is written into the log.
#[derive(Object)]
#[oai(deny_unknown_fields)]
pub(crate) struct ParametrisationDraft {
    /// A day (`2026-11-23`), not in the future.
    date: String,
    consultant: String,
    minutes: u32,
    function: Function,
    text: String,
}

/// A new entry.
#[derive(ApiResponse)]
pub(crate) enum CreatedEntry {
    #[oai(status = 201)]
    Entry(Json<ParametrisationEntry>),
}

/// It is gone.
#[derive(ApiResponse)]
pub(crate) enum DeletedEntry {
    #[oai(status = 204)]
    Deleted,
}

#[OpenApi(tag = "Topic::Parametrisation")]
impl Parametrisation {
    /// Read the log of parametrisation
    #[oai(path = "/parametrisation", method = "get", operation_id = "list_parametrisation")]
    async fn list(&self, here: Here) -> Result<Json<ParametrisationLog>, Fault> {
        let log = here.deed(parametrization::list).await?;
        Ok(Json(ParametrisationLog {
            minutes: log.minutes,
            minutes_paid: u64::from(log.segment.hours()) * 60,
            items: log.entries.into_iter().map(ParametrisationEntry::from).collect(),
        }))
    }

    /// Log hours
    #[oai(path = "/parametrisation", method = "post", operation_id = "create_parametrisation")]
    async fn create(&self, here: Here, entry: Json<ParametrisationDraft>) -> Result<CreatedEntry, Fault> {
        let draft = EntryDraft::from(entry.0);
        let entry = here.deed(move |app, ctx| parametrization::create(app, ctx, &draft)).await?;
        Ok(CreatedEntry::Entry(Json(entry.into())))
    }

    /// Change an entry
    #[oai(path = "/parametrisation/:id", method = "put", operation_id = "replace_parametrisation")]
    async fn update(
        &self,
        here: Here,
        id: Path<String>,
        /// The version that was read.
        version: Query<u64>,
        entry: Json<ParametrisationDraft>,
    ) -> Result<Json<ParametrisationEntry>, Fault> {
        let id: Uuid = here.id(&id)?;
        let draft = EntryDraft::from(entry.0);
        let deed = move |app: &services::App, ctx: &services::Ctx| {
            parametrization::update(app, ctx, id, version.0, &draft)
        };
        here.deed(deed).await.map(|entry| Json(entry.into()))
    }

    /// Delete an entry
    #[oai(path = "/parametrisation/:id", method = "delete", operation_id = "delete_parametrisation")]
    async fn delete(
        &self,
        here: Here,
        id: Path<String>,
        /// The version that was read.
        version: Query<u64>,
    ) -> Result<DeletedEntry, Fault> {
        let id: Uuid = here.id(&id)?;
        here.deed(move |app, ctx| parametrization::delete(app, ctx, id, version.0)).await?;
        Ok(DeletedEntry::Deleted)
    }
}

impl From<ParametrisationDraft> for EntryDraft {
    fn from(draft: ParametrisationDraft) -> EntryDraft {
        EntryDraft {
            date: draft.date,
            consultant: draft.consultant,
            minutes: draft.minutes.to_string(),
            text: draft.text,
            function: ProgramFunction::from(draft.function).as_str().to_owned(),
            configuration: String::new(),
        }
    }
}

impl From<model::Parametrization> for ParametrisationEntry {
    fn from(entry: model::Parametrization) -> ParametrisationEntry {
        let (import, rows_in, rows_failed) = match &entry.origin {
            LogOrigin::Import { import, rows_in, rows_failed, .. } => {
                (Some(import.to_string()), Some(*rows_in), Some(*rows_failed))
            }
            LogOrigin::Person | LogOrigin::Configuration { .. } => (None, None, None),
        };
        ParametrisationEntry {
            id: entry.meta.id.to_string(),
            version: entry.meta.version,
            date: entry.date.to_string(),
            consultant: entry.consultant,
            minutes: entry.minutes,
            function: entry.function.into(),
            text: entry.text,
            import,
            rows_in,
            rows_failed,
        }
    }
}

/// The wire's functions and the model's, side by side.
const FUNCTIONS: [(Function, ProgramFunction); 9] = [
    (Function::Clients, ProgramFunction::Clients),
    (Function::Leads, ProgramFunction::Leads),
    (Function::Opportunities, ProgramFunction::Opportunities),
    (Function::Activities, ProgramFunction::Activities),
    (Function::Reporting, ProgramFunction::Reporting),
    (Function::Alerts, ProgramFunction::Alerts),
    (Function::Documents, ProgramFunction::Documents),
    (Function::Responsive, ProgramFunction::Responsive),
    (Function::Integration, ProgramFunction::Integration),
];

impl From<Function> for ProgramFunction {
    fn from(function: Function) -> ProgramFunction {
        let found = FUNCTIONS.into_iter().find(|(wire, _)| *wire == function);
        found.map_or(ProgramFunction::Clients, |(_, function)| function)
    }
}

impl From<ProgramFunction> for Function {
    fn from(function: ProgramFunction) -> Function {
        let found = FUNCTIONS.into_iter().find(|(_, known)| *known == function);
        found.map_or(Function::Clients, |(wire, _)| wire)
    }
}
