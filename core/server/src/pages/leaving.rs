//! Somebody leaves: the page that asks who takes over what is theirs.

use super::fields::{value_of, version_of};
use super::pieces::Fields;
use crate::errors::Fault;
use crate::here::Here;
use crate::routes::{Entry, page};
use model::{FieldErrors, UserId};
use poem::http::Method;
use poem::web::{Form, Path};
use poem::{Response, handler};
use services::hand_overs::{self, LeaveDraft};
use services::{App, Ctx, Error, users};
use ui::components::Choice;
use ui::leaving::Leave;

pub(crate) fn entries() -> Vec<Entry> {
    let manage = "change users: administrators";
    vec![
        page(Method::GET, "/users/:id/leave", manage, show),
        page(Method::POST, "/users/:id/leave", manage, leave),
    ]
}

#[handler]
async fn show(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = here.id::<UserId>(&id)?;
    let words = here.facts.words.clone();
    let view = here
        .deed(move |app, ctx| {
            let mut view = view_of(app, ctx, id, &LeaveDraft::default(), FieldErrors::default())?;
            view.reason = ui::leaving::usual_reason(words.locale(ctx.language), &view.name);
            Ok(view)
        })
        .await?;
    Ok(here.page(ui::leaving::page(&here.shell(), &view)))
}

#[handler]
async fn leave(here: Here, Path(id): Path<String>, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let id = here.id::<UserId>(&id)?;
    let version = version_of(&fields);
    let draft = LeaveDraft {
        to: value_of(&fields, "to").to_owned(),
        closed_too: value_of(&fields, "what") == "all",
        reason: value_of(&fields, "reason").to_owned(),
    };
    let typed = draft.clone();
    match here.try_deed(move |app, ctx| hand_overs::leave(app, ctx, id, version, &typed)).await? {
        Ok(_) => Ok(here.go_with_notice("/users", "saved")),
        Err(error @ (Error::Invalid(_) | Error::Conflict(_))) => {
            let is_conflict = matches!(error, Error::Conflict(_));
            let mut errors = FieldErrors::default();
            match error {
                Error::Invalid(found) => errors = found,
                // The page comes again as things are now.
                _ => errors.add("", "stale", ""),
            }
            let view = here.deed(move |app, ctx| view_of(app, ctx, id, &draft, errors)).await?;
            let markup = ui::leaving::page(&here.shell(), &view);
            Ok(if is_conflict { here.conflict(markup) } else { here.unprocessable(markup) })
        }
        Err(error) => Err(error.into()),
    }
}

fn view_of(
    app: &App,
    ctx: &Ctx,
    id: UserId,
    draft: &LeaveDraft,
    errors: FieldErrors,
) -> Result<Leave, Error> {
    let estate = hand_overs::estate(app, ctx, id)?;
    let people = users::list(app, ctx)?.into_iter().filter(|user| user.active && user.id() != id);
    Ok(Leave {
        id: id.to_string(),
        version: estate.user.meta.version,
        name: estate.user.name,
        open: estate.open,
        all: estate.all,
        to: draft.to.clone(),
        closed_too: draft.closed_too,
        reason: draft.reason.clone(),
        people: people.map(|user| Choice::new(user.id().to_string(), user.name)).collect(),
        errors,
    })
}
