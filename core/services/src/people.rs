//! People and teams in memory: every page names some. Read from the store after each change of either.

use crate::users::{TEAMS_MAX, USERS_MAX};
use crate::{App, Ctx, Error, permissions};
use model::uuid::Uuid;
use model::{Action, Kind, Team, User};
use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

/// Everybody who works here, and their teams, each by name.
#[derive(Debug)]
pub struct People {
    pub users: Vec<User>,
    pub teams: Vec<Team>,
    names: BTreeMap<Uuid, String>,
}

impl People {
    fn read(store: &store::Store) -> Result<People, Error> {
        let mut users: Vec<User> = store.members(Uuid::nil(), USERS_MAX)?;
        users.sort_by_cached_key(|user| model::fold(&user.name));
        let mut teams: Vec<Team> = store.members(Uuid::nil(), TEAMS_MAX)?;
        teams.sort_by_cached_key(|team| model::fold(&team.name));
        let user_names = users.iter().map(|user| (user.meta.id, user.name.clone()));
        let team_names = teams.iter().map(|team| (team.meta.id, team.name.clone()));
        let names = user_names.chain(team_names).collect();
        Ok(People { users, teams, names })
    }

    /// What a person or a team is called.
    pub fn name(&self, id: Uuid) -> Option<&str> {
        self.names.get(&id).map(String::as_str)
    }

    pub fn names(&self) -> &BTreeMap<Uuid, String> {
        &self.names
    }

    /// Those who still work here.
    pub fn active(&self) -> impl Iterator<Item = &User> {
        self.users.iter().filter(|user| user.active)
    }
}

/// What is known now.
#[derive(Default)]
pub(crate) struct PeopleCell(RwLock<Known>);

#[derive(Default)]
struct Known {
    /// Rises with each change, so that what was read before one is never kept after it.
    changes: u64,
    people: Option<Arc<People>>,
}

impl PeopleCell {
    pub(crate) fn forget(&self) {
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        known.changes += 1;
        known.people = None;
    }

    fn get(&self, store: &store::Store) -> Result<Arc<People>, Error> {
        let changes = {
            let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
            if let Some(people) = &known.people {
                return Ok(Arc::clone(people));
            }
            known.changes
        };
        let people = Arc::new(People::read(store)?);
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if known.changes == changes {
            known.people = Some(Arc::clone(&people));
        }
        Ok(people)
    }
}

/// Everybody, for those who are signed in.
pub fn all(app: &App, ctx: &Ctx) -> Result<Arc<People>, Error> {
    permissions::require_all(ctx, Kind::User, Action::See)?;
    permissions::require_all(ctx, Kind::Team, Action::See)?;
    now(app)
}

pub(crate) fn now(app: &App) -> Result<Arc<People>, Error> {
    app.people.get(&app.store)
}
