//! The API's documentation: an OpenAPI document as readable pages, without a script.

use crate::Locale;
use crate::components::{icon, page_head, panel};
use crate::messages::t;
use crate::shell::{Nav, Page, Shell};
use maud::{Markup, html};
use model::json::Value;

/// How deep nested schemas are unfolded: records of records, and no endless loop.
const SCHEMA_DEPTH_MAX: usize = 4;
const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// `GET /api`: `document` is the OpenAPI document, `document_href` where machines get it, `base_url` for the examples.
pub fn page(shell: &Shell, document: &Value, document_href: &str, base_url: &str) -> Markup {
    let l = shell.locale();
    let title = t!(l, "api-docs-title");
    let version = text(document, "/info/version");
    let groups = grouped(document);
    shell.page(
        &Page::new(&title, Nav::ApiDocs),
        html! {
            (page_head(&title, Some(&format!("{} {version}", text(document, "/info/title"))), html! {
                a.btn href=(document_href) { (icon("download")) "OpenAPI" }
            }))
            (start(l, base_url))
            @for (name, operations) in &groups {
                section.stack-s {
                    h2 { (name) }
                    div.ops { @for operation in operations { (operation_markup(l, document, operation, base_url)) } }
                }
            }
        },
    )
}

fn start(l: Locale<'_>, base_url: &str) -> Markup {
    panel(
        &t!(l, "api-docs-start"),
        html! { a href="/api-keys" { (t!(l, "api-docs-keys")) } },
        html! {
            div.body {
                p { (t!(l, "api-docs-base")) " " code { (base_url) } }
                p { (t!(l, "api-docs-start-text")) }
                pre tabindex="0" { "curl -H 'Authorization: Bearer …' " (base_url) "/leads" }
                p.muted { (t!(l, "api-docs-problems")) }
            }
        },
    )
}

/// One operation: method, path, and its part of the document.
struct Operation<'a> {
    method: &'static str,
    path: &'a str,
    body: &'a Value,
}

/// Operations by their first tag, in the order of the document.
fn grouped(document: &Value) -> Vec<(String, Vec<Operation<'_>>)> {
    let mut groups: Vec<(String, Vec<Operation<'_>>)> = Vec::new();
    let paths = document.get("paths").and_then(Value::as_object);
    for (path, item) in paths.into_iter().flatten() {
        for method in METHODS {
            let Some(body) = item.get(method) else {
                continue;
            };
            let tag = text(body, "/tags/0");
            let name = if tag.is_empty() { "API" } else { tag };
            let operation = Operation { method, path, body };
            match groups.iter_mut().find(|(known, _)| known == name) {
                Some((_, operations)) => operations.push(operation),
                None => groups.push((name.to_owned(), vec![operation])),
            }
        }
    }
    groups
}

fn operation_markup(l: Locale<'_>, document: &Value, operation: &Operation<'_>, base_url: &str) -> Markup {
    let body = operation.body;
    let parameters = array(body, "parameters");
    let request = json_schema(document, body.get("requestBody"));
    html! {
        details.op {
            summary {
                span class=(format!("method {}", operation.method)) { (operation.method.to_uppercase()) }
                code { (operation.path) }
                span.sub { (text(body, "/summary")) }
            }
            div.body {
                @let description = text(body, "/description");
                @if !description.is_empty() { p { (description) } }
                @if !parameters.is_empty() { (parameters_table(l, document, parameters)) }
                @if let Some(schema) = request {
                    h3 { (t!(l, "api-docs-body")) }
                    (schema_table(l, document, schema))
                }
                h3 { (t!(l, "api-docs-answers")) }
                (answers(l, document, body))
                h3 { (t!(l, "api-docs-example")) }
                pre tabindex="0" { (curl(document, operation, base_url)) }
            }
        }
    }
}

fn parameters_table(l: Locale<'_>, document: &Value, parameters: &[Value]) -> Markup {
    html! {
        h3 { (t!(l, "api-docs-parameters")) }
        (fields_table(l, &parameters.iter().map(|parameter| {
            let parameter = resolve(document, parameter);
            FieldRow {
                name: format!("{} ({})", text(parameter, "/name"), text(parameter, "/in")),
                kind: kind(parameter.get("schema").unwrap_or(&Value::Null)),
                required: parameter.get("required").and_then(Value::as_bool).unwrap_or(false),
                description: text(parameter, "/description").to_owned(),
            }
        }).collect::<Vec<_>>()))
    }
}

fn answers(l: Locale<'_>, document: &Value, body: &Value) -> Markup {
    let responses = body.get("responses").and_then(Value::as_object);
    html! {
        ul.stack-s {
            @for (status, response) in responses.into_iter().flatten() {
                @let response = resolve(document, response);
                li {
                    strong { (status) } " " (text(response, "/description"))
                    @if let Some(schema) = json_schema(document, Some(response)) {
                        details { summary { code { (kind(schema)) } } (schema_table(l, document, schema)) }
                    }
                }
            }
        }
    }
}

struct FieldRow {
    name: String,
    kind: String,
    required: bool,
    description: String,
}

fn schema_table(l: Locale<'_>, document: &Value, schema: &Value) -> Markup {
    let mut rows = Vec::new();
    collect_fields(document, schema, "", SCHEMA_DEPTH_MAX, &mut rows);
    fields_table(l, &rows)
}

/// The fields of a schema, nested ones with the path to them.
fn collect_fields(document: &Value, schema: &Value, path: &str, depth: usize, rows: &mut Vec<FieldRow>) {
    let schema = resolve(document, schema);
    if depth == 0 {
        return;
    }
    for part in array(schema, "allOf") {
        collect_fields(document, part, path, depth, rows);
    }
    if let Some(items) = schema.get("items") {
        return collect_fields(document, items, &format!("{path}[]"), depth - 1, rows);
    }
    let required = array(schema, "required");
    let properties = schema.get("properties").and_then(Value::as_object);
    for (name, property) in properties.into_iter().flatten() {
        let dot = if path.is_empty() { "" } else { "." };
        let full = format!("{path}{dot}{name}");
        rows.push(FieldRow {
            name: full.clone(),
            kind: kind(property),
            required: required.iter().any(|one| one.as_str() == Some(name)),
            description: text(resolve(document, property), "/description").to_owned(),
        });
        collect_fields(document, property, &full, depth - 1, rows);
    }
}

fn fields_table(l: Locale<'_>, rows: &[FieldRow]) -> Markup {
    html! {
        @if !rows.is_empty() {
            div.table-wrap role="region" aria-label=(t!(l, "api-docs-fields")) tabindex="0" {
                table {
                    thead { tr {
                        th scope="col" { (t!(l, "api-docs-field")) }
                        th scope="col" { (t!(l, "api-docs-type")) }
                        th scope="col" { (t!(l, "api-docs-meaning")) }
                    } }
                    tbody {
                        @for row in rows {
                            tr {
                                th scope="row" { code { (row.name) } @if row.required { span.sub { (t!(l, "api-docs-required")) } } }
                                td { code { (row.kind) } }
                                td { (row.description) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The type of a schema in a few words: `string (date-time)`, `Lead[]`, `"new" | "assigned"`.
fn kind(schema: &Value) -> String {
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        return reference.rsplit('/').next().unwrap_or_default().to_owned();
    }
    for combined in ["allOf", "anyOf", "oneOf"] {
        let parts: Vec<String> = array(schema, combined).iter().map(kind).collect();
        if !parts.is_empty() {
            return parts.join(" | ");
        }
    }
    let values = array(schema, "enum");
    if !values.is_empty() {
        return values.iter().map(Value::to_string).collect::<Vec<_>>().join(" | ");
    }
    let base = text(schema, "/type");
    if base == "array" {
        return format!("{}[]", kind(schema.get("items").unwrap_or(&Value::Null)));
    }
    match text(schema, "/format") {
        "" => base.to_owned(),
        form => format!("{base} ({form})"),
    }
}

fn curl(document: &Value, operation: &Operation<'_>, base_url: &str) -> String {
    let method = operation.method.to_uppercase();
    let mut command =
        format!("curl -X {method} '{base_url}{}' \\\n  -H 'Authorization: Bearer …'", operation.path);
    if let Some(schema) = json_schema(document, operation.body.get("requestBody")) {
        let body = example(document, schema, SCHEMA_DEPTH_MAX);
        command.push_str(&format!(" \\\n  -H 'Content-Type: application/json' \\\n  -d '{body}'"));
    }
    command
}

/// A value of the schema's shape, with the examples of the document where it has them.
fn example(document: &Value, schema: &Value, depth: usize) -> Value {
    let schema = resolve(document, schema);
    if let Some(given) = schema.get("example").or_else(|| array(schema, "enum").first()) {
        return given.clone();
    }
    if depth == 0 {
        return Value::Null;
    }
    if let Some(part) = array(schema, "allOf").first() {
        return example(document, part, depth);
    }
    match text(schema, "/type") {
        "integer" | "number" => Value::from(0),
        "boolean" => Value::Bool(true),
        "array" => {
            Value::Array(vec![example(document, schema.get("items").unwrap_or(&Value::Null), depth - 1)])
        }
        "object" => {
            let required = array(schema, "required");
            let properties = schema.get("properties").and_then(Value::as_object);
            let wanted =
                |name: &str| required.is_empty() || required.iter().any(|one| one.as_str() == Some(name));
            Value::Object(
                properties
                    .into_iter()
                    .flatten()
                    .filter(|(name, _)| wanted(name))
                    .map(|(name, property)| (name.clone(), example(document, property, depth - 1)))
                    .collect(),
            )
        }
        _ => Value::String("…".to_owned()),
    }
}

/// The JSON schema of a request body or a response.
fn json_schema<'a>(document: &'a Value, part: Option<&'a Value>) -> Option<&'a Value> {
    let content = resolve(document, part?).get("content")?.as_object()?;
    content
        .iter()
        .find(|(media, _)| media.contains("json"))
        .and_then(|(_, described)| described.get("schema"))
}

/// Follows a `$ref` inside the document, once: references to references do not occur in ours.
fn resolve<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    value
        .get("$ref")
        .and_then(Value::as_str)
        .and_then(|reference| reference.strip_prefix('#'))
        .and_then(|pointer| document.pointer(pointer))
        .unwrap_or(value)
}

fn text<'a>(value: &'a Value, pointer: &str) -> &'a str {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
}

fn array<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}
