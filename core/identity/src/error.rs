//! Why an identity provider did not say who somebody is, with its own words for whoever set it up.

/// What is kept of a provider's words: some send whole pages.
const SAID_CHARACTERS_MAX: usize = 500;

/// See the table in the README.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    #[error("the identity provider cannot be reached: {said}")]
    Unreachable { said: String },
    #[error("the identity provider's certificate is not trusted: {said}")]
    Certificate { said: String },
    #[error("there is no identity provider at this address: {said}")]
    NoProvider { said: String },
    #[error("the identity provider does not accept this client: {said}")]
    Client { said: String },
    #[error("the identity provider does not accept the code: {said}")]
    Code { said: String },
    #[error("the identity provider answered with an error: {said}")]
    Refused { said: String },
    #[error("the identity provider's word cannot be trusted: {said}")]
    Token { said: String },
    #[error("the clocks of the identity provider and of this machine differ: {said}")]
    Clock { said: String },
}

impl Error {
    /// Stable: pages have a sentence for each.
    pub fn code(&self) -> &'static str {
        match self {
            Error::Unreachable { .. } => "identity-unreachable",
            Error::Certificate { .. } => "identity-certificate",
            Error::NoProvider { .. } => "identity-no-provider",
            Error::Client { .. } => "identity-client",
            Error::Code { .. } => "identity-code",
            Error::Refused { .. } => "identity-refused",
            Error::Token { .. } => "identity-token",
            Error::Clock { .. } => "identity-clock",
        }
    }

    /// What the provider said, or what went wrong on the way to it.
    pub fn said(&self) -> &str {
        match self {
            Error::Unreachable { said }
            | Error::Certificate { said }
            | Error::NoProvider { said }
            | Error::Client { said }
            | Error::Code { said }
            | Error::Refused { said }
            | Error::Token { said }
            | Error::Clock { said } => said,
        }
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

/// An error with all its reasons. Most repeat the next one at their end: that one is said once.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let mut said = error.to_string();
    let mut source = error.source();
    while let Some(reason) = source {
        let reason_said = reason.to_string();
        if !said.ends_with(&reason_said) {
            said = format!("{said}: {reason_said}");
        }
        source = reason.source();
    }
    shortened(&said)
}
