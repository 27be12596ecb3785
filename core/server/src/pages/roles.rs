//! Roles: the list, the matrix of one role, and what somebody sees with theirs.

use super::fields::value_of;
use super::pieces::{self, Fields, label_of};
use crate::errors::Fault;
use crate::here::Here;
use crate::routes::{Entry, page};
use crate::shell::may_of;
use model::{Action, Decimal, FieldErrors, Kind, Level, Levels, Role, RoleKey, UserId};
use poem::http::Method;
use poem::web::{Form, Path};
use poem::{Response, handler};
use services::leads::LeadCount;
use services::{App, Ctx, Error, configuration, permissions, roles, users};
use ui::pieces::{Difference, PieceFrame, PieceRow};
use ui::roles::{PATH, RoleForm, Sees};

pub(crate) fn entries() -> Vec<Entry> {
    let (see, change) = ("see settings: all", "administrators alone");
    vec![
        page(Method::GET, "/settings/roles", see, list),
        page(Method::GET, "/settings/roles/new", change, new),
        page(Method::POST, "/settings/roles/new", change, create),
        page(Method::GET, "/settings/roles/:key", see, show),
        page(Method::POST, "/settings/roles/:key", change, update),
        page(Method::POST, "/settings/roles/:key/remove", change, remove),
        page(Method::GET, "/users/:id/sees", change, sees),
    ]
}

#[handler]
async fn list(here: Here) -> Result<Response, Fault> {
    let (found, people) =
        here.deed(|app, ctx| Ok((configuration::list::<Role>(app, ctx)?, users::list(app, ctx)?))).await?;
    let shell = here.shell();
    let l = shell.locale();
    let count = |key: &str| people.iter().filter(|user| user.active && user.role.as_str() == key).count();
    let rows: Vec<PieceRow> = found
        .into_iter()
        .map(|role| PieceRow {
            label: role.piece.label.get(l.language).to_owned(),
            detail: ui::roles::people(l, count(&role.key)),
            archived: role.piece.archived,
            key: role.key,
        })
        .collect();
    Ok(here.page(ui::roles::list(&shell, &rows)))
}

/// `?from=rep` begins as a copy of that role.
#[handler]
async fn new(here: Here) -> Result<Response, Fault> {
    let from = here.query("from").unwrap_or(RoleKey::REP).to_owned();
    let view = here
        .deed(move |app, ctx| {
            permissions::require_administrator(ctx)?;
            let found = configuration::get::<Role>(app, ctx, &from)?.piece.completed(&from);
            // The copy's name is typed, so that no two are called the same by mistake.
            let role = Role { levels: found.levels, archived: false, ..Role::nothing() };
            view_of(app, ctx, PieceFrame::default(), role)
        })
        .await?;
    Ok(here.page(ui::roles::form(&here.shell(), &view)))
}

#[handler]
async fn show(here: Here, Path(key): Path<String>) -> Result<Response, Fault> {
    let view = here.deed(move |app, ctx| stored(app, ctx, &key)).await?;
    Ok(here.page(ui::roles::form(&here.shell(), &view)))
}

#[handler]
async fn create(here: Here, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    sent(here, None, fields).await
}

#[handler]
async fn update(here: Here, Path(key): Path<String>, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    sent(here, Some(key), fields).await
}

#[handler]
async fn remove(here: Here, Path(key): Path<String>, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let Some(errors) = pieces::remove::<Role>(&here, &key, &fields).await? else {
        return Ok(here.go_with_notice(PATH, "saved"));
    };
    let mut view = here.deed(move |app, ctx| stored(app, ctx, &key)).await?;
    view.frame.errors = errors;
    Ok(here.unprocessable(ui::roles::form(&here.shell(), &view)))
}

#[handler]
async fn sees(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = here.id::<UserId>(&id)?;
    let words = here.facts.words.clone();
    let view = here
        .deed(move |app, ctx| {
            let (preview, theirs) = roles::preview(app, ctx, id)?;
            let l = words.locale(ctx.language);
            let (names, teams) = (users::names(app, ctx)?, users::teams(app, ctx)?);
            let user = &preview.caller.user;
            let reached = teams.into_iter().filter(|team| preview.caller.reach.contains(&team.id()));
            let owner = |lead: &model::Lead| lead.owner.and_then(|owner| names.get(&owner).cloned());
            let may = may_of(&theirs);
            Ok(Sees {
                user_href: format!("/users/{id}"),
                name: user.name.clone(),
                role: preview.caller.role.label.clone(),
                role_href: format!("{PATH}/{}", user.role),
                teams: reached.map(|team| team.name).collect(),
                seen: counted(l, preview.seen),
                changed: counted(l, preview.changed),
                exported: counted(l, preview.exported),
                first: preview
                    .first
                    .iter()
                    .map(|lead| (lead.title().to_owned(), owner(lead).unwrap_or_default()))
                    .collect(),
                navigation: ui::shell::navigation(l, may),
                settings: ui::settings::titles(l, may),
            })
        })
        .await?;
    Ok(here.page(ui::roles::sees(&here.shell(), &view)))
}

fn counted(l: ui::Locale<'_>, count: LeadCount) -> String {
    let (LeadCount::Exactly(number) | LeadCount::MoreThan(number) | LeadCount::AtLeast(number)) = count;
    let figure = ui::format::count(l.language, number as u64);
    if matches!(count, LeadCount::Exactly(_)) { figure } else { format!("> {figure}") }
}

/// The form came: saved, or shown again with its problems or with both values.
async fn sent(here: Here, key: Option<String>, fields: Fields) -> Result<Response, Fault> {
    let frame = pieces::sent_frame::<Role>(&here, key.clone(), &fields).await?;
    let (of, version, archived) = (key.clone(), frame.version, frame.archived);
    let mut errors = FieldErrors::default();
    let base = here
        .deed(move |app, ctx| match &of {
            Some(key) => Ok(configuration::get::<Role>(app, ctx, key)?.piece.completed(key)),
            None => Ok(Role::nothing()),
        })
        .await?;
    let role = read(base, &fields, archived, &mut errors);
    let saved =
        pieces::save_checked(&here, key.clone().map(|key| (key, version)), role.clone(), errors).await?;
    let again =
        async |frame: PieceFrame, role: Role| here.deed(move |app, ctx| view_of(app, ctx, frame, role)).await;
    match saved {
        Ok(_) => Ok(here.go_with_notice(PATH, "saved")),
        Err(Error::Invalid(errors)) => {
            let view = again(PieceFrame { errors, ..frame }, role).await?;
            Ok(here.unprocessable(ui::roles::form(&here.shell(), &view)))
        }
        Err(Error::Conflict(conflict)) => {
            let key = key.unwrap_or_default();
            let saved = here.deed(move |app, ctx| configuration::get::<Role>(app, ctx, &key)).await?;
            let conflict_of = Some(differences(&here.shell(), &role, &saved.piece));
            let frame = PieceFrame { version: conflict.version, conflict: conflict_of, ..frame };
            let view = again(frame, role).await?;
            Ok(here.conflict(ui::roles::form(&here.shell(), &view)))
        }
        Err(error) => Err(error.into()),
    }
}

/// What was typed over what is there: a cell that the form does not have stays.
fn read(base: Role, fields: &Fields, archived: bool, errors: &mut FieldErrors) -> Role {
    let mut levels = base.levels;
    levels.retain(|kind, _| Role::ENTITIES.contains(kind));
    for kind in Role::ENTITIES {
        let line: &mut Levels = levels.entry(*kind).or_default();
        for action in Action::ALL {
            let name = format!("{kind}.{}", action.as_str());
            let typed = value_of(fields, &name);
            match Level::from_code(typed) {
                Some(level) => *line.get_mut(action) = level,
                None if typed.is_empty() => {}
                None => errors.add(&name, "choice", typed),
            }
        }
    }
    let discount_max = percent_of(fields, "discount_max", base.discount_max, errors);
    let margin_min = percent_of(fields, "margin_min", base.margin_min, errors);
    let (label, help) = (label_of(fields, "label"), label_of(fields, "help"));
    Role { label, help, levels, discount_max, margin_min, archived }
}

/// A limit in percent; empty: none. A field that the form does not have stays.
fn percent_of(
    fields: &Fields,
    name: &str,
    kept: Option<Decimal>,
    errors: &mut FieldErrors,
) -> Option<Decimal> {
    if !fields.iter().any(|(field, _)| field == name) {
        return kept;
    }
    let typed = value_of(fields, name).trim().trim_end_matches('%');
    if typed.is_empty() {
        return None;
    }
    match model::parse_number(typed) {
        Ok(percent) if percent.abs() <= Decimal::ONE_HUNDRED => Some(percent),
        Ok(_) => {
            errors.add(name, "number-between", "0–100");
            kept
        }
        Err(code) => {
            errors.add(name, code, typed);
            kept
        }
    }
}

fn stored(app: &App, ctx: &Ctx, key: &str) -> Result<RoleForm, Error> {
    let (frame, role) = pieces::frame_of::<Role>(app, ctx, key)?;
    view_of(app, ctx, frame, role.completed(key))
}

fn view_of(app: &App, ctx: &Ctx, frame: PieceFrame, role: Role) -> Result<RoleForm, Error> {
    let key = frame.key.as_deref();
    let used_by = match key {
        Some(key) => configuration::uses::<Role>(app, ctx, key)?,
        None => Vec::new(),
    };
    let href = |used: &configuration::Use| match used.kind {
        Kind::User => format!("/users/{}", used.key),
        Kind::AssignmentRule => format!("{}/{}", ui::assignment::PATH, used.key),
        _ => "/api-keys".to_owned(),
    };
    let frame_now = app.frame();
    let copies = frame_now.roles.current().filter(|role| role.key != RoleKey::ADMINISTRATOR);
    let copy = |role: &model::Configured<Role>| {
        (format!("{PATH}/new?from={}", role.key), role.label().get(ctx.language).to_owned())
    };
    Ok(RoleForm {
        is_administrator: key == Some(RoleKey::ADMINISTRATOR),
        used_by: used_by.into_iter().map(|used| (href(&used), used.name)).collect(),
        copies: copies.map(copy).collect(),
        frame,
        role,
    })
}

fn limit(percent: Option<Decimal>) -> String {
    percent.map(|percent| format!("{} %", percent.normalize())).unwrap_or_default()
}

fn differences(shell: &ui::Shell, mine: &Role, saved: &Role) -> Vec<Difference> {
    let l = shell.locale();
    let mut found = Vec::new();
    let mut compare = |label: String, mine: String, saved: String| {
        if mine != saved {
            found.push(Difference { label, mine, saved });
        }
    };
    let name = |role: &Role| role.label.get(l.language).to_owned();
    compare(ui::pieces::field_name(l, "label"), name(mine), name(saved));
    compare(ui::roles::discount_name(l), limit(mine.discount_max), limit(saved.discount_max));
    compare(ui::roles::margin_name(l), limit(mine.margin_min), limit(saved.margin_min));
    for kind in Role::ENTITIES {
        for action in Action::ALL {
            let choices = Role::choices(*kind, action);
            let level = |role: &Role| role.levels.get(kind).copied().unwrap_or_default().get(action);
            let label =
                format!("{}: {}", ui::roles::entity_name(l, *kind), ui::roles::action_name(l, action));
            let words = |role: &Role| ui::roles::level_name(l, level(role), choices);
            compare(label, words(mine), words(saved));
        }
    }
    found
}
