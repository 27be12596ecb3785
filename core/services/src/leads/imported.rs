//! What leads bring to imports: how they stood and whose they were in the other program; all others are assigned by the
//! rules that every way in has.

use super::status_words;
use super::{REASON_CHARACTERS_MAX, checked, count_open, delete_with_notes, give, may_assign, reason_of};
use crate::assignment::Round;
use crate::clock::Clock;
use crate::imports::entities::{Importable, Uses};
use crate::imports::plans::{DISCARD_REASON, OWNER, STATUS};
use crate::own_values::Making;
use crate::records::{Draft, date_back};
use crate::{App, Ctx, Error, LeadDraft, notes};
use model::uuid::Uuid;
use model::{
    Assignment, CREATED, Decision, FieldErrors, ImportTarget, Lead, LeadStatus, Meta, Settings, User, UserId,
    Via, own_name,
};
use store::Write;

impl Importable for Lead {
    fn made(
        app: &App,
        ctx: &Ctx,
        settings: &Settings,
        draft: &Draft,
        before: Option<&Lead>,
    ) -> Result<(Lead, FieldErrors), Error> {
        let mut typed = before.map_or_else(LeadDraft::default, |lead| LeadDraft::of(lead, &app.frame()));
        for (key, texts) in &draft.0 {
            if let Some(name) = own_name(key) {
                typed.custom.insert(name.to_owned(), texts.clone());
            } else if let Some(target) = ImportTarget::from_code(key) {
                *typed.field_mut(target) = texts.first().cloned().unwrap_or_default();
            }
        }
        let new = || Lead::new(Meta::new(ctx.new_id(), ctx.at, ctx.actor()));
        let mut lead = before.cloned().unwrap_or_else(new);
        let mut wrong = FieldErrors::default();
        if before.is_none() {
            date_back(&mut lead.meta, said(draft, CREATED), &settings.zone(), &mut wrong);
        }
        put_owner(app, ctx, settings, draft, before, &mut lead, &mut wrong)?;
        put_status(app, draft, &mut lead, &mut wrong);
        let making = if before.is_some() { Making::Changed } else { Making::New };
        let mut errors = checked(app, ctx, &typed, &mut lead, settings, making)?;
        errors.0.extend(wrong.0);
        Ok((lead, errors))
    }

    fn create_all(
        app: &App,
        ctx: &Ctx,
        settings: &Settings,
        write: &mut Write,
        records: Vec<Lead>,
    ) -> Result<Option<Round>, Error> {
        if records.is_empty() {
            return Ok(None);
        }
        let round = Round::prepare(app, ctx, settings.clone())?;
        // Whose is known, or of whom nobody has to take care any more: no rule hands it out, and it takes nobody's turn.
        let (kept, handed_out): (Vec<Lead>, Vec<Lead>) =
            records.into_iter().partition(|lead| lead.owner.is_some() || !lead.status.is_open());
        round.keep(app, write, kept, assignment(ctx).as_ref())?;
        let chosen = handed_out.into_iter().map(|lead| {
            let choice = round.choose(app, ctx, &lead)?;
            Ok((lead, choice))
        });
        let chosen = chosen.collect::<Result<Vec<_>, Error>>()?;
        if !chosen.is_empty() {
            round.place(ctx, write, chosen);
        }
        Ok(Some(round))
    }

    fn change(write: &mut Write, before: &Lead, after: Lead) {
        count_open(write, Some(before), Some(&after));
        write.update(before, after);
    }

    fn remove(app: &App, write: &mut Write, record: &Lead) -> Result<(), Error> {
        delete_with_notes(app, write, record)
    }

    fn uses(app: &App, id: Uuid) -> Result<Uses, Error> {
        Ok(Uses { records: crate::records::users_of(app, id)?, notes: notes::of(app, id)?.len() })
    }
}

/// What a row says in a field; nothing where it is silent.
fn said<'d>(draft: &'d Draft, key: &str) -> Option<&'d str> {
    draft.one(key).map(str::trim).filter(|text| !text.is_empty())
}

/// Why it is theirs: the file said so.
fn assignment(ctx: &Ctx) -> Option<Assignment> {
    let by = ctx.actor();
    let decision = match (by.via, by.user) {
        (Via::Import(import), _) => Decision::Import { import },
        (_, user) => Decision::Person { user: user? },
    };
    Some(Assignment { at: ctx.at, decision, reason: String::new(), candidates: 1, tried: Vec::new() })
}

/// Whose it is. A new one becomes theirs when it is written.
fn put_owner(
    app: &App,
    ctx: &Ctx,
    settings: &Settings,
    draft: &Draft,
    before: Option<&Lead>,
    lead: &mut Lead,
    errors: &mut FieldErrors,
) -> Result<(), Error> {
    let Some(typed) = said(draft, OWNER) else {
        return Ok(());
    };
    let wanted = typed.parse::<UserId>().ok();
    if wanted.is_some() && wanted == lead.owner {
        return Ok(());
    }
    // New ones may be their own.
    let may_choose = may_assign(ctx) || (before.is_none() && wanted.is_some() && wanted == ctx.user_id());
    let user = wanted.map(|id| app.store.get::<User>(id.0)).transpose()?.flatten();
    match (user.filter(|user| user.active), before, assignment(ctx)) {
        _ if !may_choose => errors.add(OWNER, "owner-denied", ""),
        (Some(user), Some(_), Some(assignment)) => {
            give(lead, &user, assignment, &Clock::of(settings, &app.frame()));
        }
        (Some(user), ..) => lead.owner = Some(user.id()),
        (None, ..) => errors.add(OWNER, "choice", typed),
    }
    Ok(())
}

/// How it stands. What was answered in the other program has no first response here: nobody knows when that was, and no
/// clock runs. What was converted there is so without a record that it leads to.
fn put_status(app: &App, draft: &Draft, lead: &mut Lead, errors: &mut FieldErrors) {
    if said(draft, STATUS).is_none() && said(draft, DISCARD_REASON).is_none() {
        return;
    }
    let meant = match said(draft, STATUS) {
        None => lead.status,
        Some(word) => match status_words::meant(word) {
            Some(status) => status,
            None => return errors.add(STATUS, "choice", word),
        },
    };
    if lead.conversion.is_some() && meant != LeadStatus::Converted {
        return errors.add(STATUS, "lead-converted", "");
    }
    if meant == LeadStatus::Discarded {
        let former = lead.discard_reason.take();
        match said(draft, DISCARD_REASON) {
            Some(reason) if reason.chars().count() > REASON_CHARACTERS_MAX => {
                errors.add(DISCARD_REASON, "too-long", REASON_CHARACTERS_MAX.to_string());
            }
            Some(reason) => lead.discard_reason = Some(reason_of(app, reason)),
            None if former.is_none() => errors.add(DISCARD_REASON, "required", ""),
            None => lead.discard_reason.clone_from(&former),
        }
        if lead.discard_reason != former {
            lead.duplicate_of = None;
        }
    } else {
        (lead.discard_reason, lead.duplicate_of) = (None, None);
    }
    lead.status = match (meant, lead.owner) {
        (LeadStatus::New, Some(_)) => LeadStatus::Assigned,
        (LeadStatus::Assigned, None) => LeadStatus::New,
        (status, _) => status,
    };
}
