#![doc = include_str!("../README.md")]

mod batch;
pub mod engine;
mod error;
mod export;
mod forget;
mod format;
mod head;
mod import;
mod keys;
mod migrations;
mod open;
mod reads;
mod redact;
mod stage;
mod stream;
mod stretches;
mod typed;
mod verify;
mod write;
mod writer;

pub use engine::{Direction, Entry, SCAN_ENTRIES_MAX, Scan, VALUE_BYTES_MAX};
pub use error::{CommitError, ExportError, ImportError, LineProblem, OpenError, ReadError};
pub use export::{BackupReport, Watch};
pub use forget::FORGOTTEN;
pub use format::FORMAT;
pub use import::{ImportReport, import, restore};
pub use open::{Begun, Options, Store, is_in_use};
pub use reads::{JOURNAL_PAGE_MAX, MEMBERS_MAX, Size, TakeMember};
pub use redact::Scrub;
pub use stretches::{Look, Looked, STRETCH_CHANGES};
pub use typed::{is_exported, is_journaled};
pub use verify::{Fault, Report};
pub use write::{Build, Committed, WRITE_OPS_LONG_MAX, WRITE_OPS_MAX, Write};
pub use writer::Point;
