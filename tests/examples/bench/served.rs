//! Processes beside this one: the server on a data folder, and the bare engines on the same one.

use crate::Place;
use crate::bench::http::{Ask, Client};
use anyhow::{Context as _, Result, ensure};
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// After this long nothing of the start goes on any more.
const IDLE_AFTER: Duration = Duration::from_secs(5);

/// Killed when dropped.
pub(crate) struct Process {
    child: Child,
    /// From the start of the process until it did its first work.
    pub(crate) start: Duration,
}

/// A started server.
pub(crate) struct Server {
    pub(crate) process: Process,
    pub(crate) address: SocketAddr,
}

impl Server {
    /// As `tracte serve` with default settings; returns when it has answered once.
    pub(crate) fn start(place: &Place, data: &Path) -> Result<Server> {
        let mut command = command(&place.tracte);
        command.args(["serve", "--address", "127.0.0.1:0", "--data"]).arg(data);
        command.env("TRACTE_LOG_FORMAT", "json").env("TRACTE_PLUGINS_AVAILABLE_DIR", &place.plugins);
        // Away from the work tree, whose config.toml is not what is measured.
        command.current_dir(&place.folder).env_remove("TRACTE_CONFIG");
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let begin = Instant::now();
        let mut process = Process { child: command.spawn()?, start: Duration::ZERO };
        let mut log = BufReader::new(process.child.stderr.take().context("the server has a log")?);
        let address = address_in(&mut log)?;
        let healthy =
            Ask { method: "GET", path: "/healthz".to_owned(), headers: String::new(), body: String::new() };
        let (status, _) = Client::connect(address)?.send(&healthy)?;
        process.start = begin.elapsed();
        ensure!(status == 200, "the server is not healthy: {status}");
        // Somebody must read the log, or the server waits for it.
        std::thread::spawn(move || {
            for line in log.lines().map_while(Result::ok) {
                if line.contains("\"ERROR\"") {
                    eprintln!("  server: {line}");
                }
            }
        });
        Ok(Server { process, address })
    }
}

fn address_in(log: &mut impl std::io::BufRead) -> Result<SocketAddr> {
    let mut all = String::new();
    loop {
        let mut line = String::new();
        ensure!(log.read_line(&mut line)? > 0, "the server ended: {all}");
        if let Some((_, rest)) = line.split_once("\"url\":\"http://") {
            let address = rest.split('"').next().unwrap_or_default();
            return address.parse().with_context(|| format!("an address in {line}"));
        }
        all.push_str(&line);
    }
}

/// This program again, with nothing but the engines open on a data folder.
pub(crate) fn bare_engines(data: &Path) -> Result<Process> {
    let mut command = command(&std::env::current_exe()?);
    // It ends with its standard input, so at the latest with us.
    command.arg("--engines").arg(data).stdin(Stdio::piped()).stdout(Stdio::piped());
    let begin = Instant::now();
    let mut process = Process { child: command.spawn()?, start: Duration::ZERO };
    let mut said = BufReader::new(process.child.stdout.take().context("it says when it is ready")?);
    let mut line = String::new();
    ensure!(said.read_line(&mut line)? > 0, "the engines did not open");
    process.start = begin.elapsed();
    Ok(process)
}

#[allow(clippy::disallowed_methods)] // The product is started here as its users start it.
fn command(program: &Path) -> Command {
    Command::new(program)
}

impl Process {
    /// Resident memory once it has been idle for a while, in kilobytes.
    #[allow(clippy::disallowed_methods)] // «Idle for so long» is what is measured.
    pub(crate) fn idle_memory_kb(&self) -> Result<u64> {
        std::thread::sleep(IDLE_AFTER);
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let line = line.context("Linux says how much memory a process has")?;
        Ok(line.trim().trim_end_matches("kB").trim().parse()?)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Fails when it has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
