//! Price books as pieces of configuration: what keeps one from changing its currency or going away.

use crate::configuration::{Governed, Use};
use crate::records::recode;
use crate::{App, Error, prices};
use model::{FieldErrors, Frame, Kind, PRICE_BOOKS_MAX, PriceBook};

impl Governed for PriceBook {
    const MAX: usize = PRICE_BOOKS_MAX;

    /// Problem code: `book-currency-used` where it has prices, which are in that currency.
    fn check_change(
        app: &App,
        key: &str,
        before: &Self,
        after: &Self,
        errors: &mut FieldErrors,
    ) -> Result<(), Error> {
        if before.currency != after.currency && prices::count(app, key)? > 0 {
            errors.add("currency", "book-currency-used", before.currency.code());
        }
        Ok(())
    }

    /// The companies and quotes that have it, and its prices.
    fn uses(app: &App, _frame: &Frame, key: &str) -> Result<Vec<Use>, Error> {
        let companies = recode::count(app, Kind::Company, "price_book", key)?;
        let quotes = recode::count(app, Kind::Quote, "price_book", key)?;
        let used = |kind, count| Use { kind, name: String::new(), key: String::new(), count };
        let prices = prices::count(app, key)? as u64;
        let all = [used(Kind::Company, companies), used(Kind::Quote, quotes), used(Kind::Price, prices)];
        Ok(all.into_iter().filter(|used| used.count > 0).collect())
    }
}
