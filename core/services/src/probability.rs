//! How probable it is that a lead becomes a client, learned from the company's own leads that ended: with the reasons,
//! with what it was learned from, and with how good it is.
//!
//! A lead is *won* when it was converted and the opportunity that it became, if any, was won; *lost* when it was discarded,
//! or that opportunity was lost. Not learned from: leads that are open, archived, erased or discarded as duplicates, and
//! those whose opportunity is still open, was cancelled or is gone. Learned is, by team and for the company, how often a
//! category went with either end: source, industry, zone, country, campaign, the bands of the amount and of the time until
//! the first response, whether there is a phone, an e-mail, a tax id and a website, and the company's own fields of one
//! choice or yes and no. Only counts are kept, in memory.

use crate::lead_readings::Basis;
use crate::{App, Ctx, Error, leads, permissions};
use model::{Action, Kind, LeadId};

pub(crate) mod features;
mod learned;
mod measure;

pub(crate) use learned::Learned;
pub use learned::{CATEGORY_MIN, CLOSED_MIN, Chance, Factor, LearnedFrom, OF_EACH_MIN, percent_of};
pub use measure::{MEASURED_BANDS, Measure, MeasuredBand};

/// Categories that the page of what was learned tells.
const STRONGEST_MAX: usize = 20;

/// What can be said of a lead.
#[derive(Clone, Debug, PartialEq)]
pub enum Probability {
    /// The leads are still being gone through, some seconds after the start.
    NotYet,
    /// Nothing: neither its team nor the company has enough closed leads, [`CLOSED_MIN`] of them and [`OF_EACH_MIN`] of
    /// each end. So many has the company.
    TooFew {
        won: u32,
        lost: u32,
    },
    /// It ended.
    Closed,
    Chance(Chance),
}

/// The probability of a lead; for whoever may see it.
pub fn of_lead(app: &App, ctx: &Ctx, id: LeadId) -> Result<Probability, Error> {
    let lead = leads::get(app, ctx, id)?;
    if !lead.status.is_open() {
        return Ok(Probability::Closed);
    }
    let basis = Basis::now(app, ctx.at);
    let told = app.lead_readings.look(|_, learned| match learned.chance(&basis.features, &lead) {
        Some(chance) => Probability::Chance(chance),
        None => {
            let ends = learned.company();
            Probability::TooFew { won: ends.won, lost: ends.lost }
        }
    });
    Ok(told.unwrap_or(Probability::NotYet))
}

/// Whether what was learned told more of closed leads than always telling the mean would have: as the page of what was
/// learned says it.
pub fn is_reliable(app: &App, from: LearnedFrom) -> bool {
    let told = app.lead_readings.look(|_, learned| {
        learned.counts_of(from).is_some_and(|counts| learned.measure(from, counts).is_better_than_base())
    });
    told.unwrap_or_default()
}

/// What was learned from the leads of a team, or of the company.
#[derive(Clone, Debug, PartialEq)]
pub struct Knowledge {
    pub from: LearnedFrom,
    pub won: u32,
    pub lost: u32,
    /// What weighs most, the strongest first, and how good it is; nothing where there is too little.
    pub enough: Option<(Vec<Factor>, Measure)>,
}

/// What was learned: of the company first, then of each team that has closed leads. For those who see all leads. Nothing
/// while the leads are still being gone through.
pub fn knowledge(app: &App, ctx: &Ctx) -> Result<Option<Vec<Knowledge>>, Error> {
    permissions::require_all(ctx, Kind::Lead, Action::See)?;
    let told = app.lead_readings.look(|_, learned| {
        let company = (LearnedFrom::Company, learned.company());
        let teams = learned.teams().map(|(team, ends)| (LearnedFrom::Team(team), ends));
        std::iter::once(company)
            .chain(teams)
            .map(|(from, ends)| Knowledge {
                from,
                won: ends.won,
                lost: ends.lost,
                enough: learned
                    .counts_of(from)
                    .filter(|counts| counts.is_enough())
                    .map(|counts| (learned.strongest(counts, STRONGEST_MAX), learned.measure(from, counts))),
            })
            .collect()
    });
    Ok(told)
}
