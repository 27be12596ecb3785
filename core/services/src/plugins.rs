//! Plugins: installed, configured, asked, and watched. A plugin that fails is passed over; the lead is never lost.

use crate::{App, Ctx, Error, permissions};
use model::uuid::Uuid;
use model::{Action, FieldErrors, IndexKey, Kind, Language, Meta, Plugin, PluginCall, PluginId, UserId};
use plugin_host::{Candidate, Capabilities, FailureClass, InstallError, LeadView, Manifest};
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::path::Path;
use std::sync::{Arc, Mutex};

mod health;
pub use health::Health;

pub use plugin_host::{
    Built, ConfigField, FieldKind, Words, build, compile_to_file, new_plugin, test_fixtures,
};

/// What every plugin finds in its configuration: the company's language, for the reasons it gives.
const LANGUAGE_KEY: &str = "tracte.language";
/// A company has a handful; each is asked for every lead.
pub const PLUGINS_MAX: usize = 50;
/// A component may be as big as its limit and not bigger.
pub const COMPONENT_BYTES_MAX: usize = 32 << 20;
/// What the plugin's page shows.
const CALLS_KEPT: usize = 500;
/// One value of a configuration; all of them fit a record.
const CONFIG_BYTES_MAX: usize = 2_600;

/// Compiled plugins by their hash, and the latest calls.
#[derive(Default)]
pub(crate) struct Loaded {
    code: Mutex<HashMap<String, Arc<plugin_host::Plugin>>>,
    calls: Mutex<VecDeque<PluginCall>>,
}

/// A plugin that is to be asked.
pub(crate) struct Ready {
    pub(crate) record: Plugin,
    health: Health,
    code: Arc<plugin_host::Plugin>,
}

/// One question to a plugin and what came of it.
pub struct Asked {
    pub(crate) call: PluginCall,
    /// The person it chose.
    pub(crate) chosen: Option<UserId>,
    failed: bool,
}

/// What the page of plugins shows of one that could be installed.
#[derive(Clone, Debug)]
pub struct Available {
    pub file_name: String,
    pub manifest: Manifest,
}

/// An installed plugin with its manifest.
#[derive(Clone, Debug)]
pub struct Installed {
    pub record: Plugin,
    pub health: Health,
    pub manifest: Manifest,
    pub limits: plugin_host::Limits,
    /// Of the component.
    pub size_bytes: u64,
}

/// All installed plugins, in the order they are asked.
pub fn list(app: &App, ctx: &Ctx) -> Result<Vec<Installed>, Error> {
    permissions::require_all(ctx, Kind::Plugin, Action::See)?;
    records(app)?.into_iter().map(|record| installed(app, record)).collect()
}

pub fn get(app: &App, ctx: &Ctx, id: PluginId) -> Result<Installed, Error> {
    permissions::require_all(ctx, Kind::Plugin, Action::See)?;
    installed(app, app.store.get::<Plugin>(id.0)?.ok_or(Error::NotFound)?)
}

/// What a plugin is called in a language; its name where it says nothing. For everybody: it stands on leads.
pub fn title(app: &App, name: &str, language: Language) -> Result<String, Error> {
    let title = match app.store.find(&IndexKey::unique(Kind::Plugin, "name", name))? {
        Some(id) => app.store.get::<Plugin>(id)?.and_then(|record| loaded(app, &record).ok()),
        None => None,
    };
    let title = title.and_then(|code| code.manifest.title.get(language.code()).map(str::to_owned));
    Ok(title.unwrap_or_else(|| name.to_owned()))
}

/// What an installed plugin says in a language.
pub(crate) struct Said {
    pub(crate) title: Option<String>,
    /// What its options are called, by their keys.
    pub(crate) options: BTreeMap<String, String>,
}

/// Nothing of one that is gone or cannot be read.
pub(crate) fn said(app: &App, id: Uuid, language: Language) -> Result<Option<Said>, Error> {
    let record = app.store.get::<Plugin>(id)?;
    let code = record.and_then(|record| loaded(app, &record).ok());
    let word = |words: &Words| words.get(language.code()).map(str::to_owned);
    Ok(code.map(|code| {
        let options = code.manifest.config.iter();
        let options = options.filter_map(|field| Some((field.key.clone(), word(&field.title)?)));
        Said { title: word(&code.manifest.title), options: options.collect() }
    }))
}

/// The latest calls of a plugin since the start of the server, newest first.
pub fn calls(app: &App, ctx: &Ctx, id: PluginId) -> Result<Vec<PluginCall>, Error> {
    permissions::require_all(ctx, Kind::Plugin, Action::See)?;
    let calls = app.plugins.calls.lock().map_err(Error::internal)?;
    Ok(calls.iter().rev().filter(|call| call.plugin == id).cloned().collect())
}

/// Components in the folder of available plugins that are not installed in that version.
pub fn available(app: &App, ctx: &Ctx) -> Result<Vec<Available>, Error> {
    permissions::require_all(ctx, Kind::Plugin, Action::See)?;
    let installed = records(app)?;
    let Some(folder) = &app.available_plugins else {
        return Ok(Vec::new());
    };
    let mut found: Vec<Available> = component_files(folder)
        .into_iter()
        .filter_map(|file_name| {
            let bytes = std::fs::read(folder.join(&file_name)).ok()?;
            let inspection = app.plugin_host.inspect(&bytes).ok()?;
            let known = installed.iter().any(|record| record.component_sha256 == inspection.sha256);
            (!known).then_some(Available { file_name, manifest: inspection.manifest })
        })
        .collect();
    found.sort_by(|one, other| one.file_name.cmp(&other.file_name));
    Ok(found)
}

/// Installs one of the available ones.
pub fn install_available(app: &App, ctx: &Ctx, file_name: &str) -> Result<Plugin, Error> {
    permissions::require_all(ctx, Kind::Plugin, Action::Create)?;
    let folder = app.available_plugins.as_ref().ok_or(Error::NotFound)?;
    let known = component_files(folder).into_iter().find(|known| known == file_name);
    let file_name = known.ok_or(Error::NotFound)?;
    let bytes = std::fs::read(folder.join(file_name)).map_err(Error::internal)?;
    install(app, ctx, &bytes)
}

/// Installs a component, or replaces the installed one of the same name, keeping its configuration.
/// A new plugin begins switched off: first it is configured.
pub fn install(app: &App, ctx: &Ctx, component: &[u8]) -> Result<Plugin, Error> {
    permissions::require_all(ctx, Kind::Plugin, Action::Create)?;
    let code = app.plugin_host.install(component).map_err(refused)?;
    let stored = app.documents.put(component, COMPONENT_BYTES_MAX as u64).map_err(Error::internal)?;
    let name = code.manifest.id.clone();
    let existing = match app.store.find(&IndexKey::unique(Kind::Plugin, "name", &name))? {
        Some(id) => app.store.get::<Plugin>(id)?,
        None => None,
    };
    let mut write = ctx.write();
    let id = match existing {
        Some(before) => {
            let after = Plugin {
                plugin_version: code.manifest.version.clone(),
                component_sha256: stored.sha256,
                ..before.clone()
            };
            health::forget(&mut write, before.id());
            write.update(&before, after);
            before.meta.id
        }
        None => {
            let record = Plugin {
                meta: Meta::new(ctx.new_id(), ctx.at, ctx.actor()),
                name,
                plugin_version: code.manifest.version.clone(),
                component_sha256: stored.sha256,
                config: defaults(&code.manifest),
                enabled: false,
                order: u32::try_from(records(app)?.len()).unwrap_or(u32::MAX),
            };
            let id = record.meta.id;
            write.create(record);
            id
        }
    };
    app.commit(write)?;
    app.store.get::<Plugin>(id)?.ok_or(Error::NotFound)
}

/// Changes the configuration and switches it on or off. What the manifest's schema refuses is shown by field.
pub fn configure(
    app: &App,
    ctx: &Ctx,
    id: PluginId,
    version: u64,
    config: &BTreeMap<String, String>,
    enabled: bool,
) -> Result<Plugin, Error> {
    permissions::require_all(ctx, Kind::Plugin, Action::Change)?;
    let before = app.store.get::<Plugin>(id.0)?.ok_or(Error::NotFound)?;
    let code = loaded(app, &before)?;
    let manifest = code.manifest.clone();
    let known: BTreeMap<String, String> = config
        .iter()
        .filter(|(key, value)| {
            !value.trim().is_empty() && manifest.config.iter().any(|field| &field.key == *key)
        })
        .map(|(key, value)| (key.clone(), value.replace("\r\n", "\n").trim().to_owned()))
        .collect();
    let mut errors = FieldErrors::default();
    for problem in plugin_host::check_config(&manifest, &known) {
        errors.add(&problem.field, &problem.code, problem.detail);
    }
    let bytes: usize = known.iter().map(|(key, value)| key.len() + value.len()).sum();
    if bytes > CONFIG_BYTES_MAX {
        errors.add("", "record-too-big", CONFIG_BYTES_MAX.to_string());
    }
    crate::error::none_of(errors)?;
    try_config(ctx, &code, crate::settings::get(app, ctx)?.language, &known)?;
    let after = Plugin { config: known, enabled, ..before.clone() };
    if before.meta.version != version {
        return Err(app.conflict(&before, &after));
    }
    let mut write = ctx.write();
    // Somebody looked after it: it may try again.
    health::forget(&mut write, id);
    write.update(&before, after);
    app.commit(write)?;
    app.store.get::<Plugin>(id.0)?.ok_or(Error::NotFound)
}

/// Asks the plugin about a lead of which nothing is known: one that cannot read its configuration says so now, beside
/// the form, and not when the next lead comes in.
fn try_config(
    ctx: &Ctx,
    code: &plugin_host::Plugin,
    language: Language,
    config: &BTreeMap<String, String>,
) -> Result<(), Error> {
    let lead = LeadView { id: Uuid::nil().to_string(), ..LeadView::default() };
    let call = code.assign(&lead, &[], &with_language(config, language), &Recorded(ctx));
    match call.outcome {
        Err(failure) if failure.class == FailureClass::Plugin && !failure.retryable => {
            let field = code.manifest.config.first().map_or("", |field| field.key.as_str());
            Err(Error::invalid(field, "plugin-says", failure.message))
        }
        _ => Ok(()),
    }
}

fn with_language(config: &BTreeMap<String, String>, language: Language) -> BTreeMap<String, String> {
    let mut config = config.clone();
    config.insert(LANGUAGE_KEY.to_owned(), language.code().to_owned());
    config
}

/// Removes a plugin and its configuration. The journal keeps what it was.
pub fn remove(app: &App, ctx: &Ctx, id: PluginId) -> Result<(), Error> {
    permissions::require_all(ctx, Kind::Plugin, Action::Delete)?;
    let record = app.store.get::<Plugin>(id.0)?.ok_or(Error::NotFound)?;
    let asks = |rule: &model::AssignmentRule| rule.plugin.as_ref() == Some(&record.name);
    if let Some(used) = crate::assignment_rules::uses(&app.frame(), asks).first() {
        return Err(Error::invalid("", "plugin-in-use", &used.name));
    }
    let mut write = ctx.write();
    health::forget(&mut write, id);
    write.delete(&record);
    app.commit(write).map(|_| ())
}

/// The plugins to ask now: switched on and not paused.
pub(crate) fn ready(app: &App, ctx: &Ctx) -> Result<Vec<Ready>, Error> {
    let mut ready = Vec::new();
    for record in records(app)? {
        if !record.enabled {
            continue;
        }
        let health = health::of(app, record.id())?;
        if health.is_paused(ctx.at) {
            continue;
        }
        // Code that is gone or does not load must not stop leads: the plugins page shows it.
        if let Ok(code) = loaded(app, &record) {
            ready.push(Ready { record, health, code });
        }
    }
    Ok(ready)
}

/// Why a plugin that somebody wants asked is not among those that are ready: `gone`, `off` or `paused`.
pub(crate) fn why_not_ready(app: &App, ctx: &Ctx, name: &str) -> Result<&'static str, Error> {
    let id = app.store.find(&IndexKey::unique(Kind::Plugin, "name", name))?;
    let Some(record) = id.map(|id| app.store.get::<Plugin>(id)).transpose()?.flatten() else {
        return Ok("gone");
    };
    Ok(match health::of(app, record.id())? {
        _ if !record.enabled => "off",
        health if health.is_paused(ctx.at) => "paused",
        _ => "gone",
    })
}

impl Ready {
    pub(crate) fn ask(
        &self,
        ctx: &Ctx,
        language: Language,
        lead: &LeadView,
        candidates: &[Candidate],
        about: Uuid,
    ) -> Asked {
        let config = with_language(&self.record.config, language);
        let call = self.code.assign(lead, candidates, &config, &Recorded(ctx));
        let (outcome, text, chosen, failed) = match &call.outcome {
            Ok(plugin_host::Decision::Assign { user_id, reason }) => {
                ("assigned".to_owned(), reason.clone(), user_id.parse::<UserId>().ok(), false)
            }
            Ok(plugin_host::Decision::Queue(name)) => ("queued".to_owned(), name.clone(), None, false),
            Ok(plugin_host::Decision::Skip) => ("skipped".to_owned(), String::new(), None, false),
            Err(failure) => {
                (format!("failed-{}", failure.class.as_str()), failure.message.clone(), None, true)
            }
        };
        let logs = call.logs.iter().map(|(level, line)| format!("{level:?}: {line}")).collect();
        let call = PluginCall {
            at: ctx.at,
            plugin: self.record.id(),
            plugin_version: self.record.plugin_version.clone(),
            about,
            outcome,
            text,
            logs,
            fuel: call.fuel,
            wall_us: call.wall_us,
        };
        Asked { call, chosen, failed }
    }
}

/// Whether a plugin failed so often in a row, in what was asked just now and before, that it is to be left in peace.
/// A plugin that comes back from a pause is asked once.
pub(crate) fn is_tired(plugin: &Ready, asked: &[Asked]) -> bool {
    let own = || asked.iter().rev().filter(|one| one.call.plugin == plugin.record.id());
    let failed = own().take_while(|one| one.failed).count();
    let former = if own().count() == failed { plugin.health } else { Health::default() };
    failed > 0 && former.tires_after(u32::try_from(failed).unwrap_or(u32::MAX))
}

/// Keeps the calls for the plugins page, and pauses a plugin that fails again and again. Failing to note it down
/// does not undo the lead.
pub(crate) fn note(app: &App, ctx: &Ctx, asked: Vec<Asked>) {
    let mut failures: BTreeMap<PluginId, (u32, bool)> = BTreeMap::new();
    for one in &asked {
        let entry = failures.entry(one.call.plugin).or_default();
        *entry = if one.failed { (entry.0 + 1, entry.1) } else { (0, true) };
    }
    for (id, (failed, succeeded)) in failures {
        let _ = health::note(app, ctx, id, failed, succeeded);
    }
    if let Ok(mut calls) = app.plugins.calls.lock() {
        calls.extend(asked.into_iter().map(|one| one.call));
        let extra = calls.len().saturating_sub(CALLS_KEPT);
        calls.drain(..extra);
    }
}

fn records(app: &App) -> Result<Vec<Plugin>, Error> {
    let mut records: Vec<Plugin> = app.store.members(Uuid::nil(), PLUGINS_MAX)?;
    records.sort_by_key(|record| (record.order, record.meta.id));
    Ok(records)
}

/// A component that is gone or does not load any more must not hide the others: it is listed with the reason, so that
/// it can be replaced or removed.
fn installed(app: &App, record: Plugin) -> Result<Installed, Error> {
    let health = health::of(app, record.id())?;
    let size_bytes = app
        .documents
        .open_file(&record.component_sha256)
        .ok()
        .and_then(|file| file.metadata().ok())
        .map_or(0, |metadata| metadata.len());
    match loaded(app, &record) {
        Ok(code) => {
            Ok(Installed { manifest: code.manifest.clone(), limits: code.limits, size_bytes, record, health })
        }
        Err(error) => {
            let manifest = nameless(&record, &error.to_string());
            Ok(Installed { manifest, limits: app.plugin_host.limits(), size_bytes, record, health })
        }
    }
}

/// What is known of a plugin whose component cannot be read.
fn nameless(record: &Plugin, reason: &str) -> Manifest {
    let texts = Language::ALL.map(|language| (language.code().to_owned(), reason.to_owned()));
    Manifest {
        id: record.name.clone(),
        version: record.plugin_version.clone(),
        api: String::new(),
        hooks: Vec::new(),
        language: None,
        title: Words::default(),
        description: Words(texts.into()),
        limits: plugin_host::AskedLimits::default(),
        config: Vec::new(),
    }
}

fn loaded(app: &App, record: &Plugin) -> Result<Arc<plugin_host::Plugin>, Error> {
    let cached = |plugins: &Loaded| {
        plugins.code.lock().ok().and_then(|code| code.get(&record.component_sha256).cloned())
    };
    if let Some(code) = cached(&app.plugins) {
        return Ok(code);
    }
    let component = app.documents.get(&record.component_sha256).map_err(Error::internal)?;
    let code = Arc::new(app.plugin_host.load(&component).map_err(Error::internal)?);
    if let Ok(mut all) = app.plugins.code.lock() {
        all.insert(record.component_sha256.clone(), Arc::clone(&code));
    }
    Ok(code)
}

fn component_files(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.ends_with(".wasm"))
        .collect()
}

fn defaults(manifest: &Manifest) -> BTreeMap<String, String> {
    manifest.config.iter().filter_map(|field| Some((field.key.clone(), field.default.clone()?))).collect()
}

/// Why a component is refused: in the words of the host, which name what to do. What the machine could not do is no
/// fault of the component.
fn refused(error: InstallError) -> Error {
    match error {
        InstallError::Compiler(_) | InstallError::Cache { .. } => Error::internal(error),
        error => Error::invalid("component", "plugin-refused", error.to_string()),
    }
}

/// What a plugin can know of the world: the time of the request, and recorded randomness.
struct Recorded<'a>(&'a Ctx);

impl Capabilities for Recorded<'_> {
    fn now_ms(&self) -> i64 {
        self.0.at.as_millisecond()
    }

    fn random_u64(&self) -> u64 {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes);
        u64::from_be_bytes(bytes)
    }
}

/// Runs a plugin's fixtures on its real component under the real limits.
pub fn test(
    component: &[u8],
    fixtures: &Path,
    compiled: &Path,
    options: crate::Options,
) -> Result<Vec<plugin_host::FixtureResult>, Error> {
    let host = plugin_host::Host::open(compiled, options.plugins, options.plugin_compiler)
        .map_err(Error::internal)?;
    let plugin = host.install(component).map_err(refused)?;
    plugin_host::test_fixtures(&plugin, fixtures).map_err(Error::internal)
}
