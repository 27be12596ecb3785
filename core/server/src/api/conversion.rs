//! A lead becomes a company, a contact and an opportunity, over the wire.

use super::Topic;
use super::lead_wire::Scored;
use super::leads::{LeadAnswer, answer};
use super::record_wire::{self, Typed};
use super::versions::Wanted;
use crate::errors::Fault;
use crate::here::Here;
use model::{Frame, Kind, LeadId};
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::types::Any;
use poem_openapi::{Object, OpenApi};
use services::conversion::{self, ConversionDraft, Part};
use services::records::Draft;
use services::{Error, leads};

/// The operations on conversions.
pub(crate) struct Conversions;

/// What a lead became.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct Conversion {
    at: String,
    /// The ids of the records.
    company: Option<String>,
    contact: Option<String>,
    opportunity: Option<String>,
    /// Those of them that were made on the way; the others were there already.
    made: Vec<String>,
}

impl From<model::Conversion> for Conversion {
    fn from(conversion: model::Conversion) -> Conversion {
        let text = |id: model::uuid::Uuid| id.to_string();
        Conversion {
            at: conversion.at.to_string(),
            company: conversion.company.map(text),
            contact: conversion.contact.map(text),
            opportunity: conversion.opportunity.map(text),
            made: conversion.made.into_iter().map(text).collect(),
        }
    }
}

/// A company or contact that a lead becomes: one of the two.
#[derive(Object)]
#[oai(deny_unknown_fields)]
pub(crate) struct ConversionPart {
    /// One that is there: its id, name or key.
    existing: Option<String>,
    /// The fields of a new one. Those that are not there come from the lead.
    new: Option<Typed>,
}

/// What a lead becomes: at least one of the three.
#[derive(Object)]
#[oai(deny_unknown_fields)]
pub(crate) struct ConversionCreate {
    /// The version that is converted, unless `If-Match` says it.
    version: Option<u64>,
    company: Option<ConversionPart>,
    contact: Option<ConversionPart>,
    /// The fields of a new opportunity. Those that are not there come from the lead.
    opportunity: Option<Typed>,
}

#[OpenApi(tag = "Topic::Leads")]
impl Conversions {
    /// Convert a lead
    ///
    /// Into a company, a contact and an opportunity, existing or new, all at once. Problems of a new record have its
    /// entity before their field: `company.name`. Drafts of quotes for the lead get the client that it becomes, and its
    /// documents belong to the company and the opportunity as well.
    #[oai(path = "/leads/:id/conversion", method = "post", operation_id = "convert_lead")]
    async fn convert(
        &self,
        here: Here,
        id: Path<String>,
        #[oai(name = "If-Match")] if_match: Header<Option<String>>,
        sent: Json<ConversionCreate>,
    ) -> Result<LeadAnswer, Fault> {
        let id: LeadId = here.id(&id)?;
        let wanted = Wanted::of(if_match.0.as_deref(), sent.version)?;
        let done = here.deed(move |app, ctx| {
            let version = wanted.version(leads::get(app, ctx, id)?.meta.version);
            let draft = draft_of(&app.frame(), sent.0)?;
            Ok(conversion::convert(app, ctx, id, version, &draft).map(|lead| Scored::now(app, ctx, lead)))
        });
        done.await?.map(answer).map_err(|error| wanted.fault(error))
    }

    /// Undo the conversion of a lead
    ///
    /// Within 24 hours, as long as nobody has worked with the records that were made: they are deleted, and the lead is
    /// again what it was.
    #[oai(path = "/leads/:id/conversion", method = "delete", operation_id = "undo_lead_conversion")]
    async fn undo(
        &self,
        here: Here,
        id: Path<String>,
        /// The version that was converted, unless `If-Match` says it.
        version: Query<Option<u64>>,
        #[oai(name = "If-Match")] if_match: Header<Option<String>>,
    ) -> Result<LeadAnswer, Fault> {
        let id: LeadId = here.id(&id)?;
        let wanted = Wanted::of(if_match.0.as_deref(), version.0)?;
        let done = here.deed(move |app, ctx| {
            let version = wanted.version(leads::get(app, ctx, id)?.meta.version);
            Ok(conversion::undo(app, ctx, id, version).map(|lead| Scored::now(app, ctx, lead)))
        });
        done.await?.map(answer).map_err(|error| wanted.fault(error))
    }
}

fn draft_of(frame: &Frame, sent: ConversionCreate) -> Result<ConversionDraft, Error> {
    Ok(ConversionDraft {
        company: part_of(frame, Kind::Company, sent.company)?,
        contact: part_of(frame, Kind::Contact, sent.contact)?,
        opportunity: sent.opportunity.map(|fields| new_of(frame, Kind::Opportunity, fields)).transpose()?,
    })
}

fn part_of(frame: &Frame, kind: Kind, sent: Option<ConversionPart>) -> Result<Part, Error> {
    match sent {
        None | Some(ConversionPart { existing: None, new: None }) => Ok(Part::Nothing),
        Some(ConversionPart { existing: Some(text), new: None }) => Ok(Part::Existing(text, None)),
        Some(ConversionPart { existing: None, new: Some(fields) }) => {
            Ok(Part::New(new_of(frame, kind, fields)?))
        }
        Some(_) => Err(Error::invalid(kind.as_str(), "convert-one", "")),
    }
}

fn new_of(frame: &Frame, kind: Kind, Any(fields): Typed) -> Result<Draft, Error> {
    Ok(record_wire::typed(frame, kind, fields)?.draft)
}
