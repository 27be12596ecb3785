//! From async to synchronous: so many at once, so many waiting, everybody else is told to come back.

use crate::config::Workers;
use crate::errors::{Fault, RETRY_AFTER_S};
use services::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Argon2 takes 19 MiB and a core for some 20 ms: two at once leave a small machine its other work.
const PASSWORDS_AT_ONCE: usize = 2;
/// 100 people in front of somebody who signs in are 2 s.
const PASSWORDS_WAITING_MAX: usize = 100;
/// An identity provider that is well answers within half a second: eight a second for a company of fifty.
const OUTSIDE_AT_ONCE: usize = 4;
/// Behind one that is not, more would only wait in vain.
const OUTSIDE_WAITING_MAX: usize = 20;

/// The three gates.
pub(crate) struct Crossing {
    deeds: Gate,
    passwords: Gate,
    outside: Gate,
}

impl Crossing {
    pub(crate) fn new(workers: &Workers) -> Crossing {
        let count = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
        Crossing {
            deeds: Gate::new(count(workers.requests), count(workers.waiting)),
            passwords: Gate::new(PASSWORDS_AT_ONCE, PASSWORDS_WAITING_MAX),
            outside: Gate::new(OUTSIDE_AT_ONCE, OUTSIDE_WAITING_MAX),
        }
    }

    pub(crate) async fn run<T: Send + 'static>(
        &self,
        deed: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Fault> {
        self.deeds.run(deed).await
    }

    pub(crate) async fn run_password<T: Send + 'static>(
        &self,
        deed: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Fault> {
        self.passwords.run(deed).await
    }

    pub(crate) async fn run_outside<T: Send + 'static>(
        &self,
        deed: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Fault> {
        self.outside.run(deed).await
    }
}

struct Gate {
    permits: Arc<Semaphore>,
    waiting: AtomicUsize,
    waiting_max: usize,
}

impl Gate {
    fn new(at_once: usize, waiting_max: usize) -> Gate {
        Gate { permits: Arc::new(Semaphore::new(at_once)), waiting: AtomicUsize::new(0), waiting_max }
    }

    async fn run<T: Send + 'static>(&self, deed: impl FnOnce() -> T + Send + 'static) -> Result<T, Fault> {
        let permit = self.enter().await?;
        let done = tokio::task::spawn_blocking(move || {
            let result = deed();
            // Held until the deed is over, even when nobody waits for it any more.
            drop(permit);
            result
        });
        match done.await {
            Ok(result) => Ok(result),
            Err(error) if error.is_panic() => std::panic::resume_unwind(error.into_panic()),
            // The runtime is being shut down.
            Err(_) => Err(Error::Busy { retry_after_s: RETRY_AFTER_S }.into()),
        }
    }

    async fn enter(&self) -> Result<OwnedSemaphorePermit, Fault> {
        if let Ok(permit) = self.permits.clone().try_acquire_owned() {
            return Ok(permit);
        }
        let _place = Place::take(&self.waiting, self.waiting_max)?;
        self.permits.clone().acquire_owned().await.map_err(Fault::internal)
    }
}

/// A place in the queue; given back also when the request is dropped.
struct Place<'a>(&'a AtomicUsize);

impl<'a> Place<'a> {
    fn take(waiting: &'a AtomicUsize, waiting_max: usize) -> Result<Place<'a>, Fault> {
        let place = Place(waiting);
        if waiting.fetch_add(1, Ordering::Relaxed) >= waiting_max {
            return Err(Error::Busy { retry_after_s: RETRY_AFTER_S }.into());
        }
        Ok(place)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}
