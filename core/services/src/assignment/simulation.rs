//! Rules tried on leads that are there already: who would have got what. Nothing is written.

use super::ground::Ground;
use super::tally::{Count, Tally, Turns};
use super::weigh::{Decided, decide};
use super::{Moment, Round, as_it_came};
use crate::assignment_rules::{Behind, behind};
use crate::configuration::Governed as _;
use crate::leads::{self, LeadQuery, Reach};
use crate::{App, Ctx, Error, configuration, permissions, settings};
use model::jiff::civil::Date;
use model::{
    Action, AssignmentRule, Configured, Decision, FieldErrors, Filter, Frame, Kind, Lead, Matcher, Meta,
    Pieces, RuleTried, Settings, UserId,
};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// Leads that are gone through; more say nothing new and take their time.
pub const SIMULATED_MAX: usize = 10_000;
/// Leads that are told one by one.
const ROWS_MAX: usize = 200;
/// What is looked at to find leads that match.
const REACH: Reach = Reach { entries: 100_000, records: 20_000 };
/// Questions to plugins that are remembered: enough to see that one has tired.
const ASKED_KEPT: usize = 20;
/// The key of a rule that is tried before it is saved.
const NEW_RULE: &str = "new_rule";

/// What is tried on what.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SimulationQuery {
    /// Which leads.
    pub filter: Filter,
    /// The newest of them, at most [`SIMULATED_MAX`]; 0: as many as that.
    pub limit: usize,
    /// A rule as it is being edited, in the place of the one with this key, or after the others.
    pub edited: Option<(Option<String>, AssignmentRule)>,
    /// Another order of the rules, by their keys; empty: as they are.
    pub order: Vec<String>,
}

/// What would have become of one lead.
#[derive(Clone, Debug, PartialEq)]
pub struct Simulated {
    pub lead: Lead,
    /// The key of the rule that decides.
    pub rule: Option<String>,
    pub decision: Decision,
    /// Every rule that was tried.
    pub tried: Vec<RuleTried>,
    pub winner: Option<UserId>,
    /// Who would get it by the rules that are saved; the winner where nothing is edited.
    pub winner_now: Option<UserId>,
}

/// Leads of one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// Absent: nobody's.
    pub user: Option<UserId>,
    pub as_it_is: u64,
    /// By the rules that are saved, gone through in the same way.
    pub by_rules_now: u64,
    pub as_it_would_be: u64,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Simulation {
    /// The newest first, at most some hundreds.
    pub rows: Vec<Simulated>,
    pub count: u64,
    /// Whether older leads that match may be there, which were not looked at.
    pub is_partial: bool,
    /// Whether something is edited, and compared with the rules that are saved.
    pub is_compared: bool,
    /// Those that would be somebody else's: than by the rules that are saved, where something is edited; else than they are.
    pub changed: u64,
    /// Who gets most first.
    pub shares: Vec<Share>,
    /// Leads by the key of the rule that decides: every rule in its order, also those without any; those that no rule placed
    /// last, where there are any.
    pub by_rule: Vec<(Option<String>, u64)>,
    /// The rules that were tried, in their order, with what they are called.
    pub rules: Vec<Configured<AssignmentRule>>,
    /// The key of the rule that is edited.
    pub edited: Option<String>,
    /// The one of `rules` that keeps leads from it.
    pub behind: Option<Behind>,
}

/// Goes through the newest leads that match, oldest first, as if they came in again: each at its own time, with the
/// days, hours and absences of that time; turns go on from where they are, and loads begin without these leads. Days
/// between which a rule is in force do not count: a rule that begins next month can be tried today. Where something is
/// edited, the rules that are saved go through the same leads from the same beginning: what differs is what was edited.
pub fn simulate(app: &App, ctx: &Ctx, query: SimulationQuery) -> Result<Simulation, Error> {
    permissions::require_all(ctx, Kind::Settings, Action::See)?;
    let settings = settings::get(app, ctx)?;
    let today = ctx.at.to_zoned_datetime(settings.zone()).date();
    let (frame, edited) = edited_frame(app, ctx, &query, today)?;
    let is_compared = edited.is_some() || !query.order.is_empty();
    let (mut leads, is_partial) = found(app, ctx, &query)?;
    leads.reverse();
    let mut now: Vec<Option<UserId>> = Vec::new();
    if is_compared {
        let (saved, _) = edited_frame(app, ctx, &SimulationQuery::default(), today)?;
        let mut replay = Replay::begin(app, ctx, &settings, saved, &leads)?;
        for lead in &leads {
            now.push(replay.decide(app, ctx, lead)?.winner);
        }
    }
    let rules: Vec<Configured<AssignmentRule>> = frame.assignment_rules.current().cloned().collect();
    let place = rules.iter().position(|piece| Some(&piece.key) == edited.as_ref());
    let kept = behind(rules.iter().map(|piece| &piece.piece), today);
    let by_rule = (0..rules.len()).map(|place| (Some(place), 0)).collect();
    let mut replay = Replay::begin(app, ctx, &settings, frame, &leads)?;
    let mut told = Told {
        found: Simulation {
            is_partial,
            is_compared,
            behind: place.and_then(|place| kept.get(place).copied().flatten()),
            rules,
            edited,
            ..Simulation::default()
        },
        shares: BTreeMap::new(),
        by_rule,
    };
    let rows_from = leads.len().saturating_sub(ROWS_MAX);
    for (place, lead) in leads.into_iter().enumerate() {
        let decided = replay.decide(app, ctx, &lead)?;
        let winner_now = if is_compared { now.get(place).copied().flatten() } else { decided.winner };
        told.note(lead, decided, winner_now, place >= rows_from);
    }
    Ok(told.end())
}

/// The configuration with the rules as they are being edited, without those whose days are over; and the key of the one that
/// is edited.
fn edited_frame(
    app: &App,
    ctx: &Ctx,
    query: &SimulationQuery,
    today: Date,
) -> Result<(Frame, Option<String>), Error> {
    let frame = app.frame();
    let mut rules: Vec<Configured<AssignmentRule>> = frame.assignment_rules.all().to_vec();
    let mut edited = None;
    if let Some((key, rule)) = &query.edited {
        let mut errors = FieldErrors::default();
        let known = key.clone().unwrap_or_else(|| free_key(&rules));
        configuration::check(&known, rule, &frame, &mut errors);
        rule.check_in(app, &known, &mut errors);
        crate::error::none_of(errors)?;
        edited = Some(known.clone());
        match rules.iter_mut().find(|piece| Some(&piece.key) == key.as_ref()) {
            Some(piece) => piece.piece = rule.clone(),
            None => {
                let order = rules.iter().map(|piece| piece.order + 1).max().unwrap_or_default();
                let meta = Meta::new(ctx.new_id(), ctx.at, ctx.actor());
                rules.push(Configured { meta, key: known, order, piece: rule.clone() });
            }
        }
    }
    rules.retain(|piece| piece.piece.to.is_none_or(|to| today <= to));
    for piece in &mut rules {
        if let Some(place) = query.order.iter().position(|key| *key == piece.key) {
            piece.order = u32::try_from(place).unwrap_or(u32::MAX);
        }
    }
    Ok((Frame { assignment_rules: Pieces::new(rules), ..(*frame).clone() }, edited))
}

/// A key for a rule that has none yet.
fn free_key(rules: &[Configured<AssignmentRule>]) -> String {
    let mut key = NEW_RULE.to_owned();
    while rules.iter().any(|piece| piece.key == key) {
        key.push('_');
    }
    key
}

/// The newest leads that match and that the caller may see; and whether the search ended before as many were found.
fn found(app: &App, ctx: &Ctx, query: &SimulationQuery) -> Result<(Vec<Lead>, bool), Error> {
    let limit = if query.limit == 0 { SIMULATED_MAX } else { query.limit.min(SIMULATED_MAX) };
    let which = LeadQuery { filter: query.filter.clone(), ..LeadQuery::default() };
    let mut leads = Vec::new();
    let rest = leads::walk(app, ctx, Action::See, &which, REACH, &mut |lead| {
        leads.push(lead);
        leads.len() < limit
    })?;
    let is_partial = rest.is_some() && leads.len() < limit;
    Ok((leads, is_partial))
}

/// Turns as they are; loads without these leads.
fn beginning(app: &App, ground: &Ground, leads: &[Lead]) -> Result<Tally, Error> {
    let mut counts = vec![Count::All(Turns::Team), Count::Number];
    for user in ground.people.keys() {
        counts.extend([Count::Open(*user), Count::Value(*user), Count::Of(Turns::Team, *user)]);
        for place in 0..ground.rules.len() {
            counts.push(Count::Of(Turns::Rule(place), *user));
        }
    }
    counts.extend((0..ground.rules.len()).map(|place| Count::All(Turns::Rule(place))));
    let mut held = Vec::with_capacity(counts.len());
    for count in counts {
        held.push((count, app.store.counter(&super::tally::name(ground, count))?));
    }
    let mut tally = Tally::new(held.into_iter());
    for lead in leads {
        tally.load(lead, -1);
    }
    Ok(tally)
}

/// Leads that come in again, one after the other.
struct Replay {
    tally: Tally,
    round: Round,
    /// Conditions as they were read on each day.
    matchers: HashMap<Date, Vec<Option<Matcher>>>,
    /// Who is responsible for the company of a name.
    owners: HashMap<(Option<String>, Option<String>), Option<UserId>>,
}

impl Replay {
    fn begin(
        app: &App,
        ctx: &Ctx,
        settings: &Settings,
        frame: Frame,
        leads: &[Lead],
    ) -> Result<Replay, Error> {
        let round = Round::prepare_with(app, ctx, settings.clone(), Arc::new(frame))?;
        let tally = beginning(app, &round.ground, leads)?;
        Ok(Replay { tally, round, matchers: HashMap::new(), owners: HashMap::new() })
    }

    fn decide(&mut self, app: &App, ctx: &Ctx, lead: &Lead) -> Result<Decided, Error> {
        let (round, at) = (&self.round, lead.meta.created_at);
        let day = at.to_zoned_datetime(round.ground.zone.clone()).date();
        let matchers = self.matchers.entry(day).or_insert_with(|| round.ground.matchers(at));
        let of = (lead.company.clone(), lead.tax_id.clone());
        let owner = match self.owners.get(&of) {
            Some(owner) => *owner,
            None => {
                let owner = round.ground.company_owner(app, lead)?;
                self.owners.insert(of, owner);
                owner
            }
        };
        let team = round.ground.turn_takers(at);
        // Plugins are told the time and the loads of that moment, too.
        let (then, tally) = (ctx.at(at), &self.tally);
        let open = |user| tally.get(Count::Open(user));
        let moment = Moment {
            ctx: &then,
            at,
            matchers: Some(matchers),
            attending: None,
            team,
            dates_count: false,
            open: &open,
        };
        // Since then it may have been answered, closed or given away, which no rule saw.
        let came = as_it_came(lead);
        let plan = round.plan(&moment, &came, owner, &[]);
        round.forget_asked(ASKED_KEPT);
        let decided = decide(&round.ground, plan, &came, &came.meta.created_by, &mut self.tally);
        // As it would be: who got it has it from then on, closed leads still count for nobody.
        self.tally.load(&Lead { owner: decided.winner, ..lead.clone() }, 1);
        Ok(decided)
    }
}

/// What is told of them all.
struct Told {
    found: Simulation,
    /// As it is, by the rules that are saved, as it would be.
    shares: BTreeMap<Option<UserId>, [u64; 3]>,
    by_rule: BTreeMap<Option<usize>, u64>,
}

impl Told {
    fn note(&mut self, lead: Lead, decided: Decided, winner_now: Option<UserId>, is_told: bool) {
        let found = &mut self.found;
        let before = if found.is_compared { winner_now } else { lead.owner };
        found.count += 1;
        found.changed += u64::from(before != decided.winner);
        for (place, user) in [lead.owner, winner_now, decided.winner].into_iter().enumerate() {
            self.shares.entry(user).or_default()[place] += 1;
        }
        *self.by_rule.entry(decided.rule).or_default() += 1;
        if is_told {
            let rule = decided.rule.and_then(|place| found.rules.get(place));
            found.rows.push(Simulated {
                rule: rule.map(|piece| piece.key.clone()),
                decision: decided.assignment.decision,
                tried: decided.explanation.rules,
                winner: decided.winner,
                winner_now,
                lead,
            });
        }
    }

    fn end(self) -> Simulation {
        let share = |(user, [as_it_is, by_rules_now, as_it_would_be]): (Option<UserId>, [u64; 3])| Share {
            user,
            as_it_is,
            by_rules_now,
            as_it_would_be,
        };
        let mut shares: Vec<Share> = self.shares.into_iter().map(share).collect();
        shares.sort_by_key(|share| std::cmp::Reverse((share.as_it_would_be, share.as_it_is)));
        let mut found = self.found;
        let mut by_rule: Vec<(Option<usize>, u64)> = self.by_rule.into_iter().collect();
        by_rule.sort_by_key(|(place, _)| place.unwrap_or(usize::MAX));
        let key = |place: usize| found.rules.get(place).map(|piece| piece.key.clone());
        let by_rule = by_rule.into_iter().map(|(place, count)| (place.and_then(key), count)).collect();
        found.rows.reverse();
        Simulation { shares, by_rule, ..found }
    }
}
