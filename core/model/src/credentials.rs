//! Secrets that must be kept as they are, because somebody else asks for them: apart from everything else.

use crate::record::meta_field;
use crate::{Kind, Meta, Record};
use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

/// A password or key that Tracte itself shows to somebody. Never journaled, never in an export, a backup, a page, the
/// API or a configuration file; whoever restores a backup types it again.
///
/// Its id says what it is for: one of the constants, a user's id for the secret of their second factor, or a
/// webhook's id for the secret that its deliveries are signed with.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credential {
    pub meta: Meta,
    pub secret: String,
}

impl Credential {
    /// For the mail server.
    pub const MAIL: Uuid = Uuid::from_u128(1);
    /// For the identity provider.
    pub const IDENTITY: Uuid = Uuid::from_u128(2);
    /// With which web forms are signed.
    pub const FORMS: Uuid = Uuid::from_u128(3);
    /// With which the links of quotes are signed.
    pub const QUOTES: Uuid = Uuid::from_u128(4);
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credential").field("id", &self.meta.id).finish_non_exhaustive()
    }
}

impl Record for Credential {
    const KIND: Kind = Kind::Credential;
    const JOURNALED: bool = false;
    const EXPORTED: bool = false;

    meta_field!();
}
