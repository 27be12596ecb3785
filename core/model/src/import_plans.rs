//! What an import does with its file: which column goes where, how its values are read and mended; kept with the import
//! and, by a name, as a template for the next file of the same kind.

use crate::record::meta_field;
use crate::{IndexEntry, Kind, MatchBy, Meta, Record, UserId, fold};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// In which order the parts of a date stand in a column.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// `31/12/2026`
    DayFirst,
    /// `12/31/2026`
    MonthFirst,
    /// `2026/12/31`
    YearFirst,
}

impl DateOrder {
    pub const ALL: [DateOrder; 3] = [DateOrder::DayFirst, DateOrder::MonthFirst, DateOrder::YearFirst];

    pub fn as_str(self) -> &'static str {
        match self {
            DateOrder::DayFirst => "day_first",
            DateOrder::MonthFirst => "month_first",
            DateOrder::YearFirst => "year_first",
        }
    }

    pub fn from_code(code: &str) -> Option<DateOrder> {
        DateOrder::ALL.into_iter().find(|order| order.as_str() == code)
    }
}

/// Which sign begins the decimals of a column; the other one separates thousands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NumberForm {
    /// `1.234,5`
    Comma,
    /// `1,234.5`
    Point,
}

impl NumberForm {
    pub const ALL: [NumberForm; 2] = [NumberForm::Comma, NumberForm::Point];

    pub fn as_str(self) -> &'static str {
        match self {
            NumberForm::Comma => "comma",
            NumberForm::Point => "point",
        }
    }

    pub fn from_code(code: &str) -> Option<NumberForm> {
        NumberForm::ALL.into_iter().find(|form| form.as_str() == code)
    }
}

/// What becomes of rows that are new and of rows that are known.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportMode {
    /// Known ones stay out, as duplicates.
    #[default]
    Create,
    /// New ones stay out, as errors.
    Update,
    Both,
}

impl ImportMode {
    pub const ALL: [ImportMode; 3] = [ImportMode::Create, ImportMode::Update, ImportMode::Both];

    pub fn as_str(self) -> &'static str {
        match self {
            ImportMode::Create => "create",
            ImportMode::Update => "update",
            ImportMode::Both => "both",
        }
    }

    pub fn from_code(code: &str) -> Option<ImportMode> {
        ImportMode::ALL.into_iter().find(|mode| mode.as_str() == code)
    }
}

/// What becomes of a new row that is surely about a record that is there, or about a row before it: a company of its tax id, a
/// contact of its tax id or e-mail, an open lead of either.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnDouble {
    /// It goes in; whoever looks at the dry run is told.
    #[default]
    Create,
    /// It stays out, as a duplicate.
    Skip,
}

impl OnDouble {
    pub const ALL: [OnDouble; 2] = [OnDouble::Skip, OnDouble::Create];

    pub fn as_str(self) -> &'static str {
        match self {
            OnDouble::Create => "create",
            OnDouble::Skip => "skip",
        }
    }

    pub fn from_code(code: &str) -> Option<OnDouble> {
        OnDouble::ALL.into_iter().find(|deed| deed.as_str() == code)
    }
}

/// One column of the file.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct PlannedColumn {
    /// As in the file; cut where it is long.
    pub header: String,
    /// The key of a field; nothing: left out.
    pub target: Option<String>,
    /// Where the column has dates that are not in ISO order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dates: Option<DateOrder>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub numbers: Option<NumberForm>,
    /// Of a link: records that are not there yet are made.
    #[serde(default, skip_serializing_if = "is_no")]
    pub creates: bool,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference over")]
fn is_no(flag: &bool) -> bool {
    !*flag
}

/// What is done with a value that cannot go in as it is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mending {
    Replace(String),
    /// The field stays empty.
    Empty,
    /// Of a link: the record is made. Of one of the company's options: it is added to them when the plan is set.
    Create,
}

/// A value of the field that a column goes to, mended wherever it occurs.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct MendedValue {
    pub target: String,
    /// As problems quote it: trimmed and cut.
    pub value: String,
    pub mending: Mending,
}

/// What a field gets where the file says nothing.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct GivenValue {
    pub target: String,
    /// `{Header}` stands for the cell of that column.
    pub text: String,
}

/// All that is decided about a file.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ImportPlan {
    pub mode: ImportMode,
    /// The field that tells which record a row is: a key, or [`crate::TITLE`]; nothing: every row is new.
    pub match_by: Option<String>,
    pub on_double: OnDouble,
    /// As many as the file has, in its order.
    pub columns: Vec<PlannedColumn>,
    pub mended: Vec<MendedValue>,
    pub given: Vec<GivenValue>,
}

/// A piece of a plan or of what its dry run found: small, so that records of pieces stay small.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportPiece {
    How {
        mode: ImportMode,
        match_by: Option<String>,
        #[serde(default)]
        on_double: OnDouble,
    },
    Column(PlannedColumn),
    Mended(MendedValue),
    Given(GivenValue),
    /// Beside a plan: what of it somebody chose before the file was read anew.
    Chosen {
        what: String,
    },
    /// Found: rows with a problem of this field.
    Problems {
        field: String,
        rows: u64,
    },
    /// Found: a value that cannot go in as it is.
    Value {
        field: String,
        code: String,
        value: String,
        /// What the problem says, where that is not the value itself.
        #[serde(default)]
        detail: String,
        rows: u64,
    },
    /// Found: a value that is mended as its program is known to mean it, and that is in the file.
    Met {
        field: String,
        value: String,
    },
    /// Found: records of links that will be made.
    New {
        entity: Kind,
        records: u64,
    },
    /// Found: new rows that resemble a record that is there, by the surest of what they share.
    Alike {
        by: MatchBy,
        rows: u64,
    },
    /// Found: one of the first of them, and the record or the row before.
    AlikeRow {
        row: u64,
        /// What the row is called.
        #[serde(default)]
        called: String,
        entity: Kind,
        id: Uuid,
        /// A row before, instead of a record.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        of_row: Option<u64>,
        by: MatchBy,
    },
    /// Found: rows whose postcode gets back a zero that a spreadsheet took.
    Postcodes {
        rows: u64,
        /// That of the first of them, as it stands in the file.
        #[serde(default)]
        first: String,
    },
    /// Found: leads that were converted in another program: what they became there, no file says.
    Converted {
        rows: u64,
    },
    /// Found: new rows that nobody is responsible for.
    WithoutOwner {
        rows: u64,
    },
    /// Found: new leads without an owner: the rules of assignment say whose they are.
    HandedOut {
        rows: u64,
    },
    /// Found: rows whose owner by the file does not count, as the caller may not assign; and the first such owner.
    OwnersPassedOver {
        rows: u64,
        first: String,
    },
    /// Found: a column that goes nowhere though something is in it, by its place from 1; without a name where it has none.
    LeftOut {
        column: u64,
        header: String,
    },
    /// Found: rows with a cell that holds several phones or e-mail addresses, or words beside one; and the first such cell
    /// under its header.
    TakenApart {
        rows: u64,
        first: String,
    },
    /// Found: one of the first rows that stay out as duplicates: of a record, or of a row before it.
    DoubleRow {
        row: u64,
        #[serde(default)]
        called: String,
        #[serde(default)]
        id: Option<Uuid>,
        #[serde(default)]
        of_row: Option<u64>,
        #[serde(default)]
        by: Option<MatchBy>,
    },
    /// Found: what one of the first rows of known records changes in one field; values as in the journal, cut.
    Change {
        row: u64,
        id: Uuid,
        name: String,
        /// The name of a field of the company's own.
        #[serde(default)]
        part: Option<String>,
        before: serde_json::Value,
        after: serde_json::Value,
    },
}

impl ImportPlan {
    /// The plan in pieces, in order.
    pub fn pieces(&self) -> Vec<ImportPiece> {
        let (mode, match_by, on_double) = (self.mode, self.match_by.clone(), self.on_double);
        let how = ImportPiece::How { mode, match_by, on_double };
        let columns = self.columns.iter().cloned().map(ImportPiece::Column);
        let mended = self.mended.iter().cloned().map(ImportPiece::Mended);
        let given = self.given.iter().cloned().map(ImportPiece::Given);
        std::iter::once(how).chain(columns).chain(mended).chain(given).collect()
    }

    pub fn of_pieces(pieces: impl IntoIterator<Item = ImportPiece>) -> ImportPlan {
        let mut plan = ImportPlan::default();
        for piece in pieces {
            match piece {
                ImportPiece::How { mode, match_by, on_double } => {
                    (plan.mode, plan.match_by, plan.on_double) = (mode, match_by, on_double);
                }
                ImportPiece::Column(column) => plan.columns.push(column),
                ImportPiece::Mended(value) => plan.mended.push(value),
                ImportPiece::Given(value) => plan.given.push(value),
                ImportPiece::Chosen { .. }
                | ImportPiece::Problems { .. }
                | ImportPiece::Value { .. }
                | ImportPiece::Met { .. }
                | ImportPiece::New { .. }
                | ImportPiece::Alike { .. }
                | ImportPiece::AlikeRow { .. }
                | ImportPiece::Postcodes { .. }
                | ImportPiece::Converted { .. }
                | ImportPiece::WithoutOwner { .. }
                | ImportPiece::HandedOut { .. }
                | ImportPiece::OwnersPassedOver { .. }
                | ImportPiece::LeftOut { .. }
                | ImportPiece::TakenApart { .. }
                | ImportPiece::DoubleRow { .. }
                | ImportPiece::Change { .. } => {}
            }
        }
        plan
    }

    /// The field a column goes to, by its place.
    pub fn target(&self, place: usize) -> Option<&str> {
        self.columns.get(place)?.target.as_deref()
    }

    pub fn goes_to(&self, target: &str) -> bool {
        self.columns.iter().any(|column| column.target.as_deref() == Some(target))
    }
}

/// What the pieces of a record of pieces are of.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PieceOf {
    Plan,
    /// What the dry run found.
    Findings,
}

/// Some pieces of an import's plan, of its findings or of a template, in order. Written anew whenever the plan changes,
/// in one transaction with the import.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ImportPieces {
    pub meta: Meta,
    /// The import or the template.
    pub of: Uuid,
    pub part: PieceOf,
    pub place: u32,
    pub pieces: Vec<ImportPiece>,
}

impl Record for ImportPieces {
    const KIND: Kind = Kind::ImportPieces;
    const JOURNALED: bool = false;

    meta_field!();

    fn indexes(&self) -> Vec<IndexEntry> {
        vec![IndexEntry::member(Kind::ImportPieces, self.of, self.meta.id)]
    }
}

/// A plan kept by a name.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ImportTemplate {
    pub meta: Meta,
    pub owner: UserId,
    pub name: String,
    pub entity: Kind,
    /// What stands in the file's header, folded and joined: files with the same one are recognised.
    pub headers: String,
}

impl ImportTemplate {
    /// The field that makes two templates of one name the same.
    pub fn unique_name(entity: Kind, name: &str) -> String {
        format!("{entity} {}", fold(name))
    }
}

impl Record for ImportTemplate {
    const KIND: Kind = Kind::ImportTemplate;

    meta_field!();

    fn indexes(&self) -> Vec<IndexEntry> {
        let id = self.meta.id;
        let name = ImportTemplate::unique_name(self.entity, &self.name);
        vec![
            IndexEntry::member(Kind::ImportTemplate, Uuid::nil(), id),
            IndexEntry::unique(Kind::ImportTemplate, "name", &name, id),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_is_its_pieces() {
        let plan = ImportPlan {
            mode: ImportMode::Both,
            match_by: Some("external_key".into()),
            on_double: OnDouble::Skip,
            columns: vec![
                PlannedColumn {
                    header: "Codi".into(),
                    target: Some("external_key".into()),
                    ..Default::default()
                },
                PlannedColumn {
                    header: "Data".into(),
                    dates: Some(DateOrder::MonthFirst),
                    numbers: Some(NumberForm::Point),
                    creates: true,
                    ..Default::default()
                },
            ],
            mended: vec![MendedValue {
                target: "company".into(),
                value: "GTXPro".into(),
                mending: Mending::Replace("GTX Pro".into()),
            }],
            given: vec![GivenValue { target: "source".into(), text: "fair".into() }],
        };
        let stored = serde_json::to_string(&plan.pieces()).unwrap();
        let pieces: Vec<ImportPiece> = serde_json::from_str(&stored).unwrap();
        assert_eq!(ImportPlan::of_pieces(pieces), plan);
        assert!(plan.goes_to("external_key") && plan.target(1).is_none());
        for order in DateOrder::ALL {
            assert_eq!(DateOrder::from_code(order.as_str()), Some(order));
        }
        for mode in ImportMode::ALL {
            assert_eq!(ImportMode::from_code(mode.as_str()), Some(mode));
        }
        for form in NumberForm::ALL {
            assert_eq!(NumberForm::from_code(form.as_str()), Some(form));
        }
    }
}
