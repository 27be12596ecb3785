//! Who gets a lead, and why: the first rule that fits; then plugins that no rule asks, the default owner, or turns.
//!
//! What does not change with each lead is looked up before; the decision is made inside the store's writer, on the
//! numbers of that moment: two leads at the same moment never get the same turn. Plugins are asked before, never while a
//! transaction is open.

use crate::leads::give;
use crate::plugins::{Asked, Ready};
use crate::{App, Ctx, Error, assignment_rules, outbox, plugins};
use ground::{Attending, Ground};
use model::{
    Fallback, Frame, Lead, LeadId, LeadStatus, LetterAbout, Matcher, Meta, Occasion, Pool, RuleOutcome,
    RuleTried, Settings, Strategy, Team, User, UserId, Way,
};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use tally::Tally;
use weigh::{Fit, Plan, Step, counts_of, decide};

mod asking;
mod ground;
mod keeping;
mod simulation;
pub(crate) mod tally;
mod views;
mod weigh;
pub use simulation::{SIMULATED_MAX, Share, Simulated, Simulation, SimulationQuery, simulate};

/// What was asked before the decision; the plugins page has the rest.
const TRIED_MAX: usize = 2;

/// All that is needed to assign leads, looked up once for a lead or a portion of an import.
pub struct Round {
    ground: Arc<Ground>,
    /// Who of each rule's pool is there now, and of the default team.
    attending: Vec<Attending>,
    team: Attending,
    plugins: Vec<Ready>,
    /// Plugins that rules ask and that cannot be asked now, with the outcome that says why.
    absent: BTreeMap<String, &'static str>,
    asked: Mutex<Vec<Asked>>,
    occasion: Occasion,
    has_letters: bool,
}

/// What is known of a lead before turns are taken.
pub struct Choice(Plan);

impl Choice {
    /// Whom a plugin chose, in whose place numbers decide nothing.
    pub fn by_plugin(&self) -> Option<UserId> {
        self.0.plugin.as_ref().map(|(user, _, _)| *user)
    }
}

impl Round {
    /// Looks up who can get leads and which plugins are to be asked.
    pub fn prepare(app: &App, ctx: &Ctx, settings: Settings) -> Result<Round, Error> {
        Round::prepare_with(app, ctx, settings, app.frame())
    }

    /// The same for leads that nobody answered in time: they go to somebody else, and both are written to.
    pub(crate) fn prepare_unanswered(app: &App, ctx: &Ctx, settings: Settings) -> Result<Round, Error> {
        let round = Round::prepare(app, ctx, settings)?;
        Ok(Round { occasion: Occasion::Unanswered, has_letters: outbox::takes_letters(app)?, ..round })
    }

    fn prepare_with(app: &App, ctx: &Ctx, settings: Settings, frame: Arc<Frame>) -> Result<Round, Error> {
        let plugins = ground::plugins_of(app, ctx, &frame)?;
        let absent = ground::absent_of(app, ctx, &frame, &plugins)?;
        let ground = Ground::read(app, frame, settings, ctx.at)?.at(ctx.at).with_open(app, &plugins)?;
        let attending =
            ground.rules.iter().map(|ruled| ground.attending(&ruled.rule, &ruled.pool, ctx.at)).collect();
        let team = ground.turn_takers(ctx.at);
        let (ground, asked) = (Arc::new(ground), Mutex::default());
        let occasion = Occasion::New;
        Ok(Round { ground, attending, team, plugins, absent, asked, occasion, has_letters: false })
    }

    /// Whether anybody could get a lead now.
    pub(crate) fn has_people(&self) -> bool {
        !self.team.present.is_empty()
            || !self.ground.rules.is_empty()
            || self.ground.settings.default_owner.is_some()
    }

    pub fn settings(&self) -> &Settings {
        &self.ground.settings
    }

    /// Tries the rules and asks the plugins. One that fails or passes is noted and the next one is asked. Of a lead that is
    /// there already they are asked as it came in.
    pub fn choose(&self, app: &App, ctx: &Ctx, lead: &Lead) -> Result<Choice, Error> {
        let excluded = match self.occasion {
            Occasion::Unanswered => did_not_answer(app, lead)?,
            Occasion::New | Occasion::Again => Vec::new(),
        };
        let company_owner = self.ground.company_owner(app, lead)?;
        let open = |user| self.ground.open.get(&user).copied().unwrap_or_default();
        let moment = Moment {
            ctx,
            at: ctx.at,
            matchers: None,
            attending: Some(&self.attending),
            team: self.team.clone(),
            dates_count: true,
            open: &open,
        };
        let asked = as_it_came(lead);
        let plan = self.plan(&moment, &asked, company_owner, &excluded);
        if excluded.len() > 1 && !self.finds_somebody(ctx, &plan, &asked) {
            // All have been tried: the turn begins again, with anybody but whoever has it now.
            return Ok(Choice(self.plan(&moment, &asked, company_owner, &excluded[..1])));
        }
        Ok(Choice(plan))
    }

    /// Whether a plan leads to somebody, however much each has got already.
    fn finds_somebody(&self, ctx: &Ctx, plan: &Plan, lead: &Lead) -> bool {
        let mut nothing_given = Tally::default();
        decide(&self.ground, plan.clone(), lead, &ctx.actor(), &mut nothing_given).winner.is_some()
    }

    fn plan(
        &self,
        moment: &Moment<'_>,
        lead: &Lead,
        company_owner: Option<UserId>,
        excluded: &[UserId],
    ) -> Plan {
        let mut steps = Vec::with_capacity(self.ground.rules.len());
        let mut is_certain = false;
        for place in 0..self.ground.rules.len() {
            let (step, end) = self.step(moment, place, lead, company_owner, excluded);
            steps.push(step);
            is_certain = end == End::Won;
            if end != End::Open {
                break;
            }
        }
        let (plugin, passed) =
            if is_certain { (None, Vec::new()) } else { self.ask_others(moment, lead, excluded) };
        Plan {
            id: moment.ctx.new_id(),
            at: moment.at,
            occasion: self.occasion,
            steps,
            plugin,
            passed,
            team: moment.team.clone(),
            company_owner,
            excluded: excluded.to_vec(),
            letters: self.has_letters.then(|| [moment.ctx.new_id(), moment.ctx.new_id()]),
        }
    }

    /// One rule, and whether those after it need to be looked at.
    fn step(
        &self,
        moment: &Moment<'_>,
        place: usize,
        lead: &Lead,
        company_owner: Option<UserId>,
        excluded: &[UserId],
    ) -> (Step, End) {
        let ground = &self.ground;
        let ruled = &ground.rules[place];
        if let Some(outcome) = self.misfit(moment, place, lead) {
            let rule = ruled.key.clone();
            let tried = RuleTried { rule, outcome, left_out: Vec::new(), left_out_more: 0 };
            return (Step::Not(tried), End::Open);
        }
        let attending = match (ruled.rule.pool, moment.attending) {
            (Pool::CompanyOwner, _) => {
                let pool: Vec<(UserId, u16)> = company_owner.map(|owner| (owner, 1)).into_iter().collect();
                ground.attending(&ruled.rule, &pool, moment.at)
            }
            (_, Some(attending)) => attending.get(place).cloned().unwrap_or_default(),
            (_, None) => ground.attending(&ruled.rule, &ruled.pool, moment.at),
        };
        let present: Vec<UserId> =
            attending.present.iter().map(|(user, _)| *user).filter(|user| !excluded.contains(user)).collect();
        let said = (ruled.rule.strategy == Strategy::Plugin)
            .then(|| self.ask_for(moment, ruled.rule.plugin.as_deref(), lead, &present));
        let has_limit = ruled.rule.day_max.is_some() || ruled.rule.month_max.is_some();
        let has_somebody = match &said {
            Some(said) => said.user.is_some(),
            None => !present.is_empty(),
        };
        let end = match ruled.rule.fallback {
            // Numbers change nothing here.
            _ if has_somebody && !has_limit => End::Won,
            Fallback::Next => End::Open,
            Fallback::Person | Fallback::Default => End::Last,
        };
        (Step::Fits(Fit { rule: place, attending, said }), end)
    }

    /// Why a rule does not fit a lead; nothing where it does.
    fn misfit(&self, moment: &Moment<'_>, place: usize, lead: &Lead) -> Option<RuleOutcome> {
        let ground = &self.ground;
        let ruled = ground.rules.get(place)?;
        let day = moment.at.to_zoned_datetime(ground.zone.clone()).date();
        if moment.dates_count && !ruled.rule.is_in_force(day) {
            return Some(RuleOutcome::NotInForce);
        }
        let way = Way::of(&lead.meta.created_by.via);
        if !ruled.rule.ways.is_empty() && way.is_some_and(|way| !ruled.rule.ways.contains(&way)) {
            return Some(RuleOutcome::OtherWay);
        }
        let matcher = match moment.matchers {
            Some(matchers) => matchers.get(place).and_then(Option::as_ref),
            None => ruled.matcher.as_ref(),
        };
        let group = match matcher {
            Some(matcher) => matcher.first_failure(&|key| ground.values.of(lead, key))?,
            None => 0,
        };
        let failed = ruled.rule.conditions.groups.get(group).cloned();
        let conditions = model::Filter { groups: failed.into_iter().collect() };
        Some(RuleOutcome::Condition { group, conditions })
    }

    /// Adds the leads to the write, with the turns they need.
    pub fn place(&self, ctx: &Ctx, write: &mut store::Write, leads: Vec<(Lead, Choice)>) {
        self.place_all(ctx, write, leads.into_iter().map(|(lead, choice)| (None, lead, choice.0)).collect());
    }

    /// The same for leads that are there already and go to somebody anew.
    pub(crate) fn place_again(&self, ctx: &Ctx, write: &mut store::Write, leads: Vec<(Lead, Choice)>) {
        let again = |(before, Choice(plan)): (Lead, Choice)| {
            let lead = Lead { team: None, ..before.clone() };
            let occasion = if plan.occasion == Occasion::New { Occasion::Again } else { plan.occasion };
            (Some(before), lead, Plan { occasion, ..plan })
        };
        self.place_all(ctx, write, leads.into_iter().map(again).collect());
    }

    fn place_all(&self, ctx: &Ctx, write: &mut store::Write, leads: Vec<(Option<Lead>, Lead, Plan)>) {
        let ground = Arc::clone(&self.ground);
        let counts = counts_of(&ground, leads.iter().map(|(_, _, plan)| plan));
        let names = tally::names(&ground, &counts);
        let by = ctx.actor();
        let build = move |held: &[u64], write: &mut store::Write| {
            let mut tally = Tally::new(counts.into_iter().zip(held.iter().copied()));
            for (before, mut lead, plan) in leads {
                if let Some(before) = &before {
                    tally.load(before, -1);
                }
                let (occasion, letters) = (plan.occasion, plan.letters);
                let decided = decide(&ground, plan, &lead, &by, &mut tally);
                if occasion == Occasion::Unanswered && decided.winner.is_none() {
                    // Nobody else can take it: it stays where it is, and nothing is written.
                    tally.load(&lead, 1);
                    continue;
                }
                lead.team = lead.team.or(ground.team.as_ref().map(Team::id));
                assign(&ground, &mut lead, before.as_ref(), &decided);
                tally.load(&lead, 1);
                if let (Some(ids), Some(before)) = (letters, &before) {
                    let to =
                        [(LetterAbout::LeadMovedOn, before.owner), (LetterAbout::LeadMovedHere, lead.owner)];
                    for (id, (about, to)) in ids.into_iter().zip(to) {
                        write.create(outbox::letter(id, decided.assignment.at, &by, about, to, lead.meta.id));
                    }
                }
                write.create(decided.explanation);
                match before {
                    Some(before) => write.update(&before, lead),
                    None => write.create(lead),
                }
            }
            for (count, amount) in tally.changes() {
                write.add_to_counter(&tally::name(&ground, count), amount);
            }
        };
        write.look_at_counters(names, Box::new(build));
    }

    /// After the commit: how the plugins fared.
    pub fn settle(self, app: &App, ctx: &Ctx) {
        let asked = self.asked.into_inner().unwrap_or_default();
        plugins::note(app, ctx, asked);
    }
}

/// When a plan is made: for a lead of now, or for one of the past that is gone through again.
struct Moment<'a> {
    ctx: &'a Ctx,
    at: model::jiff::Timestamp,
    /// Of that day, where it is not the day of the round.
    matchers: Option<&'a [Option<Matcher>]>,
    attending: Option<&'a [Attending]>,
    team: Attending,
    /// Whether rules that are not in force are left out.
    dates_count: bool,
    /// The open leads of each then, for plugins.
    open: &'a dyn Fn(UserId) -> u64,
}

/// What comes after a rule.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum End {
    /// The next rule may decide.
    Open,
    /// It decides, or none does.
    Last,
    /// It decides whatever the numbers are.
    Won,
}

/// A lead as rules saw it when it came in: open, nobody's and nobody's team's, whatever became of it since. No way in
/// gives it a team. One that has just come in is that already.
fn as_it_came(lead: &Lead) -> Lead {
    let meta = &lead.meta;
    Lead {
        meta: Meta::new(meta.id, meta.created_at, meta.created_by.clone()),
        status: LeadStatus::New,
        discard_reason: None,
        team: None,
        owner: None,
        assigned_at: None,
        first_response_at: None,
        assignment: None,
        response: None,
        snooze: None,
        accepted: None,
        duplicate_of: None,
        conversion: None,
        archived: false,
        ..lead.clone()
    }
}

/// Whoever has a lead, and everybody else who had it and did not answer it in time.
fn did_not_answer(app: &App, lead: &Lead) -> Result<Vec<UserId>, Error> {
    let mut all: Vec<UserId> = lead.owner.into_iter().collect();
    for explanation in assignment_rules::explanations_of(app, LeadId(lead.meta.id))? {
        let from = explanation.from.filter(|from| !all.contains(from));
        all.extend(from.filter(|_| explanation.occasion == Occasion::Unanswered));
    }
    Ok(all)
}

/// Makes the winner responsible. Where nobody can get a lead that somebody has, it stays theirs.
fn assign(ground: &Ground, lead: &mut Lead, before: Option<&Lead>, decided: &weigh::Decided) {
    let winner: Option<&User> =
        decided.winner.and_then(|user| ground.people.get(&user)).map(|worker| &worker.user);
    match winner {
        Some(user) => {
            let rule = decided.rule.and_then(|place| ground.rules.get(place));
            let team = rule.filter(|ruled| ruled.rule.pool == Pool::Team);
            if let Some(team) = team.and_then(|ruled| ruled.rule.team.as_ref()?.parse().ok()) {
                lead.team = Some(team);
            }
            give(lead, user, decided.assignment.clone(), &ground.clock);
            if decided.explanation.occasion == Occasion::Unanswered
                && let Some(clock) = &mut lead.response
            {
                let moved = before.and_then(|before| before.response).map_or(0, |clock| clock.moved);
                clock.moved = moved.saturating_add(1);
            }
        }
        None => {
            lead.assignment = Some(decided.assignment.clone());
            match before {
                Some(before) => lead.team = before.team,
                // One that an import brings was created long ago: it waits here from now on.
                None if lead.is_unanswered() => {
                    lead.response = ground.clock.start(None, decided.assignment.at);
                }
                None => {}
            }
        }
    }
}
