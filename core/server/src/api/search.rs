//! Finding leads by any word, over the wire.

use super::Topic;
use super::lead_wire::Lead;
use crate::errors::Fault;
use crate::here::Here;
use poem_openapi::param::Query;
use poem_openapi::payload::Json;
use poem_openapi::{Object, OpenApi};
use services::search::{self, Found, Results};

/// The operations on the search index.
pub(crate) struct Search;

/// What was found, the best first.
#[derive(Object)]
pub(crate) struct FoundList {
    items: Vec<FoundLead>,
    /// On all pages; the index may be some seconds behind.
    total: u64,
}

/// A lead that was found.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct FoundLead {
    lead: Lead,
    /// Where the words stand, when they stand in texts or notes.
    snippet: Option<String>,
}

#[OpenApi(tag = "Topic::Search")]
impl Search {
    /// Search leads
    ///
    /// Every word must be found, as it is, in another form, or as a beginning. A whole e-mail address, phone, tax id
    /// or external key comes first.
    #[oai(path = "/search", method = "get", operation_id = "search_leads")]
    async fn leads(
        &self,
        here: Here,
        q: Query<String>,
        #[oai(validator(minimum(value = "1"), maximum(value = "30")))] limit: Query<Option<u64>>,
    ) -> Result<Json<FoundList>, Fault> {
        let limit = limit.0.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(search::RESULTS_MAX);
        here.deed(move |app, ctx| search::leads(app, ctx, &q.0, 0, limit))
            .await
            .map(|results| Json(results.into()))
    }
}

impl From<Results> for FoundList {
    fn from(results: Results) -> FoundList {
        FoundList {
            items: results.found.into_iter().map(FoundLead::from).collect(),
            total: u64::try_from(results.total).unwrap_or(u64::MAX),
        }
    }
}

impl From<Found> for FoundLead {
    fn from(found: Found) -> FoundLead {
        let text = |snippet: services::search::Snippet| {
            snippet.pieces.into_iter().map(|piece| piece.text).collect::<String>()
        };
        FoundLead { lead: found.lead.into(), snippet: found.snippet.map(text) }
    }
}
