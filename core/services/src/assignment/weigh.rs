//! The decision itself: pure, on what was looked up before and the numbers of this very moment. The writer calls it for
//! real leads, the simulation for the others.

use super::TRIED_MAX;
use super::ground::{Attending, Ground};
use super::tally::{Count, Tally, Turns, day_number, ring_of, today_of};
use model::jiff::Timestamp;
use model::uuid::Uuid;
use model::{
    Assignment, Decision, Explanation, Fallback, Lead, LeadId, LeftOut, LeftOutWhy, Meta, Occasion, Reason,
    RuleOutcome, RuleTried, Standing, Strategy, UserId,
};
use std::collections::BTreeSet;

/// What a plugin said of a lead.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    pub(crate) user: Option<UserId>,
    pub(crate) outcome: String,
    pub(crate) text: String,
}

/// A rule that fits a lead.
#[derive(Clone, Debug)]
pub(crate) struct Fit {
    /// Its place.
    pub(crate) rule: usize,
    pub(crate) attending: Attending,
    pub(crate) said: Option<Said>,
}

#[derive(Clone, Debug)]
pub(crate) enum Step {
    Not(RuleTried),
    Fits(Fit),
}

/// What is known of a lead before numbers decide.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) id: Uuid,
    pub(crate) at: Timestamp,
    pub(crate) occasion: Occasion,
    pub(crate) steps: Vec<Step>,
    /// A plugin that no rule asks chose somebody.
    pub(crate) plugin: Option<(UserId, Decision, String)>,
    /// Plugins that no rule asks, and that passed.
    pub(crate) passed: Vec<Reason>,
    /// The default team.
    pub(crate) team: Attending,
    pub(crate) company_owner: Option<UserId>,
    /// Had it and did not answer; whoever has it now is the first.
    pub(crate) excluded: Vec<UserId>,
    /// The ids of the letters to whoever had it and whoever gets it, where letters go out.
    pub(crate) letters: Option<[Uuid; 2]>,
}

/// Who gets a lead, and why.
#[derive(Clone, Debug)]
pub(crate) struct Decided {
    pub(crate) winner: Option<UserId>,
    pub(crate) assignment: Assignment,
    pub(crate) explanation: Explanation,
    /// The place of the rule that decided.
    pub(crate) rule: Option<usize>,
}

/// All the numbers that a decision about these leads may look at.
pub(crate) fn counts_of<'a>(ground: &Ground, plans: impl Iterator<Item = &'a Plan>) -> BTreeSet<Count> {
    let mut counts = BTreeSet::new();
    for plan in plans {
        let day = day_number(plan.at, &ground.zone);
        let mut named: Vec<UserId> = ground.settings.default_owner.into_iter().collect();
        named.extend(plan.plugin.as_ref().map(|(user, _, _)| *user));
        for step in &plan.steps {
            let Step::Fits(fit) = step else { continue };
            let Some(ruled) = ground.rules.get(fit.rule) else { continue };
            named.extend(ruled.rule.named());
            counts.insert(Count::All(Turns::Rule(fit.rule)));
            for (user, _) in &fit.attending.present {
                named.push(*user);
                counts.insert(Count::Of(Turns::Rule(fit.rule), *user));
                if matches!(ruled.rule.strategy, Strategy::FewestOpen | Strategy::LeastValue) {
                    counts.extend([Count::Open(*user), Count::Value(*user)]);
                }
                if ruled.rule.month_max.is_some() {
                    counts.extend(ring_of(*user));
                }
            }
        }
        counts.extend([Count::All(Turns::Team), Count::Number]);
        for (user, _) in &plan.team.present {
            named.push(*user);
            counts.insert(Count::Of(Turns::Team, *user));
        }
        counts.extend(named.into_iter().map(|user| today_of(user, day)));
    }
    counts
}

/// Decides, and counts what was decided. The lead's own load is not part of the numbers then.
pub(crate) fn decide(
    ground: &Ground,
    plan: Plan,
    lead: &Lead,
    by: &model::Actor,
    tally: &mut Tally,
) -> Decided {
    let mut weighing = Weighing {
        ground,
        plan: &plan,
        lead,
        tally,
        rules: Vec::new(),
        candidates: Vec::new(),
        weighed_by: None,
        passed: Vec::new(),
        away: None,
        default_away: None,
    };
    let found = weighing.by_rules().unwrap_or_else(|| weighing.by_default());
    let Weighing { rules, candidates, weighed_by, mut passed, default_away, .. } = weighing;
    passed.extend(plan.passed.iter().cloned());
    passed.truncate(TRIED_MAX);
    if let Some(winner) = found.winner {
        tally.give(winner, day_number(plan.at, &ground.zone));
    }
    let count = u32::try_from(candidates.len()).unwrap_or(u32::MAX);
    let assignment = Assignment {
        at: plan.at,
        decision: found.decision,
        reason: found.reason,
        candidates: count,
        tried: passed,
    };
    let explanation = Explanation {
        meta: Meta::new(plan.id, plan.at, by.clone()),
        lead: LeadId(lead.meta.id),
        occasion: plan.occasion,
        from: plan.excluded.first().copied(),
        rules,
        candidates,
        candidates_count: count,
        weighed_by,
        default_away,
        winner: found.winner,
    };
    Decided { winner: found.winner, assignment, explanation: explanation.fitted(), rule: found.rule }
}

struct Found {
    winner: Option<UserId>,
    decision: Decision,
    reason: String,
    rule: Option<usize>,
}

struct Weighing<'a> {
    ground: &'a Ground,
    plan: &'a Plan,
    lead: &'a Lead,
    tally: &'a mut Tally,
    rules: Vec<RuleTried>,
    candidates: Vec<Standing>,
    /// The strategy whose number decided among them, where one did.
    weighed_by: Option<Strategy>,
    /// Plugins of rules that were asked and did not decide.
    passed: Vec<Reason>,
    /// Somebody who was named and is away: they get it where nobody else can.
    away: Option<Found>,
    default_away: Option<UserId>,
}

impl Weighing<'_> {
    /// The first rule that fits and has somebody.
    fn by_rules(&mut self) -> Option<Found> {
        for step in &self.plan.steps {
            let fit = match step {
                Step::Not(tried) => {
                    self.rules.push(tried.clone());
                    continue;
                }
                Step::Fits(fit) => fit,
            };
            let ruled = self.ground.rules.get(fit.rule)?;
            let (candidates, left_out) = self.candidates_of(fit);
            let chosen = self.chosen(fit, &candidates);
            let tried = |outcome| RuleTried { rule: ruled.key.clone(), outcome, left_out, left_out_more: 0 };
            if let Some((winner, weight)) = chosen {
                self.standings(self.told_of(ruled.rule.strategy), Turns::Rule(fit.rule), &candidates);
                self.tally.serve(Turns::Rule(fit.rule), &candidates, winner, weight);
                self.rules.push(tried(RuleOutcome::Won));
                return Some(Found {
                    winner: Some(winner),
                    decision: Decision::Rule { rule: ruled.key.clone(), strategy: ruled.rule.strategy },
                    reason: fit.said.as_ref().map(|said| said.text.clone()).unwrap_or_default(),
                    rule: Some(fit.rule),
                });
            }
            let passed = match &fit.said {
                Some(said) if !candidates.is_empty() => {
                    self.passed.push(Reason {
                        asked: ruled.rule.plugin.clone().unwrap_or_default(),
                        outcome: said.outcome.clone(),
                        text: said.text.clone(),
                    });
                    RuleOutcome::PluginPassed { outcome: said.outcome.clone() }
                }
                _ => RuleOutcome::Nobody,
            };
            match ruled.rule.fallback {
                Fallback::Next => self.rules.push(tried(passed)),
                Fallback::Default => {
                    self.rules.push(tried(passed));
                    return None;
                }
                Fallback::Person => return self.by_person(fit.rule, tried(passed)),
            }
        }
        None
    }

    /// Whoever a rule names for when nobody of its pool can; where they are away, only if nobody else can either.
    fn by_person(&mut self, place: usize, mut tried: RuleTried) -> Option<Found> {
        let ruled = self.ground.rules.get(place)?;
        let named = ruled.rule.fallback_person.as_ref().and_then(|id| id.parse::<UserId>().ok());
        let Some(person) = named.filter(|person| self.may_have(*person)) else {
            self.rules.push(tried);
            return None;
        };
        let found = Found {
            winner: Some(person),
            decision: Decision::RuleFallback { rule: ruled.key.clone() },
            reason: String::new(),
            rule: Some(place),
        };
        if !ruled.rule.absent_too && self.is_away(person) {
            if tried.left_out.iter().all(|out| out.user != person) {
                tried.left_out.push(LeftOut { user: person, why: LeftOutWhy::Away });
            }
            self.rules.push(tried);
            self.away = Some(found);
            return None;
        }
        tried.outcome = RuleOutcome::WonByFallback;
        self.rules.push(tried);
        self.candidates.push(standing(person));
        Some(found)
    }

    /// Nothing placed it: a plugin that no rule asks, the default owner, or the turns of the default team.
    fn by_default(&mut self) -> Found {
        let team = Attending {
            present: self
                .plan
                .team
                .present
                .iter()
                .copied()
                .filter(|(user, _)| self.may_have(*user))
                .collect(),
            left_out: Vec::new(),
        };
        if let Some((winner, decision, reason)) = &self.plan.plugin {
            self.standings(None, Turns::Team, &team.present);
            let (winner, decision) = (Some(*winner), decision.clone());
            return Found { winner, decision, reason: reason.clone(), rule: None };
        }
        let owner = self.ground.settings.default_owner.filter(|owner| self.may_have(*owner));
        if let Some(owner) = owner {
            let (winner, decision) = (Some(owner), Decision::DefaultOwner);
            let found = Found { winner, decision, reason: String::new(), rule: None };
            if !self.is_away(owner) {
                self.candidates.push(standing(owner));
                return found;
            }
            self.default_away = Some(owner);
            self.away.get_or_insert(found);
        }
        let reached = |user: &UserId| (self.tally.reached(Turns::Team, *user), *user);
        let next = team.present.iter().map(|(user, _)| *user).min_by_key(reached);
        let (Some(winner), Some(id)) = (next, self.ground.team.as_ref().map(model::Team::id)) else {
            return self.by_away();
        };
        self.standings(None, Turns::Team, &team.present);
        self.tally.serve(Turns::Team, &team.present, winner, 1);
        self.tally.add(Count::Number, 1);
        let decision = Decision::RoundRobin { team: id, turn: self.tally.get(Count::Number) };
        Found { winner: Some(winner), decision, reason: String::new(), rule: None }
    }

    /// Nobody else can have it: whoever was named and is away, else nobody. What waits with somebody for an answer is not
    /// answered sooner by whoever is away.
    fn by_away(&mut self) -> Found {
        let nobody = Found { winner: None, decision: Decision::Nobody, reason: String::new(), rule: None };
        let away = self.away.take().filter(|_| self.plan.occasion != Occasion::Unanswered);
        let Some(found) = away else { return nobody };
        if found.rule.is_some()
            && let Some(tried) = self.rules.last_mut()
        {
            // The rule that names them was the last to be tried.
            tried.outcome = RuleOutcome::WonByFallback;
        }
        self.candidates.extend(found.winner.map(standing));
        found
    }

    fn may_have(&self, user: UserId) -> bool {
        !self.plan.excluded.contains(&user) && self.ground.is_active(user)
    }

    fn is_away(&self, user: UserId) -> bool {
        self.ground.is_away(user, self.plan.at)
    }

    /// Those who are there and have room, and all the others.
    fn candidates_of(&self, fit: &Fit) -> (Vec<(UserId, u16)>, Vec<LeftOut>) {
        let mut left_out = fit.attending.left_out.clone();
        let Some(ruled) = self.ground.rules.get(fit.rule) else {
            return (Vec::new(), left_out);
        };
        let day = day_number(self.plan.at, &self.ground.zone);
        let is_full =
            |most: Option<u32>, given: &dyn Fn() -> u64| most.is_some_and(|most| given() >= most.into());
        let mut candidates = Vec::with_capacity(fit.attending.present.len());
        for (user, weight) in &fit.attending.present {
            let why = if self.plan.excluded.contains(user) {
                LeftOutWhy::DidNotAnswer
            } else if is_full(ruled.rule.day_max, &|| self.tally.given_on(*user, day)) {
                LeftOutWhy::DayFull
            } else if is_full(ruled.rule.month_max, &|| self.tally.given_lately(*user, day)) {
                LeftOutWhy::MonthFull
            } else {
                candidates.push((*user, *weight));
                continue;
            };
            left_out.push(LeftOut { user: *user, why });
        }
        (candidates, left_out)
    }

    fn chosen(&self, fit: &Fit, candidates: &[(UserId, u16)]) -> Option<(UserId, u16)> {
        let ruled = self.ground.rules.get(fit.rule)?;
        let turns = Turns::Rule(fit.rule);
        // Ties are broken by turns, and the first turns by a shuffle of the rule's own: never by age.
        let turn = |user: UserId| (self.tally.reached(turns, user), shuffled(&ruled.key, user));
        let named =
            |wanted: Option<UserId>| candidates.iter().copied().find(|(user, _)| Some(*user) == wanted);
        let by_turns = || candidates.iter().copied().min_by_key(|(user, _)| turn(*user));
        if let Some(by) = self.compared_by(ruled.rule.strategy) {
            let least = |(user, _): &(UserId, u16)| (self.number(by, *user), turn(*user));
            return candidates.iter().copied().min_by_key(least);
        }
        match ruled.rule.strategy {
            Strategy::CompanyOwner => named(self.plan.company_owner).or_else(by_turns),
            Strategy::Plugin => named(fit.said.as_ref().and_then(|said| said.user)),
            _ => by_turns(),
        }
    }

    /// The strategy whose number decides about this lead; nothing where turns, the company or a plugin do.
    fn compared_by(&self, strategy: Strategy) -> Option<Strategy> {
        match strategy {
            // A lead without an amount would go to the same person again and again.
            Strategy::LeastValue if super::tally::value_of(self.lead) == 0 => Some(Strategy::FewestOpen),
            Strategy::FewestOpen | Strategy::LeastValue => Some(strategy),
            _ => None,
        }
    }

    fn number(&self, by: Strategy, user: UserId) -> u64 {
        self.tally.get(if by == Strategy::LeastValue { Count::Value(user) } else { Count::Open(user) })
    }

    /// The strategy whose number is told of the candidates: it decided, or their turns did.
    fn told_of(&self, strategy: Strategy) -> Option<Strategy> {
        let is_by_turns = matches!(strategy, Strategy::Turns | Strategy::WeightedTurns);
        self.compared_by(strategy).or(is_by_turns.then_some(strategy))
    }

    fn standings(&mut self, weighed_by: Option<Strategy>, turns: Turns, candidates: &[(UserId, u16)]) {
        let weighed = |user: UserId, weight: u16| match weighed_by {
            Some(Strategy::Turns | Strategy::WeightedTurns) => self.tally.turns_had(turns, user, weight),
            Some(by) => self.number(by, user),
            None => 0,
        };
        let one = |(user, weight): &(UserId, u16)| Standing {
            user: *user,
            weighed: weighed(*user, *weight),
            weight: (weighed_by == Some(Strategy::WeightedTurns)).then_some(*weight),
        };
        self.candidates = candidates.iter().map(one).collect();
        self.weighed_by = weighed_by;
    }
}

/// Somebody of whom nothing was weighed.
fn standing(user: UserId) -> Standing {
    Standing { user, weighed: 0, weight: None }
}

/// An order of people that differs from rule to rule (FNV-1a).
fn shuffled(rule: &str, user: UserId) -> u64 {
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
    rule.as_bytes().iter().chain(user.0.as_bytes()).fold(0xcbf2_9ce4_8422_2325, step)
}
