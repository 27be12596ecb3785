//! One plugin in full.

use super::{Health, health_tag};
use crate::Locale;
use crate::components::{
    Choice, Column, Empty, Fact, Field, Value, empty, error_lines, facts, icon, notice, panel, post_button,
    submit, table, tag,
};
use crate::format;
use crate::messages::t;
use crate::shell::{Nav, Notice, NoticeKind, Page, Shell};
use maud::{Markup, Render, html};
use model::jiff::Timestamp;

/// Something that the administrator lets a plugin do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Permission {
    /// Reads the lead that is to be assigned.
    SeeLead,
    /// Reads the list of people who could get it.
    SeeCandidates,
    /// Reads its own configuration.
    ReadConfig,
    /// Writes lines to its log.
    WriteLog,
    /// Sends requests to these addresses.
    Http(Vec<String>),
    /// Reads records of these kinds.
    ReadRecords(Vec<String>),
    /// Uses this secret towards these addresses, without seeing it.
    Secret { name: String, hosts: Vec<String> },
}

/// What no call may exceed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    pub fuel: u64,
    pub wall_ms: u64,
    pub memory_mb: u64,
}

/// How a configuration value is typed in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ConfigKind {
    /// One line.
    Line,
    /// Several lines.
    Text,
    Integer,
    Boolean,
    Choices(Vec<String>),
}

/// One value of a plugin's configuration, from the schema in its manifest.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ConfigField {
    /// Sent as `config.<key>`.
    pub key: String,
    pub kind: ConfigKind,
    pub title: String,
    pub help: String,
    pub required: bool,
    /// `true` or `false` for a boolean.
    pub value: String,
    pub error: Option<String>,
}

/// One call in the audit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CallRow {
    pub at: Timestamp,
    pub about_href: String,
    pub about_title: String,
    /// `assigned`, `queued`, `skipped`, or the class of a failure: `fuel`, `timeout`, `memory`, `trap`…
    pub outcome: String,
    /// The plugin's reason or the failure's message.
    pub text: String,
    pub logs: Vec<String>,
    pub fuel: u64,
    pub wall_us: u64,
}

/// `GET /plugins/{id}`. `POST /plugins/{id}` saves the configuration (`config.*`, `version`);
/// `POST /plugins/{id}/enable` and `/disable` (`version`), `POST /plugins/{id}/remove`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PluginDetail {
    pub id: String,
    /// Of the record, for optimistic concurrency.
    pub version: u64,
    pub title: String,
    pub summary: String,
    /// The manifest's id.
    pub name: String,
    pub plugin_version: String,
    pub sha256: String,
    pub size_bytes: u64,
    /// `assigner`…
    pub hooks: Vec<String>,
    pub permissions: Vec<Permission>,
    pub limits: Limits,
    pub enabled: bool,
    pub health: Health,
    pub config: Vec<ConfigField>,
    /// Newest first, as many as are shown.
    pub calls: Vec<CallRow>,
    /// How many there are.
    pub calls_total: usize,
    /// The same page with more of them, from the first one that is new there.
    pub more_calls_href: Option<String>,
}

pub fn detail(shell: &Shell, view: &PluginDetail) -> Markup {
    let l = shell.locale();
    let problems: Vec<(String, String)> = view
        .config
        .iter()
        .filter_map(|field| Some((format!("config.{}", field.key), field.error.clone()?)))
        .collect();
    shell.page(
        &Page::new(&view.title, Nav::Plugins).problems(problems.len()),
        html! {
            (error_lines(l, &problems))
            div.page-head {
                div.titles {
                    a.crumb href="/plugins" { (icon("arrow-left")) (t!(l, "plugins-title")) }
                    h1 { (view.title) }
                    p.sub { (view.summary) }
                }
                div.actions { (health_tag(shell, view.health)) (switch(l, view)) }
            }
            (health_notice(shell, view.health))
            div.cols {
                div { (config_panel(l, view)) (calls_panel(shell, view)) }
                div { (permissions_panel(l, &view.permissions)) (about_panel(l, view)) }
            }
        },
    )
}

fn switch(l: Locale<'_>, view: &PluginDetail) -> Markup {
    let version = view.version.to_string();
    let (deed, class, label) = if view.enabled {
        ("disable", "", t!(l, "plugins-disable"))
    } else {
        ("enable", "primary", t!(l, "plugins-enable"))
    };
    post_button(
        &format!("/plugins/{}/{deed}", view.id),
        &[("version", &version)],
        class,
        html! { (icon("power")) (label) },
    )
}

fn health_notice(shell: &Shell, health: Health) -> Markup {
    let l = shell.locale();
    let said = match health {
        Health::Disabled | Health::Healthy => return html! {},
        Health::Failing { in_a_row } => {
            Notice { kind: NoticeKind::Warn, text: t!(l, "plugins-failing-text", count = in_a_row) }
        }
        Health::Paused { until } => Notice {
            kind: NoticeKind::Danger,
            text: t!(l, "plugins-paused-text", time = format::date_time(l, until, &shell.zone)),
        },
    };
    notice(&said)
}

fn config_panel(l: Locale<'_>, view: &PluginDetail) -> Markup {
    panel(
        &t!(l, "plugins-config"),
        html! {},
        html! {
            @if view.config.is_empty() { div.body { p.muted { (t!(l, "plugins-config-none")) } } }
            @else {
                form.body method="post" action=(format!("/plugins/{}", view.id)) novalidate {
                    input type="hidden" name="version" value=(view.version);
                    @for field in &view.config { (config_field(l, field)) }
                    div { (submit(&t!(l, "plugins-save"))) }
                }
            }
        },
    )
}

fn config_field(l: Locale<'_>, field: &ConfigField) -> Markup {
    let name = format!("config.{}", field.key);
    let choices: Vec<Choice> = match &field.kind {
        ConfigKind::Choices(values) => values.iter().map(|value| Choice::new(value, value)).collect(),
        _ => Vec::new(),
    };
    let title = field.title.as_str();
    let built = match &field.kind {
        ConfigKind::Line => Field::text(&name, title),
        ConfigKind::Text => Field::code(&name, title, 6),
        ConfigKind::Integer => Field::whole_number(&name, title),
        ConfigKind::Boolean => Field::checkbox(&name, title, field.value == "true"),
        ConfigKind::Choices(_) => Field::select(&name, title, &choices),
    };
    let built = built.value(&field.value).error(field.error.clone());
    let built = if field.help.is_empty() { built } else { built.hint(field.help.as_str()) };
    match (field.required, &field.kind) {
        (true, _) => built.required().render(),
        (false, ConfigKind::Boolean) => built.render(),
        (false, _) => built.optional(l).render(),
    }
}

fn permissions_panel(l: Locale<'_>, permissions: &[Permission]) -> Markup {
    let reaches_out = permissions.iter().any(|permission| matches!(permission, Permission::Http(_)));
    panel(
        &t!(l, "plugins-permissions"),
        html! {},
        html! {
            ul.rows {
                @for permission in permissions { li { (icon("check")) span.grow { (permission_words(l, permission)) } } }
                @if !reaches_out { li { (icon("lock")) span.grow.muted { (t!(l, "plugins-not-http")) } } }
                li { (icon("lock")) span.grow.muted { (t!(l, "plugins-not-files")) } }
                li { (icon("lock")) span.grow.muted { (t!(l, "plugins-not-write")) } }
            }
        },
    )
}

fn permission_words(l: Locale<'_>, permission: &Permission) -> String {
    match permission {
        Permission::SeeLead => t!(l, "plugins-may-see-lead"),
        Permission::SeeCandidates => t!(l, "plugins-may-see-candidates"),
        Permission::ReadConfig => t!(l, "plugins-may-read-config"),
        Permission::WriteLog => t!(l, "plugins-may-log"),
        Permission::Http(hosts) => t!(l, "plugins-may-http", hosts = format::list(l, hosts)),
        Permission::ReadRecords(kinds) => {
            t!(l, "plugins-may-read-records", kinds = format::list(l, kinds))
        }
        Permission::Secret { name, hosts } => {
            t!(l, "plugins-may-secret", name = name.as_str(), hosts = format::list(l, hosts))
        }
    }
}

fn about_panel(l: Locale<'_>, view: &PluginDetail) -> Markup {
    let hooks: Vec<String> = view.hooks.iter().map(|hook| hook_words(l, hook)).collect();
    let limits = view.limits;
    let megabytes = limits.memory_mb.to_string();
    let entries = [
        Fact::new(t!(l, "plugins-identifier"), Value::text(&view.name)),
        Fact::new(t!(l, "plugins-version"), Value::text(&view.plugin_version)),
        Fact::new(t!(l, "plugins-does"), Value::text(format::list(l, &hooks))),
        Fact::new(t!(l, "plugins-size"), Value::text(format::size(l, view.size_bytes))),
        Fact::new(
            t!(l, "plugins-limits"),
            Value::Text(t!(
                l,
                "plugins-limits-words",
                time = format::count(l, limits.wall_ms),
                memory = megabytes.as_str(),
                fuel = format::count(l, limits.fuel)
            )),
        ),
    ];
    panel(
        &t!(l, "plugins-about"),
        html! {},
        html! {
            div.body {
                (facts(l, &entries))
                div.stack-s { span.hint-text { (t!(l, "plugins-hash")) } pre.wrap { (view.sha256) } }
                details.confirm {
                    summary.btn.danger { (icon("trash-2")) (t!(l, "plugins-remove")) }
                    p { (t!(l, "plugins-remove-warning")) }
                    (post_button(&format!("/plugins/{}/remove", view.id), &[], "danger", html! { (t!(l, "plugins-remove-confirm")) }))
                }
            }
        },
    )
}

fn hook_words(l: Locale<'_>, hook: &str) -> String {
    match hook {
        "assigner" => t!(l, "plugins-hook-assigner"),
        other => other.to_owned(),
    }
}

fn calls_panel(shell: &Shell, view: &PluginDetail) -> Markup {
    let l = shell.locale();
    let calls = &view.calls;
    html! {
        section.stack-s {
            h2 { (t!(l, "plugins-calls")) }
            @if calls.is_empty() {
                (empty(&Empty { icon: "history", title: t!(l, "plugins-calls-none"), text: t!(l, "plugins-calls-none-text"), actions: html! {} }))
            } @else {
                (calls_table(shell, calls))
                nav.pager aria-label=(t!(l, "plugins-calls")) {
                    span.muted { (t!(l, "plugins-calls-shown", shown = calls.len(), total = view.calls_total)) }
                    @if let Some(href) = &view.more_calls_href {
                        a.btn href=(href) { (icon("chevron-down")) (t!(l, "plugins-calls-more")) }
                    }
                }
            }
        }
    }
}

fn calls_table(shell: &Shell, calls: &[CallRow]) -> Markup {
    let l = shell.locale();
    let columns = [
        Column::text(t!(l, "plugins-call-about")),
        Column::text(t!(l, "plugins-call-outcome")),
        Column::text(t!(l, "plugins-call-reason")),
        Column::number(t!(l, "plugins-call-cost")),
    ];
    let rows = html! {
        @for (position, call) in calls.iter().enumerate() {
            tr id=(format!("call-{}", position + 1)) {
                th scope="row" {
                    a href=(call.about_href) { (call.about_title) }
                    span.sub { time datetime=(call.at) { (format::date_time(l, call.at, &shell.zone)) } }
                }
                td data-l=(columns[1].label) { (outcome_tag(l, &call.outcome)) }
                td data-l=(columns[2].label) {
                    div {
                        (call.text)
                        @if !call.logs.is_empty() {
                            details { summary { (t!(l, "plugins-call-log", count = call.logs.len())) } pre tabindex="0" { (call.logs.join("\n")) } }
                        }
                    }
                }
                td.num data-l=(columns[3].label) {
                    span { (milliseconds(l, call.wall_us)) span.sub { (t!(l, "plugins-call-fuel", fuel = format::count(l, call.fuel))) } }
                }
            }
        }
    };
    table(&t!(l, "plugins-calls"), &columns, rows)
}

fn milliseconds(l: Locale<'_>, wall_us: u64) -> String {
    let hundredths = i64::try_from(wall_us / 10).unwrap_or(i64::MAX);
    format!("{}\u{a0}ms", format::hundredths(l, hundredths))
}

fn outcome_tag(l: Locale<'_>, outcome: &str) -> Markup {
    match outcome {
        "assigned" => tag("ok", "user-check", &t!(l, "plugins-outcome-assigned")),
        "queued" => tag("info", "users", &t!(l, "plugins-outcome-queued")),
        "skipped" => tag("", "minus", &t!(l, "plugins-outcome-skipped")),
        "fuel" => tag("danger", "circle-x", &t!(l, "plugins-outcome-fuel")),
        "timeout" => tag("danger", "clock", &t!(l, "plugins-outcome-timeout")),
        "memory" => tag("danger", "circle-x", &t!(l, "plugins-outcome-memory")),
        "trap" => tag("danger", "circle-x", &t!(l, "plugins-outcome-trap")),
        "bad-output" => tag("danger", "circle-x", &t!(l, "plugins-outcome-bad-output")),
        "plugin" => tag("danger", "circle-x", &t!(l, "plugins-outcome-plugin")),
        "denied" => tag("danger", "lock", &t!(l, "plugins-outcome-denied")),
        other => tag("warn", "triangle-alert", other),
    }
}
