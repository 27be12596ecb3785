//! Records that are about somebody: leads, contacts, and companies, which may be one person.

use crate::{App, Error};
use model::json::{self, Value};
use model::uuid::Uuid;
use model::{AnyRecord, Company, Contact, Kind, Lead};

/// A record that is about somebody.
#[derive(Clone, Debug, PartialEq)]
pub enum Subject {
    Lead(Box<Lead>),
    Contact(Box<Contact>),
    Company(Box<Company>),
}

impl Subject {
    pub const KINDS: [Kind; 3] = [Kind::Lead, Kind::Contact, Kind::Company];

    pub fn record(&self) -> &dyn AnyRecord {
        match self {
            Subject::Lead(lead) => lead.as_ref(),
            Subject::Contact(contact) => contact.as_ref(),
            Subject::Company(company) => company.as_ref(),
        }
    }

    pub fn kind(&self) -> Kind {
        self.record().entity()
    }

    pub fn id(&self) -> Uuid {
        self.record().about().id
    }

    pub fn version(&self) -> u64 {
        self.record().about().version
    }

    pub fn title(&self) -> String {
        self.record().name()
    }

    pub(super) fn read(app: &App, kind: Kind, id: Uuid) -> Result<Option<Subject>, Error> {
        Ok(match kind {
            Kind::Lead => app.store.get::<Lead>(id)?.map(|lead| Subject::Lead(Box::new(lead))),
            Kind::Contact => app.store.get::<Contact>(id)?.map(|contact| Subject::Contact(Box::new(contact))),
            Kind::Company => app.store.get::<Company>(id)?.map(|company| Subject::Company(Box::new(company))),
            _ => None,
        })
    }

    /// Out of a stored record.
    pub(super) fn from_value(kind: Kind, value: Value) -> Option<Subject> {
        Some(match kind {
            Kind::Lead => Subject::Lead(json::from_value(value).ok()?),
            Kind::Contact => Subject::Contact(json::from_value(value).ok()?),
            Kind::Company => Subject::Company(json::from_value(value).ok()?),
            _ => return None,
        })
    }

    pub(super) fn value(&self) -> Result<Value, Error> {
        match self {
            Subject::Lead(lead) => json::to_value(lead),
            Subject::Contact(contact) => json::to_value(contact),
            Subject::Company(company) => json::to_value(company),
        }
        .map_err(Error::internal)
    }

    /// Whether what may be sold to this company, or to this contact without one, is theirs alone.
    pub(super) fn has(&self, company: Option<Uuid>, contact: Option<Uuid>) -> bool {
        match self {
            Subject::Lead(_) => false,
            Subject::Contact(own) => company.is_none() && contact == Some(own.meta.id),
            Subject::Company(own) => company == Some(own.meta.id),
        }
    }
}
