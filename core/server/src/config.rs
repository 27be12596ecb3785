//! Every technical setting: its default, its limits, and the words with which a wrong one stops the start.

use model::serde::{Deserialize, Serialize};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// What `config.toml` may say. A test keeps the file at the root of the repository equal to the defaults.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(crate = "model::serde", default, deny_unknown_fields)]
pub struct Config {
    pub address: SocketAddr,
    pub data: PathBuf,
    pub backups: PathBuf,
    pub public_url: String,
    pub cookie_secure: CookieSecure,
    pub demo: bool,
    pub cache: Cache,
    pub limits: Limits,
    pub workers: Workers,
    pub log: Log,
    pub plugins: Plugins,
    pub sign_in: SignIn,
    pub web_forms: WebForms,
    pub webhooks: Webhooks,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(crate = "model::serde", default, deny_unknown_fields)]
pub struct Cache {
    pub records_mb: u32,
    pub reports_mb: u32,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(crate = "model::serde", default, deny_unknown_fields)]
pub struct Limits {
    pub upload_mb: u32,
    pub free_disk_mb: u32,
    pub request_seconds: u32,
    pub upload_seconds: u32,
    pub idle_seconds: u32,
    pub stop_seconds: u32,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(crate = "model::serde", default, deny_unknown_fields)]
pub struct Workers {
    pub requests: u32,
    pub waiting: u32,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(crate = "model::serde", default, deny_unknown_fields)]
pub struct Log {
    pub format: LogFormat,
    pub level: LogLevel,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(crate = "model::serde", default, deny_unknown_fields)]
pub struct Plugins {
    pub available_dir: PathBuf,
    pub fuel_millions: u32,
    pub wall_ms: u32,
    pub memory_mb: u32,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(crate = "model::serde", default, deny_unknown_fields)]
pub struct SignIn {
    pub attempts_per_account: u32,
    pub attempts_per_address: u32,
    pub window_seconds: u32,
    pub client_address_header: String,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(crate = "model::serde", default, deny_unknown_fields)]
pub struct WebForms {
    pub sent_per_minute: u32,
    pub sent_per_hour: u32,
}

#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(crate = "model::serde", default, deny_unknown_fields)]
pub struct Webhooks {
    pub allow_private: bool,
}

/// Whether the session cookie is sent over https alone.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(crate = "model::serde", rename_all = "snake_case")]
pub enum CookieSecure {
    Auto,
    Always,
    Never,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(crate = "model::serde", rename_all = "snake_case")]
pub enum LogFormat {
    Text,
    Json,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(crate = "model::serde", rename_all = "snake_case")]
pub enum LogLevel {
    Error,
    Warn,
    Info,
    Debug,
}

impl Default for Config {
    fn default() -> Config {
        Config {
            address: SocketAddr::from(([127, 0, 0, 1], 7180)),
            data: PathBuf::from("data"),
            backups: PathBuf::new(),
            public_url: String::new(),
            cookie_secure: CookieSecure::Auto,
            demo: false,
            cache: Cache::default(),
            limits: Limits::default(),
            workers: Workers::default(),
            log: Log::default(),
            plugins: Plugins::default(),
            sign_in: SignIn::default(),
            web_forms: WebForms::default(),
            webhooks: Webhooks::default(),
        }
    }
}

impl Default for Cache {
    fn default() -> Cache {
        Cache { records_mb: 64, reports_mb: 256 }
    }
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            upload_mb: 64,
            free_disk_mb: 256,
            request_seconds: 30,
            upload_seconds: 600,
            idle_seconds: 60,
            stop_seconds: 20,
        }
    }
}

impl Default for Workers {
    fn default() -> Workers {
        Workers { requests: 32, waiting: 512 }
    }
}

impl Default for Log {
    fn default() -> Log {
        Log { format: LogFormat::Text, level: LogLevel::Info }
    }
}

impl Default for Plugins {
    fn default() -> Plugins {
        Plugins { available_dir: PathBuf::new(), fuel_millions: 200, wall_ms: 250, memory_mb: 64 }
    }
}

impl Default for SignIn {
    fn default() -> SignIn {
        SignIn {
            attempts_per_account: 5,
            attempts_per_address: 30,
            window_seconds: 300,
            client_address_header: String::new(),
        }
    }
}

impl Default for WebForms {
    fn default() -> WebForms {
        WebForms { sent_per_minute: 5, sent_per_hour: 30 }
    }
}

/// Why the settings cannot be used: where it stands and what is allowed.
#[derive(Debug)]
pub struct ConfigError(String);

impl std::fmt::Display for ConfigError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ConfigError {}

/// The file, then what the environment overrides.
pub fn load(
    file: Option<&Path>,
    environment: impl Iterator<Item = (String, String)>,
) -> Result<Config, ConfigError> {
    let (name, text) = match file {
        Some(path) => {
            let text = std::fs::read_to_string(path)
                .map_err(|error| ConfigError(format!("{} cannot be read: {error}", path.display())))?;
            (path.display().to_string(), text)
        }
        None => ("config.toml".to_owned(), String::new()),
    };
    let config = parse(&name, &text)?;
    check(&config).map_err(|wrong| wrong.in_file(&name, &text))?;
    let config = override_from(config, environment)?;
    check(&config).map_err(|wrong| wrong.in_environment())?;
    Ok(config)
}

/// The settings of one text; errors name `name` and the line.
pub fn parse(name: &str, text: &str) -> Result<Config, ConfigError> {
    toml::from_str(text).map_err(|error| {
        let line =
            error.span().map_or(1, |span| 1 + text[..span.start.min(text.len())].matches('\n').count());
        ConfigError(format!("{name}, line {line}: {}", error.message().trim_end()))
    })
}

/// The settings as they would stand in a file.
pub fn print(config: &Config) -> Result<String, ConfigError> {
    toml::to_string(config).map_err(|error| ConfigError(error.to_string()))
}

/// Variables that begin like settings but belong to set-up and tests.
const NOT_SETTINGS: [&str; 3] = ["TRACTE_CONFIG", "TRACTE_BIN", "TRACTE_WASM_"];

/// `TRACTE_ADDRESS`, `TRACTE_LOG_LEVEL`: the path of the key in capitals.
fn override_from(
    config: Config,
    environment: impl Iterator<Item = (String, String)>,
) -> Result<Config, ConfigError> {
    let mut config = config;
    for (variable, value) in environment {
        if !variable.starts_with("TRACTE_") || NOT_SETTINGS.iter().any(|other| variable.starts_with(other)) {
            continue;
        }
        let mut table = toml::Table::try_from(&config).map_err(|error| ConfigError(error.to_string()))?;
        let Some(place) = find(&mut table, &variable) else {
            let known = variables(&table).join(", ");
            return Err(ConfigError(format!(
                "the environment variable {variable} is no setting; there are {known}"
            )));
        };
        *place = typed_as(place, &value);
        config = Config::deserialize(table).map_err(|error| {
            ConfigError(format!("the environment variable {variable}: {}", error.message()))
        })?;
    }
    Ok(config)
}

fn variable_of(path: &[&str]) -> String {
    format!("TRACTE_{}", path.join("_").to_ascii_uppercase())
}

fn find<'a>(table: &'a mut toml::Table, variable: &str) -> Option<&'a mut toml::Value> {
    table.iter_mut().find_map(|(key, value)| match value {
        toml::Value::Table(section) => section
            .iter_mut()
            .find(|(inner, _)| variable_of(&[key, inner]) == variable)
            .map(|(_, value)| value),
        value => (variable_of(&[key]) == variable).then_some(value),
    })
}

fn variables(table: &toml::Table) -> Vec<String> {
    let mut names = Vec::new();
    for (key, value) in table {
        match value {
            toml::Value::Table(section) => {
                names.extend(section.keys().map(|inner| variable_of(&[key, inner])));
            }
            _ => names.push(variable_of(&[key])),
        }
    }
    names
}

/// Text from the environment takes the type of what it replaces; if it cannot, it stays text and is refused.
fn typed_as(before: &toml::Value, text: &str) -> toml::Value {
    let typed = match before {
        toml::Value::Integer(_) => text.trim().parse().ok().map(toml::Value::Integer),
        toml::Value::Boolean(_) => text.trim().parse().ok().map(toml::Value::Boolean),
        _ => None,
    };
    typed.unwrap_or_else(|| toml::Value::String(text.to_owned()))
}

/// A value that the types allow and the program does not.
struct Wrong {
    key: &'static str,
    message: String,
}

impl Wrong {
    fn in_file(self, name: &str, text: &str) -> ConfigError {
        ConfigError(format!("{name}, line {}: {}", line_of(text, self.key), self.message))
    }

    fn in_environment(self) -> ConfigError {
        let path: Vec<&str> = self.key.split('.').collect();
        ConfigError(format!("the environment variable {}: {}", variable_of(&path), self.message))
    }
}

/// The line of a key such as `limits.upload_mb`, from 1.
fn line_of(text: &str, key: &str) -> usize {
    let mut section = String::new();
    for (line, content) in (1..).zip(text.lines()) {
        if let Some(name) = content.trim().strip_prefix('[').and_then(|rest| rest.split(']').next()) {
            section = format!("{}.", name.trim());
        } else if let Some((name, _)) = content.split_once('=')
            && format!("{section}{}", name.trim()) == key
        {
            return line;
        }
    }
    1
}

/// What the types cannot say.
fn check(config: &Config) -> Result<(), Wrong> {
    let wrong = |key, message| Wrong { key, message };
    let url = &config.public_url;
    if !url.is_empty() && (origin_of(url).is_none() || url.ends_with('/')) {
        return Err(wrong(
            "public_url",
            format!(
                "public_url is \"{url}\": allowed is https://host or http://host, with a port if needed, without a path or \"/\" at the end"
            ),
        ));
    }
    let between = [
        ("cache.records_mb", config.cache.records_mb, 8, 65_536),
        ("cache.reports_mb", config.cache.reports_mb, 64, 65_536),
        ("limits.upload_mb", config.limits.upload_mb, 1, 1024),
        ("limits.free_disk_mb", config.limits.free_disk_mb, 0, 100_000_000),
        ("limits.request_seconds", config.limits.request_seconds, 1, 3600),
        ("limits.upload_seconds", config.limits.upload_seconds, 1, 86_400),
        ("limits.idle_seconds", config.limits.idle_seconds, 5, 3600),
        ("limits.stop_seconds", config.limits.stop_seconds, 1, 600),
        ("workers.requests", config.workers.requests, 1, 256),
        ("workers.waiting", config.workers.waiting, 0, 100_000),
        ("plugins.fuel_millions", config.plugins.fuel_millions, 1, 10_000),
        ("plugins.wall_ms", config.plugins.wall_ms, 10, 10_000),
        ("plugins.memory_mb", config.plugins.memory_mb, 1, 128),
        ("sign_in.attempts_per_account", config.sign_in.attempts_per_account, 1, 10_000),
        ("sign_in.attempts_per_address", config.sign_in.attempts_per_address, 1, 100_000),
        ("sign_in.window_seconds", config.sign_in.window_seconds, 1, 86_400),
        ("web_forms.sent_per_minute", config.web_forms.sent_per_minute, 1, 10_000),
        ("web_forms.sent_per_hour", config.web_forms.sent_per_hour, 1, 100_000),
    ];
    for (key, value, least, most) in between {
        if !(least..=most).contains(&value) {
            return Err(wrong(key, format!("{key} is {value}: allowed is {least} to {most}")));
        }
    }
    Ok(())
}

/// Host and port of a URL without path.
fn origin_of(url: &str) -> Option<&str> {
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    (!host.is_empty() && !host.contains(['/', '?', '#', ' ', '@'])).then_some(host)
}

impl Config {
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }

    /// Host and port under which browsers know us; `None` when it is whatever they call us.
    pub fn public_host(&self) -> Option<&str> {
        origin_of(&self.public_url)
    }

    /// Off only where https cannot be expected: on this machine itself, or when somebody says so.
    pub fn secure_cookies(&self) -> bool {
        match self.cookie_secure {
            CookieSecure::Always => true,
            CookieSecure::Never => false,
            CookieSecure::Auto => {
                self.is_https() || (self.public_url.is_empty() && !self.address.ip().is_loopback())
            }
        }
    }

    /// A megabyte is a million bytes, as pages write it: who sets 64 reads 64.
    pub fn upload_bytes(&self) -> u64 {
        u64::from(self.limits.upload_mb) * 1_000_000
    }
}
