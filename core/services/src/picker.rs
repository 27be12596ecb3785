//! Records offered while somebody types into a field that leads to one: those whose name begins so, then those in which the
//! words are found. Only those the caller may see.

use crate::links::names_beginning;
use crate::records::{self, Record};
use crate::{App, Ctx, Error, fields, leads, permissions, search};
use model::uuid::Uuid;
use model::{Action, Kind, fold};

/// More is no choice any more: one more letter makes it shorter.
pub const OFFERED_MAX: usize = 20;
/// Longer than any name; what follows is not read.
const TEXT_CHARACTERS_MAX: usize = 200;

/// What may be meant.
pub struct Offer {
    /// At most [`OFFERED_MAX`], the likeliest first.
    pub records: Vec<Record>,
    /// The name that a new record could have: nobody visible has it, and the caller may make one.
    pub new: Option<String>,
}

/// The entity that this plural is of, where fields can lead to it.
pub fn target_of(plural: &str) -> Result<Kind, Error> {
    let is_it =
        |kind: &Kind| model::path_of(*kind).is_some_and(|path| path.trim_start_matches('/') == plural);
    fields::ENTITIES.into_iter().find(is_it).ok_or(Error::NotFound)
}

/// Records of an entity for what was typed so far; before anything was, the newest ones. What was put away is not offered.
pub fn offer(app: &App, ctx: &Ctx, target: Kind, typed: &str) -> Result<Offer, Error> {
    permissions::require(ctx, target, Action::See)?;
    let text: String = typed.trim().chars().take(TEXT_CHARACTERS_MAX).collect();
    let mut found = Found::default();
    if text.is_empty() {
        found.take(newest(app, ctx, target)?);
        return Ok(Offer { records: found.records, new: None });
    }
    for id in names_beginning(app, target, &text)? {
        found.take(records::visible(app, ctx, target, id)?);
    }
    if !found.is_full() {
        let hits = search::everything(app, ctx, &text, &[target], 0, OFFERED_MAX)?;
        found.take(hits.found.into_iter().map(|hit| hit.record));
    }
    let is_there = found.records.iter().any(|record| fold(&record.name()) == fold(&text));
    let new = (!is_there && may_make(ctx, target)).then_some(text);
    Ok(Offer { records: found.records, new })
}

/// Whether the caller may make a record of this entity that is known by nothing but its name.
pub fn may_make(ctx: &Ctx, target: Kind) -> bool {
    matches!(target, Kind::Company | Kind::Contact) && permissions::may(ctx, target, Action::Create)
}

fn newest(app: &App, ctx: &Ctx, target: Kind) -> Result<Vec<Record>, Error> {
    if target == Kind::Lead {
        let query = leads::LeadQuery { limit: OFFERED_MAX, ..leads::LeadQuery::default() };
        let page = leads::list(app, ctx, &query)?;
        return Ok(page.leads.into_iter().map(|lead| Box::new(lead) as Record).collect());
    }
    let query = records::Query { limit: OFFERED_MAX, ..records::Query::default() };
    Ok(records::list(app, ctx, target, &query)?.records)
}

#[derive(Default)]
struct Found {
    records: Vec<Record>,
    seen: Vec<Uuid>,
}

impl Found {
    fn is_full(&self) -> bool {
        self.records.len() >= OFFERED_MAX
    }

    fn take(&mut self, records: impl IntoIterator<Item = Record>) {
        for record in records {
            let id = record.about().id;
            if !self.is_full() && !record.is_archived() && !self.seen.contains(&id) {
                self.seen.push(id);
                self.records.push(record);
            }
        }
    }
}
