//! Turns every error, from wherever it comes, into a page or a problem, and logs what the operator should know.

use crate::errors::{self, Fault};
use crate::facts::{SharedFacts, Wants};
use crate::shell;
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
    Ok(match facts.wants {
        Wants::Problem => errors::problem(&fault, &facts),
        Wants::Page => errors::page(&fault, &facts, &shell::for_errors(&facts)),
    })
}

fn words_of(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default()
}
