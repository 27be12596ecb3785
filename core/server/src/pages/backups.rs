//! Backups: ordered, followed and cancelled.

use crate::errors::Fault;
use crate::here::Here;
use crate::routes::{Entry, page};
use model::FieldErrors;
use poem::http::Method;
use poem::{Response, handler};
use services::backups::{self, Backup, BackupState};
use services::{App, Ctx, Error};
use ui::backups::{AtWorkView, BackupRow, BackupsPage, Outcome, PATH};

const WHO: &str = "administrators";

pub(crate) fn entries() -> Vec<Entry> {
    vec![
        page(Method::GET, "/settings/backups", WHO, show),
        page(Method::POST, "/settings/backups", WHO, start),
        page(Method::GET, "/settings/backups/progress", WHO, progress),
        page(Method::POST, "/settings/backups/cancel", WHO, cancel),
    ]
}

#[handler]
async fn show(here: Here) -> Result<Response, Fault> {
    let is_followed = here.query(ui::backups::FOLLOWED).is_some();
    let view = here.deed(move |app, ctx| view_of(app, ctx, is_followed, FieldErrors::default())).await?;
    Ok(here.page(ui::backups::page(&here.shell(), &view)))
}

#[handler]
async fn progress(here: Here) -> Result<Response, Fault> {
    let view = here.deed(|app, ctx| view_of(app, ctx, true, FieldErrors::default())).await?;
    Ok(here.page(ui::backups::progress(&here.shell(), &view)))
}

#[handler]
async fn start(here: Here) -> Result<Response, Fault> {
    match here.try_deed(backups::start).await? {
        // The page says that it is being made, and once it is done, that it is.
        Ok(_) => Ok(here.go(&ui::backups::followed())),
        Err(Error::Invalid(errors)) => {
            let view = here.deed(move |app, ctx| view_of(app, ctx, false, errors)).await?;
            Ok(here.unprocessable(ui::backups::page(&here.shell(), &view)))
        }
        Err(error) => Err(error.into()),
    }
}

#[handler]
async fn cancel(here: Here) -> Result<Response, Fault> {
    match here.try_deed(backups::cancel).await? {
        Ok(()) => Ok(here.go_with_notice(PATH, "backup-cancelling")),
        Err(error) => Err(error.into()),
    }
}

/// Of one that the reader followed to its end it is said that it is done.
fn view_of(app: &App, ctx: &Ctx, is_followed: bool, errors: FieldErrors) -> Result<BackupsPage, Error> {
    let backups = backups::list(app, ctx)?;
    Ok(BackupsPage {
        folder: backups.folder.display().to_string(),
        at_work: backups.at_work.map(|at_work| AtWorkView {
            ordered_at: at_work.order.ordered_at,
            by: at_work.order.by,
            documents: at_work.documents,
            written_bytes: at_work.written_bytes,
        }),
        last: backups.last.filter(|last| is_followed || last.state != BackupState::Done).map(row_of),
        kept: backups.kept.into_iter().map(row_of).collect(),
        errors,
    })
}

fn row_of(backup: Backup) -> BackupRow {
    BackupRow {
        folder: backup.order.folder.display().to_string(),
        ordered_at: backup.order.ordered_at,
        by: backup.order.by,
        outcome: match backup.state {
            BackupState::Done => Outcome::Done,
            BackupState::Cancelled => Outcome::Cancelled,
            BackupState::Interrupted => Outcome::Interrupted,
            BackupState::DiskFull => Outcome::DiskFull,
            BackupState::Failed => Outcome::Failed,
        },
        failure: backup.failure,
        records: backup.records,
        documents: backup.documents,
        size_bytes: backup.size_bytes,
    }
}
