//! The operations on bulk jobs: one deed on many records, with what would happen, how far it is, and undoing it.

use super::Topic;
use crate::errors::Fault;
use crate::facts::API_PREFIX;
use crate::here::Here;
use model::uuid::Uuid;
use model::{BulkJobId, Kind};
use poem_openapi::param::{Header, Path};
use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, Enum, Object, OpenApi};
use services::bulk::{self, BulkPlan, Named};
use services::records::{self, Query};
use services::{App, Ctx, Error};

/// The operations on bulk jobs.
pub(crate) struct BulkJobs;

/// Keys of other systems are identifiers, not documents.
const IDEMPOTENCY_KEY_CHARACTERS_MAX: usize = 100;

/// What the records are.
#[derive(Enum, Clone, Copy)]
#[oai(rename_all = "snake_case")]
pub(crate) enum BulkEntity {
    Lead,
    Company,
    Contact,
    Opportunity,
    Product,
    Activity,
    Quote,
}

impl BulkEntity {
    pub(super) fn kind(self) -> Kind {
        match self {
            BulkEntity::Lead => Kind::Lead,
            BulkEntity::Company => Kind::Company,
            BulkEntity::Contact => Kind::Contact,
            BulkEntity::Opportunity => Kind::Opportunity,
            BulkEntity::Product => Kind::Product,
            BulkEntity::Activity => Kind::Activity,
            BulkEntity::Quote => Kind::Quote,
        }
    }
}

/// What is done to each record.
#[derive(Enum, Clone, Copy)]
#[oai(rename_all = "snake_case")]
pub(crate) enum BulkDeed {
    /// To `owner`.
    Assign,
    /// Leads only: as if they had just come in, plugins, then turns.
    AssignAgain,
    /// `field` gets `values`.
    SetField,
    /// `tag`.
    AddTag,
    /// `tag`.
    RemoveTag,
    Archive,
    Restore,
    Delete,
}

/// One deed on many records.
#[derive(Object)]
#[oai(deny_unknown_fields)]
pub(crate) struct BulkJobCreate {
    entity: BulkEntity,
    /// The records; up to 20,000. Either these or `filter`.
    ids: Option<Vec<String>>,
    /// All that match, as the `filter` of the list; an empty one is all. Archived ones only where it speaks of `archived`.
    filter: Option<String>,
    action: BulkDeed,
    /// The id of a user.
    owner: Option<String>,
    /// The key of a field: `status`, `team`, `source`, `custom.roof`…
    field: Option<String>,
    /// Its value; several for several choices; of `status` `discarded` and of a lost `stage` the reason follows. Empty
    /// empties the field.
    values: Option<Vec<String>>,
    /// The key of a value of the company's list `tags`.
    tag: Option<String>,
}

/// How many records have which outcome.
#[derive(Object)]
pub(crate) struct BulkCounts {
    changed: u64,
    /// They were so already.
    already: u64,
    /// You may not do it to these.
    denied: u64,
    /// The value cannot be theirs, or they are gone.
    refused: u64,
    undone: u64,
    /// Left alone when the rest was undone: somebody changed them since.
    kept: u64,
}

/// What would happen.
#[derive(Object)]
pub(crate) struct BulkPlanned {
    total: u64,
    counts: BulkCounts,
    /// The first 100 that would stay as they are against what was asked.
    rows: Vec<BulkRow>,
}

/// A record that is not as was asked.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct BulkRow {
    id: String,
    title: Option<String>,
    /// `denied`, `refused`, `gone` or `kept`.
    outcome: String,
    /// The code of a problem.
    why: Option<String>,
    /// The id of the user who changed it since.
    changed_by: Option<String>,
}

/// The first 100 records that are not as was asked.
#[derive(Object)]
pub(crate) struct BulkRowList {
    items: Vec<BulkRow>,
}

/// A job.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct BulkJob {
    id: String,
    entity: String,
    action: String,
    /// `running`, `done`, `cancelled`, `undoing`, `undone` or `failed`.
    state: String,
    total: u64,
    counts: BulkCounts,
    created_at: String,
    /// The id of the user whose reach decides.
    owner: String,
    finished_at: Option<String>,
    /// Until when it can be undone.
    undo_until: Option<String>,
    undone_at: Option<String>,
}

/// Jobs, newest first.
#[derive(Object)]
pub(crate) struct BulkJobList {
    items: Vec<BulkJob>,
}

/// A new job and where it is.
#[derive(ApiResponse)]
pub(crate) enum CreatedBulkJob {
    #[oai(status = 201)]
    Job(Json<BulkJob>, #[oai(header = "Location")] String),
}

#[OpenApi(tag = "Topic::Leads")]
impl BulkJobs {
    /// List bulk jobs
    ///
    /// Your own; administrators all. The newest first.
    #[oai(path = "/bulk-jobs", method = "get", operation_id = "list_bulk_jobs")]
    async fn list(&self, here: Here) -> Result<Json<BulkJobList>, Fault> {
        let jobs = here.deed(bulk::list).await?;
        Ok(Json(BulkJobList { items: jobs.into_iter().map(BulkJob::from).collect() }))
    }

    /// Ask what a bulk job would do
    ///
    /// Nothing is changed.
    #[oai(path = "/bulk-jobs/plan", method = "post", operation_id = "plan_bulk_job")]
    async fn plan(&self, here: Here, job: Json<BulkJobCreate>) -> Result<Json<BulkPlanned>, Fault> {
        let plan = here
            .deed(move |app, ctx| {
                let kind = job.0.entity.kind();
                let (ids, action) = job.0.parts(app, ctx)?;
                bulk::plan(app, ctx, kind, &ids, &action)
            })
            .await?;
        Ok(Json(plan.into()))
    }

    /// Start a bulk job
    ///
    /// It goes on by itself and can be cancelled; what it did can be undone for 24 hours. Each record is asked about when
    /// its turn comes: you change only what you may change then.
    #[oai(path = "/bulk-jobs", method = "post", operation_id = "start_bulk_job")]
    async fn start(
        &self,
        here: Here,
        /// Names this call; up to 100 characters. Kept for good.
        #[oai(name = "Idempotency-Key")]
        idempotency_key: Header<Option<String>>,
        job: Json<BulkJobCreate>,
    ) -> Result<CreatedBulkJob, Fault> {
        let key = idempotency_key.0;
        if key.as_deref().is_some_and(|key| key.is_empty() || key.len() > IDEMPOTENCY_KEY_CHARACTERS_MAX) {
            return Err(Fault::bad_request("an Idempotency-Key has 1 to 100 characters"));
        }
        let started = here
            .deed(move |app, ctx| {
                let kind = job.0.entity.kind();
                let (ids, action) = job.0.parts(app, ctx)?;
                bulk::start(app, ctx, kind, &ids, action, key.as_deref())
            })
            .await?;
        let location = format!("{API_PREFIX}/bulk-jobs/{}", started.id());
        Ok(CreatedBulkJob::Job(Json(started.into()), location))
    }

    /// Read a bulk job
    #[oai(path = "/bulk-jobs/:id", method = "get", operation_id = "get_bulk_job")]
    async fn get(&self, here: Here, id: Path<String>) -> Result<Json<BulkJob>, Fault> {
        let id: BulkJobId = here.id(&id)?;
        Ok(Json(here.deed(move |app, ctx| bulk::get(app, ctx, id)).await?.into()))
    }

    /// Read which records a bulk job left as they were
    #[oai(path = "/bulk-jobs/:id/rows", method = "get", operation_id = "get_bulk_job_rows")]
    async fn rows(&self, here: Here, id: Path<String>) -> Result<Json<BulkRowList>, Fault> {
        let id: BulkJobId = here.id(&id)?;
        let rows = here.deed(move |app, ctx| bulk::named_rows(app, ctx, id)).await?;
        Ok(Json(BulkRowList { items: rows.into_iter().map(BulkRow::from).collect() }))
    }

    /// Cancel a bulk job
    ///
    /// What was done stays; so does what was put back already, where the job was being undone: the rest can be undone
    /// later. Cancelling what has ended is no error.
    #[oai(path = "/bulk-jobs/:id/cancel", method = "post", operation_id = "cancel_bulk_job")]
    async fn cancel(&self, here: Here, id: Path<String>) -> Result<Json<BulkJob>, Fault> {
        let id: BulkJobId = here.id(&id)?;
        Ok(Json(here.deed(move |app, ctx| bulk::cancel(app, ctx, id)).await?.into()))
    }

    /// Undo a bulk job
    ///
    /// For 24 hours after its end. Records that somebody changed since are left alone.
    #[oai(path = "/bulk-jobs/:id/undo", method = "post", operation_id = "undo_bulk_job")]
    async fn undo(&self, here: Here, id: Path<String>) -> Result<Json<BulkJob>, Fault> {
        let id: BulkJobId = here.id(&id)?;
        Ok(Json(here.deed(move |app, ctx| bulk::undo(app, ctx, id)).await?.into()))
    }
}

impl BulkJobCreate {
    fn parts(self, app: &App, ctx: &Ctx) -> Result<(Vec<Uuid>, model::BulkAction), Error> {
        let kind = self.entity.kind();
        let action = match self.action {
            BulkDeed::Assign => {
                let owner = self.owner.unwrap_or_default();
                model::BulkAction::Assign {
                    to: owner.parse().map_err(|_| Error::invalid("owner", "choice", owner))?,
                }
            }
            BulkDeed::AssignAgain => model::BulkAction::AssignAgain,
            BulkDeed::SetField => model::BulkAction::SetField {
                field: self.field.unwrap_or_default(),
                values: self.values.unwrap_or_default(),
            },
            BulkDeed::AddTag => model::BulkAction::AddTag { tag: self.tag.unwrap_or_default() },
            BulkDeed::RemoveTag => model::BulkAction::RemoveTag { tag: self.tag.unwrap_or_default() },
            BulkDeed::Archive => model::BulkAction::Archive,
            BulkDeed::Restore => model::BulkAction::Restore,
            BulkDeed::Delete => model::BulkAction::Delete,
        };
        let ids = match (self.ids, self.filter) {
            (Some(ids), None) => {
                let id = |id: &String| id.parse().map_err(|_| Error::invalid("ids", "choice", id.as_str()));
                ids.iter().map(id).collect::<Result<_, _>>()?
            }
            (None, Some(filter)) => {
                let filter = filter.parse().map_err(Error::Invalid)?;
                records::ids(app, ctx, kind, &Query { filter, ..Query::default() })?
            }
            _ => return Err(Error::invalid("ids", "bulk-ids-or-filter", "")),
        };
        Ok((ids, action))
    }
}

impl From<model::BulkCounts> for BulkCounts {
    fn from(counts: model::BulkCounts) -> BulkCounts {
        let model::BulkCounts { changed, already, denied, refused, undone, kept } = counts;
        BulkCounts { changed, already, denied, refused, undone, kept }
    }
}

impl From<BulkPlan> for BulkPlanned {
    fn from(plan: BulkPlan) -> BulkPlanned {
        BulkPlanned {
            total: plan.total,
            counts: plan.counts.into(),
            rows: plan.named.into_iter().map(BulkRow::from).collect(),
        }
    }
}

impl From<Named> for BulkRow {
    fn from(row: Named) -> BulkRow {
        BulkRow {
            id: row.id.to_string(),
            title: row.title,
            outcome: row.outcome.as_str().to_owned(),
            why: Some(row.why).filter(|why| !why.is_empty()),
            changed_by: row.by.and_then(|by| by.user).map(|user| user.to_string()),
        }
    }
}

impl From<model::BulkJob> for BulkJob {
    fn from(job: model::BulkJob) -> BulkJob {
        BulkJob {
            id: job.id().to_string(),
            entity: job.entity.as_str().to_owned(),
            action: job.action.code().to_owned(),
            state: job.state.as_str().to_owned(),
            total: job.total,
            counts: job.counts.into(),
            created_at: job.meta.created_at.to_string(),
            owner: job.owner.to_string(),
            undo_until: job.undo_until().map(|until| until.to_string()),
            finished_at: job.finished_at.map(|at| at.to_string()),
            undone_at: job.undone_at.map(|at| at.to_string()),
        }
    }
}
