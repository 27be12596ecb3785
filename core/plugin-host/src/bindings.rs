//! The host's side of the contract, made from the same WIT as the SDK's.
#![allow(
    clippy::all,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::unwrap_used,
    unreachable_pub
)]

wasmtime::component::bindgen!({
    path: "../../plugin-sdk/wit",
    world: "assignment",
});

pub(crate) use exports::tracte::plugin::assigner;
pub(crate) use tracte::plugin::{clock, config, log, types};
