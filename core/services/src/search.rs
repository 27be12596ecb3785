//! Finding records by any word, within what the caller may see.

use crate::records::{self, Record};
use crate::{App, Ctx, Error, costs, permissions};
use model::{Action, Kind, Lead, Scope};

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

/// A record that was found, as it is now.
pub struct FoundRecord {
    pub record: Record,
    /// Where it is a lead: the same with all that only leads have.
    pub lead: Option<Lead>,
    pub snippet: Option<Snippet>,
}

/// Records of all entities that were found.
#[derive(Default)]
pub struct Everything {
    pub found: Vec<FoundRecord>,
    /// On all pages; may be a little more than the caller gets, when the index lags.
    pub total: usize,
}

/// The entities that are found, in no order.
pub const KINDS: [Kind; 8] = search::KINDS;

/// Leads in which every word is found. Nothing that can be typed is an error.
pub fn leads(app: &App, ctx: &Ctx, text: &str, skip: usize, limit: usize) -> Result<Results, Error> {
    permissions::require(ctx, Kind::Lead, Action::See)?;
    let results = everything(app, ctx, text, &[Kind::Lead], skip, limit)?;
    let found = |found: FoundRecord| Some(Found { lead: found.lead?, snippet: found.snippet });
    Ok(Results { found: results.found.into_iter().filter_map(found).collect(), total: results.total })
}

/// Records of these entities in which every word is found, as far as the caller may see them.
pub fn everything(
    app: &App,
    ctx: &Ctx,
    text: &str,
    kinds: &[Kind],
    skip: usize,
    limit: usize,
) -> Result<Everything, Error> {
    let scope = |kind: &Kind| Ok((*kind, permissions::scope(ctx, *kind, Action::See)?));
    let scopes: Vec<(Kind, Scope)> = kinds.iter().map(scope).collect::<Result<_, Error>>()?;
    if scopes.iter().all(|(_, scope)| *scope == Scope::Nothing) {
        return Err(Error::Denied);
    }
    let query = search::Query { text: text.to_owned(), scopes, limit: limit.min(RESULTS_MAX), skip };
    let hits = app.search.query(&query).map_err(Error::internal)?;
    let mut found = Vec::with_capacity(hits.hits.len());
    for hit in hits.hits {
        // The index lags behind the truth: the record decides whether the caller may see it.
        let (record, lead): (Option<Record>, _) = match hit.kind {
            Kind::Lead => {
                let lead = app.store.get::<Lead>(hit.id)?;
                (lead.clone().map(|lead| Box::new(lead) as Record), lead)
            }
            kind => (records::read(app, kind, hit.id)?, None),
        };
        let may_see =
            |record: &Record| permissions::require_record(ctx, record.as_ref(), Action::See).is_ok();
        if let Some(record) = record.filter(may_see) {
            let record = costs::for_reader(ctx, record);
            found.push(FoundRecord { record, lead, snippet: hit.snippet });
        }
    }
    Ok(Everything { found, total: hits.total })
}
