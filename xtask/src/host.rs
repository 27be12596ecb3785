//! Builds the host (`tracte`) and, with it, every plugin of the work tree.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::machine::{Machine, Profile};
use crate::process;
use crate::steps::Steps;
use crate::wasm::Toolchain;

/// The server's setting `plugins.available_dir`, by the variable that overrides it.
pub(crate) const PLUGINS_SETTING: &str = "TRACTE_PLUGINS_AVAILABLE_DIR";

/// Compiles `tracte` and gives the words for its step.
pub(crate) fn build(machine: &Machine, profile: Profile, steps: &mut Steps) -> Result<String> {
    steps.say("cargo build --package tracte-server; the first time takes minutes, later seconds");
    let mut cargo = machine.cargo();
    cargo.args(["build", "--package", "tracte-server", "--bin", "tracte"]).args(profile.cargo_arguments());
    process::stream(&mut cargo).context("the host did not compile")?;
    Ok(format!("built {}", shown(machine, &machine.built(profile, "tracte"))))
}

/// Compiles `tracte` together with all tests, in one go: by itself it would want some of their shared dependencies with
/// other features, and a cold run would compile those twice.
pub(crate) fn build_with_tests(machine: &Machine, steps: &mut Steps) -> Result<String> {
    steps.say("cargo build --workspace --all-targets; the first time takes minutes, later seconds");
    let mut cargo = machine.cargo();
    cargo.args(["build", "--workspace", "--all-targets"]);
    process::stream(&mut cargo).context("the host or its tests did not compile")?;
    Ok(format!("built {}", shown(machine, &machine.built(Profile::Development, "tracte"))))
}

/// Compiles `tracte` and the example `bench` of `tests` for a release, in one go: by themselves the two would want their
/// shared dependencies with different features, and compile most of them twice.
pub(crate) fn build_for_bench(machine: &Machine, steps: &mut Steps) -> Result<String> {
    steps.say("cargo build --release; the first time takes many minutes");
    let mut cargo = machine.cargo();
    cargo.args(["build", "--release", "--package", "tracte-server", "--bin", "tracte"]);
    cargo.args(["--package", "tracte-tests", "--example", "bench"]);
    process::stream(&mut cargo).context("the host or its measurements did not compile")?;
    Ok(format!("built {}", shown(machine, &machine.built(Profile::Release, "tracte"))))
}

/// Compiles `plugins/*` into `target/plugins/<name>.wasm` with `tracte plugin build`.
pub(crate) fn build_plugins(
    machine: &Machine,
    profile: Profile,
    toolchain: &Toolchain,
    steps: &mut Steps,
) -> Result<String> {
    let folder = plugins_folder(machine);
    fs::create_dir_all(&folder)?;
    let sources = sources(machine)?;
    let mut names = Vec::with_capacity(sources.len());
    for source in sources {
        let name = source.file_name().context("a plugin's folder has a name")?.to_string_lossy().into_owned();
        steps.say(&format!("tracte plugin build plugins/{name}"));
        let mut build = process::command(machine.built(profile, "tracte"));
        build.current_dir(&machine.root).args(["plugin", "build"]).arg(&source);
        build.arg("--out").arg(folder.join(format!("{name}.wasm")));
        toolchain.apply(&mut build);
        process::stream(&mut build).with_context(|| format!("the plugin {name} did not compile"))?;
        names.push(name);
    }
    Ok(format!("{} in {}", names.join(", "), shown(machine, &folder)))
}

/// Where built plugins lie.
pub(crate) fn plugins_folder(machine: &Machine) -> PathBuf {
    machine.target.join("plugins")
}

fn sources(machine: &Machine) -> Result<Vec<PathBuf>> {
    let folder = machine.root.join("plugins");
    let mut sources = Vec::new();
    for entry in fs::read_dir(&folder).with_context(|| format!("{} cannot be read", folder.display()))? {
        let path = entry?.path();
        if path.join("Cargo.toml").exists() {
            sources.push(path);
        }
    }
    sources.sort();
    Ok(sources)
}

fn shown(machine: &Machine, path: &std::path::Path) -> String {
    path.strip_prefix(&machine.root).unwrap_or(path).display().to_string()
}
