//! Companies, contacts, opportunities, products and activities for people: list, form, page, and what can be done with one. Which
//! entity it is, the address says.

mod bulk;
mod forms;
mod lists;
pub(in crate::pages) mod saved;
pub(in crate::pages) mod views;

use super::activities::HistoryAsk;
use super::fields::{value_of, version_of};
use super::leads::views::conflict_fields;
use super::{board, merges};
use crate::errors::Fault;
use crate::facts::SharedFacts;
use crate::here::Here;
use crate::routes::{Entry, page};
pub(super) use forms::{draft_of, form_of};
use forms::{form, form_again, form_known, more_of, with_more};
use model::uuid::Uuid;
use model::{FieldErrors, Kind};
use poem::http::Method;
use poem::web::{Data, Form, Path};
use poem::{FromRequest, Request, RequestBody, Response, handler};
use services::duplicates::OnDuplicate;
use services::records::{self, Archived, Draft};
use services::{App, Ctx, Error, permissions, quotes};
use ui::consents::ConsentForm;
use ui::records::{DeletePage, FormOf, RecordPage, UsedBy};

type Fields = Vec<(String, String)>;

pub(crate) fn entries() -> Vec<Entry> {
    let see = "see these records: own, team or all";
    let create = "create such records";
    let change = "change this record";
    let delete = "delete this record";
    let mut entries = Vec::new();
    for kind in records::ENTITIES {
        let path = model::path_of(kind).unwrap_or_default();
        let at = |rest: &str| format!("{path}{rest}");
        entries.extend([
            page(Method::GET, path, see, lists::list),
            page(Method::POST, path, create, create_one),
            page(Method::GET, &at("/new"), create, new),
            page(Method::GET, &at("/export"), "export such records", lists::export).download(),
            page(Method::GET, &at("/filter"), see, lists::editor),
            page(Method::GET, &at("/:id"), see, show),
            page(Method::POST, &at("/:id"), change, update),
            page(Method::GET, &at("/:id/edit"), change, edit),
            page(Method::POST, &at("/:id/archive"), change, archive),
            page(Method::POST, &at("/:id/restore"), change, restore),
            page(Method::GET, &at("/:id/delete"), delete, ask_delete),
            page(Method::POST, &at("/:id/delete"), delete, delete_one),
        ]);
        if model::ABOUT.contains(&kind) {
            entries.push(page(Method::POST, &at("/:id/notes"), "create notes about this record", add_note));
        }
    }
    for path in services::fields::ENTITIES.into_iter().filter_map(model::path_of) {
        entries.extend([
            page(Method::POST, &format!("{path}/bulk"), see, bulk::ask),
            page(Method::POST, &format!("{path}/bulk/start"), "change each of these records", bulk::start),
            page(Method::POST, &format!("{path}/bulk/export"), "export such records", bulk::export)
                .download(),
        ]);
    }
    for path in records::CARDS.into_iter().filter_map(model::path_of) {
        entries.push(page(Method::GET, &format!("{path}/:id/card"), see, card));
    }
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
    if kind == Kind::Quote {
        draft = here.deed(move |app, ctx| services::quotes::proposed(app, ctx, &draft)).await?;
    }
    let key = here.ctx.new_secret();
    let view = form(&here, kind, FormOf::New { idempotency_key: key }, draft).await?;
    Ok(here.page(ui::records::form_page(&here.shell(), &view)))
}

#[handler]
async fn create_one(here: Here, Of(kind): Of, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let draft = draft_of(kind, &fields);
    let key = value_of(&fields, "idempotency_key").to_owned();
    if more_of(&fields).is_some() {
        return with_more(&here, kind, FormOf::New { idempotency_key: key }, &fields).await;
    }
    let (typed, once) = (draft.clone(), (!key.is_empty()).then(|| key.clone()));
    let on = merges::on_duplicate(&fields);
    let deed =
        move |app: &App, ctx: &Ctx| records::create_unless(app, ctx, kind, &typed, once.as_deref(), on);
    let done = here.try_deed(deed).await?;
    match done {
        Ok(record) => {
            let id = record.about().id;
            // Somebody who gives a record away may not see it any more.
            let is_seen = here.deed(move |app, ctx| records::get(app, ctx, kind, id)).await.is_ok();
            let list = model::path_of(kind).unwrap_or_default().to_owned();
            // A quote is nothing without its lines.
            let page = if kind == Kind::Quote { path_of(kind, id) + "/lines" } else { path_of(kind, id) };
            Ok(here.go_with_notice(&if is_seen { page } else { list }, "created"))
        }
        Err(Error::Invalid(errors)) => {
            form_again(&here, kind, FormOf::New { idempotency_key: key }, draft, errors).await
        }
        Err(Error::Duplicate(known)) => {
            form_known(&here, kind, FormOf::New { idempotency_key: key }, draft, &known).await
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
    if let Some(what) = here.query("moved").filter(|_| kind == Kind::Opportunity) {
        view.moved = board::moved_of(&here, id, what).await?;
    }
    Ok(here.page(ui::records::page(&super::merges::shell_of(&here, &view.alike), &view)))
}

/// A record with all around it.
pub(super) async fn view_of(here: &Here, kind: Kind, id: Uuid, ask: HistoryAsk) -> Result<RecordPage, Fault> {
    let words = here.facts.words.clone();
    let page =
        here.deed(move |app, ctx| views::record_page(app, ctx, words.locale(ctx.language), kind, id, ask));
    let mut view = page.await?;
    // Without a mail server nobody has said how clients reach us: as whoever reads this does.
    if let Some(link) = view.quote.as_mut().and_then(|quote| quote.link.as_mut())
        && link.starts_with('/')
    {
        link.insert_str(0, &here.origin());
    }
    Ok(view)
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

/// The record as a card for phones and mail programs.
#[handler]
async fn card(here: Here, Of(kind): Of, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = here.id::<Uuid>(&id)?;
    let file = here.deed(move |app, ctx| records::card(app, ctx, kind, id)).await?;
    Ok(super::imports::download(file))
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
    let (version, on) = (version_of(&fields), merges::on_duplicate(&fields));
    if more_of(&fields).is_some() {
        let (of, _) = here.deed(move |app, ctx| edited(app, ctx, kind, id)).await?;
        return with_more(&here, kind, of.of_version(version), &fields).await;
    }
    save(&here, (kind, id), version, draft_of(kind, &fields), on, "saved").await
}

async fn save(
    here: &Here,
    (kind, id): (Kind, Uuid),
    version: u64,
    draft: Draft,
    on: OnDuplicate,
    notice: &str,
) -> Result<Response, Fault> {
    let typed = draft.clone();
    let deed = move |app: &App, ctx: &Ctx| {
        let former = (kind == Kind::Quote).then(|| quotes::content(app, ctx, id)).transpose()?;
        records::update_unless(app, ctx, kind, id, version, &typed, on)?;
        // Whoever does not see it any more is not told.
        Ok(former.and_then(|former| quotes::followed(app, ctx, &former).ok().flatten()))
    };
    let done = here.try_deed(deed).await?;
    match done {
        Ok(followed) => {
            let prices = followed.and_then(|told| ui::notices::of_prices(told.changed, told.stayed));
            let notice = prices.as_deref().unwrap_or(notice);
            let is_seen = here.deed(move |app, ctx| records::get(app, ctx, kind, id)).await.is_ok();
            let list = model::path_of(kind).unwrap_or_default().to_owned();
            Ok(here.go_with_notice(&if is_seen { path_of(kind, id) } else { list }, notice))
        }
        Err(Error::Invalid(errors)) => {
            let (of, whole) = here.deed(move |app, ctx| edited(app, ctx, kind, id)).await?;
            form_again(here, kind, of.of_version(version), typed_over(kind, whole, draft), errors).await
        }
        Err(Error::Duplicate(known)) => {
            let (of, whole) = here.deed(move |app, ctx| edited(app, ctx, kind, id)).await?;
            form_known(here, kind, of.of_version(version), typed_over(kind, whole, draft), &known).await
        }
        Err(Error::Conflict(_)) => merge(here, kind, id, version, draft, notice).await,
        Err(error) => Err(error.into()),
    }
}

/// A record as it is, with what was typed in its place. A list comes back as it was typed, with its empty rows.
fn typed_over(kind: Kind, mut whole: Draft, typed: Draft) -> Draft {
    for list in model::rows_of(kind).iter().filter(|list| typed.0.contains_key(list.key)) {
        whole.0.retain(|name, _| list.place_of(name).is_none());
    }
    whole.0.extend(typed.0);
    whole
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
