//! What this machine is and where things lie on it: the work tree, the cache, the build folder, and how to install.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::process;

/// The work tree and the folders that belong to it.
pub(crate) struct Machine {
    /// The work tree.
    pub(crate) root: PathBuf,
    /// What is downloaded once and shared by all clones: `$XDG_CACHE_HOME/tracte`, else `~/.cache/tracte`.
    pub(crate) cache: PathBuf,
    /// Cargo's output.
    pub(crate) target: PathBuf,
    /// `DUCKDB_*` for every cargo started from here; set by `duckdb::ensure`.
    pub(crate) duckdb_environment: Vec<(&'static str, PathBuf)>,
}

impl Machine {
    /// Looks around.
    pub(crate) fn find() -> Result<Self> {
        // Of the run, not of the build: clones may share a build folder.
        let own = std::env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = own.parent().context("xtask must lie inside the work tree")?.to_path_buf();
        let cache = match std::env::var_os("XDG_CACHE_HOME") {
            Some(folder) if !folder.is_empty() => PathBuf::from(folder),
            _ => PathBuf::from(
                std::env::var_os("HOME").context("HOME is not set: say where the cache may lie")?,
            )
            .join(".cache"),
        };
        let target = match std::env::var_os("CARGO_TARGET_DIR") {
            Some(folder) => root.join(folder),
            None => root.join("target"),
        };
        Ok(Self { cache: cache.join("tracte"), root, target, duckdb_environment: Vec::new() })
    }

    /// The cargo that started us, in the work tree, knowing where libduckdb is.
    pub(crate) fn cargo(&self) -> Command {
        let mut cargo = process::command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.current_dir(&self.root).env_remove("DUCKDB_LIB_DIR").env_remove("DUCKDB_DOWNLOAD_LIB");
        cargo.envs(self.duckdb_environment.iter().map(|(key, value)| (key, value)));
        cargo
    }

    /// A file of the build, such as `debug/tracte`.
    pub(crate) fn built(&self, profile: Profile, name: &str) -> PathBuf {
        self.target.join(profile.folder()).join(name)
    }
}

/// How the host is compiled.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    Development,
    Release,
}

impl Profile {
    fn folder(self) -> &'static str {
        match self {
            Self::Development => "debug",
            Self::Release => "release",
        }
    }

    /// What cargo wants to hear.
    pub(crate) fn cargo_arguments(self) -> &'static [&'static str] {
        match self {
            Self::Development => &[],
            Self::Release => &["--release"],
        }
    }
}

/// Installs Debian packages where we may, and otherwise says the command. `what` is why they are wanted.
pub(crate) fn install_debian_packages(what: &str, packages: &[&str]) -> Result<()> {
    let names = packages.join(" ");
    if process::find_program("apt-get").is_none() {
        bail!(
            "{what} is missing. Install it with your system's package manager (on Debian: apt-get install -y {names})"
        );
    }
    let by_root = process::capture(process::command("id").arg("-u")).is_ok_and(|id| id == "0");
    if !by_root {
        bail!("{what} is missing. Install it with:\n\n    sudo apt-get install -y {names}\n");
    }
    let install = || {
        let mut apt = process::command("apt-get");
        apt.args(["install", "-y", "-qq", "--no-install-recommends"]).args(packages);
        apt.env("DEBIAN_FRONTEND", "noninteractive");
        process::capture(&mut apt)
    };
    // A new machine has no package lists, an old one may have stale ones: both show as a failed install.
    if install().is_err() {
        process::capture(process::command("apt-get").args(["update", "-qq"]))
            .with_context(|| format!("{what} is missing and Debian's package lists cannot be fetched"))?;
        install().with_context(|| format!("{what} is missing and `apt-get install -y {names}` failed"))?;
    }
    Ok(())
}
