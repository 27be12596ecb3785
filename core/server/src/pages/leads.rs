//! Leads for people: the list, the form, the page of one, and what can be done with it.

mod views;

pub(super) use self::views::person_of;
use self::views::{form_of, lead_page, list_page};
use super::fields::{value_of, version_of};
use crate::errors::Fault;
use crate::here::Here;
use crate::routes::{Entry, page};
use model::jiff::civil::Date;
use model::{Currency, FieldErrors, Lead, LeadId, LeadSort, LeadStatus, Source, UserId};
use poem::http::Method;
use poem::web::{Form, Path};
use poem::{Response, handler};
use services::leads::{self, Direction, LeadQuery, OwnerFilter};
use services::reports::{self, FileFormat};
use services::{App, Ctx, Error, LeadDraft, settings};
use ui::leads::{DeletePage, FormOf, FormPage, LeadFilters, ListPage, OwnerChoice};

pub(crate) fn entries() -> Vec<Entry> {
    let see = "see leads: own, team or all";
    let create = "create leads";
    let change = "change this lead";
    vec![
        page(Method::GET, "/leads", see, list),
        page(Method::POST, "/leads", create, create_one),
        page(Method::GET, "/leads/new", create, new),
        page(Method::GET, "/leads/export", "export leads", export),
        page(Method::GET, "/leads/:id", see, show),
        page(Method::POST, "/leads/:id", change, update),
        page(Method::GET, "/leads/:id/edit", change, edit),
        page(Method::POST, "/leads/:id/status", change, set_status),
        page(Method::POST, "/leads/:id/assign", "assign: managers and administrators", assign),
        page(Method::POST, "/leads/:id/notes", change, add_note),
        page(Method::GET, "/leads/:id/delete", "delete this lead", ask_delete),
        page(Method::POST, "/leads/:id/delete", "delete this lead", delete),
    ]
}

#[handler]
async fn list(here: Here) -> Result<Response, Fault> {
    let (filters, errors) = filters_of(&here);
    let cursor = here.query("cursor").map(str::to_owned);
    let query = query_of(&here, &filters, cursor.clone());
    let is_more = here.is_htmx() && cursor.is_some();
    let view = here
        .deed(move |app, ctx| {
            let total = if is_more { None } else { Some(views::total(app, ctx, &query)?) };
            Ok(ListPage { total, ..list_page(app, ctx, filters, errors, &query)? })
        })
        .await?;
    let markup = if is_more { ui::leads::more_rows } else { ui::leads::list_page };
    Ok(here.page(markup(&here.shell(), &view)))
}

#[handler]
async fn export(here: Here) -> Result<Response, Fault> {
    let (filters, _) = filters_of(&here);
    let query = query_of(&here, &filters, None);
    let format = here.query("format").and_then(FileFormat::from_code).unwrap_or(FileFormat::Csv);
    let language = here.ctx.language;
    let file = here
        .deed(move |app, ctx| {
            let name = |code: &str| super::reports::code_name(language, code);
            let words = reports::Words { titles: views::export_titles(language), name: &name };
            reports::export_leads(app, ctx, &query, format, &words)
        })
        .await?;
    Ok(super::imports::download(file))
}

#[handler]
async fn new(here: Here) -> Result<Response, Fault> {
    let draft = LeadDraft::default();
    let key = here.ctx.new_secret();
    let view = form_page(&here, FormOf::New { idempotency_key: key }, draft).await?;
    Ok(here.page(ui::leads::form_page(&here.shell(), &view)))
}

#[handler]
async fn create_one(here: Here, Form(fields): Form<Vec<(String, String)>>) -> Result<Response, Fault> {
    let draft = draft_of(&fields);
    let key = value_of(&fields, "idempotency_key").to_owned();
    let typed = (draft.clone(), key.clone());
    let once = (!key.is_empty()).then_some(key);
    match here.try_deed(move |app, ctx| leads::create(app, ctx, &typed.0, once.as_deref())).await? {
        Ok(lead) => Ok(after_creation(&here, LeadId(lead.meta.id)).await),
        Err(Error::Invalid(errors)) => {
            let key = value_of(&fields, "idempotency_key").to_owned();
            form_again(&here, FormOf::New { idempotency_key: key }, draft, errors).await
        }
        Err(error) => Err(error.into()),
    }
}

/// To the new lead; or to the list, where it was assigned to somebody whose leads the caller does not see.
async fn after_creation(here: &Here, id: LeadId) -> Response {
    let is_seen = here.deed(move |app, ctx| leads::get(app, ctx, id)).await.is_ok();
    let address = if is_seen { format!("/leads/{id}") } else { "/leads".to_owned() };
    here.go_with_notice(&address, "lead-created")
}

#[handler]
async fn show(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = here.id::<LeadId>(&id)?;
    let before = here.query("before").and_then(|seq| seq.parse::<u64>().ok());
    let view = here.deed(move |app, ctx| lead_page(app, ctx, id, before)).await?;
    Ok(here.page(ui::leads::page(&here.shell(), &view)))
}

#[handler]
async fn edit(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = here.id::<LeadId>(&id)?;
    let lead = here.deed(move |app, ctx| leads::get(app, ctx, id)).await?;
    let view = form_page(&here, edited(&lead), LeadDraft::of(&lead)).await?;
    Ok(here.page(ui::leads::form_page(&here.shell(), &view)))
}

#[handler]
async fn update(
    here: Here,
    Path(id): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let id = here.id::<LeadId>(&id)?;
    let (draft, version) = (draft_of(&fields), version_of(&fields));
    let typed = draft.clone();
    match here.try_deed(move |app, ctx| leads::update(app, ctx, id, version, &typed)).await? {
        Ok(_) => Ok(here.go_with_notice(&format!("/leads/{id}"), "saved")),
        Err(Error::Invalid(errors)) => {
            let lead = here.deed(move |app, ctx| leads::get(app, ctx, id)).await?;
            let of = FormOf::Edited { id: id.to_string(), title: lead.title().to_owned(), version };
            form_again(&here, of, draft, errors).await
        }
        Err(Error::Conflict(_)) => merge(&here, id, version, draft).await,
        Err(error) => Err(error.into()),
    }
}

/// Somebody else saved in the meantime. What does not contradict is saved together; else the form comes back with
/// both values of the fields that do.
async fn merge(here: &Here, id: LeadId, version: u64, typed: LeadDraft) -> Result<Response, Fault> {
    let merged = here.deed(move |app, ctx| leads::merge(app, ctx, id, version, &typed)).await?;
    if merged.fields.is_empty() {
        let (draft, version) = (merged.draft.clone(), merged.version);
        let saved = here.try_deed(move |app, ctx| leads::update(app, ctx, id, version, &draft)).await?;
        if saved.is_ok() {
            return Ok(here.go_with_notice(&format!("/leads/{id}"), "saved"));
        }
    }
    let of = FormOf::Edited { id: id.to_string(), title: merged.title, version: merged.version };
    let mut view = form_page(here, of, merged.draft).await?;
    view.conflict = views::conflict_fields(&merged.fields);
    Ok(here.conflict(ui::leads::form_page(&here.shell(), &view)))
}

#[handler]
async fn set_status(
    here: Here,
    Path(id): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let id = here.id::<LeadId>(&id)?;
    let status = LeadStatus::from_code(value_of(&fields, "status"))
        .ok_or_else(|| Error::invalid("status", "choice", value_of(&fields, "status")));
    let (version, reason) = (version_of(&fields), value_of(&fields, "reason").to_owned());
    let done = match status {
        Ok(status) => {
            here.try_deed(move |app, ctx| leads::set_status(app, ctx, id, version, status, &reason)).await?
        }
        Err(error) => Err(error),
    };
    page_after(&here, id, done.map(|_| "status-changed"), &fields).await
}

#[handler]
async fn assign(
    here: Here,
    Path(id): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let id = here.id::<LeadId>(&id)?;
    let version = version_of(&fields);
    let owner = value_of(&fields, "owner").to_owned();
    let done = here
        .try_deed(move |app, ctx| {
            let owner = owner.parse::<UserId>().map_err(|_| Error::invalid("owner", "choice", owner))?;
            leads::assign(app, ctx, id, version, owner)
        })
        .await?;
    page_after(&here, id, done.map(|_| "lead-assigned"), &fields).await
}

#[handler]
async fn add_note(
    here: Here,
    Path(id): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let id = here.id::<LeadId>(&id)?;
    let text = value_of(&fields, "text").to_owned();
    let done = here.try_deed(move |app, ctx| leads::add_note(app, ctx, id, &text)).await?;
    page_after(&here, id, done.map(|_| "note-added"), &fields).await
}

/// After a small form of the lead's page: the page with a sentence, or with what is wrong and what was typed.
async fn page_after(
    here: &Here,
    id: LeadId,
    done: Result<&'static str, Error>,
    fields: &[(String, String)],
) -> Result<Response, Fault> {
    let (errors, is_stale) = match done {
        // Somebody who gave the lead away may not see it any more.
        Ok(notice) if here.deed(move |app, ctx| leads::get(app, ctx, id)).await.is_err() => {
            return Ok(here.go_with_notice("/leads", notice));
        }
        Ok(notice) => return Ok(here.go_with_notice(&format!("/leads/{id}"), notice)),
        Err(Error::Invalid(errors)) => (errors, false),
        Err(Error::Conflict(_)) => {
            let mut errors = FieldErrors::default();
            errors.add("", "stale", "");
            (errors, true)
        }
        Err(error) => return Err(error.into()),
    };
    let mut view = here.deed(move |app, ctx| lead_page(app, ctx, id, None)).await?;
    view.note = value_of(fields, "text").to_owned();
    view.reason = value_of(fields, "reason").to_owned();
    view.errors = errors;
    let markup = ui::leads::page(&here.shell(), &view);
    Ok(if is_stale { here.conflict(markup) } else { here.unprocessable(markup) })
}

#[handler]
async fn ask_delete(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = here.id::<LeadId>(&id)?;
    let (lead, notes) = here.deed(move |app, ctx| leads::about_to_delete(app, ctx, id)).await?;
    let view = DeletePage {
        id: id.to_string(),
        title: lead.title().to_owned(),
        version: lead.meta.version,
        notes: notes as u64,
    };
    Ok(here.page(ui::leads::delete_page(&here.shell(), &view)))
}

#[handler]
async fn delete(
    here: Here,
    Path(id): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let id = here.id::<LeadId>(&id)?;
    let version = version_of(&fields);
    match here.try_deed(move |app, ctx| leads::delete(app, ctx, id, version)).await? {
        Ok(()) => Ok(here.go_with_notice("/leads", "lead-deleted")),
        // It changed since the question was asked: ask again.
        Err(Error::Conflict(_)) => Ok(here.go(&format!("/leads/{id}/delete"))),
        Err(error) => Err(error.into()),
    }
}

fn edited(lead: &Lead) -> FormOf {
    FormOf::Edited {
        id: lead.meta.id.to_string(),
        title: lead.title().to_owned(),
        version: lead.meta.version,
    }
}

async fn form_page(here: &Here, of: FormOf, draft: LeadDraft) -> Result<FormPage, Fault> {
    let currency = here.deed(currency).await?;
    let form = form_of(draft);
    Ok(FormPage { of, form, errors: FieldErrors::default(), currency, conflict: Vec::new() })
}

/// The form with what was typed and all that is wrong with it.
async fn form_again(
    here: &Here,
    of: FormOf,
    draft: LeadDraft,
    errors: FieldErrors,
) -> Result<Response, Fault> {
    let view = FormPage { errors, ..form_page(here, of, draft).await? };
    Ok(here.unprocessable(ui::leads::form_page(&here.shell(), &view)))
}

fn currency(app: &App, ctx: &Ctx) -> Result<Currency, Error> {
    Ok(settings::get(app, ctx)?.currency)
}

fn draft_of(fields: &[(String, String)]) -> LeadDraft {
    let mut draft = LeadDraft::default();
    for (target, name) in model::TARGETS {
        *draft.field_mut(target) = value_of(fields, name).to_owned();
    }
    draft
}

/// The filters of the address. Days that are none are said and left out.
fn filters_of(here: &Here) -> (LeadFilters, FieldErrors) {
    let mut errors = FieldErrors::default();
    let value = |name: &str| here.query(name).unwrap_or_default();
    for day in ["created_from", "created_to"] {
        if !value(day).is_empty() && value(day).parse::<Date>().is_err() {
            errors.add(day, "date-form", value(day));
        }
    }
    let filters = LeadFilters {
        status: LeadStatus::from_code(value("status")),
        owner: OwnerChoice::from_code(value("owner")),
        source: Source::from_code(value("source")),
        created_from: value("created_from").to_owned(),
        created_to: value("created_to").to_owned(),
        sort: LeadSort::from_code(value("sort")).unwrap_or_default(),
        ascending: value("direction") == "asc",
    };
    (filters, errors)
}

fn query_of(here: &Here, filters: &LeadFilters, cursor: Option<String>) -> LeadQuery {
    let owner = match &filters.owner {
        OwnerChoice::Anyone => None,
        OwnerChoice::Me => here.ctx.user_id().map(OwnerFilter::Person),
        OwnerChoice::Nobody => Some(OwnerFilter::Nobody),
        OwnerChoice::Person(id) => id.parse().ok().map(OwnerFilter::Person),
    };
    LeadQuery {
        status: filters.status,
        owner,
        source: filters.source,
        created_from: filters.created_from.parse().ok(),
        created_to: filters.created_to.parse().ok(),
        sort: filters.sort,
        direction: if filters.ascending { Direction::Forward } else { Direction::Backward },
        cursor,
        ..LeadQuery::default()
    }
}
