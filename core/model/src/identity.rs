//! The company's identity provider: how Tracte is known there, who somebody is there, and attempts to sign in with it.

use crate::record::meta_field;
use crate::{IndexEntry, IndexKey, Kind, Meta, Record};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What the company says about its identity provider (OpenID Connect). The secret is not here: see
/// [`crate::Credential::IDENTITY`].
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct IdentityProvider {
    /// As the provider writes it, without `/` at the end unless it has one there: `https://login.example.com`.
    pub issuer: String,
    pub client_id: String,
    /// When the secret was set; absent: Tracte is registered as a public client.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret_set_at: Option<Timestamp>,
    /// What stands on the button: «Microsoft», «Google Workspace».
    pub label: String,
    /// Asked for besides `openid`.
    pub scopes: Vec<String>,
    /// Only people with addresses of these domains enter this way; none: of any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub domains: Vec<String>,
    /// How browsers call Tracte, `https://crm.exemple.cat`: the provider sends people back there alone.
    pub address: String,
    /// Whether whoever entered this way is asked for a second factor.
    pub second_factor: ProviderFactor,
}

/// What signing in with the provider is worth beside a second factor.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProviderFactor {
    /// The provider asks for its own: nothing more is asked for here.
    Counts,
    /// As after a password.
    #[default]
    Asked,
}

impl ProviderFactor {
    pub const ALL: [ProviderFactor; 2] = [ProviderFactor::Counts, ProviderFactor::Asked];

    pub fn as_str(self) -> &'static str {
        match self {
            ProviderFactor::Counts => "counts",
            ProviderFactor::Asked => "asked",
        }
    }

    pub fn from_code(code: &str) -> Option<ProviderFactor> {
        ProviderFactor::ALL.into_iter().find(|factor| factor.as_str() == code)
    }
}

/// Who a user is at an identity provider: kept from the first time they entered with it, because an address may become
/// somebody else's and this does not.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ProviderIdentity {
    pub issuer: String,
    /// Its `sub`: names them there for good.
    pub account: String,
    pub since: Timestamp,
}

impl ProviderIdentity {
    /// Where the user is found who has this account there. Neither part can hold the sign between them.
    pub fn key(issuer: &str, account: &str) -> Vec<u8> {
        IndexKey::unique(Kind::User, FIELD, &joined(issuer, account))
    }

    pub(crate) fn entry(&self, user: Uuid) -> IndexEntry {
        IndexEntry::unique(Kind::User, FIELD, &joined(&self.issuer, &self.account), user)
    }
}

const FIELD: &str = "identity";

fn joined(issuer: &str, account: &str) -> String {
    format!("{issuer}\n{account}")
}

/// Somebody was sent to the provider and has not come back yet. Good for once and for some minutes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ProviderAttempt {
    pub meta: Meta,
    /// Lower-case hex SHA-256 of what comes back in the address.
    pub state_sha256: String,
    /// The same of what the browser that left holds in a cookie.
    pub browser_sha256: String,
    /// What the signed token must hold.
    pub nonce: String,
    /// Shown with the code (RFC 7636); worthless without it.
    pub verifier: String,
    /// The page they wanted.
    pub next: String,
    pub expires_at: Timestamp,
}

impl Record for ProviderAttempt {
    const KIND: Kind = Kind::ProviderAttempt;
    const JOURNALED: bool = false;
    const EXPORTED: bool = false;

    meta_field!();

    fn indexes(&self) -> Vec<IndexEntry> {
        let id = self.meta.id;
        vec![
            IndexEntry::unique(Kind::ProviderAttempt, "state", &self.state_sha256, id),
            IndexEntry::member(Kind::ProviderAttempt, Uuid::nil(), id),
        ]
    }
}
