//! A price list as a file: chosen, looked through, taken in; and the prices of a book as one.

use super::Fields;
use crate::errors::Fault;
use crate::here::Here;
use crate::pages::fields::value_of;
use crate::pages::imports::download;
use model::{FieldErrors, json};
use poem::web::{Form, Multipart, Path};
use poem::{Response, handler};
use services::prices::{self, Review, RowProblem, SheetRow};
use services::reports::FileFormat;
use services::{App, Ctx, Error};
use ui::prices::{FilePage, FileReview, RowProblemLine};

#[handler]
pub(super) async fn export(here: Here, Path(key): Path<String>) -> Result<Response, Fault> {
    let format = here.query("format").and_then(FileFormat::from_code).ok_or_else(Fault::not_found)?;
    let titles = ui::prices::titles(here.shell().locale());
    let file = here.deed(move |app, ctx| prices::export(app, ctx, &key, format, &titles)).await?;
    Ok(download(file))
}

#[handler]
pub(super) async fn choose(here: Here, Path(key): Path<String>) -> Result<Response, Fault> {
    let view = here.deed(move |app, ctx| page(app, ctx, &key, None)).await?;
    Ok(here.page(ui::prices::file_page(&here.shell(), &view)))
}

#[handler]
pub(super) async fn check(
    here: Here,
    Path(key): Path<String>,
    mut form: Multipart,
) -> Result<Response, Fault> {
    let (name, bytes) = sent(&mut form).await?;
    let book = key.clone();
    let looked_at = here
        .try_deed(move |app, ctx| {
            if name.is_empty() {
                return Err(Error::invalid("file", "file-missing", ""));
            }
            let rows = prices::read_file(ctx, &name, &bytes)?;
            let review = prices::review(app, ctx, &book, &rows)?;
            let sent = json::to_string(&rows).map_err(Error::internal)?;
            page(app, ctx, &book, Some(shown(review, name, sent)))
        })
        .await?;
    answered(&here, key, looked_at).await
}

#[handler]
pub(super) async fn run(
    here: Here,
    Path(key): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    let book = key.clone();
    let done = here
        .try_deed(move |app, ctx| {
            let rows = json::from_str::<Vec<SheetRow>>(value_of(&fields, "rows"))
                .map_err(|_| Error::invalid("file", "file-missing", ""))?;
            let review = prices::import(app, ctx, &book, &rows)?;
            let name = value_of(&fields, "file_name").to_owned();
            let review = FileReview { is_done: true, ..shown(review, name, String::new()) };
            page(app, ctx, &book, Some(review))
        })
        .await?;
    answered(&here, key, done).await
}

/// The page, or the form again with what is wrong with the file.
async fn answered(here: &Here, key: String, done: Result<FilePage, Error>) -> Result<Response, Fault> {
    match done {
        Ok(view) => Ok(here.page(ui::prices::file_page(&here.shell(), &view))),
        Err(Error::Invalid(errors)) => {
            let mut view = here.deed(move |app, ctx| page(app, ctx, &key, None)).await?;
            view.errors = errors;
            Ok(here.unprocessable(ui::prices::file_page(&here.shell(), &view)))
        }
        Err(error) => Err(error.into()),
    }
}

fn page(app: &App, ctx: &Ctx, key: &str, review: Option<FileReview>) -> Result<FilePage, Error> {
    let book = prices::book(app, ctx, key)?;
    if !prices::may_change(ctx) {
        return Err(Error::Denied);
    }
    let label = book.piece.label.get(ctx.language).to_owned();
    Ok(FilePage { key: key.to_owned(), label, review, errors: FieldErrors::default() })
}

fn shown(review: Review, file_name: String, sent: String) -> FileReview {
    let line = |row: RowProblem| RowProblemLine { row: row.row, code: row.code, problems: row.problems };
    FileReview {
        file_name,
        is_done: false,
        rows: review.rows,
        new: review.new,
        changed: review.changed,
        unchanged: review.unchanged,
        problems: review.problems.into_iter().map(line).collect(),
        sent,
    }
}

/// Name and bytes of the file; the body is limited by the route.
async fn sent(form: &mut Multipart) -> Result<(String, Vec<u8>), Fault> {
    let broken = |error: poem::error::ParseMultipartError| Fault::bad_request(error.to_string());
    let (mut name, mut bytes) = (String::new(), Vec::new());
    while let Some(field) = form.next_field().await.map_err(broken)? {
        if field.name() == Some("file") {
            name = field.file_name().unwrap_or_default().to_owned();
            bytes = field.bytes().await.map_err(|error| Fault::bad_request(error.to_string()))?;
        }
    }
    Ok((name, bytes))
}
