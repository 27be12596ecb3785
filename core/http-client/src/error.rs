//! Why another machine gave no answer.

use crate::reach::Inside;
use std::net::IpAddr;

/// See the table in the README.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    #[error("no address that can be asked: {said}")]
    Address { said: String },
    #[error("{address} is not on the open internet")]
    Private { address: IpAddr },
    #[error("the certificate is not trusted: {said}")]
    Certificate { said: String },
    #[error("it took too long: {said}")]
    TimedOut { said: String },
    #[error("it cannot be reached: {said}")]
    Unreachable { said: String },
    #[error("its answer has more than {bytes_max} bytes")]
    TooLong { bytes_max: u64 },
}

impl Error {
    /// Stable: pages have a sentence for each.
    pub fn code(&self) -> &'static str {
        match self {
            Error::Address { .. } => "http-address",
            Error::Private { .. } => "http-private",
            Error::Certificate { .. } => "http-certificate",
            Error::TimedOut { .. } => "http-timeout",
            Error::Unreachable { .. } => "http-unreachable",
            Error::TooLong { .. } => "http-too-long",
        }
    }

    /// What went wrong, in the words of who noticed.
    pub fn said(&self) -> String {
        match self {
            Error::Address { said }
            | Error::Certificate { said }
            | Error::TimedOut { said }
            | Error::Unreachable { said } => said.clone(),
            Error::Private { .. } | Error::TooLong { .. } => self.to_string(),
        }
    }

    pub(crate) fn address(error: impl std::fmt::Display) -> Error {
        Error::Address { said: error.to_string() }
    }
}

impl From<ureq::Error> for Error {
    fn from(error: ureq::Error) -> Error {
        let said = error.to_string();
        let is_certificate = matches!(error, ureq::Error::Rustls(_) | ureq::Error::Tls(_))
            || said.to_ascii_lowercase().contains("certificate");
        match error {
            ureq::Error::Timeout(_) => Error::TimedOut { said },
            ureq::Error::Http(_) | ureq::Error::BadUri(_) => Error::Address { said },
            ureq::Error::Other(reason) => match reason.downcast::<Inside>() {
                Ok(inside) => Error::Private { address: inside.0 },
                Err(_) => Error::Unreachable { said },
            },
            _ if is_certificate => Error::Certificate { said },
            _ => Error::Unreachable { said },
        }
    }
}
