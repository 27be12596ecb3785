//! The server over loopback: start, memory, record page, list page, search, and leads through the API.

use crate::bench::commits;
use crate::bench::data::{self, Company};
use crate::bench::engines::{self, Reads};
use crate::bench::http::{self, Ask};
use crate::bench::report::Table;
use crate::bench::served::{self, Server};
use crate::{Place, Sizes};
use anyhow::{Context as _, Result};
use std::path::Path;

/// Common words and rare ones, folded as the index has them.
const WORDS: [&str; 4] = ["ferrer", "celler", "teulada", "pressupost"];

/// All rows of one data folder.
pub(crate) fn measure(place: &Place, sizes: &Sizes, leads: usize, table: &mut Table) -> Result<()> {
    let data = place.folder.join(format!("data-{leads}"));
    let filled = data::fill(place, &data, leads)?;
    table.note(format!(
        "{leads} leads in transactions of 400: written in {:.1} s, search index from the journal in {:.1} s, facts for reports in {:.1} s.",
        filled.writing.as_secs_f64(),
        filled.search.as_secs_f64(),
        filled.analytics.as_secs_f64()
    ));
    let reads = engines::reads(&data, sizes.requests)?;
    let found = engines::bare_search(&data, &WORDS, sizes.requests)?;
    let room = engines::room_search(&data, &WORDS, sizes.requests)?;
    let of = format!("of {leads} leads");
    table.times(
        &format!("search {of}, without page"),
        &room,
        ("tantivy: term query", &found),
        "`Search::query`",
    );

    // Twice: what the first one reads from the disk is in memory afterwards, for the server too.
    drop(served::bare_engines(&data)?);
    let bare = served::bare_engines(&data)?;
    let (bare_start, bare_memory) = (bare.start, bare.idle_memory_kb()?);
    drop(bare);
    let server = Server::start(place, &data)?;
    let name = "a process with sled, tantivy and DuckDB open";
    let how = "`tracte serve`, to its first answer";
    table.whole(&format!("start on {leads} leads"), server.process.start, (name, bare_start), how);
    let memory = server.process.idle_memory_kb()?;
    let how = "resident, 5 s after the start";
    table.memory(&format!("idle memory on {leads} leads"), memory, (name, bare_memory), how);

    read_pages(&server, sizes, &filled.company, &reads, &of, table)?;
    let ask = |number: usize| {
        Ask::page(&format!("/search?q={}", WORDS[number % WORDS.len()]), &filled.company.session)
    };
    let page = http::load(server.address, 1, sizes.requests, 200, &ask)?;
    table.times(&format!("search page {of}"), &page, ("tantivy: term query", &found), "`GET /search?q=…`");
    if leads == sizes.few_leads {
        create(&server, sizes, &filled.company, &place.folder, table)?;
    }
    Ok(())
}

fn read_pages(
    server: &Server,
    sizes: &Sizes,
    company: &Company,
    reads: &Reads,
    of: &str,
    table: &mut Table,
) -> Result<()> {
    let first = *reads.ids.first().context("the folder has leads")?;
    let record = |number: usize| {
        let id = reads.ids.get(number % reads.ids.len()).copied().unwrap_or(first);
        Ask::page(&format!("/leads/{id}"), &company.session)
    };
    let list = |_: usize| Ask::page("/leads", &company.session);
    // The first ones fill caches.
    http::load(server.address, 1, sizes.requests / 10, 200, &record)?;
    http::load(server.address, 1, sizes.requests / 10, 200, &list)?;
    let page = http::load(server.address, 1, sizes.requests, 200, &record)?;
    let limit = ("sled: the same records and changes", &reads.record);
    table.times(&format!("record page {of}"), &page, limit, "`GET /leads/:id`, one browser");
    let page = http::load(server.address, 1, sizes.requests, 200, &list)?;
    let limit = ("sled: the same entries and records", &reads.list);
    table.times(&format!("list page {of}"), &page, limit, "`GET /leads`, one browser");
    Ok(())
}

/// Leads through the API, each assigned by the plugin and on the disk before it is answered.
fn create(server: &Server, sizes: &Sizes, company: &Company, folder: &Path, table: &mut Table) -> Result<()> {
    for (clients, leads) in sizes.creates {
        let ask = |number: usize| {
            let lead = data::lead(company, number);
            let body = model::json::json!({
                "name": lead.name,
                "company": lead.company,
                "email": lead.email,
                "phone": lead.phone,
                "postcode": lead.postcode,
                "town": lead.town,
                "source": lead.source.as_ref().map(model::Source::as_str),
                "description": lead.description,
                "amount": "1250.50",
            });
            Ask::create_lead(body.to_string(), &company.key)
        };
        let created = http::load(server.address, clients, leads, 201, &ask)?;
        let bare = commits::bare_rate_of(folder, clients, leads)?;
        table.rates(
            &format!("API create, {clients} clients"),
            &created,
            ("sled: the same writes, as many waiting", bare),
            &format!("`POST /api/v1/leads`, {leads} times"),
        );
    }
    Ok(())
}
