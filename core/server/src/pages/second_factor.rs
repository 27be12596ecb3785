//! The second factor: its code when somebody signs in, setting it up and taking it away, and who has to have one.

use super::fields::{value_of, version_of};
use super::pieces::Fields;
use super::session::{signed_in, too_many_attempts};
use crate::cookies;
use crate::errors::Fault;
use crate::here::Here;
use crate::identity::safe_next;
use crate::routes::{Entry, Who, open_page, page};
use model::{FieldErrors, UserId};
use poem::http::Method;
use poem::web::{Form, Path};
use poem::{Response, handler};
use services::second_factor::{self, Status};
use services::{App, Ctx, Error, permissions, settings};
use ui::second_factor::{CodeForm, PATH, RulePage, SecondFactorPage, State};

pub(crate) fn entries() -> Vec<Entry> {
    let own = "anyone who is signed in: their own";
    vec![
        open_page(Who::AfterSetup, Method::GET, "/sign-in/code", ask),
        open_page(Who::AfterSetup, Method::POST, "/sign-in/code", enter).sign_in(),
        page(Method::GET, "/account/second-factor", own, show),
        page(Method::POST, "/account/second-factor", own, confirm),
        page(Method::POST, "/account/second-factor/begin", own, begin),
        page(Method::POST, "/account/second-factor/off", own, switch_off),
        page(Method::POST, "/users/:id/second-factor/remove", "change users: administrators", remove),
        page(Method::GET, "/settings/sign-in", "administrators", show_rule),
        page(Method::POST, "/settings/sign-in", "administrators", set_rule),
    ]
}

#[handler]
async fn ask(here: Here) -> Response {
    let next = safe_next(here.query("next").unwrap_or("/")).to_owned();
    if here.code_secret().is_none() {
        return here.go("/sign-in");
    }
    here.page(ui::second_factor::code(&here.shell(), &CodeForm { next, errors: FieldErrors::default() }))
}

#[handler]
async fn enter(here: Here, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let (code, next) = (value_of(&fields, "code").to_owned(), value_of(&fields, "next").to_owned());
    let secret = here.code_secret().unwrap_or_default().to_owned();
    let asked = secret.clone();
    let counted = match here.deed(move |app, ctx| second_factor::whose(app, ctx, &asked)).await? {
        Some(user) => here.state.attempts.count(here.client(), &format!("code {user}")),
        None => here.state.attempts.count_address(here.client()),
    };
    if let Err(fault) = counted {
        return Ok(too_many_attempts(&here, &fault));
    }
    match here.try_deed(move |app, ctx| second_factor::enter(app, ctx, &secret, &code)).await? {
        Ok(session) => {
            let mut response = signed_in(&here, &session, safe_next(&next));
            response.headers_mut().append("set-cookie", cookies::remove(here.config(), cookies::CODE));
            Ok(response)
        }
        Err(Error::Invalid(errors)) => {
            let form = CodeForm { next: safe_next(&next).to_owned(), errors };
            Ok(here.unprocessable(ui::second_factor::code(&here.shell(), &form)))
        }
        // Too many wrong ones, or too late: the password again.
        Err(Error::Unauthenticated) => {
            let mut response = here.go_with_notice("/sign-in", "code-over");
            response.headers_mut().append("set-cookie", cookies::remove(here.config(), cookies::CODE));
            Ok(response)
        }
        Err(error) => Err(error.into()),
    }
}

#[handler]
async fn show(here: Here) -> Result<Response, Fault> {
    let view = here.deed(|app, ctx| own_page(app, ctx, FieldErrors::default())).await?;
    Ok(here.page(ui::second_factor::page(&here.shell(), &view)))
}

#[handler]
async fn begin(here: Here) -> Result<Response, Fault> {
    here.deed(second_factor::begin).await?;
    Ok(here.go(PATH))
}

#[handler]
async fn confirm(here: Here, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let code = value_of(&fields, "code").to_owned();
    let done = here.deed(move |app, ctx| match second_factor::confirm(app, ctx, &code) {
        Err(Error::NotFound) => Ok(Ok(Vec::new())),
        Err(error @ Error::Invalid(_)) => Ok(Err(error)),
        done => done.map(Ok),
    });
    match done.await? {
        // It is on already, or was never begun: the page says which.
        Ok(codes) if codes.is_empty() => Ok(here.go(PATH)),
        Ok(codes) => Ok(here.page(ui::second_factor::recovery_codes(&here.shell(), &codes))),
        Err(error) => again(&here, error).await,
    }
}

#[handler]
async fn switch_off(here: Here, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let password = value_of(&fields, "password").to_owned();
    if let Err(fault) = here.count_password() {
        return Ok(too_many_attempts(&here, &fault));
    }
    match here.try_password_deed(move |app, ctx| second_factor::switch_off(app, ctx, &password)).await? {
        Ok(()) => Ok(here.go_with_notice(PATH, "second-factor-off")),
        Err(error) => again(&here, error).await,
    }
}

#[handler]
async fn remove(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = here.id::<UserId>(&id)?;
    here.deed(move |app, ctx| second_factor::remove(app, ctx, id)).await?;
    Ok(here.go_with_notice(&format!("/users/{id}"), "second-factor-removed"))
}

async fn again(here: &Here, error: Error) -> Result<Response, Fault> {
    let Error::Invalid(errors) = error else {
        return Err(error.into());
    };
    let view = here.deed(move |app, ctx| own_page(app, ctx, errors)).await?;
    Ok(here.unprocessable(ui::second_factor::page(&here.shell(), &view)))
}

fn own_page(app: &App, ctx: &Ctx, errors: FieldErrors) -> Result<SecondFactorPage, Error> {
    let state = match second_factor::status(app, ctx)? {
        Status::Off => State::Off,
        Status::Begun { secret, address } => State::Begun { secret, address },
        Status::On { recovery_left } => State::On { recovery_left },
    };
    Ok(SecondFactorPage { state, is_missing: second_factor::is_missing(app, ctx.caller()?)?, errors })
}

#[handler]
async fn show_rule(here: Here) -> Result<Response, Fault> {
    let view = here.deed(|app, ctx| rule_page(app, ctx, FieldErrors::default())).await?;
    Ok(here.page(ui::second_factor::rule(&here.shell(), &view)))
}

#[handler]
async fn set_rule(here: Here, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let (typed, version) = (value_of(&fields, "second_factor").to_owned(), version_of(&fields));
    let errors =
        match here.try_deed(move |app, ctx| second_factor::set_rule(app, ctx, version, &typed)).await? {
            Ok(()) => return Ok(here.go_with_notice("/settings/sign-in", "saved")),
            Err(Error::Invalid(errors)) => errors,
            Err(Error::Conflict(_)) => {
                let mut errors = FieldErrors::default();
                errors.add("", "stale", "");
                errors
            }
            Err(error) => return Err(error.into()),
        };
    let view = here.deed(move |app, ctx| rule_page(app, ctx, errors)).await?;
    Ok(here.unprocessable(ui::second_factor::rule(&here.shell(), &view)))
}

fn rule_page(app: &App, ctx: &Ctx, errors: FieldErrors) -> Result<RulePage, Error> {
    permissions::require_administrator(ctx)?;
    let settings = settings::get(app, ctx)?;
    let second_factor = settings.second_factor.as_str().to_owned();
    Ok(RulePage { version: settings.meta.version, second_factor, errors })
}
