//! One conversation with an SMTP server, step by step: so that it is known at which one it ended.

use crate::error::{Error, shortened};
use crate::letter::{Letter, Mailbox, address, written};
use lettre::transport::smtp::Error as Refusal;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{SmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::{ClientId, Extension, MailParameter};
use lettre::transport::smtp::response::Response;
use std::error::Error as _;
use std::time::Duration;

/// A server that does not take the connection by then is not there. Whoever presses «Send a test» waits for it.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(8);
/// RFC 5321 allows minutes; servers that are well answer within one or two seconds.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(15);

/// How the conversation is encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    Starttls,
    Tls,
    /// For a server on the same machine alone; whoever calls sees to that.
    None,
}

/// Who we are for the server.
#[derive(Clone, PartialEq, Eq)]
pub struct Login {
    pub user: String,
    pub password: String,
}

impl std::fmt::Debug for Login {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Login").field("user", &self.user).finish_non_exhaustive()
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    pub host: String,
    pub port: u16,
    pub security: Security,
    pub login: Option<Login>,
}

/// A letter that a server took for the one it is written to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The server's words.
    pub said: String,
    /// Those among the copies that do not get it.
    pub refused: Vec<RefusedCopy>,
}

/// Somebody who was to get a copy, and why they do not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedCopy {
    pub email: String,
    /// What the server said.
    pub said: String,
}

/// Hands a letter to a server. `Ok`: it took it, whatever it said of the copies.
pub fn send(server: &Server, letter: &Letter) -> Result<Taken, Error> {
    let bytes = written(letter)?;
    let from = address(&letter.from.email)?;
    let name = ClientId::Domain(from.domain().to_owned());
    let mut connection = connected(server, &name)?;
    let done = hand_over(&mut connection, server, letter, bytes, from);
    // Said or not: the letter is over.
    connection.abort();
    done
}

fn connected(server: &Server, name: &ClientId) -> Result<SmtpConnection, Error> {
    let tls = TlsParameters::new_rustls(server.host.clone());
    let tls = tls.map_err(|error| Error::Unreachable { said: shortened(&chain(&error)) })?;
    let from_the_start = (server.security == Security::Tls).then_some(&tls);
    let place = (server.host.as_str(), server.port);
    let connection = SmtpConnection::connect(place, Some(CONNECT_TIMEOUT), name, from_the_start, None);
    let mut connection = connection.map_err(|error| on_the_way(&error))?;
    connection
        .set_timeout(Some(ANSWER_TIMEOUT))
        .map_err(|error| Error::Unreachable { said: error.to_string() })?;
    if server.security == Security::Starttls {
        if !connection.can_starttls() {
            return Err(Error::NoEncryption { said: connection.server_info().to_string() });
        }
        connection.starttls(&tls, name).map_err(|error| on_the_way(&error))?;
    }
    Ok(connection)
}

fn hand_over(
    connection: &mut SmtpConnection,
    server: &Server,
    letter: &Letter,
    mut bytes: Vec<u8>,
    from: lettre::Address,
) -> Result<Taken, Error> {
    if let Some(login) = &server.login {
        let credentials = Credentials::new(login.user.clone(), login.password.clone());
        connection
            .auth(&[Mechanism::Plain, Mechanism::Login], &credentials)
            .map_err(|error| refused(&error, |said| Error::Login { said }))?;
    }
    let takes_any = connection.server_info().supports_feature(Extension::SmtpUtfEight);
    let is_plain = |address: &lettre::Address| address.to_string().is_ascii();
    let to = address(&letter.to.email)?;
    if !(takes_any || is_plain(&from) && is_plain(&to)) {
        return Err(Error::Recipient { said: "SMTPUTF8".to_owned() });
    }
    let mut copies = Vec::with_capacity(letter.cc.len());
    for copy in &letter.cc {
        copies.push(address(&copy.email)?);
    }
    let mut refused_copies = Vec::new();
    if !takes_any && !copies.iter().all(is_plain) {
        // Such an address must not stand in the letter's head either.
        let without = |copy: Mailbox| RefusedCopy { email: copy.email, said: "SMTPUTF8".to_owned() };
        let (plain, others): (Vec<Mailbox>, Vec<Mailbox>) =
            letter.cc.iter().cloned().partition(|copy| copy.email.is_ascii());
        refused_copies.extend(others.into_iter().map(without));
        copies.retain(is_plain);
        bytes = written(&Letter { cc: plain, ..letter.clone() })?;
    }
    let is_all_plain = is_plain(&from) && is_plain(&to) && copies.iter().all(is_plain);
    let parameters = if is_all_plain { Vec::new() } else { vec![MailParameter::SmtpUtfEight] };
    step(connection.command(Mail::new(Some(from), parameters)), |said| Error::Sender { said })?;
    step(connection.command(Rcpt::new(to, Vec::new())), |said| Error::Recipient { said })?;
    for copy in copies {
        let email = copy.to_string();
        match connection.command(Rcpt::new(copy, Vec::new())) {
            Ok(_) => {}
            // One address that is no good keeps nobody else from getting the letter.
            Err(error) if error.is_transient() || error.is_permanent() => {
                refused_copies.push(RefusedCopy { email, said: words_of(&error) });
            }
            Err(error) => return Err(refused(&error, |said| Error::Recipient { said })),
        }
    }
    step(connection.command(Data), |said| Error::Refused { said })?;
    let taken = step(connection.message(&bytes), |said| Error::Refused { said })?;
    Ok(Taken { said: shortened(&words(&taken)), refused: refused_copies })
}

fn step(
    done: Result<Response, Refusal>,
    permanently: impl FnOnce(String) -> Error,
) -> Result<Response, Error> {
    done.map_err(|error| refused(&error, permanently))
}

/// The server's answer as it was, with its number.
fn words(response: &Response) -> String {
    format!("{} {}", response.code(), response.message().collect::<Vec<_>>().join(" "))
}

/// An answer that is no: for good, for now, or none at all.
fn refused(error: &Refusal, permanently: impl FnOnce(String) -> Error) -> Error {
    let said = words_of(error);
    if error.is_transient() {
        Error::Temporary { said }
    } else if error.is_permanent() || error.is_client() {
        permanently(said)
    } else {
        on_the_way(error)
    }
}

/// The server's words in an answer that is no, with its number.
fn words_of(error: &Refusal) -> String {
    let code = error.status().map(|code| code.to_string());
    let said = error.source().map(ToString::to_string).unwrap_or_default();
    shortened(&[code.unwrap_or_default(), said].join(" "))
}

/// What happened before the server was ready to listen.
fn on_the_way(error: &Refusal) -> Error {
    let said = shortened(&chain(error));
    if error.is_transient() {
        Error::Temporary { said }
    } else if error.is_tls() || said.contains("certificate") || said.contains("CertificateUnknown") {
        Error::Certificate { said }
    } else {
        Error::Unreachable { said }
    }
}

/// An error with all its reasons. Most repeat the next one at their end: that one is said once.
fn chain(error: &Refusal) -> String {
    let mut said = error.to_string();
    let mut source = error.source();
    while let Some(reason) = source {
        let reason_said = reason.to_string();
        if !said.ends_with(&reason_said) {
            said = format!("{said}: {reason_said}");
        }
        source = reason.source();
    }
    said
}
