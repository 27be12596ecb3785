//! Bulk actions: what to do with the records that were chosen, what will happen to how many, and the job with its
//! result. For any entity: the addresses come from the list.

mod choose;
mod job;
mod review;

pub use choose::{BulkMay, ChoosePage, ValuePage, bar, choose_page, tick, value_page};
pub use job::{JobLine, JobPage, JobRow, JobsPage, job_page, jobs_page, progress};
pub use review::{ReviewPage, review_page};

use crate::Locale;
use crate::messages::t;
use maud::{Markup, html};
use model::Kind;

/// The list that records were chosen from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ListOf {
    pub kind: Kind,
    /// What the list is called.
    pub title: String,
    /// The list as it was, with its filters.
    pub back_href: String,
    /// `/leads/bulk` with the same filters: where the forms go.
    pub action: String,
    /// The same for starting and for a file.
    pub start_action: String,
    pub export_action: String,
}

/// Which records: those with a tick, or all that match.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Chosen {
    /// `ticked` or `all`.
    pub which: String,
    /// With commas between them; empty for all.
    pub ids: String,
    pub total: u64,
}

impl Chosen {
    fn hidden(&self) -> Markup {
        html! {
            input type="hidden" name="which" value=(self.which);
            input type="hidden" name="ids" value=(self.ids);
        }
    }
}

/// What is done, in words: the code of the action, and what it is done with.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct BulkDeed {
    pub code: String,
    /// What the field is called.
    pub field: String,
    /// The person, the tag or the value.
    pub value: String,
}

/// «Assignar-los a Jordi Puig».
pub fn deed_words<'l>(l: impl Into<Locale<'l>>, deed: &BulkDeed) -> String {
    let l: Locale<'_> = l.into();
    let (field, value) = (deed.field.as_str(), deed.value.as_str());
    match deed.code.as_str() {
        "assign" => t!(l, "bulk-deed-assign", value = value),
        "assign_again" => t!(l, "bulk-assign-again"),
        "set_field" if value.is_empty() => t!(l, "bulk-deed-empty", field = field),
        "set_field" => t!(l, "bulk-deed-set", field = field, value = value),
        "add_tag" => t!(l, "bulk-deed-add-tag", value = value),
        "remove_tag" => t!(l, "bulk-deed-remove-tag", value = value),
        "archive" => t!(l, "bulk-archive"),
        "restore" => t!(l, "bulk-restore"),
        "delete" => t!(l, "bulk-delete"),
        other => other.to_owned(),
    }
}
