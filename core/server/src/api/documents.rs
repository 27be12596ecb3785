//! What can be done with a document besides what can be done with any record, over the wire: its files.

use super::Topic;
use super::leads::checked_key;
use super::versions::{Wanted, etag};
use crate::errors::Fault;
use crate::facts::API_PREFIX;
use crate::here::Here;
use model::uuid::Uuid;
use model::{Document, Entity as _};
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::{Attachment, AttachmentType, Binary, Json};
use poem_openapi::{ApiResponse, Object, OpenApi};
use services::Error;
use services::documents::{self, Upload};
use services::records::Draft;

/// The operations on files of documents.
pub(crate) struct Documents;

/// A document with what its newest version is.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct DocumentFile {
    id: String,
    version: u64,
    title: String,
    /// The number of the newest version: 1, 2, 3…
    revision: u32,
    file_name: Option<String>,
    /// By its content.
    media_type: Option<String>,
    size_bytes: Option<String>,
}

/// The bytes that a document had from a moment on.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct DocumentVersion {
    number: u32,
    file_name: String,
    media_type: String,
    size_bytes: u64,
    sha256: String,
    note: Option<String>,
    created_at: String,
    /// The id of the user who brought it.
    created_by: Option<String>,
}

/// The versions of a document, the newest first.
#[derive(Object)]
pub(crate) struct DocumentVersionList {
    items: Vec<DocumentVersion>,
}

/// A document with its version.
#[derive(ApiResponse)]
pub(crate) enum DocumentAnswer {
    #[oai(status = 200)]
    Document(Json<DocumentFile>, #[oai(header = "ETag")] String),
}

/// A new document, where it is and its version.
#[derive(ApiResponse)]
pub(crate) enum CreatedDocument {
    #[oai(status = 201)]
    Document(Json<DocumentFile>, #[oai(header = "Location")] String, #[oai(header = "ETag")] String),
}

#[OpenApi(tag = "Topic::Records")]
impl Documents {
    /// Upload a document
    ///
    /// The body is the file, up to 25 MB. It belongs to at least one record. What it is, its content says; programs and web
    /// pages are refused.
    #[oai(path = "/documents/files", method = "post", operation_id = "upload_document")]
    #[allow(clippy::too_many_arguments)] // One argument a query parameter is how the document is made.
    async fn upload(
        &self,
        here: Here,
        /// As the person who looks at it knows it.
        file_name: Query<String>,
        /// The name of the file without its ending where absent.
        title: Query<Option<String>>,
        /// The key of a value of the company's list `document_categories`.
        category: Query<Option<String>>,
        /// The id of a company, or its name.
        company: Query<Option<String>>,
        contact: Query<Option<String>>,
        opportunity: Query<Option<String>>,
        lead: Query<Option<String>>,
        /// The last day on which it is valid: `2027-12-31`.
        valid_until: Query<Option<String>>,
        /// Names this call; up to 100 characters. Kept for good.
        #[oai(name = "Idempotency-Key")]
        idempotency_key: Header<Option<String>>,
        file: Binary<Vec<u8>>,
    ) -> Result<CreatedDocument, Fault> {
        let key = checked_key(idempotency_key.0)?;
        let mut draft = Draft::default();
        for (field, text) in [
            ("title", title.0),
            ("category", category.0),
            ("company", company.0),
            ("contact", contact.0),
            ("opportunity", opportunity.0),
            ("lead", lead.0),
            ("valid_until", valid_until.0),
        ] {
            if let Some(text) = text {
                draft.put(field, text);
            }
        }
        let sent = Upload { name: file_name.0, bytes: file.0 };
        let made = here
            .deed(move |app, ctx| {
                let made = documents::add(app, ctx, &draft, std::slice::from_ref(&sent), key.as_deref())?;
                made.into_iter().next().ok_or(Error::NotFound)
            })
            .await?;
        let (location, tag) = (format!("{API_PREFIX}/documents/{}", made.meta.id), etag(made.meta.version));
        Ok(CreatedDocument::Document(Json(made.into()), location, tag))
    }

    /// List the versions of a document
    #[oai(path = "/documents/:id/versions", method = "get", operation_id = "list_document_versions")]
    async fn versions(&self, here: Here, id: Path<String>) -> Result<Json<DocumentVersionList>, Fault> {
        let id: Uuid = here.id(&id)?;
        let found = here.deed(move |app, ctx| documents::versions(app, ctx, id)).await?;
        Ok(Json(DocumentVersionList { items: found.into_iter().map(DocumentVersion::from).collect() }))
    }

    /// Upload a new version of a document
    ///
    /// The body is the file. The versions before it stay. The bytes of the newest version are refused: `document-same`.
    #[oai(path = "/documents/:id/versions", method = "post", operation_id = "upload_document_version")]
    #[allow(clippy::too_many_arguments)] // One argument a query parameter is how the document is made.
    async fn add_version(
        &self,
        here: Here,
        id: Path<String>,
        file_name: Query<String>,
        /// What it changes, in one line.
        note: Query<Option<String>>,
        /// The version of the record that is changed, unless `If-Match` says it.
        version: Query<Option<u64>>,
        #[oai(name = "If-Match")] if_match: Header<Option<String>>,
        file: Binary<Vec<u8>>,
    ) -> Result<DocumentAnswer, Fault> {
        let id: Uuid = here.id(&id)?;
        let wanted = Wanted::of(if_match.0.as_deref(), version.0)?;
        let sent = Upload { name: file_name.0, bytes: file.0 };
        let note = note.0.unwrap_or_default();
        let done = here.deed(move |app, ctx| {
            let stored = documents::get(app, ctx, id)?.meta.version;
            Ok(documents::add_version(app, ctx, id, wanted.version(stored), &sent, &note))
        });
        done.await?.map(answer).map_err(|error| wanted.fault(error))
    }

    /// Download a document
    #[oai(path = "/documents/:id/content", method = "get", operation_id = "download_document")]
    async fn content(
        &self,
        here: Here,
        id: Path<String>,
        /// Of a version; of the newest one where absent.
        number: Query<Option<u32>>,
    ) -> Result<Attachment<Vec<u8>>, Fault> {
        let id: Uuid = here.id(&id)?;
        let content = here.deed(move |app, ctx| documents::content(app, ctx, id, number.0)).await?;
        let name = content.version.file_name;
        Ok(Attachment::new(content.bytes).attachment_type(AttachmentType::Attachment).filename(name))
    }
}

fn answer(document: Document) -> DocumentAnswer {
    let tag = etag(document.meta.version);
    DocumentAnswer::Document(Json(document.into()), tag)
}

impl From<Document> for DocumentFile {
    fn from(document: Document) -> DocumentFile {
        DocumentFile {
            id: document.meta.id.to_string(),
            version: document.meta.version,
            title: document.title(),
            revision: document.version_number(),
            file_name: document.file_name,
            media_type: document.media_type,
            size_bytes: document.size_bytes.map(|size_bytes| size_bytes.to_string()),
        }
    }
}

impl From<model::DocumentVersion> for DocumentVersion {
    fn from(version: model::DocumentVersion) -> DocumentVersion {
        DocumentVersion {
            number: version.number,
            file_name: version.file_name,
            media_type: version.media_type,
            size_bytes: version.size_bytes,
            sha256: version.sha256,
            note: version.note,
            created_at: version.meta.created_at.to_string(),
            created_by: version.meta.created_by.user.map(|user| user.to_string()),
        }
    }
}
