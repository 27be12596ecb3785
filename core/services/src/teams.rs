//! Teams: who is in them, who manages them, and which is below which.

use crate::configuration::Use;
use crate::error::none_of;
use crate::users::{self, TEAMS_MAX, USERS_MAX, check_name};
use crate::{App, Ctx, Error, assignment_rules, people, permissions, records, scoring};
use model::uuid::Uuid;
use model::{
    Action, FieldErrors, IndexKey, Kind, Lead, LeadSort, Meta, RECORD_BYTES_MAX, Team, TeamId, User, UserId,
};
use std::collections::BTreeSet;
use store::{Direction, Scan};

/// What the form of a team holds, as typed: ids as text, empty for nobody and nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TeamDraft {
    pub name: String,
    pub manager: String,
    pub parent: String,
    pub members: Vec<String>,
}

/// All teams, by name.
pub fn list(app: &App, ctx: &Ctx) -> Result<Vec<Team>, Error> {
    permissions::require_all(ctx, Kind::Team, Action::See)?;
    Ok(people::now(app)?.teams.clone())
}

pub fn get(app: &App, ctx: &Ctx, id: TeamId) -> Result<Team, Error> {
    permissions::require_all(ctx, Kind::Team, Action::See)?;
    app.store.get::<Team>(id.0)?.ok_or(Error::NotFound)
}

/// Who is in a team.
pub fn members(app: &App, ctx: &Ctx, id: TeamId) -> Result<Vec<User>, Error> {
    permissions::require_all(ctx, Kind::User, Action::See)?;
    Ok(app.store.members::<User>(id.0, USERS_MAX)?)
}

pub fn create(app: &App, ctx: &Ctx, draft: &TeamDraft) -> Result<Team, Error> {
    permissions::require_all(ctx, Kind::Team, Action::Create)?;
    let team = Team::new(Meta::new(ctx.new_id(), ctx.at, ctx.actor()), "");
    let mut errors = FieldErrors::default();
    if list(app, ctx)?.len() >= TEAMS_MAX {
        errors.add("", "too-many", TEAMS_MAX.to_string());
    }
    let team = checked(app, ctx, draft, &team, &mut errors)?;
    let chosen = checked_members(app, draft, &mut errors)?;
    none_of(errors)?;
    let mut write = ctx.write();
    write.create(team.clone());
    put_members(app, &mut write, team.id(), &chosen)?;
    app.commit(write)?;
    Ok(team)
}

/// Changes a team and who is in it, in one go. A stale version is refused with both values.
pub fn update(app: &App, ctx: &Ctx, id: TeamId, version: u64, draft: &TeamDraft) -> Result<Team, Error> {
    permissions::require_all(ctx, Kind::Team, Action::Change)?;
    let before = app.store.get::<Team>(id.0)?.ok_or(Error::NotFound)?;
    let mut errors = FieldErrors::default();
    let after = checked(app, ctx, draft, &before, &mut errors)?;
    let chosen = checked_members(app, draft, &mut errors)?;
    none_of(errors)?;
    if before.meta.version != version {
        return Err(app.conflict(&before, &after));
    }
    let mut write = ctx.write();
    write.update(&before, after);
    put_members(app, &mut write, id, &chosen)?;
    app.commit(write)?;
    app.store.get::<Team>(id.0)?.ok_or(Error::NotFound)
}

/// What would be left without a team: its people, its records, the teams below it, the rules that name it, and the
/// company where it is the first.
pub fn uses(app: &App, ctx: &Ctx, id: TeamId) -> Result<Vec<Use>, Error> {
    permissions::require_all(ctx, Kind::Team, Action::Change)?;
    let used = |kind, name: &str, key: String, count| Use { kind, name: name.to_owned(), key, count };
    let mut found = Vec::new();
    for user in app.store.members::<User>(id.0, USERS_MAX)? {
        found.push(used(Kind::User, &user.name, user.meta.id.to_string(), 1));
    }
    for below in app.store.members::<Team>(id.0, TEAMS_MAX)? {
        found.push(used(Kind::Team, &below.name, below.meta.id.to_string(), 1));
    }
    let of_leads = (Kind::Lead, Lead::list_of_team(id, LeadSort::Created));
    let of_records = records::ENTITIES.map(|kind| (kind, model::list_of_team(kind, id, BY_CREATION)));
    for (kind, list) in [of_leads].into_iter().chain(of_records) {
        let count = count_of(app, list)?;
        if count > 0 {
            found.push(used(kind, "", String::new(), count));
        }
    }
    let (frame, key) = (app.frame(), id.to_string());
    found.extend(assignment_rules::uses(&frame, |rule| {
        rule.team.as_deref() == Some(key.as_str()) || assignment_rules::asks_for(rule, "team", Some(&key))
    }));
    found.extend(scoring::uses(&frame, "team", Some(&key)));
    if let Some(settings) = frame.settings.as_ref().filter(|settings| settings.default_team == id) {
        found.push(used(Kind::Settings, &settings.company_name, String::new(), 1));
    }
    Ok(found)
}

/// Takes a team away that nothing uses any more: else `in-use`, and [`uses`] says what.
pub fn remove(app: &App, ctx: &Ctx, id: TeamId, version: u64) -> Result<(), Error> {
    permissions::require_all(ctx, Kind::Team, Action::Delete)?;
    let team = app.store.get::<Team>(id.0)?.ok_or(Error::NotFound)?;
    let used = uses(app, ctx, id)?;
    if !used.is_empty() {
        return Err(Error::invalid("", "in-use", used.len().to_string()));
    }
    if team.meta.version != version {
        return Err(app.conflict(&team, &team));
    }
    let mut write = ctx.write();
    write.delete(&team);
    app.commit(write).map(|_| ())
}

/// Records of an entity that are looked at to say how many there are.
const COUNTED_MAX: usize = 10_000;
/// The list by the time of creation.
const BY_CREATION: u8 = 0;

fn count_of(app: &App, list: IndexKey) -> Result<u64, Error> {
    let scan = Scan { prefix: list.bytes(), after: None, direction: Direction::Forward, limit: COUNTED_MAX };
    Ok(app.store.scan(&scan)?.len() as u64)
}

/// The team as the draft wants it: a name that no other has, an active manager, a parent that is below nothing.
fn checked(
    app: &App,
    ctx: &Ctx,
    draft: &TeamDraft,
    before: &Team,
    errors: &mut FieldErrors,
) -> Result<Team, Error> {
    let teams = list(app, ctx)?;
    let name = draft.name.trim();
    check_name("team_name", name, errors);
    let is_taken = |other: &Team| other.id() != before.id() && model::fold(&other.name) == model::fold(name);
    if teams.iter().any(is_taken) {
        errors.add("team_name", "taken", name);
    }
    let manager = match draft.manager.as_str() {
        "" => None,
        typed => {
            let user =
                typed.parse::<UserId>().ok().map(|id| app.store.get::<User>(id.0)).transpose()?.flatten();
            // Somebody who left may stay until another one is chosen.
            let chosen = user.filter(|user| user.active || before.manager == Some(user.id()));
            if chosen.is_none() {
                errors.add("manager", "choice", typed);
            }
            chosen.map(|user| user.id())
        }
    };
    let parent = checked_parent(&teams, draft, before, errors);
    Ok(Team { name: name.to_owned(), manager, parent, ..before.clone() })
}

fn checked_parent(
    teams: &[Team],
    draft: &TeamDraft,
    before: &Team,
    errors: &mut FieldErrors,
) -> Option<TeamId> {
    if draft.parent.is_empty() {
        return None;
    }
    let found = draft.parent.parse::<TeamId>().ok();
    let Some(parent) = teams.iter().find(|team| Some(team.id()) == found) else {
        errors.add("parent", "choice", &draft.parent);
        return None;
    };
    let has_below = teams.iter().any(|team| team.parent == Some(before.id()));
    if parent.id() == before.id() || parent.parent.is_some() || has_below {
        errors.add("parent", "team-nested", &parent.name);
    }
    Some(parent.id())
}

fn checked_members(app: &App, draft: &TeamDraft, errors: &mut FieldErrors) -> Result<BTreeSet<Uuid>, Error> {
    let known: BTreeSet<Uuid> = users::all(app)?.iter().map(|user| user.meta.id).collect();
    let mut chosen = BTreeSet::new();
    for typed in &draft.members {
        match typed.parse::<UserId>().ok().filter(|id| known.contains(&id.0)) {
            Some(id) => {
                chosen.insert(id.0);
            }
            None => errors.add("members", "choice", typed),
        }
    }
    Ok(chosen)
}

/// Those who come and those who go, in the team's own write.
fn put_members(
    app: &App,
    write: &mut store::Write,
    team: TeamId,
    chosen: &BTreeSet<Uuid>,
) -> Result<(), Error> {
    for user in users::all(app)? {
        let (is_in, shall_be) = (user.teams.contains(&team), chosen.contains(&user.meta.id));
        if is_in == shall_be {
            continue;
        }
        let mut after = user.clone();
        if shall_be {
            after.teams.push(team);
        } else {
            after.teams.retain(|other| *other != team);
        }
        if model::json::to_vec(&after).map_or(usize::MAX, |bytes| bytes.len()) > RECORD_BYTES_MAX {
            return Err(Error::invalid("members", "record-too-big", RECORD_BYTES_MAX.to_string()));
        }
        write.update(&user, after);
    }
    Ok(())
}
