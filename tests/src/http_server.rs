//! What every request passes, against the pitfalls of poem that were proven: limits, origin, headers, errors, assets.

use crate::http_kit::{Answer, Kit, ask};
use poem::http::{Method, StatusCode};
use poem::{EndpointExt, Route, handler};
use server::{Config, Kind, Who, routes};

const SAME_ORIGIN: (&str, &str) = ("sec-fetch-site", "same-origin");

#[tokio::test]
async fn every_answer_has_the_security_headers_and_a_name() {
    let kit = Kit::company();
    for path in ["/", "/healthz", "/no-such-page", "/api/v1/leads", "/api/v1/openapi.json", "/robots.txt"] {
        let answer = kit.get(path, &[]).await;
        assert_eq!(answer.header("content-security-policy"), server::CONTENT_SECURITY_POLICY, "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin", "{path}");
        assert_eq!(answer.header("x-request-id").len(), 16, "{path}");
        assert_eq!(answer.header("strict-transport-security"), "", "{path}");
    }
    let private = kit.get("/healthz", &[]).await;
    assert_eq!(private.header("cache-control"), "no-store");
    assert_eq!(private.header("vary"), "HX-Request");
    let https = Kit::with(Config { public_url: "https://crm.exemple.cat".to_owned(), ..Config::default() });
    assert_eq!(https.get("/healthz", &[]).await.header("strict-transport-security"), "max-age=63072000");
}

/// Errors are pages for people and problems for systems, whoever makes them.
#[tokio::test]
async fn errors_are_pages_or_problems() {
    let kit = Kit::company();
    let page = kit.get("/no-such-page", &[("accept", "text/html"), ("accept-language", "en")]).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(page.header("content-type").starts_with("text/html"), "{}", page.text());
    assert!(page.text().contains("<html lang=\"en\""), "{}", page.text());

    let problem = kit.get("/no-such-page", &[("accept", "application/json")]).await;
    assert_problem(&problem, StatusCode::NOT_FOUND, "not-found");
    let problem = kit.get("/api/v1/leads", &[]).await;
    assert_problem(&problem, StatusCode::UNAUTHORIZED, "unauthenticated");
    assert!(problem.header("www-authenticate").starts_with("Bearer"));

    let wrong = kit.ask(Method::DELETE, "/healthz", &[], "").await;
    assert_eq!((wrong.status, wrong.header("allow")), (StatusCode::METHOD_NOT_ALLOWED, "GET, HEAD"));
    let key = kit.key("administrator");
    let wrong = kit.api(Method::PUT, "/leads/0", &key, &[], "{}").await;
    assert_problem(&wrong, StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed");
    assert_eq!(wrong.header("allow"), "DELETE, GET, HEAD, PATCH");
    let unknown = kit.api(Method::GET, "/nothing", &key, &[], "").await;
    assert_problem(&unknown, StatusCode::NOT_FOUND, "not-found");
    let not_an_id = kit.api(Method::GET, "/leads/not-an-id", &key, &[], "").await;
    assert_problem(&not_an_id, StatusCode::NOT_FOUND, "not-found");
}

/// Whoever is signed in keeps the navigation and the search on every error page; strangers learn nothing by it.
#[tokio::test]
async fn errors_keep_the_frame_of_whoever_is_signed_in() {
    let kit = Kit::company();
    let cookie = format!("{}={}", server::SESSION, kit.session());
    let nobodys = format!("/leads/{}", "0".repeat(32));
    let framed = async |path: &str, cookie: &str, status: StatusCode| {
        let answer = kit.get(path, &[("cookie", cookie), ("accept", "text/html")]).await;
        assert_eq!(answer.status, status, "{path}");
        let text = answer.text();
        text.contains("<nav class=\"nav\"") && text.contains("action=\"/search\"")
    };
    for path in ["/no-such-page", "/leads/no-such/page", &nobodys] {
        assert!(framed(path, &cookie, StatusCode::NOT_FOUND).await, "{path}");
    }
    assert!(framed("/sign-out", &cookie, StatusCode::METHOD_NOT_ALLOWED).await);
    let unknown = format!("{}=0123456789abcdef", server::SESSION);
    for other in ["", &unknown] {
        assert!(!framed("/no-such-page", other, StatusCode::NOT_FOUND).await, "«{other}»");
    }
    let problem = kit.get("/no-such-page", &[("cookie", &cookie), ("accept", "application/json")]).await;
    assert_problem(&problem, StatusCode::NOT_FOUND, "not-found");
}

fn assert_problem(answer: &Answer, status: StatusCode, code: &str) {
    assert_eq!(answer.status, status, "{}", answer.text());
    assert_eq!(answer.header("content-type"), server::PROBLEM_JSON);
    let problem = answer.json();
    assert_eq!(problem["status"], status.as_u16());
    assert_eq!(problem["code"], code);
    assert_eq!(problem["instance"], format!("urn:tracte:request:{}", answer.header("x-request-id")));
}

/// Pitfall: `SizeLimit` trusts Content-Length, asks GETs for it, and compression goes round it.
#[tokio::test]
async fn bodies_are_limited_whatever_their_headers_say() {
    let kit = Kit::company();
    let key = kit.key("administrator");
    let long = format!("{{\"company\":\"{}\"}}", "a".repeat(1024 * 1024));
    let refused = kit.api(Method::POST, "/leads", &key, &[], &long).await;
    assert_problem(&refused, StatusCode::PAYLOAD_TOO_LARGE, "too-large");
    let announced = long.len().to_string();
    let refused = kit.api(Method::POST, "/leads", &key, &[("content-length", &announced)], &long).await;
    assert_problem(&refused, StatusCode::PAYLOAD_TOO_LARGE, "too-large");
    let lying = kit.api(Method::POST, "/leads", &key, &[("content-length", "10")], &long).await;
    assert_problem(&lying, StatusCode::PAYLOAD_TOO_LARGE, "too-large");
    let encoded = kit.api(Method::POST, "/leads", &key, &[("content-encoding", "gzip")], "{}").await;
    assert_problem(&encoded, StatusCode::UNSUPPORTED_MEDIA_TYPE, "content-encoding");
    let no_length = kit.api(Method::GET, "/leads", &key, &[], "").await;
    assert_eq!(no_length.status, StatusCode::OK);
}

/// An address of a route: something stands in for each name.
fn concrete(path: &str) -> String {
    const SOME: &str = "00000000-0000-0000-0000-000000000000";
    let parts: Vec<&str> =
        path.split('/').map(|part| if part.starts_with(':') { SOME } else { part }).collect();
    parts.join("/")
}

/// A page that changes something can be sent from our own pages alone; the API has no cookies to abuse.
#[tokio::test]
async fn only_our_own_pages_may_change_something() {
    let kit = Kit::company();
    let cases: [(&[(&str, &str)], bool); 9] = [
        (&[], false),
        (&[SAME_ORIGIN], true),
        (&[("sec-fetch-site", "none")], true),
        (&[("sec-fetch-site", "same-site")], false),
        (&[("sec-fetch-site", "cross-site"), ("origin", "http://localhost"), ("host", "localhost")], false),
        (&[("origin", "http://localhost:7180"), ("host", "localhost:7180")], true),
        (&[("origin", "http://evil.example"), ("host", "localhost:7180")], false),
        (&[("origin", "null"), ("host", "localhost:7180")], false),
        (&[("origin", "http://localhost:7180.evil.example"), ("host", "localhost:7180")], false),
    ];
    for route in routes().iter().filter(|route| route.kind == Kind::Page && route.method != Method::GET) {
        let path = concrete(&route.path);
        // The page of a quote sends no referrer, and with it no origin: whoever has its secret address may answer.
        let is_behind_a_secret = route.path.starts_with("/q/");
        for (headers, is_own) in cases {
            let is_own = is_own || is_behind_a_secret && headers.contains(&("origin", "null"));
            let headers = [headers, &[("accept", "application/json")]].concat();
            let answer = kit.ask(route.method.clone(), &path, &headers, "").await;
            let is_forbidden = answer.status == StatusCode::FORBIDDEN;
            let was_refused = is_forbidden && answer.json()["code"] == "foreign-origin";
            assert_eq!(was_refused, !is_own, "{} {path} {headers:?}: {}", route.method, answer.status);
        }
    }
    let session = format!("tracte_session={}", kit.session());
    let by_cookie = kit.ask(Method::GET, "/api/v1/leads", &[("cookie", &session), SAME_ORIGIN], "").await;
    assert_problem(&by_cookie, StatusCode::UNAUTHORIZED, "unauthenticated");
}

#[tokio::test]
async fn nobody_is_sent_to_set_up_then_to_sign_in() {
    let kit = Kit::empty();
    let signed_in_only: Vec<_> = routes()
        .into_iter()
        .filter(|route| route.kind == Kind::Page && route.who == Who::SignedIn && route.method == Method::GET)
        .collect();
    let place = |answer: &Answer| (answer.status, answer.header("location").to_owned());
    for route in &signed_in_only {
        let path = concrete(&route.path);
        let answer = kit.get(&path, &[]).await;
        assert_eq!(place(&answer), (StatusCode::SEE_OTHER, "/setup".to_owned()), "{path}");
    }
    kit.set_up();
    for route in &signed_in_only {
        let path = concrete(&route.path);
        let answer = kit.get(&path, &[("cookie", "tracte_session=unknown")]).await;
        let (status, location) = place(&answer);
        assert_eq!(status, StatusCode::SEE_OTHER, "{path}");
        assert!(location.starts_with("/sign-in"), "{path}: {location}");
        let part = kit.get(&path, &[("hx-request", "true")]).await;
        assert_eq!((part.status, part.header("hx-redirect")), (StatusCode::OK, "/sign-in"), "{path}");
    }
    for (next, safe) in [
        ("/leads?status=new", "/leads?status=new"),
        ("//evil.example", "/"),
        ("https://evil", "/"),
        ("/\\evil", "/"),
        ("/\t/evil.example", "/"),
        ("/\n/evil.example", "/"),
    ] {
        assert_eq!(server::safe_next(next), safe);
    }
}

#[tokio::test]
async fn a_language_is_remembered() {
    let kit = Kit::company();
    let chosen = kit.get("/api?language=es&x=1", &[]).await;
    assert_eq!((chosen.status, chosen.header("location")), (StatusCode::SEE_OTHER, "/api?x=1"));
    let cookie = chosen.header("set-cookie");
    assert!(
        cookie.starts_with("tracte_language=es; Path=/;") && cookie.contains("HttpOnly; SameSite=Lax"),
        "{cookie}"
    );
    assert!(!cookie.contains("Secure"), "plain http on this machine: {cookie}");
    let page = kit.get("/api", &[("cookie", "tracte_language=es"), ("accept-language", "en")]).await;
    assert!(page.text().contains("<html lang=\"es\""));
}

/// Pitfall: embedded files had an unquoted ETag, no Cache-Control and could not be tested in process.
#[tokio::test]
async fn assets_never_change_and_are_small() {
    let kit = Kit::empty();
    kit.state.assets.compress();
    for asset in ui::assets::all() {
        let path = format!("/static/{}", asset.path);
        let plain = kit.get(&path, &[]).await;
        assert_eq!(plain.status, StatusCode::OK, "{path}");
        assert_eq!(plain.body, asset.bytes, "{path}");
        assert_eq!(plain.header("cache-control"), "public, max-age=31536000, immutable");
        assert_eq!(plain.header("content-type"), asset.content_type);
        let etag = plain.header("etag").to_owned();
        assert!(etag.starts_with('"') && etag.ends_with('"') && etag.len() > 2, "{etag}");
        let known = kit.get(&path, &[("if-none-match", &etag)]).await;
        assert_eq!((known.status, known.body.len()), (StatusCode::NOT_MODIFIED, 0), "{path}");
        let head = kit.ask(Method::HEAD, &path, &[], "").await;
        assert_eq!((head.status, head.body.len()), (StatusCode::OK, 0), "{path}");
        assert_eq!(head.header("content-length"), asset.bytes.len().to_string(), "{path}");
        if !asset.content_type.starts_with("font/") {
            for coding in ["br", "gzip"] {
                let small = kit.get(&path, &[("accept-encoding", coding)]).await;
                assert_eq!(small.header("content-encoding"), coding, "{path}");
                assert!(small.body.len() < asset.bytes.len(), "{path} {coding}");
                assert_ne!(small.header("etag"), etag, "{path}");
            }
        }
    }
    assert_eq!(kit.get("/static/app.css", &[]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(kit.get("/favicon.ico", &[]).await.header("content-type"), "image/svg+xml");
    assert_eq!(kit.get("/robots.txt", &[]).await.text(), "User-agent: *\nDisallow: /\n");
}

#[tokio::test]
async fn pages_and_json_are_compressed_by_what_is_accepted() {
    let kit = Kit::empty();
    let cases = [("", ""), ("gzip", "gzip"), ("gzip, br", "br"), ("br;q=0, gzip", "gzip"), ("zstd", "")];
    for (accepted, coding) in cases {
        let answer = kit.get("/api/v1/openapi.json", &[("accept-encoding", accepted)]).await;
        assert_eq!(answer.header("content-encoding"), coding, "{accepted}");
        assert!(answer.headers.get_all("vary").iter().any(|value| value == "Accept-Encoding"));
    }
    let short = kit.get("/readyz", &[("accept-encoding", "gzip")]).await;
    assert_eq!(short.header("content-encoding"), "");
}

#[tokio::test]
async fn health_says_how_far_the_readings_are() {
    let kit = Kit::empty();
    assert_eq!(kit.get("/healthz", &[]).await.text(), "ok\n");
    let ready = kit.get("/readyz", &[]).await;
    assert_eq!(ready.status, StatusCode::OK);
    assert_eq!(ready.json()["changes_behind"]["search"], 0);
    let head = kit.ask(Method::HEAD, "/healthz", &[], "").await;
    assert_eq!((head.status, head.header("content-length"), head.body.len()), (StatusCode::OK, "3", 0));
}

#[handler]
fn panics() {
    panic!("with a secret in it");
}

/// A panic is an answer like any other, and says nothing of the inside.
#[tokio::test]
async fn a_panic_is_an_error_page() {
    let kit = Kit::company();
    let endpoint = server::layered(&kit.state, Route::new().at("/panics", panics).boxed());
    let page = ask(&endpoint, Method::GET, "/panics", &[], "").await;
    assert_eq!(page.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(page.header("content-type").starts_with("text/html"));
    assert!(
        page.text().contains(page.header("x-request-id")) && !page.text().contains("secret"),
        "{}",
        page.text()
    );
    let problem = ask(&endpoint, Method::GET, "/panics", &[("accept", "application/json")], "").await;
    assert_problem(&problem, StatusCode::INTERNAL_SERVER_ERROR, "internal");
    assert!(!problem.text().contains("secret"));
}

#[tokio::test]
async fn attempts_to_sign_in_are_limited_and_come_back() {
    let kit = Kit::empty();
    let here = Some("192.0.2.1".parse().unwrap());
    let there = Some("192.0.2.2".parse().unwrap());
    let attempts = &kit.state.attempts;
    for _ in 0..5 {
        attempts.count(here, "Laia@Exemple.cat").unwrap();
    }
    let refused = attempts.count(here, "laia@exemple.cat ").unwrap_err();
    assert_eq!((refused.status, refused.retry_after_s), (StatusCode::TOO_MANY_REQUESTS, Some(61)));
    attempts.count(there, "laia@exemple.cat").unwrap();
    attempts.count(here, "jordi@exemple.cat").unwrap();
    kit.advance(61);
    attempts.count(here, "laia@exemple.cat").unwrap();
    attempts.count(here, "laia@exemple.cat").unwrap_err();
}

/// Where there is no account to guess, whoever shares an address is not stopped after five.
#[tokio::test]
async fn links_and_the_provider_are_limited_by_address_and_passwords_of_who_is_signed_in_by_account() {
    let kit = Kit::company();
    let form = ("content-type", "application/x-www-form-urlencoded");
    let here = [form, ("sec-fetch-site", "same-origin")];
    for _ in 0..6 {
        let worthless = kit.ask(Method::POST, "/welcome/no-such-link", &here, "new_password=x").await;
        assert_eq!(worthless.status, StatusCode::GONE);
    }
    let cookie = format!("{}={}", server::SESSION, kit.session());
    let signed_in = [form, ("sec-fetch-site", "same-origin"), ("cookie", cookie.as_str())];
    let body = "old_password=no+ho+era&new_password=una+altra+de+llarga";
    for _ in 0..5 {
        let wrong = kit.ask(Method::POST, "/account/password", &signed_in, body).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    for path in ["/account/password", "/account/second-factor/off"] {
        let refused = kit.ask(Method::POST, path, &signed_in, body).await;
        assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS, "{path}");
        assert!(!refused.header("retry-after").is_empty());
    }
}
