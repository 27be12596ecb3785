//! The pages of webhooks with plausible data.

use super::fixtures::{Named, now};
use model::uuid::Uuid;
use model::{DeliveryState, FieldErrors, Kind, WebhookHealth};
use tracte_ui::Shell;
use tracte_ui::webhooks::{self, DeliveryPage, DeliveryRow, NewSecret, WebhookForm, WebhookPage, WebhookRow};

pub(crate) fn pages(shell: &Shell) -> Vec<Named> {
    let mut wrong = FieldErrors::default();
    wrong.add("url", "webhook-private", "192.168.1.20");
    wrong.add("events", "webhook-no-events", "");
    let form = WebhookForm {
        name: "Comptabilitat".to_owned(),
        url: "http://192.168.1.20/tracte".to_owned(),
        errors: wrong,
        ..WebhookForm::default()
    };
    let made = NewSecret {
        id: "0190".to_owned(),
        name: "Comptabilitat".to_owned(),
        secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYqr".to_owned(),
        former_until: Some(now()),
    };
    vec![
        ("webhooks", webhooks::list(shell, &rows())),
        ("webhooks-none", webhooks::list(shell, &[])),
        ("webhooks-form", webhooks::form(shell, &form)),
        ("webhooks-secret", webhooks::created(shell, &made)),
        ("webhooks-page", webhooks::page(shell, &page())),
        ("webhooks-delivery", webhooks::delivery(shell, &delivery())),
    ]
}

fn rows() -> Vec<WebhookRow> {
    let health = [
        WebhookHealth::Fine,
        WebhookHealth::Failing(now()),
        WebhookHealth::NoSecret,
        WebhookHealth::Off,
        WebhookHealth::GivenUp(now()),
    ];
    let row = |health: WebhookHealth| WebhookRow {
        id: "0190".to_owned(),
        name: "Comptabilitat".to_owned(),
        url: "https://comptes.casadevall.cat/tracte".to_owned(),
        events: vec!["company.*".to_owned(), "quote.accepted".to_owned()],
        health,
        delivered_at: (health == WebhookHealth::Fine).then(now),
    };
    health.map(row).to_vec()
}

fn row(state: DeliveryState, status: Option<u16>, failure: Option<&str>) -> DeliveryRow {
    DeliveryRow {
        id: "0191".to_owned(),
        event: "quote.accepted".to_owned(),
        happened_at: now(),
        state,
        attempts: 2,
        due_at: now(),
        attempted_at: Some(now()),
        status,
        failure: failure.map(str::to_owned),
        took_ms: Some(1_284),
    }
}

fn page() -> WebhookPage {
    WebhookPage {
        id: "0190".to_owned(),
        version: 3,
        name: "Comptabilitat".to_owned(),
        url: "https://comptes.casadevall.cat/tracte".to_owned(),
        events: vec!["company.*".to_owned(), "quote.accepted".to_owned()],
        active: true,
        health: WebhookHealth::Failing(now()),
        delivered_at: Some(now()),
        secret_set_at: now(),
        former_until: Some(now()),
        deliveries: vec![
            row(DeliveryState::Waiting, Some(503), None),
            row(DeliveryState::Failed, None, Some("http-timeout")),
            row(DeliveryState::Delivered, Some(200), None),
        ],
        page: 1,
        total: 48,
        has_more: true,
    }
}

fn delivery() -> DeliveryPage {
    let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    DeliveryPage {
        row: row(DeliveryState::Waiting, Some(503), None),
        webhook_id: "0190".to_owned(),
        webhook: "Comptabilitat".to_owned(),
        url: "https://comptes.casadevall.cat/tracte".to_owned(),
        sequence: 1_204,
        record: Some((Kind::Quote, Uuid::nil())),
        headers: vec![
            header("content-type", "application/json"),
            header("webhook-id", "msg_0190_1204_1"),
            header("webhook-timestamp", "1795450000"),
            header("webhook-signature", "v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4="),
        ],
        body: "{\n  \"type\": \"quote.accepted\"\n}".to_owned(),
        is_as_sent: false,
        said: "Servei en manteniment".to_owned(),
    }
}
