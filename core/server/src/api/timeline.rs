//! What happened to a record, as it goes over the wire.

use model::{Deed, Via};
use poem_openapi::types::Any;
use poem_openapi::{Enum, Object};
use services::timelines::Sort;

/// What was done.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[oai(rename_all = "snake_case")]
pub(crate) enum Done {
    Created,
    Updated,
    Deleted,
}

/// The way it came.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[oai(rename_all = "snake_case")]
pub(crate) enum Channel {
    Page,
    Api,
    Import,
    Form,
    System,
}

/// A page of changes, newest first.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct Timeline {
    items: Vec<Change>,
    /// To be sent back as `before` for older changes; absent when there are none.
    next: Option<u64>,
}

/// One change of one record.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct Change {
    /// Its place in the journal.
    number: u64,
    at: String,
    /// The id of the user who did it; absent for the system.
    user: Option<String>,
    channel: Channel,
    /// The id of the import that it came with.
    import: Option<String>,
    /// The entity: `lead`, `activity`…
    kind: String,
    id: String,
    version: u64,
    done: Done,
    fields: Vec<FieldChange>,
}

/// Both values of one field that changed.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct FieldChange {
    field: String,
    before: Option<Any<model::json::Value>>,
    after: Option<Any<model::json::Value>>,
}

impl Timeline {
    pub(crate) fn of(page: services::timelines::Timeline) -> Timeline {
        Timeline { items: page.changes.into_iter().map(Change::from).collect(), next: page.next }
    }
}

/// Which changes a timeline shows.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[oai(rename_all = "snake_case")]
pub(crate) enum Shown {
    All,
    Notes,
    Calls,
    Emails,
    /// And visits.
    Meetings,
    Tasks,
    /// All that happened to quotes.
    Quotes,
    /// Documents: brought, changed, taken away.
    Files,
    /// Of an opportunity, and statuses of a lead.
    Stages,
    /// Other changes of fields.
    Fields,
    Others,
}

impl From<Shown> for Sort {
    fn from(shown: Shown) -> Sort {
        match shown {
            Shown::All => Sort::Everything,
            Shown::Notes => Sort::Notes,
            Shown::Calls => Sort::Calls,
            Shown::Emails => Sort::Emails,
            Shown::Meetings => Sort::Meetings,
            Shown::Tasks => Sort::Tasks,
            Shown::Quotes => Sort::Quotes,
            Shown::Files => Sort::Files,
            Shown::Stages => Sort::Stages,
            Shown::Fields => Sort::Fields,
            Shown::Others => Sort::Others,
        }
    }
}

impl From<model::Change> for Change {
    fn from(change: model::Change) -> Change {
        let fields = match change.deed {
            Deed::Updated => {
                change.changed_fields().filter(|(field, ..)| *field != "meta").map(FieldChange::of).collect()
            }
            Deed::Created | Deed::Deleted => Vec::new(),
        };
        Change {
            number: change.seq,
            at: change.at.to_string(),
            user: change.by.user.map(|user| user.to_string()),
            import: match &change.by.via {
                Via::Import(import) => Some(import.to_string()),
                _ => None,
            },
            channel: change.by.via.into(),
            kind: change.kind.as_str().to_owned(),
            id: change.id.to_string(),
            version: change.version,
            done: change.deed.into(),
            fields,
        }
    }
}

impl From<Via> for Channel {
    fn from(via: Via) -> Channel {
        match via {
            Via::Page => Channel::Page,
            Via::Api(_) => Channel::Api,
            Via::Import(_) => Channel::Import,
            Via::Form => Channel::Form,
            Via::System => Channel::System,
        }
    }
}

impl From<Deed> for Done {
    fn from(deed: Deed) -> Done {
        match deed {
            Deed::Created => Done::Created,
            Deed::Updated => Done::Updated,
            Deed::Deleted => Done::Deleted,
        }
    }
}

impl From<Done> for Deed {
    fn from(done: Done) -> Deed {
        match done {
            Done::Created => Deed::Created,
            Done::Updated => Deed::Updated,
            Done::Deleted => Deed::Deleted,
        }
    }
}

impl FieldChange {
    fn of((field, before, after): (&str, &model::json::Value, &model::json::Value)) -> FieldChange {
        let value = |value: &model::json::Value| (!value.is_null()).then(|| Any(value.clone()));
        FieldChange { field: field.to_owned(), before: value(before), after: value(after) }
    }
}
