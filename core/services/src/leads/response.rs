//! The first answer to a lead: the one place where it is written down, whoever gave it and which way.

use super::count_open;
use crate::records::linked_ids;
use crate::{App, Error};
use model::jiff::Timestamp;
use model::uuid::Uuid;
use model::{Activity, Kind, Lead, LeadStatus};
use std::collections::{BTreeMap, BTreeSet};

/// Activities of one lead that are looked at for another answer; of so many some other is one.
const ACTIVITIES_MAX: usize = 1_000;

/// The lead was answered, unless somebody did before.
pub(crate) fn answer(lead: &mut Lead, at: Timestamp) {
    lead.first_response_at.get_or_insert(at);
}

/// Whether somebody answered it, though nobody may know when: an import told how it stood in another program. What is done
/// after that is no first answer, neither a fast nor a slow one.
pub(crate) fn was_answered(lead: &Lead) -> bool {
    use LeadStatus::{Contacted, Converted, Nurturing, Qualified};
    lead.first_response_at.is_some() || matches!(lead.status, Contacted | Nurturing | Qualified | Converted)
}

/// What the activities of a write mean for one lead.
#[derive(Default)]
struct Turn {
    /// Answers that are none any more, or were given at another time.
    gone: Vec<Timestamp>,
    came: Vec<Timestamp>,
    changed: BTreeSet<Uuid>,
}

/// Activities that are done are answers to their leads; those that are not done after all, or go, are none any more. Added
/// to the write that makes, changes or deletes them, once all of them are in it. A lead that the write is about itself is
/// left to it.
pub(crate) fn follow_answers(app: &App, write: &mut store::Write) -> Result<(), Error> {
    let answer_of = |activity: &Activity| Some((activity.lead?, activity.answered_at()?));
    let mut turns: BTreeMap<Uuid, Turn> = BTreeMap::new();
    for (before, after) in write.changes_of::<Activity>() {
        let was = before.as_ref().and_then(answer_of);
        let is = after.as_ref().and_then(answer_of);
        let Some(activity) = before.or(after).filter(|_| was != is) else { continue };
        if let Some((lead, at)) = was {
            turns.entry(lead).or_default().gone.push(at);
        }
        if let Some((lead, at)) = is {
            turns.entry(lead).or_default().came.push(at);
        }
        for (lead, _) in was.into_iter().chain(is) {
            turns.entry(lead).or_default().changed.insert(activity.meta.id);
        }
    }
    for (id, turn) in turns {
        if write.is_of(Kind::Lead, id) {
            continue;
        }
        let Some(lead) = app.store.get::<Lead>(id)? else { continue };
        let after = turned(app, &lead, &turn)?;
        if after != lead {
            count_open(write, Some(&lead), Some(&after));
            write.update(&lead, after);
        }
    }
    Ok(())
}

fn turned(app: &App, lead: &Lead, turn: &Turn) -> Result<Lead, Error> {
    // What was done before the lead was written down answered it at once.
    let within = |at: Timestamp| at.max(lead.meta.created_at);
    let mut after = lead.clone();
    let was_first =
        |at: &Timestamp| lead.first_response_at.is_some_and(|first| first == *at || first == within(*at));
    if turn.gone.iter().any(was_first) {
        match other_answer(app, lead, &turn.changed)? {
            Some(at) => after.first_response_at = Some(within(at)),
            // As it was before that answer, unless the lead went further since.
            None if lead.status == LeadStatus::Contacted => {
                after.first_response_at = None;
                after.status = if lead.owner.is_some() { LeadStatus::Assigned } else { LeadStatus::New };
            }
            None => {}
        }
    }
    if let Some(at) = turn.came.iter().min() {
        if !was_answered(&after) {
            answer(&mut after, within(*at));
        }
        if matches!(after.status, LeadStatus::New | LeadStatus::Assigned) {
            after.status = LeadStatus::Contacted;
        }
    }
    Ok(after)
}

/// The first of the answers that stay.
fn other_answer(app: &App, lead: &Lead, without: &BTreeSet<Uuid>) -> Result<Option<Timestamp>, Error> {
    let mut first: Option<Timestamp> = None;
    for id in linked_ids(app, lead.meta.id, Kind::Activity, ACTIVITIES_MAX)? {
        if without.contains(&id) {
            continue;
        }
        let activity = app.store.get::<Activity>(id)?;
        let at = activity
            .filter(|activity| activity.lead == Some(lead.meta.id))
            .and_then(|activity| activity.answered_at());
        first = first.into_iter().chain(at).min();
    }
    Ok(first)
}
