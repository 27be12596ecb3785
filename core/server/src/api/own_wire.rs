//! The company's own fields as they go over the wire: an object `custom`, which the document describes as the company
//! has set it up.

use model::json::{Map, Value, json};
use model::{CustomField, CustomValue, CustomValues, FieldErrors, FieldKind, Frame, Kind, own_key};
use poem_openapi::types::Any;
use services::Error;
use services::own_values::TypedValues;

/// Values by the names of the fields.
pub(crate) type Custom = Any<Map<String, Value>>;

/// The schemas of an entity that have own fields, and whether the field is read or written there.
const SCHEMAS: [(&str, Way); 3] = [("", Way::Out), ("Create", Way::In), ("Change", Way::In)];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    In,
    Out,
}

/// What is answered. Amounts and numbers are text with a point, so that no digit gets lost on the way.
pub(crate) fn shown(values: CustomValues) -> Option<Custom> {
    let value = |value| match value {
        CustomValue::Flag(flag) => json!(flag),
        CustomValue::Amount(minor_units) => {
            json!(super::lead_wire::decimal(model::Money { minor_units, currency: Default::default() }))
        }
        CustomValue::Codes(codes) => json!(codes),
        CustomValue::Text(text) => json!(text),
    };
    let map: Map<String, Value> = values.into_iter().map(|(name, kept)| (name, value(kept))).collect();
    (!map.is_empty()).then_some(Any(map))
}

/// What was sent, as if it had been typed. `null` empties a field.
pub(crate) fn typed(frame: &Frame, entity: Kind, custom: Option<Custom>) -> Result<TypedValues, Error> {
    let mut errors = FieldErrors::default();
    let mut typed = TypedValues::new();
    for (name, value) in custom.map(|custom| custom.0).unwrap_or_default() {
        let kind = frame.field(entity, &name).map(|field| field.kind);
        let texts = match value {
            Value::Null => Some(Vec::new()),
            Value::Array(items) => items.into_iter().map(|item| text_of(kind, item)).collect(),
            other => text_of(kind, other).map(|text| vec![text]),
        };
        match texts {
            Some(texts) => {
                typed.insert(name, texts);
            }
            None => errors.add(&own_key(&name), "field-one-value", ""),
        }
    }
    if errors.is_empty() { Ok(typed) } else { Err(Error::Invalid(errors)) }
}

/// One value as it would be typed; nothing for what is no single value.
pub(crate) fn text_of(kind: Option<FieldKind>, value: Value) -> Option<String> {
    let text = match value {
        Value::Bool(flag) => return Some(if flag { "yes" } else { "no" }.to_owned()),
        Value::Number(number) => number.to_string(),
        Value::String(text) => text,
        Value::Null | Value::Array(_) | Value::Object(_) => return None,
    };
    Some(match kind {
        Some(FieldKind::Number | FieldKind::Money) => with_comma(&text),
        _ => text,
    })
}

/// A form may read `1.234` as thousands; here a point is always one of decimals.
fn with_comma(text: &str) -> String {
    let is_plain = text.matches('.').count() == 1 && !text.contains(',');
    if is_plain { text.replace('.', ",") } else { text.to_owned() }
}

/// Describes `custom` in the schemas of the document: any names as long as there are no fields.
pub(crate) fn describe(document: &mut Value, frame: &Frame) {
    for entity in services::fields::ENTITIES {
        describe_entity(document, frame, entity);
    }
}

fn describe_entity(document: &mut Value, frame: &Frame, entity: Kind) {
    let name = super::record_wire::schema_name(entity);
    let fields: Vec<(&str, &CustomField)> = frame
        .fields_of(entity)
        .map(|(name, field)| (name, &field.piece))
        .filter(|(_, field)| !field.archived)
        .collect();
    for (end, way) in SCHEMAS {
        let schema = format!("/components/schemas/{name}{end}/properties/custom");
        let Some(custom) = document.pointer_mut(&schema) else {
            continue;
        };
        let mut properties = Map::new();
        for (name, field) in &fields {
            properties.insert((*name).to_owned(), schema_of(frame, entity, name, field, way));
        }
        let description = match way {
            Way::Out => {
                "Values of the company's own fields by their names; fields without a value are not there."
            }
            Way::In => "Values of the company's own fields by their names; `null` empties one.",
        };
        *custom = json!({ "type": "object", "description": description });
        if !properties.is_empty() {
            custom["properties"] = Value::Object(properties);
            custom["additionalProperties"] = json!(way == Way::Out);
        }
        let required: Vec<&str> = fields
            .iter()
            .filter(|(_, field)| field.required && field.default.is_none())
            .map(|(name, _)| *name)
            .collect();
        if end == "Create" && !required.is_empty() {
            custom["required"] = json!(required);
        }
    }
}

fn schema_of(frame: &Frame, entity: Kind, name: &str, field: &CustomField, way: Way) -> Value {
    let list = CustomField::list(entity, name);
    let codes = || -> Vec<&str> {
        let offered = |archived: bool| !archived || way == Way::Out;
        frame.choices_of(&list).filter(|(_, choice)| offered(choice.archived)).map(|(code, _)| code).collect()
    };
    let mut schema = match field.kind {
        FieldKind::LongText => {
            json!({ "type": "string", "maxLength": model::CUSTOM_LONG_TEXT_CHARACTERS_MAX })
        }
        FieldKind::Number | FieldKind::Money => json!({ "type": "string", "format": "decimal" }),
        FieldKind::Date => json!({ "type": "string", "format": "date" }),
        FieldKind::YesNo => json!({ "type": "boolean" }),
        FieldKind::Choice => json!({ "type": "string", "enum": codes() }),
        FieldKind::Choices => json!({ "type": "array", "items": { "type": "string", "enum": codes() } }),
        FieldKind::Email => json!({ "type": "string", "format": "email" }),
        FieldKind::Url => json!({ "type": "string", "format": "uri" }),
        FieldKind::Link => json!({ "type": "string", "format": "uuid" }),
        _ => json!({ "type": "string", "maxLength": model::CUSTOM_TEXT_CHARACTERS_MAX }),
    };
    schema["title"] = json!(field.label.get(model::Language::En));
    let help = field.help.get(model::Language::En);
    if !help.is_empty() {
        schema["description"] = json!(help);
    }
    if let (Way::In, Some(value)) = (way, &field.default) {
        let shown = shown([(name.to_owned(), value.clone())].into());
        schema["default"] = shown.and_then(|mut custom| custom.0.remove(name)).unwrap_or_default();
    }
    schema
}
