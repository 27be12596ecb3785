//! What points and probabilities cost: the order of many leads by many rules, learning from closed leads, and the page of a
//! lead beside the same page of a company without rules.

use crate::bench::data::{self, Company};
use crate::bench::http::{self, Ask};
use crate::bench::report::{self, Table, Timings};
use crate::bench::served::Server;
use crate::{Place, Sizes};
use anyhow::{Context as _, Result, ensure};
use model::{Label, Lead, LeadSort, ScoringRule};
use services::leads::{self, LeadQuery};
use services::{App, Folders, configuration, probability, scoring};
use std::path::Path;
use std::time::{Duration, Instant};
use store::Store;

const RULES: usize = 20;
/// Of rules: some read a short field, some a long text, some a day, some an amount.
const CONDITIONS: [&str; 5] = [
    "town:is:girona|town:is:vic",
    "description:contains:visita;source:any:web,fair,referral",
    "created_at:over-days-ago:90",
    "amount:between:1000,5000",
    "phone:filled;email:filled;status:none:discarded",
];

pub(crate) fn measure(place: &Place, sizes: &Sizes, table: &mut Table) -> Result<()> {
    of_rules(place, sizes, table)?;
    of_learning(place, sizes, table)
}

fn of_rules(place: &Place, sizes: &Sizes, table: &mut Table) -> Result<()> {
    let data = place.folder.join("data-scoring");
    let company = data::fill(place, &data, sizes.few_leads)?.company;
    let plain = lead_page(place, sizes, &data, &company)?;
    let bare = bare_reading(&data)?;
    let app = data::open(place, &data)?;
    for number in 0..RULES {
        let rule = ScoringRule {
            label: Label::new(&format!("Regla {number}"), "", ""),
            conditions: CONDITIONS[number % CONDITIONS.len()]
                .parse()
                .map_err(|errors| anyhow::anyhow!("the conditions of rule {number} are wrong: {errors:?}"))?,
            points: if number % 3 == 0 { -5 } else { 10 },
            ..ScoringRule::default()
        };
        configuration::create(&app, &company.ctx, &format!("rule_{number}"), rule)?;
    }
    let whole = report::best(|| made_anew(&app, &company))?;
    table.whole(
        &format!("order of {} leads by {RULES} rules, made anew", sizes.few_leads),
        whole,
        ("reading and decoding them", bare),
        "`services::scoring::work` after a change of rules: points, facets, and learning in the same pass",
    );
    let query = LeadQuery { sort: LeadSort::Score, ..LeadQuery::default() };
    let by_score = report::fastest(|_| listed(&app, sizes, &company, &query))?;
    let by_age = report::fastest(|_| listed(&app, sizes, &company, &LeadQuery::default()))?;
    table.times(
        &format!("page of the list of {} leads by points", sizes.few_leads),
        &by_score,
        ("the same page by age", &by_age),
        "`services::leads::list`, 50 leads",
    );
    drop(app);
    let scored = lead_page(place, sizes, &data, &company)?;
    table.times(
        &format!("page of a lead, {RULES} rules"),
        &scored,
        ("the same page without rules", &plain),
        "`GET /leads/{id}`, one browser; with its probability in both",
    );
    Ok(())
}

fn of_learning(place: &Place, sizes: &Sizes, table: &mut Table) -> Result<()> {
    let data = place.folder.join("data-learning");
    let company = data::fill_with_closed(place, &data, sizes.closed_leads)?.company;
    let bare = bare_reading(&data)?;
    let app = data::open(place, &data)?;
    let whole = report::best(|| made_anew(&app, &company))?;
    table.whole(
        &format!("learning from {} closed leads", sizes.closed_leads),
        whole,
        ("reading and decoding them", bare),
        "`services::scoring::work` after the start: counts by team and company, and the order in the same pass",
    );
    let begin = Instant::now();
    let known = probability::knowledge(&app, &company.ctx)?.context("nothing was learned")?;
    let judging = begin.elapsed();
    let company = known.first().context("the company comes first")?;
    ensure!(u64::from(company.won + company.lost) == sizes.closed_leads as u64, "some were left out");
    table.note(format!("what was learned is judged, company and team, in {} ms", judging.as_millis()));
    Ok(())
}

fn made_anew(app: &App, company: &Company) -> Result<Duration> {
    scoring::forget(app);
    let begin = Instant::now();
    scoring::work(app, company.ctx.at)?;
    Ok(begin.elapsed())
}

/// All records once, without anything else.
pub(crate) fn bare_reading(data: &Path) -> Result<Duration> {
    let store = Store::open(&Folders::in_data(data).store, store::Options::default())?;
    let best = report::best(|| {
        let begin = Instant::now();
        let mut after = None;
        loop {
            let page = store.records::<Lead>(after, store::MEMBERS_MAX)?;
            match page.last() {
                Some(last) => after = Some(last.meta.id),
                None => return Ok(begin.elapsed()),
            }
        }
    });
    store.close();
    best
}

fn listed(app: &App, sizes: &Sizes, company: &Company, query: &LeadQuery) -> Result<Timings> {
    let begin = Instant::now();
    let each = (0..sizes.requests)
        .map(|_| {
            let begin = Instant::now();
            let page = leads::list(app, &company.ctx, query)?;
            ensure!(page.leads.len() == query.limit, "{} leads on a page", page.leads.len());
            Ok(begin.elapsed())
        })
        .collect::<Result<Vec<_>>>()?;
    Ok(Timings::new(each, begin.elapsed()))
}

fn lead_page(place: &Place, sizes: &Sizes, data: &Path, company: &Company) -> Result<Timings> {
    let app = data::open(place, data)?;
    let page = leads::list(&app, &company.ctx, &LeadQuery::default())?;
    let ids: Vec<String> = page.leads.iter().map(|lead| lead.meta.id.to_string()).collect();
    drop(app);
    let server = Server::start(place, data)?;
    let ask = |number: usize| Ask::page(&format!("/leads/{}", ids[number % ids.len()]), &company.session);
    // The first ones fill caches.
    http::load(server.address, 1, sizes.requests / 4, 200, &ask)?;
    http::load(server.address, 1, sizes.requests, 200, &ask)
}
