//! What was done with a document, from the journal, in words.

use crate::Locale;
use crate::components::Tone;
use crate::messages::t;
use model::json::Value;
use model::uuid::Uuid;
use model::{Change, Deed, Kind};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum DocumentDeed {
    Added,
    Renewed,
    Changed,
    Deleted,
}

/// One entry of a history that is about a document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DocumentEvent {
    id: Uuid,
    deed: DocumentDeed,
    title: String,
    /// What a new version changes.
    pub(crate) said: Option<String>,
}

impl DocumentEvent {
    /// The entry for a change; none for changes of anything else.
    pub fn of(change: &Change) -> Option<DocumentEvent> {
        if change.kind != Kind::Document {
            return None;
        }
        let deed = match change.deed {
            Deed::Created => DocumentDeed::Added,
            Deed::Updated if change.before.contains_key("revision") => DocumentDeed::Renewed,
            Deed::Updated => DocumentDeed::Changed,
            Deed::Deleted => DocumentDeed::Deleted,
        };
        let note = change.after.as_ref().and_then(|after| after.get("change_note"));
        let said = note.and_then(Value::as_str).filter(|_| deed == DocumentDeed::Renewed);
        Some(DocumentEvent {
            id: change.id,
            deed,
            title: title_of(change).unwrap_or_default(),
            said: said.map(str::to_owned),
        })
    }

    /// Whether the fields that changed are worth saying, too.
    pub(crate) fn is_change_of_fields(&self) -> bool {
        self.deed == DocumentDeed::Changed
    }

    pub(crate) fn icon(&self) -> &'static str {
        match self.deed {
            DocumentDeed::Added | DocumentDeed::Renewed => "file",
            DocumentDeed::Changed => "pencil",
            DocumentDeed::Deleted => "trash-2",
        }
    }

    pub(crate) fn tone(&self) -> Tone {
        match self.deed {
            DocumentDeed::Added | DocumentDeed::Renewed => Tone::Accent,
            DocumentDeed::Changed => Tone::Plain,
            DocumentDeed::Deleted => Tone::Danger,
        }
    }

    /// A whole sentence; `who` is empty where nobody did it.
    pub(crate) fn words(&self, l: Locale<'_>, who: &str) -> String {
        let by = if who.is_empty() { "nobody" } else { "person" };
        let title = self.title.as_str();
        match self.deed {
            DocumentDeed::Added => t!(l, "documents-event-added", by = by, who = who, title = title),
            DocumentDeed::Renewed => t!(l, "documents-event-renewed", by = by, who = who, title = title),
            DocumentDeed::Changed => t!(l, "documents-event-changed", by = by, who = who, title = title),
            DocumentDeed::Deleted => t!(l, "documents-event-deleted", by = by, who = who, title = title),
        }
    }

    /// Its page, while there is one.
    pub(crate) fn href(&self) -> Option<String> {
        (self.deed != DocumentDeed::Deleted).then(|| format!("{}/{}", super::PATH, self.id))
    }
}

/// As it was called then.
fn title_of(change: &Change) -> Option<String> {
    let of = |fields: &Value| fields.get("title").and_then(Value::as_str).map(str::to_owned);
    match &change.after {
        Some(after) => of(after),
        None => change.before.get("title").and_then(Value::as_str).map(str::to_owned),
    }
}
