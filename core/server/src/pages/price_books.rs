//! Price books as pieces of configuration: the list, and one with its currency and days.

use super::fields::value_of;
use super::pieces::{self, Fields, label_of};
use crate::errors::Fault;
use crate::here::Here;
use crate::routes::{Entry, page};
use model::jiff::civil::Date;
use model::{Currency, FieldErrors, PriceBook, parse_date};
use poem::http::Method;
use poem::web::{Form, Path};
use poem::{Response, handler};
use services::{Error, configuration, settings};
use ui::pieces::{Difference, PieceFrame, PieceRow};
use ui::price_books::{self, PATH, PriceBookForm};

pub(crate) fn entries() -> Vec<Entry> {
    let (see, change) = ("see settings: all", "change settings: all");
    vec![
        page(Method::GET, "/settings/price-books", see, list),
        page(Method::GET, "/settings/price-books/new", see, new),
        page(Method::POST, "/settings/price-books/new", change, create),
        page(Method::GET, "/settings/price-books/:key", see, show),
        page(Method::POST, "/settings/price-books/:key", change, update),
        page(Method::POST, "/settings/price-books/:key/remove", change, remove),
    ]
}

#[handler]
async fn list(here: Here) -> Result<Response, Fault> {
    let found = here.deed(configuration::list::<PriceBook>).await?;
    let shell = here.shell();
    let l = shell.locale();
    let row = |book: model::Configured<PriceBook>| PieceRow {
        label: book.piece.label.get(l.language).to_owned(),
        detail: price_books::detail(l, &book.piece),
        archived: book.piece.archived,
        key: book.key,
    };
    let rows: Vec<PieceRow> = found.into_iter().map(row).collect();
    Ok(here.page(price_books::list(&shell, &rows)))
}

#[handler]
async fn new(here: Here) -> Result<Response, Fault> {
    let currency = here
        .deed(|app, ctx| {
            services::permissions::require_all(ctx, model::Kind::PriceBook, model::Action::See)?;
            Ok(settings::get(app, ctx)?.currency)
        })
        .await?;
    let view = PriceBookForm { currency: currency.code().to_owned(), ..PriceBookForm::default() };
    Ok(here.page(price_books::form(&here.shell(), &view)))
}

#[handler]
async fn show(here: Here, Path(key): Path<String>) -> Result<Response, Fault> {
    let (frame, book) = here.deed(move |app, ctx| pieces::frame_of::<PriceBook>(app, ctx, &key)).await?;
    Ok(here.page(price_books::form(&here.shell(), &form_from(frame, &book))))
}

#[handler]
async fn create(here: Here, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    sent(here, None, fields).await
}

#[handler]
async fn update(here: Here, Path(key): Path<String>, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    sent(here, Some(key), fields).await
}

#[handler]
async fn remove(here: Here, Path(key): Path<String>, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let Some(errors) = pieces::remove::<PriceBook>(&here, &key, &fields).await? else {
        return Ok(here.go_with_notice(PATH, "saved"));
    };
    let (frame, book) = here.deed(move |app, ctx| pieces::frame_of::<PriceBook>(app, ctx, &key)).await?;
    let view = form_from(PieceFrame { errors, ..frame }, &book);
    Ok(here.unprocessable(price_books::form(&here.shell(), &view)))
}

/// The form came: saved, or shown again with its problems or with both values.
async fn sent(here: Here, key: Option<String>, fields: Fields) -> Result<Response, Fault> {
    let frame = pieces::sent_frame::<PriceBook>(&here, key.clone(), &fields).await?;
    let text = |name: &str| value_of(&fields, name).trim().to_owned();
    let mut view = PriceBookForm {
        frame,
        label: label_of(&fields, "label"),
        currency: text("currency"),
        from: text("from"),
        until: text("until"),
    };
    let mut errors = FieldErrors::default();
    let book = read(&view, &mut errors);
    let of = key.map(|key| (key, view.frame.version));
    match pieces::save_checked(&here, of, book.clone(), errors).await? {
        Ok(_) => Ok(here.go_with_notice(PATH, "saved")),
        Err(Error::Invalid(errors)) => {
            view.frame.errors = errors;
            Ok(here.unprocessable(price_books::form(&here.shell(), &view)))
        }
        Err(Error::Conflict(conflict)) => {
            let key = view.frame.key.clone().unwrap_or_default();
            let stored = here.deed(move |app, ctx| configuration::get::<PriceBook>(app, ctx, &key)).await?;
            let shell = here.shell();
            view.frame.version = conflict.version;
            view.frame.conflict = Some(differences(&shell, &book, &stored.piece));
            Ok(here.conflict(price_books::form(&shell, &view)))
        }
        Err(error) => Err(error.into()),
    }
}

fn form_from(frame: PieceFrame, book: &PriceBook) -> PriceBookForm {
    let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    PriceBookForm {
        frame,
        label: book.label.clone(),
        currency: book.currency.code().to_owned(),
        from: day(book.from),
        until: day(book.until),
    }
}

fn read(view: &PriceBookForm, errors: &mut FieldErrors) -> PriceBook {
    let currency = view.currency.parse::<Currency>();
    if currency.is_err() {
        errors.add("currency", "choice", &view.currency);
    }
    let mut day = |field: &str, typed: &str| match typed {
        "" => None,
        typed => parse_date(typed).map_err(|code| errors.add(field, code, typed)).ok(),
    };
    PriceBook {
        from: day("from", &view.from),
        until: day("until", &view.until),
        label: view.label.clone(),
        currency: currency.unwrap_or_default(),
        archived: view.frame.archived,
    }
}

fn differences(shell: &ui::Shell, mine: &PriceBook, saved: &PriceBook) -> Vec<Difference> {
    let l = shell.locale();
    let facts = |book: &PriceBook| {
        [
            (price_books::field_name(l, "label"), book.label.get(l.language).to_owned()),
            (price_books::field_name(l, "currency"), book.currency.code().to_owned()),
            (price_books::field_name(l, "days"), price_books::days(l, book.from, book.until)),
        ]
    };
    pieces::differences(facts(mine), facts(saved))
}
