//! Prices: what a product costs a company; and the prices of a price book, listed, set and removed.

use crate::error::none_of;
use crate::records::reachable;
use crate::{App, Ctx, Error, permissions, reports, settings};
use model::jiff::civil::Date;
use model::uuid::Uuid;
use model::{
    Action, Company, Configured, Currency, Decimal, Facet, FieldErrors, IndexKey, Kind, Meta, PriceBook,
    Product, list_of_all,
};
use store::{Direction, Scan};

mod change;
mod sheet;
mod tester;
pub use change::{
    CHANGED_MAX, Changed, MassChange, PREVIEWED, Preview, PreviewedPrice, Rounding, change_all, preview,
};
pub use sheet::{ROWS_MAX, Review, RowProblem, SheetRow, export, import, read_file, review};
use tester::found;
pub use tester::{Question, Standing, Told, WhyNot, ask};

/// Prices of one product in one book: quantities and seasons; more is a mistake of whoever sends them.
pub const TIERS_MAX: usize = 200;
/// Prices on one page of a book.
pub const PAGE_MAX: usize = 50;
/// As `model::parse_number` reads them: money and quantities beyond it are slips of the keyboard.
const NUMBER_MAX: i64 = 1_000_000_000_000;
const DECIMALS_MAX: u32 = 6;

/// What one of a product costs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Price {
    /// Without tax.
    pub unit_price: Decimal,
    pub currency: Currency,
    /// The key of the book it is from; none: the product's own price.
    pub book: Option<String>,
    /// It counts for this quantity and more; 0 of the product's own price.
    pub from_quantity: Decimal,
}

/// What a product costs by a book: the price with the greatest quantity that is not above this one and that counts on that
/// day, where the book counts on that day; else the product's own price, in the company's currency; nothing where there
/// is neither.
pub fn price_of(
    app: &App,
    product: &Product,
    book: Option<&str>,
    quantity: Decimal,
    day: Date,
) -> Result<Option<Price>, Error> {
    Ok(match found(app, product.meta.id, book, quantity, day)? {
        Ok((price, currency)) => Some(Price {
            unit_price: price.unit_price,
            currency,
            book: Some(price.book),
            from_quantity: price.from_quantity,
        }),
        Err(_) => own_price(app, product),
    })
}

/// The key of the book that a company's prices are from.
pub fn book_of(_app: &App, company: Option<&Company>) -> Option<String> {
    company?.price_book.clone()
}

fn own_price(app: &App, product: &Product) -> Option<Price> {
    product.unit_price.map(|unit_price| Price {
        unit_price,
        currency: company_currency(app),
        book: None,
        from_quantity: Decimal::ZERO,
    })
}

/// The currency of the products' own prices.
pub(crate) fn company_currency(app: &App) -> Currency {
    app.frame().settings.as_ref().map(|settings| settings.currency).unwrap_or_default()
}

/// A price of a book with its product.
#[derive(Clone, PartialEq, Debug)]
pub struct Listed {
    pub price: model::Price,
    pub product: Product,
}

/// Some prices of a book, and where the next ones are.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Page {
    pub rows: Vec<Listed>,
    pub next: Option<String>,
}

/// The books, also archived ones, for whoever sees products.
pub fn books(app: &App, ctx: &Ctx) -> Result<Vec<Configured<PriceBook>>, Error> {
    permissions::require(ctx, Kind::Price, Action::See)?;
    Ok(app.frame().price_books.all().to_vec())
}

/// One book, for whoever sees products.
pub fn book(app: &App, ctx: &Ctx, key: &str) -> Result<Configured<PriceBook>, Error> {
    permissions::require(ctx, Kind::Price, Action::See)?;
    known(app, key)
}

fn known(app: &App, key: &str) -> Result<Configured<PriceBook>, Error> {
    app.frame().price_books.get(key).cloned().ok_or(Error::NotFound)
}

/// A product that the caller may see.
pub fn product(app: &App, ctx: &Ctx, id: Uuid) -> Result<Product, Error> {
    reachable::<Product>(app, ctx, id, Action::See)
}

/// A company that the caller may see.
pub fn company(app: &App, ctx: &Ctx, id: Uuid) -> Result<Company, Error> {
    reachable::<Company>(app, ctx, id, Action::See)
}

/// Whether the caller may set prices of any product.
pub fn may_change(ctx: &Ctx) -> bool {
    permissions::require_all(ctx, Kind::Price, Action::Change).is_ok()
}

/// For those who may set prices of some product.
pub fn require_change(ctx: &Ctx) -> Result<(), Error> {
    permissions::require(ctx, Kind::Price, Action::Change).map(|_| ())
}

/// Prices of a book in the order of their products' codes, the smallest quantity first; of one product alone where one is
/// named. All prices of a product are on one page, which has `limit` prices or some more. `after` is where the page before
/// ended.
pub fn list(
    app: &App,
    ctx: &Ctx,
    key: &str,
    product: Option<Uuid>,
    after: Option<&str>,
    limit: usize,
) -> Result<Page, Error> {
    let book = book(app, ctx, key)?.key;
    let scope = permissions::require(ctx, Kind::Price, Action::See)?;
    if let Some(product) = product {
        let product = reachable::<Product>(app, ctx, product, Action::See)?;
        let prices = tiers(app, &book, product.meta.id)?;
        let rows = prices.into_iter().map(|price| Listed { price, product: product.clone() });
        return Ok(Page { rows: rows.collect(), next: None });
    }
    let prefix = list_of_all(Kind::Product, BY_CODE).bytes();
    let mut after = after.map(|cursor| place_of(&prefix, cursor)).transpose()?;
    let (mut page, mut examined) = (Page::default(), 0);
    loop {
        let scan = Scan { prefix: prefix.clone(), after, direction: Direction::Forward, limit: CHUNK };
        let entries = app.store.scan(&scan)?;
        for entry in &entries {
            let seen =
                Facet::from_bytes(&entry.value).is_some_and(|facet| scope.contains(facet.owner, facet.team));
            let Some(id) = IndexKey::record_at_end(&entry.key).filter(|_| seen) else { continue };
            let prices = tiers(app, &book, id)?;
            if let Some(product) = if prices.is_empty() { None } else { app.store.get::<Product>(id)? } {
                page.rows.extend(prices.into_iter().map(|price| Listed { price, product: product.clone() }));
            }
            if page.rows.len() >= limit {
                page.next = Some(cursor_of(&prefix, &entry.key));
                return Ok(page);
            }
        }
        examined += entries.len();
        after = entries.last().map(|entry| entry.key.clone());
        if entries.len() < CHUNK {
            return Ok(page);
        }
        if examined >= EXAMINED_MAX {
            page.next = after.map(|key| cursor_of(&prefix, &key));
            return Ok(page);
        }
    }
}

/// The list of products by their codes: the place of that order in the storage keys is fixed.
const BY_CODE: u8 = 2;
/// Products looked at at a time, and for one page of a book that has few of them; who wants more goes on from there.
const CHUNK: usize = 256;
const EXAMINED_MAX: usize = 20_000;

impl Price {
    fn prefix(book: &str, product: Uuid) -> Vec<u8> {
        model::Price::of_product(book, product).bytes()
    }
}

/// The price at the end of an index entry.
fn at(app: &App, key: &[u8]) -> Result<Option<model::Price>, Error> {
    let Some(id) = IndexKey::record_at_end(key) else { return Ok(None) };
    Ok(app.store.get::<model::Price>(id)?)
}

fn cursor_of(prefix: &[u8], key: &[u8]) -> String {
    crate::ctx::hex(key.strip_prefix(prefix).unwrap_or_default())
}

/// What a cursor stands for; one that was not given here is a problem of the request.
fn place_of(prefix: &[u8], cursor: &str) -> Result<Vec<u8>, Error> {
    let digit = |digit: u8| char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let bytes: Option<Vec<u8>> = cursor
        .as_bytes()
        .chunks(2)
        .map(|pair| match pair {
            [high, low] => Some(digit(*high)? * 16 + digit(*low)?),
            _ => None,
        })
        .collect();
    let bytes = bytes.filter(|bytes| !bytes.is_empty() && bytes.len() <= CURSOR_BYTES_MAX);
    let bytes = bytes.ok_or_else(|| Error::invalid("cursor", "cursor", cursor))?;
    Ok([prefix, &bytes].concat())
}

/// The beginning of a code and an id.
const CURSOR_BYTES_MAX: usize = 80;

/// All prices of a product in one book, the smallest quantity first.
pub(crate) fn tiers(app: &App, book: &str, product: Uuid) -> Result<Vec<model::Price>, Error> {
    let prefix = Price::prefix(book, product);
    let scan = Scan { prefix, after: None, direction: Direction::Forward, limit: TIERS_MAX + 1 };
    let entries = app.store.scan(&scan)?;
    let mut prices = Vec::with_capacity(entries.len());
    for entry in &entries {
        prices.extend(at(app, &entry.key)?);
    }
    Ok(prices)
}

/// A book with prices of it, the smallest quantity first.
pub type BookPrices = (Configured<PriceBook>, Vec<model::Price>);

/// The prices of a product in every book that has any, in the order of the books.
pub fn of_product(app: &App, ctx: &Ctx, product: Uuid) -> Result<Vec<BookPrices>, Error> {
    reachable::<Product>(app, ctx, product, Action::See)?;
    let mut found = Vec::new();
    for book in app.frame().price_books.all() {
        let prices = tiers(app, &book.key, product)?;
        if !prices.is_empty() {
            found.push((book.clone(), prices));
        }
    }
    Ok(found)
}

/// So many prices of a book are counted; above, «more than».
pub const COUNTED_MAX: usize = 10_000;

/// How many prices a book has, up to [`COUNTED_MAX`].
pub(crate) fn count(app: &App, book: &str) -> Result<usize, Error> {
    let prefix = model::Price::of_book(book).bytes();
    let scan = Scan { prefix, after: None, direction: Direction::Forward, limit: COUNTED_MAX };
    Ok(app.store.scan(&scan)?.len())
}

/// The same for whoever sees products.
pub fn counted(app: &App, ctx: &Ctx, book: &str) -> Result<usize, Error> {
    permissions::require(ctx, Kind::Price, Action::See)?;
    count(app, book)
}

/// A price as somebody wants it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PriceDraft {
    pub product: Uuid,
    pub from_quantity: Decimal,
    pub unit_price: Decimal,
    pub from: Option<Date>,
    pub until: Option<Date>,
}

impl PriceDraft {
    pub fn of(price: &model::Price) -> PriceDraft {
        PriceDraft {
            product: price.product,
            from_quantity: price.from_quantity,
            unit_price: price.unit_price,
            from: price.from,
            until: price.until,
        }
    }

    /// A price with what is said here.
    fn put(&self, price: model::Price) -> model::Price {
        model::Price {
            product: self.product,
            from_quantity: self.from_quantity.normalize(),
            unit_price: self.unit_price.normalize(),
            from: self.from,
            until: self.until,
            ..price
        }
    }

    fn made(&self, ctx: &Ctx, book: &str) -> model::Price {
        self.put(model::Price {
            meta: Meta::new(ctx.new_id(), ctx.at, ctx.actor()),
            book: book.to_owned(),
            product: self.product,
            from_quantity: self.from_quantity,
            unit_price: self.unit_price,
            from: None,
            until: None,
        })
    }
}

/// A price of a book.
pub fn get(app: &App, ctx: &Ctx, book: &str, id: Uuid) -> Result<Listed, Error> {
    known(app, book)?;
    let price = app.store.get::<model::Price>(id)?.filter(|price| price.book == book);
    let price = price.ok_or(Error::NotFound)?;
    let product = reachable::<Product>(app, ctx, price.product, Action::See)?;
    Ok(Listed { price, product })
}

/// A new price. One for the same product, quantity and first day is refused with `price-twice`.
pub fn create(app: &App, ctx: &Ctx, book: &str, draft: &PriceDraft) -> Result<model::Price, Error> {
    let book = known(app, book)?.key;
    require_product(app, ctx, draft.product)?;
    let price = draft.made(ctx, &book);
    none_of(problems(app, ctx, None, &price)?)?;
    let mut write = ctx.write();
    write.create(price.clone());
    app.commit(write).map_err(twice)?;
    app.store.get::<model::Price>(price.meta.id)?.ok_or(Error::NotFound)
}

/// Changes a price. A stale version is refused with both values.
pub fn update(
    app: &App,
    ctx: &Ctx,
    book: &str,
    id: Uuid,
    version: u64,
    draft: &PriceDraft,
) -> Result<model::Price, Error> {
    let before = get(app, ctx, book, id)?.price;
    require_product(app, ctx, before.product)?;
    require_product(app, ctx, draft.product)?;
    let after = draft.put(before.clone());
    none_of(problems(app, ctx, Some(&before), &after)?)?;
    if before.meta.version != version {
        return Err(app.conflict(&before, &after));
    }
    let mut write = ctx.write();
    write.update(&before, after);
    app.commit(write).map_err(twice)?;
    app.store.get::<model::Price>(id)?.ok_or(Error::NotFound)
}

/// Sets what a product costs from a quantity and a day on: a new price, or the one that is there with another price or last
/// day. With a version it must be the one that is there.
pub fn set(
    app: &App,
    ctx: &Ctx,
    book: &str,
    version: Option<u64>,
    draft: &PriceDraft,
) -> Result<model::Price, Error> {
    let book = known(app, book)?.key;
    match standing_at(app, &draft.made(ctx, &book))? {
        Some(before) => {
            update(app, ctx, &book, before.meta.id, version.unwrap_or(before.meta.version), draft)
        }
        None if version.is_some() => Err(Error::NotFound),
        None => create(app, ctx, &book, draft),
    }
}

/// Takes a price out of a book. The journal keeps what it was.
pub fn remove(app: &App, ctx: &Ctx, book: &str, id: Uuid, version: u64) -> Result<(), Error> {
    let before = get(app, ctx, book, id)?.price;
    require_product(app, ctx, before.product)?;
    if before.meta.version != version {
        return Err(app.conflict(&before, &before));
    }
    let mut write = ctx.write();
    write.delete(&before);
    app.commit(write).map(|_| ())
}

fn require_product(app: &App, ctx: &Ctx, product: Uuid) -> Result<(), Error> {
    reachable::<Product>(app, ctx, product, Action::See)
        .map_err(|error| match error {
            Error::NotFound | Error::Merged { .. } => {
                Error::invalid("product", "link-unknown", product.to_string())
            }
            error => error,
        })
        .and_then(|product| permissions::require_about(ctx, &product, Kind::Price, Action::Change))
}

/// The price that a book has for the same product, quantity and first day.
fn standing_at(app: &App, price: &model::Price) -> Result<Option<model::Price>, Error> {
    let key = IndexKey::unique(Kind::Price, model::Price::TIER, &price.tier());
    match app.store.find(&key)? {
        Some(id) => Ok(app.store.get::<model::Price>(id)?),
        None => Ok(None),
    }
}

/// Somebody was quicker by an instant.
fn twice(error: Error) -> Error {
    match error {
        Error::Invalid(errors) if errors.of(model::Price::TIER).is_some() => {
            Error::invalid("from_quantity", "price-twice", "")
        }
        error => error,
    }
}

/// All that is wrong with a price, among the others of its book.
fn problems(
    app: &App,
    ctx: &Ctx,
    before: Option<&model::Price>,
    price: &model::Price,
) -> Result<FieldErrors, Error> {
    let today = reports::today(ctx, &settings::get(app, ctx)?);
    let mut errors = by_itself(before, price, today);
    let product = app.store.get::<Product>(price.product)?;
    if product.is_none_or(|product| !has_tax(app, &product, price, today)) {
        errors.add("product", "price-tax-missing", "");
    }
    let there = standing_at(app, price)?;
    if there.is_some_and(|there| before.is_none_or(|before| before.meta.id != there.meta.id)) {
        errors.add("from_quantity", "price-twice", "");
    }
    let is_moved = before.is_none_or(|before| before.product != price.product);
    if is_moved && tiers(app, &price.book, price.product)?.len() >= TIERS_MAX {
        errors.add("product", "too-many", TIERS_MAX.to_string());
    }
    Ok(errors)
}

/// What is wrong with a price by itself. Problem codes: `number-range`, `price-dates`, `price-past`.
fn by_itself(before: Option<&model::Price>, price: &model::Price, today: Date) -> FieldErrors {
    let mut errors = FieldErrors::default();
    for (field, number) in [("from_quantity", price.from_quantity), ("unit_price", price.unit_price)] {
        if number < Decimal::ZERO {
            errors.add(field, "number-range", "0");
        } else if number > Decimal::from(NUMBER_MAX) || number.normalize().scale() > DECIMALS_MAX {
            errors.add(field, "decimal-range", "");
        }
    }
    let is_kept = before.is_some_and(|before| before.until == price.until);
    match (price.from, price.until) {
        (Some(from), Some(until)) if until < from => errors.add("until", "price-dates", ""),
        (_, Some(until)) if until < today && !is_kept => {
            errors.add("until", "price-past", until.to_string());
        }
        _ => {}
    }
    errors
}

/// Whether a product has a tax with a rate on the days of a price: without one nobody can reckon with it.
fn has_tax(app: &App, product: &Product, price: &model::Price, today: Date) -> bool {
    let frame = app.frame();
    let tax = product.tax.as_deref().and_then(|key| frame.taxes.get(key));
    tax.is_some_and(|tax| tax.piece.on(price.from.map_or(today, |from| from.max(today))).is_some())
}
