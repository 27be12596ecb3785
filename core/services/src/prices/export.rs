//! The prices of a book as a file.

use super::{Listed, known, list};
use crate::imports::File;
use crate::reports::{FileFormat, streamed};
use crate::{App, Ctx, Error, permissions};
use model::{Action, Currency, Decimal, Kind};
use sheets::Cell;

/// Prices read at a time for a file.
const CHUNK: usize = 1_000;

/// The prices of a book as a file that can be taken in again. `titles` are the headers in the reader's words: code, name,
/// from quantity, price, from, until, currency.
pub fn export(
    app: &App,
    ctx: &Ctx,
    key: &str,
    format: FileFormat,
    titles: &[String; 7],
) -> Result<File, Error> {
    let book = known(app, key)?;
    permissions::require(ctx, Kind::Price, Action::Export)?;
    use sheets::Kind::{Date, Number, Text};
    let kinds = [Text, Text, Number, Number, Date, Date, Text];
    streamed(key, ctx, format, titles, &kinds, |put| {
        let mut after: Option<String> = None;
        loop {
            let page = list(app, ctx, key, None, after.as_deref(), CHUNK)?;
            let may =
                |listed: &Listed| permissions::require_record(ctx, &listed.product, Action::Export).is_ok();
            let line = |listed: Listed| line(ctx, listed, book.piece.currency, format);
            let goes_on = page.rows.into_iter().filter(may).map(line).all(&mut *put);
            after = page.next.filter(|_| goes_on);
            if after.is_none() {
                return Ok(());
            }
        }
    })
}

fn line(ctx: &Ctx, listed: Listed, currency: Currency, format: FileFormat) -> Vec<Cell> {
    let Listed { price, product } = listed;
    let code = product.code.clone().unwrap_or_else(|| product.meta.id.to_string());
    let day = |day: Option<model::jiff::civil::Date>| day.map_or(Cell::Empty, Cell::Date);
    vec![
        Cell::Text(code),
        Cell::Text(product.name_in(ctx.language).to_owned()),
        number(ctx, price.from_quantity, format),
        number(ctx, price.unit_price, format),
        day(price.from),
        day(price.until),
        Cell::Text(currency.code().to_owned()),
    ]
}

/// Exactly as it is in a text file; as a number that spreadsheet programs reckon with in theirs.
fn number(ctx: &Ctx, number: Decimal, format: FileFormat) -> Cell {
    let text = number.normalize().to_string();
    match format {
        FileFormat::Xlsx => text.parse::<f64>().map_or(Cell::Text(text), Cell::Number),
        FileFormat::Csv if ctx.language == model::Language::En => Cell::Text(text),
        FileFormat::Csv => Cell::Text(text.replace('.', ",")),
    }
}
