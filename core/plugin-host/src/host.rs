//! The host: opened once, it installs plugins, and every call goes through it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use wasmtime::Engine;
use wasmtime::component::Linker;

use crate::bindings::{AssignmentPre, types};
use crate::call::{self, Call, Capabilities, World};
use crate::component;
use crate::engine::{fingerprint, new_engine, sha256};
use crate::install::{Cache, InstallError};
use crate::limits::{Limits, MEMORY_CEILING_BYTES};
use crate::manifest::Manifest;
use crate::turns::Turns;
use crate::views::{Candidate, LeadView};

/// Runs plugins. One in a process is enough; it can be shared between threads and cloned.
#[derive(Clone)]
pub struct Host {
    shared: Arc<Shared>,
    limits: Limits,
    compiler: Option<PathBuf>,
}

/// A component that passed all checks, compiled and ready. Clones share the code.
#[derive(Clone)]
pub struct Plugin {
    pub manifest: Manifest,
    /// Of the component, in small hexadecimal letters.
    pub sha256: String,
    /// What its calls may use: the host's limits, narrowed by the manifest.
    pub limits: Limits,
    code: AssignmentPre<World>,
    shared: Arc<Shared>,
}

/// What the file says before anything is compiled.
#[derive(Clone, Debug)]
pub struct Inspection {
    pub manifest: Manifest,
    pub sha256: String,
}

struct Shared {
    engine: Engine,
    linker: Linker<World>,
    cache: Cache,
    turns: Turns,
}

/// Why the host cannot run on this machine or with these settings.
#[derive(Debug, thiserror::Error)]
pub enum HostError {
    #[error("the memory limit for plugins is {asked_bytes} bytes; {MEMORY_CEILING_BYTES} is the most")]
    MemoryLimit { asked_bytes: usize },
    #[error("the WebAssembly engine does not start: {0}")]
    Engine(String),
    #[error("the folder for compiled plugins cannot be used at {}", path.display())]
    Cache {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error("the thread for plugins' deadlines does not start")]
    Thread(#[source] std::io::Error),
}

impl Host {
    /// Compiled code is kept in `cache_dir`, which is made if missing; it can be deleted at any time.
    ///
    /// With a `compiler`, code is made in a child process, `<compiler> plugin compile <component> <compiled>`, whose
    /// memory goes back to the system; without one, in this process.
    pub fn open(cache_dir: &Path, limits: Limits, compiler: Option<PathBuf>) -> Result<Self, HostError> {
        if limits.memory_bytes > MEMORY_CEILING_BYTES {
            return Err(HostError::MemoryLimit { asked_bytes: limits.memory_bytes });
        }
        let engine = new_engine().map_err(HostError::Engine)?;
        let linker = call::linker(&engine).map_err(|error| HostError::Engine(format!("{error:#}")))?;
        let cache = Cache::open(cache_dir, fingerprint(&engine))
            .map_err(|source| HostError::Cache { path: cache_dir.to_owned(), source })?;
        let turns = Turns::start(&engine).map_err(HostError::Thread)?;
        Ok(Self { shared: Arc::new(Shared { engine, linker, cache, turns }), limits, compiler })
    }

    /// What the administrator's settings allow.
    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// All checks that need no compilation, which takes up to 30 s for a big component: size, manifest, imports, exports.
    pub fn inspect(&self, bytes: &[u8]) -> Result<Inspection, InstallError> {
        let max_bytes = self.limits.component_bytes;
        if bytes.len() > max_bytes {
            return Err(InstallError::TooLarge { size_bytes: bytes.len(), max_bytes });
        }
        let manifest = Manifest::parse(component::manifest_text(bytes)?).map_err(InstallError::Manifest)?;
        component::check_contract(bytes)?;
        Ok(Inspection { manifest, sha256: sha256(bytes) })
    }

    /// Checks a component, compiles it where the cache has no code for it, and starts it once under its limits.
    /// Doing it again is cheap and changes nothing.
    pub fn install(&self, bytes: &[u8]) -> Result<Plugin, InstallError> {
        let Inspection { manifest, sha256 } = self.inspect(bytes)?;
        let Shared { engine, linker, cache, .. } = &*self.shared;
        let component = cache.component(engine, self.compiler.as_deref(), &sha256, bytes)?;
        let incompatible = |error: wasmtime::Error| InstallError::Incompatible(format!("{error:#}"));
        let instance = linker.instantiate_pre(&component).map_err(incompatible)?;
        let code = AssignmentPre::new(instance).map_err(incompatible)?;
        let limits = self.limits.narrowed(manifest.limits);
        let plugin = Plugin { manifest, sha256, limits, code, shared: Arc::clone(&self.shared) };
        plugin.try_start()?;
        Ok(plugin)
    }

    /// The same as [`Host::install`], for a component that was installed before: a few milliseconds from the cache.
    pub fn load(&self, bytes: &[u8]) -> Result<Plugin, InstallError> {
        self.install(bytes)
    }
}

impl Plugin {
    /// Asks the plugin who receives the lead. It always returns, within the limits; a failure is data, and the rule's
    /// `on_error` says what becomes of the lead.
    ///
    /// Blocks for up to [`Limits::wall_ms`], and before that while [`crate::CALLS_AT_ONCE`] others run.
    pub fn assign(
        &self,
        lead: &LeadView,
        candidates: &[Candidate],
        config: &BTreeMap<String, String>,
        capabilities: &dyn Capabilities,
    ) -> Call {
        let (now_ms, seed) = (capabilities.now_ms(), capabilities.random_u64());
        let lead: types::Lead = lead.into();
        let users: Vec<types::User> = candidates.iter().map(Into::into).collect();
        let _turn = self.shared.turns.take();
        call::record(&self.shared.engine, &self.limits, config, (now_ms, seed), candidates, |mut store| {
            let instance = self.code.instantiate(&mut store)?;
            instance.tracte_plugin_assigner().call_assign(&mut store, &lead, &users)
        })
    }

    /// An instance shows whether the exported functions have the contract's types, and whether its start goes well.
    fn try_start(&self) -> Result<(), InstallError> {
        let _turn = self.shared.turns.take();
        call::trial(&self.shared.engine, &self.limits, |store| self.code.instantiate(store).map(drop))
    }
}
