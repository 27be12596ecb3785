//! Signing in and out. The cookie holds a secret, the store its hash.

use crate::ctx::hex;
use crate::{App, Caller, Ctx, Error, permissions, second_factor};
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use model::jiff::{SignedDuration, Timestamp};
use model::{IndexKey, Kind, Meta, Session, SessionId, User, UserId, Via};
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

/// A browser that is used stays signed in; after this long everybody signs in again.
pub const SESSION_DAYS: i64 = 30;
/// A day's work: whoever leaves the company loses their account at the provider, and with it this door.
pub const PROVIDER_SESSION_HOURS: i64 = 12;
/// Long enough that length alone protects; NIST SP 800-63B asks for at least 8, we ask for more.
pub const PASSWORD_CHARACTERS_MIN: usize = 10;
/// Argon2 works on whole passwords; nobody types more.
pub const PASSWORD_CHARACTERS_MAX: usize = 200;
/// Browsers say much of themselves; the beginning tells them apart.
const AGENT_CHARACTERS_MAX: usize = 200;
/// How exactly it is known when a session was last used: each time is a write.
const SEEN_EVERY: SignedDuration = SignedDuration::from_hours(1);
/// Old sessions of a user that are cleaned up at a sign-in.
const SESSIONS_A_USER_MAX: usize = 100;

/// A fresh session: the secret goes into the cookie and is kept nowhere else.
#[derive(Debug)]
pub struct SignedIn {
    pub secret: String,
    pub user: User,
    pub expires_at: Timestamp,
    /// A code of the second factor is still to come: see [`second_factor::enter`].
    pub awaits_code: bool,
}

/// Who gave the password fetches the phone.
const CODE_MINUTES: i64 = 10;

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
    let hash = user.as_ref().map_or("", |user| user.password_hash.as_str());
    // Who is invited and has no password yet is nobody here.
    let right =
        is_password(if hash.is_empty() { NOBODY.as_str() } else { hash }, password) && !hash.is_empty();
    let Some(user) = user.filter(|_| right) else {
        return Err(Error::Unauthenticated);
    };
    begin_or_ask(app, ctx, user)
}

/// A session for somebody who gave their password or opened their link; where they have a second factor, one that
/// waits for its code.
pub(crate) fn begin_or_ask(app: &App, ctx: &Ctx, user: User) -> Result<SignedIn, Error> {
    match second_factor::is_on(app, user.id())? {
        true => begin_for(app, ctx, user, Proof { awaits_code: true, by_provider: false }),
        false => begin(app, ctx, user),
    }
}

/// A session for somebody who has proved who they are.
pub fn begin(app: &App, ctx: &Ctx, user: User) -> Result<SignedIn, Error> {
    begin_for(app, ctx, user, Proof { awaits_code: false, by_provider: false })
}

/// The same for somebody whom the identity provider named.
pub(crate) fn begin_with_provider(app: &App, ctx: &Ctx, user: User) -> Result<SignedIn, Error> {
    begin_for(app, ctx, user, Proof { awaits_code: false, by_provider: true })
}

/// The same where their second factor counts besides.
pub(crate) fn begin_with_provider_or_ask(app: &App, ctx: &Ctx, user: User) -> Result<SignedIn, Error> {
    let awaits_code = second_factor::is_on(app, user.id())?;
    begin_for(app, ctx, user, Proof { awaits_code, by_provider: true })
}

/// How far somebody has shown who they are.
#[derive(Clone, Copy)]
struct Proof {
    awaits_code: bool,
    by_provider: bool,
}

impl Proof {
    fn lasts(self) -> SignedDuration {
        match self {
            Proof { awaits_code: true, .. } => SignedDuration::from_mins(CODE_MINUTES),
            Proof { by_provider: true, .. } => SignedDuration::from_hours(PROVIDER_SESSION_HOURS),
            _ => SignedDuration::from_hours(24 * SESSION_DAYS),
        }
    }
}

fn begin_for(app: &App, ctx: &Ctx, user: User, proof: Proof) -> Result<SignedIn, Error> {
    let Proof { awaits_code, by_provider } = proof;
    clean_up(app, ctx, user.id())?;
    let secret = ctx.new_secret();
    let expires_at = ctx.at + proof.lasts();
    let actor = model::Actor { user: Some(user.id()), via: Via::Page };
    let session = Session {
        meta: Meta::new(ctx.new_id(), ctx.at, actor),
        secret_sha256: hash_secret(&secret),
        user: user.id(),
        expires_at,
        agent: ctx.agent.chars().take(AGENT_CHARACTERS_MAX).collect(),
        address: ctx.client,
        seen_at: None,
        awaits_code,
        by_provider,
        tries: 0,
    };
    let mut write = ctx.write();
    write.create(session);
    app.commit(write)?;
    Ok(SignedIn { secret, user, expires_at, awaits_code })
}

/// The session with this secret that waits for a code.
pub(crate) fn awaiting(app: &App, ctx: &Ctx, secret: &str) -> Result<Option<Session>, Error> {
    Ok(find(app, secret)?.filter(|session| session.awaits_code && session.expires_at > ctx.at))
}

/// Who holds this cookie; nobody if it is unknown, expired, or the user is not active any more.
pub fn authenticate(app: &App, ctx: &Ctx, secret: &str) -> Result<Option<Caller>, Error> {
    let Some(session) = find(app, secret)? else {
        return Ok(None);
    };
    if session.expires_at <= ctx.at || session.awaits_code {
        return Ok(None);
    }
    let seen = session.seen_at.unwrap_or(session.meta.created_at);
    if ctx.at.duration_since(seen) >= SEEN_EVERY {
        let mut write = ctx.write();
        write.update(&session, Session { seen_at: Some(ctx.at), ..session.clone() });
        // Another request of the same browser may have been quicker, or it was just ended: both are read again.
        match app.commit(write) {
            Ok(_) | Err(Error::Conflict(_) | Error::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    let user = app.store.get::<User>(session.user.0)?.filter(|user| user.active);
    let caller = user.map(|user| permissions::caller(app, user)).transpose()?;
    Ok(caller.map(|caller| Caller { by_provider: session.by_provider, ..caller }))
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
    end_but(app, ctx, user, None)
}

/// However many there are; the one with this hash stays.
fn end_but(app: &App, ctx: &Ctx, user: UserId, kept: Option<&str>) -> Result<(), Error> {
    loop {
        let mut sessions: Vec<Session> = app.store.members(user.0, SESSIONS_A_USER_MAX)?;
        sessions.retain(|session| Some(session.secret_sha256.as_str()) != kept);
        if sessions.is_empty() {
            return Ok(());
        }
        delete_all(app, ctx, &sessions)?;
    }
}

/// The caller's own sessions that are good, the newest first; and which one is this (its secret is in the cookie).
pub fn own(app: &App, ctx: &Ctx, secret: &str) -> Result<Vec<(Session, bool)>, Error> {
    let id = ctx.caller()?.user.id();
    let here = hash_secret(secret);
    let mut found: Vec<Session> = app.store.newest_members(id.0, SESSIONS_A_USER_MAX)?;
    found.retain(|session| session.expires_at > ctx.at && !session.awaits_code);
    found.sort_by_key(|session| std::cmp::Reverse(session.seen_at.unwrap_or(session.meta.created_at)));
    let with_place = |session: Session| {
        let is_here = session.secret_sha256 == here;
        (session, is_here)
    };
    Ok(found.into_iter().map(with_place).collect())
}

/// Ends one of the caller's own sessions. One that is ended already is no error.
pub fn end_own(app: &App, ctx: &Ctx, id: SessionId) -> Result<(), Error> {
    let caller = ctx.caller()?.user.id();
    match app.store.get::<Session>(id.0)? {
        Some(session) if session.user == caller => delete_all(app, ctx, &[session]),
        _ => Ok(()),
    }
}

/// Ends all of the caller's sessions but the one with this secret.
pub fn end_others(app: &App, ctx: &Ctx, secret: &str) -> Result<(), Error> {
    end_but(app, ctx, ctx.caller()?.user.id(), Some(&hash_secret(secret)))
}

fn clean_up(app: &App, ctx: &Ctx, user: UserId) -> Result<(), Error> {
    let mut sessions: Vec<Session> = app.store.members(user.0, SESSIONS_A_USER_MAX)?;
    // With as many as somebody may have, the oldest makes room.
    let oldest =
        sessions.first().filter(|_| sessions.len() == SESSIONS_A_USER_MAX).map(|session| session.meta.id);
    sessions.retain(|session| session.expires_at <= ctx.at || Some(session.meta.id) == oldest);
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
