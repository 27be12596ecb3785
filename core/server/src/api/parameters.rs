//! The parameters of a query, looked at before an operation is called: all problems at once, each with its name. Which
//! there are and what they may be is what the API's own document says.

use crate::errors::Fault;
use crate::router::is_match;
use model::FieldErrors;
use model::json::Value;
use poem::http::{Method, StatusCode};

/// Of a name or a value that is said back.
const SAID_CHARACTERS_MAX: usize = 100;

/// The operations of the API with the parameters that their queries take.
pub(crate) struct Parameters(Vec<Operation>);

struct Operation {
    method: Method,
    path: String,
    parameters: Vec<Parameter>,
}

struct Parameter {
    name: String,
    is_required: bool,
    form: Form,
}

/// What a value must look like; more is said by whoever uses it.
enum Form {
    Text,
    OneOf(Vec<String>),
    Whole { format: String, least: Option<f64>, most: Option<f64> },
}

impl Parameters {
    /// As the document of the API says; `path_of` writes its paths as they are matched.
    pub(crate) fn of(document: &Value, path_of: &dyn Fn(&str) -> String) -> Parameters {
        let mut operations = Vec::new();
        for (path, methods) in document["paths"].as_object().into_iter().flatten() {
            for (method, operation) in methods.as_object().into_iter().flatten() {
                let Ok(method) = Method::from_bytes(method.to_ascii_uppercase().as_bytes()) else { continue };
                let all = operation["parameters"].as_array().into_iter().flatten();
                let parameters = all
                    .filter(|parameter| parameter["in"] == "query")
                    .map(|parameter| Parameter::of(parameter, document))
                    .collect();
                operations.push(Operation { method, path: path_of(path), parameters });
            }
        }
        Parameters(operations)
    }

    /// What is wrong with a query; nothing of operations that there are not.
    pub(crate) fn check(&self, method: &Method, path: &str, query: &[(String, String)]) -> Result<(), Fault> {
        let is_meant =
            |operation: &&Operation| operation.method == *method && is_match(&operation.path, path);
        // Of `/leads/inbox` and `/leads/:id`, the first is meant.
        let names = |operation: &&Operation| {
            operation.path.split('/').map(|part| part.starts_with(':')).collect::<Vec<bool>>()
        };
        let operation = self.0.iter().filter(is_meant).min_by_key(names);
        let errors = operation.map(|operation| operation.errors(query)).unwrap_or_default();
        if errors.is_empty() {
            return Ok(());
        }
        let mut fault = Fault::new(
            StatusCode::BAD_REQUEST,
            "bad-request",
            "parameters of the query are wrong; `errors` says which",
        );
        fault.errors = errors;
        Err(fault)
    }
}

impl Operation {
    fn errors(&self, query: &[(String, String)]) -> FieldErrors {
        let mut errors = FieldErrors::default();
        for parameter in &self.parameters {
            match query.iter().find(|(name, _)| *name == parameter.name) {
                Some((_, value)) => parameter.form.look_at(&parameter.name, value, &mut errors),
                None if parameter.is_required => errors.add(&parameter.name, "required", ""),
                None => {}
            }
        }
        let known: Vec<&str> = self.parameters.iter().map(|parameter| parameter.name.as_str()).collect();
        for (name, _) in query.iter().filter(|(name, _)| !known.contains(&name.as_str())) {
            let name = said(name);
            if errors.of(&name).is_some() {
                continue;
            }
            match known.as_slice() {
                [] => errors.add(&name, "parameter-none", ""),
                known => errors.add(&name, "parameter-unknown", known.join(", ")),
            }
        }
        errors
    }
}

impl Parameter {
    fn of(parameter: &Value, document: &Value) -> Parameter {
        Parameter {
            name: parameter["name"].as_str().unwrap_or_default().to_owned(),
            is_required: parameter["required"] == true,
            form: Form::of(&parameter["schema"], document),
        }
    }
}

impl Form {
    fn of(schema: &Value, document: &Value) -> Form {
        let named = schema["$ref"].as_str().or_else(|| schema["allOf"][0]["$ref"].as_str());
        let pointed = named.and_then(|named| document.pointer(named.strip_prefix('#')?));
        let schema = pointed.unwrap_or(schema);
        match (schema["enum"].as_array(), schema["type"].as_str()) {
            (Some(values), _) => {
                Form::OneOf(values.iter().filter_map(Value::as_str).map(str::to_owned).collect())
            }
            (None, Some("boolean")) => Form::OneOf(vec!["true".to_owned(), "false".to_owned()]),
            (None, Some("integer")) => Form::Whole {
                format: schema["format"].as_str().unwrap_or_default().to_owned(),
                least: schema["minimum"].as_f64(),
                most: schema["maximum"].as_f64(),
            },
            _ => Form::Text,
        }
    }

    fn look_at(&self, name: &str, value: &str, errors: &mut FieldErrors) {
        match self {
            Form::Text => {}
            Form::OneOf(values) => {
                if !values.iter().any(|one| one == value) {
                    errors.add(name, "parameter-choice", values.join(", "));
                }
            }
            Form::Whole { format, least, most } => {
                let number = value.parse::<f64>().ok().filter(|_| is_whole(format, value));
                let is_within = |number: f64| {
                    least.is_none_or(|least| number >= least) && most.is_none_or(|most| number <= most)
                };
                match (number, least, most) {
                    (None, ..) => errors.add(name, "number-form", said(value)),
                    (Some(number), Some(least), Some(most)) if !is_within(number) => {
                        errors.add(name, "number-between", format!("{least}–{most}"));
                    }
                    (Some(number), Some(least), None) if !is_within(number) => {
                        errors.add(name, "number-range", least.to_string());
                    }
                    _ => {}
                }
            }
        }
    }
}

/// Whether an operation can read the number.
fn is_whole(format: &str, value: &str) -> bool {
    match format {
        "uint64" => value.parse::<u64>().is_ok(),
        "uint32" => value.parse::<u32>().is_ok(),
        "int16" => value.parse::<i16>().is_ok(),
        "int32" => value.parse::<i32>().is_ok(),
        _ => value.parse::<i64>().is_ok(),
    }
}

fn said(text: &str) -> String {
    text.chars().take(SAID_CHARACTERS_MAX).collect()
}
