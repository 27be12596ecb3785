//! Reports: leads per month of this fiscal year beside the years before.

mod leads_by_month;
mod line;
mod tables;

pub use leads_by_month::{Figures, GroupKey, GroupView, LeadsByMonthPage, MonthView, Whose, YearView, page};

use crate::Locale;
use crate::messages::t;

/// What a report tells apart; in the address `by=none`, `source`, `owner` or `status`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum By {
    #[default]
    Nothing,
    Source,
    Owner,
    Status,
}

impl By {
    pub const ALL: [By; 4] = [By::Nothing, By::Source, By::Owner, By::Status];

    pub fn code(self) -> &'static str {
        match self {
            By::Nothing => "none",
            By::Source => "source",
            By::Owner => "owner",
            By::Status => "status",
        }
    }

    pub fn from_code(code: &str) -> Option<By> {
        By::ALL.into_iter().find(|by| by.code() == code)
    }

    fn label(self, l: Locale<'_>) -> String {
        match self {
            By::Nothing => t!(l, "reports-by-none"),
            By::Source => t!(l, "reports-by-source"),
            By::Owner => t!(l, "reports-by-owner"),
            By::Status => t!(l, "reports-by-status"),
        }
    }

    /// What one group of the breakdown is: the head of the column of their names.
    fn group_label(self, l: Locale<'_>) -> String {
        match self {
            By::Nothing => t!(l, "reports-group"),
            By::Source => t!(l, "common-field-source"),
            By::Owner => t!(l, "common-field-owner"),
            By::Status => t!(l, "common-field-status"),
        }
    }
}

/// The columns of the exported report: group, fiscal year, month, leads, amount.
pub fn export_titles<'l>(l: impl Into<Locale<'l>>) -> Vec<String> {
    let l: Locale<'_> = l.into();
    vec![
        t!(l, "reports-group"),
        t!(l, "reports-year"),
        t!(l, "reports-month"),
        t!(l, "leads-title"),
        t!(l, "common-field-amount"),
    ]
}

/// The words of an export for what is no group of its own: all leads, smaller groups, an empty field.
pub fn group_word<'l>(l: impl Into<Locale<'l>>, code: &str) -> String {
    let l: Locale<'_> = l.into();
    match code {
        "all" => t!(l, "reports-all"),
        "others" => t!(l, "reports-others"),
        _ => t!(l, "reports-nothing"),
    }
}
