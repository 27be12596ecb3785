//! Taxes with their rates: a plain form in which buttons add and drop rows.

use super::fields::value_of;
use super::pieces::{self, Deed, Fields, label_of, rows_of};
use crate::errors::Fault;
use crate::here::Here;
use crate::routes::{Entry, page};
use model::{Decimal, FieldErrors, Language, Rate, Tax, TaxKind, parse_date};
use poem::http::Method;
use poem::web::{Form, Path};
use poem::{Response, handler};
use services::{Error, configuration};
use ui::pieces::{Difference, PieceFrame, PieceRow};
use ui::taxes::{self, PATH, RateRow, TaxForm};

pub(crate) fn entries() -> Vec<Entry> {
    let (see, change) = ("see settings: all", "change settings: all");
    vec![
        page(Method::GET, "/settings/taxes", see, list),
        page(Method::GET, "/settings/taxes/new", see, new),
        page(Method::POST, "/settings/taxes/new", change, create),
        page(Method::GET, "/settings/taxes/:key", see, show),
        page(Method::POST, "/settings/taxes/:key", change, update),
        page(Method::POST, "/settings/taxes/:key/remove", change, remove),
    ]
}

#[handler]
async fn list(here: Here) -> Result<Response, Fault> {
    let found = here.deed(configuration::list::<Tax>).await?;
    let shell = here.shell();
    let l = shell.locale();
    let rows: Vec<PieceRow> = found
        .into_iter()
        .map(|tax| PieceRow {
            label: tax.piece.label.get(l.language).to_owned(),
            detail: format!("{}: {}", taxes::kind_name(l, tax.piece.kind), taxes::rates_text(l, &tax.piece)),
            archived: tax.piece.archived,
            key: tax.key,
        })
        .collect();
    Ok(here.page(taxes::list(&shell, &rows)))
}

#[handler]
async fn new(here: Here) -> Result<Response, Fault> {
    here.deed(|_, ctx| services::permissions::require_all(ctx, model::Kind::Tax, model::Action::See)).await?;
    let rates = vec![RateRow::default()];
    let view = TaxForm { rates, kind: TaxKind::Vat.as_str().to_owned(), ..TaxForm::default() };
    Ok(here.page(taxes::form(&here.shell(), &view)))
}

#[handler]
async fn show(here: Here, Path(key): Path<String>) -> Result<Response, Fault> {
    let (frame, tax) = here.deed(move |app, ctx| pieces::frame_of::<Tax>(app, ctx, &key)).await?;
    Ok(here.page(taxes::form(&here.shell(), &form_from(frame, &tax, here.ctx.language))))
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
    let Some(errors) = pieces::remove::<Tax>(&here, &key, &fields).await? else {
        return Ok(here.go_with_notice(PATH, "saved"));
    };
    let (frame, tax) = here.deed(move |app, ctx| pieces::frame_of::<Tax>(app, ctx, &key)).await?;
    let view = form_from(PieceFrame { errors, ..frame }, &tax, here.ctx.language);
    Ok(here.unprocessable(taxes::form(&here.shell(), &view)))
}

/// The form came: saved, or shown again with another row, with its problems, or with both values.
async fn sent(here: Here, key: Option<String>, fields: Fields) -> Result<Response, Fault> {
    let (mut view, deed) = (form_of(&here, key.clone(), &fields).await?, Deed::of(&fields));
    if deed != Deed::Save {
        deed.change(&mut view.rates);
        return Ok(here.page(taxes::form(&here.shell(), &view)));
    }
    let mut errors = FieldErrors::default();
    let tax = read(&view, &mut errors);
    let saved =
        pieces::save_checked(&here, key.map(|key| (key, view.frame.version)), tax.clone(), errors).await?;
    match saved {
        Ok(_) => Ok(here.go_with_notice(PATH, "saved")),
        Err(Error::Invalid(errors)) => {
            view.frame.errors = errors;
            Ok(here.unprocessable(taxes::form(&here.shell(), &view)))
        }
        Err(Error::Conflict(conflict)) => {
            let key = view.frame.key.clone().unwrap_or_default();
            let stored = here.deed(move |app, ctx| configuration::get::<Tax>(app, ctx, &key)).await?;
            let shell = here.shell();
            view.frame.version = conflict.version;
            view.frame.conflict = Some(differences(&shell, &tax, &stored.piece));
            Ok(here.conflict(taxes::form(&shell, &view)))
        }
        Err(error) => Err(error.into()),
    }
}

async fn form_of(here: &Here, key: Option<String>, fields: &Fields) -> Result<TaxForm, Fault> {
    let frame = pieces::sent_frame::<Tax>(here, key, fields).await?;
    let rates = (0..rows_of(fields, "rates")).map(|place| {
        let value = |field: &str| value_of(fields, &format!("rates.{place}.{field}")).to_owned();
        RateRow { from: value("from"), percent: value("percent"), surcharge: value("surcharge") }
    });
    Ok(TaxForm {
        frame,
        label: label_of(fields, "label"),
        kind: value_of(fields, "kind").to_owned(),
        exempt: value_of(fields, "exempt") == "true",
        exemption: label_of(fields, "exemption"),
        rates: rates.collect(),
    })
}

fn form_from(frame: PieceFrame, tax: &Tax, language: Language) -> TaxForm {
    let percent = |percent: &Decimal| taxes::percent_text(language.into(), &percent.normalize().to_string());
    let rates = tax.rates.iter().map(|rate| RateRow {
        from: rate.from.to_string(),
        percent: percent(&rate.percent),
        surcharge: rate.surcharge.as_ref().map(percent).unwrap_or_default(),
    });
    TaxForm {
        frame,
        label: tax.label.clone(),
        kind: tax.kind.as_str().to_owned(),
        exempt: tax.exempt,
        exemption: tax.exemption.clone(),
        rates: rates.collect(),
    }
}

/// What was typed as a tax; what is no date or number is reported, and stands in for nothing that could be saved.
fn read(view: &TaxForm, errors: &mut FieldErrors) -> Tax {
    let kind = TaxKind::from_code(&view.kind);
    if kind.is_none() {
        errors.add("kind", "choice", &view.kind);
    }
    let mut rates = Vec::new();
    for (place, row) in view.rates.iter().enumerate() {
        let mut rate = Rate { from: model::jiff::civil::Date::MAX, percent: Decimal::ZERO, surcharge: None };
        match parse_date(&row.from) {
            Ok(from) => rate.from = from,
            Err(_) if row.from.trim().is_empty() => {
                errors.add(&format!("rates.{place}.from"), "required", "")
            }
            Err(code) => errors.add(&format!("rates.{place}.from"), code, &row.from),
        }
        match decimal(&row.percent) {
            Some(percent) => rate.percent = percent,
            None if row.percent.trim().is_empty() => {
                errors.add(&format!("rates.{place}.percent"), "required", "")
            }
            None => errors.add(&format!("rates.{place}.percent"), "percent-range", &row.percent),
        }
        if !row.surcharge.trim().is_empty() {
            rate.surcharge = decimal(&row.surcharge);
            if rate.surcharge.is_none() {
                errors.add(&format!("rates.{place}.surcharge"), "percent-range", &row.surcharge);
            }
        }
        rates.push(rate);
    }
    Tax {
        label: view.label.clone(),
        kind: kind.unwrap_or(TaxKind::Vat),
        rates,
        exempt: view.exempt,
        exemption: view.exemption.clone(),
        archived: view.frame.archived,
    }
}

/// `5,2`, `5.2`, `21 %`.
fn decimal(typed: &str) -> Option<Decimal> {
    typed.trim().trim_end_matches('%').trim_end().replace(',', ".").parse().ok()
}

fn differences(shell: &ui::Shell, mine: &Tax, saved: &Tax) -> Vec<Difference> {
    let l = shell.locale();
    let facts = |tax: &Tax| {
        [
            (ui::pieces::field_name(l, "label"), tax.label.get(l.language).to_owned()),
            (ui::pieces::field_name(l, "kind"), taxes::kind_name(l, tax.kind)),
            (ui::pieces::field_name(l, "rates"), taxes::rates_text(l, tax)),
            (taxes::exempt_name(l), taxes::exempt_text(l, tax)),
        ]
    };
    pieces::differences(facts(mine), facts(saved))
}
