//! What the demonstration company offers: a price book and a bundle, what its latest deals are about and who decides, quotes
//! for them with their answers, and a simulation.

use super::{Dice, words};
use crate::links::{self, Found};
use crate::prices::{self, PriceDraft};
use crate::quotes::{self, LineDraft, Said, Sending};
use crate::records::{self, Draft};
use crate::{App, Ctx, Error, configuration};
use model::jiff::{SignedDuration, Timestamp};
use model::uuid::Uuid;
use model::{
    Company, Component, Contact, Decimal, Entity, Kind, Label, Opportunity, Participant, PriceBook, Product,
    Quote, StageKind,
};

/// The deals that have a quote: the latest ones.
const QUOTED: usize = 14;
/// Days from the deal to its quote, and from the quote to its answer.
const QUOTED_AFTER_DAYS: i64 = 2;
const ANSWERED_AFTER_DAYS: i64 = 6;
/// Hundredths that an installer pays of the price of the catalogue.
const INSTALLER: i64 = 88;

/// All of it, after the deals are there, the oldest first.
pub(super) fn make(app: &App, ctx: &Ctx, dice: &Dice, deals: &[Uuid], now: Timestamp) -> Result<(), Error> {
    let products = catalogue(app, ctx)?;
    bundle(app, ctx)?;
    book(app, ctx, &products)?;
    let mut quoted: Vec<Opportunity> = Vec::new();
    for deal in deals {
        quoted.extend(app.store.get::<Opportunity>(*deal)?.filter(|deal| deal.company.is_some()));
    }
    quoted.sort_by_key(|deal| deal.meta.created_at);
    let latest = quoted.len().saturating_sub(QUOTED);
    for deal in quoted.split_off(latest) {
        let at = (deal.meta.created_at + days(QUOTED_AFTER_DAYS)).min(now);
        let deal = wanted(app, &ctx.at(at), dice, deal, &products)?;
        offer(app, &ctx.at(at), &deal, now)?;
    }
    let open = quoted.last().and_then(|deal| deal.company);
    open.map_or(Ok(()), |company| try_out(app, &ctx.at(now), company))
}

fn days(days: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * days)
}

/// The products by their codes.
fn catalogue(app: &App, ctx: &Ctx) -> Result<Vec<Product>, Error> {
    let mut products = Vec::new();
    for [code, ..] in words::PRODUCTS {
        if let Found::One(id) = links::find(app, ctx, Kind::Product, code)? {
            products.extend(app.store.get::<Product>(id)?);
        }
    }
    Ok(products)
}

fn bundle(app: &App, ctx: &Ctx) -> Result<(), Error> {
    let mut draft = Draft::default();
    for (key, text) in words::BUNDLE {
        draft.put(key, text);
    }
    records::create(app, ctx, Kind::Product, &draft, None).map(|_| ())
}

/// Installers pay less, and still less for many.
fn book(app: &App, ctx: &Ctx, products: &[Product]) -> Result<(), Error> {
    const MANY: i64 = 5;
    let [ca, es, en] = words::BOOK;
    let book = PriceBook { label: Label::new(ca, es, en), ..PriceBook::default() };
    configuration::create(app, ctx, words::BOOK_KEY, book)?;
    let sold = products.iter().filter(|product| product.kind.as_deref() == Some("product"));
    for (product, price) in sold.filter_map(|product| Some((product, product.unit_price?))) {
        for (from_quantity, hundredths) in [(1, INSTALLER), (MANY, INSTALLER - 5)] {
            let draft = PriceDraft {
                product: product.meta.id,
                from_quantity: Decimal::from(from_quantity),
                unit_price: (price * Decimal::new(hundredths, 2)).round_dp(2),
                from: None,
                until: None,
            };
            prices::set(app, ctx, words::BOOK_KEY, None, &draft)?;
        }
    }
    Ok(())
}

/// What the deal is about, and who decides.
fn wanted(
    app: &App,
    ctx: &Ctx,
    dice: &Dice,
    deal: Opportunity,
    products: &[Product],
) -> Result<Opportunity, Error> {
    let mut after = deal.clone();
    let first = dice.pick(products).into_iter();
    let further = dice.pick(products).filter(|_| dice.below(2) == 0);
    for product in first.chain(further) {
        let component = Component { product: product.meta.id, quantity: Decimal::from(1 + dice.below(3)) };
        if after.products.iter().all(|other| other.product != component.product) {
            after.products.push(component);
        }
    }
    let role = if dice.below(3) == 0 { "evaluator" } else { "decision_maker" };
    after.contacts =
        deal.contact.map(|contact| Participant { contact, role: role.to_owned() }).into_iter().collect();
    let mut write = ctx.write();
    write.update(&deal, after);
    app.commit(write)?;
    app.store.get::<Opportunity>(deal.meta.id)?.ok_or(Error::NotFound)
}

/// A quote as far as the deal is.
fn offer(app: &App, ctx: &Ctx, deal: &Opportunity, now: Timestamp) -> Result<(), Error> {
    let mut asked = Draft::default();
    asked.put("opportunity", deal.meta.id.to_string());
    let draft = quotes::proposed(app, ctx, &asked)?;
    let id = records::create(app, ctx, Kind::Quote, &draft, None)?.about().id;
    let quote = quotes::get(app, ctx, id)?;
    let lines = quotes::wanted(app, ctx, &quote)?;
    let quote = quotes::save_lines(app, ctx, id, quote.meta.version, &lines)?;
    let frame = app.frame();
    let stage = deal.place(&frame).map(|(_, stage)| (stage.kind, stage.probability));
    let is_early = matches!(stage, Some((StageKind::Open, probability)) if probability < 50);
    if is_early || matches!(stage, Some((StageKind::Cancelled, _)) | None) {
        return Ok(());
    }
    let quote = quotes::send(app, ctx, id, quote.meta.version, &Sending::default())?;
    let then = ctx.at((ctx.at + days(ANSWERED_AFTER_DAYS)).min(now));
    match stage {
        Some((StageKind::Won, _)) => {
            let said = Said { name: client(app, &quote)?, ..Said::default() };
            quotes::mark_accepted(app, &then, id, quote.meta.version, &said).map(|_| ())
        }
        Some((StageKind::Lost, _)) => {
            quotes::mark_rejected(app, &then, id, quote.meta.version, words::TOO_DEAR).map(|_| ())
        }
        _ => Ok(()),
    }
}

/// Who signs.
fn client(app: &App, quote: &Quote) -> Result<String, Error> {
    let contact = quote.contact.map(|id| app.store.get::<Contact>(id)).transpose()?.flatten();
    let company = quote.company.map(|id| app.store.get::<Company>(id)).transpose()?.flatten();
    let names = contact.map(|contact| contact.title()).or(company.map(|company| company.title()));
    Ok(names.unwrap_or_default())
}

/// A small installation and a large one, side by side.
fn try_out(app: &App, ctx: &Ctx, company: Uuid) -> Result<(), Error> {
    let simulation = quotes::simulate(app, ctx, Kind::Company, company)?;
    let line = |alternative: &str, code: &str| LineDraft {
        product: code.to_owned(),
        quantity: "1".to_owned(),
        alternative: alternative.to_owned(),
        ..LineDraft::default()
    };
    let lines = [line("A", "SOL-5"), line("A", "MAN-1"), line("B", "SOL-10"), line("B", "MAN-2")];
    quotes::save_lines(app, ctx, simulation.meta.id, simulation.meta.version, &lines).map(|_| ())
}
