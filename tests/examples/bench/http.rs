//! A small HTTP/1.1 client that keeps its connection, and as many of them at once as wanted.

use crate::bench::report::Timings;
use anyhow::{Context as _, Result, bail, ensure};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

/// Longer than any answer; a server that hangs ends the run instead of holding it.
const ANSWER_TIME_MAX: Duration = Duration::from_secs(30);
/// More than any page.
const BODY_BYTES_MAX: usize = 16 << 20;

/// One connection.
pub(crate) struct Client {
    stream: BufReader<TcpStream>,
}

/// What is asked for: a line, headers of our own, and a body.
#[derive(Clone)]
pub(crate) struct Ask {
    pub(crate) method: &'static str,
    pub(crate) path: String,
    /// Each with its line end.
    pub(crate) headers: String,
    pub(crate) body: String,
}

impl Ask {
    /// As a browser asks that is signed in.
    pub(crate) fn page(path: &str, session: &str) -> Ask {
        let cookie = server::SESSION;
        let headers = format!(
            "cookie: {cookie}={session}\r\naccept: text/html\r\naccept-encoding: gzip, deflate, br\r\nsec-fetch-site: same-origin\r\n"
        );
        Ask { method: "GET", path: path.to_owned(), headers, body: String::new() }
    }

    /// As another system creates a lead.
    pub(crate) fn create_lead(body: String, key: &str) -> Ask {
        let headers = format!("authorization: Bearer {key}\r\ncontent-type: application/json\r\n");
        Ask { method: "POST", path: "/api/v1/leads".to_owned(), headers, body }
    }
}

impl Client {
    pub(crate) fn connect(address: SocketAddr) -> Result<Client> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(ANSWER_TIME_MAX))?;
        Ok(Client { stream: BufReader::new(stream) })
    }

    /// The status and the body, as it came.
    pub(crate) fn send(&mut self, ask: &Ask) -> Result<(u16, Vec<u8>)> {
        let Ask { method, path, headers, body } = ask;
        let length = body.len();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: 127.0.0.1\r\n{headers}content-length: {length}\r\n\r\n{body}"
        );
        self.stream.get_mut().write_all(request.as_bytes())?;
        let line = self.line()?;
        let status = line.split(' ').nth(1).and_then(|status| status.parse().ok());
        let status = status.with_context(|| format!("no status in «{line}»"))?;
        let mut length = Some(0);
        loop {
            let line = self.line()?.to_ascii_lowercase();
            if line.is_empty() {
                break;
            }
            if let Some(bytes) = line.strip_prefix("content-length:") {
                length = Some(bytes.trim().parse()?);
            } else if line.starts_with("transfer-encoding:") {
                length = None;
            }
        }
        let body = match length {
            Some(length) => self.bytes(length)?,
            None => self.chunks()?,
        };
        Ok((status, body))
    }

    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        ensure!(self.stream.read_line(&mut line)? > 0, "the server closed the connection");
        Ok(line.trim_end().to_owned())
    }

    fn bytes(&mut self, length: usize) -> Result<Vec<u8>> {
        ensure!(length <= BODY_BYTES_MAX, "an answer of {length} bytes");
        let mut bytes = vec![0; length];
        self.stream.read_exact(&mut bytes)?;
        Ok(bytes)
    }

    fn chunks(&mut self) -> Result<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let length = usize::from_str_radix(&self.line()?, 16).context("the length of a chunk")?;
            body.extend(self.bytes(length)?);
            self.line()?;
            if length == 0 || body.len() > BODY_BYTES_MAX {
                return Ok(body);
            }
        }
    }
}

/// Asks so many times, each client with a part of them on its own connection. `ask` gets the request's number.
pub(crate) fn load(
    address: SocketAddr,
    clients: usize,
    requests: usize,
    expected: u16,
    ask: &(dyn Fn(usize) -> Ask + Sync),
) -> Result<Timings> {
    let each_client = requests / clients;
    let begin = Instant::now();
    let each = thread::scope(|scope| {
        let threads: Vec<_> = (0..clients)
            .map(|client| {
                scope.spawn(move || {
                    one_client(address, client * each_client..(client + 1) * each_client, expected, ask)
                })
            })
            .collect();
        let mut each = Vec::with_capacity(requests);
        for thread in threads {
            each.extend(thread.join().ok().context("a client ended in a panic")??);
        }
        anyhow::Ok(each)
    })?;
    Ok(Timings::new(each, begin.elapsed()))
}

fn one_client(
    address: SocketAddr,
    numbers: std::ops::Range<usize>,
    expected: u16,
    ask: &(dyn Fn(usize) -> Ask + Sync),
) -> Result<Vec<Duration>> {
    let mut client = Client::connect(address)?;
    let mut each = Vec::with_capacity(numbers.len());
    for number in numbers {
        let ask = ask(number);
        let begin = Instant::now();
        let (status, body) = client.send(&ask)?;
        each.push(begin.elapsed());
        if status != expected {
            bail!("{} {} answered {status}: {}", ask.method, ask.path, String::from_utf8_lossy(&body));
        }
    }
    Ok(each)
}
