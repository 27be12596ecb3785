//! Templates of imports, on the page of the columns: what was chosen there and not sent yet goes along.

use super::{Fields, import_page, plan_of};
use crate::errors::Fault;
use crate::here::Here;
use crate::pages::fields::{value_of, version_of};
use model::ImportId;
use model::uuid::Uuid;
use poem::web::{Form, Path};
use poem::{Response, handler};
use services::imports;
use services::{App, Ctx, Error};

/// `without` is for none, whatever is chosen.
#[handler]
pub(super) async fn apply(
    here: Here,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    let id = here.id::<ImportId>(&id)?;
    let chosen = Some(value_of(&fields, "template")).filter(|id| !id.is_empty());
    let chosen = chosen.filter(|_| value_of(&fields, "without").is_empty());
    let template = chosen.map(|id| here.id::<Uuid>(id)).transpose()?;
    let (version, typed) = (version_of(&fields), plan_of(&fields));
    let deed =
        move |app: &App, ctx: &Ctx| imports::use_template_keeping(app, ctx, id, version, template, &typed);
    match here.try_deed(deed).await? {
        Ok(_) | Err(Error::Conflict(_)) => Ok(here.go(&format!("/imports/{id}"))),
        Err(error) => Err(error.into()),
    }
}

#[handler]
pub(super) async fn save(
    here: Here,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    let id = here.id::<ImportId>(&id)?;
    let name = value_of(&fields, "name").to_owned();
    match here.try_deed(move |app, ctx| imports::save_template(app, ctx, id, &name)).await? {
        Ok(_) => Ok(here.go_with_notice(&format!("/imports/{id}"), "template-saved")),
        Err(Error::Invalid(errors)) => {
            let mut view = here.deed(move |app, ctx| import_page(app, ctx, id, false, "")).await?;
            view.errors = errors;
            Ok(here.unprocessable(ui::imports::page(&here.shell(), &view)))
        }
        Err(error) => Err(error.into()),
    }
}

#[handler]
pub(super) async fn delete(
    here: Here,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    let id = here.id::<Uuid>(&id)?;
    let Ok(back) = value_of(&fields, "import").parse::<ImportId>() else {
        here.deed(move |app, ctx| imports::delete_template(app, ctx, id)).await?;
        return Ok(here.go_with_notice("/imports", "template-deleted"));
    };
    let (version, typed) = (version_of(&fields), plan_of(&fields));
    let deed = move |app: &App, ctx: &Ctx| {
        imports::delete_template(app, ctx, id)?;
        if typed.columns.is_empty() {
            return Ok(());
        }
        match imports::keep_columns(app, ctx, back, version, typed) {
            // Somebody else works on the import by now.
            Ok(_) | Err(Error::Conflict(_)) => Ok(()),
            Err(error) => Err(error),
        }
    };
    here.deed(deed).await?;
    Ok(here.go_with_notice(&format!("/imports/{back}?step=columns"), "template-deleted"))
}
