//! The audit log on screen: who did what to which record, when and from where, with both values of each field.

mod filters;
mod page;
mod values;
mod words;

pub use filters::AuditFilters;
pub use page::{AuditChange, AuditEntry, AuditPage, page};
pub(crate) use words::is_by_client;
pub use words::{Words, deed_name, export_titles, href, is_known_field, is_known_part, kind_name, who};

use crate::Locale;
use crate::components::link_button;
use crate::messages::t;
use maud::Markup;

/// Where the log is.
pub const PATH: &str = "/audit";

/// The way from a record's page to its slice of the log.
pub fn link<'l>(l: impl Into<Locale<'l>>, record: &str) -> Markup {
    let l: Locale<'_> = l.into();
    link_button(&format!("{PATH}?record={record}"), "history", &t!(l, "audit-of-record"))
}
