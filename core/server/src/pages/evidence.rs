//! Proof for the programme: screens of its functions, and packs of everything.

use super::fields::{value_of, version_of};
use crate::errors::Fault;
use crate::here::Here;
use crate::routes::{Entry, page};
use model::uuid::Uuid;
use model::{Action, FieldErrors, Kind, SCREEN_BYTES_MAX};
use poem::http::Method;
use poem::web::{Form, Multipart, Path};
use poem::{Response, handler};
use services::{App, Ctx, Error, evidence, permissions, users};
use ui::parametrisation::{EVIDENCE, EvidencePage, PackRow, SCREENS, ScreenRow};

type Fields = Vec<(String, String)>;

pub(crate) fn entries() -> Vec<Entry> {
    let (see, change, export) = ("see settings", "change settings", "export settings");
    vec![
        page(Method::GET, EVIDENCE, see, show),
        page(Method::POST, EVIDENCE, export, start),
        page(Method::GET, "/settings/parametrisation/evidence/packs", see, show_packs),
        page(Method::GET, "/settings/parametrisation/evidence/:id/file", export, download),
        page(Method::POST, "/settings/parametrisation/evidence/:id/remove", change, remove),
        page(Method::POST, SCREENS, change, add_screen).upload(),
        page(Method::GET, "/settings/parametrisation/screens/:id", see, show_screen),
        page(Method::POST, "/settings/parametrisation/screens/:id/remove", change, remove_screen),
    ]
}

#[handler]
async fn show(here: Here) -> Result<Response, Fault> {
    let view = here.deed(|app, ctx| view_of(app, ctx, EvidencePage::default())).await?;
    Ok(here.page(ui::parametrisation::evidence(&here.shell(), &view)))
}

#[handler]
async fn show_packs(here: Here) -> Result<Response, Fault> {
    let view = here.deed(|app, ctx| view_of(app, ctx, EvidencePage::default())).await?;
    Ok(here.page(ui::parametrisation::packs(&here.shell(), &view)))
}

fn view_of(app: &App, ctx: &Ctx, typed: EvidencePage) -> Result<EvidencePage, Error> {
    let names = users::names(app, ctx)?;
    let packs = evidence::packs(app, ctx)?.into_iter().map(|pack| PackRow {
        id: pack.meta.id.to_string(),
        at: pack.meta.created_at,
        who: names.get(&pack.owner).cloned().unwrap_or_default(),
        language: pack.language,
        state: pack.state,
        size_bytes: pack.size_bytes,
        without_screen: pack.without_screen,
        failure: pack.failure,
        expires_at: pack.expires_at,
    });
    let screens = evidence::screens(app, ctx)?.into_iter().map(|screen| ScreenRow {
        id: screen.meta.id.to_string(),
        version: screen.meta.version,
        function: screen.function,
        caption: screen.caption,
    });
    let may = |action| permissions::require_all(ctx, Kind::Settings, action).is_ok();
    Ok(EvidencePage {
        packs: packs.collect(),
        screens: screens.collect(),
        kept_days: evidence::KEPT_DAYS,
        may_change: may(Action::Change),
        may_export: may(Action::Export),
        ..typed
    })
}

/// Done: look there. Not done: the page again, with what was typed and what is wrong with it.
async fn answer(
    here: &Here,
    done: Result<(), Error>,
    notice: &str,
    typed: EvidencePage,
) -> Result<Response, Fault> {
    let errors = match done {
        Ok(()) => return Ok(here.go_with_notice(EVIDENCE, notice)),
        Err(Error::Invalid(errors)) => errors,
        Err(Error::Conflict(_)) => {
            let mut errors = FieldErrors::default();
            errors.add("", "stale", "");
            errors
        }
        Err(error) => return Err(error.into()),
    };
    let typed = EvidencePage { errors, ..typed };
    let view = here.deed(move |app, ctx| view_of(app, ctx, typed)).await?;
    Ok(here.unprocessable(ui::parametrisation::evidence(&here.shell(), &view)))
}

#[handler]
async fn start(here: Here, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let language = value_of(&fields, "language").to_owned();
    let done = here.try_deed(move |app, ctx| evidence::start(app, ctx, &language)).await?;
    answer(&here, done.map(|_| ()), "pack-ordered", EvidencePage::default()).await
}

#[handler]
async fn download(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = here.id::<Uuid>(&id)?;
    let file = here.deed(move |app, ctx| evidence::download(app, ctx, id)).await?;
    Ok(super::imports::download(file))
}

#[handler]
async fn remove(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = here.id::<Uuid>(&id)?;
    let done = here.try_deed(move |app, ctx| evidence::remove(app, ctx, id)).await?;
    answer(&here, done, "removed", EvidencePage::default()).await
}

#[handler]
async fn add_screen(here: Here, mut form: Multipart) -> Result<Response, Fault> {
    let (mut typed, mut bytes) = (EvidencePage::default(), Vec::new());
    while let Some(field) = form.next_field().await.map_err(|error| Fault::bad_request(error.to_string()))? {
        let name = field.name().unwrap_or_default().to_owned();
        let content = field.bytes().await.map_err(|error| Fault::bad_request(error.to_string()))?;
        let text = || String::from_utf8_lossy(&content).into_owned();
        match name.as_str() {
            "function" => typed.function = text(),
            "caption" => typed.caption = text(),
            "file" => bytes = content,
            _ => {}
        }
    }
    // Of a picture that is too big just enough to say so.
    bytes.truncate(SCREEN_BYTES_MAX + 1);
    let (function, caption) = (typed.function.clone(), typed.caption.clone());
    let done =
        here.try_deed(move |app, ctx| evidence::add_screen(app, ctx, &function, &caption, &bytes)).await?;
    answer(&here, done.map(|_| ()), "saved", typed).await
}

#[handler]
async fn show_screen(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = here.id::<Uuid>(&id)?;
    let (picture, bytes) = here.deed(move |app, ctx| evidence::screen(app, ctx, id)).await?;
    Ok(Response::builder()
        .content_type(picture.media_type())
        .header("x-content-type-options", "nosniff")
        .body(bytes))
}

#[handler]
async fn remove_screen(
    here: Here,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    let id = here.id::<Uuid>(&id)?;
    let version = version_of(&fields);
    let done = here.try_deed(move |app, ctx| evidence::remove_screen(app, ctx, id, version)).await?;
    answer(&here, done, "removed", EvidencePage::default()).await
}
