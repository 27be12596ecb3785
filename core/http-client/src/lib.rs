#![doc = include_str!("../README.md")]

mod client;
mod error;
mod reach;

pub use client::{Answer, Client, Times};
pub use error::Error;
pub use reach::{Reach, check, is_public};
pub use ureq::http;
