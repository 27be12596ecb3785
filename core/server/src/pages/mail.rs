//! How letters go out: the mail server, a letter to see whether it works, and the letters on their way.

use super::fields::{value_of, version_of};
use super::pieces::Fields;
use crate::errors::Fault;
use crate::here::Here;
use crate::letters::Texts;
use crate::routes::{Entry, page};
use model::{FieldErrors, LetterId};
use poem::http::Method;
use poem::web::{Form, Path};
use poem::{Response, handler};
use services::mail_settings::{self, MailDraft, PORT_USUAL, TestOutcome};
use services::outbox::{self, Listed};
use services::{App, Ctx, Error, settings};
use ui::mail::{LetterRow, MailPage, Outcome, PATH};

const WHO: &str = "administrators";

pub(crate) fn entries() -> Vec<Entry> {
    vec![
        page(Method::GET, "/settings/mail", WHO, show),
        page(Method::POST, "/settings/mail", WHO, update),
        page(Method::POST, "/settings/mail/test", WHO, test),
        page(Method::POST, "/settings/mail/remove", WHO, remove),
        page(Method::POST, "/settings/mail/password/remove", WHO, remove_password),
        page(Method::POST, "/settings/mail/letters/:id/again", WHO, try_again),
        page(Method::POST, "/settings/mail/letters/:id/give-up", WHO, give_up),
    ]
}

#[handler]
async fn show(here: Here) -> Result<Response, Fault> {
    let view = view_of(&here, None, FieldErrors::default()).await?;
    Ok(here.page(ui::mail::page(&here.shell(), &view)))
}

#[handler]
async fn update(here: Here, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let draft = MailDraft::read(|name| value_of(&fields, name).to_owned());
    let (typed, version) = (draft.clone(), version_of(&fields));
    let done = here.try_deed(move |app, ctx| mail_settings::update(app, ctx, version, &typed)).await?;
    answer(&here, done.map(|_| ()), Some(draft), "saved").await
}

#[handler]
async fn test(here: Here) -> Result<Response, Fault> {
    let texts = Texts(here.state.clone());
    match here.try_deed(move |app, ctx| mail_settings::test(app, ctx, &texts)).await? {
        Ok(outcome) => {
            let outcome = Some(outcome_of(outcome));
            let view = MailPage { outcome, ..view_of(&here, None, FieldErrors::default()).await? };
            Ok(here.page(ui::mail::page(&here.shell(), &view)))
        }
        Err(error) => answer(&here, Err(error), None, "").await,
    }
}

#[handler]
async fn remove(here: Here, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let version = version_of(&fields);
    let done = here.try_deed(move |app, ctx| mail_settings::remove(app, ctx, version)).await?;
    answer(&here, done, None, "mail-off").await
}

#[handler]
async fn remove_password(here: Here, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let version = version_of(&fields);
    let done = here.try_deed(move |app, ctx| mail_settings::remove_password(app, ctx, version)).await?;
    answer(&here, done, None, "saved").await
}

#[handler]
async fn try_again(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = here.id::<LetterId>(&id)?;
    here.deed(move |app, ctx| outbox::try_again(app, ctx, id)).await?;
    Ok(here.go_with_notice(PATH, "letter-again"))
}

#[handler]
async fn give_up(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = here.id::<LetterId>(&id)?;
    here.deed(move |app, ctx| outbox::give_up(app, ctx, id)).await?;
    Ok(here.go_with_notice(PATH, "letter-given-up"))
}

/// On, or the form again with what is wrong; nothing typed is lost but the password.
async fn answer(
    here: &Here,
    done: Result<(), Error>,
    typed: Option<MailDraft>,
    notice: &str,
) -> Result<Response, Fault> {
    let errors = match done {
        Ok(()) => return Ok(here.go_with_notice(PATH, notice)),
        Err(Error::Invalid(errors)) => errors,
        Err(Error::Conflict(_)) => {
            let mut errors = FieldErrors::default();
            errors.add("", "stale", "");
            errors
        }
        Err(error) => return Err(error.into()),
    };
    let view = view_of(here, typed, errors).await?;
    Ok(here.unprocessable(ui::mail::page(&here.shell(), &view)))
}

async fn view_of(here: &Here, typed: Option<MailDraft>, errors: FieldErrors) -> Result<MailPage, Fault> {
    let origin = here.origin();
    here.deed(move |app, ctx| mail_page(app, ctx, typed, &origin, errors)).await
}

fn mail_page(
    app: &App,
    ctx: &Ctx,
    typed: Option<MailDraft>,
    origin: &str,
    errors: FieldErrors,
) -> Result<MailPage, Error> {
    let (version, server) = mail_settings::get(app, ctx)?;
    let draft = match (typed, &server) {
        (Some(typed), _) => typed,
        (None, Some(server)) => MailDraft::of(server),
        (None, None) => suggested(app, ctx, origin)?,
    };
    let values = draft.pairs().into_iter().filter(|(name, _)| *name != "password");
    Ok(MailPage {
        version,
        is_set_up: server.is_some(),
        has_password: server.is_some_and(|server| server.password_set_at.is_some()),
        values: values.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        outcome: None,
        letters: outbox::list(app, ctx)?.into_iter().map(row).collect(),
        errors,
    })
}

/// What most companies would type.
fn suggested(app: &App, ctx: &Ctx, origin: &str) -> Result<MailDraft, Error> {
    let settings = settings::get(app, ctx)?;
    Ok(MailDraft {
        port: PORT_USUAL.to_string(),
        security: model::MailSecurity::Starttls.as_str().to_owned(),
        from_name: settings.company_name,
        from_email: settings.email,
        link_address: origin.to_owned(),
        ..MailDraft::default()
    })
}

fn row(listed: Listed) -> LetterRow {
    let Listed { letter, name, email } = listed;
    LetterRow {
        id: letter.id().to_string(),
        name,
        email,
        about: letter.about,
        state: letter.state,
        attempts: letter.attempts,
        made_at: letter.meta.created_at,
        due_at: letter.due_at,
        sent_at: letter.sent_at,
        failure: letter.failure.map(|failure| (failure.code, failure.said)),
        refused_copies: letter.refused_copies.into_iter().map(|copy| (copy.email, copy.said)).collect(),
    }
}

fn outcome_of(outcome: TestOutcome) -> Outcome {
    match outcome {
        TestOutcome::Sent { to, said } => Outcome { to, code: None, said },
        TestOutcome::Failed { to, code, said } => Outcome { to, code: Some(code.to_owned()), said },
    }
}
