//! How the company sends mail: the server, and its password apart from it.

use crate::record::meta_field;
use crate::{Kind, Meta, Record};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// How the connection to the mail server is kept private.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TlsMode {
    /// Plain at first, then STARTTLS; refused where the server does not offer it. Port 587.
    #[default]
    Starttls,
    /// TLS from the first byte. Port 465.
    Tls,
    /// Not at all: for a server on the same machine or network.
    None,
}

impl TlsMode {
    pub const ALL: [TlsMode; 3] = [TlsMode::Starttls, TlsMode::Tls, TlsMode::None];

    pub fn as_str(self) -> &'static str {
        match self {
            TlsMode::Starttls => "starttls",
            TlsMode::Tls => "tls",
            TlsMode::None => "none",
        }
    }

    pub fn from_code(code: &str) -> Option<TlsMode> {
        TlsMode::ALL.into_iter().find(|mode| mode.as_str() == code)
    }
}

/// The mail server (SMTP). There is one, with the nil id, once somebody has set it up.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Mail {
    pub meta: Meta,
    pub host: String,
    pub port: u16,
    pub tls: TlsMode,
    /// Empty where the server asks for none.
    pub user: String,
    /// Whom letters come from.
    pub from_name: String,
    pub from_address: String,
}

impl Mail {
    pub const ID: Uuid = Uuid::nil();
}

impl Record for Mail {
    const KIND: Kind = Kind::Mail;

    meta_field!();
}

/// The password of the mail server. Not in the journal, nor in a configuration file.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailSecret {
    pub meta: Meta,
    pub password: String,
}

impl MailSecret {
    pub const ID: Uuid = Uuid::nil();
}

/// Never the password.
impl std::fmt::Debug for MailSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MailSecret").field("meta", &self.meta).finish_non_exhaustive()
    }
}

impl Record for MailSecret {
    const KIND: Kind = Kind::MailSecret;
    const JOURNALED: bool = false;

    meta_field!();
}
