//! The company's own fields for people: all of them, one made or changed, archived, removed.

use super::fields::{value_of, version_of};
use crate::errors::Fault;
use crate::here::Here;
use crate::routes::{Entry, page};
use model::{Configured, CustomField, FieldErrors, Kind, Label, Language};
use poem::http::Method;
use poem::web::{Form, Path};
use poem::{Response, handler};
use services::fields::ENTITIES;
use services::own_fields::{self, FieldDraft, Step};
use services::{App, Ctx, Error, configuration, links};
use ui::own_fields::{FieldForm, FieldOf, FieldPage, FieldRow, RemovePage};

type Fields = Vec<(String, String)>;

pub(crate) fn entries() -> Vec<Entry> {
    let see = "see settings: all";
    let change = "change settings: all";
    vec![
        page(Method::GET, "/settings/fields", see, list),
        page(Method::POST, "/settings/fields", change, create),
        page(Method::GET, "/settings/fields/new", see, new),
        page(Method::GET, "/settings/fields/:field", see, show),
        page(Method::POST, "/settings/fields/:field", change, update),
        page(Method::POST, "/settings/fields/:field/move", change, step),
        page(Method::POST, "/settings/fields/:field/archive", change, archive),
        page(Method::POST, "/settings/fields/:field/restore", change, restore),
        page(Method::GET, "/settings/fields/:field/remove", see, ask_remove),
        page(Method::POST, "/settings/fields/:field/remove", change, remove),
    ]
}

#[handler]
async fn list(here: Here) -> Result<Response, Fault> {
    let fields = here.deed(configuration::list::<CustomField>).await?;
    let of_entity = |entity: Kind| {
        let of = format!("{entity}.");
        let rows = fields.iter().filter(|field| field.key.starts_with(&of)).map(row).collect();
        (entity, rows)
    };
    let entities: Vec<(Kind, Vec<FieldRow>)> = ENTITIES.into_iter().map(of_entity).collect();
    Ok(here.page(ui::own_fields::list_page(&here.shell(), &entities)))
}

fn row(field: &Configured<CustomField>) -> FieldRow {
    FieldRow {
        key: field.key.clone(),
        label: field.piece.label.clone(),
        kind: field.piece.kind,
        required: field.piece.required,
        unique: field.piece.unique,
        shown: field.piece.shown.clone(),
        archived: field.piece.archived,
    }
}

#[handler]
async fn new(here: Here) -> Result<Response, Fault> {
    // Whoever may not set up anything is told so before they type.
    here.deed(configuration::list::<CustomField>).await?;
    let entity = here.query("entity").and_then(entity_of).unwrap_or(Kind::Lead);
    let shown = model::Shown::ALL.map(|shown| shown.as_str().to_owned()).to_vec();
    let form = FieldForm { shown, ..FieldForm::default() };
    let view =
        FieldPage { entity, of: FieldOf::New, form, targets: targets(), errors: FieldErrors::default() };
    Ok(here.page(ui::own_fields::field_page(&here.shell(), &view)))
}

#[handler]
async fn create(here: Here, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let draft = draft_of(&fields);
    match here.try_deed(move |app, ctx| own_fields::create(app, ctx, &draft)).await? {
        Ok(_) => Ok(here.go_with_notice("/settings/fields", "field-created")),
        Err(Error::Invalid(errors)) => {
            let draft = draft_of(&fields);
            let entity = entity_of(&draft.entity).unwrap_or(Kind::Lead);
            let view =
                FieldPage { entity, of: FieldOf::New, form: form_of(draft), targets: targets(), errors };
            Ok(here.unprocessable(ui::own_fields::field_page(&here.shell(), &view)))
        }
        Err(error) => Err(error.into()),
    }
}

#[handler]
async fn show(here: Here, Path(key): Path<String>) -> Result<Response, Fault> {
    let view = here.deed(move |app, ctx| field_page(app, ctx, &key)).await?;
    Ok(here.page(ui::own_fields::field_page(&here.shell(), &view)))
}

fn field_page(app: &App, ctx: &Ctx, key: &str) -> Result<FieldPage, Error> {
    let field = configuration::get::<CustomField>(app, ctx, key)?;
    let entity = key.split_once('.').and_then(|(entity, _)| entity_of(entity)).ok_or(Error::NotFound)?;
    Ok(FieldPage {
        entity,
        form: form_of(FieldDraft::of(&field)),
        of: FieldOf::Changed {
            key: field.key,
            version: field.meta.version,
            label: field.piece.label,
            archived: field.piece.archived,
        },
        targets: targets(),
        errors: FieldErrors::default(),
    })
}

#[handler]
async fn update(here: Here, Path(key): Path<String>, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let (draft, version, of) = (draft_of(&fields), version_of(&fields), key.clone());
    match here.try_deed(move |app, ctx| own_fields::update(app, ctx, &of, version, &draft)).await? {
        Ok(_) => Ok(here.go_with_notice("/settings/fields", "saved")),
        Err(Error::Invalid(errors)) => again(&here, key, &fields, errors, false).await,
        Err(Error::Conflict(_)) => {
            let mut errors = FieldErrors::default();
            errors.add("", "stale", "");
            again(&here, key, &fields, errors, true).await
        }
        Err(error) => Err(error.into()),
    }
}

/// The form with what was typed, and what is wrong with it.
async fn again(
    here: &Here,
    key: String,
    fields: &Fields,
    errors: FieldErrors,
    is_stale: bool,
) -> Result<Response, Fault> {
    let mut view = here.deed(move |app, ctx| field_page(app, ctx, &key)).await?;
    view.form = form_of(draft_of(fields));
    view.errors = errors;
    let markup = ui::own_fields::field_page(&here.shell(), &view);
    Ok(if is_stale { here.conflict(markup) } else { here.unprocessable(markup) })
}

#[handler]
async fn step(here: Here, Path(key): Path<String>, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let way = match value_of(&fields, "step") {
        "up" => Step::Up,
        _ => Step::Down,
    };
    here.deed(move |app, ctx| own_fields::shift(app, ctx, &key, way)).await?;
    Ok(here.go("/settings/fields"))
}

#[handler]
async fn archive(here: Here, Path(key): Path<String>, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    set_archived(&here, key, &fields, true).await
}

#[handler]
async fn restore(here: Here, Path(key): Path<String>, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    set_archived(&here, key, &fields, false).await
}

async fn set_archived(here: &Here, key: String, fields: &Fields, archived: bool) -> Result<Response, Fault> {
    let (version, of) = (version_of(fields), key.clone());
    match here.try_deed(move |app, ctx| own_fields::set_archived(app, ctx, &of, version, archived)).await? {
        Ok(()) => {
            let notice = if archived { "field-archived" } else { "field-restored" };
            Ok(here.go_with_notice("/settings/fields", notice))
        }
        // Changed in another tab: the page shows how it stands.
        Err(Error::Conflict(_)) => Ok(here.go(&format!("/settings/fields/{key}"))),
        Err(Error::Invalid(errors)) => {
            let mut view = here.deed(move |app, ctx| field_page(app, ctx, &key)).await?;
            view.errors = errors;
            Ok(here.unprocessable(ui::own_fields::field_page(&here.shell(), &view)))
        }
        Err(error) => Err(error.into()),
    }
}

#[handler]
async fn ask_remove(here: Here, Path(key): Path<String>) -> Result<Response, Fault> {
    let view = here.deed(move |app, ctx| remove_page(app, ctx, &key)).await?;
    Ok(here.page(ui::own_fields::remove_page(&here.shell(), &view)))
}

fn remove_page(app: &App, ctx: &Ctx, key: &str) -> Result<RemovePage, Error> {
    let field = configuration::get::<CustomField>(app, ctx, key)?;
    let used = configuration::uses::<CustomField>(app, ctx, key)?.iter().map(|used| used.count).sum();
    Ok(RemovePage {
        key: field.key,
        version: field.meta.version,
        label: field.piece.label,
        archived: field.piece.archived,
        used,
    })
}

#[handler]
async fn remove(here: Here, Path(key): Path<String>, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let (version, of) = (version_of(&fields), key.clone());
    match here.try_deed(move |app, ctx| own_fields::remove(app, ctx, &of, version)).await? {
        Ok(()) => Ok(here.go_with_notice("/settings/fields", "field-removed")),
        // Somebody used or changed it since the question was asked: ask again.
        Err(Error::Invalid(_) | Error::Conflict(_)) => {
            let view = here.deed(move |app, ctx| remove_page(app, ctx, &key)).await?;
            Ok(here.conflict(ui::own_fields::remove_page(&here.shell(), &view)))
        }
        Err(error) => Err(error.into()),
    }
}

fn entity_of(code: &str) -> Option<Kind> {
    ENTITIES.into_iter().find(|entity| entity.as_str() == code)
}

fn targets() -> Vec<Kind> {
    links::TARGETS.to_vec()
}

fn draft_of(fields: &Fields) -> FieldDraft {
    let value = |name: &str| value_of(fields, name).to_owned();
    let label = |field: &str| {
        let mut label = Label::default();
        for language in Language::ALL {
            *label.own_mut(language) = value(&format!("{field}_{}", language.code()));
        }
        label
    };
    FieldDraft {
        entity: value("entity"),
        name: value("name"),
        label: label("label"),
        help: label("help"),
        kind: value("kind"),
        target: value("target"),
        required: value("required") == "true",
        unique: value("unique") == "true",
        default: value("default").lines().map(str::to_owned).collect(),
        shown: fields.iter().filter(|(name, _)| name == "shown").map(|(_, code)| code.clone()).collect(),
        choices: value("choices"),
    }
}

fn form_of(draft: FieldDraft) -> FieldForm {
    FieldForm {
        label: draft.label,
        name: draft.name,
        kind: draft.kind,
        target: draft.target,
        help: draft.help,
        required: draft.required,
        unique: draft.unique,
        default: draft.default.join("\n"),
        shown: draft.shown,
        choices: draft.choices,
    }
}
