//! Makes pages and JSON smaller on their way out. Requests are never decompressed: that is how a small body becomes a huge one.

use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, write::GzEncoder};
use poem::http::{HeaderMap, HeaderValue, StatusCode};
use poem::{Body, Endpoint, IntoResponse, Request, Response, Result};
use std::io::Write as _;
use std::sync::Arc;

/// Below this a packet is a packet.
const COMPRESSED_BYTES_MIN: usize = 1024;
/// Half a millisecond for a page; more quality costs more time than the wire saves.
const PAGE_QUALITY: i32 = 4;
/// Assets are compressed once, at the start.
const ASSET_QUALITY: i32 = 11;
/// 256 KB: more than a page has.
const WINDOW_BITS: i32 = 18;

/// The encodings we speak, the better one first.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Encoding {
    Brotli,
    Gzip,
}

impl Encoding {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Encoding::Brotli => "br",
            Encoding::Gzip => "gzip",
        }
    }

    /// The best one that `Accept-Encoding` allows.
    pub(crate) fn accepted(headers: &HeaderMap) -> Option<Encoding> {
        let header = headers.get("accept-encoding")?.to_str().ok()?;
        let accepts = |name: &str| {
            header.split(',').any(|part| {
                let mut pieces = part.split(';');
                let is_it = pieces.next().is_some_and(|coding| coding.trim().eq_ignore_ascii_case(name));
                is_it && !pieces.any(|piece| is_zero_quality(piece.trim()))
            })
        };
        [Encoding::Brotli, Encoding::Gzip].into_iter().find(|encoding| accepts(encoding.name()))
    }
}

fn is_zero_quality(piece: &str) -> bool {
    piece
        .strip_prefix("q=")
        .and_then(|quality| quality.parse::<f32>().ok())
        .is_some_and(|quality| quality <= 0.0)
}

pub(crate) async fn compress<E: Endpoint>(next: Arc<E>, request: Request) -> Result<Response> {
    let accepted = Encoding::accepted(request.headers());
    let response = next.call(request).await?.into_response();
    if !is_compressible(&response) {
        return Ok(response);
    }
    let mut response = response;
    response.headers_mut().append("vary", HeaderValue::from_static("Accept-Encoding"));
    let Some(encoding) = accepted else {
        return Ok(response);
    };
    let bytes = response.take_body().into_bytes().await?;
    if bytes.len() < COMPRESSED_BYTES_MIN {
        response.set_body(Body::from_bytes(bytes));
        return Ok(response);
    }
    match page(encoding, &bytes) {
        Some(small) => {
            response.headers_mut().remove("content-length");
            response.headers_mut().insert("content-encoding", HeaderValue::from_static(encoding.name()));
            response.set_body(Body::from_vec(small));
        }
        None => response.set_body(Body::from_bytes(bytes)),
    }
    Ok(response)
}

/// Pages and JSON lie in memory as a whole; downloads may be streams and are left alone.
fn is_compressible(response: &Response) -> bool {
    let content_type = response.content_type().unwrap_or_default();
    let kind = content_type.split(';').next().unwrap_or_default().trim();
    matches!(kind, "text/html" | "application/json" | "application/problem+json")
        && !response.headers().contains_key("content-encoding")
        && !matches!(response.status(), StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED)
}

/// `None` when it would not be smaller.
fn page(encoding: Encoding, bytes: &[u8]) -> Option<Vec<u8>> {
    let small = match encoding {
        Encoding::Brotli => brotli(bytes, PAGE_QUALITY),
        Encoding::Gzip => gzip(bytes, Compression::new(5)),
    }?;
    (small.len() < bytes.len()).then_some(small)
}

/// As small as it gets, for what is sent often; `None` when it would not be smaller.
pub(crate) fn asset(encoding: Encoding, bytes: &[u8]) -> Option<Vec<u8>> {
    let small = match encoding {
        Encoding::Brotli => brotli(bytes, ASSET_QUALITY),
        Encoding::Gzip => gzip(bytes, Compression::best()),
    }?;
    (small.len() < bytes.len()).then_some(small)
}

/// Writing into memory does not fail; if it did, the answer would go out uncompressed.
fn brotli(mut bytes: &[u8], quality: i32) -> Option<Vec<u8>> {
    let params = BrotliEncoderParams { quality, lgwin: WINDOW_BITS, ..BrotliEncoderParams::default() };
    let mut small = Vec::with_capacity(bytes.len() / 2);
    brotli::BrotliCompress(&mut bytes, &mut small, &params).ok()?;
    Some(small)
}

fn gzip(bytes: &[u8], level: Compression) -> Option<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 2), level);
    encoder.write_all(bytes).ok()?;
    encoder.finish().ok()
}
