//! Signing in with the company's identity provider, and its settings.

use super::fields::{value_of, version_of};
use super::pieces::Fields;
use super::session::{signed_in, too_many_attempts};
use crate::cookies;
use crate::errors::Fault;
use crate::here::{Here, html};
use crate::identity::safe_next;
use crate::routes::{Entry, Who, open_page, page};
use model::{FieldErrors, UserId};
use poem::http::{Method, StatusCode};
use poem::web::{Form, Path};
use poem::{Response, handler};
use services::identity_settings::{self, BACK, IdentityDraft, SCOPES_USUAL, Tried};
use services::provider_sign_in::{self, ATTEMPT_MINUTES, Back, Refusal};
use services::{App, Ctx, Error};
use ui::identity::{IdentityPage, Outcome, PATH, Refused};

const WHO: &str = "administrators";

pub(crate) fn entries() -> Vec<Entry> {
    vec![
        open_page(Who::AfterSetup, Method::GET, "/sign-in/provider", leave),
        open_page(Who::AfterSetup, Method::GET, BACK, come_back),
        page(Method::GET, "/settings/identity", WHO, show),
        page(Method::POST, "/settings/identity", WHO, update),
        page(Method::POST, "/settings/identity/test", WHO, test),
        page(Method::POST, "/settings/identity/remove", WHO, remove),
        page(Method::POST, "/settings/identity/secret/remove", WHO, remove_secret),
        page(Method::POST, "/users/:id/identity/remove", "change users: administrators", unlink),
    ]
}

/// A link and not a form: browsers hold the answer to a form to our own pages (`form-action 'self'`).
#[handler]
async fn leave(here: Here) -> Result<Response, Fault> {
    if let Err(fault) = here.state.attempts.count_address(here.client()) {
        return Ok(too_many_attempts(&here, &fault));
    }
    let next = safe_next(here.query("next").unwrap_or("/")).to_owned();
    let sent = here.outside(move |app, ctx| Ok(provider_sign_in::begin(app, ctx, &next))).await?;
    match sent {
        Ok(sent) => {
            let mut response = here.go(&sent.address);
            let seconds = u32::try_from(ATTEMPT_MINUTES * 60).unwrap_or_default();
            let cookie = cookies::set(here.config(), cookies::PROVIDER, &sent.browser_secret, seconds);
            response.headers_mut().append("set-cookie", cookie);
            Ok(response)
        }
        Err(refusal) => refused(&here, refusal),
    }
}

#[handler]
async fn come_back(here: Here) -> Result<Response, Fault> {
    let value = |name| here.query(name).unwrap_or_default().to_owned();
    let back = Back {
        state: value("state"),
        code: value("code"),
        error: value("error"),
        error_description: value("error_description"),
        issuer: value("iss"),
    };
    let secret = here.provider_secret().unwrap_or_default().to_owned();
    let entered =
        here.outside(move |app, ctx| Ok(provider_sign_in::finish(app, ctx, &secret, &back))).await?;
    let mut response = match entered {
        Ok(entered) => signed_in(&here, &entered.session, safe_next(&entered.next)),
        Err(refusal) => refused(&here, refusal)?,
    };
    response.headers_mut().append("set-cookie", cookies::remove(here.config(), cookies::PROVIDER));
    Ok(response)
}

/// Why somebody did not get in, on a page of its own.
fn refused(here: &Here, refusal: Refusal) -> Result<Response, Fault> {
    match refusal {
        Refusal::Failed { code: "identity-none", .. } => Ok(here.go("/sign-in")),
        Refusal::Failed { code, said } => {
            tracing::info!(request = %here.facts.request, code, "not let in by the identity provider");
            let view = Refused { code: code.to_owned(), said };
            Ok(html(StatusCode::FORBIDDEN, ui::identity::refused(&here.shell(), &view)))
        }
        Refusal::Error(error) => Err(error.into()),
    }
}

#[handler]
async fn show(here: Here) -> Result<Response, Fault> {
    let view = view_of(&here, None, FieldErrors::default()).await?;
    Ok(here.page(ui::identity::page(&here.shell(), &view)))
}

#[handler]
async fn update(here: Here, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let draft = IdentityDraft::read(|name| value_of(&fields, name).to_owned());
    let (typed, version) = (draft.clone(), version_of(&fields));
    let done = here.try_deed(move |app, ctx| identity_settings::update(app, ctx, version, &typed)).await?;
    answer(&here, done.map(|_| ()), Some(draft), "saved").await
}

#[handler]
async fn test(here: Here) -> Result<Response, Fault> {
    let outcome = here.outside(|app, ctx| match identity_settings::test(app, ctx) {
        Err(error @ Error::Invalid(_)) => Ok(Err(error)),
        tried => tried.map(Ok),
    });
    match outcome.await? {
        Ok(tried) => {
            let outcome = Some(outcome_of(tried));
            let view = IdentityPage { outcome, ..view_of(&here, None, FieldErrors::default()).await? };
            Ok(here.page(ui::identity::page(&here.shell(), &view)))
        }
        Err(error) => answer(&here, Err(error), None, "").await,
    }
}

#[handler]
async fn remove(here: Here, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let version = version_of(&fields);
    let done = here.try_deed(move |app, ctx| identity_settings::remove(app, ctx, version)).await?;
    answer(&here, done, None, "identity-off").await
}

#[handler]
async fn remove_secret(here: Here, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let version = version_of(&fields);
    let done = here.try_deed(move |app, ctx| identity_settings::remove_secret(app, ctx, version)).await?;
    answer(&here, done, None, "saved").await
}

#[handler]
async fn unlink(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = here.id::<UserId>(&id)?;
    here.deed(move |app, ctx| provider_sign_in::unlink(app, ctx, id)).await?;
    Ok(here.go_with_notice(&format!("/users/{id}"), "identity-removed"))
}

/// On, or the form again with what is wrong; nothing typed is lost but the secret.
async fn answer(
    here: &Here,
    done: Result<(), Error>,
    typed: Option<IdentityDraft>,
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
    Ok(here.unprocessable(ui::identity::page(&here.shell(), &view)))
}

async fn view_of(
    here: &Here,
    typed: Option<IdentityDraft>,
    errors: FieldErrors,
) -> Result<IdentityPage, Fault> {
    let origin = here.origin();
    here.deed(move |app, ctx| identity_page(app, ctx, typed, &origin, errors)).await
}

fn identity_page(
    app: &App,
    ctx: &Ctx,
    typed: Option<IdentityDraft>,
    origin: &str,
    errors: FieldErrors,
) -> Result<IdentityPage, Error> {
    let (version, provider) = identity_settings::get(app, ctx)?;
    let draft = match (typed, &provider) {
        (Some(typed), _) => typed,
        (None, Some(provider)) => IdentityDraft::of(provider),
        (None, None) => IdentityDraft {
            scopes: SCOPES_USUAL.to_owned(),
            address: origin.to_owned(),
            provider_factor: model::ProviderFactor::default().as_str().to_owned(),
            ..IdentityDraft::default()
        },
    };
    let values = draft.pairs().into_iter().filter(|(name, _)| *name != "secret");
    let address = provider.as_ref().map_or(origin, |provider| provider.address.as_str());
    Ok(IdentityPage {
        version,
        is_set_up: provider.is_some(),
        has_secret: provider.as_ref().is_some_and(|provider| provider.secret_set_at.is_some()),
        back: format!("{address}{BACK}"),
        values: values.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        outcome: None,
        errors,
    })
}

fn outcome_of(tried: Tried) -> Outcome {
    match tried {
        Tried::Known { said } => Outcome { code: None, said },
        Tried::Failed { code, said } => Outcome { code: Some(code.to_owned()), said },
    }
}
