//! Leads (clients potencials): the list, the form, the page of one with its history, and the question before deleting.

mod clock;
mod delete;
mod filters;
mod form;
mod history;
mod inbox;
mod list;
mod page;
#[cfg(test)]
mod tests;
mod value;
mod why;

pub use delete::{DeletePage, delete_page};
pub use filters::{LeadFilters, OpenView, OwnerChoice};
pub use form::{ConflictField, FormOf, FormPage, LeadForm, form_page};
pub(crate) use form::{conflict_table, industries, zones};
pub use history::{Event, Way, What};
pub use inbox::{INBOX_PATH, InboxDone, InboxForm, InboxRow, InboxView, inbox_page};
pub use list::{
    LeadLine, LeadTotal, ListCell, ListColumn, ListGroup, ListMay, ListPage, list_page, list_title,
    more_rows, no_value,
};
pub(crate) use list::{cell, total};
pub use page::{LeadMay, LeadPage, LeadQuote, OTHER_REASON, page};
pub(crate) use value::error_summary;
pub use value::{FieldChange, LeadValue, field_label};
pub(crate) use why::outcome as asked_outcome;
pub use why::{Decided, Tried, Why};

use crate::messages::t;
use crate::{Locale, format};
use model::jiff::civil::Date;

/// What somebody is called where they are given something, and until when they are away, where they are.
pub fn with_absence<'l>(l: impl Into<Locale<'l>>, name: &str, away_until: Option<Date>) -> String {
    let l: Locale<'_> = l.into();
    match away_until {
        Some(day) => t!(l, "leads-person-away", name = name, day = format::date_short(day)),
        None => name.to_owned(),
    }
}

/// Somebody who can be chosen in a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Person {
    pub id: String,
    pub name: String,
}
