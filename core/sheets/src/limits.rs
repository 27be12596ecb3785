//! What a file may cost: every limit with its reason.

/// A million rows of forty cells is about 60 MB of CSV; nobody mails a bigger sheet, and an upload is held in memory.
pub const FILE_BYTES_MAX: usize = 64 * 1024 * 1024;
/// The widest export we have met (a whole ERP customer table) has about 300 columns.
pub const COLUMNS_MAX: usize = 512;
/// A spreadsheet program stops at 1,048,576 rows; a round million below it is the promise.
pub const ROWS_MAX: usize = 1_000_000;
/// Unpacked size of all parts of an XLSX or ODS: a million rows of XML stay below it, and inflating it takes seconds.
pub const UNPACKED_BYTES_MAX: u64 = 1024 * 1024 * 1024;
/// Real sheets pack 5 to 40 times, very repetitive ones about 100 times; deflate ends at 1,032 times.
pub const UNPACKED_RATIO_MAX: u64 = 250;
/// Below this a high ratio harms nobody: a small empty workbook may pack very well.
pub const UNPACKED_BYTES_FREE: u64 = 16 * 1024 * 1024;
/// Parts in a workbook: sheets, pictures and drawings; more is a file made to hurt.
pub const ZIP_PARTS_MAX: usize = 20_000;
/// What a spreadsheet program allows in one cell (32,767 characters); longer text is no text of a cell.
pub const CELL_CHARACTERS_MAX: usize = 32_767;
/// Text of all cells of a workbook's sheet, held in memory in one piece and addressed with 32 bits.
pub const SHEET_TEXT_BYTES_MAX: usize = 512 * 1024 * 1024;
/// Cells of an ODS after its repeats are laid out: the reader keeps about 100 bytes for each until it is done.
pub const ODS_CELLS_MAX: u64 = 8_000_000;
/// The content of an ODS is looked through before it is parsed, in memory.
pub const ODS_CONTENT_BYTES_MAX: usize = 256 * 1024 * 1024;

/// The limits of one call; `Limits::default()` is what the product uses, a test or a public form may ask for less.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    pub file_bytes: usize,
    pub columns: usize,
    pub rows: usize,
    pub unpacked_bytes: u64,
    pub unpacked_ratio: u64,
    pub cell_characters: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            file_bytes: FILE_BYTES_MAX,
            columns: COLUMNS_MAX,
            rows: ROWS_MAX,
            unpacked_bytes: UNPACKED_BYTES_MAX,
            unpacked_ratio: UNPACKED_RATIO_MAX,
            cell_characters: CELL_CHARACTERS_MAX,
        }
    }
}
