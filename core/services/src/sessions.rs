//! Signing in and out. The cookie holds a secret, the store its hash.

use crate::ctx::hex;
use crate::{App, Caller, Ctx, Error, permissions};
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use model::jiff::{SignedDuration, Timestamp};
use model::{IndexKey, Kind, Meta, Session, User, UserId, Via};
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

/// A browser that is used stays signed in; after this long everybody signs in again.
pub const SESSION_DAYS: i64 = 30;
/// Long enough that length alone protects; NIST SP 800-63B asks for at least 8, we ask for more.
pub const PASSWORD_CHARACTERS_MIN: usize = 10;
/// Argon2 works on whole passwords; nobody types more.
pub const PASSWORD_CHARACTERS_MAX: usize = 200;
/// Old sessions of a user that are cleaned up at a sign-in.
const SESSIONS_A_USER_MAX: usize = 100;

/// A fresh session: the secret goes into the cookie and is kept nowhere else.
#[derive(Debug)]
pub struct SignedIn {
    pub secret: String,
    pub user: User,
    pub expires_at: Timestamp,
}

/// Signs in, or says «unauthenticated» without saying which of the two was wrong. Slow on purpose.
pub fn sign_in(app: &App, ctx: &Ctx, email: &str, password: &str) -> Result<SignedIn, Error> {
    let email = model::normalize_email(email).unwrap_or_default();
    let id = app.store.find(&IndexKey::unique(Kind::User, "email", &email))?;
    let user = match id {
        Some(id) => app.store.get::<User>(id)?,
        None => None,
    };
    let user = user.filter(|user| user.active);
    // The same work whether the address is known or not.
    let hash = user.as_ref().map_or(NOBODY.as_str(), |user| user.password_hash.as_str());
    let right = is_password(hash, password);
    let Some(user) = user.filter(|_| right) else {
        return Err(Error::Unauthenticated);
    };
    clean_up(app, ctx, user.id())?;
    begin(app, ctx, user)
}

/// A session for somebody who has proved who they are.
pub fn begin(app: &App, ctx: &Ctx, user: User) -> Result<SignedIn, Error> {
    let secret = ctx.new_secret();
    let expires_at = ctx.at + SignedDuration::from_hours(24 * SESSION_DAYS);
    let actor = model::Actor { user: Some(user.id()), via: Via::Page };
    let session = Session {
        meta: Meta::new(ctx.new_id(), ctx.at, actor),
        secret_sha256: hash_secret(&secret),
        user: user.id(),
        expires_at,
    };
    let mut write = ctx.write();
    write.create(session);
    app.commit(write)?;
    Ok(SignedIn { secret, user, expires_at })
}

/// Who holds this cookie; nobody if it is unknown, expired, or the user is not active any more.
pub fn authenticate(app: &App, ctx: &Ctx, secret: &str) -> Result<Option<Caller>, Error> {
    let Some(session) = find(app, secret)? else {
        return Ok(None);
    };
    if session.expires_at <= ctx.at {
        return Ok(None);
    }
    let user = app.store.get::<User>(session.user.0)?.filter(|user| user.active);
    user.map(|user| permissions::caller(app, user)).transpose()
}

/// Ends this session. Doing it twice is no error.
pub fn sign_out(app: &App, ctx: &Ctx, secret: &str) -> Result<(), Error> {
    let Some(session) = find(app, secret)? else {
        return Ok(());
    };
    let mut write = ctx.write();
    write.delete(&session);
    match app.commit(write) {
        Ok(_) | Err(Error::Conflict(_) | Error::NotFound) => Ok(()),
        Err(error) => Err(error),
    }
}

/// Ends every session of a user: after a new password or when they leave.
pub fn end_all(app: &App, ctx: &Ctx, user: UserId) -> Result<(), Error> {
    let sessions: Vec<Session> = app.store.members(user.0, SESSIONS_A_USER_MAX)?;
    delete_all(app, ctx, &sessions)
}

fn clean_up(app: &App, ctx: &Ctx, user: UserId) -> Result<(), Error> {
    let mut sessions: Vec<Session> = app.store.members(user.0, SESSIONS_A_USER_MAX)?;
    sessions.retain(|session| session.expires_at <= ctx.at);
    delete_all(app, ctx, &sessions)
}

fn delete_all(app: &App, ctx: &Ctx, sessions: &[Session]) -> Result<(), Error> {
    if sessions.is_empty() {
        return Ok(());
    }
    let mut write = ctx.write();
    for session in sessions {
        write.delete(session);
    }
    match app.commit(write) {
        // Another sign-in cleaned up at the same time.
        Ok(_) | Err(Error::Conflict(_) | Error::NotFound) => Ok(()),
        Err(error) => Err(error),
    }
}

fn find(app: &App, secret: &str) -> Result<Option<Session>, Error> {
    let key = IndexKey::unique(Kind::Session, "secret", &hash_secret(secret));
    match app.store.find(&key)? {
        Some(id) => Ok(app.store.get::<Session>(id)?),
        None => Ok(None),
    }
}

/// Secrets are 256 random bits: a plain hash protects them as well as a slow one.
pub(crate) fn hash_secret(secret: &str) -> String {
    hex(&Sha256::digest(secret.as_bytes()))
}

/// Argon2id with the crate's defaults, which are OWASP's second recommendation (19 MiB, two passes).
pub(crate) fn hash_password(ctx: &Ctx, password: &str) -> Result<String, Error> {
    let mut salt = [0; 16];
    ctx.fill(&mut salt);
    Argon2::default()
        .hash_password_with_salt(password.as_bytes(), &salt)
        .map(|hash| hash.to_string())
        .map_err(Error::internal)
}

fn is_password(hash: &str, password: &str) -> bool {
    Argon2::default().verify_password(password.as_bytes(), hash).is_ok()
}

pub(crate) fn check_password(field: &str, password: &str, errors: &mut model::FieldErrors) {
    let characters = password.chars().count();
    if characters < PASSWORD_CHARACTERS_MIN {
        errors.add(field, "password-short", PASSWORD_CHARACTERS_MIN.to_string());
    } else if characters > PASSWORD_CHARACTERS_MAX {
        errors.add(field, "too-long", PASSWORD_CHARACTERS_MAX.to_string());
    }
}

/// The hash of nobody's password, so that unknown addresses take as long as known ones.
static NOBODY: LazyLock<String> = LazyLock::new(|| {
    Argon2::default()
        .hash_password_with_salt(b"nobody has this password", b"nobody's salt 16")
        .map(|hash| hash.to_string())
        .unwrap_or_default()
});

/// Whether this is the user's password, for changing it.
pub(crate) fn knows_password(user: &User, password: &str) -> bool {
    is_password(&user.password_hash, password)
}
