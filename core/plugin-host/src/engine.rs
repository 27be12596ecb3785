//! The one wasmtime configuration, and what follows from it: compiled code and its fingerprint.

use std::hash::{Hash, Hasher};
use std::path::Path;

use sha2::{Digest, Sha256};
use wasmtime::{Config, Engine, InstanceAllocationStrategy, PoolingAllocationConfig};

use crate::limits::{CALLS_AT_ONCE, MEMORY_CEILING_BYTES};

/// wit-component makes three instances of a Rust plugin, and more for languages that bring a runtime.
const CORE_INSTANCES_EACH: u32 = 8;
/// One for the plugin, one of wit-component's; JavaScript brings one more.
const TABLES_EACH: u32 = 4;
/// StarlingMonkey (JavaScript) has 30,000 functions in its table.
const TABLE_ELEMENTS_MAX: usize = 65_536;

/// Compiles a component into a file for [`crate::Host`]: the work of `tracte plugin compile`.
/// A process of its own, because a big component takes 440 MB of memory, which then goes back to the system.
pub fn compile_to_file(component: &Path, compiled: &Path) -> Result<(), CompileError> {
    let read = |source| CompileError::File { path: component.to_owned(), source };
    let bytes = std::fs::read(component).map_err(read)?;
    let code = precompile(&new_engine().map_err(CompileError::Refused)?, &bytes)?;
    std::fs::write(compiled, code).map_err(|source| CompileError::File { path: compiled.to_owned(), source })
}

/// Why a component did not compile.
#[derive(Debug, thiserror::Error)]
pub enum CompileError {
    #[error("the compiler refuses the component: {0}")]
    Refused(String),
    #[error("{} cannot be read or written", path.display())]
    File {
        path: std::path::PathBuf,
        #[source]
        source: std::io::Error,
    },
}

/// Native code for this engine.
pub(crate) fn precompile(engine: &Engine, component: &[u8]) -> Result<Vec<u8>, CompileError> {
    engine.precompile_component(component).map_err(|error| CompileError::Refused(format!("{error:#}")))
}

/// The engine every host and every compiling child has. Its settings decide whether compiled code fits, so that they
/// depend on nothing.
pub(crate) fn new_engine() -> Result<Engine, String> {
    let mut pool = PoolingAllocationConfig::new();
    pool.total_component_instances(CALLS_AT_ONCE)
        .total_core_instances(CALLS_AT_ONCE * CORE_INSTANCES_EACH)
        .total_memories(CALLS_AT_ONCE)
        .total_tables(CALLS_AT_ONCE * TABLES_EACH)
        .max_core_instances_per_component(CORE_INSTANCES_EACH)
        .max_memories_per_component(1)
        .max_tables_per_component(TABLES_EACH)
        .max_memory_size(MEMORY_CEILING_BYTES)
        .table_elements(TABLE_ELEMENTS_MAX);
    let mut config = Config::new();
    config
        .allocation_strategy(InstanceAllocationStrategy::Pooling(pool))
        .consume_fuel(true)
        .epoch_interruption(true)
        // So that a replayed call computes the same bits on every machine.
        .cranelift_nan_canonicalization(true)
        .wasm_relaxed_simd(false)
        // A backtrace of a plugin without names helps nobody and costs time at every trap.
        .wasm_backtrace_max_frames(None);
    Engine::new(&config).map_err(|error| format!("{error:#}"))
}

/// Tells apart code that another version, configuration or processor made.
pub(crate) fn fingerprint(engine: &Engine) -> String {
    struct Sum(Sha256);
    impl Hasher for Sum {
        fn write(&mut self, bytes: &[u8]) {
            self.0.update(bytes);
        }
        /// Not used: eight bytes would be too few to name a file by.
        fn finish(&self) -> u64 {
            0
        }
    }
    let mut sum = Sum(Sha256::new());
    engine.precompile_compatibility_hash().hash(&mut sum);
    hex(&sum.0.finalize()[..8])
}

/// SHA-256 in small hexadecimal letters.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
