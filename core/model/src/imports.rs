//! Imports of records from a file: from the upload to the result and to taking it back.

use crate::record::meta_field;
use crate::{
    ImportId, IndexEntry, IndexKey, Kind, MatchBy, Meta, Problem, Record, TeamId, UserId, own_key, own_name,
};
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
    /// Somebody stopped the run for a while.
    Paused,
    Done,
    Cancelled,
    /// The job could not go on; `failure` says why.
    Failed,
    /// What went in is taken back.
    Undoing,
    Undone,
}

impl ImportState {
    pub fn as_str(self) -> &'static str {
        match self {
            ImportState::Uploaded => "uploaded",
            ImportState::Checking => "checking",
            ImportState::Checked => "checked",
            ImportState::Running => "running",
            ImportState::Paused => "paused",
            ImportState::Done => "done",
            ImportState::Cancelled => "cancelled",
            ImportState::Failed => "failed",
            ImportState::Undoing => "undoing",
            ImportState::Undone => "undone",
        }
    }

    /// A background worker has something to do.
    pub fn is_working(self) -> bool {
        matches!(self, ImportState::Checking | ImportState::Running | ImportState::Undoing)
    }

    /// The run is behind it, however it ended.
    pub fn has_ended(self) -> bool {
        matches!(self, ImportState::Done | ImportState::Cancelled | ImportState::Failed | ImportState::Undone)
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
    /// What somebody said of how it is to be read.
    #[serde(default, skip_serializing_if = "SheetAsked::is_nothing")]
    pub asked: SheetAsked,
}

/// How a file is to be read, where what it looks like is not what it is.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct SheetAsked {
    /// Of a CSV: the name of an encoding.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// Of a workbook: the name of a sheet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// The number of the row with the headers, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub header_row: Option<u32>,
}

impl SheetAsked {
    pub fn is_nothing(&self) -> bool {
        *self == SheetAsked::default()
    }
}

/// How many rows had which outcome.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct ImportCounts {
    /// Rows looked at so far.
    pub done: u64,
    /// Rows that go in or are in already: the next three together.
    pub good: u64,
    #[serde(default)]
    pub created: u64,
    #[serde(default)]
    pub updated: u64,
    /// Known, and the file says nothing new.
    #[serde(default)]
    pub unchanged: u64,
    /// Known, and only new ones were wanted; or the same as a row before.
    #[serde(default)]
    pub duplicates: u64,
    pub bad: u64,
}

impl ImportCounts {
    pub fn add(&mut self, outcome: RowOutcome) {
        self.done += 1;
        let place = match outcome {
            RowOutcome::Created => &mut self.created,
            RowOutcome::Updated => &mut self.updated,
            RowOutcome::Unchanged => &mut self.unchanged,
            RowOutcome::Duplicate => &mut self.duplicates,
            RowOutcome::Bad => &mut self.bad,
        };
        *place += 1;
        self.good = self.created + self.updated + self.unchanged;
    }
}

/// What became of a row, or would.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowOutcome {
    Created,
    Updated,
    Unchanged,
    Duplicate,
    Bad,
}

impl RowOutcome {
    pub const ALL: [RowOutcome; 5] = [
        RowOutcome::Created,
        RowOutcome::Updated,
        RowOutcome::Unchanged,
        RowOutcome::Duplicate,
        RowOutcome::Bad,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            RowOutcome::Created => "created",
            RowOutcome::Updated => "updated",
            RowOutcome::Unchanged => "unchanged",
            RowOutcome::Duplicate => "duplicate",
            RowOutcome::Bad => "bad",
        }
    }

    pub fn from_code(code: &str) -> Option<RowOutcome> {
        RowOutcome::ALL.into_iter().find(|outcome| outcome.as_str() == code)
    }
}

/// What becomes of a record that somebody changed since it was imported, when the import is taken back.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangedSince {
    /// It stays, with what was changed.
    #[default]
    Keep,
    /// A record that the import made goes all the same; of one that it changed, what somebody changed since stays.
    TakeBack,
}

/// How taking back goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct UndoCounts {
    pub done: u64,
    /// As before the import.
    pub undone: u64,
    /// Some fields as before, others as somebody changed them since.
    pub partly: u64,
    /// Left as they are.
    pub kept: u64,
    /// Of those that are as before: somebody had changed them since.
    #[serde(default)]
    pub overruled: u64,
}

impl UndoCounts {
    /// `why` says what is not as simple as that.
    pub fn add(&mut self, outcome: UndoOutcome, why: &str) {
        self.done += 1;
        self.overruled += u64::from(outcome == UndoOutcome::Undone && !why.is_empty());
        let place = match outcome {
            UndoOutcome::Undone => &mut self.undone,
            UndoOutcome::Partly => &mut self.partly,
            UndoOutcome::Kept => &mut self.kept,
        };
        *place += 1;
    }
}

/// What taking back made of one record.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UndoOutcome {
    Undone,
    Partly,
    Kept,
}

/// A file being imported.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Import {
    pub meta: Meta,
    pub owner: UserId,
    pub team: Option<TeamId>,
    pub file_name: String,
    pub file_sha256: String,
    pub file_bytes: u64,
    pub sheet: SheetFacts,
    /// What its rows are.
    #[serde(default = "lead")]
    pub entity: Kind,
    /// The program the file comes from, where it was recognised: `odoo`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub program: Option<String>,
    /// The template that its plan was begun with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template: Option<Uuid>,
    /// Of imports made before there were plans: for each column in order, where it goes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
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
    /// Records of links that the run made besides those of the rows.
    #[serde(default)]
    pub also_made: u64,
    #[serde(default)]
    pub undo: UndoCounts,
    #[serde(default)]
    pub changed_since: ChangedSince,
    #[serde(default)]
    pub undone_at: Option<Timestamp>,
    /// Since then its file is gone, with what was found wrong and mended in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forgotten_at: Option<Timestamp>,
}

fn lead() -> Kind {
    Kind::Lead
}

impl Import {
    /// Records that taking back has to do with.
    pub fn to_take_back(&self) -> u64 {
        self.imported.created + self.imported.updated + self.also_made
    }

    /// Something went in, and it was not taken back yet.
    pub fn can_be_undone(&self) -> bool {
        let has_ended =
            matches!(self.state, ImportState::Done | ImportState::Cancelled | ImportState::Failed);
        has_ended && self.to_take_back() > 0 && self.undone_at.is_none()
    }

    /// Nothing went in, and nothing will: it was never started.
    pub fn can_be_deleted(&self) -> bool {
        self.started_at.is_none()
    }

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
    /// What it is called, by its own cells; nothing where none tells.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    pub problems: Vec<Problem>,
    /// The cells of problems that quote something else: by field, as they stand in the file.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cells: Vec<(String, String)>,
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

/// A record that an import made, changed or met.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ImportedRow {
    /// As in [`RowProblems`].
    #[serde(rename = "r")]
    pub row: u64,
    /// Where it is not what the import's rows are: a record of a link, made on the way.
    #[serde(rename = "e", default, skip_serializing_if = "Option::is_none")]
    pub entity: Option<Kind>,
    #[serde(rename = "i")]
    pub id: Uuid,
    #[serde(rename = "o")]
    pub outcome: RowOutcome,
    /// The version that the import made of it: what taking back asks for.
    #[serde(rename = "v")]
    pub version: u64,
    #[serde(rename = "u", default, skip_serializing_if = "Option::is_none")]
    pub undo: Option<UndoOutcome>,
    /// Why it was left as it is: a problem code; or the fields that stay as somebody changed them, with commas.
    #[serde(rename = "w", default, skip_serializing_if = "String::is_empty")]
    pub why: String,
}

impl ImportedRow {
    /// Before the number of a row that another one is the same as, and what they share.
    const SAME_AS: &str = "same-as-row ";

    /// A row that is the same as one before it in the file: of no record itself.
    pub fn same_as(row: u64, first: u64, by: MatchBy) -> ImportedRow {
        let why = format!("{}{first} {}", ImportedRow::SAME_AS, by.as_str());
        let (id, outcome) = (Uuid::nil(), RowOutcome::Duplicate);
        ImportedRow { row, entity: None, id, outcome, version: 0, undo: None, why }
    }

    /// The row that it is the same as, and what they share.
    pub fn first_row(&self) -> Option<(u64, MatchBy)> {
        let (row, by) = self.why.strip_prefix(ImportedRow::SAME_AS)?.split_once(' ')?;
        Some((row.parse().ok()?, MatchBy::from_code(by)?))
    }
}

/// Rows of one record; with the longest reasons they stay below the limit of a record.
pub const IMPORTED_ROWS_A_RECORD: usize = 16;
/// Of the reason of a row.
pub const IMPORTED_WHY_CHARACTERS_MAX: usize = 60;

/// Some records of an import, in the order of its rows. Written with them and the import's counts in one transaction.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ImportedRows {
    pub meta: Meta,
    pub import: ImportId,
    /// Later ones are higher: taking back goes from the end.
    pub place: u64,
    pub rows: Vec<ImportedRow>,
}

impl Record for ImportedRows {
    const KIND: Kind = Kind::ImportedRows;
    const JOURNALED: bool = false;

    meta_field!();

    fn indexes(&self) -> Vec<IndexEntry> {
        let place = i64::try_from(self.place).unwrap_or(i64::MAX);
        let key = IndexKey::members(Kind::ImportedRows, self.import.0).signed(place).id(self.meta.id).bytes();
        vec![IndexEntry { key, value: Vec::new(), unique: false }]
    }
}
