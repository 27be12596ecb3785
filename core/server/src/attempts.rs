//! How often somebody may try to sign in: by account and address together, and by address alone.

use crate::clock::Clock;
use crate::config::SignIn;
use crate::errors::Fault;
use governor::clock::Clock as _;
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::HashMapStateStore;
use governor::{NotUntil, Quota, RateLimiter};
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::Duration;

/// Addresses and accounts remembered at once; beyond, those that may try again are forgotten.
const REMEMBERED_MAX: usize = 50_000;

/// Governor's view of our clock, so that tests need not wait.
#[derive(Clone)]
struct Watch(Clock);

impl governor::clock::Clock for Watch {
    type Instant = Duration;

    fn now(&self) -> Duration {
        self.0.since_epoch()
    }
}

type Limiter<K> = RateLimiter<K, HashMapStateStore<K>, Watch, NoOpMiddleware<Duration>>;

/// The two limits.
pub struct Attempts {
    by_account: Limiter<(Option<IpAddr>, String)>,
    by_address: Limiter<Option<IpAddr>>,
    watch: Watch,
}

impl Attempts {
    pub(crate) fn new(settings: &SignIn, clock: &Clock) -> Attempts {
        let watch = Watch(clock.clone());
        let quota = |attempts: u32| {
            let burst = NonZeroU32::new(attempts).unwrap_or(NonZeroU32::MIN);
            let period = Duration::from_secs(u64::from(settings.window_seconds)) / burst.get();
            Quota::with_period(period).map_or(Quota::per_minute(burst), |quota| quota.allow_burst(burst))
        };
        Attempts {
            by_account: Limiter::new(
                quota(settings.attempts_per_account),
                HashMapStateStore::default(),
                watch.clone(),
            ),
            by_address: Limiter::new(
                quota(settings.attempts_per_address),
                HashMapStateStore::default(),
                watch.clone(),
            ),
            watch,
        }
    }

    /// Counts one attempt; an error says how many seconds to wait. To be asked before the password is looked at.
    pub fn count(&self, address: Option<IpAddr>, email: &str) -> Result<(), Fault> {
        self.forget();
        let account = (address, email.trim().to_lowercase());
        self.by_address.check_key(&address).map_err(|until| self.wait(&until))?;
        self.by_account.check_key(&account).map_err(|until| self.wait(&until))
    }

    fn wait(&self, until: &NotUntil<Duration>) -> Fault {
        let wait = until.wait_time_from(self.watch.now());
        let seconds = u32::try_from(wait.as_secs()).unwrap_or(u32::MAX).saturating_add(1);
        Fault::too_many_attempts(seconds)
    }

    fn forget(&self) {
        if self.by_account.len() > REMEMBERED_MAX || self.by_address.len() > REMEMBERED_MAX {
            self.by_account.retain_recent();
            self.by_address.retain_recent();
        }
    }
}
