//! Who works with Tracte: users, their teams and their sessions.

use crate::record::meta_field;
use crate::{IndexEntry, Kind, Language, Meta, Record, TeamId, UserId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A ready role. What each may do stands in `services::permissions`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Administrator,
    Manager,
    Rep,
}

impl Role {
    pub const ALL: [Role; 3] = [Role::Administrator, Role::Manager, Role::Rep];

    pub fn as_str(self) -> &'static str {
        match self {
            Role::Administrator => "administrator",
            Role::Manager => "manager",
            Role::Rep => "rep",
        }
    }

    pub fn from_code(code: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.as_str() == code)
    }
}

/// Somebody who signs in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct User {
    pub meta: Meta,
    pub name: String,
    /// Normalised; unique; what they sign in with.
    pub email: String,
    /// Argon2id in PHC string form.
    pub password_hash: String,
    pub role: Role,
    pub teams: Vec<TeamId>,
    pub language: Language,
    /// Whether leads may be assigned to them.
    pub takes_leads: bool,
    /// Nobody is deleted: their past stays theirs.
    pub active: bool,
}

impl User {
    pub fn id(&self) -> UserId {
        UserId(self.meta.id)
    }
}

impl Record for User {
    const KIND: Kind = Kind::User;

    meta_field!();

    fn indexes(&self) -> Vec<IndexEntry> {
        let id = self.meta.id;
        let mut entries = vec![
            IndexEntry::unique(Kind::User, "email", &self.email, id),
            IndexEntry::member(Kind::User, Uuid::nil(), id),
        ];
        entries.extend(self.teams.iter().map(|team| IndexEntry::member(Kind::User, team.0, id)));
        entries
    }
}

/// A group of users with a name.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Team {
    pub meta: Meta,
    pub name: String,
}

impl Team {
    pub fn id(&self) -> TeamId {
        TeamId(self.meta.id)
    }
}

impl Record for Team {
    const KIND: Kind = Kind::Team;

    meta_field!();

    fn indexes(&self) -> Vec<IndexEntry> {
        vec![IndexEntry::member(Kind::Team, Uuid::nil(), self.meta.id)]
    }
}

/// A signed-in browser. The cookie holds a secret; only its hash is kept.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Session {
    pub meta: Meta,
    /// Lower-case hex SHA-256 of the secret in the cookie.
    pub secret_sha256: String,
    pub user: UserId,
    pub expires_at: Timestamp,
}

impl Record for Session {
    const KIND: Kind = Kind::Session;
    const JOURNALED: bool = false;

    meta_field!();

    fn indexes(&self) -> Vec<IndexEntry> {
        let id = self.meta.id;
        vec![
            IndexEntry::unique(Kind::Session, "secret", &self.secret_sha256, id),
            IndexEntry::member(Kind::Session, self.user.0, id),
        ]
    }
}
