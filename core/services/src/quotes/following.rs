//! Lines of a draft follow its price book: what cost what the former one says costs what the chosen one says.

use super::{Content, content};
use crate::{App, Ctx, Error, prices, reports, settings};
use model::jiff::civil::Date;
use model::{Company, Decimal, Product, Quote, QuoteLine};

/// What became of the lines with a product when another book was chosen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Followed {
    pub changed: usize,
    /// Those that cost something else than the chosen book says: not what the former one said, either.
    pub stayed: usize,
}

/// The lines of a draft at the prices of another book, where one is chosen; nothing where it is the same.
pub(super) fn by_new_book(
    app: &App,
    ctx: &Ctx,
    before: &Quote,
    after: &Quote,
    lines: &[QuoteLine],
) -> Result<Option<Vec<QuoteLine>>, Error> {
    if !before.is_draft() {
        return Ok(None);
    }
    let (former, chosen) = (Book::of(app, ctx, before)?, Book::of(app, ctx, after)?);
    if former.key == chosen.key {
        return Ok(None);
    }
    let follow = |line: &QuoteLine| -> Result<QuoteLine, Error> {
        let is_of_former = former.price_of(app, line)? == Some(line.unit_price);
        let price = if is_of_former { chosen.price_of(app, line)? } else { None };
        Ok(QuoteLine { unit_price: price.unwrap_or(line.unit_price), ..line.clone() })
    };
    lines.iter().map(follow).collect::<Result<Vec<_>, Error>>().map(Some)
}

/// What became of a quote's lines since it said `former`; nothing where its book is the same.
pub fn followed(app: &App, ctx: &Ctx, former: &Content) -> Result<Option<Followed>, Error> {
    let now = content(app, ctx, former.quote.meta.id)?;
    let book = Book::of(app, ctx, &now.quote)?;
    if Book::of(app, ctx, &former.quote)?.key == book.key {
        return Ok(None);
    }
    let mut followed = Followed { changed: 0, stayed: 0 };
    for (before, line) in former.lines.iter().zip(&now.lines) {
        if before.unit_price != line.unit_price {
            followed.changed += 1;
        } else if book.price_of(app, line)?.is_some_and(|price| price != line.unit_price) {
            followed.stayed += 1;
        }
    }
    Ok(Some(followed))
}

/// What the prices of a quote are from.
struct Book<'a> {
    key: Option<String>,
    quote: &'a Quote,
    today: Date,
}

impl Book<'_> {
    fn of<'a>(app: &App, ctx: &Ctx, quote: &'a Quote) -> Result<Book<'a>, Error> {
        let client = quote.company.map(|id| app.store.get::<Company>(id)).transpose()?.flatten();
        let key = prices::book_of_quote(app, quote, client.as_ref());
        Ok(Book { key, quote, today: reports::today(ctx, &settings::get(app, ctx)?) })
    }

    /// What one of a line's product costs, in the quote's currency.
    fn price_of(&self, app: &App, line: &QuoteLine) -> Result<Option<Decimal>, Error> {
        let Some(product) = line.product.map(|id| app.store.get::<Product>(id)).transpose()?.flatten() else {
            return Ok(None);
        };
        let quantity = line.quantity.abs();
        let price = prices::price_of(app, &product, self.key.as_deref(), quantity, self.today)?;
        let is_ours = |price: &prices::Price| price.currency == self.quote.state.currency;
        Ok(price.filter(is_ours).map(|price| price.unit_price))
    }
}
