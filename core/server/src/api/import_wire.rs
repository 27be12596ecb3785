//! Imports as they go over the wire: the import itself and its plan.

use super::lead_wire::twins;
use model::{FieldErrors, ImportPlan, MendedValue, Mending, PlannedColumn};
use poem_openapi::{Enum, Object};
use services::imports;

/// What becomes of rows that are new and of rows that are known.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[oai(rename_all = "snake_case")]
pub(crate) enum ImportMode {
    /// Known ones stay out, as duplicates.
    Create,
    /// New ones stay out, as errors.
    Update,
    Both,
}

/// What becomes of a new row that is surely about a record that is there, or about a row before it: a company of its tax id,
/// a contact of its tax id or e-mail, an open lead of either.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[oai(rename_all = "snake_case")]
pub(crate) enum OnDouble {
    /// It goes in; the findings tell which they are.
    Create,
    /// It stays out, as a duplicate.
    Skip,
}

/// In which order the parts of a date stand in a column.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[oai(rename_all = "snake_case")]
#[expect(clippy::enum_variant_names, reason = "the words of the wire: `day_first`")]
pub(crate) enum DateOrder {
    /// `31/12/2026`
    DayFirst,
    /// `12/31/2026`
    MonthFirst,
    /// `2026/12/31`
    YearFirst,
}

/// Which sign begins the decimals of a column; the other one separates thousands.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[oai(rename_all = "snake_case")]
pub(crate) enum NumberForm {
    /// `1.234,5`
    Comma,
    /// `1,234.5`
    Point,
}

/// What became of a row, or would.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[oai(rename_all = "snake_case")]
pub(crate) enum RowOutcome {
    Created,
    Updated,
    /// Known, and the file says nothing new.
    Unchanged,
    /// Known, and only new ones were wanted.
    Duplicate,
    /// Not in: see the problems of the import.
    Bad,
}

/// What becomes of a record that somebody changed since it was imported, when the import is taken back.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[oai(rename_all = "snake_case")]
pub(crate) enum ChangedSince {
    /// It stays, with what was changed.
    Keep,
    /// A record that the import made goes all the same; of one that it changed, what somebody changed since stays.
    TakeBack,
}

/// Where an import stands.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[oai(rename_all = "snake_case")]
pub(crate) enum ImportState {
    /// The file is here; its plan waits to be looked at.
    Uploaded,
    /// The dry run over all rows is going on.
    Checking,
    /// The dry run is done; somebody decides.
    Checked,
    Running,
    Paused,
    Done,
    Cancelled,
    /// It could not go on: `failure` says why.
    Failed,
    Undoing,
    Undone,
}

/// What taking back made of one record.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[oai(rename_all = "snake_case")]
pub(crate) enum UndoOutcome {
    Undone,
    /// Some fields as before, others as somebody changed them since.
    Partly,
    Kept,
}

twins!(ImportMode = ImportMode: Create Update Both);
twins!(OnDouble = OnDouble: Create Skip);
twins!(DateOrder = DateOrder: DayFirst MonthFirst YearFirst);
twins!(NumberForm = NumberForm: Comma Point);
twins!(RowOutcome = RowOutcome: Created Updated Unchanged Duplicate Bad);
twins!(ChangedSince = ChangedSince: Keep TakeBack);
twins!(ImportState = ImportState: Uploaded Checking Checked Running Paused Done Cancelled Failed Undoing Undone);
twins!(UndoOutcome = UndoOutcome: Undone Partly Kept);

/// How many rows had which outcome.
#[derive(Object)]
pub(crate) struct ImportCounts {
    /// Rows looked at so far.
    done: u64,
    created: u64,
    updated: u64,
    unchanged: u64,
    duplicates: u64,
    bad: u64,
}

impl From<model::ImportCounts> for ImportCounts {
    fn from(counts: model::ImportCounts) -> ImportCounts {
        let model::ImportCounts { done, created, updated, unchanged, duplicates, bad, good: _ } = counts;
        ImportCounts { done, created, updated, unchanged, duplicates, bad }
    }
}

/// How taking back goes.
#[derive(Object)]
pub(crate) struct ImportUndoCounts {
    /// Records looked at so far, of `undo_total`.
    done: u64,
    undone: u64,
    partly: u64,
    kept: u64,
    /// Of those that are as before: somebody had changed them since.
    overruled: u64,
}

/// A file on its way in.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct Import {
    id: String,
    /// Grows with every change and every portion of work; also the `ETag`.
    version: u64,
    created_at: String,
    /// The id of the user in whose name it works.
    owner: String,
    /// What its rows are: `lead`, `company`…
    entity: String,
    state: ImportState,
    file_name: String,
    file_bytes: u64,
    /// `csv`, `xlsx`, `ods` or `xls`, whatever the name says.
    format: String,
    /// Of a CSV, as it was found out: `utf-8`, `windows-1252`…
    encoding: Option<String>,
    separator: Option<String>,
    /// The program whose export it looks like: `odoo`, `espocrm`, `hubspot` or `pipedrive`. Its keys are kept with its
    /// name: `hubspot:17`.
    program: Option<String>,
    /// The id of the template that its plan was begun with.
    template: Option<String>,
    /// How many rows the file has.
    rows: u64,
    /// The dry run.
    checked: ImportCounts,
    /// The run.
    imported: ImportCounts,
    /// Records that the run made on the way, because rows lead to them.
    also_made: u64,
    started_at: Option<String>,
    finished_at: Option<String>,
    /// The code of a problem: why it could not go on, or why it waits.
    failure: Option<String>,
    can_undo: bool,
    /// Records that taking back has to do with.
    undo_total: u64,
    undo: ImportUndoCounts,
    undone_at: Option<String>,
    /// Since then its file is gone, with its findings and problems: 90 days after the last work on it.
    forgotten_at: Option<String>,
}

impl From<model::Import> for Import {
    fn from(import: model::Import) -> Import {
        let text = |text: String| Some(text).filter(|text| !text.is_empty());
        let at = |at: Option<model::jiff::Timestamp>| at.map(|at| at.to_string());
        let model::UndoCounts { done, undone, partly, kept, overruled } = import.undo;
        Import {
            id: import.id().to_string(),
            version: import.meta.version,
            created_at: import.meta.created_at.to_string(),
            owner: import.owner.to_string(),
            entity: import.entity.as_str().to_owned(),
            state: import.state.into(),
            can_undo: import.can_be_undone(),
            undo_total: import.to_take_back(),
            file_name: import.file_name,
            file_bytes: import.file_bytes,
            format: import.sheet.format,
            encoding: text(import.sheet.encoding),
            separator: text(import.sheet.separator),
            program: import.program,
            template: import.template.map(|id| id.to_string()),
            rows: import.sheet.rows,
            checked: import.checked.into(),
            imported: import.imported.into(),
            also_made: import.also_made,
            started_at: at(import.started_at),
            finished_at: at(import.finished_at),
            failure: import.failure,
            undo: ImportUndoCounts { done, undone, partly, kept, overruled },
            undone_at: at(import.undone_at),
            forgotten_at: at(import.forgotten_at),
        }
    }
}

/// A column of the file and what is done with it.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct ImportColumn {
    header: String,
    /// The first values that are there.
    samples: Vec<String>,
    /// The key of the field it goes to; absent: left out.
    field: Option<String>,
    dates: Option<DateOrder>,
    numbers: Option<NumberForm>,
    /// Of a link: records that are not there yet are made.
    creates: bool,
}

impl From<imports::Column> for ImportColumn {
    fn from(column: imports::Column) -> ImportColumn {
        ImportColumn {
            header: column.planned.header,
            samples: column.samples,
            field: column.planned.target,
            dates: column.planned.dates.map(DateOrder::from),
            numbers: column.planned.numbers.map(NumberForm::from),
            creates: column.planned.creates,
        }
    }
}

/// What a field gets where the file says nothing.
#[derive(Object)]
#[oai(deny_unknown_fields)]
pub(crate) struct ImportGiven {
    field: String,
    /// `{Header}` stands for the cell of that column.
    text: String,
}

/// What is done with a value that cannot go in as it is.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[oai(rename_all = "snake_case")]
pub(crate) enum ImportMending {
    /// It becomes `to`.
    Replace,
    /// The field stays empty.
    Empty,
    /// Of a link: the record is made by the run. Of one of the company's options, by whoever may set up the company: it is
    /// added to their list at once, and `replace` says so from then on.
    Create,
}

/// A value of a field, mended wherever it occurs.
#[derive(Object)]
#[oai(deny_unknown_fields, skip_serializing_if_is_none)]
pub(crate) struct ImportMended {
    field: String,
    /// As in the file, cut to 60 characters.
    value: String,
    mending: ImportMending,
    to: Option<String>,
}

/// All that is decided about a file.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct ImportPlanned {
    mode: ImportMode,
    /// The field that tells which record a row is: one of `match_fields`; absent: every row is new.
    match_by: Option<String>,
    /// What it can be; `title` is what people call a record.
    match_fields: Vec<String>,
    on_double: OnDouble,
    /// In the order of the file.
    columns: Vec<ImportColumn>,
    given: Vec<ImportGiven>,
    mended: Vec<ImportMended>,
    /// Where columns can go.
    fields: Vec<String>,
    /// Of a workbook: all its sheets, and the one that was read.
    sheets: Vec<String>,
    sheet: Option<String>,
    /// The number of the row with the headers; absent for cards.
    header_row: Option<u64>,
    /// Columns of the data behind the last one with a header: nothing of them goes in.
    columns_beyond: u64,
}

impl ImportPlanned {
    pub(super) fn of(
        plan: ImportPlan,
        columns: Vec<imports::Column>,
        read: imports::ReadFile,
        fields: Vec<String>,
        match_fields: Vec<String>,
    ) -> ImportPlanned {
        ImportPlanned {
            mode: plan.mode.into(),
            match_by: plan.match_by,
            match_fields,
            on_double: plan.on_double.into(),
            columns: columns.into_iter().map(ImportColumn::from).collect(),
            given: plan
                .given
                .into_iter()
                .map(|given| ImportGiven { field: given.target, text: given.text })
                .collect(),
            mended: plan.mended.into_iter().map(ImportMended::from).collect(),
            fields,
            sheets: read.sheets,
            sheet: read.sheet,
            header_row: read.header_row,
            columns_beyond: read.columns_beyond,
        }
    }
}

impl From<MendedValue> for ImportMended {
    fn from(mended: MendedValue) -> ImportMended {
        let (mending, to) = match mended.mending {
            Mending::Replace(text) => (ImportMending::Replace, Some(text)),
            Mending::Empty => (ImportMending::Empty, None),
            Mending::Create => (ImportMending::Create, None),
        };
        ImportMended { field: mended.target, value: mended.value, mending, to }
    }
}

/// What is done with a column.
#[derive(Object)]
#[oai(deny_unknown_fields)]
pub(crate) struct ImportColumnChange {
    /// The key of the field it goes to; absent: left out.
    field: Option<String>,
    dates: Option<DateOrder>,
    numbers: Option<NumberForm>,
    /// Of a link: records that are not there yet are made.
    #[oai(default)]
    creates: bool,
}

/// A plan as it is set.
#[derive(Object)]
#[oai(deny_unknown_fields)]
pub(crate) struct ImportPlanChange {
    /// The version that is changed, unless `If-Match` says it.
    pub(super) version: Option<u64>,
    mode: ImportMode,
    match_by: Option<String>,
    /// `create` where absent.
    on_double: Option<OnDouble>,
    /// As many as the file has, in its order.
    columns: Vec<ImportColumnChange>,
    given: Option<Vec<ImportGiven>>,
    /// Absent: values mended before stay mended.
    mended: Option<Vec<ImportMended>>,
}

/// What is to be set, and whether it says which values are mended.
pub(super) enum SentPlan {
    WithMended(ImportPlan),
    WithoutMended(ImportPlan),
}

impl ImportPlanChange {
    pub(super) fn parts(self) -> Result<SentPlan, FieldErrors> {
        let column = |column: ImportColumnChange| PlannedColumn {
            header: String::new(),
            target: column.field.filter(|key| !key.is_empty()),
            dates: column.dates.map(Into::into),
            numbers: column.numbers.map(Into::into),
            creates: column.creates,
        };
        let given = |given: ImportGiven| model::GivenValue { target: given.field, text: given.text };
        let mut plan = ImportPlan {
            mode: self.mode.into(),
            match_by: self.match_by.filter(|key| !key.is_empty()),
            on_double: self.on_double.map(Into::into).unwrap_or_default(),
            columns: self.columns.into_iter().map(column).collect(),
            given: self.given.unwrap_or_default().into_iter().map(given).collect(),
            mended: Vec::new(),
        };
        let Some(mended) = self.mended else {
            return Ok(SentPlan::WithoutMended(plan));
        };
        let mut errors = FieldErrors::default();
        for sent in mended {
            let mending = match (sent.mending, sent.to) {
                (ImportMending::Replace, Some(text)) if !text.trim().is_empty() => Mending::Replace(text),
                (ImportMending::Replace, _) => {
                    errors.add("mended", "required", &sent.value);
                    continue;
                }
                (ImportMending::Empty, _) => Mending::Empty,
                (ImportMending::Create, _) => Mending::Create,
            };
            plan.mended.push(MendedValue { target: sent.field, value: sent.value, mending });
        }
        if errors.is_empty() { Ok(SentPlan::WithMended(plan)) } else { Err(errors) }
    }
}
