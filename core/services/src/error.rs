//! The one error of deeds: transport-free, with a text for the operator kept apart from what the user reads.

use model::{FieldErrors, Kind, MatchBy};
use uuid::Uuid;

use model::uuid;

/// Why a deed was not done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It does not exist, or the caller may not know that it does.
    #[error("not found")]
    NotFound,
    /// It became a part of another record, which the caller may see.
    #[error("merged into {kind} {into}")]
    Merged { kind: Kind, into: Uuid },
    /// Something like it is there already: surely the same, by what they share.
    #[error("{} records are surely the same", .0.len())]
    Duplicate(Vec<Known>),
    /// The caller is not signed in or the key is not known.
    #[error("not signed in")]
    Unauthenticated,
    /// The caller may not do this.
    #[error("denied")]
    Denied,
    /// What was typed has problems: all of them.
    #[error("invalid: {0:?}")]
    Invalid(FieldErrors),
    /// Somebody else changed the record in the meantime.
    #[error("conflict on {} {}", .0.kind, .0.id)]
    Conflict(Box<Conflict>),
    /// Try again in so many seconds.
    #[error("busy")]
    Busy { retry_after_s: u32 },
    /// For the operator; the user gets a request id.
    #[error("{message}")]
    Internal { message: String },
}

/// A record that is surely the same as what somebody wants to make, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    pub kind: Kind,
    pub id: Uuid,
    pub title: String,
    pub by: Vec<MatchBy>,
}

/// Both values of every field that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    pub kind: Kind,
    pub id: Uuid,
    /// The version that is stored now.
    pub version: u64,
    pub fields: Vec<ConflictField>,
}

/// One field of a conflict, as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConflictField {
    pub field: String,
    pub yours: String,
    pub theirs: String,
}

impl Error {
    /// Stable; part of the API.
    pub fn code(&self) -> &'static str {
        match self {
            Error::NotFound => "not-found",
            Error::Merged { .. } => "merged",
            Error::Duplicate(_) => "duplicate",
            Error::Unauthenticated => "unauthenticated",
            Error::Denied => "denied",
            Error::Invalid(_) => "invalid",
            Error::Conflict(_) => "conflict",
            Error::Busy { .. } => "busy",
            Error::Internal { .. } => "internal",
        }
    }

    pub fn internal(error: impl std::fmt::Display) -> Error {
        Error::Internal { message: error.to_string() }
    }

    /// One problem with one field.
    pub fn invalid(field: &str, code: &str, detail: impl Into<String>) -> Error {
        let mut errors = FieldErrors::default();
        errors.add(field, code, detail);
        Error::Invalid(errors)
    }
}

impl From<store::ReadError> for Error {
    fn from(error: store::ReadError) -> Error {
        Error::internal(error)
    }
}

/// `Ok` when there is nothing to say.
pub(crate) fn none_of(errors: FieldErrors) -> Result<(), Error> {
    if errors.is_empty() { Ok(()) } else { Err(Error::Invalid(errors)) }
}
