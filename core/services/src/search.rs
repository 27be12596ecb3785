//! Finding leads by any word, within what the caller may see.

use crate::{App, Ctx, Error, permissions};
use model::{Action, Kind, Lead};

pub use search::{Piece, SKIP_MAX, Snippet, TOTAL_MAX};

/// What the page of results shows.
pub const RESULTS_MAX: usize = 30;

/// A lead that was found, as it is now.
#[derive(Clone, Debug)]
pub struct Found {
    pub lead: Lead,
    /// Where the words stand, when they stand in texts or notes.
    pub snippet: Option<Snippet>,
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Results {
    pub found: Vec<Found>,
    /// On all pages; may be a little more than the caller gets, when the index lags.
    pub total: usize,
}

/// Leads in which every word is found. Nothing that can be typed is an error.
pub fn leads(app: &App, ctx: &Ctx, text: &str, skip: usize, limit: usize) -> Result<Results, Error> {
    let scope = permissions::require(ctx, Kind::Lead, Action::See)?;
    let query =
        search::Query { text: text.to_owned(), scope: scope.clone(), limit: limit.min(RESULTS_MAX), skip };
    let hits = app.search.query(&query).map_err(Error::internal)?;
    let mut found = Vec::with_capacity(hits.hits.len());
    for hit in hits.hits {
        // The index lags behind the truth: the record decides whether the caller may see it.
        let lead = app.store.get::<Lead>(hit.lead)?;
        if let Some(lead) = lead.filter(|lead| scope.contains(lead.owner, lead.team)) {
            found.push(Found { lead, snippet: hit.snippet });
        }
    }
    Ok(Results { found, total: hits.total })
}
