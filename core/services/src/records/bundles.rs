//! Bundles (lots): what a bundle may have in it, and what that costs together.

use super::rules::Around;
use super::{linked_ids, reachable};
use crate::{App, Ctx, Error, costs};
use model::uuid::Uuid;
use model::{Action, Decimal, FieldErrors, Kind, Product};

/// What is wrong with the components of a product. Problem codes: `components-of-bundle`, `component-self`,
/// `component-twice`, `component-bundle`, `component-quantity`, and `bundle-in-bundle` for a product that is a component
/// itself.
pub(super) fn check(
    product: &Product,
    around: &Around<'_>,
    before: Option<&Product>,
    errors: &mut FieldErrors,
) -> Result<(), Error> {
    let id = product.meta.id;
    if !product.is_bundle() {
        if !product.components.is_empty() {
            errors.add("components", "components-of-bundle", "");
        }
        return Ok(());
    }
    let became = before.is_some_and(|before| !before.is_bundle());
    if became && !linked_ids(around.app, id, Kind::Product, 1)?.is_empty() {
        errors.add("kind", "bundle-in-bundle", "");
    }
    for (place, component) in product.components.iter().enumerate() {
        let at = |part: &str| format!("components.{place}.{part}");
        if component.product == id {
            errors.add(&at("product"), "component-self", "");
        } else if product.components.iter().take(place).any(|other| other.product == component.product) {
            errors.add(&at("product"), "component-twice", "");
        } else if around.app.store.get::<Product>(component.product)?.is_some_and(|part| part.is_bundle()) {
            errors.add(&at("product"), "component-bundle", "");
        }
        if component.quantity <= Decimal::ZERO {
            errors.add(&at("quantity"), "component-quantity", component.quantity.to_string());
        }
    }
    Ok(())
}

/// A component of a bundle.
#[derive(Clone, PartialEq, Debug)]
pub struct BundlePart {
    pub product: Product,
    pub quantity: Decimal,
}

/// What is in a bundle and what it costs one by one.
#[derive(Clone, PartialEq, Debug)]
pub struct Bundle {
    /// In their order; those that the reader does not see are left out.
    pub parts: Vec<BundlePart>,
    /// What the components cost together, at the prices of the products; absent where one of them has none.
    pub price: Option<Decimal>,
    /// What they cost the company; absent where that is not known of one of them, and for whoever may not see it.
    pub cost: Option<Decimal>,
}

/// The components of a product; nothing where it is no bundle or is empty.
pub fn bundle(app: &App, ctx: &Ctx, id: Uuid) -> Result<Option<Bundle>, Error> {
    let bundle = reachable::<Product>(app, ctx, id, Action::See)?;
    if bundle.components.is_empty() {
        return Ok(None);
    }
    let (mut parts, mut price) = (Vec::new(), Some(Decimal::ZERO));
    let mut cost = costs::may_see(ctx, Kind::Product).then_some(Decimal::ZERO);
    for component in &bundle.components {
        let product = match reachable::<Product>(app, ctx, component.product, Action::See) {
            Ok(product) => product,
            Err(Error::NotFound | Error::Denied) => {
                (price, cost) = (None, None);
                continue;
            }
            Err(error) => return Err(error),
        };
        let sum = |sum: Option<Decimal>, each: Option<Decimal>| {
            sum?.checked_add(each?.checked_mul(component.quantity)?)
        };
        (price, cost) = (sum(price, product.unit_price), sum(cost, product.cost));
        parts.push(BundlePart { product, quantity: component.quantity });
    }
    Ok(Some(Bundle { parts, price, cost }))
}
