//! Retention periods for administrators: the periods, what would go, and the runs.

use super::fields::{value_of, version_of};
use crate::errors::Fault;
use crate::here::Here;
use crate::routes::{Entry, page};
use model::uuid::Uuid;
use model::{FieldErrors, Retained, RetentionDeed, RetentionRun, UserId};
use poem::http::Method;
use poem::web::{Form, Path};
use poem::{Response, handler};
use services::retention::{self, Preview, RetentionDraft};
use services::{App, Ctx, Error, users};
use std::collections::BTreeMap;
use ui::retention::{self as views, DueRow, PATH, PreviewView, RetentionPage, RuleForm, RunRow};

type Fields = Vec<(String, String)>;

pub(crate) fn entries() -> Vec<Entry> {
    let administrators = "administrators";
    vec![
        page(Method::GET, PATH, administrators, show),
        page(Method::POST, PATH, administrators, update),
        page(Method::GET, "/settings/retention/runs/:id/progress", administrators, progress),
        page(Method::POST, "/settings/retention/run", administrators, start),
        page(Method::POST, "/settings/retention/runs/:id/cancel", administrators, cancel),
    ]
}

#[handler]
async fn show(here: Here) -> Result<Response, Fault> {
    let view = here.deed(view_of).await?;
    Ok(here.page(views::page(&here.shell(), &view)))
}

fn view_of(app: &App, ctx: &Ctx) -> Result<RetentionPage, Error> {
    let kept = retention::get(app, ctx)?;
    let names = users::names(app, ctx)?;
    let rule = |what: &Retained| {
        let rule = kept.rules.iter().find(|rule| rule.what == *what);
        RuleForm {
            what: *what,
            months: rule.map(|rule| rule.months.to_string()).unwrap_or_default(),
            deed: rule.map_or(RetentionDeed::Erase, |rule| rule.deed).as_str().to_owned(),
        }
    };
    Ok(RetentionPage {
        version: kept.meta.version,
        rules: Retained::ALL.iter().map(rule).collect(),
        nightly: kept.nightly,
        previews: retention::preview(app, ctx)?.into_iter().map(previewed).collect(),
        runs: retention::runs(app, ctx)?.into_iter().map(|run| run_row(run, &names)).collect(),
        errors: FieldErrors::default(),
    })
}

fn previewed(preview: Preview) -> PreviewView {
    let row = |record: &services::records::Record| DueRow {
        kind: record.entity(),
        id: record.about().id.to_string(),
        title: record.name(),
        since: record.about().updated_at,
    };
    PreviewView {
        what: preview.rule.what,
        deed: preview.rule.deed,
        months: preview.rule.months,
        count: preview.count,
        is_whole: preview.is_whole,
        rows: preview.shown.iter().map(row).collect(),
    }
}

/// The bar of a run, fetched again as long as it works.
#[handler]
async fn progress(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = here.id::<Uuid>(&id)?;
    let view = here
        .deed(move |app, ctx| retention::run(app, ctx, id).map(|run| run_row(run, &BTreeMap::new())))
        .await?;
    Ok(here.page(views::progress_bar(&here.shell(), &view)))
}

fn run_row(run: RetentionRun, names: &BTreeMap<UserId, String>) -> RunRow {
    RunRow {
        id: run.meta.id.to_string(),
        at: run.meta.created_at,
        by: run.owner.map(|owner| names.get(&owner).cloned().unwrap_or_default()),
        state: run.state,
        expected: run.expected,
        counts: run.counts,
    }
}

#[handler]
async fn update(here: Here, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let typed = |what: &Retained| {
        let value = |name: &str| value_of(&fields, &format!("{name}_{}", what.as_str())).to_owned();
        (*what, value("months"), value("deed"))
    };
    let draft = RetentionDraft {
        rules: Retained::ALL.iter().map(typed).collect(),
        nightly: !value_of(&fields, "nightly").is_empty(),
    };
    let (version, sent) = (version_of(&fields), draft.clone());
    let errors = match here.try_deed(move |app, ctx| retention::update(app, ctx, version, &sent)).await? {
        Ok(_) => return Ok(here.go_with_notice(PATH, "saved")),
        Err(Error::Invalid(errors)) => errors,
        Err(Error::Conflict(_)) => {
            let mut errors = FieldErrors::default();
            errors.add("", "stale", "");
            errors
        }
        Err(error) => return Err(error.into()),
    };
    let mut view = here.deed(view_of).await?;
    view.rules =
        draft.rules.into_iter().map(|(what, months, deed)| RuleForm { what, months, deed }).collect();
    view.nightly = draft.nightly;
    view.errors = errors;
    Ok(here.unprocessable(views::page(&here.shell(), &view)))
}

#[handler]
async fn start(here: Here) -> Result<Response, Fault> {
    match here.try_deed(retention::start).await? {
        Ok(_) => Ok(here.go_with_notice(PATH, "retention-started")),
        Err(Error::Invalid(errors)) => {
            let view = RetentionPage { errors, ..here.deed(view_of).await? };
            Ok(here.unprocessable(views::page(&here.shell(), &view)))
        }
        Err(error) => Err(error.into()),
    }
}

#[handler]
async fn cancel(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = here.id::<Uuid>(&id)?;
    here.deed(move |app, ctx| retention::cancel(app, ctx, id)).await?;
    Ok(here.go_with_notice(PATH, "retention-cancelled"))
}
