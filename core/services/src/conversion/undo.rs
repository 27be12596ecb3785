//! A conversion taken back within a day: what was made for it goes, and the lead is what it was before, unless somebody
//! has worked with what was made.

use super::linking::Back;
use crate::error::none_of;
use crate::leads::{count_open, reachable};
use crate::records::{self, Record};
use crate::{App, Ctx, Error, consents, notes, permissions};
use model::jiff::{SignedDuration, Timestamp};
use model::uuid::Uuid;
use model::{
    Action, CONVERSION_UNDO_HOURS, Company, Consent, Consenting, Contact, Conversion, FieldErrors, Lead,
    LeadId, Opportunity,
};
use store::Write;

/// Records of one entity that belong to one that was just made: more is work of others in any case.
const LOOKED_AT_MAX: usize = 50;

/// Whether the caller can take a conversion back now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undo {
    pub until: Timestamp,
    /// What keeps it from being taken back; nothing where it can be.
    pub in_the_way: FieldErrors,
}

/// For the page of a converted lead; nothing where the time is over or the caller may not.
pub fn undo_of(app: &App, ctx: &Ctx, lead: &Lead) -> Result<Option<Undo>, Error> {
    let Some(conversion) = &lead.conversion else { return Ok(None) };
    let until = until(conversion);
    if ctx.at > until || permissions::require_lead(ctx, lead, Action::Change).is_err() {
        return Ok(None);
    }
    let back = Back::of(app, lead, conversion)?;
    match in_the_way(app, ctx, lead, conversion, &back) {
        Ok(in_the_way) => Ok(Some(Undo { until, in_the_way })),
        Err(Error::Denied | Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Takes a conversion back, all of it, or says everything that keeps it from being taken back.
pub fn undo(app: &App, ctx: &Ctx, id: LeadId, version: u64) -> Result<Lead, Error> {
    let lead = reachable(app, ctx, id, Action::Change)?;
    let Some(conversion) = lead.conversion.clone() else {
        return Err(Error::invalid("", "lead-not-converted", ""));
    };
    if lead.meta.version != version {
        return Err(app.conflict(&lead, &lead));
    }
    if ctx.at > until(&conversion) {
        return Err(Error::invalid("", "conversion-late", CONVERSION_UNDO_HOURS.to_string()));
    }
    let back = Back::of(app, &lead, &conversion)?;
    none_of(in_the_way(app, ctx, &lead, &conversion, &back)?)?;
    let mut write = ctx.write();
    for id in &conversion.made {
        notes::delete_all(app, &mut write, *id)?;
        delete(app, &mut write, *id)?;
    }
    for (now, after) in back.quotes {
        write.update(&now, after);
    }
    for (now, after) in back.documents {
        write.update(&now, after);
    }
    if let Some((now, mut after)) = back.contact {
        take_back_consents(app, &mut write, &lead, &mut after)?;
        write.update(&now, after);
    }
    let after = before(&lead, &conversion);
    count_open(&mut write, Some(&lead), Some(&after));
    write.update(&lead, after);
    app.commit(write)?;
    app.store.get::<Lead>(id.0)?.ok_or(Error::NotFound)
}

fn until(conversion: &Conversion) -> Timestamp {
    let day = SignedDuration::from_hours(CONVERSION_UNDO_HOURS);
    conversion.at.checked_add(day).unwrap_or(Timestamp::MAX)
}

/// The lead as it was; what the conversion brought about besides goes, too.
fn before(lead: &Lead, conversion: &Conversion) -> Lead {
    Lead {
        status: conversion.from,
        first_response_at: lead.first_response_at.filter(|at| *at != conversion.at),
        conversion: None,
        ..lead.clone()
    }
}

/// Everything that happened since with what was made. Denied where it is neither the caller's own doing nor theirs to
/// delete.
fn in_the_way(
    app: &App,
    ctx: &Ctx,
    lead: &Lead,
    conversion: &Conversion,
    back: &Back,
) -> Result<FieldErrors, Error> {
    let mut errors = FieldErrors::default();
    for id in &conversion.made {
        // What is gone already is no obstacle.
        let Some(record) = records::find(app, *id)? else { continue };
        if record.about().created_by.user != ctx.user_id() {
            permissions::require_record(ctx, record.as_ref(), Action::Delete)?;
        }
        let since = |consent: &Consent| consent.meta.updated_at > conversion.at;
        let is_changed = record.about().version > 1
            || !notes::of(app, *id)?.is_empty()
            || consents::of_record(app, *id)?.iter().any(since);
        if is_changed {
            errors.add("", "conversion-changed", name_of(&record));
        }
        for (kind, user) in records::who_uses(app, *id, LOOKED_AT_MAX)? {
            let is_its_own = user == lead.meta.id || conversion.made.contains(&user);
            if is_its_own || back.frees(kind, user, *id) {
                continue;
            }
            let user = records::visible(app, ctx, kind, user)?;
            let detail = user.map_or_else(|| name_of(&record), |user| name_of(&user));
            errors.add("", "conversion-used", detail);
        }
    }
    Ok(errors)
}

fn name_of(record: &Record) -> String {
    record.name()
}

fn delete(app: &App, write: &mut Write, id: Uuid) -> Result<(), Error> {
    if let Some(record) = app.store.get::<Company>(id)? {
        write.delete(&record);
    } else if let Some(record) = app.store.get::<Contact>(id)? {
        write.delete(&record);
    } else if let Some(record) = app.store.get::<Opportunity>(id)? {
        write.delete(&record);
    }
    Ok(())
}

/// What the person of the lead had said goes again from a contact that was there before.
fn take_back_consents(app: &App, write: &mut Write, lead: &Lead, contact: &mut Contact) -> Result<(), Error> {
    let of_lead = consents::of_record(app, lead.meta.id)?;
    let is_carried = |consent: &Consent| {
        of_lead.iter().any(|said| {
            said.meta.created_at == consent.meta.created_at
                && (&said.purpose, said.state, said.said_on, &said.evidence)
                    == (&consent.purpose, consent.state, consent.said_on, &consent.evidence)
        })
    };
    let (carried, kept): (Vec<Consent>, Vec<Consent>) =
        consents::of_record(app, contact.meta.id)?.into_iter().partition(is_carried);
    for consent in carried {
        write.delete(&consent);
    }
    contact.settle_consents(&kept);
    Ok(())
}
