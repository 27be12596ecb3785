//! The forms that move an opportunity: from a card, from its page, from the question on the way, and back.

use super::board_of;
use crate::errors::Fault;
use crate::here::Here;
use crate::pages::fields::{value_of, version_of};
use crate::pages::leads::views::Names;
use crate::pages::picker;
use crate::pages::records::{draft_of, form_of};
use model::uuid::Uuid;
use model::{Entity as _, FieldErrors, Kind};
use poem::web::{Form, Path};
use poem::{Response, handler};
use services::board::{self, Asked, CLOSED_ON, Move};
use services::records;
use services::{App, Ctx, Error};
use ui::address::Address;
use ui::board::{BOARD_PATH, MoveConflict, MovePage, Moved};
use ui::records::FormOf;

type Fields = Vec<(String, String)>;

/// Names in the address that are of one step alone.
const OF_A_STEP: [&str; 7] = ["stage", "version", "moved", "done", "cursor", "notice", "lost_reason"];

/// The question on the way to a stage. With a version that is not the stored one it says who was quicker.
#[handler]
pub(super) async fn ask(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = here.id::<Uuid>(&id)?;
    let stage = here.query("stage").unwrap_or_default().to_owned();
    let version = here.query("version").and_then(|version| version.parse().ok());
    let view = question(&here, id, stage, version, None).await?;
    let markup = ui::board::move_page(&here.shell(), &view);
    Ok(if view.conflict.is_some() { here.conflict(markup) } else { here.page(markup) })
}

/// What came with the question when it was sent.
struct Sent {
    fields: Fields,
    errors: FieldErrors,
}

/// The page of the question: as it begins, or as it was sent.
async fn question(
    here: &Here,
    id: Uuid,
    stage: String,
    version: Option<u64>,
    sent: Option<Sent>,
) -> Result<MovePage, Fault> {
    let (action, back_href) = (at(here, &format!("/opportunities/{id}/move")), back(here, id));
    here.deed(move |app, ctx| {
        let asked = board::asked(app, ctx, id, &stage)?;
        let (form, closed_on) = form(app, ctx, &asked, sent)?;
        let deal = asked.opportunity;
        let is_stale = version.is_some_and(|version| version != deal.meta.version);
        let by = deal.meta.updated_by.user;
        let by = by.map(|user| Names::read(app, ctx).map(|names| names.get(user.0))).transpose()?.flatten();
        Ok(MovePage {
            id: id.to_string(),
            title: deal.title(),
            version: deal.meta.version,
            from: deal.stage.clone().unwrap_or_default(),
            kind: asked.kind,
            asked: asked.fields,
            form,
            closed_on,
            action,
            back_href,
            conflict: is_stale.then_some(MoveConflict { by, at: deal.meta.updated_at }),
            to: stage,
        })
    })
    .await
}

/// The inputs of the question, and the day.
fn form(
    app: &App,
    ctx: &Ctx,
    asked: &Asked,
    sent: Option<Sent>,
) -> Result<(ui::records::FormPage, Option<String>), Error> {
    let deal = &asked.opportunity;
    let version = deal.meta.version;
    let of = FormOf::Edited { id: deal.meta.id.to_string(), title: deal.title(), version };
    let mut draft = records::draft_of(app, deal);
    let mut day = asked.asks_day.then(|| asked.today.to_string());
    let mut errors = FieldErrors::default();
    if let Some(sent) = sent {
        draft.0.extend(draft_of(Kind::Opportunity, &sent.fields).0);
        let typed = sent.fields.iter().find(|(name, _)| name == CLOSED_ON).map(|(_, text)| text.clone());
        day = day.map(|today| typed.unwrap_or(today));
        errors = sent.errors;
    }
    let mut form = form_of(app, ctx, Kind::Opportunity, of, draft)?;
    form.errors = errors;
    // A move changes one record and makes none.
    form.pickers.values_mut().for_each(|picker| picker.makes = false);
    picker::ask(app, ctx, &mut form)?;
    Ok((form, day))
}

#[handler]
pub(super) async fn go_there(
    here: Here,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    let id = here.id::<Uuid>(&id)?;
    let (version, stage) = (version_of(&fields), value_of(&fields, "stage").to_owned());
    let is_answer = fields.iter().any(|(name, _)| name == "asked");
    let sent = fields.clone();
    let moved = here.try_deed(move |app, ctx| moved(app, ctx, id, version, &sent, is_answer)).await?;
    match moved {
        Ok(true) => after(&here, id, "moved").await,
        // Something is to be said on the way; the question has an address of its own.
        Ok(false) => Ok(here.go(&question_address(&here, id, &stage, version))),
        Err(Error::Conflict(_)) if here.is_htmx() => {
            Ok(here.go(&question_address(&here, id, &stage, version)))
        }
        Err(Error::Conflict(_)) => again(&here, id, stage, version, fields, FieldErrors::default()).await,
        Err(Error::Invalid(errors)) => again(&here, id, stage, version, fields, errors).await,
        Err(error) => Err(error.into()),
    }
}

/// Moves it where all is known that is asked; otherwise nothing happens.
fn moved(
    app: &App,
    ctx: &Ctx,
    id: Uuid,
    version: u64,
    fields: &Fields,
    is_answer: bool,
) -> Result<bool, Error> {
    let stage = value_of(fields, "stage").to_owned();
    let asked = board::asked(app, ctx, id, &stage)?;
    let is_there = asked.opportunity.stage.as_deref() == Some(stage.as_str());
    if !is_answer && !is_there && !asked.is_nothing() {
        return Ok(false);
    }
    let mut sent = draft_of(Kind::Opportunity, fields);
    sent.0.retain(|key, _| asked.fields.contains(key));
    let to = Move { stage, closed_on: value_of(fields, CLOSED_ON).to_owned(), fields: sent };
    board::move_to(app, ctx, id, version, &to).map(|_| true)
}

/// The question as it was sent, and what is wrong with it, or who was quicker.
async fn again(
    here: &Here,
    id: Uuid,
    stage: String,
    version: u64,
    fields: Fields,
    errors: FieldErrors,
) -> Result<Response, Fault> {
    let view = question(here, id, stage, Some(version), Some(Sent { fields, errors })).await?;
    let markup = ui::board::move_page(&here.shell(), &view);
    Ok(if view.conflict.is_some() { here.conflict(markup) } else { here.unprocessable(markup) })
}

#[handler]
pub(super) async fn undo(
    here: Here,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    let id = here.id::<Uuid>(&id)?;
    let version = version_of(&fields);
    match here.try_deed(move |app, ctx| board::undo(app, ctx, id, version)).await? {
        Ok(_) => after(&here, id, "undone").await,
        // It was changed since, or its stage was: its page says what it is now.
        Err(error @ (Error::Conflict(_) | Error::Invalid(_))) => {
            Ok(here.go_with_notice(&format!("/opportunities/{id}"), why_not_undone(&error)))
        }
        Err(error) => Err(error.into()),
    }
}

fn why_not_undone(error: &Error) -> &'static str {
    match error {
        Error::Invalid(errors) if errors.0.iter().any(|problem| problem.code == "board-undo-stage") => {
            "board-not-undone-stage"
        }
        _ => "board-not-undone",
    }
}

/// The page that the form was on, with what happened: for htmx the board alone.
async fn after(here: &Here, id: Uuid, what: &str) -> Result<Response, Fault> {
    if here.is_htmx() && !is_from_record(here) {
        let moved = moved_of(here, id, what).await?;
        let view = board_of(here, moved).await?;
        return Ok(here.page(ui::board::board_again(&here.shell(), &view)));
    }
    let id = id.to_string();
    if is_from_record(here) {
        return Ok(here.go(&Address::new(&format!("/opportunities/{id}")).with("moved", what).to_string()));
    }
    let address = kept(here, Address::new(BOARD_PATH)).with("moved", &id).with("done", what);
    Ok(here.go(&format!("{address}#card-{id}")))
}

fn is_from_record(here: &Here) -> bool {
    here.query("from") == Some("record")
}

/// What of the address says which board it is, and where the form was.
fn kept(here: &Here, address: Address) -> Address {
    let pairs = here.pairs().iter().filter(|(name, _)| !OF_A_STEP.contains(&name.as_str()));
    pairs.fold(address, |address, (name, value)| address.with(name, value))
}

fn at(here: &Here, path: &str) -> String {
    kept(here, Address::new(path)).into()
}

/// Where somebody came from.
fn back(here: &Here, id: Uuid) -> String {
    if is_from_record(here) { format!("/opportunities/{id}") } else { at(here, BOARD_PATH) }
}

fn question_address(here: &Here, id: Uuid, stage: &str, version: u64) -> String {
    let address = kept(here, Address::new(&format!("/opportunities/{id}/move"))).with("stage", stage);
    address.with("version", &version.to_string()).into()
}

/// What is said of one that was moved just now; nothing where it is out of sight.
pub(in crate::pages) async fn moved_of(here: &Here, id: Uuid, what: &str) -> Result<Option<Moved>, Fault> {
    let (action, what) = (at(here, &format!("/opportunities/{id}/move/undo")), what.to_owned());
    let action = if here.query("moved").is_some() && here.facts.path == format!("/opportunities/{id}") {
        format!("/opportunities/{id}/move/undo?from=record")
    } else {
        action
    };
    here.deed(move |app, ctx| {
        let deal = match board::get(app, ctx, id) {
            Ok(deal) => deal,
            Err(Error::NotFound | Error::Denied) => return Ok(None),
            Err(error) => return Err(error),
        };
        let can_undo = what != "undone" && board::can_undo(app, ctx, &deal)?;
        Ok(Some(Moved {
            what,
            id: id.to_string(),
            title: deal.title(),
            stage: deal.stage.clone().unwrap_or_default(),
            undo: can_undo.then_some((action, deal.meta.version)),
        }))
    })
    .await
}
