//! A lead becomes a company, a contact and an opportunity: those that are there already or new ones, in one write; and for
//! a day back again.

mod carry;
mod linking;
mod undo;

pub use undo::{Undo, undo, undo_of};

use crate::duplicates::{self, Duplicate};
use crate::error::none_of;
use crate::leads::{self, count_open, reachable};
use crate::links::{self, Found};
use crate::notes::bytes_of;
use crate::records::rules::Rules;
use crate::records::{self, Draft};
use crate::{App, Ctx, Error, consents, permissions};
use model::uuid::Uuid;
use model::{
    Action, Company, Contact, Conversion, Entity, FieldErrors, FieldValue, Kind, Lead, LeadId, LeadStatus,
    Likeness, Opportunity, RECORD_BYTES_MAX, Record,
};
use store::Write;

/// What a lead can become, in the order of the page.
pub const PARTS: [Kind; 3] = [Kind::Company, Kind::Contact, Kind::Opportunity];

/// A record that a lead becomes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Part {
    #[default]
    Nothing,
    /// One that is there: by its name, key, address or id; and the id that was picked for that name, if one was.
    Existing(String, Option<String>),
    /// A new one with what was typed; fields that were not asked come from the lead.
    New(Draft),
}

/// What somebody wants a lead to become.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConversionDraft {
    pub company: Part,
    pub contact: Part,
    /// What was typed into a new one.
    pub opportunity: Option<Draft>,
}

/// What the page of a conversion begins with.
pub struct Offer {
    pub lead: Lead,
    /// Companies and contacts that the lead may be about.
    pub companies: Vec<Duplicate>,
    pub contacts: Vec<Duplicate>,
    /// What the forms of new records begin with, where the caller may make some: see [`PARTS`].
    pub new: Vec<(Kind, Draft)>,
}

/// For the page, before anything is done.
pub fn offer(app: &App, ctx: &Ctx, id: LeadId) -> Result<Offer, Error> {
    let lead = reachable(app, ctx, id, Action::Change)?;
    not_yet(&lead)?;
    let likeness = Likeness::of(&lead);
    let among =
        |kind: Kind| duplicates::of_likeness(app, ctx, Kind::Lead, &likeness, std::slice::from_ref(&kind));
    let mut new = Vec::new();
    for kind in PARTS.into_iter().filter(|kind| permissions::may(ctx, *kind, Action::Create)) {
        new.push((kind, carry::proposed(app, ctx, kind, &lead)?));
    }
    Ok(Offer { companies: among(Kind::Company)?, contacts: among(Kind::Contact)?, new, lead })
}

/// Converts a lead: all of it, or nothing with every problem said. Drafts of quotes for it get the client that it becomes,
/// and its documents belong to that, too.
/// Problems of a new record have its entity before their field: `company.name`.
pub fn convert(
    app: &App,
    ctx: &Ctx,
    id: LeadId,
    version: u64,
    draft: &ConversionDraft,
) -> Result<Lead, Error> {
    let lead = reachable(app, ctx, id, Action::Change)?;
    not_yet(&lead)?;
    if lead.meta.version != version {
        return Err(app.conflict(&lead, &lead));
    }
    let mut work = Work { app, ctx, lead: &lead, draft, write: ctx.write(), errors: FieldErrors::default() };
    let company = work.company()?;
    let contact = work.contact(company.id())?;
    let opportunity = work.opportunity(company.id(), contact.id())?;
    let made = [&company, &contact, &opportunity];
    if work.errors.is_empty() && made.iter().all(|became| became.id().is_none()) {
        work.errors.add("company", "convert-nothing", "");
    }
    let conversion = Conversion {
        at: ctx.at,
        from: lead.status,
        company: company.id(),
        contact: contact.id(),
        opportunity: opportunity.id(),
        made: made.iter().filter_map(|became| became.made()).collect(),
    };
    linking::give_client(app, &mut work.write, id.0, &conversion)?;
    linking::give_documents(app, ctx, &mut work.write, id.0, &conversion)?;
    let after = converted(ctx, &lead, conversion);
    if bytes_of(&after) > RECORD_BYTES_MAX {
        work.errors.add("", "record-too-big", RECORD_BYTES_MAX.to_string());
    }
    let Work { mut write, errors, .. } = work;
    none_of(errors)?;
    count_open(&mut write, Some(&lead), Some(&after));
    write.update(&lead, after);
    app.commit(write)?;
    app.store.get::<Lead>(id.0)?.ok_or(Error::NotFound)
}

fn not_yet(lead: &Lead) -> Result<(), Error> {
    match lead.status {
        LeadStatus::Converted => Err(Error::invalid("", "lead-converted", "")),
        _ => Ok(()),
    }
}

/// The lead when it has become something. Whoever converts it has answered it, unless somebody had before.
fn converted(ctx: &Ctx, lead: &Lead, conversion: Conversion) -> Lead {
    let mut converted = Lead {
        status: LeadStatus::Converted,
        discard_reason: None,
        conversion: Some(conversion),
        ..lead.clone()
    };
    if !leads::was_answered(lead) {
        leads::answer(&mut converted, ctx.at);
    }
    converted
}

/// What became of one part.
enum Became {
    Nothing,
    Existing(Uuid),
    Made(Uuid),
}

impl Became {
    fn id(&self) -> Option<Uuid> {
        match self {
            Became::Nothing => None,
            Became::Existing(id) | Became::Made(id) => Some(*id),
        }
    }

    fn made(&self) -> Option<Uuid> {
        match self {
            Became::Made(id) => Some(*id),
            _ => None,
        }
    }
}

/// A conversion as it is put together.
struct Work<'a> {
    app: &'a App,
    ctx: &'a Ctx,
    lead: &'a Lead,
    draft: &'a ConversionDraft,
    write: Write,
    errors: FieldErrors,
}

impl Work<'_> {
    fn company(&mut self) -> Result<Became, Error> {
        match &self.draft.company {
            Part::Nothing => Ok(Became::Nothing),
            Part::Existing(text, pick) => {
                let Some(company) = self.existing::<Company>(text, pick.as_deref())? else {
                    return Ok(Became::Nothing);
                };
                // It cannot vanish between looking and writing.
                self.write.assert_version(&company);
                Ok(Became::Existing(company.meta.id))
            }
            Part::New(typed) => {
                let mut company: Company = self.begin()?;
                if self.draft.contact == Part::Nothing {
                    carry::reach(self.lead, &mut company, typed);
                }
                let company = self.checked(company, typed)?;
                let id = company.meta.id;
                self.write.create(company);
                Ok(Became::Made(id))
            }
        }
    }

    fn contact(&mut self, company: Option<Uuid>) -> Result<Became, Error> {
        match &self.draft.contact {
            Part::Nothing => Ok(Became::Nothing),
            Part::Existing(text, pick) => {
                let Some(contact) = self.existing::<Contact>(text, pick.as_deref())? else {
                    return Ok(Became::Nothing);
                };
                let mut after = contact.clone();
                // What the person said goes with them, where whoever converts may write it down there.
                if consents::may_state(self.ctx, &contact) {
                    consents::carry(self.app, self.ctx, &mut self.write, self.lead.meta.id, &mut after)?;
                }
                let may_change = permissions::require_record(self.ctx, &contact, Action::Change).is_ok();
                if let Some(company) = company.filter(|_| may_change) {
                    linking::give_company(&mut after, company);
                }
                let id = contact.meta.id;
                self.write.update(&contact, after);
                Ok(Became::Existing(id))
            }
            Part::New(typed) => {
                let mut contact: Contact = self.begin()?;
                contact.company = company;
                let mut contact = self.checked(contact, typed)?;
                consents::carry(self.app, self.ctx, &mut self.write, self.lead.meta.id, &mut contact)?;
                let id = contact.meta.id;
                self.write.create(contact);
                Ok(Became::Made(id))
            }
        }
    }

    fn opportunity(&mut self, company: Option<Uuid>, contact: Option<Uuid>) -> Result<Became, Error> {
        let Some(typed) = &self.draft.opportunity else { return Ok(Became::Nothing) };
        let mut opportunity: Opportunity = self.begin()?;
        (opportunity.company, opportunity.contact) = (company, contact);
        opportunity.lead = Some(self.lead.meta.id);
        let opportunity = self.checked(opportunity, typed)?;
        let id = opportunity.meta.id;
        self.write.create(opportunity);
        Ok(Became::Made(id))
    }

    /// The record that is meant.
    fn existing<R: Record>(&mut self, text: &str, pick: Option<&str>) -> Result<Option<R>, Error> {
        let field = R::KIND.as_str();
        let found = match text.trim() {
            "" => {
                self.errors.add(field, "required", "");
                return Ok(None);
            }
            text => links::meant(self.app, self.ctx, R::KIND, text, pick)?,
        };
        match found {
            Found::One(id) => return Ok(self.app.store.get::<R>(id)?),
            Found::Nothing => self.errors.add(field, "link-unknown", text.trim()),
            Found::Several => self.errors.add(field, "link-several", text.trim()),
        }
        Ok(None)
    }

    /// A new record with what the lead knows.
    fn begin<E: Entity>(&self) -> Result<E, Error> {
        permissions::require(self.ctx, E::KIND, Action::Create)?;
        Ok(carry::record(self.app, self.ctx, self.lead))
    }

    /// The same with what was typed; its problems are kept with the entity before their field.
    fn checked<E: Entity + Rules>(&mut self, mut record: E, typed: &Draft) -> Result<E, Error> {
        record.propose(&self.app.frame());
        let mut whole = records::draft_of(self.app, &record);
        whole.0.extend(typed.0.clone());
        let problems = records::checked(self.app, self.ctx, None, &mut record, &whole)?;
        for problem in problems.0 {
            let field = format!("{}.{}", E::KIND.as_str(), problem.field);
            self.errors.add(&field, &problem.code, problem.detail);
        }
        Ok(record)
    }
}

/// A field and what it holds.
type Known = (&'static str, FieldValue);
