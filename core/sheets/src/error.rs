//! Why a file cannot be opened (an error), and what is odd in a row (data).

use std::fmt;

/// What a file is when it is not a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FileKind {
    Pdf,
    Image,
    Word,
    Presentation,
    /// Excel's binary workbook; saving it as XLSX helps.
    Xlsb,
    /// Apple Numbers; exporting it as XLSX or CSV helps.
    Numbers,
    /// A web page, often named `.xls` by old programs.
    Html,
    Xml,
    Json,
    Rtf,
    Archive,
    /// An OLE file without a workbook inside.
    OldOffice,
    Binary,
}

impl FileKind {
    /// Stable, kebab-case: the reader's text is looked up by it.
    pub fn code(self) -> &'static str {
        match self {
            FileKind::Pdf => "pdf",
            FileKind::Image => "image",
            FileKind::Word => "word",
            FileKind::Presentation => "presentation",
            FileKind::Xlsb => "xlsb",
            FileKind::Numbers => "numbers",
            FileKind::Html => "html",
            FileKind::Xml => "xml",
            FileKind::Json => "json",
            FileKind::Rtf => "rtf",
            FileKind::Archive => "archive",
            FileKind::OldOffice => "old-office",
            FileKind::Binary => "binary",
        }
    }
}

impl fmt::Display for FileKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// Why there are no rows at all. The text is the operator's; the reader's is looked up by `code()`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    #[error("the file has no cell with text in it")]
    Empty,
    #[error("row {row} should hold the names of the columns, but it looks like data")]
    NoHeader { row: usize },
    #[error("the file has {bytes} bytes of text or more, the limit is {limit}")]
    TooBig { bytes: usize, limit: usize },
    #[error("the header has {columns} columns, the limit is {limit}")]
    TooManyColumns { columns: usize, limit: usize },
    #[error("the sheet has more than {limit} rows")]
    TooManyRows { limit: usize },
    #[error("this is not a spreadsheet but: {what}")]
    NotASpreadsheet { what: FileKind },
    #[error("the file is damaged: {reason}")]
    Damaged { reason: String },
    #[error("the workbook is protected with a password")]
    Password,
    #[error("unpacked the file would take {bytes} bytes or more, out of proportion to its size")]
    ZipBomb { bytes: u64 },
    #[error("there is no sheet named «{name}»")]
    NoSuchSheet { name: String },
}

impl OpenError {
    /// Stable, kebab-case.
    pub fn code(&self) -> &'static str {
        match self {
            OpenError::Empty => "empty",
            OpenError::NoHeader { .. } => "no-header",
            OpenError::TooBig { .. } => "too-big",
            OpenError::TooManyColumns { .. } => "too-many-columns",
            OpenError::TooManyRows { .. } => "too-many-rows",
            OpenError::NotASpreadsheet { .. } => "not-a-spreadsheet",
            OpenError::Damaged { .. } => "damaged",
            OpenError::Password => "password",
            OpenError::ZipBomb { .. } => "zip-bomb",
            OpenError::NoSuchSheet { .. } => "no-such-sheet",
        }
    }

    pub(crate) fn damaged(reason: impl fmt::Display) -> OpenError {
        OpenError::Damaged { reason: reason.to_string() }
    }
}

/// What can be odd in a row or in the header.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ProblemCode {
    /// The row has cells to the right of the last column with a name; they are left out.
    TooManyCells,
    /// A formula ended in an error (`#N/A`); the cell is taken as empty.
    ErrorCell,
    /// Characters were lost before or while reading (`�`).
    LostCharacters,
    /// The cell is longer than a cell can be and was cut.
    CellTooLong,
    /// The quotes of a cell are never closed, or text stands behind the one that closes them: the line is read as it stands
    /// there, with its quotes.
    BrokenQuote,
    /// A column had no name and got one.
    HeaderEmpty,
    /// A column had the name of another and got a number.
    HeaderRepeated,
    /// A card that does not end, or in which nothing can be read.
    BrokenCard,
}

impl ProblemCode {
    /// Stable, kebab-case.
    pub fn code(self) -> &'static str {
        match self {
            ProblemCode::TooManyCells => "too-many-cells",
            ProblemCode::ErrorCell => "error-cell",
            ProblemCode::LostCharacters => "lost-characters",
            ProblemCode::CellTooLong => "cell-too-long",
            ProblemCode::BrokenQuote => "broken-quote",
            ProblemCode::HeaderEmpty => "header-empty",
            ProblemCode::HeaderRepeated => "header-repeated",
            ProblemCode::BrokenCard => "broken-card",
        }
    }
}

/// One odd thing, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// As `Row::number`.
    pub row: usize,
    /// From 0, as the index into `Sheet::headers`; for `TooManyCells` the first one left out.
    pub column: usize,
    pub code: ProblemCode,
    /// What helps to understand it: the error's name, the name given, how many.
    pub text: String,
}
