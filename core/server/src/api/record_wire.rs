//! Records of any entity as they go over the wire, and how the document describes them. Both come from the fields that
//! the entity has.

use super::own_wire;
use model::json::{Map, Value, json};
use model::{AnyRecord, FieldErrors, FieldKind, FieldSpec, FieldValue, Frame, Kind, Money, RowsSpec, Values};
use poem_openapi::types::Any;
use services::Error;
use services::records::{self, Draft};

/// A record, or a list of them.
pub(crate) type Shown = Any<Map<String, Value>>;
/// What is sent of a record.
pub(crate) type Typed = Any<Map<String, Value>>;

/// What was sent, taken apart.
pub(crate) struct Sent {
    pub(crate) draft: Draft,
    pub(crate) version: Option<u64>,
    pub(crate) archived: Option<bool>,
}

/// The record with all fields that have a value. Amounts and numbers are text with a point, so that no digit gets lost.
pub(crate) fn shown(record: &dyn AnyRecord) -> Map<String, Value> {
    let meta = record.about();
    let mut shown = Map::new();
    shown.insert("id".to_owned(), json!(meta.id));
    shown.insert("version".to_owned(), json!(meta.version));
    for list in model::rows_of(record.entity()) {
        let rows: Vec<Value> = record.listed(list.key).iter().map(|row| row_shown(list, row)).collect();
        if !rows.is_empty() {
            shown.insert(list.key.to_owned(), Value::Array(rows));
        }
    }
    for spec in model::specs_of(record.entity()).iter().filter(|spec| !spec.gathered) {
        if let Some(value) = value_of(spec.kind, &record.built_in(spec.key)) {
            shown.insert(spec.key.to_owned(), value);
        }
    }
    if let Some(currency) = record.amounts_in() {
        shown.insert("currency".to_owned(), json!(currency.code()));
    }
    if let Some(Any(custom)) = own_wire::shown(record.own().clone()) {
        shown.insert("custom".to_owned(), Value::Object(custom));
    }
    shown
}

/// A row of a list within a record, as an object.
fn row_shown(list: &RowsSpec, row: &[FieldValue]) -> Value {
    let part =
        |(part, value): (&FieldSpec, &FieldValue)| Some((part.key.to_owned(), value_of(part.kind, value)?));
    Value::Object(list.parts.iter().zip(row).filter_map(part).collect())
}

fn value_of(kind: FieldKind, value: &FieldValue) -> Option<Value> {
    Some(match value {
        FieldValue::Nothing => return None,
        FieldValue::Text(text) => json!(text),
        FieldValue::Number(number) => json!(number.normalize().to_string()),
        FieldValue::Amount(minor_units) => {
            json!(super::lead_wire::decimal(Money {
                minor_units: *minor_units,
                currency: Default::default()
            }))
        }
        FieldValue::Day(day) => json!(day.to_string()),
        FieldValue::Instant(at) => json!(at.to_string()),
        FieldValue::Flag(flag) => json!(flag),
        FieldValue::Codes(codes) if kind == FieldKind::Choices => json!(codes),
        FieldValue::Codes(codes) => json!(codes.first()),
        FieldValue::User(id) => json!(id.0),
        FieldValue::Team(id) => json!(id.0),
        FieldValue::Record(id) => json!(id),
        FieldValue::Texts(texts) => json!(texts),
        FieldValue::Records(ids) => json!(ids),
    })
}

/// What was sent, as if it had been typed. Fields that are none are refused by the deed.
pub(crate) fn typed(frame: &Frame, kind: Kind, mut sent: Map<String, Value>) -> Result<Sent, Error> {
    let mut errors = FieldErrors::default();
    let version = sent.remove("version").and_then(|version| version.as_u64());
    let archived = match sent.remove("archived") {
        None => None,
        Some(Value::Bool(archived)) => Some(archived),
        Some(_) => {
            errors.add("archived", "yes-no-form", "");
            None
        }
    };
    let custom = match sent.remove("custom") {
        None | Some(Value::Null) => None,
        Some(Value::Object(custom)) => Some(Any(custom)),
        Some(_) => {
            errors.add("custom", "field-one-value", "");
            None
        }
    };
    let mut draft = Draft::default().with_own(own_wire::typed(frame, kind, custom)?);
    for (name, value) in sent {
        if name.contains('.') {
            errors.add(&name, "field-unknown", "");
            continue;
        }
        if let Some(list) = model::rows_of(kind).iter().find(|list| list.key == name) {
            rows_typed(list, value, &mut draft, &mut errors);
            continue;
        }
        let spec = model::specs_of(kind).iter().find(|spec| spec.key == name);
        match value {
            Value::Null => draft.put(&name, ""),
            Value::Array(items) if spec.is_some_and(|spec| spec.kind == FieldKind::Choices) => {
                match items.into_iter().map(|item| own_wire::text_of(None, item)).collect() {
                    Some(texts) => {
                        draft.0.insert(name, texts);
                    }
                    None => errors.add(&name, "field-one-value", ""),
                }
            }
            value => match own_wire::text_of(spec.map(|spec| spec.kind), value) {
                Some(text) => draft.put(&name, text),
                None => errors.add(&name, "field-one-value", ""),
            },
        }
    }
    if errors.is_empty() { Ok(Sent { draft, version, archived }) } else { Err(Error::Invalid(errors)) }
}

/// Rows that were sent: an array of objects. `null` and an empty array empty the list.
fn rows_typed(list: &RowsSpec, value: Value, draft: &mut Draft, errors: &mut FieldErrors) {
    let rows = match value {
        Value::Null => Vec::new(),
        Value::Array(rows) if rows.len() <= list.rows_max => rows,
        Value::Array(_) => return errors.add(list.key, "too-many", list.rows_max.to_string()),
        _ => return errors.add(list.key, "field-one-value", ""),
    };
    draft.ask_list(list.key);
    for (place, row) in rows.into_iter().enumerate() {
        let Value::Object(parts) = row else {
            errors.add(list.key, "field-one-value", "");
            continue;
        };
        for (key, value) in parts {
            let name = list.name(place, &key);
            let Some(part) = list.part(&key) else {
                errors.add(&name, "field-unknown", key);
                continue;
            };
            match value {
                Value::Null => draft.put(&name, ""),
                value => match own_wire::text_of(Some(part.kind), value) {
                    Some(text) => draft.put(&name, text),
                    None => errors.add(&name, "field-one-value", ""),
                },
            }
        }
    }
}

/// In the paths of the code, the entity is a part; in the document each has paths of its own.
const ANY: &str = "/{entity}";

/// Turns the operations on any entity into operations on each, with its fields.
pub(crate) fn describe(document: &mut Value) {
    let Some(paths) = document.get_mut("paths").and_then(Value::as_object_mut) else {
        return;
    };
    let general: Vec<(String, Value)> = paths
        .iter()
        .filter(|(path, _)| path.starts_with(ANY))
        .map(|(path, of)| (path.clone(), of.clone()))
        .collect();
    for (path, _) in &general {
        paths.remove(path);
    }
    for kind in records::ENTITIES {
        let Some(own) = model::path_of(kind) else { continue };
        for (path, operations) in general.iter().filter(|(path, _)| has_operation(kind, path)) {
            paths.insert(path.replacen(ANY, own, 1), of_entity(operations.clone(), kind, own));
        }
    }
    for kind in records::ENTITIES {
        let name = schema_name(kind);
        let list = json!({
            "type": "object",
            "title": format!("{name}List"),
            "required": ["items"],
            "properties": {
                "items": { "type": "array", "items": reference(&name) },
                "next": { "type": "string", "description": "To be sent back as `cursor`; absent on the last page." },
            },
        });
        let schemas = [
            (name.clone(), out(kind)),
            (format!("{name}Create"), into(kind, Way::Create)),
            (format!("{name}Change"), into(kind, Way::Change)),
            (format!("{name}List"), list),
        ];
        for (name, schema) in schemas {
            document["components"]["schemas"][name] = schema;
        }
    }
    let known: Vec<Value> = document["tags"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|tag| tag["name"] != "Records")
        .cloned()
        .collect();
    let new = records::ENTITIES.into_iter().map(|kind| json!({ "name": topic(kind) }));
    document["tags"] = known.into_iter().chain(new).collect();
}

/// Only people say what may be done with their data, only people and companies have cards, and a note about a note is
/// another note.
fn has_operation(kind: Kind, path: &str) -> bool {
    if path.ends_with("/notes") {
        return model::ABOUT.contains(&kind);
    }
    if path.ends_with("/card") {
        return records::CARDS.contains(&kind);
    }
    !path.ends_with("/consents") || services::consents::ENTITIES.contains(&kind)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Create,
    Change,
}

/// `Company`.
pub(crate) fn schema_name(kind: Kind) -> String {
    capital(kind.as_str())
}

fn topic(kind: Kind) -> String {
    capital(model::path_of(kind).unwrap_or_default().trim_start_matches('/'))
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn reference(schema: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{schema}") })
}

fn of_entity(mut operations: Value, kind: Kind, path: &str) -> Value {
    let (one, many) = (kind.as_str(), path.trim_start_matches('/'));
    let article = if one.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    for (method, operation) in operations.as_object_mut().into_iter().flatten() {
        let id = operation["operationId"].as_str().unwrap_or_default();
        let is_list = id == "list_records";
        operation["operationId"] = json!(id.replace("records", many).replace("record", one));
        operation["tags"] = json!([topic(kind)]);
        for text in ["summary", "description"] {
            if let Some(said) = operation[text].as_str() {
                let said = said.replace("List records", &format!("List {many}"));
                operation[text] = json!(said.replace("a record", &format!("{article} {one}")));
            }
        }
        if let Some(parameters) = operation["parameters"].as_array_mut() {
            parameters.retain(|parameter| parameter["name"] != "entity");
        }
        let name = schema_name(kind);
        let body = operation.pointer_mut("/requestBody/content/application~1json/schema");
        if let Some(schema) = body.filter(|schema| schema.get("$ref").is_none()) {
            *schema = reference(&format!("{name}{}", if method == "post" { "Create" } else { "Change" }));
        }
        for (_, response) in operation["responses"].as_object_mut().into_iter().flatten() {
            let answer = response.pointer_mut("/content/application~1json/schema");
            if let Some(schema) = answer.filter(|schema| schema.get("$ref").is_none()) {
                *schema = reference(&if is_list { format!("{name}List") } else { name.clone() });
            }
        }
    }
    operations
}

/// A record as it is answered.
fn out(kind: Kind) -> Value {
    let mut properties = Map::new();
    properties.insert("id".to_owned(), json!({ "type": "string", "format": "uuid" }));
    let version = "Grows with every change; also the `ETag`.";
    properties.insert(
        "version".to_owned(),
        json!({ "type": "integer", "format": "uint64", "description": version }),
    );
    for spec in model::specs_of(kind).iter().filter(|spec| !spec.gathered) {
        properties.insert(spec.key.to_owned(), schema_of(spec));
    }
    properties.extend(schemas_of_lists(kind));
    if model::specs_of(kind).iter().any(|spec| spec.kind == FieldKind::Money) {
        properties.insert("currency".to_owned(), json!({ "type": "string", "description": "ISO 4217." }));
    }
    properties.insert("custom".to_owned(), json!({ "type": "object" }));
    json!({
        "type": "object",
        "title": schema_name(kind),
        "required": ["id", "version", "archived", "created_at", "updated_at"],
        "properties": properties,
    })
}

/// What can be sent of one.
fn into(kind: Kind, way: Way) -> Value {
    let mut properties = Map::new();
    for spec in model::specs_of(kind).iter().filter(|spec| spec.typed || spec.key == "owner") {
        properties.insert(spec.key.to_owned(), schema_of(spec));
    }
    properties.extend(schemas_of_lists(kind));
    if way == Way::Change {
        properties.insert("version".to_owned(), json!({ "type": "integer", "format": "uint64" }));
        properties.insert("archived".to_owned(), json!({ "type": "boolean" }));
    }
    properties.insert("custom".to_owned(), json!({ "type": "object" }));
    let name = schema_name(kind);
    let title = if way == Way::Create { format!("{name}Create") } else { format!("{name}Change") };
    json!({ "type": "object", "title": title, "additionalProperties": false, "properties": properties })
}

/// The lists within a record: arrays of objects. What is sent stands in place of all rows.
fn schemas_of_lists(kind: Kind) -> Vec<(String, Value)> {
    let list = |list: &RowsSpec| {
        let parts: Map<String, Value> =
            list.parts.iter().map(|part| (part.key.to_owned(), schema_of(part))).collect();
        let needed: Vec<&str> = list.parts.iter().filter(|part| part.required).map(|part| part.key).collect();
        let mut row = json!({ "type": "object", "properties": parts });
        // A label that is not sent is the first one.
        let needed: Vec<&str> = needed.into_iter().filter(|key| *key != "label").collect();
        if !needed.is_empty() {
            row["required"] = json!(needed);
        }
        (list.key.to_owned(), json!({ "type": "array", "maxItems": list.rows_max, "items": row }))
    };
    model::rows_of(kind).iter().map(list).collect()
}

fn schema_of(spec: &FieldSpec) -> Value {
    let described = |description: &str| json!({ "type": "string", "description": description });
    match (spec.kind, spec.values) {
        (FieldKind::Choice, Values::Fixed(codes)) => json!({ "type": "string", "enum": codes }),
        (FieldKind::Choice, Values::List(list)) => {
            described(&format!("The key of a value of the company's list `{list}`."))
        }
        (FieldKind::Choices, Values::List(list)) => {
            let description = format!("Keys of values of the company's list `{list}`.");
            json!({ "type": "array", "items": { "type": "string" }, "description": description })
        }
        (FieldKind::Choice, Values::Stages) => described("A stage of a pipeline: `<pipeline>.<stage>`."),
        (FieldKind::Choice, Values::PriceBooks) => described("The key of one of the company's price books."),
        (FieldKind::Choice, Values::Taxes) => described("The key of one of the company's taxes."),
        (FieldKind::Link, Values::Records(target)) => {
            let description =
                format!("The id of a record of the entity `{target}`; when sent, also its name or key.");
            json!({ "type": "string", "description": description })
        }
        (FieldKind::Number | FieldKind::Money, _) => json!({ "type": "string", "format": "decimal" }),
        (FieldKind::Date, _) => json!({ "type": "string", "format": "date" }),
        (FieldKind::Instant, _) => json!({ "type": "string", "format": "date-time" }),
        (FieldKind::YesNo, _) => json!({ "type": "boolean" }),
        (FieldKind::User | FieldKind::Team, _) => json!({ "type": "string", "format": "uuid" }),
        (FieldKind::Phone, _) => described("E.164."),
        _ => json!({ "type": "string" }),
    }
}
