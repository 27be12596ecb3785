//! Checks over our own source: the table of edges and engines, and the house rules that a compiler does not know.
//!
//! A new dependency is one reviewed line in [`ROOMS`]; `core/model/README.md` and its siblings say why.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package};

/// One crate and all that its manifest may name.
struct Room {
    /// Its folder; `plugins/*` stands for every plugin.
    folder: &'static str,
    /// The rooms it is built on: exactly these.
    rooms: &'static [&'static str],
    /// The engines that it alone may name.
    engines: &'static [&'static str],
    /// Small crates without a room of their own.
    tools: &'static [&'static str],
    /// Rooms and crates that only its tests use, besides [`TEST_TOOLS`].
    tests: &'static [&'static str],
}

/// Any room's tests may use these.
const TEST_TOOLS: &[&str] = &["expect-test", "proptest", "tempfile"];

const ROOMS: &[Room] = &[
    Room {
        folder: "core/model",
        rooms: &[],
        engines: &["serde", "serde_json"],
        tools: &["email_address", "jiff", "phonenumber", "rust_decimal", "thiserror", "uuid"],
        tests: &[],
    },
    Room {
        folder: "core/store",
        rooms: &["core/model"],
        engines: &["sled"],
        tools: &["crc32fast", "thiserror"],
        tests: &[],
    },
    Room {
        folder: "core/search",
        rooms: &["core/model"],
        engines: &["tantivy", "frostem"],
        tools: &["thiserror"],
        tests: &[],
    },
    Room {
        folder: "core/analytics",
        rooms: &["core/model"],
        engines: &["duckdb"],
        tools: &["thiserror"],
        tests: &[],
    },
    Room {
        folder: "core/sheets",
        rooms: &["core/model"],
        engines: &["calamine", "csv", "rust_xlsxwriter", "encoding_rs"],
        // Bounds what a compressed workbook may unpack to, before calamine sees it.
        tools: &["flate2", "thiserror"],
        tests: &[],
    },
    Room {
        folder: "core/documents",
        rooms: &["core/model"],
        engines: &["lopdf", "quick-xml", "zip"],
        // Bounds the process that reads PDF.
        tools: &["fs4", "rustix", "sha2", "thiserror"],
        tests: &[],
    },
    Room {
        folder: "core/mail",
        rooms: &["core/model"],
        engines: &["lettre"],
        tools: &["thiserror"],
        tests: &[],
    },
    Room { folder: "core/http-client", rooms: &[], engines: &["ureq"], tools: &["thiserror"], tests: &[] },
    Room {
        folder: "core/identity",
        rooms: &["core/model", "core/http-client"],
        engines: &["openidconnect"],
        // The one type of time that openidconnect takes.
        tools: &["chrono", "thiserror"],
        tests: &[],
    },
    Room {
        folder: "core/print",
        rooms: &["core/model"],
        engines: &["typst", "typst-assets", "typst-layout", "typst-pdf"],
        tools: &[],
        tests: &[],
    },
    Room {
        folder: "core/plugin-host",
        rooms: &["core/model"],
        engines: &["wasmtime", "wit-component"],
        tools: &["sha2", "thiserror", "toml"],
        tests: &[],
    },
    Room {
        folder: "core/services",
        rooms: &[
            "core/model",
            "core/store",
            "core/search",
            "core/analytics",
            "core/sheets",
            "core/documents",
            "core/mail",
            "core/http-client",
            "core/identity",
            "core/print",
            "core/plugin-host",
        ],
        engines: &[],
        // The configuration of a company is a TOML file.
        tools: &["argon2", "base64", "hmac", "htmlescape", "sha2", "strsim", "thiserror", "toml", "totp-rs"],
        tests: &[],
    },
    Room {
        folder: "core/server",
        rooms: &["core/model", "core/services", "ui"],
        engines: &["poem", "poem-openapi", "tokio"],
        tools: &[
            "anyhow",
            "brotli",
            "clap",
            "flate2",
            "getrandom",
            "governor",
            "mimalloc",
            "sha2",
            "toml",
            "tracing",
            "tracing-subscriber",
        ],
        tests: &[],
    },
    Room {
        folder: "ui",
        rooms: &["core/model"],
        engines: &["maud", "fluent-bundle", "unic-langid"],
        tools: &["qrcodegen"],
        tests: &[],
    },
    Room {
        folder: "plugin-sdk",
        rooms: &[],
        engines: &["wit-bindgen"],
        tools: &[],
        // The generator: its output is checked in, and a test compares.
        tests: &["wit-bindgen-core", "wit-bindgen-rust"],
    },
    Room { folder: "plugins/*", rooms: &["plugin-sdk"], engines: &[], tools: &[], tests: &[] },
    Room {
        folder: "tests",
        rooms: &[],
        engines: &[],
        tools: &[],
        // From outside, but in one process: every room, and what it takes to call the server.
        tests: &[
            "core/model",
            "core/store",
            "core/search",
            "core/analytics",
            "core/sheets",
            "core/documents",
            "core/mail",
            "core/http-client",
            "core/identity",
            "core/print",
            "core/plugin-host",
            "core/services",
            "core/server",
            "ui",
            "anyhow",
            "cargo_metadata",
            // Reads what was printed.
            "lopdf",
            "zip",
            "poem",
            "poem-openapi",
            // An identity provider that signs.
            "chrono",
            "openidconnect",
            // Whoever gets webhooks checks their signatures by itself.
            "base64",
            "hmac",
            "sha2",
            // A mail server that speaks TLS.
            "rustls",
            "serde_json",
            "tokio",
            // The benchmark shows the limit of an engine beside what its room does.
            "calamine",
            "tantivy",
            "wasmtime",
        ],
    },
    Room { folder: "xtask", rooms: &[], engines: &[], tools: &["anyhow"], tests: &[] },
];

#[test]
fn the_workspace_is_what_the_table_says() -> Result<()> {
    let metadata = metadata()?;
    let mut problems = engines_with_two_rooms();
    let mut seen = BTreeSet::new();
    for package in metadata.workspace_packages() {
        let folder = folder_of(&metadata, package.manifest_path.as_std_path())?;
        let Some(room) = room_of(&folder) else {
            problems.push(format!("{folder} is not in the table"));
            continue;
        };
        seen.insert(room.folder);
        problems.extend(compare(&metadata, package, &folder, room)?);
    }
    for room in ROOMS.iter().filter(|room| !seen.contains(room.folder)) {
        problems.push(format!("{} is in the table, but not in the workspace", room.folder));
    }
    report("An edge or an engine differs from the table in tests/src/tidy.rs", &problems);
    Ok(())
}

fn room_of(folder: &str) -> Option<&'static Room> {
    ROOMS.iter().find(|room| match room.folder.strip_suffix('*') {
        Some(start) => folder.starts_with(start),
        None => folder == room.folder,
    })
}

fn engines_with_two_rooms() -> Vec<String> {
    let mut seen = BTreeSet::new();
    let engines = ROOMS.iter().flat_map(|room| room.engines);
    engines
        .filter(|engine| !seen.insert(**engine))
        .map(|engine| format!("{engine} is in two rooms"))
        .collect()
}

/// Rooms must be equal to the table's; crates must be in it.
fn compare(metadata: &Metadata, package: &Package, folder: &str, room: &Room) -> Result<Vec<String>> {
    let mut problems = Vec::new();
    let mut rooms = BTreeSet::new();
    for dependency in &package.dependencies {
        let for_tests = dependency.kind == DependencyKind::Development;
        let name = match &dependency.path {
            Some(path) => folder_of(metadata, &path.as_std_path().join("Cargo.toml"))?,
            None => dependency.name.clone(),
        };
        let allowed = |list: &[&str]| list.contains(&name.as_str());
        if for_tests {
            if !allowed(TEST_TOOLS) && !allowed(room.tests) && !allowed(room.rooms) {
                problems.push(format!("{folder}: its tests name {name}"));
            }
        } else if dependency.path.is_some() {
            if !allowed(room.rooms) {
                problems.push(format!("{folder} is built on {name}"));
            }
            rooms.insert(name);
        } else if !allowed(room.engines) && !allowed(room.tools) {
            problems.push(match owner_of(&name) {
                Some(owner) => format!("{folder} names {name}, the engine of {owner}"),
                None => format!("{folder} names {name}"),
            });
        }
    }
    for missing in room.rooms.iter().filter(|name| !rooms.contains(**name)) {
        problems.push(format!("{folder} is no longer built on {missing}"));
    }
    Ok(problems)
}

fn owner_of(engine: &str) -> Option<&'static str> {
    ROOMS.iter().find(|room| room.engines.contains(&engine)).map(|room| room.folder)
}

#[test]
fn every_crate_has_a_readme() -> Result<()> {
    let metadata = metadata()?;
    let mut problems = Vec::new();
    for package in metadata.workspace_packages() {
        let folder = package.manifest_path.as_std_path().parent().context("a manifest has a folder")?;
        let text = fs::read_to_string(folder.join("README.md")).unwrap_or_default();
        // A heading alone says nothing.
        if text.lines().filter(|line| !line.trim().is_empty()).count() < 2 {
            problems.push(format!("{}: README.md is missing or only a heading", package.name));
        }
    }
    report("A crate's README is its rustdoc: charter, contract, limits", &problems);
    Ok(())
}

/// How a crate says it: its README is its rustdoc.
const README_IS_RUSTDOC: &str = r#"#![doc = include_str!("../README.md")]"#;

#[test]
fn every_rust_file_says_what_it_is_for() -> Result<()> {
    let problems = problems_of_lines(".rs", |number, line| {
        let says = line.starts_with("//!") || line == README_IS_RUSTDOC;
        (number == 1 && !says).then_some("does not start with a //! sentence")
    })?;
    report("A file's first line says what the file is for", &problems);
    Ok(())
}

/// Past this, a file has two subjects.
const MOST_LINES: usize = 600;
/// About what a file should have; longer ones are listed when this test is run with its output shown.
const GOOD_LINES: usize = 400;

/// Written by a program, and compared with its source by a test of their own.
const GENERATED: &[&str] = &["plugin-sdk/src/bindings.rs"];

#[test]
fn files_stay_short() -> Result<()> {
    let mut problems = Vec::new();
    for file in files()?.into_iter().filter(|file| file.name.ends_with(".rs")) {
        let lines = file.text.lines().count();
        if lines <= GOOD_LINES || GENERATED.contains(&file.name.as_str()) {
            continue;
        }
        println!("{}: {lines} lines", file.name);
        if lines > MOST_LINES {
            problems.push(format!("{}: {lines} lines", file.name));
        }
    }
    report("Split these by subject", &problems);
    Ok(())
}

/// Written in two halves, so that this file does not contain them.
const UNDONE: &[&str] =
    &[concat!("to", "do!("), concat!("unimple", "mented!("), concat!("db", "g!("), concat!("#[ig", "nore")];

#[test]
fn nothing_is_left_undone() -> Result<()> {
    let problems =
        problems_of_lines(".rs", |_, line| UNDONE.iter().copied().find(|word| line.contains(word)))?;
    report("Finish it, or take it out", &problems);
    Ok(())
}

/// Folders that exist on somebody's machine and not on the reader's.
const PLACES: &[&str] = &[concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("/ho", "me/")];

#[test]
fn no_file_names_a_place_on_one_machine() -> Result<()> {
    let problems =
        problems_of_lines("", |_, line| PLACES.iter().copied().find(|place| starts_a_path(line, place)))?;
    report("Use a path inside the work tree, or $HOME", &problems);
    Ok(())
}

/// Whether `place` begins an absolute path in `line`: not the middle of an address or of a relative path.
fn starts_a_path(line: &str, place: &str) -> bool {
    line.match_indices(place).any(|(position, _)| {
        let before = line[..position].chars().next_back();
        let after = line[position + place.len()..].chars().next();
        let inside = before.is_some_and(|sign| sign.is_alphanumeric() || "._-~/}".contains(sign));
        !inside && after.is_some_and(|sign| sign.is_alphanumeric() || sign == '.')
    })
}

struct SourceFile {
    /// Its path in the work tree, with `/`.
    name: String,
    text: String,
}

/// Every text file that git tracks or would track.
fn files() -> Result<Vec<SourceFile>> {
    let root = root()?;
    #[expect(clippy::disallowed_methods, reason = "git alone knows which files are ours")]
    let mut git = std::process::Command::new("git");
    let output = git
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(&root)
        .output()
        .context("git is needed to list our files")?;
    ensure!(output.status.success(), "git ls-files: {}", String::from_utf8_lossy(&output.stderr));
    let names: BTreeSet<String> =
        String::from_utf8(output.stdout)?.split_terminator('\0').map(str::to_owned).collect();
    // What cannot be read as text is a picture, a workbook, or a file that is deleted but not yet committed.
    let readable =
        |name: String| fs::read_to_string(root.join(&name)).ok().map(|text| SourceFile { name, text });
    let files: Vec<SourceFile> = names.into_iter().filter_map(readable).collect();
    ensure!(files.iter().any(|file| file.name == "tests/src/tidy.rs"), "git did not list this file");
    Ok(files)
}

/// One problem for each line of which `check` (given its number and text) says something.
fn problems_of_lines(
    ending: &str,
    check: impl Fn(usize, &str) -> Option<&'static str>,
) -> Result<Vec<String>> {
    let mut problems = Vec::new();
    for file in files()?.iter().filter(|file| file.name.ends_with(ending)) {
        for (index, line) in file.text.lines().enumerate() {
            if let Some(problem) = check(index + 1, line) {
                problems.push(format!("{}:{}: {problem}", file.name, index + 1));
            }
        }
    }
    Ok(problems)
}

fn metadata() -> Result<Metadata> {
    MetadataCommand::new()
        .manifest_path(root()?.join("Cargo.toml"))
        .no_deps()
        .exec()
        .context("cargo metadata")
}

fn root() -> Result<PathBuf> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    Ok(tests.parent().context("tests lies in the work tree")?.to_path_buf())
}

/// The folder of a manifest, as the table writes it.
fn folder_of(metadata: &Metadata, manifest: &Path) -> Result<String> {
    let folder = manifest.parent().context("a manifest has a folder")?;
    let inside = folder.strip_prefix(metadata.workspace_root.as_std_path());
    Ok(inside.context("a path dependency outside the work tree")?.to_string_lossy().into_owned())
}

fn report(advice: &str, problems: &[String]) {
    assert!(problems.is_empty(), "{advice}:\n  {}", problems.join("\n  "));
}
