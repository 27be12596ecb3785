//! The administrator's form of a plugin: its fields in the manifest, and the check of what was entered.

use std::collections::BTreeMap;

use model::Problem;

use crate::manifest::{Manifest, Section, Words};

/// One line of a form.
const STRING_CHARACTERS_MAX: usize = 500;
/// A text area: 2,000 lines of territories have 50 kB.
const TEXT_BYTES_MAX: usize = 64 << 10;

/// One field of the form.
#[derive(Clone, Debug, PartialEq)]
pub struct ConfigField {
    /// What the plugin asks `config.get` for.
    pub key: String,
    pub kind: FieldKind,
    pub required: bool,
    /// The label; without one, the key.
    pub title: Words,
    /// A line below the field.
    pub help: Words,
    /// What the empty form shows.
    pub default: Option<String>,
}

/// What can be entered. Values are kept and handed over as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// One line.
    String,
    /// Several lines.
    Text,
    /// A whole number, both ends included.
    Integer { min: Option<i64>, max: Option<i64> },
    /// `true` or `false`.
    Boolean,
    /// One of these.
    Enum(Vec<String>),
}

/// Reads one table of `[config.schema]`, with its problems.
pub(crate) fn read_field(key: &str, mut section: Section) -> (ConfigField, Vec<Problem>) {
    let options = section.texts("enum");
    let (min, max) = (section.integer("min"), section.integer("max"));
    let name = section.text("type").unwrap_or_default();
    let kind = match name.as_str() {
        "string" if options.is_empty() => FieldKind::String,
        "string" | "enum" => FieldKind::Enum(options.clone()),
        "text" => FieldKind::Text,
        "integer" => FieldKind::Integer { min, max },
        "boolean" => FieldKind::Boolean,
        _ => {
            section.refuse("type", "unknown", "write string, text, integer, boolean or enum");
            FieldKind::String
        }
    };
    match &kind {
        FieldKind::Enum(options) if options.is_empty() => {
            section.refuse("enum", "required", "list the choices")
        }
        FieldKind::Integer { min: Some(min), max: Some(max) } if min > max => {
            section.refuse("min", "range", "it is greater than max");
        }
        FieldKind::Integer { .. } | FieldKind::Enum(_) => {}
        _ if !options.is_empty() => section.refuse("enum", "unsupported", "only a string can have choices"),
        _ if min.is_some() || max.is_some() => {
            section.refuse("min", "unsupported", "only an integer has bounds")
        }
        _ => {}
    }
    let field = ConfigField {
        key: key.to_owned(),
        kind,
        required: section.flag("required"),
        title: section.words("title"),
        help: section.words("help"),
        default: section.text("default"),
    };
    if let Some(problem) = field.default.as_deref().and_then(|default| check_value(&field, default)) {
        section.refuse("default", &problem.code, &problem.detail);
    }
    (field, section.finish())
}

/// All problems of what was entered, in the order of the form. An empty value is the same as none.
pub fn check_config(manifest: &Manifest, values: &BTreeMap<String, String>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for field in &manifest.config {
        match values.get(&field.key).filter(|value| !value.trim().is_empty()) {
            Some(value) => problems.extend(check_value(field, value)),
            None if field.required => problems.push(Problem::new(&field.key, "required", "")),
            None => {}
        }
    }
    let is_known = |key: &str| manifest.config.iter().any(|field| field.key == key);
    let unknown = values.keys().filter(|key| !is_known(key));
    problems.extend(unknown.map(|key| Problem::new(key, "unknown", "the plugin has no such setting")));
    problems
}

fn check_value(field: &ConfigField, value: &str) -> Option<Problem> {
    let problem = |code: &str, detail: String| Some(Problem::new(&field.key, code, detail));
    match &field.kind {
        FieldKind::String if value.chars().count() > STRING_CHARACTERS_MAX => {
            problem("too-long", STRING_CHARACTERS_MAX.to_string())
        }
        FieldKind::String if value.contains(['\n', '\r']) => problem("one-line", String::new()),
        FieldKind::Text if value.len() > TEXT_BYTES_MAX => problem("too-long", TEXT_BYTES_MAX.to_string()),
        FieldKind::Integer { min, max } => match value.trim().parse::<i64>() {
            Err(_) => problem("integer", value.to_owned()),
            Ok(number) if min.is_some_and(|min| number < min) || max.is_some_and(|max| number > max) => {
                problem("range", range(*min, *max))
            }
            Ok(_) => None,
        },
        FieldKind::Boolean if !["true", "false"].contains(&value) => problem("boolean", value.to_owned()),
        FieldKind::Enum(options) if !options.iter().any(|option| option == value) => {
            problem("choice", options.join(", "))
        }
        _ => None,
    }
}

/// The bounds as `1–10`, `≥ 1` or `≤ 10`.
fn range(min: Option<i64>, max: Option<i64>) -> String {
    match (min, max) {
        (Some(min), Some(max)) => format!("{min}–{max}"),
        (Some(min), None) => format!("≥ {min}"),
        (None, Some(max)) => format!("≤ {max}"),
        (None, None) => String::new(),
    }
}
