//! What every request shares: the rooms, the settings, the clock, and the ways across to synchronous work.

use crate::assets::Assets;
use crate::attempts::{Attempts, Submissions};
use crate::clock::Clock;
use crate::config::Config;
use crate::crossing::Crossing;
use crate::errors::Fault;
use services::{App, Error};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use ui::Words;

/// One for the whole server.
pub struct State {
    pub app: App,
    pub config: Config,
    pub clock: Clock,
    pub assets: Assets,
    pub attempts: Attempts,
    pub submissions: Submissions,
    crossing: Crossing,
    set_up: AtomicBool,
    /// Those of the frame that was seen last.
    words: Mutex<Arc<Words>>,
}

/// How layers and handlers hold it.
pub type Shared = Arc<State>;

impl State {
    pub fn new(app: App, config: Config, clock: Clock) -> Shared {
        Arc::new(State {
            assets: Assets::new(),
            attempts: Attempts::new(&config.sign_in, &clock),
            submissions: Submissions::new(&config.web_forms, &clock),
            crossing: Crossing::new(&config.workers),
            set_up: AtomicBool::new(false),
            words: Mutex::default(),
            app,
            config,
            clock,
        })
    }

    /// The one crossing from async handlers to synchronous services.
    pub async fn blocking<T, F>(&self, deed: F) -> Result<T, Fault>
    where
        T: Send + 'static,
        F: FnOnce(&App) -> Result<T, Error> + Send + 'static,
    {
        let app = self.app.clone();
        self.crossing.run(move || deed(&app)).await?.map_err(Fault::from)
    }

    /// The same for work that is slow on purpose (passwords): few at once, so that they cannot take every core.
    pub async fn blocking_password<T, F>(&self, deed: F) -> Result<T, Fault>
    where
        T: Send + 'static,
        F: FnOnce(&App) -> Result<T, Error> + Send + 'static,
    {
        let app = self.app.clone();
        self.crossing.run_password(move || deed(&app)).await?.map_err(Fault::from)
    }

    /// The same for work that waits for another server, which may be slow or gone: few at once, so that they cannot take
    /// every thread.
    pub async fn blocking_outside<T, F>(&self, deed: F) -> Result<T, Fault>
    where
        T: Send + 'static,
        F: FnOnce(&App) -> Result<T, Error> + Send + 'static,
    {
        let app = self.app.clone();
        self.crossing.run_outside(move || deed(&app)).await?.map_err(Fault::from)
    }

    /// What the company has set up and says in its own words, as of now. Made again when the configuration changed.
    pub(crate) fn words(&self) -> Arc<Words> {
        let frame = self.app.frame();
        let mut words = self.words.lock().unwrap_or_else(PoisonError::into_inner);
        if !Arc::ptr_eq(words.frame(), &frame) {
            *words = Arc::new(Words::of(frame));
        }
        Arc::clone(&words)
    }

    /// Whether there is a company. Once there is one, it stays.
    pub(crate) fn is_set_up(&self) -> Result<bool, Error> {
        if self.set_up.load(Ordering::Relaxed) {
            return Ok(true);
        }
        let done = services::setup::is_done(&self.app)?;
        self.set_up.store(done, Ordering::Relaxed);
        Ok(done)
    }
}
