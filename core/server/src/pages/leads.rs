//! Leads for people: the list, the form, the page of one, and what can be done with it.

pub(in crate::pages) mod columns;
pub(in crate::pages) mod filter;
mod inbox;
mod lists;
pub(in crate::pages) mod own;
pub(in crate::pages) mod saved;
pub(in crate::pages) mod views;

pub(super) use self::columns::field_views;
pub(super) use self::views::person_of;
use self::views::{form_of, lead_page};
use super::activities::HistoryAsk;
use super::fields::{value_of, version_of};
use super::merges;
use crate::errors::Fault;
use crate::here::Here;
use crate::routes::{Entry, page};
use model::uuid::Uuid;
use model::{Currency, FieldErrors, Kind, Lead, LeadId, LeadStatus, UserId};
use poem::http::Method;
use poem::web::{Form, Path};
use poem::{Response, handler};
use services::leads;
use services::{App, Ctx, Error, Known, LeadDraft, own_values, settings};
use ui::consents::ConsentForm;
use ui::leads::{DeletePage, FormOf, FormPage, LeadPage};
use ui::merges::Resembling;

pub(crate) fn entries() -> Vec<Entry> {
    let see = "see leads: own, team or all";
    let create = "create leads";
    let change = "change this lead";
    let mut entries = vec![
        page(Method::GET, "/leads", see, lists::list),
        page(Method::POST, "/leads", create, create_one),
        page(Method::GET, "/leads/new", create, new),
        page(Method::GET, "/leads/export", "export leads", lists::export).download(),
        page(Method::GET, "/leads/filter", see, filter::editor),
        page(Method::GET, "/leads/:id", see, show),
        page(Method::POST, "/leads/:id", change, update),
        page(Method::GET, "/leads/:id/edit", change, edit),
        page(Method::POST, "/leads/:id/status", change, set_status),
        page(Method::POST, "/leads/:id/assign", "assign: managers and administrators", assign),
        page(Method::POST, "/leads/:id/archived", change, set_archived),
        page(Method::POST, "/leads/:id/notes", change, add_note),
        page(Method::GET, "/leads/:id/delete", "delete this lead", ask_delete),
        page(Method::POST, "/leads/:id/delete", "delete this lead", delete),
    ];
    entries.extend(inbox::entries());
    entries
}

#[handler]
async fn new(here: Here) -> Result<Response, Fault> {
    let custom = own_values::defaults(&here.state.app.frame(), Kind::Lead);
    let draft = LeadDraft { custom, ..LeadDraft::default() };
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
    let on = merges::on_duplicate(&fields);
    let deed = move |app: &App, ctx: &Ctx| leads::create_unless(app, ctx, &typed.0, once.as_deref(), on);
    match here.try_deed(deed).await? {
        Ok(lead) => Ok(after_creation(&here, &lead).await),
        Err(Error::Invalid(errors)) => {
            let key = value_of(&fields, "idempotency_key").to_owned();
            form_again(&here, FormOf::New { idempotency_key: key }, draft, errors).await
        }
        Err(Error::Duplicate(known)) => {
            let key = value_of(&fields, "idempotency_key").to_owned();
            form_known(&here, FormOf::New { idempotency_key: key }, draft, &known).await
        }
        Err(error) => Err(error.into()),
    }
}

/// To the new lead; or to the list, where it was assigned to somebody whose leads the caller does not see. Whose it is, is
/// said where it is not theirs.
async fn after_creation(here: &Here, lead: &Lead) -> Response {
    let id = LeadId(lead.meta.id);
    let is_seen = here.deed(move |app, ctx| leads::get(app, ctx, id)).await.is_ok();
    let address = if is_seen { format!("/leads/{id}") } else { "/leads".to_owned() };
    let notice = match lead.owner {
        Some(owner) if here.ctx.user_id() == Some(owner) => "lead-created".to_owned(),
        Some(owner) if is_seen => format!("lead-created-for-{owner}"),
        Some(owner) => format!("lead-given-{owner}"),
        None if is_seen => "lead-created".to_owned(),
        None => "lead-created-nobodys".to_owned(),
    };
    here.go_with_notice(&address, &notice)
}

#[handler]
async fn show(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = here.id::<LeadId>(&id)?;
    let mut view = view_of(&here, id, HistoryAsk::of(&here)).await?;
    view.consents.begin_withdrawal(here.query(ui::consents::WITHDRAW));
    Ok(here.page(ui::leads::page(&super::merges::shell_of(&here, &view.alike), &view)))
}

/// A lead with all around it.
async fn view_of(here: &Here, id: LeadId, ask: HistoryAsk) -> Result<LeadPage, Fault> {
    let words = here.facts.words.clone();
    here.deed(move |app, ctx| lead_page(app, ctx, words.locale(ctx.language), id, ask)).await
}

/// The page with the form above its history as it was typed, and what is wrong with it.
pub(super) async fn again(
    here: &Here,
    id: LeadId,
    ask: HistoryAsk,
    errors: FieldErrors,
) -> Result<Response, Fault> {
    let view = LeadPage { errors, ..view_of(here, id, ask).await? };
    Ok(here.unprocessable(ui::leads::page(&here.shell(), &view)))
}

/// The page with the form of a consent as it was typed, and what is wrong with it.
pub(super) async fn show_again(
    here: &Here,
    id: Uuid,
    form: ConsentForm,
    errors: FieldErrors,
) -> Result<Response, Fault> {
    let mut view = view_of(here, LeadId(id), HistoryAsk::default()).await?;
    view.consents.came_back(form);
    view.errors = errors;
    Ok(here.unprocessable(ui::leads::page(&here.shell(), &view)))
}

#[handler]
async fn edit(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = here.id::<LeadId>(&id)?;
    let lead = here.deed(move |app, ctx| leads::get(app, ctx, id)).await?;
    let view = form_page(&here, edited(&lead), LeadDraft::of(&lead, &here.state.app.frame())).await?;
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
    let on = merges::on_duplicate(&fields);
    let deed = move |app: &App, ctx: &Ctx| leads::update_unless(app, ctx, id, version, &typed, on);
    match here.try_deed(deed).await? {
        Ok(_) => Ok(here.go_with_notice(&format!("/leads/{id}"), "saved")),
        Err(Error::Duplicate(known)) => {
            let lead = here.deed(move |app, ctx| leads::get(app, ctx, id)).await?;
            let of = FormOf::Edited { id: id.to_string(), title: lead.title().to_owned(), version };
            form_known(&here, of, draft, &known).await
        }
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
    let version = version_of(&fields);
    let (reason, note) = reason_of(&fields);
    let done = match status {
        Ok(status) => {
            here.try_deed(move |app, ctx| {
                if note.is_empty() {
                    leads::set_status(app, ctx, id, version, status, &reason)
                } else {
                    leads::set_status_with_note(app, ctx, id, version, status, &reason, &note)
                }
            })
            .await?
        }
        Err(error) => Err(error),
    };
    let done = done.map_err(at_reason_note);
    page_after(&here, id, done.map(|_| "status-changed"), &fields).await
}

/// What is wrong with the note stands where it was written, beside the reason.
fn at_reason_note(error: Error) -> Error {
    let Error::Invalid(mut errors) = error else { return error };
    for problem in errors.0.iter_mut().filter(|problem| problem.field == "text") {
        "reason_note".clone_into(&mut problem.field);
    }
    Error::Invalid(errors)
}

/// The reason to discard a lead, and what was written beside it: that is the reason where none was chosen.
fn reason_of(fields: &[(String, String)]) -> (String, String) {
    let (chosen, written) = (value_of(fields, "reason"), value_of(fields, "reason_note").trim());
    if chosen.is_empty() || chosen == ui::leads::OTHER_REASON {
        (written.to_owned(), String::new())
    } else {
        (chosen.to_owned(), written.to_owned())
    }
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
async fn set_archived(
    here: Here,
    Path(id): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let id = here.id::<LeadId>(&id)?;
    let (version, archived) = (version_of(&fields), value_of(&fields, "archived") == "yes");
    let done = here.try_deed(move |app, ctx| leads::set_archived(app, ctx, id, version, archived)).await?;
    let notice = if archived { "lead-archived" } else { "lead-restored" };
    page_after(&here, id, done.map(|_| notice), &fields).await
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
    let ask = HistoryAsk::with_note(value_of(fields, "text").to_owned());
    let mut view = view_of(here, id, ask).await?;
    view.reason = value_of(fields, "reason").to_owned();
    view.reason_note = value_of(fields, "reason_note").to_owned();
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
        // Documents belong to it: they stand on its page.
        Err(Error::Invalid(errors)) => again(&here, id, HistoryAsk::default(), errors).await,
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
    form_with(here, of, draft, FieldErrors::default()).await
}

/// The form with what is wrong in it, and the question who is meant by names that several have.
async fn form_with(
    here: &Here,
    of: FormOf,
    draft: LeadDraft,
    errors: FieldErrors,
) -> Result<FormPage, Fault> {
    let typed = draft.custom.clone();
    let read = here.deed(move |app, ctx| {
        let mut own = own::inputs(app, ctx, Kind::Lead, typed)?;
        own::ask(app, ctx, Kind::Lead, &mut own, &errors)?;
        Ok((currency(app, ctx, &of)?, own, errors, of))
    });
    let (currency, own, errors, of) = read.await?;
    let (form, conflict) = (form_of(draft), Vec::new());
    Ok(FormPage { of, form, own, errors, currency, conflict, resembling: Resembling::default() })
}

/// The form with what was typed, and the records that are surely the same.
async fn form_known(here: &Here, of: FormOf, draft: LeadDraft, known: &[Known]) -> Result<Response, Fault> {
    let view = FormPage { resembling: merges::known(known), ..form_page(here, of, draft).await? };
    Ok(here.conflict(ui::leads::form_page(&here.shell(), &view)))
}

/// The form with what was typed and all that is wrong with it.
async fn form_again(
    here: &Here,
    of: FormOf,
    draft: LeadDraft,
    errors: FieldErrors,
) -> Result<Response, Fault> {
    let view = form_with(here, of, draft, errors).await?;
    Ok(here.unprocessable(ui::leads::form_page(&here.shell(), &view)))
}

/// The currency that the lead's amount came in, else the company's.
fn currency(app: &App, ctx: &Ctx, of: &FormOf) -> Result<Currency, Error> {
    if let FormOf::Edited { id, .. } = of
        && let Ok(id) = id.parse::<LeadId>()
        && let Some(amount) = leads::get(app, ctx, id)?.amount
    {
        return Ok(amount.currency);
    }
    Ok(settings::get(app, ctx)?.currency)
}

pub(super) fn draft_of(fields: &[(String, String)]) -> LeadDraft {
    let mut draft = LeadDraft::default();
    for (target, name) in model::TARGETS {
        *draft.field_mut(target) = value_of(fields, name).to_owned();
    }
    let mut tags: Vec<&str> =
        fields.iter().filter(|(name, _)| name == "tags").map(|(_, tag)| tag.as_str()).collect();
    tags.sort_unstable();
    draft.tags = tags.join(",");
    draft.custom = own::typed_of(fields);
    draft
}
