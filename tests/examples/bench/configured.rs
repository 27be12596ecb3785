//! What setting up costs: the list page of a company with many own fields and people beside that of one without, and
//! the permission checks of a list page beside the page itself.

use crate::bench::data::{self, Company};
use crate::bench::http::{self, Ask};
use crate::bench::report::{Table, Timings};
use crate::bench::served::Server;
use crate::{Place, Sizes};
use anyhow::{Context, Result};
use model::{Action, CustomValue, FieldKind, Kind, Label, Lead, Shown};
use services::leads::{self, LeadQuery};
use services::own_fields::{self, FieldDraft};
use services::users::{self, UserDraft};
use services::{App, Folders, permissions};
use std::path::Path;
use std::time::Instant;
use store::Store;

const FIELDS: usize = 60;
/// Of these, as many as somebody fills in of a lead.
const FIELDS_FILLED: usize = 20;
/// As many as people can look at in a list; at first none, for the same page as before.
const FIELDS_IN_LIST: usize = 6;
const PEOPLE: usize = 50;
/// The newest, which the list page shows, have values.
const LEADS_WITH_VALUES: usize = 100;

/// One data folder, measured before and after it is set up.
pub(crate) fn measure(place: &Place, sizes: &Sizes, table: &mut Table) -> Result<()> {
    let data = place.folder.join("data-configured");
    let filled = data::fill(place, &data, sizes.many_leads)?;
    let of = format!("of {} leads", sizes.many_leads);
    let plain = list_page(place, sizes, &data, &filled.company)?;
    let checks = checks(&data::open(place, &data)?, sizes, &filled.company)?;
    table.times(
        &format!("permission checks of the list page {of}"),
        &checks,
        ("`GET /leads` itself", &plain),
        "who it is, their reach, and the two levels of each lead shown; at most 0.1",
    );
    configure(&data::open(place, &data)?, &filled.company)?;
    give_values(&data, FIELDS_FILLED)?;
    let configured = list_page(place, sizes, &data, &filled.company)?;
    table.times(
        &format!("list page {of}, {FIELDS} own fields ({FIELDS_FILLED} filled in), {PEOPLE} people"),
        &configured,
        ("the same page before", &plain),
        "`GET /leads`, one browser, the usual columns; at most 1.2",
    );
    show_in_list(&data::open(place, &data)?, &filled.company)?;
    let wider = list_page(place, sizes, &data, &filled.company)?;
    table.times(
        &format!("the same with {FIELDS_IN_LIST} own fields as columns"),
        &wider,
        ("the page with nothing set up", &plain),
        "`GET /leads`, one browser: twice as many cells",
    );
    give_values(&data, FIELDS)?;
    let full = list_page(place, sizes, &data, &filled.company)?;
    table.times(
        &format!("the same with all {FIELDS} filled in"),
        &full,
        ("the page with nothing set up", &plain),
        "`GET /leads`, one browser: records four times as long",
    );
    Ok(())
}

fn list_page(place: &Place, sizes: &Sizes, data: &Path, company: &Company) -> Result<Timings> {
    let server = Server::start(place, data)?;
    let list = |_: usize| Ask::page("/leads", &company.session);
    // The first ones fill caches.
    http::load(server.address, 1, sizes.requests / 4, 200, &list)?;
    http::load(server.address, 1, sizes.requests, 200, &list)
}

/// All that is asked about permission for one list page.
fn checks(app: &App, sizes: &Sizes, company: &Company) -> Result<Timings> {
    let page = leads::list(app, &company.ctx, &LeadQuery { limit: leads::PAGE_MAX, ..LeadQuery::default() })?;
    let user = company.ctx.caller()?.user.clone();
    let begin = Instant::now();
    let each = (0..sizes.requests)
        .map(|_| {
            let begin = Instant::now();
            let caller = permissions::caller(app, user.clone())?;
            let ctx = company.ctx.clone().with_caller(caller, model::Via::Page);
            permissions::require(&ctx, Kind::Lead, Action::See)?;
            for lead in &page.leads {
                permissions::require_lead(&ctx, lead, Action::See)?;
                permissions::require_lead(&ctx, lead, Action::Change)?;
            }
            anyhow::Ok(begin.elapsed())
        })
        .collect::<Result<Vec<_>>>()?;
    Ok(Timings::new(each, begin.elapsed()))
}

fn configure(app: &App, company: &Company) -> Result<()> {
    for number in 0..FIELDS {
        let draft = FieldDraft {
            entity: Kind::Lead.as_str().to_owned(),
            name: name(number),
            label: Label { ca: format!("Camp {number}"), ..Label::default() },
            kind: FieldKind::Text.as_str().to_owned(),
            shown: [Shown::Form, Shown::Filter].map(|shown| shown.as_str().to_owned()).to_vec(),
            ..FieldDraft::default()
        };
        own_fields::create(app, &company.ctx, &draft)?;
    }
    let there = users::list(app, &company.ctx)?.len();
    for number in there..PEOPLE {
        let draft = UserDraft {
            name: format!("Persona {number}"),
            email: format!("persona{number}@exemple.cat"),
            role: "rep".to_owned(),
            teams: vec![company.team.to_string()],
            language: "ca".to_owned(),
            takes_leads: true,
            active: true,
            ..UserDraft::default()
        };
        users::create(app, &company.ctx, &draft)?;
    }
    Ok(())
}

fn show_in_list(app: &App, company: &Company) -> Result<()> {
    for number in 0..FIELDS_IN_LIST {
        let key = format!("{}.{}", Kind::Lead, name(number));
        let field = app.frame().custom_fields.get(&key).cloned().context("a field of the bench is gone")?;
        let mut draft = FieldDraft::of(&field);
        draft.shown.push(Shown::List.as_str().to_owned());
        own_fields::update(app, &company.ctx, &key, field.meta.version, &draft)?;
    }
    Ok(())
}

fn name(number: usize) -> String {
    format!("camp_{number}")
}

/// Through the store, as the leads came.
fn give_values(data: &Path, filled: usize) -> Result<()> {
    let store = Store::open(&Folders::in_data(data).store, store::Options::default())?;
    let mut all: Vec<Lead> = Vec::new();
    loop {
        let page = store.records::<Lead>(all.last().map(|lead| lead.meta.id), store::MEMBERS_MAX)?;
        if page.is_empty() {
            break;
        }
        // Ids follow the time: the newest are the last.
        all = page;
    }
    let newest = all.split_off(all.len().saturating_sub(LEADS_WITH_VALUES));
    let mut write = store::Write::new(model::jiff::Timestamp::UNIX_EPOCH, model::Actor::SYSTEM, "bench");
    for lead in newest {
        let mut after = lead.clone();
        for number in 0..filled {
            after.custom.insert(name(number), CustomValue::Text(format!("valor {number}")));
        }
        write.update(&lead, after);
    }
    store.commit(write)?;
    store.close();
    Ok(())
}
