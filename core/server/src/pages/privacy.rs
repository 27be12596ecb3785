//! Data protection for people: finding somebody, the file about them, erasing.

use super::fields::{value_of, version_of};
use crate::errors::Fault;
use crate::here::Here;
use crate::routes::{Entry, page};
use model::{FieldErrors, LeadId};
use poem::http::Method;
use poem::web::{Form, Path};
use poem::{Response, handler};
use services::privacy::{self, About};
use services::{App, Ctx, Error, users};
use ui::privacy::{self as views, ErasePage, ErasureRow, PATH, PersonRow, PrivacyPage};

pub(crate) fn entries() -> Vec<Entry> {
    vec![
        page(Method::GET, PATH, "see settings and all leads", show),
        page(Method::GET, "/privacy/report", "export settings and all leads", report),
        page(Method::GET, "/privacy/:id/erase", "delete settings and all leads", ask),
        page(Method::POST, "/privacy/:id/erase", "delete settings and all leads", erase),
    ]
}

#[handler]
async fn show(here: Here) -> Result<Response, Fault> {
    let asked = here.query("q").map(str::to_owned);
    let view = here.deed(move |app, ctx| privacy_page(app, ctx, asked)).await?;
    let markup = views::page(&here.shell(), &view);
    Ok(if view.errors.is_empty() { here.page(markup) } else { here.unprocessable(markup) })
}

fn privacy_page(app: &App, ctx: &Ctx, asked: Option<String>) -> Result<PrivacyPage, Error> {
    let erasures = privacy::erasures(app, ctx)?;
    let names = users::names(app, ctx)?;
    let erasures = erasures.into_iter().map(|erasure| ErasureRow {
        lead: erasure.lead.to_string(),
        at: erasure.meta.created_at,
        by: erasure.meta.created_by.user.and_then(|user| names.get(&user).cloned()).unwrap_or_default(),
        notes: u64::from(erasure.notes),
        files: u64::from(erasure.files),
        is_done: erasure.is_done,
    });
    let mut view = PrivacyPage { erasures: erasures.collect(), ..PrivacyPage::default() };
    let Some(q) = asked else { return Ok(view) };
    match privacy::find(app, ctx, &q) {
        Ok(found) => view.found = Some(found.into_iter().map(row_of).collect()),
        Err(Error::Invalid(errors)) => view.errors = errors,
        Err(error) => return Err(error),
    }
    view.q = q;
    Ok(view)
}

fn row_of(about: About) -> PersonRow {
    PersonRow {
        id: about.lead.meta.id.to_string(),
        title: about.lead.title().to_owned(),
        created_at: about.lead.meta.created_at,
        notes: about.notes.len() as u64,
        file: about.import.map(|import| import.file_name),
    }
}

#[handler]
async fn report(here: Here) -> Result<Response, Fault> {
    let q = here.query("q").unwrap_or_default().to_owned();
    let file = here.deed(move |app, ctx| privacy::report(app, ctx, &q)).await?;
    Ok(super::imports::download(file))
}

#[handler]
async fn ask(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = here.id::<LeadId>(&id)?;
    let view =
        here.deed(move |app, ctx| erase_page(app, ctx, id, String::new(), FieldErrors::default())).await?;
    Ok(here.page(views::erase_page(&here.shell(), &view)))
}

fn erase_page(
    app: &App,
    ctx: &Ctx,
    id: LeadId,
    typed: String,
    errors: FieldErrors,
) -> Result<ErasePage, Error> {
    let about = privacy::about_to_erase(app, ctx, id)?;
    Ok(ErasePage {
        id: id.to_string(),
        version: about.lead.meta.version,
        title: about.lead.title().to_owned(),
        notes: about.notes.len() as u64,
        file: about.import.map(|import| import.file_name),
        typed,
        errors,
    })
}

#[handler]
async fn erase(
    here: Here,
    Path(id): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let id = here.id::<LeadId>(&id)?;
    let (typed, version) = (value_of(&fields, "typed").to_owned(), version_of(&fields));
    let given = typed.clone();
    match here.try_deed(move |app, ctx| privacy::erase(app, ctx, id, version, &given)).await? {
        Ok(_) => Ok(here.go_with_notice(PATH, "erased")),
        Err(Error::Invalid(errors)) => {
            let view = here.deed(move |app, ctx| erase_page(app, ctx, id, typed, errors)).await?;
            Ok(here.unprocessable(views::erase_page(&here.shell(), &view)))
        }
        // Somebody changed it in the meantime: look again before it goes.
        Err(Error::Conflict(_)) => Ok(here.go(&format!("{PATH}/{id}/erase"))),
        Err(error) => Err(error.into()),
    }
}
