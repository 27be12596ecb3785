//! Why a letter did not go, free of the transport; with what the server said kept for whoever set it up.

/// What is kept of a server's words: some send whole pages.
const SAID_CHARACTERS_MAX: usize = 500;

/// See the table in the README.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    #[error("the mail server cannot be reached: {said}")]
    Unreachable { said: String },
    #[error("the mail server does not offer STARTTLS")]
    NoEncryption { said: String },
    #[error("the mail server's certificate is not trusted: {said}")]
    Certificate { said: String },
    #[error("the mail server refused user or password: {said}")]
    Login { said: String },
    #[error("the mail server asks to come back later: {said}")]
    Temporary { said: String },
    #[error("the mail server refused the sender: {said}")]
    Sender { said: String },
    #[error("the mail server refused the recipient: {said}")]
    Recipient { said: String },
    #[error("the mail server refused the letter: {said}")]
    Refused { said: String },
    #[error("the letter cannot be written: {said}")]
    Letter { said: String },
}

impl Error {
    /// Stable: pages have a sentence for each.
    pub fn code(&self) -> &'static str {
        match self {
            Error::Unreachable { .. } => "mail-unreachable",
            Error::NoEncryption { .. } => "mail-no-encryption",
            Error::Certificate { .. } => "mail-certificate",
            Error::Login { .. } => "mail-login",
            Error::Temporary { .. } => "mail-temporary",
            Error::Sender { .. } => "mail-sender",
            Error::Recipient { .. } => "mail-recipient",
            Error::Refused { .. } => "mail-refused",
            Error::Letter { .. } => "mail-letter",
        }
    }

    /// What the server said, or what went wrong on the way to it.
    pub fn said(&self) -> &str {
        match self {
            Error::Unreachable { said }
            | Error::NoEncryption { said }
            | Error::Certificate { said }
            | Error::Login { said }
            | Error::Temporary { said }
            | Error::Sender { said }
            | Error::Recipient { said }
            | Error::Refused { said }
            | Error::Letter { said } => said,
        }
    }

    /// Whether the same letter may go later without anybody changing it.
    pub fn may_pass(&self) -> bool {
        !matches!(
            self,
            Error::Sender { .. } | Error::Recipient { .. } | Error::Refused { .. } | Error::Letter { .. }
        )
    }
}

/// One line, not without end.
pub(crate) fn shortened(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(SAID_CHARACTERS_MAX) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
