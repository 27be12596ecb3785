//! A plugin's `tests/*.json`, run on the real component under the real limits: the work of `tracte plugin test`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use model::json;
use model::serde::{Deserialize, Serialize};

use crate::call::{Call, Capabilities, FailureClass};
use crate::form::check_config;
use crate::host::Plugin;
use crate::views::{Candidate, Decision, LeadView};

/// A folder with more is not written by hand.
const FIXTURES_MAX: usize = 1_000;

/// One file: what the plugin gets, and what is expected of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(crate = "model::serde", deny_unknown_fields)]
struct Fixture {
    #[serde(default)]
    config: BTreeMap<String, String>,
    #[serde(default)]
    now_ms: i64,
    #[serde(default)]
    seed: u64,
    lead: LeadView,
    candidates: Vec<Candidate>,
    expect: Expectation,
}

/// A decision, word for word, or a failure of this class and, if it matters, this code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(crate = "model::serde", rename_all = "snake_case", deny_unknown_fields)]
enum Expectation {
    Assign {
        user_id: String,
        reason: String,
    },
    Queue(String),
    Skip,
    Failure {
        class: FailureClass,
        #[serde(default)]
        code: Option<String>,
    },
}

/// What became of one file.
#[derive(Clone, Debug)]
pub struct FixtureResult {
    /// The file's name without `.json`.
    pub name: String,
    /// What differs from the expectation; none when it is met.
    pub difference: Option<String>,
    /// None when the file could not be read.
    pub call: Option<Call>,
}

/// Why no fixture was run at all.
#[derive(Debug, thiserror::Error)]
pub enum FixtureError {
    #[error("{} cannot be read", path.display())]
    Folder {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error("{} has no .json file to test with", path.display())]
    Empty { path: PathBuf },
    #[error("{} has more than {FIXTURES_MAX} files", path.display())]
    TooMany { path: PathBuf },
}

/// Runs every `*.json` of the folder, in the order of their names.
pub fn test_fixtures(plugin: &Plugin, folder: &Path) -> Result<Vec<FixtureResult>, FixtureError> {
    let path = folder.to_owned();
    let mut files = match list_json(folder) {
        Ok(files) => files,
        Err(source) => return Err(FixtureError::Folder { path, source }),
    };
    files.sort();
    match files.len() {
        0 => Err(FixtureError::Empty { path }),
        1..=FIXTURES_MAX => Ok(files.iter().map(|file| run_file(plugin, file)).collect()),
        _ => Err(FixtureError::TooMany { path }),
    }
}

fn list_json(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let file = entry?.path();
        if file.extension().is_some_and(|extension| extension == "json") {
            files.push(file);
        }
    }
    Ok(files)
}

fn run_file(plugin: &Plugin, file: &Path) -> FixtureResult {
    let name = file.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let text = std::fs::read_to_string(file).map_err(|error| error.to_string());
    match text.and_then(|text| json::from_str::<Fixture>(&text).map_err(|error| error.to_string())) {
        Ok(fixture) => {
            let (difference, call) = run(plugin, &fixture);
            FixtureResult { name, difference, call: Some(call) }
        }
        Err(problem) => FixtureResult { name, difference: Some(problem), call: None },
    }
}

/// A configuration that the form would refuse is no obstacle: a plugin must survive one.
fn run(plugin: &Plugin, fixture: &Fixture) -> (Option<String>, Call) {
    let call = plugin.assign(&fixture.lead, &fixture.candidates, &fixture.config, fixture);
    let met = match (&call.outcome, &fixture.expect) {
        (Ok(Decision::Assign { user_id, reason }), Expectation::Assign { user_id: user, reason: why }) => {
            user_id == user && reason == why
        }
        (Ok(Decision::Queue(name)), Expectation::Queue(expected)) => name == expected,
        (Ok(Decision::Skip), Expectation::Skip) => true,
        (Err(failure), Expectation::Failure { class, code }) => {
            failure.class == *class && code.as_ref().is_none_or(|code| *code == failure.code)
        }
        _ => false,
    };
    if met {
        return (None, call);
    }
    let mut difference = format!("expected {:?}, got {:?}", fixture.expect, call.outcome);
    for problem in check_config(&plugin.manifest, &fixture.config) {
        difference.push_str(&format!(
            "; the form would refuse {}: {} {}",
            problem.field, problem.code, problem.detail
        ));
    }
    (Some(difference), call)
}

impl Capabilities for Fixture {
    fn now_ms(&self) -> i64 {
        self.now_ms
    }

    fn random_u64(&self) -> u64 {
        self.seed
    }
}
