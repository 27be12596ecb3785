//! People and their teams: the list, and the form of one person.

use super::api_keys::role_choices;
use super::fields::{value_of, version_of};
use super::pieces::rows_of;
use crate::errors::Fault;
use crate::here::Here;
use crate::routes::{Entry, page};
use model::{
    ABSENCES_MAX, Action, Actor, FieldErrors, Frame, Kind, Language, Meta, RoleKey, Team, TeamId, User,
    UserId, written_shifts,
};
use poem::http::Method;
use poem::web::{Form, Path};
use poem::{Response, handler};
use services::users::{self, UserDraft};
use services::{App, Ctx, Error, invitations, permissions, second_factor};
use ui::components::Choice;
use ui::errors::{Conflict, ConflictField};
use ui::labels;
use ui::users::{TeamRow, UserForm, UserRow, UsersPage};

type Fields = Vec<(String, String)>;

pub(crate) fn entries() -> Vec<Entry> {
    let manage = "change users: administrators";
    vec![
        page(Method::GET, "/users", manage, list),
        page(Method::GET, "/users/new", manage, new),
        page(Method::POST, "/users/new", manage, create),
        page(Method::POST, "/users/seats", "change settings: all", set_seats),
        page(Method::GET, "/users/:id", manage, show),
        page(Method::POST, "/users/:id", manage, update),
    ]
}

#[handler]
async fn list(here: Here) -> Result<Response, Fault> {
    let view = here.deed(users_page).await?;
    Ok(here.page(ui::users::list(&here.shell(), &view)))
}

#[handler]
async fn new(here: Here) -> Result<Response, Fault> {
    let view = here
        .deed(|app, ctx| {
            let suggested = suggested(app, ctx)?;
            form_of(app, ctx, None, suggested, FieldErrors::default())
        })
        .await?;
    Ok(here.page(ui::users::form(&here.shell(), &view)))
}

#[handler]
async fn create(here: Here, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let draft = draft_of(&fields);
    let typed = draft.clone();
    if draft.password.is_empty() {
        return invite(here, draft).await;
    }
    match here.try_password_deed(move |app, ctx| users::create(app, ctx, &typed)).await? {
        Ok(_) => Ok(here.go_with_notice("/users", "created")),
        Err(Error::Invalid(errors)) => {
            let view = here.deed(move |app, ctx| form_of(app, ctx, None, draft, errors)).await?;
            Ok(here.unprocessable(ui::users::form(&here.shell(), &view)))
        }
        Err(error) => Err(error.into()),
    }
}

#[handler]
async fn set_seats(here: Here, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let typed = value_of(&fields, "seats").to_owned();
    let seats = typed.clone();
    match here.try_deed(move |app, ctx| users::set_seats(app, ctx, &typed)).await? {
        Ok(()) => Ok(here.go_with_notice("/users", "saved")),
        Err(Error::Invalid(errors)) => {
            let view = UsersPage { seats_typed: seats, errors, ..here.deed(users_page).await? };
            Ok(here.unprocessable(ui::users::list(&here.shell(), &view)))
        }
        Err(error) => Err(error.into()),
    }
}

/// Without a password: they choose it themselves, by a link that is shown once.
async fn invite(here: Here, draft: UserDraft) -> Result<Response, Fault> {
    let typed = draft.clone();
    match here.try_deed(move |app, ctx| invitations::invite(app, ctx, &typed)).await? {
        Ok(link) => Ok(super::invitations::shown(&here, &link)),
        Err(Error::Invalid(errors)) => {
            let view = here.deed(move |app, ctx| form_of(app, ctx, None, draft, errors)).await?;
            Ok(here.unprocessable(ui::users::form(&here.shell(), &view)))
        }
        Err(error) => Err(error.into()),
    }
}

#[handler]
async fn show(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = here.id::<UserId>(&id)?;
    let view = here
        .deed(move |app, ctx| {
            let user = users::get(app, ctx, id)?;
            let draft = draft_from(&user);
            form_of(app, ctx, Some((id, user.meta.version)), draft, FieldErrors::default())
        })
        .await?;
    Ok(here.page(ui::users::form(&here.shell(), &view)))
}

#[handler]
async fn update(here: Here, Path(id): Path<String>, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let id = here.id::<UserId>(&id)?;
    let (draft, version) = (draft_of(&fields), version_of(&fields));
    let typed = draft.clone();
    match here.try_password_deed(move |app, ctx| users::update(app, ctx, id, version, &typed)).await? {
        Ok(_) => Ok(here.go_with_notice("/users", "saved")),
        Err(Error::Invalid(errors)) => {
            let of = Some((id, version));
            let view = here.deed(move |app, ctx| form_of(app, ctx, of, draft, errors)).await?;
            Ok(here.unprocessable(ui::users::form(&here.shell(), &view)))
        }
        Err(Error::Conflict(_)) => {
            let view = here.deed(move |app, ctx| user_conflict(app, ctx, id, &draft)).await?;
            Ok(here.conflict(ui::errors::conflict(&here.shell(), &view)))
        }
        Err(error) => Err(error.into()),
    }
}

/// The name of whoever did something; nothing for the system itself.
pub(super) fn name_of(app: &App, ctx: &Ctx, actor: &Actor) -> Result<String, Error> {
    match actor.user {
        Some(id) => users::get(app, ctx, id).map(|user| user.name),
        None => Ok("Tracte".to_owned()),
    }
}

/// What all pages about the same record say when somebody else was faster.
pub(super) fn conflict_of(
    app: &App,
    ctx: &Ctx,
    meta: &Meta,
    title: String,
    action: String,
) -> Result<Conflict, Error> {
    Ok(Conflict {
        title,
        back_href: action.clone(),
        action,
        version_now: meta.version,
        changed_by: name_of(app, ctx, &meta.updated_by)?,
        changed_at: meta.updated_at,
        fields: Vec::new(),
        rest: Vec::new(),
    })
}

pub(super) fn users_page(app: &App, ctx: &Ctx) -> Result<UsersPage, Error> {
    // Everybody may see names; this page shows more.
    permissions::require_all(ctx, Kind::User, Action::Change)?;
    let teams = users::teams(app, ctx)?;
    let users = users::list(app, ctx)?;
    let frame = app.frame();
    let seats = frame.settings.as_ref().map_or(0, |settings| settings.seats);
    let active = users.iter().filter(|user| user.active).count();
    let row = |user| user_row(user, &teams, &frame, ctx.language);
    Ok(UsersPage {
        teams: teams.iter().map(|team| team_row(team, &teams, &users)).collect(),
        users: users.into_iter().map(row).collect(),
        seats,
        seats_typed: if seats == 0 { String::new() } else { seats.to_string() },
        active: u64::try_from(active).unwrap_or_default(),
        may_set_seats: permissions::may(ctx, Kind::Settings, Action::Change),
        ..UsersPage::default()
    })
}

fn team_row(team: &Team, teams: &[Team], users: &[User]) -> TeamRow {
    let manager = users.iter().find(|user| team.manager == Some(user.id()));
    let parent = teams.iter().find(|other| team.parent == Some(other.id()));
    let members = users.iter().filter(|user| user.teams.contains(&team.id())).count();
    TeamRow {
        id: team.id().to_string(),
        name: team.name.clone(),
        manager: manager.map(|user| user.name.clone()),
        parent: parent.map(|team| team.name.clone()),
        members: u64::try_from(members).unwrap_or_default(),
    }
}

fn user_row(user: User, teams: &[Team], frame: &Frame, language: Language) -> UserRow {
    let own = teams.iter().filter(|team| user.teams.contains(&team.id()));
    UserRow {
        id: user.id().to_string(),
        invited: user.is_invited(),
        teams: own.map(|team| team.name.clone()).collect(),
        name: user.name,
        email: user.email,
        role: frame.role_label(&user.role, language),
        takes_leads: user.takes_leads,
        active: user.active,
    }
}

/// Most people who are added sell, in the first team.
fn suggested(app: &App, ctx: &Ctx) -> Result<UserDraft, Error> {
    let settings = services::settings::get(app, ctx)?;
    Ok(UserDraft {
        role: RoleKey::REP.to_owned(),
        teams: vec![settings.default_team.to_string()],
        language: settings.language.code().to_owned(),
        takes_leads: true,
        active: true,
        ..UserDraft::default()
    })
}

fn draft_of(fields: &Fields) -> UserDraft {
    let value = |name: &str| value_of(fields, name).to_owned();
    let is_ticked = |name| value_of(fields, name) == "true";
    // The page of a conflict sends all teams as one value.
    let teams = fields.iter().filter(|(name, _)| name == "teams").flat_map(|(_, ids)| ids.split(','));
    UserDraft {
        name: value("name"),
        email: value("email"),
        role: value("role"),
        teams: teams.filter(|id| !id.is_empty()).map(str::to_owned).collect(),
        language: value("language"),
        takes_leads: is_ticked("takes_leads"),
        active: is_ticked("active"),
        password: value("password"),
        time_zone: value("time_zone"),
        hours: (0..7).map(|day| value(&format!("hours.{day}"))).collect(),
        absences: (0..rows_of(fields, "absences"))
            .map(|place| (value(&format!("absences.{place}.from")), value(&format!("absences.{place}.to"))))
            .collect(),
    }
}

fn draft_from(user: &User) -> UserDraft {
    UserDraft {
        name: user.name.clone(),
        email: user.email.clone(),
        role: user.role.as_str().to_owned(),
        teams: user.teams.iter().map(TeamId::to_string).collect(),
        language: user.language.code().to_owned(),
        takes_leads: user.takes_leads,
        active: user.active,
        password: String::new(),
        time_zone: user.time_zone.clone().unwrap_or_default(),
        hours: hours_of(user),
        absences: user.absences.iter().map(|days| (days.from.to_string(), days.to.to_string())).collect(),
    }
}

/// What of somebody who left is on its way: how many went, and to whom.
fn going_over(app: &App, ctx: &Ctx, of: Option<(UserId, u64)>) -> Result<Option<(u64, String)>, Error> {
    let user = of.map(|(id, _)| users::get(app, ctx, id)).transpose()?;
    match user.and_then(|user| user.hand_over) {
        Some(hand_over) => Ok(Some((hand_over.done, users::get(app, ctx, hand_over.to)?.name))),
        None => Ok(None),
    }
}

/// Nothing where they work when the company does.
fn hours_of(user: &User) -> Vec<String> {
    let week = user.working_week.as_ref();
    (0..7).map(|day| week.map(|week| written_shifts(&week.0[day])).unwrap_or_default()).collect()
}

/// The form with what was typed; a password is typed again.
fn form_of(
    app: &App,
    ctx: &Ctx,
    of: Option<(UserId, u64)>,
    draft: UserDraft,
    errors: FieldErrors,
) -> Result<UserForm, Error> {
    permissions::require_all(ctx, Kind::User, Action::Change)?;
    let teams = users::teams(app, ctx)?;
    Ok(UserForm {
        id: of.map(|(id, _)| id.to_string()),
        version: of.map(|(_, version)| version).unwrap_or_default(),
        name: draft.name,
        email: draft.email,
        role: draft.role,
        teams: draft.teams,
        language: draft.language,
        takes_leads: draft.takes_leads,
        active: draft.active,
        was_active: of.map(|(id, _)| users::get(app, ctx, id)).transpose()?.is_none_or(|user| user.active),
        time_zone: draft.time_zone,
        hours: draft.hours,
        absences: draft.absences,
        roles: role_choices_for(app, ctx, of)?,
        going_over: going_over(app, ctx, of)?,
        has_identity: of
            .map(|(id, _)| users::get(app, ctx, id))
            .transpose()?
            .is_some_and(|user| user.identity.is_some()),
        has_second_factor: of.map(|(id, _)| second_factor::is_on(app, id)).transpose()?.unwrap_or(false),
        team_choices: teams.iter().map(|team| Choice::new(team.id().to_string(), &team.name)).collect(),
        errors,
    })
}

/// The roles that the reader may give, and the one that the person has.
fn role_choices_for(app: &App, ctx: &Ctx, of: Option<(UserId, u64)>) -> Result<Vec<Choice>, Error> {
    let had = of.map(|(id, _)| users::get(app, ctx, id)).transpose()?.map(|user| user.role);
    let frame = app.frame();
    let mut choices = role_choices(&frame, ctx.language);
    choices.retain(|choice| permissions::may_give(app, ctx, &RoleKey::new(&choice.value)));
    if let Some(had) = had.filter(|had| choices.iter().all(|choice| choice.value != had.as_str())) {
        choices.push(Choice::new(had.as_str(), frame.role_label(&had, ctx.language)));
    }
    Ok(choices)
}

/// Both values of what differs; the rest goes along unseen, so that nothing typed is lost.
fn user_conflict(app: &App, ctx: &Ctx, id: UserId, draft: &UserDraft) -> Result<Conflict, Error> {
    let user = users::get(app, ctx, id)?;
    let teams = users::teams(app, ctx)?;
    let frame = app.frame();
    let saved = sent(&draft_from(&user));
    let mut conflict = conflict_of(app, ctx, &user.meta, user.name.clone(), format!("/users/{id}"))?;
    for ((name, mine), (_, saved)) in sent(draft).into_iter().zip(saved) {
        if mine == saved || name == "password" {
            conflict.rest.push((name, mine));
            continue;
        }
        conflict.fields.push(ConflictField {
            label: label(ctx.language, &name),
            mine_shown: shown(&frame, ctx.language, &name, &mine, &teams),
            saved_shown: shown(&frame, ctx.language, &name, &saved, &teams),
            name,
            mine,
            saved,
        });
    }
    Ok(conflict)
}

/// A form's fields as the page of a conflict sends them.
fn sent(draft: &UserDraft) -> Vec<(String, String)> {
    let mut teams = draft.teams.clone();
    teams.sort();
    let mut fields = vec![
        ("name", draft.name.trim().to_owned()),
        ("email", draft.email.trim().to_owned()),
        ("role", draft.role.clone()),
        ("teams", teams.join(",")),
        ("language", draft.language.clone()),
        ("takes_leads", draft.takes_leads.to_string()),
        ("active", draft.active.to_string()),
        ("password", draft.password.clone()),
        ("time_zone", draft.time_zone.trim().to_owned()),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value))
    .collect::<Vec<_>>();
    // A place of the week or of the absences each: both sides have as many.
    for day in 0..7 {
        fields.push((format!("hours.{day}"), draft.hours.get(day).cloned().unwrap_or_default()));
    }
    for place in 0..ABSENCES_MAX {
        let (from, to) = draft.absences.get(place).cloned().unwrap_or_default();
        fields.push((format!("absences.{place}.from"), from));
        fields.push((format!("absences.{place}.to"), to));
    }
    fields
}

fn label(language: Language, name: &str) -> String {
    match name {
        "takes_leads" => ui::messages::text(language, "users-takes-leads", &[]),
        "active" => ui::messages::text(language, "users-may-enter", &[]),
        _ => labels::field(language, name)
            .or_else(|| ui::users::field_name(language.into(), name))
            .unwrap_or_else(|| name.to_owned()),
    }
}

/// A field's value as people read it.
fn shown(frame: &Frame, language: Language, name: &str, value: &str, teams: &[Team]) -> String {
    match name {
        "role" => frame.role_label(&RoleKey::new(value), language),
        "teams" => {
            let chosen = teams.iter().filter(|team| value.contains(&team.id().to_string()));
            chosen.map(|team| team.name.as_str()).collect::<Vec<_>>().join(", ")
        }
        "language" => Language::from_code(value)
            .map_or_else(|| value.to_owned(), |language| ui::shell::language_name(language).to_owned()),
        "takes_leads" | "active" => if value == "true" { "✓" } else { "✗" }.to_owned(),
        _ => value.to_owned(),
    }
}
