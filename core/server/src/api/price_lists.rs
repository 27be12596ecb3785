//! Price lists over the wire: a file taken into a price book, after a look at what it would do, and the book as a file.

use super::Topic;
use super::problem::ProblemField;
use crate::errors::Fault;
use crate::here::Here;
use poem_openapi::param::{Path, Query};
use poem_openapi::payload::{Attachment, AttachmentType, Binary, Json};
use poem_openapi::{Enum, Object, OpenApi};
use services::prices::{self, Review};
use services::reports::FileFormat;
use services::{App, Ctx};
use ui::Locale;

/// The operations on price lists.
pub(crate) struct PriceLists;

/// What is wrong with one row of a list.
#[derive(Object)]
pub(crate) struct PriceRowProblem {
    /// As a spreadsheet counts: the headers are row 1.
    row: u64,
    /// What stands in the row for the product.
    code: String,
    errors: Vec<ProblemField>,
}

/// What a list does, or would do.
#[derive(Object)]
pub(crate) struct PriceListTaken {
    /// Nothing was written.
    dry_run: bool,
    rows: u64,
    /// Prices that the book did not have.
    new: u64,
    changed: u64,
    unchanged: u64,
    /// Every row with something wrong; none of them goes in.
    problems: Vec<PriceRowProblem>,
}

/// How a file is written.
#[derive(Enum, Clone, Copy)]
#[oai(rename_all = "snake_case")]
enum PriceListFormat {
    Csv,
    Xlsx,
}

#[OpenApi(tag = "Topic::Records")]
impl PriceLists {
    /// Take a price list in
    ///
    /// A CSV or XLSX file with headers in Catalan, Spanish or English for the product's code, the price and, where there are
    /// some, the quantity from which on it counts, its first and last day and the currency. Rows with something wrong are
    /// told and left out. With `dry_run` nothing is written.
    #[oai(path = "/price-books/:key/import", method = "post", operation_id = "import_prices")]
    async fn import(
        &self,
        here: Here,
        key: Path<String>,
        /// With its ending: `prices.csv`.
        file_name: Query<String>,
        #[oai(default)] dry_run: Query<bool>,
        file: Binary<Vec<u8>>,
    ) -> Result<Json<PriceListTaken>, Fault> {
        let dry_run = dry_run.0;
        let take = move |app: &App, ctx: &Ctx| {
            prices::require_change(ctx)?;
            let rows = prices::read_file(ctx, &file_name.0, &file.0)?;
            if dry_run {
                prices::review(app, ctx, &key.0, &rows)
            } else {
                prices::import(app, ctx, &key.0, &rows)
            }
        };
        let review = here.deed(take).await?;
        Ok(Json(shown(here.facts.locale(), review, dry_run)))
    }

    /// Download the prices of a book
    ///
    /// A file that can be taken in again.
    #[oai(path = "/price-books/:key/export", method = "get", operation_id = "export_prices")]
    async fn export(
        &self,
        here: Here,
        key: Path<String>,
        /// `csv` if nobody says.
        format: Query<Option<PriceListFormat>>,
    ) -> Result<Attachment<Vec<u8>>, Fault> {
        let format = match format.0 {
            Some(PriceListFormat::Xlsx) => FileFormat::Xlsx,
            Some(PriceListFormat::Csv) | None => FileFormat::Csv,
        };
        let titles = ui::prices::titles(here.facts.locale());
        let file = here.deed(move |app, ctx| prices::export(app, ctx, &key.0, format, &titles)).await?;
        Ok(Attachment::new(file.bytes).attachment_type(AttachmentType::Attachment).filename(file.name))
    }
}

fn shown(l: Locale<'_>, review: Review, dry_run: bool) -> PriceListTaken {
    let problem = |row: prices::RowProblem| PriceRowProblem {
        row: row.row,
        code: row.code,
        errors: row.problems.iter().map(|problem| ProblemField::of(l, problem)).collect(),
    };
    PriceListTaken {
        dry_run,
        rows: review.rows,
        new: review.new,
        changed: review.changed,
        unchanged: review.unchanged,
        problems: review.problems.into_iter().map(problem).collect(),
    }
}
