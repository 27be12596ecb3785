//! What is served to everybody: assets, icons, health, and the API's description.

use crate::api;
use crate::errors::Fault;
use crate::facts::API_PREFIX;
use crate::here::Here;
use crate::routes::{Entry, Who, open_page, public};
use crate::state::Shared;
use model::json::{Map, Value, json};
use poem::http::{Method, StatusCode};
use poem::web::{Data, Path};
use poem::{Request, Response, handler};
use services::projectors::{self, Reading};

pub(crate) fn entries() -> Vec<Entry> {
    vec![
        public("/static/:name", asset),
        public("/favicon.ico", favicon),
        public("/manifest.webmanifest", manifest),
        public("/robots.txt", robots),
        public("/healthz", alive),
        public("/readyz", ready),
        public("/api/v1/openapi.json", openapi),
        open_page(Who::Anyone, Method::GET, "/api", docs),
        open_page(Who::Anyone, Method::GET, "/api/docs", docs),
    ]
}

#[handler]
fn asset(request: &Request, Path(name): Path<String>, Data(state): Data<&Shared>) -> Result<Response, Fault> {
    state.assets.hashed(&name, request)
}

#[handler]
fn favicon(request: &Request, Data(state): Data<&Shared>) -> Result<Response, Fault> {
    state.assets.named("favicon.svg", request)
}

#[handler]
fn manifest(request: &Request, Data(state): Data<&Shared>) -> Result<Response, Fault> {
    state.assets.named("manifest.webmanifest", request)
}

/// A CRM is nobody's search result.
#[handler]
fn robots() -> Response {
    Response::builder()
        .content_type("text/plain; charset=utf-8")
        .header("cache-control", "public, max-age=86400")
        .body("User-agent: *\nDisallow: /\n")
}

/// Whether the process answers.
#[handler]
fn alive() -> Response {
    Response::builder().content_type("text/plain; charset=utf-8").body("ok\n")
}

/// More changes behind than this, and search and reports mislead.
const READY_LAG_MAX: u64 = 10_000;

/// Whether it should get requests: how far search and reports are behind the journal.
#[handler]
async fn ready(Data(state): Data<&Shared>) -> Result<Response, Fault> {
    let lags: Vec<(&'static str, u64)> = state
        .blocking(|app| {
            let behind = |reading| {
                let lag = projectors::lag(app, reading);
                (reading.as_str(), lag.head.saturating_sub(lag.cursor))
            };
            Ok(Reading::ALL.into_iter().map(behind).collect())
        })
        .await?;
    let is_ready = lags.iter().all(|(_, lag)| *lag <= READY_LAG_MAX);
    let status = if is_ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let behind: Map<String, Value> =
        lags.into_iter().map(|(name, lag)| (name.to_owned(), json!(lag))).collect();
    let body = json!({ "ready": is_ready, "changes_behind": behind });
    Ok(Response::builder().status(status).content_type("application/json").body(body.to_string()))
}

#[handler]
fn openapi() -> Result<Response, Fault> {
    Ok(Response::builder()
        .content_type("application/json")
        .header("cache-control", "public, max-age=300")
        .body(api::document()))
}

/// The same for people; the examples show the address under which the reader came.
#[handler]
fn docs(here: Here, request: &Request) -> Response {
    let config = here.config();
    let host = request.headers().get("host").and_then(|host| host.to_str().ok()).unwrap_or_default();
    let origin =
        if config.public_url.is_empty() { format!("http://{host}") } else { config.public_url.clone() };
    let base = format!("{origin}{API_PREFIX}");
    let document: Value = model::json::from_str(api::document()).unwrap_or_default();
    here.page(ui::api_docs::page(&here.shell(), &document, "/api/v1/openapi.json", &base))
}
