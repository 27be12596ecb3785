//! The outermost layer: names the request, answers HEAD, writes the access log, and has the last word after a panic.

use crate::errors;
use crate::facts::{Facts, SharedFacts};
use crate::layers::headers::QUOTES;
use crate::state::Shared;
use poem::http::{HeaderName, HeaderValue, Method};
use poem::middleware::CatchPanic;
use poem::{Body, Endpoint, EndpointExt, Request, Response, Result};
use std::sync::Arc;

/// The header in which every answer carries its request's name.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

pub(crate) async fn arrive<E: Endpoint>(
    state: Shared,
    next: Arc<E>,
    mut request: Request,
) -> Result<Response> {
    let facts: SharedFacts = Arc::new(Facts::of(&request, &state.clock, &state.config, state.words()));
    let method = request.method().clone();
    if method == Method::HEAD {
        request.set_method(Method::GET);
    }
    request.set_data(facts.clone());
    let panicked = facts.clone();
    let guarded = next.with(CatchPanic::new().with_handler(move |_| errors::last_words(&panicked)));
    let mut response = match guarded.call(request).await {
        Ok(response) => response,
        // The layer below turns every error into a response.
        Err(_) => errors::last_words(&facts),
    };
    if let Ok(id) = HeaderValue::try_from(&facts.request) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    if method == Method::HEAD {
        response = without_body(response).await;
    }
    log(&state, &facts, &method, &response);
    Ok(response)
}

/// What GET would have answered, with its length, without its body.
async fn without_body(mut response: Response) -> Response {
    let length = response.take_body().into_bytes().await.map(|bytes| bytes.len());
    if let Ok(length) = length
        && !response.headers().contains_key("content-length")
    {
        response.headers_mut().insert("content-length", HeaderValue::from(length));
    }
    response.set_body(Body::empty());
    response
}

/// One line a request. No query, no address, no name: what was searched for and by whom is nobody's business here.
fn log(state: &Shared, facts: &Facts, method: &Method, response: &Response) {
    let took = state.clock.now().duration_since(facts.at);
    tracing::info!(
        request = %facts.request,
        %method,
        path = %logged(&facts.path),
        status = response.status().as_u16(),
        ms = took.as_millis(),
        "answered"
    );
}

/// The path without what is a secret in it.
fn logged(path: &str) -> &str {
    const SECRETS: [&str; 3] = ["/welcome/", "/form-confirmation/", QUOTES];
    SECRETS.into_iter().find(|start| path.starts_with(start)).unwrap_or(path)
}
