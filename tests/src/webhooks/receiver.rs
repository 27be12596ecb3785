//! Another system on loopback that takes webhooks over real HTTP, with the manners it is told to have; and whoever checks a
//! signature there, with nothing of ours.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use hmac::{Hmac, Mac as _};
use serde_json::Value;
use sha2::Sha256;
use std::collections::{BTreeMap, VecDeque};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver as Arrivals, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Longer than anything here takes on a machine that has other work.
const PATIENCE: Duration = Duration::from_secs(60);
/// Between two bytes of somebody who trickles.
const DROP: Duration = Duration::from_millis(100);

/// What is answered to one delivery.
#[derive(Clone, Debug)]
pub(crate) enum Manner {
    Say(u16, String),
    Redirect(String),
    /// Until the caller hangs up, or somebody says that it is enough.
    Silent(Arc<Mutex<()>>),
    /// A head that comes byte by byte and never to its end.
    Trickle,
    /// A head at once, and a body byte by byte.
    TrickleBody(u16),
}

/// A request as it came.
#[derive(Clone, Debug)]
pub(crate) struct Post {
    pub(crate) line: String,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: Vec<u8>,
}

/// It listens until the test is over. Where it was told nothing it says 204.
pub(crate) struct Receiver {
    pub(crate) port: u16,
    posts: Arrivals<Post>,
    manners: Arc<Mutex<VecDeque<Manner>>>,
}

impl Receiver {
    pub(crate) fn start() -> Receiver {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let (sender, posts) = channel();
        let manners: Arc<Mutex<VecDeque<Manner>>> = Arc::default();
        let shared = manners.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (stream, sender, manners) = (stream.unwrap(), sender.clone(), shared.clone());
                // Whoever hangs up in the middle of a sentence ends only this conversation.
                std::thread::spawn(move || drop(hold(stream, &sender, &manners)));
            }
        });
        Receiver { port, posts, manners }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}/tracte?de=proves", self.port)
    }

    /// How the next ones are answered, each with one of these.
    pub(crate) fn behave(&self, manners: impl IntoIterator<Item = Manner>) {
        self.manners.lock().unwrap().extend(manners);
    }

    /// Whatever it was told is over.
    pub(crate) fn recover(&self) {
        self.manners.lock().unwrap().clear();
    }

    pub(crate) fn say(&self, statuses: &[u16]) {
        self.behave(statuses.iter().map(|status| Manner::Say(*status, String::new())));
    }

    /// The next request; waits for it.
    #[track_caller]
    pub(crate) fn next(&self) -> Post {
        self.posts.recv_timeout(PATIENCE).expect("no webhook came")
    }

    /// All that has come and was not looked at.
    pub(crate) fn rest(&self) -> Vec<Post> {
        self.posts.try_iter().collect()
    }
}

impl Post {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub(crate) fn kind(&self) -> String {
        self.json()["type"].as_str().unwrap().to_owned()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    /// Which of its signatures are good for this secret, as the specification says it.
    pub(crate) fn signed_with(&self, secret: &str) -> Vec<bool> {
        let key = BASE64_STANDARD.decode(secret.strip_prefix("whsec_").unwrap()).unwrap();
        let mut mac = Hmac::<Sha256>::new_from_slice(&key).unwrap();
        mac.update(self.header("webhook-id").as_bytes());
        mac.update(b".");
        mac.update(self.header("webhook-timestamp").as_bytes());
        mac.update(b".");
        mac.update(&self.body);
        let expected = format!("v1,{}", BASE64_STANDARD.encode(mac.finalize().into_bytes()));
        self.header("webhook-signature").split(' ').map(|signature| signature == expected).collect()
    }
}

fn hold(stream: TcpStream, sender: &Sender<Post>, manners: &Mutex<VecDeque<Manner>>) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    loop {
        let Some(post) = read(&mut stream)? else { return Ok(()) };
        let manner = manners.lock().unwrap().pop_front();
        let _ = sender.send(post);
        answer(stream.get_mut(), manner.unwrap_or(Manner::Say(204, String::new())))?;
    }
}

fn read(stream: &mut BufReader<TcpStream>) -> std::io::Result<Option<Post>> {
    let mut line = String::new();
    if stream.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let mut headers = BTreeMap::new();
    loop {
        let mut header = String::new();
        stream.read_line(&mut header)?;
        let Some((name, value)) = header.trim_end().split_once(": ") else { break };
        headers.insert(name.to_ascii_lowercase(), value.to_owned());
    }
    let length = headers.get("content-length").map_or(0, |length: &String| length.parse().unwrap());
    let mut body = vec![0; length];
    stream.read_exact(&mut body)?;
    Ok(Some(Post { line: line.trim_end().to_owned(), headers, body }))
}

fn answer(stream: &mut TcpStream, manner: Manner) -> std::io::Result<()> {
    match manner {
        Manner::Say(status, body) => {
            write!(stream, "HTTP/1.1 {status} Said\r\ncontent-length: {}\r\n\r\n{body}", body.len())
        }
        Manner::Redirect(to) => {
            write!(stream, "HTTP/1.1 307 There\r\nlocation: {to}\r\ncontent-length: 0\r\n\r\n")
        }
        Manner::Silent(enough) => {
            drop(enough.lock());
            stream.shutdown(std::net::Shutdown::Both)
        }
        Manner::Trickle => {
            write!(stream, "HTTP/1.1 200 OK\r\nx-slow: ")?;
            trickle(stream)
        }
        Manner::TrickleBody(status) => {
            write!(stream, "HTTP/1.1 {status} Slow\r\ncontent-length: 1000000\r\n\r\n")?;
            trickle(stream)
        }
    }
}

/// A byte now and then, until the caller hangs up.
fn trickle(stream: &mut TcpStream) -> std::io::Result<()> {
    stream.set_read_timeout(Some(DROP))?;
    loop {
        write!(stream, "x")?;
        if stream.read(&mut [0; 16]).is_ok_and(|read| read == 0) {
            return Ok(());
        }
    }
}
