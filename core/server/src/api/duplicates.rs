//! Records that are probably the same one, over the wire.

use super::Topic;
use crate::errors::Fault;
use crate::here::Here;
use model::uuid::Uuid;
use model::{Kind, MATCHED};
use poem_openapi::param::Query;
use poem_openapi::payload::Json;
use poem_openapi::{Enum, Object, OpenApi};
use services::{Error, duplicates};

/// The operations on duplicates.
pub(crate) struct Duplicates;

/// Why two records may be the same one.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[oai(rename_all = "snake_case")]
pub(crate) enum MatchBy {
    TaxId,
    Email,
    Phone,
    Name,
    /// Nearly the same name, at the same postcode.
    NearName,
}

super::lead_wire::twins!(MatchBy = MatchBy: TaxId Email Phone Name NearName);

/// A record that may be the same one.
#[derive(Object)]
pub(crate) struct Duplicate {
    /// `lead`, `company` or `contact`.
    entity: String,
    id: String,
    name: String,
    /// The surest reason first.
    reasons: Vec<MatchBy>,
}

/// Those that may be the same one, the surest first.
#[derive(Object)]
pub(crate) struct DuplicateList {
    items: Vec<Duplicate>,
}

#[OpenApi(tag = "Topic::Search")]
impl Duplicates {
    /// List what may be the same record
    ///
    /// Leads, companies and contacts with the same tax id, e-mail, phone or name as this one, or nearly its name at its
    /// postcode; only those that the caller may see, at most ten.
    #[oai(path = "/duplicates", method = "get", operation_id = "list_duplicates")]
    async fn list(
        &self,
        here: Here,
        /// `lead`, `company` or `contact`.
        entity: Query<String>,
        /// The id of the record.
        record: Query<String>,
    ) -> Result<Json<DuplicateList>, Fault> {
        let kind = entity.0.parse::<Kind>().ok().filter(|kind| MATCHED.contains(kind));
        let kind = kind.ok_or_else(|| Error::invalid("entity", "choice", &entity.0))?;
        let id = here.id::<Uuid>(&record)?;
        let found = here.deed(move |app, ctx| duplicates::of(app, ctx, kind, id)).await?;
        Ok(Json(DuplicateList { items: found.iter().map(answer).collect() }))
    }
}

fn answer(found: &duplicates::Duplicate) -> Duplicate {
    Duplicate {
        entity: found.record.entity().as_str().to_owned(),
        id: found.record.about().id.to_string(),
        name: found.record.name(),
        reasons: found.by.iter().copied().map(MatchBy::from).collect(),
    }
}
