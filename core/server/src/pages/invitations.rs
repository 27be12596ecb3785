//! Links with which somebody chooses a password: made for a person, and opened by them.

use super::fields::value_of;
use super::pieces::Fields;
use super::session::{signed_in, too_many_attempts};
use crate::errors::Fault;
use crate::here::{Here, html};
use crate::routes::{Entry, Who, open_page, page};
use model::{FieldErrors, UserId};
use poem::http::{Method, StatusCode};
use poem::web::{Form, Path};
use poem::{Response, handler};
use services::Error;
use services::invitations::{self, Link};
use ui::invitations::{NewLink, Welcome};

pub(crate) fn entries() -> Vec<Entry> {
    vec![
        page(Method::POST, "/users/:id/link", "change users: administrators", again),
        open_page(Who::AfterSetup, Method::GET, "/welcome/:secret", show),
        open_page(Who::AfterSetup, Method::POST, "/welcome/:secret", accept).sign_in(),
    ]
}

#[handler]
async fn again(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = here.id::<UserId>(&id)?;
    match here.try_deed(move |app, ctx| invitations::issue(app, ctx, id)).await? {
        Ok(link) => Ok(shown(&here, &link)),
        Err(Error::Invalid(_)) => Ok(here.go(&format!("/users/{id}"))),
        Err(error) => Err(error.into()),
    }
}

/// The only page that shows the link.
pub(super) fn shown(here: &Here, link: &Link) -> Response {
    let view = NewLink {
        name: link.user.name.clone(),
        email: link.user.email.clone(),
        address: format!("{}/welcome/{}", here.origin(), link.secret),
        expires_at: link.expires_at,
        is_first: link.user.is_invited(),
        is_mailed: link.is_mailed,
    };
    here.page(ui::invitations::shown(&here.shell(), &view))
}

#[handler]
async fn show(here: Here, Path(secret): Path<String>) -> Result<Response, Fault> {
    welcome(&here, secret, FieldErrors::default()).await
}

#[handler]
async fn accept(
    here: Here,
    Path(secret): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    // By address alone: there is no account to guess, and each try is slow work.
    if let Err(fault) = here.state.attempts.count_address(here.client()) {
        return Ok(too_many_attempts(&here, &fault));
    }
    let (password, typed) = (value_of(&fields, "new_password").to_owned(), secret.clone());
    let done = here.password_deed(move |app, ctx| match invitations::accept(app, ctx, &typed, &password) {
        Ok(session) => Ok(Ok(session)),
        Err(error @ (Error::Invalid(_) | Error::NotFound | Error::Conflict(_))) => Ok(Err(error)),
        Err(error) => Err(error),
    });
    match done.await? {
        Ok(session) => Ok(signed_in(&here, &session, "/?notice=welcome")),
        Err(Error::Invalid(errors)) => welcome(&here, secret, errors).await,
        Err(_) => Ok(worthless(&here)),
    }
}

async fn welcome(here: &Here, secret: String, errors: FieldErrors) -> Result<Response, Fault> {
    let asked = secret.clone();
    let Some(user) = here.deed(move |app, ctx| invitations::whose(app, ctx, &asked)).await? else {
        return Ok(worthless(here));
    };
    let is_again = !errors.is_empty();
    let view = Welcome {
        action: format!("/welcome/{secret}"),
        is_first: user.is_invited(),
        name: user.name,
        email: user.email,
        errors,
    };
    let markup = ui::invitations::welcome(&here.shell(), &view);
    Ok(if is_again { here.unprocessable(markup) } else { here.page(markup) })
}

fn worthless(here: &Here) -> Response {
    html(StatusCode::GONE, ui::invitations::worthless(&here.shell()))
}
