//! What a plugin's author and an operator do with plugins.

use super::{data, print};
use crate::clock::Clock;
use crate::config::Config;
use crate::serve;
use anyhow::{Context as _, Result};
use clap::Subcommand;
use model::{Language, Via};
use services::plugins;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Subcommand)]
pub(super) enum PluginCommand {
    /// Make a folder with a new plugin that builds, tests and installs as it is
    New {
        name: String,
        /// Where the folder is made
        #[arg(long, default_value = ".", value_name = "FOLDER")]
        parent: PathBuf,
    },
    /// Compile a plugin's source into a component
    Build {
        /// The plugin's folder
        #[arg(default_value = ".")]
        folder: PathBuf,
        /// The component; without it, <folder>/<name of the folder>.wasm
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Run a plugin's tests/*.json on its component, under the limits of the settings
    Test {
        /// The plugin's folder
        #[arg(default_value = ".")]
        folder: PathBuf,
        /// The component; without it, it is built first
        #[arg(long, value_name = "FILE")]
        component: Option<PathBuf>,
    },
    /// Install a component in the data folder; it begins switched off
    Install { component: PathBuf },
    /// Compile a component to machine code; the server calls this by itself
    #[command(hide = true)]
    Compile { component: PathBuf, compiled: PathBuf },
}

pub(super) fn run(command: PluginCommand, config: &Config) -> Result<ExitCode> {
    match command {
        PluginCommand::New { name, parent } => {
            let folder = plugins::new_plugin(&parent, &name)?;
            print(&format!("made {}; next: tracte plugin test {}\n", folder.display(), folder.display()))
        }
        PluginCommand::Build { folder, out } => {
            let out = component_file(&folder, out)?;
            build(&folder, &out)?;
            print(&format!("built {}\n", out.display()))
        }
        PluginCommand::Test { folder, component } => test(config, &folder, component),
        PluginCommand::Install { component } => install(config, &component),
        PluginCommand::Compile { component, compiled } => {
            plugins::compile_to_file(&component, &compiled)?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// `plugins/assign` becomes `plugins/assign/assign.wasm`.
fn component_file(folder: &Path, out: Option<PathBuf>) -> Result<PathBuf> {
    if let Some(out) = out {
        return Ok(out);
    }
    let whole = folder.canonicalize().with_context(|| format!("there is no folder {}", folder.display()))?;
    let name = whole.file_name().context("the plugin's folder has no name")?.to_string_lossy().into_owned();
    Ok(whole.join(format!("{name}.wasm")))
}

/// Cargo's files lie in the plugin's own `target`, apart from the host's.
fn build(folder: &Path, out: &Path) -> Result<()> {
    plugins::build(folder, out, &folder.join("target")).map(drop).map_err(Into::into)
}

fn test(config: &Config, folder: &Path, component: Option<PathBuf>) -> Result<ExitCode> {
    let component = match component {
        Some(component) => component,
        None => {
            let out = component_file(folder, None)?;
            build(folder, &out)?;
            out
        }
    };
    let bytes =
        std::fs::read(&component).with_context(|| format!("{} cannot be read", component.display()))?;
    let results = plugins::test(
        &bytes,
        &folder.join("tests"),
        &folder.join("target/compiled"),
        serve::options(config),
    )?;
    let mut text = String::new();
    let failed = results.iter().filter(|result| result.difference.is_some()).count();
    for result in &results {
        match &result.difference {
            None => text.push_str(&format!("ok      {}\n", result.name)),
            Some(difference) => text.push_str(&format!("differs {}: {difference}\n", result.name)),
        }
    }
    text.push_str(&format!("{} of {} as expected\n", results.len() - failed, results.len()));
    print(&text)?;
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn install(config: &Config, component: &Path) -> Result<ExitCode> {
    let bytes =
        std::fs::read(component).with_context(|| format!("{} cannot be read", component.display()))?;
    let app = data::open_existing(config)?;
    let clock = Clock::system();
    let ctx = clock.ctx(clock.now(), &clock.request_id(), Language::En);
    let operator =
        services::users::operator(&app).context("there is no administrator in this data folder yet")?;
    let ctx = ctx.with_caller(operator, Via::System);
    let plugin = plugins::install(&app, &ctx, &bytes)?;
    print(&format!(
        "installed {} {}; configure and switch it on on the page of plugins\n",
        plugin.name, plugin.plugin_version
    ))
}
