//! The company's configuration as a file, from the command line.

use super::data::open_existing;
use super::print;
use crate::clock::Clock;
use crate::config::Config;
use anyhow::{Context as _, Result};
use clap::Subcommand;
use model::Language;
use services::config_file::{self, ChangeDeed, Review};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Subcommand)]
pub(super) enum ConfigCommand {
    /// Write the company's configuration to a file, or to - for standard output
    Export { file: PathBuf },
    /// Say what a file would change; fails when there is anything
    Diff { file: PathBuf },
    /// Make the company as a file says, in one change
    Apply { file: PathBuf },
}

pub(super) fn run(command: ConfigCommand, config: &Config) -> Result<ExitCode> {
    match command {
        ConfigCommand::Export { file } => export(config, &file),
        ConfigCommand::Diff { file } => diff(config, &file),
        ConfigCommand::Apply { file } => apply(config, &file),
    }
}

fn export(config: &Config, file: &Path) -> Result<ExitCode> {
    let app = open_existing(config)?;
    let text = config_file::export_text(&app).context("the configuration cannot be read")?;
    if file == Path::new("-") {
        return print(&text);
    }
    std::fs::write(file, text).with_context(|| format!("{} cannot be written", file.display()))?;
    print(&format!("written to {}\n", file.display()))
}

fn diff(config: &Config, file: &Path) -> Result<ExitCode> {
    let app = open_existing(config)?;
    let review = config_file::review_text(&app, &read(file)?).context("the file cannot be compared")?;
    print(&told(&review, file))?;
    let is_same = review.changes.is_empty() && review.problems.is_empty();
    Ok(if is_same { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn apply(config: &Config, file: &Path) -> Result<ExitCode> {
    let app = open_existing(config)?;
    let clock = Clock::system();
    let ctx = clock.ctx(clock.now(), "config apply", Language::default());
    let review = config_file::apply_text(&app, &ctx, &read(file)?).context("the file was not applied")?;
    print(&told(&review, file))?;
    if !review.problems.is_empty() {
        print("nothing was changed\n")?;
        return Ok(ExitCode::FAILURE);
    }
    print(&format!("{} changes applied\n", review.changes.len()))
}

fn read(file: &Path) -> Result<String> {
    std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))
}

/// Problems with their lines; without any, the changes field by field.
fn told(review: &Review, file: &Path) -> String {
    let mut text = String::new();
    for found in &review.problems {
        let line = found.line.map_or(String::new(), |line| format!(", line {line}"));
        let field =
            if found.problem.field.is_empty() { String::new() } else { format!(" {}", found.problem.field) };
        let sentence = ui::problems::text(Language::En, &found.problem);
        let _ = writeln!(text, "{}{line}: {}{field}: {sentence}", file.display(), found.place);
    }
    if !review.problems.is_empty() {
        return text;
    }
    for change in &review.changes {
        let sign = match change.deed {
            ChangeDeed::Added => '+',
            ChangeDeed::Changed => '~',
            ChangeDeed::Removed => '-',
        };
        let dot = if change.key.is_empty() { "" } else { "." };
        let _ = writeln!(text, "{sign} {}{dot}{}", change.section, change.key);
        for (field, before, after) in &change.fields {
            let _ = writeln!(text, "    {field}: {before:?} -> {after:?}");
        }
    }
    let _ = writeln!(text, "{} as in the file already", review.unchanged);
    text
}
