//! What rules cost: many leads through many rules, with and without a plugin, beside the same leads that need no decision;
//! and the rules tried on leads that are there already, beside reading those.

use crate::bench::data::{self, Company};
use crate::bench::report::{self, Table};
use crate::bench::scoring;
use crate::{Place, Sizes};
use anyhow::{Result, ensure};
use model::{
    Actor, AssignmentRule, Configured, Label, Lead, LeadStatus, Pool, PoolMember, Settings, Strategy,
};
use services::assignment::{Round, SimulationQuery, simulate};
use services::{App, configuration, settings};
use std::time::{Duration, Instant};
use store::{Store, Write};

const RULES: usize = 20;
/// The rule that everything comes to: all others are tried before.
const LAST: &str = "rule_last";
/// Of rules that fit none of the leads: some read a short field, some a long text, some a day, some an amount. What comes
/// first in each fits many leads, so that more than one condition is read.
const CONDITIONS: [&str; 5] = [
    "town:is:olot|town:is:ripoll",
    "source:any:web,fair,referral;description:contains:calefacció",
    "created_at:over-days-ago:3600",
    "amount:between:500000,900000",
    "phone:filled;email:filled;town:is:berga",
];
/// The name of the plugin as its manifest has it.
const PLUGIN: &str = "tracte.assign-by-territory";
/// Leads of one transaction: with their explanations below the store's limit of operations.
const PORTION: usize = 400;
/// Of a place without a rule of the plugin nobody is found; most leads are of places that have one.
const DECIDED_OF_FOUR: usize = 3;

pub(crate) fn measure(place: &Place, sizes: &Sizes, table: &mut Table) -> Result<()> {
    let data = place.folder.join("data-rules");
    let company = data::fill(place, &data, sizes.few_leads)?.company;
    let reading = scoring::bare_reading(&data)?;
    let app = data::open(place, &data)?;
    let store = Store::open(&place.folder.join("decided"), store::Options::default())?;
    let leads = sizes.assigned;
    let bare = report::best(|| written(&store, &unassigned(&company, leads)))?;

    let last = make_rules(&app, &company)?;
    let mut row = |by: &str, most: &str| {
        let whole = report::best(|| assigned(&app, &company, &store, leads, by == PLUGIN))?;
        table.whole(
            &format!("assignment of {leads} leads through {RULES} rules, {by}"),
            whole,
            ("store: as many leads without a decision", bare),
            &format!("`assignment::Round`: prepared, chosen, placed, on the disk with explanations; {most}"),
        );
        let whole = report::best(|| decided(&app, &company, leads))?;
        table.whole(
            &format!("the same, deciding alone, {by}"),
            whole,
            ("store: as many leads without a decision", bare),
            "`assignment::Round`: prepared and chosen, nothing written",
        );
        let whole = report::best(|| simulated(&app, &company, sizes.few_leads))?;
        table.whole(
            &format!("simulation of {RULES} rules on {} leads, {by}", sizes.few_leads),
            whole,
            ("reading and decoding them", reading),
            "`assignment::simulate`: as if they came in again; 10,000 in at most 3 s",
        );
        anyhow::Ok(())
    };
    row("built in", "1,000 in at most 0.3 s")?;
    ask_the_plugin(&app, &company, last)?;
    row(PLUGIN, "1,000 in at most 0.6 s")?;
    store.close();
    Ok(())
}

/// Rules of which only the last one fits; that one.
fn make_rules(app: &App, company: &Company) -> Result<Configured<AssignmentRule>> {
    let people = |owners: &[model::UserId]| {
        owners.iter().map(|owner| PoolMember { user: owner.to_string(), weight: 1 }).collect::<Vec<_>>()
    };
    let rule = |label: String| AssignmentRule {
        label: Label::new(&label, "", ""),
        people: people(&company.owners),
        ..AssignmentRule::default()
    };
    for number in 1..RULES {
        let conditions = CONDITIONS[number % CONDITIONS.len()]
            .parse()
            .map_err(|errors| anyhow::anyhow!("the conditions of rule {number} are wrong: {errors:?}"))?;
        let strategy = [Strategy::Turns, Strategy::FewestOpen, Strategy::LeastValue][number % 3];
        let rule = AssignmentRule { conditions, strategy, ..rule(format!("Regla {number}")) };
        configuration::create(app, &company.ctx, &format!("rule_{number}"), rule)?;
    }
    let last = AssignmentRule { strategy: Strategy::FewestOpen, ..rule("Regla de totes".to_owned()) };
    Ok(configuration::create(app, &company.ctx, LAST, last)?)
}

fn ask_the_plugin(app: &App, company: &Company, last: Configured<AssignmentRule>) -> Result<()> {
    let piece = AssignmentRule {
        strategy: Strategy::Plugin,
        plugin: Some(PLUGIN.to_owned()),
        pool: Pool::People,
        ..last.piece
    };
    configuration::update::<AssignmentRule>(app, &company.ctx, LAST, last.meta.version, piece)?;
    Ok(())
}

/// Leads as they come in: nobody's.
fn unassigned(company: &Company, leads: usize) -> Vec<Lead> {
    let lead = |number| Lead {
        status: LeadStatus::New,
        owner: None,
        team: None,
        assigned_at: None,
        assignment: None,
        ..data::lead(company, number)
    };
    (0..leads).map(lead).collect()
}

/// As an import does it: what is the same for all is looked up once a portion.
fn assigned(app: &App, company: &Company, store: &Store, leads: usize, by_plugin: bool) -> Result<Duration> {
    let all = unassigned(company, leads);
    let settings: Settings = settings::get(app, &company.ctx)?;
    let begin = Instant::now();
    for portion in all.chunks(PORTION) {
        let round = Round::prepare(app, &company.ctx, settings.clone())?;
        let mut chosen = Vec::with_capacity(portion.len());
        for lead in portion {
            chosen.push((lead.clone(), round.choose(app, &company.ctx, lead)?));
        }
        let mut write = Write::new(company.ctx.at, Actor::SYSTEM, "bench");
        round.place(&company.ctx, &mut write, chosen);
        store.commit(write)?;
        round.settle(app, &company.ctx);
    }
    let whole = begin.elapsed();
    let mut decided = 0;
    for lead in &all {
        decided += usize::from(store.get::<Lead>(lead.meta.id)?.is_some_and(|lead| is_by_rule(&lead)));
    }
    let least = if by_plugin { leads * DECIDED_OF_FOUR / 4 } else { leads };
    ensure!(decided >= least, "the last rule decided {decided} of {leads}");
    Ok(whole)
}

fn is_by_rule(lead: &Lead) -> bool {
    let decision = lead.assignment.as_ref().map(|assignment| &assignment.decision);
    matches!(decision, Some(model::Decision::Rule { rule, .. }) if rule == LAST)
}

/// Who would get them, and nothing written.
fn decided(app: &App, company: &Company, leads: usize) -> Result<Duration> {
    let all = unassigned(company, leads);
    let settings: Settings = settings::get(app, &company.ctx)?;
    let begin = Instant::now();
    for portion in all.chunks(PORTION) {
        let round = Round::prepare(app, &company.ctx, settings.clone())?;
        for lead in portion {
            round.choose(app, &company.ctx, lead)?;
        }
    }
    Ok(begin.elapsed())
}

/// The same leads, written by the store alone.
fn written(store: &Store, leads: &[Lead]) -> Result<Duration> {
    let begin = Instant::now();
    for portion in leads.chunks(PORTION) {
        let mut write = Write::new(portion[0].meta.created_at, Actor::SYSTEM, "bench");
        for lead in portion {
            write.create(lead.clone());
        }
        store.commit(write)?;
    }
    Ok(begin.elapsed())
}

fn simulated(app: &App, company: &Company, leads: usize) -> Result<Duration> {
    let begin = Instant::now();
    let found = simulate(app, &company.ctx, SimulationQuery::default())?;
    let whole = begin.elapsed();
    ensure!(found.count == leads as u64, "{} leads were gone through", found.count);
    ensure!(found.by_rule.iter().any(|(rule, count)| rule.as_deref() == Some(LAST) && *count > 0));
    Ok(whole)
}
