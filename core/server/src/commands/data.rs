//! What an operator does with a data folder.

use super::print;
use crate::clock::Clock;
use crate::config::Config;
use crate::serve;
use anyhow::{Context as _, Result, bail};
use clap::ValueEnum;
use services::backups::{self, Backup, BackupState, Order};
use services::projectors::Reading;
use services::{Folders, maintenance};
use std::fs::File;
use std::io::{BufReader, BufWriter, ErrorKind};
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

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
    let missing = match maintenance::missing_documents(&app) {
        Ok(missing) => missing,
        Err(error) => {
            text.push_str(&format!("fault: the documents that records name cannot be looked for: {error}\n"));
            print(&text)?;
            return Ok(ExitCode::FAILURE);
        }
    };
    for missed in &missing {
        let (kind, id, sha256) = (missed.kind, missed.id, &missed.sha256);
        text.push_str(&format!("fault: the document {sha256} is missing: the {kind} {id} names it\n"));
    }
    let is_clean = records.faults.is_empty() && documents.is_clean() && missing.is_empty();
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

/// In this process; or by the server that has the data folder, which is asked for it.
pub(super) fn backup(config: &Config, folder: &Path) -> Result<ExitCode> {
    require_folder(config)?;
    let folder = std::path::absolute(folder).context("the folder is none")?;
    if folder.exists() {
        bail!("{} exists already", folder.display());
    }
    let clock = Clock::system();
    let order = Order::by_command(folder, clock.now());
    let made = if maintenance::is_in_use(&config.data) {
        made_by_server(config, &order)?
    } else {
        backups::make_now(&serve::open(config)?, order, &|| clock.now())
    };
    if made.state != BackupState::Done {
        let why = if made.failure.is_empty() { made.state.as_str() } else { made.failure.as_str() };
        bail!("there is no backup: {why}");
    }
    print(&format!(
        "{} records, {} changes and {} documents in {} bytes written to {}\n",
        made.records,
        made.changes,
        made.documents,
        made.size_bytes,
        made.order.folder.display()
    ))
}

/// A server looks for orders twice a second.
const TAKEN_UP_WITHIN: Duration = Duration::from_secs(30);
const LOOK_EVERY: Duration = Duration::from_millis(200);

fn made_by_server(config: &Config, order: &Order) -> Result<Backup> {
    let orders = Folders::in_data(&config.data).backups;
    match backups::put_order(&orders, order) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            bail!("the server is making a backup already; try again when it is done")
        }
        ordered => ordered.with_context(|| format!("the server cannot be asked in {}", orders.display()))?,
    }
    let begun = Instant::now();
    let mut is_taken_up = false;
    while backups::is_ordered(&orders, order) {
        is_taken_up |= backups::is_begun(order);
        let is_served = maintenance::is_in_use(&config.data);
        if is_taken_up && !is_served {
            // The next start removes the half.
            bail!("the server has ended meanwhile; try again")
        }
        if !is_taken_up && (!is_served || begun.elapsed() > TAKEN_UP_WITHIN) {
            backups::take_back(&orders, order).context("the order cannot be taken back")?;
            bail!("no server takes it up: it has ended, or another command uses the data folder; try again")
        }
        std::thread::park_timeout(LOOK_EVERY);
    }
    let made = backups::outcome(&orders, order).context("what came of it cannot be read")?;
    made.context("the server has lost the order; try again")
}

pub(super) fn restore(config: &Config, folder: &Path) -> Result<ExitCode> {
    let report = maintenance::restore(folder, &config.data)
        .with_context(|| format!("nothing was restored from {}", folder.display()))?;
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
