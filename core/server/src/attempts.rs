//! How often somebody may try to sign in, by account and address together and by address alone; and how often strangers
//! may send something.

use crate::clock::Clock;
use crate::config::{SignIn, WebForms};
use crate::errors::Fault;
use governor::clock::Clock as _;
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::HashMapStateStore;
use governor::{NotUntil, Quota, RateLimiter};
use model::FieldErrors;
use std::collections::{HashMap, VecDeque};
use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::{Mutex, PoisonError};
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

/// Whom an address stands for. One line has billions of addresses of IPv6: the first 64 bits are those of the line.
fn line_of(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX))),
        address => address,
    }
}

type Limiter<K> = RateLimiter<K, HashMapStateStore<K>, Watch, NoOpMiddleware<Duration>>;

/// So many at once, and as many again over the window, one after the other.
fn quota(attempts: u32, window_s: u64) -> Quota {
    let burst = NonZeroU32::new(attempts).unwrap_or(NonZeroU32::MIN);
    let period = Duration::from_secs(window_s) / burst.get();
    Quota::with_period(period).map_or(Quota::per_minute(burst), |quota| quota.allow_burst(burst))
}

/// How often web forms and answers to quotes may be sent: so often from one address as the settings say, no campaign
/// brings more than some hundreds, and no mailbox is filled with our letters.
pub struct Submissions {
    by_visitor: Sent,
    by_answering_address: Limiter<Option<IpAddr>>,
    by_form: Limiter<String>,
    by_mailbox: Limiter<String>,
    watch: Watch,
}

/// An address, and the form that it sends.
type Visitor = (Option<IpAddr>, String);

/// What was sent of late by each address with each form. Unlike a quota, that fills up again little by little, no minute
/// and no hour has more than the settings say.
struct Sent {
    /// Windows, and how much is taken within each.
    limits: [(Duration, usize); 2],
    moments: Mutex<HashMap<Visitor, VecDeque<Duration>>>,
}

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3_600);

impl Sent {
    fn new(settings: &WebForms) -> Sent {
        let most = |number: u32| usize::try_from(number.max(1)).unwrap_or(usize::MAX);
        let limits = [(MINUTE, most(settings.sent_per_minute)), (HOUR, most(settings.sent_per_hour))];
        Sent { limits, moments: Mutex::default() }
    }

    /// Counts one more; an error says how long to wait.
    fn count(&self, visitor: &Visitor, now: Duration) -> Result<(), Duration> {
        let mut moments = self.moments.lock().unwrap_or_else(PoisonError::into_inner);
        let since = |at: &Duration| now.saturating_sub(*at);
        if moments.len() > REMEMBERED_MAX {
            moments.retain(|_, sent| sent.back().is_some_and(|last| since(last) < HOUR));
        }
        let sent = moments.entry(visitor.clone()).or_default();
        while sent.front().is_some_and(|first| since(first) >= HOUR) {
            sent.pop_front();
        }
        let wait = |(window, most): (Duration, usize)| {
            let fills = sent.len().checked_sub(most).and_then(|place| sent.get(place))?;
            window.checked_sub(since(fills)).filter(|wait| !wait.is_zero())
        };
        if let Some(wait) = self.limits.into_iter().filter_map(wait).max() {
            return Err(wait);
        }
        sent.push_back(now);
        Ok(())
    }
}

const WINDOW_S: u64 = 600;
const ANSWERS_BY_ADDRESS_MAX: u32 = 20;
const SENT_BY_FORM_MAX: u32 = 600;
const LETTERS_WINDOW_S: u64 = 3_600;
const LETTERS_TO_MAILBOX_MAX: u32 = 3;

impl Submissions {
    pub(crate) fn new(settings: &WebForms, clock: &Clock) -> Submissions {
        let watch = Watch(clock.clone());
        let (answers, form) = (quota(ANSWERS_BY_ADDRESS_MAX, WINDOW_S), quota(SENT_BY_FORM_MAX, WINDOW_S));
        let letters = quota(LETTERS_TO_MAILBOX_MAX, LETTERS_WINDOW_S);
        Submissions {
            by_visitor: Sent::new(settings),
            by_answering_address: Limiter::new(answers, HashMapStateStore::default(), watch.clone()),
            by_form: Limiter::new(form, HashMapStateStore::default(), watch.clone()),
            by_mailbox: Limiter::new(letters, HashMapStateStore::default(), watch.clone()),
            watch,
        }
    }

    /// Counts a form that was sent, also one with mistakes; an error says how many minutes to wait.
    pub(crate) fn count(&self, address: Option<IpAddr>, form: &str) -> Result<(), u64> {
        let visitor = (address.map(line_of), form.to_owned());
        self.by_visitor.count(&visitor, self.watch.now()).map_err(minutes)?;
        self.by_form.check_key(&visitor.1).map_err(|until| self.wait_minutes(&until))
    }

    /// Counts what a client sends about a quote; an error says how many minutes to wait.
    pub(crate) fn count_answer(&self, address: Option<IpAddr>, quote: &str) -> Result<(), u64> {
        if self.by_answering_address.len() > REMEMBERED_MAX {
            self.by_answering_address.retain_recent();
        }
        let address = address.map(line_of);
        self.by_answering_address.check_key(&address).map_err(|until| self.wait_minutes(&until))?;
        self.by_form.check_key(&quote.to_owned()).map_err(|until| self.wait_minutes(&until))
    }

    /// Counts a letter to a mailbox that is about to be written.
    pub(crate) fn count_letter(&self, mailbox: &str) -> Result<(), u64> {
        if self.by_mailbox.len() > REMEMBERED_MAX {
            self.by_mailbox.retain_recent();
        }
        self.by_mailbox.check_key(&mailbox.trim().to_lowercase()).map_err(|until| self.wait_minutes(&until))
    }

    fn wait_minutes(&self, until: &NotUntil<Duration>) -> u64 {
        minutes(until.wait_time_from(self.watch.now()))
    }
}

/// Whole minutes, the one that has begun with them.
fn minutes(wait: Duration) -> u64 {
    let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
    seconds.div_ceil(60)
}

/// What is said to whoever has to wait so many minutes.
pub(crate) fn too_often(minutes: u64) -> FieldErrors {
    let mut errors = FieldErrors::default();
    match minutes {
        0 | 1 => errors.add("", "form-often-minute", ""),
        minutes => errors.add("", "form-often", minutes.to_string()),
    }
    errors
}

/// The two limits.
pub struct Attempts {
    by_account: Limiter<(Option<IpAddr>, String)>,
    by_address: Limiter<Option<IpAddr>>,
    watch: Watch,
}

impl Attempts {
    pub(crate) fn new(settings: &SignIn, clock: &Clock) -> Attempts {
        let watch = Watch(clock.clone());
        let quota = |attempts: u32| quota(attempts, u64::from(settings.window_seconds));
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
        let address = address.map(line_of);
        let account = (address, email.trim().to_lowercase());
        self.by_address.check_key(&address).map_err(|until| self.wait(&until))?;
        self.by_account.check_key(&account).map_err(|until| self.wait(&until))
    }

    /// The same where there is no account to guess: by address alone.
    pub fn count_address(&self, address: Option<IpAddr>) -> Result<(), Fault> {
        self.forget();
        self.by_address.check_key(&address.map(line_of)).map_err(|until| self.wait(&until))
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
