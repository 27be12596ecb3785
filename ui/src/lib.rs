#![doc = include_str!("../README.md")]

pub mod assets;
pub mod components;
pub mod format;
pub mod labels;
pub mod messages;
pub mod notices;
pub mod problems;
pub mod shell;

pub use maud::Markup;
pub use shell::{May, Nav, Notice, NoticeKind, Page, Shell, ShellUser, Theme};
