//! What an operator does with a data folder.

use super::print;
use crate::config::Config;
use crate::serve;
use anyhow::{Context as _, Result, bail};
use clap::ValueEnum;
use services::maintenance;
use services::projectors::Reading;
use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::path::Path;
use std::process::ExitCode;

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum ReadingName {
    Search,
    Analytics,
}

impl From<ReadingName> for Reading {
    fn from(name: ReadingName) -> Reading {
        match name {
            ReadingName::Search => Reading::Search,
            ReadingName::Analytics => Reading::Analytics,
        }
    }
}

/// Prints what was compared and every fault; fails when there is one.
pub(super) fn verify(config: &Config) -> Result<ExitCode> {
    let app = open_existing(config)?;
    let (records, documents) = maintenance::verify(&app).context("the data folder cannot be read")?;
    let mut text = format!(
        "{} records, {} index entries, {} changes, {} documents compared\n",
        records.records, records.indexes, records.changes, documents.good
    );
    for fault in &records.faults {
        text.push_str(&format!("fault: {fault}\n"));
    }
    for hash in &documents.damaged {
        text.push_str(&format!("fault: the document {hash} is not what it was\n"));
    }
    for path in &documents.strange {
        text.push_str(&format!("fault: {} is none of ours\n", path.display()));
    }
    let is_clean = records.faults.is_empty() && documents.is_clean();
    text.push_str(if is_clean { "all well\n" } else { "restore a backup, or rebuild from an export\n" });
    print(&text)?;
    Ok(if is_clean { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

pub(super) fn rebuild(config: &Config, reading: ReadingName) -> Result<ExitCode> {
    require_folder(config)?;
    let taken = maintenance::rebuild(&config.data, reading.into(), serve::options(config))
        .context("it could not be made anew")?;
    print(&format!("made anew from {taken} changes\n"))
}

pub(super) fn export(config: &Config, file: &Path) -> Result<ExitCode> {
    let app = open_existing(config)?;
    if file == Path::new("-") {
        maintenance::export(&app, &mut BufWriter::new(std::io::stdout().lock()))
            .context("the export failed")?;
        return Ok(ExitCode::SUCCESS);
    }
    let out = File::create_new(file).with_context(|| format!("{} cannot be made", file.display()))?;
    maintenance::export(&app, &mut BufWriter::new(&out)).context("the export failed")?;
    out.sync_all().with_context(|| format!("{} cannot be written", file.display()))?;
    print(&format!("written to {}\n", file.display()))
}

pub(super) fn import(config: &Config, file: &Path) -> Result<ExitCode> {
    let input = File::open(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let report = maintenance::import(&config.data, &mut BufReader::new(input))
        .with_context(|| format!("nothing was imported from {}", file.display()))?;
    print(&format!("{} records and {} changes imported\n", report.records, report.changes))
}

pub(super) fn backup(config: &Config, file: &Path) -> Result<ExitCode> {
    let app = open_existing(config)?;
    let report = maintenance::backup(&app, file).context("there is no backup")?;
    print(&format!(
        "{} records and {} changes in {} bytes written to {}\n",
        report.records,
        report.changes,
        report.bytes,
        file.display()
    ))
}

pub(super) fn restore(config: &Config, file: &Path) -> Result<ExitCode> {
    let report = maintenance::restore(file, &config.data)
        .with_context(|| format!("nothing was restored from {}", file.display()))?;
    print(&format!("{} records and {} changes restored\n", report.records, report.changes))
}

/// Looking at a folder must not make one.
pub(super) fn open_existing(config: &Config) -> Result<services::App> {
    require_folder(config)?;
    serve::open(config)
}

fn require_folder(config: &Config) -> Result<()> {
    if !config.data.is_dir() {
        bail!("there is no data folder {}", config.data.display());
    }
    Ok(())
}
