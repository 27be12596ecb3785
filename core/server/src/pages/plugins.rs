//! Plugins: what is installed and what could be, one in full with its configuration and its latest calls.

use super::fields::{value_of, version_of};
use super::users::conflict_of;
use crate::errors::Fault;
use crate::here::Here;
use crate::routes::{Entry, page};
use model::{FieldErrors, Language, LeadId, Plugin, PluginCall, PluginId};
use poem::http::Method;
use poem::web::{Form, Multipart, Path};
use poem::{Response, handler};
use services::plugins::{self, Available, FieldKind, Installed, Words};
use services::{App, Ctx, Error, leads};
use std::collections::BTreeMap;
use ui::errors::{Conflict, ConflictField};
use ui::plugins::{
    AvailablePlugin, CallRow, ConfigField, ConfigKind, Health, Limits, Permission, PluginDetail, PluginRow,
    PluginsPage,
};

/// A screenful at first, and as many again whenever more are asked for; `services` keeps some hundreds.
const CALLS_SHOWN: usize = 20;
/// Sets a plugin's own fields apart from those of the form.
const CONFIG_PREFIX: &str = "config.";

type Fields = Vec<(String, String)>;
type Config = BTreeMap<String, String>;

pub(crate) fn entries() -> Vec<Entry> {
    let manage = "change plugins: administrators";
    vec![
        page(Method::GET, "/plugins", manage, list),
        page(Method::POST, "/plugins", manage, upload).upload(),
        page(Method::POST, "/plugins/install", manage, install),
        page(Method::GET, "/plugins/:id", manage, show),
        page(Method::POST, "/plugins/:id", manage, configure),
        page(Method::POST, "/plugins/:id/enable", manage, enable),
        page(Method::POST, "/plugins/:id/disable", manage, disable),
        page(Method::POST, "/plugins/:id/remove", manage, remove),
    ]
}

#[handler]
async fn list(here: Here) -> Result<Response, Fault> {
    let view = here.deed(|app, ctx| list_of(app, ctx, FieldErrors::default())).await?;
    Ok(here.page(ui::plugins::list(&here.shell(), &view)))
}

#[handler]
async fn upload(here: Here, multipart: Multipart) -> Result<Response, Fault> {
    let component = file_of(multipart).await?;
    let done = here
        .try_deed(move |app, ctx| match component.as_slice() {
            [] => Err(Error::invalid("file", "file-missing", "")),
            bytes => plugins::install(app, ctx, bytes),
        })
        .await?;
    after_install(&here, done).await
}

#[handler]
async fn install(here: Here, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let file_name = value_of(&fields, "file_name").to_owned();
    let done = here.try_deed(move |app, ctx| plugins::install_available(app, ctx, &file_name)).await?;
    after_install(&here, done).await
}

#[handler]
async fn show(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = here.id::<PluginId>(&id)?;
    let asked = here.query("calls").and_then(|count| count.parse::<usize>().ok());
    let shown = asked.unwrap_or_default().max(CALLS_SHOWN);
    let view = here
        .deed(move |app, ctx| {
            let plugin = plugins::get(app, ctx, id)?;
            let config = plugin.record.config.clone();
            let view = detail_of(ctx, &plugin, &config, &FieldErrors::default());
            with_calls(app, ctx, view, id, shown)
        })
        .await?;
    Ok(here.page(ui::plugins::detail(&here.shell(), &view)))
}

#[handler]
async fn configure(
    here: Here,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    let id = here.id::<PluginId>(&id)?;
    let (version, config) = (version_of(&fields), config_of(&fields));
    let typed = config.clone();
    let done = here
        .try_deed(move |app, ctx| {
            let plugin = plugins::get(app, ctx, id)?;
            let config = with_unticked(&plugin, typed);
            plugins::configure(app, ctx, id, version, &config, plugin.record.enabled)
        })
        .await?;
    match done {
        Ok(_) => Ok(here.go_with_notice(&format!("/plugins/{id}"), "saved")),
        Err(error) => config_again(&here, id, Some(version), config, error).await,
    }
}

#[handler]
async fn enable(here: Here, Path(id): Path<String>, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let id = here.id::<PluginId>(&id)?;
    switch(&here, id, version_of(&fields), Switch::On).await
}

#[handler]
async fn disable(here: Here, Path(id): Path<String>, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let id = here.id::<PluginId>(&id)?;
    switch(&here, id, version_of(&fields), Switch::Off).await
}

#[handler]
async fn remove(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let id = here.id::<PluginId>(&id)?;
    let done = here.try_deed(move |app, ctx| plugins::remove(app, ctx, id)).await?;
    match done {
        Ok(()) => Ok(here.go_with_notice("/plugins", "plugin-removed")),
        Err(error) => {
            let config = here.deed(move |app, ctx| Ok(plugins::get(app, ctx, id)?.record.config)).await?;
            config_again(&here, id, None, config, error).await
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Switch {
    On,
    Off,
}

/// Switches a plugin on or off with the configuration it has.
async fn switch(here: &Here, id: PluginId, version: u64, to: Switch) -> Result<Response, Fault> {
    let done = here
        .try_deed(move |app, ctx| {
            let config = plugins::get(app, ctx, id)?.record.config;
            plugins::configure(app, ctx, id, version, &config, to == Switch::On)
        })
        .await?;
    let code = if to == Switch::On { "plugin-enabled" } else { "plugin-disabled" };
    match done {
        Ok(_) => Ok(here.go_with_notice(&format!("/plugins/{id}"), code)),
        // Nothing was typed: the page as it is now, to look at before pressing again.
        Err(Error::Conflict(_)) => Ok(here.go(&format!("/plugins/{id}"))),
        Err(error) => {
            let config = here.deed(move |app, ctx| Ok(plugins::get(app, ctx, id)?.record.config)).await?;
            config_again(here, id, None, config, error).await
        }
    }
}

/// The plugin's page with what was typed, and what is wrong or what somebody else wrote.
async fn config_again(
    here: &Here,
    id: PluginId,
    version: Option<u64>,
    config: Config,
    error: Error,
) -> Result<Response, Fault> {
    match error {
        Error::Invalid(errors) => {
            let mut view = here
                .deed(move |app, ctx| {
                    let view = detail_of(ctx, &plugins::get(app, ctx, id)?, &config, &errors);
                    with_calls(app, ctx, view, id, CALLS_SHOWN)
                })
                .await?;
            view.version = version.unwrap_or(view.version);
            Ok(here.unprocessable(ui::plugins::detail(&here.shell(), &view)))
        }
        Error::Conflict(_) => {
            let view = here.deed(move |app, ctx| config_conflict(app, ctx, id, config)).await?;
            Ok(here.conflict(ui::errors::conflict(&here.shell(), &view)))
        }
        error => Err(error.into()),
    }
}

/// A new plugin is configured first; what was refused is said beside the list.
async fn after_install(here: &Here, done: Result<Plugin, Error>) -> Result<Response, Fault> {
    match done {
        Ok(plugin) => Ok(here.go_with_notice(&format!("/plugins/{}", plugin.id()), "plugin-installed")),
        Err(Error::Invalid(mut errors)) => {
            // The page has one field for the component, and it takes a file.
            errors.0.iter_mut().for_each(|problem| "file".clone_into(&mut problem.field));
            let view = here.deed(move |app, ctx| list_of(app, ctx, errors)).await?;
            Ok(here.unprocessable(ui::plugins::list(&here.shell(), &view)))
        }
        Err(error) => Err(error.into()),
    }
}

/// The bytes of the field `file`; nothing where none was chosen. The size is kept in bounds by the body's limit.
async fn file_of(mut multipart: Multipart) -> Result<Vec<u8>, Fault> {
    let broken = |error: poem::error::ParseMultipartError| Fault::bad_request(error.to_string());
    while let Some(field) = multipart.next_field().await.map_err(broken)? {
        if field.name() == Some("file") {
            return field.bytes().await.map_err(broken);
        }
    }
    Ok(Vec::new())
}

fn config_of(fields: &[(String, String)]) -> Config {
    let own = |(name, value): &(String, String)| {
        Some((name.strip_prefix(CONFIG_PREFIX)?.to_owned(), value.replace("\r\n", "\n")))
    };
    fields.iter().filter_map(own).collect()
}

/// Browsers do not send a box without a tick; here that means no.
fn with_unticked(plugin: &Installed, mut config: Config) -> Config {
    for field in plugin.manifest.config.iter().filter(|field| field.kind == FieldKind::Boolean) {
        config.entry(field.key.clone()).or_insert_with(|| false.to_string());
    }
    config
}

fn list_of(app: &App, ctx: &Ctx, errors: FieldErrors) -> Result<PluginsPage, Error> {
    Ok(PluginsPage {
        installed: plugins::list(app, ctx)?.iter().map(|plugin| row_of(ctx, plugin)).collect(),
        available: plugins::available(app, ctx)?.into_iter().map(|one| available_of(ctx, one)).collect(),
        errors,
    })
}

fn row_of(ctx: &Ctx, plugin: &Installed) -> PluginRow {
    PluginRow {
        id: plugin.record.id().to_string(),
        title: words(&plugin.manifest.title, ctx.language, &plugin.manifest.id),
        summary: words(&plugin.manifest.description, ctx.language, ""),
        version: plugin.record.plugin_version.clone(),
        health: health_of(ctx, plugin),
    }
}

fn available_of(ctx: &Ctx, plugin: Available) -> AvailablePlugin {
    AvailablePlugin {
        title: words(&plugin.manifest.title, ctx.language, &plugin.manifest.id),
        summary: words(&plugin.manifest.description, ctx.language, ""),
        version: plugin.manifest.version,
        file_name: plugin.file_name,
    }
}

fn health_of(ctx: &Ctx, plugin: &Installed) -> Health {
    match (plugin.record.enabled, plugin.health.paused_until, plugin.health.failures_in_a_row) {
        (false, _, _) => Health::Disabled,
        (true, Some(until), _) if until > ctx.at => Health::Paused { until },
        (true, _, 0) => Health::Healthy,
        (true, _, in_a_row) => Health::Failing { in_a_row },
    }
}

fn words(words: &Words, language: Language, otherwise: &str) -> String {
    words.get(language.code()).unwrap_or(otherwise).to_owned()
}

/// Without its calls.
fn detail_of(ctx: &Ctx, plugin: &Installed, config: &Config, errors: &FieldErrors) -> PluginDetail {
    let (record, manifest, limits) = (&plugin.record, &plugin.manifest, plugin.limits);
    let row = row_of(ctx, plugin);
    PluginDetail {
        id: row.id,
        version: record.meta.version,
        title: row.title,
        summary: row.summary,
        name: record.name.clone(),
        plugin_version: row.version,
        sha256: record.component_sha256.clone(),
        size_bytes: plugin.size_bytes,
        hooks: manifest.hooks.clone(),
        permissions: permissions_of(plugin),
        limits: Limits {
            fuel: limits.fuel,
            wall_ms: limits.wall_ms,
            memory_mb: u64::try_from(limits.memory_bytes >> 20).unwrap_or_default(),
        },
        enabled: record.enabled,
        health: row.health,
        config: config_fields(ctx, plugin, config, errors),
        calls: Vec::new(),
        calls_total: 0,
        more_calls_href: None,
    }
}

/// The newest calls, so many of them, and the way to more.
fn with_calls(
    app: &App,
    ctx: &Ctx,
    view: PluginDetail,
    id: PluginId,
    shown: usize,
) -> Result<PluginDetail, Error> {
    let calls = plugins::calls(app, ctx, id)?;
    let calls_total = calls.len();
    let more = |shown: usize| format!("/plugins/{id}?calls={}#call-{}", shown + CALLS_SHOWN, shown + 1);
    Ok(PluginDetail {
        calls: calls
            .into_iter()
            .take(shown)
            .map(|call| call_row(app, ctx, call))
            .collect::<Result<_, _>>()?,
        calls_total,
        more_calls_href: (shown < calls_total).then(|| more(shown)),
        ..view
    })
}

/// What the contract of its hooks lets it do: this version grants nothing beyond.
fn permissions_of(plugin: &Installed) -> Vec<Permission> {
    let mut permissions = Vec::new();
    if plugin.manifest.hooks.iter().any(|hook| hook == "assigner") {
        permissions.extend([Permission::SeeLead, Permission::SeeCandidates]);
    }
    permissions.extend([Permission::ReadConfig, Permission::WriteLog]);
    permissions
}

fn config_fields(ctx: &Ctx, plugin: &Installed, config: &Config, errors: &FieldErrors) -> Vec<ConfigField> {
    let field_of = |field: &plugins::ConfigField| ConfigField {
        key: field.key.clone(),
        kind: match &field.kind {
            FieldKind::String => ConfigKind::Line,
            FieldKind::Text => ConfigKind::Text,
            FieldKind::Integer { .. } => ConfigKind::Integer,
            FieldKind::Boolean => ConfigKind::Boolean,
            FieldKind::Enum(choices) => ConfigKind::Choices(choices.clone()),
        },
        title: words(&field.title, ctx.language, &field.key),
        help: words(&field.help, ctx.language, ""),
        required: field.required,
        value: config.get(&field.key).cloned().unwrap_or_default(),
        error: ui::problems::of(ctx.language, errors, &field.key),
    };
    let mut fields: Vec<ConfigField> = plugin.manifest.config.iter().map(field_of).collect();
    // What is said of the whole stands at its longest part: all together is too long.
    if let Some(longest) = fields.iter_mut().max_by_key(|field| field.value.len())
        && longest.error.is_none()
    {
        longest.error = ui::problems::of(ctx.language, errors, "");
    }
    fields
}

fn call_row(app: &App, ctx: &Ctx, call: PluginCall) -> Result<CallRow, Error> {
    let title = match leads::get(app, ctx, LeadId(call.about)) {
        Ok(lead) => lead.title().to_owned(),
        // Deleted since; its id is what remains.
        Err(Error::NotFound) => call.about.to_string(),
        Err(error) => return Err(error),
    };
    Ok(CallRow {
        at: call.at,
        about_href: format!("/leads/{}", call.about),
        about_title: title,
        outcome: call.outcome.strip_prefix("failed-").unwrap_or(&call.outcome).to_owned(),
        text: call.text,
        logs: call.logs,
        fuel: call.fuel,
        wall_us: call.wall_us,
    })
}

/// Both values of each setting that differs; the others go along unseen.
fn config_conflict(app: &App, ctx: &Ctx, id: PluginId, config: Config) -> Result<Conflict, Error> {
    let plugin = plugins::get(app, ctx, id)?;
    let title = words(&plugin.manifest.title, ctx.language, &plugin.manifest.id);
    let mut conflict = conflict_of(app, ctx, &plugin.record.meta, title, format!("/plugins/{id}"))?;
    let config = with_unticked(&plugin, config);
    for field in &plugin.manifest.config {
        let value = |config: &Config| config.get(&field.key).map(|value| value.trim().to_owned());
        let (mine, saved) =
            (value(&config).unwrap_or_default(), value(&plugin.record.config).unwrap_or_default());
        let name = format!("{CONFIG_PREFIX}{}", field.key);
        if mine == saved {
            conflict.rest.push((name, mine));
            continue;
        }
        conflict.fields.push(ConflictField {
            name,
            label: words(&field.title, ctx.language, &field.key),
            mine_shown: mine.clone(),
            saved_shown: saved.clone(),
            mine,
            saved,
        });
    }
    Ok(conflict)
}
