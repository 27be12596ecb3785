//! What is served to everybody: assets, icons, health, and the API's description.

use crate::api;
use crate::errors::Fault;
use crate::facts::API_PREFIX;
use crate::here::Here;
use crate::identity;
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
        public("/brand/:name", brand),
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

/// The company's colours, `<hue>.css`, or its logo by its hash: both never change under their name.
#[handler]
async fn brand(Path(name): Path<String>, Data(state): Data<&Shared>) -> Result<Response, Fault> {
    const FOREVER: &str = "public, max-age=31536000, immutable";
    if let Some(hue) = name.strip_suffix(".css") {
        let hue = hue.parse().ok().filter(|hue| *hue <= model::BRAND_HUE_MAX).ok_or_else(Fault::not_found)?;
        let css =
            Response::builder().content_type("text/css; charset=utf-8").header("cache-control", FOREVER);
        return Ok(css.body(ui::brand::stylesheet(hue)));
    }
    let (kind, bytes) = state.blocking(move |app| services::settings::logo(app, &name)).await?;
    Ok(Response::builder().content_type(kind.media_type()).header("cache-control", FOREVER).body(bytes))
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

/// What a company calls its own fields is nobody else's business: they are in the document of those who send a key or
/// are signed in.
#[handler]
async fn openapi(request: &Request, Data(state): Data<&Shared>) -> Result<Response, Fault> {
    let answer = Response::builder().content_type("application/json").header("vary", "authorization, cookie");
    if identity::is_known(state, request).await {
        let document = api::document_of(&state.app.frame());
        return Ok(answer.header("cache-control", "private, no-cache").body(document.to_string()));
    }
    Ok(answer.header("cache-control", "public, max-age=300").body(api::document()))
}

/// The same for people; the examples show the address under which the reader came.
#[handler]
fn docs(here: Here, request: &Request) -> Response {
    let config = here.config();
    let host = request.headers().get("host").and_then(|host| host.to_str().ok()).unwrap_or_default();
    let origin =
        if config.public_url.is_empty() { format!("http://{host}") } else { config.public_url.clone() };
    let base = format!("{origin}{API_PREFIX}");
    let document: Value = match here.ctx.caller {
        Some(_) => api::document_of(&here.state.app.frame()),
        None => model::json::from_str(api::document()).unwrap_or_default(),
    };
    here.page(ui::api_docs::page(&here.shell(), &document, "/api/v1/openapi.json", &base))
}
