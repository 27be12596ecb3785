//! A lead becomes a company, a contact and an opportunity, and back again: the page, and the card on the lead's page.

use super::fields::{value_of, version_of};
use super::leads::own::picked;
use super::picker;
use super::records::{draft_of, form_of};
use crate::errors::Fault;
use crate::here::Here;
use crate::routes::{Entry, page};
use model::{FieldErrors, Kind, Lead, LeadId};
use poem::http::Method;
use poem::web::{Form, Path};
use poem::{Response, handler};
use services::conversion::{self, ConversionDraft, Part};
use services::duplicates::Duplicate;
use services::records::Draft;
use services::{App, Ctx, Error};
use ui::conversion::{Became, BecameLine, Candidate, ConversionPage, NEW, NONE, OTHER, PartForm};
use ui::records::FormOf;

type Fields = Vec<(String, String)>;

pub(crate) fn entries() -> Vec<Entry> {
    let convert = "change this lead, create what it becomes";
    vec![
        page(Method::GET, "/leads/:id/convert", convert, ask),
        page(Method::POST, "/leads/:id/convert", convert, convert_one),
        page(Method::POST, "/leads/:id/convert/undo", "change this lead", undo),
    ]
}

#[handler]
async fn ask(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = here.id::<LeadId>(&id)?;
    match here.try_deed(move |app, ctx| view_of(app, ctx, id, None)).await? {
        Ok(view) => Ok(here.page(ui::conversion::page(&here.shell(), &view))),
        // It is converted already: its page says into what.
        Err(Error::Invalid(_)) => Ok(here.go(&format!("/leads/{id}"))),
        Err(error) => Err(error.into()),
    }
}

#[handler]
async fn convert_one(
    here: Here,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    let id = here.id::<LeadId>(&id)?;
    let (version, draft) = (version_of(&fields), typed(&fields));
    let done = here.try_deed(move |app, ctx| conversion::convert(app, ctx, id, version, &draft)).await?;
    let (errors, is_stale) = match done {
        Ok(_) => return Ok(here.go_with_notice(&format!("/leads/{id}"), "lead-converted")),
        Err(Error::Invalid(errors)) => (errors, false),
        Err(Error::Conflict(_)) => {
            let mut errors = FieldErrors::default();
            errors.add("", "stale", "");
            (errors, true)
        }
        Err(error) => return Err(error.into()),
    };
    match here.try_deed(move |app, ctx| view_of(app, ctx, id, Some((fields, errors)))).await? {
        Ok(view) => {
            let markup = ui::conversion::page(&here.shell(), &view);
            Ok(if is_stale { here.conflict(markup) } else { here.unprocessable(markup) })
        }
        // Sent twice: the first one did it.
        Err(Error::Invalid(_)) => Ok(here.go(&format!("/leads/{id}"))),
        Err(error) => Err(error.into()),
    }
}

#[handler]
async fn undo(here: Here, Path(id): Path<String>, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let id = here.id::<LeadId>(&id)?;
    let version = version_of(&fields);
    match here.try_deed(move |app, ctx| conversion::undo(app, ctx, id, version)).await? {
        Ok(_) => Ok(here.go_with_notice(&format!("/leads/{id}"), "conversion-undone")),
        // The page of the lead says what is in the way, as of now.
        Err(Error::Invalid(_) | Error::Conflict(_)) => Ok(here.go(&format!("/leads/{id}"))),
        Err(error) => Err(error.into()),
    }
}

/// What a form sent.
fn typed(fields: &Fields) -> ConversionDraft {
    let part = |kind: Kind| match value_of(fields, kind.as_str()) {
        "" | NONE => Part::Nothing,
        NEW => Part::New(typed_of(kind, fields)),
        OTHER => {
            let mut other = other_of(kind, fields).into_iter();
            Part::Existing(other.next().unwrap_or_default(), other.next())
        }
        id => Part::Existing(id.to_owned(), None),
    };
    let is_new = value_of(fields, Kind::Opportunity.as_str()) == NEW;
    ConversionDraft {
        company: part(Kind::Company),
        contact: part(Kind::Contact),
        opportunity: is_new.then(|| typed_of(Kind::Opportunity, fields)),
    }
}

/// What was typed beside [`OTHER`], and the record that was picked for it.
fn other_of(kind: Kind, fields: &Fields) -> Vec<String> {
    let key = format!("{kind}_other");
    [value_of(fields, &key).to_owned()].into_iter().chain(picked(fields, &key)).collect()
}

/// Inputs of a new record have its entity before their name.
fn typed_of(kind: Kind, fields: &Fields) -> Draft {
    let prefix = format!("{kind}.");
    let own = |(name, text): &(String, String)| Some((name.strip_prefix(&prefix)?.to_owned(), text.clone()));
    draft_of(kind, &fields.iter().filter_map(own).collect())
}

/// The page as it begins, or as it comes back with what was sent and what is wrong with it.
fn view_of(
    app: &App,
    ctx: &Ctx,
    id: LeadId,
    sent: Option<(Fields, FieldErrors)>,
) -> Result<ConversionPage, Error> {
    let offer = conversion::offer(app, ctx, id)?;
    let (fields, errors) = sent.unwrap_or_default();
    let mut parts = Vec::new();
    for kind in conversion::PARTS {
        let found = match kind {
            Kind::Company => &offer.companies[..],
            Kind::Contact => &offer.contacts[..],
            _ => &[],
        };
        let proposed = offer.new.iter().find(|(new, _)| *new == kind).map(|(_, draft)| draft.clone());
        let new = proposed.map(|draft| new_form(app, ctx, kind, draft, &fields, &errors)).transpose()?;
        let sent = value_of(&fields, kind.as_str());
        let chosen =
            if sent.is_empty() { usual(&offer.lead, kind, found, new.is_some()) } else { sent.to_owned() };
        let other = other_of(kind, &fields);
        parts.push(PartForm {
            kind,
            chosen,
            other: other.first().cloned().unwrap_or_default(),
            candidates: found.iter().map(|one| candidate(one.record.as_ref(), &one.by)).collect(),
            others: picker::beside(app, ctx, kind, &other, &errors)?,
            new,
        });
    }
    let lead = offer.lead;
    Ok(ConversionPage {
        id: lead.meta.id.to_string(),
        title: lead.title().to_owned(),
        version: lead.meta.version,
        parts,
        errors,
    })
}

/// What stands chosen: one that is surely meant, else a new one where the lead names one.
fn usual(lead: &Lead, kind: Kind, found: &[Duplicate], may_create: bool) -> String {
    let sure = found.iter().find(|duplicate| duplicate.is_sure());
    let is_named = match kind {
        Kind::Company => lead.company.is_some(),
        Kind::Contact => lead.name.is_some(),
        _ => true,
    };
    match sure {
        Some(duplicate) => duplicate.record.about().id.to_string(),
        None if may_create && is_named => NEW.to_owned(),
        None => NONE.to_owned(),
    }
}

fn new_form(
    app: &App,
    ctx: &Ctx,
    kind: Kind,
    mut draft: Draft,
    fields: &Fields,
    errors: &FieldErrors,
) -> Result<ui::records::FormPage, Error> {
    draft.0.extend(typed_of(kind, fields).0);
    let mut form = form_of(app, ctx, kind, FormOf::New { idempotency_key: String::new() }, draft)?;
    form.prefix = format!("{kind}.");
    form.own.prefix.clone_from(&form.prefix);
    form.errors = errors.clone();
    Ok(form)
}

/// What is shown of a record that may be meant.
pub(super) fn candidate(record: &dyn model::AnyRecord, by: &[model::MatchBy]) -> Candidate {
    let text = |key: &&str| match record.built_in(key) {
        model::FieldValue::Text(text) => Some(text),
        _ => None,
    };
    Candidate {
        kind: record.entity(),
        id: record.about().id.to_string(),
        title: record.name(),
        below: ["tax_id", "email", "town"].iter().filter_map(text).take(2).collect(),
        by: by.to_vec(),
    }
}

/// The card on the page of a lead that was converted.
pub(super) fn became(app: &App, ctx: &Ctx, lead: &Lead) -> Result<Option<Became>, Error> {
    let Some(conversion) = &lead.conversion else { return Ok(None) };
    let parts = [conversion.company, conversion.contact, conversion.opportunity];
    let mut lines = Vec::new();
    for (kind, id) in conversion::PARTS.into_iter().zip(parts) {
        if let Some(id) = id {
            let title = services::links::name(app, ctx, kind, id)?;
            lines.push(BecameLine { kind, id: id.to_string(), title });
        }
    }
    let taken_back = conversion::undo_of(app, ctx, lead)?;
    let (undo_until, in_the_way) = taken_back.map(|way| (way.until, way.in_the_way)).unzip();
    Ok(Some(Became { at: conversion.at, lines, undo_until, in_the_way: in_the_way.unwrap_or_default() }))
}
