//! The company: its form, its logo and its days off.

use super::fields::{value_of, version_of};
use super::pieces::{Fields, label_of};
use super::users::conflict_of;
use crate::errors::Fault;
use crate::here::Here;
use crate::routes::{Entry, page};
use model::{Action, FieldErrors, Holiday, Kind, LOGO_BYTES_MAX};
use poem::http::Method;
use poem::web::{Form, Multipart, Path};
use poem::{Response, handler};
use services::settings::{self, CompanyDraft};
use services::{App, Ctx, Error, configuration, holidays, permissions};
use ui::company::{CompanyPage, HolidayRow, HolidaysPage};
use ui::errors::{Conflict, ConflictField};

pub(crate) fn entries() -> Vec<Entry> {
    let (see, change) = ("see settings: all", "change settings: all");
    vec![
        page(Method::GET, "/settings/company", see, show),
        page(Method::POST, "/settings/company", change, update),
        page(Method::POST, "/settings/company/logo", change, set_logo).upload(),
        page(Method::POST, "/settings/company/logo/remove", change, remove_logo),
        page(Method::GET, "/settings/holidays", see, list_holidays),
        page(Method::POST, "/settings/holidays", change, add_holiday),
        page(Method::POST, "/settings/holidays/national", change, add_national),
        page(Method::POST, "/settings/holidays/:day/remove", change, remove_holiday),
    ]
}

const COMPANY: &str = "/settings/company";
const HOLIDAYS: &str = "/settings/holidays";

#[handler]
async fn show(here: Here) -> Result<Response, Fault> {
    let view = here.deed(|app, ctx| company_page(app, ctx, None, FieldErrors::default())).await?;
    Ok(here.page(ui::company::page(&here.shell(), &view)))
}

#[handler]
async fn update(here: Here, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let draft = CompanyDraft::read(|name| value_of(&fields, name).to_owned());
    let (typed, version) = (draft.clone(), version_of(&fields));
    match here.try_deed(move |app, ctx| settings::update(app, ctx, version, &typed)).await? {
        Ok(_) => Ok(here.go_with_notice(COMPANY, "saved")),
        Err(Error::Invalid(errors)) => {
            let view =
                here.deed(move |app, ctx| company_page(app, ctx, Some((version, draft)), errors)).await?;
            Ok(here.unprocessable(ui::company::page(&here.shell(), &view)))
        }
        Err(Error::Conflict(_)) => {
            let view = here.deed(move |app, ctx| company_conflict(app, ctx, &draft)).await?;
            Ok(here.conflict(ui::errors::conflict(&here.shell(), &view)))
        }
        Err(error) => Err(error.into()),
    }
}

#[handler]
async fn set_logo(here: Here, form: Multipart) -> Result<Response, Fault> {
    let (version, bytes) = logo_of(form).await?;
    let done = here.try_deed(move |app, ctx| settings::set_logo(app, ctx, version, &bytes)).await?;
    logo_answer(&here, done.map(|_| ())).await
}

#[handler]
async fn remove_logo(here: Here, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let version = version_of(&fields);
    let done = here.try_deed(move |app, ctx| settings::remove_logo(app, ctx, version)).await?;
    logo_answer(&here, done.map(|_| ())).await
}

/// A picture is not typed: who was overtaken sees the page as it is now and a sentence why.
async fn logo_answer(here: &Here, done: Result<(), Error>) -> Result<Response, Fault> {
    let errors = match done {
        Ok(()) => return Ok(here.go_with_notice(COMPANY, "saved")),
        Err(Error::Invalid(errors)) => errors,
        Err(Error::Conflict(_)) => {
            let mut errors = FieldErrors::default();
            errors.add("", "stale", "");
            errors
        }
        Err(error) => return Err(error.into()),
    };
    let view = here.deed(move |app, ctx| company_page(app, ctx, None, errors)).await?;
    Ok(here.unprocessable(ui::company::page(&here.shell(), &view)))
}

/// The fields `version` and `logo`; of a picture that is too big just enough to say so.
async fn logo_of(mut form: Multipart) -> Result<(u64, Vec<u8>), Fault> {
    let (mut version, mut bytes) = (0, Vec::new());
    while let Some(field) = form.next_field().await.map_err(|error| Fault::bad_request(error.to_string()))? {
        let name = field.name().unwrap_or_default().to_owned();
        let content = field.bytes().await.map_err(|error| Fault::bad_request(error.to_string()))?;
        match name.as_str() {
            "version" => version = String::from_utf8_lossy(&content).trim().parse().unwrap_or_default(),
            "logo" => bytes = content,
            _ => {}
        }
    }
    bytes.truncate(LOGO_BYTES_MAX + 1);
    Ok((version, bytes))
}

/// The form with what was typed, or as it is stored.
fn company_page(
    app: &App,
    ctx: &Ctx,
    typed: Option<(u64, CompanyDraft)>,
    errors: FieldErrors,
) -> Result<CompanyPage, Error> {
    permissions::require_all(ctx, Kind::Settings, Action::See)?;
    let settings = settings::get(app, ctx)?;
    let (version, draft) = typed.unwrap_or_else(|| (settings.meta.version, CompanyDraft::of(&settings)));
    let values = draft.pairs().into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let logo_href = settings.logo.as_ref().map(ui::shell::logo_href);
    Ok(CompanyPage { version, values, logo_href, errors })
}

/// Both values of what differs; the rest goes along unseen, so that nothing typed is lost.
fn company_conflict(app: &App, ctx: &Ctx, draft: &CompanyDraft) -> Result<Conflict, Error> {
    let settings = settings::get(app, ctx)?;
    let stored = CompanyDraft::of(&settings);
    let mut conflict =
        conflict_of(app, ctx, &settings.meta, settings.company_name.clone(), COMPANY.to_owned())?;
    for ((name, mine), (_, saved)) in draft.pairs().into_iter().zip(stored.pairs()) {
        if mine.trim() == saved || name == "currency_confirmed" {
            conflict.rest.push((name.to_owned(), mine.to_owned()));
            continue;
        }
        conflict.fields.push(ConflictField {
            name: name.to_owned(),
            label: ui::company::field_name(ctx.language, name),
            mine: mine.to_owned(),
            saved: saved.to_owned(),
            mine_shown: mine.to_owned(),
            saved_shown: saved.to_owned(),
        });
    }
    Ok(conflict)
}

#[handler]
async fn list_holidays(here: Here) -> Result<Response, Fault> {
    let view = here.deed(|app, ctx| holidays_page(app, ctx, HolidaysPage::default())).await?;
    Ok(here.page(ui::company::holidays(&here.shell(), &view)))
}

#[handler]
async fn add_holiday(here: Here, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let (key, label) = (value_of(&fields, "key").trim().to_owned(), label_of(&fields, "label"));
    let typed = HolidaysPage { key: key.clone(), label: label.clone(), ..HolidaysPage::default() };
    let piece = Holiday { label };
    let done = here.try_deed(move |app, ctx| configuration::create(app, ctx, &key, piece)).await?;
    holidays_answer(&here, done.map(|_| ()), typed, "created").await
}

#[handler]
async fn add_national(here: Here, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let (calendar, year) = (value_of(&fields, "calendar").to_owned(), value_of(&fields, "year").to_owned());
    let typed = HolidaysPage { calendar: calendar.clone(), year: year.clone(), ..HolidaysPage::default() };
    let done = here.try_deed(move |app, ctx| holidays::add_year(app, ctx, &calendar, &year)).await?;
    holidays_answer(&here, done.map(|_| ()), typed, "saved").await
}

#[handler]
async fn remove_holiday(
    here: Here,
    Path(day): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    let version = version_of(&fields);
    let done =
        here.try_deed(move |app, ctx| configuration::remove::<Holiday>(app, ctx, &day, version)).await?;
    holidays_answer(&here, done, HolidaysPage::default(), "saved").await
}

async fn holidays_answer(
    here: &Here,
    done: Result<(), Error>,
    typed: HolidaysPage,
    notice: &str,
) -> Result<Response, Fault> {
    let errors = match done {
        Ok(()) => return Ok(here.go_with_notice(HOLIDAYS, notice)),
        Err(Error::Invalid(errors)) => errors,
        Err(Error::Conflict(_)) => {
            let mut errors = FieldErrors::default();
            errors.add("", "stale", "");
            errors
        }
        Err(error) => return Err(error.into()),
    };
    let typed = HolidaysPage { errors, ..typed };
    let view = here.deed(move |app, ctx| holidays_page(app, ctx, typed)).await?;
    Ok(here.unprocessable(ui::company::holidays(&here.shell(), &view)))
}

/// The days in order, and the forms: suggested are the company's country and the year to come.
fn holidays_page(app: &App, ctx: &Ctx, typed: HolidaysPage) -> Result<HolidaysPage, Error> {
    let settings = settings::get(app, ctx)?;
    let mut rows: Vec<HolidayRow> = configuration::list::<Holiday>(app, ctx)?
        .into_iter()
        .filter_map(|holiday| {
            let name = holiday.piece.label.get(ctx.language).to_owned();
            Some(HolidayRow { day: holiday.key.parse().ok()?, name, version: holiday.meta.version })
        })
        .collect();
    rows.sort_by_key(|row| row.day);
    let today = ctx.at.to_zoned_datetime(settings.zone()).date();
    let has_this_year = rows.iter().any(|row| row.day.year() == today.year());
    let year = if has_this_year { today.year() + 1 } else { today.year() };
    let calendar = match settings.country.as_str() {
        "AD" => "andorra",
        _ => "catalonia",
    };
    let or = |typed: String, suggested: &str| if typed.is_empty() { suggested.to_owned() } else { typed };
    Ok(HolidaysPage {
        rows,
        calendar: or(typed.calendar, calendar),
        year: or(typed.year, &year.to_string()),
        ..typed
    })
}
