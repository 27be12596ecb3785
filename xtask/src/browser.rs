//! What the browser flows need: Chromium, Node, and the two pinned packages of `tests/browser`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::host;
use crate::machine::{Machine, Profile, install_debian_packages};
use crate::process;
use crate::steps::Steps;

const CHROMIUM_NAMES: &[&str] = &["chromium", "chromium-browser", "google-chrome"];

/// Finds Chromium, or installs Debian's.
pub(crate) fn ensure_chromium(steps: &mut Steps) -> Result<(PathBuf, String)> {
    if let Some(chosen) = std::env::var_os("CHROMIUM").map(PathBuf::from) {
        if !chosen.exists() {
            bail!("CHROMIUM is {}, but there is nothing there: unset it, or correct it", chosen.display());
        }
        return Ok((chosen, "yours, from CHROMIUM".to_owned()));
    }
    if let Some(found) = find_chromium() {
        return Ok((found, "already here".to_owned()));
    }
    steps.say("installing Debian's chromium (about 100 MB)");
    install_debian_packages("Chromium, which the browser tests drive,", &["chromium", "fonts-liberation"])?;
    let found = find_chromium().context("chromium was installed, but is not on the PATH")?;
    Ok((found, "installed".to_owned()))
}

fn find_chromium() -> Option<PathBuf> {
    CHROMIUM_NAMES.iter().find_map(|name| process::find_program(name))
}

/// Installs the packages of `tests/browser/package-lock.json`, unless exactly these are there.
pub(crate) fn ensure_packages(machine: &Machine, steps: &mut Steps) -> Result<String> {
    let folder = browser_folder(machine);
    if process::find_program("node").is_none() || process::find_program("npm").is_none() {
        steps.say("installing Debian's nodejs and npm");
        install_debian_packages("Node with npm, which runs the browser tests,", &["nodejs", "npm"])?;
    }
    check_node_version()?;
    let lock = fs::read_to_string(folder.join("package-lock.json"))?;
    let installed = folder.join("node_modules/.installed-lock.json");
    if fs::read_to_string(&installed).is_ok_and(|present| present == lock) {
        return Ok("already here".to_owned());
    }
    steps.say("npm ci in tests/browser");
    let mut npm = process::command("npm");
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(&folder);
    npm.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1").env("PUPPETEER_SKIP_DOWNLOAD", "1");
    process::capture(&mut npm)
        .context("npm could not install the browser tests' packages. Is the network there?")?;
    fs::write(&installed, lock)?;
    Ok("installed".to_owned())
}

/// playwright-core 1.65 asks for it.
const OLDEST_NODE: u32 = 20;

fn check_node_version() -> Result<()> {
    let version = process::capture(process::command("node").arg("--version"))?;
    let major =
        version.trim_start_matches('v').split('.').next().and_then(|number| number.parse::<u32>().ok());
    if major.is_none_or(|major| major < OLDEST_NODE) {
        bail!(
            "the browser tests need Node {OLDEST_NODE} or newer, and this one is {version}: install a newer one \
             (Debian 13 has it: apt-get install -y nodejs npm)"
        );
    }
    Ok(())
}

/// Runs every flow, or those whose file name contains `filter`.
pub(crate) fn run_flows(
    machine: &Machine,
    chromium: &Path,
    filter: Option<&str>,
    steps: &mut Steps,
) -> Result<String> {
    let folder = browser_folder(machine);
    let screenshots = machine.target.join("screenshots");
    steps.say("node tests/browser/run.mjs");
    let mut node = process::command("node");
    node.arg(folder.join("run.mjs")).args(filter).current_dir(&machine.root);
    node.env("CHROMIUM", chromium)
        .env("TRACTE_BIN", machine.built(Profile::Development, "tracte"))
        .env(host::PLUGINS_SETTING, host::plugins_folder(machine))
        .env("SCREENSHOTS_DIR", &screenshots);
    process::stream(&mut node)
        .with_context(|| format!("a browser flow failed; screenshots are in {}", screenshots.display()))?;
    Ok("done".to_owned())
}

fn browser_folder(machine: &Machine) -> PathBuf {
    machine.root.join("tests/browser")
}
