//! Keys for other systems. The secret is shown once.

use crate::error::none_of;
use crate::users::check_name;
use crate::{App, Caller, Ctx, Error, permissions, sessions};
use model::uuid::Uuid;
use model::{Action, ApiKey, ApiKeyId, FieldErrors, IndexKey, Kind, Meta, RoleKey, User};

/// More keys than systems is a sign of trouble.
pub const API_KEYS_MAX: usize = 200;
/// Tells our keys apart in other people's configuration files and in scanners for leaked secrets.
const SECRET_PREFIX: &str = "tracte_";
/// How much of the secret is shown in the list.
const SHOWN_CHARACTERS: usize = 12;

/// What the form holds, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ApiKeyDraft {
    pub name: String,
    pub user: String,
    pub role: String,
}

/// Whose key this is; nobody's if it is unknown or revoked, or its user is not active any more.
pub fn authenticate(app: &App, _ctx: &Ctx, secret: &str) -> Result<Option<Caller>, Error> {
    let hash = sessions::hash_secret(secret);
    let Some(id) = app.store.find(&IndexKey::unique(Kind::ApiKey, "secret", &hash))? else {
        return Ok(None);
    };
    let key = app.store.get::<ApiKey>(id)?.filter(|key| key.revoked_at.is_none());
    let Some(key) = key else {
        return Ok(None);
    };
    let user = app.store.get::<User>(key.user.0)?.filter(|user| user.active);
    user.map(|user| permissions::caller_with_key(app, user, &key)).transpose()
}

pub fn list(app: &App, ctx: &Ctx) -> Result<Vec<ApiKey>, Error> {
    permissions::require_all(ctx, Kind::ApiKey, Action::See)?;
    let mut keys: Vec<ApiKey> = app.store.newest_members(Uuid::nil(), API_KEYS_MAX)?;
    keys.sort_by_key(|key| std::cmp::Reverse(key.meta.created_at));
    Ok(keys)
}

/// A new key and its secret.
pub fn create(app: &App, ctx: &Ctx, draft: &ApiKeyDraft) -> Result<(ApiKey, String), Error> {
    permissions::require_all(ctx, Kind::ApiKey, Action::Create)?;
    let mut errors = FieldErrors::default();
    check_name("name", &draft.name, &mut errors);
    let user = match draft.user.parse::<model::UserId>() {
        Ok(id) => app.store.get::<User>(id.0)?.filter(|user| user.active),
        Err(_) => None,
    };
    let role =
        app.frame().roles.current().find(|role| role.key == draft.role).map(|_| RoleKey::new(&draft.role));
    match (&user, &role) {
        (None, _) => errors.add("user", "choice", &draft.user),
        (_, None) => errors.add("role", "choice", &draft.role),
        (Some(user), Some(role)) if !is_within(app, role, &user.role) => {
            errors.add("role", "role-above-user", user.name.clone());
        }
        // The secret is shown to the caller.
        (_, Some(role)) if !permissions::may_give(app, ctx, role) => errors.add("role", "role-above-own", ""),
        _ => {}
    }
    let (Some(user), Some(role)) = (user, role) else {
        return Err(Error::Invalid(errors));
    };
    none_of(errors)?;
    let secret = format!("{SECRET_PREFIX}{}", ctx.new_secret());
    let key = ApiKey {
        meta: Meta::new(ctx.new_id(), ctx.at, ctx.actor()),
        name: draft.name.trim().to_owned(),
        prefix: secret.chars().take(SHOWN_CHARACTERS).collect(),
        secret_sha256: sessions::hash_secret(&secret),
        user: user.id(),
        role,
        revoked_at: None,
    };
    let mut write = ctx.write();
    write.create(key.clone());
    app.commit(write)?;
    Ok((key, secret))
}

fn is_within(app: &App, role: &RoleKey, of_user: &RoleKey) -> bool {
    permissions::role_of(app, role).is_within(&permissions::role_of(app, of_user))
}

/// Ends a key. Doing it twice is no error.
pub fn revoke(app: &App, ctx: &Ctx, id: ApiKeyId) -> Result<(), Error> {
    permissions::require_all(ctx, Kind::ApiKey, Action::Change)?;
    let before = app.store.get::<ApiKey>(id.0)?.ok_or(Error::NotFound)?;
    if before.revoked_at.is_some() {
        return Ok(());
    }
    let after = ApiKey { revoked_at: Some(ctx.at), ..before.clone() };
    let mut write = ctx.write();
    write.update(&before, after);
    app.commit(write).map(|_| ())
}
