//! What a call may use, and what Tracte accepts at all. Every number is a default of the design, with its reason.

use std::time::Duration;

/// Units of work: about 2,700 times what a Rust plugin needs for a lead, 25 times what a JavaScript one does.
const FUEL: u64 = 200_000_000;
/// Nobody waits longer than a blink for an assignment.
const WALL_MS: u64 = 250;
/// Python needs 18 MB before it does anything.
const MEMORY_BYTES: usize = 64 << 20;
/// What a person reads of one call.
const LOG_BYTES: usize = 16 << 10;
/// One host call, or the answer, may carry this much out of the plugin.
const TRANSFER_BYTES: usize = 1 << 20;
/// A Python component has 18 MB, a JavaScript one 12.
const COMPONENT_BYTES: usize = 32 << 20;

/// What the pool reserves for each memory; no limit can be above it.
pub const MEMORY_CEILING_BYTES: usize = 128 << 20;
/// Calls that may run at the same time; more wait for their turn. The pool holds this many instances.
pub const CALLS_AT_ONCE: u32 = 64;
/// How exactly the wall limit is kept.
pub(crate) const TICK: Duration = Duration::from_millis(5);
/// A Python component needs 30 s on a fast machine, more on a busy one.
pub(crate) const COMPILE_TIME_MAX: Duration = Duration::from_secs(300);
/// A reason is one sentence; longer ones are cut.
pub const REASON_CHARACTERS_MAX: usize = 300;
/// A plugin's error message may list what is wrong in its configuration; longer ones are cut.
pub const MESSAGE_CHARACTERS_MAX: usize = 4_000;
/// A queue's name is a label, not a text.
pub const QUEUE_CHARACTERS_MAX: usize = 100;

/// What one call may use. The manifest may ask for less, never for more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Units of wasmtime's fuel: deterministic, the same in every repeat.
    pub fuel: u64,
    /// From the call's start, after its turn has come; kept to within two ticks of 5 ms.
    pub wall_ms: u64,
    /// All linear memories of the plugin together.
    pub memory_bytes: usize,
    /// Kept of the log; the rest is dropped and counted.
    pub log_bytes: usize,
    /// Out of the plugin in one host call or in the answer.
    pub transfer_bytes: usize,
    /// Size of a component that is accepted at install.
    pub component_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            fuel: FUEL,
            wall_ms: WALL_MS,
            memory_bytes: MEMORY_BYTES,
            log_bytes: LOG_BYTES,
            transfer_bytes: TRANSFER_BYTES,
            component_bytes: COMPONENT_BYTES,
        }
    }
}

/// What a manifest asks for, where it asks for less than the administrator allows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AskedLimits {
    pub fuel: Option<u64>,
    pub wall_ms: Option<u64>,
    pub memory_bytes: Option<usize>,
}

impl Limits {
    /// The smaller of what is allowed and what is asked.
    pub fn narrowed(self, asked: AskedLimits) -> Self {
        Self {
            fuel: asked.fuel.map_or(self.fuel, |fuel| fuel.min(self.fuel)),
            wall_ms: asked.wall_ms.map_or(self.wall_ms, |wall_ms| wall_ms.min(self.wall_ms)),
            memory_bytes: asked.memory_bytes.map_or(self.memory_bytes, |bytes| bytes.min(self.memory_bytes)),
            ..self
        }
    }
}
