//! Evidence over the wire: packs, to order and to take; the screens that go into them.

use super::Topic;
use super::versions::Wanted;
use crate::errors::Fault;
use crate::here::Here;
use model::EvidencePack;
use model::uuid::Uuid;
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::{Attachment, AttachmentType, Binary, Json};
use poem_openapi::{ApiResponse, Object, OpenApi};
use services::{Error, evidence};

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

/// A screen of a function of the programme, attached for the packs.
#[derive(Object)]
pub(crate) struct Screen {
    id: String,
    version: u64,
    created_at: String,
    /// Of the programme: `clients`, `leads`, `opportunities`, `activities`, `reporting`, `alerts`, `documents`,
    /// `responsive`, `integration`.
    function: String,
    caption: String,
    /// `image/png` or `image/jpeg`.
    media_type: String,
    size_bytes: u64,
}

/// All screens, by function.
#[derive(Object)]
pub(crate) struct ScreenList {
    items: Vec<Screen>,
}

/// It is attached.
#[derive(ApiResponse)]
pub(crate) enum AttachedScreen {
    #[oai(status = 201)]
    Screen(Json<Screen>),
}

/// It is gone.
#[derive(ApiResponse)]
pub(crate) enum RemovedScreen {
    #[oai(status = 204)]
    Removed,
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
    /// See the screens of the evidence
    #[oai(path = "/parametrisation/screens", method = "get", operation_id = "list_screens")]
    async fn screens(&self, here: Here) -> Result<Json<ScreenList>, Fault> {
        let screens = here.deed(evidence::screens).await?;
        Ok(Json(ScreenList { items: screens.into_iter().map(Screen::from).collect() }))
    }

    /// Attach a screen
    ///
    /// The body is the picture: PNG or JPEG of at most 3 MB.
    #[oai(path = "/parametrisation/screens", method = "post", operation_id = "attach_screen")]
    async fn add_screen(
        &self,
        here: Here,
        /// Of the programme, as in the list.
        function: Query<String>,
        /// What it shows; at most 200 characters.
        caption: Query<String>,
        picture: Binary<Vec<u8>>,
    ) -> Result<AttachedScreen, Fault> {
        let screen =
            here.deed(move |app, ctx| evidence::add_screen(app, ctx, &function, &caption, &picture)).await?;
        Ok(AttachedScreen::Screen(Json(screen.into())))
    }

    /// Download a screen
    #[oai(path = "/parametrisation/screens/:id/file", method = "get", operation_id = "get_screen")]
    async fn screen_file(&self, here: Here, id: Path<String>) -> Result<Attachment<Vec<u8>>, Fault> {
        let id: Uuid = here.id(&id)?;
        let (picture, bytes) = here.deed(move |app, ctx| evidence::screen(app, ctx, id)).await?;
        let name = format!("{id}.{}", picture.media_type().trim_start_matches("image/"));
        Ok(Attachment::new(bytes).attachment_type(AttachmentType::Attachment).filename(name))
    }

    /// Take a screen away
    #[oai(path = "/parametrisation/screens/:id", method = "delete", operation_id = "remove_screen")]
    async fn remove_screen(
        &self,
        here: Here,
        id: Path<String>,
        /// The version that is deleted, unless `If-Match` says it.
        version: Query<Option<u64>>,
        #[oai(name = "If-Match")] if_match: Header<Option<String>>,
    ) -> Result<RemovedScreen, Fault> {
        let id: Uuid = here.id(&id)?;
        let wanted = Wanted::of(if_match.0.as_deref(), version.0)?;
        let done = here.deed(move |app, ctx| {
            let stored = evidence::screens(app, ctx)?.into_iter().find(|screen| screen.meta.id == id);
            let stored = stored.ok_or(Error::NotFound)?.meta.version;
            Ok(evidence::remove_screen(app, ctx, id, wanted.version(stored)))
        });
        done.await?.map(|()| RemovedScreen::Removed).map_err(|error| wanted.fault(error))
    }
}

impl From<model::Screen> for Screen {
    fn from(screen: model::Screen) -> Screen {
        Screen {
            id: screen.meta.id.to_string(),
            version: screen.meta.version,
            created_at: screen.meta.created_at.to_string(),
            function: screen.function.as_str().to_owned(),
            caption: screen.caption,
            media_type: screen.picture.media_type().to_owned(),
            size_bytes: screen.size_bytes,
        }
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
