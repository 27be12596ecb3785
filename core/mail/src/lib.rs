#![doc = include_str!("../README.md")]

mod conversation;
mod error;
mod letter;

pub use conversation::{Login, RefusedCopy, Security, Server, Taken, send};
pub use error::Error;
pub use letter::{ATTACHMENTS_BYTES_MAX, Attachment, Letter, Mailbox};
