//! Teams: a new one by its name, and the page of one.

use super::fields::{value_of, version_of};
use super::pieces::Fields;
use super::users::{conflict_of, users_page};
use crate::errors::Fault;
use crate::here::Here;
use crate::routes::{Entry, page};
use model::{Action, FieldErrors, Kind, TeamId, User};
use poem::http::Method;
use poem::web::{Form, Path};
use poem::{Response, handler};
use services::configuration::Use;
use services::teams::{self, TeamDraft};
use services::{App, Ctx, Error, permissions, users};
use ui::Locale;
use ui::components::Choice;
use ui::errors::{Conflict, ConflictField};
use ui::labels;
use ui::teams::TeamForm;
use ui::users::UsersPage;

pub(crate) fn entries() -> Vec<Entry> {
    let (change, create, delete) = ("change teams: all", "create teams: all", "delete teams: all");
    vec![
        page(Method::POST, "/teams", create, create_team),
        page(Method::GET, "/teams/:id", change, show),
        page(Method::POST, "/teams/:id", change, update),
        page(Method::POST, "/teams/:id/remove", delete, remove),
    ]
}

#[handler]
async fn create_team(here: Here, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let name = value_of(&fields, "team_name").to_owned();
    let draft = TeamDraft { name: name.clone(), ..TeamDraft::default() };
    match here.try_deed(move |app, ctx| teams::create(app, ctx, &draft)).await? {
        Ok(team) => Ok(here.go_with_notice(&format!("/teams/{}", team.id()), "created")),
        Err(Error::Invalid(errors)) => {
            let view = UsersPage { team_name: name, errors, ..here.deed(users_page).await? };
            Ok(here.unprocessable(ui::users::list(&here.shell(), &view)))
        }
        Err(error) => Err(error.into()),
    }
}

#[handler]
async fn show(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = here.id::<TeamId>(&id)?;
    let view = stored(&here, id, FieldErrors::default()).await?;
    Ok(here.page(ui::teams::form(&here.shell(), &view)))
}

#[handler]
async fn update(here: Here, Path(id): Path<String>, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let id = here.id::<TeamId>(&id)?;
    let (draft, version) = (draft_of(&fields), version_of(&fields));
    let typed = draft.clone();
    match here.try_deed(move |app, ctx| teams::update(app, ctx, id, version, &typed)).await? {
        Ok(_) => Ok(here.go_with_notice("/users", "saved")),
        Err(Error::Invalid(errors)) => {
            let words = here.facts.words.clone();
            let view = here
                .deed(move |app, ctx| {
                    form_of(app, ctx, words.locale(ctx.language), (id, version), draft, errors)
                })
                .await?;
            Ok(here.unprocessable(ui::teams::form(&here.shell(), &view)))
        }
        Err(Error::Conflict(_)) => {
            let view = here.deed(move |app, ctx| team_conflict(app, ctx, id, draft)).await?;
            Ok(here.conflict(ui::errors::conflict(&here.shell(), &view)))
        }
        Err(error) => Err(error.into()),
    }
}

#[handler]
async fn remove(here: Here, Path(id): Path<String>, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let id = here.id::<TeamId>(&id)?;
    let version = version_of(&fields);
    let done = here.try_deed(move |app, ctx| teams::remove(app, ctx, id, version)).await?;
    match super::pieces::removal_problems(done)? {
        None => Ok(here.go_with_notice("/users", "saved")),
        Some(errors) => {
            let view = stored(&here, id, errors).await?;
            Ok(here.unprocessable(ui::teams::form(&here.shell(), &view)))
        }
    }
}

async fn stored(here: &Here, id: TeamId, errors: FieldErrors) -> Result<TeamForm, Fault> {
    let words = here.facts.words.clone();
    here.deed(move |app, ctx| {
        let (version, draft) = draft_from(app, ctx, id)?;
        form_of(app, ctx, words.locale(ctx.language), (id, version), draft, errors)
    })
    .await
}

fn draft_of(fields: &Fields) -> TeamDraft {
    // The page of a conflict sends all members as one value.
    let members = fields.iter().filter(|(name, _)| name == "members").flat_map(|(_, ids)| ids.split(','));
    TeamDraft {
        name: value_of(fields, "team_name").to_owned(),
        manager: value_of(fields, "manager").to_owned(),
        parent: value_of(fields, "parent").to_owned(),
        members: members.filter(|id| !id.is_empty()).map(str::to_owned).collect(),
    }
}

fn draft_from(app: &App, ctx: &Ctx, id: TeamId) -> Result<(u64, TeamDraft), Error> {
    let team = teams::get(app, ctx, id)?;
    let members = teams::members(app, ctx, id)?;
    let draft = TeamDraft {
        name: team.name,
        manager: team.manager.map(|id| id.to_string()).unwrap_or_default(),
        parent: team.parent.map(|id| id.to_string()).unwrap_or_default(),
        members: members.iter().map(|user| user.id().to_string()).collect(),
    };
    Ok((team.meta.version, draft))
}

fn form_of(
    app: &App,
    ctx: &Ctx,
    l: Locale<'_>,
    (id, version): (TeamId, u64),
    draft: TeamDraft,
    errors: FieldErrors,
) -> Result<TeamForm, Error> {
    permissions::require_all(ctx, Kind::Team, Action::Change)?;
    let all = teams::list(app, ctx)?;
    let parents = all.iter().filter(|team| team.id() != id && team.parent.is_none());
    let had = |user: &User| {
        let own = user.id().to_string();
        draft.manager == own || draft.members.contains(&own)
    };
    let people = users::list(app, ctx)?.into_iter().filter(|user| user.active || had(user));
    Ok(TeamForm {
        id: id.to_string(),
        version,
        people: people.map(|user| Choice::new(user.id().to_string(), user.name)).collect(),
        parents: parents.map(|team| Choice::new(team.id().to_string(), &team.name)).collect(),
        uses: teams::uses(app, ctx, id)?.into_iter().map(|used| use_words(l, id, used)).collect(),
        may_remove: permissions::may(ctx, Kind::Team, Action::Delete),
        name: draft.name,
        manager: draft.manager,
        parent: draft.parent,
        members: draft.members,
        errors,
    })
}

/// What uses it, and where that is changed.
fn use_words(l: Locale<'_>, id: TeamId, used: Use) -> (String, Option<String>) {
    match used.kind {
        Kind::User => (used.name, Some(format!("/users/{}", used.key))),
        Kind::Team => (ui::teams::use_by_team(l, &used.name), Some(format!("/teams/{}", used.key))),
        Kind::AssignmentRule => (used.name, Some(format!("{}/{}", ui::assignment::PATH, used.key))),
        Kind::ScoringRule => (used.name, Some(format!("{}/{}", ui::scoring::PATH, used.key))),
        Kind::Lead => (ui::teams::use_by_leads(l, used.count), Some(format!("/leads?filter=team:any:{id}"))),
        kind => match model::path_of(kind) {
            Some(path) => {
                (ui::teams::use_by_records(l, kind, used.count), Some(format!("{path}?filter=team:any:{id}")))
            }
            None => (ui::teams::use_as_default(l), None),
        },
    }
}

/// Both values of what differs; the rest goes along unseen, so that nothing typed is lost.
fn team_conflict(app: &App, ctx: &Ctx, id: TeamId, draft: TeamDraft) -> Result<Conflict, Error> {
    let team = teams::get(app, ctx, id)?;
    let (_, saved) = draft_from(app, ctx, id)?;
    let names = users::names(app, ctx)?;
    let all = teams::list(app, ctx)?;
    let shown = |name: &str, value: &str| -> String {
        let people =
            || names.iter().filter(|(id, _)| value.contains(&id.to_string())).map(|(_, name)| name.as_str());
        match name {
            "manager" | "members" => people().collect::<Vec<_>>().join(", "),
            "parent" => all
                .iter()
                .find(|team| team.id().to_string() == value)
                .map(|team| team.name.clone())
                .unwrap_or_default(),
            _ => value.to_owned(),
        }
    };
    let mut conflict = conflict_of(app, ctx, &team.meta, team.name.clone(), format!("/teams/{id}"))?;
    for ((name, mine), (_, saved)) in sent(&draft).into_iter().zip(sent(&saved)) {
        if mine == saved {
            conflict.rest.push((name.to_owned(), mine));
            continue;
        }
        conflict.fields.push(ConflictField {
            name: name.to_owned(),
            label: labels::field(ctx.language, name).unwrap_or_else(|| name.to_owned()),
            mine_shown: shown(name, &mine),
            saved_shown: shown(name, &saved),
            mine,
            saved,
        });
    }
    Ok(Conflict { back_href: "/users".to_owned(), ..conflict })
}

fn sent(draft: &TeamDraft) -> [(&'static str, String); 4] {
    let mut members = draft.members.clone();
    members.sort();
    [
        ("team_name", draft.name.trim().to_owned()),
        ("manager", draft.manager.clone()),
        ("parent", draft.parent.clone()),
        ("members", members.join(",")),
    ]
}
