//! The mail server and the letters on their way; for keys of administrators.

use super::Topic;
use super::versions::{Wanted, etag};
use crate::errors::Fault;
use crate::here::Here;
use crate::letters::Texts;
use model::{LetterId, MailServer};
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, Object, OpenApi};
use services::mail_settings::{self, MailDraft, TestOutcome};
use services::outbox;

/// The operations on mail.
pub(crate) struct Mail;

/// How letters go out. The password is never given back.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct MailServerSettings {
    /// That of the company's settings. Also the `ETag`.
    version: u64,
    host: String,
    port: u16,
    /// `starttls`, `tls`, or `none` for a server on the same machine.
    security: String,
    user: Option<String>,
    /// Whether a password is kept.
    has_password: bool,
    from_name: String,
    from_email: String,
    reply_to: Option<String>,
    /// How Tracte is called in the links of letters.
    link_address: String,
}

/// What is set.
#[derive(Object)]
#[oai(deny_unknown_fields)]
pub(crate) struct MailServerChange {
    /// The version of the company's settings, unless `If-Match` says it.
    version: Option<u64>,
    host: String,
    port: u16,
    security: String,
    user: Option<String>,
    /// Absent: the one that is kept stays. Asked for again where the host changes.
    password: Option<String>,
    from_name: String,
    from_email: String,
    reply_to: Option<String>,
    link_address: String,
}

/// How a test letter went.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct MailTest {
    sent: bool,
    to: String,
    /// `mail-login` and the like, where it was not sent.
    code: Option<String>,
    /// What the server said, word for word.
    said: String,
}

/// The letters, the newest first.
#[derive(Object)]
pub(crate) struct Letters {
    items: Vec<Letter>,
}

/// A letter on its way, or one that is over.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct Letter {
    id: String,
    /// `invitation`, `new_link` or `password_reset`.
    about: String,
    /// The user it goes to.
    user: Option<String>,
    /// `queued`, `sent`, `failed` or `given_up`.
    state: String,
    attempts: u32,
    /// The next attempt (RFC 3339), while it is queued.
    due_at: Option<String>,
    sent_at: Option<String>,
    /// Why the last attempt failed: `mail-login` and the like.
    code: Option<String>,
    said: Option<String>,
    /// Those that were to get a copy and do not: the server refused them.
    refused_copies: Vec<LetterCopy>,
}

/// A copy that the server refused.
#[derive(Object)]
pub(crate) struct LetterCopy {
    email: String,
    /// What the server said.
    said: String,
}

#[derive(ApiResponse)]
pub(crate) enum MailAnswer {
    #[oai(status = 200)]
    Settings(Json<MailServerSettings>, #[oai(header = "ETag")] String),
}

#[derive(ApiResponse)]
pub(crate) enum MailRemoved {
    /// It is gone.
    #[oai(status = 204)]
    Removed,
}

#[OpenApi(tag = "Topic::Mail")]
impl Mail {
    /// Get the mail server
    #[oai(path = "/mail", method = "get", operation_id = "get_mail_server")]
    async fn get(&self, here: Here) -> Result<MailAnswer, Fault> {
        let (version, server) = here.deed(mail_settings::get).await?;
        let server = server.ok_or_else(Fault::not_found)?;
        Ok(MailAnswer::Settings(Json(settings_of(version, server)), etag(version)))
    }

    /// Set the mail server
    #[oai(path = "/mail", method = "put", operation_id = "set_mail_server")]
    async fn set(
        &self,
        here: Here,
        #[oai(name = "If-Match")] if_match: Header<Option<String>>,
        change: Json<MailServerChange>,
    ) -> Result<MailAnswer, Fault> {
        let wanted = Wanted::of(if_match.0.as_deref(), change.version)?;
        let draft = MailDraft::from(change.0);
        let done = here.deed(move |app, ctx| {
            let (version, _) = mail_settings::get(app, ctx)?;
            let done = mail_settings::update(app, ctx, wanted.version(version), &draft);
            Ok(done.and_then(|_| mail_settings::get(app, ctx)))
        });
        let (version, server) = done.await?.map_err(|error| wanted.fault(error))?;
        let server = server.ok_or_else(Fault::not_found)?;
        Ok(MailAnswer::Settings(Json(settings_of(version, server)), etag(version)))
    }

    /// Stop sending letters
    ///
    /// Server and password are forgotten.
    #[oai(path = "/mail", method = "delete", operation_id = "remove_mail_server")]
    async fn remove(
        &self,
        here: Here,
        /// The version that was read, unless `If-Match` says it.
        version: Query<Option<u64>>,
        #[oai(name = "If-Match")] if_match: Header<Option<String>>,
    ) -> Result<MailRemoved, Fault> {
        let wanted = Wanted::of(if_match.0.as_deref(), version.0)?;
        let done = here.deed(move |app, ctx| {
            let (version, _) = mail_settings::get(app, ctx)?;
            Ok(mail_settings::remove(app, ctx, wanted.version(version)))
        });
        done.await?.map(|()| MailRemoved::Removed).map_err(|error| wanted.fault(error))
    }

    /// Forget the password of the mail server
    #[oai(path = "/mail/password", method = "delete", operation_id = "remove_mail_password")]
    async fn remove_password(
        &self,
        here: Here,
        /// The version that was read, unless `If-Match` says it.
        version: Query<Option<u64>>,
        #[oai(name = "If-Match")] if_match: Header<Option<String>>,
    ) -> Result<MailRemoved, Fault> {
        let wanted = Wanted::of(if_match.0.as_deref(), version.0)?;
        let done = here.deed(move |app, ctx| {
            let (version, _) = mail_settings::get(app, ctx)?;
            Ok(mail_settings::remove_password(app, ctx, wanted.version(version)))
        });
        done.await?.map(|()| MailRemoved::Removed).map_err(|error| wanted.fault(error))
    }

    /// Send a test letter
    ///
    /// It goes to the user that the key acts for.
    #[oai(path = "/mail/test", method = "post", operation_id = "test_mail_server")]
    async fn test(&self, here: Here) -> Result<Json<MailTest>, Fault> {
        let texts = Texts(here.state.clone());
        let outcome = here.deed(move |app, ctx| mail_settings::test(app, ctx, &texts)).await?;
        Ok(Json(match outcome {
            TestOutcome::Sent { to, said } => MailTest { sent: true, to, code: None, said },
            TestOutcome::Failed { to, code, said } => {
                MailTest { sent: false, to, code: Some(code.to_owned()), said }
            }
        }))
    }

    /// List letters
    #[oai(path = "/letters", method = "get", operation_id = "list_letters")]
    async fn list(&self, here: Here) -> Result<Json<Letters>, Fault> {
        let letters = here.deed(outbox::list).await?;
        Ok(Json(Letters { items: letters.into_iter().map(|listed| listed.letter.into()).collect() }))
    }

    /// Send a letter again
    #[oai(path = "/letters/:id/again", method = "post", operation_id = "send_letter_again")]
    async fn again(&self, here: Here, id: Path<String>) -> Result<Json<Letter>, Fault> {
        let id: LetterId = here.id(&id)?;
        here.deed(move |app, ctx| outbox::try_again(app, ctx, id)).await.map(|letter| Json(letter.into()))
    }

    /// Give a letter up
    #[oai(path = "/letters/:id/give-up", method = "post", operation_id = "give_letter_up")]
    async fn give_up(&self, here: Here, id: Path<String>) -> Result<Json<Letter>, Fault> {
        let id: LetterId = here.id(&id)?;
        here.deed(move |app, ctx| outbox::give_up(app, ctx, id)).await.map(|letter| Json(letter.into()))
    }
}

fn settings_of(version: u64, server: MailServer) -> MailServerSettings {
    let filled = |text: String| Some(text).filter(|text| !text.is_empty());
    MailServerSettings {
        version,
        host: server.host,
        port: server.port,
        security: server.security.as_str().to_owned(),
        user: filled(server.user),
        has_password: server.password_set_at.is_some(),
        from_name: server.from_name,
        from_email: server.from_email,
        reply_to: filled(server.reply_to),
        link_address: server.link_address,
    }
}

impl From<MailServerChange> for MailDraft {
    fn from(change: MailServerChange) -> MailDraft {
        MailDraft {
            host: change.host,
            port: change.port.to_string(),
            security: change.security,
            user: change.user.unwrap_or_default(),
            password: change.password.unwrap_or_default(),
            from_name: change.from_name,
            from_email: change.from_email,
            reply_to: change.reply_to.unwrap_or_default(),
            link_address: change.link_address,
        }
    }
}

impl From<model::Letter> for Letter {
    fn from(letter: model::Letter) -> Letter {
        let (code, said) = letter.failure.map(|failure| (failure.code, failure.said)).unzip();
        let is_queued = letter.state == model::LetterState::Queued;
        Letter {
            id: letter.meta.id.to_string(),
            about: letter.about.as_str().to_owned(),
            user: letter.to.map(|user| user.to_string()),
            state: letter.state.as_str().to_owned(),
            attempts: letter.attempts,
            due_at: is_queued.then(|| letter.due_at.to_string()),
            sent_at: letter.sent_at.map(|at| at.to_string()),
            code,
            said,
            refused_copies: letter
                .refused_copies
                .into_iter()
                .map(|copy| LetterCopy { email: copy.email, said: copy.said })
                .collect(),
        }
    }
}
