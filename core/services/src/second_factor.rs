//! The second factor: setting it up, asking for its code when somebody signs in, and taking it away.
//!
//! Codes are those of RFC 6238 with what every app understands: SHA-1, six digits, thirty seconds, one step of
//! tolerance either way. A code is taken once. Ten wrong ones in a row and nobody can try for a quarter of an hour.

use crate::error::none_of;
use crate::mail_settings::{delete_credential, put_credential};
use crate::sessions::{self, SignedIn, hash_secret};
use crate::{App, Caller, Ctx, Error, permissions, provider_sign_in, settings};
use model::jiff::{SignedDuration, Timestamp};
use model::{
    Action, Credential, FieldErrors, Kind, Meta, SecondFactor, SecondFactorRule, Session, Settings, User,
    UserId,
};
use std::cell::Cell;
use totp_rs::{Builder, Secret, Totp};

/// RFC 4226 asks for at least 128 bits and recommends 160.
const SECRET_BYTES: usize = 20;
pub const RECOVERY_CODES: usize = 10;
/// 80 bits: nobody guesses that, and a person can copy it from paper.
const RECOVERY_BYTES: usize = 10;
/// Wrong codes in a row, over all attempts to sign in.
pub const FAILURES_MAX: u32 = 10;
const BLOCKED: SignedDuration = SignedDuration::from_mins(15);
/// Wrong codes in one attempt to sign in: then the password is asked for again.
const TRIES_MAX: u32 = 5;

/// What the page of the second factor shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    Off,
    /// It was begun, and waits for a first code.
    Begun {
        secret: String,
        address: String,
    },
    On {
        recovery_left: usize,
    },
}

/// Whether a code is asked for when this person signs in.
pub fn is_on(app: &App, user: UserId) -> Result<bool, Error> {
    Ok(factor(app, user)?.is_some_and(|factor| factor.is_on))
}

/// Whether the company asks this person for one and they have none.
pub fn is_missing(app: &App, caller: &Caller) -> Result<bool, Error> {
    let rule = rule(app);
    let is_asked_for = match rule {
        SecondFactorRule::Nobody => false,
        SecondFactorRule::Administrators => caller.is_administrator,
        SecondFactorRule::Everybody => true,
    };
    // The provider has asked for its own.
    let has_another = caller.by_provider && provider_sign_in::stands_for_second_factor(app);
    Ok(is_asked_for && !has_another && !is_on(app, caller.user.id())?)
}

/// Who has to have one.
pub fn rule(app: &App) -> SecondFactorRule {
    app.frame().settings.as_ref().map(|settings| settings.second_factor).unwrap_or_default()
}

/// Says who has to have one; for administrators.
pub fn set_rule(app: &App, ctx: &Ctx, version: u64, typed: &str) -> Result<(), Error> {
    permissions::require_administrator(ctx)?;
    let rule = SecondFactorRule::from_code(typed);
    let rule = rule.ok_or_else(|| Error::invalid("second_factor", "choice", typed))?;
    let before = settings::get(app, ctx)?;
    let after = Settings { second_factor: rule, ..before.clone() };
    settings::save(app, ctx, version, &before, after).map(|_| ())
}

/// The caller's own.
pub fn status(app: &App, ctx: &Ctx) -> Result<Status, Error> {
    let user = &ctx.caller()?.user;
    let (Some(factor), Some(credential)) = (factor(app, user.id())?, credential(app, user.id())?) else {
        return Ok(Status::Off);
    };
    if factor.is_on {
        return Ok(Status::On { recovery_left: factor.recovery_sha256.len() });
    }
    let company = settings::get(app, ctx)?.company_name;
    let address = address(&company, &user.email, &credential.secret);
    Ok(Status::Begun { secret: credential.secret, address })
}

/// A fresh secret for the caller, to be confirmed with a code. One that is on stays as it is.
pub fn begin(app: &App, ctx: &Ctx) -> Result<(), Error> {
    let id = ctx.caller()?.user.id();
    let before = factor(app, id)?;
    if before.as_ref().is_some_and(|factor| factor.is_on) {
        return Ok(());
    }
    let mut bytes = [0; SECRET_BYTES];
    ctx.fill(&mut bytes);
    let mut write = ctx.write();
    put_credential(app, ctx, &mut write, id.0, &Secret::from(bytes).to_base32())?;
    let fresh = SecondFactor {
        meta: Meta::new(id.0, ctx.at, ctx.actor()),
        is_on: false,
        last_step: 0,
        recovery_sha256: Vec::new(),
        failures: 0,
        blocked_until: None,
    };
    match before {
        Some(before) => write.update(&before, SecondFactor { meta: before.meta.clone(), ..fresh }),
        None => write.create(fresh),
    }
    app.commit(write).map(|_| ())
}

/// Switches it on with a first code. Gives back the codes that stand in for the app: they are kept as hashes alone.
pub fn confirm(app: &App, ctx: &Ctx, code: &str) -> Result<Vec<String>, Error> {
    let id = ctx.caller()?.user.id();
    let before = factor(app, id)?.filter(|factor| !factor.is_on).ok_or(Error::NotFound)?;
    let credential = credential(app, id)?.ok_or(Error::NotFound)?;
    let user = app.store.get::<User>(id.0)?.ok_or(Error::NotFound)?;
    let step = step_of(&credential, code, ctx.at)?.ok_or_else(|| Error::invalid("code", "code-wrong", ""))?;
    let codes: Vec<String> = (0..RECOVERY_CODES).map(|_| recovery_code(ctx)).collect();
    let after = SecondFactor {
        is_on: true,
        last_step: step,
        recovery_sha256: codes.iter().map(|code| hash_secret(&plain(code))).collect(),
        ..before.clone()
    };
    let mut write = ctx.write();
    write.update(&before, after);
    write.update(&user, User { second_factor_at: Some(ctx.at), ..user.clone() });
    app.commit(write)?;
    Ok(codes)
}

/// The caller does without it from now on; they show that it is them with their password. Slow on purpose.
pub fn switch_off(app: &App, ctx: &Ctx, password: &str) -> Result<(), Error> {
    let id = ctx.caller()?.user.id();
    let user = app.store.get::<User>(id.0)?.ok_or(Error::NotFound)?;
    let mut errors = FieldErrors::default();
    if !sessions::knows_password(&user, password) {
        errors.add("password", "password-wrong", "");
    }
    none_of(errors)?;
    take(app, ctx, &user)
}

/// Somebody lost app and codes: an administrator takes it away. All their sessions end.
pub fn remove(app: &App, ctx: &Ctx, id: UserId) -> Result<(), Error> {
    permissions::require_all(ctx, Kind::User, Action::Change)?;
    let user = app.store.get::<User>(id.0)?.ok_or(Error::NotFound)?;
    if !permissions::may_give(app, ctx, &user.role) {
        return Err(Error::Denied);
    }
    take(app, ctx, &user)?;
    sessions::end_all(app, ctx, id)
}

fn take(app: &App, ctx: &Ctx, user: &User) -> Result<(), Error> {
    let mut write = ctx.write();
    if let Some(factor) = factor(app, user.id())? {
        write.delete(&factor);
    }
    delete_credential(app, &mut write, user.meta.id)?;
    write.update(user, User { second_factor_at: None, ..user.clone() });
    if write.is_empty() { Ok(()) } else { app.commit(write).map(|_| ()) }
}

/// Whose code is asked for by a session that waits for one.
pub fn whose(app: &App, ctx: &Ctx, secret: &str) -> Result<Option<UserId>, Error> {
    Ok(sessions::awaiting(app, ctx, secret)?.map(|session| session.user))
}

/// Signs in somebody who gave their password and now a code: from the app, or one of those that stand in for it.
/// «Unauthenticated» where the password has to be given again.
pub fn enter(app: &App, ctx: &Ctx, secret: &str, code: &str) -> Result<SignedIn, Error> {
    let session = sessions::awaiting(app, ctx, secret)?.ok_or(Error::Unauthenticated)?;
    let user = app.store.get::<User>(session.user.0)?.filter(|user| user.active);
    let user = user.ok_or(Error::Unauthenticated)?;
    let credential = credential(app, user.id())?.ok_or(Error::Unauthenticated)?;
    // Counted before it is looked at: codes that come at the same moment are as many attempts as codes.
    count(app, ctx, user.id())?;
    let tried = app.settle(ctx, session.meta.id, |session: &mut Session| session.tries += 1)?;
    if tried.ok_or(Error::Unauthenticated)?.tries > TRIES_MAX {
        return Err(Error::Unauthenticated);
    }
    for _ in 0..TURNS_MAX {
        let session = sessions::awaiting(app, ctx, secret)?.ok_or(Error::Unauthenticated)?;
        let factor = factor(app, user.id())?.ok_or(Error::Unauthenticated)?;
        let Some(after) = used(&factor, &credential, code, ctx.at)? else {
            return refuse(app, ctx, &session);
        };
        let mut write = ctx.write();
        write.update(&factor, SecondFactor { failures: 0, blocked_until: None, ..after });
        write.delete(&session);
        match app.commit(write) {
            Ok(_) if session.by_provider => return sessions::begin_with_provider(app, ctx, user),
            Ok(_) => return sessions::begin(app, ctx, user),
            // Another code at the same moment: whether this one was used by it is seen in the next turn.
            Err(Error::Conflict(_) | Error::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    Err(Error::Busy { retry_after_s: 1 })
}

/// Others who try at the same moment get in between.
const TURNS_MAX: usize = 5;

/// Counts an attempt over all sessions; refused while nobody can try. The one that reaches the limit is still looked at.
fn count(app: &App, ctx: &Ctx, user: UserId) -> Result<(), Error> {
    let blocked = Cell::new(None);
    let counted = app.settle(ctx, user.0, |factor: &mut SecondFactor| {
        blocked.set(factor.blocked_until.filter(|until| *until > ctx.at));
        if blocked.get().is_some() {
            return;
        }
        factor.failures += 1;
        factor.blocked_until = None;
        if factor.failures >= FAILURES_MAX {
            factor.failures = 0;
            factor.blocked_until = Some(ctx.at + BLOCKED);
        }
    })?;
    counted.ok_or(Error::Unauthenticated)?;
    match blocked.get() {
        Some(until) => {
            let minutes = until.duration_since(ctx.at).as_mins() + 1;
            Err(Error::invalid("code", "code-blocked", minutes.to_string()))
        }
        None => Ok(()),
    }
}

/// The factor once this code was used; nothing where it is wrong or was used before.
fn used(
    factor: &SecondFactor,
    credential: &Credential,
    code: &str,
    at: Timestamp,
) -> Result<Option<SecondFactor>, Error> {
    if let Some(step) = step_of(credential, code, at)?.filter(|step| *step > factor.last_step) {
        return Ok(Some(SecondFactor { last_step: step, ..factor.clone() }));
    }
    let hash = hash_secret(&plain(code));
    Ok(factor.recovery_sha256.iter().position(|kept| *kept == hash).map(|place| {
        let mut after = factor.clone();
        after.recovery_sha256.remove(place);
        after
    }))
}

/// A wrong code: the last one of a session ends it.
fn refuse(app: &App, ctx: &Ctx, session: &Session) -> Result<SignedIn, Error> {
    if session.tries < TRIES_MAX {
        return Err(Error::invalid("code", "code-wrong", ""));
    }
    let mut write = ctx.write();
    write.delete(session);
    match app.commit(write) {
        Ok(_) | Err(Error::Conflict(_) | Error::NotFound) => Err(Error::Unauthenticated),
        Err(error) => Err(error),
    }
}

fn factor(app: &App, user: UserId) -> Result<Option<SecondFactor>, Error> {
    Ok(app.store.get::<SecondFactor>(user.0)?)
}

fn credential(app: &App, user: UserId) -> Result<Option<Credential>, Error> {
    Ok(app.store.get::<Credential>(user.0)?)
}

/// The step of a code that is right at this time.
fn step_of(credential: &Credential, code: &str, at: Timestamp) -> Result<Option<u64>, Error> {
    let seconds = u64::try_from(at.as_second()).unwrap_or_default();
    Ok(totp(&credential.secret)?.check(&plain(code), seconds))
}

fn totp(secret: &str) -> Result<Totp, Error> {
    let secret =
        Secret::try_from_base32(secret).map_err(|_| Error::internal("a secret that is not base 32"))?;
    Builder::new().with_secret(secret).build().map_err(Error::internal)
}

/// What the app would show at this time: for tests, which have no app.
pub fn code_at(secret: &str, at: Timestamp) -> Result<String, Error> {
    let seconds = u64::try_from(at.as_second()).unwrap_or_default();
    Ok(totp(secret)?.generate(seconds).to_string())
}

/// What is typed without what makes it legible.
fn plain(code: &str) -> String {
    code.chars()
        .filter(|character| !character.is_whitespace() && *character != '-')
        .flat_map(char::to_lowercase)
        .collect()
}

/// Groups of five letters and digits that cannot be taken for each other (base 32).
fn recovery_code(ctx: &Ctx) -> String {
    let mut bytes = [0; RECOVERY_BYTES];
    ctx.fill(&mut bytes);
    let text = Secret::from(bytes).to_base32().to_lowercase();
    let characters: Vec<char> = text.chars().filter(|character| *character != '=').collect();
    characters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// What apps read from the QR code. Source: the key URI format of Google Authenticator, which all of them take.
fn address(company: &str, email: &str, secret: &str) -> String {
    let (company, email) = (escaped(company), escaped(email));
    format!("otpauth://totp/{company}:{email}?secret={secret}&issuer={company}")
}

/// RFC 3986: everything but letters, digits and four signs.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                escaped.push(char::from(byte))
            }
            other => escaped.push_str(&format!("%{other:02X}")),
        }
    }
    escaped
}
