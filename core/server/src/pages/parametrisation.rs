//! The log of parametrisation for people: list, form, files.

use super::fields::{value_of, version_of};
use crate::errors::Fault;
use crate::here::Here;
use crate::routes::{Entry, page};
use model::uuid::Uuid;
use model::{Action, FieldErrors, Kind, Language, LogOrigin, Parametrization, ProgramFunction};
use poem::http::Method;
use poem::web::{Form, Path};
use poem::{Response, handler};
use services::parametrization::{self, EntryDraft};
use services::reports::FileFormat;
use services::{App, Ctx, Error, permissions};
use ui::parametrisation::{self as views, DeletePage, EntryForm, EntryRow, LogPage, PATH, UnloggedRow};

type Fields = Vec<(String, String)>;

pub(crate) fn entries() -> Vec<Entry> {
    let (see, change) = ("see settings", "change settings");
    vec![
        page(Method::GET, PATH, see, list),
        page(Method::GET, "/settings/parametrisation/export", "export settings", export),
        page(Method::POST, "/settings/parametrisation/segment", change, set_segment),
        page(Method::GET, "/settings/parametrisation/new", change, new),
        page(Method::POST, "/settings/parametrisation/new", change, create),
        page(Method::GET, "/settings/parametrisation/:id", change, show),
        page(Method::POST, "/settings/parametrisation/:id", change, update),
        page(Method::GET, "/settings/parametrisation/:id/delete", change, ask_delete),
        page(Method::POST, "/settings/parametrisation/:id/delete", change, delete),
    ]
}

#[handler]
async fn list(here: Here) -> Result<Response, Fault> {
    let view = here.deed(log_page).await?;
    Ok(here.page(views::list(&here.shell(), &view)))
}

fn log_page(app: &App, ctx: &Ctx) -> Result<LogPage, Error> {
    let log = parametrization::list(app, ctx)?;
    let names = parametrization::names(app, ctx)?;
    let unlogged = parametrization::unlogged(app, ctx)?.into_iter().map(|draft| UnloggedRow {
        day: draft.day,
        user_id: draft.user.to_string(),
        user: names.get(&draft.user).cloned().unwrap_or_default(),
        changed: draft.changed,
    });
    let may = |action| permissions::require_all(ctx, Kind::Settings, action).is_ok();
    Ok(LogPage {
        entries: log.entries.into_iter().map(|entry| row_of(ctx.language, entry)).collect(),
        minutes: log.minutes,
        segment: log.segment,
        by_function: log.by_function,
        unlogged: unlogged.collect(),
        may_change: may(Action::Change),
        may_export: may(Action::Export),
        errors: FieldErrors::default(),
    })
}

fn row_of(language: Language, entry: Parametrization) -> EntryRow {
    let import = match &entry.origin {
        LogOrigin::Import { import, .. } => Some(import.to_string()),
        LogOrigin::Person | LogOrigin::Configuration { .. } => None,
    };
    EntryRow {
        id: entry.meta.id.to_string(),
        date: entry.date,
        consultant: entry.consultant,
        minutes: u64::from(entry.minutes),
        function: entry.function,
        text: entry.text,
        origin: views::origin_text(language, &entry.origin),
        import,
    }
}

#[handler]
async fn export(here: Here) -> Result<Response, Fault> {
    let format = here.query("format").and_then(FileFormat::from_code).unwrap_or(FileFormat::Csv);
    let language = here.ctx.language;
    let file = here
        .deed(move |app, ctx| {
            let function = |function: ProgramFunction| views::function_name(language, function);
            let origin = |origin: &LogOrigin| views::origin_text(language, origin);
            let titles = views::export_titles(language);
            let words = parametrization::Words { titles, function: &function, origin: &origin };
            parametrization::export(app, ctx, format, &words)
        })
        .await?;
    Ok(super::imports::download(file))
}

#[handler]
async fn set_segment(here: Here, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let segment = value_of(&fields, "segment").to_owned();
    match here.try_deed(move |app, ctx| parametrization::set_segment(app, ctx, &segment)).await? {
        Ok(()) => Ok(here.go_with_notice(PATH, "saved")),
        Err(Error::Invalid(errors)) => {
            let view = LogPage { errors, ..here.deed(log_page).await? };
            Ok(here.unprocessable(views::list(&here.shell(), &view)))
        }
        Err(error) => Err(error.into()),
    }
}

/// Prefilled where the log offers what somebody did.
#[handler]
async fn new(here: Here) -> Result<Response, Fault> {
    let value = |name| here.query(name).unwrap_or_default().to_owned();
    let mut view = EntryForm {
        date: value("date"),
        consultant: value("consultant"),
        text: value("text"),
        configuration: value("configuration"),
        function: ProgramFunction::Clients.as_str().to_owned(),
        ..EntryForm::default()
    };
    let (today, me) = here
        .deed(|app, ctx| {
            permissions::require_all(ctx, Kind::Settings, Action::Change)?;
            let zone = services::settings::get(app, ctx)?.zone();
            let today = ctx.at.to_zoned_datetime(zone).date();
            Ok((today.to_string(), ctx.caller()?.user.name.clone()))
        })
        .await?;
    if view.date.is_empty() {
        view.date = today;
    }
    if view.consultant.is_empty() {
        view.consultant = me;
    }
    Ok(here.page(views::form(&here.shell(), &view)))
}

#[handler]
async fn create(here: Here, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let draft = draft_of(&fields);
    let typed = draft.clone();
    match here.try_deed(move |app, ctx| parametrization::create(app, ctx, &typed)).await? {
        Ok(_) => Ok(here.go_with_notice(PATH, "created")),
        Err(Error::Invalid(errors)) => {
            let view = EntryForm { errors, ..form_of(draft) };
            Ok(here.unprocessable(views::form(&here.shell(), &view)))
        }
        Err(error) => Err(error.into()),
    }
}

#[handler]
async fn show(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = here.id::<Uuid>(&id)?;
    let view = here
        .deed(move |app, ctx| {
            permissions::require_all(ctx, Kind::Settings, Action::Change)?;
            Ok(form_from(ctx.language, &parametrization::get(app, ctx, id)?))
        })
        .await?;
    Ok(here.page(views::form(&here.shell(), &view)))
}

#[handler]
async fn update(here: Here, Path(id): Path<String>, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let id = here.id::<Uuid>(&id)?;
    let (draft, version) = (draft_of(&fields), version_of(&fields));
    let typed = draft.clone();
    match here.try_deed(move |app, ctx| parametrization::update(app, ctx, id, version, &typed)).await? {
        Ok(_) => Ok(here.go_with_notice(PATH, "saved")),
        Err(Error::Invalid(errors)) => {
            let view = EntryForm { id: Some(id.to_string()), version, errors, ..form_of(draft) };
            Ok(here.unprocessable(views::form(&here.shell(), &view)))
        }
        Err(Error::Conflict(conflict)) => {
            // What was typed stays; sent again, it goes over what the other one saved.
            let mut errors = FieldErrors::default();
            errors.add("", "stale", "");
            let now = conflict.version;
            let view = EntryForm { id: Some(id.to_string()), version: now, errors, ..form_of(draft) };
            Ok(here.conflict(views::form(&here.shell(), &view)))
        }
        Err(error) => Err(error.into()),
    }
}

#[handler]
async fn ask_delete(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = here.id::<Uuid>(&id)?;
    let view = here
        .deed(move |app, ctx| {
            permissions::require_all(ctx, Kind::Settings, Action::Change)?;
            let entry = parametrization::get(app, ctx, id)?;
            let row = row_of(ctx.language, entry.clone());
            let parts = [
                ui::format::date_short(row.date),
                views::duration(ctx.language, row.minutes),
                row.consultant,
                row.text,
                row.origin,
            ];
            let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            Ok(DeletePage { id: id.to_string(), version: entry.meta.version, entry: parts.join(" · ") })
        })
        .await?;
    Ok(here.page(views::delete_page(&here.shell(), &view)))
}

#[handler]
async fn delete(here: Here, Path(id): Path<String>, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let id = here.id::<Uuid>(&id)?;
    let version = version_of(&fields);
    match here.try_deed(move |app, ctx| parametrization::delete(app, ctx, id, version)).await? {
        Ok(()) => Ok(here.go_with_notice(PATH, "parametrisation-deleted")),
        // Changed in the meantime: look again before it goes.
        Err(Error::Conflict(_)) => Ok(here.go(&format!("{PATH}/{id}/delete"))),
        Err(error) => Err(error.into()),
    }
}

fn draft_of(fields: &[(String, String)]) -> EntryDraft {
    let value = |name| value_of(fields, name).to_owned();
    EntryDraft {
        date: value("date"),
        consultant: value("consultant"),
        minutes: value("minutes"),
        text: value("text"),
        function: value("function"),
        configuration: value("configuration"),
    }
}

fn form_of(draft: EntryDraft) -> EntryForm {
    EntryForm {
        date: draft.date,
        consultant: draft.consultant,
        minutes: draft.minutes,
        text: draft.text,
        function: draft.function,
        configuration: draft.configuration,
        ..EntryForm::default()
    }
}

fn form_from(language: Language, entry: &Parametrization) -> EntryForm {
    EntryForm {
        id: Some(entry.meta.id.to_string()),
        version: entry.meta.version,
        date: entry.date.to_string(),
        consultant: entry.consultant.clone(),
        minutes: entry.minutes.to_string(),
        text: entry.text.clone(),
        function: entry.function.as_str().to_owned(),
        configuration: String::new(),
        origin: views::origin_text(language, &entry.origin),
        errors: FieldErrors::default(),
    }
}
