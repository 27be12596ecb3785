//! One call: a fresh store with its limits, the plugin's answer or what stopped it, and what it used.

use std::collections::BTreeMap;
use std::time::Instant;

use model::serde::{Deserialize, Serialize};
use wasmtime::component::{HasSelf, Linker};
use wasmtime::{Engine, ResourceLimiter, Store, Trap};

use crate::bindings::{Assignment, assigner, clock, config, log, types};
use crate::install::InstallError;
use crate::limits::{Limits, MESSAGE_CHARACTERS_MAX, QUEUE_CHARACTERS_MAX, REASON_CHARACTERS_MAX, TICK};
use crate::views::{Candidate, Decision, Level};

/// What a call may learn of the world. Both are asked once, before the call, and are part of its record.
pub trait Capabilities {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    fn now_ms(&self) -> i64;
    /// The seed of the call's random numbers.
    fn random_u64(&self) -> u64;
}

/// Everything about one call: what the audit keeps. With the same plugin, input, `now_ms` and `seed` it repeats exactly.
#[derive(Clone, Debug)]
pub struct Call {
    pub outcome: Result<Decision, Failure>,
    /// In order; at most [`Limits::log_bytes`], then one line that says how much was dropped.
    pub logs: Vec<(Level, String)>,
    /// Deterministic.
    pub fuel: u64,
    /// Of the call itself, without waiting for its turn.
    pub wall_us: u64,
    pub peak_memory_bytes: usize,
    pub now_ms: i64,
    pub seed: u64,
}

/// Why there is no decision.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[error("{code}: {message}")]
#[serde(crate = "model::serde")]
pub struct Failure {
    pub class: FailureClass,
    /// The plugin's own code for [`FailureClass::Plugin`], else the class's name.
    pub code: String,
    /// For the administrator.
    pub message: String,
    /// Only a plugin can say so of its own errors.
    pub retryable: bool,
}

/// What kind of failure; stable words, kept in the audit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(crate = "model::serde", rename_all = "kebab-case")]
pub enum FailureClass {
    /// It used up its fuel.
    Fuel,
    /// It used up its time.
    Timeout,
    /// It wanted more memory than allowed.
    Memory,
    /// It panicked, overflowed its stack or did something else that WebAssembly stops.
    Trap,
    /// It answered something that cannot be: a user who was no candidate, a queue without a name, too much.
    BadOutput,
    /// It ran and said that it cannot decide.
    Plugin,
    /// It used what it was not granted. Never of the assignment world, which has nothing to grant.
    Denied,
}

impl FailureClass {
    /// The word in JSON and in the audit.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Fuel => "fuel",
            Self::Timeout => "timeout",
            Self::Memory => "memory",
            Self::Trap => "trap",
            Self::BadOutput => "bad-output",
            Self::Plugin => "plugin",
            Self::Denied => "denied",
        }
    }
}

/// What the plugin's function returns.
type Answer = Result<assigner::Decision, types::PluginError>;

/// The world of one call; what the contract's host functions answer from.
pub(crate) struct World {
    config: BTreeMap<String, String>,
    now_ms: i64,
    /// State of SplitMix64, which the SDK's test host uses too.
    random: u64,
    logs: Vec<(Level, String)>,
    log_room: usize,
    log_dropped: usize,
    memory: Memory,
}

/// Counts memory and stops the plugin that wants too much; without the error it would see a failed allocation and
/// panic, which looks like any other panic.
struct Memory {
    max_bytes: usize,
    used_bytes: usize,
    refused: bool,
}

#[derive(Debug, thiserror::Error)]
#[error("the memory limit is reached")]
struct MemoryRefused;

/// A linker that offers the contract and nothing else.
pub(crate) fn linker(engine: &Engine) -> wasmtime::Result<Linker<World>> {
    let mut linker = Linker::new(engine);
    Assignment::add_to_linker::<_, HasSelf<_>>(&mut linker, |world| world)?;
    Ok(linker)
}

/// Runs one call in a store of its own, of which nothing is left afterwards, and writes down what happened.
pub(crate) fn record(
    engine: &Engine,
    limits: &Limits,
    config: &BTreeMap<String, String>,
    (now_ms, seed): (i64, u64),
    candidates: &[Candidate],
    run: impl FnOnce(&mut Store<World>) -> wasmtime::Result<Answer>,
) -> Call {
    let begin = Instant::now();
    let mut store = new_store(engine, limits, config.clone(), now_ms, seed);
    let answer = run(&mut store);
    let wall_us = u64::try_from(begin.elapsed().as_micros()).unwrap_or(u64::MAX);
    let fuel = limits.fuel.saturating_sub(store.get_fuel().unwrap_or(0));
    let mut world = store.into_data();
    let outcome = match answer {
        Ok(Ok(decision)) => check(decision.into(), candidates),
        Ok(Err(error)) => Err(plugin_failure(error)),
        Err(error) => Err(host_failure(&error, &world, limits)),
    };
    if world.log_dropped > 0 {
        world.logs.push((Level::Warn, format!("{} more bytes of log were dropped", world.log_dropped)));
    }
    Call {
        outcome,
        logs: world.logs,
        fuel,
        wall_us,
        peak_memory_bytes: world.memory.used_bytes,
        now_ms,
        seed,
    }
}

/// Starts an instance under the limits of a call.
pub(crate) fn trial(
    engine: &Engine,
    limits: &Limits,
    start: impl FnOnce(&mut Store<World>) -> wasmtime::Result<()>,
) -> Result<(), InstallError> {
    let mut store = new_store(engine, limits, BTreeMap::new(), 0, 0);
    start(&mut store).map_err(|error| {
        let failure = host_failure(&error, store.data(), limits);
        match failure.class {
            // Not a trap of the plugin's code: the types do not fit.
            FailureClass::BadOutput => InstallError::Incompatible(format!("{error:#}")),
            _ => InstallError::Start(failure.message),
        }
    })
}

fn new_store(
    engine: &Engine,
    limits: &Limits,
    config: BTreeMap<String, String>,
    now_ms: i64,
    seed: u64,
) -> Store<World> {
    let memory = Memory { max_bytes: limits.memory_bytes, used_bytes: 0, refused: false };
    let (logs, log_room) = (Vec::new(), limits.log_bytes);
    let world = World { config, now_ms, random: seed, logs, log_room, log_dropped: 0, memory };
    let mut store = Store::new(engine, world);
    store.limiter(|world| &mut world.memory);
    // Fails only without `Config::consume_fuel`; the call would then have no fuel and end at once.
    let _ = store.set_fuel(limits.fuel);
    store.set_hostcall_fuel(limits.transfer_bytes);
    let tick_ms = u64::try_from(TICK.as_millis()).unwrap_or(1);
    // The first tick may come at once.
    store.set_epoch_deadline(limits.wall_ms.div_ceil(tick_ms) + 1);
    store
}

/// Sorts what wasmtime reports into the classes of the audit.
fn host_failure(error: &wasmtime::Error, world: &World, limits: &Limits) -> Failure {
    let (class, message) = match error.downcast_ref::<Trap>() {
        Some(Trap::OutOfFuel) => {
            (FailureClass::Fuel, format!("it used up its {} units of fuel", limits.fuel))
        }
        Some(Trap::Interrupt) => {
            (FailureClass::Timeout, format!("it was stopped after {} ms", limits.wall_ms))
        }
        _ if world.memory.refused => {
            (FailureClass::Memory, format!("it wanted more than {} MB of memory", limits.memory_bytes >> 20))
        }
        Some(trap) => (FailureClass::Trap, trap.to_string()),
        None => (FailureClass::BadOutput, error.root_cause().to_string()),
    };
    Failure { class, code: class.as_str().to_owned(), message, retryable: false }
}

fn plugin_failure(error: types::PluginError) -> Failure {
    let code = shorten(&error.code, QUEUE_CHARACTERS_MAX);
    let message = shorten(&error.message, MESSAGE_CHARACTERS_MAX);
    Failure { class: FailureClass::Plugin, code, message, retryable: error.retryable }
}

/// A plugin may say what it likes; only what can be is passed on.
fn check(decision: Decision, candidates: &[Candidate]) -> Result<Decision, Failure> {
    let bad = |message: String| {
        let class = FailureClass::BadOutput;
        Err(Failure { class, code: class.as_str().to_owned(), message, retryable: false })
    };
    match decision {
        Decision::Assign { user_id, reason } => {
            if !candidates.iter().any(|candidate| candidate.id == user_id) {
                let shown = shorten(&user_id, QUEUE_CHARACTERS_MAX);
                return bad(format!("it chose «{shown}», who was not a candidate"));
            }
            Ok(Decision::Assign { user_id, reason: shorten(&reason, REASON_CHARACTERS_MAX) })
        }
        Decision::Queue(name) if name.trim().is_empty() => bad("it named a queue without a name".to_owned()),
        Decision::Queue(name) if name.chars().count() > QUEUE_CHARACTERS_MAX => {
            bad(format!("it named a queue with more than {QUEUE_CHARACTERS_MAX} characters"))
        }
        decision => Ok(decision),
    }
}

/// One line of at most so many characters.
fn shorten(text: &str, characters_max: usize) -> String {
    let line = text.trim().replace(char::is_control, " ");
    match line.char_indices().nth(characters_max) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

impl types::Host for World {}

impl log::Host for World {
    /// Keeps what there is room for; a line is cut where the room ends.
    fn write(&mut self, level: log::Level, message: String) {
        // An empty line costs too, or there could be as many as fuel allows.
        let kept = message.floor_char_boundary(self.log_room.saturating_sub(1).min(message.len()));
        let fits = self.log_room > 1 && (kept > 0 || message.is_empty());
        if !fits {
            self.log_room = 0;
            self.log_dropped += message.len() + 1;
            return;
        }
        self.log_room -= kept + 1;
        self.log_dropped += message.len() - kept;
        self.logs.push((level.into(), message[..kept].to_owned()));
    }
}

impl config::Host for World {
    fn get(&mut self, key: String) -> Option<String> {
        self.config.get(&key).cloned()
    }
}

impl clock::Host for World {
    fn now(&mut self) -> i64 {
        self.now_ms
    }

    /// SplitMix64: small, uniform, and easy to repeat in any language.
    fn random(&mut self) -> u64 {
        self.random = self.random.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.random;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

impl ResourceLimiter for Memory {
    fn memory_growing(&mut self, current: usize, desired: usize, _: Option<usize>) -> wasmtime::Result<bool> {
        let used_bytes = self.used_bytes.saturating_add(desired.saturating_sub(current));
        if used_bytes > self.max_bytes {
            self.refused = true;
            return Err(MemoryRefused.into());
        }
        self.used_bytes = used_bytes;
        Ok(true)
    }

    /// The pool's limit on tables is the one that counts.
    fn table_growing(&mut self, _: usize, _: usize, _: Option<usize>) -> wasmtime::Result<bool> {
        Ok(true)
    }
}
