//! The first answer to a lead: the one place where it is written down, whoever gave it and which way.

use super::count_open;
use crate::{App, Error};
use model::jiff::Timestamp;
use model::uuid::Uuid;
use model::{Lead, LeadStatus};

/// The lead was answered, unless somebody did before.
pub(crate) fn answer(lead: &mut Lead, at: Timestamp) {
    lead.first_response_at.get_or_insert(at);
}

/// A lead and the moment at which somebody spoke or wrote to its person.
type Answer = (Uuid, Timestamp);

/// An activity that is done is an answer to its lead; one that is not done after all is none any more. Added to the write of
/// the activity.
pub(crate) fn follow_answer(
    app: &App,
    write: &mut store::Write,
    before: Option<Answer>,
    after: Option<Answer>,
) -> Result<(), Error> {
    if before == after {
        return Ok(());
    }
    let mut leads: Vec<Uuid> = [before, after].into_iter().flatten().map(|(lead, _)| lead).collect();
    leads.dedup();
    for id in leads {
        let Some(lead) = app.store.get::<Lead>(id)? else { continue };
        let at = |answer: Option<Answer>| answer.filter(|(of, _)| *of == id).map(|(_, at)| at);
        let mut answered = lead.clone();
        if let Some(at) = at(before).filter(|at| lead.first_response_at == Some(*at)) {
            take_back(&mut answered, at);
        }
        if let Some(at) = at(after) {
            answer(&mut answered, at);
            if matches!(answered.status, LeadStatus::New | LeadStatus::Assigned) {
                answered.status = LeadStatus::Contacted;
            }
        }
        if answered != lead {
            count_open(write, Some(&lead), Some(&answered));
            write.update(&lead, answered);
        }
    }
    Ok(())
}

/// As it was before that answer, unless the lead went further since.
fn take_back(lead: &mut Lead, at: Timestamp) {
    if lead.first_response_at == Some(at) && lead.status == LeadStatus::Contacted {
        lead.first_response_at = None;
        lead.status = if lead.owner.is_some() { LeadStatus::Assigned } else { LeadStatus::New };
    }
}
