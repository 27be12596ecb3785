#![doc = include_str!("../README.md")]

mod bindings;
mod build;
mod call;
mod component;
mod engine;
mod fixtures;
mod form;
mod host;
mod install;
mod limits;
mod manifest;
mod process;
mod scaffold;
mod turns;
mod views;

pub use build::{BuildError, Built, build};
pub use call::{Call, Capabilities, Failure, FailureClass};
pub use engine::{CompileError, compile_to_file};
pub use fixtures::{FixtureError, FixtureResult, test_fixtures};
pub use form::{ConfigField, FieldKind, check_config};
pub use host::{Host, HostError, Inspection, Plugin};
pub use install::InstallError;
pub use limits::{
    AskedLimits, CALLS_AT_ONCE, Limits, MEMORY_CEILING_BYTES, MESSAGE_CHARACTERS_MAX, QUEUE_CHARACTERS_MAX,
    REASON_CHARACTERS_MAX,
};
pub use manifest::{API, HOOKS, Manifest, Words};
pub use process::ProcessError;
pub use scaffold::{NewPluginError, new_plugin};
pub use views::{Amount, Candidate, CustomField, Decision, FieldValue, LeadView, Level};
