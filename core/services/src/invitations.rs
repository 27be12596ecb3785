//! Links with which somebody chooses a password: an invitation, or a new one for who forgot theirs. The administrator
//! sends it, or a letter brings it; it is good for once.

use crate::error::none_of;
use crate::sessions::{self, SignedIn, check_password, hash_password, hash_secret};
use crate::users::{self, UserDraft};
use crate::{App, Ctx, Error, mail_settings, outbox, permissions};
use model::jiff::{SignedDuration, Timestamp};
use model::{
    Action, Actor, FieldErrors, IndexKey, Kind, Letter, LetterAbout, Meta, SignInLink, User, UserId, Via,
};

/// Long enough for a holiday weekend, short enough that a forgotten mail is worth nothing.
pub const LINK_DAYS: i64 = 7;
/// Who asks for it waits for it; a mailbox that somebody reads tomorrow holds nothing that is still good.
pub const RESET_HOURS: i64 = 2;
/// Who asks again in between has the letter already, or is somebody who wants to fill a mailbox.
const RESET_EVERY: SignedDuration = SignedDuration::from_mins(5);
/// Links of one person that are looked at when another is made; each takes the place of those before.
const LINKS_A_USER_MAX: usize = 500;

/// A fresh link: its secret is shown once and kept nowhere.
#[derive(Debug)]
pub struct Link {
    pub secret: String,
    pub user: User,
    pub expires_at: Timestamp,
    /// A letter with a link of its own is on its way to them.
    pub is_mailed: bool,
}

/// Somebody new without a password, and the link with which they choose one.
pub fn invite(app: &App, ctx: &Ctx, draft: &UserDraft) -> Result<Link, Error> {
    let user = users::create(app, ctx, draft)?;
    issue(app, ctx, user.id())
}

/// Another link for somebody: theirs from before are worth nothing any more.
pub fn issue(app: &App, ctx: &Ctx, id: UserId) -> Result<Link, Error> {
    permissions::require_all(ctx, Kind::User, Action::Change)?;
    let user = app.store.get::<User>(id.0)?.ok_or(Error::NotFound)?;
    if !permissions::may_give(app, ctx, &user.role) {
        return Err(Error::Denied);
    }
    if !user.active {
        return Err(Error::invalid("", "user-inactive", &user.name));
    }
    let secret = ctx.new_secret();
    let expires_at = ctx.at + SignedDuration::from_hours(24 * LINK_DAYS);
    let link = SignInLink {
        meta: Meta::new(ctx.new_id(), ctx.at, ctx.actor()),
        secret_sha256: hash_secret(&secret),
        user: id,
        expires_at,
        letter: None,
    };
    let mut write = ctx.write();
    delete_links(app, &mut write, id)?;
    write.create(link);
    let about = if user.is_invited() { LetterAbout::Invitation } else { LetterAbout::NewLink };
    let is_mailed = outbox::put(app, ctx, &mut write, about, Some(id))?;
    app.commit(write)?;
    Ok(Link { secret, user, expires_at, is_mailed })
}

/// Somebody says that they have forgotten their password: if the address is somebody's, a letter with a link goes
/// there. Nothing tells whether it is, not even how long this takes.
pub fn forgot(app: &App, ctx: &Ctx, email: &str) -> Result<(), Error> {
    if !mail_settings::is_set_up(app) {
        return Err(Error::invalid("", "mail-none", ""));
    }
    let email = model::normalize_email(email).map_err(|code| Error::invalid("email", code, email.trim()))?;
    let id = app.store.find(&IndexKey::unique(Kind::User, "email", &email))?;
    let user = id.map(|id| app.store.get::<User>(id)).transpose()?.flatten().filter(|user| user.active);
    let nobody = model::uuid::Uuid::from_u128(0);
    let letters: Vec<Letter> =
        app.store.newest_members(user.as_ref().map_or(nobody, |user| user.meta.id), LINKS_A_USER_MAX)?;
    let is_recent = |letter: &Letter| {
        letter.about == LetterAbout::PasswordReset && letter.meta.created_at + RESET_EVERY > ctx.at
    };
    let to = user.filter(|_| !letters.iter().any(is_recent)).map(|user| user.id());
    let mut write = ctx.write();
    outbox::put(app, ctx, &mut write, LetterAbout::PasswordReset, to)?;
    app.commit(write).map(|_| ())
}

/// The link of a letter that is about to go, in the place of that of an earlier attempt. Links that were copied from a
/// page stay good.
pub(crate) fn link_for(
    app: &App,
    ctx: &Ctx,
    letter: &Letter,
    user: &User,
) -> Result<(String, Timestamp), Error> {
    let hours = match letter.about {
        LetterAbout::PasswordReset => RESET_HOURS,
        _ => 24 * LINK_DAYS,
    };
    let (secret, expires_at) = (ctx.new_secret(), ctx.at + SignedDuration::from_hours(hours));
    let mut write = ctx.write();
    for former in app.store.members::<SignInLink>(user.meta.id, LINKS_A_USER_MAX)? {
        if former.letter == Some(letter.id()) || former.expires_at <= ctx.at {
            write.delete(&former);
        }
    }
    write.create(SignInLink {
        meta: Meta::new(ctx.new_id(), ctx.at, Actor::SYSTEM),
        secret_sha256: hash_secret(&secret),
        user: user.id(),
        expires_at,
        letter: Some(letter.id()),
    });
    app.commit(write)?;
    Ok((secret, expires_at))
}

/// Whose link this is; nobody's if it is unknown, was used, is too old, or they have left.
pub fn whose(app: &App, ctx: &Ctx, secret: &str) -> Result<Option<User>, Error> {
    let Some(link) = find(app, ctx, secret)? else {
        return Ok(None);
    };
    Ok(app.store.get::<User>(link.user.0)?.filter(|user| user.active))
}

/// Takes the password and signs in; all their sessions from before end. «Not found» where the link is worth nothing.
pub fn accept(app: &App, ctx: &Ctx, secret: &str, password: &str) -> Result<SignedIn, Error> {
    let link = find(app, ctx, secret)?.ok_or(Error::NotFound)?;
    let before = app.store.get::<User>(link.user.0)?.filter(|user| user.active).ok_or(Error::NotFound)?;
    let mut errors = FieldErrors::default();
    check_password("new_password", password, &mut errors);
    none_of(errors)?;
    let theirs = Actor { user: Some(before.id()), via: Via::Page };
    let mut write = store::Write::new(ctx.at, theirs, &ctx.request).from_address(ctx.client);
    let after = User { password_hash: hash_password(ctx, password)?, ..before.clone() };
    write.update(&before, after.clone());
    // Used once: whoever comes second, also with a link from another letter, finds that it is gone.
    write.assert_version(&link);
    delete_links(app, &mut write, before.id())?;
    app.commit(write)?;
    sessions::end_all(app, ctx, before.id())?;
    sessions::begin_or_ask(app, ctx, after)
}

/// None of somebody's links is good any more: they have another password or address, or have left.
pub(crate) fn delete_links(app: &App, write: &mut store::Write, user: UserId) -> Result<(), Error> {
    for link in app.store.members::<SignInLink>(user.0, LINKS_A_USER_MAX)? {
        write.delete(&link);
    }
    Ok(())
}

fn find(app: &App, ctx: &Ctx, secret: &str) -> Result<Option<SignInLink>, Error> {
    let key = IndexKey::unique(Kind::SignInLink, "secret", &hash_secret(secret));
    let Some(id) = app.store.find(&key)? else {
        return Ok(None);
    };
    Ok(app.store.get::<SignInLink>(id)?.filter(|link| link.expires_at > ctx.at))
}
