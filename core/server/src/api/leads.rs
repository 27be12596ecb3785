//! The operations on leads: each parses, calls one deed and answers.

use super::Topic;
use super::assignment_wire::Assignment;
use super::duplicates::OnDuplicate;
use super::lead_wire::{
    ArchivedChange, Lead, LeadChange, LeadCreate, LeadList, LeadStatus, Note, NoteCreate, OwnerChange,
    Scored, StatusChange,
};
use super::own_wire;
use super::timeline::{self, Timeline};
use super::versions::{Wanted, etag};
use crate::errors::Fault;
use crate::facts::API_PREFIX;
use crate::here::Here;
use model::jiff::civil::Date;
use model::{LeadId, LeadSort, Source};
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, Enum, OpenApi};
use services::fields::ReadValues;
use services::leads::{self, Direction, LeadQuery, OwnerFilter};
use services::timelines::{self, Sort as TimelineSort};
use services::{App, Ctx, Error, LeadDraft, assignment_rules};

/// The operations on leads.
pub(crate) struct Leads;

/// A lead with its version.
#[derive(ApiResponse)]
pub(crate) enum LeadAnswer {
    #[oai(status = 200)]
    Lead(Json<Lead>, #[oai(header = "ETag")] String),
}

/// A new lead, where it is and its version.
#[derive(ApiResponse)]
pub(crate) enum CreatedLead {
    #[oai(status = 201)]
    Lead(Json<Lead>, #[oai(header = "Location")] String, #[oai(header = "ETag")] String),
}

/// A new note.
#[derive(ApiResponse)]
pub(crate) enum CreatedNote {
    #[oai(status = 201)]
    Note(Json<Note>),
}

/// It is gone.
#[derive(ApiResponse)]
pub(crate) enum Deleted {
    #[oai(status = 204)]
    Deleted,
}

/// By what a list is ordered.
#[derive(Enum, Clone, Copy)]
#[oai(rename_all = "snake_case")]
pub(crate) enum Sort {
    Created,
    Name,
    Amount,
    /// By the points of the scoring rules.
    Score,
}

/// In which direction.
#[derive(Enum, Clone, Copy)]
#[oai(rename_all = "snake_case")]
pub(crate) enum Order {
    Ascending,
    Descending,
}

/// Keys of other systems are identifiers, not documents.
const IDEMPOTENCY_KEY_CHARACTERS_MAX: usize = 100;

#[OpenApi(tag = "Topic::Leads")]
impl Leads {
    /// List leads
    ///
    /// The newest first, unless `sort` and `order` say otherwise. Pages follow each other by `cursor`.
    #[oai(path = "/leads", method = "get", operation_id = "list_leads")]
    #[allow(clippy::too_many_arguments)] // One argument a query parameter is how the document is made.
    async fn list(
        &self,
        here: Here,
        status: Query<Option<LeadStatus>>,
        /// The id of a user, or `nobody`.
        owner: Query<Option<String>>,
        /// The key of a value of the company's list `sources`.
        source: Query<Option<String>>,
        /// A day (`2026-11-23`) in the company's time zone; created then or later.
        created_from: Query<Option<String>>,
        /// A day; created then or earlier.
        created_to: Query<Option<String>>,
        /// Conditions as text, like the `filter` of the page's address: `status:any:new,assigned;amount:at-least:5000`.
        /// `;` is and, `|` is or. What follows the second colon are values with commas between them.
        filter: Query<Option<String>>,
        sort: Query<Option<Sort>>,
        order: Query<Option<Order>>,
        cursor: Query<Option<String>>,
        #[oai(validator(minimum(value = "1"), maximum(value = "100")))] limit: Query<Option<u64>>,
    ) -> Result<Json<LeadList>, Fault> {
        let query = LeadQuery {
            status: status.0.map(Into::into),
            owner: owner.0.as_deref().map(owner_filter).transpose()?,
            source: source.0.as_deref().map(source_of).transpose()?,
            created_from: created_from.0.as_deref().map(|day| date("created_from", day)).transpose()?,
            created_to: created_to.0.as_deref().map(|day| date("created_to", day)).transpose()?,
            filter: filter.0.as_deref().unwrap_or_default().parse().map_err(Error::Invalid)?,
            sort: sort.0.map(Into::into).unwrap_or_default(),
            direction: order.0.map_or(Direction::Backward, Into::into),
            cursor: cursor.0,
            limit: limit
                .0
                .and_then(|limit| usize::try_from(limit).ok())
                .unwrap_or(LeadQuery::default().limit),
        };
        here.deed(move |app, ctx| {
            let page = leads::list(app, ctx, &query)?;
            let values = ReadValues::now(app, ctx.at);
            let items = page.leads.into_iter().map(|lead| Scored::of(&values, lead).into()).collect();
            Ok(Json(LeadList { items, next: page.next }))
        })
        .await
    }

    /// Create a lead
    ///
    /// It is assigned at once. With an `Idempotency-Key` a repeated call answers with the lead of the first.
    #[oai(path = "/leads", method = "post", operation_id = "create_lead")]
    async fn create(
        &self,
        here: Here,
        /// Names this call; up to 100 characters. Kept for good.
        #[oai(name = "Idempotency-Key")]
        idempotency_key: Header<Option<String>>,
        /// `refuse`: not where a lead, company or contact that the caller sees has the same tax id, e-mail or phone; the
        /// answer is 409 with them. Otherwise it is made.
        duplicates: Query<Option<OnDuplicate>>,
        mut lead: Json<LeadCreate>,
    ) -> Result<CreatedLead, Fault> {
        let key = checked_key(idempotency_key.0)?;
        let on = duplicates.0.map(Into::into).unwrap_or_default();
        let custom = lead.0.custom.take();
        let mut draft = LeadDraft::from(lead.0);
        let lead = here
            .deed(move |app, ctx| {
                draft.custom = own_wire::typed(&app.frame(), model::Kind::Lead, custom)?;
                let lead = leads::create_unless(app, ctx, &draft, key.as_deref(), on)?;
                Ok(Lead::from(Scored::now(app, ctx, lead)))
            })
            .await?;
        let (location, tag) = (format!("{API_PREFIX}/leads/{}", lead.id), etag(lead.version));
        Ok(CreatedLead::Lead(Json(lead), location, tag))
    }

    /// Read a lead
    #[oai(path = "/leads/:id", method = "get", operation_id = "get_lead")]
    async fn get(&self, here: Here, id: Path<String>) -> Result<LeadAnswer, Fault> {
        let id: LeadId = here.id(&id)?;
        let read = move |app: &App, ctx: &Ctx| Ok(Scored::now(app, ctx, leads::get(app, ctx, id)?));
        here.deed(read).await.map(answer)
    }

    /// Change a lead
    #[oai(path = "/leads/:id", method = "patch", operation_id = "change_lead")]
    async fn change(
        &self,
        here: Here,
        id: Path<String>,
        #[oai(name = "If-Match")] if_match: Header<Option<String>>,
        mut change: Json<LeadChange>,
    ) -> Result<LeadAnswer, Fault> {
        let id: LeadId = here.id(&id)?;
        let wanted = Wanted::of(if_match.0.as_deref(), change.version)?;
        let done = here.deed(move |app, ctx| {
            let stored = leads::get(app, ctx, id)?;
            let frame = app.frame();
            let mut draft = LeadDraft::of(&stored, &frame);
            // Own fields that are not there are not asked.
            draft.custom = own_wire::typed(&frame, model::Kind::Lead, change.0.custom.take())?;
            change.0.apply(&mut draft);
            Ok(leads::update(app, ctx, id, wanted.version(stored.meta.version), &draft)
                .map(|lead| Scored::now(app, ctx, lead)))
        });
        done.await?.map(answer).map_err(|error| wanted.fault(error))
    }

    /// Delete a lead
    ///
    /// With its notes. What it was stays in the journal.
    #[oai(path = "/leads/:id", method = "delete", operation_id = "delete_lead")]
    async fn delete(
        &self,
        here: Here,
        id: Path<String>,
        /// The version that is deleted, unless `If-Match` says it.
        version: Query<Option<u64>>,
        #[oai(name = "If-Match")] if_match: Header<Option<String>>,
    ) -> Result<Deleted, Fault> {
        let id: LeadId = here.id(&id)?;
        let wanted = Wanted::of(if_match.0.as_deref(), version.0)?;
        let done = here.deed(move |app, ctx| {
            let stored = leads::get(app, ctx, id)?;
            Ok(leads::delete(app, ctx, id, wanted.version(stored.meta.version)))
        });
        done.await?.map(|()| Deleted::Deleted).map_err(|error| wanted.fault(error))
    }

    /// Move a lead along
    #[oai(path = "/leads/:id/status", method = "put", operation_id = "set_lead_status")]
    async fn set_status(
        &self,
        here: Here,
        id: Path<String>,
        #[oai(name = "If-Match")] if_match: Header<Option<String>>,
        change: Json<StatusChange>,
    ) -> Result<LeadAnswer, Fault> {
        let id: LeadId = here.id(&id)?;
        let wanted = Wanted::of(if_match.0.as_deref(), change.version)?;
        let (status, reason) = (change.status.into(), change.0.reason.unwrap_or_default());
        let done = here.deed(move |app, ctx| {
            let version = wanted.version(leads::get(app, ctx, id)?.meta.version);
            Ok(leads::set_status(app, ctx, id, version, status, &reason)
                .map(|lead| Scored::now(app, ctx, lead)))
        });
        done.await?.map(answer).map_err(|error| wanted.fault(error))
    }

    /// Give a lead to somebody
    #[oai(path = "/leads/:id/owner", method = "put", operation_id = "set_lead_owner")]
    async fn set_owner(
        &self,
        here: Here,
        id: Path<String>,
        #[oai(name = "If-Match")] if_match: Header<Option<String>>,
        change: Json<OwnerChange>,
    ) -> Result<LeadAnswer, Fault> {
        let id: LeadId = here.id(&id)?;
        let wanted = Wanted::of(if_match.0.as_deref(), change.version)?;
        let owner = change.owner.parse().map_err(|_| Error::invalid("owner", "choice", &change.owner))?;
        let done = here.deed(move |app, ctx| {
            let version = wanted.version(leads::get(app, ctx, id)?.meta.version);
            Ok(leads::assign(app, ctx, id, version, owner).map(|lead| Scored::now(app, ctx, lead)))
        });
        done.await?.map(answer).map_err(|error| wanted.fault(error))
    }

    /// Archive a lead, or restore it
    #[oai(path = "/leads/:id/archived", method = "put", operation_id = "set_lead_archived")]
    async fn set_archived(
        &self,
        here: Here,
        id: Path<String>,
        #[oai(name = "If-Match")] if_match: Header<Option<String>>,
        change: Json<ArchivedChange>,
    ) -> Result<LeadAnswer, Fault> {
        let id: LeadId = here.id(&id)?;
        let wanted = Wanted::of(if_match.0.as_deref(), change.version)?;
        let archived = change.archived;
        let done = here.deed(move |app, ctx| {
            let version = wanted.version(leads::get(app, ctx, id)?.meta.version);
            Ok(leads::set_archived(app, ctx, id, version, archived).map(|lead| Scored::now(app, ctx, lead)))
        });
        done.await?.map(answer).map_err(|error| wanted.fault(error))
    }

    /// Read why a lead is whose it is
    #[oai(path = "/leads/:id/assignment", method = "get", operation_id = "get_lead_assignment")]
    async fn assignment(&self, here: Here, id: Path<String>) -> Result<Json<Assignment>, Fault> {
        let id: LeadId = here.id(&id)?;
        let read = move |app: &App, ctx: &Ctx| {
            Ok((leads::get(app, ctx, id)?, assignment_rules::explanations(app, ctx, id)?))
        };
        let (lead, explanations) = here.deed(read).await?;
        let assignment = lead.assignment.ok_or_else(Fault::not_found)?;
        Ok(Json(Assignment::of(assignment, lead.owner, explanations)))
    }

    /// Add a note to a lead
    #[oai(path = "/leads/:id/notes", method = "post", operation_id = "add_lead_note")]
    async fn add_note(
        &self,
        here: Here,
        id: Path<String>,
        note: Json<NoteCreate>,
    ) -> Result<CreatedNote, Fault> {
        let id: LeadId = here.id(&id)?;
        let note = here.deed(move |app, ctx| leads::add_note(app, ctx, id, &note.0.text)).await?;
        Ok(CreatedNote::Note(Json(note.into())))
    }

    /// Read what happened to a lead
    #[oai(path = "/leads/:id/timeline", method = "get", operation_id = "get_lead_timeline")]
    async fn timeline(
        &self,
        here: Here,
        id: Path<String>,
        /// The `next` of the page before: older changes only.
        before: Query<Option<u64>>,
        show: Query<Option<timeline::Shown>>,
    ) -> Result<Json<Timeline>, Fault> {
        let id: LeadId = here.id(&id)?;
        let sort = show.0.map_or_else(TimelineSort::default, TimelineSort::from);
        let page =
            move |app: &App, ctx: &Ctx| timelines::page(app, ctx, model::Kind::Lead, id.0, before.0, sort);
        here.deed(page).await.map(|page| Json(Timeline::of(page)))
    }
}

/// The name of a call, where it has one.
pub(crate) fn checked_key(key: Option<String>) -> Result<Option<String>, Fault> {
    match key {
        Some(key) if key.is_empty() || key.len() > IDEMPOTENCY_KEY_CHARACTERS_MAX => {
            Err(Fault::bad_request("an Idempotency-Key has 1 to 100 characters"))
        }
        key => Ok(key),
    }
}

pub(super) fn answer(lead: impl Into<Lead>) -> LeadAnswer {
    let lead = lead.into();
    let tag = etag(lead.version);
    LeadAnswer::Lead(Json(lead), tag)
}

fn source_of(key: &str) -> Result<Source, Fault> {
    Source::from_code(key).ok_or_else(|| Error::invalid("source", "choice", key).into())
}

fn owner_filter(text: &str) -> Result<OwnerFilter, Error> {
    match text {
        "nobody" => Ok(OwnerFilter::Nobody),
        id => id.parse().map(OwnerFilter::Person).map_err(|_| Error::invalid("owner", "choice", id)),
    }
}

fn date(field: &str, text: &str) -> Result<Date, Error> {
    text.parse().map_err(|_| Error::invalid(field, "date-form", text))
}

impl From<Sort> for LeadSort {
    fn from(sort: Sort) -> LeadSort {
        match sort {
            Sort::Created => LeadSort::Created,
            Sort::Name => LeadSort::Name,
            Sort::Amount => LeadSort::Amount,
            Sort::Score => LeadSort::Score,
        }
    }
}

impl From<Order> for Direction {
    fn from(order: Order) -> Direction {
        match order {
            Order::Ascending => Direction::Forward,
            Order::Descending => Direction::Backward,
        }
    }
}
