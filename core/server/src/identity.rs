//! Who asks: the cookie of a browser or the key of another system, looked up once before the handler.

use crate::cookies;
use crate::errors::Fault;
use crate::facts::{Company, SharedFacts};
use crate::here::go;
use crate::routes::Who;
use crate::state::Shared;
use model::{Language, SecondFactorRule, Via};
use poem::http::{HeaderMap, Method};
use poem::{Request, Response};
use services::inbox::{InboxCount, Whose};
use services::{Ctx, Error};

/// What a page is told: go on, or somewhere else first.
pub(crate) enum Entrance {
    Open,
    Elsewhere(Response),
}

/// For pages: by cookie. Before the set-up everybody is sent there; who is not signed in is sent to sign in.
pub(crate) async fn of_page(state: &Shared, request: &Request, who: Who) -> Result<Entrance, Fault> {
    if let Some(response) = choose_language(state, request) {
        return Ok(Entrance::Elsewhere(response));
    }
    let facts = facts_of(request)?;
    let secret = cookies::read(request.headers(), cookies::SESSION).map(str::to_owned);
    recognise(state, &facts, secret).await?;
    let is_htmx = request.headers().contains_key("hx-request");
    let is_signed_in = facts.ctx.get().is_some_and(|ctx| ctx.caller.is_some());
    let is_set_up = facts.company.get().is_some();
    if !is_set_up && who != Who::BeforeSetup && who != Who::Anyone {
        return Ok(Entrance::Elsewhere(go("/setup", is_htmx)));
    }
    if is_signed_in && who == Who::SignedIn && must_set_up(state, &facts, request).await? {
        return Ok(Entrance::Elsewhere(go(SECOND_FACTOR, is_htmx)));
    }
    if is_signed_in || who != Who::SignedIn {
        return Ok(Entrance::Open);
    }
    let address = match *request.method() {
        Method::GET if !is_htmx => sign_in_address(request),
        _ => "/sign-in".to_owned(),
    };
    Ok(Entrance::Elsewhere(go(&address, is_htmx)))
}

const SECOND_FACTOR: &str = "/account/second-factor";

/// Whether the company asks them for a second factor, they have none, and this is another page than that where they
/// set it up (or leave).
async fn must_set_up(state: &Shared, facts: &SharedFacts, request: &Request) -> Result<bool, Fault> {
    let path = request.uri().path();
    let is_open = path.starts_with(SECOND_FACTOR) || path == "/sign-out";
    if is_open || services::second_factor::rule(&state.app) == SecondFactorRule::Nobody {
        return Ok(false);
    }
    let Some(ctx) = facts.ctx.get().cloned() else {
        return Ok(false);
    };
    state.blocking(move |app| services::second_factor::is_missing(app, ctx.caller()?)).await
}

/// Looks up who asks and for which company, and keeps it beside the request: at the door, or for the error page of an
/// address that has none.
pub(crate) async fn recognise(
    state: &Shared,
    facts: &SharedFacts,
    secret: Option<String>,
) -> Result<(), Fault> {
    let mut ctx = state.clock.ctx(facts.at, &facts.request, facts.language);
    ctx.client = facts.client;
    ctx.agent.clone_from(&facts.agent);
    let shared = state.clone();
    let known = state.blocking(move |_| look_up(&shared, ctx, secret.as_deref())).await?;
    // Set once a request: whoever comes second finds the same.
    let _ = facts.ctx.set(known.ctx);
    let _ = facts.overdue.set(known.overdue);
    let _ = facts.reminders.set(known.reminders);
    if let Some(company) = known.company {
        let _ = facts.company.set(company);
    }
    if let Some(inbox) = known.inbox {
        let _ = facts.inbox.set(inbox);
    }
    Ok(())
}

/// More names help nobody: one of them is in the next room.
const ADMINISTRATORS_NAMED: usize = 3;

/// Who could give the reader a permission; nobody's names for strangers.
pub(crate) async fn administrators(state: &Shared, facts: &SharedFacts) -> Vec<String> {
    let Some(ctx) = facts.ctx.get().filter(|ctx| ctx.caller.is_some()).cloned() else {
        return Vec::new();
    };
    let found = state.blocking(move |app| services::users::list(app, &ctx)).await.unwrap_or_default();
    let can_help = found.into_iter().filter(|user| user.active && user.role.is_administrator());
    can_help.map(|user| user.name).take(ADMINISTRATORS_NAMED).collect()
}

struct Known {
    ctx: Ctx,
    overdue: usize,
    reminders: usize,
    company: Option<Company>,
    inbox: Option<InboxCount>,
}

fn look_up(state: &Shared, ctx: Ctx, secret: Option<&str>) -> Result<Known, Error> {
    if !state.is_set_up()? {
        return Ok(Known { ctx, overdue: 0, reminders: 0, company: None, inbox: None });
    }
    let settings = services::settings::get(&state.app, &ctx)?;
    let company = Some(Company { zone: settings.zone(), name: settings.company_name });
    let caller = match secret {
        Some(secret) => services::sessions::authenticate(&state.app, &ctx, secret)?,
        None => None,
    };
    let ctx = match caller {
        Some(caller) => {
            let language = caller.user.language;
            let mut ctx = ctx.with_caller(caller, Via::Page);
            ctx.language = language;
            ctx
        }
        None => ctx,
    };
    let overdue = services::activities::overdue(&state.app, &ctx)?;
    let reminders = services::reminders::count(&state.app, &ctx)?;
    let inbox = inbox_of(state, &ctx)?;
    Ok(Known { ctx, overdue, reminders, company, inbox })
}

/// For the navigation: what waits for whoever asks, if anything does.
fn inbox_of(state: &Shared, ctx: &Ctx) -> Result<Option<InboxCount>, Error> {
    if services::inbox::choices(ctx).is_empty() {
        return Ok(None);
    }
    let count = services::inbox::count(&state.app, ctx, Whose::Mine)?;
    Ok(Some(count).filter(|count| count.count > 0))
}

/// Whether somebody of the company asks, by key or by cookie: for what everybody may read, and they more of.
pub(crate) async fn is_known(state: &Shared, request: &Request) -> bool {
    if bearer(request.headers()).is_some() {
        return of_api(state, request).await.is_ok();
    }
    let Some(secret) = cookies::read(request.headers(), cookies::SESSION).map(str::to_owned) else {
        return false;
    };
    let Ok(facts) = facts_of(request) else {
        return false;
    };
    recognise(state, &facts, Some(secret)).await.is_ok()
        && facts.ctx.get().is_some_and(|ctx| ctx.caller.is_some())
}

/// For other systems: by key alone. Cookies are not looked at, so that no page can make a browser call the API.
pub(crate) async fn of_api(state: &Shared, request: &Request) -> Result<(), Fault> {
    let facts = facts_of(request)?;
    let secret = bearer(request.headers()).ok_or_else(Fault::unauthenticated)?.to_owned();
    let mut ctx = state.clock.ctx(facts.at, &facts.request, facts.language);
    ctx.client = facts.client;
    ctx.agent.clone_from(&facts.agent);
    let ctx = state
        .blocking(move |app| {
            let caller =
                services::api_keys::authenticate(app, &ctx, &secret)?.ok_or(Error::Unauthenticated)?;
            let via = caller.api_key.map_or(Via::System, Via::Api);
            Ok(ctx.with_caller(caller, via))
        })
        .await?;
    let _ = facts.ctx.set(ctx);
    Ok(())
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let header = headers.get("authorization")?.to_str().ok()?;
    let (scheme, secret) = header.split_once(' ')?;
    (scheme.eq_ignore_ascii_case("bearer") && !secret.trim().is_empty()).then(|| secret.trim())
}

pub(crate) fn facts_of(request: &Request) -> Result<SharedFacts, Fault> {
    request.data::<SharedFacts>().cloned().ok_or_else(|| Fault::internal("a request without facts"))
}

/// Back to where somebody wanted to go, after they have signed in.
fn sign_in_address(request: &Request) -> String {
    let wanted = request.uri().path_and_query().map_or("/", |path| path.as_str());
    format!("/sign-in{}", next_query(wanted))
}

/// `?next=` with an address of ours; nothing for the first page.
pub(crate) fn next_query(wanted: &str) -> String {
    if wanted == "/" {
        return String::new();
    }
    let mut query = "?next=".to_owned();
    for byte in wanted.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' => {
                query.push(char::from(byte))
            }
            byte => query.push_str(&format!("%{byte:02X}")),
        }
    }
    query
}

/// An address to go to after signing in: a path of ours, nothing else.
pub fn safe_next(next: &str) -> &str {
    // Browsers leave tabs and line ends out of an address: what follows them could be another host.
    let has_control = next.chars().any(char::is_control);
    let is_path = next.starts_with('/') && !next.starts_with("//") && !next.contains('\\') && !has_control;
    if is_path { next } else { "/" }
}

/// `?language=es` on any page: remembered in a cookie, and the page again without it.
fn choose_language(state: &Shared, request: &Request) -> Option<Response> {
    if *request.method() != Method::GET {
        return None;
    }
    let query: Vec<(String, String)> = request.params().ok()?;
    let language =
        query.iter().find(|(key, _)| key == "language").and_then(|(_, code)| Language::from_code(code))?;
    let raw = request.uri().query().unwrap_or_default();
    let rest: Vec<&str> = raw.split('&').filter(|pair| !pair.starts_with("language=")).collect();
    let path = request.uri().path();
    let address = if rest.is_empty() { path.to_owned() } else { format!("{path}?{}", rest.join("&")) };
    let mut response = go(safe_next(&address), false);
    let cookie = cookies::set(&state.config, cookies::LANGUAGE, language.code(), cookies::PREFERENCE_SECONDS);
    response.headers_mut().append("set-cookie", cookie);
    Some(response)
}
