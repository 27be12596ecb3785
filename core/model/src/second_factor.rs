//! The second factor of somebody who signs in: a code from an app (RFC 6238) besides the password.

use crate::record::meta_field;
use crate::{Kind, Meta, Record};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Who has to have one.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SecondFactorRule {
    /// Whoever wants to.
    #[default]
    Nobody,
    Administrators,
    Everybody,
}

impl SecondFactorRule {
    pub const ALL: [SecondFactorRule; 3] =
        [SecondFactorRule::Nobody, SecondFactorRule::Administrators, SecondFactorRule::Everybody];

    pub fn as_str(self) -> &'static str {
        match self {
            SecondFactorRule::Nobody => "nobody",
            SecondFactorRule::Administrators => "administrators",
            SecondFactorRule::Everybody => "everybody",
        }
    }

    pub fn from_code(code: &str) -> Option<SecondFactorRule> {
        SecondFactorRule::ALL.into_iter().find(|rule| rule.as_str() == code)
    }

    /// For settings that say nothing of it.
    pub fn is_nobody(&self) -> bool {
        *self == SecondFactorRule::Nobody
    }
}

/// The state of somebody's second factor; its id is the user's. The secret is a [`crate::Credential`] of the same id.
/// Neither is journaled or leaves the data folder: whoever restores a backup sets it up anew.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SecondFactor {
    pub meta: Meta,
    /// A first code was right: from then on one is asked for.
    pub is_on: bool,
    /// The step of the last code that was right: none is taken twice.
    pub last_step: u64,
    /// Lower-case hex SHA-256 of the codes that stand in for the app; each is good for once.
    pub recovery_sha256: Vec<String>,
    /// Wrong codes since the last right one.
    pub failures: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub blocked_until: Option<Timestamp>,
}

impl Record for SecondFactor {
    const KIND: Kind = Kind::SecondFactor;
    const JOURNALED: bool = false;
    const EXPORTED: bool = false;

    meta_field!();
}
