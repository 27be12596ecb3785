//! Quotes for whoever sells: the editor of lines, sending, approval, versions, the link, and answers by phone.

mod lines;
mod settings;
mod views;

use crate::errors::Fault;
use crate::here::Here;
use crate::pages::activities::HistoryAsk;
use crate::pages::fields::{value_of, version_of};
use crate::pages::pieces::Fields;
use crate::routes::{Entry, page};
use model::uuid::Uuid;
use model::{FieldErrors, Kind};
use poem::http::Method;
use poem::web::{Form, Path};
use poem::{Response, handler};
use services::imports::File;
use services::quotes::{self, Said, Sending};
use services::{App, Ctx, Error};
pub(super) use views::panel;

pub(crate) fn entries() -> Vec<Entry> {
    let see = "see these records: own, team or all";
    let change = "change this record";
    vec![
        page(Method::POST, "/simulations", "create such records", simulate),
        page(Method::POST, "/quotes/:id/quote", "create such records", quote_of),
        page(Method::POST, "/quotes/:id/share", change, share),
        page(Method::GET, "/quotes/:id/lines", change, lines::show),
        page(Method::POST, "/quotes/:id/lines", change, lines::change),
        page(Method::POST, "/quotes/:id/lines/sums", change, lines::work_out),
        page(Method::GET, "/quotes/:id/send", change, ask_send),
        page(Method::POST, "/quotes/:id/send", change, send),
        page(Method::POST, "/quotes/:id/approve", change, approve),
        page(Method::POST, "/quotes/:id/send-back", change, send_back),
        page(Method::POST, "/quotes/:id/link", change, link),
        page(Method::POST, "/quotes/:id/void", change, void),
        page(Method::POST, "/quotes/:id/answer", change, answer),
        page(Method::POST, "/quotes/:id/new-version", change, new_version),
        page(Method::GET, "/quotes/:id/differences", see, differences),
        page(Method::GET, "/quotes/:id/pdf", see, pdf),
        page(Method::GET, ui::quotes::SETTINGS_PATH, "see settings: all", settings::show),
        page(Method::POST, ui::quotes::SETTINGS_PATH, "change settings: all", settings::update),
    ]
}

fn path_of(id: Uuid) -> String {
    format!("{}/{id}", ui::quotes::PATH)
}

/// Back to the page of the quote with a notice, or that page with what is wrong.
async fn done(
    here: &Here,
    id: Uuid,
    notice: &str,
    deed: impl FnOnce(&App, &Ctx) -> Result<model::Quote, Error> + Send + 'static,
) -> Result<Response, Fault> {
    match here.try_deed(deed).await? {
        Ok(quote) => Ok(here.go_with_notice(&path_of(quote.meta.id), notice)),
        Err(Error::Invalid(errors)) => again(here, id, errors).await,
        Err(error) => Err(error.into()),
    }
}

async fn again(here: &Here, id: Uuid, errors: FieldErrors) -> Result<Response, Fault> {
    let view = super::records::view_of(here, Kind::Quote, id, HistoryAsk::default()).await?;
    let view = ui::records::RecordPage { errors, ..view };
    Ok(here.unprocessable(ui::records::page(&here.shell(), &view)))
}

/// A simulation for the record that the form names by its entity: `company=…`.
#[handler]
async fn simulate(here: Here, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    const FOR: [Kind; 4] = [Kind::Lead, Kind::Company, Kind::Contact, Kind::Opportunity];
    let of = FOR.into_iter().find(|kind| !value_of(&fields, kind.as_str()).is_empty());
    let of = of.ok_or_else(Fault::not_found)?;
    let id = here.id::<Uuid>(value_of(&fields, of.as_str()))?;
    let made = here.deed(move |app, ctx| quotes::simulate(app, ctx, of, id)).await?;
    Ok(here.go(&(path_of(made.meta.id) + "/lines")))
}

#[handler]
async fn quote_of(here: Here, Path(id): Path<String>, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let id = here.id::<Uuid>(&id)?;
    let scenario = value_of(&fields, "scenario").to_owned();
    done(&here, id, "quote-made", move |app, ctx| quotes::quote_of(app, ctx, id, &scenario)).await
}

#[handler]
async fn share(here: Here, Path(id): Path<String>, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let (id, version) = (here.id::<Uuid>(&id)?, version_of(&fields));
    done(&here, id, "quote-shared", move |app, ctx| quotes::share(app, ctx, id, version)).await
}

#[handler]
async fn ask_send(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = here.id::<Uuid>(&id)?;
    let view = here.deed(move |app, ctx| views::sending(app, ctx, id, None)).await?;
    Ok(here.page(ui::quotes::send_page(&here.shell(), &view)))
}

#[handler]
async fn send(here: Here, Path(id): Path<String>, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let (id, version) = (here.id::<Uuid>(&id)?, version_of(&fields));
    let text = |field: &str| value_of(&fields, field).to_owned();
    let sending = Sending { email: text("email"), copies: text("copies"), message: text("message") };
    let typed = sending.clone();
    match here.try_deed(move |app, ctx| quotes::send(app, ctx, id, version, &sending)).await? {
        Ok(quote) if quote.is_open() => Ok(here.go_with_notice(&path_of(id), "quote-sent")),
        Ok(_) => Ok(here.go_with_notice(&path_of(id), "quote-pending")),
        Err(Error::Invalid(errors)) => {
            let view = here.deed(move |app, ctx| views::sending(app, ctx, id, Some((typed, errors)))).await?;
            Ok(here.unprocessable(ui::quotes::send_page(&here.shell(), &view)))
        }
        Err(error) => Err(error.into()),
    }
}

#[handler]
async fn approve(here: Here, Path(id): Path<String>, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let (id, version) = (here.id::<Uuid>(&id)?, version_of(&fields));
    done(&here, id, "quote-approved", move |app, ctx| quotes::approve(app, ctx, id, version)).await
}

#[handler]
async fn send_back(
    here: Here,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    let (id, version) = (here.id::<Uuid>(&id)?, version_of(&fields));
    done(&here, id, "quote-draft", move |app, ctx| quotes::send_back(app, ctx, id, version)).await
}

#[handler]
async fn link(here: Here, Path(id): Path<String>, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let (id, version) = (here.id::<Uuid>(&id)?, version_of(&fields));
    let another = value_of(&fields, "deed") == "another";
    done(&here, id, "quote-link", move |app, ctx| quotes::close_link(app, ctx, id, version, another)).await
}

#[handler]
async fn void(here: Here, Path(id): Path<String>, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let (id, version) = (here.id::<Uuid>(&id)?, version_of(&fields));
    done(&here, id, "quote-void", move |app, ctx| quotes::void(app, ctx, id, version)).await
}

#[handler]
async fn answer(here: Here, Path(id): Path<String>, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let (id, version) = (here.id::<Uuid>(&id)?, version_of(&fields));
    let text = |field: &str| value_of(&fields, field).to_owned();
    if text("answer") == "no" {
        let reason = text("reason");
        let deed = move |app: &App, ctx: &Ctx| quotes::mark_rejected(app, ctx, id, version, &reason);
        return done(&here, id, "quote-answered", deed).await;
    }
    let ticked =
        fields.iter().filter(|(name, _)| name == "ticked").filter_map(|(_, place)| place.parse().ok());
    let said = Said { name: text("name"), alternative: text("alternative"), ticked: ticked.collect() };
    let deed = move |app: &App, ctx: &Ctx| quotes::mark_accepted(app, ctx, id, version, &said);
    done(&here, id, "quote-answered", deed).await
}

#[handler]
async fn new_version(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = here.id::<Uuid>(&id)?;
    done(&here, id, "quote-version", move |app, ctx| quotes::new_version(app, ctx, id)).await
}

#[handler]
async fn differences(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = here.id::<Uuid>(&id)?;
    let words = here.facts.words.clone();
    let view =
        here.deed(move |app, ctx| views::differences(app, ctx, words.locale(ctx.language), id)).await?;
    Ok(here.page(ui::quotes::differences_page(&here.shell(), &view)))
}

#[handler]
async fn pdf(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = here.id::<Uuid>(&id)?;
    let File { name, content_type, bytes } = here.deed(move |app, ctx| quotes::pdf(app, ctx, id)).await?;
    let shown = format!("inline; filename=\"{name}\"");
    Ok(Response::builder().content_type(content_type).header("content-disposition", shown).body(bytes))
}
