//! Prices made, changed and removed, with all that may be wrong with one.

use super::{Listed, TIERS_MAX, known, tiers};
use crate::error::none_of;
use crate::records::reachable;
use crate::{App, Ctx, Error, permissions, reports, settings};
use model::jiff::civil::Date;
use model::uuid::Uuid;
use model::{Action, Decimal, FieldErrors, IndexKey, Kind, Meta, Product};

/// As `model::parse_number` reads them: money and quantities beyond it are slips of the keyboard.
const NUMBER_MAX: i64 = 1_000_000_000_000;
const DECIMALS_MAX: u32 = 6;

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
    pub(super) fn put(&self, price: model::Price) -> model::Price {
        model::Price {
            product: self.product,
            from_quantity: self.from_quantity.normalize(),
            unit_price: self.unit_price.normalize(),
            from: self.from,
            until: self.until,
            ..price
        }
    }

    pub(super) fn made(&self, ctx: &Ctx, book: &str) -> model::Price {
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
pub(super) fn standing_at(app: &App, price: &model::Price) -> Result<Option<model::Price>, Error> {
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
pub(super) fn by_itself(before: Option<&model::Price>, price: &model::Price, today: Date) -> FieldErrors {
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
pub(super) fn has_tax(app: &App, product: &Product, price: &model::Price, today: Date) -> bool {
    let frame = app.frame();
    let tax = product.tax.as_deref().and_then(|key| frame.taxes.get(key));
    tax.is_some_and(|tax| tax.piece.on(price.from.map_or(today, |from| from.max(today))).is_some())
}
