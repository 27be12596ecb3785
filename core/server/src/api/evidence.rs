//! Evidence packs over the wire: order one, see how far it is, take it.

use super::Topic;
use crate::errors::Fault;
use crate::here::Here;
use model::EvidencePack;
use model::uuid::Uuid;
use poem_openapi::param::Path;
use poem_openapi::payload::{Attachment, AttachmentType, Json};
use poem_openapi::{ApiResponse, Object, OpenApi};
use services::evidence;

/// The operations on packs.
pub(crate) struct EvidencePacks;

/// One pack.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct Pack {
    id: String,
    created_at: String,
    language: String,
    /// `waiting`, `printing`, `packing`, `done`, `failed`.
    state: String,
    size_bytes: u64,
    /// Functions of the programme of which no screen is attached.
    without_screen: Vec<String>,
    /// Why it could not be made.
    failure: Option<String>,
    /// The file is deleted then.
    expires_at: String,
}

/// All packs, the latest first.
#[derive(Object)]
pub(crate) struct PackList {
    items: Vec<Pack>,
}

/// What a pack is ordered with.
#[derive(Object)]
#[oai(deny_unknown_fields)]
pub(crate) struct PackOrder {
    /// `ca`, `es` or `en`.
    language: String,
}

/// It is being made.
#[derive(ApiResponse)]
pub(crate) enum OrderedPack {
    #[oai(status = 202)]
    Pack(Json<Pack>),
}

#[OpenApi(tag = "Topic::Parametrisation")]
impl EvidencePacks {
    /// See the evidence packs
    #[oai(path = "/parametrisation/evidence", method = "get", operation_id = "list_evidence_packs")]
    async fn list(&self, here: Here) -> Result<Json<PackList>, Fault> {
        let packs = here.deed(evidence::packs).await?;
        Ok(Json(PackList { items: packs.into_iter().map(Pack::from).collect() }))
    }

    /// Order an evidence pack
    #[oai(path = "/parametrisation/evidence", method = "post", operation_id = "order_evidence_pack")]
    async fn start(&self, here: Here, order: Json<PackOrder>) -> Result<OrderedPack, Fault> {
        let language = order.0.language;
        let pack = here.deed(move |app, ctx| evidence::start(app, ctx, &language)).await?;
        Ok(OrderedPack::Pack(Json(pack.into())))
    }

    /// Download an evidence pack (ZIP)
    #[oai(path = "/parametrisation/evidence/:id/file", method = "get", operation_id = "get_evidence_file")]
    async fn file(&self, here: Here, id: Path<String>) -> Result<Attachment<Vec<u8>>, Fault> {
        let id: Uuid = here.id(&id)?;
        let file = here.deed(move |app, ctx| evidence::download(app, ctx, id)).await?;
        Ok(Attachment::new(file.bytes).attachment_type(AttachmentType::Attachment).filename(file.name))
    }
}

impl From<EvidencePack> for Pack {
    fn from(pack: EvidencePack) -> Pack {
        Pack {
            id: pack.meta.id.to_string(),
            created_at: pack.meta.created_at.to_string(),
            language: pack.language.code().to_owned(),
            state: pack.state.as_str().to_owned(),
            size_bytes: pack.size_bytes,
            without_screen: pack.without_screen.iter().map(|of| of.as_str().to_owned()).collect(),
            failure: pack.failure,
            expires_at: pack.expires_at.to_string(),
        }
    }
}
