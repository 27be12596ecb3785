#![doc = include_str!("../README.md")]

pub mod account;
pub mod address;
pub mod api_docs;
pub mod api_keys;
pub mod assets;
pub mod components;
pub mod errors;
pub mod format;
pub mod home;
pub mod imports;
pub mod labels;
pub mod leads;
pub mod messages;
pub mod notices;
pub mod plugins;
pub mod problems;
pub mod reports;
pub mod search;
pub mod session;
pub mod setup;
pub mod shell;
pub mod users;

pub use maud::Markup;
pub use shell::{May, Nav, Notice, NoticeKind, Page, Shell, ShellUser, Theme};
