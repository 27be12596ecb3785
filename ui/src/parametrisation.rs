//! The log of parametrisation on screen: the hours against those that are paid, what was done, and the form of an entry.

mod evidence;
mod form;
mod list;
mod paper;

pub use evidence::{EVIDENCE, EvidencePage, PackRow, SCREENS, ScreenRow, evidence, packs};
pub use form::{DeletePage, EntryForm, delete_page, form};
pub use list::{EntryRow, LogPage, UnloggedRow, list};
pub use paper::{
    EvidencePaper, FunctionPart, UsageRow, evidence_paper, load_rows, load_titles, usage_row, usage_titles,
};

use crate::Locale;
use crate::messages::t;
use crate::{audit, format};
use model::{Kind, LogOrigin, ProgramFunction, Segment};

/// Where the log is.
pub const PATH: &str = "/settings/parametrisation";

/// A function of the programme, in its words.
pub fn function_name<'l>(l: impl Into<Locale<'l>>, function: ProgramFunction) -> String {
    let l: Locale<'_> = l.into();
    match function {
        ProgramFunction::Clients => t!(l, "parametrisation-function-clients"),
        ProgramFunction::Leads => t!(l, "parametrisation-function-leads"),
        ProgramFunction::Opportunities => t!(l, "parametrisation-function-opportunities"),
        ProgramFunction::Activities => t!(l, "parametrisation-function-activities"),
        ProgramFunction::Reporting => t!(l, "parametrisation-function-reporting"),
        ProgramFunction::Alerts => t!(l, "parametrisation-function-alerts"),
        ProgramFunction::Documents => t!(l, "parametrisation-function-documents"),
        ProgramFunction::Responsive => t!(l, "parametrisation-function-responsive"),
        ProgramFunction::Integration => t!(l, "parametrisation-function-integration"),
    }
}

pub fn segment_name<'l>(l: impl Into<Locale<'l>>, segment: Segment) -> String {
    let l: Locale<'_> = l.into();
    match segment {
        Segment::One => t!(l, "parametrisation-segment-one"),
        Segment::Two => t!(l, "parametrisation-segment-two"),
        Segment::Three => t!(l, "parametrisation-segment-three"),
    }
}

/// How an entry came about, in one sentence; empty for what somebody wrote.
pub fn origin_text<'l>(l: impl Into<Locale<'l>>, origin: &LogOrigin) -> String {
    let l: Locale<'_> = l.into();
    match origin {
        LogOrigin::Person => String::new(),
        LogOrigin::Import { file, rows_in, rows_failed, .. } => t!(
            l,
            "parametrisation-of-import",
            file = file.as_str(),
            good = format::count(l, *rows_in),
            bad = format::count(l, *rows_failed)
        ),
        LogOrigin::Configuration { day, .. } => {
            t!(l, "parametrisation-of-configuration", day = format::date_short(*day))
        }
    }
}

/// «Embut de vendes: 4; Camp propi: 2».
pub fn changed_text<'l>(l: impl Into<Locale<'l>>, changed: &[(Kind, usize)]) -> String {
    let l: Locale<'_> = l.into();
    let parts: Vec<String> =
        changed.iter().map(|(kind, count)| format!("{}: {count}", audit::kind_name(l, *kind))).collect();
    parts.join("; ")
}

/// `95` minutes are `1 h 35 min`.
pub fn duration<'l>(l: impl Into<Locale<'l>>, minutes: u64) -> String {
    let l: Locale<'_> = l.into();
    t!(l, "parametrisation-duration", hours = format::count(l, minutes / 60), minutes = minutes % 60)
}

/// What other systems did, as a line of counts.
pub fn by_api_name<'l>(l: impl Into<Locale<'l>>) -> String {
    let l: Locale<'_> = l.into();
    t!(l, "evidence-by-api")
}

/// What the columns of a file are called.
pub fn export_titles<'l>(l: impl Into<Locale<'l>>) -> Vec<String> {
    let l: Locale<'_> = l.into();
    vec![
        t!(l, "parametrisation-date"),
        t!(l, "parametrisation-consultant"),
        t!(l, "parametrisation-minutes"),
        t!(l, "parametrisation-function"),
        t!(l, "parametrisation-text"),
        t!(l, "parametrisation-origin"),
    ]
}
