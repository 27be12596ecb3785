//! Webhooks under settings: the list, one with its log, its form, secrets shown once, and deliveries.

use super::fields::{value_of, version_of};
use super::pieces::{self, Fields};
use crate::api::ApiShapes;
use crate::errors::Fault;
use crate::here::Here;
use crate::routes::{Entry, page};
use model::json;
use model::uuid::Uuid;
use model::{FieldErrors, Webhook, WebhookDelivery};
use poem::http::Method;
use poem::web::{Form, Path};
use poem::{Response, handler};
use services::Error;
use services::webhooks::{self, Deliveries, Shown, Standing, Switch, WebhookDraft, get};
use ui::pieces::Difference;
use ui::webhooks::{
    DeliveryPage, DeliveryRow, EVENTS, NewSecret, PATH, WebhookForm, WebhookPage, WebhookRow, event_name,
};

const WHO: &str = "administrators";

pub(crate) fn entries() -> Vec<Entry> {
    vec![
        page(Method::GET, "/settings/webhooks", WHO, list),
        page(Method::GET, "/settings/webhooks/new", WHO, new),
        page(Method::POST, "/settings/webhooks/new", WHO, create),
        page(Method::GET, "/settings/webhooks/:id", WHO, show),
        page(Method::POST, "/settings/webhooks/:id", WHO, update),
        page(Method::GET, "/settings/webhooks/:id/edit", WHO, edit),
        page(Method::POST, "/settings/webhooks/:id/rotate", WHO, rotate),
        page(Method::POST, "/settings/webhooks/:id/switch", WHO, switch),
        page(Method::POST, "/settings/webhooks/:id/delete", WHO, delete),
        page(Method::POST, "/settings/webhooks/:id/test", WHO, test),
        page(Method::GET, "/settings/webhooks/deliveries/:id", WHO, show_delivery),
        page(Method::POST, "/settings/webhooks/deliveries/:id/resend", WHO, resend),
    ]
}

#[handler]
async fn list(here: Here) -> Result<Response, Fault> {
    let rows: Vec<WebhookRow> = here.deed(webhooks::list).await?.into_iter().map(row).collect();
    Ok(here.page(ui::webhooks::list(&here.shell(), &rows)))
}

#[handler]
async fn new(here: Here) -> Result<Response, Fault> {
    // Whoever may not have any gets no form either.
    here.deed(webhooks::list).await?;
    let view = form_of(&here, None, 0, WebhookDraft::default());
    Ok(here.page(ui::webhooks::form(&here.shell(), &view)))
}

#[handler]
async fn create(here: Here, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let draft = draft_of(&fields);
    let typed = draft.clone();
    match here.try_deed(move |app, ctx| webhooks::create(app, ctx, &typed)).await? {
        Ok(made) => Ok(shown_once(&here, made)),
        Err(Error::Invalid(errors)) => {
            let view = WebhookForm { errors, ..form_of(&here, None, 0, draft) };
            Ok(here.unprocessable(ui::webhooks::form(&here.shell(), &view)))
        }
        Err(error) => Err(error.into()),
    }
}

#[handler]
async fn show(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = here.id::<Uuid>(&id)?;
    let number = here.query("page").and_then(|number| number.parse().ok()).unwrap_or_default();
    let (standing, log) = here
        .deed(move |app, ctx| Ok((get(app, ctx, id)?, webhooks::deliveries(app, ctx, id, number)?)))
        .await?;
    Ok(here.page(ui::webhooks::page(&here.shell(), &page_of(standing, log, number))))
}

#[handler]
async fn edit(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = here.id::<Uuid>(&id)?;
    let stored = here.deed(move |app, ctx| get(app, ctx, id)).await?.webhook;
    let version = stored.meta.version;
    let draft = WebhookDraft { name: stored.name, url: stored.url, events: stored.events };
    let view = form_of(&here, Some(id), version, draft);
    Ok(here.page(ui::webhooks::form(&here.shell(), &view)))
}

#[handler]
async fn update(here: Here, Path(id): Path<String>, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let id = here.id::<Uuid>(&id)?;
    let (draft, version) = (draft_of(&fields), version_of(&fields));
    let typed = draft.clone();
    let mut view = form_of(&here, Some(id), version, draft.clone());
    match here.try_deed(move |app, ctx| webhooks::update(app, ctx, id, version, &typed)).await? {
        Ok(_) => Ok(here.go_with_notice(&format!("{PATH}/{id}"), "saved")),
        Err(Error::Invalid(errors)) => {
            view.errors = errors;
            Ok(here.unprocessable(ui::webhooks::form(&here.shell(), &view)))
        }
        Err(Error::Conflict(conflict)) => {
            let saved = here.deed(move |app, ctx| get(app, ctx, id)).await?.webhook;
            let shell = here.shell();
            view.version = conflict.version;
            view.conflict = Some(differences(&shell, &draft, &saved));
            Ok(here.conflict(ui::webhooks::form(&shell, &view)))
        }
        Err(error) => Err(error.into()),
    }
}

#[handler]
async fn rotate(here: Here, Path(id): Path<String>, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let id = here.id::<Uuid>(&id)?;
    let version = version_of(&fields);
    let made = here.deed(move |app, ctx| webhooks::rotate(app, ctx, id, version)).await?;
    Ok(shown_once(&here, made))
}

#[handler]
async fn switch(here: Here, Path(id): Path<String>, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let id = here.id::<Uuid>(&id)?;
    let version = version_of(&fields);
    let (to, notice) = match value_of(&fields, "to") {
        "on" => (Switch::On, "webhook-on"),
        _ => (Switch::Off, "webhook-off"),
    };
    here.deed(move |app, ctx| webhooks::switch(app, ctx, id, version, to)).await?;
    Ok(here.go_with_notice(&format!("{PATH}/{id}"), notice))
}

#[handler]
async fn delete(here: Here, Path(id): Path<String>, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let id = here.id::<Uuid>(&id)?;
    let version = version_of(&fields);
    here.deed(move |app, ctx| webhooks::delete(app, ctx, id, version)).await?;
    Ok(here.go_with_notice(PATH, "webhook-deleted"))
}

#[handler]
async fn test(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = here.id::<Uuid>(&id)?;
    let done = here.outside(move |app, ctx| webhooks::test(app, ctx, &ApiShapes, id)).await?;
    Ok(go_to(&here, &done))
}

#[handler]
async fn show_delivery(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = here.id::<Uuid>(&id)?;
    let shown = here.deed(move |app, ctx| webhooks::shown(app, ctx, &ApiShapes, id)).await?;
    Ok(here.page(ui::webhooks::delivery(&here.shell(), &delivery_of(shown))))
}

#[handler]
async fn resend(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = here.id::<Uuid>(&id)?;
    let done = here.outside(move |app, ctx| webhooks::resend(app, ctx, &ApiShapes, id)).await?;
    Ok(go_to(&here, &done))
}

fn go_to(here: &Here, done: &WebhookDelivery) -> Response {
    let has_arrived = done.state == model::DeliveryState::Delivered;
    let notice = if has_arrived { "webhook-arrived" } else { "webhook-not-arrived" };
    here.go_with_notice(&format!("{PATH}/deliveries/{}", done.meta.id), notice)
}

fn shown_once(here: &Here, (webhook, secret): (Webhook, String)) -> Response {
    let made = NewSecret {
        id: webhook.meta.id.to_string(),
        name: webhook.name,
        secret,
        former_until: webhook.former_secret_until,
    };
    here.page(ui::webhooks::created(&here.shell(), &made))
}

fn draft_of(fields: &Fields) -> WebhookDraft {
    let ticked = fields.iter().filter(|(name, _)| name.starts_with(EVENTS));
    WebhookDraft {
        name: value_of(fields, "name").to_owned(),
        url: value_of(fields, "url").to_owned(),
        events: ticked.map(|(_, code)| code.clone()).collect(),
    }
}

fn form_of(here: &Here, id: Option<Uuid>, version: u64, draft: WebhookDraft) -> WebhookForm {
    WebhookForm {
        id: id.map(|id| id.to_string()),
        version,
        name: draft.name,
        url: draft.url,
        events: draft.events,
        allows_private: here.config().webhooks.allow_private,
        conflict: None,
        errors: FieldErrors::default(),
    }
}

fn differences(shell: &ui::Shell, mine: &WebhookDraft, saved: &Webhook) -> Vec<Difference> {
    let l = shell.locale();
    let facts = |name: &str, url: &str, events: &[String]| {
        let events: Vec<String> = events.iter().map(|code| event_name(l, code)).collect();
        let [name_label, url_label, events_label] = ui::webhooks::labels(l);
        [(name_label, name.to_owned()), (url_label, url.to_owned()), (events_label, events.join("; "))]
    };
    pieces::differences(
        facts(&mine.name, &mine.url, &mine.events),
        facts(&saved.name, &saved.url, &saved.events),
    )
}

fn row(standing: Standing) -> WebhookRow {
    let health = standing.health();
    let Standing { webhook, progress, .. } = standing;
    WebhookRow {
        id: webhook.meta.id.to_string(),
        name: webhook.name,
        url: webhook.url,
        events: webhook.events,
        health,
        delivered_at: progress.delivered_at,
    }
}

fn page_of(standing: Standing, log: Deliveries, number: usize) -> WebhookPage {
    let health = standing.health();
    let Standing { webhook, progress, .. } = standing;
    WebhookPage {
        id: webhook.meta.id.to_string(),
        version: webhook.meta.version,
        name: webhook.name,
        url: webhook.url,
        events: webhook.events,
        active: webhook.active,
        health,
        delivered_at: progress.delivered_at,
        secret_set_at: webhook.secret_set_at,
        former_until: webhook.former_secret_until,
        deliveries: log.items.iter().map(delivery_row).collect(),
        page: number,
        total: log.total,
        has_more: log.has_more,
    }
}

fn delivery_row(delivery: &WebhookDelivery) -> DeliveryRow {
    let last = delivery.last.as_ref();
    DeliveryRow {
        id: delivery.meta.id.to_string(),
        event: delivery.event.clone(),
        happened_at: delivery.at,
        state: delivery.state,
        attempts: delivery.attempts,
        due_at: delivery.due_at,
        attempted_at: last.map(|last| last.at),
        status: last.and_then(|last| last.status),
        failure: last.and_then(|last| last.failure.clone()),
        took_ms: last.map(|last| last.took_ms),
    }
}

fn delivery_of(shown: Shown) -> DeliveryPage {
    let Shown { webhook, delivery, headers, body, is_as_sent } = shown;
    DeliveryPage {
        row: delivery_row(&delivery),
        webhook_id: webhook.meta.id.to_string(),
        webhook: webhook.name,
        url: webhook.url,
        sequence: delivery.sequence,
        record: delivery.record,
        headers,
        body: json::to_string_pretty(&body).unwrap_or_default(),
        is_as_sent,
        said: delivery.last.map(|last| last.said).unwrap_or_default(),
    }
}
