//! Several records become one, and back again, over the wire.

use super::Topic;
use crate::errors::Fault;
use crate::facts::API_PREFIX;
use crate::here::Here;
use model::Kind;
use model::uuid::Uuid;
use poem_openapi::param::{Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, Object, OpenApi};
use services::merges::{self, MergeDraft};
use services::{App, Ctx, Error};
use std::collections::{BTreeMap, HashMap};

/// The operations on merges.
pub(crate) struct Merges;

/// Several records that become one.
#[derive(Object)]
#[oai(deny_unknown_fields)]
pub(crate) struct MergeCreate {
    /// `lead`, `company` or `contact`.
    entity: String,
    /// The id of the one that stays.
    survivor: String,
    /// The ids of those that become a part of it: one to four.
    others: Vec<String>,
    /// The versions they had when somebody looked at them, by id; a stale one is 409. Those that are not here may have any.
    versions: Option<HashMap<String, u64>>,
    /// By field the id of the record whose value stays. The others keep the value that there is; where several have
    /// different ones, that of the record that was changed last. An address stays whole: `address`, `postcode`, `town`,
    /// `zone` and `country` come from one record, the one named for any of them, or the one with most of them.
    take: Option<HashMap<String, String>>,
}

/// A merge.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct Merge {
    id: String,
    entity: String,
    at: String,
    /// The id of the user who did it.
    by: Option<String>,
    /// The one that stayed.
    survivor: String,
    /// The one that answers for the others now: who stayed, or what that became a part of later.
    answers: String,
    absorbed: Vec<String>,
    /// Keys in other systems that find the one that answers.
    keys: Vec<String>,
    /// Fields whose value came from another than who stayed; the first ones of many.
    taken: Vec<String>,
    /// Records that belonged to the others and were moved.
    moved: u32,
    /// Until when it can be undone.
    undo_until: String,
    /// What came of undoing it.
    undone: Option<Unmerge>,
}

/// What came of undoing a merge.
#[derive(Object)]
pub(crate) struct Unmerge {
    at: String,
    /// Records that belong again where they belonged before.
    moved: u32,
    /// What could not be as before; the first ones of many.
    left: Vec<Left>,
    left_count: u32,
}

/// Something that undoing left as it is.
#[derive(Object)]
pub(crate) struct Left {
    /// The id of the record it is about.
    record: String,
    field: String,
    /// `changed_since`, `taken` or `gone`.
    why: String,
}

/// Merges.
#[derive(Object)]
pub(crate) struct MergeList {
    items: Vec<Merge>,
}

/// A new merge and where it is.
#[derive(ApiResponse)]
pub(crate) enum CreatedMerge {
    #[oai(status = 201)]
    Merge(Json<Merge>, #[oai(header = "Location")] String),
}

#[OpenApi(tag = "Topic::Search")]
impl Merges {
    /// Merge records
    ///
    /// Makes one of two to five leads, companies or contacts, in one step: what belongs to the others moves to the one
    /// that stays, tags and consents are united, and their keys in other systems go on finding it. For those who may
    /// change the one that stays and delete the others. Asking for one that is no more is answered with 404, `merged`, and
    /// `merged_into`.
    #[oai(path = "/merges", method = "post", operation_id = "merge_records")]
    async fn create(&self, here: Here, merge: Json<MergeCreate>) -> Result<CreatedMerge, Fault> {
        let kind = mergeable(&merge.0.entity)?;
        let draft = draft_of(merge.0)?;
        let merge = here.deed(move |app, ctx| merges::merge(app, ctx, kind, &draft)).await?;
        let location = format!("{API_PREFIX}/merges/{}", merge.meta.id);
        Ok(CreatedMerge::Merge(Json(merge.into()), location))
    }

    /// List the merges of a record
    ///
    /// Those it came out of or went into, the latest first.
    #[oai(path = "/merges", method = "get", operation_id = "list_merges")]
    async fn list(
        &self,
        here: Here,
        /// `lead`, `company` or `contact`.
        entity: Query<String>,
        /// The id of the record.
        record: Query<String>,
    ) -> Result<Json<MergeList>, Fault> {
        let kind = mergeable(&entity.0)?;
        let id = here.id::<Uuid>(&record)?;
        let found = here.deed(move |app, ctx| merges::of(app, ctx, kind, id)).await?;
        Ok(Json(MergeList { items: found.into_iter().map(Merge::from).collect() }))
    }

    /// Read a merge
    #[oai(path = "/merges/:id", method = "get", operation_id = "get_merge")]
    async fn get(&self, here: Here, id: Path<String>) -> Result<Json<Merge>, Fault> {
        let id = here.id::<Uuid>(&id)?;
        here.deed(move |app, ctx| merges::get(app, ctx, id)).await.map(|merge| Json(merge.into()))
    }

    /// Undo a merge
    ///
    /// Within 30 days. Those that went are there again as they were; what was moved and still belongs to the one that
    /// stayed goes back; that one has its former values where nobody changed them since. `undone` tells what could not be
    /// as before.
    #[oai(path = "/merges/:id", method = "delete", operation_id = "undo_merge")]
    async fn undo(&self, here: Here, id: Path<String>) -> Result<Json<Merge>, Fault> {
        let id = here.id::<Uuid>(&id)?;
        let undone = here.deed(move |app: &App, ctx: &Ctx| merges::undo(app, ctx, id));
        undone.await.map(|merge| Json(merge.into()))
    }
}

/// The entity by its code.
pub(super) fn mergeable(code: &str) -> Result<Kind, Error> {
    let kind = code.parse::<Kind>().ok().filter(|kind| merges::is_mergeable(*kind));
    kind.ok_or_else(|| Error::invalid("entity", "choice", code))
}

fn draft_of(sent: MergeCreate) -> Result<MergeDraft, Error> {
    let id =
        |field: &str, text: &str| text.parse::<Uuid>().map_err(|_| Error::invalid(field, "choice", text));
    let mut take = BTreeMap::new();
    for (field, text) in sent.take.unwrap_or_default() {
        take.insert(field.clone(), id(&format!("take.{field}"), &text)?);
    }
    let mut versions = BTreeMap::new();
    for (text, version) in sent.versions.unwrap_or_default() {
        versions.insert(id("versions", &text)?, version);
    }
    Ok(MergeDraft {
        survivor: id("survivor", &sent.survivor)?,
        others: sent.others.iter().map(|text| id("others", text)).collect::<Result<_, _>>()?,
        versions,
        take,
    })
}

impl From<model::Merge> for Merge {
    fn from(merge: model::Merge) -> Merge {
        let texts = |ids: &[Uuid]| ids.iter().map(Uuid::to_string).collect();
        Merge {
            id: merge.meta.id.to_string(),
            entity: merge.entity.as_str().to_owned(),
            at: merge.meta.created_at.to_string(),
            by: merge.meta.created_by.user.map(|user| user.to_string()),
            survivor: merge.survivor.to_string(),
            answers: merge.answers.to_string(),
            absorbed: texts(&merge.absorbed),
            undo_until: merge.undo_until().to_string(),
            keys: merge.keys,
            taken: merge.taken,
            moved: merge.moved,
            undone: merge.undone.map(Unmerge::from),
        }
    }
}

impl From<model::Unmerge> for Unmerge {
    fn from(undone: model::Unmerge) -> Unmerge {
        let left = |left: model::Left| Left {
            record: left.record.to_string(),
            field: left.field,
            why: left.why.as_str().to_owned(),
        };
        Unmerge {
            at: undone.at.to_string(),
            moved: undone.moved,
            left: undone.left.into_iter().map(left).collect(),
            left_count: undone.left_count,
        }
    }
}
