//! One webhook: how it fares, what can be done with it, and the log of its deliveries.

use super::{PATH, event_name, event_names, health_tag, moment};
use crate::Locale;
use crate::components::{
    Column, Empty, Fact, Paging, Value, empty, facts, icon, link_button, page_head, pager, panel,
    post_button, table, tag,
};
use crate::messages::{find, t};
use crate::shell::{Nav, Page, Shell};
use maud::{Markup, html};
use model::jiff::Timestamp;
use model::{DeliveryState, WebhookHealth};

/// A delivery in the log.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DeliveryRow {
    pub id: String,
    pub event: String,
    pub happened_at: Timestamp,
    pub state: DeliveryState,
    pub attempts: u32,
    pub due_at: Timestamp,
    pub attempted_at: Option<Timestamp>,
    /// The number that was answered.
    pub status: Option<u16>,
    /// Why there was no answer: `http-timeout` and the like.
    pub failure: Option<String>,
    pub took_ms: Option<u64>,
}

/// `GET /settings/webhooks/{id}`, with `page` from 0 for the log.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WebhookPage {
    pub id: String,
    pub version: u64,
    pub name: String,
    pub url: String,
    pub events: Vec<String>,
    pub active: bool,
    pub health: WebhookHealth,
    pub delivered_at: Option<Timestamp>,
    pub secret_set_at: Timestamp,
    /// Until then the secret before this one is good, too.
    pub former_until: Option<Timestamp>,
    pub deliveries: Vec<DeliveryRow>,
    /// From 0.
    pub page: usize,
    pub total: usize,
    pub has_more: bool,
}

pub fn page(shell: &Shell, view: &WebhookPage) -> Markup {
    let l = shell.locale();
    let edit = link_button(&format!("{PATH}/{}/edit", view.id), "pencil", &t!(l, "webhooks-edit"));
    shell.page(
        &Page::new(&view.name, Nav::Settings),
        html! {
            p { a.btn.quiet href=(PATH) { (icon("arrow-left")) (t!(l, "webhooks-all")) } }
            (page_head(&view.name, Some(&view.url), edit))
            div.cols {
                (standing(shell, view))
                div.stack-m { (test(l, view)) (secret(shell, view)) }
            }
            (log(shell, view))
        },
    )
}

fn standing(shell: &Shell, view: &WebhookPage) -> Markup {
    let l = shell.locale();
    let advice = match view.health {
        WebhookHealth::NoSecret => Some(t!(l, "webhooks-state-no-secret-text")),
        WebhookHealth::GivenUp(_) => Some(t!(l, "webhooks-state-given-up-text")),
        _ => None,
    };
    let delivered = match view.delivered_at {
        Some(at) => t!(l, "webhooks-delivered", moment = moment(shell, at)),
        None => t!(l, "webhooks-delivered-never"),
    };
    let (to, icon_name, label) = if view.active {
        ("off", "power", t!(l, "webhooks-switch-off"))
    } else {
        ("on", "play", t!(l, "webhooks-switch-on"))
    };
    let version = view.version.to_string();
    panel(
        &t!(l, "webhooks-state"),
        html! {},
        html! {
            div.body.stack-m {
                p { (health_tag(shell, view.health)) }
                @if let Some(advice) = advice { p { (advice) } }
                p { (delivered) }
                (facts(l, &[Fact::new(t!(l, "webhooks-events"), Value::text(event_names(l, &view.events)))]))
                div.stack-s {
                    (post_button(&format!("{PATH}/{}/switch", view.id), &[("version", &version), ("to", to)], "", html! { (icon(icon_name)) (label) }))
                    p.muted { (t!(l, "webhooks-switch-text")) }
                }
                details.confirm {
                    summary.btn.quiet { (icon("trash-2")) (t!(l, "webhooks-delete")) }
                    p { (t!(l, "webhooks-delete-text")) }
                    (post_button(&format!("{PATH}/{}/delete", view.id), &[("version", &version)], "danger", html! { (t!(l, "webhooks-delete-confirm")) }))
                }
            }
        },
    )
}

fn test(l: Locale<'_>, view: &WebhookPage) -> Markup {
    panel(
        &t!(l, "webhooks-event-test"),
        html! {},
        html! {
            div.body.stack-s {
                p.muted { (t!(l, "webhooks-test-text")) }
                (post_button(&format!("{PATH}/{}/test", view.id), &[], "", html! { (icon("play")) (t!(l, "webhooks-test")) }))
            }
        },
    )
}

fn secret(shell: &Shell, view: &WebhookPage) -> Markup {
    let l = shell.locale();
    let version = view.version.to_string();
    let former = view.former_until.filter(|until| *until > shell.now);
    panel(
        &t!(l, "webhooks-secret"),
        html! {},
        html! {
            div.body.stack-s {
                p.muted { (t!(l, "webhooks-secret-text")) }
                @if view.health != WebhookHealth::NoSecret {
                    p { (tag("ok", "lock", &t!(l, "webhooks-secret-set", moment = moment(shell, view.secret_set_at)))) }
                }
                @if let Some(until) = former { p { (t!(l, "webhooks-secret-former", moment = moment(shell, until))) } }
                details.confirm {
                    summary.btn { (icon("refresh-cw")) (t!(l, "webhooks-rotate")) }
                    p { (t!(l, "webhooks-rotate-text")) }
                    (post_button(&format!("{PATH}/{}/rotate", view.id), &[("version", &version)], "primary", html! { (t!(l, "webhooks-rotate")) }))
                }
            }
        },
    )
}

fn log(shell: &Shell, view: &WebhookPage) -> Markup {
    let l = shell.locale();
    let title = t!(l, "webhooks-log");
    html! {
        section.stack-s {
            h2 { (title) }
            @if view.deliveries.is_empty() {
                (empty(&Empty { icon: "inbox", title: t!(l, "webhooks-log-none"), text: t!(l, "webhooks-log-none-text"), actions: html! {} }))
            } @else {
                (log_table(shell, &title, &view.deliveries))
                (pager(l, &paging(l, view)))
            }
        }
    }
}

fn paging(l: Locale<'_>, view: &WebhookPage) -> Paging {
    let path = format!("{PATH}/{}", view.id);
    Paging {
        first_href: (view.page > 0).then(|| path.clone()),
        next_href: view.has_more.then(|| format!("{path}?page={}", view.page + 1)),
        words: t!(l, "webhooks-log-total", count = view.total),
    }
}

fn log_table(shell: &Shell, title: &str, rows: &[DeliveryRow]) -> Markup {
    let l = shell.locale();
    let columns = [
        Column::text(t!(l, "webhooks-log-event")),
        Column::text(t!(l, "webhooks-log-when")),
        Column::text(t!(l, "webhooks-log-state")),
        Column::text(t!(l, "webhooks-log-answer")),
    ];
    let body = html! {
        @for row in rows {
            tr {
                th scope="row" {
                    a href=(format!("{PATH}/deliveries/{}", row.id)) { (event_name(l, &row.event)) }
                    span.sub { code { (row.event) } }
                }
                td data-l=(columns[1].label) { time datetime=(row.happened_at) { (moment(shell, row.happened_at)) } }
                td data-l=(columns[2].label) { div.stack-s { (state(shell, row)) } }
                td data-l=(columns[3].label) { div.stack-s { (answer(l, row)) } }
            }
        }
    };
    table(title, &columns, body)
}

/// What became of it, and what comes next.
pub(super) fn state(shell: &Shell, row: &DeliveryRow) -> Markup {
    let l = shell.locale();
    let tag = match row.state {
        DeliveryState::Waiting => tag("info", "clock", &t!(l, "webhooks-delivery-waiting")),
        DeliveryState::Delivered => tag("ok", "check", &t!(l, "webhooks-delivery-delivered")),
        DeliveryState::Failed => tag("danger", "circle-x", &t!(l, "webhooks-delivery-failed")),
    };
    html! {
        (tag)
        @if row.attempts > 0 {
            p.sub {
                (t!(l, "webhooks-attempts", count = u64::from(row.attempts)))
                @if row.state == DeliveryState::Waiting { "; " (t!(l, "webhooks-next", moment = moment(shell, row.due_at))) }
            }
        }
    }
}

/// The number that was answered, or why there was none, and how long it took.
pub(super) fn answer(l: Locale<'_>, row: &DeliveryRow) -> Markup {
    html! {
        @match (&row.failure, row.status) {
            (Some(code), _) => p { (find(l, &format!("problem-{code}"), &[]).unwrap_or_else(|| code.clone())) },
            (None, Some(status)) => p { strong { "HTTP " (status) } },
            (None, None) => p.muted { (t!(l, "webhooks-answer-none")) },
        }
        @if let Some(took_ms) = row.took_ms { p.sub { (t!(l, "webhooks-log-took", count = took_ms)) } }
    }
}
