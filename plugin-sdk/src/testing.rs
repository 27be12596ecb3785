//! A host for native `#[test]`s: configuration, time and chance are given, logs are kept.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::{Lead, Level, User};

/// What the plugin will find; build it, then [`Host::run`] the plugin in it.
#[derive(Clone, Debug, Default)]
pub struct Host {
    config: BTreeMap<String, String>,
    now_ms: i64,
    seed: u64,
    logs: Vec<(Level, String)>,
}

impl Host {
    /// An empty configuration, the time 0 and the seed 0.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets one value of the plugin's form.
    pub fn config(mut self, key: &str, value: &str) -> Self {
        self.config.insert(key.to_owned(), value.to_owned());
        self
    }

    /// What `clock::now` returns.
    pub fn now_ms(mut self, now_ms: i64) -> Self {
        self.now_ms = now_ms;
        self
    }

    /// Where `clock::random` starts.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Runs the plugin on this thread; returns its answer and what it logged.
    pub fn run<T>(self, call: impl FnOnce() -> T) -> (T, Vec<(Level, String)>) {
        let outer = HOST.replace(self);
        let answer = call();
        (answer, HOST.replace(outer).logs)
    }
}

/// A lead of which only the id and the source are known.
pub fn lead() -> Lead {
    Lead {
        id: "lead-1".to_owned(),
        source: "web".to_owned(),
        country: None,
        postcode: None,
        town: None,
        zone: None,
        company: None,
        industry: None,
        amount: None,
        tags: Vec::new(),
        custom: Vec::new(),
    }
}

/// An available candidate without a limit; the name and the e-mail address are made of the id.
pub fn user(id: &str) -> User {
    User {
        id: id.to_owned(),
        name: id.to_owned(),
        email: format!("{id}@example.com"),
        teams: Vec::new(),
        skills: Vec::new(),
        open_leads: 0,
        capacity: None,
        available: true,
        custom: Vec::new(),
    }
}

thread_local! {
    static HOST: RefCell<Host> = RefCell::new(Host::default());
}

/// The same functions as the generated imports.
pub(crate) mod imports {
    use super::HOST;

    pub(crate) mod config {
        pub(crate) fn get(key: &str) -> Option<String> {
            super::HOST.with_borrow(|host| host.config.get(key).cloned())
        }
    }

    pub(crate) mod log {
        use crate::Level;

        pub(crate) fn write(level: Level, message: &str) {
            super::HOST.with_borrow_mut(|host| host.logs.push((level, message.to_owned())));
        }
    }

    pub(crate) mod clock {
        pub(crate) fn now() -> i64 {
            super::HOST.with_borrow(|host| host.now_ms)
        }

        /// SplitMix64, the same sequence as the real host gives for the same seed.
        pub(crate) fn random() -> u64 {
            super::HOST.with_borrow_mut(|host| {
                host.seed = host.seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
                let mut mixed = host.seed;
                mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
                mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
                mixed ^ (mixed >> 31)
            })
        }
    }
}
