#![doc = include_str!("../README.md")]

mod conversation;
mod error;
mod web;

pub use conversation::{Claims, Provider, Questions, ask, claims, try_out};
pub use error::Error;
