//! The public side of web forms: shown, sent, confirmed; for everybody, in their language, with nothing of the CRM.

use crate::attempts;
use crate::errors::Fault;
use crate::here::{Here, html};
use crate::layers::headers::FramedBy;
use crate::pages::fields::value_of;
use crate::pages::pieces::Fields;
use crate::routes::{Entry, Who, open_page};
use model::{FieldErrors, FormField, Frame, Kind, Label, Language, own_name};
use poem::http::{Method, StatusCode};
use poem::web::{Form, Path};
use poem::{Response, handler};
use services::web_forms::{self, Outcome, Sent};
use services::{Error, OpenForm};
use std::collections::BTreeMap;
use ui::web_forms::{TRAP, VisitorField, VisitorForm, VisitorText};
use ui::{Locale, Shell};

pub(super) fn entries() -> Vec<Entry> {
    vec![
        open_page(Who::AfterSetup, Method::GET, "/f/:code", show),
        open_page(Who::AfterSetup, Method::POST, "/f/:code", send).sign_in(),
        open_page(Who::AfterSetup, Method::GET, "/form-confirmation/:secret", ask),
        open_page(Who::AfterSetup, Method::POST, "/form-confirmation/:secret", confirm).sign_in(),
    ]
}

/// `?lang=`, else what the browser asks for: cookies do not reach into frames.
fn language(here: &Here) -> Language {
    here.query("lang").and_then(Language::from_code).unwrap_or(here.facts.language)
}

fn shell_of(here: &Here, language: Language) -> Shell {
    Shell { language, user: None, ..here.shell() }
}

/// A form as it is shown, with nothing typed yet.
pub(super) fn view_of(frame: &Frame, form: &OpenForm, language: Language) -> VisitorForm {
    let fields = form.fields.iter().map(|(field, required)| {
        let asked = form.form.fields.iter().find(|asked| asked.field == field.key).cloned();
        let FormField { label, hint, .. } = asked.unwrap_or_default();
        VisitorField {
            key: field.key.clone(),
            required: *required,
            own: own_name(&field.key).and_then(|name| frame.field(Kind::Lead, name)).cloned(),
            label,
            hint,
            texts: Vec::new(),
        }
    });
    let asks = form.form.purpose.is_some();
    VisitorForm {
        key: form.key.clone(),
        title: VisitorText::of(form.form.heading(), language),
        intro: VisitorText::of(&form.form.intro, language),
        button: VisitorText::of(&form.form.button, language),
        fields: fields.collect(),
        consent: asks.then(|| VisitorText::of(&form.form.consent, language)),
        consent_required: form.form.consent_required,
        is_closed: !form.is_open,
        ..VisitorForm::default()
    }
}

/// The form with a fresh ticket.
async fn opened(here: &Here, code: String) -> Result<(OpenForm, VisitorForm), Fault> {
    let (language, is_embedded) = (language(here), here.query("embed").is_some());
    here.deed(move |app, ctx| {
        let form = web_forms::open(app, ctx, &code)?;
        let ticket = web_forms::ticket(app, ctx, &code)?;
        let view = VisitorForm { ticket, is_embedded, ..view_of(&app.frame(), &form, language) };
        Ok((form, view))
    })
    .await
}

/// Only a form that names sites may stand in their frames.
fn framed(mut response: Response, form: &OpenForm) -> Response {
    if !form.form.sites.is_empty() {
        response.set_data(FramedBy(form.form.sites.clone()));
    }
    response
}

#[handler]
async fn show(here: Here, Path(code): Path<String>) -> Result<Response, Fault> {
    let (form, view) = opened(&here, code).await?;
    let status = if view.is_closed { StatusCode::GONE } else { StatusCode::OK };
    let shell = shell_of(&here, language(&here));
    Ok(framed(html(status, ui::web_forms::page(&shell, &view)), &form))
}

#[handler]
async fn send(here: Here, Path(code): Path<String>, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let (form, view) = opened(&here, code).await?;
    let language = language(&here);
    let sent = sent_of(&form, &fields);
    let done = match here.state.submissions.count(here.client(), &form.key) {
        Ok(()) => taken(&here, language, form.key.clone(), sent.clone()).await?,
        Err(minutes) => Err(too_often(minutes)),
    };
    let shell = shell_of(&here, language);
    let l = shell.locale();
    match done {
        Ok(outcome) => {
            let sentence: VisitorText = match outcome {
                Outcome::Confirm => ui::web_forms::check_mail(l).as_str().into(),
                Outcome::Thanks => thanks(l, &form.form.thanks),
            };
            Ok(framed(here.page(ui::web_forms::said(&shell, &view, &sentence)), &form))
        }
        Err(Error::Invalid(errors)) => {
            let is_often = errors.0.iter().any(|problem| problem.code.starts_with("form-often"));
            let status =
                if is_often { StatusCode::TOO_MANY_REQUESTS } else { StatusCode::UNPROCESSABLE_ENTITY };
            Ok(again(&here, &form, view, &sent, errors, status))
        }
        Err(error) => Err(error.into()),
    }
}

/// Sends it, unless a letter would have to go to a mailbox that had enough of them.
async fn taken(
    here: &Here,
    language: Language,
    key: String,
    sent: Sent,
) -> Result<Result<Outcome, Error>, Fault> {
    let state = here.state.clone();
    here.try_deed(move |app, ctx| {
        let mut ctx = ctx.clone();
        ctx.language = language;
        if let Some(mailbox) = web_forms::letter_to(app, &ctx, &key, &sent)? {
            state.submissions.count_letter(&mailbox).map_err(too_often)?;
        }
        web_forms::send(app, &ctx, &key, &sent)
    })
    .await
}

fn too_often(minutes: u64) -> Error {
    Error::Invalid(attempts::too_often(minutes))
}

fn sent_of(form: &OpenForm, fields: &Fields) -> Sent {
    let mut typed: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, text) in fields {
        if form.fields.iter().any(|(field, _)| field.key == *name) {
            typed.entry(name.clone()).or_default().push(text.clone());
        }
    }
    Sent {
        typed,
        agrees: value_of(fields, "consent") == "true",
        ticket: value_of(fields, "ticket").to_owned(),
        trap: value_of(fields, TRAP).to_owned(),
    }
}

/// The form with all that was typed and all that is wrong; with the ticket it came with, unless that is over.
fn again(
    here: &Here,
    form: &OpenForm,
    view: VisitorForm,
    sent: &Sent,
    errors: FieldErrors,
    status: StatusCode,
) -> Response {
    let is_over = errors.0.iter().any(|problem| problem.code == "form-expired") || sent.ticket.is_empty();
    let mut view = VisitorForm { errors, agrees: sent.agrees, ..view };
    if !is_over {
        view.ticket.clone_from(&sent.ticket);
    }
    for field in &mut view.fields {
        field.texts = sent.typed.get(&field.key).cloned().unwrap_or_default();
    }
    let shell = shell_of(here, language(here));
    framed(html(status, ui::web_forms::page(&shell, &view)), form)
}

/// Its title in the language of the letter, or in that of the address.
fn titled(here: &Here, waiting: &web_forms::Waiting) -> (Language, VisitorText) {
    let chosen = here.query("lang").and_then(Language::from_code).unwrap_or(waiting.language);
    (chosen, VisitorText::of(waiting.form.form.heading(), chosen))
}

/// In the company's words, else in ours.
fn thanks(l: Locale<'_>, own: &Label) -> VisitorText {
    if own.is_empty() { ui::web_forms::thanks(l).as_str().into() } else { VisitorText::of(own, l.language) }
}

#[handler]
async fn ask(here: Here, Path(secret): Path<String>) -> Result<Response, Fault> {
    let asked = secret.clone();
    match here.deed(move |app, ctx| found(web_forms::waiting(app, ctx, &asked))).await? {
        Some(waiting) => {
            let (language, title) = titled(&here, &waiting);
            Ok(here.page(ui::web_forms::confirm(&shell_of(&here, language), Some(&title), &secret)))
        }
        None => Ok(gone(&here, &secret)),
    }
}

#[handler]
async fn confirm(here: Here, Path(secret): Path<String>) -> Result<Response, Fault> {
    let asked = secret.clone();
    match here.deed(move |app, ctx| found(web_forms::confirm(app, ctx, &asked))).await? {
        Some(waiting) => {
            let (language, _) = titled(&here, &waiting);
            let shell = shell_of(&here, language);
            let frame = here.state.app.frame();
            let sentence = thanks(shell.locale(), &waiting.form.form.thanks);
            Ok(here.page(ui::web_forms::said(&shell, &view_of(&frame, &waiting.form, language), &sentence)))
        }
        None => Ok(gone(&here, &secret)),
    }
}

/// A link that is worth nothing is no fault; nor is one whose form asks for something else by now.
fn found<T>(result: Result<T, Error>) -> Result<Option<T>, Error> {
    match result {
        Ok(found) => Ok(Some(found)),
        Err(Error::NotFound | Error::Invalid(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

fn gone(here: &Here, secret: &str) -> Response {
    html(StatusCode::GONE, ui::web_forms::confirm(&shell_of(here, language(here)), None, secret))
}
