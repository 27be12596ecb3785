//! Manifests as people write them, with all their problems at once.

use tracte_plugin_host::{FieldKind, Limits, Manifest};

const GOOD: &str = r#"
id = "acme.round-robin"
version = "1.2.0"
api = "0.1"
hooks = ["assigner"]
language = "rust"
[limits]
fuel = 20_000_000
memory_mb = 32
[config.schema]
region = { type = "string", enum = ["eu", "us"], required = true, title = "Region" }
turns = { type = "integer", min = 1, max = 9, default = "3", title = { ca = "Torns", en = "Turns" } }
"#;

#[test]
fn a_good_manifest_is_read_whole() {
    let manifest = Manifest::parse(GOOD).unwrap();
    let limits = Limits::default().narrowed(manifest.limits);
    assert_eq!((limits.fuel, limits.memory_bytes, limits.wall_ms), (20_000_000, 32 << 20, 250));
    let keys: Vec<_> = manifest.config.iter().map(|field| field.key.as_str()).collect();
    assert_eq!(keys, ["region", "turns"]);
    assert_eq!(manifest.config[0].kind, FieldKind::Enum(vec!["eu".to_owned(), "us".to_owned()]));
    assert_eq!(manifest.config[1].title.get("es"), Some("Turns"));
}

#[test]
fn every_problem_is_named() {
    let check = |text: &str, expected: &[&str]| {
        let problems = Manifest::parse(text).unwrap_err();
        let codes: Vec<_> =
            problems.iter().map(|problem| format!("{} {}", problem.field, problem.code)).collect();
        assert_eq!(codes, expected);
    };
    check("id = ", &[" syntax"]);
    check("", &["id required", "version required", "api required", "hooks required"]);
    check(&GOOD.replace("acme.", "Acme "), &["id format"]);
    check(&GOOD.replace("1.2.0", "1.2"), &["version format"]);
    check(&GOOD.replace("\"0.1\"", "\"2.0\""), &["api unsupported"]);
    check(&GOOD.replace("assigner", "asigner"), &["hooks unknown"]);
    check(&GOOD.replace("language", "langauge"), &["langauge unknown"]);
    check(&GOOD.replace("20_000_000", "-1"), &["limits.fuel range"]);
    check(&GOOD.replace("memory_mb", "memory"), &["limits.memory unknown"]);
    check(
        &GOOD.replace("\"integer\"", "\"number\""),
        &["config.schema.turns.type unknown", "config.schema.turns.min unsupported"],
    );
    check(&GOOD.replace("default = \"3\"", "default = \"30\""), &["config.schema.turns.default range"]);
    check(
        &GOOD.replace("min = 1", "min = 10"),
        &["config.schema.turns.min range", "config.schema.turns.default range"],
    );
    check(&format!("{GOOD}[capabilities]\nhttp = []"), &["capabilities.http unsupported"]);
}
