//! Who asks, in which language, at what time, and where new ids and secrets come from.

use model::jiff::Timestamp;
use model::uuid::{Builder, Uuid};
use model::{Actor, ApiKeyId, Language, Role, TeamId, User, UserId, Via};
use std::fmt::Write as _;
use std::net::IpAddr;
use std::sync::Arc;

/// Fills a buffer with randomness: the operating system's in the product, a counter's in tests.
pub type Random = Arc<dyn Fn(&mut [u8]) + Send + Sync>;

/// Who is calling: a signed-in user, or a key that acts for one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    pub user: User,
    /// What they may do: the user's role; for a key, what both its role and the user's may.
    pub role: Arc<Role>,
    /// The teams that level «team» reaches: see `permissions`.
    pub reach: Arc<[TeamId]>,
    /// Whether the user, and the key where there is one, have the role of administrators.
    pub is_administrator: bool,
    pub api_key: Option<ApiKeyId>,
    /// Whether the company's identity provider said who they are.
    pub by_provider: bool,
}

/// The circumstances of one request.
#[derive(Clone)]
pub struct Ctx {
    pub caller: Option<Caller>,
    pub via: Via,
    pub language: Language,
    /// The one time of the whole request.
    pub at: Timestamp,
    /// Printed in logs, error pages and the journal.
    pub request: String,
    /// Where the request came from; absent for jobs and the command line. Kept with each change in the journal.
    pub client: Option<IpAddr>,
    /// What the browser says of itself; empty for jobs and the command line.
    pub agent: String,
    is_for_outside: bool,
    random: Random,
}

impl Ctx {
    pub fn new(at: Timestamp, request: String, language: Language, random: Random) -> Ctx {
        Ctx {
            caller: None,
            via: Via::System,
            language,
            at,
            request,
            client: None,
            agent: String::new(),
            is_for_outside: false,
            random,
        }
    }

    /// The same circumstances with somebody in them.
    #[must_use]
    pub fn with_caller(mut self, caller: Caller, via: Via) -> Ctx {
        self.caller = Some(caller);
        self.via = via;
        self
    }

    /// The same circumstances for what goes out by itself: what is kept among those who make prices is no part of it.
    #[must_use]
    pub(crate) fn for_outside(self) -> Ctx {
        Ctx { is_for_outside: true, ..self }
    }

    pub(crate) fn is_for_outside(&self) -> bool {
        self.is_for_outside
    }

    /// The same circumstances with nobody in them: what somebody outside sends by a web form, whoever's cookie came along.
    #[must_use]
    pub(crate) fn by_form(&self, language: Language) -> Ctx {
        Ctx { caller: None, via: Via::Form, language, ..self.clone() }
    }

    /// The same circumstances at another time: for the past of the demonstration company and for long jobs.
    #[must_use]
    pub fn at(&self, at: Timestamp) -> Ctx {
        Ctx { at, ..self.clone() }
    }

    /// The caller, or «not signed in».
    pub fn caller(&self) -> Result<&Caller, crate::Error> {
        self.caller.as_ref().ok_or(crate::Error::Unauthenticated)
    }

    pub fn user_id(&self) -> Option<UserId> {
        self.caller.as_ref().map(|caller| caller.user.id())
    }

    pub fn teams(&self) -> &[TeamId] {
        self.caller.as_ref().map_or(&[], |caller| &caller.user.teams)
    }

    pub fn actor(&self) -> Actor {
        Actor { user: self.user_id(), via: self.via.clone() }
    }

    /// Who it is, as part of an idempotency key: one caller's keys never meet another's.
    pub(crate) fn actor_name(&self) -> String {
        match &self.caller {
            Some(Caller { api_key: Some(key), .. }) => format!("key/{key}"),
            Some(Caller { user, .. }) => format!("user/{}", user.id()),
            None => "nobody".to_owned(),
        }
    }

    /// A new id: UUID version 7 at this time.
    pub fn new_id(&self) -> Uuid {
        let mut bytes = [0; 10];
        (self.random)(&mut bytes);
        let milliseconds = u64::try_from(self.at.as_millisecond()).unwrap_or_default();
        Builder::from_unix_timestamp_millis(milliseconds, &bytes).into_uuid()
    }

    /// 256 bits as lower-case hex.
    pub fn new_secret(&self) -> String {
        let mut bytes = [0; 32];
        (self.random)(&mut bytes);
        hex(&bytes)
    }

    pub(crate) fn fill(&self, bytes: &mut [u8]) {
        (self.random)(bytes);
    }

    pub(crate) fn write(&self) -> store::Write {
        self.write_as(&self.request)
    }

    /// A write whose changes are found in the journal by this name instead of the request's.
    pub(crate) fn write_as(&self, request: &str) -> store::Write {
        store::Write::new(self.at, self.actor(), request).from_address(self.client)
    }
}

/// Lower-case hex.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
