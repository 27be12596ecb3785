//! Prices: the books, the prices of one with what somebody would pay, and a price added, changed or removed.

mod change;
mod file;
mod views;
pub(super) use views::of_product;

use super::fields::{value_of, version_of};
use super::picker;
use crate::errors::Fault;
use crate::here::Here;
use crate::routes::{Entry, page};
use model::jiff::civil::Date;
use model::uuid::Uuid;
use model::{Decimal, FieldErrors, Kind, parse_date, parse_number};
use poem::http::Method;
use poem::web::{Form, Path};
use poem::{Response, handler};
use services::links::{self, Found};
use services::prices::{self, PriceDraft};
use services::{App, Ctx, Error};
use ui::prices::{BooksPage, PriceForm, path};
use views::{Asked, book_page};

type Fields = Vec<(String, String)>;

pub(crate) fn entries() -> Vec<Entry> {
    let see = "see products: own, team or all";
    let (one, all) = ("change this product", "change products: all");
    let at = |rest: &str| format!("/price-books/:key{rest}");
    vec![
        page(Method::GET, "/price-books", see, books),
        page(Method::GET, &at(""), see, show),
        page(Method::POST, &at("/prices"), one, create),
        page(Method::GET, &at("/prices/:id"), one, edit),
        page(Method::POST, &at("/prices/:id"), one, update),
        page(Method::POST, &at("/prices/:id/remove"), one, remove),
        page(Method::GET, &at("/change"), all, change::ask),
        page(Method::POST, &at("/change"), all, change::done),
        page(Method::GET, &at("/export"), "export products", file::export).download(),
        page(Method::GET, &at("/import"), all, file::choose),
        page(Method::POST, &at("/import"), all, file::check).upload(),
        page(Method::POST, &at("/import/run"), all, file::run).upload(),
    ]
}

#[handler]
async fn books(here: Here) -> Result<Response, Fault> {
    let view: BooksPage = here.deed(views::books_page).await?;
    Ok(here.page(ui::prices::books_page(&here.shell(), &view)))
}

#[handler]
async fn show(here: Here, Path(key): Path<String>) -> Result<Response, Fault> {
    let asked = Asked::of(&here);
    let view = here.deed(move |app, ctx| book_page(app, ctx, &key, &asked, PriceForm::default())).await?;
    let is_wrong = !view.tester.errors.is_empty();
    let markup = ui::prices::book_page(&here.shell(), &view);
    Ok(if is_wrong { here.unprocessable(markup) } else { here.page(markup) })
}

#[handler]
async fn create(here: Here, Path(key): Path<String>, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let form = typed(&fields);
    let (book, sent) = (key.clone(), form.clone());
    let pick = value_of(&fields, &ui::components::pick_name("product")).to_owned();
    let made = here
        .try_deed(move |app, ctx| {
            prices::require_change(ctx)?;
            let (draft, errors) = read(&sent, product_meant(app, ctx, &sent.product, &pick)?);
            if !errors.is_empty() {
                prices::book(app, ctx, &book)?;
                return Err(Error::Invalid(errors));
            }
            prices::create(app, ctx, &book, &draft)
        })
        .await?;
    match made {
        Ok(_) => Ok(here.go_with_notice(&path(&key, ""), "saved")),
        Err(Error::Invalid(errors)) => {
            let form = PriceForm { errors, ..form };
            let asked = Asked::default();
            let view = here.deed(move |app, ctx| book_page(app, ctx, &key, &asked, form)).await?;
            Ok(here.unprocessable(ui::prices::book_page(&here.shell(), &view)))
        }
        Err(error) => Err(error.into()),
    }
}

#[handler]
async fn edit(here: Here, Path((key, id)): Path<(String, String)>) -> Result<Response, Fault> {
    let id = here.id::<Uuid>(&id)?;
    let (of, form) = here.deed(move |app, ctx| stored_form(app, ctx, &key, id)).await?;
    Ok(here.page(views::edit_page(&here.shell(), &of, &form)))
}

/// The form of a price that is there.
fn stored_form(app: &App, ctx: &Ctx, key: &str, id: Uuid) -> Result<(views::BookOf, PriceForm), Error> {
    let book = views::BookOf::of(ctx, &prices::book(app, ctx, key)?);
    prices::require_change(ctx)?;
    let listed = prices::get(app, ctx, key, id)?;
    let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let price = listed.price;
    let form = PriceForm {
        product: listed.product.name_in(ctx.language).to_owned(),
        from_quantity: ui::prices::typed_number(price.from_quantity),
        unit_price: ui::prices::typed_number(price.unit_price),
        from: day(price.from),
        until: day(price.until),
        id: id.to_string(),
        version: price.meta.version,
        ..PriceForm::default()
    };
    Ok((book, form))
}

#[handler]
async fn update(
    here: Here,
    Path((key, id)): Path<(String, String)>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    let id = here.id::<Uuid>(&id)?;
    let (form, version, book) = (typed(&fields), version_of(&fields), key.clone());
    let sent = form.clone();
    let done = here
        .try_deed(move |app, ctx| {
            prices::require_change(ctx)?;
            let product = prices::get(app, ctx, &book, id)?.price.product;
            let (draft, errors) = read(&sent, Ok(product));
            if !errors.is_empty() {
                return Err(Error::Invalid(errors));
            }
            prices::update(app, ctx, &book, id, version, &draft)
        })
        .await?;
    let error = match done {
        Ok(_) => return Ok(here.go_with_notice(&path(&key, ""), "saved")),
        Err(error) => error,
    };
    let (of, stored) = here.deed(move |app, ctx| stored_form(app, ctx, &key, id)).await?;
    let mut form = PriceForm { product: stored.product.clone(), id: stored.id.clone(), version, ..form };
    let shell = here.shell();
    match error {
        Error::Invalid(errors) => {
            form.errors = errors;
            Ok(here.unprocessable(views::edit_page(&shell, &of, &form)))
        }
        Error::Conflict(_) => {
            form.version = stored.version;
            form.saved = Some(views::said(&shell, &of, &stored));
            Ok(here.conflict(views::edit_page(&shell, &of, &form)))
        }
        error => Err(error.into()),
    }
}

#[handler]
async fn remove(
    here: Here,
    Path((key, id)): Path<(String, String)>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    let id = here.id::<Uuid>(&id)?;
    let (book, version) = (key.clone(), version_of(&fields));
    match here.try_deed(move |app, ctx| prices::remove(app, ctx, &book, id, version)).await? {
        Ok(()) => Ok(here.go_with_notice(&path(&key, ""), "price-removed")),
        // It changed since the page was opened: look again.
        Err(Error::Conflict(_)) => Ok(here.go(&path(&key, &format!("/prices/{id}")))),
        Err(error) => Err(error.into()),
    }
}

/// What was typed, as it was typed.
fn typed(fields: &Fields) -> PriceForm {
    let text = |name: &str| value_of(fields, name).trim().to_owned();
    let quantity = text("from_quantity");
    PriceForm {
        product: text("product"),
        from_quantity: quantity,
        unit_price: text("unit_price"),
        from: text("from"),
        until: text("until"),
        is_sent: true,
        ..PriceForm::default()
    }
}

/// A record by its name, key or code; else what is wrong with what was typed.
fn meant(
    app: &App,
    ctx: &Ctx,
    target: Kind,
    text: &str,
    pick: &str,
) -> Result<Result<Uuid, (&'static str, String)>, Error> {
    if text.is_empty() {
        return Ok(Err(("required", String::new())));
    }
    let pick = Some(pick).filter(|pick| !pick.is_empty());
    Ok(match links::meant(app, ctx, target, text, pick)? {
        Found::One(id) => Ok(id),
        Found::Nothing => Err(("link-unknown", text.to_owned())),
        Found::Several => Err(("link-several", text.to_owned())),
    })
}

fn product_meant(
    app: &App,
    ctx: &Ctx,
    text: &str,
    pick: &str,
) -> Result<Result<Uuid, (&'static str, String)>, Error> {
    meant(app, ctx, Kind::Product, text, pick)
}

/// A price out of what was typed, with all that could not be read.
fn read(form: &PriceForm, product: Result<Uuid, (&'static str, String)>) -> (PriceDraft, FieldErrors) {
    let mut errors = FieldErrors::default();
    let product = product.unwrap_or_else(|(code, detail)| {
        errors.add("product", code, detail);
        Uuid::nil()
    });
    let from_quantity = number("from_quantity", &form.from_quantity, &mut errors);
    let unit_price = number("unit_price", &form.unit_price, &mut errors);
    let from = day("from", &form.from, &mut errors);
    let until = day("until", &form.until, &mut errors);
    (PriceDraft { product, from_quantity, unit_price, from, until }, errors)
}

/// A number that must be there.
fn number(field: &str, text: &str, errors: &mut FieldErrors) -> Decimal {
    if text.is_empty() {
        errors.add(field, "required", "");
        return Decimal::ZERO;
    }
    parse_number(text).unwrap_or_else(|code| {
        errors.add(field, code, text);
        Decimal::ZERO
    })
}

fn day(field: &str, text: &str, errors: &mut FieldErrors) -> Option<Date> {
    if text.is_empty() {
        return None;
    }
    parse_date(text).map_err(|code| errors.add(field, code, text)).ok()
}

/// The search of a field for a record that is there already.
fn search(ctx: &Ctx, target: Kind, pick: &str) -> Option<ui::components::Picker> {
    let texts = [String::new(), pick.to_owned()];
    picker::of(ctx, target, &texts).map(|picker| ui::components::Picker { makes: false, ..picker })
}
