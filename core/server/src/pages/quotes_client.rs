//! A quote as its client sees it, behind a link that is a secret: read, chosen from, accepted, rejected, asked about.

use crate::attempts;
use crate::errors::Fault;
use crate::here::{Here, html};
use crate::pages::fields::value_of;
use crate::pages::imports::download;
use crate::pages::pieces::Fields;
use crate::routes::{Entry, Who, open_page};
use model::{FieldErrors, Language};
use poem::http::{Method, StatusCode};
use poem::web::{Form, Path};
use poem::{Response, handler};
use services::quotes::{self, Answer, ClientView};
use services::{App, Ctx, Error};
use ui::Shell;
use ui::quotes_client::{ClientQuote, Typed};

mod signature;

pub(super) fn entries() -> Vec<Entry> {
    vec![
        open_page(Who::AfterSetup, Method::GET, "/q/:token", show),
        open_page(Who::AfterSetup, Method::GET, "/q/:token/sums", sums),
        open_page(Who::AfterSetup, Method::GET, "/q/:token/pdf", pdf),
        open_page(Who::AfterSetup, Method::POST, "/q/:token/accept", accept).signature(),
        open_page(Who::AfterSetup, Method::POST, "/q/:token/reject", reject).sign_in(),
        open_page(Who::AfterSetup, Method::POST, "/q/:token/ask", ask).sign_in(),
    ]
}

/// `?lang=`, else the quote's own.
fn shell_of(here: &Here, found: &ClientView) -> Shell {
    let chosen = here.query("lang").and_then(Language::from_code);
    let language = chosen.unwrap_or_else(|| found.content.quote.language());
    Shell { language, user: None, ..here.shell() }
}

/// The same for every link that opens nothing, whether it once did or not; in the reader's language.
fn gone(here: &Here) -> Response {
    let chosen = here.query("lang").and_then(Language::from_code);
    let language = chosen.unwrap_or(here.facts.language);
    let shell = Shell { language, user: None, ..here.shell() };
    html(StatusCode::NOT_FOUND, ui::quotes_client::gone(&shell))
}

/// What a service finds behind a link, if there is anything.
async fn found<T, F>(here: &Here, token: &str, look: F) -> Result<Option<T>, Fault>
where
    T: Send + 'static,
    F: FnOnce(&App, &Ctx, &str) -> Result<T, Error> + Send + 'static,
{
    let token = token.to_owned();
    here.deed(move |app, ctx| match look(app, ctx, &token) {
        Ok(found) => Ok(Some(found)),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    })
    .await
}

/// What was chosen and typed, from an address or a form. Without a choice it is as the seller proposes it.
fn typed_of(found: &ClientView, pairs: &[(String, String)]) -> Typed {
    let content = &found.content;
    let ticked = if value_of(pairs, ui::quotes_client::CHOICES).is_empty() {
        let places = (0_u16..).zip(&content.lines);
        places.filter(|(_, line)| line.optional && line.ticked).map(|(place, _)| place).collect()
    } else {
        // What is no number is the place of no line: the service says so.
        let texts = pairs.iter().filter(|(name, _)| name == "ticked").map(|(_, text)| text);
        texts.map(|text| text.parse().unwrap_or(u16::MAX)).collect()
    };
    Typed {
        alternative: value_of(pairs, "alternative").to_owned(),
        ticked,
        name: value_of(pairs, "name").to_owned(),
        agrees: value_of(pairs, "agrees") == "true",
        signature: value_of(pairs, "signature").to_owned(),
        reason: value_of(pairs, "reason").to_owned(),
        asker: value_of(pairs, "asker").to_owned(),
        question: value_of(pairs, "question").to_owned(),
        errors: FieldErrors::default(),
    }
}

/// The page's view, with the sums of what was chosen.
fn view_of(token: &str, found: ClientView, mut typed: Typed) -> Result<ClientQuote, Fault> {
    let content = if found.content.quote.state.acceptance.is_some() {
        found.content
    } else {
        quotes::with_ticked(&found.content, &typed.ticked)?
    };
    let offered = |name: &str| content.sums.iter().any(|(other, _)| other.as_deref() == Some(name));
    if !offered(&typed.alternative) {
        typed.alternative = content.sums.first().and_then(|(name, _)| name.clone()).unwrap_or_default();
    }
    // A picture that cannot be one is drawn again.
    typed.signature = signature::kept(typed.signature);
    Ok(ClientQuote {
        token: token.to_owned(),
        quote: content.quote,
        lines: content.lines,
        sums: content.sums,
        settings: found.settings,
        client: found.client,
        seller: found.seller,
        is_open: found.is_open,
        ended_at: found.ended_at,
        newer: found.newer,
        typed,
        done: String::new(),
    })
}

#[handler]
async fn show(here: Here, Path(token): Path<String>) -> Result<Response, Fault> {
    let is_visit = here.facts.is_visit;
    let look = move |app: &App, ctx: &Ctx, token: &str| {
        if is_visit {
            quotes::note_viewed(app, ctx, token)?;
        }
        quotes::client_view(app, ctx, token)
    };
    let Some(found) = found(&here, &token, look).await? else { return Ok(gone(&here)) };
    let shell = shell_of(&here, &found);
    let typed = typed_of(&found, here.pairs());
    let mut view = view_of(&token, found, typed)?;
    here.query("done").unwrap_or_default().clone_into(&mut view.done);
    Ok(here.page(ui::quotes_client::page(&shell, &view)))
}

/// The totals of what is chosen, for the script on the page.
#[handler]
async fn sums(here: Here, Path(token): Path<String>) -> Result<Response, Fault> {
    let Some(found) = found(&here, &token, quotes::client_view).await? else { return Ok(gone(&here)) };
    let shell = shell_of(&here, &found);
    let typed = typed_of(&found, here.pairs());
    let view = view_of(&token, found, typed)?;
    Ok(here.page(ui::quotes_client::sums(&shell, &view)))
}

#[handler]
async fn pdf(here: Here, Path(token): Path<String>) -> Result<Response, Fault> {
    let file = found(&here, &token, quotes::client_pdf).await?;
    Ok(file.map_or_else(|| gone(&here), download))
}

#[handler]
async fn accept(
    here: Here,
    Path(token): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    let Some(found) = found(&here, &token, quotes::client_view).await? else { return Ok(gone(&here)) };
    if let Some(refused) = too_often(&here, &token, &found, &fields)? {
        return Ok(refused);
    }
    let (answer, secret) = (answer_of(&found, &fields), token.clone());
    let done = here.try_deed(move |app, ctx| quotes::accept(app, ctx, &secret, &answer).map(drop)).await?;
    answered(&here, &token, found, &fields, done, "accepted").await
}

fn answer_of(found: &ClientView, fields: &[(String, String)]) -> Answer {
    let typed = typed_of(found, fields);
    Answer {
        name: typed.name,
        agrees: typed.agrees,
        signature: signature::bytes_of(&typed.signature),
        alternative: typed.alternative,
        ticked: typed.ticked,
        pdf: value_of(fields, "pdf").to_owned(),
    }
}

#[handler]
async fn reject(
    here: Here,
    Path(token): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    let Some(found) = found(&here, &token, quotes::client_view).await? else { return Ok(gone(&here)) };
    if let Some(refused) = too_often(&here, &token, &found, &fields)? {
        return Ok(refused);
    }
    let (reason, secret) = (value_of(&fields, "reason").to_owned(), token.clone());
    let done = here.try_deed(move |app, ctx| quotes::reject(app, ctx, &secret, &reason).map(drop)).await?;
    answered(&here, &token, found, &fields, done, "rejected").await
}

#[handler]
async fn ask(here: Here, Path(token): Path<String>, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let Some(found) = found(&here, &token, quotes::client_view).await? else { return Ok(gone(&here)) };
    if let Some(refused) = too_often(&here, &token, &found, &fields)? {
        return Ok(refused);
    }
    let typed = typed_of(&found, &fields);
    let secret = token.clone();
    let done =
        here.try_deed(move |app, ctx| quotes::ask(app, ctx, &secret, &typed.asker, &typed.question)).await?;
    answered(&here, &token, found, &fields, done, "asked").await
}

/// A refusal where too much was sent from one address, or about one quote.
fn too_often(
    here: &Here,
    token: &str,
    found: &ClientView,
    fields: &[(String, String)],
) -> Result<Option<Response>, Fault> {
    let quote = format!("quote/{}", found.content.quote.meta.id);
    let Err(minutes) = here.state.submissions.count_answer(here.client(), &quote) else { return Ok(None) };
    let errors = attempts::too_often(minutes);
    again(here, token, found.clone(), fields, errors, StatusCode::TOO_MANY_REQUESTS).map(Some)
}

/// Back to the page that says what was done, or the same page with all that was typed and all that is wrong. Who came
/// too late is told what happened in the meantime.
async fn answered(
    here: &Here,
    token: &str,
    before: ClientView,
    fields: &[(String, String)],
    done: Result<(), Error>,
    deed: &str,
) -> Result<Response, Fault> {
    let errors = match done {
        Ok(()) => {
            let language = shell_of(here, &before).language;
            return Ok(here.go(&format!("/q/{token}?lang={}&done={deed}", language.code())));
        }
        Err(Error::Invalid(errors)) => errors,
        Err(error) => return Err(error.into()),
    };
    let is_late = |code: &str| matches!(code, "quote-answered" | "quote-over");
    if !errors.0.iter().any(|problem| is_late(&problem.code)) {
        return again(here, token, before, fields, errors, StatusCode::UNPROCESSABLE_ENTITY);
    }
    match found(here, token, quotes::client_view).await? {
        Some(now) => again(here, token, now, fields, errors, StatusCode::CONFLICT),
        None => Ok(gone(here)),
    }
}

fn again(
    here: &Here,
    token: &str,
    found: ClientView,
    fields: &[(String, String)],
    errors: FieldErrors,
    status: StatusCode,
) -> Result<Response, Fault> {
    let shell = shell_of(here, &found);
    let typed = Typed { errors, ..typed_of(&found, fields) };
    Ok(html(status, ui::quotes_client::page(&shell, &view_of(token, found, typed)?)))
}
