//! The way to a provider: a client with the limits of a conversation that somebody waits for.

use crate::error::{Error, shortened};
use http_client::{Client, Reach, Times};
use openidconnect::http::{Request, Response};
use std::time::Duration;

/// A provider that does not take the connection by then is not there. Whoever wants to sign in waits for it; a whole
/// answer may take longer, and signing in takes four of them at most.
const TIMES: Times = Times { connect: Duration::from_secs(5), whole: Duration::from_secs(10) };
/// Descriptions, keys and tokens of real providers have some tens of kilobytes.
const ANSWER_BYTES_MAX: u64 = 1024 * 1024;

/// Connections that are kept for as long as one conversation takes.
pub(crate) struct Web(Client);

impl Web {
    pub(crate) fn new() -> Web {
        // Administrators choose the provider, which may well be a machine beside this one.
        Web(Client::new(Reach::Anywhere, TIMES))
    }

    pub(crate) fn call(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, http_client::Error> {
        self.0.call(request)?.whole(ANSWER_BYTES_MAX)
    }
}

/// What happened before the provider answered.
pub(crate) fn on_the_way(error: &http_client::Error) -> Error {
    let said = shortened(&error.said());
    match error {
        http_client::Error::Certificate { .. } => Error::Certificate { said },
        _ => Error::Unreachable { said },
    }
}
