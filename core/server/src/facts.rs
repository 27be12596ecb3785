//! What is known of a request before anybody is asked who sends it; kept beside it until the answer is written.

use crate::clock::Clock;
use crate::config::Config;
use crate::cookies;
use model::Language;
use model::jiff::Timestamp;
use model::jiff::tz::TimeZone;
use poem::Request;
use poem::http::{HeaderMap, Method};
use services::Ctx;
use services::inbox::InboxCount;
use std::net::IpAddr;
use std::sync::{Arc, OnceLock};
use ui::{Locale, Theme, Words};

/// In which form somebody wants to read that something went wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Wants {
    Page,
    Problem,
}

/// One request's facts. Layers share it through the request's data.
pub(crate) struct Facts {
    /// Printed in logs, error pages, problems and the journal.
    pub request: String,
    pub at: Timestamp,
    /// From the cookie, else from `Accept-Language`, else the default; a signed-in user's own comes with `ctx`.
    pub language: Language,
    pub theme: Theme,
    /// What the company had set up when the request came in.
    pub words: Arc<Words>,
    pub path: String,
    /// Somebody is about to read the answer: neither HEAD nor a browser that fetches what may be read next.
    pub is_visit: bool,
    /// The address of whoever asks: for limits and the journal.
    pub client: Option<IpAddr>,
    /// What the request calls the server.
    pub host: String,
    /// What the browser says of itself.
    pub agent: String,
    pub wants: Wants,
    /// Set once it is known who asks.
    pub ctx: OnceLock<Ctx>,
    /// Set together with `ctx`, once there is a company.
    pub company: OnceLock<Company>,
    /// How many activities of whoever asks are overdue; set together with `ctx`, for pages.
    pub overdue: OnceLock<usize>,
    /// How many reminders of theirs have come; set together with `ctx`, for pages.
    pub reminders: OnceLock<usize>,
    /// How many leads wait in the caller's inbox, where they have one and it is not empty.
    pub inbox: OnceLock<InboxCount>,
}

/// What every page shows of the company.
pub(crate) struct Company {
    pub name: String,
    pub zone: TimeZone,
}

/// How layers and extractors hold the facts.
pub(crate) type SharedFacts = Arc<Facts>;

impl Facts {
    pub(crate) fn of(request: &Request, clock: &Clock, config: &Config, words: Arc<Words>) -> Facts {
        let headers = request.headers();
        let path = request.uri().path().to_owned();
        Facts {
            request: clock.request_id(),
            at: clock.now(),
            language: language_of(headers),
            theme: cookies::read(headers, cookies::THEME).and_then(Theme::from_code).unwrap_or_default(),
            words,
            wants: wants(&path, headers),
            path,
            is_visit: is_visit(request),
            client: client_address(config, request),
            host: headers.get("host").and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned(),
            agent: headers
                .get("user-agent")
                .and_then(|value| value.to_str().ok())
                .unwrap_or_default()
                .to_owned(),
            ctx: OnceLock::new(),
            company: OnceLock::new(),
            overdue: OnceLock::new(),
            reminders: OnceLock::new(),
            inbox: OnceLock::new(),
        }
    }

    /// The language of the answer.
    pub(crate) fn language(&self) -> Language {
        self.ctx.get().map_or(self.language, |ctx| ctx.language)
    }

    /// The same with the company's words.
    pub(crate) fn locale(&self) -> Locale<'_> {
        self.words.locale(self.language())
    }
}

/// The connection's address; behind a proxy, what the configured header says last, which is what the proxy wrote: some
/// add to the line that came, others a line of their own.
fn client_address(config: &Config, request: &Request) -> Option<IpAddr> {
    let header = config.sign_in.client_address_header.as_str();
    let told = (!header.is_empty())
        .then(|| {
            let last = request.headers().get_all(header).iter().next_back()?;
            last.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
        })
        .flatten();
    told.or_else(|| request.remote_addr().as_socket_addr().map(std::net::SocketAddr::ip))
}

fn language_of(headers: &HeaderMap) -> Language {
    let accept = || headers.get("accept-language").and_then(|value| value.to_str().ok());
    cookies::read(headers, cookies::LANGUAGE)
        .and_then(Language::from_code)
        .or_else(|| accept().and_then(Language::from_accept_header))
        .unwrap_or_default()
}

/// `Sec-Purpose` and its forerunner `Purpose` tell what is fetched ahead (https://wicg.github.io/nav-speculation/).
fn is_visit(request: &Request) -> bool {
    let is_ahead = |name| {
        let value = request.headers().get(name).and_then(|value| value.to_str().ok());
        value.is_some_and(|value| value.contains("prefetch") || value.contains("preview"))
    };
    *request.method() == Method::GET && !is_ahead("sec-purpose") && !is_ahead("purpose")
}

/// The prefix of everything that other systems call.
pub const API_PREFIX: &str = "/api/v1";

fn wants(path: &str, headers: &HeaderMap) -> Wants {
    if path == API_PREFIX || path.strip_prefix(API_PREFIX).is_some_and(|rest| rest.starts_with('/')) {
        return Wants::Problem;
    }
    let accept = headers.get("accept").and_then(|value| value.to_str().ok()).unwrap_or_default();
    if accept.contains("json") && !accept.contains("text/html") { Wants::Problem } else { Wants::Page }
}
