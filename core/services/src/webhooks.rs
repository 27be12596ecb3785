//! Webhooks: other systems that are told what happens. Whoever may send everything that a company has somewhere else is
//! an administrator, and nobody else.

use crate::error::none_of;
use crate::mail_settings::{delete_credential, put_credential};
use crate::users::check_name;
use crate::{App, Ctx, Error, permissions};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use http_client::Reach;
use model::jiff::{SignedDuration, Timestamp};
use model::uuid::Uuid;
use model::{
    Credential, DELIVERIES_KEPT, FieldErrors, Kind, Meta, WEBHOOKS_MAX, Webhook, WebhookDelivery,
    WebhookHealth, WebhookProgress, webhook_codes,
};

mod courier;
mod message;

pub use courier::{Courier, PORTION_MAX, RETRY_MINUTES, resend, test};
pub use message::{Shapes, Shown, shown};

/// As Standard Webhooks writes them, so that libraries on the other side take them as they are.
const SECRET_PREFIX: &str = "whsec_";
const SECRET_BYTES: usize = 32;
/// How long whoever gets deliveries has to put the new secret in the place of the old one.
pub const ROTATION_HOURS: i64 = 24;
/// Addresses of some services carry a key.
pub const URL_CHARACTERS_MAX: usize = 500;
/// Deliveries move a webhook on while somebody changes it.
const SAVE_ATTEMPTS: usize = 5;
/// What a page of the log shows.
pub const DELIVERIES_A_PAGE: usize = 20;

/// What the form holds, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WebhookDraft {
    pub name: String,
    pub url: String,
    pub events: Vec<String>,
}

/// A webhook and how it fares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    pub webhook: Webhook,
    pub progress: WebhookProgress,
    /// Secrets are in no backup: after a restore there is none, and nothing goes out until there is another.
    pub has_secret: bool,
}

impl Standing {
    pub fn health(&self) -> WebhookHealth {
        match (self.webhook.active, self.webhook.failed_since, self.progress.failing_since) {
            (false, Some(since), _) => WebhookHealth::GivenUp(since),
            (false, None, _) => WebhookHealth::Off,
            (true, _, _) if !self.has_secret => WebhookHealth::NoSecret,
            (true, _, Some(since)) => WebhookHealth::Failing(since),
            (true, _, None) => WebhookHealth::Fine,
        }
    }
}

/// A page of the log of one webhook, the newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deliveries {
    pub items: Vec<WebhookDelivery>,
    pub total: usize,
    pub has_more: bool,
}

pub fn list(app: &App, ctx: &Ctx) -> Result<Vec<Standing>, Error> {
    permissions::require_administrator(ctx)?;
    all(app)?.into_iter().map(|webhook| standing(app, webhook)).collect()
}

pub fn get(app: &App, ctx: &Ctx, id: Uuid) -> Result<Standing, Error> {
    permissions::require_administrator(ctx)?;
    standing(app, stored(app, id)?)
}

fn all(app: &App) -> Result<Vec<Webhook>, Error> {
    Ok(app.store.members(Uuid::nil(), WEBHOOKS_MAX)?)
}

fn stored(app: &App, id: Uuid) -> Result<Webhook, Error> {
    app.store.get::<Webhook>(id)?.ok_or(Error::NotFound)
}

fn standing(app: &App, webhook: Webhook) -> Result<Standing, Error> {
    let id = webhook.meta.id;
    let progress = app.store.get::<WebhookProgress>(id)?.ok_or(Error::NotFound)?;
    Ok(Standing { webhook, progress, has_secret: app.store.get::<Credential>(id)?.is_some() })
}

/// How far deliveries go: into the company's own network only where whoever runs the machine says so.
fn reach(app: &App) -> Reach {
    if app.private_webhooks { Reach::Anywhere } else { Reach::Public }
}

/// A new webhook and its secret. It is told of what happens from now on. Problem codes: `required`, `too-long`,
/// `webhook-url`, `webhook-private`, `choice`, `too-many`.
pub fn create(app: &App, ctx: &Ctx, draft: &WebhookDraft) -> Result<(Webhook, String), Error> {
    permissions::require_administrator(ctx)?;
    let mut errors = checked(app, draft);
    if all(app)?.len() >= WEBHOOKS_MAX {
        errors.add("", "too-many", WEBHOOKS_MAX.to_string());
    }
    none_of(errors)?;
    let meta = Meta::new(ctx.new_id(), ctx.at, ctx.actor());
    let webhook = Webhook {
        meta: meta.clone(),
        name: String::new(),
        url: String::new(),
        events: Vec::new(),
        active: true,
        failed_since: None,
        secret_set_at: ctx.at,
        former_secret_until: None,
    };
    let (webhook, secret) = (with(webhook, draft), new_secret(ctx));
    let mut write = ctx.write();
    put_credential(app, ctx, &mut write, meta.id, &secret)?;
    write.create(WebhookProgress { meta, cursor: app.head(), failing_since: None, delivered_at: None });
    write.create(webhook.clone());
    app.commit(write)?;
    Ok((webhook, secret))
}

/// Changes what it is called, where it is and what it is told of. Problem codes as for [`create`].
pub fn update(app: &App, ctx: &Ctx, id: Uuid, version: u64, draft: &WebhookDraft) -> Result<Webhook, Error> {
    permissions::require_administrator(ctx)?;
    let before = stored(app, id)?;
    none_of(checked(app, draft))?;
    let after = with(before.clone(), draft);
    let asks_for_more = before.events != after.events && before.active;
    save(app, ctx, &before, after, version, |write| {
        if asks_for_more {
            let progress = app.store.get::<WebhookProgress>(id)?.ok_or(Error::NotFound)?;
            let cursor = courier::seen(app, &before, progress.cursor)?;
            write.update(&progress, WebhookProgress { cursor, ..progress.clone() });
        }
        Ok(())
    })
}

/// Whether it is told of anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Switch {
    On,
    Off,
}

/// Switches it on or off. What happens while it is off is not told later: who switches it on begins anew.
pub fn switch(app: &App, ctx: &Ctx, id: Uuid, version: u64, to: Switch) -> Result<Webhook, Error> {
    permissions::require_administrator(ctx)?;
    let before = stored(app, id)?;
    let after = Webhook { active: to == Switch::On, failed_since: None, ..before.clone() };
    save(app, ctx, &before, after, version, |write| {
        if before.active || to == Switch::Off {
            return Ok(());
        }
        let progress = app.store.get::<WebhookProgress>(id)?.ok_or(Error::NotFound)?;
        let fresh = WebhookProgress { cursor: app.head(), failing_since: None, ..progress.clone() };
        write.update(&progress, fresh);
        // What is on its way goes at once: the others wait behind it.
        if let Some(first) = courier::first_waiting(app, id)?.filter(|first| first.due_at > ctx.at) {
            write.update(&first, WebhookDelivery { due_at: ctx.at, ..first.clone() });
        }
        Ok(())
    })
}

/// Another secret. For [`ROTATION_HOURS`] deliveries are signed with the one before, too.
pub fn rotate(app: &App, ctx: &Ctx, id: Uuid, version: u64) -> Result<(Webhook, String), Error> {
    permissions::require_administrator(ctx)?;
    let (before, secret) = (stored(app, id)?, new_secret(ctx));
    let former = app.store.get::<Credential>(id)?;
    let until = ctx.at + SignedDuration::from_hours(ROTATION_HOURS);
    let former_secret_until = former.as_ref().map(|_| until);
    let after = Webhook { secret_set_at: ctx.at, former_secret_until, ..before.clone() };
    let saved = save(app, ctx, &before, after, version, |write| {
        if let Some(former) = &former {
            put_credential(app, ctx, write, Webhook::former_secret(id), &former.secret)?;
        }
        put_credential(app, ctx, write, id, &secret)
    })?;
    Ok((saved, secret))
}

/// Deletes it with its secrets and its log.
pub fn delete(app: &App, ctx: &Ctx, id: Uuid, version: u64) -> Result<(), Error> {
    permissions::require_administrator(ctx)?;
    let webhook = stored(app, id)?;
    if webhook.meta.version != version {
        return Err(app.conflict(&webhook, &webhook));
    }
    let mut write = ctx.write();
    for delivery in deliveries_of(app, id)? {
        write.delete(&delivery);
    }
    for secret in [id, Webhook::former_secret(id)] {
        delete_credential(app, &mut write, secret)?;
    }
    if let Some(progress) = app.store.get::<WebhookProgress>(id)? {
        write.delete(&progress);
    }
    write.delete(&webhook);
    app.commit(write).map(|_| ())
}

/// A page of the log, from 0.
pub fn deliveries(app: &App, ctx: &Ctx, id: Uuid, page: usize) -> Result<Deliveries, Error> {
    permissions::require_administrator(ctx)?;
    stored(app, id)?;
    let mut items = deliveries_of(app, id)?;
    items.reverse();
    let (total, skipped) = (items.len(), page.saturating_mul(DELIVERIES_A_PAGE));
    let items: Vec<WebhookDelivery> = items.into_iter().skip(skipped).take(DELIVERIES_A_PAGE).collect();
    let has_more = skipped + items.len() < total && !items.is_empty();
    Ok(Deliveries { items, total, has_more })
}

/// Those that are kept, in the order of what they are about.
fn deliveries_of(app: &App, id: Uuid) -> Result<Vec<WebhookDelivery>, Error> {
    let mut found: Vec<WebhookDelivery> = app.store.members(id, 2 * DELIVERIES_KEPT)?;
    found.sort_by_key(WebhookDelivery::order);
    Ok(found)
}

fn checked(app: &App, draft: &WebhookDraft) -> FieldErrors {
    let mut errors = FieldErrors::default();
    check_name("name", &draft.name, &mut errors);
    let url = draft.url.trim();
    if url.is_empty() {
        errors.add("url", "required", "");
    } else if url.chars().count() > URL_CHARACTERS_MAX {
        errors.add("url", "too-long", URL_CHARACTERS_MAX.to_string());
    } else {
        match http_client::check(url, reach(app)) {
            Ok(()) => {}
            Err(http_client::Error::Private { address }) => {
                errors.add("url", "webhook-private", address.to_string());
            }
            Err(_) => errors.add("url", "webhook-url", url),
        }
    }
    let codes = webhook_codes();
    if let Some(unknown) = draft.events.iter().find(|event| !codes.contains(event)) {
        errors.add("events", "choice", unknown);
    } else if draft.events.is_empty() {
        errors.add("events", "webhook-no-events", "");
    }
    errors
}

/// In the order of the page, each once.
fn with(webhook: Webhook, draft: &WebhookDraft) -> Webhook {
    let events = webhook_codes().into_iter().filter(|code| draft.events.contains(code)).collect();
    Webhook { name: draft.name.trim().to_owned(), url: draft.url.trim().to_owned(), events, ..webhook }
}

fn save(
    app: &App,
    ctx: &Ctx,
    before: &Webhook,
    after: Webhook,
    version: u64,
    also: impl Fn(&mut store::Write) -> Result<(), Error>,
) -> Result<Webhook, Error> {
    if before.meta.version != version {
        return Err(app.conflict(before, &after));
    }
    for _ in 0..SAVE_ATTEMPTS {
        let mut write = ctx.write();
        also(&mut write)?;
        write.update(before, after.clone());
        match app.commit(write) {
            Ok(_) => return stored(app, before.meta.id),
            // Something was delivered at the same moment.
            Err(Error::Conflict(conflict))
                if matches!(conflict.kind, Kind::WebhookProgress | Kind::WebhookDelivery) => {}
            Err(error) => return Err(error),
        }
    }
    Err(Error::Busy { retry_after_s: 1 })
}

fn new_secret(ctx: &Ctx) -> String {
    let mut bytes = [0; SECRET_BYTES];
    ctx.fill(&mut bytes);
    format!("{SECRET_PREFIX}{}", BASE64_STANDARD.encode(bytes))
}

/// The secrets that sign at this time, the newest first; none after a restore.
fn secrets(app: &App, webhook: &Webhook, at: Timestamp) -> Result<Vec<String>, Error> {
    let id = webhook.meta.id;
    let is_former_good = webhook.former_secret_until.is_some_and(|until| at < until);
    let kept = [Some(id), is_former_good.then(|| Webhook::former_secret(id))];
    let mut secrets = Vec::new();
    for id in kept.into_iter().flatten() {
        secrets.extend(app.store.get::<Credential>(id)?.map(|credential| credential.secret));
    }
    Ok(secrets)
}
