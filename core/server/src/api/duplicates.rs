//! Records that are probably the same one, over the wire.

use super::Topic;
use super::leads::Deleted;
use super::merges::mergeable;
use crate::errors::Fault;
use crate::here::Here;
use model::uuid::Uuid;
use model::{Kind, MATCHED};
use poem_openapi::param::{Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::{Enum, Object, OpenApi};
use services::records::Record;
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

/// Two records that may be the same one.
#[derive(Object)]
pub(crate) struct Pair {
    one: Duplicate,
    other: Duplicate,
}

/// A page of pairs.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct PairList {
    items: Vec<Pair>,
    next: Option<String>,
}

/// Two records that are not the same one.
#[derive(Object)]
#[oai(deny_unknown_fields)]
pub(crate) struct PairNamed {
    /// `lead`, `company` or `contact`.
    entity: String,
    record: String,
    /// Where it is another entity than the first one's.
    other_entity: Option<String>,
    other: String,
}

/// A pair of which somebody said that it is not the same one.
#[derive(Object)]
pub(crate) struct Apart {
    id: String,
    one: Duplicate,
    other: Duplicate,
    at: String,
}

/// Such pairs.
#[derive(Object)]
pub(crate) struct ApartList {
    items: Vec<Apart>,
}

/// Whether a record is made where one is there already that is surely the same: with the same tax id, e-mail or phone.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[oai(rename_all = "snake_case")]
pub(crate) enum OnDuplicate {
    Allow,
    /// The answer is 409, `duplicate`, with `duplicates`.
    Refuse,
}

impl From<OnDuplicate> for duplicates::OnDuplicate {
    fn from(on: OnDuplicate) -> duplicates::OnDuplicate {
        match on {
            OnDuplicate::Allow => duplicates::OnDuplicate::Allow,
            OnDuplicate::Refuse => duplicates::OnDuplicate::Refuse,
        }
    }
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

    /// List pairs that may be the same
    ///
    /// All pairs of an entity, page by page, the surest reasons first; both of them visible to the caller. A page may be
    /// empty and say where to go on.
    #[oai(path = "/duplicates/pairs", method = "get", operation_id = "list_duplicate_pairs")]
    async fn pairs(
        &self,
        here: Here,
        /// `lead`, `company` or `contact`.
        entity: Query<String>,
        /// The `next` of the page before.
        cursor: Query<Option<String>>,
    ) -> Result<Json<PairList>, Fault> {
        let kind = mergeable(&entity.0)?;
        let page = here.deed(move |app, ctx| duplicates::pairs(app, ctx, kind, cursor.0.as_deref())).await?;
        let pair = |pair: &duplicates::Pair| Pair {
            one: one_of(&pair.one, &pair.by),
            other: one_of(&pair.other, &pair.by),
        };
        Ok(Json(PairList { items: page.pairs.iter().map(pair).collect(), next: page.next }))
    }

    /// Say that two records are not the same
    ///
    /// They are not offered as such any more. For those who may change both.
    #[oai(path = "/duplicates/apart", method = "post", operation_id = "set_apart")]
    async fn set_apart(&self, here: Here, pair: Json<PairNamed>) -> Result<Deleted, Fault> {
        let one = named(&pair.0.entity, &pair.0.record)?;
        let other = named(pair.0.other_entity.as_deref().unwrap_or(&pair.0.entity), &pair.0.other)?;
        here.deed(move |app, ctx| duplicates::set_apart(app, ctx, one, other)).await?;
        Ok(Deleted::Deleted)
    }

    /// List pairs that are not the same
    ///
    /// The latest first, at most a hundred.
    #[oai(path = "/duplicates/apart", method = "get", operation_id = "list_apart")]
    async fn apart(
        &self,
        here: Here,
        /// `lead`, `company` or `contact`.
        entity: Query<String>,
    ) -> Result<Json<ApartList>, Fault> {
        let kind = mergeable(&entity.0)?;
        let found = here.deed(move |app, ctx| duplicates::set_apart_of(app, ctx, kind)).await?;
        let apart = |apart: &duplicates::Apart| Apart {
            id: apart.id.to_string(),
            one: one_of(&apart.one, &[]),
            other: one_of(&apart.other, &[]),
            at: apart.said.created_at.to_string(),
        };
        Ok(Json(ApartList { items: found.iter().map(apart).collect() }))
    }

    /// Take back that two records are not the same
    #[oai(path = "/duplicates/apart/:id", method = "delete", operation_id = "compare_again")]
    async fn compare_again(&self, here: Here, id: Path<String>) -> Result<Deleted, Fault> {
        let id = here.id::<Uuid>(&id)?;
        here.deed(move |app, ctx| duplicates::compare_again(app, ctx, id)).await?;
        Ok(Deleted::Deleted)
    }
}

fn answer(found: &duplicates::Duplicate) -> Duplicate {
    one_of(&found.record, &found.by)
}

fn one_of(record: &Record, by: &[model::MatchBy]) -> Duplicate {
    Duplicate {
        entity: record.entity().as_str().to_owned(),
        id: record.about().id.to_string(),
        name: record.name(),
        reasons: by.iter().copied().map(MatchBy::from).collect(),
    }
}

fn named(entity: &str, id: &str) -> Result<(Kind, Uuid), Error> {
    let kind = entity.parse::<Kind>().ok().filter(|kind| MATCHED.contains(kind));
    let kind = kind.ok_or_else(|| Error::invalid("entity", "choice", entity))?;
    Ok((kind, id.parse().map_err(|_| Error::NotFound)?))
}
