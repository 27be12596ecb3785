//! Webhooks over the wire; for keys of administrators.

use super::versions::{Wanted, etag};
use super::{ApiShapes, Topic};
use crate::errors::Fault;
use crate::facts::API_PREFIX;
use crate::here::Here;
use model::uuid::Uuid;
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, Object, OpenApi};
use services::webhooks::{self, Standing, Switch, WebhookDraft};
use services::{App, Ctx, Error};

/// The operations on webhooks.
pub(crate) struct Webhooks;

/// Another system that is told what happens.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct Webhook {
    id: String,
    /// Also the `ETag`.
    version: u64,
    name: String,
    url: String,
    events: Vec<String>,
    active: bool,
    /// `fine`, `failing`, `no_secret` (after a restore: make another one), `off`, or `given_up`: Tracte switched it off.
    state: String,
    /// Nothing has arrived since then, where it is failing or was given up.
    failing_since: Option<String>,
    /// When something arrived the last time.
    delivered_at: Option<String>,
    /// Until then the secret before this one signs, too.
    former_secret_until: Option<String>,
}

/// All of them.
#[derive(Object)]
pub(crate) struct WebhookList {
    items: Vec<Webhook>,
}

/// A new webhook.
#[derive(Object)]
#[oai(deny_unknown_fields)]
pub(crate) struct WebhookCreate {
    name: String,
    /// `https://…`, or `http://…` without encryption. To the open internet alone, unless the settings of the machine allow
    /// private addresses.
    url: String,
    /// `quote.accepted` and the like, or `quote.*` for all of an entity.
    events: Vec<String>,
}

/// What changes of a webhook; what is not sent stays.
#[derive(Object)]
#[oai(deny_unknown_fields)]
pub(crate) struct WebhookChange {
    version: Option<u64>,
    name: Option<String>,
    url: Option<String>,
    events: Option<Vec<String>>,
    /// Whether it is told of anything. What happens while it is off is not told later.
    active: Option<bool>,
}

/// A webhook with its secret, which is never shown again.
#[derive(Object)]
pub(crate) struct WebhookSecret {
    webhook: Webhook,
    /// `whsec_` and the key as base64.
    secret: String,
}

/// One event on its way, or what came of it.
#[derive(Object)]
#[oai(skip_serializing_if_is_none, rename = "WebhookDelivery")]
pub(crate) struct Delivery {
    id: String,
    webhook: String,
    /// What is sent as `webhook-id`, the same over all attempts.
    message: String,
    event: String,
    sequence: u64,
    happened_at: String,
    /// Absent where it was only tried whether anything arrives.
    entity: Option<String>,
    record: Option<String>,
    /// `waiting`, `delivered` or `failed`.
    state: String,
    attempts: u32,
    /// The next attempt, while it waits.
    due_at: Option<String>,
    attempted_at: Option<String>,
    took_ms: Option<u64>,
    /// The number that was answered.
    status: Option<u16>,
    /// Why there was no answer: `http-timeout` and the like.
    failure: Option<String>,
    /// The beginning of the answer, or what went wrong.
    said: Option<String>,
}

/// A page of the log, the newest first.
#[derive(Object)]
#[oai(skip_serializing_if_is_none, rename = "WebhookDeliveryList")]
pub(crate) struct DeliveryList {
    items: Vec<Delivery>,
    /// To be sent back as `page`; absent on the last page.
    next: Option<u32>,
}

#[derive(ApiResponse)]
pub(crate) enum WebhookAnswer {
    #[oai(status = 200)]
    Webhook(Json<Webhook>, #[oai(header = "ETag")] String),
}

#[derive(ApiResponse)]
pub(crate) enum CreatedWebhook {
    #[oai(status = 201)]
    Webhook(Json<WebhookSecret>, #[oai(header = "Location")] String, #[oai(header = "ETag")] String),
}

#[derive(ApiResponse)]
pub(crate) enum WebhookRotated {
    #[oai(status = 200)]
    Webhook(Json<WebhookSecret>, #[oai(header = "ETag")] String),
}

#[derive(ApiResponse)]
pub(crate) enum WebhookDeleted {
    /// It is gone.
    #[oai(status = 204)]
    Deleted,
}

#[OpenApi(tag = "Topic::Webhooks")]
impl Webhooks {
    /// List webhooks
    #[oai(path = "/webhooks", method = "get", operation_id = "list_webhooks")]
    async fn list(&self, here: Here) -> Result<Json<WebhookList>, Fault> {
        let found = here.deed(webhooks::list).await?;
        Ok(Json(WebhookList { items: found.into_iter().map(Webhook::from).collect() }))
    }

    /// Create a webhook
    ///
    /// From then on events are sent to its URL, each as a `POST` with JSON: `{"type": "quote.accepted", "timestamp": "…",
    /// "sequence": 42, "data": {"entity": "quote", "id": "…", "version": 7, "record": {…}}}`. `timestamp` says when it happened,
    /// `sequence` is the number of the change in the journal, `record` is what `GET` of that record gives, as it is when the
    /// event is sent; it is absent where the record is gone. A quote comes with `content` (its lines, all amounts by tax and
    /// period, its acceptance: as `GET /quotes/{id}/content`) and with the `company` it is for.
    ///
    /// Events of one webhook come in order, each at least once: `webhook-id` is the same when one comes again. An answer of 200 to
    /// 299 within 10 seconds says that it arrived; redirects are not followed. Anything else is tried again after 1, 5 and 15
    /// minutes, 1, 4, 12, 24 and 24 hours, and the events behind it wait meanwhile. After five days without success the webhook is
    /// switched off.
    ///
    /// To verify a delivery (Standard Webhooks): take the bytes behind `whsec_` of the secret out of base64; with them as key,
    /// reckon HMAC-SHA256 of `webhook-id`, `.`, `webhook-timestamp`, `.` and the body as it came; the base64 of that, after
    /// `v1,`, must be one of the signatures in `webhook-signature`, which has two of them, with a space in between, for 24 hours
    /// after another secret was made. Refuse a `webhook-timestamp` (seconds since 1970) that is more than some minutes off.
    #[oai(path = "/webhooks", method = "post", operation_id = "create_webhook")]
    async fn create(&self, here: Here, webhook: Json<WebhookCreate>) -> Result<CreatedWebhook, Fault> {
        let WebhookCreate { name, url, events } = webhook.0;
        let draft = WebhookDraft { name, url, events };
        let made = here.deed(move |app, ctx| {
            let (webhook, secret) = webhooks::create(app, ctx, &draft)?;
            with_secret(app, ctx, webhook.meta.id, secret)
        });
        let made = made.await?;
        let (location, tag) =
            (format!("{API_PREFIX}/webhooks/{}", made.webhook.id), etag(made.webhook.version));
        Ok(CreatedWebhook::Webhook(Json(made), location, tag))
    }

    /// Read a webhook
    #[oai(path = "/webhooks/:id", method = "get", operation_id = "get_webhook")]
    async fn get(&self, here: Here, id: Path<String>) -> Result<WebhookAnswer, Fault> {
        let id: Uuid = here.id(&id)?;
        here.deed(move |app, ctx| webhooks::get(app, ctx, id)).await.map(answer)
    }

    /// Change a webhook
    #[oai(path = "/webhooks/:id", method = "patch", operation_id = "change_webhook")]
    async fn change(
        &self,
        here: Here,
        id: Path<String>,
        #[oai(name = "If-Match")] if_match: Header<Option<String>>,
        change: Json<WebhookChange>,
    ) -> Result<WebhookAnswer, Fault> {
        let (id, change): (Uuid, WebhookChange) = (here.id(&id)?, change.0);
        let wanted = Wanted::of(if_match.0.as_deref(), change.version)?;
        let done = here.deed(move |app, ctx| {
            let version = wanted.version(webhooks::get(app, ctx, id)?.webhook.meta.version);
            Ok(changed(app, ctx, id, version, change))
        });
        done.await?.map(answer).map_err(|error| wanted.fault(error))
    }

    /// Delete a webhook
    ///
    /// With its secret and its log.
    #[oai(path = "/webhooks/:id", method = "delete", operation_id = "delete_webhook")]
    async fn delete(
        &self,
        here: Here,
        id: Path<String>,
        /// The version that is deleted, unless `If-Match` says it.
        version: Query<Option<u64>>,
        #[oai(name = "If-Match")] if_match: Header<Option<String>>,
    ) -> Result<WebhookDeleted, Fault> {
        let id: Uuid = here.id(&id)?;
        let wanted = Wanted::of(if_match.0.as_deref(), version.0)?;
        let done = here.deed(move |app, ctx| {
            let version = wanted.version(webhooks::get(app, ctx, id)?.webhook.meta.version);
            Ok(webhooks::delete(app, ctx, id, version))
        });
        done.await?.map(|()| WebhookDeleted::Deleted).map_err(|error| wanted.fault(error))
    }

    /// Make another secret for a webhook
    ///
    /// For 24 hours deliveries are signed with the one before, too.
    #[oai(path = "/webhooks/:id/secret", method = "post", operation_id = "rotate_webhook_secret")]
    async fn rotate(
        &self,
        here: Here,
        id: Path<String>,
        /// The version that was read, unless `If-Match` says it.
        version: Query<Option<u64>>,
        #[oai(name = "If-Match")] if_match: Header<Option<String>>,
    ) -> Result<WebhookRotated, Fault> {
        let id: Uuid = here.id(&id)?;
        let wanted = Wanted::of(if_match.0.as_deref(), version.0)?;
        let done = here.deed(move |app, ctx| {
            let version = wanted.version(webhooks::get(app, ctx, id)?.webhook.meta.version);
            let done = webhooks::rotate(app, ctx, id, version);
            Ok(done.and_then(|(_, secret)| with_secret(app, ctx, id, secret)))
        });
        let made = done.await?.map_err(|error| wanted.fault(error))?;
        let tag = etag(made.webhook.version);
        Ok(WebhookRotated::Webhook(Json(made), tag))
    }

    /// Send a test to a webhook
    ///
    /// At once, with `webhook.test` as `type`; also to one that is switched off.
    #[oai(path = "/webhooks/:id/test", method = "post", operation_id = "test_webhook")]
    async fn test(&self, here: Here, id: Path<String>) -> Result<Json<Delivery>, Fault> {
        let id: Uuid = here.id(&id)?;
        let done = here.outside(move |app, ctx| webhooks::test(app, ctx, &ApiShapes, id));
        done.await.map(|delivery| Json(delivery.into()))
    }

    /// List the deliveries of a webhook
    ///
    /// The newest first. The last 200 are kept.
    #[oai(path = "/webhooks/:id/deliveries", method = "get", operation_id = "list_webhook_deliveries")]
    async fn deliveries(
        &self,
        here: Here,
        id: Path<String>,
        /// The `next` of the page before.
        page: Query<Option<u32>>,
    ) -> Result<Json<DeliveryList>, Fault> {
        let (id, page): (Uuid, u32) = (here.id(&id)?, page.0.unwrap_or_default());
        let wanted = usize::try_from(page).unwrap_or(usize::MAX);
        let found = here.deed(move |app, ctx| webhooks::deliveries(app, ctx, id, wanted)).await?;
        let next = found.has_more.then(|| page.saturating_add(1));
        Ok(Json(DeliveryList { items: found.items.into_iter().map(Delivery::from).collect(), next }))
    }

    /// Send a delivery again
    ///
    /// At once, with its `webhook-id` and what the record says now.
    #[oai(path = "/webhook-deliveries/:id/resend", method = "post", operation_id = "resend_webhook_delivery")]
    async fn resend(&self, here: Here, id: Path<String>) -> Result<Json<Delivery>, Fault> {
        let id: Uuid = here.id(&id)?;
        let done = here.outside(move |app, ctx| webhooks::resend(app, ctx, &ApiShapes, id));
        done.await.map(|delivery| Json(delivery.into()))
    }
}

fn answer(standing: Standing) -> WebhookAnswer {
    let tag = etag(standing.webhook.meta.version);
    WebhookAnswer::Webhook(Json(standing.into()), tag)
}

fn with_secret(app: &App, ctx: &Ctx, id: Uuid, secret: String) -> Result<WebhookSecret, Error> {
    Ok(WebhookSecret { webhook: webhooks::get(app, ctx, id)?.into(), secret })
}

fn changed(app: &App, ctx: &Ctx, id: Uuid, version: u64, change: WebhookChange) -> Result<Standing, Error> {
    let before = webhooks::get(app, ctx, id)?.webhook;
    let draft = WebhookDraft {
        name: change.name.unwrap_or(before.name),
        url: change.url.unwrap_or(before.url),
        events: change.events.unwrap_or(before.events),
    };
    let saved = webhooks::update(app, ctx, id, version, &draft)?;
    if let Some(active) = change.active {
        let to = if active { Switch::On } else { Switch::Off };
        webhooks::switch(app, ctx, id, saved.meta.version, to)?;
    }
    webhooks::get(app, ctx, id)
}

impl From<Standing> for Webhook {
    fn from(standing: Standing) -> Webhook {
        let health = standing.health();
        let Standing { webhook, progress, .. } = standing;
        Webhook {
            id: webhook.meta.id.to_string(),
            version: webhook.meta.version,
            name: webhook.name,
            url: webhook.url,
            events: webhook.events,
            active: webhook.active,
            state: health.as_str().to_owned(),
            failing_since: health.failing_since().map(|at| at.to_string()),
            delivered_at: progress.delivered_at.map(|at| at.to_string()),
            former_secret_until: webhook.former_secret_until.map(|at| at.to_string()),
        }
    }
}

impl From<model::WebhookDelivery> for Delivery {
    fn from(delivery: model::WebhookDelivery) -> Delivery {
        let (entity, record) = delivery.record.unzip();
        let waits = delivery.state == model::DeliveryState::Waiting;
        let last = delivery.last.as_ref();
        Delivery {
            id: delivery.meta.id.to_string(),
            webhook: delivery.webhook.to_string(),
            message: delivery.message,
            event: delivery.event,
            sequence: delivery.sequence,
            happened_at: delivery.at.to_string(),
            entity: entity.map(|kind| kind.as_str().to_owned()),
            record: record.map(|id| id.to_string()),
            state: delivery.state.as_str().to_owned(),
            attempts: delivery.attempts,
            due_at: waits.then(|| delivery.due_at.to_string()),
            attempted_at: last.map(|last| last.at.to_string()),
            took_ms: last.map(|last| last.took_ms),
            status: last.and_then(|last| last.status),
            failure: last.and_then(|last| last.failure.clone()),
            said: last.map(|last| last.said.clone()).filter(|said| !said.is_empty()),
        }
    }
}
