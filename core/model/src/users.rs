//! Who works with Tracte: users, their teams and their sessions.

use crate::record::meta_field;
use crate::{
    IndexEntry, Kind, Language, LetterId, Meta, ProviderIdentity, Record, RoleKey, SessionId, TeamId, UserId,
    WorkingWeek,
};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use std::net::IpAddr;
use uuid::Uuid;

/// Somebody who signs in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct User {
    pub meta: Meta,
    pub name: String,
    /// Normalised; unique; what they sign in with.
    pub email: String,
    /// Argon2id in PHC string form.
    pub password_hash: String,
    /// What they may do: the key of a [`crate::Role`].
    pub role: RoleKey,
    pub teams: Vec<TeamId>,
    pub language: Language,
    /// Whether leads may be assigned to them.
    pub takes_leads: bool,
    /// Nobody is deleted: their past stays theirs.
    pub active: bool,
    /// IANA name; absent: the company's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// When they work; absent: when the company does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub working_week: Option<WorkingWeek>,
    /// Days on which they are away and get no leads, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub absences: Vec<Absence>,
    /// What of theirs is still on its way to somebody else, after they have left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hand_over: Option<HandOver>,
    /// Since when a code is asked for besides the password: see [`crate::SecondFactor`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second_factor_at: Option<Timestamp>,
    /// Who they are at the company's identity provider, since they entered with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity: Option<ProviderIdentity>,
    /// Pages do nothing at a single key of theirs (WCAG 2.1.4).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub no_shortcuts: bool,
}

/// Absences that somebody may have noted at once: those of a year and the next.
pub const ABSENCES_MAX: usize = 12;

/// Days away, both included.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Absence {
    pub from: Date,
    pub to: Date,
}

/// The leads of somebody who left go to somebody else.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct HandOver {
    pub to: UserId,
    /// Who decided it.
    pub by: UserId,
    /// Kept with each lead.
    pub reason: String,
    pub closed_too: bool,
    /// Leads that went over so far.
    pub done: u64,
}

impl User {
    /// Nobody yet: to be filled in.
    pub fn new(meta: Meta) -> User {
        User {
            meta,
            name: String::new(),
            email: String::new(),
            password_hash: String::new(),
            role: RoleKey::new(""),
            teams: Vec::new(),
            language: Language::default(),
            takes_leads: false,
            active: true,
            time_zone: None,
            working_week: None,
            absences: Vec::new(),
            hand_over: None,
            second_factor_at: None,
            identity: None,
            no_shortcuts: false,
        }
    }

    /// The group of those whose leads are on their way to somebody else.
    pub const LEAVING: Uuid = Uuid::max();

    /// Whether they are away on this day.
    pub fn is_absent(&self, day: Date) -> bool {
        self.absences.iter().any(|absence| (absence.from..=absence.to).contains(&day))
    }

    /// Their own time zone, or the company's.
    pub fn zone(&self, of_company: &TimeZone) -> TimeZone {
        let own = self.time_zone.as_deref().and_then(|name| TimeZone::get(name).ok());
        own.unwrap_or_else(|| of_company.clone())
    }

    /// Was let in, and has not chosen a password yet.
    pub fn is_invited(&self) -> bool {
        self.password_hash.is_empty()
    }

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
        entries.extend(self.identity.as_ref().map(|identity| identity.entry(id)));
        if self.hand_over.is_some() {
            entries.push(IndexEntry::member(Kind::User, User::LEAVING, id));
        }
        entries
    }
}

/// A group of users with a name. Teams are nested one level: one with a parent has no teams below it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Team {
    pub meta: Meta,
    pub name: String,
    /// Who answers for it; reaches its records at level «team» without being in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manager: Option<UserId>,
    /// The team it is below.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<TeamId>,
}

impl Team {
    pub fn new(meta: Meta, name: impl Into<String>) -> Team {
        Team { meta, name: name.into(), manager: None, parent: None }
    }

    pub fn id(&self) -> TeamId {
        TeamId(self.meta.id)
    }
}

impl Record for Team {
    const KIND: Kind = Kind::Team;

    meta_field!();

    fn indexes(&self) -> Vec<IndexEntry> {
        let id = self.meta.id;
        let mut entries = vec![IndexEntry::member(Kind::Team, Uuid::nil(), id)];
        entries.extend(self.manager.map(|manager| IndexEntry::member(Kind::Team, manager.0, id)));
        entries.extend(self.parent.map(|parent| IndexEntry::member(Kind::Team, parent.0, id)));
        entries
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
    /// What the browser says of itself, shortened; to tell one's own sessions apart.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub agent: String,
    /// Where it was begun.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<IpAddr>,
    /// When it was last used, to the hour.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen_at: Option<Timestamp>,
    /// The password was right, and a code of the second factor is still to come: until then nobody is signed in.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub awaits_code: bool,
    /// The identity provider said who it is.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub by_provider: bool,
    /// Wrong codes so far.
    #[serde(default)]
    pub tries: u32,
}

impl Session {
    pub fn id(&self) -> SessionId {
        SessionId(self.meta.id)
    }
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

/// A link with which somebody chooses a password: the first one or, when they forgot it, another. Good for once. The
/// link holds a secret; only its hash is kept.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SignInLink {
    pub meta: Meta,
    /// Lower-case hex SHA-256 of the secret in the link.
    pub secret_sha256: String,
    pub user: UserId,
    pub expires_at: Timestamp,
    /// The letter it went out with; another attempt takes its place. Absent: somebody copied it from a page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub letter: Option<LetterId>,
}

impl Record for SignInLink {
    const KIND: Kind = Kind::SignInLink;
    const JOURNALED: bool = false;

    meta_field!();

    fn indexes(&self) -> Vec<IndexEntry> {
        let id = self.meta.id;
        vec![
            IndexEntry::unique(Kind::SignInLink, "secret", &self.secret_sha256, id),
            IndexEntry::member(Kind::SignInLink, self.user.0, id),
        ]
    }
}
