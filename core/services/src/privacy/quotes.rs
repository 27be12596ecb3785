//! Quotes to somebody: which ones are told of, and what of each goes when they are erased.

use super::erasing::for_each_change;
use super::{FOUND_MAX, Piece, words};
use crate::documents::Hashes;
use crate::{App, Error, costs, records};
use model::json::{self, Map, Value};
use model::uuid::Uuid;
use model::{Change, ERASED, Kind, OfQuote, Quote};
use std::collections::BTreeSet;

/// Those that name a record, as what they are for; what is left of their prices is nobody's personal data.
pub(super) fn of(app: &App, id: Uuid) -> Result<Vec<Quote>, Error> {
    let mut found = Vec::new();
    for quote in records::linked_ids(app, id, Kind::Quote, FOUND_MAX)? {
        found.extend(app.store.get::<Quote>(quote)?.map(costs::without_margin));
    }
    Ok(found)
}

/// All that somebody was called, in words: simulations are called after whom they are for.
#[derive(Default)]
pub(super) struct Titles(BTreeSet<Vec<String>>);

impl Titles {
    /// As of a change of their record.
    pub(super) fn add(&mut self, change: &Change) {
        let title = model::title_in(change).filter(|title| title != ERASED);
        self.0.extend(title.map(|title| words(&title)).filter(|title| !title.is_empty()));
    }

    /// Whether a text is one of them, or has one of several words within.
    fn are_in(&self, text: &str) -> bool {
        let said = words(text);
        let is_within = |title: &Vec<String>| {
            title.len() > 1 && said.windows(title.len()).any(|some| some == title.as_slice())
        };
        self.0.contains(&said) || self.0.iter().any(is_within)
    }
}

/// What of a quote on the timeline of somebody who is erased goes; nothing of one that is somebody else's by now. The same
/// when it was emptied already and the journal was not.
pub(super) fn part_of(
    app: &App,
    (kind, erased): Piece,
    titles: &Titles,
    id: Uuid,
) -> Result<Option<OfQuote>, Error> {
    let (mut last, mut is_called_so) = (None, false);
    for_each_change(app, id, &mut |change| {
        let after = change.after.as_ref().and_then(Value::as_object);
        for fields in [after, Some(&change.before)].into_iter().flatten() {
            let subject = fields.get("subject").and_then(Value::as_str);
            is_called_so |= subject.is_some_and(|subject| titles.are_in(subject));
        }
        last.get_or_insert_with(|| after.unwrap_or(&change.before).clone());
    })?;
    let stored = app.store.get::<Quote>(id)?.map(json::to_value).transpose().map_err(Error::internal)?;
    let now = match stored {
        Some(Value::Object(fields)) => fields,
        _ => last.unwrap_or_default(),
    };
    let link = |name: &str| link_in(&now, name);
    let other = |name: &str| link(name).is_some_and(|id| id != erased);
    let part = match kind {
        Kind::Lead if other("lead") => None,
        // What a client was offered is told by the client.
        Kind::Lead if link("company").is_some() || link("contact").is_some() => None,
        Kind::Contact if other("contact") => None,
        Kind::Contact if link("company").is_some() => Some(OfQuote::Client),
        Kind::Company if other("company") => None,
        _ => Some(OfQuote::Everything),
    };
    Ok(match part {
        None => is_called_so.then_some(OfQuote::Name),
        Some(_) if is_called_so => Some(OfQuote::Everything),
        part => part,
    })
}

/// The pictures of drawn signatures that a quote has or had, as long as the journal or the record says so.
pub(super) fn signatures(app: &App, id: Uuid) -> Result<Hashes, Error> {
    let mut hashes = Hashes::new();
    let mut take = |state: Option<&Value>| {
        let signature =
            state.and_then(|state| state.pointer("/acceptance/signature")).and_then(Value::as_str);
        hashes.extend(signature.map(str::to_owned));
    };
    for_each_change(app, id, &mut |change| {
        take(change.before.get("state"));
        take(change.after.as_ref().and_then(|after| after.get("state")));
    })?;
    let stored = app.store.get::<Quote>(id)?.and_then(|quote| quote.state.acceptance);
    hashes.extend(stored.and_then(|acceptance| acceptance.signature));
    Ok(hashes)
}

fn link_in(fields: &Map<String, Value>, name: &str) -> Option<Uuid> {
    fields.get(name).and_then(Value::as_str).and_then(|id| id.parse().ok())
}
