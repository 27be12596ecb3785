//! Who gets a lead, and why: plugins first, in their order; else by turns among the team.
//!
//! Turns are numbers taken inside the store's writer: two leads at the same moment never get the same turn.

use crate::leads::{ASSIGNMENT_BYTES_MAX, count_open, give, open_counter};
use crate::plugins::{Asked, Ready};
use crate::{App, Ctx, Error, plugins, users};
use model::uuid::Uuid;
use model::{
    Assignment, Decision, FieldValue, Frame, Kind, Lead, Reason, Record, Settings, Team, User, UserId,
};
use plugin_host::{Amount, Candidate, CustomField, LeadView};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// Words of plugins that are kept with a lead; longer ones are cut.
const REASON_BYTES_MAX: usize = 300;
/// What was asked before the decision; the plugins page has the rest.
const TRIED_MAX: usize = 2;

/// All that is needed to assign leads, looked up once for a lead or a portion of an import.
pub struct Round {
    team: Option<Team>,
    people: Arc<Vec<User>>,
    candidates: Vec<Candidate>,
    plugins: Vec<Ready>,
    asked: Mutex<Vec<Asked>>,
    settings: Settings,
    frame: Arc<Frame>,
}

/// What was decided, before turns are taken.
pub enum Choice {
    Person { user: Box<User>, assignment: Assignment },
    Turn { tried: Vec<Reason> },
    Nobody { tried: Vec<Reason> },
}

impl Round {
    /// Looks up who can get leads and which plugins are to be asked.
    pub fn prepare(app: &App, ctx: &Ctx, settings: Settings) -> Result<Round, Error> {
        let team = users::default_team(app, &settings)?;
        // Of a team only its members are read: this is done for each lead. Without one, everybody is asked.
        let group = team.as_ref().map_or(Uuid::nil(), |team| team.id().0);
        let mut people: Vec<User> = app.store.members(group, users::USERS_MAX)?;
        let company = settings.zone();
        let is_there = |user: &User| !user.is_absent(ctx.at.to_zoned_datetime(user.zone(&company)).date());
        people.retain(|user| user.active && user.takes_leads && is_there(user));
        // By age, which never changes: a new name does not change whose turn it is.
        people.sort_by_key(User::id);
        let plugins = plugins::ready(app, ctx)?;
        let open = if plugins.is_empty() { BTreeMap::new() } else { open_leads(app, &people)? };
        let candidates = people.iter().map(|user| candidate(user, &open)).collect();
        let (people, frame) = (Arc::new(people), app.frame());
        Ok(Round { team, people, candidates, plugins, asked: Mutex::default(), settings, frame })
    }

    /// Whether anybody takes leads now.
    pub(crate) fn has_people(&self) -> bool {
        !self.people.is_empty()
    }

    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Asks the plugins in order. One that fails or passes is noted and the next one is asked.
    pub fn choose(&self, ctx: &Ctx, lead: &Lead) -> Choice {
        let mut tried = Vec::new();
        if self.people.is_empty() {
            return Choice::Nobody { tried };
        }
        for plugin in &self.plugins {
            if self.asked.lock().is_ok_and(|asked| plugins::is_tired(plugin, &asked)) {
                let asked = plugin.record.name.clone();
                tried.push(Reason { asked, outcome: "paused".to_owned(), text: String::new() });
                continue;
            }
            let asked = plugin.ask(
                ctx,
                self.settings.language,
                &view(lead, &self.frame),
                &self.candidates,
                lead.meta.id,
            );
            let decided = asked.chosen;
            let reason = Reason {
                asked: plugin.record.name.clone(),
                outcome: asked.call.outcome.clone(),
                text: cut(&asked.call.text),
            };
            if let Ok(mut all) = self.asked.lock() {
                all.push(asked);
            }
            let person = decided.and_then(|id| self.people.iter().find(|user| user.id() == id));
            let Some(user) = person else {
                tried.push(reason);
                continue;
            };
            let decision = Decision::Plugin {
                name: plugin.record.name.clone(),
                version: plugin.record.plugin_version.clone(),
            };
            let assignment = self.assignment(ctx, decision, reason.text, tried);
            return Choice::Person { user: Box::new(user.clone()), assignment };
        }
        Choice::Turn { tried }
    }

    /// Adds the leads to the write, with the turns they need.
    pub fn place(&self, ctx: &Ctx, write: &mut store::Write, leads: Vec<(Lead, Choice)>) {
        self.place_all(ctx, write, leads.into_iter().map(|(lead, choice)| (None, lead, choice)));
    }

    /// The same for leads that are there already and go to somebody anew.
    pub(crate) fn place_again(&self, ctx: &Ctx, write: &mut store::Write, leads: Vec<(Lead, Choice)>) {
        let again = leads.into_iter().map(|(before, choice)| {
            let lead = Lead { team: None, ..before.clone() };
            (Some(before), lead, choice)
        });
        self.place_all(ctx, write, again);
    }

    fn place_all(
        &self,
        ctx: &Ctx,
        write: &mut store::Write,
        leads: impl Iterator<Item = (Option<Lead>, Lead, Choice)>,
    ) {
        let mut by_turn = Vec::new();
        for (before, mut lead, choice) in leads {
            lead.team = lead.team.or(self.team.as_ref().map(Team::id));
            match choice {
                Choice::Person { user, assignment } => {
                    give(&mut lead, &user, assignment);
                    put(write, before, lead);
                }
                Choice::Nobody { tried } => {
                    lead.assignment = Some(self.assignment(ctx, Decision::Nobody, String::new(), tried));
                    put(write, before, lead);
                }
                Choice::Turn { tried } => by_turn.push((before, lead, tried)),
            }
        }
        let amount = u64::try_from(by_turn.len()).unwrap_or(u64::MAX);
        let (Some(team), 1..) = (self.team.as_ref().map(Team::id), amount) else {
            return;
        };
        let people = Arc::clone(&self.people);
        let (at, candidates) = (ctx.at, count(&people));
        let build = move |first: &[u64], write: &mut store::Write| {
            let first = first.first().copied().unwrap_or(1);
            for ((before, mut lead, tried), turn) in by_turn.into_iter().zip(first..) {
                let decision = Decision::RoundRobin { team, turn };
                let assignment =
                    Assignment { at, decision, reason: String::new(), candidates, tried: last(tried) };
                if let Some(user) = whose_turn(&people, turn) {
                    give(&mut lead, user, assignment);
                }
                put(write, before, lead);
            }
        };
        write.take_numbers(vec![(format!("turn/{team}"), amount)], Box::new(build));
    }

    /// After the commit: how the plugins fared.
    pub fn settle(self, app: &App, ctx: &Ctx) {
        let asked = self.asked.into_inner().unwrap_or_default();
        plugins::note(app, ctx, asked);
    }

    fn assignment(&self, ctx: &Ctx, decision: Decision, reason: String, tried: Vec<Reason>) -> Assignment {
        Assignment { at: ctx.at, decision, reason, candidates: count(&self.people), tried: last(tried) }
    }
}

/// Turns are counted from 1.
fn whose_turn(people: &[User], turn: u64) -> Option<&User> {
    let people_count = u64::try_from(people.len()).ok().filter(|count| *count > 0)?;
    people.get(usize::try_from((turn - 1) % people_count).ok()?)
}

fn put(write: &mut store::Write, before: Option<Lead>, lead: Lead) {
    count_open(write, before.as_ref(), Some(&lead));
    match before {
        Some(before) => write.update(&before, lead),
        None => write.create(lead),
    }
}

fn count(people: &[User]) -> u32 {
    u32::try_from(people.len()).unwrap_or(u32::MAX)
}

fn last(mut tried: Vec<Reason>) -> Vec<Reason> {
    tried.truncate(TRIED_MAX);
    tried
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

fn open_leads(app: &App, people: &[User]) -> Result<BTreeMap<UserId, u64>, Error> {
    people.iter().map(|user| Ok((user.id(), app.store.counter(&open_counter(user.id()))?))).collect()
}

fn candidate(user: &User, open: &BTreeMap<UserId, u64>) -> Candidate {
    let open_leads = open.get(&user.id()).copied().unwrap_or_default();
    Candidate {
        id: user.id().to_string(),
        name: user.name.clone(),
        email: user.email.clone(),
        teams: user.teams.iter().map(ToString::to_string).collect(),
        skills: Vec::new(),
        open_leads: u32::try_from(open_leads).unwrap_or(u32::MAX),
        capacity: None,
        available: true,
        custom: Vec::new(),
    }
}

fn view(lead: &Lead, frame: &Frame) -> LeadView {
    LeadView {
        id: lead.meta().id.to_string(),
        source: lead.source.map(|source| source.as_str().to_owned()).unwrap_or_default(),
        country: lead.country.clone(),
        postcode: lead.postcode.clone(),
        town: lead.town.clone(),
        zone: lead.zone.clone(),
        company: lead.company.clone(),
        industry: lead.industry.clone(),
        amount: lead
            .amount
            .map(|amount| Amount { minor: amount.minor_units, currency: amount.currency.code().to_owned() }),
        tags: lead.tags.clone(),
        custom: own_fields(lead, frame),
    }
}

/// Values of the company's own fields by their names; fields without a value are not there.
fn own_fields(lead: &Lead, frame: &Frame) -> Vec<CustomField> {
    let field = |(name, kept): (&String, &model::CustomValue)| {
        let value = plain(frame.field(Kind::Lead, name)?.value_of(Some(kept)))?;
        Some(CustomField { key: name.clone(), value })
    };
    lead.custom.iter().filter_map(field).collect()
}

/// What a plugin can do with a value: amounts in the smallest unit, days in ISO order, choices by their keys.
fn plain(value: FieldValue) -> Option<plugin_host::FieldValue> {
    use plugin_host::FieldValue as Plain;
    Some(match value {
        FieldValue::Nothing => return None,
        FieldValue::Text(text) => Plain::Text(text),
        FieldValue::Number(number) => match number.to_string().parse() {
            Ok(number) => Plain::Number(number),
            Err(_) => Plain::Text(number.to_string()),
        },
        FieldValue::Amount(cents) => Plain::Integer(cents),
        FieldValue::Day(day) => Plain::Text(day.to_string()),
        FieldValue::Instant(at) => Plain::Timestamp(at.as_millisecond()),
        FieldValue::Flag(flag) => Plain::Bool(flag),
        FieldValue::Codes(codes) => Plain::Text(codes.join(",")),
        FieldValue::User(user) => Plain::Text(user.to_string()),
        FieldValue::Team(team) => Plain::Text(team.to_string()),
        FieldValue::Record(id) => Plain::Text(id.to_string()),
    })
}
