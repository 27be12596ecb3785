//! The company's mail server: its settings, its password, and a letter to see whether it works. Administrators only:
//! who decides where letters go could read the links with which others choose their passwords.

use crate::error::none_of;
use crate::outbox::{Facts, Words};
use crate::settings::draft;
use crate::users::check_name;
use crate::{App, Ctx, Error, permissions, settings};
use model::{Credential, FieldErrors, MailSecurity, MailServer, Meta, Settings, normalize_email};
use std::net::IpAddr;

/// RFC 1035: no host's name is longer.
const HOST_CHARACTERS_MAX: usize = 253;
/// An address, a name, or a long key of a provider.
const USER_CHARACTERS_MAX: usize = 200;
const PASSWORD_CHARACTERS_MAX: usize = 500;
/// What RFC 6409 gives to programs that hand letters over.
pub const PORT_USUAL: u16 = 587;

draft! {
    /// What the page of the mail server sends, as typed.
    MailDraft {
        host,
        port,
        security,
        user,
        password,
        from_name,
        from_email,
        reply_to,
        link_address,
    }
}

impl MailDraft {
    /// What the form shows. A password is never shown.
    pub fn of(server: &MailServer) -> MailDraft {
        MailDraft {
            host: server.host.clone(),
            port: server.port.to_string(),
            security: server.security.as_str().to_owned(),
            user: server.user.clone(),
            password: String::new(),
            from_name: server.from_name.clone(),
            from_email: server.from_email.clone(),
            reply_to: server.reply_to.clone(),
            link_address: server.link_address.clone(),
        }
    }
}

/// How the letter to see whether it works went: what the server said, word for word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TestOutcome {
    Sent { to: String, said: String },
    Failed { to: String, code: &'static str, said: String },
}

/// Whether letters go out at all.
pub fn is_set_up(app: &App) -> bool {
    app.frame().settings.as_ref().is_some_and(|settings| settings.mail.is_some())
}

/// The version of the settings and the server, where there is one.
pub fn get(app: &App, ctx: &Ctx) -> Result<(u64, Option<MailServer>), Error> {
    permissions::require_administrator(ctx)?;
    let settings = settings::get(app, ctx)?;
    Ok((settings.meta.version, settings.mail))
}

/// Changes the server. An empty password keeps the one there is; on another host it is typed again, so that nobody can
/// have it sent somewhere else.
pub fn update(app: &App, ctx: &Ctx, version: u64, draft: &MailDraft) -> Result<MailServer, Error> {
    permissions::require_administrator(ctx)?;
    let before = settings::get(app, ctx)?;
    let mut errors = FieldErrors::default();
    let server = checked(ctx, before.mail.as_ref(), draft, &mut errors);
    none_of(errors)?;
    let after = Settings { mail: Some(server.clone()), ..before.clone() };
    if before.meta.version != version {
        return Err(app.conflict(&before, &after));
    }
    let mut write = ctx.write();
    write.update(&before, after);
    if !draft.password.is_empty() {
        put_credential(app, ctx, &mut write, Credential::MAIL, &draft.password)?;
    } else if server.password_set_at.is_none() {
        delete_credential(app, &mut write, Credential::MAIL)?;
    }
    app.commit_configuration(write)?;
    Ok(server)
}

/// Forgets the password; the server is asked without one from then on.
pub fn remove_password(app: &App, ctx: &Ctx, version: u64) -> Result<(), Error> {
    permissions::require_administrator(ctx)?;
    let before = settings::get(app, ctx)?;
    let Some(server) = before.mail.clone() else {
        return Ok(());
    };
    let server = MailServer { password_set_at: None, user: String::new(), ..server };
    let after = Settings { mail: Some(server), ..before.clone() };
    without_credential(app, ctx, version, &before, after, Credential::MAIL)
}

/// No letters go out any more; the password is forgotten too.
pub fn remove(app: &App, ctx: &Ctx, version: u64) -> Result<(), Error> {
    permissions::require_administrator(ctx)?;
    let before = settings::get(app, ctx)?;
    let after = Settings { mail: None, ..before.clone() };
    without_credential(app, ctx, version, &before, after, Credential::MAIL)
}

/// Settings that need a secret no more, and the secret goes with them.
pub(crate) fn without_credential(
    app: &App,
    ctx: &Ctx,
    version: u64,
    before: &Settings,
    after: Settings,
    id: model::uuid::Uuid,
) -> Result<(), Error> {
    if before.meta.version != version {
        return Err(app.conflict(before, &after));
    }
    let mut write = ctx.write();
    write.update(before, after);
    delete_credential(app, &mut write, id)?;
    app.commit_configuration(write).map(|_| ())
}

/// Sends a letter to the caller and says what the server said.
pub fn test(app: &App, ctx: &Ctx, words: &dyn Words) -> Result<TestOutcome, Error> {
    permissions::require_administrator(ctx)?;
    let user = &ctx.caller()?.user;
    let (settings, server) = server(app)?.ok_or_else(|| Error::invalid("", "mail-none", ""))?;
    let facts = Facts::test(&settings, user);
    let letter = facts.letter(&settings, ctx, ctx.new_id(), words)?;
    let to = user.email.clone();
    Ok(match mail::send(&server, &letter) {
        Ok(taken) => TestOutcome::Sent { to, said: taken.said },
        Err(error) => TestOutcome::Failed { to, code: error.code(), said: error.said().to_owned() },
    })
}

/// The server as the room of mail has it, with its password; nothing where none is set up.
pub(crate) fn server(app: &App) -> Result<Option<(Settings, mail::Server)>, Error> {
    let Some(settings) = app.frame().settings.clone() else {
        return Ok(None);
    };
    let Some(server) = settings.mail.clone() else {
        return Ok(None);
    };
    let password = app.store.get::<Credential>(Credential::MAIL)?;
    let login = password.map(|password| mail::Login { user: server.user, password: password.secret });
    let security = match server.security {
        MailSecurity::Starttls => mail::Security::Starttls,
        MailSecurity::Tls => mail::Security::Tls,
        MailSecurity::None => mail::Security::None,
    };
    let server = mail::Server {
        host: server.host,
        port: server.port,
        security,
        login: login.filter(|login| !login.user.is_empty()),
    };
    Ok(Some((settings, server)))
}

pub(crate) fn put_credential(
    app: &App,
    ctx: &Ctx,
    write: &mut store::Write,
    id: model::uuid::Uuid,
    secret: &str,
) -> Result<(), Error> {
    let secret = secret.to_owned();
    match app.store.get::<Credential>(id)? {
        Some(before) => write.update(&before, Credential { secret, ..before.clone() }),
        None => write.create(Credential { meta: Meta::new(id, ctx.at, ctx.actor()), secret }),
    }
    Ok(())
}

/// A secret of our own, made when it is first asked for.
pub(crate) fn own_secret(app: &App, ctx: &Ctx, id: model::uuid::Uuid) -> Result<String, Error> {
    for _ in 0..SECRET_TRIES_MAX {
        if let Some(kept) = app.store.get::<Credential>(id)? {
            return Ok(kept.secret);
        }
        let mut write = ctx.write();
        put_credential(app, ctx, &mut write, id, &ctx.new_secret())?;
        match app.commit(write) {
            Ok(_) | Err(Error::Conflict(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Err(Error::Busy { retry_after_s: 1 })
}

/// Two requests may make it at the same time: so often it is read again.
const SECRET_TRIES_MAX: u32 = 3;

pub(crate) fn delete_credential(
    app: &App,
    write: &mut store::Write,
    id: model::uuid::Uuid,
) -> Result<(), Error> {
    if let Some(before) = app.store.get::<Credential>(id)? {
        write.delete(&before);
    }
    Ok(())
}

fn checked(
    ctx: &Ctx,
    before: Option<&MailServer>,
    draft: &MailDraft,
    errors: &mut FieldErrors,
) -> MailServer {
    let host = draft.host.trim().to_lowercase();
    check_host(&host, errors);
    let port = draft.port.trim().parse::<u16>().ok().filter(|port| *port > 0);
    if port.is_none() {
        errors.add("port", "port-range", draft.port.trim());
    }
    let security = MailSecurity::from_code(&draft.security);
    match security {
        None => errors.add("security", "choice", &draft.security),
        Some(MailSecurity::None) if !is_this_machine(&host) => {
            errors.add("security", "mail-not-local", &host)
        }
        Some(_) => {}
    }
    check_name("from_name", &draft.from_name, errors);
    let from_email = address("from_email", &draft.from_email, errors);
    let reply_to = match draft.reply_to.trim() {
        "" => String::new(),
        typed => address("reply_to", typed, errors),
    };
    let link_address = draft.link_address.trim().trim_end_matches('/').to_owned();
    if !is_origin(&link_address) {
        errors.add("link_address", "origin-form", &link_address);
    }
    MailServer {
        password_set_at: checked_password(ctx, before, draft, &host, errors),
        host,
        port: port.unwrap_or(PORT_USUAL),
        security: security.unwrap_or(MailSecurity::Starttls),
        user: draft.user.trim().to_owned(),
        from_name: draft.from_name.trim().to_owned(),
        from_email,
        reply_to,
        link_address,
    }
}

fn check_host(host: &str, errors: &mut FieldErrors) {
    let is_name = |host: &str| {
        !host.starts_with(['-', '.'])
            && host.chars().all(|character| character.is_alphanumeric() || matches!(character, '.' | '-'))
    };
    if host.is_empty() {
        errors.add("host", "required", "");
    } else if host.chars().count() > HOST_CHARACTERS_MAX || !(is_name(host) || host.parse::<IpAddr>().is_ok())
    {
        errors.add("host", "host-form", host);
    }
}

/// When the password was set that will be there: now, before, or none.
fn checked_password(
    ctx: &Ctx,
    before: Option<&MailServer>,
    draft: &MailDraft,
    host: &str,
    errors: &mut FieldErrors,
) -> Option<model::jiff::Timestamp> {
    let user = draft.user.trim();
    if user.chars().count() > USER_CHARACTERS_MAX {
        errors.add("user", "too-long", USER_CHARACTERS_MAX.to_string());
    }
    if draft.password.chars().count() > PASSWORD_CHARACTERS_MAX {
        errors.add("password", "too-long", PASSWORD_CHARACTERS_MAX.to_string());
    }
    let kept = before.and_then(|server| server.password_set_at);
    match (user.is_empty(), draft.password.is_empty()) {
        (true, true) => None,
        (true, false) => {
            errors.add("user", "required", "");
            None
        }
        (false, false) => Some(ctx.at),
        (false, true) if kept.is_none() => {
            errors.add("password", "required", "");
            None
        }
        (false, true) => {
            if before.is_some_and(|server| server.host != host) {
                errors.add("password", "password-again", "");
            }
            kept
        }
    }
}

fn address(field: &str, typed: &str, errors: &mut FieldErrors) -> String {
    match normalize_email(typed) {
        Ok(address) => address,
        Err(code) => {
            errors.add(field, code, typed.trim());
            String::new()
        }
    }
}

pub(crate) fn is_this_machine(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// `https://host`, with a port if needed, without a path.
pub(crate) fn is_origin(address: &str) -> bool {
    let host = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
    host.is_some_and(|host| {
        let is_known =
            |character: char| character.is_alphanumeric() || matches!(character, '.' | '-' | ':' | '[' | ']');
        !host.is_empty() && host.chars().count() <= HOST_CHARACTERS_MAX && host.chars().all(is_known)
    })
}
