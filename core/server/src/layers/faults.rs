//! Turns every error, from wherever it comes, into a page or a problem, and logs what the operator should know.

use crate::cookies;
use crate::errors::{self, Fault, Others};
use crate::facts::{SharedFacts, Wants};
use crate::here;
use crate::identity;
use crate::shell;
use crate::state::Shared;
use poem::http::Method;
use poem::middleware::CatchPanic;
use poem::{Endpoint, EndpointExt, Request, Response, Result};
use std::any::Any;
use std::sync::Arc;

/// Marks the response that stands for a panic until it is rendered.
#[derive(Clone)]
struct Panicked(String);

pub(crate) async fn faults<E: Endpoint>(next: Arc<E>, request: Request) -> Result<Response> {
    let Some(facts) = request.data::<SharedFacts>().cloned() else {
        return Err(Fault::internal("a request without facts").into());
    };
    let state = request.data::<Shared>().cloned();
    let is_get = request.method() == Method::GET;
    let is_htmx = request.headers().contains_key("hx-request");
    let secret = cookies::read(request.headers(), cookies::SESSION).map(str::to_owned);
    let guarded = next.with(CatchPanic::new().with_handler(|panic: Box<dyn Any + Send>| {
        let mut response = Response::default();
        response.set_data(Panicked(words_of(panic.as_ref())));
        response
    }));
    let fault = match guarded.call(request).await {
        Ok(response) => match response.data::<Panicked>() {
            Some(Panicked(words)) => Fault::internal(format!("panicked: {words}")),
            None => return Ok(response),
        },
        Err(error) => Fault::from(error),
    };
    if fault.status.is_server_error() {
        tracing::error!(request = %facts.request, code = fault.code, operator = %fault.operator, "failed");
    }
    if facts.wants == Wants::Problem {
        return Ok(errors::problem(&fault, &facts));
    }
    // Whoever asks for a record that became a part of another reads that one. What was sent to it was not saved.
    if let Some(Others::Merged(kind, into)) = fault.others.as_deref() {
        let notice = if is_get { "merged-into" } else { "merged-not-saved" };
        let path = model::path_of(*kind).unwrap_or_default();
        return Ok(here::go(&format!("{path}/{into}?notice={notice}"), is_htmx));
    }
    let helpers = match state {
        Some(state) => find_way_on(&state, &facts, &fault, secret).await,
        None => Vec::new(),
    };
    Ok(errors::page(&fault, &facts, &shell::for_errors(&facts), &helpers))
}

/// Before an error page: who reads it, where no door has asked, so that the page has its navigation and search; and
/// who could help somebody who may not. A fault of ours asks nothing more of the machine.
async fn find_way_on(
    state: &Shared,
    facts: &SharedFacts,
    fault: &Fault,
    secret: Option<String>,
) -> Vec<String> {
    if fault.status.is_server_error() {
        return Vec::new();
    }
    if facts.ctx.get().is_none() && secret.is_some() {
        // Who cannot be made out reads the page as a stranger; the fault that counts is the one being told.
        let _ = identity::recognise(state, facts, secret).await;
    }
    if fault.code == "denied" { identity::administrators(state, facts).await } else { Vec::new() }
}

fn words_of(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default()
}
