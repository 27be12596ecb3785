//! `cargo xtask bench`: what the product does, each figure beside the limit of its engine in the same run.
//!
//! One run prints one table. Figures are printed, never asserted: how fast a machine is, is not right or wrong.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "the table is what this program is for")]

mod bench {
    pub(crate) mod assignment;
    pub(crate) mod commits;
    pub(crate) mod configured;
    pub(crate) mod data;
    pub(crate) mod duplicates;
    pub(crate) mod engines;
    pub(crate) mod http;
    pub(crate) mod imports;
    pub(crate) mod pages;
    pub(crate) mod plugins;
    pub(crate) mod quotes;
    pub(crate) mod report;
    pub(crate) mod scoring;
    pub(crate) mod served;
}

use anyhow::{Context as _, Result, bail};
use bench::report::Table;
use std::path::{Path, PathBuf};

const USAGE: &str = "bench [--quick] [--configured | --scoring | --imports | --duplicates | --assignment | --quotes]   (through \
    `cargo xtask bench -- --quick`: a minute instead of some; --configured: only what setting up costs; --scoring: only \
    points and probabilities; --imports: only what comes in from files; --duplicates: only finding the same one; \
    --assignment: only who gets a lead; --quotes: only the board and quotes)";

/// How much of each is done.
struct Sizes {
    /// Writers that wait, and all their writes together.
    commits: [(usize, usize); 3],
    /// Clients, and all their leads together.
    creates: [(usize, usize); 2],
    /// Requests for each page.
    requests: usize,
    plugin_calls: usize,
    assigned: usize,
    rows: usize,
    few_leads: usize,
    many_leads: usize,
    closed_leads: usize,
}

const WHOLE: Sizes = Sizes {
    commits: [(1, 500), (16, 6_400), (128, 25_600)],
    creates: [(1, 400), (16, 4_000)],
    requests: 400,
    plugin_calls: 5_000,
    assigned: 1_000,
    rows: 100_000,
    few_leads: 10_000,
    many_leads: 200_000,
    closed_leads: 100_000,
};

const QUICK: Sizes = Sizes {
    commits: [(1, 100), (16, 1_600), (128, 6_400)],
    creates: [(1, 100), (16, 800)],
    requests: 100,
    plugin_calls: 1_000,
    assigned: 1_000,
    rows: 1_000,
    few_leads: 1_000,
    many_leads: 10_000,
    closed_leads: 5_000,
};

/// Where everything is.
struct Place {
    /// The program that is measured.
    tracte: PathBuf,
    /// Built plugins.
    plugins: PathBuf,
    /// Everything the run writes; removed at its end.
    folder: PathBuf,
}

fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        [] => measure(&WHOLE, "cargo xtask bench", everything),
        ["--quick"] => measure(&QUICK, "cargo xtask bench -- --quick", everything),
        ["--configured"] => measure(&WHOLE, "cargo xtask bench -- --configured", bench::configured::measure),
        ["--quick", "--configured"] => {
            measure(&QUICK, "cargo xtask bench -- --quick --configured", bench::configured::measure)
        }
        ["--scoring"] => measure(&WHOLE, "cargo xtask bench -- --scoring", bench::scoring::measure),
        ["--quick", "--scoring"] => {
            measure(&QUICK, "cargo xtask bench -- --quick --scoring", bench::scoring::measure)
        }
        ["--imports"] => measure(&WHOLE, "cargo xtask bench -- --imports", bench::imports::measure),
        ["--quick", "--imports"] => {
            measure(&QUICK, "cargo xtask bench -- --quick --imports", bench::imports::measure)
        }
        ["--duplicates"] => measure(&WHOLE, "cargo xtask bench -- --duplicates", bench::duplicates::measure),
        ["--quick", "--duplicates"] => {
            measure(&QUICK, "cargo xtask bench -- --quick --duplicates", bench::duplicates::measure)
        }
        ["--assignment"] => measure(&WHOLE, "cargo xtask bench -- --assignment", bench::assignment::measure),
        ["--quick", "--assignment"] => {
            measure(&QUICK, "cargo xtask bench -- --quick --assignment", bench::assignment::measure)
        }
        ["--quotes"] => measure(&WHOLE, "cargo xtask bench -- --quotes", bench::quotes::measure),
        ["--quick", "--quotes"] => {
            measure(&QUICK, "cargo xtask bench -- --quick --quotes", bench::quotes::measure)
        }
        // This program again, as a process that does nothing but hold the engines open.
        ["--engines", data] => bench::engines::hold(Path::new(data)),
        _ => bail!("not understood; {USAGE}"),
    }
}

/// Adds its lines to the table.
type Part = fn(&Place, &Sizes, &mut Table) -> Result<()>;

fn measure(sizes: &Sizes, command: &str, part: Part) -> Result<()> {
    let tracte = variable("TRACTE_BIN")?;
    // Beside the build: a temporary folder may be in memory, where a flush costs nothing.
    let beside = tracte.parent().context("TRACTE_BIN is a file in a folder")?;
    let folder = tempfile::Builder::new().prefix("bench-").tempdir_in(beside)?;
    let plugins = variable("TRACTE_PLUGINS_AVAILABLE_DIR")?;
    let place = Place { tracte: tracte.clone(), plugins, folder: folder.path().to_owned() };

    let mut table = Table::new();
    part(&place, sizes, &mut table)?;
    table.print(command);
    Ok(())
}

fn everything(place: &Place, sizes: &Sizes, table: &mut Table) -> Result<()> {
    step("store commit");
    bench::commits::measure(place, sizes, table)?;
    step("plugins and assignment");
    bench::plugins::measure(place, sizes, table)?;
    step("rules of assignment");
    bench::assignment::measure(place, sizes, table)?;
    step("import");
    bench::imports::measure(place, sizes, table)?;
    for leads in [sizes.few_leads, sizes.many_leads] {
        step(&format!("{leads} leads"));
        bench::pages::measure(place, sizes, leads, table)?;
    }
    step("what setting up costs");
    bench::configured::measure(place, sizes, table)?;
    step("points and probabilities");
    bench::scoring::measure(place, sizes, table)?;
    step("finding duplicates");
    bench::duplicates::measure(place, sizes, table)
}

fn variable(name: &str) -> Result<PathBuf> {
    let value = std::env::var_os(name);
    let value =
        value.with_context(|| format!("{name} is not set; `cargo xtask bench` builds and sets it"))?;
    let path = PathBuf::from(value);
    path.canonicalize().with_context(|| format!("{name} names {}", path.display()))
}

fn step(what: &str) {
    eprintln!("measuring: {what}");
}
