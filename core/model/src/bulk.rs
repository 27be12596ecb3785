//! Bulk actions: one deed on many records, as a job that goes on after a crash and can be undone for a day.

use crate::record::meta_field;
use crate::{Actor, BulkJobId, IndexEntry, Kind, Meta, Record, UserId};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// For so long it is known what came of each record of a job; its counts stay.
pub const BULK_ROWS_KEPT_DAYS: i64 = 30;
/// Rows of one [`BulkRows`]: with their outcomes they fit a record.
pub const BULK_ROWS_A_RECORD: usize = 28;
/// Records of one job. Their rows are written in one transaction when the job begins, which has room for a thousand.
pub const BULK_ROWS_MAX: usize = 20_000;
/// So long what was done can be undone.
pub const BULK_UNDO_HOURS: i64 = 24;

/// Codes of problems are short.
pub const BULK_WHY_CHARACTERS_MAX: usize = 24;

/// What is done to each record.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BulkAction {
    Assign {
        to: UserId,
    },
    /// As if the records had just come in: plugins, then turns.
    AssignAgain,
    /// Values as they are typed; of a status that asks why, the reason follows.
    SetField {
        field: String,
        values: Vec<String>,
    },
    AddTag {
        tag: String,
    },
    RemoveTag {
        tag: String,
    },
    Archive,
    Restore,
    Delete,
}

impl BulkAction {
    /// As in forms and the API.
    pub fn code(&self) -> &'static str {
        match self {
            BulkAction::Assign { .. } => "assign",
            BulkAction::AssignAgain => "assign_again",
            BulkAction::SetField { .. } => "set_field",
            BulkAction::AddTag { .. } => "add_tag",
            BulkAction::RemoveTag { .. } => "remove_tag",
            BulkAction::Archive => "archive",
            BulkAction::Restore => "restore",
            BulkAction::Delete => "delete",
        }
    }
}

/// Where a job stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BulkState {
    Running,
    Done,
    /// Stopped in the middle; what was done stays and can be undone.
    Cancelled,
    Undoing,
    Undone,
    /// The job could not go on.
    Failed,
}

impl BulkState {
    pub fn as_str(self) -> &'static str {
        match self {
            BulkState::Running => "running",
            BulkState::Done => "done",
            BulkState::Cancelled => "cancelled",
            BulkState::Undoing => "undoing",
            BulkState::Undone => "undone",
            BulkState::Failed => "failed",
        }
    }

    /// A background worker has something to do.
    pub fn is_working(self) -> bool {
        matches!(self, BulkState::Running | BulkState::Undoing)
    }
}

/// How many records had which outcome.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct BulkCounts {
    pub changed: u64,
    /// They were so already.
    pub already: u64,
    /// Whoever began the job may not do it to these.
    pub denied: u64,
    /// The value cannot be theirs, or they are gone.
    pub refused: u64,
    pub undone: u64,
    /// Left alone when the rest was undone.
    pub kept: u64,
}

impl BulkCounts {
    /// Records that the run has been at.
    pub fn done(self) -> u64 {
        self.changed + self.already + self.denied + self.refused
    }

    /// Records that the undoing has been at.
    pub fn taken_back(self) -> u64 {
        self.undone + self.kept
    }

    pub fn add(&mut self, outcome: BulkOutcome) {
        let place = match outcome {
            BulkOutcome::Waiting => return,
            BulkOutcome::Changed => &mut self.changed,
            BulkOutcome::Already => &mut self.already,
            BulkOutcome::Denied => &mut self.denied,
            BulkOutcome::Refused | BulkOutcome::Gone => &mut self.refused,
            BulkOutcome::Undone => &mut self.undone,
            BulkOutcome::Kept => &mut self.kept,
        };
        *place += 1;
    }
}

/// One deed on many records.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct BulkJob {
    pub meta: Meta,
    /// Whose reach decides, record by record; the way it came in is that of the record's making.
    pub owner: UserId,
    /// What the records are.
    pub entity: Kind,
    pub action: BulkAction,
    pub state: BulkState,
    pub total: u64,
    #[serde(default)]
    pub counts: BulkCounts,
    pub finished_at: Option<Timestamp>,
    /// Who undoes it, once somebody does; nobody any more, where it was stopped or could not go on.
    pub undone_by: Option<Actor>,
    pub undone_at: Option<Timestamp>,
    /// A problem code of the machine.
    pub failure: Option<String>,
}

impl BulkJob {
    /// The group of jobs that a worker has something to do for.
    pub const WORKING: Uuid = Uuid::max();

    pub fn id(&self) -> BulkJobId {
        BulkJobId(self.meta.id)
    }

    /// Until when it can be undone; nothing while it runs, once it was, and where
    /// nothing is changed that was not put back.
    pub fn undo_until(&self) -> Option<Timestamp> {
        let has_ended = matches!(self.state, BulkState::Done | BulkState::Cancelled | BulkState::Failed);
        let ended = self.finished_at.filter(|_| has_ended)?;
        (self.counts.changed > self.counts.taken_back())
            .then(|| ended + SignedDuration::from_hours(BULK_UNDO_HOURS))
    }
}

impl Record for BulkJob {
    const KIND: Kind = Kind::BulkJob;

    meta_field!();

    fn indexes(&self) -> Vec<IndexEntry> {
        let id = self.meta.id;
        let mut entries = vec![IndexEntry::member(Kind::BulkJob, Uuid::nil(), id)];
        if self.state.is_working() {
            entries.push(IndexEntry::member(Kind::BulkJob, BulkJob::WORKING, id));
        }
        entries
    }
}

/// What became of one record.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BulkOutcome {
    #[default]
    Waiting,
    Changed,
    Already,
    Denied,
    /// The value cannot be its; `why` says it.
    Refused,
    /// It is not there any more, or not for whoever began the job.
    Gone,
    Undone,
    /// Changed since by somebody, so that undoing left it alone.
    Kept,
}

impl BulkOutcome {
    pub fn as_str(self) -> &'static str {
        match self {
            BulkOutcome::Waiting => "waiting",
            BulkOutcome::Changed => "changed",
            BulkOutcome::Already => "already",
            BulkOutcome::Denied => "denied",
            BulkOutcome::Refused => "refused",
            BulkOutcome::Gone => "gone",
            BulkOutcome::Undone => "undone",
            BulkOutcome::Kept => "kept",
        }
    }
}

/// One record of a job.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct BulkRow {
    pub id: Uuid,
    #[serde(default)]
    pub outcome: BulkOutcome,
    /// The version that the job made of it: what undoing asks for.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub version: u64,
    /// A problem code.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference over")]
fn is_zero(number: &u64) -> bool {
    *number == 0
}

/// Some records of a job, written when it begins. Their outcomes are written with the records and the job's counts in
/// one transaction, so that after a crash the three agree.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct BulkRows {
    pub meta: Meta,
    pub job: BulkJobId,
    /// From 0, in the order in which the records were chosen.
    pub place: u32,
    pub rows: Vec<BulkRow>,
}

impl Record for BulkRows {
    const KIND: Kind = Kind::BulkRows;
    const JOURNALED: bool = false;

    meta_field!();

    fn indexes(&self) -> Vec<IndexEntry> {
        vec![IndexEntry::member(Kind::BulkRows, self.job.0, self.meta.id)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ApiKeyId, RECORD_BYTES_MAX, Via};

    #[test]
    fn the_longest_rows_fit_a_record() {
        let by = Actor { user: Some(UserId(Uuid::max())), via: Via::Api(ApiKeyId(Uuid::max())) };
        let row = BulkRow {
            id: Uuid::max(),
            outcome: BulkOutcome::Refused,
            version: 999_999_999,
            why: "x".repeat(BULK_WHY_CHARACTERS_MAX),
        };
        let at = "2026-11-23T09:00:00.123456789Z".parse().unwrap();
        let rows = vec![row; BULK_ROWS_A_RECORD];
        let record =
            BulkRows { meta: Meta::new(Uuid::max(), at, by), job: BulkJobId(Uuid::max()), place: 9, rows };
        let bytes = serde_json::to_vec(&record).unwrap().len();
        assert!(bytes <= RECORD_BYTES_MAX, "{bytes}");
        assert!(BULK_ROWS_MAX.div_ceil(BULK_ROWS_A_RECORD) < 900);
    }
}
