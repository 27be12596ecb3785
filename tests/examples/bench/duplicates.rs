//! What it takes to say which of many companies may be the same as the one that is being typed: beside the bare store reading
//! the same entries and records, over the page, and with each lead that is created through the API.

use crate::bench::commits;
use crate::bench::data::{self, Company};
use crate::bench::engines;
use crate::bench::http::{self, Ask};
use crate::bench::report::{Table, Timings};
use crate::bench::served::Server;
use crate::{Place, Sizes};
use anyhow::Result;
use model::{Entity as _, FieldValue, Kind, Likeness, Meta, match_at_end};
use services::records::{self, Draft};
use services::{App, Folders};
use std::path::Path;
use store::{Direction, Scan, Store, Write};

/// Companies of one transaction: below the store's limit of operations.
const PORTION: usize = 900;
/// As many neighbours as the check looks at, and records as it shows.
const NEIGHBOURS: usize = 2_000;
const SHOWN: usize = 10;

pub(crate) fn measure(place: &Place, sizes: &Sizes, table: &mut Table) -> Result<()> {
    let data = place.folder.join("data-duplicates");
    let filled = data::fill(place, &data, 100)?;
    let store = Store::open(&Folders::in_data(&data).store, store::Options::default())?;
    for first in (0..sizes.many_leads).step_by(PORTION) {
        let mut write = Write::new(filled.company.ctx.at, model::Actor::SYSTEM, "bench");
        for number in first..(first + PORTION).min(sizes.many_leads) {
            write.create(company(&filled.company, number));
        }
        store.commit(write)?;
    }
    let bare =
        engines::repeat(sizes.requests, |number| bare(&store, &likeness(&filled.company, sizes, number)))?;
    store.close();
    let app = data::open(place, &data)?;
    let ours = checks(&app, sizes, &filled.company)?;
    let of = format!("of {} companies", sizes.many_leads);
    let limit = ("store: the same entries and records", &bare);
    table.times(
        &format!("duplicate check while typing {of}"),
        &ours,
        limit,
        "`records::resembling`: tax id, e-mail, phone, name, 2,000 names at the postcode; at most 10 ms",
    );
    // What the demonstration's readings are behind by is no part of this.
    for reading in services::projectors::Reading::ALL {
        let mut projector = services::projectors::projector(&app, reading)?;
        services::projectors::catch_up(&app, reading, projector.as_mut())?;
    }
    drop(app);
    let server = Server::start(place, &data)?;
    let typed = |number: usize| {
        let body: Vec<String> = fields(&filled.company, sizes, number)
            .into_iter()
            .map(|(key, text)| format!("{key}={}", text.replace('+', "%2B").replace(' ', "+")))
            .collect();
        let ask = Ask::page("/companies/resembling", &filled.company.session);
        let headers =
            format!("{}content-type: application/x-www-form-urlencoded\r\nhx-request: true\r\n", ask.headers);
        Ask { method: "POST", headers, body: body.join("&"), ..ask }
    };
    http::load(server.address, 1, sizes.requests / 4, 200, &typed)?;
    let page = http::load(server.address, 1, sizes.requests, 200, &typed)?;
    table.times(
        &format!("the same over the page {of}"),
        &page,
        limit,
        "`POST /companies/resembling`, one browser",
    );
    create(&server, sizes, &filled.company, &place.folder, table)
}

/// Leads through the API that nobody has yet, each checked, assigned and on the disk before it is answered.
fn create(server: &Server, sizes: &Sizes, company: &Company, folder: &Path, table: &mut Table) -> Result<()> {
    for (round, (clients, leads)) in sizes.creates.into_iter().enumerate() {
        let ask = |number: usize| {
            let lead = data::lead(company, number);
            let body = model::json::json!({
                "name": lead.name,
                "company": lead.company,
                "email": format!("nou{round}-{number}@exemple.cat"),
                "phone": format!("+3467{round}{number:06}"),
                "postcode": lead.postcode,
                "town": lead.town,
                "description": lead.description,
            });
            let ask = Ask::create_lead(body.to_string(), &company.key);
            Ask { path: "/api/v1/leads?duplicates=refuse".to_owned(), ..ask }
        };
        let created = http::load(server.address, clients, leads, 201, &ask)?;
        let bare = commits::bare_rate_of(&folder.join("checked"), clients, leads)?;
        table.rates(
            &format!(
                "API create with the duplicate check, {} companies, {clients} clients",
                sizes.many_leads
            ),
            &created,
            ("sled: the same writes, as many waiting", bare),
            &format!("`POST /api/v1/leads?duplicates=refuse`, {leads} times"),
        );
    }
    Ok(())
}

/// The company of this number, like the lead of the same number.
fn company(of: &Company, number: usize) -> model::Company {
    let lead = data::lead(of, number);
    let mut company =
        model::Company::begin(Meta::new(lead.meta.id, lead.meta.created_at, model::Actor::SYSTEM));
    let values = [
        ("name", lead.company),
        ("email", lead.email),
        ("phone", lead.phone),
        ("postcode", lead.postcode),
        ("town", lead.town),
    ];
    for (key, text) in values {
        company.put(key, text.map_or(FieldValue::Nothing, FieldValue::Text), model::Currency::Eur);
    }
    company.common.owner = lead.owner;
    company.common.team = lead.team;
    company
}

/// What somebody types: one that is there nearly.
fn fields(of: &Company, sizes: &Sizes, number: usize) -> Vec<(&'static str, String)> {
    let lead = data::lead(of, number * 37 % sizes.many_leads);
    let name = format!("{} SL", lead.company.unwrap_or_default());
    vec![
        ("name", name),
        ("email", lead.email.unwrap_or_default()),
        ("phone", lead.phone.unwrap_or_default()),
        ("postcode", lead.postcode.unwrap_or_default()),
    ]
}

fn likeness(of: &Company, sizes: &Sizes, number: usize) -> Likeness {
    Likeness::of(&company(of, number * 37 % sizes.many_leads))
}

fn checks(app: &App, sizes: &Sizes, company: &Company) -> Result<Timings> {
    let check = |number: usize| {
        let mut draft = Draft::default();
        for (key, text) in fields(company, sizes, number) {
            draft.put(key, text);
        }
        let found = records::resembling(app, &company.ctx, Kind::Company, None, &draft)?;
        anyhow::ensure!(!found.is_empty(), "the one that is there is not found");
        Ok(())
    };
    engines::repeat(sizes.requests / 4, check)?;
    engines::repeat(sizes.requests, check)
}

/// The same entries and records, with nothing made of them.
fn bare(store: &Store, likeness: &Likeness) -> Result<()> {
    let mut found = Vec::new();
    let exact = likeness.keys().into_iter().map(|(_, prefix)| prefix);
    for prefix in exact.chain(likeness.near().into_iter().map(|(prefix, _)| prefix)) {
        let scan =
            Scan { prefix: prefix.bytes(), after: None, direction: Direction::Forward, limit: NEIGHBOURS };
        found.extend(store.scan(&scan)?.iter().filter_map(|entry| match_at_end(&entry.key)));
    }
    for (_, id) in found.into_iter().take(SHOWN) {
        store.get::<model::Company>(id)?;
    }
    Ok(())
}
