//! One delivery: what happened, what is said of it, what was answered, and sending it again.

use super::page::{DeliveryRow, answer, state};
use super::{PATH, event_name, moment};
use crate::Locale;
use crate::components::{Fact, Value, facts, icon, page_head, panel, post_button};
use crate::messages::t;
use crate::shell::{Nav, Page, Shell};
use maud::{Markup, html};
use model::Kind;
use model::uuid::Uuid;

/// `GET /settings/webhooks/deliveries/{id}`; `POST …/resend`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DeliveryPage {
    pub row: DeliveryRow,
    pub webhook_id: String,
    pub webhook: String,
    pub url: String,
    pub sequence: u64,
    /// What it is about.
    pub record: Option<(Kind, Uuid)>,
    /// As the last attempt sent them.
    pub headers: Vec<(String, String)>,
    /// As it would go now.
    pub body: String,
    /// Whether that is what the last attempt sent.
    pub is_as_sent: bool,
    /// The beginning of the answer, or what went wrong.
    pub said: String,
}

pub fn delivery(shell: &Shell, view: &DeliveryPage) -> Markup {
    let l = shell.locale();
    let title = t!(l, "webhooks-delivery-title", event = event_name(l, &view.row.event));
    let resend = post_button(
        &format!("{PATH}/deliveries/{}/resend", view.row.id),
        &[],
        "primary",
        html! { (icon("refresh-cw")) (t!(l, "webhooks-resend")) },
    );
    shell.page(
        &Page::new(&title, Nav::Settings),
        html! {
            p { a.btn.quiet href=(format!("{PATH}/{}", view.webhook_id)) { (icon("arrow-left")) (view.webhook) } }
            (page_head(&title, Some(&t!(l, "webhooks-resend-text")), resend))
            div.cols {
                (panel(&t!(l, "webhooks-delivery-facts"), html! {}, html! { div.body { (facts(l, &about(shell, view))) } }))
                (answered(shell, view))
            }
            (request(l, view))
        },
    )
}

fn about(shell: &Shell, view: &DeliveryPage) -> Vec<Fact> {
    let l = shell.locale();
    let record = view.record.map_or(Value::Nothing, |(kind, id)| match model::path_of(kind) {
        Some(path) => Value::Link { href: format!("{path}/{id}"), text: crate::audit::kind_name(l, kind) },
        None => Value::Nothing,
    });
    let attempted = view.row.attempted_at.map(|at| moment(shell, at)).unwrap_or_default();
    vec![
        Fact::new(t!(l, "webhooks-log-event"), Value::text(view.row.event.as_str())),
        Fact::new(t!(l, "webhooks-delivery-record"), record),
        Fact::new(t!(l, "webhooks-delivery-sequence"), Value::text(view.sequence.to_string())),
        Fact::new(t!(l, "webhooks-delivery-happened"), Value::text(moment(shell, view.row.happened_at))),
        Fact::new(t!(l, "webhooks-delivery-attempted"), Value::text(attempted)),
    ]
}

fn answered(shell: &Shell, view: &DeliveryPage) -> Markup {
    let l = shell.locale();
    panel(
        &t!(l, "webhooks-answer"),
        html! {},
        html! {
            div.body.stack-m {
                div.stack-s { (state(shell, &view.row)) }
                div.stack-s { (answer(l, &view.row)) }
                @if view.row.attempts > 0 {
                    @if view.said.is_empty() { p.muted { (t!(l, "webhooks-answer-empty")) } }
                    @else {
                        h3 { (t!(l, "webhooks-answer-said")) }
                        pre.wrap tabindex="0" { (view.said) }
                    }
                }
            }
        },
    )
}

fn request(l: Locale<'_>, view: &DeliveryPage) -> Markup {
    let note = match (view.row.attempts, view.is_as_sent) {
        (0, _) => t!(l, "webhooks-body-unsent"),
        (_, true) => t!(l, "webhooks-body-as-sent"),
        (_, false) => t!(l, "webhooks-body-changed"),
    };
    panel(
        &t!(l, "webhooks-request"),
        html! {},
        html! {
            div.body.stack-m {
                h3 { (t!(l, "webhooks-request-headers")) }
                pre.wrap tabindex="0" {
                    "POST " (view.url) "\n"
                    @for (name, value) in &view.headers { (name) ": " (value) "\n" }
                }
                h3 { (t!(l, "webhooks-request-body")) }
                p.muted { (note) }
                pre.wrap tabindex="0" { (view.body) }
            }
        },
    )
}
