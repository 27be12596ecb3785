//! Whose leads are and why, as it goes over the wire.

use model::{Decision, Reason};
use poem_openapi::{Enum, Object};

/// How a lead came to its owner.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[oai(rename_all = "snake_case")]
pub(crate) enum DecidedBy {
    Plugin,
    RoundRobin,
    Rule,
    RuleFallback,
    DefaultOwner,
    Person,
    Import,
    Nobody,
}

/// The decision on whose a lead is, and why.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct Assignment {
    at: String,
    /// The id of the user who got it; absent when nobody could.
    owner: Option<String>,
    decided_by: DecidedBy,
    /// The plugin that decided.
    plugin: Option<String>,
    plugin_version: Option<String>,
    /// The key of the rule that decided.
    rule: Option<String>,
    /// How it chose: `turns`, `weighted_turns`, `fewest_open`, `least_value`, `company_owner`, `plugin`.
    strategy: Option<String>,
    /// The id of the person that decided.
    user: Option<String>,
    /// The id of the import whose file said so.
    import: Option<String>,
    /// The id of the team whose turn decided, and which turn it was.
    team: Option<String>,
    turn: Option<u64>,
    /// In the words of whoever decided.
    reason: Option<String>,
    /// How many people could have got it.
    candidates: u32,
    /// Who was asked before and passed.
    tried: Vec<Tried>,
    /// How each decision about it came about, the latest first.
    explanations: Vec<Explanation>,
}

/// One that was asked and did not decide.
#[derive(Object)]
pub(crate) struct Tried {
    asked: String,
    outcome: String,
    text: String,
}

impl Assignment {
    pub(crate) fn of(
        assignment: model::Assignment,
        owner: Option<model::UserId>,
        explanations: Vec<model::Explanation>,
    ) -> Assignment {
        let mut wire = Assignment {
            at: assignment.at.to_string(),
            owner: owner.map(|owner| owner.to_string()),
            decided_by: DecidedBy::Nobody,
            plugin: None,
            plugin_version: None,
            rule: None,
            strategy: None,
            explanations: explanations.into_iter().map(Explanation::from).collect(),
            user: None,
            import: None,
            team: None,
            turn: None,
            reason: (!assignment.reason.is_empty()).then_some(assignment.reason),
            candidates: assignment.candidates,
            tried: assignment.tried.into_iter().map(Tried::from).collect(),
        };
        match assignment.decision {
            Decision::Plugin { name, version } => {
                wire.decided_by = DecidedBy::Plugin;
                wire.plugin = Some(name);
                wire.plugin_version = Some(version);
            }
            Decision::RoundRobin { team, turn } => {
                wire.decided_by = DecidedBy::RoundRobin;
                wire.team = Some(team.to_string());
                wire.turn = Some(turn);
            }
            Decision::Rule { rule, strategy } => {
                wire.decided_by = DecidedBy::Rule;
                wire.rule = Some(rule);
                wire.strategy = Some(strategy.as_str().to_owned());
            }
            Decision::RuleFallback { rule } => {
                wire.decided_by = DecidedBy::RuleFallback;
                wire.rule = Some(rule);
            }
            Decision::DefaultOwner => wire.decided_by = DecidedBy::DefaultOwner,
            Decision::Person { user } => {
                wire.decided_by = DecidedBy::Person;
                wire.user = Some(user.to_string());
            }
            Decision::Import { import } => {
                wire.decided_by = DecidedBy::Import;
                wire.import = Some(import.to_string());
            }
            Decision::Nobody => {}
        }
        wire
    }
}

impl From<&Decision> for DecidedBy {
    fn from(decision: &Decision) -> DecidedBy {
        match decision {
            Decision::Plugin { .. } => DecidedBy::Plugin,
            Decision::RoundRobin { .. } => DecidedBy::RoundRobin,
            Decision::Rule { .. } => DecidedBy::Rule,
            Decision::RuleFallback { .. } => DecidedBy::RuleFallback,
            Decision::DefaultOwner => DecidedBy::DefaultOwner,
            Decision::Person { .. } => DecidedBy::Person,
            Decision::Import { .. } => DecidedBy::Import,
            Decision::Nobody => DecidedBy::Nobody,
        }
    }
}

/// How one decision came about.
#[derive(Object)]
#[oai(rename = "AssignmentExplanation", skip_serializing_if_is_none)]
pub(crate) struct Explanation {
    at: String,
    /// The id of the lead it was about: this one, or one that became a part of it.
    lead: String,
    /// `new`, `again`, `unanswered`.
    occasion: String,
    /// The id of whoever had it and did not answer in time, where it went on for that.
    from: Option<String>,
    /// The rules in the order in which they were tried.
    rules: Vec<RuleTried>,
    /// Who could get it in the end; the first of many.
    candidates: Vec<Standing>,
    candidates_count: u32,
    /// What was weighed of them: `fewest_open` their open leads, `least_value` the value of those in hundredths, `turns`
    /// and `weighted_turns` the turns that they had had, also while they were not there; absent where nothing was, or where
    /// it was not noted yet.
    weighed_by: Option<String>,
    /// The id of whoever gets what nothing else placed, where they were away.
    default_away: Option<String>,
    /// The id of the user who got it.
    winner: Option<String>,
}

/// A rule and what came of it.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct RuleTried {
    /// Its key.
    rule: String,
    /// `not_in_force`, `other_way`, `condition`, `nobody`, `plugin_passed`, `won`, `won_by_fallback`.
    outcome: String,
    /// The first conditions that failed, as in filters.
    failed: Option<String>,
    left_out: Vec<LeftOut>,
    /// Left out too, but not named.
    left_out_more: u32,
}

/// Somebody who could not get it.
#[derive(Object)]
pub(crate) struct LeftOut {
    /// The id of the user.
    user: String,
    /// `gone`, `takes_none`, `away`, `day_off`, `off_hours`, `day_full`, `month_full`, `did_not_answer`.
    why: String,
}

/// Somebody who could get it.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct Standing {
    /// The id of the user.
    user: String,
    /// As `weighed_by` says; 0 where nothing was weighed.
    weighed: u64,
    /// How often it is their turn against the others, where that decided, too.
    weight: Option<u16>,
}

impl From<model::Explanation> for Explanation {
    fn from(explanation: model::Explanation) -> Explanation {
        let standing = |one: model::Standing| Standing {
            user: one.user.to_string(),
            weighed: one.weighed,
            weight: one.weight,
        };
        Explanation {
            at: explanation.meta.created_at.to_string(),
            lead: explanation.lead.to_string(),
            occasion: explanation.occasion.as_str().to_owned(),
            from: explanation.from.map(|from| from.to_string()),
            rules: explanation.rules.into_iter().map(RuleTried::from).collect(),
            candidates: explanation.candidates.into_iter().map(standing).collect(),
            candidates_count: explanation.candidates_count,
            weighed_by: explanation.weighed_by.map(|strategy| strategy.as_str().to_owned()),
            default_away: explanation.default_away.map(|user| user.to_string()),
            winner: explanation.winner.map(|winner| winner.to_string()),
        }
    }
}

impl From<model::RuleTried> for RuleTried {
    fn from(tried: model::RuleTried) -> RuleTried {
        let failed = match &tried.outcome {
            model::RuleOutcome::Condition { conditions, .. } => Some(conditions.to_string()),
            _ => None,
        };
        let left_out =
            |one: model::LeftOut| LeftOut { user: one.user.to_string(), why: one.why.as_str().to_owned() };
        RuleTried {
            rule: tried.rule,
            outcome: tried.outcome.as_str().to_owned(),
            failed,
            left_out: tried.left_out.into_iter().map(left_out).collect(),
            left_out_more: tried.left_out_more,
        }
    }
}

impl From<Reason> for Tried {
    fn from(reason: Reason) -> Tried {
        Tried { asked: reason.asked, outcome: reason.outcome, text: reason.text }
    }
}
