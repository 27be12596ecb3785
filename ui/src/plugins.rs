//! Plugins: what is installed, what can be, and one plugin in full: permissions, configuration, calls.

mod detail;

pub use detail::{CallRow, ConfigField, ConfigKind, Limits, Permission, PluginDetail, detail};

use crate::Locale;
use crate::components::{
    Column, Empty, Field, empty, error_summary, page_head, panel, post_button, table, tag,
};
use crate::format;
use crate::messages::t;
use crate::shell::{Nav, Page, Shell};
use maud::{Markup, html};
use model::FieldErrors;
use model::jiff::Timestamp;

/// How a plugin fares.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Health {
    /// Installed, not asked.
    Disabled,
    Healthy,
    /// Failures since the last success.
    Failing {
        in_a_row: u32,
    },
    /// Too many failures: not asked until then.
    Paused {
        until: Timestamp,
    },
}

/// An installed plugin in the list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PluginRow {
    pub id: String,
    pub title: String,
    pub summary: String,
    pub version: String,
    pub health: Health,
}

/// A plugin that lies beside the program and is not installed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AvailablePlugin {
    /// Of the component; sent as `file_name` to `POST /plugins/install`.
    pub file_name: String,
    pub title: String,
    pub summary: String,
    pub version: String,
}

/// `GET /plugins`. A file goes as `multipart/form-data` in the field `file` to `POST /plugins`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PluginsPage {
    /// In the order in which they are asked.
    pub installed: Vec<PluginRow>,
    pub available: Vec<AvailablePlugin>,
    pub errors: FieldErrors,
}

pub fn list(shell: &Shell, view: &PluginsPage) -> Markup {
    let l = shell.locale();
    let title = t!(l, "plugins-title");
    shell.page(
        &Page::new(&title, Nav::Plugins).errors(&view.errors),
        html! {
            (error_summary(l, &view.errors))
            (page_head(&title, Some(&t!(l, "plugins-intro")), html! {}))
            div.cols {
                div {
                    @if view.installed.is_empty() {
                        (empty(&Empty { icon: "puzzle", title: t!(l, "plugins-none"), text: t!(l, "plugins-none-text"), actions: html! {} }))
                    } @else { (installed(shell, &view.installed)) }
                    @if !view.available.is_empty() { (available(l, &view.available)) }
                }
                div { (upload(l, &view.errors)) }
            }
        },
    )
}

fn installed(shell: &Shell, plugins: &[PluginRow]) -> Markup {
    let l = shell.locale();
    let columns = [
        Column::text(t!(l, "plugins-name")),
        Column::text(t!(l, "plugins-version")),
        Column::text(t!(l, "plugins-state")),
    ];
    let rows = html! {
        @for plugin in plugins {
            tr {
                th scope="row" {
                    a href=(format!("/plugins/{}", plugin.id)) { (plugin.title) }
                    span.sub { (plugin.summary) }
                }
                td data-l=(columns[1].label) { span.nowrap { (plugin.version) } }
                td data-l=(columns[2].label) { (health_tag(shell, plugin.health)) }
            }
        }
    };
    table(&t!(l, "plugins-installed"), &columns, rows)
}

/// The state in words, with an icon and a tone.
pub(crate) fn health_tag(shell: &Shell, health: Health) -> Markup {
    let l = shell.locale();
    match health {
        Health::Disabled => tag("", "power", &t!(l, "plugins-disabled")),
        Health::Healthy => tag("ok", "circle-check", &t!(l, "plugins-healthy")),
        Health::Failing { in_a_row } => {
            tag("warn", "triangle-alert", &t!(l, "plugins-failing", count = in_a_row))
        }
        Health::Paused { until } => {
            tag("danger", "pause", &t!(l, "plugins-paused", time = format::time_of_day(until, &shell.zone)))
        }
    }
}

fn available(l: Locale<'_>, plugins: &[AvailablePlugin]) -> Markup {
    panel(
        &t!(l, "plugins-available"),
        html! {},
        html! {
            ul.rows {
                @for plugin in plugins {
                    li {
                        div.grow { strong { (plugin.title) } span.sub { (plugin.summary) " · " (plugin.version) } }
                        (post_button("/plugins/install", &[("file_name", &plugin.file_name)], "", html! {
                            (t!(l, "plugins-install")) span.sr { " " (plugin.title) }
                        }))
                    }
                }
            }
        },
    )
}

fn upload(l: Locale<'_>, errors: &FieldErrors) -> Markup {
    panel(
        &t!(l, "plugins-upload"),
        html! {},
        html! {
            form.body method="post" action="/plugins" enctype="multipart/form-data" novalidate {
                (Field::file("file", t!(l, "plugins-file"), ".wasm,application/wasm").hint(t!(l, "plugins-file-hint")).problems(l, errors).required())
                button.btn type="submit" { (t!(l, "plugins-upload-action")) }
            }
        },
    )
}
