//! Prices of price books over the wire. The books themselves are pieces of configuration.

use super::Topic;
use super::leads::Deleted;
use super::versions::{Wanted, etag};
use crate::errors::Fault;
use crate::here::Here;
use model::jiff::civil::Date;
use model::uuid::Uuid;
use model::{Decimal, FieldErrors, Kind};
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, Enum, Object, OpenApi};
use services::links::{self, Found};
use services::prices::{self, Listed, PriceDraft, Question, Standing, Told, WhyNot};
use services::{App, Ctx, Error, reports, settings};

/// The operations on prices.
pub(crate) struct Prices;

/// A price of a book.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct BookPrice {
    id: String,
    /// Grows with every change; also the `ETag`.
    version: u64,
    /// The key of its book.
    book: String,
    /// The id of the product.
    product: String,
    product_code: Option<String>,
    product_name: String,
    /// It counts for this quantity and more, up to the next one.
    from_quantity: String,
    /// In the currency of the book, without tax; with a point, so that no digit gets lost.
    unit_price: String,
    currency: String,
    /// The first day on which it counts.
    from: Option<String>,
    /// The last one.
    until: Option<String>,
}

/// One page of prices.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct BookPriceList {
    items: Vec<BookPrice>,
    /// To be sent back as `cursor`; absent on the last page.
    next: Option<String>,
}

/// What a product is to cost from a quantity on.
#[derive(Object)]
#[oai(deny_unknown_fields)]
pub(crate) struct BookPricePut {
    /// Its id, code or key in another system.
    product: String,
    /// With a point before its decimals; 1 if nobody says.
    from_quantity: Option<String>,
    /// Without tax, in the currency of the book; with a point before its decimals.
    unit_price: String,
    /// Must be that of the book where somebody says it.
    currency: Option<String>,
    from: Option<String>,
    until: Option<String>,
    /// The version that is changed, unless `If-Match` says it. Without either whatever is there is changed.
    version: Option<u64>,
}

/// A price with its version.
#[derive(ApiResponse)]
pub(crate) enum BookPriceAnswer {
    #[oai(status = 200)]
    Price(Json<BookPrice>, #[oai(header = "ETag")] String),
}

/// Why the price is not from a book.
#[derive(Enum, Clone, Copy)]
#[oai(rename_all = "snake_case")]
enum PriceReason {
    /// The company has no book.
    NoBook,
    /// Its book is not there any more.
    UnknownBook,
    ArchivedBook,
    BookNotYet,
    BookOver,
    NotInBook,
    /// The prices of the book begin with a greater quantity.
    BelowFirstQuantity,
    /// None of its prices counts on that day.
    NotThatDay,
}

/// What a price of the book is to the question.
#[derive(Enum, Clone, Copy)]
#[oai(rename_all = "snake_case")]
enum PriceStanding {
    Counts,
    MoreNeeded,
    NotYet,
    Over,
    /// Another one comes before it.
    Beaten,
    /// The book does not count.
    BookAside,
}

/// A price of the product in the book.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
struct PriceTier {
    from_quantity: String,
    unit_price: String,
    from: Option<String>,
    until: Option<String>,
    standing: PriceStanding,
}

/// What somebody would pay.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct PriceTold {
    /// Absent where neither the book nor the product has a price.
    unit_price: Option<String>,
    currency: Option<String>,
    /// The book that was looked in.
    book: Option<String>,
    /// Whether the price is from that book; else it is the product's own.
    from_book: bool,
    /// Of the price of the book.
    from_quantity: Option<String>,
    reason: Option<PriceReason>,
    tiers: Vec<PriceTier>,
}

#[OpenApi(tag = "Topic::Records")]
impl Prices {
    /// List the prices of a price book
    ///
    /// By product, the smallest quantity first.
    #[oai(path = "/price-books/:key/prices", method = "get", operation_id = "list_prices")]
    async fn list(
        &self,
        here: Here,
        key: Path<String>,
        /// Only those of this product: its id, code or key in another system.
        product: Query<Option<String>>,
        cursor: Query<Option<String>>,
        #[oai(validator(minimum(value = "1"), maximum(value = "500")))] limit: Query<Option<u64>>,
    ) -> Result<Json<BookPriceList>, Fault> {
        let limit = limit.0.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(LIST_USUAL);
        let read = move |app: &App, ctx: &Ctx| {
            let product =
                product.0.map(|text| meant(app, ctx, Kind::Product, "product", &text)).transpose()?;
            let page = prices::list(app, ctx, &key.0, product, cursor.0.as_deref(), limit)?;
            let items = page.rows.into_iter().map(|listed| price_of(app, ctx, listed)).collect();
            Ok(BookPriceList { items, next: page.next })
        };
        here.deed(read).await.map(Json)
    }

    /// Set a price
    ///
    /// A price for the same product, quantity and first day is changed; else it is new.
    #[oai(path = "/price-books/:key/prices", method = "put", operation_id = "put_price")]
    async fn put(
        &self,
        here: Here,
        key: Path<String>,
        #[oai(name = "If-Match")] if_match: Header<Option<String>>,
        price: Json<BookPricePut>,
    ) -> Result<BookPriceAnswer, Fault> {
        let is_said = if_match.0.is_some() || price.0.version.is_some();
        let wanted = if is_said { Some(Wanted::of(if_match.0.as_deref(), price.0.version)?) } else { None };
        let version = match wanted {
            Some(Wanted::Header(version) | Wanted::Body(version)) => Some(version),
            Some(Wanted::Any) | None => None,
        };
        let put = move |app: &App, ctx: &Ctx| {
            let draft = draft_of(app, ctx, &key.0, &price.0)?;
            Ok(prices::set(app, ctx, &key.0, version, &draft)
                .and_then(|price| prices::get(app, ctx, &key.0, price.meta.id))
                .map(|listed| price_of(app, ctx, listed)))
        };
        let told = |error| match wanted {
            Some(wanted) => wanted.fault(error),
            None => Fault::from(error),
        };
        let found = here.deed(put).await?.map_err(told)?;
        let tag = etag(found.version);
        Ok(BookPriceAnswer::Price(Json(found), tag))
    }

    /// Delete a price
    #[oai(path = "/price-books/:key/prices/:id", method = "delete", operation_id = "delete_price")]
    async fn delete(
        &self,
        here: Here,
        key: Path<String>,
        id: Path<String>,
        /// The version that is deleted, unless `If-Match` says it.
        version: Query<Option<u64>>,
        #[oai(name = "If-Match")] if_match: Header<Option<String>>,
    ) -> Result<Deleted, Fault> {
        let id: Uuid = here.id(&id)?;
        let wanted = Wanted::of(if_match.0.as_deref(), version.0)?;
        let delete = move |app: &App, ctx: &Ctx| {
            let stored = prices::get(app, ctx, &key.0, id)?.price.meta.version;
            Ok(prices::remove(app, ctx, &key.0, id, wanted.version(stored)))
        };
        here.deed(delete).await?.map(|()| Deleted::Deleted).map_err(|error| wanted.fault(error))
    }

    /// What somebody would pay
    ///
    /// With a company its own price book is looked in, else the one of the path. The reason comes with the price.
    #[oai(path = "/price-books/:key/price", method = "get", operation_id = "get_price")]
    #[allow(clippy::too_many_arguments)] // One argument a query parameter is how the document is made.
    async fn price(
        &self,
        here: Here,
        key: Path<String>,
        /// Its id, code or key in another system.
        product: Query<String>,
        /// With a point before its decimals; 1 if nobody says.
        quantity: Query<Option<String>>,
        /// Today if nobody says.
        day: Query<Option<String>>,
        /// Its id, name or key in another system.
        company: Query<Option<String>>,
    ) -> Result<Json<PriceTold>, Fault> {
        let ask = move |app: &App, ctx: &Ctx| {
            let mut errors = FieldErrors::default();
            let quantity = number("quantity", quantity.0.as_deref().unwrap_or("1"), &mut errors);
            let day = date("day", day.0.as_deref(), &mut errors);
            if !errors.is_empty() {
                return Err(Error::Invalid(errors));
            }
            let today = || Ok(reports::today(ctx, &settings::get(app, ctx)?));
            let question = Question {
                product: meant(app, ctx, Kind::Product, "product", &product.0)?,
                company: company
                    .0
                    .map(|text| meant(app, ctx, Kind::Company, "company", &text))
                    .transpose()?,
                quantity,
                day: day.map_or_else(today, Ok::<Date, Error>)?,
                book: key.0,
            };
            prices::ask(app, ctx, &question).map(told_of)
        };
        here.deed(ask).await.map(Json)
    }
}

/// Prices of a page, where nobody says how many.
const LIST_USUAL: usize = 100;

/// A record by its id, code, name or key in another system.
fn meant(app: &App, ctx: &Ctx, target: Kind, field: &str, text: &str) -> Result<Uuid, Error> {
    match links::find(app, ctx, target, text)? {
        Found::One(id) => Ok(id),
        Found::Nothing => Err(Error::invalid(field, "link-unknown", text)),
        Found::Several => Err(Error::invalid(field, "link-several", text)),
    }
}

/// A number as programs write it: with a point before its decimals.
fn number(field: &str, text: &str, errors: &mut FieldErrors) -> Decimal {
    text.trim().parse().unwrap_or_else(|_| {
        errors.add(field, "decimal-form", text);
        Decimal::ZERO
    })
}

fn date(field: &str, text: Option<&str>, errors: &mut FieldErrors) -> Option<Date> {
    let text = text.map(str::trim).filter(|text| !text.is_empty())?;
    text.parse().map_err(|_| errors.add(field, "date-form", text)).ok()
}

fn draft_of(app: &App, ctx: &Ctx, key: &str, sent: &BookPricePut) -> Result<PriceDraft, Error> {
    let book = prices::book(app, ctx, key)?;
    let mut errors = FieldErrors::default();
    let product = match meant(app, ctx, Kind::Product, "product", &sent.product) {
        Ok(id) => id,
        Err(Error::Invalid(found)) => {
            errors.0.extend(found.0);
            Uuid::nil()
        }
        Err(error) => return Err(error),
    };
    let from_quantity = number("from_quantity", sent.from_quantity.as_deref().unwrap_or("1"), &mut errors);
    let unit_price = number("unit_price", &sent.unit_price, &mut errors);
    if sent.currency.as_deref().is_some_and(|currency| currency != book.piece.currency.code()) {
        errors.add("currency", "price-currency", book.piece.currency.code());
    }
    let from = date("from", sent.from.as_deref(), &mut errors);
    let until = date("until", sent.until.as_deref(), &mut errors);
    if errors.is_empty() {
        Ok(PriceDraft { product, from_quantity, unit_price, from, until })
    } else {
        Err(Error::Invalid(errors))
    }
}

fn text_of(day: Option<Date>) -> Option<String> {
    day.map(|day| day.to_string())
}

fn price_of(app: &App, ctx: &Ctx, listed: Listed) -> BookPrice {
    let Listed { price, product } = listed;
    let book = prices::book(app, ctx, &price.book);
    BookPrice {
        id: price.meta.id.to_string(),
        version: price.meta.version,
        product: price.product.to_string(),
        product_name: product.name_in(ctx.language).to_owned(),
        product_code: product.code,
        from_quantity: price.from_quantity.to_string(),
        unit_price: price.unit_price.to_string(),
        currency: book.map(|book| book.piece.currency).unwrap_or_default().code().to_owned(),
        from: text_of(price.from),
        until: text_of(price.until),
        book: price.book,
    }
}

fn told_of(told: Told) -> PriceTold {
    let reason = |why: WhyNot| match why {
        WhyNot::NoBook => PriceReason::NoBook,
        WhyNot::Unknown(_) => PriceReason::UnknownBook,
        WhyNot::Archived => PriceReason::ArchivedBook,
        WhyNot::NotYet(_) => PriceReason::BookNotYet,
        WhyNot::Over(_) => PriceReason::BookOver,
        WhyNot::NotInBook => PriceReason::NotInBook,
        WhyNot::BelowFirst(_) => PriceReason::BelowFirstQuantity,
        WhyNot::NotThatDay => PriceReason::NotThatDay,
    };
    let tier = |(price, standing): (model::Price, Standing)| PriceTier {
        from_quantity: price.from_quantity.to_string(),
        unit_price: price.unit_price.to_string(),
        from: text_of(price.from),
        until: text_of(price.until),
        standing: match standing {
            Standing::Counts => PriceStanding::Counts,
            Standing::MoreNeeded => PriceStanding::MoreNeeded,
            Standing::NotYet => PriceStanding::NotYet,
            Standing::Over => PriceStanding::Over,
            Standing::Beaten => PriceStanding::Beaten,
            Standing::BookAside => PriceStanding::BookAside,
        },
    };
    let from_book = told.price.as_ref().is_some_and(|price| price.book.is_some());
    PriceTold {
        unit_price: told.price.as_ref().map(|price| price.unit_price.to_string()),
        currency: told.price.as_ref().map(|price| price.currency.code().to_owned()),
        from_quantity: told.price.filter(|_| from_book).map(|price| price.from_quantity.to_string()),
        book: told.book,
        from_book,
        reason: told.why_not.map(reason),
        tiers: told.tiers.into_iter().map(tier).collect(),
    }
}
