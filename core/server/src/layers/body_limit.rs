//! Stops a body that is too long while it comes in, whatever its headers say.

use crate::errors::Fault;
use poem::{Body, Request};
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncRead, AsyncReadExt, ReadBuf};

/// What is read and thrown away after a refusal, so that a browser that is still sending gets to read the answer.
const DRAINED_BYTES_MAX: u64 = 1024 * 1024 * 1024;

/// Tells, after the handler, whether the body was longer than allowed: extractors report that as they like.
#[derive(Clone)]
pub(crate) struct Overrun {
    limit_bytes: u64,
    happened: Arc<AtomicBool>,
}

impl Overrun {
    pub(crate) fn check(&self) -> Result<(), Fault> {
        if self.happened.load(Ordering::Relaxed) { Err(Fault::too_large(self.limit_bytes)) } else { Ok(()) }
    }
}

/// Puts the limit around the request's body. Encoded bodies are refused: nobody knows how long they become.
pub(crate) async fn limit(request: &mut Request, limit_bytes: u64) -> Result<Overrun, Fault> {
    let encoding = request.headers().get("content-encoding").and_then(|value| value.to_str().ok());
    if encoding.is_some_and(|encoding| !encoding.eq_ignore_ascii_case("identity")) {
        return Err(Fault::encoded_body());
    }
    let overrun = Overrun { limit_bytes, happened: Arc::default() };
    let length = request.headers().get("content-length").and_then(|value| value.to_str().ok());
    let announced = length.and_then(|length| length.parse::<u64>().ok()).unwrap_or_default();
    let body = request.take_body();
    if announced > limit_bytes {
        drain(body, announced).await;
        return Err(Fault::too_large(limit_bytes));
    }
    if body.is_empty() {
        return Ok(overrun);
    }
    let limited = Limited {
        inner: Box::pin(body.into_async_read()),
        left_bytes: limit_bytes,
        happened: overrun.happened.clone(),
    };
    request.set_body(Body::from_async_read(limited));
    Ok(overrun)
}

async fn drain(body: Body, announced_bytes: u64) {
    if announced_bytes <= DRAINED_BYTES_MAX {
        let mut reader = std::pin::pin!(body.into_async_read().take(DRAINED_BYTES_MAX));
        // Whether the rest came or not, the answer is the same.
        let _ = tokio::io::copy(&mut reader, &mut tokio::io::sink()).await;
    }
}

/// A reader that fails after so many bytes.
struct Limited<R> {
    inner: Pin<Box<R>>,
    left_bytes: u64,
    happened: Arc<AtomicBool>,
}

impl<R: AsyncRead> AsyncRead for Limited<R> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        ready!(self.inner.as_mut().poll_read(cx, buffer))?;
        let came = u64::try_from(buffer.filled().len() - before).unwrap_or(u64::MAX);
        match self.left_bytes.checked_sub(came) {
            Some(left) => {
                self.left_bytes = left;
                Poll::Ready(Ok(()))
            }
            None => {
                self.happened.store(true, Ordering::Relaxed);
                buffer.set_filled(before);
                Poll::Ready(Err(io::Error::other("the body is longer than allowed")))
            }
        }
    }
}
