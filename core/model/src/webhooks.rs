//! Webhooks: other systems that are told of events, and what was said to them.

use crate::record::meta_field;
use crate::{IndexEntry, Kind, Meta, Record};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// More systems than a small company has.
pub const WEBHOOKS_MAX: usize = 20;
/// The newest deliveries of each are kept: some days for whoever looks for a fault.
pub const DELIVERIES_KEPT: usize = 200;
/// What is kept of an answer, as it is stored.
pub const ANSWER_BYTES_KEPT: usize = 2_048;

/// A system that is told of events. Its secret is not here: see [`crate::Credential`], kept under the same id. It is no
/// piece of configuration: what a file of one company says is no reason to tell anybody of another.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Webhook {
    pub meta: Meta,
    pub name: String,
    pub url: String,
    /// Codes as in [`crate::webhook_codes`].
    pub events: Vec<String>,
    pub active: bool,
    /// Tracte switched it off: since then everything had failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failed_since: Option<Timestamp>,
    pub secret_set_at: Timestamp,
    /// Until then the secret before this one signs, too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub former_secret_until: Option<Timestamp>,
}

impl Webhook {
    /// Where the secret before the one that holds is kept.
    pub fn former_secret(id: Uuid) -> Uuid {
        Uuid::from_u128(id.as_u128().wrapping_add(1))
    }
}

impl Record for Webhook {
    const KIND: Kind = Kind::Webhook;

    meta_field!();

    fn indexes(&self) -> Vec<IndexEntry> {
        vec![IndexEntry::member(Kind::Webhook, Uuid::nil(), self.meta.id)]
    }
}

/// How a webhook fares.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WebhookHealth {
    Fine,
    /// Nothing has arrived since then.
    Failing(Timestamp),
    /// There is no secret to sign with: after a restore, which brings none.
    NoSecret,
    /// Somebody switched it off.
    Off,
    /// Tracte switched it off: nothing had arrived since then.
    GivenUp(Timestamp),
}

impl WebhookHealth {
    pub fn as_str(self) -> &'static str {
        match self {
            WebhookHealth::Fine => "fine",
            WebhookHealth::Failing(_) => "failing",
            WebhookHealth::NoSecret => "no_secret",
            WebhookHealth::Off => "off",
            WebhookHealth::GivenUp(_) => "given_up",
        }
    }

    /// Since when nothing has arrived, where that is so.
    pub fn failing_since(self) -> Option<Timestamp> {
        match self {
            WebhookHealth::Failing(since) | WebhookHealth::GivenUp(since) => Some(since),
            _ => None,
        }
    }
}

/// How far a webhook is, under the same id. Not journaled: it changes with every delivery and is no news.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct WebhookProgress {
    pub meta: Meta,
    /// The last change of the journal of which everything was put on its way.
    pub cursor: u64,
    /// The first of the failures that nothing good came after.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failing_since: Option<Timestamp>,
    /// The last time that something was taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivered_at: Option<Timestamp>,
}

impl Record for WebhookProgress {
    const KIND: Kind = Kind::WebhookProgress;
    const JOURNALED: bool = false;

    meta_field!();
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    /// For its turn, or for the next attempt.
    Waiting,
    Delivered,
    /// Nothing more is tried by itself.
    Failed,
}

impl DeliveryState {
    pub fn as_str(self) -> &'static str {
        match self {
            DeliveryState::Waiting => "waiting",
            DeliveryState::Delivered => "delivered",
            DeliveryState::Failed => "failed",
        }
    }
}

/// One event on its way to one webhook, or what came of it. It says what it is about and never what was sent: that is put
/// together when it goes, so that no copy of anybody's data lies here. Not journaled.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct WebhookDelivery {
    pub meta: Meta,
    pub webhook: Uuid,
    /// The same over all attempts, so that whoever gets it twice knows.
    pub message: String,
    /// `quote.accepted`.
    pub event: String,
    /// When it happened.
    pub at: Timestamp,
    /// The journal's number of the change; several events may come of one.
    pub sequence: u64,
    /// The order of events with the same sequence.
    pub place: u8,
    /// What happened to something; absent: it was only tried whether anything arrives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<(Kind, Uuid)>,
    pub state: DeliveryState,
    pub attempts: u32,
    /// Not before.
    pub due_at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<DeliveryAttempt>,
}

/// The last attempt of a delivery.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct DeliveryAttempt {
    pub at: Timestamp,
    pub took_ms: u64,
    /// As it was sent, to be compared with what the other side reckoned.
    pub signature: String,
    /// Lower-case hex SHA-256 of the body that was sent.
    pub body_sha256: String,
    /// The number that was answered; absent: nothing was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// Why there was no answer: `http-timeout` and the like.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<String>,
    /// The beginning of the answer, or what went wrong.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub said: String,
}

impl WebhookDelivery {
    /// The group of those of a webhook that wait.
    pub fn waiting(webhook: Uuid) -> Uuid {
        Uuid::from_u128(!webhook.as_u128())
    }

    /// The order in which those of a webhook came about.
    pub fn order(&self) -> (u64, u8, Uuid) {
        (self.sequence, self.place, self.meta.id)
    }
}

impl Record for WebhookDelivery {
    const KIND: Kind = Kind::WebhookDelivery;
    const JOURNALED: bool = false;

    meta_field!();

    fn indexes(&self) -> Vec<IndexEntry> {
        let id = self.meta.id;
        let mut entries = vec![IndexEntry::member(Kind::WebhookDelivery, self.webhook, id)];
        if self.state == DeliveryState::Waiting {
            entries.push(IndexEntry::member(
                Kind::WebhookDelivery,
                WebhookDelivery::waiting(self.webhook),
                id,
            ));
        }
        entries
    }
}
