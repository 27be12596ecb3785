//! From a component's bytes to code that can be called: checks, compilation, and the cache of compiled code.

use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use model::Problem;
use wasmtime::Engine;
use wasmtime::component::Component;

use crate::engine::{CompileError, precompile};
use crate::manifest::list;
use crate::process;

/// Why a component was not accepted. The texts are for the administrator who uploads it.
#[derive(Debug, thiserror::Error)]
pub enum InstallError {
    #[error("the component has {size_bytes} bytes; {max_bytes} are accepted")]
    TooLarge { size_bytes: usize, max_bytes: usize },
    #[error("this is a core module, not a component: build it with `tracte plugin build`")]
    Module,
    #[error("this is not a WebAssembly component: {0}")]
    NotAComponent(String),
    #[error("the component carries no plugin.toml: build it with `tracte plugin build`")]
    NoManifest,
    #[error("plugin.toml has problems: {}", list(.0))]
    Manifest(Vec<Problem>),
    #[error("it imports {name}, which no plugin may: {advice}")]
    Import { name: String, advice: &'static str },
    #[error("it does not export tracte:plugin/assigner, so there is nothing to call")]
    NoExport,
    #[error("it was built for another version of tracte:plugin: {0}")]
    Incompatible(String),
    #[error("it does not start: {0}")]
    Start(String),
    #[error("it does not compile")]
    Compile(#[from] CompileError),
    #[error("the compiler's process failed")]
    Compiler(#[from] process::ProcessError),
    #[error("the cache of compiled plugins cannot be used at {}", path.display())]
    Cache {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
}

/// Where compiled code lies: one `<sha256>-<fingerprint>.cwasm` for each component.
/// Only the server's own user can read and write there, because wasmtime runs what it finds.
pub(crate) struct Cache {
    folder: PathBuf,
    /// Of the engine: another version or processor has another one and never meets this code.
    fingerprint: String,
    /// Held while code is made: one compilation at a time, so that its memory is needed once and files have one writer.
    making: Mutex<()>,
}

impl Cache {
    pub(crate) fn open(folder: &Path, fingerprint: String) -> std::io::Result<Self> {
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        Ok(Self { folder: folder.to_owned(), fingerprint, making: Mutex::new(()) })
    }

    /// The code of this component: found, or else made and kept.
    pub(crate) fn component(
        &self,
        engine: &Engine,
        compiler: Option<&Path>,
        sha256: &str,
        bytes: &[u8],
    ) -> Result<Component, InstallError> {
        let file = self.folder.join(format!("{sha256}-{}.cwasm", self.fingerprint));
        let find = || if is_private(&file) { load(engine, &file).ok() } else { None };
        if let Some(component) = find() {
            return Ok(component);
        }
        // It guards no data, so that a panic has spoilt none.
        let _making = self.making.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(component) = find() {
            return Ok(component);
        }
        let code = match compiler {
            Some(compiler) => self.compile_in_child(compiler, sha256, bytes)?,
            None => precompile(engine, bytes)?,
        };
        self.keep(&file, &code).map_err(|source| InstallError::Cache { path: file.clone(), source })?;
        load(engine, &file).map_err(InstallError::Incompatible)
    }

    fn compile_in_child(&self, compiler: &Path, sha256: &str, bytes: &[u8]) -> Result<Vec<u8>, InstallError> {
        let unusable = |path: &Path| {
            let path = path.to_owned();
            move |source| InstallError::Cache { path, source }
        };
        let input = self.folder.join(format!("{sha256}.wasm"));
        let output = self.folder.join(format!("{sha256}.compiled"));
        self.keep(&input, bytes).map_err(unusable(&input))?;
        let outcome = process::compile(compiler, &input, &output);
        let code = outcome
            .map_err(InstallError::from)
            .and_then(|()| std::fs::read(&output).map_err(unusable(&output)));
        for path in [&input, &output] {
            // Left behind by a failed child, at worst: it is written anew the next time.
            let _ = std::fs::remove_file(path);
        }
        code
    }

    /// Writes a file whole or not at all, for the server's user alone.
    fn keep(&self, file: &Path, content: &[u8]) -> std::io::Result<()> {
        let half = file.with_extension("half");
        // A file left by a crash may have other permissions; `mode` counts only for a new one.
        match std::fs::remove_file(&half) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut options = std::fs::OpenOptions::new();
        let mut written = options.write(true).create_new(true).mode(0o600).open(&half)?;
        written.write_all(content)?;
        written.sync_all()?;
        std::fs::rename(&half, file)
    }
}

/// True for a file that nobody but its owner can read or write, and whose owner is the folder's.
fn is_private(file: &Path) -> bool {
    const OTHERS: u32 = 0o077;
    let owner = |path: &Path| std::fs::symlink_metadata(path).map(|metadata| metadata.uid());
    let Ok(metadata) = std::fs::symlink_metadata(file) else { return false };
    let same_owner = file.parent().is_some_and(|folder| owner(folder).is_ok_and(|uid| uid == metadata.uid()));
    metadata.is_file() && metadata.mode() & OTHERS == 0 && same_owner
}

/// Maps compiled code into memory.
#[allow(unsafe_code)] // Compiled code has no other way in.
fn load(engine: &Engine, file: &Path) -> Result<Component, String> {
    // SAFETY: the file came from `keep`, in a folder only this user can write to, with permissions checked before;
    // wasmtime checks that it fits this version and configuration. Nothing changes it later: `keep` renames.
    unsafe { Component::deserialize_file(engine, file) }.map_err(|error| format!("{error:#}"))
}
