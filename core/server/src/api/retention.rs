//! Retention periods over the wire: the periods, what would go, and the runs.

use super::Topic;
use crate::errors::Fault;
use crate::here::Here;
use model::{Retained, RetentionDeed};
use poem_openapi::param::Path;
use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, Enum, Object, OpenApi};
use services::retention::{self, RetentionDraft};

/// The operations on how long data about people is kept.
pub(crate) struct RetentionPeriods;

/// Which records a period is about.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[oai(rename_all = "snake_case", rename = "RetentionSort")]
pub(crate) enum Sort {
    DiscardedLeads,
    ConvertedLeads,
    QuietLeads,
    Contacts,
    Prospects,
}

/// What is done with them.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[oai(rename_all = "snake_case", rename = "RetentionDeed")]
pub(crate) enum Deed {
    Erase,
    Delete,
}

/// Where a run stands.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[oai(rename_all = "snake_case", rename = "RetentionState")]
pub(crate) enum State {
    Running,
    Done,
    Cancelled,
    Failed,
}

super::lead_wire::twins!(Sort = Retained: DiscardedLeads ConvertedLeads QuietLeads Contacts Prospects);
super::lead_wire::twins!(Deed = RetentionDeed: Erase Delete);
super::lead_wire::twins!(State = RetentionState: Running Done Cancelled Failed);

/// One period.
#[derive(Object)]
#[oai(deny_unknown_fields, rename = "RetentionRule")]
pub(crate) struct Rule {
    what: Sort,
    /// Since the last thing that happened: 1 to 120.
    months: u16,
    deed: Deed,
}

/// The company's periods.
#[derive(Object)]
#[oai(rename = "Retention", deny_unknown_fields)]
pub(crate) struct Periods {
    /// 0 before there are any.
    version: u64,
    /// At most one of each sort.
    rules: Vec<Rule>,
    /// Whether it is done every night.
    nightly: bool,
}

/// A record that would go.
#[derive(Object)]
#[oai(rename = "RetentionDue")]
pub(crate) struct Due {
    entity: String,
    id: String,
    title: String,
}

/// What one period would take now.
#[derive(Object)]
#[oai(rename = "RetentionPreview")]
pub(crate) struct PreviewAnswer {
    what: Sort,
    deed: Deed,
    /// Everything about them happened before.
    before: String,
    count: u64,
    /// Whether all records were looked at; else there may be more.
    whole: bool,
    /// The oldest of them, up to 20.
    records: Vec<Due>,
}

/// What all periods would take now.
#[derive(Object)]
pub(crate) struct RetentionPreviewList {
    items: Vec<PreviewAnswer>,
}

/// One run.
#[derive(Object)]
#[oai(rename = "RetentionRun", skip_serializing_if_is_none)]
pub(crate) struct Run {
    id: String,
    at: String,
    /// The user who ordered it; absent for that of the night.
    by: Option<String>,
    state: State,
    /// As the preview counted.
    expected: u64,
    erased: u64,
    deleted: u64,
    /// Left alone: something belongs to them.
    kept: u64,
    finished_at: Option<String>,
}

/// The latest runs, newest first.
#[derive(Object)]
pub(crate) struct RetentionRunList {
    items: Vec<Run>,
}

/// It has begun.
#[derive(ApiResponse)]
pub(crate) enum Begun {
    #[oai(status = 202)]
    Run(Json<Run>),
}

/// It is stopped, or was at its end.
#[derive(ApiResponse)]
pub(crate) enum Stopped {
    #[oai(status = 204)]
    Stopped,
}

#[OpenApi(tag = "Topic::Privacy")]
impl RetentionPeriods {
    /// Read the retention periods
    #[oai(path = "/retention", method = "get", operation_id = "get_retention")]
    async fn get(&self, here: Here) -> Result<Json<Periods>, Fault> {
        Ok(Json(here.deed(retention::get).await?.into()))
    }

    /// Change the retention periods
    ///
    /// For keys of administrators. A stale version is 409.
    #[oai(path = "/retention", method = "put", operation_id = "set_retention")]
    async fn set(&self, here: Here, periods: Json<Periods>) -> Result<Json<Periods>, Fault> {
        let Periods { version, rules, nightly } = periods.0;
        let rule = |rule: Rule| {
            let (what, deed) = (Retained::from(rule.what), RetentionDeed::from(rule.deed));
            (what, rule.months.to_string(), deed.as_str().to_owned())
        };
        let draft = RetentionDraft { rules: rules.into_iter().map(rule).collect(), nightly };
        let kept = here.deed(move |app, ctx| retention::update(app, ctx, version, &draft)).await?;
        Ok(Json(kept.into()))
    }

    /// See what the retention periods would take
    #[oai(path = "/retention/preview", method = "get", operation_id = "preview_retention")]
    async fn preview(&self, here: Here) -> Result<Json<RetentionPreviewList>, Fault> {
        let items = here
            .deed(|app, ctx| {
                let previews = retention::preview(app, ctx)?;
                Ok(previews.into_iter().map(PreviewAnswer::from).collect())
            })
            .await?;
        Ok(Json(RetentionPreviewList { items }))
    }

    /// List retention runs
    #[oai(path = "/retention/runs", method = "get", operation_id = "list_retention_runs")]
    async fn runs(&self, here: Here) -> Result<Json<RetentionRunList>, Fault> {
        let runs = here.deed(retention::runs).await?;
        Ok(Json(RetentionRunList { items: runs.into_iter().map(Run::from).collect() }))
    }

    /// Apply the retention periods now
    ///
    /// In the background. It cannot be undone.
    #[oai(path = "/retention/runs", method = "post", operation_id = "start_retention_run")]
    async fn start(&self, here: Here) -> Result<Begun, Fault> {
        Ok(Begun::Run(Json(here.deed(retention::start).await?.into())))
    }

    /// Stop a retention run
    ///
    /// What was done stays done.
    #[oai(path = "/retention/runs/:id/cancel", method = "post", operation_id = "cancel_retention_run")]
    async fn cancel(&self, here: Here, id: Path<String>) -> Result<Stopped, Fault> {
        let id = here.id(&id.0)?;
        here.deed(move |app, ctx| retention::cancel(app, ctx, id)).await?;
        Ok(Stopped::Stopped)
    }
}

impl From<model::Retention> for Periods {
    fn from(kept: model::Retention) -> Periods {
        let rule = |rule: model::RetentionRule| Rule {
            what: rule.what.into(),
            months: rule.months,
            deed: rule.deed.into(),
        };
        Periods {
            version: kept.meta.version,
            rules: kept.rules.into_iter().map(rule).collect(),
            nightly: kept.nightly,
        }
    }
}

impl From<retention::Preview> for PreviewAnswer {
    fn from(preview: retention::Preview) -> PreviewAnswer {
        let due = |record: &services::records::Record| Due {
            entity: record.entity().as_str().to_owned(),
            id: record.about().id.to_string(),
            title: record.name(),
        };
        PreviewAnswer {
            what: preview.rule.what.into(),
            deed: preview.rule.deed.into(),
            before: preview.before.to_string(),
            count: preview.count,
            whole: preview.is_whole,
            records: preview.shown.iter().map(due).collect(),
        }
    }
}

impl From<model::RetentionRun> for Run {
    fn from(run: model::RetentionRun) -> Run {
        Run {
            id: run.meta.id.to_string(),
            at: run.meta.created_at.to_string(),
            by: run.owner.map(|owner| owner.to_string()),
            state: run.state.into(),
            expected: run.expected,
            erased: run.counts.erased,
            deleted: run.counts.deleted,
            kept: run.counts.kept,
            finished_at: run.finished_at.map(|at| at.to_string()),
        }
    }
}
