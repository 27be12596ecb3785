//! What went wrong, mapped once to a page and once to RFC 9457 problem JSON.

use crate::api::Problem;
use crate::facts::{Facts, Wants};
use crate::here::html;
use model::uuid::Uuid;
use model::{FieldErrors, Kind};
use poem::Response;
use poem::error::{MethodNotAllowedError, NotFoundError, ParsePathError, ResponseError};
use poem::http::{HeaderValue, StatusCode};
use services::{Conflict, Error, Known};
use std::fmt;
use ui::Shell;

/// The one error of handlers and layers.
#[derive(Debug)]
pub struct Fault {
    pub status: StatusCode,
    /// Stable; part of the API.
    pub code: &'static str,
    /// For whoever sent the request, in English; never from the inside of the machine.
    pub detail: Box<str>,
    /// For the operator's log alone.
    pub operator: Box<str>,
    pub errors: FieldErrors,
    pub retry_after_s: Option<u32>,
    /// The methods that the path has.
    pub allow: Option<Box<str>>,
    /// Records, or another version of one, because of which it was not done.
    pub others: Option<Box<Others>>,
    /// How long the body may be, where that is the fault; else 0.
    pub limit_bytes: u64,
}

/// Records because of which something was not done.
#[derive(Debug)]
pub enum Others {
    /// Somebody else was quicker.
    Conflict(Conflict),
    /// What the record became a part of.
    Merged(Kind, Uuid),
    /// Those that are surely the same as what was to be made.
    Known(Vec<Known>),
}

impl Fault {
    pub fn new(status: StatusCode, code: &'static str, detail: impl Into<Box<str>>) -> Fault {
        Fault {
            status,
            code,
            detail: detail.into(),
            operator: Box::default(),
            errors: FieldErrors::default(),
            retry_after_s: None,
            allow: None,
            others: None,
            limit_bytes: 0,
        }
    }

    pub fn not_found() -> Fault {
        Fault::new(StatusCode::NOT_FOUND, "not-found", "")
    }

    pub fn unauthenticated() -> Fault {
        Error::Unauthenticated.into()
    }

    pub fn bad_request(detail: impl Into<Box<str>>) -> Fault {
        Fault::new(StatusCode::BAD_REQUEST, "bad-request", detail)
    }

    /// Something of ours broke: the operator reads what, the user a request id.
    pub fn internal(operator: impl fmt::Display) -> Fault {
        let mut fault = Fault::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "");
        fault.operator = operator.to_string().into();
        fault
    }

    pub(crate) fn method_not_allowed(allow: String) -> Fault {
        let mut fault = Fault::new(StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed", "");
        fault.allow = Some(allow.into());
        fault
    }

    pub(crate) fn too_large(limit_bytes: u64) -> Fault {
        let detail = format!("the body may have up to {limit_bytes} bytes");
        let mut fault = Fault::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", detail);
        fault.limit_bytes = limit_bytes;
        fault
    }

    pub(crate) fn encoded_body() -> Fault {
        Fault::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "content-encoding",
            "send the body without Content-Encoding",
        )
    }

    pub(crate) fn foreign_origin() -> Fault {
        Fault::new(
            StatusCode::FORBIDDEN,
            "foreign-origin",
            "the request did not come from a page of this server",
        )
    }

    pub(crate) fn too_slow() -> Fault {
        let mut fault = Fault::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "too-slow",
            "it took longer than a request may; it may still have been done",
        );
        fault.retry_after_s = Some(RETRY_AFTER_S);
        fault
    }

    pub fn too_many_attempts(wait_s: u32) -> Fault {
        let mut fault = Fault::new(StatusCode::TOO_MANY_REQUESTS, "too-many-attempts", "");
        fault.retry_after_s = Some(wait_s);
        fault
    }
}

/// A pause that lets a queue empty and that a person can bear.
pub(crate) const RETRY_AFTER_S: u32 = 2;

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.status.as_u16(), self.code)?;
        if self.operator.is_empty() { Ok(()) } else { write!(f, ": {}", self.operator) }
    }
}

impl std::error::Error for Fault {}

impl ResponseError for Fault {
    fn status(&self) -> StatusCode {
        self.status
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Fault {
        let status = match &error {
            Error::NotFound | Error::Merged { .. } => StatusCode::NOT_FOUND,
            Error::Unauthenticated => StatusCode::UNAUTHORIZED,
            Error::Denied => StatusCode::FORBIDDEN,
            Error::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Error::Conflict(_) | Error::Duplicate(_) => StatusCode::CONFLICT,
            Error::Busy { .. } => StatusCode::SERVICE_UNAVAILABLE,
            Error::Internal { .. } => StatusCode::INTERNAL_SERVER_ERROR,
        };
        let mut fault = Fault::new(status, error.code(), "");
        match error {
            Error::Invalid(errors) => fault.errors = errors,
            Error::Conflict(conflict) => fault.others = Some(Box::new(Others::Conflict(*conflict))),
            Error::Merged { kind, into } => fault.others = Some(Box::new(Others::Merged(kind, into))),
            Error::Duplicate(known) => fault.others = Some(Box::new(Others::Known(known))),
            Error::Busy { retry_after_s } => fault.retry_after_s = Some(retry_after_s),
            Error::Internal { message } => fault.operator = message.into(),
            Error::NotFound | Error::Unauthenticated | Error::Denied => {}
        }
        fault
    }
}

/// Errors that poem makes itself: no such path, wrong method, what cannot be parsed.
impl From<poem::Error> for Fault {
    fn from(error: poem::Error) -> Fault {
        let error = match error.downcast::<Fault>() {
            Ok(fault) => return fault,
            Err(error) => error,
        };
        // An id in the path that is no id names nothing.
        let no_such_path = error.is::<NotFoundError>()
            || error.is::<ParsePathError>()
            || error.is::<poem_openapi::error::ParsePathError>();
        if no_such_path {
            return Fault::not_found();
        }
        if error.is::<MethodNotAllowedError>() {
            return Fault::method_not_allowed(String::new());
        }
        match error.status() {
            status if status.is_server_error() => Fault::internal(error),
            StatusCode::UNSUPPORTED_MEDIA_TYPE => {
                Fault::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "content-type", error.to_string())
            }
            status => Fault::new(status, "bad-request", error.to_string()),
        }
    }
}

/// The media type of RFC 9457.
pub const PROBLEM_JSON: &str = "application/problem+json";

/// The answer to another system.
pub(crate) fn problem(fault: &Fault, facts: &Facts) -> Response {
    let body = Problem::of(fault, facts).json();
    finish(Response::builder().content_type(PROBLEM_JSON).body(body), fault)
}

/// The answer to a person, in the frame of what is known of them; `helpers` are those who could give a permission.
pub(crate) fn page(fault: &Fault, facts: &Facts, shell: &Shell, helpers: &[String]) -> Response {
    let wait_s = u64::from(fault.retry_after_s.unwrap_or(RETRY_AFTER_S));
    let markup = match fault.status {
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => ui::errors::forbidden(shell, helpers),
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => ui::errors::not_found(shell),
        StatusCode::PAYLOAD_TOO_LARGE => ui::errors::too_large(shell, fault.limit_bytes),
        StatusCode::TOO_MANY_REQUESTS => ui::errors::too_many_requests(shell, wait_s),
        StatusCode::SERVICE_UNAVAILABLE if facts.is_visit => ui::errors::unavailable_page(shell),
        StatusCode::SERVICE_UNAVAILABLE => ui::errors::unavailable(shell),
        status if status.is_server_error() => ui::errors::internal(shell, &facts.request),
        _ if !fault.errors.is_empty() => ui::errors::refused(shell, &fault.errors),
        _ => ui::errors::unprocessable(shell),
    };
    finish(html(fault.status, markup), fault)
}

/// The headers that belong to a status, whichever form the answer has.
fn finish(mut response: Response, fault: &Fault) -> Response {
    response.set_status(fault.status);
    let headers = response.headers_mut();
    if let Some(seconds) = fault.retry_after_s {
        headers.insert("retry-after", HeaderValue::from(seconds));
    }
    if let Some(allow) = fault.allow.as_deref().and_then(|allow| HeaderValue::try_from(allow).ok()) {
        headers.insert("allow", allow);
    }
    if fault.status == StatusCode::UNAUTHORIZED {
        headers.insert("www-authenticate", HeaderValue::from_static("Bearer realm=\"tracte\""));
    }
    response
}

/// Said when even the error page cannot be made. Needs no store, no session and no messages.
pub(crate) fn last_words(facts: &Facts) -> Response {
    let body = match facts.wants {
        Wants::Problem => format!(
            r#"{{"type":"about:blank","title":"Internal Server Error","status":500,"code":"internal","errors":[],"instance":"urn:tracte:request:{}"}}"#,
            facts.request
        ),
        Wants::Page => format!(
            "<!doctype html><html lang=\"ca\"><meta charset=\"utf-8\"><title>Error · Tracte</title><main><h1>Tracte</h1><p lang=\"ca\">Alguna cosa ha fallat.</p><p lang=\"es\">Algo ha fallado.</p><p lang=\"en\">Something went wrong.</p><p>{}</p><p><a href=\"/\">Tracte</a></p></main></html>",
            facts.request
        ),
    };
    let content_type = match facts.wants {
        Wants::Problem => PROBLEM_JSON,
        Wants::Page => "text/html; charset=utf-8",
    };
    Response::builder().status(StatusCode::INTERNAL_SERVER_ERROR).content_type(content_type).body(body)
}
