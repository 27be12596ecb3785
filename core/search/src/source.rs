//! What the index keeps of a record and its notes: a pure fold over the journal.

use model::json::Value;
use model::serde::{Deserialize, Serialize};
use model::uuid::Uuid;
use model::{AnyRecord, Change, CustomValue, FieldValue, Kind, Lead, TeamId, UserId};
use std::collections::BTreeMap;

/// Only the newest notes of a lead are searched: each new note writes the whole document again.
pub const NOTES_PER_LEAD_MAX: usize = 200;

/// Beside the fields of a document in a change that brings a version: the text inside the file.
pub const FILE_TEXT: &str = "file_text";

/// The entities that are found.
pub const KINDS: [Kind; 8] = model::WORKED_WITH;

/// Everything a record is found by. The document in the index is derived from it and from nothing else.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(crate = "model::serde")]
pub struct Source {
    pub kind: Option<Kind>,
    pub name: Option<String>,
    pub company: Option<String>,
    pub tax_id: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub external_key: Option<String>,
    /// Description, interest, place…: in the order in which a snippet is looked for.
    pub texts: Vec<String>,
    /// Texts of the company's own fields; also e-mail addresses and phone numbers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub own: Vec<String>,
    pub team: Option<TeamId>,
    pub owner: Option<UserId>,
    /// By id; ids of notes are in the order of time.
    pub notes: BTreeMap<Uuid, String>,
    /// The text inside a document's file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file_text: Option<String>,
}

impl Source {
    /// The same notes, with everything else as the lead says now.
    pub(crate) fn with_lead(self, lead: Lead) -> Source {
        let texts = [
            lead.description,
            lead.interest,
            lead.campaign,
            lead.industry,
            lead.address,
            lead.postcode,
            lead.town,
            lead.zone,
            lead.website,
            lead.discard_reason,
            Some(lead.tags.join(" ")).filter(|tags| !tags.is_empty()),
        ];
        Source {
            kind: Some(Kind::Lead),
            name: lead.name,
            company: lead.company,
            tax_id: lead.tax_id,
            email: lead.email,
            phone: lead.phone,
            external_key: lead.external_key,
            texts: texts.into_iter().flatten().collect(),
            own: lead.custom.into_values().filter_map(own_text).collect(),
            team: lead.team,
            owner: lead.owner,
            notes: self.notes,
            file_text: None,
        }
    }

    /// The same for a record of any other entity: it is found by every text of its fields.
    pub(crate) fn with_record(self, record: &dyn AnyRecord) -> Source {
        let text = |key: &str| match record.built_in(key) {
            FieldValue::Text(text) => Some(text),
            _ => None,
        };
        const EXACT: [&str; 4] = ["tax_id", "email", "phone", "external_key"];
        let others = model::specs_of(record.entity()).iter().map(|spec| spec.key);
        let (owner, team) = record.responsible();
        Source {
            kind: Some(record.entity()),
            name: Some(record.name()),
            company: None,
            tax_id: text("tax_id"),
            email: text("email"),
            phone: text("phone"),
            external_key: text("external_key").or_else(|| text("code")),
            texts: others.filter(|key| !EXACT.contains(key)).filter_map(text).collect(),
            own: record
                .own()
                .values()
                .cloned()
                .filter_map(own_text)
                .chain(text("mobile"))
                .chain(listed(record))
                .collect(),
            team,
            owner,
            notes: self.notes,
            file_text: self.file_text,
        }
    }

    /// The same with the text that a change brings; the former text goes with the version it was in.
    pub(crate) fn with_file(self, change: &Change) -> Source {
        let brought = change.after.as_ref().and_then(|after| after.get(FILE_TEXT)).and_then(Value::as_str);
        let kept = self.file_text.filter(|_| !change.before.contains_key("revision"));
        let file_text = brought.filter(|text| !text.is_empty()).map(str::to_owned).or(kept);
        Source { file_text, ..self }
    }

    pub(crate) fn put_note(&mut self, note: Uuid, text: String) {
        self.notes.insert(note, text);
        while self.notes.len() > NOTES_PER_LEAD_MAX {
            self.notes.pop_first();
        }
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        [&self.company, &self.name].into_iter().flatten().map(String::as_str)
    }

    /// Everything else in words; the e-mail address too, so that its parts are found.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        self.passages().chain(self.email.as_deref())
    }

    /// What a snippet may be cut from: the lead's texts, then the newest notes, then what is inside a file.
    pub(crate) fn passages(&self) -> impl Iterator<Item = &str> {
        let said = self.texts.iter().chain(&self.own).chain(self.notes.values().rev());
        said.chain(&self.file_text).map(String::as_str)
    }
}

/// Texts of the lists within a record: further phones and addresses, what somebody does at another company.
fn listed(record: &dyn AnyRecord) -> Vec<String> {
    let rows = model::rows_of(record.entity()).iter().flat_map(|list| record.listed(list.key));
    let text = |value: FieldValue| match value {
        FieldValue::Text(text) => Some(text),
        _ => None,
    };
    rows.flatten().filter_map(text).collect()
}

/// What of a value people look for: words, not amounts, choices of several or ids of other records.
fn own_text(value: CustomValue) -> Option<String> {
    match value {
        CustomValue::Text(text) if Uuid::parse_str(&text).is_err() => Some(text),
        CustomValue::Text(_) | CustomValue::Flag(_) | CustomValue::Amount(_) | CustomValue::Codes(_) => None,
    }
}
