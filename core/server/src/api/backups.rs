//! Backups over the wire: to order, to follow and to cancel; for keys of administrators.

use super::Topic;
use crate::errors::Fault;
use crate::here::Here;
use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, Object, OpenApi};
use services::backups;

/// The operations on backups.
pub(crate) struct Backups;

/// What is known of backups.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct BackupList {
    /// The folder on the server's machine.
    folder: String,
    /// The one that is being made.
    at_work: Option<BackupAtWork>,
    /// What came of the last one.
    last: Option<BackupResult>,
    /// Those that are whole in the folder, the latest first; at most 100.
    items: Vec<BackupResult>,
}

/// A backup that is being made.
#[derive(Object)]
pub(crate) struct BackupAtWork {
    folder: String,
    ordered_at: String,
    /// The name of whoever ordered it.
    by: String,
    /// Documents copied so far.
    documents: u64,
    written_bytes: u64,
}

/// A backup that is over.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct BackupResult {
    folder: String,
    ordered_at: String,
    finished_at: String,
    by: String,
    /// `done`, `cancelled`, `interrupted`, `disk_full` or `failed`: of others than the first nothing is left.
    state: String,
    records: u64,
    changes: u64,
    documents: u64,
    size_bytes: u64,
    /// Why it failed, for whoever looks after the machine.
    failure: Option<String>,
}

#[derive(ApiResponse)]
pub(crate) enum OrderedBackup {
    /// It is being made.
    #[oai(status = 202)]
    Backup(Json<BackupAtWork>),
}

#[derive(ApiResponse)]
pub(crate) enum CancelledBackup {
    /// It ends within moments.
    #[oai(status = 202)]
    Cancelled,
}

#[OpenApi(tag = "Topic::Configuration")]
impl Backups {
    /// See the backups
    #[oai(path = "/backups", method = "get", operation_id = "list_backups")]
    async fn list(&self, here: Here) -> Result<Json<BackupList>, Fault> {
        let backups = here.deed(backups::list).await?;
        Ok(Json(BackupList {
            folder: backups.folder.display().to_string(),
            at_work: backups.at_work.map(BackupAtWork::from),
            last: backups.last.map(BackupResult::from),
            items: backups.kept.into_iter().map(BackupResult::from).collect(),
        }))
    }

    /// Order a backup
    ///
    /// A folder with all records, documents, templates and technical settings on the server's machine, made while
    /// everybody goes on working. `tracte restore` fills an empty data folder from it.
    #[oai(path = "/backups", method = "post", operation_id = "order_backup")]
    async fn start(&self, here: Here) -> Result<OrderedBackup, Fault> {
        let at_work = here.deed(backups::start).await?;
        Ok(OrderedBackup::Backup(Json(at_work.into())))
    }

    /// Cancel the backup at work
    #[oai(path = "/backups/cancel", method = "post", operation_id = "cancel_backup")]
    async fn cancel(&self, here: Here) -> Result<CancelledBackup, Fault> {
        here.deed(backups::cancel).await?;
        Ok(CancelledBackup::Cancelled)
    }
}

impl From<backups::AtWork> for BackupAtWork {
    fn from(at_work: backups::AtWork) -> BackupAtWork {
        BackupAtWork {
            folder: at_work.order.folder.display().to_string(),
            ordered_at: at_work.order.ordered_at.to_string(),
            by: at_work.order.by,
            documents: at_work.documents,
            written_bytes: at_work.written_bytes,
        }
    }
}

impl From<backups::Backup> for BackupResult {
    fn from(backup: backups::Backup) -> BackupResult {
        BackupResult {
            folder: backup.order.folder.display().to_string(),
            ordered_at: backup.order.ordered_at.to_string(),
            finished_at: backup.finished_at.to_string(),
            by: backup.order.by,
            state: backup.state.as_str().to_owned(),
            records: backup.records,
            changes: backup.changes,
            documents: backup.documents,
            size_bytes: backup.size_bytes,
            failure: Some(backup.failure).filter(|failure| !failure.is_empty()),
        }
    }
}
