//! What would a company pay: which price counts, and why that one or none of the book.

use super::{Price, book_of, known, own_price, tiers};
use crate::records::reachable;
use crate::{App, Ctx, Error};
use model::jiff::civil::Date;
use model::uuid::Uuid;
use model::{Action, Company, Currency, Decimal, Product};

/// Why no price of a book counts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum WhyNot {
    /// The company has none.
    NoBook,
    /// Its book is not there any more.
    Unknown(String),
    Archived,
    /// The book counts from this day on.
    NotYet(Date),
    /// It counted until this day.
    Over(Date),
    /// The product has no price in it.
    NotInBook,
    /// Its prices begin with this quantity.
    BelowFirst(Decimal),
    /// None of its prices for this quantity counts on that day.
    NotThatDay,
}

/// The price of a book that counts for a product; else why none does.
pub(super) fn found(
    app: &App,
    product: Uuid,
    book: Option<&str>,
    quantity: Decimal,
    day: Date,
) -> Result<Result<(model::Price, Currency), WhyNot>, Error> {
    let Some(key) = book else { return Ok(Err(WhyNot::NoBook)) };
    let frame = app.frame();
    let Some(book) = frame.price_books.get(key) else { return Ok(Err(WhyNot::Unknown(key.to_owned()))) };
    match &book.piece {
        book if book.archived => return Ok(Err(WhyNot::Archived)),
        book => match (book.from, book.until) {
            (Some(from), _) if day < from => return Ok(Err(WhyNot::NotYet(from))),
            (_, Some(until)) if until < day => return Ok(Err(WhyNot::Over(until))),
            _ => {}
        },
    }
    let prices = tiers(app, key, product)?;
    let Some(first) = prices.first().map(|price| price.from_quantity) else {
        return Ok(Err(WhyNot::NotInBook));
    };
    let that_day = prices.iter().filter(|price| price.is_in_force(day));
    // Of two for the same quantity the one that began later.
    let best = that_day
        .clone()
        .filter(|price| price.from_quantity <= quantity)
        .max_by_key(|price| (price.from_quantity, price.from));
    Ok(match best {
        Some(price) => Ok((price.clone(), book.piece.currency)),
        None => Err(match that_day.map(|price| price.from_quantity).min() {
            Some(smallest) => WhyNot::BelowFirst(smallest),
            None if first > quantity => WhyNot::BelowFirst(first),
            None => WhyNot::NotThatDay,
        }),
    })
}

/// What somebody wants to know.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Question {
    /// The book to look in where no company is named.
    pub book: String,
    /// Its own book is looked in.
    pub company: Option<Uuid>,
    pub product: Uuid,
    pub quantity: Decimal,
    pub day: Date,
}

/// What one price of the book is to the question.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// This one counts.
    Counts,
    /// For a greater quantity.
    MoreNeeded,
    NotYet,
    Over,
    /// It would count if another one did not come before it.
    Beaten,
    /// The book itself does not count.
    BookAside,
}

/// The answer with its reasons.
#[derive(Clone, PartialEq, Debug)]
pub struct Told {
    pub product: Product,
    pub company: Option<Company>,
    /// The book that was looked in.
    pub book: Option<String>,
    pub price: Option<Price>,
    /// Why it is not from the book.
    pub why_not: Option<WhyNot>,
    /// All prices of the product in the book.
    pub tiers: Vec<(model::Price, Standing)>,
}

/// What a company, or whoever has this book, would pay.
pub fn ask(app: &App, ctx: &Ctx, question: &Question) -> Result<Told, Error> {
    let book = known(app, &question.book)?.key;
    let product = reachable::<Product>(app, ctx, question.product, Action::See)?;
    let company = question.company.map(|id| reachable::<Company>(app, ctx, id, Action::See)).transpose()?;
    let book = if company.is_some() { book_of(app, company.as_ref()) } else { Some(book) };
    let Question { quantity, day, .. } = *question;
    let outcome = found(app, product.meta.id, book.as_deref(), quantity, day)?;
    let prices = book.as_deref().map(|book| tiers(app, book, product.meta.id)).transpose()?;
    let winner = outcome.as_ref().ok().map(|(price, _)| price.meta.id);
    let is_aside = matches!(
        outcome,
        Err(WhyNot::Archived | WhyNot::NotYet(_) | WhyNot::Over(_) | WhyNot::Unknown(_) | WhyNot::NoBook)
    );
    let standing = |price: &model::Price| match price {
        _ if is_aside => Standing::BookAside,
        price if Some(price.meta.id) == winner => Standing::Counts,
        price if price.until.is_some_and(|until| until < day) => Standing::Over,
        price if price.from.is_some_and(|from| day < from) => Standing::NotYet,
        price if quantity < price.from_quantity => Standing::MoreNeeded,
        _ => Standing::Beaten,
    };
    let tiers = prices.unwrap_or_default().into_iter().map(|price| (price.clone(), standing(&price)));
    let tiers = tiers.collect();
    let (price, why_not) = match outcome {
        Ok((price, currency)) => {
            let told = Price {
                unit_price: price.unit_price,
                currency,
                book: Some(price.book),
                from_quantity: price.from_quantity,
            };
            (Some(told), None)
        }
        Err(why) => (own_price(app, &product), Some(why)),
    };
    Ok(Told { product, company, book, price, why_not, tiers })
}
