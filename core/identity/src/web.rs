//! The way to a provider: HTTP with limits, no redirects, and the certificates that the machine trusts.

use crate::error::{Error, chain};
use openidconnect::http::{Request, Response};
use std::time::Duration;
use ureq::Agent;
use ureq::tls::{RootCerts, TlsConfig};

/// A provider that does not take the connection by then is not there. Whoever wants to sign in waits for it.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// A whole answer; signing in takes four of them at most.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(10);
/// Descriptions, keys and tokens of real providers have some tens of kilobytes.
const ANSWER_BYTES_MAX: u64 = 1024 * 1024;

/// Connections that are kept for as long as one conversation takes.
pub(crate) struct Web(Agent);

impl Web {
    pub(crate) fn new() -> Web {
        let tls = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build();
        let config = Agent::config_builder()
            .timeout_connect(Some(CONNECT_TIMEOUT))
            .timeout_global(Some(ANSWER_TIMEOUT))
            .http_status_as_error(false)
            // Whoever could redirect us would choose which machine inside the company we ask.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .user_agent("Tracte")
            .tls_config(tls)
            .build();
        Web(config.new_agent())
    }

    pub(crate) fn call(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, ureq::Error> {
        let (parts, body) = request.into_parts();
        let answer = if body.is_empty() {
            self.0.run(Request::from_parts(parts, ()))?
        } else {
            self.0.run(Request::from_parts(parts, body))?
        };
        let (parts, mut body) = answer.into_parts();
        let body = body.with_config().limit(ANSWER_BYTES_MAX).read_to_vec()?;
        Ok(Response::from_parts(parts, body))
    }
}

/// What happened before the provider answered.
pub(crate) fn on_the_way(error: &ureq::Error) -> Error {
    let said = chain(error);
    let is_certificate = matches!(error, ureq::Error::Rustls(_) | ureq::Error::Tls(_))
        || said.to_ascii_lowercase().contains("certificate");
    if is_certificate { Error::Certificate { said } } else { Error::Unreachable { said } }
}
