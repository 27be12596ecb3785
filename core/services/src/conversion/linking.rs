//! What was there before a conversion and leads to what the lead became: drafts of quotes for the lead get its client, an
//! existing contact gets the company; and back again where nobody changed that since.

use crate::{App, Error, records};
use model::json::Value;
use model::uuid::Uuid;
use model::{Change, Contact, Conversion, Deed, Kind, Lead, POSITIONS_MAX, Position, Quote};
use store::Write;

/// Quotes of one lead that are looked at; with more it is no lead any more.
const QUOTES_MAX: usize = 200;
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
