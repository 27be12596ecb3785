#![doc = include_str!("../README.md")]

mod api;
mod assets;
mod attempts;
mod clock;
mod commands;
mod config;
mod cookies;
mod crossing;
mod errors;
mod facts;
mod here;
mod identity;
mod layers;
mod pages;
mod public;
mod router;
mod routes;
mod serve;
mod shell;
mod state;
mod workers;

pub use api::document as openapi_document;
pub use clock::Clock;
pub use commands::main;
pub use config::{Config, ConfigError, CookieSecure, LogFormat, LogLevel, load, parse, print};
pub use cookies::{LANGUAGE, SESSION, THEME};
pub use errors::{Fault, PROBLEM_JSON};
pub use facts::API_PREFIX;
pub use identity::safe_next;
pub use layers::arrive::REQUEST_ID;
pub use layers::headers::CONTENT_SECURITY_POLICY;
pub use router::{build, layered};
pub use routes::{BodyRule, Kind, RouteInfo, Who, routes};
pub use serve::options;
pub use state::{Shared, State};
pub use workers::Workers;
