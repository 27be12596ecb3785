//! The first page of a new Tracte: the company and its first administrator, or the demonstration company.

use super::fields::value_of;
use super::session::signed_in;
use crate::errors::Fault;
use crate::here::Here;
use crate::routes::{Entry, Who, open_page};
use poem::http::Method;
use poem::web::Form;
use poem::{Response, handler};
use services::Error;
use services::setup::{self, SetupDraft};
use ui::setup::SetupForm;

pub(crate) fn entries() -> Vec<Entry> {
    vec![
        open_page(Who::BeforeSetup, Method::GET, "/setup", show),
        open_page(Who::BeforeSetup, Method::POST, "/setup", create).sign_in(),
        // Some hundreds of leads take longer than a form may; nothing of the body is read.
        open_page(Who::BeforeSetup, Method::POST, "/setup/demo", load_demo).upload(),
    ]
}

#[handler]
async fn show(here: Here) -> Response {
    if here.facts.company.get().is_some() {
        return here.go("/");
    }
    here.page(ui::setup::page(&here.shell(), &SetupForm::suggested(here.ctx.language)))
}

#[handler]
async fn create(here: Here, Form(fields): Form<Vec<(String, String)>>) -> Result<Response, Fault> {
    let draft = draft_of(&fields);
    let typed = draft.clone();
    match here.try_password_deed(move |app, ctx| setup::create_company(app, ctx, &typed)).await? {
        Ok(administrator) => Ok(signed_in(&here, &administrator, "/?notice=welcome")),
        Err(Error::Invalid(errors)) => {
            let form = SetupForm { errors, ..form_of(draft) };
            Ok(here.unprocessable(ui::setup::page(&here.shell(), &form)))
        }
        Err(error) => Err(error.into()),
    }
}

#[handler]
async fn load_demo(here: Here) -> Result<Response, Fault> {
    let administrator = here.password_deed(services::demo::load).await?;
    Ok(signed_in(&here, &administrator, "/?notice=welcome"))
}

fn draft_of(fields: &[(String, String)]) -> SetupDraft {
    let value = |name| value_of(fields, name).to_owned();
    SetupDraft {
        company_name: value("company_name"),
        language: value("language"),
        currency: value("currency"),
        fiscal_year_start_month: value("fiscal_year_start_month"),
        time_zone: value("time_zone"),
        country: value("country"),
        admin_name: value("admin_name"),
        admin_email: value("admin_email"),
        admin_password: value("admin_password"),
    }
}

/// Everything but the password, which is typed again.
fn form_of(draft: SetupDraft) -> SetupForm {
    SetupForm {
        company_name: draft.company_name,
        language: draft.language,
        country: draft.country,
        currency: draft.currency,
        time_zone: draft.time_zone,
        fiscal_year_start_month: draft.fiscal_year_start_month,
        admin_name: draft.admin_name,
        admin_email: draft.admin_email,
        ..SetupForm::default()
    }
}
