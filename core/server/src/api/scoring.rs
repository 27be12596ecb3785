//! Points and probabilities of leads over the wire. The rules themselves are pieces of configuration.

use super::Topic;
use crate::errors::Fault;
use crate::here::Here;
use model::{Label, Language, LeadId};
use poem_openapi::param::Path;
use poem_openapi::payload::Json;
use poem_openapi::{Enum, Object, OpenApi};
use services::probability::{self, Chance, Knowledge, LearnedFrom, Measure, Probability};
use services::scoring::{self, ScoreReason};
use services::{App, Ctx};

/// The operations on points and probabilities.
pub(crate) struct Scoring;

/// A rule that gave or took points.
#[derive(Object)]
struct PointsReason {
    /// The rule's key in the section `scoring_rules` of the configuration.
    rule: String,
    /// What it is called, in the caller's language.
    label: String,
    points: i16,
}

/// The points of a lead.
#[derive(Object)]
struct Points {
    /// The sum, cut to 0 and 100.
    score: u8,
    sum: i32,
    /// In the order of the rules.
    reasons: Vec<PointsReason>,
}

/// What can be said of a probability.
#[derive(Enum, Clone, Copy)]
#[oai(rename_all = "snake_case")]
enum ProbabilityState {
    Known,
    /// Neither the team nor the company has enough closed leads.
    TooFew,
    /// The lead is converted or discarded.
    Closed,
    /// The leads are still being gone through, some seconds after the start.
    NotYet,
}

/// Whose closed leads something was learned from.
#[derive(Enum, Clone, Copy)]
#[oai(rename_all = "snake_case")]
enum LearnedOf {
    Company,
    Team,
}

/// One reason of a probability.
#[derive(Object)]
struct ProbabilityFactor {
    /// The key of a field of leads.
    field: String,
    /// The category: the code of a choice, `yes` or `no`, a band, or a text without case and accents.
    category: String,
    /// What it adds to the logarithm of the odds.
    log_odds: f64,
    /// What it multiplies the odds with.
    times: f64,
    /// Closed leads of this category.
    won: u32,
    lost: u32,
}

/// How probable it is that a lead becomes a client. The logarithm of the odds is `base_log_odds` and the `log_odds` of all
/// factors together.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
struct LeadProbability {
    state: ProbabilityState,
    /// Between 0 and 1.
    probability: Option<f64>,
    /// Whether it told more of closed leads than always telling the mean would have; where not, it is not to be relied on.
    better_than_mean: Option<bool>,
    learned_of: Option<LearnedOf>,
    /// The id of the team.
    team: Option<String>,
    base_log_odds: Option<f64>,
    /// Closed leads that it was learned from.
    won: Option<u32>,
    lost: Option<u32>,
    /// The strongest first.
    factors: Vec<ProbabilityFactor>,
}

/// Points and probability of a lead, each with its reasons.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct LeadScore {
    /// Absent where no rule is in force.
    points: Option<Points>,
    probability: LeadProbability,
}

/// Leads that were told a probability in one fifth: 0–20 %, 20–40 %…
#[derive(Object)]
struct ToldBand {
    leads: u32,
    won: u32,
    /// The mean of what was told.
    told: f64,
}

/// How good it is: each of the newest closed leads judged as if it had not been learned from.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
struct ProbabilityMeasure {
    leads: u32,
    /// Mean squared error; and the one of always telling the share that was won.
    brier: f64,
    base_brier: f64,
    log_loss: f64,
    base_log_loss: f64,
    /// How often a won lead was told more than a lost one.
    auc: Option<f64>,
    bands: Vec<ToldBand>,
}

/// What was learned of the company or of a team.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
struct Learned {
    learned_of: LearnedOf,
    /// The id of the team.
    team: Option<String>,
    won: u32,
    lost: u32,
    /// Absent where there is too little to say anything.
    measure: Option<ProbabilityMeasure>,
    /// What weighs most, the strongest first.
    factors: Vec<ProbabilityFactor>,
}

/// What was learned from closed leads.
#[derive(Object)]
pub(crate) struct LearnedList {
    /// The company first, then each team that has closed leads. Empty while the leads are still being gone through.
    items: Vec<Learned>,
}

#[OpenApi(tag = "Topic::Leads")]
impl Scoring {
    /// Read the points and the probability of a lead
    #[oai(path = "/leads/:id/score", method = "get", operation_id = "get_lead_score")]
    async fn score(&self, here: Here, id: Path<String>) -> Result<Json<LeadScore>, Fault> {
        let id: LeadId = here.id(&id)?;
        let read = move |app: &App, ctx: &Ctx| {
            let points = scoring::of_lead(app, ctx, id)?;
            let told = probability::of_lead(app, ctx, id)?;
            let better_than_mean = match &told {
                Probability::Chance(chance) => Some(probability::is_reliable(app, chance.from)),
                _ => None,
            };
            Ok(LeadScore {
                points: points.map(|score| points_of(&score, ctx.language)),
                probability: LeadProbability { better_than_mean, ..probability_of(told) },
            })
        };
        here.deed(read).await.map(Json)
    }

    /// Read what was learned from closed leads
    ///
    /// And how good it is. For those who see all leads.
    #[oai(path = "/reports/lead-probability", method = "get", operation_id = "get_lead_probability_report")]
    async fn learned(&self, here: Here) -> Result<Json<LearnedList>, Fault> {
        let known = here.deed(probability::knowledge).await?;
        Ok(Json(LearnedList { items: known.unwrap_or_default().into_iter().map(learned_of).collect() }))
    }
}

fn points_of(score: &scoring::Score, language: Language) -> Points {
    let name = |label: &Label| label.get(language).to_owned();
    let reason = |reason: &ScoreReason| PointsReason {
        rule: reason.rule.clone(),
        label: name(&reason.label),
        points: reason.points,
    };
    Points { score: score.points, sum: score.sum, reasons: score.reasons.iter().map(reason).collect() }
}

fn probability_of(told: Probability) -> LeadProbability {
    let nothing = |state| LeadProbability {
        state,
        probability: None,
        better_than_mean: None,
        learned_of: None,
        team: None,
        base_log_odds: None,
        won: None,
        lost: None,
        factors: Vec::new(),
    };
    match told {
        Probability::Closed => nothing(ProbabilityState::Closed),
        Probability::NotYet => nothing(ProbabilityState::NotYet),
        Probability::TooFew { .. } => nothing(ProbabilityState::TooFew),
        Probability::Chance(chance) => known(&chance),
    }
}

fn known(chance: &Chance) -> LeadProbability {
    let (learned_of, team) = from(chance.from);
    LeadProbability {
        state: ProbabilityState::Known,
        probability: Some(chance.probability()),
        better_than_mean: None,
        learned_of: Some(learned_of),
        team,
        base_log_odds: Some(chance.base_log_odds),
        won: Some(chance.won),
        lost: Some(chance.lost),
        factors: chance.factors.iter().map(factor).collect(),
    }
}

fn from(from: LearnedFrom) -> (LearnedOf, Option<String>) {
    match from {
        LearnedFrom::Company => (LearnedOf::Company, None),
        LearnedFrom::Team(team) => (LearnedOf::Team, Some(team.to_string())),
    }
}

fn factor(factor: &probability::Factor) -> ProbabilityFactor {
    ProbabilityFactor {
        field: factor.field.clone(),
        category: factor.code.clone(),
        log_odds: factor.log_odds,
        times: factor.log_odds.exp(),
        won: factor.won,
        lost: factor.lost,
    }
}

fn learned_of(knowledge: Knowledge) -> Learned {
    let (learned_of, team) = from(knowledge.from);
    let (factors, measure) = knowledge.enough.map_or((Vec::new(), None), |(factors, measure)| {
        (factors.iter().map(factor).collect(), Some(measure_of(&measure)))
    });
    Learned { learned_of, team, won: knowledge.won, lost: knowledge.lost, measure, factors }
}

fn measure_of(measure: &Measure) -> ProbabilityMeasure {
    let band = |band: &probability::MeasuredBand| ToldBand {
        leads: band.leads,
        won: band.won,
        told: band.told / f64::from(band.leads.max(1)),
    };
    ProbabilityMeasure {
        leads: measure.leads,
        brier: measure.brier,
        base_brier: measure.base_brier,
        log_loss: measure.log_loss,
        base_log_loss: measure.base_log_loss,
        auc: measure.auc,
        bands: measure.bands.iter().map(band).collect(),
    }
}
