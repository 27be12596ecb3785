//! Number series: a plain form that shows what the series gives next.

use super::fields::value_of;
use super::pieces::{self, Deed, Fields, label_of};
use crate::errors::Fault;
use crate::here::Here;
use crate::routes::{Entry, page};
use model::{Action, FieldErrors, Kind, NumberSeries, Piece};
use poem::http::Method;
use poem::web::{Form, Path};
use poem::{Response, handler};
use services::{Error, configuration, number_series, permissions};
use ui::number_series::{PATH, SeriesForm};
use ui::pieces::{Difference, PieceFrame, PieceRow};

pub(crate) fn entries() -> Vec<Entry> {
    let (see, change) = ("see settings: all", "change settings: all");
    vec![
        page(Method::GET, "/settings/number-series", see, list),
        page(Method::GET, "/settings/number-series/new", see, new),
        page(Method::POST, "/settings/number-series/new", change, create),
        page(Method::GET, "/settings/number-series/:key", see, show),
        page(Method::POST, "/settings/number-series/:key", change, update),
        page(Method::POST, "/settings/number-series/:key/remove", change, remove),
    ]
}

#[handler]
async fn list(here: Here) -> Result<Response, Fault> {
    let found = here.deed(configuration::list::<NumberSeries>).await?;
    let mut rows = Vec::new();
    for series in found {
        let next = preview_of(&here, &series.key, &series.piece).await?;
        rows.push(PieceRow {
            label: series.piece.label.get(here.ctx.language).to_owned(),
            detail: next.join(", "),
            archived: series.piece.archived,
            key: series.key,
        });
    }
    Ok(here.page(ui::number_series::list(&here.shell(), &rows)))
}

#[handler]
async fn new(here: Here) -> Result<Response, Fault> {
    here.deed(|_, ctx| permissions::require_all(ctx, Kind::NumberSeries, Action::See)).await?;
    let suggested = SeriesForm {
        pattern: "F{YYYY}-{NNNN}".to_owned(),
        first: "1".to_owned(),
        yearly: true,
        ..SeriesForm::default()
    };
    let view = with_preview(&here, suggested).await?;
    Ok(here.page(ui::number_series::form(&here.shell(), &view)))
}

#[handler]
async fn show(here: Here, Path(key): Path<String>) -> Result<Response, Fault> {
    let (frame, series) = here.deed(move |app, ctx| pieces::frame_of(app, ctx, &key)).await?;
    let view = with_preview(&here, form_from(frame, &series)).await?;
    Ok(here.page(ui::number_series::form(&here.shell(), &view)))
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
    let Some(errors) = pieces::remove::<NumberSeries>(&here, &key, &fields).await? else {
        return Ok(here.go_with_notice(PATH, "saved"));
    };
    let (frame, series) = here.deed(move |app, ctx| pieces::frame_of(app, ctx, &key)).await?;
    let view = with_preview(&here, form_from(PieceFrame { errors, ..frame }, &series)).await?;
    Ok(here.unprocessable(ui::number_series::form(&here.shell(), &view)))
}

async fn sent(here: Here, key: Option<String>, fields: Fields) -> Result<Response, Fault> {
    let frame = pieces::sent_frame::<NumberSeries>(&here, key.clone(), &fields).await?;
    let view = SeriesForm {
        frame,
        label: label_of(&fields, "label"),
        pattern: value_of(&fields, "pattern").trim().to_owned(),
        yearly: value_of(&fields, "yearly") == "true",
        first: value_of(&fields, "first").trim().to_owned(),
        ..SeriesForm::default()
    };
    let mut view = with_preview(&here, view).await?;
    if Deed::of(&fields) != Deed::Save {
        return Ok(here.page(ui::number_series::form(&here.shell(), &view)));
    }
    let mut errors = FieldErrors::default();
    let series = read(&view, &mut errors);
    let of = key.map(|key| (key, view.frame.version));
    match pieces::save_checked(&here, of, series.clone(), errors).await? {
        Ok(_) => Ok(here.go_with_notice(PATH, "saved")),
        Err(Error::Invalid(errors)) => {
            view.frame.errors = errors;
            Ok(here.unprocessable(ui::number_series::form(&here.shell(), &view)))
        }
        Err(Error::Conflict(conflict)) => {
            let key = view.frame.key.clone().unwrap_or_default();
            let stored =
                here.deed(move |app, ctx| configuration::get::<NumberSeries>(app, ctx, &key)).await?;
            let shell = here.shell();
            view.frame.version = conflict.version;
            view.frame.conflict = Some(differences(&shell, &series, &stored.piece));
            Ok(here.conflict(ui::number_series::form(&shell, &view)))
        }
        Err(error) => Err(error.into()),
    }
}

fn form_from(frame: PieceFrame, series: &NumberSeries) -> SeriesForm {
    SeriesForm {
        frame,
        label: series.label.clone(),
        pattern: series.pattern.clone(),
        yearly: series.yearly,
        first: series.first.to_string(),
        ..SeriesForm::default()
    }
}

fn read(view: &SeriesForm, errors: &mut FieldErrors) -> NumberSeries {
    let first = view.first.parse();
    if first.is_err() {
        let code = if view.first.is_empty() { "required" } else { "number-form" };
        errors.add("first", code, &view.first);
    }
    NumberSeries {
        label: view.label.clone(),
        pattern: view.pattern.clone(),
        yearly: view.yearly,
        first: first.unwrap_or(1),
        archived: view.frame.archived,
    }
}

/// The next numbers as the form stands; nothing while the pattern or the number is wrong.
async fn with_preview(here: &Here, view: SeriesForm) -> Result<SeriesForm, Fault> {
    let mut errors = FieldErrors::default();
    let series = read(&view, &mut errors);
    series.check(&mut errors);
    let is_wrong = errors.of("pattern").or_else(|| errors.of("first")).is_some();
    let key = view.frame.key.clone().unwrap_or_default();
    let preview = if is_wrong { Vec::new() } else { preview_of(here, &key, &series).await? };
    let last = here
        .deed(move |app, _| match app.frame().number_series.get(&key) {
            Some(stored) => number_series::last_given(app, &key, &stored.piece),
            None => Ok(None),
        })
        .await?;
    Ok(SeriesForm { preview, last, ..view })
}

async fn preview_of(here: &Here, key: &str, series: &NumberSeries) -> Result<Vec<String>, Fault> {
    let (key, series, today) = (key.to_owned(), series.clone(), here.shell().today());
    here.deed(move |app, ctx| number_series::preview(app, ctx, &key, &series, today)).await
}

fn differences(shell: &ui::Shell, mine: &NumberSeries, saved: &NumberSeries) -> Vec<Difference> {
    let l = shell.locale();
    let facts = |series: &NumberSeries| {
        let yes_no = if series.yearly { "✓" } else { "✗" };
        [
            (ui::pieces::field_name(l, "label"), series.label.get(l.language).to_owned()),
            (ui::pieces::field_name(l, "pattern"), series.pattern.clone()),
            (ui::pieces::field_name(l, "first"), series.first.to_string()),
            (ui::pieces::field_name(l, "yearly"), yes_no.to_owned()),
        ]
    };
    pieces::differences(facts(mine), facts(saved))
}
