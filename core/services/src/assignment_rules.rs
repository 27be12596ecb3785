//! Assignment rules as configuration: what they may name, what uses what, and how they are carried to another company.

use crate::configuration::{Governed, Use};
use crate::error::none_of;
use crate::settings::draft;
use crate::{App, Ctx, Error, configuration, filters, people, permissions, settings, users};
use model::jiff::Timestamp;
use model::jiff::civil::Date;
use model::uuid::Uuid;
use model::{
    Action, AssignmentRule, Condition, Configured, Explanation, FieldErrors, Filter, Frame, IndexKey, Kind,
    Language, LeadId, Leaves, ME, MY_TEAM, REASSIGN_HOURS_MAX, REASSIGN_TIMES_MAX, RULES_MAX, Reassignment,
    Settings, Team, User, UserId, condition_field,
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

/// A rule that leaves nothing for another one behind it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Behind {
    /// Its place among the rules, from 0.
    pub place: usize,
    /// Whether it leaves none at all, not even those that nobody of its people can get.
    pub is_never: bool,
}

/// Of each of these rules in their order, the one before it that keeps leads from it; nothing of those whose days are over.
pub fn behind<'a>(rules: impl IntoIterator<Item = &'a AssignmentRule>, today: Date) -> Vec<Option<Behind>> {
    let mut before: Option<(Leaves, Behind)> = None;
    let mut found = Vec::new();
    for (place, rule) in rules.into_iter().enumerate() {
        let is_over = rule.to.is_some_and(|to| to < today);
        found.push(before.filter(|_| !is_over).map(|(_, behind)| behind));
        let leaves = rule.leaves(today);
        if leaves < before.map_or(Leaves::Others, |(leaves, _)| leaves) {
            before = Some((leaves, Behind { place, is_never: leaves == Leaves::Nothing }));
        }
    }
    found
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
    let from = place_of(app, ctx, key)?;
    let to = match step {
        crate::choices::Step::Up => from.saturating_sub(1),
        crate::choices::Step::Down => from + 1,
    };
    put_at(app, ctx, key, to)
}

/// Puts one rule at a place, from 0, among those that are not archived; past the last one it is the last.
pub fn put_at(app: &App, ctx: &Ctx, key: &str, to: usize) -> Result<(), Error> {
    let from = place_of(app, ctx, key)?;
    let mut keys: Vec<String> =
        app.frame().assignment_rules.current().map(|piece| piece.key.clone()).collect();
    let to = to.min(keys.len().saturating_sub(1));
    if from == to || from >= keys.len() {
        return Ok(());
    }
    let moved = keys.remove(from);
    keys.insert(to, moved);
    configuration::reorder::<AssignmentRule>(app, ctx, &keys)
}

fn place_of(app: &App, ctx: &Ctx, key: &str) -> Result<usize, Error> {
    AssignmentRule::may_change(ctx)?;
    let frame = app.frame();
    frame.assignment_rules.current().position(|piece| piece.key == key).ok_or(Error::NotFound)
}

draft! {
    /// What happens with leads that no rule placed and with those that nobody answers, as typed. Empty means absent.
    AssignmentDraft {
        default_owner,
        reassign_after_hours,
        reassign_times,
    }
}

impl AssignmentDraft {
    /// What the forms show; people by their ids.
    pub fn of(settings: &Settings) -> AssignmentDraft {
        let number = |number: Option<u16>| number.map(|number| number.to_string()).unwrap_or_default();
        let rule = settings.reassignment;
        AssignmentDraft {
            default_owner: settings.default_owner.map(|owner| owner.to_string()).unwrap_or_default(),
            reassign_after_hours: number(rule.map(|rule| rule.late_hours)),
            reassign_times: number(rule.map(|rule| rule.times.into())),
        }
    }

    /// The same as it stands in a file: people by their e-mails.
    pub(crate) fn portable(app: &App, settings: &Settings) -> Result<AssignmentDraft, Error> {
        let mut draft = AssignmentDraft::of(settings);
        name_user(app, &mut draft.default_owner)?;
        Ok(draft)
    }
}

/// The settings with what was typed. Fields with problems keep their former value and are reported: `choice`,
/// `reassign-hours`, `reassign-times`, `reassign-no-target`.
pub(crate) fn checked(
    app: &App,
    before: &Settings,
    draft: &AssignmentDraft,
    errors: &mut FieldErrors,
) -> Result<Settings, Error> {
    let mut after = before.clone();
    let mut owner = draft.default_owner.trim().to_owned();
    adopt_user(app, &mut owner)?;
    let user = owner.parse::<UserId>().ok().map(|id| app.store.get::<User>(id.0)).transpose()?.flatten();
    match user.filter(|user| user.active) {
        Some(user) => after.default_owner = Some(user.id()),
        None if owner.is_empty() => after.default_owner = None,
        // Somebody who left since: nothing was typed about them.
        None if before.default_owner.is_some_and(|known| known.to_string() == owner) => {}
        None => errors.add("default_owner", "choice", draft.default_owner.trim()),
    }
    let hours = draft.reassign_after_hours.trim();
    if hours.is_empty() {
        after.reassignment = None;
        return Ok(after);
    }
    let late_hours = hours.parse().ok().filter(|hours| (1..=REASSIGN_HOURS_MAX).contains(hours));
    if late_hours.is_none() {
        errors.add("reassign_after_hours", "reassign-hours", REASSIGN_HOURS_MAX.to_string());
    } else if after.first_response_hours.is_none() {
        errors.add("reassign_after_hours", "reassign-no-target", "");
    }
    let times = match draft.reassign_times.trim() {
        "" => Some(1),
        typed => typed.parse().ok().filter(|times| (1..=REASSIGN_TIMES_MAX).contains(times)),
    };
    if times.is_none() {
        errors.add("reassign_times", "reassign-times", REASSIGN_TIMES_MAX.to_string());
    }
    if let (Some(late_hours), Some(times)) = (late_hours, times) {
        after.reassignment = Some(Reassignment { late_hours, times });
    }
    Ok(after)
}

/// Who gets the leads that nothing else placed; nobody: they go by turns among the default team.
pub fn set_default_owner(app: &App, ctx: &Ctx, version: u64, typed: &str) -> Result<Settings, Error> {
    permissions::require_all(ctx, Kind::Settings, Action::Change)?;
    let settings = settings::get(app, ctx)?;
    let draft = AssignmentDraft { default_owner: typed.to_owned(), ..AssignmentDraft::of(&settings) };
    set(app, ctx, version, &settings, &draft)
}

/// After how many working hours over the target a lead goes to somebody else, and how often; no hours: it does not.
pub fn set_reassignment(
    app: &App,
    ctx: &Ctx,
    version: u64,
    after_hours: &str,
    times: &str,
) -> Result<Settings, Error> {
    permissions::require_all(ctx, Kind::Settings, Action::Change)?;
    let settings = settings::get(app, ctx)?;
    let draft = AssignmentDraft {
        reassign_after_hours: after_hours.to_owned(),
        reassign_times: times.to_owned(),
        ..AssignmentDraft::of(&settings)
    };
    set(app, ctx, version, &settings, &draft)
}

fn set(
    app: &App,
    ctx: &Ctx,
    version: u64,
    before: &Settings,
    draft: &AssignmentDraft,
) -> Result<Settings, Error> {
    let mut errors = FieldErrors::default();
    let after = checked(app, before, draft, &mut errors)?;
    none_of(errors)?;
    settings::save(app, ctx, version, before, after)
}

/// Why a lead is whose it is: the latest decision first. For whoever may see the lead.
pub fn explanations(app: &App, ctx: &Ctx, lead: LeadId) -> Result<Vec<Explanation>, Error> {
    crate::leads::get(app, ctx, lead)?;
    explanations_of(app, lead)
}

pub(crate) fn explanations_of(app: &App, lead: LeadId) -> Result<Vec<Explanation>, Error> {
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
