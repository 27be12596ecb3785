//! Prices: what a product costs a company; and the prices of a price book, listed, set and removed.

use crate::records::reachable;
use crate::{App, Ctx, Error, permissions};
use model::jiff::civil::Date;
use model::uuid::Uuid;
use model::{
    Action, Company, Configured, Currency, Decimal, Facet, Frame, IndexKey, Kind, PriceBook, Product, Quote,
    list_of_all,
};
use store::{Direction, Scan};

mod change;
mod export;
mod setting;
mod sheet;
mod taking;
mod tester;
pub use change::{
    CHANGED_MAX, Changed, MassChange, PREVIEWED, Preview, PreviewedPrice, Rounding, change_all, preview,
};
pub use export::export;
pub use setting::{PriceDraft, create, get, remove, set, update};
pub use sheet::{ROWS_MAX, SheetRow, read_file};
pub use taking::{Review, RowProblem, import, review};
use tester::found;
pub use tester::{Question, Standing, Told, WhyNot, ask};

/// Prices of one product in one book: quantities and seasons; more is a mistake of whoever sends them.
pub const TIERS_MAX: usize = 200;
/// Prices on one page of a book.
pub const PAGE_MAX: usize = 50;

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

/// The key of the book that prices of a quote are from: its own, else its client's.
pub(crate) fn book_of_quote(app: &App, quote: &Quote, client: Option<&Company>) -> Option<String> {
    quote.price_book.clone().or_else(|| book_of(app, client))
}

/// Whether a quote in this currency can be made with a book on this day. Problem codes: `choice`, `quote-book-currency`,
/// `quote-book-day`.
pub(crate) fn require_usable(
    frame: &Frame,
    key: &str,
    currency: Currency,
    day: Date,
) -> Result<(), (&'static str, String)> {
    let Some(book) = frame.price_books.get(key).map(|book| &book.piece) else {
        return Err(("choice", key.to_owned()));
    };
    if book.currency != currency {
        return Err(("quote-book-currency", format!("{} → {}", book.currency.code(), currency.code())));
    }
    if book.is_in_force(day) { Ok(()) } else { Err(("quote-book-day", String::new())) }
}

/// Why a product costs what it says itself although there is a price book.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OwnPrice {
    /// The book is in another currency.
    OtherCurrency,
    /// It is archived or gone, or counts on other days.
    NotInForce,
    /// It has no price of the product for this quantity and day.
    NotInBook,
}

impl OwnPrice {
    pub fn as_str(self) -> &'static str {
        match self {
            OwnPrice::OtherCurrency => "other_currency",
            OwnPrice::NotInForce => "not_in_force",
            OwnPrice::NotInBook => "not_in_book",
        }
    }
}

/// Why a book has no price that counts in this currency; nothing where it has one.
pub(crate) fn why_own(
    app: &App,
    product: Uuid,
    book: &str,
    currency: Currency,
    quantity: Decimal,
    day: Date,
) -> Result<Option<OwnPrice>, Error> {
    if app.frame().price_books.get(book).is_some_and(|book| book.piece.currency != currency) {
        return Ok(Some(OwnPrice::OtherCurrency));
    }
    Ok(match found(app, product, Some(book), quantity, day)? {
        Ok(_) => None,
        Err(WhyNot::NotInBook | WhyNot::BelowFirst(_) | WhyNot::NotThatDay) => Some(OwnPrice::NotInBook),
        Err(_) => Some(OwnPrice::NotInForce),
    })
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
