//! People who work with Tracte, and their teams.

use crate::configuration::Use;
use crate::error::none_of;
use crate::{App, Caller, Ctx, Error, api_keys, invitations, people, permissions, sessions};
use model::uuid::Uuid;
use model::{
    ABSENCES_MAX, Absence, Action, ApiKey, FieldErrors, Kind, Language, Meta, RoleKey, Settings, Shift, Team,
    TeamId, User, UserId, WorkingWeek, parse_date, parse_shifts,
};

/// A company of fifty has fewer; the pages show all of them.
pub const USERS_MAX: usize = 500;
pub const TEAMS_MAX: usize = 100;
/// Names of people, teams and companies.
pub const NAME_CHARACTERS_MAX: usize = 120;

/// What the user form holds, as typed. An empty password leaves the old one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UserDraft {
    pub name: String,
    pub email: String,
    pub role: String,
    pub teams: Vec<String>,
    pub language: String,
    pub takes_leads: bool,
    pub active: bool,
    pub password: String,
    /// IANA name; empty: the company's.
    pub time_zone: String,
    /// The hours of each day, Monday first; all empty: the company's.
    pub hours: Vec<String>,
    /// First and last day of each absence; both empty: none.
    pub absences: Vec<(String, String)>,
}

/// All users, by name; for those who are signed in.
pub fn list(app: &App, ctx: &Ctx) -> Result<Vec<User>, Error> {
    permissions::require_all(ctx, Kind::User, Action::See)?;
    all(app)
}

pub(crate) fn all(app: &App) -> Result<Vec<User>, Error> {
    Ok(people::now(app)?.users.clone())
}

/// All teams, by name.
pub fn teams(app: &App, ctx: &Ctx) -> Result<Vec<Team>, Error> {
    crate::teams::list(app, ctx)
}

pub fn get(app: &App, ctx: &Ctx, id: UserId) -> Result<User, Error> {
    permissions::require_all(ctx, Kind::User, Action::See)?;
    app.store.get::<User>(id.0)?.ok_or(Error::NotFound)
}

pub fn create(app: &App, ctx: &Ctx, draft: &UserDraft) -> Result<User, Error> {
    permissions::require_all(ctx, Kind::User, Action::Create)?;
    let mut errors = FieldErrors::default();
    let meta = Meta::new(ctx.new_id(), ctx.at, ctx.actor());
    let mut user = checked(app, ctx, draft, &User::new(meta), &mut errors)?;
    // Without one they are invited: see `invitations`.
    if !draft.password.is_empty() {
        sessions::check_password("password", &draft.password, &mut errors);
    }
    none_of(errors)?;
    if !draft.password.is_empty() {
        user.password_hash = sessions::hash_password(ctx, &draft.password)?;
    }
    let mut write = ctx.write();
    write.create(user.clone());
    app.commit(write)?;
    Ok(user)
}

/// Changes a user. The last active administrator stays one.
pub fn update(app: &App, ctx: &Ctx, id: UserId, version: u64, draft: &UserDraft) -> Result<User, Error> {
    permissions::require_all(ctx, Kind::User, Action::Change)?;
    let before = app.store.get::<User>(id.0)?.ok_or(Error::NotFound)?;
    let mut errors = FieldErrors::default();
    if !permissions::may_give(app, ctx, &before.role) {
        return Err(Error::Denied);
    }
    let mut after = checked(app, ctx, draft, &before, &mut errors)?;
    if !draft.password.is_empty() {
        sessions::check_password("password", &draft.password, &mut errors);
    }
    let mut write = ctx.write();
    if !(after.active && after.role.is_administrator()) {
        keep_an_administrator(app, &mut write, &before, "role", &mut errors)?;
    }
    none_of(errors)?;
    if before.meta.version != version {
        return Err(app.conflict(&before, &after));
    }
    if !draft.password.is_empty() {
        after.password_hash = sessions::hash_password(ctx, &draft.password)?;
    }
    let leaves = before.active && !after.active;
    let renewed = after.password_hash != before.password_hash;
    if leaves || renewed || after.email != before.email {
        invitations::delete_links(app, &mut write, id)?;
    }
    write.update(&before, after);
    app.commit(write)?;
    if leaves || renewed {
        sessions::end_all(app, ctx, id)?;
    }
    app.store.get::<User>(id.0)?.ok_or(Error::NotFound)
}

/// Without this administrator there must be another one, also when the write is done.
pub(crate) fn keep_an_administrator(
    app: &App,
    write: &mut store::Write,
    leaving: &User,
    field: &str,
    errors: &mut FieldErrors,
) -> Result<(), Error> {
    if !is_administrator(leaving) {
        return Ok(());
    }
    match all(app)?.iter().find(|user| user.id() != leaving.id() && is_administrator(user)) {
        Some(other) => write.assert_version(other),
        None => errors.add(field, "last-administrator", ""),
    }
    Ok(())
}

/// Somebody's own language, and whether single keys do something on pages that have them.
pub fn set_own_preferences(
    app: &App,
    ctx: &Ctx,
    language: Language,
    has_shortcuts: bool,
) -> Result<User, Error> {
    let id = ctx.caller()?.user.id();
    let before = app.store.get::<User>(id.0)?.ok_or(Error::NotFound)?;
    let mut write = ctx.write();
    write.update(&before, User { language, no_shortcuts: !has_shortcuts, ..before.clone() });
    app.commit(write)?;
    app.store.get::<User>(id.0)?.ok_or(Error::NotFound)
}

/// What people may change about themselves: language, and the password for who knows the old one.
pub fn update_own(
    app: &App,
    ctx: &Ctx,
    language: Language,
    old_password: &str,
    new_password: &str,
) -> Result<User, Error> {
    let id = ctx.caller()?.user.id();
    let before = app.store.get::<User>(id.0)?.ok_or(Error::NotFound)?;
    let mut after = User { language, ..before.clone() };
    if !new_password.is_empty() {
        let mut errors = FieldErrors::default();
        if !sessions::knows_password(&before, old_password) {
            errors.add("old_password", "password-wrong", "");
        }
        sessions::check_password("new_password", new_password, &mut errors);
        none_of(errors)?;
        after.password_hash = sessions::hash_password(ctx, new_password)?;
    }
    let mut write = ctx.write();
    if after.password_hash != before.password_hash {
        invitations::delete_links(app, &mut write, id)?;
    }
    write.update(&before, after);
    app.commit(write)?;
    app.store.get::<User>(id.0)?.ok_or(Error::NotFound)
}

/// Says how many people are included; empty for no number. More people than that are warned of.
pub fn set_seats(app: &App, ctx: &Ctx, typed: &str) -> Result<(), Error> {
    permissions::require_all(ctx, Kind::Settings, Action::Change)?;
    let seats = match typed.trim() {
        "" => Some(0),
        typed => typed
            .parse::<u32>()
            .ok()
            .filter(|seats| usize::try_from(*seats).is_ok_and(|seats| (1..=USERS_MAX).contains(&seats))),
    };
    let Some(seats) = seats else {
        return Err(Error::invalid("seats", "range", USERS_MAX.to_string()));
    };
    let before = crate::settings::get(app, ctx)?;
    if before.seats == seats {
        return Ok(());
    }
    let mut write = ctx.write();
    write.update(&before, Settings { seats, ..before.clone() });
    app.commit_configuration(write).map(|_| ())
}

/// Who has this role, and which keys.
pub(crate) fn uses_of_role(app: &App, key: &str) -> Result<Vec<Use>, Error> {
    let one = |kind, name: &str, id: Uuid| Use { kind, name: name.to_owned(), key: id.to_string(), count: 1 };
    let users = all(app)?.into_iter().filter(|user| user.role.as_str() == key);
    let mut found: Vec<Use> = users.map(|user| one(Kind::User, &user.name, user.meta.id)).collect();
    found.extend(crate::assignment_rules::uses(&app.frame(), |rule| rule.role.as_deref() == Some(key)));
    let keys: Vec<ApiKey> = app.store.members(Uuid::nil(), api_keys::API_KEYS_MAX)?;
    let keys = keys.iter().filter(|other| other.revoked_at.is_none() && other.role.as_str() == key);
    found.extend(keys.map(|key| one(Kind::ApiKey, &key.name, key.meta.id)));
    Ok(found)
}

fn checked(
    app: &App,
    ctx: &Ctx,
    draft: &UserDraft,
    before: &User,
    errors: &mut FieldErrors,
) -> Result<User, Error> {
    check_name("name", &draft.name, errors);
    let email = model::normalize_email(&draft.email);
    match &email {
        Err(code) => errors.add("email", code, draft.email.trim()),
        Ok(email) => {
            let key = model::IndexKey::unique(Kind::User, "email", email);
            if app.store.find(&key)?.is_some_and(|other| other != before.meta.id) {
                errors.add("email", "taken", email);
            }
        }
    }
    let role = checked_role(app, ctx, draft, before, errors);
    let language = Language::from_code(&draft.language);
    if language.is_none() {
        errors.add("language", "choice", &draft.language);
    }
    let teams = checked_teams(app, ctx, draft, errors)?;
    let time_zone = Some(draft.time_zone.trim()).filter(|name| !name.is_empty()).map(str::to_owned);
    if time_zone.as_deref().is_some_and(|name| model::jiff::tz::TimeZone::get(name).is_err()) {
        errors.add("time_zone", "time-zone", &draft.time_zone);
    }
    Ok(User {
        name: draft.name.trim().to_owned(),
        email: email.unwrap_or_default(),
        role,
        teams,
        language: language.unwrap_or_default(),
        takes_leads: draft.takes_leads,
        active: draft.active,
        time_zone,
        working_week: checked_hours(draft, errors),
        absences: checked_absences(draft, errors),
        // Whoever comes back keeps what has not gone over yet.
        hand_over: before.hand_over.clone().filter(|_| !draft.active),
        ..before.clone()
    })
}

/// A role that is offered, or the one they have; and nobody gives more than they have themselves.
fn checked_role(app: &App, ctx: &Ctx, draft: &UserDraft, before: &User, errors: &mut FieldErrors) -> RoleKey {
    let role = RoleKey::new(&draft.role);
    let is_offered = app.frame().roles.current().any(|offered| offered.key == draft.role);
    if role == before.role && !role.as_str().is_empty() {
        return role;
    }
    if !is_offered {
        errors.add("role", "choice", &draft.role);
    } else if !permissions::may_give(app, ctx, &role) {
        errors.add("role", "role-above-own", "");
    }
    role
}

/// The week as typed; none where nothing was.
fn checked_hours(draft: &UserDraft, errors: &mut FieldErrors) -> Option<WorkingWeek> {
    let mut week: [Vec<Shift>; 7] = Default::default();
    for (place, (day, typed)) in week.iter_mut().zip(&draft.hours).enumerate() {
        match parse_shifts(typed) {
            Ok(shifts) => *day = shifts,
            Err(code) => errors.add(&format!("hours.{place}"), code, typed),
        }
    }
    week.iter().any(|day| !day.is_empty()).then_some(WorkingWeek(week))
}

/// The days away, in order. Problems stand at `absences.<place>.from` and `.to`.
fn checked_absences(draft: &UserDraft, errors: &mut FieldErrors) -> Vec<Absence> {
    let mut found = Vec::new();
    for (place, (from, to)) in draft.absences.iter().enumerate() {
        if from.trim().is_empty() && to.trim().is_empty() {
            continue;
        }
        // One day is a whole absence.
        let to = if to.trim().is_empty() { from } else { to };
        let mut day = |field: &str, typed: &str| {
            let day = parse_date(typed);
            if let Err(code) = &day {
                errors.add(&format!("absences.{place}.{field}"), code, typed);
            }
            day.ok()
        };
        if let (Some(from), Some(to)) = (day("from", from), day("to", to)) {
            if to < from {
                errors.add(&format!("absences.{place}.to"), "absence-order", to.to_string());
            }
            found.push(Absence { from, to });
        }
    }
    if found.len() > ABSENCES_MAX {
        errors.add("absences.0.from", "too-many", ABSENCES_MAX.to_string());
    }
    found.sort_unstable();
    found
}

fn checked_teams(
    app: &App,
    ctx: &Ctx,
    draft: &UserDraft,
    errors: &mut FieldErrors,
) -> Result<Vec<TeamId>, Error> {
    let known = teams(app, ctx)?;
    let mut chosen = Vec::with_capacity(draft.teams.len());
    for text in &draft.teams {
        match text.parse::<TeamId>().ok().filter(|id| known.iter().any(|team| team.id() == *id)) {
            Some(id) if !chosen.contains(&id) => chosen.push(id),
            Some(_) => {}
            None => errors.add("teams", "choice", text),
        }
    }
    Ok(chosen)
}

/// A name that must be there and not be endless.
pub(crate) fn check_name(field: &str, name: &str, errors: &mut FieldErrors) {
    let characters = name.trim().chars().count();
    if characters == 0 {
        errors.add(field, "required", "");
    } else if characters > NAME_CHARACTERS_MAX {
        errors.add(field, "too-long", NAME_CHARACTERS_MAX.to_string());
    }
}

/// The company's default team, for readers that have the settings already.
pub(crate) fn default_team(app: &App, settings: &Settings) -> Result<Option<Team>, Error> {
    Ok(app.store.get::<Team>(settings.default_team.0)?)
}

/// Names for ids, for pages and exports.
pub fn names(app: &App, ctx: &Ctx) -> Result<std::collections::BTreeMap<UserId, String>, Error> {
    permissions::require_all(ctx, Kind::User, Action::See)?;
    Ok(people::now(app)?.users.iter().map(|user| (user.id(), user.name.clone())).collect())
}

/// Who a job works for, as they are now.
pub fn caller(app: &App, id: UserId) -> Result<Caller, Error> {
    let user = app.store.get::<User>(id.0)?.ok_or(Error::NotFound)?;
    permissions::caller(app, user)
}

/// Whoever works at the command line of the machine acts as its first active administrator.
pub fn operator(app: &App) -> Result<Caller, Error> {
    let mut users = all(app)?;
    users.retain(is_administrator);
    let user = users.into_iter().min_by_key(User::id).ok_or(Error::NotFound)?;
    permissions::caller(app, user)
}

fn is_administrator(user: &User) -> bool {
    user.active && user.role.is_administrator()
}

/// Those who set Tracte up.
pub(crate) fn administrators(app: &App) -> Result<Vec<UserId>, Error> {
    Ok(all(app)?.iter().filter(|user| is_administrator(user)).map(User::id).collect())
}
