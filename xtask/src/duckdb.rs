//! Brings libduckdb: from the pinned npm package, else by the crate's own download; and tells cargo where it lies.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::machine::Machine;
use crate::process;
use crate::steps::Steps;

pub(crate) const VERSION: &str = "1.5.6";

/// Official builds of libduckdb, with icu, json and parquet inside, as npm carries them.
struct Package {
    architecture: &'static str,
    npm: &'static str,
    sha256: &'static str,
}

/// Pinned by the library's checksum. An architecture that npm does not have in this version is not listed.
const PACKAGES: &[Package] = &[Package {
    architecture: "x86_64",
    npm: "@duckdb/node-bindings-linux-x64@1.5.6-r.1",
    sha256: "3f4962cdd266eab2b479a5b5a4a6d063d279b2954ae814ed00385d553b747633",
}];

const LIBRARY: &str = "libduckdb.so";
/// Holds the checksum that was compared, so that 70 MB are not read again at every start.
const VERIFIED: &str = "libduckdb.so.verified";

/// Makes libduckdb available, remembers it in `machine` and in the git-ignored `.cargo/local.toml`.
pub(crate) fn ensure(machine: &mut Machine, steps: &mut Steps) -> Result<String> {
    let ours = machine.cache.join(format!("duckdb-{VERSION}"));
    if let Some(theirs) = chosen_by_the_user(machine)? {
        let words = format!("yours, in {}", theirs.display());
        machine.duckdb_environment = vec![("DUCKDB_LIB_DIR", theirs)];
        return Ok(words);
    }
    let package = PACKAGES
        .iter()
        .find(|package| cfg!(target_os = "linux") && package.architecture == std::env::consts::ARCH);
    let Some(package) = package else {
        return let_the_crate_download(machine, "npm has no pinned build for this kind of machine");
    };
    let words = if is_verified(&ours, package) {
        "already here".to_owned()
    } else if process::find_program("npm").is_none() && !ours.join(LIBRARY).exists() {
        return let_the_crate_download(machine, "npm is not installed");
    } else {
        bring_from_npm(&ours, package, steps)?
    };
    write_local_config(machine, "DUCKDB_LIB_DIR", &ours.to_string_lossy())?;
    machine.duckdb_environment = vec![("DUCKDB_LIB_DIR", ours)];
    Ok(words)
}

/// `DUCKDB_LIB_DIR` from the shell wins. Cargo also hands us what `local.toml` says: that is ours, not a choice.
fn chosen_by_the_user(machine: &Machine) -> Result<Option<PathBuf>> {
    let Some(folder) = std::env::var_os("DUCKDB_LIB_DIR").map(PathBuf::from) else {
        return Ok(None);
    };
    let written = fs::read_to_string(local_config(machine)).unwrap_or_default();
    if written == local_config_text("DUCKDB_LIB_DIR", &folder.to_string_lossy()) {
        return Ok(None);
    }
    if !folder.join(LIBRARY).exists() {
        bail!(
            "DUCKDB_LIB_DIR is {}, but there is no {LIBRARY} in it: unset it, or correct it",
            folder.display()
        );
    }
    Ok(Some(folder))
}

fn is_verified(folder: &Path, package: &Package) -> bool {
    folder.join(LIBRARY).exists()
        && fs::read_to_string(folder.join(VERIFIED)).is_ok_and(|checksum| checksum.trim() == package.sha256)
}

fn bring_from_npm(folder: &Path, package: &Package, steps: &mut Steps) -> Result<String> {
    fs::create_dir_all(folder).with_context(|| format!("{} cannot be created", folder.display()))?;
    let library = folder.join(LIBRARY);
    let mut words = "checked".to_owned();
    if !library.exists() {
        steps.say(&format!("fetching {} with npm", package.npm));
        fetch(folder, package)?;
        words = "fetched and checked".to_owned();
    }
    let found = sha256(&library)?;
    if found != package.sha256 {
        bail!(
            "{} is not the library we know (sha256 {found}, wanted {}). Delete that file and try again",
            library.display(),
            package.sha256
        );
    }
    fs::write(folder.join(VERIFIED), package.sha256)?;
    Ok(words)
}

/// Unpacks beside its place and renames, so that an interrupted run leaves no half a library.
fn fetch(folder: &Path, package: &Package) -> Result<()> {
    let partial = folder.join(format!("partial-{}", std::process::id()));
    fs::create_dir_all(&partial)?;
    let fetched = fetch_through(&partial, &folder.join(LIBRARY), package);
    fs::remove_dir_all(&partial)?;
    fetched
}

fn fetch_through(partial: &Path, library: &Path, package: &Package) -> Result<()> {
    let mut pack = process::command("npm");
    pack.args(["pack", "--loglevel=error", package.npm]).current_dir(partial);
    let archive = process::capture(&mut pack)
        .with_context(|| format!("npm could not fetch {}; is the network there?", package.npm))?;
    let archive = archive.lines().last().context("npm pack named no file")?;
    process::capture(process::command("tar").args(["xzf", archive]).current_dir(partial))?;
    fs::rename(partial.join("package").join(LIBRARY), library)
        .with_context(|| format!("{} holds no {LIBRARY}", package.npm))
}

fn sha256(file: &Path) -> Result<String> {
    let printed = process::capture(process::command("sha256sum").arg(file))
        .context("sha256sum is needed to check libduckdb; on Debian: apt-get install -y coreutils")?;
    Ok(printed.split_whitespace().next().unwrap_or_default().to_owned())
}

fn let_the_crate_download(machine: &mut Machine, reason: &str) -> Result<String> {
    write_local_config(machine, "DUCKDB_DOWNLOAD_LIB", "1")?;
    machine.duckdb_environment = vec![("DUCKDB_DOWNLOAD_LIB", PathBuf::from("1"))];
    Ok(format!("{reason}: the build will download libduckdb itself"))
}

/// So that a plain `cargo build` or an editor finds the library too.
fn write_local_config(machine: &Machine, key: &str, value: &str) -> Result<()> {
    let file = local_config(machine);
    let text = local_config_text(key, value);
    if fs::read_to_string(&file).is_ok_and(|present| present == text) {
        return Ok(());
    }
    fs::write(&file, text).with_context(|| format!("{} cannot be written", file.display()))
}

fn local_config(machine: &Machine) -> PathBuf {
    machine.root.join(".cargo/local.toml")
}

fn local_config_text(key: &str, value: &str) -> String {
    let quoted = value.replace('\\', "\\\\").replace('"', "\\\"");
    format!("# Written by `cargo xtask` for this machine.\n[env]\n{key} = \"{quoted}\"\n")
}
