//! Everything about a person on paper.

use crate::audit::{AuditEntry, deed_name, kind_name};
use crate::messages::t;
use crate::paper::{Paper, Part, Rows};
use crate::{Shell, format, records};
use model::Kind;
use model::jiff::Timestamp;

/// One record of the person.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PersonPart {
    pub title: String,
    /// Names of fields and what they hold.
    pub facts: Vec<(String, String)>,
    pub notes: Vec<(Timestamp, String)>,
    /// Purposes, and what was said about them.
    pub consents: Vec<(String, String)>,
    pub opportunities: Vec<(String, String)>,
    pub quotes: Vec<(String, String)>,
    pub documents: Vec<(String, String)>,
    /// The imported file it came with, and when.
    pub import: Option<(String, Timestamp)>,
    pub changes: Vec<AuditEntry>,
}

/// What is kept about whoever has this e-mail address, phone or tax id.
pub fn paper(shell: &Shell, asked: &str, leads: Vec<PersonPart>) -> Paper {
    let l = shell.locale();
    let when = format::date_time(l, shell.now, &shell.zone);
    let intro = match leads.is_empty() {
        true => vec![t!(l, "privacy-none-text")],
        false => vec![
            t!(l, "privacy-paper-asked", asked = asked),
            t!(l, "privacy-paper-holds", count = leads.len(), company = shell.company.as_str()),
        ],
    };
    Paper {
        language: l.language,
        title: t!(l, "privacy-paper-title"),
        company: shell.company.clone(),
        made: t!(l, "paper-made", when = when),
        intro,
        contents: String::new(),
        parts: leads.into_iter().flat_map(|lead| parts(shell, lead)).collect(),
    }
}

fn parts(shell: &Shell, lead: PersonPart) -> Vec<Part> {
    let l = shell.locale();
    let when = |at: Timestamp| format::date_time(l, at, &shell.zone);
    let mut parts = vec![Part { facts: lead.facts, ..Part::new(1, lead.title) }];
    if let Some((file, at)) = lead.import {
        let facts = vec![(t!(l, "privacy-paper-import"), format!("{file} · {}", when(at)))];
        parts.push(Part { facts, ..Part::new(2, t!(l, "privacy-file")) });
    }
    if !lead.notes.is_empty() {
        let facts = lead.notes.into_iter().map(|(at, text)| (when(at), text)).collect();
        parts.push(Part { facts, ..Part::new(2, t!(l, "privacy-notes")) });
    }
    for (title, facts) in [
        (t!(l, "consents-title"), lead.consents),
        (records::list_title(l, Kind::Opportunity), lead.opportunities),
        (records::list_title(l, Kind::Quote), lead.quotes),
        (records::list_title(l, Kind::Document), lead.documents),
    ] {
        if !facts.is_empty() {
            parts.push(Part { facts, ..Part::new(2, title) });
        }
    }
    if !lead.changes.is_empty() {
        let tables = vec![changes(shell, lead.changes)];
        parts.push(Part { tables, ..Part::new(2, t!(l, "privacy-paper-changes")) });
    }
    parts
}

fn changes(shell: &Shell, entries: Vec<AuditEntry>) -> Rows {
    let l = shell.locale();
    let columns = vec![
        t!(l, "audit-column-when"),
        t!(l, "audit-column-deed"),
        t!(l, "audit-column-field"),
        t!(l, "audit-column-before"),
        t!(l, "audit-column-after"),
    ];
    let mut rows = Vec::new();
    for entry in entries {
        let when = format::date_time(l, entry.at, &shell.zone);
        let deed = format!("{} · {}", kind_name(l, entry.kind), deed_name(l, entry.deed));
        for change in entry.changes {
            rows.push(vec![when.clone(), deed.clone(), change.field, change.before, change.after]);
        }
    }
    Rows { columns, rows }
}
