//! What decisions about leads stand on: rules made ready, the people they speak of, and when those are there.

use crate::clock::Clock;
use crate::fields::ReadValues;
use crate::plugins::{self, Ready};
use crate::{App, Error, filters, leads, users};
use model::jiff::Timestamp;
use model::jiff::tz::TimeZone;
use model::uuid::Uuid;
use model::{
    AssignmentRule, Attendance, Company, Fallback, Filter, FilterContext, FilterField, Frame, IndexKey, Kind,
    Lead, LeftOut, LeftOutWhy, Likeness, Matcher, Pool, Settings, Strategy, TITLE, Team, User, UserId,
    WorkingTime, fold, list_of_all, sorts_of,
};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use store::{Direction, Scan};

/// Companies of one name, or of one tax id, that are looked at.
const NAMESAKES_MAX: usize = 20;

/// Somebody who works here, and when.
#[derive(Clone, Debug)]
pub(crate) struct Worker {
    pub(crate) user: User,
    pub(crate) time: WorkingTime,
}

/// A rule with its conditions and its pool.
#[derive(Clone, Debug)]
pub(crate) struct Ruled {
    pub(crate) key: String,
    pub(crate) rule: AssignmentRule,
    /// Absent where a condition names what is not there any more: such a rule fits nothing.
    pub(crate) matcher: Option<Matcher>,
    /// Who is in it, and how often against the others; empty where it depends on the lead.
    pub(crate) pool: Vec<(UserId, u16)>,
}

/// Those of a pool who could get a lead, and the others.
#[derive(Clone, Debug, Default)]
pub(crate) struct Attending {
    pub(crate) present: Vec<(UserId, u16)>,
    pub(crate) left_out: Vec<LeftOut>,
}

/// Everything that is looked up once for a lead or a portion of them. Holds no numbers that change with each lead.
pub(crate) struct Ground {
    pub(crate) settings: Settings,
    pub(crate) frame: Arc<Frame>,
    /// What conditions are asked of.
    pub(crate) values: ReadValues,
    pub(crate) zone: TimeZone,
    pub(crate) clock: Clock,
    pub(crate) people: BTreeMap<UserId, Worker>,
    /// In their order, without archived ones.
    pub(crate) rules: Vec<Ruled>,
    /// Where leads go that no rule placed.
    pub(crate) team: Option<Team>,
    /// The people of that team, the oldest record first.
    pub(crate) team_people: Vec<UserId>,
    /// The number of open leads of each, where plugins are told it.
    pub(crate) open: BTreeMap<UserId, u64>,
}

impl Ground {
    /// Of a company without rules only the default team is read: this is done for each lead.
    pub(crate) fn read(
        app: &App,
        frame: Arc<Frame>,
        settings: Settings,
        at: Timestamp,
    ) -> Result<Ground, Error> {
        let zone = settings.zone();
        let team = users::default_team(app, &settings)?;
        // Without a team everybody is asked.
        let group = team.as_ref().map_or(Uuid::nil(), |team| team.id().0);
        let mut people: BTreeMap<UserId, User> = BTreeMap::new();
        let mut team_people: Vec<User> = app.store.members(group, users::USERS_MAX)?;
        // By age, which never changes: a new name does not change whose turn it is.
        team_people.sort_by_key(User::id);
        let ids = team_people.iter().map(User::id).collect();
        people.extend(team_people.into_iter().map(|user| (user.id(), user)));
        let mut rules = Vec::new();
        for piece in frame.assignment_rules.current() {
            let pool = pool_of(app, &piece.piece, &mut people)?;
            rules.push(Ruled { key: piece.key.clone(), rule: piece.piece.clone(), matcher: None, pool });
        }
        if rules.iter().any(|ruled| needs_company(&ruled.rule)) {
            people.extend(users::all(app)?.into_iter().map(|user| (user.id(), user)));
        }
        if let Some(owner) = settings.default_owner {
            add(app, &mut people, owner)?;
        }
        let clock = Clock::of(&settings, &frame);
        let worker = |(id, user): (UserId, User)| (id, Worker { time: clock.time_of(Some(&user)), user });
        let people = people.into_iter().map(worker).collect();
        let values = ReadValues::now(app, at);
        Ok(Ground {
            settings,
            frame,
            values,
            zone,
            clock,
            people,
            rules,
            team,
            team_people: ids,
            open: BTreeMap::new(),
        })
    }

    /// Reads the conditions for a moment: «this month» is the month of that day.
    pub(crate) fn at(mut self, at: Timestamp) -> Ground {
        let matchers = self.matchers(at);
        for (ruled, matcher) in self.rules.iter_mut().zip(matchers) {
            ruled.matcher = matcher;
        }
        self
    }

    /// The conditions of each rule as they are read on the day of that moment.
    pub(crate) fn matchers(&self, at: Timestamp) -> Vec<Option<Matcher>> {
        let needs_fields = self.rules.iter().any(|ruled| !ruled.rule.conditions.is_empty());
        let fields = if needs_fields { filters::fields_of(&self.frame, Kind::Lead) } else { Vec::new() };
        let context = FilterContext {
            today: at.to_zoned_datetime(self.zone.clone()).date(),
            zone: self.zone.clone(),
            fiscal_year_start_month: self.settings.fiscal_year_start_month,
            ..FilterContext::default()
        };
        self.rules.iter().map(|ruled| ready(&ruled.rule.conditions, &fields, &context)).collect()
    }

    pub(crate) fn with_open(mut self, app: &App, plugins: &[Ready]) -> Result<Ground, Error> {
        if !plugins.is_empty() {
            for id in self.people.keys() {
                self.open.insert(*id, app.store.counter(&leads::open_counter(*id))?);
            }
        }
        Ok(self)
    }

    /// Who of these could get a lead at that moment by this rule, as far as numbers do not decide.
    pub(crate) fn attending(
        &self,
        rule: &AssignmentRule,
        pool: &[(UserId, u16)],
        at: Timestamp,
    ) -> Attending {
        let mut found = Attending::default();
        for (user, weight) in pool {
            match self.why_out(rule, *user, at) {
                None => found.present.push((*user, *weight)),
                Some(why) => found.left_out.push(LeftOut { user: *user, why }),
            }
        }
        found
    }

    fn why_out(&self, rule: &AssignmentRule, user: UserId, at: Timestamp) -> Option<LeftOutWhy> {
        let Some(worker) = self.people.get(&user).filter(|worker| worker.user.active) else {
            return Some(LeftOutWhy::Gone);
        };
        let day = worker.time.day(at);
        let is_off = || rule.attendance != Attendance::Always && !worker.time.is_working_day(day);
        if !worker.user.takes_leads {
            Some(LeftOutWhy::TakesNone)
        } else if !rule.absent_too && worker.time.is_away(day) {
            Some(LeftOutWhy::Away)
        } else if is_off() {
            Some(LeftOutWhy::DayOff)
        } else if rule.attendance == Attendance::Hours && !worker.time.is_in_hours(at) {
            Some(LeftOutWhy::OffHours)
        } else {
            None
        }
    }

    /// Who of the default team takes turns then. Absences always count there.
    pub(crate) fn turn_takers(&self, at: Timestamp) -> Attending {
        let pool: Vec<(UserId, u16)> = self.team_people.iter().map(|user| (*user, 1)).collect();
        self.attending(&AssignmentRule::default(), &pool, at)
    }

    pub(crate) fn is_active(&self, user: UserId) -> bool {
        self.people.get(&user).is_some_and(|worker| worker.user.active)
    }

    /// Noted as away on the day that it is for them then.
    pub(crate) fn is_away(&self, user: UserId, at: Timestamp) -> bool {
        self.people.get(&user).is_some_and(|worker| worker.time.is_away(worker.time.day(at)))
    }

    /// Plugins that some rule asks are asked by it alone.
    pub(crate) fn is_bound(&self, plugin: &str) -> bool {
        self.rules.iter().any(|ruled| ruled.rule.plugin.as_deref() == Some(plugin))
    }

    /// Whoever is responsible for the company that a lead is of, where some rule asks for it.
    pub(crate) fn company_owner(&self, app: &App, lead: &Lead) -> Result<Option<UserId>, Error> {
        if !self.rules.iter().any(|ruled| needs_company(&ruled.rule)) {
            return Ok(None);
        }
        owner_of_company(app, lead)
    }
}

fn ready(filter: &Filter, fields: &[FilterField], context: &FilterContext) -> Option<Matcher> {
    filter.prepare(fields, context).ok()
}

fn needs_company(rule: &AssignmentRule) -> bool {
    rule.pool == Pool::CompanyOwner || rule.strategy == Strategy::CompanyOwner
}

fn pool_of(
    app: &App,
    rule: &AssignmentRule,
    people: &mut BTreeMap<UserId, User>,
) -> Result<Vec<(UserId, u16)>, Error> {
    if rule.fallback == Fallback::Person
        && let Some(id) = rule.fallback_person.as_ref().and_then(|id| id.parse().ok())
    {
        add(app, people, id)?;
    }
    let mut members: Vec<User> = match rule.pool {
        Pool::CompanyOwner => Vec::new(),
        Pool::People => {
            for member in &rule.people {
                if let Some(id) = member.id() {
                    add(app, people, id)?;
                }
            }
            return Ok(rule.people.iter().filter_map(|member| Some((member.id()?, member.weight))).collect());
        }
        Pool::Team => match rule.team.as_ref().and_then(|team| team.parse::<Uuid>().ok()) {
            Some(team) => app.store.members(team, users::USERS_MAX)?,
            None => Vec::new(),
        },
        Pool::Role => {
            let mut all = users::all(app)?;
            all.retain(|user| rule.role.as_deref() == Some(user.role.as_str()));
            all
        }
    };
    // Who left is no news in a team or a role.
    members.retain(|user| user.active);
    members.sort_by_key(User::id);
    let pool = members.iter().map(|user| (user.id(), 1)).collect();
    people.extend(members.into_iter().map(|user| (user.id(), user)));
    Ok(pool)
}

fn add(app: &App, people: &mut BTreeMap<UserId, User>, id: UserId) -> Result<(), Error> {
    if !people.contains_key(&id) {
        people.extend(app.store.get::<User>(id.0)?.map(|user| (id, user)));
    }
    Ok(())
}

/// Of the company with the lead's tax id, whatever either is called; else of the one of its name.
fn owner_of_company(app: &App, lead: &Lead) -> Result<Option<UserId>, Error> {
    let likeness = Likeness { tax_id: lead.tax_id.clone(), ..Likeness::default() };
    for (_, prefix) in likeness.keys() {
        let mut found = companies_at(app, prefix.byte(Kind::Company.tag()))?;
        found.retain(|company| !company.common.archived && company.tax_id == lead.tax_id);
        found.sort_by_key(|company| company.meta.id);
        if let Some(owner) = found.into_iter().find_map(|company| company.common.owner) {
            return Ok(Some(owner));
        }
    }
    owner_of_namesake(app, lead)
}

/// The company of the same name, however it is written, that does not contradict the lead's tax id.
fn owner_of_namesake(app: &App, lead: &Lead) -> Result<Option<UserId>, Error> {
    let Some(name) = lead.company.as_deref() else {
        return Ok(None);
    };
    let sort =
        sorts_of::<Company>().position(|sort| sort == TITLE).and_then(|place| u8::try_from(place).ok());
    let mut found = companies_at(app, list_of_all(Kind::Company, sort.unwrap_or_default()).text(name))?;
    let contradicts = |company: &Company| matches!((&company.tax_id, &lead.tax_id), (Some(theirs), Some(ours)) if theirs != ours);
    found.retain(|company| {
        let is_same = company.name.as_deref().is_some_and(|other| fold(other) == fold(name));
        is_same && !company.common.archived && !contradicts(company)
    });
    found.sort_by_key(|company| (company.tax_id.is_none(), company.meta.id));
    Ok(found.into_iter().find_map(|company| company.common.owner))
}

/// The companies of the entries that begin so.
fn companies_at(app: &App, prefix: IndexKey) -> Result<Vec<Company>, Error> {
    let prefix = prefix.bytes();
    let scan = Scan { prefix, after: None, direction: Direction::Forward, limit: NAMESAKES_MAX };
    let mut found = Vec::new();
    for entry in app.store.scan(&scan)? {
        let id = IndexKey::record_at_end(&entry.key);
        found.extend(id.map(|id| app.store.get::<Company>(id)).transpose()?.flatten());
    }
    Ok(found)
}

/// The plugins that rules ask, and the others, which are asked where no rule placed a lead.
pub(crate) fn plugins_of(app: &App, ctx: &crate::Ctx, frame: &Frame) -> Result<Vec<Ready>, Error> {
    let asked: BTreeSet<&str> =
        frame.assignment_rules.all().iter().filter_map(|piece| piece.piece.plugin.as_deref()).collect();
    let archived_only = |name: &str| {
        asked.contains(name)
            && !frame.assignment_rules.current().any(|piece| piece.piece.plugin.as_deref() == Some(name))
    };
    let mut ready = plugins::ready(app, ctx)?;
    // One that only an archived rule asks is asked by nobody: it was put to rest with the rule.
    ready.retain(|plugin| !archived_only(&plugin.record.name));
    Ok(ready)
}

/// The plugins that rules ask and that are not ready, with the outcome that says why.
pub(crate) fn absent_of(
    app: &App,
    ctx: &crate::Ctx,
    frame: &Frame,
    ready: &[Ready],
) -> Result<BTreeMap<String, &'static str>, Error> {
    let mut absent = BTreeMap::new();
    for name in frame.assignment_rules.current().filter_map(|piece| piece.piece.plugin.as_ref()) {
        if ready.iter().all(|plugin| plugin.record.name != *name) {
            absent.insert(name.clone(), plugins::why_not_ready(app, ctx, name)?);
        }
    }
    Ok(absent)
}
