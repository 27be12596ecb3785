//! All prices of a book, or those of a kind or family of products, up or down by a percentage: looked at first, then done.

use super::{Listed, book, known, list};
use crate::error::none_of;
use crate::{App, Ctx, Error, permissions};
use model::uuid::Uuid;
use model::{Action, Decimal, FieldErrors, Kind, Product};
use std::collections::BTreeMap;

/// Prices that are changed at once: more are done by kind or family.
pub const CHANGED_MAX: usize = 20_000;
/// What the preview shows.
pub const PREVIEWED: usize = 20;
/// Prices read at a time.
const CHUNK: usize = 1_000;
/// Prices of one transaction: below what a write may have.
const PORTION: usize = 900;
/// How often a portion is tried again, where somebody changes one of its prices in the same moment.
const TRIES: usize = 3;
/// Nothing is given away, and nothing becomes a hundred times as dear by a slip of the keyboard.
const PERCENT_MIN: i64 = -99;
const PERCENT_MAX: i64 = 1_000;
const PERCENT_DECIMALS_MAX: u32 = 3;

/// To what new prices are rounded, half up.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Rounding {
    #[default]
    Cents,
    FiveCents,
    Whole,
}

impl Rounding {
    pub const ALL: [Rounding; 3] = [Rounding::Cents, Rounding::FiveCents, Rounding::Whole];

    /// As in forms and addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Rounding::Cents => "cents",
            Rounding::FiveCents => "five_cents",
            Rounding::Whole => "whole",
        }
    }

    pub fn from_code(code: &str) -> Option<Rounding> {
        Rounding::ALL.into_iter().find(|rounding| rounding.as_str() == code)
    }

    /// A price that is not negative, half up.
    fn round(self, price: Decimal) -> Decimal {
        use model::RoundingStrategy::MidpointAwayFromZero as HalfUp;
        let twenty = Decimal::from(20);
        match self {
            Rounding::Cents => price.round_dp_with_strategy(2, HalfUp),
            Rounding::FiveCents => (price * twenty).round_dp_with_strategy(0, HalfUp) / twenty,
            Rounding::Whole => price.round_dp_with_strategy(0, HalfUp),
        }
        .normalize()
    }
}

/// Which prices are changed and how.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct MassChange {
    /// 3 makes them 3 % dearer, -5 makes them 5 % cheaper.
    pub percent: Decimal,
    pub rounding: Rounding,
    /// Of products of this kind alone.
    pub kind: Option<String>,
    /// Of products of this family alone.
    pub family: Option<String>,
}

impl MassChange {
    /// Problem codes: `price-percent`, `choice`.
    fn check(&self, app: &App) -> Result<(), Error> {
        let mut errors = FieldErrors::default();
        let percents = Decimal::from(PERCENT_MIN)..=Decimal::from(PERCENT_MAX);
        let is_fine = percents.contains(&self.percent) && !self.percent.is_zero();
        if !is_fine || self.percent.normalize().scale() > PERCENT_DECIMALS_MAX {
            errors.add("percent", "price-percent", self.percent.to_string());
        }
        let frame = app.frame();
        for (field, code) in [("kind", &self.kind), ("family", &self.family)] {
            let Some(code) = code else { continue };
            let known = crate::fields::spec_of(&frame, Kind::Product, field);
            let codes = known.and_then(|known| known.choices.codes(&frame)).unwrap_or_default();
            if !codes.contains(code) {
                errors.add(field, "choice", code);
            }
        }
        none_of(errors)
    }

    fn is_for(&self, product: &Product) -> bool {
        let fits = |wanted: &Option<String>, code: &Option<String>| wanted.is_none() || wanted == code;
        fits(&self.kind, &product.kind) && fits(&self.family, &product.family)
    }

    /// What a price becomes.
    fn after(&self, price: Decimal) -> Decimal {
        let hundred = Decimal::ONE_HUNDRED;
        let changed = price.checked_mul(hundred + self.percent).map(|changed| changed / hundred);
        changed.map_or(price, |changed| self.rounding.round(changed))
    }
}

/// One price as it is and as it would be.
#[derive(Clone, PartialEq, Debug)]
pub struct PreviewedPrice {
    pub listed: Listed,
    pub after: Decimal,
}

/// What a change would do.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Preview {
    /// The prices that it is for.
    pub count: usize,
    /// Those of them that are another price afterwards.
    pub changed: usize,
    /// The first [`PREVIEWED`] of those.
    pub rows: Vec<PreviewedPrice>,
}

/// What was done.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Changed {
    pub changed: usize,
    /// Those that the rounding leaves as they were.
    pub unchanged: usize,
    /// Those that somebody else changed in the same moment, and that stayed as they were.
    pub left: usize,
}

/// What a change would do; nothing is written.
pub fn preview(app: &App, ctx: &Ctx, key: &str, change: &MassChange) -> Result<Preview, Error> {
    book(app, ctx, key)?;
    permissions::require_all(ctx, Kind::Price, Action::Change)?;
    change.check(app)?;
    let mut preview = Preview::default();
    for listed in meant(app, ctx, key, change)? {
        preview.count += 1;
        let after = change.after(listed.price.unit_price);
        if after != listed.price.unit_price {
            preview.changed += 1;
            if preview.rows.len() < PREVIEWED {
                preview.rows.push(PreviewedPrice { listed, after });
            }
        }
    }
    Ok(preview)
}

/// Changes the prices, in portions that are each whole. `count` is that of the preview: where it is another one by now,
/// nothing is done (`price-changed`). A second call with the same key does nothing again.
pub fn change_all(
    app: &App,
    ctx: &Ctx,
    key: &str,
    change: &MassChange,
    count: usize,
    idempotency_key: &str,
) -> Result<Changed, Error> {
    permissions::require_all(ctx, Kind::Price, Action::Change)?;
    known(app, key)?;
    change.check(app)?;
    let meant: Vec<Uuid> = meant(app, ctx, key, change)?.iter().map(|listed| listed.price.meta.id).collect();
    if meant.len() != count {
        return Err(Error::invalid("", "price-changed", meant.len().to_string()));
    }
    let mut done = Changed::default();
    for portion in meant.chunks(PORTION) {
        let Some(first) = portion.first() else { continue };
        let once = format!("price/{}/{idempotency_key}/{first}", ctx.actor_name());
        change_some(app, ctx, change, portion, &once, &mut done)?;
    }
    Ok(done)
}

/// One transaction; tried again where somebody changed one of the prices in this moment.
fn change_some(
    app: &App,
    ctx: &Ctx,
    change: &MassChange,
    ids: &[Uuid],
    once: &str,
    done: &mut Changed,
) -> Result<(), Error> {
    if app.store.once(once)?.is_some() {
        done.changed += ids.len();
        return Ok(());
    }
    for _ in 0..TRIES {
        let mut write = ctx.write();
        let (mut changed, mut unchanged) = (0, 0);
        for id in ids {
            let Some(before) = app.store.get::<model::Price>(*id)? else { continue };
            let unit_price = change.after(before.unit_price);
            if unit_price == before.unit_price {
                unchanged += 1;
                continue;
            }
            changed += 1;
            write.update(&before, model::Price { unit_price, ..before.clone() });
        }
        if changed > 0
            && let Some(first) = ids.first()
        {
            write.put_once(once, *first);
            match app.commit_once(write) {
                Ok(()) => {}
                Err(Error::Conflict(_) | Error::NotFound) => continue,
                Err(error) => return Err(error),
            }
        }
        done.changed += changed;
        done.unchanged += unchanged;
        return Ok(());
    }
    done.left += ids.len();
    Ok(())
}

/// The prices of a book that a change is for, in their order.
fn meant(app: &App, ctx: &Ctx, key: &str, change: &MassChange) -> Result<Vec<Listed>, Error> {
    let mut found: Vec<Listed> = Vec::new();
    let mut after: Option<String> = None;
    let mut fits: BTreeMap<Uuid, bool> = BTreeMap::new();
    loop {
        let page = list(app, ctx, key, None, after.as_deref(), CHUNK)?;
        for listed in page.rows {
            let is_for = fits.entry(listed.product.meta.id).or_insert_with(|| change.is_for(&listed.product));
            if *is_for {
                found.push(listed);
            }
        }
        if found.len() > CHANGED_MAX {
            return Err(Error::invalid("", "price-too-many", CHANGED_MAX.to_string()));
        }
        after = page.next;
        if after.is_none() {
            return Ok(found);
        }
    }
}
