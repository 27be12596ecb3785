//! From books and prices as they are kept to what pages show.

use super::{day, meant, number, search};
use crate::here::Here;
use crate::pages::picker::namesakes;
use model::uuid::Uuid;
use model::{Configured, Currency, FieldErrors, Kind, PriceBook, Product};
use services::prices::{self, Listed, PAGE_MAX, Question, Standing, Told, WhyNot};
use services::{App, Ctx, Error, permissions, records, reports, settings};
use ui::prices::{
    Answer, BookLine, BookPage, BookTiers, BooksPage, BundleLine, BundleView, PriceForm, PriceLine,
    ProductPrices, TesterForm, TesterTier, TierLine, TierState, Why,
};
use ui::{Markup, Shell};

pub(super) fn books_page(app: &App, ctx: &Ctx) -> Result<BooksPage, Error> {
    let line = |book: Configured<PriceBook>| {
        let count = prices::counted(app, ctx, &book.key)?;
        Ok(BookLine {
            label: book.piece.label.get(ctx.language).to_owned(),
            currency: book.piece.currency,
            from: book.piece.from,
            until: book.piece.until,
            archived: book.piece.archived,
            count: count as u64,
            has_more: count == prices::COUNTED_MAX,
            key: book.key,
        })
    };
    let mut books: Vec<BookLine> =
        prices::books(app, ctx)?.into_iter().map(line).collect::<Result<_, Error>>()?;
    books.sort_by_key(|book| book.archived);
    Ok(BooksPage {
        books,
        today: reports::today(ctx, &settings::get(app, ctx)?),
        may_set_up: may_set_up(ctx),
    })
}

fn may_set_up(ctx: &Ctx) -> bool {
    permissions::require_all(ctx, Kind::PriceBook, model::Action::Change).is_ok()
}

/// What the address of a book's page says.
#[derive(Clone, Default)]
pub(super) struct Asked {
    after: Option<String>,
    product: Option<Uuid>,
    tested: Option<Tested>,
}

/// What was typed into the tester.
#[derive(Clone, Default)]
struct Tested {
    company: (String, String),
    product: (String, String),
    quantity: String,
    day: String,
}

impl Asked {
    pub(super) fn of(here: &Here) -> Asked {
        let text = |name: &str| here.query(name).unwrap_or_default().trim().to_owned();
        let picked = |name: &str| (text(name), text(&ui::components::pick_name(name)));
        let tested = here.query("test_product").map(|_| Tested {
            company: picked("test_company"),
            product: picked("test_product"),
            quantity: text("test_quantity"),
            day: text("test_day"),
        });
        Asked {
            after: here.query("after").map(str::to_owned),
            product: here.query("product").and_then(|id| id.parse().ok()),
            tested,
        }
    }
}

/// A book with one page of its prices, the form for a new one, and what the tester says.
pub(super) fn book_page(
    app: &App,
    ctx: &Ctx,
    key: &str,
    asked: &Asked,
    mut form: PriceForm,
) -> Result<BookPage, Error> {
    let book = prices::book(app, ctx, key)?;
    let today = reports::today(ctx, &settings::get(app, ctx)?);
    let page = prices::list(app, ctx, key, asked.product, asked.after.as_deref(), PAGE_MAX)?;
    let is_own_currency = settings::get(app, ctx)?.currency == book.piece.currency;
    let product = asked.product.map(|id| prices::product(app, ctx, id)).transpose()?;
    if !form.is_sent {
        form.from_quantity = "1".to_owned();
        form.product =
            product.as_ref().map(|product| product.name_in(ctx.language).to_owned()).unwrap_or_default();
    }
    let pick = asked.product.map(|id| id.to_string()).unwrap_or_default();
    form.picker = search(ctx, Kind::Product, &pick);
    ask_which(app, ctx, Kind::Product, &form.errors, "product", &mut form.picker)?;
    Ok(BookPage {
        key: key.to_owned(),
        label: book.piece.label.get(ctx.language).to_owned(),
        currency: book.piece.currency,
        from: book.piece.from,
        until: book.piece.until,
        archived: book.piece.archived,
        today,
        rows: page.rows.into_iter().map(|listed| line(ctx, listed, is_own_currency)).collect(),
        next: page.next,
        is_first: asked.after.is_none(),
        product: product
            .map(|product| (product.meta.id.to_string(), product.name_in(ctx.language).to_owned())),
        tester: tester(app, ctx, key, today, asked.tested.as_ref())?,
        may_change: prices::may_change(ctx),
        may_export: permissions::may(ctx, Kind::Product, model::Action::Export),
        may_set_up: may_set_up(ctx),
        errors: form.errors.clone(),
        adding: form,
    })
}

/// Who may be meant by a name that several have.
fn ask_which(
    app: &App,
    ctx: &Ctx,
    target: Kind,
    errors: &FieldErrors,
    field: &str,
    picker: &mut Option<ui::components::Picker>,
) -> Result<(), Error> {
    let several = errors.of(field).filter(|problem| problem.code == "link-several");
    if let (Some(problem), Some(picker)) = (several, picker) {
        picker.meant = namesakes(app, ctx, target, &problem.detail)?;
    }
    Ok(())
}

fn line(ctx: &Ctx, listed: Listed, is_own_currency: bool) -> PriceLine {
    let Listed { price, product } = listed;
    PriceLine {
        id: price.meta.id.to_string(),
        product_id: product.meta.id.to_string(),
        code: product.code.clone().unwrap_or_default(),
        name: product.name_in(ctx.language).to_owned(),
        is_product_archived: product.common.archived,
        from_quantity: price.from_quantity,
        unit_price: price.unit_price,
        from: price.from,
        until: price.until,
        list_price: product.unit_price.filter(|_| is_own_currency),
    }
}

/// The tester with its answer, where somebody asked.
fn tester(
    app: &App,
    ctx: &Ctx,
    key: &str,
    today: model::jiff::civil::Date,
    tested: Option<&Tested>,
) -> Result<TesterForm, Error> {
    let typed = tested.cloned().unwrap_or_default();
    let mut form = TesterForm {
        company_picker: search(ctx, Kind::Company, &typed.company.1),
        product_picker: search(ctx, Kind::Product, &typed.product.1),
        company: typed.company.0.clone(),
        product: typed.product.0.clone(),
        quantity: if typed.quantity.is_empty() { "1".to_owned() } else { typed.quantity.clone() },
        day: if typed.day.is_empty() { today.to_string() } else { typed.day.clone() },
        is_asked: tested.is_some(),
        ..TesterForm::default()
    };
    if tested.is_none() {
        return Ok(form);
    }
    let mut errors = FieldErrors::default();
    let mut found = |target, field: &str, (text, pick): &(String, String)| -> Result<Option<Uuid>, Error> {
        match meant(app, ctx, target, text, pick)? {
            Ok(id) => return Ok(Some(id)),
            Err(_) if text.is_empty() && target == Kind::Company => {}
            Err((code, detail)) => errors.add(field, code, detail),
        }
        Ok(None)
    };
    let company = found(Kind::Company, "test_company", &typed.company)?;
    let product = found(Kind::Product, "test_product", &typed.product)?;
    let quantity = number("test_quantity", &form.quantity, &mut errors);
    let day = day("test_day", &form.day, &mut errors).unwrap_or(today);
    ask_which(app, ctx, Kind::Company, &errors, "test_company", &mut form.company_picker)?;
    ask_which(app, ctx, Kind::Product, &errors, "test_product", &mut form.product_picker)?;
    if let Some(product) = product.filter(|_| errors.is_empty()) {
        let question = Question { book: key.to_owned(), company, product, quantity, day };
        form.answer = Some(answer(prices::ask(app, ctx, &question)?));
    }
    form.errors = errors;
    Ok(form)
}

fn answer(told: Told) -> Answer {
    let tier = |(price, standing): (model::Price, Standing)| TesterTier {
        from_quantity: price.from_quantity,
        unit_price: price.unit_price,
        from: price.from,
        until: price.until,
        state: match standing {
            Standing::Counts => TierState::Counts,
            Standing::MoreNeeded => TierState::MoreNeeded,
            Standing::NotYet => TierState::NotYet,
            Standing::Over => TierState::Over,
            Standing::Beaten => TierState::Beaten,
            Standing::BookAside => TierState::BookAside,
        },
    };
    let why = |why: WhyNot| match why {
        WhyNot::NoBook => Why::NoBook,
        WhyNot::Unknown(_) => Why::Unknown,
        WhyNot::Archived => Why::Archived,
        WhyNot::NotYet(day) => Why::NotYet(day),
        WhyNot::Over(day) => Why::Over(day),
        WhyNot::NotInBook => Why::NotInBook,
        WhyNot::BelowFirst(from) => Why::BelowFirst(from),
        WhyNot::NotThatDay => Why::NotThatDay,
    };
    Answer {
        from_quantity: told.price.as_ref().map(|price| price.from_quantity).unwrap_or_default(),
        price: told.price.map(|price| (price.unit_price, price.currency)),
        book: told.book,
        why: told.why_not.map(why),
        tiers: told.tiers.into_iter().map(tier).collect(),
    }
}

/// The book that a page of one price is about.
#[derive(Clone)]
pub(super) struct BookOf {
    key: String,
    label: String,
    currency: Currency,
}

impl BookOf {
    pub(super) fn of(ctx: &Ctx, book: &Configured<PriceBook>) -> BookOf {
        BookOf {
            key: book.key.clone(),
            label: book.piece.label.get(ctx.language).to_owned(),
            currency: book.piece.currency,
        }
    }
}

pub(super) fn edit_page(shell: &Shell, of: &BookOf, form: &PriceForm) -> Markup {
    ui::prices::edit_page(shell, (&of.key, &of.label), of.currency, form)
}

/// A price as its form has it, in words.
pub(super) fn said(shell: &Shell, of: &BookOf, form: &PriceForm) -> String {
    let number = |text: &str| model::parse_number(text).unwrap_or_default();
    let days = (form.from.parse().ok(), form.until.parse().ok());
    let price = (number(&form.unit_price), of.currency);
    ui::prices::said(shell.locale(), price, number(&form.from_quantity), days)
}

/// What the page of a product has besides its fields.
pub(in crate::pages) fn of_product(app: &App, ctx: &Ctx, id: Uuid) -> Result<ProductPrices, Error> {
    let product = prices::product(app, ctx, id)?;
    let tier = |price: model::Price| TierLine {
        from_quantity: price.from_quantity,
        unit_price: price.unit_price,
        from: price.from,
        until: price.until,
    };
    let tiers = |(book, prices): (Configured<PriceBook>, Vec<model::Price>)| BookTiers {
        label: book.piece.label.get(ctx.language).to_owned(),
        currency: book.piece.currency,
        archived: book.piece.archived,
        tiers: prices.into_iter().map(tier).collect(),
        key: book.key,
    };
    Ok(ProductPrices {
        product: id.to_string(),
        currency: settings::get(app, ctx)?.currency,
        books: prices::of_product(app, ctx, id)?.into_iter().map(tiers).collect(),
        has_books: !prices::books(app, ctx)?.is_empty(),
        bundle: records::bundle(app, ctx, id)?.map(|bundle| bundle_view(ctx, &product, bundle)),
    })
}

fn bundle_view(ctx: &Ctx, product: &Product, bundle: records::Bundle) -> BundleView {
    let line = |part: records::BundlePart| BundleLine {
        id: part.product.meta.id.to_string(),
        name: part.product.name_in(ctx.language).to_owned(),
        quantity: part.quantity,
        unit_price: part.product.unit_price,
    };
    BundleView {
        lines: bundle.parts.into_iter().map(line).collect(),
        apart: bundle.price,
        cost: bundle.cost,
        sees_cost: services::costs::may_see(ctx, model::Kind::Product),
        own: product.unit_price,
    }
}
