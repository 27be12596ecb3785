//! The commands themselves: each is a list of steps.

use std::os::unix::process::CommandExt;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::machine::{Machine, Profile};
use crate::steps::Steps;
use crate::wasm::Toolchain;
use crate::{browser, duckdb, host, process, wasm};

/// `cargo xtask run [--release] [-- …]`: set up, build, start.
pub(crate) fn run(words: &[String]) -> Result<()> {
    let (profile, extra) = split_run_words(words)?;
    let mut machine = Machine::find()?;
    let mut steps = Steps::new(5);
    prepare_libduckdb(&mut machine, &mut steps)?;
    let toolchain = prepare_wasm(&machine, &mut steps)?;
    steps.step("the host", |steps| host::build(&machine, profile, steps))?;
    steps.step("plugins", |steps| host::build_plugins(&machine, profile, &toolchain, steps))?;
    let serve = serve_words(&machine, extra);
    steps.step("starting", |_| Ok(format!("tracte {}", serve.join(" "))))?;

    let mut tracte = process::command(machine.built(profile, "tracte"));
    tracte.current_dir(&machine.root).args(&serve);
    tracte.env(host::PLUGINS_SETTING, host::plugins_folder(&machine));
    // Takes our place, so that Ctrl+C and SIGTERM reach the server itself.
    let error = tracte.exec();
    Err(error).context("tracte could not be started")
}

fn split_run_words(words: &[String]) -> Result<(Profile, &[String])> {
    let (own, extra) = match words.iter().position(|word| word == "--") {
        Some(position) => {
            let (own, rest) = words.split_at(position);
            (own, rest.get(1..).unwrap_or_default())
        }
        None => (words, &[] as &[String]),
    };
    Ok((profile_of(own)?, extra))
}

fn profile_of(words: &[String]) -> Result<Profile> {
    let mut profile = Profile::Development;
    for word in words {
        match word.as_str() {
            "--release" => profile = Profile::Release,
            other => {
                bail!("`{other}` is not understood here; words for `tracte serve` go after --")
            }
        }
    }
    Ok(profile)
}

/// What the person named wins; a demo never shares a folder with real data.
fn serve_words(machine: &Machine, extra: &[String]) -> Vec<String> {
    let named =
        |option: &str| extra.iter().any(|word| word == option || word.starts_with(&format!("{option}=")));
    let mut words = vec!["serve".to_owned()];
    if !named("--config") && machine.root.join("config.toml").exists() {
        words.extend(["--config".to_owned(), "config.toml".to_owned()]);
    }
    if !named("--data") {
        let folder = if named("--demo") { "data/demo" } else { "data/local" };
        words.extend(["--data".to_owned(), folder.to_owned()]);
    }
    words.extend(extra.iter().cloned());
    words
}

/// `cargo xtask test [filter]`: set up, then everything that can fail. A filter skips format and lints.
pub(crate) fn test(words: &[String]) -> Result<()> {
    let filter = match words {
        [] => None,
        [filter] if !filter.starts_with('-') => Some(filter.as_str()),
        _ => bail!("`cargo xtask test` takes one filter at most: part of a test's or a browser flow's name"),
    };
    let mut machine = Machine::find()?;
    let mut steps = Steps::new(if filter.is_some() { 8 } else { 10 });
    let (toolchain, chromium) = prepare_everything(&mut machine, &mut steps)?;
    if filter.is_none() {
        format_and_lint(&machine, &mut steps)?;
    }
    steps.step("the host and the tests", |steps| host::build_with_tests(&machine, steps))?;
    steps.step("plugins", |steps| host::build_plugins(&machine, Profile::Development, &toolchain, steps))?;
    // A red room must not hide a red page: both run, and either fails the command.
    let rust = steps.step("Rust tests", |steps| rust_tests(&machine, &toolchain, filter, steps));
    let flows = steps.step("browser flows", |steps| browser::run_flows(&machine, &chromium, filter, steps));
    rust.and(flows)
}

fn rust_tests(
    machine: &Machine,
    toolchain: &Toolchain,
    filter: Option<&str>,
    steps: &mut Steps,
) -> Result<String> {
    let mut cargo = machine.cargo();
    if process::find_program("cargo-nextest").is_some() {
        steps.say("cargo nextest run --workspace");
        cargo.args(["nextest", "run", "--workspace", "--no-fail-fast"]);
        if let Some(filter) = filter {
            // The filter may name a browser flow alone.
            cargo.args(["--no-tests=warn", filter]);
        }
    } else {
        steps.say("cargo test --workspace (faster with nextest: cargo install --locked cargo-nextest)");
        cargo.args(["test", "--workspace", "--no-fail-fast"]).args(filter);
    }
    cargo
        .env("TRACTE_BIN", machine.built(Profile::Development, "tracte"))
        .env(host::PLUGINS_SETTING, host::plugins_folder(machine));
    // Tests that compile a plugin must not pick another compiler than we did.
    toolchain.describe(&mut cargo);
    process::stream(&mut cargo).context("a Rust test failed")?;
    Ok("all passed".to_owned())
}

/// `cargo xtask setup`: what `run` and `test` need, and nothing else.
pub(crate) fn setup(words: &[String]) -> Result<()> {
    no_words(words)?;
    let mut machine = Machine::find()?;
    prepare_everything(&mut machine, &mut Steps::new(4)).map(drop)
}

/// `cargo xtask check`: format and lints.
pub(crate) fn check(words: &[String]) -> Result<()> {
    no_words(words)?;
    let mut machine = Machine::find()?;
    let mut steps = Steps::new(3);
    prepare_libduckdb(&mut machine, &mut steps)?;
    format_and_lint(&machine, &mut steps)
}

/// `cargo xtask plugins`: the host, then the plugins with it.
pub(crate) fn plugins(words: &[String]) -> Result<()> {
    let profile = profile_of(words)?;
    let mut machine = Machine::find()?;
    let mut steps = Steps::new(4);
    prepare_libduckdb(&mut machine, &mut steps)?;
    let toolchain = prepare_wasm(&machine, &mut steps)?;
    steps.step("the host", |steps| host::build(&machine, profile, steps))?;
    steps.step("plugins", |steps| host::build_plugins(&machine, profile, &toolchain, steps))
}

/// `cargo xtask bench`: the example `bench` of `tests`, on the release build.
pub(crate) fn bench(words: &[String]) -> Result<()> {
    let mut machine = Machine::find()?;
    if !machine.root.join("tests/examples/bench.rs").exists() {
        bail!("there is no tests/examples/bench.rs, which holds the measurements");
    }
    let extra = words.strip_prefix(&["--".to_owned()]).unwrap_or(words);
    let mut steps = Steps::new(5);
    prepare_libduckdb(&mut machine, &mut steps)?;
    let toolchain = prepare_wasm(&machine, &mut steps)?;
    steps.step("the host and its measurements", |steps| host::build_for_bench(&machine, steps))?;
    steps.step("plugins", |steps| host::build_plugins(&machine, Profile::Release, &toolchain, steps))?;
    steps.step("measurements", |steps| {
        let mut bench = process::command(machine.built(Profile::Release, "examples/bench"));
        steps.say(&format!("examples/bench {}", extra.join(" ")));
        bench
            .current_dir(&machine.root)
            .args(extra)
            .env("TRACTE_BIN", machine.built(Profile::Release, "tracte"))
            .env(host::PLUGINS_SETTING, host::plugins_folder(&machine));
        process::stream(&mut bench)?;
        Ok("done".to_owned())
    })
}

fn prepare_everything(machine: &mut Machine, steps: &mut Steps) -> Result<(Toolchain, PathBuf)> {
    prepare_libduckdb(machine, steps)?;
    let toolchain = prepare_wasm(machine, steps)?;
    let chromium = value_of_step(steps, "Chromium", browser::ensure_chromium)?;
    steps.step("packages of the browser tests", |steps| browser::ensure_packages(machine, steps))?;
    Ok((toolchain, chromium))
}

fn prepare_libduckdb(machine: &mut Machine, steps: &mut Steps) -> Result<()> {
    steps.step(&format!("libduckdb {}", duckdb::VERSION), |steps| duckdb::ensure(machine, steps))
}

fn prepare_wasm(machine: &Machine, steps: &mut Steps) -> Result<Toolchain> {
    value_of_step(steps, "compiler for plugins (WebAssembly)", |steps| wasm::ensure(machine, steps))
}

fn format_and_lint(machine: &Machine, steps: &mut Steps) -> Result<()> {
    steps.step("format", |_| {
        process::stream(machine.cargo().args(["fmt", "--all", "--check"]))
            .context("run `cargo fmt --all`")?;
        Ok("clean".to_owned())
    })?;
    steps.step("lints", |steps| {
        steps.say("cargo clippy --workspace --all-targets -- -D warnings");
        let mut cargo = machine.cargo();
        cargo.args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]);
        process::stream(&mut cargo)?;
        Ok("clean".to_owned())
    })
}

/// A step that also finds something.
fn value_of_step<T>(
    steps: &mut Steps,
    title: &str,
    work: impl FnOnce(&mut Steps) -> Result<(T, String)>,
) -> Result<T> {
    let mut found = None;
    steps.step(title, |steps| {
        let (value, words) = work(steps)?;
        found = Some(value);
        Ok(words)
    })?;
    found.context("the step ended without its value")
}

fn no_words(words: &[String]) -> Result<()> {
    match words.first() {
        Some(word) => bail!("`{word}` is not understood here"),
        None => Ok(()),
    }
}
