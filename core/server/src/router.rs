//! Builds the whole server out of the list of routes and the layers around it.

use crate::api;
use crate::errors::Fault;
use crate::facts::API_PREFIX;
use crate::identity::{self, Entrance};
use crate::layers::{arrive, body_limit, compress, csrf, faults, headers};
use crate::routes::{self, BodyRule, Entry, Kind, RouteInfo};
use crate::state::Shared;
use poem::http::Method;
use poem::{Endpoint, EndpointExt, IntoResponse, Request, Response, Result, Route, endpoint::BoxEndpoint};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The server as a function of requests: what `serve` listens with and what tests call.
pub fn build(state: &Shared) -> impl Endpoint<Output = Response> + 'static {
    let route =
        by_path(state).into_iter().fold(Route::new(), |route, (path, methods)| route.at(path, methods));
    layered(state, route.nest(API_PREFIX, api_endpoint(state)))
}

/// What every request passes, around anything.
pub fn layered<E>(state: &Shared, endpoint: E) -> impl Endpoint<Output = Response> + 'static
where
    E: Endpoint<Output = Response> + 'static,
{
    let (outer, inner) = (state.clone(), state.clone());
    endpoint
        .around(faults::faults)
        .around(compress::compress)
        .around(move |next, request| headers::headers(inner.clone(), next, request))
        .data(state.clone())
        .around(move |next, request| arrive::arrive(outer.clone(), next, request))
}

/// All methods of one path. poem's own answers 405 without saying what is allowed.
struct Methods(Vec<(Method, BoxEndpoint<'static, Response>)>);

impl Endpoint for Methods {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        match self.0.iter().find(|(method, _)| method == request.method()) {
            Some((_, endpoint)) => endpoint.call(request).await,
            None => Err(Fault::method_not_allowed(allow(self.0.iter().map(|(method, _)| method))).into()),
        }
    }
}

fn allow<'a>(methods: impl Iterator<Item = &'a Method>) -> String {
    let mut names: Vec<&str> = methods.map(Method::as_str).collect();
    if names.contains(&"GET") {
        names.push("HEAD");
    }
    names.sort_unstable();
    names.join(", ")
}

fn by_path(state: &Shared) -> BTreeMap<String, Methods> {
    let mut paths: BTreeMap<String, Methods> = BTreeMap::new();
    for entry in routes::entries() {
        let (method, path) = (entry.info.method.clone(), entry.info.path.clone());
        paths.entry(path).or_insert_with(|| Methods(Vec::new())).0.push((method, guarded(state, entry)));
    }
    paths
}

/// A route behind its door.
fn guarded(state: &Shared, entry: Entry) -> BoxEndpoint<'static, Response> {
    let Entry { info, endpoint } = entry;
    let state = state.clone();
    endpoint.around(move |next, request| enter(state.clone(), info.clone(), next, request)).boxed()
}

/// The door: where from, how long, who, and for how long.
async fn enter<E: Endpoint>(
    state: Shared,
    info: RouteInfo,
    next: Arc<E>,
    mut request: Request,
) -> Result<Response> {
    if info.kind == Kind::Page {
        csrf::check(&state.config, &request)?;
    }
    let limited = body_limit::limit(&mut request, info.body.limit_bytes(&state));
    let limited = tokio::time::timeout(info.body.time_limit(&state), limited).await;
    let overrun = limited.map_err(|_| Fault::too_slow())??;
    match info.kind {
        Kind::Page => {
            if let Entrance::Elsewhere(response) = identity::of_page(&state, &request, info.who).await? {
                return Ok(response);
            }
        }
        Kind::Api => identity::of_api(&state, &request).await?,
        Kind::Public => {}
    }
    let answer = tokio::time::timeout(info.body.time_limit(&state), next.call(request)).await;
    // An extractor that met the end of the limit says something else; this is the reason.
    overrun.check()?;
    match answer {
        Ok(answer) => Ok(answer?.into_response()),
        Err(_) => Err(Fault::too_slow().into()),
    }
}

/// Everything that poem-openapi routes, behind the same door.
fn api_endpoint(state: &Shared) -> BoxEndpoint<'static, Response> {
    let (routes, parameters) = api::routes_and_parameters();
    let (routes, parameters) = (Arc::new(routes), Arc::new(parameters));
    let info = RouteInfo {
        method: Method::GET,
        path: API_PREFIX.to_owned(),
        kind: Kind::Api,
        who: crate::routes::Who::SignedIn,
        body: BodyRule::Small,
        permission: "key",
    };
    let uploads: Vec<RouteInfo> =
        routes.iter().filter(|route| route.body == BodyRule::Upload).cloned().collect();
    let state = state.clone();
    api::endpoint()
        .around(move |next, request: Request| with_allow(routes.clone(), next, request))
        .around(move |next, request: Request| with_known_query(parameters.clone(), next, request))
        .around(move |next, request: Request| {
            let path = format!("{API_PREFIX}{}", request.uri().path());
            let is_it =
                |route: &&RouteInfo| route.method == *request.method() && is_match(&route.path, &path);
            let info = uploads.iter().find(is_it).unwrap_or(&info).clone();
            enter(state.clone(), info, next, request)
        })
        .boxed()
}

/// Lets through what asks for nothing that the operation does not know: a misspelt name would be the same as none.
async fn with_known_query<E: Endpoint>(
    parameters: Arc<api::Parameters>,
    next: Arc<E>,
    request: Request,
) -> Result<Response> {
    let query: Vec<(String, String)> = request.params().unwrap_or_default();
    let path = format!("{API_PREFIX}{}", request.uri().path());
    parameters.check(request.method(), &path, &query)?;
    next.call(request).await.map(IntoResponse::into_response)
}

/// Adds to a 405 which methods there are.
async fn with_allow<E: Endpoint>(
    routes: Arc<Vec<RouteInfo>>,
    next: Arc<E>,
    request: Request,
) -> Result<Response> {
    let path = format!("{API_PREFIX}{}", request.uri().path());
    match next.call(request).await {
        Ok(response) => Ok(response.into_response()),
        Err(error) => {
            let mut fault = Fault::from(error);
            if fault.allow.as_deref() == Some("") {
                let here = routes.iter().filter(|route| is_match(&route.path, &path));
                fault.allow = Some(allow(here.map(|route| &route.method)).into());
            }
            Err(fault.into())
        }
    }
}

/// Whether a path is one of a pattern with `:names`.
pub(crate) fn is_match(pattern: &str, path: &str) -> bool {
    let (mut expected, mut given) = (pattern.split('/'), path.split('/'));
    loop {
        match (expected.next(), given.next()) {
            (None, None) => return true,
            (Some(part), Some(other)) if part.starts_with(':') || part == other => {}
            _ => return false,
        }
    }
}
