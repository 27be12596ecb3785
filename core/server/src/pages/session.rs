//! Signing in and out.

use super::fields::value_of;
use crate::cookies;
use crate::errors::Fault;
use crate::here::{Here, html};
use crate::identity::{next_query, safe_next};
use crate::routes::{Entry, Who, open_page, page};
use model::FieldErrors;
use poem::http::{HeaderValue, Method};
use poem::web::Form;
use poem::{Response, handler};
use services::sessions::{self, SignedIn};
use services::{Error, identity_settings};
use ui::session::SignInForm;

pub(crate) fn entries() -> Vec<Entry> {
    vec![
        open_page(Who::AfterSetup, Method::GET, "/sign-in", show),
        open_page(Who::AfterSetup, Method::POST, "/sign-in", sign_in).sign_in(),
        page(Method::POST, "/sign-out", "anyone who is signed in", sign_out),
    ]
}

#[handler]
async fn show(here: Here) -> Response {
    let next = safe_next(here.query("next").unwrap_or("/"));
    if here.ctx.caller.is_some() {
        return here.go(next);
    }
    let form = SignInForm { next: next.to_owned(), provider: provider(&here), ..SignInForm::default() };
    here.page(ui::session::sign_in(&here.shell(), &form))
}

/// What stands on the button of the identity provider.
fn provider(here: &Here) -> Option<String> {
    identity_settings::label(&here.state.app)
}

#[handler]
async fn sign_in(here: Here, Form(fields): Form<Vec<(String, String)>>) -> Result<Response, Fault> {
    let value = |name| value_of(&fields, name).to_owned();
    let (email, password, next) = (value("email"), value("password"), value("next"));
    if let Err(fault) = here.state.attempts.count(here.client(), &email) {
        return Ok(too_many_attempts(&here, &fault));
    }
    let typed = email.clone();
    match here.try_password_deed(move |app, ctx| sessions::sign_in(app, ctx, &typed, &password)).await? {
        Ok(session) => Ok(signed_in(&here, &session, safe_next(&next))),
        Err(Error::Unauthenticated) => {
            let mut errors = FieldErrors::default();
            errors.add("", "credentials", "");
            let form = SignInForm { email, next, provider: provider(&here), errors };
            Ok(here.unprocessable(ui::session::sign_in(&here.shell(), &form)))
        }
        Err(error) => Err(error.into()),
    }
}

#[handler]
async fn sign_out(here: Here) -> Result<Response, Fault> {
    let secret = here.session_secret().unwrap_or_default().to_owned();
    here.deed(move |app, ctx| sessions::sign_out(app, ctx, &secret)).await?;
    let mut response = here.go_with_notice("/sign-in", "signed-out");
    let cookie = cookies::remove(here.config(), cookies::SESSION);
    response.headers_mut().append("set-cookie", cookie);
    Ok(response)
}

/// On to a page with a fresh session in the cookie; first to the code of the second factor, where they have one.
pub(super) fn signed_in(here: &Here, session: &SignedIn, next: &str) -> Response {
    if session.awaits_code {
        let mut response = here.go(&format!("/sign-in/code{}", next_query(next)));
        let cookie = cookies::set(here.config(), cookies::CODE, &session.secret, cookies::CODE_SECONDS);
        response.headers_mut().append("set-cookie", cookie);
        return response;
    }
    let mut response = here.go(next);
    let cookie = cookies::session(here.config(), &session.secret);
    response.headers_mut().append("set-cookie", cookie);
    response
}

/// The page that says how long to wait, and the header that says it to programs.
pub(super) fn too_many_attempts(here: &Here, fault: &Fault) -> Response {
    let wait_s = fault.retry_after_s.unwrap_or_default();
    let wait_minutes = u64::from(wait_s.div_ceil(60));
    let mut response = html(fault.status, ui::session::too_many_attempts(&here.shell(), wait_minutes));
    response.headers_mut().insert("retry-after", HeaderValue::from(wait_s));
    response
}
