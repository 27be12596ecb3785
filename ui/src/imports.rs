//! Imports of records from a file: the list, the upload, and one page that goes with an import from file to result.

mod columns;
mod given;
mod list;
mod mending;
mod outcome;
mod page;
mod previews;
mod reading;
mod way;
mod words;

pub use columns::{ImportColumn, ImportField, SKIPPED_COLUMN, TemplateView};
pub use given::{GivenOptions, given_value};
pub use list::{ImportLine, LikeView, ListPage, UploadPage, list_page, upload_page};
pub use mending::{AddingOption, MendedLine, Offered, Options};
pub use outcome::{AlikeLine, OutOfReach, OutcomeRow};
pub use page::{FileKept, ImportPage, SheetView, page, progress};
pub use previews::{ChangedLine, DoubleLine, SameAs};
pub use reading::ReadView;
pub use way::ImportWay;

use crate::Locale;
use crate::components::tag;
use crate::messages::t;
use crate::problems;
use maud::Markup;
use model::{ImportState, Problem};

/// The head of the column that the download of rows with errors adds: why each row stayed out.
pub fn reason_title<'l>(l: impl Into<Locale<'l>>) -> String {
    let l: Locale<'_> = l.into();
    t!(l, "imports-reason")
}

/// Why a row stayed out, for the file of such rows.
pub fn reason<'l>(l: impl Into<Locale<'l>>, problem: &Problem) -> String {
    let l: Locale<'_> = l.into();
    words::without_options(l, problem).unwrap_or_else(|| problems::named(l, problem))
}

/// Where an import stands: words, icon and colour.
fn state_tag(l: Locale<'_>, state: ImportState, bad: u64) -> Markup {
    match state {
        ImportState::Uploaded => tag("info", "list", &t!(l, "imports-state-uploaded")),
        ImportState::Checking => tag("accent", "refresh-cw", &t!(l, "imports-state-checking")),
        ImportState::Checked => tag("warn", "circle-dot", &t!(l, "imports-state-checked")),
        ImportState::Running => tag("accent", "play", &t!(l, "imports-state-running")),
        ImportState::Paused => tag("warn", "clock", &t!(l, "imports-state-paused")),
        ImportState::Undoing => tag("accent", "refresh-cw", &t!(l, "imports-state-undoing")),
        ImportState::Undone => tag("", "x", &t!(l, "imports-state-undone")),
        ImportState::Done if bad > 0 => tag("warn", "circle-check", &t!(l, "imports-state-done-with-errors")),
        ImportState::Done => tag("ok", "circle-check", &t!(l, "imports-state-done")),
        ImportState::Cancelled => tag("", "x", &t!(l, "imports-state-cancelled")),
        ImportState::Failed => tag("danger", "octagon-alert", &t!(l, "imports-state-failed")),
    }
}
