//! Real components, built here from source, in the real host: decisions, limits, checks at install, the cache.
#![allow(clippy::unwrap_used, clippy::panic)] // The exception for tests does not reach helpers beside them.

mod manifest;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use tracte_plugin_host::{
    Amount, Call, Candidate, Capabilities, CustomField, Decision, FailureClass, FieldValue, Host,
    InstallError, LeadView, Level, Limits, Plugin, build, check_config, compile_to_file, new_plugin,
    test_fixtures,
};

/// A fixed world.
struct Fixed;

impl Capabilities for Fixed {
    fn now_ms(&self) -> i64 {
        1_700_000_000_000
    }

    fn random_u64(&self) -> u64 {
        0
    }
}

/// The component of the plugin in this folder of the repository; each is built once.
fn component(folder: &str) -> Vec<u8> {
    let room = Path::new(env!("CARGO_MANIFEST_DIR"));
    build_component(&room.join(folder))
}

fn build_component(folder: &Path) -> Vec<u8> {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("plugins");
    let file = tempfile::NamedTempFile::new_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    if let Err(error) = build(folder, file.path(), &target) {
        panic!(
            "{error}\nThese tests compile plugins: run them through `cargo xtask test`, or give them TRACTE_WASM_RUSTC and \
             TRACTE_WASM_LINKER, or do `rustup target add wasm32-unknown-unknown`."
        );
    }
    std::fs::read(file.path()).unwrap()
}

fn misbehave() -> &'static [u8] {
    static COMPONENT: OnceLock<Vec<u8>> = OnceLock::new();
    COMPONENT.get_or_init(|| component("tests/guests/misbehave"))
}

fn territory() -> &'static [u8] {
    static COMPONENT: OnceLock<Vec<u8>> = OnceLock::new();
    COMPONENT.get_or_init(|| component("../../plugins/assign-by-territory"))
}

/// A host with a cache of its own.
fn open(limits: Limits) -> (Host, tempfile::TempDir) {
    let cache = tempfile::tempdir().unwrap();
    (Host::open(cache.path(), limits, None).unwrap(), cache)
}

fn candidate(id: &str) -> Candidate {
    Candidate {
        id: id.to_owned(),
        name: id.to_owned(),
        email: format!("{id}@example.cat"),
        teams: vec!["north".to_owned()],
        skills: Vec::new(),
        open_leads: 3,
        capacity: Some(10),
        available: true,
        custom: Vec::new(),
    }
}

/// Asks the plugin with one setting.
fn ask(plugin: &Plugin, key: &str, value: &str, postcode: &str) -> Call {
    let lead = LeadView {
        id: "lead-1".to_owned(),
        source: "web".to_owned(),
        postcode: Some(postcode.to_owned()),
        amount: Some(Amount { minor: 1_250, currency: "EUR".to_owned() }),
        custom: vec![CustomField { key: "vip".to_owned(), value: FieldValue::Bool(true) }],
        ..LeadView::default()
    };
    let config = BTreeMap::from([(key.to_owned(), value.to_owned())]);
    plugin.assign(&lead, &[candidate("ana"), candidate("pere")], &config, &Fixed)
}

/// Small, so that every limit is reached soon; only the time is long, so that a busy machine changes nothing.
fn tight() -> Limits {
    Limits { fuel: 20_000_000, memory_bytes: 16 << 20, wall_ms: 60_000, ..Limits::default() }
}

fn class(call: &Call) -> Option<FailureClass> {
    call.outcome.as_ref().err().map(|failure| failure.class)
}

#[test]
fn territories_decide_in_the_real_component() {
    let (host, _cache) = open(Limits::default());
    let plugin = host.install(territory()).unwrap();
    assert_eq!(plugin.manifest.id, "tracte.assign-by-territory");
    assert!(plugin.manifest.config[0].title.get("ca").is_some());
    let call = ask(&plugin, "territories", "17: ana@example.cat", "17001");
    let reason = "postcode 17001 begins with 17".to_owned();
    assert_eq!(call.outcome, Ok(Decision::Assign { user_id: "ana".to_owned(), reason }));
    let again = ask(&plugin, "territories", "17: ana@example.cat", "17001");
    assert_eq!((call.fuel, call.peak_memory_bytes), (again.fuel, again.peak_memory_bytes));

    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../plugins/assign-by-territory/tests");
    let results = test_fixtures(&plugin, &folder).unwrap();
    assert!(results.len() >= 4);
    for result in results {
        assert_eq!(result.difference, None, "{}", result.name);
    }
}

#[test]
fn whatever_a_plugin_does_the_call_returns() {
    let (host, _cache) = open(tight());
    let plugin = host.install(misbehave()).unwrap();
    let check = |deed, expected: Option<FailureClass>| {
        let call = ask(&plugin, "deed", deed, "17001");
        assert_eq!(class(&call), expected, "{deed}: {:?}", call.outcome);
        assert!(call.peak_memory_bytes <= host.limits().memory_bytes, "{deed}");
        let next = ask(&plugin, "deed", "nothing", "17001");
        assert_eq!(next.outcome, Ok(Decision::Skip), "the call after {deed}");
        call
    };
    check("loop", Some(FailureClass::Fuel));
    check("eat", Some(FailureClass::Memory));
    check("recurse", Some(FailureClass::Trap));
    check("stranger", Some(FailureClass::BadOutput));
    check("nameless-queue", Some(FailureClass::BadOutput));
    check("huge-reason", Some(FailureClass::BadOutput));
    check("huge-log", Some(FailureClass::BadOutput));
    let panicked = check("panic", Some(FailureClass::Trap));
    let (level, line) = &panicked.logs[0];
    assert!(*level == Level::Error && line.contains("deliberately"), "{line}");
    let error = check("error", Some(FailureClass::Plugin)).outcome.unwrap_err();
    assert_eq!(
        (error.code.as_str(), error.message.as_str(), error.retryable),
        ("busy", "come back later", true)
    );
    assert!(check("grow", None).peak_memory_bytes > 8 << 20);
    let long = check("long-reason", None).outcome.unwrap();
    let Decision::Assign { reason, .. } = long else { panic!("{long:?}") };
    assert!(reason.chars().count() == 301 && reason.ends_with('…'));
}

#[test]
fn time_stops_what_fuel_would_not() {
    let (host, _cache) = open(Limits { fuel: u64::MAX, wall_ms: 20, ..Limits::default() });
    let plugin = host.install(misbehave()).unwrap();
    assert_eq!(class(&ask(&plugin, "deed", "loop", "17001")), Some(FailureClass::Timeout));
    assert_eq!(ask(&plugin, "deed", "nothing", "17001").outcome, Ok(Decision::Skip));
}

#[test]
fn a_flood_of_logs_is_cut_and_counted() {
    let (host, _cache) = open(tight());
    let plugin = host.install(misbehave()).unwrap();
    for deed in ["flood", "empty-lines"] {
        let call = ask(&plugin, "deed", deed, "17001");
        assert_eq!(class(&call), Some(FailureClass::Fuel));
        let kept: usize = call.logs.iter().map(|(_, line)| line.len() + 1).sum();
        assert!(kept <= host.limits().log_bytes + 100, "{deed}: {kept}");
        assert!(call.logs.last().unwrap().1.ends_with("of log were dropped"), "{deed}");
    }
}

#[test]
fn nothing_stays_from_call_to_call_and_chance_is_recorded() {
    let (host, _cache) = open(Limits::default());
    let plugin = host.install(misbehave()).unwrap();
    for _ in 0..3 {
        assert_eq!(
            ask(&plugin, "deed", "remember", "17001").outcome,
            Ok(Decision::Queue("call 0".to_owned()))
        );
    }
    // The first two values of SplitMix64 for the seed 0.
    let reason = "1700000000000 16294208416658607535 7960286522194355700".to_owned();
    let expected = Ok(Decision::Assign { user_id: "ana".to_owned(), reason });
    assert_eq!(ask(&plugin, "deed", "chance", "17001").outcome, expected);
}

#[test]
fn every_field_arrives() {
    let (host, _cache) = open(Limits::default());
    let plugin = host.install(misbehave()).unwrap();
    let call = ask(&plugin, "deed", "echo", "17001");
    let (level, seen) = &call.logs[0];
    assert_eq!(*level, Level::Debug);
    for part in [
        r#"id: "lead-1", source: "web", country: None, postcode: Some("17001")"#,
        r#"amount: Some(Money { minor: 1250, currency: "EUR" })"#,
        r#"custom: [Field { key: "vip", val: Value::Bool(true) }]"#,
        r#"email: "pere@example.cat", teams: ["north"], skills: [], open-leads: 3, capacity: Some(10), available: true"#,
    ] {
        assert!(seen.contains(part), "{part} is not in {seen}");
    }
}

#[test]
fn another_version_of_the_contract_is_refused_in_words() {
    let (host, _cache) = open(Limits::default());
    let renamed = |version: &str| {
        let mut bytes = misbehave().to_vec();
        let places: Vec<_> = (0..bytes.len() - 6).filter(|&at| &bytes[at..at + 6] == b"@0.1.0").collect();
        for at in places {
            bytes[at..at + 6].copy_from_slice(version.as_bytes());
        }
        host.install(&bytes).map(drop)
    };
    assert!(renamed("@0.1.0").is_ok());
    let Err(InstallError::Incompatible(problem)) = renamed("@0.2.0") else { panic!("accepted") };
    assert!(problem.contains("tracte:plugin/"), "{problem}");
}

#[test]
fn calls_run_side_by_side_more_than_there_are_turns() {
    let (host, _cache) = open(Limits { wall_ms: 60_000, ..Limits::default() });
    let plugin = host.install(territory()).unwrap();
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..100)
            .map(|_| {
                scope.spawn(|| ask(&plugin, "territories", "17: ana@example.cat", "17001").outcome.is_ok())
            })
            .collect();
        for thread in threads {
            assert!(thread.join().unwrap());
        }
    });
}

#[test]
fn what_is_no_plugin_is_refused_with_a_reason() {
    let (host, _cache) = open(Limits { component_bytes: misbehave().len(), ..Limits::default() });
    let check = |bytes: &[u8], expected: &str| match host.install(bytes) {
        Ok(_) => panic!("accepted instead of: {expected}"),
        Err(error) => assert!(error.to_string().contains(expected), "{error}"),
    };
    check(b"PK\x03\x04", "not a WebAssembly component");
    check(b"\0asm\x01\0\0\0", "tracte plugin build");
    check(b"\0asm\x0d\0\x01\0", "no plugin.toml");
    check(&misbehave()[..misbehave().len() - 1], "not a WebAssembly component");
    check(&[misbehave(), &[0]].concat(), "are accepted");
    check(&section("[]"), "plugin.toml has problems: line 1: ");
    check(
        &section("id = 'x'\nhooks = ['assigner']\nversion = '1'\napi = '9'\nfoo = 1"),
        "foo: there is no such entry; id:",
    );
    let manifest = "id = 'a.b'\nversion = '1.0.0'\napi = '0.1'\nhooks = ['assigner']";
    check(&section(manifest), "does not export tracte:plugin/assigner");
    check(&importing("wasi:cli/environment@0.2.0", manifest), "imports wasi:cli/environment@0.2.0");
    check(&importing("wasi:cli/environment@0.2.0", manifest), "build it for wasm32-unknown-unknown");
}

/// An empty component with this manifest.
fn section(manifest: &str) -> Vec<u8> {
    [&b"\0asm\x0d\0\x01\0"[..], &custom(manifest)].concat()
}

/// A component that imports an empty instance of this name.
fn importing(name: &str, manifest: &str) -> Vec<u8> {
    // Type section: one instance type without members. Import section: this name, as an instance of type 0.
    let length = u8::try_from(name.len()).unwrap();
    let import = [&[1, 0, length], name.as_bytes(), &[5, 0]].concat();
    let size = u8::try_from(import.len()).unwrap();
    [&b"\0asm\x0d\0\x01\0\x07\x03\x01\x42\0"[..], &[10, size], &import, &custom(manifest)].concat()
}

fn custom(manifest: &str) -> Vec<u8> {
    let content = [b"\x0ftracte:manifest", manifest.as_bytes()].concat();
    let size = content.len();
    assert!((128..16_384).contains(&size) || size < 128);
    let low = u8::try_from(size & 0x7f).unwrap();
    let length = if size < 128 { vec![low] } else { vec![low | 0x80, u8::try_from(size >> 7).unwrap()] };
    [vec![0], length, content].concat()
}

#[test]
fn compiled_code_is_kept_private_and_made_anew_when_it_does_not_fit() {
    use std::os::unix::fs::PermissionsExt;
    let (host, cache) = open(Limits::default());
    let sha256 = host.install(territory()).unwrap().sha256;
    let files = || -> Vec<PathBuf> {
        std::fs::read_dir(cache.path()).unwrap().map(|entry| entry.unwrap().path()).collect()
    };
    let [file] = &files()[..] else { panic!("{:?}", files()) };
    assert!(file.file_name().unwrap().to_str().unwrap().starts_with(&sha256));
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(file), 0o600);
    let works = |host: &Host| {
        let plugin = host.load(territory()).unwrap();
        ask(&plugin, "territories", "17: ana@example.cat", "17001").outcome.is_ok()
    };
    assert!(works(&host));
    let written = || std::fs::metadata(file).unwrap().modified().unwrap();
    let first = written();
    assert!(works(&host) && written() == first, "found in the cache, not made again");
    std::fs::write(file, b"spoilt").unwrap();
    assert!(works(&host));
    let second = written();
    std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o666)).unwrap();
    assert!(works(&host) && written() > second, "anybody could have written it");
    assert_eq!(mode(file), 0o600);
}

#[test]
fn a_child_compiles_and_its_failure_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let (input, output) = (folder.path().join("in.wasm"), folder.path().join("out.cwasm"));
    std::fs::write(&input, territory()).unwrap();
    compile_to_file(&input, &output).unwrap();
    // Stands for `tracte plugin compile <component> <compiled>`, which is `compile_to_file` and nothing else.
    let child = |script: &str| {
        use std::os::unix::fs::PermissionsExt;
        let path = folder.path().join("compiler");
        std::fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o700)).unwrap();
        path
    };
    let script = format!("test \"$1 $2\" = 'plugin compile' && cp {} \"$4\"", output.display());
    let cache = tempfile::tempdir().unwrap();
    let host = Host::open(cache.path(), Limits::default(), Some(child(&script))).unwrap();
    let plugin = host.install(territory()).unwrap();
    assert!(ask(&plugin, "territories", "17: ana@example.cat", "17001").outcome.is_ok());
    assert_eq!(std::fs::read_dir(cache.path()).unwrap().count(), 1, "the child's files are gone");

    let cache = tempfile::tempdir().unwrap();
    let failing = child("echo out of memory >&2; exit 3");
    let host = Host::open(cache.path(), Limits::default(), Some(failing)).unwrap();
    let Err(InstallError::Compiler(error)) = host.install(territory()) else { panic!("installed") };
    assert!(error.to_string().contains("out of memory"), "{error}");
}

#[test]
fn the_form_is_checked_as_the_manifest_says() {
    let (host, _cache) = open(Limits::default());
    let manifest = host.inspect(territory()).unwrap().manifest;
    let check = |key: &str, value: &str, expected: &str| {
        let values = BTreeMap::from([(key.to_owned(), value.to_owned())]);
        let problems = check_config(&manifest, &values);
        let codes: Vec<_> =
            problems.iter().map(|problem| format!("{} {}", problem.field, problem.code)).collect();
        assert_eq!(codes.join(", "), expected);
    };
    check("territories", "17: ana\n08: pere", "");
    check("territories", " ", "territories required");
    check("territory", "17: ana", "territories required, territory unknown");
    check("territories", &"x".repeat(70_000), "territories too-long");
}

#[test]
fn a_new_plugin_builds_and_passes_its_own_test() {
    let parent = tempfile::tempdir().unwrap();
    let folder = new_plugin(parent.path(), "most-able").unwrap();
    let (host, _cache) = open(Limits::default());
    let plugin = host.install(&build_component(&folder)).unwrap();
    let results = test_fixtures(&plugin, &folder.join("tests")).unwrap();
    assert_eq!(results[0].difference, None);
    assert!(new_plugin(parent.path(), "most-able").is_err(), "it is there already");
    assert!(new_plugin(parent.path(), "../x").is_err());
}
