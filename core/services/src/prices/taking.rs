//! The rows of a price list: looked through, and taken in where somebody says so and nothing is wrong with them.

use super::setting::{by_itself, has_tax, set, standing_at};
use super::{PriceDraft, ROWS_MAX, SheetRow, known, tiers};
use crate::imports::headers::bare;
use crate::{App, Ctx, Error, permissions, reports, settings};
use model::jiff::civil::Date;
use model::uuid::Uuid;
use model::{
    Action, Currency, Decimal, FieldErrors, IndexKey, Kind, Problem, Product, parse_date, parse_number,
};
use std::collections::BTreeMap;

/// Prices of one transaction.
const PORTION: usize = 500;

/// What is wrong with one row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RowProblem {
    pub row: u64,
    pub code: String,
    pub problems: Vec<Problem>,
}

/// What a list would do, or did.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Review {
    pub rows: u64,
    pub new: u64,
    pub changed: u64,
    pub unchanged: u64,
    /// Every row with something wrong, in the order of the file; none of them goes in.
    pub problems: Vec<RowProblem>,
}

impl Review {
    /// How many rows write something.
    pub fn to_write(&self) -> u64 {
        self.new + self.changed
    }
}

/// What a row means.
enum Meant {
    New(PriceDraft),
    Changed(Box<model::Price>, PriceDraft),
    Same,
}

/// What all rows are looked at with.
struct Around<'a> {
    app: &'a App,
    ctx: &'a Ctx,
    book: String,
    currency: Currency,
    today: Date,
    /// Products by their codes as they are written.
    products: BTreeMap<String, Option<Product>>,
    /// In which row of the file a price stands already.
    seen: BTreeMap<String, u64>,
    /// How many prices of a product there are with those of the file.
    tiers: BTreeMap<Uuid, usize>,
}

/// Looks through all rows; nothing is written.
pub fn review(app: &App, ctx: &Ctx, book: &str, rows: &[SheetRow]) -> Result<Review, Error> {
    Ok(judged(app, ctx, book, rows)?.0)
}

/// Takes the rows in that have nothing wrong, in portions that are each whole.
pub fn import(app: &App, ctx: &Ctx, book: &str, rows: &[SheetRow]) -> Result<Review, Error> {
    let (mut review, meant) = judged(app, ctx, book, rows)?;
    for portion in meant.chunks(PORTION) {
        let mut write = ctx.write();
        for (_, meant) in portion {
            match meant {
                Meant::New(draft) => write.create(draft.made(ctx, book)),
                Meant::Changed(before, draft) => {
                    write.update(before.as_ref(), draft.put(before.as_ref().clone()));
                }
                Meant::Same => {}
            }
        }
        match app.commit(write) {
            Ok(_) => {}
            // Somebody set one of them in this moment: each by itself, as it is now.
            Err(Error::Conflict(_) | Error::NotFound | Error::Invalid(_)) => {
                one_by_one(app, ctx, book, portion, &mut review)?;
            }
            Err(error) => return Err(error),
        }
    }
    review.problems.sort_by_key(|problem| problem.row);
    Ok(review)
}

fn one_by_one(
    app: &App,
    ctx: &Ctx,
    book: &str,
    portion: &[(SheetRow, Meant)],
    review: &mut Review,
) -> Result<(), Error> {
    for (row, meant) in portion {
        let (Meant::New(draft) | Meant::Changed(_, draft)) = meant else { continue };
        let count = if matches!(meant, Meant::New(_)) { &mut review.new } else { &mut review.changed };
        let errors = match set(app, ctx, book, None, draft) {
            Ok(_) => continue,
            Err(Error::Invalid(errors)) => errors,
            Err(Error::Conflict(_) | Error::NotFound) => {
                let mut errors = FieldErrors::default();
                errors.add("", "stale", "");
                errors
            }
            Err(error) => return Err(error),
        };
        *count -= 1;
        review.problems.push(RowProblem { row: row.row, code: row.code.clone(), problems: errors.0 });
    }
    Ok(())
}

fn judged(
    app: &App,
    ctx: &Ctx,
    book: &str,
    rows: &[SheetRow],
) -> Result<(Review, Vec<(SheetRow, Meant)>), Error> {
    permissions::require_all(ctx, Kind::Price, Action::Change)?;
    if rows.len() > ROWS_MAX {
        return Err(Error::invalid("file", "price-too-many", ROWS_MAX.to_string()));
    }
    let book = known(app, book)?;
    let mut around = Around {
        app,
        ctx,
        currency: book.piece.currency,
        book: book.key,
        today: reports::today(ctx, &settings::get(app, ctx)?),
        products: BTreeMap::new(),
        seen: BTreeMap::new(),
        tiers: BTreeMap::new(),
    };
    let mut review = Review { rows: rows.len() as u64, ..Review::default() };
    let mut good = Vec::new();
    for row in rows {
        match around.judge(row)? {
            Ok(Meant::Same) => review.unchanged += 1,
            Ok(meant) => {
                match meant {
                    Meant::New(_) => review.new += 1,
                    _ => review.changed += 1,
                }
                good.push((row.clone(), meant));
            }
            Err(errors) => {
                review.problems.push(RowProblem { row: row.row, code: row.code.clone(), problems: errors.0 });
            }
        }
    }
    Ok((review, good))
}

impl Around<'_> {
    /// What a row means, or all that is wrong with it.
    fn judge(&mut self, row: &SheetRow) -> Result<Result<Meant, FieldErrors>, Error> {
        let mut errors = FieldErrors::default();
        let product = self.product(&row.code)?;
        if row.code.is_empty() {
            errors.add("code", "required", "");
        } else if product.is_none() {
            errors.add("code", "price-code-unknown", &row.code);
        }
        let read = self.read(row, &mut errors);
        let Some(product) = product else { return Ok(Err(errors)) };
        let draft = PriceDraft { product: product.meta.id, ..read };
        let price = draft.made(self.ctx, &self.book);
        let before = standing_at(self.app, &price)?;
        // What could not be read says nothing more.
        let more = by_itself(before.as_ref(), &price, self.today).0;
        errors.0.extend(more.into_iter().filter(|problem| problem.code != "required"));
        if !has_tax(self.app, &product, &price, self.today) {
            errors.add("code", "price-tax-missing", "");
        }
        if let Some(other) = self.seen.insert(price.tier(), row.row) {
            errors.add("from_quantity", "price-twice-in-file", other.to_string());
        }
        if before.is_none() && !self.has_room(product.meta.id)? {
            errors.add("code", "too-many", super::TIERS_MAX.to_string());
        }
        if !errors.is_empty() {
            return Ok(Err(errors));
        }
        Ok(Ok(match before {
            None => Meant::New(draft),
            Some(before) if draft.put(before.clone()) == before => Meant::Same,
            Some(before) => Meant::Changed(Box::new(before), draft),
        }))
    }

    /// By its code, the key it has in another system, or its id.
    fn product(&mut self, code: &str) -> Result<Option<Product>, Error> {
        if let Some(known) = self.products.get(code) {
            return Ok(known.clone());
        }
        let mut found = None;
        for field in ["code", "external_key"] {
            let key = IndexKey::unique(Kind::Product, field, code);
            if found.is_none()
                && let Some(id) = self.app.store.find(&key)?
            {
                found = self.app.store.get::<Product>(id)?;
            }
        }
        if found.is_none()
            && let Ok(id) = code.parse::<Uuid>()
        {
            found = self.app.store.get::<Product>(id)?;
        }
        self.products.insert(code.to_owned(), found.clone());
        Ok(found)
    }

    /// The numbers and days of a row. What is missing or cannot be read is said.
    fn read(&self, row: &SheetRow, errors: &mut FieldErrors) -> PriceDraft {
        let mut number = |field: &str, text: &str, usual: Option<Decimal>| match (text, usual) {
            ("", Some(usual)) => usual,
            ("", None) => {
                errors.add(field, "required", "");
                Decimal::ZERO
            }
            (text, _) => parse_number(text).unwrap_or_else(|code| {
                errors.add(field, code, text);
                Decimal::ZERO
            }),
        };
        // One where nobody says.
        let from_quantity = number("from_quantity", &row.quantity, Some(Decimal::ONE));
        let (price, other) = without_currency(&row.price, self.currency);
        let unit_price = if other { Decimal::ZERO } else { number("unit_price", &price, None) };
        if other || !(row.currency.is_empty() || is_currency(&row.currency, self.currency)) {
            errors.add("currency", "price-currency", self.currency.code());
        }
        let mut day = |field: &str, text: &str| match text {
            "" => None,
            text => parse_date(text).map_err(|code| errors.add(field, code, text)).ok(),
        };
        let (from, until) = (day("from", &row.from), day("until", &row.until));
        PriceDraft { product: Uuid::nil(), from_quantity, unit_price, from, until }
    }

    fn has_room(&mut self, product: Uuid) -> Result<bool, Error> {
        let count = match self.tiers.get(&product) {
            Some(count) => *count,
            None => tiers(self.app, &self.book, product)?.len(),
        };
        self.tiers.insert(product, count + 1);
        Ok(count < super::TIERS_MAX)
    }
}

/// A price without the sign of the book's currency; and whether it has that of another one.
fn without_currency(text: &str, own: Currency) -> (String, bool) {
    let names = |currency: Currency| [currency.code(), currency.symbol()];
    let has = |currency: Currency| names(currency).iter().any(|name| text.contains(name));
    let other = Currency::ALL.into_iter().any(|currency| currency != own && has(currency));
    let bare = names(own).iter().fold(text.to_owned(), |text, name| text.replace(name, ""));
    (bare.trim().to_owned(), other)
}

fn is_currency(text: &str, currency: Currency) -> bool {
    let text = text.trim();
    text.eq_ignore_ascii_case(currency.code())
        || text == currency.symbol()
        || (currency == Currency::Eur && bare(text).starts_with("euro"))
}
