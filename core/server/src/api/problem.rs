//! The problem of RFC 9457 as it goes over the wire and stands in the API's description.

use crate::errors::{Fault, Others, PROBLEM_JSON};
use crate::facts::{API_PREFIX, Facts};
use model::Kind;
use model::uuid::Uuid;
use poem_openapi::registry::{MetaMediaType, MetaResponse, MetaResponses, Registry};
use poem_openapi::types::{ToJSON, Type};
use poem_openapi::{ApiResponse, Object};
use services::{Conflict, ConflictField, Known};
use ui::Locale;

/// What went wrong (RFC 9457).
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct Problem {
    /// Always `about:blank`: `code` says which problem it is.
    #[oai(rename = "type")]
    kind: String,
    /// The words of the HTTP status.
    title: String,
    status: u16,
    /// What is known beyond the code, in English.
    detail: Option<String>,
    /// Names this occurrence: the request's id, as in the header `X-Request-Id` and in the server's log.
    instance: String,
    /// Stable: `invalid`, `not-found`, `denied`, `conflict`, `busy`…
    code: String,
    /// All problems of the fields at once.
    errors: Vec<ProblemField>,
    /// Both values, where somebody else was quicker.
    conflict: Option<ProblemConflict>,
    /// With `merged`: the record that this one became a part of.
    merged_into: Option<ProblemRecord>,
    /// With `duplicate`: records that are surely the same as what was to be made.
    duplicates: Option<Vec<ProblemRecord>>,
}

/// A record that a problem is about.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
struct ProblemRecord {
    /// `lead`, `company` or `contact`.
    entity: String,
    id: String,
    /// Its address in this API.
    href: String,
    name: Option<String>,
    /// What they share, the surest first: `tax_id`, `email`, `phone`, `name`, `near_name`.
    reasons: Option<Vec<String>>,
}

/// One problem with one field.
#[derive(Object)]
pub(super) struct ProblemField {
    /// The field's name as in the request; empty for the whole.
    field: String,
    /// Stable: `required`, `too-long`, `tax-id-checksum`…
    code: String,
    /// The value, the limit or the name that helps to understand it.
    detail: String,
    /// In the language of `Accept-Language`, or of the key's user.
    message: String,
}

/// Which version is stored and in what it differs.
#[derive(Object)]
struct ProblemConflict {
    /// The version that is stored now.
    version: u64,
    fields: Vec<ProblemDifference>,
}

/// Both values of one field.
#[derive(Object)]
struct ProblemDifference {
    field: String,
    yours: String,
    theirs: String,
}

impl Problem {
    pub(crate) fn of(fault: &Fault, facts: &Facts) -> Problem {
        let locale = facts.locale();
        Problem {
            kind: "about:blank".to_owned(),
            title: fault.status.canonical_reason().unwrap_or_default().to_owned(),
            status: fault.status.as_u16(),
            detail: (!fault.detail.is_empty()).then(|| fault.detail.to_string()),
            instance: format!("urn:tracte:request:{}", facts.request),
            code: fault.code.to_owned(),
            errors: fault.errors.0.iter().map(|problem| ProblemField::of(locale, problem)).collect(),
            conflict: match fault.others.as_deref() {
                Some(Others::Conflict(conflict)) => Some(ProblemConflict::from(conflict)),
                _ => None,
            },
            merged_into: match fault.others.as_deref() {
                Some(Others::Merged(kind, id)) => Some(ProblemRecord::of(*kind, *id)),
                _ => None,
            },
            duplicates: match fault.others.as_deref() {
                Some(Others::Known(known)) => Some(known.iter().map(ProblemRecord::known).collect()),
                _ => None,
            },
        }
    }

    pub(crate) fn json(&self) -> String {
        self.to_json_string()
    }
}

impl ProblemRecord {
    fn of(kind: Kind, id: Uuid) -> ProblemRecord {
        let path = model::path_of(kind).unwrap_or_default();
        ProblemRecord {
            entity: kind.as_str().to_owned(),
            id: id.to_string(),
            href: format!("{API_PREFIX}{path}/{id}"),
            name: None,
            reasons: None,
        }
    }

    fn known(known: &Known) -> ProblemRecord {
        ProblemRecord {
            name: Some(known.title.clone()),
            reasons: Some(known.by.iter().map(|by| by.as_str().to_owned()).collect()),
            ..ProblemRecord::of(known.kind, known.id)
        }
    }
}

impl ProblemField {
    pub(super) fn of(locale: Locale<'_>, problem: &model::Problem) -> ProblemField {
        ProblemField {
            field: problem.field.clone(),
            code: problem.code.clone(),
            detail: problem.detail.clone(),
            message: ui::problems::text(locale, problem),
        }
    }
}

impl From<&Conflict> for ProblemConflict {
    fn from(conflict: &Conflict) -> ProblemConflict {
        let difference = |field: &ConflictField| ProblemDifference {
            field: field.field.clone(),
            yours: field.yours.clone(),
            theirs: field.theirs.clone(),
        };
        ProblemConflict {
            version: conflict.version,
            fields: conflict.fields.iter().map(difference).collect(),
        }
    }
}

/// Every operation may answer with a problem; the layer around the API writes it.
impl ApiResponse for Fault {
    fn meta() -> MetaResponses {
        let content = MetaMediaType { content_type: PROBLEM_JSON, schema: Problem::schema_ref() };
        let response = MetaResponse {
            description: "A problem (RFC 9457); `code` says which.",
            status: None,
            status_range: Some("default".to_owned()),
            content: vec![content],
            headers: Vec::new(),
        };
        MetaResponses { responses: vec![response] }
    }

    fn register(registry: &mut Registry) {
        Problem::register(registry);
    }
}
