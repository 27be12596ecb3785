//! What was there before a conversion and leads to what the lead became: drafts of quotes for the lead get its client, its
//! documents the company and the opportunity, an existing contact gets the company; and back again where nobody changed
//! that since.

use crate::{App, Ctx, Error, documents, permissions, records};
use model::json::Value;
use model::uuid::Uuid;
use model::{
    Action, Change, Contact, Conversion, Deed, Document, Kind, Lead, POSITIONS_MAX, Position, Quote,
};
use store::Write;

/// Quotes of one lead that are looked at; with more it is no lead any more.
const QUOTES_MAX: usize = 200;
/// Documents of one lead that are linked in one write; the others stay with the lead alone.
const DOCUMENTS_MAX: usize = 200;
/// Changes of a record that are looked through for that of the conversion, which is a day old at most.
const CHANGES_MAX: usize = 1_000;

/// Drafts and simulations for the lead that name no client yet are for what it becomes.
pub(super) fn give_client(
    app: &App,
    write: &mut Write,
    lead: Uuid,
    conversion: &Conversion,
) -> Result<(), Error> {
    for id in records::linked_ids(app, lead, Kind::Quote, QUOTES_MAX)? {
        let Some(before) = app.store.get::<Quote>(id)?.filter(Quote::is_draft) else { continue };
        if before.lead != Some(lead) || before.company.is_some() || before.contact.is_some() {
            continue;
        }
        let mut after = before.clone();
        (after.company, after.contact) = (conversion.company, conversion.contact);
        after.opportunity = before.opportunity.or(conversion.opportunity);
        write.update(&before, after);
    }
    Ok(())
}

/// The documents of the lead belong to what it becomes, too, as far as they belong to nothing of the kind yet: to the
/// company and the opportunity; to the contact where there is neither. To records of others only where the caller may
/// bring documents to them.
pub(super) fn give_documents(
    app: &App,
    ctx: &Ctx,
    write: &mut Write,
    lead: Uuid,
    conversion: &Conversion,
) -> Result<(), Error> {
    let mut homes = Vec::new();
    for (kind, id) in homes_of(conversion) {
        if conversion.made.contains(&id) || may_bring_to(app, ctx, kind, id)? {
            homes.push((kind, id));
        }
    }
    for id in records::linked_ids(app, lead, Kind::Document, DOCUMENTS_MAX)? {
        let Some(before) = app.store.get::<Document>(id)? else { continue };
        let mut after = before.clone();
        for (kind, home) in &homes {
            if let Some(link) = after.link_mut(*kind).filter(|link| link.is_none()) {
                *link = Some(*home);
            }
        }
        write.update(&before, after);
    }
    Ok(())
}

/// What documents of the lead belong to once it is converted.
fn homes_of(conversion: &Conversion) -> Vec<(Kind, Uuid)> {
    let homes = [(Kind::Company, conversion.company), (Kind::Opportunity, conversion.opportunity)];
    let homes: Vec<(Kind, Uuid)> = homes.into_iter().filter_map(|(kind, home)| Some((kind, home?))).collect();
    if !homes.is_empty() {
        return homes;
    }
    conversion.contact.map(|contact| (Kind::Contact, contact)).into_iter().collect()
}

fn may_bring_to(app: &App, ctx: &Ctx, kind: Kind, id: Uuid) -> Result<bool, Error> {
    let Some(record) = records::any(app, kind, id)? else { return Ok(false) };
    Ok(permissions::require_about(ctx, record.as_ref(), Kind::Document, Action::Create).is_ok())
}

/// The company of a conversion is one that the contact works at, as far as there is room for it.
pub(super) fn give_company(contact: &mut Contact, company: Uuid) {
    if contact.companies().contains(&company) {
        return;
    }
    if contact.company.is_none() {
        contact.company = Some(company);
    } else if contact.positions.len() < POSITIONS_MAX {
        contact.positions.push(position_at(company));
    }
}

fn position_at(company: Uuid) -> Position {
    Position { company, role: String::new(), active: true }
}

/// What leads to the records of a conversion because of it: each as it is, and as it is without.
#[derive(Default)]
pub(super) struct Back {
    pub(super) quotes: Vec<(Quote, Quote)>,
    pub(super) documents: Vec<(Document, Document)>,
    /// The contact that was there already, also where nothing leads there any more.
    pub(super) contact: Option<(Contact, Contact)>,
}

impl Back {
    pub(super) fn of(app: &App, lead: &Lead, conversion: &Conversion) -> Result<Back, Error> {
        let mut back = Back::default();
        for id in records::linked_ids(app, lead.meta.id, Kind::Quote, QUOTES_MAX)? {
            // What went out since stays as it went.
            let Some(now) = app.store.get::<Quote>(id)?.filter(Quote::is_draft) else { continue };
            let after = without_client(app, &now, conversion)?;
            if after != now {
                back.quotes.push((now, after));
            }
        }
        for now in documents::all_of(app, lead.meta.id)? {
            let after = without_homes(app, &now, conversion)?;
            if after != now {
                back.documents.push((now, after));
            }
        }
        let existing = conversion.contact.filter(|id| !conversion.made.contains(id));
        if let Some(now) = existing.map(|id| app.store.get::<Contact>(id)).transpose()?.flatten() {
            let after = without_company(app, &now, conversion)?;
            back.contact = Some((now, after));
        }
        Ok(back)
    }

    /// Whether a record leads to one of those that were made until the conversion is taken back, and then no more.
    pub(super) fn frees(&self, kind: Kind, user: Uuid, made: Uuid) -> bool {
        match kind {
            Kind::Quote => self.quotes.iter().any(|(now, after)| {
                let links = [after.company, after.contact, after.opportunity];
                now.meta.id == user && !links.contains(&Some(made))
            }),
            Kind::Document => self
                .documents
                .iter()
                .any(|(now, after)| now.meta.id == user && after.links().all(|(_, id)| id != made)),
            Kind::Contact => self
                .contact
                .iter()
                .any(|(now, after)| now.meta.id == user && !after.companies().contains(&made)),
            _ => false,
        }
    }
}

/// A quote without what the conversion gave it.
fn without_client(app: &App, now: &Quote, conversion: &Conversion) -> Result<Quote, Error> {
    let mut after = now.clone();
    let fields = ["company", "contact", "opportunity"];
    let Some(change) = change_of(app, now.meta.id, conversion, &fields)? else { return Ok(after) };
    let given = [
        (&mut after.company, conversion.company),
        (&mut after.contact, conversion.contact),
        (&mut after.opportunity, conversion.opportunity),
    ];
    for (field, (link, given)) in fields.into_iter().zip(given) {
        if was_empty(&change, field) && *link == given {
            *link = None;
        }
    }
    Ok(after)
}

/// A document of the lead without what the conversion gave it.
fn without_homes(app: &App, now: &Document, conversion: &Conversion) -> Result<Document, Error> {
    let mut after = now.clone();
    let fields = ["company", "contact", "opportunity"];
    let Some(change) = change_of(app, now.meta.id, conversion, &fields)? else { return Ok(after) };
    for (kind, home) in homes_of(conversion) {
        if was_empty(&change, kind.as_str())
            && let Some(link) = after.link_mut(kind).filter(|link| **link == Some(home))
        {
            *link = None;
        }
    }
    Ok(after)
}

/// A contact without the company that the conversion gave it, unless somebody wrote since what they do there.
fn without_company(app: &App, now: &Contact, conversion: &Conversion) -> Result<Contact, Error> {
    let mut after = now.clone();
    let Some(company) = conversion.company else { return Ok(after) };
    let Some(change) = change_of(app, now.meta.id, conversion, &["company", "positions"])? else {
        return Ok(after);
    };
    let is_as_made = |given: Contact| given.job_title == now.job_title;
    if was_empty(&change, "company")
        && now.company == Some(company)
        && change.record::<Contact>().is_some_and(is_as_made)
    {
        after.company = None;
    }
    if change.before.contains_key("positions") {
        after.positions.retain(|position| *position != position_at(company));
    }
    Ok(after)
}

fn was_empty(change: &Change, field: &str) -> bool {
    change.before.get(field).is_some_and(Value::is_null)
}

/// What the conversion did to one of these fields of a record.
fn change_of(app: &App, id: Uuid, conversion: &Conversion, fields: &[&str]) -> Result<Option<Change>, Error> {
    let is_it = |change: &Change| {
        change.id == id
            && change.at == conversion.at
            && change.deed == Deed::Updated
            && fields.iter().any(|field| change.before.contains_key(*field))
    };
    Ok(app.store.timeline(id, None, CHANGES_MAX)?.into_iter().find(is_it))
}
