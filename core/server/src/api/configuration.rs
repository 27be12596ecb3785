//! What a company has set up, kind by kind: each section is a table of a configuration file.

use super::Topic;
use super::leads::Deleted;
use super::versions::{Wanted, etag};
use crate::errors::Fault;
use crate::here::Here;
use model::json::Value;
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::types::Any;
use poem_openapi::{ApiResponse, Object, OpenApi};
use services::sections::{self, Item};

/// The operations on what is set up.
pub(crate) struct Configuration;

/// One piece of configuration.
#[derive(Object)]
pub(crate) struct Piece {
    /// What records, files and other calls name it by; never changes.
    key: String,
    /// Its place among the others of its section.
    order: u32,
    /// Grows with every change; 0 for one that is as every company begins with it. Also the `ETag`.
    version: u64,
    /// The fields of its section, as in a configuration file.
    value: Any<Value>,
}

/// The pieces of a section, also archived ones, in their order.
#[derive(Object)]
pub(crate) struct PieceList {
    items: Vec<Piece>,
}

/// The names of the sections.
#[derive(Object)]
pub(crate) struct SectionList {
    items: Vec<String>,
}

/// A piece as it is to be.
#[derive(Object)]
#[oai(deny_unknown_fields)]
pub(crate) struct PiecePut {
    /// All fields of its section, as in a configuration file; what is left out is as if it were not there.
    value: Any<Value>,
    /// The version that is changed, unless `If-Match` says it. Without either the piece must be new.
    version: Option<u64>,
}

/// A piece with its version.
#[derive(ApiResponse)]
pub(crate) enum PieceAnswer {
    #[oai(status = 200)]
    Piece(Json<Piece>, #[oai(header = "ETag")] String),
    #[oai(status = 201)]
    Made(Json<Piece>, #[oai(header = "ETag")] String),
}

#[OpenApi(tag = "Topic::Configuration")]
impl Configuration {
    /// List the sections
    #[oai(path = "/configuration", method = "get", operation_id = "list_configuration_sections")]
    async fn names(&self, here: Here) -> Result<Json<SectionList>, Fault> {
        here.deed(|_, ctx| {
            services::permissions::require_all(ctx, model::Kind::Settings, model::Action::See)
        })
        .await?;
        Ok(Json(SectionList { items: sections::NAMES.iter().map(|name| (*name).to_owned()).collect() }))
    }

    /// List what is set up in a section
    #[oai(path = "/configuration/:section", method = "get", operation_id = "list_configuration")]
    async fn list(&self, here: Here, section: Path<String>) -> Result<Json<PieceList>, Fault> {
        let found = here.deed(move |app, ctx| sections::list(app, ctx, &section.0)).await?;
        Ok(Json(PieceList { items: found.into_iter().map(Piece::from).collect() }))
    }

    /// Read one piece
    #[oai(path = "/configuration/:section/:key", method = "get", operation_id = "get_configuration")]
    async fn get(&self, here: Here, section: Path<String>, key: Path<String>) -> Result<PieceAnswer, Fault> {
        let found = here.deed(move |app, ctx| sections::get(app, ctx, &section.0, &key.0)).await?;
        Ok(answer(found))
    }

    /// Make or change one piece
    ///
    /// A piece that is there is replaced as a whole and needs its version, by `If-Match` or in the body.
    #[oai(path = "/configuration/:section/:key", method = "put", operation_id = "put_configuration")]
    async fn put(
        &self,
        here: Here,
        section: Path<String>,
        key: Path<String>,
        #[oai(name = "If-Match")] if_match: Header<Option<String>>,
        piece: Json<PiecePut>,
    ) -> Result<PieceAnswer, Fault> {
        let PiecePut { value, version } = piece.0;
        if if_match.0.is_none() && version.is_none() {
            let put = move |app: &_, ctx: &_| sections::put(app, ctx, &section.0, &key.0, None, &value.0);
            let made = here.deed(put).await?;
            let tag = etag(made.version);
            return Ok(PieceAnswer::Made(Json(made.into()), tag));
        }
        let wanted = Wanted::of(if_match.0.as_deref(), version)?;
        let done = here.deed(move |app, ctx| {
            let stored = sections::get(app, ctx, &section.0, &key.0)?.version;
            Ok(sections::put(app, ctx, &section.0, &key.0, Some(wanted.version(stored)), &value.0))
        });
        done.await?.map(answer).map_err(|error| wanted.fault(error))
    }

    /// Delete one piece
    ///
    /// One that every company begins with becomes again as it was. What something uses is not deleted.
    #[oai(path = "/configuration/:section/:key", method = "delete", operation_id = "delete_configuration")]
    async fn delete(
        &self,
        here: Here,
        section: Path<String>,
        key: Path<String>,
        /// The version that is deleted, unless `If-Match` says it.
        version: Query<Option<u64>>,
        #[oai(name = "If-Match")] if_match: Header<Option<String>>,
    ) -> Result<Deleted, Fault> {
        let wanted = Wanted::of(if_match.0.as_deref(), version.0)?;
        let done = here.deed(move |app, ctx| {
            let stored = sections::get(app, ctx, &section.0, &key.0)?.version;
            Ok(sections::delete(app, ctx, &section.0, &key.0, wanted.version(stored)))
        });
        done.await?.map(|()| Deleted::Deleted).map_err(|error| wanted.fault(error))
    }
}

fn answer(item: Item) -> PieceAnswer {
    let tag = etag(item.version);
    PieceAnswer::Piece(Json(item.into()), tag)
}

impl From<Item> for Piece {
    fn from(item: Item) -> Piece {
        Piece { key: item.key, order: item.order, version: item.version, value: Any(item.value) }
    }
}
