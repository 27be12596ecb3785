//! One client: its times, its connections, and the answers it gets.

use crate::error::Error;
use crate::reach::{Guard, Reach};
use std::io::Read;
use std::time::Duration;
use ureq::http::response::Parts;
use ureq::http::{Request, Response};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body};

/// How long whoever asks waits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Times {
    /// Until there is a connection, encrypted where it is to be.
    pub connect: Duration,
    /// From the first step to the last byte that is read of the answer.
    pub whole: Duration,
}

/// Its connections are kept for as long as it is.
pub struct Client(Agent);

impl Client {
    pub fn new(reach: Reach, times: Times) -> Client {
        let tls = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build();
        let config = Agent::config_builder()
            .timeout_connect(Some(times.connect))
            .timeout_global(Some(times.whole))
            .http_status_as_error(false)
            // Whoever could redirect us would choose which machine inside the company we ask.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .user_agent("Tracte")
            .tls_config(tls);
        Client(match reach {
            Reach::Anywhere => config.build().new_agent(),
            // Where a proxy leads to could not be seen from here.
            Reach::Public => {
                Agent::with_parts(config.proxy(None).build(), DefaultConnector::default(), Guard::default())
            }
        })
    }

    /// Asks once; whatever the status, it is an answer.
    pub fn call(&self, request: Request<Vec<u8>>) -> Result<Answer, Error> {
        let (parts, body) = request.into_parts();
        let answer = if body.is_empty() {
            self.0.run(Request::from_parts(parts, ()))?
        } else {
            self.0.run(Request::from_parts(parts, body))?
        };
        let (head, body) = answer.into_parts();
        Ok(Answer { head, body })
    }

    /// Hands a body over.
    pub fn post(&self, address: &str, headers: &[(&str, &str)], body: Vec<u8>) -> Result<Answer, Error> {
        let request = headers
            .iter()
            .fold(Request::post(address), |request, (name, value)| request.header(*name, *value));
        self.call(request.body(body).map_err(Error::address)?)
    }
}

/// An answer whose head is there.
pub struct Answer {
    head: Parts,
    body: Body,
}

impl Answer {
    pub fn status(&self) -> u16 {
        self.head.status.as_u16()
    }

    /// With all of its body, which must come to its end in time and within so many bytes.
    pub fn whole(mut self, bytes_max: u64) -> Result<Response<Vec<u8>>, Error> {
        let read = self.body.with_config().limit(bytes_max).read_to_vec();
        let body = read.map_err(|error| match error {
            ureq::Error::BodyExceedsLimit(_) => Error::TooLong { bytes_max },
            error => error.into(),
        })?;
        Ok(Response::from_parts(self.head, body))
    }

    /// What of its body comes in time, up to so many bytes; the rest is never asked for.
    pub fn beginning(mut self, bytes_max: u64) -> Vec<u8> {
        let mut bytes = Vec::new();
        // What breaks off is told as far as it came: the head has said what counts.
        let _ = self.body.as_reader().take(bytes_max).read_to_end(&mut bytes);
        bytes
    }
}
