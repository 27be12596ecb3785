//! The configuration as a file, for the browser: export, review, apply.

use super::fields::value_of;
use super::pieces::Fields;
use crate::errors::Fault;
use crate::here::Here;
use crate::routes::{Entry, page};
use model::{Action, FieldErrors, Kind};
use poem::http::Method;
use poem::web::{Form, Multipart};
use poem::{Response, handler};
use services::config_file::{self, Change, FILE_BYTES_MAX, Review};
use services::{Error, permissions};
use ui::config_file::{ChangeRow, FilePage, ProblemRow, ReviewPage};

pub(crate) fn entries() -> Vec<Entry> {
    let (see, change) = ("see settings: all", "change settings: all");
    vec![
        page(Method::GET, "/settings/file", see, show),
        page(Method::GET, "/settings/file/export", see, export),
        page(Method::POST, "/settings/file", change, review).upload(),
        page(Method::POST, "/settings/file/apply", change, apply).upload(),
    ]
}

#[handler]
async fn show(here: Here) -> Result<Response, Fault> {
    here.deed(|_, ctx| permissions::require_all(ctx, Kind::Settings, Action::See)).await?;
    Ok(here.page(ui::config_file::page(&here.shell(), &FilePage::default())))
}

#[handler]
async fn export(here: Here) -> Result<Response, Fault> {
    let text = here.deed(config_file::export).await?;
    Ok(Response::builder()
        .content_type("application/toml; charset=utf-8")
        .header("content-disposition", "attachment; filename=\"tracte.toml\"")
        .body(text))
}

#[handler]
async fn review(here: Here, form: Multipart) -> Result<Response, Fault> {
    let text = text_of(form).await?;
    if text.trim().is_empty() {
        here.deed(|_, ctx| permissions::require_all(ctx, Kind::Settings, Action::Change)).await?;
        let mut errors = FieldErrors::default();
        errors.add("file", "file-missing", "");
        let view = FilePage { text, errors };
        return Ok(here.unprocessable(ui::config_file::page(&here.shell(), &view)));
    }
    let typed = text.clone();
    let found = here.deed(move |app, ctx| config_file::review(app, ctx, &typed)).await?;
    let has_problems = !found.problems.is_empty();
    let markup = ui::config_file::review(&here.shell(), &review_page(found, text, FieldErrors::default()));
    Ok(if has_problems { here.unprocessable(markup) } else { here.page(markup) })
}

#[handler]
async fn apply(here: Here, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let (text, against) = (value_of(&fields, "text").to_owned(), value_of(&fields, "against").to_owned());
    let typed = text.clone();
    let done = here.try_deed(move |app, ctx| config_file::apply(app, ctx, &typed, &against)).await?;
    let (found, errors) = match done {
        Ok(found) if found.problems.is_empty() => return Ok(here.go_with_notice("/settings/file", "saved")),
        Ok(found) => (found, FieldErrors::default()),
        Err(error) => {
            let errors = match error {
                Error::Invalid(errors) => errors,
                Error::Conflict(_) => {
                    let mut errors = FieldErrors::default();
                    errors.add("", "configuration-changed", "");
                    errors
                }
                other => return Err(other.into()),
            };
            let typed = text.clone();
            (here.deed(move |app, ctx| config_file::review(app, ctx, &typed)).await?, errors)
        }
    };
    let view = review_page(found, text, errors);
    Ok(here.unprocessable(ui::config_file::review(&here.shell(), &view)))
}

/// The file, or what was pasted. Cut just behind the limit, so that the reader is told of it.
async fn text_of(mut form: Multipart) -> Result<String, Fault> {
    let mut text = String::new();
    while let Some(field) = form.next_field().await.map_err(|error| Fault::bad_request(error.to_string()))? {
        let is_text = matches!(field.name(), Some("file" | "text"));
        let mut bytes = field.bytes().await.map_err(|error| Fault::bad_request(error.to_string()))?;
        if is_text && !bytes.is_empty() && text.is_empty() {
            bytes.truncate(FILE_BYTES_MAX + 1);
            text = String::from_utf8_lossy(&bytes).into_owned();
        }
    }
    Ok(text)
}

fn review_page(found: Review, text: String, errors: FieldErrors) -> ReviewPage {
    let place = |change: &Change| match change.key.as_str() {
        "" => change.section.clone(),
        key => format!("{}.{key}", change.section),
    };
    let change = |change: Change| ChangeRow {
        deed: change.deed.as_str().to_owned(),
        place: place(&change),
        fields: change.fields,
    };
    let problem = |found: config_file::FileProblem| ProblemRow {
        line: found.line,
        place: found.place,
        problem: found.problem,
    };
    ReviewPage {
        text,
        against: found.against,
        changes: found.changes.into_iter().map(change).collect(),
        problems: found.problems.into_iter().map(problem).collect(),
        unchanged: u64::try_from(found.unchanged).unwrap_or_default(),
        errors,
    }
}
