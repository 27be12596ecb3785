//! Finishes the OpenAPI document: what poem-openapi cannot say or says in its own way.

use crate::facts::API_PREFIX;
use model::json::{Map, Value, json};
use poem::http::StatusCode;

const DESCRIPTION: &str = "Leads, clients, opportunities and products in and out of Tracte. Every request needs a key: `Authorization: Bearer <key>`; \
    keys are made by an administrator and act for a user, with that user's rights or fewer. \
    Errors are problems as in RFC 9457 (`application/problem+json`) with a stable `code`. \
    Fields that have no value are left out; unknown fields and parameters are refused. \
    A record's `ETag` is its version: send it back in `If-Match` to change it.";

/// The document as it is served, printed and kept as a snapshot.
pub(crate) fn finish(spec: &str) -> String {
    let mut document: Value = model::json::from_str(spec).unwrap_or_default();
    if let Some(info) = document.get_mut("info").and_then(Value::as_object_mut) {
        info.insert("description".to_owned(), json!(DESCRIPTION));
        info.insert("license".to_owned(), json!({ "name": "MIT OR Apache-2.0" }));
    }
    document["servers"] = json!([{ "url": API_PREFIX }]);
    document["security"] = json!([{ "key": [] }]);
    document["components"]["securitySchemes"] = json!({ "key": { "type": "http", "scheme": "bearer" } });
    tidy(&mut document);
    describe(&mut document);
    super::record_wire::describe(&mut document);
    formats(&mut document);
    super::own_wire::describe(&mut document, &model::Frame::default());
    let mut text = model::json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}

/// Media types without their parameters, headers as they are usually written.
fn tidy(value: &mut Value) {
    match value {
        Value::Object(map) => {
            let renamed: Map<String, Value> =
                std::mem::take(map).into_iter().map(|(key, value)| (usual(&key), value)).collect();
            *map = renamed;
            // Saying that something is not deprecated says nothing.
            map.retain(|key, value| key != "deprecated" || *value != Value::Bool(false));
            map.values_mut().for_each(tidy);
        }
        Value::Array(items) => items.iter_mut().for_each(tidy),
        _ => {}
    }
}

fn usual(key: &str) -> String {
    match key {
        "application/json; charset=utf-8" => "application/json",
        "ETAG" => "ETag",
        "LOCATION" => "Location",
        other => other,
    }
    .to_owned()
}

/// Every answer has a description: the words of its status.
fn describe(document: &mut Value) {
    let operations = document
        .get_mut("paths")
        .and_then(Value::as_object_mut)
        .into_iter()
        .flat_map(|paths| paths.values_mut())
        .filter_map(Value::as_object_mut)
        .flat_map(|methods| methods.values_mut());
    for responses in operations.filter_map(|operation| operation.get_mut("responses")?.as_object_mut()) {
        for (status, response) in responses {
            let words = status.parse::<u16>().ok().and_then(|status| StatusCode::from_u16(status).ok());
            if let Some(words) = words.and_then(|status| status.canonical_reason()) {
                response["description"] = json!(words);
            }
        }
    }
}

/// Strings that are ids or times say so.
fn formats(document: &mut Value) {
    let Some(schemas) = document.pointer_mut("/components/schemas").and_then(Value::as_object_mut) else {
        return;
    };
    for schema in schemas.values_mut() {
        let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) else {
            continue;
        };
        for (name, property) in properties {
            let format = match name.as_str() {
                "id" | "owner" | "team" | "user" => "uuid",
                name if name == "at" || name.ends_with("_at") => "date-time",
                _ => continue,
            };
            if let Some(property) =
                property.as_object_mut().filter(|property| property.get("type") == Some(&json!("string")))
            {
                property.insert("format".to_owned(), json!(format));
            }
        }
    }
}
