//! Who may do what: the one place that decides.
//!
//! | | administrator | manager | rep |
//! | --- | --- | --- | --- |
//! | leads, notes: see, create, change, export | all | team | own |
//! | leads: delete | all | team | none |
//! | imports | all | own | own |
//! | users, teams: see | all | all (names) | all (names) |
//! | users, teams, settings, plugins, API keys: change | all | none | none |
//!
//! A new lead of a rep may be assigned to somebody else: creating asks for no more than «own».

use crate::{Ctx, Error};
use model::{Action, Kind, Lead, Level, Role, Scope};

/// How far a role reaches.
pub fn level(role: Role, kind: Kind, action: Action) -> Level {
    match (role, kind) {
        (Role::Administrator, _) => Level::All,
        (Role::Manager, Kind::Lead | Kind::Activity) => Level::Team,
        (Role::Rep, Kind::Lead | Kind::Activity) => match action {
            Action::Delete => Level::None,
            _ => Level::Own,
        },
        (Role::Manager | Role::Rep, Kind::Import) => Level::Own,
        (Role::Manager | Role::Rep, Kind::User | Kind::Team) => match action {
            Action::See => Level::All,
            _ => Level::None,
        },
        (Role::Manager | Role::Rep, _) => Level::None,
    }
}

/// Whose records the caller may do this to.
pub fn scope(ctx: &Ctx, kind: Kind, action: Action) -> Result<Scope, Error> {
    let caller = ctx.caller()?;
    Ok(match level(caller.role, kind, action) {
        Level::None => Scope::Nothing,
        Level::Own => Scope::Own(caller.user.id()),
        Level::Team => Scope::Teams(caller.user.teams.clone(), caller.user.id()),
        Level::All => Scope::Everything,
    })
}

/// The scope, or «denied» where it is empty.
pub fn require(ctx: &Ctx, kind: Kind, action: Action) -> Result<Scope, Error> {
    match scope(ctx, kind, action)? {
        Scope::Nothing => Err(Error::Denied),
        scope => Ok(scope),
    }
}

/// Only for those who may do it to all records of an entity.
pub fn require_all(ctx: &Ctx, kind: Kind, action: Action) -> Result<(), Error> {
    match scope(ctx, kind, action)? {
        Scope::Everything => Ok(()),
        _ => Err(Error::Denied),
    }
}

/// Whether the caller may do it at all: for navigation and buttons. The deed itself asks again.
pub fn may(ctx: &Ctx, kind: Kind, action: Action) -> bool {
    require(ctx, kind, action).is_ok()
}

/// A lead the caller may not see does not exist for them; one they see but may not touch is denied.
pub fn require_lead(ctx: &Ctx, lead: &Lead, action: Action) -> Result<(), Error> {
    let reaches = |action| scope(ctx, Kind::Lead, action).map(|scope| scope.contains(lead.owner, lead.team));
    match (reaches(Action::See)?, reaches(action)?) {
        (false, _) => Err(Error::NotFound),
        (true, false) => Err(Error::Denied),
        (true, true) => Ok(()),
    }
}
