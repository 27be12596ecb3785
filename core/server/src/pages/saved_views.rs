//! Saved views for people: saved from a list, shared, renamed, updated, deleted.

use super::fields::{value_of, version_of};
use super::records::saved::{filters_of_state, state_of};
use crate::errors::Fault;
use crate::here::Here;
use crate::routes::{Entry, page};
use model::{Currency, FieldErrors, Kind, ListState, SavedView, SavedViewId, Share};
use poem::http::Method;
use poem::web::{Form, Path};
use poem::{Response, handler};
use services::saved_views::{self, ViewDraft};
use services::{App, Ctx, Error, settings, users};
use ui::Locale;
use ui::components::Choice;
use ui::filters::FilterWords;
use ui::saved_views::ViewPage;

type Fields = Vec<(String, String)>;

pub(crate) fn entries() -> Vec<Entry> {
    let see = "see the records of the list: own, team or all";
    let own = "who finds the view; its owner, or who may change settings, changes it";
    vec![
        page(Method::GET, "/views/new", see, new),
        page(Method::POST, "/views", see, create),
        page(Method::GET, "/views/:id", own, show),
        page(Method::POST, "/views/:id", own, update),
        page(Method::POST, "/views/:id/state", own, set_state),
        page(Method::POST, "/views/:id/delete", own, delete),
    ]
}

#[handler]
async fn new(here: Here) -> Result<Response, Fault> {
    let kind = kind_of(here.query("entity").unwrap_or_default())?;
    let state = state_of(kind, &|name| here.query(name).unwrap_or_default().to_owned());
    let draft = ViewDraft { share: "private".to_owned(), ..ViewDraft::default() };
    form(&here, kind, None, draft, state, FieldErrors::default()).await
}

/// The entity whose list it is; leads where nothing is said.
fn kind_of(code: &str) -> Result<Kind, Fault> {
    let code = if code.is_empty() { Kind::Lead.as_str() } else { code };
    let known = services::fields::ENTITIES.into_iter().find(|kind| kind.as_str() == code);
    known.ok_or_else(Fault::not_found)
}

/// The list with this view open.
fn opened(view: &SavedView) -> String {
    format!("{}?view={}", model::path_of(view.entity).unwrap_or_default(), view.id())
}

#[handler]
async fn create(here: Here, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let kind = kind_of(value_of(&fields, "entity"))?;
    let state = state_of(kind, &|name| value_of(&fields, name).to_owned());
    let (draft, wanted) = (draft_of(&fields), state.clone());
    let typed = draft.clone();
    match here.try_deed(move |app, ctx| saved_views::create(app, ctx, kind, &typed, wanted)).await? {
        Ok(view) => Ok(here.go_with_notice(&opened(&view), "view-saved")),
        Err(Error::Invalid(errors)) => form(&here, kind, None, draft, state, errors).await,
        Err(error) => Err(error.into()),
    }
}

#[handler]
async fn show(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let view = changeable(&here, &id).await?;
    let (draft, state) = (draft_of_view(&view), view.state.clone());
    form(&here, view.entity, Some(view), draft, state, FieldErrors::default()).await
}

#[handler]
async fn update(here: Here, Path(id): Path<String>, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let view_id = here.id::<SavedViewId>(&id)?;
    let (draft, version) = (draft_of(&fields), version_of(&fields));
    let typed = draft.clone();
    match here.try_deed(move |app, ctx| saved_views::update(app, ctx, view_id, version, &typed)).await? {
        Ok(view) => Ok(here.go_with_notice(&opened(&view), "view-saved")),
        Err(Error::Invalid(errors)) => {
            let view = changeable(&here, &id).await?;
            let state = view.state.clone();
            form(
                &here,
                view.entity,
                Some(SavedView { meta: model::Meta { version, ..view.meta.clone() }, ..view }),
                draft,
                state,
                errors,
            )
            .await
        }
        // Somebody else changed it: the form shows how it is now.
        Err(Error::Conflict(_)) => stale(&here, &id, draft).await,
        Err(error) => Err(error.into()),
    }
}

/// What was typed over the view as it is stored now.
async fn stale(here: &Here, id: &str, draft: ViewDraft) -> Result<Response, Fault> {
    let view = changeable(here, id).await?;
    let state = view.state.clone();
    let mut errors = FieldErrors::default();
    errors.add("", "stale", "");
    form(here, view.entity, Some(view), draft, state, errors).await
}

#[handler]
async fn set_state(
    here: Here,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    let id = here.id::<SavedViewId>(&id)?;
    let view = here.deed(move |app, ctx| saved_views::get(app, ctx, id)).await?;
    let state = state_of(view.entity, &|name| value_of(&fields, name).to_owned());
    let version = version_of(&fields);
    match here.try_deed(move |app, ctx| saved_views::set_state(app, ctx, id, version, state)).await? {
        Ok(_) => Ok(here.go_with_notice(&opened(&view), "view-saved")),
        Err(Error::Invalid(errors)) => {
            let (draft, state) = (draft_of_view(&view), view.state.clone());
            form(&here, view.entity, Some(view), draft, state, errors).await
        }
        // Updated in another tab: the list shows the view as it is now.
        Err(Error::Conflict(_)) => Ok(here.go(&opened(&view))),
        Err(error) => Err(error.into()),
    }
}

#[handler]
async fn delete(here: Here, Path(id): Path<String>, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let id = here.id::<SavedViewId>(&id)?;
    let version = version_of(&fields);
    let entity = here.deed(move |app, ctx| saved_views::get(app, ctx, id)).await?.entity;
    match here.try_deed(move |app, ctx| saved_views::delete(app, ctx, id, version)).await? {
        Ok(()) => Ok(here.go_with_notice(model::path_of(entity).unwrap_or_default(), "view-deleted")),
        Err(Error::Conflict(_)) => Ok(here.go(&format!("/views/{id}"))),
        Err(error) => Err(error.into()),
    }
}

async fn changeable(here: &Here, id: &str) -> Result<SavedView, Fault> {
    let id = here.id::<SavedViewId>(id)?;
    here.deed(move |app, ctx| {
        let view = saved_views::get(app, ctx, id)?;
        if saved_views::may_change(ctx, &view) { Ok(view) } else { Err(Error::Denied) }
    })
    .await
}

/// The form, with what is wrong with what was typed.
async fn form(
    here: &Here,
    kind: Kind,
    view: Option<SavedView>,
    draft: ViewDraft,
    state: ListState,
    errors: FieldErrors,
) -> Result<Response, Fault> {
    let words = here.facts.words.clone();
    let errors = ui::saved_views::in_words(here.shell().locale(), kind, errors);
    let page = here
        .deed(move |app, ctx| {
            view_page(app, ctx, words.locale(ctx.language), (kind, view), draft, &state, errors)
        })
        .await?;
    let markup = ui::saved_views::view_page(&here.shell(), &page);
    Ok(if page.errors.is_empty() { here.page(markup) } else { here.unprocessable(markup) })
}

fn view_page(
    app: &App,
    ctx: &Ctx,
    l: Locale<'_>,
    (kind, view): (Kind, Option<SavedView>),
    draft: ViewDraft,
    state: &ListState,
    errors: FieldErrors,
) -> Result<ViewPage, Error> {
    let own: Vec<String> = ctx.teams().iter().map(ToString::to_string).collect();
    let team = |team: model::Team| Choice::new(team.meta.id.to_string(), team.name);
    let teams = users::teams(app, ctx)?.into_iter().map(team);
    let teams = teams.filter(|team| own.contains(&team.value) || team.value == draft.share).collect();
    let frame = app.frame();
    let roles =
        frame.roles.current().map(|role| Choice::new(role.key.as_str(), role.label().get(ctx.language)));
    let id = view.as_ref().map(|view| view.id().to_string());
    let filters = filters_of_state(kind, state);
    let hidden = || filters.pairs().into_iter().chain([("entity", kind.as_str().to_owned())]);
    Ok(ViewPage {
        kind,
        version: view.as_ref().map_or(0, |view| view.meta.version),
        name: draft.name,
        share: draft.share,
        teams,
        may_share_with_everybody: saved_views::may_share_with_everybody(ctx),
        roles: roles.collect(),
        default_for: draft.default_for,
        state: if id.is_none() { hidden().collect() } else { Vec::new() },
        sentence: sentence(app, ctx, l, kind, state, settings::get(app, ctx)?.currency)?,
        back_href: match &view {
            Some(view) => opened(view),
            None => filters.address("").into(),
        },
        id,
        errors,
    })
}

/// What the view shows, in words.
fn sentence(
    app: &App,
    ctx: &Ctx,
    l: Locale<'_>,
    kind: Kind,
    state: &ListState,
    currency: Currency,
) -> Result<String, Error> {
    let fields = super::leads::field_views(app, ctx, l, kind)?;
    let said = ui::filters::filter_sentence(l, &state.filter, FilterWords { fields: &fields, currency });
    Ok(if said.is_empty() { ui::saved_views::everything(l) } else { said })
}

fn draft_of(fields: &[(String, String)]) -> ViewDraft {
    let roles = fields.iter().filter(|(name, _)| name == "default_for").map(|(_, role)| role.clone());
    ViewDraft {
        name: value_of(fields, "view_name").to_owned(),
        share: value_of(fields, "share").to_owned(),
        default_for: roles.collect(),
    }
}

fn draft_of_view(view: &SavedView) -> ViewDraft {
    ViewDraft {
        name: view.name.clone(),
        share: match view.share {
            Share::Private => "private".to_owned(),
            Share::Team(team) => team.to_string(),
            Share::Everybody => "everybody".to_owned(),
        },
        default_for: view.default_for.iter().map(|role| role.as_str().to_owned()).collect(),
    }
}
