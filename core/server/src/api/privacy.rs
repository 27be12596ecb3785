//! Data protection over the wire: everything about a person, and erasing.

use super::Topic;
use crate::errors::Fault;
use crate::here::Here;
use model::LeadId;
use poem_openapi::param::Query;
use poem_openapi::payload::{Attachment, AttachmentType, Json};
use poem_openapi::{ApiResponse, Object, OpenApi};
use services::privacy;

/// The operations on what is kept about people.
pub(crate) struct Privacy;

/// One erasure. Nothing of it says who it was.
#[derive(Object)]
pub(crate) struct Erasure {
    id: String,
    lead: String,
    at: String,
    /// How many notes about it there were.
    notes: u32,
    /// Uploaded files that were deleted with it.
    files: u32,
    /// Whether the journal has been cleaned too; until then it is being done.
    done: bool,
}

/// The erasures, the latest first.
#[derive(Object)]
pub(crate) struct ErasureList {
    items: Vec<Erasure>,
}

/// Whom to erase. It cannot be undone.
#[derive(Object)]
#[oai(deny_unknown_fields)]
pub(crate) struct ErasureOrder {
    /// The lead, also one that was deleted.
    lead: String,
    /// The version that was read.
    version: u64,
    /// What the lead is called, as proof that it is the one that is meant.
    name: String,
}

/// The lead and its notes are empty; the journal is being cleaned.
#[derive(ApiResponse)]
pub(crate) enum Erased {
    #[oai(status = 202)]
    Erasure(Json<Erasure>),
}

#[OpenApi(tag = "Topic::Privacy")]
impl Privacy {
    /// Take along everything about a person
    ///
    /// As a file of JSON: leads, notes, imports and every change.
    #[oai(path = "/privacy/report", method = "get", operation_id = "get_person_report")]
    async fn report(
        &self,
        here: Here,
        /// A whole e-mail address, phone number or tax id.
        q: Query<String>,
    ) -> Result<Attachment<Vec<u8>>, Fault> {
        let file = here.deed(move |app, ctx| privacy::report(app, ctx, &q.0)).await?;
        Ok(Attachment::new(file.bytes).attachment_type(AttachmentType::Attachment).filename(file.name))
    }

    /// List erasures
    #[oai(path = "/privacy/erasures", method = "get", operation_id = "list_erasures")]
    async fn list(&self, here: Here) -> Result<Json<ErasureList>, Fault> {
        let erasures = here.deed(privacy::erasures).await?;
        Ok(Json(ErasureList { items: erasures.into_iter().map(Erasure::from).collect() }))
    }

    /// Erase who a lead is
    #[oai(path = "/privacy/erasures", method = "post", operation_id = "erase_person")]
    async fn erase(&self, here: Here, order: Json<ErasureOrder>) -> Result<Erased, Fault> {
        let ErasureOrder { lead, version, name } = order.0;
        let id: LeadId = here.id(&lead)?;
        let erasure = here.deed(move |app, ctx| privacy::erase(app, ctx, id, version, &name)).await?;
        Ok(Erased::Erasure(Json(erasure.into())))
    }
}

impl From<model::Erasure> for Erasure {
    fn from(erasure: model::Erasure) -> Erasure {
        Erasure {
            id: erasure.meta.id.to_string(),
            lead: erasure.lead.to_string(),
            at: erasure.meta.created_at.to_string(),
            notes: erasure.notes,
            files: erasure.files,
            done: erasure.is_done,
        }
    }
}
