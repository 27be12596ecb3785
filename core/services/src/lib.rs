#![doc = include_str!("../README.md")]

pub mod api_keys;
mod app;
pub mod assignment;
mod ctx;
pub mod demo;
mod error;
pub mod home;
mod import_runs;
pub mod imports;
mod lead_drafts;
pub mod leads;
pub mod maintenance;
pub mod permissions;
pub mod plugins;
pub mod projectors;
pub mod reports;
pub mod search;
pub mod sessions;
pub mod settings;
pub mod setup;
pub mod users;

pub use app::{App, Folders, Options};
pub use ctx::{Caller, Ctx, Random};
pub use error::{Conflict, ConflictField, Error};
pub use lead_drafts::LeadDraft;
