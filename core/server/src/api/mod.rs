//! What other systems call: `/api/v1`, described by an OpenAPI document that is made from the same code.

mod activities;
mod assignment_wire;
mod audit;
mod backups;
mod board;
mod bulk_jobs;
mod choices;
mod configuration;
mod consents;
mod conversion;
mod document;
mod documents;
mod duplicates;
mod evidence;
mod identity;
mod import_result_wire;
mod import_templates;
mod import_wire;
mod imports;
mod inbox;
mod lead_wire;
mod leads;
mod mail;
mod merges;
mod own_wire;
mod parameters;
mod parametrisation;
mod price_lists;
mod prices;
mod privacy;
mod problem;
mod quote_differences;
mod quotes;
mod record_wire;
mod records;
mod reminders;
mod reports;
mod retention;
mod saved_views;
mod scoring;
mod search;
mod simulation;
mod teams;
mod timeline;
mod users;
mod versions;
mod webhook_data;
mod webhooks;

use crate::facts::API_PREFIX;
use crate::routes::{BodyRule, Kind, RouteInfo, Who};
use model::json::Value;
use poem::http::Method;
use poem::{Endpoint, IntoEndpoint, Response};
use poem_openapi::{OpenApiService, Tags};
use std::sync::LazyLock;

pub(crate) use parameters::Parameters;
pub(crate) use problem::Problem;
pub use webhook_data::ApiShapes;

/// How the document groups the operations.
#[derive(Tags)]
enum Topic {
    Leads,
    Records,
    Imports,
    Search,
    Reports,
    Users,
    Audit,
    Parametrisation,
    Privacy,
    Lists,
    Configuration,
    Mail,
    Webhooks,
}

type Apis = (
    (
        leads::Leads,
        (inbox::Inbox, simulation::Simulations),
        conversion::Conversions,
        (duplicates::Duplicates, merges::Merges),
        scoring::Scoring,
    ),
    (
        (
            records::Records,
            (activities::Activities, reminders::Reminders),
            board::Board,
            (prices::Prices, price_lists::PriceLists),
            (quotes::Quotes, quote_differences::QuoteDifferences, documents::Documents),
        ),
        imports::Imports,
        import_templates::ImportTemplates,
    ),
    search::Search,
    reports::Reports,
    users::Users,
    audit::Audit,
    parametrisation::Parametrisation,
    evidence::EvidencePacks,
    (privacy::Privacy, consents::Consents, retention::RetentionPeriods),
    choices::Choices,
    configuration::Configuration,
    saved_views::SavedViews,
    (mail::Mail, webhooks::Webhooks),
    identity::Identity,
    teams::Teams,
    (bulk_jobs::BulkJobs, backups::Backups),
);

fn service() -> OpenApiService<Apis, ()> {
    OpenApiService::new(
        (
            (
                leads::Leads,
                (inbox::Inbox, simulation::Simulations),
                conversion::Conversions,
                (duplicates::Duplicates, merges::Merges),
                scoring::Scoring,
            ),
            (
                (
                    records::Records,
                    (activities::Activities, reminders::Reminders),
                    board::Board,
                    (prices::Prices, price_lists::PriceLists),
                    (quotes::Quotes, quote_differences::QuoteDifferences, documents::Documents),
                ),
                imports::Imports,
                import_templates::ImportTemplates,
            ),
            search::Search,
            reports::Reports,
            users::Users,
            audit::Audit,
            parametrisation::Parametrisation,
            evidence::EvidencePacks,
            (privacy::Privacy, consents::Consents, retention::RetentionPeriods),
            choices::Choices,
            configuration::Configuration,
            saved_views::SavedViews,
            (mail::Mail, webhooks::Webhooks),
            identity::Identity,
            teams::Teams,
            (bulk_jobs::BulkJobs, backups::Backups),
        ),
        "Tracte",
        env!("CARGO_PKG_VERSION"),
    )
}

/// Routes and answers everything below `/api/v1`.
pub(crate) fn endpoint() -> impl Endpoint<Output = Response> + 'static {
    service().into_endpoint()
}

static DOCUMENT: LazyLock<String> = LazyLock::new(|| document::finish(&service().spec()));

/// The OpenAPI document, as JSON.
pub fn document() -> &'static str {
    &DOCUMENT
}

/// The same with the company's own fields, for those who belong to it.
pub(crate) fn document_of(frame: &model::Frame) -> Value {
    let mut document = parsed();
    own_wire::describe(&mut document, frame);
    document
}

/// Every operation of the document as a line of the routes' list.
pub(crate) fn routes() -> Vec<RouteInfo> {
    routes_of(&parsed())
}

/// The same, and what the queries of all operations take.
pub(crate) fn routes_and_parameters() -> (Vec<RouteInfo>, Parameters) {
    let document = parsed();
    let parameters = Parameters::of(&document, &|path| format!("{API_PREFIX}{}", colons(path)));
    (routes_of(&document), parameters)
}

fn parsed() -> Value {
    model::json::from_str(document()).unwrap_or_default()
}

fn routes_of(document: &Value) -> Vec<RouteInfo> {
    let Some(paths) = document.get("paths").and_then(Value::as_object) else {
        return Vec::new();
    };
    let of_path = |(path, operations): (&String, &Value)| {
        let methods: Vec<String> =
            operations.as_object().map(|map| map.keys().cloned().collect()).unwrap_or_default();
        let path = format!("{API_PREFIX}{}", colons(path));
        methods.into_iter().filter_map(move |method| route(&method, &path)).collect::<Vec<_>>()
    };
    paths.iter().flat_map(of_path).collect()
}

/// Operations whose body is a file.
const UPLOADS: [(&str, &str); 5] = [
    ("post", "/parametrisation/screens"),
    ("post", "/imports"),
    ("post", "/price-books/:key/import"),
    ("post", "/documents/files"),
    ("post", "/documents/:id/versions"),
];

fn route(method: &str, path: &str) -> Option<RouteInfo> {
    let is_upload = UPLOADS
        .iter()
        .any(|(of, below)| *of == method && path.strip_prefix(API_PREFIX).is_some_and(|path| path == *below));
    Some(RouteInfo {
        method: Method::from_bytes(method.to_ascii_uppercase().as_bytes()).ok()?,
        path: path.to_owned(),
        kind: Kind::Api,
        who: Who::SignedIn,
        body: if is_upload { BodyRule::Upload } else { BodyRule::Small },
        permission: "key",
    })
}

/// `/leads/{id}` is `/leads/:id` here.
fn colons(path: &str) -> String {
    path.replace('{', ":").replace('}', "")
}
