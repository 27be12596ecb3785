//! Reports: leads per month of this fiscal year beside the years before.

mod leads_by_month;
mod line;
mod tables;

pub use leads_by_month::{Figures, GroupKey, GroupView, LeadsByMonthPage, MonthView, Whose, YearView, page};

use crate::Locale;
use crate::messages::t;
use model::FieldKind;

/// What a report tells apart; in the address `by=none`, `source`, `owner`, `status` or the key of an own field.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum By {
    #[default]
    Nothing,
    Source,
    Owner,
    Status,
    /// A choice or a yes or no of the company's own.
    Own {
        key: String,
        label: String,
        kind: FieldKind,
    },
}

impl By {
    /// Those that every company has.
    pub const BUILT_IN: [By; 4] = [By::Nothing, By::Source, By::Owner, By::Status];

    pub fn code(&self) -> &str {
        match self {
            By::Nothing => "none",
            By::Source => "source",
            By::Owner => "owner",
            By::Status => "status",
            By::Own { key, .. } => key,
        }
    }

    fn label(&self, l: Locale<'_>) -> String {
        match self {
            By::Nothing => t!(l, "reports-by-none"),
            By::Source => t!(l, "reports-by-source"),
            By::Owner => t!(l, "reports-by-owner"),
            By::Status => t!(l, "reports-by-status"),
            By::Own { label, .. } => label.clone(),
        }
    }

    /// What one group of the breakdown is: the head of the column of their names.
    fn group_label(&self, l: Locale<'_>) -> String {
        match self {
            By::Nothing => t!(l, "reports-group"),
            By::Source => t!(l, "common-field-source"),
            By::Owner => t!(l, "common-field-owner"),
            By::Status => t!(l, "common-field-status"),
            By::Own { label, .. } => label.clone(),
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
