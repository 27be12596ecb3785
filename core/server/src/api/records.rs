//! The operations on companies, contacts, opportunities, products and activities: one code for all, which the document shows as
//! operations of each (`record_document`).

use super::Topic;
use super::duplicates::OnDuplicate;
use super::lead_wire::NoteCreate;
use super::leads::{CreatedNote, Deleted, Order, checked_key};
use super::record_wire::{self, Shown, Typed};
use super::timeline::{self, Timeline};
use super::versions::{Wanted, etag};
use crate::errors::Fault;
use crate::facts::API_PREFIX;
use crate::here::Here;
use model::Kind;
use model::json::{Map, Value};
use model::uuid::Uuid;
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::{Attachment, AttachmentType, Json};
use poem_openapi::types::Any;
use poem_openapi::{ApiResponse, OpenApi};
use services::Error;
use services::leads::Direction;
use services::records::{self, Archived};
use services::timelines::{self, Sort};

/// The operations on records of these entities.
pub(crate) struct Records;

/// A record with its version.
#[derive(ApiResponse)]
pub(crate) enum RecordAnswer {
    #[oai(status = 200)]
    Record(Json<Shown>, #[oai(header = "ETag")] String),
}

/// A new record, where it is and its version.
#[derive(ApiResponse)]
pub(crate) enum CreatedRecord {
    #[oai(status = 201)]
    Record(Json<Shown>, #[oai(header = "Location")] String, #[oai(header = "ETag")] String),
}

#[OpenApi(tag = "Topic::Records")]
impl Records {
    /// List records
    ///
    /// The newest first, unless `sort` and `order` say otherwise. Pages follow each other by `cursor`. Archived ones are
    /// left out unless the filter speaks of `archived`.
    #[oai(path = "/:entity", method = "get", operation_id = "list_records")]
    #[allow(clippy::too_many_arguments)] // One argument a query parameter is how the document is made.
    async fn list(
        &self,
        here: Here,
        entity: Path<String>,
        /// Conditions as text, like the `filter` of the page's address: `town:is:Olot;created_at:last-days:30`.
        /// `;` is and, `|` is or. What follows the second colon are values with commas between them.
        filter: Query<Option<String>>,
        /// `created_at`, or a field that the list of the page can be sorted by.
        sort: Query<Option<String>>,
        order: Query<Option<Order>>,
        cursor: Query<Option<String>>,
        #[oai(validator(minimum(value = "1"), maximum(value = "100")))] limit: Query<Option<u64>>,
    ) -> Result<Json<Shown>, Fault> {
        let kind = records::kind_of(&entity.0)?;
        let usual = records::Query::default();
        let sort = sort.0.unwrap_or(usual.sort.clone());
        let known = records::shape_of(kind)?.sorts;
        if sort != model::CREATED && !known.contains(&sort.as_str()) {
            return Err(Error::invalid("sort", "choice", sort).into());
        }
        let query = records::Query {
            filter: filter.0.as_deref().unwrap_or_default().parse().map_err(Error::Invalid)?,
            sort,
            direction: order.0.map_or(Direction::Backward, Into::into),
            cursor: cursor.0,
            limit: limit.0.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(usual.limit),
        };
        let page = here.deed(move |app, ctx| records::list(app, ctx, kind, &query)).await?;
        let items = page.records.iter().map(|record| Value::Object(record_wire::shown(record.as_ref())));
        let mut list = Map::new();
        list.insert("items".to_owned(), items.collect());
        if let Some(next) = page.next {
            list.insert("next".to_owned(), Value::String(next));
        }
        Ok(Json(Any(list)))
    }

    /// Create a record
    ///
    /// With an `Idempotency-Key` a repeated call answers with the record of the first.
    #[oai(path = "/:entity", method = "post", operation_id = "create_record")]
    async fn create(
        &self,
        here: Here,
        entity: Path<String>,
        /// Names this call; up to 100 characters. Kept for good.
        #[oai(name = "Idempotency-Key")]
        idempotency_key: Header<Option<String>>,
        /// `refuse`: not where a lead, company or contact that the caller sees has the same tax id, e-mail or phone; the
        /// answer is 409 with them. Otherwise it is made. Of companies and contacts alone.
        duplicates: Query<Option<OnDuplicate>>,
        record: Json<Typed>,
    ) -> Result<CreatedRecord, Fault> {
        let kind = records::kind_of(&entity.0)?;
        let key = checked_key(idempotency_key.0)?;
        let on = duplicates.0.map(Into::into).unwrap_or_default();
        let record = here
            .deed(move |app, ctx| {
                let sent = record_wire::typed(&app.frame(), kind, record.0.0)?;
                records::create_unless(app, ctx, kind, &sent.draft, key.as_deref(), on)
            })
            .await?;
        let meta = record.about();
        let (location, tag) = (format!("{API_PREFIX}/{}/{}", entity.0, meta.id), etag(meta.version));
        Ok(CreatedRecord::Record(Json(Any(record_wire::shown(record.as_ref()))), location, tag))
    }

    /// Read a record
    #[oai(path = "/:entity/:id", method = "get", operation_id = "get_record")]
    async fn get(&self, here: Here, entity: Path<String>, id: Path<String>) -> Result<RecordAnswer, Fault> {
        let (kind, id) = about(&here, &entity, &id)?;
        here.deed(move |app, ctx| records::get(app, ctx, kind, id)).await.map(answer)
    }

    /// Change a record
    ///
    /// Fields that are not sent stay; `null` empties one. `archived` puts it away or brings it back.
    #[oai(path = "/:entity/:id", method = "patch", operation_id = "change_record")]
    async fn change(
        &self,
        here: Here,
        entity: Path<String>,
        id: Path<String>,
        #[oai(name = "If-Match")] if_match: Header<Option<String>>,
        change: Json<Typed>,
    ) -> Result<RecordAnswer, Fault> {
        let (kind, id) = about(&here, &entity, &id)?;
        let frame = here.state.app.frame();
        let sent = record_wire::typed(&frame, kind, change.0.0)?;
        let wanted = Wanted::of(if_match.0.as_deref(), sent.version)?;
        let done = here.deed(move |app, ctx| {
            let stored = records::get(app, ctx, kind, id)?;
            let version = wanted.version(stored.about().version);
            let is_only_archived = sent.draft.0.is_empty() && sent.archived.is_some();
            let mut changed = if is_only_archived {
                Ok(stored)
            } else {
                records::update(app, ctx, kind, id, version, &sent.draft)
            };
            if let (Ok(record), Some(archived)) = (&changed, sent.archived) {
                let version = if is_only_archived { version } else { record.about().version };
                let archived = if archived { Archived::Yes } else { Archived::No };
                changed = records::set_archived(app, ctx, kind, id, version, archived);
            }
            Ok(changed)
        });
        done.await?.map(answer).map_err(|error| wanted.fault(error))
    }

    /// Delete a record
    ///
    /// With its notes. Refused while other records belong to it. What it was stays in the journal.
    #[oai(path = "/:entity/:id", method = "delete", operation_id = "delete_record")]
    async fn delete(
        &self,
        here: Here,
        entity: Path<String>,
        id: Path<String>,
        /// The version that is deleted, unless `If-Match` says it.
        version: Query<Option<u64>>,
        #[oai(name = "If-Match")] if_match: Header<Option<String>>,
    ) -> Result<Deleted, Fault> {
        let (kind, id) = about(&here, &entity, &id)?;
        let wanted = Wanted::of(if_match.0.as_deref(), version.0)?;
        let done = here.deed(move |app, ctx| {
            let stored = records::get(app, ctx, kind, id)?;
            Ok(records::delete(app, ctx, kind, id, wanted.version(stored.about().version)))
        });
        done.await?.map(|()| Deleted::Deleted).map_err(|error| wanted.fault(error))
    }

    /// Read a record as a card
    ///
    /// vCard 3.0, for phones and mail programs: names, phones, e-mail addresses and addresses; no notes.
    #[oai(path = "/:entity/:id/card", method = "get", operation_id = "get_record_card")]
    async fn card(
        &self,
        here: Here,
        entity: Path<String>,
        id: Path<String>,
    ) -> Result<Attachment<Vec<u8>>, Fault> {
        let (kind, id) = about(&here, &entity, &id)?;
        let file = here.deed(move |app, ctx| records::card(app, ctx, kind, id)).await?;
        Ok(Attachment::new(file.bytes).attachment_type(AttachmentType::Attachment).filename(file.name))
    }

    /// Add a note to a record
    #[oai(path = "/:entity/:id/notes", method = "post", operation_id = "add_record_note")]
    async fn add_note(
        &self,
        here: Here,
        entity: Path<String>,
        id: Path<String>,
        note: Json<NoteCreate>,
    ) -> Result<CreatedNote, Fault> {
        let (kind, id) = about(&here, &entity, &id)?;
        let note = here.deed(move |app, ctx| records::add_note(app, ctx, kind, id, &note.0.text)).await?;
        Ok(CreatedNote::Note(Json(note.into())))
    }

    /// Read what happened to a record
    ///
    /// And to the records that belong to it.
    #[oai(path = "/:entity/:id/timeline", method = "get", operation_id = "get_record_timeline")]
    async fn timeline(
        &self,
        here: Here,
        entity: Path<String>,
        id: Path<String>,
        /// The `next` of the page before: older changes only.
        before: Query<Option<u64>>,
        show: Query<Option<timeline::Shown>>,
    ) -> Result<Json<Timeline>, Fault> {
        let (kind, id) = about(&here, &entity, &id)?;
        let sort = show.0.map_or_else(Sort::default, Sort::from);
        let page = here.deed(move |app, ctx| timelines::page(app, ctx, kind, id, before.0, sort)).await?;
        Ok(Json(Timeline::of(page)))
    }
}

/// The entity that a path is about, and which of its records.
fn about(here: &Here, entity: &Path<String>, id: &Path<String>) -> Result<(Kind, Uuid), Fault> {
    Ok((records::kind_of(&entity.0)?, here.id(&id.0)?))
}

pub(super) fn answer(record: records::Record) -> RecordAnswer {
    let tag = etag(record.about().version);
    RecordAnswer::Record(Json(Any(record_wire::shown(record.as_ref()))), tag)
}
