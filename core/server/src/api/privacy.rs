//! Data protection over the wire: everything about a person, and erasing.

use super::Topic;
use crate::errors::Fault;
use crate::here::{Here, stream};
use model::Kind;
use poem::Body;
use poem_openapi::param::{Path, Query};
use poem_openapi::payload::{Attachment, AttachmentType, Json};
use poem_openapi::{ApiResponse, Enum, Object, OpenApi};
use services::{App, Ctx, privacy};

/// The operations on what is kept about people.
pub(crate) struct Privacy;

/// Whom records are about.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[oai(rename_all = "snake_case")]
pub(crate) enum Subject {
    Lead,
    Contact,
    Company,
    /// Only whom it went to and who accepted it.
    Quote,
    /// Only a question that a client asked on the page of a quote.
    Activity,
}

impl Subject {
    fn of(kind: Kind) -> Subject {
        match kind {
            Kind::Contact => Subject::Contact,
            Kind::Company => Subject::Company,
            Kind::Quote => Subject::Quote,
            Kind::Activity => Subject::Activity,
            _ => Subject::Lead,
        }
    }

    fn kind(self) -> Kind {
        match self {
            Subject::Lead => Kind::Lead,
            Subject::Contact => Kind::Contact,
            Subject::Company => Kind::Company,
            Subject::Quote => Kind::Quote,
            Subject::Activity => Kind::Activity,
        }
    }
}

/// One erasure. Nothing of it says who it was.
#[derive(Object)]
pub(crate) struct Erasure {
    id: String,
    entity: Subject,
    /// The record, which stays without saying who it was.
    record: String,
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
    entity: Subject,
    /// The record, also one that was deleted.
    record: String,
    /// The version that was read.
    version: u64,
    /// What the record is called, as proof that it is the one that is meant.
    name: String,
}

/// The record, its notes and its consents are empty; the journal is being cleaned.
#[derive(ApiResponse)]
pub(crate) enum Erased {
    #[oai(status = 202)]
    Erasure(Json<Erasure>),
}

/// It is gone.
#[derive(ApiResponse)]
pub(crate) enum Forgotten {
    #[oai(status = 204)]
    Gone,
}

#[OpenApi(tag = "Topic::Privacy")]
impl Privacy {
    /// Take along everything about a person
    ///
    /// As a file of JSON: leads, contacts and companies, with their notes, consents, opportunities, quotes, documents,
    /// imports and every change; what they sent by web forms and did not confirm yet; quotes that went to their address; and
    /// what they asked about quotes.
    #[oai(path = "/privacy/report", method = "get", operation_id = "get_person_report")]
    async fn report(
        &self,
        here: Here,
        /// A whole e-mail address, phone number or tax id; or a name, together with `only`.
        q: Query<String>,
        /// The id of one record: nothing of the others.
        only: Query<Option<String>>,
    ) -> Result<Attachment<Vec<u8>>, Fault> {
        let only = only.0.map(|id| here.id(&id)).transpose()?;
        let file = here.deed(move |app, ctx| privacy::report_of(app, ctx, &q.0, only)).await?;
        Ok(Attachment::new(file.bytes).attachment_type(AttachmentType::Attachment).filename(file.name))
    }

    /// Take along everything about a person with the files of their documents
    ///
    /// As a ZIP: `person.json`, and below `documents/` every version of the documents that belong to nobody else, up to
    /// 500 MB. In the JSON each version says its path (`enclosed`), or why it is not there (`left_out`): `shared` with
    /// others, `too-many-bytes`, or `missing` on the server's disk.
    #[oai(path = "/privacy/report.zip", method = "get", operation_id = "get_person_files")]
    async fn report_zip(
        &self,
        here: Here,
        /// A whole e-mail address, phone number or tax id; or a name, together with `only`.
        q: Query<String>,
        /// The id of one record: nothing of the others.
        only: Query<Option<String>>,
    ) -> Result<Attachment<Body>, Fault> {
        let only = only.0.map(|id| here.id(&id)).transpose()?;
        let pack = here.deed(move |app, ctx| privacy::report_zip(app, ctx, &q.0, only)).await?;
        let file = Attachment::new(stream(pack.file)).attachment_type(AttachmentType::Attachment);
        Ok(file.filename(pack.name))
    }

    /// Forget what somebody sent by a web form and did not confirm
    ///
    /// By its id in the report. Nothing of it is kept.
    #[oai(path = "/privacy/unconfirmed/:id", method = "delete", operation_id = "forget_unconfirmed")]
    async fn forget(&self, here: Here, id: Path<String>) -> Result<Forgotten, Fault> {
        let id = here.id(&id)?;
        here.deed(move |app, ctx| privacy::forget_unconfirmed(app, ctx, id)).await?;
        Ok(Forgotten::Gone)
    }

    /// List erasures
    #[oai(path = "/privacy/erasures", method = "get", operation_id = "list_erasures")]
    async fn list(&self, here: Here) -> Result<Json<ErasureList>, Fault> {
        let erasures = here.deed(privacy::erasures).await?;
        Ok(Json(ErasureList { items: erasures.into_iter().map(Erasure::from).collect() }))
    }

    /// Erase who a lead, contact or company is, to whom a quote went, or who asked about it
    #[oai(path = "/privacy/erasures", method = "post", operation_id = "erase_person")]
    async fn erase(&self, here: Here, order: Json<ErasureOrder>) -> Result<Erased, Fault> {
        let ErasureOrder { entity, record, version, name } = order.0;
        let (kind, id) = (entity.kind(), here.id(&record)?);
        let deed = move |app: &App, ctx: &Ctx| match kind {
            Kind::Quote => privacy::forget_in_quote(app, ctx, id, version, &name),
            Kind::Activity => privacy::forget_question(app, ctx, id, version, &name),
            kind => privacy::erase(app, ctx, kind, id, version, &name),
        };
        let erasure = here.deed(deed).await?;
        Ok(Erased::Erasure(Json(erasure.into())))
    }
}

impl From<model::Erasure> for Erasure {
    fn from(erasure: model::Erasure) -> Erasure {
        Erasure {
            id: erasure.meta.id.to_string(),
            entity: Subject::of(erasure.kind),
            record: erasure.record.to_string(),
            at: erasure.meta.created_at.to_string(),
            notes: erasure.notes,
            files: erasure.files,
            done: erasure.is_done,
        }
    }
}
