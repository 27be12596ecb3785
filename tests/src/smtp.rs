//! A mail server on loopback that speaks SMTP as real ones do: greeting, EHLO, STARTTLS, AUTH, and what it is told to
//! refuse. What it took can be waited for.

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::io::{BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Good for «localhost», and signed by itself alone. A key of the tests: it opens nothing.
pub(crate) const CERTIFICATE: &[u8] = include_bytes!("smtp/localhost.pem");
const KEY: &[u8] = include_bytes!("smtp/localhost.key.pem");

/// Longer than anything here takes on a machine that has other work.
const PATIENCE: Duration = Duration::from_secs(60);

/// How the server is set up.
#[derive(Clone, Default)]
pub(crate) struct Manners {
    pub(crate) encryption: Encryption,
    /// User and password it asks for.
    pub(crate) login: Option<(&'static str, &'static str)>,
    /// Answers to commands that begin like this, in the place of «250», each used as often as it says.
    pub(crate) answers: Vec<(&'static str, &'static str, usize)>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Encryption {
    #[default]
    None,
    Starttls,
    Tls,
}

/// A letter that the server took.
#[derive(Clone, Debug)]
pub(crate) struct Taken {
    pub(crate) from: String,
    /// Of several with commas between them.
    pub(crate) to: String,
    /// With its headers, lines as they came, transfer encoding undone.
    pub(crate) text: String,
    pub(crate) was_encrypted: bool,
    pub(crate) user: String,
}

/// It listens until the test is over.
pub(crate) struct MailServer {
    pub(crate) port: u16,
    letters: Receiver<Taken>,
    manners: Arc<Mutex<Manners>>,
}

impl MailServer {
    pub(crate) fn start(manners: Manners) -> MailServer {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let (sender, letters) = channel();
        let manners = Arc::new(Mutex::new(manners));
        let shared = manners.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (stream, manners, sender) = (stream.unwrap(), shared.clone(), sender.clone());
                // Whoever hangs up in the middle of a sentence ends only this conversation.
                std::thread::spawn(move || drop(Conversation::new(manners, sender).hold(stream)));
            }
        });
        MailServer { port, letters, manners }
    }

    /// Behaves differently from now on.
    pub(crate) fn change(&self, change: impl FnOnce(&mut Manners)) {
        change(&mut self.manners.lock().unwrap());
    }

    /// The next letter; waits for it.
    #[track_caller]
    pub(crate) fn next(&self) -> Taken {
        self.letters.recv_timeout(PATIENCE).expect("no letter came")
    }

    /// Whether all letters that came were looked at.
    pub(crate) fn is_empty(&self) -> bool {
        self.letters.try_recv().is_err()
    }
}

impl Taken {
    /// What comes after this in the text, up to white space.
    #[track_caller]
    pub(crate) fn after(&self, start: &str) -> String {
        let rest = self.text.split_once(start).unwrap_or_else(|| panic!("no {start} in {}", self.text)).1;
        rest.split_whitespace().next().unwrap_or_default().to_owned()
    }
}

struct Conversation {
    manners: Arc<Mutex<Manners>>,
    sender: Sender<Taken>,
    letter: Taken,
}

enum Next {
    Over,
    Encrypt,
}

type Done<T> = std::io::Result<T>;

impl Conversation {
    fn new(manners: Arc<Mutex<Manners>>, sender: Sender<Taken>) -> Conversation {
        let (from, to, text, user) = Default::default();
        Conversation { manners, sender, letter: Taken { from, to, text, was_encrypted: false, user } }
    }

    fn encryption(&self) -> Encryption {
        self.manners.lock().unwrap().encryption
    }

    fn hold(mut self, stream: TcpStream) -> Done<()> {
        if self.encryption() == Encryption::Tls {
            return self.hold_encrypted(stream, Some("220 localhost ESMTP"));
        }
        let mut stream = BufReader::new(stream);
        say(stream.get_mut(), "220 localhost ESMTP")?;
        match self.talk(&mut stream)? {
            Next::Over => Ok(()),
            Next::Encrypt => self.hold_encrypted(stream.into_inner(), None),
        }
    }

    fn hold_encrypted(&mut self, stream: TcpStream, greeting: Option<&str>) -> Done<()> {
        let certificate = CertificateDer::from_pem_slice(CERTIFICATE).unwrap();
        let key = PrivateKeyDer::from_pem_slice(KEY).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate], key)
            .unwrap();
        let connection = ServerConnection::new(Arc::new(config)).unwrap();
        let mut stream = BufReader::new(StreamOwned::new(connection, stream));
        if let Some(greeting) = greeting {
            say(stream.get_mut(), greeting)?;
        }
        self.letter.was_encrypted = true;
        self.talk(&mut stream).map(|_| ())
    }

    fn talk<S: Read + Write>(&mut self, stream: &mut BufReader<S>) -> Done<Next> {
        loop {
            let line = read_line(stream)?;
            let command = line.to_ascii_uppercase();
            if let Some(answer) = self.told_to_say(&command) {
                say(stream.get_mut(), answer)?;
                continue;
            }
            match command.split([' ', ':']).next().unwrap_or_default() {
                "EHLO" | "HELO" => self.greet(stream.get_mut())?,
                "STARTTLS" => {
                    say(stream.get_mut(), "220 2.0.0 Ready")?;
                    return Ok(Next::Encrypt);
                }
                "AUTH" => self.sign_in(stream, &line)?,
                _ if self.letter.user.is_empty() && self.login().is_some() && command != "QUIT" => {
                    say(stream.get_mut(), "530 5.7.0 Authentication required")?;
                }
                "MAIL" => {
                    self.letter.from = address(&line);
                    say(stream.get_mut(), "250 2.1.0 Ok")?;
                }
                "RCPT" => {
                    let to = address(&line);
                    self.letter.to =
                        if self.letter.to.is_empty() { to } else { format!("{}, {to}", self.letter.to) };
                    say(stream.get_mut(), "250 2.1.5 Ok")?;
                }
                "DATA" => self.take(stream)?,
                "QUIT" | "" => {
                    say(stream.get_mut(), "221 2.0.0 Bye")?;
                    return Ok(Next::Over);
                }
                _ => say(stream.get_mut(), "502 5.5.2 What?")?,
            }
        }
    }

    fn told_to_say(&self, command: &str) -> Option<&'static str> {
        let mut manners = self.manners.lock().unwrap();
        let told =
            manners.answers.iter_mut().find(|(start, _, left)| command.starts_with(start) && *left > 0)?;
        told.2 -= 1;
        Some(told.1)
    }

    fn login(&self) -> Option<(&'static str, &'static str)> {
        self.manners.lock().unwrap().login
    }

    fn greet(&self, stream: &mut impl Write) -> Done<()> {
        let mut lines = vec!["localhost", "8BITMIME", "SMTPUTF8"];
        if self.encryption() == Encryption::Starttls && !self.letter.was_encrypted {
            lines.push("STARTTLS");
        }
        if self.login().is_some() {
            lines.push("AUTH PLAIN LOGIN");
        }
        let (last, others) = lines.split_last().unwrap();
        for line in others {
            say(stream, &format!("250-{line}"))?;
        }
        say(stream, &format!("250 {last}"))
    }

    /// AUTH PLAIN with what was said at once (RFC 4616): an empty name, the user, the password, with zeros between.
    fn sign_in<S: Read + Write>(&mut self, stream: &mut BufReader<S>, line: &str) -> Done<()> {
        let said = base64(line.rsplit(' ').next().unwrap());
        let mut parts =
            said.split(|byte| *byte == 0).skip(1).map(|part| String::from_utf8_lossy(part).into_owned());
        let (user, password) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        if self.login() == Some((user.as_str(), password.as_str())) {
            self.letter.user = user;
            return say(stream.get_mut(), "235 2.7.0 Welcome");
        }
        say(stream.get_mut(), "535 5.7.8 Username and Password not accepted")
    }

    fn take<S: Read + Write>(&mut self, stream: &mut BufReader<S>) -> Done<()> {
        say(stream.get_mut(), "354 Go on")?;
        let mut lines = Vec::new();
        loop {
            match read_line(stream)?.as_str() {
                "." => break,
                line => lines.push(line.strip_prefix('.').unwrap_or(line).to_owned()),
            }
        }
        self.letter.text = decoded(&lines);
        // Nobody waits for it any more: the test is over.
        let _ = self.sender.send(self.letter.clone());
        say(stream.get_mut(), "250 2.0.0 Ok: queued as 4F9A")
    }
}

fn say(stream: &mut impl Write, line: &str) -> Done<()> {
    stream.write_all(format!("{line}\r\n").as_bytes())?;
    stream.flush()
}

fn read_line(stream: &mut impl std::io::BufRead) -> Done<String> {
    let mut line = String::new();
    stream.read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// What stands between the angle brackets.
fn address(line: &str) -> String {
    line.split_once('<')
        .and_then(|(_, rest)| rest.split_once('>'))
        .map(|(address, _)| address.to_owned())
        .unwrap()
}

/// RFC 4648, for what clients of a test send.
fn base64(text: &str) -> Vec<u8> {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bytes, mut bits, mut value) = (Vec::new(), 0, 0_u32);
    for digit in text.bytes().filter_map(|byte| DIGITS.iter().position(|digit| *digit == byte)) {
        value = (value << 6) | u32::try_from(digit).unwrap();
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from((value >> bits) & 0xFF).unwrap());
        }
    }
    bytes
}

/// The headers, and the body as it was before its transfer encoding (RFC 2045: quoted-printable or base64).
fn decoded(lines: &[String]) -> String {
    let end = lines.iter().position(String::is_empty).unwrap_or(lines.len());
    let (head, body) = lines.split_at(end);
    let head = head.join("\n");
    let body = if head.contains("Content-Transfer-Encoding: base64") {
        String::from_utf8(base64(&body.join(""))).unwrap()
    } else if head.contains("Content-Transfer-Encoding: quoted-printable") {
        quoted_printable(&body.join("\n").replace("=\n", ""))
    } else {
        body.join("\n")
    };
    format!("{head}\n\n{body}")
}

fn quoted_printable(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digits = (*first == b'=').then(|| after.get(..2)).flatten();
        let byte = digits.and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(bytes).unwrap()
}
