//! The operations on teams: who is in them, who manages them, which is below which.

use super::Topic;
use super::leads::Deleted;
use super::versions::{Wanted, etag};
use crate::errors::Fault;
use crate::facts::API_PREFIX;
use crate::here::Here;
use model::TeamId;
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::types::MaybeUndefined;
use poem_openapi::{ApiResponse, Object, OpenApi};
use services::teams::{self, TeamDraft};
use services::{App, Ctx, Error};

/// The operations on teams.
pub(crate) struct Teams;

/// A group of users.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct Team {
    id: String,
    /// Grows with every change of its name, manager or parent; also the `ETag`.
    version: u64,
    name: String,
    /// The id of the user who answers for it.
    manager: Option<String>,
    /// The id of the team it is below.
    parent: Option<String>,
    /// The ids of the users who are in it.
    members: Vec<String>,
}

/// All teams, by name.
#[derive(Object)]
pub(crate) struct TeamList {
    items: Vec<Team>,
}

/// A new team.
#[derive(Object)]
#[oai(deny_unknown_fields)]
pub(crate) struct TeamCreate {
    name: String,
    /// The id of a user.
    manager: Option<String>,
    /// The id of a team that is below none itself.
    parent: Option<String>,
    /// The ids of users.
    #[oai(default)]
    members: Vec<String>,
}

/// What changes: fields that are not there stay, `null` empties one.
#[derive(Object)]
#[oai(deny_unknown_fields)]
pub(crate) struct TeamChange {
    /// The version that is changed, unless `If-Match` says it.
    version: Option<u64>,
    name: Option<String>,
    manager: MaybeUndefined<String>,
    parent: MaybeUndefined<String>,
    /// All of them.
    members: Option<Vec<String>>,
}

/// A team with its version.
#[derive(ApiResponse)]
pub(crate) enum TeamAnswer {
    #[oai(status = 200)]
    Team(Json<Team>, #[oai(header = "ETag")] String),
}

/// A new team, where it is and its version.
#[derive(ApiResponse)]
pub(crate) enum CreatedTeam {
    #[oai(status = 201)]
    Team(Json<Team>, #[oai(header = "Location")] String, #[oai(header = "ETag")] String),
}

#[OpenApi(tag = "Topic::Users")]
impl Teams {
    /// List teams
    #[oai(path = "/teams", method = "get", operation_id = "list_teams")]
    async fn list(&self, here: Here) -> Result<Json<TeamList>, Fault> {
        let items = here
            .deed(|app, ctx| {
                let all = teams::list(app, ctx)?;
                all.into_iter().map(|team| wire(app, ctx, team)).collect::<Result<Vec<Team>, Error>>()
            })
            .await?;
        Ok(Json(TeamList { items }))
    }

    /// Create a team
    #[oai(path = "/teams", method = "post", operation_id = "create_team")]
    async fn create(&self, here: Here, team: Json<TeamCreate>) -> Result<CreatedTeam, Fault> {
        let team = team.0;
        let draft = TeamDraft {
            name: team.name,
            manager: team.manager.unwrap_or_default(),
            parent: team.parent.unwrap_or_default(),
            members: team.members,
        };
        let made = here
            .deed(move |app, ctx| {
                let made = teams::create(app, ctx, &draft)?;
                wire(app, ctx, made)
            })
            .await?;
        let (location, tag) = (format!("{API_PREFIX}/teams/{}", made.id), etag(made.version));
        Ok(CreatedTeam::Team(Json(made), location, tag))
    }

    /// Read a team
    #[oai(path = "/teams/:id", method = "get", operation_id = "get_team")]
    async fn get(&self, here: Here, id: Path<String>) -> Result<TeamAnswer, Fault> {
        let id: TeamId = here.id(&id)?;
        let team = here.deed(move |app, ctx| wire(app, ctx, teams::get(app, ctx, id)?)).await?;
        Ok(answer(team))
    }

    /// Change a team
    ///
    /// Who is in it too, in one go.
    #[oai(path = "/teams/:id", method = "patch", operation_id = "change_team")]
    async fn change(
        &self,
        here: Here,
        id: Path<String>,
        #[oai(name = "If-Match")] if_match: Header<Option<String>>,
        change: Json<TeamChange>,
    ) -> Result<TeamAnswer, Fault> {
        let id: TeamId = here.id(&id)?;
        let wanted = Wanted::of(if_match.0.as_deref(), change.version)?;
        let change = change.0;
        let done = here.deed(move |app, ctx| {
            let stored = wire(app, ctx, teams::get(app, ctx, id)?)?;
            let draft = TeamDraft {
                name: change.name.unwrap_or(stored.name),
                manager: changed(change.manager, stored.manager),
                parent: changed(change.parent, stored.parent),
                members: change.members.unwrap_or(stored.members),
            };
            let done = teams::update(app, ctx, id, wanted.version(stored.version), &draft);
            Ok(done.and_then(|team| wire(app, ctx, team)))
        });
        done.await?.map(answer).map_err(|error| wanted.fault(error))
    }

    /// Delete a team
    ///
    /// Refused with `in-use` while somebody or something is in it.
    #[oai(path = "/teams/:id", method = "delete", operation_id = "delete_team")]
    async fn delete(
        &self,
        here: Here,
        id: Path<String>,
        /// The version that is deleted, unless `If-Match` says it.
        version: Query<Option<u64>>,
        #[oai(name = "If-Match")] if_match: Header<Option<String>>,
    ) -> Result<Deleted, Fault> {
        let id: TeamId = here.id(&id)?;
        let wanted = Wanted::of(if_match.0.as_deref(), version.0)?;
        let done = here.deed(move |app, ctx| {
            let stored = teams::get(app, ctx, id)?;
            Ok(teams::remove(app, ctx, id, wanted.version(stored.meta.version)))
        });
        done.await?.map(|()| Deleted::Deleted).map_err(|error| wanted.fault(error))
    }
}

fn answer(team: Team) -> TeamAnswer {
    let tag = etag(team.version);
    TeamAnswer::Team(Json(team), tag)
}

fn changed(change: MaybeUndefined<String>, stored: Option<String>) -> String {
    match change {
        MaybeUndefined::Undefined => stored.unwrap_or_default(),
        MaybeUndefined::Null => String::new(),
        MaybeUndefined::Value(text) => text,
    }
}

fn wire(app: &App, ctx: &Ctx, team: model::Team) -> Result<Team, Error> {
    let members = teams::members(app, ctx, team.id())?;
    Ok(Team {
        id: team.id().to_string(),
        version: team.meta.version,
        name: team.name,
        manager: team.manager.map(|user| user.to_string()),
        parent: team.parent.map(|team| team.to_string()),
        members: members.iter().map(|user| user.id().to_string()).collect(),
    })
}
