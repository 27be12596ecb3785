//! Keys for other systems: the list, a new one, and its secret shown once.

use crate::components::{
    Choice, Column, Empty, Field, empty, error_summary, page_head, panel, post_button, primary_link, secret,
    table, tag,
};
use crate::format;
use crate::messages::t;
use crate::shell::{Nav, Page, Shell};
use maud::{Markup, html};
use model::FieldErrors;
use model::jiff::Timestamp;

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ApiKeyRow {
    pub id: String,
    pub name: String,
    /// The first characters of the secret.
    pub prefix: String,
    /// The role's label.
    pub role: String,
    /// For whom it acts.
    pub user: String,
    pub created_at: Timestamp,
    pub revoked_at: Option<Timestamp>,
}

/// `GET /api-keys`, and what comes back when a new one is refused (`POST /api-keys` with `name`, `user` and `role`).
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ApiKeysPage {
    pub keys: Vec<ApiKeyRow>,
    /// The roles that a key may have.
    pub roles: Vec<Choice>,
    pub name: String,
    /// Id of the user for whom the key will act.
    pub user: String,
    pub role: String,
    /// Id and name of those for whom it may act.
    pub user_choices: Vec<Choice>,
    pub errors: FieldErrors,
}

pub fn list(shell: &Shell, view: &ApiKeysPage) -> Markup {
    let l = shell.locale();
    let title = t!(l, "api-keys-title");
    shell.page(
        &Page::new(&title, Nav::ApiKeys).errors(&view.errors),
        html! {
            (error_summary(l, &view.errors))
            (page_head(&title, Some(&t!(l, "api-keys-intro")), html! { a.btn href="/api" { (t!(l, "api-keys-docs")) } }))
            div.cols {
                div {
                    @if view.keys.is_empty() {
                        (empty(&Empty { icon: "key-round", title: t!(l, "api-keys-none"), text: t!(l, "api-keys-none-text"), actions: html! {} }))
                    } @else { (keys_table(shell, &view.keys)) }
                }
                div { (new_key(shell, view)) }
            }
        },
    )
}

fn keys_table(shell: &Shell, keys: &[ApiKeyRow]) -> Markup {
    let l = shell.locale();
    let columns = [
        Column::text(t!(l, "api-keys-name")),
        Column::text(t!(l, "api-keys-role")),
        Column::text(t!(l, "api-keys-created")),
        Column::text(t!(l, "api-keys-state")),
    ];
    let day = |instant: Timestamp| format::date_short(instant.to_zoned_datetime(shell.zone.clone()).date());
    let rows = html! {
        @for key in keys {
            tr {
                th scope="row" { (key.name) span.sub { code { (key.prefix) "…" } } }
                td data-l=(columns[1].label) { (key.role) span.sub { (key.user) } }
                td data-l=(columns[2].label) { time datetime=(key.created_at) { (day(key.created_at)) } }
                td data-l=(columns[3].label) {
                    @if let Some(revoked) = key.revoked_at {
                        (tag("", "x", &t!(l, "api-keys-revoked", date = day(revoked))))
                    } @else {
                        details.confirm {
                            summary.btn { (t!(l, "api-keys-revoke")) span.sr { " " (key.name) } }
                            p { (t!(l, "api-keys-revoke-warning")) }
                            (post_button(&format!("/api-keys/{}/revoke", key.id), &[], "danger", html! { (t!(l, "api-keys-revoke-confirm")) }))
                        }
                    }
                }
            }
        }
    };
    table(&t!(l, "api-keys-title"), &columns, rows)
}

fn new_key(shell: &Shell, view: &ApiKeysPage) -> Markup {
    let l = shell.locale();
    panel(
        &t!(l, "api-keys-new"),
        html! {},
        html! {
            form.body method="post" action="/api-keys" novalidate {
                (Field::text("name", t!(l, "api-keys-name")).value(&view.name).hint(t!(l, "api-keys-name-hint")).problems(l, &view.errors).required().autocomplete("off").maximum_characters(100))
                (Field::select("user", t!(l, "api-keys-user"), &view.user_choices).value(&view.user).hint(t!(l, "api-keys-user-hint")).problems(l, &view.errors))
                (Field::radios("role", t!(l, "api-keys-role"), &view.roles).value(&view.role).problems(l, &view.errors))
                button.btn.primary type="submit" { (t!(l, "api-keys-create")) }
            }
        },
    )
}

/// A key that has just been made, with its whole secret.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewApiKey {
    pub name: String,
    pub secret: String,
}

/// Answers `POST /api-keys`: the only page that ever shows the secret.
pub fn created(shell: &Shell, key: &NewApiKey) -> Markup {
    let l = shell.locale();
    let title = t!(l, "api-keys-created-title", name = key.name.as_str());
    shell.page(
        &Page::new(&title, Nav::ApiKeys),
        html! {
            div.narrow.stack-m {
                (page_head(&title, None, html! {}))
                section.panel {
                    div.body {
                        p { strong { (t!(l, "api-keys-once")) } " " (t!(l, "api-keys-once-text")) }
                        (secret(l, "api-key-secret", &key.secret))
                    }
                }
                div.actions { (primary_link("/api-keys", "check", &t!(l, "api-keys-kept"))) }
            }
        },
    )
}
