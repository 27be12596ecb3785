//! What browsers are told about every answer: where content may come from, who may frame it, whether to keep it.

use crate::state::Shared;
use poem::http::{HeaderMap, HeaderName, HeaderValue};
use poem::{Endpoint, IntoResponse, Request, Response, Result};
use std::sync::Arc;

/// Nothing inline, nothing from elsewhere. `data:` images are the sort arrows of the style sheet.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; \
    base-uri 'none'; manifest-src 'self'";

const ALWAYS: [(&str, &str); 7] = [
    ("content-security-policy", CONTENT_SECURITY_POLICY),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    // For browsers that do not know frame-ancestors.
    ("x-frame-options", "DENY"),
];

/// Two years, as browsers' preload lists ask; sent only where the public address is https.
const STRICT_TRANSPORT_SECURITY: &str = "max-age=63072000";

/// Addresses that are secrets: whoever knows one may answer a client's quote.
pub(crate) const QUOTES: &str = "/q/";
/// They tell nobody where a reader came from, and no search engine what is there.
const SECRET_ADDRESS: [(&str, &str); 2] =
    [("referrer-policy", "no-referrer"), ("x-robots-tag", "noindex, nofollow")];

pub(crate) async fn headers<E: Endpoint>(state: Shared, next: Arc<E>, request: Request) -> Result<Response> {
    let is_secret = request.uri().path().starts_with(QUOTES);
    let mut response = next.call(request).await?.into_response();
    let framed_by = response.data::<FramedBy>().map(|sites| sites.0.clone());
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        put(headers, name, value);
    }
    for (name, value) in SECRET_ADDRESS.into_iter().filter(|_| is_secret) {
        put(headers, name, value);
    }
    if let Some(sites) = framed_by
        && let Ok(policy) = HeaderValue::try_from(framed(&sites))
    {
        headers.insert("content-security-policy", policy);
        headers.remove("x-frame-options");
    }
    if state.config.is_https() {
        put(headers, "strict-transport-security", STRICT_TRANSPORT_SECURITY);
    }
    // Whoever wants an answer kept says so; the others are somebody's own.
    if !headers.contains_key("cache-control") {
        put(headers, "cache-control", "no-store");
        // The same address answers a page or a part of it.
        headers.append("vary", HeaderValue::from_static("HX-Request"));
    }
    Ok(response)
}

/// The sites in whose frames an answer may stand: web forms alone, and none but those that the form names.
#[derive(Clone)]
pub(crate) struct FramedBy(pub Vec<String>);

fn framed(sites: &[String]) -> String {
    let allowed = format!("frame-ancestors 'self' {}", sites.join(" "));
    CONTENT_SECURITY_POLICY.replace("frame-ancestors 'none'", &allowed)
}

fn put(headers: &mut HeaderMap, name: &'static str, value: &'static str) {
    headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
}
