//! The files every page needs, kept in memory with their smaller forms and served as never changing.

use crate::errors::Fault;
use crate::layers::compress::{self, Encoding};
use poem::http::{HeaderValue, StatusCode};
use poem::{Body, Request, Response};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::sync::OnceLock;
use ui::assets::Asset;

/// The name carries the content's hash, so that what is behind it never changes.
const FOREVER: &str = "public, max-age=31536000, immutable";
/// Under a plain name a file changes with the next release.
const A_DAY: &str = "public, max-age=86400";

/// Every asset of `ui`.
pub struct Assets(Vec<Served>);

struct Served {
    asset: &'static Asset,
    /// Quoted, as RFC 9110 wants it.
    etag: String,
    smaller: OnceLock<Vec<(Encoding, Vec<u8>)>>,
}

impl Assets {
    pub(crate) fn new() -> Assets {
        Assets(ui::assets::all().iter().map(Served::new).collect())
    }

    /// Makes the compressed forms: some hundred milliseconds of work that nobody should wait for at the start.
    pub fn compress(&self) {
        for served in &self.0 {
            served.smaller.get_or_init(|| smaller(served.asset));
        }
    }

    /// `/static/<name with hash>`.
    pub(crate) fn hashed(&self, path: &str, request: &Request) -> Result<Response, Fault> {
        let served = self.0.iter().find(|served| served.asset.path == path).ok_or_else(Fault::not_found)?;
        Ok(served.answer(request, FOREVER))
    }

    /// A file under the name it has in `ui/assets`, for browsers that ask for `/favicon.ico`.
    pub(crate) fn named(&self, name: &str, request: &Request) -> Result<Response, Fault> {
        let served = self.0.iter().find(|served| served.asset.name == name).ok_or_else(Fault::not_found)?;
        Ok(served.answer(request, A_DAY))
    }
}

impl Served {
    fn new(asset: &'static Asset) -> Served {
        let digest = Sha256::digest(asset.bytes);
        let hash = digest.iter().take(8).fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        });
        Served { asset, etag: format!("\"{hash}\""), smaller: OnceLock::new() }
    }

    fn answer(&self, request: &Request, cache: &'static str) -> Response {
        let accepted = Encoding::accepted(request.headers());
        let smaller = self.smaller.get().map(Vec::as_slice).unwrap_or_default();
        let chosen = smaller.iter().find(|(encoding, _)| Some(*encoding) == accepted);
        // Each form has its own name, because a cache may hold several.
        let etag = match chosen {
            Some((encoding, _)) => format!("{}-{}\"", self.etag.trim_end_matches('"'), encoding.name()),
            None => self.etag.clone(),
        };
        let mut response = Response::builder().content_type(self.asset.content_type).finish();
        let headers = response.headers_mut();
        headers.insert("cache-control", HeaderValue::from_static(cache));
        headers.insert("vary", HeaderValue::from_static("Accept-Encoding"));
        if is_known(request, &etag) {
            put_etag(&mut response, &etag);
            response.set_status(StatusCode::NOT_MODIFIED);
            return response;
        }
        match chosen {
            Some((encoding, bytes)) => {
                headers.insert("content-encoding", HeaderValue::from_static(encoding.name()));
                response.set_body(Body::from_vec(bytes.clone()));
            }
            None => response.set_body(Body::from(self.asset.bytes)),
        }
        put_etag(&mut response, &etag);
        response
    }
}

fn put_etag(response: &mut Response, etag: &str) {
    if let Ok(value) = HeaderValue::try_from(etag) {
        response.headers_mut().insert("etag", value);
    }
}

fn is_known(request: &Request, etag: &str) -> bool {
    let header = request.headers().get("if-none-match").and_then(|value| value.to_str().ok());
    header.is_some_and(|header| {
        header
            .split(',')
            .map(|known| known.trim().trim_start_matches("W/"))
            .any(|known| known == etag || known == "*")
    })
}

/// Fonts are compressed already.
fn smaller(asset: &Asset) -> Vec<(Encoding, Vec<u8>)> {
    if asset.content_type.starts_with("font/") {
        return Vec::new();
    }
    [Encoding::Brotli, Encoding::Gzip]
        .into_iter()
        .filter_map(|encoding| Some((encoding, compress::asset(encoding, asset.bytes)?)))
        .collect()
}
