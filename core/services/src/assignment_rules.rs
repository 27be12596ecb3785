//! Assignment rules as configuration: what they may name, what uses what, and how they are carried to another company.

use crate::configuration::{Governed, Use};
use crate::error::none_of;
use crate::{App, Ctx, Error, configuration, filters, people, permissions, settings, users};
use model::jiff::Timestamp;
use model::uuid::Uuid;
use model::{
    Action, AssignmentRule, Condition, Configured, Explanation, FieldErrors, Filter, Frame, IndexKey, Kind,
    Language, LeadId, ME, MY_TEAM, RULES_MAX, Settings, Team, User, UserId, condition_field,
};
use store::{Direction, Scan};

/// Decisions about one lead that its page tells.
pub const EXPLANATIONS_MAX: usize = 20;

impl Governed for AssignmentRule {
    const MAX: usize = RULES_MAX;

    /// Problem codes: those of filters, `rule-me` for conditions on whoever asks, `choice` for a role.
    fn check_among(&self, _key: &str, frame: &Frame, errors: &mut FieldErrors) {
        let fields = filters::fields_of(frame, Kind::Lead);
        errors.0.extend(self.conditions.check(&fields).0);
        errors.0.extend(Filter::read(&self.conditions.to_string()).1.0);
        for (place, condition) in self.conditions.conditions().enumerate() {
            if condition.values.iter().any(|value| value == ME || value == MY_TEAM) {
                errors.add(&condition_field(place), "rule-me", "");
            }
        }
        if let Some(role) = &self.role
            && frame.roles.get(role).is_none()
        {
            errors.add("role", "choice", role);
        }
    }

    /// Problem code: `choice`.
    fn check_in(&self, app: &App, _key: &str, errors: &mut FieldErrors) {
        let is_user = |text: &str| {
            let id = text.parse::<UserId>().ok();
            id.and_then(|id| app.store.get::<User>(id.0).ok().flatten()).is_some()
        };
        for member in self.people.iter().filter(|member| !is_user(&member.user)) {
            errors.add("people", "choice", &member.user);
        }
        if let Some(person) = self.fallback_person.as_deref().filter(|person| !is_user(person)) {
            errors.add("fallback_person", "choice", person);
        }
        let team =
            |text: &str| text.parse::<Uuid>().ok().and_then(|id| app.store.get::<Team>(id).ok().flatten());
        if let Some(text) = self.team.as_deref().filter(|text| team(text).is_none()) {
            errors.add("team", "choice", text);
        }
        let is_plugin = |name: &str| {
            app.store.find(&IndexKey::unique(Kind::Plugin, "name", name)).ok().flatten().is_some()
        };
        if let Some(plugin) = self.plugin.as_deref().filter(|plugin| !is_plugin(plugin)) {
            errors.add("plugin", "choice", plugin);
        }
    }

    /// People by their ids, teams too. What is not known stays as it was written, and is refused.
    fn adopted(mut self, app: &App) -> Result<AssignmentRule, Error> {
        for member in &mut self.people {
            adopt_user(app, &mut member.user)?;
        }
        self.fallback_person.as_mut().map(|person| adopt_user(app, person)).transpose()?;
        if let Some(text) = self.team.as_mut().filter(|text| text.parse::<Uuid>().is_err()) {
            let people = people::now(app)?;
            let named = people.teams.iter().find(|team| model::fold(&team.name) == model::fold(text));
            if let Some(team) = named {
                *text = team.id().to_string();
            }
        }
        Ok(self.tidy())
    }

    /// People by their e-mails, teams by their names.
    fn portable(&self, app: &App) -> Result<AssignmentRule, Error> {
        let mut rule = self.clone();
        for member in &mut rule.people {
            name_user(app, &mut member.user)?;
        }
        rule.fallback_person.as_mut().map(|person| name_user(app, person)).transpose()?;
        if let Some(text) = rule.team.as_mut()
            && let Ok(id) = text.parse::<Uuid>()
            && let Some(team) = app.store.get::<Team>(id)?
        {
            *text = team.name;
        }
        Ok(rule)
    }
}

/// Somebody's id in the place of their e-mail, where there is such a person.
pub(crate) fn adopt_user(app: &App, text: &mut String) -> Result<(), Error> {
    if text.contains('@') {
        let email = model::normalize_email(text).unwrap_or_default();
        if let Some(id) = app.store.find(&IndexKey::unique(Kind::User, "email", &email))? {
            *text = id.to_string();
        }
    }
    Ok(())
}

/// Somebody's e-mail in the place of their id.
pub(crate) fn name_user(app: &App, text: &mut String) -> Result<(), Error> {
    if let Ok(id) = text.parse::<Uuid>()
        && let Some(user) = app.store.get::<User>(id)?
    {
        *text = user.email;
    }
    Ok(())
}

/// The rules for which something holds, as uses of what they name.
pub(crate) fn uses(frame: &Frame, holds: impl Fn(&AssignmentRule) -> bool) -> Vec<Use> {
    let named = |piece: &Configured<AssignmentRule>| Use {
        kind: Kind::AssignmentRule,
        name: piece.piece.label.get(Language::default()).to_owned(),
        key: piece.key.clone(),
        count: 1,
    };
    frame.assignment_rules.all().iter().filter(|piece| holds(&piece.piece)).map(named).collect()
}

/// Whether a rule asks for this field, and for this value of it where one is meant.
pub(crate) fn asks_for(rule: &AssignmentRule, field: &str, value: Option<&str>) -> bool {
    let is_it = |condition: &Condition| {
        condition.field == field
            && value.is_none_or(|value| condition.values.iter().any(|other| other == value))
    };
    rule.conditions.conditions().any(is_it)
}

/// Puts one rule a place up or down among those that are not archived.
pub fn step(app: &App, ctx: &Ctx, key: &str, step: crate::choices::Step) -> Result<(), Error> {
    AssignmentRule::may_change(ctx)?;
    let frame = app.frame();
    let mut keys: Vec<String> = frame.assignment_rules.current().map(|piece| piece.key.clone()).collect();
    let from = keys.iter().position(|other| other == key).ok_or(Error::NotFound)?;
    let to = match step {
        crate::choices::Step::Up => from.checked_sub(1),
        crate::choices::Step::Down => Some(from + 1).filter(|to| *to < keys.len()),
    };
    let Some(to) = to else { return Ok(()) };
    keys.swap(from, to);
    configuration::reorder::<AssignmentRule>(app, ctx, &keys)
}

/// Who gets the leads that nothing else placed; nobody: they go by turns among the default team.
pub fn set_default_owner(app: &App, ctx: &Ctx, version: u64, typed: &str) -> Result<Settings, Error> {
    permissions::require_all(ctx, Kind::Settings, Action::Change)?;
    let before = settings::get(app, ctx)?;
    let mut errors = FieldErrors::default();
    let owner = match typed.trim() {
        "" => None,
        text => {
            let id = text.parse::<UserId>().ok();
            let user = id.map(|id| app.store.get::<User>(id.0)).transpose()?.flatten();
            let user = user.filter(|user| user.active).map(|user| user.id());
            if user.is_none() {
                errors.add("default_owner", "choice", text);
            }
            user
        }
    };
    none_of(errors)?;
    settings::save(app, ctx, version, &before, Settings { default_owner: owner, ..before.clone() })
}

/// Why a lead is whose it is: the latest decision first. For whoever may see the lead.
pub fn explanations(app: &App, ctx: &Ctx, lead: LeadId) -> Result<Vec<Explanation>, Error> {
    crate::leads::get(app, ctx, lead)?;
    let mut found: Vec<Explanation> = Vec::new();
    // Those of leads that became a part of it, too.
    for lead in [lead.0].into_iter().chain(crate::merges::absorbed_by(app, lead.0)?) {
        let prefix = IndexKey::members(Kind::Explanation, lead).bytes();
        let scan = Scan { prefix, after: None, direction: Direction::Backward, limit: EXPLANATIONS_MAX };
        for entry in app.store.scan(&scan)? {
            let id = IndexKey::record_at_end(&entry.key);
            found.extend(id.map(|id| app.store.get::<Explanation>(id)).transpose()?.flatten());
        }
    }
    found.sort_by_key(|explanation| std::cmp::Reverse(explanation.meta.id));
    found.truncate(EXPLANATIONS_MAX);
    Ok(found)
}

/// Everybody who could be named in a rule: those who work here.
pub fn people(app: &App, ctx: &Ctx) -> Result<Vec<User>, Error> {
    permissions::require_all(ctx, Kind::Settings, Action::See)?;
    Ok(users::all(app)?.into_iter().filter(|user| user.active).collect())
}

/// Today, for what a page says of rules that are not in force yet or any more.
pub fn today(app: &App, ctx: &Ctx) -> Result<model::jiff::civil::Date, Error> {
    let at: Timestamp = ctx.at;
    Ok(at.to_zoned_datetime(settings::get(app, ctx)?.zone()).date())
}
