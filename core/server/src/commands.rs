//! The command line: one program with subcommands.

use crate::config::{self, Config, LogFormat, LogLevel};
use crate::serve;
use anyhow::{Context as _, Result};
use clap::{Args, Parser, Subcommand};
use std::io::{IsTerminal as _, Write as _};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use tracing_subscriber::EnvFilter;

mod configuration;
mod data;
mod plugin;

/// Tracte: a CRM on your own machine, in one program and one folder.
#[derive(Parser)]
#[command(name = "tracte", version)]
struct CommandLine {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
}

/// What every subcommand understands.
#[derive(Args)]
struct Common {
    /// The file with the settings; without it, config.toml if there is one
    #[arg(long, global = true, env = "TRACTE_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    /// The data folder
    #[arg(long, global = true, value_name = "FOLDER")]
    data: Option<PathBuf>,
}

#[derive(Subcommand)]
enum Command {
    /// Start the server
    Serve(Serve),
    /// Compare records, indexes, journal and documents
    Verify,
    /// Make the search index, or the reports' facts, anew from the journal
    Rebuild { reading: data::ReadingName },
    /// Write all records as JSON lines to a file, or to - for standard output
    Export { file: PathBuf },
    /// Fill an empty data folder from an export
    Import { file: PathBuf },
    /// Make a backup in a new folder, also while a server runs
    Backup { folder: PathBuf },
    /// Fill an empty data folder from a backup
    Restore { folder: PathBuf },
    /// Make, build, test and install plugins
    Plugin {
        #[command(subcommand)]
        command: plugin::PluginCommand,
    },
    /// Print the OpenAPI document
    Openapi,
    /// Read a PDF from standard input and write its text; the server calls this by itself
    #[command(hide = true)]
    ReadPdf,
    /// Print the technical settings in force; or carry the company's configuration as a file
    Config {
        #[command(subcommand)]
        command: Option<configuration::ConfigCommand>,
    },
}

#[derive(Args)]
struct Serve {
    /// Where to listen
    #[arg(long, alias = "listen", value_name = "IP:PORT")]
    address: Option<SocketAddr>,
    /// Fill an empty data folder with the demonstration company
    #[arg(long)]
    demo: bool,
}

/// The file that is taken when nobody names one.
const DEFAULT_FILE: &str = "config.toml";

/// Runs what the command line says. Exit codes: 0 done, 1 failed, 2 not understood.
pub fn main() -> ExitCode {
    let line = CommandLine::parse();
    let outcome = match line.command {
        // It needs no settings, and bounds itself before it does anything.
        Command::ReadPdf => read_pdf(),
        _ => settings(&line).and_then(|config| {
            start_log(&config);
            run(line.command, config)
        }),
    };
    match outcome {
        Ok(code) => code,
        Err(error) => {
            // The reason and what is behind it, in one line: there may be no log yet.
            let _ = writeln!(std::io::stderr(), "tracte: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// File, environment, command line: the later one wins.
fn settings(line: &CommandLine) -> Result<Config> {
    let default = PathBuf::from(DEFAULT_FILE);
    let file = line.common.config.clone().or_else(|| default.is_file().then_some(default));
    let mut config = config::load(file.as_deref(), std::env::vars())?;
    if let Some(data) = &line.common.data {
        config.data = data.clone();
    }
    if let Command::Serve(serve) = &line.command {
        config.address = serve.address.unwrap_or(config.address);
        config.demo |= serve.demo;
    }
    Ok(config)
}

fn run(command: Command, config: Config) -> Result<ExitCode> {
    match command {
        Command::Serve(_) => serve::run(config).map(|()| ExitCode::SUCCESS),
        Command::Verify => data::verify(&config),
        Command::Rebuild { reading } => data::rebuild(&config, reading),
        Command::Export { file } => data::export(&config, &file),
        Command::Import { file } => data::import(&config, &file),
        Command::Backup { folder } => data::backup(&config, &folder),
        Command::Restore { folder } => data::restore(&config, &folder),
        Command::Plugin { command } => plugin::run(command, &config),
        Command::Openapi => print(crate::api::document()),
        Command::ReadPdf => read_pdf(),
        Command::Config { command: None } => print(&config::print(&config)?),
        Command::Config { command: Some(command) } => configuration::run(command, &config),
    }
}

fn read_pdf() -> Result<ExitCode> {
    services::documents::read_pdf(std::io::stdin().lock(), std::io::stdout().lock())
        .context("the PDF cannot be read")?;
    Ok(ExitCode::SUCCESS)
}

/// To standard output; somebody who stops reading (`| head`) is no failure.
fn print(text: &str) -> Result<ExitCode> {
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error).context("standard output"),
        _ => Ok(ExitCode::SUCCESS),
    }
}

/// The log goes to standard error, so that standard output is free for what was asked for.
fn start_log(config: &Config) {
    let level = match config.log.level {
        LogLevel::Error => "error",
        LogLevel::Warn => "warn",
        LogLevel::Info => "info,poem=warn,tantivy=warn",
        LogLevel::Debug => "debug,tantivy=info,wasmtime=info,cranelift=info",
    };
    let builder = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new(level))
        // Colours are for people; a file or a log collector gets plain text.
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr);
    // A panic is one line of the log; what it says comes with the request that met it.
    std::panic::set_hook(Box::new(|info| tracing::error!(place = ?info.location(), "panicked")));
    // Fails only when there is a log already.
    let _ = match config.log.format {
        LogFormat::Text => builder.try_init(),
        LogFormat::Json => builder.json().try_init(),
    };
}
