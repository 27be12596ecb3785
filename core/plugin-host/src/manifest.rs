//! `plugin.toml`: what a plugin says of itself, read with all its problems at once.

use std::collections::BTreeMap;

use model::Problem;
use toml::{Table, Value};

use crate::form::{self, ConfigField};
use crate::limits::AskedLimits;

/// The version of tracte:plugin this host offers, as manifests write it.
pub const API: &str = "0.1";
/// What a plugin can be asked for.
pub const HOOKS: [&str; 1] = ["assigner"];
/// A manifest is written by hand; a form of 50 fields has 20 kB.
const MANIFEST_BYTES_MAX: usize = 64 << 10;
/// Ids become parts of addresses and of keys in the store.
const ID_CHARACTERS_MAX: usize = 100;

/// What a plugin says of itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Manifest {
    /// `maker.name`: small letters, digits and hyphens, with at least one dot.
    pub id: String,
    /// Three numbers.
    pub version: String,
    /// The version of tracte:plugin it was built for.
    pub api: String,
    /// A part of [`HOOKS`], never empty.
    pub hooks: Vec<String>,
    /// What it is written in; for the administrator's information.
    pub language: Option<String>,
    /// Its name, else its id is shown.
    pub title: Words,
    /// What it does.
    pub description: Words,
    pub limits: AskedLimits,
    /// The administrator's form, in the order of the file.
    pub config: Vec<ConfigField>,
}

/// A text in several languages, by their code: `ca`, `es`, `en`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words(pub BTreeMap<String, String>);

impl Words {
    /// The text in this language, else in English, else in any.
    pub fn get(&self, language: &str) -> Option<&str> {
        let found = self.0.get(language).or_else(|| self.0.get("en"));
        found.or_else(|| self.0.values().next()).map(String::as_str)
    }
}

impl Manifest {
    /// Reads a manifest. What is unknown is a problem too: it may be a slip of the pen in something that matters.
    pub fn parse(text: &str) -> Result<Self, Vec<Problem>> {
        if text.len() > MANIFEST_BYTES_MAX {
            let detail = format!("it has {} bytes; {MANIFEST_BYTES_MAX} are accepted", text.len());
            return Err(vec![Problem::new("", "too-long", detail)]);
        }
        let table = match text.parse::<Table>() {
            Ok(table) => table,
            Err(error) => {
                let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
                let line = before.matches('\n').count() + 1;
                return Err(vec![Problem::new("", "syntax", format!("line {line}: {}", error.message()))]);
            }
        };
        let mut root = Section::new("", table);
        let manifest = Self {
            id: root.required_text("id"),
            version: root.required_text("version"),
            api: root.required_text("api"),
            hooks: root.texts("hooks"),
            language: root.text("language"),
            title: root.words("title"),
            description: root.words("description"),
            limits: read_limits(&mut root),
            config: read_form(&mut root),
        };
        refuse_capabilities(&mut root);
        let mut problems = root.finish();
        manifest.check(&mut problems);
        if problems.is_empty() { Ok(manifest) } else { Err(problems) }
    }

    /// What each value may be, where it is there at all.
    fn check(&self, problems: &mut Vec<Problem>) {
        let mut refuse =
            |field: &str, code: &str, detail: String| problems.push(Problem::new(field, code, detail));
        if !self.id.is_empty() && !is_id(&self.id) {
            refuse(
                "id",
                "format",
                format!("«{}»: write maker.name in small letters, digits and hyphens", self.id),
            );
        }
        if !self.version.is_empty() && !is_version(&self.version) {
            refuse("version", "format", format!("«{}»: write three numbers, such as 1.2.0", self.version));
        }
        if !self.api.is_empty() && self.api != API {
            refuse(
                "api",
                "unsupported",
                format!("it was written for {}; this Tracte offers {API}", self.api),
            );
        }
        if self.hooks.is_empty() {
            refuse("hooks", "required", format!("name at least one of: {}", HOOKS.join(", ")));
        }
        for hook in self.hooks.iter().filter(|hook| !HOOKS.contains(&hook.as_str())) {
            refuse("hooks", "unknown", format!("«{hook}»; there is: {}", HOOKS.join(", ")));
        }
    }
}

/// All problems in one sentence, for an error's text.
pub(crate) fn list(problems: &[Problem]) -> String {
    let describe = |problem: &Problem| match problem.field.as_str() {
        "" => problem.detail.clone(),
        field => format!("{field}: {}", problem.detail),
    };
    problems.iter().map(describe).collect::<Vec<_>>().join("; ")
}

fn is_id(id: &str) -> bool {
    let is_part = |part: &str| {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        !part.is_empty() && part.bytes().all(plain)
    };
    id.len() <= ID_CHARACTERS_MAX && id.contains('.') && id.split('.').all(is_part)
}

fn is_version(version: &str) -> bool {
    let numbers: Vec<_> = version.split('.').collect();
    numbers.len() == 3 && numbers.iter().all(|number| number.parse::<u32>().is_ok())
}

fn read_limits(root: &mut Section) -> AskedLimits {
    let Some(table) = root.table("limits") else { return AskedLimits::default() };
    let mut limits = Section::new("limits", table);
    let asked = AskedLimits {
        fuel: limits.size("fuel"),
        wall_ms: limits.size("wall_ms"),
        memory_bytes: limits.size("memory_mb").map(|megabytes| {
            // More than any limit is as good as no limit.
            usize::try_from(megabytes).unwrap_or(usize::MAX).saturating_mul(1 << 20)
        }),
    };
    root.problems.extend(limits.finish());
    asked
}

fn read_form(root: &mut Section) -> Vec<ConfigField> {
    let Some(table) = root.table("config") else { return Vec::new() };
    let mut config = Section::new("config", table);
    let mut fields = Vec::new();
    for (key, value) in config.table("schema").unwrap_or_default() {
        let at = format!("config.schema.{key}");
        match value {
            Value::Table(table) => {
                let (field, problems) = form::read_field(&key, Section::new(&at, table));
                fields.push(field);
                config.problems.extend(problems);
            }
            _ => config.refuse_at(&at, "type", "write a table: { type = \"string\", title = \"…\" }"),
        }
    }
    root.problems.extend(config.finish());
    fields
}

/// A decision needs no capability, so this version has none to grant; to accept one would promise what never comes.
fn refuse_capabilities(root: &mut Section) {
    for (name, _) in root.table("capabilities").unwrap_or_default() {
        root.refuse_at(
            &format!("capabilities.{name}"),
            "unsupported",
            "this version of Tracte grants no capabilities",
        );
    }
}

/// A table that is read key by key; what nobody asked for is a problem at the end.
pub(crate) struct Section {
    at: String,
    table: Table,
    problems: Vec<Problem>,
}

impl Section {
    pub(crate) fn new(at: &str, table: Table) -> Self {
        Self { at: at.to_owned(), table, problems: Vec::new() }
    }

    pub(crate) fn refuse(&mut self, key: &str, code: &str, detail: &str) {
        let at = if self.at.is_empty() { key.to_owned() } else { format!("{}.{key}", self.at) };
        self.refuse_at(&at, code, detail);
    }

    fn refuse_at(&mut self, at: &str, code: &str, detail: &str) {
        self.problems.push(Problem::new(at, code, detail));
    }

    pub(crate) fn text(&mut self, key: &str) -> Option<String> {
        match self.table.remove(key)? {
            Value::String(text) => Some(text),
            _ => {
                self.refuse(key, "type", "write a text in quotes");
                None
            }
        }
    }

    fn required_text(&mut self, key: &str) -> String {
        let missing = !self.table.contains_key(key);
        let text = self.text(key).unwrap_or_default();
        if missing {
            self.refuse(key, "required", "it is missing");
        }
        text
    }

    pub(crate) fn texts(&mut self, key: &str) -> Vec<String> {
        let Some(value) = self.table.remove(key) else { return Vec::new() };
        let texts = value.try_into::<Vec<String>>();
        texts.unwrap_or_else(|_| {
            self.refuse(key, "type", "write a list of texts: [\"…\", \"…\"]");
            Vec::new()
        })
    }

    /// One text for all languages, or a table of them.
    pub(crate) fn words(&mut self, key: &str) -> Words {
        let Some(value) = self.table.remove(key) else { return Words::default() };
        if let Value::String(text) = value {
            return Words(BTreeMap::from([("en".to_owned(), text)]));
        }
        let words = value.try_into().map(Words);
        words.unwrap_or_else(|_| {
            self.refuse(key, "type", "write a text, or one for each language: { ca = \"…\", en = \"…\" }");
            Words::default()
        })
    }

    pub(crate) fn integer(&mut self, key: &str) -> Option<i64> {
        match self.table.remove(key)? {
            Value::Integer(number) => Some(number),
            _ => {
                self.refuse(key, "type", "write a whole number");
                None
            }
        }
    }

    /// A whole number above zero.
    fn size(&mut self, key: &str) -> Option<u64> {
        let number = self.integer(key)?;
        let size = u64::try_from(number).ok().filter(|size| *size > 0);
        if size.is_none() {
            self.refuse(key, "range", "write a number above zero");
        }
        size
    }

    pub(crate) fn flag(&mut self, key: &str) -> bool {
        match self.table.remove(key) {
            None => false,
            Some(Value::Boolean(flag)) => flag,
            Some(_) => {
                self.refuse(key, "type", "write true or false");
                false
            }
        }
    }

    fn table(&mut self, key: &str) -> Option<Table> {
        match self.table.remove(key)? {
            Value::Table(table) => Some(table),
            _ => {
                self.refuse(key, "type", "write a table");
                None
            }
        }
    }

    /// All problems, with what was left unread.
    pub(crate) fn finish(mut self) -> Vec<Problem> {
        for key in std::mem::take(&mut self.table).keys() {
            self.refuse(key, "unknown", "there is no such entry");
        }
        self.problems
    }
}
