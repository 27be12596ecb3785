//! Whose turn it is: at most so many calls at once, and a clock for their deadlines that ticks only while one runs.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use wasmtime::Engine;

use crate::limits::{CALLS_AT_ONCE, TICK};

/// Gives out turns and drives the engine's epoch. Dropping it ends its thread.
pub(crate) struct Turns {
    shared: Arc<Shared>,
    ticker: Option<JoinHandle<()>>,
}

/// One running call; dropping it gives the turn to the next.
pub(crate) struct Turn<'a>(&'a Shared);

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    /// A turn began or ended, or the host closes.
    changed: Condvar,
}

#[derive(Default)]
struct State {
    running: u32,
    closed: bool,
}

impl Turns {
    /// A thread of its own, so that no executor's load can delay a deadline.
    pub(crate) fn start(engine: &Engine) -> std::io::Result<Self> {
        let shared = Arc::<Shared>::default();
        let (engine, watched) = (engine.clone(), Arc::clone(&shared));
        let ticker = std::thread::Builder::new()
            .name("plugin-deadlines".to_owned())
            .spawn(move || watched.tick_while_running(&engine))?;
        Ok(Self { shared, ticker: Some(ticker) })
    }

    /// Waits until fewer than the greatest number of calls are running; each of them ends within its wall limit.
    pub(crate) fn take(&self) -> Turn<'_> {
        let state = self.shared.lock();
        let wait = self.shared.changed.wait_while(state, |state| state.running >= CALLS_AT_ONCE);
        let mut state = wait.unwrap_or_else(PoisonError::into_inner);
        state.running += 1;
        drop(state);
        self.shared.changed.notify_all();
        Turn(&self.shared)
    }
}

impl Drop for Turns {
    fn drop(&mut self) {
        self.shared.lock().closed = true;
        self.shared.changed.notify_all();
        if let Some(ticker) = self.ticker.take() {
            // The thread only counts; it has nothing to report.
            let _ = ticker.join();
        }
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.lock().running -= 1;
        self.0.changed.notify_all();
    }
}

impl Shared {
    /// The state is two plain values, right after every step: a panic elsewhere cannot have spoilt them.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tick_while_running(&self, engine: &Engine) {
        let mut state = self.lock();
        while !state.closed {
            if state.running == 0 {
                state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
                continue;
            }
            let wait = self.changed.wait_timeout_while(state, TICK, |state| !state.closed);
            state = wait.unwrap_or_else(PoisonError::into_inner).0;
            engine.increment_epoch();
        }
    }
}
