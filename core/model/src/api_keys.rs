//! Keys with which other systems call the API.

use crate::record::meta_field;
use crate::{ApiKeyId, IndexEntry, Kind, Meta, Record, RoleKey, UserId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A key acts for a user, with what both its own role and the user's may do.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ApiKey {
    pub meta: Meta,
    pub name: String,
    /// The first characters of the secret, to tell keys apart.
    pub prefix: String,
    /// Lower-case hex SHA-256 of the secret.
    pub secret_sha256: String,
    pub user: UserId,
    pub role: RoleKey,
    pub revoked_at: Option<Timestamp>,
}

impl ApiKey {
    pub fn id(&self) -> ApiKeyId {
        ApiKeyId(self.meta.id)
    }
}

impl Record for ApiKey {
    const KIND: Kind = Kind::ApiKey;

    meta_field!();

    fn indexes(&self) -> Vec<IndexEntry> {
        let id = self.meta.id;
        vec![
            IndexEntry::unique(Kind::ApiKey, "secret", &self.secret_sha256, id),
            IndexEntry::member(Kind::ApiKey, Uuid::nil(), id),
        ]
    }
}
