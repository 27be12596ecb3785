//! Finding records by any word, within what the caller may see.

use crate::records::{self, Record};
use crate::{App, Ctx, Error, costs, permissions};
use model::{Action, Kind, Lead, Scope};
use search::{Hit, Hits};

pub use search::{Piece, SKIP_MAX, Snippet, TOTAL_MAX};

/// What the page of results shows.
pub const RESULTS_MAX: usize = 30;
/// Hits outside the caller's scope that are asked about; with a page of others they are no more than one query gives.
const BESIDE_REACH: usize = 60;

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
    let (hits, total) = hits(app, ctx, text, scopes, skip, limit.min(RESULTS_MAX))?;
    let mut found = Vec::with_capacity(hits.len());
    for hit in hits {
        // The index lags behind the truth: the record decides whether the caller may see it.
        let (record, lead): (Option<Record>, _) = match hit.kind {
            Kind::Lead => {
                let lead = app.store.get::<Lead>(hit.id)?;
                (lead.clone().map(|lead| Box::new(lead) as Record), lead)
            }
            kind => (records::read(app, kind, hit.id)?, None),
        };
        if let Some(record) = record
            && permissions::is_listed(app, ctx, record.as_ref(), Action::See)?
        {
            let record = costs::for_reader(ctx, record);
            found.push(FoundRecord { record, lead, snippet: hit.snippet });
        }
    }
    Ok(Everything { found, total })
}

/// One page of hits, the best first, and how many there are on all of them.
fn hits(
    app: &App,
    ctx: &Ctx,
    text: &str,
    scopes: Vec<(Kind, Scope)>,
    skip: usize,
    limit: usize,
) -> Result<(Vec<Hit>, usize), Error> {
    let mut beside = beside(app, ctx, text, &scopes)?;
    // Those that come in between may be on the pages before: as many of the others are then on this one.
    let first = skip.saturating_sub(beside.len());
    let query = search::Query { text: text.to_owned(), scopes, limit: limit + beside.len(), skip: first };
    let Hits { mut hits, total } = app.search.query(&query).map_err(Error::internal)?;
    beside.retain(|hit| hits.iter().all(|other| other.id != hit.id));
    let total = total + beside.len();
    hits.append(&mut beside);
    hits.sort_by(|one, other| other.score.total_cmp(&one.score));
    Ok((hits.into_iter().skip(skip - first).take(limit).collect(), total))
}

/// The best hits that are not within the scopes, and still the caller's with what they are about.
fn beside(app: &App, ctx: &Ctx, text: &str, scopes: &[(Kind, Scope)]) -> Result<Vec<Hit>, Error> {
    let mut found = Vec::new();
    for (kind, scope) in scopes.iter().filter(|(kind, scope)| permissions::is_listed_by_link(*kind, scope)) {
        let scopes = vec![(*kind, Scope::Everything)];
        let query = search::Query { text: text.to_owned(), scopes, limit: BESIDE_REACH, skip: 0 };
        for hit in app.search.query(&query).map_err(Error::internal)?.hits {
            let Some(record) = records::read(app, *kind, hit.id)? else { continue };
            let (owner, team) = record.responsible();
            if !scope.contains(owner, team) && permissions::is_listed(app, ctx, record.as_ref(), Action::See)?
            {
                found.push(hit);
            }
        }
    }
    Ok(found)
}
