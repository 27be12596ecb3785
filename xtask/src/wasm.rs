//! Makes sure that plugins can be compiled to WebAssembly, in one of three ways, and says which it took.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::machine::Machine;
use crate::process;
use crate::steps::Steps;

const TARGET: &str = "wasm32-unknown-unknown";
/// A refused download answers in a second; one that hangs must not hold up a newcomer, who has another way.
const RUSTUP_TIMEOUT_SECONDS: &str = "90";

/// How plugins are compiled on this machine.
pub(crate) enum Toolchain {
    /// The toolchain in use has the target.
    Rustup,
    /// Debian's `rustc-web`, unpacked into a folder of our own.
    Debian { prefix: PathBuf, linker: PathBuf },
}

impl Toolchain {
    /// Gives the environment to a program that compiles plugins and nothing else: its `RUSTC` is changed.
    pub(crate) fn apply(&self, command: &mut Command) {
        if let Self::Debian { prefix, linker } = self {
            command.env("RUSTC", prefix.join("usr/bin/rustc"));
            command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
        }
    }

    /// Tells a program that compiles other things too where the compiler for plugins is.
    pub(crate) fn describe(&self, command: &mut Command) {
        if let Self::Debian { prefix, linker } = self {
            command.env("TRACTE_WASM_RUSTC", prefix.join("usr/bin/rustc"));
            command.env("TRACTE_WASM_LINKER", linker);
        }
    }
}

/// Finds or makes a toolchain: the target that is installed, `rustup target add`, Debian's in a private folder.
/// `TRACTE_WASM_TOOLCHAIN=debian` takes the third at once.
pub(crate) fn ensure(machine: &Machine, steps: &mut Steps) -> Result<(Toolchain, String)> {
    let force_debian = std::env::var_os("TRACTE_WASM_TOOLCHAIN").is_some_and(|value| value == "debian");
    if !force_debian {
        if is_installed(machine)? {
            return Ok((Toolchain::Rustup, "already here".to_owned()));
        }
        if add_with_rustup(steps) {
            return Ok((Toolchain::Rustup, "added with rustup".to_owned()));
        }
    }
    debian(machine, steps)
}

fn sysroot(machine: &Machine) -> Result<PathBuf> {
    let printed =
        process::capture(process::command("rustc").args(["--print", "sysroot"]).current_dir(&machine.root))
            .context("rustc is missing; install Rust from https://rustup.rs")?;
    Ok(PathBuf::from(printed))
}

fn is_installed(machine: &Machine) -> Result<bool> {
    Ok(sysroot(machine)?.join("lib/rustlib").join(TARGET).join("lib").is_dir())
}

fn add_with_rustup(steps: &mut Steps) -> bool {
    if process::find_program("rustup").is_none() {
        return false;
    }
    steps.say(&format!("rustup target add {TARGET}"));
    let mut add = match process::find_program("timeout") {
        Some(timeout) => {
            let mut command = process::command(timeout);
            command.args([RUSTUP_TIMEOUT_SECONDS, "rustup"]);
            command
        }
        None => process::command("rustup"),
    };
    add.args(["target", "add", TARGET]).env("RUSTUP_MAX_RETRIES", "0");
    let added = process::capture(&mut add).is_ok();
    if !added {
        steps.say("rustup cannot download it here: taking Debian's compiler for WebAssembly instead");
    }
    added
}

fn debian(machine: &Machine, steps: &mut Steps) -> Result<(Toolchain, String)> {
    let prefix = machine.cache.join("wasm");
    let host = format!("{}-unknown-linux-gnu", std::env::consts::ARCH);
    let linker = sysroot(machine)?.join("lib/rustlib").join(host).join("bin/rust-lld");
    let mut words = "Debian's compiler, already here".to_owned();
    // The script leaves word of the oldest Rust that it was made for.
    let wanted = env!("CARGO_PKG_RUST_VERSION");
    let is_made = std::fs::read_to_string(prefix.join("ok")).is_ok_and(|made| made.trim() == wanted);
    if !is_made {
        steps.say(
            "Debian's rustc-web, unpacked into a private folder; its std is built once (about two minutes)",
        );
        let mut script = process::command("bash");
        script.arg(machine.root.join("xtask/debian-wasm.sh")).arg(&prefix).arg(wanted);
        process::stream(&mut script).with_context(|| {
            format!(
                "plugins cannot be compiled: WebAssembly's target is missing. Where rustup may download, \
                 `rustup target add {TARGET}` is all it takes; Debian's way needs apt-get and its packages \
                 rustc-web and rust-web-src"
            )
        })?;
        words = "Debian's compiler, made".to_owned();
    }
    Ok((Toolchain::Debian { prefix, linker }, words))
}
