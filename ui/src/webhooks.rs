//! Webhooks: the list, the form, one of them with its log, a delivery, and secrets shown once.

mod delivery;
mod page;

pub use delivery::{DeliveryPage, delivery};
pub use page::{DeliveryRow, WebhookPage, page};

use crate::Locale;
use crate::components::{
    Choice, Column, Empty, Field, empty, error_summary, form_actions, icon, page_head, primary_link, secret,
    table, tag,
};
use crate::format;
use crate::messages::{find, t};
use crate::pieces::{self, Difference};
use crate::settings::back_link;
use crate::shell::{Nav, Page, Shell};
use maud::{Markup, html};
use model::jiff::Timestamp;
use model::{FieldErrors, Kind, WEBHOOK_EVENTS, WebhookHealth};

pub const PATH: &str = "/settings/webhooks";
/// The names of the boxes of events begin with it, one name an entity.
pub const EVENTS: &str = "events_";
/// As in `services::webhooks`.
const URL_CHARACTERS_MAX: u32 = 500;

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WebhookRow {
    pub id: String,
    pub name: String,
    pub url: String,
    pub events: Vec<String>,
    pub health: WebhookHealth,
    pub delivered_at: Option<Timestamp>,
}

/// `GET /settings/webhooks`.
pub fn list(shell: &Shell, rows: &[WebhookRow]) -> Markup {
    let l = shell.locale();
    let title = t!(l, "webhooks-title");
    let new = primary_link(&format!("{PATH}/new"), "plus", &t!(l, "webhooks-new"));
    shell.page(
        &Page::new(&title, Nav::Settings),
        html! {
            (back_link(l))
            (page_head(&title, Some(&t!(l, "webhooks-intro")), new))
            @if rows.is_empty() {
                (empty(&Empty { icon: "link", title: t!(l, "webhooks-none"), text: t!(l, "webhooks-none-text"), actions: html! {} }))
            } @else { (rows_table(shell, rows)) }
        },
    )
}

fn rows_table(shell: &Shell, rows: &[WebhookRow]) -> Markup {
    let l = shell.locale();
    let columns = [
        Column::text(t!(l, "webhooks-name")),
        Column::text(t!(l, "webhooks-events")),
        Column::text(t!(l, "webhooks-state")),
        Column::text(t!(l, "webhooks-last")),
    ];
    let body = html! {
        @for row in rows {
            tr {
                th scope="row" { a href=(format!("{PATH}/{}", row.id)) { (row.name) } span.sub { (row.url) } }
                td data-l=(columns[1].label) { (event_names(l, &row.events)) }
                td data-l=(columns[2].label) { (health_tag(shell, row.health)) }
                td data-l=(columns[3].label) {
                    @match row.delivered_at {
                        Some(at) => time datetime=(at) { (moment(shell, at)) },
                        None => span.muted { (t!(l, "webhooks-delivered-never")) },
                    }
                }
            }
        }
    };
    table(&t!(l, "webhooks-title"), &columns, body)
}

fn moment(shell: &Shell, at: Timestamp) -> String {
    format::date_time(shell.language, at, &shell.zone)
}

/// How one fares in words, with an icon and a tone.
fn health_tag(shell: &Shell, health: WebhookHealth) -> Markup {
    let l = shell.locale();
    match health {
        WebhookHealth::Fine => tag("ok", "circle-check", &t!(l, "webhooks-state-fine")),
        WebhookHealth::Failing(since) => {
            tag("warn", "triangle-alert", &t!(l, "webhooks-state-failing", moment = moment(shell, since)))
        }
        WebhookHealth::NoSecret => tag("danger", "key-round", &t!(l, "webhooks-state-no-secret")),
        WebhookHealth::Off => tag("", "power", &t!(l, "webhooks-state-off")),
        WebhookHealth::GivenUp(since) => {
            tag("danger", "power", &t!(l, "webhooks-state-given-up", moment = moment(shell, since)))
        }
    }
}

/// What an event is called: «Pressupost: Acceptat»; what nobody knows stays a code.
pub fn event_name<'l>(l: impl Into<Locale<'l>>, code: &str) -> String {
    let l: Locale<'_> = l.into();
    let Some((entity, event)) = code.split_once('.') else { return code.to_owned() };
    let entity = match entity.parse::<Kind>() {
        Ok(kind) => crate::audit::kind_name(l, kind),
        Err(()) => entity.to_owned(),
    };
    t!(l, "webhooks-event-of", entity = entity, event = event_word(l, event))
}

/// What its fields are called, where two of them are compared: name, address, events.
pub fn labels<'l>(l: impl Into<Locale<'l>>) -> [String; 3] {
    let l: Locale<'_> = l.into();
    [t!(l, "webhooks-name"), t!(l, "webhooks-url"), t!(l, "webhooks-events")]
}

fn event_word(l: Locale<'_>, event: &str) -> String {
    let event = if event == "*" { "all" } else { event };
    find(l, &format!("webhooks-event-{}", event.replace('_', "-")), &[]).unwrap_or_else(|| event.to_owned())
}

fn event_names(l: Locale<'_>, codes: &[String]) -> String {
    let names: Vec<String> = codes.iter().map(|code| event_name(l, code)).collect();
    names.join("; ")
}

/// `GET /settings/webhooks/new` and `GET /settings/webhooks/{id}/edit`; sends `version`, `name`, `url` and a box
/// `events_<entity>` for each event, to `POST /settings/webhooks/new` or `POST /settings/webhooks/{id}`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct WebhookForm {
    /// Nothing for a new one.
    pub id: Option<String>,
    pub version: u64,
    pub name: String,
    pub url: String,
    pub events: Vec<String>,
    /// Whether addresses of the company's own network are good.
    pub allows_private: bool,
    /// Somebody saved it meanwhile, and what differs.
    pub conflict: Option<Vec<Difference>>,
    pub errors: FieldErrors,
}

pub fn form(shell: &Shell, view: &WebhookForm) -> Markup {
    let l = shell.locale();
    let errors = &view.errors;
    let title = if view.id.is_some() { view.name.clone() } else { t!(l, "webhooks-new") };
    let back = view.id.as_ref().map_or_else(|| PATH.to_owned(), |id| format!("{PATH}/{id}"));
    let action = if view.id.is_some() { back.clone() } else { format!("{PATH}/new") };
    let save = if view.id.is_some() { t!(l, "common-save") } else { t!(l, "webhooks-create") };
    let mut hint = t!(l, "webhooks-url-hint");
    if view.allows_private {
        hint = format!("{hint} {}", t!(l, "webhooks-url-private-hint"));
    }
    shell.page(
        &Page::new(&title, Nav::Settings).errors(errors),
        html! {
            p { a.btn.quiet href=(PATH) { (icon("arrow-left")) (t!(l, "webhooks-all")) } }
            (error_summary(l, errors))
            @if let Some(differences) = &view.conflict { (pieces::conflict(l, differences)) }
            (page_head(&title, None, html! {}))
            form.form method="post" action=(action) novalidate {
                input type="hidden" name="version" value=(view.version);
                section.panel {
                    div.body.stack-m {
                        (Field::text("name", t!(l, "webhooks-name")).value(&view.name).hint(t!(l, "webhooks-name-hint")).problems(l, errors).required().autocomplete("off").maximum_characters(100))
                        (Field::url("url", t!(l, "webhooks-url")).value(&view.url).hint(hint).problems(l, errors).required().maximum_characters(URL_CHARACTERS_MAX).placeholder("https://comptes.exemple.cat/tracte"))
                    }
                }
                (events(l, view))
                (form_actions(&save, &back, &t!(l, "common-cancel")))
            }
        },
    )
}

fn events(l: Locale<'_>, view: &WebhookForm) -> Markup {
    let problem = crate::problems::of(l, &view.errors, "events");
    html! {
        section.panel {
            header { h2 id="f-events" { (t!(l, "webhooks-events")) } }
            div.body.stack-m {
                p.muted { (t!(l, "webhooks-events-text")) }
                @if let Some(problem) = &problem {
                    div.field { p.error { (icon("circle-alert")) span { (problem) } } }
                }
                div.form-grid.groups {
                    @for (kind, names) in WEBHOOK_EVENTS {
                        @let name = format!("{EVENTS}{kind}");
                        @let choices = choices(l, *kind, names);
                        (Field::checkboxes(&name, crate::audit::kind_name(l, *kind), &choices, &view.events))
                    }
                }
            }
        }
    }
}

fn choices(l: Locale<'_>, kind: Kind, names: &[&str]) -> Vec<Choice> {
    let choice = |code: String, word: &str| Choice::new(code.clone(), event_word(l, word)).hint(code);
    let own = names.iter().map(|name| choice(format!("{kind}.{name}"), name));
    std::iter::once(choice(model::all_of(kind), "all")).chain(own).collect()
}

/// A secret that has just been made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewSecret {
    pub id: String,
    pub name: String,
    pub secret: String,
    /// Until then the one before is good, too.
    pub former_until: Option<Timestamp>,
}

/// Answers what makes a secret: the only page that ever shows it.
pub fn created(shell: &Shell, made: &NewSecret) -> Markup {
    let l = shell.locale();
    let title = t!(l, "webhooks-created-title", name = made.name.as_str());
    shell.page(
        &Page::new(&title, Nav::Settings),
        html! {
            div.narrow.stack-m {
                (page_head(&title, None, html! {}))
                section.panel {
                    div.body.stack-m {
                        p { strong { (t!(l, "webhooks-once")) } " " (t!(l, "webhooks-once-text")) }
                        (secret(l, "webhook-secret", &made.secret))
                        p.muted { (t!(l, "webhooks-secret-text")) }
                        @if let Some(until) = made.former_until {
                            p { (t!(l, "webhooks-once-rotated", moment = moment(shell, until))) }
                        }
                    }
                }
                div.actions { (primary_link(&format!("{PATH}/{}", made.id), "check", &t!(l, "webhooks-kept"))) }
            }
        },
    )
}
