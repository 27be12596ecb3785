//! The settings: the file at the root says the defaults, and what is wrong is said with its line.

use server::{Config, CookieSecure, load, parse, print};
use std::fs;
use std::path::Path;

fn root_file() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../config.toml")).unwrap()
}

#[test]
fn the_file_at_the_root_is_the_default_and_explains_every_key() {
    let file = root_file();
    assert_eq!(parse("config.toml", &file).unwrap(), Config::default());
    let keys = |text: &str| {
        let key = |line: &str| line.split_once(" = ").map(|(key, _)| key.to_owned());
        text.lines().filter(|line| !line.starts_with('#')).filter_map(key).collect::<Vec<_>>()
    };
    assert_eq!(
        keys(&file),
        keys(&print(&Config::default()).unwrap()),
        "keys in the file and in the settings"
    );
    let lines: Vec<&str> = file.lines().collect();
    for pair in lines.windows(2) {
        assert!(!pair[1].contains(" = ") || pair[0].starts_with('#'), "no comment above: {}", pair[1]);
    }
}

#[test]
fn what_is_wrong_is_said_with_its_line_and_what_is_allowed() {
    let check = |text: &str, expected: &[&str]| {
        let error = parse("my.toml", text).unwrap_err().to_string();
        for piece in expected {
            assert!(error.contains(piece), "{error:?} does not say {piece:?}");
        }
    };
    check("adress = \"127.0.0.1:1\"", &["my.toml, line 1", "`adress`", "`address`"]);
    check("demo = false\n\n[log]\nlevel = \"loud\"", &["my.toml, line 4", "loud", "`info`"]);
    check("demo = 3", &["my.toml, line 1", "boolean"]);
    check("[limits]\nupload_mb = -1", &["my.toml, line 2"]);
    check("[limits\n", &["my.toml, line 1"]);
}

#[test]
fn the_environment_overrides_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("config.toml");
    fs::write(&file, "demo = true\naddress = \"127.0.0.1:1\"\n").unwrap();
    let with = |variables: &[(&str, &str)]| {
        let variables: Vec<_> =
            variables.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        load(Some(&file), variables.into_iter()).map_err(|error| error.to_string())
    };
    let config = with(&[
        ("TRACTE_ADDRESS", "0.0.0.0:80"),
        ("TRACTE_LIMITS_UPLOAD_MB", "12"),
        ("TRACTE_COOKIE_SECURE", "never"),
        ("TRACTE_BIN", "/somewhere"),
        ("HOME", "/root"),
    ])
    .unwrap();
    assert!(config.demo);
    assert_eq!(config.address.to_string(), "0.0.0.0:80");
    assert_eq!(config.limits.upload_mb, 12);
    assert_eq!(config.cookie_secure, CookieSecure::Never);
    let out_of_range = folder.path().join("range.toml");
    fs::write(&out_of_range, "demo = true\n\n[limits]\nidle_seconds = 60\nupload_mb = 0\n").unwrap();
    let error = load(Some(&out_of_range), std::iter::empty()).unwrap_err().to_string();
    assert!(error.contains("range.toml, line 5: limits.upload_mb is 0: allowed is 1 to 1024"), "{error}");
    let refused = |key: &str, value: &str, words: &str| {
        let error = with(&[(key, value)]).unwrap_err();
        assert!(error.contains(key.strip_prefix("!").unwrap_or(key)) || error.contains(words), "{error}");
        assert!(error.contains(words), "{error}");
    };
    refused("TRACTE_ADRESS", "x", "TRACTE_ADDRESS");
    refused("TRACTE_LIMITS_UPLOAD_MB", "much", "much");
    refused("TRACTE_LIMITS_UPLOAD_MB", "0", "1 to 1024");
    refused("TRACTE_PUBLIC_URL", "crm.exemple.cat", "https://host");
    refused("TRACTE_PUBLIC_URL", "https://crm.exemple.cat/", "https://host");
}

#[test]
fn cookies_need_https_unless_this_is_this_machine_itself() {
    let check = |address: &str, public_url: &str, secure: bool| {
        let config = Config {
            address: address.parse().unwrap(),
            public_url: public_url.to_owned(),
            ..Config::default()
        };
        assert_eq!(config.secure_cookies(), secure, "{address} {public_url}");
    };
    check("127.0.0.1:7180", "", false);
    check("127.0.0.1:7180", "https://crm.exemple.cat", true);
    check("127.0.0.1:7180", "http://localhost:7180", false);
    check("0.0.0.0:7180", "", true);
    let always = Config { cookie_secure: CookieSecure::Always, ..Config::default() };
    assert!(always.secure_cookies());
}
