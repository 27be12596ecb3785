//! `cargo xtask`: the commands a newcomer types to set up, run, test and measure Tracte.
#![doc = include_str!("../README.md")]
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "talking to the person at the terminal is what this program is for"
)]

mod browser;
mod commands;
mod duckdb;
mod host;
mod machine;
mod process;
mod steps;
mod wasm;

use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask <command>

  run [--release] [-- --demo …]   set up what is missing, build, and start Tracte; words after -- go to `tracte serve`
  test [filter]                   set up, format check, clippy, every Rust test, browser flows; a filter runs only
                                  the tests and flows whose name contains it
  setup                           everything `run` and `test` need on this machine, and nothing else
  check                           cargo fmt --check and clippy -D warnings on the whole workspace
  plugins [--release]             build plugins/* into target/plugins/*.wasm
  bench [-- …]                    the benchmark table, on the release build
";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let outcome = match words.split_first() {
        Some((command, rest)) => dispatch(command, rest),
        None => {
            print!("{USAGE}");
            return ExitCode::FAILURE;
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // `{:#}` prints the chain of causes on one line; the first says what to do.
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(command: &str, rest: &[String]) -> anyhow::Result<()> {
    match command {
        "run" => commands::run(rest),
        "test" => commands::test(rest),
        "setup" => commands::setup(rest),
        "check" => commands::check(rest),
        "plugins" => commands::plugins(rest),
        "bench" => commands::bench(rest),
        "help" | "--help" | "-h" => {
            print!("{USAGE}");
            Ok(())
        }
        _ => anyhow::bail!("there is no command `{command}`\n\n{USAGE}"),
    }
}
