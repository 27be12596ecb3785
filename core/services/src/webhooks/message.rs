//! What a delivery says, put together when it goes, and its signature (Standard Webhooks).

use super::SECRET_PREFIX;
use crate::ctx::hex;
use crate::{App, Ctx, Error, permissions, users};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use hmac::{Hmac, Mac as _};
use model::jiff::Timestamp;
use model::json::{self, Map, Value, json};
use model::uuid::Uuid;
use model::{Kind, Via, Webhook, WebhookDelivery};
use sha2::{Digest as _, Sha256};

/// Gives records the shape that they have in the API: `server` knows it, services do not.
pub trait Shapes: Send + Sync {
    /// What `data` holds of a record besides its entity and id, as it is now; nothing where it is gone.
    fn data(&self, app: &App, ctx: &Ctx, kind: Kind, id: Uuid) -> Result<Option<Map<String, Value>>, Error>;
}

/// What a test is about instead of an entity of the business.
const TEST_ENTITY: &str = "webhook";

/// The body of a delivery as it would go now. Records are read with the eyes of an administrator, as whoever set the
/// webhook up was one, but for what things cost: see [`crate::costs`]; what was erased or deleted meanwhile is not there any more.
pub(super) fn body(
    app: &App,
    ctx: &Ctx,
    shapes: &dyn Shapes,
    delivery: &WebhookDelivery,
) -> Result<Vec<u8>, Error> {
    let mut data = Map::new();
    let (entity, id) = match delivery.record {
        Some((kind, id)) => (kind.as_str(), id),
        None => (TEST_ENTITY, delivery.webhook),
    };
    data.insert("entity".to_owned(), json!(entity));
    data.insert("id".to_owned(), json!(id));
    if let Some((kind, id)) = delivery.record {
        let ctx = ctx.clone().with_caller(users::operator(app)?, Via::System).for_outside();
        data.extend(shapes.data(app, &ctx, kind, id)?.unwrap_or_default());
    }
    let said = json!({
        "type": delivery.event,
        "timestamp": delivery.at,
        "sequence": delivery.sequence,
        "data": data,
    });
    json::to_vec(&said).map_err(Error::internal)
}

/// `v1,…` for each secret: HMAC-SHA256 of id, time in seconds and body with points between them.
pub(super) fn signature(
    secrets: &[String],
    message: &str,
    at: Timestamp,
    body: &[u8],
) -> Result<String, Error> {
    let mut signatures = Vec::with_capacity(secrets.len());
    for secret in secrets {
        let key = secret.strip_prefix(SECRET_PREFIX).unwrap_or(secret);
        let key =
            BASE64_STANDARD.decode(key).map_err(|_| Error::internal("a webhook's secret is no base64"))?;
        let mut mac = Hmac::<Sha256>::new_from_slice(&key).map_err(Error::internal)?;
        mac.update(format!("{message}.{}.", at.as_second()).as_bytes());
        mac.update(body);
        signatures.push(format!("v1,{}", BASE64_STANDARD.encode(mac.finalize().into_bytes())));
    }
    Ok(signatures.join(" "))
}

pub(super) fn fingerprint(body: &[u8]) -> String {
    hex(&Sha256::digest(body))
}

/// The headers of an attempt, with its signature.
pub(super) fn headers(message: &str, at: Timestamp, signature: &str) -> [(&'static str, String); 4] {
    [
        ("content-type", "application/json".to_owned()),
        ("webhook-id", message.to_owned()),
        ("webhook-timestamp", at.as_second().to_string()),
        ("webhook-signature", signature.to_owned()),
    ]
}

/// A delivery as its page shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    pub webhook: Webhook,
    pub delivery: WebhookDelivery,
    /// As the last attempt sent them; none before the first.
    pub headers: Vec<(String, String)>,
    /// What it would say now.
    pub body: Value,
    /// Whether that is what the last attempt said.
    pub is_as_sent: bool,
}

/// One delivery of the log with what it says. Bodies are not kept: this is how it would go now.
pub fn shown(app: &App, ctx: &Ctx, shapes: &dyn Shapes, id: Uuid) -> Result<Shown, Error> {
    permissions::require_administrator(ctx)?;
    let delivery = app.store.get::<WebhookDelivery>(id)?.ok_or(Error::NotFound)?;
    let webhook = super::stored(app, delivery.webhook)?;
    let bytes = body(app, ctx, shapes, &delivery)?;
    let is_as_sent = delivery.last.as_ref().is_some_and(|last| last.body_sha256 == fingerprint(&bytes));
    let last = delivery.last.as_ref().map(|last| headers(&delivery.message, last.at, &last.signature));
    let headers = last.into_iter().flatten().map(|(name, value)| (name.to_owned(), value)).collect();
    let body = json::from_slice(&bytes).map_err(Error::internal)?;
    Ok(Shown { webhook, delivery, headers, body, is_as_sent })
}
