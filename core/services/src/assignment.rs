//! Who gets a lead, and why: the first rule that fits; then plugins that no rule asks, the default owner, or turns.
//!
//! What does not change with each lead is looked up before; the decision is made inside the store's writer, on the
//! numbers of that moment: two leads at the same moment never get the same turn. Plugins are asked before, never while a
//! transaction is open.

use crate::leads::{ASSIGNMENT_BYTES_MAX, give};
use crate::plugins::{Asked, Ready};
use crate::{App, Ctx, Error, outbox, plugins};
use ground::{Attending, Ground};
use model::{
    Decision, Fallback, Frame, Lead, LetterAbout, Matcher, Occasion, Pool, Reason, RuleOutcome, RuleTried,
    Settings, Strategy, Team, User, UserId, Way,
};
use std::sync::{Arc, Mutex};
use tally::Tally;
use weigh::{Fit, Plan, Said, Step, counts_of, decide};

mod ground;
mod simulation;
pub(crate) mod tally;
mod views;
mod weigh;
pub use simulation::{SIMULATED_MAX, Share, Simulated, Simulation, SimulationQuery, simulate};

/// Words of plugins that are kept with a lead; longer ones are cut.
const REASON_BYTES_MAX: usize = 300;
/// What was asked before the decision; the plugins page has the rest.
const TRIED_MAX: usize = 2;

/// All that is needed to assign leads, looked up once for a lead or a portion of an import.
pub struct Round {
    ground: Arc<Ground>,
    /// Who of each rule's pool is there now, and of the default team.
    attending: Vec<Attending>,
    team: Attending,
    plugins: Vec<Ready>,
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
        let ground = Ground::read(app, frame, settings, ctx.at)?.at(ctx.at).with_open(app, &plugins)?;
        let attending =
            ground.rules.iter().map(|ruled| ground.attending(&ruled.rule, &ruled.pool, ctx.at)).collect();
        let team = ground.turn_takers(ctx.at);
        let (ground, asked) = (Arc::new(ground), Mutex::default());
        let occasion = Occasion::New;
        Ok(Round { ground, attending, team, plugins, asked, occasion, has_letters: false })
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

    /// Tries the rules and asks the plugins. One that fails or passes is noted and the next one is asked.
    pub fn choose(&self, app: &App, ctx: &Ctx, lead: &Lead) -> Result<Choice, Error> {
        let excluded = if self.occasion == Occasion::Unanswered { lead.owner } else { None };
        let company_owner = self.ground.company_owner(app, lead)?;
        let moment = Moment {
            ctx,
            at: ctx.at,
            matchers: None,
            attending: Some(&self.attending),
            team: self.team.clone(),
            dates_count: true,
        };
        Ok(Choice(self.plan(&moment, lead, company_owner, excluded)))
    }

    fn plan(
        &self,
        moment: &Moment<'_>,
        lead: &Lead,
        company_owner: Option<UserId>,
        excluded: Option<UserId>,
    ) -> Plan {
        let ground = &self.ground;
        let mut steps = Vec::with_capacity(ground.rules.len());
        let mut is_settled = false;
        for (place, ruled) in ground.rules.iter().enumerate() {
            if let Some(outcome) = self.misfit(moment, place, lead) {
                let rule = ruled.key.clone();
                steps.push(Step::Not(RuleTried { rule, outcome, left_out: Vec::new(), left_out_more: 0 }));
                continue;
            }
            let attending = match (ruled.rule.pool, moment.attending) {
                (Pool::CompanyOwner, _) => {
                    let pool: Vec<(UserId, u16)> =
                        company_owner.map(|owner| (owner, 1)).into_iter().collect();
                    ground.attending(&ruled.rule, &pool, moment.at)
                }
                (_, Some(attending)) => attending.get(place).cloned().unwrap_or_default(),
                (_, None) => ground.attending(&ruled.rule, &ruled.pool, moment.at),
            };
            let said = (ruled.rule.strategy == Strategy::Plugin)
                .then(|| self.ask_for(moment.ctx, ruled.rule.plugin.as_deref(), lead, &attending));
            let has_limit = ruled.rule.day_max.is_some() || ruled.rule.month_max.is_some();
            let will_win = match &said {
                Some(said) => said.user.is_some(),
                None => !attending.present.is_empty(),
            };
            is_settled =
                ruled.rule.fallback != Fallback::Next || (will_win && !has_limit && excluded.is_none());
            steps.push(Step::Fits(Fit { rule: place, attending, said }));
            if is_settled {
                break;
            }
        }
        let certain = is_settled && matches!(steps.last(), Some(Step::Fits(fit)) if self.wins(fit, excluded));
        let (plugin, passed) = if certain {
            (None, Vec::new())
        } else {
            self.ask_others(moment.ctx, lead, &moment.team, excluded)
        };
        Plan {
            id: moment.ctx.new_id(),
            at: moment.at,
            occasion: self.occasion,
            steps,
            plugin,
            passed,
            team: moment.team.clone(),
            company_owner,
            excluded,
            letters: self.has_letters.then(|| [moment.ctx.new_id(), moment.ctx.new_id()]),
        }
    }

    /// Whether a rule that fits decides whatever the numbers are.
    fn wins(&self, fit: &Fit, excluded: Option<UserId>) -> bool {
        let has_limit = self
            .ground
            .rules
            .get(fit.rule)
            .is_none_or(|ruled| ruled.rule.day_max.is_some() || ruled.rule.month_max.is_some());
        let has_somebody = match &fit.said {
            Some(said) => said.user.is_some(),
            None => !fit.attending.present.is_empty(),
        };
        has_somebody && !has_limit && excluded.is_none()
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

    /// The plugin of a rule.
    fn ask_for(&self, ctx: &Ctx, name: Option<&str>, lead: &Lead, attending: &Attending) -> Said {
        let absent = |outcome: &str| Said { user: None, outcome: outcome.to_owned(), text: String::new() };
        if attending.present.is_empty() {
            return absent("skipped");
        }
        let Some(plugin) = self.plugins.iter().find(|plugin| Some(plugin.record.name.as_str()) == name)
        else {
            return absent("paused");
        };
        let present = || attending.present.iter().map(|(user, _)| *user);
        let Some((user, outcome, text)) =
            self.ask(ctx, plugin, lead, &views::candidates(&self.ground, present()))
        else {
            return absent("paused");
        };
        Said { user: user.filter(|user| present().any(|other| other == *user)), outcome, text }
    }

    /// The plugins that no rule asks, in their order, until one chooses somebody.
    fn ask_others(
        &self,
        ctx: &Ctx,
        lead: &Lead,
        team: &Attending,
        excluded: Option<UserId>,
    ) -> (Option<(UserId, Decision, String)>, Vec<Reason>) {
        let mut passed = Vec::new();
        let present: Vec<UserId> =
            team.present.iter().map(|(user, _)| *user).filter(|user| excluded != Some(*user)).collect();
        let others = || self.plugins.iter().filter(|plugin| !self.ground.is_bound(&plugin.record.name));
        if present.is_empty() || others().next().is_none() {
            return (None, passed);
        }
        let candidates = views::candidates(&self.ground, present.iter().copied());
        for plugin in others() {
            let name = plugin.record.name.clone();
            let reason = |outcome: String, text: String| Reason { asked: name.clone(), outcome, text };
            let Some((user, outcome, text)) = self.ask(ctx, plugin, lead, &candidates) else {
                passed.push(reason("paused".to_owned(), String::new()));
                continue;
            };
            let Some(user) = user.filter(|user| present.contains(user)) else {
                passed.push(reason(outcome, text));
                continue;
            };
            let version = plugin.record.plugin_version.clone();
            passed.truncate(TRIED_MAX);
            return (Some((user, Decision::Plugin { name, version }, text)), passed);
        }
        passed.truncate(TRIED_MAX);
        (None, passed)
    }

    /// What one plugin says: whom it chose, the outcome of the call, its words. Nothing while it has a pause.
    fn ask(
        &self,
        ctx: &Ctx,
        plugin: &Ready,
        lead: &Lead,
        candidates: &[plugin_host::Candidate],
    ) -> Option<(Option<UserId>, String, String)> {
        if self.asked.lock().is_ok_and(|asked| plugins::is_tired(plugin, &asked)) {
            return None;
        }
        let view = views::view(lead, &self.ground.frame);
        let asked = plugin.ask(ctx, self.ground.settings.language, &view, candidates, lead.meta.id);
        let said = (asked.chosen, asked.call.outcome.clone(), cut(&asked.call.text));
        if let Ok(mut all) = self.asked.lock() {
            all.push(asked);
        }
        Some(said)
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

    fn forget_asked(&self, kept: usize) {
        if let Ok(mut asked) = self.asked.lock() {
            let extra = asked.len().saturating_sub(kept);
            asked.drain(..extra);
        }
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
                None => lead.response = ground.clock.start(None, lead.meta.created_at),
            }
        }
    }
}

/// Cut so that the assignment fits its room in the record.
fn cut(text: &str) -> String {
    let room = REASON_BYTES_MAX.min(ASSIGNMENT_BYTES_MAX / 4);
    let mut end = text.len().min(room);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].to_owned()
}
