//! From a plugin's source to a component that carries its manifest: the work of `tracte plugin build`.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use model::{Problem, json};

use crate::component::{advice, with_manifest};
use crate::manifest::{Manifest, list};
use crate::process;

/// What plugins are compiled for: no WASI, so no import beyond the contract.
const TARGET: &str = "wasm32-unknown-unknown";
/// A plugin is small and loaded often: size first, no unwinding, one unit for the whole program.
const PROFILE: [&str; 5] = [
    "profile.release.opt-level=\"s\"",
    "profile.release.lto=true",
    "profile.release.codegen-units=1",
    "profile.release.panic=\"abort\"",
    "profile.release.strip=true",
];
/// What the caller's cargo sets for its own build, and would not fit another target's.
const FOREIGN_ENVIRONMENT: [&str; 6] = [
    "RUSTFLAGS",
    "CARGO_ENCODED_RUSTFLAGS",
    "CARGO_BUILD_TARGET",
    "CARGO_BUILD_RUSTFLAGS",
    "RUSTC_WORKSPACE_WRAPPER",
    "CARGO_PRIMARY_PACKAGE",
];

/// Where a compiler for plugins lies that is not the caller's own: (what `cargo xtask` sets, what cargo is given).
/// A test run cannot set cargo's variables themselves, which would compile the host with the plugins' compiler.
const TOOLCHAIN: [(&str, &str); 2] =
    [("TRACTE_WASM_RUSTC", "RUSTC"), ("TRACTE_WASM_LINKER", "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER")];

/// Why there is no component.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    #[error("{} cannot be read or written", path.display())]
    File {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error("{} has problems: {}", path.display(), list(problems))]
    Manifest { path: PathBuf, problems: Vec<Problem> },
    #[error("cargo cannot be started")]
    Cargo(#[source] std::io::Error),
    #[error("cargo did not build {}; its messages are above. If it knows no {TARGET}: `cargo xtask` or `rustup target add {TARGET}`", path.display())]
    Rustc { path: PathBuf },
    #[error("cargo built no .wasm file: Cargo.toml needs `[lib] crate-type = [\"cdylib\"]`")]
    NoModule,
    #[error("the compiled code is not a plugin: {0}")]
    Encode(String),
}

/// A built plugin.
#[derive(Clone, Debug)]
pub struct Built {
    pub manifest: Manifest,
    pub size_bytes: usize,
}

/// Builds the crate in `plugin_dir` and writes the component to `out_file`.
///
/// `target_dir` is cargo's folder for plugins, apart from the host's: they have another compiler and other flags.
/// The toolchain is the caller's environment: `TRACTE_WASM_RUSTC` and `TRACTE_WASM_LINKER`, or cargo's own `RUSTC` and
/// `CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER`, where rustup's own target is not used. Cargo's messages go to this process's stderr.
pub fn build(plugin_dir: &Path, out_file: &Path, target_dir: &Path) -> Result<Built, BuildError> {
    let manifest_file = plugin_dir.join("plugin.toml");
    let text = std::fs::read_to_string(&manifest_file).map_err(at(&manifest_file))?;
    let manifest = Manifest::parse(&text)
        .map_err(|problems| BuildError::Manifest { path: manifest_file.clone(), problems })?;
    let module_file = run_cargo(plugin_dir, target_dir)?;
    let module = std::fs::read(&module_file).map_err(at(&module_file))?;
    let component = with_manifest(encode(&module)?, &text);
    if let Some(folder) = out_file.parent() {
        std::fs::create_dir_all(folder).map_err(at(folder))?;
    }
    std::fs::write(out_file, &component).map_err(at(out_file))?;
    Ok(Built { manifest, size_bytes: component.len() })
}

fn at(path: &Path) -> impl FnOnce(std::io::Error) -> BuildError {
    let path = path.to_owned();
    move |source| BuildError::File { path, source }
}

/// Builds the module and returns where it lies.
fn run_cargo(plugin_dir: &Path, target_dir: &Path) -> Result<PathBuf, BuildError> {
    let cargo = std::env::var_os("CARGO").map_or_else(|| PathBuf::from("cargo"), PathBuf::from);
    let crate_file =
        plugin_dir.join("Cargo.toml").canonicalize().map_err(at(&plugin_dir.join("Cargo.toml")))?;
    let mut command = process::command(&cargo);
    command.args(["build", "--release", "--target", TARGET, "--message-format=json-render-diagnostics"]);
    // Cargo runs in the plugin's folder, where a relative path would mean another place.
    let target_dir = std::path::absolute(target_dir).map_err(at(target_dir))?;
    command.arg("--manifest-path").arg(&crate_file).arg("--target-dir").arg(target_dir);
    for setting in PROFILE {
        command.args(["--config", setting]);
    }
    for name in FOREIGN_ENVIRONMENT {
        command.env_remove(name);
    }
    for (ours, cargos) in TOOLCHAIN {
        if let Some(path) = std::env::var_os(ours) {
            command.env(cargos, path);
        }
    }
    command.current_dir(plugin_dir).stdin(Stdio::null()).stderr(Stdio::inherit());
    let output = command.output().map_err(BuildError::Cargo)?;
    if !output.status.success() {
        return Err(BuildError::Rustc { path: plugin_dir.to_owned() });
    }
    find_module(&String::from_utf8_lossy(&output.stdout), &crate_file).ok_or(BuildError::NoModule)
}

/// The `.wasm` file among cargo's messages that belongs to this crate.
fn find_module(messages: &str, crate_file: &Path) -> Option<PathBuf> {
    let artifacts = messages.lines().filter_map(|line| json::from_str::<json::Value>(line).ok());
    let own = artifacts.filter(|message| {
        message["reason"] == "compiler-artifact"
            && message["manifest_path"].as_str().is_some_and(|path| Path::new(path) == crate_file)
    });
    own.filter_map(|message| {
        let files = message["filenames"].as_array()?.iter().filter_map(json::Value::as_str);
        files.map(PathBuf::from).find(|file| file.extension().is_some_and(|extension| extension == "wasm"))
    })
    .next_back()
}

/// Wraps the module as a component, after the world that the SDK's bindings left in it.
fn encode(module: &[u8]) -> Result<Vec<u8>, BuildError> {
    let mut encoder = wit_component::ComponentEncoder::default();
    let module = encoder.validate(true).module(module);
    module.and_then(wit_component::ComponentEncoder::encode).map_err(|error| {
        let problem = format!("{error:#}");
        let advice = advice(&problem);
        BuildError::Encode(format!("{problem}; {advice}"))
    })
}
