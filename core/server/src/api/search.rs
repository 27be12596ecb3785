//! Finding records by any word, over the wire.

use super::Topic;
use super::lead_wire::Lead;
use super::record_wire::{self, Shown};
use crate::errors::Fault;
use crate::here::Here;
use poem_openapi::param::Query;
use poem_openapi::payload::Json;
use poem_openapi::types::Any;
use poem_openapi::{Object, OpenApi};
use services::Error;
use services::search::{self, Everything, FoundRecord};

/// The operations on the search index.
pub(crate) struct Search;

/// What was found, the best first.
#[derive(Object)]
pub(crate) struct FoundList {
    items: Vec<FoundItem>,
    /// On all pages; the index may be some seconds behind.
    total: u64,
}

/// A record that was found.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct FoundItem {
    /// `lead`, `company`, `contact`, `opportunity`, `product` or `activity`.
    entity: String,
    /// Where it is a lead.
    lead: Option<Lead>,
    /// Where it is anything else: as `GET` of its own address answers it.
    record: Option<Shown>,
    /// Where the words stand, when they stand in texts or notes.
    snippet: Option<String>,
}

#[OpenApi(tag = "Topic::Search")]
impl Search {
    /// Search records
    ///
    /// Every word must be found, as it is, in another form, or as a beginning. A whole e-mail address, phone, tax id
    /// or external key comes first.
    #[oai(path = "/search", method = "get", operation_id = "search")]
    async fn records(
        &self,
        here: Here,
        q: Query<String>,
        /// Only records of this entity.
        entity: Query<Option<String>>,
        #[oai(validator(minimum(value = "1"), maximum(value = "30")))] limit: Query<Option<u64>>,
    ) -> Result<Json<FoundList>, Fault> {
        let limit = limit.0.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(search::RESULTS_MAX);
        let kinds = match entity.0 {
            None => search::KINDS.to_vec(),
            Some(code) => {
                let kind = search::KINDS.into_iter().find(|kind| kind.as_str() == code);
                vec![kind.ok_or_else(|| Error::invalid("entity", "choice", code))?]
            }
        };
        here.deed(move |app, ctx| search::everything(app, ctx, &q.0, &kinds, 0, limit))
            .await
            .map(|results| Json(results.into()))
    }
}

impl From<Everything> for FoundList {
    fn from(results: Everything) -> FoundList {
        FoundList {
            items: results.found.into_iter().map(FoundItem::from).collect(),
            total: u64::try_from(results.total).unwrap_or(u64::MAX),
        }
    }
}

impl From<FoundRecord> for FoundItem {
    fn from(found: FoundRecord) -> FoundItem {
        let text = |snippet: services::search::Snippet| {
            snippet.pieces.into_iter().map(|piece| piece.text).collect::<String>()
        };
        let is_lead = found.lead.is_some();
        FoundItem {
            entity: found.record.entity().as_str().to_owned(),
            record: (!is_lead).then(|| Any(record_wire::shown(found.record.as_ref()))),
            lead: found.lead.map(Lead::from),
            snippet: found.snippet.map(text),
        }
    }
}
