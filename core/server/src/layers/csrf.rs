//! Only our own pages may change something with a browser's cookie.

use crate::config::Config;
use crate::errors::Fault;
use crate::layers::headers::QUOTES;
use poem::Request;
use poem::http::Method;

/// Every method that may change something needs a sign that one of our pages sent it. The API has no cookies and does not ask.
///
/// `Sec-Fetch-Site` is set by the browser and cannot be set by a page; over plain http, where browsers leave it out,
/// they send `Origin` with every form. Whoever sends neither is no browser of the last five years.
pub(crate) fn check(config: &Config, request: &Request) -> Result<(), Fault> {
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return Ok(());
    }
    let header = |name| request.headers().get(name).and_then(|value| value.to_str().ok());
    let own = match (header("sec-fetch-site"), header("origin")) {
        // `none` is somebody who typed the address or opened a bookmark.
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        // A page that hides its address from everybody hides it from us, too (https://fetch.spec.whatwg.org, «append a
        // request Origin header»). Its address is a secret: who knows it needs no page of somebody else's.
        (None, Some("null")) => request.uri().path().starts_with(QUOTES),
        (None, Some(origin)) => is_own(config, origin, host(request)),
        (None, None) => false,
    };
    if own { Ok(()) } else { Err(Fault::foreign_origin()) }
}

/// HTTP/1.1 names the host in a header, HTTP/2 in the address.
fn host(request: &Request) -> Option<&str> {
    let authority = || request.uri().authority().map(|authority| authority.as_str());
    request.headers().get("host").and_then(|value| value.to_str().ok()).or_else(authority)
}

fn is_own(config: &Config, origin: &str, host: Option<&str>) -> bool {
    if !config.public_url.is_empty() && origin.eq_ignore_ascii_case(&config.public_url) {
        return true;
    }
    let Some((scheme, origin_host)) = origin.split_once("://") else {
        return false;
    };
    // Behind a public https address nothing comes from plain http.
    if config.is_https() && scheme != "https" {
        return false;
    }
    host.is_some_and(|host| host.eq_ignore_ascii_case(origin_host))
}
