//! The API: what goes in and out, versions, cursors, problems, and its description.

use crate::http_kit::{Answer, Kit};
use expect_test::expect_file;
use poem::http::{Method, StatusCode};
use serde_json::{Value, json};

#[test]
fn the_document_is_the_snapshot() {
    expect_file!["../openapi.json"].assert_eq(server::openapi_document());
}

/// Every reference leads somewhere, every operation has an id, a problem and a key.
#[test]
fn the_document_is_whole() {
    let document: Value = serde_json::from_str(server::openapi_document()).unwrap();
    let mut references = Vec::new();
    collect(&document, &mut references);
    for reference in references {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(document.pointer(pointer).is_some(), "{reference} leads nowhere");
    }
    for (path, operations) in document["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            assert!(operation["operationId"].is_string(), "{method} {path}");
            assert!(operation["summary"].is_string(), "{method} {path}");
            let problem = &operation["responses"]["default"]["content"]["application/problem+json"];
            assert_eq!(problem["schema"]["$ref"], "#/components/schemas/Problem", "{method} {path}");
        }
    }
    assert_eq!(document["components"]["securitySchemes"]["key"]["scheme"], "bearer");
}

fn collect(value: &Value, into: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            into.extend(map.get("$ref").and_then(Value::as_str).map(str::to_owned));
            map.values().for_each(|value| collect(value, into));
        }
        Value::Array(items) => items.iter().for_each(|value| collect(value, into)),
        _ => {}
    }
}

struct Api {
    kit: Kit,
    key: String,
}

impl Api {
    fn new() -> Api {
        let kit = Kit::company();
        let key = kit.key("administrator");
        Api { kit, key }
    }

    async fn call(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &Value) -> Answer {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        self.kit.api(method, path, &self.key, headers, &body).await
    }

    async fn create(&self, company: &str) -> Value {
        let answer = self.call("POST", "/leads", &[], &json!({ "company": company })).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
        answer.json()
    }
}

#[tokio::test]
async fn a_lead_is_created_read_changed_and_deleted() {
    let api = Api::new();
    let new = json!({
        "company": "Fusteria Puig, SL", "tax_id": "b-58818501", "phone": "972 12 34 56", "postcode": "17001",
        "source": "web", "amount": "1234.5", "external_key": "puig-1"
    });
    let created = api.call("POST", "/leads", &[], &new).await;
    assert_eq!(created.status, StatusCode::CREATED, "{}", created.text());
    let lead = created.json();
    let path = format!("/leads/{}", lead["id"].as_str().unwrap());
    assert_eq!(created.header("location"), format!("/api/v1{path}"));
    assert_eq!(created.header("etag"), format!("\"{}\"", lead["version"]));
    assert_eq!(
        (&lead["phone"], &lead["amount"], &lead["currency"]),
        (&json!("+34972123456"), &json!("1234.50"), &json!("EUR"))
    );
    assert!(lead.get("email").is_none(), "absent fields are left out: {lead}");

    let read = api.call("GET", &path, &[], &Value::Null).await;
    assert_eq!(read.json(), lead);
    let tag = read.header("etag").to_owned();
    let change = json!({ "town": "Girona", "postcode": null });
    let missing = api.call("PATCH", &path, &[], &change).await;
    assert_eq!(missing.status, StatusCode::PRECONDITION_REQUIRED);
    let changed = api.call("PATCH", &path, &[("if-match", &tag)], &change).await;
    assert_eq!(changed.status, StatusCode::OK, "{}", changed.text());
    let now = changed.json();
    assert_eq!(
        (&now["town"], now.get("postcode"), &now["company"]),
        (&json!("Girona"), None, &lead["company"])
    );

    let stale = api.call("PATCH", &path, &[("if-match", &tag)], &json!({ "town": "Olot" })).await;
    assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED);
    let conflict = &stale.json()["conflict"];
    assert_eq!(conflict["version"], now["version"]);
    assert!(
        conflict["fields"]
            .as_array()
            .unwrap()
            .contains(&json!({ "field": "town", "yours": "Olot", "theirs": "Girona" }))
    );
    let stale = api.call("PATCH", &path, &[], &json!({ "version": lead["version"], "town": "Olot" })).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);

    let note = api.call("POST", &format!("{path}/notes"), &[], &json!({ "text": "Truca dilluns" })).await;
    assert_eq!((note.status, &note.json()["text"]), (StatusCode::CREATED, &json!("Truca dilluns")));
    let moved = json!({ "version": now["version"], "status": "discarded", "reason": "no encaixa" });
    let moved = api.call("PUT", &format!("{path}/status"), &[], &moved).await;
    assert_eq!(moved.json()["status"], "discarded", "{}", moved.text());
    let timeline = api.call("GET", &format!("{path}/timeline"), &[], &Value::Null).await.json();
    let items = timeline["items"].as_array().unwrap();
    let kinds: Vec<_> =
        items.iter().map(|item| (item["kind"].as_str().unwrap(), item["done"].as_str().unwrap())).collect();
    assert_eq!(
        kinds,
        [("lead", "updated"), ("activity", "created"), ("lead", "updated"), ("lead", "created")]
    );
    assert!(items.iter().all(|item| item["channel"] == "api"));
    let assignment = api.call("GET", &format!("{path}/assignment"), &[], &Value::Null).await;
    assert_eq!(assignment.json()["decided_by"], "round_robin", "{}", assignment.text());

    let gone = api.call("DELETE", &path, &[("if-match", "*")], &Value::Null).await;
    assert_eq!((gone.status, gone.body.len()), (StatusCode::NO_CONTENT, 0));
    assert_eq!(api.call("GET", &path, &[], &Value::Null).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn all_problems_come_at_once_in_the_callers_language() {
    let api = Api::new();
    let wrong = json!({ "tax_id": "B58818502", "email": "laia@", "amount": "1.234" });
    let answer = api.call("POST", "/leads", &[], &wrong).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.text());
    let problem = answer.json();
    let fields: Vec<&str> =
        problem["errors"].as_array().unwrap().iter().map(|error| error["field"].as_str().unwrap()).collect();
    for field in ["tax_id", "email", "amount", "name"] {
        assert!(fields.contains(&field), "{field} is not in {fields:?}");
    }
    for error in problem["errors"].as_array().unwrap() {
        assert!(!error["message"].as_str().unwrap().is_empty());
    }
}

#[tokio::test]
async fn what_is_not_understood_is_refused() {
    let api = Api::new();
    let cases = [
        ("POST", "/leads", "{\"company\":\"A\",\"colour\":\"red\"}", StatusCode::BAD_REQUEST),
        ("POST", "/leads", "{\"company\":", StatusCode::BAD_REQUEST),
        ("POST", "/leads", "{\"company\":[7]}", StatusCode::BAD_REQUEST),
        ("GET", "/leads?limit=101", "", StatusCode::BAD_REQUEST),
        ("GET", "/leads?limit=0", "", StatusCode::BAD_REQUEST),
        ("GET", "/leads?status=unknown", "", StatusCode::BAD_REQUEST),
        ("GET", "/leads?cursor=zz", "", StatusCode::UNPROCESSABLE_ENTITY),
        ("GET", "/leads?owner=nobody-i-know", "", StatusCode::UNPROCESSABLE_ENTITY),
        ("GET", "/leads?created_from=yesterday", "", StatusCode::UNPROCESSABLE_ENTITY),
        ("GET", "/search", "", StatusCode::BAD_REQUEST),
    ];
    for (method, path, body, status) in cases {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let answer = api.kit.api(method, path, &api.key, &[], body).await;
        assert_eq!(answer.status, status, "{path} {body}: {}", answer.text());
        assert_eq!(answer.header("content-type"), server::PROBLEM_JSON, "{path} {body}");
    }
    let bearer = format!("Bearer {}", api.key);
    let form = [("authorization", bearer.as_str()), ("content-type", "text/plain")];
    let answer = api.kit.ask(Method::POST, "/api/v1/leads", &form, "{\"company\":\"A\"}").await;
    assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{}", answer.text());
    for wrong in ["Bearer unknown", "Bearer ", "Basic YTpi"] {
        let answer = api.kit.get("/api/v1/leads", &[("authorization", wrong)]).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{wrong}");
    }
}

/// A name that is misspelt would else be the same as none, and the list the whole one.
#[tokio::test]
async fn wrong_parameters_are_named_all_at_once() {
    let api = Api::new();
    let in_english = [("accept-language", "en")];
    let wrong = "/leads?ownr=me&limit=101&status=unknown&colour=red&colour=blue";
    let answer = api.call("GET", wrong, &in_english, &Value::Null).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{}", answer.text());
    let problem = answer.json();
    let said: Vec<(&str, &str)> = problem["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| (error["field"].as_str().unwrap(), error["code"].as_str().unwrap()))
        .collect();
    assert_eq!(
        said,
        [
            ("status", "parameter-choice"),
            ("limit", "number-between"),
            ("ownr", "parameter-unknown"),
            ("colour", "parameter-unknown"),
        ]
    );
    let known = problem["errors"][2]["message"].as_str().unwrap();
    assert!(known.starts_with("There is no such parameter") && known.contains("owner, source"), "{known}");
    let in_catalan = api.call("GET", wrong, &[("accept-language", "ca")], &Value::Null).await.json();
    assert!(in_catalan["errors"][2]["message"].as_str().unwrap().starts_with("Aquí no hi ha"));

    let lead = api.create("Una").await;
    let path = format!("/leads/{}", lead["id"].as_str().unwrap());
    let (versioned, misspelt) = (format!("{path}?version=1"), format!("{path}?version=x"));
    for (method, path, field, code) in [
        ("GET", "/search", "q", "required"),
        ("GET", "/leads?limit=many", "limit", "number-form"),
        ("GET", "/leads?limit=-1", "limit", "number-form"),
        ("GET", "/companies?ownr=me", "ownr", "parameter-unknown"),
        ("GET", versioned.as_str(), "version", "parameter-none"),
        ("DELETE", misspelt.as_str(), "version", "number-form"),
    ] {
        let answer = api.call(method, path, &[], &Value::Null).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path}: {}", answer.text());
        let error = &answer.json()["errors"][0];
        assert_eq!((error["field"].as_str(), error["code"].as_str()), (Some(field), Some(code)), "{path}");
    }
    let nowhere = api.call("GET", "/nothing?here=1", &[], &Value::Null).await;
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
    let head = api.call("HEAD", "/leads?limit=1", &[], &Value::Null).await;
    assert_eq!(head.status, StatusCode::OK);
    let cookie = format!("{}={}", server::SESSION, api.kit.session());
    let page = api.kit.get("/leads?ownr=me", &[("cookie", &cookie)]).await;
    assert_eq!(page.status, StatusCode::OK, "pages are not asked so strictly");
}

#[tokio::test]
async fn pages_of_a_list_follow_each_other() {
    let api = Api::new();
    for number in 0..7 {
        api.kit.advance(1);
        api.create(&format!("Empresa {number}")).await;
    }
    let mut seen = Vec::new();
    let mut cursor = String::new();
    loop {
        let path = format!("/leads?limit=3&sort=name&order=ascending{cursor}");
        let page = api.call("GET", &path, &[], &Value::Null).await.json();
        seen.extend(
            page["items"].as_array().unwrap().iter().map(|lead| lead["company"].as_str().unwrap().to_owned()),
        );
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    let expected: Vec<String> = (0..7).map(|number| format!("Empresa {number}")).collect();
    assert_eq!(seen, expected);
    let newest = api.call("GET", "/leads?limit=1", &[], &Value::Null).await.json();
    assert_eq!(newest["items"][0]["company"], "Empresa 6");
}

#[tokio::test]
async fn a_repeated_call_with_the_same_key_creates_once() {
    let api = Api::new();
    let once = [("idempotency-key", "order-77")];
    let lead = json!({ "company": "Una" });
    let first = api.call("POST", "/leads", &once, &lead).await.json();
    let second = api.call("POST", "/leads", &once, &lead).await.json();
    assert_eq!(first["id"], second["id"]);
    let list = api.call("GET", "/leads", &[], &Value::Null).await.json();
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
    let long = "k".repeat(101);
    let refused =
        api.call("POST", "/leads", &[("idempotency-key", &long)], &json!({ "company": "Dues" })).await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_lesser_key_may_do_less() {
    let api = Api::new();
    let lead = api.create("De l'equip").await;
    let rep = api.kit.key("rep");
    let path = format!("/leads/{}?version={}", lead["id"].as_str().unwrap(), lead["version"]);
    let refused = api.kit.api(Method::DELETE, &path, &rep, &[], "").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "{}", refused.text());
    let users = api.call("GET", "/users", &[], &Value::Null).await.json();
    assert_eq!(users["items"][0]["name"], "Aina Admin");
    assert_eq!(users["items"][0].as_object().unwrap().len(), 2, "name and id alone");
}

/// The index and the facts follow the journal; then the API finds and counts what it wrote.
#[tokio::test]
async fn leads_are_found_and_counted() {
    let api = Api::new();
    api.create("Instal·lacions Montseny").await;
    api.create("Fusteria Puig").await;
    api.kit.follow();
    let found = api.call("GET", "/search?q=installacions", &[], &Value::Null).await.json();
    assert_eq!(found["total"], 1, "{found}");
    assert_eq!(found["items"][0]["lead"]["company"], "Instal·lacions Montseny");
    let report = api.call("GET", "/reports/leads-by-month?by=owner", &[], &Value::Null).await.json();
    let year = &report["years"][0];
    assert_eq!((&year["year"], &year["total"]["leads"]), (&json!(2026), &json!(2)), "{report}");
    let november = json!({ "month": "2026-11", "figures": { "leads": 2, "amount": "0.00" } });
    assert_eq!(year["months"][10], november);
    assert!(year["months"][11].get("figures").is_none(), "December is to come");
    assert_eq!(report["groups"][0]["name"], "Aina Admin");
    let ready = api.kit.get("/readyz", &[]).await.json();
    assert_eq!(ready["changes_behind"], json!({ "search": 0, "analytics": 0 }));
}
