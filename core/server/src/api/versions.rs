//! Versions over the wire: `ETag` out, `If-Match` or `version` in.

use crate::errors::Fault;
use poem::http::StatusCode;
use services::Error;

/// Which version somebody wants to change.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Wanted {
    /// `If-Match: *`: whatever is there.
    Any,
    /// `If-Match: "7"`: a stale one is 412.
    Header(u64),
    /// `version` in the body: a stale one is 409.
    Body(u64),
}

impl Wanted {
    /// The header wins; without either nobody can tell what would be overwritten.
    pub(crate) fn of(if_match: Option<&str>, version: Option<u64>) -> Result<Wanted, Fault> {
        match (if_match.map(str::trim), version) {
            (Some("*"), _) => Ok(Wanted::Any),
            (Some(tag), _) => version_of(tag).map(Wanted::Header).ok_or_else(|| {
                Fault::bad_request("If-Match is an ETag that this API gave, such as \"7\", or *")
            }),
            (None, Some(version)) => Ok(Wanted::Body(version)),
            (None, None) => Err(Fault::new(
                StatusCode::PRECONDITION_REQUIRED,
                "version-required",
                "say which version is changed: the header If-Match with its ETag, or version in the body",
            )),
        }
    }

    /// The number to hand to the deed.
    pub(crate) fn version(self, stored: u64) -> u64 {
        match self {
            Wanted::Any => stored,
            Wanted::Header(version) | Wanted::Body(version) => version,
        }
    }

    /// RFC 9110: a precondition in a header that fails is 412.
    pub(crate) fn fault(self, error: Error) -> Fault {
        let mut fault = Fault::from(error);
        if fault.status == StatusCode::CONFLICT && matches!(self, Wanted::Header(_)) {
            fault.status = StatusCode::PRECONDITION_FAILED;
        }
        fault
    }
}

/// The strong tag of a version.
pub(crate) fn etag(version: u64) -> String {
    format!("\"{version}\"")
}

fn version_of(tag: &str) -> Option<u64> {
    tag.strip_prefix('"')?.strip_suffix('"')?.parse().ok()
}
