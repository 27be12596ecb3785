//! Keys for other systems: the list, a new one whose secret is shown once, the end of one.

use super::fields::value_of;
use crate::errors::Fault;
use crate::here::Here;
use crate::routes::{Entry, page};
use model::{ApiKey, ApiKeyId, Configured, FieldErrors, Frame, Language, Role, RoleKey, UserId};
use poem::http::Method;
use poem::web::{Form, Path};
use poem::{Response, handler};
use services::api_keys::{self, ApiKeyDraft};
use services::{App, Ctx, Error, users};
use std::collections::BTreeMap;
use ui::api_keys::{ApiKeyRow, ApiKeysPage, NewApiKey};
use ui::components::Choice;

pub(crate) fn entries() -> Vec<Entry> {
    let manage = "change API keys: administrators";
    vec![
        page(Method::GET, "/api-keys", manage, list),
        page(Method::POST, "/api-keys", manage, create),
        page(Method::POST, "/api-keys/:id/revoke", manage, revoke),
    ]
}

#[handler]
async fn list(here: Here) -> Result<Response, Fault> {
    let user = here.ctx.user_id().map(|id| id.to_string()).unwrap_or_default();
    let draft = ApiKeyDraft { user, role: RoleKey::REP.to_owned(), ..ApiKeyDraft::default() };
    let view = here.deed(move |app, ctx| view_of(app, ctx, draft, FieldErrors::default())).await?;
    Ok(here.page(ui::api_keys::list(&here.shell(), &view)))
}

#[handler]
async fn create(here: Here, Form(fields): Form<Vec<(String, String)>>) -> Result<Response, Fault> {
    let value = |name| value_of(&fields, name).to_owned();
    let draft = ApiKeyDraft { name: value("name"), user: value("user"), role: value("role") };
    let typed = draft.clone();
    match here.try_deed(move |app, ctx| api_keys::create(app, ctx, &typed)).await? {
        Ok((key, secret)) => {
            let shown = NewApiKey { name: key.name, secret };
            Ok(here.page(ui::api_keys::created(&here.shell(), &shown)))
        }
        Err(Error::Invalid(errors)) => {
            let view = here.deed(move |app, ctx| view_of(app, ctx, draft, errors)).await?;
            Ok(here.unprocessable(ui::api_keys::list(&here.shell(), &view)))
        }
        Err(error) => Err(error.into()),
    }
}

#[handler]
async fn revoke(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = here.id::<ApiKeyId>(&id)?;
    here.deed(move |app, ctx| api_keys::revoke(app, ctx, id)).await?;
    Ok(here.go_with_notice("/api-keys", "api-key-revoked"))
}

fn view_of(app: &App, ctx: &Ctx, draft: ApiKeyDraft, errors: FieldErrors) -> Result<ApiKeysPage, Error> {
    let keys = api_keys::list(app, ctx)?;
    let users = users::list(app, ctx)?;
    let names: BTreeMap<UserId, &str> = users.iter().map(|user| (user.id(), user.name.as_str())).collect();
    let frame = app.frame();
    let active = users.iter().filter(|user| user.active);
    Ok(ApiKeysPage {
        keys: keys.into_iter().map(|key| row_of(key, &names, &frame, ctx.language)).collect(),
        roles: role_choices(&frame, ctx.language),
        name: draft.name,
        user: draft.user,
        role: draft.role,
        user_choices: active.map(|user| Choice::new(user.id().to_string(), &user.name)).collect(),
        errors,
    })
}

/// The roles that are offered, with what they are for.
pub(super) fn role_choices(frame: &Frame, language: Language) -> Vec<Choice> {
    let choice = |role: &Configured<Role>| {
        let choice = Choice::new(&role.key, role.label().get(language));
        match role.piece.help.get(language) {
            "" => choice,
            help => choice.hint(help),
        }
    };
    frame.roles.current().map(choice).collect()
}

fn row_of(key: ApiKey, names: &BTreeMap<UserId, &str>, frame: &Frame, language: Language) -> ApiKeyRow {
    ApiKeyRow {
        id: key.id().to_string(),
        user: names.get(&key.user).copied().unwrap_or_default().to_owned(),
        created_at: key.meta.created_at,
        name: key.name,
        prefix: key.prefix,
        role: frame.role_label(&key.role, language),
        revoked_at: key.revoked_at,
    }
}
