//! «Forgot your password?»: a link by letter, the same answer for every address.

use super::fields::value_of;
use super::pieces::Fields;
use super::session::too_many_attempts;
use crate::errors::Fault;
use crate::here::Here;
use crate::routes::{Entry, Who, open_page};
use model::FieldErrors;
use poem::http::Method;
use poem::web::Form;
use poem::{Response, handler};
use services::{Error, invitations, mail_settings};
use ui::session::Forgotten;

pub(crate) fn entries() -> Vec<Entry> {
    vec![
        open_page(Who::AfterSetup, Method::GET, "/forgot-password", show),
        open_page(Who::AfterSetup, Method::POST, "/forgot-password", ask).sign_in(),
    ]
}

#[handler]
async fn show(here: Here) -> Response {
    let can_mail = mail_settings::is_set_up(&here.state.app);
    let view = Forgotten { can_mail, ..Forgotten::default() };
    here.page(ui::session::forgotten(&here.shell(), &view))
}

#[handler]
async fn ask(here: Here, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let email = value_of(&fields, "email").trim().to_owned();
    if let Err(fault) = here.state.attempts.count(here.client(), &format!("forgot {email}")) {
        return Ok(too_many_attempts(&here, &fault));
    }
    let typed = email.clone();
    let done = here.try_deed(move |app, ctx| invitations::forgot(app, ctx, &typed)).await?;
    let can_mail = mail_settings::is_set_up(&here.state.app);
    match done {
        Ok(()) => {
            let view = Forgotten { email, can_mail, is_asked: true, errors: FieldErrors::default() };
            Ok(here.page(ui::session::forgotten(&here.shell(), &view)))
        }
        Err(Error::Invalid(errors)) => {
            let view = Forgotten { email, can_mail, is_asked: false, errors };
            Ok(here.unprocessable(ui::session::forgotten(&here.shell(), &view)))
        }
        Err(error) => Err(error.into()),
    }
}
