//! Companies, contacts, opportunities, products and activities for people: list, form, page, and what can be done with one. Which
//! entity it is, the address says.

mod bulk;
mod lists;
pub(in crate::pages) mod saved;
mod views;

use super::activities::HistoryAsk;
use super::fields::{value_of, version_of};
use super::leads::own;
use super::leads::views::{conflict_fields, people};
use crate::errors::Fault;
use crate::facts::SharedFacts;
use crate::here::Here;
use crate::routes::{Entry, page};
use model::uuid::Uuid;
use model::{FieldErrors, FieldKind, Kind};
use poem::http::Method;
use poem::web::{Data, Form, Path};
use poem::{FromRequest, Request, RequestBody, Response, handler};
use services::records::{self, Archived, Draft};
use services::{App, Ctx, Error, links, permissions, settings};
use std::collections::BTreeMap;
use ui::consents::ConsentForm;
use ui::records::{DeletePage, FormOf, FormPage, RecordPage, UsedBy};

type Fields = Vec<(String, String)>;

pub(crate) fn entries() -> Vec<Entry> {
    let see = "see these records: own, team or all";
    let create = "create such records";
    let change = "change this record";
    let delete = "delete this record";
    let mut entries = Vec::new();
    for path in records::ENTITIES.into_iter().filter_map(model::path_of) {
        let at = |rest: &str| format!("{path}{rest}");
        entries.extend([
            page(Method::GET, path, see, lists::list),
            page(Method::POST, path, create, create_one),
            page(Method::GET, &at("/new"), create, new),
            page(Method::GET, &at("/export"), "export such records", lists::export),
            page(Method::GET, &at("/filter"), see, lists::editor),
            page(Method::GET, &at("/:id"), see, show),
            page(Method::POST, &at("/:id"), change, update),
            page(Method::GET, &at("/:id/edit"), change, edit),
            page(Method::POST, &at("/:id/archive"), change, archive),
            page(Method::POST, &at("/:id/restore"), change, restore),
            page(Method::GET, &at("/:id/delete"), delete, ask_delete),
            page(Method::POST, &at("/:id/delete"), delete, delete_one),
        ]);
        if path != ui::activities::PATH {
            entries.push(page(Method::POST, &at("/:id/notes"), "create notes about this record", add_note));
        }
    }
    for path in services::fields::ENTITIES.into_iter().filter_map(model::path_of) {
        entries.extend([
            page(Method::POST, &format!("{path}/bulk"), see, bulk::ask),
            page(Method::POST, &format!("{path}/bulk/start"), "change each of these records", bulk::start),
            page(Method::POST, &format!("{path}/bulk/export"), "export such records", bulk::export),
        ]);
    }
    entries.push(page(Method::POST, "/opportunities/:id/stage", change, set_stage));
    entries
}

/// The entity that the address is about.
#[derive(Clone, Copy)]
pub(super) struct Of(pub(super) Kind);

impl<'a> FromRequest<'a> for Of {
    async fn from_request(request: &'a Request, body: &mut RequestBody) -> poem::Result<Of> {
        let Data(facts) = Data::<&SharedFacts>::from_request(request, body).await?;
        let first = facts.path.trim_start_matches('/').split('/').next().unwrap_or_default();
        let kind = services::fields::ENTITIES
            .into_iter()
            .find(|kind| model::path_of(*kind).is_some_and(|path| path.trim_start_matches('/') == first));
        kind.map(Of).ok_or_else(|| Fault::not_found().into())
    }
}

fn path_of(kind: Kind, id: Uuid) -> String {
    format!("{}/{id}", model::path_of(kind).unwrap_or_default())
}

#[handler]
async fn new(here: Here, Of(kind): Of) -> Result<Response, Fault> {
    let mut draft = here.deed(move |app, ctx| records::blank_draft(app, ctx, kind)).await?;
    // A page that offers a new record that belongs to it says so.
    for spec in model::specs_of(kind).iter().filter(|spec| spec.typed) {
        if let Some(value) = here.query(spec.key) {
            draft.put(spec.key, value);
        }
    }
    let key = here.ctx.new_secret();
    let view = form(&here, kind, FormOf::New { idempotency_key: key }, draft).await?;
    Ok(here.page(ui::records::form_page(&here.shell(), &view)))
}

#[handler]
async fn create_one(here: Here, Of(kind): Of, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let draft = draft_of(kind, &fields);
    let key = value_of(&fields, "idempotency_key").to_owned();
    let (typed, once) = (draft.clone(), (!key.is_empty()).then(|| key.clone()));
    let done =
        here.try_deed(move |app, ctx| records::create(app, ctx, kind, &typed, once.as_deref())).await?;
    match done {
        Ok(record) => {
            let id = record.about().id;
            // Somebody who gives a record away may not see it any more.
            let is_seen = here.deed(move |app, ctx| records::get(app, ctx, kind, id)).await.is_ok();
            let list = model::path_of(kind).unwrap_or_default().to_owned();
            Ok(here.go_with_notice(&if is_seen { path_of(kind, id) } else { list }, "created"))
        }
        Err(Error::Invalid(errors)) => {
            form_again(&here, kind, FormOf::New { idempotency_key: key }, draft, errors).await
        }
        Err(error) => Err(error.into()),
    }
}

#[handler]
async fn show(here: Here, Of(kind): Of, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = here.id::<Uuid>(&id)?;
    let mut view = view_of(&here, kind, id, HistoryAsk::of(&here)).await?;
    if let Some(panel) = &mut view.consents {
        panel.begin_withdrawal(here.query(ui::consents::WITHDRAW));
    }
    Ok(here.page(ui::records::page(&here.shell(), &view)))
}

/// A record with all around it.
pub(super) async fn view_of(here: &Here, kind: Kind, id: Uuid, ask: HistoryAsk) -> Result<RecordPage, Fault> {
    let words = here.facts.words.clone();
    here.deed(move |app, ctx| views::record_page(app, ctx, words.locale(ctx.language), kind, id, ask)).await
}

/// The page with the form above its history as it was typed, and what is wrong with it.
pub(super) async fn again(
    here: &Here,
    kind: Kind,
    id: Uuid,
    ask: HistoryAsk,
    errors: FieldErrors,
) -> Result<Response, Fault> {
    let view = RecordPage { errors, ..view_of(here, kind, id, ask).await? };
    Ok(here.unprocessable(ui::records::page(&here.shell(), &view)))
}

/// The page of a contact with the form of a consent as it was typed, and what is wrong with it.
pub(super) async fn show_again(
    here: &Here,
    id: Uuid,
    form: ConsentForm,
    errors: FieldErrors,
) -> Result<Response, Fault> {
    let mut view = view_of(here, Kind::Contact, id, HistoryAsk::default()).await?;
    if let Some(panel) = &mut view.consents {
        panel.came_back(form);
    }
    view.errors = errors;
    Ok(here.unprocessable(ui::records::page(&here.shell(), &view)))
}

#[handler]
async fn edit(here: Here, Of(kind): Of, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = here.id::<Uuid>(&id)?;
    let (of, draft) = here.deed(move |app, ctx| edited(app, ctx, kind, id)).await?;
    let view = form(&here, kind, of, draft).await?;
    Ok(here.page(ui::records::form_page(&here.shell(), &view)))
}

/// The form of a record as it is stored; for those who may change it.
fn edited(app: &App, ctx: &Ctx, kind: Kind, id: Uuid) -> Result<(FormOf, Draft), Error> {
    let record = records::get(app, ctx, kind, id)?;
    permissions::require_record(ctx, record.as_ref(), model::Action::Change)?;
    let of = FormOf::Edited { id: id.to_string(), title: record.name(), version: record.about().version };
    Ok((of, records::draft_of(app, record.as_ref())))
}

#[handler]
async fn update(
    here: Here,
    Of(kind): Of,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    let id = here.id::<Uuid>(&id)?;
    save(&here, kind, id, version_of(&fields), draft_of(kind, &fields), "saved").await
}

/// Moves an opportunity along: a change like any other, of one field. What the stage asks for is asked in the form.
#[handler]
async fn set_stage(
    here: Here,
    Of(kind): Of,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    let id = here.id::<Uuid>(&id)?;
    let mut draft = Draft::default();
    for field in ["stage", "lost_reason"] {
        if fields.iter().any(|(name, _)| name == field) {
            draft.put(field, value_of(&fields, field));
        }
    }
    save(&here, kind, id, version_of(&fields), draft, "stage-changed").await
}

async fn save(
    here: &Here,
    kind: Kind,
    id: Uuid,
    version: u64,
    draft: Draft,
    notice: &str,
) -> Result<Response, Fault> {
    let typed = draft.clone();
    let done = here.try_deed(move |app, ctx| records::update(app, ctx, kind, id, version, &typed)).await?;
    match done {
        Ok(_) => {
            let is_seen = here.deed(move |app, ctx| records::get(app, ctx, kind, id)).await.is_ok();
            let list = model::path_of(kind).unwrap_or_default().to_owned();
            Ok(here.go_with_notice(&if is_seen { path_of(kind, id) } else { list }, notice))
        }
        Err(Error::Invalid(errors)) => {
            let (of, mut whole) = here.deed(move |app, ctx| edited(app, ctx, kind, id)).await?;
            let of = match of {
                FormOf::Edited { id, title, .. } => FormOf::Edited { id, title, version },
                other => other,
            };
            whole.0.extend(draft.0);
            form_again(here, kind, of, whole, errors).await
        }
        Err(Error::Conflict(_)) => merge(here, kind, id, version, draft, notice).await,
        Err(error) => Err(error.into()),
    }
}

/// Somebody else saved in the meantime. What does not contradict is saved together; else the form comes back with
/// both values of the fields that do.
async fn merge(
    here: &Here,
    kind: Kind,
    id: Uuid,
    version: u64,
    typed: Draft,
    notice: &str,
) -> Result<Response, Fault> {
    let merged = here.deed(move |app, ctx| records::merge(app, ctx, kind, id, version, &typed)).await?;
    if merged.fields.is_empty() {
        let (draft, version) = (merged.draft.clone(), merged.version);
        let saved =
            here.try_deed(move |app, ctx| records::update(app, ctx, kind, id, version, &draft)).await?;
        if saved.is_ok() {
            return Ok(here.go_with_notice(&path_of(kind, id), notice));
        }
    }
    let of = FormOf::Edited { id: id.to_string(), title: merged.title, version: merged.version };
    let mut view = form(here, kind, of, merged.draft).await?;
    view.conflict = conflict_fields(&merged.fields);
    Ok(here.conflict(ui::records::form_page(&here.shell(), &view)))
}

#[handler]
async fn add_note(
    here: Here,
    Of(kind): Of,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    let id = here.id::<Uuid>(&id)?;
    let text = value_of(&fields, "text").to_owned();
    let note = text.clone();
    match here.try_deed(move |app, ctx| records::add_note(app, ctx, kind, id, &note)).await? {
        Ok(_) => Ok(here.go_with_notice(&path_of(kind, id), "note-added")),
        Err(Error::Invalid(errors)) => again(&here, kind, id, HistoryAsk::with_note(text), errors).await,
        Err(error) => Err(error.into()),
    }
}

#[handler]
async fn archive(
    here: Here,
    Of(kind): Of,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    put_away(&here, kind, &id, &fields, Archived::Yes, "record-archived").await
}

#[handler]
async fn restore(
    here: Here,
    Of(kind): Of,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    put_away(&here, kind, &id, &fields, Archived::No, "record-restored").await
}

async fn put_away(
    here: &Here,
    kind: Kind,
    id: &str,
    fields: &Fields,
    wanted: Archived,
    notice: &str,
) -> Result<Response, Fault> {
    let id = here.id::<Uuid>(id)?;
    let version = version_of(fields);
    let done =
        here.try_deed(move |app, ctx| records::set_archived(app, ctx, kind, id, version, wanted)).await?;
    match done {
        Ok(_) => Ok(here.go_with_notice(&path_of(kind, id), notice)),
        // It changed since the page was opened: look again.
        Err(Error::Conflict(_)) => Ok(here.go(&path_of(kind, id))),
        Err(error) => Err(error.into()),
    }
}

#[handler]
async fn ask_delete(here: Here, Of(kind): Of, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = here.id::<Uuid>(&id)?;
    let view = here.deed(move |app, ctx| question(app, ctx, kind, id)).await?;
    Ok(here.page(ui::records::delete_page(&here.shell(), &view)))
}

fn question(app: &App, ctx: &Ctx, kind: Kind, id: Uuid) -> Result<DeletePage, Error> {
    let asked = records::about_to_delete(app, ctx, kind, id)?;
    let used = |(user, count): (Kind, usize)| UsedBy {
        kind: user,
        count: count as u64,
        href: views::list_of_users(kind, id, user)
            .filter(|_| permissions::may(ctx, user, model::Action::See)),
    };
    Ok(DeletePage {
        kind,
        id: id.to_string(),
        title: asked.record.name(),
        version: asked.record.about().version,
        notes: asked.notes as u64,
        is_archived: asked.record.is_archived(),
        used_by: asked.used_by.into_iter().map(used).collect(),
    })
}

#[handler]
async fn delete_one(
    here: Here,
    Of(kind): Of,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    let id = here.id::<Uuid>(&id)?;
    let version = version_of(&fields);
    match here.try_deed(move |app, ctx| records::delete(app, ctx, kind, id, version)).await? {
        Ok(()) => Ok(here.go_with_notice(model::path_of(kind).unwrap_or_default(), "record-deleted")),
        // It changed since the question was asked, or something belongs to it now: ask again.
        Err(Error::Conflict(_)) => Ok(here.go(&format!("{}/delete", path_of(kind, id)))),
        Err(Error::Invalid(_)) => {
            let view = here.deed(move |app, ctx| question(app, ctx, kind, id)).await?;
            Ok(here.unprocessable(ui::records::delete_page(&here.shell(), &view)))
        }
        Err(error) => Err(error.into()),
    }
}

async fn form(here: &Here, kind: Kind, of: FormOf, draft: Draft) -> Result<FormPage, Fault> {
    here.deed(move |app, ctx| form_of(app, ctx, kind, of, draft)).await
}

/// Names offered below a link's input: the newest records.
const SUGGESTIONS: usize = 50;

pub(super) fn form_of(app: &App, ctx: &Ctx, kind: Kind, of: FormOf, draft: Draft) -> Result<FormPage, Error> {
    let own = own::inputs(app, ctx, kind, draft.own())?;
    let (mut linked, mut suggestions) = (BTreeMap::new(), BTreeMap::new());
    for spec in model::specs_of(kind).iter().filter(|spec| spec.typed && spec.kind == FieldKind::Link) {
        let model::Values::Records(target) = spec.values else { continue };
        if let Some(id) = draft.one(spec.key).and_then(|text| text.parse::<Uuid>().ok())
            && let Some(name) = links::name(app, ctx, target, id)?
            // A name that means another record, too, would be a question when the form comes back.
            && links::find(app, ctx, target, &name)? == links::Found::One(id)
        {
            linked.insert(id.to_string(), name);
        }
        if permissions::may(ctx, target, model::Action::See) {
            let query = records::Query { limit: SUGGESTIONS, ..records::Query::default() };
            let page = records::list(app, ctx, target, &query)?;
            let names = page.records.iter().map(|record| record.name()).collect();
            suggestions.insert(spec.key.to_owned(), names);
        }
    }
    let may_choose_owner = kind != Kind::Product && records::may_assign(ctx, kind);
    Ok(FormPage {
        kind,
        prefix: String::new(),
        of,
        typed: draft.0.into_iter().filter(|(key, _)| model::own_name(key).is_none()).collect(),
        linked,
        suggestions,
        people: if may_choose_owner { people(app, ctx)? } else { Vec::new() },
        own,
        errors: FieldErrors::default(),
        currency: settings::get(app, ctx)?.currency,
        conflict: Vec::new(),
    })
}

/// The form with what was typed and all that is wrong with it.
async fn form_again(
    here: &Here,
    kind: Kind,
    of: FormOf,
    draft: Draft,
    errors: FieldErrors,
) -> Result<Response, Fault> {
    let view = FormPage { errors, ..form(here, kind, of, draft).await? };
    Ok(here.unprocessable(ui::records::form_page(&here.shell(), &view)))
}

/// What a form sent: built-in fields that people type, whose it is, and own ones.
pub(super) fn draft_of(kind: Kind, fields: &Fields) -> Draft {
    let mut draft = Draft::default();
    let typed = model::specs_of(kind).iter().filter(|spec| spec.typed).map(|spec| spec.key);
    for key in typed.chain(["owner"]) {
        let sent = fields.iter().filter(|(name, _)| name == key).map(|(_, text)| text.clone());
        let texts: Vec<String> = sent.collect();
        if !texts.is_empty() {
            draft.0.insert(key.to_owned(), texts);
        }
    }
    draft.with_own(own::typed_of(fields))
}
