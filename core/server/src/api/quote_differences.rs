//! What a version of a quote says otherwise than the one before it, over the wire.

use super::Topic;
use super::lead_wire::decimal;
use super::quotes::{QuoteLineWire, line_shown};
use crate::errors::Fault;
use crate::here::Here;
use model::uuid::Uuid;
use model::{Quote, QuoteLine};
use poem_openapi::param::Path;
use poem_openapi::payload::Json;
use poem_openapi::{Object, OpenApi};
use services::quotes::{self, Difference};

/// The operation on two versions of a quote.
pub(crate) struct QuoteDifferences;

/// A version with what it comes to.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct VersionCompared {
    id: String,
    number: Option<String>,
    /// Without tax, over the whole term.
    amount: Option<String>,
    /// All that is paid over the term, with taxes.
    total: Option<String>,
}

/// A line that one of the versions does not have, or has otherwise.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct LineCompared {
    /// `added`, `removed` or `changed`.
    change: String,
    /// As it was; absent of one that was added.
    before: Option<QuoteLineWire>,
    /// As it is; absent of one that was removed.
    after: Option<QuoteLineWire>,
}

/// What a version says otherwise than the one before it.
#[derive(Object)]
pub(crate) struct VersionsCompared {
    before: VersionCompared,
    after: VersionCompared,
    /// The keys of the fields that differ.
    fields: Vec<String>,
    lines: Vec<LineCompared>,
}

#[OpenApi(tag = "Topic::Records")]
impl QuoteDifferences {
    /// Compare a version of a quote with the one before it
    ///
    /// Lines that were added, removed or changed, fields that differ, and what both come to. The first version has none
    /// before it (404).
    #[oai(path = "/quotes/:id/differences", method = "get", operation_id = "get_quote_differences")]
    async fn differences(&self, here: Here, id: Path<String>) -> Result<Json<VersionsCompared>, Fault> {
        let id: Uuid = here.id(&id)?;
        let found = here.deed(move |app, ctx| quotes::differences(app, ctx, id)).await?;
        let (before, after, found) = found.ok_or_else(Fault::not_found)?;
        let (mut fields, mut lines) = (Vec::new(), Vec::new());
        for difference in found {
            match difference {
                Difference::Field(key) => fields.push(key.to_owned()),
                Difference::Added(line) => lines.push(compared("added", None, Some(&line))),
                Difference::Removed(line) => lines.push(compared("removed", Some(&line), None)),
                Difference::Changed(both) => lines.push(compared("changed", Some(&both.0), Some(&both.1))),
            }
        }
        let (before, after) = (version(&before.quote), version(&after.quote));
        Ok(Json(VersionsCompared { before, after, fields, lines }))
    }
}

fn version(quote: &Quote) -> VersionCompared {
    VersionCompared {
        id: quote.meta.id.to_string(),
        number: quote.full_number(),
        amount: quote.amount.map(decimal),
        total: quote.total.map(decimal),
    }
}

fn compared(change: &str, before: Option<&QuoteLine>, after: Option<&QuoteLine>) -> LineCompared {
    let shown = |line: &QuoteLine| line_shown(line, None);
    LineCompared { change: change.to_owned(), before: before.map(shown), after: after.map(shown) }
}
