//! Imports of leads from a file: from the upload to the result.

use crate::record::meta_field;
use crate::{ImportId, IndexEntry, Kind, Meta, Problem, Record, TeamId, UserId, own_key, own_name};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Where an import stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportState {
    /// The file is here; its columns wait to be matched.
    Uploaded,
    /// The dry run over all rows is going on.
    Checking,
    /// The dry run is done; somebody decides.
    Checked,
    Running,
    Done,
    Cancelled,
    /// The job could not go on; `failure` says why.
    Failed,
}

impl ImportState {
    pub fn as_str(self) -> &'static str {
        match self {
            ImportState::Uploaded => "uploaded",
            ImportState::Checking => "checking",
            ImportState::Checked => "checked",
            ImportState::Running => "running",
            ImportState::Done => "done",
            ImportState::Cancelled => "cancelled",
            ImportState::Failed => "failed",
        }
    }

    /// A background worker has something to do.
    pub fn is_working(self) -> bool {
        matches!(self, ImportState::Checking | ImportState::Running)
    }
}

/// The field of a lead that a column goes to.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportTarget {
    Name,
    Company,
    TaxId,
    Email,
    Phone,
    Address,
    Postcode,
    Town,
    Zone,
    Country,
    Website,
    Industry,
    Source,
    Campaign,
    Interest,
    Amount,
    /// Several in one cell, with commas between them.
    Tags,
    /// Several columns may go here: each becomes a line «Header: value».
    Description,
    ExternalKey,
    /// A field of the company's own, by its name.
    Own(String),
}

/// All built-in targets, in the order of a lead's form, with their names in the API and in forms.
pub const TARGETS: [(ImportTarget, &str); 19] = [
    (ImportTarget::Name, "name"),
    (ImportTarget::Company, "company"),
    (ImportTarget::TaxId, "tax_id"),
    (ImportTarget::Email, "email"),
    (ImportTarget::Phone, "phone"),
    (ImportTarget::Address, "address"),
    (ImportTarget::Postcode, "postcode"),
    (ImportTarget::Town, "town"),
    (ImportTarget::Zone, "zone"),
    (ImportTarget::Country, "country"),
    (ImportTarget::Website, "website"),
    (ImportTarget::Industry, "industry"),
    (ImportTarget::Source, "source"),
    (ImportTarget::Campaign, "campaign"),
    (ImportTarget::Interest, "interest"),
    (ImportTarget::Amount, "amount"),
    (ImportTarget::Tags, "tags"),
    (ImportTarget::Description, "description"),
    (ImportTarget::ExternalKey, "external_key"),
];

impl ImportTarget {
    /// As in forms: `name`; `custom.surface` for a field of the company's own.
    pub fn code(&self) -> String {
        match self {
            ImportTarget::Own(name) => own_key(name),
            built_in => TARGETS
                .into_iter()
                .find(|(target, _)| target == built_in)
                .map_or_else(String::new, |(_, name)| name.to_owned()),
        }
    }

    pub fn from_code(code: &str) -> Option<ImportTarget> {
        match own_name(code) {
            Some(name) => Some(ImportTarget::Own(name.to_owned())),
            None => TARGETS.into_iter().find(|(_, name)| *name == code).map(|(target, _)| target),
        }
    }
}

/// What was seen of the file when it came in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SheetFacts {
    /// `csv`, `xlsx`, `ods`…
    pub format: String,
    /// `utf-8`, `windows-1252`; empty for spreadsheets.
    pub encoding: String,
    /// Empty for spreadsheets.
    pub separator: String,
    pub rows: u64,
}

/// How many rows had which outcome.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct ImportCounts {
    /// Rows looked at so far.
    pub done: u64,
    pub good: u64,
    pub bad: u64,
}

/// A file being imported as leads.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Import {
    pub meta: Meta,
    pub owner: UserId,
    pub team: Option<TeamId>,
    pub file_name: String,
    pub file_sha256: String,
    pub file_bytes: u64,
    pub sheet: SheetFacts,
    /// For each column in order: where it goes; `None` is left out. As many as the file has columns.
    pub mapping: Vec<Option<ImportTarget>>,
    pub state: ImportState,
    /// The dry run.
    pub checked: ImportCounts,
    /// The run.
    pub imported: ImportCounts,
    pub started_at: Option<Timestamp>,
    pub finished_at: Option<Timestamp>,
    /// A problem code of the file or the machine.
    pub failure: Option<String>,
}

impl Import {
    /// The group of imports that a worker has something to do for.
    pub const WORKING: Uuid = Uuid::max();

    pub fn id(&self) -> ImportId {
        ImportId(self.meta.id)
    }
}

impl Record for Import {
    const KIND: Kind = Kind::Import;

    meta_field!();

    fn indexes(&self) -> Vec<IndexEntry> {
        let id = self.meta.id;
        let mut entries = vec![IndexEntry::member(Kind::Import, Uuid::nil(), id)];
        if self.state.is_working() {
            entries.push(IndexEntry::member(Kind::Import, Import::WORKING, id));
        }
        entries
    }
}

/// What is wrong with one row.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RowProblems {
    /// As the person sees it in the spreadsheet program.
    pub row: u64,
    pub problems: Vec<Problem>,
}

/// Some rows of an import that cannot go in, in row order. Written with the import's progress in one transaction,
/// so that after a crash the two agree.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ImportProblems {
    pub meta: Meta,
    pub import: ImportId,
    pub rows: Vec<RowProblems>,
}

impl Record for ImportProblems {
    const KIND: Kind = Kind::ImportProblems;
    const JOURNALED: bool = false;

    meta_field!();

    fn indexes(&self) -> Vec<IndexEntry> {
        vec![IndexEntry::member(Kind::ImportProblems, self.import.0, self.meta.id)]
    }
}
