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
mod evidence;
mod facts;
mod here;
mod identity;
mod layers;
mod letters;
mod pages;
mod public;
mod router;
mod routes;
mod serve;
mod shell;
mod state;
mod workers;

/// Of the whole program: the store makes and drops small things by the million, which the C library's allocator is slow at.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

pub use api::{ApiShapes, document as openapi_document};
pub use clock::Clock;
pub use commands::main;
pub use config::{Config, ConfigError, CookieSecure, LogFormat, LogLevel, load, parse, print};
pub use cookies::{CODE, LANGUAGE, SESSION, THEME};
pub use errors::{Fault, PROBLEM_JSON};
pub use evidence::compose as compose_evidence;
pub use facts::API_PREFIX;
pub use identity::safe_next;
pub use layers::arrive::REQUEST_ID;
pub use layers::headers::CONTENT_SECURITY_POLICY;
pub use router::{build, layered};
pub use routes::{BodyRule, Kind, RouteInfo, Who, routes};
pub use serve::options;
pub use state::{Shared, State};
pub use workers::Workers;
