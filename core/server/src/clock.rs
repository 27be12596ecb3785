//! The one place with the real clock and the operating system's randomness; tests bring their own.

use model::Language;
use model::jiff::Timestamp;
use services::{Ctx, Random};
use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;

/// Where time and randomness come from.
#[derive(Clone)]
pub struct Clock {
    now: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    random: Random,
}

impl Clock {
    /// The machine's clock and the operating system's randomness.
    pub fn system() -> Clock {
        Clock { now: Arc::new(system_time), random: Arc::new(system_random) }
    }

    pub fn new(now: Arc<dyn Fn() -> Timestamp + Send + Sync>, random: Random) -> Clock {
        Clock { now, random }
    }

    pub fn now(&self) -> Timestamp {
        (self.now)()
    }

    /// Time since 1970, for limiters.
    pub(crate) fn since_epoch(&self) -> Duration {
        Duration::from_millis(u64::try_from(self.now().as_millisecond()).unwrap_or_default())
    }

    /// A name for one request: 64 random bits as hex.
    pub fn request_id(&self) -> String {
        let mut bytes = [0; 8];
        (self.random)(&mut bytes);
        bytes.iter().fold(String::with_capacity(16), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    }

    /// The circumstances of one request, before it is known who asks.
    pub fn ctx(&self, at: Timestamp, request: &str, language: Language) -> Ctx {
        Ctx::new(at, request.to_owned(), language, self.random.clone())
    }
}

#[allow(clippy::disallowed_methods)] // This is the one place for the real clock.
fn system_time() -> Timestamp {
    Timestamp::now()
}

/// Without randomness no secret is safe, so nothing may go on.
fn system_random(bytes: &mut [u8]) {
    if let Err(error) = getrandom::fill(bytes) {
        tracing::error!(%error, "the operating system gives no randomness; Tracte stops");
        std::process::abort();
    }
}
