//! What the assignment rules would do, over the wire. Nothing is written.

use super::Topic;
use super::assignment_wire::DecidedBy;
use crate::errors::Fault;
use crate::here::Here;
use model::AssignmentRule;
use model::json::{self, Value};
use poem_openapi::payload::Json;
use poem_openapi::types::Any;
use poem_openapi::{Object, OpenApi};
use services::Error;
use services::assignment::{self, SimulationQuery, simulate};

/// The operation on simulations.
pub(crate) struct Simulations;

/// Which leads are gone through, and with which rules.
#[derive(Object)]
#[oai(deny_unknown_fields)]
pub(crate) struct SimulationAsk {
    /// Conditions as text, as in the list of leads; all leads without any.
    filter: Option<String>,
    /// The newest of them: 10,000 at most, and as many as that without a number.
    #[oai(validator(minimum(value = "1"), maximum(value = "10000")))]
    limit: Option<u64>,
    /// A rule as it is being edited.
    rule: Option<EditedRule>,
    /// Another order of the rules: their keys.
    order: Option<Vec<String>>,
}

/// A rule that is tried in the place of a stored one.
#[derive(Object)]
#[oai(deny_unknown_fields)]
pub(crate) struct EditedRule {
    /// The key of the stored one; without it the rule comes after the others.
    key: Option<String>,
    /// The fields of the rule, as in the section `assignment_rules` of the configuration.
    value: Any<Value>,
}

/// One lead.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct SimulatedLead {
    lead: String,
    name: String,
    /// Who has it; absent: nobody.
    owner: Option<String>,
    /// Who would get it.
    winner: Option<String>,
    /// Who would get it by the rules that are saved, gone through in the same way.
    winner_by_saved_rules: Option<String>,
    /// The key of the rule that decides.
    rule: Option<String>,
    decided_by: DecidedBy,
    /// The rules that were tried, in order.
    tried: Vec<TriedRule>,
}

/// A rule and what came of it.
#[derive(Object)]
pub(crate) struct TriedRule {
    rule: String,
    /// `not_in_force`, `other_way`, `condition`, `nobody`, `plugin_passed`, `won` or `won_by_fallback`.
    outcome: String,
}

/// Leads of one person.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct PersonShare {
    /// Absent: nobody's.
    user: Option<String>,
    has: u64,
    would_get: u64,
    /// By the rules that are saved, gone through in the same way.
    by_saved_rules: u64,
}

/// Leads that a rule decides about.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct RuleShare {
    /// Absent: no rule.
    rule: Option<String>,
    leads: u64,
    /// Of the rule that is edited: the key of one before it that keeps leads from it.
    kept_by: Option<String>,
}

/// What would have become of the leads.
#[derive(Object)]
pub(crate) struct SimulationResult {
    count: u64,
    /// Whether older leads that match may be there, which were not looked at.
    is_partial: bool,
    /// Those that would be somebody else's: with `rule` or `order` than by the rules that are saved, else than they are.
    changed: u64,
    shares: Vec<PersonShare>,
    /// Every rule in its order, also those without leads; leads that no rule placed last.
    by_rule: Vec<RuleShare>,
    /// The newest ones, one by one.
    leads: Vec<SimulatedLead>,
}

#[OpenApi(tag = "Topic::Configuration")]
impl Simulations {
    /// Try the assignment rules
    ///
    /// Goes through the newest leads, oldest first, as if they came in again, each at its own time; says who would have
    /// got which, beside who has it. Nothing is written.
    #[oai(path = "/assignment-simulations", method = "post", operation_id = "simulate_assignment")]
    async fn simulate(&self, here: Here, ask: Json<SimulationAsk>) -> Result<Json<SimulationResult>, Fault> {
        let query = query_of(ask.0)?;
        here.deed(move |app, ctx| simulate(app, ctx, query)).await.map(|found| Json(found.into()))
    }
}

fn edited_of(
    EditedRule { key, value: Any(value) }: EditedRule,
) -> Result<(Option<String>, AssignmentRule), Error> {
    let read = json::from_value::<AssignmentRule>(value);
    let rule = read.map_err(|error| Error::invalid("rule.value", "syntax", error.to_string()))?;
    Ok((key, rule.tidy()))
}

fn query_of(ask: SimulationAsk) -> Result<SimulationQuery, Error> {
    Ok(SimulationQuery {
        filter: ask.filter.as_deref().unwrap_or_default().parse().map_err(Error::Invalid)?,
        limit: ask.limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or_default(),
        edited: ask.rule.map(edited_of).transpose()?,
        order: ask.order.unwrap_or_default(),
    })
}

impl From<assignment::Simulation> for SimulationResult {
    fn from(found: assignment::Simulation) -> SimulationResult {
        let person = |user: Option<model::UserId>| user.map(|user| user.to_string());
        let share = |share: assignment::Share| PersonShare {
            user: person(share.user),
            has: share.as_it_is,
            would_get: share.as_it_would_be,
            by_saved_rules: share.by_rules_now,
        };
        let tried = |tried: model::RuleTried| TriedRule {
            outcome: tried.outcome.as_str().to_owned(),
            rule: tried.rule,
        };
        let lead = |row: assignment::Simulated| SimulatedLead {
            lead: row.lead.meta.id.to_string(),
            name: row.lead.title().to_owned(),
            owner: person(row.lead.owner),
            winner: person(row.winner),
            winner_by_saved_rules: person(row.winner_now),
            rule: row.rule,
            decided_by: (&row.decision).into(),
            tried: row.tried.into_iter().map(tried).collect(),
        };
        let (edited, rules) = (found.edited, found.rules);
        let kept_by = found.behind.and_then(|behind| rules.get(behind.place)).map(|piece| piece.key.clone());
        let rule = |(rule, leads): (Option<String>, u64)| RuleShare {
            kept_by: kept_by.clone().filter(|_| rule.is_some() && rule == edited),
            rule,
            leads,
        };
        SimulationResult {
            count: found.count,
            is_partial: found.is_partial,
            changed: found.changed,
            shares: found.shares.into_iter().map(share).collect(),
            by_rule: found.by_rule.into_iter().map(rule).collect(),
            leads: found.rows.into_iter().map(lead).collect(),
        }
    }
}
